//! The examples of rule files: worked cases that stand beside the rules they hold.

mod complaint;
mod expect;
mod mutate;
mod own_plan;
mod plans;
mod prepared;
mod read;
mod run;
mod uncovered;
mod vectors;
mod worker;

pub use mutate::{MutationReport, Survivor};
pub use read::{Example, examples};
pub use run::{Difference, Selection, TestReport};
pub use uncovered::{MissingSide, Uncovered, UncoveredKind};
pub use vectors::{Expectation, Vector, vectors};
