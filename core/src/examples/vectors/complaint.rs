//! What an example of a complaint expects of a routing.

use serde_json::{Value as Json, json};

use super::expectation::{Expectation, equals, under};
use super::{Maker, Vector};

impl Maker<'_> {
    pub(super) fn route(&self) -> Vector {
        let mut expect = Vec::new();
        for (key, wanted) in &self.example.expect {
            let at = [json!(key)];
            match key.as_str() {
                "kinds" => expect.extend(list(key, "kind", wanted)),
                "copies" | "joint" => expect.extend(list(key, "agency", wanted)),
                "forms" => expect.extend(list(key, "form", wanted)),
                "call" => expect.extend(list(key, "", wanted)),
                "lead" if wanted == "undetermined" => expect.push(equals(under(&at, [json!("certain")]), false)),
                "lead" | "urgency" if wanted.is_object() => expect.extend(fields(&at, wanted)),
                "lead" => expect.push(equals(under(&at, [json!("agency")]), wanted.clone())),
                "urgency" => expect.push(equals(under(&at, [json!("level")]), wanted.clone())),
                "office" => expect.extend(fields(&[json!("lead"), json!("office")], wanted)),
                "ask" => expect.extend(self.asked(&[])),
                "withheld" => {
                    let ids = wanted.as_array().into_iter().flatten();
                    expect.extend(ids.map(|id| equals(vec![json!("withhold"), json!({ "id": id }), json!("lifted")], false)));
                }
                "periods" => expect.extend(self.periods(wanted)),
                // No decision shows the verdict of every rule.
                _ => {}
            }
        }
        self.vector("", "route", expect)
    }

    /// The days of periods, null where a period is not shown: of the kind that leads, or of another.
    fn periods(&self, wanted: &Json) -> Vec<Expectation> {
        let kind = &self.example.file;
        let first = self.example.expect.get("kinds").and_then(|kinds| kinds.get(0));
        let steps = if first.is_none_or(|first| first == kind) {
            vec![json!("steps")]
        } else {
            vec![json!("others"), json!({ "kind": kind }), json!("steps")]
        };
        let mut expect = Vec::new();
        for (id, wanted) in wanted.as_object().into_iter().flatten() {
            let at = under(&steps, [json!({ "id": id })]);
            match wanted {
                Json::Object(parts) => expect.extend(
                    parts
                        .iter()
                        .filter(|(key, wanted)| *key != "late" || !wanted.is_null())
                        .map(|(key, wanted)| equals(under(&at, [json!(key)]), wanted.clone())),
                ),
                _ => expect.push(equals(at, Json::Null)),
            }
        }
        expect
    }
}

/// The fields of an object, and of the office and the hint in it, that are wanted as they are; `none` is null.
fn fields(at: &[Json], wanted: &Json) -> Vec<Expectation> {
    let wanted = wanted.as_object().into_iter().flatten();
    wanted
        .flat_map(|(key, wanted)| {
            let at = under(at, [json!(key)]);
            match wanted {
                Json::Object(_) if key == "office" || key == "hint" => fields(&at, wanted),
                Json::String(word) if word == "none" => vec![equals(at, Json::Null)],
                Json::String(_) | Json::Bool(_) | Json::Number(_) => vec![equals(at, wanted.clone())],
                _ => Vec::new(),
            }
        })
        .collect()
}

/// A list that holds these and no more; or, where fields are wanted of some, those.
fn list(key: &str, part: &str, wanted: &Json) -> Vec<Expectation> {
    if let Some(some) = wanted.as_object() {
        let named = some.keys().filter(|name| *name != "has").map(String::as_str);
        let among = some.get("has").and_then(Json::as_array).into_iter().flatten();
        let among = among.filter_map(|item| item.as_str().or_else(|| item.get(part)?.as_str()));
        return named
            .chain(among)
            .map(|name| equals(vec![json!(key), json!({ part: name }), json!(part)], name))
            .collect();
    }
    let Some(items) = wanted.as_array() else { return Vec::new() };
    let at = |index: usize| {
        let part = (!part.is_empty()).then(|| json!(part));
        [json!(key), json!(index)].into_iter().chain(part).collect()
    };
    let end = equals(vec![json!(key), json!(items.len())], Json::Null);
    let each = items.iter().enumerate().map(|(index, item)| equals(at(index), item.clone()));
    each.chain([end]).collect()
}
