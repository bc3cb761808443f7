"""Tables read from files and written to them: CSV and Parquet."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any

from .._extras import need
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


def read(path: str, as_text: Callable[[str], bool] = lambda name: False) -> Any:
    """A table; ``as_text`` names the columns of a CSV file that are taken as they are written: a code such as `00` must keep its zero."""
    kind = kind_of(path)
    if not Path(path).exists():
        raise UsageError(f"no such file: {path}")
    pa = need("pyarrow", "cli")
    try:
        table = _read(path, kind, pa, as_text)
    except pa.ArrowInvalid as error:
        raise UsageError(f"{path}: {error}") from error
    twice = [name for name in table.column_names if table.column_names.count(name) > 1]
    if twice:
        raise UsageError(f"{path}: two columns have the name `{twice[0]}`")
    return table


def _read(path: str, kind: str, pa: Any, as_text: Callable[[str], bool]) -> Any:
    if kind == ".parquet":
        return need("pyarrow.parquet", "cli").read_table(path)
    csv = need("pyarrow.csv", "cli")
    with csv.open_csv(path) as opened:
        names = opened.schema.names
    # An empty cell is an unknown fact, in text columns too.
    convert = csv.ConvertOptions(column_types={name: pa.string() for name in names if as_text(name)}, strings_can_be_null=True)
    return csv.read_csv(path, convert_options=convert)


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
