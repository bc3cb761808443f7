//! One error for every border.

mod thai;

pub use thai::message_th;

use crate::facts::{FactError, JsonError};
use crate::plan::PlanError;
use crate::rulebook::{ChangeError, RulebookError};
use crate::survey::SurveyError;
use crate::values::{DateError, ErrorCode, IdentityError, mask, shown};

/// An input that cannot be true or cannot be read.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A fact.
    #[error(transparent)]
    Fact(#[from] FactError),
    /// A day.
    #[error(transparent)]
    Date(#[from] DateError),
    /// An identification number; it is not told.
    #[error(transparent)]
    Identity(#[from] IdentityError),
    /// A compiled rulebook.
    #[error(transparent)]
    Rulebook(#[from] RulebookError),
    /// A value to try as a reform.
    #[error(transparent)]
    Change(#[from] ChangeError),
    /// The files of a rulebook.
    #[cfg(feature = "source")]
    #[error(transparent)]
    Diagnostics(#[from] crate::compile::Diagnostics),
    /// What was given for a plan.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// A frame.
    #[error(transparent)]
    Survey(#[from] SurveyError),
    /// Text that is not JSON, or JSON in which something would be lost.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// JSON that is no decision, where the outline of one is asked for.
    #[error("the text is no decision of this version at line {line}, column {column}, expected the JSON of a decision")]
    NotADecision {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// A name of something that the rulebook does not have.
    #[error("there is no {what} `{}`{}", shown(name), nearest.as_deref().map_or_else(String::new, |nearest| format!("; the nearest is `{nearest}`")))]
    Unknown {
        /// What was looked for.
        what: &'static str,
        /// The name as given.
        name: String,
        /// The nearest name there is.
        nearest: Option<String>,
    },
}

impl Error {
    /// The code of the error, the same in every language.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Fact(error) => error.code(),
            Self::Date(_) => ErrorCode::ImpossibleDate,
            Self::Identity(_) => ErrorCode::IdentityNumber,
            Self::Rulebook(_) => ErrorCode::UnreadableRulebook,
            Self::Change(error) => error.code(),
            #[cfg(feature = "source")]
            Self::Diagnostics(_) => ErrorCode::FaultyRulebook,
            Self::Plan(PlanError::Json(error @ (JsonError::Twice { .. } | JsonError::Deep { .. }))) => error.code(),
            Self::Plan(_) => ErrorCode::PlanInput,
            Self::Json(error) => error.code(),
            Self::Survey(error) => error.code(),
            Self::NotADecision { .. } => ErrorCode::NotADecision,
            Self::Unknown { .. } => ErrorCode::UnknownName,
        }
    }

    /// The field that the error is about, where it is about one.
    #[must_use]
    pub fn field(&self) -> Option<String> {
        match self {
            Self::Fact(error) => Some(error.fact().to_owned()),
            Self::Change(error) => Some(error.path().to_owned()),
            Self::Plan(error) => error.at().map(str::to_owned),
            Self::Json(error) => error.field().map(str::to_owned),
            Self::Survey(error) => error.field().map(str::to_owned),
            _ => None,
        }
    }

    /// The value as given, where the error is about one.
    #[must_use]
    pub fn value(&self) -> Option<String> {
        match self {
            Self::Fact(error) => error.value().map(str::to_owned),
            Self::Date(error) => Some(error.text().to_owned()),
            Self::Unknown { name, .. } => Some(shown(name)),
            Self::Change(error) => error.value().map(str::to_owned),
            Self::Plan(error) => error.value().map(str::to_owned),
            Self::Survey(error) => error.value().map(str::to_owned),
            _ => None,
        }
    }

    /// What was expected, where that is one thing.
    #[must_use]
    pub fn expected(&self) -> Option<String> {
        match self {
            Self::Fact(error) => Some(error.expected()),
            Self::Date(error) => Some(error.expected().to_owned()),
            Self::Change(error) => error.expected(),
            Self::Plan(error) => error.expected().map(str::to_owned),
            Self::Survey(error) => Some(error.expected().to_owned()),
            Self::Identity(_) => Some("13 digits, the last of which checks the others".to_owned()),
            Self::Json(error) => Some(error.expected().to_owned()),
            Self::NotADecision { .. } => Some("the JSON of a decision".to_owned()),
            Self::Unknown { what, .. } => Some(format!("the name of a {what}")),
            _ => None,
        }
    }

    /// The nearest name there is, where the error is about a name.
    #[must_use]
    pub fn nearest(&self) -> Option<String> {
        match self {
            Self::Fact(error) => error.nearest().map(str::to_owned),
            Self::Change(error) => error.nearest().map(str::to_owned),
            Self::Plan(error) => error.nearest().map(str::to_owned),
            Self::Unknown { nearest, .. } => nearest.clone(),
            _ => None,
        }
    }

    /// The error in a Thai sentence.
    #[must_use]
    pub fn message_th(&self) -> String {
        if let Self::Fact(FactError::Contradiction { fact, other, .. }) = self {
            return format!("`{fact}` กับ `{other}` เป็นจริงพร้อมกันไม่ได้");
        }
        let (field, value, expected, nearest) = (self.field(), self.value(), self.expected(), self.nearest());
        message_th(
            self.code(),
            field.as_deref(),
            value.as_deref(),
            expected.as_deref(),
            nearest.as_deref(),
        )
    }

    /// The error as a JSON object: code, message, message_th, field, value, expected, nearest.
    #[must_use]
    pub fn to_json(&self) -> String {
        let object = ErrorObject {
            code: self.code(),
            message: mask(&self.to_string()),
            message_th: mask(&self.message_th()),
            field: self.field().map(|field| mask(&field)),
            value: self.value().map(|value| mask(&value)),
            expected: self.expected().map(|expected| mask(&expected)),
            nearest: self.nearest().map(|nearest| mask(&nearest)),
        };
        serde_json::to_string(&object).unwrap_or_default()
    }
}

/// The error as it crosses a border.
#[derive(serde::Serialize)]
struct ErrorObject {
    code: ErrorCode,
    message: String,
    message_th: String,
    field: Option<String>,
    value: Option<String>,
    expected: Option<String>,
    nearest: Option<String>,
}
