//! Assesses a worker.

use std::collections::BTreeMap;

use super::claim::{Claimed, benefits, claimed, scheme_of};
use super::decision::{Benefit, Contingency, Coverage, Dispute, DisputedAnswer, Note, RuleDecision, SchemeDecision, Step};
use super::last_day::{lapsed, settled, until};
use super::status::{Headline, Status, headline};
use super::{Wanted, best_question, each_once};
use crate::criterion::{Confidence, Gaps};
use crate::facts::{Scope, Subject};
use crate::labels::{alike, day_words, filled};
use crate::law::{Amount, Assessment, ClauseValue, Law, Missing, NotRead, Question, Reason, Verdict, Words};
use crate::rulebook::{FileInfo, FileKind, Gives, NoteStatus, Rule, Scheme, Strength};
use crate::values::{Text, Truth};

pub(super) fn coverage(law: &Law, subject: &Subject) -> Coverage {
    let mut assessment = Assessment::new(law, subject);
    let schemes: Vec<SchemeDecision> = law
        .rulebook()
        .schemes()
        .iter()
        .filter_map(|scheme| shown(law, &mut assessment, scheme))
        .collect();
    let wanted: Vec<Wanted<'_>> = schemes.iter().map(|scheme| (&scheme.scheme, scheme.missing.as_slice())).collect();
    let claimed = claimed(law, &mut assessment);
    let hanging: Vec<Wanted<'_>> = claimed.iter().filter_map(Claimed::wanted).collect();
    let contingencies = contingencies(law, &mut assessment, &schemes);
    let gap = contingencies
        .iter()
        .filter(|one| one.encoded && one.met_by.is_empty() && one.undetermined.is_empty())
        .map(|one| one.contingency.clone())
        .collect();
    let next = best_question(&assessment, &wanted).or_else(|| best_question(&assessment, &hanging));
    let missing = each_once(wanted.iter().chain(&hanging));
    let benefits = benefits(&mut assessment, claimed, &schemes);
    Coverage {
        kind: "coverage",
        on: law.day(),
        rulebook: law.rulebook_shown(),
        next,
        missing,
        notes: notes(law, &assessment, &schemes, &benefits),
        benefits,
        schemes,
        contingencies,
        gap,
    }
}

pub(super) fn next(law: &Law, subject: &Subject) -> Option<Question> {
    let mut assessment = Assessment::new(law, subject);
    let wanted = undecided(law, &mut assessment);
    let wanted: Vec<Wanted<'_>> = wanted.iter().map(|(scheme, missing)| (scheme, missing.as_slice())).collect();
    best_question(&assessment, &wanted).or_else(|| {
        let claimed = claimed(law, &mut assessment);
        let hanging: Vec<Wanted<'_>> = claimed.iter().filter_map(Claimed::wanted).collect();
        best_question(&assessment, &hanging)
    })
}

/// The schemes that are not decided, each with the facts that it still needs.
pub(super) fn undecided(law: &Law, assessment: &mut Assessment<'_>) -> Vec<(Text, Vec<Missing>)> {
    let mut wanted = Vec::new();
    for scheme in law.rulebook().schemes() {
        if status(law, assessment, scheme) == Status::Undetermined && !before_since(law, scheme) {
            let mut gaps = Gaps::default();
            assessment.look_at_scheme(scheme, &mut gaps);
            wanted.push((scheme.id.clone(), assessment.sort_gaps(&gaps, None).0));
        }
    }
    wanted
}

/// The schemes with amounts that still need facts.
pub(super) fn unreckoned(law: &Law, assessment: &mut Assessment<'_>) -> Vec<(Text, Vec<Missing>)> {
    let mut wanted = Vec::new();
    for scheme in law.rulebook().schemes() {
        if before_since(law, scheme) {
            continue;
        }
        let headline = headline(assessment, scheme);
        let deciding = deciding(assessment, scheme, &headline).filter(|_| headline.status != Status::NotEligible);
        let missing: Vec<Missing> = deciding.map_or_else(Vec::new, |rule| {
            amounts(assessment, rule).into_iter().flat_map(|amount| amount.missing).collect()
        });
        wanted.push((scheme.id.clone(), missing));
    }
    wanted
}

pub(super) fn status(law: &Law, assessment: &mut Assessment<'_>, scheme: &Scheme) -> Status {
    if before_since(law, scheme) {
        Status::Undetermined
    } else {
        headline(assessment, scheme).status
    }
}

/// Asked about a day before its file begins to answer.
fn before_since(law: &Law, scheme: &Scheme) -> bool {
    law.book().file(scheme.file).is_some_and(|file| law.day() < file.since)
}

fn shown(law: &Law, assessment: &mut Assessment<'_>, scheme: &Scheme) -> Option<SchemeDecision> {
    let book = law.book();
    let file = book.file(scheme.file)?;
    let membership = scheme.option.and_then(|option| file.memberships.get(usize::from(option)));
    let registered =
        file.registered
            .get(scheme.option.map_or(0, usize::from))
            .and_then(|node| match assessment.truths(*node, Scope::Person).0 {
                Truth::Met => Some(true),
                Truth::Unmet => Some(false),
                Truth::Unknown => None,
            });
    let mut shown = SchemeDecision {
        scheme: scheme.id.clone(),
        option: membership.map(|membership| membership.option.clone()),
        th: file.name.th.clone(),
        en: file.name.en.clone(),
        status: Status::Undetermined,
        possible: vec![Status::Covered, Status::Eligible, Status::NotEligible],
        confidence: Confidence::Low,
        registered,
        disputed: None,
        rule: None,
        job: None,
        rules: Vec::new(),
        residual: None,
        reasons: Vec::new(),
        amounts: Vec::new(),
        steps: Vec::new(),
        until: None,
        lapsed: None,
        contingencies: Vec::new(),
        missing: Vec::new(),
        not_read: Vec::new(),
        confirm: None,
    };
    if before_since(law, scheme) {
        shown.not_read.push(NotRead {
            part: file.id.clone(),
            what: "before_since".into(),
            ask: assessment.confirm(file.authority.as_deref()),
        });
        shown.confirm = assessment.confirm(file.authority.as_deref());
        return Some(shown);
    }
    let headline = headline(assessment, scheme);
    for (_, number) in &scheme.rules {
        let rule = assessment.rule(*number)?;
        shown.rules.push(rule_shown(assessment, rule));
    }
    let deciding = deciding(assessment, scheme, &headline);
    shown.status = headline.status;
    shown.possible.clone_from(&headline.possible);
    shown.confidence = confidence(assessment, scheme, &headline, deciding);
    if let Some(rule) = deciding {
        shown.rule = Some(rule.id.clone());
        shown.job = assessment.deciding_scope(rule).job().filter(|_| rule.each_job);
        shown.reasons = assessment.reasons(rule);
        if headline.status == Status::Disputed {
            shown.disputed = Some(disputed(&headline, &shown.reasons));
        }
        if headline.status == Status::NotEligible {
            shown.lapsed = lapsed(assessment, rule, &shown.reasons);
        } else {
            shown.amounts = amounts(assessment, rule);
            shown.steps = rule.steps.iter().map(|step| step_shown(assessment, step)).collect();
            shown.until = until(assessment, rule);
            shown.contingencies = rule.contingencies.clone().unwrap_or_else(|| file.contingencies.clone());
            if let Some(headline) = &rule.headline {
                shown.th = headline.th.clone();
                shown.en = headline.en.clone();
            }
        }
    }
    if headline.status == Status::Undetermined {
        if let Some(rule) = deciding {
            shown.residual = residual(assessment, rule);
        }
        let mut gaps = Gaps::default();
        assessment.look_at_scheme(scheme, &mut gaps);
        (shown.missing, shown.not_read) = assessment.sort_gaps(&gaps, file.authority.as_deref());
    }
    let decided = matches!(headline.status, Status::Covered | Status::Eligible | Status::NotEligible);
    if !settled(decided, shown.confidence, &shown.amounts) {
        shown.confirm = assessment.confirm(file.authority.as_deref());
    }
    Some(shown)
}

fn rule_shown(assessment: &mut Assessment<'_>, rule: &Rule) -> RuleDecision {
    RuleDecision {
        rule: rule.id.clone(),
        th: rule.words.th.clone(),
        en: rule.words.en.clone(),
        gives: given(rule),
        verdict: assessment.rule_verdict(rule),
    }
}

/// The status that a rule gives where it is met.
fn given(rule: &Rule) -> Option<Strength> {
    rule.gives.as_ref().and_then(Gives::status)
}

/// The rule that decided the headline, or the strongest that can still decide it.
fn deciding<'a>(assessment: &mut Assessment<'a>, scheme: &Scheme, headline: &Headline) -> Option<&'a Rule> {
    let rules: Vec<&'a Rule> = scheme.rules.iter().filter_map(|(_, number)| assessment.rule(*number)).collect();
    let wanted = match headline.status {
        Status::Covered | Status::Eligible => {
            return rules
                .into_iter()
                .find(|rule| Status::given(given(rule)) == headline.status && assessment.rule_verdict(rule) == Verdict::Met);
        }
        Status::Undetermined => Verdict::Undetermined,
        Status::Disputed => Verdict::Disputed,
        Status::NotEligible => Verdict::Unmet,
    };
    let today = assessment.today;
    let in_force = |rule: &&Rule| rule.from.is_none_or(|from| from <= today) && rule.until.is_none_or(|until| today <= until);
    let order = if wanted == Verdict::Unmet {
        [Strength::Eligible, Strength::Covered]
    } else {
        [Strength::Covered, Strength::Eligible]
    };
    for strength in order {
        let mut of_strength = rules.iter().copied().filter(in_force).filter(|rule| given(rule) == Some(strength));
        if let Some(rule) = of_strength.find(|rule| assessment.rule_verdict(rule) == wanted) {
            return Some(rule);
        }
    }
    rules.into_iter().next()
}

fn confidence(assessment: &mut Assessment<'_>, scheme: &Scheme, headline: &Headline, deciding: Option<&Rule>) -> Confidence {
    if headline.status == Status::NotEligible {
        // Every rule had to fail: the weakest of them counts.
        let rules: Vec<&Rule> = scheme.rules.iter().filter_map(|(_, number)| assessment.rule(*number)).collect();
        return rules
            .into_iter()
            .map(|rule| assessment.confidence(rule.person, Scope::Person))
            .min()
            .unwrap_or(Confidence::Low);
    }
    deciding.map_or(Confidence::Low, |rule| assessment.confidence(rule.person, Scope::Person))
}

fn disputed(headline: &Headline, reasons: &[Reason]) -> Dispute {
    let clause = reasons.iter().find(|reason| reason.value == ClauseValue::Disputed);
    let other = clause.and_then(|reason| reason.other.as_ref());
    let lead = clause.map_or_else(Vec::new, |reason| reason.cite.clone());
    Dispute {
        clause: clause.map(|reason| reason.clause.clone()),
        lead: DisputedAnswer {
            status: headline.lead,
            cite: lead.clone(),
        },
        other: DisputedAnswer {
            status: headline.other,
            // Where only the first day is doubtful, both readings rest on the one source that gives a span.
            cite: other.map_or_else(|| lead.clone(), |other| other.cite.clone()),
        },
    }
}

fn amounts(assessment: &mut Assessment<'_>, rule: &Rule) -> Vec<Amount> {
    let mut shown = Vec::new();
    for number in &rule.pays {
        if rule.each_job {
            let scopes: Vec<Scope> = match assessment.subject().job_count() {
                None => vec![Scope::SomeJob],
                Some(count) => (0..count)
                    .map(Scope::Job)
                    .filter(|scope| assessment.verdict(rule.node, *scope) != Verdict::Unmet)
                    .collect(),
            };
            shown.extend(
                scopes
                    .into_iter()
                    .filter_map(|scope| assessment.amount(*number, scope, given(rule))),
            );
        } else {
            shown.extend(assessment.amount(*number, Scope::Person, given(rule)));
        }
    }
    shown
}

fn step_shown(assessment: &Assessment<'_>, step: &crate::rulebook::Step) -> Step {
    Step {
        th: step.words.th.clone(),
        en: step.words.en.clone(),
        at: step.at.clone(),
        cite: assessment.cites(&step.cites),
    }
}

fn residual(assessment: &mut Assessment<'_>, rule: &Rule) -> Option<BTreeMap<Text, BTreeMap<Text, Text>>> {
    let scope = assessment.deciding_scope(rule);
    let mut sides = BTreeMap::new();
    for (side, parts) in [("requires", &rule.requires), ("excludes", &rule.excludes)] {
        let mut left = BTreeMap::new();
        for part in parts {
            if let Some(residual) = assessment.residual(part.node, scope) {
                left.insert(part.id.clone(), residual.to_string().into());
            }
        }
        if !left.is_empty() {
            sides.insert(side.into(), left);
        }
    }
    (!sides.is_empty()).then_some(sides)
}

fn contingencies(law: &Law, assessment: &mut Assessment<'_>, schemes: &[SchemeDecision]) -> Vec<Contingency> {
    let book = law.book();
    let Some(list) = book.program.layout.list("contingency") else {
        return Vec::new();
    };
    let mut shown: Vec<Contingency> = list
        .codes
        .iter()
        .map(|code| Contingency {
            contingency: code.clone(),
            encoded: false,
            met_by: Vec::new(),
            may_be_met_by: Vec::new(),
            undetermined: Vec::new(),
        })
        .collect();
    for (scheme, decided) in law
        .rulebook()
        .schemes()
        .iter()
        .filter_map(|scheme| Some((scheme, schemes.iter().find(|shown| shown.scheme == scheme.id)?)))
    {
        let Some(file) = book.file(scheme.file) else { continue };
        for (_, number) in &scheme.rules {
            let Some(rule) = assessment.rule(*number) else { continue };
            let verdict = assessment.rule_verdict(rule);
            let meets = rule.contingencies.as_ref().unwrap_or(&file.contingencies);
            for one in shown.iter_mut().filter(|one| meets.contains(&one.contingency)) {
                one.encoded = true;
                let covers = given(rule) == Some(Strength::Covered);
                let list = match verdict {
                    Verdict::Met if covers => &mut one.met_by,
                    Verdict::Met => &mut one.may_be_met_by,
                    Verdict::Undetermined | Verdict::Disputed if covers => &mut one.undetermined,
                    _ => continue,
                };
                if !list.contains(&decided.scheme) {
                    list.push(decided.scheme.clone());
                }
            }
        }
    }
    // What is due in the same decision is no gap.
    for rule in book.rules.iter().filter(|rule| rule.gives.is_none()) {
        let (Some(file), Some(meets)) = (book.file(rule.file), &rule.contingencies) else {
            continue;
        };
        if file.kind != FileKind::Scheme || law.day() < file.since {
            continue;
        }
        let verdict = assessment.rule_verdict(rule);
        let scheme = scheme_of(file, rule);
        for one in shown.iter_mut().filter(|one| meets.contains(&one.contingency)) {
            let list = match verdict {
                Verdict::Met => &mut one.met_by,
                Verdict::Disputed => &mut one.undetermined,
                _ => continue,
            };
            if !list.contains(&scheme) {
                list.push(scheme.clone());
            }
        }
    }
    for one in &mut shown {
        let met = one.met_by.clone();
        one.may_be_met_by.retain(|scheme| !met.contains(scheme));
        one.undetermined.retain(|scheme| !met.contains(scheme));
    }
    shown
}

/// The agency that applies a scheme.
fn scheme_authority<'a>(law: &'a Law, scheme: &str) -> Option<&'a str> {
    let scheme = law.rulebook().schemes().iter().find(|known| known.id == *scheme)?;
    law.book().file(scheme.file)?.authority.as_deref()
}

/// What is to be known of the law beside the rules: of the schemes that may concern the person, and of those whose benefit is claimed or due.
fn notes(law: &Law, assessment: &Assessment<'_>, schemes: &[SchemeDecision], benefits: &[Benefit]) -> Vec<Note> {
    let book = law.book();
    let mut notes = Vec::new();
    if let Some(Words { th, en }) = law.later_than_checked() {
        notes.push(Note {
            note: "later_than_checked".into(),
            status: NoteStatus::Open,
            th,
            en,
            cite: Vec::new(),
        });
    }
    for scheme in schemes {
        let today = law.day();
        if scheme
            .until
            .as_ref()
            .is_some_and(|until| until.rolled.is_none() && until.nominal == today && until.why != "calendar")
            && let Some(words) = book.sentence(crate::rulebook::Sentence::LimitingBirthday)
        {
            let ask = scheme_authority(law, &scheme.scheme).and_then(|agency| book.agency(agency));
            let agency = ask.map_or_else(Default::default, |agency| agency.name.clone());
            let call = alike(ask.and_then(|agency| agency.call.first()).cloned().unwrap_or_default());
            let crate::rulebook::Words { th, en } = filled(words, &[("day", &day_words(today)), ("agency", &agency), ("call", &call)]);
            notes.push(Note {
                note: format!("{}.limiting_birthday", scheme.scheme).into(),
                status: NoteStatus::Open,
                th,
                en,
                cite: Vec::new(),
            });
        }
    }
    let of_file = |file: &FileInfo, scheme: &Text| *scheme == file.id || file.memberships.iter().any(|membership| membership.id == *scheme);
    let concerns = |file: &FileInfo| {
        let open = schemes
            .iter()
            .filter(|shown| shown.status != Status::NotEligible)
            .map(|shown| &shown.scheme);
        let due = benefits
            .iter()
            .filter(|benefit| benefit.verdict != Verdict::Unmet)
            .map(|benefit| &benefit.scheme);
        open.chain(due).any(|scheme| of_file(file, scheme))
    };
    for file in book.files.iter().filter(|file| file.kind == FileKind::Scheme && concerns(file)) {
        for note in &file.notes {
            notes.push(Note {
                note: format!("{}.{}", file.id, note.id).into(),
                status: note.status,
                th: note.words.th.clone(),
                en: note.words.en.clone(),
                cite: assessment.cites(&note.cites),
            });
        }
    }
    notes
}
