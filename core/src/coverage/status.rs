//! The status of a scheme for a worker.

use serde::{Deserialize, Serialize};

use crate::law::Assessment;
use crate::rulebook::{Scheme, Strength};
use crate::values::Truth;

/// What a scheme is to a worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// A right now: by law, by membership or in grace.
    Covered,
    /// May join or claim.
    Eligible,
    /// Neither.
    NotEligible,
    /// Facts are missing, or the law was not read.
    Undetermined,
    /// Two cited readings of the law give different answers.
    Disputed,
}

impl Status {
    /// Every status, in the order of the code list.
    pub const EVERY: [Self; 5] = [Self::Covered, Self::Eligible, Self::NotEligible, Self::Undetermined, Self::Disputed];

    /// The code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Covered => "covered",
            Self::Eligible => "eligible",
            Self::NotEligible => "not_eligible",
            Self::Undetermined => "undetermined",
            Self::Disputed => "disputed",
        }
    }

    pub(super) const fn given(strength: Option<Strength>) -> Self {
        match strength {
            Some(Strength::Covered) => Self::Covered,
            Some(Strength::Eligible) => Self::Eligible,
            None => Self::NotEligible,
        }
    }
}

/// The status under one reading: decided, or what it may still be.
pub(super) fn in_reading(truths: &[(Strength, Truth)]) -> (Option<Status>, Vec<Status>) {
    let strongest = truths
        .iter()
        .filter(|(_, truth)| *truth == Truth::Met)
        .map(|(strength, _)| *strength)
        .max();
    let open = truths
        .iter()
        .filter(|(strength, truth)| *truth == Truth::Unknown && strongest.is_none_or(|met| *strength > met));
    let mut possible: Vec<Status> = open.map(|(strength, _)| Status::given(Some(*strength))).collect();
    let certain = Status::given(strongest);
    let decided = possible.is_empty().then_some(certain);
    possible.push(certain);
    possible.sort();
    possible.dedup();
    (decided, possible)
}

/// The status of a scheme under both readings, with what it may be.
pub(super) struct Headline {
    pub status: Status,
    pub lead: Option<Status>,
    pub other: Option<Status>,
    pub possible: Vec<Status>,
}

pub(super) fn headline(assessment: &mut Assessment<'_>, scheme: &Scheme) -> Headline {
    let (mut lead, mut other) = (Vec::with_capacity(scheme.rules.len()), Vec::with_capacity(scheme.rules.len()));
    for (strength, number) in &scheme.rules {
        if let Some(rule) = assessment.rule(*number) {
            let (one, two) = assessment.rule_truths(rule);
            lead.push((*strength, one));
            other.push((*strength, two));
        }
    }
    let ((lead, mut possible), (other, more)) = (in_reading(&lead), in_reading(&other));
    possible.extend(more);
    possible.sort();
    possible.dedup();
    let status = match (lead, other) {
        (Some(one), Some(two)) if one == two => one,
        (Some(_), Some(_)) => Status::Disputed,
        _ => Status::Undetermined,
    };
    Headline {
        status,
        lead,
        other,
        possible,
    }
}

#[cfg(test)]
mod tests {
    use super::{Status, in_reading};
    use crate::rulebook::Strength::{Covered, Eligible};
    use crate::values::Truth::{Met, Unknown, Unmet};

    #[test]
    fn the_strongest_rule_that_holds_gives_the_headline() {
        assert_eq!(
            in_reading(&[(Covered, Met), (Eligible, Unknown)]),
            (Some(Status::Covered), vec![Status::Covered])
        );
        assert_eq!(
            in_reading(&[(Covered, Unmet), (Eligible, Met)]),
            (Some(Status::Eligible), vec![Status::Eligible])
        );
        assert_eq!(
            in_reading(&[(Covered, Unmet), (Eligible, Unmet)]),
            (Some(Status::NotEligible), vec![Status::NotEligible])
        );
    }

    #[test]
    fn a_stronger_open_rule_leaves_it_undetermined() {
        assert_eq!(
            in_reading(&[(Covered, Unknown), (Eligible, Met)]),
            (None, vec![Status::Covered, Status::Eligible])
        );
        assert_eq!(
            in_reading(&[(Covered, Unmet), (Eligible, Unknown)]),
            (None, vec![Status::Eligible, Status::NotEligible])
        );
    }
}
