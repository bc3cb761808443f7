//! Rows whose values cannot be.

use super::bad::{BadReason, BadRow};
use super::columns::{Bound, Data, Form, PopulationError, Scale, What};
use super::kernels::{self, CHUNK, Level, Span, WORDS};
use crate::facts::Layout;

/// How the values of a column are checked.
#[derive(Debug)]
pub(super) enum Check {
    Within(Span),
    Exact { times: f64, most: f64 },
    Listed(Vec<u8>),
}

impl Bound<'_> {
    /// The rows of a column whose value cannot be, in order, whether or not a question rests on it; a run names those of the columns that it uses.
    ///
    /// # Errors
    /// [`PopulationError::Binding`] where the column cannot hold the fact that it is bound to.
    pub fn bad_rows(&self, layout: &Layout, rows: usize) -> Result<Vec<BadRow>, PopulationError> {
        let mut bad = Vec::new();
        self.each_bad_row(layout, rows, |row| bad.push(row))?;
        Ok(bad)
    }

    /// Names the rows of [`Bound::bad_rows`] one after another: there may be many.
    ///
    /// # Errors
    /// As for [`Bound::bad_rows`].
    pub fn each_bad_row(&self, layout: &Layout, rows: usize, mut found: impl FnMut(BadRow)) -> Result<(), PopulationError> {
        let form = self.form(0, layout)?;
        let check = check(&form, self);
        let mut bad = Vec::new();
        for first in (0..rows).step_by(CHUNK).take_while(|_| check.is_some()) {
            let rows = first..rows.min(first.saturating_add(CHUNK));
            take_out(
                (Level::detect(), rows),
                (&form, self, check.as_ref()),
                &mut [u64::MAX; WORDS],
                &mut bad,
            );
            bad.drain(..).for_each(&mut found);
        }
        Ok(())
    }
}

/// The check that a column needs, where its type does not answer for it.
pub(super) fn check(form: &Form, column: &Bound<'_>) -> Option<Check> {
    if let Some(keys) = column.keys {
        return keys.strict.then(|| {
            let coded: Vec<bool> = keys.codes.iter().map(|code| coded(form, *code)).collect();
            match runs(&coded).as_slice() {
                [whole] => Check::Within(Span {
                    whole: *whole,
                    float: (0.0, 0.0),
                }),
                _ => Check::Listed(table(coded.into_iter())),
            }
        });
    }
    let least_and_most: (i64, i64) = match column.data {
        Data::Constant(_) | Data::Bits(_) => return None,
        #[expect(clippy::cast_precision_loss, reason = "domains are far below 2^53")]
        Data::F32(_) | Data::F64(_) => {
            let Scale::Times(times) = column.scale else {
                return Some(Check::Within(spans_in_column(form, column, form.domain)));
            };
            if form.domain.0 < 0 {
                return Some(Check::Within(spans_in_column(form, column, form.domain)));
            }
            return Some(Check::Exact {
                times: times.into(),
                most: form.domain.1 as f64,
            });
        }
        Data::I8(_) => (i8::MIN.into(), i8::MAX.into()),
        Data::I16(_) => (i16::MIN.into(), i16::MAX.into()),
        Data::I32(_) => (i32::MIN.into(), i32::MAX.into()),
        Data::U8(_) => (0, u8::MAX.into()),
        Data::U16(_) => (0, u16::MAX.into()),
        Data::U32(_) => (0, u32::MAX.into()),
        Data::I64(_) | Data::U64(_) => (i64::MIN, i64::MAX),
    };
    let (low, high) = column.scale.of_values(form.domain);
    (low > least_and_most.0 || high < least_and_most.1).then_some(Check::Within(Span {
        whole: (low, high),
        float: (0.0, 0.0),
    }))
}

/// Whether a key has a code that can be.
pub(super) fn coded(form: &Form, code: Option<u16>) -> bool {
    code.is_some_and(|code| i64::from(code) <= form.domain.1)
}

/// The runs of keys that are listed.
pub(super) fn runs(listed: &[bool]) -> Vec<(i64, i64)> {
    let mut runs: Vec<(i64, i64)> = Vec::new();
    for (key, _) in (0_i64..).zip(listed).filter(|(_, listed)| **listed) {
        match runs.last_mut() {
            Some(run) if run.1.saturating_add(1) == key => run.1 = key,
            _ => runs.push((key, key)),
        }
    }
    runs
}

/// A table of ones, long enough for every byte.
pub(super) fn table(listed: impl Iterator<Item = bool>) -> Vec<u8> {
    let mut table: Vec<u8> = listed.map(|listed| if listed { u8::MAX } else { 0 }).collect();
    if table.len() < 256 {
        table.resize(256, 0);
    }
    table
}

/// Takes bad rows out of the sound ones and names each; returns how many values were bad.
pub(super) fn take_out(
    (level, rows): (Level, std::ops::Range<usize>),
    (form, column, check): (&Form, &Bound<'_>, Option<&Check>),
    sound: &mut [u64],
    bad: &mut Vec<BadRow>,
) -> usize {
    let mut good = [u64::MAX; WORDS];
    let count = rows.len().div_ceil(64);
    let Some(good) = good.get_mut(..count) else { return 0 };
    let is_day = form.what == What::Day;
    match check {
        Some(Check::Within(span)) => kernels::within(level, &column.data, rows.clone(), span, good),
        Some(Check::Exact { times, most }) => kernels::exact(level, &column.data, rows.clone(), *times, *most, good),
        Some(Check::Listed(table)) => kernels::listed(&column.data, rows.clone(), table, good),
        None if is_day && column.validity.is_some() => {}
        None => return 0,
    }
    if !is_day && good_everywhere(good, rows.len()) {
        return 0;
    }
    if let Some(validity) = column.validity {
        let mut valid = [0; WORDS];
        let Some(valid) = valid.get_mut(..count) else { return 0 };
        kernels::bits(&validity, rows.start, valid);
        for (good, valid) in good.iter_mut().zip(valid) {
            // A value that is null cannot be bad, a day that is null always is.
            *good = if is_day { *good & *valid } else { *good | !*valid };
        }
    }
    if good_everywhere(good, rows.len()) {
        return 0;
    }
    let fact = if let What::Fact(fact, ..) = form.what { Some(fact) } else { None };
    let mut values = 0_usize;
    for (place, (good, sound)) in good.iter().zip(sound.iter_mut()).enumerate() {
        let mut wrong = !*good & live(rows.len(), place);
        values = values.saturating_add(usize::try_from(wrong.count_ones()).unwrap_or(0));
        *sound &= !wrong;
        while wrong != 0 {
            let bit = usize::try_from(wrong.trailing_zeros()).unwrap_or(0);
            let row = rows.start.saturating_add(place.saturating_mul(64)).saturating_add(bit);
            let reason = match check {
                _ if is_day && column.validity.is_some_and(|validity| !validity.get(row)) => BadReason::NoDay,
                _ if column.keys.is_some() => BadReason::NoCode,
                Some(Check::Exact { most, times }) if float_in_range(column, row, *times, *most) => BadReason::NotExact,
                _ => BadReason::OutOfRange,
            };
            bad.push(BadRow { row, fact, reason });
            wrong &= wrong.wrapping_sub(1);
        }
    }
    values
}

fn float_in_range(column: &Bound<'_>, row: usize, times: f64, most: f64) -> bool {
    let value = match column.data {
        Data::F64(values) => values.get(row).copied().unwrap_or(f64::NAN),
        Data::F32(values) => values.get(row).copied().map_or(f64::NAN, f64::from),
        _ => f64::NAN,
    };
    value >= 0.0 && value * times <= most
}

/// The bits of a word that stand for rows.
pub(super) fn live(rows: usize, word: usize) -> u64 {
    match rows.saturating_sub(word.saturating_mul(64)) {
        left if left >= 64 => u64::MAX,
        left => 1_u64.checked_shl(u32::try_from(left).unwrap_or(0)).unwrap_or(0).wrapping_sub(1),
    }
}

fn good_everywhere(good: &[u64], rows: usize) -> bool {
    let Some((last, rest)) = good.split_last() else { return true };
    rest.iter().fold(u64::MAX, |all, good| all & good) == u64::MAX && !*last & live(rows, rest.len()) == 0
}

/// The span of numbers of a column that mean a span of values.
#[expect(clippy::cast_precision_loss, reason = "domains are far below 2^53")]
pub(super) fn spans_in_column(form: &Form, column: &Bound<'_>, (low, high): (i64, i64)) -> Span {
    let (mut first, mut last) = column.scale.of_values((low, high));
    // Whole parts lie far from the middle between two: no rounding of a float can cross it.
    let mut float = match column.scale {
        Scale::Times(times) => ((low as f64 - 0.5) / f64::from(times), (high as f64 + 0.5) / f64::from(times)),
        Scale::Over(over) => (low as f64 * over as f64, (high as f64 + 1.0) * over as f64),
    };
    if let (Scale::Over(_), Data::F32(_) | Data::F64(_)) = (column.scale, column.data) {
        float.1 = float.1.next_down();
    }
    // Values beyond those that can be make a row bad: an open end costs no comparison.
    if low <= form.domain.0 {
        first = i64::MIN;
    }
    if high >= form.domain.1 {
        last = i64::MAX;
    }
    Span {
        whole: (first, last),
        float,
    }
}
