//! The closed sets of the law: what a rule gives, how amounts are paid, whom periods bind, and what being late means.

use serde::{Deserialize, Serialize};

use crate::values::Text;

/// What a rule gives where it is met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Gives {
    /// A status of a scheme.
    Status(Strength),
    /// A level of urgency, a code of the list `urgency`.
    Urgency(Text),
}

impl Gives {
    /// The status of a scheme, where it gives one.
    #[must_use]
    pub const fn status(&self) -> Option<Strength> {
        match self {
            Self::Status(strength) => Some(*strength),
            Self::Urgency(_) => None,
        }
    }

    /// The level of urgency, where it gives one.
    #[must_use]
    pub fn urgency(&self) -> Option<&str> {
        match self {
            Self::Urgency(level) => Some(level),
            Self::Status(_) => None,
        }
    }
}

/// The status that a rule gives. The later is the stronger; the strongest that holds is the status of the scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// May join or claim.
    Eligible,
    /// A right now.
    Covered,
}

/// For what an amount is paid once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaidPer {
    /// Each month.
    Month,
    /// Each day.
    Day,
    /// Each birth.
    Birth,
    /// Each time.
    Time,
    /// Each year.
    Year,
    /// Only once.
    Once,
}

/// Whom a period binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BoundParty {
    /// The worker.
    Worker,
    /// The employer.
    Employer,
    /// The authority.
    Authority,
}

/// What follows once the last day of a period has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Late {
    /// It is no longer possible.
    No,
    /// The right ends.
    Ends,
    /// It is still possible, with the reasons for being late.
    FileWithReasons,
}

/// Where a period stands on the day asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PeriodState {
    /// It runs, so far as is told: no step that is not told is taken to be done.
    Running,
    /// It has not begun.
    NotBegun,
    /// Not known: its days are not, or what is told does not say whether a step was in time.
    NotKnown,
    /// The step was taken.
    Done,
    /// It stands still while something else goes on.
    Suspended,
    /// A later step has made it moot.
    Overtaken,
    /// Its last day has passed.
    Over,
}

/// What a note that is not law is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoteStatus {
    /// A proposal.
    Proposed,
    /// A question without an answer.
    Open,
    /// Nobody here has read it.
    NotRead,
    /// Repealed.
    Repealed,
    /// Its time is over.
    Expired,
}

/// On what the name of an office rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfficeBasis {
    /// It was read.
    Sourced,
    /// It follows the names of its sisters and was not read.
    Pattern,
}

/// The level of area that a community body serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AreaLevel {
    /// A subdistrict.
    Subdistrict,
    /// A district.
    District,
    /// A province.
    Province,
}

/// Names the codes of sets, as rule files and decisions write them.
macro_rules! codes {
    ($($set:ident { $($variant:ident: $code:literal),+ $(,)? })+) => {
        $(
            impl $set {
                /// Every one, in the order of its code list.
                pub const EVERY: &[Self] = &[$(Self::$variant),+];

                /// The code.
                #[must_use]
                pub const fn code(self) -> &'static str {
                    match self {
                        $(Self::$variant => $code),+
                    }
                }

                /// The one of that code.
                #[allow(dead_code, reason = "rule files are read where they are compiled, and no rule file writes what the engine works out")]
                pub(crate) fn of(code: &str) -> Option<Self> {
                    Self::EVERY.iter().copied().find(|one| one.code() == code)
                }
            }
        )+

        #[cfg(test)]
        mod tests {
            #[test]
            fn decisions_write_the_codes_of_rule_files() {
                $(
                    for one in super::$set::EVERY {
                        assert_eq!(serde_json::json!(one), one.code());
                    }
                )+
            }
        }
    };
}
codes! {
    Strength { Eligible: "eligible", Covered: "covered" }
    PaidPer { Month: "month", Day: "day", Birth: "birth", Time: "time", Year: "year", Once: "once" }
    BoundParty { Worker: "worker", Employer: "employer", Authority: "authority" }
    PeriodState {
        Running: "running", NotBegun: "not_begun", NotKnown: "not_known", Done: "done", Suspended: "suspended", Overtaken: "overtaken", Over: "over",
    }
    Late { No: "no", Ends: "ends", FileWithReasons: "file_with_reasons" }
    NoteStatus { Proposed: "proposed", Open: "open", NotRead: "not_read", Repealed: "repealed", Expired: "expired" }
    AreaLevel { Subdistrict: "subdistrict", District: "district", Province: "province" }
    OfficeBasis { Sourced: "sourced", Pattern: "pattern" }
}

/// The lists of the vocabulary whose codes the engine knows one by one, with these codes.
#[cfg_attr(not(feature = "source"), allow(dead_code, reason = "rule files are read where they are compiled"))]
pub(crate) fn known_lists() -> [(&'static str, Vec<&'static str>); 5] {
    [
        ("per", PaidPer::EVERY.iter().map(|one| one.code()).collect()),
        ("binds", BoundParty::EVERY.iter().map(|one| one.code()).collect()),
        ("late", Late::EVERY.iter().map(|one| one.code()).collect()),
        ("period_state", PeriodState::EVERY.iter().map(|one| one.code()).collect()),
        ("note_status", NoteStatus::EVERY.iter().map(|one| one.code()).collect()),
    ]
}
