//! Runs a survey, and looks again at the rows that columns alone do not decide.

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};

use super::bind::{Columns, unanswered};
use super::error::SurveyError;
use super::errors::RowErrors;
use super::owned::Mask;
use super::query::{AnswerKind, PlanCache, Query, Question, Questions};
use crate::coverage::Status;
use crate::error::Error;
use crate::facts::{FactScope, Scope, Subject, Value};
use crate::law::{Assessment, Verdict};
use crate::population::{Answer, Data, Days, Jobs, Plan, Population, PopulationError, Run, Scheme};
use crate::rulebook::Rulebook;
use crate::values::Date;

/// The code of a row that could not be assessed.
pub const NO_ANSWER: u8 = 255;

/// What a run is told by, and what stops it.
#[derive(Clone, Copy)]
pub struct Watch<'w> {
    /// Called now and then with the number of rows that are done, or with 0 where that is not known; it may set `cancel`.
    pub tell: &'w (dyn Fn(usize) + Sync),
    /// Set to stop early.
    pub cancel: &'w AtomicBool,
    /// As in [`Run::fresh`].
    pub fresh: Option<fn(&mut [u8])>,
}

impl std::fmt::Debug for Watch<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Watch").field("cancel", self.cancel).finish_non_exhaustive()
    }
}

impl Watch<'_> {
    fn check(&self) -> Result<(), SurveyError> {
        if self.cancel.load(Ordering::Relaxed) {
            Err(PopulationError::Cancelled.into())
        } else {
            Ok(())
        }
    }
}

/// The answers to one question.
#[derive(Debug)]
#[non_exhaustive]
pub struct Answers {
    /// The id of the scheme, definition, clause or rule.
    pub name: String,
    /// How the codes are called.
    pub kind: AnswerKind,
    /// A code for each row; [`NO_ANSWER`] where it could not be assessed.
    pub codes: Vec<u8>,
    /// What each undecided row still needs, where that was asked.
    pub missing: Option<Texts>,
}

/// A text for each row.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Texts {
    /// The number of the text; one beyond them where there is none.
    pub keys: Vec<u32>,
    /// The texts, each once.
    pub texts: Vec<String>,
}

/// What a survey found.
#[derive(Debug)]
#[non_exhaustive]
pub struct Assessed {
    /// The answers, in the order of the questions.
    pub answers: Vec<Answers>,
    /// Values that cannot be.
    pub errors: RowErrors,
    /// What the frame tells of everybody.
    pub told: Told,
}

/// What a frame tells at all: of this rest the facts that it does not.
#[derive(Debug, Clone)]
pub struct Told {
    subject: Subject,
    names: Vec<String>,
    questions: Vec<Question>,
    day: Option<Date>,
    no_answers: Vec<(String, usize)>,
}

impl Told {
    /// The columns of which values were named that say that nobody answered, each with the number of rows that have one.
    #[must_use]
    pub fn no_answers(&self) -> &[(String, usize)] {
        &self.no_answers
    }

    /// Facts on which the questions rest and of which neither a column nor a constant tells.
    #[must_use]
    pub fn unknown_facts(&self, rulebook: &Rulebook) -> Vec<String> {
        let day = self.day.or_else(|| rulebook.checked_on()).or_else(|| Date::from_days(20_000));
        let Some(day) = day else { return Vec::new() };
        let law = rulebook.on(day);
        let mut assessment = Assessment::new(&law, &self.subject);
        let mut unknown: Vec<String> = Vec::new();
        for question in &self.questions {
            for missing in Questions::missing(question, rulebook, &mut assessment) {
                let told = |name: &String| *name == missing || name.starts_with(&format!("{missing}."));
                if missing != "jobs" && !self.names.iter().any(told) && !unknown.contains(&missing) {
                    unknown.push(missing);
                }
            }
        }
        unknown
    }
}

/// A frame whose columns are bound: it can be asked.
#[derive(Debug)]
pub struct Survey<'t> {
    pub(super) rulebook: &'t Rulebook,
    pub(super) rows: usize,
    pub(super) questions: Questions,
    pub(super) columns: Columns<'t>,
    pub(super) errors: RowErrors,
    pub(super) threads: usize,
    missing: bool,
    no_answers: Vec<(String, usize)>,
}

impl<'t> Survey<'t> {
    /// Binds the columns of a query.
    ///
    /// # Errors
    /// A fact or clause that the rulebook does not have, a column that cannot hold its fact, a constant or a mapped value that cannot be.
    pub fn new(rulebook: &'t Rulebook, query: &Query<'t>) -> Result<Self, Error> {
        let mut errors = RowErrors::new(query.rows, query.errors);
        let mut survey = Self {
            rulebook,
            rows: query.rows,
            questions: Questions::new(rulebook, &query.asked)?,
            columns: Columns::new(rulebook.book(), query, &mut errors)?,
            errors,
            threads: query.threads,
            missing: query.missing,
            no_answers: unanswered(query)?,
        };
        survey.contradictions()?;
        Ok(survey)
    }

    /// The answer of each row.
    ///
    /// # Errors
    /// [`SurveyError::Population`] where columns do not fit each other, or the run was stopped.
    pub fn assess(mut self, cache: &PlanCache, watch: Watch<'_>) -> Result<Assessed, Error> {
        let codes = self.codes(cache, watch)?;
        let missing = if self.missing {
            self.missing(&codes, watch)?.into_iter().map(Some).collect()
        } else {
            (0..codes.len()).map(|_| None).collect::<Vec<_>>()
        };
        let told = self.told();
        let answers = codes.into_iter().zip(missing).zip(&self.questions.names).enumerate();
        let answers = answers.map(|(place, ((codes, missing), name))| Answers {
            name: name.clone(),
            kind: self.questions.kind(place),
            codes,
            missing,
        });
        Ok(Assessed {
            answers: answers.collect(),
            errors: self.errors,
            told,
        })
    }

    pub(super) fn population(&self) -> Population<'_> {
        let days = match (&self.columns.days, self.columns.day) {
            (Some(column), _) => match column.days.data() {
                Data::I32(days) => Days::Column {
                    days,
                    validity: column.validity.as_ref().map(Mask::bits),
                },
                _ => Days::Column { days: &[], validity: None },
            },
            (None, Some(day)) => Days::One(day),
            (None, None) => Days::Column { days: &[], validity: None },
        };
        let jobs = match (&self.columns.second, self.columns.jobs) {
            (Some(second), _) => match second.flags.data() {
                Data::Bits(present) => Jobs::Second {
                    present,
                    validity: second.validity.as_ref().map(Mask::bits),
                },
                _ => Jobs::Unknown,
            },
            (None, Some(count)) => Jobs::Exactly(count),
            (None, None) => Jobs::Unknown,
        };
        let columns = self.columns.columns.iter().filter(|column| !column.only_spans());
        Population {
            rows: self.rows,
            days,
            jobs,
            columns: columns.map(super::bound::BoundColumn::bound).collect(),
        }
    }

    /// Notes the values that cannot be of those columns that nobody checked yet; a run checks those on which the questions rest.
    pub(super) fn check(&mut self, wanted: impl Fn(usize) -> bool) -> Result<(), SurveyError> {
        let layout = &self.rulebook.book().program.layout;
        let columns = self.columns.columns.iter_mut().filter(|column| !column.only_spans()).enumerate();
        for (_, column) in columns.filter(|(place, column)| column.unchecked && wanted(*place)) {
            column.check(layout, self.rows, &mut self.errors)?;
        }
        Ok(())
    }

    /// The codes of all rows by question.
    pub(super) fn codes(&mut self, cache: &PlanCache, watch: Watch<'_>) -> Result<Vec<Vec<u8>>, SurveyError> {
        let (mut codes, bad_values, used) = match &self.columns.counts {
            None => self.run(self.population(), cache, watch)?,
            Some(counts) => self.run_by_jobs(counts, cache, watch)?,
        };
        // The run counts values that cannot be; where there are any, they are sought in their columns.
        self.check(|column| bad_values || !used.get(column).copied().unwrap_or(false))?;
        if self.columns.columns.iter().any(super::bound::BoundColumn::has_spans) {
            self.spans(&mut codes, watch)?;
        }
        for row in self.errors.rows() {
            for code in codes.iter_mut().filter_map(|codes| codes.get_mut(row)) {
                *code = NO_ANSWER;
            }
        }
        (watch.tell)(self.rows);
        Ok(codes)
    }

    /// The answers of the engine by columns, whether a value cannot be, and which columns it looked at.
    fn run(&self, population: Population<'_>, cache: &PlanCache, watch: Watch<'_>) -> Result<Ran, SurveyError> {
        let plan = cache.plan(self.rulebook, &self.questions, &population)?;
        let run = Run {
            threads: self.threads,
            progress: Some(watch.tell),
            cancel: Some(watch.cancel),
            most_bad: 0,
            fresh: watch.fresh,
            ..Run::default()
        };
        let outcome = plan.run(&population, &run)?;
        let codes = outcome.answers.into_iter();
        let codes = codes.map(|answer| if let Answer::Codes(codes) = answer { codes } else { Vec::new() });
        Ok((codes.collect(), outcome.bad_values > 0, used(&plan, population.columns.len())))
    }

    /// The same where rows have different numbers of jobs: the engine is asked once for each number that occurs.
    fn run_by_jobs(&self, counts: &[Option<usize>], cache: &PlanCache, watch: Watch<'_>) -> Result<Ran, SurveyError> {
        let distinct: BTreeSet<Option<usize>> = counts.iter().copied().collect();
        let mut all: Option<Ran> = None;
        for count in distinct {
            let population = Population {
                jobs: count.map_or(Jobs::Unknown, Jobs::Exactly),
                ..self.population()
            };
            let (codes, bad, used) = self.run(population, cache, watch)?;
            let Some((all_codes, all_bad, all_used)) = &mut all else {
                all = Some((codes, bad, used));
                continue;
            };
            *all_bad |= bad;
            // A column that one number of jobs does not look at was not checked for those rows.
            all_used.iter_mut().zip(used).for_each(|(all, used)| *all &= used);
            for (all, codes) in all_codes.iter_mut().zip(codes) {
                let of_count = all.iter_mut().zip(codes).zip(counts).filter(|(_, of)| **of == count);
                of_count.for_each(|((all, code), _)| *all = code);
            }
        }
        match all {
            Some(all) => Ok(all),
            None => self.run(self.population(), cache, watch),
        }
    }

    /// Rows with a day that is not exact are decided by the evaluator: by columns it counted as unknown, so what is decided stays.
    fn spans(&self, codes: &mut [Vec<u8>], watch: Watch<'_>) -> Result<(), SurveyError> {
        let undetermined: Vec<u8> = (0..codes.len()).map(|place| self.questions.kind(place).undetermined()).collect();
        let open = |row: &usize| {
            let mut answers = codes.iter().zip(&undetermined);
            !self.errors.has(*row)
                && answers.any(|(codes, undetermined)| codes.get(*row) == Some(undetermined))
                && self.columns.columns.iter().any(|column| column.span(*row).is_some())
        };
        let rows: Vec<usize> = (0..self.rows).filter(open).collect();
        let threads = match self.threads {
            _ if cfg!(target_family = "wasm") => 1,
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            threads => threads,
        };
        let work = |rows: &[usize]| -> Vec<(usize, Vec<u8>)> {
            let answer = |row: &usize| {
                if row.is_multiple_of(256) {
                    (watch.tell)(0);
                }
                watch.check().ok()?;
                Some((*row, self.row_codes(*row)?))
            };
            rows.iter().filter_map(answer).collect()
        };
        let part = rows.len().div_ceil(threads.max(1)).max(1);
        let found: Vec<Vec<(usize, Vec<u8>)>> = if threads == 1 || rows.len() < 64 {
            vec![work(&rows)]
        } else {
            std::thread::scope(|scope| {
                let running: Vec<_> = rows.chunks(part).map(|rows| scope.spawn(|| work(rows))).collect();
                running.into_iter().filter_map(|thread| thread.join().ok()).collect()
            })
        };
        watch.check()?;
        for (row, answers) in found.into_iter().flatten() {
            for (codes, answer) in codes.iter_mut().zip(answers) {
                if let Some(code) = codes.get_mut(row) {
                    *code = answer;
                }
            }
        }
        Ok(())
    }

    /// The answers of one row as of one person.
    fn row_codes(&self, row: usize) -> Option<Vec<u8>> {
        let law = self.rulebook.on(self.columns.day(row)?);
        let subject = self.subject(row);
        let statuses = if self.questions.list.iter().any(|question| matches!(question, Question::Scheme(_))) {
            law.subject_statuses(&subject)
        } else {
            Vec::new()
        };
        let mut assessment = Assessment::new(&law, &subject);
        let codes = self.questions.list.iter().map(|question| match question {
            Question::Scheme(place) => statuses.get(*place).map_or(Scheme::UNDETERMINED, |status| code(*status)),
            Question::Rule(number) => {
                let rule = assessment.rule(*number);
                rule.map_or(2, |rule| verdict(assessment.verdict(rule.person, Scope::Person)))
            }
            Question::Clause(node, false) => verdict(assessment.verdict(*node, Scope::Person)),
            Question::Clause(node, true) => match subject.job_count() {
                None => 2,
                Some(count) => {
                    let all: Vec<u8> = (0..count).map(|job| verdict(assessment.verdict(*node, Scope::Job(job)))).collect();
                    [1, 3, 2].into_iter().find(|code| all.contains(code)).unwrap_or(0)
                }
            },
        });
        Some(codes.collect())
    }

    /// For every question the facts that each undecided row still lacks.
    fn missing(&self, codes: &[Vec<u8>], watch: Watch<'_>) -> Result<Vec<Texts>, SurveyError> {
        let mut texts: Vec<Texts> = (0..codes.len())
            .map(|_| Texts {
                keys: vec![u32::MAX; self.rows],
                texts: Vec::new(),
            })
            .collect();
        let mut numbers: Vec<HashMap<String, u32>> = vec![HashMap::new(); codes.len()];
        for row in 0..self.rows {
            if row.is_multiple_of(256) {
                (watch.tell)(0);
            }
            watch.check()?;
            let open = |place: usize| codes.get(place).and_then(|codes| codes.get(row)) == Some(&self.questions.kind(place).undetermined());
            if !(0..codes.len()).any(open) {
                continue;
            }
            let Some(day) = self.columns.day(row) else { continue };
            let (law, subject) = (self.rulebook.on(day), self.subject(row));
            let mut assessment = Assessment::new(&law, &subject);
            let questions = self.questions.list.iter().zip(texts.iter_mut().zip(&mut numbers)).enumerate();
            for (_, (question, (texts, numbers))) in questions.filter(|(place, _)| open(*place)) {
                let text = Questions::missing(question, self.rulebook, &mut assessment).join(", ");
                let number = *numbers.entry(text).or_insert_with_key(|text| {
                    texts.texts.push(text.clone());
                    u32::try_from(texts.texts.len().saturating_sub(1)).unwrap_or(u32::MAX)
                });
                if let Some(key) = texts.keys.get_mut(row) {
                    *key = number;
                }
            }
        }
        Ok(texts)
    }

    /// So many jobs, the first of which is the main one where no column says otherwise.
    fn set_jobs(&self, subject: &mut Subject, count: usize) {
        let layout = &self.rulebook.book().program.layout;
        subject.set_jobs(layout, count);
        let main = layout.fact_number("job.main");
        if let Some(main) = main.filter(|main| !self.columns.columns.iter().any(|column| column.fact == *main)) {
            for job in 0..count {
                subject.set(layout, main, Scope::Job(job), Value::Flag(job == 0));
            }
        }
    }

    /// What is the same for every row, and what is told at all.
    pub(super) fn told(&self) -> Told {
        let layout = &self.rulebook.book().program.layout;
        let mut subject = Subject::unknown(layout);
        // Where it is not said how many jobs there are, there may be a second.
        self.set_jobs(
            &mut subject,
            self.columns.jobs.filter(|_| self.columns.second.is_none()).unwrap_or(2),
        );
        let columns = &self.columns.columns;
        for column in columns.iter().filter(|column| column.is_constant()) {
            let value = column.value(0, &Value::Unknown);
            subject.set(layout, column.fact, Scope::Job(column.job), value);
        }
        Told {
            subject,
            names: columns.iter().map(|column| column.name.clone()).collect(),
            questions: self.questions.list.clone(),
            day: self.columns.day,
            no_answers: self.no_answers.clone(),
        }
    }

    /// The facts of one row. Where it is not known how many jobs there are, one more of which nothing is known stands for them.
    pub(super) fn subject(&self, row: usize) -> Subject {
        let layout = &self.rulebook.book().program.layout;
        let mut subject = Subject::unknown(layout);
        let columns = &self.columns.columns;
        let told = columns
            .iter()
            .filter(|column| layout.fact(column.fact).is_some_and(|info| info.scope == FactScope::Job))
            .filter(|column| column.value(row, &Value::Unknown) != Value::Unknown)
            .map(|column| column.job.saturating_add(1))
            .max();
        let second = self.columns.second.as_ref().map(|second| second.get(row));
        let counted = self.columns.counts.as_ref().and_then(|counts| counts.get(row).copied().flatten());
        let count = match (second, self.columns.jobs.or(counted), told) {
            (Some(Some(second)), ..) => Some(if second { 2 } else { 1 }),
            (Some(None), _, told) => told.map(|told| told.max(1).saturating_add(1)),
            (None, Some(count), _) => Some(count),
            (None, None, told) => told.map(|told| told.saturating_add(1)),
        };
        if let Some(count) = count {
            self.set_jobs(&mut subject, count);
        }
        for column in columns {
            let before = subject.value(layout, column.fact, Scope::Job(column.job)).clone();
            let value = column.value(row, &before);
            subject.set(layout, column.fact, Scope::Job(column.job), value);
        }
        subject
    }
}

/// The code of each row by question, whether a value cannot be, and which columns were looked at.
type Ran = (Vec<Vec<u8>>, bool, Vec<bool>);

/// On which columns of a population the questions rest.
pub(super) fn used(plan: &Plan<'_>, columns: usize) -> Vec<bool> {
    (0..columns).map(|column| plan.uses(column)).collect()
}

const fn code(status: Status) -> u8 {
    match status {
        Status::NotEligible => Scheme::NOT_ELIGIBLE,
        Status::Eligible => Scheme::ELIGIBLE,
        Status::Covered => Scheme::COVERED,
        Status::Undetermined => Scheme::UNDETERMINED,
        Status::Disputed => Scheme::DISPUTED,
    }
}

const fn verdict(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Unmet => 0,
        Verdict::Met => 1,
        Verdict::Undetermined => 2,
        Verdict::Disputed => 3,
    }
}
