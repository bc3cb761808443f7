"""Results as HTML for notebooks: small tables, everything escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .results import Coverage, Decision, Definition, Missing, Question, Reason, Scorecard


def two(thai: str | None, english: str | None) -> str:
    """Thai with English beside it."""
    said = [escape(thai)] if thai else []
    return " · ".join(said + ([f'<span lang="en">{escape(english)}</span>'] if english and english != thai else []))


def table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are HTML already."""
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "".join("<tr>" + "".join(f'<td style="text-align:left;vertical-align:top">{cell}</td>' for cell in row) + "</tr>" for row in rows)
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def reasons(given: Iterable[Reason]) -> str:
    """Clauses with their citations."""
    lines = (f"<li>{escape(one.value)}: {two(one.th, one.en)} <small>[{escape(', '.join(one.cite))}; {escape(one.confidence)}]</small></li>" for one in given)
    return f"<ul>{''.join(lines)}</ul>"


def asked(given: Iterable[Missing]) -> str:
    """Facts that are still to be asked."""
    return "<br>".join(f"<code>{escape(one.fact)}</code>" for one in given)


def question(given: Question | None) -> str:
    """The next question."""
    return "" if given is None else f"<p><code>{escape(given.fact)}</code> {two(given.ask.th, given.ask.en)}</p>"


def coverage(given: Coverage) -> str:
    """A table of schemes, and the next question."""
    rows = [[f"<code>{escape(one.scheme)}</code><br>{two(one.th, one.en)}", escape(one.status), reasons(one.reasons), asked(one.missing)] for one in given]
    return table(f"coverage on {given.on}", ["scheme", "status", "reasons", "still to be asked"], rows) + question(given.next)


def definitions(given: Iterable[Definition], caption: str) -> str:
    """A table of definitions."""
    rows = [[f"<code>{escape(one.rule)}</code><br>{two(one.th, one.en)}", escape(one.verdict), reasons(one.reasons), asked(one.missing)] for one in given]
    return table(caption, ["definition", "verdict", "reasons", "still to be asked"], rows)


def scorecard(given: Scorecard) -> str:
    """A table of indicators."""
    rows = []
    for one in given:
        trend = "" if one.trend is None else f"{one.trend.direction} {one.trend.change}"
        shown: list[Any] = [one.period, one.value, one.unit, one.score, trend, one.status]
        rows.append([two(one.th, one.en), *("" if value is None else escape(str(value)) for value in shown)])
    return table(f"{given.plan} on {given.on}", ["indicator", "period", "value", "unit", "score", "trend", "status"], rows)


def tree(given: Decision, caption: str) -> str:
    """Any decision as nested lists; what is empty is left out."""

    def inner(value: Any) -> str:
        if isinstance(value, dict):
            if value.keys() == {"th", "en"}:
                return two(value["th"], value["en"])
            return "<ul>" + "".join(f"<li>{escape(str(key))}: {inner(one)}</li>" for key, one in value.items() if one not in (None, "", [], {})) + "</ul>"
        if isinstance(value, list):
            return ", ".join(escape(str(one)) for one in value) if all(not isinstance(one, (dict, list)) for one in value) else "".join(map(inner, value))
        return escape(str(value))

    return f"<div><strong>{escape(caption)}</strong>{inner(given.to_dict())}</div>"
