//! Makes the vectors from the examples of the rule files.
//!
//! Nothing here asks the program for a decision: an example says what must come out, and the rule files say where in a decision it
//! stands. What an example expects of a part that no decision shows is held by the tests of the examples alone.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use sitthi::examples::Example;
use sitthi::rulebook::{Book, FileKind, Rule, Scheme, Strength};
use sitthi::{Date, Rulebook};

use crate::common::given;

/// What an example may name beside rules.
const KEYS: [&str; 8] = ["status", "because", "ask", "amounts", "until", "lapsed", "periods", "confidence"];

/// Makes vectors of the examples of one rulebook.
pub struct Maker<'a> {
    rulebook: &'a Rulebook,
    /// The file beside the vectors that holds it, where it is not the built-in one.
    file: Option<&'a str>,
}

/// What an example says of rules and schemes.
struct Expected<'a> {
    example: &'a Example,
    day: Date,
    /// Verdicts by the number of the rule.
    verdicts: BTreeMap<usize, String>,
    statuses: BTreeMap<String, String>,
}

fn place(path: Json, is: impl Into<Json>) -> Json {
    json!({ "at": path, "is": is.into() })
}

fn exists(path: Json) -> Json {
    json!({ "at": path })
}

fn under(path: &Json, steps: &[Json]) -> Json {
    path.as_array().unwrap().iter().chain(steps).cloned().collect()
}

impl<'a> Maker<'a> {
    pub fn new(rulebook: &'a Rulebook, file: Option<&'a str>) -> Self {
        Self { rulebook, file }
    }

    fn book(&self) -> &'a Book {
        self.rulebook.book()
    }

    /// The vectors of one example; none where nothing answers it, as for the scales of plans.
    pub fn vectors(&self, example: &Example) -> Vec<Json> {
        let kind = self
            .book()
            .file_number(&example.file)
            .and_then(|number| self.book().file(number))
            .map(|file| file.kind);
        if let Some(plan) = self.book().plans.iter().find(|plan| plan.id == example.file) {
            return vec![self.score(example, &plan.id)];
        }
        match kind {
            Some(FileKind::Definition | FileKind::Standard) => self.worker(example, true),
            Some(FileKind::Scheme | FileKind::Overlay) => self.worker(example, false),
            Some(FileKind::Complaint | FileKind::Urgency) => vec![self.route(example)],
            None if example.file == "not_encoded" => vec![self.route(example)],
            None => Vec::new(),
        }
    }

    fn vector(&self, example: &Example, suffix: &str, call: &str, expect: Vec<Json>) -> Json {
        let (day, input) = given(example);
        let id = self
            .file
            .map_or_else(String::new, |file| format!("{}.", file.trim_end_matches(".rulebook")));
        let mut vector = json!({
            "id": format!("{id}{}.{}{suffix}", example.file, example.id), "call": call, "on": day.to_string(), "input": input, "expect": expect,
        });
        if let Some(file) = self.file {
            vector["rulebook"] = file.into();
        }
        vector
    }

    fn worker(&self, example: &Example, definition: bool) -> Vec<Json> {
        let expected = self.expected(example);
        let classify = self.definitions(&expected);
        let mut vectors = Vec::new();
        if !definition {
            vectors.push(self.vector(example, "", "assess", self.coverage(&expected)));
        }
        if definition || !classify.is_empty() {
            vectors.push(self.vector(example, if definition { "" } else { ".classified" }, "classify", classify));
        }
        let asks = example
            .expect
            .get("ask")
            .and_then(Json::as_array)
            .is_some_and(|ask| !ask.is_empty());
        if !definition && asks {
            // A scheme that is undetermined for want of a fact has a next question; which one is no matter of law.
            let certain = !expected.statuses.is_empty() && expected.statuses.values().any(|status| status == "undetermined");
            let expect = if certain { vec![exists(json!(["fact"]))] } else { Vec::new() };
            vectors.push(self.vector(example, ".next", "next_question", expect));
        }
        vectors
    }

    fn expected<'b>(&self, example: &'b Example) -> Expected<'b> {
        let mut verdicts = BTreeMap::new();
        for (name, wanted) in example.expect.iter().filter(|(name, _)| !KEYS.contains(&name.as_str())) {
            for (number, rule) in self.rules(example, name) {
                let wanted = match wanted {
                    Json::Object(by_option) => self.option(rule).and_then(|option| by_option.get(&option)),
                    word => Some(word),
                };
                if let Some(word) = wanted.and_then(Json::as_str) {
                    verdicts.insert(number, word.to_owned());
                }
            }
        }
        let mut statuses = BTreeMap::new();
        match example.expect.get("status") {
            Some(Json::Object(map)) => {
                for (scheme, status) in map {
                    let id = if scheme.len() == 1 {
                        format!("{}_{scheme}", example.file)
                    } else {
                        scheme.clone()
                    };
                    statuses.insert(id, status.as_str().unwrap().to_owned());
                }
            }
            Some(Json::String(word)) => {
                for scheme in self
                    .rulebook
                    .schemes()
                    .iter()
                    .filter(|scheme| self.file_id(scheme.file) == example.file)
                {
                    statuses.insert(scheme.id.to_string(), word.clone());
                }
            }
            _ => {}
        }
        Expected {
            example,
            day: given(example).0,
            verdicts,
            statuses,
        }
    }

    fn file_id(&self, number: u16) -> &'a str {
        &self.book().file(number).unwrap().id
    }

    fn rules(&self, example: &Example, name: &str) -> Vec<(usize, &'a Rule)> {
        let (file, id) = name.split_once('.').unwrap_or((&example.file, name));
        self.book()
            .rules
            .iter()
            .enumerate()
            .filter(|(_, rule)| self.file_id(rule.file) == file && rule.id == id)
            .collect()
    }

    fn option(&self, rule: &Rule) -> Option<String> {
        let file = self.book().file(rule.file)?;
        rule.option.map(|option| file.memberships[usize::from(option)].option.to_string())
    }

    fn scheme_of(&self, rule: &Rule) -> String {
        let file = self.book().file(rule.file).unwrap();
        rule.option.map_or_else(
            || file.id.to_string(),
            |option| file.memberships[usize::from(option)].id.to_string(),
        )
    }

    fn definitions(&self, expected: &Expected<'_>) -> Vec<Json> {
        let mut expect = Vec::new();
        for (number, wanted) in &expected.verdicts {
            let rule = &self.book().rules[*number];
            let list = match self.book().file(rule.file).unwrap().kind {
                FileKind::Definition => "definitions",
                FileKind::Standard => "standards",
                _ => continue,
            };
            let at = json!([list, { "rule": format!("{}.{}", self.file_id(rule.file), rule.id) }]);
            expect.push(place(under(&at, &[json!("verdict")]), wanted.as_str()));
            if expected.verdicts.len() == 1 {
                expect.extend(self.reasons(expected, &at));
                if wanted == "undetermined" {
                    expect.extend(asked(expected.example, &at));
                }
            }
        }
        expect
    }

    fn coverage(&self, expected: &Expected<'_>) -> Vec<Json> {
        let mut expect = Vec::new();
        for (scheme, status) in &expected.statuses {
            expect.push(place(json!(["schemes", { "scheme": scheme }, "status"]), status.as_str()));
        }
        let mut homes: Vec<Json> = Vec::new();
        for (number, wanted) in &expected.verdicts {
            let rule = &self.book().rules[*number];
            let file = self.book().file(rule.file).unwrap();
            if file.kind != FileKind::Scheme || expected.day < file.since {
                continue;
            }
            if rule.gives.is_some() {
                expect.push(place(
                    json!(["schemes", { "scheme": self.scheme_of(rule) }, "rules", { "rule": rule.id }, "verdict"]),
                    wanted.as_str(),
                ));
            } else if self.shows_benefit(expected, rule, wanted) {
                let at = json!(["benefits", { "scheme": self.scheme_of(rule), "rule": rule.id }]);
                expect.push(place(under(&at, &[json!("verdict")]), wanted.as_str()));
                homes.push(at.clone());
                if wanted != "unmet" {
                    expect.extend(self.benefit_amount(expected, rule, &at));
                }
                if wanted == "undetermined" && !expected.example.expect.contains_key("amounts") && expected.verdicts.len() == 1 {
                    expect.extend(asked(expected.example, &at));
                }
            }
        }
        for scheme in self.rulebook.schemes() {
            let Some(rule) = self.deciding(expected, scheme) else { continue };
            let at = json!(["schemes", { "scheme": scheme.id }]);
            expect.push(place(under(&at, &[json!("rule")]), rule.id.as_str()));
            if expected
                .verdicts
                .keys()
                .any(|number| std::ptr::eq(&self.book().rules[*number], rule))
                || expected.verdicts.is_empty()
            {
                homes.push(at.clone());
            }
            let alone = self.file_id(scheme.file) == expected.example.file && expected.statuses.len() == 1;
            let barred = expected
                .statuses
                .get(scheme.id.as_str())
                .is_some_and(|status| status == "not_eligible");
            if !barred {
                expect.extend(self.paid(expected, scheme, rule, &at));
            }
            if alone {
                expect.extend(last_day(if barred { "lapsed" } else { "until" }, expected.example, &at));
            }
        }
        // Where several rules are spoken of, an example does not say whose reasons it means.
        if let ([home], true) = (homes.as_slice(), expected.verdicts.len() <= 1) {
            expect.extend(self.reasons(expected, home));
        }
        if expected.statuses.len() == 1
            && expected.statuses.values().all(|status| status == "undetermined")
            && !expected.example.expect.contains_key("amounts")
        {
            expect.extend(asked(expected.example, &json!([])));
        }
        expect
    }

    /// Benefits are shown where a claim is spoken of; one of an option that is closed to the person is not.
    fn shows_benefit(&self, expected: &Expected<'_>, rule: &Rule, wanted: &str) -> bool {
        let known = |value: &Json| !value.is_null();
        let claims = expected
            .example
            .given
            .get("claim")
            .and_then(Json::as_object)
            .is_some_and(|claim| claim.values().any(known));
        let kind = expected
            .example
            .given
            .get("claim")
            .and_then(|claim| claim.get("kind"))
            .and_then(Json::as_str);
        let of_kind = rule.claim.is_empty() || kind.is_none_or(|kind| rule.claim.iter().any(|one| one == kind));
        claims && of_kind && (rule.option.is_none() || wanted != "unmet")
    }

    /// The rule that decides a headline, as far as the example says enough: the first of those that can.
    fn deciding(&self, expected: &Expected<'_>, scheme: &Scheme) -> Option<&'a Rule> {
        let status = expected.statuses.get(scheme.id.as_str())?;
        if expected.day < self.book().file(scheme.file)?.since {
            return None;
        }
        let of = |wanted: Strength| {
            let rules = scheme.rules.iter().filter(move |(strength, _)| *strength == wanted);
            rules.map(|(_, number)| usize::from(*number))
        };
        let (wanted, candidates): (&str, Vec<usize>) = match status.as_str() {
            "covered" => ("met", of(Strength::Covered).collect()),
            "eligible" => ("met", of(Strength::Eligible).collect()),
            "not_eligible" => ("unmet", of(Strength::Eligible).chain(of(Strength::Covered)).collect()),
            "undetermined" => ("undetermined", of(Strength::Covered).chain(of(Strength::Eligible)).collect()),
            _ => ("disputed", of(Strength::Covered).chain(of(Strength::Eligible)).collect()),
        };
        let stands =
            |rule: &Rule| rule.from.is_none_or(|from| from <= expected.day) && rule.until.is_none_or(|until| expected.day <= until);
        let candidates: Vec<usize> = candidates
            .into_iter()
            .filter(|number| wanted == "met" || stands(&self.book().rules[*number]))
            .collect();
        for number in &candidates {
            match expected.verdicts.get(number) {
                Some(verdict) if verdict == wanted => return self.book().rules.get(*number),
                Some(_) => {}
                None if wanted == "unmet" || (wanted == "met" && candidates.len() == 1) => return self.book().rules.get(*number),
                None => return None,
            }
        }
        None
    }

    fn reasons(&self, expected: &Expected<'_>, at: &Json) -> Vec<Json> {
        let clauses = expected.example.expect.get("because").and_then(Json::as_array);
        let clauses = clauses.into_iter().flatten().map(|clause| clause.as_str().unwrap());
        let full = |clause: &str| {
            if clause.contains('.') {
                clause.to_owned()
            } else {
                format!("{}.{clause}", expected.example.file)
            }
        };
        clauses
            .map(|clause| exists(under(at, &[json!("reasons"), json!({ "clause": full(clause) })])))
            .collect()
    }

    fn amounts<'b>(&self, expected: &'b Expected<'_>) -> Vec<(String, String, &'b Json)> {
        let amounts = expected.example.expect.get("amounts").and_then(Json::as_object);
        let split = |name: &str| {
            name.split_once('.').map_or_else(
                || (expected.example.file.clone(), name.to_owned()),
                |(file, id)| (file.to_owned(), id.to_owned()),
            )
        };
        amounts
            .into_iter()
            .flatten()
            .map(|(name, wanted)| {
                let (file, id) = split(name);
                (file, id, wanted)
            })
            .collect()
    }

    fn benefit_amount(&self, expected: &Expected<'_>, rule: &Rule, at: &Json) -> Vec<Json> {
        let Some(amount) = rule.amount.and_then(|number| self.book().amounts.get(usize::from(number))) else {
            return Vec::new();
        };
        let at = under(at, &[json!("amount"), json!("value")]);
        let wanted = self
            .amounts(expected)
            .into_iter()
            .filter(|(file, id, _)| self.file_id(amount.file) == file && amount.id == *id);
        wanted
            .filter_map(|(_, _, wanted)| self.by_option(wanted, rule))
            .flat_map(|wanted| value(&at, wanted))
            .collect()
    }

    fn paid(&self, expected: &Expected<'_>, scheme: &Scheme, rule: &Rule, at: &Json) -> Vec<Json> {
        let jobs = expected.example.given.get("jobs").and_then(Json::as_array).map_or(1, Vec::len);
        let mut expect = Vec::new();
        for number in rule.pays.iter().filter(|_| jobs <= 1 || !rule.each_job) {
            let amount = &self.book().amounts[usize::from(*number)];
            for (file, id, wanted) in self.amounts(expected) {
                if self.file_id(scheme.file) != file || amount.id != id {
                    continue;
                }
                let Some(wanted) = self.by_option(wanted, rule) else { continue };
                let at = under(at, &[json!("amounts"), json!({ "id": id }), json!("value")]);
                expect.extend(value(&at, wanted));
            }
        }
        expect
    }

    fn by_option<'b>(&self, wanted: &'b Json, rule: &Rule) -> Option<&'b Json> {
        match wanted {
            Json::Object(map) if !["between", "disputed"].iter().any(|key| map.contains_key(*key)) => map.get(&self.option(rule)?),
            wanted => Some(wanted),
        }
    }

    fn route(&self, example: &Example) -> Json {
        let mut expect = Vec::new();
        for (key, wanted) in &example.expect {
            match key.as_str() {
                "kinds" => expect.extend(list("kinds", "kind", wanted)),
                "copies" | "joint" => expect.extend(list(key, "agency", wanted)),
                "forms" => expect.extend(list("forms", "form", wanted)),
                "call" => expect.extend(list("call", "", wanted)),
                "lead" if wanted == "undetermined" => expect.push(place(json!(["lead", "certain"]), false)),
                "lead" | "urgency" if wanted.is_object() => expect.extend(fields(&json!([key]), wanted)),
                "lead" => expect.push(place(json!(["lead", "agency"]), wanted.clone())),
                "urgency" => expect.push(place(json!(["urgency", "level"]), wanted.clone())),
                "office" => expect.extend(fields(&json!(["lead", "office"]), wanted)),
                "ask" => expect.extend(asked(example, &json!([]))),
                "withheld" => {
                    let ids = wanted.as_array().unwrap();
                    expect.extend(ids.iter().map(|id| place(json!(["withhold", { "id": id }, "lifted"]), false)));
                }
                "periods" => {
                    let first = example.expect.get("kinds").and_then(|kinds| kinds.get(0));
                    let leads = first.is_none_or(|first| *first == example.file);
                    let at = if leads {
                        json!(["steps"])
                    } else {
                        json!(["others", { "kind": example.file }, "steps"])
                    };
                    expect.extend(days(&at, wanted));
                }
                // No decision shows the verdict of every rule.
                _ => {}
            }
        }
        self.vector(example, "", "route", expect)
    }

    fn score(&self, example: &Example, plan: &str) -> Json {
        let mut expect = Vec::new();
        for (name, wanted) in &example.expect {
            let row = if name == "total" {
                json!(["total"])
            } else {
                json!(["rows", { "indicator": name }])
            };
            for (key, wanted) in wanted.as_object().unwrap() {
                expect.extend(scored(&row, name == "total", key, wanted));
            }
        }
        let mut vector = self.vector(example, "", "score", expect);
        vector["plan"] = plan.into();
        vector
    }
}

/// The facts that an example asks for, among those that are missing.
fn asked(example: &Example, at: &Json) -> Vec<Json> {
    let facts = example.expect.get("ask").and_then(Json::as_array);
    facts
        .into_iter()
        .flatten()
        .map(|fact| exists(under(at, &[json!("missing"), json!({ "fact": fact })])))
        .collect()
}

/// Where the last day of a status stands: still to come, or past.
fn last_day(name: &str, example: &Example, at: &Json) -> Vec<Json> {
    let days = example.expect.get(name).and_then(Json::as_object);
    days.into_iter()
        .flatten()
        .map(|(key, day)| place(under(at, &[json!(name), json!(key)]), day.clone()))
        .collect()
}

/// What an amount must be.
fn value(at: &Json, wanted: &Json) -> Vec<Json> {
    match wanted {
        Json::String(word) if word == "none" => vec![place(at.clone(), "nothing")],
        Json::String(word) if word == "not_read" => vec![place(at.clone(), "not_read")],
        Json::String(text) if text.starts_with(|first: char| first.is_ascii_digit()) => {
            vec![place(under(at, &[json!("baht")]), text.as_str())]
        }
        Json::String(text) => vec![place(under(at, &[json!("text")]), text.as_str())],
        Json::Object(map) => {
            let parts = |key: &str| map.get(key).and_then(Json::as_array).cloned().unwrap_or_default();
            let between = parts("between")
                .into_iter()
                .enumerate()
                .map(|(index, bound)| place(under(at, &[json!("between"), json!(index)]), bound));
            let disputed = parts("disputed")
                .into_iter()
                .enumerate()
                .flat_map(|(index, wanted)| value(&under(at, &[json!("disputed"), json!(index)]), &wanted));
            between.chain(disputed).collect()
        }
        _ => Vec::new(),
    }
}

/// The fields of an object, and of the office and the hint in it, that are wanted as they are; `none` is null.
fn fields(at: &Json, wanted: &Json) -> Vec<Json> {
    let wanted = wanted.as_object().into_iter().flatten();
    wanted
        .flat_map(|(key, wanted)| {
            let at = under(at, &[json!(key)]);
            match wanted {
                Json::Object(_) if key == "office" || key == "hint" => fields(&at, wanted),
                Json::String(word) if word == "none" => vec![place(at, Json::Null)],
                Json::String(_) | Json::Bool(_) | Json::Number(_) => vec![place(at, wanted.clone())],
                _ => Vec::new(),
            }
        })
        .collect()
}

/// A list that holds these and no more; or, where fields are wanted of some, those.
fn list(key: &str, part: &str, wanted: &Json) -> Vec<Json> {
    if let Some(some) = wanted.as_object() {
        let named = some.keys().filter(|name| *name != "has").map(String::as_str);
        let among = some.get("has").and_then(Json::as_array).into_iter().flatten();
        let among = among.filter_map(|item| item.as_str().or_else(|| item.get(part)?.as_str()));
        return named
            .chain(among)
            .map(|name| place(json!([key, { part: name }, part]), name))
            .collect();
    }
    let items = wanted.as_array().unwrap();
    let at = |index: usize| {
        if part.is_empty() {
            json!([key, index])
        } else {
            json!([key, index, part])
        }
    };
    let each = items.iter().enumerate().map(|(index, item)| place(at(index), item.clone()));
    each.chain([place(json!([key, items.len()]), Json::Null)]).collect()
}

/// The days of periods; `none` where a period is not shown.
fn days(at: &Json, wanted: &Json) -> Vec<Json> {
    let mut expect = Vec::new();
    for (id, wanted) in wanted.as_object().unwrap() {
        let at = under(at, &[json!({ "id": id })]);
        match wanted {
            Json::Object(parts) => expect.extend(
                parts
                    .iter()
                    .filter(|(key, wanted)| *key != "late" || !wanted.is_null())
                    .map(|(key, wanted)| place(under(&at, &[json!(key)]), wanted.clone())),
            ),
            _ => expect.push(place(at, Json::Null)),
        }
    }
    expect
}

fn scored(row: &Json, total: bool, key: &str, wanted: &Json) -> Vec<Json> {
    let wanted = if wanted.as_str() == Some("none") && key != "status" {
        Json::Null
    } else {
        wanted.clone()
    };
    let path: &[&str] = match key {
        _ if total => &[],
        "value" | "between" | "percent" | "percent_between" | "percent_rule" | "score_between" => &["lead"],
        "other" | "other_percent" => &["other"],
        "to_date" => &["to_date"],
        "trend" | "change" | "change_between" => &["trend"],
        _ => &[],
    };
    let last = match key {
        "other" if !total => "value",
        "other_percent" | "to_date" if !total => "percent",
        "trend" if !total => "direction",
        "because" if !total => "why_no_score",
        "reached" if !total => return reached(row, &wanted),
        key => key,
    };
    let steps: Vec<Json> = path.iter().chain(&[last]).map(|step| json!(step)).collect();
    let at = under(row, &steps);
    match wanted {
        Json::Array(items) => items
            .into_iter()
            .enumerate()
            .map(|(index, item)| place(under(&at, &[json!(index)]), item))
            .collect(),
        Json::Object(_) => Vec::new(),
        wanted => vec![place(at, wanted)],
    }
}

fn reached(row: &Json, wanted: &Json) -> Vec<Json> {
    let reached = |is: Json| vec![place(under(row, &[json!("lead"), json!("reached")]), is)];
    match wanted.as_str() {
        Some("yes") => reached(json!(true)),
        Some("no") => reached(json!(false)),
        Some("disputed") => vec![place(under(row, &[json!("status")]), "disputed")],
        _ => reached(Json::Null),
    }
}

/// A list of vectors as the text of a file: one vector a line.
pub fn text(vectors: &[Json]) -> String {
    let lines: Vec<String> = vectors.iter().map(ToString::to_string).collect();
    format!("[\n{}\n]\n", lines.join(",\n"))
}
