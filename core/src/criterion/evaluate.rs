//! The evaluator: it alone defines what a condition means.

use std::num::NonZeroU16;

use super::dates::{age, last_of_month, month_index};
use super::interval::Interval;
use super::program::{CellValue, Column, ColumnId, Comparison, Entry, Node, NodeId, PeriodId, Program, Start, Term, TermId};
use super::trace::Read;
use super::wages::top_mean;
use crate::facts::{FactId, PaidMonths, Scope, Subject, Value};
use crate::values::{Date, Length, LengthUnit, Rolled, Truth};

/// Which of two cited readings is followed where the law has two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reading {
    /// The leading readings.
    Lead,
    /// The other readings.
    Other,
}

/// Evaluates one subject on one day under one reading.
pub struct Evaluator<'a> {
    /// What is evaluated.
    pub program: &'a Program,
    /// Whose facts are asked.
    pub subject: &'a Subject,
    /// The day asked about.
    pub today: Date,
    reading: Reading,
    cautious: bool,
    memo: Vec<Option<Truth>>,
    #[cfg(feature = "source")]
    trace: Option<&'a super::Trace>,
}

/// Where a period lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeriodReach {
    /// Whether it applies at all.
    pub applies: Truth,
    /// The day from which it runs: that of the event, or the first day where that day counts.
    pub begins: Interval,
    /// Its first day.
    pub first: Interval,
    /// Its last day by the calendar.
    pub nominal: Interval,
    /// Its last day moved past closing days; nothing where the holidays are not known.
    pub rolled: Interval,
}

impl<'a> Evaluator<'a> {
    /// An evaluator with nothing evaluated yet.
    #[must_use]
    pub fn new(program: &'a Program, subject: &'a Subject, today: Date, reading: Reading) -> Self {
        Self {
            program,
            subject,
            today,
            reading,
            cautious: false,
            memo: Vec::new(),
            #[cfg(feature = "source")]
            trace: None,
        }
    }

    /// An evaluator that tells a trace what it reads.
    #[cfg(feature = "source")]
    #[must_use]
    pub fn traced(self, trace: Option<&'a super::Trace>) -> Self {
        Self { trace, ..self }
    }

    /// Tells the trace what is read, where there is one.
    #[cfg(feature = "source")]
    pub(crate) fn note<Reads: IntoIterator<Item = Read>>(&self, reads: impl FnOnce() -> Reads) {
        if let Some(trace) = self.trace {
            reads().into_iter().for_each(|read| trace.note(read));
        }
    }

    /// A page and a phone trace nothing.
    #[cfg(not(feature = "source"))]
    #[expect(clippy::unused_self, reason = "as where rule files are read")]
    pub(crate) fn note<Reads: IntoIterator<Item = Read>>(&self, _: impl FnOnce() -> Reads) {}

    /// An evaluator of the same, with nothing evaluated yet, for which the last day of a rule that may be met warns as that of a rule that is.
    #[must_use]
    pub fn cautious(&self) -> Self {
        Self {
            cautious: true,
            memo: Vec::new(),
            ..*self
        }
    }

    /// The reading that is followed.
    #[must_use]
    pub fn reading(&self) -> Reading {
        self.reading
    }

    /// The truth of a node, asked of a job where it speaks of one.
    pub fn truth(&mut self, id: NodeId, scope: Scope) -> Truth {
        let Some(place) = self.place(id, scope) else {
            return self.work_out(id, scope);
        };
        if let Some(Some(truth)) = self.memo.get(place) {
            return *truth;
        }
        let truth = self.work_out(id, scope);
        self.note(|| [Read::Node(id, truth)]);
        if self.memo.len() <= place {
            self.memo.resize(self.places(), None);
        }
        if let Some(slot) = self.memo.get_mut(place) {
            *slot = Some(truth);
        }
        truth
    }

    fn scopes(&self) -> usize {
        self.subject.job_count().unwrap_or(0).saturating_add(2)
    }

    /// How many places there are for what is known of a node: one for the person, for each job and for a job that may be.
    pub(crate) fn places(&self) -> usize {
        self.program.nodes.len().saturating_mul(self.scopes())
    }

    pub(crate) fn place(&self, id: NodeId, scope: Scope) -> Option<usize> {
        let scope = match scope {
            Scope::Person => 0,
            Scope::SomeJob => self.scopes().saturating_sub(1),
            Scope::Job(job) => job.saturating_add(1),
        };
        scope.checked_mul(self.program.nodes.len())?.checked_add(usize::from(id))
    }

    fn work_out(&mut self, id: NodeId, scope: Scope) -> Truth {
        let program = self.program;
        match program.node(id) {
            Node::Always => Truth::Met,
            Node::Never => Truth::Unmet,
            Node::All(nodes) => {
                let mut all = Truth::Met;
                for node in nodes {
                    all = all.and(self.truth(*node, scope));
                    if all == Truth::Unmet {
                        break;
                    }
                }
                all
            }
            Node::Any(nodes) => {
                let mut any = Truth::Unmet;
                for node in nodes {
                    any = any.or(self.truth(*node, scope));
                    if any == Truth::Met {
                        break;
                    }
                }
                any
            }
            Node::Not(node) => self.truth(*node, scope).not(),
            Node::Is(fact) => match self.value(*fact, scope) {
                Value::Flag(true) => Truth::Met,
                Value::Flag(false) => Truth::Unmet,
                _ => Truth::Unknown,
            },
            Node::Among(fact, codes) => match self.value(*fact, scope) {
                Value::Code(code) if codes.binary_search(code).is_ok() => Truth::Met,
                Value::Code(_) => Truth::Unmet,
                _ => Truth::Unknown,
            },
            Node::Compare(left, comparison, right) => {
                let (left, right) = (self.reach(*left, scope), self.reach(*right, scope));
                left.compare(right, |left, right| compare(left, *comparison, right))
            }
            Node::AnyJob(node) => self.any_job(*node),
            Node::MainJob(node) => self.main_job(*node),
            Node::Versions(clock, versions) => {
                let clock = self.reach(*clock, scope);
                self.note(|| places(clock, versions).map(|place| Read::Version(id, place)));
                self.versions_at(clock, versions, scope)
            }
            Node::Readings(lead, other) => {
                let node = if self.reading == Reading::Lead { lead } else { other };
                self.truth(*node, scope)
            }
            Node::Open(_) => Truth::Unknown,
            Node::Within(period) => self.within(*period, scope),
            Node::Named(_, node) => self.truth(*node, scope),
        }
    }

    fn any_job(&mut self, node: NodeId) -> Truth {
        match self.subject.job_count() {
            None => self.truth(node, Scope::SomeJob).and(Truth::Unknown),
            Some(count) => (0..count).fold(Truth::Unmet, |any, job| any.or(self.truth(node, Scope::Job(job)))),
        }
    }

    fn main_job(&mut self, node: NodeId) -> Truth {
        match self.subject.job_count() {
            None => self.truth(node, Scope::SomeJob).and(Truth::Unknown),
            Some(count) => {
                let mut truth = None;
                for job in self.main_jobs(count) {
                    let one = self.truth(node, Scope::Job(job));
                    truth = Some(truth.map_or(one, |before| if before == one { one } else { Truth::Unknown }));
                }
                truth.unwrap_or(Truth::Unmet)
            }
        }
    }

    /// The jobs that may be the main one.
    pub(crate) fn main_jobs(&self, count: usize) -> Vec<usize> {
        let main = self.program.layout.fact_number("job.main");
        let says = |job: usize| {
            main.map_or(&Value::Unknown, |main| {
                self.subject.value(&self.program.layout, main, Scope::Job(job))
            })
        };
        let jobs = 0..count;
        match jobs.clone().find(|job| *says(*job) == Value::Flag(true)) {
            Some(job) => vec![job],
            None if count == 1 => vec![0],
            None => jobs.filter(|job| *says(*job) != Value::Flag(false)).collect(),
        }
    }

    fn versions_at(&mut self, clock: Interval, versions: &[(i32, NodeId)], scope: Scope) -> Truth {
        let mut truth = None;
        for node in possible_versions(clock, versions) {
            let one = self.truth(node, scope);
            truth = Some(truth.map_or(one, |before| if before == one { one } else { Truth::Unknown }));
        }
        truth.unwrap_or(Truth::Unknown)
    }

    fn within(&mut self, period: PeriodId, scope: Scope) -> Truth {
        let reach = self.period(period, scope);
        let today = i64::from(self.today.days());
        let begun = reach
            .begins
            .compare(Interval::exact(today), |begins, today| compare(begins, Comparison::AtMost, today));
        let last = if reach.rolled.nothing {
            // Beyond the calendar only the nominal day is known: within it is within, what follows may still be a roll.
            let latest = |day: i64| day.saturating_add(self.program.calendar.longest_run());
            reach.nominal.or(reach.nominal.map(latest))
        } else {
            reach.rolled
        };
        let not_over = Interval::exact(today).compare(last, |today, last| compare(today, Comparison::AtMost, last));
        reach.applies.and(begun).and(not_over)
    }

    /// The value of a fact.
    #[must_use]
    pub fn value(&self, fact: FactId, scope: Scope) -> &'a Value {
        self.subject.value(&self.program.layout, fact, scope)
    }

    fn number(&self, fact: FactId, scope: Scope) -> Interval {
        match self.value(fact, scope) {
            Value::Span(low, high) => Interval::span(*low, *high),
            _ => Interval::UNKNOWN,
        }
    }

    /// What a term may be.
    pub fn reach(&mut self, id: TermId, scope: Scope) -> Interval {
        let program = self.program;
        self.note(|| [Read::Term(id)]);
        match program.term(id) {
            Term::Constant(value) => Interval::exact(*value),
            Term::Today => Interval::exact(self.today.days().into()),
            Term::Month(fact) => match self.number(*fact, scope) {
                Interval::UNKNOWN => Interval::exact(self.today.days().into()),
                // A month is asked about as it stands at its end: a rate that begins within it is the month's.
                month => month.map(last_of_month),
            },
            Term::Fact(fact) => self.number(*fact, scope),
            Term::Age { of, on } => {
                let (of, on) = (self.reach(*of, scope), self.reach(*on, scope));
                on.rising_falling(of, |on, of| age(of, on))
            }
            Term::Elapsed {
                from,
                to,
                years,
                last_day_counts,
            } => {
                let (from, to) = (self.reach(*from, scope), self.reach(*to, scope));
                let extra = i64::from(*last_day_counts);
                to.rising_falling(from, |to, from| {
                    let to = if to == i64::MAX || to == i64::MIN {
                        to
                    } else {
                        to.saturating_add(extra)
                    };
                    if *years { age(from, to) } else { days_between(from, to) }
                })
            }
            Term::Shift {
                from,
                length,
                first_day_counts,
            } => {
                let from = self.reach(*from, scope);
                from.map(|day| shift(day, length, *first_day_counts))
            }
            Term::MonthsPaid { schemes, window, before } => {
                let before = self.reach(*before, scope);
                self.months_paid(schemes, *window, before, scope)
            }
            Term::MonthsSteps { schemes, steps, before } => {
                let before = self.reach(*before, scope);
                let mut reached = Interval::exact(0);
                for (step, (need, window)) in (1_i64..).zip(steps) {
                    let paid = self.months_paid(schemes, Some(*window), before, scope);
                    let need = i64::from(*need);
                    if let Some((low, high)) = paid.span {
                        let (low_step, high_step) = reached.span.unwrap_or((0, 0));
                        reached = Interval::span(
                            if low >= need { step } else { low_step },
                            if high >= need { step } else { high_step },
                        );
                    }
                }
                reached
            }
            Term::TopMean {
                wages,
                months,
                ceiling,
                top,
                within,
                divide,
            } => {
                let wages = self.wages(*wages, *months, *ceiling, (*within).into(), scope);
                top_mean(wages, *top, *divide)
            }
            Term::Bound { day, last, unless } => self.bound(*day, *last, unless.as_ref(), scope),
            Term::LatestOfJobs { told, of, only } => self.latest_of_jobs(*told, *of, *only),
            Term::Cell(column) => self.cell(usize::from(*column), scope).0,
            Term::PeriodFirst(period) => self.period(*period, scope).first,
            Term::PeriodLast(period) => {
                let reach = self.period(*period, scope);
                if reach.rolled.nothing { reach.nominal } else { reach.rolled }
            }
            Term::Nearest { working_days, periods } => self.nearest(*working_days, periods, scope),
            Term::FullSteps { of, beyond, each } => {
                let of = self.reach(*of, scope);
                of.map(|number| full_steps(number, *beyond, *each))
            }
        }
    }

    /// The cell of a column: what it may be, and the entries that may give it.
    pub fn cell(&mut self, column: usize, scope: Scope) -> (Interval, Vec<&'a Entry>) {
        let program: &'a Program = self.program;
        let number = ColumnId::try_from(column).unwrap_or(ColumnId::NOWHERE);
        let Some(column) = program.columns.get(column) else {
            return (Interval::NOT_READ, Vec::new());
        };
        let clock = self.reach(column.clock, scope);
        self.cell_at(number, column, clock, scope)
    }

    /// The cell of a column on the days of a clock.
    pub(super) fn cell_at(&mut self, number: ColumnId, column: &'a Column, clock: Interval, scope: Scope) -> (Interval, Vec<&'a Entry>) {
        let (mut reach, mut entries) = (Interval::EMPTY, Vec::new());
        for (place, entry) in column.entries.iter().enumerate() {
            let from = if self.reading == Reading::Other {
                entry.from_other.or(entry.from)
            } else {
                entry.from
            };
            let stands = in_force(clock, from, entry.until);
            self.note(|| [Read::Row(number, place, stands)]);
            let applies = if stands == Truth::Unmet {
                stands
            } else {
                stands.and(entry.guard.map_or(Truth::Met, |guard| self.truth(guard, scope)))
            };
            if applies == Truth::Unmet {
                continue;
            }
            let cell = if self.reading == Reading::Other {
                entry.other.as_ref().unwrap_or(&entry.cell)
            } else {
                &entry.cell
            };
            self.note(|| [Read::Cell(number, place)]);
            reach = reach.or(of_cell(cell));
            entries.push(entry);
            if applies == Truth::Met {
                return (reach, entries);
            }
        }
        (reach.or(of_cell(&column.fallback)), entries)
    }

    fn months_paid(&self, schemes: &[FactId], window: Option<u16>, before: Interval, scope: Scope) -> Interval {
        let most = window.map_or(i64::MAX, i64::from);
        let sum = schemes.iter().fold(Interval::exact(0), |sum, scheme| {
            let paid = match self.value(*scheme, scope) {
                Value::Months(months) => paid_in(months, window, before),
                _ => (0, most),
            };
            sum.rising(Interval::span(paid.0, paid.1), i64::saturating_add)
        });
        sum.map(|months| months.min(most))
    }

    /// A bound of something that stands, where nothing tells otherwise.
    fn bound(&self, day: FactId, last: bool, unless: Option<&(FactId, Vec<u16>)>, scope: Scope) -> Interval {
        let told_to_end = unless.is_some_and(|(fact, none)| match self.value(*fact, scope) {
            Value::Code(code) => none.binary_search(code).is_err(),
            _ => false,
        });
        match self.number(day, scope) {
            // Of a job that may be there nothing is told, and nothing follows from that.
            Interval::UNKNOWN if !told_to_end && scope != Scope::SomeJob => Interval::exact(if last { i64::MAX } else { i64::MIN }),
            told => told,
        }
    }

    /// The day of a person where it is told, else the latest day that is over of their jobs for which `only` is met.
    fn latest_of_jobs(&mut self, told: FactId, of: TermId, only: FactId) -> Interval {
        let person = self.number(told, Scope::Person);
        if person != Interval::UNKNOWN {
            return person;
        }
        let today = i64::from(self.today.days());
        let (mut over, mut may_be_over) = (None::<(i64, i64)>, i64::MIN);
        for job in 0..self.subject.job_count().unwrap_or(0) {
            let counts = self.value(only, Scope::Job(job)).clone();
            let Some((first, last)) = self.reach(of, Scope::Job(job)).span.filter(|_| counts != Value::Flag(false)) else {
                continue;
            };
            if last < today && counts == Value::Flag(true) {
                let (low, high) = over.unwrap_or((first, last));
                over = Some((low.max(first), high.max(last)));
            } else if first < today {
                may_be_over = may_be_over.max(last.min(today.saturating_sub(1)));
            }
        }
        over.map_or(Interval::UNKNOWN, |(low, high)| Interval::span(low, high.max(may_be_over)))
    }

    /// Where a period lies.
    pub fn period(&mut self, id: PeriodId, scope: Scope) -> PeriodReach {
        let program = self.program;
        let unknown = PeriodReach {
            applies: Truth::Unknown,
            begins: Interval::UNKNOWN,
            first: Interval::UNKNOWN,
            nominal: Interval::UNKNOWN,
            rolled: Interval::UNKNOWN,
        };
        let Some(period) = program.periods.get(usize::from(id)) else {
            return unknown;
        };
        let applies = period.condition.map_or(Truth::Met, |condition| self.truth(condition, scope));
        let (start, first_counts) = match &period.start {
            Start::After(term) => (self.reach(*term, scope), false),
            Start::On(day) => (Interval::exact((*day).into()), true),
            // A period that cannot name an earlier one would run in a circle: the compiler and the verifier refuse it.
            Start::AfterPeriod(earlier) if *earlier < id => (self.period(*earlier, scope).nominal, false),
            Start::AfterPeriod(_) => return unknown,
        };
        let clock = self.reach(period.clock, scope);
        self.note(|| places(clock, &period.lengths).map(|place| Read::Period(id, place)));
        let lengths = possible_versions(clock, &period.lengths);
        let mut nominal = Interval::EMPTY;
        for length in &lengths {
            let last = start.map(|day| last_day(day, length, first_counts, program));
            // Working days beyond the calendar are not known: the period ends on some day after it began.
            let beyond = length.unit == LengthUnit::WorkingDays && last.span.is_some_and(|(_, high)| high == i64::MAX);
            nominal = nominal.or(if beyond { start.or(Interval::exact(i64::MAX)) } else { last });
        }
        let first = start.map(|day| if first_counts { day } else { shift_days(day, 1) });
        let rolled = if period.rolls {
            nominal.span.map_or(nominal, |(low, high)| roll(low, high, program))
        } else {
            nominal
        };
        PeriodReach {
            applies,
            begins: start,
            first,
            nominal,
            rolled,
        }
    }

    /// Whether the last day of a period may make a complaint urgent: urgency follows from rules that are met, never from those that may be.
    pub(crate) fn warns(&mut self, period: PeriodId, scope: Scope) -> bool {
        self.program.warning(period).is_none_or(|node| match self.truth(node, scope) {
            Truth::Met => true,
            Truth::Unknown => self.cautious,
            Truth::Unmet => false,
        })
    }

    /// Whether something took a period from the person before its last day.
    pub(crate) fn ended(&mut self, period: PeriodId, scope: Scope) -> Truth {
        let program = self.program;
        let ends = program.periods.get(usize::from(period)).map_or(&[][..], |period| &period.ended_by);
        let mut ended = Truth::Unmet;
        for (_, node) in ends {
            ended = ended.or(self.truth(*node, scope));
        }
        ended
    }

    fn nearest(&mut self, working_days: bool, periods: &[PeriodId], scope: Scope) -> Interval {
        let today = i64::from(self.today.days());
        // A last day that is past warns no more; a period that may not apply gives no certain day.
        let mut nearest = Interval::span(i64::MAX, i64::MAX);
        for period in periods {
            if !self.warns(*period, scope) {
                continue;
            }
            let reach = self.period(*period, scope);
            // Open until the day moved past closing days, but counted to the day by the calendar: the safer of the two.
            let last = if reach.rolled.nothing { reach.nominal } else { reach.rolled };
            let (Some((last_low, last_high)), Some((low, high))) = (last.span, reach.nominal.span) else {
                continue;
            };
            let ended = self.ended(*period, scope);
            if reach.applies == Truth::Unmet || ended == Truth::Met || last_high < today {
                continue;
            }
            let left = |day: i64| match day {
                day if day <= today => 0,
                day if working_days => self.program.calendar.working_days_between(today, day),
                day => days_between(today, day),
            };
            let certain = reach.applies == Truth::Met && ended == Truth::Unmet && last_low >= today && high < i64::MAX;
            // What is not sure lowers nothing: a day told in part counts as the earliest it may be, a period that may apply as one that does.
            let latest = if self.cautious && high < i64::MAX {
                left(low)
            } else if certain {
                left(high)
            } else {
                i64::MAX
            };
            let (low, high) = (left(low), latest);
            let (before_low, before_high) = nearest.span.unwrap_or((i64::MAX, i64::MAX));
            nearest = Interval::span(before_low.min(low), before_high.min(high));
        }
        nearest
    }
}

/// The versions that may be in force on the days of a clock.
pub(crate) fn possible_versions<T: Clone>(clock: Interval, versions: &[(i32, T)]) -> Vec<T> {
    let Some((low, high)) = clock.certain_span() else {
        return versions.iter().map(|(_, version)| version.clone()).collect();
    };
    let ends = versions
        .iter()
        .skip(1)
        .map(|(from, _)| i64::from(*from))
        .chain(std::iter::once(i64::MAX));
    let possible = versions.iter().zip(ends).enumerate().filter(|(index, ((from, _), end))| {
        let begins = if *index == 0 { i64::MIN } else { i64::from(*from) };
        begins <= high && (low < *end || *end == i64::MAX)
    });
    possible.map(|(_, ((_, version), _))| version.clone()).collect()
}

/// The places of the versions that may be in force on the days of a clock.
fn places<T>(clock: Interval, versions: &[(i32, T)]) -> impl Iterator<Item = usize> {
    let numbered: Vec<(i32, usize)> = versions.iter().enumerate().map(|(place, (from, _))| (*from, place)).collect();
    possible_versions(clock, &numbered).into_iter()
}

pub(crate) fn in_force(clock: Interval, from: Option<i32>, until: Option<i32>) -> Truth {
    let Some((low, high)) = clock.certain_span() else {
        return if from.is_none() && until.is_none() {
            Truth::Met
        } else {
            Truth::Unknown
        };
    };
    let (from, until) = (from.map_or(i64::MIN, i64::from), until.map_or(i64::MAX, i64::from));
    if low >= from && high <= until {
        Truth::Met
    } else if high < from || low > until {
        Truth::Unmet
    } else {
        Truth::Unknown
    }
}

pub(crate) fn of_cell(cell: &CellValue) -> Interval {
    match cell {
        CellValue::Number(number) => Interval::exact(*number),
        CellValue::Nothing => Interval::NOTHING,
        CellValue::NotRead | CellValue::Text(_) => Interval::NOT_READ,
    }
}

pub(crate) fn compare(left: (i64, i64), comparison: Comparison, right: (i64, i64)) -> Truth {
    let (met, unmet) = match comparison {
        Comparison::Equal => (left.0 == left.1 && left == right, left.1 < right.0 || right.1 < left.0),
        Comparison::Less => (left.1 < right.0, left.0 >= right.1),
        Comparison::AtMost => (left.1 <= right.0, left.0 > right.1),
    };
    match (met, unmet) {
        (true, _) => Truth::Met,
        (_, true) => Truth::Unmet,
        _ => Truth::Unknown,
    }
}

fn shift_days(day: i64, days: i64) -> i64 {
    if day == i64::MIN || day == i64::MAX {
        day
    } else {
        day.saturating_add(days)
    }
}

fn full_steps(number: i64, beyond: u16, each: NonZeroU16) -> i64 {
    if number == i64::MAX {
        return number;
    }
    let over = number.saturating_sub(beyond.into()).max(0);
    over.checked_div(each.get().into()).unwrap_or(0)
}

fn days_between(from: i64, to: i64) -> i64 {
    if from == i64::MIN || to == i64::MAX {
        i64::MAX
    } else if from == i64::MAX || to == i64::MIN {
        i64::MIN
    } else {
        to.saturating_sub(from)
    }
}

fn on_date(day: i64, function: impl Fn(Date) -> Option<Date>) -> i64 {
    let date = i32::try_from(day).ok().and_then(Date::from_days);
    // A day beyond the calendar of the library is an open end.
    date.and_then(function)
        .map_or(if day < 0 { i64::MIN } else { i64::MAX }, |date| date.days().into())
}

fn shift(day: i64, length: &Length, first_day_counts: bool) -> i64 {
    on_date(day, |date| length.end(date, first_day_counts, None))
}

fn last_day(day: i64, length: &Length, first_counts: bool, program: &Program) -> i64 {
    on_date(day, |date| length.end(date, first_counts, Some(&program.calendar)))
}

fn roll(low: i64, high: i64, program: &Program) -> Interval {
    let one = |day: i64| match i32::try_from(day)
        .ok()
        .and_then(Date::from_days)
        .map(|date| program.calendar.roll(date))
    {
        Some(Rolled::Known(date)) => Some(i64::from(date.days())),
        Some(Rolled::NotKnown) => None,
        None => Some(day),
    };
    match (one(low), one(high)) {
        (Some(low), Some(high)) => Interval::span(low, high),
        _ => Interval::NOTHING,
    }
}

fn paid_in(months: &PaidMonths, window: Option<u16>, before: Interval) -> (i64, i64) {
    match months {
        PaidMonths::Months(months) => {
            let count = |day: i64| {
                let last = month_index(day);
                let first = window.map_or(i64::MIN, |window| last.saturating_sub(window.into()));
                let paid = months
                    .iter()
                    .filter(|month| (first..last).contains(&i64::from(month.index())))
                    .count();
                i64::try_from(paid).unwrap_or(i64::MAX)
            };
            match before.certain_span() {
                Some((low, high)) if month_index(low) == month_index(high) => (count(low), count(low)),
                // The day may be any of several: no fewer than none, no more than all.
                _ => {
                    let all = i64::try_from(months.len()).unwrap_or(i64::MAX);
                    (0, all.min(window.map_or(i64::MAX, i64::from)))
                }
            }
        }
        PaidMonths::Counts { within, total } => {
            let total_high = total.map_or(i64::MAX, i64::from);
            let Some(window) = window else {
                let low = within.values().copied().max().unwrap_or(0);
                return total.map_or((i64::from(low), i64::MAX), |total| (i64::from(total), i64::from(total)));
            };
            let (mut low, mut high) = (0, i64::from(window).min(total_high));
            for (known, count) in within {
                let (known, count, window) = (i64::from(*known), i64::from(*count), i64::from(window));
                if known <= window {
                    low = low.max(count);
                    high = high.min(count.saturating_add(window.saturating_sub(known)));
                } else {
                    high = high.min(count);
                    low = low.max(count.saturating_sub(known.saturating_sub(window)));
                }
            }
            (low, high.max(low))
        }
    }
}
