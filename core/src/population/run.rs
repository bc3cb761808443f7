//! Runs a plan over a population, chunk by chunk, on several threads.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use super::bad::BadRow;
use super::check::{self, Check, spans_in_column};
use super::columns::{Bits, Bound, Data, Form, Population, PopulationError};
use super::kernels::{self, CHUNK, Level, Slots, Span, WORDS};
use super::outcome::{Answer, Outcome};
use super::plan::{Output, Plan, Ref, Step};
use super::rows::Rows;
use super::tally::{Groups, Parts, Sums};

/// How a plan is run.
#[derive(Clone, Copy, Default)]
pub struct Run<'r> {
    /// The number of threads; as many as the machine runs at once where it is 0. A page of the web has one.
    pub threads: usize,
    /// Called after every few chunks with the number of rows that are done.
    pub progress: Option<&'r (dyn Fn(usize) + Sync)>,
    /// Set to stop early.
    pub cancel: Option<&'r AtomicBool>,
    /// How many bad rows are named; all are counted.
    pub most_bad: usize,
    /// Tallies by these groups, in the same pass.
    pub tally: Option<&'r Groups<'r>>,
    /// Leaves out the answers of single rows, where only tallies are wanted.
    pub only_tally: bool,
    /// Called with the memory of each answer of codes before any is written, so that it can be advised to come in large pages.
    pub fresh: Option<fn(&mut [u8])>,
}

/// A set of values as they stand in a column.
enum Mask<'a> {
    All(bool),
    Bits(Bits<'a>),
    Spans(Vec<Span>),
    Listed(Vec<u8>),
}

/// A column and all that is derived from it once for a run.
struct Used<'a> {
    form: Form,
    column: Bound<'a>,
    check: Option<Check>,
    /// Keys that have a code, where others leave the fact unknown.
    coded: Option<Mask<'a>>,
}

/// A step with its column at hand.
enum Bind<'a, 'p> {
    Nothing,
    Sound,
    Among(Data<'a>, Mask<'a>),
    Known(Option<Bits<'a>>, Option<(Data<'a>, &'p Mask<'a>)>),
    All(&'p [Ref]),
}

/// The place of one block of rows in every answer.
enum Part<'o> {
    Truth([&'o mut [u64]; 2], Option<[&'o mut [u64]; 2]>),
    Codes(&'o mut [u8]),
}

struct Task<'o> {
    first: usize,
    rows: usize,
    parts: Vec<Part<'o>>,
}

#[derive(Default)]
struct Found {
    bad: Vec<BadRow>,
    bad_values: usize,
    sums: Vec<Sums>,
    done: usize,
}

impl Found {
    /// Keeps the first bad rows of all, whatever the order in which chunks end.
    fn keep(&mut self, most: usize) {
        self.bad.sort_unstable();
        self.bad.truncate(most);
    }
}

impl<'a> Used<'a> {
    fn new(form: &Form, column: Bound<'a>) -> Self {
        let coded = column
            .keys
            .filter(|keys| !keys.strict)
            .map(|keys| of_keys(&keys.codes.iter().map(|code| check::coded(form, *code)).collect::<Vec<_>>()));
        Self {
            form: form.clone(),
            column,
            check: check::check(form, &column),
            coded,
        }
    }

    fn mask(&self, spans: &[(i64, i64)]) -> Mask<'a> {
        let holds = |value: i64| spans.iter().any(|(low, high)| (*low..=*high).contains(&value));
        match (self.column.data, self.column.keys) {
            (Data::Constant(value), _) => Mask::All(holds(value)),
            (Data::Bits(bits), _) if holds(1) && !holds(0) => Mask::Bits(bits),
            (Data::Bits(_), _) => Mask::All(holds(0)),
            (_, Some(keys)) => {
                let listed: Vec<bool> = keys.codes.iter().map(|code| code.is_some_and(|code| holds(code.into()))).collect();
                of_keys(&listed)
            }
            // Codes without keys stand as they are: a table is faster than many spans.
            _ if spans.len() > 4 && self.form.domain.1 < 65_536 => Mask::Listed(check::table((0..=self.form.domain.1).map(holds))),
            _ => Mask::Spans(spans.iter().map(|span| spans_in_column(&self.form, &self.column, *span)).collect()),
        }
    }
}

/// The keys that are listed: a few spans are faster than a table.
fn of_keys(listed: &[bool]) -> Mask<'static> {
    let runs = check::runs(listed);
    if runs.len() > 4 {
        return Mask::Listed(check::table(listed.iter().copied()));
    }
    Mask::Spans(runs.into_iter().map(|whole| Span { whole, float: (0.0, 0.0) }).collect())
}

/// What one thread works with; no chunk allocates.
struct Scratch {
    slots: Slots,
    spare: Box<[u64; WORDS]>,
    rows: Rows,
    codes: Vec<u8>,
    numbers: Vec<u32>,
    weights: Vec<i128>,
    bad: Vec<BadRow>,
    bad_values: usize,
    sums: Vec<Sums>,
    in_parts: Parts,
}

impl Plan<'_> {
    /// Answers the questions of the plan for every row.
    ///
    /// # Errors
    /// [`PopulationError::Length`] where a column is shorter than the population, [`PopulationError::Form`] where the population has another form than
    /// that for which the plan was made, [`PopulationError::Cancelled`] where it was cancelled.
    pub fn run(&self, population: &Population<'_>, run: &Run<'_>) -> Result<Outcome, PopulationError> {
        let compiled = &*self.compiled;
        if !compiled.fits(self.program, population)? {
            return Err(PopulationError::Form);
        }
        population.check_lengths()?;
        if run.tally.is_some_and(|groups| groups.rows() < population.rows) {
            return Err(PopulationError::Length {
                column: population.columns.len(),
            });
        }
        let rows = population.rows;
        let used: Vec<(usize, Used<'_>)> = compiled
            .used
            .iter()
            .filter_map(|place| Some((*place, Used::new(compiled.forms.get(*place)?, population.column(*place)?))))
            .collect();
        let of_place = |place: usize| used.iter().find(|(known, _)| *known == place).map(|(_, used)| used);
        let binds: Vec<(usize, Bind<'_, '_>)> = compiled
            .steps
            .iter()
            .map(|(slot, step)| {
                let bind = match step {
                    Step::Nothing => Bind::Nothing,
                    Step::Sound => Bind::Sound,
                    Step::Among { column, spans } => {
                        of_place(*column).map_or(Bind::Nothing, |used| Bind::Among(used.column.data, used.mask(spans)))
                    }
                    Step::Known { column } => of_place(*column).map_or(Bind::Nothing, |used| {
                        Bind::Known(used.column.validity, used.coded.as_ref().map(|mask| (used.column.data, mask)))
                    }),
                    Step::All(parts) => Bind::All(parts),
                };
                (*slot, bind)
            })
            .collect();
        let words = rows.div_ceil(64);
        let mut answers: Vec<Answer> = Vec::new();
        if !run.only_tally {
            answers.extend(compiled.outputs.iter().map(|output| match output {
                Output::Truth { other, .. } => Answer::Truth {
                    met: vec![0; words],
                    unmet: vec![0; words],
                    other: other.map(|_| (vec![0; words], vec![0; words])),
                },
                Output::Codes { .. } => Answer::Codes(vec![0; rows]),
            }));
        }
        for answer in &mut answers {
            if let (Answer::Codes(codes), Some(fresh)) = (answer, run.fresh) {
                fresh(codes);
            }
        }
        let threads = threads(run.threads, rows);
        // Blocks keep the threads busy to the end and the outputs of a thread close together.
        let block = if threads == 1 {
            CHUNK
        } else {
            CHUNK.saturating_mul(rows.div_ceil(CHUNK.saturating_mul(threads.saturating_mul(16))).clamp(1, 16))
        };
        let in_parts = run
            .tally
            .and_then(|groups| groups.weights)
            .map_or(Parts::default(), |weights| Parts::new(weights, rows));
        let found = Mutex::new(Found {
            sums: self.sums(run, in_parts),
            ..Found::default()
        });
        {
            let tasks = Mutex::new(tasks(rows, block, &mut answers));
            let next = || tasks.lock().ok().and_then(|mut tasks| tasks.next());
            let work = || {
                let level = Level::detect();
                let mut scratch = Scratch {
                    slots: vec![Box::new([0; WORDS]); compiled.slots],
                    spare: Box::new([0; WORDS]),
                    rows: Rows::new(self),
                    codes: Vec::new(),
                    numbers: Vec::new(),
                    weights: Vec::new(),
                    bad: Vec::new(),
                    bad_values: 0,
                    sums: self.sums(run, in_parts),
                    in_parts,
                };
                while let Some(mut task) = next() {
                    let mut first = 0;
                    while first < task.rows {
                        if run.cancel.is_some_and(|cancel| cancel.load(Ordering::Relaxed)) {
                            return;
                        }
                        let length = CHUNK.min(task.rows.saturating_sub(first));
                        let start = task.first.saturating_add(first);
                        self.chunk(
                            level,
                            population,
                            start..start.saturating_add(length),
                            &used,
                            &binds,
                            run,
                            &mut scratch,
                        );
                        self.write(level, &scratch.slots, length, first, &mut task.parts);
                        first = first.saturating_add(length);
                    }
                    if let Ok(mut found) = found.lock() {
                        found.bad.append(&mut scratch.bad);
                        if found.bad.len() > run.most_bad {
                            found.keep(run.most_bad);
                        }
                        found.done = found.done.saturating_add(task.rows);
                        if let Some(progress) = run.progress {
                            progress(found.done);
                        }
                    }
                }
                if let Ok(mut found) = found.lock() {
                    found.bad_values = found.bad_values.saturating_add(scratch.bad_values);
                    for (sum, more) in found.sums.iter_mut().zip(&scratch.sums) {
                        sum.join(more);
                    }
                }
            };
            if threads == 1 {
                work();
            } else {
                std::thread::scope(|scope| {
                    for _ in 1..threads {
                        scope.spawn(work);
                    }
                    work();
                });
            }
        }
        if run.cancel.is_some_and(|cancel| cancel.load(Ordering::Relaxed)) {
            return Err(PopulationError::Cancelled);
        }
        let mut found = found.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        found.keep(run.most_bad);
        Ok(Outcome {
            answers,
            tallies: found.sums.into_iter().map(Sums::tally).collect(),
            bad: found.bad,
            bad_values: found.bad_values,
        })
    }

    fn sums(&self, run: &Run<'_>, in_parts: Parts) -> Vec<Sums> {
        let Some(groups) = run.tally else { return Vec::new() };
        let codes = self.compiled.outputs.iter().filter_map(|output| {
            if let Output::Codes { codes, .. } = output {
                Some(*codes)
            } else {
                None
            }
        });
        codes.map(|codes| Sums::new(codes, groups, in_parts)).collect()
    }

    #[expect(clippy::too_many_arguments, reason = "one call, of one run")]
    fn chunk(
        &self,
        level: Level,
        population: &Population<'_>,
        rows: std::ops::Range<usize>,
        used: &[(usize, Used<'_>)],
        binds: &[(usize, Bind<'_, '_>)],
        run: &Run<'_>,
        scratch: &mut Scratch,
    ) {
        let words = rows.len().div_ceil(64);
        let mut sound = [0_u64; WORDS];
        for (word, sound) in sound.iter_mut().enumerate() {
            *sound = check::live(rows.len(), word);
        }
        for (_, used) in used {
            let about = (&used.form, &used.column, used.check.as_ref());
            let bad = check::take_out((level, rows.clone()), about, &mut sound, &mut scratch.bad);
            scratch.bad_values = scratch.bad_values.saturating_add(bad);
        }
        if !self.compiled.leaves.is_empty() {
            scratch.rows.answer(self, population, rows.clone(), &sound, &mut scratch.slots);
        }
        for (slot, bind) in binds {
            let out = scratch.spare.get_mut(..words).unwrap_or(&mut []);
            match bind {
                Bind::Nothing => out.fill(0),
                Bind::Sound => out.copy_from_slice(sound.get(..words).unwrap_or(&[])),
                Bind::Among(data, mask) => among(level, data, mask, &rows, out),
                Bind::Known(validity, coded) => {
                    match validity {
                        Some(validity) => kernels::bits(validity, rows.start, out),
                        None => out.fill(u64::MAX),
                    }
                    if let Some((data, mask)) = coded {
                        let mut listed = [0; WORDS];
                        among(level, data, mask, &rows, listed.get_mut(..words).unwrap_or(&mut []));
                        for (word, listed) in out.iter_mut().zip(listed) {
                            *word &= listed;
                        }
                    }
                }
                Bind::All(parts) => all(&scratch.slots, parts, &mut scratch.spare),
            }
            if let Some(place) = scratch.slots.get_mut(*slot) {
                std::mem::swap(place, &mut scratch.spare);
            }
        }
        if let Some(groups) = run.tally {
            groups.numbers(rows.clone(), &mut scratch.numbers);
            groups.parts(scratch.in_parts, rows.clone(), &mut scratch.weights);
            let planes = self.compiled.outputs.iter().filter_map(|output| {
                if let Output::Codes { planes, .. } = output {
                    Some(planes)
                } else {
                    None
                }
            });
            for (planes, sums) in planes.zip(&mut scratch.sums) {
                scratch.codes.resize(rows.len(), 0);
                spread(level, &scratch.slots, planes, &mut scratch.codes);
                sums.add(&scratch.codes, &scratch.numbers, &scratch.weights);
            }
        }
    }

    /// Writes the answers of a chunk that begins at a row of its block.
    fn write(&self, level: Level, slots: &Slots, rows: usize, first: usize, parts: &mut [Part<'_>]) {
        let (words, first_word) = (rows.div_ceil(64), first >> 6);
        let copy = |reference: &Ref, out: &mut [u64]| {
            let (Some(slot), Some(out)) = (slots.get(reference.slot), out.get_mut(first_word..first_word.saturating_add(words))) else {
                return;
            };
            let flip = flip(reference.inverted);
            for (to, from) in out.iter_mut().zip(slot.iter()) {
                *to = from ^ flip;
            }
        };
        for (output, part) in self.compiled.outputs.iter().zip(parts) {
            match (output, part) {
                (Output::Truth { lead, other }, Part::Truth(lead_parts, other_parts)) => {
                    for (reference, out) in lead.iter().zip(lead_parts) {
                        copy(reference, out);
                    }
                    for (reference, out) in other.iter().flatten().zip(other_parts.iter_mut().flatten()) {
                        copy(reference, out);
                    }
                }
                (Output::Codes { planes, .. }, Part::Codes(out)) => {
                    if let Some(out) = out.get_mut(first..first.saturating_add(rows)) {
                        spread(level, slots, planes, out);
                    }
                }
                _ => {}
            }
        }
    }
}

/// Codes from their bits.
fn spread(level: Level, slots: &Slots, planes: &[Ref], out: &mut [u8]) {
    let mut known = [(&[][..], 0, 0); 8];
    let count = planes.len().min(known.len());
    for ((plane, value), known) in planes.iter().zip([1_u8, 2, 4, 8, 16, 32, 64, 128]).zip(&mut known) {
        if let Some(slot) = slots.get(plane.slot) {
            *known = (slot.as_slice(), flip(plane.inverted), value);
        }
    }
    kernels::spread(level, known.get(..count).unwrap_or(&[]), out);
}

fn flip(inverted: bool) -> u64 {
    if inverted { u64::MAX } else { 0 }
}

/// The rows that are in every part.
fn all(slots: &Slots, parts: &[Ref], out: &mut [u64; WORDS]) {
    let words = |part: &Ref| slots.get(part.slot).map(|words| (words, flip(part.inverted)));
    let (first, rest) = parts.split_at(parts.len().min(2));
    match first {
        [a, b] => {
            let (Some((a, flip_a)), Some((b, flip_b))) = (words(a), words(b)) else {
                return;
            };
            for ((out, a), b) in out.iter_mut().zip(a.iter()).zip(b.iter()) {
                *out = (a ^ flip_a) & (b ^ flip_b);
            }
        }
        _ => out.fill(0),
    }
    for part in rest {
        let Some((part, flip)) = words(part) else { continue };
        for (out, part) in out.iter_mut().zip(part.iter()) {
            *out &= part ^ flip;
        }
    }
}

fn among(level: Level, data: &Data<'_>, mask: &Mask<'_>, rows: &std::ops::Range<usize>, out: &mut [u64]) {
    match mask {
        Mask::All(holds) => out.fill(if *holds { u64::MAX } else { 0 }),
        Mask::Bits(bits) => kernels::bits(bits, rows.start, out),
        Mask::Listed(table) => kernels::listed(data, rows.clone(), table, out),
        Mask::Spans(spans) => {
            let mut spans = spans.iter();
            match spans.next() {
                Some(span) => kernels::within(level, data, rows.clone(), span, out),
                None => out.fill(0),
            }
            for span in spans {
                let mut more = [0; WORDS];
                let Some(more) = more.get_mut(..out.len()) else { continue };
                kernels::within(level, data, rows.clone(), span, more);
                for (word, more) in out.iter_mut().zip(more) {
                    *word |= *more;
                }
            }
        }
    }
}

fn threads(asked: usize, rows: usize) -> usize {
    if cfg!(target_family = "wasm") {
        return 1;
    }
    // A thread is worth its start from a few chunks on.
    let useful = rows.div_ceil(CHUNK.saturating_mul(2)).max(1);
    match asked {
        _ if useful == 1 => 1,
        // Asked only here: the answer costs more than a small population.
        0 => std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(useful),
        asked => asked.min(useful),
    }
}

/// Cuts every answer into blocks of the same rows.
fn tasks(rows: usize, block: usize, answers: &mut [Answer]) -> impl Iterator<Item = Task<'_>> + Send {
    let words = block >> 6;
    let mut cuts: Vec<_> = answers
        .iter_mut()
        .map(|answer| match answer {
            Answer::Truth { met, unmet, other } => {
                let lead = met.chunks_mut(words).zip(unmet.chunks_mut(words));
                let other = other
                    .as_mut()
                    .map(|(met, unmet)| met.chunks_mut(words).zip(unmet.chunks_mut(words)));
                Cut::Truth(lead, other)
            }
            Answer::Codes(codes) => Cut::Codes(codes.chunks_mut(block)),
        })
        .collect();
    (0..rows).step_by(block).map(move |first| {
        let parts = cuts.iter_mut().map(|cut| match cut {
            Cut::Truth(lead, other) => {
                let pair = |pair: Option<(_, _)>| pair.map_or([&mut [] as &mut [u64], &mut []], |(met, unmet)| [met, unmet]);
                Part::Truth(pair(lead.next()), other.as_mut().map(|other| pair(other.next())))
            }
            Cut::Codes(codes) => Part::Codes(codes.next().unwrap_or(&mut [])),
        });
        Task {
            first,
            rows: block.min(rows.saturating_sub(first)),
            parts: parts.collect(),
        }
    })
}

type Pairs<'o> = std::iter::Zip<std::slice::ChunksMut<'o, u64>, std::slice::ChunksMut<'o, u64>>;

enum Cut<'o> {
    Truth(Pairs<'o>, Option<Pairs<'o>>),
    Codes(std::slice::ChunksMut<'o, u8>),
}
