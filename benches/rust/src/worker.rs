//! One worker under the real rulebook: statuses, the full decision, its JSON, and what it costs to compile a population's plan.

use std::collections::BTreeMap;
use std::fs;
use std::hint::black_box;

use serde_json::{Map, Value, json};
use sitthi::criterion::NodeId;
use sitthi::population::{Ask, Bits, Bound, Data, Days, Jobs, Part, Plan, Population, Scale, Scheme};
use sitthi::rulebook::RuleId;
use sitthi::{Date, Law, Rulebook, Worker};

use crate::rulebook::repository;
use crate::timing::each;

fn plain(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => text.as_str().into(),
        toml::Value::Integer(whole) => (*whole).into(),
        toml::Value::Float(float) => (*float).into(),
        toml::Value::Boolean(flag) => (*flag).into(),
        toml::Value::Datetime(day) => day.to_string().into(),
        toml::Value::Array(list) => list.iter().map(plain).collect(),
        toml::Value::Table(table) => Value::Object(table.iter().map(|(key, value)| (key.clone(), plain(value))).collect()),
    }
}

/// Lays facts over others: tables key by key, all else as a whole.
fn lay_over(facts: &mut Map<String, Value>, over: &Map<String, Value>) {
    for (name, value) in over {
        match (facts.get_mut(name), value) {
            (Some(Value::Object(below)), Value::Object(above)) => lay_over(below, above),
            _ => {
                facts.insert(name.clone(), value.clone());
            }
        }
    }
}

/// The named persons of the rulebook.
fn profiles() -> BTreeMap<String, Value> {
    let text = fs::read_to_string(repository().join("core/rulebook/profiles.toml")).unwrap();
    let file: toml::Table = toml::from_str(&text).unwrap();
    let profiles = file["profile"].as_table().unwrap();
    let facts = |name: &str| {
        let mut chain = vec![name.to_owned()];
        while let Some(like) = profiles[chain.last().unwrap()].get("like") {
            chain.push(like.as_str().unwrap().to_owned());
        }
        let mut facts = Map::new();
        for name in chain.iter().rev() {
            if let Some(Value::Object(given)) = profiles[name].get("given").map(plain) {
                lay_over(&mut facts, &given);
            }
        }
        Value::Object(facts)
    };
    profiles.keys().map(|name| (name.clone(), facts(name))).collect()
}

/// The schemes of the rulebook asked of a population that tells seven of the commonest facts.
fn plan_seconds(law: &Law, runs: usize) -> (f64, usize) {
    let (book, none) = (law.book(), [0_u8; 8]);
    let names = [
        "birth_date",
        "nationality",
        "home_province",
        "s33_months",
        "job.employer",
        "job.for_wages",
        "job.monthly_wage",
    ];
    let columns = names.iter().map(|name| Bound {
        fact: book.program.layout.fact_number(name).unwrap(),
        job: 0,
        part: Part::Value,
        data: if *name == "birth_date" {
            Data::I32(&[0; 8])
        } else {
            Data::U8(&[0; 8])
        },
        validity: Some(Bits { bytes: &none, offset: 0 }),
        keys: None,
        scale: Scale::Times(1),
    });
    let population = Population {
        rows: 8,
        days: Days::One(law.day()),
        jobs: Jobs::Exactly(1),
        columns: columns.collect(),
    };
    let person = |id: RuleId| -> NodeId { book.rules[usize::from(id)].person };
    let schemes = law.rulebook().schemes().iter().map(|scheme| {
        Ask::Status(Scheme {
            rules: scheme
                .rules
                .iter()
                .map(|(strength, rule)| (*strength as u8, person(*rule)))
                .collect(),
            since: book.file(scheme.file).map(|file| file.since),
        })
    });
    let asks: Vec<Ask> = schemes.collect();
    let by_row = Plan::new(&book.program, &population, &asks).unwrap().by_row();
    (
        each(runs, 50, || drop(black_box(Plan::new(&book.program, &population, &asks)))),
        by_row,
    )
}

pub fn measure(runs: usize) -> Value {
    let start = std::time::Instant::now();
    let rulebook = Rulebook::built_in();
    let open = start.elapsed().as_secs_f64();
    let law = rulebook.on(Date::parse("2026-11-22").unwrap());
    let profiles = profiles();
    let mut persons = Map::new();
    for (name, facts) in &profiles {
        let worker: Worker = law.read_worker(&facts.to_string()).unwrap();
        let (subject, decision) = (law.subject(&worker).unwrap(), law.assess(&worker).unwrap());
        persons.insert(
            name.clone(),
            json!({
                "statuses": each(runs, 1000, || drop(black_box(law.subject_statuses(black_box(&subject))))),
                "statuses_of_worker": each(runs, 500, || drop(black_box(law.statuses(black_box(&worker)).unwrap()))),
                "decision": each(runs, 100, || drop(black_box(law.assess(black_box(&worker)).unwrap()))),
                "to_json": each(runs, 100, || drop(black_box(decision.to_json()))),
                "next_question": each(runs, 100, || drop(black_box(law.next_question(black_box(&worker)).unwrap()))),
                "bytes": decision.to_json().len(),
            }),
        );
    }
    // Of whom nothing is known, everything is missing: the dearest decision.
    let worker = Worker::default();
    let subject = law.subject(&worker).unwrap();
    persons.insert(
        "nothing_known".to_owned(),
        json!({
            "statuses": each(runs, 1000, || drop(black_box(law.subject_statuses(black_box(&subject))))),
            "decision": each(runs, 100, || drop(black_box(law.assess(black_box(&worker)).unwrap()))),
            "next_question": each(runs, 100, || drop(black_box(law.next_question(black_box(&worker)).unwrap()))),
        }),
    );
    let (plan, by_row) = plan_seconds(&law, runs);
    json!({ "open_built_in": open, "schemes": rulebook.schemes().len(), "persons": persons, "plan": plan, "plan_by_row": by_row })
}
