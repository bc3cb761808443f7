//! Runs a population, and looks again at the rows that columns alone do not decide.

use std::collections::{BTreeMap, HashSet};
use std::sync::atomic::Ordering;

use sitthi::criterion::{Gaps, Node, NodeId, Program};
use sitthi::facts::{Subject, Value};
use sitthi::law::Assessment;
use sitthi::population::{Answer, Ask, BadReason, Days, Jobs, Plan, Population, PopulationError, Run, Scheme};
use sitthi::rulebook::Strength;
use sitthi::{Date, Status};

use crate::arrow;
use crate::column::{Bad, Filled, Held, HeldBits, Reading, Target, fold, get, plain, validity};
use crate::fault::Refused;
use crate::kept::Kept;
use crate::pages;
use crate::watch::Watch;

pub const STATUSES: [&str; 5] = ["not_eligible", "eligible", "covered", "undetermined", "disputed"];
/// The code of a row that could not be assessed.
const BAD: u8 = 255;

/// What of the frame is bound to facts, and what of it cannot be.
pub struct Given<'t> {
    pub filled: Vec<Filled<'t>>,
    pub bad: Vec<Bad>,
}

/// What is asked of every row: the schemes, then clauses and rules by id.
pub struct Asked {
    /// The rulebook's own, with a node more for every clause that is asked of each job.
    program: Option<Program>,
    pub wanted: Vec<String>,
    pub asks: Vec<Ask>,
    clauses: Vec<(NodeId, bool)>,
}

impl Asked {
    pub fn new(book: &sitthi::Rulebook, wanted: &[String]) -> Result<Self, Refused> {
        let rules = &book.book().rules;
        let node = |number: &u16| rules.get(usize::from(*number)).map(|rule| rule.person);
        let strength = |strength: Strength| {
            if strength == Strength::Covered {
                Scheme::COVERED
            } else {
                Scheme::ELIGIBLE
            }
        };
        let schemes = book.schemes().iter().map(|scheme| {
            let rules = scheme
                .rules
                .iter()
                .filter_map(|(given, number)| Some((strength(*given), node(number)?)));
            Ask::Status(Scheme { rules: rules.collect() })
        });
        let mut asks: Vec<Ask> = schemes.collect();
        let mut program = (!wanted.is_empty()).then(|| book.book().program.clone());
        let mut clauses = Vec::new();
        for id in wanted {
            let file_of = |rule: &sitthi::rulebook::Rule| book.book().file(rule.file).map_or("", |file| file.id.as_str()).to_owned();
            let rule = rules.iter().find(|rule| format!("{}.{}", file_of(rule), rule.id) == *id);
            let part = || {
                rules.iter().find_map(|rule| {
                    let part = rule.requires.iter().chain(&rule.excludes).find(|part| part.id == *id)?;
                    Some((part.node, rule.each_job))
                })
            };
            let Some((node, each_job)) = rule.map(|rule| (rule.person, false)).or_else(part) else {
                let ids = rules
                    .iter()
                    .flat_map(|rule| rule.requires.iter().chain(&rule.excludes))
                    .map(|part| part.id.as_str());
                let nearest = sitthi::values::nearest(id, ids).map(str::to_owned);
                return Err(sitthi::Error::Unknown {
                    what: "clause",
                    name: id.clone(),
                    nearest,
                }
                .into());
            };
            clauses.push((node, each_job));
            let asked = match program.as_mut().filter(|_| each_job) {
                Some(program) => {
                    program.nodes.push(Node::AnyJob(node));
                    NodeId::try_from(program.nodes.len().saturating_sub(1)).unwrap_or(node)
                }
                None => node,
            };
            asks.push(Ask::Verdict(asked));
        }
        Ok(Self {
            program,
            wanted: wanted.to_vec(),
            asks,
            clauses,
        })
    }

    pub fn program<'a>(&'a self, book: &'a sitthi::Rulebook) -> &'a Program {
        self.program.as_ref().unwrap_or(&book.book().program)
    }
}

/// A code for every row, by scheme and clause.
pub type Codes = Vec<Vec<u8>>;
/// Keys of texts for every row, by scheme.
pub type Texts = Vec<(Vec<u32>, Vec<String>)>;

/// The day of each row.
pub struct DayColumn<'t> {
    pub days: Held<'t>,
    pub validity: Option<HeldBits<'t>>,
}

/// What a frame told: of this rest the facts that it did not.
pub struct Told {
    subject: Subject,
    names: Vec<String>,
}

impl Told {
    /// Facts on which the schemes rest and of which neither a column nor a constant tells.
    pub fn unknown_facts(&self, book: &sitthi::Rulebook, day: Option<Date>) -> Vec<String> {
        let day = day.or_else(|| book.checked_on()).or_else(|| Date::from_days(20_000));
        let Some(day) = day else { return Vec::new() };
        let law = book.on(day);
        let mut assessment = Assessment::new(&law, &self.subject);
        let mut unknown: Vec<String> = Vec::new();
        for scheme in book.schemes() {
            for missing in scheme_missing(&mut assessment, scheme) {
                let told = |name: &String| *name == missing || name.starts_with(&format!("{missing}."));
                if missing != "jobs" && !self.names.iter().any(told) && !unknown.contains(&missing) {
                    unknown.push(missing);
                }
            }
        }
        unknown
    }
}

/// A frame that is being assessed.
pub struct Job<'t> {
    pub table: &'t arrow::Table,
    pub book: &'t sitthi::Rulebook,
    pub kept: &'t Kept,
    pub asked: &'t Asked,
    pub given: Given<'t>,
    pub day: Option<Date>,
    pub days: Option<DayColumn<'t>>,
    pub jobs: Option<usize>,
    pub second: Option<(Held<'t>, Option<HeldBits<'t>>)>,
    pub threads: usize,
}

impl<'t> Job<'t> {
    pub fn day_column(&mut self, place: usize, reader: Option<&str>) -> Result<DayColumn<'t>, Refused> {
        let field = self
            .table
            .fields
            .get(place)
            .ok_or_else(|| Refused::wrong_type("on", "no column", "the name of a column"))?;
        // A day is read as a fact of that type is read.
        let mut target = Target::named("survey_month", self.book.book())?;
        target.name = field.name.clone();
        target.check(field, reader)?;
        let chunks = self.table.column(place);
        let text = field.dictionary.is_some() || matches!(field.kind, arrow::Kind::Utf8 | arrow::Kind::LargeUtf8 | arrow::Kind::Utf8View);
        if field.kind == arrow::Kind::Date32 && field.dictionary.is_none() {
            return Ok(DayColumn {
                days: plain(&chunks)?,
                validity: validity(&chunks)?,
            });
        }
        if text {
            let folded = fold(&chunks, field)?;
            let readings: Vec<Reading> = folded
                .values
                .iter()
                .map(|value| match value.map(|value| target.read(value, reader)) {
                    None => Reading::Unknown,
                    Some(Reading::Span(..)) => Reading::Bad("a whole day was expected".to_owned()),
                    Some(reading) => reading,
                })
                .collect();
            let filled = Filled::folded(&target, folded, &readings, self.table.rows, &mut self.given.bad);
            return Ok(DayColumn {
                days: filled.held,
                validity: filled.validity,
            });
        }
        let held = plain(&chunks)?;
        let over = match field.kind {
            arrow::Kind::Timestamp(over) => over,
            arrow::Kind::Date64 => 86_400_000,
            _ => 1,
        };
        let days = (0..self.table.rows).map(|row| {
            held.whole(row)
                .map_or(i32::MIN, |moment| i32::try_from(moment.div_euclid(over)).unwrap_or(i32::MIN))
        });
        Ok(DayColumn {
            days: Held::I32(days.collect()),
            validity: validity(&chunks)?,
        })
    }

    pub fn flags(&self, place: usize) -> Result<(Held<'t>, Option<HeldBits<'t>>), Refused> {
        let chunks = self.table.column(place);
        match self.table.fields.get(place) {
            Some(field) if field.kind == arrow::Kind::Bool => Ok((plain(&chunks)?, validity(&chunks)?)),
            Some(field) => Err(Refused::wrong_type(
                &field.name,
                field.kind.name(),
                "booleans that say whether there is a second job",
            )),
            None => Err(Refused::wrong_type("jobs", "no column", "the name of a column")),
        }
    }

    /// What is the same for every row, and what is told at all.
    pub fn told(&self) -> Told {
        let layout = &self.book.book().program.layout;
        let mut subject = Subject::unknown(layout);
        // Where it is not said how many jobs there are, there may be a second.
        self.set_jobs(&mut subject, self.jobs.filter(|_| self.second.is_none()).unwrap_or(2));
        for filled in self.given.filled.iter().filter(|filled| matches!(filled.held, Held::Constant(_))) {
            let value = filled.value(0, &Value::Unknown);
            subject.set(layout, filled.fact, Some(filled.job), value);
        }
        Told {
            subject,
            names: self.given.filled.iter().map(|filled| filled.name.clone()).collect(),
        }
    }

    pub fn population(&self) -> Population<'_> {
        let days = match (&self.days, self.day) {
            (Some(column), _) => match column.days.data() {
                sitthi::population::Data::I32(days) => Days::Column {
                    days,
                    validity: column.validity.as_ref().map(HeldBits::bits),
                },
                _ => Days::Column { days: &[], validity: None },
            },
            (None, Some(day)) => Days::One(day),
            (None, None) => Days::Column { days: &[], validity: None },
        };
        let jobs = match (&self.second, self.jobs) {
            (Some((held, known)), _) => match held.data() {
                sitthi::population::Data::Bits(present) => Jobs::Second {
                    present,
                    validity: known.as_ref().map(HeldBits::bits),
                },
                _ => Jobs::Unknown,
            },
            (None, Some(count)) => Jobs::Exactly(count),
            (None, None) => Jobs::Unknown,
        };
        let columns = self
            .given
            .filled
            .iter()
            .filter(|filled| !filled.only_spans())
            .map(Filled::bound)
            .collect();
        Population {
            rows: self.table.rows,
            days,
            jobs,
            columns,
        }
    }

    pub fn row_day(&self, row: usize) -> Option<Date> {
        match &self.days {
            None => self.day,
            Some(column) => {
                let known = column.validity.as_ref().is_none_or(|bits| get(&bits.bits(), row));
                column
                    .days
                    .whole(row)
                    .filter(|_| known)
                    .and_then(|day| i32::try_from(day).ok())
                    .and_then(Date::from_days)
            }
        }
    }

    /// So many jobs, the first of which is the main one where no column says otherwise.
    fn set_jobs(&self, subject: &mut Subject, count: usize) {
        let layout = &self.book.book().program.layout;
        subject.set_jobs(layout, count);
        let main = layout.fact_number("job.main");
        if let Some(main) = main.filter(|main| !self.given.filled.iter().any(|filled| filled.fact == *main)) {
            for job in 0..count {
                subject.set(layout, main, Some(job), Value::Flag(job == 0));
            }
        }
    }

    /// The facts of one row. Where it is not known how many jobs there are, one more of which nothing is known stands for them.
    fn subject(&self, row: usize) -> Subject {
        let layout = &self.book.book().program.layout;
        let mut subject = Subject::unknown(layout);
        let filled = &self.given.filled;
        let is_job = |filled: &Filled<'_>| layout.fact(filled.fact).is_some_and(|info| info.scope == sitthi::facts::Scope::Job);
        let told = filled
            .iter()
            .filter(|filled| is_job(filled) && filled.value(row, &Value::Unknown) != Value::Unknown)
            .map(|filled| filled.job.saturating_add(1))
            .max();
        let second = self.second.as_ref().map(|(held, known)| {
            known
                .as_ref()
                .is_none_or(|bits| get(&bits.bits(), row))
                .then(|| held.whole(row).unwrap_or(0) != 0)
        });
        let count = match (second, self.jobs, told) {
            (Some(Some(second)), ..) => Some(if second { 2 } else { 1 }),
            (Some(None), _, told) => told.map(|told| told.max(1).saturating_add(1)),
            (None, Some(count), _) => Some(count),
            (None, None, told) => told.map(|told| told.saturating_add(1)),
        };
        if let Some(count) = count {
            self.set_jobs(&mut subject, count);
        }
        for filled in filled {
            let before = subject.value(layout, filled.fact, Some(filled.job)).clone();
            let value = filled.value(row, &before);
            subject.set(layout, filled.fact, Some(filled.job), value);
        }
        subject
    }

    fn note_bad(&mut self, found: &[sitthi::population::BadRow]) {
        let known: HashSet<usize> = self.given.bad.iter().map(|bad| bad.row).collect();
        let mut named = Vec::new();
        // What the columns were checked for is named already; the engine adds what only it can see, such as a row without a day.
        for bad in found.iter().filter(|bad| bad.fact.is_none() || !known.contains(&bad.row)) {
            let filled = self.given.filled.iter().find(|filled| Some(filled.fact) == bad.fact);
            let (fact, value) = match filled {
                Some(filled) => (filled.name.clone(), filled.shown(bad.row)),
                None => (
                    "on".to_owned(),
                    self.row_day(bad.row).map_or_else(String::new, |day| day.to_string()),
                ),
            };
            let reason = match bad.reason {
                BadReason::NoCode => "it is not a code of this fact",
                BadReason::OutOfRange => "it is negative, too large, or a day that is not of this time",
                BadReason::NotExact => "an amount exact to the satang, or a whole number, was expected",
                BadReason::NoDay => "the row has no day",
            };
            named.push(Bad {
                row: bad.row,
                fact,
                value,
                reason: reason.to_owned(),
            });
        }
        self.given.bad.append(&mut named);
    }

    /// The plan of the frame. A run of it checks the columns on which the questions rest; all others are checked here.
    pub fn plan(&mut self) -> Result<Plan<'t>, PopulationError> {
        let plan = self.kept.plan(self.book, self.asked, &self.population())?;
        self.check(|column| !plan.uses(column))?;
        Ok(plan)
    }

    /// Names the values that cannot be of those columns that nobody checked yet.
    fn check(&mut self, wanted: impl Fn(usize) -> bool) -> Result<(), PopulationError> {
        let layout = &self.book.book().program.layout;
        let columns = self.given.filled.iter_mut().filter(|filled| !filled.only_spans()).enumerate();
        for (_, filled) in columns.filter(|(place, filled)| filled.unchecked && wanted(*place)) {
            filled.check(layout, self.table.rows, &mut self.given.bad)?;
        }
        Ok(())
    }

    pub fn assess(&mut self, watch: &Watch, missing: bool) -> Result<(Codes, Texts), PopulationError> {
        let rows = self.table.rows;
        let plan = self.plan()?;
        let (mut codes, bad) = {
            let population = self.population();
            let progress = |done: usize| watch.tell(done);
            let run = Run {
                threads: self.threads,
                progress: Some(&progress),
                cancel: Some(&watch.cancel),
                most_bad: usize::MAX,
                fresh: Some(pages::large),
                ..Run::default()
            };
            let outcome = plan.run(&population, &run)?;
            let codes: Codes = outcome
                .answers
                .into_iter()
                .map(|answer| if let Answer::Codes(codes) = answer { codes } else { Vec::new() })
                .collect();
            (codes, outcome.bad)
        };
        // The run tells the fact of a bad value, which several columns may have: where there is any, it is sought in its column.
        if bad.iter().any(|bad| bad.fact.is_some()) {
            self.check(|_| true)?;
        }
        self.note_bad(&bad);
        self.before_since(&mut codes);
        if self.given.filled.iter().any(|filled| filled.spans.is_some()) {
            self.spans(&mut codes, watch)?;
        }
        for bad in &self.given.bad {
            for code in codes.iter_mut().filter_map(|codes| codes.get_mut(bad.row)) {
                *code = BAD;
            }
        }
        let texts = if missing { self.missing(&codes, watch)? } else { Vec::new() };
        watch.tell(rows);
        Ok((codes, texts))
    }

    /// Asked about a day before its file begins to answer, a scheme is undetermined.
    fn before_since(&self, codes: &mut Codes) {
        for (scheme, codes) in self.book.schemes().iter().zip(codes) {
            let Some(since) = self.book.book().file(scheme.file).map(|file| file.since) else {
                continue;
            };
            match (self.day, &self.days) {
                (Some(day), None) if day < since => codes.fill(Scheme::UNDETERMINED),
                (_, Some(_)) => {
                    for (row, code) in codes.iter_mut().enumerate() {
                        if self.row_day(row).is_some_and(|day| day < since) {
                            *code = Scheme::UNDETERMINED;
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// Rows with a day that is not exact are decided by the evaluator: by columns it counted as unknown, so what is decided stays.
    fn spans(&self, codes: &mut Codes, watch: &Watch) -> Result<(), PopulationError> {
        let schemes = self.book.schemes().len();
        let open = |row: usize| {
            let undecided = codes
                .iter()
                .enumerate()
                .any(|(place, codes)| codes.get(row) == Some(if place < schemes { &Scheme::UNDETERMINED } else { &2 }));
            undecided && self.given.filled.iter().any(|filled| filled.span(row).is_some())
        };
        let rows: Vec<usize> = (0..self.table.rows).filter(|row| open(*row)).collect();
        let threads = if self.threads == 0 {
            std::thread::available_parallelism().map_or(1, usize::from)
        } else {
            self.threads
        };
        let part = rows.len().div_ceil(threads.max(1)).max(1);
        let found: Vec<Vec<(usize, Vec<u8>)>> = std::thread::scope(|scope| {
            let work = |rows: &[usize]| -> Vec<(usize, Vec<u8>)> {
                let answer = |row: &usize| {
                    if row.is_multiple_of(256) {
                        watch.tell(0);
                    }
                    if watch.cancel.load(Ordering::Relaxed) {
                        None
                    } else {
                        Some((*row, self.row_codes(*row)?))
                    }
                };
                rows.iter().filter_map(answer).collect()
            };
            let running: Vec<_> = rows.chunks(part).map(|rows| scope.spawn(move || work(rows))).collect();
            running.into_iter().filter_map(|thread| thread.join().ok()).collect()
        });
        if watch.cancel.load(Ordering::Relaxed) {
            return Err(PopulationError::Cancelled);
        }
        for (row, answers) in found.into_iter().flatten() {
            for (codes, answer) in codes.iter_mut().zip(answers) {
                if let Some(code) = codes.get_mut(row) {
                    *code = answer;
                }
            }
        }
        Ok(())
    }

    fn row_codes(&self, row: usize) -> Option<Vec<u8>> {
        let law = self.book.on(self.row_day(row)?);
        let subject = self.subject(row);
        let mut codes: Vec<u8> = law.subject_statuses(&subject).into_iter().map(code).collect();
        let mut assessment = Assessment::new(&law, &subject);
        for (node, each_job) in &self.asked.clauses {
            let of = |verdict: sitthi::law::Verdict| match verdict {
                sitthi::law::Verdict::Unmet => 0,
                sitthi::law::Verdict::Met => 1,
                sitthi::law::Verdict::Undetermined => 2,
                sitthi::law::Verdict::Disputed => 3,
            };
            codes.push(match (each_job, subject.job_count()) {
                (false, _) => of(assessment.verdict(*node, None)),
                (true, None) => 2,
                (true, Some(count)) => {
                    let all: Vec<u8> = (0..count).map(|job| of(assessment.verdict(*node, Some(job)))).collect();
                    [1, 3, 2].into_iter().find(|code| all.contains(code)).unwrap_or(0)
                }
            });
        }
        Some(codes)
    }

    /// For every scheme the facts that each row still lacks.
    fn missing(&self, codes: &Codes, watch: &Watch) -> Result<Texts, PopulationError> {
        let schemes = self.book.schemes();
        let mut texts: Texts = vec![(vec![u32::MAX; self.table.rows], Vec::new()); schemes.len()];
        let mut numbers: Vec<BTreeMap<String, u32>> = vec![BTreeMap::new(); schemes.len()];
        for row in 0..self.table.rows {
            if row.is_multiple_of(256) {
                watch.tell(0);
            }
            if watch.cancel.load(Ordering::Relaxed) {
                return Err(PopulationError::Cancelled);
            }
            let open = |place: usize| codes.get(place).and_then(|codes| codes.get(row)) == Some(&Scheme::UNDETERMINED);
            if !(0..schemes.len()).any(open) {
                continue;
            }
            let Some(day) = self.row_day(row) else { continue };
            let (law, subject) = (self.book.on(day), self.subject(row));
            let mut assessment = Assessment::new(&law, &subject);
            for (place, (scheme, ((keys, texts), numbers))) in schemes.iter().zip(texts.iter_mut().zip(&mut numbers)).enumerate() {
                if !open(place) {
                    continue;
                }
                let text = scheme_missing(&mut assessment, scheme).join(", ");
                let number = *numbers.entry(text).or_insert_with_key(|text| {
                    texts.push(text.clone());
                    u32::try_from(texts.len().saturating_sub(1)).unwrap_or(u32::MAX)
                });
                if let Some(key) = keys.get_mut(row) {
                    *key = number;
                }
            }
        }
        Ok(texts)
    }
}

fn code(status: Status) -> u8 {
    match status {
        Status::NotEligible => Scheme::NOT_ELIGIBLE,
        Status::Eligible => Scheme::ELIGIBLE,
        Status::Covered => Scheme::COVERED,
        Status::Undetermined => Scheme::UNDETERMINED,
        Status::Disputed => Scheme::DISPUTED,
    }
}

fn scheme_missing(assessment: &mut Assessment<'_>, scheme: &sitthi::rulebook::Scheme) -> Vec<String> {
    let mut gaps = Gaps::default();
    assessment.look_at_scheme(scheme, &mut gaps);
    let mut names = Vec::new();
    for missing in assessment.sort_gaps(&gaps, None).0 {
        let name = match (missing.job, missing.fact.strip_prefix("job.")) {
            (Some(1), Some(rest)) => format!("job_2.{rest}"),
            _ => missing.fact.to_string(),
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
