"""What comes in is bounded, has an end, and tells no message whose number it is."""

import contextlib
import json
import re
import threading
import time
from collections.abc import Mapping

import pyarrow as pa
import pytest

import sitthi
from sitthi import cli

ON = "2026-11-22"
LAW = sitthi.law(ON)
ASKED = [LAW.assess, LAW.classify, LAW.statuses, LAW.next_question, LAW.route, sitthi.Worker.from_dict, sitthi.Complaint.from_dict]
READ = [*ASKED, lambda given: LAW.score("p2_informal", given), lambda given: LAW.assess_many([given])[0]]


def code_of(act, *given):
    """The code of the error with which the library refuses; of nothing else may it fail."""
    try:
        answer = act(*given)
    except sitthi.SitthiError as error:
        answer = error
    return answer.code if isinstance(answer, sitthi.SitthiError) else None


class Item:
    """What gives another for itself, as scalars of numpy do."""

    def __init__(self, act):
        self.act = act

    def item(self):
        return self.act()


class OtherItem:
    def __init__(self, act):
        self.item = act


class Itself(Mapping):
    def __getitem__(self, name):
        return self

    def __iter__(self):
        return iter(["jobs"])

    def __len__(self):
        return 1


def endless():
    """Values without an end, each as facts and where the value of a fact stands."""
    itself = {}
    itself["jobs"] = itself
    own_list = []
    own_list.append(own_list)
    deep, deep_dict, deep_tuple = [], {}, ()
    for _ in range(10_000):
        deep, deep_dict, deep_tuple = [deep], {"jobs": deep_dict}, (deep_tuple,)
    one, other = Item(lambda: other), OtherItem(lambda: one)
    for value in (itself, own_list, deep, deep_dict, deep_tuple, Itself(), one):
        yield value
        for fact in ("jobs", "birth_date", "nationality", "paid_months", "happened", "a_declared_fact"):
            yield {fact: value}
        yield {"jobs": [{"employer": value}]}


def test_what_has_no_end_is_refused_as_too_deep():
    for value in endless():
        for read in READ:
            assert code_of(read, value) in ("too_deep", "wrong_type"), read
        if isinstance(value, dict):
            assert code_of(lambda facts: sitthi.Worker(**facts), value) == "too_deep"
    itself = {}
    itself["jobs"] = itself
    assert [code_of(read, itself) for read in READ] == ["too_deep"] * len(READ)


def test_what_has_no_end_is_refused_in_a_thread_of_little_memory():
    found = []
    threading.stack_size(512 * 1024)
    try:
        thread = threading.Thread(target=lambda: found.extend(code_of(LAW.assess, value) for value in endless()))
        thread.start()
        thread.join()
    finally:
        threading.stack_size(0)
    assert found and set(found) <= {"too_deep", "wrong_type"}


def test_the_same_depth_holds_for_objects_and_for_text():
    def nested(depth):
        value = None
        for _ in range(depth):
            value = [value]
        return value

    for depth, refused in ((63, False), (64, False), (65, True), (10_000, True)):
        text = f"{'[' * depth}null{']' * depth}"
        of_text, of_object = code_of(sitthi.Worker.from_json, text), code_of(sitthi.Worker.from_dict, nested(depth))
        assert of_text == of_object and (of_text == "too_deep") is refused, depth


def test_what_changes_while_it_is_read_is_read_as_it_was():
    facts = {}

    def grow():
        facts.update({f"new_{number}": 1 for number in range(1000)})
        return "thai"

    def clear():
        facts.clear()
        return 3

    facts.update({"nationality": Item(grow), "s33_months": Item(clear), "sex": "male"})
    assert code_of(LAW.assess, facts) is None
    jobs = []

    def shrink():
        jobs.clear()
        return "company"

    jobs.extend([{"employer": Item(shrink)}, {"employer": "company"}])
    assert code_of(LAW.assess, {"jobs": jobs}) is None


def test_an_error_of_what_is_given_comes_through():
    def fail():
        raise RuntimeError("not there")

    class Broken(Itself):
        def __getitem__(self, name):
            fail()

    for value in (Item(fail), Broken()):
        with pytest.raises(RuntimeError, match="not there"):
            LAW.assess({"sex": value})


@pytest.mark.parametrize(
    "facts",
    [
        {"jobs": [{}] * 3000},
        {"jobs": [{}] * 65},
        {"paid_months": {"sso_33": ["2026-01"] * 100_000}},
        {"x" * 100_000: 1},
        {"jobs": [{"ก" * 100_000: 1}]},
        {"nationality": "thai" * 25_000},
        {"home_province": "กรุงเทพ" * 20_000},
        {"jobs": [{"district": "เมือง" * 20_000}]},
        {"birth_date": "1" * 100_000},
        {"jobs": [{"monthly_wage": "9" * 100_000}]},
        {"s33_months": "9" * 100_000},
        {"member": {"s" * 100_000: True}},
        {"paid_months": {"sso_33": {"in_" + "1" * 100_000: 1}}},
    ],
    ids=lambda facts: next(iter(facts))[:20],
)
def test_what_is_long_is_refused_soon_and_in_few_words(facts):
    for read in (LAW.assess, LAW.route, lambda facts: LAW.assess(sitthi.Worker.from_json(json.dumps(facts)))):
        start = time.perf_counter()
        with pytest.raises(sitthi.SitthiError) as caught:
            read(facts)
        assert time.perf_counter() - start < 1
        assert len(str(caught.value)) < 1000 and len(caught.value.to_json()) < 4000


def test_as_many_jobs_as_may_be_are_answered_soon():
    start = time.perf_counter()
    LAW.assess({"jobs": [{}] * 64})
    assert time.perf_counter() - start < 3


TWICE = '{"danger_now": true, "danger_now": false}'


@pytest.mark.parametrize(
    ("read", "text", "field"),
    [
        (sitthi.Worker.from_json, '{"sex": "male", "sex": "female"}', "sex"),
        (sitthi.Worker.from_json, '{"jobs": [{"work": "office", "work": "farm"}]}', "jobs.work"),
        (sitthi.Worker.from_json, '{"member": {"sso_39": true, "sso\\u005f39": false}}', "member.sso_39"),
        (sitthi.Complaint.from_json, TWICE, "danger_now"),
        (lambda text: LAW.score("p2_informal", text), '{"values": {"x": 1, "x": 2}}', "values.x"),
        (lambda text: LAW.score("p2_informal", text), '{"year": 2567, "year": 2567}', "year"),
    ],
)
def test_a_name_given_twice_in_text_is_refused(read, text, field):
    with pytest.raises(sitthi.SitthiError, match="twice") as caught:
        read(text)
    assert (caught.value.code, caught.value.field) == ("duplicate_name", field)


def test_a_name_given_twice_is_refused_on_the_command_line(tmp_path, capsys):
    text = tmp_path / "facts.json"
    text.write_text(TWICE, encoding="utf-8")
    lines = tmp_path / "complaints.jsonl"
    lines.write_text('{"danger_now": true}\n' + TWICE + "\n", encoding="utf-8")
    plan = tmp_path / "plan.json"
    plan.write_text('{"year": 2567, "year": 2566}', encoding="utf-8")
    for arguments, exit_code in (
        (["route", "--facts", str(text)], cli.WRONG),
        (["route", "--in", str(lines)], cli.FAULTS),
        (["route", "danger_now=yes", "danger_now=no"], cli.WRONG),
        (["assess", 'member={"sso_39": true, "sso_39": false}'], cli.WRONG),
        (["assess", 'jobs=[{"work": "office", "work": "farm"}]'], cli.WRONG),
        (["plan", "p2_informal", "--given", str(plan)], cli.WRONG),
        (["assess", "--in", "x.csv", "--columns", str(plan)], cli.WRONG),
    ):
        assert cli.main(arguments) == exit_code, arguments
        assert "twice" in capsys.readouterr().err or (arguments[1:2] == ["--in"] and "x.csv" in arguments)


NUMBERS = ["1999900000013", "1-9999-00000-01-3", "1 9999 00000 01 3", "๑๙๙๙๙๐๐๐๐๐๐๑๓", "๑-๙๙๙๙-๐๐๐๐๐-๐๑-๓", "1.9999.00000.01.3"]
FACTS = [
    ("nationality", "assess"), ("sex", "assess"), ("birth_date", "assess"), ("home_province", "assess"), ("s33_months", "assess"), ("employed", "assess"),
    ("monthly_income", "assess"), ("member", "assess"), ("paid_months", "assess"), ("jobs", "assess"), ("claim", "assess"), ("a_declared_fact", "assess"),
    ("job.employer", "assess"), ("job.work", "assess"), ("job.monthly_wage", "assess"), ("job.started_on", "assess"), ("job.province", "assess"),
    ("job.district", "assess"), ("job.for_wages", "assess"), ("job.a_declared_fact", "assess"), ("member.sso_39", "assess"), ("claim.event_on", "assess"),
    ("paid_months.sso_33", "assess"), ("danger_now", "route"), ("reporter", "route"), ("happened", "route"), ("happened.unpaid_wages", "route"),
    ("happened_on", "route"), ("job.province", "route"), ("unpaid_amount", "route"),
]
TOLD = re.compile(r"9999|๙๙๙|99 99")


def nested(fact, value, call):
    head, dot, rest = fact.partition(".")
    if not dot:
        return {fact: value}
    if head == "job":
        return {"job": {rest: value}} if call == "route" else {"jobs": [{rest: value}]}
    return {head: {rest: value}}


def told(error):
    """All that an error tells of what was given."""
    parts = [str(error), repr(error), error.to_json(), error.message_th, error.field, error.value, error.expected, error.nearest, error.args]
    return " ".join(map(str, parts))


@pytest.mark.parametrize("number", NUMBERS)
def test_no_error_tells_an_identity_number(number):
    plain = "".join(letter for letter in number if letter.isdecimal())
    given = [number, f"นาย ก {number}", [number], {number: True}, {"x": number}, [{number: number}]]
    given += [int(plain), float(plain)]
    for fact, call in FACTS:
        for value in given:
            for facts in (nested(fact, value, call), {number: value}, {**nested(fact, value, call), f"{fact}_{number}": 1}):
                for act in (getattr(LAW, call), lambda facts: sitthi.Worker(**facts), lambda facts: sitthi.Complaint(**facts)):
                    try:
                        answer = act(facts)
                    except sitthi.SitthiError as error:
                        assert not TOLD.search(told(error)), (fact, value)
                    else:
                        assert not TOLD.search(repr(answer)), (fact, value)


@pytest.mark.parametrize("number", NUMBERS)
def test_no_door_tells_an_identity_number(number, tmp_path, capsys):
    acts = [
        lambda: sitthi.law(number), lambda: sitthi.read_day(number), lambda: sitthi.thai_date(number), lambda: sitthi.check_citizen_id(number + "0"),
        lambda: LAW.score(number), lambda: LAW.score("p2_informal", {number: 1}), lambda: LAW.score("p2_informal", {"year": number}),
        lambda: LAW.score("p2_informal", {"values": {number: 1}}), lambda: LAW.score("p2_informal", {"values": {"informality_rate": number}}),
        lambda: LAW.codes(number), lambda: LAW.districts(number), lambda: sitthi.Rulebook.built_in().plan(number),
        lambda: sitthi.Rulebook.built_in().with_value(number, 1), lambda: sitthi.Worker.from_json(f'{{"{number}": 1, "{number}": 2}}'),
        lambda: sitthi.Worker(sex="male").__getattr__(number), lambda: LAW.assess({})[number], lambda: getattr(LAW.assess({}), number),
        lambda: LAW.text({"x": 1}, number), lambda: sitthi.frames.resolve(["a"], {"sex": ("code", ["male"])}, {number: "sex"}),
        lambda: sitthi.frames.resolve(["a"], {"sex": ("code", ["male"])}, {"a": number}),
        lambda: sitthi.frames.resolve(["a"], {"sex": ("code", ["male"])}, {"a": ("sex", {1: number})}),
        lambda: sitthi.frames.Target("a", "sex", {"m": "male"}).map(number), lambda: sitthi.frames.Target("a", "sex", {number: "male"}).map("m"),
    ]
    for place, act in enumerate(acts):
        with pytest.raises((ValueError, TypeError, AttributeError, KeyError)) as caught:
            act()
        assert not TOLD.search(told(caught.value) if isinstance(caught.value, sitthi.SitthiError) else f"{caught.value!r} {caught.value}"), place
    lines = tmp_path / "complaints.jsonl"
    lines.write_text(json.dumps({number: 1}) + "\n" + json.dumps({"happened_on": number}) + f"\n{number}\n", encoding="utf-8")
    commands = [["assess", f"{fact}={number}"] for fact, call in FACTS if call == "assess"]
    commands += [["route", f"{fact}={number}"] for fact, call in FACTS if call == "route"]
    commands += [
        ["assess", f"{number}=1"], ["assess", number], ["assess", f"--{number}"], [number], ["assess", "sex=male", "--on", number], ["plan", number],
        ["changes", number, number], ["route", "--in", str(lines)], ["assess", f'jobs=[{{"{number}": 1}}]'], ["assess", f"x.{number}=1"],
    ]
    for command in commands:
        with contextlib.suppress(SystemExit):
            cli.main(command)
        said = capsys.readouterr()
        assert not TOLD.search(said.err + said.out), command


def test_wages_and_counts_are_bounded():
    for facts, field in (
        ({"jobs": [{"monthly_wage": 1999900000013}]}, "jobs[0].monthly_wage"),
        ({"jobs": [{"monthly_wage": "1999900000013"}]}, "jobs[0].monthly_wage"),
        ({"jobs": [{"monthly_wage": 1999900000013.0}]}, "jobs[0].monthly_wage"),
        ({"s33_months": 1999900000013}, "s33_months"),
        ({"s33_months": 1201}, "s33_months"),
        ({"s33_months": 2**63}, "s33_months"),
    ):
        with pytest.raises(sitthi.SitthiError) as caught:
            LAW.assess(facts)
        assert (caught.value.code, caught.value.field) == ("impossible_value", field)


def test_no_time_is_no_day_of_the_year_one():
    import pandas

    with pytest.raises(sitthi.SitthiError, match="NaTType, expected a date; None where it is not known") as caught:
        sitthi.Worker(birth_date=pandas.NaT)
    assert (caught.value.code, caught.value.field) == ("wrong_type", "birth_date")


LONG = "x" * 100_000


def test_a_frame_has_the_limits_of_one_person():
    table = pa.table({"sex": ["male"]})
    assert len(sitthi.assess_frame(table, on=ON, jobs=64)) == 1
    for jobs in (65, 100_000, 2**62, -1, -(2**70)):
        with pytest.raises(sitthi.SitthiError) as caught:
            sitthi.assess_frame(table, on=ON, jobs=jobs)
        assert (caught.value.code, caught.value.field) == ("impossible_value", "jobs") and caught.value.expected


@pytest.mark.parametrize(
    "call",
    [
        lambda table: sitthi.assess_frame(pa.table({LONG: ["male"]}), on=ON),
        lambda table: sitthi.assess_frame(table, on=ON, columns={LONG: "sex"}),
        lambda table: sitthi.assess_frame(table, on=ON, columns={"sex": LONG}),
        lambda table: sitthi.assess_frame(table, on=ON, columns={"sex": ("sex", {"male": LONG})}),
        lambda table: sitthi.assess_frame(table, on=ON, columns={"sex": ("sex", LONG)}),
        lambda table: sitthi.assess_frame(table, on=ON, of=[LONG]),
        lambda table: sitthi.assess_frame(table, on=ON, of=LONG),
        lambda table: sitthi.assess_frame(table, on=ON, unknown=LONG),
        lambda table: sitthi.assess_frame(table, on=ON, carry=[LONG]),
        lambda table: sitthi.assess_frame(table, on=ON, facts={LONG: 1}),
        lambda table: sitthi.assess_frame(table, on=ON, facts={"nationality": LONG}),
        lambda table: sitthi.assess_frame(table, on=LONG),
        lambda table: sitthi.tally(table, on=ON, by=[LONG]),
    ],
)
def test_a_message_about_a_frame_is_not_as_long_as_a_name_in_it(call):
    began = time.monotonic()
    with pytest.raises(sitthi.SitthiError) as caught:
        call(pa.table({"sex": ["male"]}))
    error = caught.value
    assert all(len(str(part)) < 1000 for part in (error, error.field, error.value, error.expected, error.nearest)) and len(error.to_json()) < 3000
    assert time.monotonic() - began < 5
    assert "100000 letters" in error.to_json() or "…" in error.to_json()


def test_of_many_unknown_columns_the_first_are_named():
    with pytest.raises(sitthi.UnknownColumnError, match="`column_19` and 4,980 more;") as caught:
        sitthi.assess_frame(pa.table({f"column_{number}": ["male"] for number in range(5000)}), on=ON)
    assert len(str(caught.value)) < 1000


def test_a_reason_of_a_row_is_not_as_long_as_a_key():
    result = sitthi.assess_frame(pa.table({"sex": ["male"]}), on=ON, columns={"sex": ("sex", {LONG: "male"})})
    assert len(str(result.errors)) < 1000 and len(result.errors) == 1


def test_the_command_line_cuts_what_it_shows(capsys):
    for command in ([f"{LONG}=1"], [LONG], [f"sex={LONG}"], ["sex=male", "--on", LONG], [f"member.{LONG}=1"], [f"{LONG}.x=1"], ["sex=male", f"--facts={LONG}"]):
        assert cli.main(["assess", *command]) == cli.WRONG
        assert 0 < len(capsys.readouterr().err) < 1000, command[0][:20]
