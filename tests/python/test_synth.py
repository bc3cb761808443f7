from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pytest
import tomllib

from sitthi import synth

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def workers():
    return synth.synthetic_workers(200_000, seed=3)


def column(table, name):
    return table[name].combine_chunks()


@pytest.mark.parametrize("year", synth.YEARS)
@pytest.mark.parametrize(("rows", "missing"), [(10_000, 0.0), (100_000, 0.05)])
def test_every_published_margin_is_met_within_its_rounding(year, rows, missing):
    table = synth.synthetic_workers(rows, seed=11, year_be=year, missing=missing)
    checked = synth.check_margins(table, year)
    assert len(checked) == len(synth.margins(year))
    assert [row for row in checked if not row["within"]] == []


def test_a_frame_that_is_off_is_found_out(workers):
    index = workers.column_names.index("weight")
    heavier = workers.set_column(index, "weight", pc.multiply(workers["weight"], 1.01))
    off = {row["margin"] for row in synth.check_margins(heavier) if not row["within"]}
    assert {"formality", "informal_by_region", "insured"} <= off
    assert "status_by_sex" not in off, "shares do not change with the scale"


def test_the_region_margins_are_the_published_counts(workers):
    informal = pc.equal(workers["formality"], "informal")
    by_region = workers.filter(informal).select(["region", "weight"])
    by_region = by_region.set_column(0, "region", by_region["region"].cast(pa.string())).group_by("region").aggregate([("weight", "sum")])
    drawn = dict(zip(by_region["region"].to_pylist(), by_region["weight_sum"].to_pylist(), strict=True))
    assert drawn == pytest.approx(
        {"northeast": 7421401, "central": 4918196, "north": 4295682, "south": 2937453, "bangkok": 1384934}, rel=1e-6
    )


def test_margins_name_year_interval_and_source():
    for year in synth.YEARS:
        for row in synth.margins(year):
            assert row["low"] <= row["value"] <= row["high"]
            assert row["source"]
            assert (row["standing"] == "of_the_year") == (row["figure_year"] == year)
    with pytest.raises(ValueError, match="2560.*2562, 2566"):
        synth.margins(2560)


def test_what_is_drawn_says_that_it_is_synthetic(workers):
    said = workers.schema.metadata[b"sitthi.synthetic"].decode()
    assert said == synth.describe(2566)
    assert "no real person" in said and "men by formality of 2565" in said
    assumed = synth.assumptions()
    assert {"formal_by_region", "age_profile", "section_40_options", "wages"} <= {item["id"] for item in assumed}
    assert all(item["text"] for item in assumed)


def test_the_seed_decides_everything():
    one, same, other = (synth.synthetic_workers(5_000, seed) for seed in (1, 1, 2))
    assert one.equals(same)
    assert not one.equals(other)


def test_missing_answers_do_not_change_the_persons():
    whole = synth.synthetic_workers(20_000, seed=5, missing=0.0)
    part = synth.synthetic_workers(20_000, seed=5, missing=0.1)
    for name in part.column_names:
        known = pc.is_valid(part[name])
        assert part[name].filter(known).equals(whole[name].filter(known)), name
        if name in synth.NEVER_MISSING:
            assert part[name].null_count == whole[name].null_count == 0, name
    assert column(part, "job.insured_33").null_count / 20_000 == pytest.approx(0.1, abs=0.01)
    only = synth.synthetic_workers(20_000, seed=5, missing={"member.sso_39": 0.5})
    assert only["member.sso_39"].null_count == pytest.approx(10_000, abs=400)
    assert only["job.insured_33"].null_count == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"rows": 0, "seed": 1}, "at least 1"),
        ({"rows": 5, "seed": 1, "backend": "dask"}, "pyarrow, polars or pandas"),
        ({"rows": 5, "seed": 1, "missing": 1.5}, "from 0 to 1"),
        ({"rows": 5, "seed": 1, "missing": {"weight": 0.1}}, "`weight`"),
        ({"rows": 5, "seed": 1, "year_be": 2023}, "2023"),
    ],
)
def test_wrong_arguments_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        synth.synthetic_workers(**arguments)


@pytest.mark.parametrize("rows", [1, 7, 500, 12_345])
def test_any_number_of_rows(rows):
    table = synth.synthetic_workers(rows, seed=2)
    assert table.num_rows == rows
    weight = table["weight"].to_numpy()
    assert np.isfinite(weight).all() and (weight >= 0).all()


@pytest.mark.parametrize("backend", ["polars", "pandas"])
def test_backends_hold_the_same_workers(backend):
    table = synth.synthetic_workers(1_000, seed=4)
    frame = synth.synthetic_workers(1_000, seed=4, backend=backend)
    back = frame.to_arrow() if isinstance(frame, pl.DataFrame) else pa.Table.from_pandas(frame, preserve_index=False)
    assert back.column_names == table.column_names
    for name in ("birth_date", "sex", "job.insured_33", "job.monthly_wage", "member.sso_40_2"):
        assert [str(v) for v in back[name].to_pylist()] == [str(v) for v in table[name].to_pylist()], name
    assert all(row["within"] or row["unit"] != "persons" for row in synth.check_margins(frame))


def test_persons_are_possible():
    t = synth.synthetic_workers(100_000, seed=8, missing=0.0)
    day = column(t, "survey_month").to_numpy(zero_copy_only=False)
    birth = column(t, "birth_date").to_numpy(zero_copy_only=False)
    age = column(t, "survey_age").to_numpy()
    month, born = day.astype("datetime64[M]").astype(int), birth.astype("datetime64[M]").astype(int)
    # Completed years on the first of the month.
    had_birthday = (birth.astype("datetime64[D]") - birth.astype("datetime64[M]")).astype(int) == 0
    completed = (month - born - np.where(had_birthday, 0, 1)) // 12
    assert (completed == age).all()
    assert age.min() == 15 and age.max() <= 85

    started = column(t, "job.started_on").to_numpy(zero_copy_only=False)
    assert (started < day).all()
    s33 = column(t, "job.insured_33").to_numpy(zero_copy_only=False)
    s39 = column(t, "member.sso_39").to_numpy(zero_copy_only=False)
    s40 = np.stack([column(t, f"member.sso_40_{i}").to_numpy(zero_copy_only=False) for i in (1, 2, 3)])
    assert (s33.astype(int) + s39 + s40.sum(axis=0)).max() == 1, "sections 33, 39 and 40 exclude each other"
    wages = column(t, "job.for_wages").to_numpy(zero_copy_only=False)
    assert wages[s33].all() and not wages[s39].any()
    assert (column(t, "job.monthly_wage").is_valid().to_numpy(zero_copy_only=False) == wages).all()
    months = column(t, "s33_months").to_numpy()
    assert (months[s39] >= 12).all()
    ended = column(t, "s33_ended_on")
    assert ended.is_valid().to_numpy(zero_copy_only=False)[s39].all()
    assert (ended.drop_null().to_numpy(zero_copy_only=False) < day.max()).all()
    informal = np.array([x == "informal" for x in t["formality"].to_pylist()])
    assert informal[s40.any(axis=0)].all() and not informal[s33].any()
    thai = np.array([x == "thai" for x in t["nationality"].to_pylist()])
    assert thai[s40.any(axis=0)].all()


def test_columns_and_codes_are_those_of_the_rulebook(workers):
    lists = tomllib.loads((ROOT / "core/rulebook/vocabulary/codes.toml").read_text(encoding="utf-8"))["list"]
    facts = (ROOT / "core/src/facts/list.rs").read_text(encoding="utf-8")
    for name in workers.column_names:
        if name in synth.EXTRA_COLUMNS:
            continue
        if name.startswith("member."):
            assert name.removeprefix("member.") in lists["membership"]["codes"], name
            continue
        field = name.removeprefix("job.")
        assert f"        {field}: " in facts, f"`{name}` is no fact"
        kind = facts.split(f"        {field}: ")[1].split(",\n")[0]
        if kind.startswith('Code("'):
            codes = lists[kind.removeprefix('Code("').removesuffix('")')]["codes"]
            used = column(workers, name).dictionary.to_pylist()
            assert set(used) <= set(codes), f"`{name}`: {set(used) - set(codes)}"
    assert set(column(workers, "region").dictionary.to_pylist()) == set(lists["region"]["codes"])


def test_a_million_workers_take_seconds():
    import time

    began = time.process_time()
    assert synth.synthetic_workers(1_000_000, seed=1).num_rows == 1_000_000
    assert time.process_time() - began < 20
