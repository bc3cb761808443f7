//! Input that cannot be: what each language must refuse, with which code, about what.

use serde_json::{Value as Json, json};

const DAY: &str = "2026-11-22";

fn refused(id: &str, call: &str, input: Json, error: Json) -> Json {
    json!({ "id": format!("errors.{id}"), "call": call, "on": DAY, "input": input, "error": error })
}

fn fact(id: &str, input: Json, code: &str, field: &str) -> Json {
    refused(id, "assess", input, json!({ "code": code, "field": field }))
}

fn of_plan(id: &str, plan: &str, input: Json, error: Json) -> Json {
    let mut vector = refused(id, "score", input, error);
    vector["plan"] = plan.into();
    vector
}

/// The vectors of input that is refused.
pub fn vectors() -> Vec<Json> {
    let mut vectors = vec![
        refused(
            "unknown_fact",
            "assess",
            json!({ "birht_date": null }),
            json!({ "code": "unknown_fact", "field": "birht_date", "nearest": "birth_date" }),
        ),
        refused(
            "unknown_fact_in_classify",
            "classify",
            json!({ "nationalty": "thai" }),
            json!({ "code": "unknown_fact", "field": "nationalty", "nearest": "nationality" }),
        ),
        refused(
            "unknown_fact_in_a_question",
            "next_question",
            json!({ "membr": {} }),
            json!({ "code": "unknown_fact", "field": "membr", "nearest": "member" }),
        ),
        refused(
            "unknown_fact_of_a_job",
            "assess",
            json!({ "jobs": [{ "employr": "company" }] }),
            json!({ "code": "unknown_fact", "field": "jobs[0].employr", "nearest": "jobs[0].employer" }),
        ),
        refused(
            "unknown_code",
            "assess",
            json!({ "nationality": "thay" }),
            json!({ "code": "unknown_code", "field": "nationality", "value": "thay", "nearest": "thai" }),
        ),
        refused(
            "unknown_code_of_a_job",
            "assess",
            json!({ "jobs": [{}, { "employer": "compnay" }] }),
            json!({ "code": "unknown_code", "field": "jobs[1].employer", "nearest": "company" }),
        ),
        refused(
            "unknown_membership",
            "assess",
            json!({ "member": { "sso_40_9": true } }),
            json!({ "code": "unknown_code", "value": "sso_40_9" }),
        ),
        refused(
            "the_29th_of_february_2562",
            "assess",
            json!({ "birth_date": "2019-02-29" }),
            json!({ "code": "impossible_value", "field": "birth_date", "value": "2019-02-29" }),
        ),
        refused(
            "the_29th_of_february_2562_in_thai",
            "assess",
            json!({ "birth_date": "29 กุมภาพันธ์ 2562" }),
            json!({ "code": "impossible_value", "field": "birth_date", "value": "29 กุมภาพันธ์ 2562" }),
        ),
        refused(
            "common_year_given_as_buddhist",
            "assess",
            json!({ "birth_date": "31/1/1990" }),
            json!({ "code": "impossible_value", "field": "birth_date", "value": "31/1/1990" }),
        ),
        refused(
            "buddhist_year_given_as_common",
            "assess",
            json!({ "birth_date": "2533-01-31" }),
            json!({ "code": "impossible_value", "field": "birth_date", "value": "2533-01-31" }),
        ),
        refused(
            "month_13",
            "assess",
            json!({ "birth_date": "1990-13" }),
            json!({ "code": "impossible_value", "field": "birth_date", "value": "1990-13" }),
        ),
        refused(
            "span_the_wrong_way",
            "assess",
            json!({ "birth_date": "1990-03/1990-01" }),
            json!({ "code": "impossible_value", "field": "birth_date" }),
        ),
        fact("date_as_a_number", json!({ "birth_date": 19_900_131 }), "wrong_type", "birth_date"),
        fact(
            "negative_wage",
            json!({ "jobs": [{ "monthly_wage": -1 }] }),
            "impossible_value",
            "jobs[0].monthly_wage",
        ),
        fact(
            "negative_wage_as_text",
            json!({ "jobs": [{ "monthly_wage": "-875.00" }] }),
            "impossible_value",
            "jobs[0].monthly_wage",
        ),
        fact(
            "third_part_of_a_baht",
            json!({ "jobs": [{ "monthly_wage": "0.333" }] }),
            "impossible_value",
            "jobs[0].monthly_wage",
        ),
        fact("negative_count", json!({ "s33_months": -3 }), "impossible_value", "s33_months"),
        fact("half_a_month", json!({ "s33_months": 2.5 }), "impossible_value", "s33_months"),
        fact(
            "sixteen_months_within_15",
            json!({ "paid_months": { "sso_33": { "in_15": 16 } } }),
            "impossible_value",
            "paid_months.sso_33.in_15",
        ),
        fact(
            "yes_as_text",
            json!({ "perceives_rights": "yes" }),
            "wrong_type",
            "perceives_rights",
        ),
        fact("jobs_as_an_object", json!({ "jobs": {} }), "wrong_type", "jobs"),
        fact(
            "no_such_province",
            json!({ "home_province": "09" }),
            "impossible_value",
            "home_province",
        ),
        fact(
            "province_as_a_number",
            json!({ "home_province": 10 }),
            "wrong_type",
            "home_province",
        ),
        refused("not_json", "assess", json!("{ \"birth_date\": "), json!({ "code": "not_json" })),
        refused("a_list", "assess", json!("[]"), json!({ "code": "wrong_type" })),
        refused(
            "unknown_fact_of_a_complaint",
            "route",
            json!({ "hapened": {} }),
            json!({ "code": "unknown_fact", "field": "hapened", "nearest": "happened" }),
        ),
        refused(
            "unknown_happening",
            "route",
            json!({ "happened": { "wage_unpayd": true } }),
            json!({ "code": "unknown_code", "value": "wage_unpayd" }),
        ),
        refused(
            "complaint_on_no_day",
            "route",
            json!({ "filed_on": "2026-04-31" }),
            json!({ "code": "impossible_value", "field": "filed_on", "value": "2026-04-31" }),
        ),
        of_plan(
            "no_such_plan",
            "p2_informl",
            json!({}),
            json!({ "code": "unknown_name", "value": "p2_informl", "expected": "the name of a plan", "nearest": "p2_informal" }),
        ),
        of_plan(
            "plan_input",
            "p2_informal",
            json!({ "targts": {} }),
            json!({ "code": "plan_input", "field": "input", "value": "targts", "nearest": "targets" }),
        ),
        of_plan(
            "target_of_no_indicator",
            "p2_informal",
            json!({ "targets": { "informality_rat": 50 } }),
            json!({
                "code": "plan_input",
                "field": "targets.informality_rat",
                "value": "informality_rat",
                "expected": "an indicator of `p2_informal`",
                "nearest": "informality_rate",
            }),
        ),
        of_plan(
            "share_above_its_whole",
            "p2_informal",
            json!({ "values": { "informality_rate": { "of": 21, "over": 20 } } }),
            json!({
                "code": "plan_input",
                "field": "values.informality_rate.of",
                "value": "21",
                "expected": "0 to 20, since `informality_rate` is a share of a whole"
            }),
        ),
        of_plan(
            "share_below_nothing",
            "p2_informal",
            json!({ "values": { "informality_rate": "-3" } }),
            json!({
                "code": "plan_input",
                "field": "values.informality_rate",
                "value": "-3",
                "expected": "0 to 100, since `informality_rate` is a share of a whole"
            }),
        ),
        of_plan(
            "target_that_is_no_number",
            "p2_informal",
            json!({ "targets": { "informality_rate": "50%" } }),
            json!({
                "code": "plan_input",
                "message": "`targets.informality_rate` is `50%`, expected a number, or decimal text such as \"53.4\"",
                "field": "targets.informality_rate",
                "value": "50%",
                "nearest": null,
            }),
        ),
        of_plan(
            "values_as_of_the_29th_of_february_2562",
            "p2_informal",
            json!({ "as_of": "29/02/2562" }),
            json!({
                "code": "plan_input",
                "message": "`as_of`: `29/02/2562` cannot be: กุมภาพันธ์ 2562 has 28 days",
                "field": "as_of",
                "value": "29/02/2562",
            }),
        ),
        of_plan(
            "plan_input_as_a_list",
            "p2_informal",
            json!([]),
            json!({ "code": "plan_input", "field": "input", "value": "a list", "expected": "an object" }),
        ),
        refused(
            "digits_have_no_nearest",
            "assess",
            json!({ "home_province": "99" }),
            json!({ "code": "unknown_code", "value": "99", "nearest": null }),
        ),
        refused(
            "what_was_expected_alone",
            "assess",
            json!({ "jobs": [{ "monthly_wage": "-875.00" }] }),
            json!({ "value": "-875.00", "expected": "an amount of baht that is not negative" }),
        ),
    ];
    vectors.extend(told_wrong());
    vectors.extend(days());
    vectors.extend(identity_numbers());
    for (file, _) in rulebooks(&[]) {
        let id = file.trim_end_matches(".rulebook");
        vectors.push(json!({ "id": format!("errors.{id}"), "call": "assess", "on": DAY, "rulebook": file, "input": {}, "error": { "code": "unreadable_rulebook" } }));
    }
    vectors
}

/// What no reader of a fact takes, whatever door it comes in by.
fn told_wrong() -> Vec<Json> {
    let value = |id: &str, input: Json, field: &str, value: &str| {
        refused(
            id,
            "assess",
            input,
            json!({ "code": "impossible_value", "field": field, "value": value }),
        )
    };
    let twice = |id: &str, call: &str, text: &str, field: &str| {
        refused(
            id,
            call,
            text.into(),
            json!({ "code": "duplicate_name", "field": field, "expected": "each name once in an object" }),
        )
    };
    let contradiction = |id: &str, call: &str, input: Json, one: &str, other: &str, why: &str| {
        let message = format!("`{one}` and `{other}` contradict each other: {why}");
        let expected = "facts that can all be true";
        refused(
            id,
            call,
            input,
            json!({ "code": "contradiction", "message": message, "field": one, "value": null, "expected": expected }),
        )
    };
    let place = |id: &str, given: &str, nearest: Option<&str>| {
        let expected = "the code or name of a province";
        let error = json!({ "code": "unknown_code", "field": "home_province", "value": given, "expected": expected, "nearest": nearest });
        refused(id, "assess", json!({ "home_province": given }), error)
    };
    let deep = |depth: usize| format!("{}{}{}", r#"{"jobs":"#.repeat(depth), "[]", "}".repeat(depth));
    let job = |facts: Json| json!({ "jobs": [facts] });
    vec![
        twice(
            "twice_the_same_fact",
            "assess",
            r#"{ "nationality": "thai", "nationality": "not_thai" }"#,
            "nationality",
        ),
        twice(
            "twice_in_a_family",
            "assess",
            r#"{ "member": { "sso_39": true, "sso_39": false } }"#,
            "member.sso_39",
        ),
        twice(
            "twice_in_a_job",
            "assess",
            r#"{ "jobs": [{ "main": true, "main": false }] }"#,
            "jobs.main",
        ),
        twice(
            "twice_in_a_complaint",
            "route",
            r#"{ "danger_now": true, "danger_now": false }"#,
            "danger_now",
        ),
        twice(
            "twice_by_an_escape",
            "route",
            r#"{ "danger_now": true, "danger\u005fnow": false }"#,
            "danger_now",
        ),
        of_plan(
            "twice_in_a_plan",
            "p2_informal",
            r#"{ "values": { "informality_rate": 50, "informality_rate": 51 } }"#.into(),
            json!({ "code": "duplicate_name", "field": "values.informality_rate" }),
        ),
        refused("nested_without_end", "assess", deep(10_000).into(), json!({ "code": "too_deep" })),
        refused("nested_too_deep", "route", deep(65).into(), json!({ "code": "too_deep" })),
        of_plan("nested_in_a_plan", "p2_informal", deep(200).into(), json!({ "code": "too_deep" })),
        value("too_many_jobs", json!({ "jobs": vec![json!({}); 3_000] }), "jobs", "a list of 3000"),
        value(
            "wage_that_is_an_identity_number",
            job(json!({ "monthly_wage": 1_999_900_000_013_u64 })),
            "jobs[0].monthly_wage",
            "x-xxxx-xxxxx-xx-x",
        ),
        value(
            "wage_that_is_an_identity_number_as_text",
            job(json!({ "daily_wage": "1999900000013" })),
            "jobs[0].daily_wage",
            "x-xxxx-xxxxx-xx-x",
        ),
        value(
            "wage_in_parts_of_a_satang",
            job(json!({ "monthly_wage": 8333.333333 })),
            "jobs[0].monthly_wage",
            "8333.333333",
        ),
        value(
            "wage_beyond_every_wage",
            job(json!({ "monthly_wage": 100_000_001 })),
            "jobs[0].monthly_wage",
            "100000001",
        ),
        value("age_beyond_every_age", json!({ "survey_age": 131 }), "survey_age", "131"),
        value("thirteen_months_in_twelve", json!({ "s39_paid_in_12": 13 }), "s39_paid_in_12", "13"),
        value("months_of_more_than_a_life", json!({ "s33_months": 1_201 }), "s33_months", "1201"),
        value(
            "months_of_a_life_paid",
            json!({ "paid_months": { "sso_33": { "total": 1_201 } } }),
            "paid_months.sso_33.total",
            "1201",
        ),
        refused(
            "window_named_otherwise",
            "assess",
            json!({ "paid_months": { "sso_33": { "in_015": 3 } } }),
            json!({ "code": "unknown_fact", "field": "paid_months.sso_33.in_015", "nearest": "in_15" }),
        ),
        refused(
            "identity_number_as_a_name",
            "assess",
            json!({ "member": { "1-9999-00000-01-3": true } }),
            json!({ "code": "unknown_code", "field": "member", "value": "x-xxxx-xxxxx-xx-x" }),
        ),
        refused(
            "identity_number_as_a_code",
            "assess",
            json!({ "nationality": "๑-๙๙๙๙-๐๐๐๐๐-๐๑-๓" }),
            json!({ "code": "unknown_code", "value": "x-xxxx-xxxxx-xx-x" }),
        ),
        refused(
            "name_of_a_hundred_thousand_letters",
            "assess",
            json!({ "jobs": [{ "x".repeat(100_000): 1 }] }),
            json!({ "code": "unknown_fact", "nearest": null }),
        ),
        refused(
            "buddhist_day_names_both",
            "assess",
            json!({ "birth_date": "2527-05-10" }),
            json!({
                "code": "impossible_value",
                "value": "2527-05-10",
                "message": "`birth_date` cannot be `2527-05-10`: `2527-05-10` cannot be: a year of the common era was expected; if 2527 is of the Buddhist era, it is 1984-05-10",
            }),
        ),
        value(
            "day_of_another_weekday",
            json!({ "birth_date": "วันจันทร์ที่ 22 พฤศจิกายน 2507" }),
            "birth_date",
            "วันจันทร์ที่ 22 พฤศจิกายน 2507",
        ),
        value(
            "year_of_two_digits",
            json!({ "birth_date": "22 พ.ย. 07" }),
            "birth_date",
            "22 พ.ย. 07",
        ),
        place("province_misspelt", "เชียงหม่าย", Some("เชียงใหม่")),
        place("province_misspelt_in_english", "Chiang Mia", Some("Chiang Mai")),
        place("no_such_place", "Gondor", None),
        place("iso_code_of_no_province", "TH-99", None),
        value(
            "district_of_several_provinces",
            job(json!({ "district": "เฉลิมพระเกียรติ" })),
            "jobs[0].district",
            "เฉลิมพระเกียรติ",
        ),
        contradiction(
            "months_told_twice",
            "assess",
            json!({ "s33_months": 5, "paid_months": { "sso_33": { "total": 200 } } }),
            "s33_months",
            "paid_months.sso_33",
            "both tell the contribution months under section 33 in total",
        ),
        contradiction(
            "more_in_a_window_than_in_total",
            "assess",
            json!({ "paid_months": { "sso_39": { "in_15": 9, "total": 3 } } }),
            "paid_months.sso_39.in_15",
            "paid_months.sso_39.total",
            "no more months are paid within some than in total",
        ),
        contradiction(
            "district_of_another_province",
            "assess",
            job(json!({ "province": "เชียงใหม่", "district": "1001" })),
            "jobs[0].province",
            "jobs[0].district",
            "the district lies in another province",
        ),
        contradiction(
            "born_after_the_day",
            "classify",
            json!({ "birth_date": "2030" }),
            "birth_date",
            "on",
            "the person was born after the day asked about",
        ),
        contradiction(
            "ended_before_it_started",
            "next_question",
            job(json!({ "started_on": "2026-05-01", "ended_on": "2026-04" })),
            "jobs[0].started_on",
            "jobs[0].ended_on",
            "the job ended before it started",
        ),
        contradiction(
            "three_options_of_section_40",
            "assess",
            json!({ "member": { "sso_40_1": true, "sso_40_2": true, "sso_40_3": true } }),
            "member.sso_40_1",
            "member.sso_40_2",
            "a person is insured under one option of section 40 at a time",
        ),
        contradiction(
            "order_known_before_it_was_made",
            "route",
            json!({ "order_made_on": "2026-11-02", "order_known_on": "2026-11-01" }),
            "order_made_on",
            "order_known_on",
            "an order is not known before it is made",
        ),
    ]
}

/// The names of places that every office writes, each with its code.
const PROVINCES: [(&str, &str); 24] = [
    ("10", "กรุงเทพฯ"),
    ("10", "กทม."),
    ("10", "Krung Thep Maha Nakhon"),
    ("10", "TH-10"),
    ("10", "จังหวัดกรุงเทพมหานคร"),
    ("20", "Chonburi"),
    ("20", "จ.ชลบุรี"),
    ("20", "Chon Buri Province"),
    ("31", "Buriram"),
    ("33", "Sisaket"),
    ("16", "Lopburi"),
    ("14", "Ayutthaya"),
    ("82", "Phang Nga"),
    ("82", "Phangnga"),
    ("52", "ล\u{e4d}าปาง"),
    ("54", "เเพร่"),
    ("54", "แพ\u{200b}ร่"),
    ("58", "แม่\u{a0}ฮ่องสอน"),
    ("58", "เเม่ฮ่องสอน"),
    ("50", " เชียงใหม่ "),
    ("50", "CHIANGMAI"),
    ("50", "จังหวัด เชียงใหม่"),
    ("30", "Nakhon-Ratchasima"),
    ("50", "๕๐"),
];

/// Days asked about, and days the law between which is compared.
fn days() -> impl Iterator<Item = Json> {
    let asked = [
        ("no_such_day", "2026-02-30", "there is no such day"),
        ("buddhist_day", "2569-11-22", ""),
        ("month_asked_about", "2026-11", ""),
        ("moment_asked_about", "2026-11-22T00:00:00Z", ""),
        ("day_as_a_number", "20261122", ""),
        ("no_day_at_all", "", ""),
        (
            "the_29th_of_february_2562_asked_about",
            "29 กุมภาพันธ์ 2562",
            "กุมภาพันธ์ 2562 has 28 days",
        ),
        ("the_29th_of_february_2562_in_digits", "29/02/2562", "กุมภาพันธ์ 2562 has 28 days"),
        ("the_29th_of_february_2562_in_thai_digits", "๒๙/๒/๒๕๖๒", "กุมภาพันธ์ 2562 has 28 days"),
        ("common_year_in_a_day_asked_about", "22/11/2026", ""),
        ("common_year_with_a_thai_month", "22 พฤศจิกายน 2026", ""),
        ("two_digits_of_a_year", "22/11/69", ""),
        ("thai_month_asked_about", "พฤศจิกายน 2569", ""),
        ("no_thai_month", "22 พฤศจิกา 2569", ""),
    ];
    let asked = asked
        .into_iter()
        .map(|(id, on, why)| json!({ "id": format!("errors.{id}"), "call": "assess", "on": on, "input": {}, "error": no_day(on, why) }));
    let compared = [
        ("compared_from_no_day", "29/02/2562", "2026-11-22", "29/02/2562"),
        ("compared_to_no_day", "2026-11-22", "2569-11-22", "2569-11-22"),
    ];
    let compared = compared
        .into_iter()
        .map(|(id, from, to, wrong)| refused(id, "changes", json!({ "from": from, "to": to }), no_day(wrong, "")));
    asked.chain(compared)
}

fn no_day(text: &str, why: &str) -> Json {
    let mut error = json!({ "code": "impossible_date", "value": text });
    if !why.is_empty() {
        error["message"] = format!("`{text}` cannot be: {why}").into();
    }
    error
}

/// Numbers made up: no province has the code 99. They are told nowhere.
fn identity_numbers() -> impl Iterator<Item = Json> {
    let check_digit = "the check digit of the identification number does not fit the others, look for a mistyped digit";
    let length = "the identification number has not thirteen digits";
    let not_digits = "the identification number holds something other than digits, spaces and dashes";
    let numbers = [
        ("wrong_check_digit", "1-9999-00000-01-4", check_digit),
        ("wrong_check_digit_in_thai_digits", "๑-๙๙๙๙-๐๐๐๐๐-๐๑-๔", check_digit),
        ("twelve_digits", "199990000001", length),
        ("fourteen_digits", "19999000000130", length),
        ("no_number", "", length),
        ("letter_in_a_number", "1-9999-00000-01-x", not_digits),
    ];
    numbers.into_iter().map(|(id, number, message)| {
        let expected = "13 digits, the last of which checks the others";
        let error =
            json!({ "code": "identity_number", "message": message, "field": null, "value": null, "expected": expected, "nearest": null });
        refused(id, "check_citizen_id", number.into(), error)
    })
}

/// Days and numbers that look odd and are right: what refuses them refuses too much.
pub fn not_refused() -> Vec<Json> {
    let days = [
        "2026-11-22",
        " 2026-11-22 ",
        "22/11/2569",
        "๒๒/๑๑/๒๕๖๙",
        "22 พฤศจิกายน 2569",
        "วันที่ 22 พ.ย. พ.ศ. ๒๕๖๙",
        "วันอาทิตย์ที่ 22 พฤศจิกายน พ.ศ. 2569",
        "อาทิตย์ที่ ๒๒ เดือน พฤศจิกายน ๒๕๖๙",
        "22-11-2569",
        "22.11.2569",
        "22 พฤศจิกายน ค.ศ. 2026",
        "๒๐๒๖-๑๑-๒๒",
    ];
    let days = days.iter().map(|on| {
        let expect = json!([{ "at": ["on"], "is": DAY }]);
        json!({ "id": format!("days.{on}"), "call": "assess", "on": on, "input": {}, "expect": expect })
    });
    let numbers = ["1-9999-00000-01-3", "1999900000013", "๑-๙๙๙๙-๐๐๐๐๐-๐๑-๓", "0-0999-00000-09-9"];
    let numbers = numbers.iter().map(
        |number| json!({ "id": format!("citizen_ids.{number}"), "call": "check_citizen_id", "on": DAY, "input": number, "expect": [] }),
    );
    let changes = json!({ "from": "22 พฤศจิกายน 2563", "to": "2021-11-22" });
    let changes = json!({ "id": "days.compared", "call": "changes", "on": DAY, "input": changes, "expect": [{ "at": [0] }] });
    // Until 2483 a year of the Thai calendar ran from April to March.
    let written = [
        ("1938-01-15", false, false, "15 มกราคม 2480"),
        ("1938-04-15", false, false, "15 เมษายน 2481"),
        ("1940-12-31", false, false, "31 ธันวาคม 2483"),
        ("1941-01-01", true, false, "1 ม.ค. 2484"),
        ("2026-11-22", false, false, "22 พฤศจิกายน 2569"),
        ("22/11/2569", true, true, "๒๒ พ.ย. ๒๕๖๙"),
        ("2026-02", false, false, "กุมภาพันธ์ 2569"),
        ("2026", false, true, "พ.ศ. ๒๕๖๙"),
    ];
    let written = written.map(|(day, short, thai_digits, is)| {
        let input = json!({ "day": day, "short": short, "thai_digits": thai_digits });
        let id = format!("written_in_thai.{day}{}", if short { ".short" } else { "" });
        json!({ "id": id, "call": "thai_date", "on": DAY, "input": input, "expect": [{ "at": [], "is": is }] })
    });
    let accepted =
        |id: String, input: Json| json!({ "id": id, "call": "assess", "on": DAY, "input": input, "expect": [{ "at": ["on"], "is": DAY }] });
    // A district of another province than the name's would be refused: that none is shows which province was read.
    let provinces = PROVINCES.iter().map(|(code, name)| {
        let facts = json!({ "home_province": name, "jobs": [{ "province": name, "district": format!("{code}01") }] });
        accepted(format!("places.{}", name.escape_unicode()), facts)
    });
    let facts = [
        (
            "district_by_its_province",
            json!({ "jobs": [{ "province": "นครราชสีมา", "district": "เฉลิมพระเกียรติ" }] }),
        ),
        (
            "capital_by_its_province",
            json!({ "jobs": [{ "province": "50", "district": "อ.เมือง" }] }),
        ),
        ("khet", json!({ "jobs": [{ "district": "เขตดุสิต" }] })),
        ("count_as_text", json!({ "s33_months": "๑๒" })),
        ("whole_float", json!({ "s33_months": 12.0 })),
        ("wage_as_text", json!({ "jobs": [{ "monthly_wage": "๑๕๐๐๐.๕๐" }] })),
        ("thai_months_paid", json!({ "paid_months": { "sso_33": ["มีนาคม 2569"] } })),
    ];
    let facts = facts.into_iter().map(|(id, facts)| accepted(format!("told.{id}"), facts));
    days.chain(numbers)
        .chain([changes])
        .chain(written)
        .chain(provinces)
        .chain(facts)
        .collect()
}

/// Compiled rulebooks that must not open, made of a good one.
pub fn rulebooks(good: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let with = |at: usize, change: u8| {
        let mut bytes = good.to_vec();
        if let Some(byte) = bytes.get_mut(at) {
            *byte = byte.wrapping_add(change);
        }
        bytes
    };
    vec![
        ("not_a_rulebook.rulebook", b"PK\x03\x04".to_vec()),
        ("empty.rulebook", Vec::new()),
        ("of_another_format.rulebook", with(6, 1)),
        ("damaged.rulebook", with(1000, 1)),
        ("cut_short.rulebook", good[..good.len() / 2].to_vec()),
        ("cut_by_one_byte.rulebook", good[..good.len().saturating_sub(1)].to_vec()),
        ("longer_by_one_byte.rulebook", [good, &[0]].concat()),
        ("only_its_first_word.rulebook", b"sitthi".to_vec()),
    ]
}
