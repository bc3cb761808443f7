//! Reads the examples of rule files: facts, and what the law says they must come to.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value as Json};

use crate::compile::SourceFile;
use crate::compile::diagnostics::{Diagnostic, DiagnosticCode, Diagnostics, Ledger};
use crate::compile::source::{Data, File, Item};
use crate::values::nearest;

/// One example of a rule file.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Example {
    /// The id of the file.
    pub file: String,
    /// The path of the file inside the rulebook.
    pub path: String,
    /// Its name.
    pub id: String,
    /// Its line.
    pub line: u32,
    /// The line of its own facts.
    pub given_line: u32,
    /// The line of each key of what is expected.
    pub expect_lines: BTreeMap<String, u32>,
    /// The facts, `today` among them.
    pub given: Map<String, Json>,
    /// What is expected.
    pub expect: Map<String, Json>,
    /// The worked case that it comes from.
    pub case: Option<String>,
    /// `official` or `derived`.
    pub source: Option<String>,
}

impl Example {
    /// The line of a key of what is expected; that of the example where it has none of its own.
    #[must_use]
    pub fn line_of(&self, key: &str) -> u32 {
        self.expect_lines.get(key).copied().unwrap_or(self.line)
    }
}

/// Reads the examples of every file.
///
/// # Errors
/// Diagnostics of the files, and examples whose model does not exist.
pub fn examples(sources: &[SourceFile]) -> Result<Vec<Example>, Diagnostics> {
    let (examples, diagnostics) = read(sources);
    if diagnostics.is_empty() {
        Ok(examples)
    } else {
        Err(Diagnostics(diagnostics))
    }
}

/// Reads the examples that can be read, and what is wrong with the others.
pub(super) fn read(sources: &[SourceFile]) -> (Vec<Example>, Vec<Diagnostic>) {
    let ledger = Ledger::default();
    let mut profiles: BTreeMap<String, Map<String, Json>> = BTreeMap::new();
    let mut examples = Vec::new();
    let mut parsed = Vec::new();
    let holds = |path: &str| {
        path == "profiles.toml"
            || crate::compile::FOLDERS
                .iter()
                .chain(&["plans/"])
                .any(|folder| path.starts_with(folder))
    };
    for source in sources
        .iter()
        .filter(|source| source.path.ends_with(".toml") && holds(&source.path))
    {
        let file = File {
            path: &source.path,
            ledger: &ledger,
        };
        parsed.push((file, file.parse(&source.text)));
    }
    let mut models: Vec<(String, Option<String>, Map<String, Json>)> = Vec::new();
    let mut sections = Vec::new();
    for (file, root) in &parsed {
        let root = file.section(root, "the file");
        for (name, section) in root.sections("profile") {
            models.push((name.to_owned(), section.text("like"), facts(section.item("given"))));
            sections.push(section);
        }
    }
    resolve(&models, &mut profiles);
    for ((name, like, _), section) in models.iter().zip(&sections) {
        if let (false, Some(like)) = (profiles.contains_key(name), like) {
            let near = nearest(like, models.iter().map(|(other, ..)| other.as_str()).filter(|other| other != name));
            section.diagnose(
                "like",
                DiagnosticCode::BadExample,
                format!("the profile `{name}` is like `{like}`, which is no profile"),
                near.map_or_else(|| "the name of one".to_owned(), |near| format!("the name of one: `{near}`?")),
            );
        }
        // A note of people beside a profile is no fault.
        let _ = (section.item("th"), section.item("en"));
        section.done();
    }
    for (file, root) in &parsed {
        let root = file.section(root, "the file");
        let id = root
            .section("file")
            .or_else(|| root.section("plan"))
            .and_then(|head| head.text("id"))
            .unwrap_or_default();
        let own: Vec<_> = root.sections("example").into_iter().collect();
        let mut known = profiles.clone();
        let models: Vec<_> = own
            .iter()
            .map(|(name, section)| ((*name).to_owned(), section.text("like"), facts(section.item("given"))))
            .collect();
        resolve(&models, &mut known);
        for ((name, section), (_, like, _)) in own.iter().zip(&models) {
            let Some(given) = known.get(*name) else {
                let like = like.clone().unwrap_or_default();
                let names = known.keys().map(String::as_str).chain(own.iter().map(|(other, _)| *other));
                let near = nearest(&like, names.filter(|other| other != name));
                section.diagnose(
                    "like",
                    DiagnosticCode::BadExample,
                    format!("the example `{name}` is like `{like}`, which is neither a profile nor an example of this file"),
                    near.map_or_else(|| "the name of one".to_owned(), |near| format!("the name of one: `{near}`?")),
                );
                continue;
            };
            examples.push(Example {
                file: id.clone(),
                path: file.path.to_owned(),
                id: (*name).to_owned(),
                line: section.line,
                given_line: section.item("given").map_or(section.line, |item| item.line),
                expect_lines: lines(section.item("expect")),
                given: given.clone(),
                expect: facts(section.item("expect")),
                case: section.text("case"),
                source: section.text("source"),
            });
            // A note of people beside an example is no fault.
            let _ = (section.item("like"), section.item("th"), section.item("en"));
            section.done();
        }
    }
    drop(sections);
    drop(parsed);
    (examples, ledger.into_diagnostics(sources))
}

/// The line of each key of a table.
fn lines(item: Option<&Item>) -> BTreeMap<String, u32> {
    match item.map(|item| &item.data) {
        Some(Data::Table(entries)) => entries.iter().map(|(key, item)| (key.clone(), item.line)).collect(),
        _ => BTreeMap::new(),
    }
}

/// Lays each set of facts over the one it is like, as long as any can be.
fn resolve(models: &[(String, Option<String>, Map<String, Json>)], known: &mut BTreeMap<String, Map<String, Json>>) {
    let mut left: Vec<_> = models.iter().collect();
    loop {
        let before = left.len();
        left.retain(|(name, like, given)| {
            let base = match like {
                None => Some(Map::new()),
                Some(like) => known.get(like).cloned(),
            };
            match base {
                Some(mut base) => {
                    merge(&mut base, given);
                    known.insert(name.clone(), base);
                    false
                }
                None => true,
            }
        });
        if left.is_empty() || left.len() == before {
            return;
        }
    }
}

/// Objects are laid over each other by key; everything else replaces what was there.
fn merge(base: &mut Map<String, Json>, over: &Map<String, Json>) {
    for (key, value) in over {
        match (base.get_mut(key), value) {
            (Some(Json::Object(inner)), Json::Object(over)) => merge(inner, over),
            _ => {
                base.insert(key.clone(), value.clone());
            }
        }
    }
}

fn facts(item: Option<&Item>) -> Map<String, Json> {
    match item.map(|item| json(&item.data)) {
        Some(Json::Object(object)) => object,
        _ => Map::new(),
    }
}

fn json(data: &Data) -> Json {
    match data {
        Data::Text(text) => Json::String(text.clone()),
        Data::Whole(number) => Json::from(*number),
        Data::Flag(flag) => Json::Bool(*flag),
        Data::Day(day) => Json::String(day.to_string()),
        Data::List(list) => list.iter().map(|item| json(&item.data)).collect(),
        Data::Table(entries) => Json::Object(entries.iter().map(|(key, item)| (key.clone(), json(&item.data))).collect()),
        Data::Unread => Json::Null,
    }
}
