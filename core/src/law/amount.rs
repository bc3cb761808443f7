//! What an amount comes to.

use super::assessment::{Assessment, push};
use super::decision::{Amount, AmountValue, Cell, Words};
use super::when::cell_text;
use crate::criterion::{AmountId, CellValue, Column, ColumnId, Confidence, Disputes, Entry, Evaluator, Gaps, Interval, Read, Term, TermId};
use crate::facts::Scope;
use crate::rulebook::{self, Book, Shape, Strength};
use crate::values::{Baht, Date, Rounding, Text, Truth};

/// One reading at work on an amount.
struct Working<'w, 'a> {
    evaluator: &'w mut Evaluator<'a>,
    book: &'a Book,
    scope: Scope,
    gaps: &'w mut Gaps,
    cells: Vec<(ColumnId, &'a Entry)>,
}

impl<'a> Assessment<'a> {
    /// An amount as it comes to for this subject; nothing where its condition is unmet.
    pub fn amount(&mut self, number: AmountId, scope: Scope, condition: Option<Strength>) -> Option<Amount> {
        let book = self.book;
        let amount = book.amounts.get(usize::from(number))?;
        self.lead.note(|| [Read::Amount(number)]);
        let mut gaps = Gaps::default();
        if let Some(node) = amount.condition {
            match self.lead.truth(node, scope) {
                Truth::Unmet => return None,
                Truth::Met => {}
                Truth::Unknown => self.look(node, scope, &mut gaps),
            }
        }
        let mut cells = Vec::new();
        let mut under = |evaluator: &mut Evaluator<'a>| {
            let mut working = Working {
                evaluator,
                book,
                scope,
                gaps: &mut gaps,
                cells: Vec::new(),
            };
            let value = working.value(amount);
            cells.append(&mut working.cells);
            value
        };
        let lead = under(&mut self.lead);
        let value = if disputed(self.disputes, book, amount, 0) {
            match (lead, under(&mut self.other)) {
                (lead, other) if lead == other => lead,
                // What is undecided under either reading is undecided.
                (AmountValue::NotRead, _) | (_, AmountValue::NotRead) => AmountValue::NotRead,
                (lead, other) => AmountValue::Disputed(Box::new(lead), Box::new(other)),
            }
        } else {
            lead
        };
        let (missing, _) = self.sort_gaps(&gaps, None);
        let mut from = Vec::new();
        let mut cite = self.cites(&amount.cites);
        let mut confidence = self.cite_confidence(&amount.cites);
        for (column, entry) in cells {
            let Some(column) = book.program.columns.get(usize::from(column)) else {
                continue;
            };
            push(&mut from, shown(column, entry));
            for text in self.cites(&entry.cites) {
                push(&mut cite, text);
            }
            confidence = confidence.min(entry.confidence);
        }
        Some(Amount {
            id: amount.id.clone(),
            th: amount.words.th.clone(),
            en: amount.words.en.clone(),
            condition,
            job: scope.job().filter(|_| amount.each_job),
            value,
            per: amount.per,
            from,
            limits: amount.limits.iter().map(Words::from).collect(),
            open: amount.open.clone(),
            missing,
            cite,
            confidence: if amount.cites.is_empty() { Confidence::Low } else { confidence },
        })
    }
}

/// A cell as decisions show it.
pub(super) fn shown(column: &Column, entry: &Entry) -> Cell {
    Cell {
        table: column.name.clone(),
        row: row_text(entry),
        cell: cell_text(&entry.cell, column.unit),
    }
}

fn row_text(entry: &Entry) -> Text {
    let day = |days: Option<i32>| days.and_then(Date::from_days).map(|day| day.to_string());
    match (day(entry.from), day(entry.until)) {
        (Some(from), Some(until)) => format!("{from}..{until}").into(),
        (Some(from), None) => from.into(),
        (None, _) => "before".into(),
    }
}

fn in_baht(reach: Interval) -> AmountValue {
    let baht = |satang: i64| Text::from(Baht::from_satang(satang).to_string());
    match reach {
        Interval { not_read: true, .. } => AmountValue::NotRead,
        Interval { span: None, .. } => AmountValue::Nothing,
        Interval {
            span: Some((low, high)),
            nothing: false,
            ..
        } if low == high => AmountValue::Baht(baht(low)),
        Interval {
            span: Some((low, high)),
            nothing,
            ..
        } => {
            let low = if nothing {
                Some(0)
            } else {
                Some(low).filter(|low| *low > i64::MIN)
            };
            AmountValue::Between(
                low.map(|low| baht(low.max(0))),
                Some(high).filter(|high| *high < i64::MAX).map(baht),
            )
        }
    }
}

/// Amounts are made of amounts to this depth only; the compiler refuses circles.
const DEEPEST: usize = 16;

/// Whether another reading may change an amount.
fn disputed(disputes: &Disputes, book: &Book, amount: &rulebook::Amount, depth: usize) -> bool {
    let part = |part: &AmountId| {
        let part = book.amounts.get(usize::from(*part)).filter(|_| depth < DEEPEST);
        part.is_some_and(|part| {
            part.condition.is_some_and(|node| disputes.node(node)) || disputed(disputes, book, part, depth.saturating_add(1))
        })
    };
    amount.shape.terms().into_iter().any(|term| disputes.term(term)) || amount.shape.parts().iter().any(part)
}

impl Working<'_, '_> {
    fn value(&mut self, amount: &rulebook::Amount) -> AmountValue {
        let reach = self.amount(amount, 0);
        match &amount.shape {
            Shape::Flat(term) => self.text(*term).map_or_else(|| in_baht(reach), AmountValue::Text),
            _ => in_baht(reach),
        }
    }

    fn amount(&mut self, amount: &rulebook::Amount, depth: usize) -> Interval {
        if depth > DEEPEST {
            return Interval::NOT_READ;
        }
        match &amount.shape {
            Shape::NotRead => Interval::NOT_READ,
            Shape::Flat(term) => self.term(*term),
            Shape::Rate { rate, of, floor, ceiling } => {
                let rate = self.term(*rate);
                let mut base = self.term(*of);
                if let Some(floor) = floor {
                    base = base.rising(self.term(*floor), i64::max);
                }
                if let Some(ceiling) = ceiling {
                    base = base.rising(self.term(*ceiling), i64::min);
                }
                rate.rising(base, |rate, base| share(rate, base, amount.round))
            }
            Shape::Units {
                units,
                of,
                of_amount,
                at_most,
            } => {
                let mut units = self.term(*units);
                if let Some(most) = at_most {
                    units = units.rising(self.term(*most), i64::min);
                }
                let part = of_amount.and_then(|part| self.book.amounts.get(usize::from(part)));
                let each = match (of, part) {
                    (Some(term), _) => self.term(*term),
                    (None, Some(part)) => self.amount(part, depth.saturating_add(1)),
                    (None, None) => Interval::NOT_READ,
                };
                let units = units.map(|units| units.max(0));
                units.rising(each, times).map(|satang| round(satang, amount.round))
            }
            Shape::Sum(parts) => self.sum(parts, depth),
        }
    }

    fn sum(&mut self, parts: &[AmountId], depth: usize) -> Interval {
        let book = self.book;
        let mut sum = Interval::exact(0);
        let mut any = false;
        for part in parts.iter().filter_map(|part| book.amounts.get(usize::from(*part))) {
            let condition = part.condition.map_or(Truth::Met, |node| self.evaluator.truth(node, self.scope));
            if condition == Truth::Unmet {
                continue;
            }
            let mut reach = self.amount(part, depth.saturating_add(1));
            // A part that the law does not give adds nothing.
            any = any || reach.span.is_some() || reach.not_read;
            if reach.nothing || condition == Truth::Unknown {
                reach = Interval { nothing: false, ..reach }.or(Interval::exact(0));
            }
            sum = sum.rising(reach, i64::saturating_add);
        }
        if any { sum } else { Interval::NOTHING }
    }

    fn term(&mut self, term: TermId) -> Interval {
        let (evaluator, scope) = (&mut *self.evaluator, self.scope);
        let reach = if let Term::Cell(column) = evaluator.program.term(term) {
            let (reach, entries) = evaluator.cell(usize::from(*column), scope);
            self.cells.extend(entries.into_iter().map(|entry| (*column, entry)));
            reach
        } else {
            evaluator.reach(term, scope)
        };
        evaluator.look_at_term(term, scope, self.gaps);
        reach
    }

    fn text(&mut self, term: TermId) -> Option<Text> {
        let Term::Cell(column) = self.evaluator.program.term(term) else {
            return None;
        };
        match self.evaluator.cell(usize::from(*column), self.scope).1.as_slice() {
            [
                Entry {
                    cell: CellValue::Text(text),
                    ..
                },
            ] => Some(text.clone()),
            _ => None,
        }
    }
}

/// A share of a base, the rate in ten-thousandths of a percent; open ends stay open.
fn share(rate: i64, base: i64, rounding: Rounding) -> i64 {
    if base == i64::MAX || base == i64::MIN {
        return base;
    }
    let product = i128::from(rate).saturating_mul(i128::from(base));
    rounding.round(product, 1_000_000).unwrap_or(i64::MAX)
}

fn times(units: i64, each: i64) -> i64 {
    if units == 0 { 0 } else { units.saturating_mul(each) }
}

fn round(satang: i64, rounding: Rounding) -> i64 {
    if satang == i64::MAX || satang == i64::MIN {
        satang
    } else {
        rounding.round(i128::from(satang), 1).unwrap_or(satang)
    }
}
