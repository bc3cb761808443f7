//! What must hold whatever the facts are.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod common;

use common::examples_under;
use proptest::prelude::*;
use serde_json::{Map, Value as Json};
use sitthi::examples::Example;
use sitthi::law::{Assessment, ClauseValue, Verdict};
use sitthi::{Date, Rulebook, Status, Worker};

const OF_WORKERS: [&str; 3] = ["definitions/", "standards/", "schemes/"];

/// The leaves of facts, each with its path; a list of jobs counts as told with its first leaf.
fn leaves(value: &Json, path: &mut Vec<String>, found: &mut Vec<(Vec<String>, Json)>) {
    match value {
        Json::Object(object) if path.first().is_none_or(|name| name != "paid_months" || path.len() < 2) => {
            for (key, value) in object {
                path.push(key.clone());
                leaves(value, path, found);
                path.pop();
            }
        }
        value => found.push((path.clone(), value.clone())),
    }
}

fn put(object: &mut Map<String, Json>, path: &[String], value: &Json) {
    if let [last] = path {
        object.insert(last.clone(), value.clone());
    } else {
        let inner = object.entry(path[0].clone()).or_insert_with(|| Json::Object(Map::new()));
        put(inner.as_object_mut().unwrap(), &path[1..], value);
    }
}

/// The statuses and the verdicts of all rules.
fn outcomes(rulebook: &Rulebook, day: Date, facts: &Map<String, Json>) -> Vec<String> {
    let law = rulebook.on(day);
    let worker = Worker::from_value(&Json::Object(facts.clone())).unwrap();
    let subject = law.subject(&worker).unwrap();
    let mut assessment = Assessment::new(&law, &subject);
    let statuses = law.statuses(&worker).unwrap().into_iter().map(|one| match one.status {
        Status::Undetermined => String::new(),
        decided => decided.code().to_owned(),
    });
    let rules = law.book().rules.iter().filter(|rule| rule.route.is_none());
    let verdicts: Vec<String> = rules
        .map(|rule| match assessment.rule_verdict(rule) {
            Verdict::Undetermined => String::new(),
            decided => format!("{decided:?}"),
        })
        .collect();
    statuses.chain(verdicts).collect()
}

fn reveal(rulebook: &Rulebook, example: &Example, order: &[usize]) {
    let (day, facts) = common::given(example);
    let mut all = Vec::new();
    leaves(&facts, &mut Vec::new(), &mut all);
    // The month asked about is a question, not a fact.
    let mut known = Map::new();
    let (asked, mut left): (Vec<_>, Vec<_>) = all.into_iter().partition(|(path, _)| path[0] == "month");
    asked.iter().for_each(|(path, value)| put(&mut known, path, value));
    let mut before = outcomes(rulebook, day, &known);
    for pick in order {
        if left.is_empty() {
            break;
        }
        let (path, value) = left.swap_remove(pick % left.len());
        put(&mut known, &path, &value);
        let after = outcomes(rulebook, day, &known);
        for (index, (was, is)) in before.iter().zip(&after).enumerate() {
            assert!(
                was.is_empty() || was == is,
                "{}:{}: telling {} turned outcome {index} from {was} to {is}",
                example.file,
                example.id,
                path.join(".")
            );
        }
        before = after;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_further_fact_never_overturns_what_is_decided(which in any::<usize>(), order in proptest::collection::vec(any::<usize>(), 40)) {
        let examples = examples_under(&OF_WORKERS);
        reveal(&Rulebook::built_in(), &examples[which % examples.len()], &order);
    }
}

#[test]
fn there_is_an_answer_for_every_day_from_2011_to_2027() {
    let rulebook = Rulebook::built_in();
    let worker = rulebook
        .on(Date::parse("2026-11-22").unwrap())
        .read_worker(r#"{ "birth_date": "1964-03-10", "nationality": "thai", "jobs": [{}] }"#)
        .unwrap();
    let (first, last) = (Date::parse("2011-01-01").unwrap(), Date::parse("2027-12-31").unwrap());
    for day in (first.days()..=last.days()).filter_map(Date::from_days) {
        let law = rulebook.on(day);
        let coverage = law.assess(&worker).unwrap();
        assert_eq!(coverage.schemes.len(), law.rulebook().schemes().len(), "{day}");
        for scheme in &coverage.schemes {
            let named = !scheme.reasons.is_empty()
                || !scheme.missing.is_empty()
                || !scheme.not_read.is_empty()
                || scheme.status == Status::NotEligible;
            assert!(named, "{day}: {} is {:?} without a word", scheme.scheme, scheme.status);
        }
    }
}

#[test]
fn a_decision_is_the_same_twice_and_facts_come_back() {
    let rulebook = Rulebook::built_in();
    for example in examples_under(&OF_WORKERS).iter().step_by(7) {
        let (day, facts) = common::given(example);
        let law = rulebook.on(day);
        let worker = Worker::from_value(&facts).unwrap();
        let again = Worker::from_value(&worker.to_value()).unwrap();
        assert_eq!(
            law.assess(&worker).unwrap().to_json(),
            law.assess(&again).unwrap().to_json(),
            "{}",
            example.id
        );
    }
}

#[test]
fn there_is_an_answer_for_people_of_every_kind_every_week() {
    let rulebook = Rulebook::built_in();
    let (first, last) = (Date::parse("2011-01-01").unwrap(), Date::parse("2027-12-31").unwrap());
    for example in examples_under(&OF_WORKERS).iter().step_by(90) {
        let (_, facts) = common::given(example);
        let worker = Worker::from_value(&facts).unwrap();
        for day in (first.days()..=last.days()).step_by(7).filter_map(Date::from_days) {
            let coverage = rulebook.on(day).assess(&worker).unwrap();
            assert_eq!(coverage.schemes.len(), rulebook.schemes().len(), "{} on {day}", example.id);
        }
    }
}

#[test]
fn both_sides_of_a_dispute_are_cited() {
    let rulebook = Rulebook::built_in();
    let mut disputes = 0;
    for example in examples_under(&OF_WORKERS) {
        let (day, facts) = common::given(&example);
        let coverage = rulebook.on(day).assess(&Worker::from_value(&facts).unwrap()).unwrap();
        for scheme in coverage.schemes {
            if let Some(disputed) = &scheme.disputed
                && scheme.reasons.iter().any(|reason| reason.value == ClauseValue::Disputed)
            {
                disputes += 1;
                assert!(
                    !disputed.other.cite.is_empty(),
                    "{}:{} {}: {disputed:?}",
                    example.file,
                    example.id,
                    scheme.scheme
                );
            }
        }
    }
    assert!(disputes > 0);
}
