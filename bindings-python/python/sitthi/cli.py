"""The command ``sitthi``: the library on files and facts, at a terminal.

Exit codes: 0 done; 1 the rulebook has faults, or rows could not be assessed (the others were); 2 the command or its input is wrong;
3 a package of an extra is missing; 130 interrupted. Results go to standard output or ``--out``, all else to standard error.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ._extras import MissingExtraError, need

DONE, FAULTS, WRONG, MISSING, INTERRUPTED = 0, 1, 2, 3, 130


class UsageError(ValueError):
    """The command line or an input file is not what the command expects."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and give its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal of another encoding must not stop Thai text.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        return options.run(options) or DONE
    except MissingExtraError as error:
        return _fail(str(error), MISSING)
    except ImportError as error:
        return _fail(f"{error} (the compiled part of sitthi is missing; install the wheel: pip install sitthi)", MISSING)
    except (ValueError, TypeError, KeyError, OSError) as error:
        # The errors of the library are kinds of ValueError and name the place themselves.
        text = f"{error.filename}: {error.strerror}" if isinstance(error, OSError) and error.filename else str(error)
        return _fail(text, WRONG)
    except KeyboardInterrupt:
        return _fail("interrupted", INTERRUPTED)


def _fail(text: str, code: int) -> int:
    print(f"sitthi: {text}", file=sys.stderr)
    return code


# ── The command line ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sitthi", description="Thai labour protection: coverage, complaints, plans, on any date.")
    parser.add_argument("--version", action="version", version=f"sitthi {_version()}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(name: str, run: Callable[[argparse.Namespace], int | None], about: str, among: Any = None) -> argparse.ArgumentParser:
        made = (among or commands).add_parser(name, help=about, description=about)
        made.set_defaults(run=run)
        return made

    def law(made: argparse.ArgumentParser, day: bool = True) -> None:
        if day:
            made.add_argument("--on", metavar="DATE", help="the day asked about, 2026-11-24 or 24/11/2569 (default: today)")
        made.add_argument("--rulebook", metavar="PATH", help="a folder of rule files or a compiled rulebook (default: the built-in one)")

    def subject(made: argparse.ArgumentParser) -> None:
        made.add_argument("facts", nargs="*", metavar="FACT=VALUE", help="facts of one subject, such as birth_date=1981-05-02 job.employer=company")
        made.add_argument("--json", action="store_true", help="write the decision as JSON")
        made.add_argument("--facts", dest="file", metavar="FILE", help="facts of one subject as a JSON object (- reads standard input)")

    def frame(made: argparse.ArgumentParser) -> None:
        made.add_argument("--in", dest="input", metavar="FILE", help="many subjects: a .csv or .parquet file, columns named after facts")
        made.add_argument("--out", metavar="FILE", help="where the result goes: .csv or .parquet (default: CSV on standard output)")
        made.add_argument("--columns", metavar="FILE", help='JSON that maps columns to facts: {"SEX": ["sex", {"1": "male", "2": "female"}]}')
        made.add_argument("--constant", action="append", default=[], metavar="FACT=VALUE", help="a fact that is the same for every row")
        made.add_argument("--carry", action="store_true", help="take columns that are no facts along into the result")
        made.add_argument("--jobs", metavar="N", help="jobs of each person: a number, or the column that says whether there is a second (default: there may be more)")
        made.add_argument("--missing", action="store_true", help="add the facts that each row still lacks, by scheme")
        made.add_argument("--ignore", action="store_true", help="leave out columns that are no facts")
        made.add_argument("--by", action="append", default=[], metavar="COLUMN", help="count statuses by this column instead of writing rows")
        made.add_argument("--weights", metavar="COLUMN", help="the column of weights for counting")

    made = command("assess", _assess, "say what covers a worker, what they may join, and what is still to be asked")
    subject(made)
    law(made)
    frame(made)
    made = command("classify", _classify, "say who a worker is under each definition")
    subject(made)
    law(made)
    made = command("route", _route, "say who must hear a complaint, how fast, and until when")
    subject(made)
    law(made)
    made.add_argument("--in", dest="input", metavar="FILE", help="many complaints, one JSON object a line")
    made = command("plan", _plan, "show the indicators of a plan, with scores where there are targets")
    made.add_argument("plan", nargs="?", metavar="PLAN", help="id of the plan (default: every plan of the rulebook)")
    made.add_argument("--targets", metavar="FILE", help="targets of your own, JSON: {INDICATOR: TARGET}")
    made.add_argument("--given", metavar="FILE", help="all that a plan may be given, JSON: year, targets, values, weights, …")
    made.add_argument("--json", action="store_true", help="write the scorecard as JSON")
    law(made)

    rulebook = commands.add_parser("rulebook", help="check, compile and print rule files", description="Check, compile and print rule files.")
    group = rulebook.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for among in (group, commands):
        made = command("sheet", _sheet, "write a review sheet for a lawyer from each rule file", among)
        made.add_argument("path", help="the folder of rule files")
        made.add_argument("--out", default="sheets", metavar="FOLDER", help="where the sheets go (default: sheets)")
        made = command("compile", _compile, "compile rule files for a page, a phone or an update", among)
        made.add_argument("path", help="the folder of rule files")
        made.add_argument("--out", required=True, metavar="FILE", help="the compiled rulebook")
        made = command("changes", _changes, "list what changed in law between two days", among)
        made.add_argument("first", metavar="FROM", help="the first day")
        made.add_argument("last", metavar="TO", help="the last day")
        made.add_argument("--json", action="store_true", help="write the changes as JSON")
        law(made, day=False)
    made = command("check", _check, "report every fault of rule files", group)
    made.add_argument("path", help="the folder of rule files")

    made = command("synth", _synth, "draw synthetic workers to published margins; no real person")
    made.add_argument("rows", type=_whole, help="number of workers")
    made.add_argument("--seed", type=int, default=1, help="the same seed gives the same workers (default: 1)")
    made.add_argument("--year", type=int, default=2566, metavar="BE", help="the year, B.E. (default: 2566)")
    made.add_argument("--missing", type=float, default=0.02, metavar="SHARE", help="share of answers removed (default: 0.02)")
    made.add_argument("--out", metavar="FILE", help=".csv or .parquet (default: CSV on standard output)")
    made.add_argument("--check", action="store_true", help="compare what was drawn with the published margins")
    made = command("report", _report, "write one self-contained HTML report from JSON")
    made.add_argument("data", help="the data of the report, JSON (- reads standard input)")
    made.add_argument("--out", required=True, metavar="FILE", help="the HTML file")
    return parser


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("sitthi")
    except PackageNotFoundError:
        return "(not installed)"


def _whole(text: str) -> int:
    number = int(text.replace("_", "").replace(",", ""))
    if number < 1:
        raise argparse.ArgumentTypeError("expected at least 1")
    return number


# ── Commands ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _assess(options: argparse.Namespace) -> int:
    import sitthi

    if not options.input:
        worker = sitthi.Worker(**_facts(options))
        return _show(sitthi.assess(worker, on=_day(options), rulebook=_rulebook(options)), options)
    if options.facts or options.file:
        raise UsageError("give facts of one worker or a file of many (--in), not both")
    table, columns = _read(options.input), _columns(options.columns)
    constants = _pairs(options.constant)
    with _Bar("assessing") as bar:
        jobs = int(options.jobs) if options.jobs and options.jobs.isdecimal() else options.jobs
        on = options.on if options.on in table.column_names else _day(options)
        shared = dict(on=on, rulebook=_rulebook(options), columns=columns, facts=constants or None, jobs=jobs, progress=bar)
        result: Any
        if options.by or options.weights:
            result = sitthi.tally(table, by=options.by, weights=options.weights, **shared)
        else:
            unknown = "ignore" if options.ignore else "error"
            result = sitthi.assess_frame(table, carry=options.carry, unknown=unknown, missing=options.missing, **shared)
    _write(result, options.out)
    for name, about in (("unknown_facts", "facts that no column tells, taken as unknown"), ("ignored", "columns left out")):
        said = getattr(result, name, ())
        if said:
            print(f"sitthi: {about}: {', '.join(said)}", file=sys.stderr)
    errors = getattr(result, "errors", ())
    for error in errors[:20]:
        print(f"sitthi: {error}", file=sys.stderr)
    if len(errors) > 20:
        print(f"sitthi: and {len(errors) - 20} more values", file=sys.stderr)
    return FAULTS if errors else DONE


def _classify(options: argparse.Namespace) -> int:
    import sitthi

    return _show(sitthi.classify(sitthi.Worker(**_facts(options)), on=_day(options), rulebook=_rulebook(options)), options)


def _route(options: argparse.Namespace) -> int:
    import sitthi

    shared = dict(on=_day(options), rulebook=_rulebook(options))
    if not options.input:
        return _show(sitthi.route(sitthi.Complaint(**_facts(options, complaint=True)), **shared), options)
    failed = 0
    for number, line in enumerate(_text(options.input).splitlines(), 1):
        if not line.strip():
            continue
        try:
            print(sitthi.route(sitthi.Complaint(**json.loads(line)), **shared).to_json())
        except (ValueError, TypeError) as error:
            failed += 1
            print(f"sitthi: {options.input}:{number}: {error}", file=sys.stderr)
    return FAULTS if failed else DONE


def _plan(options: argparse.Namespace) -> int:
    import sitthi

    book = _rulebook(options) or sitthi.Rulebook.built_in()
    given = json.loads(_text(options.given)) if options.given else None
    targets = json.loads(_text(options.targets)) if options.targets else None
    if targets is not None and options.plan is None:
        raise UsageError("targets are those of one plan; name it: sitthi plan PLAN --targets FILE")
    for number, plan in enumerate([options.plan] if options.plan else book.plans):
        if number and not options.json:
            print()
        _show(sitthi.score(plan, on=_day(options), targets=targets, given=given, rulebook=book), options)
    return DONE


def _check(options: argparse.Namespace) -> int:
    import sitthi

    faults = list(sitthi.Rulebook.check(options.path))
    for fault in faults:
        print(fault)
    print(f"sitthi: {len(faults)} faults" if faults else "sitthi: no fault found", file=sys.stderr)
    return FAULTS if faults else DONE


def _sheet(options: argparse.Namespace) -> int:
    import sitthi

    rulebook = sitthi.Rulebook.from_folder(options.path)
    folder = Path(options.out)
    folder.mkdir(parents=True, exist_ok=True)
    sheets: Mapping[str, str] = rulebook.sheets()
    for name, html in sheets.items():
        (folder / f"{name.replace('/', '-')}.html").write_text(html, encoding="utf-8")
    print(f"sitthi: {len(sheets)} review sheets in {folder}", file=sys.stderr)
    return DONE


def _compile(options: argparse.Namespace) -> int:
    import sitthi

    compiled = sitthi.Rulebook.compile(options.path)
    Path(options.out).write_bytes(compiled)
    print(f"sitthi: {options.out}, {len(compiled):,} bytes", file=sys.stderr)
    return DONE


def _changes(options: argparse.Namespace) -> int:
    book = _rulebook(options)
    if book is None:
        import sitthi

        book = sitthi.Rulebook.built_in()
    changes = list(book.changes(_date(options.first), _date(options.last)))
    if options.json:
        print(json.dumps([change.to_dict() for change in changes], ensure_ascii=False, indent=1))
    else:
        print("\n".join(map(str, changes)) if changes else "no change")
    return DONE


def _synth(options: argparse.Namespace) -> int:
    from . import synth

    frame = synth.synthetic_workers(options.rows, options.seed, options.year, missing=options.missing)
    print(f"sitthi: {synth.describe(options.year)}", file=sys.stderr)
    if options.out or not options.check:
        _write(frame, options.out)
    if not options.check:
        return DONE
    rows = synth.check_margins(frame, options.year)
    for row in rows:
        mark = "  " if row["within"] else "! "
        print(f"{mark}{row['margin']:<42}{row['category']:<28}{row['published']:>15,.2f}{row['drawn']:>15,.2f}  {row['unit']:<8}{row['figure_year']}", file=sys.stderr)
    return DONE if all(row["within"] for row in rows) else FAULTS


def _report(options: argparse.Namespace) -> int:
    from .report import render

    data = json.loads(_text(options.data))
    if not isinstance(data, dict):
        raise UsageError("the data of a report must be a JSON object")
    Path(options.out).write_text(render(data), encoding="utf-8")
    print(f"sitthi: {Path(options.out).resolve()}", file=sys.stderr)
    return DONE


# ── Input and output ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _text(path: str) -> str:
    return sys.stdin.read() if path == "-" else Path(path).read_text(encoding="utf-8-sig")


def _date(text: str) -> Any:
    """ISO as a date; any other form goes to the library as text, which reads Thai dates."""
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _day(options: argparse.Namespace) -> Any:
    from datetime import date

    return _date(options.on) if options.on else date.today()


def _rulebook(options: argparse.Namespace) -> Any:
    if not options.rulebook:
        return None
    import sitthi

    path = Path(options.rulebook)
    return sitthi.Rulebook.from_folder(str(path)) if path.is_dir() else sitthi.Rulebook.open(path.read_bytes())


def _value(text: str) -> Any:
    plain = {"true": True, "false": False, "yes": True, "no": False, "null": None, "unknown": None}
    if text.lower() in plain:
        return plain[text.lower()]
    if text[:1] in "[{":
        return json.loads(text)
    return text


def _pairs(pairs: Sequence[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise UsageError(f"expected FACT=VALUE, not `{pair}`")
        if name.strip() in found:
            raise UsageError(f"fact `{name.strip()}` is given twice")
        found[name.strip()] = _value(value.strip())
    return found


_FAMILIES = ("member", "paid_months", "happened", "claim")


def _counted(facts: Mapping[str, Any], kinds: Mapping[str, str]) -> dict[str, Any]:
    """Whole numbers where a fact counts; a code such as `00` or a province such as `10` stays text."""
    return {name: int(value) if kinds.get(name) == "count" and isinstance(value, str) and value.isdecimal() else value for name, value in facts.items()}


def _facts(options: argparse.Namespace, complaint: bool = False) -> dict[str, Any]:
    """Facts of one subject as the typed classes take them: families nested, the jobs of a worker a list, that of a complaint one."""
    given = _given(options, complaint)
    from . import Rulebook

    kinds = {group: {fact["name"]: fact["kind"] for fact in facts} for group, facts in Rulebook.fact_groups().items()}
    given = _counted(given, kinds["Complaint" if complaint else "Worker"])
    for name in ("job", "claim"):
        if isinstance(given.get(name), dict):
            given[name] = _counted(given[name], kinds[name.title()])
    if isinstance(given.get("jobs"), list):
        given["jobs"] = [_counted(job, kinds["Job"]) if isinstance(job, dict) else job for job in given["jobs"]]
    return given


def _given(options: argparse.Namespace, complaint: bool = False) -> dict[str, Any]:
    given: dict[str, Any] = {}
    if options.file:
        given = json.loads(_text(options.file))
        if not isinstance(given, dict):
            raise UsageError("facts must be a JSON object")
    for name, value in _pairs(options.facts).items():
        head, dot, rest = name.partition(".")
        if not dot:
            given[name] = value
        elif head == "job" and complaint:
            given.setdefault("job", {})[rest] = value
        elif head == "job" or (head.startswith("job_") and head[4:].isdecimal()):
            place = 0 if head == "job" else int(head[4:]) - 1
            jobs = given.setdefault("jobs", [])
            if place > len(jobs):
                raise UsageError(f"`{name}`: give facts of job {place} first")
            if place == len(jobs):
                jobs.append({})
            jobs[place][rest] = value
        elif head in _FAMILIES:
            given.setdefault(head, {})[rest] = value
        else:
            raise UsageError(f"`{name}`: no facts begin with `{head}.`; expected one of: job, {', '.join(_FAMILIES)}")
    if not given:
        raise UsageError("no facts given; write FACT=VALUE, or name a file with --facts or --in")
    return given


def _columns(path: str | None) -> dict[str, Any] | None:
    if path is None:
        return None
    said = json.loads(_text(path))
    if not isinstance(said, dict):
        raise UsageError("the mapping of columns must be a JSON object")

    def one(target: Any) -> Any:
        """In JSON a pair of a name and a map or reader is a list, and keys are text: numbers are read from them as well."""
        if isinstance(target, list) and len(target) == 2 and isinstance(target[1], dict):
            codes: dict[Any, Any] = {}
            for key, code in target[1].items():
                codes[... if key == "..." else key] = code
                if key.lstrip("-").isdecimal():
                    codes[int(key)] = code
            return (target[0], codes)
        if isinstance(target, list) and len(target) == 2 and target[1] in _readers():
            return tuple(target)
        return [one(part) for part in target] if isinstance(target, list) else target

    return {column: one(target) for column, target in said.items()}


def _readers() -> Iterator[str]:
    from .frames import READERS

    return (reader for readers in READERS.values() for reader in readers)


# Read as text whatever they look like: a code such as `00` must keep its zero.
_TEXT_COLUMNS = ("card", "home_province", "employer_province", "job.province", "job.district", "job_2.province", "job_2.district")


def _read(path: str) -> Any:
    pa = need("pyarrow", "cli")
    kind = Path(path).suffix.lower()
    if not Path(path).exists():
        raise UsageError(f"no such file: {path}")
    if kind == ".parquet":
        return need("pyarrow.parquet", "cli").read_table(path)
    if kind == ".csv":
        csv = need("pyarrow.csv", "cli")
        # An empty cell is an unknown fact, in text columns too.
        convert = csv.ConvertOptions(column_types={name: pa.string() for name in _TEXT_COLUMNS}, strings_can_be_null=True)
        return csv.read_csv(path, convert_options=convert)
    raise UsageError(f"`{path}`: expected a file ending in .csv or .parquet")


def _write(frame: Any, path: str | None) -> None:
    pa = need("pyarrow", "cli")
    table = frame if isinstance(frame, pa.Table) else pa.table(frame)
    kind = Path(path).suffix.lower() if path else ".csv"
    if kind == ".parquet":
        need("pyarrow.parquet", "cli").write_table(table, path, compression="zstd")
    elif kind == ".csv":
        # The CSV writer knows no dictionaries.
        flat = [column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column for column in table.columns]
        table = pa.table(flat, names=table.column_names)
        csv = need("pyarrow.csv", "cli")
        if path:
            csv.write_csv(table, path)
        else:
            sys.stdout.flush()
            csv.write_csv(table, getattr(sys.stdout, "buffer", sys.stdout))
    else:
        raise UsageError(f"`{path}`: expected a file ending in .csv or .parquet")
    if path:
        print(f"sitthi: {path}, {table.num_rows:,} rows", file=sys.stderr)


def _show(result: Any, options: argparse.Namespace) -> int:
    print(result.to_json() if options.json else result)
    return DONE


class _Bar:
    """A progress bar on standard error, where that is a terminal; call it with what is done and the total."""

    def __init__(self, what: str, width: int = 30) -> None:
        self._what, self._width, self._shown = what, width, -1
        self._on = sys.stderr.isatty()

    def __enter__(self) -> Callable[[int, int], None] | None:
        return self._draw if self._on else None

    def _draw(self, done: int, total: int) -> None:
        share = done / total if total else 1.0
        if int(share * 100) != self._shown:
            self._shown = int(share * 100)
            full = int(share * self._width)
            print(f"\r{self._what} [{'#' * full}{'.' * (self._width - full)}] {self._shown:3d}%", end="", file=sys.stderr, flush=True)

    def __exit__(self, *error: Any) -> None:
        if self._on and self._shown >= 0:
            print(file=sys.stderr)
