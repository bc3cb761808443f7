//! An interview as far as it has come: what was known before, and the answers since.

use std::collections::BTreeSet;
use std::fmt;

use serde_json::{Map, Value as Json, json};

use super::choose::{Choice, choose, left_out};
use super::facts::Told;
use super::question::{FactState, InterviewFact, InterviewStep};
use crate::error::Error;
use crate::facts::{Complaint, FactError, FactKind, FactScope, Layout, MOST_VALUES, Scope, Subject, Value, Worker};
use crate::law::{Law, Missing};
use crate::rulebook::Screen;
use crate::values::{Text, nearest};

/// What an interview is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum About {
    Everything,
    Claim,
    Complaint,
    Scheme(Text),
}

impl About {
    fn read(law: &Law, about: &str) -> Result<Self, Error> {
        Ok(match about {
            "everything" => Self::Everything,
            "claim" => Self::Claim,
            "complaint" => Self::Complaint,
            scheme => {
                let schemes = || law.rulebook().schemes().iter().map(|scheme| scheme.id.as_str());
                if !schemes().any(|known| known == scheme) {
                    let all = schemes().chain(["everything", "claim", "complaint"]);
                    return Err(Error::Unknown {
                        what: "scheme",
                        name: about.to_owned(),
                        nearest: nearest(about, all).map(str::to_owned),
                    });
                }
                Self::Scheme(scheme.into())
            }
        })
    }

    fn name(&self) -> Text {
        match self {
            Self::Everything => "everything".into(),
            Self::Claim => "claim".into(),
            Self::Complaint => "complaint".into(),
            Self::Scheme(scheme) => scheme.clone(),
        }
    }
}

/// One answer: the question, and each of its facts with what was said; null where it is not known.
#[derive(Clone)]
struct Answer {
    question: String,
    said: Map<String, Json>,
}

/// An interview: what was known before, the answers since, and what follows from them. [`Interview::to_json`] keeps it.
#[derive(Clone)]
pub struct Interview {
    law: Law,
    about: About,
    given: Map<String, Json>,
    answers: Vec<Answer>,
    state: State,
}

/// What is told and what is not known after the answers.
#[derive(Clone)]
pub(super) struct State {
    pub told: Told,
    pub subject: Subject,
    /// What was asked and is not known, or not better known than it was told.
    pub no_more: BTreeSet<Missing>,
}

impl fmt::Debug for Interview {
    /// Without the facts: they are personal.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Interview")
            .field("about", &self.about.name())
            .field("answered", &self.answers.len())
            .finish_non_exhaustive()
    }
}

impl Interview {
    pub(super) fn begin(law: &Law, about: &str, facts: &Json) -> Result<Self, Error> {
        let about = About::read(law, about)?;
        let given = match facts {
            Json::Null => Map::new(),
            Json::Object(object) => object.clone(),
            other => return Err(FactError::wrong_type("facts", other, "an object of facts").into()),
        };
        let state = replay(law, &about, &given, &[])?;
        Ok(Self {
            law: law.clone(),
            about,
            given,
            answers: Vec::new(),
            state,
        })
    }

    pub(super) fn resume(law: &Law, kept: &Json) -> Result<Self, Error> {
        let wrong = |path: &str, value: &Json, expected: &str| Error::from(FactError::wrong_type(path, value, expected));
        let object = kept.as_object().ok_or_else(|| wrong("interview", kept, "an object"))?;
        let field = |name: &str| object.get(name).unwrap_or(&Json::Null);
        if let Some(name) = object.keys().find(|name| !["about", "given", "answers"].contains(&name.as_str())) {
            return Err(Error::Unknown {
                what: "part of an interview",
                name: name.clone(),
                nearest: nearest(name, ["about", "given", "answers"].into_iter()).map(str::to_owned),
            });
        }
        let about = field("about").as_str().ok_or_else(|| wrong("about", field("about"), "text"))?;
        let mut interview = Self::begin(law, about, field("given"))?;
        let answers = match field("answers") {
            Json::Null => &[][..],
            other => other.as_array().ok_or_else(|| wrong("answers", other, "a list of answers"))?,
        };
        for (place, answer) in answers.iter().enumerate() {
            let path = format!("answers[{place}]");
            let part = |name: &str| answer.get(name).unwrap_or(&Json::Null);
            let question = part("question")
                .as_str()
                .ok_or_else(|| wrong(&path, answer, "a question with its answer"))?;
            let said = part("answer")
                .as_object()
                .ok_or_else(|| wrong(&path, answer, "a question with its answer"))?;
            let answer = interview.answer(question, &Json::Object(said.clone()), Some(said))?;
            interview.room()?;
            interview.answers.push(answer);
        }
        interview.state = replay(law, &interview.about, &interview.given, &interview.answers)?;
        Ok(interview)
    }

    /// The interview as JSON: `about`, the facts `given` before, and the `answers`. It holds what was told and is as personal.
    #[must_use]
    pub fn to_json(&self) -> String {
        let answers: Vec<Json> = self
            .answers
            .iter()
            .map(|answer| json!({ "question": answer.question, "answer": answer.said }))
            .collect();
        json!({ "about": self.about.name(), "given": self.given, "answers": answers }).to_string()
    }

    /// What is known of the worker or the complaint, as a JSON object that [`Law::read_worker`] or [`Law::read_complaint`] takes.
    #[must_use]
    pub fn facts(&self) -> Json {
        Json::Object(self.state.told.object.clone())
    }

    /// The law whose questions it asks.
    #[must_use]
    pub const fn law(&self) -> &Law {
        &self.law
    }

    /// Where it stands: the next question, whether it is enough, and what more would add.
    #[must_use]
    pub fn step(&self) -> InterviewStep {
        let Choice { question, more, undecided } = choose(&self.law, &self.about, &self.state);
        InterviewStep {
            about: self.about.name(),
            enough: question.is_none(),
            more: if question.is_some() { None } else { more },
            question,
            undecided,
            facts: self.states(),
            answered: self.answers.len(),
        }
    }

    /// Writes an answer. To a question of one fact it is the value; to one of several an object by fact, or the list of those that are
    /// true. Null, or a fact that is left out of the object, is not known. A date may be told in part, as `1997`.
    ///
    /// # Errors
    /// [`Error::Unknown`] where there is no such question, and as for [`Law::read_worker`]; the interview then stays as it was.
    pub fn put(&mut self, question: &str, answer: &Json) -> Result<(), Error> {
        let answer = self.answer(question, answer, None)?;
        self.push(answer)
    }

    /// Takes the last answer back; says whether there was one.
    pub fn back(&mut self) -> bool {
        let taken = self.answers.pop().is_some();
        if let Ok(state) = replay(&self.law, &self.about, &self.given, &self.answers) {
            self.state = state;
        }
        taken
    }

    /// Changes the answer of that number, from 0. Later answers stay as far as they still have a place.
    ///
    /// # Errors
    /// [`Error::Unknown`] where there is no answer of that number, and as for [`Interview::put`]; the interview then stays as it was.
    pub fn change(&mut self, number: usize, answer: &Json) -> Result<(), Error> {
        let before = self.answers.get(number).cloned().ok_or_else(|| Error::Unknown {
            what: "answer",
            name: number.to_string(),
            nearest: None,
        })?;
        let changed = self.answer(&before.question, answer, Some(&before.said))?;
        let mut answers = self.answers.clone();
        if let Some(slot) = answers.get_mut(number) {
            *slot = changed;
        }
        self.state = replay(&self.law, &self.about, &self.given, &answers)?;
        self.answers = answers;
        Ok(())
    }

    /// Whether one more answer may be written.
    fn room(&self) -> Result<(), Error> {
        if self.answers.len() >= MOST_VALUES {
            let expected = "no more answers than there are questions";
            return Err(FactError::impossible("answers", self.answers.len(), expected, expected).into());
        }
        Ok(())
    }

    fn push(&mut self, answer: Answer) -> Result<(), Error> {
        self.room()?;
        self.answers.push(answer);
        match replay(&self.law, &self.about, &self.given, &self.answers) {
            Ok(state) => self.state = state,
            Err(error) => {
                self.answers.pop();
                return Err(error);
            }
        }
        Ok(())
    }

    /// An answer by its facts. `of` are the facts that the question was asked for; else it is the question that is open now, or the whole.
    fn answer(&self, question: &str, answer: &Json, of: Option<&Map<String, Json>>) -> Result<Answer, Error> {
        let (name, _) = named(question);
        let book = self.law.book();
        let layout = &book.program.layout;
        let screen = book.screens.iter().find(|screen| screen.id == *name);
        let facts: Vec<Text> = match screen {
            Some(screen) => of_screen(layout, screen).map(Text::from).collect(),
            None if name == "jobs" || layout.fact_number(name).is_some() => vec![name.into()],
            None => {
                let names = layout.facts.iter().map(|fact| fact.name.as_str());
                let names = names.chain(book.screens.iter().map(|screen| screen.id.as_str()));
                return Err(Error::Unknown {
                    what: "question",
                    name: question.to_owned(),
                    nearest: nearest(name, names).map(str::to_owned),
                });
            }
        };
        let mut said = Map::new();
        if screen.is_none() {
            // A kept answer names its fact.
            let value = answer
                .as_object()
                .and_then(|object| object.get(name))
                .filter(|_| of.is_some())
                .unwrap_or(answer);
            said.insert(name.to_owned(), value.clone());
        } else {
            let asked = || of.map_or_else(|| self.asked(question), |of| Some(of.keys().map(Into::into).collect::<Vec<Text>>()));
            for fact in asked().unwrap_or_else(|| facts.clone()) {
                let boxed = layout
                    .fact_number(&fact)
                    .and_then(|fact| layout.fact(fact))
                    .is_some_and(|fact| fact.kind == FactKind::YesNo);
                said.insert(fact.to_string(), if answer.is_array() && boxed { json!(false) } else { Json::Null });
            }
            let full = |name: &str| {
                let found = facts
                    .iter()
                    .find(|fact| **fact == *name || fact.split_once('.').is_some_and(|(_, code)| code == name));
                found.cloned().ok_or_else(|| FactError::UnknownFact {
                    fact: crate::values::shown(name),
                    nearest: nearest(name, facts.iter().map(Text::as_str)).map(str::to_owned),
                })
            };
            match answer {
                Json::Null => {}
                Json::Object(object) => {
                    for (name, value) in object {
                        said.insert(full(name)?.to_string(), value.clone());
                    }
                }
                Json::Array(list) => {
                    for ticked in list {
                        let name = ticked
                            .as_str()
                            .ok_or_else(|| FactError::wrong_type(question, ticked, "the name of a fact"))?;
                        said.insert(full(name)?.to_string(), json!(true));
                    }
                }
                other => {
                    return Err(FactError::wrong_type(question, other, "an object of facts, or the list of those that are true").into());
                }
            }
        }
        Ok(Answer {
            question: question.to_owned(),
            said,
        })
    }

    /// The facts that the question of that id asks for now.
    fn asked(&self, question: &str) -> Option<Vec<Text>> {
        let step = self.step();
        let open = step.question.or(step.more).filter(|open| open.id == *question)?;
        Some(open.fields.into_iter().map(|field| field.fact).collect())
    }

    fn states(&self) -> Vec<InterviewFact> {
        let layout = &self.law.book().program.layout;
        let jobs: Vec<Option<usize>> = (0..self.state.subject.job_count().unwrap_or(0)).map(Some).collect();
        let mut states = Vec::new();
        for name in asked_of(layout) {
            let of_job = layout
                .fact_number(name)
                .and_then(|fact| layout.fact(fact))
                .is_some_and(|fact| fact.scope == FactScope::Job);
            let of = if of_job { jobs.as_slice() } else { &[None][..] };
            for job in of {
                let missing = Missing {
                    fact: name.into(),
                    job: *job,
                };
                let state = self.state.of(&self.law, &missing);
                if state != FactState::NotAsked {
                    states.push(InterviewFact {
                        fact: missing.fact,
                        job: missing.job,
                        state,
                    });
                }
            }
        }
        states
    }
}

impl State {
    /// What is known of a fact.
    pub(super) fn of(&self, law: &Law, missing: &Missing) -> FactState {
        let layout = &law.book().program.layout;
        let no_more = self.no_more.contains(missing);
        let (told, whole) = if missing.fact == "jobs" {
            let told = self.subject.job_count().is_some();
            (told, told)
        } else {
            let value = layout
                .fact_number(&missing.fact)
                .map_or(&Value::Unknown, |fact| self.subject.value(layout, fact, scope(missing.job)));
            (*value != Value::Unknown, !matches!(value, Value::Span(low, high) if low != high))
        };
        match (told, whole, no_more) {
            (false, _, false) => FactState::NotAsked,
            (false, _, true) => FactState::NotKnown,
            (true, true, _) => FactState::Told,
            (true, false, false) => FactState::ToldInPart,
            (true, false, true) => FactState::NoMoreKnown,
        }
    }
}

/// The name and the job of a question.
fn named(question: &str) -> (&str, Option<usize>) {
    match question.rsplit_once('@') {
        Some((name, job)) => (name, job.parse().ok()),
        None => (question, None),
    }
}

/// Whether a fact is the listed one, or of the listed family.
pub(super) fn holds(listed: &str, fact: &str) -> bool {
    listed == fact
        || listed
            .strip_suffix(".*")
            .is_some_and(|family| fact.split_once('.').is_some_and(|(group, _)| group == family))
}

/// All that can be asked: the jobs, and every fact.
fn asked_of(layout: &Layout) -> impl Iterator<Item = &str> {
    std::iter::once("jobs").chain(layout.facts.iter().map(|fact| fact.name.as_str()))
}

/// What stands on a screen.
pub(super) fn of_screen<'a>(layout: &'a Layout, screen: &'a Screen) -> impl Iterator<Item = &'a str> {
    asked_of(layout).filter(|fact| screen.facts.iter().any(|listed| holds(listed, fact)))
}

/// Lays out what is told, and refuses what cannot be.
fn laid_out(law: &Law, about: &About, told: &Map<String, Json>) -> Result<Subject, Error> {
    let value = Json::Object(told.clone());
    if *about == About::Complaint {
        law.subject(&Complaint::from_value(&value)?)
    } else {
        law.subject(&Worker::from_value(&value)?)
    }
}

/// What is told after the answers.
fn replay(law: &Law, about: &About, given: &Map<String, Json>, answers: &[Answer]) -> Result<State, Error> {
    let layout = &law.book().program.layout;
    let mut told = Told::of(given.clone(), *about == About::Complaint);
    let mut no_more = BTreeSet::new();
    for answer in answers {
        let (_, number) = named(&answer.question);
        let missing = |fact: &str| {
            let info = layout.fact_number(fact).and_then(|fact| layout.fact(fact));
            Missing {
                fact: fact.into(),
                job: info.filter(|info| info.scope == FactScope::Job).map(|_| number.unwrap_or(0)),
            }
        };
        let beside: Vec<&str> = answer.said.keys().map(String::as_str).collect();
        let mut not_said = Vec::new();
        for (fact, value) in &answer.said {
            let missing = missing(fact);
            if value.is_null() {
                not_said.push(missing);
                continue;
            }
            let before = if fact == "jobs" {
                told.object.get("jobs").is_some_and(|jobs| !jobs.is_null())
            } else {
                told.get(layout, fact, missing.job).is_some()
            };
            if before {
                no_more.insert(missing.clone());
            } else {
                no_more.remove(&missing);
            }
            if fact == "jobs" {
                told.set_jobs(value);
            } else {
                told.set(layout, fact, missing.job, value);
            }
        }
        // What was not asked, because another fact of the screen was answered otherwise, is not unknown.
        let (waiting, asked): (Vec<Missing>, Vec<Missing>) = not_said
            .into_iter()
            .partition(|missing| left_out(law, &told, &no_more, missing, &beside));
        no_more.extend(asked);
        for missing in waiting {
            if !left_out(law, &told, &no_more, &missing, &beside) {
                no_more.insert(missing);
            }
        }
    }
    let subject = laid_out(law, about, &told.object)?;
    let mut state = State { told, subject, no_more };
    while let Some((fact, value)) = super::choose::implied(law, about, &state) {
        let mut told = state.told.clone();
        let kind = layout
            .fact_number(&fact.fact)
            .and_then(|fact| layout.fact(fact))
            .map(|fact| fact.kind);
        let value = match kind {
            Some(FactKind::YesNo) => json!(value == "true"),
            Some(FactKind::Count) => value.parse::<u32>().map_or(Json::Null, Json::from),
            _ => json!(value),
        };
        let laid = told.set(layout, &fact.fact, fact.job, &value);
        match laid_out(law, about, &told.object) {
            Ok(subject) if laid => {
                state.told = told;
                state.subject = subject;
            }
            // What contradicts something that was told does not follow from it.
            _ => {
                state.no_more.insert(fact);
            }
        }
    }
    Ok(state)
}

fn scope(job: Option<usize>) -> Scope {
    job.map_or(Scope::Person, Scope::Job)
}
