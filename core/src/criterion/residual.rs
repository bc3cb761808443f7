//! What is left of a condition once the known facts are put in.

use super::evaluate::{Evaluator, Reading, possible_versions};
use super::program::{ColumnId, Comparison, Node, NodeId, OpenId, PeriodId, Start, Term, TermId};
use super::syntax::{self, Choices, Expression, Operand};
use crate::facts::{FactId, FactScope, Scope, Value};
use crate::values::{Text, Truth};

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
    Column(ColumnId),
    /// Holidays that are not known.
    Calendar(PeriodId),
}

/// Gaps as they are found, each once; a condition that several rules share is looked through once under each reading.
#[derive(Debug, Default)]
pub struct Gaps {
    list: Vec<Gap>,
    seen: [Vec<bool>; 2],
}

impl Gaps {
    /// The gaps, in the order in which they were found.
    #[must_use]
    pub fn list(&self) -> &[Gap] {
        &self.list
    }

    /// Adds a gap that is not there yet.
    pub fn push(&mut self, gap: Gap) {
        if !self.list.contains(&gap) {
            self.list.push(gap);
        }
    }
}

impl Evaluator<'_> {
    /// What is left of a node that is not decided, as a condition; nothing where it is.
    pub fn residual(&mut self, id: NodeId, scope: Scope) -> Option<Expression> {
        (!self.truth(id, scope).is_decided()).then(|| self.rest(id, scope))
    }

    fn rest(&mut self, id: NodeId, scope: Scope) -> Expression {
        match self.truth(id, scope) {
            Truth::Met => return Expression::Boolean(true),
            Truth::Unmet => return Expression::Boolean(false),
            Truth::Unknown => {}
        }
        let program = self.program;
        match program.node(id) {
            Node::All(nodes) => {
                let open = self.undecided(nodes, scope);
                Expression::all(open.into_iter().map(|node| self.rest(node, scope)).collect())
            }
            Node::Any(nodes) => {
                let open = self.undecided(nodes, scope);
                Expression::any(open.into_iter().map(|node| self.rest(node, scope)).collect())
            }
            Node::Not(node) => match self.rest(*node, scope) {
                Expression::Not(inner) => *inner,
                rest => rest.negated(),
            },
            Node::Is(fact) => Expression::Name(self.fact_name(*fact).into()),
            Node::Among(fact, codes) => self.among(*fact, codes),
            Node::Compare(left, comparison, right) => {
                let operator = match comparison {
                    Comparison::Equal => syntax::Comparison::Equal,
                    Comparison::Less => syntax::Comparison::Less,
                    Comparison::AtMost => syntax::Comparison::AtMost,
                };
                Expression::Compare {
                    left: self.operand(*left, *right),
                    operator,
                    right: self.operand(*right, *left),
                }
            }
            Node::AnyJob(node) | Node::MainJob(node) => match self.asked_jobs(id, *node) {
                None => match self.rest(*node, Scope::SomeJob) {
                    Expression::Boolean(true) => Expression::Name("jobs".into()),
                    rest => rest,
                },
                Some(jobs) => Expression::any(jobs.into_iter().map(|job| self.rest(*node, Scope::Job(job))).collect()),
            },
            Node::Versions(clock, versions) => {
                let reach = self.reach(*clock, scope);
                let possible = possible_versions(reach, versions);
                Expression::any(possible.into_iter().map(|node| self.rest(node, scope)).collect())
            }
            Node::Readings(lead, other) => {
                let node = if self.reading() == Reading::Lead { lead } else { other };
                self.rest(*node, scope)
            }
            Node::Open(open) => Expression::Name(program.open.get(usize::from(*open)).map_or("not_read", Text::as_str).into()),
            Node::Within(period) => {
                let name = program.periods.get(usize::from(*period)).map_or("", |period| period.name.as_str());
                Expression::Compare {
                    left: Operand::Name("today".into()),
                    operator: syntax::Comparison::AtMost,
                    right: Operand::Name(format!("{name}.last").into()),
                }
            }
            Node::Named(_, node) => self.rest(*node, scope),
            Node::Always | Node::Never => Expression::Boolean(*program.node(id) == Node::Always),
        }
    }

    fn undecided(&mut self, nodes: &[NodeId], scope: Scope) -> Vec<NodeId> {
        nodes
            .iter()
            .copied()
            .filter(|node| !self.truth(*node, scope).is_decided())
            .collect()
    }

    /// The jobs of which a node is still asked; nothing where it is not known whether there are any.
    fn asked_jobs(&mut self, id: NodeId, inner: NodeId) -> Option<Vec<usize>> {
        let count = self.subject.job_count()?;
        if matches!(self.program.node(id), Node::MainJob(_)) {
            return Some(self.main_jobs(count));
        }
        Some((0..count).filter(|job| !self.truth(inner, Scope::Job(*job)).is_decided()).collect())
    }

    /// Looks for what is not known of a node that is not decided, in the order of the condition.
    pub fn look(&mut self, id: NodeId, scope: Scope, gaps: &mut Gaps) {
        if self.truth(id, scope).is_decided() || self.seen(id, scope, gaps) {
            return;
        }
        let program = self.program;
        match program.node(id) {
            Node::All(nodes) | Node::Any(nodes) => {
                for node in nodes {
                    self.look(*node, scope, gaps);
                }
            }
            Node::Not(node) | Node::Named(_, node) => self.look(*node, scope, gaps),
            Node::Is(fact) | Node::Among(fact, _) => gaps.push(self.gap(*fact, scope)),
            Node::Compare(left, _, right) => {
                self.look_at_term(*left, scope, gaps);
                self.look_at_term(*right, scope, gaps);
            }
            Node::AnyJob(node) | Node::MainJob(node) => {
                let Some(jobs) = self.asked_jobs(id, *node) else {
                    gaps.push(Gap::Jobs);
                    self.look(*node, Scope::SomeJob, gaps);
                    return;
                };
                let main = program
                    .layout
                    .fact_number("job.main")
                    .filter(|_| jobs.len() > 1 && matches!(program.node(id), Node::MainJob(_)));
                for job in &jobs {
                    if let Some(main) = main {
                        gaps.push(self.gap(main, Scope::Job(*job)));
                    }
                }
                for job in jobs {
                    self.look(*node, Scope::Job(job), gaps);
                }
            }
            Node::Versions(clock, versions) => {
                let reach = self.reach(*clock, scope);
                let possible = possible_versions(reach, versions);
                if possible.len() > 1 {
                    self.look_at_term(*clock, scope, gaps);
                }
                for node in possible {
                    self.look(node, scope, gaps);
                }
            }
            Node::Readings(lead, other) => {
                let node = if self.reading() == Reading::Lead { lead } else { other };
                self.look(*node, scope, gaps);
            }
            Node::Open(open) => gaps.push(Gap::Open(*open)),
            Node::Within(period) => self.look_at_period(*period, scope, gaps),
            Node::Always | Node::Never => {}
        }
    }

    /// Whether a node was looked through before; it is from now on.
    fn seen(&self, id: NodeId, scope: Scope, gaps: &mut Gaps) -> bool {
        let [lead, other] = &mut gaps.seen;
        let seen = if self.reading() == Reading::Lead { lead } else { other };
        if seen.is_empty() {
            seen.resize(self.places(), false);
        }
        let slot = self.place(id, scope).and_then(|place| seen.get_mut(place));
        slot.is_some_and(|slot| std::mem::replace(slot, true))
    }

    /// The facts of a job that may not exist are asked as those of the first.
    fn gap(&self, fact: FactId, scope: Scope) -> Gap {
        let of_job = self.program.layout.fact(fact).is_some_and(|fact| fact.scope == FactScope::Job);
        let job = match scope {
            Scope::Person => None,
            Scope::Job(job) => Some(job),
            Scope::SomeJob => Some(0),
        };
        Gap::Fact(fact, job.filter(|_| of_job))
    }

    fn fact_name(&self, fact: FactId) -> &str {
        self.program.layout.fact(fact).map_or("", |fact| &fact.name)
    }

    fn among(&self, fact: FactId, codes: &[u16]) -> Expression {
        let layout = &self.program.layout;
        let list = layout
            .fact(fact)
            .and_then(|fact| fact.list)
            .and_then(|list| layout.lists.get(usize::from(list)));
        let code = |code: &u16| list.and_then(|list| list.codes.get(usize::from(*code))).map_or("", Text::as_str);
        let name = self.fact_name(fact);
        match codes {
            [one] => Expression::Compare {
                left: Operand::Name(name.into()),
                operator: syntax::Comparison::Equal,
                right: Operand::Code(code(one).into()),
            },
            codes => Expression::Among {
                name: name.into(),
                choices: Choices::Codes(codes.iter().map(|one| code(one).into()).collect()),
            },
        }
    }

    /// A term as it is written; a literal in the unit of what it is compared with.
    fn operand(&self, id: TermId, beside: TermId) -> Operand {
        match self.program.term(id) {
            Term::Constant(number) => Operand::Number(self.program.shown(*number, beside).into()),
            _ => Operand::Name(self.program.term_name(id).into()),
        }
    }

    /// Looks for what is not known of a term.
    pub fn look_at_term(&mut self, id: TermId, scope: Scope, gaps: &mut Gaps) {
        let program = self.program;
        match program.term(id) {
            Term::Constant(_) | Term::Today | Term::Month(_) => {}
            Term::Fact(fact) => self.fact_gap(*fact, scope, gaps),
            Term::Age { of: first, on: second }
            | Term::Elapsed {
                from: first, to: second, ..
            } => {
                self.look_at_term(*first, scope, gaps);
                self.look_at_term(*second, scope, gaps);
            }
            Term::Shift { from, .. } => self.look_at_term(*from, scope, gaps),
            Term::MonthsPaid { schemes, before, .. } | Term::MonthsSteps { schemes, before, .. } => {
                if self.reach(id, scope).known().is_none() {
                    let all_told = schemes.iter().all(|scheme| *self.value(*scheme, scope) != Value::Unknown);
                    for scheme in schemes
                        .iter()
                        .filter(|scheme| all_told || *self.value(**scheme, scope) == Value::Unknown)
                    {
                        gaps.push(self.gap(*scheme, scope));
                    }
                    self.look_at_term(*before, scope, gaps);
                }
            }
            Term::TopMean { wages, months, .. } => {
                if self.reach(id, scope).known().is_none() {
                    gaps.push(self.gap(*wages, scope));
                    self.look_at_term(*months, scope, gaps);
                }
            }
            Term::Bound { day, .. } => {
                if self.reach(id, scope).known().is_none() {
                    gaps.push(self.gap(*day, scope));
                }
            }
            Term::LatestOfJobs { told, .. } => {
                if self.reach(id, scope).known().is_none() {
                    gaps.push(self.gap(*told, Scope::Person));
                }
            }
            Term::FullSteps { of, .. } => {
                // Two numbers may lie in one step: nothing more is asked then.
                if self.reach(id, scope).known().is_none() {
                    self.look_at_term(*of, scope, gaps);
                }
            }
            Term::Cell(column) => {
                let (reach, entries) = self.cell(usize::from(*column), scope);
                if reach.known().is_some() {
                    return;
                }
                if let Some(cells) = program.columns.get(usize::from(*column)) {
                    let clock = self.reach(cells.clock, scope);
                    if clock.known().is_none() {
                        self.look_at_term(cells.clock, scope, gaps);
                    }
                }
                for guard in entries.into_iter().filter_map(|entry| entry.guard) {
                    self.look(guard, scope, gaps);
                }
                if reach.not_read {
                    gaps.push(Gap::Column(*column));
                }
            }
            Term::PeriodFirst(period) | Term::PeriodLast(period) => self.look_at_period(*period, scope, gaps),
            Term::Nearest { periods, .. } => {
                for period in periods {
                    let reach = self.period(*period, scope);
                    if self.warns(*period, scope) && reach.applies != Truth::Unmet && reach.nominal.known().is_none() {
                        self.look_at_period(*period, scope, gaps);
                    }
                }
            }
        }
    }

    fn fact_gap(&self, fact: FactId, scope: Scope, gaps: &mut Gaps) {
        match self.value(fact, scope) {
            Value::Span(low, high) if low == high => {}
            Value::Flag(_) | Value::Code(_) | Value::Months(_) | Value::Wages(_) => {}
            Value::Unknown | Value::Span(..) => gaps.push(self.gap(fact, scope)),
        }
    }

    /// Looks for what is not known of where a period lies.
    pub fn look_at_period(&mut self, id: PeriodId, scope: Scope, gaps: &mut Gaps) {
        let program = self.program;
        let Some(period) = program.periods.get(usize::from(id)) else {
            return;
        };
        let reach = self.period(id, scope);
        // A period that does not apply has no days, and nobody is asked for the day from which it would run.
        if reach.applies == Truth::Unmet {
            return;
        }
        if let Some(condition) = period.condition
            && reach.applies == Truth::Unknown
        {
            self.look(condition, scope, gaps);
        }
        match &period.start {
            Start::After(term) => self.look_at_term(*term, scope, gaps),
            Start::AfterPeriod(earlier) if *earlier < id => self.look_at_period(*earlier, scope, gaps),
            Start::On(_) | Start::AfterPeriod(_) => {}
        }
        if reach.rolled.nothing && reach.nominal.known().is_some() {
            gaps.push(Gap::Calendar(id));
        }
    }

    /// Looks for whether a period whose last day is to come, or may be, was taken from the person before it.
    pub fn look_at_end(&mut self, id: PeriodId, scope: Scope, gaps: &mut Gaps) {
        let program = self.program;
        let (reach, ended) = (self.period(id, scope), self.ended(id, scope));
        let to_come = reach
            .nominal
            .span
            .is_some_and(|(low, high)| low > i64::MIN && high >= i64::from(self.today.days()));
        if reach.applies == Truth::Unmet || ended != Truth::Unknown || !to_come {
            return;
        }
        for (_, node) in program.periods.get(usize::from(id)).map_or(&[][..], |period| &period.ended_by) {
            self.look(*node, scope, gaps);
        }
    }
}
