//! What differs between two days, and a reform on trial.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use sitthi::criterion::Confidence;
use sitthi::facts::Scope;
use sitthi::law::{Assessment, Verdict};
use sitthi::rulebook::{Change, ChangeError, ChangeKind};
use sitthi::{Date, Rulebook};

fn day(text: &str) -> Date {
    Date::parse(text).expect("a day")
}

fn changes(from: &str, to: &str) -> Vec<Change> {
    Rulebook::built_in().changes(day(from), day(to))
}

/// Whether a street vendor born on that day, in no scheme, may join option 1 of section 40, and how sure that is.
fn may_join(rulebook: &Rulebook, on: &str, born: &str) -> (Verdict, Confidence) {
    let law = rulebook.on(day(on));
    let facts = serde_json::json!({
        "birth_date": born, "nationality": "thai", "perceives_rights": true, "home_province": "10", "s33_end_cause": "none", "s39_end_cause": "none",
        "employed": true,
        "jobs": [{
            "main": true, "for_wages": false, "under_command": false, "platform": false, "employer": "none", "work": "trade", "sector": "services",
            "serves_business": true, "insured_33": false, "province": "10",
        }],
        "member": {
            "sso_39": false, "sso_40_1": false, "sso_40_2": false, "sso_40_3": false, "gpf": false, "bma_pension": false, "local_pension": false,
            "private_school_fund": false, "csmbs": false, "local_officer_health": false, "state_enterprise_health": false,
            "public_body_health": false, "political_office_health": false,
        },
    });
    let worker = law.read_worker(&facts.to_string()).expect("a worker");
    let subject = law.subject(&worker).expect("a subject");
    let mut assessment = Assessment::new(&law, &subject);
    let book = rulebook.book();
    let file = book.file_number("sso_40").expect("section 40");
    let rule = book
        .rules
        .iter()
        .find(|rule| rule.file == file && rule.id == "join" && rule.option.map(usize::from) == Some(0))
        .expect("the rule");
    (assessment.rule_verdict(rule), assessment.confidence(rule.person, Scope::Person))
}

#[test]
fn the_age_limit_of_section_40_rose_on_one_day() {
    let changes = changes("2020-06-23", "2020-06-24");
    let own: Vec<&Change> = changes.iter().filter(|change| change.file == "sso_40").collect();
    let [change] = own.as_slice() else {
        panic!("one change of section 40, not {own:#?}")
    };
    assert_eq!(change.id, "sso_40.max_age.years");
    assert_eq!(change.kind, ChangeKind::Row);
    assert_eq!(change.day, day("2020-06-24"));
    assert_eq!(
        (change.before.as_deref(), change.after.as_deref()),
        (Some("60 years"), Some("65 years"))
    );
    assert_eq!(change.cite, ["rd_s40_qual_2563/S94,S95,S139"]);
    assert!(!change.th.is_empty() && !change.en.is_empty());
}

#[test]
fn the_last_day_counts_and_the_first_does_not() {
    assert!(
        changes("2020-06-24", "2020-06-30")
            .iter()
            .all(|change| change.day > day("2020-06-24"))
    );
    assert!(changes("2020-06-24", "2020-06-24").is_empty());
    assert!(changes("2026-01-01", "2020-01-01").is_empty());
}

#[test]
fn an_overlay_begins_and_ends() {
    let changes = changes("2020-02-29", "2020-06-01");
    let employee: Vec<(String, ChangeKind, Option<&str>, Option<&str>)> = changes
        .iter()
        .filter(|change| change.id == "sso_33.rate.employee")
        .map(|change| {
            (
                change.day.to_string(),
                change.kind,
                change.before.as_deref(),
                change.after.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        employee,
        [
            ("2020-03-01".to_owned(), ChangeKind::TemporaryBegins, Some("5 %"), Some("1 %")),
            ("2020-06-01".to_owned(), ChangeKind::TemporaryEnds, Some("1 %"), Some("5 %")),
        ]
    );
    let provinces = Rulebook::built_in().changes(day("2025-11-30"), day("2026-06-01"));
    let cut: Vec<&Change> = provinces
        .iter()
        .filter(|change| change.id == "sso_39.monthly.contribution" && change.concerns.is_some())
        .collect();
    assert_eq!(cut.len(), 2, "{cut:#?}");
    assert_eq!(cut[0].after.as_deref(), Some("283 baht | 278 baht"));
    assert_eq!(cut[1].kind, ChangeKind::TemporaryEnds);
    assert!(
        cut[0]
            .concerns
            .as_deref()
            .is_some_and(|concerns| concerns.starts_with("home_province in ['80', "))
    );
}

#[test]
fn maternity_leave_changed_on_one_day() {
    let changes = changes("2025-12-06", "2025-12-07");
    assert!(!changes.is_empty());
    assert!(changes.iter().all(|change| change.day == day("2025-12-07")));
}

#[test]
fn everything_is_sorted_and_carries_its_source() {
    let rulebook = Rulebook::built_in();
    let all = rulebook.changes(day("2000-01-01"), day("2040-01-01"));
    assert!(all.len() > 50);
    assert!(all.is_sorted_by(|a, b| (a.day, &a.id) <= (b.day, &b.id)));
    for change in &all {
        assert!(!change.cite.is_empty(), "{change:?}");
        assert!(change.before.is_some() || change.after.is_some(), "{change:?}");
        assert!(rulebook.book().file_number(&change.file).is_some(), "{change:?}");
    }
    let json: serde_json::Value = serde_json::from_str(&rulebook.changes_json(day("2020-06-23"), day("2020-06-24"))).expect("json");
    let limit = json
        .as_array()
        .expect("a list")
        .iter()
        .find(|change| change["id"] == "sso_40.max_age.years")
        .expect("the limit");
    assert_eq!(
        (&limit["kind"], &limit["day"], &limit["after"]),
        (&"row".into(), &"2020-06-24".into(), &"65 years".into())
    );
}

#[test]
fn a_reform_holds_from_its_day() {
    let rulebook = Rulebook::built_in();
    let reform = rulebook
        .with_value("sso_40.max_age", "70", Some(day("2027-01-01")))
        .expect("a reform");
    // 67 years old in 2027.
    let born = "1959-06-15";
    assert_eq!(may_join(&rulebook, "2027-03-01", born).0, Verdict::Unmet);
    assert_eq!(may_join(&reform, "2027-03-01", born).0, Verdict::Met);
    assert_eq!(may_join(&reform, "2027-01-01", born).0, Verdict::Met);
    // What rests on the trial value says so.
    assert_eq!(may_join(&reform, "2027-03-01", born).1, Confidence::Low);
    assert_ne!(may_join(&rulebook, "2027-03-01", "1970-01-01").1, Confidence::Low);
    assert_eq!(may_join(&reform, "2026-12-31", born).0, Verdict::Unmet);
    // The 70th birthday is still inside, the day after is not.
    assert_eq!(may_join(&reform, "2029-06-15", born).0, Verdict::Met);
    assert_eq!(may_join(&reform, "2029-06-16", born).0, Verdict::Unmet);
    let change = reform.changes(day("2026-12-31"), day("2027-01-01"));
    assert_eq!(change[0].cite, ["reform/sso_40.max_age = 70 from 2027-01-01"]);
    assert_eq!(
        (change[0].before.as_deref(), change[0].after.as_deref()),
        (Some("65 years"), Some("70 years"))
    );
    assert!(reform.is_reform() && reform.edition().ends_with("+reform"));
    assert!(!rulebook.is_reform());
}

#[test]
fn without_a_day_every_row_changes() {
    let reform = Rulebook::built_in()
        .with_value("sso_40.max_age.years", "70", None)
        .expect("a reform");
    assert_eq!(may_join(&reform, "2012-01-01", "1945-01-01").0, Verdict::Met);
    assert_eq!(may_join(&reform, "2026-01-01", "1957-01-01").0, Verdict::Met);
    assert!(
        reform
            .changes(day("2020-06-23"), day("2020-06-24"))
            .iter()
            .all(|change| change.file != "sso_40")
    );
    // It is sound and can be carried as data.
    let again = Rulebook::open(&reform.to_bytes().expect("bytes")).expect("a rulebook");
    assert_eq!(again.digest(), reform.digest());
    assert_ne!(reform.digest(), Rulebook::built_in().digest());
    assert_eq!(again.book(), reform.book());
}

#[test]
fn a_day_before_the_first_row_and_overlays_give_way() {
    let early = Rulebook::built_in()
        .with_value("sso_40.max_age", "70", Some(day("2010-01-01")))
        .expect("a reform");
    let changes = early.changes(day("2009-12-31"), day("2010-01-01"));
    assert!(
        changes
            .iter()
            .any(|change| change.id == "sso_40.max_age.years" && change.after.as_deref() == Some("70 years"))
    );
    let cut = Rulebook::built_in()
        .with_value("sso_33.rate.employee", "2.75", Some(day("2020-04-01")))
        .expect("a reform");
    let column = cut
        .book()
        .program
        .columns
        .iter()
        .find(|column| column.name == "sso_33.rate.employee")
        .expect("the column");
    assert!(
        column
            .entries
            .iter()
            .all(|entry| entry.until.is_none_or(|until| until < day("2020-04-01").days()))
    );
    let kinds = cut.changes(day("2020-03-31"), day("2020-04-01"));
    assert!(kinds.iter().any(|change| change.id == "sso_33.rate.employee"
        && change.before.as_deref() == Some("1 %")
        && change.after.as_deref() == Some("2.75 %")));
}

#[test]
fn every_option_or_one() {
    let rulebook = Rulebook::built_in();
    let on = day("2028-01-01");
    let ids = |reform: &Rulebook| {
        reform
            .changes(day("2027-12-31"), on)
            .into_iter()
            .map(|change| change.id)
            .collect::<Vec<_>>()
    };
    let all = rulebook.with_value("sso_40.contribution_rate", "99", Some(on)).expect("all");
    assert_eq!(
        ids(&all),
        [
            "sso_40.contribution_rate.1",
            "sso_40.contribution_rate.2",
            "sso_40.contribution_rate.3"
        ]
    );
    let one = rulebook.with_value("sso_40.contribution_rate.2", "99.50", Some(on)).expect("one");
    assert_eq!(ids(&one), ["sso_40.contribution_rate.2"]);
    let two = one.with_value("sso_40.contribution_rate.1", "none", Some(on)).expect("two");
    assert_eq!(ids(&two).len(), 2);
    assert_eq!(
        two.book()
            .instruments
            .iter()
            .filter(|instrument| instrument.kind == "reform")
            .count(),
        1
    );
}

#[test]
fn wrong_paths_and_values_are_named() {
    let rulebook = Rulebook::built_in();
    let refused = |path: &str, value: &str| rulebook.with_value(path, value, None).expect_err("refused");
    assert!(matches!(refused("sso_40", "70"), ChangeError::Path { .. }));
    assert!(matches!(refused("a.b.c.d", "70"), ChangeError::Path { .. }));
    assert!(
        matches!(refused("sso_40.max_agee", "70"), ChangeError::UnknownTable { nearest: Some(nearest), .. } if nearest == "sso_40.max_age")
    );
    assert!(
        matches!(refused("sso_40.max_age.year", "70"), ChangeError::UnknownColumn { nearest: Some(nearest), .. } if nearest == "years")
    );
    assert!(
        matches!(refused("sso_33.rate", "5"), ChangeError::SeveralColumns { columns, .. } if columns == ["employee", "employer", "state"])
    );
    for value in ["", "seventy", "70.5", "-1", "65 years", "7O", "99999999999999999999"] {
        assert!(matches!(refused("sso_40.max_age", value), ChangeError::Value { .. }), "{value}");
    }
    for value in ["2.75001", "2.", ".5", "1,000"] {
        assert!(
            matches!(refused("sso_33.rate.employee", value), ChangeError::Value { .. }),
            "{value}"
        );
    }
    let error = refused("sso_40.max_age", "seventy").to_string();
    assert_eq!(
        error,
        "`seventy` cannot stand in `sso_40.max_age`, expected whole years such as `65`, `none` or `not_read`"
    );
}
