//! Interviews that every language walks: what is asked follows from what was told, and never from what another language did.

use serde_json::{Value as Json, json};

fn walk(id: &str, about: &str, given: Json, acts: Json, expect: Json) -> Json {
    json!({
        "id": format!("interviews.{id}"), "call": "interview", "on": "2026-11-22",
        "input": { "about": about, "given": given, "acts": acts }, "expect": expect,
    })
}

/// The interviews, each with what it must ask.
pub fn vectors() -> Vec<Json> {
    let job = json!({ "for_wages": true, "under_command": true });
    let mut vectors = vec![
        walk(
            "complaint_of_which_nothing_is_known",
            "complaint",
            json!({}),
            json!([{ "put": "danger", "answer": { "danger_now": false, "can_leave": true } }]),
            json!([
                { "at": ["steps", 0, "question", "id"], "is": "danger" }, { "at": ["steps", 1, "question", "id"], "is": "happened" },
                { "at": ["steps", 1, "enough"], "is": false },
            ]),
        ),
        walk(
            "complaint_of_whoever_cannot_leave",
            "complaint",
            json!({}),
            json!([{ "put": "danger", "answer": { "danger_now": false, "can_leave": false } }]),
            json!([{ "at": ["steps", 1, "question", "id"], "is": "happened" }]),
        ),
        walk(
            "complaint_of_which_the_province_is_told",
            "complaint",
            json!({ "danger_now": false, "can_leave": true, "job": { "province": "10" } }),
            json!([{ "put": "happened", "answer": ["wages_unpaid"] }]),
            json!([
                { "at": ["steps", 0, "question", "id"], "is": "happened" }, { "at": ["facts", "happened", "wages_unpaid"], "is": true },
                { "at": ["facts", "job", "province"], "is": "10" },
                { "at": ["steps", 0, "facts"], "has": { "fact": "job.province", "job": 0, "state": "told" } },
            ]),
        ),
        walk(
            "year_of_birth_and_what_settles_more",
            "sso_33",
            json!({ "birth_date": "1997", "nationality": "thai", "jobs": [job] }),
            json!([]),
            json!([{ "at": ["steps", 0, "facts"], "has": { "fact": "birth_date", "job": null, "state": "told_in_part" } }]),
        ),
        walk(
            "day_of_birth_that_is_not_known_better",
            "everything",
            json!({ "birth_date": "1997" }),
            json!([{ "put": "birth_date", "answer": null }]),
            json!([
                { "at": ["steps", 1, "facts"], "has": { "fact": "birth_date", "job": null, "state": "no_more_known" } },
                { "at": ["facts", "birth_date"], "is": "1997" },
            ]),
        ),
        walk(
            "not_known_is_not_untold",
            "ucs",
            json!({}),
            json!([{ "put": "nationality", "answer": null }, { "put": "birth_date", "answer": "10 พฤษภาคม 2527" }]),
            json!([
                { "at": ["steps", 1, "facts"], "has": { "fact": "nationality", "job": null, "state": "not_known" } },
                { "at": ["steps", 2, "facts"], "has": { "fact": "birth_date", "job": null, "state": "told" } },
            ]),
        ),
        walk(
            "boxes_back_change_and_reopening",
            "ucs",
            json!({}),
            json!([
                { "put": "jobs", "answer": 0 }, { "put": "nationality", "answer": "not_thai" }, { "put": "member", "answer": ["csmbs"] },
                { "reopen": true }, { "change": 1, "answer": "thai" }, { "back": true },
            ]),
            json!([
                { "at": ["steps", 3, "answered"], "is": 3 }, { "at": ["steps", 4, "answered"], "is": 3 }, { "at": ["steps", 6, "answered"], "is": 2 },
                { "at": ["facts"], "is": { "jobs": [], "nationality": "thai" } }, { "at": ["interview", "about"], "is": "ucs" },
            ]),
        ),
        walk(
            "amount_once_the_status_is_decided",
            "sso_33",
            json!({
                "birth_date": "1984-05-10", "nationality": "thai", "has_disability": false, "s33_months": 100, "s33_end_cause": "none",
                "s39_end_cause": "none", "member": {},
                "jobs": [{ "for_wages": true, "under_command": true, "platform": false, "employer": "company", "work": "office",
                    "sector": "services", "all_year": true, "insured_33": true, "started_on": "2015-03-02", "serves_business": true,
                    "casual_or_seasonal": false, "own_student": false, "abroad": false, "not_for_profit": false }],
            }),
            json!([]),
            json!([
                { "at": ["steps", 0, "enough"], "is": true }, { "at": ["steps", 0, "question"], "is": null },
                { "at": ["steps", 0, "more", "id"], "is": "job.monthly_wage@0" }, { "at": ["steps", 0, "more", "adds"], "is": "amount" },
            ]),
        ),
    ];
    for (id, about, acts, error) in [
        ("nothing_of_that_name", "sso33", json!([]), json!({ "nearest": "sso_33" })),
        (
            "no_such_question",
            "ucs",
            json!([{ "put": "membr", "answer": null }]),
            json!({ "nearest": "member" }),
        ),
        (
            "no_such_code",
            "ucs",
            json!([{ "put": "nationality", "answer": "thay" }]),
            json!({ "code": "unknown_code", "field": "nationality", "nearest": "thai" }),
        ),
        (
            "no_such_box",
            "ucs",
            json!([{ "put": "member", "answer": ["csmsb"] }]),
            json!({ "code": "unknown_fact" }),
        ),
    ] {
        vectors.push(json!({
            "id": format!("interviews.{id}"), "call": "interview", "on": "2026-11-22",
            "input": { "about": about, "given": {}, "acts": acts }, "error": error,
        }));
    }
    vectors
}
