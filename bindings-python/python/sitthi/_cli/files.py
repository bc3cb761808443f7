"""Tables read from files and written to them: CSV and Parquet."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any

from .. import files as survey
from .._extras import need
from ..files import FileError, SurveyFile
from . import outputs
from .exits import UsageError
from .say import note

TABLES = (".csv", ".parquet")


def kind_of(path: str | None) -> str:
    """How a file is written, by the end of its name; standard output is CSV."""
    kind = Path(path).suffix.lower() if path else ".csv"
    if kind not in TABLES:
        raise UsageError(f"`{path}`: expected a file ending in .csv or .parquet")
    return kind


def read(path: str, as_text: Callable[[str], bool] = lambda name: False, *, encoding: str | None = None, separator: str | None = None) -> SurveyFile:
    """A file with its table; ``as_text`` names the columns of text that are taken as they are written: a code such as `00` must keep its zero."""
    try:
        return survey.read(path, encoding=encoding, separator=separator, as_text=as_text)
    except FileError as error:
        raise UsageError(str(error)) from error


def schema(columns: Iterable[tuple[str, str]]) -> Any:
    """The columns of a table, each a name and what it holds: text, number, yes_no or day."""
    pa = need("pyarrow", "cli")
    kinds = {"text": pa.string(), "number": pa.float64(), "yes_no": pa.bool_(), "day": pa.date32()}
    return pa.schema([(name, kinds[kind]) for name, kind in columns])


class Writer:
    """Writes tables of one schema, one after the other, to a file or as CSV to standard output."""

    def __init__(self, path: str | None, schema: Any) -> None:
        pa, kind = need("pyarrow", "cli"), kind_of(path)
        self._path, self._rows = path, 0
        # The CSV writer knows no dictionaries.
        flat = [field.with_type(field.type.value_type) if pa.types.is_dictionary(field.type) else field for field in schema]
        self._schema = pa.schema(flat) if kind == ".csv" else schema
        nested = [field.name for field in self._schema if pa.types.is_nested(field.type)]
        if kind == ".csv" and nested:
            raise UsageError(f"column `{nested[0]}` holds lists or objects, which CSV cannot; write to a file ending in .parquet")
        self._kind = kind
        self._stack = ExitStack()

    def __enter__(self) -> Writer:
        to = self._stack.enter_context(outputs.whole(self._path)) if self._path else None
        if self._kind == ".parquet":
            self._writer = need("pyarrow.parquet", "cli").ParquetWriter(to, self._schema, compression="zstd")
        else:
            sys.stdout.flush()
            self._writer = need("pyarrow.csv", "cli").CSVWriter(to or _standard_output(), self._schema)
        return self

    def write(self, table: Any) -> None:
        """Write the rows of a table."""
        self._rows += table.num_rows
        self._writer.write_table(table.cast(self._schema))

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            self._writer.close()
        except BaseException as failed:
            self._stack.__exit__(type(failed), failed, failed.__traceback__)
            raise
        self._stack.__exit__(kind, error, trace)
        if self._path and kind is None:
            note(f"{self._path}, {self._rows:,} rows")


def _standard_output() -> Any:
    """Where bytes go."""
    return getattr(sys.stdout, "buffer", None) or sys.stdout


def write(frame: Any, path: str | None) -> None:
    """Write a whole frame."""
    pa = need("pyarrow", "cli")
    table = frame if isinstance(frame, pa.Table) else pa.table(frame)
    with Writer(path, table.schema) as writer:
        writer.write(table)
