//! Makes gates of conditions: where each is known to be met, and where to be unmet.

use std::collections::HashMap;

use super::slots::Written;
use super::{Ask, Leaf, LeafKind};
use crate::criterion::{Comparison, Interval, Node, NodeId, Reading, Term, TermId, compare, in_force, of_cell};
use crate::facts::Scope;
use crate::population::gates::{Gate, Gates, Signal};
use crate::population::outcome::{Scheme, Verdict};
use crate::population::source::{Source, Support};
use crate::population::steps::Steps;
use crate::values::{Date, Truth};

/// Where a condition is known to be met, and where to be unmet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) met: Signal,
    pub(super) unmet: Signal,
}

impl Pair {
    pub(super) const MET: Self = Self {
        met: Signal::TRUE,
        unmet: Signal::FALSE,
    };
    pub(super) const UNMET: Self = Self {
        met: Signal::FALSE,
        unmet: Signal::TRUE,
    };
    pub(super) const UNKNOWN: Self = Self {
        met: Signal::FALSE,
        unmet: Signal::FALSE,
    };

    pub(super) fn not(self) -> Self {
        Self {
            met: self.unmet,
            unmet: self.met,
        }
    }
}

pub(super) struct Builder<'p> {
    pub(super) source: Source<'p>,
    pub(super) gates: Gates,
    pub(super) leaves: Vec<Leaf>,
    pairs: HashMap<(NodeId, Scope, Reading), Pair>,
}

impl<'p> Builder<'p> {
    pub(super) fn new(source: Source<'p>) -> Self {
        Self {
            source,
            gates: Gates::new(),
            leaves: Vec::new(),
            pairs: HashMap::new(),
        }
    }

    pub(super) fn ask(&mut self, ask: &Ask) -> Written {
        match ask {
            Ask::Truth(node) => {
                let (lead, other) = (self.sound(*node, Reading::Lead), self.sound(*node, Reading::Other));
                let pair = |pair: Pair| [pair.met, pair.unmet];
                Written::Truth(pair(lead), (lead != other).then(|| pair(other)))
            }
            Ask::Verdict(node) => {
                let readings = [Reading::Lead, Reading::Other].map(|reading| {
                    let pair = self.sound(*node, reading);
                    vec![pair.unmet, pair.met]
                });
                self.codes(&readings, Verdict::Undetermined as usize)
            }
            Ask::Status(scheme) => {
                let levels = usize::from(
                    scheme
                        .rules
                        .iter()
                        .map(|(strength, _)| *strength)
                        .max()
                        .unwrap_or(0)
                        .max(Scheme::COVERED),
                );
                let since = scheme.since.map_or(Signal::TRUE, |since| self.since(since));
                let readings = [Reading::Lead, Reading::Other].map(|reading| {
                    // From the strongest down: met there, and unmet wherever a stronger rule stands.
                    let mut weaker = Signal::TRUE;
                    let mut statuses = Vec::new();
                    for level in (1..=levels).rev() {
                        let of_level = scheme.rules.iter().filter(|(strength, _)| usize::from(*strength) == level);
                        let pairs: Vec<Pair> = of_level.map(|(_, node)| self.pair(*node, Scope::Person, reading)).collect();
                        let any = self.any(&pairs);
                        statuses.push(self.gates.both(weaker, any.met));
                        weaker = self.gates.both(weaker, any.unmet);
                    }
                    statuses.push(weaker);
                    statuses.reverse();
                    let sound = self.gates.put(Gate::Sound);
                    let answers = self.gates.both(sound, since);
                    statuses.into_iter().map(|status| self.gates.both(status, answers)).collect()
                });
                self.codes(&readings, levels.saturating_add(1))
            }
        }
    }

    /// The rows that are asked about a day or a later one.
    fn since(&mut self, since: Date) -> Signal {
        let (column, since) = (self.source.day_column(), i64::from(since.days()));
        match self.source.forms.get(column) {
            Some(form) => match form.constant {
                Some(day) if day >= since => Signal::TRUE,
                Some(_) => Signal::FALSE,
                None => {
                    let last = form.domain.1;
                    self.among(column, vec![(since, last)])
                }
            },
            None => Signal::FALSE,
        }
    }

    /// The codes that follow from what is decided under each reading: undetermined where either is undecided, disputed where they differ.
    fn codes(&mut self, readings: &[Vec<Signal>; 2], undetermined: usize) -> Written {
        let [lead, other] = readings;
        let mut signals: Vec<Signal> = lead.iter().zip(other).map(|(lead, other)| self.gates.both(*lead, *other)).collect();
        let (one, two) = (self.gates.any(lead.iter().copied()), self.gates.any(other.iter().copied()));
        let decided = self.gates.both(one, two);
        let agreed = self.gates.any(signals.iter().copied());
        signals.resize(undetermined, Signal::FALSE);
        signals.push(decided.not());
        let disputed = if lead == other {
            Signal::FALSE
        } else {
            self.gates.both(decided, agreed.not())
        };
        signals.push(disputed);
        let codes = signals.len();
        let bits = codes.next_power_of_two().trailing_zeros();
        let planes = (0..bits).map(|bit| {
            let set = signals
                .iter()
                .enumerate()
                .filter(|(code, _)| code >> bit & 1 == 1)
                .map(|(_, signal)| *signal);
            self.gates.any(set)
        });
        Written::Codes(planes.collect(), codes)
    }

    /// A node of the person, undecided for rows that cannot be assessed.
    fn sound(&mut self, node: NodeId, reading: Reading) -> Pair {
        let pair = self.pair(node, Scope::Person, reading);
        let sound = self.gates.put(Gate::Sound);
        Pair {
            met: self.gates.both(pair.met, sound),
            unmet: self.gates.both(pair.unmet, sound),
        }
    }

    pub(super) fn all(&mut self, pairs: &[Pair]) -> Pair {
        Pair {
            met: self.gates.all(pairs.iter().map(|pair| pair.met)),
            unmet: self.gates.any(pairs.iter().map(|pair| pair.unmet)),
        }
    }

    pub(super) fn any(&mut self, pairs: &[Pair]) -> Pair {
        let not: Vec<Pair> = pairs.iter().map(|pair| pair.not()).collect();
        self.all(&not).not()
    }

    /// What all that may apply agree on; undecided where nothing may.
    pub(super) fn agreed(&mut self, choices: &[(Signal, Pair)]) -> Pair {
        let some = self.gates.any(choices.iter().map(|(possible, _)| *possible));
        let mut side = |of: fn(&Pair) -> Signal| {
            let parts: Vec<Signal> = choices
                .iter()
                .map(|(possible, pair)| self.gates.either(possible.not(), of(pair)))
                .collect();
            self.gates.all(parts.into_iter().chain([some]))
        };
        Pair {
            met: side(|pair| pair.met),
            unmet: side(|pair| pair.unmet),
        }
    }

    pub(super) fn known(&mut self, column: usize) -> Signal {
        match self.source.forms.get(column) {
            Some(form) if form.nullable => self.gates.put(Gate::Known { column }),
            _ => Signal::TRUE,
        }
    }

    /// The rows whose value lies in the spans. A set that holds the lowest value is told by its complement, so that either is found again.
    pub(super) fn among(&mut self, column: usize, spans: Vec<(i64, i64)>) -> Signal {
        let (first, last) = self.source.forms.get(column).map_or((0, 0), |form| form.domain);
        let mut joined: Vec<(i64, i64)> = Vec::new();
        for (low, high) in spans {
            match joined.last_mut() {
                Some(before) if before.1.saturating_add(1) >= low => before.1 = before.1.max(high),
                _ => joined.push((low, high)),
            }
        }
        if joined.first().is_none_or(|(low, _)| *low > first) {
            return if joined.is_empty() {
                Signal::FALSE
            } else {
                self.gates.put(Gate::Among { column, spans: joined })
            };
        }
        let mut rest = Vec::new();
        let mut next = first;
        for (low, high) in joined {
            if low > next {
                rest.push((next, low.saturating_sub(1)));
            }
            next = high.saturating_add(1);
        }
        if next <= last {
            rest.push((next, last));
        }
        if rest.is_empty() {
            Signal::TRUE
        } else {
            self.gates.put(Gate::Among { column, spans: rest }).not()
        }
    }

    fn of_steps(&mut self, steps: &Steps) -> Pair {
        let constant = |truth: Truth| match truth {
            Truth::Met => Pair::MET,
            Truth::Unmet => Pair::UNMET,
            Truth::Unknown => Pair::UNKNOWN,
        };
        let Some(column) = steps.column else {
            return constant(steps.unknown);
        };
        let domain = self.source.forms.get(column).map_or((0, 0), |form| form.domain);
        let known = self.known(column);
        let mut side = |truth: Truth| {
            let among = self.among(column, steps.spans(truth, domain));
            // Where the value is known by the steps, elsewhere by what holds without it.
            if steps.unknown == truth {
                self.gates.either(known.not(), among)
            } else {
                self.gates.both(known, among)
            }
        };
        Pair {
            met: side(Truth::Met),
            unmet: side(Truth::Unmet),
        }
    }

    fn by_row(&mut self, kind: LeafKind, scope: Scope, reading: Reading, asks_jobs: bool) -> Pair {
        let leaf = Leaf {
            kind,
            scope,
            reading,
            asks_jobs,
        };
        let number = self.leaves.iter().position(|known| *known == leaf).unwrap_or_else(|| {
            self.leaves.push(leaf);
            self.leaves.len().saturating_sub(1)
        });
        Pair {
            met: self.gates.put(Gate::ByRow { leaf: number, met: true }),
            unmet: self.gates.put(Gate::ByRow { leaf: number, met: false }),
        }
    }

    pub(super) fn pair(&mut self, id: NodeId, scope: Scope, reading: Reading) -> Pair {
        let reading = if self.source.has_readings(id) { reading } else { Reading::Lead };
        if let Some(pair) = self.pairs.get(&(id, scope, reading)) {
            return *pair;
        }
        let pair = match self.source.steps(id, scope, reading) {
            Some(steps) => self.of_steps(&steps),
            None => self.work_out(id, scope, reading),
        };
        self.pairs.insert((id, scope, reading), pair);
        pair
    }

    fn pairs(&mut self, nodes: &[NodeId], scope: Scope, reading: Reading) -> Vec<Pair> {
        nodes.iter().map(|node| self.pair(*node, scope, reading)).collect()
    }

    fn work_out(&mut self, id: NodeId, scope: Scope, reading: Reading) -> Pair {
        match self.source.program.node(id) {
            Node::Always => Pair::MET,
            Node::Never => Pair::UNMET,
            Node::Open(_) => Pair::UNKNOWN,
            Node::All(nodes) => {
                let pairs = self.pairs(nodes, scope, reading);
                self.all(&pairs)
            }
            Node::Any(nodes) => {
                let pairs = self.pairs(nodes, scope, reading);
                self.any(&pairs)
            }
            Node::Not(node) => self.pair(*node, scope, reading).not(),
            Node::Named(_, node) => self.pair(*node, scope, reading),
            Node::Readings(lead, other) => self.pair(if reading == Reading::Lead { *lead } else { *other }, scope, reading),
            Node::AnyJob(node) => self.any_job(*node, reading),
            Node::MainJob(node) => self.main_job(*node, reading),
            Node::Versions(clock, versions) => {
                let firsts: Vec<i32> = versions.iter().map(|(from, _)| *from).collect();
                let possible = self.possible(*clock, &firsts, scope, reading);
                let mut choices = Vec::with_capacity(versions.len());
                for ((_, node), possible) in versions.iter().zip(possible) {
                    if possible != Signal::FALSE {
                        choices.push((possible, self.pair(*node, scope, reading)));
                    }
                }
                self.agreed(&choices)
            }
            Node::Compare(left, comparison, right) => self
                .by_cell(*left, *comparison, *right, scope, reading)
                .unwrap_or_else(|| self.leaf(id, scope, reading)),
            Node::Is(_) | Node::Among(..) | Node::Within(_) => self.leaf(id, scope, reading),
        }
    }

    fn leaf(&mut self, id: NodeId, scope: Scope, reading: Reading) -> Pair {
        let asks_jobs = self.source.asks_jobs(id);
        self.by_row(LeafKind::Truth(id), scope, reading, asks_jobs)
    }

    fn possible(&mut self, clock: TermId, firsts: &[i32], scope: Scope, reading: Reading) -> Vec<Signal> {
        let days: Vec<i64> = firsts.iter().map(|first| i64::from(*first)).collect();
        if let Some(steps) = self.source.possible_steps(clock, &days, scope, reading) {
            return steps.iter().map(|steps| self.of_steps(steps).met).collect();
        }
        let asks_jobs = self.source.term_asks_jobs(clock);
        let leaves = (0..firsts.len()).map(|place| {
            let kind = LeafKind::Possible {
                clock,
                firsts: firsts.to_vec(),
                place,
            };
            self.by_row(kind, scope, reading, asks_jobs).met
        });
        leaves.collect()
    }

    /// A comparison with a cell of a table: with each cell that may stand, for those of whom it may.
    fn by_cell(&mut self, left: TermId, comparison: Comparison, right: TermId, scope: Scope, reading: Reading) -> Option<Pair> {
        let program = self.source.program;
        let (cell, other, cell_is_left) = match (program.term(left), program.term(right)) {
            (_, Term::Cell(cell)) => (*cell, left, false),
            (Term::Cell(cell), _) => (*cell, right, true),
            _ => return None,
        };
        // Two cells that may stand are one span for the evaluator, which an equal number between them does not leave.
        if comparison == Comparison::Equal || self.source.term_support(other, scope) == Support::Many {
            return None;
        }
        let column = program.columns.get(usize::from(cell))?;
        let mut choices: Vec<(Interval, Vec<Signal>)> = Vec::new();
        let mut none_before = Signal::TRUE;
        for entry in &column.entries {
            let from = if reading == Reading::Other {
                entry.from_other.or(entry.from)
            } else {
                entry.from
            };
            let stands = self.source.in_force_steps(column.clock, from, entry.until, scope, reading)?;
            let stands = self.of_steps(&stands);
            if stands == Pair::UNMET {
                continue;
            }
            let guard = entry.guard.map_or(Pair::MET, |guard| self.pair(guard, scope, reading));
            let applies = self.all(&[stands, guard]);
            let possible = self.gates.both(none_before, applies.unmet.not());
            none_before = self.gates.both(none_before, applies.met.not());
            let cell = if reading == Reading::Other {
                entry.other.as_ref().unwrap_or(&entry.cell)
            } else {
                &entry.cell
            };
            put_choice(&mut choices, of_cell(cell), possible);
            if none_before == Signal::FALSE {
                break;
            }
        }
        put_choice(&mut choices, of_cell(&column.fallback), none_before);
        let mut agreed = Vec::new();
        for (cell, possible) in choices {
            let possible = self.gates.any(possible);
            if possible == Signal::FALSE {
                continue;
            }
            let number = cell.span.map_or(0, |(low, _)| low);
            let truth = |reach: Interval| {
                let (a, b) = if cell_is_left { (cell, reach) } else { (reach, cell) };
                a.compare(b, |a, b| compare(a, comparison, b))
            };
            let steps = self.source.against_number(other, scope, reading, truth, number)?;
            agreed.push((possible, self.of_steps(&steps)));
        }
        Some(self.agreed(&agreed))
    }
}

fn put_choice(choices: &mut Vec<(Interval, Vec<Signal>)>, cell: Interval, possible: Signal) {
    match choices.iter_mut().find(|(known, _)| *known == cell) {
        Some((_, signals)) => signals.push(possible),
        None => choices.push((cell, vec![possible])),
    }
}

impl Source<'_> {
    fn in_force_steps(&mut self, clock: TermId, from: Option<i32>, until: Option<i32>, scope: Scope, reading: Reading) -> Option<Steps> {
        let days = [from.map(i64::from), until.map(|until| i64::from(until).saturating_add(1))];
        let days: Vec<i64> = days.into_iter().flatten().collect();
        self.by_rank(clock, &days, scope, reading, |reach| in_force(reach, from, until))
    }
}
