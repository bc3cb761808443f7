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

#[test]
fn a_stripped_book_reads_places_by_their_names_as_the_whole_one() {
    let whole = Rulebook::built_in();
    let stripped = Rulebook::open(&whole.book().clone().stripped().to_bytes().unwrap()).unwrap();
    let day = Date::parse("2026-11-22").unwrap();
    let (one, two) = (whole.on(day), stripped.on(day));
    for province in one.provinces() {
        let coded = serde_json::json!({ "home_province": province.code }).to_string();
        let coded = one.assess(&one.read_worker(&coded).unwrap()).unwrap();
        for name in [&province.th, &province.en] {
            let facts = serde_json::json!({ "home_province": name }).to_string();
            let named = two.assess(&two.read_worker(&facts).unwrap()).unwrap();
            assert_eq!(named.to_json(), coded.to_json(), "{name}");
        }
        let district = one.districts(&province.code).unwrap().pop().unwrap();
        let routed = |law: &sitthi::Law, province: &str, district: &str| {
            let facts = serde_json::json!({ "happened": { "wages_unpaid": true }, "job": { "province": province, "district": district } });
            law.route(&law.read_complaint(&facts.to_string()).unwrap()).unwrap().to_json()
        };
        let coded = routed(&one, &province.code, &district.code);
        assert_eq!(routed(&two, &province.th, &district.th), coded, "{}", district.th);
    }
    let nowhere = r#"{ "home_province": "เชียงใม่" }"#;
    let refused = |law: &sitthi::Law| match law.read_worker(nowhere) {
        Ok(worker) => law.assess(&worker).map(|_| ()).unwrap_err(),
        Err(error) => error,
    };
    assert_eq!(refused(&one), refused(&two));
    assert!(refused(&two).to_string().contains("เชียงใหม่"), "the nearest name");
}
