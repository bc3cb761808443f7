//! Lists that must be whole: a code added later may not fall through.

use std::collections::{BTreeMap, BTreeSet};

use crate::compile::ast::{self, RuleFile, WordShape};
use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::lower::builder::{Builder, Context};
use crate::compile::lower::names::Target;
use crate::compile::source::{Data, File};
use crate::criterion::Node;
use crate::facts::{FactId, FactKind};
use crate::rulebook::FileKind;

/// The codes of a map for what it says nothing of.
const REST: [&str; 2] = ["rest", "none"];

pub(super) fn check(builder: &mut Builder<'_>) {
    for number in 0..builder.files.len() {
        let Some(rule_file) = builder.rule_file(number) else { continue };
        for word in &rule_file.words {
            map(builder, number, word);
        }
        for table in rule_file.tables.iter().filter(|table| table.before.is_none()) {
            for (column, name) in &table.keys {
                keys(builder, number, rule_file, table, column, name);
            }
        }
        if rule_file.kind == FileKind::Urgency {
            levels(builder, number, rule_file);
        }
    }
    precedence(builder);
    happenings(builder);
    unmentioned(builder);
}

fn codes_of(builder: &Builder<'_>, fact: FactId) -> Vec<String> {
    let layout = &builder.book.program.layout;
    let list = layout
        .fact(fact)
        .and_then(|info| info.list)
        .and_then(|list| layout.lists.get(usize::from(list)));
    list.map(|list| list.codes.clone())
        .unwrap_or_default()
        .iter()
        .map(ToString::to_string)
        .collect()
}

fn map(builder: &Builder<'_>, number: usize, word: &ast::Word) {
    let WordShape::Maps { of, codes } = &word.shape else { return };
    let Some(fact) = builder.book.program.layout.fact_number(of) else {
        return;
    };
    let all = codes_of(builder, fact);
    let mut placed: BTreeSet<&str> = BTreeSet::new();
    for code in codes.iter().flat_map(|(_, from)| from) {
        if !all.contains(code) {
            let expected = super::near(code, all.iter().map(String::as_str), &format!("a code of `{of}`"));
            builder.diagnose(
                number,
                word.line,
                DiagnosticCode::UnknownCode,
                format!("`{}` maps `{code}`, which is no code of `{of}`", word.id),
                expected,
            );
        } else if !placed.insert(code) {
            builder.diagnose(
                number,
                word.line,
                DiagnosticCode::Shadowing,
                format!("`{}` maps `{code}` twice", word.id),
                "one place for each code",
            );
        }
    }
    let left: Vec<&str> = all.iter().map(String::as_str).filter(|code| !placed.contains(code)).collect();
    if !left.is_empty() {
        let message = format!("`{}` says nothing of {} of `{of}`", word.id, quoted(&left));
        builder.diagnose(
            number,
            word.line,
            DiagnosticCode::IncompleteList,
            message,
            format!("a place for each, or rest = [{}]", listed(&left)),
        );
    }
}

fn keys(builder: &mut Builder<'_>, number: usize, rule_file: &RuleFile, table: &ast::Table, column: &str, name: &str) {
    let context = Context {
        file: number,
        option: None,
        job: true,
    };
    let expected: Vec<String> = match builder.resolve(context, name) {
        Some(Target::Fact(fact)) => codes_of(builder, fact),
        Some(Target::Word(word)) => match rule_file.words.get(word).map(|word| &word.shape) {
            Some(WordShape::Maps { codes, .. }) => codes
                .iter()
                .map(|(code, _)| code.clone())
                .filter(|code| !REST.contains(&code.as_str()))
                .collect(),
            Some(WordShape::MonthsSteps { steps, .. }) => (1..=steps.len()).map(|step| step.to_string()).collect(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    let at = builder.file(number);
    let Some(place) = table.columns.iter().position(|known| known == column) else {
        return;
    };
    let cells = table.rows.iter().filter_map(|row| {
        if let Data::List(cells) = &row.data {
            cells.get(place)
        } else {
            None
        }
    });
    let given: BTreeSet<String> = cells
        .map(|cell| {
            if let Data::Whole(whole) = cell.data {
                whole.to_string()
            } else {
                at.texts(cell, column).join("")
            }
        })
        .collect();
    let left: Vec<&str> = expected.iter().map(String::as_str).filter(|code| !given.contains(*code)).collect();
    if table.csv.is_none() && !left.is_empty() {
        let message = format!("`{}` has no row for {} of `{name}`", table.id, quoted(&left));
        builder.diagnose(
            number,
            table.line,
            DiagnosticCode::IncompleteList,
            message,
            "a row for each, or before = \"none\" or \"not_read\"",
        );
    }
}

fn levels(builder: &Builder<'_>, number: usize, rule_file: &RuleFile) {
    let all = builder
        .book
        .program
        .layout
        .list("urgency")
        .map_or(&[][..], |list| list.codes.as_slice());
    let left: Vec<&str> = all
        .iter()
        .map(AsRef::as_ref)
        .filter(|level| !rule_file.levels.iter().any(|known| known == level))
        .collect();
    if !left.is_empty() {
        builder.diagnose(
            number,
            rule_file.line,
            DiagnosticCode::IncompleteList,
            format!("`levels` leaves out {}", quoted(&left)),
            "every code of `urgency`, most urgent first",
        );
    }
}

/// Every kind of complaint, encoded or not.
pub(super) fn kinds<'b>(builder: &'b Builder<'_>) -> Vec<&'b str> {
    let encoded = builder
        .files
        .iter()
        .filter(|file| file.kind == FileKind::Complaint)
        .map(|file| file.id.as_str());
    encoded
        .chain(builder.book.other_kinds.iter().map(|kind| kind.id.as_str()))
        .collect()
}

fn precedence(builder: &Builder<'_>) {
    let kinds = kinds(builder);
    let at = File {
        path: "complaints/precedence.toml",
        ledger: builder.ledger,
    };
    let precedence = &builder.registry.precedence;
    let mut named: BTreeMap<&str, u32> = BTreeMap::new();
    for kind in precedence.order.iter().chain(&precedence.rest) {
        if !kinds.contains(&kind.as_str()) {
            let expected = super::near(kind, kinds.iter().copied(), "a kind of complaint");
            at.diagnose(
                1,
                DiagnosticCode::UnknownName,
                format!("the order names `{kind}`, which is no kind of complaint"),
                expected,
            );
        }
        let times = named.entry(kind).or_default();
        *times = times.saturating_add(1);
        if *times == 2 {
            at.diagnose(1, DiagnosticCode::Shadowing, format!("the order names `{kind}` twice"), "one place");
        }
    }
    let left: Vec<&str> = kinds.into_iter().filter(|kind| !named.contains_key(kind)).collect();
    if !left.is_empty() {
        at.diagnose(
            1,
            DiagnosticCode::IncompleteList,
            format!("the order leaves out {}", quoted(&left)),
            "every kind of complaint under `order` or `rest`",
        );
    }
}

/// What may happen must matter somewhere: else a complaint of it reaches nobody.
fn happenings(builder: &Builder<'_>) {
    let program = &builder.book.program;
    if kinds(builder).is_empty() {
        return;
    }
    let named: BTreeSet<FactId> = program
        .nodes
        .iter()
        .filter_map(|node| if let Node::Is(fact) = node { Some(*fact) } else { None })
        .collect();
    let at = File {
        path: "vocabulary/codes.toml",
        ledger: builder.ledger,
    };
    for (number, fact) in FactId::of_each(&program.layout.facts) {
        if fact.name.starts_with("happened.") && !named.contains(&number) {
            let line = builder.line_of("vocabulary/codes.toml", fact.name.trim_start_matches("happened."));
            at.diagnose(
                line,
                DiagnosticCode::IncompleteList,
                format!("no condition asks `{}`: such a complaint reaches nobody", fact.name),
                "a kind of complaint that arises from it",
            );
        }
    }
}

fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
}

/// A code of a fact of which conditions tell other codes apart, and that none mentions: who gives it is taken for none of them.
fn unmentioned(builder: &Builder<'_>) {
    let program = &builder.book.program;
    let mut mentioned: BTreeMap<FactId, BTreeSet<String>> = BTreeMap::new();
    let mut mention = |fact: FactId, codes: &mut dyn Iterator<Item = String>| mentioned.entry(fact).or_default().extend(codes);
    for node in &program.nodes {
        if let Node::Among(fact, numbers) = node {
            let codes = codes_of(builder, *fact);
            mention(
                *fact,
                &mut numbers.iter().filter_map(|number| codes.get(usize::from(*number)).cloned()),
            );
        }
    }
    for word in builder.files.iter().flat_map(|file| &file.words) {
        if let WordShape::Maps { of, codes } = &word.shape
            && let Some(fact) = program.layout.fact_number(of)
        {
            mention(fact, &mut codes.iter().flat_map(|(_, from)| from.iter().cloned()));
        }
    }
    let path = "vocabulary/codes.toml";
    let at = File {
        path,
        ledger: builder.ledger,
    };
    let mut left: BTreeMap<(String, String), Vec<&str>> = BTreeMap::new();
    let mut somewhere: BTreeSet<(String, String)> = BTreeSet::new();
    for (fact, codes) in &mentioned {
        let Some(info) = program.layout.fact(*fact).filter(|info| info.kind == FactKind::Code) else {
            continue;
        };
        let list = info.list.and_then(|list| program.layout.lists.get(usize::from(list)));
        let Some(list) = list else { continue };
        for code in codes_of(builder, *fact) {
            let key = (list.id.to_string(), code);
            if codes.contains(&key.1) {
                somewhere.insert(key);
            } else {
                left.entry(key).or_default().push(info.name.as_str());
            }
        }
    }
    let reviewed = &builder.registry.not_told_apart;
    let known = |list: &str, code: &str| reviewed.iter().any(|(id, name, _)| id == list && name == code);
    for ((list, code), facts) in left.iter().filter(|(key, _)| !somewhere.contains(key) && !known(&key.0, &key.1)) {
        at.warn(
            builder.line_in(path, &format!("list.{list}"), code),
            DiagnosticCode::Suspicious,
            format!("no condition mentions the code `{code}` of `{}`", facts.join("`, `")),
            format!("a condition or a map that does, or `{code}` under `not_told_apart` of the list"),
        );
    }
    for (list, code, line) in reviewed {
        let is_code = program.layout.list(list).is_some_and(|list| list.index(code).is_some());
        if !is_code {
            at.diagnose(
                *line,
                DiagnosticCode::UnknownCode,
                format!("`not_told_apart` names `{code}`, which is no code of `{list}`"),
                "a code of the list",
            );
        } else if somewhere.contains(&(list.clone(), code.clone())) {
            at.warn(
                *line,
                DiagnosticCode::Suspicious,
                format!("`not_told_apart` names `{code}`, and a condition mentions it"),
                "no such entry",
            );
        }
    }
}
