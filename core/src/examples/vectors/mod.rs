//! Vectors: the examples of the rule files as calls that every language answers alike.
//!
//! Nothing here asks the program for a decision: an example says what must come out, and the rule files say where in a decision it
//! stands. What an example expects of a part that no decision shows is held by running the examples alone.

mod complaint;
mod expectation;
mod plan;
mod worker;

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::Example;
use crate::rulebook::{Book, FileKind, Rulebook};
use crate::values::Date;

pub use expectation::Expectation;
use expectation::{equals, exists};

/// A call, and what must stand in its answer. Written as JSON, it is one line of a file of vectors.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Vector {
    /// What is called: `assess`, `classify`, `next_question`, `route` or `score`; with `explain_` before it, its decision in words.
    pub call: String,
    /// What must stand in the answer.
    pub expect: Vec<Expectation>,
    /// The file and the name of the example, such as `sso_33.cleaner_of_a_household`, with a suffix where one example makes several vectors.
    pub id: String,
    /// The facts, or the figures of a plan.
    pub input: Json,
    /// The day asked about.
    pub on: Date,
    /// The plan that is scored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<String>,
    /// The compiled rulebook that answers, where it is not the built-in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rulebook: Option<String>,
}

impl Vector {
    /// The vector of the same decision in words; none where the call has no words.
    #[must_use]
    pub fn in_words(&self) -> Option<Self> {
        let decision = match self.call.as_str() {
            "assess" => "coverage",
            "classify" => "classification",
            "route" => "routing",
            "score" => "scorecard",
            _ => return None,
        };
        let first_line = |language: &str| exists(vec![json!("sections"), json!(0), json!("lines"), json!(0), json!(language)]);
        Some(Self {
            call: format!("explain_{}", self.call),
            id: format!("{}.in_words", self.id),
            expect: vec![equals(vec![json!("of")], decision), first_line("th"), first_line("en")],
            ..self.clone()
        })
    }
}

/// Makes the vectors of one example: none where nothing in a decision answers it, as for the scales of plans, or where it gives no day.
/// `file` is the file that holds the compiled rulebook, where it is not the built-in one.
#[must_use]
pub fn vectors(rulebook: &Rulebook, example: &Example, file: Option<&str>) -> Vec<Vector> {
    let mut facts = example.given.clone();
    let today = facts.remove("today");
    let Some(day) = today.as_ref().and_then(Json::as_str).and_then(|day| Date::parse(day).ok()) else {
        return Vec::new();
    };
    let maker = Maker {
        rulebook,
        file,
        example,
        day,
        input: Json::Object(facts),
    };
    maker.vectors()
}

/// Makes the vectors of one example.
struct Maker<'a> {
    rulebook: &'a Rulebook,
    file: Option<&'a str>,
    example: &'a Example,
    day: Date,
    input: Json,
}

impl<'a> Maker<'a> {
    fn book(&self) -> &'a Book {
        self.rulebook.book()
    }

    fn vectors(&self) -> Vec<Vector> {
        let book = self.book();
        if let Some(plan) = book.plans.iter().find(|plan| plan.id == self.example.file) {
            return vec![self.score(&plan.id)];
        }
        let file = book.file_number(&self.example.file).and_then(|number| book.file(number));
        match file.map(|file| file.kind) {
            Some(FileKind::Definition | FileKind::Standard) => self.worker(true),
            Some(FileKind::Scheme | FileKind::Overlay) => self.worker(false),
            Some(FileKind::Complaint | FileKind::Urgency) => vec![self.route()],
            None if self.example.file == "not_encoded" => vec![self.route()],
            None => Vec::new(),
        }
    }

    fn vector(&self, suffix: &str, call: &str, expect: Vec<Expectation>) -> Vector {
        let rulebook = self
            .file
            .map_or_else(String::new, |file| format!("{}.", file.trim_end_matches(".rulebook")));
        Vector {
            call: call.to_owned(),
            expect,
            id: format!("{rulebook}{}.{}{suffix}", self.example.file, self.example.id),
            input: self.input.clone(),
            on: self.day,
            plan: None,
            rulebook: self.file.map(ToOwned::to_owned),
        }
    }

    /// The facts that the example asks for, among those that are missing.
    fn asked(&self, at: &[Json]) -> Vec<Expectation> {
        let facts = self.example.expect.get("ask").and_then(Json::as_array);
        facts
            .into_iter()
            .flatten()
            .map(|fact| exists(expectation::under(at, [json!("missing"), json!({ "fact": fact })])))
            .collect()
    }
}
