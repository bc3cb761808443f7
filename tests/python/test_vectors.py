"""The vectors that every language runs: see tests/vectors/README.md."""

import json
from pathlib import Path

import pytest

import sitthi

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "tests" / "vectors"
FILES = sorted(FOLDER.glob("*.json"))
VECTORS = [vector for file in FILES for vector in json.loads(file.read_text(encoding="utf-8"))]
OUT = ROOT / "out" / "decisions" / "python.jsonl"


def answer(vector):
    """The core's text, of the decision or of the error, and whether it was refused."""
    given = vector.get("input", {})
    text = given if isinstance(given, str) else json.dumps(given, ensure_ascii=False)
    try:
        book = sitthi.Rulebook.open((FOLDER / vector["rulebook"]).read_bytes()) if vector.get("rulebook") else sitthi.Rulebook.built_in()
        law = book.on(vector["on"])
        match vector["call"]:
            case "assess":
                return law.assess(sitthi.Worker.from_json(text)).to_json(), False
            case "classify":
                return law.classify(sitthi.Worker.from_json(text)).to_json(), False
            case "next_question":
                question = law.next_question(sitthi.Worker.from_json(text))
                return "null" if question is None else question.to_json(), False
            case "route":
                return law.route(sitthi.Complaint.from_json(text)).to_json(), False
            case "score":
                return law.score(vector["plan"], text).to_json(), False
            case "explain_assess":
                return words(law.assess(sitthi.Worker.from_json(text)).outline(law)), False
            case "explain_classify":
                return words(law.classify(sitthi.Worker.from_json(text)).outline(law)), False
            case "explain_route":
                return words(law.route(sitthi.Complaint.from_json(text)).outline(law)), False
            case "explain_score":
                return words(law.score(vector["plan"], text).outline(law)), False
            case "interview":
                return walked(law, given), False
            case "changes":
                changes = book.changes(given["from"], given["to"])
                return f"[{','.join(change.to_json() for change in changes)}]", False
            case "check_citizen_id":
                return json.dumps(sitthi.check_citizen_id(given)), False
            case "thai_date":
                return words(sitthi.thai_date(given["day"], given["short"], given["thai_digits"])), False
        raise AssertionError(f"the vector calls `{vector['call']}`, which nothing answers")
    except sitthi.SitthiError as error:
        return error.to_json(), True


def walked(law, given):
    """The steps of an interview, and what is kept of it."""
    interview = law.interview(given["about"], given["given"])
    steps = [interview.step().to_json()]
    for act in given["acts"]:
        if "put" in act:
            interview.put(act["put"], act["answer"])
        elif "change" in act:
            interview.change(act["change"], act["answer"])
        elif "reopen" in act:
            interview = law.resume_interview(interview.to_json())
        else:
            interview.back()
        steps.append(interview.step().to_json())
    return f'{{"steps":[{",".join(steps)}],"interview":{interview.to_json()},"facts":{words(interview.facts())}}}'


def words(told):
    """An outline or a text as the core writes it."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def find(value, path):
    """What stands at a place, with whether it is there."""
    for step in path:
        if isinstance(step, dict):
            value = next((one for one in value or () if all(same(one.get(key), wanted) for key, wanted in step.items())), None)
            if value is None:
                return None, False
        elif isinstance(step, int) and isinstance(value, list):
            if step >= len(value):
                return None, False
            value = value[step]
        elif isinstance(value, dict) and step in value:
            value = value[step]
        else:
            return None, False
    return value, True


def same(left, right):
    return json.dumps(left, sort_keys=True) == json.dumps(right, sort_keys=True)


@pytest.fixture(scope="module")
def decisions():
    """Every decision as the core wrote it, one line each."""
    answers = {vector["id"]: answer(vector) for vector in VECTORS}
    assert len(answers) == len(VECTORS), "an id stands twice"
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_bytes("".join(f"{name}\t{text}\n" for name, (text, _) in answers.items()).encode())
    return answers


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_vector(vector, decisions):
    text, refused = decisions[vector["id"]]
    decision = json.loads(text)
    if "error" in vector:
        assert refused, "expected to be refused, was answered"
        assert {key: decision[key] for key in vector["error"]} == vector["error"]
        return
    assert not refused, text
    for expected in vector.get("expect", ()):
        found, there = find(decision, expected["at"])
        if "is" in expected:
            assert same(found, expected["is"]), expected["at"]
        elif "has" in expected:
            assert isinstance(found, list) and any(same(one, expected["has"]) for one in found), expected["at"]
        else:
            assert there, expected["at"]
