import json
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

import sitthi
from sitthi import plots
from sitthi.report import render

PNG = b"\x89PNG\r\n\x1a\n"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
FORMER = {
    "birth_date": "1985-02-01", "s33_end_cause": "job_ended", "s33_ended_on": "2026-01-15", "s33_months": 12, "s39_end_cause": "none", "jobs": [],
    "member": {"sso_39": False},
}
BONDED = {"happened": {"debt_bondage": True, "wages_unpaid": True}, "danger_now": True, "job": {"province": "10", "district": "1014"}, "received_by": "ngo"}
UNPAID = {
    "happened": {"wages_unpaid": True}, "reporter": "worker", "may_be_named": True, "danger_now": False, "can_leave": True, "filed_on": "2026-11-20",
    "job": {"province": "50", "employer": "company"},
}
SITUATIONS = json.loads((Path(__file__).resolve().parents[2] / "demo" / "situations.json").read_text(encoding="utf-8"))


def laid_over(below, above):
    return {**below, **{key: laid_over(below.get(key, {}), value) if isinstance(value, dict) else value for key, value in above.items()}}


def plain(decision):
    return json.loads(decision.to_json())


@cache
def text_of():
    gardener = next(one for one in SITUATIONS["situations"] if one["id"] == "rubber_garden")
    card = plain(sitthi.score("published_targets", on="2026-11-22"))
    return {
        "gardener": plain(sitthi.assess(laid_over(SITUATIONS["like"], gardener["facts"]), on=gardener["on"])),
        "former": plain(sitthi.assess(FORMER, on="2026-07-16")),
        "bonded": plain(sitthi.route(BONDED, on="2026-11-22")),
        "unpaid": plain(sitthi.route(UNPAID, on="2026-11-22")),
        "homework": plain(sitthi.route({"happened": {"homework_dispute": True}, "danger_now": False}, on="2026-11-22")),
        "plan": plain(sitthi.score("p2_informal", on="2026-11-22")),
        "published": card,
    }


def decided(name):
    return text_of()[name]


DATA = {
    "title": {"th": "รายงานทดสอบ", "en": "Test report"},
    "notices": [{"th": "ข้อมูลสังเคราะห์", "en": "Synthetic data"}],
    "situations": [
        {
            "title": {"th": "คนสวนยางที่สุราษฎร์ธานี", "en": "works <b>"}, "command": "sitthi assess --facts x.json", "facts": {"birth": "1938-01-15", "job": None, "main": True},
            "decision": decided("gardener"),
        },
        {"title": "เคยเป็นผู้ประกันตน", "decision": decided("former")},
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
        {"title": "ถูกกักตัว", "decision": decided("bonded")},
        {"title": "ค้างค่าจ้าง", "decision": decided("unpaid")},
        {"title": "อื่น ๆ", "decision": decided("homework")},
    ],
    "plan": {"scorecards": [{"title": "plan", "decision": decided("plan")}, {"title": "agency", "notice": "each its own", "decision": decided("published")}]},
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
        # The page itself, with its tables.
        "รายงานทดสอบ", "Test report", "4,295,682", "Nobody is real.", "15 มกราคม 2480", "15 January 1938",
        # What the core says of a worker.
        "คำถามถัดไป", "Are employees used in this work all year round?", "ยังบอกไม่ได้", "15 มีนาคม 2569", "ssa_2533/33/S1 (high)", "temporary rate",
        "ผู้ประกันตนมาตรา 40 ทางเลือก 1, 2, 3", "insured under section 40, option 1, 2, 3", "15 กรกฎาคม 2569", "may be extended for necessity", "การรักษาพยาบาล",
        # What it says of a complaint.
        "U0", "Call now: ", "191", "1669", "Lead: Anti-Trafficking in Persons Division", "it is not known which area office", "It has not begun to run.",
        "This kind of complaint is not encoded yet", "Chiang Mai Provincial Office", "tip_2551/56",
        # What it says of a plan.
        "no target", "ดีขึ้น: −1.85 จุดร้อยละ จากงวด 2563-Q3", "better: −1.85 percentage points from 2563-Q3", "20,246",
        # The titles of what is cited.
        "Anti-Trafficking in Persons Act B.E. 2551",
    ):
        assert said in text, said


def test_nothing_is_said_but_what_the_core_says():
    """Every line of an outline stands in the report, in both languages."""
    text = " ".join(" ".join(read(render(DATA)).text).split())
    compact = re.sub(r"\s+", "", text)
    for name in ("gardener", "former", "bonded", "unpaid", "homework"):
        decision = decided(name)
        for section in sitthi.law(decision["on"]).outline(decision)["sections"]:
            for line in section["lines"]:
                for language in ("th", "en"):
                    assert re.sub(r"\s+", "", line[language]) in compact, line[language]


def test_the_rulebook_that_decided_gives_the_words():
    data = {"situations": DATA["situations"][:1]}
    assert render(data, sitthi.Rulebook.built_in()) == render(data)
    with pytest.raises(sitthi.SitthiError, match="no decision"):
        render({"situations": [{"title": "x", "decision": {"on": "2026-11-22"}}]})


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
    for said in ("ผู้ประกันตนมาตรา 33", "คำถามถัดไป", "191", "Lead: Anti-Trafficking", "it is not known which area office", "1546"):
        assert said in shown, said
    for said in ("ssa_2533/33/S1", "temporary rate", "tip_2551/56", "Nobody is real.", "Anti-Trafficking in Persons Act"):
        assert said not in shown, said


def test_a_trend_says_what_it_is_and_in_which_unit():
    text = " ".join(read(render(DATA)).text)
    assert "+0.58 จุดร้อยละ จากงวด 2563" in text and "+0.58 percentage points from 2563" in text
    assert "A trend is the value of the period less the latest earlier value" in text


def test_the_lines_of_a_plan_carry_their_heads_on_a_phone():
    html = render({"plan": DATA["plan"]})
    rows = len(decided("plan")["rows"]) + len(decided("published")["rows"])
    assert html.count('<div class="wide stack"') == 2, "one for each list of indicators"
    assert html.count('<span class="head" aria-hidden="true">') == rows * 6, "each cell but the name of the indicator"


def test_a_number_can_be_dialled():
    assert {attributes["href"] for attributes in read(render(DATA)).of("a")} >= {"tel:191", "tel:1669", "tel:1506", "tel:1546"}


def test_text_is_never_markup():
    html = render({"title": "<script>x</script>", "situations": DATA["situations"], "population": DATA["population"]})
    assert "<script" not in html and "&lt;script&gt;" in html
    assert "works &lt;b&gt;" in html
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
