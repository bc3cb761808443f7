"""One self-contained HTML report from plain data: no script, no outside resource, readable in print and by a screen reader.

The data is a dict (every part may be left out); a text is a string or ``{"th": …, "en": …}``::

    {
        "title": text, "notices": [text, …],
        "labels": {"fact": {name: text}, "agency": …, "contingency": …, "urgency": …, "per": …, "unit": …, "instrument": …},
        "situations": [{"title": text, "facts": {label: value}, "command": text, "decision": coverage decision}],
        "population": {"notice": text, "plots": [plot], "tables": [table], "margins": rows of check_margins, "assumptions": [text]},
        "complaints": [{"title": text, "facts": {label: value}, "decision": routing decision, "encoded": bool}],
        "routed":     table of further complaints,
        "plan":       {"notice": text, "plots": [plot], "tables": [table], "rows": [row of a scorecard],
                       "scorecards": [{"title": text, "notice": text, "plots": [plot], "rows": [row of a scorecard]}]},
        "sheets":     [{"title": text, "href": relative address}],
    }

Decisions are the dicts of their JSON (``json.loads(decision.to_json())``); ``labels`` names the codes in them, and a code without a
label is shown as it is. A table is ``{"caption": text, "columns": [text], "rows": [[cell, …]]}``; a plot ``{"image": picture,
"narrow": picture for a phone, "alt": text, "caption": text}``, a picture being SVG or PNG bytes, or one for each language as ``{"th":
…, "en": …}``. Whole decisions stand folded under what matters most. The instruments that decisions cite are listed at the end, where
they have labels.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from numbers import Number
from typing import Any

from ._cells import with_cells
from ._routing_view import standing
from .plots import STATUSES

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
.when{color:var(--quiet);margin:.1rem 0 .6rem}pre{background:var(--soft);padding:.6rem .8rem;white-space:pre-wrap;font-size:.82rem;line-height:1.5;margin:.6rem 0}
.scheme{border-top:1px solid var(--line);padding:.8rem 0 .5rem;display:grid;grid-template-columns:minmax(11rem,15rem) minmax(0,1fr);gap:.2rem 1.4rem}
.reasons{list-style:none;margin:0;padding:0}.reasons li{padding-left:1.6rem;text-indent:-1.6rem;margin-bottom:.25rem}.reasons li>*{text-indent:0}
.m{display:inline-block;width:1.6rem;font-weight:700}.m-yes{color:#00568a}.m-no{color:#6b6f75}.m-unknown{color:#946200}.m-disputed{color:#a8410a}
.wide{overflow-x:auto;margin:.8rem 0}table{border-collapse:collapse;width:100%;font-size:.92rem;line-height:1.55}
caption{text-align:left;font-weight:600;padding:.4rem 0}.cap{display:inline-block;position:sticky;left:0;max-width:min(60rem,86vw)}th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid var(--line)}
thead th{background:var(--soft);border-bottom:2px solid var(--line);vertical-align:bottom}tbody th{font-weight:600}td:last-child{overflow-wrap:anywhere;min-width:7rem}tbody th{overflow-wrap:anywhere;min-width:8rem}
th .b>[lang=en]{display:block;font-weight:400;font-size:.85em}td ul{margin:0;padding-left:1.1rem}
.head{display:none}td.n,th.n{text-align:right;overflow-wrap:normal;white-space:nowrap;font-variant-numeric:tabular-nums}
dl{display:grid;grid-template-columns:minmax(8rem,max-content) minmax(0,1fr);gap:.25rem 1.2rem;margin:.6rem 0}dt{color:var(--quiet)}dd{margin:0}dd ul{margin:0;padding-left:1.1rem}
.lines dt .b>[lang=en]{display:block;font-size:.82em}.lines{margin:.3rem 0}.scheme dl{font-size:.95rem;margin:.3rem 0}
.statuses dt{color:inherit}
.facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:.4rem 1.4rem;font-size:.92rem;line-height:1.5;margin:.6rem 0 1rem}.facts dt{font-size:.9em}
details{margin:.6rem 0}summary{cursor:pointer;color:var(--mark)}
figure{margin:1.8rem 0}figure img{display:block;width:100%;height:auto;margin-top:.4rem}figcaption{font-weight:600}figcaption [lang=en]{font-weight:400}
body:not(:has(#only-en:checked)) figure.b>[lang=en]{display:none}
.s{display:inline-block;padding:0 .6rem;border:1px solid #0003;border-radius:1rem;white-space:nowrap;font-size:.92rem;color:#1a1d21;background:#fff}
.s .b>[lang=en]{color:inherit;opacity:.85}.s-covered{background:#00568a;color:#fff}.s-eligible{background:#cfe8f8}.s-disputed{background:#fbdcc8}.s-undetermined{background:#fdf0bf}.s-not_eligible{background:#eceef0}
.u{display:inline-block;font-weight:700;padding:0 .6rem;border-radius:.3rem;background:#eceef0}.u-u0{background:#9b1c1c;color:#fff}.u-u1{background:#fbdcc8}.u-u2{background:#fdf0bf}
.call{display:inline-block;font-weight:700;white-space:nowrap;margin-right:.6rem}
.cite{color:var(--quiet);font-size:.8rem;overflow-wrap:anywhere}time .b>*,.nb{white-space:nowrap}.skip{position:absolute;left:-999rem}.skip:focus{position:static}a{color:var(--mark)}
:focus-visible{outline:3px solid #946200;outline-offset:2px}
@media print,(min-width:40.01rem){.statuses{grid-template-columns:minmax(0,max-content) max-content;gap:.35rem 1.2rem}}
@media screen and (max-width:40rem){.scheme{grid-template-columns:minmax(0,1fr)}dl{grid-template-columns:minmax(0,1fr);gap:0}dd{margin:0 0 .4rem}
 .facts{grid-template-columns:repeat(auto-fill,minmax(9rem,1fr))}.facts dd{margin:0}.statuses dt .b>[lang=en]{font-size:.82em;margin-left:.3em}nav ul{columns:1}.stack thead{position:absolute;left:-999rem}.stack tr{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));border-bottom:1px solid var(--line);padding:.4rem 0}.stack :is(th,td){border:0;text-align:left;white-space:normal}
 .stack tbody th{grid-column:1/-1}.stack .head{display:block;color:var(--quiet);font-size:.8rem}.langs{justify-content:flex-start}.s{white-space:normal}th,td{padding:.35rem .45rem}}
@page{margin:16mm 14mm}
@media print{html{scroll-behavior:auto;font-size:9pt}body{max-width:none;padding:0;line-height:1.6}nav,.skip,.langs{display:none}details::details-content{display:block;content-visibility:visible}.wide{overflow:visible}
 article{border:0;border-top:1px solid var(--line);border-radius:0;padding:.6rem 0}h2{break-before:page}h2,h3,h4,caption,summary{break-after:avoid}
 tr,figure,.notice,.scheme{break-inside:avoid}thead{display:table-header-group}table{font-size:.9rem}td.n,th.n{white-space:normal}
 .s,.u,thead th,.notice,pre{print-color-adjust:exact;-webkit-print-color-adjust:exact}a{color:inherit;text-decoration:none}}
""".strip()

_MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)

_ISO = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-(\d{2})")

Labels = Mapping[str, Mapping[str, Any]]


def render(data: Mapping[str, Any]) -> str:
    """The whole report as one HTML document.

    Raises ``ValueError`` for an image that is neither SVG nor PNG, a row that is not as long as its header, or an outside link.
    """
    title = data.get("title") or {"th": "รายงานสิทธิแรงงาน", "en": "Report on labour protection"}
    writer = _Writer(data.get("labels") or {})
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


def reason_words(reason: Mapping[str, Any]) -> Any:
    """The sentence of a reason with the numbers that it speaks of."""
    if not reason.get("from"):
        return _words(reason, "clause")
    th, en = with_cells(reason.get("th") or "", reason.get("en") or "", (cell["cell"] for cell in reason["from"]))
    return {"th": th, "en": en}


def _words(item: Mapping[str, Any], *keys: str) -> Any:
    """The words of an item, else the first of these keys that it has."""
    named = {key: item[key] for key in ("th", "en") if item.get(key)}
    other: Any = next((item[key] for key in keys if item.get(key)), "")
    return named or other


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


def _day(day: Any, thai: str = "", english: str = "") -> str:
    """An ISO day in Thai words with the Buddhist year, and as it stands in data; words may stand before it."""
    found = _ISO.fullmatch(str(day))
    if found:
        said = f"{thai} {int(found[3])} {_MONTHS[int(found[2]) - 1]} {int(found[1]) + 543}"
        return f'<time datetime="{day}">{_two(said.strip(), f"{english} {day}".strip())}</time>'
    return escape(f"{thai} {day}".strip())


def _cell(value: Any) -> tuple[str, bool]:
    if value is None:
        return '<span aria-label="ไม่ทราบ">–</span>', False
    if isinstance(value, bool):
        return (_two("ใช่", "yes") if value else _two("ไม่ใช่", "no")), False
    if isinstance(value, Number):
        return (f"{value:,.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"), True
    if isinstance(value, str) and _ISO.fullmatch(value):
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


def _status(status: Any) -> str:
    code = str(status)
    look = f" s-{code}" if code in STATUSES else ""
    return f'<span class="s{look}">{_both(STATUSES.get(code, code))}</span>'


def _list(items: Iterable[str], look: str = "lines") -> str:
    inner = "".join(f"<li>{item}</li>" for item in items)
    return f'<ul class="{look}">{inner}</ul>' if inner else ""


def _described(pairs: Iterable[tuple[Any, str]], look: str = "lines") -> str:
    inner = "".join(f"<dt>{_both(key)}</dt><dd>{value}</dd>" for key, value in pairs if value)
    return f'<dl class="{look}">{inner}</dl>' if inner else ""


def _baht(amount: Any) -> str:
    text = str(amount).removesuffix(".00")
    whole, dot, satang = text.partition(".")
    return (f"{int(whole):,}" if whole.isdecimal() else whole) + dot + satang


def amount_text(value: Any) -> dict[str, str]:
    """What an amount of a decision comes to, in words: ``{"baht": …}``, ``{"between": [low, high]}``, ``"nothing"`` …"""
    if value == "nothing":
        return {"th": "กฎหมายไม่ให้", "en": "the law gives nothing"}
    if value == "not_read" or value is None:
        return {"th": "ยังไม่ได้อ่านกฎหมายส่วนนี้", "en": "this part of the law was not read"}
    if isinstance(value, Mapping):
        if "baht" in value:
            return {"th": f"{_baht(value['baht'])} บาท", "en": f"{_baht(value['baht'])} baht"}
        if "text" in value:
            return {"th": str(value["text"]), "en": str(value["text"])}
        if "between" in value:
            low, high = value["between"]
            if low is None or high is None:
                one = _baht(high if low is None else low)
                most = {"th": f"ไม่เกิน {one} บาท", "en": f"at most {one} baht"}
                least = {"th": f"ตั้งแต่ {one} บาท", "en": f"at least {one} baht"}
                return {"th": "ยังบอกไม่ได้", "en": "cannot be said yet"} if low is high else most if low is None else least
            return {"th": f"{_baht(low)} ถึง {_baht(high)} บาท", "en": f"{_baht(low)} to {_baht(high)} baht"}
        if "disputed" in value:
            lead, other = (amount_text(one) for one in value["disputed"])
            return {"th": f"{lead['th']} หรือ {other['th']} (ตีความต่างกัน)", "en": f"{lead['en']} or {other['en']} (readings differ)"}
    return {"th": str(value), "en": str(value)}


def options_together(schemes: Sequence[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """Schemes in their order; options of one scheme with the same answer and reasons stand together."""

    def same(scheme: Mapping[str, Any]) -> Any:
        clauses = [(reason.get("clause"), reason.get("value"), str(reason.get("from"))) for reason in scheme.get("reasons", ())]
        return scheme.get("status"), scheme.get("rule"), clauses, scheme.get("until"), scheme.get("lapsed"), scheme.get("missing"), scheme.get("disputed")

    groups: list[list[Mapping[str, Any]]] = []
    for scheme in schemes:
        before = groups[-1][-1] if groups else None
        if before and before.get("option") and scheme.get("option") and same(before) == same(scheme):
            groups[-1].append(scheme)
        else:
            groups.append([scheme])
    return groups


def scheme_name(group: Sequence[Mapping[str, Any]]) -> Any:
    """The name of a scheme, with its options where it has any."""
    name = _words(group[0], "scheme")
    options = ", ".join(str(scheme["option"]) for scheme in group if scheme.get("option"))
    if not options or not isinstance(name, Mapping):
        return name if len(group) == 1 else ", ".join(str(scheme.get("scheme")) for scheme in group)
    words = {"th": "ทางเลือก", "en": "option" if len(group) == 1 else "options"}
    return {key: f"{said} {words[key]} {options}" for key, said in name.items()}


_MARKS = {
    "yes": ("✓", "เข้าเงื่อนไข"), "no": ("✗", "ไม่เข้าเงื่อนไข"), "unknown": ("?", "ยังไม่ทราบ"), "disputed": ("⇄", "ตีความต่างกัน"),
}

_ROWS = {
    "scored": ("ได้คะแนน", "scored"), "compared": ("เทียบกับเป้าหมาย", "compared"), "no_target": ("ไม่มีเป้าหมาย", "no target"),
    "no_data": ("ไม่มีข้อมูล", "no data"), "not_scored": ("ไม่ให้คะแนน", "not scored"), "disputed": ("นับได้สองทาง", "two readings"),
    "withdrawn": ("ถอนแล้ว", "withdrawn"),
}
_BECAUSE = {
    "no_breakpoints": ("เป้าหมายไม่มีเกณฑ์คะแนน", "no scale for the target"), "no_target": ("ไม่มีเป้าหมายของงวดนี้", "no target for the period"),
    "no_data": ("ไม่มีค่าของงวดนี้", "no value for the period"), "undated": ("ไม่ทราบว่าเป็นของงวดใด", "of no known period"),
    "not_yet_published": ("ยังไม่เผยแพร่ในวันที่ถาม", "not yet published on the day asked about"),
    "areas_overlap": ("พื้นที่ซ้อนกัน", "areas lie in each other"),
    "unknown_kind": ("ไม่ทราบว่าเป็นแผนหรือผล", "planned or reached, nobody knows"), "disputed": ("นับได้สองทาง", "two readings"),
    "before_period_end": ("วันของข้อมูลก่อนสิ้นงวด", "dated before the period's end"), "source_says_so": ("แหล่งข้อมูลว่าเบื้องต้น", "the source says so"),
    "no_earlier_value": ("ไม่มีค่าก่อนหน้า", "no earlier value"), "break_in_series": ("ชุดข้อมูลขาดตอน", "break in series"),
    "different_time_of_year": ("คนละช่วงของปี", "another time of year"), "no_baseline": ("ไม่มีค่าฐาน", "no baseline"),
    "gap_in_parts": ("ขาดบางช่วงของงวด", "a part of the period is missing"), "part_of_period": ("มีค่าเพียงบางส่วนของงวด", "only a part of the period"),
    "areas_missing": ("ขาดบางพื้นที่", "areas are missing"), "areas_not_listed": ("ไม่ทราบว่าต้องมีพื้นที่ใด", "areas are not listed"),
    "no_area_rule": ("รวมพื้นที่ไม่ได้", "areas cannot be put together"), "withdrawn": ("ถอนแล้ว", "withdrawn"),
}
_UNITS = {
    "days": "วัน", "day": "วัน", "working days": "วันทำการ", "months": "เดือน", "month": "เดือน", "years": "ปี", "year": "ปี", "hours": "ชั่วโมง", "hour": "ชั่วโมง",
}
_TREND = {
    "th": "แนวโน้ม คือ ค่าของงวดลบค่าก่อนหน้าล่าสุดที่เทียบกันได้ (ช่วงเวลาเดียวกันของปี ในชุดข้อมูลที่ไม่ขาดตอน) ไม่ใช่เส้นที่ลากผ่านหลายปี",
    "en": "A trend is the value of the period less the latest earlier value that can be compared with it (of the same time of the year, with no break in the "
    "series between them). It is no line drawn through many years.",
}
_DIRECTIONS = {
    "better": ("▲ ดีขึ้น", "better"), "worse": ("▼ แย่ลง", "worse"), "same": ("เท่าเดิม", "the same"),
    "not_told_apart": ("≈ แยกไม่ออก (ตัวเลขปัดเศษ)", "not told apart (rounded figures)"),
}


def _coded(code: Any, words: Mapping[str, tuple[str, str]]) -> str:
    return _two(*words[str(code)]) if str(code) in words else escape(_plain(code))


# ── Sections ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Writer:
    """Writes the sections, names codes, and remembers which instruments were cited."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels
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

    def _say(self, kind: str, code: Any) -> str:
        return _both(self._labels.get(kind, {}).get(str(code), code))

    def _fact(self, name: Any, job: Any = None) -> str:
        text = self._say("fact", name)
        return text if job is None or job == 0 else f"{text} ({_two(f'งานที่ {job + 1}', f'job {job + 1}')})"

    def _facts(self, facts: Any) -> str:
        items = facts.items() if isinstance(facts, Mapping) else facts
        inner = "".join(f"<div><dt>{_both(key)}</dt><dd>{_cell(value)[0]}</dd></div>" for key, value in items)
        return f'<dl class="facts">{inner}</dl>' if inner else ""

    def _cites(self, item: Mapping[str, Any], key: str = "cite") -> str:
        cites = item.get(key) or ()
        cites = [cites] if isinstance(cites, str) else list(cites)
        self._cited.update(dict.fromkeys(str(cite).split("/")[0] for cite in cites))
        said = "; ".join(str(cite) for cite in cites)
        if item.get("confidence"):
            said += f" ({item['confidence']})"
        return f' <span class="cite">{escape(said)}</span>' if said.strip() else ""

    def _sources(self) -> str:
        named = self._labels.get("instrument", {})
        rows = [[escape(name), _both(named[name])] for name in sorted(self._cited) if name in named]
        grid = _grid(None, [{"th": "ชื่อย่อ", "en": "Id"}, {"th": "ชื่อ", "en": "Title"}], rows, [False, False]) if rows else ""
        return _folded(f"{len(rows)} ฉบับ", f"{len(rows)} instruments", grid)

    def _ask(self, decision: Mapping[str, Any]) -> str:
        following = decision.get("next")
        if not following:
            return ""
        ask = following.get("ask") or following.get("fact") if isinstance(following, Mapping) else following
        help_ = following.get("help") if isinstance(following, Mapping) else None
        more = f"<br>{_sentence(help_)}" if help_ else ""
        return f'<p class="notice ask"><strong>{_two("คำถามถัดไป", "Next question")}</strong><br>{_sentence(ask)}{more}</p>'

    def _reason(self, reason: Mapping[str, Any]) -> str:
        value = str(reason.get("value", ""))
        helps = (value == "met") != (reason.get("side") == "excludes")
        mark = value if value in ("unknown", "disputed") else "yes" if helps else "no"
        sign, said = _MARKS[mark]
        shown = f'<span class="m m-{mark}" role="img" aria-label="{said}">{sign}</span>' if value else ""
        other = reason.get("other")
        second = f"<br>{_two('อีกทางหนึ่ง', 'Other reading')}: {_sentence(other, self._cites(other))}" if isinstance(other, Mapping) else ""
        return f"{shown}{_sentence(reason_words(reason), self._cites(reason))}{second}"

    # Coverage

    def _situation(self, item: Mapping[str, Any]) -> str:
        decision = item.get("decision") or {}
        day = decision.get("on") or decision.get("today")
        parts = [f"<article><h3>{_both(item.get('title'))}</h3>"]
        if day:
            parts.append(f'<p class="when">{_day(day, "ณ วันที่", "on")}</p>')
        groups = options_together(decision.get("schemes", ()))
        parts.append(_described(((scheme_name(group), _status(group[0].get("status"))) for group in groups), "statuses"))
        parts.append(self._ask(decision))
        whole = [f"<pre>{escape(str(item['command']))}</pre>"] if item.get("command") else []
        whole.append(self._facts(item.get("facts", {})))
        whole += [self._scheme(group) for group in groups]
        whole += [self._benefits(decision.get("benefits", ())), self._contingencies(decision)]
        notes = _list(_sentence(note, self._cites(note)) for note in decision.get("notes", ()))
        whole.append(_folded(f"หมายเหตุ ({len(decision.get('notes', ()))})", "Notes", notes))
        parts.append(_folded("ข้อเท็จจริง เหตุผล จำนวนเงิน และที่มา", "Facts, reasons, amounts and sources", "".join(whole)))
        return "".join(parts) + "</article>"

    def _scheme(self, group: Sequence[Mapping[str, Any]]) -> str:
        first = group[0]
        possible = [_status(code) for code in first.get("possible", ()) if first.get("status") == "undetermined"]
        pairs: list[tuple[Any, str]] = [
            ({"th": "อาจเป็น", "en": "May still be"}, " ".join(possible)),
            ({"th": "ตีความต่างกัน", "en": "Two readings"}, self._disputed(first.get("disputed"))),
            ({"th": "ถึงวันที่", "en": "Until"}, self._until(first.get("until"))),
            ({"th": "พ้นกำหนดเมื่อ", "en": "The last day was"}, self._until(first.get("lapsed"))),
            ({"th": "จำนวนเงิน", "en": "Amounts"}, self._amounts(group)),
            ({"th": "ต้องทำ", "en": "What to do"}, _list(_sentence(_words(step, "at"), self._cites(step)) for step in first.get("steps", ()))),
            ({"th": "ยังไม่ทราบ", "en": "Not known yet"}, ", ".join(self._fact(gap.get("fact"), gap.get("job")) for gap in first.get("missing", ()))),
            ({"th": "ยังไม่ได้อ่าน", "en": "Not read"}, _list(escape(_plain(part.get("what"))) for part in first.get("not_read", ()))),
            ({"th": "ยืนยันกับ", "en": "Confirm with"}, self._confirm(first.get("confirm"))),
        ]
        reasons = _list((self._reason(reason) for reason in first.get("reasons", ())), "reasons lines")
        return (
            f'<div class="scheme" role="group" aria-label="{escape(_plain(scheme_name(group)), quote=True)}"><div><h4>{_both(scheme_name(group))}</h4>'
            f"{_status(first.get('status'))}</div><div>{reasons}{_described(pairs)}</div></div>"
        )

    def _disputed(self, disputed: Any) -> str:
        if not isinstance(disputed, Mapping):
            return ""
        readings = [(name, disputed.get(key) or {}) for key, name in (("lead", _two("ทางแรก", "first")), ("other", _two("อีกทางหนึ่ง", "other")))]
        return _list(f"{name}: {_status(reading.get('status'))}{self._cites(reading)}" for name, reading in readings)

    def _until(self, until: Any) -> str:
        if not isinstance(until, Mapping):
            return ""
        nominal, rolled = until.get("nominal"), until.get("rolled")
        said = _day(nominal)
        if rolled and rolled != nominal:
            said += f" → {_day(rolled)} {_two('(เลื่อนพ้นวันหยุด)', '(moved past closing days)')}"
        if until.get("late"):
            said += f" · {_two('หากช้า', 'if late')}: {self._say('late', until['late'])}"
        if until.get("extension"):
            said += f"<br>{_sentence(until['extension'], self._cites(until['extension']))}"
        return said

    def _amounts(self, group: Sequence[Mapping[str, Any]]) -> str:
        lines: dict[str, list[tuple[Any, Mapping[str, Any]]]] = {}
        for scheme in group:
            for amount in scheme.get("amounts", ()):
                lines.setdefault(str(amount.get("id")), []).append((scheme.get("option"), amount))
        shown = []
        for found in lines.values():
            first = found[0][1]
            values = [amount_text(amount.get("value")) for _, amount in found]
            value = {key: " / ".join(dict.fromkeys(one[key] for one in values)) for key in ("th", "en")}
            per = f" {self._say('per', first['per'])}" if first.get("per") else ""
            options = [str(option) for option, _ in found if option] if len({one["th"] for one in values}) > 1 else []
            which = f" ({_two('ทางเลือก ' + ' / '.join(options), 'options ' + ' / '.join(options))})" if options else ""
            limits = "".join(f"<br>{_both(limit)}" for limit in first.get("limits", ()))
            shown.append(f"{_both(_words(first, 'id'))}: <strong>{_both(value)}</strong>{per}{which}{self._cites(first)}{limits}")
        return _list(shown, "plain")

    def _confirm(self, confirm: Any) -> str:
        if not isinstance(confirm, Mapping):
            return ""
        return f"{self._say('agency', confirm.get('with'))} {_calls(confirm.get('call'))}"

    def _benefits(self, benefits: Sequence[Mapping[str, Any]]) -> str:
        columns = [{"th": "ประโยชน์ทดแทน", "en": "Benefit"}, {"th": "ผล", "en": "Verdict"}, {"th": "จำนวนเงิน", "en": "Amount"}, {"th": "ขอภายใน", "en": "Claim by"}]
        rows = [
            [
                _both(_words(benefit, "rule")), self._say("verdict", benefit.get("verdict")),
                _both(amount_text(benefit["amount"].get("value"))) if benefit.get("amount") else "–", self._until(benefit.get("until")) or "–",
            ]
            for benefit in benefits
        ]
        return _grid({"th": "ประโยชน์ที่ขอ", "en": "Benefits claimed"}, columns, rows, [False] * 4) if rows else ""

    def _contingencies(self, decision: Mapping[str, Any]) -> str:
        names = {scheme.get("scheme"): scheme_name([scheme]) for scheme in decision.get("schemes", ())}

        def schemes(codes: Iterable[str]) -> str:
            return ", ".join(_both(names.get(code, code)) for code in codes) or "–"

        rows = []
        for one in decision.get("contingencies", ()):
            name = self._say("contingency", one.get("contingency"))
            if not one.get("encoded", True):
                rows.append([name, _two("ระบบยังไม่มีโครงการที่ตอบข้อนี้", "no scheme of the rulebook speaks of it yet"), "–", "–"])
            else:
                rows.append([name, schemes(one.get("met_by", ())), schemes(one.get("may_be_met_by", ())), schemes(one.get("undetermined", ()))])
        if not rows:
            return ""
        columns = [
            {"th": "ความเสี่ยง", "en": "Contingency"}, {"th": "มีแล้ว", "en": "Met by"}, {"th": "มีได้ถ้าสมัคร", "en": "If joined"}, {"th": "ยังไม่ทราบ", "en": "Not known"},
        ]
        table = _grid({"th": "ความเสี่ยงเก้าประการ (อนุสัญญา ILO ฉบับที่ 102)", "en": "Nine contingencies (ILO Convention 102)"}, columns, rows, [False] * 4)
        gap = ", ".join(self._say("contingency", code) for code in decision.get("gap", ()))
        left = f"<p><strong>{_two('ยังไม่มีโครงการใดคุ้มครอง', 'Met by no scheme now')}:</strong> {gap}</p>" if gap else ""
        return left + _folded("ความเสี่ยงเก้าประการ", "Nine contingencies", table)

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

    def _agency(self, agency: Any) -> str:
        if not isinstance(agency, Mapping):
            return self._say("agency", agency)
        said = [_both(_words(agency)) or self._say("agency", agency.get("agency") or agency.get("to"))]
        office = agency.get("office")
        if isinstance(office, Mapping):
            said.append(self._office(office))
        if agency.get("call"):
            said.append(f"{_two('โทร', 'call')} {_calls(agency['call'])}")
        if agency.get("why_th") or agency.get("why_en"):
            said.append(_two(agency.get("why_th", ""), agency.get("why_en", "")))
        if agency.get("certain") is False:
            said.append(_two("ยังไม่แน่ ขึ้นกับข้อเท็จจริงที่ยังไม่ทราบ", "not certain yet: it rests on facts not known"))
        return " · ".join(part for part in said if part) + self._cites(agency)

    def _office(self, office: Mapping[str, Any]) -> str:
        name = _both(_words(office, "name"))
        if not name:
            near = office.get("hint")
            ask = f" ({_two('อาจเป็น', 'may be')} {_both(_words(near, 'area'))})" if isinstance(near, Mapping) else ""
            return f"<em>{_two('ยังระบุสำนักงานไม่ได้', 'office unresolved')}</em>{ask} {_calls(office.get('show'))}"
        if office.get("basis") == "pattern":
            name += f" ({_two('ชื่อตามแบบของสำนักงานอื่น', 'name by the pattern of its sisters')})"
        return f"{name} {_calls(office['phone'])}" if office.get("phone") else name

    def _complaint(self, item: Mapping[str, Any]) -> str:
        decision = item.get("decision") or {}
        parts = [f"<article><h3>{_both(item.get('title'))}</h3>"]
        if decision.get("on"):
            parts.append(f'<p class="when">{_day(decision["on"], "ณ วันที่", "on")}</p>')
        parts.append(self._urgency(decision))
        if item.get("encoded") is False:
            parts.append(_notices([{"th": "เรื่องประเภทนี้ยังไม่มีกฎในระบบ โปรดโทรสายด่วน", "en": "This kind is not encoded yet; call the hotline."}]))
        kinds = ", ".join(_both(_words(kind, "kind")) if isinstance(kind, Mapping) else self._say("kind", kind) for kind in decision.get("kinds", ()))
        lead, on = decision.get("lead"), str(decision.get("on", ""))
        first = [({"th": "หน่วยงานหลัก", "en": "Lead"}, self._agency(lead) if lead else ""), ({"th": "ประเภท", "en": "Kind"}, kinds)]
        parts.append(_described([*first, ({"th": "กำหนดถัดไป", "en": "Next deadline"}, self._deadline(decision))]))
        parts.append(self._ask(decision))
        reasons = ((decision.get("urgency") or {}).get("reasons") or ()) if isinstance(decision.get("urgency"), Mapping) else ()
        whole = [self._facts(item.get("facts", {})), _list((self._reason(reason) for reason in reasons), "reasons lines"), self._matter(decision, on)]
        for other in decision.get("others") or ():
            head = [({"th": "หน่วยงานหลัก", "en": "Lead"}, self._agency(other["lead"]) if other.get("lead") else "")]
            whole.append(f"<h4>{_two('อีกเรื่องหนึ่ง', 'Another matter')}: {self._say('kind', other.get('kind'))}</h4>{_described(head)}{self._matter(other, on)}")
        whole.append(_list(_sentence(note, self._cites(note)) for note in decision.get("notes") or ()))
        parts.append(_folded("ข้อเท็จจริง เหตุผล ขั้นตอน และกำหนดเวลา", "Facts, reasons, steps and deadlines", "".join(whole)))
        return "".join(parts) + "</article>"

    def _deadline(self, decision: Mapping[str, Any]) -> str:
        """The step that must be taken first of those that are still open on the day asked about."""
        days = [(str(step.get("rolled") or step["nominal"]), step) for step in decision.get("steps") or () if step.get("nominal") and step.get("runs") is not False]
        coming = [found for found in days if found[0] >= str(decision.get("on", ""))]
        if not coming:
            return ""
        day, step = min(coming, key=lambda found: found[0])
        return f"{_day(day)}: {_both(_words(step, 'id'))}"

    def _urgency(self, decision: Mapping[str, Any]) -> str:
        urgency = decision.get("urgency")
        if not urgency:
            return ""
        said = urgency if isinstance(urgency, Mapping) else {"level": urgency}
        code = str(said.get("level", "")).lower()
        name = self._say("urgency", code) if code in self._labels.get("urgency", {}) else ""
        rise = f" ({_two('อาจเร่งด่วนกว่านี้', 'may be more urgent')})" if said.get("may_rise") else ""
        return f'<p><span class="u u-{escape(code, quote=True)}">{escape(code.upper())}</span> {name}{rise} {_calls(decision.get("call"))}</p>'

    def _matter(self, matter: Mapping[str, Any], on: str) -> str:
        pairs: list[tuple[Any, str]] = [
            ({"th": "ร่วมกับ", "en": "Together with"}, _list(self._agency(one) for one in matter.get("joint") or ())),
            ({"th": "แจ้งด้วย", "en": "Also told"}, _list(self._agency(one) for one in matter.get("copies") or ())),
            ({"th": "ส่งต่อ", "en": "Path"}, self._path(matter.get("path") or ())),
            ({"th": "แบบ", "en": "Forms"}, ", ".join(self._form(form) for form in matter.get("forms") or ())),
            ({"th": "ควรทราบ", "en": "Tell the person"}, _list(_sentence(line, self._cites(line)) for line in matter.get("tell") or ())),
            ({"th": "ห้ามเปิดเผย", "en": "Not to be shared"}, _list(self._withheld(rule) for rule in matter.get("withhold") or ())),
        ]
        return _described(pairs) + (self._steps(matter["steps"], on) if matter.get("steps") else "")

    def _path(self, path: Sequence[Mapping[str, Any]]) -> str:
        stops = [path[0].get("from"), *(stop.get("to") for stop in path)] if path else []
        return " → ".join(self._say("agency", stop) for stop in stops)

    def _form(self, form: Any) -> str:
        return _both(_words(form, "form")) if isinstance(form, Mapping) else self._say("form", form)

    def _withheld(self, rule: Mapping[str, Any]) -> str:
        what = ", ".join(self._say("information", code) for code in rule.get("what", ()))
        whom = ", ".join(self._say("recipient", code) for code in rule.get("from", ()))
        lifted = f" ({_two('เปิดเผยได้ในกรณีนี้', 'lifted in this case')})" if rule.get("lifted") else ""
        return f"{what} → {whom}{lifted}{self._cites(rule)}"

    def _steps(self, steps: Sequence[Mapping[str, Any]], on: str) -> str:
        columns = [
            {"th": "ขั้นตอน", "en": "Step"}, {"th": "วันสุดท้าย", "en": "Last day"}, {"th": "เลื่อนเป็น", "en": "Moved to"}, {"th": "หมายเหตุ", "en": "Remark"},
        ]
        rows = [
            [_both(_words(step, "id")) + self._cites(step), *(_day(step[key]) if step.get(key) else "–" for key in ("nominal", "rolled")), self._remark(step, on)]
            for step in steps
        ]
        return _grid({"th": "ขั้นตอนและกำหนดเวลา", "en": "Steps and deadlines"}, columns, rows, [False] * 4)

    def _remark(self, step: Mapping[str, Any], on: str) -> str:
        said = [self._say("binds", step["binds"])] if step.get("binds") else []
        if step.get("length"):
            said.append(self._length(step["length"]))
        if step.get("waits_for"):
            said.append(f"{_two('รอข้อเท็จจริง', 'waits for')}: {', '.join(self._fact(name) for name in step['waits_for'])}")
        stands = standing(step.get("rolled") or step.get("nominal"), step.get("runs"), on)
        if stands == "ahead":
            said.append(_two("ยังไม่เริ่มนับ", "has not begun"))
        if stands == "over":
            late = f" ({self._say('late', step['late'])})" if step.get("late") else ""
            said.append(f"<strong>{_two('พ้นกำหนดแล้ว', 'is over')}</strong>{late}")
        if step.get("nominal") and not step.get("rolled"):
            said.append(_two("ไม่ทราบวันหยุดของช่วงนั้น", "the holidays of that time are not known"))
        return "<br>".join(said) or "–"

    def _length(self, length: Any) -> str:
        number, _, unit = str(length).partition(" ")
        return _two(f"{number} {_UNITS[unit]}", str(length)) if unit in _UNITS else escape(str(length))

    # Plan

    def _plan(self, item: Mapping[str, Any]) -> str:
        parts = [_notices([item["notice"]] if item.get("notice") else ())]
        if item.get("rows") or item.get("scorecards"):
            parts.append(f"<p>{_sentence(_TREND)}</p>")
        parts += [_plot(plot) for plot in item.get("plots", ())]
        if item.get("rows"):
            parts.append(self._rows({"th": "ตัวชี้วัด", "en": "Indicators"}, item["rows"]))
        for card in item.get("scorecards", ()):
            parts.append(f"<h3>{_both(card.get('title'))}</h3>{_notices([card['notice']] if card.get('notice') else ())}")
            parts += [_plot(plot) for plot in card.get("plots", ())]
            if card.get("rows"):
                parts.append(self._rows(None, card["rows"]))
        return "".join([*parts, _tables(item.get("tables", ()))])

    def _rows(self, caption: Any, rows: Sequence[Mapping[str, Any]]) -> str:
        columns = [
            {"th": "ตัวชี้วัด", "en": "Indicator"}, {"th": "งวด", "en": "Period"}, {"th": "ค่า", "en": "Value"}, {"th": "เป้าหมาย", "en": "Target"},
            {"th": "คะแนน", "en": "Score"}, {"th": "แนวโน้ม", "en": "Trend"}, {"th": "ผล", "en": "Result"},
        ]
        drawn = [
            [
                _both(_words(row, "indicator")), f'<span class="nb">{escape(_plain(row.get("period")))}</span>' if row.get("period") else "–", self._value(row), self._target(row),
                _decimal(row.get("score")), self._trend(row), self._result(row),
            ]
            for row in rows
        ]
        return _grid(caption, columns, drawn, [False, False, True, True, True, False, False], stacks=True)

    def _unit(self, row: Mapping[str, Any]) -> str:
        return self._say("unit", row["unit"]) if row.get("unit") else ""

    def _trend(self, row: Mapping[str, Any]) -> str:
        trend = row.get("trend")
        if isinstance(trend, Mapping):
            change = _decimal(trend.get("change"))
            plus = "" if change.startswith("−") or change == "0" else "+"
            unit = _two("จุดร้อยละ", "percentage points") if row.get("unit") == "percent" else self._unit(row)
            return f"{_coded(trend.get('direction'), _DIRECTIONS)}<br>{plus}{change} {unit} {_two('จากงวด', 'from')} {escape(_plain(trend.get('from')))}"
        if trend:
            return escape(_plain(trend))
        why = row.get("why_no_trend")
        return _coded(why, _BECAUSE) if why and why not in ("no_data", row.get("why_no_score")) else "–"

    def _value(self, row: Mapping[str, Any]) -> str:
        lead = row.get("value", row.get("lead"))
        if lead is None:
            return "–"
        said = _decimal(lead.get("value")) if isinstance(lead, Mapping) else _decimal(lead)
        if isinstance(lead, Mapping) and lead.get("between"):
            said += "<br>(" + "–".join(_decimal(end) for end in lead["between"]) + ")"
        if isinstance(row.get("other"), Mapping):
            said += f"<br>{_two('หรือ', 'or')} {_decimal(row['other'].get('value'))}"
        return f"{said}<br>{self._unit(row)}"

    def _target(self, row: Mapping[str, Any]) -> str:
        target = row.get("target")
        if target is None:
            return "–"
        if not isinstance(target, Mapping):
            return _decimal(target)
        points = " / ".join(_decimal(point) for point in target.get("breakpoints", ()))
        said = _decimal(target.get("value")) if target.get("value") is not None else points or "–"
        if target.get("stretch") is not None:
            said += "–" + _decimal(target["stretch"])
        if target.get("approximate"):
            said = f"≈ {said}"
        return said + (f"<br>{_two('ของผู้ใช้', 'given by the user')}" if target.get("given") else "")

    def _result(self, row: Mapping[str, Any]) -> str:
        said = [f'<span title="{escape(str(row["status"]), quote=True)}">{_coded(row["status"], _ROWS)}</span>'] if row.get("status") else []
        for key in ("lead", "other"):
            reading = row.get(key)
            if isinstance(reading, Mapping) and reading.get("reached") is None and reading.get("percent") is not None:
                said.append(_two("ยังบอกไม่ได้ว่าถึงเป้าหมายหรือไม่", "reached or not is not settled"))
            if isinstance(reading, Mapping) and reading.get("reached") is not None:
                percent = f" ({_decimal(reading['percent'])}%)" if reading.get("percent") is not None else ""
                said.append((_two("ถึงเป้าหมาย", "reached") if reading["reached"] else _two("ไม่ถึงเป้าหมาย", "not reached")) + percent)
        because = row.get("why_no_score")
        if because and because != row.get("status"):
            said.append(_coded(because, _BECAUSE))
        if row.get("provisional"):
            why = ", ".join(_coded(code, _BECAUSE) for code in row.get("why_provisional", ()))
            said.append(_two("เบื้องต้น", "provisional") + (f": {why}" if why else ""))
        return "<br>".join(said) + self._cites(row)


def _calls(calls: Any) -> str:
    """Telephone numbers that a phone can dial."""
    numbers = [calls] if isinstance(calls, str) else calls or ()
    return "".join(
        f'<a class="call" href="tel:{escape("".join(letter for letter in str(number) if letter.isdecimal() or letter == "+"), quote=True)}">{escape(str(number))}</a>'
        for number in numbers
    )


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
