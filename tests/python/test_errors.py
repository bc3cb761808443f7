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
        ({"birth_date": datetime.datetime(1984, 5, 10, 8, 30)}, "impossible_date", None, {}),
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
    assert str(error) and error.to_dict()["message"] == str(error)
    again = pickle.loads(pickle.dumps(error))
    assert (again.code, again.field, str(again)) == (error.code, error.field, str(error))


@pytest.mark.parametrize("day", ["29 กุมภาพันธ์ 2562", "29/02/2562", "2562-02-28", "2019-02-29", "22/11/2026", "yesterday", "2026-11", ""])
def test_days_that_cannot_be(day):
    with pytest.raises(sitthi.SitthiError) as caught:
        sitthi.assess({}, on=day)
    assert caught.value.code == "impossible_date" and caught.value.value == day


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


def test_plans_and_their_input():
    with pytest.raises(sitthi.SitthiError, match="`p2_informal`") as caught:
        sitthi.score("p2_informl", on=ON)
    assert caught.value.nearest == "p2_informal"
    with pytest.raises(sitthi.SitthiError):
        sitthi.score("p2_informal", on=ON, targets={"informality_rat": "50"})
    with pytest.raises(sitthi.SitthiError):
        sitthi.score("p2_informal", on=ON, given="[]")


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
