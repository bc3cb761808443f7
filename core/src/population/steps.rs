//! Conditions that rest on one column: spans of its values, found by asking the evaluator itself.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::columns::{Form, Part, Population, What};
use crate::criterion::{Evaluator, Node, NodeId, PeriodId, Program, Reach, Reading, SOME_JOB, Start, Term, TermId, possible_versions};
use crate::facts::{FactId, FactKind, PaidMonths, Scope, Subject, Value};
use crate::values::{Date, LengthUnit, Truth};

use super::columns::{Days, Jobs, PopulationError};

/// How many jobs there are, without the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum JobCount {
    Unknown,
    Exactly(usize),
    OneOrTwo,
}

/// On which columns something rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Support {
    None,
    One(usize),
    Many,
}

impl Support {
    fn with(self, other: Self) -> Self {
        match (self, other) {
            (Self::None, one) | (one, Self::None) => one,
            (Self::One(a), Self::One(b)) if a == b => self,
            _ => Self::Many,
        }
    }
}

/// A truth for each value of a column: from each start to the next, and where the value is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Steps {
    /// The column; none where the truth is the same for every row.
    pub column: Option<usize>,
    pub starts: Vec<(i64, Truth)>,
    pub unknown: Truth,
}

impl Steps {
    fn constant(truth: Truth) -> Self {
        Self { column: None, starts: vec![(i64::MIN, truth)], unknown: truth }
    }

    fn at(&self, value: i64) -> Truth {
        let after = self.starts.partition_point(|(start, _)| *start <= value);
        after.checked_sub(1).and_then(|index| self.starts.get(index)).map_or(self.unknown, |(_, truth)| *truth)
    }

    fn not(&self) -> Self {
        let starts = self.starts.iter().map(|(start, truth)| (*start, truth.not())).collect();
        Self { column: self.column, starts, unknown: self.unknown.not() }
    }

    /// Both asked of each value; nothing where they rest on different columns.
    fn join(&self, other: &Self, combine: impl Fn(Truth, Truth) -> Truth) -> Option<Self> {
        let column = match (self.column, other.column) {
            (Some(a), Some(b)) if a != b => return None,
            (a, b) => a.or(b),
        };
        let values: BTreeSet<i64> = self.starts.iter().chain(&other.starts).map(|(start, _)| *start).collect();
        let mut starts: Vec<(i64, Truth)> = values.into_iter().map(|value| (value, combine(self.at(value), other.at(value)))).collect();
        starts.dedup_by_key(|(_, truth)| *truth);
        Some(Self { column, starts, unknown: combine(self.unknown, other.unknown) })
    }

    /// The spans of values with this truth, within the values that can be.
    pub(super) fn spans(&self, truth: Truth, domain: (i64, i64)) -> Vec<(i64, i64)> {
        let ends = self.starts.iter().skip(1).map(|(start, _)| start.saturating_sub(1)).chain(std::iter::once(i64::MAX));
        let spans = self.starts.iter().zip(ends).filter(|((_, of), _)| *of == truth);
        spans.map(|((start, _), end)| ((*start).max(domain.0), end.min(domain.1))).filter(|(first, last)| first <= last).collect()
    }
}

/// What happens to a term as the value of a column grows, from each break to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    Constant,
    Rising,
    Falling,
}

impl Direction {
    fn turned(self) -> Self {
        match self {
            Self::Constant => Self::Constant,
            Self::Rising => Self::Falling,
            Self::Falling => Self::Rising,
        }
    }

    /// The direction of something that grows with both.
    fn with(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Constant, one) | (one, Self::Constant) => Some(one),
            (a, b) if a == b => Some(a),
            _ => None,
        }
    }
}

#[derive(Debug, Clone)]
struct Trace {
    breaks: BTreeSet<i64>,
    direction: Direction,
}

impl Trace {
    fn new(direction: Direction) -> Self {
        Self { breaks: BTreeSet::new(), direction }
    }
}

/// The parts of a condition that are asked of several jobs.
pub(super) type Asked = (NodeId, Option<usize>);

/// A program over the form of a population.
pub(super) struct Source<'p> {
    pub program: &'p Program,
    pub forms: Vec<Form>,
    pub jobs: JobCount,
    /// The number of jobs for which columns are bound, or which are counted.
    pub job_columns: usize,
    pub main: Option<FactId>,
    pub main_is_bound: bool,
    columns_of: HashMap<(FactId, usize), Vec<usize>>,
    /// What holds for every row.
    pub template: Subject,
    probe: Subject,
    today: Date,
    day_column: usize,
    supports: HashMap<Asked, Support>,
    steps: HashMap<(NodeId, Option<usize>, Reading), Option<Steps>>,
    asks_jobs: HashMap<NodeId, bool>,
    has_readings: HashMap<NodeId, bool>,
    longest_run: Option<i64>,
}

/// The value of a fact of that type; counts of months join those that are known already.
pub(super) fn fact_value(kind: FactKind, part: Part, value: i64, before: &Value) -> Value {
    match (kind, part) {
        (FactKind::YesNo, _) => Value::Flag(value != 0),
        (FactKind::Code | FactKind::Province | FactKind::District, _) => u16::try_from(value).map_or(Value::Unknown, Value::Code),
        (FactKind::PaidMonths, part) => {
            let (mut within, mut total) = match before {
                Value::Months(months) => match months.as_ref() {
                    PaidMonths::Counts { within, total } => (within.clone(), *total),
                    PaidMonths::Months(_) => (BTreeMap::new(), None),
                },
                _ => (BTreeMap::new(), None),
            };
            let count = u32::try_from(value).unwrap_or(u32::MAX);
            match part {
                Part::PaidWithin(window) => drop(within.insert(window, count)),
                _ => total = Some(count),
            }
            Value::Months(Box::new(PaidMonths::Counts { within, total }))
        }
        _ => Value::Span(value, value),
    }
}

/// Puts a value into a subject.
pub(super) fn put(program: &Program, subject: &mut Subject, what: What, value: i64) {
    if let What::Fact(fact, job, part, kind) = what {
        let value = fact_value(kind, part, value, subject.value(&program.layout, fact, Some(job)));
        subject.set(&program.layout, fact, Some(job), value);
    }
}

impl<'p> Source<'p> {
    pub(super) fn new(program: &'p Program, population: &Population<'_>) -> Result<Self, PopulationError> {
        let forms = population.forms(&program.layout)?;
        let layout = &program.layout;
        let mut columns_of: HashMap<_, Vec<usize>> = HashMap::new();
        let mut bound_jobs = 0;
        let main = layout.fact_number("job.main");
        let mut main_is_bound = false;
        for (place, form) in forms.iter().enumerate() {
            if let What::Fact(fact, job, ..) = form.what {
                let scope = layout.fact(fact).map_or(Scope::Person, |info| info.scope);
                columns_of.entry((fact, if scope == Scope::Person { 0 } else { job })).or_default().push(place);
                if scope == Scope::Job {
                    bound_jobs = bound_jobs.max(job.saturating_add(1));
                    main_is_bound |= main == Some(fact);
                }
            }
        }
        let (jobs, job_columns) = match population.jobs {
            Jobs::Unknown => (JobCount::Unknown, bound_jobs),
            Jobs::Exactly(count) => (JobCount::Exactly(count), count),
            Jobs::Second { .. } => (JobCount::OneOrTwo, 2),
        };
        let mut template = Subject::unknown(layout);
        if jobs != JobCount::Unknown || job_columns > 0 {
            template.set_jobs(layout, job_columns);
        }
        if let Some(main) = main.filter(|_| !main_is_bound) {
            for job in 0..job_columns {
                template.set(layout, main, Some(job), Value::Flag(job == 0));
            }
        }
        for form in &forms {
            if let Some(value) = form.constant {
                put(program, &mut template, form.what, value);
            }
        }
        let today = if let Days::One(day) = population.days { Some(day) } else { Date::from_days(0) };
        let today = today.ok_or(PopulationError::Form)?;
        Ok(Self {
            program,
            day_column: population.columns.len(),
            forms,
            jobs,
            job_columns,
            main,
            main_is_bound,
            columns_of,
            probe: template.clone(),
            template,
            today,
            supports: HashMap::new(),
            steps: HashMap::new(),
            asks_jobs: HashMap::new(),
            has_readings: HashMap::new(),
            longest_run: None,
        })
    }

    pub(super) fn day_column(&self) -> usize {
        self.day_column
    }

    pub(super) fn second_job_column(&self) -> usize {
        self.day_column.saturating_add(1)
    }

    /// The columns that tell of a fact of a job.
    pub(super) fn columns_of(&self, fact: FactId, job: Option<usize>) -> &[usize] {
        let scope = self.program.layout.fact(fact).map_or(Scope::Person, |info| info.scope);
        let job = if scope == Scope::Person { Some(0) } else { job };
        job.and_then(|job| self.columns_of.get(&(fact, job))).map_or(&[], Vec::as_slice)
    }

    fn column_support(&self, column: usize) -> Support {
        match self.forms.get(column) {
            Some(form) if form.constant.is_none() => Support::One(column),
            _ => Support::None,
        }
    }

    fn fact_support(&self, fact: FactId, job: Option<usize>) -> Support {
        self.columns_of(fact, job).iter().fold(Support::None, |support, column| support.with(self.column_support(*column)))
    }

    /// On which columns a node rests.
    pub(super) fn support(&mut self, id: NodeId, job: Option<usize>) -> Support {
        if let Some(support) = self.supports.get(&(id, job)) {
            return *support;
        }
        let program = self.program;
        let node = program.node(id);
        let support = match node {
            Node::Is(fact) | Node::Among(fact, _) => self.fact_support(*fact, job),
            Node::Compare(left, _, right) => self.term_support(*left, job).with(self.term_support(*right, job)),
            Node::Within(period) => self.period_support(*period, job).with(self.column_support(self.day_column)),
            Node::AnyJob(node) | Node::MainJob(node) => {
                let mut support = if self.jobs == JobCount::OneOrTwo { Support::One(self.second_job_column()) } else { Support::None };
                for job in 0..self.job_columns {
                    support = support.with(self.support(*node, Some(job)));
                    if let Some(main) = self.main {
                        support = support.with(self.fact_support(main, Some(job)));
                    }
                }
                if self.jobs == JobCount::Unknown {
                    support = support.with(self.support(*node, Some(SOME_JOB)));
                }
                if self.counts_jobs_once() { support } else { Support::Many }
            }
            _ => {
                let mut support = Support::None;
                if let Node::Versions(clock, _) = node {
                    support = self.term_support(*clock, job);
                }
                for child in program.children(node) {
                    support = support.with(self.support(child, job));
                }
                support
            }
        };
        self.supports.insert((id, job), support);
        support
    }

    pub(super) fn term_support(&mut self, id: TermId, job: Option<usize>) -> Support {
        let program = self.program;
        match program.term(id) {
            Term::Constant(_) | Term::TopMean { .. } => Support::None,
            Term::Today => self.column_support(self.day_column),
            Term::Month(fact) => {
                let fact = self.fact_support(*fact, job);
                fact.with(self.column_support(self.day_column))
            }
            Term::Fact(fact) => self.fact_support(*fact, job),
            Term::Age { of: a, on: b } | Term::Elapsed { from: a, to: b, .. } => self.term_support(*a, job).with(self.term_support(*b, job)),
            Term::Shift { from, .. } => self.term_support(*from, job),
            // Counts are told before the day itself.
            Term::MonthsPaid { schemes, .. } | Term::MonthsSteps { schemes, .. } => {
                schemes.iter().fold(Support::None, |support, scheme| support.with(self.fact_support(*scheme, job)))
            }
            Term::Cell(column) => {
                let Some(column) = program.columns.get(usize::from(*column)) else { return Support::None };
                let clock = self.term_support(column.clock, job);
                column.entries.iter().filter_map(|entry| entry.guard).fold(clock, |support, guard| support.with(self.support(guard, job)))
            }
            Term::PeriodFirst(period) | Term::PeriodLast(period) => self.period_support(*period, job),
            Term::Nearest { periods, .. } => {
                let day = self.column_support(self.day_column);
                periods.iter().fold(day, |support, period| support.with(self.period_support(*period, job)))
            }
        }
    }

    fn period_support(&mut self, id: PeriodId, job: Option<usize>) -> Support {
        let Some(period) = self.program.periods.get(usize::from(id)) else { return Support::None };
        let start = match period.start {
            Start::After(term) => self.term_support(term, job),
            Start::AfterPeriod(earlier) if earlier < id => self.period_support(earlier, job),
            _ => Support::None,
        };
        let condition = period.condition.map_or(Support::None, |condition| self.support(condition, job));
        start.with(self.term_support(period.clock, job)).with(condition)
    }

    /// Whether the number of jobs is the same for every row, so that a subject can tell it.
    fn counts_jobs_once(&self) -> bool {
        matches!(self.jobs, JobCount::Exactly(_)) || (self.jobs == JobCount::Unknown && self.job_columns == 0)
    }

    pub(super) fn asks_jobs(&mut self, id: NodeId) -> bool {
        if let Some(asks) = self.asks_jobs.get(&id) {
            return *asks;
        }
        let mut asks = matches!(self.program.node(id), Node::AnyJob(_) | Node::MainJob(_));
        for node in self.inner_nodes(id) {
            asks |= self.asks_jobs(node);
        }
        self.asks_jobs.insert(id, asks);
        asks
    }

    pub(super) fn term_asks_jobs(&mut self, id: TermId) -> bool {
        let (terms, periods) = self.terms_under(vec![id], Vec::new());
        self.nodes_in(&terms, &periods).into_iter().any(|node| self.asks_jobs(node))
    }

    /// Whether a node can differ between the readings.
    pub(super) fn has_readings(&mut self, id: NodeId) -> bool {
        if let Some(has) = self.has_readings.get(&id) {
            return *has;
        }
        let mut has = matches!(self.program.node(id), Node::Readings(..));
        for column in self.cells_of(id) {
            let entries = self.program.columns.get(usize::from(column)).map_or(&[][..], |column| &column.entries);
            has |= entries.iter().any(|entry| entry.other.is_some() || entry.from_other.is_some());
        }
        for node in self.inner_nodes(id) {
            has |= self.has_readings(node);
        }
        self.has_readings.insert(id, has);
        has
    }

    fn terms_of(&self, id: NodeId) -> (Vec<TermId>, Vec<PeriodId>) {
        match self.program.node(id) {
            Node::Compare(left, _, right) => (vec![*left, *right], Vec::new()),
            Node::Versions(clock, _) => (vec![*clock], Vec::new()),
            Node::Within(period) => (Vec::new(), vec![*period]),
            _ => (Vec::new(), Vec::new()),
        }
    }

    /// Every term on which a node rests by its own terms, without the nodes within them.
    fn all_terms(&self, id: NodeId) -> (BTreeSet<TermId>, BTreeSet<PeriodId>) {
        let (terms, periods) = self.terms_of(id);
        self.terms_under(terms, periods)
    }

    fn terms_under(&self, mut terms: Vec<TermId>, mut periods: Vec<PeriodId>) -> (BTreeSet<TermId>, BTreeSet<PeriodId>) {
        let (mut seen, mut seen_periods) = (BTreeSet::new(), BTreeSet::new());
        while !terms.is_empty() || !periods.is_empty() {
            while let Some(id) = periods.pop() {
                let Some(period) = self.program.periods.get(usize::from(id)) else { continue };
                if seen_periods.insert(id) {
                    terms.push(period.clock);
                    match period.start {
                        Start::After(term) => terms.push(term),
                        Start::AfterPeriod(earlier) => periods.push(earlier),
                        Start::On(_) => {}
                    }
                }
            }
            let Some(id) = terms.pop() else { continue };
            if !seen.insert(id) {
                continue;
            }
            match self.program.term(id) {
                Term::Age { of: a, on: b } | Term::Elapsed { from: a, to: b, .. } => terms.extend([*a, *b]),
                Term::Shift { from, .. } => terms.push(*from),
                Term::MonthsPaid { before, .. } | Term::MonthsSteps { before, .. } => terms.push(*before),
                Term::Cell(column) => terms.extend(self.program.columns.get(usize::from(*column)).map(|column| column.clock)),
                Term::PeriodFirst(period) | Term::PeriodLast(period) => periods.push(*period),
                Term::Nearest { periods: more, .. } => periods.extend(more),
                _ => {}
            }
        }
        (seen, seen_periods)
    }

    fn cells_of(&self, id: NodeId) -> Vec<u16> {
        let terms = self.all_terms(id).0;
        terms.into_iter().filter_map(|term| if let Term::Cell(column) = self.program.term(term) { Some(*column) } else { None }).collect()
    }

    /// The nodes on which a node rests: its children, and the guards and conditions of its terms.
    fn inner_nodes(&self, id: NodeId) -> Vec<NodeId> {
        let mut nodes = self.program.children(self.program.node(id));
        let (terms, periods) = self.all_terms(id);
        nodes.extend(self.nodes_in(&terms, &periods));
        nodes
    }

    fn nodes_in(&self, terms: &BTreeSet<TermId>, periods: &BTreeSet<PeriodId>) -> Vec<NodeId> {
        let cells = terms.iter().filter_map(|term| if let Term::Cell(column) = self.program.term(*term) { Some(*column) } else { None });
        let entries = cells.flat_map(|column| self.program.columns.get(usize::from(column)).map_or(&[][..], |column| &column.entries));
        let guards = entries.filter_map(|entry| entry.guard);
        guards.chain(periods.iter().filter_map(|period| self.program.periods.get(usize::from(*period))?.condition)).collect()
    }

    /// Every column on which a node rests, asked of that job.
    pub(super) fn columns_under(&self, id: NodeId, job: Option<usize>, seen: &mut BTreeSet<Asked>, columns: &mut BTreeSet<usize>) {
        if !seen.insert((id, job)) {
            return;
        }
        let program = self.program;
        match program.node(id) {
            Node::Is(fact) | Node::Among(fact, _) => columns.extend(self.columns_of(*fact, job)),
            Node::AnyJob(node) | Node::MainJob(node) => {
                self.columns_under(*node, Some(SOME_JOB), seen, columns);
                for job in 0..self.job_columns {
                    self.columns_under(*node, Some(job), seen, columns);
                    columns.extend(self.main.iter().flat_map(|main| self.columns_of(*main, Some(job))));
                }
                return;
            }
            _ => {}
        }
        let (terms, periods) = self.all_terms(id);
        self.columns_of_terms(&terms, &periods, job, seen, columns);
        for node in program.children(program.node(id)) {
            self.columns_under(node, job, seen, columns);
        }
    }

    /// Asks the evaluator with one value of one column known, or none.
    fn ask<R>(&mut self, column: Option<usize>, value: Option<i64>, reading: Reading, question: impl FnOnce(&mut Evaluator<'_>) -> R) -> R {
        let mut today = self.today;
        let what = column.and_then(|column| self.forms.get(column)).map(|form| form.what);
        if let (Some(what), Some(value)) = (what, value) {
            if what == What::Day {
                today = i32::try_from(value).ok().and_then(Date::from_days).unwrap_or(today);
            }
            put(self.program, &mut self.probe, what, value);
        }
        let answer = question(&mut Evaluator::new(self.program, &self.probe, today, reading));
        if let Some(What::Fact(fact, job, ..)) = what {
            let value = self.template.value(&self.program.layout, fact, Some(job)).clone();
            self.probe.set(&self.program.layout, fact, Some(job), value);
        }
        answer
    }

    fn domain(&self, column: usize) -> (i64, i64) {
        self.forms.get(column).map_or((0, 0), |form| form.domain)
    }

    /// The first values of the pieces between breaks, each with its last value.
    fn pieces(&self, column: usize, breaks: &BTreeSet<i64>) -> Vec<(i64, i64)> {
        let (first, last) = self.domain(column);
        let inner = || breaks.iter().copied().filter(|value| *value > first && *value <= last);
        std::iter::once(first).chain(inner()).zip(inner().map(|value| value.saturating_sub(1)).chain(std::iter::once(last))).collect()
    }

    /// Adds a break wherever an answer changes, which only grows or only falls within each piece.
    fn split<T: PartialEq>(&mut self, column: usize, reading: Reading, breaks: &mut BTreeSet<i64>, question: impl Fn(&mut Evaluator<'_>) -> T) {
        for (first, last) in self.pieces(column, breaks) {
            let mut stack = vec![(first, last)];
            while let Some((mut low, mut high)) = stack.pop() {
                let (at_low, at_high) = (self.ask(Some(column), Some(low), reading, &question), self.ask(Some(column), Some(high), reading, &question));
                if at_low == at_high {
                    continue;
                }
                // The first value that answers otherwise than the lowest.
                let end = high;
                while high.saturating_sub(low) > 1 {
                    let middle = low.saturating_add(high.saturating_sub(low) >> 1);
                    if self.ask(Some(column), Some(middle), reading, &question) == at_low { low = middle } else { high = middle }
                }
                breaks.insert(high);
                stack.push((high, end));
            }
        }
    }

    /// How a term moves with a column; nothing where that is not plain.
    fn trace(&mut self, id: TermId, job: Option<usize>, reading: Reading, column: usize) -> Option<Trace> {
        let program = self.program;
        if self.term_support(id, job) == Support::None {
            return Some(Trace::new(Direction::Constant));
        }
        match program.term(id) {
            Term::Today | Term::Month(_) | Term::Fact(_) | Term::MonthsPaid { .. } | Term::MonthsSteps { .. } => Some(Trace::new(Direction::Rising)),
            Term::Age { of, on } | Term::Elapsed { from: of, to: on, .. } => {
                let (of, mut on) = (self.trace(*of, job, reading, column)?, self.trace(*on, job, reading, column)?);
                on.direction = on.direction.with(of.direction.turned())?;
                on.breaks.extend(of.breaks);
                Some(on)
            }
            Term::Shift { from, length, .. } => {
                if !is_plain(length.unit, length.number) {
                    return None;
                }
                self.trace(*from, job, reading, column)
            }
            Term::Cell(number) => {
                let table = program.columns.get(usize::from(*number))?;
                let mut breaks = self.trace(table.clock, job, reading, column)?.breaks;
                let days: BTreeSet<i64> = table.entries.iter().flat_map(|entry| {
                    let firsts = [entry.from, entry.from_other].into_iter().flatten().map(i64::from);
                    firsts.chain(entry.until.map(|until| i64::from(until).saturating_add(1)))
                }).collect();
                let days: Vec<i64> = days.into_iter().collect();
                self.split(column, reading, &mut breaks, |evaluator| rank(evaluator.reach(table.clock, job), &days));
                for guard in table.entries.iter().filter_map(|entry| entry.guard) {
                    breaks.extend(self.inner_steps(guard, job, reading)?);
                }
                Some(Trace { breaks, direction: Direction::Constant })
            }
            Term::PeriodFirst(period) => self.trace_period(*period, job, reading, column, true),
            Term::PeriodLast(period) => self.trace_period(*period, job, reading, column, false),
            Term::Constant(_) | Term::TopMean { .. } => Some(Trace::new(Direction::Constant)),
            Term::Nearest { .. } => None,
        }
    }

    /// The starts of a guard or a condition within a term, which a subject must be able to answer.
    fn inner_steps(&mut self, id: NodeId, job: Option<usize>, reading: Reading) -> Option<Vec<i64>> {
        if self.asks_jobs(id) && !self.counts_jobs_once() {
            return None;
        }
        Some(self.steps(id, job, reading)?.starts.iter().map(|(start, _)| *start).collect())
    }

    fn trace_period(&mut self, id: PeriodId, job: Option<usize>, reading: Reading, column: usize, first: bool) -> Option<Trace> {
        let period = self.program.periods.get(usize::from(id))?;
        let mut trace = match period.start {
            Start::After(term) => self.trace(term, job, reading, column)?,
            Start::AfterPeriod(earlier) if earlier < id => self.trace_period(earlier, job, reading, column, false)?,
            _ => Trace::new(Direction::Constant),
        };
        if first {
            return Some(trace);
        }
        if !period.lengths.iter().all(|(_, length)| is_plain(length.unit, length.number)) {
            return None;
        }
        trace.breaks.extend(self.trace(period.clock, job, reading, column)?.breaks);
        let days: Vec<i64> = period.lengths.iter().map(|(from, _)| i64::from(*from)).collect();
        self.split(column, reading, &mut trace.breaks, |evaluator| rank(evaluator.reach(period.clock, job), &days));
        // Of two possible last days one may be rolled and the other not.
        for (value, _) in self.pieces(column, &trace.breaks) {
            let lengths = self.ask(Some(column), Some(value), reading, |evaluator| possible_versions(evaluator.reach(period.clock, job), &period.lengths));
            if lengths.len() > 1 {
                return None;
            }
        }
        Some(trace)
    }

    /// The truth of a node for each value of the one column on which it rests; nothing where it rests on several, or not plainly.
    pub(super) fn steps(&mut self, id: NodeId, job: Option<usize>, reading: Reading) -> Option<Steps> {
        let reading = if self.has_readings(id) { reading } else { Reading::Lead };
        if let Some(steps) = self.steps.get(&(id, job, reading)) {
            return steps.clone();
        }
        let steps = if self.support(id, job) == Support::Many { None } else { self.find_steps(id, job, reading) };
        self.steps.insert((id, job, reading), steps.clone());
        steps
    }

    fn fold(&mut self, nodes: &[Asked], reading: Reading, from: Truth, combine: impl Fn(Truth, Truth) -> Truth) -> Option<Steps> {
        let mut steps = Steps::constant(from);
        for (node, job) in nodes {
            steps = steps.join(&self.steps(*node, *job, reading)?, &combine)?;
        }
        Some(steps)
    }

    fn find_steps(&mut self, id: NodeId, job: Option<usize>, reading: Reading) -> Option<Steps> {
        let program = self.program;
        let here = |nodes: &[NodeId]| nodes.iter().map(|node| (*node, job)).collect::<Vec<_>>();
        match program.node(id) {
            Node::Always => Some(Steps::constant(Truth::Met)),
            Node::Never => Some(Steps::constant(Truth::Unmet)),
            Node::Open(_) => Some(Steps::constant(Truth::Unknown)),
            Node::All(nodes) => self.fold(&here(nodes), reading, Truth::Met, Truth::and),
            Node::Any(nodes) => self.fold(&here(nodes), reading, Truth::Unmet, Truth::or),
            Node::Not(node) => Some(self.steps(*node, job, reading)?.not()),
            Node::Named(_, node) => self.steps(*node, job, reading),
            Node::Readings(lead, other) => self.steps(if reading == Reading::Lead { *lead } else { *other }, job, reading),
            Node::AnyJob(node) => match self.jobs {
                JobCount::Exactly(count) => {
                    let nodes: Vec<_> = (0..count).map(|job| (*node, Some(job))).collect();
                    self.fold(&nodes, reading, Truth::Unmet, Truth::or)
                }
                _ => None,
            },
            Node::MainJob(node) => match self.jobs {
                JobCount::Exactly(0) => Some(Steps::constant(Truth::Unmet)),
                JobCount::Exactly(count) if count == 1 || !self.main_is_bound => self.steps(*node, Some(0), reading),
                _ => None,
            },
            Node::Versions(clock, versions) => {
                if self.term_support(*clock, job) != Support::None {
                    return None;
                }
                let possible = self.ask(None, None, reading, |evaluator| possible_versions(evaluator.reach(*clock, job), versions));
                let mut agreed: Option<Steps> = None;
                for node in possible {
                    let one = self.steps(node, job, reading)?;
                    agreed = Some(match agreed {
                        None => one,
                        Some(before) => before.join(&one, |a, b| if a == b { a } else { Truth::Unknown })?,
                    });
                }
                Some(agreed.unwrap_or(Steps::constant(Truth::Unknown)))
            }
            Node::Is(_) | Node::Among(..) | Node::Compare(..) | Node::Within(_) => self.leaf_steps(id, job, reading),
        }
    }

    fn leaf_steps(&mut self, id: NodeId, job: Option<usize>, reading: Reading) -> Option<Steps> {
        let unusual = |source: &mut Self| source.asks_jobs(id) && !source.counts_jobs_once();
        let Support::One(column) = self.support(id, job) else {
            return if unusual(self) { None } else { Some(Steps::constant(self.ask(None, None, reading, |evaluator| evaluator.truth(id, job)))) };
        };
        let mut breaks = BTreeSet::new();
        match self.program.node(id) {
            Node::Is(_) => breaks.extend([0, 1]),
            Node::Among(_, codes) => breaks.extend(codes.iter().flat_map(|code| [i64::from(*code), i64::from(*code).saturating_add(1)])),
            Node::Compare(left, _, right) => {
                let (a, b) = (self.trace(*left, job, reading, column)?, self.trace(*right, job, reading, column)?);
                a.direction.with(b.direction.turned())?;
                breaks.extend(a.breaks.into_iter().chain(b.breaks));
                self.split(column, reading, &mut breaks, |evaluator| orders(evaluator.reach(*left, job), evaluator.reach(*right, job)));
            }
            Node::Within(number) => {
                let (first, last) = (self.trace_period(*number, job, reading, column, true)?, self.trace_period(*number, job, reading, column, false)?);
                let today = if column == self.day_column { Direction::Rising } else { Direction::Constant };
                first.direction.with(today.turned())?;
                last.direction.with(today.turned())?;
                if let Some(condition) = self.program.periods.get(usize::from(*number)).and_then(|period| period.condition) {
                    breaks.extend(self.inner_steps(condition, job, reading)?);
                }
                breaks.extend(first.breaks.into_iter().chain(last.breaks));
                let run = match self.longest_run {
                    Some(run) => run,
                    None => *self.longest_run.insert(self.program.calendar.longest_run()),
                };
                self.split(column, reading, &mut breaks, |evaluator| {
                    let today = i64::from(evaluator.today.days());
                    let reach = evaluator.period(*number, job);
                    let exact = Reach::exact;
                    let begun = orders(reach.first, exact(today.saturating_add(1)));
                    let later = reach.nominal.map(|day| day.saturating_add(run));
                    (begun, orders(reach.nominal, exact(today)), orders(later, exact(today)), orders(reach.rolled, exact(today)))
                });
            }
            _ => return None,
        }
        if unusual(self) {
            return None;
        }
        let mut starts = Vec::with_capacity(breaks.len());
        for (value, _) in self.pieces(column, &breaks) {
            starts.push((value, self.ask(Some(column), Some(value), reading, |evaluator| evaluator.truth(id, job))));
        }
        starts.dedup_by_key(|(_, truth)| *truth);
        let unknown = self.ask(Some(column), None, reading, |evaluator| evaluator.truth(id, job));
        Some(Steps { column: Some(column), starts, unknown })
    }

    /// For each of several things in force from a day on, whether it may be in force, for each value of the column on which the clock rests.
    pub(super) fn possible_steps(&mut self, clock: TermId, firsts: &[i64], job: Option<usize>, reading: Reading) -> Option<Vec<Steps>> {
        let column = match self.term_support(clock, job) {
            Support::One(column) => Some(column),
            Support::None => None,
            Support::Many => return None,
        };
        let versions: Vec<(i32, usize)> = firsts.iter().map(|first| i32::try_from(*first).unwrap_or(i32::MIN)).zip(0..).collect();
        let mut values = vec![None];
        if let Some(column) = column {
            let mut breaks = self.trace(clock, job, reading, column)?.breaks;
            self.split(column, reading, &mut breaks, |evaluator| rank(evaluator.reach(clock, job), firsts));
            values.extend(self.pieces(column, &breaks).into_iter().map(|(value, _)| Some(value)));
        }
        let possible: Vec<(Option<i64>, Vec<usize>)> = values
            .into_iter()
            .map(|value| (value, self.ask(column, value, reading, |evaluator| possible_versions(evaluator.reach(clock, job), &versions))))
            .collect();
        let steps = versions.iter().map(|(_, version)| {
            let truths = possible.iter().map(|(value, possible)| (*value, Truth::from(possible.contains(version))));
            let unknown = truths.clone().find(|(value, _)| value.is_none()).map_or(Truth::Met, |(_, truth)| truth);
            let mut starts: Vec<(i64, Truth)> = truths.filter_map(|(value, truth)| value.map(|value| (value, truth))).collect();
            if starts.is_empty() {
                starts.push((i64::MIN, unknown));
            }
            starts.dedup_by_key(|(_, truth)| *truth);
            Steps { column, starts, unknown }
        });
        Some(steps.collect())
    }

    /// Whether a fact is asked of each job.
    pub(super) fn is_of_job(&self, fact: FactId) -> bool {
        self.program.layout.fact(fact).is_some_and(|info| info.scope == Scope::Job)
    }

    /// A truth that follows from how many of some days a term has reached.
    pub(super) fn by_rank(&mut self, term: TermId, days: &[i64], job: Option<usize>, reading: Reading, truth: impl Fn(Reach) -> Truth) -> Option<Steps> {
        let Support::One(column) = self.term_support(term, job) else {
            return self.constant_reach(term, job, reading).map(|reach| Steps::constant(truth(reach)));
        };
        let mut breaks = self.trace(term, job, reading, column)?.breaks;
        self.split(column, reading, &mut breaks, |evaluator| rank(evaluator.reach(term, job), days));
        Some(self.truths(term, job, reading, column, &breaks, truth))
    }

    fn truths(
        &mut self,
        term: TermId,
        job: Option<usize>,
        reading: Reading,
        column: usize,
        breaks: &BTreeSet<i64>,
        truth: impl Fn(Reach) -> Truth,
    ) -> Steps {
        let mut starts = Vec::new();
        for (value, _) in self.pieces(column, breaks) {
            starts.push((value, truth(self.ask(Some(column), Some(value), reading, |evaluator| evaluator.reach(term, job)))));
        }
        starts.dedup_by_key(|(_, truth)| *truth);
        let unknown = truth(self.ask(Some(column), None, reading, |evaluator| evaluator.reach(term, job)));
        Steps { column: Some(column), starts, unknown }
    }

    /// Every column on which a term rests, asked of that job.
    pub(super) fn columns_under_term(&self, term: TermId, job: Option<usize>, seen: &mut BTreeSet<Asked>, columns: &mut BTreeSet<usize>) {
        let (terms, periods) = self.terms_under(vec![term], Vec::new());
        self.columns_of_terms(&terms, &periods, job, seen, columns);
    }

    fn columns_of_terms(
        &self,
        terms: &BTreeSet<TermId>,
        periods: &BTreeSet<PeriodId>,
        job: Option<usize>,
        seen: &mut BTreeSet<Asked>,
        columns: &mut BTreeSet<usize>,
    ) {
        for term in terms {
            match self.program.term(*term) {
                Term::Fact(fact) | Term::Month(fact) => columns.extend(self.columns_of(*fact, job)),
                Term::MonthsPaid { schemes, .. } | Term::MonthsSteps { schemes, .. } => {
                    columns.extend(schemes.iter().flat_map(|scheme| self.columns_of(*scheme, job)));
                }
                _ => {}
            }
        }
        for node in self.nodes_in(terms, periods) {
            self.columns_under(node, job, seen, columns);
        }
    }

    /// What a term is where it rests on no column.
    pub(super) fn constant_reach(&mut self, term: TermId, job: Option<usize>, reading: Reading) -> Option<Reach> {
        (self.term_support(term, job) == Support::None).then(|| self.ask(None, None, reading, |evaluator| evaluator.reach(term, job)))
    }

    /// The truth of a comparison of a term with a number, for each value of the column on which the term rests.
    pub(super) fn against_number(&mut self, term: TermId, job: Option<usize>, reading: Reading, truth: impl Fn(Reach) -> Truth, number: i64) -> Option<Steps> {
        let Support::One(column) = self.term_support(term, job) else {
            return self.constant_reach(term, job, reading).map(|reach| Steps::constant(truth(reach)));
        };
        let mut breaks = self.trace(term, job, reading, column)?.breaks;
        self.split(column, reading, &mut breaks, |evaluator| orders(evaluator.reach(term, job), Reach::exact(number)));
        Some(self.truths(term, job, reading, column, &breaks, truth))
    }
}

/// Lengths whose last day only grows with their first.
fn is_plain(unit: LengthUnit, number: u16) -> bool {
    match unit {
        LengthUnit::Days | LengthUnit::Hours => true,
        LengthUnit::Months => number <= 2400,
        LengthUnit::Years => number <= 200,
        LengthUnit::WorkingDays => false,
    }
}

/// How many of some days a term has reached, at its lowest and its highest.
fn rank(reach: Reach, days: &[i64]) -> (Option<(usize, usize)>, bool, bool) {
    let reached = |value: i64| days.partition_point(|day| *day <= value);
    (reach.span.map(|(low, high)| (reached(low), reached(high))), reach.nothing, reach.not_read)
}

/// All that a comparison of two terms can ask.
fn orders(left: Reach, right: Reach) -> (Option<[Ordering; 4]>, [bool; 4], [bool; 4]) {
    let spans = left.span.zip(right.span);
    let open = |reach: Reach| reach.span.map_or([false, false], |(low, high)| [low == i64::MIN || low == i64::MAX, high == i64::MIN || high == i64::MAX]);
    let ([a, b], [c, d]) = (open(left), open(right));
    (
        spans.map(|((a, b), (c, d))| [a.cmp(&c), a.cmp(&d), b.cmp(&c), b.cmp(&d)]),
        [a, b, c, d],
        [left.nothing, left.not_read, right.nothing, right.not_read],
    )
}
