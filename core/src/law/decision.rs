//! The parts of which every decision is made.

use serde::{Deserialize, Serialize};

use crate::criterion::Confidence;
use crate::labels::CodeLabel;
use crate::rulebook::{BoundParty, Late, PaidPer, PeriodState, Strength};
use crate::values::{Date, Text, Truth};

/// The outcome of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It holds.
    Met,
    /// It does not hold.
    Unmet,
    /// Facts are missing, or the law was not read.
    Undetermined,
    /// Two cited readings of the law give different answers.
    Disputed,
}

impl Verdict {
    /// The verdict of the two readings together.
    #[must_use]
    pub const fn of(lead: Truth, other: Truth) -> Self {
        match (lead, other) {
            (Truth::Met, Truth::Met) => Self::Met,
            (Truth::Unmet, Truth::Unmet) => Self::Unmet,
            (Truth::Unknown, _) | (_, Truth::Unknown) => Self::Undetermined,
            (Truth::Met | Truth::Unmet, Truth::Met | Truth::Unmet) => Self::Disputed,
        }
    }
}

/// A sentence in Thai and English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Words {
    /// In Thai.
    pub th: Text,
    /// In English.
    pub en: Text,
}

impl From<&crate::rulebook::Words> for Words {
    fn from(words: &crate::rulebook::Words) -> Self {
        Self {
            th: words.th.clone(),
            en: words.en.clone(),
        }
    }
}

/// The rulebook that a decision rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Edition {
    /// Its edition.
    pub version: Text,
    /// The day someone last compared it with the law.
    pub checked_on: Option<Date>,
    /// The day asked about lies after that day.
    pub later_than_checked: bool,
}

/// What a clause came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ClauseValue {
    /// It holds.
    Met,
    /// It does not hold.
    Unmet,
    /// Facts are missing, or the law was not read.
    Unknown,
    /// Two cited readings of it give different answers.
    Disputed,
}

impl From<Verdict> for ClauseValue {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Met => Self::Met,
            Verdict::Unmet => Self::Unmet,
            Verdict::Undetermined => Self::Unknown,
            Verdict::Disputed => Self::Disputed,
        }
    }
}

/// On which side of its rule a clause stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// It must be met.
    Requires,
    /// It must not be met.
    Excludes,
    /// A period that must still run.
    Within,
}

/// One clause that decided, or that can still decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Reason {
    /// `file.clause`.
    pub clause: Text,
    /// What it came to.
    pub value: ClauseValue,
    /// On which side of its rule it stands.
    pub side: Side,
    /// The job it was asked of.
    pub job: Option<usize>,
    /// The sentence in Thai.
    pub th: Text,
    /// The sentence in English.
    pub en: Text,
    /// Citations, `instrument/place`.
    pub cite: Vec<Text>,
    /// The weakest of its citations and of the cells it rests on.
    pub confidence: Confidence,
    /// The cells of tables that its own condition compares with, such as the oldest age that was let in on that day.
    pub from: Vec<Cell>,
    /// The other reading, where the clause has one.
    pub other: Option<SecondReading>,
}

/// A second, cited reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SecondReading {
    /// The sentence in Thai.
    pub th: Text,
    /// The sentence in English.
    pub en: Text,
    /// Citations.
    pub cite: Vec<Text>,
}

/// A fact that is not known and can still change the outcome.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Missing {
    /// The fact.
    pub fact: Text,
    /// The job it is asked of, from 0.
    pub job: Option<usize>,
}

/// A part of the law that nobody here has read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NotRead {
    /// `file.clause`, `file.table.column` or `calendar`.
    pub part: Text,
    /// What was not read.
    pub what: Text,
    /// Whom to ask.
    pub ask: Option<Confirm>,
}

/// Whom to ask, and under which number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Confirm {
    /// The agency.
    pub with: Text,
    /// Its number.
    pub call: Option<Text>,
}

/// The next question of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Question {
    /// The fact it asks for.
    pub fact: Text,
    /// The job it is asked of, from 0.
    pub job: Option<usize>,
    /// What it helps to decide: schemes, kinds of complaint, and `file.rule` or `scheme.rule` of definitions and benefits.
    pub decides: Vec<Text>,
    /// The question.
    pub ask: Words,
    /// One more sentence.
    pub help: Option<Words>,
    /// The type of the answer.
    pub kind: crate::facts::FactKind,
    /// The codes that may be answered; empty where the answer is no code.
    pub answers: Vec<Text>,
    /// What may be answered, with its words: the codes of `answers`, or `true` and `false` of a yes or no. Provinces and districts are
    /// many: [`Law::provinces`](crate::Law::provinces) and [`Law::districts`](crate::Law::districts) name them.
    #[serde(default)]
    pub options: Vec<CodeLabel>,
}

/// How a period may be extended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Extension {
    /// In Thai.
    pub th: Text,
    /// In English.
    pub en: Text,
    /// The agency that extends it.
    pub by: Option<Text>,
    /// Within what it must be asked for, such as `15 days`.
    pub ask_within: Option<Text>,
    /// Citations.
    pub cite: Vec<Text>,
}

/// A period as it lies for this subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RunningPeriod {
    /// Its id.
    pub id: Text,
    /// Its name in Thai.
    pub th: Text,
    /// Its name in English.
    pub en: Text,
    /// Whom it binds.
    pub binds: Option<BoundParty>,
    /// Its last day matters most to the person.
    pub warn: bool,
    /// Its length, such as `60 days`.
    pub length: Text,
    /// The last day by the calendar.
    pub nominal: Option<Date>,
    /// The last day moved past closing days; null where the holidays of that time are not known.
    pub rolled: Option<Date>,
    /// The holidays of that time are not known: how far the calendar reaches.
    pub calendar_until: Option<Date>,
    /// The facts for which it waits.
    pub waits_for: Vec<Text>,
    /// What being late means.
    pub late: Option<Late>,
    /// Whether today is still inside; null where that is not known.
    pub runs: Option<bool>,
    /// Where it stands today: one that is done, suspended, overtaken or over gives no urgency.
    pub state: PeriodState,
    /// How it may be extended.
    pub extension: Option<Extension>,
    /// Citations.
    pub cite: Vec<Text>,
    /// The weakest of its citations.
    pub confidence: Confidence,
}

/// A cell that an amount or a clause was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Cell {
    /// `file.table.column`.
    pub table: Text,
    /// The first day of the row, or the months of an overlay.
    pub row: Text,
    /// The cell with its unit.
    pub cell: Text,
}

/// What an amount comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AmountValue {
    /// A sum in baht, as text.
    Baht(Text),
    /// Somewhere from the first to the second sum; null where there is no bound.
    Between(Option<Text>, Option<Text>),
    /// The law gives nothing.
    Nothing,
    /// Nobody here has read it.
    NotRead,
    /// A text.
    Text(Text),
    /// Two cited readings.
    Disputed(Box<AmountValue>, Box<AmountValue>),
}

/// An amount as it comes to for this subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Amount {
    /// Its id.
    pub id: Text,
    /// Its name in Thai.
    pub th: Text,
    /// Its name in English.
    pub en: Text,
    /// The status under which it is due.
    #[serde(rename = "if")]
    pub condition: Option<Strength>,
    /// The job it belongs to.
    pub job: Option<usize>,
    /// What it comes to.
    pub value: AmountValue,
    /// For what it is paid once.
    pub per: Option<PaidPer>,
    /// The cells it was read from.
    pub from: Vec<Cell>,
    /// Limits that are said and not calculated.
    pub limits: Vec<Words>,
    /// What is not read of it.
    pub open: Option<Text>,
    /// The facts that it still needs.
    pub missing: Vec<Missing>,
    /// Citations.
    pub cite: Vec<Text>,
    /// The weakest of its citations and cells.
    pub confidence: Confidence,
}
