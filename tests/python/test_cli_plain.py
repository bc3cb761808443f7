"""The parts of the command that need no compiled rulebook."""

import argparse

import pyarrow.csv
import pyarrow.parquet
import pytest

from sitthi import cli
from sitthi._cli import columns, files, given
from sitthi._cli.bar import Bar


def test_synth_writes_what_it_draws(tmp_path, capsys):
    for kind, read in (("parquet", pyarrow.parquet.read_table), ("csv", pyarrow.csv.read_csv)):
        path = tmp_path / f"workers.{kind}"
        assert cli.main(["synth", "3000", "--seed", "4", "--check", "--out", str(path)]) == 0
        said = capsys.readouterr().err
        assert "no real person" in said and "informal_by_region" in said
        assert read(path).num_rows == 3000


def test_codes_keep_their_zeros_and_empty_cells_are_unknown(tmp_path):
    path = tmp_path / "w.csv"
    path.write_text("card,home_province,sex,weight,note\n00,10,male,1.5,x\n6,56,,,\n", encoding="utf-8")
    table = files.read(str(path), {"card", "home_province", "sex"}.__contains__).table
    assert table["card"].to_pylist() == ["00", "6"]
    assert table["home_province"].to_pylist() == ["10", "56"]
    assert table["sex"].to_pylist() == ["male", None]
    assert table["weight"].to_pylist() == [1.5, None], "what is no fact has the type that it looks like"


def test_facts_become_nested():
    options = argparse.Namespace(
        file=None, facts=["birth_date=1981-05-02", "job.employer=company", "job.insured_33=no", "job_2.monthly_wage=12000", "member.sso_39=false", "card=00", "s33_months=null"]
    )
    assert given.nested(options) == {
        "birth_date": "1981-05-02",
        "jobs": [{"employer": "company", "insured_33": False}, {"monthly_wage": "12000"}],
        "member": {"sso_39": False},
        "card": "00",
        "s33_months": None,
    }


@pytest.mark.parametrize(
    ("facts", "message"), [([], "no facts given"), (["sex"], "FACT=VALUE"), (["sex=male", "sex=female"], "twice"), (["job_3.work=office"], "job 2 first"), (["jobb.work=office"], "jobb")]
)
def test_facts_that_make_no_sense_are_refused(facts, message):
    with pytest.raises(cli.UsageError, match=message):
        given.nested(argparse.Namespace(file=None, facts=facts))


KINDS = {"sex": "code", "birth_date": "date", "home_province": "province", "job.province": "province"}


def test_a_mapping_in_json_is_that_of_the_library(tmp_path):
    path = tmp_path / "columns.json"
    path.write_text('{"SEX": ["sex", {"1": "male", "...": null, "null": "female"}], "YOB": ["birth_date", "be_year"], "CWT": ["home_province", "job.province"]}')
    assert columns.fitted(["SEX", "YOB", "CWT", "sex", "other"], columns.said(str(path)), KINDS) == {
        "SEX": ("sex", {"1": "male", ...: None, None: "female"}), "YOB": ("birth_date", "be_year"), "CWT": ["home_province", "job.province"], "sex": "sex",
    }
    path.write_text('{"SEX": ["sex", {"1": "male", "1": "female"}]}')
    with pytest.raises(cli.UsageError, match="`SEX.1` is given twice"):
        columns.said(str(path))


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
    with Bar("x") as bar:
        assert bar is None
    assert capsys.readouterr().err == ""
