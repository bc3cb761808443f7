//! Where in a text something stands.

use serde::{Deserialize, Serialize};

/// A stretch of a text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// A value and where it was written; equal to every other place's same value, and written by `serde` without its place.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Placed<T> {
    /// What was written.
    pub value: T,
    /// Where it was written.
    #[serde(skip)]
    pub place: Place,
}

impl<T> Placed<T> {
    /// Puts a value at a place.
    pub fn new(value: T, place: Place) -> Self {
        Self { value, place }
    }
}

impl<T> From<T> for Placed<T> {
    fn from(value: T) -> Self {
        Self::new(value, Place::default())
    }
}

impl From<&str> for Placed<String> {
    fn from(value: &str) -> Self {
        Self::from(value.to_owned())
    }
}

impl<T: PartialEq> PartialEq for Placed<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Placed<T> {}

/// Gives the line and the column of a byte of a text, both counted from 1, columns in characters.
#[must_use]
pub fn line_and_column(text: &str, position: usize) -> (usize, usize) {
    let (mut line, mut column) = (1_usize, 1_usize);
    for (_, character) in text.char_indices().take_while(|(start, _)| *start < position) {
        if character == '\n' {
            line = line.saturating_add(1);
            column = 1;
        } else {
            column = column.saturating_add(1);
        }
    }
    (line, column)
}
