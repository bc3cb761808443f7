"""One self-contained HTML report from plain data: no script, no outside resource, readable in print and by a screen reader.

The data is a dict (every part may be left out); a text is a string or ``{"th": …, "en": …}``::

    {
        "title": text, "notices": [text, …],
        "situations": [{"title": text, "facts": {label: value}, "command": text, "decision": coverage decision}],
        "population": {"notice": text, "plots": [plot], "tables": [table], "margins": rows of check_margins, "assumptions": [text]},
        "complaints": [{"title": text, "facts": {label: value}, "decision": routing decision}],
        "routed":     table of further complaints,
        "plan":       {"notice": text, "plots": [plot], "tables": [table],
                       "scorecards": [{"title": text, "notice": text, "plots": [plot], "decision": scorecard}]},
        "sheets":     [{"title": text, "href": relative address}],
    }

Decisions are whole: the dicts of their JSON (``json.loads(decision.to_json())``); a scorecard may hold some of its rows only. What they say
and what codes are called comes from the rulebook. A table is ``{"caption": text, "columns": [text], "rows": [[cell, …]]}``; a plot
``{"image": picture, "narrow": picture for a phone, "alt": text, "caption": text}``, a picture being SVG or PNG bytes, or one for each
language as ``{"th": …, "en": …}``. Whole decisions stand folded under what matters most; the instruments that they cite stand at the end.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from html import escape
from numbers import Number
from typing import TYPE_CHECKING, Any

from ._labels import labels, standing_law

if TYPE_CHECKING:
    from ._native import Rulebook

_HEADINGS = {
    "situations": ("สถานการณ์ตัวอย่าง", "Situations"),
    "population": ("ประชากรสังเคราะห์", "Synthetic population"),
    "complaints": ("เรื่องร้องเรียน", "Complaints"),
    "plan": ("แผนและตัวชี้วัด", "Plan and indicators"),
    "sheets": ("ใบตรวจทานสำหรับนักกฎหมาย", "Review sheets"),
    "sources": ("กฎหมายและเอกสารที่อ้าง", "Sources cited"),
}

_CSS = """
:root{--ink:#1a1d21;--quiet:#5a6068;--line:#d9dde2;--soft:#f4f6f8;--mark:#00568a}
*{box-sizing:border-box}html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:64rem;padding:1.5rem clamp(.9rem,3vw,2rem) 4rem;color:var(--ink);background:#fff;font-size:1rem;line-height:1.75;
 overflow-wrap:break-word;font-family:Sarabun,"Noto Sans Thai Looped","Noto Sans Thai",Laksaman,"Leelawadee UI",Thonburi,Loma,Garuda,system-ui,sans-serif}
h1,h2,h3,h4{line-height:1.4;text-wrap:balance}h1{font-size:clamp(1.5rem,4vw,2rem);margin:.2rem 0 1rem}
h2{margin:3.2rem 0 1rem;border-bottom:3px solid var(--mark);padding-bottom:.3rem;font-size:clamp(1.3rem,3vw,1.6rem)}
h3{margin:0 0 .3rem;font-size:1.2rem}h4{margin:0 0 .4rem;font-size:1.02rem}
[lang=en]{color:var(--quiet);font-size:.9em;line-height:1.5}h1 [lang=en],h2 [lang=en],h3 [lang=en]{font-weight:400;font-size:.7em;display:block}h4 [lang=en]{font-weight:400}
.t>[lang=en],h4 .b>[lang=en]{display:block}
.langs{display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;border:0;margin:0;padding:0;font-size:.9rem;justify-content:flex-end}.langs legend{float:left;color:var(--quiet)}
body:has(#only-th:checked) .b>:is([lang=en],i),body:has(#only-en:checked) .b>:is([lang=th],i){display:none}
body:has(#only-en:checked) .b>[lang=en]{color:inherit;font-size:1em}
.notice{background:var(--soft);border-left:4px solid var(--mark);padding:.6rem 1rem;margin:1rem 0}.ask{background:#fff7e0;border-color:#946200}
nav ul{columns:18rem 2;padding-left:1.2rem;margin:.5rem 0}
article{border:1px solid var(--line);border-radius:.6rem;padding:1rem clamp(.8rem,2.5vw,1.4rem);margin:1.4rem 0}
.when{text-wrap:balance;color:var(--quiet);margin:.1rem 0 .6rem}pre{background:var(--soft);padding:.6rem .8rem;white-space:pre-wrap;font-size:.82rem;line-height:1.5;margin:.6rem 0}
details h4{border-top:1px solid var(--line);padding-top:.7rem;margin-top:1rem}
ul.lines{margin:.2rem 0;padding-left:1.2rem}.lines li{margin-bottom:.2rem}.lines .r{list-style:none;position:relative;padding-left:.5rem}.lines .r>.m{position:absolute;left:-1.2rem}
dd>ul.lines,td>ul.lines,.first>ul.lines{list-style:none;padding-left:0}dd .lines .lines,.first .lines .lines{color:var(--quiet);font-size:.93em}.first{margin:.3rem 0}
.m{display:inline-block;width:1.4rem;font-weight:700}.m-yes{color:#00568a}.m-no{color:#6b6f75}.m-unknown{color:#946200}.m-disputed{color:#a8410a}
.wide{overflow-x:auto;margin:.8rem 0}table{border-collapse:collapse;width:100%;font-size:.92rem;line-height:1.55}
caption{text-align:left;font-weight:600;padding:.4rem 0}.cap{display:inline-block;position:sticky;left:0;max-width:min(60rem,86vw)}th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid var(--line)}
thead th{background:var(--soft);border-bottom:2px solid var(--line);vertical-align:bottom}tbody th{font-weight:600}td:last-child{overflow-wrap:anywhere;min-width:7rem}tbody th{overflow-wrap:anywhere;min-width:8rem}
th .b>[lang=en]{display:block;font-weight:400;font-size:.85em}td ul{margin:0;padding-left:1.1rem}
.head{display:none}td.n,th.n{text-align:right;overflow-wrap:normal;white-space:nowrap;font-variant-numeric:tabular-nums}
dl{display:grid;grid-template-columns:minmax(8rem,max-content) minmax(0,1fr);gap:.25rem 1.2rem;margin:.6rem 0}dt{color:var(--quiet)}dd{margin:0}dd ul{margin:0;padding-left:1.1rem}
dl.lines dt .b>[lang=en]{display:block;font-size:.82em}dl.lines{margin:.3rem 0}
.statuses dt{color:inherit}
.facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:.4rem 1.4rem;font-size:.92rem;line-height:1.5;margin:.6rem 0 1rem}.facts dt{font-size:.9em}
details{margin:.6rem 0}summary{cursor:pointer;color:var(--mark)}
figure{margin:1.8rem 0}figure img{display:block;width:100%;height:auto;margin-top:.4rem}figcaption{font-weight:600}figcaption [lang=en]{font-weight:400}
body:not(:has(#only-en:checked)) figure.b>[lang=en]{display:none}
.s{display:inline-block;padding:0 .6rem;border:1px solid #0003;border-radius:1rem;white-space:nowrap;font-size:.92rem;color:#1a1d21;background:#fff}
.s .b>[lang=en]{color:inherit;opacity:.85}.s-covered{background:#00568a;color:#fff}.s-eligible{background:#cfe8f8}.s-disputed{background:#fbdcc8}.s-undetermined{background:#fdf0bf}.s-not_eligible{background:#eceef0}.i{white-space:normal}
.u{display:inline-block;font-weight:700;padding:0 .6rem;border-radius:.3rem;background:#eceef0}.u-u0{background:#9b1c1c;color:#fff}.u-u1{background:#fbdcc8}.u-u2{background:#fdf0bf}
.call{font-weight:700;white-space:nowrap}
.cite{color:var(--quiet);font-size:.8rem;overflow-wrap:anywhere}time .b>*,.nb{white-space:nowrap}.skip{position:absolute;left:-999rem}.skip:focus{position:static}a{color:var(--mark)}
:focus-visible{outline:3px solid #946200;outline-offset:2px}
@media print,(min-width:40.01rem){.statuses{grid-template-columns:minmax(0,max-content) max-content;gap:.35rem 1.2rem}}
@media screen and (max-width:40rem){dl{grid-template-columns:minmax(0,1fr);gap:0}dd{margin:0 0 .4rem}
 .facts{grid-template-columns:repeat(auto-fill,minmax(9rem,1fr))}.facts dd{margin:0}.statuses dt .b>[lang=en]{font-size:.82em;margin-left:.3em}nav ul{columns:1}.stack thead{position:absolute;left:-999rem}.stack tr{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));border-bottom:1px solid var(--line);padding:.4rem 0}.stack :is(th,td){border:0;text-align:left;white-space:normal}
 .stack tbody th{grid-column:1/-1}.stack .head{display:block;color:var(--quiet);font-size:.8rem}.langs{justify-content:flex-start}.s{white-space:normal}th,td{padding:.35rem .45rem}}
@page{margin:16mm 14mm}
@media print{html{scroll-behavior:auto;font-size:9pt}body{max-width:none;padding:0;line-height:1.6}nav,.skip,.langs{display:none}details::details-content{display:block;content-visibility:visible}.wide{overflow:visible}
 article{border:0;border-top:1px solid var(--line);border-radius:0;padding:.6rem 0}h2{break-before:page}h2,h3,h4,caption,summary{break-after:avoid}
 tr,figure,.notice{break-inside:avoid}thead{display:table-header-group}table{font-size:.9rem}td.n,th.n{white-space:normal}
 .s,.u,thead th,.notice,pre{print-color-adjust:exact;-webkit-print-color-adjust:exact}a{color:inherit;text-decoration:none}}
""".strip()


def render(data: Mapping[str, Any], rulebook: Rulebook | None = None) -> str:
    """The whole report as one HTML document, in the words of the rulebook that decided; without one, of the built-in rulebook.

    Raises ``ValueError`` for an image that is neither SVG nor PNG, a row that is not as long as its header, or an outside link;
    ``SitthiError`` for a decision that is none.
    """
    title = data.get("title") or {"th": "รายงานสิทธิแรงงาน", "en": "Report on labour protection"}
    writer = _Writer(rulebook)
    parts = {name: writer.part(name, data) for name in _HEADINGS}
    headings = {name: {"th": th, "en": en} for name, (th, en) in _HEADINGS.items() if parts[name]}
    contents = "".join(f'<li><a href="#{name}">{_both(heading)}</a></li>' for name, heading in headings.items())
    body = "".join(
        f'<section id="{name}" aria-labelledby="h-{name}"><h2 id="h-{name}">{_both(heading)}</h2>{parts[name]}</section>'
        for name, heading in headings.items()
    )
    choices = "".join(
        f'<label><input type="radio" name="language" id="only-{code}"{" checked" if code == "all" else ""}> {said}</label>'
        for code, said in (("all", "ไทยและ English"), ("th", "ไทย"), ("en", "English"))
    )
    return (
        '<!DOCTYPE html>\n<html lang="th"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(_plain(title))}</title><style>{_CSS}</style></head><body>"
        '<a class="skip" href="#main">ข้ามไปยังเนื้อหา</a>'
        f'<header><fieldset class="langs"><legend>ภาษา Language</legend>{choices}</fieldset>'
        f"<h1>{_both(title)}</h1>{_notices(data.get('notices', ()))}"
        f'<nav aria-label="สารบัญ"><ul>{contents}</ul></nav></header><main id="main">{body}</main></body></html>\n'
    )


# ── Pieces ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _plain(text: Any) -> str:
    if isinstance(text, Mapping):
        return str(text.get("th") or text.get("en") or "")
    return "" if text is None else str(text)


# Between the languages; gone where only one is shown, or it would stand before a closing bracket or after an opening one.
_GAP = "<i> </i>"


def _both(text: Any) -> str:
    """Thai with English beside it, escaped."""
    if not isinstance(text, Mapping):
        return escape(_plain(text))
    if not text.keys() & {"th", "en"}:
        return escape(", ".join(f"{key}: {value}" for key, value in text.items()))
    thai, english = text.get("th"), text.get("en")
    if not english or english == thai:
        return escape(str(thai or ""))
    if not thai:
        return f'<span lang="en">{escape(str(english))}</span>'
    return f'<span class="b"><span lang="th">{escape(str(thai))}</span>{_GAP}<span lang="en">{escape(str(english))}</span></span>'


def _sentence(text: Any, after: str = "") -> str:
    """Thai, what belongs behind it such as its citation, and the English on a line of its own."""
    if isinstance(text, Mapping) and text.get("th") and text.get("en") and text["th"] != text["en"]:
        thai, english = escape(str(text["th"])), escape(str(text["en"]))
        return f'<span class="b t"><span lang="th">{thai}</span>{after}{_GAP}<span lang="en">{english}</span></span>'
    return _both(text) + after


def _two(thai: str, english: str) -> str:
    return _both({"th": thai, "en": english})


def _notices(texts: Iterable[Any]) -> str:
    return "".join(f'<p class="notice">{_sentence(text)}</p>' for text in texts)


def _is_day(text: Any) -> bool:
    if not isinstance(text, str) or len(text) != 10:
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _day(day: str) -> str:
    """A day as each language writes it."""
    from ._native import day_words

    thai, english = day_words(day)
    return f'<time datetime="{escape(day, quote=True)}">{_two(thai, english)}</time>'


def _cell(value: Any) -> tuple[str, bool]:
    if value is None:
        return f'<span role="img" aria-label="{escape(labels("answer")["unknown"]["th"], quote=True)}">–</span>', False
    if isinstance(value, bool):
        return _both(labels("answer")["yes" if value else "no"]), False
    if isinstance(value, Number):
        return (f"{value:,.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"), True
    if _is_day(value):
        return _day(value), False
    if isinstance(value, (list, tuple)):
        return ", ".join(_cell(item)[0] for item in value), False
    return _both(value), isinstance(value, str) and value.endswith("%)") and value[:1].isdecimal()


def _table(table: Mapping[str, Any]) -> str:
    columns: Sequence[Any] = table["columns"]
    rows = [list(row) for row in table["rows"]]
    for place, row in enumerate(rows):
        if len(row) != len(columns):
            raise ValueError(f"row {place} of the table `{_plain(table.get('caption'))}` has {len(row)} cells; expected {len(columns)}")
    drawn = [[_cell(value) for value in row] for row in rows]
    numeric = [bool(drawn) and all(row[i][1] or rows[n][i] is None for n, row in enumerate(drawn)) for i in range(len(columns))]
    return _grid(table.get("caption"), columns, [[html for html, _ in row] for row in drawn], numeric)


def _tables(tables: Sequence[Mapping[str, Any]]) -> str:
    return _folded(f"ตาราง ({len(tables)})", "Tables", "".join(map(_table, tables)))


def _grid(caption: Any, columns: Sequence[Any], rows: Sequence[Sequence[str]], numeric: Sequence[bool], stacks: bool = False) -> str:
    """A table of ready HTML cells. On a narrow page it scrolls by itself, or its rows become blocks whose cells carry their heads."""
    heads = [f'<span class="head" aria-hidden="true">{_both(column)}</span>' if stacks else "" for column in columns]
    head = "".join(f'<th scope="col"{_number(flag)}>{_both(column)}</th>' for column, flag in zip(columns, numeric, strict=True))
    body = "".join(
        "<tr>" + "".join(f'<th scope="row">{html}</th>' if i == 0 else f"<td{_number(numeric[i])}>{heads[i]}{html}</td>" for i, html in enumerate(row)) + "</tr>"
        for row in rows
    )
    said = f'<caption><span class="cap">{_sentence(caption)}</span></caption>' if caption else ""
    region = f' role="region" aria-label="{escape(_plain(caption), quote=True)}"' if caption else ""
    return f'<div class="wide{" stack" if stacks else ""}" tabindex="0"{region}><table>{said}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _number(flag: bool) -> str:
    return ' class="n"' if flag else ""


def _plot(plot: Mapping[str, Any]) -> str:
    """A figure under its caption, for wide and narrow pages and in the language that is read."""
    image, narrow, alt = plot["image"], plot.get("narrow"), plot.get("alt") or plot.get("caption")
    caption = f"<figcaption>{_sentence(plot['caption'])}</figcaption>" if plot.get("caption") else ""
    if not isinstance(image, Mapping):
        return f"<figure>{caption}{_picture(image, narrow, _plain(alt))}</figure>"
    pictures = (
        _picture(one, narrow.get(code) if isinstance(narrow, Mapping) else None, _plain(alt.get(code) if isinstance(alt, Mapping) else alt), f' lang="{code}"')
        for code, one in image.items()
    )
    return f'<figure class="{"b" if len(image) > 1 else "one"}">{caption}{"".join(pictures)}</figure>'


def _picture(image: Any, narrow: Any, alt: str, language: str = "") -> str:
    source = f'<source media="(max-width:40rem)" srcset="{_data(narrow)}">' if narrow else ""
    return f'<picture{language}>{source}<img alt="{escape(alt, quote=True)}" src="{_data(image)}"></picture>'


def _data(image: Any) -> str:
    """The address of a picture that stands in the page itself."""
    held = image.encode() if isinstance(image, str) else bytes(image)
    if held.startswith(b"\x89PNG"):
        kind = "image/png"
    elif b"<svg" in held[:2000]:
        kind = "image/svg+xml"
    else:
        raise ValueError("a plot must be SVG or PNG bytes")
    return f"data:{kind};base64,{b64encode(held).decode()}"


def _folded(thai: str, english: str, body: str, place: str = "") -> str:
    """What is read when asked for; in print it stands open. The place is inside, so that a link to it opens the fold."""
    named = f' id="{place}"' if place else ""
    return f"<details><summary>{_two(thai, english)}</summary><div{named}>{body}</div></details>" if body else ""


def _list(items: Iterable[str], look: str = "lines") -> str:
    inner = "".join(f"<li>{item}</li>" for item in items)
    return f'<ul class="{look}">{inner}</ul>' if inner else ""


def _described(pairs: Iterable[tuple[Any, str]], look: str = "lines") -> str:
    inner = "".join(f"<dt>{_both(key)}</dt><dd>{value}</dd>" for key, value in pairs if value)
    return f'<dl class="{look}">{inner}</dl>' if inner else ""


_MARKS = {"yes": ("✓", "met"), "no": ("✗", "unmet"), "unknown": ("?", "undetermined"), "disputed": ("⇄", "disputed")}
"""The sign of each mark, and the verdict by which it is read aloud."""

_ARROWS = {"better": "▲ ", "worse": "▼ ", "not_told_apart": "≈ "}

_TREND = {
    "th": "แนวโน้ม คือ ค่าของงวดลบค่าก่อนหน้าล่าสุดที่เทียบกันได้ (ช่วงเวลาเดียวกันของปี ในชุดข้อมูลที่ไม่ขาดตอน) ไม่ใช่เส้นที่ลากผ่านหลายปี",
    "en": "A trend is the value of the period less the latest earlier value that can be compared with it (of the same time of the year, with no break in the "
    "series between them). It is no line drawn through many years.",
}


# ── Sections ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Writer:
    """Writes the sections, and remembers which instruments were cited."""

    def __init__(self, rulebook: Rulebook | None) -> None:
        self._law = standing_law(rulebook)
        self._rulebook = rulebook
        self._cited: dict[str, None] = {}

    def part(self, name: str, data: Mapping[str, Any]) -> str:
        if name == "sources":
            return self._sources()
        if name == "complaints" and (data.get("complaints") or data.get("routed")):
            return self._complaints(data.get("complaints") or ()) + _tables([data["routed"]] if data.get("routed") else ())
        write: dict[str, Callable[[Any], str]] = {
            "situations": lambda items: "".join(self._situation(item) for item in items),
            "population": self._population, "plan": self._plan, "sheets": _sheets,
        }
        return write[name](data[name]) if name in write and data.get(name) else ""

    def _outline(self, decision: Mapping[str, Any]) -> Outline:
        """The decision in the words of the law of its day."""
        from ._native import Rulebook

        book = self._rulebook if self._rulebook is not None else Rulebook.built_in()
        return Outline(book.on(decision["on"]).outline(decision))

    def _label(self, code_list: str, code: Any) -> str:
        return _both(labels(code_list, self._law).get(str(code), code))

    def _cites(self, line: Mapping[str, Any]) -> str:
        cites = [str(cite) for cite in line.get("cite") or ()]
        self._cited.update(dict.fromkeys(cite.split("/")[0] for cite in cites))
        said = "; ".join(cites)
        if line.get("confidence") and said:
            said += f" ({line['confidence']})"
        return f' <span class="cite">{escape(said)}</span>' if said else ""

    def _sources(self) -> str:
        titles = {one["code"]: one for one in self._law.instruments()}
        rows = [[escape(name), _both(titles[name])] for name in sorted(self._cited) if name in titles]
        grid = _grid(None, [{"th": "ชื่อย่อ", "en": "Id"}, {"th": "ชื่อ", "en": "Title"}], rows, [False, False]) if rows else ""
        return _folded(f"{len(rows)} ฉบับ", f"{len(rows)} instruments", grid)

    # Lines of outlines

    def _line(self, line: Mapping[str, Any]) -> str:
        """A line with its mark and citations; its telephone numbers can be dialled."""
        mark, shown = line.get("mark"), ""
        if mark:
            sign, verdict = _MARKS[mark]
            said = labels("verdict", self._law)[verdict]["th"]
            shown = f'<span class="m m-{mark}" role="img" aria-label="{escape(said, quote=True)}">{sign}</span>'
        # Citations go in last, so that no number in them is taken for one to dial.
        text = _dialled(_sentence(line, "\0"), line["call"]).replace("\0", self._cites(line))
        return f"{shown}<strong>{text}</strong>" if line["kind"] == "heading" else shown + text

    def _lines(self, lines: Sequence[Mapping[str, Any]]) -> str:
        """Lines as a list, those of a deeper level inside the line that they belong to."""
        items, place = [], 0
        while place < len(lines):
            end = place + 1
            while end < len(lines) and lines[end]["level"] > lines[place]["level"]:
                end += 1
            under = self._lines(lines[place + 1 : end])
            look = ' class="r"' if lines[place].get("mark") else ""
            items.append(f"<li{look}>{self._line(lines[place])}{under}</li>")
            place = end
        return f'<ul class="lines">{"".join(items)}</ul>' if items else ""

    def _whole(self, outline: Outline) -> str:
        """Every section of an outline."""
        sections = (f"<h4>{_both(section)}</h4>{self._lines(section['lines'])}" for section in outline.sections)
        return "".join(sections)

    def _status(self, line: Mapping[str, Any], code_list: str = "status") -> tuple[Any, str]:
        """What has a status, and the status apart from it."""
        label = labels(code_list, self._law).get(str(line["code"]), {})
        ends = label and all(line[language].endswith(f": {said}") for language, said in label.items())
        if not ends:
            return line, "–"
        name = {language: line[language].removesuffix(f": {said}") for language, said in label.items()}
        return name, f'<span class="s s-{escape(str(line["code"]), quote=True)}">{_both(label)}</span>'

    def _ask(self, outline: Outline) -> str:
        """The next question with what helps to answer it."""
        asked = outline.block("ask", lambda line: line["kind"] == "question")
        if not asked:
            return ""
        heading = _both(outline.section("ask"))
        said = "".join(f"<div>{_sentence(line)}</div>" for line in asked)
        return f'<div class="notice ask"><strong>{heading}</strong>{said}</div>'

    def _facts(self, facts: Any) -> str:
        items = facts.items() if isinstance(facts, Mapping) else facts
        inner = "".join(f"<div><dt>{_both(key)}</dt><dd>{_cell(value)[0]}</dd></div>" for key, value in items)
        return f'<dl class="facts">{inner}</dl>' if inner else ""

    def _head(self, item: Mapping[str, Any], outline: Outline) -> str:
        return f'<article><h3>{_both(item.get("title"))}</h3><p class="when">{_both(outline.title)}</p>'

    # Coverage

    def _situation(self, item: Mapping[str, Any]) -> str:
        outline = self._outline(item["decision"])
        parts = [self._head(item, outline)]
        statuses = (self._status(line) for line in outline.lines("covers") if line["kind"] == "status")
        parts += [_described(statuses, "statuses"), self._ask(outline)]
        whole = [f"<pre>{escape(str(item['command']))}</pre>"] if item.get("command") else []
        whole += [self._facts(item.get("facts", {})), self._whole(outline), self._contingencies(item["decision"])]
        parts.append(_folded("ข้อเท็จจริง เหตุผล จำนวนเงิน และที่มา", "Facts, reasons, amounts and sources", "".join(whole)))
        return "".join(parts) + "</article>"

    def _contingencies(self, decision: Mapping[str, Any]) -> str:
        """Which schemes meet each contingency, and which may."""
        names = {scheme["scheme"]: {"th": scheme["th"], "en": scheme["en"]} for scheme in decision["schemes"]}

        def schemes(codes: Iterable[str]) -> str:
            return ", ".join(dict.fromkeys(_both(names[code]) for code in codes if code in names)) or "–"

        rows = [
            [self._label("contingency", one["contingency"]), *(schemes(one[key]) for key in ("met_by", "may_be_met_by", "undetermined"))]
            for one in decision["contingencies"]
            if one["encoded"]
        ]
        left = [self._label("contingency", one["contingency"]) for one in decision["contingencies"] if not one["encoded"]]
        if not rows:
            return ""
        columns = [
            {"th": "ความเสี่ยง", "en": "Contingency"}, {"th": "มีแล้ว", "en": "Met by"}, {"th": "มีได้ถ้าสมัคร", "en": "If joined"}, {"th": "ยังไม่ทราบ", "en": "Not known"},
        ]
        table = _grid({"th": "ความเสี่ยงเก้าประการ (อนุสัญญา ILO ฉบับที่ 102)", "en": "Nine contingencies (ILO Convention 102)"}, columns, rows, [False] * 4, stacks=True)
        more = f"<p>{_two('ระบบยังไม่มีโครงการที่ตอบข้อนี้', 'No scheme of the rulebook speaks of it yet')}: {', '.join(left)}</p>" if left else ""
        return _folded("ความเสี่ยงเก้าประการ", "Nine contingencies", table + more)

    # Population

    def _population(self, item: Mapping[str, Any]) -> str:
        parts = [_notices([item["notice"]] if item.get("notice") else ())]
        parts += [_plot(plot) for plot in item.get("plots", ())] + [_tables(item.get("tables", ()))]
        if item.get("margins"):
            parts.append(_folded("ยอดที่เผยแพร่เทียบกับข้อมูลสังเคราะห์", "Published margins and what was drawn", _margins(item["margins"])))
        if item.get("assumptions"):
            count = len(item["assumptions"])
            items = _list(
                f"<code>{escape(str(one['id']))}</code> {_both(one['text'])}" if isinstance(one, Mapping) and "id" in one else _both(one) for one in item["assumptions"]
            )
            parts.append(_folded(f"ข้อสมมติทั้งหมดของข้อมูลสังเคราะห์ ({count})", f"All {count} assumptions of the synthetic data", items, "assumptions"))
        return "".join(parts)

    # Complaints

    def _complaints(self, items: Sequence[Mapping[str, Any]]) -> str:
        return "".join(self._complaint(item) for item in items)

    def _complaint(self, item: Mapping[str, Any]) -> str:
        outline = self._outline(item["decision"])
        parts = [self._head(item, outline), self._calls(outline)]
        lead = outline.block("where", lambda line: line["kind"] == "place")
        open_ = outline.block("do", lambda line: line["kind"] == "day" and line["day"] >= outline.on)
        shown = [("where", lead), ("kinds", outline.lines("kinds")), ("do", open_)]
        parts.append(_described((outline.section(name), self._lines(lines)) for name, lines in shown if lines))
        parts.append(self._ask(outline))
        whole = self._facts(item.get("facts", {})) + self._whole(outline)
        parts.append(_folded("ข้อเท็จจริง เหตุผล ขั้นตอน และกำหนดเวลา", "Facts, reasons, steps and deadlines", whole))
        return "".join(parts) + "</article>"

    def _calls(self, outline: Outline) -> str:
        """How urgent it is, and the numbers to call."""
        said: list[str] = []
        for block in outline.blocks("danger") or outline.blocks("call"):
            if block[0]["kind"] == "urgency":
                level = str(block[0]["code"])
                badge = f'<span class="u u-{escape(level, quote=True)}">{escape(level.upper())}</span>'
                said.insert(0, f"<div>{badge} {_both(block[0])}{self._lines(block[1:])}</div>")
            else:
                said.append(self._lines(block))
        return f'<div class="first">{"".join(said)}</div>'

    # Plan

    def _plan(self, item: Mapping[str, Any]) -> str:
        parts = [_notices([item["notice"]] if item.get("notice") else ())]
        parts.append(f"<p>{_sentence(_TREND)}</p>" if item.get("scorecards") else "")
        parts += [_plot(plot) for plot in item.get("plots", ())]
        for card in item.get("scorecards", ()):
            parts.append(f"<h3>{_both(card.get('title'))}</h3>{_notices([card['notice']] if card.get('notice') else ())}")
            parts += [_plot(plot) for plot in card.get("plots", ())]
            parts.append(self._indicators(card["decision"]))
        return "".join([*parts, _tables(item.get("tables", ()))])

    def _indicators(self, card: Mapping[str, Any]) -> str:
        """The rows of a scorecard: figures from the decision, everything else as its outline says it."""
        columns = [
            {"th": "ตัวชี้วัด", "en": "Indicator"}, {"th": "งวด", "en": "Period"}, {"th": "ค่า", "en": "Value"}, {"th": "เป้าหมาย", "en": "Target"},
            {"th": "คะแนน", "en": "Score"}, {"th": "แนวโน้ม", "en": "Trend"}, {"th": "ผล", "en": "Result"},
        ]
        blocks = self._outline(card).blocks("indicators")
        drawn = [self._indicator(row, block) for row, block in zip(card["rows"], blocks, strict=True)]
        return _grid(None, columns, drawn, [False, False, True, True, True, False, False], stacks=True) if drawn else ""

    def _indicator(self, row: Mapping[str, Any], block: Sequence[Mapping[str, Any]]) -> list[str]:
        name, status = self._status(block[0], "indicator_status")
        trends = [_ARROWS.get(str(line["code"]), "") + _both(line) for line in block if line["code"] in labels("direction", self._law)]
        rest = [line for line in block[1:] if line["code"] is None and line["kind"] != "reading"]
        period = f'<span class="nb">{escape(str(row["period"]))}</span>' if row["period"] else "–"
        figures = [self._value(row), self._target(row), _decimal(row["score"])]
        result = status.replace('class="s ', 'class="s i ') + self._lines([{**line, "level": line["level"] - 1} for line in rest]) + self._cites(block[0])
        return [_both(name), period, *figures, "<br>".join(trends) or "–", result]

    def _value(self, row: Mapping[str, Any]) -> str:
        readings = [row[key] for key in ("lead", "other") if row[key]]
        if not readings:
            return "–"
        return f"{' / '.join(_decimal(reading['value']) for reading in readings)}<br>{self._label('unit', row['unit'])}"

    def _target(self, row: Mapping[str, Any]) -> str:
        target = row["target"]
        if not target:
            return "–"
        ends = [_decimal(target[key]) for key in ("value", "stretch") if target[key] is not None]
        said = "–".join(ends) or " / ".join(_decimal(point) for point in target["breakpoints"]) or "–"
        return f"≈ {said}" if target["approximate"] else said


class Outline:
    """An outline, asked by its sections."""

    def __init__(self, outline: Mapping[str, Any]) -> None:
        self.on: str = outline["on"]
        self.title = {"th": outline["th"], "en": outline["en"]}
        self.sections: Sequence[Mapping[str, Any]] = outline["sections"]

    def section(self, name: str) -> Mapping[str, Any]:
        """The first section of that name; empty where there is none."""
        return next((section for section in self.sections if section["section"] == name), {})

    def lines(self, name: str) -> list[Mapping[str, Any]]:
        """The lines of the first section of that name."""
        return list(self.section(name).get("lines", ()))

    def blocks(self, name: str) -> list[list[Mapping[str, Any]]]:
        """Each line of the outermost level with those that belong to it."""
        blocks: list[list[Mapping[str, Any]]] = []
        for line in self.lines(name):
            if line["level"] == 0:
                blocks.append([])
            if blocks:
                blocks[-1].append(line)
        return blocks

    def block(self, name: str, wanted: Callable[[Mapping[str, Any]], bool]) -> list[Mapping[str, Any]]:
        """The first block whose first line is wanted."""
        return next((block for block in self.blocks(name) if wanted(block[0])), [])


def _dialled(html: str, numbers: Sequence[str]) -> str:
    """A sentence in which a phone can dial the numbers."""
    if not numbers:
        return html
    longest = sorted((escape(number) for number in numbers), key=len, reverse=True)
    found = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])")

    def link(match: re.Match[str]) -> str:
        digits = "".join(letter for letter in match[0] if letter.isdecimal() or letter == "+")
        return f'<a class="call" href="tel:{digits}">{match[0]}</a>'

    return found.sub(link, html)


def _decimal(value: Any) -> str:
    """A decimal given as text, with separators; anything else as it is."""
    if value is None:
        return "–"
    text = str(value)
    sign, digits = (text[0], text[1:]) if text[:1] in "+-" else ("", text)
    whole, dot, rest = digits.partition(".")
    return escape(sign.replace("-", "−") + (f"{int(whole):,}" if whole.isdecimal() else whole) + dot + rest)


def _margins(rows: Sequence[Mapping[str, Any]]) -> str:
    """Published margins beside what was drawn; sources stand once, by number, under the table."""
    sources = {source: number for number, source in enumerate(dict.fromkeys(str(row["source"]) for row in rows), 1)}
    table = {
        "columns": [
            {"th": "ยอด", "en": "Margin"}, {"th": "กลุ่ม", "en": "Category"}, {"th": "ปี", "en": "Year"}, {"th": "หน่วย", "en": "Unit"},
            {"th": "ที่เผยแพร่", "en": "Published"}, {"th": "ที่สุ่มได้", "en": "Drawn"}, {"th": "ภายในการปัดเศษ", "en": "Within rounding"},
            {"th": "ที่มา", "en": "Source"},
        ],
        "rows": [
            [
                str(m["margin"]).replace("_", " "), str(m["category"]).replace("_", " "), str(m["figure_year"]), m["unit"], m["published"],
                round(m["drawn"]) if m["unit"] == "persons" else round(m["drawn"], 2), m["within"], f"[{sources[str(m['source'])]}]",
            ]
            for m in rows
        ],
    }
    listed = "".join(f"<li>{escape(source)}</li>" for source in sources)
    return f'{_table(table)}<ol class="cite">{listed}</ol>'


def _sheets(items: Sequence[Mapping[str, Any]]) -> str:
    lines = []
    for item in items:
        href = str(item["href"])
        if ":" in href.split("/")[0] or href.startswith("//"):
            raise ValueError(f"a review sheet is linked by a relative address, not `{href}`")
        lines.append(f'<a href="{escape(href, quote=True)}">{_both(item.get("title") or href)}</a>')
    return _list(lines, "links")
