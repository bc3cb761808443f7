"""What the command says beside its results, on standard error and in its own words."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

from .._masked import mask

_OPTIONS = {
    "by": "--by", "carry": "--carry", "columns": "--columns", "facts": "--constant", "jobs": "--jobs", "no_answer": "--no-answer", "missing": "--missing", "on": "--on",
    "rulebook": "--rulebook", "unknown": "--ignore", "weights": "--weights",
}
_READER = "name a reader for years"
_SHOWN = 20


def note(text: str) -> None:
    """A remark on standard error, with identity numbers masked."""
    print(f"sitthi: {mask(text)}", file=sys.stderr)


def in_options(text: str) -> str:
    """A message of the library with the arguments of its functions as options of the command."""
    text = re.sub(r"`(\w+)=(\d*|'\w*')`", _option, text)
    # In JSON, where the map of the command stands.
    text = text.replace("with `None` for no answer, or `...` for all others", 'with `null` for no answer, or `"..."` for all others')
    return text.replace(_READER, _READER + ' in `--columns`, as in {"YOB": ["birth_date", "be_year"]}')


def _option(found: re.Match[str]) -> str:
    option, value = _OPTIONS.get(found[1]), found[2] if found[2].isdecimal() else ""
    return found[0] if option is None else f"`{option} {value}`" if value else f"`{option}`"


def faulty(errors: Sequence[object], total: int | None = None) -> None:
    """The rows or values that could not be taken: the first ones, and how many more there are of all."""
    for error in errors[:_SHOWN]:
        note(in_options(str(error)))
    more = (len(errors) if total is None else total) - len(errors[:_SHOWN])
    if more > 0:
        note(f"and {more:,} more")
