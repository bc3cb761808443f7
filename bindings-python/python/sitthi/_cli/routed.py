"""A routed complaint as a row of a table."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from .._extras import need
from . import files

_COLUMNS = (
    ("urgency", "text"), ("may_rise", "yes_no"), ("kinds", "text"), ("lead", "text"), ("lead_th", "text"), ("lead_en", "text"), ("lead_certain", "yes_no"),
    ("office", "text"), ("office_of", "text"), ("office_th", "text"), ("office_en", "text"), ("office_phone", "text"), ("first_deadline", "day"),
    ("first_deadline_of", "text"), ("first_deadline_binds", "text"), ("worker_deadline", "day"), ("worker_deadline_of", "text"), ("past", "text"), ("joint", "text"),
    ("copies", "text"), ("calls", "text"), ("next", "text"), ("confidence", "text"),
)
"""Lists stand in one text, parted by commas."""


def schema(*more: str) -> Any:
    """The columns; more may be ``missing``, the facts that could change the answer, and ``decision``, the whole of it as JSON."""
    return files.schema([*_COLUMNS, *((name, "text") for name in more)])


def table(decisions: Sequence[Any], columns: Any) -> Any:
    """A row for each decision; an empty one where there is none."""
    return need("pyarrow", "cli").Table.from_pylist([{} if one is None else _row(one) for one in decisions], columns)


def _row(decision: Any) -> dict[str, Any]:
    said = json.loads(decision.to_json())
    urgency, lead = said["urgency"], said["lead"] or {}
    office = lead.get("office") or {}
    steps = sorted((step for step in _steps(said) if _last(step)), key=_last)
    running = [step for step in steps if step["runs"]]
    first = running[0] if running else {}
    own = next((step for step in running if step["binds"] == "worker"), {})
    return {
        "urgency": urgency["level"],
        "may_rise": urgency["may_rise"],
        "kinds": _listed(kind["kind"] for kind in said["kinds"]),
        "lead": lead.get("agency"),
        "lead_th": lead.get("th"),
        "lead_en": lead.get("en"),
        "lead_certain": lead.get("certain"),
        "office": office.get("area"),
        "office_of": office.get("of"),
        "office_th": office.get("th"),
        "office_en": office.get("en"),
        "office_phone": office.get("phone"),
        "first_deadline": _day(first),
        "first_deadline_of": first.get("id"),
        "first_deadline_binds": first.get("binds"),
        "worker_deadline": _day(own),
        "worker_deadline_of": own.get("id"),
        "past": _listed(step["id"] for step in steps if step["runs"] is False and _last(step) < said["on"]),
        "joint": _listed(one["agency"] for one in said["joint"]),
        "copies": _listed(one["agency"] for one in said["copies"]),
        "calls": _listed(said["call"]),
        "missing": _listed(one["fact"] for one in said["missing"]),
        "next": (said["next"] or {}).get("fact"),
        "confidence": said["confidence"],
        "decision": decision.to_json(),
    }


def _steps(said: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The periods of the leading kind, and of every other kind."""
    for matter in (said, *said["others"]):
        yield from matter["steps"]


def _last(step: Mapping[str, Any]) -> str:
    """The last day, moved past closing days where they are known; days as text stand in order."""
    return step["rolled"] or step["nominal"] or ""


def _day(step: Mapping[str, Any]) -> date | None:
    return date.fromisoformat(_last(step)) if step else None


def _listed(names: Iterable[str]) -> str | None:
    return ", ".join(dict.fromkeys(names)) or None
