"""The types that are said are those that the wheel has."""

import ast
import inspect
import json
import subprocess
import sys
from pathlib import Path

import pytest

import sitthi
from sitthi import _native, results

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = Path(sitthi.__file__).parent


def test_the_stub_names_all_that_the_compiled_half_has():
    tree = ast.parse((PACKAGE / "_native.pyi").read_text(encoding="utf-8"))
    said = {node.name: node for node in tree.body if isinstance(node, (ast.ClassDef, ast.FunctionDef))}
    there = {name for name in vars(_native) if not name.startswith("_")}
    assert set(said) == there
    for name, node in said.items():
        if isinstance(node, ast.ClassDef):
            members = {one.name for one in node.body if isinstance(one, ast.FunctionDef) and not one.name.startswith("__")}
            assert members == {one for one in vars(getattr(_native, name)) if not one.startswith("_")}, name
            for one in node.body:
                if isinstance(one, ast.FunctionDef) and not one.name.startswith("__") and not any(getattr(d, "id", "") == "property" for d in one.decorator_list):
                    real = [p for p in inspect.signature(getattr(getattr(_native, name), one.name)).parameters if p != "self"]
                    told = [a.arg for a in (*one.args.args, *one.args.kwonlyargs) if a.arg not in ("self", "cls")]
                    assert real == told, f"{name}.{one.name}"


def test_a_type_checker_finds_no_fault(tmp_path):
    use = tmp_path / "use.py"
    use.write_text(
        "import datetime\nimport sitthi\n"
        "worker = sitthi.Worker(birth_date=datetime.date(1984, 5, 10), nationality='thai', jobs=[{'employer': 'company', 'monthly_wage': 15000}])\n"
        "coverage = sitthi.assess(worker, on='2026-11-22')\n"
        "status: str = coverage['sso_33'].status\n"
        "until = coverage['sso_33'].until\n"
        "day: datetime.date | None = None if until is None else until.nominal\n"
        "for one in sitthi.assess_many([worker, {}], on=datetime.date(2026, 11, 22)):\n"
        "    print(one.to_json())\n"
        "question = sitthi.next_question(worker, on='2026-11-22')\n"
        "fact: str = question.fact if question is not None else ''\n"
        "sitthi.Worker(brith_date='1984-05-10')  # type: ignore[call-arg]\n",
        encoding="utf-8",
    )
    for asked in ([str(use)], ["-p", "sitthi"]):
        done = subprocess.run(
            [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), *asked], cwd=tmp_path, capture_output=True, text=True, timeout=600
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_stub_is_what_the_wheel_has(tmp_path):
    # Facts are attributes by name, which a class does not list.
    allowed = tmp_path / "allowed"
    allowed.write_text("sitthi._native.(Worker|Complaint).__getattr__\n", encoding="utf-8")
    asked = [sys.executable, "-m", "mypy.stubtest", "sitthi._native", "--ignore-missing-stub", "--allowlist", str(allowed)]
    done = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr


def fields(said, record, seen):
    """Holds every object of a decision to the fields that its type names."""
    kinds = record._kinds
    names = {name.removesuffix("_") for name in kinds}
    missing = set(said) - names
    assert not missing, f"{record.__name__} does not say {sorted(missing)}"
    seen.add(record.__name__)
    for name, kind in kinds.items():
        value = said.get(name.removesuffix("_"))
        kind = kind.removesuffix(" | None")
        several = results._TUPLE.fullmatch(kind)
        made = getattr(results, several[1] if several else kind, None)
        if value is None or not (isinstance(made, type) and issubclass(made, results.Record)):
            continue
        for one in value if several else [value]:
            fields(one, made, seen)


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        ("assess", {"nationality": "thai", "birth_date": "1984-05-10", "jobs": [{"employer": "company", "for_wages": True, "monthly_wage": 15000}]}),
        ("assess", {"nationality": "thai", "birth_date": "1958-05-10", "claim": {"child_born_on": "2026-01-05"}, "paid_months": {"sso_33": {"in_15": 6}}}),
        ("assess", {"s33_end_cause": "job_ended", "s33_ended_on": "2026-01-15", "s33_months": 12, "s39_end_cause": "none", "jobs": [], "member": {"sso_39": False}}),
        ("assess", {"jobs": []}),
        ("assess", {}),
        ("classify", {"jobs": [{"employer": "company"}]}),
        ("next_question", {"jobs": []}),
    ],
)
def test_every_field_of_a_decision_has_a_type(kind, facts):
    seen = set()
    result = getattr(sitthi, kind)(facts, on="2026-11-22")
    fields(json.loads(result.to_json()), type(result), seen)
    assert len(seen) > 1
    if "s33_ended_on" in facts:
        assert "Extension" in seen


def test_py_typed_is_there():
    assert (PACKAGE / "py.typed").exists()
