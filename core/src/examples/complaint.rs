//! What an example of a complaint or of urgency expects of a routing.

use serde_json::{Value as Json, json};

use super::Example;
use super::expect::Comparison;
use super::worker::{each_among, rules_of, word};
use crate::facts::Subject;
use crate::law::{Assessment, Law};
use crate::rulebook::FileKind;

/// What an example may name beside rules and the fields of the routing.
pub(super) const KEYS: [&str; 6] = ["because", "ask", "periods", "withheld", "office", "decision"];

struct Asking<'a, 'o> {
    law: &'a Law,
    example: &'a Example,
    subject: &'a Subject,
    assessment: Assessment<'a>,
    routing: Option<Json>,
    out: &'o mut Comparison,
}

/// Compares the routing of a complaint with what is expected.
pub(super) fn compare(law: &Law, example: &Example, subject: &Subject, first: bool, out: &mut Comparison) {
    let mut asking = Asking {
        law,
        example,
        subject,
        assessment: Assessment::new(law, subject),
        routing: None,
        out,
    };
    let (rules, whole): (Vec<_>, Vec<_>) = example.expect.iter().partition(|(key, _)| asking.is_rule(key));
    for (key, wanted) in rules.into_iter().chain(whole) {
        asking.key(key, wanted);
        if first && !asking.out.misses.is_empty() {
            return;
        }
    }
    // There is always somebody to call, whatever an example says of it.
    if !first || asking.routing.is_some() {
        let call = asking.routing().get("call").cloned().unwrap_or_default();
        if call.as_array().is_none_or(Vec::is_empty) {
            asking.out.differs("call", &json!("somebody to call"), call);
        }
    }
}

impl Asking<'_, '_> {
    fn is_rule(&self, key: &str) -> bool {
        !rules_of(self.law.book(), self.example, key).is_empty()
    }

    fn routing(&mut self) -> &Json {
        let (law, subject) = (self.law, self.subject);
        self.routing.get_or_insert_with(|| json!(law.subject_routing(subject)))
    }

    fn key(&mut self, key: &str, wanted: &Json) {
        if self.is_rule(key) {
            return self.rule(key, wanted);
        }
        let routing = self.routing().clone();
        let file = self.example.file.as_str();
        let none = Json::Null;
        let of = |name: &str| routing.get(name).unwrap_or(&none);
        match key {
            "decision" => self.out.field(key, "routing", &routing, wanted, file),
            "ask" => {
                self.out.name_filled("missing", "fact");
                each_among(self.out, self.example, key, wanted, &names(of("missing"), "fact"));
            }
            "because" => {
                self.out.name_filled("reasons", "clause");
                let of_lead = of("lead").get("reasons").unwrap_or(&none);
                let of_urgency = of("urgency").get("reasons").unwrap_or(&none);
                let found: Vec<String> = [of_lead, of_urgency]
                    .into_iter()
                    .flat_map(|reasons| names(reasons, "clause"))
                    .collect();
                each_among(self.out, self.example, key, wanted, &found);
            }
            "withheld" => self.withheld(&routing, wanted),
            "office" => {
                let office = of("lead").get("office").unwrap_or(&none);
                self.out.name("lead", "office", office);
                self.out.field(key, key, office, wanted, file);
            }
            "periods" => self.periods(&routing, wanted),
            "lead" if wanted == "undetermined" => {
                self.out.name_filled("lead", "certain");
                let certain = of("lead").get("certain").unwrap_or(&none);
                if *certain != json!(false) {
                    self.out.differs(key, wanted, of("lead").get("agency").cloned().unwrap_or_default());
                }
            }
            _ => match routing.get(key) {
                Some(found) => {
                    self.out.name("routing", key, found);
                    self.out.field(key, key, found, wanted, file);
                }
                None => {
                    let book = self.law.book();
                    let rules = book
                        .rules
                        .iter()
                        .filter(|rule| book.file(rule.file).is_some_and(|of| of.id == file));
                    let fields = routing.as_object().into_iter().flatten().map(|(key, _)| key.as_str());
                    let known: Vec<&str> = rules.map(|rule| rule.id.as_str()).chain(fields).chain(KEYS).collect();
                    self.out.unknown("expect", key, known.into_iter());
                }
            },
        }
    }

    fn rule(&mut self, key: &str, wanted: &Json) {
        for rule in rules_of(self.law.book(), self.example, key) {
            let found = word(self.assessment.rule_verdict(rule));
            if wanted != found {
                self.out.differs(key, wanted, json!(found));
            }
        }
    }

    /// What stays withheld of what the leading kind keeps back, and of what every kind does.
    fn withheld(&mut self, routing: &Json, wanted: &Json) {
        self.out.name_filled("withhold", "id");
        self.out.name_filled("withhold", "lifted");
        let first = routing.pointer("/kinds/0/kind").and_then(Json::as_str);
        let files = &self.law.book().files;
        let own: Vec<&str> = files
            .iter()
            .filter(|file| file.kind == FileKind::Urgency || first.is_some_and(|first| file.id == first))
            .flat_map(|file| file.no_share.iter().map(|kept| kept.id.as_str()))
            .collect();
        let kept = routing.get("withhold").and_then(Json::as_array).into_iter().flatten();
        let kept: Vec<&Json> = kept
            .filter(|kept| kept.get("lifted") == Some(&json!(false)))
            .filter_map(|kept| kept.get("id"))
            .filter(|id| id.as_str().is_some_and(|id| own.contains(&id)))
            .collect();
        if json!(kept) != *wanted {
            self.out.differs("withheld", wanted, json!(kept));
        }
    }

    /// The periods of the file of the example, whether it leads or not.
    fn periods(&mut self, routing: &Json, wanted: &Json) {
        let file = self.example.file.as_str();
        let leads = routing.pointer("/kinds/0/kind").is_some_and(|kind| kind == file);
        let others = routing.get("others").and_then(Json::as_array).into_iter().flatten();
        let other = others
            .into_iter()
            .find(|matter| matter.get("kind").is_some_and(|kind| kind == file));
        let steps = if leads { Some(routing) } else { other }.and_then(|matter| matter.get("steps"));
        self.out.name_filled("routing", "steps");
        let (Some(steps), Some(wanted)) = (steps.and_then(Json::as_array), wanted.as_object()) else {
            self.out.differs("periods", wanted, json!(format!("`{file}` does not arise")));
            return;
        };
        let book = self.law.book();
        for (id, wanted) in wanted {
            let known =
                |period: &crate::criterion::Period| period.name.strip_prefix(file).and_then(|rest| rest.strip_prefix('.')) == Some(id);
            if !book.program.periods.iter().any(known) {
                let own = book.program.periods.iter();
                let own = own.filter_map(|period| period.name.strip_prefix(file)?.strip_prefix('.'));
                self.out.unknown("periods", id, own);
                continue;
            }
            let shown = steps.iter().find(|step| step.get("id").is_some_and(|shown| shown == id.as_str()));
            let key = format!("periods.{id}");
            let (Json::Object(wanted), Some(shown)) = (wanted, shown) else {
                self.out.field(&key, "steps", shown.unwrap_or(&Json::Null), wanted, file);
                continue;
            };
            let mut shown = shown.clone();
            // What being late means is shown with the period; it has come about where the last day is past.
            let today = self.law.day().to_string();
            let last = shown.get("rolled").filter(|day| !day.is_null()).or_else(|| shown.get("nominal"));
            if last.and_then(Json::as_str).is_none_or(|last| *last >= *today)
                && let Some(late) = shown.get_mut("late")
            {
                *late = Json::Null;
            }
            self.out.field(&key, "steps", &shown, &Json::Object(wanted.clone()), file);
        }
    }
}

fn names(list: &Json, by: &str) -> Vec<String> {
    let items = list.as_array().into_iter().flatten();
    items.filter_map(|item| Some(item.get(by)?.as_str()?.to_owned())).collect()
}
