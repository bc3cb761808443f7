"""Tables in and out of the command: what stands in a file is read as it is on the command line, and nothing of it is lost."""

import csv
import io
import json
import shlex
import subprocess
import sys
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest
from test_plans import OWN

import sitthi
from sitthi import cli

ROOT = Path(__file__).resolve().parents[2]
ON = ["--on", "2026-11-22"]


def run(capsys, *arguments):
    code = cli.main([str(argument) for argument in arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def table(path):
    if path.suffix == ".parquet":
        return pyarrow.parquet.read_table(path).to_pylist()
    with path.open(encoding="utf-8", newline="") as file:
        return [{name: value or None for name, value in line.items()} for line in csv.DictReader(file)]


def written(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


# ── Codes ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_mapped_code_keeps_its_leading_zero(capsys, tmp_path):
    people = written(tmp_path, "p.csv", "CARD,NAT\n00,n\n0,n\n")
    columns = written(tmp_path, "c.json", '{"CARD": ["card", {"0": "0", "00": "00"}], "NAT": ["nationality", {"n": "not_thai"}]}')
    known = {"stay": "pending_return", "birth_date": "1990-01-01", "insured_before_60": "no", "s33_end_cause": "none", "s33_months": "0", "perceives_rights": "yes"}
    no = ["sso_39", "sso_40_1", "sso_40_2", "sso_40_3", "gpf", "bma_pension", "local_pension", "private_school_fund"]
    constants = [f"--constant={fact}={value}" for fact, value in {**known, **{f"member.{fund}": "no" for fund in no}}.items()]
    code, out, err = run(capsys, "assess", "--in", people, "--columns", columns, "--jobs", "0", *constants, *ON)
    assert code == 0, err
    assert [line["sso_40_1"] for line in csv.DictReader(io.StringIO(out))] == ["not_eligible", "eligible"], "the two cards differ in law"


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_map_with_two_keys_on_one_value_is_refused(capsys, tmp_path, kind):
    people = tmp_path / f"p.{kind}"
    if kind == "csv":
        people.write_text("CARD\n00\n7\n", encoding="utf-8")
        mapping = '{"CARD": ["card", {"0": "0", "...": null}]}'
    else:
        pyarrow.parquet.write_table(pa.table({"CARD": [0, 7]}), people)
        mapping = '{"CARD": ["card", {"0": "0", "00": "00", "...": null}]}'
    code, out, err = run(capsys, "assess", "--in", people, "--columns", written(tmp_path, "c.json", mapping), *ON)
    assert code == cli.WRONG and out == "" and "`CARD`" in err and "`00`" in err and "`0`" in err


def test_yes_no_counts_and_years_of_a_file_are_read_as_on_the_command_line(capsys, tmp_path):
    people = written(
        tmp_path, "p.csv", "nationality,birth_date,job.for_wages,s33_months,second\nthai,1964,yes,3,no\nthai,1984-05-10,No,4.0,no\nthai,1984-05,TRUE,unknown,no\nthai,null,unknown,,yes\n"
    )
    out = tmp_path / "out.csv"
    code, _, err = run(capsys, "assess", "--in", people, "--out", out, "--jobs", "second", *ON)
    assert code == 0, err
    job = {"for_wages": True}
    workers = [
        {"nationality": "thai", "birth_date": "1964", "s33_months": 3, "jobs": [job]},
        {"nationality": "thai", "birth_date": "1984-05-10", "s33_months": 4, "jobs": [{"for_wages": False}]},
        {"nationality": "thai", "birth_date": "1984-05", "jobs": [job]},
    ]
    assert table(out)[:3] == [sitthi.statuses(worker, on="2026-11-22") for worker in workers]


def test_a_constant_that_counts_is_a_number(capsys, tmp_path):
    people = written(tmp_path, "p.csv", "nationality\nthai\n")
    code, _, err = run(capsys, "assess", "--in", people, "--constant", "s33_months=12", "--jobs", "1", *ON)
    assert code == 0 and "s33_months" not in err


@pytest.mark.parametrize("days", ["2020-01-01\n2026-11-22", "1/1/2563\n22 พ.ย. 2569"])
def test_a_column_tells_the_day_of_each_row(capsys, tmp_path, days):
    first, second = days.split()[0], days.partition("\n")[2]
    people = written(tmp_path, "p.csv", f"nationality,birth_date,day\nthai,1960-06-01,{first}\nthai,1960-06-01,{second}\n")
    out = tmp_path / "o.csv"
    code, _, err = run(capsys, "assess", "--in", people, "--on", "day", "--jobs", "0", "--out", out)
    assert code == 0, err
    worker = {"nationality": "thai", "birth_date": "1960-06-01", "jobs": []}
    assert table(out) == [sitthi.statuses(worker, on=day) for day in ("2020-01-01", "2026-11-22")]
    code, _, err = run(capsys, "classify", "--in", people, "--on", "day", "--jobs", "0", "--out", out)
    assert code == 0, err
    assert table(out) == [sitthi.classify(worker, on=day).verdicts for day in ("2020-01-01", "2026-11-22")]


# ── Classify ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

PEOPLE = [
    {"nationality": "thai", "employed": True, "survey_age": 40, "survey_month": "2023-07-01", "member.sso_39": False, "job.for_wages": True, "job.employer": "company", "job.insured_33": True},
    {"nationality": "thai", "employed": True, "survey_age": 41, "survey_month": "2023-07-01", "member.sso_39": False, "job.for_wages": False, "job.employer": None, "job.insured_33": False},
    {"nationality": "thai", "employed": True, "survey_age": 12, "survey_month": "2023-07-01", "member.sso_39": None, "job.for_wages": False, "job.employer": None, "job.insured_33": False},
]


def as_worker(row):
    worker = {"jobs": [{}], "member": {}}
    for name, value in row.items():
        head, dot, rest = name.partition(".")
        (worker["jobs"][0] if head == "job" else worker["member"] if dot else worker).__setitem__(rest if dot else name, value)
    return worker


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_file_is_classified_as_one_worker_is(capsys, tmp_path, kind):
    people, out = tmp_path / f"p.{kind}", tmp_path / f"o.{kind}"
    frame = pa.Table.from_pylist([{**row, "region": region, "weight": weight} for row, region, weight in zip(PEOPLE, "aab", (1.5, 2.0, 4.0), strict=True)])
    pyarrow.parquet.write_table(frame, people) if kind == "parquet" else pyarrow.csv.write_csv(frame, people)
    want = [sitthi.classify(as_worker(row), on="2023-07-01").verdicts for row in PEOPLE]
    assert {verdict for one in want for verdict in one.values()} >= {"met", "unmet"}
    code, _, err = run(capsys, "classify", "--in", people, "--out", out, "--on", "2023-07-01", "--jobs", "1", "--ignore")
    assert code == 0 and "columns left out: region, weight" in err
    assert table(out) == want
    code, _, _ = run(capsys, "classify", "--in", people, "--out", out, "--on", "2023-07-01", "--jobs", "1", "--carry")
    assert [line["region"] for line in table(out)] == ["a", "a", "b"]
    code, text, err = run(capsys, "classify", "--in", people, "--on", "2023-07-01", "--jobs", "1", "--by", "region", "--weights", "weight")
    lines = list(csv.DictReader(io.StringIO(text)))
    assert code == 0 and list(lines[0]) == ["region", "definition", "verdict", "rows", "weight"]
    for definition in want[0]:
        found = {(line["region"], line["verdict"]): (int(line["rows"]), float(line["weight"])) for line in lines if line["definition"] == definition}
        counted = {}
        for one, region, weight in zip(want, "aab", (1.5, 2.0, 4.0), strict=True):
            rows, weights = counted.get((region, one[definition]), (0, 0.0))
            counted[region, one[definition]] = (rows + 1, weights + weight)
        assert found == counted


def test_rows_that_cannot_be_classified_are_counted_as_such(capsys, tmp_path):
    people = written(tmp_path, "p.csv", "nationality,g\nthai,x\nthay,x\nthai,\n")
    code, text, err = run(capsys, "classify", "--in", people, "--by", "g", *ON)
    lines = [(line["g"], line["verdict"], line["rows"]) for line in csv.DictReader(io.StringIO(text)) if line["definition"] == "employee.ssa"]
    assert code == cli.FAULTS and lines == [("", "undetermined", "1"), ("x", "undetermined", "1"), ("x", "not_assessed", "1")]
    assert "row 1: `nationality` cannot be `thay`" in err


def test_a_row_without_a_weight_is_counted_as_not_assessed(capsys, tmp_path):
    people = written(tmp_path, "p.csv", "nationality,g,w\nthai,a,1.5\nthai,a,\nthai,b,-1\nthay,b,2\n")
    for command, key in (("assess", "scheme"), ("classify", "definition")):
        code, text, err = run(capsys, command, "--in", people, "--by", "g", "--weights", "w", "--jobs", "1", *ON)
        lines = list(csv.DictReader(io.StringIO(text)))
        of_first = [tuple(line.values())[2:] for line in lines if line[key] == lines[0][key]]
        assert code == cli.FAULTS and of_first == [("undetermined", "1", "1.5"), ("not_assessed", "1", "0"), ("not_assessed", "2", "2")]
        assert [number for number in range(4) if f"row {number}: " in err] == [1, 2, 3]
    assert run(capsys, "classify", "--in", people, "--weights", "g", *ON)[0] == cli.WRONG


def test_a_cell_that_cannot_be_is_an_error_of_its_row(capsys, tmp_path):
    people = written(tmp_path, "p.csv", "nationality,job.for_wages,s33_months,REGION,g\nthai,yes,3,1,a\nthai,perhaps,3,1,a\nthai,no,many,1,b\nthai,no,3,9,b\nthai,no,3,1,b\n")
    columns = written(tmp_path, "m.json", '{"REGION": ["home_province", {"1": "10"}]}')
    for command in ("assess", "classify"):
        out = tmp_path / "o.csv"
        code, _, err = run(capsys, command, "--in", people, "--columns", columns, "--jobs", "1", "--carry", "--out", out, *ON)
        assert code == cli.FAULTS and [number for number in range(5) if f"row {number}: " in err] == [1, 2, 3]
        assert "row 1: `job.for_wages` cannot be `perhaps`: expected yes, no or unknown\n" in err
        assert "row 2: `s33_months` cannot be `many`: expected a whole number" in err
        assert "row 3: `home_province` cannot be `9`" in err and "`null` for no answer" in err
        answered = [{value for name, value in row.items() if name != "g"} != {None} for row in table(out)]
        assert answered == [True, False, False, False, True] and [row["g"] for row in table(out)] == list("aabbb")
        code, text, _ = run(capsys, command, "--in", people, "--columns", columns, "--jobs", "1", "--by", "g", *ON)
        lines = list(csv.DictReader(io.StringIO(text)))
        verdict = "status" if command == "assess" else "verdict"
        assert code == cli.FAULTS and {(line["g"], line["rows"]) for line in lines if line[verdict] == "not_assessed"} == {("a", "1"), ("b", "2")}


def test_that_there_may_be_more_jobs_is_said(capsys, tmp_path):
    people = written(tmp_path, "p.csv", "nationality\nthai\n")
    assert "--jobs 1" in run(capsys, "classify", "--in", people, *ON)[2]
    assert "--jobs 1" not in run(capsys, "classify", "--in", people, "--jobs", "1", *ON)[2]


# ── Route ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────

CASES = """id,happened.wages_unpaid,danger_now,job.province,filed_on,workers_affected
a,yes,no,10,2026-10-01,3
b,,YES,74,,2.0
c,no,perhaps,10,,
d,yes,no,10,2026-02-30,
e,TRUE,unknown,,,
"""
AS_FACTS = [
    {"happened": {"wages_unpaid": True}, "danger_now": False, "job": {"province": "10"}, "filed_on": "2026-10-01", "workers_affected": 3},
    {"danger_now": True, "job": {"province": "74"}, "workers_affected": 2},
    None,
    None,
    {"happened": {"wages_unpaid": True}},
]


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_table_of_complaints_becomes_a_row_for_each(capsys, tmp_path, kind):
    cases, out = written(tmp_path, "cases.csv", CASES), tmp_path / f"out.{kind}"
    code, _, err = run(capsys, "route", "--in", cases, "--out", out, "--carry", "--decisions", "--missing", *ON)
    assert code == cli.FAULTS and "5 rows" in err
    assert "row 2: `danger_now` cannot be `perhaps`: expected yes, no or unknown\n" in err
    assert "row 3: `filed_on` cannot be `2026-02-30`" in err and err.count("row ") == 2
    rows = table(out)
    assert [row["id"] for row in rows] == list("abcde")
    for row, facts in zip(rows, AS_FACTS, strict=True):
        if facts is None:
            assert {value for name, value in row.items() if name != "id"} == {None}
            continue
        want = sitthi.route(facts, on="2026-11-22")
        lead = want.lead
        assert row["decision"] == want.to_json() and row["urgency"] == want.urgency.level
        assert row["lead"] == (lead.agency if lead else None) and row["calls"] == ", ".join(want.call)
        assert row["office"] == (lead.office.area if lead and lead.office else None)
        assert row["missing"] == ", ".join(dict.fromkeys(one.fact for one in want.missing))
    first = rows[0]
    assert str(first["first_deadline"]) == "2026-11-30" and first["first_deadline_of"] == "inspector_order" and first["first_deadline_binds"] == "authority"


def test_deadlines_that_passed_and_those_of_the_worker_are_told_apart(capsys, tmp_path):
    cases = written(tmp_path, "cases.csv", "happened.wages_unpaid,filed_on,oldest_pay_due_on,danger_now\nyes,2026-06-01,2026-05-31,no\n")
    out = tmp_path / "out.parquet"
    assert run(capsys, "route", "--in", cases, "--out", out, *ON)[0] == 0
    row = table(out)[0]
    steps = {step.id: step for step in sitthi.route({"happened": {"wages_unpaid": True}, "filed_on": "2026-06-01", "oldest_pay_due_on": "2026-05-31", "danger_now": False}, on="2026-11-22").steps}
    assert row["worker_deadline_of"] == "wage_prescription" and row["worker_deadline"] == (steps["wage_prescription"].rolled or steps["wage_prescription"].nominal)
    assert "inspector_order" in row["past"].split(", ") and steps["inspector_order"].rolled < date(2026, 11, 22)


def test_complaints_come_and_go_as_lines_of_json_too(capsys, tmp_path):
    cases, out = written(tmp_path, "cases.csv", CASES), tmp_path / "out.jsonl"
    want = [sitthi.route(facts, on="2026-11-22").to_json() for facts in AS_FACTS if facts is not None]
    code, _, err = run(capsys, "route", "--in", cases, "--out", out, "--ignore", *ON)
    assert code == cli.FAULTS and out.read_text(encoding="utf-8").splitlines() == want and "columns left out: id" in err
    assert run(capsys, "route", "--in", cases, "--ignore", "--json", *ON)[1].splitlines() == want
    lines = written(tmp_path, "cases.jsonl", "\n".join(json.dumps(facts) for facts in AS_FACTS if facts is not None))
    assert run(capsys, "route", "--in", lines, *ON)[1].splitlines() == want
    as_table = tmp_path / "o.parquet"
    assert run(capsys, "route", "--in", lines, "--out", as_table, "--decisions", *ON)[0] == 0
    assert [row["decision"] for row in table(as_table)] == want


def test_columns_of_complaints_are_mapped_and_may_tell_the_day(capsys, tmp_path):
    cases = written(tmp_path, "c.csv", "WHAT,P,day\n1,กทม,2026-11-22\n9,กทม,24/11/2569\n2,x,2026-11-22\n1,กทม,\n")
    columns = written(tmp_path, "m.json", '{"WHAT": ["happened.wages_unpaid", {"1": true, "2": false, "9": null}], "P": ["job.province", {"กทม": "10"}]}')
    out = tmp_path / "o.parquet"
    code, _, err = run(capsys, "route", "--in", cases, "--columns", columns, "--on", "day", "--constant", "workers_affected=4", "--out", out, "--decisions")
    assert code == cli.FAULTS and "row 2: " in err and "row 3: " in err and err.count("row ") == 2
    same = {"job": {"province": "10"}, "workers_affected": 4}
    assert [row["decision"] for row in table(out)] == [
        sitthi.route({**same, "happened": {"wages_unpaid": True}}, on="2026-11-22").to_json(), sitthi.route(same, on="2026-11-24").to_json(), None, None,
    ]


def test_wrong_columns_of_complaints_are_named(capsys, tmp_path):
    code, _, err = run(capsys, "route", "--in", written(tmp_path, "a.csv", "danger_nov\nyes\n"), *ON)
    assert code == cli.WRONG and "did you mean `danger_now`?" in err and "`--carry`" in err
    code, _, err = run(capsys, "route", "--in", written(tmp_path, "b.csv", "happened.wages_unpayd\nyes\n"), *ON)
    assert code == cli.WRONG and "the nearest is `wages_unpaid`" in err
    code, _, err = run(capsys, "route", "--in", written(tmp_path, "c.csv", "danger_now\nyes\n"), "--out", tmp_path / "o.xlsx", *ON)
    assert code == cli.WRONG and ".jsonl" in err


def test_long_work_shows_a_bar_at_a_terminal(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    people = written(tmp_path, "p.csv", "nationality\n" + "thai\n" * 2000)
    cases = written(tmp_path, "c.csv", "danger_now\n" + "yes\n" * 5)
    for command, file, label in (("assess", people, "assessing"), ("classify", people, "classifying"), ("route", cases, "routing")):
        err = run(capsys, command, "--in", file, "--out", tmp_path / "o.csv", *ON)[2]
        assert f"\r{label} [" in err and "100%" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ["assess", "sex=male", "--out", "o.csv"], ["classify", "sex=male", "--jobs", "1"], ["route", "danger_now=yes", "--decisions"], ["assess", "--in", "p.csv", "--json"],
        ["assess", "--in", "p.csv", "--by", "g", "--missing"], ["classify", "--in", "p.csv", "--by", "g", "--carry"], ["classify", "--in", "p.csv", "--by", "rows"],
        ["plan", "--json", "--out", "o.csv"], ["changes", "2026-01-01", "2026-02-01", "--json", "--out", "o.csv"], ["route", "--in", "c.jsonl", "--carry"],
        ["route", "--in", "p.csv", "--json", "--out", "o.csv"],
    ],
)
def test_an_option_that_would_do_nothing_is_refused(capsys, tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    written(tmp_path, "p.csv", "sex,g,rows\nmale,a,b\n")
    written(tmp_path, "c.jsonl", "{}\n")
    code, out, err = run(capsys, *arguments)
    assert code == cli.WRONG and out == "" and "--" in err and not (tmp_path / "o.csv").exists()


# ── Plans and changes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_plan_is_written_as_a_table_and_takes_targets_and_values_from_one(capsys, tmp_path, kind):
    targets = written(tmp_path, "t.csv", "indicator,value,scale,breakpoints,period\ninformality_rate,,three_level,55;53;50,\nsection_40_per_informal,50,,,\n")
    values = tmp_path / f"v.{kind}"
    frame = pa.table({"indicator": ["informality_rate", "informality_rate"], "period": ["2563-Q3", "2564-Q3"], "value": ["54.1", "52.5"], "provisional": ["no", "yes"]})
    pyarrow.parquet.write_table(frame, values) if kind == "parquet" else pyarrow.csv.write_csv(frame, values)
    want = sitthi.score(
        "p2_informal",
        on="2026-11-22",
        targets={"informality_rate": {"scale": "three_level", "breakpoints": ["55", "53", "50"]}, "section_40_per_informal": "50"},
        values={"informality_rate": [{"period": "2563-Q3", "value": "54.1"}, {"period": "2564-Q3", "value": "52.5", "provisional": True}]},
    )
    code, out, _ = run(capsys, "plan", "p2_informal", "--targets", targets, "--values", values, "--json", *ON)
    assert code == 0 and json.loads(out) == want.to_dict()
    path = tmp_path / f"o.{kind}"
    code, _, err = run(capsys, "plan", "p2_informal", "--targets", targets, "--values", values, "--out", path, *ON)
    rows = {row["indicator"]: row for row in table(path)}
    assert code == 0 and len(rows) == len(want)
    row, said = rows["informality_rate"], want["informality_rate"]
    assert float(row["value"]) == 52.5 and float(row["score"]) == float(said.score) and row["period"] == "2564-Q3" and row["direction"] == said.trend.direction
    assert [name for name, row in rows.items() if row["value"] is not None] == [one.indicator for one in want if one.value is not None]
    assert run(capsys, "plan", "--out", path, *ON)[0] == 0 and {row["plan"] for row in table(path)} > {"p2_informal"}


def test_a_wrong_line_of_targets_is_named_by_its_row(capsys, tmp_path):
    values = written(tmp_path, "v.csv", "indicator,value\nsection_40_members,1\ninformality_rate,51\ninformality_rate,x\n")
    code, _, err = run(capsys, "plan", "p2_informal", "--values", values, *ON)
    assert code == cli.WRONG and f"{values}: row 2: " in err and "`x`" in err
    code, _, err = run(capsys, "plan", "p2_informal", "--targets", written(tmp_path, "t.csv", "indicator,goal\na,1\n"), *ON)
    assert code == cli.WRONG and "`goal`" in err and "breakpoints" in err


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_changes_are_written_as_a_table(capsys, tmp_path, kind):
    out = tmp_path / f"c.{kind}"
    code, _, err = run(capsys, "changes", "2020-01-01", "31/12/2563", "--out", out)
    want = sitthi.Rulebook.built_in().changes("2020-01-01", "2020-12-31")
    assert code == 0 and [(str(row["day"]), row["id"], row["after"]) for row in table(out)] == [(str(one.day), one.id, one.after) for one in want]


def test_days_in_the_wrong_order_are_refused(capsys):
    code, out, err = run(capsys, "changes", "2026-12-31", "2026-01-01")
    assert code == cli.WRONG and out == "" and "2026-12-31" in err and "2026-01-01" in err and "later" in err


# ── What is said ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("day", ["tomorrow", "2026-11"])
def test_a_day_that_is_none_is_answered_with_every_form(capsys, day):
    code, _, err = run(capsys, "assess", "sex=male", "--on", day)
    assert code == cli.WRONG and err.startswith("sitthi: --on: ") and f"`{day}`" in err
    assert "`2026-11-24`" in err and "`24/11/2569`" in err and "พฤศจิกายน 2569" in err


def test_a_day_that_is_not_in_the_calendar_keeps_its_reason(capsys):
    assert "กุมภาพันธ์ 2562" in run(capsys, "assess", "sex=male", "--on", "29/02/2562")[2]


def test_errors_speak_of_options(capsys, tmp_path):
    err = run(capsys, "assess", "--in", written(tmp_path, "p.csv", "sex,REGION\nmale,x\n"), *ON)[2]
    assert "`--columns`" in err and "`--carry`" in err and "`--ignore`" in err and "carry=" not in err and "unknown=" not in err
    people = tmp_path / "p.parquet"
    pyarrow.parquet.write_table(pa.table({"birth_date": [1964], "job.for_wages": [True]}), people)
    code, _, err = run(capsys, "assess", "--in", people, *ON)
    assert code == cli.WRONG and "`birth_date`" in err and '"birth_date", "be_year"' in err


@pytest.mark.parametrize("arguments", [["plan"], ["synth", "20000"], ["route", "danger_now=yes", "--json"]])
def test_a_reader_that_goes_away_is_no_fault(arguments):
    command = subprocess.Popen([sys.executable, "-m", "sitthi", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    command.stdout.close()
    err = command.stderr.read().decode()
    command.stderr.close()
    assert command.wait(60) == cli.UNREAD
    assert "Errno" not in err and "Broken" not in err and "Exception" not in err


def test_a_column_that_csv_cannot_hold_is_named(capsys, tmp_path):
    people = tmp_path / "p.parquet"
    pyarrow.parquet.write_table(pa.table({"sex": ["male"], "tags": [["a"]]}), people)
    code, _, err = run(capsys, "assess", "--in", people, "--carry", *ON)
    assert code == cli.WRONG and "`tags`" in err and ".parquet" in err


@pytest.mark.parametrize("command", ["assess", "classify", "route", "plan", "changes"])
def test_a_missing_package_is_said_with_its_command(monkeypatch, capsys, tmp_path, command):
    from sitthi import _extras

    def absent(name):
        raise ImportError(name)

    monkeypatch.setattr(_extras, "import_module", absent)
    file = written(tmp_path, "p.csv", "sex\nmale\n")
    arguments = {"plan": ["--out", "o.csv"], "changes": ["2026-01-01", "2026-02-01", "--out", "o.csv"]}.get(command, ["--in", file])
    code, _, err = run(capsys, command, *arguments)
    assert code == cli.MISSING and "pip install 'sitthi[cli]'" in err


def test_the_commands_of_the_readme_run(capsys, tmp_path, monkeypatch):
    text = (ROOT / "bindings-python" / "README.md").read_text(encoding="utf-8").partition("## At a terminal")[2]
    commands = [shlex.split(line, comments=True) for line in text.partition("```sh")[2].partition("```")[0].strip().splitlines()]
    mapping = text.partition("```json")[2].partition("```")[0]
    monkeypatch.chdir(tmp_path)
    written(tmp_path, "my_plan.toml", OWN)
    written(tmp_path, "survey.json", mapping)
    written(tmp_path, "survey.csv", "SEX,YOB,CWT,REGION,WGT\n1,2507,กรุงเทพมหานคร,central,1.5\n2,2530,Chiang Mai,north,2\n9,,,north,1\n")
    written(tmp_path, "cases.csv", "happened.wages_unpaid,job.province,danger_now\nyes,10,no\n")
    written(tmp_path, "targets.csv", "indicator,scale,breakpoints\ninformality_rate,three_level,55;53;50\n")
    written(tmp_path, "values.csv", "indicator,period,value\ninformality_rate,2564-Q3,52.1\n")
    assert len(commands) == 15
    for command in commands:
        assert command[0] == "sitthi"
        code, _, err = run(capsys, *command[1:])
        assert code == 0, (command, err)
    assert {"statuses.parquet", "routed.csv", "scorecard.csv", "changes.parquet"} <= {path.name for path in tmp_path.iterdir()}
