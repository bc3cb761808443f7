//! Facts that cannot all be true: refused where facts come in, so that no answer rests on one of two that exclude each other.
//!
//! Each pair stands once, below. It contradicts itself only where no value that the two may still have goes together: a date known in part, or
//! a fact that is not known, contradicts nothing.

use std::sync::OnceLock;

use super::{CodeList, FactError, FactId, FactScope, Layout, PaidMonths, Scope, Subject, Value};
use crate::values::Date;

/// Two facts, whether their values exclude each other, and why.
struct Pair {
    one: &'static str,
    other: &'static str,
    excludes: fn(&Value, &Value, &Sight<'_>) -> bool,
    reason: &'static str,
}

/// What a pair may look at beside the two values.
struct Sight<'a> {
    lists: [Option<&'a CodeList>; 2],
    on: Option<Date>,
}

impl Sight<'_> {
    fn code(&self, place: usize, value: &Value) -> &str {
        let Value::Code(code) = value else { return "" };
        let list = self.lists.get(place).copied().flatten();
        list.and_then(|list| list.codes.get(usize::from(*code)))
            .map_or("", |code| code.as_str())
    }
}

const fn pair(one: &'static str, other: &'static str, excludes: fn(&Value, &Value, &Sight<'_>) -> bool, reason: &'static str) -> Pair {
    Pair {
        one,
        other,
        excludes,
        reason,
    }
}

const BORN_LATER: &str = "the person was born after that day";
const CHILD_AFFECTED: &str = "what happened is about a child";
const ONE_OPTION: &str = "a person is insured under one option of section 40 at a time";

/// Every pair that can exclude itself.
const PAIRS: &[Pair] = &[
    // Nothing happens to a person before birth.
    pair("birth_date", "s33_ended_on", after, BORN_LATER),
    pair("birth_date", "s39_ended_on", after, BORN_LATER),
    pair("birth_date", "s40_first_paid_on", after, BORN_LATER),
    pair("birth_date", "survey_month", after, BORN_LATER),
    pair("birth_date", "claim.arose_on", after, BORN_LATER),
    pair("birth_date", "claim.treated_on", after, BORN_LATER),
    pair("birth_date", "claim.child_born_on", after, BORN_LATER),
    pair("birth_date", "claim.unemployed_on", after, BORN_LATER),
    pair("birth_date", "job.started_on", after, BORN_LATER),
    pair("birth_date", "job.ended_on", after, BORN_LATER),
    pair("birth_date", "s33_months", more_months_than_lived, MONTHS_OF_LIFE),
    pair("birth_date", "paid_months.sso_33", more_months_than_lived, MONTHS_OF_LIFE),
    pair("birth_date", "paid_months.sso_39", more_months_than_lived, MONTHS_OF_LIFE),
    pair("birth_date", "paid_months.sso_40", more_months_than_lived, MONTHS_OF_LIFE),
    // What is kept back for a child is not opened by saying that there is none.
    pair("child_affected", "happened.child_sexual_exploitation", no_but_yes, CHILD_AFFECTED),
    pair("child_affected", "happened.child_under_15_at_work", no_but_yes, CHILD_AFFECTED),
    pair("child_affected", "happened.child_hazardous_work", no_but_yes, CHILD_AFFECTED),
    // What is told twice is told alike.
    pair(
        "s33_months",
        "paid_months.sso_33",
        other_total,
        "both tell the contribution months under section 33 in total",
    ),
    pair(
        "s39_paid_in_12",
        "paid_months.sso_39",
        above_total,
        "no more months are paid within twelve than in total",
    ),
    pair("member.sso_40_1", "member.sso_40_2", both, ONE_OPTION),
    pair("member.sso_40_1", "member.sso_40_3", both, ONE_OPTION),
    pair("member.sso_40_2", "member.sso_40_3", both, ONE_OPTION),
    pair("nationality", "stay", thai_who_stays, "a Thai national needs no ground to stay"),
    pair(
        "same_employer_since_60",
        "employed_without_break_since_60",
        yes_and_no,
        "who stayed with one employer was employed without a break",
    ),
    // Of a job.
    pair("job.started_on", "job.ended_on", after, "the job ended before it started"),
    pair(
        "job.end_cause",
        "job.ended_on",
        employed_yet_ended,
        "a job whose last day is over has ended",
    ),
    pair(
        "job.for_wages",
        "job.employer",
        wages_of_nobody,
        "who works for wages has an employer",
    ),
    pair(
        "job.province",
        "job.district",
        other_province,
        "the district lies in another province",
    ),
    // Of a complaint: what follows comes later.
    pair("order_made_on", "order_known_on", after, "an order is not known before it is made"),
    pair(
        "order_made_on",
        "order_affixed_on",
        after,
        "an order is not affixed before it is made",
    ),
    pair(
        "judgment_read_on",
        "appeal_judgment_read_on",
        after,
        "an appeal is decided after the judgment",
    ),
    pair(
        "committee_filed_on",
        "committee_order_on",
        after,
        "the committee orders after it was asked",
    ),
    pair(
        "committee_order_on",
        "committee_order_known_on",
        after,
        "an order is not known before it is made",
    ),
    pair(
        "sso_order_notified_on",
        "appeal_decision_notified_on",
        after,
        "an appeal is decided after the order",
    ),
    pair(
        "benefit_arose_on",
        "award_notified_on",
        after,
        "a benefit is awarded after the right to it arose",
    ),
    pair(
        "relocation_notice_posted",
        "relocation_posted_on",
        no_yet_told,
        "a notice that was not posted has no day",
    ),
];

const MONTHS_OF_LIFE: &str = "more months are paid than the person has lived";

/// A value from its first to its last possible number.
fn span(value: &Value) -> Option<(i64, i64)> {
    if let Value::Span(first, last) = value {
        Some((*first, *last))
    } else {
        None
    }
}

fn after(one: &Value, other: &Value, _: &Sight<'_>) -> bool {
    matches!((span(one), span(other)), (Some((first, _)), Some((_, last))) if first > last)
}

fn no_but_yes(one: &Value, other: &Value, _: &Sight<'_>) -> bool {
    *one == Value::Flag(false) && *other == Value::Flag(true)
}

fn both(one: &Value, other: &Value, _: &Sight<'_>) -> bool {
    (one, other) == (&Value::Flag(true), &Value::Flag(true))
}

fn yes_and_no(one: &Value, other: &Value, _: &Sight<'_>) -> bool {
    (one, other) == (&Value::Flag(true), &Value::Flag(false))
}

fn no_yet_told(one: &Value, other: &Value, _: &Sight<'_>) -> bool {
    *one == Value::Flag(false) && *other != Value::Unknown
}

/// Whether the last day is over on the day asked about.
fn over(value: &Value, sight: &Sight<'_>) -> bool {
    matches!((span(value), sight.on), (Some((_, last)), Some(on)) if last < i64::from(on.days()))
}

fn employed_yet_ended(one: &Value, other: &Value, sight: &Sight<'_>) -> bool {
    sight.code(0, one) == "still_employed" && over(other, sight)
}

fn wages_of_nobody(one: &Value, other: &Value, sight: &Sight<'_>) -> bool {
    *one == Value::Flag(true) && sight.code(1, other) == "none"
}

fn thai_who_stays(one: &Value, other: &Value, sight: &Sight<'_>) -> bool {
    // Whose nationality was approved is a Thai national with such papers.
    sight.code(0, one) == "thai" && !matches!(sight.code(1, other), "" | "none" | "nationality_approved")
}

fn other_province(one: &Value, other: &Value, sight: &Sight<'_>) -> bool {
    let (province, district) = (sight.code(0, one), sight.code(1, other));
    !province.is_empty() && !district.is_empty() && !district.starts_with(province)
}

/// The least and the most that the months paid in total may be.
fn total(value: &Value) -> Option<(i64, i64)> {
    match value {
        Value::Months(months) => Some(months.in_total()),
        value => span(value),
    }
}

fn other_total(one: &Value, other: &Value, _: &Sight<'_>) -> bool {
    // A list tells the months that a benefit asks about; whether it reaches back to the first month ever paid, it does not say.
    if matches!(other, Value::Months(months) if matches!(months.as_ref(), PaidMonths::Months(_))) {
        return matches!((total(one), total(other)), (Some(one), Some(other)) if other.0 > one.1);
    }
    matches!((total(one), total(other)), (Some(one), Some(other)) if one.0 > other.1 || other.0 > one.1)
}

fn above_total(one: &Value, other: &Value, _: &Sight<'_>) -> bool {
    matches!((total(one), total(other)), (Some(one), Some(other)) if one.0 > other.1)
}

fn more_months_than_lived(one: &Value, other: &Value, sight: &Sight<'_>) -> bool {
    let (Some((first, _)), Some((least, _)), Some(on)) = (span(one), total(other), sight.on) else {
        return false;
    };
    let born = i32::try_from(first).ok().and_then(Date::from_days);
    // Whoever pays on the day asked about may have paid for its month already.
    born.is_some_and(|born| least > i64::from(on.month().index().saturating_sub(born.month().index()).saturating_add(1)))
}

impl PaidMonths {
    /// The least and the most months that are paid in total.
    fn in_total(&self) -> (i64, i64) {
        match self {
            Self::Months(months) => {
                let count = i64::try_from(months.len()).unwrap_or(i64::MAX);
                (count, count)
            }
            Self::Counts { total: Some(total), .. } => ((*total).into(), (*total).into()),
            Self::Counts { within, total: None } => (within.values().copied().max().map_or(0, i64::from), i64::MAX),
        }
    }

    /// The first two counts that exclude each other, by their names, and why.
    fn excluded(&self) -> Option<(String, String, &'static str)> {
        let Self::Counts { within, total } = self else { return None };
        let windows: Vec<(u16, u32)> = within.iter().map(|(window, count)| (*window, *count)).collect();
        let name = |window: u16| format!("in_{window}");
        for (place, (short, few)) in windows.iter().enumerate() {
            if total.is_some_and(|total| total < *few) {
                return Some((
                    name(*short),
                    "total".to_owned(),
                    "no more months are paid within some than in total",
                ));
            }
            for (long, many) in windows.iter().skip(place.saturating_add(1)) {
                if few > many {
                    return Some((name(*short), name(*long), "no more months are paid within fewer than within more"));
                }
                if many.saturating_sub(*few) > u32::from(long.saturating_sub(*short)) {
                    return Some((name(*short), name(*long), "the months between the two windows are fewer"));
                }
            }
        }
        None
    }
}

/// The facts of the pairs in one layout, looked up once.
#[derive(Debug, Clone, Default)]
pub(super) struct Pairs {
    /// The number of a pair, and of its facts.
    of: Vec<(usize, FactId, FactId)>,
    months: Vec<FactId>,
    birth: Option<FactId>,
    main: Option<FactId>,
    /// The day on which section 33 ended, the last day of a job, and whether the job was insured.
    left: Option<((FactId, FactId), FactId)>,
}

impl Pairs {
    pub(super) fn of(layout: &Layout) -> Self {
        let known = PAIRS
            .iter()
            .enumerate()
            .filter_map(|(number, pair)| Some((number, layout.fact_number(pair.one)?, layout.fact_number(pair.other)?)));
        let months = FactId::of_each(&layout.facts).filter(|(_, fact)| fact.kind == super::FactKind::PaidMonths);
        Self {
            of: known.collect(),
            months: months.map(|(number, _)| number).collect(),
            birth: layout.fact_number("birth_date"),
            main: layout.fact_number("job.main"),
            left: layout
                .fact_number("s33_ended_on")
                .zip(layout.fact_number("job.ended_on"))
                .zip(layout.fact_number("job.insured_33")),
        }
    }
}

/// The pairs of a layout once they were looked up: they follow from it, so that layouts differ by nothing of them.
#[derive(Debug, Clone, Default)]
pub(super) struct Kept(OnceLock<Pairs>);

impl Kept {
    pub(super) fn of(&self, layout: &Layout) -> &Pairs {
        self.0.get_or_init(|| Pairs::of(layout))
    }
}

impl PartialEq for Kept {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// The names of the facts that can contradict each other, in pairs: for columns, of which each row is asked.
#[must_use]
pub fn contradicting_pairs() -> Vec<(&'static str, &'static str)> {
    PAIRS.iter().map(|pair| (pair.one, pair.other)).collect()
}

impl Layout {
    /// The pairs that can contradict each other, each with its number and its two facts.
    pub(crate) fn contradicting(&self) -> &[(usize, FactId, FactId)] {
        &self.pairs().of
    }

    /// Whether values of the facts of a pair exclude each other.
    pub(crate) fn excludes(&self, (number, one, other): (usize, FactId, FactId), values: (&Value, &Value), on: Option<Date>) -> bool {
        let list = |fact: FactId| self.fact(fact)?.list.and_then(|list| self.lists.get(usize::from(list)));
        let sight = Sight {
            lists: [list(one), list(other)],
            on,
        };
        let known = *values.0 != Value::Unknown && *values.1 != Value::Unknown;
        known && PAIRS.get(number).is_some_and(|pair| (pair.excludes)(values.0, values.1, &sight))
    }
}

impl Subject {
    /// Refuses facts that cannot all be true on a day asked about, or on none in particular.
    ///
    /// # Errors
    /// [`FactError::Contradiction`] with the first two facts that exclude each other.
    pub fn check(&self, layout: &Layout, on: Option<Date>) -> Result<(), FactError> {
        let pairs = layout.pairs();
        let jobs = self.job_count().unwrap_or(0);
        let place = |fact: FactId, scope: Scope| {
            let info = layout.fact(fact);
            let name = info.map_or("", |info| info.name.as_str());
            match (info.map(|info| info.scope), scope) {
                (Some(FactScope::Job), Scope::Job(job)) => self.job_path(name, job),
                _ => name.to_owned(),
            }
        };
        let contradiction = |fact: String, other: String, reason: &str| FactError::Contradiction {
            fact,
            other,
            reason: reason.to_owned(),
        };
        for (number, one, other) in &pairs.of {
            let Some(pair) = PAIRS.get(*number) else { continue };
            let of_job = [one, other]
                .into_iter()
                .any(|fact| layout.fact(*fact).is_some_and(|info| info.scope == FactScope::Job));
            for job in 0..if of_job { jobs } else { 1 } {
                let scope = if of_job { Scope::Job(job) } else { Scope::Person };
                let values = (self.value(layout, *one, scope), self.value(layout, *other, scope));
                if layout.excludes((*number, *one, *other), values, on) {
                    return Err(contradiction(place(*one, scope), place(*other, scope), pair.reason));
                }
            }
        }
        for fact in &pairs.months {
            if let Value::Months(months) = self.value(layout, *fact, Scope::Person)
                && let Some((one, other, reason)) = months.excluded()
            {
                let name = place(*fact, Scope::Person);
                return Err(contradiction(format!("{name}.{one}"), format!("{name}.{other}"), reason));
            }
        }
        if let (Some(birth), Some(on)) = (pairs.birth, on)
            && let Some((first, _)) = span(self.value(layout, birth, Scope::Person))
            && first > i64::from(on.days())
        {
            return Err(contradiction(
                place(birth, Scope::Person),
                "on".to_owned(),
                "the person was born after the day asked about",
            ));
        }
        if let (Some(((left, ended), insured)), Some(on)) = (pairs.left, on)
            && let Some(told) = span(self.value(layout, left, Scope::Person))
        {
            let over = (0..jobs).filter(|job| *self.value(layout, insured, Scope::Job(*job)) == Value::Flag(true));
            let over = over.filter_map(|job| Some((span(self.value(layout, ended, Scope::Job(job)))?, job)));
            let last = over.filter(|((_, last), _)| *last < i64::from(on.days())).max();
            if let Some((_, job)) = last.filter(|(span, _)| span.1 < told.0 || told.1 < span.0) {
                return Err(contradiction(
                    place(left, Scope::Person),
                    place(ended, Scope::Job(job)),
                    "the last job insured under section 33 that is told ended on another day",
                ));
            }
        }
        if let Some(main) = pairs.main {
            let mut mains = (0..jobs).filter(|job| *self.value(layout, main, Scope::Job(*job)) == Value::Flag(true));
            if let (Some(one), Some(other)) = (mains.next(), mains.next()) {
                return Err(contradiction(
                    place(main, Scope::Job(one)),
                    place(main, Scope::Job(other)),
                    "one job is the main one",
                ));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::{PAIRS, contradicting_pairs};
    use crate::facts::{Complaint, FactError, Subject, Worker};
    use crate::values::Date;
    use crate::{Error, Rulebook};

    fn on(facts: &Json, day: &str, complaint: bool) -> Option<(String, String)> {
        let law = Rulebook::built_in().on(Date::parse(day).unwrap());
        let subject = if complaint {
            law.subject(&Complaint::from_value(facts).unwrap())
        } else {
            law.subject(&Worker::from_value(facts).unwrap())
        };
        match subject {
            Ok(_) => None,
            Err(Error::Fact(error @ FactError::Contradiction { .. })) => {
                let message = error.to_string();
                assert_eq!((error.code().as_str(), error.value()), ("contradiction", None));
                let FactError::Contradiction { fact, other, .. } = error else {
                    return None;
                };
                assert!(message.contains(&format!("`{fact}` and `{other}`")), "{message}");
                Some((fact, other))
            }
            Err(error) => Some((error.to_string(), String::new())),
        }
    }

    fn refused(facts: &Json, one: &str, other: &str) {
        let found = on(facts, "2026-11-22", false);
        assert_eq!(found, Some((one.to_owned(), other.to_owned())), "{facts}");
    }

    #[test]
    fn every_pair_stands_in_the_built_in_rulebook() {
        let layout = &Rulebook::built_in().book().program.layout.clone();
        for (one, other) in contradicting_pairs() {
            assert!(
                layout.fact_number(one).is_some() && layout.fact_number(other).is_some(),
                "{one}, {other}"
            );
        }
        assert_eq!(layout.pairs().of.len(), PAIRS.len());
    }

    #[test]
    fn no_child_is_affected_contradicts_what_happened_to_a_child() {
        for happening in ["child_sexual_exploitation", "child_under_15_at_work", "child_hazardous_work"] {
            let told = |affected: bool, happened: bool| json!({ "child_affected": affected, "happened": { happening: happened } });
            let named = Some(("child_affected".to_owned(), format!("happened.{happening}")));
            assert_eq!(on(&told(false, true), "2026-11-22", true), named);
            assert_eq!(on(&told(true, true), "2026-11-22", true), None);
            assert_eq!(on(&told(false, false), "2026-11-22", true), None);
        }
    }

    #[test]
    fn facts_of_a_worker_that_exclude_each_other_are_named() {
        for (facts, one, other) in [
            (
                json!({ "s33_months": 5, "paid_months": { "sso_33": { "total": 200 } } }),
                "s33_months",
                "paid_months.sso_33",
            ),
            (
                json!({ "s33_months": 5, "paid_months": { "sso_33": { "in_15": 6 } } }),
                "s33_months",
                "paid_months.sso_33",
            ),
            (
                json!({ "s33_months": 1, "paid_months": { "sso_33": ["2026-01", "2026-02"] } }),
                "s33_months",
                "paid_months.sso_33",
            ),
            (
                json!({ "s39_paid_in_12": 9, "paid_months": { "sso_39": { "total": 3 } } }),
                "s39_paid_in_12",
                "paid_months.sso_39",
            ),
            (
                json!({ "paid_months": { "sso_39": { "in_15": 9, "total": 3 } } }),
                "paid_months.sso_39.in_15",
                "paid_months.sso_39.total",
            ),
            (
                json!({ "paid_months": { "sso_40": { "in_6": 6, "in_15": 5 } } }),
                "paid_months.sso_40.in_6",
                "paid_months.sso_40.in_15",
            ),
            (
                json!({ "paid_months": { "sso_40": { "in_6": 0, "in_15": 10 } } }),
                "paid_months.sso_40.in_6",
                "paid_months.sso_40.in_15",
            ),
            (
                json!({ "jobs": [{}, { "province": "10", "district": "5001" }] }),
                "jobs[1].province",
                "jobs[1].district",
            ),
            (
                json!({ "jobs": [{ "started_on": "2026-05-01", "ended_on": "2026-04" }] }),
                "jobs[0].started_on",
                "jobs[0].ended_on",
            ),
            (
                json!({ "jobs": [{ "end_cause": "still_employed", "ended_on": "2026-04" }] }),
                "jobs[0].end_cause",
                "jobs[0].ended_on",
            ),
            (
                json!({ "jobs": [{ "for_wages": true, "employer": "none" }] }),
                "jobs[0].for_wages",
                "jobs[0].employer",
            ),
            (
                json!({ "jobs": [{ "main": true }, { "main": true }] }),
                "jobs[0].main",
                "jobs[1].main",
            ),
            (
                json!({ "birth_date": "2000", "jobs": [{ "started_on": "1999-12-31" }] }),
                "birth_date",
                "jobs[0].started_on",
            ),
            (
                json!({ "birth_date": "2000-05-01", "claim": { "arose_on": "2000-04" } }),
                "birth_date",
                "claim.arose_on",
            ),
            (json!({ "birth_date": "2026-01-01", "s33_months": 12 }), "birth_date", "s33_months"),
            (
                json!({ "birth_date": "2026-01-01", "paid_months": { "sso_40": { "total": 12 } } }),
                "birth_date",
                "paid_months.sso_40",
            ),
            (json!({ "birth_date": "2030" }), "birth_date", "on"),
            (json!({ "birth_date": "2026-11-23" }), "birth_date", "on"),
            (
                json!({ "member": { "sso_40_1": true, "sso_40_2": true } }),
                "member.sso_40_1",
                "member.sso_40_2",
            ),
            (
                json!({ "member": { "sso_40_1": true, "sso_40_2": true, "sso_40_3": true } }),
                "member.sso_40_1",
                "member.sso_40_2",
            ),
            (json!({ "nationality": "thai", "stay": "border_pass" }), "nationality", "stay"),
            (
                json!({ "same_employer_since_60": true, "employed_without_break_since_60": false }),
                "same_employer_since_60",
                "employed_without_break_since_60",
            ),
        ] {
            refused(&facts, one, other);
        }
    }

    #[test]
    fn facts_that_go_together_are_not_refused() {
        for facts in [
            json!({}),
            json!({ "s33_months": 200, "paid_months": { "sso_33": { "total": 200, "in_15": 9 } } }),
            json!({ "s33_months": 2, "paid_months": { "sso_33": ["2026-01", "2026-02"] } }),
            json!({ "paid_months": { "sso_33": { "in_6": 6, "in_15": 15, "in_36": 30, "total": 30 } } }),
            json!({ "jobs": [{ "province": "50", "district": "5001" }, { "district": "1001" }] }),
            json!({ "jobs": [{ "started_on": "2026-05-01", "ended_on": "2026-05" }, { "started_on": "2026", "ended_on": "2026-01-01" }] }),
            json!({ "jobs": [{ "end_cause": "still_employed", "ended_on": "2026-12-31" }] }),
            json!({ "birth_date": "2026-11", "claim": { "child_born_on": "2026-11-01" } }),
            json!({ "birth_date": "2026-11-22" }),
            json!({ "member": { "sso_40_1": true, "sso_40_2": false } }),
            json!({ "nationality": "not_thai", "stay": "border_pass" }),
            json!({ "nationality": "thai", "stay": "none" }),
        ] {
            assert_eq!(on(&facts, "2026-11-22", false), None, "{facts}");
        }
        // Months paid years ago are no contradiction of a later law, nor is a birth of its own day.
        assert_eq!(
            on(&json!({ "birth_date": "2010-01-01" }), "2009-12-31", false),
            Some(("birth_date".into(), "on".into()))
        );
    }

    #[test]
    fn days_of_a_complaint_that_come_in_the_wrong_order_are_named() {
        for (facts, one, other) in [
            (
                json!({ "order_made_on": "2026-11-02", "order_known_on": "2026-11-01" }),
                "order_made_on",
                "order_known_on",
            ),
            (
                json!({ "job": { "started_on": "2026-11-02", "ended_on": "2026-11-01" } }),
                "job.started_on",
                "job.ended_on",
            ),
            (
                json!({ "job": { "province": "กระบี่", "district": "5001" } }),
                "job.province",
                "job.district",
            ),
            (
                json!({ "judgment_read_on": "2026-11-02", "appeal_judgment_read_on": "2026-10" }),
                "judgment_read_on",
                "appeal_judgment_read_on",
            ),
            (
                json!({ "relocation_notice_posted": false, "relocation_posted_on": "2026-10" }),
                "relocation_notice_posted",
                "relocation_posted_on",
            ),
        ] {
            assert_eq!(on(&facts, "2026-11-22", true), Some((one.to_owned(), other.to_owned())), "{facts}");
        }
        assert_eq!(
            on(
                &json!({ "order_made_on": "2026-11-02", "order_known_on": "2026-11-02" }),
                "2026-11-22",
                true
            ),
            None
        );
    }

    #[test]
    fn without_a_day_only_what_needs_none_is_checked() {
        let rulebook = Rulebook::built_in();
        let layout = &rulebook.book().program.layout;
        let subject = |facts: &Json| Subject::of(&Worker::from_value(facts).unwrap(), layout).unwrap();
        assert_eq!(subject(&json!({ "birth_date": "2150" })).check(layout, None), Ok(()));
        assert!(
            subject(&json!({ "jobs": [{ "main": true }, { "main": true }] }))
                .check(layout, None)
                .is_err()
        );
    }
}
