"""`rulebook`, `export`, `test`, `mutate`, `sheet`, `compile` and `changes`: rule files."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from .._extras import need
from . import files, given, outputs
from .exits import DONE, FAULTS, UsageError
from .say import note

if TYPE_CHECKING:
    from ..results import TestReport


def export(options: argparse.Namespace) -> int:
    """Write the rule files that the package carries into a folder, to be changed there."""
    import sitthi

    folder = Path(options.path)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder}: expected a new or an empty folder; what is in it would be overwritten")
    files = sitthi.Rulebook.built_in_files()
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        outputs.write_text(target, text)
    note(f"{len(files)} files in {folder}; README.md says how a rule file is written")
    return DONE


def check(options: argparse.Namespace) -> int:
    """Report every fault of rule files, and every example that does not come out."""
    import sitthi

    report = sitthi.Rulebook.test(options.path)
    for warning in (one for one in sitthi.Rulebook.check(options.path) if one.severity == "warning" and one not in report.diagnostics):
        print(warning.as_text())
    _tell(report)
    note(_summary(report) if not report.passes else f"no fault found, {report.examples:,} examples come out")
    return DONE if report.passes else FAULTS


def test(options: argparse.Namespace) -> int:
    """Run the examples of rule files."""
    import sitthi

    report = sitthi.Rulebook.test(options.path, file=options.file, example=options.example)
    if options.json:
        print(report.to_json())
    else:
        _tell(report)
        for one in report.uncovered:
            print(one)
        if report.unnamed_fields:
            print("no example names these fields of decisions: " + ", ".join(report.unnamed_fields))
    note(_summary(report))
    return DONE if report.passes else FAULTS


def mutate(options: argparse.Namespace) -> int:
    """List the changes of the law that no example notices."""
    import sitthi

    report = sitthi.Rulebook.mutate(options.path, file=options.file)
    if options.json:
        print(report.to_json())
    else:
        for one in report.survivors:
            print(one)
        for line in report.idle:
            print(f"{line}: no change needs this")
    note(f"{report.changes:,} changes, {report.no_difference:,} are no difference in law, no example notices {len(report.survivors):,}")
    return FAULTS if report.survivors or report.idle else DONE


def english(options: argparse.Namespace) -> int:
    """Write a line into `vocabulary/en/` for every text of the rule files that has no English yet."""
    import sitthi

    folder = Path(options.path)
    files: Mapping[str, str] = sitthi.Rulebook.english(folder)
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        outputs.write_text(target, text)
        print(path)
    note(f"{len(files):,} files written" if files else "every text has English")
    return DONE


def _tell(report: TestReport) -> None:
    for diagnostic in report.diagnostics:
        print(diagnostic.as_text())
    for difference in report.differences:
        print(difference)


def _summary(report: TestReport) -> str:
    counts = [(len(report.diagnostics), "faults"), (len({(one.file, one.example) for one in report.differences}), "examples differ")]
    return ", ".join([f"{report.examples:,} examples", *(f"{count:,} {what}" for count, what in counts)])


def sheet(options: argparse.Namespace) -> int:
    """Write a review sheet from each rule file."""
    import sitthi

    rulebook = sitthi.Rulebook.from_folder(options.path)
    folder = Path(options.out)
    folder.mkdir(parents=True, exist_ok=True)
    sheets: Mapping[str, str] = rulebook.sheets()
    for name, html in sheets.items():
        outputs.write_text(folder / f"{name.replace('/', '-')}.html", html)
    note(f"{len(sheets)} review sheets in {folder}")
    return DONE


def compiled(options: argparse.Namespace) -> int:
    """Compile rule files."""
    import sitthi

    written = sitthi.Rulebook.compile(options.path)
    outputs.write_bytes(options.out, written)
    note(f"{options.out}, {len(written):,} bytes")
    return DONE


def schema(options: argparse.Namespace) -> int:
    """Print the JSON Schema of facts or of decisions."""
    if options.what == "facts":
        text = given.rulebook(options).facts_schema()
    else:
        given.refuse_together(options, ["rulebook"], "adds facts and codes; decisions are the same for every rulebook")
        text = resources.files("sitthi").joinpath("schema", "decisions.schema.json").read_text(encoding="utf-8")
    if options.out:
        outputs.write_text(options.out, text)
    else:
        print(text, end="")
    return DONE


_CHANGE = [("day", "day"), *((name, "text") for name in ("file", "id", "kind", "concerns", "clock", "before", "after", "confidence", "cite", "th", "en"))]


def changes(options: argparse.Namespace) -> int:
    """List what changed in law between two days."""
    if options.out:
        given.refuse_together(options, ["json"], "writes the changes to standard output; --out writes them as a table")
    first, last = given.day_of(options.first, "FROM"), given.day_of(options.last, "TO")
    if first > last:
        raise UsageError(f"FROM, {first}, is later than TO, {last}; expected the earlier day first")
    found = list(given.rulebook(options).changes(first, last))
    if options.out:
        rows = [{**change.to_dict(), "day": change.day, "cite": ", ".join(change.cite)} for change in found]
        files.write(need("pyarrow", "cli").Table.from_pylist(rows, files.schema(_CHANGE)), options.out)
    elif options.json:
        print(json.dumps([change.to_dict() for change in found], ensure_ascii=False, indent=1))
    else:
        print("\n".join(map(str, found)) if found else "no change")
    return DONE
