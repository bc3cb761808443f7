"""Every field of a routing is typed, and every typed field is there."""

from datetime import date
from typing import Any

from sitthi import route
from sitthi.results import Record

COMPLAINTS: list[dict[str, Any]] = [
    {"happened": {"wages_unpaid": True}, "reporter": "worker", "may_be_named": True, "filed_on": "2026-11-20", "job": {"province": "50", "employer": "company"}},
    {"happened": {"debt_bondage": True, "wages_unpaid": True}, "danger_now": True, "job": {"province": "10", "district": "1014"}, "received_by": "ngo"},
    {"happened": {"conditions_breached": True}, "job": {"province": "90"}},
    {},
]


def records(value: Any) -> list[Record]:
    if isinstance(value, tuple):
        return [record for one in value for record in records(one)]
    if not isinstance(value, Record):
        return []
    inner = [record for name in value._kinds for record in records(getattr(value, name))]
    return [value, *inner]


def test_every_field_is_typed_and_there() -> None:
    seen = set()
    for complaint in COMPLAINTS:
        for record in records(route(complaint, on="2026-11-22")):
            seen.add(type(record).__name__)
            typed = {name.removesuffix("_") for name in record._kinds}
            assert typed == set(record.to_dict()), type(record).__name__
    assert {"Routing", "Urgency", "Kind", "Lead", "Office", "Period", "Withheld", "Sentence", "Matter", "Recipient"} <= seen


def test_days_are_dates_and_python_words_are_spelled_apart() -> None:
    routing = route(COMPLAINTS[0], on="2026-11-22")
    assert routing.lead is not None
    assert (routing.lead.agency, routing.lead.for_) == ("dlpw", "t01_money")
    assert any(isinstance(step.nominal, date) for step in routing.steps)
