//! The benefits of the event that is claimed for.

use super::Wanted;
use super::assess::settled;
use super::decision::{BenefitShown, SchemeShown};
use super::last_day::until;
use super::status::Status;
use crate::criterion::Gaps;
use crate::facts::{FactId, Value};
use crate::law::{Judge, Law, Missing, NotRead, Verdict};
use crate::rulebook::{FileInfo, FileKind, Rule};
use crate::values::Text;

/// A benefit of the stated claim that is not decided.
pub(super) struct Claimed {
    /// `scheme.rule`.
    benefit: Text,
    missing: Vec<Missing>,
}

impl Claimed {
    pub(super) fn wanted(&self) -> Wanted<'_> {
        (&self.benefit, &self.missing)
    }
}

/// What the undecided benefits of the stated claim still need. A benefit is of the claim where it hangs on something that was said of it:
/// who claims for a birth is not asked when treatment began.
pub(super) fn claimed(law: &Law, judge: &mut Judge<'_>) -> Vec<Claimed> {
    let stated = stated(law, judge);
    if stated.is_empty() {
        return Vec::new();
    }
    let layout = &law.book().program.layout;
    let mut silent = judge.subject().clone();
    for (fact, _) in &stated {
        silent.set(layout, *fact, None, Value::Unknown);
    }
    let mut before = Judge::new(law, &silent);
    let mut claimed = Vec::new();
    for (file, rule) in rules(law) {
        let (missing, _) = needed(judge, file, rule);
        if missing.is_empty() {
            continue;
        }
        let (asked, _) = needed(&mut before, file, rule);
        if asked.iter().any(|asked| stated.iter().any(|(_, name)| **name == asked.fact)) {
            claimed.push(Claimed {
                benefit: format!("{}.{}", scheme_of(file, rule), rule.id).into(),
                missing,
            });
        }
    }
    claimed
}

/// The facts of the claim that are told.
fn stated<'a>(law: &'a Law, judge: &Judge<'_>) -> Vec<(FactId, &'a Text)> {
    let layout = &law.book().program.layout;
    let facts = (0_u16..).zip(&layout.facts).filter(|(_, fact)| fact.name.starts_with("claim."));
    let told = facts.filter(|(number, _)| *judge.subject().value(layout, *number, None) != Value::Unknown);
    told.map(|(number, fact)| (number, &fact.name)).collect()
}

/// The rules of benefits, each with its scheme, as far as their files answer for the day.
fn rules(law: &Law) -> impl Iterator<Item = (&FileInfo, &Rule)> {
    let book = law.book();
    let benefits = book.rules.iter().filter(|rule| rule.gives.is_none() && rule.amount.is_some());
    benefits.filter_map(|rule| {
        let file = book.file(rule.file)?;
        (file.kind == FileKind::Scheme && law.day() >= file.since).then_some((file, rule))
    })
}

fn needed(judge: &mut Judge<'_>, file: &FileInfo, rule: &Rule) -> (Vec<Missing>, Vec<NotRead>) {
    let mut gaps = Gaps::default();
    if judge.rule_verdict(rule) == Verdict::Undetermined {
        judge.look_at_rule(rule, &mut gaps);
    }
    judge.sort_gaps(&gaps, file.authority.as_deref())
}

/// The benefits; none where no claim is spoken of.
pub(super) fn benefits(law: &Law, judge: &mut Judge<'_>, schemes: &[SchemeShown]) -> Vec<BenefitShown> {
    if stated(law, judge).is_empty() {
        return Vec::new();
    }
    let mut shown = Vec::new();
    for (file, rule) in rules(law) {
        let scheme = scheme_of(file, rule);
        let verdict = judge.rule_verdict(rule);
        let closed = |shown: &SchemeShown| shown.scheme == scheme && shown.status == Status::NotEligible && rule.option.is_some();
        // A benefit of an option that is closed to the person is shown only where it may be due all the same.
        if verdict == Verdict::Unmet && schemes.iter().any(closed) {
            continue;
        }
        let job = judge.deciding_job(rule);
        let (missing, not_read) = needed(judge, file, rule);
        let amount = rule
            .amount
            .filter(|_| verdict != Verdict::Unmet)
            .and_then(|amount| judge.amount(amount, job, None));
        let confidence = judge.confidence(rule.person, None);
        let settled = settled(matches!(verdict, Verdict::Met | Verdict::Unmet), confidence, &amount);
        shown.push(BenefitShown {
            scheme,
            rule: rule.id.clone(),
            th: rule.words.th.clone(),
            en: rule.words.en.clone(),
            verdict,
            confidence,
            reasons: judge.reasons(rule),
            amount,
            until: until(judge, rule),
            missing,
            not_read,
            confirm: if settled { None } else { judge.confirm(file.authority.as_deref()) },
        });
    }
    shown
}

fn scheme_of(file: &FileInfo, rule: &Rule) -> Text {
    rule.option
        .and_then(|option| file.memberships.get(usize::from(option)))
        .map_or_else(|| file.id.clone(), |membership| membership.id.clone())
}
