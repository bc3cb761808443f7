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
    for result in (sitthi.assess(INSURED, on=ON), sitthi.classify(INSURED, on=ON), sitthi.route(BONDED, on=ON), sitthi.score("p2_informal", on=ON)):
        for text in (str(result), read(result)):
            assert "[;" not in text and "[]" not in text


def test_a_coverage_says_only_notes_that_touch_it():
    coverage = sitthi.assess(INSURED, on=ON)
    text = str(coverage)
    near = [note for note in coverage.notes if note.note.startswith("sso_39.") and note.status != "not_read"]
    assert near and len(near) < len(coverage.notes)
    assert [note.en in text for note in coverage.notes] == [note in near for note in coverage.notes]


def test_a_scheme_shows_itself_and_no_other():
    coverage = sitthi.assess(INSURED, on=ON)
    scheme = coverage["sso_39"]
    for text in (str(scheme), read(scheme)):
        assert "ผู้ประกันตนมาตรา 39: มีสิทธิอยู่แล้ว" in text and "432 baht a month" in text
        assert "มาตรา 33: " not in text and "มาตรา 40" not in text
        assert not re.search(r"[a-z]+_[a-z]", re.sub(r"\[[^]]*\]", "", text)), "no codes"
    # It says what the coverage says of it.
    lines = [line for section in coverage.outline()["sections"] for line in section["lines"] if line["th"].startswith("ผู้ประกันตนมาตรา 39")]
    assert lines and all(line["th"] in str(scheme) for line in lines)
    assert scheme.outline()["sections"] and scheme.text("en", sitthi.law(ON)).startswith("Social protection on 22 November 2026")


def test_a_scheme_without_its_coverage_shows_its_fields():
    scheme = sitthi.assess(INSURED, on=ON)["sso_39"]
    alone = sitthi.results.Scheme(scheme.to_dict())
    assert alone == scheme and str(alone) == repr(scheme) and "covered" in read(alone)
    with pytest.raises(ValueError, match="a part of the coverage"):
        alone.text()


def test_a_scheme_says_the_day_that_has_passed_and_how_it_may_be_extended():
    former = {"birth_date": "1985-02-01", "s33_end_cause": "job_ended", "s33_ended_on": "2026-01-15", "s33_months": 12, "s39_end_cause": "none", "jobs": [], "member": {"sso_39": False}}
    scheme = sitthi.assess(former, on="2026-07-16")["sso_39"]
    assert scheme.status == "not_eligible" and scheme.lapsed.extension.by == "sso" and scheme.lapsed.extension.ask_within == "15 days"
    for text in (str(scheme), read(scheme)):
        for wanted in ("The last day (15 July 2026) has passed.", "พ้นวันสุดท้าย (15 กรกฎาคม 2569) แล้ว", "may be extended for necessity"):
            assert wanted in text, wanted


def test_a_question_is_asked_in_words():
    question = sitthi.next_question({"nationality": "thai"}, on=ON)
    coverage = sitthi.assess({"nationality": "thai"}, on=ON)
    assert coverage.next == question and str(coverage.next) == str(question)
    asked = []
    facts = {"happened": {"wages_unpaid": True}}
    while (found := sitthi.route(facts, on=ON).next) is not None and len(asked) < 3 and found.kind == "yes_no":
        asked.append(found)
        head, _, last = found.fact.rpartition(".")
        below = facts.setdefault(head, {}) if head else facts
        below[last] = False
    for one in (question, *asked):
        for text in (str(one), read(one)):
            assert one.ask.th in text and one.ask.en in text
            assert one.fact not in text or ("_" not in one.fact and "." not in one.fact)
            if one.kind == "yes_no":
                assert "ใช่" in text and "Yes" in text and "ไม่ใช่" in text
            for option in one.options:
                assert option.th in text and option.en in text


def test_a_day_is_written_as_each_language_writes_it():
    assert sitthi.day_words("1938-01-15") == ("15 มกราคม 2480", "15 January 1938")
    assert sitthi.day_words("1941-01-01") == ("1 มกราคม 2484", "1 January 1941")


def test_every_decision_of_many_remembers_its_law():
    law = sitthi.law(ON)
    (one,) = law.assess_many([INSURED])
    assert str(one) == str(law.assess(INSURED)) and one._home is law


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
    assert ("sso_40_1", "ผู้ประกันตนมาตรา 40 ทางเลือก 1", "insured under section 40, option 1") in law.schemes()
    assert [code for code, _, _ in law.schemes()] == list(sitthi.Rulebook.built_in().schemes)
    assert {"sso_33", "p2_informal", "t01_money", "t09_homework"} & {code for code, _, _ in law.files()} >= {"sso_33", "p2_informal", "t01_money"}
    facts = {fact["code"]: fact for fact in law.facts()}
    assert facts["birth_date"]["th"] == "วันเกิด" and facts["job.employer"]["list"] == "employer" and facts["member.sso_39"]["list"] is None
    assert all(fact["th"] and fact["en"] and "{" not in fact["th"] for fact in facts.values())
    assert any(agency["code"] == "dlpw" and agency["call"] for agency in law.agencies())
    assert all(one["th"] and one["en"] for one in law.instruments()) and all(source["url"] is not None for source in law.sources())
    with pytest.raises(sitthi.SitthiError) as refused:
        law.codes("employr")
    assert refused.value.nearest == "employer" and "`employer`" in refused.value.message_th
