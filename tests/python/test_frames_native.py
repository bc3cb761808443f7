"""Frames of every library in and out of the compiled engine, and rows equal to single decisions."""

import datetime
from decimal import Decimal

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import sitthi
from sitthi import synth

ON = datetime.date(2023, 7, 1)
PEOPLE = {
    "nationality": ["thai", "thai", None, "not_thai"],
    "birth_date": [datetime.date(1984, 5, 10), datetime.date(1958, 1, 10), datetime.date(2000, 2, 29), None],
    "job.insured_33": [True, False, None, False],
    "job.monthly_wage": [15000, 9000, None, 12000],
    "home_province": ["10", "50", "90", None],
}


def rows(result):
    return pa.table(result).to_pylist()


def person(row):
    """One row of a frame as the facts of one worker."""
    facts, job = {}, {"main": True}
    for name, value in row.items():
        if value is None:
            continue
        head, _, rest = name.partition(".")
        if head == "job":
            job[rest] = value
        elif rest:
            facts.setdefault(head, {})[rest] = value
        else:
            facts[name] = value
    return {**facts, "jobs": [job]}


def table():
    return pa.table(PEOPLE)


def expected():
    law = sitthi.law(ON)
    return [law.statuses(person(row)) for row in table().to_pylist()]


def test_every_row_is_what_a_single_decision_says():
    frame = synth.synthetic_workers(500, seed=11, missing=0.1)
    law = sitthi.law(ON)
    facts = frame.drop_columns(list(synth.EXTRA_COLUMNS)).to_pylist()
    got = rows(sitthi.assess_frame(frame, on=ON, unknown="ignore", jobs=1))
    for number, row in enumerate(facts):
        assert got[number] == law.statuses(person(row)), (number, row)


def test_every_library_gives_and_takes_frames():
    want = expected()
    frames = {
        "pyarrow": table(),
        "batch": table().to_batches()[0],
        "polars": pl.DataFrame(PEOPLE),
        "pandas": pd.DataFrame(PEOPLE).astype({"job.insured_33": "boolean", "job.monthly_wage": "Int64"}),
        "pandas on arrow": table().to_pandas(types_mapper=pd.ArrowDtype),
    }
    for name, frame in frames.items():
        assert rows(sitthi.assess_frame(frame, on=ON, jobs=1)) == want, name
    people = table()  # noqa: F841 (found by name)
    relation = duckdb.sql("select * from people")
    assert rows(sitthi.assess_frame(relation, on=ON, jobs=1)) == want, "duckdb"


def test_the_result_goes_into_every_library():
    result = sitthi.assess_frame(table(), on=ON, jobs=1)
    want = expected()
    assert pl.DataFrame(result).to_dicts() == want
    assert result.to_polars().to_dicts() == want
    assert result.to_pandas().to_dict("records") == want
    assert pd.DataFrame.from_arrow(result).to_dict("records") == want
    assert [dict(zip(want[0], row, strict=True)) for row in duckdb.sql("select * from result").fetchall()] == want
    assert rows(result) == want, "it can be taken more than once"
    assert pa.table(result).schema.field("sso_33").type == pa.dictionary(pa.int8(), pa.string())


def test_slices_chunks_and_dictionaries_change_nothing():
    want = expected()
    whole = pa.concat_tables([table()] * 5)
    assert len(whole["nationality"].chunks) == 5
    assert rows(sitthi.assess_frame(whole, on=ON, jobs=1)) == want * 5
    for start, length in ((0, 3), (1, 3), (3, 9), (13, 5)):
        part = whole.combine_chunks().slice(start, length)
        assert rows(sitthi.assess_frame(part, on=ON, jobs=1)) == (want * 5)[start : start + length]
        for batch in part.to_batches():
            assert rows(sitthi.assess_frame(batch, on=ON, jobs=1)) == (want * 5)[start : start + length]
    struct = whole.combine_chunks().to_struct_array().chunk(0).slice(5, 7)
    assert rows(sitthi.assess_frame(pa.RecordBatch.from_struct_array(struct), on=ON, jobs=1)) == (want * 5)[5:12]
    for kind in (pa.int8(), pa.int16(), pa.int32()):
        made = table().set_column(0, "nationality", table()["nationality"].cast(pa.dictionary(kind, pa.string())))
        assert rows(sitthi.assess_frame(made, on=ON, jobs=1)) == want
    # Chunks with dictionaries of their own.
    one = pa.table({**PEOPLE, "nationality": pa.array(PEOPLE["nationality"]).dictionary_encode()})
    two = one.slice(2).set_column(0, "nationality", one.slice(2)["nationality"].combine_chunks().cast(pa.string()).dictionary_encode())
    assert rows(sitthi.assess_frame(pa.concat_tables([one, two]), on=ON, jobs=1)) == want + want[2:]


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.string_view(), pa.date32(), pa.date64(), pa.timestamp("s"), pa.timestamp("us"), pa.timestamp("ns")])
def test_days_of_every_type(kind):
    days = table()["birth_date"]
    made = days.cast(pa.string()).cast(kind) if "string" in str(kind) else days.cast(kind)
    assert rows(sitthi.assess_frame(table().set_column(1, "birth_date", made), on=ON, jobs=1)) == expected()


@pytest.mark.parametrize("kind", [pa.int16(), pa.uint16(), pa.int32(), pa.uint32(), pa.int64(), pa.uint64(), pa.float32(), pa.float64(), pa.decimal128(30, 2), pa.decimal128(30, 4), pa.decimal128(30, 0), pa.string()])
def test_money_of_every_type(kind):
    made = table()["job.monthly_wage"].cast(kind)
    result = sitthi.assess_frame(table().set_column(3, "job.monthly_wage", made), on=ON, jobs=1)
    assert rows(result) == expected() and not result.errors


def test_a_column_of_nulls_is_a_column_of_unknown_facts():
    made = table().append_column("sex", pa.nulls(4)).append_column("s33_months", pa.nulls(4, pa.int32()))
    assert rows(sitthi.assess_frame(made, on=ON, jobs=1)) == expected()


def test_no_rows_and_no_columns():
    assert len(sitthi.assess_frame(table().slice(0, 0), on=ON)) == 0
    assert pa.table(sitthi.assess_frame(table().slice(0, 0), on=ON)).num_rows == 0
    assert pl.DataFrame(sitthi.assess_frame(pl.DataFrame(PEOPLE).clear(), on=ON)).height == 0


def test_names_codes_and_years_of_a_survey_are_mapped():
    survey = pa.table(
        {
            "NAT": [1, 1, 2, 9],
            "YOB": [2527, 2501, 2543, None],
            "CWT": ["กรุงเทพมหานคร", "จังหวัดเชียงใหม่", "Songkhla", None],
            "STATUS": [5, 4, 1, 1],
            "WGT": [1.5, 2.0, 1.0, 0.25],
        }
    )
    columns = {
        "NAT": ("nationality", {1: "thai", 2: "not_thai", 9: None}),
        "YOB": ("birth_date", "be_year"),
        "CWT": ["home_province", "job.province"],
        "STATUS": ("job.for_wages", {4: True, 5: True, ...: False}),
    }
    result = sitthi.assess_frame(survey, on=ON, columns=columns, carry="WGT", jobs=1)
    got = pa.table(result)
    assert got["WGT"].to_pylist() == [1.5, 2.0, 1.0, 0.25]
    law = sitthi.law(ON)
    people = [
        {"nationality": "thai", "birth_date": "1984", "home_province": "10", "jobs": [{"province": "10", "for_wages": True, "main": True}]},
        {"nationality": "thai", "birth_date": "1958", "home_province": "50", "jobs": [{"province": "50", "for_wages": True, "main": True}]},
        {"nationality": "not_thai", "birth_date": "2000", "home_province": "90", "jobs": [{"province": "90", "for_wages": False, "main": True}]},
        {"jobs": [{"for_wages": False, "main": True}]},
    ]
    assert got.drop_columns(["WGT"]).to_pylist() == [law.statuses(one) for one in people]
    unmapped = sitthi.assess_frame(survey, on=ON, columns={**columns, "NAT": ("nationality", {1: "thai", 2: "not_thai"})}, unknown="ignore")
    assert [(error.row, error.fact, error.value) for error in unmapped.errors] == [(3, "nationality", "9")]


def test_a_day_for_each_row():
    days = [datetime.date(2012, 1, 1), datetime.date(2023, 7, 1), datetime.date(2026, 1, 1), None]
    for kind, reader in ((pa.date32(), None), (pa.timestamp("ms"), None), (pa.string(), None)):
        made = table().append_column("asked", pa.array(days, pa.date32()).cast(kind) if kind != pa.string() else pa.array([d and str(d) for d in days]))
        result = sitthi.assess_frame(made, on="asked", jobs=1)
        for row, (day, facts) in enumerate(zip(days, table().to_pylist(), strict=True)):
            want = dict.fromkeys(result.columns) if day is None else sitthi.law(day).statuses(person(facts))
            assert rows(result)[row] == want
        assert [(error.row, error.fact) for error in result.errors] == [(3, "on")]
    assert result.on is None


def test_a_day_before_the_files_begin_is_undetermined():
    result = sitthi.assess_frame(table(), on="1990-01-01", jobs=1)
    law = sitthi.law("1990-01-01")
    # The third was born later, which is refused of one person.
    want = [dict.fromkeys(result.columns) if row == 2 else law.statuses(person(facts)) for row, facts in enumerate(table().to_pylist())]
    assert rows(result) == want
    with pytest.raises(sitthi.SitthiError) as caught:
        law.statuses(person(table().to_pylist()[2]))
    assert caught.value.code == "contradiction"
    (error,) = result.errors
    assert (error.row, error.fact, error.value) == (2, "birth_date", "2000-02-29") and "`on`" in error.reason


def test_bad_rows_are_named_and_the_others_assessed():
    made = pa.table({**PEOPLE, "birth_date": ["1984-05-10", "2019-02-29", "x", None], "job.monthly_wage": [15000.0, 9000.0, -1.0, 0.001], "home_province": ["10", "ภูเก็ต", "00", None]})
    result = sitthi.assess_frame(made, on=ON, jobs=1)
    assert rows(result)[0] == expected()[0] and all(rows(result)[row] == dict.fromkeys(result.columns) for row in (1, 2, 3))
    found = {(error.row, error.fact, error.value) for error in result.errors}
    assert {(1, "birth_date", "2019-02-29"), (2, "birth_date", "x"), (2, "home_province", "00"), (2, "job.monthly_wage", "-1"), (3, "job.monthly_wage", "0.001")} <= found
    assert str(result.errors[0]).startswith("row 1: `birth_date` cannot be `2019-02-29`: ")
    again = pa.table(sitthi.tally(made, on=ON, jobs=1)).to_pylist()
    assert {line["rows"] for line in again if line["status"] == "not_assessed"} == {3}
    assert sum(line["rows"] for line in again if line["scheme"] == "sso_33") == 4


@pytest.mark.parametrize(
    ("column", "values", "said"),
    [
        ("birth_date", [1, 2, 3, 4], "whole numbers"),
        ("nationality", [1.5, 2.0, 3.0, None], "floats"),
        ("job.insured_33", ["yes", "no", None, "no"], "text"),
        ("job.insured_33", [1, 0, None, 0], "whole numbers"),
        ("s33_months", ["a", "b", "c", None], "text"),
        ("job.monthly_wage", [True, False, None, True], "booleans"),
        ("nationality", [[1], [2], [3], None], "a type that is not read"),
    ],
)
def test_a_wrong_type_is_a_typed_error(column, values, said):
    with pytest.raises(sitthi.SitthiError, match=said) as caught:
        sitthi.assess_frame(pa.table({**PEOPLE, column: values}), on=ON)
    assert (caught.value.code, caught.value.field) == ("wrong_type", column) and caught.value.expected
    assert caught.value.value.startswith("values of") or "(" not in caught.value.value, "no letters of Arrow's where words do"


def test_columns_that_are_no_facts_are_named_or_carried():
    made = table().append_column("natoinality", pa.array(list("abcd"))).append_column("list", pa.array([[1], [2, 3], [], None]))
    with pytest.raises(sitthi.UnknownColumnError, match=r"`natoinality` \(did you mean `nationality`\?\), `list`"):
        sitthi.assess_frame(made, on=ON)
    assert sitthi.assess_frame(made, on=ON, unknown="ignore").ignored == ("natoinality", "list")
    for whole in (made, pa.concat_tables([made, made.slice(1, 2)])):
        carried = pa.table(sitthi.assess_frame(whole, on=ON, carry=True))
        assert carried["list"].to_pylist() == whole["list"].to_pylist() and carried["natoinality"].to_pylist() == whole["natoinality"].to_pylist()
    assert "list" in pl.DataFrame(sitthi.assess_frame(made, on=ON, carry=True)).columns
    with pytest.raises(sitthi.UnknownColumnError, match="`nope`"):
        sitthi.assess_frame(made, on=ON, carry=["nope"], unknown="ignore")


def test_facts_that_nothing_tells_are_named():
    result = sitthi.assess_frame(table(), on=ON)
    assert "member.sso_39" in result.unknown_facts and "job.employer" in result.unknown_facts and "nationality" not in result.unknown_facts
    told = sitthi.assess_frame(table(), on=ON, facts={"member.sso_39": False, "job.employer": "company"})
    assert not {"member.sso_39", "job.employer"} & set(told.unknown_facts)


def test_constants_are_facts_of_every_row():
    law = sitthi.law(ON)
    result = sitthi.assess_frame(table(), on=ON, facts={"member.sso_39": False, "s33_end_cause": "none", "survey_month": "2023-07"}, jobs=1)
    more = {"member": {"sso_39": False}, "s33_end_cause": "none", "survey_month": "2023-07"}
    assert rows(result) == [law.statuses({**person(row), **more}) for row in table().to_pylist()]
    with pytest.raises(sitthi.SitthiError, match="company"):
        sitthi.assess_frame(table(), on=ON, facts={"job.employer": "compny"})


def test_second_jobs_and_paid_months():
    made = table().append_column("job_2.insured_33", pa.array([None, True, None, None])).append_column("paid_months.sso_33.in_15", pa.array([12, 3, None, 0]))
    made = made.append_column("more", pa.array([False, True, None, False]))
    law = sitthi.law(ON)
    result = rows(sitthi.assess_frame(made, on=ON, jobs="more"))
    for row, (facts, second) in enumerate(zip(table().to_pylist(), (False, True, None, False), strict=True)):
        one = person(facts)
        paid = made["paid_months.sso_33.in_15"].to_pylist()[row]
        one["paid_months"] = {"sso_33": {"in_15": paid}} if paid is not None else {}
        if second:
            one["jobs"].append({"insured_33": True, "main": False})
        if second is not None:
            assert result[row] == law.statuses(one), row


def test_missing_facts_and_clauses_on_request():
    result = pa.table(sitthi.assess_frame(table(), on=ON, jobs=1, missing=True, clauses=["sso_40.at_least_15", "sso_33.insured"]))
    law = sitthi.law(ON)
    for row, facts in enumerate(table().to_pylist()):
        decision = law.assess(person(facts))
        for scheme in decision:
            said = result[f"{scheme.scheme}.missing"].to_pylist()[row]
            want = {one.fact for one in scheme.missing} if scheme.status == "undetermined" else set()
            assert set(said.split(", ") if said else ()) == want - {""}, scheme
        assert result["sso_33.insured"].to_pylist()[row] == {rule.rule: rule.verdict for rule in decision["sso_33"].rules}["insured"]
    assert result["sso_40.at_least_15"].to_pylist() == ["met", "met", "met", "undetermined"]
    with pytest.raises(sitthi.SitthiError, match="at_least_15"):
        sitthi.assess_frame(table(), on=ON, clauses=["sso_40.at_least_16"])


def test_a_tally_counts_and_weighs_by_group():
    frame = synth.synthetic_workers(3000, seed=5)
    statuses = pl.concat([pl.DataFrame(sitthi.assess_frame(frame, on=ON, unknown="ignore", jobs=1)), pl.DataFrame(frame).select("region", "sex", "weight")], how="horizontal")
    lines = pl.DataFrame(sitthi.tally(frame, on=ON, by=["region", "sex"], weights="weight", jobs=1, unknown="ignore"))
    for scheme in ("sso_33", "sso_40_1", "ucs"):
        want = statuses.group_by("region", "sex", pl.col(scheme).alias("status")).agg(pl.len().alias("rows"), pl.col("weight").sum()).cast({"region": str, "sex": str, "status": str}).sort("region", "sex", "status")
        got = lines.filter(pl.col("scheme").cast(str) == scheme).cast({"region": str, "sex": str, "status": str}).sort("region", "sex", "status")
        assert got["rows"].to_list() == want["rows"].to_list()
        assert got["weight"].to_list() == pytest.approx(want["weight"].to_list(), rel=1e-9)
    again = pl.DataFrame(sitthi.tally(frame, on=ON, by=["region", "sex"], weights="weight", jobs=1, threads=1, unknown="ignore"))
    assert again.equals(lines), "the number of threads changes nothing"
    with pytest.raises(sitthi.UnknownColumnError, match="did you mean `region`"):
        sitthi.tally(frame, on=ON, by="regoin")
    whole = pa.table(sitthi.tally(frame, on=ON, unknown="ignore")).to_pylist()
    assert sum(line["rows"] for line in whole if line["scheme"] == "ucs") == 3000


def test_progress_is_told_and_can_stop():
    frame = synth.synthetic_workers(200_000, seed=2)
    said = []
    sitthi.assess_frame(frame, on=ON, unknown="ignore", progress=lambda done, total: said.append((done, total)))
    assert said and said[-1] == (200_000, 200_000)

    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sitthi.assess_frame(frame, on=ON, unknown="ignore", progress=stop)


def test_what_is_no_frame_is_said():
    with pytest.raises(sitthi.SitthiError, match="polars"):
        sitthi.assess_frame([{"sex": "male"}], on=ON)
    with pytest.raises(sitthi.SitthiError, match="single column"):
        sitthi.assess_frame(pl.Series("sex", ["male"]), on=ON)


def test_values_of_numbers_are_exact():
    made = pa.table({**PEOPLE, "job.monthly_wage": pa.array([Decimal("15000.50"), Decimal("0.001"), None, Decimal("1")], pa.decimal128(12, 3))})
    result = sitthi.assess_frame(made, on=ON)
    assert [(error.row, error.fact) for error in result.errors] == [(1, "job.monthly_wage")]


INDEXED = pd.DataFrame({"nationality": ["thai", "not_thai", "thai", None], "k": [1, 2, 5, 9]})


@pytest.mark.parametrize(
    "frame",
    [
        INDEXED[INDEXED.k.isin([1, 2, 9])][["nationality"]],
        INDEXED.sample(4, random_state=1)[["nationality"]],
        INDEXED.set_index("k"),
        INDEXED.set_index(INDEXED.k.astype(str).rename("label"))[["nationality"]],
        INDEXED.set_index(["k", pd.Index(list("abcd"))])[["nationality"]],
        pa.Table.from_pandas(INDEXED.set_index("k")),
    ],
    ids=["filtered", "shuffled", "named", "labelled", "of two", "through pyarrow"],
)
def test_the_index_of_pandas_is_no_column(frame):
    plain = [{"nationality": value if isinstance(value, str) else None} for value in pa.table(frame)["nationality"].to_pylist()]
    law = sitthi.law(ON)
    result = sitthi.assess_frame(frame, on=ON, jobs=0)
    assert rows(result) == [law.statuses({**one, "jobs": []}) for one in plain] and result.ignored == ()
    assert sitthi.tally(frame, on=ON).ignored == ()
    assert sitthi.assess_frame(frame, on=ON, carry=True).columns == result.columns


def test_the_index_of_pandas_is_a_column_where_that_is_said():
    frame = INDEXED.set_index("k")
    assert len(pa.table(sitthi.tally(frame, on=ON, by="k"))) >= 4
    assert pa.table(sitthi.assess_frame(frame, on=ON, carry="k"))["k"].to_pylist() == [1, 2, 5, 9]
    mapped = sitthi.assess_frame(frame, on=ON, columns={"k": ("sex", {1: "male", 2: "female", ...: None})})
    assert "sex" not in mapped.unknown_facts
    assert "nationality" not in sitthi.assess_frame(INDEXED[["nationality"]].assign(sex=["male"] * 4).set_index("nationality"), on=ON).unknown_facts


def test_whole_floats_are_whole_numbers_and_nan_is_unknown():
    """To pandas a column of whole numbers with a gap is one of floats."""
    nan = float("nan")
    columns = {"YOB": ("birth_date", "be_year")}
    whole = pl.DataFrame({"YOB": [2527, 2501, None], "home_province": ["10", "50", None], "s33_months": [3, 12, None], "job.monthly_wage": [15000, 9000, None]})
    want = rows(sitthi.assess_frame(whole, on=ON, columns=columns, jobs=1))
    floats = {"YOB": [2527.0, 2501.0, nan], "home_province": [10.0, 50.0, nan], "s33_months": [3.0, 12.0, nan], "job.monthly_wage": [15000.0, 9000.0, nan]}
    for frame in (pd.DataFrame(floats), pl.DataFrame(floats), pa.table(floats), pl.DataFrame(floats).cast(pl.Float32)):
        result = sitthi.assess_frame(frame, on=ON, columns=columns, jobs=1)
        assert not result.errors and rows(result) == want, type(frame)
    bad = sitthi.assess_frame(pl.DataFrame({"YOB": [2507.5, 2527.0, 1e300], "home_province": [10.0, 10.5, 10.0]}), on=ON, columns=columns)
    assert [(error.row, error.fact, error.value[:6]) for error in bad.errors] == [(0, "birth_date", "2507.5"), (1, "home_province", "10.5"), (2, "birth_date", "x-xxxx")], "a number of 13 digits and more is masked"
    mapped = sitthi.assess_frame(pl.DataFrame({"SEX": [1.0, 2.0, nan]}), on=ON, columns={"SEX": ("sex", {1: "male", ...: "female"})})
    assert not mapped.errors


def test_a_value_outside_a_map_is_an_error_of_its_row():
    survey = pa.table({"SEX": [1, 2, 9, None, 9], "YOB": [2527, 2501, 2527, 2527, 2527]})
    columns = {"SEX": ("sex", {1: "male", 2: "female"}), "YOB": ("birth_date", "be_year")}
    result = sitthi.assess_frame(survey, on=ON, columns=columns, jobs=1)
    law = sitthi.law(ON)
    want = [law.statuses({**({"sex": sex} if sex else {}), "birth_date": born, "jobs": [{"main": True}]}) for sex, born in (("male", "1984"), ("female", "1958"), (None, "1984"), (None, "1984"))]
    nothing = dict.fromkeys(result.columns)
    assert rows(result) == [want[0], want[1], nothing, want[3], nothing]
    assert [(error.row, error.fact, error.value) for error in result.errors] == [(2, "sex", "9"), (4, "sex", "9")]
    said = str(result.errors[0])
    assert all(part in said for part in ("row 2", "`SEX`", "1, 2", "`None` for no answer", "`...` for all others"))
    for cure in ({1: "male", 2: "female", 9: None}, {1: "male", 2: "female", ...: None}):
        assert not sitthi.assess_frame(survey, on=ON, columns={**columns, "SEX": ("sex", cure)}).errors
    lines = pa.table(sitthi.tally(survey, on=ON, columns=columns)).to_pylist()
    assert {line["rows"] for line in lines if line["status"] == "not_assessed"} == {2}


@pytest.mark.parametrize("weights", [[1.0, None, 2.5, -1.0], [1, None, 2, -1], [1.0, float("nan"), 2.5, float("inf")]])
def test_a_row_without_a_weight_is_told_and_weighs_nothing(weights):
    table = sitthi.tally(pa.table({**PEOPLE, "w": weights}), on=ON, weights="w", jobs=1)
    assert [(error.row, error.fact) for error in table.errors] == [(1, "w"), (3, "w")]
    assert "weight was expected" in str(table.errors[0])
    lines = [line for line in pa.table(table).to_pylist() if line["scheme"] == "sso_33"]
    assert sum(line["rows"] for line in lines) == 4 and sum(line["weight"] for line in lines) == weights[0] + weights[2]
    assert [(line["rows"], line["weight"]) for line in lines if line["status"] == "not_assessed"] == [(2, 0.0)]
    with pytest.raises(sitthi.SitthiError, match="weights: numbers"):
        sitthi.tally(pa.table({**PEOPLE, "w": list("abcd")}), on=ON, weights="w")


def test_a_second_job_that_may_be_is_said():
    for call in (sitthi.assess_frame, sitthi.tally):
        open_ended = call(table(), on=ON)
        assert "job_2.employer" in open_ended.unknown_facts and "job_2.for_wages" in open_ended.unknown_facts
        assert len(open_ended.hints) == 1 and "`jobs=1`" in open_ended.hints[0] and "`job_2.*`" in open_ended.hints[0]
    assert "jobs=" in repr(sitthi.assess_frame(table(), on=ON))
    one = sitthi.assess_frame(table(), on=ON, jobs=1)
    assert one.hints == () and not any(fact.startswith("job_2.") for fact in one.unknown_facts)
    assert set(open_ended.unknown_facts) > set(one.unknown_facts)
    none = sitthi.assess_frame(pa.table({"nationality": ["thai"]}), on=ON, jobs=0)
    assert not any(fact.startswith("job") for fact in none.unknown_facts)
    more = sitthi.assess_frame(table().append_column("more", pa.array([True, False, None, True])), on=ON, jobs="more")
    assert more.hints == () and "job_2.employer" in more.unknown_facts


def test_no_column_goes_out_under_a_name_of_the_answers():
    made = table().append_column("sso_33", pa.array(list("abcd")))
    for carry in (True, ["sso_33"]):
        with pytest.raises(sitthi.FrameError, match="`sso_33` cannot be carried") as caught:
            sitthi.assess_frame(made, on=ON, carry=carry)
        assert (caught.value.code, caught.value.field) == ("column_twice", "sso_33") and caught.value.expected
    assert sitthi.assess_frame(made, on=ON, unknown="ignore").ignored == ("sso_33",)
    with pytest.raises(sitthi.FrameError, match=r"sso_33\.missing"):
        sitthi.assess_frame(made.rename_columns([*PEOPLE, "sso_33.missing"]), on=ON, carry=True, missing=True)
    with pytest.raises(sitthi.FrameError, match="`status`"):
        sitthi.tally(made.rename_columns([*PEOPLE, "status"]), on=ON, by="status")


def test_what_gives_its_rows_once_keeps_them_until_its_columns_fit():
    whole = table().append_column("weight", pa.array([1.0, 2.0, 3.0, 4.0]))
    once = pa.RecordBatchReader.from_batches(whole.schema, whole.to_batches())
    with pytest.raises(sitthi.UnknownColumnError):
        sitthi.assess_frame(once, on=ON, jobs=1)
    assert rows(sitthi.assess_frame(once, on=ON, jobs=1, unknown="ignore")) == expected()


def test_a_frame_that_is_not_there_yet_is_to_be_collected():
    with pytest.raises(sitthi.SitthiError, match=r"\.collect\(\)"):
        sitthi.assess_frame(pl.DataFrame(PEOPLE).lazy(), on=ON)


def test_a_column_of_days_that_is_not_there_is_named_with_the_nearest():
    frame = pa.table({"nationality": ["thai"], "asked_on": ["24/11/2569"]})
    with pytest.raises(sitthi.UnknownColumnError) as caught:
        sitthi.assess_frame(frame, on=("asked_no", "thai_date"))
    assert (caught.value.code, caught.value.field, caught.value.nearest) == ("unknown_column", "asked_no", "asked_on")


def test_a_tally_refuses_the_columns_that_assess_frame_refuses():
    misspelt = table().rename_columns(["nationalty", *list(PEOPLE)[1:]])
    for call in (sitthi.assess_frame, sitthi.tally):
        with pytest.raises(sitthi.UnknownColumnError, match="did you mean `nationality`"):
            call(misspelt, on=ON, jobs=1)
        assert call(misspelt, on=ON, jobs=1, unknown="ignore").ignored == ("nationalty",)
    grouped = table().append_column("region", pa.array(list("aabb"))).append_column("more", pa.array([1, 2, 3, 4]))
    with pytest.raises(sitthi.UnknownColumnError, match="`more`"):
        sitthi.tally(grouped, on=ON, by="region", jobs=1)
    assert sitthi.tally(grouped, on=ON, by=["region", "more"], jobs=1).ignored == ()


def test_groups_come_out_as_they_came_in():
    columns = {
        "id": pa.array([2**64 - 1, 2**63, 2**64 - 1, None], pa.uint64()),
        "small": pa.array([3, -1, 3, None], pa.int8()),
        "half": pa.array([0.5, 1.5, 0.5, None], pa.float32()),
        "so": pa.array([True, False, True, None]),
        "at": pa.array([datetime.datetime(2026, 11, 22, 7, 30), datetime.datetime(2026, 11, 22, 8), datetime.datetime(2026, 11, 22, 7, 30), None], pa.timestamp("ms")),
        "day": pa.array([datetime.date(2026, 1, 2), datetime.date(2025, 1, 2), datetime.date(2026, 1, 2), None]),
        "word": pa.array(["b", "a", "b", None]),
        "view": pa.array(["b", "a", "b", None], pa.string_view()),
        "twice": pa.DictionaryArray.from_arrays(pa.array([0, 1, 2, 3], pa.int8()), pa.array(["b", "a", "b", None])),
        "numbers": pa.DictionaryArray.from_arrays(pa.array([0, 1, 2, None], pa.int32()), pa.array([70, 7, 70], pa.int16())),
    }
    for name, values in columns.items():
        frame = table().append_column(name, values)
        found = pa.table(sitthi.tally(frame, on=ON, by=name, jobs=1))
        first = [line for line in found.to_pylist() if line["scheme"] == "sso_33"]
        groups = {}
        for line in first:
            groups[line[name]] = groups.get(line[name], 0) + line["rows"]
        b, a, _, _ = values.to_pylist()
        assert groups == {None: 1, a: 1, b: 2} and list(groups)[0] is None, name
        plain = values.type.value_type if pa.types.is_dictionary(values.type) else values.type
        said = found.schema.field(name).type
        assert said == (pa.dictionary(pa.int32(), pa.string()) if name in ("word", "view", "twice") else plain), name


def test_many_groups_of_two_wide_columns_take_the_memory_of_those_that_occur():
    count = 100_000
    frame = pa.table({"nationality": ["thai"] * count, "a": pa.array(range(count)), "b": pa.array([(7 * number) % count for number in range(count)])})
    found = pa.table(sitthi.tally(frame, on=ON, by=["a", "b"], of=["sso_40.at_least_15"], jobs=0))
    assert found.num_rows == count and found["rows"].to_pylist() == [1] * count
    assert found["a"].to_pylist() == list(range(count)) and found["b"].to_pylist() == [(7 * number) % count for number in range(count)]


def test_weighted_sums_are_the_same_bytes_for_any_number_of_threads():
    frame = synth.synthetic_workers(20_000, seed=5)
    frame = frame.append_column("w", pa.array([(number * 7919 % 10_007) / 10.0 ** (number % 13) for number in range(20_000)]))
    frame = frame.append_column("wide", frame["weight"])
    for by in (["region"], ["region", "wide"]):
        asked = dict(on=ON, by=by, weights="w", jobs=1, unknown="ignore")
        want = pa.table(sitthi.tally(frame, **asked, threads=1))
        assert all(pa.table(sitthi.tally(frame, **asked, threads=threads)).equals(want) for threads in (2, 3, 7))


def test_before_a_scheme_answers_a_row_is_undetermined_as_one_person_is():
    frame = pa.table({"nationality": ["thai"] * 3, "birth_date": ["1984-05-10", "1960", "1990-01"], "asked": ["1999-01-01", "2010-06-01", "2026-11-22"]})
    by_row = rows(sitthi.assess_frame(frame, on="asked", jobs=0))
    for number, row in enumerate(frame.to_pylist()):
        facts = {"nationality": row["nationality"], "birth_date": row["birth_date"], "jobs": []}
        assert by_row[number] == sitthi.law(row["asked"]).statuses(facts)
        assert rows(sitthi.law(row["asked"]).assess_frame(frame.drop_columns("asked"), jobs=0))[number] == by_row[number]
    assert set(by_row[0].values()) == {"undetermined"}


def test_the_law_of_a_day_answers_frames_of_schemes_definitions_and_clauses():
    law = sitthi.law(ON)
    assert rows(law.assess_frame(table(), jobs=1)) == rows(sitthi.assess_frame(table(), on=ON, jobs=1)) == expected()
    assert pa.table(law.tally(table(), jobs=1)).equals(pa.table(sitthi.tally(table(), on=ON, jobs=1)))
    classified = [law.classify(person(row)) for row in table().to_pylist()]
    found = law.assess_frame(table(), of="definitions", jobs=1, missing=True)
    got = pa.table(found)
    assert found.columns[: len(classified[0].verdicts)] == tuple(classified[0].verdicts) == sitthi.Rulebook.built_in().definitions
    for row, one in enumerate(classified):
        assert {name: got[name].to_pylist()[row] for name in one.verdicts} == one.verdicts
        for definition in (*one.definitions, *one.standards):
            told = got[f"{definition.rule}.missing"].to_pylist()[row]
            assert set(told.split(", ") if told else ()) == ({fact.fact for fact in definition.missing} if definition.verdict == "undetermined" else set())
    lines = pa.table(law.tally(table(), of="definitions", jobs=1)).to_pylist()
    assert list(lines[0]) == ["definition", "verdict", "rows"]
    for name in classified[0].verdicts:
        counted = {line["verdict"]: line["rows"] for line in lines if line["definition"] == name}
        assert counted == {verdict: [one.verdicts[name] for one in classified].count(verdict) for verdict in counted} and sum(counted.values()) == 4
    clauses = pa.table(law.tally(table(), of=["sso_40.at_least_15"], jobs=1)).to_pylist()
    assert clauses == [{"clause": "sso_40.at_least_15", "verdict": "met", "rows": 3}, {"clause": "sso_40.at_least_15", "verdict": "undetermined", "rows": 1}]
    with pytest.raises(sitthi.SitthiError, match="definitions"):
        law.assess_frame(table(), of="definition")


def test_what_cannot_be_read_is_an_error_and_never_unknown_in_silence():
    broken = pa.Array.from_buffers(pa.string(), 2, [None, pa.py_buffer(b"\0\0\0\0\x04\0\0\0\x06\0\0\0"), pa.py_buffer(b"thai\xa1\xc3")])
    result = sitthi.assess_frame(pa.table({"nationality": broken}), on=ON, jobs=1)
    assert [(error.row, error.fact, error.value) for error in result.errors] == [(1, "nationality", r"\xa1\xc3")] and "UTF-8" in result.errors[0].reason
    far = pa.array([2**40, 86_400], pa.timestamp("s"))
    for days in (far, far.dictionary_encode(), pa.array([10**6, 1], pa.int32()).cast(pa.date32()).dictionary_encode()):
        result = sitthi.assess_frame(pa.table({"birth_date": days}), on=ON, jobs=1)
        assert [(error.row, error.fact) for error in result.errors] == [(0, "birth_date")], days.type
        assert rows(result)[0] == dict.fromkeys(result.columns) and None not in rows(result)[1].values()


def test_errors_of_many_rows_are_counted_and_given_as_a_column():
    count = 200_000
    frame = pa.table({"birth_date": [f"no day {number}" for number in range(count)], "s33_months": pa.array([-1] * count), "sex": ["male"] * (count - 1) + ["mail"]})
    result = sitthi.assess_frame(frame, on=ON, jobs=1, errors=True)
    assert result.errors.total == 2 * count + 1 and len(result.errors) == 1000 and result.errors[999].row == 499
    assert {(one.fact, one.rows) for one in result.errors.counts} == {("birth_date", count), ("s33_months", count), ("sex", 1)}
    column = pa.table(result)["errors"]
    assert column.null_count == 0 and "; sex: it is not a code" in column[count - 1].as_py() and len(column.combine_chunks().unique()) == 2
    assert "and 399,981 more" in str(result.errors)
    none = pa.table(sitthi.assess_frame(table(), on=ON, jobs=1, errors=True))["errors"]
    assert none.to_pylist() == [None] * 4
    with pytest.raises(sitthi.FrameError, match="`errors`"):
        sitthi.assess_frame(table().append_column("errors", pa.array(list("abcd"))), on=ON, carry=True, errors=True)
