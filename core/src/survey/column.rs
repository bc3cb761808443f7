//! The border: columns of a frame, borrowed where they stand. A binding fills these and needs to know nothing else of how columns are read.

use std::sync::Arc;

use crate::population::Bits;

/// The type of the values of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names of the numbers say it")]
pub enum ColumnType {
    /// Nothing but nulls.
    Null,
    Bool,
    I8,
    I16,
    I32,
    I64,
    U8,
    U16,
    U32,
    U64,
    F32,
    F64,
    /// UTF-8.
    Text,
    /// Days since 1970-01-01.
    Day,
    /// Moments since 1970-01-01 without a zone; so many make a day.
    Moment(i64),
    /// Decimals with so many places.
    Decimal(i32),
    /// Values that are not read; such a column may only be carried along.
    Other,
}

impl ColumnType {
    /// What it is called in messages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Null => "nulls",
            Self::Bool => "booleans",
            Self::I8 | Self::I16 | Self::I32 | Self::I64 | Self::U8 | Self::U16 | Self::U32 | Self::U64 => "whole numbers",
            Self::F32 | Self::F64 => "floats",
            Self::Text => "text",
            Self::Day => "dates",
            Self::Moment(_) => "timestamps",
            Self::Decimal(_) => "decimals",
            Self::Other => "values of a type that is not read",
        }
    }

    /// Whether it is a whole number.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        matches!(
            self,
            Self::I8 | Self::I16 | Self::I32 | Self::I64 | Self::U8 | Self::U16 | Self::U32 | Self::U64
        )
    }

    /// Whether it is a float.
    #[must_use]
    pub const fn is_float(self) -> bool {
        matches!(self, Self::F32 | Self::F64)
    }
}

/// A column of a frame: one chunk after another, in the order of rows.
#[derive(Debug, Clone)]
pub struct Column<'a> {
    /// Its name in the frame.
    pub name: &'a str,
    /// The type of its values; where there is a dictionary, the type of the keys.
    pub values: ColumnType,
    /// The type of the dictionary's values.
    pub dictionary: Option<ColumnType>,
    /// What its library calls the type, for a message about a type that is not read.
    pub native: &'a str,
    /// The chunks.
    pub chunks: Vec<Chunk<'a>>,
}

impl Column<'_> {
    /// The type of what it says: of the dictionary's values where there is one.
    #[must_use]
    pub fn said(&self) -> ColumnType {
        self.dictionary.unwrap_or(self.values)
    }

    /// The number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.chunks.iter().fold(0_usize, |rows, chunk| rows.saturating_add(chunk.rows))
    }
}

/// One run of rows of a column.
#[derive(Debug, Clone)]
pub struct Chunk<'a> {
    /// The number of rows.
    pub rows: usize,
    /// The values of all rows, those of nulls included; keys from 0 where there is a dictionary.
    pub values: Values<'a>,
    /// Which rows have a value; all where it is not given.
    pub validity: Option<Bits<'a>>,
    /// The values of the dictionary; every key of a row that has a value is a row of it.
    pub dictionary: Option<Arc<Chunk<'a>>>,
}

impl Chunk<'_> {
    /// Whether a row has a value.
    #[must_use]
    pub fn is_known(&self, row: usize) -> bool {
        self.validity.is_none_or(|bits| bits.get(row))
    }
}

/// The values of a chunk, as many as it has rows.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the names of the numbers say it")]
pub enum Values<'a> {
    /// No values at all.
    Null,
    /// Packed booleans.
    Bits(Bits<'a>),
    I8(&'a [i8]),
    I16(&'a [i16]),
    I32(&'a [i32]),
    I64(&'a [i64]),
    U8(&'a [u8]),
    U16(&'a [u16]),
    U32(&'a [u32]),
    U64(&'a [u64]),
    F32(&'a [f32]),
    F64(&'a [f64]),
    /// Whole numbers of 128 bits in the byte order of the machine, which need not be aligned.
    Decimals(&'a [[u8; 16]]),
    /// Texts.
    Text(Text<'a>),
}

/// Texts as frames hold them.
#[derive(Debug, Clone)]
pub enum Text<'a> {
    /// Where each text begins and the last one ends, and the bytes of all.
    Small(&'a [i32], &'a [u8]),
    /// As `Small`, for more than 2 GiB.
    Large(&'a [i64], &'a [u8]),
    /// A length and the bytes themselves up to 12 of them, else four bytes, the number of a buffer and the place in it.
    View(&'a [[u8; 16]], Arc<[&'a [u8]]>),
}

impl<'a> Text<'a> {
    /// The bytes of a text; nothing where there is no such row, or where it points outside its buffers.
    #[must_use]
    pub fn bytes(&self, row: usize) -> Option<&'a [u8]> {
        let place = |start: i64, end: i64| Some(usize::try_from(start).ok()?..usize::try_from(end).ok()?);
        match self {
            Self::Small(offsets, bytes) => {
                let (start, end) = (*offsets.get(row)?, *offsets.get(row.checked_add(1)?)?);
                bytes.get(place(start.into(), end.into())?)
            }
            Self::Large(offsets, bytes) => {
                let (start, end) = (*offsets.get(row)?, *offsets.get(row.checked_add(1)?)?);
                bytes.get(place(start, end)?)
            }
            Self::View(views, buffers) => {
                let view = views.get(row)?;
                let number = |at: usize| {
                    let bytes = view.get(at..at.checked_add(4)?)?;
                    usize::try_from(i32::from_ne_bytes(bytes.try_into().ok()?)).ok()
                };
                let length = number(0)?;
                if length <= 12 {
                    return view.get(4..length.checked_add(4)?);
                }
                let (buffer, start) = (buffers.get(number(8)?)?, number(12)?);
                buffer.get(start..start.checked_add(length)?)
            }
        }
    }

    /// The number of texts.
    #[must_use]
    pub fn length(&self) -> usize {
        match self {
            Self::Small(offsets, _) => offsets.len().saturating_sub(1),
            Self::Large(offsets, _) => offsets.len().saturating_sub(1),
            Self::View(views, _) => views.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_from_every_form_and_never_from_outside() {
        let small = Text::Small(&[0, 2, 2, 5], b"abcde");
        assert_eq!(
            [0, 1, 2, 3].map(|row| small.bytes(row)),
            [Some(&b"ab"[..]), Some(b""), Some(b"cde"), None]
        );
        assert_eq!(Text::Large(&[1, 3], b"abc").bytes(0), Some(&b"bc"[..]));
        assert_eq!(Text::Small(&[-1, 2], b"ab").bytes(0), None);
        assert_eq!(Text::Small(&[2, 1], b"ab").bytes(0), None);
        assert_eq!(Text::Small(&[0, 9], b"ab").bytes(0), None);
        assert_eq!(Text::Large(&[0, i64::MAX], b"ab").bytes(0), None);
        let view = |length: i32, tail: [i32; 3]| {
            let mut bytes = [0; 16];
            bytes[..4].copy_from_slice(&length.to_ne_bytes());
            for (place, number) in tail.into_iter().enumerate() {
                bytes[4 + place * 4..8 + place * 4].copy_from_slice(&number.to_ne_bytes());
            }
            bytes
        };
        let mut short = view(3, [0; 3]);
        short[4..7].copy_from_slice(b"xyz");
        let views = [
            short,
            view(13, [0, 0, 1]),
            view(13, [0, 0, 2]),
            view(13, [0, 1, 0]),
            view(-1, [0; 3]),
            view(i32::MAX, [0, 0, i32::MAX]),
            view(13, [0, 0, -1]),
        ];
        let text = Text::View(&views, Arc::from([&b"0123456789abcd"[..]]));
        let found: Vec<_> = (0..8).map(|row| text.bytes(row)).collect();
        assert_eq!(
            found,
            [Some(&b"xyz"[..]), Some(b"123456789abcd"), None, None, None, None, None, None]
        );
        assert_eq!((small.length(), text.length(), Text::Small(&[], b"").length()), (3, 7, 0));
    }
}
