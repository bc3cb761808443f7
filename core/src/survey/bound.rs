//! Columns bound to facts: borrowed where their numbers stand as they are, encoded where values have to be read.

use super::column::{Column, ColumnType, Values};
use super::encoded::{Encoded, Scalar, day_shown};
use super::error::SurveyError;
use super::errors::RowErrors;
use super::owned::{Mask, Numbers, is_in, known_numbers, numbers, set, validity};
use super::read::{Fault, NO_DAY_OF_THIS_TIME, Reading, no_day};
use super::target::{Target, found};
use crate::facts::{FactId, FactKind, Layout, Value};
use crate::population::{Bound, Keys, Part, PopulationError, Scale, fact_value};

/// Spans of days that are not exact, by the keys of their rows.
#[derive(Debug)]
struct Spans<'t> {
    keys: Numbers<'t>,
    of: Vec<Option<(i64, i64)>>,
}

/// A column that is ready for a population.
#[derive(Debug)]
pub(super) struct BoundColumn<'t> {
    pub name: String,
    pub fact: FactId,
    pub job: usize,
    kind: FactKind,
    of_fact: FactKind,
    part: Part,
    pub numbers: Numbers<'t>,
    pub validity: Option<Mask<'t>>,
    /// What a number of the fact is, in words that follow "expected".
    number: String,
    codes: Option<Vec<Option<u16>>>,
    scale: Scale,
    spans: Option<Spans<'t>>,
    /// Nobody looked yet for numbers that cannot be.
    pub unchecked: bool,
}

impl<'t> BoundColumn<'t> {
    fn new(target: &Target<'_>, numbers: Numbers<'t>, validity: Option<Mask<'t>>, scale: Scale) -> Self {
        Self {
            name: target.name.clone(),
            fact: target.fact,
            job: target.job,
            kind: target.kind,
            of_fact: target.of_fact,
            part: target.part,
            numbers,
            validity,
            number: target.reader().map(|reader| reader.expected_number()).unwrap_or_default(),
            codes: None,
            scale,
            spans: None,
            unchecked: false,
        }
    }

    /// One value for every row; nothing where it is not known.
    pub(super) fn constant(target: &Target<'_>, reading: Reading) -> Result<Option<Self>, Fault> {
        Ok(match reading {
            Reading::Unknown => None,
            Reading::Value(value) => Some(Self::new(target, Numbers::Constant(value), None, Scale::Times(1))),
            Reading::Span(first, last) => {
                let mut bound = Self::new(target, Numbers::I32(Vec::new()), None, Scale::Times(1));
                bound.spans = Some(Spans {
                    keys: Numbers::Constant(0),
                    of: vec![Some((first, last))],
                });
                Some(bound)
            }
            Reading::Bad(fault) => return Err(fault),
        })
    }

    /// A column as it stands, whose numbers are checked later; nothing where it holds nothing but nulls.
    pub(super) fn direct(target: &Target<'_>, column: &Column<'t>, errors: &mut RowErrors) -> Result<Option<Self>, SurveyError> {
        let wrong = || SurveyError::ColumnType {
            column: column.name.to_owned(),
            fact: target.name.clone(),
            found: found(column),
            expected: target.expected(None),
        };
        let mut validity = validity(&column.chunks);
        let scale = match (column.values, target.kind) {
            (ColumnType::Null, _) => return Ok(None),
            (ColumnType::Moment(a_day), _) => Scale::Over(u64::try_from(a_day).unwrap_or(1)),
            (ColumnType::Decimal(places), _) => return Ok(Some(Self::decimal(target, places, column, validity, errors))),
            (_, FactKind::Money) => Scale::Times(100),
            _ => Scale::Times(1),
        };
        let numbers = numbers(&column.chunks).ok_or_else(wrong)?;
        if let Some(known) = known_numbers(&numbers, validity.as_ref()) {
            validity = Some(Mask::Made(known));
        }
        let mut bound = Self::new(target, numbers, validity, scale);
        bound.unchecked = true;
        Ok(Some(bound))
    }

    /// Notes the numbers that cannot be, whether or not anything asks for them.
    pub(super) fn check(&mut self, layout: &Layout, rows: usize, errors: &mut RowErrors) -> Result<(), PopulationError> {
        self.unchecked = false;
        let reason = match (self.kind, self.part) {
            (_, Part::PaidWithin(window)) => {
                format!("a whole number from 0 to {window} was expected: of so many months no more can be paid")
            }
            (FactKind::Count | FactKind::Money, _) => format!("{} was expected", self.number),
            (FactKind::Date, _) => NO_DAY_OF_THIS_TIME.to_owned(),
            _ => return Ok(()),
        };
        let cause = errors.cause(&self.name, &reason);
        self.bound().each_bad_row(layout, rows, |bad| {
            errors.add(bad.row, cause, || {
                (self.shown(bad.row), self.why(bad.row).unwrap_or_else(|| reason.clone()))
            });
        })
    }

    /// The type of the fact.
    pub(super) fn of_fact(&self) -> FactKind {
        self.of_fact
    }

    /// What of the fact it tells.
    pub(super) fn part(&self) -> Part {
        self.part
    }

    /// The value of a row as it is shown where it contradicts another: codes by their numbers are not.
    pub(super) fn value_shown(&self, row: usize) -> String {
        match (self.kind, self.span(row)) {
            (FactKind::Date, Some((first, last))) => {
                format!("{}/{}", day_shown(first), day_shown(last))
            }
            (FactKind::Date | FactKind::Count | FactKind::Money, None) => self.shown(row),
            _ => String::new(),
        }
    }

    /// Why the number of a row cannot be, where that says more than what all of them have in common.
    fn why(&self, row: usize) -> Option<String> {
        let number = self.numbers.whole(row).filter(|_| self.kind == FactKind::Date)?;
        match self.scale {
            Scale::Over(over) => Some(no_day(number.div_euclid(i64::try_from(over).ok()?.max(1)))),
            Scale::Times(_) => Some(no_day(number)),
        }
    }

    /// The value of a row as it is shown in an error.
    fn shown(&self, row: usize) -> String {
        match (self.kind, self.scale, self.numbers.whole(row)) {
            (FactKind::Date, Scale::Over(over), Some(moment)) => Scalar::Moment(moment, i64::try_from(over).unwrap_or(i64::MAX)).shown(),
            (FactKind::Date, _, Some(day)) => day_shown(day),
            _ => self.numbers.shown(row),
        }
    }

    /// A column of decimals, in satang where it tells money, else in whole numbers.
    fn decimal(target: &Target<'_>, places: i32, column: &Column<'t>, validity: Option<Mask<'t>>, errors: &mut RowErrors) -> Self {
        let mut numbers = Vec::with_capacity(column.rows());
        let kept = if target.kind == FactKind::Money { 2 } else { 0 };
        let power = 10_i128.checked_pow(places.saturating_sub(kept).unsigned_abs()).unwrap_or(i128::MAX);
        let reason = target
            .reader()
            .map(|reader| format!("{} was expected", reader.expected_number()))
            .unwrap_or_default();
        let cause = errors.cause(&target.name, &reason);
        for chunk in &column.chunks {
            let Values::Decimals(values) = &chunk.values else { continue };
            for value in values.iter().map(|bytes| i128::from_ne_bytes(*bytes)) {
                let whole = || value.checked_div(power).filter(|whole| whole.checked_mul(power) == Some(value));
                let exact = if places >= kept { whole() } else { value.checked_mul(power) };
                let row = numbers.len();
                let amount = exact.and_then(|value| i64::try_from(value).ok()).filter(|value| *value >= 0);
                if amount.is_none() && is_in(validity.as_ref(), row) {
                    errors.add(row, cause, || (decimal_shown(value, places), reason.clone()));
                }
                numbers.push(amount.unwrap_or(0));
            }
        }
        let mut bound = Self::new(target, Numbers::I64(numbers), validity, Scale::Times(1));
        bound.unchecked = true;
        bound
    }

    /// A column whose distinct values are read, each by its number and itself.
    pub(super) fn encoded(
        target: &Target<'_>,
        encoded: Encoded<'t>,
        rows: usize,
        errors: &mut RowErrors,
        mut read: impl FnMut(usize, Scalar<'t>) -> Result<Reading, SurveyError>,
    ) -> Result<Self, SurveyError> {
        // Of a value that cannot be only the number of the cause is kept: there may be as many as rows.
        let mut readings = Vec::with_capacity(encoded.values.len());
        for (place, value) in encoded.values.iter().enumerate() {
            readings.push(match value {
                None => Kept::Unknown,
                Some(value) => match read(place, *value)? {
                    Reading::Unknown => Kept::Unknown,
                    Reading::Value(value) => Kept::Value(value),
                    Reading::Span(first, last) => Kept::Span(first, last),
                    Reading::Bad(fault) => Kept::Bad(errors.cause(&target.name, &fault.kind)),
                },
            });
        }
        let reading = |row: usize| {
            let key = is_in(encoded.validity.as_ref(), row).then(|| encoded.keys.key(row)).flatten()?;
            Some((key, readings.get(key)?))
        };
        if readings.iter().any(|reading| matches!(reading, Kept::Bad(_))) {
            for row in 0..rows {
                if let Some((key, Kept::Bad(cause))) = reading(row) {
                    errors.add(row, *cause, || {
                        let value = encoded.values.get(key).copied().flatten();
                        let said = match value.map(|value| read(key, value)) {
                            Some(Ok(Reading::Bad(fault))) => fault.said(),
                            _ => String::new(),
                        };
                        (value.map_or_else(String::new, |value| value.shown()), said)
                    });
                }
            }
        }
        if target.is_coded() {
            let codes = readings.iter().map(|reading| match reading {
                Kept::Value(code) => u16::try_from(*code).ok(),
                _ => None,
            });
            let codes = codes.collect();
            let mut bound = Self::new(target, encoded.keys, encoded.validity, Scale::Times(1));
            bound.codes = Some(codes);
            return Ok(bound);
        }
        let mut known = vec![0; rows.div_ceil(8)];
        let values = (0..rows).map(|row| match reading(row) {
            Some((_, Kept::Value(value))) => {
                set(&mut known, row);
                *value
            }
            _ => 0,
        });
        let numbers = if target.kind == FactKind::Date {
            Numbers::I32(values.map(|number| i32::try_from(number).unwrap_or(0)).collect())
        } else {
            Numbers::I64(values.collect())
        };
        let mut bound = Self::new(target, numbers, Some(Mask::Made(known)), Scale::Times(1));
        bound.unchecked = target.kind != FactKind::Date;
        if readings.iter().any(|reading| matches!(reading, Kept::Span(..))) {
            let of = readings.iter().map(|reading| match reading {
                Kept::Span(first, last) => Some((*first, *last)),
                _ => None,
            });
            // A row without a value has the key of no span.
            let keys = (0..rows).map(|row| reading(row).map_or(u32::MAX, |(key, _)| u32::try_from(key).unwrap_or(u32::MAX)));
            bound.spans = Some(Spans {
                of: of.collect(),
                keys: Numbers::U32(keys.collect()),
            });
        }
        Ok(bound)
    }

    /// The column as the engine takes it.
    pub(super) fn bound(&self) -> Bound<'_> {
        Bound {
            fact: self.fact,
            job: self.job,
            part: self.part,
            data: self.numbers.data(),
            validity: self.validity.as_ref().map(Mask::bits),
            keys: self.codes.as_ref().map(|codes| Keys { codes, strict: false }),
            scale: self.scale,
        }
    }

    /// Whether some row has a day that is not exact.
    pub(super) fn has_spans(&self) -> bool {
        self.spans.is_some()
    }

    /// The span of a row, where its day is not exact.
    pub(super) fn span(&self, row: usize) -> Option<(i64, i64)> {
        let spans = self.spans.as_ref()?;
        spans.of.get(spans.keys.key(row)?).copied().flatten()
    }

    /// No row has an exact value.
    pub(super) fn only_spans(&self) -> bool {
        self.spans.as_ref().is_some_and(|spans| matches!(spans.keys, Numbers::Constant(_)))
    }

    /// Whether it is the same for every row.
    pub(super) fn is_constant(&self) -> bool {
        self.only_spans() || matches!(self.numbers, Numbers::Constant(_))
    }

    /// The value of a row, joined to what other columns said of the same fact.
    pub(super) fn value(&self, row: usize, before: &Value) -> Value {
        if let Some((first, last)) = self.span(row) {
            return Value::Span(first, last);
        }
        let number = if self.only_spans() { None } else { self.bound().value(row) };
        number.map_or_else(|| before.clone(), |number| fact_value(self.of_fact, self.part, number, before))
    }
}

/// A reading as it is kept.
enum Kept {
    Unknown,
    Value(i64),
    Span(i64, i64),
    Bad(u32),
}

/// A decimal as it is written.
fn decimal_shown(value: i128, places: i32) -> String {
    let Ok(width) = usize::try_from(places) else {
        return format!("{value}{}", "0".repeat(usize::try_from(places.unsigned_abs()).unwrap_or(0).min(40)));
    };
    let digits = format!("{:0>width$}", value.unsigned_abs(), width = width.min(76).saturating_add(1));
    let (whole, parts) = digits.split_at(digits.len().saturating_sub(width.min(76)));
    let (sign, point) = (if value < 0 { "-" } else { "" }, if parts.is_empty() { "" } else { "." });
    format!("{sign}{whole}{point}{parts}")
}
