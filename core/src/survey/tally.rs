//! Counts and weights by group: as many groups as occur, the same sums whatever the number of threads.

use super::assess::{Survey, Told, Watch, used};
use super::column::{Column, ColumnType, Values};
use super::encoded::Encoded;
use super::error::SurveyError;
use super::errors::RowErrors;
use super::groups::{GroupColumn, Groups, Key};
use super::owned::{Mask, Numbers, is_in, numbers, validity};
use super::query::{AnswerKind, NOT_ASSESSED, PlanCache};
use super::target::found;
use crate::error::Error;
use crate::population::{self, Grouping, Parts, Run, Weights};

/// How the rows of a survey are grouped and weighed.
#[derive(Debug, Clone, Default)]
pub struct Grouped<'t> {
    /// The columns of the group.
    pub by: Vec<Column<'t>>,
    /// The weight of each row.
    pub weights: Option<Column<'t>>,
}

/// A tally, one line for each answer that occurs in a group.
#[derive(Debug)]
#[non_exhaustive]
pub struct Tally {
    /// The value of each column of the group, by line.
    pub groups: Vec<LineValues>,
    /// The questions.
    pub names: Vec<String>,
    /// The number of the question, by line.
    pub questions: Vec<u32>,
    /// What the answers are called.
    pub labels: Vec<&'static str>,
    /// The number of the answer, by line.
    pub answers: Vec<u32>,
    /// How many rows, by line.
    pub rows: Vec<i64>,
    /// What these rows weigh, by line.
    pub weights: Option<Vec<f64>>,
    /// Values that cannot be.
    pub errors: RowErrors,
    /// What the frame tells of everybody.
    pub told: Told,
}

/// Values of a column of the frame by line.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct LineValues {
    /// The number of the value; one beyond them where there is none.
    pub keys: Vec<u32>,
    /// For each value a row of the frame that has it.
    pub rows: Vec<usize>,
}

/// The weights of all rows.
enum Weighing<'t> {
    Floats(Numbers<'t>),
    Whole(Numbers<'t>),
}

impl Weighing<'_> {
    fn weights(&self) -> Weights<'_> {
        match self {
            Self::Floats(numbers) => match numbers.data() {
                population::Data::F64(values) => Weights::Floats(values),
                _ => Weights::Floats(&[]),
            },
            Self::Whole(numbers) => match numbers.data() {
                population::Data::I64(values) => Weights::Whole(values),
                _ => Weights::Whole(&[]),
            },
        }
    }

    fn in_parts(&self, parts: Parts, row: usize) -> i128 {
        match self {
            Self::Floats(numbers) => parts.of(numbers.float(row).unwrap_or(0.0)),
            Self::Whole(numbers) => numbers.whole(row).unwrap_or(0).max(0).into(),
        }
    }
}

/// Below so many cells the engine counts in the same pass in which it answers.
const FEW_CELLS: usize = 1 << 16;
/// The codes that a row may have, that of one that is not assessed included.
const WIDTH: usize = 6;

/// The lines of a tally in the making.
struct Lines<'l> {
    tally: &'l mut Tally,
    kinds: Vec<AnswerKind>,
}

impl Lines<'_> {
    /// Adds the answers to one question in one group.
    fn add(&mut self, question: usize, group: &[Key], counts: &[u64; WIDTH], weights: &[f64; WIDTH]) {
        let Some(kind) = self.kinds.get(question) else { return };
        let not_assessed = kind.labels().len();
        for code in kind.order() {
            let count = counts.get(*code).copied().unwrap_or(0);
            if count == 0 {
                continue;
            }
            for (values, key) in self.tally.groups.iter_mut().zip(group) {
                values.keys.push(key.number());
            }
            self.tally.questions.push(u32::try_from(question).unwrap_or(u32::MAX));
            self.tally
                .answers
                .push(u32::try_from((*code).min(not_assessed)).unwrap_or(u32::MAX));
            self.tally.rows.push(i64::try_from(count).unwrap_or(i64::MAX));
            if let Some(sums) = &mut self.tally.weights {
                sums.push(weights.get(*code).copied().unwrap_or(0.0));
            }
        }
    }
}

impl<'t> Survey<'t> {
    /// How many rows, and what weight, have each answer by group.
    ///
    /// # Errors
    /// A column that cannot group or weigh, and as for [`Survey::assess`]. A row whose weight cannot be is an error of that row and weighs nothing.
    pub fn tally(mut self, grouped: &Grouped<'t>, cache: &PlanCache, watch: Watch<'_>) -> Result<Tally, Error> {
        let columns = grouped.by.iter().map(group_column).collect::<Result<Vec<_>, _>>()?;
        let weighing = grouped.weights.as_ref().map(|column| self.weights(column)).transpose()?;
        let kinds: Vec<AnswerKind> = (0..self.questions.list.len()).map(|place| self.questions.kind(place)).collect();
        let mut labels: Vec<&'static str> = kinds.first().copied().unwrap_or(AnswerKind::Status).labels().to_vec();
        labels.push(NOT_ASSESSED);
        let told = self.told();
        let mut tally = Tally {
            groups: columns.iter().map(|_| LineValues::default()).collect(),
            names: self.questions.names.clone(),
            questions: Vec::new(),
            labels,
            answers: Vec::new(),
            rows: Vec::new(),
            weights: weighing.as_ref().map(|_| Vec::new()),
            errors: RowErrors::default(),
            told,
        };
        let mut lines = Lines { tally: &mut tally, kinds };
        if !self.in_one_pass(&columns, weighing.as_ref(), (cache, watch), &mut lines)? {
            self.by_rows(&columns, weighing.as_ref(), (cache, watch), &mut lines)?;
        }
        for (values, column) in tally.groups.iter_mut().zip(&columns) {
            values.rows = column.rows_of_values();
        }
        tally.errors = self.errors;
        Ok(tally)
    }

    /// Counts in the pass in which the engine answers, where there are few cells and no row needs another look; whether it could.
    fn in_one_pass(
        &mut self,
        columns: &[GroupColumn<'t>],
        weighing: Option<&Weighing<'t>>,
        (cache, watch): (&PlanCache, Watch<'_>),
        lines: &mut Lines<'_>,
    ) -> Result<bool, Error> {
        let sizes: Vec<usize> = columns.iter().map(|column| column.encoded.values.len()).collect();
        let cells = sizes
            .iter()
            .fold(1_usize, |cells, size| cells.saturating_mul(size.saturating_add(1)));
        let asked = cells.saturating_mul(lines.kinds.len()).saturating_mul(WIDTH);
        let spans = self.columns.columns.iter().any(super::bound::BoundColumn::has_spans);
        if asked > FEW_CELLS
            || spans
            || self.columns.counts.is_some()
            || !self.errors.is_empty()
            || columns.iter().any(|column| column.repeats)
        {
            return Ok(false);
        }
        let (outcome, used) = {
            let population = self.population();
            let plan = cache
                .plan(self.rulebook, &self.questions, &population)
                .map_err(SurveyError::Population)?;
            let by = columns.iter().zip(&sizes).map(|(column, groups)| Grouping {
                keys: column.encoded.keys.data(),
                validity: column.encoded.validity.as_ref().map(Mask::bits),
                groups: *groups,
            });
            let groups = population::Groups {
                by: by.collect(),
                weights: weighing.map(Weighing::weights),
            };
            let run = Run {
                threads: self.threads,
                progress: Some(watch.tell),
                cancel: Some(watch.cancel),
                most_bad: 0,
                tally: Some(&groups),
                only_tally: true,
                ..Run::default()
            };
            let outcome = plan.run(&population, &run).map_err(SurveyError::Population)?;
            (outcome, used(&plan, population.columns.len()))
        };
        self.check(|column| !used.get(column).copied().unwrap_or(false))?;
        if outcome.bad_values > 0 || !self.errors.is_empty() {
            return Ok(false);
        }
        let mut order: Vec<(Vec<Key>, usize)> = (0..cells).map(|cell| (keys_of(cell, &sizes, columns), cell)).collect();
        order.sort();
        for (keys, cell) in order {
            for (question, tally) in outcome.tallies.iter().enumerate() {
                let first = cell.saturating_mul(tally.codes);
                let (mut counts, mut weights) = ([0; WIDTH], [0.0; WIDTH]);
                for (code, (count, weight)) in counts.iter_mut().zip(&mut weights).enumerate().take(tally.codes) {
                    *count = tally.counts.get(first.saturating_add(code)).copied().unwrap_or(0);
                    *weight = tally.weights.get(first.saturating_add(code)).copied().unwrap_or(0.0);
                }
                lines.add(question, &keys, &counts, &weights);
            }
        }
        Ok(true)
    }

    /// Answers every row, then counts group by group.
    fn by_rows(
        &mut self,
        columns: &[GroupColumn<'t>],
        weighing: Option<&Weighing<'t>>,
        (cache, watch): (&PlanCache, Watch<'_>),
        lines: &mut Lines<'_>,
    ) -> Result<(), Error> {
        let codes = self.codes(cache, watch)?;
        let groups = Groups::new(columns, self.rows);
        let parts = weighing.map_or(Parts::default(), |weighing| Parts::new(weighing.weights(), self.rows));
        for (keys, rows) in groups.each() {
            for (question, codes) in codes.iter().enumerate() {
                let (mut counts, mut sums) = ([0_u64; WIDTH], [0_i128; WIDTH]);
                let not_assessed = lines.kinds.get(question).map_or(0, |kind| kind.labels().len());
                for row in rows {
                    let row = usize::try_from(*row).unwrap_or(usize::MAX);
                    let code = codes.get(row).map_or(not_assessed, |code| usize::from(*code).min(not_assessed));
                    if let (Some(count), Some(sum)) = (counts.get_mut(code), sums.get_mut(code)) {
                        *count = count.saturating_add(1);
                        *sum = sum.saturating_add(weighing.map_or(0, |weighing| weighing.in_parts(parts, row)));
                    }
                }
                lines.add(question, &keys, &counts, &sums.map(|sum| parts.sum(sum)));
            }
        }
        Ok(())
    }

    fn weights(&mut self, column: &Column<'t>) -> Result<Weighing<'t>, Error> {
        const EXPECTED: &str = "a weight was expected: a number that is not negative";
        let kind = column.values;
        let decimal = if let ColumnType::Decimal(places) = kind {
            Some(places)
        } else {
            None
        };
        if column.dictionary.is_some() || !(kind.is_whole() || kind.is_float() || decimal.is_some()) {
            return Err(SurveyError::WrongType {
                column: column.name.to_owned(),
                found: found(column),
                expected: "weights: numbers, none of them negative or null",
            }
            .into());
        }
        let known = validity(&column.chunks);
        let held = match decimal {
            Some(places) => Numbers::F64(decimals(column, places)),
            None => numbers(&column.chunks).unwrap_or(Numbers::Constant(0)),
        };
        let floats = !kind.is_whole();
        let is_weight = |row: usize| {
            let number = if floats {
                held.float(row).is_some_and(|weight| weight >= 0.0 && weight.is_finite())
            } else {
                held.whole(row).is_some_and(|weight| weight >= 0)
            };
            number && is_in(known.as_ref(), row)
        };
        let cause = self.errors.cause(column.name, EXPECTED);
        let mut any = false;
        for row in (0..self.rows).filter(|row| !is_weight(*row)) {
            any = true;
            self.errors.add(row, cause, || {
                let value = if is_in(known.as_ref(), row) {
                    held.shown(row)
                } else {
                    "null".to_owned()
                };
                (value, EXPECTED.to_owned())
            });
        }
        let rows = 0..self.rows;
        Ok(match (floats, kind) {
            (true, ColumnType::F64) if !any => Weighing::Floats(held),
            (false, ColumnType::I64) if !any => Weighing::Whole(held),
            // A row whose weight cannot be weighs nothing.
            (true, _) => {
                let weight = |row: usize| if is_weight(row) { held.float(row).unwrap_or(0.0) } else { 0.0 };
                Weighing::Floats(Numbers::F64(rows.map(weight).collect()))
            }
            (false, _) => {
                let weight = |row: usize| if is_weight(row) { held.whole(row).unwrap_or(0) } else { 0 };
                Weighing::Whole(Numbers::I64(rows.map(weight).collect()))
            }
        })
    }
}

/// Decimals as floats.
#[expect(clippy::cast_precision_loss, reason = "a weight is summed as the nearest float")]
fn decimals(column: &Column<'_>, places: i32) -> Vec<f64> {
    let power = 10.0_f64.powi(places);
    let chunks = column.chunks.iter();
    let values = chunks.flat_map(|chunk| {
        if let Values::Decimals(values) = &chunk.values {
            *values
        } else {
            &[]
        }
    });
    values.map(|bytes| i128::from_ne_bytes(*bytes) as f64 / power).collect()
}

fn group_column<'t>(column: &Column<'t>) -> Result<GroupColumn<'t>, SurveyError> {
    let encoded = if column.said() == ColumnType::Null {
        Some(Encoded {
            keys: Numbers::Constant(0),
            values: vec![None],
            validity: None,
        })
    } else {
        Encoded::new(column)
    };
    let made = column.dictionary.is_none();
    encoded
        .map(|encoded| GroupColumn::new(encoded, made, column.rows()))
        .ok_or_else(|| SurveyError::WrongType {
            column: column.name.to_owned(),
            found: found(column),
            expected: "a column of text, numbers, dates or booleans to group by",
        })
}

/// The keys of a cell of the engine, whose first column varies slowest.
fn keys_of(cell: usize, sizes: &[usize], columns: &[GroupColumn<'_>]) -> Vec<Key> {
    let mut rest = cell;
    let mut keys: Vec<Key> = sizes
        .iter()
        .zip(columns)
        .rev()
        .map(|(size, column)| {
            let width = size.saturating_add(1);
            let key = rest.checked_rem(width).unwrap_or(0);
            rest = rest.checked_div(width).unwrap_or(0);
            column.of_value(key)
        })
        .collect();
    keys.reverse();
    keys
}
