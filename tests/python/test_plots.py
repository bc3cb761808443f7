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
    whole = plots.indicator_series(points, trend=False, language="en")
    cut = plots.indicator_series(points, trend=False, language="en", breaks=[2557])
    strokes = [svg.count(b"stroke: #00639c") for svg in (whole, cut)]
    assert strokes[0] - strokes[1] == 1, "one segment less; the break has its own mark"
    assert ids(cut) != ids(whole)


def test_the_trend_is_that_of_the_last_unbroken_part():
    assert plots.least_squares([(2557, 4.0), (2558, 3.0), (2560, 1.0)]) == pytest.approx((-1.0, 2561.0))
    assert plots.least_squares([(2557, 4.0), (2558, 3.0)]) is None
    assert plots.least_squares([(2557, 1.0)] * 3) is None


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
