"""`synth` and `report`: workers that are nobody, and a page to read."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from . import files, given, outputs
from .exits import DONE, FAULTS
from .say import note


def synth(options: argparse.Namespace) -> int:
    """Draw synthetic workers."""
    from .. import synth as drawing

    frame = drawing.synthetic_workers(options.rows, options.seed, options.year, missing=options.missing)
    note(drawing.describe(options.year))
    if options.out or not options.check:
        files.write(frame, options.out)
    if not options.check:
        return DONE
    rows = drawing.check_margins(frame, options.year)
    for row in rows:
        mark = "  " if row["within"] else "! "
        print(f"{mark}{row['margin']:<42}{row['category']:<28}{row['published']:>15,.2f}{row['drawn']:>15,.2f}  {row['unit']:<8}{row['figure_year']}", file=sys.stderr)
    return DONE if all(row["within"] for row in rows) else FAULTS


def report(options: argparse.Namespace) -> int:
    """Write the report."""
    from ..report import render

    outputs.write_text(options.out, render(given.json_of(options.data, "the data of a report")))
    note(str(Path(options.out).resolve()))
    return DONE
