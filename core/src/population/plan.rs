//! Compiles conditions for the form of a population.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::columns::{Form, Population, PopulationError};
use super::gates::{Gate, Gates, Signal};
use super::outcome::{Scheme, Verdict};
use super::source::{Asked, JobCount, Source, Support};
use super::steps::Steps;
use crate::criterion::{Comparison, Node, NodeId, Program, Reading, Term, TermId, compare, in_force, of_cell};
use crate::facts::{FactId, Scope, Subject};
use crate::values::{Date, Truth};

/// A question to every row of a population.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// Whether a condition is met, as bitmaps under each reading.
    Truth(NodeId),
    /// Whether a condition is met, as one code a row.
    Verdict(NodeId),
    /// Which status follows from the rules of a scheme.
    Status(Scheme),
}

/// The bitmap of a slot, or its inverse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ref {
    pub slot: usize,
    pub inverted: bool,
}

/// A step of the plan; each writes one slot.
#[derive(Debug)]
pub(super) enum Step {
    Nothing,
    Sound,
    Among { column: usize, spans: Vec<(i64, i64)> },
    Known { column: usize },
    All(Vec<Ref>),
}

/// A condition that is evaluated row by row.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Leaf {
    pub kind: LeafKind,
    pub scope: Scope,
    pub reading: Reading,
    /// It asks how many jobs there are.
    pub asks_jobs: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum LeafKind {
    Truth(NodeId),
    /// Whether the thing of that place, of several in force from days on, may be in force.
    Possible {
        clock: TermId,
        firsts: Vec<i32>,
        place: usize,
    },
}

/// What is written for a question.
#[derive(Debug)]
pub(super) enum Output {
    /// Met and unmet under the leading reading, and under the other where it can differ.
    Truth { lead: [Ref; 2], other: Option<[Ref; 2]> },
    /// A code a row, from its lowest bit; so many codes are possible.
    Codes { planes: Vec<Ref>, codes: usize },
}

/// Conditions compiled for a program and the form of a population: the facts that have columns, which of them may be null, the jobs, the day.
///
/// It can be run over every population of that form.
#[derive(Debug)]
pub struct Plan<'p> {
    pub(super) program: &'p Program,
    pub(super) compiled: Arc<Compiled>,
}

/// What a plan is made of, without its program: kept for the next population of the same form.
#[derive(Debug)]
pub struct Compiled {
    pub(super) forms: Vec<Form>,
    pub(super) jobs: JobCount,
    pub(super) template: Subject,
    pub(super) steps: Vec<(usize, Step)>,
    pub(super) slots: usize,
    pub(super) outputs: Vec<Output>,
    pub(super) leaves: Vec<Leaf>,
    /// The slots of each leaf, for met and unmet.
    pub(super) leaf_slots: Vec<[Option<usize>; 2]>,
    /// The columns from which rows are evaluated one by one.
    pub(super) row_columns: Vec<usize>,
    /// The columns on which the questions rest.
    pub(super) used: Vec<usize>,
}

/// Where a condition is known to be met, and where to be unmet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pair {
    met: Signal,
    unmet: Signal,
}

impl Pair {
    const MET: Self = Self {
        met: Signal::TRUE,
        unmet: Signal::FALSE,
    };
    const UNMET: Self = Self {
        met: Signal::FALSE,
        unmet: Signal::TRUE,
    };
    const UNKNOWN: Self = Self {
        met: Signal::FALSE,
        unmet: Signal::FALSE,
    };

    fn not(self) -> Self {
        Self {
            met: self.unmet,
            unmet: self.met,
        }
    }
}

struct Builder<'p> {
    source: Source<'p>,
    gates: Gates,
    leaves: Vec<Leaf>,
    pairs: HashMap<(NodeId, Scope, Reading), Pair>,
}

impl<'p> Plan<'p> {
    /// Compiles the questions for the form of a population.
    ///
    /// # Errors
    /// [`PopulationError::Binding`] where a column cannot hold the fact that it is bound to.
    pub fn new(program: &'p Program, population: &Population<'_>, asks: &[Ask]) -> Result<Self, PopulationError> {
        let source = Source::new(program, population)?;
        let mut builder = Builder {
            source,
            gates: Gates::new(),
            leaves: Vec::new(),
            pairs: HashMap::new(),
        };
        let written: Vec<Written> = asks.iter().map(|ask| builder.ask(ask)).collect();
        // A value that cannot be makes its row bad even where the plan found that it decides nothing.
        let (mut seen, mut used) = (BTreeSet::new(), BTreeSet::new());
        for ask in asks {
            match ask {
                Ask::Truth(node) | Ask::Verdict(node) => builder.source.columns_under(*node, Scope::Person, &mut seen, &mut used),
                Ask::Status(scheme) => {
                    for (_, node) in &scheme.rules {
                        builder.source.columns_under(*node, Scope::Person, &mut seen, &mut used);
                    }
                    used.extend(scheme.since.map(|_| builder.source.day_column()));
                }
            }
        }
        Ok(builder.lay_out(written, used))
    }

    /// A plan that was compiled before, of the same program and for the same questions; nothing where the population has another form.
    ///
    /// # Errors
    /// As for [`Plan::new`].
    pub fn again(program: &'p Program, compiled: &Arc<Compiled>, population: &Population<'_>) -> Result<Option<Self>, PopulationError> {
        let fits = compiled.fits(program, population)?;
        Ok(fits.then(|| Self {
            program,
            compiled: Arc::clone(compiled),
        }))
    }

    /// What [`Plan::again`] takes.
    #[must_use]
    pub fn compiled(&self) -> &Arc<Compiled> {
        &self.compiled
    }

    /// Whether a question rests on the column at a place of the population; its values are then checked by every run.
    #[must_use]
    pub fn uses(&self, column: usize) -> bool {
        self.compiled.used.contains(&column)
    }

    /// The number of conditions that are evaluated row by row, because no column alone decides them.
    #[must_use]
    pub fn by_row(&self) -> usize {
        self.compiled.leaves.len()
    }
}

impl Compiled {
    pub(super) fn fits(&self, program: &Program, population: &Population<'_>) -> Result<bool, PopulationError> {
        Ok(self.jobs == JobCount::of(&population.jobs) && self.forms == population.forms(&program.layout)?)
    }
}

/// An output whose signals have no slots yet.
enum Written {
    Truth([Signal; 2], Option<[Signal; 2]>),
    Codes(Vec<Signal>, usize),
}

impl<'p> Builder<'p> {
    fn ask(&mut self, ask: &Ask) -> Written {
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

    fn all(&mut self, pairs: &[Pair]) -> Pair {
        Pair {
            met: self.gates.all(pairs.iter().map(|pair| pair.met)),
            unmet: self.gates.any(pairs.iter().map(|pair| pair.unmet)),
        }
    }

    fn any(&mut self, pairs: &[Pair]) -> Pair {
        let not: Vec<Pair> = pairs.iter().map(|pair| pair.not()).collect();
        self.all(&not).not()
    }

    /// What all that may apply agree on; undecided where nothing may.
    fn agreed(&mut self, choices: &[(Signal, Pair)]) -> Pair {
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

    fn known(&mut self, column: usize) -> Signal {
        match self.source.forms.get(column) {
            Some(form) if form.nullable => self.gates.put(Gate::Known { column }),
            _ => Signal::TRUE,
        }
    }

    /// The rows whose value lies in the spans. A set that holds the lowest value is told by its complement, so that either is found again.
    fn among(&mut self, column: usize, spans: Vec<(i64, i64)>) -> Signal {
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

    fn pair(&mut self, id: NodeId, scope: Scope, reading: Reading) -> Pair {
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
        let mut choices: Vec<(crate::criterion::Interval, Vec<Signal>)> = Vec::new();
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
            let truth = |reach: crate::criterion::Interval| {
                let (a, b) = if cell_is_left { (cell, reach) } else { (reach, cell) };
                a.compare(b, |a, b| compare(a, comparison, b))
            };
            let steps = self.source.against_number(other, scope, reading, truth, number)?;
            agreed.push((possible, self.of_steps(&steps)));
        }
        Some(self.agreed(&agreed))
    }

    /// Whether a job is there.
    fn exists(&mut self, job: usize) -> Pair {
        match self.source.jobs {
            JobCount::OneOrTwo if job == 1 => {
                let column = self.source.second_job_column();
                let (present, known) = (self.among(column, vec![(1, 1)]), self.known(column));
                Pair {
                    met: self.gates.both(present, known),
                    unmet: self.gates.both(present.not(), known),
                }
            }
            JobCount::Unknown => {
                let of_job =
                    |form: &Form| matches!(form.what, super::columns::What::Fact(fact, of, ..) if of == job && self.source.is_of_job(fact));
                let columns: Vec<usize> = self
                    .source
                    .forms
                    .iter()
                    .enumerate()
                    .filter(|(_, form)| of_job(form))
                    .map(|(place, _)| place)
                    .collect();
                let known: Vec<Signal> = columns.into_iter().map(|column| self.known(column)).collect();
                Pair {
                    met: self.gates.any(known),
                    unmet: Signal::FALSE,
                }
            }
            _ => Pair::MET,
        }
    }

    fn any_job(&mut self, node: NodeId, reading: Reading) -> Pair {
        let mut pairs = Vec::new();
        for job in 0..self.source.job_columns {
            let (exists, truth) = (self.exists(job), self.pair(node, Scope::Job(job), reading));
            pairs.push(self.all(&[exists, truth]));
        }
        if self.source.jobs == JobCount::Unknown {
            pairs.push(self.some_job(node, reading));
        }
        self.any(&pairs)
    }

    /// A job that may be there and of which nothing is known.
    fn some_job(&mut self, node: NodeId, reading: Reading) -> Pair {
        let some = self.pair(node, Scope::SomeJob, reading);
        Pair {
            met: Signal::FALSE,
            unmet: some.unmet,
        }
    }

    fn main_job(&mut self, node: NodeId, reading: Reading) -> Pair {
        let count = self.source.job_columns;
        let unknown = self.source.jobs == JobCount::Unknown;
        if count == 0 {
            return if unknown { self.some_job(node, reading) } else { Pair::UNMET };
        }
        let first = self.pair(node, Scope::Job(0), reading);
        let Some(main) = self.source.main.filter(|_| self.source.main_is_bound) else {
            let exists = self.exists(0);
            return Pair {
                met: self.gates.both(first.met, exists.met),
                unmet: first.unmet,
            };
        };
        if count == 1 && !unknown {
            return first;
        }
        // The first job that says so; else those that do not deny it.
        let mut choices = Vec::new();
        let mut nobody_says = Signal::TRUE;
        let mut denied = Signal::TRUE;
        let mut says = Vec::new();
        for job in 0..count {
            let says_so = self.is(main, job);
            let truth = self.pair(node, Scope::Job(job), reading);
            choices.push((self.gates.both(nobody_says, says_so.met), truth));
            nobody_says = self.gates.both(nobody_says, says_so.met.not());
            denied = self.gates.both(denied, says_so.unmet);
            says.push((says_so, truth));
        }
        for (says_so, truth) in says {
            choices.push((self.gates.both(nobody_says, says_so.unmet.not()), truth));
        }
        if unknown {
            choices.push((nobody_says, self.some_job(node, reading)));
        } else {
            choices.push((denied, Pair::UNMET));
        }
        let several = self.agreed(&choices);
        if self.source.jobs != JobCount::OneOrTwo {
            return several;
        }
        let second = self.exists(1);
        self.agreed(&[(second.unmet.not(), several), (second.met.not(), first)])
    }

    fn is(&mut self, fact: FactId, job: usize) -> Pair {
        let constant = self
            .source
            .template
            .value(&self.source.program.layout, fact, Scope::Job(job))
            .clone();
        match (constant, self.source.columns_of(fact, Scope::Job(job)).first().copied()) {
            (crate::facts::Value::Flag(true), _) => Pair::MET,
            (crate::facts::Value::Flag(false), _) => Pair::UNMET,
            (_, Some(column)) => {
                let (yes, known) = (self.among(column, vec![(1, 1)]), self.known(column));
                Pair {
                    met: self.gates.both(yes, known),
                    unmet: self.gates.both(yes.not(), known),
                }
            }
            _ => Pair::UNKNOWN,
        }
    }

    /// Gives every gate that is needed a slot, freed after its last use.
    fn lay_out(self, written: Vec<Written>, mut used: BTreeSet<usize>) -> Plan<'p> {
        let gates = &self.gates.gates;
        let last = gates.len();
        let mut last_use: Vec<Option<usize>> = vec![None; last];
        let signals = |written: &Written| match written {
            Written::Truth(lead, other) => lead.iter().chain(other.iter().flatten()).copied().collect::<Vec<_>>(),
            Written::Codes(planes, _) => planes.clone(),
        };
        for signal in written.iter().flat_map(signals) {
            if let Some(uses) = last_use.get_mut(signal.gate()) {
                *uses = Some(last);
            }
        }
        for (number, gate) in gates.iter().enumerate().rev() {
            let (Gate::All(parts), Some(Some(_))) = (gate, last_use.get(number).copied()) else {
                continue;
            };
            for part in parts {
                if let Some(uses) = last_use.get_mut(part.gate()).filter(|uses| uses.is_none()) {
                    *uses = Some(number);
                }
            }
        }
        let mut slots = 0_usize;
        let mut free: Vec<usize> = Vec::new();
        let mut slot_of: Vec<usize> = vec![0; last];
        let mut steps = Vec::new();
        let mut leaf_slots = vec![[None; 2]; self.leaves.len()];
        let mut frees: Vec<Vec<usize>> = vec![Vec::new(); last.saturating_add(1)];
        // Rows are evaluated first, so their slots are never another's.
        for (number, gate) in gates.iter().enumerate() {
            if let (Gate::ByRow { leaf, met }, Some(Some(_))) = (gate, last_use.get(number)) {
                if let Some(slot) = slot_of.get_mut(number) {
                    *slot = slots;
                }
                if let Some(of_leaf) = leaf_slots.get_mut(*leaf).and_then(|slots| slots.get_mut(usize::from(!*met))) {
                    *of_leaf = Some(slots);
                }
                slots = slots.saturating_add(1);
            }
        }
        // What reads one column stands together, while the column is at hand; it names no other gate.
        let mut order: Vec<(usize, &Gate)> = gates.iter().enumerate().collect();
        order.sort_by_key(|(_, gate)| match gate {
            Gate::Among { column, .. } | Gate::Known { column } => *column,
            _ => usize::MAX,
        });
        for (number, gate) in order {
            let Some(Some(until)) = last_use.get(number).copied() else {
                continue;
            };
            let reference = |signal: &Signal| Ref {
                slot: slot_of.get(signal.gate()).copied().unwrap_or(0),
                inverted: signal.inverted(),
            };
            let step = match gate {
                Gate::ByRow { .. } => continue,
                Gate::Nothing => Step::Nothing,
                Gate::Sound => Step::Sound,
                Gate::Among { column, spans } => Step::Among {
                    column: *column,
                    spans: spans.clone(),
                },
                Gate::Known { column } => Step::Known { column: *column },
                Gate::All(parts) => Step::All(parts.iter().map(reference).collect()),
            };
            if let Step::Among { column, .. } | Step::Known { column } = step {
                used.insert(column);
            }
            // What is used here for the last time may give its place to the result.
            free.append(frees.get_mut(number).unwrap_or(&mut Vec::new()));
            let slot = free.pop().unwrap_or_else(|| {
                slots = slots.saturating_add(1);
                slots.saturating_sub(1)
            });
            if let Some(place) = slot_of.get_mut(number) {
                *place = slot;
            }
            if let Some(list) = frees.get_mut(until) {
                list.push(slot);
            }
            steps.push((slot, step));
        }
        let reference = |signal: Signal| Ref {
            slot: slot_of.get(signal.gate()).copied().unwrap_or(0),
            inverted: signal.inverted(),
        };
        let outputs = written.into_iter().map(|written| match written {
            Written::Truth(lead, other) => Output::Truth {
                lead: lead.map(reference),
                other: other.map(|other| other.map(reference)),
            },
            Written::Codes(planes, codes) => Output::Codes {
                planes: planes.into_iter().map(reference).collect(),
                codes,
            },
        });
        let outputs = outputs.collect();
        let (mut seen, mut row_columns) = (BTreeSet::<Asked>::new(), BTreeSet::new());
        for leaf in &self.leaves {
            match &leaf.kind {
                LeafKind::Truth(node) => self.source.columns_under(*node, leaf.scope, &mut seen, &mut row_columns),
                LeafKind::Possible { clock, .. } => self.source.columns_under_term(*clock, leaf.scope, &mut seen, &mut row_columns),
            }
        }
        if !self.leaves.is_empty() {
            row_columns.insert(self.source.day_column());
            if self.source.jobs == JobCount::OneOrTwo {
                row_columns.insert(self.source.second_job_column());
            }
        }
        row_columns.retain(|column| self.source.forms.get(*column).is_some_and(|form| form.constant.is_none()));
        used.extend(&row_columns);
        // A row without a day is bad even where no condition asks the day.
        if self
            .source
            .forms
            .get(self.source.day_column())
            .is_some_and(|form| form.constant.is_none())
        {
            used.insert(self.source.day_column());
        }
        let compiled = Compiled {
            jobs: self.source.jobs,
            template: self.source.template.clone(),
            forms: self.source.forms,
            steps,
            slots,
            outputs,
            leaves: self.leaves,
            leaf_slots,
            row_columns: row_columns.into_iter().collect(),
            used: used.into_iter().collect(),
        };
        Plan {
            program: self.source.program,
            compiled: Arc::new(compiled),
        }
    }
}

fn put_choice(choices: &mut Vec<(crate::criterion::Interval, Vec<Signal>)>, cell: crate::criterion::Interval, possible: Signal) {
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
