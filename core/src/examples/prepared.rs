//! An example before the law: its day, its facts, and who answers it.

use serde_json::{Value as Json, json};

use super::Example;
use super::complaint;
use super::expect::{Comparison, Miss};
use super::plans::{check_example, check_scale_example};
use super::worker;
use crate::compile::diagnostics::{Diagnostic, DiagnosticCode};
use crate::facts::{Complaint, Subject, Worker};
use crate::law::Law;
use crate::plan::{Plan, Scale};
use crate::rulebook::{FileKind, Rulebook};
use crate::values::{Date, nearest};

/// Who answers an example.
#[derive(Debug)]
pub(super) enum Subjects<'a> {
    /// Coverage of a worker; of an example of definitions or standards their classification.
    Worker { subject: Box<Subject>, definition: bool },
    /// A routing.
    Complaint(Box<Subject>),
    /// A scorecard.
    Plan(&'a Plan),
    /// A score on a scale.
    Scale(&'a Scale),
}

/// An example whose facts were read.
#[derive(Debug)]
pub(super) struct Prepared<'a> {
    pub example: &'a Example,
    /// The day asked about; an input of a plan holds its own.
    pub day: Option<Date>,
    pub subject: Subjects<'a>,
}

impl<'a> Prepared<'a> {
    /// Reads the facts of an example; what cannot be is told.
    pub fn new(rulebook: &'a Rulebook, example: &'a Example) -> Result<Self, Box<Diagnostic>> {
        let book = rulebook.book();
        if example.expect.is_empty() {
            let message = format!("the example `{}` expects nothing", example.id);
            return Err(diagnostic(
                example,
                example.line,
                message,
                "`expect`, with what the law says of these facts",
            ));
        }
        let given = |message: String, expected: &str| {
            let message = format!("the facts of the example `{}` cannot be read: {message}", example.id);
            diagnostic(example, example.given_line, message, expected)
        };
        if let Some(plan) = book.plans.iter().find(|plan| plan.id == example.file) {
            return Ok(Self {
                example,
                day: None,
                subject: Subjects::Plan(plan),
            });
        }
        if example.path.starts_with("plans/") {
            let id = example.given.get("scale").and_then(Json::as_str).unwrap_or_default();
            let near = nearest(id, book.scales.iter().map(|scale| scale.id.as_str())).map_or(String::new(), |near| format!(": `{near}`?"));
            let scale = book.scales.iter().find(|scale| scale.id == id);
            let scale = scale.ok_or_else(|| given(format!("there is no scale `{id}`"), &format!("the id of a scale{near}")))?;
            return Ok(Self {
                example,
                day: None,
                subject: Subjects::Scale(scale),
            });
        }
        let mut facts = example.given.clone();
        let day = match facts.remove("today") {
            None => return Err(given("no day is given".to_owned(), "`today`, the day asked about")),
            Some(Json::String(text)) => text
                .parse::<Date>()
                .map_err(|_| given(format!("`today` is {text}"), "a day such as 2026-11-22"))?,
            Some(other) => return Err(given(format!("`today` is {other}"), "a day such as 2026-11-22")),
        };
        let facts = Json::Object(facts);
        let kind = book
            .file_number(&example.file)
            .and_then(|number| book.file(number))
            .map(|file| file.kind);
        let layout = &book.program.layout;
        let subject = if example.path.starts_with("complaints/") {
            let complaint = Complaint::from_value(&facts).map_err(|error| given(error.to_string(), ""))?;
            Subjects::Complaint(Box::new(
                Subject::of(&complaint, layout).map_err(|error| given(error.to_string(), ""))?,
            ))
        } else {
            let worker = Worker::from_value(&facts).map_err(|error| given(error.to_string(), ""))?;
            Subjects::Worker {
                subject: Box::new(Subject::of(&worker, layout).map_err(|error| given(error.to_string(), ""))?),
                definition: matches!(kind, Some(FileKind::Definition | FileKind::Standard)),
            }
        };
        Ok(Self {
            example,
            day: Some(day),
            subject,
        })
    }

    /// The law on the day of the example; none where a plan or scale answers it.
    pub fn law(&self, rulebook: &Rulebook) -> Option<Law> {
        self.day.map(|day| rulebook.on(day))
    }

    /// Asks and compares; with `first`, no further than the first thing that differs.
    pub fn compare(&self, rulebook: &Rulebook, law: Option<&Law>, first: bool) -> Comparison {
        let mut comparison = Comparison::default();
        match (&self.subject, law) {
            (Subjects::Worker { subject, definition }, Some(law)) => {
                worker::compare(law, self.example, subject, *definition, first, &mut comparison);
            }
            (Subjects::Complaint(subject), Some(law)) => complaint::compare(law, self.example, subject, first, &mut comparison),
            (Subjects::Worker { .. } | Subjects::Complaint(_), None) => {}
            (Subjects::Plan(plan), _) => self.scored(
                check_example(plan, &rulebook.book().plan_areas(), &self.given(), &self.expect()),
                &mut comparison,
            ),
            (Subjects::Scale(scale), _) => self.scored(check_scale_example(scale, &self.given(), &self.expect()), &mut comparison),
        }
        comparison
    }

    fn given(&self) -> Json {
        Json::Object(self.example.given.clone())
    }

    fn expect(&self) -> Json {
        Json::Object(self.example.expect.clone())
    }

    fn scored(&self, found: Result<Vec<Miss>, crate::plan::PlanError>, comparison: &mut Comparison) {
        match found {
            Ok(misses) => comparison.misses.extend(misses),
            Err(error) => comparison.differs("given", &json!("an input that can be scored"), json!(error.to_string())),
        }
    }
}

/// A fault of an example.
pub(super) fn diagnostic(example: &Example, line: u32, message: String, expected: &str) -> Box<Diagnostic> {
    Box::new(Diagnostic::new(&example.path, line, DiagnosticCode::BadExample, message, expected))
}
