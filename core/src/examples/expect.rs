//! Holds what is expected against a decision as JSON: any field of it by its name, lists by what names their items.
//!
//! A text, number or yes/no is that of the field; of an object it is what names it (a missing fact by its name, a reason by its clause). A
//! list holds these in this order and no more. A table names fields of an object, or items of a list by what names them, where `"none"` is an
//! item that is not there; `{ has = […], lacks = […] }` looks for items anywhere in a list. `"none"` is also a field without a value.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use crate::values::nearest;

/// Something that is expected and is not so.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Miss {
    /// A field says something else.
    Differs {
        /// What was looked at, such as `schemes.sso_33.confidence`.
        key: String,
        expected: Json,
        found: Json,
    },
    /// A name that is not there.
    Unknown {
        /// Where it was looked for.
        key: String,
        name: String,
        nearest: Option<String>,
    },
}

/// Fields by their name, and whether any expectation or decision had them filled: neither null nor an empty list.
#[derive(Debug, Default)]
pub(super) struct Named(BTreeMap<String, bool>);

impl Named {
    fn insert(&mut self, field: String, filled: bool) {
        *self.0.entry(field).or_default() |= filled;
    }

    /// Takes over what another holds.
    pub fn append(&mut self, other: &mut Self) {
        for (field, filled) in std::mem::take(&mut other.0) {
            self.insert(field, filled);
        }
    }

    /// The fields that another does not name. One that is filled here is to be named where it is filled: `"none"` of a field that is empty
    /// for everybody holds nothing.
    pub fn without(self, named: &Self) -> impl Iterator<Item = String> {
        let held = |field: &str, filled: bool| named.0.get(field).is_some_and(|named_filled| *named_filled || !filled);
        self.0
            .into_iter()
            .filter(move |(field, filled)| !held(field, *filled))
            .map(|(field, _)| field)
    }
}

fn is_filled(found: &Json) -> bool {
    match found {
        Json::Null => false,
        Json::Array(items) => !items.is_empty(),
        _ => true,
    }
}

/// Compares, and keeps which fields were named.
#[derive(Debug, Default)]
pub(super) struct Comparison {
    pub misses: Vec<Miss>,
    /// `reasons.clause`, each the field of what stands under a name, and whether it was filled where it was named.
    pub named: Named,
}

/// Fields that no expectation goes into: their keys are clauses and values, not fields.
const WHOLE: [&str; 2] = ["residual", "value"];

impl Comparison {
    pub fn differs(&mut self, key: impl Into<String>, expected: &Json, found: Json) {
        self.misses.push(Miss::Differs {
            key: key.into(),
            expected: expected.clone(),
            found,
        });
    }

    pub fn unknown<'a>(&mut self, key: impl Into<String>, name: &str, known: impl Iterator<Item = &'a str>) {
        self.misses.push(Miss::Unknown {
            key: key.into(),
            name: name.to_owned(),
            nearest: nearest(name, known).map(ToOwned::to_owned),
        });
    }

    pub fn name(&mut self, within: &str, field: &str, found: &Json) {
        self.named.insert(format!("{within}.{field}"), is_filled(found));
    }

    /// Names a field that is always filled.
    pub fn name_filled(&mut self, within: &str, field: &str) {
        self.named.insert(format!("{within}.{field}"), true);
    }

    /// Compares one field; `name` is its name, by which it is known what names its items.
    pub fn field(&mut self, key: &str, name: &str, found: &Json, wanted: &Json, file: &str) {
        let found = normal(name, found);
        match (wanted, &found) {
            (Json::Object(wanted), Json::Array(items)) if is_search(wanted) => self.search(key, name, items, wanted, file),
            (Json::Object(wanted), Json::Array(items)) => self.items(key, name, items, wanted, file),
            (Json::Object(wanted), Json::Object(object)) => {
                for (inner, wanted) in wanted {
                    let here = format!("{key}.{inner}");
                    match object.get(inner) {
                        Some(found) => {
                            self.name(name, inner, found);
                            self.field(&here, inner, found, wanted, file);
                        }
                        // A clause or value that is not there is said so; a field that is not there is no field.
                        None if WHOLE.contains(&name) => self.differs(here, wanted, Json::Null),
                        None => self.unknown(key, inner, object.keys().map(String::as_str)),
                    }
                }
            }
            (Json::Array(wanted), Json::Array(items)) => {
                let same = wanted.len() == items.len()
                    && wanted
                        .iter()
                        .zip(items)
                        .all(|(wanted, item)| self.quietly(name, item, wanted, file));
                if !same {
                    self.differs(key, &Json::Array(wanted.clone()), brief(name, &found));
                }
            }
            (wanted, found) => {
                if !self.same(name, found, wanted, file) {
                    self.differs(key, wanted, brief(name, found));
                }
            }
        }
    }

    /// Whether a text, number or yes/no is what a field says.
    fn same(&mut self, name: &str, found: &Json, wanted: &Json, file: &str) -> bool {
        if wanted.as_str() == Some("none") && (found.is_null() || found.as_array().is_some_and(Vec::is_empty)) {
            return true;
        }
        match (found, identity(name, found)) {
            (Json::Object(_), Some((by, own))) => {
                self.name_filled(name, by);
                own == wanted || within_file(own, wanted, file)
            }
            _ => found == wanted || within_file(found, wanted, file),
        }
    }

    /// Whether an item is as it should be; what it is not is left to whoever asks.
    fn quietly(&mut self, name: &str, found: &Json, wanted: &Json, file: &str) -> bool {
        let before = self.misses.len();
        self.field("", name, found, wanted, file);
        let unknown = self.misses.iter().skip(before).any(|miss| matches!(miss, Miss::Unknown { .. }));
        let same = self.misses.len() == before;
        if !unknown {
            self.misses.truncate(before);
        }
        same
    }

    fn search(&mut self, key: &str, name: &str, items: &[Json], wanted: &Map<String, Json>, file: &str) {
        for (word, wanted) in wanted {
            let each: Vec<&Json> = wanted.as_array().map_or_else(|| vec![wanted], |list| list.iter().collect());
            for one in each {
                let mut there = false;
                for item in items {
                    there = self.quietly(name, item, one, file) || there;
                }
                if there != (word == "has") {
                    self.differs(format!("{key}.{word}"), one, brief(name, &Json::Array(items.to_vec())));
                }
            }
        }
    }

    fn items(&mut self, key: &str, name: &str, items: &[Json], wanted: &Map<String, Json>, file: &str) {
        for (id, wanted) in wanted {
            let here = format!("{key}.{id}");
            let is = |item: &&Json| {
                identity(name, item).is_some_and(|(_, own)| own == id.as_str() || within_file(own, &Json::String(id.clone()), file))
            };
            let by = items.iter().find_map(|item| identity(name, item)).map(|(by, _)| by);
            if let Some(by) = by {
                self.name_filled(name, by);
            }
            match items.iter().find(is) {
                Some(item) => self.field(&here, name, item, wanted, file),
                None if wanted.as_str() == Some("none") => {}
                None => self.differs(here, wanted, brief(name, &Json::Array(items.to_vec()))),
            }
        }
    }
}

fn is_search(wanted: &Map<String, Json>) -> bool {
    !wanted.is_empty() && wanted.keys().all(|key| key == "has" || key == "lacks")
}

/// A name of the file of the example may leave the file out: `capped` for `sso_33.capped`, `1` for `sso_40_1`.
fn within_file(found: &Json, wanted: &Json, file: &str) -> bool {
    let (Some(found), Some(wanted)) = (found.as_str(), wanted.as_str()) else {
        return false;
    };
    let rest = found.strip_prefix(file).unwrap_or("");
    rest.strip_prefix(['.', '_']).is_some_and(|rest| !rest.is_empty() && rest == wanted)
}

/// What names an object that stands under a name, and under which field.
fn identity<'a>(name: &str, object: &'a Json) -> Option<(&'static str, &'a Json)> {
    let fields: &[&str] = match name {
        "schemes" => &["scheme"],
        "benefits" | "rules" | "definitions" | "standards" => &["rule"],
        "kinds" | "others" => &["kind"],
        "lead" | "copies" | "joint" => &["agency", "status"],
        "other" => &["status"],
        "urgency" => &["level"],
        "forms" => &["form"],
        "missing" | "next" => &["fact"],
        "reasons" | "disputed" => &["clause"],
        "notes" => &["note", "th"],
        "not_read" => &["part"],
        "confirm" | "ask" => &["with"],
        "contingencies" => &["contingency"],
        "until" | "lapsed" => &["nominal"],
        "from" => &["table"],
        "office" => &["of"],
        "path" => &["to"],
        "extension" => &["by"],
        "rulebook" => &["version"],
        "hint" => &["area"],
        _ => &["id", "th"],
    };
    fields.iter().find_map(|field| Some((*field, object.get(field)?)))
}

/// The value of an amount as an example writes it: `600.00`, `none`, `not_read`, `{ between = [..] }`, `{ disputed = [..] }`.
fn normal(name: &str, found: &Json) -> Json {
    if name != "value" {
        return found.clone();
    }
    match found {
        Json::String(word) if word == "nothing" => json!("none"),
        Json::Object(object) => match object.iter().next() {
            Some((key, value)) if key == "baht" || key == "text" => value.clone(),
            Some((key, Json::Array(parts))) if key == "disputed" => {
                json!({ "disputed": parts.iter().map(|part| normal(name, part)).collect::<Vec<_>>() })
            }
            _ => found.clone(),
        },
        _ => found.clone(),
    }
}

/// What was found, as short as it can be said: items of a list by their names.
fn brief(name: &str, found: &Json) -> Json {
    match found {
        Json::Array(items) => items.iter().map(|item| brief(name, item)).collect(),
        Json::Object(_) => match identity(name, found) {
            Some((_, own)) => own.clone(),
            None => found.clone(),
        },
        _ => found.clone(),
    }
}

/// Every field of a decision: `reasons.clause`, the field of what stands under a name.
pub(super) fn fields(name: &str, decision: &Json, found: &mut Named) {
    match decision {
        Json::Object(object) if !WHOLE.contains(&name) => {
            for (key, inner) in object {
                found.insert(format!("{name}.{key}"), is_filled(inner));
                fields(key, inner, found);
            }
        }
        Json::Array(items) => items.iter().for_each(|item| fields(name, item, found)),
        _ => {}
    }
}
