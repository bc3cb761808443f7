//! Writes the vectors that every language runs, and runs them.
//!
//! They are made whenever this test runs and are not kept: what is not kept cannot be stale, and a change of law stays one change.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod common;
#[path = "common/interviews.rs"]
mod interviews;
#[path = "common/law_change.rs"]
mod law_change;
#[path = "common/refusals.rs"]
mod refusals;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use common::sources;
use serde_json::Value as Json;
use sitthi::examples::{Vector, examples, vectors};
use sitthi::values::ThaiStyle;
use sitthi::{CitizenId, Date, Error, Law, PartialDate, Rulebook};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every file of vectors by its name, and every compiled rulebook.
fn make() -> (BTreeMap<String, Vec<Json>>, BTreeMap<String, Vec<u8>>) {
    let built_in = Rulebook::built_in();
    let sources = sources();
    let (mut files, mut rulebooks) = (BTreeMap::<String, Vec<Json>>::new(), BTreeMap::new());
    let ours = examples(&sources).unwrap_or_else(|faults| panic!("{faults}"));
    for example in &ours {
        let mut of_example = vectors(&built_in, example, None);
        let of_file = files.entry(format!("{}.json", example.file)).or_default();
        // A few of each file are put into words as well.
        if of_file.len() < 4 {
            let in_words: Vec<Vector> = of_example.iter().filter_map(Vector::in_words).collect();
            of_example.extend(in_words);
        }
        of_file.extend(of_example.iter().map(json));
    }
    let changed_sources = law_change::changed(&sources);
    let changed = Rulebook::from_sources(&changed_sources).unwrap_or_else(|faults| panic!("{faults}"));
    let all = examples(&changed_sources).unwrap_or_else(|faults| panic!("{faults}"));
    let known: BTreeSet<(&str, &str)> = ours.iter().map(|example| (example.file.as_str(), example.id.as_str())).collect();
    let new = all
        .iter()
        .filter(|example| !known.contains(&(example.file.as_str(), example.id.as_str())));
    let of_change = new.flat_map(|example| vectors(&changed, example, Some(law_change::FILE)));
    files.insert("law_change.json".to_owned(), of_change.map(|vector| json(&vector)).collect());
    rulebooks.insert(law_change::FILE.to_owned(), changed.to_bytes().unwrap());
    files.insert("interviews.json".to_owned(), interviews::vectors());
    files.insert("errors.json".to_owned(), refusals::vectors());
    files.insert("not_errors.json".to_owned(), refusals::not_refused());
    for (file, bytes) in refusals::rulebooks(&built_in.to_bytes().unwrap()) {
        rulebooks.insert(file.to_owned(), bytes);
    }
    files.retain(|_, vectors| !vectors.is_empty());
    (files, rulebooks)
}

fn json(vector: &Vector) -> Json {
    serde_json::to_value(vector).unwrap()
}

/// A list of vectors as the text of a file: one vector a line.
fn text(vectors: &[Json]) -> String {
    let lines: Vec<String> = vectors.iter().map(ToString::to_string).collect();
    format!("[\n{}\n]\n", lines.join(",\n"))
}

fn write(files: &BTreeMap<String, Vec<Json>>, rulebooks: &BTreeMap<String, Vec<u8>>) {
    let folder = root().join("tests/vectors");
    fs::create_dir_all(&folder).unwrap();
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_some_and(|extension| extension == "json" || extension == "rulebook")
        {
            fs::remove_file(path).unwrap();
        }
    }
    for (name, vectors) in files {
        fs::write(folder.join(name), text(vectors)).unwrap();
    }
    for (name, bytes) in rulebooks {
        fs::write(folder.join(name), bytes).unwrap();
    }
}

/// The steps of an interview, and what is kept of it.
fn walked(law: &Law, input: &Json) -> Result<String, Error> {
    let mut interview = law.interview(input["about"].as_str().unwrap(), &input["given"])?;
    let mut steps = vec![interview.step().to_json()];
    for act in input["acts"].as_array().unwrap() {
        if let Some(question) = act["put"].as_str() {
            interview.put(question, &act["answer"])?;
        } else if let Some(number) = act["change"].as_u64() {
            interview.change(usize::try_from(number).unwrap(), &act["answer"])?;
        } else if act["reopen"] == true {
            interview = law.resume_interview(&interview.to_json())?;
        } else {
            interview.back();
        }
        steps.push(interview.step().to_json());
    }
    let (steps, kept) = (steps.join(","), interview.to_json());
    Ok(format!(r#"{{"steps":[{steps}],"interview":{kept},"facts":{}}}"#, interview.facts()))
}

/// What the core answers to a vector.
fn answer(vector: &Json, rulebooks: &BTreeMap<String, Vec<u8>>) -> Result<String, Error> {
    let rulebook = match vector["rulebook"].as_str() {
        Some(file) => Rulebook::open(&rulebooks[file])?,
        None => Rulebook::built_in(),
    };
    let law = rulebook.on(Date::read(vector["on"].as_str().unwrap())?);
    let input = vector["input"].as_str().map_or_else(|| vector["input"].to_string(), str::to_owned);
    let day = |name: &str| Date::read(vector["input"][name].as_str().unwrap());
    match vector["call"].as_str().unwrap() {
        "assess" => Ok(law.assess(&law.read_worker(&input)?)?.to_json()),
        "classify" => Ok(law.classify(&law.read_worker(&input)?)?.to_json()),
        "next_question" => Ok(serde_json::to_string(&law.next_question(&law.read_worker(&input)?)?).unwrap()),
        "route" => Ok(law.route(&law.read_complaint(&input)?)?.to_json()),
        "score" => Ok(law.score(vector["plan"].as_str().unwrap(), &input)?.to_json()),
        "explain_assess" => Ok(law.outline(&law.assess(&law.read_worker(&input)?)?).to_json()),
        "explain_classify" => Ok(law.outline(&law.classify(&law.read_worker(&input)?)?).to_json()),
        "explain_route" => Ok(law.outline(&law.route(&law.read_complaint(&input)?)?).to_json()),
        "explain_score" => Ok(law.outline(&law.score(vector["plan"].as_str().unwrap(), &input)?).to_json()),
        "interview" => walked(&law, &vector["input"]),
        "changes" => Ok(rulebook.changes_json(day("from")?, day("to")?)),
        "check_citizen_id" => Ok(CitizenId::parse(&input).map(|_| "null".to_owned())?),
        "thai_date" => {
            let told = |name: &str| vector["input"][name].as_bool().unwrap();
            let style = ThaiStyle {
                short: told("short"),
                thai_digits: told("thai_digits"),
            };
            let date = PartialDate::read(vector["input"]["day"].as_str().unwrap())?;
            Ok(Json::String(date.thai(style)).to_string())
        }
        call => panic!("nothing answers `{call}`"),
    }
}

fn find<'a>(value: &'a Json, path: &[Json]) -> Option<&'a Json> {
    path.iter().try_fold(value, |value, step| match step {
        Json::String(key) => value.get(key),
        Json::Number(index) => value.get(usize::try_from(index.as_u64()?).ok()?),
        Json::Object(fields) => value
            .as_array()?
            .iter()
            .find(|item| fields.iter().all(|(key, wanted)| item.get(key) == Some(wanted))),
        _ => None,
    })
}

fn faults(vector: &Json, answered: &Result<String, Error>) -> Vec<String> {
    match (answered, vector.get("error")) {
        (Ok(_), Some(_)) => vec!["expected to be refused, was answered".to_owned()],
        (Err(error), None) => vec![format!("refused: {error}")],
        (Err(error), Some(wanted)) => {
            let error: Json = serde_json::from_str(&error.to_json()).unwrap();
            let differs = wanted
                .as_object()
                .unwrap()
                .iter()
                .filter(|(key, wanted)| error[key.as_str()] != **wanted);
            differs
                .map(|(key, wanted)| format!("error.{key} is {}, expected {wanted}", error[key.as_str()]))
                .collect()
        }
        (Ok(text), None) => {
            let decision: Json = serde_json::from_str(text).unwrap();
            vector["expect"]
                .as_array()
                .unwrap()
                .iter()
                .filter_map(|expected| fault(&decision, expected))
                .collect()
        }
    }
}

fn fault(decision: &Json, expected: &Json) -> Option<String> {
    let at = &expected["at"];
    let found = find(decision, at.as_array().unwrap());
    match (expected.get("is"), expected.get("has")) {
        (Some(is), _) => (found.unwrap_or(&Json::Null) != is).then(|| format!("{at} is {}, expected {is}", found.unwrap_or(&Json::Null))),
        (_, Some(has)) => (!found.and_then(Json::as_array).is_some_and(|list| list.contains(has))).then(|| format!("{at} lacks {has}")),
        _ => found.is_none().then(|| format!("{at} is not there")),
    }
}

#[test]
fn every_vector_holds() {
    let (files, rulebooks) = make();
    write(&files, &rulebooks);
    let vectors: Vec<&Json> = files.values().flatten().collect();
    let ids: BTreeSet<&str> = vectors.iter().map(|vector| vector["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), vectors.len(), "ids are unique");
    let (mut failures, mut decisions) = (Vec::new(), String::new());
    for vector in &vectors {
        let id = vector["id"].as_str().unwrap();
        let answered = answer(vector, &rulebooks);
        failures.extend(faults(vector, &answered).into_iter().map(|fault| format!("{id}: {fault}")));
        let text = answered.unwrap_or_else(|error| error.to_json());
        decisions.push_str(&format!("{id}\t{text}\n"));
    }
    let folder = root().join("out/decisions");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("rust.jsonl"), decisions).unwrap();
    let bare = vectors
        .iter()
        .filter(|vector| vector["expect"].as_array().is_some_and(Vec::is_empty))
        .count();
    println!("{} vectors, {bare} of them without a place", vectors.len());
    assert!(
        failures.is_empty(),
        "{} faults in {} vectors:\n{}",
        failures.len(),
        vectors.len(),
        failures.join("\n")
    );
}
