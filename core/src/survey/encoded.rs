//! A column as keys of its distinct values: what has to be read, mapped or grouped is looked at once for each value.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::column::{Chunk, Column, ColumnType, Values};
use super::owned::{Mask, Numbers, numbers, validity};
use crate::values::Date;

/// One value of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scalar<'t> {
    /// A boolean.
    Flag(bool),
    /// A whole number.
    Whole(i64),
    /// A whole number of more than 63 bits.
    Large(u64),
    /// The bits of a float.
    Float(u64),
    /// Text.
    Text(&'t str),
    /// Bytes that are no UTF-8.
    Unreadable(&'t [u8]),
    /// Days since 1970-01-01.
    Day(i32),
    /// Moments since 1970-01-01, and how many make a day.
    Moment(i64, i64),
}

impl<'t> Scalar<'t> {
    /// A float; zero has no sign, and what is not a number is one value.
    #[must_use]
    pub fn float(value: f64) -> Self {
        Self::Float(if value.is_nan() { f64::NAN } else { value + 0.0 }.to_bits())
    }

    /// Not a number: how floats write that there is no value.
    #[must_use]
    pub fn is_nan(self) -> bool {
        matches!(self, Self::Float(bits) if f64::from_bits(bits).is_nan())
    }

    /// A float that is whole as a whole number: a column of whole numbers with a gap is a column of floats to pandas.
    #[must_use]
    pub fn whole(self) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "it is whole and within the range in which floats are exact"
        )]
        match self {
            Self::Float(bits) => {
                let float = f64::from_bits(bits);
                if float.fract() == 0.0 && float.abs() < 9_007_199_254_740_992.0 {
                    Self::Whole(float as i64)
                } else {
                    self
                }
            }
            other => other,
        }
    }

    /// The day, for a day or a moment; nothing beyond 32 bits.
    #[must_use]
    pub fn day(self) -> Option<i32> {
        match self {
            Self::Day(day) => Some(day),
            Self::Moment(moment, a_day) => i32::try_from(moment.checked_div_euclid(a_day)?).ok(),
            _ => None,
        }
    }

    /// The value as it is shown in an error.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Flag(flag) => flag.to_string(),
            Self::Whole(whole) => whole.to_string(),
            Self::Large(whole) => whole.to_string(),
            Self::Float(bits) => f64::from_bits(*bits).to_string(),
            Self::Text(text) => (*text).to_owned(),
            Self::Unreadable(bytes) => bytes.escape_ascii().to_string(),
            // Also a day that no fact can have, such as one of a year of the Buddhist era: it is shown as it was meant.
            Self::Day(day) => Date::shown_of_days(*day).unwrap_or_else(|| day.to_string()),
            Self::Moment(moment, _) => self.day().and_then(Date::shown_of_days).unwrap_or_else(|| moment.to_string()),
        }
    }

    /// The order of groups: numbers by size, texts by their letters.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        let rank = |scalar: &Self| match scalar {
            Self::Flag(_) => 0,
            Self::Whole(_) => 1,
            Self::Large(_) => 2,
            Self::Float(_) => 3,
            Self::Day(_) => 4,
            Self::Moment(..) => 5,
            Self::Text(_) => 6,
            Self::Unreadable(_) => 7,
        };
        match (self, other) {
            (Self::Flag(a), Self::Flag(b)) => a.cmp(b),
            (Self::Whole(a), Self::Whole(b)) | (Self::Moment(a, _), Self::Moment(b, _)) => a.cmp(b),
            (Self::Large(a), Self::Large(b)) => a.cmp(b),
            (Self::Float(a), Self::Float(b)) => f64::from_bits(*a).total_cmp(&f64::from_bits(*b)),
            (Self::Day(a), Self::Day(b)) => a.cmp(b),
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            (Self::Unreadable(a), Self::Unreadable(b)) => a.cmp(b),
            _ => rank(self).cmp(&rank(other)),
        }
    }
}

/// A number of days as the calendar writes it.
pub(super) fn day_shown(day: i64) -> String {
    i32::try_from(day).map_or_else(|_| day.to_string(), |day| Scalar::Day(day).shown())
}

/// A column as keys of its distinct values.
#[derive(Debug)]
pub(super) struct Encoded<'t> {
    /// The number of the value of each row; that of a row without a value says nothing.
    pub keys: Numbers<'t>,
    /// The values by number; nothing for a null of the dictionary. A dictionary may have one twice.
    pub values: Vec<Option<Scalar<'t>>>,
    pub validity: Option<Mask<'t>>,
}

impl<'t> Encoded<'t> {
    /// The number of the value of a row; nothing where it has none.
    pub(super) fn key(&self, row: usize) -> Option<usize> {
        super::owned::is_in(self.validity.as_ref(), row)
            .then(|| self.keys.key(row))
            .flatten()
            .filter(|key| self.values.get(*key).is_some_and(Option::is_some))
    }

    /// The same with one more value, not a number, that every row has which has none.
    pub(super) fn with_empty(self, rows: usize) -> Self {
        let empty = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        let key = |row| self.key(row).and_then(|key| u32::try_from(key).ok()).unwrap_or(empty);
        let keys = Numbers::U32((0..rows).map(key).collect());
        let mut values = self.values;
        values.push(Some(Scalar::float(f64::NAN)));
        Self {
            keys,
            values,
            validity: None,
        }
    }

    /// Encodes a column; nothing where its type has no values that can be told apart so.
    pub(super) fn new(column: &Column<'t>) -> Option<Self> {
        if let ([chunk], Some(kind)) = (column.chunks.as_slice(), column.dictionary)
            && let Some(dictionary) = &chunk.dictionary
        {
            return Some(Self {
                keys: numbers(&column.chunks)?,
                values: entries(dictionary, kind)?,
                validity: validity(&column.chunks),
            });
        }
        let mut found = Found::default();
        let mut keys: Vec<u32> = Vec::with_capacity(column.rows());
        for chunk in &column.chunks {
            if let (Some(kind), Some(dictionary)) = (column.dictionary, &chunk.dictionary) {
                let entries = entries(dictionary, kind)?.into_iter();
                let entries: Vec<u32> = entries.map(|entry| entry.map_or(0, |entry| found.number(entry))).collect();
                let places = numbers(std::slice::from_ref(chunk))?;
                keys.extend((0..chunk.rows).map(|row| {
                    let place = places.key(row).filter(|_| chunk.is_known(row));
                    place.and_then(|place| entries.get(place)).copied().unwrap_or(0)
                }));
                continue;
            }
            let get = scalars(chunk, column.values)?;
            let mut last: Option<(Scalar<'t>, u32)> = None;
            for row in 0..chunk.rows {
                let scalar = if chunk.is_known(row) { get(row) } else { None };
                keys.push(match (scalar, last) {
                    (None, _) => 0,
                    (Some(scalar), Some((before, number))) if before == scalar => number,
                    (Some(scalar), _) => {
                        let number = found.number(scalar);
                        last = Some((scalar, number));
                        number
                    }
                });
            }
        }
        let keys = match found.values.len() {
            0..=256 => Numbers::U8(keys.into_iter().map(|key| u8::try_from(key).unwrap_or(0)).collect()),
            257..=65_536 => Numbers::U16(keys.into_iter().map(|key| u16::try_from(key).unwrap_or(0)).collect()),
            _ => Numbers::U32(keys),
        };
        Some(Self {
            keys,
            values: found.values,
            // A null of a dictionary and a row without a value have one key.
            validity: if column.dictionary.is_some() {
                None
            } else {
                validity(&column.chunks)
            },
        })
    }
}

/// Distinct values, numbered as they come; 0 stands for none.
struct Found<'t> {
    numbers: HashMap<Scalar<'t>, u32>,
    values: Vec<Option<Scalar<'t>>>,
}

impl Default for Found<'_> {
    fn default() -> Self {
        Self {
            numbers: HashMap::new(),
            values: vec![None],
        }
    }
}

impl<'t> Found<'t> {
    fn number(&mut self, scalar: Scalar<'t>) -> u32 {
        match self.numbers.entry(scalar) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(new) => {
                let number = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
                self.values.push(Some(scalar));
                *new.insert(number)
            }
        }
    }
}

/// The values of a dictionary.
fn entries<'t>(dictionary: &Chunk<'t>, kind: ColumnType) -> Option<Vec<Option<Scalar<'t>>>> {
    let get = scalars(dictionary, kind)?;
    let entry = |row| if dictionary.is_known(row) { get(row) } else { None };
    Some((0..dictionary.rows).map(entry).collect())
}

type Get<'t> = Box<dyn Fn(usize) -> Option<Scalar<'t>> + 't>;

fn scalars<'t>(chunk: &Chunk<'t>, kind: ColumnType) -> Option<Get<'t>> {
    macro_rules! each {
        ($values:ident, $value:ident => $scalar:expr) => {{
            let values = *$values;
            Box::new(move |row| values.get(row).map(|$value| $scalar))
        }};
    }
    let get: Get<'t> = match (&chunk.values, kind) {
        (Values::Bits(bits), _) => {
            let bits = *bits;
            Box::new(move |row| Some(Scalar::Flag(bits.get(row))))
        }
        (Values::I32(values), ColumnType::Day) => each!(values, day => Scalar::Day(*day)),
        (Values::I64(values), ColumnType::Moment(a_day)) => each!(values, moment => Scalar::Moment(*moment, a_day)),
        (Values::I8(values), _) => each!(values, value => Scalar::Whole((*value).into())),
        (Values::I16(values), _) => each!(values, value => Scalar::Whole((*value).into())),
        (Values::I32(values), _) => each!(values, value => Scalar::Whole((*value).into())),
        (Values::I64(values), _) => each!(values, value => Scalar::Whole(*value)),
        (Values::U8(values), _) => each!(values, value => Scalar::Whole((*value).into())),
        (Values::U16(values), _) => each!(values, value => Scalar::Whole((*value).into())),
        (Values::U32(values), _) => each!(values, value => Scalar::Whole((*value).into())),
        (Values::U64(values), _) => each!(values, value => i64::try_from(*value).map_or(Scalar::Large(*value), Scalar::Whole)),
        (Values::F32(values), _) => each!(values, value => Scalar::float((*value).into())),
        (Values::F64(values), _) => each!(values, value => Scalar::float(*value)),
        (Values::Text(texts), _) => {
            let texts = texts.clone();
            Box::new(move |row| {
                let bytes = texts.bytes(row).unwrap_or(b"");
                Some(std::str::from_utf8(bytes).map_or(Scalar::Unreadable(bytes), Scalar::Text))
            })
        }
        (Values::Null | Values::Decimals(_), _) => return None,
    };
    Some(get)
}
