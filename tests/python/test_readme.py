"""What the README says is encoded is what the rulebook holds."""

import re
from pathlib import Path

import tomllib

import sitthi

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ENCODED = README.partition("## What is encoded")[2].partition("\n## ")[0]


def test_files_and_plans_are_those_of_the_rulebook():
    book, law = sitthi.Rulebook.built_in(), sitthi.law("2026-11-22")
    kinds = tomllib.loads((ROOT / "core/rulebook/complaints/not_encoded.toml").read_text(encoding="utf-8"))["kind"]
    named = set(re.findall(r"`(\w+)`", ENCODED))
    # What is said on urgency holds for every kind.
    assert named == {code for code, _, _ in law.files()} - set(kinds) - {"urgency"}
    assert set(book.plans) <= named
    assert f"as of {book.checked_on}" in ENCODED


def test_kinds_without_rules_are_those_of_the_rulebook():
    kinds = tomllib.loads((ROOT / "core/rulebook/complaints/not_encoded.toml").read_text(encoding="utf-8"))["kind"]
    found = re.search(r"^(\d+) other kinds of complaint .*?:\n(.*?)\.\n\n", ENCODED, re.M | re.S)
    listed = " ".join(found[2].split()).split("; ")
    assert int(found[1]) == len(listed) == len(kinds)
    said = [kind["en"] for kind in kinds.values()]
    assert listed == [re.sub(r" \((money stands under|status undetermined)[^)]*\)", "", title) for title in said]


def test_limits_are_those_of_the_code():
    limits = README.partition("## Limits")[2].partition("\n## ")[0]
    facts = (ROOT / "core/src/facts/json.rs").read_text(encoding="utf-8")
    arrow = (ROOT / "bindings-arrow/src/lib.rs").read_text(encoding="utf-8")
    cost = (ROOT / "core/src/rulebook/verify/cost.rs").read_text(encoding="utf-8")
    shown = (ROOT / "core/src/survey/errors.rs").read_text(encoding="utf-8")

    def number(text, name):
        return int(re.search(rf"const {name}: \w+ = ([\w]+);", text)[1].replace("_", ""), 0)

    for text, name in [(facts, "DEEPEST"), (facts, "MOST_JOBS"), (facts, "MOST_VALUES"), (arrow, "MOST_ROWS"), (arrow, "MOST_COLUMNS"), (arrow, "MOST_DEPTH"), (shown, "MOST_SHOWN")]:
        assert re.search(rf"(?<![\d,]){number(text, name):,}(?![\d,])", limits), name
    assert "100,000 steps a rule, 10,000,000 in all" in limits and {100_000, 10_000_000} <= {int(one.replace("_", "")) for one in re.findall(r"\b\d[\d_]+\b", cost)}
