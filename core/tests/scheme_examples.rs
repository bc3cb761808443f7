//! Every example of the scheme and definition files holds.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;
#[path = "common/expect.rs"]
mod expect;

use common::examples_of;
use sitthi::Rulebook;

const FILES: [&str; 7] = ["employee", "informal", "sso_33", "sso_cuts", "sso_39", "sso_40", "ucs"];

#[test]
fn every_example_of_schemes_and_definitions_holds() {
    let rulebook = Rulebook::built_in();
    let examples = examples_of(&FILES);
    assert!(examples.len() > 400, "{} examples", examples.len());
    let mut failures = Vec::new();
    for example in &examples {
        for failure in expect::run(&rulebook, example) {
            failures.push(format!("{}:{} {}: {failure}", example.file, example.line, example.id));
        }
    }
    assert!(
        failures.is_empty(),
        "{} of {} examples fail:\n{}",
        failures.len(),
        examples.len(),
        failures.join("\n")
    );
}
