//! Columns and questions that cannot be asked.

use crate::population::PopulationError;
use crate::values::ErrorCode;

/// A frame that cannot be asked about as a whole. A value that cannot be is an error of its row, see [`RowErrors`](super::RowErrors).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SurveyError {
    /// A column of a type that cannot hold its fact.
    #[error("column `{column}` holds {found}, but fact `{fact}` expects {expected}")]
    ColumnType {
        /// The column.
        column: String,
        /// The fact.
        fact: String,
        /// What the column holds.
        found: String,
        /// What the fact expects.
        expected: &'static str,
    },
    /// A column of a type that cannot serve what it is named for.
    #[error("`{column}` is {found}, expected {expected}")]
    WrongType {
        /// The column.
        column: String,
        /// What the column holds.
        found: String,
        /// What was expected.
        expected: &'static str,
    },
    /// A value that a map gives and its fact cannot have.
    #[error("column `{column}` maps `{value}` to `{to}`, which `{fact}` cannot be: {reason}")]
    Mapped {
        /// The column.
        column: String,
        /// The fact.
        fact: String,
        /// The value of the column.
        value: String,
        /// What the map makes of it.
        to: String,
        /// Why that cannot be.
        reason: String,
    },
    /// A value that the keys of a map name in no way, or in two.
    #[error("column `{column}` cannot be mapped to `{fact}`: {reason}")]
    Keys {
        /// The column.
        column: String,
        /// The fact.
        fact: String,
        /// The value of the column, as it was given.
        value: String,
        /// What is wrong with the keys.
        reason: String,
    },
    /// A value for every row that its fact cannot have.
    #[error("`{fact}` cannot be `{value}`: {reason}")]
    Constant {
        /// The fact.
        fact: String,
        /// The value.
        value: String,
        /// Why it cannot be.
        reason: String,
    },
    /// Columns that do not fit each other.
    #[error(transparent)]
    Population(#[from] PopulationError),
}

impl SurveyError {
    /// The code of the error, the same in every language.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::ColumnType { .. } | Self::WrongType { .. } => ErrorCode::WrongType,
            Self::Mapped { .. } | Self::Constant { .. } => ErrorCode::ImpossibleValue,
            Self::Keys { .. } => ErrorCode::UnmappedValue,
            Self::Population(_) => ErrorCode::Frame,
        }
    }

    /// The fact or column that the error is about.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::ColumnType { fact, .. } | Self::Mapped { fact, .. } | Self::Constant { fact, .. } => Some(fact),
            Self::WrongType { column, .. } | Self::Keys { column, .. } => Some(column),
            Self::Population(_) => None,
        }
    }

    /// What was found.
    #[must_use]
    pub fn value(&self) -> Option<&str> {
        match self {
            Self::ColumnType { found, .. } | Self::WrongType { found, .. } => Some(found),
            Self::Mapped { to, .. } => Some(to),
            Self::Constant { value, .. } | Self::Keys { value, .. } => Some(value),
            Self::Population(_) => None,
        }
    }

    /// What was expected.
    #[must_use]
    pub fn expected(&self) -> &str {
        match self {
            Self::ColumnType { expected, .. } | Self::WrongType { expected, .. } => expected,
            Self::Mapped { reason, .. } | Self::Constant { reason, .. } => reason,
            Self::Keys { .. } => "a map in which one key, written as in the column, names each value",
            Self::Population(_) => "columns that fit their facts",
        }
    }
}
