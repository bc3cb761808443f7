//! The values of one column of one batch as slices.

use std::sync::Arc;

use sitthi::population::Bits;
use sitthi::survey::{Chunk, ColumnType, Text, Values};

use crate::abi::{Array, Plain, Schema};
use crate::check::{Buffers, type_of};
use crate::{ArrowError, refuse};

/// Reads a run of rows of an array that was held against its schema; the keys of a dictionary too.
pub(crate) fn chunk<'a>(schema: &Schema, array: &'a Array, (first, rows): (usize, usize)) -> Result<Chunk<'a>, ArrowError> {
    let (kind, buffers) = type_of(&schema.format()?);
    let whole = first == usize::try_from(array.offset).unwrap_or(usize::MAX) && i64::try_from(rows) == Ok(array.length);
    let mut chunk = Chunk {
        rows,
        values: values((kind, buffers, &schema.format()?), array, first, rows)?,
        validity: if kind == ColumnType::Null {
            None
        } else {
            validity(array, (first, rows), whole)?
        },
        dictionary: None,
    };
    if let (Some(inner), Some(entries)) = (schema.dictionary(), array.dictionary()) {
        let range = usize::try_from(entries.offset).ok().zip(usize::try_from(entries.length).ok());
        let entries = self::chunk(inner, entries, range.unwrap_or((0, 0)))?;
        if !keys_within(&chunk, entries.rows) {
            return refuse("a key of its dictionary stands outside of it");
        }
        chunk.dictionary = Some(Arc::new(entries));
    }
    Ok(chunk)
}

fn values<'a>(
    (kind, buffers, format): (ColumnType, Buffers, &str),
    array: &'a Array,
    first: usize,
    rows: usize,
) -> Result<Values<'a>, ArrowError> {
    Ok(match kind {
        ColumnType::Null => Values::Null,
        ColumnType::Bool => Values::Bits(bits(array, 1, first, rows)?),
        ColumnType::I8 => Values::I8(array.slice(1, first, rows)?),
        ColumnType::I16 => Values::I16(array.slice(1, first, rows)?),
        ColumnType::I32 | ColumnType::Day => Values::I32(array.slice(1, first, rows)?),
        ColumnType::I64 | ColumnType::Moment(_) => Values::I64(array.slice(1, first, rows)?),
        ColumnType::U8 => Values::U8(array.slice(1, first, rows)?),
        ColumnType::U16 => Values::U16(array.slice(1, first, rows)?),
        ColumnType::U32 => Values::U32(array.slice(1, first, rows)?),
        ColumnType::U64 => Values::U64(array.slice(1, first, rows)?),
        ColumnType::F32 => Values::F32(array.slice(1, first, rows)?),
        ColumnType::F64 => Values::F64(array.slice(1, first, rows)?),
        ColumnType::Decimal(_) => Values::Decimals(array.slice(1, first, rows)?),
        ColumnType::Text if buffers == Buffers::Views => {
            let count = usize::try_from(array.buffers_count).unwrap_or(0);
            let lengths: &[i64] = array.slice(count.saturating_sub(1), 0, count.saturating_sub(3))?;
            let parts = (2_usize..).zip(lengths).map(|(place, length)| match usize::try_from(*length) {
                Ok(length) => array.slice(place, 0, length),
                Err(_) => refuse("a buffer of texts has a length that cannot be"),
            });
            let parts: Vec<&[u8]> = parts.collect::<Result<_, _>>()?;
            Values::Text(Text::View(array.slice(1, first, rows)?, parts.into()))
        }
        ColumnType::Text if format == "U" => {
            let (offsets, bytes) = texts(array, first, rows)?;
            Values::Text(Text::Large(offsets, bytes))
        }
        ColumnType::Text => {
            let (offsets, bytes) = texts(array, first, rows)?;
            Values::Text(Text::Small(offsets, bytes))
        }
        ColumnType::Other => return refuse("values of this type are not read"),
    })
}

/// Offsets that begin where something can be and never go back, and the bytes up to the last of them.
fn texts<T: Plain + Copy + PartialOrd + Into<i64>>(array: &Array, first: usize, rows: usize) -> Result<(&[T], &[u8]), ArrowError> {
    if rows == 0 {
        return Ok((&[], &[]));
    }
    let offsets: &[T] = array.slice(1, first, rows.saturating_add(1))?;
    let (Some(start), Some(end)) = (offsets.first(), offsets.last()) else {
        return Ok((&[], &[]));
    };
    let rising = (*start).into() >= 0 && offsets.windows(2).all(|pair| matches!(pair, [start, end] if start <= end));
    match usize::try_from((*end).into()) {
        Ok(end) if rising => Ok((offsets, array.slice(2, 0, end)?)),
        _ => refuse("the places of its texts go back, or before the first byte"),
    }
}

pub(crate) fn bits(array: &Array, place: usize, first: usize, rows: usize) -> Result<Bits<'_>, ArrowError> {
    let start = first / 8;
    let end = first.saturating_add(rows).div_ceil(8);
    let bytes = array.slice(place, start, if rows == 0 { 0 } else { end.saturating_sub(start) })?;
    Ok(Bits { bytes, offset: first % 8 })
}

/// Which rows have a value, where not all have; the count of nulls is held against it where it speaks of the same rows.
pub(crate) fn validity(array: &Array, (first, rows): (usize, usize), whole: bool) -> Result<Option<Bits<'_>>, ArrowError> {
    if array.buffer(0).is_null() {
        return if array.null_count > 0 {
            refuse(format!(
                "{} nulls are counted, but nothing says which rows they are",
                array.null_count
            ))
        } else {
            Ok(None)
        };
    }
    let bits = bits(array, 0, first, rows)?;
    let nulls = rows.saturating_sub(ones(bits, rows));
    if whole && array.null_count >= 0 && i64::try_from(nulls) != Ok(array.null_count) {
        return refuse(format!("{} nulls are counted, but {nulls} rows have no value", array.null_count));
    }
    Ok((nulls > 0).then_some(bits))
}

/// How many of the rows have their bit set.
fn ones(bits: Bits<'_>, rows: usize) -> usize {
    let Some((last, whole)) = bits.bytes.split_last() else { return 0 };
    let (words, rest) = whole.as_chunks::<8>();
    let count = |ones: u32| usize::try_from(ones).unwrap_or(0);
    let all = words.iter().fold(0_usize, |sum, word| {
        sum.saturating_add(count(u64::from_ne_bytes(*word).count_ones()))
    });
    let all = rest.iter().fold(all, |sum, byte| sum.saturating_add(count(byte.count_ones())));
    // What stands before the first row and behind the last is no row's.
    let used = bits.offset.saturating_add(rows).saturating_sub(whole.len().saturating_mul(8));
    let behind = u8::try_from(1_u16.checked_shl(u32::try_from(used).unwrap_or(8)).unwrap_or(256).saturating_sub(1)).unwrap_or(u8::MAX);
    let first = whole.first().unwrap_or(last);
    let before = (0..bits.offset.min(8)).filter(|bit| first >> bit & 1 == 1).count();
    all.saturating_add(count((last & behind).count_ones())).saturating_sub(before)
}

/// Whether every key of a row that has a value stands within the dictionary.
fn keys_within(keys: &Chunk<'_>, entries: usize) -> bool {
    macro_rules! within {
        ($values:expr) => {{
            let fits = |key: &_| usize::try_from(*key).is_ok_and(|key| key < entries);
            // All of them in one sweep; where that fails, only those that count.
            let (low, high) = $values.iter().fold((0, 0), |(low, high), key| (low.min(*key), high.max(*key)));
            $values.is_empty()
                || (fits(&low) && fits(&high))
                || $values.iter().enumerate().all(|(row, key)| fits(key) || !keys.is_known(row))
        }};
    }
    match &keys.values {
        Values::I8(values) => within!(values),
        Values::I16(values) => within!(values),
        Values::I32(values) => within!(values),
        Values::I64(values) => within!(values),
        Values::U8(values) => within!(values),
        Values::U16(values) => within!(values),
        Values::U32(values) => within!(values),
        Values::U64(values) => within!(values),
        _ => false,
    }
}
