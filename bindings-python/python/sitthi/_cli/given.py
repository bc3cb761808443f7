"""What the command line says: facts of one subject, days, the rulebook, and files of JSON."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from .exits import UsageError

WORDS: Mapping[str, bool | None] = {"true": True, "false": False, "yes": True, "no": False, "null": None, "unknown": None}
"""Words that are no text: yes, no, and not known. They are the same in a file."""
_FAMILIES = ("member", "paid_months", "happened", "claim")
DAYS = "a day such as `2026-11-24`, `24/11/2569` or `24 พฤศจิกายน 2569`"


def text_of(path: str) -> str:
    """The text of a file, or of standard input."""
    try:
        return sys.stdin.read() if path == "-" else Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: expected text in UTF-8, but byte {error.start} is none") from error


def json_of(path: str, what: str) -> dict[str, Any]:
    """A JSON object from a file; a key that stands there twice is refused, since one of the two would be lost."""
    try:
        said = json.loads(text_of(path), object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        raise UsageError(f"{path}:{error.lineno}: {error.msg}; expected {what} as a JSON object") from error
    except UsageError as error:
        raise UsageError(f"{path}: {error}") from error
    if not isinstance(said, dict):
        raise UsageError(f"{path}: expected {what} as a JSON object")
    return said


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise UsageError(f"key `{key}` is given twice")
        found[key] = value
    return found


def refuse_together(options: argparse.Namespace, names: Sequence[str], why: str) -> None:
    """Refuses options that would do nothing here: an option that is left aside in silence looks as if it had been followed."""
    for name in names:
        if getattr(options, name, None):
            raise UsageError(f"--{name} {why}")


OF_FILES = ("out", "columns", "constant", "carry", "jobs", "missing", "ignore", "by", "weights", "decisions")
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


def _value(text: str) -> Any:
    if text.lower() in WORDS:
        return WORDS[text.lower()]
    if text[:1] in "[{" and text:
        try:
            return json.loads(text)
        except json.JSONDecodeError as error:
            raise UsageError(f"`{text}` begins like JSON and is none: {error.msg}") from error
    return text


def pairs(said: Sequence[str]) -> dict[str, Any]:
    """Facts said as FACT=VALUE."""
    found: dict[str, Any] = {}
    for pair in said:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise UsageError(f"expected FACT=VALUE, not `{pair}`")
        if name.strip() in found:
            raise UsageError(f"fact `{name.strip()}` is given twice")
        found[name.strip()] = _value(value.strip())
    return found


def counted(facts: Mapping[str, Any], kinds: Mapping[str, str]) -> dict[str, Any]:
    """Whole numbers where a fact counts; a code such as `00` or a province such as `10` stays text."""
    return {name: int(value) if kinds.get(name) == "count" and isinstance(value, str) and value.isdecimal() else value for name, value in facts.items()}


def kinds_of(group: str) -> dict[str, str]:
    """The kind of every fact of a group, such as Worker or Complaint."""
    import sitthi

    return {fact["name"]: fact["kind"] for fact in sitthi.Rulebook.fact_groups()[group]}


def facts(options: argparse.Namespace, complaint: bool = False) -> dict[str, Any]:
    """Facts of one subject as the typed classes take them: families nested, the jobs of a worker a list, that of a complaint one."""
    refuse_together(options, OF_FILES, "is for a file of many; name the file with --in")
    given = counted(nested(options, complaint), kinds_of("Complaint" if complaint else "Worker"))
    for name in ("job", "claim"):
        if isinstance(given.get(name), dict):
            given[name] = counted(given[name], kinds_of(name.title()))
    if isinstance(given.get("jobs"), list):
        given["jobs"] = [counted(job, kinds_of("Job")) if isinstance(job, dict) else job for job in given["jobs"]]
    return given


def nested(options: argparse.Namespace, complaint: bool = False) -> dict[str, Any]:
    """Facts of the command line and of a file, those with a dot in the object that they belong to."""
    given = json_of(options.file, "facts") if options.file else {}
    for name, value in pairs(options.facts).items():
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
