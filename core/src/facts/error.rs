//! What can be wrong with a fact.

use serde_json::Value;

use crate::values::{DateError, ErrorCode, shown};

/// A fact that cannot be true or cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FactError {
    /// A name that is neither a built-in fact nor declared by the rulebook.
    #[error("`{fact}` is not a fact{}", hint(nearest.as_deref()))]
    UnknownFact {
        /// The name as given.
        fact: String,
        /// The nearest fact there is.
        nearest: Option<String>,
    },
    /// A value of the wrong type.
    #[error("`{fact}` is {found}, expected {expected}")]
    WrongType {
        /// The fact.
        fact: String,
        /// What was found.
        found: String,
        /// What was expected.
        expected: String,
    },
    /// A code that is not on the list of the fact.
    #[error("`{value}` is not a code of `{fact}`{}", hint(nearest.as_deref()))]
    UnknownCode {
        /// The fact.
        fact: String,
        /// The code as given.
        value: String,
        /// The code list of the fact.
        list: String,
        /// The nearest code there is.
        nearest: Option<String>,
    },
    /// A value that cannot be, such as 29 February 2562 B.E.
    #[error("`{fact}` cannot be `{value}`: {reason}")]
    Impossible {
        /// The fact.
        fact: String,
        /// The value as given.
        value: String,
        /// Why it cannot be.
        reason: String,
        /// What was expected.
        expected: String,
    },
    /// Two facts that cannot both be true.
    #[error("`{fact}` and `{other}` contradict each other: {reason}")]
    Contradiction {
        /// The first fact.
        fact: String,
        /// The other fact.
        other: String,
        /// Why both cannot be true.
        reason: String,
    },
}

fn hint(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |nearest| format!("; the nearest is `{nearest}`"))
}

impl FactError {
    /// The fact that the error is about.
    #[must_use]
    pub fn fact(&self) -> &str {
        match self {
            Self::UnknownFact { fact, .. }
            | Self::WrongType { fact, .. }
            | Self::UnknownCode { fact, .. }
            | Self::Impossible { fact, .. }
            | Self::Contradiction { fact, .. } => fact,
        }
    }

    /// The value as given, where the error is about a value.
    #[must_use]
    pub fn value(&self) -> Option<&str> {
        match self {
            Self::UnknownFact { .. } | Self::Contradiction { .. } => None,
            Self::WrongType { found: value, .. } | Self::UnknownCode { value, .. } | Self::Impossible { value, .. } => Some(value),
        }
    }

    /// What was expected.
    #[must_use]
    pub fn expected(&self) -> String {
        match self {
            Self::UnknownFact { .. } => "the name of a fact".to_owned(),
            Self::WrongType { expected, .. } | Self::Impossible { expected, .. } => expected.clone(),
            Self::UnknownCode { list, .. } if list == "province" || list == "district" => format!("the code or name of a {list}"),
            Self::UnknownCode { list, .. } => format!("a code of the list `{list}`"),
            Self::Contradiction { .. } => "facts that can all be true".to_owned(),
        }
    }

    /// The nearest name or code there is.
    #[must_use]
    pub fn nearest(&self) -> Option<&str> {
        match self {
            Self::UnknownFact { nearest, .. } | Self::UnknownCode { nearest, .. } => nearest.as_deref(),
            Self::WrongType { .. } | Self::Impossible { .. } | Self::Contradiction { .. } => None,
        }
    }

    /// The code of the error, the same in every language.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::UnknownFact { .. } => ErrorCode::UnknownFact,
            Self::WrongType { .. } => ErrorCode::WrongType,
            Self::UnknownCode { .. } => ErrorCode::UnknownCode,
            Self::Impossible { .. } => ErrorCode::ImpossibleValue,
            Self::Contradiction { .. } => ErrorCode::Contradiction,
        }
    }

    /// The error as it reads from outside a group: paths are written out where something is wrong, not for every fact that is read.
    pub(crate) fn within(self, path: &str) -> Self {
        let whole = join(path, self.fact());
        self.at(whole)
    }

    /// The error of the fact at that path.
    pub(super) fn at(mut self, path: String) -> Self {
        let (Self::UnknownFact { fact, .. }
        | Self::WrongType { fact, .. }
        | Self::UnknownCode { fact, .. }
        | Self::Impossible { fact, .. }
        | Self::Contradiction { fact, .. }) = &mut self;
        *fact = path;
        self
    }

    pub(crate) fn impossible(path: &str, value: impl ToString, reason: impl ToString, expected: impl ToString) -> Self {
        Self::Impossible {
            fact: shown(path),
            value: shown(&value.to_string()),
            reason: reason.to_string(),
            expected: expected.to_string(),
        }
    }

    /// A date that cannot be.
    #[must_use]
    pub fn date(fact: &str, value: &str, error: &DateError) -> Self {
        Self::impossible(fact, value, error, error.expected())
    }

    pub(crate) fn wrong_type(path: &str, found: &Value, expected: &str) -> Self {
        Self::WrongType {
            fact: shown(path),
            found: describe(found),
            expected: expected.to_owned(),
        }
    }
}

/// The path of a fact inside its group.
pub(crate) fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

pub(crate) fn object<'a>(value: &'a Value, path: &str) -> Result<&'a serde_json::Map<String, Value>, FactError> {
    value
        .as_object()
        .ok_or_else(|| FactError::wrong_type(if path.is_empty() { "the facts" } else { path }, value, "an object"))
}

/// A short description of a JSON value for messages.
fn describe(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => format!("the boolean {value}"),
        Value::Number(value) => format!("the number {}", shown(&value.to_string())),
        Value::String(value) => format!("the text `{}`", shown(value)),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}
