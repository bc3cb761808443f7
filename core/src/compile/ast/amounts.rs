//! Amounts and periods.

use super::parts::{Citing, Words, citing, length, need_citation, operand, text};
use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::source::{Data, Section};
use crate::values::{Date, Length, Rounding};

/// An amount.
#[derive(Debug, Clone)]
pub struct Amount {
    /// Its name.
    pub id: String,
    /// The line.
    pub line: u32,
    /// Its name for people.
    pub text: Words,
    /// `flat`.
    pub flat: Option<String>,
    /// `rate`.
    pub rate: Option<String>,
    /// `units`.
    pub units: Option<String>,
    /// `of`.
    pub of: Option<String>,
    /// `floor`.
    pub floor: Option<String>,
    /// `ceiling`.
    pub ceiling: Option<String>,
    /// `at_most`.
    pub at_most: Option<String>,
    /// `sum`.
    pub sum: Vec<String>,
    /// `per`.
    pub per: Option<String>,
    /// `round`.
    pub round: Rounding,
    /// One for each job.
    pub each_job: bool,
    /// Only where this clause is met.
    pub condition: Option<String>,
    /// Limits that are said.
    pub limits: Vec<Words>,
    /// What is not read.
    pub open: Option<String>,
    /// Citations.
    pub cite: Citing,
}

/// A period.
#[derive(Debug, Clone)]
pub struct Period {
    /// Its name.
    pub id: String,
    /// The line.
    pub line: u32,
    /// Its name for people.
    pub text: Words,
    /// The event or period after which it runs.
    pub after: Option<String>,
    /// The first day, which counts.
    pub first: Option<Date>,
    /// Its length.
    pub length: Option<Length>,
    /// Earlier lengths, oldest first.
    pub earlier: Vec<EarlierLength>,
    /// The day that picks the length.
    pub clock: Option<String>,
    /// Moved past closing days.
    pub rolls: bool,
    /// Only where this clause is met.
    pub condition: Option<String>,
    /// Done where one of these is met.
    pub done: Vec<String>,
    /// Overtaken where one of these is met.
    pub overtaken: Vec<String>,
    /// Suspended while one of these is met.
    pub suspended: Vec<String>,
    /// Whom it binds.
    pub binds: Option<String>,
    /// What being late means.
    pub late: Option<String>,
    /// Its last day makes a complaint urgent.
    pub warn: bool,
    /// How it may be extended.
    pub extension: Option<Extension>,
    /// Citations.
    pub cite: Citing,
}

/// A length that stood until a day.
#[derive(Debug, Clone)]
pub struct EarlierLength {
    /// Its last day.
    pub until: Date,
    /// The length.
    pub length: Length,
    /// Citations.
    pub cite: Citing,
}

/// How a period may be extended.
#[derive(Debug, Clone)]
pub struct Extension {
    /// Who extends it.
    pub by: Option<String>,
    /// When it must be asked.
    pub ask_within: Option<String>,
    /// The sentence.
    pub text: Words,
    /// Citations.
    pub cite: Citing,
}

pub(super) fn amount(id: &str, section: &Section<'_>) -> Amount {
    let round = match section.text("round").as_deref() {
        None | Some("satang_half_up") => Rounding::SatangHalfUp,
        Some("baht_half_up") => Rounding::BahtHalfUp,
        Some("baht_down") => Rounding::BahtDown,
        Some(other) => {
            section.diagnose(
                "round",
                DiagnosticCode::UnknownCode,
                format!("`{other}` is no rounding"),
                "baht_half_up, baht_down or satang_half_up",
            );
            Rounding::SatangHalfUp
        }
    };
    let limits = section.list("limits").iter().map(|item| match &item.data {
        Data::Text(th) => Words { th: th.clone(), en: None },
        _ => {
            let inner = section.file.section(item, "limits");
            let limit = text(&inner);
            let _ = citing(&inner);
            inner.done();
            limit
        }
    });
    let amount = Amount {
        id: id.to_owned(),
        line: section.line,
        text: text(section),
        flat: operand(section, "flat"),
        rate: operand(section, "rate"),
        units: operand(section, "units"),
        of: operand(section, "of"),
        floor: operand(section, "floor"),
        ceiling: operand(section, "ceiling"),
        at_most: operand(section, "at_most"),
        sum: section.texts("sum"),
        per: section.text("per"),
        round,
        each_job: section.text("each").is_some_and(|each| each == "job"),
        condition: section.text("if"),
        limits: limits.collect(),
        open: section.text("open"),
        cite: citing(section),
    };
    section.done();
    amount
}

pub(super) fn period(id: &str, section: &Section<'_>) -> Period {
    let earlier = section.list("earlier").iter().filter_map(|item| {
        let inner = section.file.section(item, &format!("{}.earlier", section.name));
        let read = inner
            .need_day("until")
            .zip(length(&inner, "length"))
            .map(|(until, length)| EarlierLength {
                until,
                length,
                cite: citing(&inner),
            });
        let _ = citing(&inner);
        inner.done();
        read
    });
    let extension = section.section("extension").map(|inner| {
        let read = Extension {
            by: inner.text("by"),
            ask_within: inner.text("ask_within"),
            text: text(&inner),
            cite: citing(&inner),
        };
        inner.done();
        read
    });
    let period = Period {
        id: id.to_owned(),
        line: section.line,
        text: text(section),
        after: section.text("after"),
        first: section.day("first"),
        length: length(section, "length"),
        earlier: earlier.collect(),
        clock: section.text("clock"),
        rolls: section.flag("roll").unwrap_or(true),
        condition: section.text("if"),
        done: section.texts("done"),
        overtaken: section.texts("overtaken"),
        suspended: section.texts("suspended"),
        binds: section.text("binds"),
        late: section.text("late"),
        warn: section.flag("warn").unwrap_or(false),
        extension,
        cite: citing(section),
    };
    need_citation(section, &period.cite);
    section.done();
    period
}
