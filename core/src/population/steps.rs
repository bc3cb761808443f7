//! Conditions that rest on one column: spans of its values, found by asking the evaluator itself.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::source::{Asked, JobCount, Source, Support};
use crate::criterion::{Evaluator, Interval, Node, NodeId, PeriodId, Reading, Start, Term, TermId, possible_versions};
use crate::facts::Scope;
use crate::values::{LengthUnit, Truth};

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
        Self {
            column: None,
            starts: vec![(i64::MIN, truth)],
            unknown: truth,
        }
    }

    fn at(&self, value: i64) -> Truth {
        let after = self.starts.partition_point(|(start, _)| *start <= value);
        after
            .checked_sub(1)
            .and_then(|index| self.starts.get(index))
            .map_or(self.unknown, |(_, truth)| *truth)
    }

    fn not(&self) -> Self {
        let starts = self.starts.iter().map(|(start, truth)| (*start, truth.not())).collect();
        Self {
            column: self.column,
            starts,
            unknown: self.unknown.not(),
        }
    }

    /// Both asked of each value; nothing where they rest on different columns.
    fn join(&self, other: &Self, combine: impl Fn(Truth, Truth) -> Truth) -> Option<Self> {
        let column = match (self.column, other.column) {
            (Some(a), Some(b)) if a != b => return None,
            (a, b) => a.or(b),
        };
        let values: BTreeSet<i64> = self.starts.iter().chain(&other.starts).map(|(start, _)| *start).collect();
        let mut starts: Vec<(i64, Truth)> = values
            .into_iter()
            .map(|value| (value, combine(self.at(value), other.at(value))))
            .collect();
        starts.dedup_by_key(|(_, truth)| *truth);
        Some(Self {
            column,
            starts,
            unknown: combine(self.unknown, other.unknown),
        })
    }

    /// The spans of values with this truth, within the values that can be.
    pub(super) fn spans(&self, truth: Truth, domain: (i64, i64)) -> Vec<(i64, i64)> {
        let ends = self
            .starts
            .iter()
            .skip(1)
            .map(|(start, _)| start.saturating_sub(1))
            .chain(std::iter::once(i64::MAX));
        let spans = self.starts.iter().zip(ends).filter(|((_, of), _)| *of == truth);
        spans
            .map(|((start, _), end)| ((*start).max(domain.0), end.min(domain.1)))
            .filter(|(first, last)| first <= last)
            .collect()
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
        Self {
            breaks: BTreeSet::new(),
            direction,
        }
    }
}

impl Source<'_> {
    fn domain(&self, column: usize) -> (i64, i64) {
        self.forms.get(column).map_or((0, 0), |form| form.domain)
    }

    /// The first values of the pieces between breaks, each with its last value.
    fn pieces(&self, column: usize, breaks: &BTreeSet<i64>) -> Vec<(i64, i64)> {
        let (first, last) = self.domain(column);
        let inner = || breaks.iter().copied().filter(|value| *value > first && *value <= last);
        std::iter::once(first)
            .chain(inner())
            .zip(inner().map(|value| value.saturating_sub(1)).chain(std::iter::once(last)))
            .collect()
    }

    /// Adds a break wherever an answer changes, which only grows or only falls within each piece.
    fn split<T: PartialEq>(
        &mut self,
        column: usize,
        reading: Reading,
        breaks: &mut BTreeSet<i64>,
        question: impl Fn(&mut Evaluator<'_>) -> T,
    ) {
        for (first, last) in self.pieces(column, breaks) {
            let mut stack = vec![(first, last)];
            while let Some((mut low, mut high)) = stack.pop() {
                let (at_low, at_high) = (
                    self.ask(Some(column), Some(low), reading, &question),
                    self.ask(Some(column), Some(high), reading, &question),
                );
                if at_low == at_high {
                    continue;
                }
                // The first value that answers otherwise than the lowest.
                let end = high;
                while high.saturating_sub(low) > 1 {
                    let middle = low.saturating_add(high.saturating_sub(low) >> 1);
                    if self.ask(Some(column), Some(middle), reading, &question) == at_low {
                        low = middle
                    } else {
                        high = middle
                    }
                }
                breaks.insert(high);
                stack.push((high, end));
            }
        }
    }

    /// How a term moves with a column; nothing where that is not plain.
    fn trace(&mut self, id: TermId, scope: Scope, reading: Reading, column: usize) -> Option<Trace> {
        let program = self.program;
        if self.term_support(id, scope) == Support::None {
            return Some(Trace::new(Direction::Constant));
        }
        match program.term(id) {
            Term::Today | Term::Month(_) | Term::Fact(_) | Term::MonthsPaid { .. } | Term::MonthsSteps { .. } => {
                Some(Trace::new(Direction::Rising))
            }
            Term::Age { of, on } | Term::Elapsed { from: of, to: on, .. } => {
                let (of, mut on) = (self.trace(*of, scope, reading, column)?, self.trace(*on, scope, reading, column)?);
                on.direction = on.direction.with(of.direction.turned())?;
                on.breaks.extend(of.breaks);
                Some(on)
            }
            Term::Shift { from, length, .. } => {
                if !is_plain(length.unit, length.number) {
                    return None;
                }
                self.trace(*from, scope, reading, column)
            }
            Term::Cell(number) => {
                let table = program.columns.get(usize::from(*number))?;
                let mut breaks = self.trace(table.clock, scope, reading, column)?.breaks;
                let days: BTreeSet<i64> = table
                    .entries
                    .iter()
                    .flat_map(|entry| {
                        let firsts = [entry.from, entry.from_other].into_iter().flatten().map(i64::from);
                        firsts.chain(entry.until.map(|until| i64::from(until).saturating_add(1)))
                    })
                    .collect();
                let days: Vec<i64> = days.into_iter().collect();
                self.split(column, reading, &mut breaks, |evaluator| {
                    rank(evaluator.reach(table.clock, scope), &days)
                });
                for guard in table.entries.iter().filter_map(|entry| entry.guard) {
                    breaks.extend(self.inner_steps(guard, scope, reading)?);
                }
                Some(Trace {
                    breaks,
                    direction: Direction::Constant,
                })
            }
            Term::PeriodFirst(period) => self.trace_period(*period, scope, reading, column, true),
            Term::PeriodLast(period) => self.trace_period(*period, scope, reading, column, false),
            Term::Constant(_) => Some(Trace::new(Direction::Constant)),
            // A day moves it as it is told; a code, or the days of several jobs, not plainly.
            Term::Bound { day, .. } if self.columns_of(*day, scope).contains(&column) => Some(Trace::new(Direction::Rising)),
            Term::Bound { .. } | Term::LatestOfJobs { .. } | Term::TopMean { .. } => None,
            // Full steps only grow with their number.
            Term::FullSteps { of, .. } => self.trace(*of, scope, reading, column),
            Term::Nearest { .. } => None,
        }
    }

    /// The starts of a guard or a condition within a term, which a subject must be able to answer.
    fn inner_steps(&mut self, id: NodeId, scope: Scope, reading: Reading) -> Option<Vec<i64>> {
        if self.asks_jobs(id) && !self.counts_jobs_once() {
            return None;
        }
        Some(self.steps(id, scope, reading)?.starts.iter().map(|(start, _)| *start).collect())
    }

    fn trace_period(&mut self, id: PeriodId, scope: Scope, reading: Reading, column: usize, first: bool) -> Option<Trace> {
        let period = self.program.periods.get(usize::from(id))?;
        let mut trace = match period.start {
            Start::After(term) => self.trace(term, scope, reading, column)?,
            Start::AfterPeriod(earlier) if earlier < id => self.trace_period(earlier, scope, reading, column, false)?,
            _ => Trace::new(Direction::Constant),
        };
        if first {
            return Some(trace);
        }
        if !period.lengths.iter().all(|(_, length)| is_plain(length.unit, length.number)) {
            return None;
        }
        trace.breaks.extend(self.trace(period.clock, scope, reading, column)?.breaks);
        let days: Vec<i64> = period.lengths.iter().map(|(from, _)| i64::from(*from)).collect();
        self.split(column, reading, &mut trace.breaks, |evaluator| {
            rank(evaluator.reach(period.clock, scope), &days)
        });
        // Of two possible last days one may be rolled and the other not.
        for (value, _) in self.pieces(column, &trace.breaks) {
            let lengths = self.ask(Some(column), Some(value), reading, |evaluator| {
                possible_versions(evaluator.reach(period.clock, scope), &period.lengths)
            });
            if lengths.len() > 1 {
                return None;
            }
        }
        Some(trace)
    }

    /// The truth of a node for each value of the one column on which it rests; nothing where it rests on several, or not plainly.
    pub(super) fn steps(&mut self, id: NodeId, scope: Scope, reading: Reading) -> Option<Steps> {
        let reading = if self.has_readings(id) { reading } else { Reading::Lead };
        if let Some(steps) = self.steps.get(&(id, scope, reading)) {
            return steps.clone();
        }
        let steps = if self.support(id, scope) == Support::Many {
            None
        } else {
            self.find_steps(id, scope, reading)
        };
        self.steps.insert((id, scope, reading), steps.clone());
        steps
    }

    fn fold(&mut self, nodes: &[Asked], reading: Reading, from: Truth, combine: impl Fn(Truth, Truth) -> Truth) -> Option<Steps> {
        let mut steps = Steps::constant(from);
        for (node, scope) in nodes {
            steps = steps.join(&self.steps(*node, *scope, reading)?, &combine)?;
        }
        Some(steps)
    }

    fn find_steps(&mut self, id: NodeId, scope: Scope, reading: Reading) -> Option<Steps> {
        let program = self.program;
        let here = |nodes: &[NodeId]| nodes.iter().map(|node| (*node, scope)).collect::<Vec<_>>();
        match program.node(id) {
            Node::Always => Some(Steps::constant(Truth::Met)),
            Node::Never => Some(Steps::constant(Truth::Unmet)),
            Node::Open(_) => Some(Steps::constant(Truth::Unknown)),
            Node::All(nodes) => self.fold(&here(nodes), reading, Truth::Met, Truth::and),
            Node::Any(nodes) => self.fold(&here(nodes), reading, Truth::Unmet, Truth::or),
            Node::Not(node) => Some(self.steps(*node, scope, reading)?.not()),
            Node::Named(_, node) => self.steps(*node, scope, reading),
            Node::Readings(lead, other) => self.steps(if reading == Reading::Lead { *lead } else { *other }, scope, reading),
            Node::AnyJob(node) => match self.jobs {
                JobCount::Exactly(count) => {
                    let nodes: Vec<_> = (0..count).map(|job| (*node, Scope::Job(job))).collect();
                    self.fold(&nodes, reading, Truth::Unmet, Truth::or)
                }
                _ => None,
            },
            Node::MainJob(node) => match self.jobs {
                JobCount::Exactly(0) => Some(Steps::constant(Truth::Unmet)),
                JobCount::Exactly(count) if count == 1 || !self.main_is_bound => self.steps(*node, Scope::Job(0), reading),
                _ => None,
            },
            Node::Versions(clock, versions) => {
                if self.term_support(*clock, scope) != Support::None {
                    return None;
                }
                let possible = self.ask(None, None, reading, |evaluator| {
                    possible_versions(evaluator.reach(*clock, scope), versions)
                });
                let mut agreed: Option<Steps> = None;
                for node in possible {
                    let one = self.steps(node, scope, reading)?;
                    agreed = Some(match agreed {
                        None => one,
                        Some(before) => before.join(&one, |a, b| if a == b { a } else { Truth::Unknown })?,
                    });
                }
                Some(agreed.unwrap_or(Steps::constant(Truth::Unknown)))
            }
            Node::Is(_) | Node::Among(..) | Node::Compare(..) | Node::Within(_) => self.leaf_steps(id, scope, reading),
        }
    }

    fn leaf_steps(&mut self, id: NodeId, scope: Scope, reading: Reading) -> Option<Steps> {
        let unusual = |source: &mut Self| source.asks_jobs(id) && !source.counts_jobs_once();
        let Support::One(column) = self.support(id, scope) else {
            return if unusual(self) {
                None
            } else {
                Some(Steps::constant(
                    self.ask(None, None, reading, |evaluator| evaluator.truth(id, scope)),
                ))
            };
        };
        let mut breaks = BTreeSet::new();
        match self.program.node(id) {
            Node::Is(_) => breaks.extend([0, 1]),
            Node::Among(_, codes) => breaks.extend(codes.iter().flat_map(|code| [i64::from(*code), i64::from(*code).saturating_add(1)])),
            Node::Compare(left, _, right) => {
                let (a, b) = (
                    self.trace(*left, scope, reading, column)?,
                    self.trace(*right, scope, reading, column)?,
                );
                a.direction.with(b.direction.turned())?;
                breaks.extend(a.breaks.into_iter().chain(b.breaks));
                self.split(column, reading, &mut breaks, |evaluator| {
                    orders(evaluator.reach(*left, scope), evaluator.reach(*right, scope))
                });
            }
            Node::Within(number) => {
                let (first, last) = (
                    self.trace_period(*number, scope, reading, column, true)?,
                    self.trace_period(*number, scope, reading, column, false)?,
                );
                let today = if column == self.day_column {
                    Direction::Rising
                } else {
                    Direction::Constant
                };
                first.direction.with(today.turned())?;
                last.direction.with(today.turned())?;
                if let Some(condition) = self.program.periods.get(usize::from(*number)).and_then(|period| period.condition) {
                    breaks.extend(self.inner_steps(condition, scope, reading)?);
                }
                breaks.extend(first.breaks.into_iter().chain(last.breaks));
                let run = match self.longest_run {
                    Some(run) => run,
                    None => *self.longest_run.insert(self.program.calendar.longest_run()),
                };
                self.split(column, reading, &mut breaks, |evaluator| {
                    let today = i64::from(evaluator.today.days());
                    let reach = evaluator.period(*number, scope);
                    let exact = Interval::exact;
                    let begun = orders(reach.begins, exact(today));
                    let later = reach.nominal.map(|day| day.saturating_add(run));
                    (
                        begun,
                        orders(reach.nominal, exact(today)),
                        orders(later, exact(today)),
                        orders(reach.rolled, exact(today)),
                    )
                });
            }
            _ => return None,
        }
        if unusual(self) {
            return None;
        }
        let mut starts = Vec::with_capacity(breaks.len());
        for (value, _) in self.pieces(column, &breaks) {
            starts.push((
                value,
                self.ask(Some(column), Some(value), reading, |evaluator| evaluator.truth(id, scope)),
            ));
        }
        starts.dedup_by_key(|(_, truth)| *truth);
        let unknown = self.ask(Some(column), None, reading, |evaluator| evaluator.truth(id, scope));
        Some(Steps {
            column: Some(column),
            starts,
            unknown,
        })
    }

    /// For each of several things in force from a day on, whether it may be in force, for each value of the column on which the clock rests.
    pub(super) fn possible_steps(&mut self, clock: TermId, firsts: &[i64], scope: Scope, reading: Reading) -> Option<Vec<Steps>> {
        let column = match self.term_support(clock, scope) {
            Support::One(column) => Some(column),
            Support::None => None,
            Support::Many => return None,
        };
        let versions: Vec<(i32, usize)> = firsts
            .iter()
            .map(|first| i32::try_from(*first).unwrap_or(i32::MIN))
            .zip(0..)
            .collect();
        let mut values = vec![None];
        if let Some(column) = column {
            let mut breaks = self.trace(clock, scope, reading, column)?.breaks;
            self.split(column, reading, &mut breaks, |evaluator| {
                rank(evaluator.reach(clock, scope), firsts)
            });
            values.extend(self.pieces(column, &breaks).into_iter().map(|(value, _)| Some(value)));
        }
        let possible: Vec<(Option<i64>, Vec<usize>)> = values
            .into_iter()
            .map(|value| {
                (
                    value,
                    self.ask(column, value, reading, |evaluator| {
                        possible_versions(evaluator.reach(clock, scope), &versions)
                    }),
                )
            })
            .collect();
        let steps = versions.iter().map(|(_, version)| {
            let truths = possible
                .iter()
                .map(|(value, possible)| (*value, Truth::from(possible.contains(version))));
            let unknown = truths
                .clone()
                .find(|(value, _)| value.is_none())
                .map_or(Truth::Met, |(_, truth)| truth);
            let mut starts: Vec<(i64, Truth)> = truths.filter_map(|(value, truth)| value.map(|value| (value, truth))).collect();
            if starts.is_empty() {
                starts.push((i64::MIN, unknown));
            }
            starts.dedup_by_key(|(_, truth)| *truth);
            Steps { column, starts, unknown }
        });
        Some(steps.collect())
    }

    /// A truth that follows from how many of some days a term has reached.
    pub(super) fn by_rank(
        &mut self,
        term: TermId,
        days: &[i64],
        scope: Scope,
        reading: Reading,
        truth: impl Fn(Interval) -> Truth,
    ) -> Option<Steps> {
        let Support::One(column) = self.term_support(term, scope) else {
            return self.constant_reach(term, scope, reading).map(|reach| Steps::constant(truth(reach)));
        };
        let mut breaks = self.trace(term, scope, reading, column)?.breaks;
        self.split(column, reading, &mut breaks, |evaluator| rank(evaluator.reach(term, scope), days));
        Some(self.truths(term, scope, reading, column, &breaks, truth))
    }

    fn truths(
        &mut self,
        term: TermId,
        scope: Scope,
        reading: Reading,
        column: usize,
        breaks: &BTreeSet<i64>,
        truth: impl Fn(Interval) -> Truth,
    ) -> Steps {
        let mut starts = Vec::new();
        for (value, _) in self.pieces(column, breaks) {
            starts.push((
                value,
                truth(self.ask(Some(column), Some(value), reading, |evaluator| evaluator.reach(term, scope))),
            ));
        }
        starts.dedup_by_key(|(_, truth)| *truth);
        let unknown = truth(self.ask(Some(column), None, reading, |evaluator| evaluator.reach(term, scope)));
        Steps {
            column: Some(column),
            starts,
            unknown,
        }
    }

    /// What a term is where it rests on no column.
    pub(super) fn constant_reach(&mut self, term: TermId, scope: Scope, reading: Reading) -> Option<Interval> {
        (self.term_support(term, scope) == Support::None).then(|| self.ask(None, None, reading, |evaluator| evaluator.reach(term, scope)))
    }

    /// The truth of a comparison of a term with a number, for each value of the column on which the term rests.
    pub(super) fn against_number(
        &mut self,
        term: TermId,
        scope: Scope,
        reading: Reading,
        truth: impl Fn(Interval) -> Truth,
        number: i64,
    ) -> Option<Steps> {
        let Support::One(column) = self.term_support(term, scope) else {
            return self.constant_reach(term, scope, reading).map(|reach| Steps::constant(truth(reach)));
        };
        let mut breaks = self.trace(term, scope, reading, column)?.breaks;
        self.split(column, reading, &mut breaks, |evaluator| {
            orders(evaluator.reach(term, scope), Interval::exact(number))
        });
        Some(self.truths(term, scope, reading, column, &breaks, truth))
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
fn rank(reach: Interval, days: &[i64]) -> (Option<(usize, usize)>, bool, bool) {
    let reached = |value: i64| days.partition_point(|day| *day <= value);
    (
        reach.span.map(|(low, high)| (reached(low), reached(high))),
        reach.nothing,
        reach.not_read,
    )
}

/// All that a comparison of two terms can ask.
fn orders(left: Interval, right: Interval) -> (Option<[Ordering; 4]>, [bool; 4], [bool; 4]) {
    let spans = left.span.zip(right.span);
    let open = |reach: Interval| {
        reach.span.map_or([false, false], |(low, high)| {
            [low == i64::MIN || low == i64::MAX, high == i64::MIN || high == i64::MAX]
        })
    };
    let ([a, b], [c, d]) = (open(left), open(right));
    (
        spans.map(|((a, b), (c, d))| [a.cmp(&c), a.cmp(&d), b.cmp(&c), b.cmp(&d)]),
        [a, b, c, d],
        [left.nothing, left.not_read, right.nothing, right.not_read],
    )
}
