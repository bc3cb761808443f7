//! What an interview asks.

use serde::{Deserialize, Serialize};

use crate::facts::FactKind;
use crate::labels::CodeLabel;
use crate::law::Words;
use crate::rulebook::{Presupposition, ToldAs};
use crate::values::Text;

/// Where an interview stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct InterviewStep {
    /// What it is about: a scheme, `everything`, `claim` or `complaint`.
    pub about: Text,
    /// What was asked about is decided, as far as the person can answer.
    pub enough: bool,
    /// The next question; null where it is enough.
    pub question: Option<InterviewQuestion>,
    /// Once it is enough: the next question that adds an amount, a day, or what else follows; null where none does.
    pub more: Option<InterviewQuestion>,
    /// What is not decided yet: schemes, benefits as `scheme.rule`, or kinds of complaint.
    pub undecided: Vec<Text>,
    /// Every fact that was told or asked.
    pub facts: Vec<InterviewFact>,
    /// How many questions were answered.
    pub answered: usize,
}

/// One screen of an interview: one question, or several of yes or no.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct InterviewQuestion {
    /// Its id, under which the answer is put: of a screen or a fact; `@1` follows for the second job.
    pub id: Text,
    /// The question.
    pub ask: Words,
    /// One more sentence.
    pub help: Option<Words>,
    /// Why it is asked.
    pub why: Words,
    /// What it helps to decide: schemes, benefits as `scheme.rule`, or kinds of complaint.
    pub decides: Vec<Text>,
    /// What it asks for; several are each of yes or no.
    pub fields: Vec<InterviewField>,
    /// What an answer adds.
    pub adds: Adds,
    /// It was told in part and is asked once more, because nothing else helps.
    pub again: bool,
}

/// What an answer adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Adds {
    /// The outcome that was asked about.
    Outcome,
    /// An amount.
    Amount,
    /// A day.
    Day,
    /// What else follows: who else is told, what may be shared, how urgent it is.
    Further,
}

/// One fact on a screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct InterviewField {
    /// The fact.
    pub fact: Text,
    /// The job it is asked of, from 0.
    pub job: Option<usize>,
    /// The question for this fact alone.
    pub ask: Words,
    /// One more sentence.
    pub help: Option<Words>,
    /// The type of the answer; of `jobs` their number, or the list of them.
    pub kind: FactKind,
    /// What may be answered, with its words: codes, provinces, districts of the province that was told, or `true` and `false`.
    pub choices: Vec<CodeLabel>,
    /// It is asked only where each of these was answered on the same screen; empty where it is asked in any case.
    pub only_if: Vec<AskedWhere>,
    /// The least that may be answered, where there is a bound.
    pub at_least: Option<Text>,
    /// The most that may be answered, where there is a bound: a number or a day.
    pub at_most: Option<Text>,
}

/// What must have been answered on the same screen before a fact is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AskedWhere {
    /// The facts of which one must have been answered so.
    pub facts: Vec<Text>,
    /// As one of these codes, or `true` or `false`; empty where any answer will do, or a number decides.
    pub any_of: Vec<Text>,
    /// As at least this number.
    pub at_least: Option<u32>,
    /// It is asked too where the person does not know.
    pub or_not_known: bool,
}

/// What an interview knows of a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct InterviewFact {
    /// The fact.
    pub fact: Text,
    /// The job it is asked of, from 0.
    pub job: Option<usize>,
    /// What is known of it.
    pub state: FactState,
}

/// What is known of a fact; one that is not named was not asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FactState {
    /// It was not asked.
    NotAsked,
    /// It was asked, and the person does not know.
    NotKnown,
    /// It was told.
    Told,
    /// It was told in part, and may be asked once more.
    ToldInPart,
    /// It was told in part, and no more is known.
    NoMoreKnown,
}

impl InterviewStep {
    /// The step as JSON, byte for byte the same in every language.
    #[must_use]
    pub fn to_json(&self) -> String {
        // It holds text, numbers and lists only: none of them can fail to be written.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl From<&Presupposition> for AskedWhere {
    fn from(presupposed: &Presupposition) -> Self {
        let (any_of, at_least) = match &presupposed.told {
            ToldAs::Anything => (Vec::new(), None),
            ToldAs::OneOf(codes) => (codes.clone(), None),
            ToldAs::AtLeast(least) => (Vec::new(), Some(*least)),
        };
        Self {
            facts: presupposed.facts.clone(),
            any_of,
            at_least,
            or_not_known: presupposed.or_not_known,
        }
    }
}
