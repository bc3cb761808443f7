use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value as Json, json};

use super::model::{Declared, Shape};
use super::read::Shapes;
use super::{plan_input, typescript};
use crate::compile::{SourceFile, compile};
use crate::examples::examples;
use crate::facts::FactKind;
use crate::rulebook::Rulebook;
use crate::values::Date;

/// Walks JSON beside its declaration: what is not declared, of another type or missing is a fault.
struct Walk<'a> {
    shapes: &'a Shapes,
    met: BTreeSet<String>,
    faults: BTreeSet<String>,
}

impl Walk<'_> {
    fn named(&mut self, name: &str, value: &Json) {
        self.met.insert(name.to_owned());
        let shape = self.shapes.get(name).unwrap().shape.clone();
        self.value(&shape, value, name);
    }

    fn fits(shape: &Shape, value: &Json) -> bool {
        match (shape, value) {
            (Shape::Codes { codes, .. }, Json::String(text)) => codes.contains(text),
            (Shape::Record(fields), Json::Object(object)) => fields.iter().all(|field| object.contains_key(&field.name)),
            _ => false,
        }
    }

    fn value(&mut self, shape: &Shape, value: &Json, at: &str) {
        match (shape, value) {
            (Shape::Text(_), Json::String(_))
            | (Shape::Number, Json::Number(_))
            | (Shape::YesNo, Json::Bool(_))
            | (Shape::Nullable(_), Json::Null) => {}
            (Shape::Codes { codes, .. }, Json::String(text)) if codes.contains(text) => {}
            (Shape::Nullable(inner), _) => self.value(inner, value, at),
            (Shape::List(inner), Json::Array(items)) => items.iter().for_each(|item| self.value(inner, item, at)),
            (Shape::Tuple(shapes), Json::Array(items)) if shapes.len() == items.len() => {
                shapes.iter().zip(items).for_each(|(shape, item)| self.value(shape, item, at));
            }
            (Shape::Map { of, .. }, Json::Object(object)) => object.values().for_each(|item| self.value(of, item, at)),
            (Shape::Named(name), _) => self.named(name, value),
            (Shape::Either(shapes), _) => match shapes.iter().find(|shape| Self::fits(shape, value)) {
                Some(shape) => self.value(shape, value, at),
                None => drop(self.faults.insert(format!("{at}: none of its forms is {value}"))),
            },
            (Shape::Record(fields), Json::Object(object)) => {
                for key in object.keys().filter(|key| fields.iter().all(|field| field.name != **key)) {
                    self.faults.insert(format!("{at}.{key} is not declared"));
                }
                for field in fields {
                    match object.get(&field.name) {
                        Some(value) => self.value(&field.shape, value, &format!("{at}.{}", field.name)),
                        None if field.optional => {}
                        None => drop(self.faults.insert(format!("{at}.{} is declared and not there", field.name))),
                    }
                }
            }
            _ => drop(self.faults.insert(format!("{at} is declared as {shape:?} and is {value}"))),
        }
    }
}

fn sources(folder: &Path, base: &Path, into: &mut Vec<SourceFile>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, base, into);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            let name = path.strip_prefix(base).unwrap().to_string_lossy().replace('\\', "/");
            into.push(SourceFile {
                path: name,
                text: std::fs::read_to_string(&path).unwrap(),
            });
        }
    }
}

#[test]
fn every_decision_of_every_example_is_as_declared() {
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("rulebook");
    let mut files = Vec::new();
    sources(&base, &base, &mut files);
    let shapes = Shapes::of_decisions().unwrap();
    let mut walk = Walk {
        shapes: &shapes,
        met: BTreeSet::new(),
        faults: BTreeSet::new(),
    };
    let rulebook = Rulebook::built_in();
    let read = |text: &str| serde_json::from_str::<Json>(text).unwrap();

    for example in examples(&files).unwrap() {
        let mut facts = example.given.clone();
        let Some(day) = facts
            .remove("today")
            .or_else(|| facts.get("on").cloned())
            .and_then(|day| Date::parse(day.as_str()?).ok())
        else {
            continue;
        };
        let law = rulebook.on(day);
        let facts = Json::Object(facts).to_string();
        if let Ok(worker) = law.read_worker(&facts) {
            let coverage = law.assess(&worker).unwrap();
            walk.named("Coverage", &read(&coverage.to_json()));
            walk.named("Outline", &read(&coverage.outline(&law).to_json()));
            walk.named("Classification", &read(&law.classify(&worker).unwrap().to_json()));
            if let Some(question) = law.next_question(&worker).unwrap() {
                walk.named("Question", &read(&question.to_json()));
            }
        }
        if let Ok(complaint) = law.read_complaint(&facts) {
            let routing = law.route(&complaint).unwrap();
            walk.named("Routing", &read(&routing.to_json()));
            walk.named("Outline", &read(&routing.outline(&law).to_json()));
        }
    }
    let law = rulebook.on(Date::parse("2026-11-22").unwrap());
    for about in ["everything", "complaint", "sso_40_1"] {
        let mut interview = law.interview(about, &json!({})).unwrap();
        while let Some(open) = {
            let step = interview.step();
            walk.named("InterviewStep", &read(&step.to_json()));
            step.question.or(step.more)
        } {
            interview.put(&open.id, &Json::Null).unwrap();
        }
    }
    for plan in &rulebook.book().plans {
        walk.named("Plan", &read(&plan.to_json()));
        for year in plan.from_year..=plan.to_year {
            let targets: serde_json::Map<String, Json> = plan
                .indicators
                .iter()
                .map(|one| (one.id.clone(), json!({ "value": "50", "baseline": "40" })))
                .collect();
            for input in [json!({}), json!({ "year": year }), json!({ "year": year, "targets": targets })] {
                if let Ok(scorecard) = law.score(&plan.id, &input.to_string()) {
                    walk.named("Scorecard", &read(&scorecard.to_json()));
                }
            }
        }
    }
    let (from, to) = (Date::parse("2011-01-01").unwrap(), Date::parse("2033-01-01").unwrap());
    for change in read(&rulebook.changes_json(from, to)).as_array().unwrap() {
        walk.named("Change", change);
    }
    let first = |list: Json| list.as_array().unwrap()[0].clone();
    walk.named("CodeLabel", &first(json!(law.codes("employer").unwrap())));
    walk.named("AgencyLabel", &first(json!(law.agencies())));
    walk.named("InstrumentLabel", &first(json!(law.instruments())));
    walk.named("SourceLabel", &first(json!(law.sources())));
    walk.named(
        "ErrorObject",
        &read(&law.read_worker(r#"{ "birht_date": null }"#).unwrap_err().to_json()),
    );

    let faulty = SourceFile {
        path: "schemes/x.toml".to_owned(),
        text: "[file]\nid = 3".to_owned(),
    };
    for diagnostic in &compile(&[faulty]).unwrap_err().0 {
        walk.named("Diagnostic", &serde_json::to_value(diagnostic).unwrap());
    }

    assert!(walk.faults.is_empty(), "{:#?}", walk.faults);
    let declared: BTreeSet<String> = shapes
        .reached()
        .unwrap()
        .into_iter()
        .map(|declared| declared.name.clone())
        .collect();
    // Sums that are not yet complete stand in no published series.
    let never: Vec<_> = declared.difference(&walk.met).filter(|name| *name != "ToDate").collect();
    assert!(never.is_empty(), "declared, and in no decision: {never:?}");
}

#[test]
fn the_declarations_name_every_fact_and_the_plan_input_every_key() {
    let declarations = typescript().unwrap();
    for group in crate::facts::GROUPS {
        assert!(declarations.contains(&format!("export interface {} {{", group.name)));
        for fact in group.facts.iter().filter(|fact| fact.kind != FactKind::Declared) {
            assert!(declarations.contains(&format!("  {}?: ", fact.name)), "{}", fact.name);
        }
    }
    let types = plan_input::types();
    let keys = |name: &str| -> BTreeSet<String> {
        match types.iter().find(|declared| declared.name == name) {
            Some(Declared {
                shape: Shape::Record(fields),
                ..
            }) => fields.iter().map(|field| field.name.clone()).collect(),
            other => panic!("{name}: {other:?}"),
        }
    };
    let read = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(keys("PlanInput"), read(&crate::plan::INPUT_KEYS));
    assert_eq!(keys("TargetInput"), read(&crate::plan::TARGET_KEYS));
    assert_eq!(keys("ValueInput"), read(&crate::plan::VALUE_KEYS));
}

#[test]
fn the_python_package_has_the_types_that_are_printed() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../bindings-python/python/sitthi/types.py");
    let kept = std::fs::read_to_string(file).unwrap();
    assert!(
        kept == super::python().unwrap(),
        "`cargo run -p xtask -- types` writes the types anew"
    );
}

#[test]
fn schemas_are_json_and_name_only_what_they_define() {
    fn references(value: &Json, found: &mut BTreeSet<String>) {
        match value {
            Json::Object(object) => {
                found.extend(object.get("$ref").and_then(Json::as_str).map(str::to_owned));
                object.values().for_each(|value| references(value, found));
            }
            Json::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }
    for text in [super::decisions_schema().unwrap(), Rulebook::built_in().facts_schema()] {
        let schema: Json = serde_json::from_str(&text).unwrap();
        let defined = schema.get("$defs").and_then(Json::as_object).unwrap();
        let mut found = BTreeSet::new();
        references(&schema, &mut found);
        assert!(!found.is_empty());
        for reference in found {
            let name = reference.strip_prefix("#/$defs/").unwrap();
            assert!(defined.contains_key(name), "{reference}");
        }
    }
}
