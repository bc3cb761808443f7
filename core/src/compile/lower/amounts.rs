//! Lowers amounts and periods.

use super::builder::{Builder, Context, Work};
use crate::compile::ast::{AmountDraft, PeriodDraft};
use crate::compile::diagnostics::DiagnosticCode;
use crate::criterion::{Node, Period, PeriodId, Start, Term, TermId};
use crate::rulebook::{Amount, Extension, FileKind, PeriodInfo, Shape};
use crate::values::{Baht, Date};

/// The mark of an amount: amounts have names of their own.
pub fn amount_key(name: &str) -> String {
    format!("amounts.{name}")
}

impl Builder<'_> {
    /// An amount of the file by its name, of the option that is read.
    pub fn named_amount(&mut self, context: Context, name: &str, line: u32) -> Option<u16> {
        let found = self
            .draft(context.file)
            .and_then(|draft| draft.amounts.iter().position(|amount| amount.id == name));
        match found {
            Some(number) => {
                self.mark(context.file, &amount_key(name));
                self.amount(context, number)
            }
            None => {
                self.fault(
                    context.file,
                    line,
                    DiagnosticCode::UnknownName,
                    format!("`{name}` is no amount of this file"),
                    "an [amounts] of this file",
                );
                None
            }
        }
    }

    fn amount(&mut self, context: Context, number: usize) -> Option<u16> {
        let key = (context.file, number, context.option);
        if let Some(id) = self.amount_ids.get(&key) {
            return Some(*id);
        }
        let draft = self.draft(context.file)?.amounts.get(number)?;
        if !self.enter(
            context.file,
            draft.line,
            &draft.id,
            Work::Amount(context.file, number, context.option),
        ) {
            return None;
        }
        let amount = self.lower_amount(context, draft);
        self.leave();
        let id = u16::try_from(self.book.amounts.len()).ok()?;
        self.book.amounts.push(amount);
        self.amount_ids.insert(key, id);
        Some(id)
    }

    fn lower_amount(&mut self, context: Context, draft: &AmountDraft) -> Amount {
        let context = Context {
            job: draft.each_job || self.of_complaint(context.file),
            ..context
        };
        let shape = self.shape(context, draft);
        let condition = draft.condition.as_ref().map(|clause| self.named(context, clause, draft.line));
        let at = self.file(context.file);
        let limits = draft.limits.iter().enumerate();
        let limits = limits
            .map(|(index, text)| self.words(context.file, draft.line, "limits", &format!("{}.{index}", draft.id), text))
            .collect();
        Amount {
            id: draft.id.as_str().into(),
            file: u16::try_from(context.file).unwrap_or(u16::MAX),
            option: context.option.and_then(|option| u16::try_from(option).ok()),
            words: self.words(context.file, draft.line, "amounts", &draft.id, &draft.text),
            shape,
            per: draft.per.as_deref().map(Into::into),
            round: draft.round,
            each_job: draft.each_job,
            condition,
            limits,
            open: draft.open.as_deref().map(Into::into),
            cites: self.registry.cite(&at, &draft.cite),
        }
    }

    fn shape(&mut self, context: Context, draft: &AmountDraft) -> Shape {
        if let Some(flat) = &draft.flat {
            return Shape::Flat(self.operand(context, flat, draft.line));
        }
        if let (Some(rate), Some(of)) = (&draft.rate, &draft.of) {
            return Shape::Rate {
                rate: self.operand(context, rate, draft.line),
                of: self.operand(context, of, draft.line),
                floor: draft.floor.as_ref().map(|floor| self.operand(context, floor, draft.line)),
                ceiling: draft.ceiling.as_ref().map(|ceiling| self.operand(context, ceiling, draft.line)),
            };
        }
        if let (Some(units), Some(of)) = (&draft.units, &draft.of) {
            let is_amount = self
                .draft(context.file)
                .is_some_and(|file| file.amounts.iter().any(|amount| amount.id == *of));
            let of_amount = if is_amount {
                self.named_amount(context, of, draft.line)
            } else {
                None
            };
            return Shape::Units {
                units: self.count(context, units, draft.line),
                of: (!is_amount).then(|| self.operand(context, of, draft.line)),
                of_amount,
                at_most: draft.at_most.as_ref().map(|most| self.count(context, most, draft.line)),
            };
        }
        if !draft.sum.is_empty() {
            return Shape::Sum(
                draft
                    .sum
                    .iter()
                    .filter_map(|part| self.named_amount(context, part, draft.line))
                    .collect(),
            );
        }
        if draft.open.is_none() {
            let shapes = "flat, rate and of, units and of, sum, or open";
            self.fault(
                context.file,
                draft.line,
                DiagnosticCode::MissingKey,
                format!("`{}` says not how it is made", draft.id),
                shapes,
            );
        }
        Shape::NotRead
    }

    /// A sum: a literal in baht, or a name.
    fn operand(&mut self, context: Context, text: &str, line: u32) -> TermId {
        match Baht::parse(text) {
            Ok(baht) => self.term(Term::Constant(baht.satang()), text),
            Err(_) => self.named_term(context, text, line),
        }
    }

    /// A number of units: a literal, or a name.
    fn count(&mut self, context: Context, text: &str, line: u32) -> TermId {
        match text.parse::<i64>() {
            Ok(number) => self.term(Term::Constant(number), text),
            Err(_) => self.named_term(context, text, line),
        }
    }

    /// The number of a period, lowered when first asked for.
    pub fn period(&mut self, file: usize, number: usize) -> Option<PeriodId> {
        if let Some(id) = self.period_ids.get(&(file, number)) {
            return *id;
        }
        let draft = self.draft(file)?.periods.get(number)?;
        if !self.enter(file, draft.line, &draft.id, Work::Period(file, number)) {
            return None;
        }
        let id = self.lower_period(file, draft);
        self.leave();
        self.period_ids.insert((file, number), id);
        id
    }

    fn lower_period(&mut self, file: usize, draft: &PeriodDraft) -> Option<PeriodId> {
        let context = Context {
            file,
            option: None,
            job: true,
        };
        let at = self.file(file);
        let today = self.today();
        let (start, event) = match (&draft.after, draft.first) {
            (Some(after), None) => {
                let earlier = after.strip_suffix(".nominal").or(Some(after.as_str()));
                let earlier = earlier.and_then(|name| self.draft(file)?.periods.iter().position(|period| period.id == name));
                match earlier {
                    Some(earlier) => {
                        self.mark_period(file, earlier);
                        (Start::AfterPeriod(self.period(file, earlier)?), today)
                    }
                    None => {
                        let term = self.named_term(context, after, draft.line);
                        (Start::After(term), term)
                    }
                }
            }
            (None, Some(first)) => (Start::On(first.days()), today),
            _ => {
                self.fault(
                    file,
                    draft.line,
                    DiagnosticCode::MissingKey,
                    format!("`{}` says not when it begins", draft.id),
                    "`after`, or `first`",
                );
                return None;
            }
        };
        let Some(length) = draft.length else {
            self.fault(
                file,
                draft.line,
                DiagnosticCode::MissingKey,
                format!("`{}` has no length", draft.id),
                "`length`",
            );
            return None;
        };
        let clock = match &draft.clock {
            Some(clock) => self.named_term(context, clock, draft.line),
            None => event,
        };
        let mut lengths = Vec::with_capacity(draft.earlier.len().saturating_add(1));
        let mut begins = i32::MIN;
        for (until, length, cite) in &draft.earlier {
            let cites = self.registry.cite(&at, cite);
            let first = Date::from_days(begins).or_else(|| self.draft(file).map(|draft| draft.since));
            if let Some(first) = first {
                self.registry.in_force(&at, cite.line, &cites, first);
            }
            lengths.push((begins, *length));
            begins = until.add_days(1).map_or(i32::MAX, Date::days);
        }
        lengths.push((begins, length));
        let mut condition = draft.condition.as_ref().map(|clause| self.named(context, clause, draft.line));
        // The periods of a kind of complaint run only where such a complaint arises.
        if let Some(arises) = self
            .draft(file)
            .filter(|draft| draft.kind == FileKind::Complaint)
            .and_then(|draft| draft.arises.clone())
        {
            let arises = self.condition(context, &arises);
            let nodes = condition.into_iter().chain([arises]).collect();
            condition = Some(self.node(Node::All(nodes)));
        }
        let id = PeriodId::try_from(self.book.program.periods.len()).ok()?;
        let name = format!("{}.{}", self.draft(file).map_or("", |draft| draft.id.as_str()), draft.id);
        self.book.program.periods.push(Period {
            name: name.into(),
            start,
            lengths,
            clock,
            rolls: draft.rolls,
            condition,
        });
        let extension = draft.extension.as_ref().map(|(by, ask_within, text, cite)| Extension {
            by: by.as_deref().map(Into::into),
            ask_within: ask_within.as_deref().map(Into::into),
            words: self.words(file, draft.line, "periods", &format!("{}.extension", draft.id), text),
            cites: self.registry.cite(&at, cite),
        });
        let info = PeriodInfo {
            words: self.words(file, draft.line, "periods", &draft.id, &draft.text),
            binds: draft.binds.as_deref().map(Into::into),
            late: draft.late.as_deref().map(Into::into),
            warn: draft.warn,
            extension,
            cites: self.registry.cite(&at, &draft.cite),
        };
        let first = if draft.earlier.is_empty() {
            draft.first.or_else(|| self.draft(file).map(|draft| draft.since))
        } else {
            Date::from_days(begins)
        };
        if let Some(first) = first {
            self.registry.in_force(&at, draft.cite.line, &info.cites, first);
        }
        self.book.periods.push(info);
        Some(id)
    }

    /// Lowers every period of a file.
    pub fn periods(&mut self, file: usize) {
        for number in 0..self.draft(file).map_or(0, |draft| draft.periods.len()) {
            let _ = self.period(file, number);
        }
    }

    /// The periods whose last day makes a complaint urgent.
    pub fn warning_periods(&mut self) -> Vec<PeriodId> {
        let mut periods = Vec::new();
        for (file, draft) in self.files.iter().enumerate().filter(|(_, draft)| draft.kind == FileKind::Complaint) {
            for (number, period) in draft.periods.iter().enumerate().filter(|(_, period)| period.warn) {
                self.mark(file, &period.id);
                periods.extend(self.period(file, number));
            }
        }
        periods
    }
}
