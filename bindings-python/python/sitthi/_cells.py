"""The numbers behind a reason: what its clause compares with."""

from __future__ import annotations

from collections.abc import Iterable

_THAI = {"years": "ปี", "months": "เดือน", "days": "วัน", "baht": "บาท"}


def with_cells(th: str, en: str, cells: Iterable[str]) -> tuple[str, str]:
    """A sentence in Thai and English with the cells of tables that it speaks of, such as ``65 years``."""
    known = [cell for cell in cells if cell not in ("none", "not_read")]
    if not known:
        return th, en
    thai = [" ".join(_THAI.get(word, word) for word in cell.split(" ")) for cell in known]
    return f"{th} ({', '.join(thai)})", f"{en} ({', '.join(known)})"
