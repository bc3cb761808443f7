"""The ``columns=`` mapping of a frame, resolved into a plain list that the compiled side applies.

A frame whose columns are named after facts needs no mapping. For any other, each key names a column of the frame::

    columns = {
        "SEX":  ("sex", {1: "male", 2: "female"}),        # values of the data and codes of the fact
        "PROV": "home_province",                           # codes, Thai or English names of provinces
        "YOB":  ("birth_date", "be_year"),                 # how to read the column, see READERS
        "AGE":  ("birth_date", ("age", "2026-07-15")),     # full years of age on the day of the survey
        "CWT":  ["home_province", "job.province"],         # one column for several facts
        "STATUS": ("job.for_wages", {4: True, 5: True, 6: True, ...: False}),   # `...` stands for every other value
    }

A value that stands in no map makes its row an error, never unknown in silence; map it to None to say that it is unknown. A key names a value of its own
type first, and then what means the same in another: the key 1 the text "1", the key "1" the number 1. The key None (or NaN) says what a row without a value
means; without it such a row is unknown. Two keys that fall on one value, and text whose leading zeros its key does not have, are refused.
Facts that are the same for everybody are given apart, as constants.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ._masked import shown
from ._native import Lookup, nearest, read_cell_of_days, written
from .errors import SitthiError

_LISTED = 20

READERS: dict[str, tuple[str, ...]] = {
    "date": ("any", "iso", "be_date", "be_year", "ce_year", "thai_date"),
    "province": ("province",),
    "district": ("district",),
}
"""Ways to read a column by the kind of the fact; the first is taken where none is named. A kind that is not here takes values as they are.

Beside these a date is read from an age: ``("birth_date", ("age", "2026-07-15"))`` takes full years of age on the day of the survey as the days of birth
that are then possible; the day may be told in part, as ``2026-07``.

``any`` reads each cell in the form in which it is written, ISO or Thai; in ``be_date`` and ``thai_date``, which read the same, a year alone is of the
Buddhist era. ``iso`` reads ISO 8601 alone, ``be_year`` and ``ce_year`` years. ``province`` and ``district`` take codes and Thai or English names.
"""


class FrameError(SitthiError):
    """A mapping of columns does not fit the frame or the facts."""


class UnknownColumnError(FrameError):
    """A column that the frame does not have."""


class UnknownFactError(FrameError):
    """A name that is no fact."""


class UnknownCodeError(FrameError):
    """A code that the list of a fact does not have."""


class UnmappedValueError(FrameError):
    """A value of the data that no map names."""


@dataclass(frozen=True, slots=True)
class Target:
    """One fact filled from one column: the values mapped, or the way to read them."""

    column: str
    fact: str
    codes: Mapping[Any, Any] | None = None
    """Values of the data to values of the fact; None for as they are."""
    others: tuple[Any] | None = None
    """What every value outside `codes` becomes, where that was said."""
    reader: str | None = None

    @property
    def expected(self) -> str:
        """What a value that the map does not name should have been."""
        known = ", ".join(shown(repr(key)) for key in list(self.codes or ())[:12])
        return f"a value that the map of column `{self.column}` names ({known}): add it there, with `None` for no answer, or `...` for all others"

    def map(self, value: Any) -> Any:
        """The value of the fact for one value of the column, as a frame maps it; null stays unknown where no key names it.

        Raises ``UnmappedValueError``, and ``SitthiError`` where the keys do not tell what is meant.
        """
        return value if self.codes is None else self.mapped(Lookup(self), value)

    def mapped(self, lookup: Lookup, value: Any) -> Any:
        """The same for many values: ``lookup`` is made once."""
        for found in lookup.get(value):
            return found
        known = ", ".join(shown(repr(key)) for key in list(self.codes or ())[:12])
        raise UnmappedValueError(
            f"column `{self.column}` has a value that its map to `{self.fact}` does not name: `{shown(repr(value))}`; mapped: {known}",
            code="unmapped_value",
            field=self.column,
            value=str(value),
            expected=self.expected,
        )


@dataclass(frozen=True, slots=True)
class Resolved:
    """A mapping that fits: what to read, what is the same for all, and what is left."""

    targets: tuple[Target, ...]
    constants: Mapping[str, Any] = field(default_factory=dict)
    carried: tuple[str, ...] = ()
    """Columns that are no facts and go into the result."""
    ignored: tuple[str, ...] = ()
    """Columns that are no facts and are left out; name them to the caller."""


def resolve(
    frame_columns: Iterable[str],
    facts: Mapping[str, tuple[str, Sequence[str] | None]],
    columns: Mapping[str, Any] | None = None,
    constants: Mapping[str, Any] | None = None,
    carry: bool | Iterable[str] = False,
    as_written: bool = False,
) -> Resolved:
    """Fit a mapping to a frame. ``facts`` gives the kind of every fact and its codes, where it has a list. ``as_written`` takes text of constants and maps
    as a file has it in which everything is text.

    Columns that the mapping does not name fill the fact of their own name. ``carry`` takes the other columns along, all or by name.

    Raises ``FrameError`` and its kinds, with the place and the nearest name.
    """
    present = list(frame_columns)
    targets: list[Target] = []
    for column, said in (columns or {}).items():
        if column not in present:
            raise no_column(f"the frame has no column `{column}`", column, present)
        targets += [_target(column, one, facts, as_written) for one in (said if isinstance(said, list) else [said])]
    mapped = {target.column for target in targets}
    targets += [Target(name, name, reader=_reader(facts[name][0], None, name)) for name in present if name in facts and name not in mapped]

    filled: dict[str, str] = {}
    for target in targets:
        if target.fact in filled:
            raise _filled_twice(target.fact, f"fact `{target.fact}` is filled twice, from `{filled[target.fact]}` and from `{target.column}`")
        filled[target.fact] = target.column
    same = dict(constants or {})
    for fact, value in same.items():
        _known(fact, facts)
        if fact in filled:
            raise _filled_twice(fact, f"fact `{fact}` is given as a constant and by the column `{filled[fact]}`")
        _code(fact, value, facts, as_written)

    left = [name for name in present if name not in set(filled.values())]
    if isinstance(carry, bool):
        return Resolved(tuple(targets), same, tuple(left) if carry else (), () if carry else tuple(left))
    wanted = [carry] if isinstance(carry, str) else list(carry)
    for name in wanted:
        if name not in present:
            raise no_column(f"the frame has no column `{name}` to carry along", name, present)
    return Resolved(tuple(targets), same, tuple(wanted), tuple(name for name in left if name not in wanted))


def _target(column: str, said: Any, facts: Mapping[str, tuple[str, Sequence[str] | None]], as_written: bool) -> Target:
    fact, how = said if isinstance(said, tuple) and len(said) == 2 else (said, None)
    if not isinstance(fact, str):
        expected = "the name of a fact, or the name with a map or a reader"
        raise FrameError(f"column `{column}`: expected {expected}, not `{said!r}`", code="wrong_type", field=column, value=repr(said), expected=expected)
    kind, _ = _known(fact, facts)
    if isinstance(how, Mapping):
        codes = {value: code for value, code in how.items() if value is not ...}
        for code in how.values():
            _code(fact, code, facts, as_written)
        return Target(column, fact, codes, (how[...],) if ... in how else None)
    return Target(column, fact, reader=_reader(kind, how, column))


def _reader(kind: str, said: Any, place: str) -> str | None:
    able = READERS.get(kind, ())
    if isinstance(said, (tuple, list)) and len(said) == 2 and said[0] == "age" and kind == "date":
        return f"age@{_survey_day(said[1], place)}"
    if said is None:
        return able[0] if able else None
    if said not in able:
        expected = f"one of: {', '.join(able)}" if able else "no reader"
        why = f"expected {expected}" if able else f"a fact of kind `{kind}` takes no reader"
        close = close_to(str(said), able)
        raise FrameError(
            f"column `{place}`: unknown reader `{said}`; {why}{_offer(close)}", code="unknown_reader", field=place, value=str(said), expected=expected, nearest=close
        )
    return str(said)


def _survey_day(day: Any, column: str) -> str:
    text = day if isinstance(day, str) else str(day)
    return read_cell_of_days(text, "any", column)


def _known(fact: str, facts: Mapping[str, tuple[str, Sequence[str] | None]]) -> tuple[str, Sequence[str] | None]:
    if fact not in facts:
        close = close_to(fact, facts)
        raise UnknownFactError(f"unknown fact `{fact}`{_offer(close)}", code="unknown_fact", field=fact, expected="the name of a fact", nearest=close)
    return facts[fact]


def _code(fact: str, code: Any, facts: Mapping[str, tuple[str, Sequence[str] | None]], as_written: bool) -> None:
    kind, codes = facts[fact]
    if as_written and isinstance(code, str):
        code = written(code, kind, fact)
    if code is None:
        return
    if kind == "yes_no" and not isinstance(code, bool):
        raise UnknownCodeError(
            f"fact `{fact}` is yes or no; expected True, False or None, not `{code!r}`", code="wrong_type", field=fact, value=str(code), expected="True, False or None"
        )
    if kind == "code" and codes is not None and code not in codes:
        close = close_to(str(code), codes)
        raise UnknownCodeError(
            f"fact `{fact}` has no code `{code}`{_offer(close)}", code="unknown_code", field=fact, value=str(code), expected="a code of the fact", nearest=close
        )


def no_column(said: str, name: str, present: Sequence[str]) -> UnknownColumnError:
    """The error of a column that is not there, with the nearest that is."""
    close = close_to(name, present)
    return UnknownColumnError(f"{said}{_offer(close)}", code="unknown_column", field=name, expected="a column of the frame", nearest=close)


def _filled_twice(fact: str, said: str) -> FrameError:
    return FrameError(said, code="fact_twice", field=fact, expected="one source for each fact")


def close_to(name: str, names: Iterable[str]) -> str | None:
    """The nearest name, as the core finds it."""
    return nearest(name, [str(other) for other in names])


def _offer(close: str | None) -> str:
    return f"; did you mean `{close}`?" if close else ""


def listed(names: Iterable[str], known: Iterable[str]) -> str:
    """Names that are not known, each with the nearest that is; the first of many, and how many more there are."""
    names, known = list(names), list(known)
    near = ((name, close_to(name, known)) for name in names[:_LISTED])
    said = ", ".join(f"`{name}`" + (f" (did you mean `{close}`?)" if close else "") for name, close in near)
    return said + (f" and {len(names) - _LISTED:,} more" if len(names) > _LISTED else "")
