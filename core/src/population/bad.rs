//! Rows that could not be assessed.

use crate::facts::FactId;

/// Why a row cannot be assessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BadReason {
    /// The key has no code.
    NoCode,
    /// The value is negative, too large, or a day that is not of this time.
    OutOfRange,
    /// The amount has parts of a satang, or the number parts of one.
    NotExact,
    /// The row has no day.
    NoDay,
}

/// A row that could not be assessed, by its first value that cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct BadRow {
    /// The row, from 0.
    pub row: usize,
    /// The fact; none for the day asked about.
    pub fact: Option<FactId>,
    /// Why.
    pub reason: BadReason,
}
