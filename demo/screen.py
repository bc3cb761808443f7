"""What the demo says at the terminal: results on standard output, progress on standard error."""

import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sitthi.plots import STATUSES
from sitthi.report import amount_text, options_together, reason_words, scheme_name
from words import labels

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


def label(kind: str, code: Any) -> str:
    return both(labels().get(kind, {}).get(str(code), code))


def coverage(title: Any, command: str, decision: Mapping[str, Any]) -> None:
    """A decision about a worker: headline, reasons, until, what is missing, the next question."""
    print(f"\n▸ {both(title)}\n  $ {command}")
    for group in options_together(decision["schemes"]):
        first = group[0]
        print(f"\n  {both(scheme_name(group))}\n    ⇒ {both(STATUSES[first['status']])}{_until(first['until'])}{_until(first['lapsed'], 'the last day was')}")
        if first["status"] == "undetermined":
            print(f"      may be: {', '.join(both(STATUSES[code]) for code in first['possible'])}")
        for reason in first["reasons"]:
            print(f"      {_sign(reason)} {both(reason_words(reason))}  [{'; '.join(reason['cite'])}, {reason['confidence']}]")
            if reason.get("other"):
                print(f"        other reading: {both(reason['other'])}  [{'; '.join(reason['other']['cite'])}]")
        for side in ("lead", "other") if first["disputed"] else ():
            reading = first["disputed"][side]
            print(f"      {side}: {both(STATUSES[reading['status']])}  [{'; '.join(reading['cite'])}]")
        for scheme in group:
            for amount in scheme["amounts"]:
                option = f" (option {scheme['option']})" if scheme["option"] else ""
                per = f" {label('per', amount['per'])}" if amount["per"] else ""
                print(f"      ฿ {both(amount)}{option}: {both(amount_text(amount['value']))}{per}")
        if first["missing"]:
            print(f"      missing: {', '.join(label('fact', gap['fact']) for gap in first['missing'])}")
    if decision["gap"]:
        print(f"\n  met by no scheme now: {', '.join(label('contingency', code) for code in decision['gap'])}")
    print(f"  next question: {both(decision['next']['ask'])}" if decision["next"] else "  next question: none; all that facts can decide is decided")


def _sign(reason: Mapping[str, Any]) -> str:
    if reason["value"] in ("unknown", "disputed"):
        return "?" if reason["value"] == "unknown" else "⇄"
    return "✓" if (reason["value"] == "met") != (reason["side"] == "excludes") else "✗"


def _until(until: Mapping[str, Any] | None, said: str = "until") -> str:
    if not until:
        return ""
    moved = until.get("rolled") and until["rolled"] != until["nominal"]
    return f", {said} {until['nominal']}" + (f" → {until['rolled']}" if moved else "")


def table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """A table whose first column is to the left and whose others are to the right."""
    cells = [[str(cell) for cell in row] for row in (columns, *rows)]
    width = [max(len(row[place]) for row in cells) for place in range(len(columns))]
    for row in cells:
        print("  " + row[0].ljust(width[0]) + "".join(cell.rjust(width[place] + 2) for place, cell in enumerate(row) if place))


def complaint(title: Any, routing: Mapping[str, Any]) -> None:
    """Where a complaint goes: the calls first, then the lead, steps and the next question."""
    level = routing["urgency"]["level"]
    print(f"\n▸ {both(title)}  ({routing['on']})")
    print(f"    {level.upper()} {label('urgency', level)}; call {', '.join(routing['call'])}")
    lead = routing["lead"]
    print(f"    lead: {both(lead)}{'' if lead['certain'] else ' (not certain yet)'}{_office(lead['office'])}")
    for step in routing["steps"]:
        if step["nominal"]:
            moved = f" → {step['rolled']}" if step["rolled"] not in (None, step["nominal"]) else ""
            print(f"    {both(step)}: {step['nominal']}{moved}  [{'; '.join(step['cite'])}]")
    if routing["next"]:
        print(f"    next question: {both(routing['next']['ask'])}")


def _office(office: Mapping[str, Any] | None) -> str:
    if office is None:
        return ""
    return f"; {both(office)}" if office["th"] else f"; office unresolved ({office['why']}), call {', '.join(office['show'])}"
