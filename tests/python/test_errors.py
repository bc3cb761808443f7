"""What cannot be is refused with its place and what would be right; nothing panics, nothing is dropped."""

import datetime
import pickle
from pathlib import Path

import pytest

import sitthi

ON = "2026-11-22"
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("facts", "code", "field", "said"),
    [
        ({"birht_date": "1984-05-10"}, "unknown_fact", "birht_date", {"nearest": "birth_date"}),
        ({"jobs": [{"employr": "company"}]}, "unknown_fact", "jobs[0].employr", {"nearest": "jobs[0].employer"}),
        ({"nationality": "thay"}, "unknown_code", "nationality", {"value": "thay", "nearest": "thai"}),
        ({"jobs": [{}, {"employer": "compny"}]}, "unknown_code", "jobs[1].employer", {"nearest": "company"}),
        ({"birth_date": "2019-02-29"}, "impossible_value", "birth_date", {"value": "2019-02-29"}),
        ({"birth_date": "2562-02-28"}, "impossible_value", "birth_date", {"value": "2562-02-28"}),
        ({"jobs": [{"monthly_wage": -1}]}, "impossible_value", "jobs[0].monthly_wage", {}),
        ({"jobs": [{"monthly_wage": 0.001}]}, "impossible_value", "jobs[0].monthly_wage", {}),
        ({"s33_months": -3}, "impossible_value", "s33_months", {"value": "-3"}),
        ({"s33_months": "many"}, "wrong_type", "s33_months", {}),
        ({"employed": "yes"}, "wrong_type", "employed", {"expected": "true, false or null"}),
        ({"home_province": "7"}, "impossible_value", "home_province", {"value": "7"}),
        ({"home_province": 10}, "wrong_type", "home_province", {}),
        ({"member": {"sso_99": True}}, "unknown_code", "member", {}),
        ({"jobs": "none"}, "wrong_type", "jobs", {}),
        ({"s33_months": 10**30}, "wrong_type", "s33_months", {}),
        ({"jobs": [{"monthly_wage": float("nan")}]}, "wrong_type", "jobs[0].monthly_wage", {}),
        ({"birth_date": datetime.datetime(1984, 5, 10, 8, 30)}, "impossible_value", "birth_date", {"value": "1984-05-10 08:30:00", "expected": "a day"}),
        ({"birth_date": datetime.date(2527, 5, 10)}, "impossible_value", "birth_date", {"value": "2527-05-10"}),
        ({"jobs": [{}, {"started_on": datetime.date(2560, 1, 1)}]}, "impossible_value", "jobs[1].started_on", {"value": "2560-01-01"}),
        ({"nationality": "\ud800"}, "wrong_type", "nationality", {"expected": "text that is Unicode"}),
        ({"jobs": [{"monthly_wage": -1}]}, "impossible_value", "jobs[0].monthly_wage", {"expected": "an amount of baht that is not negative"}),
        ({"jobs": [{"monthly_wage": "many"}]}, "impossible_value", "jobs[0].monthly_wage", {"expected": "an amount of baht such as `875.00`"}),
        ({"s33_months": -3}, "impossible_value", "s33_months", {"expected": "a whole number, not negative and at most 1200"}),
        ({"jobs": [{"province": "99"}]}, "unknown_code", "jobs[0].province", {"nearest": None}),
        ({"jobs": [{"district": "9999"}]}, "unknown_code", "jobs[0].district", {"nearest": None}),
        ({"x": 1}, "unknown_fact", "x", {"nearest": None}),
        ({"sex": {1, 2}}, "wrong_type", "sex", {}),
        ({1: True}, "wrong_type", "the facts", {}),
    ],
)
def test_facts_that_cannot_be(facts, code, field, said):
    with pytest.raises(sitthi.SitthiError) as caught:
        sitthi.assess(facts, on=ON)
    error = caught.value
    assert isinstance(error, ValueError) and error.code == code
    assert error.field is None or error.field.startswith(field or "") or field is None
    for name, value in said.items():
        assert getattr(error, name) == value
    assert error.field and error.expected and "expected" not in error.expected
    assert str(error) and error.to_dict()["message"] == str(error)
    again = pickle.loads(pickle.dumps(error))
    assert (again.code, again.field, str(again)) == (error.code, error.field, str(error))


@pytest.mark.parametrize("day", ["29 กุมภาพันธ์ 2562", "29/02/2562", "2562-02-28", "2019-02-29", "22/11/2026", "yesterday", "2026-11", ""])
def test_days_that_cannot_be(day):
    with pytest.raises(sitthi.SitthiError) as caught:
        sitthi.assess({}, on=day)
    assert caught.value.code == "impossible_date" and caught.value.value == day


@pytest.mark.parametrize("day", [datetime.date(2569, 11, 22), datetime.datetime(2026, 11, 22, 5)])
def test_dates_that_cannot_be(day):
    with pytest.raises(sitthi.SitthiError) as caught:
        sitthi.assess({}, on=day)
    assert caught.value.code == "impossible_date" and caught.value.value == str(day) and caught.value.expected


def test_a_misspelt_fact_is_refused_at_once():
    for make, name, nearest in ((sitthi.Worker, "birth_dat", "birth_date"), (sitthi.Worker, "nationalty", "nationality"), (sitthi.Complaint, "hapened", "happened")):
        with pytest.raises(sitthi.SitthiError) as caught:
            make(**{name: None})
        assert (caught.value.code, caught.value.field, caught.value.nearest) == ("unknown_fact", name, nearest)
    with pytest.raises(sitthi.SitthiError, match="employer"):
        sitthi.Worker(jobs=[{"employr": "company"}])
    for fact in (fact for fact in sitthi.facts() if "." not in fact):
        sitthi.Worker(**{fact: None})
    # Another rulebook may declare such a fact: it is looked for when that is asked.
    with pytest.raises(sitthi.SitthiError, match="some_fact_of_mine"):
        sitthi.assess(sitthi.Worker(some_fact_of_mine=True), on=ON)
    assert sitthi.Worker.from_dict({"birth_dat": 1}) != sitthi.Worker()


@pytest.mark.parametrize("workers", [{"nationality": "thai"}, "thai", sitthi.frames.READERS])
def test_many_workers_are_a_list(workers):
    with pytest.raises(sitthi.SitthiError, match="a list of workers") as caught:
        sitthi.assess_many(workers, on=ON)
    assert (caught.value.code, caught.value.field) == ("wrong_type", "the workers")


def test_text_that_is_not_json():
    with pytest.raises(sitthi.SitthiError, match="line 1, column 8") as caught:
        sitthi.Worker.from_json('{"sex": }'[:8])
    assert caught.value.code == "not_json"


def test_identity_numbers():
    sitthi.check_citizen_id("1-9999-00000-01-3")
    for number in ("1-9999-00000-01-4", "12", "abc"):
        with pytest.raises(sitthi.SitthiError) as caught:
            sitthi.check_citizen_id(number)
        assert number not in str(caught.value) and caught.value.value is None


@pytest.mark.parametrize("damage", [lambda data: b"", lambda data: b"nonsense", lambda data: data[:40], lambda data: data[:-1], lambda data: data[:60] + bytes([data[60] ^ 1]) + data[61:]])
def test_a_damaged_rulebook(damage):
    with pytest.raises(sitthi.SitthiError) as caught:
        sitthi.Rulebook.open(damage(sitthi.Rulebook.built_in().to_bytes()))
    assert caught.value.code == "unreadable_rulebook"


def test_every_fault_of_rule_files(tmp_path):
    import shutil

    folder = tmp_path / "rulebook"
    shutil.copytree(ROOT / "core" / "rulebook", folder)
    file = next(folder.glob("**/sso_39.toml")) if list(folder.glob("**/sso_39.toml")) else next(folder.glob("schemes/*.toml"))
    file.write_text(file.read_text(encoding="utf-8") + "\n[rule.broken]\ngives = 1.5\nnonsense = true\n", encoding="utf-8")
    faults = sitthi.Rulebook.check(folder)
    assert len(faults) > 1 and all(fault.file and fault.line >= 1 and fault.message and fault.code for fault in faults)
    assert "float" in {fault.code for fault in faults}
    assert str(faults[0]).startswith(f"{faults[0].file}:{faults[0].line}: ")
    with pytest.raises(sitthi.SitthiError) as caught:
        sitthi.Rulebook.from_folder(folder)
    assert "faults" in str(caught.value)
    with pytest.raises(OSError):
        sitthi.Rulebook.from_folder(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(sitthi.SitthiError, match="no rule file"):
        sitthi.Rulebook.from_folder(tmp_path / "empty")


@pytest.mark.parametrize(
    ("given", "field", "value", "nearest"),
    [
        ({"targets": {"informality_rat": "50"}}, "targets.informality_rat", "informality_rat", "informality_rate"),
        ({"targets": {"informality_rate": "50%"}}, "targets.informality_rate", "50%", None),
        ({"targets": {"informality_rate": "1e3"}}, "targets.informality_rate", "1e3", None),
        ({"targets": {"informality_rate": "0." + "1" * 40}}, "targets.informality_rate", "0.x-xxxx-xxxxx-xx-x", None),
        ({"targets": {"informality_rate": {"valu": 50}}}, "targets.informality_rate", "valu", "value"),
        ({"missing": "opn"}, "missing", "opn", "open"),
        ({"year": "2567"}, "year", "2567", None),
        ({"as_of": "2567-01-01"}, "as_of", "2567-01-01", None),
        ({"weights": {"informality_rate": -1}}, "weights.informality_rate", "-1", None),
        ("[]", "input", "a list", None),
        ("{", None, None, None),
    ],
)
def test_what_is_given_for_a_plan(given, field, value, nearest):
    with pytest.raises(sitthi.SitthiError) as caught:
        sitthi.score("p2_informal", on=ON, given=given)
    error = caught.value
    assert (error.code, error.field, error.value, error.nearest) == ("plan_input", field, value, nearest)
    assert error.expected and str(error).count(" is ") <= 2


def test_names_and_values_that_a_rulebook_does_not_have():
    with pytest.raises(sitthi.SitthiError, match="`p2_informal`") as caught:
        sitthi.score("p2_informl", on=ON)
    assert (caught.value.code, caught.value.nearest, caught.value.expected) == ("unknown_name", "p2_informal", "the name of a plan")
    book = sitthi.Rulebook.built_in()
    for path, value, code, expected, nearest in (
        ("sso_40.max_age", "seventy", "change_value", "whole years", None),
        ("sso_40.max_agee", 70, "unknown_table", "the path of a table", "sso_40.max_age"),
        ("max_age", 70, "change_path", "`file.table`", None),
    ):
        with pytest.raises(sitthi.SitthiError) as caught:
            book.with_value(path, value)
        error = caught.value
        assert (error.code, error.field, error.nearest) == (code, path, nearest) and expected in error.expected
    assert caught.value.value is None


def test_the_errors_of_frames_are_of_the_family():
    for kind in (sitthi.FrameError, sitthi.UnknownColumnError, sitthi.UnknownFactError, sitthi.UnknownCodeError, sitthi.UnmappedValueError):
        assert issubclass(kind, sitthi.SitthiError)
    from sitthi import frames

    with pytest.raises(sitthi.UnknownFactError) as caught:
        frames.resolve(["SEX"], {"sex": ("code", ["male"])}, {"SEX": "sexx"})
    assert (caught.value.code, caught.value.field, caught.value.nearest) == ("unknown_fact", "sexx", "sex")


def test_wrong_arguments_are_python_s_own_errors():
    for call in (lambda: sitthi.assess({}), lambda: sitthi.assess({}, on=3), lambda: sitthi.law(None), lambda: sitthi.assess_many(3, on=ON)):
        with pytest.raises(TypeError):
            call()
    with pytest.raises(sitthi.SitthiError):
        sitthi.assess(3, on=ON)


def test_a_wrong_call_is_the_error_of_python_that_the_read_me_names(tmp_path):
    said = (ROOT / "bindings-python" / "README.md").read_text(encoding="utf-8")
    frame = sitthi.synth.synthetic_workers(3, seed=1)
    for kind, call in (
        (TypeError, lambda: sitthi.assess({}, on=None)),
        (TypeError, lambda: sitthi.check_citizen_id(1101700230708)),
        (OverflowError, lambda: sitthi.assess_frame(frame, on=ON, unknown="ignore", threads=-1)),
        (UnicodeError, lambda: sitthi.Worker.from_json("\ud800")),
        (OSError, lambda: sitthi.Rulebook.from_folder(tmp_path / "nowhere")),
        (KeyError, lambda: sitthi.assess({}, on=ON)["sso_41"]),
    ):
        assert f"`{kind.__name__}`" in said
        with pytest.raises(kind) as caught:
            call()
        assert not isinstance(caught.value, sitthi.SitthiError)
