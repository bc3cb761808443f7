//! The benefits of the event that is claimed for.

use super::Wanted;
use super::decision::{Benefit, SchemeDecision};
use super::last_day::{settled, until};
use super::status::Status;
use crate::criterion::Gaps;
use crate::facts::{FactId, Scope, Value};
use crate::law::{Amount, Assessment, Law, Missing, NotRead, Verdict};
use crate::rulebook::{FileInfo, FileKind, Rule};
use crate::values::Text;

/// A benefit, where a claim is spoken of, with what it still needs.
pub(super) struct Claimed<'a> {
    file: &'a FileInfo,
    rule: &'a Rule,
    scheme: Text,
    missing: Vec<Missing>,
    not_read: Vec<NotRead>,
    /// `scheme.rule`, where it is one of the stated claim.
    asks: Option<Text>,
}

impl Claimed<'_> {
    /// What is to be asked for the stated claim.
    pub(super) fn wanted(&self) -> Option<Wanted<'_>> {
        Some((self.asks.as_ref()?, &self.missing))
    }
}

/// Every benefit of the claim with what it still needs. Where the kind of the claim is told, the benefits of that kind; where no claim is
/// spoken of, those that are due all the same. One is asked about where it hangs on something that was said of the claim: who claims for a
/// birth is not asked when treatment began.
pub(super) fn claimed<'a>(law: &'a Law, assessment: &mut Assessment<'_>) -> Vec<Claimed<'a>> {
    let stated = stated(law, assessment);
    if stated.is_empty() {
        return rules(law)
            .filter(|(_, rule)| is_due(assessment, rule))
            .map(|(file, rule)| Claimed {
                file,
                rule,
                asks: None,
                scheme: scheme_of(file, rule),
                missing: Vec::new(),
                not_read: Vec::new(),
            })
            .collect();
    }
    let kind = kind(law, assessment);
    let layout = &law.book().program.layout;
    let mut silent = assessment.subject().clone();
    for (fact, _) in &stated {
        silent.set(layout, *fact, Scope::Person, Value::Unknown);
    }
    let mut before = Assessment::new(law, &silent);
    let of_kind = |rule: &Rule| rule.claim.is_empty() || kind.is_none_or(|kind| rule.claim.contains(kind));
    let claimed = rules(law).filter(|(_, rule)| of_kind(rule)).map(|(file, rule)| {
        let scheme = scheme_of(file, rule);
        let (missing, not_read) = needed(assessment, file, rule);
        let hangs = !missing.is_empty() && {
            let (asked, _) = needed(&mut before, file, rule);
            asked.iter().any(|asked| stated.iter().any(|(_, name)| **name == asked.fact))
        };
        Claimed {
            file,
            rule,
            asks: (hangs || (kind.is_some() && !missing.is_empty())).then(|| id(&scheme, rule)),
            scheme,
            missing,
            not_read,
        }
    });
    claimed.collect()
}

/// The benefits that are not decided, each with the facts that it still needs: those of the stated claim, or all where none is stated.
pub(super) fn undecided(law: &Law, assessment: &mut Assessment<'_>) -> Vec<(Text, Vec<Missing>)> {
    let owned = |(benefit, missing): Wanted<'_>| (benefit.clone(), missing.to_vec());
    if stated(law, assessment).is_empty() {
        let of_rule = |(file, rule): (&FileInfo, &Rule)| (id(&scheme_of(file, rule), rule), needed(assessment, file, rule).0);
        return rules(law).map(of_rule).collect();
    }
    claimed(law, assessment).iter().filter_map(Claimed::wanted).map(owned).collect()
}

/// The benefits of the stated claim with amounts that still need facts.
pub(super) fn unreckoned(law: &Law, assessment: &mut Assessment<'_>) -> Vec<(Text, Vec<Missing>)> {
    if stated(law, assessment).is_empty() {
        return Vec::new();
    }
    let mut wanted = Vec::new();
    for (file, rule) in rules(law) {
        if assessment.rule_verdict(rule) == Verdict::Met {
            let missing = amount(assessment, rule).map_or_else(Vec::new, |amount| amount.missing);
            wanted.push((id(&scheme_of(file, rule), rule), missing));
        }
    }
    wanted
}

/// Whether a benefit is due though nobody spoke of an event: an old-age pension is, a sum for a birth of which nothing is told is not.
fn is_due(assessment: &mut Assessment<'_>, rule: &Rule) -> bool {
    if !matches!(assessment.rule_verdict(rule), Verdict::Met | Verdict::Disputed) {
        return false;
    }
    amount(assessment, rule).is_none_or(|amount| amount.missing.iter().all(|missing| !missing.fact.starts_with("claim.")))
}

/// The kind of the claim, where it is told.
fn kind<'a>(law: &'a Law, assessment: &Assessment<'_>) -> Option<&'a Text> {
    let layout = &law.book().program.layout;
    let fact = layout.fact_number("claim.kind")?;
    match assessment.subject().value(layout, fact, Scope::Person) {
        Value::Code(code) => layout.list("claim_kind")?.codes.get(usize::from(*code)),
        _ => None,
    }
}

/// The facts of the claim that are told.
fn stated<'a>(law: &'a Law, assessment: &Assessment<'_>) -> Vec<(FactId, &'a Text)> {
    let layout = &law.book().program.layout;
    let facts = FactId::of_each(&layout.facts).filter(|(_, fact)| fact.name.starts_with("claim."));
    let told = facts.filter(|(number, _)| *assessment.subject().value(layout, *number, Scope::Person) != Value::Unknown);
    told.map(|(number, fact)| (number, &fact.name)).collect()
}

/// The rules of benefits, each with its scheme, as far as their files answer for the day.
fn rules(law: &Law) -> impl Iterator<Item = (&FileInfo, &Rule)> {
    let book = law.book();
    let benefits = book
        .rules
        .iter()
        .filter(|rule| rule.gives.is_none() && (rule.amount.is_some() || !rule.claim.is_empty()));
    benefits.filter_map(|rule| {
        let file = book.file(rule.file)?;
        (file.kind == FileKind::Scheme && law.day() >= file.since).then_some((file, rule))
    })
}

fn needed(assessment: &mut Assessment<'_>, file: &FileInfo, rule: &Rule) -> (Vec<Missing>, Vec<NotRead>) {
    let mut gaps = Gaps::default();
    if assessment.rule_verdict(rule) == Verdict::Undetermined {
        assessment.look_at_rule(rule, &mut gaps);
    }
    assessment.sort_gaps(&gaps, file.authority.as_deref())
}

/// The name of a benefit among all: `scheme.rule`.
fn id(scheme: &Text, rule: &Rule) -> Text {
    format!("{scheme}.{}", rule.id).into()
}

/// What a benefit comes to.
fn amount(assessment: &mut Assessment<'_>, rule: &Rule) -> Option<Amount> {
    let scope = assessment.deciding_scope(rule);
    assessment.amount(rule.amount?, scope, None)
}

/// The benefits as decisions show them.
pub(super) fn benefits(assessment: &mut Assessment<'_>, claimed: Vec<Claimed<'_>>, schemes: &[SchemeDecision]) -> Vec<Benefit> {
    let mut shown = Vec::with_capacity(claimed.len());
    for Claimed {
        file,
        rule,
        scheme,
        missing,
        not_read,
        ..
    } in claimed
    {
        let verdict = assessment.rule_verdict(rule);
        let closed = |shown: &SchemeDecision| shown.scheme == scheme && shown.status == Status::NotEligible && rule.option.is_some();
        // A benefit of an option that is closed to the person is shown only where it may be due all the same.
        if verdict == Verdict::Unmet && schemes.iter().any(closed) {
            continue;
        }
        let amount = if verdict == Verdict::Unmet {
            None
        } else {
            amount(assessment, rule)
        };
        let confidence = assessment.confidence(rule.person, Scope::Person);
        let settled = settled(matches!(verdict, Verdict::Met | Verdict::Unmet), confidence, &amount);
        shown.push(Benefit {
            scheme,
            rule: rule.id.clone(),
            th: rule.words.th.clone(),
            en: rule.words.en.clone(),
            verdict,
            confidence,
            reasons: assessment.reasons(rule),
            amount,
            until: until(assessment, rule),
            missing,
            not_read,
            confirm: if settled {
                None
            } else {
                assessment.confirm(file.authority.as_deref())
            },
        });
    }
    shown
}

/// The id of the scheme or of the option that a rule belongs to.
pub(super) fn scheme_of(file: &FileInfo, rule: &Rule) -> Text {
    rule.option
        .and_then(|option| file.memberships.get(usize::from(option)))
        .map_or_else(|| file.id.clone(), |membership| membership.id.clone())
}
