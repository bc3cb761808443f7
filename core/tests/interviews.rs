//! Interviews end, ask nothing twice and presuppose nothing; few screens decide.
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

#[path = "common/people.rs"]
mod people;

use serde_json::{Value as Json, json};
use sitthi::facts::FactKind;
use sitthi::interview::{Adds, FactState};
use sitthi::{Date, Error, Interview, Law, Rulebook, Status};

fn law() -> Law {
    Rulebook::built_in().on(day())
}

fn day() -> Date {
    Date::parse("2026-11-22").unwrap()
}

fn begin(about: &str, facts: &Json) -> Interview {
    law().interview(about, facts).unwrap()
}

/// The facts that are asked one after another where the person knows nothing.
fn asked_of_nobody(mut interview: Interview) -> Vec<String> {
    let mut asked = Vec::new();
    while let Some(question) = { interview.step().question.or(interview.step().more) } {
        asked.extend(question.fields.iter().map(|field| field.fact.to_string()));
        interview.put(&question.id, &json!(null)).unwrap();
        assert!(asked.len() < 500, "it goes on: {asked:?}");
    }
    asked
}

fn screens(about: &str, count: u64, unknown: u64, truth: impl Fn(&Law, u64) -> Json) -> Vec<people::Course> {
    let law = law();
    let courses = (0..count).map(|seed| {
        let interview = law.interview(about, &json!(null)).unwrap();
        let course = people::answered(interview, &truth(&law, seed), seed, unknown).unwrap();
        assert!(course.ended, "{about} {seed} goes on: {:?}", course.asked);
        let mut once = course.asked.clone();
        once.sort();
        once.dedup();
        // A screen may come again for a box that presupposed another; no more than that.
        assert!(course.asked.len() <= once.len() + 2, "{about} {seed} repeats: {:?}", course.asked);
        course
    });
    courses.collect()
}

fn held(mut values: Vec<usize>, median: usize, nine_of_ten: usize, most: usize) {
    let found = (
        people::percentile(&mut values, 50),
        people::percentile(&mut values, 90),
        people::percentile(&mut values, 100),
    );
    assert!(found.0 <= median && found.1 <= nine_of_ten && found.2 <= most, "{found:?}");
}

#[test]
fn every_interview_ends_within_few_screens() {
    for unknown in [0, 10, 30] {
        let courses = screens("everything", 60, unknown, |_, seed| people::person(seed, day()));
        held(courses.iter().map(|course| course.screens).collect(), 9, 13, 18);
    }
}

#[test]
fn one_scheme_takes_few_screens() {
    for (scheme, unknown) in ["sso_33", "sso_39", "sso_40_1", "ucs"]
        .into_iter()
        .flat_map(|scheme| [(scheme, 0), (scheme, 10)])
    {
        let courses = screens(scheme, 100, unknown, |_, seed| people::person(seed, day()));
        held(courses.iter().map(|course| course.screens).collect(), 5, 5, 8);
    }
}

#[test]
fn a_complaint_reaches_its_desk_and_its_days() {
    let courses = screens("complaint", 60, 10, |law, seed| people::complaint(law, seed, day()));
    held(courses.iter().map(|course| course.screens).collect(), 7, 7, 7);
    held(courses.iter().map(|course| course.to_days).collect(), 10, 10, 12);
}

#[test]
fn a_field_that_presupposes_another_of_its_screen_says_so_and_is_not_unknown_where_it_is_not_asked() {
    let mut interview = begin("sso_39", &json!({ "member": { "sso_39": false } }));
    let mut question = interview.step().question.unwrap();
    while question.id != "insured_before" {
        interview.put(&question.id, &json!(null)).unwrap();
        question = interview.step().question.unwrap();
    }
    let field = |name: &str| question.fields.iter().find(|field| field.fact == name).unwrap();
    assert!(field("s33_months").only_if.is_empty());
    let on = &field("s33_end_cause").only_if[0];
    assert_eq!((on.facts[0].as_str(), on.at_least, on.or_not_known), ("s33_months", Some(1), true));
    interview.put("insured_before", &json!({ "s33_months": 0 })).unwrap();
    let step = interview.step();
    assert!(
        step.facts
            .iter()
            .all(|fact| fact.state != FactState::NotKnown || !fact.fact.starts_with("s33_"))
    );
    assert!(step.question.is_none_or(|next| next.id != "insured_before"));
}

#[test]
fn what_an_interview_finds_is_what_its_facts_decide() {
    let law = law();
    for seed in 0..20 {
        let truth = people::person(seed, day());
        let decided = |unknown: u64| {
            let mut interview = law.interview("everything", &json!(null)).unwrap();
            people::answer_all(&mut interview, &truth, seed, unknown).unwrap();
            let undecided = interview.step().undecided;
            let coverage = law.assess(&law.read_worker(&interview.facts().to_string()).unwrap()).unwrap();
            for scheme in &coverage.schemes {
                assert!(
                    scheme.status == Status::Undetermined || !undecided.contains(&scheme.scheme),
                    "{seed} {}",
                    scheme.scheme
                );
            }
            coverage
        };
        let (found, whole) = (decided(10), decided(0));
        for (found, whole) in found.schemes.iter().zip(&whole.schemes) {
            // What was not known may leave a scheme undecided, and decides none otherwise.
            assert!(
                found.status == Status::Undetermined || found.status == whole.status,
                "{seed} {}",
                found.scheme
            );
        }
    }
}

#[test]
fn interviews_of_whoever_knows_nothing_end() {
    for about in ["everything", "complaint", "claim", "sso_33", "sso_39", "sso_40_2", "ucs"] {
        let asked = asked_of_nobody(begin(about, &json!(null)));
        let mut once = asked.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), asked.len(), "{about} asks twice: {asked:?}");
    }
}

#[test]
fn what_is_told_is_not_asked() {
    let facts = json!({ "danger_now": false, "can_leave": true, "job": { "province": "10" } });
    let interview = begin("complaint", &facts);
    let question = interview.step().question.unwrap();
    assert_eq!(question.id, "happened");
    assert!(
        !asked_of_nobody(interview)
            .iter()
            .any(|fact| fact == "job.province" || fact == "danger_now")
    );
    let first = begin("complaint", &json!(null)).step().question.unwrap();
    assert_eq!(first.id, "danger");
    assert_eq!(first.fields.len(), 2);
}

#[test]
fn a_year_of_birth_is_enough_where_something_else_settles_more() {
    let facts = json!({ "birth_date": "1997", "jobs": [{ "for_wages": true, "under_command": true }] });
    let mut interview = begin("sso_33", &facts);
    let mut asked = Vec::new();
    let answers = json!({ "nationality": "thai", "birth_date": null, "has_disability": null, "job.province": null, "job.employer": "company", "job.work": "office", "job.platform": false, "job.started_on": "2015-03-02" });
    while let Some(question) = interview.step().question {
        assert_ne!(question.id, "birth_date", "after {asked:?}");
        let said: serde_json::Map<String, Json> = question
            .fields
            .iter()
            .map(|field| {
                (
                    field.fact.to_string(),
                    answers.get(field.fact.as_str()).cloned().unwrap_or_else(|| match field.kind {
                        FactKind::YesNo => json!(field.fact == "job.all_year"),
                        _ => json!(null),
                    }),
                )
            })
            .collect();
        let said = if said.len() == 1 && said.contains_key(question.id.split('@').next().unwrap()) {
            said.values().next().unwrap().clone()
        } else {
            Json::Object(said)
        };
        asked.extend(question.fields.iter().map(|field| field.fact.to_string()));
        interview.put(&question.id, &said).unwrap();
    }
    assert!(asked.iter().any(|fact| fact == "job.started_on"), "{asked:?}");
    assert!(interview.step().enough);
}

#[test]
fn a_day_told_in_part_is_asked_once_more_and_no_more_can_be_known() {
    // Born in the year in which 60 years at entry are reached: only the day decides.
    let job = json!({ "for_wages": true, "under_command": true, "platform": false, "employer": "company", "work": "office", "sector": "services",
        "serves_business": true, "all_year": true, "casual_or_seasonal": false, "own_student": false, "abroad": false, "not_for_profit": false,
        "insured_33": false, "started_on": "2020-06-01", "main": true });
    let facts = json!({ "nationality": "thai", "birth_date": "1960", "jobs": [job], "insured_before_60": false });
    let mut interview = begin("sso_33", &facts);
    let mut again = 0;
    while let Some(question) = interview.step().question {
        again += usize::from(question.id == "birth_date" && question.again);
        interview.put(&question.id, &json!(null)).unwrap();
    }
    assert_eq!(again, 1);
    let states = interview.step().facts;
    let birth = states.iter().find(|fact| fact.fact == "birth_date").unwrap();
    assert_eq!(birth.state, FactState::NoMoreKnown);
    assert_eq!(interview.facts()["birth_date"], "1960");
}

#[test]
fn a_street_vendor_is_asked_nothing_that_presupposes_a_job_or_an_insurance() {
    let law = law();
    let truth = json!({
        "birth_date": "1984-05-10", "nationality": "thai", "has_disability": false, "s33_months": 0, "member": {},
        "jobs": [{ "for_wages": false, "under_command": false, "platform": false, "employer": "none", "work": "trade", "sector": "trade" }],
    });
    let course = people::answered(law.interview("everything", &json!(null)).unwrap(), &truth, 1, 0).unwrap();
    let asked = &course.asked[..course.screens];
    for never in [
        "s39_end_cause",
        "s33_end_cause",
        "s33_ended_on",
        "s39_ended_on",
        "s40_first_paid_on",
        "job.contract@0",
        "job.school_role@0",
        "stay",
        "card",
    ] {
        assert!(!asked.iter().any(|question| question == never), "{never} in {asked:?}");
    }
    // Who one is and what one does comes before all that one may be a member of.
    let place = |question: &str| asked.iter().position(|one| one == question);
    assert!(
        place("person") < place("member") && place("job_kind@0") < place("member"),
        "{asked:?}"
    );
}

#[test]
fn a_question_says_what_it_needs_and_names_its_choices() {
    let mut interview = begin("everything", &json!(null));
    let mut kinds = 0;
    while let Some(question) = { interview.step().question.or(interview.step().more) } {
        assert!(!question.ask.th.is_empty() && !question.ask.en.is_empty());
        assert!(!question.why.th.is_empty() && !question.why.en.contains('{'), "{}", question.why.en);
        assert!(!question.decides.is_empty());
        for field in &question.fields {
            let chosen = serde_json::to_value(field.kind).unwrap();
            if ["code", "yes_no", "province", "district"].contains(&chosen.as_str().unwrap()) {
                kinds += 1;
                assert!(field.choices.len() > 1, "{} has no choices", field.fact);
                assert!(
                    field.choices.iter().all(|choice| !choice.th.is_empty() && !choice.en.is_empty()),
                    "{}",
                    field.fact
                );
            }
        }
        let answer = if question.id == "jobs" { json!(1) } else { json!(null) };
        interview.put(&question.id, &answer).unwrap();
    }
    assert!(kinds > 5);
}

#[test]
fn amounts_are_offered_once_the_statuses_are_decided() {
    let law = law();
    let truth = json!({
        "birth_date": "1984-05-10", "nationality": "thai", "has_disability": false, "s33_months": 100, "s39_end_cause": "none", "member": {},
        "jobs": [{ "for_wages": true, "under_command": true, "platform": false, "employer": "company", "work": "office", "sector": "services",
            "all_year": true, "insured_33": true, "started_on": "2015-03-02", "serves_business": true, "monthly_wage": 15000 }],
    });
    let mut interview = law.interview("sso_33", &truth).unwrap();
    let step = interview.step();
    assert!(step.enough || step.question.is_some());
    let mut wage = false;
    while let Some(question) = { interview.step().question.or(interview.step().more) } {
        wage |= question.adds == Adds::Amount;
        interview.put(&question.id, &json!(null)).unwrap();
    }
    assert!(interview.step().enough);
    assert!(!wage, "the wage was told");
    let mut without = truth;
    without["jobs"][0].as_object_mut().unwrap().remove("monthly_wage");
    let mut interview = law.interview("sso_33", &without).unwrap();
    while let Some(question) = interview.step().question {
        interview.put(&question.id, &json!(null)).unwrap();
    }
    let more = interview.step().more.unwrap();
    assert_eq!((more.adds, more.id.as_str()), (Adds::Amount, "job.monthly_wage@0"));
}

#[test]
fn answers_are_taken_back_changed_kept_and_refused() {
    let law = law();
    let mut interview = begin("ucs", &json!(null));
    let start = interview.facts();
    let question = interview.step().question.unwrap();
    assert!(question.fields.iter().any(|field| field.fact == "nationality"));
    interview.put("jobs", &json!(0)).unwrap();
    interview.put("birth_date", &json!("1984")).unwrap();
    interview.put("nationality", &json!("not_thai")).unwrap();
    interview.put("member", &json!(["csmbs"])).unwrap();
    assert_eq!(interview.facts()["member"]["csmbs"], true);
    assert!(
        interview.facts()["member"]
            .as_object()
            .unwrap()
            .values()
            .filter(|value| **value == json!(false))
            .count()
            > 3
    );
    interview.change(2, &json!("thai")).unwrap();
    assert_eq!(interview.facts()["nationality"], "thai");
    assert_eq!(interview.facts()["member"]["csmbs"], true);
    let kept = law.resume_interview(&interview.to_json()).unwrap();
    assert_eq!(kept.facts(), interview.facts());
    assert_eq!(kept.step(), interview.step());
    assert_eq!(kept.to_json(), interview.to_json());
    let before = interview.to_json();
    assert!(interview.put("nationality", &json!("thay")).is_err());
    assert!(interview.put("member", &json!({ "csmsb": true })).is_err());
    assert!(interview.put("member", &json!(7)).is_err());
    assert!(matches!(interview.put("membr", &json!(null)), Err(Error::Unknown { nearest: Some(nearest), .. }) if nearest == "member"));
    assert!(interview.change(9, &json!(null)).is_err());
    assert_eq!(interview.to_json(), before);
    while interview.back() {}
    assert_eq!(interview.facts(), start);
    assert!(matches!(law.interview("sso33", &json!(null)), Err(Error::Unknown { nearest: Some(nearest), .. }) if nearest == "sso_33"));
    assert!(law.interview("ucs", &json!([])).is_err());
    for wrong in [
        "[]",
        "{}",
        r#"{ "about": 1 }"#,
        r#"{ "about": "ucs", "answers": [1] }"#,
        r#"{ "about": "ucs", "facts": {} }"#,
    ] {
        assert!(law.resume_interview(wrong).is_err(), "{wrong}");
    }
    // What is told stands in no debug print.
    assert!(!format!("{kept:?}").contains("1984"));
}

#[test]
fn the_jobs_stand_on_the_screen_of_the_person_and_are_told_with_it() {
    let mut interview = begin("everything", &json!(null));
    let question = interview.step().question.unwrap();
    assert_eq!(question.id, "person");
    assert!(question.fields.iter().any(|field| field.kind == FactKind::Jobs));
    interview
        .put("person", &json!({ "jobs": 1, "birth_date": "1984-05-10", "nationality": "thai" }))
        .unwrap();
    assert_eq!(interview.facts()["jobs"], json!([{}]));
    assert_eq!(interview.step().question.unwrap().id, "job_kind@0");
    interview.back();
    interview.put("person", &json!({ "nationality": "thai" })).unwrap();
    let states = interview.step().facts;
    let jobs = states.iter().find(|fact| fact.fact == "jobs").unwrap();
    assert_eq!(jobs.state, FactState::NotKnown);
}

#[test]
fn what_came_after_the_60th_birthday_is_asked_only_of_whoever_may_have_reached_it() {
    let asks = |birth: &str| {
        let facts =
            json!({ "nationality": "thai", "birth_date": birth, "member": {}, "jobs": [{ "for_wages": true, "under_command": true }] });
        let asked = asked_of_nobody(begin("sso_33", &facts));
        asked.iter().any(|fact| fact == "insured_before_60")
    };
    assert!(asks("1966-11-22") && asks("1966") && asks("22/11/2509"));
    assert!(!asks("1966-11-23") && !asks("1967") && !asks("23/11/2509"));
}

#[test]
fn months_paid_are_asked_of_whoever_has_paid_some_and_of_whoever_claims() {
    let asks = |about: &str, told: &Json| asked_of_nobody(begin(about, told)).iter().any(|fact| fact == "paid_months.sso_33");
    let person =
        |months: Json| json!({ "nationality": "thai", "birth_date": "1990-02-01", "s33_months": months, "claim": { "kind": "old_age" } });
    assert!(asks("claim", &person(json!(null))) && asks("claim", &person(json!(200))));
    let insured = |months: Json| json!({ "nationality": "thai", "birth_date": "1990-02-01", "s33_months": months });
    assert!(asks("ucs", &insured(json!(2))));
    assert!(!asks("ucs", &insured(json!(0))) && !asks("ucs", &insured(json!(null))));
}

/// The facts of a claim that an interview about it asks, where the kind is told and nothing else is known.
fn asked_of_claim(kind: &str) -> Vec<String> {
    let told = json!({ "claim": { "kind": kind }, "nationality": "thai", "birth_date": "1970-02-01" });
    let asked = asked_of_nobody(begin("claim", &told));
    asked.into_iter().filter(|fact| fact.starts_with("claim.")).collect()
}

#[test]
fn which_benefit_is_claimed_is_asked_first_and_decides_what_is_asked() {
    let first = begin("claim", &json!(null)).step().question.unwrap();
    assert_eq!(first.fields[0].fact, "claim.kind");
    let choices: Vec<_> = first.fields[0].choices.iter().map(|choice| choice.code.as_str()).collect();
    assert!(choices.contains(&"maternity") && choices.contains(&"old_age"), "{choices:?}");
    let asks = |kind: &str, fact: &str| asked_of_claim(kind).iter().any(|asked| asked == fact);
    assert!(asks("maternity", "claim.gave_birth") && !asks("maternity", "claim.from_work"));
    assert!(asks("sickness", "claim.treated_on") && !asks("sickness", "claim.child_born_on"));
    assert!(asks("unemployment", "claim.left_because") && !asks("unemployment", "claim.treated_on"));
    assert!(!asks("old_age", "claim.from_work") && !asks("child", "claim.gave_birth"));
}
