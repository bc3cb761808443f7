//! The last day of a status or of a claim.

use super::decision::UntilShown;
use crate::law::{Judge, Reason, Side};
use crate::rulebook::Rule;

/// Until when a rule holds: to the end of its period, or to an upper age if that comes first.
pub(super) fn until(judge: &mut Judge<'_>, rule: &Rule) -> Option<UntilShown> {
    let period = end_of_period(judge, rule);
    let nodes: Vec<u32> = rule.requires.iter().map(|part| part.node).collect();
    let job = judge.deciding_job(rule);
    let age = judge.age_limit(&nodes, job).map(|(nominal, why)| UntilShown {
        nominal,
        rolled: None,
        why,
        late: None,
        extension: None,
    });
    match (period, age) {
        (Some(period), Some(age)) => Some(if age.nominal < period.nominal { age } else { period }),
        (period, age) => period.or(age),
    }
}

/// The last day of a rule whose period is over, where that is the only reason against it: else more time would not help.
pub(super) fn lapsed(judge: &mut Judge<'_>, rule: &Rule, reasons: &[Reason]) -> Option<UntilShown> {
    let [only] = reasons else { return None };
    if only.side != Side::Within {
        return None;
    }
    let today = judge.today;
    // A period that has not begun has not lapsed.
    end_of_period(judge, rule).filter(|end| end.rolled.is_some_and(|last| last < today))
}

fn end_of_period(judge: &mut Judge<'_>, rule: &Rule) -> Option<UntilShown> {
    let job = judge.deciding_job(rule);
    let period = judge.period(rule.within?, job)?;
    Some(UntilShown {
        nominal: period.nominal?,
        rolled: period.rolled,
        why: period.id,
        late: period.late,
        extension: period.extension,
    })
}
