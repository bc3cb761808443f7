//! A law changed by one day, one year or one clause fails an example: nothing in the rule files is there untested.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod common;

use common::sources;
use sitthi::Rulebook;

#[test]
fn every_change_of_the_law_fails_an_example() {
    let report = Rulebook::mutate(&sources(), None).unwrap();
    println!(
        "{} changes, {} examples, {} no difference",
        report.changes, report.examples, report.no_difference
    );
    assert!(report.changes > 1000 && report.examples > 500, "{report:?}");
    let left: Vec<String> = report.survivors.iter().map(ToString::to_string).collect();
    assert!(
        left.is_empty(),
        "{} of {} changes fail no example:\n{}",
        left.len(),
        report.changes,
        left.join("\n")
    );
    assert!(report.idle.is_empty(), "no change needs these: {}", report.idle.join(", "));
}

#[test]
fn what_nothing_holds_is_told_with_file_and_line() {
    let mut sources = sources();
    let file = sources.iter_mut().find(|file| file.path == "schemes/ucs.toml").unwrap();
    // The examples that hold the exclusion of the health right of officials are taken away.
    let clause = file
        .text
        .lines()
        .position(|line| line.starts_with("[clauses.official_scheme]"))
        .unwrap();
    let kept = file.text.split("\n[example.").enumerate();
    let kept: Vec<&str> = kept
        .filter(|(place, part)| *place == 0 || !part.contains("official_scheme"))
        .map(|(_, part)| part)
        .collect();
    file.text = kept.join("\n[example.");
    let report = Rulebook::mutate(&sources, Some("ucs")).unwrap();
    assert!(!report.survivors.is_empty());
    assert!(
        report.survivors.iter().all(|survivor| survivor.file == "schemes/ucs.toml"),
        "{:?}",
        report.survivors
    );
    let line = u32::try_from(clause + 1).unwrap();
    let told = report
        .survivors
        .iter()
        .find(|survivor| survivor.of == "ucs.official_scheme")
        .unwrap();
    assert_eq!(told.line, line, "{told}");
    let error = Rulebook::mutate(&sources, Some("usc")).unwrap_err();
    assert!(error.to_string().contains("`ucs`"), "{error}");
}
