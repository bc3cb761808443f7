//! The rows of a table, read.

use std::collections::BTreeMap;

use super::parts::FirstDay;
use crate::criterion::{CellValue, CiteId, Confidence};
use crate::values::Length;

/// The rows of a table, and the file on whose lines they stand: the rule file, or the CSV file that holds them.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    /// The path of that file.
    pub path: String,
    /// The rows, in its order.
    pub rows: Vec<Row>,
}

/// One row.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its line.
    pub line: u32,
    /// Its first day; none where it stands from the beginning.
    pub from: Option<FirstDay>,
    /// The length from which on its band counts.
    pub band: Option<Length>,
    /// The place that it concerns.
    pub place: Option<String>,
    /// Its keys, each with the name of the word or fact that must equal it.
    pub keys: Vec<(String, Key)>,
    /// Its cells by column.
    pub cells: BTreeMap<String, Cell>,
    /// Citations, by number.
    pub cites: Vec<CiteId>,
    /// The weakest confidence of the citations.
    pub confidence: Confidence,
}

/// What a key must equal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// A code.
    Code(String),
    /// A number.
    Number(i64),
}

/// A cell, under one or two readings.
#[derive(Debug, Clone)]
pub struct Cell {
    /// The leading reading.
    pub lead: CellValue,
    /// The other reading, where there is one.
    pub other: Option<CellValue>,
    /// Citations of its own, by number.
    pub cites: Vec<CiteId>,
}

impl Row {
    /// Whether another row concerns the same people, so that the two differ in time only.
    #[must_use]
    pub fn same_keys(&self, other: &Self) -> bool {
        self.keys == other.keys && self.place == other.place && self.band == other.band
    }
}
