import json
import re
from html.parser import HTMLParser

import pytest

from sitthi import plots
from sitthi.report import amount_text, render

PNG = b"\x89PNG\r\n\x1a\n"
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
                        "th": "ผู้ประกันตนมาตรา 33",
                        "en": "insured under section 33",
                        "status": "undetermined",
                        "possible": ["covered", "not_eligible"],
                        "reasons": [
                            {"clause": "c", "value": "met", "side": "requires", "th": "รับค่าจ้าง", "en": "works for wages <b>", "cite": ["ssa_2533/5"], "confidence": "high"},
                            {"clause": "f", "value": "unknown", "side": "excludes", "th": "มิได้ใช้ตลอดปี", "en": "not all year", "cite": ["rd/6"], "confidence": "high"},
                        ],
                        "amounts": [
                            {"id": "share", "th": "เงินสมทบ", "en": "contribution", "value": {"between": ["82.50", "1875.00"]}, "per": "month", "cite": [], "confidence": "high"},
                        ],
                        "missing": [{"fact": "job.all_year", "job": 0}],
                        "confirm": {"with": "sso", "call": "1506"},
                    },
                    *(
                        {
                            "scheme": f"sso_40_{option}", "option": str(option), "th": "ผู้ประกันตนมาตรา 40", "en": "insured under section 40", "status": "eligible",
                            "reasons": [], "amounts": [{"id": "c", "th": "เงินสมทบ", "value": {"baht": f"{option}00.00"}, "per": "month"}],
                            "until": {"nominal": "2026-02-28", "rolled": "2026-03-02", "why": "notice", "late": "ends"},
                        }
                        for option in (1, 2)
                    ),
                    {
                        "scheme": "x", "status": "disputed", "reasons": [], "amounts": [{"id": "c", "value": {"disputed": [{"baht": "283.00"}, "not_read"]}}],
                        "disputed": {"clause": "c", "lead": {"status": "covered", "cite": ["a/1"]}, "other": {"status": "not_eligible", "cite": ["b/2"]}},
                    },
                    {
                        "scheme": "y", "status": "not_eligible", "reasons": [],
                        "lapsed": {
                            "nominal": "2026-07-15", "rolled": "2026-07-15", "why": "notice", "late": "no",
                            "extension": {"th": "ขอขยายได้", "en": "may be extended", "by": "sso", "ask_within": "15 days", "cite": ["c/3"]},
                        },
                    },
                ],
                "contingencies": [
                    {"contingency": "sickness", "encoded": True, "met_by": [], "may_be_met_by": ["sso_40_1"], "undetermined": ["sso_33"]},
                    {"contingency": "employment_injury", "encoded": False, "met_by": [], "may_be_met_by": [], "undetermined": []},
                ],
                "gap": ["sickness"],
                "notes": [{"th": "ร่างกฎหมาย", "en": "a bill", "cite": ["n/1"]}],
            },
        }
    ],
    "population": {
        "notice": "Synthetic workers",
        "plots": [
            {"image": SVG, "alt": "coverage & regions", "caption": {"th": "ความคุ้มครองรายภาค", "en": "Coverage by region"}},
            {"image": {"th": SVG, "en": PNG}, "narrow": {"th": SVG, "en": PNG}, "alt": {"th": "ภาค", "en": "regions"}, "caption": "both"},
        ],
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
                "on": "2026-11-22",
                "urgency": {"level": "u0", "may_rise": False, "reasons": []},
                "call": ["191", "+66 99 130 1300"],
                "kinds": [{"kind": "t14", "th": "แรงงานบังคับ", "en": "forced labour", "encoded": True}],
                "lead": {
                    "agency": "atpd", "th": "ปคม.", "en": "ATPD", "certain": False, "call": ["1191"], "cite": ["tip_2551/6"],
                    "office": {"of": "dlpw", "area": "unresolved", "th": None, "why": "no_place", "hint": None, "show": ["1546"]},
                },
                "others": [{"kind": "t01", "lead": {"agency": "dlpw", "th": "กสร.", "call": [], "office": {"th": "สำนักงานตาก", "phone": "055", "basis": "pattern"}}}],
                "path": [{"from": "community_unit", "to": "atpd"}],
                "withhold": [{"what": ["name"], "from": ["employer"], "lifted": False, "cite": ["tip_2551/56"]}],
                "steps": [
                    {"id": "order", "th": "มีคำสั่ง", "en": "order", "nominal": None, "rolled": None, "waits_for": ["filed_on"], "length": "60 days", "cite": []},
                    {"id": "extra", "th": "ขยาย", "en": "extension", "nominal": "2027-01-05", "rolled": "2027-01-05", "waits_for": [], "runs": False, "cite": []},
                    {"id": "sue", "th": "ฟ้อง", "en": "sue", "nominal": "2026-11-05", "rolled": "2026-11-06", "waits_for": [], "runs": False, "late": "no", "cite": []},
                ],
            },
        },
        {"title": "อื่น ๆ", "encoded": False, "decision": {"urgency": {"level": "u3"}, "call": ["1506"]}},
    ],
    "plan": {
        "rows": [
            {
                "indicator": "informality_rate", "th": "ร้อยละแรงงานนอกระบบ", "period": "2567-Q3", "unit": "percent", "status": "no_target", "target": None,
                "lead": {"value": "52.70", "between": None, "reached": None, "percent": None}, "why_no_score": "no_target",
                "trend": {"from": "2566-Q3", "value": "52.30", "change": "0.40", "direction": "worse"}, "cite": ["nso/1"],
            }
        ],
        "scorecards": [
            {
                "title": "agency",
                "rows": [
                    {
                        "indicator": "skills", "th": "ฝึก", "period": "FY2567", "unit": "persons", "status": "disputed", "why_no_score": "no_breakpoints",
                        "target": {"value": "20200", "stretch": None, "breakpoints": [], "approximate": True, "given": True},
                        "lead": {"value": "20246", "reached": True, "percent": "100.23"}, "other": {"value": "20106", "reached": False, "percent": "99.53"},
                        "trend": None, "why_no_trend": "break_in_series", "provisional": True, "why_provisional": ["before_period_end"], "cite": [],
                    }
                ],
            }
        ],
    },
    "labels": {"instrument": {"tip_2551": {"th": "พ.ร.บ. ค้ามนุษย์", "en": "TIP Act"}}, "fact": {"job.all_year": {"th": "ตลอดปี", "en": "all year round"}}},
    "sheets": [{"title": {"th": "มาตรา 40", "en": "Section 40"}, "href": "sheets/sso_40.html"}],
}


class Reader(HTMLParser):
    VOID = {"meta", "img", "br", "link", "input", "source"}

    def __init__(self):
        super().__init__()
        self.open, self.seen, self.text, self.unfolded = [], [], [], []

    def handle_starttag(self, tag, attributes):
        self.seen.append((tag, dict(attributes)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, f"</{tag}> closes nothing"

    def handle_data(self, data):
        self.text.append(data)
        if "details" not in self.open:
            self.unfolded.append(data)

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
    assert [s["id"] for s in reader.of("section")] == ["situations", "population", "complaints", "plan", "sheets", "sources"]
    text = " ".join(reader.text)
    for said in (
        "รายงานทดสอบ", "Test report", "คำถามถัดไป", "ssa_2533/5 (high)", "4,295,682", "U0", "191", "1191", "no target", "52.70", "This kind is not encoded yet",
        "Nobody is real.", "2026-03-15", "15 มีนาคม 2569", "filed_on", "tip_2551/56", "ยังบอกไม่ได้", "82.50 ถึง 1,875 บาท", "ตลอดปี", "1506",
        "ผู้ประกันตนมาตรา 40 ทางเลือก 1, 2", "100 บาท / 200 บาท", "2 มีนาคม 2569", "283 บาท หรือ ยังไม่ได้อ่านกฎหมายส่วนนี้ (ตีความต่างกัน)", "a/1", "b/2",
        "Met by no scheme now", "no scheme of the rulebook speaks of it yet", "a bill", "office unresolved", "1546", "สำนักงานตาก", "is over", "has not begun", "60 วัน",
        "พ้นกำหนดเมื่อ", "15 กรกฎาคม 2569", "ขอขยายได้", "may be extended", "c/3",
        "not certain yet: it rests on facts not known", "▼ แย่ลง", "2566-Q3", "20,246", "20,106", "≈ 20,200", "given by the user", "break in series", "TIP Act",
    ):
        assert said in text, said


def test_nothing_comes_from_outside():
    html = render(DATA)
    reader = read(html)
    assert not reader.of("script") and not reader.of("link") and not reader.of("iframe")
    assert all(image["src"].startswith("data:image/") for image in reader.of("img"))
    assert all(source["srcset"].startswith("data:image/") for source in reader.of("source"))
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


def test_a_plot_is_there_in_both_languages_and_widths():
    html = render(DATA)
    reader = read(html)
    assert reader.of("picture") == [{}, {"lang": "th"}, {"lang": "en"}]
    assert [image["alt"] for image in reader.of("img")] == ["coverage & regions", "ภาค", "regions"]
    assert [source["media"] for source in reader.of("source")] == ["(max-width:40rem)"] * 2
    assert [source["srcset"][:15] for source in reader.of("source")] == ["data:image/svg+", "data:image/png;"]
    assert "figure.b>[lang=en]{display:none}" in html, "one language at a time"
    assert "max-width:none}.scheme" not in html, "no plot is wider than its page"


def test_whole_decisions_are_folded_under_what_matters_most():
    reader = read(render(DATA))
    assert reader.of("details") and not any("open" in attributes for attributes in reader.of("details"))
    shown = " ".join(reader.unfolded)
    for said in ("ผู้ประกันตนมาตรา 33", "คำถามถัดไป", "191", "ATPD", "office unresolved", "1546"):
        assert said in shown, said
    for said in ("ssa_2533/5", "82.50", "tip_2551/56", "filed_on", "Nobody is real.", "a bill", "TIP Act"):
        assert said not in shown, said


def test_a_trend_says_what_it_is_and_in_which_unit():
    text = " ".join(read(render(DATA)).text)
    assert "0.40" in text and "จุดร้อยละ" in text and "percentage points" in text
    assert "A trend is the value of the period less the latest earlier value" in text


def test_the_lines_of_a_plan_carry_their_heads_on_a_phone():
    html = render({"plan": DATA["plan"]})
    assert html.count('<div class="wide stack"') == 2, "one for each list of indicators"
    assert html.count('<span class="head" aria-hidden="true">') == 2 * 6, "each cell but the name of the indicator"


def test_a_number_can_be_dialled():
    assert {attributes["href"] for attributes in read(render(DATA)).of("a")} >= {"tel:191", "tel:+66991301300"}


@pytest.mark.parametrize(
    ("value", "english"),
    [
        ({"baht": "432.00"}, "432 baht"),
        ({"baht": "1082.50"}, "1,082.50 baht"),
        ({"between": ["0.00", "875.00"]}, "0 to 875 baht"),
        ({"between": [None, "875.00"]}, "at most 875 baht"),
        ({"between": ["82.50", None]}, "at least 82.50 baht"),
        ({"between": [None, None]}, "cannot be said yet"),
        ("nothing", "the law gives nothing"),
        ("not_read", "this part of the law was not read"),
        ({"text": "by the committee"}, "by the committee"),
        ({"disputed": [{"baht": "283.00"}, {"baht": "278.00"}]}, "283 baht or 278 baht (readings differ)"),
    ],
)
def test_amounts_in_words(value, english):
    assert amount_text(value)["en"] == english


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
