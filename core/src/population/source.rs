//! A program over the form of a population: on which columns its conditions rest, and what the evaluator says of one value of one column.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::columns::{Days, Form, Jobs, Part, Population, PopulationError, What};
use super::steps::Steps;
use crate::criterion::{ColumnId, Evaluator, Node, NodeId, PeriodId, Program, Reading, Start, Term, TermId};
use crate::facts::{FactId, FactKind, FactScope, PaidMonths, Scope, Subject, Value};
use crate::values::Date;

/// How many jobs there are, without the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum JobCount {
    Unknown,
    Exactly(usize),
    OneOrTwo,
}

impl JobCount {
    pub(super) fn of(jobs: &Jobs<'_>) -> Self {
        match jobs {
            Jobs::Unknown => Self::Unknown,
            Jobs::Exactly(count) => Self::Exactly(*count),
            Jobs::Second { .. } => Self::OneOrTwo,
        }
    }
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

/// The parts of a condition that are asked of several jobs.
pub(super) type Asked = (NodeId, Scope);

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
    pub(super) day_column: usize,
    supports: HashMap<Asked, Support>,
    pub(super) steps: HashMap<(NodeId, Scope, Reading), Option<Steps>>,
    asks_jobs: HashMap<NodeId, bool>,
    has_readings: HashMap<NodeId, bool>,
    pub(super) longest_run: Option<i64>,
}

/// The value of a fact of that type; counts of months join those that are known already.
pub(crate) fn fact_value(kind: FactKind, part: Part, value: i64, before: &Value) -> Value {
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
        let value = fact_value(kind, part, value, subject.value(&program.layout, fact, Scope::Job(job)));
        subject.set(&program.layout, fact, Scope::Job(job), value);
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
                let scope = layout.fact(fact).map_or(FactScope::Person, |info| info.scope);
                columns_of
                    .entry((fact, if scope == FactScope::Person { 0 } else { job }))
                    .or_default()
                    .push(place);
                if scope == FactScope::Job {
                    bound_jobs = bound_jobs.max(job.saturating_add(1));
                    main_is_bound |= main == Some(fact);
                }
            }
        }
        let jobs = JobCount::of(&population.jobs);
        let job_columns = match jobs {
            JobCount::Unknown => bound_jobs,
            JobCount::Exactly(count) => count,
            JobCount::OneOrTwo => 2,
        };
        let mut template = Subject::unknown(layout);
        if jobs != JobCount::Unknown || job_columns > 0 {
            template.set_jobs(layout, job_columns);
        }
        if let Some(main) = main.filter(|_| !main_is_bound) {
            for job in 0..job_columns {
                template.set(layout, main, Scope::Job(job), Value::Flag(job == 0));
            }
        }
        for form in &forms {
            if let Some(value) = form.constant {
                put(program, &mut template, form.what, value);
            }
        }
        let today = if let Days::One(day) = population.days {
            Some(day)
        } else {
            Date::from_days(0)
        };
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
    pub(super) fn columns_of(&self, fact: FactId, scope: Scope) -> &[usize] {
        let of = self.program.layout.fact(fact).map_or(FactScope::Person, |info| info.scope);
        let job = if of == FactScope::Person { Some(0) } else { scope.job() };
        job.and_then(|job| self.columns_of.get(&(fact, job))).map_or(&[], Vec::as_slice)
    }

    fn column_support(&self, column: usize) -> Support {
        match self.forms.get(column) {
            Some(form) if form.constant.is_none() => Support::One(column),
            _ => Support::None,
        }
    }

    fn fact_support(&self, fact: FactId, scope: Scope) -> Support {
        self.columns_of(fact, scope)
            .iter()
            .fold(Support::None, |support, column| support.with(self.column_support(*column)))
    }

    /// On which columns a node rests.
    pub(super) fn support(&mut self, id: NodeId, scope: Scope) -> Support {
        if let Some(support) = self.supports.get(&(id, scope)) {
            return *support;
        }
        let program = self.program;
        let node = program.node(id);
        let support = match node {
            Node::Is(fact) | Node::Among(fact, _) => self.fact_support(*fact, scope),
            Node::Compare(left, _, right) => self.term_support(*left, scope).with(self.term_support(*right, scope)),
            Node::Within(period) => self.period_support(*period, scope).with(self.column_support(self.day_column)),
            Node::AnyJob(node) | Node::MainJob(node) => {
                let mut support = if self.jobs == JobCount::OneOrTwo {
                    Support::One(self.second_job_column())
                } else {
                    Support::None
                };
                for job in 0..self.job_columns {
                    support = support.with(self.support(*node, Scope::Job(job)));
                    if let Some(main) = self.main {
                        support = support.with(self.fact_support(main, Scope::Job(job)));
                    }
                }
                if self.jobs == JobCount::Unknown {
                    support = support.with(self.support(*node, Scope::SomeJob));
                }
                if self.counts_jobs_once() { support } else { Support::Many }
            }
            _ => {
                let mut support = Support::None;
                if let Node::Versions(clock, _) = node {
                    support = self.term_support(*clock, scope);
                }
                for child in program.children(node) {
                    support = support.with(self.support(child, scope));
                }
                support
            }
        };
        self.supports.insert((id, scope), support);
        support
    }

    pub(super) fn term_support(&mut self, id: TermId, scope: Scope) -> Support {
        let program = self.program;
        match program.term(id) {
            Term::Constant(_) => Support::None,
            Term::TopMean { months, ceiling, .. } => self.term_support(*months, scope).with(self.term_support(*ceiling, scope)),
            Term::Bound { day, unless, .. } => {
                let unless = unless.as_ref().map_or(Support::None, |(fact, _)| self.fact_support(*fact, scope));
                self.fact_support(*day, scope).with(unless)
            }
            Term::LatestOfJobs { told, of, only } => {
                let jobs = (0..self.job_columns).map(Scope::Job);
                let support = self.fact_support(*told, Scope::Person);
                let support = jobs.fold(support, |support, scope| {
                    support.with(self.term_support(*of, scope)).with(self.fact_support(*only, scope))
                });
                let support = support.with(self.column_support(self.day_column));
                if self.jobs == JobCount::OneOrTwo {
                    support.with(Support::One(self.second_job_column()))
                } else {
                    support
                }
            }
            Term::Today => self.column_support(self.day_column),
            Term::Month(fact) => {
                let fact = self.fact_support(*fact, scope);
                fact.with(self.column_support(self.day_column))
            }
            Term::Fact(fact) => self.fact_support(*fact, scope),
            Term::Age { of: a, on: b } | Term::Elapsed { from: a, to: b, .. } => {
                self.term_support(*a, scope).with(self.term_support(*b, scope))
            }
            Term::Shift { from: of, .. } | Term::FullSteps { of, .. } => self.term_support(*of, scope),
            // Counts are told before the day itself.
            Term::MonthsPaid { schemes, .. } | Term::MonthsSteps { schemes, .. } => schemes
                .iter()
                .fold(Support::None, |support, scheme| support.with(self.fact_support(*scheme, scope))),
            Term::Cell(column) => {
                let Some(column) = program.columns.get(usize::from(*column)) else {
                    return Support::None;
                };
                let clock = self.term_support(column.clock, scope);
                column
                    .entries
                    .iter()
                    .filter_map(|entry| entry.guard)
                    .fold(clock, |support, guard| support.with(self.support(guard, scope)))
            }
            Term::PeriodFirst(period) | Term::PeriodLast(period) => self.period_support(*period, scope),
            Term::Nearest { periods, .. } => {
                let day = self.column_support(self.day_column);
                periods.iter().fold(day, |support, period| {
                    let warning = program.warning(*period).map_or(Support::None, |node| self.support(node, scope));
                    support.with(warning).with(self.period_support(*period, scope))
                })
            }
        }
    }

    fn period_support(&mut self, id: PeriodId, scope: Scope) -> Support {
        let Some(period) = self.program.periods.get(usize::from(id)) else {
            return Support::None;
        };
        let start = match period.start {
            Start::After(term) => self.term_support(term, scope),
            Start::AfterPeriod(earlier) if earlier < id => self.period_support(earlier, scope),
            _ => Support::None,
        };
        let condition = period.condition.map_or(Support::None, |condition| self.support(condition, scope));
        start.with(self.term_support(period.clock, scope)).with(condition)
    }

    /// Whether the number of jobs is the same for every row, so that a subject can tell it.
    pub(super) fn counts_jobs_once(&self) -> bool {
        matches!(self.jobs, JobCount::Exactly(_)) || (self.jobs == JobCount::Unknown && self.job_columns == 0)
    }

    pub(super) fn asks_jobs(&mut self, id: NodeId) -> bool {
        if let Some(asks) = self.asks_jobs.get(&id) {
            return *asks;
        }
        let program = self.program;
        let node = program.node(id);
        let (terms, periods) = self.all_terms(id);
        let mut asks = matches!(node, Node::AnyJob(_) | Node::MainJob(_)) || self.terms_ask_jobs(&terms);
        for inner in program.children(node).into_iter().chain(self.nodes_in(&terms, &periods)) {
            asks |= self.asks_jobs(inner);
        }
        self.asks_jobs.insert(id, asks);
        asks
    }

    pub(super) fn term_asks_jobs(&mut self, id: TermId) -> bool {
        let (terms, periods) = self.terms_under(vec![id], Vec::new());
        self.terms_ask_jobs(&terms) || self.nodes_in(&terms, &periods).into_iter().any(|node| self.asks_jobs(node))
    }

    fn terms_ask_jobs(&self, terms: &BTreeSet<TermId>) -> bool {
        terms
            .iter()
            .any(|term| matches!(self.program.term(*term), Term::LatestOfJobs { .. }))
    }

    /// Whether a node can differ between the readings.
    pub(super) fn has_readings(&mut self, id: NodeId) -> bool {
        if let Some(has) = self.has_readings.get(&id) {
            return *has;
        }
        let mut has = matches!(self.program.node(id), Node::Readings(..));
        for column in self.cells_of(id) {
            let entries = self
                .program
                .columns
                .get(usize::from(column))
                .map_or(&[][..], |column| &column.entries);
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
                let Some(period) = self.program.periods.get(usize::from(id)) else {
                    continue;
                };
                if seen_periods.insert(id) {
                    terms.extend(period.children());
                    if let Start::AfterPeriod(earlier) = period.start {
                        periods.push(earlier);
                    }
                }
            }
            let Some(id) = terms.pop() else { continue };
            if !seen.insert(id) {
                continue;
            }
            match self.program.term(id) {
                Term::Cell(column) => terms.extend(self.program.columns.get(usize::from(*column)).map(|column| column.clock)),
                Term::PeriodFirst(period) | Term::PeriodLast(period) => periods.push(*period),
                Term::Nearest { periods: more, .. } => periods.extend(more),
                term => terms.extend(term.children()),
            }
        }
        (seen, seen_periods)
    }

    fn cells_of(&self, id: NodeId) -> Vec<ColumnId> {
        let terms = self.all_terms(id).0;
        terms
            .into_iter()
            .filter_map(|term| {
                if let Term::Cell(column) = self.program.term(term) {
                    Some(*column)
                } else {
                    None
                }
            })
            .collect()
    }

    /// The nodes on which a node rests: its children, and the guards and conditions of its terms.
    fn inner_nodes(&self, id: NodeId) -> Vec<NodeId> {
        let mut nodes = self.program.children(self.program.node(id));
        let (terms, periods) = self.all_terms(id);
        nodes.extend(self.nodes_in(&terms, &periods));
        nodes
    }

    /// The guards and conditions within terms and periods.
    fn nodes_in(&self, terms: &BTreeSet<TermId>, periods: &BTreeSet<PeriodId>) -> Vec<NodeId> {
        let mut nodes = Vec::new();
        for term in terms {
            match self.program.term(*term) {
                Term::Cell(column) => {
                    let entries = self
                        .program
                        .columns
                        .get(usize::from(*column))
                        .map_or(&[][..], |column| &column.entries);
                    nodes.extend(entries.iter().filter_map(|entry| entry.guard));
                }
                Term::Nearest { periods, .. } => nodes.extend(periods.iter().filter_map(|period| self.program.warning(*period))),
                _ => {}
            }
        }
        nodes.extend(
            periods
                .iter()
                .filter_map(|period| self.program.periods.get(usize::from(*period))?.condition),
        );
        nodes
    }

    /// Every column on which a node rests, asked of that job.
    pub(super) fn columns_under(&self, id: NodeId, scope: Scope, seen: &mut BTreeSet<Asked>, columns: &mut BTreeSet<usize>) {
        if !seen.insert((id, scope)) {
            return;
        }
        let program = self.program;
        match program.node(id) {
            Node::Is(fact) | Node::Among(fact, _) => columns.extend(self.columns_of(*fact, scope)),
            Node::AnyJob(node) | Node::MainJob(node) => {
                self.columns_under(*node, Scope::SomeJob, seen, columns);
                for job in 0..self.job_columns {
                    self.columns_under(*node, Scope::Job(job), seen, columns);
                    columns.extend(self.main.iter().flat_map(|main| self.columns_of(*main, Scope::Job(job))));
                }
                return;
            }
            _ => {}
        }
        let (terms, periods) = self.all_terms(id);
        self.columns_of_terms(&terms, &periods, scope, seen, columns);
        for node in program.children(program.node(id)) {
            self.columns_under(node, scope, seen, columns);
        }
    }

    /// Asks the evaluator with one value of one column known, or none.
    pub(super) fn ask<R>(
        &mut self,
        column: Option<usize>,
        value: Option<i64>,
        reading: Reading,
        question: impl FnOnce(&mut Evaluator<'_>) -> R,
    ) -> R {
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
            let value = self.template.value(&self.program.layout, fact, Scope::Job(job)).clone();
            self.probe.set(&self.program.layout, fact, Scope::Job(job), value);
        }
        answer
    }

    /// Whether a fact is asked of each job.
    pub(super) fn is_of_job(&self, fact: FactId) -> bool {
        self.program.layout.fact(fact).is_some_and(|info| info.scope == FactScope::Job)
    }

    /// Every column on which a term rests, asked of that job.
    pub(super) fn columns_under_term(&self, term: TermId, scope: Scope, seen: &mut BTreeSet<Asked>, columns: &mut BTreeSet<usize>) {
        let (terms, periods) = self.terms_under(vec![term], Vec::new());
        self.columns_of_terms(&terms, &periods, scope, seen, columns);
    }

    fn columns_of_terms(
        &self,
        terms: &BTreeSet<TermId>,
        periods: &BTreeSet<PeriodId>,
        scope: Scope,
        seen: &mut BTreeSet<Asked>,
        columns: &mut BTreeSet<usize>,
    ) {
        for term in terms {
            match self.program.term(*term) {
                Term::Fact(fact) | Term::Month(fact) => columns.extend(self.columns_of(*fact, scope)),
                Term::Bound { day, unless, .. } => {
                    let facts = std::iter::once(day).chain(unless.iter().map(|(fact, _)| fact));
                    columns.extend(facts.flat_map(|fact| self.columns_of(*fact, scope)));
                }
                Term::LatestOfJobs { told, of, only } => {
                    columns.extend(self.columns_of(*told, Scope::Person));
                    let (terms, periods) = self.terms_under(vec![*of], Vec::new());
                    for scope in (0..self.job_columns).map(Scope::Job) {
                        columns.extend(self.columns_of(*only, scope));
                        self.columns_of_terms(&terms, &periods, scope, seen, columns);
                    }
                }
                Term::MonthsPaid { schemes, .. } | Term::MonthsSteps { schemes, .. } => {
                    columns.extend(schemes.iter().flat_map(|scheme| self.columns_of(*scheme, scope)));
                }
                _ => {}
            }
        }
        for node in self.nodes_in(terms, periods) {
            self.columns_under(node, scope, seen, columns);
        }
    }
}
