"""Files of surveys as tables: text in any encoding and with any separator, packed or not, Parquet, SPSS and Stata.

    >>> from sitthi import files
    >>> survey = files.read("lfs.sav")                                   # doctest: +SKIP
    >>> sitthi.tally(survey.table, no_answer=survey.no_answer, ...)      # doctest: +SKIP
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from os import PathLike, fspath
from pathlib import Path
from typing import Any

from ._extras import need
from .errors import SitthiError

TEXT = (".csv", ".tsv", ".txt")
SURVEYS = (".sav", ".zsav", ".dta")
READABLE = (*TEXT, *(f"{end}.gz" for end in TEXT), ".parquet", *SURVEYS)
"""The ends of the names of files that are read."""

_PEEKED = 1 << 20
_SEPARATORS = (",", ";", "\t", "|")


class FileError(SitthiError):
    """A file that cannot be read."""


@dataclass(frozen=True, slots=True)
class SurveyFile:
    """A file that was read: its table, and what it says of its columns."""

    table: Any
    """A table of pyarrow."""
    no_answer: Mapping[str, list[Any]] = field(default_factory=dict)
    """The values of each column that the file declares as missing, for ``no_answer=``; what is empty is null already."""
    labels: Mapping[str, Mapping[Any, str]] = field(default_factory=dict)
    """The label of each value of a column."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """The label of each column."""

    def __repr__(self) -> str:
        return f"SurveyFile({self.table.num_rows:,} rows, {self.table.num_columns} columns, codes of no answer in {len(self.no_answer)})"


def is_text(path: str | PathLike[str]) -> bool:
    """Whether a file is one in which everything is text; ``-`` is standard input, which is."""
    return fspath(path) == "-" or end_of(path).removesuffix(".gz") in TEXT


def end_of(path: str | PathLike[str]) -> str:
    """The end of a name by which a file is read, such as ``.csv.gz``."""
    ends = [end.lower() for end in Path(fspath(path)).suffixes[-2:]]
    return "".join(ends) if ends[-1:] == [".gz"] else "".join(ends[-1:])


def read(
    path: str | PathLike[str], *, encoding: str | None = None, separator: str | None = None, as_text: Callable[[str], bool] = lambda name: False
) -> SurveyFile:
    """Read a file: ``.csv``, ``.tsv``, ``.txt``, each also with ``.gz``, ``.parquet``, ``.sav``, ``.zsav``, ``.dta``; ``-`` reads text from standard input.

    Text is UTF-8 where no ``encoding`` is named; Thai files of older programs are ``cp874`` (TIS-620). The separator of columns is found in the first line
    where none is named. ``as_text`` names the columns of text that are taken as they are written: a code such as `00` must keep its zero. Values that SPSS
    declares as missing stand in ``no_answer``; those of Stata are null. SPSS and Stata need the extra ``survey``.

    Raises ``FileError``, which says what was expected.
    """
    name, end = fspath(path), end_of(path)
    if name != "-" and end not in READABLE:
        expected = f"a file ending in {', '.join(READABLE[:-1])} or {READABLE[-1]}"
        raise FileError(f"`{name}`: expected {expected}", code="frame", field="path", value=name, expected=expected)
    if name != "-" and not Path(name).exists():
        raise FileError(f"no such file: {name}", code="frame", field="path", value=name, expected="a file that is there")
    if end in SURVEYS:
        found = _of_survey(name, end, encoding)
    elif end == ".parquet":
        found = SurveyFile(need("pyarrow.parquet", "cli").read_table(name))
    else:
        found = SurveyFile(_of_text(name, encoding, separator, as_text))
    names = found.table.column_names
    twice = next((one for one in names if names.count(one) > 1), None)
    if twice is not None:
        raise FileError(f"{name}: two columns have the name `{twice}`", code="column_twice", field=twice, expected="columns of different names")
    return found


def _of_text(name: str, encoding: str | None, separator: str | None, as_text: Callable[[str], bool]) -> Any:
    pa, csv = need("pyarrow", "cli"), need("pyarrow.csv", "cli")
    whole = sys.stdin.buffer.read() if name == "-" else None

    def opened() -> Any:
        return pa.BufferReader(whole) if whole is not None else pa.input_stream(name, compression="detect")

    with opened() as stream:
        beginning = stream.read(_PEEKED)
    first = _first_line(name, beginning, encoding)
    if separator is None:
        separator = max(_SEPARATORS, key=first.count)
    parse = csv.ParseOptions(delimiter=separator)
    options = csv.ReadOptions(encoding=encoding or "utf8")
    try:
        with opened() as stream, csv.open_csv(stream, read_options=options, parse_options=parse) as lines:
            names = lines.schema.names
        # An empty cell is an unknown fact, in text columns too.
        convert = csv.ConvertOptions(column_types={one: pa.string() for one in names if as_text(one)}, strings_can_be_null=True)
        with opened() as stream:
            return csv.read_csv(stream, read_options=csv.ReadOptions(encoding=encoding or "utf8"), parse_options=parse, convert_options=convert)
    except (pa.ArrowInvalid, UnicodeError) as error:
        expected = "a table with a line of names, columns parted by one separator"
        raise FileError(f"{name}: {error}", code="frame", field="path", value=name, expected=expected) from error


def _first_line(name: str, beginning: bytes, encoding: str | None) -> str:
    """The line of names. Refuses bytes that are not of the encoding, and an encoding that nobody knows."""
    try:
        text = beginning.decode(encoding or "utf-8-sig", "strict")
    except UnicodeDecodeError as error:
        # The piece that was looked at may end inside a letter.
        if error.end < len(beginning) - 3 or len(beginning) < _PEEKED:
            line = beginning.count(b"\n", 0, error.start) + 1
            said = f"the encoding `{encoding}`" if encoding else "UTF-8"
            expected = "the encoding of the file, such as cp874 (TIS-620) for Thai files of older programs"
            raise FileError(f"{name}, line {line}: its bytes are not of {said}; name {expected}", code="frame", field="encoding", value=encoding or "utf-8", expected=expected) from error
        text = beginning[: error.start].decode(encoding or "utf-8-sig", "ignore")
    except LookupError as error:
        expected = "an encoding that Python knows, such as utf-8 or cp874"
        raise FileError(f"{name}: there is no encoding `{encoding}`; expected {expected}", code="frame", field="encoding", value=encoding, expected=expected) from error
    return text.partition("\n")[0]


def _of_survey(name: str, end: str, encoding: str | None) -> SurveyFile:
    pa, pyreadstat = need("pyarrow", "survey"), need("pyreadstat", "survey")
    try:
        if end == ".dta":
            columns, about = pyreadstat.read_dta(name, output_format="dict", encoding=encoding)
        else:
            columns, about = pyreadstat.read_sav(name, output_format="dict", encoding=encoding, user_missing=True)
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError) as error:
        expected = f"a whole file of {'Stata' if end == '.dta' else 'SPSS'}"
        raise FileError(f"{name}: {error}", code="frame", field="path", value=name, expected=expected) from error
    arrays = {column: _array(pa, values) for column, values in columns.items()}
    no_answer = {column: _codes(ranges, arrays[column]) for column, ranges in (about.missing_ranges or {}).items() if column in arrays}
    titles = {column: label for column, label in about.column_names_to_labels.items() if label}
    return SurveyFile(pa.table(arrays), {column: codes for column, codes in no_answer.items() if codes}, about.variable_value_labels, titles)


def _array(pa: Any, values: list[Any]) -> Any:
    """A column. These files know no empty text and hold whole numbers as floats: codes come out as what they are."""
    made = pa.array([None if value == "" else value for value in values], from_pandas=True)
    try:
        return made.cast(pa.int64()) if pa.types.is_floating(made.type) else made
    except pa.ArrowInvalid:
        return made


def _codes(ranges: list[Mapping[str, Any]], values: Any) -> list[Any]:
    """The values of a column that lie in ranges which the file declares as missing."""
    among = values.unique().to_pylist()
    return [value for value in among if value is not None and any(_lies(value, one["lo"], one["hi"]) for one in ranges)]


def _lies(value: Any, low: Any, high: Any) -> bool:
    if isinstance(value, str) or isinstance(low, str):
        return bool(value == low)
    return bool(low <= value <= high)
