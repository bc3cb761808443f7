"""`assess` and `classify`: one worker, or a file of many."""

from __future__ import annotations

import argparse
from typing import Any

from .. import files as survey
from . import columns, files, given
from .bar import Bar
from .exits import DONE, FAULTS, UsageError
from .say import faulty, in_options, note

_COUNTED = ("scheme", "definition", "status", "verdict", "rows", "weight")


def assess(options: argparse.Namespace) -> int:
    """Say what covers a worker, or each row of a file."""
    import sitthi

    book = given.rulebook(options)
    if not options.input:
        return show(book.on(given.day(options)).assess(sitthi.Worker(**given.facts(options))), options)
    people = _People(options, book)
    result: Any
    with Bar("assessing") as bar:
        if options.by or options.weights:
            result = sitthi.tally(people.table, by=options.by, weights=options.weights, unknown=people.unknown, progress=bar, **people.asked)
        else:
            result = sitthi.assess_frame(people.table, carry=options.carry, unknown=people.unknown, missing=options.missing, progress=bar, **people.asked)
    files.write(result, options.out)
    return people.told(result)


def classify(options: argparse.Namespace) -> int:
    """Say who a worker is under each definition, or who each row of a file is."""
    import sitthi

    book = given.rulebook(options)
    if not options.input:
        return show(book.on(given.day(options)).classify(sitthi.Worker(**given.facts(options))), options)
    people = _People(options, book)
    result: Any
    with Bar("classifying") as bar:
        if options.by or options.weights:
            result = sitthi.tally(people.table, of="definitions", by=options.by, weights=options.weights, unknown=people.unknown, progress=bar, **people.asked)
        else:
            result = sitthi.assess_frame(people.table, of="definitions", carry=options.carry, unknown=people.unknown, progress=bar, **people.asked)
    files.write(result, options.out)
    return people.told(result)


def show(result: Any, options: argparse.Namespace) -> int:
    """Print one decision."""
    print(result.to_json() if options.json else result)
    return DONE


class _People:
    """A file of workers with what is asked about it, as `assess_frame` and `tally` take it."""

    def __init__(self, options: argparse.Namespace, book: Any) -> None:
        if options.facts or options.file:
            raise UsageError("give facts of one worker or a file of many (--in), not both")
        given.refuse_together(options, ["json"], "is for the decision about one worker; a file of many gives a table")
        if options.by or options.weights:
            given.refuse_together(options, ["carry", "missing"], "is for a row for each row; --by and --weights count rows")
            taken = [name for name in options.by if name in _COUNTED]
            if taken:
                raise UsageError(f"--by {taken[0]}: the result has a column of that name; rename it")
        kinds = {name: kind for name, (kind, _) in book.shared_facts().items()}
        mapping = columns.said(options.columns)
        told = {name for name in [options.on, options.jobs] if name}

        def tells(name: str) -> bool:
            return name in mapping or (name not in told and columns.kind_of(name, kinds) is not None)

        found = files.read(options.input, lambda name: tells(name) or name == options.jobs, encoding=options.encoding, separator=options.separator)
        table, written = found.table, survey.is_text(options.input)
        jobs = int(options.jobs) if options.jobs and options.jobs.isdecimal() else options.jobs
        self.table = table
        self.unknown = "ignore" if options.ignore else "error"
        constants = given.pairs(options.constant, lambda name: columns.kind_of(name, kinds))
        self.asked: dict[str, Any] = dict(
            on=_day(options, table, mapping),
            rulebook=book,
            columns=columns.fitted(table.column_names, mapping, kinds) or None,
            facts=constants or None,
            no_answer={**found.no_answer, **columns.no_answer(options.no_answer)} or None,
            jobs=jobs,
            written=written,
        )

    def told(self, result: Any) -> int:
        """Say what was not known, left out or wrong, and end as that asks for."""
        for name, about in (("unknown_facts", "facts that no column tells, taken as unknown"), ("ignored", "columns left out")):
            if getattr(result, name):
                note(f"{about}: {', '.join(getattr(result, name))}")
        counted = ", ".join(f"{name} {rows:,}" for name, rows in result.no_answers.items() if rows)
        if counted:
            note(f"rows in which nobody answered, taken as unknown: {counted}")
        for hint in result.hints:
            note(in_options(hint))
        faulty([*result.errors], result.errors.total)
        return FAULTS if result.errors else DONE


def _day(options: argparse.Namespace, table: Any, mapping: dict[str, Any]) -> Any:
    """The day asked about, or the column that tells it with the reader that its mapping names."""
    if options.on not in table.column_names:
        return given.day(options)
    readers = [target[1] for target in columns.targets(options.on, mapping) if isinstance(target, tuple) and isinstance(target[1], str)]
    return (options.on, readers[0]) if readers else options.on
