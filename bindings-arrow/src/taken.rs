//! Values of a frame that came in, taken out again by their rows: each goes out as it came.

use std::sync::Arc;

use sitthi::population::Bits;
use sitthi::survey::{Chunk, Column, Values};

use crate::export::{OutValues, Plain, Width};
use crate::table::Table;
use crate::{ArrowError, refuse};

/// For each key the value that a column has in the row of that number in `rows`; a key beyond them is null. Texts go out as a dictionary, every other
/// type as it stands in the frame. Rows are to hold different values, so that no text stands in the dictionary twice.
///
/// # Errors
/// A column that is not there or not read, and a row that it does not have.
pub fn taken(table: &Table, place: usize, keys: Vec<u32>, rows: &[usize]) -> Result<OutValues, ArrowError> {
    let column = table.column(place)?;
    let cells = rows.iter().map(|row| cell(&column, *row)).collect::<Result<Vec<_>, _>>()?;
    if column.said() == sitthi::survey::ColumnType::Text {
        let texts = cells.into_iter().map(|cell| match cell {
            Cell::Bytes(bytes) => String::from_utf8(bytes).unwrap_or_else(|error| error.as_bytes().escape_ascii().to_string()),
            Cell::Bit(_) => String::new(),
        });
        return Ok(OutValues::Texts(keys.into(), texts.collect()));
    }
    let mut validity = vec![0_u8; keys.len().div_ceil(8)];
    let of = |key: &u32| usize::try_from(*key).ok().and_then(|key| cells.get(key));
    for (row, _) in keys.iter().enumerate().filter(|(_, key)| of(key).is_some()) {
        if let Some(byte) = validity.get_mut(row / 8) {
            *byte |= 1 << (row % 8);
        }
    }
    let width = match cells.first() {
        Some(Cell::Bit(_)) => Width::Bit,
        Some(Cell::Bytes(bytes)) => Width::Bytes(bytes.len()),
        None => Width::Bytes(16),
    };
    let values = match width {
        Width::Bit => keys
            .iter()
            .map(|key| u128::from(matches!(of(key), Some(Cell::Bit(true)))))
            .collect(),
        Width::Bytes(width) => {
            let mut packed = Vec::with_capacity(keys.len().saturating_mul(width));
            for key in &keys {
                match of(key) {
                    Some(Cell::Bytes(bytes)) => packed.extend_from_slice(bytes),
                    _ => packed.resize(packed.len().saturating_add(width), 0),
                }
            }
            packed.resize(packed.len().next_multiple_of(16), 0);
            packed.as_chunks::<16>().0.iter().map(|bytes| u128::from_ne_bytes(*bytes)).collect()
        }
    };
    Ok(OutValues::Plain(Arc::new(Plain {
        format: table.format(place).to_owned(),
        values,
        validity,
        width,
    })))
}

/// A value by its bytes.
enum Cell {
    Bit(bool),
    Bytes(Vec<u8>),
}

fn cell(column: &Column<'_>, row: usize) -> Result<Cell, ArrowError> {
    let mut left = row;
    for chunk in &column.chunks {
        if left >= chunk.rows {
            left = left.saturating_sub(chunk.rows);
            continue;
        }
        let found = match &chunk.dictionary {
            Some(entries) => key(chunk, left).and_then(|key| bytes(entries, key)),
            None => bytes(chunk, left),
        };
        return found.map_or_else(|| refuse("a value of a group cannot be taken"), Ok);
    }
    refuse("the frame has no such row")
}

/// Runs an expression over the value of a row of whole numbers.
macro_rules! whole {
    ($values:expr, $row:expr, $value:ident => $then:expr, $rest:ident => $otherwise:expr) => {
        match $values {
            Values::I8(values) => values.get($row).and_then(|$value| $then),
            Values::I16(values) => values.get($row).and_then(|$value| $then),
            Values::I32(values) => values.get($row).and_then(|$value| $then),
            Values::I64(values) => values.get($row).and_then(|$value| $then),
            Values::U8(values) => values.get($row).and_then(|$value| $then),
            Values::U16(values) => values.get($row).and_then(|$value| $then),
            Values::U32(values) => values.get($row).and_then(|$value| $then),
            Values::U64(values) => values.get($row).and_then(|$value| $then),
            $rest => $otherwise,
        }
    };
}

#[expect(clippy::unnecessary_fallible_conversions, reason = "one expression for every type of number")]
fn key(chunk: &Chunk<'_>, row: usize) -> Option<usize> {
    whole!(&chunk.values, row, value => usize::try_from(*value).ok(), _rest => None)
}

fn bytes(chunk: &Chunk<'_>, row: usize) -> Option<Cell> {
    let get = |bits: &Bits<'_>| (row < chunk.rows).then(|| Cell::Bit(bits.get(row)));
    whole!(&chunk.values, row, value => Some(Cell::Bytes(value.to_ne_bytes().to_vec())), rest => match rest {
        Values::Bits(bits) => get(bits),
        Values::F32(values) => values.get(row).map(|value| Cell::Bytes(value.to_ne_bytes().to_vec())),
        Values::F64(values) => values.get(row).map(|value| Cell::Bytes(value.to_ne_bytes().to_vec())),
        Values::Decimals(values) => values.get(row).map(|value| Cell::Bytes(value.to_vec())),
        Values::Text(texts) => texts.bytes(row).map(|bytes| Cell::Bytes(bytes.to_vec())),
        _ => None,
    })
}
