//! The decision about a worker: what covers them, what they may join, what not, and why.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Status;
use crate::criterion::Confidence;
use crate::law::{Amount, Confirm, Edition, Extension, Missing, NotRead, Question, Reason, Verdict};
use crate::rulebook::{Late, NoteStatus, Strength};
use crate::values::{Date, Text};

/// What covers a worker on a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Coverage {
    /// `coverage`.
    #[serde(skip_deserializing)]
    pub kind: &'static str,
    /// The day asked about.
    pub on: Date,
    /// The rulebook.
    pub rulebook: Edition,
    /// The question that helps most to decide the schemes; once they are decided, the benefits of the stated claim.
    pub next: Option<Question>,
    /// Every fact that can still change a status, and after these every fact on which a benefit of the stated claim still hangs.
    pub missing: Vec<Missing>,
    /// The schemes, in the order of the rulebook.
    pub schemes: Vec<SchemeDecision>,
    /// The benefits of the event that is claimed for; empty where no claim is spoken of.
    pub benefits: Vec<Benefit>,
    /// The nine contingencies of ILO Convention 102, and which scheme meets each.
    pub contingencies: Vec<Contingency>,
    /// Contingencies that a scheme of the rulebook could meet and none meets for this worker.
    pub gap: Vec<Text>,
    /// What is not law but matters, and warnings.
    pub notes: Vec<Note>,
}

/// One scheme, or one option of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SchemeDecision {
    /// Its id.
    pub scheme: Text,
    /// Its option, where it has options.
    pub option: Option<Text>,
    /// Its name in Thai.
    pub th: Text,
    /// Its name in English.
    pub en: Text,
    /// The headline.
    pub status: Status,
    /// What the headline may still be.
    pub possible: Vec<Status>,
    /// The weakest of the clauses and cells that decided.
    pub confidence: Confidence,
    /// What the register says; null where it is not known.
    pub registered: Option<bool>,
    /// Both answers, where two readings differ.
    pub disputed: Option<Dispute>,
    /// The rule that decided, or that can still decide.
    pub rule: Option<Text>,
    /// The job through which.
    pub job: Option<usize>,
    /// The verdict of every rule that gives a status.
    pub rules: Vec<RuleDecision>,
    /// What is left of the rule, by side and clause.
    pub residual: Option<BTreeMap<Text, BTreeMap<Text, Text>>>,
    /// The clauses that decided, or can still decide.
    pub reasons: Vec<Reason>,
    /// What is to be paid.
    pub amounts: Vec<Amount>,
    /// What to do.
    pub steps: Vec<Step>,
    /// Until when it stands.
    pub until: Option<Until>,
    /// The last day that has passed, where nothing but that bars the rule.
    pub lapsed: Option<Until>,
    /// The contingencies that it meets or would meet.
    pub contingencies: Vec<Text>,
    /// The facts that can still change its status.
    pub missing: Vec<Missing>,
    /// The law that nobody here has read and that can still change it.
    pub not_read: Vec<NotRead>,
    /// With whom to confirm, where it or one of its amounts is not settled.
    pub confirm: Option<Confirm>,
}

/// Both answers of a dispute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Dispute {
    /// The clause that has two readings.
    pub clause: Option<Text>,
    /// Under the leading reading.
    pub lead: DisputedAnswer,
    /// Under the other.
    pub other: DisputedAnswer,
}

/// The answer under one reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DisputedAnswer {
    /// The status.
    pub status: Option<Status>,
    /// Its citations.
    pub cite: Vec<Text>,
}

/// The verdict of one rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RuleDecision {
    /// Its id.
    pub rule: Text,
    /// Its name in Thai.
    pub th: Text,
    /// Its name in English.
    pub en: Text,
    /// What it gives.
    pub gives: Option<Strength>,
    /// Its verdict.
    pub verdict: Verdict,
}

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Step {
    /// In Thai.
    pub th: Text,
    /// In English.
    pub en: Text,
    /// At which agency.
    pub at: Option<Text>,
    /// Citations.
    pub cite: Vec<Text>,
}

/// Until when a status stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Until {
    /// The last day by the calendar.
    pub nominal: Date,
    /// The last day moved past closing days; null where the holidays are not known, or where the day is no period's.
    pub rolled: Option<Date>,
    /// The period or limit that ends it.
    pub why: Text,
    /// What being late means, where it is a period.
    pub late: Option<Late>,
    /// How it may be extended, where it is a period that may be.
    pub extension: Option<Extension>,
}

/// A benefit of the event that is claimed for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Benefit {
    /// The scheme.
    pub scheme: Text,
    /// The rule.
    pub rule: Text,
    /// Its name in Thai.
    pub th: Text,
    /// Its name in English.
    pub en: Text,
    /// Whether it is due.
    pub verdict: Verdict,
    /// The weakest of the clauses and cells that decided.
    pub confidence: Confidence,
    /// The clauses that decided, or can still decide.
    pub reasons: Vec<Reason>,
    /// What it comes to.
    pub amount: Option<Amount>,
    /// The last day to claim it, also where it has passed.
    pub until: Option<Until>,
    /// The facts that can still change it.
    pub missing: Vec<Missing>,
    /// The law that nobody here has read and that can still change it.
    pub not_read: Vec<NotRead>,
    /// With whom to confirm, where it or its amount is not settled.
    pub confirm: Option<Confirm>,
}

/// One contingency of ILO Convention 102.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Contingency {
    /// Its code.
    pub contingency: Text,
    /// Whether the rulebook holds any scheme that meets it; where not, nothing is said of it.
    pub encoded: bool,
    /// The schemes that meet it now.
    pub met_by: Vec<Text>,
    /// The schemes that would meet it if joined.
    pub may_be_met_by: Vec<Text>,
    /// The schemes of which it is not known.
    pub undetermined: Vec<Text>,
}

/// A note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Note {
    /// Its id: `file.note`, or that of a sentence of the engine.
    pub note: Text,
    /// Its status.
    pub status: NoteStatus,
    /// In Thai.
    pub th: Text,
    /// In English.
    pub en: Text,
    /// Citations.
    pub cite: Vec<Text>,
}

/// Which definitions a worker meets, and which standards reach their work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Classification {
    /// `classification`.
    #[serde(skip_deserializing)]
    pub kind: &'static str,
    /// The day asked about.
    pub on: Date,
    /// The rulebook.
    pub rulebook: Edition,
    /// The question that helps most.
    pub next: Option<Question>,
    /// Every fact that can still change a verdict.
    pub missing: Vec<Missing>,
    /// The definitions, in the order of the rulebook.
    pub definitions: Vec<Definition>,
    /// The standards, in the order of the rulebook.
    pub standards: Vec<Definition>,
}

/// One definition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Definition {
    /// `file.rule`.
    pub rule: Text,
    /// Its name in Thai.
    pub th: Text,
    /// Its name in English.
    pub en: Text,
    /// Whether the worker meets it.
    pub verdict: Verdict,
    /// The verdict for each job, where it is asked of each.
    pub jobs: Vec<Verdict>,
    /// The weakest of the clauses that decided.
    pub confidence: Confidence,
    /// The clauses that decided, or can still decide.
    pub reasons: Vec<Reason>,
    /// The facts that can still change it.
    pub missing: Vec<Missing>,
    /// The law that nobody here has read and that can still change it.
    pub not_read: Vec<NotRead>,
}

/// One scheme and its status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SchemeStatus {
    /// Its id.
    pub scheme: Text,
    /// Its status.
    pub status: Status,
}

macro_rules! to_json {
    ($($decision:ident),*) => {
        $(
            impl $decision {
                /// The decision as JSON, byte for byte the same in every language.
                #[must_use]
                pub fn to_json(&self) -> String {
                    // A decision holds text, numbers and lists only: none of them can fail to be written.
                    serde_json::to_string(self).unwrap_or_default()
                }
            }
        )*
    };
}
to_json!(Coverage, Classification, Question);
