//! Words: what is derived from facts.

use super::parts::{Citing, Words, citing, length, small, text};
use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::source::Section;
use crate::values::Length;

/// A word: something derived from facts.
#[derive(Debug, Clone)]
pub struct Word {
    /// Its name.
    pub id: String,
    /// The line.
    pub line: u32,
    /// Its name for people.
    pub text: Words,
    /// How it is derived.
    pub shape: WordShape,
    /// Citations.
    pub cite: Citing,
}

/// How a word is derived.
#[derive(Debug, Clone)]
pub enum WordShape {
    /// Exact years between two days.
    Age { of: String, on: String },
    /// A length of time.
    Elapsed {
        from: String,
        to: String,
        years: bool,
        last_day_counts: bool,
    },
    /// A day some time after another.
    Day {
        from: String,
        plus: Option<Length>,
        first_day_counts: bool,
    },
    /// Months paid.
    MonthsPaid {
        of: Vec<String>,
        window: Option<u16>,
        before: String,
    },
    /// The highest step reached.
    MonthsSteps {
        of: Vec<String>,
        before: String,
        steps: Vec<(u16, u16)>,
    },
    /// The mean of the highest wages.
    TopMean {
        of: String,
        months: String,
        ceiling: String,
        top: u16,
        within: u16,
        divide: u16,
    },
    /// The first day of what stands: long ago where nothing tells of it.
    Begins { of: String },
    /// The last day of what stands: none where nothing tells of it, unless a code tells of an end.
    Ends { of: String, told_by: String, goes_on: Vec<String> },
    /// A day of the person, else the latest of their jobs.
    Latest { told: String, of: String, only: String },
    /// A code made from a code.
    Maps { of: String, codes: Vec<(String, Vec<String>)> },
    /// Time left to the nearest last day.
    Nearest { working_days: bool },
    /// Full steps beyond a number.
    FullSteps {
        of: String,
        beyond: Option<u16>,
        each: Option<u16>,
    },
    /// Not readable; the fault is noted.
    Unread,
}

pub(super) fn word(id: &str, section: &Section<'_>) -> Word {
    let shape = word_shape(section);
    let word = Word {
        id: id.to_owned(),
        line: section.line,
        text: text(section),
        shape,
        cite: citing(section),
    };
    section.done();
    word
}

pub(super) fn word_shape(section: &Section<'_>) -> WordShape {
    let before = |inner: &Section<'_>| inner.text("before").unwrap_or_else(|| "today".to_owned());
    let (shape, inner) = if let Some(inner) = section.section("age") {
        (
            WordShape::Age {
                of: inner.need_text("of"),
                on: inner.need_text("on"),
            },
            inner,
        )
    } else if let Some(inner) = section.section("elapsed") {
        let years = match inner.need_text("in").as_str() {
            "years" => true,
            "days" => false,
            other => {
                inner.diagnose("in", DiagnosticCode::UnknownCode, format!("`{other}` is no unit"), "days or years");
                false
            }
        };
        let last_day_counts = inner.flag("last_day_counts").unwrap_or(false);
        (
            WordShape::Elapsed {
                from: inner.need_text("from"),
                to: inner.need_text("to"),
                years,
                last_day_counts,
            },
            inner,
        )
    } else if let Some(inner) = section.section("day") {
        let first_day_counts = inner.flag("first_day_counts").unwrap_or(false);
        (
            WordShape::Day {
                from: inner.need_text("from"),
                plus: length(&inner, "plus"),
                first_day_counts,
            },
            inner,
        )
    } else if let Some(inner) = section.section("months_paid") {
        (
            WordShape::MonthsPaid {
                of: inner.texts("of"),
                window: small(&inner, "in"),
                before: before(&inner),
            },
            inner,
        )
    } else if let Some(inner) = section.section("months_steps") {
        let texts = inner.texts("steps");
        let steps = texts.iter().filter_map(|text| {
            let step = text
                .split_once(" in ")
                .and_then(|(need, window)| Some((need.parse().ok()?, window.parse().ok()?)));
            if step.is_none() {
                inner.diagnose(
                    "steps",
                    DiagnosticCode::WrongType,
                    format!("`{text}` is no step"),
                    "text such as \"6 in 10\"",
                );
            }
            step
        });
        (
            WordShape::MonthsSteps {
                of: inner.texts("of"),
                steps: steps.collect(),
                before: before(&inner),
            },
            inner,
        )
    } else if let Some(inner) = section.section("top_mean") {
        let number = |key| small(&inner, key).unwrap_or(1);
        (
            WordShape::TopMean {
                of: inner.need_text("of"),
                months: inner.need_text("months"),
                ceiling: inner.need_text("ceiling"),
                top: number("top"),
                within: number("in"),
                divide: number("divide"),
            },
            inner,
        )
    } else if let Some(inner) = section.section("begins") {
        (WordShape::Begins { of: inner.need_text("of") }, inner)
    } else if let Some(inner) = section.section("ends") {
        (
            WordShape::Ends {
                of: inner.need_text("of"),
                told_by: inner.need_text("told_by"),
                goes_on: inner.texts("goes_on"),
            },
            inner,
        )
    } else if let Some(inner) = section.section("latest") {
        (
            WordShape::Latest {
                told: inner.need_text("told"),
                of: inner.need_text("of"),
                only: inner.need_text("where"),
            },
            inner,
        )
    } else if let Some(inner) = section.section("maps") {
        let codes = inner
            .entries()
            .iter()
            .filter(|(key, _)| key != "of")
            .map(|(key, item)| (key.clone(), inner.file.texts(item, key)));
        (
            WordShape::Maps {
                of: inner.need_text("of"),
                codes: codes.collect(),
            },
            inner,
        )
    } else if let Some(inner) = section.section("nearest_period") {
        let working_days = match inner.need_text("unit").as_str() {
            "working days" => true,
            "days" => false,
            other => {
                inner.diagnose(
                    "unit",
                    DiagnosticCode::UnknownCode,
                    format!("`{other}` is no unit"),
                    "days or working days",
                );
                false
            }
        };
        (WordShape::Nearest { working_days }, inner)
    } else if let Some(inner) = section.section("full_steps") {
        (
            WordShape::FullSteps {
                of: inner.need_text("of"),
                beyond: small(&inner, "beyond"),
                each: small(&inner, "each"),
            },
            inner,
        )
    } else {
        let shapes = "age, elapsed, day, months_paid, months_steps, top_mean, full_steps, begins, ends, latest, maps or nearest_period";
        section.file.diagnose(
            section.line,
            DiagnosticCode::MissingKey,
            format!("`{}` says not how it is derived", section.name),
            shapes,
        );
        return WordShape::Unread;
    };
    inner.done();
    shape
}
