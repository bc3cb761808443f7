"""Measures everything in one run and prints one table: each quantity beside its contender of the same run, its goal and the best peer.

``make bench`` builds the wheel and the npm package and runs this; ``python benches/run.py --help`` names what can be chosen. What has not been built
is said and left out.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(HERE))

# The street vendor of the rulebook's profiles: of whom all is known that the schemes ask.
PERSON = {
    "birth_date": "1985-02-01", "nationality": "thai", "perceives_rights": True, "home_province": "10", "s33_end_cause": "none", "s39_end_cause": "none",
    "employed": True,
    "jobs": [{
        "main": True, "for_wages": False, "under_command": False, "platform": False, "employer": "none", "work": "trade", "sector": "services",
        "serves_business": True, "insured_33": False, "province": "10",
    }],
    "member": dict.fromkeys((
        "sso_39", "sso_40_1", "sso_40_2", "sso_40_3", "gpf", "bma_pension", "local_pension", "private_school_fund", "csmbs", "local_officer_health",
        "state_enterprise_health", "public_body_health", "political_office_health",
    ), False),
}
DAY = "2026-11-22"


# ---- telling


class Report:
    """The lines of the table, told as they are measured."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str, str, str, str, str]] = []
        self.more: list[str] = []
        self.figures: dict[str, Any] = {}

    def add(self, quantity: str, measured: str, ratio: str = "", goal: str = "", peer: str = "", *, held: bool | None = None) -> None:
        line = (quantity, measured, ratio, goal, "" if held is None else ("yes" if held else "no"), peer)
        self.lines.append(line)
        print("  " + " | ".join(part for part in line if part), flush=True)

    def table(self) -> str:
        head = ("quantity", "measured", "ratio in this run", "goal", "held", "best peer")
        rows = [head, ("---",) * len(head), *self.lines]
        return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def told(seconds: float) -> str:
    for factor, unit in ((1e9, "ns"), (1e6, "µs"), (1e3, "ms")):
        if seconds * factor < 1000:
            return f"{seconds * factor:.3g} {unit}"
    return f"{seconds:.3g} s"


def command(*words: str | Path, env: dict[str, str] | None = None, cwd: Path | None = None) -> str:
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, env={**os.environ, **(env or {})}, cwd=cwd or ROOT, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(str(word) for word in words)} failed:\n{done.stderr[-3000:]}")
    return done.stdout


def alternate(runs: int, *contenders: Callable[[], object]) -> list[float]:
    """The median seconds of each contender; they take turns, so that the neighbours of the machine strike all alike."""
    times: list[list[float]] = [[] for _ in contenders]
    for round_ in range(runs + 1):
        for place, contender in enumerate(contenders):
            start = time.perf_counter()
            result = contender()
            taken = time.perf_counter() - start
            del result
            if round_:
                times[place].append(taken)
    return [statistics.median(taken) for taken in times]


def each(calls: int, call: Callable[[], object], rounds: int = 7) -> float:
    """The median seconds of one call over rounds of many."""
    found = []
    for _ in range(rounds):
        start = time.perf_counter()
        for _ in range(calls):
            call()
        found.append((time.perf_counter() - start) / calls)
    return statistics.median(found)


# ---- the core


def build() -> Path:
    """The Rust programs, built in release."""
    print("building benches/rust", flush=True)
    command("cargo", "build", "--release", "-p", "sitthi-bench")
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    return target / "release" / ("sitthi-bench.exe" if os.name == "nt" else "sitthi-bench")


def core(report: Report, program: Path, folder: Path, rows: int, runs: int) -> None:
    import persons

    found = json.loads(command(program, "rules", folder, str(runs)))
    report.figures["rules"] = found
    part = persons.generate(rows)
    some = min(rows, 200_000)
    expected = persons.reference(part, some)
    persons.write({name: values[:some] for name, values in part.items()}, folder / "some")
    if json.loads(command(program, "rules", folder / "some", "1"))["counts"] != expected:
        raise RuntimeError("the engine and the reference in Python count differently")
    for threads, name in (("one", "1 thread"), ("all", f"{found['cores']} threads")):
        times = found[threads]
        per = {contender: seconds / found["rows"] for contender, seconds in times.items()}
        report.add(f"read floor, {name}", f"{told(per['floor'])} a person")
        report.add(f"kernel by hand ({found['instructions']}), {name}", f"{told(per['kernel'])} a person", f"{times['kernel'] / times['floor']:.2f} × floor", peer="1.3–1.9 × floor")
        ratio = times["engine"] / times["kernel"]
        goal = {"goal": "≤ 1.3 × kernel", "held": ratio <= 1.3, "peer": "numba 3.0 × floor"} if threads == "one" else {}
        report.add(f"engine, six rules given at run time, {name}", f"{told(per['engine'])} a person", f"{ratio:.2f} × kernel, {times['engine'] / times['floor']:.2f} × floor", **goal)
    report.add("plan of the six rules, compiled", told(found["plan_seconds"]))


def width(report: Report, program: Path, rows: int, runs: int) -> None:
    found = json.loads(command(program, "width", str(rows), str(runs)))
    report.figures["width"] = found
    ratio, most = found["one"] / found["floor"], 4 if found["instructions"] == "baseline" else 3
    report.add(
        f"width: 30 predicates, 40 nodes, 12 outputs, 41 bytes ({found['instructions']})", f"{told(found['one'] / rows)} a person (floor {told(found['floor'] / rows)})",
        f"{ratio:.2f} × floor; {found['cores']} threads {found['all'] / found['floor']:.2f} ×", "≤ 3 × floor (AVX2), ≤ 4 × (SSE2)", "prototype 1.5–3.6 ×; arrow-rs 14 ×", held=ratio <= most,
    )


def worker(report: Report, program: Path, runs: int) -> None:
    found = json.loads(command(program, "worker", str(runs)))
    report.figures["worker"] = found
    profiles = {name: person for name, person in found["persons"].items() if name != "nothing_known"}
    middle = {key: statistics.median(person[key] for person in profiles.values()) for key in ("statuses", "decision", "to_json", "next_question")}
    most = {key: max(person[key] for person in profiles.values()) for key in middle}
    per_scheme = middle["statuses"] / found["schemes"]
    report.add(f"one worker, Rust: statuses, a scheme ({len(profiles)} profiles)", told(per_scheme), f"{found['schemes']} schemes {told(middle['statuses'])}, at most {told(most['statuses'])}", "≤ 100 ns", "engines 4–700 µs for all", held=per_scheme <= 100e-9)
    report.add("one worker, Rust: full decision with reasons and citations", told(middle["decision"]), f"at most {told(most['decision'])}; nothing known {told(found['persons']['nothing_known']['decision'])}", "≤ 20 µs", "engines 4–700 µs, no reasons", held=middle["decision"] <= 20e-6)
    report.add("one worker, Rust: next question; the decision as JSON", f"{told(middle['next_question'])}; {told(middle['to_json'])}", f"nothing known {told(found['persons']['nothing_known']['next_question'])}")
    report.add("built-in rulebook opened; plan of its schemes compiled", f"{told(found['open_built_in'])}; {told(found['plan'])}")


# ---- frames


def _frames(rows: int) -> tuple[dict[str, Any], Any, Any]:
    """The persons as arrays, as an Arrow table and as a frame of polars."""
    import numpy as np
    import persons
    import polars as pl
    import pyarrow as pa

    columns = persons.generate(rows)
    arrays: dict[str, Any] = {}
    for name in ("birth", "nat", "kind", "employer", "ins", "months", "left", "wage"):
        known = columns.get(f"{name}_known")
        values = columns[name]
        if name in ("birth", "left"):
            arrays[name] = pa.array(values, mask=None if known is None else ~known).cast(pa.date32())
        elif name in persons.CODES:
            keys = pa.array(values, mask=None if known is None else ~known)
            arrays[name] = pa.DictionaryArray.from_arrays(keys, pa.array(persons.CODES[name]))
        else:
            arrays[name] = pa.array(values, mask=None if known is None else ~known)
    table = pa.table({"birth_date" if name == "birth" else name: values for name, values in arrays.items()})
    # Polars is given whole numbers: what its expressions compare fastest.
    plain = {name: pa.array(columns[name], mask=None if f"{name}_known" not in columns else ~columns[f"{name}_known"]) for name in arrays}
    frame = pl.from_arrow(pa.table(plain))
    assert isinstance(frame, pl.DataFrame)
    return {name: np.ascontiguousarray(values) for name, values in columns.items()}, table, frame.rechunk()


def by_polars(frame: Any) -> Callable[[], Any]:
    import persons
    import polars as pl

    born, col = persons.BORN, pl.col
    birth, employer = col("birth"), col("employer")
    open_ = (col("nat") == 0) & (employer != 3)
    grown = birth <= born[15]
    s33 = (col("kind") == 1) & ((employer == 1) | (employer == 2)) & grown & (birth > born[60]) & (col("wage") > 0)
    insured = (col("ins") == 1) | (col("ins") == 2)
    s39 = (col("months") >= 12) & (col("left") >= persons.HALF_YEAR_AGO) & (col("left") <= persons.NOW) & ~s33
    ages = [(birth <= born[years]).cast(pl.UInt8) for years in (60, 70, 80, 90)]
    band = (ages[0] + ages[1] + ages[2] + ages[3]) * open_.cast(pl.UInt8)
    rules = {
        "bench_33": s33, "bench_39": s39, "bench_40": open_ & grown & (birth > born[66]) & ~insured, "bench_uhc": open_ & ~insured,
        "bench_nsf": open_ & grown & (birth > born[61]) & (col("ins") == 0) & ~s33, "band": band,
    }
    return lambda: frame.lazy().select(**rules).collect()


def by_numpy(columns: dict[str, Any]) -> Callable[[], Any]:
    import numpy as np
    import persons

    born = persons.BORN

    def run() -> Any:
        birth, employer, ins = columns["birth"], columns["employer"], columns["ins"]
        grown, open_ = birth <= born[15], (columns["nat"] == 0) & (employer != 3)
        base = (columns["kind"] == 1) & ((employer == 1) | (employer == 2)) & grown & (birth > born[60])
        paid, wage_known = columns["wage"] > 0, columns["wage_known"]
        s33, not_33 = base & wage_known & paid, ~base | (wage_known & ~paid)
        months_known, a_year = columns["months_known"], columns["months"] >= 12
        left_known, just_left = columns["left_known"], (columns["left"] >= persons.HALF_YEAR_AGO) & (columns["left"] <= persons.NOW)
        s39, not_39 = months_known & a_year & left_known & just_left & not_33, (months_known & ~a_year) | (left_known & ~just_left) | s33
        ins_known, insured, in_none = columns["ins_known"], (ins == 1) | (ins == 2), ins == 0
        voluntary, saving = open_ & grown & (birth > born[66]), open_ & grown & (birth > born[61])
        band = ((birth <= born[60]).astype(np.uint8) + (birth <= born[70]) + (birth <= born[80]) + (birth <= born[90])) * open_
        return [
            (s33, not_33), (s39, not_39), (voluntary & ins_known & ~insured, ~voluntary | (ins_known & insured)),
            (open_ & ins_known & ~insured, ~open_ | (ins_known & insured)), (saving & ins_known & in_none & not_33, ~saving | (ins_known & ~in_none) | s33),
        ], band

    return run


def counts_of_polars(found: Any, rows: int) -> list[int]:
    import persons

    counts = []
    for rule in persons.RULES:
        met, unknown = int(found[rule].sum()), found[rule].null_count()
        counts += [rows - met - unknown, met, unknown]
    return counts + [int((found["band"] == band).sum()) for band in range(5)]


def counts_of_numpy(found: Any, rows: int) -> list[int]:
    import numpy as np

    pairs, band = found
    counts = [count for met, unmet in pairs for count in (int(unmet.sum()), int(met.sum()), rows - int(met.sum()) - int(unmet.sum()))]
    return counts + np.bincount(band, minlength=5)[:5].tolist()


def counts_of_statuses(found: Any) -> list[int]:
    import persons

    by_scheme = found.counts()
    counts = []
    for rule in persons.RULES:
        counts += [by_scheme[rule].get(status, 0) for status in ("not_eligible", "covered", "undetermined")]
    low, high = by_scheme["bench_band_low"], by_scheme["bench_band_high"]
    # Who is of the higher band is of the upper one of the lower scheme as well.
    return counts + [low["not_eligible"], low["eligible"], low["covered"] - high["eligible"] - high["covered"], high["eligible"], high["covered"]]


def frames(report: Report, compiled: Path, rows: int, runs: int) -> None:
    import persons
    import polars as pl
    import pyarrow as pa

    import sitthi

    book = sitthi.Rulebook.open(compiled.read_bytes())
    columns, table, frame = _frames(rows)
    # Polars keeps codes as an enumeration of one byte: what it hands out without copying.
    of_polars = pl.from_arrow(table).with_columns(pl.col(name).cast(pl.Enum(codes)) for name, codes in persons.CODES.items())

    def assess(given: Any) -> Callable[[], Any]:
        return lambda: sitthi.assess_frame(given, on=DAY, rulebook=book, jobs=0)

    def to_arrow(given: Any) -> Callable[[], Any]:
        return lambda: pa.table(assess(given)())

    def to_polars(given: Any) -> Callable[[], Any]:
        return lambda: assess(given)().to_polars()

    polars, numpy = by_polars(frame), by_numpy(columns)
    expected = counts_of_numpy(numpy(), rows)
    for name, found in (("polars", counts_of_polars(polars(), rows)), ("sitthi on Arrow", counts_of_statuses(assess(table)())), ("sitthi on polars", counts_of_statuses(assess(of_polars)()))):
        if found != expected:
            raise RuntimeError(f"{name} counts differently:\n{found}\n{expected}")
    arrow, polars_in, out, theirs, hand, held = alternate(runs, to_arrow(table), to_arrow(of_polars), to_polars(of_polars), polars, numpy, assess(table))
    report.figures[f"frames_{rows}"] = {"arrow": arrow, "polars_in": polars_in, "out": out, "polars": theirs, "numpy": hand, "not_taken": held, "counts": expected}
    size = f"{rows:.0e}".replace("e+0", "e")
    report.add(f"frame of {size}: polars expression by hand", f"{told(theirs / rows)} a person")
    report.add(f"frame of {size}: numpy by hand", f"{told(hand / rows)} a person", f"{theirs / hand:.2f} × as fast as polars")
    goal = {"goal": "≥ 3 × polars", "peer": "polars", "held": theirs / arrow >= 3} if rows >= 10_000_000 else {}
    report.add(f"frame of {size}: assess_frame, pyarrow in, a pyarrow table out", f"{told(arrow / rows)} a person", f"{theirs / arrow:.2f} × as fast as polars, {hand / arrow:.1f} × as numpy (before the table is taken: {told(held / rows)})", **goal)
    report.add(f"frame of {size}: assess_frame, polars in, a pyarrow table out", f"{told(polars_in / rows)} a person", f"{theirs / polars_in:.2f} × as fast as polars")
    report.add(f"frame of {size}: polars in, a polars frame out", f"{told(out / rows)} a person", f"{theirs / out:.2f} × as fast as polars")
    if rows >= 10_000_000:
        # OpenFisca took 172 ns a person where the numpy version took 27: no environment of its own is set up here.
        report.add("OpenFisca (not run here: by its ratio to numpy on another machine)", f"{told(hand / rows * 172 / 27)} a person, reckoned", f"{hand / arrow * 172 / 27:.0f} × as fast as it, reckoned", "≥ 27 ×")


def fixed_cost(report: Report, compiled: Path) -> None:
    import pyarrow as pa

    import sitthi

    book = sitthi.Rulebook.open(compiled.read_bytes())
    _, table, _ = _frames(1)
    own = each(300, lambda: sitthi.assess_frame(table, on=DAY, rulebook=book, jobs=0))
    law = pa.table({"nationality": pa.array(["thai"]).dictionary_encode(), "birth_date": pa.array([5000], pa.int32()).cast(pa.date32())})
    whole = each(100, lambda: sitthi.assess_frame(law, on=DAY))
    report.figures["fixed"] = {"six_rules": own, "built_in": whole}
    report.add("assess_frame: fixed cost of a call, six rules", told(own), goal="≤ 50 µs", held=own <= 50e-6)
    report.add("assess_frame: fixed cost of a call, built-in rulebook", told(whole))


MEMORY = """
import ctypes, json, sys
sys.path.insert(0, {here!r})
import run
mode, rows, compiled = sys.argv[1], int(sys.argv[2]), sys.argv[3]
def status(key):
    with open("/proc/self/status") as lines:
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(key))
import sitthi
from pathlib import Path
book = sitthi.Rulebook.open(Path(compiled).read_bytes())
_, table, frame = run._frames(rows)
small = table.slice(0, 1000)
sitthi.assess_frame(small, on=run.DAY, rulebook=book, jobs=0)
# What was freed is given back, so that nothing of it hides what the call takes.
ctypes.CDLL(None).malloc_trim(0)
with open("/proc/self/clear_refs", "w") as reset:
    reset.write("5")
before = status("VmRSS")
found = sitthi.assess_frame(table, on=run.DAY, rulebook=book, jobs=0)
peak, after = status("VmHWM"), status("VmRSS")
result = rows * len(found.columns)
print(json.dumps({{"beyond": peak - before - result, "result": result, "kept": after - before}}))
"""


def memory(report: Report, compiled: Path, rows: int) -> None:
    """Peak memory in a child process, where nothing else moves it."""
    if not Path("/proc/self/clear_refs").exists():
        report.add("assess_frame: memory beyond the result", "not measured: needs Linux")
        return
    found = json.loads(command(sys.executable, "-c", MEMORY.format(here=str(HERE)), "x", str(rows), compiled))
    beyond = found["beyond"] / rows
    report.figures["memory"] = found
    report.add("assess_frame: memory beyond the result, a person", f"{beyond:.2f} bytes (result {found['result'] / rows:.1f})", goal="≤ 3 bytes", held=beyond <= 3)


# ---- one worker in Python and JavaScript, start-up


def one_worker(report: Report) -> None:
    import sitthi

    law = sitthi.law(DAY)
    typed = sitthi.Worker.from_dict(PERSON)
    calls: dict[str, Callable[[], object]] = {
        "typed": lambda: law.statuses(typed), "dict": lambda: law.statuses(PERSON), "decision": lambda: law.assess(typed),
        "decision_dict": lambda: law.assess(PERSON),
    }
    found = {name: each(2000 if name in ("typed", "dict") else 300, call) for name, call in calls.items()}
    report.figures["python_worker"] = found
    report.add("one worker, Python: statuses from a typed object", told(found["typed"]), goal="≤ 2 µs", peer="3.0 µs", held=found["typed"] <= 2e-6)
    report.add("one worker, Python: statuses from a dict", told(found["dict"]), goal="≤ 4 µs", peer="3.6 µs", held=found["dict"] <= 4e-6)
    report.add("one worker, Python: full decision, typed object; dict", f"{told(found['decision'])}; {told(found['decision_dict'])}")


def start_up(report: Report) -> None:
    code = (
        "import time, sys; a = time.perf_counter(); import sitthi; b = time.perf_counter(); "
        f"sitthi.assess({PERSON!r}, on={DAY!r}); c = time.perf_counter(); "
        "print(b - a, c - b, [name for name in ('numpy', 'pandas', 'polars', 'pyarrow') if name in sys.modules])"
    )
    runs = [command(sys.executable, "-c", code).split(maxsplit=2) for _ in range(15)]
    imported, first = (statistics.median(float(run[place]) for run in runs) for place in (0, 1))
    heavy = runs[0][2].strip()
    report.figures["start_up"] = {"import": imported, "first": first, "heavy": heavy}
    report.add("start-up, Python: import", told(imported), f"imports of numpy, pandas, polars, pyarrow: {heavy}", "≤ 5 ms, none of them", "1.8 ms", held=imported <= 5e-3 and heavy == "[]")
    report.add("start-up, Python: first answer after it", told(first), goal="≤ 2 ms", peer="1.3 ms", held=first <= 2e-3)


def javascript(report: Report) -> None:
    tarballs = sorted((ROOT / "bindings-wasm").glob("*.tgz"))
    if not tarballs or shutil.which("node") is None:
        report.add("JavaScript", "not measured: `make npm`, and Node")
        return
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder) / "node_modules" / "sitthi"
        package.mkdir(parents=True)
        command("tar", "-xzf", tarballs[-1], "-C", package, "--strip-components=1")
        shutil.copy(HERE / "node.mjs", Path(folder) / "node.mjs")
        runs = [json.loads(command("node", "node.mjs", json.dumps(PERSON), DAY, cwd=Path(folder))) for _ in range(7)]
        found = {key: statistics.median(run[key] for run in runs) for key in runs[0] if runs[0][key] is not None}
        module = next(package.glob("*.wasm")).read_bytes()
    report.figures["node"] = found
    report.add("start-up, Node: to first answer", told(found["first"]), goal="≤ 10 ms", peer="3.2 ms", held=found["first"] <= 10e-3)
    if "statuses" in found:
        report.add("one worker, JavaScript: statuses of a prepared worker", told(found["statuses"]), goal="≤ 2 µs", peer="1.1 µs, no reasons", held=found["statuses"] <= 2e-6)
    else:
        report.add("one worker, JavaScript: statuses of a prepared worker", "not measured: the package has no such call", goal="≤ 2 µs", peer="1.1 µs, no reasons")
    report.add("one worker, JavaScript: next question from an object", told(found["next"]), goal="≤ 20 µs with reasons", held=found["next"] <= 20e-6)
    report.add("one worker, JavaScript: reasons (the whole decision) from an object", told(found["assess"]), f"next question and decision together {told(found['next'] + found['assess'])}", "≤ 20 µs", held=found["next"] + found["assess"] <= 20e-6)
    squeezed = len(gzip.compress(module, 9, mtime=0))
    report.figures["wasm_bytes"] = {"raw": len(module), "gzip": squeezed}
    brotli = "not measured"
    if shutil.which("node"):
        script = "const z=require('zlib'),c=z.constants;let b=[];process.stdin.on('data',d=>b.push(d)).on('end',()=>console.log(z.brotliCompressSync(Buffer.concat(b),{params:{[c.BROTLI_PARAM_QUALITY]:11,[c.BROTLI_PARAM_LGWIN]:24}}).length))"
        size = int(subprocess.run(["node", "-e", script], input=module, capture_output=True, check=True).stdout)
        report.figures["wasm_bytes"]["brotli"] = size
        brotli = f"{size / 1000:.0f} kB"
    report.add(".wasm with the whole rulebook: gzip", f"{squeezed / 1000:.0f} kB", f"raw {len(module) / 1000:.0f} kB, brotli {brotli}", "≤ 200 kB", "382 kB, no rules", held=squeezed <= 200_000)


def sizes(report: Report) -> None:
    wheels = sorted((ROOT / "bindings-python" / "dist").glob("*.whl"))
    if wheels:
        size = wheels[-1].stat().st_size
        report.figures["wheel_bytes"] = size
        report.add("wheel", f"{size / 1e6:.2f} MB", goal="≤ 2 MB", peer="0.34–10.7 MB", held=size <= 2_000_000)
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    library = target / "mobile" / "libsitthi_mobile.so"
    if library.exists():
        size = library.stat().st_size
        report.figures["mobile_bytes"] = size
        report.add("mobile library (.so of this machine)", f"{size / 1e6:.2f} MB")
    else:
        report.add("mobile library", "not measured: `make kotlin` builds it")


MORE = """What would bring more:
- population, Rust: checks of values that cannot be, as one reduction over a column instead of a bitmap each; a column read once for all its conditions.
- population, Python: results in memory that is kept from call to call, or in one piece: a large page is lost where each column begins.
- one worker: statuses from conditions compiled once for a day, instead of interpreted with every version of the law.
- full decision: amounts only where they are asked for; its JSON by a writer of its own, as the npm package has one.
- .wasm: the texts in one language, compressed apart from the program, loaded when first shown.
- start-up: the built-in rulebook laid out so that nothing of it is decoded before it is asked for; in Python the
  modules `typing`, `decimal` and `re` loaded only where a result needs them."""


def interviews(count: int = 2000) -> None:
    """How many screens interviews take, over people and complaints drawn from fixed seeds."""
    print(f"interviews of {count:,} people", flush=True)
    print(command("cargo", "run", "-q", "--release", "-p", "sitthi", "--example", "interviews", "--", str(count)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=float, default=1e7, help="persons of the population (10 000 000)")
    parser.add_argument("--width-rows", type=float, default=5e6, help="persons of the width case (5 000 000)")
    parser.add_argument("--runs", type=int, default=9, help="rounds of each comparison; medians are told")
    parser.add_argument("--only", nargs="*", help="core, width, worker, frames, fixed, memory, python, start, node, interviews, sizes")
    parser.add_argument("--json", type=Path, help="write every figure there")
    asked = parser.parse_args()
    wanted = lambda part: not asked.only or part in asked.only  # noqa: E731
    rows, report = int(asked.rows), Report()
    program = build()
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        base, compiled = Path(folder), Path(folder) / "six_rules.sitthi"
        command(program, "compile", compiled)
        if wanted("core"):
            import persons

            persons.write(persons.generate(rows), base / "persons")
            core(report, program, base / "persons", rows, asked.runs)
            shutil.rmtree(base / "persons")
        if wanted("width"):
            width(report, program, int(asked.width_rows), asked.runs)
        if wanted("worker"):
            worker(report, program, asked.runs)
        if wanted("frames"):
            for size in sorted({min(1_000_000, rows), rows}):
                frames(report, compiled, size, asked.runs)
        if wanted("fixed"):
            fixed_cost(report, compiled)
        if wanted("memory"):
            memory(report, compiled, rows)
        if wanted("python"):
            one_worker(report)
        if wanted("start"):
            start_up(report)
        if wanted("node"):
            javascript(report)
        if wanted("interviews"):
            interviews()
        if wanted("sizes"):
            sizes(report)
    print(f"\n{report.table()}\n\n{MORE}")
    if asked.json:
        asked.json.write_text(json.dumps(report.figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
