"""Where a period stands on a day, and citations as views show them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple, TypeVar


class Line(NamedTuple):
    """A sentence in both languages, with what stands before and behind it."""

    th: str | None
    en: str | None
    before: str = ""
    behind: str = ""
    cite: tuple[str, ...] = ()
    confidence: str | None = None



_Day = TypeVar("_Day", date, str)


def standing(last: _Day | None, runs: bool | None, on: _Day) -> str | None:
    """Whether a period is `over` or still `ahead`, where it does not run on the day asked about; days are dates, or all of them ISO text."""
    if runs is not False or last is None:
        return None
    return "over" if last < on else "ahead"


def sources(cite: Iterable[str], confidence: str | None = None) -> str:
    """Citations in brackets with how sure they are; nothing where there are none."""
    said = ", ".join(cite)
    return f"[{said}{f'; {confidence}' if confidence else ''}]" if said else ""
