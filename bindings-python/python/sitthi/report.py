"""One self-contained HTML report from plain data: no script, no outside resource, readable in print and by a screen reader.

The data is a dict (every part may be left out); a text is a string or ``{"th": …, "en": …}``::

    {
        "title": text, "notices": [text, …],
        "situations": [{"title": text, "facts": {label: value}, "decision": coverage decision}],
        "population": {"notice": text, "plots": [plot], "tables": [table], "margins": rows of check_margins, "assumptions": [text]},
        "complaints": [{"title": text, "facts": {label: value}, "decision": routing decision, "encoded": bool}],
        "plan":       {"notice": text, "plots": [plot], "tables": [table], "rows": [row of a scorecard]},
        "sheets":     [{"title": text, "href": relative address}],
    }

Decisions are the dicts of their JSON (``json.loads(decision.to_json())``). A table is ``{"caption": text, "columns": [text],
"rows": [[cell, …]]}``; a plot ``{"image": SVG or PNG bytes, "alt": text, "caption": text}``.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from numbers import Number
from typing import Any

from .plots import STATUSES

_HEADINGS = {
    "situations": ("สถานการณ์ตัวอย่าง", "Situations"),
    "population": ("ประชากร", "Population"),
    "complaints": ("เรื่องร้องเรียน", "Complaints"),
    "plan": ("แผนและตัวชี้วัด", "Plan and indicators"),
    "sheets": ("ใบตรวจทานสำหรับนักกฎหมาย", "Review sheets"),
}

_CSS = """
:root{--ink:#1b1b1b;--quiet:#555;--line:#d5d5d5;--soft:#f4f6f8;--mark:#00639c}
*{box-sizing:border-box}
body{margin:0 auto;max-width:62rem;padding:1.5rem;color:var(--ink);background:#fff;line-height:1.65;
 font-family:Sarabun,"Noto Sans Thai","Leelawadee UI",Thonburi,Loma,Garuda,system-ui,sans-serif}
h1{font-size:1.7rem;line-height:1.35}h2{margin-top:2.5rem;border-bottom:2px solid var(--mark);padding-bottom:.2rem}
h3{margin-top:1.8rem}[lang=en]{color:var(--quiet)}h1 [lang=en],h2 [lang=en],h3 [lang=en]{font-weight:400;font-size:.75em}
.notice{background:var(--soft);border-left:4px solid var(--mark);padding:.6rem 1rem;margin:1rem 0}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;margin:.8rem 0;font-size:.93rem}
caption{text-align:left;font-weight:600;padding:.4rem 0}th,td{text-align:left;vertical-align:top;padding:.35rem .55rem;border-bottom:1px solid var(--line)}
thead th{background:var(--soft);border-bottom:2px solid var(--line)}td:last-child{overflow-wrap:anywhere}td ul{margin:0;padding-left:1.1rem}td.n,th.n{text-align:right;overflow-wrap:normal;font-variant-numeric:tabular-nums}
dl{display:grid;grid-template-columns:minmax(9rem,max-content) 1fr;gap:.15rem 1rem;margin:.6rem 0}dt{color:var(--quiet)}dd{margin:0}
figure{margin:1rem 0}figure img{max-width:100%;height:auto;border:1px solid var(--line)}figcaption{color:var(--quiet);font-size:.9rem}
.s{display:inline-block;padding:0 .5rem;border:1px solid currentColor;border-radius:1rem;white-space:nowrap}
.s-covered{background:#00639c;color:#fff}.s-eligible{background:#d6ecf9}.s-disputed{background:#fbe3d3}.s-undetermined{background:#fbf3cf}.s-not_eligible{background:#ececec}
.u{font-weight:700}.cite{color:var(--quiet);font-size:.85em}.skip{position:absolute;left:-999rem}.skip:focus{position:static}
a{color:var(--mark)}nav ul{columns:2;padding-left:1.2rem}
@media print{body{max-width:none;padding:0;font-size:10pt}nav,.skip{display:none}.wide{overflow:visible}
 h2{break-before:page}h2:first-of-type{break-before:auto}h2,h3,caption{break-after:avoid}tr,figure,.notice{break-inside:avoid}thead{display:table-header-group}
 .s,thead th,.notice{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
""".strip()


def render(data: Mapping[str, Any]) -> str:
    """The whole report as one HTML document.

    Raises ``ValueError`` for an image that is neither SVG nor PNG, a row that is not as long as its header, or an outside link.
    """
    title = data.get("title") or {"th": "รายงานสิทธิแรงงาน", "en": "Report on labour protection"}
    parts = {name: _PARTS[name](data[name]) for name in _HEADINGS if data.get(name)}
    contents = "".join(f'<li><a href="#{name}">{_both(dict(zip(("th", "en"), _HEADINGS[name], strict=True)))}</a></li>' for name in parts)
    body = "".join(
        f'<section id="{name}" aria-labelledby="h-{name}"><h2 id="h-{name}">'
        f"{_both(dict(zip(('th', 'en'), _HEADINGS[name], strict=True)))}</h2>{part}</section>"
        for name, part in parts.items()
    )
    return (
        '<!DOCTYPE html>\n<html lang="th"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(_plain(title))}</title><style>{_CSS}</style></head><body>"
        '<a class="skip" href="#main">ข้ามไปยังเนื้อหา</a>'
        f"<header><h1>{_both(title)}</h1>{_notices(data.get('notices', ()))}"
        f'<nav aria-label="สารบัญ"><ul>{contents}</ul></nav></header><main id="main">{body}</main></body></html>\n'
    )


# ── Pieces ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _plain(text: Any) -> str:
    if isinstance(text, Mapping):
        return str(text.get("th") or text.get("en") or "")
    return "" if text is None else str(text)


def _both(text: Any) -> str:
    """Thai with English beside it, escaped."""
    if not isinstance(text, Mapping):
        return escape(_plain(text))
    if not text.keys() & {"th", "en"}:
        return escape(", ".join(f"{key}: {value}" for key, value in text.items()))
    thai, english = text.get("th"), text.get("en")
    found = [escape(str(thai))] if thai else []
    if english and english != thai:
        found.append(f'<span lang="en">{escape(str(english))}</span>')
    return " ".join(found)


def _notices(texts: Iterable[Any]) -> str:
    return "".join(f'<p class="notice">{_both(text)}</p>' for text in texts)


def _cell(value: Any) -> tuple[str, bool]:
    if value is None:
        return '<span aria-label="ไม่ทราบ">–</span>', False
    if isinstance(value, bool):
        return ("ใช่ <span lang=\"en\">yes</span>" if value else "ไม่ใช่ <span lang=\"en\">no</span>"), False
    if isinstance(value, Number):
        return (f"{value:,.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"), True
    if isinstance(value, (list, tuple)):
        return ", ".join(_cell(item)[0] for item in value), False
    return _both(value), False


def _table(table: Mapping[str, Any]) -> str:
    columns: Sequence[Any] = table["columns"]
    rows = [list(row) for row in table["rows"]]
    for place, row in enumerate(rows):
        if len(row) != len(columns):
            raise ValueError(f"row {place} of the table `{_plain(table.get('caption'))}` has {len(row)} cells; expected {len(columns)}")
    drawn = [[_cell(value) for value in row] for row in rows]
    numeric = [bool(drawn) and all(row[i][1] or rows[n][i] is None for n, row in enumerate(drawn)) for i in range(len(columns))]
    head = "".join(f'<th scope="col"{_number(flag)}>{_both(column)}</th>' for column, flag in zip(columns, numeric, strict=True))
    body = "".join(
        "<tr>" + "".join(
            f'<th scope="row">{html}</th>' if i == 0 else f"<td{_number(numeric[i])}>{html}</td>" for i, (html, _) in enumerate(row)
        ) + "</tr>"
        for row in drawn
    )
    caption = f"<caption>{_both(table['caption'])}</caption>" if table.get("caption") else ""
    return f'<div class="wide"><table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _number(flag: bool) -> str:
    return ' class="n"' if flag else ""


def _plot(plot: Mapping[str, Any]) -> str:
    image = plot["image"].encode() if isinstance(plot["image"], str) else bytes(plot["image"])
    if image.startswith(b"\x89PNG"):
        kind = "image/png"
    elif b"<svg" in image[:2000]:
        kind = "image/svg+xml"
    else:
        raise ValueError("a plot must be SVG or PNG bytes")
    alt = escape(_plain(plot.get("alt") or plot.get("caption")), quote=True)
    caption = f"<figcaption>{_both(plot['caption'])}</figcaption>" if plot.get("caption") else ""
    return f'<figure><img alt="{alt}" src="data:{kind};base64,{b64encode(image).decode()}">{caption}</figure>'


def _pairs(pairs: Any) -> str:
    items = pairs.items() if isinstance(pairs, Mapping) else pairs
    inner = "".join(f"<dt>{_both(key)}</dt><dd>{_cell(value)[0]}</dd>" for key, value in items)
    return f"<dl>{inner}</dl>" if inner else ""


def _cites(item: Mapping[str, Any]) -> str:
    cites = item.get("cite") or ()
    cites = [cites] if isinstance(cites, str) else cites
    said = "; ".join(str(cite) for cite in cites)
    if item.get("confidence"):
        said += f" ({item['confidence']})"
    return f' <span class="cite">{escape(said)}</span>' if said.strip() else ""


def _status(status: Any) -> str:
    code = str(status)
    look = f" s-{code}" if code in STATUSES else ""
    return f'<span class="s{look}">{_both(STATUSES.get(code, code))}</span>'


def _list(items: Iterable[str]) -> str:
    inner = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul>{inner}</ul>" if inner else ""


def _ask(decision: Mapping[str, Any]) -> str:
    following = decision.get("next")
    if not following:
        return ""
    ask = following.get("ask") if isinstance(following, Mapping) else following
    ask = ask or (following.get("fact") if isinstance(following, Mapping) else None)
    return f'<p class="notice"><strong>คำถามถัดไป <span lang="en">Next question</span>:</strong> {_both(ask)}</p>'


# ── Sections ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _situations(items: Sequence[Mapping[str, Any]]) -> str:
    return "".join(_situation(item) for item in items)


def _situation(item: Mapping[str, Any]) -> str:
    decision = item.get("decision") or {}
    lines = []
    for scheme in decision.get("schemes", ()):
        name = {key: scheme[key] for key in ("th", "en") if scheme.get(key)} or scheme.get("scheme")
        reasons = _list(f"{_both(reason)}{_cites(reason)}" for reason in scheme.get("reasons", ()))
        lines.append(f'<tr><th scope="row">{_both(name)}</th><td>{_status(scheme.get("status"))}</td><td>{reasons}</td></tr>')
    table = (
        '<div class="wide"><table><thead><tr><th scope="col">โครงการ <span lang="en">Scheme</span></th><th scope="col">ผล '
        '<span lang="en">Status</span></th><th scope="col">เหตุผลและที่มา <span lang="en">Reasons</span></th></tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table></div>"
        if lines
        else ""
    )
    day = decision.get("on") or decision.get("today")
    asked = f'<p>ณ วันที่ <span lang="en">on</span> {escape(str(day))}</p>' if day else ""
    return f"<article><h3>{_both(item.get('title'))}</h3>{asked}{_pairs(item.get('facts', {}))}{table}{_ask(decision)}</article>"


def _population(item: Mapping[str, Any]) -> str:
    parts = [_notices([item["notice"]] if item.get("notice") else ())]
    parts += [_plot(plot) for plot in item.get("plots", ())] + [_table(table) for table in item.get("tables", ())]
    if item.get("margins"):
        parts.append(
            _table(
                {
                    "caption": {"th": "ยอดที่เผยแพร่เทียบกับข้อมูลสังเคราะห์", "en": "Published margins and what was drawn"},
                    "columns": [
                        {"th": "ยอด", "en": "Margin"}, {"th": "กลุ่ม", "en": "Category"}, {"th": "ปี", "en": "Year"},
                        {"th": "หน่วย", "en": "Unit"}, {"th": "ที่เผยแพร่", "en": "Published"}, {"th": "ที่สุ่มได้", "en": "Drawn"},
                        {"th": "ภายในการปัดเศษ", "en": "Within rounding"}, {"th": "ที่มา", "en": "Source"},
                    ],
                    "rows": [
                        [m["margin"], m["category"], str(m["figure_year"]), m["unit"], m["published"], round(m["drawn"], 2), m["within"], m["source"]]
                        for m in item["margins"]
                    ],
                }
            )
        )
    if item.get("assumptions"):
        items = _list(_both(a["text"] if isinstance(a, Mapping) and "text" in a else a) for a in item["assumptions"])
        parts.append(f'<details open><summary>ข้อสมมติ <span lang="en">Assumptions</span></summary>{items}</details>')
    return "".join(parts)


def _complaints(items: Sequence[Mapping[str, Any]]) -> str:
    return "".join(_complaint(item) for item in items)


def _agency(agency: Any) -> str:
    if not isinstance(agency, Mapping):
        return _both(agency)
    named = {key: agency[key] for key in ("th", "en") if agency.get(key)} or agency.get("agency")
    office = agency.get("office")
    said = [_both(named)]
    if isinstance(office, Mapping):
        said.append(_both({key: office[key] for key in ("th", "en") if office.get(key)} or office.get("name") or office.get("area") or ""))
    elif office:
        said.append(_both(office))
    if agency.get("call"):
        calls = agency["call"] if isinstance(agency["call"], (list, tuple)) else [agency["call"]]
        said.append("โทร " + ", ".join(escape(str(call)) for call in calls))
    return " · ".join(part for part in said if part)


def _complaint(item: Mapping[str, Any]) -> str:
    decision = item.get("decision") or {}
    parts = [f"<article><h3>{_both(item.get('title'))}</h3>"]
    if item.get("encoded") is False:
        parts.append(
            _notices([{"th": "เรื่องประเภทนี้ยังไม่มีกฎในระบบ โปรดโทรสายด่วน", "en": "This kind is not encoded yet; call the hotline."}])
        )
    parts.append(_pairs(item.get("facts", {})))
    urgency = decision.get("urgency")
    level = urgency.get("level") if isinstance(urgency, Mapping) else urgency
    pairs: list[tuple[Any, str]] = []
    if level:
        first = [str(call.get("call", "")) for call in urgency.get("first", ())] if isinstance(urgency, Mapping) else []
        pairs.append(({"th": "ความเร่งด่วน", "en": "Urgency"}, f'<span class="u">{escape(str(level).upper())}</span> ' + escape(", ".join(first))))
    if decision.get("lead"):
        pairs.append(({"th": "หน่วยงานหลัก", "en": "Lead"}, _agency(decision["lead"])))
    if decision.get("copies"):
        pairs.append(({"th": "แจ้งด้วย", "en": "Also told"}, _list(_agency(copy) for copy in decision["copies"])))
    if decision.get("forms"):
        pairs.append(({"th": "แบบ", "en": "Forms"}, escape(", ".join(map(str, decision["forms"])))))
    if decision.get("tell"):
        pairs.append(({"th": "ควรทราบ", "en": "Tell the person"}, _list(_both(line) + _cites(line) for line in decision["tell"])))
    withheld = decision.get("withhold") or decision.get("withheld") or ()
    if withheld:
        lines = []
        for rule in withheld:
            what = escape(", ".join(map(str, rule.get("what", ()))))
            who = escape(", ".join(map(str, rule.get("from") or rule.get("with") or ())))
            lines.append(f"{what} → {who}" + _cites(rule))
        pairs.append(({"th": "ห้ามเปิดเผย", "en": "Not to be shared"}, _list(lines)))
    inner = "".join(f"<dt>{_both(key)}</dt><dd>{value}</dd>" for key, value in pairs)
    parts.append(f"<dl>{inner}</dl>" if inner else "")
    if decision.get("steps"):
        parts.append(
            _table(
                {
                    "caption": {"th": "ขั้นตอนและกำหนดเวลา", "en": "Steps and deadlines"},
                    "columns": [{"th": "ขั้นตอน", "en": "Step"}, {"th": "วันสุดท้าย", "en": "Last day"}, {"th": "เลื่อนเป็น", "en": "Rolled"}, {"th": "รอข้อเท็จจริง", "en": "Waits for"}],
                    "rows": [
                        [{k: s[k] for k in ("th", "en") if s.get(k)} or s.get("id"), s.get("nominal"), s.get("rolled"), s.get("waits_for")]
                        for s in decision["steps"]
                    ],
                }
            )
        )
    parts.append(_ask(decision) + "</article>")
    return "".join(parts)


def _plan(item: Mapping[str, Any]) -> str:
    parts = [_notices([item["notice"]] if item.get("notice") else ())]
    parts += [_plot(plot) for plot in item.get("plots", ())]
    if item.get("rows"):
        parts.append(
            _table(
                {
                    "caption": {"th": "ตัวชี้วัด", "en": "Indicators"},
                    "columns": [
                        {"th": "ตัวชี้วัด", "en": "Indicator"}, {"th": "งวด", "en": "Period"}, {"th": "ค่า", "en": "Value"}, {"th": "หน่วย", "en": "Unit"},
                        {"th": "เป้าหมาย", "en": "Target"}, {"th": "คะแนน", "en": "Score"}, {"th": "แนวโน้ม", "en": "Trend"}, {"th": "สถานะ", "en": "Status"},
                    ],
                    "rows": [
                        [
                            {k: r[k] for k in ("th", "en") if r.get(k)} or r.get("indicator"),
                            None if r.get("period") is None else str(r["period"]),
                            _inner(r.get("value", r.get("lead"))), r.get("unit"), _inner(r.get("target")), r.get("score"), r.get("trend"), r.get("status"),
                        ]
                        for r in item["rows"]
                    ],
                }
            )
        )
    parts += [_table(table) for table in item.get("tables", ())]
    return "".join(parts)


def _inner(value: Any) -> Any:
    return value.get("value") if isinstance(value, Mapping) and "value" in value else value


def _sheets(items: Sequence[Mapping[str, Any]]) -> str:
    lines = []
    for item in items:
        href = str(item["href"])
        if ":" in href.split("/")[0] or href.startswith("//"):
            raise ValueError(f"a review sheet is linked by a relative address, not `{href}`")
        lines.append(f'<a href="{escape(href, quote=True)}">{_both(item.get("title") or href)}</a>')
    return _list(lines)


_PARTS: dict[str, Callable[[Any], str]] = {"situations": _situations, "population": _population, "complaints": _complaints, "plan": _plan, "sheets": _sheets}
