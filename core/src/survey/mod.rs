//! Answers by columns: a frame of people in, a status for each row or counts by group out.
//!
//! A binding fills [`Column`]s and a [`Query`]; everything else, from the names of facts to the errors of single rows, is the same in every language.
//! What a row is told is what one person of the same facts is told on the same day.

mod assess;
mod bind;
mod bound;
mod column;
mod contradictions;
mod encoded;
mod error;
mod errors;
mod groups;
mod owned;
mod query;
mod read;
mod tally;
mod target;
#[cfg(test)]
mod tests;
mod value_map;

pub use assess::{Answers, Assessed, NO_ANSWER, Survey, Texts, Told, Watch};
pub use column::{Chunk, Column, ColumnType, Text, Values};
pub use encoded::Scalar;
pub use error::SurveyError;
pub use errors::{ErrorCount, MOST_SHOWN, RowError, RowErrors};
pub use query::{AnswerKind, Asked, AskedOn, Binding, JobsOf, NOT_ASSESSED, PlanCache, Query, STATUSES, VERDICTS, definitions};
pub use tally::{Grouped, LineValues, Tally};
pub use value_map::ValueMap;
