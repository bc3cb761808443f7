//! Rules, routes and kinds of complaint that can never hold.
//!
//! A rule is searched for facts that meet it: yes/no facts, codes, and the order of numbers and days are chosen one by one, and a choice that
//! contradicts an earlier one is taken back. What the search does not model (one date bounding another through a length of time) it takes as
//! possible, so that a rule is reported only where no facts at all can meet it.

use std::collections::{BTreeSet, HashMap};

use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::lower::builder::{Builder, OTHER_KINDS};
use crate::compile::source::File;
use crate::criterion::{CellValue, ColumnId, Comparison, Node, NodeId, PeriodId, Program, Start, Term, TermId};
use crate::facts::{FactId, FactKind, FactScope};

pub(super) fn check(builder: &Builder<'_>) {
    let unread = unread_before(builder);
    let possible = |nodes: &[NodeId], since: i32| possible(&builder.book.program, &unread, nodes, since);
    for rule in &builder.book.rules {
        let number = usize::from(rule.file);
        let Some(rule_file) = builder.rule_file(number) else { continue };
        let line = rule_file
            .rules
            .iter()
            .find(|known| rule.id == known.id)
            .map_or(rule_file.line, |known| known.line);
        let arises = builder.book.files.get(number).and_then(|file| file.arises);
        let goals: Vec<NodeId> = arises.into_iter().chain([rule.node]).collect();
        if !possible(&goals, rule_file.since.days()) {
            let message = format!("the rule `{}` can never be met", rule.id);
            builder.diagnose(
                number,
                line,
                DiagnosticCode::NeverMatches,
                message,
                "requirements that one person can meet, on a day since the file answers",
            );
        }
    }
    clauses(builder, &possible);
    for kind in &builder.book.other_kinds {
        if kind.arises.is_some_and(|arises| !possible(&[arises], i32::MIN)) {
            let at = File {
                path: OTHER_KINDS,
                ledger: builder.ledger,
            };
            let line = builder.line_of(OTHER_KINDS, &format!("kind.{}", kind.id));
            at.diagnose(
                line,
                DiagnosticCode::NeverMatches,
                format!("a complaint of the kind `{}` can never arise", kind.id),
                "a condition that some facts meet",
            );
        }
    }
}

/// A clause that no facts meet on any day is a fault of its own, whatever its rule.
fn clauses(builder: &Builder<'_>, possible: &dyn Fn(&[NodeId], i32) -> bool) {
    let program = &builder.book.program;
    for node in &program.nodes {
        let Node::Named(name, inner) = node else { continue };
        let Some((file, clause)) = program.names.get(usize::from(*name)).and_then(|name| name.id.split_once('.')) else {
            continue;
        };
        let Some((number, rule_file)) = builder.files.iter().enumerate().find(|(_, rule_file)| rule_file.id == file) else {
            continue;
        };
        if !possible(&[*inner], rule_file.since.days()) {
            let line = rule_file
                .clauses
                .iter()
                .find(|known| known.id == clause)
                .map_or(rule_file.line, |known| known.line);
            builder.diagnose(
                number,
                line,
                DiagnosticCode::NeverMatches,
                format!("`{clause}` can never be met"),
                "a condition that some facts meet",
            );
        }
    }
}

/// The columns of tables that say of themselves that nobody has read what stood before their first row.
fn unread_before(builder: &Builder<'_>) -> BTreeSet<String> {
    let tables = builder
        .files
        .iter()
        .flat_map(|file| file.tables.iter().map(move |table| (file, table)));
    let unread = tables.filter(|(_, table)| table.before.as_deref() == Some("not_read"));
    unread.map(|(file, table)| format!("{}.{}", file.id, table.id)).collect()
}

/// Whether some facts meet all of these conditions at once, on some day since one.
fn possible(program: &Program, unread: &BTreeSet<String>, nodes: &[NodeId], since: i32) -> bool {
    let mut search = Search {
        program,
        unread,
        steps: 20_000,
        jobs: MAIN,
    };
    let mut state = State::default();
    if let Some(today) = program
        .terms
        .iter()
        .position(|term| *term == Term::Today)
        .and_then(|today| TermId::try_from(today).ok())
    {
        state.spans.insert((ONE, today), (since.into(), i64::MAX));
    }
    let goals = nodes.iter().map(|node| (*node, true, ONE)).collect();
    search.solve(state, goals, Vec::new(), 0)
}

/// Whose facts are spoken of: the person (and the job of a complaint), the main job, or one of some jobs.
type Who = u16;
const ONE: Who = 0;
const MAIN: Who = 1;
/// A deeper search is given up; the condition counts as possible.
const DEEPEST: usize = 300;

/// A condition that must be met, or must not.
type Goal = (NodeId, bool, Who);

/// One way to meet a condition: further conditions, a span of days for a clock, a reading.
#[derive(Clone)]
struct Way {
    goals: Vec<Goal>,
    clock: Option<(Who, TermId, (i64, i64))>,
    other_reading: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Flag {
    Fact(Who, FactId),
    Job(Who, NodeId),
    Within(Who, PeriodId),
    OtherReading,
}

/// What was chosen so far.
#[derive(Clone, Default)]
struct State {
    flags: HashMap<Flag, bool>,
    codes: HashMap<(Who, FactId), Vec<u16>>,
    spans: HashMap<(Who, TermId), (i64, i64)>,
    orders: HashMap<(Who, TermId, TermId), u8>,
}

const LESS: u8 = 1;
const EQUAL: u8 = 2;
const MORE: u8 = 4;

impl State {
    fn flag(&mut self, flag: Flag, value: bool) -> bool {
        *self.flags.entry(flag).or_insert(value) == value
    }
}

struct Search<'a> {
    program: &'a Program,
    unread: &'a BTreeSet<String>,
    steps: u32,
    jobs: Who,
}

impl Search<'_> {
    fn solve(&mut self, mut state: State, mut goals: Vec<Goal>, mut choices: Vec<Vec<Way>>, depth: usize) -> bool {
        while let Some(goal) = goals.pop() {
            if !self.step(&mut state, goal, &mut goals, &mut choices) {
                return false;
            }
        }
        // The narrowest choice first.
        let Some(next) = (0..choices.len()).min_by_key(|index| choices.get(*index).map_or(usize::MAX, Vec::len)) else {
            return true;
        };
        for way in choices.swap_remove(next) {
            if self.steps == 0 || depth > DEEPEST {
                return true;
            }
            self.steps = self.steps.saturating_sub(1);
            let mut state = state.clone();
            let clock_runs = way.clock.is_none_or(|(who, clock, span)| self.narrow(&mut state, who, clock, span));
            let one_reading = way.other_reading.is_none_or(|other| state.flag(Flag::OtherReading, other));
            if clock_runs && one_reading && self.solve(state, way.goals, choices.clone(), depth.saturating_add(1)) {
                return true;
            }
        }
        false
    }

    /// Takes one condition apart; false where it contradicts what was chosen.
    fn step(&mut self, state: &mut State, (id, met, who): Goal, goals: &mut Vec<Goal>, choices: &mut Vec<Vec<Way>>) -> bool {
        let program = self.program;
        match program.node(id) {
            Node::Always => met,
            Node::Never => !met,
            Node::All(nodes) | Node::Any(nodes) => {
                let parts = nodes.iter().map(|node| (*node, met, who));
                if matches!(program.node(id), Node::All(_)) == met {
                    goals.extend(parts);
                } else {
                    choices.push(
                        parts
                            .map(|goal| Way {
                                goals: vec![goal],
                                clock: None,
                                other_reading: None,
                            })
                            .collect(),
                    );
                }
                true
            }
            Node::Not(node) => {
                goals.push((*node, !met, who));
                true
            }
            Node::Named(_, node) => {
                goals.push((*node, met, who));
                true
            }
            Node::Is(fact) => state.flag(Flag::Fact(self.asked(*fact, who), *fact), met),
            Node::Among(fact, codes) => self.among(state, self.asked(*fact, who), *fact, codes, met),
            Node::Compare(left, comparison, right) => self.compare(state, who, *left, *comparison, *right, met),
            Node::AnyJob(node) | Node::MainJob(node) => {
                let job = if matches!(program.node(id), Node::MainJob(_)) {
                    MAIN
                } else {
                    self.jobs = self.jobs.saturating_add(1);
                    self.jobs
                };
                // Nobody needs to have a job: only a job that must be there asks something.
                if met {
                    goals.push((*node, true, job));
                }
                state.flag(Flag::Job(who, id), met)
            }
            Node::Versions(clock, versions) => {
                let ends = versions
                    .iter()
                    .skip(1)
                    .map(|(from, _)| i64::from(*from).saturating_sub(1))
                    .chain([i64::MAX]);
                let begins = [i64::MIN]
                    .into_iter()
                    .chain(versions.iter().skip(1).map(|(from, _)| i64::from(*from)));
                let ways = versions.iter().zip(begins.zip(ends)).map(|((_, node), span)| Way {
                    goals: vec![(*node, met, who)],
                    clock: Some((who, *clock, span)),
                    other_reading: None,
                });
                choices.push(ways.collect());
                true
            }
            Node::Readings(lead, other) => {
                let way = |node: NodeId, other: bool| Way {
                    goals: vec![(node, met, who)],
                    clock: None,
                    other_reading: Some(other),
                };
                choices.push(vec![way(*lead, false), way(*other, true)]);
                true
            }
            // Law that nobody has read may hold.
            Node::Open(_) => true,
            Node::Within(number) => self.within(state, who, *number, met, goals),
        }
    }

    /// Facts of a job are those of the job that is spoken of.
    fn asked(&self, fact: FactId, who: Who) -> Who {
        let of_job = self.program.layout.fact(fact).is_some_and(|fact| fact.scope == FactScope::Job);
        if of_job { who } else { ONE }
    }

    fn among(&self, state: &mut State, who: Who, fact: FactId, codes: &[u16], met: bool) -> bool {
        let list = self
            .program
            .layout
            .fact(fact)
            .and_then(|fact| fact.list)
            .and_then(|list| self.program.layout.lists.get(usize::from(list)));
        let all = || {
            (0..)
                .zip(list.map_or(&[][..], |list| list.codes.as_slice()))
                .map(|(number, _)| number)
                .collect()
        };
        let left = state.codes.entry((who, fact)).or_insert_with(all);
        left.retain(|code| codes.contains(code) == met);
        !left.is_empty()
    }

    fn within(&mut self, state: &mut State, who: Who, number: PeriodId, met: bool, goals: &mut Vec<Goal>) -> bool {
        let Some(period) = self.program.periods.get(usize::from(number)) else {
            return true;
        };
        if met {
            goals.extend(period.condition.map(|condition| (condition, true, who)));
            let today = self
                .program
                .terms
                .iter()
                .position(|term| *term == Term::Today)
                .and_then(|today| TermId::try_from(today).ok());
            if let (Start::On(first), Some(today)) = (&period.start, today)
                && !self.narrow(state, ONE, today, ((*first).into(), i64::MAX))
            {
                return false;
            }
        }
        state.flag(Flag::Within(who, number), met)
    }

    fn narrow(&self, state: &mut State, who: Who, term: TermId, (low, high): (i64, i64)) -> bool {
        let who = self.of_term(term, who);
        let (Some(known), _) = self.span(state, who, term) else {
            return true;
        };
        let span = (known.0.max(low), known.1.min(high));
        state.spans.insert((who, term), span);
        span.0 <= span.1 && self.propagate(state)
    }

    fn of_term(&self, term: TermId, who: Who) -> Who {
        match self.program.term(term) {
            Term::Today | Term::Constant(_) | Term::Month(_) => ONE,
            Term::Fact(fact) => self.asked(*fact, who),
            _ => who,
        }
    }

    /// The numbers that a term may still be, and whether it may be something that nobody has read; no span where it is never a number.
    fn span(&self, state: &State, who: Who, term: TermId) -> (Option<(i64, i64)>, bool) {
        const ANY: (i64, i64) = (i64::MIN, i64::MAX);
        let (span, open) = match self.program.term(term) {
            Term::Constant(value) => (Some((*value, *value)), false),
            Term::Fact(fact) => {
                let counts = self
                    .program
                    .layout
                    .fact(*fact)
                    .is_some_and(|fact| matches!(fact.kind, FactKind::Count | FactKind::Money));
                (Some(if counts { (0, i64::MAX) } else { ANY }), false)
            }
            Term::MonthsPaid { window, .. } => (Some((0, window.map_or(i64::MAX, i64::from))), false),
            Term::MonthsSteps { steps, .. } => (Some((0, i64::try_from(steps.len()).unwrap_or(i64::MAX))), false),
            Term::TopMean { .. } | Term::Nearest { .. } | Term::FullSteps { .. } => (Some((0, i64::MAX)), false),
            Term::Cell(column) => self.cells(*column),
            _ => (Some(ANY), false),
        };
        (state.spans.get(&(who, term)).copied().or(span), open)
    }

    fn cells(&self, column: ColumnId) -> (Option<(i64, i64)>, bool) {
        let Some(column) = self.program.columns.get(usize::from(column)) else {
            return (None, true);
        };
        let stands = column.name.rsplit_once('.').is_some_and(|(table, _)| self.unread.contains(table));
        // Where nothing is said of the days before the first row, nothing is known to hold on them.
        let before = Some(&column.fallback).filter(|before| **before != CellValue::NotRead || stands);
        let cells = column
            .entries
            .iter()
            .flat_map(|entry| entry.other.iter().chain([&entry.cell]))
            .chain(before);
        let (mut span, mut open) = (None, false);
        for cell in cells {
            match cell {
                CellValue::Number(number) => {
                    span = Some(span.map_or((*number, *number), |(low, high): (i64, i64)| (low.min(*number), high.max(*number))));
                }
                CellValue::NotRead | CellValue::Text(_) => open = true,
                CellValue::Nothing => {}
            }
        }
        (span, open)
    }

    fn compare(&self, state: &mut State, who: Who, left: TermId, comparison: Comparison, right: TermId, met: bool) -> bool {
        let (on_left, on_right) = (self.of_term(left, who), self.of_term(right, who));
        let (first, second) = (self.span(state, on_left, left), self.span(state, on_right, right));
        // What nobody has read may be anything.
        if first.1 || second.1 {
            return true;
        }
        // With nothing to compare, no comparison holds.
        if first.0.is_none() || second.0.is_none() {
            return !met;
        }
        let mask = match comparison {
            Comparison::Equal => EQUAL,
            Comparison::Less => LESS,
            Comparison::AtMost => LESS | EQUAL,
        };
        let mask = if met { mask } else { (LESS | EQUAL | MORE) & !mask };
        if left == right {
            return mask & EQUAL != 0;
        }
        // A cell that is nothing fails a comparison whichever way it is put.
        let may_be_nothing = |term: TermId| matches!(self.program.term(term), Term::Cell(column) if self.may_be_nothing(*column));
        if !met && (may_be_nothing(left) || may_be_nothing(right)) {
            return true;
        }
        let (key, mask) = if left < right {
            ((who, left, right), mask)
        } else {
            ((who, right, left), mirrored(mask))
        };
        let known = state.orders.entry(key).or_insert(LESS | EQUAL | MORE);
        *known &= mask;
        *known != 0 && self.propagate(state)
    }

    fn may_be_nothing(&self, column: ColumnId) -> bool {
        let Some(column) = self.program.columns.get(usize::from(column)) else {
            return true;
        };
        let mut cells = column
            .entries
            .iter()
            .flat_map(|entry| entry.other.iter().chain([&entry.cell]))
            .chain([&column.fallback]);
        cells.any(|cell| *cell == CellValue::Nothing)
    }

    /// Narrows the spans by the orders until nothing changes; false where a span has no number left.
    fn propagate(&self, state: &mut State) -> bool {
        for _ in 0..8 {
            let mut changed = false;
            let orders: Vec<((Who, TermId, TermId), u8)> = state.orders.iter().map(|(key, mask)| (*key, *mask)).collect();
            for ((who, left, right), mask) in orders {
                let (left, right) = ((self.of_term(left, who), left), (self.of_term(right, who), right));
                let (Some(mut low), Some(mut high)) = (self.span(state, left.0, left.1).0, self.span(state, right.0, right.1).0) else {
                    continue;
                };
                let before = (low, high);
                bound(&mut low, &mut high, mask);
                bound(&mut high, &mut low, mirrored(mask));
                if low.0 > low.1 || high.0 > high.1 || (mask & EQUAL == 0 && low.0 == low.1 && low == high) {
                    return false;
                }
                if (low, high) != before {
                    state.spans.insert(left, low);
                    state.spans.insert(right, high);
                    changed = true;
                }
            }
            if !changed {
                return true;
            }
        }
        true
    }
}

/// Keeps the first at most the second where it may not be more.
fn bound(first: &mut (i64, i64), second: &mut (i64, i64), mask: u8) {
    if mask & MORE != 0 {
        return;
    }
    let apart = i64::from(mask & EQUAL == 0);
    let down = |value: i64| if value == i64::MAX { value } else { value.saturating_sub(apart) };
    let up = |value: i64| if value == i64::MIN { value } else { value.saturating_add(apart) };
    first.1 = first.1.min(down(second.1));
    second.0 = second.0.max(up(first.0));
}

fn mirrored(mask: u8) -> u8 {
    (mask & EQUAL) | if mask & LESS != 0 { MORE } else { 0 } | if mask & MORE != 0 { LESS } else { 0 }
}
