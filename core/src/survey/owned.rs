//! Numbers and bitmaps of a whole column: borrowed where it stands in one chunk, joined where it does not.

use super::column::{Chunk, Values};
use crate::population::{Bits, Data};

/// Values that are borrowed or made.
#[derive(Debug)]
pub(super) enum Numbers<'t> {
    Borrowed(Data<'t>),
    Constant(i64),
    Bits(Vec<u8>),
    I8(Vec<i8>),
    I16(Vec<i16>),
    I32(Vec<i32>),
    I64(Vec<i64>),
    U8(Vec<u8>),
    U16(Vec<u16>),
    U32(Vec<u32>),
    U64(Vec<u64>),
    F32(Vec<f32>),
    F64(Vec<f64>),
}

impl Numbers<'_> {
    pub(super) fn data(&self) -> Data<'_> {
        match self {
            Self::Borrowed(data) => *data,
            Self::Constant(value) => Data::Constant(*value),
            Self::Bits(bytes) => Data::Bits(Bits { bytes, offset: 0 }),
            Self::I8(values) => Data::I8(values),
            Self::I16(values) => Data::I16(values),
            Self::I32(values) => Data::I32(values),
            Self::I64(values) => Data::I64(values),
            Self::U8(values) => Data::U8(values),
            Self::U16(values) => Data::U16(values),
            Self::U32(values) => Data::U32(values),
            Self::U64(values) => Data::U64(values),
            Self::F32(values) => Data::F32(values),
            Self::F64(values) => Data::F64(values),
        }
    }

    /// A whole number as it stands; nothing where it is a float or beyond 63 bits.
    pub(super) fn whole(&self, row: usize) -> Option<i64> {
        match self.data() {
            Data::U64(values) => values.get(row).and_then(|value| i64::try_from(*value).ok()),
            data => data.whole(row),
        }
    }

    /// The key of a row of a dictionary.
    pub(super) fn key(&self, row: usize) -> Option<usize> {
        self.whole(row).and_then(|key| usize::try_from(key).ok())
    }

    pub(super) fn float(&self, row: usize) -> Option<f64> {
        match self.data() {
            Data::F32(values) => values.get(row).map(|value| f64::from(*value)),
            Data::F64(values) => values.get(row).copied(),
            _ => None,
        }
    }

    /// The value as it is shown in an error.
    pub(super) fn shown(&self, row: usize) -> String {
        match self.data() {
            Data::U64(values) => values.get(row).map_or_else(String::new, u64::to_string),
            Data::F32(values) => values.get(row).map_or_else(String::new, f32::to_string),
            Data::F64(values) => values.get(row).map_or_else(String::new, f64::to_string),
            data => data.whole(row).map_or_else(String::new, |whole| whole.to_string()),
        }
    }
}

/// A bitmap that is borrowed or made.
#[derive(Debug)]
pub(super) enum Mask<'t> {
    Borrowed(Bits<'t>),
    Made(Vec<u8>),
}

impl Mask<'_> {
    pub(super) fn bits(&self) -> Bits<'_> {
        match self {
            Self::Borrowed(bits) => *bits,
            Self::Made(bytes) => Bits { bytes, offset: 0 },
        }
    }
}

/// Whether a row is in a mask that may be left out where all rows are.
pub(super) fn is_in(mask: Option<&Mask<'_>>, row: usize) -> bool {
    mask.is_none_or(|mask| mask.bits().get(row))
}

pub(super) fn set(bytes: &mut [u8], row: usize) {
    if let Some(byte) = bytes.get_mut(row >> 3) {
        *byte |= 1 << (row & 7);
    }
}

fn rows_of(chunks: &[Chunk<'_>]) -> usize {
    chunks.iter().fold(0_usize, |rows, chunk| rows.saturating_add(chunk.rows))
}

/// Bits over all chunks, one chunk behind the other.
fn joined<'c, 't: 'c>(chunks: &'c [Chunk<'t>], is_set: impl Fn(&'c Chunk<'t>, usize) -> bool) -> Vec<u8> {
    let (mut bytes, mut first) = (vec![0; rows_of(chunks).div_ceil(8)], 0_usize);
    for chunk in chunks {
        for row in (0..chunk.rows).filter(|row| is_set(chunk, *row)) {
            set(&mut bytes, first.saturating_add(row));
        }
        first = first.saturating_add(chunk.rows);
    }
    bytes
}

/// The rows that have a value, over all chunks; nothing where all have.
pub(super) fn validity<'t>(chunks: &[Chunk<'t>]) -> Option<Mask<'t>> {
    match chunks {
        [chunk] => chunk.validity.map(Mask::Borrowed),
        _ if chunks.iter().all(|chunk| chunk.validity.is_none()) => None,
        _ => Some(Mask::Made(joined(chunks, Chunk::is_known))),
    }
}

/// Numbers or booleans as they stand, chunks joined; nothing where the values are neither.
pub(super) fn numbers<'t>(chunks: &[Chunk<'t>]) -> Option<Numbers<'t>> {
    macro_rules! join {
        ($($type:ident),*) => {
            match chunks.first().map(|chunk| &chunk.values) {
                None => Some(Numbers::Constant(0)),
                Some(Values::Bits(bits)) if chunks.len() == 1 => Some(Numbers::Borrowed(Data::Bits(*bits))),
                Some(Values::Bits(_)) => Some(Numbers::Bits(joined(chunks, |chunk, row| matches!(&chunk.values, Values::Bits(bits) if bits.get(row))))),
                $(Some(Values::$type(values)) if chunks.len() == 1 => Some(Numbers::Borrowed(Data::$type(values))),
                Some(Values::$type(_)) => {
                    let parts = chunks.iter().flat_map(|chunk| if let Values::$type(values) = &chunk.values { *values } else { &[] });
                    Some(Numbers::$type(parts.copied().collect()))
                })*
                Some(_) => None,
            }
        };
    }
    join!(I8, I16, I32, I64, U8, U16, U32, U64, F32, F64)
}

/// The rows that have a value and whose float is a number, where there is any that is not: "not a number" is how floats write that there is no value.
pub(super) fn known_numbers(numbers: &Numbers<'_>, validity: Option<&Mask<'_>>) -> Option<Vec<u8>> {
    let (rows, any) = match numbers.data() {
        Data::F32(values) => (values.len(), values.iter().any(|value| value.is_nan())),
        Data::F64(values) => (values.len(), values.iter().any(|value| value.is_nan())),
        _ => return None,
    };
    if !any {
        return None;
    }
    let mut known = vec![0; rows.div_ceil(8)];
    let is_number = |row: &usize| numbers.float(*row).is_some_and(|value| !value.is_nan());
    (0..rows)
        .filter(|row| is_in(validity, *row) && is_number(row))
        .for_each(|row| set(&mut known, row));
    Some(known)
}
