//! One namespace per file: no name stands twice, and none hides a fact.

use std::collections::BTreeMap;

use crate::compile::ast::RuleFile;
use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::lower::builder::Builder;

const RESERVED: [&str; 3] = ["today", "month", "option"];

pub(super) fn check(builder: &Builder<'_>) {
    let mut ids: BTreeMap<&str, &str> = BTreeMap::new();
    for (number, rule_file) in builder.files.iter().enumerate() {
        if let Some(before) = ids.insert(&rule_file.id, &rule_file.path) {
            let message = format!("the file id `{}` stands in {before} too", rule_file.id);
            builder.diagnose(number, rule_file.line, DiagnosticCode::Shadowing, message, "an id of its own");
        }
        if is_group(builder, &rule_file.id) {
            builder.diagnose(
                number,
                rule_file.line,
                DiagnosticCode::Shadowing,
                format!("the file id `{}` hides a group of facts", rule_file.id),
                "another id",
            );
        }
        own_names(builder, number, rule_file);
    }
}

fn own_names(builder: &Builder<'_>, number: usize, rule_file: &RuleFile) {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for (id, line, what) in names(rule_file) {
        let hides = if RESERVED.contains(&id) || builder.book.program.layout.fact_number(id).is_some() {
            Some("a fact")
        } else if dotted(what) && is_group(builder, id) {
            Some("a group of facts")
        } else if dotted(what) && builder.files.iter().any(|file| file.id == id) {
            Some("a file")
        } else {
            None
        };
        if let Some(hidden) = hides {
            builder.diagnose(
                number,
                line,
                DiagnosticCode::Shadowing,
                format!("the {what} `{id}` hides {hidden} of the same name"),
                "another name",
            );
        }
        if let Some(before) = seen.insert(id, what) {
            builder.diagnose(
                number,
                line,
                DiagnosticCode::Shadowing,
                format!("`{id}` is a {before} and a {what}"),
                "a name of its own for each",
            );
        }
    }
}

/// Every name that a condition of the file may use.
fn names(rule_file: &RuleFile) -> Vec<(&str, u32, &'static str)> {
    let mut names: Vec<(&str, u32, &'static str)> = Vec::new();
    names.extend(rule_file.words.iter().map(|word| (word.id.as_str(), word.line, "word")));
    names.extend(rule_file.clauses.iter().map(|clause| (clause.id.as_str(), clause.line, "clause")));
    names.extend(rule_file.rules.iter().map(|rule| (rule.id.as_str(), rule.line, "rule")));
    names.extend(rule_file.tables.iter().map(|table| (table.id.as_str(), table.line, "table")));
    names.extend(rule_file.periods.iter().map(|period| (period.id.as_str(), period.line, "period")));
    names
}

/// Only tables and periods stand before a dot.
fn dotted(what: &str) -> bool {
    matches!(what, "table" | "period")
}

fn is_group(builder: &Builder<'_>, id: &str) -> bool {
    builder
        .book
        .program
        .layout
        .facts
        .iter()
        .any(|fact| fact.name.split_once('.').is_some_and(|(group, _)| group == id))
}
