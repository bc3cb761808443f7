//! Every agency, number, form and code that a rule file names is one.

use super::on_list;
use crate::compile::ast::{self, RuleFile};
use crate::compile::diagnostics::{Diagnostic, DiagnosticCode};
use crate::compile::lower::builder::Builder;
use crate::compile::source::File;
use crate::facts::FactKind;
use crate::rulebook::{FileKind, Strength};

pub(super) fn check(builder: &Builder<'_>) {
    for (number, rule_file) in builder.files.iter().enumerate() {
        let at = builder.file(number);
        head(builder, number, rule_file, &at);
        for rule in &rule_file.rules {
            of_rule(builder, number, rule_file, rule, &at);
        }
        for amount in &rule_file.amounts {
            if let Some(per) = &amount.per {
                on_list(builder, &at, amount.line, "per", &[], per, "`per`");
            }
        }
        for period in &rule_file.periods {
            for (list, code) in [("binds", &period.binds), ("late", &period.late)] {
                if let Some(code) = code {
                    on_list(builder, &at, period.line, list, &[], code, &format!("`{list}`"));
                }
            }
            for by in period.extension.iter().filter_map(|extension| extension.by.as_ref()) {
                builder.agency(number, by, period.line);
            }
        }
        for note in &rule_file.notes {
            on_list(builder, &at, note.line, "note_status", &[], &note.status, "the status");
        }
        let agencies = agencies(builder);
        for kept in &rule_file.no_share {
            for what in &kept.what {
                on_list(builder, &at, kept.line, "information", &[], what, "`what`");
            }
            for with in &kept.with {
                on_list(builder, &at, kept.line, "recipient", &agencies, with, "`with`");
            }
        }
    }
}

fn agencies<'b>(builder: &'b Builder<'_>) -> Vec<&'b str> {
    builder.registry.agencies.iter().map(|agency| agency.id.as_str()).collect()
}

/// Contingencies by option name every option of the file, and no other.
fn option_contingencies(builder: &Builder<'_>, number: usize, rule_file: &RuleFile) {
    for (option, _) in &rule_file.options {
        if !rule_file.option_contingencies.iter().any(|(named, _)| named == option) {
            builder.diagnose(
                number,
                rule_file.line,
                DiagnosticCode::MissingKey,
                format!("`contingencies` says nothing of option {option}"),
                "a list for each option of the file",
            );
        }
    }
    for (named, _) in &rule_file.option_contingencies {
        if !rule_file.options.iter().any(|(option, _)| option == named) {
            let options = rule_file.options.iter().map(|(option, _)| option.as_str());
            let expected = super::near(named, options, "an option of the file");
            builder.diagnose(
                number,
                rule_file.line,
                DiagnosticCode::UnknownName,
                format!("`contingencies` names `{named}`, which is no option of this file"),
                expected,
            );
        }
    }
}

fn head(builder: &Builder<'_>, number: usize, rule_file: &RuleFile, at: &File<'_>) {
    for contingency in &rule_file.contingencies {
        on_list(builder, at, rule_file.line, "contingency", &[], contingency, "a contingency");
    }
    if !rule_file.option_contingencies.is_empty() {
        option_contingencies(builder, number, rule_file);
    }
    for level in &rule_file.levels {
        on_list(builder, at, rule_file.line, "urgency", &[], level, "a level");
    }
    if let Some(unknown) = &rule_file.while_unknown {
        for level in unknown.urgency.iter().chain(&unknown.with_child) {
            on_list(builder, at, rule_file.line, "urgency", &[], level, "`while_unknown.urgency`");
        }
        calls(at, rule_file.line, &unknown.call);
    }
    for fact in &rule_file.danger {
        let layout = &builder.book.program.layout;
        let is_flag = layout
            .fact_number(fact)
            .and_then(|fact| layout.fact(fact))
            .is_some_and(|fact| fact.kind == FactKind::YesNo);
        if !is_flag {
            let flags = layout
                .facts
                .iter()
                .filter(|fact| fact.kind == FactKind::YesNo)
                .map(|fact| fact.name.as_str());
            let expected = super::near(fact, flags, "a yes/no fact");
            builder.diagnose(
                number,
                rule_file.line,
                DiagnosticCode::UnknownName,
                format!("`danger` names `{fact}`, which is no yes/no fact"),
                expected,
            );
        }
    }
}

/// What a rule gives must be seen somewhere: a decision shows the amount of a benefit, and benefits are those of schemes.
fn benefit(builder: &Builder<'_>, number: usize, rule_file: &RuleFile, rule: &ast::Rule) {
    let shown = rule_file.kind == FileKind::Scheme && rule.gives.is_none();
    for (key, set) in [("amount", rule.amount.is_some()), ("claim", !rule.claim.is_empty())] {
        if set && !shown {
            let message = format!("`{}` has `{key}`, which no decision shows: it is no benefit of a scheme", rule.id);
            let expected = "`pays` on a rule that gives a status, or a rule without `gives` in a file of a scheme";
            let file = builder.file(number);
            let diagnostic = Diagnostic::new(file.path, rule.line, DiagnosticCode::UnknownKey, message, expected);
            // What a standard gives is reckoned, and reaches no decision yet.
            let standard = rule_file.kind == FileKind::Standard && rule.gives.is_none();
            file.note(if standard { diagnostic.warning() } else { diagnostic });
        }
    }
}

fn of_rule(builder: &Builder<'_>, number: usize, rule_file: &RuleFile, rule: &ast::Rule, at: &File<'_>) {
    if let Some(gives) = &rule.gives {
        if rule_file.kind == FileKind::Urgency {
            on_list(builder, at, rule.line, "urgency", &[], gives, "`gives`");
        } else if Strength::of(gives).is_none() {
            let expected = super::near(gives, Strength::EVERY.iter().map(|one| one.code()), "covered or eligible");
            builder.diagnose(
                number,
                rule.line,
                DiagnosticCode::UnknownCode,
                format!("`gives` is `{gives}`"),
                expected,
            );
        }
    }
    for contingency in rule.contingencies.iter().flatten() {
        on_list(builder, at, rule.line, "contingency", &[], contingency, "a contingency");
    }
    for kind in &rule.claim {
        on_list(builder, at, rule.line, "claim_kind", &[], kind, "a kind of claim");
    }
    benefit(builder, number, rule_file, rule);
    for option in rule.options.iter().flatten() {
        if !rule_file.options.iter().any(|(known, _)| known == option) {
            let expected = super::near(
                option,
                rule_file.options.iter().map(|(known, _)| known.as_str()),
                "an option of the file",
            );
            builder.diagnose(
                number,
                rule.line,
                DiagnosticCode::UnknownCode,
                format!("`{option}` is no option of `{}`", rule_file.id),
                expected,
            );
        }
    }
    let Some(route) = &rule.route else { return };
    if !matches!(rule_file.kind, FileKind::Complaint | FileKind::Urgency) {
        builder.diagnose(
            number,
            rule.line,
            DiagnosticCode::UnknownKey,
            format!("`{}` says who hears it, and the file is about no complaint", rule.id),
            "kind = \"complaint\"",
        );
    }
    if let Some(level) = &route.urgency_at_least {
        on_list(builder, at, rule.line, "urgency", &[], level, "`urgency_at_least`");
    }
    calls(at, rule.line, &route.call);
    let agencies = agencies(builder);
    for ast::PathStep { from, to, .. } in &route.path {
        on_list(builder, at, rule.line, "channel", &agencies, from, "`path.from`");
        let bodies: Vec<&str> = builder
            .registry
            .community
            .iter()
            .map(|body| body.id.as_str())
            .chain(agencies.iter().copied())
            .collect();
        if !bodies.contains(&to.as_str()) {
            let expected = super::near(to, bodies.into_iter(), "an agency or a community body");
            at.diagnose(
                rule.line,
                DiagnosticCode::UnknownName,
                format!("`path.to` is `{to}`, which is no agency"),
                expected,
            );
        }
    }
    let kinds = super::lists::kinds(builder);
    for kind in &route.keeps {
        if !kinds.contains(&kind.as_str()) {
            let expected = super::near(kind, kinds.iter().copied(), "a kind of complaint");
            at.diagnose(
                rule.line,
                DiagnosticCode::UnknownName,
                format!("`keeps` names `{kind}`, which is no kind of complaint"),
                expected,
            );
        }
    }
    for other in &route.instead_of {
        let others = || rule_file.rules.iter().filter(|known| known.route.is_some() && known.id != rule.id);
        if !others().any(|known| known.id == *other) {
            let expected = super::near(
                other,
                others().map(|known| known.id.as_str()),
                "another rule of this file that says who hears it",
            );
            builder.diagnose(
                number,
                rule.line,
                DiagnosticCode::UnknownName,
                format!("`instead_of` names `{other}`"),
                expected,
            );
        }
    }
    // A body near home hands on to whom it may: the rule's own lead is the competent office.
    for ast::PathStep { from, to, .. } in &route.path {
        let body = builder.registry.community.iter().find(|body| body.id == *from);
        let competent = |allowed: &str| allowed == "competent_office" && route.lead.as_deref() == Some(to.as_str());
        if let Some(body) = body.filter(|body| !body.forwards_to.iter().any(|allowed| *allowed == *to || competent(allowed))) {
            let allowed: Vec<&str> = body.forwards_to.iter().map(AsRef::as_ref).collect();
            at.diagnose(
                rule.line,
                DiagnosticCode::UnknownCode,
                format!("`{from}` passes nothing on to `{to}`"),
                allowed.join(", "),
            );
        }
    }
    for step in &route.tell {
        if let ast::Step::Period(name, line) = step {
            at.diagnose(
                *line,
                DiagnosticCode::WrongType,
                format!("`tell` names the period `{name}`"),
                "a sentence, or the period under `steps`",
            );
        }
    }
}

/// Numbers that can be dialled.
pub(super) fn calls(at: &File<'_>, line: u32, numbers: &[impl AsRef<str>]) {
    for number in numbers.iter().map(AsRef::as_ref) {
        let digits = number.bytes().filter(u8::is_ascii_digit).count();
        if digits < 3
            || !number
                .bytes()
                .all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b' ' | b'+'))
        {
            at.diagnose(
                line,
                DiagnosticCode::Impossible,
                format!("`{number}` is no telephone number"),
                "digits, as they are dialled",
            );
        }
    }
}
