"""Files as surveys come: other encodings and separators, packed, from standard input, of SPSS and of Stata."""

import gzip
import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path

import polars as pl
import pyreadstat
import pytest

import sitthi
from sitthi import files

ROWS = [("42", "1", "ชลบุรี"), ("99", "2", "เชียงใหม่"), ("7", "9", "")]
HEAD = ("AGE", "SEX", "PROV")
MAP = {"AGE": ["birth_date", ["age", "2026-07-15"]], "SEX": ["sex", {"1": "male", "2": "female"}], "PROV": "home_province"}


def text(separator=","):
    return "\n".join(separator.join(line) for line in (HEAD, *ROWS)) + "\n"


def command(*options, given=None):
    return subprocess.run([sys.executable, "-m", "sitthi", *map(str, options)], capture_output=True, input=given)


@pytest.fixture
def mapped(tmp_path):
    mapping = tmp_path / "map.json"
    mapping.write_text(json.dumps(MAP), encoding="utf-8")
    return ["assess", "--on", "2026-11-22", "--jobs", "1", "--columns", mapping, "--no-answer", "AGE=98,99", "--no-answer", "SEX=9", "--in"]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(tmp_path, separator):
    path = tmp_path / "lfs.csv"
    path.write_text(text(separator), encoding="utf-8")
    table = files.read(path).table
    assert table.column_names == list(HEAD) and table["PROV"].to_pylist() == ["ชลบุรี", "เชียงใหม่", None]
    assert table["AGE"].to_pylist() == [42, 99, 7]


@pytest.mark.parametrize("encoding", ["cp874", "tis-620", "utf-8-sig", "utf-16"])
def test_an_encoding_is_named(tmp_path, encoding):
    path = tmp_path / "lfs.txt"
    path.write_bytes(text(";").encode(encoding))
    assert files.read(path, encoding=encoding).table["PROV"].to_pylist()[:2] == ["ชลบุรี", "เชียงใหม่"]


def test_bytes_of_another_encoding_are_refused_with_the_line_and_the_way_out(tmp_path):
    path = tmp_path / "lfs.csv"
    path.write_bytes(text().encode("cp874"))
    with pytest.raises(files.FileError, match="line 2: its bytes are not of UTF-8; .* cp874"):
        files.read(path)
    with pytest.raises(files.FileError, match="no encoding `tis620x`"):
        files.read(path, encoding="tis620x")
    with pytest.raises(files.FileError, match=r"ending in \.csv"):
        files.read(tmp_path / "lfs.xlsx")
    with pytest.raises(files.FileError, match="no such file"):
        files.read(tmp_path / "other.csv")


def test_a_packed_file_is_read_as_it_is(tmp_path):
    path = tmp_path / "lfs.csv.gz"
    path.write_bytes(gzip.compress(text().encode()))
    assert files.read(path).table.num_rows == 3


def test_the_command_takes_each_and_says_what_nobody_answered(tmp_path, mapped):
    plain, thai, packed = tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "c.tsv.gz"
    plain.write_text(text(), encoding="utf-8")
    thai.write_bytes(text(";").encode("cp874"))
    packed.write_bytes(gzip.compress(text("\t").encode()))
    whole = command(*mapped, plain)
    assert whole.returncode == 0, whole.stderr.decode()
    assert "nobody answered, taken as unknown: AGE 1, SEX 1" in whole.stderr.decode()
    for options, given in [((thai, "--encoding", "cp874"), None), ((packed,), None), (("-",), text().encode()), (("-", "--encoding", "cp874"), text().encode("cp874"))]:
        found = command(*mapped, *options, given=given)
        assert (found.returncode, found.stdout) == (0, whole.stdout), found.stderr.decode()
    refused = command(*mapped, thai)
    assert refused.returncode == 2 and b"cp874" in refused.stderr and b"Traceback" not in refused.stderr
    refused = command(*mapped[:-1], "--no-answer", "AGE", "--in", plain)
    assert refused.returncode == 2 and b"COLUMN=VALUE" in refused.stderr


def test_spss_and_stata_with_their_labels_and_their_missing_values(tmp_path, mapped):
    frame = pl.DataFrame({"AGE": [42.0, 99.0, 98.0, None], "SEX": [1.0, 2.0, 9.0, 1.0], "PROV": ["ชลบุรี", "", "เชียงใหม่", "10"], "W": [1.5, 2.0, 1.0, 1.0]})
    labels = {"SEX": {1: "ชาย", 2: "หญิง"}}
    spss, stata = tmp_path / "lfs.sav", tmp_path / "lfs.dta"
    pyreadstat.write_sav(frame, str(spss), missing_ranges={"AGE": [{"lo": 98, "hi": 99}], "SEX": [9]}, variable_value_labels=labels, column_labels=["อายุ", "เพศ", "จังหวัด", ""])
    pyreadstat.write_dta(frame, str(stata), variable_value_labels=labels)
    found = files.read(spss)
    assert {column: sorted(codes) for column, codes in found.no_answer.items()} == {"AGE": [98, 99], "SEX": [9]}
    assert found.labels["SEX"][1] == "ชาย" and found.titles == {"AGE": "อายุ", "SEX": "เพศ", "PROV": "จังหวัด"}
    assert found.table["AGE"].to_pylist() == [42, 99, 98, None] and found.table["W"].to_pylist() == [1.5, 2.0, 1.0, 1.0]
    assert found.table["PROV"].to_pylist() == ["ชลบุรี", None, "เชียงใหม่", "10"]
    columns = {"AGE": ("birth_date", ("age", "2026-07-15")), "SEX": ("sex", {1: "male", 2: "female"}), "PROV": "home_province"}
    result = sitthi.tally(found.table, on="2026-11-22", columns=columns, no_answer=found.no_answer, weights="W", jobs=1)
    assert result.errors.total == 0 and result.no_answers == {"AGE": 2, "SEX": 1}
    assert files.read(stata).labels["SEX"][2] == "หญิง"
    told = command(*mapped, spss, "--ignore")
    assert told.returncode == 0 and "AGE 2, SEX 1" in told.stderr.decode(), told.stderr.decode()
    broken = tmp_path / "broken.sav"
    broken.write_bytes(spss.read_bytes()[:100])
    with pytest.raises(files.FileError, match="SPSS|file"):
        files.read(broken)


def test_a_labour_force_file_becomes_a_weighted_table_as_the_readme_says(tmp_path):
    readme = (Path(__file__).resolve().parents[2] / "bindings-python/README.md").read_text(encoding="utf-8")
    lines = re.search(r"```python\n(from sitthi import files, law\n.*?)```", readme, re.S)[1]
    assert len(lines.strip().splitlines()) <= 10
    dice, rows = random.Random(20261122), 200_000
    frame = {
        "REG": [dice.randint(1, 5) for _ in range(rows)], "CWT": [dice.choice([10, 20, 50, 40, 83]) for _ in range(rows)], "YR": [69] * rows,
        "AGE": [dice.choice([*range(15, 80), 99]) for _ in range(rows)], "SEX": [dice.choice([1, 2, 9]) for _ in range(rows)],
        "STATUS": [dice.choice([1, 2, 3, 4, 5, 6, 6, 6, 7, 8, 9]) for _ in range(rows)], "PSU_NO": [dice.randint(1, 900) for _ in range(rows)],
    }
    frame["JOBS"] = [dice.choice([0, 1, 1, 1]) for _ in range(rows)]
    frame["WGT"] = [dice.randint(50, 900) / 2 for _ in range(rows)]
    pyreadstat.write_sav(pl.DataFrame(frame), str(tmp_path / "lfs.sav"), missing_ranges={"AGE": [99], "SEX": [9]})
    before = Path.cwd()
    try:
        os.chdir(tmp_path)
        said = {}
        exec(lines, said)
    finally:
        os.chdir(before)
    table, weights = said["table"].to_polars(), sum(frame["WGT"])
    assert said["table"].errors.total == 0
    assert said["table"].no_answers == {"AGE": frame["AGE"].count(99), "SEX": frame["SEX"].count(9), "STATUS": frame["STATUS"].count(9)}
    assert set(table["REG"]) == {1, 2, 3, 4, 5}
    sums = table.filter(pl.col("scheme") == "ucs")
    assert sums["rows"].sum() == rows and sums["weight"].sum() == weights
