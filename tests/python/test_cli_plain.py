"""The parts of the command that need no compiled rulebook."""

import argparse

import pyarrow.csv
import pyarrow.parquet
import pytest

from sitthi import cli


def test_synth_writes_what_it_draws(tmp_path, capsys):
    for kind, read in (("parquet", pyarrow.parquet.read_table), ("csv", pyarrow.csv.read_csv)):
        path = tmp_path / f"workers.{kind}"
        assert cli.main(["synth", "3000", "--seed", "4", "--check", "--out", str(path)]) == 0
        said = capsys.readouterr().err
        assert "no real person" in said and "informal_by_region" in said
        assert read(path).num_rows == 3000


def test_codes_keep_their_zeros_and_empty_cells_are_unknown(tmp_path):
    path = tmp_path / "w.csv"
    path.write_text("card,home_province,sex,job.insured_33,note\n00,10,male,true,x\n6,56,,,\n", encoding="utf-8")
    table = cli._read(str(path))
    assert table["card"].to_pylist() == ["00", "6"]
    assert table["home_province"].to_pylist() == ["10", "56"]
    assert table["sex"].to_pylist() == ["male", None] and table["job.insured_33"].to_pylist() == [True, None]


def test_facts_become_nested():
    options = argparse.Namespace(
        file=None, facts=["birth_date=1981-05-02", "job.employer=company", "job.insured_33=no", "job_2.monthly_wage=12000", "member.sso_39=false", "card=00", "s33_months=null"]
    )
    assert cli._facts(options) == {
        "birth_date": "1981-05-02",
        "jobs": [{"employer": "company", "insured_33": False}, {"monthly_wage": 12000}],
        "member": {"sso_39": False},
        "card": "00",
        "s33_months": None,
    }


@pytest.mark.parametrize(
    ("facts", "message"), [([], "no facts given"), (["sex"], "FACT=VALUE"), (["sex=male", "sex=female"], "twice"), (["job_3.work=office"], "job 2 first"), (["jobb.work=office"], "jobb")]
)
def test_facts_that_make_no_sense_are_refused(facts, message):
    with pytest.raises(cli.UsageError, match=message):
        cli._facts(argparse.Namespace(file=None, facts=facts))


def test_a_mapping_in_json_has_numbers_and_the_rest(tmp_path):
    path = tmp_path / "columns.json"
    path.write_text('{"SEX": ["sex", {"1": "male", "...": null}], "YOB": ["birth_date", "be_year"], "CWT": ["home_province", "job.province"]}')
    found = cli._columns(str(path))
    assert found["SEX"] == ("sex", {"1": "male", 1: "male", ...: None})
    assert found["YOB"] == ("birth_date", "be_year")
    assert found["CWT"] == ["home_province", "job.province"]


def test_what_is_missing_is_said_with_its_command(monkeypatch, capsys, tmp_path):
    from sitthi import _extras

    def absent(name):
        raise ImportError(name)

    monkeypatch.setattr(_extras, "import_module", absent)
    assert cli.main(["synth", "10"]) == cli.MISSING
    assert "pip install 'sitthi[synth]'" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["report", "no-such-file.json", "--out", "x.html"], ["synth", "5", "--year", "2023"], ["synth", "5", "--out", "x.xlsx"]])
def test_wrong_input_is_exit_code_two(arguments, capsys):
    assert cli.main(arguments) == cli.WRONG
    said = capsys.readouterr().err
    assert said.splitlines()[-1].startswith("sitthi: ") and "Traceback" not in said


def test_no_command_is_exit_code_two(capsys):
    with pytest.raises(SystemExit) as stop:
        cli.main([])
    assert stop.value.code == 2


def test_the_bar_is_silent_where_nobody_watches(capsys):
    with cli._Bar("x") as bar:
        assert bar is None
    assert capsys.readouterr().err == ""


class Decision:
    def __init__(self, said):
        self.said = said

    def __str__(self):
        return f"decision {self.said}"

    def to_json(self):
        return '{"status": "covered"}'


@pytest.fixture
def library(monkeypatch):
    """Stands in for the compiled half: records what the command asks of it."""
    import pyarrow as pa

    import sitthi

    asked = []

    def answer(name, result):
        def call(*arguments, **named):
            asked.append((name, arguments, named))
            return result(*arguments, **named) if callable(result) else result

        monkeypatch.setitem(vars(sitthi), name, call)

    answer("Worker", lambda **facts: facts)
    answer("Complaint", lambda **facts: facts)
    answer("assess", lambda worker, **_: Decision(worker))
    answer("route", lambda complaint, **_: Decision(complaint))
    answer("assess_frame", lambda table, **_: pa.table({"sso_33": pa.array(["covered"] * table.num_rows).dictionary_encode()}))
    answer("tally", lambda table, **_: pa.table({"region": ["north"], "persons": [table.num_rows]}))
    return asked


def test_one_worker_is_assessed(library, capsys):
    from datetime import date

    assert cli.main(["assess", "birth_date=1981-05-02", "job.employer=company", "--on", "2026-03-15"]) == 0
    assert capsys.readouterr().out.startswith("decision ")
    name, (worker,), named = library[-1]
    assert name == "assess" and worker == {"birth_date": "1981-05-02", "jobs": [{"employer": "company"}]}
    assert named == {"on": date(2026, 3, 15), "rulebook": None}
    assert cli.main(["assess", "sex=male", "--on", "15 มีนาคม 2569", "--json"]) == 0
    assert capsys.readouterr().out == '{"status": "covered"}\n'
    assert library[-1][2]["on"] == "15 มีนาคม 2569", "Thai dates are read by the library"


def test_a_file_is_assessed_and_counted(library, capsys, tmp_path):
    source, target = tmp_path / "w.csv", tmp_path / "out.csv"
    source.write_text("sex,home_province\nmale,10\nfemale,56\n", encoding="utf-8")
    assert cli.main(["assess", "--in", str(source), "--out", str(target), "--carry", "--constant", "employed=true"]) == 0
    assert target.read_text() == '"sso_33"\n"covered"\n"covered"\n'
    name, _, named = library[-1]
    assert name == "assess_frame" and named["carry"] and named["facts"] == {"employed": True} and named["progress"] is None
    assert cli.main(["assess", "--in", str(source), "--by", "region", "--weights", "weight", "--out", str(tmp_path / "t.parquet")]) == 0
    assert library[-1][0] == "tally" and library[-1][2]["by"] == ["region"] and library[-1][2]["weights"] == "weight"
    assert cli.main(["assess", "sex=male", "--in", str(source)]) == cli.WRONG


def test_bad_complaints_are_named_by_line_and_the_others_routed(library, capsys, tmp_path):
    source = tmp_path / "complaints.jsonl"
    source.write_text('{"danger_now": true}\n\n{"danger_now": \n{}\n', encoding="utf-8")
    assert cli.main(["route", "--in", str(source)]) == cli.FAULTS
    said = capsys.readouterr()
    assert said.out.count("covered") == 2 and "complaints.jsonl:3: " in said.err


def test_without_the_compiled_part_the_command_says_so(monkeypatch, capsys):
    import importlib.util

    import sitthi

    if importlib.util.find_spec("sitthi._native") is None:
        assert cli.main(["assess", "sex=male"]) == cli.MISSING
        assert "pip install sitthi" in capsys.readouterr().err
    else:
        assert sitthi.assess
