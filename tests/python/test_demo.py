"""The demo on few workers: every piece runs, and the report holds every section and scheme."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "demo"
SCHEMES = ("ผู้ประกันตนมาตรา 33", "ผู้ประกันตนมาตรา 39", "ผู้ประกันตนมาตรา 40", "หลักประกันสุขภาพแห่งชาติ")


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    out = tmp_path_factory.mktemp("demo")
    command = [sys.executable, str(DEMO / "run.py"), "--rows", "20000", "--out", str(out)]
    done = subprocess.run(command, cwd=out, capture_output=True, text=True, encoding="utf-8", timeout=300)
    assert done.returncode == 0, done.stderr
    return done, out


@pytest.fixture(scope="module")
def html(ran):
    return (ran[1] / "report.html").read_text(encoding="utf-8")


def test_the_last_line_is_the_path_of_the_report(ran):
    done, out = ran
    assert done.stdout.rstrip().splitlines()[-1] == str((out / "report.html").resolve())
    assert all(f"[{part}/5]" in done.stderr for part in range(1, 6)), "progress goes to standard error"


def test_the_report_has_every_section_and_scheme(html):
    assert re.findall(r'<section id="(\w+)"', html) == ["situations", "population", "complaints", "plan", "sheets", "sources"]
    for scheme in SCHEMES:
        assert scheme in html, scheme
    assert html.count("data:image/svg+xml;base64,") == 5 * 4, "five plots, in two languages and two widths"
    assert html.count('<picture lang="th">') == html.count('<picture lang="en">') == 5
    assert not re.search(r'(?:src|href)="https?:', html) and "<script" not in html


def test_the_prose_of_the_report_has_no_words_of_code(html):
    written = html[html.index("</style>") : html.index('<section id="sources"')]
    prose = re.sub(r'<code>.*?</code>|<pre>.*?</pre>|<span class="cite">.*?</span>|<ol class="cite">.*?</ol>', "", written, flags=re.DOTALL)
    assert re.findall(r"\S*[a-z]_[a-z]\S*|\S*`\S*|\S*\(\)\S*", re.sub(r"<[^>]+>", "\n", prose)) == []


def test_the_situations_show_every_status_but_no_guess(ran):
    said = ran[0].stdout
    for status in ("covered", "may join or claim", "cannot be said yet", "readings differ", "not eligible"):
        assert re.search(rf" / [^/\n]*: {status}$", said, re.MULTILINE), status
    assert "The last day, 28 February 2026, is a closing day, so the law moves it to 2 March 2026." in said
    assert "Are employees used in this work all year round?" in said


def test_the_population_is_called_synthetic(ran, html):
    said = ran[0].stdout
    assert "Synthetic workers, raked to published margins; no real person" in said
    assert "assumed" in said and "formal_by_region" in html
    for region in ("Bangkok", "Central", "North", "Northeast", "South", "Whole kingdom"):
        assert re.search(rf"^  {region}\b", said, re.MULTILINE), region


def test_complaints_have_a_number_to_call_and_the_not_encoded_kind_says_so(ran, html):
    said = ran[0].stdout
    assert "U0 ความเร่งด่วน" in said and "Call now: 191" in said
    assert "This kind of complaint is not encoded yet" in said
    assert "The last day, 11 December 2017, is a closing day, so the law moves it to 12 December 2017." in said
    assert 'href="tel:191"' in html


def test_the_plan_has_no_target_and_the_users_are_scored(ran):
    said = ran[0].stdout
    assert said.count("no_target") >= 5
    assert re.search(r"the user's total: \d", said)
    assert re.search(r"dsd_informal_skills +FY2567 +20246 +20200", said)


def test_the_review_sheets_are_where_the_report_says(ran, html):
    found = re.findall(r'href="(sheets/[^"]+)"', html)
    assert len(found) >= 7
    for place in found:
        assert (ran[1] / place).stat().st_size > 500, place


def test_what_fails_makes_the_demo_fail(tmp_path):
    done = subprocess.run([sys.executable, str(DEMO / "run.py"), "--rows", "0", "--out", str(tmp_path)], capture_output=True, text=True, encoding="utf-8", timeout=120)
    assert done.returncode == 1
    assert "demo: failed: rows must be" in done.stderr


def test_no_person_has_a_name_or_a_number():
    for name in ("situations.json", "complaints.json"):
        text = (DEMO / name).read_text(encoding="utf-8")
        json.loads(text)
        assert not re.search(r"\d{13}|นาย |นางสาว|นาง ", text)
