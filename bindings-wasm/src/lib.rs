//! The core's calls for JavaScript. JSON text goes in and out; `js/lib.js` gives them objects and typed errors.

mod json;
mod text;
mod units;

use sitthi::facts::{Subject, read_json};
use sitthi::values::{ThaiStyle, shown};
use sitthi::{CitizenId, Date, PartialDate, Status};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use text::text;

/// What was thrown: the core's error as JSON text.
type Thrown = String;

fn thrown(error: impl Into<sitthi::Error>) -> Thrown {
    error.into().to_json()
}

fn day(text: &str) -> Result<Date, Thrown> {
    Date::read(text).map_err(thrown)
}

/// The law as data, on every day.
#[wasm_bindgen]
pub struct Rulebook(sitthi::Rulebook);

#[wasm_bindgen]
impl Rulebook {
    /// The rulebook that the package carries.
    #[wasm_bindgen(js_name = builtIn)]
    pub fn built_in() -> Rulebook {
        Rulebook(sitthi::Rulebook::built_in())
    }

    /// A compiled rulebook given at run time.
    ///
    /// # Errors
    /// The bytes are no compiled rulebook of this version, or are damaged.
    pub fn open(compiled: &[u8]) -> Result<Rulebook, Thrown> {
        sitthi::Rulebook::open(compiled).map(Rulebook).map_err(thrown)
    }

    /// The law on a day, written as `2026-11-22` or as a Thai date.
    ///
    /// # Errors
    /// The text is not a day.
    pub fn on(&self, on: &str) -> Result<Law, Thrown> {
        Ok(Law(self.0.on(day(on)?)))
    }

    /// What differs in the law between two days.
    ///
    /// # Errors
    /// A text is not a day.
    pub fn changes(&self, from: &str, to: &str) -> Result<JsValue, Thrown> {
        Ok(text(&self.0.changes(day(from)?, day(to)?)))
    }

    /// The ids of its plans.
    #[wasm_bindgen(getter)]
    pub fn plans(&self) -> Vec<String> {
        self.0.book().plans.iter().map(|plan| plan.id.clone()).collect()
    }

    /// All that a plan holds.
    ///
    /// # Errors
    /// There is no plan of that id.
    pub fn plan(&self, id: &str) -> Result<JsValue, Thrown> {
        Ok(text(self.0.plan(id).map_err(thrown)?))
    }

    /// The edition.
    #[wasm_bindgen(getter)]
    pub fn edition(&self) -> String {
        self.0.edition()
    }

    /// The ids of the schemes, in the order of `Law.statuses`.
    #[wasm_bindgen(getter)]
    pub fn schemes(&self) -> Vec<String> {
        self.0.schemes().iter().map(|scheme| scheme.id.to_string()).collect()
    }
}

/// Every status, in the order of the numbers that `Law.statuses` gives.
#[wasm_bindgen(js_name = statusCodes)]
pub fn status_codes() -> Vec<String> {
    Status::EVERY.iter().map(|status| status.code().to_owned()).collect()
}

/// A day, or as much of it as is known, in Thai.
///
/// # Errors
/// The text is not a day.
#[wasm_bindgen(js_name = thaiDate)]
pub fn thai_date(day: &str, short: bool, thai_digits: bool) -> Result<String, Thrown> {
    let date = PartialDate::read(day).map_err(thrown)?;
    Ok(date.thai(ThaiStyle { short, thai_digits }))
}

/// Checks the digits of an identification number.
///
/// # Errors
/// What is wrong with it; the number itself is never told.
#[wasm_bindgen(js_name = checkCitizenId)]
pub fn check_citizen_id(number: &str) -> Result<(), Thrown> {
    CitizenId::parse(number).map(drop).map_err(thrown)
}

/// The law on one day.
#[wasm_bindgen]
pub struct Law(sitthi::Law);

/// A worker's facts, read once, and as they lie in the rulebook that read them.
#[wasm_bindgen]
pub struct Worker {
    facts: sitthi::Worker,
    laid_out: Subject,
    rulebook: sitthi::Rulebook,
}

/// A complaint's facts, read once.
#[wasm_bindgen]
pub struct Complaint(sitthi::Complaint);

/// An interview as far as it has come.
#[wasm_bindgen]
pub struct Interview(sitthi::Interview);

#[wasm_bindgen]
impl Interview {
    /// Where it stands: the next question, whether it is enough, and what more would add.
    pub fn step(&self) -> JsValue {
        text(&self.0.step())
    }

    /// Writes an answer.
    ///
    /// # Errors
    /// There is no such question, or the answer is refused.
    pub fn put(&mut self, question: &str, answer: &str) -> Result<(), Thrown> {
        self.0.put(question, &read_json(answer).map_err(thrown)?).map_err(thrown)
    }

    /// Takes the last answer back; says whether there was one.
    pub fn back(&mut self) -> bool {
        self.0.back()
    }

    /// Changes the answer of that number, from 0.
    ///
    /// # Errors
    /// There is no answer of that number, or the answer is refused.
    pub fn change(&mut self, number: usize, answer: &str) -> Result<(), Thrown> {
        self.0.change(number, &read_json(answer).map_err(thrown)?).map_err(thrown)
    }

    /// What is known of the worker or the complaint.
    pub fn facts(&self) -> String {
        self.0.facts().to_string()
    }

    /// The interview as JSON, to be kept.
    #[wasm_bindgen(js_name = toJson)]
    pub fn to_json(&self) -> String {
        self.0.to_json()
    }
}

impl Law {
    /// The worker as laid out, or anew where another rulebook read them.
    fn statuses_of(&self, worker: &Worker) -> Result<Vec<Status>, sitthi::Error> {
        if std::ptr::eq(worker.rulebook.book(), self.0.book()) {
            Ok(self.0.subject_statuses(&worker.laid_out))
        } else {
            Ok(self.0.subject_statuses(&self.0.subject(&worker.facts)?))
        }
    }
}

#[wasm_bindgen]
impl Law {
    /// Reads a worker's facts.
    ///
    /// # Errors
    /// A fact or its value is refused.
    #[wasm_bindgen(js_name = readWorker)]
    pub fn read_worker(&self, facts: &str) -> Result<Worker, Thrown> {
        let facts = self.0.read_worker(facts).map_err(thrown)?;
        let laid_out = self.0.subject(&facts).map_err(thrown)?;
        Ok(Worker {
            facts,
            laid_out,
            rulebook: self.0.rulebook().clone(),
        })
    }

    /// Reads a complaint's facts.
    ///
    /// # Errors
    /// A fact or its value is refused.
    #[wasm_bindgen(js_name = readComplaint)]
    pub fn read_complaint(&self, facts: &str) -> Result<Complaint, Thrown> {
        self.0.read_complaint(facts).map(Complaint).map_err(thrown)
    }

    /// Which schemes cover the worker.
    ///
    /// # Errors
    /// The rulebook of this law does not know a fact.
    pub fn assess(&self, worker: &Worker) -> Result<JsValue, Thrown> {
        self.0.assess(&worker.facts).map(|decision| text(&decision)).map_err(thrown)
    }

    /// The status of every scheme, as its number among all statuses.
    ///
    /// # Errors
    /// The rulebook of this law does not know a fact.
    pub fn statuses(&self, worker: &Worker) -> Result<Vec<u8>, Thrown> {
        Ok(self
            .statuses_of(worker)
            .map_err(thrown)?
            .into_iter()
            .map(|status| status as u8)
            .collect())
    }

    /// Which definitions the worker meets.
    ///
    /// # Errors
    /// The rulebook of this law does not know a fact.
    pub fn classify(&self, worker: &Worker) -> Result<JsValue, Thrown> {
        self.0.classify(&worker.facts).map(|decision| text(&decision)).map_err(thrown)
    }

    /// The question that decides most, or nothing where all is decided.
    ///
    /// # Errors
    /// The rulebook of this law does not know a fact.
    #[wasm_bindgen(js_name = nextQuestion)]
    pub fn next_question(&self, worker: &Worker) -> Result<Option<JsValue>, Thrown> {
        let question = self.0.next_question(&worker.facts).map_err(thrown)?;
        Ok(question.map(|question| text(&question)))
    }

    /// Begins an interview about a scheme, `everything`, a `claim` or a `complaint`.
    ///
    /// # Errors
    /// There is nothing of that name, or a fact is refused.
    pub fn interview(&self, about: &str, facts: &str) -> Result<Interview, Thrown> {
        let facts = read_json(facts).map_err(thrown)?;
        self.0.interview(about, &facts).map(Interview).map_err(thrown)
    }

    /// Goes on with an interview that was kept as JSON.
    ///
    /// # Errors
    /// It is no interview of this rulebook.
    #[wasm_bindgen(js_name = resumeInterview)]
    pub fn resume_interview(&self, kept: &str) -> Result<Interview, Thrown> {
        self.0.resume_interview(kept).map(Interview).map_err(thrown)
    }

    /// Who must hear the complaint.
    ///
    /// # Errors
    /// The rulebook of this law does not know a fact.
    pub fn route(&self, complaint: &Complaint) -> Result<JsValue, Thrown> {
        self.0.route(&complaint.0).map(|decision| text(&decision)).map_err(thrown)
    }

    /// How a plan does.
    ///
    /// # Errors
    /// The plan is not in the rulebook, or its input is refused.
    pub fn score(&self, plan: &str, input: &str) -> Result<JsValue, Thrown> {
        self.0.score(plan, input).map(|decision| text(&decision)).map_err(thrown)
    }

    /// The coverage of the worker in words.
    ///
    /// # Errors
    /// The rulebook of this law does not know a fact.
    #[wasm_bindgen(js_name = explainAssess)]
    pub fn explain_assess(&self, worker: &Worker) -> Result<JsValue, Thrown> {
        self.0.assess(&worker.facts).map(|decision| self.words(&decision)).map_err(thrown)
    }

    /// Which definitions the worker meets, in words.
    ///
    /// # Errors
    /// The rulebook of this law does not know a fact.
    #[wasm_bindgen(js_name = explainClassify)]
    pub fn explain_classify(&self, worker: &Worker) -> Result<JsValue, Thrown> {
        self.0.classify(&worker.facts).map(|decision| self.words(&decision)).map_err(thrown)
    }

    /// Where the complaint goes, in words.
    ///
    /// # Errors
    /// The rulebook of this law does not know a fact.
    #[wasm_bindgen(js_name = explainRoute)]
    pub fn explain_route(&self, complaint: &Complaint) -> Result<JsValue, Thrown> {
        self.0.route(&complaint.0).map(|decision| self.words(&decision)).map_err(thrown)
    }

    /// How a plan does, in words.
    ///
    /// # Errors
    /// The plan is not in the rulebook, or its input is refused.
    #[wasm_bindgen(js_name = explainScore)]
    pub fn explain_score(&self, plan: &str, input: &str) -> Result<JsValue, Thrown> {
        self.0.score(plan, input).map(|decision| self.words(&decision)).map_err(thrown)
    }

    /// The codes of a list with their labels.
    ///
    /// # Errors
    /// There is no such list.
    pub fn codes(&self, list: &str) -> Result<JsValue, Thrown> {
        self.0.codes(list).map(|labels| text(&labels)).map_err(thrown)
    }

    /// The names of the lists.
    #[wasm_bindgen(js_name = codeLists)]
    pub fn code_lists(&self) -> Vec<String> {
        self.0.code_lists().iter().map(ToString::to_string).collect()
    }

    /// The provinces.
    pub fn provinces(&self) -> JsValue {
        text(&self.0.provinces())
    }

    /// The districts of a province.
    ///
    /// # Errors
    /// There is no province of that code.
    pub fn districts(&self, province: &str) -> Result<JsValue, Thrown> {
        self.0.districts(province).map(|labels| text(&labels)).map_err(thrown)
    }

    /// The agencies and community bodies.
    pub fn agencies(&self) -> JsValue {
        text(&self.0.agencies())
    }

    /// The instruments, where the rulebook has its bibliography.
    pub fn instruments(&self) -> JsValue {
        text(&self.0.instruments())
    }

    /// The sources, where the rulebook has its bibliography.
    pub fn sources(&self) -> JsValue {
        text(&self.0.sources())
    }
}

impl Law {
    fn words(&self, decision: &impl sitthi::explain::Explain) -> JsValue {
        text(&self.0.outline(decision))
    }
}

/// The error of a value of the wrong type, as the core writes it.
#[wasm_bindgen(js_name = wrongType)]
pub fn wrong_type(field: String, found: String, expected: String) -> Thrown {
    thrown(sitthi::FactError::WrongType {
        fact: shown(&field),
        found: shown(&found),
        expected,
    })
}

/// How deep lists and objects may stand in each other.
#[wasm_bindgen]
pub fn deepest() -> usize {
    sitthi::facts::DEEPEST
}

/// The error of what is nested deeper, as the core writes it.
#[wasm_bindgen(js_name = tooDeep)]
pub fn too_deep(field: String) -> Thrown {
    thrown(sitthi::facts::JsonError::Deep { field: shown(&field) })
}
