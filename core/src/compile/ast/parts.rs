//! Parts that every section of a rule file may have: sentences, citations, conditions, days, lengths.

use crate::compile::diagnostics::{Diagnostic, DiagnosticCode};
use crate::compile::source::{Data, File, Item, Section};
use crate::criterion::syntax::{Expression, parse};
use crate::rulebook;
use crate::values::{Date, Length};

/// A condition and where it stands.
#[derive(Debug, Clone)]
pub struct When {
    /// The condition.
    pub expression: Expression,
    /// Its text.
    pub text: String,
    /// The line.
    pub line: u32,
}

/// Words in Thai, with English where it stands beside them.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// In Thai.
    pub th: String,
    /// In English, where it is written beside.
    pub en: Option<String>,
}

/// Citations as written.
#[derive(Debug, Clone, Default)]
pub struct Citing {
    /// The texts.
    pub texts: Vec<String>,
    /// The line.
    pub line: u32,
}

/// A day that may be known only as a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FirstDay {
    /// The day under the leading reading: the last of the span.
    pub lead: Date,
    /// The day under the other reading: the first of the span.
    pub other: Option<Date>,
}

/// Reads the citations under `cite`.
pub fn citing(section: &Section<'_>) -> Citing {
    let line = section.item("cite").map_or(section.line, |item| item.line);
    Citing {
        texts: section.texts("cite"),
        line,
    }
}

/// Notes where a section that must cite something cites nothing.
pub fn need_citation(section: &Section<'_>, cite: &Citing) {
    if cite.texts.is_empty() {
        section.file.diagnose(
            section.line,
            DiagnosticCode::MissingCitation,
            format!("`{}` cites nothing", section.name),
            "`cite`",
        );
    }
}

/// Reads `th` and `en`.
pub fn text(section: &Section<'_>) -> Words {
    Words {
        th: section.need_label("th"),
        en: section.text("en"),
    }
}

/// Reads a condition.
pub fn when(section: &Section<'_>, key: &str) -> Option<When> {
    let text = section.text(key)?;
    let line = section.item(key).map_or(section.line, |item| item.line);
    condition(&section.file, &text, line)
}

/// Parses a condition.
pub fn condition(file: &File<'_>, text: &str, line: u32) -> Option<When> {
    match parse(text) {
        Ok(expression) => Some(When {
            expression,
            text: text.to_owned(),
            line,
        }),
        Err(error) => {
            let message = format!("in `{text}` at character {}: found {}", error.column, error.found);
            let first = u32::try_from(error.column).unwrap_or(1).saturating_sub(1);
            file.note(Diagnostic::new(file.path, line, DiagnosticCode::Syntax, message, error.expected).inside(first, 1));
            None
        }
    }
}

/// Reads a first day, which may be a span.
pub fn first_day(file: &File<'_>, item: &Item, name: &str) -> Option<FirstDay> {
    match &item.data {
        Data::Day(day) => Some(FirstDay { lead: *day, other: None }),
        Data::Text(text) => {
            let span = text
                .split_once("..")
                .and_then(|(first, last)| Some((Date::parse(first).ok()?, Date::parse(last).ok()?)));
            if span.is_none() {
                file.diagnose(
                    item.line,
                    DiagnosticCode::WrongType,
                    format!("`{name}` is `{text}`"),
                    "a day, or a span such as \"2018-03-01..2018-05-31\"",
                );
            }
            span.map(|(first, last)| FirstDay {
                lead: last,
                other: Some(first),
            })
        }
        _ => {
            file.wrong_type(item, name, "a day or a span of days");
            None
        }
    }
}

pub(super) fn from_day(section: &Section<'_>) -> Option<FirstDay> {
    section
        .item("from")
        .and_then(|item| first_day(&section.file, item, &format!("{}.from", section.name)))
}

pub(super) fn small(section: &Section<'_>, key: &str) -> Option<u16> {
    let number = section.whole(key)?;
    let small = u16::try_from(number).ok();
    if small.is_none() {
        section.diagnose(
            key,
            DiagnosticCode::Impossible,
            format!("`{key}` is {number}"),
            "a small whole number",
        );
    }
    small
}

/// Reads a length of time.
pub fn length(section: &Section<'_>, key: &str) -> Option<Length> {
    let text = section.text(key)?;
    match Length::parse(&text) {
        Ok(length) => Some(length),
        Err(error) => {
            section.diagnose(key, DiagnosticCode::WrongType, error.to_string(), "a length of time");
            None
        }
    }
}

/// A name, a quoted decimal or a whole number, as text.
pub(super) fn operand(section: &Section<'_>, key: &str) -> Option<String> {
    match section.item(key).map(|item| &item.data) {
        Some(Data::Whole(number)) => Some(number.to_string()),
        _ => section.text(key),
    }
}

/// Reads `th` and `en` where both stand beside each other.
pub fn both(section: &Section<'_>) -> rulebook::Words {
    labels(section, "th", "en")
}

/// Reads a pair of labels such as `ask_th` and `ask_en`; the English may be absent in a draft.
pub fn labels(section: &Section<'_>, th: &str, en: &str) -> rulebook::Words {
    let th = section.need_label(th);
    rulebook::Words {
        en: section.english_label(en, &th).into(),
        th: th.into(),
    }
}
