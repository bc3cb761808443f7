//! How an interview asks: which facts stand on one screen, in which order, and what a question presupposes.

use serde::{Deserialize, Serialize};

use super::registers::Words;
use crate::values::Text;

/// Several facts of yes or no that are asked on one screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Screen {
    /// Its id.
    pub id: Text,
    /// Its facts; `member.*` is the whole family.
    pub facts: Vec<Text>,
    /// Its place: what is lower is asked earlier.
    pub order: u16,
    /// The question over all of them.
    pub ask: Words,
    /// One more sentence.
    pub help: Option<Words>,
}

/// What an interview needs to know of a fact beside its question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asking {
    /// The fact.
    pub fact: Text,
    /// Its place: what is lower is asked earlier.
    pub order: Option<u16>,
    /// What the question presupposes: it is asked only where all of this was told.
    pub presupposes: Vec<Presupposition>,
    /// Where this was told the question is asked whatever it presupposes.
    pub or: Option<Presupposition>,
    /// What follows where something that the question presupposes was told otherwise.
    pub otherwise: Option<Text>,
    /// The least number that may be answered.
    pub at_least: Option<u32>,
    /// The largest number that may be answered.
    pub at_most: Option<u32>,
    /// The day lies no later than the day asked about.
    pub past: bool,
}

/// Something that a question presupposes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presupposition {
    /// The facts of which one must have been told so.
    pub facts: Vec<Text>,
    /// What it must have been told as.
    pub told: ToldAs,
    /// The question is asked too where the person does not know this.
    pub or_not_known: bool,
}

/// As what a fact must have been told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToldAs {
    /// Whatever it is.
    Anything,
    /// As one of these codes, or `true` or `false`.
    OneOf(Vec<Text>),
    /// As at least this number; as a day that may lie at least so many years back.
    AtLeast(u32),
}
