//! Lowers amounts and periods.

use super::builder::{Builder, Context, Work};
use crate::compile::ast;
use crate::compile::diagnostics::DiagnosticCode;
use crate::criterion::{AmountId, Node, Period, PeriodEnd, PeriodId, Start, Term, TermId};
use crate::rulebook::{Amount, BoundParty, Extension, FileId, FileKind, Late, OptionId, PaidPer, PeriodInfo, Shape};
use crate::values::{Baht, Date};

/// The mark of an amount: amounts have names of their own.
pub fn amount_key(name: &str) -> String {
    format!("amounts.{name}")
}

impl Builder<'_> {
    /// An amount of the file by its name, of the option that is read.
    pub fn named_amount(&mut self, context: Context, name: &str, line: u32) -> Option<AmountId> {
        let found = self
            .rule_file(context.file)
            .and_then(|rule_file| rule_file.amounts.iter().position(|amount| amount.id == name));
        match found {
            Some(number) => {
                self.mark(context.file, &amount_key(name));
                self.amount(context, number)
            }
            None => {
                self.diagnose(
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

    fn amount(&mut self, context: Context, number: usize) -> Option<AmountId> {
        let key = (context.file, number, context.option);
        if let Some(id) = self.amount_ids.get(&key) {
            return Some(*id);
        }
        let amount = self.rule_file(context.file)?.amounts.get(number)?;
        if !self.enter(
            context.file,
            amount.line,
            &amount.id,
            Work::Amount(context.file, number, context.option),
        ) {
            return None;
        }
        let amount = self.lower_amount(context, amount);
        self.leave();
        let id = AmountId::try_from(self.book.amounts.len()).ok()?;
        self.book.amounts.push(amount);
        self.amount_ids.insert(key, id);
        Some(id)
    }

    fn lower_amount(&mut self, context: Context, amount: &ast::Amount) -> Amount {
        let context = Context {
            job: amount.each_job || self.of_complaint(context.file),
            ..context
        };
        let shape = self.shape(context, amount);
        let condition = amount.condition.as_ref().map(|clause| self.named(context, clause, amount.line));
        let at = self.file(context.file);
        let limits = amount.limits.iter().enumerate();
        let limits = limits
            .map(|(index, text)| self.words(context.file, amount.line, "limits", &format!("{}.{index}", amount.id), text))
            .collect();
        Amount {
            id: amount.id.as_str().into(),
            file: FileId::try_from(context.file).unwrap_or(FileId::NOWHERE),
            option: context.option.and_then(|option| OptionId::try_from(option).ok()),
            words: self.words(context.file, amount.line, "amounts", &amount.id, &amount.text),
            shape,
            per: amount.per.as_deref().and_then(PaidPer::of),
            round: amount.round,
            each_job: amount.each_job,
            condition,
            limits,
            open: amount.open.as_deref().map(Into::into),
            cites: self.registry.cite(&at, &amount.cite),
        }
    }

    fn shape(&mut self, context: Context, amount: &ast::Amount) -> Shape {
        if let Some(flat) = &amount.flat {
            return Shape::Flat(self.operand(context, flat, amount.line));
        }
        if let (Some(rate), Some(of)) = (&amount.rate, &amount.of) {
            return Shape::Rate {
                rate: self.operand(context, rate, amount.line),
                of: self.operand(context, of, amount.line),
                floor: amount.floor.as_ref().map(|floor| self.operand(context, floor, amount.line)),
                ceiling: amount.ceiling.as_ref().map(|ceiling| self.operand(context, ceiling, amount.line)),
            };
        }
        if let (Some(units), Some(of)) = (&amount.units, &amount.of) {
            let is_amount = self
                .rule_file(context.file)
                .is_some_and(|file| file.amounts.iter().any(|amount| amount.id == *of));
            let of_amount = if is_amount {
                self.named_amount(context, of, amount.line)
            } else {
                None
            };
            return Shape::Units {
                units: self.count(context, units, amount.line),
                of: (!is_amount).then(|| self.operand(context, of, amount.line)),
                of_amount,
                at_most: amount.at_most.as_ref().map(|most| self.count(context, most, amount.line)),
            };
        }
        if !amount.sum.is_empty() {
            return Shape::Sum(
                amount
                    .sum
                    .iter()
                    .filter_map(|part| self.named_amount(context, part, amount.line))
                    .collect(),
            );
        }
        if amount.open.is_none() {
            let shapes = "flat, rate and of, units and of, sum, or open";
            self.diagnose(
                context.file,
                amount.line,
                DiagnosticCode::MissingKey,
                format!("`{}` says not how it is made", amount.id),
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
        let period = self.rule_file(file)?.periods.get(number)?;
        if !self.enter(file, period.line, &period.id, Work::Period(file, number)) {
            return None;
        }
        let id = self.lower_period(file, period);
        self.leave();
        self.period_ids.insert((file, number), id);
        id
    }

    fn lower_period(&mut self, file: usize, period: &ast::Period) -> Option<PeriodId> {
        let context = Context {
            file,
            option: None,
            job: true,
        };
        let at = self.file(file);
        let today = self.today();
        let (start, event) = match (&period.after, period.first) {
            (Some(after), None) => {
                let earlier = after.strip_suffix(".nominal").or(Some(after.as_str()));
                let earlier = earlier.and_then(|name| self.rule_file(file)?.periods.iter().position(|period| period.id == name));
                match earlier {
                    Some(earlier) => {
                        self.mark_period(file, earlier);
                        (Start::AfterPeriod(self.period(file, earlier)?), today)
                    }
                    None => {
                        let term = self.named_term(context, after, period.line);
                        (Start::After(term), term)
                    }
                }
            }
            (None, Some(first)) => (Start::On(first.days()), today),
            _ => {
                self.diagnose(
                    file,
                    period.line,
                    DiagnosticCode::MissingKey,
                    format!("`{}` says not when it begins", period.id),
                    "`after`, or `first`",
                );
                return None;
            }
        };
        let Some(length) = period.length else {
            self.diagnose(
                file,
                period.line,
                DiagnosticCode::MissingKey,
                format!("`{}` has no length", period.id),
                "`length`",
            );
            return None;
        };
        let clock = match &period.clock {
            Some(clock) => self.named_term(context, clock, period.line),
            None => event,
        };
        let mut lengths = Vec::with_capacity(period.earlier.len().saturating_add(1));
        let mut begins = i32::MIN;
        for ast::EarlierLength { until, length, cite } in &period.earlier {
            let cites = self.registry.cite(&at, cite);
            let first = Date::from_days(begins).or_else(|| self.rule_file(file).map(|rule_file| rule_file.since));
            if let Some(first) = first {
                self.registry.in_force(&at, cite.line, &cites, first);
            }
            lengths.push((begins, *length));
            begins = until.add_days(1).map_or(i32::MAX, Date::days);
        }
        lengths.push((begins, length));
        let mut condition = period.condition.as_ref().map(|clause| self.named(context, clause, period.line));
        // The periods of a kind of complaint run only where such a complaint arises.
        if let Some(arises) = self
            .rule_file(file)
            .filter(|rule_file| rule_file.kind == FileKind::Complaint)
            .and_then(|rule_file| rule_file.arises.clone())
        {
            let arises = self.condition(context, &arises);
            let nodes = condition.into_iter().chain([arises]).collect();
            condition = Some(self.node(Node::All(nodes)));
        }
        let ends = [
            (PeriodEnd::Done, &period.done),
            (PeriodEnd::Overtaken, &period.overtaken),
            (PeriodEnd::Suspended, &period.suspended),
        ];
        let mut ended_by = Vec::new();
        for (end, names) in ends {
            for name in names {
                ended_by.push((end, self.named(context, name, period.line)));
            }
        }
        let id = PeriodId::try_from(self.book.program.periods.len()).ok()?;
        let name = format!(
            "{}.{}",
            self.rule_file(file).map_or("", |rule_file| rule_file.id.as_str()),
            period.id
        );
        self.book.program.periods.push(Period {
            name: name.into(),
            start,
            lengths,
            clock,
            rolls: period.rolls,
            condition,
            ended_by,
        });
        let extension = period.extension.as_ref().map(|extension| Extension {
            by: extension.by.as_deref().map(Into::into),
            ask_within: extension.ask_within.as_deref().map(Into::into),
            words: self.words(file, period.line, "periods", &format!("{}.extension", period.id), &extension.text),
            cites: self.registry.cite(&at, &extension.cite),
        });
        let info = PeriodInfo {
            words: self.words(file, period.line, "periods", &period.id, &period.text),
            binds: period.binds.as_deref().and_then(BoundParty::of),
            late: period.late.as_deref().and_then(Late::of),
            warn: period.warn,
            extension,
            cites: self.registry.cite(&at, &period.cite),
        };
        let first = if period.earlier.is_empty() {
            period.first.or_else(|| self.rule_file(file).map(|rule_file| rule_file.since))
        } else {
            Date::from_days(begins)
        };
        if let Some(first) = first {
            self.registry.in_force(&at, period.cite.line, &info.cites, first);
        }
        self.book.periods.push(info);
        Some(id)
    }

    /// Lowers every period of a file.
    pub fn periods(&mut self, file: usize) {
        for number in 0..self.rule_file(file).map_or(0, |rule_file| rule_file.periods.len()) {
            let _ = self.period(file, number);
        }
    }

    /// The periods whose last day makes a complaint urgent.
    pub fn warning_periods(&mut self) -> Vec<PeriodId> {
        let mut periods = Vec::new();
        for (file, rule_file) in self
            .files
            .iter()
            .enumerate()
            .filter(|(_, rule_file)| rule_file.kind == FileKind::Complaint)
        {
            for (number, period) in rule_file.periods.iter().enumerate().filter(|(_, period)| period.warn) {
                self.mark(file, &period.id);
                periods.extend(self.period(file, number));
            }
        }
        periods
    }
}
