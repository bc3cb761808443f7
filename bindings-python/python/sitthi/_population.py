"""Frames in, frames out: `assess_frame` and `tally`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from . import _native, frames
from .frames import FrameError, UnknownColumnError

if TYPE_CHECKING:
    from typing_extensions import Self

    from ._native import Rulebook


class ArrowFrame(Protocol):
    """Anything that gives its columns through the Arrow C interface: a frame of polars, pandas, pyarrow or DuckDB."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


@dataclass(frozen=True, slots=True)
class RowError:
    """A value that cannot be, and why; its row was not assessed."""

    row: int
    fact: str
    value: str
    reason: str

    def __str__(self) -> str:
        return f"row {self.row}: `{self.fact}` cannot be `{self.value}`: {self.reason}"


@dataclass(frozen=True, slots=True)
class ErrorCount:
    """How many rows have a value of a fact that cannot be, for one reason."""

    fact: str
    reason: str
    rows: int


class RowErrors(Sequence[RowError]):
    """The first values that cannot be, at most 1,000, by row; ``total`` and ``counts`` tell of all. With ``errors=True`` the result has a column of them."""

    def __init__(self, listed: Sequence[tuple[int, str, str, str]], counts: Sequence[tuple[str, str, int]]) -> None:
        self._listed = listed
        self._counts = counts

    @property
    def total(self) -> int:
        """How many values cannot be, those that are not listed included."""
        return sum(rows for _, _, rows in self._counts)

    @property
    def counts(self) -> tuple[ErrorCount, ...]:
        """How many values cannot be, by fact and reason."""
        return tuple(ErrorCount(*one) for one in self._counts)

    def __len__(self) -> int:
        return len(self._listed)

    def __getitem__(self, place: Any) -> Any:
        found = self._listed[place]
        return [RowError(*one) for one in found] if isinstance(place, slice) else RowError(*found)

    def __iter__(self) -> Iterator[RowError]:
        return (RowError(*one) for one in self._listed)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RowErrors) and self._listed == other._listed and self._counts == other._counts

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        shown = ", ".join(str(error) for error in self[:3])
        return f"[{shown}{', …' if self.total > 3 else ''}]"

    def __str__(self) -> str:
        left = self.total - len(self[:20])
        return "\n".join([*map(str, self[:20]), *([f"… and {left:,} more"] if left > 0 else [])])

    def _repr_html_(self) -> str:
        from . import _html

        return _html.row_errors(self)


NO_JOBS = (
    "nothing says how many jobs each person has, so there may be a second of which nothing is known (`job_2.*`), and much stays undetermined: "
    "give `jobs=1` where each has one, or the name of the column that says how many there are, or whether there is a second"
)


class FrameResult:
    """Columns that any frame library takes: ``polars.DataFrame(result)``, ``pyarrow.table(result)``, ``result.to_pandas()``, or DuckDB by its name."""

    def __init__(self, answers: _native.Answers, ignored: Sequence[str], jobs_known: bool = True) -> None:
        self._answers = answers
        self._jobs_known = jobs_known
        self.ignored: tuple[str, ...] = tuple(ignored)
        """Columns that are no facts and were left out."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._answers.__arrow_c_stream__(requested_schema)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self._answers.columns

    @property
    def unknown_facts(self) -> tuple[str, ...]:
        """Facts that can decide something and that no column or constant tells: they count as unknown."""
        return self._answers.unknown_facts

    @property
    def no_answers(self) -> dict[str, int]:
        """How many rows of each column have a value that ``no_answer=`` names: nobody answered there, and the fact is unknown."""
        return dict(self._answers.no_answers)

    @property
    def hints(self) -> tuple[str, ...]:
        """What to say in the call so that more is decided."""
        if self._jobs_known or not any(fact.startswith("job_2.") for fact in self.unknown_facts):
            return ()
        return (NO_JOBS,)

    @property
    def errors(self) -> RowErrors:
        """Values that cannot be; their rows were not assessed, all others were."""
        return RowErrors(self._answers.errors(), self._answers.error_counts())

    @property
    def edition(self) -> str:
        """The edition of the rulebook that it rests on."""
        return self._answers.edition

    @property
    def on(self) -> date | None:
        """The day asked about; None where a column tells it."""
        return None if self._answers.day is None else date.fromisoformat(self._answers.day)

    def __len__(self) -> int:
        return len(self._answers)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __eq__(self, other: object) -> bool:
        """Whether both hold the same answers, errors and columns, from the same edition about the same day."""
        if type(other) is not type(self):
            return NotImplemented
        mine, theirs = (one._answers.state() for one in (self, other))
        alike = (mine[0], *mine[2:]) == (theirs[0], *theirs[2:]) and self.ignored == other.ignored
        return alike and (self._answers.carried is None or bool(_frame_of(self._answers).equals(_frame_of(other._answers))))

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Any, ...]:
        # Columns that are carried along may be of any type: they are kept as the frame of a library.
        carried = None if self._answers.carried is None else _frame_of(self._answers)
        return (_restored, (type(self), self._answers.state(), carried, self.ignored, self._jobs_known))

    def to_arrow(self) -> Any:
        """A table of pyarrow."""
        from ._extras import need

        return need("pyarrow", "cli").table(self)

    def to_polars(self) -> Any:
        """A frame of polars, taken faster than ``polars.DataFrame(result)``."""
        import polars

        return polars.DataFrame(_ForPolars(self._answers))

    def to_pandas(self) -> Any:
        """A frame of pandas."""
        return self.to_arrow().to_pandas()


def _restored(kind: type[FrameResult], state: tuple[Any, ...], carried: Any, ignored: Sequence[str], jobs_known: bool) -> FrameResult:
    """A result as it was before it was pickled."""
    table = None if carried is None else _native.read_frame(carried)
    return kind(_native.Answers.restored(state, table), ignored, jobs_known)


def _frame_of(answers: _native.Answers) -> Any:
    """The columns that are carried along as a frame that can be pickled and compared: of pyarrow, or of polars where only that is installed."""
    from importlib.util import find_spec

    from ._extras import need

    if find_spec("pyarrow") is None and find_spec("polars") is not None:
        import polars

        return polars.DataFrame(answers.carried)
    return need("pyarrow", "cli").table(answers.carried)


class _ForPolars:
    """The columns with codes numbered as polars numbers its own."""

    def __init__(self, answers: _native.Answers) -> None:
        self._answers = answers

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._answers.stream(unsigned=True)


class Statuses(FrameResult):
    """One column of statuses for each scheme, row for row as in the frame that was given; null where a row could not be assessed."""

    def counts(self) -> dict[str, dict[str, int]]:
        """How many rows have each status, by scheme."""
        found = {column: self._answers.counts(column) for column in self.columns}
        return {column: counts for column, counts in found.items() if counts}

    def __repr__(self) -> str:
        return f"Statuses({len(self):,} rows, on={self.on or 'a column'}, edition={self.edition}, columns={list(self.columns)}, {self.errors.total} errors, {len(self.unknown_facts)} unknown facts{', no `jobs=`' if self.hints else ''})"

    def _repr_html_(self) -> str:
        from . import _html

        counts = self.counts()
        names = list(next(iter(counts.values()), {}))
        rows = [[scheme, *(f"{count:,}" for count in by.values())] for scheme, by in counts.items() if list(by) == names]
        return _html.table(repr(self), ["", *names], rows)


class Tally(FrameResult):
    """How many rows of each group have each status: the columns of the group, ``scheme``, ``status``, ``rows`` and, where weighed, ``weight``."""

    def __repr__(self) -> str:
        return f"Tally({len(self)} lines, on={self.on or 'a column'}, edition={self.edition}, columns={list(self.columns)}, {self.errors.total} errors)"

    def _repr_html_(self) -> str:
        from html import escape

        from . import _html

        lines = self.to_arrow().slice(0, 200).to_pylist()
        return _html.table(repr(self), list(self.columns), [["" if value is None else escape(str(value)) for value in line.values()] for line in lines])


STATUS, VERDICT = ("scheme", "status"), ("definition", "verdict")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of every row, and how the columns of a tally are called."""

    schemes: bool
    definitions: bool
    clauses: list[str]
    names: tuple[str, str]

    @classmethod
    def read(cls, of: str | Sequence[str], clauses: Sequence[str] = ()) -> _Asked:
        if of == "schemes":
            return cls(True, False, list(clauses), STATUS)
        if of == "definitions":
            return cls(False, True, list(clauses), VERDICT)
        if isinstance(of, str) or not of or not all(isinstance(one, str) for one in of):
            expected = "schemes, definitions, or a list of ids of clauses and rules"
            raise FrameError(f"`of` is `{of}`; expected {expected}", code="wrong_type", field="of", value=str(of), expected=expected)
        return cls(False, False, [*of, *clauses], ("clause", "verdict"))


@dataclass(frozen=True, slots=True)
class _Query:
    """A query as the compiled half takes it, columns by their places."""

    day: Any
    day_column: int | None
    day_reader: str | None
    bindings: list[tuple[int, str, str | None, frames.Target | None, list[Any]]]
    constants: dict[str, Any]
    jobs: int | None
    second_job: int | None
    carried: list[int]
    schemes: bool
    definitions: bool
    clauses: list[str]
    written: bool
    missing: bool
    errors: bool
    by: list[int] | None
    weights: int | None
    names: tuple[str, str]
    threads: int
    progress: Callable[[int, int], None] | None


@dataclass(frozen=True, slots=True)
class _Call:
    """The arguments that `assess_frame` and `tally` share."""

    frame: Any
    on: Any
    columns: Mapping[str, Any] | None
    facts: Mapping[str, Any] | None
    no_answer: Mapping[str, Any] | None
    jobs: int | str | None
    unknown: str
    written: bool
    rulebook: Rulebook | None
    threads: int | None
    progress: Callable[[int, int], None] | None

    def ask(
        self,
        asked: _Asked,
        *,
        carry: bool | Iterable[str] = False,
        missing: bool = False,
        errors: bool = False,
        by: Sequence[str] | None = None,
        weights: str | None = None,
    ) -> tuple[_native.Answers, tuple[str, ...], bool]:
        if self.unknown not in ("error", "ignore"):
            raise FrameError(f"`unknown` is `{self.unknown}`; expected one of: error, ignore", code="wrong_type", field="unknown", value=str(self.unknown), expected="error or ignore")
        if self.threads is not None and self.threads < 0:
            raise OverflowError(f"`threads` is {self.threads}; expected a whole number that is not negative")
        if isinstance(self.jobs, int) and self.jobs < 0:
            raise FrameError(f"`jobs` is {self.jobs}; expected a number that is not negative, or the name of a column", code="impossible_value", field="jobs", value=str(self.jobs), expected="a whole number, not negative")
        table = self.frame if isinstance(self.frame, _native.Table) else _native.read_frame(self.frame)
        book = self.rulebook if self.rulebook is not None else _native.Rulebook.built_in()
        names = list(table.columns)
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise FrameError(f"the frame has two columns of the name `{twice[0]}`", code="column_twice", field=twice[0], expected="columns of different names")
        known: dict[str, tuple[str, Sequence[str] | None]] = dict(book.shared_facts())
        _paid_months(known, [*names, *_targets(self.columns), *(self.facts or ())])
        other = [*(by or ()), *([weights] if weights else [])]
        jobs = self.jobs
        day, reader = self.on if isinstance(self.on, tuple) and len(self.on) == 2 else (self.on, None)
        by_column = isinstance(day, str) and day in names
        if isinstance(self.on, tuple) and not by_column:
            raise frames.no_column(f"the frame has no column `{day}`", str(day), names)
        # Columns that say something else than a fact.
        set_apart = {name for name in other if name not in known} | ({day} if by_column and day not in known else set())
        for name in (*other, *([jobs] if isinstance(jobs, str) else [])):
            if name not in names:
                raise frames.no_column(f"the frame has no column `{name}`", name, names)
        if isinstance(jobs, str):
            set_apart.add(jobs)
        carried = carry if isinstance(carry, bool) else ([carry] if isinstance(carry, str) else list(carry))
        # The index of pandas numbers or names rows; it is a column only where somebody says so.
        index = {name for name in table.index if name not in known and (isinstance(carried, bool) or name not in carried)}
        kept = [name for name in names if name in (self.columns or {}) or (name not in set_apart and name not in index)]
        also = [] if isinstance(carried, bool) else [name for name in carried if name in set_apart]
        found = frames.resolve(kept, known, self.columns, self.facts, carried if isinstance(carried, bool) else [name for name in carried if name not in set_apart], self.written)
        if carried is True:
            also = [name for name in names if name in set_apart and name not in found.carried]
        no_answer = _no_answer(self.no_answer, names)
        if found.ignored and self.unknown == "error":
            raise _unknown(found.ignored, known)
        place = {name: number for number, name in enumerate(names)}
        query = _Query(
            day=None if by_column else day,
            day_column=place[day] if by_column else None,
            day_reader=reader,
            bindings=[
                (place[target.column], target.fact, target.reader, None if target.codes is None else target, no_answer.get(target.column, []))
                for target in found.targets
            ],
            constants=dict(found.constants),
            jobs=jobs if isinstance(jobs, int) else None,
            second_job=place[jobs] if isinstance(jobs, str) else None,
            carried=sorted(place[name] for name in (*found.carried, *also)),
            schemes=asked.schemes,
            definitions=asked.definitions,
            clauses=asked.clauses,
            written=self.written,
            missing=missing,
            errors=errors,
            by=None if by is None else [place[name] for name in by],
            weights=None if weights is None else place[weights],
            names=asked.names,
            threads=self.threads or 0,
            progress=self.progress,
        )
        _no_name_twice((*found.carried, *also), book, asked, missing, errors)
        return table.answers(book, query), found.ignored, jobs is not None


def _no_answer(said: Mapping[str, Any] | None, names: Sequence[str]) -> dict[str, list[Any]]:
    """The values of each column that say that nobody answered."""
    for column in said or {}:
        if column not in names:
            raise frames.no_column(f"the frame has no column `{column}`, of which `no_answer` names values", column, names)
    lists = (list, tuple, set, frozenset, range)
    return {column: list(codes) if isinstance(codes, lists) else [codes] for column, codes in (said or {}).items()}


def _no_name_twice(carried: Iterable[str], book: Rulebook, asked: _Asked, missing: bool, errors: bool) -> None:
    """A column that goes out beside the answers has another name than they."""
    answers = {*(book.schemes if asked.schemes else ()), *(book.definitions if asked.definitions else ()), *asked.clauses}
    if missing:
        answers |= {f"{name}.missing" for name in answers}
    if errors:
        answers.add("errors")
    for name in carried:
        if name in answers:
            raise FrameError(
                f"the column `{name}` cannot be carried along: the result has a column of that name; rename it, or leave it out of `carry=`",
                code="column_twice",
                field=name,
                expected="another name than those of the result's own columns",
            )


def _targets(columns: Mapping[str, Any] | None) -> Iterator[str]:
    for said in (columns or {}).values():
        for one in said if isinstance(said, list) else [said]:
            fact = one[0] if isinstance(one, tuple) and one else one
            if isinstance(fact, str):
                yield fact


def _paid_months(known: dict[str, tuple[str, Sequence[str] | None]], names: Iterable[str]) -> None:
    """Contribution months stand in a frame as counts: within the last n months before the event, and in total."""
    schemes = [name for name, (kind, _) in known.items() if kind == "paid_months"]
    for scheme in schemes:
        del known[scheme]
    for name in names:
        scheme, _, count = name.rpartition(".")
        if scheme in schemes and (count == "total" or (count.startswith("in_") and count[3:].isdecimal())):
            known[name] = ("count", None)


def _unknown(names: Sequence[str], known: Mapping[str, Any]) -> UnknownColumnError:
    return UnknownColumnError(
        f"columns that are no facts: {frames.listed(names, known)}; map them with `columns=`, take them along with `carry=`, or leave them out with `unknown='ignore'`",
        code="unknown_column",
        field=names[0],
        expected="columns named after facts",
        nearest=frames.close_to(names[0], known),
    )


def assess_frame(
    frame: ArrowFrame | Any,
    *,
    on: date | str | tuple[str, str],
    columns: Mapping[str, Any] | None = None,
    facts: Mapping[str, Any] | None = None,
    no_answer: Mapping[str, Any] | None = None,
    carry: bool | Iterable[str] = False,
    jobs: int | str | None = None,
    unknown: str = "error",
    of: str | Sequence[str] = "schemes",
    missing: bool = False,
    clauses: Sequence[str] = (),
    errors: bool = False,
    written: bool = False,
    rulebook: Rulebook | None = None,
    threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Statuses:
    """The status of every scheme for every row of a frame.

    ``on`` is the day asked about, or the name of a column of days (with a reader, as a pair, where they are text). Columns are named after facts, or
    mapped to them by ``columns`` (see ``sitthi.frames``); ``facts`` are the same for every row. Facts that no column tells are unknown.
    ``no_answer`` names the values of a column that say that nobody answered, as ``{"AGE": 99, "WAGE": [9998, 9999]}``: such a fact is unknown, and
    ``no_answers`` of the result counts the rows. ``jobs`` says
    how many jobs each person has: a number, or a column of numbers, or one that says whether there is a second; where it is not given there may be more than the
    columns tell, and ``hints`` says so. ``of`` asks the ``"definitions"`` instead of the schemes, or clauses and rules by a list of their ids;
    ``clauses`` adds the verdict of clauses and rules by their ids. ``missing`` adds a column ``<name>.missing`` for each answer with the facts that a
    row still lacks, ``errors`` a column ``errors`` with what is wrong in a row. ``carry`` takes other columns along; those left out are an error,
    unless ``unknown`` is ``"ignore"``. ``written`` says that the frame comes of a file in which everything is text, such as CSV: text tells yes and no
    (``yes``, ``true``, ``ใช่``), counts (``3.0``), and by ``unknown`` that something is not known.

    Raises ``SitthiError`` and its kinds where a column does not fit; a row with a value that cannot be is told in ``errors``.
    """
    call = _Call(frame, on, columns, facts, no_answer, jobs, unknown, written, rulebook, threads, progress)
    return Statuses(*call.ask(_Asked.read(of, clauses), carry=carry, missing=missing, errors=errors))


def tally(
    frame: ArrowFrame | Any,
    *,
    on: date | str | tuple[str, str],
    by: str | Sequence[str] = (),
    weights: str | None = None,
    columns: Mapping[str, Any] | None = None,
    facts: Mapping[str, Any] | None = None,
    no_answer: Mapping[str, Any] | None = None,
    jobs: int | str | None = None,
    unknown: str = "error",
    of: str | Sequence[str] = "schemes",
    written: bool = False,
    rulebook: Rulebook | None = None,
    threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Tally:
    """How many rows, and what weight, have each status of each scheme, by group.

    ``by`` names the columns of the group, whose values come out as they stand in the frame; ``weights`` the column of weights. The rest is as for
    :func:`assess_frame`: with ``of="definitions"`` the lines tell ``definition`` and ``verdict`` instead of ``scheme`` and ``status``, with a list of
    ids ``clause`` and ``verdict``. Rows that could not be assessed are counted as ``not_assessed``; a row whose weight is null or cannot be is one of
    them, weighs nothing, and stands in ``errors``. The sums are the same to the last byte whatever the number of threads.
    """
    asked = _Asked.read(of)
    groups = [by] if isinstance(by, str) else list(by)
    own = (*asked.names, "rows")
    for name in groups:
        if name in own or (weights and name == "weight"):
            raise FrameError(
                f"rows cannot be grouped by the column `{name}`: the result has a column of that name; rename it",
                code="column_twice",
                field=name,
                expected=f"another name than `{own[0]}`, `{own[1]}`, `rows` or `weight`",
            )
    call = _Call(frame, on, columns, facts, no_answer, jobs, unknown, written, rulebook, threads, progress)
    return Tally(*call.ask(asked, by=groups, weights=weights))
