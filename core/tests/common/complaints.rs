//! Holds a law to the examples of complaint and urgency files.

use serde_json::{Value as Json, json};
use sitthi::examples::Example;
use sitthi::law::{Assessment, RunningPeriod, Verdict};
use sitthi::routing::{Office, Routing};
use sitthi::{Complaint, Date, Law, Rulebook};

/// Runs one example; what does not hold comes back.
pub fn run(rulebook: &Rulebook, example: &Example) -> Vec<String> {
    let mut facts = example.given.clone();
    let today = facts.remove("today").unwrap_or_else(|| panic!("{} gives no day", example.id));
    let law = rulebook.on(Date::parse(today.as_str().unwrap()).unwrap());
    let complaint = match Complaint::from_value(&Json::Object(facts)) {
        Ok(complaint) => complaint,
        Err(error) => return vec![error.to_string()],
    };
    match law.route(&complaint) {
        Ok(routing) if routing.call.is_empty() => vec!["nobody to call".to_owned()],
        Ok(routing) => check(&law, &complaint, &routing, &example.file, &example.expect),
        Err(error) => vec![error.to_string()],
    }
}

fn office(office: Option<&Office>) -> Json {
    office.map_or(Json::Null, |office| serde_json::to_value(office).unwrap())
}

/// Whether every key that is wanted stands so in what was found.
fn within(found: &Json, wanted: &Json) -> bool {
    wanted
        .as_object()
        .unwrap()
        .iter()
        .all(|(key, wanted)| found.get(key).unwrap_or(&Json::Null) == wanted)
}

fn check(law: &Law, complaint: &Complaint, routing: &Routing, file: &str, expect: &serde_json::Map<String, Json>) -> Vec<String> {
    let mut failures = Vec::new();
    let subject = law.subject(complaint).unwrap();
    for (key, wanted) in expect {
        let found = match key.as_str() {
            "kinds" => json!(routing.kinds.iter().map(|kind| &kind.kind).collect::<Vec<_>>()),
            "lead" => json!(
                routing
                    .lead
                    .as_ref()
                    .map(|lead| if lead.certain { lead.agency.as_str() } else { "undetermined" })
            ),
            "urgency" => json!(routing.urgency.level),
            "copies" => json!(routing.copies.iter().map(|copy| &copy.agency).collect::<Vec<_>>()),
            "joint" => json!(routing.joint.iter().map(|one| &one.agency).collect::<Vec<_>>()),
            "withheld" => {
                let first = routing.kinds.first().map(|kind| kind.kind.as_str());
                let files = || law.book().files.iter();
                let own = first
                    .and_then(|id| {
                        files()
                            .find(|file| file.id == id)
                            .or_else(|| files().find(|file| file.id == "urgency"))
                    })
                    .map_or(Vec::new(), |file| file.no_share.iter().map(|kept| kept.id.clone()).collect());
                json!(
                    routing
                        .withhold
                        .iter()
                        .filter(|kept| !kept.lifted && own.contains(&kept.id))
                        .map(|kept| &kept.id)
                        .collect::<Vec<_>>()
                )
            }
            "call" => json!(routing.call),
            "forms" => json!(routing.forms.iter().map(|form| &form.form).collect::<Vec<_>>()),
            "office" => {
                let found = office(routing.lead.as_ref().and_then(|lead| lead.office.as_ref()));
                if !within(&found, wanted) {
                    failures.push(format!("office: {found}, expected {wanted}"));
                }
                continue;
            }
            "ask" => {
                for fact in wanted.as_array().unwrap() {
                    if !routing.missing.iter().any(|missing| Some(missing.fact.as_str()) == fact.as_str()) {
                        failures.push(format!("ask: {fact} is not among the missing"));
                    }
                }
                continue;
            }
            "periods" => {
                let leads = routing.kinds.first().is_some_and(|kind| kind.kind == file);
                let other = routing.others.iter().find(|matter| matter.kind == file).map(|matter| &matter.steps);
                let own = leads.then_some(&routing.steps);
                let Some(steps) = own.or(other) else {
                    failures.push(format!("periods of `{file}`, which does not arise"));
                    continue;
                };
                for (id, wanted) in wanted.as_object().unwrap() {
                    let name = format!("{file}.{id}");
                    assert!(
                        law.book().program.periods.iter().any(|period| period.name == name),
                        "no period {name}"
                    );
                    // What being late means is shown with the period; it has come about where the last day is past.
                    let shown = steps.iter().find(|step| step.id == *id);
                    let past = |step: &RunningPeriod| step.rolled.or(step.nominal).is_some_and(|last| law.day() > last);
                    let found = shown.map_or(
                        json!("none"),
                        |step| json!({ "nominal": step.nominal, "rolled": step.rolled, "late": step.late.as_ref().filter(|_| past(step)) }),
                    );
                    let fits = match wanted {
                        Json::Object(_) => found.is_object() && within(&found, wanted),
                        word => *word == found,
                    };
                    if !fits {
                        failures.push(format!("period {id}: {found}, expected {wanted}"));
                    }
                }
                continue;
            }
            "because" | "path" | "may_rise" => continue,
            rule => {
                let (file, id) = rule.split_once('.').unwrap_or((file, rule));
                let number = law.book().file_number(file);
                let found = law.book().rules.iter().find(|rule| Some(rule.file) == number && rule.id == id);
                let Some(found) = found else {
                    failures.push(format!("there is no rule `{rule}`"));
                    continue;
                };
                match Assessment::new(law, &subject).rule_verdict(found) {
                    Verdict::Met => json!("met"),
                    Verdict::Unmet => json!("unmet"),
                    Verdict::Undetermined => json!("undetermined"),
                    Verdict::Disputed => json!("disputed"),
                }
            }
        };
        // An uncertain lead is named all the same.
        let named = key == "lead" && json!(routing.lead.as_ref().map(|lead| &lead.agency)) == *wanted;
        if found != *wanted && !named {
            failures.push(format!("{key}: {found}, expected {wanted}"));
        }
    }
    failures
}
