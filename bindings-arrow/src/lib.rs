//! The Arrow C data interface, by hand: columns in as borrowed slices, columns out as a stream.
//!
//! What comes in is checked before anything is read: signs, lengths, offsets, the numbers of buffers and of children, the counts of nulls, the places
//! of texts, the keys of dictionaries. What cannot be checked is how much memory stands behind a pointer: the interface does not say it, so a producer
//! that gives fewer bytes than its own lengths ask for cannot be told from one that gives all.
#![expect(
    unsafe_code,
    reason = "the C data interface is made of pointers; nothing outside this crate reads through one"
)]

mod abi;
mod check;
mod export;
mod read;
mod table;
mod taken;

pub use abi::{Array, Schema, Stream};
pub use export::{Export, Out, OutValues, Plain};
pub use table::{Source, Table};
pub use taken::taken;

/// The most rows of a frame: their numbers fit into 32 bits.
pub const MOST_ROWS: usize = 0xFFFF_FFFE;
/// The most columns of a frame, those within columns included.
pub const MOST_COLUMNS: usize = 1_000_000;
/// How deep columns may stand within columns.
pub const MOST_DEPTH: usize = 64;

/// Columns that cannot be taken or given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArrowError(pub String);

impl std::fmt::Display for ArrowError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for ArrowError {}

pub(crate) fn refuse<T>(why: impl Into<String>) -> Result<T, ArrowError> {
    Err(ArrowError(why.into()))
}
