"""`route`: one complaint, or a file of many."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Protocol

from . import cases, files, given, outputs, routed
from .bar import Bar
from .exits import DONE, FAULTS, UsageError
from .people import show
from .say import faulty, note


def route(options: argparse.Namespace) -> int:
    """Say who must hear a complaint, or each complaint of a file."""
    import sitthi

    book = given.rulebook(options)
    if not options.input:
        return show(book.on(given.day(options)).route(sitthi.Complaint(**given.facts(options, complaint=True))), options)
    if options.facts or options.file:
        raise UsageError("give facts of one complaint or a file of many (--in), not both")
    found = cases.of_file(options, book)
    faults: list[str] = []
    done = 0
    with ExitStack() as stack:
        out = stack.enter_context(_output(options, found))
        tell = stack.enter_context(Bar("routing"))
        for part in found.parts:
            out.write([_decision(case, faults) for case in part.cases], part)
            done += len(part.cases)
            if tell:
                tell(done, found.count)
    if found.left_out:
        note(f"columns left out: {', '.join(found.left_out)}")
    faulty(faults)
    return FAULTS if faults else DONE


def _decision(case: cases.Case, faults: list[str]) -> Any:
    """The routing of one complaint; none where it cannot be, and then the reason is kept."""
    import sitthi

    try:
        law, facts = case.read()
        return law.route(sitthi.Complaint(**facts))
    except (ValueError, TypeError) as error:
        faults.append(f"{case.place}: {error}")
        return None


class _Output(Protocol):
    def __enter__(self) -> _Output: ...
    def write(self, decisions: Sequence[Any], part: cases.Part) -> None: ...
    def __exit__(self, *error: Any) -> None: ...


def _output(options: argparse.Namespace, found: cases.Found) -> _Output:
    """Whole decisions as lines of JSON, or a table with a row for each complaint; a table goes out as one where nothing else is said."""
    end = Path(options.out).suffix.lower() if options.out else ""
    if options.out and end not in (*files.TABLES, *cases.LINES):
        raise UsageError(f"`{options.out}`: expected a file ending in .csv, .parquet or .jsonl")
    if options.json and end in files.TABLES:
        raise UsageError("--json writes lines of JSON; name a file ending in .jsonl, or add whole decisions to the table with --decisions")
    lines = end in cases.LINES or options.json or (not options.out and not found.tabular)
    return _Lines(options.out) if lines else _Table(options, found)


class _Lines:
    """Whole decisions, one a line; what could not be routed has none."""

    def __init__(self, path: str | None) -> None:
        self._path, self._count = path, 0
        self._to: Any = sys.stdout
        self._stack = ExitStack()

    def __enter__(self) -> _Lines:
        if self._path:
            beside = self._stack.enter_context(outputs.whole(self._path))
            self._to = self._stack.enter_context(open(beside, "w", encoding="utf-8"))
        return self

    def write(self, decisions: Sequence[Any], part: cases.Part) -> None:
        for decision in decisions:
            if decision is not None:
                self._count += 1
                print(decision.to_json(), file=self._to)

    def __exit__(self, *error: Any) -> None:
        self._stack.__exit__(*error)
        if self._path and error[0] is None:
            note(f"{self._path}, {self._count:,} decisions")


class _Table:
    """What matters first of each complaint, row for row as in the file; a row that could not be routed has only what was carried along."""

    def __init__(self, options: argparse.Namespace, found: cases.Found) -> None:
        self._schema = routed.schema(*(name for name, asked in (("missing", options.missing), ("decision", options.decisions)) if asked))
        clash = [field.name for field in found.carried if field.name in self._schema.names]
        if clash:
            raise UsageError(f"column `{clash[0]}` is carried along and has the name of a column of the result; rename it")
        schema = self._schema
        for field in found.carried:
            schema = schema.append(field)
        self._writer = files.Writer(options.out, schema)

    def __enter__(self) -> _Table:
        self._writer.__enter__()
        return self

    def write(self, decisions: Sequence[Any], part: cases.Part) -> None:
        table = routed.table(decisions, self._schema)
        for field, column in part.carried:
            table = table.append_column(field, column)
        self._writer.write(table)

    def __exit__(self, *error: Any) -> None:
        self._writer.__exit__(*error)
