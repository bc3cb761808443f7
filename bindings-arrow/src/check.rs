//! What is looked at before anything is read: whether the structures fit each other.

use sitthi::survey::ColumnType;

use crate::abi::{Array, Schema};
use crate::{ArrowError, MOST_COLUMNS, MOST_DEPTH, MOST_ROWS, refuse};

/// How the values of a column lie in its buffers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Buffers {
    /// None at all.
    None,
    /// One of values.
    Values,
    /// Offsets of 32 or 64 bits, then bytes.
    Offsets,
    /// Views, any number of buffers of bytes, then the lengths of these.
    Views,
    /// Not read.
    Other,
}

/// The type of a column by its format, and how its values lie.
pub(crate) fn type_of(format: &str) -> (ColumnType, Buffers) {
    let plain = match format {
        "n" => return (ColumnType::Null, Buffers::None),
        "u" | "U" => return (ColumnType::Text, Buffers::Offsets),
        "vu" => return (ColumnType::Text, Buffers::Views),
        "b" => ColumnType::Bool,
        "c" => ColumnType::I8,
        "C" => ColumnType::U8,
        "s" => ColumnType::I16,
        "S" => ColumnType::U16,
        "i" => ColumnType::I32,
        "I" => ColumnType::U32,
        "l" => ColumnType::I64,
        "L" => ColumnType::U64,
        "f" => ColumnType::F32,
        "g" => ColumnType::F64,
        "tdD" => ColumnType::Day,
        "tdm" => ColumnType::Moment(86_400_000),
        // A moment in a zone is another day elsewhere: only days as written are read.
        "tss:" => ColumnType::Moment(86_400),
        "tsm:" => ColumnType::Moment(86_400_000),
        "tsu:" => ColumnType::Moment(86_400_000_000),
        "tsn:" => ColumnType::Moment(86_400_000_000_000),
        _ => return decimal(format).map_or((ColumnType::Other, Buffers::Other), |decimal| (decimal, Buffers::Values)),
    };
    (plain, Buffers::Values)
}

fn decimal(format: &str) -> Option<ColumnType> {
    let parts: Vec<&str> = format.strip_prefix("d:")?.split(',').collect();
    match parts.as_slice() {
        [_, places] | [_, places, "128"] => places.parse().ok().map(ColumnType::Decimal),
        _ => None,
    }
}

/// A whole that is not negative.
fn whole(number: i64, what: &str) -> Result<usize, ArrowError> {
    usize::try_from(number).or_else(|_| refuse(format!("{what} is {number}, which cannot be")))
}

/// Walks over a schema: every child is there, and neither their number nor their depth goes beyond what a frame may have.
pub(crate) fn schema(schema: &Schema, left: &mut usize, depth: usize) -> Result<(), ArrowError> {
    let count = whole(schema.children_count, "the number of columns")?;
    if depth > MOST_DEPTH {
        return refuse(format!("columns stand within columns more than {MOST_DEPTH} deep"));
    }
    *left = match left.checked_sub(count.saturating_add(1)) {
        Some(left) => left,
        None => return refuse(format!("the frame has more than {MOST_COLUMNS} columns")),
    };
    schema.name()?;
    if schema.format()?.is_empty() {
        return refuse("a column has no type");
    }
    for place in 0..count {
        let Some(child) = schema.child(place) else {
            return refuse("the schema counts a column that it does not give");
        };
        self::schema(child, left, depth.saturating_add(1))?;
    }
    match schema.dictionary() {
        Some(values) => self::schema(values, left, depth.saturating_add(1)),
        None => Ok(()),
    }
}

/// Holds an array against its schema, which was walked over before.
pub(crate) fn array(schema: &Schema, array: &Array) -> Result<(), ArrowError> {
    let name = || schema.name().unwrap_or_default();
    let (length, offset) = (whole(array.length, "a length")?, whole(array.offset, "an offset")?);
    if offset.checked_add(length).is_none_or(|end| end > MOST_ROWS) {
        return refuse(format!(
            "column `{}` begins at row {offset} and has {length} rows, which is more than {MOST_ROWS}",
            name()
        ));
    }
    if array.null_count < -1 || array.null_count > array.length {
        return refuse(format!("column `{}` counts {} nulls in {length} rows", name(), array.null_count));
    }
    let buffers = whole(array.buffers_count, "a number of buffers")?;
    let format = schema.format()?;
    let fits = match type_of(&format).1 {
        Buffers::None => buffers == 0,
        Buffers::Values => buffers == 2,
        Buffers::Offsets => buffers == 3,
        Buffers::Views => (3..=MOST_COLUMNS).contains(&buffers),
        // Structures have a bitmap at most; what is not read may have anything.
        Buffers::Other => buffers <= if format == "+s" { 1 } else { MOST_COLUMNS },
    };
    if !fits || (buffers > 0 && array.buffers.is_null()) {
        return refuse(format!("column `{}` of type `{format}` has {buffers} buffers", name()));
    }
    if array.children_count != schema.children_count {
        return refuse("a batch has other columns than the schema");
    }
    for place in 0..whole(array.children_count, "the number of columns")? {
        let (Some(inner), Some(child)) = (schema.child(place), array.child(place)) else {
            return refuse("a batch counts a column that it does not give");
        };
        self::array(inner, child)?;
        if format == "+s" && child.length < array.offset.saturating_add(array.length) {
            let rows = offset.saturating_add(length);
            return refuse(format!(
                "column `{}` has {} rows, but its batch has {rows}",
                inner.name()?,
                child.length
            ));
        }
    }
    match (schema.dictionary(), array.dictionary()) {
        (None, None) => Ok(()),
        (Some(inner), Some(values)) => self::array(inner, values),
        _ => refuse(format!("the dictionary of column `{}` is missing", name())),
    }
}
