"""Seeded persons for the six benchmark rules (benchmark, not law), and what the rules say of them, person by person.

``python benches/persons.py ROWS FOLDER`` writes the columns as the Rust programs read them.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

TODAY = date(2026, 11, 22)
_EPOCH = date(1970, 1, 1)


def number(day: date) -> int:
    """The day as days since 1970."""
    return (day - _EPOCH).days


NOW, HALF_YEAR_AGO = number(TODAY), number(date(2026, 5, 22))
BORN = {years: number(TODAY.replace(year=TODAY.year - years)) for years in (15, 60, 61, 66, 70, 80, 90)}
"""The last day of birth on which someone is of that age."""

CODES = {
    "nat": ["thai", "n1", "n2", "n3", "n4"],
    "kind": ["none", "employee", "own_account", "domestic", "platform"],
    "employer": ["none", "private", "state_enterprise", "government", "household"],
    "ins": ["none", "s33", "s39", "s40"],
}
NULLABLE = {"ins": 0.10, "months": 0.15, "left": 0.60, "wage": 0.20}
RULES = ["bench_33", "bench_39", "bench_40", "bench_uhc", "bench_nsf"]


def generate(rows: int, seed: int = 20261122) -> dict[str, np.ndarray[Any, Any]]:
    """Columns by name; ``<name>_known`` says where a nullable one has a value."""
    dice = np.random.Generator(np.random.PCG64(seed))

    def codes(*weights: float) -> np.ndarray[Any, Any]:
        return dice.choice(np.arange(len(weights), dtype=np.uint8), rows, p=weights)

    found: dict[str, np.ndarray[Any, Any]] = {
        "birth": (NOW - dice.integers(0, 36525, rows, dtype=np.int32)).astype(np.int32),
        "nat": codes(0.90, 0.05, 0.02, 0.02, 0.01),
        "kind": codes(0.30, 0.40, 0.20, 0.03, 0.07),
        "employer": codes(0.45, 0.35, 0.05, 0.10, 0.05),
        "ins": codes(0.40, 0.40, 0.05, 0.15),
        "months": dice.integers(0, 361, rows).astype(np.uint16),
        "left": (NOW - dice.integers(0, 730, rows)).astype(np.int32),
        "wage": np.round(dice.gamma(3.0, 6000.0, rows), 2),
    }
    found["wage"][dice.random(rows) < 0.05] = 0.0
    for name, share in NULLABLE.items():
        known = dice.random(rows) >= share
        found[f"{name}_known"] = known
        found[name][~known] = 0
    return found


def write(columns: dict[str, np.ndarray[Any, Any]], folder: Path) -> None:
    """Writes each column as it stands in memory, bitmaps packed."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, values in columns.items():
        if name.endswith("_known"):
            np.packbits(values, bitorder="little").tofile(folder / f"{name}.bits")
        else:
            values.tofile(folder / f"{name}.bin")


# ---- the reference: plain Python, one person after another


def _all(*parts: bool | None) -> bool | None:
    if any(part is False for part in parts):
        return False
    return None if any(part is None for part in parts) else True


def _not(truth: bool | None) -> bool | None:
    return None if truth is None else not truth


def person(one: dict[str, Any]) -> tuple[bool | None, bool | None, bool | None, bool | None, bool | None, int]:
    """What the six rules say of one person; None is unknown."""
    birth, insurance, months, left, wage = (one[name] for name in ("birth", "ins", "months", "left", "wage"))
    thai, government, grown = one["nat"] == 0, one["employer"] == 3, birth <= BORN[15]
    s33 = _all(one["kind"] == 1, one["employer"] in (1, 2), grown, birth > BORN[60], None if wage is None else wage > 0)
    just_left = None if left is None else HALF_YEAR_AGO <= left <= NOW
    s39 = _all(None if months is None else months >= 12, just_left, _not(s33))
    insured = None if insurance is None else insurance in (1, 2)
    s40 = _all(grown, birth > BORN[66], thai, _not(insured), not government)
    health = _all(thai, _not(insured), not government)
    in_none = None if insurance is None else insurance == 0
    saving = _all(thai, grown, birth > BORN[61], in_none, not government, _not(s33))
    band = sum(birth <= BORN[years] for years in (60, 70, 80, 90)) if thai and not government else 0
    return s33, s39, s40, health, saving, band


def reference(columns: dict[str, np.ndarray[Any, Any]], rows: int) -> list[int]:
    """Unmet, met and unknown of each rule, then each band, of the first rows."""
    lists = {}
    for name in ("birth", "nat", "kind", "employer", "ins", "months", "left", "wage"):
        values = columns[name][:rows].tolist()
        if name in NULLABLE:
            values = [value if known else None for value, known in zip(values, columns[f"{name}_known"][:rows].tolist())]
        lists[name] = values
    rules, bands = [[0, 0, 0] for _ in RULES], [0] * 5
    for values in zip(*lists.values()):
        *truths, band = person(dict(zip(lists, values)))
        for counts, truth in zip(rules, truths):
            counts[2 if truth is None else int(truth)] += 1
        bands[band] += 1
    return [count for counts in rules for count in counts] + bands


if __name__ == "__main__":
    write(generate(int(float(sys.argv[1]))), Path(sys.argv[2]))
