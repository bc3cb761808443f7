"""The keys of a map in `columns=`: what each names, and what is refused in words that help."""

import datetime
import enum
from decimal import Decimal

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import sitthi
from sitthi import cli, frames

ON = "2026-11-22"
OLD, YOUNG = "1984-05-10", "2014-01-01"
CLAUSE = "sso_40.at_least_15"


def alone(born):
    return {CLAUSE: {OLD: "met", YOUNG: "unmet", None: "undetermined"}[born]}


def mapped(values, keys):
    return sitthi.assess_frame(pa.table({"NAT": values}), on=ON, of=[CLAUSE], columns={"NAT": ("birth_date", keys)}, jobs=1)


def rows(values, keys):
    result = mapped(values, keys)
    assert not result.errors, result.errors
    return pa.table(result).to_pylist()


class Card(enum.IntEnum):
    THAI = 1


class Word(str, enum.Enum):
    THAI = "1"


class Bare(enum.Enum):
    THAI = 1


DAY = datetime.date(2026, 11, 22)
COLUMNS = {
    "ints": pa.array([1]), "bytes wide": pa.array([1], pa.uint8()), "floats": pa.array([1.0]), "text": pa.array(["1"]), "large text": pa.array(["1"], pa.large_string()),
    "dictionary": pa.array(["1"]).dictionary_encode(), "with a point": pa.array(["1.0"]), "with spaces": pa.array([" 1 "]), OLD: pa.array(["๑"]), "flags": pa.array([True]),
}
KEYS = {
    "int": 1, "float": 1.0, "flag": True, "text": "1", "numpy int": np.int64(1), "numpy small int": np.uint8(1), "numpy float": np.float32(1), "numpy flag": np.bool_(True), "numpy text": np.str_("1"),
    "decimal": Decimal("1.00"), "int of an enum": Card.THAI, "text of an enum": Word.THAI,
}


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
@pytest.mark.parametrize("values", COLUMNS.values(), ids=COLUMNS)
def test_a_key_names_the_value_that_is_the_same_in_another_type(values, key):
    assert rows(values, {key: YOUNG}) == [alone(YOUNG)]
    # Another number is another value.
    assert rows(values, {key: YOUNG, 2: OLD, ...: None}) == [alone(YOUNG)]
    assert len(mapped(values, {2: OLD}).errors) == 1


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ([DAY], "2026-11-22"), ([DAY], "22/11/2569"), ([DAY], pd.Timestamp("2026-11-22")), ([DAY], np.datetime64("2026-11-22")), (["2026-11-22"], DAY), (["22 พ.ย. 2569"], DAY),
        ([datetime.datetime(2026, 11, 22)], DAY), ([True], "yes"), ([True], "TRUE"), (["Yes"], True), (["true"], True), ([False], "no"), (["ไม่ใช่"], False), ([0.5], "0.5"), (["0.50"], 0.5), ([7], "07"),
        (["m"], " m "), ([2**63 + 5], 2**63 + 5), ([str(2**63 + 5)], 2**63 + 5),
    ],
)
def test_days_answers_and_large_numbers_too(values, key):
    column = pa.array(values, pa.uint64()) if values == [2**63 + 5] else pa.array(values)
    assert rows(column, {key: YOUNG}) == [alone(YOUNG)]


EMPTY = {"None": None, "nan": float("nan"), "numpy nan": np.nan, "NaT": pd.NaT, "NA": pd.NA, "decimal nan": Decimal("nan"), "numpy NaT": np.datetime64("NaT")}


@pytest.mark.parametrize("key", EMPTY.values(), ids=EMPTY)
def test_the_key_of_no_value_is_applied(key):
    thai, other, untold = alone(OLD), alone(YOUNG), alone(None)
    for values in (pa.array([1, None, 1]), pa.array([1.0, float("nan"), 1.0]), pa.array(["1", None, "1"]), pa.array(["1", None, "1"]).dictionary_encode(), pa.chunked_array([pa.array([1, None]), pa.array([1])])):
        assert rows(values, {1: OLD, key: YOUNG}) == [thai, other, thai]
        assert rows(values, {1: OLD}) == rows(values, {1: OLD, key: None}) == rows(values, {1: OLD, ...: YOUNG}) == [thai, untold, thai], "others are values"
    assert rows(pa.nulls(2), {key: YOUNG}) == [other, other] and rows(pa.nulls(2), {1: OLD}) == [untold, untold]


def test_pandas_rows_without_a_value_are_named_too():
    for column in ([1, None, 2], ["1", None, "2"], pd.array([1, None, 2], "Int64"), pd.Categorical(["1", None, "2"])):
        frame = pd.DataFrame({"NAT": column})
        result = sitthi.assess_frame(frame, on=ON, of=[CLAUSE], columns={"NAT": ("birth_date", {1: OLD, 2: YOUNG, np.nan: YOUNG})}, jobs=1)
        assert pa.table(result).to_pylist() == [alone(OLD), alone(YOUNG), alone(YOUNG)]


def test_the_key_of_the_columns_own_type_comes_first():
    keys = {1: OLD, "1": YOUNG}
    assert rows([1], keys) == [alone(OLD)] and rows(["1"], keys) == [alone(YOUNG)]
    assert rows(["NO", "no"], {"NO": OLD, "no": YOUNG}) == [alone(OLD), alone(YOUNG)]


@pytest.mark.parametrize(
    ("values", "keys", "said"),
    [
        (["01"], {1: OLD}, r"the text `01`.*the number `1`"),
        (["01"], {"1": OLD, ...: None}, r"the text `01`.*the text `1`"),
        (["1"], {"01": OLD}, r"the text `1`.*the text `01`"),
        ([0], {"0": OLD, "00": YOUNG}, r"the text `0`, the text `00`"),
        ([True], {"true": OLD, "yes": YOUNG}, r"the text `true`, the text `yes`"),
        (["1.0"], {1: OLD, "1": YOUNG}, r"several keys.*the number `1`, the text `1`"),
    ],
)
def test_what_the_keys_do_not_tell_is_refused_in_words(values, keys, said):
    with pytest.raises(sitthi.SitthiError, match=said) as caught:
        mapped(values, keys)
    assert (caught.value.code, caught.value.field) == ("unmapped_value", "NAT") and caught.value.value and "written as in the column" in caught.value.expected
    assert caught.value.message_th
    with pytest.raises(sitthi.SitthiError, match=said):
        frames.resolve(["NAT"], sitthi.facts(), {"NAT": ("birth_date", keys)}).targets[0].map(values[0])


@pytest.mark.parametrize("key", [b"1", np.bytes_(b"1"), 2**70, Bare.THAI, (1, 2), object(), datetime.datetime(2026, 11, 22, 8), datetime.time(8)])
def test_a_key_that_no_column_has_is_refused(key):
    with pytest.raises(sitthi.SitthiError):
        mapped(["x"], {key: OLD, ...: None})


def test_two_keys_that_are_one_are_refused_where_they_differ():
    for first, second in ((None, float("nan")), (DAY, datetime.datetime(2026, 11, 22)), (float("nan"), pd.NaT)):
        with pytest.raises(sitthi.SitthiError, match="the map of column `NAT`") as caught:
            mapped([1], {first: OLD, second: YOUNG, ...: None})
        assert caught.value.code == "unmapped_value"
        assert rows([1], {first: OLD, second: OLD, ...: None}) == [alone(None)]


def test_what_a_map_says_is_checked_also_where_no_row_has_it():
    with pytest.raises(sitthi.SitthiError, match="`b` to `2026-02-30`"):
        sitthi.assess_frame(pa.table({"D": ["a"]}), on=ON, columns={"D": ("birth_date", {"a": "1984-05-10", "b": "2026-02-30"})})
    with pytest.raises(sitthi.SitthiError, match="`...` to `-1`"):
        sitthi.assess_frame(pa.table({"D": ["a"]}), on=ON, columns={"D": ("s33_months", {"a": 1, ...: -1})})


def test_a_target_maps_one_value_as_a_frame_does():
    target = frames.resolve(["NAT"], sitthi.facts(), {"NAT": ("birth_date", {1: OLD, None: YOUNG})}).targets[0]
    assert [target.map(value) for value in (1, "1", 1.0, True, None, float("nan"))] == [OLD] * 4 + [YOUNG] * 2
    with pytest.raises(sitthi.UnmappedValueError):
        target.map(2)
    others = frames.Target("NAT", "birth_date", {1: OLD}, others=(None,))
    assert others.map(2) is None and others.map(None) is None and frames.Target("NAT", "birth_date").map(OLD) == OLD


def test_maps_of_the_command_line_name_no_value_too(tmp_path, capsys):
    (tmp_path / "p.csv").write_text("NAT,n\n1,a\n,b\n1.0,c\n2,d\n", encoding="utf-8")
    (tmp_path / "m.json").write_text('{"NAT": ["job.for_wages", {"1": true, "2": "no", "null": false}]}', encoding="utf-8")
    known = ["nationality=thai", "job.under_command=yes", "job.employer=company", "job.started_on=2010-01-04", "job.insured_33=yes", "birth_date=1984-05-10"]
    told = [f"--constant={one}" for one in known]
    assert cli.main(["classify", "--in", str(tmp_path / "p.csv"), "--columns", str(tmp_path / "m.json"), "--jobs", "1", "--ignore", "--on", ON, *told]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == lines[3] != lines[2] == lines[4]
