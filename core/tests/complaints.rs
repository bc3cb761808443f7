//! Who hears a complaint where the facts are few, the place is not sure, or something must not be shared.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use serde_json::json;
use sitthi::criterion::Confidence;
use sitthi::facts::FactKind;
use sitthi::routing::{Routing, UnresolvedOffice};
use sitthi::rulebook::{FileKind, NoteStatus, OfficeBasis};
use sitthi::{Complaint, Date, Rulebook};

fn route_on(day: &str, facts: &str) -> Routing {
    let law = Rulebook::built_in().on(Date::parse(day).unwrap());
    let complaint: Complaint = law.read_complaint(facts).unwrap();
    law.route(&complaint).unwrap()
}

fn route(facts: &str) -> Routing {
    route_on("2026-11-22", facts)
}

fn kinds(routing: &Routing) -> Vec<&str> {
    routing.kinds.iter().map(|kind| kind.kind.as_str()).collect()
}

fn missing(routing: &Routing) -> Vec<&str> {
    routing.missing.iter().map(|missing| missing.fact.as_str()).collect()
}

fn shut(routing: &Routing) -> Vec<&str> {
    let kept = routing.withhold.iter().filter(|kept| !kept.lifted);
    kept.map(|kept| kept.id.as_str()).collect()
}

#[test]
fn with_nothing_known_there_is_a_number_to_call_and_danger_is_asked_first() {
    let routing = route("{}");
    assert!(routing.kinds.is_empty() && routing.lead.is_none());
    assert_eq!(routing.call, ["1506", "1546"]);
    assert_eq!(routing.urgency.level, "u3");
    assert!(routing.urgency.may_rise && routing.urgency.danger_unknown);
    assert_eq!(missing(&routing)[..2], ["danger_now", "can_leave"]);
    assert_eq!(routing.next.unwrap().fact, "danger_now");
}

#[test]
fn whoever_said_what_happened_is_not_asked_for_all_that_may_have_happened() {
    let of_kind = include_str!("../rulebook/complaints/t07_social_security.toml");
    let mut told = json!({ "happened": { "benefit_refused": true }, "danger_now": false, "can_leave": true, "job": {} });
    for _ in 0..40 {
        let routing = route(&told.to_string());
        assert!(
            missing(&routing).iter().any(|fact| fact.starts_with("happened.")),
            "a worse event still counts"
        );
        let Some(next) = routing.next else { return };
        assert!(
            !next.fact.starts_with("happened.") || of_kind.contains(next.fact.as_str()),
            "{}",
            next.fact
        );
        let answer = match next.kind {
            FactKind::YesNo => json!(false),
            FactKind::Code => json!(next.answers[0]),
            FactKind::Date => json!("2026-11-01"),
            FactKind::Province => json!("10"),
            FactKind::District => json!("1001"),
            _ => json!(1),
        };
        match next.fact.split_once('.') {
            Some((group, fact)) => told[group][fact] = answer,
            None => told[next.fact.as_str()] = answer,
        }
    }
    panic!("the questions never end");
}

#[test]
fn a_known_calm_without_any_kind_still_names_a_number() {
    let routing = route(r#"{ "danger_now": false, "can_leave": true }"#);
    assert_eq!(routing.call, ["1506", "1546"]);
    assert!(!routing.urgency.danger_unknown);
}

#[test]
fn unknown_danger_counts_as_the_kind_says_and_never_lowers() {
    let money = r#"{ "happened": { "wages_unpaid": true } }"#;
    assert_eq!(route(money).urgency.level, "u3");
    assert!(route(money).urgency.may_rise);
    let child = r#"{ "child_affected": true, "happened": { "wages_unpaid": true } }"#;
    assert_eq!(route(child).urgency.level, "u1");
    let half = r#"{ "danger_now": false, "child_affected": true, "happened": { "wages_unpaid": true } }"#;
    assert_eq!(route(half).urgency.level, "u1", "whether the person can leave is not known");
    let calm = r#"{ "danger_now": false, "can_leave": true, "child_affected": true, "happened": { "wages_unpaid": true } }"#;
    assert_eq!(route(calm).urgency.level, "u3");
    let papers = route(r#"{ "happened": { "papers_taken": true } }"#);
    assert_eq!(papers.urgency.level, "u1");
    assert_eq!(papers.call, ["191", "1191", "1300"]);
    assert!(!papers.urgency.reasons.is_empty(), "the signs that set the level are its reasons");
}

#[test]
fn in_danger_the_emergency_lines_stand_alone_and_no_path_delays() {
    let facts = |danger| {
        format!(
            r#"{{ "danger_now": {danger}, "can_leave": true, "received_by": "community_unit", "happened": {{ "wages_unpaid": true }} }}"#
        )
    };
    let (calm, danger) = (route(&facts(false)), route(&facts(true)));
    assert_eq!(danger.call, ["191", "1669"]);
    assert!(danger.path.is_empty() && danger.others.iter().all(|matter| matter.path.is_empty()));
    assert!(!calm.path.is_empty());
    assert_eq!(calm.path[0].from, "community_unit");
    assert!(calm.path[0].may_not.contains(&"decide".into()));
    assert!(
        calm.path.iter().all(|step| step.within.is_none()),
        "no source read gives a time for forwarding"
    );
    let abroad = route(r#"{ "happened": { "confined_abroad": true } }"#);
    assert!(abroad.tell[0].en.contains("embassy"), "what urgency tells comes first");
}

#[test]
fn the_number_of_the_lead_stands_first_and_in_danger_the_police() {
    let facts = |danger: &str| format!(r#"{{ {danger} "happened": {{ "threats": true, "foreign_papers": true }} }}"#);
    let calm = route(&facts(r#""danger_now": false, "can_leave": true,"#));
    assert_eq!(calm.lead.as_ref().unwrap().agency, "atpd");
    assert_eq!(calm.call, ["1191", "191", "1694", "1506", "1546"]);
    assert_eq!(route(&facts(r#""danger_now": true,"#)).call[0], "191");
    let unknown = route(&facts(""));
    assert_eq!(
        unknown.call[..3],
        ["191", "1191", "1300"],
        "the lines of forced labour while danger is unknown"
    );
    let fraud = route(r#"{ "danger_now": false, "can_leave": true, "happened": { "recruitment_fraud": true, "wages_unpaid": true } }"#);
    assert_eq!(fraud.call[0], fraud.lead.unwrap().call[0]);
}

#[test]
fn there_is_always_a_recipient() {
    let fact = |name: &str| format!(r#"{{ "happened": {{ "{name}": true }} }}"#);
    for (facts, lead) in [
        (fact("person_missing"), "police"),
        (fact("suicide_talk"), "dmh"),
        (fact("at_sea"), "dlpw"),
        (fact("assault"), "police"),
        (r#"{ "danger_now": true }"#.to_owned(), "police"),
        (r#"{ "can_leave": false }"#.to_owned(), "police"),
    ] {
        assert_eq!(route(&facts).lead.unwrap().agency, lead, "{facts}");
    }
    // Every single thing that may have happened has somebody who hears it.
    let law = sitthi::Rulebook::built_in();
    let list = law.book().program.layout.lists.iter().find(|list| list.id == "happening").unwrap();
    for code in &list.codes {
        assert!(route(&fact(code)).lead.is_some(), "{code}");
    }
}

#[test]
fn nobody_is_sent_through_a_body_that_is_not_planned() {
    let unit = |district: &str| {
        route(&format!(
            r#"{{ "danger_now": false, "can_leave": true, "received_by": "community_unit", "job": {{ "province": "56", "district": "{district}" }}, "happened": {{ "wages_unpaid": true }} }}"#
        ))
    };
    let said = |routing: &Routing, words: &str| routing.notes.iter().any(|note| note.en.contains(words));
    for without in ["5606", "5609"] {
        let routing = unit(without);
        assert!(routing.path.is_empty() && said(&routing, "has no such body"), "{without}");
        assert_eq!(routing.lead.unwrap().agency, "dlpw");
    }
    let planned = unit("5605");
    let steps: Vec<_> = planned.path.iter().map(|step| (step.from.as_str(), step.to.as_str())).collect();
    assert_eq!(
        steps,
        [("community_unit", "plo"), ("plo", "dlpw")],
        "a unit passes on to whom it may"
    );
    assert!(said(&planned, "was not confirmed"));
    for step in &planned.path {
        let bodies = sitthi::Rulebook::built_in().book().community.clone();
        if let Some(body) = bodies.iter().find(|body| body.id == step.from) {
            assert!(body.forwards_to.contains(&step.to) || body.forwards_to.contains(&"competent_office".into()));
        }
    }
    let elsewhere = route(
        r#"{ "danger_now": false, "can_leave": true, "received_by": "community_unit", "job": { "province": "50", "district": "5001" }, "happened": { "wages_unpaid": true } }"#,
    );
    assert!(
        !elsewhere.path.is_empty() && !said(&elsewhere, "such a body"),
        "no plan was read for other provinces"
    );
}

#[test]
fn an_office_follows_the_first_known_place() {
    let office = |facts: &str| route(facts).lead.unwrap().office.unwrap();
    let calm =
        r#""danger_now": false, "can_leave": true, "reporter": "worker", "may_be_named": true, "happened": { "wages_unpaid": true }"#;
    let work = office(&format!(
        r#"{{ {calm}, "job": {{ "province": "74" }}, "employer_province": "50" }}"#
    ));
    assert_eq!((work.of.as_str(), work.province.as_deref(), work.area), ("dlpw", Some("74"), None));
    assert!(
        work.th.is_some() && work.basis == Some(OfficeBasis::Pattern),
        "a name by pattern says so"
    );
    let home = office(&format!(r#"{{ {calm}, "employer_province": "50" }}"#));
    assert_eq!(home.province.as_deref(), Some("50"));
    let district = office(&format!(r#"{{ {calm}, "job": {{ "district": "5603" }} }}"#));
    assert_eq!(district.province.as_deref(), Some("56"), "a district lies in its province");
    let nowhere = office(&format!("{{ {calm} }}"));
    assert_eq!(
        (nowhere.area.as_deref(), nowhere.why),
        (Some("unresolved"), Some(UnresolvedOffice::NoPlace))
    );
    assert_eq!(nowhere.show, ["1506", "1546"]);
}

#[test]
fn an_office_that_is_not_sure_is_never_named_as_the_one_to_go_to() {
    let bangkok = |happened: &str, district: &str| {
        route(&format!(
            r#"{{ "danger_now": false, "can_leave": true, "job": {{ "province": "10", "district": "{district}" }}, "happened": {{ "{happened}": true }} }}"#
        ))
        .lead
        .unwrap()
        .office
        .unwrap()
    };
    let money = bangkok("wages_unpaid", "1030");
    assert_eq!(
        (money.area.as_deref(), money.why),
        (Some("unresolved"), Some(UnresolvedOffice::NoAreaTable))
    );
    assert!(money.hint.is_none() && money.th.is_none());
    let tip = bangkok("foreigners_working_illegally", "1037");
    assert_eq!(tip.area.as_deref(), Some("unresolved"));
    assert!(tip.th.is_none(), "a hint is not the office");
    let hint = tip.hint.unwrap();
    assert_eq!((hint.area.as_str(), hint.confidence), ("10", Confidence::Medium));
    let court = bangkok("unfair_dismissal", "1030");
    assert_eq!(
        (court.area, court.province.as_deref()),
        (None, Some("10")),
        "one court serves the whole city"
    );
    let north = route(r#"{ "job": { "province": "50" }, "happened": { "unfair_dismissal": true } }"#)
        .lead
        .unwrap()
        .office
        .unwrap();
    assert_eq!(
        (north.en.as_deref(), north.confidence),
        (Some("Labour Court Region 5"), Some(Confidence::Medium)),
        "which court serves the north is inferred"
    );
    let outside = route(r#"{ "job": { "province": "50" }, "happened": { "outside_labour_law": true } }"#);
    assert!(
        outside.lead.unwrap().office.is_none(),
        "an agency without offices has none to look for"
    );
}

#[test]
fn nobody_held_abroad_is_sent_to_an_office_of_a_province() {
    let held = r#"{ "danger_now": true, "job": { "province": "20" }, "happened": { "confined_abroad": true, "papers_taken": true } }"#;
    let routing = route(held);
    let lead = routing.lead.unwrap();
    assert_eq!((lead.agency.as_str(), lead.office), ("atpd", None));
    let told: Vec<_> = routing
        .joint
        .iter()
        .map(|joint| (joint.agency.as_str(), joint.office.is_some()))
        .collect();
    assert_eq!(told, [("embassy", false), ("msdhs", false), ("dlpw", false)]);
    assert_eq!(routing.call, ["191", "1669", "+66 99 130 1300", "1191", "1300"]);
}

#[test]
fn what_must_not_be_shared_opens_only_where_its_condition_is_met() {
    let with = |more: &str| {
        route(&format!(
            r#"{{ "danger_now": false, "can_leave": true{more}, "happened": {{ "papers_taken": true, "wages_unpaid": true }} }}"#
        ))
    };
    let all = [
        "identity",
        "immigration",
        "immigration_to_police",
        "immigration_to_doe_inspection",
        "reporter",
        "child_identity",
        "sensitive",
        "sensitive_to_lead",
        "worker_name",
    ];
    assert_eq!(shut(&with("")), all, "unknown keeps it shut");
    assert_eq!(shut(&with(r#", "share_consent": false"#)), all);
    assert_eq!(
        shut(&with(r#", "share_consent": true"#)),
        all,
        "a general yes names nobody and nothing"
    );
    let express = r#", "child_affected": false, "share_consent": true, "consents": { "immigration_to_police": true }"#;
    let opened = with(express).withhold.into_iter().find(|kept| kept.lifted).unwrap();
    assert_eq!(
        (opened.id.as_str(), opened.from.as_slice()),
        ("immigration_to_police", &["police".into()][..])
    );
    assert_eq!(opened.why, ["agrees_immigration_to_police"]);
    assert!(missing(&with("")).contains(&"share_consent"));
    let in_danger = r#"{ "danger_now": true, "share_consent": true, "happened": { "wages_unpaid": true } }"#;
    assert!(
        shut(&route(in_danger)).contains(&"immigration_to_police"),
        "rescue needs the place, not the status"
    );
    let named = |more: &str| {
        route(&format!(
            r#"{{ "danger_now": false, "may_be_named": true{more}, "happened": {{ "wages_unpaid": true }} }}"#
        ))
    };
    assert!(!shut(&named(r#", "child_affected": false"#)).contains(&"worker_name"));
    assert!(
        shut(&named(r#", "child_affected": true"#)).contains(&"worker_name"),
        "a child is never named"
    );
    let victim = with(r#", "child_affected": false, "may_be_named": true"#);
    assert!(shut(&victim).contains(&"worker_name"), "nor is a victim, whatever else is claimed");
    let identity = with("").withhold.into_iter().find(|kept| kept.id == "reporter").unwrap();
    assert_eq!(identity.from, ["employer"]);
}

#[test]
fn immigration_is_neither_a_recipient_nor_a_number() {
    for facts in [
        r#"{ "happened": { "foreign_papers": true, "deportation_threat": true } }"#,
        r#"{ "happened": { "papers_taken": true, "at_sea": true, "confined_abroad": true, "wages_unpaid": true } }"#,
        r#"{ "happened": { "foreigners_working_illegally": true } }"#,
    ] {
        let routing = route(facts);
        assert!(!routing.to_json().contains("1178"));
        let told = routing.joint.iter().chain(&routing.copies).map(|one| one.agency.as_str());
        assert!(
            told.chain(routing.lead.iter().map(|lead| lead.agency.as_str()))
                .all(|agency| agency != "immigration")
        );
    }
}

#[test]
fn a_victim_is_never_turned_into_a_tip_about_foreigners() {
    let both = route(r#"{ "happened": { "papers_taken": true, "foreigners_working_illegally": true } }"#);
    assert_eq!(kinds(&both), ["t14_forced_labour"]);
}

#[test]
fn several_kinds_stand_whole_beside_each_other() {
    let routing = route(
        r#"{ "danger_now": false, "can_leave": true, "sso_order_notified_on": "2026-10-26", "oldest_pay_due_on": "2026-08-31",
             "happened": { "wages_unpaid": true, "benefit_refused": true, "work_injury": true } }"#,
    );
    // The appeal ends in three days, so it goes before what the order of the rest puts first.
    assert_eq!(kinds(&routing), ["t07_social_security", "t06_work_injury", "t01_money"]);
    assert_eq!(routing.lead.as_ref().unwrap().agency, "sso_appeal");
    assert_eq!(routing.others.len(), 2);
    assert!(!routing.others[0].encoded && routing.others[0].steps.is_empty());
    assert!(routing.others[0].tell.iter().any(|sentence| sentence.en.contains("not encoded")));
    let clock = routing.others[1].steps.iter().find(|step| step.id == "wage_prescription").unwrap();
    assert_eq!(clock.nominal.unwrap().to_string(), "2028-08-31");
}

#[test]
fn a_lead_that_another_fact_can_overturn_is_not_certain() {
    let unsure = route(r#"{ "happened": { "wages_unpaid": true, "order_unpaid": true } }"#)
        .lead
        .unwrap();
    assert_eq!(
        (unsure.agency.as_str(), unsure.certain),
        ("dlpw", false),
        "the order may also be contested"
    );
    let sure = route(r#"{ "happened": { "wages_unpaid": true, "order_unpaid": true, "order_contested": false } }"#)
        .lead
        .unwrap();
    assert_eq!((sure.agency.as_str(), sure.certain), ("dlpw", true));
    let possible = route(r#"{ "happened": { "wages_unpaid": true } }"#);
    let lead = possible.lead.as_ref().unwrap();
    assert_eq!((lead.agency.as_str(), lead.certain), ("dlpw", false));
    assert_eq!(
        possible.forms[0].form, "kr7",
        "what the uncertain lead would need is shown as possible"
    );
}

#[test]
fn the_order_of_what_is_asked_is_danger_lead_place_days_and_the_rest() {
    let routing = route(r#"{ "happened": { "wages_unpaid": true, "order_contested": false, "order_unpaid": false } }"#);
    let asked = missing(&routing);
    let place = |fact: &str| {
        asked
            .iter()
            .position(|known| *known == fact)
            .unwrap_or_else(|| panic!("{fact} is not asked: {asked:?}"))
    };
    let order = [
        "danger_now",
        "can_leave",
        "reporter",
        "job.province",
        "oldest_pay_due_on",
        "share_consent",
        "happened.discrimination",
    ];
    let places: Vec<usize> = order.iter().map(|fact| place(fact)).collect();
    assert!(places.is_sorted(), "{asked:?}");
}

#[test]
fn a_file_that_does_not_answer_for_so_early_a_day_says_so() {
    let routing = route_on(
        "2019-04-05",
        r#"{ "danger_now": false, "can_leave": true, "happened": { "papers_taken": true } }"#,
    );
    assert!(routing.kinds.is_empty() && !routing.call.is_empty());
    let part = &routing.not_read[0];
    assert_eq!((part.part.as_str(), part.what.as_str()), ("t14_forced_labour", "before_since"));
    assert_eq!(part.ask.as_ref().unwrap().call.as_deref(), Some("1191"));
}

#[test]
fn a_last_day_in_a_projected_year_says_so() {
    let facts = r#"{ "filed_on": "2026-11-22", "reporter": "worker", "may_be_named": true, "happened": { "wages_unpaid": true } }"#;
    assert!(route(facts).notes.iter().any(|note| note.en.contains("projected")));
}

#[test]
fn what_nobody_has_read_is_a_remark_for_lawyers_and_no_note_of_a_routing() {
    let law = sitthi::Rulebook::built_in();
    let files = law.book().files.iter().filter(|file| file.kind == FileKind::Complaint);
    let notes: Vec<_> = files.flat_map(|file| &file.notes).collect();
    for note in &notes {
        let says_so = note.words.th.contains("อ่าน") || note.words.en.contains("read");
        assert_eq!(says_so, note.status == NoteStatus::NotRead, "{}", note.id);
    }
    for facts in [
        r#"{ "danger_now": false, "can_leave": false, "happened": { "papers_taken": true } }"#,
        r#"{ "danger_now": false, "happened": { "benefit_refused": true } }"#,
    ] {
        let routing = route(facts);
        let remarks = notes.iter().filter(|note| note.status == NoteStatus::NotRead);
        assert!(!routing.kinds.is_empty() && remarks.clone().count() > 0, "{facts}");
        for remark in remarks {
            assert!(routing.notes.iter().all(|note| note.th != remark.words.th), "{}", remark.id);
        }
    }
    // What the law leaves unsettled is said.
    let unpaid = route(r#"{ "danger_now": false, "happened": { "wages_unpaid": true } }"#);
    assert!(unpaid.notes.iter().any(|note| note.en.contains("sixty days")));
}

#[test]
fn the_same_facts_give_the_same_bytes() {
    let facts = r#"{ "happened": { "wages_unpaid": true, "papers_taken": true, "discrimination": true } }"#;
    assert_eq!(route(facts).to_json(), route(facts).to_json());
    assert!(
        route(facts)
            .to_json()
            .starts_with(r#"{"kind":"routing","on":"2026-11-22","rulebook":"#)
    );
}

/// The text without the sections whose heading begins so.
fn without_sections(text: &str, headings: &[&str]) -> String {
    let mut kept = String::new();
    let mut dropped = false;
    for line in text.lines() {
        if line.starts_with('[') {
            dropped = headings.iter().any(|heading| line.starts_with(heading));
        }
        if !dropped {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

#[test]
fn a_file_that_names_nothing_to_keep_back_keeps_back_what_all_do() {
    let facts = r#"{ "danger_now": false, "can_leave": true, "happened": { "contributions_not_sent": true } }"#;
    let mut sources = common::sources();
    for source in &mut sources {
        match source.path.as_str() {
            "complaints/t07_social_security.toml" => {
                source.text = without_sections(
                    &source.text,
                    &["[no_share.", "[clauses.consents_to_share]", "[clauses.life_at_risk]"],
                );
            }
            "vocabulary/en/t07_social_security.toml" => {
                let text = without_sections(&source.text, &["[no_share]"]);
                let keeps = |line: &&str| !line.starts_with("consents_to_share") && !line.starts_with("life_at_risk");
                source.text = text.lines().filter(keeps).collect::<Vec<_>>().join("\n");
            }
            _ => {}
        }
    }
    let rulebook = Rulebook::from_sources(&sources).unwrap_or_else(|faults| panic!("{faults}"));
    let law = rulebook.on(Date::parse("2026-11-22").unwrap());
    let routing = law.route(&law.read_complaint(facts).unwrap()).unwrap();
    let kept: Vec<_> = routing.withhold.iter().map(|kept| (kept.id.as_str(), kept.lifted)).collect();
    assert_eq!(
        kept,
        [
            ("immigration", false),
            ("immigration_to_police", false),
            ("immigration_to_doe_inspection", false),
            ("reporter", false),
            ("child_identity", false),
            ("sensitive", false),
            ("sensitive_to_lead", false),
        ]
    );
}
