//! What an example of a worker expects of coverage and of classifications.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::expectation::{Expectation, equals, exists, items, under};
use super::{Maker, Vector};
use crate::rulebook::{FileId, FileInfo, FileKind, Membership, Rule, Scheme, Strength};

/// What an example may name beside rules.
const KEYS: [&str; 8] = ["status", "because", "ask", "amounts", "until", "lapsed", "periods", "confidence"];

/// What an example says of rules and schemes.
struct Expected<'a> {
    /// Verdicts by the number of the rule.
    verdicts: BTreeMap<usize, (&'a Rule, &'a str)>,
    /// Statuses by the id of the scheme.
    statuses: BTreeMap<String, &'a str>,
}

impl Expected<'_> {
    /// Whether one headline is spoken of, and it is this.
    fn only_status(&self, status: &str) -> bool {
        self.statuses.len() == 1 && self.statuses.values().all(|expected| *expected == status)
    }
}

/// An amount of which an example says something.
struct ExpectedAmount<'a> {
    file: &'a str,
    id: &'a str,
    wanted: &'a Json,
}

impl<'a> Maker<'a> {
    pub(super) fn worker(&self, definition: bool) -> Vec<Vector> {
        let expected = self.expected();
        let classify = self.definitions(&expected);
        let mut vectors = Vec::new();
        if !definition {
            vectors.push(self.vector("", "assess", self.coverage(&expected)));
        }
        if definition || !classify.is_empty() {
            vectors.push(self.vector(if definition { "" } else { ".classified" }, "classify", classify));
        }
        if !definition && !self.asked(&[]).is_empty() {
            // A scheme that is undetermined for want of a fact has a next question; which one is no matter of law.
            let certain = expected.statuses.values().any(|status| *status == "undetermined");
            let expect = if certain { vec![exists(vec![json!("fact")])] } else { Vec::new() };
            vectors.push(self.vector(".next", "next_question", expect));
        }
        vectors
    }

    fn expected(&self) -> Expected<'a> {
        let example = self.example;
        let mut verdicts = BTreeMap::new();
        for (name, wanted) in example.expect.iter().filter(|(name, _)| !KEYS.contains(&name.as_str())) {
            for (number, rule) in self.rules(name) {
                let wanted = match wanted {
                    Json::Object(by_option) => self.membership(rule).and_then(|one| by_option.get(one.option.as_str())),
                    word => Some(word),
                };
                if let Some(word) = wanted.and_then(Json::as_str) {
                    verdicts.insert(number, (rule, word));
                }
            }
        }
        let mut statuses = BTreeMap::new();
        match example.expect.get("status") {
            Some(Json::Object(map)) => {
                for (scheme, status) in map {
                    // One letter is an option of the file.
                    let id = if scheme.len() == 1 {
                        format!("{}_{scheme}", example.file)
                    } else {
                        scheme.clone()
                    };
                    statuses.extend(status.as_str().map(|status| (id, status)));
                }
            }
            Some(Json::String(status)) => {
                let schemes = self.rulebook.schemes().iter();
                let of_file = schemes.filter(|scheme| self.file_of(scheme.file).is_some_and(|file| file.id == example.file));
                statuses.extend(of_file.map(|scheme| (scheme.id.to_string(), status.as_str())));
            }
            _ => {}
        }
        Expected { verdicts, statuses }
    }

    fn file_of(&self, number: FileId) -> Option<&'a FileInfo> {
        self.book().file(number)
    }

    fn file_id(&self, number: FileId) -> &'a str {
        self.file_of(number).map_or("", |file| file.id.as_str())
    }

    /// The rules of a name with their numbers: one for each option.
    fn rules(&self, name: &str) -> Vec<(usize, &'a Rule)> {
        let (file, id) = name.split_once('.').unwrap_or((&self.example.file, name));
        self.book()
            .rules
            .iter()
            .enumerate()
            .filter(|(_, rule)| self.file_id(rule.file) == file && rule.id == id)
            .collect()
    }

    fn membership(&self, rule: &Rule) -> Option<&'a Membership> {
        self.file_of(rule.file)?.memberships.get(usize::from(rule.option?))
    }

    /// The id of the scheme that a rule decides.
    fn scheme_of(&self, rule: &Rule) -> &'a str {
        self.membership(rule)
            .map_or_else(|| self.file_id(rule.file), |membership| membership.id.as_str())
    }

    fn definitions(&self, expected: &Expected<'_>) -> Vec<Expectation> {
        let mut expect = Vec::new();
        for (rule, wanted) in expected.verdicts.values() {
            let Some(file) = self.file_of(rule.file) else { continue };
            let list = match file.kind {
                FileKind::Definition => "definitions",
                FileKind::Standard => "standards",
                _ => continue,
            };
            let at = [json!(list), json!({ "rule": format!("{}.{}", file.id, rule.id) })];
            expect.push(equals(under(&at, [json!("verdict")]), *wanted));
            if expected.verdicts.len() == 1 {
                expect.extend(self.reasons(&at));
                if *wanted == "undetermined" {
                    expect.extend(self.asked(&at));
                }
            }
        }
        expect
    }

    fn coverage(&self, expected: &Expected<'_>) -> Vec<Expectation> {
        let mut expect: Vec<Expectation> = Vec::new();
        for (scheme, status) in &expected.statuses {
            expect.push(equals(
                vec![json!("schemes"), json!({ "scheme": scheme }), json!("status")],
                *status,
            ));
        }
        // Where in the decision the reasons may stand.
        let mut homes: Vec<Vec<Json>> = Vec::new();
        for (rule, wanted) in expected.verdicts.values() {
            let Some(file) = self.file_of(rule.file) else { continue };
            if file.kind != FileKind::Scheme || self.day < file.since {
                continue;
            }
            let scheme = self.scheme_of(rule);
            if rule.gives.is_some() {
                let at = [
                    json!("schemes"),
                    json!({ "scheme": scheme }),
                    json!("rules"),
                    json!({ "rule": rule.id }),
                ];
                expect.push(equals(under(&at, [json!("verdict")]), *wanted));
            } else if self.shows_benefit(rule, wanted) {
                let at = vec![json!("benefits"), json!({ "scheme": scheme, "rule": rule.id })];
                expect.push(equals(under(&at, [json!("verdict")]), *wanted));
                if *wanted != "unmet" {
                    expect.extend(self.benefit_amount(rule, &at));
                }
                if *wanted == "undetermined" && !self.example.expect.contains_key("amounts") && expected.verdicts.len() == 1 {
                    expect.extend(self.asked(&at));
                }
                homes.push(at);
            }
        }
        for scheme in self.rulebook.schemes() {
            let Some(rule) = self.deciding(expected, scheme) else { continue };
            let at = vec![json!("schemes"), json!({ "scheme": scheme.id })];
            expect.push(equals(under(&at, [json!("rule")]), rule.id.as_str()));
            let alone = self.file_id(scheme.file) == self.example.file && expected.statuses.len() == 1;
            let barred = expected
                .statuses
                .get(scheme.id.as_str())
                .is_some_and(|status| *status == "not_eligible");
            if !barred {
                expect.extend(self.paid(scheme, rule, &at));
            }
            if alone {
                expect.extend(self.last_day(if barred { "lapsed" } else { "until" }, &at));
            }
            if expected.verdicts.is_empty() || expected.verdicts.values().any(|(named, _)| std::ptr::eq(*named, rule)) {
                homes.push(at);
            }
        }
        // Where several rules are spoken of, an example does not say whose reasons it means.
        if let ([home], true) = (homes.as_slice(), expected.verdicts.len() <= 1) {
            expect.extend(self.reasons(home));
        }
        if expected.only_status("undetermined") && !self.example.expect.contains_key("amounts") {
            expect.extend(self.asked(&[]));
        }
        expect
    }

    /// Benefits are shown where a claim is spoken of; one of an option that is closed to the person is not.
    fn shows_benefit(&self, rule: &Rule, wanted: &str) -> bool {
        let Some(claim) = self.example.given.get("claim").and_then(Json::as_object) else {
            return false;
        };
        let kind = claim.get("kind").and_then(Json::as_str);
        let of_kind = rule.claim.is_empty() || kind.is_none_or(|kind| rule.claim.iter().any(|one| one == kind));
        claim.values().any(|fact| !fact.is_null()) && of_kind && (rule.option.is_none() || wanted != "unmet")
    }

    /// The rule that decides a headline, as far as the example says enough: the first of those that can.
    fn deciding(&self, expected: &Expected<'_>, scheme: &Scheme) -> Option<&'a Rule> {
        let status = expected.statuses.get(scheme.id.as_str())?;
        if self.day < self.file_of(scheme.file)?.since {
            return None;
        }
        let of = |wanted: Strength| {
            let rules = scheme.rules.iter().filter(move |(strength, _)| *strength == wanted);
            rules.map(|(_, number)| usize::from(*number))
        };
        let (wanted, numbers): (&str, Vec<usize>) = match *status {
            "covered" => ("met", of(Strength::Covered).collect()),
            "eligible" => ("met", of(Strength::Eligible).collect()),
            "not_eligible" => ("unmet", of(Strength::Eligible).chain(of(Strength::Covered)).collect()),
            "undetermined" => ("undetermined", of(Strength::Covered).chain(of(Strength::Eligible)).collect()),
            _ => ("disputed", of(Strength::Covered).chain(of(Strength::Eligible)).collect()),
        };
        let stands = |rule: &Rule| rule.from.is_none_or(|from| from <= self.day) && rule.until.is_none_or(|until| self.day <= until);
        let rule_of = |number: usize| self.book().rules.get(number).map(|rule| (number, rule));
        let candidates: Vec<(usize, &Rule)> = numbers
            .into_iter()
            .filter_map(rule_of)
            .filter(|(_, rule)| wanted == "met" || stands(rule))
            .collect();
        for (number, rule) in &candidates {
            match expected.verdicts.get(number) {
                Some((_, verdict)) if *verdict == wanted => return Some(rule),
                Some(_) => {}
                None if wanted == "unmet" || (wanted == "met" && candidates.len() == 1) => return Some(rule),
                None => return None,
            }
        }
        None
    }

    fn reasons(&self, at: &[Json]) -> Vec<Expectation> {
        let clauses = self.example.expect.get("because").and_then(Json::as_array);
        let clauses = clauses.into_iter().flatten().filter_map(Json::as_str);
        clauses
            .map(|clause| {
                let clause = if clause.contains('.') {
                    clause.to_owned()
                } else {
                    format!("{}.{clause}", self.example.file)
                };
                exists(under(at, [json!("reasons"), json!({ "clause": clause })]))
            })
            .collect()
    }

    /// Where the last day of a status stands: still to come, or past.
    fn last_day(&self, name: &str, at: &[Json]) -> Vec<Expectation> {
        let days = self.example.expect.get(name).and_then(Json::as_object);
        days.into_iter()
            .flatten()
            .map(|(key, day)| equals(under(at, [json!(name), json!(key)]), day.clone()))
            .collect()
    }

    fn amounts(&self) -> impl Iterator<Item = ExpectedAmount<'a>> {
        let example = self.example;
        let amounts = example.expect.get("amounts").and_then(Json::as_object);
        amounts.into_iter().flatten().map(|(name, wanted)| {
            let (file, id) = name.split_once('.').unwrap_or((&example.file, name));
            ExpectedAmount { file, id, wanted }
        })
    }

    fn benefit_amount(&self, rule: &Rule, at: &[Json]) -> Vec<Expectation> {
        let Some(amount) = rule.amount.and_then(|number| self.book().amounts.get(usize::from(number))) else {
            return Vec::new();
        };
        let at = under(at, [json!("amount"), json!("value")]);
        self.amounts()
            .filter(|expected| self.file_id(amount.file) == expected.file && amount.id == expected.id)
            .filter_map(|expected| self.by_option(expected.wanted, rule))
            .flat_map(|wanted| value(&at, wanted))
            .collect()
    }

    /// The amounts that a scheme pays.
    fn paid(&self, scheme: &Scheme, rule: &Rule, at: &[Json]) -> Vec<Expectation> {
        let jobs = self.example.given.get("jobs").and_then(Json::as_array).map_or(1, Vec::len);
        let mut expect = Vec::new();
        for number in rule.pays.iter().filter(|_| jobs <= 1 || !rule.each_job) {
            let Some(amount) = self.book().amounts.get(usize::from(*number)) else {
                continue;
            };
            let of_amount = self
                .amounts()
                .filter(|expected| self.file_id(scheme.file) == expected.file && amount.id == expected.id);
            for wanted in of_amount.filter_map(|expected| self.by_option(expected.wanted, rule)) {
                let at = under(at, [json!("amounts"), json!({ "id": amount.id }), json!("value")]);
                expect.extend(value(&at, wanted));
            }
        }
        expect
    }

    fn by_option<'b>(&self, wanted: &'b Json, rule: &Rule) -> Option<&'b Json> {
        match wanted {
            Json::Object(map) if !["between", "disputed"].iter().any(|key| map.contains_key(*key)) => {
                map.get(self.membership(rule)?.option.as_str())
            }
            wanted => Some(wanted),
        }
    }
}

/// What an amount must be.
fn value(at: &[Json], wanted: &Json) -> Vec<Expectation> {
    match wanted {
        Json::String(word) if word == "none" => vec![equals(at.to_vec(), "nothing")],
        Json::String(word) if word == "not_read" => vec![equals(at.to_vec(), "not_read")],
        Json::String(text) if text.starts_with(|first: char| first.is_ascii_digit()) => {
            vec![equals(under(at, [json!("baht")]), text.as_str())]
        }
        Json::String(text) => vec![equals(under(at, [json!("text")]), text.as_str())],
        Json::Object(map) => {
            let parts = |key: &str| map.get(key).and_then(Json::as_array).cloned().unwrap_or_default();
            let between = under(at, [json!("between")]);
            let readings = parts("disputed").into_iter().enumerate();
            let readings = readings.flat_map(|(index, wanted)| value(&under(at, [json!("disputed"), json!(index)]), &wanted));
            items(&between, parts("between")).chain(readings).collect()
        }
        _ => Vec::new(),
    }
}
