//! What is asked of a frame, and of which columns.

use std::sync::{Arc, Mutex};

use serde_json::Value as Json;

use super::column::Column;
use super::value_map::ValueMap;
use crate::criterion::{Node, NodeId, Program};
use crate::error::Error;
use crate::facts::Scope;
use crate::law::Assessment;
use crate::population::{Ask, Compiled, Plan, Population, PopulationError, Scheme as Statuses};
use crate::rulebook::{Book, FileKind, Rule, RuleId, Rulebook, Scheme};
use crate::values::{Date, nearest};

/// The day asked about.
#[derive(Debug, Clone)]
pub enum AskedOn<'t> {
    /// One for all rows.
    Day(Date),
    /// A day for each row, and how it is read where it is text: `be_date`, `thai_date`, or ISO.
    Column(Column<'t>, Option<String>),
}

/// How many jobs each person has.
#[derive(Debug, Clone)]
pub enum JobsOf<'t> {
    /// There may be more than the columns tell.
    Unknown,
    /// Exactly so many.
    Exactly(usize),
    /// As this column says: a number of jobs, or yes where there is a second one.
    Told(Column<'t>),
}

/// A column bound to a fact.
#[derive(Debug, Clone)]
pub struct Binding<'t> {
    /// The column.
    pub column: Column<'t>,
    /// The fact, such as `job_2.employer` or `paid_months.sso_33.in_15`.
    pub fact: String,
    /// How its values are read.
    pub reader: Option<String>,
    /// What its values mean; as they are where there is no map.
    pub map: Option<Arc<ValueMap>>,
    /// The values that say that nobody answered: each leaves the fact unknown.
    pub no_answer: Option<Arc<ValueMap>>,
}

/// What is asked of every row.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Asked {
    /// The status of every scheme.
    pub schemes: bool,
    /// Every definition and standard.
    pub definitions: bool,
    /// Clauses and rules by their ids, such as `sso_40.at_least_15` or `employee.ssa`.
    pub ids: Vec<String>,
}

/// A frame with what is asked of it. Facts without a column are unknown.
#[derive(Debug, Clone)]
pub struct Query<'t> {
    /// The number of rows.
    pub rows: usize,
    /// The day asked about.
    pub on: AskedOn<'t>,
    /// The columns that tell facts.
    pub bindings: Vec<Binding<'t>>,
    /// Facts that are the same for every row.
    pub constants: Vec<(String, Json)>,
    /// How many jobs there are.
    pub jobs: JobsOf<'t>,
    /// What is asked.
    pub asked: Asked,
    /// Whether the frame comes of a file in which everything is text, such as CSV: its columns of text are read by
    /// [`written`](crate::facts::written).
    pub written: bool,
    /// Whether each row is told which facts it still needs.
    pub missing: bool,
    /// Whether each row is told what is wrong of it.
    pub errors: bool,
    /// The number of threads; as many as the machine runs at once where it is 0.
    pub threads: usize,
}

/// How the answers of a question are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerKind {
    /// [`STATUSES`].
    Status,
    /// [`VERDICTS`].
    Verdict,
}

/// The statuses by their codes.
pub const STATUSES: [&str; 5] = ["not_eligible", "eligible", "covered", "undetermined", "disputed"];
/// The verdicts by their codes.
pub const VERDICTS: [&str; 4] = ["unmet", "met", "undetermined", "disputed"];
/// What a row is that cannot be assessed.
pub const NOT_ASSESSED: &str = "not_assessed";

impl AnswerKind {
    /// The answers by their codes; a code beyond them is that of a row that cannot be assessed.
    #[must_use]
    pub const fn labels(self) -> &'static [&'static str] {
        match self {
            Self::Status => &STATUSES,
            Self::Verdict => &VERDICTS,
        }
    }

    /// The code of what is not decided.
    pub(super) const fn undetermined(self) -> u8 {
        match self {
            Self::Status => Statuses::UNDETERMINED,
            Self::Verdict => 2,
        }
    }

    /// The codes in the order in which a tally lists them.
    pub(super) const fn order(self) -> &'static [usize] {
        match self {
            Self::Status => &[2, 1, 0, 3, 4, 5],
            Self::Verdict => &[0, 1, 2, 3, 4],
        }
    }
}

/// One question to every row.
#[derive(Debug, Clone)]
pub(super) enum Question {
    /// A scheme by its place.
    Scheme(usize),
    /// A rule by its number.
    Rule(RuleId),
    /// A clause by its node; it may be asked of each job.
    Clause(NodeId, bool),
}

/// The questions of a survey, as the engine takes them.
#[derive(Debug)]
pub(super) struct Questions {
    /// The rulebook's own, with a node more for every clause that is asked of each job.
    program: Option<Program>,
    pub names: Vec<String>,
    pub list: Vec<Question>,
    asks: Vec<Ask>,
}

impl Scheme {
    /// The question of its status to a whole population; it begins to answer where its file does, as for one person.
    #[must_use]
    pub fn ask(&self, book: &Book) -> Ask {
        let rules = self.rules.iter().filter_map(|(strength, number)| {
            let rule = book.rules.get(usize::from(*number))?;
            let strength = match strength {
                crate::rulebook::Strength::Covered => Statuses::COVERED,
                crate::rulebook::Strength::Eligible => Statuses::ELIGIBLE,
            };
            Some((strength, rule.person))
        });
        Ask::Status(Statuses {
            rules: rules.collect(),
            since: book.file(self.file).map(|file| file.since),
        })
    }
}

fn id_of(book: &Book, rule: &Rule) -> String {
    let file = book.file(rule.file).map_or("", |file| file.id.as_str());
    format!("{file}.{}", rule.id)
}

/// The rules that a classification asks, with their numbers and ids: definitions, then standards.
pub fn definitions(book: &Book) -> impl Iterator<Item = (RuleId, &Rule, String)> {
    [FileKind::Definition, FileKind::Standard].into_iter().flat_map(move |kind| {
        let rules = RuleId::of_each(&book.rules);
        let of_kind = rules.filter(move |(_, rule)| book.file(rule.file).is_some_and(|file| file.kind == kind));
        of_kind.map(|(number, rule)| (number, rule, id_of(book, rule)))
    })
}

impl Questions {
    pub(super) fn new(rulebook: &Rulebook, asked: &Asked) -> Result<Self, Error> {
        let book = rulebook.book();
        let mut questions = Self {
            program: None,
            names: Vec::new(),
            list: Vec::new(),
            asks: Vec::new(),
        };
        let schemes = rulebook.schemes().iter().enumerate().filter(|_| asked.schemes);
        for (place, scheme) in schemes {
            questions.put(scheme.id.to_string(), Question::Scheme(place), scheme.ask(book));
        }
        for (number, rule, id) in definitions(book).filter(|_| asked.definitions) {
            questions.put(id, Question::Rule(number), Ask::Verdict(rule.person));
        }
        for id in &asked.ids {
            if !questions.names.contains(id) {
                questions.by_id(book, id)?;
            }
        }
        Ok(questions)
    }

    fn put(&mut self, name: String, question: Question, ask: Ask) {
        self.names.push(name);
        self.list.push(question);
        self.asks.push(ask);
    }

    fn by_id(&mut self, book: &Book, id: &str) -> Result<(), Error> {
        let rules = &book.rules;
        if let Some((number, rule)) = RuleId::of_each(rules).find(|(_, rule)| id_of(book, rule) == id) {
            self.put(id.to_owned(), Question::Rule(number), Ask::Verdict(rule.person));
            return Ok(());
        }
        let part = rules.iter().find_map(|rule| {
            let part = rule.requires.iter().chain(&rule.excludes).find(|part| part.id == id)?;
            Some((part.node, rule.each_job))
        });
        let Some((node, each_job)) = part else {
            let clauses = rules.iter().flat_map(|rule| rule.requires.iter().chain(&rule.excludes));
            let of_rules: Vec<String> = rules.iter().map(|rule| id_of(book, rule)).collect();
            let ids = clauses.map(|part| part.id.as_str()).chain(of_rules.iter().map(String::as_str));
            return Err(Error::Unknown {
                what: "clause",
                name: id.to_owned(),
                nearest: nearest(id, ids).map(str::to_owned),
            });
        };
        let asked = if each_job {
            let program = self.program.get_or_insert_with(|| book.program.clone());
            program.nodes.push(Node::AnyJob(node));
            NodeId::try_from(program.nodes.len().saturating_sub(1)).unwrap_or(node)
        } else {
            node
        };
        self.put(id.to_owned(), Question::Clause(node, each_job), Ask::Verdict(asked));
        Ok(())
    }

    pub(super) fn kind(&self, place: usize) -> AnswerKind {
        match self.list.get(place) {
            Some(Question::Scheme(_)) => AnswerKind::Status,
            _ => AnswerKind::Verdict,
        }
    }

    fn program<'a>(&'a self, book: &'a Rulebook) -> &'a Program {
        self.program.as_ref().unwrap_or(&book.book().program)
    }

    /// The facts that a question still needs of a subject, each once; none of a scheme that does not answer for the day yet.
    pub(super) fn missing(question: &Question, rulebook: &Rulebook, assessment: &mut Assessment<'_>) -> Vec<String> {
        let mut gaps = crate::criterion::Gaps::default();
        match question {
            Question::Scheme(place) => {
                let Some(scheme) = rulebook.schemes().get(*place) else {
                    return Vec::new();
                };
                let since = assessment.book.file(scheme.file).map(|file| file.since);
                if since.is_some_and(|since| assessment.today < since) {
                    return Vec::new();
                }
                assessment.look_at_scheme(scheme, &mut gaps);
            }
            Question::Rule(number) => {
                if let Some(rule) = assessment.rule(*number) {
                    assessment.look_at_rule(rule, &mut gaps);
                }
            }
            Question::Clause(node, false) => assessment.look(*node, Scope::Person, &mut gaps),
            Question::Clause(node, true) => match assessment.subject().job_count() {
                None => gaps.push(crate::criterion::Gap::Jobs),
                Some(count) => (0..count).for_each(|job| assessment.look(*node, Scope::Job(job), &mut gaps)),
            },
        }
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
}

/// How many plans are kept: a service asks a few kinds of frame again and again, each about one day.
const PLANS: usize = 16;

/// The plans of the last frames of a rulebook, the last asked at the end, each with what was asked. To be used with one rulebook only.
#[derive(Debug, Default)]
pub struct PlanCache {
    plans: Mutex<Vec<(Vec<String>, Arc<Compiled>)>>,
}

impl PlanCache {
    /// A cache that holds nothing yet.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            plans: Mutex::new(Vec::new()),
        }
    }

    /// The plan of a population, compiled where none of its form was asked about lately.
    pub(super) fn plan<'a>(
        &self,
        book: &'a Rulebook,
        questions: &'a Questions,
        population: &Population<'_>,
    ) -> Result<Plan<'a>, PopulationError> {
        let program = questions.program(book);
        if let Ok(mut plans) = self.plans.lock() {
            for place in (0..plans.len()).rev() {
                let of_these = plans.get(place).filter(|(names, _)| *names == questions.names);
                let Some((_, compiled)) = of_these else { continue };
                if let Some(plan) = Plan::again(program, compiled, population)? {
                    let known = plans.remove(place);
                    plans.push(known);
                    return Ok(plan);
                }
            }
        }
        let plan = Plan::new(program, population, &questions.asks)?;
        if let Ok(mut plans) = self.plans.lock() {
            if plans.len() >= PLANS {
                plans.remove(0);
            }
            plans.push((questions.names.clone(), Arc::clone(plan.compiled())));
        }
        Ok(plan)
    }
}
