//! A rule file as it is written, before its names are resolved.

mod amounts;
mod complaints;
mod file;
mod parts;
mod rows;
mod rules;
mod tables;
mod words;

pub use amounts::{Amount, EarlierLength, Extension, Period};
pub use complaints::{CopyTo, OtherKinds, PathStep, Precedence, Route, pair};
pub use file::RuleFile;
pub use parts::{Citing, FirstDay, When, Words, both, citing, first_day, labels};
pub use rows::{Cell, Key, Row, Rows};
pub use rules::{Clause, Rule, Side, Step, Version};
pub use tables::{Overlay, Table};
pub use words::{Word, WordShape};
