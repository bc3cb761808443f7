//! Every example of the complaint and urgency files holds.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;
#[path = "common/complaints.rs"]
mod complaints;

use common::examples_of;
use sitthi::Rulebook;

const FILES: [&str; 5] = ["t01_money", "t07_social_security", "t14_forced_labour", "urgency", "not_encoded"];

#[test]
fn every_example_of_complaints_holds() {
    let rulebook = Rulebook::built_in();
    let examples = examples_of(&FILES);
    assert!(examples.len() > 200, "{} examples", examples.len());
    let mut failures = Vec::new();
    for example in &examples {
        for failure in complaints::run(&rulebook, example) {
            failures.push(format!("{}:{} {}: {failure}", example.file, example.line, example.id));
        }
    }
    assert!(
        failures.is_empty(),
        "{} failures in {} examples:\n{}",
        failures.len(),
        examples.len(),
        failures.join("\n")
    );
}
