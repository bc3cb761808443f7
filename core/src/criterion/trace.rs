//! What an evaluator reads, and on which side it comes out: so it is known which examples hold which part of the law.

#[cfg(feature = "source")]
use std::collections::HashSet;
#[cfg(feature = "source")]
use std::sync::Mutex;

use super::program::{AmountId, ColumnId, NodeId, PeriodId, TermId};
use crate::values::Truth;

/// One thing that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Read {
    /// A node, and what it came to.
    Node(NodeId, Truth),
    /// A version of a node that may have been in force, by its place.
    Version(NodeId, usize),
    /// A term.
    Term(TermId),
    /// A row of a column, by its place, and whether it was in force on the day of its clock.
    Row(ColumnId, usize, Truth),
    /// A row of a column that may have given the cell.
    Cell(ColumnId, usize),
    /// A period, and the place of a length that may have been in force.
    Period(PeriodId, usize),
    /// An amount.
    Amount(AmountId),
}

#[cfg(feature = "source")]
/// Everything that was read since it was made; shared between the evaluators of one question.
#[derive(Debug, Default)]
pub struct Trace(Mutex<HashSet<Read>>);

#[cfg(feature = "source")]
impl Trace {
    /// Notes that something was read.
    pub fn note(&self, read: Read) {
        if let Ok(mut reads) = self.0.lock() {
            reads.insert(read);
        }
    }

    /// What was read, each once.
    #[must_use]
    pub fn reads(&self) -> HashSet<Read> {
        self.0.lock().map(|reads| reads.clone()).unwrap_or_default()
    }
}
