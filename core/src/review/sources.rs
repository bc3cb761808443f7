//! Citations resolved to titles, with how sure they are, and the sources in which they were read.

use super::Sheet;
use super::html::{beside, both, day, esc, mark, section};
use crate::criterion::Confidence;
use crate::rulebook::InstrumentId;

/// A citation taken apart.
struct Parts<'t> {
    instrument: InstrumentId,
    place: &'t str,
    marks: Vec<&'t str>,
    confidence: Confidence,
}

fn parts<'t>(sheet: &Sheet<'_>, text: &'t str) -> Option<Parts<'t>> {
    let number = sheet.registry.one_cite(&sheet.file(), sheet.rule_file.line, text)?;
    let confidence = sheet.registry.confidence(&[number]);
    let body = match text.strip_suffix(')').and_then(|text| text.rsplit_once(" (")) {
        Some((body, "high" | "medium" | "low")) => body,
        _ => text,
    };
    let (id, place) = body.split_once('/').unwrap_or((body, ""));
    let instrument = sheet.book.instruments.iter().position(|instrument| instrument.id == id)?;
    let is_source = |word: &str| sheet.book.sources.iter().any(|source| source.id == word);
    let all_sources = |tail: &str| !tail.is_empty() && tail.split([',', ' ']).filter(|word| !word.is_empty()).all(is_source);
    let (place, tail) = match place.rsplit_once('/') {
        _ if all_sources(place) => ("", place),
        Some((head, tail)) if all_sources(tail) => (head, tail),
        _ => (place, ""),
    };
    let marks: Vec<&str> = tail.split([',', ' ']).filter(|word| !word.is_empty()).collect();
    sheet.instruments.borrow_mut().insert(InstrumentId::try_from(instrument).ok()?);
    // Sources named inside a place, such as `5 (S12)`, are listed too.
    for word in body.split([',', ' ', '/', '(', ')']) {
        if let Some(number) = sheet.book.sources.iter().position(|source| source.id == word) {
            sheet.sources.borrow_mut().insert(number);
        }
    }
    Some(Parts {
        instrument: InstrumentId::try_from(instrument).ok()?,
        place,
        marks,
        confidence,
    })
}

fn sure(confidence: Confidence, full: bool) -> String {
    match (confidence, full) {
        (Confidence::High, _) => String::new(),
        (Confidence::Medium, true) => format!(" {}", mark("medium", "ความแน่นอนปานกลาง · medium")),
        (Confidence::Medium, false) => format!(" {}", mark("medium", "ปานกลาง")),
        (Confidence::Low, true) => format!(" {}", mark("low", "ความแน่นอนต่ำ · low")),
        (Confidence::Low, false) => format!(" {}", mark("low", "ต่ำ")),
    }
}

fn written(sheet: &Sheet<'_>, parts: &Parts<'_>, full: bool) -> String {
    let Some(instrument) = sheet.book.instruments.get(usize::from(parts.instrument)) else {
        return String::new();
    };
    let section = instrument.kind == "act" && parts.place.starts_with(|first: char| first.is_ascii_digit());
    let place = match (parts.place, section) {
        ("", _) => String::new(),
        (place, true) => format!(" มาตรา {}", esc(place)),
        (place, false) => format!(" {}", esc(place)),
    };
    let marks: Vec<String> = parts
        .marks
        .iter()
        .map(|id| format!("<a href=\"#s-{0}\">{0}</a>", esc(id)))
        .collect();
    let marks = if marks.is_empty() {
        String::new()
    } else {
        format!(" <small>[{}]</small>", marks.join(", "))
    };
    let name = if full {
        esc(&instrument.title.th)
    } else {
        format!("<code>{}</code>", esc(&instrument.id))
    };
    format!(
        "<span><a href=\"#i-{}\" title=\"{}\">{name}</a>{place}{marks}{}</span>",
        esc(&instrument.id),
        esc(&instrument.title.th),
        sure(parts.confidence, full)
    )
}

/// Citations with full titles.
pub fn inline(sheet: &Sheet<'_>, texts: &[String]) -> String {
    let cites: String = texts
        .iter()
        .filter_map(|text| parts(sheet, text))
        .map(|parts| written(sheet, &parts, true))
        .collect();
    if cites.is_empty() {
        cites
    } else {
        format!("<p class=\"cites\">{cites}</p>")
    }
}

/// Citations by the short names of their instruments, for the cells of a table.
pub fn short(sheet: &Sheet<'_>, texts: &[String]) -> String {
    let cites: Vec<String> = texts
        .iter()
        .filter_map(|text| parts(sheet, text))
        .map(|parts| written(sheet, &parts, false))
        .collect();
    cites.join("<br>")
}

/// The instruments and sources that the page has named.
pub fn named(sheet: &Sheet<'_>) -> String {
    let mut instruments = String::new();
    for number in sheet.instruments.borrow().iter() {
        let Some(instrument) = sheet.book.instruments.get(usize::from(*number)) else {
            continue;
        };
        let known =
            |label: &str, date: Option<crate::values::Date>| date.map_or_else(String::new, |date| format!(" · {label} {}", day(date)));
        let days = format!("{}{}", known("ประกาศ", instrument.gazette), known("ใช้บังคับ", instrument.in_force));
        instruments.push_str(&format!(
            "<li id=\"i-{id}\"><code>{id}</code> {title}<span class=\"soft\">{kind}{days}</span></li>",
            id = esc(&instrument.id),
            title = both(&instrument.title),
            kind = beside(&sheet.label("instrument_kind", &instrument.kind)),
        ));
    }
    let mut sources = String::new();
    for number in sheet.sources.borrow().iter() {
        let Some(source) = sheet.book.sources.get(*number) else { continue };
        let web = source.url.starts_with("https://") || source.url.starts_with("http://");
        let link = if web {
            format!(" <a href=\"{0}\" rel=\"noreferrer\">{0}</a>", esc(&source.url))
        } else {
            String::new()
        };
        sources.push_str(&format!(
            "<li id=\"s-{id}\"><code>{id}</code> {}{link}</li>",
            esc(&source.title),
            id = esc(&source.id)
        ));
    }
    let instruments = if instruments.is_empty() {
        instruments
    } else {
        format!("<ul class=\"plain\">{instruments}</ul>")
    };
    let sources = if sources.is_empty() {
        sources
    } else {
        format!("<ul class=\"plain\">{sources}</ul>")
    };
    format!(
        "{}{}",
        section("instruments", "ตราสารที่อ้าง", "instruments cited", &instruments),
        section("sources", "แหล่งที่อ่าน", "sources read", &sources)
    )
}
