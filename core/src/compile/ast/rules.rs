//! Clauses with their versions, and rules.

use super::complaints::{Route, route};
use super::parts::{Citing, FirstDay, When, Words, citing, from_day, need_citation, text, when};
use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::source::{Data, Item, Section};
use crate::values::Date;

/// One version of a clause.
#[derive(Debug, Clone)]
pub struct Version {
    /// The last day, for earlier versions.
    pub until: Option<Date>,
    /// The sentence.
    pub text: Words,
    /// The condition; the main version's where it is not repeated.
    pub when: Option<When>,
    /// Citations.
    pub cite: Citing,
    /// A second reading.
    pub other: Option<Box<Version>>,
}

/// A clause.
#[derive(Debug, Clone)]
pub struct Clause {
    /// Its name.
    pub id: String,
    /// The line.
    pub line: u32,
    /// The first day.
    pub from: Option<FirstDay>,
    /// The last day.
    pub until: Option<Date>,
    /// The clause that it follows on.
    pub replaces: Option<String>,
    /// Earlier versions, oldest first.
    pub earlier: Vec<Version>,
    /// The version in force.
    pub main: Version,
    /// What was not read.
    pub open: Option<String>,
    /// `any_job` or `main_job`.
    pub of: Option<String>,
}

/// A step or a thing to tell, or a period named as a step.
#[derive(Debug, Clone)]
pub enum Step {
    /// A sentence.
    Sentence { text: Words, at: Option<String>, cite: Citing },
    /// A period.
    Period(String, u32),
}

/// On which side of a rule a clause stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// It must be met.
    Requires,
    /// It must not be met.
    Excludes,
    /// Inside another condition.
    Inside,
}

/// A rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its name.
    pub id: String,
    /// The line.
    pub line: u32,
    /// Its name for people.
    pub text: Words,
    /// What follows.
    pub gives: Option<String>,
    /// `option` or `job`.
    pub each: Option<String>,
    /// Only these options.
    pub options: Option<Vec<String>>,
    /// What must be met.
    pub requires: Vec<String>,
    /// What must not be met.
    pub excludes: Vec<String>,
    /// The period that must still run.
    pub within: Option<String>,
    /// The first day.
    pub from: Option<FirstDay>,
    /// The last day.
    pub until: Option<Date>,
    /// The rule that it follows on.
    pub replaces: Option<String>,
    /// Amounts to pay.
    pub pays: Vec<String>,
    /// The amount that it gives.
    pub amount: Option<String>,
    /// Steps.
    pub steps: Vec<Step>,
    /// Contingencies.
    pub contingencies: Option<Vec<String>>,
    /// The kinds of claim that it answers.
    pub claim: Vec<String>,
    /// What a decision is headed with where this rule gives the status, instead of the name of the file.
    pub headline: Option<Words>,
    /// Citations.
    pub cite: Citing,
    /// Who must hear it.
    pub route: Option<Route>,
}

pub(super) fn version(section: &Section<'_>, main: Option<&Words>) -> Version {
    let text = match main {
        Some(main) if section.item("th").is_none() => main.clone(),
        _ => text(section),
    };
    let other = section.section("other").map(|inner| {
        let other = version(&inner, Some(&text));
        inner.done();
        Box::new(other)
    });
    Version {
        until: section.day("until"),
        when: when(section, "when"),
        cite: citing(section),
        text,
        other,
    }
}

pub(super) fn clause(id: &str, section: &Section<'_>) -> Clause {
    let main = version(section, None);
    let earlier = match section.item("earlier").map(|item| (item, &item.data)) {
        None => Vec::new(),
        Some((_, Data::List(list))) => list.iter().map(|item| earlier(section, item, &main.text)).collect(),
        Some((item, _)) => vec![earlier(section, item, &main.text)],
    };
    let clause = Clause {
        id: id.to_owned(),
        line: section.line,
        from: from_day(section),
        until: main.until,
        replaces: section.text("replaces"),
        earlier,
        open: section.text("open"),
        of: section.text("of"),
        main,
    };
    // A condition that does not parse is one: its own diagnostic is the only one.
    if section.item("when").is_none() && clause.open.is_none() {
        section.file.diagnose(
            section.line,
            DiagnosticCode::MissingKey,
            format!("`{}` has no `when`", section.name),
            "a condition, or `open`",
        );
    }
    need_citation(section, &clause.main.cite);
    section.done();
    clause
}

pub(super) fn earlier(section: &Section<'_>, item: &Item, main: &Words) -> Version {
    let inner = section.file.section(item, &format!("{}.earlier", section.name));
    let version = version(&inner, Some(main));
    if version.until.is_none() {
        inner.diagnose(
            "until",
            DiagnosticCode::MissingKey,
            "an earlier version has no `until`",
            "its last day",
        );
    }
    inner.done();
    version
}

fn sentence(section: &Section<'_>) -> Step {
    let step = Step::Sentence {
        text: text(section),
        at: section.text("at"),
        cite: citing(section),
    };
    section.done();
    step
}

pub(super) fn steps(section: &Section<'_>, key: &str) -> Vec<Step> {
    let items = section.list(key).iter();
    let step = |item: &Item| match &item.data {
        Data::Text(period) => Step::Period(period.clone(), item.line),
        _ => sentence(&section.file.section(item, &format!("{}.{key}", section.name))),
    };
    items.map(step).collect()
}

pub(super) fn rule(id: &str, section: &Section<'_>) -> Rule {
    let rule = Rule {
        id: id.to_owned(),
        line: section.line,
        text: text(section),
        gives: section.text("gives"),
        each: section.text("each"),
        options: section.item("options").map(|_| section.texts("options")),
        requires: section.texts("requires"),
        excludes: section.texts("excludes"),
        within: section.text("within"),
        from: from_day(section),
        until: section.day("until"),
        replaces: section.text("replaces"),
        pays: section.texts("pays"),
        amount: section.text("amount"),
        steps: steps(section, "steps"),
        claim: section.texts("claim"),
        contingencies: section.item("contingencies").map(|_| section.texts("contingencies")),
        headline: section.section("headline").map(|inner| {
            let words = text(&inner);
            inner.done();
            words
        }),
        cite: citing(section),
        route: route(section),
    };
    section.done();
    rule
}
