//! Rules that no example meets, or none fails.

use serde_json::Value as Json;

use crate::criterion::{Evaluator, Reading};
use crate::examples::Example;
use crate::facts::{Complaint, Subject, Worker};
use crate::rulebook::{Book, FileKind};
use crate::values::{Date, Truth};

/// A rule without an example on each side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uncovered {
    /// The file.
    pub file: String,
    /// The rule.
    pub rule: String,
    /// The option, where it is asked of each.
    pub option: Option<String>,
    /// No example of the file meets it.
    pub never_met: bool,
    /// No example of the file fails it.
    pub never_failed: bool,
}

/// The rules that no example of their own file meets, or none fails. Only the built-in rulebook must have both: one opened at run time needs none.
#[must_use]
pub fn uncovered(book: &Book, examples: &[Example]) -> Vec<Uncovered> {
    let mut seen = vec![(false, false); book.rules.len()];
    for example in examples {
        let Some(number) = book.file_number(&example.file) else { continue };
        let of_complaint = book
            .file(number)
            .is_some_and(|file| matches!(file.kind, FileKind::Complaint | FileKind::Urgency));
        let Some((today, subject)) = subject(book, example, of_complaint) else {
            continue;
        };
        let mut evaluator = Evaluator::new(&book.program, &subject, today, Reading::Lead);
        for (rule, seen) in book.rules.iter().zip(&mut seen).filter(|(rule, _)| rule.file == number) {
            match evaluator.truth(rule.person, of_complaint.then_some(0)) {
                Truth::Met => seen.0 = true,
                Truth::Unmet => seen.1 = true,
                Truth::Unknown => {}
            }
        }
    }
    let mut uncovered = Vec::new();
    for (rule, (met, failed)) in book.rules.iter().zip(seen) {
        let Some(file) = book.file(rule.file).filter(|_| !(met && failed)) else {
            continue;
        };
        let option = rule
            .option
            .and_then(|option| file.memberships.get(usize::from(option)))
            .map(|membership| membership.option.clone());
        uncovered.push(Uncovered {
            file: file.id.to_string(),
            rule: rule.id.to_string(),
            option: option.map(|text| text.to_string()),
            never_met: !met,
            never_failed: !failed,
        });
    }
    uncovered
}

fn subject(book: &Book, example: &Example, of_complaint: bool) -> Option<(Date, Subject)> {
    let mut given = example.given.clone();
    let today = given
        .remove("today")
        .and_then(|today| Date::parse(today.as_str()?).ok())
        .or(book.checked_on)?;
    let given = Json::Object(given);
    let layout = &book.program.layout;
    let subject = if of_complaint {
        Subject::of(&Complaint::from_value(&given).ok()?, layout).ok()?
    } else {
        Subject::of(&Worker::from_value(&given).ok()?, layout).ok()?
    };
    Some((today, subject))
}
