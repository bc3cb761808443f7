"""The command line: commands and their options."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any, NoReturn

from .. import __version__
from .._masked import mask
from . import complaints, documents, people, plans, rules

_MAPPING = """JSON that maps columns to facts, with codes or a reader: {"SEX": ["sex", {"1": "male", "2": "female"}], "YOB": ["birth_date", "be_year"]}"""

_DAYS = "the day asked about, 2026-11-24 or 24/11/2569, or the column of a table that tells it (default: today)"


class _Parser(argparse.ArgumentParser):
    """The parser of the standard library, with identity numbers masked in what it refuses."""

    def error(self, message: str) -> NoReturn:
        super().error(mask(message))


def parser() -> argparse.ArgumentParser:
    """The parser of the command line; what it gives has the command to run as ``run``."""
    made = _Parser(prog="sitthi", description="Thai labour protection: coverage, complaints, plans, on any date.")
    made.add_argument("--version", action="version", version=f"sitthi {__version__}")
    commands = made.add_subparsers(title="commands", metavar="COMMAND", required=True)

    assess = _command(commands, "assess", people.assess, "say what covers a worker, what they may join, and what is still to be asked")
    classify = _command(commands, "classify", people.classify, "say who a worker is under each definition")
    for one in (assess, classify):
        _subject(one)
        _law(one, _DAYS)
        _many(one, "workers")
        one.add_argument("--jobs", metavar="N", help="jobs of each person: a number, or the column that says how many, or whether there is a second (default: there may be more)")
        one.add_argument("--no-answer", action="append", default=[], metavar="COLUMN=VALUE", help="values of a column that say that nobody answered, such as AGE=98,99")
        one.add_argument("--by", action="append", default=[], metavar="COLUMN", help="count answers by this column instead of writing rows")
        one.add_argument("--weights", metavar="COLUMN", help="the column of weights for counting")
    assess.add_argument("--missing", action="store_true", help="add the facts that each row still lacks, by scheme")
    route = _command(commands, "route", complaints.route, "say who must hear a complaint, how fast, and until when")
    _subject(route)
    _law(route, _DAYS)
    _many(route, "complaints", "; or .jsonl with the facts of one complaint a line", ", or .jsonl for whole decisions")
    route.add_argument("--missing", action="store_true", help="add the facts that each complaint still lacks")
    route.add_argument("--decisions", action="store_true", help="add the whole decision of each complaint to the table, as JSON")

    plan = _command(commands, "plan", plans.plan, "show the indicators of a plan, with scores where there are targets")
    plan.add_argument("plan", nargs="?", metavar="PLAN", help="id of the plan, or a plan file of your own: .toml (default: every plan of the rulebook)")
    plan.add_argument("--targets", metavar="FILE", help="targets of your own: JSON {INDICATOR: TARGET}, or .csv or .parquet with a column indicator and value, period, …")
    plan.add_argument("--values", metavar="FILE", help="values of your own, in the same forms")
    plan.add_argument("--given", metavar="FILE", help="all that a plan may be given, JSON: year, targets, values, weights, …")
    plan.add_argument("--json", action="store_true", help="write the scorecard as JSON")
    plan.add_argument("--out", metavar="FILE", help="write the indicators as a table: .csv or .parquet")
    _law(plan)

    rulebook = commands.add_parser("rulebook", help="check, compile and print rule files", description="Check, compile and print rule files.")
    group = rulebook.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for among in (group, commands):
        sheet = _command(among, "sheet", rules.sheet, "write a review sheet for a lawyer from each rule file")
        sheet.add_argument("path", help="the folder of rule files")
        sheet.add_argument("--out", default="sheets", metavar="FOLDER", help="where the sheets go (default: sheets)")
        compiled = _command(among, "compile", rules.compiled, "compile rule files for a page, a phone or an update")
        compiled.add_argument("path", help="the folder of rule files")
        compiled.add_argument("--out", required=True, metavar="FILE", help="the compiled rulebook")
        changes = _command(among, "changes", rules.changes, "list what changed in law between two days")
        changes.add_argument("first", metavar="FROM", help="the first day")
        changes.add_argument("last", metavar="TO", help="the last day")
        changes.add_argument("--json", action="store_true", help="write the changes as JSON")
        changes.add_argument("--out", metavar="FILE", help="write the changes as a table: .csv or .parquet")
        _law(changes, day="")
    export = _command(group, "export", rules.export, "write the rule files that the package carries into a folder, to be changed there")
    export.add_argument("path", help="the folder, new or empty")
    check = _command(group, "check", rules.check, "report every fault of rule files, and every example that does not come out")
    check.add_argument("path", help="the folder of rule files")
    english = _command(group, "english", rules.english, "write the lines of vocabulary/en/ that rule files lack")
    english.add_argument("path", help="the folder of rule files")
    test = _command(group, "test", rules.test, "run the examples of rule files")
    test.add_argument("path", help="the folder of rule files")
    test.add_argument("--file", metavar="ID", help="only the examples of this file, such as sso_33")
    test.add_argument("--example", metavar="ID", help="only the example of this name")
    test.add_argument("--json", action="store_true", help="write what came of them as JSON")
    mutate = _command(group, "mutate", rules.mutate, "change the law by one day, bound or clause at a time, and list what no example notices")
    mutate.add_argument("path", help="the folder of rule files")
    mutate.add_argument("--file", metavar="ID", help="change only the law of this file, such as sso_33")
    mutate.add_argument("--json", action="store_true", help="write what came of it as JSON")

    schema = _command(commands, "schema", rules.schema, "print the JSON Schema of facts or of decisions")
    schema.add_argument("what", choices=["facts", "decisions"], help="what is given, with the codes of the rulebook, or what is answered")
    schema.add_argument("--out", metavar="FILE", help="the JSON file (default: standard output)")
    _law(schema, day="")
    synth = _command(commands, "synth", documents.synth, "draw synthetic workers to published margins; no real person")
    synth.add_argument("rows", type=_whole, help="number of workers")
    synth.add_argument("--seed", type=int, default=1, help="the same seed gives the same workers (default: 1)")
    synth.add_argument("--year", type=int, default=2566, metavar="BE", help="the year, B.E. (default: 2566)")
    synth.add_argument("--missing", type=float, default=0.02, metavar="SHARE", help="share of answers removed (default: 0.02)")
    synth.add_argument("--out", metavar="FILE", help=".csv or .parquet (default: CSV on standard output)")
    synth.add_argument("--check", action="store_true", help="compare what was drawn with the published margins")
    report = _command(commands, "report", documents.report, "write one self-contained HTML report from JSON")
    report.add_argument("data", help="the data of the report, JSON (- reads standard input)")
    report.add_argument("--out", required=True, metavar="FILE", help="the HTML file")
    return made


def _command(among: Any, name: str, run: Callable[[argparse.Namespace], int | None], about: str) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = among.add_parser(name, help=about, description=about)
    made.set_defaults(run=run)
    return made


def _law(made: argparse.ArgumentParser, day: str = "the day asked about, 2026-11-24 or 24/11/2569 (default: today)") -> None:
    if day:
        made.add_argument("--on", metavar="DATE", help=day)
    made.add_argument("--rulebook", metavar="PATH", help="a folder of rule files or a compiled rulebook (default: the built-in one)")


def _subject(made: argparse.ArgumentParser) -> None:
    made.add_argument("facts", nargs="*", metavar="FACT=VALUE", help="facts of one subject, such as birth_date=1981-05-02 job.employer=company")
    made.add_argument("--json", action="store_true", help="write the decision as JSON")
    made.add_argument("--facts", dest="file", metavar="FILE", help="facts of one subject as a JSON object (- reads standard input)")


def _many(made: argparse.ArgumentParser, what: str, also_in: str = "", also_out: str = "") -> None:
    made.add_argument("--in", dest="input", metavar="FILE", help=f"many {what}: a .csv, .tsv or .txt file (also .gz), .parquet, .sav, .dta, or - for text from standard input; columns named after facts{also_in}")
    made.add_argument("--encoding", metavar="NAME", help="how a file of text is encoded, such as cp874 (TIS-620) (default: utf-8)")
    made.add_argument("--separator", metavar="CHAR", help="what parts the columns of a file of text (default: as its first line says)")
    made.add_argument("--out", metavar="FILE", help=f"where the result goes: .csv or .parquet{also_out} (default: standard output)")
    made.add_argument("--columns", metavar="FILE", help=_MAPPING)
    made.add_argument("--constant", action="append", default=[], metavar="FACT=VALUE", help="a fact that is the same for every row")
    made.add_argument("--carry", action="store_true", help="take columns that are no facts along into the result")
    made.add_argument("--ignore", action="store_true", help="leave out columns that are no facts")


def _whole(text: str) -> int:
    number = int(text.replace("_", "").replace(",", ""))
    if number < 1:
        raise argparse.ArgumentTypeError("expected at least 1")
    return number
