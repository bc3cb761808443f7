//! Wages told in part: what each month may have counted for, and the mean of the highest.

use std::collections::BTreeSet;

use super::dates::{last_of_month_index, month_index};
use super::evaluate::Evaluator;
use super::interval::Interval;
use super::program::{ColumnId, Program, Term, TermId};
use crate::facts::{FactId, PaidMonths, Scope, Value};

impl<'a> Evaluator<'a> {
    /// The wages of the last months, latest first, each between the least and the most that count of it; a month that is not told may have
    /// had any wage, or none.
    pub(super) fn wages(&mut self, wages: FactId, months: TermId, ceiling: TermId, within: usize, scope: Scope) -> Vec<(i64, i64)> {
        let program: &'a Program = self.program;
        let told: &[i64] = match self.value(wages, scope) {
            Value::Wages(wages) => wages,
            _ => &[],
        };
        let paid = self.reach(months, scope).span.map_or(i64::MAX, |(_, most)| most.max(0));
        let paid = usize::try_from(paid).unwrap_or(usize::MAX).max(told.len()).min(within);
        let (column, term) = match (program.term(ceiling), program.term(months)) {
            (Term::Cell(column), Term::MonthsPaid { schemes, window, before }) => (*column, Some((schemes, *window, *before))),
            (Term::Cell(column), _) => (*column, None),
            _ => (ColumnId::NOWHERE, None),
        };
        let ends = term.map(|(schemes, window, before)| {
            let before = self.reach(before, scope);
            (self.months_told(schemes, before, scope), window, before)
        });
        (0..paid)
            .map(|place| {
                let clock = ends
                    .as_ref()
                    .map_or(Interval::UNKNOWN, |(told, window, before)| month_of(place, told, *window, *before));
                let most = program.columns.get(usize::from(column));
                let most = most.and_then(|cells| self.cell_at(column, cells, clock, scope).0.span);
                let (least_most, most) = most.unwrap_or((i64::MAX, i64::MAX));
                match told.iter().rev().nth(place) {
                    Some(wage) => ((*wage).min(least_most), (*wage).min(most)),
                    None => (0, most),
                }
            })
            .collect()
    }

    /// The numbers of the months paid before a day, latest first, where each of the schemes tells them one by one.
    fn months_told(&self, schemes: &[FactId], before: Interval, scope: Scope) -> Option<Vec<i64>> {
        let (first, last) = before.certain_span()?;
        let end = month_index(first);
        if end != month_index(last) {
            return None;
        }
        let mut told = BTreeSet::new();
        for scheme in schemes {
            match self.value(*scheme, scope) {
                Value::Months(months) => match months.as_ref() {
                    PaidMonths::Months(months) => told.extend(months.iter().map(|month| i64::from(month.index()))),
                    PaidMonths::Counts { total: Some(0), .. } => {}
                    PaidMonths::Counts { .. } => return None,
                },
                _ => return None,
            }
        }
        Some(told.into_iter().filter(|month| *month < end).rev().collect())
    }
}

/// The last days of the months in which the wage at a place of the history, latest first, may have been paid.
fn month_of(place: usize, told: &Option<Vec<i64>>, window: Option<u16>, before: Interval) -> Interval {
    let back = i64::try_from(place).unwrap_or(i64::MAX);
    if let Some(month) = told.as_ref().and_then(|told| told.get(place)) {
        return Interval::exact(last_of_month_index(*month));
    }
    let Some((first, last)) = before.certain_span() else {
        return Interval::UNKNOWN;
    };
    let latest = month_index(last).saturating_sub(1).saturating_sub(back);
    let earliest = window.map_or(i64::MIN, |window| month_index(first).saturating_sub(window.into()));
    Interval::span(last_of_month_index(earliest), last_of_month_index(latest))
}

/// The highest of some wages added and divided; each is between two.
pub(super) fn top_mean(wages: Vec<(i64, i64)>, top: u16, divide: u16) -> Interval {
    let sum = |mut wages: Vec<i64>| {
        wages.sort_unstable_by(|a, b| b.cmp(a));
        let sum = wages.iter().take(top.into()).fold(0_i64, |sum, wage| sum.saturating_add(*wage));
        if sum == i64::MAX {
            sum
        } else {
            sum.checked_div(divide.into()).unwrap_or(sum)
        }
    };
    let (least, most): (Vec<i64>, Vec<i64>) = wages.into_iter().unzip();
    Interval::span(sum(least), sum(most))
}
