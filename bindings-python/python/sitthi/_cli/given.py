"""What the command line says: facts of one subject, days, the rulebook, and files of JSON."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from .._masked import shown
from .exits import UsageError

_FAMILIES = ("member", "paid_months", "happened", "claim")
DAYS = "a day such as `2026-11-24`, `24/11/2569` or `24 พฤศจิกายน 2569`"


def text_of(path: str) -> str:
    """The text of a file, or of standard input."""
    try:
        return sys.stdin.read() if path == "-" else Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: expected text in UTF-8, but byte {error.start} is none") from error


def json_of(path: str, what: str) -> dict[str, Any]:
    """A JSON object from a file."""
    try:
        return object_of(text_of(path), what)
    except UsageError as error:
        raise UsageError(f"{path}: {error}") from error


def object_of(text: str, what: str) -> dict[str, Any]:
    """A JSON object, read as the core reads it: a name that stands there twice is refused, since one of the two would be lost."""
    from .._native import read_json
    from ..errors import SitthiError

    try:
        said = read_json(text)
    except SitthiError as error:
        raise UsageError(f"{str(error).partition(', expected')[0]}; expected {what} as a JSON object") from error
    if not isinstance(said, dict):
        raise UsageError(f"expected {what} as a JSON object")
    return said


def refuse_together(options: argparse.Namespace, names: Sequence[str], why: str) -> None:
    """Refuses options that would do nothing here: an option that is left aside in silence looks as if it had been followed."""
    for name in names:
        if getattr(options, name, None):
            raise UsageError(f"--{name.replace('_', '-')} {why}")


OF_FILES = ("out", "columns", "constant", "carry", "jobs", "missing", "ignore", "by", "weights", "decisions", "no_answer", "encoding", "separator")
"""Options for a file of many subjects."""


def day_of(text: str, option: str) -> date:
    """A day as the command line takes it, in any form that the library reads."""
    import sitthi

    try:
        return sitthi.read_day(text)
    except sitthi.SitthiError as error:
        # What looks like a day and is none has its own reason; for the rest the forms are named.
        reason = str(error).partition(", expected")[0]
        raise UsageError(f"{option}: {reason}; expected {DAYS}") from error


def day(options: argparse.Namespace) -> date:
    """The day asked about."""
    return day_of(options.on, "--on") if options.on else date.today()


def rulebook(options: argparse.Namespace) -> Any:
    """The rulebook that is named, or the built-in one."""
    import sitthi

    if not options.rulebook:
        return sitthi.Rulebook.built_in()
    path = Path(options.rulebook)
    return sitthi.Rulebook.from_folder(str(path)) if path.is_dir() else sitthi.Rulebook.open(path.read_bytes())


def value_of(text: str, kind: str | None, fact: str) -> Any:
    """A value as it is written at a terminal: JSON where it begins like it, else text as the core reads it where everything is text."""
    from .._native import read_json, written
    from ..errors import SitthiError

    if text[:1] in ("[", "{"):
        try:
            return read_json(text)
        except SitthiError as error:
            raise UsageError(f"`{shown(text)}` begins like JSON: {error}") from error
    return written(text, kind or "declared", fact)


def pairs(said: Sequence[str], kind_of: Callable[[str], str | None]) -> dict[str, Any]:
    """Facts said as FACT=VALUE; ``kind_of`` gives the kind of a fact."""
    found: dict[str, Any] = {}
    for pair in said:
        name, equals, value = pair.partition("=")
        name = name.strip()
        if not equals or not name:
            raise UsageError(f"expected FACT=VALUE, not `{pair}`")
        if name in found:
            raise UsageError(f"fact `{name}` is given twice")
        found[name] = value_of(value.strip(), kind_of(name), name)
    return found


def kind_of_fact(name: str, complaint: bool, declared: Mapping[str, Any]) -> str | None:
    """The kind of a fact of one subject by the name that it has at a terminal."""
    head, dot, rest = name.partition(".")
    if not dot:
        return kinds_of("Complaint" if complaint else "Worker").get(name) or declared.get(name, (None,))[0]
    if head in ("member", "happened"):
        return "yes_no"
    if head == "paid_months":
        return "count"
    return kinds_of("Claim" if head == "claim" else "Job").get(rest)


@cache
def kinds_of(group: str) -> Mapping[str, str]:
    """The kind of every fact of a group, such as Worker or Complaint."""
    import sitthi

    return {fact["name"]: fact["kind"] for fact in sitthi.Rulebook.fact_groups()[group]}


def facts(options: argparse.Namespace, complaint: bool = False) -> dict[str, Any]:
    """Facts of one subject as the typed classes take them: families nested, the jobs of a worker a list, that of a complaint one."""
    refuse_together(options, OF_FILES, "is for a file of many; name the file with --in")
    return nested(options, complaint)


def nested(options: argparse.Namespace, complaint: bool = False) -> dict[str, Any]:
    """Facts of the command line and of a file, those with a dot in the object that they belong to."""
    given = json_of(options.file, "facts") if options.file else {}
    declared = rulebook(options).facts() if getattr(options, "rulebook", None) else {}
    for name, value in pairs(options.facts, lambda name: kind_of_fact(name, complaint, declared)).items():
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
