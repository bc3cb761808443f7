"""Writes `python/sitthi/_facts.pyi`: the facts as types, from the core's one list. A test holds the file equal to what this writes.

    python bindings-python/facts_types.py > bindings-python/python/sitthi/_facts.pyi
"""

from __future__ import annotations

_TYPES = {
    "yes_no": "bool | None",
    "date": "date | str | None",
    "code": "str | None",
    "count": "int | None",
    "money": "Decimal | int | float | str | None",
    "province": "str | None",
    "district": "str | None",
    "family": "Mapping[str, bool | None]",
    "paid_months": "Mapping[str, Sequence[str] | Mapping[str, int | None] | None]",
    "wages": "Sequence[Decimal | int | float | str] | None",
    "jobs": "Sequence[JobFacts] | None",
    "the_job": "JobFacts",
    "the_claim": "ClaimFacts",
}


def text() -> str:
    """The whole file."""
    from sitthi import Rulebook

    lines = ['"""The facts as types, written from the core\'s list by `facts_types.py`."""', ""]
    lines += ["from collections.abc import Mapping, Sequence", "from datetime import date", "from decimal import Decimal", "from typing import TypedDict"]
    groups = Rulebook.fact_groups()
    for group in ("Job", "Claim", "Worker", "Complaint"):
        lines += ["", f"class {group}Facts(TypedDict, total=False):"]
        for fact in groups[group]:
            if fact["kind"] in _TYPES:
                about = fact["about"] + (f" Codes: `{fact['list']}`." if fact["list"] else "")
                lines += [f"    {fact['name']}: {_TYPES[fact['kind']]}", f'    """{about}"""']
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(text(), end="")
