//! Rows whose facts cannot all be true: errors of these rows, as they are refused of one person.
//!
//! Columns are looked through pair by pair for rows that may contradict themselves; only these are laid out as a person and asked.

use std::collections::BTreeSet;

use super::assess::Survey;
use super::bound::BoundColumn;
use super::error::SurveyError;
use crate::facts::{FactError, FactId, FactKind, Value};
use crate::population::{Bound, fact_value};

/// What is looked for in the rows of two columns.
enum Look {
    /// Codes that exclude each other, by the first and then the second.
    Codes { width: usize, excluded: Vec<bool> },
    /// More months than a life has, which is asked of a birth.
    Months,
    /// Values of the pair of that number.
    Values(usize),
    /// Rows that tell both.
    Both,
    /// A birth after the day asked about.
    Birth,
}

/// Two columns by their places, and what is looked for.
struct Pair {
    one: usize,
    other: usize,
    look: Look,
}

/// No code list is so long that two of them are looked through one by one.
const MOST_CODES: usize = 1 << 20;
/// No month is longer.
const LONGEST_MONTH: i64 = 31;

impl Survey<'_> {
    /// Notes the rows whose facts contradict each other.
    pub(super) fn contradictions(&mut self) -> Result<(), SurveyError> {
        let pairs = self.pairs();
        let places: BTreeSet<usize> = pairs.iter().flat_map(|pair| [pair.one, pair.other]).collect();
        let layout = &self.rulebook.book().program.layout;
        // Numbers that cannot be are an error of their own.
        for place in places {
            if let Some(column) = self.columns.columns.get_mut(place).filter(|column| column.unchecked) {
                column.check(layout, self.rows, &mut self.errors)?;
            }
        }
        for row in self.candidates(&pairs) {
            if self.errors.has(row) {
                continue;
            }
            let found = self.subject(row).check(layout, self.columns.day(row));
            if let Err(FactError::Contradiction { fact, other, reason }) = found {
                let (fact, other) = (column_name(&fact), column_name(&other));
                let said = format!("it contradicts `{other}`: {reason}");
                let cause = self.errors.cause(&fact, &said);
                let column = self.columns.columns.iter().find(|column| column.name == fact);
                self.errors.add(row, cause, || {
                    (column.map_or_else(String::new, |column| column.value_shown(row)), said)
                });
            }
        }
        Ok(())
    }

    /// The pairs of columns whose facts can contradict each other.
    fn pairs(&self) -> Vec<Pair> {
        let layout = &self.rulebook.book().program.layout;
        let columns = &self.columns.columns;
        let of = |fact: FactId| columns.iter().enumerate().filter(move |(_, column)| column.fact == fact);
        let is_person = |column: &BoundColumn<'_>| {
            layout
                .fact(column.fact)
                .is_some_and(|info| info.scope == crate::facts::FactScope::Person)
        };
        let mut pairs = Vec::new();
        for (number, one, other) in layout.contradicting().iter().copied() {
            for (one_place, a) in of(one) {
                for (other_place, b) in of(other).filter(|(_, b)| a.job == b.job || is_person(a) || is_person(b)) {
                    pairs.push(Pair {
                        one: one_place,
                        other: other_place,
                        look: self.look((number, one, other), a, b),
                    });
                }
            }
        }
        // Counts of the same contribution months, and two jobs that are both the main one.
        for (one, a) in columns.iter().enumerate() {
            for (other, b) in columns
                .iter()
                .enumerate()
                .skip(one.saturating_add(1))
                .filter(|(_, b)| b.fact == a.fact)
            {
                let named = layout
                    .fact(a.fact)
                    .is_some_and(|info| info.name == "job.main" || info.kind == FactKind::PaidMonths);
                if named && (a.job != b.job || b.of_fact() == FactKind::PaidMonths) {
                    pairs.push(Pair {
                        one,
                        other,
                        look: Look::Both,
                    });
                }
            }
        }
        let birth = layout.fact_number("birth_date").into_iter().flat_map(of);
        pairs.extend(birth.map(|(place, _)| Pair {
            one: place,
            other: place,
            look: Look::Birth,
        }));
        pairs
    }

    fn look(&self, pair: (usize, FactId, FactId), a: &BoundColumn<'_>, b: &BoundColumn<'_>) -> Look {
        let layout = &self.rulebook.book().program.layout;
        let codes = |column: &BoundColumn<'_>| {
            let info = layout.fact(column.fact)?;
            match info.kind {
                FactKind::YesNo => Some(2),
                FactKind::Code | FactKind::Province | FactKind::District => {
                    let list = info.list.and_then(|list| layout.lists.get(usize::from(list)))?;
                    Some(list.codes.len())
                }
                _ => None,
            }
        };
        if let (Some(height), Some(width)) = (codes(a), codes(b))
            && height.saturating_mul(width) <= MOST_CODES
        {
            let value = |column: &BoundColumn<'_>, code: usize| {
                let code = i64::try_from(code).unwrap_or(i64::MAX);
                fact_value(column.of_fact(), column.part(), code, &Value::Unknown)
            };
            let cells = (0..height).flat_map(|one| (0..width).map(move |other| (one, other)));
            let excluded = cells.map(|(one, other)| layout.excludes(pair, (&value(a, one), &value(b, other)), self.columns.day));
            return Look::Codes {
                width,
                excluded: excluded.collect(),
            };
        }
        let is_months = |column: &BoundColumn<'_>| column.of_fact() == FactKind::PaidMonths || column.of_fact() == FactKind::Count;
        match (a.of_fact(), b.of_fact()) {
            (FactKind::Date, _) if is_months(b) => Look::Months,
            (FactKind::PaidMonths, _) | (_, FactKind::PaidMonths) => Look::Both,
            _ => Look::Values(pair.0),
        }
    }

    /// The rows that may contradict themselves, in order.
    fn candidates(&self, pairs: &[Pair]) -> Vec<usize> {
        const PART: usize = 1 << 14;
        if pairs.is_empty() {
            return Vec::new();
        }
        let threads = match self.threads {
            _ if cfg!(target_family = "wasm") || self.rows <= PART => 1,
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            threads => threads,
        };
        let part = self.rows.div_ceil(threads.max(1)).max(1);
        let found: Vec<BTreeSet<usize>> = if threads == 1 {
            vec![self.candidates_of(pairs, 0..self.rows)]
        } else {
            std::thread::scope(|scope| {
                let parts = (0..self.rows)
                    .step_by(part)
                    .map(|first| first..first.saturating_add(part).min(self.rows));
                let running: Vec<_> = parts.map(|rows| scope.spawn(move || self.candidates_of(pairs, rows))).collect();
                running.into_iter().filter_map(|thread| thread.join().ok()).collect()
            })
        };
        found.into_iter().flatten().collect()
    }

    fn candidates_of(&self, pairs: &[Pair], rows: std::ops::Range<usize>) -> BTreeSet<usize> {
        let layout = &self.rulebook.book().program.layout;
        let mut found = BTreeSet::new();
        for pair in pairs {
            let columns = (self.columns.columns.get(pair.one), self.columns.columns.get(pair.other));
            let (Some(a), Some(b)) = columns else { continue };
            let (bound_a, bound_b) = (a.bound(), b.bound());
            let day = |row: usize| self.columns.day(row).map(|day| i64::from(day.days()));
            let of_all = self.columns.day.map(|day| i64::from(day.days()));
            match &pair.look {
                Look::Codes { width, excluded } => {
                    let code = |bound: &Bound<'_>, row: usize| bound.value(row).and_then(|code| usize::try_from(code).ok());
                    if excluded.contains(&true) {
                        found.extend(rows.clone().filter(|row| {
                            let place = code(&bound_a, *row)
                                .zip(code(&bound_b, *row))
                                .map(|(one, other)| one.saturating_mul(*width).saturating_add(other));
                            place.and_then(|place| excluded.get(place)).copied().unwrap_or(false)
                        }));
                    }
                }
                Look::Months => found.extend(rows.clone().filter(|row| {
                    let months = bound_b.value(*row).map(|months| months.saturating_mul(LONGEST_MONTH));
                    let lived = months.and_then(|months| Some((months, of_all.or_else(|| day(*row))?, span(a, &bound_a, *row)?.0)));
                    lived.is_some_and(|(months, day, born)| months > day.saturating_sub(born))
                })),
                Look::Birth => found.extend(rows.clone().filter(|row| {
                    let born = span(a, &bound_a, *row);
                    born.zip(of_all.or_else(|| day(*row))).is_some_and(|(born, day)| born.0 > day)
                })),
                Look::Both => {
                    let told = |row: &usize| span(a, &bound_a, *row).is_some() && span(b, &bound_b, *row).is_some();
                    found.extend(rows.clone().filter(told));
                }
                Look::Values(number) => {
                    let value = |column: &BoundColumn<'_>, bound: &Bound<'_>, row: usize| match span(column, bound, row) {
                        None => Value::Unknown,
                        Some((first, last)) if first < last => Value::Span(first, last),
                        Some((value, _)) => fact_value(column.of_fact(), column.part(), value, &Value::Unknown),
                    };
                    let facts = (*number, a.fact, b.fact);
                    found.extend(rows.clone().filter(|row| {
                        let values = (value(a, &bound_a, *row), value(b, &bound_b, *row));
                        layout.excludes(facts, (&values.0, &values.1), self.columns.day(*row))
                    }));
                }
            }
        }
        found
    }
}

/// The first and last possible number of a row.
fn span(column: &BoundColumn<'_>, bound: &Bound<'_>, row: usize) -> Option<(i64, i64)> {
    if column.has_spans()
        && let Some(span) = column.span(row)
    {
        return Some(span);
    }
    if column.only_spans() {
        return None;
    }
    bound.value(row).map(|value| (value, value))
}

/// The name of the column of a fact as a person's error names it: `job_2.employer` for `jobs[1].employer`.
fn column_name(path: &str) -> String {
    let Some((place, rest)) = path.strip_prefix("jobs[").and_then(|rest| rest.split_once("].")) else {
        return path.to_owned();
    };
    match place {
        "0" => format!("job.{rest}"),
        _ => format!("job_2.{rest}"),
    }
}
