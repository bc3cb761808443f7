//! What an assessment says beside the statuses: last days, the next question, whom to ask, and how sure it is.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;
#[allow(dead_code, reason = "only the day and the facts of an example are needed here")]
use std::collections::BTreeSet;

use common::{examples_under, sources};
use serde_json::{Value as Json, json};
use sitthi::coverage::{Benefit, SchemeDecision};
use sitthi::criterion::Confidence;
use sitthi::examples::examples;
use sitthi::law::ClauseValue;
use sitthi::rulebook::Late;
use sitthi::{Coverage, Date, Rulebook, Status};

/// The facts of an example, with others put in.
fn facts(file: &str, id: &str, others: &Json) -> (Date, Json) {
    let example = examples_under(&["schemes/", "definitions/", "complaints/"])
        .into_iter()
        .find(|example| example.file == file && example.id == id)
        .unwrap();
    let (day, mut facts) = common::given(&example);
    for (name, value) in others.as_object().unwrap() {
        facts[name] = value.clone();
    }
    (day, facts)
}

fn assess(on: Date, facts: &Json) -> Coverage {
    let law = Rulebook::built_in().on(on);
    law.assess(&law.read_worker(&facts.to_string()).unwrap()).unwrap()
}

fn of_example(file: &str, id: &str) -> Coverage {
    let (on, facts) = facts(file, id, &json!({}));
    assess(on, &facts)
}

fn scheme<'a>(coverage: &'a Coverage, id: &str) -> &'a SchemeDecision {
    coverage.schemes.iter().find(|scheme| scheme.scheme == id).unwrap()
}

fn benefit<'a>(coverage: &'a Coverage, scheme: &str, rule: &str) -> &'a Benefit {
    let mut benefits = coverage.benefits.iter();
    benefits
        .find(|benefit| benefit.scheme == scheme && benefit.rule == rule)
        .unwrap_or_else(|| panic!("no benefit {scheme}.{rule}"))
}

#[test]
fn who_is_a_day_late_is_told_the_last_day_and_how_it_may_be_extended() {
    let late = of_example("sso_39", "the_day_after_the_window");
    let late = scheme(&late, "sso_39");
    assert_eq!((late.status, &late.until), (Status::NotEligible, &None));
    let end = late.lapsed.as_ref().unwrap();
    let last = Date::parse("2026-07-15").unwrap();
    assert_eq!((end.nominal, end.rolled), (last, Some(last)));
    assert_eq!((end.why.as_str(), end.late), ("notice", Some(Late::No)));
    let extension = end.extension.as_ref().unwrap();
    assert_eq!(
        (extension.by.as_deref(), extension.ask_within.as_deref()),
        (Some("sso"), Some("15 days"))
    );
    assert_eq!(extension.cite, ["ssa_2533/84/1/S1"]);
    assert!(!extension.th.is_empty() && !extension.en.is_empty());

    let running = of_example("sso_39", "last_day_of_the_window");
    let running = scheme(&running, "sso_39");
    assert_eq!((running.status, &running.lapsed), (Status::Eligible, &None));
    assert_eq!(running.until.as_ref().unwrap().extension.as_ref(), Some(extension));
}

#[test]
fn a_day_that_passed_is_no_lapse_where_something_else_bars_too() {
    let (on, facts) = facts("sso_39", "the_day_after_the_window", &json!({ "s33_months": 11 }));
    let coverage = assess(on, &facts);
    let barred = scheme(&coverage, "sso_39");
    assert_eq!((barred.status, &barred.lapsed), (Status::NotEligible, &None));
}

#[test]
fn a_period_that_has_not_begun_has_not_lapsed() {
    let (on, facts) = facts("sso_39", "the_day_after_the_window", &json!({ "s33_ended_on": "2026-07-20" }));
    let coverage = assess(on, &facts);
    let early = scheme(&coverage, "sso_39");
    assert_eq!((early.status, &early.lapsed), (Status::NotEligible, &None));
}

/// A member of option 2 of section 40 who claims for rest: every status is decided, and the benefits hang on facts.
fn resting() -> (Date, Json) {
    let claim = json!({ "claim": { "kind": "sickness", "in_hospital": true, "arose_on": "2026-03-02" }, "paid_months": null, "member": {
        "sso_39": false, "sso_40_1": false, "sso_40_2": true, "sso_40_3": false, "gpf": false, "bma_pension": false, "local_pension": false,
        "private_school_fund": false, "csmbs": false, "local_officer_health": false, "state_enterprise_health": false,
        "public_body_health": false, "political_office_health": false,
    }, "s40_first_paid_on": "2024-02-05" });
    let (_, facts) = facts("sso_39", "not_a_member", &claim);
    (Date::parse("2026-03-20").unwrap(), facts)
}

#[test]
fn once_the_schemes_are_decided_the_claimed_benefits_are_asked_for() {
    let (on, facts) = resting();
    let coverage = assess(on, &facts);
    assert!(
        coverage.schemes.iter().all(|scheme| scheme.missing.is_empty()),
        "{:?}",
        coverage.missing
    );
    let next = coverage.next.unwrap();
    assert_eq!(next.fact, "paid_months.sso_40");
    assert!(
        next.decides.iter().any(|one| one == "sso_40_2.sickness_hospital"),
        "{:?}",
        next.decides
    );
    for benefit in coverage.benefits.iter().filter(|benefit| benefit.scheme == "sso_40_2") {
        let asked = benefit.missing.iter().all(|fact| coverage.missing.contains(fact));
        assert!(asked, "{} {:?}", benefit.rule, benefit.missing);
    }
}

#[test]
fn what_the_schemes_need_is_asked_first() {
    let (on, mut facts) = resting();
    facts["member"]["sso_39"] = Json::Null;
    let coverage = assess(on, &facts);
    let next = coverage.next.as_ref().unwrap();
    let of_schemes: BTreeSet<_> = coverage.schemes.iter().flat_map(|scheme| &scheme.missing).collect();
    assert!(of_schemes.iter().any(|missing| missing.fact == next.fact), "{}", next.fact);
    let (first, then) = coverage.missing.split_at(of_schemes.len());
    assert_eq!(first.iter().collect::<BTreeSet<_>>(), of_schemes);
    assert!(then.iter().any(|missing| missing.fact == "claim.rest_days"), "{then:?}");
}

#[test]
fn who_claims_for_a_birth_is_not_asked_when_treatment_began() {
    let on = Date::parse("2026-03-20").unwrap();
    for day in ["2026-03-02", "2026-03"] {
        let (_, facts) = facts("sso_39", "not_a_member", &json!({ "claim": { "child_born_on": day } }));
        let mut facts = facts;
        facts["jobs"] = json!([]);
        facts["s33_end_cause"] = json!("job_ended");
        facts["s33_ended_on"] = json!("2026-01-15");
        facts["s33_months"] = json!(30);
        let coverage = assess(on, &facts);
        let birth = benefit(&coverage, "sso_33", "maternity");
        let treatment = benefit(&coverage, "sso_33", "sickness");
        assert!(
            birth.missing.iter().all(|fact| coverage.missing.contains(fact)),
            "{:?}",
            birth.missing
        );
        assert!(!birth.missing.is_empty() && treatment.missing.iter().any(|fact| fact.fact == "claim.treated_on"));
        let asked = |name: &str| coverage.missing.iter().any(|fact| fact.fact == name);
        assert!(
            !asked("claim.treated_on") && !asked("claim.unemployed_on"),
            "{:?}",
            coverage.missing
        );
    }
}

#[test]
fn the_next_question_is_that_of_the_assessment() {
    let rulebook = Rulebook::built_in();
    let (mut asked, mut of_claims) = (0, 0);
    for example in examples(&sources()).unwrap_or_else(|faults| panic!("{faults}")) {
        let mut facts = example.given.clone();
        let Some(day) = facts.remove("today").and_then(|day| Date::parse(day.as_str()?).ok()) else {
            continue;
        };
        let law = rulebook.on(day);
        let Ok(worker) = law.read_worker(&Json::Object(facts).to_string()) else {
            continue;
        };
        let coverage = law.assess(&worker).unwrap();
        assert_eq!(
            law.next_question(&worker).unwrap(),
            coverage.next,
            "{}.{}",
            example.file,
            example.id
        );
        assert_eq!(
            coverage.next.is_none(),
            coverage.missing.is_empty(),
            "{}.{}",
            example.file,
            example.id
        );
        asked += usize::from(coverage.next.is_some());
        of_claims += usize::from(coverage.next.is_some() && coverage.schemes.iter().all(|scheme| scheme.missing.is_empty()));
    }
    assert!(asked > 100 && of_claims > 20, "{asked} asked, {of_claims} of claims");
}

#[test]
fn a_doubtful_amount_names_whom_to_ask() {
    let coverage = of_example("sso_cuts", "s39_pattani_february_2026");
    let member = scheme(&coverage, "sso_39");
    assert_eq!((member.status, member.confidence), (Status::Covered, Confidence::High));
    let confirm = member.confirm.as_ref().unwrap();
    assert_eq!((confirm.with.as_str(), confirm.call.as_deref()), ("sso", Some("1506")));

    let settled = of_example("sso_39", "last_day_of_the_window");
    assert_eq!(scheme(&settled, "sso_39").confirm, None);
}

#[test]
fn a_benefit_whose_amount_is_not_read_names_whom_to_ask() {
    let rulebook = Rulebook::built_in();
    let (mut unread, mut read) = (0, 0);
    for example in examples_under(&["schemes/"]) {
        let (day, facts) = common::given(&example);
        let law = rulebook.on(day);
        let coverage = law.assess(&law.read_worker(&facts.to_string()).unwrap()).unwrap();
        for benefit in &coverage.benefits {
            let json = serde_json::to_value(benefit).unwrap();
            let value = &json["amount"]["value"];
            let doubtful = *value == json!("not_read") || value.get("disputed").is_some();
            let decided = json["verdict"] == json!("met") || json["verdict"] == json!("unmet");
            let settled = decided && !doubtful && benefit.confidence == Confidence::High;
            assert_eq!(
                benefit.confirm.is_none(),
                settled,
                "{}.{}: {}.{}",
                example.file,
                example.id,
                benefit.scheme,
                benefit.rule
            );
            unread += usize::from(doubtful);
            read += usize::from(settled);
        }
    }
    assert!(unread > 0 && read > 0, "{unread} unread, {read} settled");
}

#[test]
fn a_dispute_is_as_sure_as_the_weaker_of_its_readings() {
    // The view of the human rights commission on riders binds nobody and is of medium confidence.
    let rider = of_example("sso_33", "rider_disputed");
    let rider = scheme(&rider, "sso_33");
    assert_eq!((rider.status, rider.confidence), (Status::Disputed, Confidence::Medium));
    assert!(rider.confirm.is_some());
}

#[test]
fn a_reason_names_the_number_that_its_clause_hides() {
    let coverage = of_example("sso_40", "aged_62_the_day_before_the_change");
    let option = scheme(&coverage, "sso_40_1");
    let reason = option
        .reasons
        .iter()
        .find(|reason| reason.clause == "sso_40.not_over_max_age")
        .unwrap();
    let cells: Vec<(&str, &str)> = reason.from.iter().map(|cell| (cell.table.as_str(), cell.cell.as_str())).collect();
    assert_eq!(
        (option.status, reason.value, cells),
        (Status::NotEligible, ClauseValue::Unmet, vec![("sso_40.max_age.years", "60 years")])
    );
    // What a clause says without a table has nothing to add.
    assert!(
        coverage
            .schemes
            .iter()
            .flat_map(|scheme| &scheme.reasons)
            .any(|reason| reason.from.is_empty())
    );
}

#[test]
fn who_pays_no_more_is_told_so_and_keeps_care_for_six_months() {
    let lapsed = scheme(&of_example("sso_39", "7_months_unpaid"), "sso_39").clone();
    let clauses: Vec<&str> = lapsed.reasons.iter().map(|reason| reason.clause.as_str()).collect();
    assert_eq!(lapsed.status, Status::NotEligible);
    assert!(clauses.contains(&"sso_39.three_months_unpaid_now"), "{clauses:?}");
    assert!(
        !clauses
            .iter()
            .any(|clause| clause.contains("is_member") || clause.contains("insured")),
        "{clauses:?}"
    );

    let (on, facts) = facts("ucs", "three_months_of_section_39_unpaid", &json!({}));
    let coverage = assess(on, &facts);
    let grace = scheme(&coverage, "sso_39");
    assert_eq!((grace.status, grace.rule.as_deref()), (Status::Covered, Some("grace_unpaid")));
    assert!(grace.reasons.iter().any(|reason| reason.clause == "sso_39.three_months_unpaid_now"));
    assert_eq!(grace.contingencies, ["medical_care", "sickness"]);
    assert_eq!(scheme(&coverage, "ucs").status, Status::NotEligible);
}

#[test]
fn what_stands_for_six_months_is_not_called_insurance() {
    let coverage = of_example("sso_33", "grace_with_every_test");
    let grace = scheme(&coverage, "sso_33");
    assert_eq!(grace.status, Status::Covered);
    assert!(grace.th.contains("หกเดือนหลังออกจากงาน"), "{}", grace.th);
    assert!(grace.en.contains("six months after the end of employment"), "{}", grace.en);
    let coverage = of_example("sso_33", "clerk_insured");
    assert_eq!(scheme(&coverage, "sso_33").en, "insured under section 33");
    let coverage = of_example("ucs", "three_months_of_section_39_unpaid");
    assert!(scheme(&coverage, "sso_39").en.contains("six months after section 39"));
}

#[test]
fn each_option_of_section_40_meets_its_own_contingencies() {
    let of_option = [
        ("sso_40_1", vec!["sickness", "invalidity", "survivors"]),
        ("sso_40_2", vec!["sickness", "invalidity", "survivors", "old_age"]),
        ("sso_40_3", vec!["sickness", "invalidity", "survivors", "old_age", "family"]),
    ];
    for (option, meets) in of_option {
        let (on, mut facts) = facts("ucs", "street_vendor", &json!({ "s40_first_paid_on": "2024-02-05" }));
        facts["member"][option] = json!(true);
        let coverage = assess(on, &facts);
        let shown = scheme(&coverage, option);
        assert_eq!(shown.status, Status::Covered);
        assert_eq!(shown.contingencies, meets);
        for contingency in &coverage.contingencies {
            let met = contingency.met_by.iter().any(|by| by == option);
            assert_eq!(
                met,
                meets.contains(&contingency.contingency.as_str()),
                "{option} {}",
                contingency.contingency
            );
        }
        assert_eq!(coverage.gap.iter().any(|gap| gap == "old_age"), option == "sso_40_1");
    }
}

#[test]
fn a_pension_that_is_due_is_no_gap() {
    let (on, facts) = facts(
        "ucs",
        "street_vendor",
        &json!({ "birth_date": "1966-01-10", "paid_months": { "sso_33": { "total": 200 }, "sso_39": { "total": 0 } } }),
    );
    let coverage = assess(on, &facts);
    assert!(!coverage.gap.iter().any(|gap| gap == "old_age"), "{:?}", coverage.gap);
    let old_age = coverage.contingencies.iter().find(|one| one.contingency == "old_age").unwrap();
    assert_eq!(old_age.met_by, ["sso_33"]);
}

#[test]
fn an_answer_is_as_sure_as_the_branch_that_decided() {
    let vendor = of_example("ucs", "street_vendor");
    let option = scheme(&vendor, "sso_40_1");
    assert_eq!(
        (option.status, option.confidence, &option.confirm),
        (Status::Eligible, Confidence::High, &None)
    );
    let (on, facts) = facts(
        "ucs",
        "street_vendor",
        &json!({ "nationality": "not_thai", "card": "6", "stay": "cabinet_resolution" }),
    );
    let minority = assess(on, &facts);
    let option = scheme(&minority, "sso_40_1");
    assert_eq!((option.status, option.confidence), (Status::Eligible, Confidence::Medium));
    assert!(option.confirm.is_some());
}
