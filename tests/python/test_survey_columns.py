"""Columns as surveys have them: codes of no answer, and ages instead of days of birth."""

import pickle

import polars as pl
import pytest

import sitthi


def test_codes_of_no_answer_leave_a_fact_unknown_and_are_counted():
    frame = pl.DataFrame({"AGE": [42, 99, 98, None, 30], "SEX": ["1", "2", "9", "1", "1"], "WAGE": [9999, 12000, 9998, 300, 15000]})
    columns = {"AGE": ("birth_date", ("age", "2026-07-15")), "SEX": ("sex", {1: "male", 2: "female"}), "WAGE": "job.monthly_wage"}
    told = {"AGE": [98, 99], "SEX": 9, "WAGE": range(9998, 10_000)}
    found = sitthi.assess_frame(frame, on="2026-11-22", columns=columns, no_answer=told, jobs=1)
    assert found.errors.total == 0 and found.no_answers == {"AGE": 2, "SEX": 1, "WAGE": 2}
    assert pickle.loads(pickle.dumps(found)).no_answers == found.no_answers
    assert sitthi.tally(frame, on="2026-11-22", columns=columns, no_answer=told, jobs=1).no_answers == found.no_answers
    # What is not named stays an error or a value.
    found = sitthi.assess_frame(frame, on="2026-11-22", columns=columns, no_answer={"AGE": 99}, jobs=1)
    assert [error.value for error in found.errors] == ["9"] and found.no_answers == {"AGE": 1}
    with pytest.raises(sitthi.UnknownColumnError, match="AGE"):
        sitthi.assess_frame(frame, on="2026-11-22", columns=columns, no_answer={"AGES": 99}, jobs=1)
    with pytest.raises(sitthi.SitthiError, match="list"):
        sitthi.assess_frame(frame, on="2026-11-22", columns=columns, no_answer={"AGE": [[99]]}, jobs=1)


def test_an_age_on_the_day_of_a_survey_is_a_span_of_births():
    job = {"for_wages": False, "under_command": False, "platform": False, "employer": "none", "work": "trade", "sector": "trade"}
    facts = {"nationality": "thai", **{f"job.{name}": value for name, value in job.items()}}
    clause = "sso_40.at_least_15"

    def verdicts(ages, day, on):
        found = sitthi.assess_frame(pl.DataFrame({"AGE": ages}), on=on, columns={"AGE": ("birth_date", ("age", day))}, facts=facts, of=[clause], jobs=1)
        assert found.errors.total == 0, found.errors
        return found.to_polars()[clause].to_list()

    assert verdicts([14, 15, 16], "2026-07-15", "2026-07-15") == ["unmet", "met", "met"]
    # Who was 14 that day may have turned 15 the next; a year later everybody has.
    assert verdicts([14, 13], "2026-07-15", "2026-07-16") == ["undetermined", "unmet"]
    assert verdicts([14], "2026-07-15", "2027-07-15") == ["met"]
    # Asked about an earlier day, who was 15 may not yet have been.
    assert verdicts(["15", "16.0"], "15/07/2569", "2026-07-14") == ["undetermined", "met"]
    # Of a quarter any day may be the one of the interview.
    assert verdicts([14, 15], "2026-07-01/2026-09-30", "2026-07-01") == ["unmet", "undetermined"]
    wrong = sitthi.assess_frame(pl.DataFrame({"AGE": [121, -1, 3]}), on="2026-11-22", columns={"AGE": ("birth_date", ("age", "2026-07-15"))}, jobs=1)
    assert [error.row for error in wrong.errors] == [0, 1] and "no_answer" in wrong.errors[0].reason
    for how in (("age", "2026-13-01"), ("ages", "2026-07-15"), ("age",)):
        with pytest.raises(sitthi.SitthiError):
            sitthi.assess_frame(pl.DataFrame({"AGE": [1]}), on="2026-11-22", columns={"AGE": ("birth_date", how)}, jobs=1)


def test_each_row_says_how_many_jobs_it_has():
    job = {"for_wages": True, "under_command": True, "platform": False, "employer": "company", "work": "office", "sector": "services", "serves_business": True,
           "all_year": True, "casual_or_seasonal": False, "own_student": False, "abroad": False, "not_for_profit": False, "insured_33": True, "started_on": "2015-03-02"}
    own = {**job, "for_wages": False, "under_command": False, "employer": "none", "work": "trade", "insured_33": False}
    told = {**{f"job.{name}": [value] * 4 for name, value in own.items()}, **{f"job_2.{name}": [value] * 4 for name, value in job.items()}}
    facts = {"nationality": "thai", "birth_date": "1984-05-10", "s33_months": 0, "s33_end_cause": "none"}

    def asked(jobs, frame=told, **more):
        found = sitthi.assess_frame(pl.DataFrame(frame), on="2026-11-22", facts=facts, jobs="JOBS", **more)
        assert found.errors.total == 0, found.errors
        return found.to_polars()["sso_33"].to_list()

    jobs = [0, 1, 2, None]
    expected = []
    for count in jobs:
        lists = [own, job][:count]
        one = {**facts, "jobs": lists} if count is not None else None
        expected.append(sitthi.assess(one, on="2026-11-22")["sso_33"].status if one else None)
    assert expected[:3] == ["not_eligible", "not_eligible", "covered"]
    for column in ([0, 1, 2, None], [0.0, 1.0, 2.0, None]):
        statuses = asked(jobs, {**told, "JOBS": column})
        assert statuses[:3] == expected[:3] and statuses[3] == "covered"
    assert asked(jobs, {**told, "JOBS": ["0", "1", "2", "unknown"]}, written=True)[:3] == expected[:3]
    assert asked(jobs, {**told, "JOBS": [True, False, None, None]})[:2] == ["covered", "not_eligible"]
    counts = sitthi.tally(pl.DataFrame({**told, "JOBS": jobs}), on="2026-11-22", facts=facts, jobs="JOBS").to_polars()
    assert counts.filter((pl.col("scheme") == "sso_33") & (pl.col("status") == "covered"))["rows"].to_list() == [2]
    wrong = sitthi.assess_frame(pl.DataFrame({**told, "JOBS": [-1, 65, 1, 2]}), on="2026-11-22", facts=facts, jobs="JOBS")
    assert [(error.row, error.fact) for error in wrong.errors] == [(0, "JOBS"), (1, "JOBS")]
