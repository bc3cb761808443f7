//! The core's calls for Kotlin and Swift. JSON text goes in and out, so that every language gives the same bytes.

#![allow(clippy::result_large_err, reason = "a refusal crosses the border once, by value")]

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

uniffi::setup_scaffolding!();

/// What the library refuses, and where. Kotlin calls it `SitthiException`.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum SitthiError {
    /// Something given was refused.
    #[error("{reason}")]
    Refused {
        /// The kind of fault, the same in every language.
        code: String,
        /// The fault in a sentence.
        reason: String,
        /// The fault in a Thai sentence.
        reason_th: String,
        /// The fact or the place.
        field: Option<String>,
        /// What was given.
        value: Option<String>,
        /// What would be right.
        expected: Option<String>,
        /// The nearest name that exists.
        nearest: Option<String>,
        /// The whole error as the core writes it.
        json: String,
    },
}

impl From<sitthi::Error> for SitthiError {
    fn from(error: sitthi::Error) -> Self {
        let json = error.to_json();
        let fields: serde_json::Value = serde_json::from_str(&json).unwrap_or_default();
        let text = |name: &str| match fields.get(name)? {
            serde_json::Value::Null => None,
            serde_json::Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        };
        Self::Refused {
            code: error.code().as_str().to_owned(),
            reason: error.to_string(),
            reason_th: error.message_th(),
            field: text("field"),
            value: text("value"),
            expected: text("expected"),
            nearest: text("nearest"),
            json,
        }
    }
}

/// The law as data, on every day.
#[derive(uniffi::Object)]
pub struct Rulebook(sitthi::Rulebook);

#[uniffi::export]
impl Rulebook {
    /// The rulebook that the package carries.
    #[uniffi::constructor]
    pub fn built_in() -> Arc<Self> {
        Arc::new(Self(sitthi::Rulebook::built_in()))
    }

    /// A compiled rulebook given at run time.
    ///
    /// # Errors
    /// The bytes are no compiled rulebook of this version, or are damaged.
    #[uniffi::constructor]
    pub fn open(compiled: Vec<u8>) -> Result<Arc<Self>, SitthiError> {
        Ok(Arc::new(Self(sitthi::Rulebook::open(&compiled).map_err(sitthi::Error::from)?)))
    }

    /// The law on a day, written as `2026-11-22`, `22 พฤศจิกายน 2569` or `22/11/2569`.
    ///
    /// # Errors
    /// The text is not a day.
    pub fn on(&self, day: &str) -> Result<Arc<Law>, SitthiError> {
        Ok(Arc::new(Law(self.0.on(read_day(day)?))))
    }

    /// What differs in the law between two days.
    ///
    /// # Errors
    /// A text is not a day.
    pub fn changes(&self, from: &str, to: &str) -> Result<String, SitthiError> {
        Ok(self.0.changes_json(read_day(from)?, read_day(to)?))
    }

    /// The ids of its plans.
    pub fn plans(&self) -> Vec<String> {
        self.0.book().plans.iter().map(|plan| plan.id.clone()).collect()
    }

    /// All that a plan holds: structure, dates, indicators with their series, targets, scales.
    ///
    /// # Errors
    /// There is no plan of that id.
    pub fn plan(&self, id: &str) -> Result<String, SitthiError> {
        Ok(self.0.plan(id)?.to_json())
    }

    /// The edition: year and month of the day it was last compared with the law, such as `2026.11`.
    pub fn edition(&self) -> String {
        self.0.edition()
    }
}

fn read_day(text: &str) -> Result<sitthi::Date, sitthi::Error> {
    Ok(sitthi::Date::read(text)?)
}

/// A day in Thai, such as `22 พฤศจิกายน 2569`, with the years as they ran: 15 January 1938 is `15 มกราคม 2480`. A day known in part, as a
/// decision may have it, is written as far as it is known. `abbreviated` shortens the month (`short` is a word of C's), `thai_digits` writes `๒๕๖๙`.
///
/// # Errors
/// The text is not a day, nor a part of one.
#[uniffi::export(default(abbreviated = false, thai_digits = false))]
pub fn thai_date(day: &str, abbreviated: bool, thai_digits: bool) -> Result<String, SitthiError> {
    let date = sitthi::PartialDate::read(day).map_err(sitthi::Error::from)?;
    Ok(date.thai(sitthi::values::ThaiStyle {
        short: abbreviated,
        thai_digits,
    }))
}

/// Checks the digits of an identification number of a person; what is wrong with it is an error that never shows it.
///
/// # Errors
/// It has not thirteen digits, or its check digit does not fit the others.
#[uniffi::export]
pub fn check_citizen_id(number: &str) -> Result<(), SitthiError> {
    sitthi::CitizenId::parse(number).map_err(sitthi::Error::from)?;
    Ok(())
}

/// One answer of many: the decision as JSON, or what was refused.
#[derive(uniffi::Record)]
pub struct Answer {
    /// The decision as JSON.
    pub decision: Option<String>,
    /// The error as the core writes it, where this one was refused.
    pub error: Option<String>,
}

/// The status of one scheme.
#[derive(uniffi::Record)]
pub struct SchemeStatus {
    /// Its id.
    pub scheme: String,
    /// Its status.
    pub status: String,
}

/// A code with its label in Thai and English.
#[derive(uniffi::Record)]
pub struct CodeLabel {
    /// The code, as facts and decisions have it.
    pub code: String,
    /// In Thai.
    pub th: String,
    /// In English.
    pub en: String,
}

impl From<sitthi::CodeLabel> for CodeLabel {
    fn from(label: sitthi::CodeLabel) -> Self {
        Self {
            code: label.code.to_string(),
            th: label.th.to_string(),
            en: label.en.to_string(),
        }
    }
}

/// An agency or a community body with its numbers.
#[derive(uniffi::Record)]
pub struct AgencyLabel {
    /// Its code.
    pub code: String,
    /// Its name in Thai.
    pub th: String,
    /// Its name in English.
    pub en: String,
    /// Its numbers.
    pub call: Vec<String>,
    /// Its site.
    pub site: Option<String>,
}

/// An interview: one question after another, until what was asked about is decided or the person knows no more.
#[derive(uniffi::Object)]
pub struct Interview(Mutex<sitthi::Interview>);

impl Interview {
    fn of(interview: sitthi::Interview) -> Arc<Self> {
        Arc::new(Self(Mutex::new(interview)))
    }

    /// It is held whole even where a thread ended while it held the interview: an answer is written at once or not at all.
    fn held(&self) -> MutexGuard<'_, sitthi::Interview> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[uniffi::export]
impl Interview {
    /// Where it stands, as JSON: the next question, whether it is enough, and what more would add.
    pub fn step(&self) -> String {
        self.held().step().to_json()
    }

    /// Writes an answer, as JSON text: of one fact its value, of several an object by fact or the list of those that are true; `null` where it
    /// is not known.
    ///
    /// # Errors
    /// There is no such question, or the answer is refused; the interview then stays as it was.
    pub fn put(&self, question: &str, answer: &str) -> Result<(), SitthiError> {
        let answer = sitthi::facts::read_json(answer).map_err(sitthi::Error::from)?;
        Ok(self.held().put(question, &answer)?)
    }

    /// Takes the last answer back; says whether there was one.
    pub fn back(&self) -> bool {
        self.held().back()
    }

    /// Changes the answer of that number, from 0; later answers stay.
    ///
    /// # Errors
    /// There is no answer of that number, or the answer is refused; the interview then stays as it was.
    pub fn change(&self, number: u32, answer: &str) -> Result<(), SitthiError> {
        let answer = sitthi::facts::read_json(answer).map_err(sitthi::Error::from)?;
        let number = usize::try_from(number).unwrap_or(usize::MAX);
        Ok(self.held().change(number, &answer)?)
    }

    /// What is known of the worker or the complaint, as JSON that the calls of `Law` take.
    pub fn facts(&self) -> String {
        self.held().facts().to_string()
    }

    /// The interview as JSON, which every language reopens. It is as personal as what was told.
    pub fn to_json(&self) -> String {
        self.held().to_json()
    }
}

/// The law on one day.
#[derive(uniffi::Object)]
pub struct Law(sitthi::Law);

#[uniffi::export]
impl Law {
    /// Which schemes cover the worker.
    ///
    /// # Errors
    /// A fact or its value is refused.
    pub fn assess(&self, worker: &str) -> Result<String, SitthiError> {
        Ok(self.0.assess(&self.0.read_worker(worker)?)?.to_json())
    }

    /// Which schemes cover each of many workers; one that is refused does not stop the others.
    pub fn assess_many(&self, workers: Vec<String>) -> Vec<Answer> {
        let one = |worker: &String| self.0.read_worker(worker).and_then(|worker| self.0.assess(&worker));
        let answers = workers.iter().map(|worker| match one(worker) {
            Ok(coverage) => Answer {
                decision: Some(coverage.to_json()),
                error: None,
            },
            Err(error) => Answer {
                decision: None,
                error: Some(error.to_json()),
            },
        });
        answers.collect()
    }

    /// The status of every scheme, without reasons.
    ///
    /// # Errors
    /// A fact or its value is refused.
    pub fn statuses(&self, worker: &str) -> Result<Vec<SchemeStatus>, SitthiError> {
        let statuses = self.0.statuses(&self.0.read_worker(worker)?)?;
        let shown = statuses.into_iter().map(|one| SchemeStatus {
            scheme: one.scheme.to_string(),
            status: one.status.code().to_owned(),
        });
        Ok(shown.collect())
    }

    /// Which definitions the worker meets.
    ///
    /// # Errors
    /// A fact or its value is refused.
    pub fn classify(&self, worker: &str) -> Result<String, SitthiError> {
        Ok(self.0.classify(&self.0.read_worker(worker)?)?.to_json())
    }

    /// The question that decides most, or nothing where all is decided.
    ///
    /// # Errors
    /// A fact or its value is refused.
    pub fn next_question(&self, worker: &str) -> Result<Option<String>, SitthiError> {
        let question = self.0.next_question(&self.0.read_worker(worker)?)?;
        Ok(question.map(|question| question.to_json()))
    }

    /// Begins an interview about a scheme (its id), `everything`, a `claim` or a `complaint`; `facts` is JSON, `{}` where nothing is known.
    ///
    /// # Errors
    /// There is nothing of that name, or a fact is refused.
    pub fn interview(&self, about: &str, facts: &str) -> Result<Arc<Interview>, SitthiError> {
        let facts = sitthi::facts::read_json(facts).map_err(sitthi::Error::from)?;
        Ok(Interview::of(self.0.interview(about, &facts)?))
    }

    /// Goes on with an interview that was kept as JSON.
    ///
    /// # Errors
    /// It is no interview of this rulebook.
    pub fn resume_interview(&self, kept: &str) -> Result<Arc<Interview>, SitthiError> {
        Ok(Interview::of(self.0.resume_interview(kept)?))
    }

    /// Who must hear the complaint.
    ///
    /// # Errors
    /// A fact or its value is refused.
    pub fn route(&self, complaint: &str) -> Result<String, SitthiError> {
        Ok(self.0.route(&self.0.read_complaint(complaint)?)?.to_json())
    }

    /// How a plan does.
    ///
    /// # Errors
    /// The plan is not in the rulebook, or its input is refused.
    pub fn score(&self, plan: &str, input: &str) -> Result<String, SitthiError> {
        Ok(self.0.score(plan, input)?.to_json())
    }

    /// The coverage of the worker in words: an outline as JSON, with sections and lines in Thai and English.
    ///
    /// # Errors
    /// A fact or its value is refused.
    pub fn explain_assess(&self, worker: &str) -> Result<String, SitthiError> {
        Ok(self.0.outline(&self.0.assess(&self.0.read_worker(worker)?)?).to_json())
    }

    /// Which definitions the worker meets, in words.
    ///
    /// # Errors
    /// A fact or its value is refused.
    pub fn explain_classify(&self, worker: &str) -> Result<String, SitthiError> {
        Ok(self.0.outline(&self.0.classify(&self.0.read_worker(worker)?)?).to_json())
    }

    /// Where the complaint goes, in words: danger and numbers first.
    ///
    /// # Errors
    /// A fact or its value is refused.
    pub fn explain_route(&self, complaint: &str) -> Result<String, SitthiError> {
        Ok(self.0.outline(&self.0.route(&self.0.read_complaint(complaint)?)?).to_json())
    }

    /// How a plan does, in words.
    ///
    /// # Errors
    /// The plan is not in the rulebook, or its input is refused.
    pub fn explain_score(&self, plan: &str, input: &str) -> Result<String, SitthiError> {
        Ok(self.0.outline(&self.0.score(plan, input)?).to_json())
    }

    /// The codes of a list with their labels, such as `employer`, in the order of the list.
    ///
    /// # Errors
    /// There is no such list.
    pub fn codes(&self, list: &str) -> Result<Vec<CodeLabel>, SitthiError> {
        Ok(self.0.codes(list)?.into_iter().map(CodeLabel::from).collect())
    }

    /// The names of the lists that `codes` takes.
    pub fn code_lists(&self) -> Vec<String> {
        self.0.code_lists().iter().map(ToString::to_string).collect()
    }

    /// The provinces by their codes.
    pub fn provinces(&self) -> Vec<CodeLabel> {
        self.0.provinces().into_iter().map(CodeLabel::from).collect()
    }

    /// The districts of a province by their codes.
    ///
    /// # Errors
    /// There is no province of that code.
    pub fn districts(&self, province: &str) -> Result<Vec<CodeLabel>, SitthiError> {
        Ok(self.0.districts(province)?.into_iter().map(CodeLabel::from).collect())
    }

    /// The agencies and community bodies that decisions name, with their numbers.
    pub fn agencies(&self) -> Vec<AgencyLabel> {
        let agencies = self.0.agencies().into_iter().map(|agency| AgencyLabel {
            code: agency.code.to_string(),
            th: agency.th.to_string(),
            en: agency.en.to_string(),
            call: agency.call.iter().map(ToString::to_string).collect(),
            site: agency.site.map(|site| site.to_string()),
        });
        agencies.collect()
    }

    /// The instruments that citations name, as a JSON list with their titles; empty here but for a rulebook opened with its bibliography.
    pub fn instruments(&self) -> String {
        serde_json::json!(self.0.instruments()).to_string()
    }

    /// The sources in which the law was read, as a JSON list with their addresses; empty as `instruments`.
    pub fn sources(&self) -> String {
        serde_json::json!(self.0.sources()).to_string()
    }
}
