//! Decisions in words: the order, both languages, no codes, and what remains possible after a last day.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::{Value as Json, json};
use sitthi::examples::examples;
use sitthi::explain::{Explain, LineKind, Outline, SectionKind};
use sitthi::rulebook::Sentence;
use sitthi::{Date, ErrorCode, Language, Law, Rulebook, message_th};

fn law(day: &str) -> Law {
    Rulebook::built_in().on(Date::parse(day).unwrap())
}

fn worker(day: &str, facts: &Json) -> (Law, Outline) {
    let law = law(day);
    let coverage = law.assess(&law.read_worker(&facts.to_string()).unwrap()).unwrap();
    let outline = coverage.outline(&law);
    (law, outline)
}

fn complaint(day: &str, facts: &Json) -> Outline {
    let law = law(day);
    law.route(&law.read_complaint(&facts.to_string()).unwrap()).unwrap().outline(&law)
}

/// The order in which a person needs the sections.
const ORDER: [SectionKind; 18] = [
    SectionKind::Danger,
    SectionKind::Call,
    SectionKind::Do,
    SectionKind::Where,
    SectionKind::Bring,
    SectionKind::Kinds,
    SectionKind::Covers,
    SectionKind::Benefits,
    SectionKind::Gap,
    SectionKind::Meets,
    SectionKind::Indicators,
    SectionKind::Total,
    SectionKind::Matter,
    SectionKind::Withhold,
    SectionKind::Ask,
    SectionKind::Reasons,
    SectionKind::NotRead,
    SectionKind::Notes,
];

fn thai(letter: char) -> bool {
    ('\u{e00}'..='\u{e7f}').contains(&letter)
}

/// What is wrong with words that a person reads.
fn spoilt(th: &str, en: &str) -> Option<&'static str> {
    let code = |text: &str| {
        text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
            .any(|word| word.contains('_') && word.chars().any(|letter| letter.is_ascii_lowercase()))
    };
    if th.trim().is_empty() || en.trim().is_empty() {
        Some("has no words in one language")
    } else if [th, en].iter().any(|text| text.contains(['{', '}'])) {
        Some("has a place that nothing fills")
    } else if code(th) || code(en) {
        Some("shows a code")
    } else if !th.chars().any(thai) && th.chars().any(|letter| letter.is_ascii_alphabetic()) {
        Some("has no Thai in its Thai")
    } else if en.chars().any(thai) {
        Some("has Thai in its English")
    } else {
        None
    }
}

fn faults(outline: &Outline) -> Vec<String> {
    let mut faults = Vec::new();
    let places: Vec<usize> = outline
        .sections
        .iter()
        .map(|section| ORDER.iter().position(|kind| *kind == section.section).unwrap())
        .collect();
    if !places.is_sorted() {
        faults.push(format!(
            "the sections stand in the order {:?}",
            outline.sections.iter().map(|one| one.section).collect::<Vec<_>>()
        ));
    }
    let mut check = |th: &str, en: &str| faults.extend(spoilt(th, en).map(|why| format!("`{th}` · `{en}` {why}")));
    check(&outline.th, &outline.en);
    for section in &outline.sections {
        check(&section.th, &section.en);
        section.lines.iter().for_each(|line| check(&line.th, &line.en));
    }
    if outline.sections.iter().any(|section| section.lines.is_empty()) {
        faults.push("a section is empty".to_owned());
    }
    faults
}

/// A decision read back from its JSON is put into the same words.
fn same_from_json(law: &Law, decision: &impl Explain, json: &str) -> Option<String> {
    let read = law.outline_of_json(json).map_err(|error| error.to_string());
    match read {
        Ok(outline) if outline == law.outline(decision) => None,
        Ok(_) => Some("read back from JSON it is put into other words".to_owned()),
        Err(error) => Some(error),
    }
}

#[test]
fn every_example_is_said_in_order_in_both_languages_and_without_codes() {
    let rulebook = Rulebook::built_in();
    let (mut found, mut kinds) = (BTreeMap::new(), BTreeSet::new());
    for example in examples(&common::sources()).unwrap() {
        let mut facts = example.given.clone();
        let Some(day) = facts.remove("today").and_then(|day| Date::parse(day.as_str()?).ok()) else {
            continue;
        };
        let (law, facts) = (rulebook.on(day), Json::Object(facts).to_string());
        let mut add = |outline: Outline, from_json: Option<String>| {
            kinds.extend(
                outline
                    .sections
                    .iter()
                    .flat_map(|section| section.lines.iter().map(|line| format!("{:?}", line.kind))),
            );
            kinds.extend(outline.sections.iter().map(|section| format!("{:?}", section.section)));
            let said = faults(&outline).into_iter().chain(from_json);
            said.for_each(|fault| drop(found.insert(fault, format!("{}.{}", example.file, example.id))));
        };
        if let Ok(worker) = law.read_worker(&facts) {
            let coverage = law.assess(&worker).unwrap();
            add(coverage.outline(&law), same_from_json(&law, &coverage, &coverage.to_json()));
            let classes = law.classify(&worker).unwrap();
            add(classes.outline(&law), same_from_json(&law, &classes, &classes.to_json()));
        }
        if let Ok(complaint) = law.read_complaint(&facts) {
            let routing = law.route(&complaint).unwrap();
            let outline = routing.outline(&law);
            let first = &outline.sections[0];
            if routing.urgency.level == *"u0" {
                assert_eq!(
                    (first.section, &first.lines[0].call),
                    (SectionKind::Danger, &routing.call),
                    "{}",
                    example.id
                );
            } else if let Some(number) = routing.lead.as_ref().and_then(|lead| lead.call.first()) {
                assert_eq!(
                    (first.section, &first.lines[0].call[0]),
                    (SectionKind::Call, number),
                    "{}",
                    example.id
                );
            }
            add(outline, same_from_json(&law, &routing, &routing.to_json()));
        }
    }
    let law = law("2026-11-22");
    for plan in &rulebook.book().plans {
        for year in plan.from_year..=plan.to_year {
            let card = law.score(&plan.id, &json!({ "year": year }).to_string());
            let card = card.unwrap();
            let outline = card.outline(&law);
            kinds.extend(outline.sections.iter().map(|section| format!("{:?}", section.section)));
            let said = faults(&outline).into_iter().chain(same_from_json(&law, &card, &card.to_json()));
            said.for_each(|fault| drop(found.insert(fault, plan.id.clone())));
        }
    }
    assert!(
        found.is_empty(),
        "{} kinds of fault:\n{:#?}",
        found.len(),
        found.iter().take(40).collect::<Vec<_>>()
    );
    let missing: Vec<_> = ORDER
        .iter()
        .map(|kind| format!("{kind:?}"))
        .filter(|kind| !kinds.contains(kind))
        .collect();
    assert!(missing.is_empty(), "no example shows the sections {missing:?}");
}

#[test]
fn a_late_claim_says_what_remains_possible() {
    // The two years of section 56 end on 20 November 2026.
    let facts = json!({
        "nationality": "thai", "birth_date": "1984-05-10", "jobs": [], "member": { "sso_39": true }, "s39_unpaid_in_a_row": 0,
        "s39_paid_in_12": 12, "claim": { "arose_on": "2024-11-20" },
    });
    let (law, outline) = worker("2026-11-22", &facts);
    let to_do = outline.sections.iter().find(|section| section.section == SectionKind::Do).unwrap();
    let late: Vec<usize> = (0..to_do.lines.len())
        .filter(|place| to_do.lines[*place].kind == LineKind::Day)
        .collect();
    assert!(!late.is_empty());
    for place in late {
        assert_eq!(to_do.lines[place].day, Some(Date::parse("2026-11-20").unwrap()));
        let after = &to_do.lines[place + 1];
        assert!(
            after.level == 1 && after.th.contains("แจ้งเหตุผล") && after.en.contains("with the reasons"),
            "{after:?}"
        );
    }
    let text = law.text(&outline, Language::Thai);
    assert!(text.contains("พ้นวันสุดท้าย (20 พฤศจิกายน 2569)") && !text.contains("is over") && !text.contains("2026-11-20"));
}

#[test]
fn a_day_that_has_passed_is_said_with_its_extension() {
    let facts = json!({
        "birth_date": "1985-02-01", "s33_end_cause": "job_ended", "s33_ended_on": "2026-01-15", "s33_months": 12, "s39_end_cause": "none",
        "jobs": [], "member": { "sso_39": false },
    });
    let (law, outline) = worker("2026-07-16", &facts);
    let text = law.text(&outline, Language::English);
    let place = |part: &str| text.find(part).unwrap_or_else(|| panic!("no `{part}` in {text}"));
    let (passed, extended) = (
        place("The last day (15 July 2026) has passed."),
        place("may be extended for necessity"),
    );
    assert!(passed < extended && extended < place("What covers you"));
    assert!(!text.contains("no longer possible"));
}

#[test]
fn danger_comes_before_everything_and_the_lead_first_where_there_is_none() {
    let danger = complaint("2026-11-22", &json!({ "danger_now": true, "happened": { "wages_unpaid": true } }));
    assert_eq!(danger.sections[0].section, SectionKind::Danger);
    assert_eq!(danger.sections[0].lines[0].call[0], *"191");
    assert!(danger.sections[0].lines[1].th.contains("อยู่ที่ไหน"));
    let calm = complaint(
        "2026-11-22",
        &json!({ "happened": { "wages_unpaid": true }, "danger_now": false, "can_leave": true }),
    );
    assert_eq!(
        (calm.sections[0].section, calm.sections[0].lines[0].call[0].as_str()),
        (SectionKind::Call, "1506")
    );
    let order: Vec<SectionKind> = calm.sections.iter().map(|section| section.section).collect();
    assert_eq!(
        order[..4],
        [SectionKind::Call, SectionKind::Do, SectionKind::Where, SectionKind::Bring]
    );
}

#[test]
fn what_does_not_bind_the_person_is_no_question_to_them() {
    let outline = complaint(
        "2026-11-22",
        &json!({ "happened": { "wages_unpaid": true }, "danger_now": false, "can_leave": true }),
    );
    let to_do = outline.sections.iter().find(|section| section.section == SectionKind::Do).unwrap();
    let others = to_do.lines.iter().position(|line| line.en.contains("(authority)")).unwrap();
    assert!(
        to_do.lines[others..].iter().all(|line| !line.en.contains("cannot be counted")),
        "{:#?}",
        to_do.lines
    );
    // The two years of Civil and Commercial Code section 193/34 (9) are the worker's.
    let own = to_do.lines[..others]
        .iter()
        .find(|line| line.en.ends_with("within 2 years"))
        .unwrap();
    assert!(own.th.ends_with("ภายใน 2 ปี"), "{own:?}");
}

#[test]
fn every_sentence_of_the_vocabulary_is_shown_somewhere() {
    let book = Rulebook::built_in();
    let held: BTreeSet<&str> = book.book().sentences.iter().map(|(id, _)| id.as_str()).collect();
    let named: BTreeSet<&str> = Sentence::EVERY.iter().map(|sentence| sentence.id()).collect();
    assert_eq!(held, named, "the vocabulary and the engine name other sentences");

    let mut code = String::new();
    fn read(folder: &Path, code: &mut String) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                read(&path, code);
            } else if !path.ends_with("rulebook/sentences.rs") {
                code.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut code);
    let used: BTreeSet<&str> = code
        .split("Sentence::")
        .skip(1)
        .filter_map(|rest| rest.split(|letter: char| !letter.is_ascii_alphanumeric()).next())
        .collect();
    let unused: Vec<String> = Sentence::EVERY
        .iter()
        .map(|one| format!("{one:?}"))
        .filter(|name| !used.contains(name.as_str()))
        .collect();
    assert!(unused.is_empty(), "nothing shows {unused:?}");
}

#[test]
fn every_code_has_a_label_in_both_languages() {
    let law = law("2026-11-22");
    for list in law.code_lists() {
        for label in law.codes(&list).unwrap() {
            assert!(!label.th.is_empty() && !label.en.is_empty(), "{list}.{}", label.code);
            assert!(
                !label.th.contains('_') && !label.en.contains('_'),
                "{list}.{} has no label",
                label.code
            );
        }
    }
    let fact_lists: BTreeSet<&str> = law.book().program.layout.lists.iter().map(|list| list.id.as_str()).collect();
    assert!(fact_lists.contains("employer") && law.codes("employer").unwrap()[0].en.contains("company"));
    // Closed sets of scorecards are named here as their types name them.
    let source = include_str!("../src/plan/scorecard.rs");
    for (set, list) in [
        ("RowStatus", "indicator_status"),
        ("Because", "because"),
        ("Direction", "direction"),
    ] {
        let (_, rest) = source.split_once(&format!("pub enum {set} {{")).unwrap();
        let (body, _) = rest.split_once("\n}").unwrap();
        let variants = body
            .lines()
            .filter_map(|line| line.trim().strip_suffix(','))
            .filter(|line| !line.starts_with("//"));
        let snake = |name: &str| {
            let mut code = String::new();
            for letter in name.chars() {
                if letter.is_ascii_uppercase() && !code.is_empty() {
                    code.push('_');
                }
                code.push(letter.to_ascii_lowercase());
            }
            code
        };
        let named: BTreeSet<String> = variants.map(snake).collect();
        let held: BTreeSet<String> = law.codes(list).unwrap().iter().map(|label| label.code.to_string()).collect();
        assert_eq!(named, held, "{set} and the list `{list}`");
    }
    for unit in law
        .book()
        .plans
        .iter()
        .flat_map(|plan| &plan.indicators)
        .map(|indicator| &indicator.unit)
    {
        assert!(
            law.codes("unit").unwrap().iter().any(|label| label.code == **unit),
            "the unit `{unit}` has no label"
        );
    }
}

#[test]
fn places_agencies_and_titles_have_their_words() {
    let law = law("2026-11-22");
    let provinces = law.provinces();
    assert_eq!(
        (provinces.len(), provinces[0].code.as_str(), provinces[0].en.as_str()),
        (77, "10", "Bangkok")
    );
    let districts: usize = provinces.iter().map(|province| law.districts(&province.code).unwrap().len()).sum();
    assert_eq!((districts, law.districts("10").unwrap().len()), (928, 50));
    let error = law.districts("กรุงเทพมหานคร").unwrap_err();
    assert_eq!((error.code().as_str(), error.nearest().as_deref()), ("unknown_name", Some("10")));
    assert_eq!(law.codes("employr").unwrap_err().nearest().as_deref(), Some("employer"));
    assert!(
        law.agencies()
            .iter()
            .any(|agency| agency.code == "dlpw" && agency.call == ["1506", "1546"])
    );
    assert!(
        law.instruments()
            .iter()
            .any(|one| one.code == "ssa_2533" && one.en.starts_with("Social Security Act"))
    );
    assert!(law.sources().iter().all(|source| !source.title.is_empty()));
    let stripped = Rulebook::open(&law.book().clone().stripped().to_bytes().unwrap())
        .unwrap()
        .on(law.day());
    assert!(stripped.instruments().is_empty() && stripped.sources().is_empty());
    assert_eq!(
        (stripped.provinces(), stripped.districts("56").unwrap()),
        (provinces, law.districts("56").unwrap())
    );
}

#[test]
fn a_rulebook_for_a_page_says_the_same() {
    let whole = law("2026-11-22");
    let stripped = Rulebook::open(&whole.book().clone().stripped().to_bytes().unwrap())
        .unwrap()
        .on(whole.day());
    for facts in [
        json!({}),
        json!({ "happened": { "debt_bondage": true, "wages_unpaid": true }, "received_by": "labour_volunteer" }),
    ] {
        let of = |law: &Law| law.route(&law.read_complaint(&facts.to_string()).unwrap()).unwrap().outline(law);
        assert_eq!(of(&whole).to_json(), of(&stripped).to_json());
    }
    let worker = r#"{ "jobs": [{ "for_wages": true, "platform": true }], "birth_date": "1990" }"#;
    let of = |law: &Law| law.assess(&law.read_worker(worker).unwrap()).unwrap().outline(law);
    assert_eq!(of(&whole).to_json(), of(&stripped).to_json());
    assert!(!stripped.text(&of(&stripped), Language::Both).contains("Sources"));
}

#[test]
fn a_question_carries_its_answers_in_words() {
    let law = law("2026-11-22");
    let ask = |facts: &str| law.next_question(&law.read_worker(facts).unwrap()).unwrap().unwrap();
    let question = ask("{}");
    for (code, label) in question.answers.iter().zip(&question.options) {
        assert_eq!(*code, label.code);
    }
    let routing = law
        .route(&law.read_complaint(r#"{ "happened": { "wages_unpaid": true } }"#).unwrap())
        .unwrap();
    let options: Vec<_> = routing
        .next
        .unwrap()
        .options
        .into_iter()
        .map(|one| (one.code.to_string(), one.th.to_string()))
        .collect();
    assert_eq!(
        options,
        [("true".to_owned(), "ใช่".to_owned()), ("false".to_owned(), "ไม่ใช่".to_owned())]
    );
}

#[test]
fn errors_speak_thai() {
    let law = law("2026-11-22");
    let cases = [
        (r#"{ "birht_date": null }"#, "unknown_fact", "ชื่อที่ใกล้ที่สุดคือ `birth_date`"),
        (
            r#"{ "nationality": "thay" }"#,
            "unknown_code",
            "`thay` ไม่อยู่ในรายการคำตอบของ `nationality`",
        ),
        (r#"{ "perceives_rights": 1 }"#, "wrong_type", "ตัวเลข 1 ต้องเป็นใช่ ไม่ใช่ หรือไม่ทราบ"),
        (
            r#"{ "birth_date": "2019-02-29" }"#,
            "impossible_value",
            "`birth_date` เป็น `2019-02-29` ไม่ได้",
        ),
        ("{", "not_json", "ไม่ใช่ JSON"),
    ];
    for (facts, code, wanted) in cases {
        let error = law.read_worker(facts).unwrap_err();
        assert_eq!(error.code().as_str(), code);
        assert!(error.message_th().contains(wanted), "{}", error.message_th());
        let json: Json = serde_json::from_str(&error.to_json()).unwrap();
        assert_eq!(json["message_th"], error.message_th());
    }
    // Each code that an error has is said by itself.
    let general = message_th(ErrorCode::Frame, Some("x"), None, None, None);
    for code in [
        ErrorCode::UnknownFact,
        ErrorCode::WrongType,
        ErrorCode::UnknownCode,
        ErrorCode::ImpossibleValue,
        ErrorCode::PlanInput,
        ErrorCode::ChangePath,
        ErrorCode::UnknownTable,
        ErrorCode::UnknownColumn,
        ErrorCode::SeveralColumns,
        ErrorCode::ChangeValue,
        ErrorCode::RulebookFull,
    ] {
        assert_ne!(message_th(code, Some("x"), None, None, None), general, "{code}");
    }
    assert_eq!(law.outline_of_json("{}").unwrap_err().code().as_str(), "not_a_decision");
    assert_eq!(
        law.outline_of_json(r#"{ "kind": "coverage" }"#).unwrap_err().code().as_str(),
        "not_a_decision"
    );
    assert_eq!(
        law.outline_of_json(r#"{ "kind": "change" }"#).unwrap_err().code().as_str(),
        "not_a_decision"
    );
}
