//! Criteria: typed conditions over facts, evaluated in three values.

pub mod syntax;

mod confidence;
mod dates;
mod disputes;
mod evaluate;
mod interval;
mod program;
mod residual;
mod trace;
mod unit;
mod wages;

pub use dates::{age, month_index};
pub use disputes::Disputes;
pub use evaluate::{Evaluator, PeriodReach, Reading};
pub use interval::Interval;
pub use program::{
    AmountId, CellValue, CiteId, Column, ColumnId, Comparison, Confidence, Entry, Name, NameId, Node, NodeId, OpenId, Period, PeriodEnd,
    PeriodId, Program, Start, Term, TermId,
};
pub use residual::{Gap, Gaps};
pub use trace::Read;
#[cfg(feature = "source")]
pub use trace::Trace;
pub use unit::Unit;

pub(crate) use evaluate::{compare, in_force, of_cell, possible_versions};
