//! What comes out: bitmaps, verdicts and statuses, one for each row.

use super::bad::BadRow;
use super::tally::Tally;
use crate::criterion::NodeId;
use crate::values::Date;

/// A verdict as it stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Verdict {
    /// Unmet.
    Unmet = 0,
    /// Met.
    Met = 1,
    /// Undecided under a reading, or the row is bad.
    Undetermined = 2,
    /// Decided under both readings, and differently.
    Disputed = 3,
}

/// The rules of a scheme, each with its strength: 1 eligible, 2 covered; higher strengths make a longer ladder.
///
/// Under one reading the strongest rule that is met gives the status, provided that no stronger rule is undecided. The code of a row is that strength,
/// 0 where no rule is met; then follow undetermined and disputed: 3 and 4 where the highest strength is 2.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scheme {
    /// The strength of each rule, from 1, and the rule.
    pub rules: Vec<(u8, NodeId)>,
    /// The first day asked about for which it answers; on days before it is undetermined.
    pub since: Option<Date>,
}

impl Scheme {
    /// No rule is met.
    pub const NOT_ELIGIBLE: u8 = 0;
    /// May join or claim.
    pub const ELIGIBLE: u8 = 1;
    /// Has a right.
    pub const COVERED: u8 = 2;
    /// Undecided under a reading, or the row is bad.
    pub const UNDETERMINED: u8 = 3;
    /// Decided under both readings, and differently.
    pub const DISPUTED: u8 = 4;
}

/// The answer to one question, for every row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Bitmaps, the first row in the lowest bit of the first word.
    Truth {
        /// Where it is met.
        met: Vec<u64>,
        /// Where it is unmet.
        unmet: Vec<u64>,
        /// Both under the other reading, where it can differ.
        other: Option<(Vec<u64>, Vec<u64>)>,
    },
    /// A verdict or a status for each row.
    Codes(Vec<u8>),
}

/// All answers of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The answers, in the order of the questions; empty where only tallies were asked.
    pub answers: Vec<Answer>,
    /// Tallies of the questions that answer with codes, in their order.
    pub tallies: Vec<Tally>,
    /// The first rows that could not be assessed; their answers are undecided.
    pub bad: Vec<BadRow>,
    /// How many values made a row bad.
    pub bad_values: usize,
}
