//! Binds the columns and constants of a query to facts.

use std::collections::HashMap;

use serde_json::Value as Json;

use super::bound::BoundColumn;
use super::column::{Column, ColumnType};
use super::encoded::{Encoded, Scalar, day_shown};
use super::error::SurveyError;
use super::errors::RowErrors;
use super::owned::{Mask, Numbers, numbers, set, validity};
use super::query::{AskedOn, Binding, JobsOf, Query};
use super::read::{NO_DAY_OF_THIS_TIME, Reading, is_age, json_shown, no_day};
use super::target::{Target, found};
use super::value_map::ValueMap;
use crate::error::Error;
use crate::facts::{FactError, FactKind, Given, MOST_JOBS, Value, answer_of_word, jobs_counted};
use crate::population::day_domain;
use crate::rulebook::Book;
use crate::values::Date;

/// The day of each row.
#[derive(Debug)]
pub(super) struct DayColumn<'t> {
    pub days: Numbers<'t>,
    pub validity: Option<Mask<'t>>,
}

/// A column of booleans.
#[derive(Debug)]
pub(super) struct Flags<'t> {
    pub flags: Numbers<'t>,
    pub validity: Option<Mask<'t>>,
}

impl Flags<'_> {
    /// Whether it is so; nothing where that is not known.
    pub(super) fn get(&self, row: usize) -> Option<bool> {
        super::owned::is_in(self.validity.as_ref(), row).then(|| self.flags.whole(row).unwrap_or(0) != 0)
    }
}

/// What a query binds.
#[derive(Debug)]
pub(super) struct Columns<'t> {
    pub columns: Vec<BoundColumn<'t>>,
    pub day: Option<Date>,
    pub days: Option<DayColumn<'t>>,
    pub jobs: Option<usize>,
    pub second: Option<Flags<'t>>,
    /// How many jobs each row has; nothing where that is not known.
    pub counts: Option<Vec<Option<usize>>>,
}

impl<'t> Columns<'t> {
    pub(super) fn new(book: &Book, query: &Query<'t>, errors: &mut RowErrors) -> Result<Self, Error> {
        let mut columns = Vec::new();
        // A district whose name several have waits for the column of its province.
        let mut waiting = Vec::new();
        for binding in &query.bindings {
            match split_by_province(book, query, binding)? {
                Some(target) => waiting.push((columns.len(), target, binding)),
                None => columns.extend(column(book, query, binding, errors)?),
            }
        }
        for (place, target, binding) in waiting.into_iter().rev() {
            let province = target.province();
            let beside = columns
                .iter()
                .find(|column| Some(column.fact) == province && column.job == target.job);
            let bound = district(&target, binding, beside, query.rows, errors)?;
            columns.insert(place, bound);
        }
        for (name, value) in &query.constants {
            let target = Target {
                written: query.written,
                ..Target::named(name, book)?
            };
            let bound = BoundColumn::constant(&target, target.read_json(value)).map_err(|fault| SurveyError::Constant {
                fact: name.clone(),
                value: json_shown(value),
                reason: fault.said(),
            })?;
            columns.extend(bound);
        }
        let (day, days) = match &query.on {
            AskedOn::Day(day) => (Some(*day), None),
            AskedOn::Column(column, reader) => (None, Some(day_column(book, column, reader.as_deref(), query.rows, errors)?)),
        };
        let (mut second, mut counts) = (None, None);
        let jobs = match &query.jobs {
            JobsOf::Unknown => None,
            JobsOf::Exactly(count) if *count > MOST_JOBS => {
                let expected = format!("at most {MOST_JOBS} jobs");
                return Err(FactError::impossible("jobs", count, format!("{expected} were expected"), expected).into());
            }
            JobsOf::Exactly(count) => Some(*count),
            JobsOf::Told(column) => {
                counts = job_counts(column, query.rows, errors);
                if counts.is_none() {
                    second = Some(flags(column, query, errors)?);
                }
                None
            }
        };
        Ok(Self {
            columns,
            day,
            days,
            jobs,
            second,
            counts,
        })
    }

    /// The day of a row; nothing where it has none that can be.
    pub(super) fn day(&self, row: usize) -> Option<Date> {
        let Some(column) = &self.days else { return self.day };
        super::owned::is_in(column.validity.as_ref(), row)
            .then(|| column.days.whole(row))
            .flatten()
            .and_then(|day| i32::try_from(day).ok())
            .and_then(Date::from_days)
    }
}

fn column<'t>(book: &Book, query: &Query<'t>, binding: &Binding<'t>, errors: &mut RowErrors) -> Result<Option<BoundColumn<'t>>, Error> {
    let (target, rows) = (Target::of(binding, query, book)?, query.rows);
    let (column, reader) = (&binding.column, binding.reader.as_deref());
    if let Some(map) = &binding.map {
        return mapped(&target, binding, map, rows, errors);
    }
    target.check(column, reader)?;
    let kind = column.said();
    let place = matches!(target.kind, FactKind::Province | FactKind::District);
    let years = matches!(reader, Some("be_year" | "ce_year")) || reader.is_some_and(is_age);
    let codes = binding.no_answer.is_some();
    let read = kind != ColumnType::Null && (column.dictionary.is_some() || kind == ColumnType::Text || place || years || codes);
    match Encoded::new(column).filter(|_| read) {
        Some(encoded) => {
            let encoded = answered(binding, encoded)?;
            let bound = BoundColumn::encoded(&target, encoded, rows, errors, |_, value| Ok(target.read(value, reader)));
            Ok(Some(bound?))
        }
        None => Ok(BoundColumn::direct(&target, column, errors)?),
    }
}

/// A column whose values a map gives their meaning.
fn mapped<'t>(
    target: &Target<'_>,
    binding: &Binding<'t>,
    map: &ValueMap,
    rows: usize,
    errors: &mut RowErrors,
) -> Result<Option<BoundColumn<'t>>, Error> {
    let column = &binding.column;
    let refused = |key: String, to: &Json, reason: String| SurveyError::Mapped {
        column: column.name.to_owned(),
        fact: target.name.clone(),
        value: key,
        to: json_shown(to),
        reason,
    };
    // Also what no row has is held against the fact: a map that is wrong is not right for a file that is short.
    for (key, to) in map.says() {
        if let Reading::Bad(fault) = target.read_json(to) {
            return Err(refused(key.to_owned(), to, fault.said()).into());
        }
    }
    let empty = map.empty().map(|says| target.read_json(says));
    if column.said() == ColumnType::Null {
        let says = empty.unwrap_or(Reading::Unknown);
        return BoundColumn::constant(target, says).map_err(|fault| refused("no value".to_owned(), &Json::Null, fault.said()).into());
    }
    let encoded = Encoded::new(column).ok_or_else(|| SurveyError::WrongType {
        column: column.name.to_owned(),
        found: found(column),
        expected: "values that a map can name",
    })?;
    let encoded = answered(binding, if empty.is_some() { encoded.with_empty(rows) } else { encoded })?;
    let bound = BoundColumn::encoded(target, encoded, rows, errors, |_, value| {
        let named = map.get(value).map_err(|reason| SurveyError::Keys {
            column: column.name.to_owned(),
            fact: target.name.clone(),
            value: value.shown(),
            reason,
        })?;
        Ok(match named {
            Some(to) => target.read_json(to),
            None if value.is_nan() => Reading::Unknown,
            None => map.unnamed(value),
        })
    });
    Ok(Some(bound?))
}

/// The column without the values that say that nobody answered: their rows have none.
fn answered<'t>(binding: &Binding<'t>, mut encoded: Encoded<'t>) -> Result<Encoded<'t>, SurveyError> {
    let Some(no_answer) = &binding.no_answer else { return Ok(encoded) };
    for slot in &mut encoded.values {
        let Some(value) = *slot else { continue };
        let named = no_answer.get(value).map_err(|reason| SurveyError::Keys {
            column: binding.column.name.to_owned(),
            fact: binding.fact.clone(),
            value: value.shown(),
            reason,
        })?;
        if named.is_some() {
            *slot = None;
        }
    }
    Ok(encoded)
}

/// How many rows of each column have a value that says that nobody answered.
pub(super) fn unanswered(query: &Query<'_>) -> Result<Vec<(String, usize)>, SurveyError> {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for binding in query.bindings.iter().filter(|binding| binding.no_answer.is_some()) {
        let name = binding.column.name;
        if counts.iter().any(|(known, _)| known == name) {
            continue;
        }
        let Some(all) = Encoded::new(&binding.column) else { continue };
        let told = (0..query.rows).filter(|row| all.key(*row).is_some()).count();
        let answered = answered(binding, all)?;
        let left = (0..query.rows).filter(|row| answered.key(*row).is_some()).count();
        counts.push((name.to_owned(), told.saturating_sub(left)));
    }
    Ok(counts)
}

/// The target of a column of districts in which a name stands that several have.
fn split_by_province<'b>(book: &'b Book, query: &Query<'_>, binding: &Binding<'_>) -> Result<Option<Target<'b>>, Error> {
    let target = Target::of(binding, query, book)?;
    if target.kind != FactKind::District || binding.map.is_some() {
        return Ok(None);
    }
    let encoded = Encoded::new(&binding.column);
    let several = encoded.is_some_and(|encoded| encoded.values.iter().flatten().any(|value| target.names_several(*value)));
    Ok(several.then_some(target))
}

/// Districts whose names are told apart by the province beside them, row by row.
fn district<'t>(
    target: &Target<'_>,
    binding: &Binding<'t>,
    province: Option<&BoundColumn<'t>>,
    rows: usize,
    errors: &mut RowErrors,
) -> Result<BoundColumn<'t>, Error> {
    let encoded = Encoded::new(&binding.column).ok_or_else(|| SurveyError::WrongType {
        column: binding.column.name.to_owned(),
        found: found(&binding.column),
        expected: target.expected(None),
    })?;
    let encoded = answered(binding, encoded)?;
    let of_row = |row: usize| match province.map(|column| column.value(row, &Value::Unknown)) {
        Some(Value::Code(province)) => Some(province),
        _ => None,
    };
    // Each name beside each province that occurs with it is one value; 0 stands for none.
    let mut numbers: HashMap<(usize, Option<u16>), u32> = HashMap::new();
    let (mut keys, mut values, mut provinces) = (Vec::with_capacity(rows), vec![None], vec![None]);
    for row in 0..rows {
        keys.push(encoded.key(row).map_or(0, |key| {
            let beside = of_row(row);
            *numbers.entry((key, beside)).or_insert_with(|| {
                values.push(encoded.values.get(key).copied().flatten());
                provinces.push(beside);
                u32::try_from(values.len()).unwrap_or(u32::MAX).saturating_sub(1)
            })
        }));
    }
    let split = Encoded {
        keys: Numbers::U32(keys),
        values,
        validity: None,
    };
    let reader = binding.reader.as_deref();
    let read = |place: usize, value| Ok(target.read_beside(value, reader, provinces.get(place).copied().flatten()));
    Ok(BoundColumn::encoded(target, split, rows, errors, read)?)
}

/// How many jobs each person has; nothing for a column that does not tell numbers. A number that cannot be is an error of its row.
fn job_counts(column: &Column<'_>, rows: usize, errors: &mut RowErrors) -> Option<Vec<Option<usize>>> {
    if column.said() == ColumnType::Bool {
        return None;
    }
    let encoded = Encoded::new(column)?;
    // In a file of text, a word may say that it is not known.
    let known = |value: &Scalar<'_>| !matches!(value, Scalar::Text(text) if answer_of_word(text) == Some(None));
    let values = encoded.values.iter().map(|value| value.filter(known));
    let read: Vec<Option<Result<usize, String>>> = values.map(|value| value.map(count_of_jobs)).collect();
    // Words that say whether there is a second job are no numbers.
    if !read.iter().flatten().any(Result::is_ok) {
        return None;
    }
    let mut counts = vec![None; rows];
    for (row, count) in counts.iter_mut().enumerate() {
        let Some(key) = encoded.key(row) else { continue };
        match read.get(key) {
            Some(Some(Ok(jobs))) => *count = Some(*jobs),
            Some(Some(Err(reason))) => {
                let cause = errors.cause(column.name, reason);
                let value = encoded.values.get(key).copied().flatten();
                errors.add(row, cause, || {
                    (value.map_or_else(String::new, |value| value.shown()), reason.clone())
                });
            }
            _ => {}
        }
    }
    Some(counts)
}

fn count_of_jobs(value: Scalar<'_>) -> Result<usize, String> {
    let given = match value {
        Scalar::Whole(whole) => Given::Whole(whole.into()),
        Scalar::Large(whole) => Given::Whole(whole.into()),
        Scalar::Float(bits) => Given::Float(f64::from_bits(bits)),
        Scalar::Text(text) => Given::Text(text),
        _ => return Err(format!("a number of jobs, at most {MOST_JOBS}, was expected")),
    };
    jobs_counted(given).map_err(|expected| format!("{expected} was expected"))
}

/// Whether each person has a second job. A word that is none for yes or no is an error of its row.
fn flags<'t>(column: &Column<'t>, query: &Query<'t>, errors: &mut RowErrors) -> Result<Flags<'t>, Error> {
    const EXPECTED: &str = "booleans that say whether there is a second job";
    const WORDS: &str = "expected yes, no or unknown: whether there is a second job";
    if let (Some(flags), ColumnType::Bool) = (numbers(&column.chunks), column.values) {
        return Ok(Flags {
            flags,
            validity: validity(&column.chunks),
        });
    }
    let words = query.written && matches!(column.said(), ColumnType::Text | ColumnType::Null);
    let Some(encoded) = Encoded::new(column).filter(|_| words) else {
        return Err(SurveyError::WrongType {
            column: column.name.to_owned(),
            found: found(column),
            expected: EXPECTED,
        }
        .into());
    };
    let cause = errors.cause(column.name, WORDS);
    let (mut flags, mut known) = (vec![0; query.rows], vec![0; query.rows.div_ceil(8)]);
    for (row, flag) in flags.iter_mut().enumerate() {
        let Some(value) = encoded.key(row).and_then(|key| encoded.values.get(key).copied().flatten()) else {
            continue;
        };
        let answer = match value {
            Scalar::Text(text) => answer_of_word(text),
            _ => None,
        };
        match answer {
            Some(Some(answer)) => {
                *flag = u8::from(answer);
                set(&mut known, row);
            }
            Some(None) => {}
            None => errors.add(row, cause, || (value.shown(), WORDS.to_owned())),
        }
    }
    Ok(Flags {
        flags: Numbers::U8(flags),
        validity: Some(Mask::Made(known)),
    })
}

/// A day for each row, read as a fact of that type is read; a row without one is an error.
fn day_column<'t>(
    book: &Book,
    column: &Column<'t>,
    reader: Option<&str>,
    rows: usize,
    errors: &mut RowErrors,
) -> Result<DayColumn<'t>, Error> {
    let target = Target::day(column.name, book);
    target.check(column, reader)?;
    let plain = column.dictionary.is_none() && column.values == ColumnType::Day;
    let days = match numbers(&column.chunks).filter(|_| plain) {
        Some(days) => DayColumn {
            days,
            validity: validity(&column.chunks),
        },
        None => match Encoded::new(column) {
            // A column of nulls alone.
            None => DayColumn {
                days: Numbers::I32(vec![0; rows]),
                validity: Some(Mask::Made(vec![0; rows.div_ceil(8)])),
            },
            Some(encoded) => {
                let read = |_, value| match target.read(value, reader) {
                    Reading::Span(..) => Ok(Reading::Bad(super::read::Fault {
                        kind: "a whole day was expected".into(),
                        detail: None,
                    })),
                    reading => Ok(reading),
                };
                let missing: Vec<usize> = (0..rows).filter(|row| encoded.key(*row).is_none()).collect();
                note_missing(&missing, errors);
                let bound = BoundColumn::encoded(&target, encoded, rows, errors, read)?;
                return Ok(DayColumn {
                    days: bound.numbers,
                    validity: bound.validity,
                });
            }
        },
    };
    let (first, last) = day_domain();
    let cause = errors.cause(column.name, NO_DAY_OF_THIS_TIME);
    let mut missing = Vec::new();
    for row in 0..rows {
        match days.days.whole(row).filter(|_| super::owned::is_in(days.validity.as_ref(), row)) {
            None => missing.push(row),
            Some(day) if (first..=last).contains(&day) => {}
            Some(day) => errors.add(row, cause, || (day_shown(day), no_day(day))),
        }
    }
    note_missing(&missing, errors);
    Ok(days)
}

fn note_missing(rows: &[usize], errors: &mut RowErrors) {
    const NO_DAY: &str = "the row has no day";
    let cause = errors.cause("on", NO_DAY);
    for row in rows {
        errors.add(*row, cause, || (String::new(), NO_DAY.to_owned()));
    }
}
