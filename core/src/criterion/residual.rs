//! What is left of a condition once the known facts are put in.

use super::evaluate::{Evaluator, Reading, SOME_JOB, possible_versions};
use super::program::{Comparison, Node, NodeId, OpenId, PeriodId, Start, Term, TermId};
use super::syntax::{self, Choices, Expression, Operand};
use crate::facts::{FactId, Scope, Value};
use crate::values::Truth;

/// Something that is not known and can still change the outcome.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Whether there is a job, and which.
    Jobs,
    /// A fact, of a job where it is one of a job.
    Fact(FactId, Option<usize>),
    /// Part of the law that nobody has read.
    Open(OpenId),
    /// A cell of a table that nobody has read, by the number of its column.
    Column(u16),
    /// Holidays that are not known.
    Calendar(PeriodId),
}

/// The part of a condition that is not decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Residual {
    /// What is left, as a condition.
    pub expression: Expression,
    /// What can still change it, each once, in the order of the condition.
    pub gaps: Vec<Gap>,
}

impl Evaluator<'_> {
    /// What is left of a node that is not decided; nothing where it is.
    pub fn residual(&mut self, id: NodeId, job: Option<usize>) -> Option<Residual> {
        if self.truth(id, job).is_decided() {
            return None;
        }
        let mut gaps = Vec::new();
        let expression = self.rest(id, job, &mut gaps);
        let mut seen = Vec::with_capacity(gaps.len());
        for gap in gaps {
            if !seen.contains(&gap) {
                seen.push(gap);
            }
        }
        Some(Residual { expression, gaps: seen })
    }

    fn rest(&mut self, id: NodeId, job: Option<usize>, gaps: &mut Vec<Gap>) -> Expression {
        match self.truth(id, job) {
            Truth::Met => return Expression::Boolean(true),
            Truth::Unmet => return Expression::Boolean(false),
            Truth::Unknown => {}
        }
        let program = self.program;
        match program.node(id) {
            Node::All(nodes) => {
                let open: Vec<NodeId> = nodes.iter().copied().filter(|node| !self.truth(*node, job).is_decided()).collect();
                Expression::all(open.into_iter().map(|node| self.rest(node, job, gaps)).collect())
            }
            Node::Any(nodes) => {
                let open: Vec<NodeId> = nodes.iter().copied().filter(|node| !self.truth(*node, job).is_decided()).collect();
                Expression::any(open.into_iter().map(|node| self.rest(node, job, gaps)).collect())
            }
            Node::Not(node) => match self.rest(*node, job, gaps) {
                Expression::Not(inner) => *inner,
                rest => rest.negated(),
            },
            Node::Is(fact) => {
                gaps.push(self.gap(*fact, job));
                Expression::Name(self.fact_name(*fact).into())
            }
            Node::Among(fact, codes) => {
                gaps.push(self.gap(*fact, job));
                self.among(*fact, codes)
            }
            Node::Compare(left, comparison, right) => {
                self.term_gaps(*left, job, gaps);
                self.term_gaps(*right, job, gaps);
                let operator = match comparison {
                    Comparison::Equal => syntax::Comparison::Equal,
                    Comparison::Less => syntax::Comparison::Less,
                    Comparison::AtMost => syntax::Comparison::AtMost,
                };
                Expression::Compare { left: self.operand(*left, *right), operator, right: self.operand(*right, *left) }
            }
            Node::AnyJob(node) => match self.subject.job_count() {
                None => {
                    gaps.push(Gap::Jobs);
                    let rest = self.rest(*node, Some(SOME_JOB), gaps);
                    if rest == Expression::Boolean(true) { Expression::Name("jobs".into()) } else { rest }
                }
                Some(count) => {
                    let open: Vec<usize> = (0..count).filter(|job| !self.truth(*node, Some(*job)).is_decided()).collect();
                    Expression::any(open.into_iter().map(|job| self.rest(*node, Some(job), gaps)).collect())
                }
            },
            Node::MainJob(node) => match self.subject.job_count() {
                None => {
                    gaps.push(Gap::Jobs);
                    let rest = self.rest(*node, Some(SOME_JOB), gaps);
                    if rest == Expression::Boolean(true) { Expression::Name("jobs".into()) } else { rest }
                }
                Some(count) => {
                    let jobs = self.main_jobs(count);
                    if jobs.len() > 1
                        && let Some(main) = program.layout.fact_number("job.main")
                    {
                        gaps.extend(jobs.iter().map(|job| self.gap(main, Some(*job))));
                    }
                    Expression::any(jobs.into_iter().map(|job| self.rest(*node, Some(job), gaps)).collect())
                }
            },
            Node::Versions(clock, versions) => {
                let reach = self.reach(*clock, job);
                let possible = possible_versions(reach, versions);
                if possible.len() > 1 {
                    self.term_gaps(*clock, job, gaps);
                }
                Expression::any(possible.into_iter().map(|node| self.rest(node, job, gaps)).collect())
            }
            Node::Readings(lead, other) => {
                let node = if self.reading() == Reading::Lead { lead } else { other };
                self.rest(*node, job, gaps)
            }
            Node::Open(open) => {
                gaps.push(Gap::Open(*open));
                Expression::Name(program.open.get(usize::from(*open)).map_or("not_read", String::as_str).into())
            }
            Node::Within(period) => {
                self.period_gaps(*period, job, gaps);
                let name = program.periods.get(usize::from(*period)).map_or("", |period| period.name.as_str());
                Expression::Compare {
                    left: Operand::Name("today".into()),
                    operator: syntax::Comparison::AtMost,
                    right: Operand::Name(format!("{name}.last").into()),
                }
            }
            Node::Named(_, node) => self.rest(*node, job, gaps),
            Node::Always | Node::Never => Expression::Boolean(*program.node(id) == Node::Always),
        }
    }

    /// The facts of a job that may not exist are asked as those of the first.
    fn gap(&self, fact: FactId, job: Option<usize>) -> Gap {
        let of_job = self.program.layout.fact(fact).is_some_and(|fact| fact.scope == Scope::Job);
        Gap::Fact(fact, job.filter(|_| of_job).map(|job| if job == SOME_JOB { 0 } else { job }))
    }

    fn fact_name(&self, fact: FactId) -> String {
        self.program.layout.fact(fact).map_or_else(String::new, |fact| fact.name.clone())
    }

    fn among(&self, fact: FactId, codes: &[u16]) -> Expression {
        let layout = &self.program.layout;
        let list = layout.fact(fact).and_then(|fact| fact.list).and_then(|list| layout.lists.get(usize::from(list)));
        let code = |code: &u16| list.and_then(|list| list.codes.get(usize::from(*code))).map_or("", String::as_str);
        let name = self.fact_name(fact);
        match codes {
            [one] => Expression::Compare {
                left: Operand::Name(name.into()),
                operator: syntax::Comparison::Equal,
                right: Operand::Code(code(one).to_owned().into()),
            },
            codes => Expression::Among {
                name: name.into(),
                choices: Choices::Codes(codes.iter().map(|one| code(one).to_owned().into()).collect()),
            },
        }
    }

    /// A term as it is written; a literal in the unit of what it is compared with.
    fn operand(&self, id: TermId, beside: TermId) -> Operand {
        match self.program.term(id) {
            Term::Constant(number) => Operand::Number(self.program.shown(*number, beside).into()),
            _ => Operand::Name(self.program.term_name(id).to_owned().into()),
        }
    }

    /// What is not known of a term.
    pub fn term_gaps(&mut self, id: TermId, job: Option<usize>, gaps: &mut Vec<Gap>) {
        let program = self.program;
        match program.term(id) {
            Term::Constant(_) | Term::Today | Term::Month(_) => {}
            Term::Fact(fact) => self.fact_gap(*fact, job, gaps),
            Term::Age { of: first, on: second } | Term::Elapsed { from: first, to: second, .. } => {
                self.term_gaps(*first, job, gaps);
                self.term_gaps(*second, job, gaps);
            }
            Term::Shift { from, .. } => self.term_gaps(*from, job, gaps),
            Term::MonthsPaid { schemes, before, .. } | Term::MonthsSteps { schemes, before, .. } => {
                if self.reach(id, job).known().is_none() {
                    let unknown = schemes.iter().filter(|scheme| *self.value(**scheme, job) == Value::Unknown);
                    let unknown: Vec<Gap> = unknown.map(|scheme| self.gap(*scheme, job)).collect();
                    if unknown.is_empty() {
                        gaps.extend(schemes.iter().map(|scheme| self.gap(*scheme, job)));
                    }
                    gaps.extend(unknown);
                    self.term_gaps(*before, job, gaps);
                }
            }
            Term::TopMean { wages, .. } => self.fact_gap(*wages, job, gaps),
            Term::Cell(column) => {
                let (reach, _) = self.cell(usize::from(*column), job);
                if reach.known().is_some() {
                    return;
                }
                if let Some(cells) = program.columns.get(usize::from(*column)) {
                    let clock = self.reach(cells.clock, job);
                    if clock.known().is_none() {
                        self.term_gaps(cells.clock, job, gaps);
                    }
                    for guard in cells.entries.iter().filter_map(|entry| entry.guard) {
                        if !self.truth(guard, job).is_decided() {
                            self.rest(guard, job, gaps);
                        }
                    }
                }
                if reach.not_read {
                    gaps.push(Gap::Column(*column));
                }
            }
            Term::PeriodFirst(period) | Term::PeriodLast(period) => self.period_gaps(*period, job, gaps),
            Term::Nearest { periods, .. } => {
                for period in periods {
                    let reach = self.period(*period, job);
                    if self.warns(*period, job) && reach.applies != Truth::Unmet && reach.nominal.known().is_none() {
                        self.period_gaps(*period, job, gaps);
                    }
                }
            }
        }
    }

    fn fact_gap(&self, fact: FactId, job: Option<usize>, gaps: &mut Vec<Gap>) {
        match self.value(fact, job) {
            Value::Span(low, high) if low == high => {}
            Value::Flag(_) | Value::Code(_) | Value::Months(_) | Value::Wages(_) => {}
            Value::Unknown | Value::Span(..) => gaps.push(self.gap(fact, job)),
        }
    }

    /// What is not known of where a period lies.
    pub fn period_gaps(&mut self, id: PeriodId, job: Option<usize>, gaps: &mut Vec<Gap>) {
        let program = self.program;
        let Some(period) = program.periods.get(usize::from(id)) else { return };
        let reach = self.period(id, job);
        if let Some(condition) = period.condition
            && reach.applies == Truth::Unknown
        {
            self.rest(condition, job, gaps);
        }
        match &period.start {
            Start::After(term) => self.term_gaps(*term, job, gaps),
            Start::AfterPeriod(earlier) if *earlier < id => self.period_gaps(*earlier, job, gaps),
            Start::On(_) | Start::AfterPeriod(_) => {}
        }
        if reach.rolled.nothing && reach.nominal.known().is_some() {
            gaps.push(Gap::Calendar(id));
        }
    }
}
