"""The JSON Schema that the package ships holds for what the library takes and gives."""

import json
from importlib import resources

import pytest
from jsonschema import Draft202012Validator
from test_vectors import VECTORS, answer

import sitthi
from sitthi import cli, types

KINDS = {"assess": "Coverage", "classify": "Classification", "next_question": "Question", "route": "Routing", "score": "Scorecard", "changes": "Change", "interview": "InterviewStep"}


def _schema(name):
    return json.loads(resources.files("sitthi").joinpath("schema", f"{name}.schema.json").read_text(encoding="utf-8"))


def _of(schema, name):
    return Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": schema["$defs"]})


@pytest.mark.parametrize("name", ["facts", "decisions"])
def test_the_schemas_are_schemas(name):
    Draft202012Validator.check_schema(_schema(name))


def test_every_answer_is_as_its_schema_says():
    schema = _schema("decisions")
    of = {name: _of(schema, name) for name in (*KINDS.values(), "ErrorObject")}
    met = set()
    for vector in VECTORS:
        text, refused = answer(vector)
        said = json.loads(text)
        kind = "ErrorObject" if refused else KINDS.get(vector["call"])
        if kind is None or said is None:
            continue
        met.add(kind)
        for one in said if isinstance(said, list) else said["steps"] if kind == "InterviewStep" else [said]:
            wrong = next(of[kind].iter_errors(one), None)
            assert wrong is None, f"{vector['id']}: {wrong.json_path if wrong else ''}: {wrong.message[:300] if wrong else ''}"
    assert met == {*KINDS.values(), "ErrorObject"}


def test_facts_that_are_taken_are_as_their_schema_says():
    schema = json.loads(sitthi.Rulebook.built_in().facts_schema())
    of = {"assess": _of(schema, "Worker"), "classify": _of(schema, "Worker"), "route": _of(schema, "Complaint"), "score": _of(schema, "PlanInput")}
    checked = 0
    for vector in VECTORS:
        given = vector.get("input")
        if vector["call"] in of and isinstance(given, dict) and not vector.get("rulebook") and not answer(vector)[1]:
            wrong = next(of[vector["call"]].iter_errors(given), None)
            assert wrong is None, f"{vector['id']}: {wrong.message if wrong else ''}"
            checked += 1
    assert checked > 500


def test_a_misspelt_fact_is_not_as_the_schema_says():
    worker = _of(_schema("facts"), "Worker")
    assert worker.is_valid({"birth_date": "1984-05-10", "jobs": [{"employer": "company"}], "member": {"sso_39": None}})
    for wrong in ({"birht_date": "1984"}, {"jobs": [{"emplyer": "company"}]}, {"member": {"sso_39": "yes"}}, {"s33_months": [5]}):
        assert not worker.is_valid(wrong), wrong


def test_the_command_prints_schemas(capsys, tmp_path):
    assert cli.main(["schema", "decisions"]) == 0
    assert json.loads(capsys.readouterr().out) == _schema("decisions")
    out = tmp_path / "facts.json"
    assert cli.main(["schema", "facts", "--out", str(out)]) == 0
    assert json.loads(out.read_text(encoding="utf-8")) == _schema("facts")


def test_the_types_can_be_imported():
    assert set(types.Worker.__annotations__) > {"birth_date", "jobs"}
    assert set(types.Amount.__annotations__) >= {"if", "from", "value"}
