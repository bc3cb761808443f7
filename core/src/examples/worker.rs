//! What an example of a scheme, an overlay, a definition or a standard expects of a worker.

use serde_json::{Map, Value as Json, json};

use super::Example;
use super::expect::Comparison;
use crate::coverage::Status;
use crate::criterion::{AmountId, Gaps, PeriodId};
use crate::facts::{Scope, Subject};
use crate::law::{Assessment, Law, Missing, Verdict};
use crate::rulebook::{Book, OptionId, Rule, Scheme};

/// What an example may name beside rules and the fields of the decision and of its scheme.
pub(super) const KEYS: [&str; 8] = ["status", "because", "ask", "amounts", "until", "lapsed", "periods", "decision"];

struct Asking<'a, 'o> {
    law: &'a Law,
    book: &'a Book,
    example: &'a Example,
    subject: &'a Subject,
    definition: bool,
    assessment: Assessment<'a>,
    decision: Option<Json>,
    out: &'o mut Comparison,
}

/// Compares what a worker gets with what is expected.
pub(super) fn compare(law: &Law, example: &Example, subject: &Subject, definition: bool, first: bool, out: &mut Comparison) {
    let mut asking = Asking {
        law,
        book: law.book(),
        example,
        subject,
        definition,
        assessment: Assessment::new(law, subject),
        decision: None,
        out,
    };
    // Rules and statuses are asked before what needs the whole decision.
    let (quick, whole): (Vec<_>, Vec<_>) = example.expect.iter().partition(|(key, _)| asking.is_quick(key));
    for (key, wanted) in quick.into_iter().chain(whole) {
        asking.key(key, wanted);
        if first && !asking.out.misses.is_empty() {
            return;
        }
    }
}

/// The file and id of a name that may leave out the file of its example.
pub(super) fn split<'n>(example: &'n Example, name: &'n str) -> (&'n str, &'n str) {
    name.split_once('.').unwrap_or((&example.file, name))
}

/// The rules of a name, one for each option.
pub(super) fn rules_of<'a>(book: &'a Book, example: &Example, name: &str) -> Vec<&'a Rule> {
    let (file, id) = split(example, name);
    let Some(number) = book.file_number(file) else {
        return Vec::new();
    };
    book.rules.iter().filter(|rule| rule.file == number && rule.id == id).collect()
}

/// The word of a verdict.
pub(super) fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "met",
        Verdict::Unmet => "unmet",
        Verdict::Undetermined => "undetermined",
        Verdict::Disputed => "disputed",
    }
}

impl<'a> Asking<'a, '_> {
    fn is_quick(&self, key: &str) -> bool {
        ["status", "because", "ask", "amounts", "periods"].contains(&key) || !self.rules(key).is_empty()
    }

    fn key(&mut self, key: &str, wanted: &Json) {
        match key {
            "status" => self.status(wanted),
            "because" => self.because(wanted),
            "ask" => self.ask(wanted),
            "amounts" => self.amounts(wanted),
            "until" | "lapsed" => self.last_day(key, wanted),
            "periods" => self.periods(wanted),
            _ if !self.rules(key).is_empty() => self.rule(key, wanted),
            "decision" => {
                let name = if self.definition { "classification" } else { "coverage" };
                let decision = self.decision().clone();
                self.out.field(key, name, &decision, wanted, &self.example.file);
            }
            _ => self.of_decision(key, wanted),
        }
    }

    fn rules(&self, name: &str) -> Vec<&'a Rule> {
        rules_of(self.book, self.example, name)
    }

    fn decision(&mut self) -> &Json {
        let (law, subject, definition) = (self.law, self.subject, self.definition);
        self.decision.get_or_insert_with(|| {
            if definition {
                json!(law.subject_classification(subject))
            } else {
                json!(law.subject_coverage(subject))
            }
        })
    }

    fn own_schemes(&self) -> Vec<&'a Scheme> {
        let number = self.book.file_number(&self.example.file);
        let schemes = self.law.rulebook().schemes().iter();
        schemes.filter(|scheme| Some(scheme.file) == number).collect()
    }

    /// A field of the decision, or of what it says of the schemes of the file.
    fn of_decision(&mut self, key: &str, wanted: &Json) {
        let (example, file) = (self.example, self.example.file.as_str());
        let decision = self.decision().clone();
        let name = if self.definition { "classification" } else { "coverage" };
        if let Some(found) = decision.get(key) {
            self.out.name(name, key, found);
            self.out.field(key, key, found, wanted, file);
            return;
        }
        let own: Vec<String> = self.own_schemes().iter().map(|scheme| scheme.id.to_string()).collect();
        let all = decision.get("schemes").and_then(Json::as_array);
        let shown: Vec<(&Json, &str)> = all
            .into_iter()
            .flatten()
            .filter_map(|scheme| Some((scheme, scheme.get("scheme")?.as_str()?)))
            .filter(|(_, id)| own.iter().any(|own| own == id))
            .collect();
        if !shown.iter().any(|(scheme, _)| scheme.get(key).is_some()) {
            let rules = self
                .book
                .rules
                .iter()
                .filter(|rule| self.book.file(rule.file).is_some_and(|of| of.id == file));
            let mut known: Vec<String> = rules.map(|rule| rule.id.to_string()).collect();
            let fields = decision
                .as_object()
                .into_iter()
                .chain(shown.first().and_then(|(scheme, _)| scheme.as_object()));
            known.extend(fields.flat_map(|object| object.keys().cloned()));
            known.extend(KEYS.iter().map(ToString::to_string));
            self.out.unknown("expect", key, known.iter().map(String::as_str));
            return;
        }
        for (scheme, id) in &shown {
            let option = id.strip_prefix(file).and_then(|rest| rest.strip_prefix('_')).unwrap_or(id);
            let wanted = match wanted {
                Json::Object(by_option) if shown.len() > 1 && by_option.keys().all(|key| names_scheme(key, file, &own)) => {
                    match by_option.get(option).or_else(|| by_option.get(*id)) {
                        Some(wanted) => wanted,
                        None => continue,
                    }
                }
                wanted => wanted,
            };
            let found = scheme.get(key).unwrap_or(&Json::Null);
            self.out.name("schemes", key, found);
            let at = if shown.len() > 1 {
                format!("{key} of {id}")
            } else {
                key.to_owned()
            };
            self.out.field(&at, key, found, wanted, &example.file);
        }
    }

    fn option(&self, rule: &Rule) -> Option<String> {
        let file = self.book.file(rule.file)?;
        let membership = file.memberships.get(usize::from(rule.option?))?;
        Some(membership.option.to_string())
    }

    fn rule(&mut self, name: &str, wanted: &Json) {
        let rules = self.rules(name);
        let options: Vec<String> = rules.iter().filter_map(|rule| self.option(rule)).collect();
        if let Json::Object(by_option) = wanted {
            for key in by_option.keys().filter(|key| !options.contains(*key)) {
                self.out.unknown(name, key, options.iter().map(String::as_str));
            }
        }
        let within = if self.definition { "definitions" } else { "rules" };
        self.out.name_filled(within, "rule");
        self.out.name_filled(within, "verdict");
        for rule in rules {
            let option = self.option(rule);
            let wanted = match wanted {
                Json::Object(by_option) => match option.as_ref().and_then(|option| by_option.get(option)) {
                    Some(wanted) => wanted,
                    None => continue,
                },
                wanted => wanted,
            };
            let found = word(self.assessment.rule_verdict(rule));
            if wanted != found {
                let key = option.map_or_else(|| name.to_owned(), |option| format!("{name}.{option}"));
                self.out.differs(key, wanted, json!(found));
            }
        }
    }

    fn status(&mut self, wanted: &Json) {
        self.out.name_filled("schemes", "scheme");
        self.out.name_filled("schemes", "status");
        let schemes = self.law.rulebook().schemes();
        let asked: Vec<(&Scheme, &Json)> = match wanted {
            Json::Object(map) => {
                let mut asked = Vec::new();
                for (name, wanted) in map {
                    let full = format!("{}_{name}", self.example.file);
                    match schemes.iter().find(|scheme| scheme.id == *name || scheme.id == full) {
                        Some(scheme) => asked.push((scheme, wanted)),
                        None => self.out.unknown("status", name, schemes.iter().map(|scheme| scheme.id.as_str())),
                    }
                }
                asked
            }
            word => self.own_schemes().into_iter().map(|scheme| (scheme, word)).collect(),
        };
        if asked.is_empty() && self.out.misses.is_empty() {
            self.out
                .unknown("status", &self.example.file, schemes.iter().map(|scheme| scheme.id.as_str()));
        }
        for (scheme, wanted) in asked {
            if !Status::EVERY.iter().any(|status| *wanted == status.code()) {
                let name = wanted.as_str().map_or_else(|| wanted.to_string(), ToOwned::to_owned);
                self.out.unknown("status", &name, Status::EVERY.iter().map(|status| status.code()));
                continue;
            }
            let found = self.law.scheme_status(&mut self.assessment, scheme).code();
            if wanted != found {
                self.out.differs(format!("status of {}", scheme.id), wanted, json!(found));
            }
        }
    }

    /// The rules that an example names; where it names none, those of its file that give a status.
    fn expected_rules(&self) -> Vec<&'a Rule> {
        let named: Vec<&Rule> = self.example.expect.keys().flat_map(|key| self.rules(key)).collect();
        if !named.is_empty() {
            return named;
        }
        let number = self.book.file_number(&self.example.file);
        let rules = self.book.rules.iter();
        rules.filter(|rule| Some(rule.file) == number && rule.gives.is_some()).collect()
    }

    fn because(&mut self, wanted: &Json) {
        self.out.name_filled("reasons", "clause");
        let mut found: Vec<String> = Vec::new();
        for rule in self.expected_rules() {
            found.extend(self.assessment.reasons(rule).into_iter().map(|reason| reason.clause.to_string()));
        }
        each_among(self.out, self.example, "because", wanted, &found);
    }

    fn ask(&mut self, wanted: &Json) {
        self.out.name_filled("missing", "fact");
        let mut missing: Vec<Missing> = Vec::new();
        for rule in self.expected_rules() {
            let mut gaps = Gaps::default();
            self.assessment.look_at_rule(rule, &mut gaps);
            missing.extend(self.assessment.sort_gaps(&gaps, None).0);
            for amount in rule.pays.iter().chain(&rule.amount) {
                let scope = if rule.each_job { Scope::Job(0) } else { Scope::Person };
                missing.extend(
                    self.assessment
                        .amount(*amount, scope, None)
                        .into_iter()
                        .flat_map(|amount| amount.missing),
                );
            }
        }
        let amounts = self.example.expect.get("amounts").and_then(Json::as_object);
        for name in amounts.into_iter().flat_map(Map::keys) {
            for (number, _) in self.amount_numbers(name) {
                missing.extend(
                    self.assessment
                        .amount(number, Scope::Job(0), None)
                        .into_iter()
                        .flat_map(|amount| amount.missing),
                );
            }
        }
        let found: Vec<String> = missing.into_iter().map(|missing| missing.fact.to_string()).collect();
        each_among(self.out, self.example, "ask", wanted, &found);
        if wanted.as_array().is_some_and(Vec::is_empty) && !found.is_empty() {
            self.out.differs("ask", wanted, json!(found));
        }
    }

    fn amount_numbers(&self, name: &str) -> Vec<(AmountId, Option<String>)> {
        let (file, id) = split(self.example, name);
        let Some(number) = self.book.file_number(file) else {
            return Vec::new();
        };
        let amounts = AmountId::of_each(&self.book.amounts);
        let option = |option: OptionId| {
            let membership = self.book.file(number)?.memberships.get(usize::from(option))?;
            Some(membership.option.to_string())
        };
        amounts
            .filter(|(_, amount)| amount.file == number && amount.id == id)
            .map(|(index, amount)| (index, amount.option.and_then(option)))
            .collect()
    }

    fn amounts(&mut self, wanted: &Json) {
        let Json::Object(wanted) = wanted else {
            // The amounts of the scheme as the decision lists them.
            return self.of_decision("amounts", wanted);
        };
        self.out.name_filled("amounts", "id");
        self.out.name_filled("amounts", "value");
        for (name, wanted) in wanted {
            let numbers = self.amount_numbers(name);
            if numbers.is_empty() {
                let known = self.book.amounts.iter().map(|amount| amount.id.as_str());
                self.out.unknown("amounts", name, known);
            }
            let options: Vec<String> = numbers.iter().filter_map(|(_, option)| option.clone()).collect();
            let by_option = wanted
                .as_object()
                .filter(|map| !options.is_empty() && map.keys().any(|key| options.contains(key)));
            if let Some(map) = by_option {
                for key in map.keys().filter(|key| !options.contains(*key)) {
                    self.out.unknown(format!("amounts.{name}"), key, options.iter().map(String::as_str));
                }
            }
            for (number, option) in numbers {
                let wanted = match by_option {
                    Some(by_option) => match option.as_ref().and_then(|option| by_option.get(option)) {
                        Some(wanted) => wanted,
                        None => continue,
                    },
                    None => wanted,
                };
                let found = self.assessment.amount(number, Scope::Job(0), None);
                let found = found.map_or(Json::Null, |amount| json!(amount));
                let key = match &option {
                    Some(option) => format!("amounts.{name}.{option}"),
                    None => format!("amounts.{name}"),
                };
                let value = ["between", "disputed"].iter().any(|key| wanted.get(key).is_some()) || !wanted.is_object();
                let none = Json::Null;
                if value {
                    self.out
                        .field(&key, "value", found.get("value").unwrap_or(&none), wanted, &self.example.file);
                } else {
                    self.out.field(&key, "amounts", &found, wanted, &self.example.file);
                }
            }
        }
    }

    fn last_day(&mut self, key: &str, wanted: &Json) {
        let own: Vec<String> = self.own_schemes().iter().map(|scheme| scheme.id.to_string()).collect();
        let decision = self.decision().clone();
        let all = decision.get("schemes").and_then(Json::as_array);
        let found: Vec<&Json> = all
            .into_iter()
            .flatten()
            .filter(|scheme| scheme.get("scheme").is_some_and(|id| own.iter().any(|own| id == own.as_str())))
            .filter_map(|scheme| scheme.get(key))
            .collect();
        let some: Vec<&&Json> = found.iter().filter(|day| !day.is_null()).collect();
        self.out.name("schemes", key, some.first().map_or(&Json::Null, |day| **day));
        // One of several options says it; where one alone can, what differs is told of that one.
        let [one] = some.as_slice() else {
            let mut fits = found.is_empty();
            for day in &found {
                let mut apart = Comparison::default();
                apart.field(key, key, day, wanted, &self.example.file);
                fits = fits || apart.misses.is_empty();
                self.out.named.append(&mut apart.named);
            }
            if !fits {
                self.out.differs(key, wanted, json!(some));
            }
            return;
        };
        self.out.field(key, key, one, wanted, &self.example.file);
    }

    fn periods(&mut self, wanted: &Json) {
        let Some(wanted) = wanted.as_object() else {
            self.out.differs("periods", wanted, json!("a table of periods"));
            return;
        };
        for (name, wanted) in wanted {
            let (file, id) = split(self.example, name);
            let full = format!("{file}.{id}");
            let periods = &self.book.program.periods;
            let number = periods
                .iter()
                .position(|period| period.name == full)
                .and_then(|number| PeriodId::try_from(number).ok());
            let Some(number) = number else {
                let own = periods
                    .iter()
                    .filter_map(|period| period.name.strip_prefix(file)?.strip_prefix('.'));
                self.out.unknown("periods", name, own);
                continue;
            };
            let found = self
                .assessment
                .period(number, Scope::Job(0))
                .map_or(Json::Null, |found| json!(found));
            self.out
                .field(&format!("periods.{name}"), "steps", &found, wanted, &self.example.file);
        }
    }
}

fn names_scheme(key: &str, file: &str, own: &[String]) -> bool {
    own.iter()
        .any(|id| id == key || id.strip_prefix(file).and_then(|rest| rest.strip_prefix('_')) == Some(key))
}

/// Each wanted name is among those that were found.
pub(super) fn each_among(out: &mut Comparison, example: &Example, key: &str, wanted: &Json, found: &[String]) {
    let one = [wanted.clone()];
    for wanted in wanted.as_array().map_or(one.as_slice(), Vec::as_slice) {
        let name = wanted.as_str().unwrap_or_default();
        let full = format!("{}.{name}", example.file);
        if !found.iter().any(|found| found == name || *found == full) {
            out.differs(key, wanted, json!(found));
        }
    }
}
