"""A routing as what is read first comes first: the one outline behind its text and its view in notebooks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from .results import Lead, Matter, Office, Period, Reason, Recipient, Routing


class Line(NamedTuple):
    """A sentence in both languages, with what stands before and behind it."""

    th: str | None
    en: str | None
    before: str = ""
    behind: str = ""
    cite: tuple[str, ...] = ()
    confidence: str | None = None


Part = tuple[str, list[Line]]
_Day = TypeVar("_Day", date, str)


def outline(routing: Routing) -> Iterator[Part]:
    """The parts of a routing with their lines; what was said of one matter is not said again of the next, and no part is empty."""
    said: set[tuple[str, Line]] = set()
    for name, lines in _parts(routing):
        fresh = [line for line in lines if (name, line) not in said]
        said.update((name, line) for line in fresh)
        if fresh:
            yield name, fresh


def _parts(routing: Routing) -> Iterator[Part]:
    urgency, on = routing.urgency, routing.on
    yield "lead", _lead(routing.lead)
    notes = ["may rise"] * urgency.may_rise + ["whether there is danger is not known"] * urgency.danger_unknown
    yield "urgency", [Line(None, urgency.level, behind=_behind(*notes)), *map(_reason, urgency.reasons)]
    yield "call", [Line(None, ", ".join(routing.call))] if routing.call else []
    yield "kind", [Line(one.th, one.en, behind="" if one.encoded else _behind("no rules yet: call")) for one in routing.kinds]
    yield from _matter(routing, on)
    for other in routing.others:
        yield f"another matter: {other.kind}", _lead(other.lead)
        yield from _matter(other, on)
    yield "not read", [Line(None, one.part, behind=_ask(one.ask)) for one in routing.not_read]
    yield "note", [Line(one.th, one.en, cite=one.cite) for one in routing.notes]
    yield "not known yet", [Line(None, f"{len(routing.missing)} facts, in `missing`")] if routing.missing else []
    if routing.next is not None:
        yield "next question", [Line(routing.next.ask.th, routing.next.ask.en, before=f"{routing.next.fact}: ")]


def _matter(matter: Routing | Matter, on: date) -> Iterator[Part]:
    yield "steps and last days", [_step(step, on) for step in matter.steps]
    yield "tell", [Line(one.th, one.en, cite=one.cite) for one in matter.tell]
    yield "why this lead", [_reason(one) for one in matter.lead.reasons] if matter.lead is not None else []
    yield "together with", [_recipient(one) for one in matter.joint]
    yield "copy to", [_recipient(one) for one in matter.copies]
    yield "path", [Line(None, " → ".join([matter.path[0].from_, *(stop.to for stop in matter.path)]))] if matter.path else []
    yield "form", [Line(one.th, one.en) for one in matter.forms]
    yield "not to be shared", [Line(one.th, one.en, behind=_behind("lifted here") if one.lifted else "", cite=one.cite) for one in matter.withhold]


def _lead(lead: Lead | None) -> list[Line]:
    if lead is None:
        return []
    lines = [Line(lead.th, lead.en, behind="" if lead.certain else _behind("not certain yet"), cite=lead.cite)]
    if lead.office is not None:
        lines.append(_office(lead.office))
    if lead.call:
        lines.append(Line(None, ", ".join(lead.call), before="call "))
    return lines


def _office(office: Office) -> Line:
    if office.th is None and office.en is None:
        near = office.hint
        may_be = "" if near is None else f"may be {near.en or near.th}"
        return Line(None, "not known which", "office: ", _behind(may_be, "call " + ", ".join(office.show) if office.show else ""))
    named = "name by the pattern of its sisters" if office.basis == "pattern" else ""
    return Line(office.th, office.en, "office: ", _behind(f"call {office.phone}" if office.phone else "", named))


def _recipient(one: Recipient) -> Line:
    call = "call " + ", ".join(one.call) if one.call else ""
    office = " / ".join(filter(None, (one.office.th, one.office.en))) if one.office is not None else ""
    return Line(one.th, one.en, behind=_behind(office, call, one.why_en or ""), cite=one.cite)


def _step(step: Period, on: date) -> Line:
    last = step.rolled or step.nominal
    moved = f" (moved from {step.nominal})" if step.rolled is not None and step.rolled != step.nominal else ""
    waits = "waits for " + ", ".join(step.waits_for) if step.waits_for else ""
    binds = f"binds the {step.binds}" if step.binds else ""
    before = f"{'no day yet' if last is None else last}{moved}: "
    stands = {None: "", "over": "is over", "ahead": "has not begun"}[standing(last, step.runs, on)]
    return Line(step.th, step.en, before, _behind(step.length, binds, stands, waits), step.cite, step.confidence)


def standing(last: _Day | None, runs: bool | None, on: _Day) -> str | None:
    """Whether a period is `over` or still `ahead`, where it does not run on the day asked about; days are dates, or all of them ISO text."""
    if runs is not False or last is None:
        return None
    return "over" if last < on else "ahead"


def _reason(one: Reason) -> Line:
    return Line(*one._words(), f"{one.value} {one.clause}: ", "", one.cite, one.confidence)


def _ask(ask: object) -> str:
    with_, call = getattr(ask, "with_", None), getattr(ask, "call", None)
    return _behind(f"ask {with_}" + (f", {call}" if call else "")) if with_ else ""


def _behind(*notes: str) -> str:
    said = "; ".join(note for note in notes if note)
    return f" ({said})" if said else ""


def sources(cite: Iterable[str], confidence: str | None = None) -> str:
    """Citations in brackets with how sure they are; nothing where there are none."""
    said = ", ".join(cite)
    return f"[{said}{f'; {confidence}' if confidence else ''}]" if said else ""
