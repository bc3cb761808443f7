//! The engine reads conditions as an independent implementation of CEL does, on facts that are all known.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

#[path = "common/cel_oracle.rs"]
mod cel_oracle;
mod common;
#[path = "common/rulebooks.rs"]
mod rulebooks;

use std::collections::BTreeSet;

use cel_oracle::{Fact, Facts, Sort, Vocabulary, cel_value, expressions, facts};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use rulebooks::{file, ground};
use serde_json::{Value as Json, json};
use sitthi::compile::{DiagnosticCode, Severity};
use sitthi::facts::Subject;
use sitthi::law::{Assessment, Verdict};
use sitthi::{Date, Rulebook, Worker};

/// Names that a rule file may use, of every sort.
fn vocabulary() -> Vocabulary {
    let codes = |codes: &[&str]| Sort::Code(codes.iter().map(ToString::to_string).collect());
    let names = [
        ("employed", Sort::YesNo),
        ("insured_before_60", Sort::YesNo),
        ("member.sso_39", Sort::YesNo),
        ("nationality", codes(&["thai", "not_thai"])),
        ("claim.left_because", codes(&["dismissed", "resigned"])),
        ("home_province", codes(&["10", "57", "90"])),
        ("age", Sort::Years),
        ("bounds.years", Sort::Years),
        ("s33_months", Sort::Count),
        ("claim.children", Sort::Count),
        ("since_left", Sort::Days),
        ("bounds.days", Sort::Days),
        ("wage", Sort::Money),
        ("bounds.baht", Sort::Money),
        ("today", Sort::Date),
        ("s33_ended_on", Sort::Date),
    ];
    names.into_iter().map(|(name, sort)| (name.to_owned(), sort)).collect()
}

const YEARS: i64 = 30;
const DAYS: i64 = 20;
const BAHT: i64 = 40;
/// Day numbers count from thirty days before the day asked about.
const TODAY: i64 = 30;

fn day() -> Date {
    Date::parse("2026-11-22").unwrap()
}

const HEAD: &str = r#"[file]
id = "drawn"
th = "ทดลอง"
en = "drawn"
authority = "sso"
since = 2011-01-01
checked_on = 2026-11-22
kind = "definition"
[words.age]
th = "อายุ"
en = "age"
age = { of = "birth_date", on = "today" }
[words.since_left]
th = "ระยะเวลา"
en = "since_left"
elapsed = { from = "s39_ended_on", to = "today", in = "days" }
[words.paid]
th = "เดือนที่ส่ง"
en = "months paid"
months_paid = { of = ["sso_33"], in = 1 }
[words.wage]
th = "ค่าจ้าง"
en = "wage"
top_mean = { of = "base_wage_history", months = "paid", ceiling = "bounds.most", top = 1, in = 1, divide = 1 }
[table.bounds]
th = "ขอบเขต"
en = "bounds"
columns = ["from", "years:years", "days:days", "baht:baht", "most:baht", "cite"]
rows = [[2011-01-01, 30, 20, 40, 1000000000, "act/1"]]
"#;

const STATUTES: &str = r#"columns = ["id", "kind", "th", "en", "gazette", "in_force", "confidence"]
rows = [["act", "act", "พระราชบัญญัติทดลอง", "Trial Act", 1990-09-01, 1990-09-02, "high"]]
"#;

/// A rulebook with a rule for each condition that the compiler admits: one that can never hold is refused, and left out.
fn rulebook(conditions: &mut Vec<String>) -> Rulebook {
    loop {
        let mut text = HEAD.to_owned();
        let mut lines = Vec::new();
        for (number, condition) in conditions.iter().enumerate() {
            lines.push(text.lines().count());
            // One line each, so that a fault tells which.
            let condition = condition.replace(['\n', '\t'], " ");
            text.push_str(&format!(
                "[rule.r{number}]\nth = \"ก\"\nen = \"a\"\nrequires = [\"c{number}\"]\ncite = \"act/1\"\n[clauses.c{number}]\nth = \"ก\"\nen = \"a\"\nwhen = '''{condition}'''\ncite = \"act/1\"\n"
            ));
        }
        lines.push(text.lines().count());
        let mut files = ground();
        files.push(file("statutes/acts.toml", STATUTES));
        files.push(file("definitions/drawn.toml", &text));
        match Rulebook::from_sources(&files) {
            Ok(rulebook) => return rulebook,
            Err(faults) => {
                let mut lost = BTreeSet::new();
                for fault in faults.0.iter().filter(|fault| fault.severity == Severity::Error) {
                    assert_eq!(fault.code, DiagnosticCode::NeverMatches, "{fault}");
                    let line = usize::try_from(fault.line).unwrap();
                    let place = lines.iter().rposition(|first| line > *first).unwrap();
                    lost.insert(place);
                }
                let mut place = 0;
                conditions.retain(|_| {
                    place += 1;
                    !lost.contains(&(place - 1))
                });
            }
        }
    }
}

/// Fixes what the rulebook fixes: the cells of the table and the day asked about.
fn fixed(mut facts: Facts) -> Facts {
    facts.insert("bounds.years".to_owned(), Fact::Years { completed: YEARS, days: 0 });
    facts.insert("bounds.days".to_owned(), Fact::Whole(DAYS));
    facts.insert("bounds.baht".to_owned(), Fact::Whole(BAHT));
    facts.insert("today".to_owned(), Fact::Date(TODAY));
    if let Some(Fact::Years { days, .. }) = facts.get_mut("age") {
        // A year may have 365 days: the last of them would complete another year.
        *days = (*days).min(364);
    }
    facts
}

fn ago(days: i64) -> String {
    day().add_days(-i32::try_from(days).unwrap()).unwrap().to_string()
}

/// The same facts as the library takes them.
fn worker(facts: &Facts) -> Worker {
    let mut object = json!({ "member": {}, "claim": {}, "jobs": [] });
    for (name, fact) in facts {
        let value = match fact {
            Fact::YesNo(value) => Json::Bool(*value),
            Fact::Code(code) => Json::from(code.as_str()),
            Fact::Whole(number) => Json::from(*number),
            Fact::Years { completed, days } => {
                let months = i32::try_from(completed * 12).unwrap();
                Json::from(day().add_days(-i32::from(*days)).unwrap().add_months(-months).unwrap().to_string())
            }
            Fact::Date(number) => Json::from(ago(TODAY - number)),
        };
        match name.as_str() {
            "age" => object["birth_date"] = value,
            "since_left" => object["s39_ended_on"] = ago(value.as_i64().unwrap()).into(),
            "wage" => object["base_wage_history"] = json!([value]),
            "today" | "bounds.years" | "bounds.days" | "bounds.baht" => {}
            name => match name.split_once('.') {
                Some((group, field)) => object[group][field] = value,
                None => object[name] = value,
            },
        }
    }
    Worker::from_value(&object).unwrap()
}

#[test]
fn conditions_mean_what_they_mean_in_cel() {
    let vocabulary = vocabulary();
    let mut runner = TestRunner::default();
    let drawn = expressions(&vocabulary, 0..=60);
    let mut conditions: Vec<String> = (0..400).map(|_| drawn.new_tree(&mut runner).unwrap().current()).collect();
    let rulebook = rulebook(&mut conditions);
    assert!(conditions.len() > 300, "{} conditions are left", conditions.len());
    let drawn = facts(&vocabulary, 0..=60);
    let law = rulebook.on(day());
    let mut held = [0, 0];
    for _ in 0..60 {
        let facts = fixed(drawn.new_tree(&mut runner).unwrap().current());
        let worker = worker(&facts);
        // What a condition means is asked of facts that contradict each other as well.
        let subject = Subject::of(&worker, &law.book().program.layout).unwrap();
        let mut assessment = Assessment::new(&law, &subject);
        for (number, condition) in conditions.iter().enumerate() {
            let id = format!("r{number}");
            let rule = law.book().rules.iter().find(|rule| rule.id == id).unwrap();
            let expected = cel_value(condition, &facts);
            held[usize::from(expected)] += 1;
            let expected = if expected { Verdict::Met } else { Verdict::Unmet };
            assert_eq!(assessment.rule_verdict(rule), expected, "`{condition}` with {facts:?}");
        }
    }
    assert!(held.iter().all(|count| *count > 1000), "{held:?}");
}
