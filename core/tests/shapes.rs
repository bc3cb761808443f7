//! Every shape of law that the format must be able to say, each with a value worked out on paper from the law that needs it.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod common;
#[path = "common/rulebooks.rs"]
mod rulebooks;

use rulebooks::{file, trial};
use sitthi::compile::SourceFile;
use sitthi::examples::Selection;
use sitthi::facts::Scope;
use sitthi::law::{AmountValue, Assessment, Verdict};
use sitthi::{Complaint, Date, Rulebook, Worker};

const ACTS: &str = r#"columns = ["id", "kind", "th", "en", "gazette", "in_force", "confidence"]
rows = [
  ["lpa_2541", "act", "พ.ร.บ.คุ้มครองแรงงาน พ.ศ. 2541", "Labour Protection Act B.E. 2541", 1998-02-20, 1998-08-19, "high"],
  ["lpa_no7_2562", "act", "พ.ร.บ.คุ้มครองแรงงาน (ฉบับที่ 7) พ.ศ. 2562", "Labour Protection Act (No. 7) B.E. 2562", 2019-04-05, 2019-05-05, "high"],
  ["lpa_no9_2568", "act", "พ.ร.บ.คุ้มครองแรงงาน (ฉบับที่ 9) พ.ศ. 2568", "Labour Protection Act (No. 9) B.E. 2568", 2025-11-07, 2025-12-07, "high"],
  ["wage_notice", "notification", "ประกาศคณะกรรมการค่าจ้าง", "notification of the Wage Committee", "not_read", "not_read", "high"],
  ["rd_s40", "decree", "พ.ร.ฎ. มาตรา 40 พ.ศ. 2561", "Royal Decree on section 40 B.E. 2561", "not_read", "not_read", "low"],
  ["ssa_2533", "act", "พ.ร.บ.ประกันสังคม พ.ศ. 2533", "Social Security Act B.E. 2533", 1990-09-01, 1990-09-02, "high"],
  ["cuts_notice", "regulation", "กฎกระทรวงลดเงินสมทบ", "regulations that cut contributions", "not_read", "not_read", "medium"],
]
"#;

/// Facts that the rulebook declares: nothing built in knows them.
const FACTS: &str = r#"[fact.fault_119]
type = "yes_no"
ask_th = "นายจ้างอ้างเหตุตามมาตรา 119 หรือไม่"
ask_en = "Does the employer allege a fault under section 119?"
label_th = "เหตุตามมาตรา 119"
label_en = "fault under section 119"
[fact.fault_stated]
type = "yes_no"
ask_th = "นายจ้างระบุเหตุไว้ขณะเลิกจ้างหรือไม่"
ask_en = "Was the fault stated at the dismissal?"
label_th = "ระบุเหตุแล้ว"
label_en = "fault stated"
[fact.gave_birth_or_pregnant]
type = "yes_no"
ask_th = "ตั้งครรภ์หรือคลอดบุตรหรือไม่"
ask_en = "Pregnant, or gave birth?"
label_th = "ตั้งครรภ์หรือคลอดบุตร"
label_en = "pregnant or gave birth"
[fact.maternity_leave_from]
type = "date"
ask_th = "เริ่มลาคลอดวันใด"
ask_en = "When did the leave begin?"
label_th = "วันแรกของการลา"
label_en = "first day of leave"
[fact.work_day]
type = "date"
ask_th = "ทำงานวันใด"
ask_en = "On which day was the work?"
label_th = "วันทำงาน"
label_en = "day of work"
"#;

/// Bands of a length of service, each with its own line in time; the day the job ended picks everything.
const SEVERANCE: &str = r#"[file]
id = "severance"
th = "ค่าชดเชย"
en = "severance pay"
authority = "dlpw"
since = 2010-01-01
checked_on = 2026-11-22
kind = "standard"
clock = "job.ended_on"
[words.service]
th = "ระยะเวลาทำงาน"
en = "length of service"
elapsed = { from = "job.started_on", to = "job.ended_on", in = "days", last_day_counts = true }
[rule.due]
th = "มีสิทธิได้รับค่าชดเชย"
en = "severance pay is due"
each = "job"
requires = ["let_go", "served_120_days"]
excludes = ["s119_cause"]
amount = "pay"
cite = "lpa_2541/118"
[clauses.let_go]
th = "นายจ้างเลิกจ้าง รวมเกษียณอายุ"
en = "dismissed, retirement included"
when = "job.end_cause in ['dismissed', 'retired']"
cite = "lpa_2541/118/1"
earlier = [{ until = 2017-08-31, when = "job.end_cause == 'dismissed'", cite = "lpa_2541/118 (medium)" }]
[clauses.served_120_days]
th = "ทำงานติดต่อกันครบ 120 วัน"
en = "worked 120 days without a break"
when = "service >= 120"
cite = "lpa_2541/118"
[clauses.s119_cause]
th = "เลิกจ้างเพราะเหตุตามมาตรา 119 ซึ่งระบุไว้ขณะเลิกจ้าง"
en = "dismissed for a fault under section 119 that was stated at the dismissal"
when = "fault_119 && fault_stated"
cite = "lpa_2541/119"
[table.tiers]
th = "อัตราค่าชดเชย"
en = "days of the last wage"
band = "service"
before = "none"
columns = ["at_least", "from", "days:count", "cite"]
rows = [
  ["120 days", 1998-08-19, 30, "lpa_2541/118(1)"],
  ["1 year", 1998-08-19, 90, "lpa_2541/118(2)"],
  ["3 years", 1998-08-19, 180, "lpa_2541/118(3)"],
  ["6 years", 1998-08-19, 240, "lpa_2541/118(4)"],
  ["10 years", 1998-08-19, 300, "lpa_2541/118(5)"],
  ["20 years", 2019-05-05, 400, "lpa_no7_2562/118(6)"],
]
[amounts.pay]
th = "ค่าชดเชย"
en = "severance pay"
units = "tiers.days"
of = "job.last_daily_wage"
per = "once"
each = "job"
cite = "lpa_2541/118"

[example.twenty_years_the_day_before_act_7]
given = { today = 2019-05-04, fault_119 = false, jobs = [{ started_on = 1999-05-01, ended_on = 2019-05-04, end_cause = "dismissed", last_daily_wage = 500 }] }
expect = { due = "met", amounts = { pay = "150000.00" } }
[example.twenty_years_on_the_day]
given = { today = 2019-05-05, fault_119 = false, jobs = [{ started_on = 1999-05-01, ended_on = 2019-05-05, end_cause = "dismissed", last_daily_wage = 500 }] }
expect = { due = "met", amounts = { pay = "200000.00" } }
[example.exactly_120_days]
given = { today = 2026-11-20, fault_119 = false, jobs = [{ started_on = 2026-07-24, ended_on = 2026-11-20, end_cause = "dismissed", last_daily_wage = 400 }] }
expect = { due = "met", amounts = { pay = "12000.00" } }
[example.one_day_short]
given = { today = 2026-11-20, fault_119 = false, jobs = [{ started_on = 2026-07-25, ended_on = 2026-11-20, end_cause = "dismissed", last_daily_wage = 400 }] }
expect = { due = "unmet", amounts = { pay = "none" }, because = ["served_120_days"] }
[example.a_year_on_its_day]
given = { today = 2026-11-20, fault_119 = false, jobs = [{ started_on = 2025-11-21, ended_on = 2026-11-20, end_cause = "dismissed", last_daily_wage = 400 }] }
expect = { due = "met", amounts = { pay = "36000.00" } }
[example.retired_before_it_counted]
given = { today = 2017-08-31, fault_119 = false, jobs = [{ started_on = 2000-01-01, ended_on = 2017-08-31, end_cause = "retired", last_daily_wage = 400 }] }
expect = { due = "unmet" }
[example.retired_on_the_day_it_counted]
given = { today = 2017-09-01, fault_119 = false, jobs = [{ started_on = 2000-01-01, ended_on = 2017-09-01, end_cause = "retired", last_daily_wage = 400 }] }
expect = { due = "met", amounts = { pay = "120000.00" } }
[example.fault_alleged_not_known_whether_stated]
given = { today = 2026-11-01, fault_119 = true, jobs = [{ started_on = 2020-01-01, ended_on = 2026-10-31, end_cause = "dismissed" }] }
expect = { due = "undetermined", ask = ["fault_stated"] }
"#;

/// The whole transition is one clock: leave still running under the old count on the day takes the new row.
const LEAVE: &str = r#"[file]
id = "maternity_leave"
th = "วันลาคลอดบุตร"
en = "maternity leave"
authority = "dlpw"
since = 2019-05-05
checked_on = 2026-11-22
kind = "standard"
[words.old_last_day]
th = "วันสุดท้ายของการลา 98 วันตามกฎหมายเดิม"
en = "the last of 98 days under the former law"
day = { from = "maternity_leave_from", plus = "98 days", first_day_counts = true }
[rule.leave]
th = "สิทธิลาคลอด"
en = "maternity leave"
each = "job"
requires = ["is_mother"]
amount = "pay"
cite = "lpa_2541/41"
[rule.long_leave]
th = "ลาได้ 120 วัน"
en = "120 days of leave"
requires = ["is_mother", "as_long"]
cite = "lpa_no9_2568/41"
[clauses.is_mother]
th = "ตั้งครรภ์หรือคลอดบุตร"
en = "pregnant, or gave birth"
when = "gave_birth_or_pregnant"
cite = "lpa_2541/41"
[clauses.as_long]
th = "ลาได้ 120 วันขึ้นไป"
en = "120 days of leave or more"
when = "leave_days.days >= 120"
cite = "lpa_2541/41"
[table.leave_days]
th = "จำนวนวันลา และวันที่นายจ้างจ่ายค่าจ้าง"
en = "days of leave, and days paid by the employer"
clock = "old_last_day"
columns = ["from", "days:count", "paid_days:count", "cite"]
rows = [
  [2019-05-05, 98, 45, "lpa_no7_2562/41,59"],
  [2025-12-07, 120, 60, "lpa_no9_2568/41,59"],
]
[amounts.pay]
th = "ค่าจ้างระหว่างลา"
en = "wages during leave"
units = "leave_days.paid_days"
of = "job.last_daily_wage"
per = "birth"
each = "job"
cite = "lpa_2541/59"

[example.still_on_leave_on_the_day]
given = { today = 2025-12-10, gave_birth_or_pregnant = true, maternity_leave_from = 2025-09-01, jobs = [{ last_daily_wage = 500 }] }
expect = { leave = "met", long_leave = "met", amounts = { pay = "30000.00" } }
[example.leave_over_the_day_before]
given = { today = 2025-12-10, gave_birth_or_pregnant = true, maternity_leave_from = 2025-08-31, jobs = [{ last_daily_wage = 500 }] }
expect = { leave = "met", long_leave = "unmet", amounts = { pay = "22500.00" } }
[example.first_day_known_by_its_months]
given = { today = 2025-12-10, gave_birth_or_pregnant = true, maternity_leave_from = "2025-08/2025-09", jobs = [{ last_daily_wage = 500 }] }
expect = { long_leave = "undetermined", amounts = { pay = { between = ["22500.00", "30000.00"] } }, ask = ["maternity_leave_from"] }
"#;

/// The smallest area that has a row wins; rows from a CSV file.
const WAGE: &str = r#"[file]
id = "minimum_wage"
th = "ค่าจ้างขั้นต่ำ"
en = "minimum wage"
authority = "dlpw"
since = 2025-01-01
checked_on = 2026-11-22
kind = "standard"
[rule.enough]
th = "ได้รับค่าจ้างไม่น้อยกว่าอัตราขั้นต่ำ"
en = "paid at least the minimum wage"
each = "job"
requires = ["at_least_the_rate"]
amount = "rate"
cite = "wage_notice"
[clauses.at_least_the_rate]
th = "ค่าจ้างต่อวันไม่ต่ำกว่าอัตราของพื้นที่"
en = "the daily wage is not below that of the place"
when = "job.daily_wage >= daily.rate"
cite = "wage_notice"
[table.daily]
th = "อัตราค่าจ้างขั้นต่ำรายวัน"
en = "minimum wage per day"
clock = "work_day"
csv = "places/minimum_wage.csv"
columns = ["from", "place", "rate:baht", "cite"]
place = ["job.district", "job.province"]
[amounts.rate]
th = "อัตราของพื้นที่"
en = "rate of the place"
flat = "daily.rate"
per = "day"
each = "job"
cite = "wage_notice"

[example.hat_yai]
given = { today = 2025-08-01, work_day = 2025-08-01, jobs = [{ province = "90", district = "9011", daily_wage = 370 }] }
expect = { enough = "unmet", amounts = { rate = "380.00" } }
[example.songkhla_outside_hat_yai]
given = { today = 2025-08-01, work_day = 2025-08-01, jobs = [{ province = "90", district = "9001", daily_wage = 370 }] }
expect = { enough = "met", amounts = { rate = "352.00" } }
[example.songkhla_district_not_known]
given = { today = 2025-08-01, work_day = 2025-08-01, jobs = [{ province = "90", daily_wage = 370 }] }
expect = { enough = "undetermined", ask = ["job.district"] }
[example.songkhla_enough_anywhere]
given = { today = 2025-08-01, work_day = 2025-08-01, jobs = [{ province = "90", daily_wage = 400 }] }
expect = { enough = "met" }
[example.ko_samui]
given = { today = 2025-06-30, work_day = 2025-06-30, jobs = [{ province = "84", district = "8404", daily_wage = 400 }] }
expect = { enough = "met", amounts = { rate = "400.00" } }
[example.ko_samui_before_its_row]
given = { today = 2025-06-30, work_day = 2025-02-01, jobs = [{ province = "84", district = "8404", daily_wage = 399 }] }
expect = { enough = "unmet" }
"#;

const WAGES: &str = "from,place,rate,cite
2025-01-01,84,352,wage_notice/13
2025-01-01,8404,400,wage_notice/13
2025-01-01,90,352,wage_notice/13
2025-01-01,9011,380,wage_notice/13
";

/// Steps of months paid, so much for every full twelve beyond a number of months, so much a child up to a number, a sum, a rule whose first day was read only as a span, two readings of a cell.
const BENEFITS: &str = r#"[file]
id = "benefits"
th = "ประโยชน์ทดแทน"
en = "benefits"
authority = "sso"
since = 2011-05-01
checked_on = 2026-11-22
kind = "scheme"
[words.step]
th = "ขั้นตามเดือนที่ส่ง"
en = "step by months paid"
months_steps = { of = ["sso_40"], before = "claim.arose_on", steps = ["6 in 10", "12 in 20", "24 in 40", "36 in 60"] }
[words.paid_total]
th = "เดือนที่ส่งทั้งหมด"
en = "months paid in all"
months_paid = { of = ["sso_40"] }
[words.twelves_beyond_180]
th = "ช่วง 12 เดือนเต็มที่เกิน 180 เดือน"
en = "full twelves of months beyond 180"
full_steps = { of = "paid_total", beyond = 180, each = 12 }
[rule.old_age]
th = "กรณีชราภาพ"
en = "old age"
requires = ["paid_180"]
amount = "increase"
cite = "ssa_2533/77"
[rule.old_age_long]
th = "ส่งเกินสองช่วง"
en = "two full twelves beyond 180"
requires = ["two_twelves"]
cite = "ssa_2533/77"
[rule.invalidity]
th = "กรณีทุพพลภาพ"
en = "invalidity"
from = "2018-03-01..2018-05-31"
requires = ["reached_a_step"]
amount = "monthly"
cite = "rd_s40"
[rule.children]
th = "กรณีสงเคราะห์บุตร"
en = "child allowance"
requires = ["has_children"]
amount = "for_children"
cite = "ssa_2533/75"
[rule.death]
th = "กรณีตาย"
en = "death"
requires = ["paid_at_all"]
amount = "funeral"
cite = "rd_s40"
[rule.member]
th = "เป็นผู้ประกันตนมาตรา 39"
en = "insured under section 39"
gives = "covered"
requires = ["is_member"]
pays = ["contribution"]
cite = "ssa_2533/39"
[clauses.paid_180]
th = "ส่งเงินสมทบครบ 180 เดือน"
en = "paid for 180 months"
when = "paid_total >= 180"
cite = "ssa_2533/77"
[clauses.two_twelves]
th = "ส่งเงินสมทบเกิน 180 เดือนครบสองช่วง"
en = "two full twelves beyond 180"
when = "twelves_beyond_180 >= 2"
cite = "ssa_2533/77"
[clauses.reached_a_step]
th = "ส่งเงินสมทบถึงขั้น"
en = "reached a step"
when = "step >= 1"
cite = "rd_s40"
[clauses.has_children]
th = "มีบุตร"
en = "has children"
when = "claim.children >= 1"
cite = "ssa_2533/75"
[clauses.paid_at_all]
th = "เคยส่งเงินสมทบ"
en = "paid a contribution"
when = "paid_total >= 1"
cite = "rd_s40"
[clauses.sixty_months]
th = "ส่งเงินสมทบครบ 60 เดือน"
en = "paid for sixty months"
when = "paid_total >= 60"
cite = "rd_s40"
[clauses.is_member]
th = "เป็นผู้ประกันตนมาตรา 39"
en = "insured under section 39"
when = "member.sso_39"
cite = "ssa_2533/39"
[table.invalidity_rate]
th = "เงินทดแทนรายเดือนตามขั้น"
en = "monthly sum by step"
clock = "claim.arose_on"
before = "none"
keys = { step = "step" }
columns = ["from", "step", "sum:baht", "cite"]
rows = [
  ["2018-03-01..2018-05-31", 1, 500, "rd_s40"],
  ["2018-03-01..2018-05-31", 2, 650, "rd_s40"],
  ["2018-03-01..2018-05-31", 3, 800, "rd_s40"],
  ["2018-03-01..2018-05-31", 4, 1000, "rd_s40"],
]
[table.child]
th = "เงินสงเคราะห์บุตร"
en = "child allowance"
clock = "today"
columns = ["from", "each:baht", "at_most:count", "cite"]
rows = [
  [2011-05-01, 400, 2, "ssa_2533/75"],
  [2025-01-01, 1000, 3, "ssa_2533/75"],
]
[table.death_grant]
th = "ค่าทำศพ"
en = "funeral grant"
clock = "today"
columns = ["from", "grant:baht", "extra:baht", "cite"]
rows = [
  [2011-05-01, 25000, 8000, "rd_s40"],
]
[table.monthly_39]
th = "เงินสมทบมาตรา 39"
en = "contribution under section 39"
clock = "month"
overlay = "cuts_39"
columns = ["from", "contribution:baht", "cite"]
rows = [
  [2011-05-01, 432, "ssa_2533/39"],
]
[amounts.monthly]
th = "เงินทดแทนรายเดือน"
en = "monthly sum"
flat = "invalidity_rate.sum"
per = "month"
cite = "rd_s40"
[amounts.for_children]
th = "เงินสงเคราะห์บุตร"
en = "child allowance"
units = "claim.children"
of = "child.each"
at_most = "child.at_most"
per = "month"
cite = "ssa_2533/75"
[amounts.increase]
th = "ส่วนเพิ่ม"
en = "increase"
units = "twelves_beyond_180"
of = "225.00"
per = "month"
cite = "ssa_2533/77"
[amounts.grant]
th = "ค่าทำศพ"
en = "funeral grant"
flat = "death_grant.grant"
per = "once"
cite = "rd_s40"
[amounts.extra]
th = "เงินเพิ่ม"
en = "extra"
flat = "death_grant.extra"
if = "sixty_months"
per = "once"
cite = "rd_s40"
[amounts.funeral]
th = "ค่าทำศพรวม"
en = "funeral grant in all"
sum = ["grant", "extra"]
per = "once"
cite = "rd_s40"
[amounts.contribution]
th = "เงินสมทบ"
en = "contribution"
flat = "monthly_39.contribution"
per = "month"
cite = "ssa_2533/39"

[example.second_step]
given = { today = 2024-03-10, claim = { arose_on = 2024-03-10 }, paid_months = { sso_40 = { in_10 = 6, in_20 = 12, in_40 = 12, in_60 = 12 } } }
expect = { invalidity = "met", amounts = { monthly = "650.00" } }
[example.fourth_step]
given = { today = 2024-03-10, claim = { arose_on = 2024-03-10 }, paid_months = { sso_40 = { in_10 = 6, in_20 = 12, in_40 = 24, in_60 = 36 } } }
expect = { invalidity = "met", amounts = { monthly = "1000.00" } }
[example.no_step]
given = { today = 2024-03-10, claim = { arose_on = 2024-03-10 }, paid_months = { sso_40 = { in_10 = 5, in_20 = 5, in_40 = 5, in_60 = 5 } } }
expect = { invalidity = "unmet", amounts = { monthly = "none" } }
[example.before_the_span]
given = { today = 2018-02-28, claim = { arose_on = 2018-02-28 }, paid_months = { sso_40 = { in_10 = 6, in_20 = 6, in_40 = 6, in_60 = 6 } } }
expect = { invalidity = "unmet" }
[example.inside_the_span]
given = { today = 2018-04-15, claim = { arose_on = 2018-04-15 }, paid_months = { sso_40 = { in_10 = 6, in_20 = 6, in_40 = 6, in_60 = 6 } } }
expect = { invalidity = "disputed", amounts = { monthly = { disputed = ["none", "500.00"] } } }
[example.after_the_span]
given = { today = 2018-05-31, claim = { arose_on = 2018-05-31 }, paid_months = { sso_40 = { in_10 = 6, in_20 = 6, in_40 = 6, in_60 = 6 } } }
expect = { invalidity = "met", amounts = { monthly = "500.00" } }
[example.four_children]
given = { today = 2025-01-01, claim = { children = 4 } }
expect = { children = "met", amounts = { for_children = "3000.00" } }
[example.two_children]
given = { today = 2025-01-01, claim = { children = 2 } }
expect = { amounts = { for_children = "2000.00" } }
[example.four_children_the_day_before]
given = { today = 2024-12-31, claim = { children = 4 } }
expect = { amounts = { for_children = "800.00" } }
[example.sixty_months]
given = { today = 2026-01-10, paid_months = { sso_40 = { total = 60 } } }
expect = { death = "met", amounts = { funeral = "33000.00" } }
[example.fifty_nine_months]
given = { today = 2026-01-10, paid_months = { sso_40 = { total = 59 } } }
expect = { amounts = { funeral = "25000.00" } }
[example.songkhla_in_a_cut]
given = { today = 2026-02-10, member = { sso_39 = true }, home_province = "90" }
expect = { status = "covered", amounts = { contribution = { disputed = ["283.00", "278.00"] } } }
[example.bangkok_beside_the_cut]
given = { today = 2026-02-10, member = { sso_39 = true }, home_province = "10" }
expect = { amounts = { contribution = "432.00" } }
[example.month_after_the_cut]
given = { today = 2026-06-10, member = { sso_39 = true }, home_province = "90" }
expect = { amounts = { contribution = "432.00" } }
[example.cut_of_which_the_sum_was_not_read]
given = { today = 2020-07-10, member = { sso_39 = true }, home_province = "90" }
expect = { amounts = { contribution = "not_read" }, ask = [] }
[example.cut_for_all]
given = { today = 2020-04-10, member = { sso_39 = true } }
expect = { amounts = { contribution = "86.00" } }
[example.no_month]
given = { today = 2026-03-10, paid_months = { sso_40 = { total = 0 } } }
expect = { old_age = "unmet", old_age_long = "unmet", amounts = { increase = "0.00" } }
[example.at_180]
given = { today = 2026-03-10, paid_months = { sso_40 = { total = 180 } } }
expect = { old_age = "met", old_age_long = "unmet", amounts = { increase = "0.00" } }
[example.a_month_short_of_twelve]
given = { today = 2026-03-10, paid_months = { sso_40 = { total = 191 } } }
expect = { old_age = "met", old_age_long = "unmet", amounts = { increase = "0.00" } }
[example.twelve_beyond]
given = { today = 2026-03-10, paid_months = { sso_40 = { total = 192 } } }
expect = { old_age = "met", old_age_long = "unmet", amounts = { increase = "225.00" } }
[example.a_month_short_of_two]
given = { today = 2026-03-10, paid_months = { sso_40 = { total = 203 } } }
expect = { old_age = "met", old_age_long = "unmet", amounts = { increase = "225.00" } }
[example.two_twelves_beyond]
given = { today = 2026-03-10, paid_months = { sso_40 = { total = 204 } } }
expect = { old_age = "met", old_age_long = "met", amounts = { increase = "450.00" } }
[example.five_twelves_beyond]
given = { today = 2026-03-10, paid_months = { sso_40 = { total = 240 } } }
expect = { old_age = "met", old_age_long = "met", amounts = { increase = "1125.00" } }
[example.months_not_told]
given = { today = 2026-03-10 }
expect = { old_age_long = "undetermined", ask = ["paid_months.sso_40"] }
"#;

const CUTS: &str = r#"[file]
id = "cuts_39"
th = "การลดเงินสมทบชั่วคราว"
en = "temporary cuts"
since = 2011-05-01
checked_on = 2026-11-22
kind = "overlay"
[overlay]
area = { benefits = "home_province" }
sets = { "benefits.monthly_39.contribution" = "s39" }
columns = ["months", "area", "s39:baht", "cite"]
rows = [
  ["2020-03..2020-05", "all", 86, "cuts_notice/S15"],
  ["2020-06..2020-08", "all", "not_read", "cuts_notice/S15"],
  ["2025-12..2026-05", "south_9", { lead = 283, other = 278, cite = "cuts_notice/S85 (medium)" }, "cuts_notice/S85"],
]
[areas.south_9]
provinces = ["80", "84", "90", "91", "92", "93", "94", "95", "96"]
cite = "cuts_notice/S85"
"#;

const SOURCES: &str = "[source.S15]\ntitle = \"a page\"\n[source.S85]\ntitle = \"a page\"\n";

const FILES: [&str; 4] = ["severance", "maternity_leave", "minimum_wage", "benefits"];

fn shapes() -> Vec<SourceFile> {
    let mut files = trial();
    files.push(file("statutes/shapes.toml", &format!("{ACTS}{SOURCES}")));
    files.push(file("facts.toml", FACTS));
    files.push(file("standards/severance.toml", SEVERANCE));
    files.push(file("standards/maternity_leave.toml", LEAVE));
    files.push(file("standards/minimum_wage.toml", WAGE));
    files.push(file("places/minimum_wage.csv", WAGES));
    files.push(file("schemes/benefits.toml", BENEFITS));
    files.push(file("schemes/cuts_39.toml", CUTS));
    files
}

fn rulebook(files: &[SourceFile]) -> Rulebook {
    Rulebook::from_sources(files).unwrap_or_else(|faults| {
        panic!(
            "{}",
            faults
                .0
                .iter()
                .map(|fault| format!("{:?} {fault}", fault.code))
                .collect::<Vec<_>>()
                .join("\n")
        );
    })
}

/// How many examples of the files of this test a rulebook answers, and what differs.
fn tested(rulebook: &Rulebook, files: &[SourceFile]) -> (usize, Vec<String>) {
    let (mut count, mut failures) = (0, Vec::new());
    for id in FILES {
        let selection = Selection {
            file: Some(id.to_owned()),
            example: None,
        };
        let report = rulebook.test_selected(files, &selection).unwrap();
        count += report.examples;
        failures.extend(report.differences.iter().map(ToString::to_string));
        failures.extend(report.diagnostics.iter().map(ToString::to_string));
    }
    (count, failures)
}

#[test]
fn every_shape_comes_to_the_value_on_paper() {
    let files = shapes();
    assert_eq!(tested(&rulebook(&files), &files), (41, Vec::new()));
}

#[test]
fn the_same_holds_of_a_rulebook_that_came_as_bytes() {
    let files = shapes();
    let opened = Rulebook::open(&rulebook(&files).to_bytes().unwrap()).unwrap();
    assert_eq!(tested(&opened, &files), (41, Vec::new()));
}

/// Of months paid nothing or only a lowest number is known: the increase has a least, and no most.
#[test]
fn full_steps_of_an_open_number_stay_open() {
    let rulebook = rulebook(&shapes());
    let law = rulebook.on(Date::parse("2026-03-10").unwrap());
    let book = law.book();
    let file = book.file_number("benefits").unwrap();
    let increase = book
        .amounts
        .iter()
        .position(|amount| amount.file == file && amount.id == "increase")
        .and_then(|number| sitthi::criterion::AmountId::try_from(number).ok())
        .unwrap();
    for (paid, least) in [(None, "0.00"), (Some(191), "0.00"), (Some(192), "225.00"), (Some(216), "675.00")] {
        let facts = paid.map_or_else(
            || serde_json::json!({}),
            |paid| serde_json::json!({ "paid_months": { "sso_40": { "in_300": paid } } }),
        );
        let subject = law.subject(&Worker::from_value(&facts).unwrap()).unwrap();
        let shown = Assessment::new(&law, &subject).amount(increase, Scope::Person, None).unwrap();
        assert_eq!(shown.value, AmountValue::Between(Some(least.into()), None), "{paid:?}");
        assert_eq!(shown.missing.len(), 1, "{paid:?}");
    }
}

#[test]
fn a_declared_fact_belongs_to_its_rulebook_alone() {
    let worker = Rulebook::built_in()
        .on(Date::parse("2026-11-22").unwrap())
        .read_worker(r#"{"fault_stated": true}"#);
    assert!(worker.unwrap_err().to_string().contains("fault_stated"));
}

/// Sixty days after filing on 21 September 2026 end on Friday 20 November.
#[test]
fn the_nearest_last_day_makes_a_complaint_urgent() {
    let rulebook = rulebook(&shapes());
    let soon = |today: &str, filed: &str, owed: bool| {
        let law = rulebook.on(Date::parse(today).unwrap());
        let facts = serde_json::json!({ "danger_now": false, "filed_on": filed, "happened": { "wages_unpaid": owed } });
        let subject = law.subject(&Complaint::from_value(&facts).unwrap()).unwrap();
        let book = law.book();
        let file = book.file_number("urgency").unwrap();
        let rule = book.rules.iter().find(|rule| rule.file == file && rule.id == "soon").unwrap();
        Assessment::new(&law, &subject).rule_verdict(rule)
    };
    assert_eq!(soon("2026-11-16", "2026-09-21", true), Verdict::Unmet, "four days");
    assert_eq!(soon("2026-11-17", "2026-09-21", true), Verdict::Met, "three days");
    assert_eq!(soon("2026-11-20", "2026-09-21", true), Verdict::Met, "the last day");
    assert_eq!(soon("2026-11-21", "2026-09-21", true), Verdict::Unmet, "gone");
    assert_eq!(soon("2026-11-17", "2026-09-21", false), Verdict::Unmet, "no such complaint");
}
