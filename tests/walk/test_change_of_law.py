"""A change of law by someone who has the packages of Python and JavaScript alone: export, edit, test, mend, compile, open in Node."""

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NPM = ROOT / "out" / "npm"
# Reads the compiled rulebook with the npm package, and says what an insured person of section 39 pays under it and under the built-in one.
ASK = """
import { readFileSync } from 'node:fs'
import { Rulebook } from 'sitthi'
const worker = JSON.parse(process.argv[3])
const paid = (rulebook) => rulebook.on('2026-11-22').assess(worker).schemes.find(({ scheme }) => scheme === 'sso_39').amounts.find(({ id }) => id.endsWith('contribution')).value.baht
console.log(JSON.stringify([paid(Rulebook.builtIn()), paid(Rulebook.open(readFileSync(process.argv[2])))]))
"""


def sitthi(*arguments, folder):
    done = subprocess.run([sys.executable, "-I", "-m", "sitthi", *map(str, arguments)], cwd=folder, capture_output=True, text=True, timeout=600)
    return done.returncode, done.stdout, done.stderr


def test_a_change_of_law_with_the_packages_alone(tmp_path):
    # The wheel has the rule files, all of them and as they are.
    code, _, err = sitthi("rulebook", "export", "law", folder=tmp_path)
    assert code == 0 and "README.md" in err
    law, kept = tmp_path / "law", ROOT / "core" / "rulebook"
    names = [{path.relative_to(folder) for path in folder.rglob("*") if path.is_file()} for folder in (law, kept)]
    assert names[0] == names[1] and all((law / name).read_bytes() == (kept / name).read_bytes() for name in names[0])
    code, _, err = sitthi("rulebook", "export", "law", folder=tmp_path)
    assert code == 2 and "empty folder" in err, "nothing is overwritten"

    # The contribution of section 39 rises.
    file = law / "schemes" / "sso_39.toml"
    text = file.read_text(encoding="utf-8")
    row = re.search(r"^\[table\.monthly\].*?rows\s*=\s*\[\s*\[2010-01-01, 432,", text, re.M | re.S)
    changed = text[: row.end() - 4] + "450," + text[row.end() :]
    file.write_text(changed, encoding="utf-8")

    # The examples that say otherwise are told by name, file and line.
    code, out, err = sitthi("rulebook", "test", "law", "--file", "sso_39", folder=tmp_path)
    assert re.search(r"^schemes/sso_39\.toml:\d+: member_all_paid: `amounts\.contribution` is 450\.00, expected 432\.00$", out, re.M), out
    differ = set(re.findall(r"^schemes/sso_39\.toml:(\d+): (\w+): `", out, re.M))
    assert code == 1 and f"{len({name for _, name in differ})} examples differ" in err
    lines = changed.splitlines()
    for number, name in differ:
        start = next(place for place in range(int(number) - 1, -1, -1) if lines[place].startswith("[example."))
        assert name in lines[start]
        end = next((place for place in range(start + 1, len(lines)) if lines[place].startswith("[")), len(lines))
        lines[start:end] = [line.replace("432.00", "450.00").replace("432 baht", "450 baht") for line in lines[start:end]]

    # The examples are mended, and all come out.
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    code, _, err = sitthi("rulebook", "test", "law", "--file", "sso_39", folder=tmp_path)
    assert code == 0 and "0 examples differ" in err, err

    # What is compiled opens in Node, and in Python, and answers by the new law.
    code, _, err = sitthi("rulebook", "compile", "law", "--out", "law.bin", folder=tmp_path)
    assert code == 0, err
    worker = {"nationality": "thai", "birth_date": "1980-01-01", "jobs": [], "member": {"sso_39": True}, "s39_unpaid_in_a_row": 0, "s39_paid_in_12": 12}
    (NPM / "ask.mjs").write_text(ASK, encoding="utf-8")
    asked = subprocess.run(["node", "ask.mjs", tmp_path / "law.bin", json.dumps(worker)], cwd=NPM, capture_output=True, text=True, timeout=120)
    assert asked.returncode == 0, asked.stderr
    assert json.loads(asked.stdout) == ["432.00", "450.00"]
    (tmp_path / "worker.json").write_text(json.dumps(worker), encoding="utf-8")
    code, out, _ = sitthi("assess", "--facts", "worker.json", "--on", "2026-11-22", "--rulebook", "law.bin", "--json", folder=tmp_path)
    assert code == 0 and "450.00" in out and "432.00" not in out
