//! The book that pages and phones carry gives the same answers, byte for byte.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod common;

use common::sources;
use sitthi::examples::examples;
use sitthi::{Date, Rulebook};

#[test]
fn a_stripped_book_answers_every_example_as_the_whole_one() {
    let whole = Rulebook::built_in();
    let bytes = whole.book().clone().stripped().to_bytes().unwrap();
    assert!(bytes.len() < whole.to_bytes().unwrap().len());
    let stripped = Rulebook::open(&bytes).unwrap();
    let mut asked = 0;
    for example in examples(&sources()).unwrap_or_else(|faults| panic!("{faults}")) {
        let mut facts = example.given.clone();
        let Some(day) = facts.remove("today").and_then(|day| Date::parse(day.as_str()?).ok()) else {
            continue;
        };
        let facts = serde_json::Value::Object(facts).to_string();
        let (one, two) = (whole.on(day), stripped.on(day));
        if let Ok(worker) = one.read_worker(&facts) {
            asked += 1;
            assert_eq!(one.assess(&worker).unwrap().to_json(), two.assess(&worker).unwrap().to_json());
            assert_eq!(one.classify(&worker).unwrap().to_json(), two.classify(&worker).unwrap().to_json());
            assert_eq!(one.next_question(&worker).unwrap(), two.next_question(&worker).unwrap());
        }
        if let Ok(complaint) = one.read_complaint(&facts) {
            asked += 1;
            assert_eq!(one.route(&complaint).unwrap().to_json(), two.route(&complaint).unwrap().to_json());
        }
    }
    assert!(asked > 500, "{asked} asked");
    let day = Date::parse("2026-11-22").unwrap();
    for plan in &whole.book().plans {
        for year in plan.from_year..=plan.to_year {
            let input = format!("{{ \"year\": {year} }}");
            let score = |law: sitthi::Law| law.score(&plan.id, &input).map(|scorecard| scorecard.to_json());
            assert_eq!(score(whole.on(day)), score(stripped.on(day)));
        }
    }
    let (from, to) = (Date::parse("2011-01-01").unwrap(), Date::parse("2033-01-01").unwrap());
    assert_eq!(whole.changes_json(from, to), stripped.changes_json(from, to));
}
