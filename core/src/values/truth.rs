//! Three-valued truth after Kleene.

use serde::{Deserialize, Serialize};

/// Whether a condition is met, as far as the facts tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Truth {
    /// It is met.
    Met,
    /// It is unmet.
    Unmet,
    /// The facts do not tell.
    Unknown,
}

impl Truth {
    /// Both, by Kleene's strong conjunction.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unmet, _) | (_, Self::Unmet) => Self::Unmet,
            (Self::Met, Self::Met) => Self::Met,
            _ => Self::Unknown,
        }
    }

    /// At least one, by Kleene's strong disjunction.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        self.not().and(other.not()).not()
    }

    /// The contrary.
    #[must_use]
    pub const fn not(self) -> Self {
        match self {
            Self::Met => Self::Unmet,
            Self::Unmet => Self::Met,
            Self::Unknown => Self::Unknown,
        }
    }

    /// Whether it is met or unmet.
    #[must_use]
    pub const fn is_decided(self) -> bool {
        !matches!(self, Self::Unknown)
    }
}

impl From<bool> for Truth {
    fn from(met: bool) -> Self {
        if met { Self::Met } else { Self::Unmet }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{self, Met, Unknown, Unmet};

    const EVERY: [Truth; 3] = [Met, Unmet, Unknown];

    #[test]
    fn the_laws_of_kleene_hold() {
        for a in EVERY {
            assert_eq!(a.not().not(), a);
            assert_eq!(a.and(Met), a);
            assert_eq!(a.or(Unmet), a);
            assert_eq!(a.and(Unmet), Unmet);
            assert_eq!(a.or(Met), Met);
            for b in EVERY {
                assert_eq!(a.and(b), b.and(a));
                assert_eq!(a.and(b).not(), a.not().or(b.not()));
                assert_eq!(a.and(a.or(b)), a);
                for c in EVERY {
                    assert_eq!(a.and(b).and(c), a.and(b.and(c)));
                    assert_eq!(a.and(b.or(c)), a.and(b).or(a.and(c)));
                }
            }
        }
    }

    #[test]
    fn unknown_decides_nothing_alone() {
        assert_eq!(Unknown.and(Unknown.not()), Unknown);
        assert_eq!(Unknown.or(Unknown.not()), Unknown);
    }
}
