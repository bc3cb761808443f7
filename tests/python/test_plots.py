import struct
import xml.etree.ElementTree as tree
import zlib

import pytest

from sitthi import plots

ROWS = [
    {"region": "north", "values": {"covered": 30, "eligible": 50, "undetermined": 5, "not_eligible": 15}},
    {"region": "bangkok", "values": {"covered": 60, "disputed": 10, "not_eligible": 30}},
]
SERIES = [(2555, 62.6), (2556, 64.28), (2557, 57.58), (2558, 55.86), (2559, 55.6), (2560, None), (2561, 55.35)]


def ids(svg):
    return [element.get("id", "") for element in tree.fromstring(svg).iter()]


def png_size(png):
    assert png.startswith(b"\x89PNG\r\n\x1a\n") and png.rstrip()[-8:-4] == b"IEND"
    return struct.unpack(">II", png[16:24])


def test_thai_text_is_drawn_with_glyphs_of_a_thai_font():
    svg = plots.coverage_by_region(ROWS, title="ความคุ้มครองรายภาค", unit="คน")
    glyphs = [name for name in ids(svg) if "-" in name]
    # Every outline comes from a font with Thai letters; the box of a missing glyph is glyph 0 and raises instead.
    assert any(glyph.startswith(("Loma", "Garuda", "Sarabun", "NotoSansThai", "Waree", "Umpush")) for glyph in glyphs), glyphs[:20]
    assert svg == plots.coverage_by_region(ROWS, title="ความคุ้มครองรายภาค", unit="คน"), "the same rows give the same bytes"
    assert b"<text" not in svg, "outlines, so that a reader without Thai fonts sees the same"


def test_without_a_thai_font_nothing_is_drawn(monkeypatch):
    from matplotlib import font_manager

    plots._thai_font.cache_clear()
    monkeypatch.delenv("SITTHI_FONT", raising=False)
    monkeypatch.setattr(font_manager, "findSystemFonts", lambda *a, **k: [])
    with pytest.raises(plots.MissingFontError, match="fonts-thai-tlwg"):
        plots.coverage_by_region(ROWS)
    assert plots.status_bars([{"label": "north", "values": {"covered": 1}}], language="en"), "English needs no Thai font"
    plots._thai_font.cache_clear()


def test_a_named_font_without_thai_is_refused(monkeypatch):
    from matplotlib import font_manager

    monkeypatch.setenv("SITTHI_FONT", font_manager.findfont("DejaVu Sans"))
    with pytest.raises(plots.MissingFontError, match="SITTHI_FONT"):
        plots.coverage_by_region(ROWS)


def test_a_letter_no_font_has_is_an_error():
    with pytest.raises(plots.MissingFontError, match="letter"):
        plots.status_bars([{"label": "\U00013080", "values": {"covered": 1}}], language="en")


@pytest.mark.parametrize("language", ["th", "en"])
def test_png_is_a_picture_with_ink(language):
    png = plots.indicator_series([{"year": y, "value": v} for y, v in SERIES], unit="%", language=language, format="png")
    width, height = png_size(png)
    assert width == 1280 and height > 300
    assert len(set(zlib.compress(png))) > 100 and len(png) > 8_000


def test_no_line_crosses_a_break():
    points = [{"year": y, "value": v} for y, v in SERIES]
    whole = plots.indicator_series(points, language="en")
    cut = plots.indicator_series(points, language="en", breaks=[2557])
    assert strokes(whole) - strokes(cut) == 1, "one segment less; the break has its own mark"
    assert ids(cut) != ids(whole)


def strokes(svg):
    """Lines of the series, each from one value to the next."""
    return svg.count(b"stroke: #00639c; stroke-width: 1.8")


def test_no_line_crosses_a_year_without_a_value():
    points = [{"year": y, "value": v} for y, v in SERIES]
    assert strokes(plots.indicator_series(points, language="en")) == 4, "2555 to 2559; nothing joins 2559 to 2561"
    filled = [{"year": y, "value": v or 55.5} for y, v in SERIES]
    assert strokes(plots.indicator_series(filled, language="en")) == 6


def test_the_trend_is_the_one_given_and_its_two_values_are_ringed():
    points = [{"year": y, "value": v} for y, v in SERIES]
    plain = plots.indicator_series(points, unit="percent", language="en")
    with_trend = plots.indicator_series(points, unit="percent", language="en", trend={"from": 2559, "to": 2561, "change": "-0.25"})
    assert b"#d55e00" not in plain and with_trend.count(b"#d55e00") >= 2
    assert strokes(with_trend) == strokes(plain), "no line of its own"
    with pytest.raises(ValueError, match="2560"):
        plots.indicator_series(points, trend={"from": 2560, "to": 2561, "change": 0})


@pytest.mark.parametrize(
    ("change", "unit", "language", "said"),
    [
        ("0.4", "percent", "en", "+0.40 percentage points"),
        ("-0.25", "ร้อยละ", "th", "−0.25 จุดร้อยละ"),
        ("-1200", "persons", "en", "−1,200 persons"),
        ("0", "", "th", "+0.00"),
    ],
)
def test_a_change_of_a_percentage_is_in_percentage_points(change, unit, language, said):
    assert plots._change(change, unit, language) == said


@pytest.mark.parametrize("language", ["th", "en"])
def test_a_narrow_plot_is_as_wide_as_a_phone(language):
    bars = plots.coverage_by_region(ROWS, title="ความคุ้มครอง รายภาค " * 5, language=language, narrow=True, format="png")
    series = plots.indicator_series([{"year": y, "value": v} for y, v in SERIES], language=language, narrow=True, format="png")
    assert png_size(bars)[0] == png_size(series)[0] == 576


def test_a_plot_takes_no_more_room_than_a_page_can_hold():
    assert len(plots.coverage_by_region(ROWS)) < 100_000


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: plots.status_bars([]), "no rows"),
        (lambda: plots.status_bars([{"label": "a", "values": {"covered": -1}}]), "negative"),
        (lambda: plots.status_bars([{"label": "a", "values": {"covered": 1}}], format="pdf", language="en"), "pdf"),
        (lambda: plots.status_bars([{"label": "a", "values": {"covered": 1}}], language="fr"), "fr"),
        (lambda: plots.indicator_series([{"year": 2560, "value": None}]), "no values"),
    ],
)
def test_wrong_input_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_a_target_range_and_a_provisional_value_are_drawn():
    points = [{"year": 2561, "value": 1.0}, {"year": 2562, "value": 2.0, "provisional": True}]
    plain = plots.indicator_series(points, language="en")
    full = plots.indicator_series(points, language="en", targets=[{"year": 2562, "low": 2.5, "high": 3.0}, {"year": 2561, "value": 2.0}])
    assert full.count(b"#009e73") > plain.count(b"#009e73") == 0
