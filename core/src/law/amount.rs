//! What an amount comes to.

use super::decision::{AmountShown, AmountValue, Cell, WordsShown};
use super::judge::{Judge, push};
use super::when::cell_text;
use crate::criterion::{CellValue, Confidence, Entry, Evaluator, Gap, Reach, Term, TermId};
use crate::rulebook::{Amount, Book, Shape};
use crate::values::{Baht, Date, Rounding, Truth};

/// What one reading gives for an amount.
struct Found<'a> {
    reach: Reach,
    text: Option<String>,
    cells: Vec<(u16, &'a Entry)>,
    gaps: Vec<Gap>,
}

impl Judge<'_> {
    /// An amount as it comes to for this subject; nothing where its condition is unmet.
    pub fn amount(&mut self, number: u16, job: Option<usize>, condition: Option<&str>) -> Option<AmountShown> {
        let book = self.book;
        let amount = book.amounts.get(usize::from(number))?;
        let mut gaps = Vec::new();
        if let Some(node) = amount.condition {
            match self.lead.truth(node, job) {
                Truth::Unmet => return None,
                Truth::Met => {}
                Truth::Unknown => gaps.extend(self.residual(node, job).map_or_else(Vec::new, |residual| residual.gaps)),
            }
        }
        let lead = find(&mut self.lead, book, amount, job, 0);
        let other = find(&mut self.other, book, amount, job, 0);
        let (shown_lead, shown_other) = (shown(&lead), shown(&other));
        let value = match (shown_lead, shown_other) {
            (lead, other) if lead == other => lead,
            // What is undecided under either reading is undecided.
            (AmountValue::NotRead, _) | (_, AmountValue::NotRead) => AmountValue::NotRead,
            (lead, other) => AmountValue::Disputed(Box::new(lead), Box::new(other)),
        };
        gaps.extend(lead.gaps);
        gaps.extend(other.gaps);
        let authority = book.file(amount.file).and_then(|file| file.authority.clone());
        let (missing, _) = self.sort_gaps(&gaps, authority.as_deref());
        let mut from = Vec::new();
        let mut cite = self.cites(&amount.cites);
        let mut confidence = self.cite_confidence(&amount.cites);
        for (column, entry) in lead.cells.into_iter().chain(other.cells) {
            let Some(column) = book.program.columns.get(usize::from(column)) else {
                continue;
            };
            push(
                &mut from,
                Cell {
                    table: column.name.clone(),
                    row: row_text(entry),
                    cell: cell_text(&entry.cell, column.unit),
                },
            );
            for text in self.cites(&entry.cites) {
                push(&mut cite, text);
            }
            confidence = confidence.min(entry.confidence);
        }
        Some(AmountShown {
            id: amount.id.clone(),
            th: amount.words.th.clone(),
            en: amount.words.en.clone(),
            condition: condition.map(str::to_owned),
            job: job.filter(|job| *job != usize::MAX && amount.each_job),
            value,
            per: amount.per.clone(),
            from,
            limits: amount.limits.iter().map(WordsShown::from).collect(),
            open: amount.open.clone(),
            missing,
            cite,
            confidence: if amount.cites.is_empty() { Confidence::Low } else { confidence },
        })
    }
}

fn row_text(entry: &Entry) -> String {
    let day = |days: Option<i32>| days.and_then(Date::from_days).map(|day| day.to_string());
    match (day(entry.from), day(entry.until)) {
        (Some(from), Some(until)) => format!("{from}..{until}"),
        (Some(from), None) => from,
        (None, _) => "before".to_owned(),
    }
}

fn shown(found: &Found<'_>) -> AmountValue {
    if let Some(text) = &found.text {
        return AmountValue::Text(text.clone());
    }
    let baht = |satang: i64| Baht::from_satang(satang).to_string();
    match found.reach {
        Reach { not_read: true, .. } => AmountValue::NotRead,
        Reach { span: None, .. } => AmountValue::Nothing,
        Reach {
            span: Some((low, high)),
            nothing: false,
            ..
        } if low == high => AmountValue::Baht(baht(low)),
        Reach {
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

/// Amounts are made of amounts to this depth only; the door refuses circles.
const DEEPEST: usize = 16;

fn find<'a>(evaluator: &mut Evaluator<'a>, book: &'a Book, amount: &'a Amount, job: Option<usize>, depth: usize) -> Found<'a> {
    let mut found = Found {
        reach: Reach::NOT_READ,
        text: None,
        cells: Vec::new(),
        gaps: Vec::new(),
    };
    if depth > DEEPEST {
        return found;
    }
    match &amount.shape {
        Shape::NotRead => {}
        Shape::Flat(term) => {
            found.reach = read(evaluator, *term, job, &mut found);
            found.text = text(evaluator, *term, job);
        }
        Shape::Rate { rate, of, floor, ceiling } => {
            let rate = read(evaluator, *rate, job, &mut found);
            let mut base = read(evaluator, *of, job, &mut found);
            if let Some(floor) = floor {
                let floor = read(evaluator, *floor, job, &mut found);
                base = base.rising(floor, i64::max);
            }
            if let Some(ceiling) = ceiling {
                let ceiling = read(evaluator, *ceiling, job, &mut found);
                base = base.rising(ceiling, i64::min);
            }
            found.reach = rate.rising(base, |rate, base| share(rate, base, amount.round));
        }
        Shape::Units {
            units,
            of,
            of_amount,
            at_most,
        } => {
            let mut units = read(evaluator, *units, job, &mut found);
            if let Some(most) = at_most {
                let most = read(evaluator, *most, job, &mut found);
                units = units.rising(most, i64::min);
            }
            let each = match (of, of_amount.and_then(|part| book.amounts.get(usize::from(part)))) {
                (Some(term), _) => read(evaluator, *term, job, &mut found),
                (None, Some(part)) => part_of(evaluator, book, part, job, depth, &mut found),
                (None, None) => Reach::NOT_READ,
            };
            let units = units.map(|units| units.max(0));
            found.reach = units.rising(each, times).map(|satang| round(satang, amount.round));
        }
        Shape::Sum(parts) => {
            let mut sum = Reach::exact(0);
            let mut any = false;
            for part in parts.iter().filter_map(|part| book.amounts.get(usize::from(*part))) {
                let condition = part.condition.map_or(Truth::Met, |node| evaluator.truth(node, job));
                if condition == Truth::Unmet {
                    continue;
                }
                let mut reach = part_of(evaluator, book, part, job, depth, &mut found);
                // A part that the law does not give adds nothing.
                any = any || reach.span.is_some() || reach.not_read;
                if reach.nothing || condition == Truth::Unknown {
                    reach = Reach { nothing: false, ..reach }.or(Reach::exact(0));
                }
                sum = sum.rising(reach, i64::saturating_add);
            }
            found.reach = if any { sum } else { Reach::NOTHING };
        }
    }
    found
}

fn part_of<'a>(
    evaluator: &mut Evaluator<'a>,
    book: &'a Book,
    part: &'a Amount,
    job: Option<usize>,
    depth: usize,
    found: &mut Found<'a>,
) -> Reach {
    let part = find(evaluator, book, part, job, depth.saturating_add(1));
    found.cells.extend(part.cells);
    found.gaps.extend(part.gaps);
    part.reach
}

fn read<'a>(evaluator: &mut Evaluator<'a>, term: TermId, job: Option<usize>, found: &mut Found<'a>) -> Reach {
    if let Term::Cell(column) = evaluator.program.term(term) {
        let (reach, entries) = evaluator.cell(usize::from(*column), job);
        found.cells.extend(entries.into_iter().map(|entry| (*column, entry)));
        found.gaps.extend(evaluator.term_gaps(term, job));
        return reach;
    }
    found.gaps.extend(evaluator.term_gaps(term, job));
    evaluator.reach(term, job)
}

fn text(evaluator: &mut Evaluator<'_>, term: TermId, job: Option<usize>) -> Option<String> {
    let Term::Cell(column) = evaluator.program.term(term) else {
        return None;
    };
    match evaluator.cell(usize::from(*column), job).1.as_slice() {
        [
            Entry {
                cell: CellValue::Text(text),
                ..
            },
        ] => Some(text.clone()),
        _ => None,
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
