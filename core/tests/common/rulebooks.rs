//! Small whole rulebooks in memory: the vocabulary and places of the built-in one, and rule files of their own.
#![allow(dead_code, reason = "each test uses a part")]

use sitthi::compile::SourceFile;

/// The files that every rulebook needs, without any rule: codes, questions, sentences and places are those of the built-in rulebook.
pub fn ground() -> Vec<SourceFile> {
    let taken = [
        "vocabulary/codes.toml",
        "vocabulary/facts.toml",
        "vocabulary/engine.toml",
        "places/provinces.csv",
        "places/districts.csv",
    ];
    let mut files: Vec<SourceFile> = super::common::sources()
        .into_iter()
        .filter(|file| taken.contains(&file.path.as_str()))
        .collect();
    files.push(file("calendar/calendar.toml", "first = 2017-01-01\nlast = 2027-12-31\n"));
    files.push(file(
        "calendar/holidays.csv",
        "date,name_th,name_en\n2026-12-10,วันรัฐธรรมนูญ,Constitution Day\n",
    ));
    files.push(file("authorities/agencies.toml", AGENCIES));
    files
}

/// One file.
pub fn file(path: &str, text: &str) -> SourceFile {
    SourceFile {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}

/// A small whole rulebook: two scheme files, an overlay, a kind of complaint with its urgency, and what stands beside them.
pub fn trial() -> Vec<SourceFile> {
    let mut files = ground();
    let codes = files
        .iter()
        .find(|file| file.path == "vocabulary/codes.toml")
        .map_or("", |file| file.text.as_str());
    let happened = happenings(codes)
        .into_iter()
        .map(|code| format!("happened.{code}"))
        .collect::<Vec<_>>()
        .join(" || ");
    let not_encoded = NOT_ENCODED.replace("HAPPENED", &happened);
    files.push(file("statutes/acts.toml", STATUTES));
    files.push(file("schemes/trial.toml", TRIAL));
    files.push(file("schemes/cuts.toml", CUTS));
    files.push(file("complaints/money.toml", MONEY));
    files.push(file("complaints/urgency.toml", URGENCY));
    files.push(file("complaints/precedence.toml", PRECEDENCE));
    files.push(file("complaints/not_encoded.toml", &not_encoded));
    files
}

fn happenings(codes: &str) -> Vec<String> {
    let list = codes.split("[list.happening.codes]").nth(1).unwrap_or("");
    let list = list.split("\n[").next().unwrap_or("");
    list.lines()
        .filter_map(|line| line.split_once(" =").or_else(|| line.split_once('=')))
        .map(|(code, _)| code.trim().to_owned())
        .filter(|code| !code.starts_with('#'))
        .collect()
}

const AGENCIES: &str = r#"[agency.sso]
th = "สำนักงานประกันสังคม"
en = "Social Security Office"
call = ["1506"]
cite = "act/1"

[agency.dlpw]
th = "กรมสวัสดิการและคุ้มครองแรงงาน"
en = "Department of Labour Protection and Welfare"
call = ["1546"]
cite = "act/1"
"#;

const STATUTES: &str = r#"columns = ["id", "kind", "th", "en", "gazette", "in_force", "confidence"]
rows = [
  ["act", "act", "พระราชบัญญัติทดลอง", "Trial Act", 1990-09-01, 1990-09-02, "high"],
  ["act_2", "act", "พระราชบัญญัติทดลอง (ฉบับที่ 2)", "Trial Act (No. 2)", 2015-06-22, 2016-01-01, "high"],
]
[source.S1]
title = "a page"
"#;

const TRIAL: &str = r#"[file]
id = "trial"
th = "การทดลอง"
en = "a trial"
authority = "sso"
since = 2011-01-01
checked_on = 2026-11-22
kind = "scheme"
contingencies = ["sickness"]

[words.age_today]
th = "อายุ"
en = "age"
age = { of = "birth_date", on = "today" }
[words.why_left]
th = "เหตุที่ออกจากงาน"
en = "why left"
maps = { of = "claim.left_because", dismissed = ["dismissed"], rest = ["resigned", "term_ended"] }

[rule.join]
th = "สมัคร"
en = "join"
gives = "eligible"
requires = ["grown", "not_too_old"]
excludes = ["is_member"]
within = "notice"
pays = ["share"]
steps = [{ th = "ยื่นแบบ", en = "file the form", at = "sso", cite = "act/3" }]
cite = "act/3"
[rule.member]
th = "เป็นสมาชิก"
en = "member"
gives = "covered"
requires = ["is_member"]
cite = "act/4"
[rule.idle_old]
th = "ว่างงาน (เดิม)"
en = "unemployed, before"
until = 2015-12-31
requires = ["dismissed_old", "may_claim"]
cite = "act/5"
[rule.idle]
th = "ว่างงาน"
en = "unemployed"
from = 2016-01-01
replaces = "idle_old"
requires = ["dismissed_new", "may_claim"]
cite = "act_2/5"

[clauses.grown]
th = "อายุไม่ต่ำกว่าสิบห้าปี"
en = "at least fifteen"
when = "age_today >= 15"
cite = "act/3"
[clauses.not_too_old]
th = "อายุไม่เกินที่กำหนด"
en = "not too old"
when = "age_today <= limit.years"
cite = "act/3/S1"
[clauses.is_member]
th = "เป็นสมาชิกอยู่"
en = "is a member"
when = "member.sso_39"
cite = "act/4"
[clauses.dismissed_old]
th = "ถูกเลิกจ้าง (เดิม)"
en = "dismissed, before"
until = 2015-12-31
when = "why_left == 'dismissed'"
cite = "act/5"
[clauses.dismissed_new]
th = "ถูกเลิกจ้าง"
en = "dismissed"
from = 2016-01-01
replaces = "dismissed_old"
when = "why_left == 'dismissed' && days.most >= 30"
cite = "act_2/5"
[clauses.may_claim]
th = "ขึ้นทะเบียนแล้ว"
en = "registered"
when = "claim.registered_unemployed"
cite = "act/5"

[table.limit]
th = "อายุสูงสุด"
en = "highest age"
clock = "today"
columns = ["from", "years:years", "cite"]
rows = [
  [2011-01-01, 60, "act/3"],
  [2016-01-01, 65, "act_2/3"],
]
[table.rate]
th = "อัตราเงินสมทบ"
en = "rate of contributions"
clock = "month"
overlay = "cuts"
columns = ["from", "worker:%", "cite"]
rows = [
  [2011-01-01, "5", "act/6"],
]
[table.base]
th = "ฐานค่าจ้าง"
en = "wage base"
clock = "month"
columns = ["from", "floor:baht", "ceiling:baht", "cite"]
rows = [
  [2011-01-01, 1650, 15000, "act/6"],
]
[table.days]
th = "จำนวนวัน"
en = "days"
clock = "today"
keys = { cause = "why_left" }
columns = ["from", "cause", "most:count", "cite"]
rows = [
  [2011-01-01, "dismissed", 180, "act/5"],
]

[amounts.share]
th = "เงินสมทบ"
en = "contribution"
rate = "rate.worker"
of = "job.monthly_wage"
floor = "base.floor"
ceiling = "base.ceiling"
per = "month"
round = "baht_half_up"
each = "job"
cite = "act/6"

[periods.notice]
th = "แจ้งภายในหกเดือน"
en = "within six months"
after = "s33_ended_on"
length = "6 months"
late = "no"
binds = "worker"
earlier = [{ until = 2013-12-31, length = "3 months", cite = "act/7" }]
cite = "act/7"

[notes.bill]
status = "proposed"
as_of = 2026-11-22
th = "ร่าง"
en = "a bill"
cite = "act/8"

[example.grown]
given = { today = 2026-11-20, birth_date = 1990-01-01, s33_ended_on = 2026-10-01, member = { sso_39 = false } }
expect = { join = "met" }
[example.child]
given = { today = 2026-11-20, birth_date = 2020-01-01, s33_ended_on = 2026-10-01, member = { sso_39 = false } }
expect = { join = "unmet" }
"#;

const CUTS: &str = r#"[file]
id = "cuts"
th = "การลดเงินสมทบ"
en = "cuts"
since = 2011-01-01
checked_on = 2026-11-22
kind = "overlay"
[overlay]
area = { trial = "job.province" }
sets = { "trial.rate.worker" = "worker" }
columns = ["months", "area", "worker:%", "cite"]
rows = [
  ["2020-03..2020-05", "all", "1", "act_2/6"],
  ["2024-10..2025-03", "floods", "3", "act_2/6"],
]
[areas.floods]
provinces = ["80", "90"]
cite = "act_2/6"
"#;

const MONEY: &str = r#"[file]
id = "money"
th = "เงินค้างจ่าย"
en = "money owed"
authority = "dlpw"
since = 2016-01-01
checked_on = 2026-11-22
kind = "complaint"
arises = "happened.wages_unpaid"
while_unknown = { call = ["1546"], urgency = "u3" }
[rule.claim_money]
th = "คำร้อง"
en = "complaint"
requires = ["owed"]
lead = "dlpw"
joint = ["sso"]
office = { of = "dlpw", by = ["job.province"] }
steps = ["order"]
path = [{ from = "community_unit", to = "dlpw", cite = "act/9" }]
urgency_at_least = "u2"
cite = "act/9"
[clauses.owed]
th = "ค้างค่าจ้าง"
en = "wages owed"
when = "happened.wages_unpaid"
cite = "act/9"
[clauses.agrees]
th = "ยินยอม"
en = "agrees"
when = "share_consent"
cite = "act/9"
[periods.order]
th = "ออกคำสั่งภายในหกสิบวัน"
en = "an order within sixty days"
after = "filed_on"
length = "60 days"
binds = "authority"
warn = true
cite = "act/9"
[no_share.reporter]
what = ["name"]
with = ["employer"]
unless = "agrees"
th = "ไม่บอกนายจ้าง"
en = "the employer is not told"
cite = "act/9"
"#;

const URGENCY: &str = r#"[file]
id = "urgency"
th = "ความเร่งด่วน"
en = "urgency"
since = 2016-01-01
checked_on = 2026-11-22
kind = "urgency"
levels = ["u0", "u1", "u2", "u3"]
danger = ["danger_now"]
[words.days_left]
th = "วันที่เหลือ"
en = "days left"
nearest_period = { unit = "days" }
[rule.now]
th = "อันตราย"
en = "danger"
gives = "u0"
requires = ["in_danger"]
call = ["191"]
cite = "act/9"
[rule.soon]
th = "ใกล้วันสุดท้าย"
en = "near the last day"
gives = "u1"
requires = ["near_the_end"]
cite = "act/9"
[clauses.in_danger]
th = "มีอันตราย"
en = "danger now"
when = "danger_now"
cite = "act/9"
[clauses.near_the_end]
th = "เหลือไม่เกินสามวัน"
en = "three days left"
when = "days_left <= 3"
cite = "act/9"
"#;

const PRECEDENCE: &str = r#"order = ["money"]
near = "60 days"
rest = ["another_matter"]
th = "เงินก่อน"
en = "money first"
cite = "act/9"
"#;

const NOT_ENCODED: &str = r#"[file]
id = "not_encoded"
th = "เรื่องอื่น"
kind = "not_encoded"
since = 2016-01-01
checked_on = 2026-11-22
by = ["job.province"]
say_th = "โปรดโทรสอบถาม"
say_en = "please call"
[kind.another_matter]
th = "เรื่องอื่น"
en = "another matter"
arises = "HAPPENED"
lead = "dlpw"
call = ["1546"]
cite = "act/9"
"#;
