"""Complaints read from a file: lines of JSON, or a table with facts as columns."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from math import isnan
from typing import Any

from .. import files as survey
from .. import frames
from .._native import Lookup, read_cell_of_days, written
from ..errors import SitthiError
from . import columns, files, given
from .exits import UsageError

LINES = (".jsonl", ".ndjson")
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Case:
    """One complaint, not read yet."""

    place: str
    read: Callable[[], tuple[Any, dict[str, Any]]]
    """The law of its day and its facts. Raises ``ValueError`` where a value cannot be."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some complaints of a file, with the columns that are carried along."""

    cases: Sequence[Case]
    carried: Sequence[tuple[Any, Any]] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The complaints of a file."""

    parts: Iterator[Part]
    count: int
    tabular: bool
    carried: Sequence[Any] = ()
    left_out: tuple[str, ...] = ()


def of_file(options: argparse.Namespace, book: Any) -> Found:
    """The complaints of a file, with the law of the day asked about."""
    if options.input != "-" and survey.end_of(options.input) in survey.READABLE:
        return _of_table(options, book)
    for name in ("columns", "carry", "ignore"):
        if getattr(options, name):
            raise UsageError(f"--{name} is for a file with columns, .csv or .parquet; `{options.input}` is read as lines of JSON")
    law = book.on(given.day(options))
    same: dict[str, Any] = {}
    for fact, value in given.pairs(options.constant, lambda name: given.kind_of_fact(name, True, {})).items():
        _put(same, fact, value)
    lines = [(number, line) for number, line in enumerate(given.text_of(options.input).splitlines(), 1) if line.strip()]

    def read(line: str) -> tuple[Any, dict[str, Any]]:
        return law, {**same, **given.object_of(line, "the facts of a complaint")}

    parts = (Part([Case(f"{options.input}:{number}", partial(read, line)) for number, line in lines[first : first + _AT_ONCE]]) for first in range(0, len(lines), _AT_ONCE))
    return Found(parts, len(lines), False)


def _kinds() -> dict[str, str]:
    """The kind of every fact that a column may tell of a complaint; what happened is asked one by one."""
    return {
        **{name: kind for name, kind in given.kinds_of("Complaint").items() if kind not in ("family", "the_job", "declared")},
        **{f"job.{name}": kind for name, kind in given.kinds_of("Job").items()},
    }


def _put(facts: dict[str, Any], fact: str, value: Any) -> None:
    head, dot, rest = fact.partition(".")
    if dot:
        facts.setdefault(head, {})[rest] = value
    else:
        facts[fact] = value


def _of_table(options: argparse.Namespace, book: Any) -> Found:
    mapping, kinds = columns.said(options.columns), _kinds()

    def tells(name: str) -> bool:
        return name in mapping or name in kinds or name.startswith("happened.")

    table = files.read(options.input, lambda name: tells(name) or name == options.on, encoding=options.encoding, separator=options.separator).table
    as_written = survey.is_text(options.input)
    by_column = options.on in table.column_names
    constants = given.pairs(options.constant, lambda name: given.kind_of_fact(name, True, {}))
    filled = [target[0] if isinstance(target, tuple) else target for name in table.column_names for target in columns.targets(name, mapping)]
    happened = sorted({name for name in (*filled, *constants) if isinstance(name, str) and name.startswith("happened.")})
    _check_happened(happened, book)
    kinds.update(dict.fromkeys(happened, "yes_no"))
    found = frames.resolve(
        [name for name in table.column_names if tells(name) or not (by_column and name == options.on)],
        {name: (kind, None) for name, kind in kinds.items()},
        columns.fitted(table.column_names, mapping, kinds),
        constants,
        options.carry,
        as_written,
    )
    if found.ignored and not options.ignore:
        listed = frames.listed(found.ignored, kinds)
        raise UsageError(f"columns that are no facts of a complaint: {listed}; map them with `--columns`, take them along with `--carry`, or leave them out with `--ignore`")
    readers = [(target, _reader(target, kinds[target.fact], as_written)) for target in found.targets]
    law_on: Callable[[date], Any] = cache(book.on)
    law = None if by_column else law_on(given.day(options))

    def read(row: Mapping[str, Any]) -> tuple[Any, dict[str, Any]]:
        facts: dict[str, Any] = {}
        for fact, value in found.constants.items():
            _put(facts, fact, value)
        for target, reader in readers:
            value = reader(row[target.column])
            if value is not None:
                _put(facts, target.fact, value)
        return law_on(_day(row[options.on])) if law is None else law, facts

    fields = [table.schema.field(name) for name in found.carried]

    def parts() -> Iterator[Part]:
        for first in range(0, table.num_rows, _AT_ONCE):
            piece = table.slice(first, _AT_ONCE)
            cases = [Case(f"row {first + number}", partial(read, row)) for number, row in enumerate(piece.to_pylist())]
            yield Part(cases, [(field, piece[field.name]) for field in fields])

    return Found(parts(), table.num_rows, True, fields, found.ignored)


def _check_happened(names: Sequence[str], book: Any) -> None:
    """Refuses a column of something that is not in the list of what may happen; the core knows the list."""
    law = book.on(date.today())
    for name in names:
        try:
            law.route({"happened": {name.partition(".")[2]: True}})
        except SitthiError as error:
            raise UsageError(f"column or fact `{name}`: {error}") from error


def _day(cell: Any) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if cell is None:
        raise UsageError("names no day")
    return given.day_of(str(cell), "day asked about")


def _reader(target: frames.Target, kind: str, as_written: bool) -> Callable[[Any], Any]:
    """What a cell says of a fact, as a frame of people is read: by its map, else as the core reads it."""
    if target.codes is not None:
        return partial(target.mapped, Lookup(target))

    def read(cell: Any) -> Any:
        if isinstance(cell, float):
            # How floats write that there is no value, and whole numbers in a column with gaps.
            cell = None if isnan(cell) else int(cell) if cell.is_integer() else cell
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, int) and not isinstance(cell, bool) and (kind in ("province", "district") or target.reader in ("be_year", "ce_year")):
            cell = str(cell)
        if not isinstance(cell, str):
            return cell
        said = written(cell, kind, target.fact) if as_written else cell
        if isinstance(said, str) and kind == "date" and target.reader:
            return read_cell_of_days(said, target.reader, target.fact)
        return said

    return read
