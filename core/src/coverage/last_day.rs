//! What holds until when, and whether it is settled.

use super::decision::Until;
use crate::criterion::{Confidence, NodeId};
use crate::law::{Amount, AmountValue, Assessment, Reason, Side};
use crate::rulebook::Rule;

/// Until when a rule holds: to the end of its period, or to an upper age if that comes first.
pub(super) fn until(assessment: &mut Assessment<'_>, rule: &Rule) -> Option<Until> {
    let period = end_of_period(assessment, rule);
    let nodes: Vec<NodeId> = rule.requires.iter().map(|part| part.node).collect();
    let scope = assessment.deciding_scope(rule);
    let age = assessment.age_limit(&nodes, scope).map(|(nominal, why)| Until {
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
pub(super) fn lapsed(assessment: &mut Assessment<'_>, rule: &Rule, reasons: &[Reason]) -> Option<Until> {
    let [only] = reasons else { return None };
    if only.side != Side::Within {
        return None;
    }
    let today = assessment.today;
    // A period that has not begun has not lapsed.
    end_of_period(assessment, rule).filter(|end| end.rolled.is_some_and(|last| last < today))
}

fn end_of_period(assessment: &mut Assessment<'_>, rule: &Rule) -> Option<Until> {
    let scope = assessment.deciding_scope(rule);
    let period = assessment.period(rule.within?, scope)?;
    Some(Until {
        nominal: period.nominal?,
        rolled: period.rolled,
        why: period.id,
        late: period.late,
        extension: period.extension,
    })
}

/// Whether nobody need be asked: it is decided by sources that were read, and every amount is one that the law gives.
pub(super) fn settled<'a>(decided: bool, confidence: Confidence, amounts: impl IntoIterator<Item = &'a Amount>) -> bool {
    let read = |amount: &Amount| amount.open.is_none() && !matches!(amount.value, AmountValue::NotRead | AmountValue::Disputed(..));
    decided && confidence == Confidence::High && amounts.into_iter().all(read)
}
