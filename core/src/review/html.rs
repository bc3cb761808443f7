//! Small pieces of HTML.

use crate::criterion::Unit;
use crate::rulebook::Words;
use crate::values::{Date, Length, LengthUnit, Month, ThaiStyle, format_thai};

/// Text as HTML.
pub fn esc(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            letter => safe.push(letter),
        }
    }
    safe
}

/// Thai, and English below in small.
pub fn both(words: &Words) -> String {
    if words.en.is_empty() || words.en == words.th {
        return esc(&words.th);
    }
    format!("{}<span class=\"en\" lang=\"en\">{}</span>", esc(&words.th), esc(&words.en))
}

/// Both languages in one line.
pub fn beside(words: &Words) -> String {
    if words.en.is_empty() || words.en == words.th {
        return esc(&words.th);
    }
    format!("{} <small lang=\"en\">({})</small>", esc(&words.th), esc(&words.en))
}

/// A day of the Buddhist era, with that of the common era.
pub fn day(date: Date) -> String {
    let thai = format_thai(
        date,
        ThaiStyle {
            short: true,
            thai_digits: false,
        },
    );
    format!("<time datetime=\"{date}\">{} <small>({date})</small></time>", esc(&thai))
}

/// A month of the Buddhist era.
pub fn month(month: Month) -> String {
    let first = format_thai(
        month.first_day(),
        ThaiStyle {
            short: true,
            thai_digits: false,
        },
    );
    esc(first.strip_prefix("1 ").unwrap_or(&first))
}

/// From one day to another; empty where neither is given.
pub fn days(from: Option<Date>, until: Option<Date>) -> String {
    match (from, until) {
        (Some(from), Some(until)) => format!("ตั้งแต่ {} ถึง {}", day(from), day(until)),
        (Some(from), None) => format!("ตั้งแต่ {} เป็นต้นไป", day(from)),
        (None, Some(until)) => format!("ถึง {}", day(until)),
        (None, None) => String::new(),
    }
}

/// A length of time in Thai.
pub fn length(length: Length) -> String {
    let unit = match length.unit {
        LengthUnit::Days => "วัน",
        LengthUnit::WorkingDays => "วันทำการ",
        LengthUnit::Months => "เดือน",
        LengthUnit::Years => "ปี",
        LengthUnit::Hours => "ชั่วโมง",
    };
    format!("{} {unit}", length.number)
}

/// A unit in Thai.
pub const fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Baht => "บาท",
        Unit::Percent => "ร้อยละ",
        Unit::Years => "ปี",
        Unit::Months => "เดือน",
        Unit::Days => "วัน",
        Unit::Count => "จำนวน",
        Unit::Text => "ข้อความ",
    }
}

/// Digits in groups of three; text that is no number stays as it is.
pub fn grouped(text: &str) -> String {
    let (whole, part) = text.split_once('.').map_or((text, None), |(whole, part)| (whole, Some(part)));
    if !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.to_owned();
    }
    let mut grouped = String::with_capacity(text.len());
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && whole.len().saturating_sub(index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    part.map_or_else(|| grouped.clone(), |part| format!("{grouped}.{part}"))
}

/// A mark that stands out; `kind` is a class of the page.
pub fn mark(kind: &str, text: &str) -> String {
    format!("<span class=\"mark {kind}\">{}</span>", esc(text))
}

/// A list of items that are HTML already; empty where there are none.
pub fn list(items: &[String]) -> String {
    if items.is_empty() {
        return String::new();
    }
    let items: String = items.iter().map(|item| format!("<li>{item}</li>")).collect();
    format!("<ul>{items}</ul>")
}

/// A line of a description list; empty where the text is.
pub fn line(name: &str, html: &str) -> String {
    if html.is_empty() {
        String::new()
    } else {
        format!("<dt>{}</dt><dd>{html}</dd>", esc(name))
    }
}

/// A section with a heading; empty where nothing stands in it.
pub fn section(id: &str, th: &str, en: &str, body: &str) -> String {
    if body.is_empty() {
        return String::new();
    }
    format!(
        "<section id=\"{id}\"><h2>{}<span class=\"en\" lang=\"en\">{}</span></h2>{body}</section>",
        esc(th),
        esc(en)
    )
}

/// A whole page.
pub fn page(title: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"th\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n",
        esc(title)
    )
}

const STYLE: &str = "
:root{--ink:#1c2430;--soft:#5a6575;--line:#d8dde5;--back:#fff;--card:#f7f8fa;--blue:#1f4e8c;--amber:#8a5a00;--amber-back:#fff4d6;--red:#a11d1d;--red-back:#fde8e8}
*{box-sizing:border-box}
body{margin:0 auto;max-width:64rem;padding:2rem 1.5rem 4rem;color:var(--ink);background:var(--back);font:1rem/1.75 Sarabun,'Noto Sans Thai',Laksaman,Garuda,Loma,'Leelawadee UI',Thonburi,sans-serif}
h1{font-size:1.8rem;line-height:1.4;margin:0 0 .5rem}
h2{font-size:1.3rem;margin:3rem 0 1rem;padding-bottom:.25rem;border-bottom:2px solid var(--blue);color:var(--blue)}
h3{font-size:1.08rem;line-height:1.5;margin:0}
h4{font-size:.95rem;margin:.75rem 0 .15rem;color:var(--soft)}
.en{display:block;font-size:.8em;font-weight:400;color:var(--soft);line-height:1.5}
h2 .en{display:inline;margin-left:.6rem}
small,.soft{color:var(--soft);font-size:.85em}
a{color:var(--blue);text-decoration-thickness:1px;text-underline-offset:.2em}
a[href^=http]{overflow-wrap:anywhere}
nav{margin:1rem 0;padding:.6rem 0;border-block:1px solid var(--line)}
nav a{margin-right:1.1rem;white-space:nowrap}
article{margin:0 0 1rem;padding:.9rem 1.1rem;border:1px solid var(--line);border-left:4px solid var(--blue);border-radius:4px;background:var(--card);break-inside:avoid-page}
article.open{border-left-color:var(--red)}
article:target,tr:target{outline:3px solid #9dbdea}
article>header{display:flex;gap:1rem;justify-content:space-between;align-items:baseline}
article>header .id{flex:none}
.id,code{font:.82em/1.5 ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace;color:#39424f;overflow-wrap:anywhere}
code{background:#e9edf2;padding:.1em .35em;border-radius:3px}
p{margin:.35rem 0}
ul{margin:.15rem 0;padding-left:1.1rem;list-style:square}
ul.plain{padding-left:0;list-style:none}
ul.plain li{margin:.5rem 0}
ul.plain .soft{display:block}
li{margin:.2rem 0}
li::marker{color:#9aa5b4;font-size:.7em}
time{white-space:nowrap}
article a,table a{text-decoration:none}
article a:hover,table a:hover,a:focus-visible{text-decoration:underline}
.when{margin:.15rem 0;color:#33475f}
.when::before{content:'เงื่อนไข: ';color:var(--soft);font-size:.85em}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.15rem 1rem;margin:.5rem 0}
dt{color:var(--soft)}
dd{margin:0}
.mark{display:inline-block;padding:0 .5em;border-radius:3px;font-size:.8em;line-height:1.6;border:1px solid var(--line);background:#fff;white-space:nowrap}
.medium{background:var(--amber-back);color:var(--amber);border-color:#e4c46f}
.low,.unread{background:var(--red-back);color:var(--red);border-color:#e7a3a3;font-weight:600}
.two{display:grid;grid-template-columns:1fr 1fr;gap:.75rem;margin:.5rem 0}
.two>div{background:#fff;border:1px solid var(--line);border-radius:4px;padding:.5rem .75rem}
.cites{font-size:.88em;color:#39424f}
.cites>span{margin-right:.9rem}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.94em;background:#fff}
caption{text-align:left;font-weight:600;padding:.25rem 0}
th,td{border:1px solid var(--line);padding:.3rem .6rem;text-align:left;vertical-align:top}
thead th{background:#e9eff7}
tbody th{font-weight:500}
article caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.wide{margin-bottom:1rem;position:relative}
td.number{text-align:right;font-variant-numeric:tabular-nums}
td.unread-cell{background:var(--red-back)}
footer{margin-top:3rem;color:var(--soft);font-size:.85em}
@media(max-width:40rem){body{padding:1rem 1rem 3rem}.two,dl{grid-template-columns:minmax(0,1fr)}article>header{display:block}}
@media print{@page{size:A4;margin:16mm 14mm}body{max-width:none;padding:0;font-size:10.5pt;line-height:1.55}nav{display:none}a{color:inherit;text-decoration:none}article{background:none}h2{break-after:avoid}tr,li{break-inside:avoid}thead{display:table-header-group}*{-webkit-print-color-adjust:exact;print-color-adjust:exact}.wide{overflow:visible}}
";
