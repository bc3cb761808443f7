//! Lowers conditions and words to nodes and terms.

use std::num::NonZeroU16;

use super::builder::{Builder, Context, Work};
use super::names::{NamesAt, Target};
use crate::compile::ast::{self, When, WordShape};
use crate::compile::diagnostics::{Diagnostic, DiagnosticCode};
use crate::criterion::syntax::{self, Choices, Expression, Operand, check};
use crate::criterion::{Comparison, Node, NodeId, PeriodId, Term, TermId};
use crate::facts::{FactId, FactKind};
use crate::values::{Length, LengthUnit};

impl Builder<'_> {
    /// Lowers a condition; what is wrong with it is noted.
    pub fn condition(&mut self, context: Context, when: &When) -> NodeId {
        if let Err(errors) = check(&when.expression, &NamesAt { builder: self, context }) {
            for error in errors {
                use syntax::TypeError as Error;
                let (code, expected) = match &error {
                    Error::UnknownName { nearest: Some(near), .. } => (DiagnosticCode::UnknownName, format!("`{near}`")),
                    Error::UnknownName { .. } => (
                        DiagnosticCode::UnknownName,
                        "a fact, a name of this file, or `file.rule`".to_owned(),
                    ),
                    Error::UnknownCode { nearest: Some(near), .. } => (DiagnosticCode::UnknownCode, format!("`{near}`")),
                    Error::UnknownCode { list, .. } => (DiagnosticCode::UnknownCode, format!("a code of `{list}`")),
                    Error::NotAPlace { area, .. } => (DiagnosticCode::UnknownCode, format!("a code of a {area}")),
                    Error::NotYesNo { .. } => (DiagnosticCode::WrongType, "a comparison, or a yes/no name".to_owned()),
                    Error::NoOrder { .. } => (DiagnosticCode::WrongType, "`==`, `!=` or `in`".to_owned()),
                    Error::Unlike { kind, .. } => (DiagnosticCode::WrongType, format!("something that is {kind}")),
                    Error::NoName { .. } => (DiagnosticCode::WrongType, "a name on one side".to_owned()),
                };
                let place = error.place();
                let small = |number: usize| u32::try_from(number).unwrap_or(0);
                let characters = |end: usize| when.text.get(..end).map_or(0, |before| small(before.chars().count()));
                let (first, end) = (characters(place.start), characters(place.end));
                let file = self.file(context.file);
                let message = format!("in `{}`: {error}", when.text);
                file.note(Diagnostic::new(file.path, when.line, code, message, expected).inside(first, end.saturating_sub(first).max(1)));
            }
            return self.node(Node::Never);
        }
        self.expression(context, &when.expression, when.line)
    }

    fn expression(&mut self, context: Context, expression: &Expression, line: u32) -> NodeId {
        match expression {
            Expression::Boolean(true) => self.node(Node::Always),
            Expression::Boolean(false) => self.node(Node::Never),
            Expression::All(parts) => {
                let nodes = parts.iter().map(|part| self.expression(context, part, line)).collect();
                self.node(Node::All(nodes))
            }
            Expression::Any(parts) => {
                let nodes = parts.iter().map(|part| self.expression(context, part, line)).collect();
                self.node(Node::Any(nodes))
            }
            Expression::Not(part) => {
                let node = self.expression(context, part, line);
                self.node(Node::Not(node))
            }
            Expression::Name(name) => self.named(context, &name.value, line),
            Expression::Among { name, choices } => {
                let codes = match choices {
                    Choices::Codes(codes) => codes.iter().map(|code| code.value.clone()).collect(),
                    Choices::Numbers(numbers) => {
                        let term = self.named_term(context, &name.value, line);
                        let equal: Vec<NodeId> = numbers.iter().map(|number| self.equal_number(term, number.value)).collect();
                        return self.node(Node::Any(equal));
                    }
                };
                self.among(context, &name.value, codes, line)
            }
            Expression::Compare { left, operator, right } => self.compare(context, left, *operator, right, line),
        }
    }

    fn equal_number(&mut self, term: TermId, number: i64) -> NodeId {
        let literal = self.literal(number, term);
        self.node(Node::Compare(term, Comparison::Equal, literal))
    }

    /// A yes/no name.
    pub fn named(&mut self, context: Context, name: &str, line: u32) -> NodeId {
        match self.resolve(context, name) {
            Some(Target::Fact(fact)) => {
                self.fact_in(context, line, fact);
                self.node(Node::Is(fact))
            }
            Some(Target::Clause(clause)) => self.clause_inside(context, clause, line),
            Some(Target::Rule { file, rule, option }) => self.rule_inside(context, file, rule, option, line),
            _ => {
                self.diagnose(
                    context.file,
                    line,
                    DiagnosticCode::UnknownName,
                    format!("`{name}` is no yes/no name here"),
                    "a clause, a yes/no fact or `file.rule`",
                );
                self.node(Node::Never)
            }
        }
    }

    fn among(&mut self, context: Context, name: &str, codes: Vec<String>, line: u32) -> NodeId {
        let (fact, codes) = match self.resolve(context, name) {
            Some(Target::Fact(fact)) => (Some(fact), codes),
            Some(Target::Word(word)) => {
                self.mark(context.file, name);
                let shape = self
                    .rule_file(context.file)
                    .and_then(|rule_file| rule_file.words.get(word))
                    .map(|word| &word.shape);
                let Some(WordShape::Maps { of, codes: map }) = shape else {
                    return self.node(Node::Never);
                };
                let chosen = map
                    .iter()
                    .filter(|(code, _)| codes.contains(code))
                    .flat_map(|(_, from)| from.iter().cloned())
                    .collect();
                (self.book.program.layout.fact_number(of), chosen)
            }
            _ => (None, codes),
        };
        let Some(fact) = fact else { return self.node(Node::Never) };
        self.fact_in(context, line, fact);
        self.fact_among(context, fact, &codes, line)
    }

    /// A fact whose code is among some.
    pub fn fact_among(&mut self, context: Context, fact: FactId, codes: &[String], line: u32) -> NodeId {
        let numbers = self.code_numbers(context, fact, codes, line);
        self.node(Node::Among(fact, numbers))
    }

    /// A fact of that type; what is none is noted.
    fn fact_of(&mut self, context: Context, line: u32, name: &str, kind: FactKind) -> FactId {
        let layout = &self.book.program.layout;
        let number = layout.fact_number(name);
        if let Some(number) = number.filter(|number| layout.fact(*number).is_some_and(|info| info.kind == kind)) {
            return number;
        }
        let expected = match kind {
            FactKind::Wages => "`base_wage_history`",
            FactKind::Date => "a fact that is a day",
            FactKind::Code => "a fact that is a code",
            _ => "a yes/no fact",
        };
        let message = format!("`{name}` is not {}", expected.trim_matches('`'));
        self.diagnose(context.file, line, DiagnosticCode::UnknownName, message, expected);
        FactId::NOWHERE
    }

    /// The numbers of codes of a fact, sorted; a code that is not on its list is noted.
    fn code_numbers(&mut self, context: Context, fact: FactId, codes: &[String], line: u32) -> Vec<u16> {
        let list = self.book.program.layout.fact(fact).and_then(|info| info.list);
        let list = list.and_then(|list| self.book.program.layout.lists.get(usize::from(list)));
        let mut numbers = Vec::with_capacity(codes.len());
        let mut unknown = Vec::new();
        for code in codes {
            match list.and_then(|list| list.index(code)) {
                Some(number) => numbers.push(number),
                None => unknown.push(code.clone()),
            }
        }
        let list = list.map(|list| list.id.clone()).unwrap_or_default();
        for code in unknown {
            self.diagnose(
                context.file,
                line,
                DiagnosticCode::UnknownCode,
                format!("`{code}` is not on the list `{list}`"),
                format!("a code of `{list}`"),
            );
        }
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    fn compare(&mut self, context: Context, left: &Operand, operator: syntax::Comparison, right: &Operand, line: u32) -> NodeId {
        use syntax::Comparison as Operator;
        let (name, other, operator) = match (left, right) {
            (Operand::Name(name), other) => (name, other, operator),
            (other, Operand::Name(name)) => (name, other, operator.mirrored()),
            _ => return self.node(Node::Never),
        };
        let equality = match other {
            Operand::Code(code) => Some(self.among(context, &name.value, vec![code.value.clone()], line)),
            Operand::Boolean(flag) => {
                let node = self.named(context, &name.value, line);
                Some(if flag.value { node } else { self.node(Node::Not(node)) })
            }
            Operand::Name(_) | Operand::Number(_) => None,
        };
        if let Some(node) = equality {
            return if operator == Operator::NotEqual {
                self.node(Node::Not(node))
            } else {
                node
            };
        }
        let first = self.named_term(context, &name.value, line);
        let second = match other {
            Operand::Number(number) => self.literal(number.value, first),
            Operand::Name(name) => self.named_term(context, &name.value, line),
            Operand::Code(_) | Operand::Boolean(_) => return self.node(Node::Never),
        };
        match operator {
            Operator::Equal => self.node(Node::Compare(first, Comparison::Equal, second)),
            Operator::NotEqual => {
                let equal = self.node(Node::Compare(first, Comparison::Equal, second));
                self.node(Node::Not(equal))
            }
            Operator::Less => self.node(Node::Compare(first, Comparison::Less, second)),
            Operator::AtMost => self.node(Node::Compare(first, Comparison::AtMost, second)),
            Operator::More => self.node(Node::Compare(second, Comparison::Less, first)),
            Operator::AtLeast => self.node(Node::Compare(second, Comparison::AtMost, first)),
        }
    }

    /// A literal in the inner unit of the term beside it.
    pub fn literal(&mut self, number: i64, beside: TermId) -> TermId {
        let scale = self.book.program.unit(beside).scale();
        self.term(Term::Constant(number.saturating_mul(scale)), "")
    }

    /// A number, an amount or a day by its name.
    pub fn named_term(&mut self, context: Context, name: &str, line: u32) -> TermId {
        match self.resolve(context, name) {
            Some(Target::Today) => self.today(),
            Some(Target::Month) => {
                let month = self.book.program.layout.fact_number("month").unwrap_or(FactId::NOWHERE);
                self.term(Term::Month(month), "month")
            }
            Some(Target::Fact(fact)) => {
                self.fact_in(context, line, fact);
                let name = self.for_option(context, name);
                self.term(Term::Fact(fact), &name)
            }
            Some(Target::Word(word)) => self.word(context, word, line),
            Some(Target::Cell { table, column }) => match self.column(context.file, table, &column) {
                Some(id) => {
                    if let Some(table) = self.rule_file(context.file).and_then(|rule_file| rule_file.tables.get(table)) {
                        self.mark(context.file, &table.id);
                    }
                    let name = if name.contains('.') {
                        name.to_owned()
                    } else {
                        format!("{name}.{column}")
                    };
                    self.term(Term::Cell(id), &name)
                }
                None => self.today(),
            },
            Some(Target::First(period)) => {
                self.mark_period(context.file, period);
                let id = self.period(context.file, period).unwrap_or(PeriodId::NOWHERE);
                self.term(Term::PeriodFirst(id), name)
            }
            Some(Target::Last(period)) => {
                self.mark_period(context.file, period);
                let id = self.period(context.file, period).unwrap_or(PeriodId::NOWHERE);
                self.term(Term::PeriodLast(id), name)
            }
            Some(Target::Clause(_) | Target::Rule { .. }) | None => {
                self.diagnose(
                    context.file,
                    line,
                    DiagnosticCode::UnknownName,
                    format!("`{name}` is no number or day here"),
                    "a fact, a word or `table.column`",
                );
                self.today()
            }
        }
    }

    fn word(&mut self, context: Context, number: usize, line: u32) -> TermId {
        let Some(word) = self.rule_file(context.file).and_then(|rule_file| rule_file.words.get(number)) else {
            return self.today();
        };
        self.mark(context.file, &word.id);
        if let Some(id) = self.word_ids.get(&(context, number)) {
            return *id;
        }
        if !self.enter(context.file, word.line, &word.id, Work::Word(context.file, number)) {
            return self.today();
        }
        let id = self.lower_word(context, word, line);
        self.leave();
        self.word_ids.insert((context, number), id);
        id
    }

    fn lower_word(&mut self, context: Context, word: &ast::Word, line: u32) -> TermId {
        let file = self.file(context.file);
        let _ = self.registry.cite(&file, &word.cite);
        let term = match &word.shape {
            WordShape::Age { of, on } => Term::Age {
                of: self.named_term(context, of, word.line),
                on: self.named_term(context, on, word.line),
            },
            WordShape::Elapsed {
                from,
                to,
                years,
                last_day_counts,
            } => Term::Elapsed {
                from: self.named_term(context, from, word.line),
                to: self.named_term(context, to, word.line),
                years: *years,
                last_day_counts: *last_day_counts,
            },
            WordShape::Day {
                from,
                plus,
                first_day_counts,
            } => {
                let length = plus.unwrap_or(Length {
                    number: 0,
                    unit: LengthUnit::Days,
                });
                Term::Shift {
                    from: self.named_term(context, from, word.line),
                    length,
                    first_day_counts: *first_day_counts,
                }
            }
            WordShape::MonthsPaid { of, window, before } => {
                let before = self.named_term(context, before, word.line);
                Term::MonthsPaid {
                    schemes: self.schemes(context, of, word.line),
                    window: *window,
                    before,
                }
            }
            WordShape::MonthsSteps { of, before, steps } => {
                let before = self.named_term(context, before, word.line);
                Term::MonthsSteps {
                    schemes: self.schemes(context, of, word.line),
                    steps: steps.clone(),
                    before,
                }
            }
            WordShape::TopMean {
                of,
                months,
                ceiling,
                top,
                within,
                divide,
            } => Term::TopMean {
                wages: self.fact_of(context, word.line, of, FactKind::Wages),
                months: self.named_term(context, months, word.line),
                ceiling: self.named_term(context, ceiling, word.line),
                top: *top,
                within: *within,
                divide: *divide,
            },
            WordShape::Begins { of } => {
                let day = self.fact_of(context, word.line, of, FactKind::Date);
                self.fact_in(context, line, day);
                Term::Bound {
                    day,
                    last: false,
                    unless: None,
                }
            }
            WordShape::Ends { of, told_by, goes_on } => {
                let day = self.fact_of(context, word.line, of, FactKind::Date);
                let told_by = self.fact_of(context, word.line, told_by, FactKind::Code);
                self.fact_in(context, line, day);
                Term::Bound {
                    day,
                    last: true,
                    unless: Some((told_by, self.code_numbers(context, told_by, goes_on, word.line))),
                }
            }
            WordShape::Latest { told, of, only } => Term::LatestOfJobs {
                told: self.fact_of(context, word.line, told, FactKind::Date),
                of: self.named_term(Context { job: true, ..context }, of, word.line),
                only: self.fact_of(context, word.line, only, FactKind::YesNo),
            },
            WordShape::Nearest { working_days } => Term::Nearest {
                working_days: *working_days,
                periods: self.warning_periods(),
            },
            WordShape::FullSteps { of, beyond, each } => Term::FullSteps {
                of: self.named_term(context, of, word.line),
                beyond: beyond.unwrap_or(0),
                each: each.and_then(NonZeroU16::new).unwrap_or(NonZeroU16::MIN),
            },
            WordShape::Maps { .. } => {
                self.diagnose(
                    context.file,
                    line,
                    DiagnosticCode::WrongType,
                    format!("`{}` is a code", word.id),
                    "a number or a day",
                );
                return self.today();
            }
            WordShape::Unread => return self.today(),
        };
        self.term(term, &word.id)
    }

    fn schemes(&mut self, context: Context, of: &[String], line: u32) -> Vec<FactId> {
        let mut schemes = Vec::with_capacity(of.len());
        for scheme in of {
            let scheme = self.for_option(context, scheme);
            match self.book.program.layout.fact_number(&format!("paid_months.{scheme}")) {
                Some(fact) => schemes.push(fact),
                None => self.diagnose(
                    context.file,
                    line,
                    DiagnosticCode::UnknownCode,
                    format!("`{scheme}` is no contributory scheme"),
                    "a code of `contributory_scheme`",
                ),
            }
        }
        schemes
    }

    /// Notes that something uses a period.
    pub fn mark_period(&mut self, file: usize, period: usize) {
        if let Some(period) = self.rule_file(file).and_then(|rule_file| rule_file.periods.get(period)) {
            self.mark(file, &period.id);
        }
    }

    /// Notes that something uses a name of a file.
    pub fn mark(&mut self, file: usize, name: &str) {
        self.used.insert((file, name.to_owned()));
    }
}
