"""Plots from plain rows, as SVG or PNG bytes for embedding (``sitthi[plot]``).

Thai text is drawn with a font that has Thai letters: the file named by the environment variable ``SITTHI_FONT``, else one found
among the fonts of the system. Where there is none, or a letter is missing from it, :class:`MissingFontError` says what to install;
boxes are never drawn in silence. Vowels and tone marks stand where they belong from matplotlib 3.11 on, which shapes text; older
ones draw every letter, but may set a tone mark into the vowel below it.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from textwrap import fill
from typing import Any

from ._extras import need
from ._labels import labels as labels_of

# In the order in which bars stack them; told apart by the colour-blind, and by hatching in print.
_LOOK = {
    "covered": ("#00639c", ""),
    "eligible": ("#56b4e9", ""),
    "disputed": ("#d55e00", "///"),
    "undetermined": ("#e3c75f", "\\\\\\"),
    "not_eligible": ("#c9c9c9", ""),
}
_OTHERS = ("#009e73", "#cc79a7", "#7f6a3f", "#4b4b9b", "#8c2d04")

_PREFERRED = ("Sarabun", "Noto Sans Thai Looped", "Noto Sans Thai", "Loma", "Waree", "Garuda", "Umpush", "Leelawadee UI", "Thonburi", "Tahoma")


class MissingFontError(RuntimeError):
    """No font was found that can draw the text."""


def thai_font() -> str:
    """Path of the font with which Thai is drawn.

    Raises ``MissingFontError`` where the system has none.
    """
    return _thai_font(os.environ.get("SITTHI_FONT", ""))


@lru_cache(maxsize=4)
def _thai_font(named: str) -> str:
    manager, ft = need("matplotlib.font_manager", "plot"), need("matplotlib.ft2font", "plot")
    if named:
        if not os.path.exists(named) or not _draws_thai(ft, named):
            raise MissingFontError(f"the font named by SITTHI_FONT cannot be read or has no Thai letters: `{named}`")
        return named
    found: dict[str, str] = {}
    for path in sorted(manager.findSystemFonts()):
        if path.lower().endswith((".ttf", ".otf")) and _draws_thai(ft, path):
            font = ft.FT2Font(path)
            if font.style_name in ("Regular", "Book", "Medium", "Roman"):
                found.setdefault(font.family_name, path)
    for family in (*_PREFERRED, *found):
        if family in found:
            return found[family]
    raise MissingFontError(
        "no font with Thai letters was found; install one (Debian, Ubuntu: apt-get install fonts-thai-tlwg; Fedora: dnf install "
        "thai-scalable-loma-fonts; or Noto Sans Thai), or name a font file in SITTHI_FONT"
    )


def _draws_thai(ft: Any, path: str) -> bool:
    try:
        letters = ft.FT2Font(path).get_charmap()
    except Exception:  # a broken font file on the system is not ours to report
        return False
    return all(letter in letters for letter in (0x0E01, 0x0E2D, 0x0E31, 0x0E49, 0x0E50, ord("a"), ord("0"), ord("%")))


def status_bars(
    rows: Sequence[Mapping[str, Any]],
    *,
    title: str = "",
    labels: Mapping[str, str] | None = None,
    language: str = "th",
    unit: str = "",
    narrow: bool = False,
    format: str = "svg",
) -> bytes:
    """Stacked bars of persons by status, one bar a row: ``{"label": "มาตรา 33", "values": {"covered": 11.9e6, …}}``.

    Bars show shares of the row's total; the total stands at the end. ``labels`` names statuses or codes other than the built-in
    ones. ``narrow`` draws for the width of a phone, with label and total above each bar. Returns SVG or PNG bytes.

    Raises ``ValueError`` for no rows, a negative value, an unknown language or format; ``MissingFontError``.
    """
    if not rows:
        raise ValueError("nothing to draw: no rows")
    codes = list(dict.fromkeys(code for row in rows for code in row["values"]))
    codes.sort(key=lambda code: list(_LOOK).index(code) if code in _LOOK else len(_LOOK))
    others = iter(_OTHERS * (1 + len(codes) // len(_OTHERS)))
    look = {code: _LOOK[code] if code in _LOOK else (next(others), "") for code in codes}
    statuses = labels_of("status")
    named = {code: (labels or {}).get(code) or statuses.get(code, {}).get(_language(language), code) for code in codes}

    columns = 2 if narrow else 3
    height = 0.6 + (0.6 if narrow else 0.48) * len(rows) + 0.3 * -(-len(codes) // columns)
    with _figure(height, narrow, title, _letters(rows, title, unit, named.values())) as (figure, save):
        axes = figure.add_subplot()
        for place, row in enumerate(rows):
            values = {code: float(row["values"].get(code) or 0) for code in codes}
            if min(values.values()) < 0:
                raise ValueError(f"a negative count in the row `{row['label']}`")
            total, left = sum(values.values()), 0.0
            for code, value in values.items():
                share = 100 * value / total if total else 0.0
                colour, hatch = look[code]
                axes.barh(place, share, left=left, color=colour, hatch=hatch, edgecolor="white", linewidth=0.6, height=0.5 if narrow else 0.68)
                if share >= (10 if narrow else 6):
                    axes.text(left + share / 2, place, f"{share:.0f}%", ha="center", va="center", fontsize=9, color=_ink(colour))
                left += share
            amount = _persons(total, unit, language)
            if narrow:
                axes.text(0, place - 0.3, str(row["label"]), va="bottom", fontsize=9)
                axes.text(100, place - 0.3, amount, va="bottom", ha="right", fontsize=9)
            else:
                axes.text(101, place, amount, va="center", fontsize=9)
        if narrow:
            axes.set_yticks([])
            axes.set_ylim(-0.75, len(rows) - 0.7)
        else:
            axes.set_yticks(range(len(rows)), [str(row["label"]) for row in rows])
        axes.invert_yaxis()
        axes.set_xlim(0, 100)
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:.0f}%")
        _plain(axes, grid="x")
        handles = [_patch(look[code], named[code]) for code in codes]
        figure.legend(handles=handles, loc="outside lower center", ncols=min(columns, len(codes)), frameon=False, fontsize=9)
        return save(format, title or "status")


def coverage_by_region(rows: Sequence[Mapping[str, Any]], **options: Any) -> bytes:
    """Coverage by region: :func:`status_bars` of rows such as ``{"region": "north", "values": {…}}``, named as the rulebook names them.

    Raises as :func:`status_bars`.
    """
    language = options.get("language", "th")
    regions = labels_of("region")
    named = [{"label": regions.get(row["region"], {}).get(language, row["region"]), "values": row["values"]} for row in rows]
    return status_bars(named, **options)


def indicator_series(
    points: Iterable[Mapping[str, Any]],
    *,
    title: str = "",
    unit: str = "",
    breaks: Iterable[Mapping[str, Any] | int] = (),
    targets: Iterable[Mapping[str, Any]] = (),
    trend: Mapping[str, Any] | None = None,
    language: str = "th",
    narrow: bool = False,
    format: str = "svg",
) -> bytes:
    """A yearly series of an indicator: ``{"year": 2557, "value": 57.58}``, ``provisional`` shown hollow, a value of None left out.

    Lines join years that follow each other: none crosses a year without a value, nor a break (``{"year": 2557, "label": "…"}``: the
    first year of a new series). ``trend`` is that of a scorecard, the change from the earlier value with which the last is compared:
    ``{"from": 2566, "to": 2567, "change": "0.40"}``; the two values are ringed. ``targets`` are ``{"year", "value"}`` or
    ``{"year", "low", "high"}``. ``narrow`` draws for the width of a phone. Returns SVG or PNG bytes.

    Raises ``ValueError`` for no values, a trend between years without a value, or an unknown language or format; ``MissingFontError``.
    """
    known = sorted((int(p["year"]), float(p["value"]), bool(p.get("provisional"))) for p in points if p.get("value") is not None)
    if not known:
        raise ValueError("nothing to draw: the series has no values")
    words = _WORDS[_language(language)]
    marks = [{"year": mark} if isinstance(mark, int) else dict(mark) for mark in breaks]
    starts = sorted(int(mark["year"]) for mark in marks)
    goals = [dict(goal) for goal in targets]
    values = {year: value for year, value, _ in known}
    if trend is not None and not {int(trend["from"]), int(trend["to"])} <= values.keys():
        raise ValueError(f"a trend from {trend['from']} to {trend['to']}, but the series has no value of one of them")

    letters = _letters(title, unit, [mark.get("label", "") for mark in marks], words.values())
    with _figure(3.0 if narrow else 3.4, narrow, title, letters) as (figure, save):
        axes = figure.add_subplot()
        for (before, low, _), (after, high, _) in pairwise(known):
            if after - before == 1 and after not in starts:
                axes.plot([before, after], [low, high], color="#00639c", linewidth=1.8)
        for hollow in (False, True):
            some = [(year, value) for year, value, provisional in known if provisional == hollow]
            if some:
                axes.scatter(*zip(*some, strict=True), s=32, zorder=3, edgecolor="#00639c", color="white" if hollow else "#00639c")
        if trend is not None:
            ends = (int(trend["from"]), int(trend["to"]))
            said = f"{words['trend']} {_change(trend['change'], unit, language)} {words['between'].format(*ends)}"
            axes.scatter(ends, [values[year] for year in ends], s=110, zorder=4, facecolor="none", edgecolor="#d55e00", linewidth=1.6, label=said)
        middle = (known[0][0] + known[-1][0]) / 2
        for mark in marks:
            at_year = int(mark["year"]) - 0.5
            side = "left" if at_year <= middle else "right"
            axes.axvline(at_year, color="#555555", linestyle=(0, (2, 2)), linewidth=1)
            axes.annotate(
                str(mark.get("label") or words["break"]), (at_year, 1), xycoords=("data", "axes fraction"), fontsize=8.5,
                va="top", ha=side, xytext=(4 if side == "left" else -4, -2), textcoords="offset points", color="#333333",
            )
        for place, goal in enumerate(goals):
            label = words["target"] if place == 0 else None
            if goal.get("value") is not None:
                axes.scatter([int(goal["year"])], [float(goal["value"])], marker="D", s=42, color="#009e73", zorder=4, label=label)
            else:
                axes.vlines(int(goal["year"]), float(goal["low"]), float(goal["high"]), color="#009e73", linewidth=6, alpha=0.6, label=label)
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:.0f}")
        axes.yaxis.set_major_formatter(lambda value, _: _amount(value, language) if abs(value) >= 1000 else f"{value:g}")
        axes.margins(x=0.04, y=0.18)
        axes.set_xlabel(words["year"], fontsize=9)
        axes.set_ylabel(unit, fontsize=9)
        _plain(axes, grid="y")
        if axes.get_legend_handles_labels()[0]:
            figure.legend(loc="outside lower center", ncols=1 if narrow else 2, frameon=False, fontsize=9)
        return save(format, title or "series")


_WORDS = {
    "th": {
        "year": "ปี พ.ศ.", "trend": "แนวโน้ม", "between": "จากปี {} ถึงปี {}", "break": "ชุดข้อมูลขาดตอน", "target": "เป้าหมายที่ประกาศ", "million": "ล้าน",
        "points": "จุดร้อยละ",
    },
    "en": {
        "year": "year (B.E.)", "trend": "trend", "between": "from {} to {}", "break": "break in series", "target": "published target", "million": "million",
        "points": "percentage points",
    },
}


def _change(change: Any, unit: str, language: str) -> str:
    """A change with its sign; that of a percentage is in percentage points."""
    said = f"{float(change):+,.2f}" if abs(float(change)) < 100 else f"{float(change):+,.0f}"
    return f"{said} {_WORDS[language]['points'] if unit in ('ร้อยละ', 'percent', '%') else unit}".strip().replace("-", "−", 1)


def _language(language: str) -> str:
    if language not in _WORDS:
        raise ValueError(f"unknown language `{language}`; expected th or en")
    return language


def _letters(*texts: Any) -> str:
    return repr([list(text) if not isinstance(text, (str, list, tuple)) else text for text in texts])


def _amount(value: float, language: str = "en") -> str:
    if abs(value) >= 1_000_000:
        return f"{value / 1_000_000:,.2f} {_WORDS[language]['million']}"
    return f"{value:,.0f}"


def _persons(value: float, unit: str, language: str) -> str:
    """An amount with its unit; Thai writes a million and its unit as one word."""
    said = _amount(value, language)
    return said + unit if said.endswith(_WORDS["th"]["million"]) else f"{said} {unit}".strip()


def _ink(colour: str) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "black" if 0.299 * red + 0.587 * green + 0.114 * blue > 140 else "white"


def _plain(axes: Any, grid: str) -> None:
    for side in ("top", "right", "left" if grid == "x" else "bottom"):
        axes.spines[side].set_visible(False)
    axes.grid(axis=grid, color="#e2e2e2", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, labelsize=9)


def _patch(look: tuple[str, str], label: str) -> Any:
    """A legend entry of one colour and hatch."""
    return need("matplotlib.patches", "plot").Patch(facecolor=look[0], hatch=look[1], edgecolor="white", label=label)


class _figure:
    """A figure of given height, with its title and our fonts, and the function that turns it into bytes. Touches no global state of pyplot."""

    def __init__(self, height: float, narrow: bool, title: str, text: str) -> None:
        self._title = fill(title, 40 if narrow else 90, break_long_words=False)
        # An inch of the narrow one is about an inch of a phone; the wide one may be shrunk.
        self._size = (3.6 if narrow else 8, height + 0.25 * len(self._title.splitlines()))
        self._thai = any("\u0e00" <= letter <= "\u0e7f" for letter in text)

    def __enter__(self) -> tuple[Any, Callable[[str, str], bytes]]:
        matplotlib = need("matplotlib", "plot")
        manager = need("matplotlib.font_manager", "plot").fontManager
        families = ["DejaVu Sans"]
        if self._thai:
            path = thai_font()
            if not any(entry.fname == path for entry in manager.ttflist):
                manager.addfont(path)
            families.insert(0, next(entry.name for entry in manager.ttflist if entry.fname == path))
        # Paths, not text: the file must look the same where the reader has no Thai font. The salt keeps ids, and so bytes, the same.
        style = {"font.family": families, "svg.fonttype": "path", "svg.hashsalt": "sitthi", "axes.unicode_minus": False, "hatch.linewidth": 0.6}
        self._style = matplotlib.rc_context(style)
        self._style.__enter__()
        self._caught = warnings.catch_warnings(record=True)
        self._seen = self._caught.__enter__()
        warnings.simplefilter("always")
        figure = need("matplotlib.figure", "plot").Figure(figsize=self._size, layout="constrained")
        if self._title:
            figure.suptitle(self._title, fontsize=12, x=0.01, ha="left")
        return figure, lambda format, title: self._save(figure, format, title)

    def _save(self, figure: Any, format: str, title: str) -> bytes:
        if format not in ("svg", "png"):
            raise ValueError(f"unknown format `{format}`; expected svg or png")
        buffer = BytesIO()
        metadata = {"Date": None, "Title": title} if format == "svg" else {"Title": title, "Software": "sitthi"}
        figure.savefig(buffer, format=format, dpi=160, metadata=metadata)
        for warning in self._seen:
            if "missing from" in str(warning.message) and "lyph" in str(warning.message):
                raise MissingFontError(f"the font cannot draw a letter of the text: {warning.message}")
        return buffer.getvalue()

    def __exit__(self, *error: Any) -> None:
        self._caught.__exit__(*error)
        self._style.__exit__(*error)
