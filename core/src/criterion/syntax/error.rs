//! What is wrong with a text that does not parse.

use super::place::line_and_column;

/// A text is not a condition: where, what stands there, and what could stand there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: found {found}, expected {expected}")]
#[non_exhaustive]
pub struct SyntaxError {
    /// The byte at which the text goes wrong.
    pub position: usize,
    /// The line of that byte, from 1.
    pub line: usize,
    /// The column of that byte in its line, from 1, counted in characters.
    pub column: usize,
    /// What stands there, in backticks, or `the end`.
    pub found: String,
    /// What could stand there.
    pub expected: String,
}

impl SyntaxError {
    /// Describes what was found at a byte of the text.
    pub(super) fn new(text: &str, position: usize, found: String, expected: impl Into<String>) -> Self {
        let (line, column) = line_and_column(text, position);
        Self {
            position,
            line,
            column,
            found,
            expected: expected.into(),
        }
    }
}
