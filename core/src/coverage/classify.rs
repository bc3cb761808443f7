//! Classifies a worker.

use super::decision::{Classification, Definition};
use super::{Wanted, best_question, each_once};
use crate::criterion::Gaps;
use crate::facts::{Scope, Subject};
use crate::law::{Assessment, Law, Verdict};
use crate::rulebook::{FileKind, Rule};

pub(super) fn classification(law: &Law, subject: &Subject) -> Classification {
    let mut assessment = Assessment::new(law, subject);
    let book = law.book();
    let (mut definitions, mut standards) = (Vec::new(), Vec::new());
    for rule in &book.rules {
        let Some(file) = book.file(rule.file) else { continue };
        match file.kind {
            FileKind::Definition => definitions.push(shown(&mut assessment, &file.id, file.authority.as_deref(), rule)),
            FileKind::Standard => standards.push(shown(&mut assessment, &file.id, file.authority.as_deref(), rule)),
            _ => {}
        }
    }
    let all = || definitions.iter().chain(&standards);
    let wanted: Vec<Wanted<'_>> = all().map(|one: &Definition| (&one.rule, one.missing.as_slice())).collect();
    Classification {
        kind: "classification",
        on: law.day(),
        rulebook: law.rulebook_shown(),
        next: best_question(&assessment, &wanted),
        missing: each_once(&wanted),
        definitions,
        standards,
    }
}

fn shown(assessment: &mut Assessment<'_>, file: &str, authority: Option<&str>, rule: &Rule) -> Definition {
    let verdict = assessment.rule_verdict(rule);
    let mut gaps = Gaps::default();
    if verdict == Verdict::Undetermined {
        assessment.look_at_rule(rule, &mut gaps);
    }
    let (missing, not_read) = assessment.sort_gaps(&gaps, authority);
    let jobs = if rule.each_job {
        assessment.subject().job_count().unwrap_or(0)
    } else {
        0
    };
    Definition {
        rule: format!("{file}.{}", rule.id).into(),
        th: rule.words.th.clone(),
        en: rule.words.en.clone(),
        verdict,
        jobs: (0..jobs).map(|job| assessment.verdict(rule.node, Scope::Job(job))).collect(),
        confidence: assessment.confidence(rule.person, Scope::Person),
        reasons: assessment.reasons(rule),
        missing,
        not_read,
    }
}
