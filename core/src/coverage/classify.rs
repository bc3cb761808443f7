//! Classifies a worker.

use super::best_question;
use super::decision::{Classification, DefinitionShown};
use crate::facts::Subject;
use crate::law::{Judge, Law, Missing, Verdict};
use crate::rulebook::{FileKind, Rule};

pub(super) fn classification(law: &Law, subject: &Subject) -> Classification {
    let mut judge = Judge::new(law, subject);
    let book = law.book();
    let (mut definitions, mut standards) = (Vec::new(), Vec::new());
    for rule in &book.rules {
        let Some(file) = book.file(rule.file) else { continue };
        match file.kind {
            FileKind::Definition => definitions.push(shown(&mut judge, &file.id, file.authority.as_deref(), rule)),
            FileKind::Standard => standards.push(shown(&mut judge, &file.id, file.authority.as_deref(), rule)),
            _ => {}
        }
    }
    let all = || definitions.iter().chain(&standards);
    let wanted: Vec<(String, Vec<Missing>)> = all().map(|one: &DefinitionShown| (one.rule.clone(), one.missing.clone())).collect();
    let mut missing = Vec::new();
    for fact in wanted.iter().flat_map(|(_, missing)| missing) {
        if !missing.contains(fact) {
            missing.push(fact.clone());
        }
    }
    Classification {
        kind: "classification",
        on: law.day(),
        rulebook: law.rulebook_shown(),
        next: best_question(&judge, &wanted),
        missing,
        definitions,
        standards,
    }
}

fn shown(judge: &mut Judge<'_>, file: &str, authority: Option<&str>, rule: &Rule) -> DefinitionShown {
    let verdict = judge.rule_verdict(rule);
    let gaps = if verdict == Verdict::Undetermined {
        judge.gaps(rule)
    } else {
        Vec::new()
    };
    let (missing, not_read) = judge.sort_gaps(&gaps, authority);
    let jobs = if rule.each_job {
        judge.subject().job_count().unwrap_or(0)
    } else {
        0
    };
    DefinitionShown {
        rule: format!("{file}.{}", rule.id),
        th: rule.words.th.clone(),
        en: rule.words.en.clone(),
        verdict,
        jobs: (0..jobs).map(|job| judge.verdict(rule.node, Some(job))).collect(),
        confidence: judge.confidence(rule.person, None),
        reasons: judge.reasons(rule),
        missing,
        not_read,
    }
}
