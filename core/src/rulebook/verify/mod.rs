//! Whether compiled data holds together: what comes from elsewhere must neither send the evaluator round in circles nor keep it busy for ever.

mod cost;
mod graph;
mod references;

use super::Book;

/// Checks that every number points to something, that nothing rests on itself, and what anything can cost.
pub(super) fn verify(book: &Book) -> Result<(), String> {
    references::check(book)?;
    cost::check(book)
}
