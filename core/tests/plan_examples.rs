//! The examples of plan files and scales come out.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod common;

use common::sources;
use sitthi::Rulebook;
use sitthi::examples::{check_example, check_scale_example, examples};

#[test]
fn every_example_of_a_plan_or_scale_comes_out() {
    let rulebook = Rulebook::built_in();
    let (mut run, mut differs) = (0, Vec::new());
    for example in examples(&sources()).unwrap() {
        let (given, expect) = (example.given.clone().into(), example.expect.clone().into());
        let found = if let Some(plan) = rulebook.book().plans.iter().find(|plan| plan.id == example.file) {
            check_example(plan, &rulebook.book().plan_areas(), &given, &expect)
        } else if example.file == "scales" {
            let id = example.given["scale"].as_str().unwrap();
            check_scale_example(rulebook.book().scales.iter().find(|scale| scale.id == id).unwrap(), &given, &expect)
        } else {
            continue;
        };
        run += 1;
        let found = found.unwrap_or_else(|error| vec![error.to_string()]);
        differs.extend(found.into_iter().map(|found| format!("{}.{}: {found}", example.file, example.id)));
    }
    assert!(differs.is_empty(), "{}", differs.join("\n"));
    assert!(run > 40, "only {run} examples were run");
}

#[test]
fn a_wrong_expectation_is_told() {
    let rulebook = Rulebook::built_in();
    let areas = rulebook.book().plan_areas();
    let sources: Vec<_> = sources()
        .into_iter()
        .map(|mut source| {
            source.text = source.text.replacen("score = \"82.5\"", "score = \"82.6\"", 1);
            source
        })
        .collect();
    let differs: Vec<_> = examples(&sources)
        .unwrap()
        .into_iter()
        .filter_map(|example| {
            let plan = rulebook.book().plans.iter().find(|plan| plan.id == example.file)?;
            Some(check_example(plan, &areas, &example.given.into(), &example.expect.into()).unwrap())
        })
        .flatten()
        .collect();
    assert_eq!(differs, ["`informality_rate.score` is \"82.5\", expected \"82.6\""]);
}
