//! Columns of a frame made into columns of a population: borrowed where they stand, folded where values have to be read.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde_json::Value as Json;
use sitthi::facts::{CodeList, FactId, FactInfo, FactKind, Layout, PaidMonths, Value};
use sitthi::population::{Bits, Bound, Data, Keys, Part, PopulationError, Scale};
use sitthi::rulebook::Book;
use sitthi::values::{nearest, parse_thai};
use sitthi::{Baht, PartialDate};

use crate::arrow::{ArrowError, Chunk, Field, Kind, Values};
use crate::fault::Refused;

/// A row with a value that cannot be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bad {
    pub row: usize,
    pub fact: String,
    pub value: String,
    pub reason: String,
}

/// Values that are borrowed or made.
pub enum Held<'t> {
    Lent(Data<'t>),
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

/// A bitmap that is borrowed or made.
pub enum HeldBits<'t> {
    Lent(Bits<'t>),
    Made(Vec<u8>),
}

impl Held<'_> {
    pub fn data(&self) -> Data<'_> {
        match self {
            Self::Lent(data) => *data,
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

    /// A whole number as it stands.
    pub fn whole(&self, row: usize) -> Option<i64> {
        match self.data() {
            Data::Constant(value) => Some(value),
            Data::Bits(bits) => Some(get(&bits, row).into()),
            Data::I8(values) => values.get(row).map(|value| i64::from(*value)),
            Data::I16(values) => values.get(row).map(|value| i64::from(*value)),
            Data::I32(values) => values.get(row).map(|value| i64::from(*value)),
            Data::I64(values) => values.get(row).copied(),
            Data::U8(values) => values.get(row).map(|value| i64::from(*value)),
            Data::U16(values) => values.get(row).map(|value| i64::from(*value)),
            Data::U32(values) => values.get(row).map(|value| i64::from(*value)),
            Data::U64(values) => values.get(row).and_then(|value| i64::try_from(*value).ok()),
            Data::F32(_) | Data::F64(_) => None,
        }
    }

    pub fn float(&self, row: usize) -> Option<f64> {
        match self.data() {
            Data::F32(values) => values.get(row).map(|value| f64::from(*value)),
            Data::F64(values) => values.get(row).copied(),
            _ => None,
        }
    }

    /// The value as it is shown in an error.
    pub fn shown(&self, row: usize) -> String {
        self.float(row).map_or_else(
            || self.whole(row).map_or_else(String::new, |whole| whole.to_string()),
            |float| float.to_string(),
        )
    }
}

impl HeldBits<'_> {
    pub fn bits(&self) -> Bits<'_> {
        match self {
            Self::Lent(bits) => *bits,
            Self::Made(bytes) => Bits { bytes, offset: 0 },
        }
    }
}

pub fn get(bits: &Bits<'_>, row: usize) -> bool {
    let bit = bits.offset.saturating_add(row);
    bits.bytes.get(bit >> 3).is_some_and(|byte| byte >> (bit & 7) & 1 == 1)
}

fn set(bytes: &mut [u8], row: usize) {
    if let Some(byte) = bytes.get_mut(row >> 3) {
        *byte |= 1 << (row & 7);
    }
}

/// The rows that have a value, over all chunks; nothing where all have.
pub fn validity<'t>(chunks: &[Chunk<'t>]) -> Result<Option<HeldBits<'t>>, ArrowError> {
    if let [chunk] = chunks {
        return Ok(chunk.validity()?.map(HeldBits::Lent));
    }
    let parts = chunks.iter().map(Chunk::validity).collect::<Result<Vec<_>, _>>()?;
    if parts.iter().all(Option::is_none) {
        return Ok(None);
    }
    let rows = chunks.iter().fold(0_usize, |rows, chunk| rows.saturating_add(chunk.rows));
    let mut bytes = vec![0; rows.div_ceil(8)];
    let mut first = 0_usize;
    for (chunk, part) in chunks.iter().zip(parts) {
        for row in 0..chunk.rows {
            if part.is_none_or(|bits| get(&bits, row)) {
                set(&mut bytes, first.saturating_add(row));
            }
        }
        first = first.saturating_add(chunk.rows);
    }
    Ok(Some(HeldBits::Made(bytes)))
}

/// The rows whose float is a number, where there is any that is not: "not a number" is how floats write that there is no value.
fn numbers(held: &Held<'_>, validity: Option<&HeldBits<'_>>) -> Option<Vec<u8>> {
    let (rows, any) = match held.data() {
        Data::F32(values) => (values.len(), values.iter().any(|value| value.is_nan())),
        Data::F64(values) => (values.len(), values.iter().any(|value| value.is_nan())),
        _ => return None,
    };
    if !any {
        return None;
    }
    let mut known = vec![0; rows.div_ceil(8)];
    let is_number = |row: &usize| held.float(*row).is_some_and(|value| !value.is_nan());
    let valid = |row: &usize| validity.is_none_or(|bits| get(&bits.bits(), *row));
    (0..rows)
        .filter(|row| valid(row) && is_number(row))
        .for_each(|row| set(&mut known, row));
    Some(known)
}

/// Numbers or booleans as they stand, chunks joined.
pub fn plain<'t>(chunks: &[Chunk<'t>]) -> Result<Held<'t>, ArrowError> {
    let parts = chunks.iter().map(Chunk::values).collect::<Result<Vec<_>, _>>()?;
    macro_rules! join {
        ($($type:ident),*) => {
            match parts.as_slice() {
                [] => Ok(Held::Constant(0)),
                [Values::Bits(bits)] => Ok(Held::Lent(Data::Bits(*bits))),
                $([Values::$type(values)] => Ok(Held::Lent(Data::$type(values))),)*
                [Values::Bits(_), ..] => {
                    let rows = chunks.iter().fold(0_usize, |rows, chunk| rows.saturating_add(chunk.rows));
                    let (mut bytes, mut first) = (vec![0; rows.div_ceil(8)], 0_usize);
                    for (part, chunk) in parts.iter().zip(chunks) {
                        if let Values::Bits(bits) = part {
                            (0..chunk.rows).filter(|row| get(bits, *row)).for_each(|row| set(&mut bytes, first.saturating_add(row)));
                        }
                        first = first.saturating_add(chunk.rows);
                    }
                    Ok(Held::Bits(bytes))
                }
                $([Values::$type(_), ..] => {
                    Ok(Held::$type(parts.iter().flat_map(|part| if let Values::$type(values) = part { *values } else { &[] }).copied().collect()))
                })*
                _ => Err(ArrowError("a column of numbers was expected".to_owned())),
            }
        };
    }
    join!(I8, I16, I32, I64, U8, U16, U32, U64, F32, F64)
}

/// One value of a column that is folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scalar<'t> {
    Flag(bool),
    Whole(i64),
    /// The bits of a float.
    Float(u64),
    Text(&'t str),
    Day(i32),
}

impl Scalar<'_> {
    /// Not a number: how floats write that there is no value.
    pub fn is_nan(self) -> bool {
        matches!(self, Self::Float(bits) if f64::from_bits(bits).is_nan())
    }

    /// A float that is whole as a whole number: a column of whole numbers with a gap is a column of floats to pandas.
    fn whole(self) -> Self {
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

    pub fn shown(&self) -> String {
        match self {
            Self::Flag(flag) => flag.to_string(),
            Self::Whole(whole) => whole.to_string(),
            Self::Float(bits) => f64::from_bits(*bits).to_string(),
            Self::Text(text) => (*text).to_owned(),
            Self::Day(day) => sitthi::Date::from_days(*day).map_or_else(|| day.to_string(), |day| day.to_string()),
        }
    }
}

/// A column as keys of its distinct values.
pub struct Folded<'t> {
    pub keys: Held<'t>,
    pub values: Vec<Option<Scalar<'t>>>,
    pub validity: Option<HeldBits<'t>>,
}

fn scalars<'t>(chunk: &Chunk<'t>, kind: Kind) -> Result<Box<dyn Fn(usize) -> Option<Scalar<'t>> + 't>, ArrowError> {
    macro_rules! whole {
        ($values:ident) => {
            Box::new(move |row| $values.get(row).map(|value| Scalar::Whole(i64::from(*value))))
        };
    }
    let over_day = |over: i64| move |value: &i64| i32::try_from(value.div_euclid(over)).ok().map(Scalar::Day);
    let get: Box<dyn Fn(usize) -> Option<Scalar<'t>> + 't> = match (chunk.values()?, kind) {
        (Values::Bits(bits), _) => Box::new(move |row| Some(Scalar::Flag(get(&bits, row)))),
        (Values::I32(values), Kind::Date32) => Box::new(move |row| values.get(row).map(|day| Scalar::Day(*day))),
        (Values::I64(values), Kind::Date64) => Box::new(move |row| values.get(row).and_then(over_day(86_400_000))),
        (Values::I64(values), Kind::Timestamp(over)) => Box::new(move |row| values.get(row).and_then(over_day(over))),
        (Values::I8(values), _) => whole!(values),
        (Values::I16(values), _) => whole!(values),
        (Values::I32(values), _) => whole!(values),
        (Values::I64(values), _) => whole!(values),
        (Values::U8(values), _) => whole!(values),
        (Values::U16(values), _) => whole!(values),
        (Values::U32(values), _) => whole!(values),
        (Values::U64(values), _) => Box::new(move |row| {
            values
                .get(row)
                .map(|value| Scalar::Whole(i64::try_from(*value).unwrap_or(i64::MAX)))
        }),
        (Values::F32(values), _) => Box::new(move |row| values.get(row).map(|value| Scalar::Float(f64::from(*value).to_bits()))),
        (Values::F64(values), _) => Box::new(move |row| values.get(row).map(|value| Scalar::Float(value.to_bits()))),
        (Values::Text(texts), _) => Box::new(move |row| texts.get(row).map(Scalar::Text)),
        (Values::Null | Values::I128(_), _) => return Err(ArrowError("values of this type are not folded".to_owned())),
    };
    Ok(get)
}

/// Folds a column into keys of its distinct values.
pub fn fold<'t>(chunks: &[Chunk<'t>], field: &Field) -> Result<Folded<'t>, ArrowError> {
    let validity = validity(chunks)?;
    if let ([chunk], Some(kind)) = (chunks, field.dictionary)
        && let Some(dictionary) = chunk.dictionary()
    {
        let (get, known) = (scalars(&dictionary, kind)?, dictionary.validity()?);
        let values = (0..dictionary.rows).map(|row| {
            if known.is_none_or(|bits| self::get(&bits, row)) {
                get(row)
            } else {
                None
            }
        });
        let values: Vec<_> = values.collect();
        return Ok(Folded {
            keys: plain(chunks)?,
            values,
            validity,
        });
    }
    let mut numbers: HashMap<Scalar<'t>, u32> = HashMap::new();
    let mut values: Vec<Option<Scalar<'t>>> = vec![None];
    let mut number = |scalar: Scalar<'t>| match numbers.entry(scalar) {
        Entry::Occupied(known) => *known.get(),
        Entry::Vacant(new) => {
            let number = u32::try_from(values.len()).unwrap_or(u32::MAX);
            values.push(Some(scalar));
            *new.insert(number)
        }
    };
    let mut keys: Vec<u32> = Vec::new();
    for chunk in chunks {
        let known = chunk.validity()?;
        let valid = |row: usize| known.is_none_or(|bits| get(&bits, row));
        if let (Some(kind), Some(dictionary)) = (field.dictionary, chunk.dictionary()) {
            let (get, of_entry) = (scalars(&dictionary, kind)?, dictionary.validity()?);
            let entries: Vec<u32> = (0..dictionary.rows)
                .map(|row| {
                    if of_entry.is_none_or(|bits| self::get(&bits, row)) {
                        get(row).map_or(0, &mut number)
                    } else {
                        0
                    }
                })
                .collect();
            let places = plain(std::slice::from_ref(chunk))?;
            keys.extend((0..chunk.rows).map(|row| {
                let place = places
                    .whole(row)
                    .filter(|_| valid(row))
                    .and_then(|place| usize::try_from(place).ok());
                place.and_then(|place| entries.get(place)).copied().unwrap_or(0)
            }));
            continue;
        }
        let get = scalars(chunk, field.kind)?;
        let mut last: Option<(Scalar<'t>, u32)> = None;
        for row in 0..chunk.rows {
            let scalar = if valid(row) { get(row) } else { None };
            keys.push(match (scalar, last) {
                (None, _) => 0,
                (Some(scalar), Some((before, number))) if before == scalar => number,
                (Some(scalar), _) => {
                    let number = number(scalar);
                    last = Some((scalar, number));
                    number
                }
            });
        }
    }
    let keys = match values.len() {
        0..=256 => Held::U8(keys.into_iter().map(|key| u8::try_from(key).unwrap_or(0)).collect()),
        257..=65_536 => Held::U16(keys.into_iter().map(|key| u16::try_from(key).unwrap_or(0)).collect()),
        _ => Held::U32(keys),
    };
    Ok(Folded { keys, values, validity })
}

/// What one value says of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    Unknown,
    Value(i64),
    Span(i64, i64),
    Bad(String),
}

/// What a column is read for.
pub struct Target<'b> {
    pub name: String,
    pub fact: FactId,
    pub kind: FactKind,
    pub list: Option<&'b CodeList>,
    pub job: usize,
    pub part: Part,
    pub book: &'b Book,
}

impl<'b> Target<'b> {
    /// The target of a column's name, such as `job_2.employer` or `paid_months.sso_33.in_15`.
    pub fn named(name: &str, book: &'b Book) -> Result<Self, Refused> {
        let layout = &book.program.layout;
        let unknown = || {
            let near = nearest(name, layout.facts.iter().map(|fact| fact.name.as_str())).map(str::to_owned);
            Refused::from(sitthi::FactError::UnknownFact {
                fact: name.to_owned(),
                nearest: near,
            })
        };
        let (plain, job) = match name.strip_prefix("job_2.") {
            Some(rest) => (format!("job.{rest}"), 1),
            None => (name.to_owned(), 0),
        };
        let (plain, part) = match plain.strip_prefix("paid_months.").and_then(|rest| rest.split_once('.')) {
            Some((scheme, "total")) => (format!("paid_months.{scheme}"), Part::PaidInTotal),
            Some((scheme, window)) => {
                let window = window
                    .strip_prefix("in_")
                    .and_then(|window| window.parse().ok())
                    .ok_or_else(unknown)?;
                (format!("paid_months.{scheme}"), Part::PaidWithin(window))
            }
            None => (plain, Part::Value),
        };
        let fact = layout.fact_number(&plain).ok_or_else(unknown)?;
        let info: &FactInfo = layout.fact(fact).ok_or_else(unknown)?;
        let kind = if part == Part::Value { info.kind } else { FactKind::Count };
        let list = info.list.and_then(|list| layout.lists.get(usize::from(list)));
        Ok(Self {
            name: name.to_owned(),
            fact,
            kind,
            list,
            job,
            part,
            book,
        })
    }

    fn coded(&self) -> bool {
        matches!(
            self.kind,
            FactKind::Code | FactKind::Province | FactKind::District | FactKind::YesNo
        )
    }

    fn expected(&self, reader: Option<&str>) -> &'static str {
        match (self.kind, reader) {
            (FactKind::YesNo, _) => "booleans; map other values with `columns=`",
            (FactKind::Code, _) => "codes as text; map other values with `columns=`",
            (FactKind::Province, _) => "province codes or names",
            (FactKind::District, _) => "district codes or names",
            (FactKind::Date, Some("be_year" | "ce_year")) => "years, as whole numbers or text",
            (FactKind::Date, _) => "dates, timestamps without a zone, or text; name a reader for years",
            (FactKind::Count, _) => "whole numbers",
            (FactKind::Money, _) => "amounts in baht: numbers, decimals or text",
            _ => "no column: this fact is not read from a frame",
        }
    }

    fn takes(&self, kind: Kind, reader: Option<&str>) -> bool {
        use Kind::{Bool, Date32, Date64, Decimal, F32, F64, I8, I16, I32, I64, LargeUtf8, Timestamp, U8, U16, U32, U64, Utf8, Utf8View};
        let (text, whole, float) = (
            matches!(kind, Utf8 | LargeUtf8 | Utf8View),
            matches!(kind, I8 | I16 | I32 | I64 | U8 | U16 | U32 | U64),
            matches!(kind, F32 | F64),
        );
        match (self.kind, reader) {
            (FactKind::YesNo, _) => kind == Bool,
            (FactKind::Code, _) => text,
            (FactKind::Province | FactKind::District, _) => text || whole || float,
            (FactKind::Date, Some("be_year" | "ce_year")) => text || whole || float,
            (FactKind::Date, _) => text || matches!(kind, Date32 | Date64 | Timestamp(_)),
            (FactKind::Count, _) => whole || float,
            (FactKind::Money, _) => text || whole || float || matches!(kind, Decimal(_)),
            _ => false,
        }
    }

    /// Refuses a column whose type cannot hold the fact.
    pub fn check(&self, field: &Field, reader: Option<&str>) -> Result<(), Refused> {
        let kind = field.dictionary.unwrap_or(field.kind);
        if kind == Kind::Null || self.takes(kind, reader) {
            return Ok(());
        }
        let (mut found, expected) = (kind.name().to_owned(), self.expected(reader));
        if kind == Kind::Other {
            // Only Arrow has a name for it.
            found = format!("{found} (`{}`)", field.format);
        }
        let message = format!("column `{}` holds {found}, but fact `{}` expects {expected}", field.name, self.name);
        Err(Refused::new("wrong_type", message, Some(&self.name), Some(found), expected))
    }

    /// A code by its text, or the reason why it is none.
    fn code(&self, text: &str) -> Reading {
        let Some(list) = self.list else {
            return Reading::Bad("the fact has no codes".to_owned());
        };
        match list.index(text) {
            Some(code) => Reading::Value(code.into()),
            None => {
                let near = nearest(text, list.codes.iter().map(AsRef::as_ref))
                    .map_or_else(String::new, |near| format!("; the nearest is `{near}`"));
                Reading::Bad(format!("it is not a code of the list `{}`{near}", list.id))
            }
        }
    }

    fn place(&self, text: &str) -> Reading {
        let text = text.trim();
        if self.list.is_some_and(|list| list.index(text).is_some()) {
            return self.code(text);
        }
        let province = self.kind == FactKind::Province;
        let short: &[&str] = if province {
            &["จังหวัด", "จ."]
        } else {
            &["อำเภอ", "อ.", "เขต"]
        };
        let name = short.iter().find_map(|prefix| text.strip_prefix(prefix)).map_or(text, str::trim);
        let name = if province && ["กรุงเทพฯ", "กรุงเทพ", "กทม.", "กทม"].contains(&name) {
            "กรุงเทพมหานคร"
        } else {
            name
        };
        let same = |words: &sitthi::rulebook::Words| words.th == name || words.th == text || words.en.eq_ignore_ascii_case(name);
        let found: Vec<&str> = if province {
            self.book
                .provinces
                .iter()
                .filter(|place| same(&place.name))
                .map(|place| place.code.as_str())
                .collect()
        } else {
            self.book
                .districts
                .iter()
                .filter(|place| same(&place.name))
                .map(|place| place.code.as_str())
                .collect()
        };
        match found.as_slice() {
            [code] => self.code(code),
            [] => Reading::Bad(
                if province {
                    "no province has this code or name"
                } else {
                    "no district has this code or name"
                }
                .to_owned(),
            ),
            _ => Reading::Bad("several districts have this name, expected a district code".to_owned()),
        }
    }

    fn date(text: &str, reader: Option<&str>) -> Reading {
        let read = match reader {
            Some("be_year") => parse_thai(&format!("พ.ศ. {}", text.trim())),
            Some("be_date" | "thai_date") => parse_thai(text),
            _ => PartialDate::parse(text.trim()),
        };
        match read {
            Ok(date) if date.first() == date.last() => Reading::Value(date.first().days().into()),
            Ok(date) => Reading::Span(date.first().days().into(), date.last().days().into()),
            Err(error) => Reading::Bad(error.to_string()),
        }
    }

    /// What a value of a column, or of a map, says of the fact.
    pub fn read(&self, scalar: Scalar<'_>, reader: Option<&str>) -> Reading {
        let wrong = || Reading::Bad(format!("expected {}", self.expected(reader)));
        let money = |baht: Result<Baht, sitthi::MoneyError>| match baht {
            Ok(baht) if baht.satang() >= 0 => Reading::Value(baht.satang()),
            Ok(_) => Reading::Bad("an amount of baht that is not negative was expected".to_owned()),
            Err(error) => Reading::Bad(error.to_string()),
        };
        let scalar = if self.kind == FactKind::Money { scalar } else { scalar.whole() };
        match (self.kind, scalar) {
            (_, scalar) if scalar.is_nan() => Reading::Unknown,
            (FactKind::YesNo, Scalar::Flag(flag)) => Reading::Value(flag.into()),
            (FactKind::Code, Scalar::Text(text)) => self.code(text),
            (FactKind::Province | FactKind::District, Scalar::Text(text)) => self.place(text),
            (FactKind::Province | FactKind::District, Scalar::Whole(code)) => self.place(&code.to_string()),
            (FactKind::Date, Scalar::Day(day)) => Reading::Value(day.into()),
            (FactKind::Date, Scalar::Text(text)) => Self::date(text, reader),
            (FactKind::Date, Scalar::Whole(year)) if matches!(reader, Some("be_year" | "ce_year")) => Self::date(&year.to_string(), reader),
            (FactKind::Count, Scalar::Whole(count)) if u32::try_from(count).is_ok() => Reading::Value(count),
            (FactKind::Count, Scalar::Whole(_) | Scalar::Float(_)) => Reading::Bad("a whole number, not negative, was expected".to_owned()),
            (FactKind::Money, Scalar::Whole(baht)) => money(Baht::from_whole(baht)),
            (FactKind::Money, Scalar::Float(bits)) => money(Baht::from_f64(f64::from_bits(bits))),
            (FactKind::Money, Scalar::Text(text)) => money(Baht::parse(text)),
            _ => wrong(),
        }
    }

    /// What a mapped or constant value says of the fact.
    pub fn read_json(&self, value: &Json) -> Reading {
        match value {
            Json::Null => Reading::Unknown,
            Json::Bool(flag) => self.read(Scalar::Flag(*flag), None),
            Json::String(text) => self.read(Scalar::Text(text), None),
            Json::Number(number) => match (number.as_i64(), number.as_f64()) {
                (Some(whole), _) => self.read(Scalar::Whole(whole), None),
                (None, Some(float)) => self.read(Scalar::Float(float.to_bits()), None),
                (None, None) => Reading::Bad("a number that is not so large was expected".to_owned()),
            },
            Json::Array(_) | Json::Object(_) => Reading::Bad(format!("expected {}", self.expected(None))),
        }
    }
}

/// Spans of days that are not exact, by the keys of their rows.
pub struct Spans<'t> {
    keys: Held<'t>,
    of: Vec<Option<(i64, i64)>>,
}

/// A column that is ready for a population.
pub struct Filled<'t> {
    pub name: String,
    pub fact: FactId,
    pub kind: FactKind,
    pub job: usize,
    pub part: Part,
    pub held: Held<'t>,
    pub validity: Option<HeldBits<'t>>,
    pub codes: Option<Vec<Option<u16>>>,
    pub scale: Scale,
    pub spans: Option<Spans<'t>>,
    /// Nobody looked yet for values that cannot be.
    pub unchecked: bool,
}

impl<'t> Filled<'t> {
    fn new(target: &Target<'_>, held: Held<'t>, validity: Option<HeldBits<'t>>, scale: Scale) -> Self {
        Self {
            name: target.name.clone(),
            fact: target.fact,
            kind: target.kind,
            job: target.job,
            part: target.part,
            held,
            validity,
            codes: None,
            scale,
            spans: None,
            unchecked: false,
        }
    }

    /// One value for every row; nothing where it is not known.
    pub fn constant(target: &Target<'_>, reading: Reading) -> Result<Option<Self>, String> {
        Ok(match reading {
            Reading::Unknown => None,
            Reading::Value(value) => Some(Self::new(target, Held::Constant(value), None, Scale::Times(1))),
            Reading::Span(first, last) => {
                let mut filled = Self::new(target, Held::I32(Vec::new()), None, Scale::Times(1));
                filled.spans = Some(Spans {
                    keys: Held::Constant(0),
                    of: vec![Some((first, last))],
                });
                Some(filled)
            }
            Reading::Bad(reason) => return Err(reason),
        })
    }

    /// A column as it stands; its values are checked later.
    pub fn direct(target: &Target<'_>, field: &Field, chunks: &[Chunk<'t>], bad: &mut Vec<Bad>) -> Result<Option<Self>, ArrowError> {
        let times = if target.kind == FactKind::Money {
            Scale::Times(100)
        } else {
            Scale::Times(1)
        };
        let mut validity = validity(chunks)?;
        let scale = match (field.kind, target.kind) {
            (Kind::Null, _) => return Ok(None),
            (Kind::Date64, _) => Scale::Over(86_400_000),
            (Kind::Timestamp(over), _) => Scale::Over(u64::try_from(over).unwrap_or(1)),
            (Kind::Decimal(places), _) => return Self::decimal(target, places, chunks, validity, bad).map(Some),
            _ => times,
        };
        let held = plain(chunks)?;
        if let Some(known) = numbers(&held, validity.as_ref()) {
            validity = Some(HeldBits::Made(known));
        }
        let mut filled = Self::new(target, held, validity, scale);
        filled.unchecked = true;
        Ok(Some(filled))
    }

    /// Names the values that cannot be, whether or not anything asks for them.
    pub fn check(&mut self, layout: &Layout, rows: usize, bad: &mut Vec<Bad>) -> Result<(), PopulationError> {
        self.unchecked = false;
        let reason = match self.kind {
            FactKind::Count => "a whole number, not negative, was expected",
            FactKind::Money => "an amount of baht was expected, not negative and exact to the satang",
            FactKind::Date => "a day from 1850 to 2200 was expected",
            _ => return Ok(()),
        };
        bad.extend(self.bound().bad_rows(layout, rows)?.iter().map(|found| Bad {
            row: found.row,
            fact: self.name.clone(),
            value: self.shown(found.row),
            reason: reason.to_owned(),
        }));
        Ok(())
    }

    /// The value of a row as it is shown in an error.
    pub fn shown(&self, row: usize) -> String {
        match (self.kind, self.scale, self.held.whole(row)) {
            (FactKind::Date, Scale::Over(over), Some(moment)) => {
                let day = moment.div_euclid(i64::try_from(over).unwrap_or(i64::MAX));
                i32::try_from(day).map_or_else(|_| moment.to_string(), |day| Scalar::Day(day).shown())
            }
            (FactKind::Date, _, Some(day)) => i32::try_from(day).map_or_else(|_| day.to_string(), |day| Scalar::Day(day).shown()),
            _ => self.held.shown(row),
        }
    }

    fn decimal(
        target: &Target<'_>,
        places: i32,
        chunks: &[Chunk<'t>],
        validity: Option<HeldBits<'t>>,
        bad: &mut Vec<Bad>,
    ) -> Result<Self, ArrowError> {
        let mut satang = Vec::new();
        let shift = u32::try_from(places.saturating_sub(2).abs()).unwrap_or(0);
        let power = 10_i128.checked_pow(shift).unwrap_or(i128::MAX);
        for chunk in chunks {
            let Values::I128(values) = chunk.values()? else {
                return Err(ArrowError("decimals were expected".to_owned()));
            };
            for value in values {
                let whole = || value.checked_div(power).filter(|whole| whole.checked_mul(power) == Some(*value));
                let exact = if places >= 2 { whole() } else { value.checked_mul(power) };
                let row = satang.len();
                let amount = exact.and_then(|value| i64::try_from(value).ok()).filter(|value| *value >= 0);
                if amount.is_none() && validity.as_ref().is_none_or(|bits| get(&bits.bits(), row)) {
                    let reason = "an amount of baht was expected, not negative and exact to the satang";
                    bad.push(Bad {
                        row,
                        fact: target.name.clone(),
                        value: format!("{value}e-{places}"),
                        reason: reason.to_owned(),
                    });
                }
                satang.push(amount.unwrap_or(0));
            }
        }
        Ok(Self::new(target, Held::I64(satang), validity, Scale::Times(1)))
    }

    /// A column whose distinct values were read.
    pub fn folded(target: &Target<'_>, folded: Folded<'t>, readings: &[Reading], rows: usize, bad: &mut Vec<Bad>) -> Self {
        let Folded { keys, values, validity } = folded;
        let reading = |row: usize| {
            let known = validity.as_ref().is_none_or(|bits| get(&bits.bits(), row));
            let key = keys.whole(row).filter(|_| known).and_then(|key| usize::try_from(key).ok())?;
            Some((key, readings.get(key)?))
        };
        if readings.iter().any(|reading| matches!(reading, Reading::Bad(_))) {
            for row in 0..rows {
                if let Some((key, Reading::Bad(reason))) = reading(row) {
                    let value = values.get(key).copied().flatten().map_or_else(String::new, |value| value.shown());
                    bad.push(Bad {
                        row,
                        fact: target.name.clone(),
                        value,
                        reason: reason.clone(),
                    });
                }
            }
        }
        if target.coded() {
            let codes = readings.iter().map(|reading| {
                if let Reading::Value(code) = reading {
                    u16::try_from(*code).ok()
                } else {
                    None
                }
            });
            let codes = codes.collect();
            let mut filled = Self::new(target, keys, validity, Scale::Times(1));
            filled.codes = Some(codes);
            return filled;
        }
        let mut known = vec![0; rows.div_ceil(8)];
        let numbers = (0..rows).map(|row| match reading(row) {
            Some((_, Reading::Value(value))) => {
                set(&mut known, row);
                *value
            }
            _ => 0,
        });
        let held = if target.kind == FactKind::Date {
            Held::I32(numbers.map(|number| i32::try_from(number).unwrap_or(0)).collect())
        } else {
            Held::I64(numbers.collect())
        };
        let mut filled = Self::new(target, held, Some(HeldBits::Made(known)), Scale::Times(1));
        if readings.iter().any(|reading| matches!(reading, Reading::Span(..))) {
            let of = readings.iter().map(|reading| {
                if let Reading::Span(first, last) = reading {
                    Some((*first, *last))
                } else {
                    None
                }
            });
            let of: Vec<_> = of.collect();
            // A row without a value has the key of no span.
            let keys = (0..rows).map(|row| reading(row).map_or(u32::MAX, |(key, _)| u32::try_from(key).unwrap_or(u32::MAX)));
            filled.spans = Some(Spans {
                keys: Held::U32(keys.collect()),
                of,
            });
        }
        filled
    }

    /// The column as the engine takes it.
    pub fn bound(&self) -> Bound<'_> {
        Bound {
            fact: self.fact,
            job: self.job,
            part: self.part,
            data: self.held.data(),
            validity: self.validity.as_ref().map(HeldBits::bits),
            keys: self.codes.as_ref().map(|codes| Keys { codes, strict: false }),
            scale: self.scale,
        }
    }

    /// The span of a row, where its value is not exact.
    pub fn span(&self, row: usize) -> Option<(i64, i64)> {
        let spans = self.spans.as_ref()?;
        spans
            .keys
            .whole(row)
            .and_then(|key| usize::try_from(key).ok())
            .and_then(|key| spans.of.get(key))
            .copied()
            .flatten()
    }

    /// No row has an exact value.
    pub fn only_spans(&self) -> bool {
        self.spans.as_ref().is_some_and(|spans| matches!(spans.keys, Held::Constant(_)))
    }

    /// The value of a row, joined to what other columns said of the same fact.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "rows with numbers so large are bad"
    )]
    pub fn value(&self, row: usize, before: &Value) -> Value {
        let known = self.validity.as_ref().is_none_or(|bits| get(&bits.bits(), row));
        if let Some((first, last)) = self.span(row) {
            return Value::Span(first, last);
        }
        if !known || self.only_spans() {
            return before.clone();
        }
        let number = match (self.held.float(row), self.scale, &self.held) {
            (Some(float), Scale::Times(times), _) => Some((float * f64::from(times)).round() as i64),
            (Some(float), Scale::Over(over), _) => Some((float / over as f64).floor() as i64),
            (None, _, Held::Constant(value)) => Some(*value),
            (None, Scale::Times(times), _) => self.held.whole(row).map(|value| value.saturating_mul(times.into())),
            (None, Scale::Over(over), _) => self
                .held
                .whole(row)
                .map(|value| value.div_euclid(i64::try_from(over).unwrap_or(i64::MAX))),
        };
        let number = match &self.codes {
            Some(codes) => number
                .and_then(|key| usize::try_from(key).ok())
                .and_then(|key| codes.get(key))
                .copied()
                .flatten()
                .map(i64::from),
            None => number,
        };
        let Some(number) = number else { return before.clone() };
        match (self.part, self.kind) {
            (Part::PaidWithin(_) | Part::PaidInTotal, _) => {
                let (mut within, mut total) = match before {
                    Value::Months(months) => match months.as_ref() {
                        PaidMonths::Counts { within, total } => (within.clone(), *total),
                        PaidMonths::Months(_) => return before.clone(),
                    },
                    _ => (std::collections::BTreeMap::new(), None),
                };
                let count = u32::try_from(number).unwrap_or(u32::MAX);
                match self.part {
                    Part::PaidWithin(window) => drop(within.insert(window, count)),
                    _ => total = Some(count),
                }
                Value::Months(Box::new(PaidMonths::Counts { within, total }))
            }
            (_, FactKind::YesNo) => Value::Flag(number != 0),
            (_, FactKind::Code | FactKind::Province | FactKind::District) => u16::try_from(number).map_or(Value::Unknown, Value::Code),
            _ => Value::Span(number, number),
        }
    }
}
