//! The codes of errors, the same in every language.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What kind of error it is, the same in every language. Codes are only added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ErrorCode {
    /// A name that is no fact.
    UnknownFact,
    /// A value, a column or a map of the wrong type.
    WrongType,
    /// A code that is not on the list of its fact.
    UnknownCode,
    /// A value that its fact cannot have.
    ImpossibleValue,
    /// Facts that cannot all be true.
    Contradiction,
    /// A value that no key of a map names, or that two do.
    UnmappedValue,
    /// A day that cannot be.
    ImpossibleDate,
    /// An identification number that cannot be.
    IdentityNumber,
    /// A compiled rulebook that cannot be opened.
    UnreadableRulebook,
    /// Rule files with faults.
    FaultyRulebook,
    /// A folder of rule files that cannot be read.
    RulebookFaults,
    /// Another rulebook than the one that was kept.
    AnotherRulebook,
    /// A rulebook that was opened from its compiled form has no rule files.
    NoRuleFiles,
    /// A path that names no table.
    ChangePath,
    /// A table that there is not.
    UnknownTable,
    /// A column that there is not.
    UnknownColumn,
    /// A path that names several columns.
    SeveralColumns,
    /// A value that a cell cannot have.
    ChangeValue,
    /// A rulebook that has no room for more.
    RulebookFull,
    /// An input for a plan that is not what it must be.
    PlanInput,
    /// Text that is no JSON.
    NotJson,
    /// JSON that is no decision.
    NotADecision,
    /// A name that stands twice in one object.
    DuplicateName,
    /// Lists and objects in each other too deep.
    TooDeep,
    /// A name of something that the rulebook does not have.
    UnknownName,
    /// Two columns of one name.
    ColumnTwice,
    /// Two columns for one fact.
    FactTwice,
    /// A reader of columns that there is not.
    UnknownReader,
    /// A frame that cannot be read.
    Frame,
}

impl ErrorCode {
    /// The code, such as `unknown_fact`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UnknownFact => "unknown_fact",
            Self::WrongType => "wrong_type",
            Self::UnknownCode => "unknown_code",
            Self::ImpossibleValue => "impossible_value",
            Self::Contradiction => "contradiction",
            Self::UnmappedValue => "unmapped_value",
            Self::ImpossibleDate => "impossible_date",
            Self::IdentityNumber => "identity_number",
            Self::UnreadableRulebook => "unreadable_rulebook",
            Self::FaultyRulebook => "faulty_rulebook",
            Self::RulebookFaults => "rulebook_faults",
            Self::AnotherRulebook => "another_rulebook",
            Self::NoRuleFiles => "no_rule_files",
            Self::ChangePath => "change_path",
            Self::UnknownTable => "unknown_table",
            Self::UnknownColumn => "unknown_column",
            Self::SeveralColumns => "several_columns",
            Self::ChangeValue => "change_value",
            Self::RulebookFull => "rulebook_full",
            Self::PlanInput => "plan_input",
            Self::NotJson => "not_json",
            Self::NotADecision => "not_a_decision",
            Self::DuplicateName => "duplicate_name",
            Self::TooDeep => "too_deep",
            Self::UnknownName => "unknown_name",
            Self::ColumnTwice => "column_twice",
            Self::FactTwice => "fact_twice",
            Self::UnknownReader => "unknown_reader",
            Self::Frame => "frame",
        }
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::ErrorCode;

    #[test]
    fn a_code_is_written_and_read_as_its_name() {
        for code in [
            ErrorCode::UnknownFact,
            ErrorCode::NotADecision,
            ErrorCode::NotJson,
            ErrorCode::Frame,
        ] {
            assert_eq!(serde_json::json!(code), code.as_str());
            assert_eq!(serde_json::from_value(code.as_str().into()).ok(), Some(code));
        }
    }
}
