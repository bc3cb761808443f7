"""Facts, decisions, rulebooks: what the library says in Python."""

import copy
import datetime
import json
import pickle
import subprocess
import sys
import threading
from decimal import Decimal
from pathlib import Path

import pytest

import sitthi

ROOT = Path(__file__).resolve().parents[2]
ON = datetime.date(2026, 11, 22)
VENDOR = {"nationality": "thai", "birth_date": "1984-05-10", "jobs": []}


def test_importing_loads_nothing_heavy():
    code = "import sys, sitthi; assert not {'numpy', 'pandas', 'polars', 'pyarrow', 'matplotlib', 'sitthi._native', 'typing'} & (set(sys.modules) - before), sys.modules.keys()"
    subprocess.run([sys.executable, "-I", "-c", "import sys; before = set(sys.modules); " + code], check=True)
    # What answers needs nothing but the standard library.
    code = "import sys, sitthi; sitthi.assess({}, on='2026-11-22'); assert not {'numpy', 'pandas', 'polars', 'pyarrow'} & set(sys.modules)"
    subprocess.run([sys.executable, "-I", "-c", code], check=True)


def test_the_package_says_its_version():
    from importlib.metadata import version

    assert sitthi.__version__ == version("sitthi")
    with pytest.raises(AttributeError):
        sitthi.__versoin__


def test_facts_are_given_as_python_has_them():
    worker = sitthi.Worker(
        birth_date=datetime.date(1984, 5, 10), nationality="thai", s33_months=18, base_wage_history=[Decimal("15000.50"), 15000, 9000.25],
        jobs=[{"monthly_wage": Decimal("15000"), "for_wages": True, "started_on": "2020-03"}], member={"sso_39": False}, sex=None,
    )
    assert worker.to_dict() == {
        "birth_date": "1984-05-10", "nationality": "thai", "s33_months": 18, "base_wage_history": ["15000.50", "15000.00", "9000.25"],
        "jobs": [{"monthly_wage": "15000.00", "for_wages": True, "started_on": "2020-03"}], "member": {"sso_39": False},
    }
    assert worker.birth_date == datetime.date(1984, 5, 10) and worker.sex is None and worker.s33_months == 18
    assert sitthi.Worker.from_dict(worker.to_dict()) == worker == sitthi.Worker.from_json(worker.to_json()) == pickle.loads(pickle.dumps(worker))
    assert repr(sitthi.Worker(nationality="thai")) == "Worker(nationality='thai')"
    assert repr(sitthi.Worker()) == "Worker()"
    with pytest.raises(AttributeError, match="no fact `sexx`"):
        worker.sexx
    complaint = sitthi.Complaint(happened={"wages_unpaid": True}, job={"province": "10"}) if "wages_unpaid" in _codes("happened") else sitthi.Complaint(danger_now=True)
    assert sitthi.Complaint.from_dict(complaint.to_dict()) == complaint


def _codes(family):
    return {name.partition(".")[2] for name in sitthi.facts() if name.startswith(f"{family}.")}


def test_scalars_of_numpy_and_pandas_are_facts():
    import numpy as np
    import pandas as pd

    worker = sitthi.Worker(s33_months=np.int64(4), employed=np.bool_(True), birth_date=pd.Timestamp("1984-05-10"), jobs=[{"monthly_wage": np.float64(9000.5)}])
    assert worker.to_dict() == {"s33_months": 4, "employed": True, "birth_date": "1984-05-10", "jobs": [{"monthly_wage": "9000.50"}]}


def test_coverage_is_typed_and_keeps_the_core_s_text():
    coverage = sitthi.assess(VENDOR, on=ON)
    assert isinstance(coverage, sitthi.Coverage) and coverage.on == ON and coverage.kind == "coverage"
    assert coverage["sso_40_1"].scheme == "sso_40_1" and "sso_40_1" in coverage and len(coverage) == len(list(coverage)) == len(coverage.schemes)
    assert coverage.statuses == sitthi.statuses(VENDOR, on=ON) == {scheme.scheme: scheme.status for scheme in coverage}
    assert coverage.rulebook.checked_on == sitthi.Rulebook.built_in().checked_on
    assert json.loads(coverage.to_json()) == coverage.to_dict()
    assert coverage == sitthi.assess(sitthi.Worker(**VENDOR), on="2026-11-22") == pickle.loads(pickle.dumps(coverage)) == copy.copy(coverage)
    assert coverage != sitthi.assess({}, on=ON)
    reason = coverage["sso_39"].reasons[0]
    assert reason.th and reason.cite and reason.confidence in ("high", "medium", "low")
    assert any(amount.baht == Decimal("432.00") and amount.per == "month" for amount in coverage["sso_39"].amounts)
    assert coverage.next.fact in {missing.fact for missing in coverage.missing} and coverage.next.ask.th
    with pytest.raises(KeyError, match="sso_33"):
        coverage["sso_99"]
    with pytest.raises(AttributeError, match="it has: "):
        coverage.schemse


def test_results_show_themselves():
    coverage = sitthi.assess(VENDOR, on=ON)
    assert repr(coverage).startswith("Coverage(on=2026-11-22, ") and f"next={coverage.next.fact}" in repr(coverage)
    text = str(coverage)
    assert "คำถามถัดไป · Next question" in text and "ผู้ประกันตนมาตรา 40" in text and "Social Security Act B.E. 2533 (consolidated): 39" in text
    assert "sso_39" not in text and "ssa_2533" not in text, "words for persons have no codes"
    for result in (coverage, sitthi.classify(VENDOR, on=ON), sitthi.score("p2_informal", on=ON), coverage.next):
        html = result._repr_html_()
        assert html.startswith("<") and "<script" not in html and repr(result) and str(result)
    assert repr(coverage["sso_39"]).startswith("Scheme(scheme=sso_39, status=")


def test_definitions_questions_and_scores():
    classification = sitthi.classify({"jobs": [{"employer": "company", "for_wages": True, "under_command": True}]}, on=ON)
    assert classification["employee.ssa"].verdict == classification.verdicts["employee.ssa"] and classification.on == ON
    question = sitthi.next_question(VENDOR, on=ON)
    assert question.fact and question.decides and json.loads(question.to_json())["fact"] == question.fact
    assert question.to_json() == json.dumps(json.loads(question.to_json()), ensure_ascii=False, separators=(",", ":"))
    scorecard = sitthi.score("p2_informal", on=ON)
    row = scorecard["informality_rate"]
    assert row.value == Decimal("51.98") and row.status == "no_target" and row.trend.direction == "better"
    assert scorecard.total.score is None and len(scorecard) == len(scorecard.rows)


def test_a_user_s_own_targets_are_scored():
    scorecard = sitthi.score("p2_informal", on=ON, targets={"informality_rate": "50"})
    assert scorecard["informality_rate"].target is not None
    assert scorecard.to_json() == sitthi.score("p2_informal", on=ON, given='{"targets": {"informality_rate": "50"}}').to_json()


def test_many_are_answered_one_by_one():
    answers = sitthi.assess_many([VENDOR, {"birth_date": "2019-02-29"}, {"sex": object()}, sitthi.Worker(**VENDOR)], on=ON)
    assert [type(answer).__name__ for answer in answers] == ["Coverage", "SitthiError", "SitthiError", "Coverage"]
    assert answers[0] == answers[3] and answers[1].field == "birth_date" and answers[2].field == "sex"


def test_days_are_dates_iso_or_thai():
    for day in (ON, datetime.datetime(2026, 11, 22), "2026-11-22", "22/11/2569", "22 พฤศจิกายน ๒๕๖๙"):
        assert sitthi.law(day).day == ON == sitthi.read_day(day)


def test_days_are_written_in_thai_by_the_thai_calendar():
    # Until 2483 a year ran from April to March; 2483 had nine months.
    for day, written in (("1938-01-15", "15 มกราคม 2480"), ("1938-04-01", "1 เมษายน 2481"), ("1940-12-31", "31 ธันวาคม 2483"), ("1941-01-01", "1 มกราคม 2484")):
        assert sitthi.thai_date(day) == sitthi.thai_date(datetime.date.fromisoformat(day)) == written
        assert sitthi.read_day(written) == datetime.date.fromisoformat(day)
    assert sitthi.thai_date(ON, short=True, thai_digits=True) == "๒๒ พ.ย. ๒๕๖๙"
    assert [sitthi.thai_date(part) for part in ("2026-11", "พ.ศ. 2569")] == ["พฤศจิกายน 2569", "พ.ศ. 2569"]
    with pytest.raises(sitthi.SitthiError):
        sitthi.thai_date("2026-02-30")
    with pytest.raises(TypeError):
        sitthi.thai_date(20261122)


def test_a_rulebook_is_opened_compiled_and_from_files(tmp_path):
    built_in = sitthi.Rulebook.built_in()
    compiled = built_in.to_bytes()
    again = sitthi.Rulebook.open(compiled)
    assert again.edition == built_in.edition and again.schemes == built_in.schemes and again.to_bytes() == compiled
    from_files = sitthi.Rulebook.from_folder(ROOT / "core" / "rulebook")
    assert sitthi.assess(VENDOR, on=ON, rulebook=from_files).to_json() == sitthi.assess(VENDOR, on=ON).to_json()
    assert sitthi.Rulebook.check(ROOT / "core" / "rulebook") == []
    assert sitthi.Rulebook.compile(str(ROOT / "core" / "rulebook")) == compiled
    sheets = from_files.sheets()
    assert next(iter(sheets)) == "index" and all(page.startswith("<!DOCTYPE html>") for page in sheets.values())
    with pytest.raises(sitthi.SitthiError, match="opened compiled"):
        built_in.sheets()


def test_changes_of_law_are_listed():
    changes = sitthi.Rulebook.built_in().changes("2020-01-01", "2020-12-31")
    found = [change for change in changes if change.id.startswith("sso_40.max_age")]
    assert found and found[0].day == datetime.date(2020, 6, 24) and (found[0].before, found[0].after) == ("60 years", "65 years")
    assert str(found[0]).startswith("2020-06-24") and "65 years" in str(found[0])


def test_a_reform_is_tried():
    book = sitthi.Rulebook.built_in().with_value("sso_40.max_age", 70)
    old = {"nationality": "thai", "birth_date": "1958-05-10", "jobs": []}
    before, after = ({rule.rule: rule.verdict for rule in sitthi.assess(old, on=ON, rulebook=law)["sso_40_1"].rules} for law in (None, book))
    assert before["join"] == "unmet" and after["join"] == "undetermined"
    with pytest.raises(sitthi.SitthiError, match="max_agee"):
        book.with_value("sso_40.max_agee", 70)


def test_threads_share_a_law():
    law, seen = sitthi.law(ON), []
    threads = [threading.Thread(target=lambda: seen.extend(law.assess_many([VENDOR] * 50))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 200 and len({answer.to_json() for answer in seen}) == 1


def test_a_complaint_is_routed():
    routing = sitthi.route({"danger_now": True}, on=ON)
    assert isinstance(routing, sitthi.Routing) and routing.on == ON and json.loads(routing.to_json())["on"] == "2026-11-22"
    assert repr(routing).startswith("Routing(") and "โทรทันที: 191" in str(routing) and routing._repr_html_().startswith("<div>")
