"""A cell of a frame is read as the same value is read of one person: by the one reader of its fact."""

import datetime
from decimal import Decimal

import pyarrow as pa
import pytest

import sitthi

ON = datetime.date(2026, 11, 22)
# Whoever is 60 on that day reaches the bound of section 40; a worker of a company is judged by the wage and province too.
JOB = {"job.for_wages": True, "job.under_command": True, "job.employer": "company", "job.started_on": "2010-01-04", "job.insured_33": True}


def answers(table, **options):
    frame = sitthi.assess_frame(pa.table(table), on=ON, unknown="ignore", **options)
    return pa.table(frame).to_pylist(), list(frame.errors)


def alone(facts):
    return sitthi.law(ON).statuses(facts)


DAYS = [
    "1961-11-23", "23/11/2504", "23 พฤศจิกายน 2504", "๒๓ พ.ย. ๒๕๐๔", "23-11-2504", "23.11.2504", "1961-11",
    "พ.ศ. 2504", "วันพฤหัสบดีที่ 23 พฤศจิกายน พ.ศ. 2504", " 1961-11-23 ", "1961-11-22",
]


@pytest.mark.parametrize("mapping", [None, {"birth_date": ("birth_date", "be_date")}, {"birth_date": ("birth_date", "thai_date")}])
def test_days_of_all_forms_stand_in_one_column(mapping):
    options = {"columns": mapping} if mapping else {}
    found, errors = answers({"birth_date": DAYS, "nationality": ["thai"] * len(DAYS)}, **options)
    assert errors == []
    assert found == [alone({"birth_date": day, "nationality": "thai"}) for day in DAYS]


def test_a_day_that_is_none_is_an_error_of_its_row_alone():
    found, errors = answers({"birth_date": ["23/11/2504", "31/11/2504", "1961-11-23", "๓๒ ม.ค. ๒๕๐๔", "2504"]})
    assert [error.row for error in errors] == [1, 3, 4]
    assert found[0] == found[2] == alone({"birth_date": "1961-11-23"})


@pytest.mark.parametrize("days", [
    pa.array([datetime.date(2527, 5, 10), datetime.date(1984, 5, 10)]),
    pa.array([datetime.datetime(2527, 5, 10), datetime.datetime(1984, 5, 10)], pa.timestamp("s")),
])
def test_a_year_of_the_buddhist_era_in_a_column_of_days_is_named_with_the_day_that_it_would_be(days):
    found, errors = answers({"birth_date": days})
    assert len(errors) == 1 and errors[0].row == 0
    said = str(errors[0])
    assert "2527-05-10" in said and "1984-05-10" in said and "203569" not in said
    assert found[1] == alone({"birth_date": "1984-05-10"})


def test_a_year_of_the_buddhist_era_asked_about_is_named_too():
    frame = sitthi.assess_frame(
        pa.table({"birth_date": ["1984-05-10"], "asked": pa.array([datetime.date(2569, 11, 22)])}), on="asked", unknown="ignore"
    )
    assert "2569-11-22" in str(frame.errors[0]) and "2026-11-22" in str(frame.errors[0])


def test_a_year_alone_is_of_the_era_that_the_column_names():
    years = {"be_year": "2504", "be_date": "2504", "thai_date": "๒๕๐๔", "ce_year": "1961", "any": "1961", "iso": "1961"}
    for reader, year in years.items():
        found, errors = answers({"birth_date": [year]}, columns={"birth_date": ("birth_date", reader)})
        assert errors == [] and found == [alone({"birth_date": "1961"})], reader


def test_a_column_of_iso_days_reads_no_others():
    found, errors = answers({"birth_date": ["1961-11-23", "23/11/2504"]}, columns={"birth_date": ("birth_date", "iso")})
    assert [error.row for error in errors] == [1]


PROVINCES = {
    "20": ["Chonburi", "Chon Buri", "ชลบุรี", "จังหวัดชลบุรี", "จ.ชลบุรี", "20"],
    "31": ["Buriram", "Buri Ram"],
    "33": ["Sisaket", "Si Sa Ket"],
    "16": ["Lopburi"],
    "14": ["Ayutthaya"],
    "82": ["Phang Nga", "Phangnga"],
    "10": ["Krung Thep Maha Nakhon", "Bangkok", "TH-10", "กรุงเทพฯ", "กทม."],
    "52": ["ล\u0e4d\u0e32ปาง"],
    "54": ["เเพร่", "แพร่\u200b"],
}


def test_a_province_by_any_of_its_names():
    names = [name for group in PROVINCES.values() for name in group]
    codes = [code for code, group in PROVINCES.items() for _ in group]
    job = {name: [value] * len(names) for name, value in JOB.items()}
    found, errors = answers({"job.province": names, **job})
    assert errors == []
    assert found == answers({"job.province": codes, **job})[0]


def test_a_province_that_is_none_is_named_with_the_nearest():
    _, errors = answers({"job.province": ["Chonbury"]})
    assert "the nearest is `20`" in str(errors[0]) or "the nearest is `Chon" in str(errors[0])


def test_a_district_that_several_provinces_have_is_told_apart_by_the_province_of_its_row():
    # Two districts bear the name Chaloem Phra Kiat: of Nakhon Si Thammarat (8023) and of Nan (5515), among others.
    rows = {"job.district": ["เฉลิมพระเกียรติ", "เฉลิมพระเกียรติ", "เฉลิมพระเกียรติ"], "job.province": ["80", "น่าน", None]}
    found, errors = answers(rows)
    assert [error.row for error in errors] == [2]
    assert found[0] == answers({"job.district": ["8023"], "job.province": ["80"]})[0][0]
    assert found[1] == answers({"job.district": ["5515"], "job.province": ["55"]})[0][0]
    backwards, _ = answers(dict(reversed(rows.items())))
    assert backwards == found


@pytest.mark.parametrize("kind", [pa.decimal128(21, 2), pa.decimal128(38, 0), pa.float64(), pa.int64(), pa.uint64(), pa.float32()])
def test_counts_and_amounts_of_any_width(kind):
    months = pa.array([0, 5, 179, 180], pa.int64()).cast(kind)
    wages = pa.array([1650, 15000, 17500, 0], pa.int64()).cast(kind)
    found, errors = answers({"paid_months.sso_33.total": months, "job.monthly_wage": wages})
    assert errors == []
    plain = {"paid_months.sso_33.total": [0, 5, 179, 180], "job.monthly_wage": [1650, 15000, 17500, 0]}
    assert found == answers(plain)[0]


@pytest.mark.parametrize(("column", "values"), [
    ("job.monthly_wage", pa.array([1_103_700_123_456])),
    ("job.monthly_wage", pa.array([Decimal("1103700123456.00")])),
    ("job.monthly_wage", ["1103700123456"]),
    ("s39_paid_in_12", pa.array([13])),
    ("s39_paid_in_12", pa.array([Decimal("13.0")])),
    ("s39_paid_in_12", pa.array([-1])),
    ("s39_paid_in_12", pa.array([1.5])),
    ("paid_months.sso_33.total", pa.array([5000])),
])
def test_what_is_above_its_bound_is_an_error_of_its_row(column, values):
    found, errors = answers({column: values})
    assert [error.row for error in errors] == [0]
    assert set(found[0].values()) == {None}
    assert "1103700123456" not in str(errors[0])
