//! The core's calls for JavaScript. JSON text goes in and out; `js/lib.js` gives them objects and typed errors.

use wasm_bindgen::prelude::wasm_bindgen;

/// What was thrown: the core's error as JSON text.
type Thrown = String;

fn thrown(error: sitthi::Error) -> Thrown {
    error.to_json()
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

    /// The law on a day, written as `2026-11-22`.
    ///
    /// # Errors
    /// The text is not a day.
    pub fn on(&self, day: &str) -> Result<Law, Thrown> {
        day.parse().map(|day| Law(self.0.on(day))).map_err(thrown)
    }
}

/// The law on one day.
#[wasm_bindgen]
pub struct Law(sitthi::Law);

/// A worker's facts, read once.
#[wasm_bindgen]
pub struct Worker(sitthi::Worker);

/// A complaint's facts, read once.
#[wasm_bindgen]
pub struct Complaint(sitthi::Complaint);

#[wasm_bindgen]
impl Law {
    /// Reads a worker's facts.
    ///
    /// # Errors
    /// A fact or its value is refused.
    #[wasm_bindgen(js_name = readWorker)]
    pub fn read_worker(&self, facts: &str) -> Result<Worker, Thrown> {
        self.0.read_worker(facts).map(Worker).map_err(thrown)
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
    /// The facts contradict each other.
    pub fn assess(&self, worker: &Worker) -> Result<String, Thrown> {
        self.0.assess(&worker.0).map(|decision| decision.to_json()).map_err(thrown)
    }

    /// Which definitions the worker meets.
    ///
    /// # Errors
    /// The facts contradict each other.
    pub fn classify(&self, worker: &Worker) -> Result<String, Thrown> {
        self.0.classify(&worker.0).map(|decision| decision.to_json()).map_err(thrown)
    }

    /// The question that decides most, or nothing where all is decided.
    ///
    /// # Errors
    /// The facts contradict each other.
    #[wasm_bindgen(js_name = nextQuestion)]
    pub fn next_question(&self, worker: &Worker) -> Result<Option<String>, Thrown> {
        let question = self.0.next_question(&worker.0).map_err(thrown)?;
        Ok(question.map(|question| question.to_json()))
    }

    /// Who must hear the complaint.
    ///
    /// # Errors
    /// The facts contradict each other.
    pub fn route(&self, complaint: &Complaint) -> Result<String, Thrown> {
        self.0.route(&complaint.0).map(|decision| decision.to_json()).map_err(thrown)
    }

    /// How a plan does.
    ///
    /// # Errors
    /// The plan is not in the rulebook, or its input is refused.
    pub fn score(&self, plan: &str, input: &str) -> Result<String, Thrown> {
        self.0.score(plan, input).map(|decision| decision.to_json()).map_err(thrown)
    }
}
