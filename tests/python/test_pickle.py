"""Whatever the package gives goes through a pickle, into another process too, and answers as before."""

import copy
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pandas
import polars
import pyarrow as pa
import pytest

import sitthi
from sitthi import results

BOOK = Path(__file__).resolve().parents[2] / "core" / "rulebook"
ON = "2026-11-22"
COMPANY = {"for_wages": True, "under_command": True, "employer": "company", "insured_33": True, "started_on": "2010-01-04", "monthly_wage": 15000, "province": "10"}
WORKER = {"nationality": "thai", "birth_date": "1984-05-10", "jobs": [COMPANY]}
COMPLAINT = {"happened": {"wages_unpaid": True}, "job": {"province": "10"}}

FRAME = pa.table(
    {
        "birth_date": ["1964-03-10", "10 มีนาคม 2527", "never", None],
        "sex": pa.array(["male", "female", None, "male"]).dictionary_encode(),
        "region": ["Bangkok", None, "North", "North"],
        "year": pa.array([1, 2, None, 2], pa.int16()),
        "urban": [True, False, None, True],
        "weight": [310.5, 120.0, 88.25, 0.1],
        "seen": pa.array([["a"], [], None, ["b", "c"]]),
        "at": pa.array([1, 2, 3, None], pa.timestamp("us", "Asia/Bangkok")),
    }
)


@pytest.fixture(scope="module")
def changed() -> sitthi.Rulebook:
    """A rulebook that is not the built-in one."""
    return sitthi.Rulebook.built_in().with_value("sso_40.max_age.years", 66)


def asked(frame=FRAME, **more):
    return sitthi.assess_frame(frame, on=ON, jobs=1, carry=["region", "year", "urban", "weight", "seen", "at"], missing=True, errors=True, **more)


def refused(call, *args, **named) -> Exception:
    with pytest.raises(ValueError) as caught:
        call(*args, **named)
    return caught.value


def interview(law: sitthi.Law) -> sitthi.Interview:
    """An interview with an answer."""
    begun = law.interview("ucs", {"nationality": "thai"})
    begun.put("birth_date", "1984")
    return begun


def examples() -> dict[str, object]:
    """An example of every class of the package, by its name."""
    law = sitthi.law(ON)
    coverage = law.assess(WORKER)
    statuses = asked()
    return {
        "ArrowFrame": None,  # A protocol: nothing is an instance of its own.
        "Classification": law.classify(WORKER),
        "Complaint": sitthi.Complaint.from_dict(COMPLAINT),
        "Coverage": coverage,
        "FrameError": refused(asked, unknown="neither"),
        "Interview": interview(law),
        "Law": law,
        "Question": law.next_question({}),
        "Routing": law.route(COMPLAINT),
        "RowError": statuses.errors[0],
        "Rulebook": sitthi.Rulebook.built_in(),
        "Scorecard": law.score(sitthi.Rulebook.built_in().plans[0]),
        "SitthiError": refused(law.assess, {"nationality": "thia"}),
        "Statuses": statuses,
        "Tally": sitthi.tally(FRAME.drop_columns(["seen", "at"]), on=ON, by=["region", "year", "urban"], weights="weight", jobs=1, columns={"sex": "sex"}),
        "UnknownCodeError": refused(sitthi.assess_frame, FRAME, on=ON, facts={"nationality": "thia"}, unknown="ignore"),
        "UnknownColumnError": refused(sitthi.assess_frame, FRAME, on=ON),
        "UnknownFactError": refused(sitthi.assess_frame, FRAME, on=ON, columns={"sex": "sexx"}),
        "UnmappedValueError": refused(sitthi.frames.Target("SEX", "sex", {1: "male"}).map, 3),
        "Worker": sitthi.Worker.from_dict(WORKER),
    }


EXAMPLES = examples()
CLASSES = sorted(name for name in sitthi.__all__ if isinstance(getattr(sitthi, name), type))
COPIES = [("copy", copy.copy), ("deepcopy", copy.deepcopy), *((f"protocol {number}", lambda one, number=number: pickle.loads(pickle.dumps(one, number))) for number in range(pickle.HIGHEST_PROTOCOL + 1))]


def alike(one: object, other: object) -> bool:
    if isinstance(one, sitthi.SitthiError):
        return type(one) is type(other) and one.to_json() == other.to_json() and str(one) == str(other)
    return type(one) is type(other) and one == other


@pytest.mark.parametrize("how", [how for _, how in COPIES], ids=[name for name, _ in COPIES])
@pytest.mark.parametrize("name", CLASSES)
def test_every_class_goes_through_a_pickle(name, how):
    assert getattr(sitthi, name) is how(getattr(sitthi, name)), "the class itself"
    one = EXAMPLES[name]
    assert alike(one, how(one)) and repr(how(one)) == repr(one)


def parts(one: object, found: dict[type, object]) -> dict[type, object]:
    """A record of every class that stands within a decision."""
    found.setdefault(type(one), one)
    for field in one._kinds:
        value = getattr(one, field)
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, results.Record):
                parts(each, found)
    return found


def test_every_record_goes_through_a_pickle(tmp_path):
    found: dict[type, object] = {}
    for one in EXAMPLES.values():
        if isinstance(one, results.Record):
            parts(one, found)
    parts(EXAMPLES["Interview"].step(), found)
    book = sitthi.Rulebook.built_in()
    parts(book.plan(book.plans[0]), found)
    parts(book.changes("2022-01-01", "2024-01-01")[0], found)
    for one in found.values():
        for _, how in COPIES:
            again = how(one)
            assert type(again) is type(one) and again == one and str(again) == str(one) and repr(again) == repr(one)
    assert len(found) > 30


@pytest.mark.parametrize("name", [name for name in results.__all__ if isinstance(getattr(results, name), type)])
def test_every_class_of_results_goes_through_a_pickle(name):
    kind = getattr(results, name)
    one = kind('{"x": 1}') if issubclass(kind, results.Decision) else kind({"x": 1})
    for _, how in COPIES:
        again = how(one)
        assert type(again) is kind and again == one and again.to_dict() == {"x": 1}


def test_another_process_answers_the_same(tmp_path, changed):
    given = {**EXAMPLES, "changed": changed, "law": changed.on(ON), "decided": changed.on(ON).assess(WORKER), "of_changed": asked(rulebook=changed)}
    (tmp_path / "in.pickle").write_bytes(pickle.dumps(given))
    code = """
import pickle, sys
given = pickle.load(open(sys.argv[1], "rb"))
law = given["law"]
given["again"] = law.assess(given["Worker"])
given["text"] = given["decided"].text("both"), given["Coverage"].text("th"), given["Coverage"].schemes[0].text("th")
given["built_in"] = given["Law"].route(given["Complaint"])
pickle.dump(given, open(sys.argv[2], "wb"))
"""
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "in.pickle"), str(tmp_path / "out.pickle")], check=True)
    out = pickle.loads((tmp_path / "out.pickle").read_bytes())
    for name, one in given.items():
        assert alike(one, out[name]), name
    assert out["again"] == given["decided"]
    assert out["text"] == (given["decided"].text("both"), given["Coverage"].text("th"), given["Coverage"].schemes[0].text("th"))
    assert out["built_in"] == EXAMPLES["Routing"]


def test_a_result_keeps_all_that_it_holds():
    for one in (EXAMPLES["Statuses"], EXAMPLES["Tally"]):
        again = pickle.loads(pickle.dumps(one))
        assert pa.table(again).equals(pa.table(one)) and polars.DataFrame(again).equals(polars.DataFrame(one))
        assert again.to_polars().equals(one.to_polars()) and again.to_pandas().equals(one.to_pandas())
        for field in ("columns", "unknown_facts", "hints", "ignored", "edition", "on"):
            assert getattr(again, field) == getattr(one, field), field
        assert again.errors == one.errors and again.errors.total == 1 and str(again.errors) == str(one.errors) and again.errors.counts == one.errors.counts
        assert pickle.loads(pickle.dumps(one.errors)) == one.errors
        assert again._repr_html_() == one._repr_html_()
    assert pickle.loads(pickle.dumps(EXAMPLES["Statuses"])).counts() == EXAMPLES["Statuses"].counts()


@pytest.mark.parametrize("frame", [polars.DataFrame(FRAME.drop_columns(["seen", "at"])), FRAME.drop_columns(["seen", "at"]).to_pandas(), pa.concat_tables([FRAME, FRAME.slice(0, 0), FRAME.slice(1, 2)]).drop_columns(["seen", "at"]), FRAME.slice(0, 0)])
def test_a_result_of_any_frame_goes_through_a_pickle(frame):
    if isinstance(frame, pandas.DataFrame):
        frame.index = frame.index + 7
    one = sitthi.assess_frame(frame, on=ON, jobs=1, carry=True)
    assert pa.table(pickle.loads(pickle.dumps(one))).equals(pa.table(one))


def test_without_pyarrow_what_is_carried_along_is_kept_by_polars(monkeypatch):
    from importlib import util

    one = sitthi.assess_frame(FRAME.select(["birth_date", "region", "seen"]), on=ON, jobs=1, carry=True)
    found = util.find_spec
    monkeypatch.setattr(util, "find_spec", lambda name: None if name == "pyarrow" else found(name))
    again = pickle.loads(pickle.dumps(one))
    monkeypatch.undo()
    assert polars.DataFrame(again).equals(polars.DataFrame(one))


def test_columns_of_groups_keep_their_type():
    frame = FRAME.append_column("nothing", pa.nulls(4)).append_column("no_number", pa.nulls(4, pa.int64()))
    frame = frame.append_column("day", pa.array([1, None, 3, 1], pa.date32()))
    frame = frame.append_column("moment", pa.array([1, None, 3, 1], pa.timestamp("us")))
    for by in ("moment", "nothing", "no_number", "day", "region", "year", "urban", "weight", "sex"):
        one = sitthi.tally(frame, on=ON, by=by, jobs=1, unknown="ignore")
        again = pa.table(pickle.loads(pickle.dumps(one)))
        assert again.equals(pa.table(one)) and again.schema.field(by).type == pa.table(one).schema.field(by).type


def test_results_that_differ_are_not_equal(changed):
    one = EXAMPLES["Statuses"]
    assert one != asked(FRAME.set_column(0, "birth_date", [["1930"] * 4]))
    assert one != asked(FRAME.set_column(2, "region", [["South"] * 4])), "also where only a carried column differs"
    assert one != asked(rulebook=changed) and one != EXAMPLES["Tally"]
    book = sitthi.Rulebook.built_in()
    assert book != changed and hash(book) != hash(changed) and book.on(ON) != changed.on(ON) and book.on(ON) != book.on("2026-11-23")
    assert book == sitthi.Rulebook.open(book.to_bytes()) and book.on(ON) == book.on(ON) and hash(book.on(ON)) == hash(book.on(ON))


def test_a_rulebook_goes_by_its_bytes_and_the_built_in_one_by_its_name(tmp_path, changed):
    book = sitthi.Rulebook.built_in()
    assert len(pickle.dumps(book)) < 300 and len(pickle.dumps(sitthi.Rulebook.open(book.to_bytes()))) < 300
    assert pickle.loads(pickle.dumps(changed)).to_bytes() == changed.to_bytes() and len(pickle.dumps(changed)) > 10_000
    # Thousands of decisions with one rulebook hold it once.
    law = changed.on(ON)
    many = [law.assess(WORKER) for _ in range(50)]
    assert len(pickle.dumps(many)) < len(changed.to_bytes()) + 2 * sum(len(one.to_json().encode()) for one in many)
    text = pickle.dumps(book)
    other = text.replace(book.__reduce__()[1][0].to_bytes(8, "little"), (1).to_bytes(8, "little"))
    assert other != text
    with pytest.raises(sitthi.SitthiError, match="is not the one of edition") as caught:
        pickle.loads(other)
    assert caught.value.code == "another_rulebook"


def test_rule_files_go_along(tmp_path):
    folder = Path(shutil.copytree(BOOK, tmp_path / "book"))
    book = sitthi.Rulebook.from_folder(folder)
    shutil.rmtree(folder)
    again = pickle.loads(pickle.dumps(book))
    assert again == book and again.sheets().keys() == book.sheets().keys()
    assert copy.copy(book) == book == copy.deepcopy(book) and copy.deepcopy(book).sheets()


def test_a_note_on_an_error_goes_along():
    error = refused(sitthi.assess, {"nationality": "thia"}, on=ON)
    if hasattr(error, "add_note"):
        error.add_note("in the third file")
        assert pickle.loads(pickle.dumps(error)).__notes__ == ["in the third file"]


def test_damaged_answers_are_refused():
    state = EXAMPLES["Statuses"]._answers.state()
    name, form, values = state[0][0]
    restored = sitthi._native.Answers.restored
    for column in ((name, form, values + b"\0"), (name, "texts", (b"\0" * 4, ["x"])), (name, "plain", ("l", b"", b"")), (name, "plain", ("u", b"\0" * 64, b"\0")), (name, "whole", b"\0" * 9), (name, "carried", 0), (name, "other", values)):
        with pytest.raises(sitthi.SitthiError):
            restored(([column], *state[1:]), None)
    beyond = restored(([(name, form, b"\xff" * len(values))], *state[1:]), None)
    assert pa.table(sitthi.Statuses(beyond, ())).column(0).null_count == len(values), "a code beyond the labels is null"
