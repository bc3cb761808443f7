//! What an example of a plan expects of a scorecard.

use serde_json::{Value as Json, json};

use super::expectation::{Expectation, equals, items, under};
use super::{Maker, Vector};

impl Maker<'_> {
    pub(super) fn score(&self, plan: &str) -> Vector {
        let mut expect = Vec::new();
        for (name, wanted) in &self.example.expect {
            for (key, wanted) in wanted.as_object().into_iter().flatten() {
                expect.extend(match name.as_str() {
                    "total" => value(&[json!("total"), json!(key)], key, wanted),
                    "scorecard" => value(&[json!(key)], key, wanted),
                    "strategies" => of_strategy(key, wanted),
                    _ => of_row(&[json!("rows"), json!({ "indicator": name })], key, wanted),
                });
            }
        }
        let mut vector = self.vector("", "score", expect);
        vector.plan = Some(plan.to_owned());
        vector
    }
}

/// The places of what is said of a strategy: its names, and its total.
fn of_strategy(strategy: &str, wanted: &Json) -> Vec<Expectation> {
    let fields = wanted.as_object().into_iter().flatten();
    let of = fields.flat_map(|(key, wanted)| {
        let mut at = vec![json!("strategies"), json!({ "strategy": strategy })];
        at.extend((!["th", "en"].contains(&key.as_str())).then(|| json!("total")));
        at.push(json!(key));
        value(&at, key, wanted)
    });
    of.collect()
}

/// The places of a row by the names that examples give them.
fn of_row(row: &[Json], key: &str, wanted: &Json) -> Vec<Expectation> {
    let steps: &[&str] = match key {
        "value" | "between" | "percent" | "percent_between" | "percent_rule" | "score_between" => &["lead", key],
        "other" => &["other", "value"],
        "other_percent" => &["other", "percent"],
        "to_date" => &["to_date", "percent"],
        "trend" => &["trend", "direction"],
        "change" | "change_between" => &["trend", key],
        "because" => &["why_no_score"],
        "reached" => return vec![reached(row, wanted)],
        _ => &[key],
    };
    let at: Vec<Json> = row.iter().cloned().chain(steps.iter().map(|step| json!(step))).collect();
    value(&at, key, wanted)
}

fn value(at: &[Json], key: &str, wanted: &Json) -> Vec<Expectation> {
    match wanted {
        Json::String(word) if word == "none" && key != "status" => vec![equals(at.to_vec(), Json::Null)],
        Json::Array(list) => items(at, list.iter().cloned()).collect(),
        Json::Object(fields) => {
            let inner = fields
                .iter()
                .flat_map(|(inner, wanted)| value(&under(at, [json!(inner)]), inner, wanted));
            inner.collect()
        }
        wanted => vec![equals(at.to_vec(), wanted.clone())],
    }
}

fn reached(row: &[Json], wanted: &Json) -> Expectation {
    let lead = |reached: Json| equals(under(row, [json!("lead"), json!("reached")]), reached);
    match wanted.as_str() {
        Some("yes") => lead(json!(true)),
        Some("no") => lead(json!(false)),
        Some("disputed") => equals(under(row, [json!("status")]), "disputed"),
        _ => lead(Json::Null),
    }
}
