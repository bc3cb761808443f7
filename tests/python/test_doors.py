"""One reader a fact: a value that is written the same gives the same answer or the same refusal at every door.

There are two kinds of door. JSON text, objects and frames have types of their own: text is what it says, and yes or no is no text. An argument of the command
line and a cell of CSV are text whatever they mean: there `yes` and `no` answer, and `unknown` is no answer. What only the second kind reads is listed as WRITTEN.
"""

import csv
import json
from decimal import Decimal

import pyarrow as pa
import pytest

import sitthi
from sitthi import cli

ON = "2026-11-22"
REFUSED = "refused"
# One job in a company: what is told beside decides whether section 33 covers the worker, and what is unknown beside stays so.
BESIDE = {"nationality": "thai", "job.for_wages": True, "job.under_command": True, "job.employer": "company", "job.started_on": "2010-01-04", "job.insured_33": True}


def nested(flat):
    found = {}
    for name, value in flat.items():
        *heads, last = name.split(".")
        place = found
        for head in heads:
            place = place.setdefault(head, {})
        place[last] = value
    job = found.pop("job", {})
    return {**found, "jobs": [job]}


def beside(fact):
    return {name: value for name, value in BESIDE.items() if name != fact}


def of_object(fact, value, tmp_path, capsys):
    try:
        return sitthi.statuses(nested({**beside(fact), fact: value}), on=ON)
    except sitthi.SitthiError:
        return REFUSED


def of_json(fact, value, tmp_path, capsys):
    try:
        return sitthi.statuses(sitthi.Worker.from_json(json.dumps(nested({**beside(fact), fact: value}))), on=ON)
    except sitthi.SitthiError:
        return REFUSED


def of_frame(fact, value, tmp_path, capsys):
    try:
        result = sitthi.assess_frame(pa.table({fact: [value]}), on=ON, facts=beside(fact), jobs=1)
    except sitthi.SitthiError:
        return REFUSED
    return REFUSED if result.errors else pa.table(result).to_pylist()[0]


def of_argument(fact, value, tmp_path, capsys):
    said = [f"{name}={str(other).lower() if isinstance(other, bool) else other}" for name, other in beside(fact).items()]
    code = cli.main(["assess", f"{fact}={value}", *said, "--on", ON, "--json"])
    out = capsys.readouterr().out
    return {scheme["scheme"] + (f"_{scheme['option']}" if scheme["option"] and not scheme["scheme"].endswith(scheme["option"]) else ""): scheme["status"] for scheme in json.loads(out)["schemes"]} if code == 0 else REFUSED


def of_cell(fact, value, tmp_path, capsys):
    with open(tmp_path / "in.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[fact, "n"], [value, "1"]])
    constants = [f"--constant={name}={str(other).lower() if isinstance(other, bool) else other}" for name, other in beside(fact).items()]
    code = cli.main(["assess", "--in", str(tmp_path / "in.csv"), "--out", str(tmp_path / "out.csv"), "--jobs", "1", "--ignore", "--on", ON, *constants])
    capsys.readouterr()
    if code != 0:
        return REFUSED
    with open(tmp_path / "out.csv", encoding="utf-8") as file:
        return next(csv.DictReader(file))


TYPED = {"object": of_object, "json": of_json, "frame": of_frame}
WRITTEN = {"argument": of_argument, "cell": of_cell}

# Read at every door, as the same as the value beside it.
EVERYWHERE = [
    ("birth_date", "1961-11-23", "1961-11-23"), ("birth_date", "23/11/2504", "1961-11-23"), ("birth_date", "๒๓ พ.ย. ๒๕๐๔", "1961-11-23"), ("birth_date", " 23-11-2504 ", "1961-11-23"),
    ("birth_date", "1961", "1961"), ("birth_date", "พ.ศ. 2504", "1961"), ("birth_date", "1961-11", "1961-11"), ("job.started_on", "4 มกราคม 2553", "2010-01-04"),
    ("nationality", "not_thai", "not_thai"), ("nationality", " thai ", "thai"), ("job.employer", "state_enterprise", "state_enterprise"), ("card", "00", "00"),
    ("home_province", "10", "10"), ("home_province", "TH-10", "10"), ("home_province", "กทม.", "10"), ("home_province", "๑๐", "10"), ("job.province", " Chonburi ", "20"), ("job.province", "จ.ชลบุรี", "20"),
    ("job.district", "5001", "5001"),
    ("job.monthly_wage", "15000", "15000"), ("job.monthly_wage", "15000.50", "15000.50"), ("job.monthly_wage", "๑๕๐๐๐", "15000"), ("job.monthly_wage", "15000.0", "15000"), ("job.monthly_wage", " 15000 ", "15000"),
]
# Refused at every door.
NOWHERE = [
    ("birth_date", "1961-02-30"), ("birth_date", "30/2/2504"), ("birth_date", "2504-11-23"), ("birth_date", "yes"), ("birth_date", "soon"), ("birth_date", "2504"),
    ("nationality", "thia"), ("nationality", "yes"), ("nationality", "true"), ("card", "0.5"), ("job.employer", "1"),
    ("home_province", "09"), ("home_province", "Chonbury"), ("home_province", "no"), ("job.province", "10.5"), ("job.district", "9999"),
    ("job.monthly_wage", "15,000"), ("job.monthly_wage", "-1"), ("job.monthly_wage", "0.001"), ("job.monthly_wage", "many"), ("job.monthly_wage", "1e4"), ("job.monthly_wage", "999999999999"), ("job.monthly_wage", "฿5"),
    ("employed", "perhaps"), ("employed", "1"), ("employed", "0"), ("employed", "y"), ("member.sso_39", "2"),
    ("s33_months", "many"), ("s33_months", "-1"), ("s33_months", "1.5"), ("s33_months", "1,000"), ("s33_months", "5000"), ("s33_months", "1e1"), ("s33_months", "yes"),
]
# Read where everything is text, and no text of the fact where values have types.
WRITTEN_ALONE = [
    *(("employed", word, True) for word in ("yes", "Yes", "TRUE", "true", "ใช่")), *(("member.sso_39", word, False) for word in ("no", "NO", "false", "False", "ไม่ใช่")),
    *((fact, word, None) for fact in ("birth_date", "nationality", "home_province", "job.monthly_wage", "employed", "s33_months", "job.insured_33") for word in ("unknown", "Unknown", "ไม่ทราบ")),
    ("home_province", "10.0", "10"),
]
# Text of a count: one person's may be text, a column of a frame has a type, which is refused as a whole.
COUNTS = [("s33_months", "5", 5), ("s33_months", "3.0", 3), ("s33_months", "๑๒", 12), ("s33_months", " 5 ", 5)]


def expected(fact, value):
    return sitthi.statuses(nested({**beside(fact), fact: value}), on=ON)


@pytest.mark.parametrize("door", [*TYPED, *WRITTEN])
def test_what_is_read_everywhere_is_the_same(door, tmp_path, capsys):
    for fact, text, value in EVERYWHERE:
        assert {**TYPED, **WRITTEN}[door](fact, text, tmp_path, capsys) == expected(fact, value), (fact, text)


@pytest.mark.parametrize("door", [*TYPED, *WRITTEN])
def test_what_is_refused_is_refused_everywhere(door, tmp_path, capsys):
    for fact, text in NOWHERE:
        assert {**TYPED, **WRITTEN}[door](fact, text, tmp_path, capsys) == REFUSED, (fact, text)


@pytest.mark.parametrize("door", [*TYPED, *WRITTEN])
def test_words_are_answers_where_everything_is_text(door, tmp_path, capsys):
    for fact, text, value in WRITTEN_ALONE:
        found = {**TYPED, **WRITTEN}[door](fact, text, tmp_path, capsys)
        assert found == (expected(fact, value) if door in WRITTEN else REFUSED), (fact, text)


@pytest.mark.parametrize("door", ["object", "json", "argument", "cell"])
def test_counts_may_be_text(door, tmp_path, capsys):
    for fact, text, value in COUNTS:
        assert {**TYPED, **WRITTEN}[door](fact, text, tmp_path, capsys) == expected(fact, value), (fact, text)
        assert of_frame(fact, text, tmp_path, capsys) == REFUSED


def test_values_of_a_type_are_read_alike_where_there_are_types(tmp_path, capsys):
    import datetime

    for fact, value in [
        ("employed", True), ("member.sso_39", False), ("s33_months", 5), ("s33_months", 5.0), ("job.monthly_wage", 15000), ("job.monthly_wage", 15000.5), ("job.monthly_wage", -1), ("s33_months", 1.5),
        ("s33_months", True), ("employed", 1), ("birth_date", 2504), ("birth_date", True), ("nationality", 1), ("job.monthly_wage", True),
    ]:
        assert len({str(door(fact, value, tmp_path, capsys)) for door in TYPED.values()}) == 1, (fact, value)
    for fact, value in [("birth_date", datetime.date(1961, 11, 23)), ("job.monthly_wage", Decimal("15000.50")), ("job.monthly_wage", Decimal("0.001"))]:
        assert of_object(fact, value, tmp_path, capsys) == of_frame(fact, value, tmp_path, capsys) == of_json(fact, str(value), tmp_path, capsys), (fact, value)


def test_a_province_by_its_number_is_read_from_a_column_alone(tmp_path, capsys):
    # A column of codes is often one of numbers; a single value that is a number may be anything.
    assert of_frame("home_province", 10, tmp_path, capsys) == expected("home_province", "10")
    assert of_object("home_province", 10, tmp_path, capsys) == of_json("home_province", 10, tmp_path, capsys) == REFUSED


def test_the_reason_is_the_same_where_everything_is_text(tmp_path, capsys):
    for fact, text, said in [
        ("employed", "perhaps", "expected yes, no or unknown"), ("s33_months", "many", "expected a whole number, not negative and at most 1200"), ("nationality", "thia", "the nearest is `thai`"),
        ("birth_date", "1961-02-30", "there is no such day"), ("job.monthly_wage", "many", "`many` is not an amount of baht"), ("home_province", "Chonbury", "Chon Buri"),
    ]:
        assert cli.main(["assess", f"{fact}={text}", "--on", ON]) == cli.WRONG
        single = capsys.readouterr().err
        (tmp_path / "in.csv").write_text(f"{fact},n\n{text},1\n", encoding="utf-8")
        assert cli.main(["assess", "--in", str(tmp_path / "in.csv"), "--ignore", "--jobs", "1", "--on", ON]) == cli.FAULTS
        cell = capsys.readouterr().err
        assert f"`{fact}`" in cell and f"`{text}`" in cell and f"`{text}`" in single
        if fact not in ("nationality", "home_province"):
            assert said in single
        assert said in cell, (single, cell)


COMPLAINTS = [
    ("danger_now", "yes", True), ("danger_now", "ไม่ใช่", False), ("danger_now", "unknown", None), ("happened.papers_taken", "TRUE", True), ("filed_on", "20/11/2569", "2026-11-20"),
    ("job.province", "จ.ชลบุรี", "20"), ("job.province", "20.0", "20"), ("danger_now", "perhaps", REFUSED), ("job.province", "Chonbury", REFUSED), ("filed_on", "yes", REFUSED),
]


@pytest.mark.parametrize(("fact", "text", "value"), COMPLAINTS)
def test_a_complaint_is_read_as_a_person_is(fact, text, value, tmp_path, capsys):
    facts = {"happened": {"wages_unpaid": True}, "job": {}}
    head, dot, rest = fact.partition(".")
    if value != REFUSED:
        facts.setdefault(head, {})[rest] = value
        if not dot:
            facts[head] = value
        want = sitthi.route(facts, on=ON).to_json()
    code = cli.main(["route", f"{fact}={text}", "happened.wages_unpaid=yes", "--on", ON, "--json"])
    single = capsys.readouterr().out
    (tmp_path / "in.csv").write_text(f'"{fact}",happened.wages_unpaid\n"{text}",yes\n', encoding="utf-8")
    many = cli.main(["route", "--in", str(tmp_path / "in.csv"), "--json", "--on", ON])
    line = capsys.readouterr().out
    if value == REFUSED:
        assert code == cli.WRONG and many == cli.FAULTS and line == ""
    else:
        assert code == many == 0 and single.strip() == line.strip() == want
