import json
import re
from html.parser import HTMLParser

import pytest

from sitthi import plots
from sitthi.report import render

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
DATA = {
    "title": {"th": "รายงานทดสอบ", "en": "Test report"},
    "notices": [{"th": "ข้อมูลสังเคราะห์", "en": "Synthetic data"}],
    "situations": [
        {
            "title": "คนสวนยางที่สุราษฎร์ธานี",
            "facts": {"job.sector": "cultivation", "job.all_year": None},
            "decision": {
                "on": "2026-03-15",
                "next": {"fact": "job.all_year", "ask": {"th": "นายจ้างใช้ลูกจ้างทำงานนี้ตลอดทั้งปีหรือไม่", "en": "All year round?"}},
                "schemes": [
                    {
                        "scheme": "sso_33",
                        "status": "undetermined",
                        "reasons": [{"th": "รับค่าจ้าง", "en": "works for wages <b>", "cite": ["ssa_2533/5"], "confidence": "high"}],
                    }
                ],
            },
        }
    ],
    "population": {
        "notice": "Synthetic workers",
        "plots": [{"image": SVG, "alt": "coverage & regions", "caption": {"th": "ความคุ้มครองรายภาค", "en": "Coverage by region"}}],
        "tables": [{"caption": "ผล", "columns": ["region", {"th": "คน", "en": "persons"}], "rows": [["north", 4295682], ["south", None]]}],
        "margins": [
            {"margin": "insured", "category": "s33", "figure_year": 2566, "unit": "persons", "published": 11890900.0, "drawn": 11890900.2, "within": True, "source": "SSO"}
        ],
        "assumptions": [{"id": "x", "text": "Nobody is real."}],
    },
    "complaints": [
        {
            "title": "ถูกกักตัว",
            "decision": {
                "urgency": {"level": "u0", "first": [{"call": "191"}]},
                "lead": {"agency": "atpd", "call": "1191", "office": None},
                "withhold": [{"what": ["name"], "from": ["employer"], "cite": ["tip_2551/56"]}],
                "steps": [{"id": "inspector_order", "th": "มีคำสั่ง", "en": "order", "nominal": None, "rolled": None, "waits_for": "filed_on"}],
            },
        },
        {"title": "อื่น ๆ", "encoded": False, "decision": {"urgency": "u3"}},
    ],
    "plan": {"rows": [{"indicator": "informality_rate", "th": "ร้อยละแรงงานนอกระบบ", "period": 2567, "value": "52.70", "unit": "percent", "status": "no_target"}]},
    "sheets": [{"title": {"th": "มาตรา 40", "en": "Section 40"}, "href": "sheets/sso_40.html"}],
}


class Reader(HTMLParser):
    VOID = {"meta", "img", "br", "link", "input"}

    def __init__(self):
        super().__init__()
        self.open, self.seen, self.text = [], [], []

    def handle_starttag(self, tag, attributes):
        self.seen.append((tag, dict(attributes)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, f"</{tag}> closes nothing"

    def handle_data(self, data):
        self.text.append(data)

    def of(self, tag):
        return [attributes for name, attributes in self.seen if name == tag]


def read(html):
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader


def test_the_report_is_well_formed_and_whole():
    reader = read(render(DATA))
    assert reader.of("html") == [{"lang": "th"}]
    assert [s["id"] for s in reader.of("section")] == ["situations", "population", "complaints", "plan", "sheets"]
    text = " ".join(reader.text)
    for said in (
        "รายงานทดสอบ", "Test report", "คำถามถัดไป", "ssa_2533/5 (high)", "4,295,682", "U0", "191", "1191", "no_target", "52.70",
        "This kind is not encoded yet", "Nobody is real.", "2026-03-15", "filed_on", "tip_2551/56", "ยังบอกไม่ได้",
    ):
        assert said in text, said


def test_nothing_comes_from_outside():
    html = render(DATA)
    reader = read(html)
    assert not reader.of("script") and not reader.of("link") and not reader.of("iframe")
    assert all(image["src"].startswith("data:image/") for image in reader.of("img"))
    assert "@import" not in html and "url(" not in html
    assert not re.search(r'(?:src|href)="https?:', html)


def test_tables_and_pictures_can_be_read_aloud():
    reader = read(render(DATA))
    assert all(head.get("scope") in ("col", "row") for head in reader.of("th"))
    assert all(image["alt"] for image in reader.of("img"))
    assert {"lang": "en"} in reader.of("span")
    headings = [tag for tag, _ in reader.seen if tag in ("h1", "h2", "h3")]
    assert headings.count("h1") == 1 and headings[0] == "h1"
    inside = [attributes["href"][1:] for attributes in reader.of("a") if attributes["href"].startswith("#")]
    ids = [attributes["id"] for _, attributes in reader.seen if "id" in attributes]
    assert set(inside) <= set(ids) and len(ids) == len(set(ids))


def test_text_is_never_markup():
    html = render({"title": "<script>x</script>", "situations": DATA["situations"], "population": DATA["population"]})
    assert "<script" not in html and "&lt;script&gt;" in html
    assert "works for wages &lt;b&gt;" in html
    assert 'alt="coverage &amp; regions"' in html


def test_empty_sections_are_left_out():
    reader = read(render({"title": "t", "complaints": []}))
    assert reader.of("section") == []


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"population": {"plots": [{"image": b"GIF89a"}]}}, "SVG or PNG"),
        ({"population": {"tables": [{"columns": ["a", "b"], "rows": [["only"]]}]}}, "1 cells; expected 2"),
        ({"sheets": [{"href": "https://example.org/x.html"}]}, "relative"),
        ({"sheets": [{"href": "javascript:alert(1)"}]}, "relative"),
    ],
)
def test_wrong_data_is_refused(data, message):
    with pytest.raises(ValueError, match=message):
        render(data)


def test_a_real_plot_and_real_margins_fit_in():
    from sitthi import synth

    margins = synth.check_margins(synth.synthetic_workers(2_000, seed=1))
    svg = plots.status_bars([{"label": "ภาคเหนือ", "values": {"covered": 2, "eligible": 1}}])
    html = render({"population": {"plots": [{"image": svg, "alt": "x"}], "margins": margins, "assumptions": synth.assumptions()}})
    reader = read(html)
    assert len(reader.of("tr")) == len(margins) + 1
    assert "data:image/svg+xml;base64," in html


def test_the_command_writes_it(tmp_path, capsys):
    from sitthi.cli import main

    source, target = tmp_path / "data.json", tmp_path / "report.html"
    plain = {key: value for key, value in DATA.items() if key != "population"}
    source.write_text(json.dumps(plain), encoding="utf-8")
    assert main(["report", str(source), "--out", str(target)]) == 0
    assert target.read_text(encoding="utf-8") == render(plain)
    assert str(target) in capsys.readouterr().err
