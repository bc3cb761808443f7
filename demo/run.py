"""`make demo`: workers assessed under dated law, complaints routed, a plan scored on published figures, and one report of it all.

Standard output has the results and, as its last line, the path of the report; progress goes to standard error. Exits with 1 when
anything fails.
"""

import argparse
import os
import sys
import time
import traceback
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

import pieces
import screen

from sitthi import report

TITLE = {"th": "sitthi · สิทธิแรงงานจากกฎหมายที่มีวันที่", "en": "sitthi: labour protection from dated law, a demonstration"}
NOTICES = (
    {
        "th": "บุคคลในสถานการณ์และเรื่องร้องเรียนเป็นเรื่องสมมติ ประชากรเป็นข้อมูลสังเคราะห์ ข้อมูลทั่วไปตามกฎหมาย ไม่ใช่คำวินิจฉัยของเจ้าหน้าที่",
        "en": "The persons of the situations and complaints are made up, and the population is synthetic. General information on the law, not a decision of an authority.",
    },
)


def run(rows: int, out: Path, seed: int) -> Path:
    """Does every piece and writes the report; gives its path."""
    out.mkdir(parents=True, exist_ok=True)
    data: dict[str, Any] = {"title": TITLE, "notices": NOTICES}
    screen.heading(1, "สถานการณ์", "Situations")
    with screen.doing(1, "assessing situations"):
        data["situations"] = pieces.situations()
    screen.heading(2, "ประชากรสังเคราะห์", "Synthetic population")
    with screen.doing(2, f"drawing and assessing {rows:,} synthetic workers"):
        data["population"] = pieces.population(rows, seed)
    screen.heading(3, "เรื่องร้องเรียน", "Complaints")
    with screen.doing(3, "routing complaints"):
        data["complaints"], data["routed"] = pieces.complaints()
    screen.heading(4, "แผนและตัวชี้วัด", "Plan and indicators")
    with screen.doing(4, "scoring plans"):
        data["plan"] = pieces.plan()
    screen.heading(5, "รายงาน", "Report")
    with screen.doing(5, "writing review sheets and the report"):
        data["sheets"] = pieces.sheets(out / "sheets")
        target = out / "report.html"
        target.write_text(report.render(data), encoding="utf-8")
    return target


def main() -> int:
    parser = argparse.ArgumentParser(description="The demonstration of sitthi.")
    parser.add_argument("--rows", type=int, default=1_000_000, help="synthetic workers (default: 1000000)")
    parser.add_argument("--seed", type=int, default=2566, help="the same seed draws the same workers (default: 2566)")
    parser.add_argument("--out", type=Path, default=Path("out"), help="where the report goes (default: out)")
    options = parser.parse_args()
    # Thai text must not stop a terminal of another encoding, nor the commands that the demo starts.
    os.environ.setdefault("PYTHONUTF8", "1")
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")
    began = time.perf_counter()
    try:
        target = run(options.rows, options.out, options.seed)
    except Exception as error:
        traceback.print_exc()
        print(f"demo: failed: {error}", file=sys.stderr)
        return 1
    print(f"demo: {time.perf_counter() - began:.1f} s", file=sys.stderr)
    sys.stderr.flush()
    print(f"\n{target.resolve()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
