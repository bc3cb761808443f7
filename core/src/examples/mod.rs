//! The examples of rule files: worked cases that stand beside the rules they hold.

mod plans;
mod read;
mod uncovered;

pub use plans::{check_example, check_scale_example};
pub use read::{Example, examples};
pub use uncovered::{Uncovered, uncovered};
