//! A file of complaints asks what a complaint can tell: a fact of workers who claim benefits is never known there.

use crate::compile::ast::{RuleFile, WordShape};
use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::lower::builder::Builder;
use crate::facts::{GROUPS, Group};
use crate::rulebook::FileKind;

pub(super) fn check(builder: &Builder<'_>) {
    for (number, rule_file) in builder.files.iter().enumerate() {
        if !matches!(rule_file.kind, FileKind::Complaint | FileKind::Urgency) {
            continue;
        }
        for (name, line, what) in names(rule_file) {
            if of_workers_only(name) {
                builder.diagnose(
                    number,
                    line,
                    DiagnosticCode::NeverMatches,
                    format!("{what} names `{name}`, a fact of workers that no complaint tells"),
                    "a fact of complaints or of jobs",
                );
            }
        }
    }
}

/// The names of days, numbers and facts that a file asks outside its conditions, and those inside them.
fn names(rule_file: &RuleFile) -> Vec<(&str, u32, &'static str)> {
    let mut names: Vec<(&str, u32, &'static str)> = Vec::new();
    for period in &rule_file.periods {
        names.extend(period.after.iter().map(|name| (name.as_str(), period.line, "`after`")));
        names.extend(period.clock.iter().map(|name| (name.as_str(), period.line, "`clock`")));
        names.extend(period.condition.iter().map(|name| (name.as_str(), period.line, "`if`")));
        for (key, ends) in [
            ("`done`", &period.done),
            ("`overtaken`", &period.overtaken),
            ("`suspended`", &period.suspended),
        ] {
            names.extend(ends.iter().map(|name| (name.as_str(), period.line, key)));
        }
    }
    for table in &rule_file.tables {
        names.extend(table.clock.iter().map(|name| (name.as_str(), table.line, "`clock`")));
        names.extend(table.band.iter().map(|name| (name.as_str(), table.line, "`band`")));
        names.extend(table.keys.iter().map(|(_, name)| (name.as_str(), table.line, "`keys`")));
    }
    names.extend(rule_file.clock.iter().map(|name| (name.as_str(), rule_file.line, "`clock`")));
    names.extend(rule_file.danger.iter().map(|name| (name.as_str(), rule_file.line, "`danger`")));
    for word in &rule_file.words {
        let asked: Vec<&String> = match &word.shape {
            WordShape::Age { of, on } => vec![of, on],
            WordShape::Elapsed { from, to, .. } => vec![from, to],
            WordShape::Day { from, .. } => vec![from],
            WordShape::MonthsPaid { before, .. } | WordShape::MonthsSteps { before, .. } => vec![before],
            WordShape::TopMean { of, months, .. } => vec![of, months],
            WordShape::Begins { of } | WordShape::Maps { of, .. } | WordShape::FullSteps { of, .. } => vec![of],
            WordShape::Ends { of, told_by, .. } => vec![of, told_by],
            WordShape::Latest { told, of, only } => vec![told, of, only],
            WordShape::Nearest { .. } | WordShape::Unread => Vec::new(),
        };
        names.extend(asked.into_iter().map(|name| (name.as_str(), word.line, "the word")));
    }
    let clauses = rule_file.clauses.iter();
    let versions = clauses.flat_map(|clause| {
        clause
            .earlier
            .iter()
            .chain([&clause.main])
            .filter_map(|version| version.when.as_ref())
    });
    let conditions = versions
        .chain(&rule_file.arises)
        .chain(rule_file.no_share.iter().filter_map(|kept| kept.unless.as_ref()));
    for when in conditions {
        names.extend(
            when.expression
                .names()
                .into_iter()
                .map(|name| (name.value.as_str(), when.line, "the condition")),
        );
    }
    names
}

/// Whether a fact is asked of workers and claims, and of no complaint.
fn of_workers_only(name: &str) -> bool {
    let has = |group: &Group| {
        let family = |fact: &str| name.strip_prefix(fact).is_some_and(|rest| rest.starts_with('.'));
        group.facts.iter().any(|fact| {
            let full = if group.prefix.is_empty() {
                fact.name.to_owned()
            } else {
                format!("{}.{}", group.prefix, fact.name)
            };
            full == name || family(&full)
        })
    };
    let of = |names: &[&str]| GROUPS.iter().filter(|group| names.contains(&group.name)).any(has);
    of(&["Worker", "Claim"]) && !of(&["Complaint", "Job"])
}
