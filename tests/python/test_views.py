"""What results say of themselves, as text and in notebooks."""

import re
from html.parser import HTMLParser

import pytest

import sitthi

ON = "2026-11-22"
INSURED = {"nationality": "thai", "birth_date": "1984-05-10", "jobs": [], "member": {"sso_39": True}, "s39_unpaid_in_a_row": 0, "s39_paid_in_12": 12}
UNPAID = {
    "happened": {"wages_unpaid": True}, "reporter": "worker", "may_be_named": True, "filed_on": "2026-11-20", "job": {"province": "50", "employer": "company"},
}
BONDED = {"happened": {"debt_bondage": True, "wages_unpaid": True}, "danger_now": True, "job": {"province": "10", "district": "1014"}, "received_by": "ngo"}


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.text = [], []

    def handle_starttag(self, tag, attributes):
        assert tag != "script"
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def read(view):
    tags = Tags()
    tags.feed(view._repr_html_())
    tags.close()
    assert tags.open == []
    return " ".join(tags.text)


def headings(text):
    return [part.strip().splitlines()[0] for part in text.split("\n\n")[1:]]


def test_a_routing_says_first_what_is_done_first():
    calm = sitthi.route({**UNPAID, "danger_now": False, "can_leave": True}, on=ON)
    assert [said.split(" · ")[1] for said in headings(str(calm))][:3] == ["Whom to call", "What to do, and by when", "Where"]
    assert [said.split(" · ")[1] for said in headings(str(sitthi.route(BONDED, on=ON)))][0] == "Call now"
    for text in (str(calm), read(calm)):
        for wanted in ("Chiang Mai Provincial Office", "1506, 1546", "19 January 2027", "the inspector gives the order"):
            assert wanted in text, wanted
        assert "It has not begun to run." in text, "the extension waits for the order"
        assert "'th'" not in text and "danger_unknown" not in text, "no keys of the JSON"


def test_every_matter_of_a_routing_has_its_lead():
    text = str(sitthi.route(BONDED, on=ON))
    assert sum("Another matter: unpaid wages" in said for said in headings(text)) == 1
    assert text.count("Lead: ") >= 2 and "it is not known which area office. Call 1506, 1546" in text


def test_a_claim_that_is_late_says_what_remains_possible():
    text = str(sitthi.assess({**INSURED, "claim": {"arose_on": "2024-11-20"}}, on=ON))
    assert "The last day (20 November 2026) has passed." in text and "with the reasons for being late" in text and "is over" not in text


def test_what_has_no_citation_shows_no_brackets():
    from sitthi.results import Reason, _reasons

    reason = {"clause": "c", "value": "met", "th": "ก", "en": "a", "cite": [], "confidence": "high", "from": []}
    assert _reasons((Reason(reason),)) == ["    met c: ก · a"]
    assert _reasons((Reason({**reason, "cite": ["x/1"]}),)) == ["    met c: ก · a  [x/1; high]"]
    for result in (sitthi.assess(INSURED, on=ON), sitthi.classify(INSURED, on=ON), sitthi.route(BONDED, on=ON), sitthi.score("p2_informal", on=ON)):
        for text in (str(result), read(result)):
            assert "[;" not in text and "[]" not in text


def test_a_reason_shows_the_numbers_of_its_table():
    from sitthi.results import Reason, _reasons

    cells = [{"table": "t.c", "row": "before", "cell": "65 years"}, {"table": "t.d", "row": "before", "cell": "not_read"}]
    reason = {"clause": "c", "value": "unmet", "th": "ก", "en": "a", "cite": [], "confidence": "high", "from": cells}
    assert _reasons((Reason(reason),)) == ["    unmet c: ก (65 ปี) · a (65 years)"]


def test_a_coverage_says_only_notes_that_touch_it():
    coverage = sitthi.assess(INSURED, on=ON)
    text = str(coverage)
    near = [note for note in coverage.notes if note.note.startswith("sso_39.") and note.status != "not_read"]
    assert near and len(near) < len(coverage.notes)
    assert [note.en in text for note in coverage.notes] == [note in near for note in coverage.notes]


def test_a_scheme_shows_itself():
    coverage = sitthi.assess(INSURED, on=ON)
    scheme = coverage["sso_39"]
    assert str(scheme).startswith("sso_39: covered (high)  ผู้ประกันตนมาตรา 39")
    assert "432.00 baht a month" in str(scheme) and "432.00 baht a month" in read(scheme)
    assert str(coverage["sso_33"]).startswith("sso_33: undetermined  "), "what is undecided is not sure"


def test_a_scheme_says_the_day_that_has_passed_and_how_it_may_be_extended():
    former = {"birth_date": "1985-02-01", "s33_end_cause": "job_ended", "s33_ended_on": "2026-01-15", "s33_months": 12, "s39_end_cause": "none", "jobs": [], "member": {"sso_39": False}}
    scheme = sitthi.assess(former, on="2026-07-16")["sso_39"]
    assert scheme.status == "not_eligible" and scheme.lapsed.extension.by == "sso" and scheme.lapsed.extension.ask_within == "15 days"
    for text in (str(scheme), read(scheme)):
        for wanted in ("the last day was", "2026-07-15 (notice)", "may be extended for necessity", "ssa_2533/84/1/S1"):
            assert wanted in text, wanted


def test_a_trend_says_from_when_and_in_which_unit():
    scorecard = sitthi.score("p2_informal", on=ON)
    assert scorecard["informality_rate"].trend.from_ == "2563-Q3"
    for text in (str(scorecard), read(scorecard)):
        assert "better: −1.85 percentage points from 2563-Q3" in text


def test_values_that_cannot_be_are_listed_in_short():
    pa = pytest.importorskip("pyarrow")
    errors = sitthi.assess_frame(pa.table({"birth_date": ["1984-05-10", *["2019-02-29<"] * 30]}), on=ON).errors
    assert str(errors).splitlines()[0].startswith("row 1: ") and str(errors).splitlines()[-1] == "… and 10 more"
    assert "30 values that cannot be, the first 20" in read(errors) and "<" in read(errors)


def test_facts_are_shown_by_name_alone():
    for facts in (sitthi.Worker(**INSURED), sitthi.Complaint(**BONDED)):
        said = read(facts)
        assert type(facts).__name__ in said and all(name in said for name in facts.to_dict())
        for value in ("1984", "thai", "debt_bondage", "ngo", "1014"):
            assert value not in said, value
    assert "nothing" in read(sitthi.Worker())


def test_a_rulebook_says_what_it_holds():
    book = sitthi.Rulebook.built_in()
    said = read(book)
    assert book.edition in said and str(book.checked_on) in said and all(name in said for name in (*book.schemes, *book.plans))


def test_decisions_are_said_in_words_without_codes():
    law = sitthi.law(ON)
    for decision in (law.assess(INSURED), law.classify(INSURED), law.route(BONDED), law.score("p2_informal")):
        for language in ("th", "en", "both"):
            text = decision.text(language, law)
            assert not re.search(r"[a-z]+_[a-z]", text), re.search(r".*[a-z]+_[a-z].*", text)
        assert decision.text() == decision.text("th") and "ที่มา" in decision.text(), "the sources stand at the end"
        assert decision.outline() == law.outline(decision) == law.outline(decision.to_json()) == law.outline(decision.to_dict())
    assert "โทรทันที: 191" in law.route(BONDED).text().split("\n\n")[1]
    with pytest.raises(sitthi.SitthiError) as refused:
        law.text(law.route(BONDED), "de")
    assert "de" in str(refused.value) and refused.value.message_th
    with pytest.raises(sitthi.SitthiError, match="no decision"):
        law.outline("{}")


def test_labels_are_reachable():
    law = sitthi.law(ON)
    assert law.codes("nationality")[0] == ("thai", "สัญชาติไทย", "Thai") and "employer" in law.code_lists
    assert len(law.provinces()) == 77 and len(law.districts("10")) == 50
    assert any(agency["code"] == "dlpw" and agency["call"] for agency in law.agencies())
    assert all(one["th"] and one["en"] for one in law.instruments()) and all(source["url"] is not None for source in law.sources())
    with pytest.raises(sitthi.SitthiError) as refused:
        law.codes("employr")
    assert refused.value.nearest == "employer" and "`employer`" in refused.value.message_th
