//! Diagnostics as a person reads them: one for each mistake, at its place, in both languages; warnings for what looks like a slip.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod common;
#[path = "common/rulebooks.rs"]
mod rulebooks;

use rulebooks::{file, trial};
use serde_json::json;
use sitthi::compile::{Diagnostic, DiagnosticCode, Severity, SourceFile, diagnose, english};
use sitthi::{Date, Rulebook};

const SCHEME: &str = "schemes/trial.toml";
const MONEY: &str = "complaints/money.toml";
const STATUTES: &str = "statutes/acts.toml";
const CODES: &str = "vocabulary/codes.toml";

fn changed(path: &str, from: &str, to: &str) -> Vec<SourceFile> {
    let mut files = trial();
    let source = files.iter_mut().find(|file| file.path == path).unwrap();
    assert!(source.text.contains(from), "{path} has no `{from}`");
    source.text = source.text.replacen(from, to, 1);
    files
}

fn with(path: &str, more: &str) -> Vec<SourceFile> {
    let mut files = trial();
    files.iter_mut().find(|file| file.path == path).unwrap().text.push_str(more);
    files
}

fn listed(found: &[Diagnostic]) -> String {
    found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// The warnings of a rulebook that opens.
fn warnings(files: &[SourceFile]) -> Vec<Diagnostic> {
    let (book, found) = diagnose(files);
    assert!(book.is_some(), "{}", listed(&found));
    assert!(found.iter().all(|one| one.severity == Severity::Warning));
    found
}

#[test]
fn the_built_in_rulebook_has_neither_errors_nor_warnings() {
    let (book, found) = diagnose(&common::sources());
    assert!(book.is_some() && found.is_empty(), "{}", listed(&found));
}

#[test]
fn a_condition_that_does_not_parse_is_one_diagnostic_at_its_place() {
    for (broken, column) in [("age_today >= ", 22), ("age_today =! 15", 19), ("(age_today >= 15", 25)] {
        let found = diagnose(&changed(SCHEME, "age_today >= 15\"", &format!("{broken}\""))).1;
        assert_eq!(found.len(), 1, "{}", listed(&found));
        assert_eq!((found[0].code, found[0].severity), (DiagnosticCode::Syntax, Severity::Error));
        assert_eq!(found[0].source, format!("when = \"{broken}\""));
        assert_eq!(found[0].column, column, "{broken}: {}", found[0]);
        assert!(found[0].message_th.starts_with("อ่านข้อความไม่ได้"), "{}", found[0].message_th);
    }
}

#[test]
fn a_name_that_nothing_has_is_underlined() {
    let found = diagnose(&changed(SCHEME, "age_today >= 15", "age_tody >= 15")).1;
    let one = found.iter().find(|one| one.code == DiagnosticCode::UnknownName).unwrap();
    let place: String = one.source.chars().skip(one.column as usize - 1).take(one.length as usize).collect();
    assert_eq!(place, "age_tody");
    let written = json!(one);
    for key in [
        "file",
        "line",
        "column",
        "severity",
        "code",
        "message",
        "expected",
        "message_th",
        "source",
    ] {
        assert!(written.get(key).is_some(), "{key}");
    }
}

#[test]
fn a_value_that_cannot_be_read_is_not_missing_as_well() {
    for (path, from, to) in [
        (SCHEME, "length = \"6 months\"", "length = 6"),
        (SCHEME, "length = \"6 months\"", "length = \"6 moons\""),
        (
            SCHEME,
            "age = { of = \"birth_date\", on = \"today\" }",
            "age = { of = 5, on = \"today\" }",
        ),
    ] {
        let found = diagnose(&changed(path, from, to)).1;
        let missing = found.iter().filter(|one| one.code == DiagnosticCode::MissingKey).count();
        assert!(!found.is_empty() && missing == 0, "{to}:\n{}", listed(&found));
    }
}

#[test]
fn a_broken_file_silences_what_only_follows_from_it() {
    let broken_header = |path: &str| {
        let mut files = trial();
        let source = files.iter_mut().find(|file| file.path == path).unwrap();
        source.text = source.text.replacen("code", "kode", 1);
        files
    };
    for (path, files) in [
        ("places/districts.csv", broken_header("places/districts.csv")),
        ("places/provinces.csv", broken_header("places/provinces.csv")),
        (STATUTES, changed(STATUTES, "rows = [", "rows = [[")),
        (CODES, changed(CODES, "[list.nationality]", "[list.nationality")),
        (MONEY, changed(MONEY, "[file]", "[file")),
    ] {
        let found = diagnose(&files).1;
        assert_eq!(found.len(), 1, "{path}:\n{}", listed(&found[..found.len().min(5)]));
        assert_eq!(found[0].file, path);
    }
}

#[test]
fn rows_of_a_csv_file_are_named_by_their_own_file_and_line() {
    let table =
        "[table.limit]\nth = \"อายุสูงสุด\"\nen = \"highest age\"\nclock = \"today\"\ncolumns = [\"from\", \"years:years\", \"cite\"]\n";
    let mut files = trial();
    let scheme = files.iter_mut().find(|file| file.path == SCHEME).unwrap();
    let (before, after) = scheme.text.split_once("[table.limit]").unwrap();
    let after = after.split_once("[table.rate]").unwrap().1;
    scheme.text = format!("{before}{table}csv = \"schemes/limit.csv\"\n[table.rate]{after}");
    let rows = "from,years,cite\n2011-01-01,60,act/3\n2016-01-01,sixty,act_2/3\n2017-01-01,65\n";
    files.push(file("schemes/limit.csv", rows));
    let found = diagnose(&files).1;
    let places: Vec<(&str, u32)> = found.iter().map(|one| (one.file.as_str(), one.line)).collect();
    assert_eq!(places, [("schemes/limit.csv", 3), ("schemes/limit.csv", 4)], "{}", listed(&found));
}

/// A benefit by bands of age.
fn bands(band: &str, unit: &str) -> String {
    format!(
        "\n[amounts.allowance]\nth = \"เบี้ย\"\nen = \"allowance\"\nflat = \"steps.sum\"\nper = \"month\"\ncite = \"act/7\"\n\
         [rule.old]\nth = \"เบี้ยยังชีพ\"\nen = \"old-age allowance\"\ngives = \"covered\"\nrequires = [\"grown\"]\npays = [\"allowance\"]\ncite = \"act/7\"\n\
         [table.steps]\nth = \"ขั้น\"\nen = \"steps\"\nclock = \"today\"\nband = \"{band}\"\ncolumns = [\"from\", \"at_least\", \"sum:baht\", \"cite\"]\nrows = [\n\
         [2011-01-01, \"60 {unit}\", 600, \"act/7\"],\n[2011-01-01, \"70 {unit}\", 700, \"act/7\"],\n[2011-01-01, \"90 {unit}\", 1000, \"act/7\"],\n]\n"
    )
}

#[test]
fn bands_of_age_are_compared_in_years() {
    let rulebook = Rulebook::from_sources(&with(SCHEME, &bands("age_today", "years"))).unwrap();
    let law = rulebook.on(Date::parse("2026-11-22").unwrap());
    for (born, sum) in [
        ("1966-11-22", "600.00"),
        ("1956-11-23", "600.00"),
        ("1956-11-22", "700.00"),
        ("1936-01-01", "1000.00"),
    ] {
        let worker = law
            .read_worker(&format!("{{\"birth_date\":\"{born}\",\"member\":{{\"sso_39\":false}}}}"))
            .unwrap();
        let decision = serde_json::to_string(&law.assess(&worker).unwrap()).unwrap();
        assert!(decision.contains(&format!("\"{sum}\"")), "{born} {sum}: {decision}");
    }
    for unit in ["days", "months"] {
        let found = diagnose(&with(SCHEME, &bands("age_today", unit))).1;
        assert!(
            found
                .iter()
                .any(|one| one.code == DiagnosticCode::WrongType && one.expected.contains("years")),
            "{}",
            listed(&found)
        );
    }
}

#[test]
fn what_no_complaint_tells_is_refused_in_files_of_complaints() {
    let period = |after: &str| {
        format!(
            "\n[periods.lost]\nth = \"ก\"\nen = \"lost\"\nafter = \"{after}\"\nlength = \"30 days\"\nbinds = \"worker\"\nlate = \"ends\"\ncite = \"act/9\"\n"
        )
    };
    for fact in [
        "claim.arose_on",
        "s33_insured_until",
        "registered_informal_on",
        "claim.treatment_began_on",
    ] {
        let found = diagnose(&with(MONEY, &period(fact))).1;
        let refused = found
            .iter()
            .any(|one| one.message.contains(fact) && one.severity == Severity::Error);
        assert!(refused, "{fact}: {}", listed(&found));
    }
    let found = diagnose(&with(MONEY, &period("claim.arose_on"))).1;
    assert!(
        found.iter().any(|one| one.code == DiagnosticCode::NeverMatches),
        "{}",
        listed(&found)
    );
}

#[test]
fn what_looks_like_a_slip_is_a_warning() {
    let rows = "  [2016-01-01, 65, \"act_2/3\"],";
    for (files, piece) in [
        (changed(SCHEME, rows, "  [2016-01-01, 650, \"act_2/3\"],"), "far from"),
        (changed(SCHEME, rows, "  [2016-01-01, 6, \"act_2/3\"],"), "far from"),
        (
            changed(SCHEME, "[2011-01-01, \"5\", \"act/6\"]", "[2011-01-01, \"0.5\", \"act/6\"]"),
            "below 1 %",
        ),
        (
            changed(SCHEME, "[2011-01-01, \"5\", \"act/6\"]", "[2011-01-01, \"500\", \"act/6\"]"),
            "above 100 %",
        ),
        (changed(SCHEME, rows, "  [2016-01-02, 65, \"act_2/3\"],"), "which it cites"),
        (changed(SCHEME, "age_today >= 15", "age_today >= 16"), "its sentence says 15"),
        (changed(SCHEME, "age_today >= 15", "age_today <= 15"), "another side"),
        (changed(SCHEME, "age_today >= 15", "age_today > 15"), "another side"),
        (changed(STATUTES, "2015-06-22, 2016-01-01", "2018-06-22, 1918-06-23"), "years from"),
        (changed(STATUTES, "1990-09-01, 1990-09-02", "1890-09-01, 1890-09-02"), "is of 1890"),
        (
            with(
                SCHEME,
                &bands("age_today", "years").replace(
                    "90 years\", 1000, \"act/7\"],",
                    "90 years\", 1000, \"act/7\"],\n[2016-01-01, \"60 years\", 650, \"act_2/7\"],",
                ),
            ),
            "some bands",
        ),
    ] {
        let found = diagnose(&files).1;
        let warned = found
            .iter()
            .any(|one| one.severity == Severity::Warning && one.code == DiagnosticCode::Suspicious && one.message.contains(piece));
        assert!(warned, "{piece}:\n{}", listed(&found));
    }
    let zero = diagnose(&changed(SCHEME, "length = \"6 months\"", "length = \"0 days\"")).1;
    assert!(zero.iter().any(|one| one.message.contains("0 days")), "{}", listed(&zero));
    assert!(warnings(&trial()).is_empty(), "{}", listed(&warnings(&trial())));
}

#[test]
fn a_code_that_no_condition_mentions_is_a_warning_once_others_are() {
    let mut files = common::sources();
    let codes = files.iter_mut().find(|file| file.path == CODES).unwrap();
    codes.text = codes.text.replace(
        "[list.stay.codes]\n",
        "[list.stay.codes]\nnew_ground = { th = \"เหตุใหม่\", en = \"new ground\" }\n",
    );
    let found = warnings(&files);
    assert!(
        found
            .iter()
            .any(|one| one.message.contains("`new_ground`") && one.source.starts_with("new_ground")),
        "{}",
        listed(&found)
    );
}

#[test]
fn a_reviewer_says_why_a_slip_is_none() {
    let files = changed(
        SCHEME,
        "when = \"age_today >= 15\"",
        "when = \"age_today >= 16\"\nreviewed = \"sixteen by the second reading\"",
    );
    assert!(warnings(&files).is_empty(), "{}", listed(&warnings(&files)));
}

#[test]
fn a_draft_without_english_opens_and_the_lines_are_written_for_it() {
    let files = changed(SCHEME, "en = \"at least fifteen\"\n", "");
    let found = warnings(&files);
    assert_eq!(found.len(), 1, "{}", listed(&found));
    assert_eq!(found[0].code, DiagnosticCode::MissingLabel);
    let rulebook = Rulebook::from_sources(&files).unwrap();
    assert!(rulebook.book().clauses.iter().any(|clause| clause.words.en == "อายุไม่ต่ำกว่าสิบห้าปี"));
    let written = english(&files);
    assert_eq!(written.len(), 1);
    assert_eq!(written[0].path, "vocabulary/en/trial.toml");
    assert_eq!(written[0].text, "[clauses]\n# อายุไม่ต่ำกว่าสิบห้าปี\ngrown = \"\"\n");
    // Written once: a second run adds no line, and a line that is filled in ends the warning.
    let mut filled = files.clone();
    filled.push(file("vocabulary/en/trial.toml", &written[0].text));
    assert_eq!(english(&filled)[0].text, written[0].text);
    filled.last_mut().unwrap().text = written[0].text.replace("\"\"", "\"at least fifteen\"");
    assert!(english(&filled).is_empty() && warnings(&filled).is_empty());
}

#[test]
fn english_stands_in_one_place() {
    let mut files = trial();
    files.push(file("vocabulary/en/trial.toml", "[clauses]\ngrown = \"fifteen\"\n"));
    let found = diagnose(&files).1;
    assert!(
        found
            .iter()
            .any(|one| one.code == DiagnosticCode::TwiceTranslated && one.file == SCHEME),
        "{}",
        listed(&found)
    );
}

#[test]
fn a_sentence_that_nothing_shows_and_one_without_words_are_errors() {
    let engine = "vocabulary/engine.toml";
    let found = diagnose(&with(engine, "\n[sentence.confrim]\nth = \"ก\"\nen = \"x\"\n")).1;
    assert!(
        found
            .iter()
            .any(|one| one.code == DiagnosticCode::Unused && one.expected.contains("`confirm`")),
        "{}",
        listed(&found)
    );
    let found = diagnose(&changed(engine, "[sentence.confirm]", "[sentence.confirmed]")).1;
    assert!(
        found
            .iter()
            .any(|one| one.code == DiagnosticCode::MissingLabel && one.message.contains("`confirm`")),
        "{}",
        listed(&found)
    );
}
