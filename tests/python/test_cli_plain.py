"""The parts of the command that need no compiled rulebook."""

import argparse

import pyarrow as pa
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
    table = files.read(str(path), {"card", "home_province", "sex"}.__contains__)
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


KINDS = {"sex": "code", "card": "code", "birth_date": "date", "home_province": "province", "job.province": "province", "job.for_wages": "yes_no", "s33_months": "count"}


def test_a_mapping_in_json_has_keys_of_the_columns_type_and_the_rest(tmp_path):
    path = tmp_path / "columns.json"
    path.write_text('{"SEX": ["sex", {"1": "male", "...": null}], "YOB": ["birth_date", "be_year"], "CWT": ["home_province", "job.province"], "W": ["job.for_wages", {"yes": true}]}')
    said = columns.said(str(path))
    numbers = pa.table({"SEX": [1], "YOB": [2507], "CWT": ["10"], "W": [True]})
    assert columns.fitted(numbers, said, KINDS, written=False) == {
        "SEX": ("sex", {1: "male", ...: None}), "YOB": ("birth_date", "be_year"), "CWT": ["home_province", "job.province"], "W": ("job.for_wages", {True: True}),
    }
    text = pa.table({"SEX": ["1"], "YOB": ["2507"], "CWT": ["10"], "W": ["yes"]})
    assert columns.fitted(text, said, KINDS, written=True)["SEX"] == ("sex", {"1": "male", ...: None})


def test_two_keys_on_one_value_are_refused(tmp_path):
    said = {"CARD": ["card", {"0": "0", "00": "00"}]}
    with pytest.raises(cli.UsageError, match="`CARD` holds int64, in which the keys `0` and `00`"):
        columns.fitted(pa.table({"CARD": [0, 0]}), said, KINDS, written=False)
    assert columns.fitted(pa.table({"CARD": ["0", "00"]}), said, KINDS, written=True) == {"CARD": ("card", {"0": "0", "00": "00"})}
    with pytest.raises(cli.UsageError, match="the keys `true` and `yes`"):
        columns.fitted(pa.table({"W": [True]}), {"W": ["job.for_wages", {"true": True, "yes": False}]}, KINDS, written=False)
    path = tmp_path / "columns.json"
    path.write_text('{"SEX": ["sex", {"1": "male", "1": "female"}]}')
    with pytest.raises(cli.UsageError, match="`SEX.1` is given twice"):
        columns.said(str(path))


def test_a_number_written_in_another_way_than_in_the_map_is_refused():
    said = {"CARD": ["card", {"0": "0", "...": None}]}
    with pytest.raises(cli.UsageError, match="holds `00`, but its map names `0`"):
        columns.fitted(pa.table({"CARD": ["00", "0"]}), said, KINDS, written=True)


def test_cells_are_read_as_on_the_command_line():
    table = pa.table({"job.for_wages": ["yes", "No", "TRUE", "unknown", "x"], "s33_months": ["3", "x", "null", "0", None]})
    assert columns.fitted(table, {}, KINDS, written=True) == {
        "job.for_wages": ("job.for_wages", {"yes": True, "no": False, "No": False, "TRUE": True, "unknown": None}),
        "s33_months": ("s33_months", {"3": 3, "null": None, "0": 0}),
    }
    floats = columns.tidied(pa.table({"s33_months": ["3.0", "3.5", None]}), {}, ["s33_months"])
    assert floats["s33_months"].to_pylist() == ["3", "3.5", None], "a column with gaps comes with points"
    codes = columns.tidied(pa.table({"sex": ["male", "Unknown"], "SEX": ["unknown", "m"]}), {"SEX": ["sex", {"unknown": "other", "m": "male"}]}, ["sex", "SEX"])
    assert codes.to_pydict() == {"sex": ["male", None], "SEX": ["unknown", "m"]}, "what a map names is left to it"


@pytest.mark.parametrize(("days", "target"), [(["24/11/2507", "๑ ม.ค. ๒๕๐๐", None], ("birth_date", "thai_date")), (["1964-11-24", "1964"], "birth_date"), (["1964", "24/11/2507"], "birth_date")])
def test_days_in_thai_forms_are_read_as_such(days, target):
    assert columns.fitted(pa.table({"birth_date": days}), {}, KINDS, written=True) == {"birth_date": target}


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
