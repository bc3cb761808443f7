//! Whole populations by columns: the same meaning as for one subject, without a row ever being built.
//!
//! A [`Plan`] is compiled once for a program, the questions and the form of a population; it runs chunk by chunk over borrowed columns. A truth
//! value is two bitmaps, known to be met and known to be unmet, and every condition that rests on one column becomes spans of its values.

mod bad;
mod check;
mod columns;
mod gates;
mod kernels;
mod outcome;
mod plan;
mod rows;
mod run;
mod source;
mod steps;
mod tally;
#[cfg(test)]
mod tests;

pub use bad::{BadReason, BadRow};
pub(crate) use columns::day_domain;
pub use columns::{Bits, Bound, Data, Days, Jobs, Keys, Part, Population, PopulationError, Scale};
pub use outcome::{Answer, Outcome, Scheme, Verdict};
pub use plan::{Ask, Compiled, Plan};
pub use run::Run;
pub(crate) use source::fact_value;
pub(crate) use tally::Parts;
pub use tally::{Grouping, Groups, Tally, Weights};
