//! Facts that cannot be, each refused with its place and what was expected; facts that can, read and shown again.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use sitthi::{Baht, Claim, Date, Error, Job, Law, PartialDate, Rulebook, Worker};

fn law() -> Law {
    Rulebook::built_in().on(Date::parse("2026-11-22").unwrap())
}

fn refused(json: &str) -> Error {
    law().read_worker(json).unwrap_err()
}

#[test]
fn every_bad_worker_is_refused_with_its_place() {
    let cases = [
        (r#"{ "birthdate": "1990-01-01" }"#, "unknown_fact", "birthdate", Some("birth_date")),
        (
            r#"{ "jobs": [{}, { "employr": "company" }] }"#,
            "unknown_fact",
            "jobs[1].employr",
            Some("jobs[1].employer"),
        ),
        (
            r#"{ "jobs": [{ "employer": "compny" }] }"#,
            "unknown_code",
            "jobs[0].employer",
            Some("company"),
        ),
        (r#"{ "member": { "sso_93": true } }"#, "unknown_code", "member", Some("sso_39")),
        (
            r#"{ "paid_months": { "sso_34": { "in_15": 6 } } }"#,
            "unknown_code",
            "paid_months",
            Some("sso_33"),
        ),
        (r#"{ "birth_date": "1990-02-30" }"#, "impossible_value", "birth_date", None),
        (r#"{ "birth_date": "2533-02-03" }"#, "impossible_value", "birth_date", None),
        (r#"{ "birth_date": "29 กุมภาพันธ์ 2562" }"#, "impossible_value", "birth_date", None),
        (r#"{ "birth_date": "3/2/1990" }"#, "impossible_value", "birth_date", None),
        (r#"{ "birth_date": 1990 }"#, "wrong_type", "birth_date", None),
        (
            r#"{ "jobs": [{ "monthly_wage": -1 }] }"#,
            "impossible_value",
            "jobs[0].monthly_wage",
            None,
        ),
        (
            r#"{ "jobs": [{ "monthly_wage": 100.005 }] }"#,
            "impossible_value",
            "jobs[0].monthly_wage",
            None,
        ),
        (r#"{ "jobs": [{ "province": 90 }] }"#, "wrong_type", "jobs[0].province", None),
        (r#"{ "jobs": [{ "province": "99" }] }"#, "unknown_code", "jobs[0].province", None),
        (r#"{ "jobs": {} }"#, "wrong_type", "jobs", None),
        (r#"{ "s33_months": -3 }"#, "impossible_value", "s33_months", None),
        (
            r#"{ "paid_months": { "sso_33": { "in_15": 16 } } }"#,
            "impossible_value",
            "paid_months.sso_33.in_15",
            None,
        ),
        (r#"{ "employed": "yes" }"#, "wrong_type", "employed", None),
        (r#"{ "claim": { "children": 1.5 } }"#, "impossible_value", "claim.children", None),
    ];
    for (json, code, field, nearest) in cases {
        let error = refused(json);
        assert_eq!(error.code().as_str(), code, "{json}: {error}");
        assert_eq!(error.field().as_deref(), Some(field), "{json}: {error}");
        if nearest.is_some() {
            assert_eq!(error.nearest().as_deref(), nearest, "{json}: {error}");
        }
        assert!(error.expected().is_some_and(|expected| !expected.is_empty()), "{json}: {error}");
    }
}

#[test]
fn text_that_is_not_json_names_its_place() {
    let error = refused("{\n  \"birth_date\": }");
    assert_eq!(error.code().as_str(), "not_json");
    assert!(error.to_string().contains("line 2"), "{error}");
}

#[test]
fn what_is_read_is_shown_again() {
    let json = r#"{"birth_date":"1990-03","nationality":"thai","member":{"sso_39":false},"paid_months":{"sso_33":{"in_15":5,"total":40}},"jobs":[{"employer":"company","monthly_wage":"15000.00","province":"90"}],"claim":{"children":2}}"#;
    let worker = law().read_worker(json).unwrap();
    assert_eq!(serde_json::from_str::<serde_json::Value>(json).unwrap(), worker.to_value());
    assert_eq!(Worker::from_value(&worker.to_value()).unwrap(), worker);
}

#[test]
fn null_is_not_known_and_an_empty_list_is_none() {
    let unknown = law()
        .read_worker(r#"{ "jobs": null, "birth_date": null, "member": null }"#)
        .unwrap();
    assert_eq!(unknown, Worker::default());
    assert_eq!(law().read_worker(r#"{ "jobs": [] }"#).unwrap().jobs, Some(Vec::new()));
}

#[test]
fn a_thai_date_is_the_day_it_names() {
    let read = |day: &str| law().read_worker(&format!(r#"{{ "birth_date": "{day}" }}"#)).unwrap();
    for day in ["10/5/2527", "๑๐ พฤษภาคม ๒๕๒๗", "10 พ.ค. 2527"] {
        assert_eq!(read(day), read("1984-05-10"), "{day}");
    }
    assert_eq!(read("พฤษภาคม 2527"), read("1984-05"));
}

#[test]
fn a_struct_literal_is_enough() {
    let worker = Worker {
        birth_date: Some(PartialDate::parse("1984-05-10").unwrap()),
        nationality: Some("thai".into()),
        jobs: Some(vec![Job {
            monthly_wage: Some(Baht::from_whole(12_000).unwrap()),
            ..Job::default()
        }]),
        claim: Claim {
            children: Some(1),
            ..Claim::default()
        },
        ..Worker::default()
    };
    assert_eq!(law().statuses(&worker).unwrap().len(), law().rulebook().schemes().len());
}
