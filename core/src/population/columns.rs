//! What a population is: borrowed columns, each bound to a fact.

use crate::facts::{FactId, FactInfo, FactKind, Layout, most_of};
use crate::values::Date;

/// A bitmap as Arrow packs it: the first row in the lowest bit.
#[derive(Debug, Clone, Copy)]
pub struct Bits<'a> {
    /// The packed bits.
    pub bytes: &'a [u8],
    /// The bit of the first row.
    pub offset: usize,
}

impl Bits<'_> {
    /// Whether the bit of a row is set; not where there is no such row.
    #[must_use]
    pub fn get(&self, row: usize) -> bool {
        let bit = self.offset.saturating_add(row);
        self.bytes.get(bit >> 3).is_some_and(|byte| byte >> (bit & 7) & 1 == 1)
    }

    pub(super) fn length(&self) -> usize {
        self.bytes.len().saturating_mul(8).saturating_sub(self.offset)
    }
}

/// The values of a column.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "the names of the types say it")]
pub enum Data<'a> {
    /// One value for all rows, in the unit of the fact: 0 or 1, the number of a code, a count, satang, a day number.
    Constant(i64),
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
}

/// Runs an expression over the slice of a column of whole numbers, another over one of floats, and a third for the rest.
macro_rules! by_type {
    ($data:expr, $whole:ident => $on_whole:expr, $float:ident => $on_float:expr, $rest:ident => $on_rest:expr) => {
        match $data {
            $crate::population::columns::Data::I8($whole) => $on_whole,
            $crate::population::columns::Data::I16($whole) => $on_whole,
            $crate::population::columns::Data::I32($whole) => $on_whole,
            $crate::population::columns::Data::I64($whole) => $on_whole,
            $crate::population::columns::Data::U8($whole) => $on_whole,
            $crate::population::columns::Data::U16($whole) => $on_whole,
            $crate::population::columns::Data::U32($whole) => $on_whole,
            $crate::population::columns::Data::U64($whole) => $on_whole,
            $crate::population::columns::Data::F32($float) => $on_float,
            $crate::population::columns::Data::F64($float) => $on_float,
            $rest => $on_rest,
        }
    };
}
pub(super) use by_type;

impl Data<'_> {
    /// How many rows it holds; as many as are asked where it is constant.
    pub(super) fn length(&self) -> usize {
        by_type!(self, values => values.len(), values => values.len(), rest => match rest {
            Self::Bits(bits) => bits.length(),
            _ => usize::MAX,
        })
    }

    /// A whole number as it stands; no number where there is none or it is a float.
    #[expect(
        clippy::cast_possible_wrap,
        clippy::cast_lossless,
        clippy::unnecessary_cast,
        reason = "one expression for every type of number"
    )]
    pub(crate) fn whole(&self, row: usize) -> Option<i64> {
        match self {
            Self::Constant(value) => Some(*value),
            Self::Bits(bits) => Some(bits.get(row).into()),
            Self::U64(values) => values.get(row).map(|value| i64::try_from(*value).unwrap_or(i64::MAX)),
            _ => by_type!(self, values => values.get(row).map(|value| *value as i64), _values => None, _rest => None),
        }
    }
}

/// What the keys of a column of codes mean.
#[derive(Debug, Clone, Copy)]
pub struct Keys<'a> {
    /// The number of the code for each key, from key 0: 0 or 1 for a yes/no fact.
    pub codes: &'a [Option<u16>],
    /// A key without a code makes the row bad, instead of leaving the fact unknown.
    pub strict: bool,
}

/// How a number of a column stands to the unit of its fact (satang, days since 1970, a count).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scale {
    /// Units in one: 1, or 100 for baht.
    Times(u32),
    /// How many make a unit, rounded down: 86 400 000 for a day in milliseconds.
    Over(u64),
}

/// What of a fact a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// The value.
    Value,
    /// Of contribution months: how many were paid within that many months before the event.
    PaidWithin(u16),
    /// Of contribution months: how many were paid in total.
    PaidInTotal,
}

/// A column bound to a fact.
#[derive(Debug, Clone, Copy)]
pub struct Bound<'a> {
    /// The fact.
    pub fact: FactId,
    /// The job of which it is told, from 0; 0 for facts of the person.
    pub job: usize,
    /// What of the fact it holds.
    pub part: Part,
    /// The values.
    pub data: Data<'a>,
    /// Which rows have a value; all where it is not given.
    pub validity: Option<Bits<'a>>,
    /// What the keys mean, for codes and for yes and no that are not packed bits.
    pub keys: Option<Keys<'a>>,
    /// How numbers stand to the unit of the fact.
    pub scale: Scale,
}

/// The day that is asked about.
#[derive(Debug, Clone, Copy)]
pub enum Days<'a> {
    /// One for all rows.
    One(Date),
    /// A day number for each row; a row without one is bad.
    Column {
        /// Days since 1970-01-01.
        days: &'a [i32],
        /// Which rows have a day.
        validity: Option<Bits<'a>>,
    },
}

/// How many jobs a person has. Where no column tells which is the main one, the first is.
#[derive(Debug, Clone, Copy)]
pub enum Jobs<'a> {
    /// There may be jobs beyond those of the columns; a job none of whose facts is known may not be there.
    Unknown,
    /// Exactly so many, and none where it is zero.
    Exactly(usize),
    /// One, and a second where this is true.
    Second {
        /// Whether there is a second job.
        present: Bits<'a>,
        /// Where that is known.
        validity: Option<Bits<'a>>,
    },
}

/// A population: columns that it borrows and never copies. Facts without a column are unknown.
#[derive(Debug, Clone)]
pub struct Population<'a> {
    /// The number of rows.
    pub rows: usize,
    /// The day asked about.
    pub days: Days<'a>,
    /// How many jobs there are.
    pub jobs: Jobs<'a>,
    /// The columns.
    pub columns: Vec<Bound<'a>>,
}

/// A population or a question that cannot be evaluated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PopulationError {
    /// A column is too short.
    #[error("column {column} has fewer rows than the population")]
    Length {
        /// The place of the column; the number of columns for the day or the second job.
        column: usize,
    },
    /// A column cannot hold the fact that it is bound to.
    #[error("column {column} cannot be bound to fact `{fact}`: {reason}")]
    Binding {
        /// The place of the column.
        column: usize,
        /// The name of the fact.
        fact: String,
        /// Why not.
        reason: &'static str,
    },
    /// The plan was made for a population of another form.
    #[error("the plan was made for other columns")]
    Form,
    /// It was cancelled.
    #[error("cancelled")]
    Cancelled,
}

/// A column of any kind as a plan sees it: those of the population, then the day, then the second job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Form {
    pub what: What,
    pub nullable: bool,
    pub constant: Option<i64>,
    /// The first and the last value that can be.
    pub domain: (i64, i64),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Fact(FactId, usize, Part, FactKind),
    Day,
    SecondJob,
}

pub(crate) fn day_domain() -> (i64, i64) {
    let day = |year, month, day| Date::new(year, month, day).map_or(0, |date| i64::from(date.days()));
    (day(1850, 1, 1), day(2200, 12, 31))
}

fn domain(info: &FactInfo, part: Part, layout: &Layout) -> Result<(i64, i64), &'static str> {
    let codes = || {
        let list = info.list.and_then(|list| layout.lists.get(usize::from(list)));
        list.map_or(i64::from(u16::MAX), |list| {
            i64::try_from(list.codes.len()).unwrap_or(i64::MAX).saturating_sub(1).max(0)
        })
    };
    let most = i64::from(most_of(info).unwrap_or(u32::MAX));
    match (info.kind, part) {
        (FactKind::PaidMonths, Part::PaidWithin(window)) => Ok((0, window.into())),
        (FactKind::PaidMonths, Part::PaidInTotal) => Ok((0, most)),
        (FactKind::PaidMonths, Part::Value) => Err("contribution months are told as counts"),
        (_, Part::PaidWithin(_) | Part::PaidInTotal) => Err("only contribution months have counts"),
        (FactKind::YesNo, _) => Ok((0, 1)),
        (FactKind::Date, _) => Ok(day_domain()),
        (FactKind::Count, _) => Ok((0, most)),
        (FactKind::Money, _) => Ok((0, most.saturating_mul(100))),
        (FactKind::Code | FactKind::Province | FactKind::District, _) => Ok((0, codes())),
        _ => Err("facts of this type have no column"),
    }
}

impl Scale {
    /// The numbers of a column that mean a span of values.
    pub(super) fn of_values(self, (low, high): (i64, i64)) -> (i64, i64) {
        match self {
            Self::Times(times) => {
                let times = i64::from(times.max(1));
                let up = |value: i64| value.div_euclid(times).saturating_add(i64::from(value.rem_euclid(times) != 0));
                (up(low), high.div_euclid(times))
            }
            Self::Over(over) => {
                let over = i64::try_from(over).unwrap_or(i64::MAX);
                (
                    low.saturating_mul(over),
                    high.saturating_add(1).saturating_mul(over).saturating_sub(1),
                )
            }
        }
    }
}

impl Bound<'_> {
    pub(super) fn form(&self, place: usize, layout: &Layout) -> Result<Form, PopulationError> {
        let name = || {
            layout
                .fact(self.fact)
                .map_or_else(|| self.fact.to_string(), |info| info.name.to_string())
        };
        let refuse = |reason| PopulationError::Binding {
            column: place,
            fact: name(),
            reason,
        };
        let info = layout.fact(self.fact).ok_or_else(|| refuse("there is no such fact"))?;
        let domain = domain(info, self.part, layout).map_err(refuse)?;
        let coded = matches!(
            info.kind,
            FactKind::Code | FactKind::Province | FactKind::District | FactKind::YesNo
        );
        match self.data {
            Data::F32(_) | Data::F64(_) if coded => return Err(refuse("a code or a yes/no is no float")),
            Data::F32(_) | Data::F64(_) | Data::Bits(_) if self.keys.is_some() => return Err(refuse("keys are whole numbers")),
            Data::Bits(_) if domain != (0, 1) => return Err(refuse("packed booleans hold yes and no only")),
            Data::Constant(value) if value < domain.0 || value > domain.1 => return Err(refuse("the value cannot be")),
            _ => {}
        }
        if self.keys.is_some() && !coded {
            return Err(refuse("only codes and yes/no have keys"));
        }
        if matches!(self.scale, Scale::Times(0) | Scale::Over(0)) {
            return Err(refuse("the scale is zero"));
        }
        let lacking = self.keys.is_some_and(|keys| !keys.strict);
        let constant = if let (Data::Constant(value), None) = (self.data, self.validity) {
            Some(value)
        } else {
            None
        };
        Ok(Form {
            what: What::Fact(self.fact, self.job, self.part, info.kind),
            nullable: self.validity.is_some() || lacking,
            constant,
            domain,
        })
    }

    fn rows(&self) -> usize {
        self.data.length().min(self.validity.map_or(usize::MAX, |bits| bits.length()))
    }

    /// The value of a row in the unit of the fact; nothing where it is null, has no code, or is a float too large.
    pub(crate) fn value(&self, row: usize) -> Option<i64> {
        if self.validity.is_some_and(|bits| !bits.get(row)) {
            return None;
        }
        let float = match self.data {
            Data::F64(values) => Some(values.get(row).copied()?),
            Data::F32(values) => Some(f64::from(values.get(row).copied()?)),
            _ => None,
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_precision_loss,
            reason = "amounts are below 2^50; beyond it the row is bad"
        )]
        if let Some(value) = float {
            return Some(match self.scale {
                Scale::Times(times) => (value * f64::from(times)).round() as i64,
                Scale::Over(over) => (value / over as f64).floor() as i64,
            });
        }
        let value = self.data.whole(row)?;
        if let Some(keys) = self.keys.filter(|_| !matches!(self.data, Data::Constant(_))) {
            return usize::try_from(value)
                .ok()
                .and_then(|key| keys.codes.get(key))
                .copied()
                .flatten()
                .map(i64::from);
        }
        Some(match (self.data, self.scale) {
            (Data::Constant(_), _) => value,
            (_, Scale::Times(times)) => value.saturating_mul(times.into()),
            (_, Scale::Over(over)) => value.div_euclid(i64::try_from(over).unwrap_or(i64::MAX)),
        })
    }
}

impl<'a> Population<'a> {
    /// The forms of all columns: the bound ones, the day, the second job.
    pub(super) fn forms(&self, layout: &Layout) -> Result<Vec<Form>, PopulationError> {
        let bound = self.columns.iter().enumerate().map(|(place, column)| column.form(place, layout));
        let mut forms = bound.collect::<Result<Vec<_>, _>>()?;
        let constant = if let Days::One(day) = self.days {
            Some(day.days().into())
        } else {
            None
        };
        forms.push(Form {
            what: What::Day,
            nullable: false,
            constant,
            domain: day_domain(),
        });
        let second = match self.jobs {
            Jobs::Second { validity, .. } => Form {
                what: What::SecondJob,
                nullable: validity.is_some(),
                constant: None,
                domain: (0, 1),
            },
            _ => Form {
                what: What::SecondJob,
                nullable: true,
                constant: None,
                domain: (0, 1),
            },
        };
        forms.push(second);
        Ok(forms)
    }

    /// The column at a place, the day and the second job as columns too.
    pub(super) fn column(&self, place: usize) -> Option<Bound<'a>> {
        let other = |data, validity| Bound {
            fact: FactId::NOWHERE,
            job: 0,
            part: Part::Value,
            data,
            validity,
            keys: None,
            scale: Scale::Times(1),
        };
        match place.checked_sub(self.columns.len()) {
            None => self.columns.get(place).copied(),
            Some(0) => match self.days {
                Days::One(day) => Some(other(Data::Constant(day.days().into()), None)),
                Days::Column { days, validity } => Some(other(Data::I32(days), validity)),
            },
            Some(_) => match self.jobs {
                Jobs::Second { present, validity } => Some(other(Data::Bits(present), validity)),
                _ => None,
            },
        }
    }

    /// Whether every column holds as many rows as the population.
    pub(super) fn check_lengths(&self) -> Result<(), PopulationError> {
        for place in 0..self.columns.len().saturating_add(2) {
            if self.column(place).is_some_and(|column| column.rows() < self.rows) {
                return Err(PopulationError::Length { column: place });
            }
        }
        Ok(())
    }
}
