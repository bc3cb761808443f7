"""What the documents show runs as it is printed."""

import doctest
import importlib
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import polars
import pyreadstat
import pytest

import sitthi

ROOT = Path(__file__).resolve().parents[2]
BLOCKS = [
    pytest.param(code, id=f"{file}:{number}")
    for file in ("README.md", "bindings-python/README.md")
    for number, code in enumerate(re.findall(r"^```python\n(.*?)^```$", (ROOT / file).read_text(encoding="utf-8"), re.M | re.S))
]
MODULES = ["sitthi", *(f"sitthi.{module.name}" for module in pkgutil.iter_modules(sitthi.__path__) if module.name != "__main__")]


def test_there_are_examples():
    assert len(BLOCKS) >= 4
    assert doctest.testmod(sitthi).attempted


@pytest.mark.parametrize("code", BLOCKS)
def test_a_block_of_a_read_me_runs(code, tmp_path):
    """Each on its own, in a process of its own, beside the file that it names."""
    person = {"REG": 1, "CWT": 10, "AGE": 42, "SEX": 1, "STATUS": 2, "JOBS": 1, "WGT": 310.5}
    pyreadstat.write_sav(polars.DataFrame([person]), str(tmp_path / "lfs.sav"))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", timeout=120, cwd=tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_hold(name):
    assert not doctest.testmod(importlib.import_module(name)).failed


def test_a_remark_beside_a_line_is_its_value():
    code = (ROOT / "bindings-python/README.md").read_text(encoding="utf-8")
    assert "coverage[\"sso_40_1\"].status        # 'undetermined'" in code
    assert sitthi.assess({"nationality": "thai", "birth_date": "1984-05-10", "jobs": []}, on="2026-11-22")["sso_40_1"].status == "undetermined"
