"""An interview as Python has it; `test_vectors` walks the same ones as every other language."""

import copy
import json
from datetime import date

import pytest

import sitthi

ON = "2026-11-22"


def everything(interview):
    """The ids of all that is asked of a person who knows nothing."""
    asked = []
    while (open_ := (step := interview.step()).question or step.more) is not None:
        asked.append(open_.id)
        interview.put(open_.id, None)
        assert len(asked) < 300
    return asked


@pytest.mark.parametrize("about", ["everything", "complaint", "claim", "sso_33", "ucs"])
def test_an_interview_ends_and_asks_nothing_twice(about):
    asked = everything(sitthi.interview(about, on=ON))
    assert len(set(asked)) == len(asked)


def test_what_is_told_is_not_asked_and_the_intake_reaches_what_happened():
    interview = sitthi.interview("complaint", {"danger_now": False, "can_leave": True, "job": {"province": "10"}}, on=ON)
    assert interview.step().question.id == "happened"
    assert "job.province" not in everything(interview)
    begun = sitthi.interview("complaint", on=ON)
    first = begun.step().question
    assert [field.fact for field in first.fields] == ["danger_now", "can_leave"]
    begun.put(first.id, [])
    assert begun.step().question.id == "happened"


def test_states_choices_and_bounds():
    interview = sitthi.interview("ucs", sitthi.Worker(birth_date="1984"), on=ON)
    interview.put("nationality", None)
    states = {fact.fact: fact.state for fact in interview.step().facts}
    assert states == {"birth_date": "told_in_part", "nationality": "not_known"}
    interview.put("birth_date", date(1984, 5, 10))
    assert interview.facts()["birth_date"] == "1984-05-10"
    question = sitthi.interview("ucs", on=ON).step().question
    assert question.why.th and question.why.en and "ucs" in question.decides
    fields = {field.fact: field for field in question.fields}
    assert {"thai", "not_thai"} <= {choice.code for choice in fields["nationality"].choices} and fields["birth_date"].at_most == ON
    assert all(choice.th and choice.en for field in question.fields for choice in field.choices)


def test_back_change_and_copies_and_nothing_told_in_a_print():
    interview = sitthi.interview("ucs", on=ON)
    interview.put("nationality", "not_thai")
    interview.put("birth_date", "1984-05-10")
    kept = copy.copy(interview)
    interview.change(0, "thai")
    assert interview.facts()["nationality"] == "thai" and kept.facts()["nationality"] == "not_thai" and kept != interview
    assert interview.back() and interview.back() and not interview.back()
    assert interview.facts() == {}
    assert "1984" not in repr(kept) and "1984" not in str(kept.step())
    again = kept.law.resume_interview(kept.to_json())
    assert again == kept and json.loads(again.to_json()) == json.loads(kept.to_json())
    with pytest.raises(sitthi.SitthiError):
        kept.change(7, None)
    with pytest.raises(sitthi.SitthiError) as refused:
        kept.put("membr", None)
    assert refused.value.nearest == "member"


def test_amounts_are_offered_once_the_status_is_decided():
    job = dict(for_wages=True, under_command=True, platform=False, employer="company", work="office", sector="services", all_year=True)
    job |= dict(insured_33=True, started_on="2015-03-02", serves_business=True, casual_or_seasonal=False, own_student=False, abroad=False, not_for_profit=False)
    worker = dict(birth_date="1984-05-10", nationality="thai", has_disability=False, s33_months=100, s33_end_cause="none", s39_end_cause="none", member={}, jobs=[job])
    step = sitthi.interview("sso_33", worker, on=ON).step()
    assert step.enough and step.question is None
    assert (step.more.id, step.more.adds) == ("job.monthly_wage@0", "amount")
