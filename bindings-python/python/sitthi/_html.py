"""Results as HTML for notebooks: small tables, everything escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._native import Complaint, Rulebook, Worker
    from ._population import RowErrors
    from .results import Question


def two(thai: str | None, english: str | None) -> str:
    """Thai with English beside it."""
    said = [escape(thai)] if thai else []
    return " · ".join(said + ([f'<span lang="en">{escape(english)}</span>'] if english and english != thai else []))


def table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are HTML already."""
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "".join("<tr>" + "".join(f'<td style="text-align:left;vertical-align:top">{cell}</td>' for cell in row) + "</tr>" for row in rows)
    said = f"<caption>{escape(caption)}</caption>" if caption else ""
    top = f"<thead><tr>{head}</tr></thead>" if columns else ""
    return f"<table>{said}{top}<tbody>{body}</tbody></table>"


def question(given: Question) -> str:
    """A question with what helps to answer it and what may be answered."""
    help_ = f"<br><small>{two(given.help.th, given.help.en)}</small>" if given.help is not None else ""
    choices = "".join(f"<li>{two(one['th'], one['en'])}</li>" for one in given._choices())
    return f"<div><p>{two(given.ask.th, given.ask.en)}{help_}</p>" + (f"<ul>{choices}</ul>" if choices else "") + "</div>"


_MARKS = {"yes": "✓ ", "no": "✗ ", "unknown": "? ", "disputed": "⇄ "}


def outline(given: Mapping[str, Any]) -> str:
    """A decision in words: its sections with their lines, Thai with English beside it."""
    parts = [f"<p><strong>{two(given['th'], given['en'])}</strong></p>"]
    for section in given["sections"]:
        lines = []
        for line in section["lines"]:
            said = f"{_MARKS.get(line['mark'], '')}{two(line['th'], line['en'])}"
            source = "; ".join((*line["cite"], *([line["confidence"]] if line["confidence"] else [])))
            cited = f" <small>[{escape(source)}]</small>" if line["cite"] else ""
            lines.append(f'<li style="list-style:none;margin:0 0 .3em {1.2 * line["level"]:.1f}em">{said}{cited}</li>')
        parts.append(f"<p><strong>{two(section['th'], section['en'])}</strong></p>" + f'<ul style="margin:0;padding:0">{"".join(lines)}</ul>')
    return f"<div>{''.join(parts)}</div>"


def row_errors(given: RowErrors) -> str:
    """The first of the values that cannot be."""
    rows = [[str(one.row), f"<code>{escape(one.fact)}</code>", escape(one.value), escape(one.reason)] for one in given[:20]]
    more = f", the first {len(rows)}" if len(given) > len(rows) else ""
    return table(f"{len(given):,} values that cannot be{more}", ["row", "fact", "value", "reason"], rows)


def facts(given: Worker | Complaint) -> str:
    """Which facts are known, never what they are: a notebook is passed on more easily than its data."""
    known = (f"<code>{escape(name)}</code>" for name in given.to_dict())
    return f"<p>{type(given).__name__}, known: {', '.join(known) or 'nothing'}</p>"


def rulebook(given: Rulebook) -> str:
    """The edition, the day it was compared with the law, and what it holds."""
    rows = [
        ["edition", escape(given.edition)],
        ["compared with the law on", escape(str(given.checked_on))],
        ["schemes", escape(", ".join(given.schemes))],
        ["plans", escape(", ".join(given.plans))],
    ]
    return table("rulebook", [], rows)
