//! Criteria: typed conditions over facts, evaluated in three values.

pub mod syntax;

mod dates;
mod evaluate;
mod program;
mod reach;
mod residual;

pub use dates::{age, month_index};
pub use evaluate::{Evaluator, PeriodReach, Reading};
pub use program::{
    CellValue, Column, ColumnId, Comparison, Confidence, Entry, Name, NameId, Node, NodeId, OpenId, Period, PeriodId, Program, Start, Term, TermId,
    Unit,
};
pub use reach::Reach;
pub use residual::{Gap, Residual};

pub(crate) use evaluate::possible_versions;
