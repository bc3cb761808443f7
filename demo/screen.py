"""What the demo says at the terminal: results on standard output, progress on standard error."""

import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

PARTS = 5


def heading(number: int, thai: str, english: str) -> None:
    print(f"\n━━ {number}. {thai} · {english} " + "━" * max(3, 60 - len(english) - len(thai)))


@contextmanager
def doing(number: int, what: str) -> Iterator[None]:
    """Says on standard error what is being done, and how long it took."""
    began = time.perf_counter()
    print(f"[{number}/{PARTS}] {what} …", file=sys.stderr, flush=True)
    yield
    print(f"[{number}/{PARTS}] {what}: {time.perf_counter() - began:.1f} s", file=sys.stderr, flush=True)


def both(text: Any) -> str:
    if not isinstance(text, Mapping):
        return str(text)
    return " / ".join(dict.fromkeys(str(text[key]) for key in ("th", "en") if text.get(key)))


def said(line: Mapping[str, Any]) -> str:
    """A line of an outline with its mark and what it cites."""
    cited = f"  [{'; '.join(line['cite'])}{', ' + line['confidence'] if line['confidence'] else ''}]" if line["cite"] else ""
    return f"{'  ' * line['level']}{_MARKS.get(line['mark'], '')}{both(line)}{cited}"


_MARKS = {"yes": "✓ ", "no": "✗ ", "unknown": "? ", "disputed": "⇄ "}


def coverage(title: Any, command: str, outline: Mapping[str, Any]) -> None:
    """A decision about a worker in words: what to do, what covers, what is missing, why."""
    print(f"\n▸ {both(title)}\n  $ {command}")
    for section in outline["sections"]:
        if section["section"] in ("do", "covers", "gap", "ask", "reasons"):
            print(f"\n  {both(section)}")
            for line in section["lines"]:
                print(f"    {said(line)}")


def table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """A table whose first column is to the left and whose others are to the right."""
    cells = [[str(cell) for cell in row] for row in (columns, *rows)]
    width = [max(len(row[place]) for row in cells) for place in range(len(columns))]
    for row in cells:
        print("  " + row[0].ljust(width[0]) + "".join(cell.rjust(width[place] + 2) for place, cell in enumerate(row) if place))


def complaint(title: Any, outline: Mapping[str, Any]) -> None:
    """Where a complaint goes: the calls first, then the lead, what it is about, last days and the next question."""
    print(f"\n▸ {both(title)}  ({both(outline)})")
    for section in outline["sections"]:
        for line in section["lines"]:
            if section["section"] in ("danger", "call", "where", "kinds") or line["kind"] in ("day", "question"):
                level = f"{line['code'].upper()} " if line["kind"] == "urgency" else ""
                print(f"    {level}{said(line)}")
