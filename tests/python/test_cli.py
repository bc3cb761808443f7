"""The command on the built wheel."""

import csv
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest

import sitthi
from sitthi import cli
from sitthi._cli import files

ROOT = Path(__file__).resolve().parents[2]
BOOK = str(ROOT / "core" / "rulebook")
FACTS = ["nationality=thai", "birth_date=1984-05-10", "job.employer=company", "job.for_wages=yes", "s33_months=18", "job.province=10", "member.sso_39=no"]
ON = ["--on", "2026-11-22"]


def run(capsys, *arguments):
    code = cli.main(list(arguments))
    said = capsys.readouterr()
    return code, said.out, said.err


def test_the_script_is_installed():
    found = shutil.which("sitthi", path=str(Path(sys.executable).parent))
    done = subprocess.run([found] if found else [sys.executable, "-m", "sitthi"], capture_output=True, text=True)
    assert done.returncode == 2 and "usage: sitthi" in done.stderr
    done = subprocess.run([sys.executable, "-m", "sitthi", "--version"], capture_output=True, text=True)
    assert done.returncode == 0 and done.stdout.startswith("sitthi ")


def test_one_worker(capsys):
    code, out, _ = run(capsys, "assess", *FACTS, *ON)
    assert code == 0 and "insured under section 33: " in out and "Next question" in out and "sso_33" not in out and "มาตรา 33" in out
    code, out, _ = run(capsys, "assess", *FACTS, *ON, "--json")
    facts = {"nationality": "thai", "birth_date": "1984-05-10", "s33_months": 18, "member": {"sso_39": False}, "jobs": [{"employer": "company", "for_wages": True, "province": "10"}]}
    assert code == 0 and out == sitthi.assess(facts, on="2026-11-22").to_json() + "\n"
    assert run(capsys, "assess", *FACTS, "--on", "22 พ.ย. 2569", "--json")[1] == out, "Thai days are read"


def test_facts_from_a_file(capsys, tmp_path):
    path = tmp_path / "facts.json"
    path.write_text('{"nationality": "thai", "jobs": []}', encoding="utf-8")
    code, out, _ = run(capsys, "classify", "--facts", str(path), *ON, "--json")
    assert code == 0 and out == sitthi.classify({"nationality": "thai", "jobs": []}, on="2026-11-22").to_json() + "\n"
    assert "employee under the Social Security Act: " in run(capsys, "classify", "--facts", str(path), *ON)[1]


def test_wrong_facts_say_what_is_wrong(capsys):
    code, _, err = run(capsys, "assess", "birht_date=1984-05-10", *ON)
    assert code == cli.WRONG and "`birht_date`" in err and "`birth_date`" in err
    assert run(capsys, "assess", "birth_date=1984-05-10", "--on", "29/02/2562")[0] == cli.WRONG


def test_complaints(capsys, tmp_path):
    code, out, _ = run(capsys, "route", "danger_now=yes", "job.province=10", *ON, "--json")
    assert code == 0 and out == sitthi.route({"danger_now": True, "job": {"province": "10"}}, on="2026-11-22").to_json() + "\n"
    source = tmp_path / "complaints.jsonl"
    source.write_text('{"danger_now": true}\n\n{"danger_now": \n{}\n{"danger_now": 3}\n', encoding="utf-8")
    code, out, err = run(capsys, "route", "--in", str(source), *ON)
    assert code == cli.FAULTS and len(out.splitlines()) == 2
    assert "complaints.jsonl:3: " in err and "complaints.jsonl:5: " in err


def test_plans(capsys, tmp_path):
    code, out, _ = run(capsys, "plan", "p2_informal", *ON)
    assert code == 0 and ": no target" in out and "no_target" not in out
    assert "(ฉบับที่ 2) พ.ศ. 2560–2564" in out.splitlines()[0] and "(ฉบับที่ 2) พ.ศ. 2560–2564" in run(capsys, "plan", *ON)[1]
    targets = tmp_path / "targets.json"
    targets.write_text('{"informality_rate": "50"}', encoding="utf-8")
    code, out, _ = run(capsys, "plan", "p2_informal", "--targets", str(targets), *ON, "--json")
    assert code == 0 and out == sitthi.score("p2_informal", on="2026-11-22", targets={"informality_rate": "50"}).to_json() + "\n"
    code, _, err = run(capsys, "plan", "p9", *ON)
    assert code == cli.WRONG and "`p9`" in err


def test_rulebooks(capsys, tmp_path):
    assert run(capsys, "rulebook", "check", BOOK)[0] == 0
    compiled = tmp_path / "rulebook.bin"
    assert run(capsys, "rulebook", "compile", BOOK, "--out", str(compiled))[0] == 0
    assert run(capsys, "assess", *FACTS, *ON, "--json", "--rulebook", str(compiled))[1] == run(capsys, "assess", *FACTS, *ON, "--json")[1] == run(capsys, "assess", *FACTS, *ON, "--json", "--rulebook", BOOK)[1]
    code, out, _ = run(capsys, "rulebook", "changes", "2020-01-01", "2020-12-31")
    assert code == 0 and "2020-06-24" in out and "65 years" in out
    listed = json.loads(run(capsys, "changes", "2020-01-01", "2020-12-31", "--json")[1])
    assert any(change["day"] == "2020-06-24" for change in listed)
    code, _, err = run(capsys, "rulebook", "sheet", BOOK, "--out", str(tmp_path / "sheets"))
    assert code == 0 and (tmp_path / "sheets" / "index.html").exists() and (tmp_path / "sheets" / "sso_40.html").exists()


def test_faults_of_rule_files_are_listed(capsys, tmp_path):
    folder = tmp_path / "book"
    shutil.copytree(BOOK, folder)
    file = folder / "schemes" / "sso_40.toml"
    file.write_text(file.read_text(encoding="utf-8") + "\n[clauses.nobody]\nth = 'x'\nwhen = 'agee > 3'\n", encoding="utf-8")
    code, out, err = run(capsys, "rulebook", "check", str(folder))
    assert code == cli.FAULTS and "schemes/sso_40.toml:" in out and "faults" in err
    code, _, err = run(capsys, "assess", *FACTS, *ON, "--rulebook", str(folder))
    assert code == cli.WRONG and "sso_40.toml" in err


def test_examples_of_rule_files_are_run(capsys, tmp_path):
    folder = tmp_path / "book"
    shutil.copytree(BOOK, folder)
    code, out, err = run(capsys, "rulebook", "test", str(folder))
    assert code == 0 and "0 examples differ" in err
    file = folder / "schemes" / "ucs.toml"
    text = file.read_text(encoding="utf-8")
    line = text[: text.index("[example.street_vendor]")].count("\n") + 4
    file.write_text(text.replace('expect = { status = "covered", entitled = "met" }', 'expect = { status = "eligible", entitled = "met" }', 1), encoding="utf-8")
    told = f"schemes/ucs.toml:{line}: street_vendor: `status of ucs` is covered, expected eligible"
    for command in (["test", str(folder)], ["test", str(folder), "--file", "ucs", "--example", "street_vendor"], ["check", str(folder)]):
        code, out, err = run(capsys, "rulebook", *command)
        assert code == cli.FAULTS and told in out.splitlines() and "1 examples differ" in err
        assert "\x1b" not in out + err
    report = sitthi.Rulebook.test(folder, file="ucs")
    assert not report.passes and report.examples > 30 and [str(one) for one in report.differences] == [told]
    assert json.loads(run(capsys, "rulebook", "test", str(folder), "--file", "ucs", "--json")[1]) == report.to_dict()
    file.write_text(text + "\n[example.lost]\nlike = 'own_acount_vendor'\ngiven = { today = 2026-11-22 }\nexpect = { statsu = 'covered' }\n", encoding="utf-8")
    code, out, _ = run(capsys, "rulebook", "check", str(folder))
    assert code == cli.FAULTS and "own_account_vendor" in out
    file.write_text(text + "\n[example.lost]\nlike = 'own_account_vendor'\ngiven = { today = 2026-11-22 }\nexpect = { statsu = 'covered' }\n", encoding="utf-8")
    code, out, _ = run(capsys, "rulebook", "check", str(folder))
    assert code == cli.FAULTS and "`status`?" in out
    file.write_text(text, encoding="utf-8")
    code, _, err = run(capsys, "rulebook", "test", str(folder), "--file", "usc")
    assert code == cli.WRONG and "`ucs`" in err
    assert run(capsys, "rulebook", "test", str(folder), "--example", "street_vendor")[0] == 0
    # Without the examples that hold an exclusion, its changes go unnoticed.
    assert run(capsys, "rulebook", "mutate", str(folder), "--file", "ucs")[:2] == (0, "")
    parts = text.split("\n[example.")
    file.write_text("\n[example.".join([parts[0], *(part for part in parts[1:] if "official_scheme" not in part)]), encoding="utf-8")
    code, out, err = run(capsys, "rulebook", "mutate", str(folder), "--file", "ucs")
    assert code == cli.FAULTS and "`ucs.official_scheme`" in out and "no example notices" in err
    code, out, _ = run(capsys, "rulebook", "test", str(folder))
    assert "`ucs.official_scheme`, the clause" in out


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_population_from_drawing_to_counting(capsys, tmp_path, kind):
    people, out = tmp_path / f"people.{kind}", tmp_path / f"out.{kind}"
    assert run(capsys, "synth", "2000", "--out", str(people))[0] == 0
    code, _, err = run(capsys, "assess", "--in", str(people), "--out", str(out), "--on", "2023-07-01", "--carry", "--jobs", "1")
    assert code == 0 and "2,000 rows" in err
    table = files.read(str(out)).table
    assert table.num_rows == 2000 and {"sso_33", "ucs", "region", "weight"} <= set(table.column_names)
    assert "no facts" in run(capsys, "assess", "--in", str(people), "--on", "2023-07-01")[2]
    counting = ("assess", "--in", str(people), "--on", "2023-07-01", "--by", "region", "--weights", "weight", "--jobs", "1")
    code, _, err = run(capsys, *counting)
    assert code == cli.WRONG and "`formality`" in err, "counting refuses columns that are no facts as assessing does"
    code, text, _ = run(capsys, *counting, "--ignore")
    lines = list(csv.DictReader(io.StringIO(text)))
    assert code == 0 and sum(int(line["rows"]) for line in lines if line["scheme"] == "ucs") == 2000
    frame = files.read(str(people), lambda name: name.endswith(("card", "province", "district"))).table
    want = pa.table(sitthi.tally(frame, on="2023-07-01", by="region", weights="weight", jobs=1, unknown="ignore")).to_pylist()
    assert [(line["region"], line["status"], int(line["rows"])) for line in lines] == [(line["region"], line["status"], line["rows"]) for line in want]


def test_bad_rows_are_named_and_the_others_written(capsys, tmp_path):
    people = tmp_path / "people.csv"
    people.write_text("birth_date,nationality\n1984-05-10,thai\n1984-05-10,thay\n", encoding="utf-8")
    code, out, err = run(capsys, "assess", "--in", str(people), *ON)
    assert code == cli.FAULTS and "row 1: `nationality` cannot be `thay`" in err and "taken as unknown" in err
    assert len(out.strip().splitlines()) == 3


def test_a_mapping_from_a_file(capsys, tmp_path):
    people, columns = tmp_path / "people.csv", tmp_path / "columns.json"
    people.write_text("SEX,YOB,CWT\n1,2527,เชียงใหม่\n2,2501,Bangkok\n", encoding="utf-8")
    columns.write_text(json.dumps({"SEX": ["sex", {"1": "male", "2": "female"}], "YOB": ["birth_date", "be_year"], "CWT": ["home_province", "job.province"]}), encoding="utf-8")
    code, out, _ = run(capsys, "assess", "--in", str(people), "--columns", str(columns), *ON)
    assert code == 0 and len(out.strip().splitlines()) == 3


def test_a_mistake_is_shown_with_its_line_and_a_caret_and_english_is_written(capsys, tmp_path):
    folder = tmp_path / "rulebook"
    shutil.copytree(BOOK, folder)
    scheme = folder / "schemes" / "sso_40.toml"
    english = folder / "vocabulary" / "en" / "sso_40.toml"
    text = scheme.read_text("utf-8")
    scheme.write_text(text.replace("when = \"entry_age", "when = \"entry_agee", 1) if "when = \"entry_age" in text else text.replace(">= 15", ">== 15", 1), "utf-8")
    code, out, _ = run(capsys, "rulebook", "check", str(folder))
    lines = out.splitlines()
    caret = next(number for number, line in enumerate(lines) if line.strip() and set(line.strip()) == {"^"})
    assert code == cli.FAULTS and "when" in lines[caret - 1] and any("\u0e00" <= letter <= "\u0e7f" for letter in lines[caret + 1])
    scheme.write_text(text, "utf-8")
    kept = english.read_text("utf-8").splitlines(keepends=True)
    lost = next(line for line in kept if line.startswith("at_least_15"))
    english.write_text("".join(line for line in kept if line != lost), "utf-8")
    code, out, _ = run(capsys, "rulebook", "check", str(folder))
    assert code == cli.DONE and "warning:" in out and "at_least_15" in out
    code, out, _ = run(capsys, "rulebook", "english", str(folder))
    assert code == cli.DONE and out.strip() == "vocabulary/en/sso_40.toml"
    assert "at_least_15 = \"\"" in english.read_text("utf-8")
