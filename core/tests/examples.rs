//! Every example of the rule files comes out, and what is wrong with one is told.
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
use sitthi::compile::SourceFile;
use sitthi::examples::{Selection, TestReport};

fn shown(report: &TestReport) -> Vec<String> {
    let differences = report.differences.iter().map(ToString::to_string);
    differences.chain(report.diagnostics.iter().map(ToString::to_string)).collect()
}

#[test]
fn every_example_comes_out() {
    let report = Rulebook::test(&sources()).unwrap();
    let found = shown(&report);
    assert!(
        found.is_empty(),
        "{} of {} examples:\n{}",
        found.len(),
        report.examples,
        found.join("\n")
    );
    assert!(report.examples > 800, "{} examples", report.examples);
}

/// The built-in rule files with one line of one of them changed.
fn changed(path: &str, before: &str, after: &str) -> Vec<SourceFile> {
    let mut sources = sources();
    let file = sources.iter_mut().find(|file| file.path == path).unwrap();
    assert_eq!(file.text.matches(before).count(), 1, "`{before}` stands once in {path}");
    file.text = file.text.replace(before, after);
    sources
}

/// What is told of an example that is put behind the examples of a file.
fn told(path: &str, example: &str) -> Vec<String> {
    let mut sources = sources();
    let file = sources.iter_mut().find(|file| file.path == path).unwrap();
    file.text.push_str(&format!("\n[example.of_this_test]\n{example}\n"));
    let line = file.text.lines().position(|line| line == "[example.of_this_test]").unwrap() + 1;
    let id = path.rsplit_once('/').unwrap().1.trim_end_matches(".toml").to_owned();
    let selection = Selection {
        file: Some(id),
        example: Some("of_this_test".to_owned()),
    };
    let found = match Rulebook::built_in().test_selected(&sources, &selection) {
        Ok(report) => shown(&report),
        Err(error) => vec![error.to_string()],
    };
    // Lines are told from that of the example.
    let here = |text: String| (0..9).fold(text, |text, by| text.replace(&format!(":{}:", line + by), &format!(":+{by}:")));
    found.into_iter().map(here).collect()
}

const VENDOR: &str = "like = \"own_account_vendor\"\ngiven = { today = 2026-11-22 }\n";

#[test]
fn a_wrong_expectation_is_told_with_its_line() {
    let found = told(
        "schemes/ucs.toml",
        &format!("{VENDOR}expect = {{ status = \"eligible\", entitled = \"met\" }}"),
    );
    assert_eq!(
        found,
        ["schemes/ucs.toml:+3: of_this_test: `status of ucs` is covered, expected eligible"]
    );
    let found = told(
        "schemes/ucs.toml",
        &format!("{VENDOR}[example.of_this_test.expect]\nstatus = \"covered\"\nentitled = \"unmet\""),
    );
    assert_eq!(found, ["schemes/ucs.toml:+5: of_this_test: `entitled` is met, expected unmet"]);
    let sources = changed("plans/p2_informal_2560_2564.toml", "score = \"82.5\"", "score = \"82.6\"");
    let report = Rulebook::built_in().test_selected(&sources, &Selection::default()).unwrap();
    let [difference] = report.differences.as_slice() else {
        panic!("{:?}", report.differences)
    };
    assert_eq!(
        (difference.key.as_str(), difference.file.as_str()),
        ("informality_rate.score", "plans/p2_informal_2560_2564.toml")
    );
}

#[test]
fn a_name_that_nothing_has_is_told_with_the_nearest() {
    let of = |expect: &str| told("schemes/ucs.toml", &format!("{VENDOR}expect = {{ {expect} }}")).join("\n");
    for (expect, near) in [
        ("statsu = \"covered\"", "`status`?"),
        ("status = \"coverd\"", "`covered`?"),
        ("status = { ucz = \"covered\" }", "`ucs`?"),
        ("entitle = \"met\"", "`entitled`?"),
        ("confidense = \"high\"", "`confidence`?"),
        ("schemes = { ucs = { statuss = \"covered\" } }", "`status`?"),
        ("contingencies = { medical_care = { met_bye = [\"ucs\"] } }", "`met_by`?"),
        ("schemes = { ucs = { reasons = { has = [{ claus = \"x\" }] } } }", "`clause`?"),
    ] {
        let told = of(expect);
        assert!(told.contains(near), "{expect}: {told}");
        assert!(told.contains(":+3:"), "{expect}: {told}");
    }
    for (path, expect, near) in [
        ("schemes/sso_33.toml", "amounts = { employee_shar = \"1.00\" }", "`employee_share`?"),
        ("schemes/sso_40.toml", "join = { 4 = \"met\" }", "`4`"),
    ] {
        let told = told(path, &format!("{VENDOR}expect = {{ {expect} }}")).join("\n");
        assert!(told.contains(near), "{expect}: {told}");
    }
    let kinds = told(
        "complaints/t01_money.toml",
        "given = { today = 2026-11-22 }\nexpect = { urgencie = \"u3\" }",
    )
    .join("\n");
    assert!(kinds.contains("`urgency`?"), "{kinds}");
    let plan = told(
        "plans/p2_informal_2560_2564.toml",
        "given = { today = 2026-11-22 }\nexpect = { informality_rat = { score = \"1\" } }",
    );
    assert!(plan.join("\n").contains("`informality_rate`?"), "{plan:?}");
}

#[test]
fn facts_and_models_that_cannot_be_are_told() {
    for (example, part) in [
        (
            "like = \"own_acount_vendor\"\ngiven = { today = 2026-11-22 }\nexpect = { status = \"covered\" }",
            "`own_account_vendor`?",
        ),
        (
            "given = { today = 2026-11-22, nationalty = \"thai\" }\nexpect = { status = \"covered\" }",
            "nationality",
        ),
        (
            "given = { today = 2026-11-22, nationality = \"thay\" }\nexpect = { status = \"covered\" }",
            "thai",
        ),
        ("given = { nationality = \"thai\" }\nexpect = { status = \"covered\" }", "`today`"),
        (
            "given = { today = \"22/11/2569\" }\nexpect = { status = \"covered\" }",
            "a day such as",
        ),
        ("given = { today = 2026-11-22 }", "expects nothing"),
        ("given = { today = 2026-11-22 }\nexpct = { status = \"covered\" }", "`expect`"),
    ] {
        let told = told("schemes/ucs.toml", example).join("\n");
        assert!(told.contains(part), "{example}: {told}");
    }
}

#[test]
fn fields_of_a_decision_are_compared_whatever_they_hold() {
    let of = |expect: &str| told("schemes/ucs.toml", &format!("{VENDOR}expect = {{ {expect} }}"));
    for expect in [
        "status = \"covered\", confirm = \"none\", option = \"none\"",
        "schemes = { ucs = { status = \"covered\" }, sso_33 = { status = \"not_eligible\" } }",
        "contingencies = { medical_care = { met_by = [\"ucs\"] } }",
        "possible = [\"covered\"]",
        "reasons = { lacks = [\"official_scheme\"] }",
    ] {
        assert_eq!(of(expect), Vec::<String>::new(), "{expect}");
    }
    for expect in [
        "confirm = \"nhso\"",
        "schemes = { ucs = { status = \"eligible\" } }",
        "schemes = { ucs = \"none\" }",
        "schemes = { sso_77 = { status = \"eligible\" } }",
        "contingencies = { medical_care = { met_by = [] } }",
        "possible = [\"covered\", \"eligible\"]",
        "possible = [\"eligible\"]",
        "gap = [\"medical_care\"]",
        "notes = { has = [\"ucs.none_such\"] }",
        "confidence = \"unsure\"",
        "registered = { has = [true] }",
    ] {
        assert_eq!(of(expect).len(), 1, "{expect}: {:?}", of(expect));
    }
}

#[test]
fn a_selection_that_nothing_fits_names_the_nearest() {
    let ask = |file: Option<&str>, example: Option<&str>| {
        let selection = Selection {
            file: file.map(Into::into),
            example: example.map(Into::into),
        };
        Rulebook::built_in().test_selected(&sources(), &selection)
    };
    assert_eq!(ask(Some("ucs"), Some("street_vendor")).unwrap().examples, 1);
    assert!(ask(Some("usc"), None).unwrap_err().to_string().contains("`ucs`"));
    assert!(
        ask(Some("ucs"), Some("street_vender"))
            .unwrap_err()
            .to_string()
            .contains("`street_vendor`")
    );
}

#[test]
fn nothing_is_asked_on_one_side_only() {
    let report = Rulebook::test(&sources()).unwrap();
    let uncovered: Vec<String> = report.uncovered.iter().map(ToString::to_string).collect();
    assert!(uncovered.is_empty(), "{}:\n{}", uncovered.len(), uncovered.join("\n"));
}

#[test]
fn every_field_of_every_decision_is_named_by_an_example() {
    let report = Rulebook::test(&sources()).unwrap();
    assert!(report.unnamed_fields.is_empty(), "{:#?}", report.unnamed_fields);
}

/// A field counts as named only where an expectation meets it filled: `"none"` of a window that somebody else has holds nothing.
#[test]
fn a_field_that_no_example_names_filled_is_told() {
    let mut sources = sources();
    for file in &mut sources {
        let filled = [", hint = { area = \"10\", confidence = \"medium\" }", ", may_rise = true"];
        file.text = filled.iter().fold(file.text.clone(), |text, one| text.replace(one, ""));
    }
    let report = Rulebook::built_in().test_selected(&sources, &Selection::default()).unwrap();
    assert_eq!(
        report.unnamed_fields,
        ["hint.area", "hint.confidence", "office.hint", "urgency.may_rise"]
    );
}
