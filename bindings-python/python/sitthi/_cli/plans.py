"""`plan`: indicators of a plan, with targets and values of one's own."""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .._extras import need
from .._native import written
from ..errors import SitthiError
from . import files, given
from .exits import DONE, UsageError
from .people import show

# What a line of a table may tell of a target or a value, beside the indicator.
_TARGET = ("value", "low", "high", "approximate", "precision", "breakpoints", "scale", "baseline", "period", "approved_on")
_VALUE = (
    "value", "of", "over", "period", "area", "as_of", "over_as_of", "known_on", "low", "high", "approximate", "precision", "over_precision", "provisional", "measure",
)


def plan(options: argparse.Namespace) -> int:
    """Show the scorecard of one plan, or of every plan."""
    if options.out:
        given.refuse_together(options, ["json"], "writes the scorecard to standard output; --out writes its indicators as a table")
    book = given.rulebook(options)
    if options.plan is not None and Path(options.plan).suffix.lower() == ".toml":
        book = book.with_plan(Path(options.plan))
        options.plan = book.plans[-1]
    said = given.json_of(options.given, "what a plan is given") if options.given else {}
    rows: dict[str, list[str]] = {}
    for name, path, keys in (("targets", options.targets, _TARGET), ("values", options.values, _VALUE)):
        if path:
            if options.plan is None:
                raise UsageError(f"{name} are those of one plan; name it: sitthi plan PLAN --{name} FILE")
            said[name] = _series(path, keys, name, rows) if Path(path).suffix.lower() in files.TABLES else given.json_of(path, name)
    law = book.on(given.day(options))
    try:
        cards = [law.score(name, said or None) for name in ([options.plan] if options.plan else book.plans)]
    except SitthiError as error:
        raise _of_row(error, rows) from error
    if options.out:
        files.write(_table(cards), options.out)
        return DONE
    for number, card in enumerate(cards):
        if number and not options.json:
            print()
        show(card, options)
    return DONE


def _of_row(error: SitthiError, rows: Mapping[str, Sequence[str]]) -> ValueError:
    """The error with the row of the file that it is about."""
    place = re.search(r"`((?:targets|values)\.\w+)(?:\[(\d+)\])?", str(error))
    of = rows.get(place[1]) if place else None
    return UsageError(f"{of[int(place[2] or 0)]}: {error}") if place and of else error


def _series(path: str, keys: tuple[str, ...], what: str, rows: dict[str, list[str]]) -> dict[str, list[dict[str, Any]]]:
    """Targets or values of one's own, one a line, by indicator; an empty cell says nothing. Numbers stay as they are written.

    ``rows`` learns which row each came from.
    """
    table = files.read(path, lambda name: True).table
    strange = [name for name in table.column_names if name not in ("indicator", *keys)]
    if strange or "indicator" not in table.column_names:
        wrong = f"column `{strange[0]}`" if strange else "no column `indicator`"
        raise UsageError(f"{path}: {wrong}; expected `indicator` and some of: {', '.join(keys)}")
    found: dict[str, list[dict[str, Any]]] = {}
    for number, line in enumerate(table.to_pylist()):
        indicator = line.pop("indicator")
        if indicator is None:
            raise UsageError(f"{path}: row {number}: names no indicator")
        rows.setdefault(f"{what}.{indicator}", []).append(f"{path}: row {number}")
        found.setdefault(indicator, []).append({name: _cell(name, value) for name, value in line.items() if value is not None})
    return found


def _cell(name: str, value: Any) -> Any:
    if isinstance(value, (bool, list)):
        return value
    text = str(value).strip()
    if name in ("provisional", "approximate"):
        try:
            return written(text, "yes_no", name)
        except SitthiError:
            # The core names the row of what is no word.
            return text
    if name == "breakpoints":
        return [part.strip() for part in text.strip("[]").replace(";", ",").split(",")]
    return text


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


_COLUMNS = (
    ("plan", "text"), ("indicator", "text"), ("th", "text"), ("en", "text"), ("strategy", "text"), ("period", "text"), ("unit", "text"), ("value", "number"),
    ("low", "number"), ("high", "number"), ("status", "text"), ("target", "number"), ("stretch", "number"), ("breakpoints", "text"), ("target_given", "yes_no"),
    ("reached", "yes_no"), ("percent", "number"), ("score", "number"), ("score_low", "number"), ("score_high", "number"), ("scale", "text"), ("why_no_score", "text"), ("weight", "number"), ("trend_from", "text"), ("trend_change", "number"),
    ("direction", "text"), ("provisional", "yes_no"), ("owner", "text"), ("cite", "text"), ("confidence", "text"),
)


def _table(cards: list[Any]) -> Any:
    """One line for each indicator; the numbers are rounded as floats are, the exact ones stand in the JSON."""
    rows = [_row(row) for card in cards for row in card.to_dict()["rows"]]
    return need("pyarrow", "cli").Table.from_pylist(rows, files.schema(_COLUMNS))


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    lead, target, trend = row.get("lead") or {}, row.get("target") or {}, row.get("trend") or {}
    low, high = lead.get("between") or (None, None)
    scores = [float(score) for score in lead.get("score_between") or ()]
    return {
        **{name: row.get(name) for name in ("plan", "indicator", "th", "en", "strategy", "period", "unit", "status", "scale", "why_no_score", "provisional", "owner", "confidence")},
        "value": _number(lead.get("value")),
        "low": _number(low),
        "high": _number(high),
        "target": _number(target.get("value")),
        "stretch": _number(target.get("stretch")),
        "breakpoints": ", ".join(target.get("breakpoints") or []) or None,
        "target_given": target.get("given"),
        "reached": lead.get("reached"),
        "percent": _number(lead.get("percent")),
        "score": _number(row.get("score")),
        "score_low": min(scores, default=None),
        "score_high": max(scores, default=None),
        "weight": _number(row.get("weight")),
        "trend_from": trend.get("from"),
        "trend_change": _number(trend.get("change")),
        "direction": trend.get("direction"),
        "cite": ", ".join(row.get("cite") or []) or None,
    }
