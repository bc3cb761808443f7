//! People and complaints drawn from a seed, whole and without contradiction, who answer an interview truthfully or do not know.

use serde_json::{Map, Value as Json, json};
use sitthi::facts::FactKind;
use sitthi::interview::{Adds, AskedWhere, Interview, InterviewField, InterviewQuestion};
use sitthi::{Date, Law, Month};

/// Numbers from a seed, the same on every machine (splitmix64).
pub struct Draw(pub u64);

impl Draw {
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)).checked_rem(end).unwrap_or(0)
    }

    fn days(&mut self, from: u64, to: u64) -> i32 {
        i32::try_from(from + self.below(to - from)).unwrap_or(0)
    }

    fn one(&mut self, of: &[&'static str]) -> &'static str {
        of[usize::try_from(self.below(of.len() as u64)).unwrap_or(0)]
    }
}

fn before(on: Date, days: i32) -> String {
    on.add_days(-days).map_or_else(String::new, |day| day.to_string())
}

/// The months before that day, latest last.
fn months(until: Date, count: u64) -> Json {
    let last = until.month().index() - 1;
    let all = (0..i32::try_from(count).unwrap_or(0)).rev();
    all.filter_map(|back| Month::from_index(last - back))
        .map(|month| json!(month.to_string()))
        .collect()
}

fn job(draw: &mut Draw, on: Date, days: i32, employer: &str, work: &str, sector: &str) -> Json {
    let own = employer == "none";
    json!({
        "main": true, "for_wages": !own, "under_command": !own, "platform": false, "employer": employer, "work": work, "sector": sector,
        "serves_business": employer != "natural_person" || draw.below(3) > 0, "all_year": true, "casual_or_seasonal": false,
        "own_student": false, "abroad": false, "not_for_profit": false, "insured_33": false, "started_on": before(on, days),
        "end_cause": "still_employed", "contract": "temporary", "school_role": "other",
        "monthly_wage": 9000 + draw.below(20_000), "province": "10", "district": "1001",
    })
}

/// A person: the kinds of work of Thai people, by their rough weight in a labour force survey.
pub fn person(seed: u64, on: Date) -> Json {
    let mut draw = Draw(seed);
    let kind = draw.below(100);
    let age = match kind {
        90..=95 => draw.days(365 * 60, 365 * 80),
        _ => draw.days(365 * 17, 365 * 62),
    };
    let since = draw.days(40, 4_000).min(age - 365 * 15).max(40);
    let paid = u64::try_from(since / 30).unwrap_or(0);
    let (mut s33, mut end, mut ended): (u64, &str, Option<Date>) = (0, "none", None);
    let mut member: Map<String, Json> = Map::new();
    let mut jobs = Vec::new();
    let mut months_33 = json!([]);
    let mut months_39 = json!([]);
    match kind {
        0..=33 => {
            let sector = draw.one(&["services", "manufacturing", "trade", "construction", "transport"]);
            let work = draw.one(&["office", "factory", "other", "cooking"]);
            let mut one = job(&mut draw, on, since, "company", work, sector);
            one["insured_33"] = json!(true);
            jobs.push(one);
            s33 = paid;
            months_33 = months(on, paid);
        }
        34..=53 => jobs.push(job(&mut draw, on, since, "none", "trade", "trade")),
        54..=63 => jobs.push(job(&mut draw, on, since, "none", "other", "cultivation")),
        64..=68 => {
            let mut one = job(&mut draw, on, since.min(120), "natural_person", "other", "cultivation");
            one["all_year"] = json!(false);
            one["casual_or_seasonal"] = json!(true);
            jobs.push(one);
        }
        69..=71 => jobs.push(job(&mut draw, on, since, "natural_person", "housework", "other")),
        72..=74 => {
            let mut one = job(&mut draw, on, since, "company", "delivery", "transport");
            one["platform"] = json!(true);
            one["under_command"] = json!(draw.below(2) == 0);
            jobs.push(one);
        }
        75..=79 => {
            let mut one = job(&mut draw, on, since, "government", "office", "services");
            one["contract"] = json!("official");
            jobs.push(one);
            member.insert("csmbs".into(), json!(true));
            member.insert("gpf".into(), json!(true));
        }
        80..=81 => {
            let mut one = job(&mut draw, on, since, "private_school", "teaching", "services");
            one["school_role"] = json!("teacher");
            jobs.push(one);
            member.insert("private_school_fund".into(), json!(true));
        }
        82..=85 => {
            let mut one = job(&mut draw, on, since, "natural_person", "other", "construction");
            one["serves_business"] = json!(true);
            one["insured_33"] = json!(draw.below(2) == 0);
            jobs.push(one);
            s33 = paid;
            months_33 = months(on, paid);
        }
        86..=87 => {
            // Left a job and goes on under section 39.
            s33 = 12 + draw.below(100);
            end = "job_ended";
            ended = on.add_days(-draw.days(330, 900));
            member.insert("sso_39".into(), json!(true));
            months_33 = ended.map_or_else(|| json!([]), |day| months(day, s33));
            months_39 = months(on, 9);
        }
        88..=89 => {
            s33 = 3 + draw.below(100);
            end = "job_ended";
            ended = on.add_days(-draw.days(10, 700));
            months_33 = ended.map_or_else(|| json!([]), |day| months(day, s33));
        }
        _ => {}
    }
    if (34..=74).contains(&kind) && draw.below(4) == 0 {
        s33 = 1 + draw.below(60);
        end = "job_ended";
        ended = on.add_days(-since.max(60) - draw.days(10, 700));
        months_33 = ended.map_or_else(|| json!([]), |day| months(day, s33));
    }
    if (34..=68).contains(&kind) && draw.below(3) == 0 {
        let option = draw.one(&["sso_40_1", "sso_40_2", "sso_40_3"]);
        member.insert(option.into(), json!(true));
    }
    if draw.below(20) == 0 && !jobs.is_empty() {
        let mut second = job(&mut draw, on, 300.min(since), "none", "trade", "trade");
        second["main"] = json!(false);
        jobs.push(second);
    }
    let foreign = kind > 60 && kind < 86 && draw.below(6) == 0;
    let mut person = json!({
        "birth_date": before(on, age), "nationality": if foreign { "not_thai" } else { "thai" },
        "has_disability": draw.below(25) == 0, "perceives_rights": true, "home_province": "10",
        "insured_before_60": s33 > 0, "employed_without_break_since_60": s33 > 0, "same_employer_since_60": s33 > 0,
        "s33_months": s33, "s33_end_cause": end, "s39_end_cause": "none", "member": member, "jobs": jobs,
        "paid_months": { "sso_33": months_33, "sso_39": months_39.clone(), "sso_40": months(on, 4) },
        "s40_first_paid_on": before(on, 130), "s39_unpaid_in_a_row": 0, "s39_paid_in_12": months_39.as_array().map_or(0, Vec::len), "base_wage_history": [15000, 15000, 15000],
    });
    if let Some(day) = ended {
        person["s33_ended_on"] = json!(day.to_string());
    }
    if foreign {
        person["stay"] = json!("work_permit");
        person["card"] = json!("0");
    }
    person
}

/// A complaint: one or two things that happened, told by the worker.
pub fn complaint(law: &Law, seed: u64, on: Date) -> Json {
    let mut draw = Draw(seed ^ 0x5EED);
    let codes = law.codes("happening").unwrap_or_default();
    let mut happened = Map::new();
    for _ in 0..=draw.below(2) {
        // Half of all complaints are about money.
        let at = if draw.below(2) == 0 {
            draw.below(7)
        } else {
            draw.below(codes.len() as u64)
        };
        let code = &codes[usize::try_from(at).unwrap_or(0)];
        happened.insert(code.code.to_string(), json!(true));
    }
    let sector = draw.one(&["services", "manufacturing", "construction", "cultivation"]);
    let employer = draw.one(&["company", "company", "company", "natural_person", "government", "state_enterprise"]);
    let mut job = job(&mut draw, on, 700, employer, "other", sector);
    job["ended_on"] = json!(before(on, 30));
    job["end_cause"] = json!("dismissed");
    let of_a_child = happened.keys().any(|code| code.starts_with("child_"));
    json!({
        "happened": happened, "danger_now": draw.below(10) == 0, "can_leave": draw.below(10) > 0, "employer_closing": false,
        "workers_affected": 1, "child_affected": of_a_child, "reporter": "worker", "received_by": "hotline", "may_be_named": true,
        "sued_already": false, "share_consent": true, "shelter_consent": false, "filed_on": before(on, 3),
        "oldest_pay_due_on": before(on, draw.days(5, 600)), "employer_province": "10", "job": job,
    })
}

/// What a person answers to one field: the truth, or nothing with the chance of `unknown` in 100.
fn answer(truth: &Json, field: &InterviewField, draw: &mut Draw, unknown: u64) -> Json {
    if draw.below(100) < unknown {
        return Json::Null;
    }
    let told = match (field.fact.split_once('.'), field.job) {
        (Some(("job", name)), Some(job)) => {
            let of_worker = truth.get("jobs").and_then(|jobs| jobs.get(job));
            of_worker.or_else(|| truth.get("job")).and_then(|job| job.get(name))
        }
        (Some((group, name)), _) => truth.get(group).and_then(|group| group.get(name)),
        (None, _) if field.kind == FactKind::Jobs => {
            return json!(truth.get("jobs").and_then(Json::as_array).map_or(0, Vec::len));
        }
        (None, _) => truth.get(field.fact.as_str()),
    };
    match (told, field.kind) {
        (Some(value), _) => value.clone(),
        (None, FactKind::YesNo) => json!(false),
        (None, _) => Json::Null,
    }
}

/// Whether a field is shown after what was said on its screen.
fn shown(on: &AskedWhere, said: &Map<String, Json>) -> bool {
    let told: Vec<&Json> = on
        .facts
        .iter()
        .filter_map(|fact| said.get(fact.as_str()))
        .filter(|value| !value.is_null())
        .collect();
    let fits = |value: &&Json| {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        match on.at_least {
            Some(least) => value.as_u64().is_some_and(|number| number >= u64::from(least)),
            None => on.any_of.is_empty() || on.any_of.iter().any(|code| *code == *text),
        }
    };
    told.iter().any(fits) || (told.is_empty() && on.or_not_known)
}

/// What came of an interview.
#[derive(Debug, Default, Clone)]
pub struct Course {
    /// Screens until what was asked about was decided.
    pub screens: usize,
    /// Screens until the days were known too.
    pub to_days: usize,
    /// All screens, to the end of what more could be added.
    pub all: usize,
    /// The questions, in order.
    pub asked: Vec<String>,
    /// It ended.
    pub ended: bool,
}

/// Answers an interview to its end.
pub fn answered(mut interview: Interview, truth: &Json, seed: u64, unknown: u64) -> Result<Course, sitthi::Error> {
    answer_all(&mut interview, truth, seed, unknown)
}

/// Answers an interview to its end, and leaves it with the answers.
pub fn answer_all(interview: &mut Interview, truth: &Json, seed: u64, unknown: u64) -> Result<Course, sitthi::Error> {
    let mut draw = Draw(seed.wrapping_mul(31));
    let mut course = Course::default();
    for _ in 0..200 {
        let step = interview.step();
        let Some(question) = step.question.clone().or(step.more) else {
            course.ended = true;
            break;
        };
        let InterviewQuestion { id, fields, adds, .. } = question;
        course.all += 1;
        course.screens += usize::from(adds == Adds::Outcome);
        course.to_days += usize::from(matches!(adds, Adds::Outcome | Adds::Day));
        course.asked.push(id.to_string());
        let mut said: Map<String, Json> = Map::new();
        for field in &fields {
            let value = if field.only_if.iter().all(|on| shown(on, &said)) {
                answer(truth, field, &mut draw, unknown)
            } else {
                Json::Null
            };
            said.insert(field.fact.to_string(), value);
        }
        let said = match fields.as_slice() {
            [one] => said.get(one.fact.as_str()).cloned().unwrap_or(Json::Null),
            _ => Json::Object(said),
        };
        interview.put(&id, &said)?;
    }
    Ok(course)
}

/// The value that this share of all lies at or below.
pub fn percentile(values: &mut [usize], percent: usize) -> usize {
    values.sort_unstable();
    let place = (values.len() * percent).div_ceil(100).saturating_sub(1);
    values.get(place).copied().unwrap_or(0)
}
