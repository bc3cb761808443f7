//! Clauses, rules and periods follow on each other without a gap and without an overlap.

use crate::compile::ast::{FirstDay, RuleFile};
use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::lower::builder::Builder;
use crate::values::Date;

/// Something with a first and a last day that may follow on another of its kind.
struct Dated<'d> {
    id: &'d str,
    line: u32,
    from: Option<FirstDay>,
    until: Option<Date>,
    replaces: Option<&'d str>,
}

pub(super) fn check(builder: &Builder<'_>) {
    for (number, rule_file) in builder.files.iter().enumerate() {
        if rule_file.checked_on < rule_file.since {
            let message = format!(
                "the file was checked on {}, before {}, since when it answers",
                rule_file.checked_on, rule_file.since
            );
            builder.diagnose(number, rule_file.line, DiagnosticCode::Impossible, message, "a later `checked_on`");
        }
        let clauses: Vec<Dated<'_>> = rule_file
            .clauses
            .iter()
            .map(|clause| Dated {
                id: &clause.id,
                line: clause.line,
                from: clause.from,
                until: clause.until,
                replaces: clause.replaces.as_deref(),
            })
            .collect();
        let rules: Vec<Dated<'_>> = rule_file
            .rules
            .iter()
            .map(|rule| Dated {
                id: &rule.id,
                line: rule.line,
                from: rule.from,
                until: rule.until,
                replaces: rule.replaces.as_deref(),
            })
            .collect();
        for (all, what) in [(&clauses, "clause"), (&rules, "rule")] {
            for one in all {
                stands(builder, number, rule_file, one, what);
                follows(builder, number, one, all, what);
            }
        }
        for clause in &rule_file.clauses {
            if clause.from.is_none() {
                let cite = clause.earlier.first().map_or(&clause.main.cite, |version| &version.cite);
                let at = builder.file(number);
                let cites = builder.registry.cite(&at, cite);
                builder.registry.in_force(&at, cite.line, &cites, first_used(rule_file, &clause.id));
            }
            let days = clause.earlier.iter().filter_map(|version| version.until).chain(clause.until);
            ascend(builder, number, clause.line, &clause.id, days);
        }
        for period in &rule_file.periods {
            ascend(
                builder,
                number,
                period.line,
                &period.id,
                period.earlier.iter().map(|earlier| earlier.until),
            );
        }
    }
}

/// The first day on which a clause without one of its own is asked: that of the earliest rule that names it, or of the file.
fn first_used(rule_file: &RuleFile, clause: &str) -> Date {
    let begins = |period: &str| {
        rule_file
            .periods
            .iter()
            .find(|known| known.id == period)
            .and_then(|period| period.first)
    };
    let naming = rule_file
        .rules
        .iter()
        .filter(|rule| rule.requires.iter().chain(&rule.excludes).any(|name| name == clause));
    let days = naming.map(|rule| {
        rule.from
            .map(|from| from.lead)
            .or_else(|| rule.within.as_deref().and_then(begins))
            .unwrap_or(rule_file.since)
    });
    days.min().map_or(rule_file.since, |first| first.max(rule_file.since))
}

fn ascend(builder: &Builder<'_>, number: usize, line: u32, id: &str, days: impl Iterator<Item = Date>) {
    let days: Vec<Date> = days.collect();
    if days.windows(2).any(|pair| matches!(pair, [first, second] if first >= second)) {
        let message = format!("the earlier versions of `{id}` do not follow on each other");
        builder.diagnose(
            number,
            line,
            DiagnosticCode::OverlapInTime,
            message,
            "the oldest first, each with a later `until`",
        );
    }
}

fn stands(builder: &Builder<'_>, number: usize, rule_file: &RuleFile, one: &Dated<'_>, what: &str) {
    let Some(until) = one.until else { return };
    if until < rule_file.since {
        let message = format!("the {what} `{}` ended on {until}, before the file answers", one.id);
        builder.diagnose(
            number,
            one.line,
            DiagnosticCode::NeverMatches,
            message,
            format!("a last day from {} on", rule_file.since),
        );
    }
    if one.from.is_some_and(|from| until < from.lead) {
        let message = format!("the {what} `{}` ends on {until}, before it begins", one.id);
        builder.diagnose(number, one.line, DiagnosticCode::OverlapInTime, message, "`until` after `from`");
    }
}

fn follows(builder: &Builder<'_>, number: usize, one: &Dated<'_>, all: &[Dated<'_>], what: &str) {
    let Some(before) = one.replaces else { return };
    let Some(earlier) = all.iter().find(|other| other.id == before) else {
        let expected = super::near(before, all.iter().map(|other| other.id), &format!("a {what} of this file"));
        builder.diagnose(
            number,
            one.line,
            DiagnosticCode::UnknownName,
            format!("`{}` replaces `{before}`, which is no {what}", one.id),
            expected,
        );
        return;
    };
    let (Some(from), Some(next)) = (one.from, earlier.until.and_then(|until| until.add_days(1))) else {
        let message = format!("`{}` replaces `{before}`, and one of them has no such day", one.id);
        builder.diagnose(
            number,
            one.line,
            DiagnosticCode::MissingKey,
            message,
            format!("`from` here and `until` on `{before}`"),
        );
        return;
    };
    if from.lead == next || from.other == Some(next) {
        return;
    }
    let (code, found) = if from.lead > next {
        (DiagnosticCode::GapInTime, "a gap")
    } else {
        (DiagnosticCode::OverlapInTime, "an overlap")
    };
    builder.diagnose(
        number,
        one.line,
        code,
        format!("between `{before}` and `{}` lies {found}", one.id),
        format!("from = {next}"),
    );
}
