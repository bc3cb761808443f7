//! Holds a law to the examples of scheme and definition files.

use serde_json::{Map, Value as Json};
use sitthi::coverage::{SchemeDecision, Status, Until};
use sitthi::criterion::Gaps;
use sitthi::examples::Example;
use sitthi::facts::Subject;
use sitthi::law::{AmountValue, Assessment, Verdict};
use sitthi::rulebook::Rule;
use sitthi::values::Text;
use sitthi::{Date, Law, Rulebook, Worker};

/// What an example is checked against.
pub struct Check<'a> {
    law: &'a Law,
    example: &'a Example,
    subject: Subject,
    /// What does not hold.
    pub failures: Vec<String>,
}

/// The day and the facts of an example.
pub fn given(example: &Example) -> (Date, Json) {
    let mut facts = example.given.clone();
    let today = facts
        .remove("today")
        .unwrap_or_else(|| panic!("{} of {} gives no day", example.id, example.file));
    (Date::parse(today.as_str().unwrap()).unwrap(), Json::Object(facts))
}

/// Runs one example; what does not hold comes back.
pub fn run(rulebook: &Rulebook, example: &Example) -> Vec<String> {
    let (day, facts) = given(example);
    let law = rulebook.on(day);
    let worker = match Worker::from_value(&facts) {
        Ok(worker) => worker,
        Err(error) => return vec![error.to_string()],
    };
    let subject = match law.subject(&worker) {
        Ok(subject) => subject,
        Err(error) => return vec![error.to_string()],
    };
    let mut check = Check {
        law: &law,
        example,
        subject,
        failures: Vec::new(),
    };
    check.all(&worker);
    check.failures
}

impl Check<'_> {
    fn fail(&mut self, what: &str, found: impl std::fmt::Display, expected: impl std::fmt::Display) {
        self.failures.push(format!("{what}: {found}, expected {expected}"));
    }

    fn all(&mut self, worker: &Worker) {
        let expect = self.example.expect.clone();
        if expect.is_empty() {
            self.failures.push("expects nothing".to_owned());
        }
        for (key, wanted) in &expect {
            match key.as_str() {
                "status" => self.status(wanted, worker),
                "because" => self.because(&expect, wanted),
                "ask" => self.ask(&expect, wanted, worker),
                "amounts" => self.amounts(wanted.as_object().unwrap()),
                "until" => self.last_day("until", wanted, worker, |scheme| scheme.until.clone()),
                "lapsed" => self.last_day("lapsed", wanted, worker, |scheme| scheme.lapsed.clone()),
                "periods" => self.periods(wanted.as_object().unwrap()),
                "confidence" => {}
                rule => self.rule(rule, wanted),
            }
        }
    }

    fn file(&self, name: &str) -> (String, String) {
        name.split_once('.').map_or_else(
            || (self.example.file.clone(), name.to_owned()),
            |(file, id)| (file.to_owned(), id.to_owned()),
        )
    }

    fn rules(&self, name: &str) -> Vec<Rule> {
        let (file, id) = self.file(name);
        let book = self.law.book();
        let number = book.file_number(&file).unwrap_or_else(|| panic!("no file {file}"));
        book.rules
            .iter()
            .filter(|rule| rule.file == number && rule.id == id)
            .cloned()
            .collect()
    }

    fn rule(&mut self, name: &str, wanted: &Json) {
        let rules = self.rules(name);
        if rules.is_empty() {
            self.failures.push(format!("there is no rule `{name}`"));
        }
        for rule in rules {
            let option = self.option(&rule);
            let wanted = match wanted {
                Json::Object(by_option) => match option.as_ref().and_then(|option| by_option.get(option)) {
                    Some(wanted) => wanted,
                    None => continue,
                },
                wanted => wanted,
            };
            let subject = self.subject.clone();
            let mut assessment = Assessment::new(self.law, &subject);
            let found = verdict(assessment.rule_verdict(&rule));
            if Some(found) != wanted.as_str() {
                self.fail(&format!("{name} {}", option.unwrap_or_default()), found, wanted);
            }
        }
    }

    fn option(&self, rule: &Rule) -> Option<String> {
        let file = self.law.book().file(rule.file)?;
        rule.option
            .map(|option| file.memberships[usize::from(option)].option.to_string())
            .map(|text| text.to_string())
    }

    fn status(&mut self, wanted: &Json, worker: &Worker) {
        let by_scheme: Map<String, Json> = match wanted {
            Json::Object(map) => map.clone(),
            word => self
                .law
                .rulebook()
                .schemes()
                .iter()
                .filter(|scheme| scheme.id.starts_with(&self.example.file))
                .map(|scheme| (scheme.id.to_string(), word.clone()))
                .collect(),
        };
        let statuses = self.law.statuses(worker).unwrap();
        for (scheme, wanted) in by_scheme {
            let id = if scheme.len() == 1 {
                format!("{}_{scheme}", self.example.file)
            } else {
                scheme
            };
            let found = statuses.iter().find(|one| one.scheme == id).map(|one| one.status);
            if found.map(Status::code) != wanted.as_str() {
                self.fail(&format!("status of {id}"), format!("{found:?}"), wanted);
            }
        }
    }

    fn expected_rules(&self, expect: &Map<String, Json>) -> Vec<Rule> {
        let named: Vec<Rule> = expect
            .keys()
            .filter(|key| !KEYS.contains(&key.as_str()))
            .flat_map(|key| self.rules(key))
            .collect();
        if !named.is_empty() {
            return named;
        }
        let book = self.law.book();
        let number = book.file_number(&self.example.file).unwrap();
        book.rules
            .iter()
            .filter(|rule| rule.file == number && rule.gives.is_some())
            .cloned()
            .collect()
    }

    fn because(&mut self, expect: &Map<String, Json>, wanted: &Json) {
        let subject = self.subject.clone();
        let mut assessment = Assessment::new(self.law, &subject);
        let found: Vec<Text> = self
            .expected_rules(expect)
            .into_iter()
            .flat_map(|rule| assessment.reasons(&rule))
            .map(|reason| reason.clause)
            .collect();
        for clause in wanted.as_array().unwrap() {
            let clause = clause.as_str().unwrap();
            let full = if clause.contains('.') {
                clause.to_owned()
            } else {
                format!("{}.{clause}", self.example.file)
            };
            if !found.iter().any(|clause| *clause == full) {
                self.fail("because", found.join(", "), &full);
            }
        }
    }

    fn ask(&mut self, expect: &Map<String, Json>, wanted: &Json, worker: &Worker) {
        let subject = self.subject.clone();
        let mut assessment = Assessment::new(self.law, &subject);
        let mut missing = Vec::new();
        for rule in self.expected_rules(expect) {
            let mut gaps = Gaps::default();
            assessment.look_at_rule(&rule, &mut gaps);
            missing.extend(assessment.sort_gaps(&gaps, None).0);
            for amount in rule.pays.iter().chain(&rule.amount) {
                if let Some(amount) = assessment.amount(*amount, if rule.each_job { Some(0) } else { None }, None) {
                    missing.extend(amount.missing);
                }
            }
        }
        if let Some(amounts) = expect.get("amounts").and_then(Json::as_object) {
            for name in amounts.keys() {
                for (number, _) in self.amount_numbers(name) {
                    missing.extend(
                        assessment
                            .amount(number, Some(0), None)
                            .map_or_else(Vec::new, |amount| amount.missing),
                    );
                }
            }
        }
        let _ = worker;
        for fact in wanted.as_array().unwrap() {
            let fact = fact.as_str().unwrap();
            if !missing.iter().any(|missing| missing.fact == fact) {
                let found: Vec<&str> = missing.iter().map(|missing| missing.fact.as_str()).collect();
                self.fail("ask", found.join(", "), fact);
            }
        }
        if wanted.as_array().is_some_and(Vec::is_empty) && !missing.is_empty() {
            self.fail("ask", format!("{missing:?}"), "nothing");
        }
    }

    fn amount_numbers(&self, name: &str) -> Vec<(u16, Option<String>)> {
        let (file, id) = self.file(name);
        let book = self.law.book();
        let number = book.file_number(&file).unwrap();
        let amounts = (0_u16..)
            .zip(&book.amounts)
            .filter(|(_, amount)| amount.file == number && amount.id == id);
        amounts
            .map(|(index, amount)| {
                (
                    index,
                    amount
                        .option
                        .map(|option| book.files[usize::from(number)].memberships[usize::from(option)].option.to_string()),
                )
            })
            .collect()
    }

    fn amounts(&mut self, wanted: &Map<String, Json>) {
        for (name, wanted) in wanted {
            let numbers = self.amount_numbers(name);
            if numbers.is_empty() {
                self.failures.push(format!("there is no amount `{name}`"));
            }
            for (number, option) in numbers {
                let special = ["between", "disputed"].iter().any(|key| wanted.get(key).is_some());
                let wanted = match wanted {
                    Json::Object(by_option) if !special => match option.as_ref().and_then(|option| by_option.get(option)) {
                        Some(wanted) => wanted,
                        None => continue,
                    },
                    wanted => wanted,
                };
                let subject = self.subject.clone();
                let mut assessment = Assessment::new(self.law, &subject);
                let found = assessment.amount(number, Some(0), None).map(|amount| amount.value);
                let shown = shown(found.as_ref());
                if shown != *wanted {
                    self.fail(&format!("amount {name} {}", option.unwrap_or_default()), shown, wanted);
                }
            }
        }
    }

    fn last_day(&mut self, what: &str, wanted: &Json, worker: &Worker, of: impl Fn(&SchemeDecision) -> Option<Until>) {
        let coverage = self.law.assess(worker).unwrap();
        let named: Vec<_> = coverage
            .schemes
            .iter()
            .filter(|scheme| scheme.scheme.starts_with(&self.example.file))
            .filter_map(of)
            .collect();
        let text = |day: Option<Date>| day.map_or(Json::Null, |day| Json::String(day.to_string()));
        let fits = named.iter().any(|until| {
            let same = |key: &str, day: Option<Date>| wanted.get(key).is_none_or(|wanted| *wanted == text(day));
            same("nominal", Some(until.nominal)) && same("rolled", until.rolled)
        });
        if !fits {
            self.fail(what, format!("{named:?}"), wanted);
        }
    }

    fn periods(&mut self, wanted: &Map<String, Json>) {
        for (name, wanted) in wanted {
            let (file, id) = self.file(name);
            let full = format!("{file}.{id}");
            let position = self.law.book().program.periods.iter().position(|period| period.name == full);
            let Some(number) = position.and_then(|number| u16::try_from(number).ok()) else {
                self.failures.push(format!("there is no period `{full}`"));
                continue;
            };
            let subject = self.subject.clone();
            let mut assessment = Assessment::new(self.law, &subject);
            let found = assessment.period(number, Some(0));
            let text = |day: Option<Date>| day.map_or(Json::Null, |day| Json::String(day.to_string()));
            let fits = found.as_ref().is_some_and(|found| {
                let same = |key: &str, day: Option<Date>| {
                    wanted
                        .get(key)
                        .is_none_or(|wanted| *wanted == text(day) || (wanted.as_str() == Some("null") && day.is_none()))
                };
                same("nominal", found.nominal) && same("rolled", found.rolled)
            });
            if !fits {
                self.fail(
                    &format!("period {name}"),
                    format!("{:?}", found.map(|found| (found.nominal, found.rolled))),
                    wanted,
                );
            }
        }
    }
}

const KEYS: [&str; 8] = ["status", "because", "ask", "amounts", "until", "lapsed", "periods", "confidence"];

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "met",
        Verdict::Unmet => "unmet",
        Verdict::Undetermined => "undetermined",
        Verdict::Disputed => "disputed",
    }
}

fn shown(value: Option<&AmountValue>) -> Json {
    match value {
        None => Json::String("none".to_owned()),
        Some(AmountValue::Baht(text) | AmountValue::Text(text)) => Json::String(text.to_string()),
        Some(AmountValue::Nothing) => Json::String("none".to_owned()),
        Some(AmountValue::NotRead) => Json::String("not_read".to_owned()),
        Some(AmountValue::Between(low, high)) => serde_json::json!({ "between": [low, high] }),
        Some(AmountValue::Disputed(lead, other)) => serde_json::json!({ "disputed": [shown(Some(lead)), shown(Some(other))] }),
    }
}
