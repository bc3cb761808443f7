//! Why a plan cannot be scored.

use super::number::NumberError;
use crate::facts::JsonError;
use crate::values::{DateError, nearest, shown};

/// Why a plan cannot be scored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// The input is not what it must be.
    #[error("`{at}` is {found}, expected {expected}{}", .nearest.as_ref().map_or_else(String::new, |name| format!(", perhaps `{name}`")))]
    Input {
        /// Where, such as `targets.informality_rate.scale`.
        at: String,
        /// What was found.
        found: String,
        /// What would be right.
        expected: String,
        /// The nearest name that would be right.
        nearest: Option<String>,
    },
    /// A day of the input cannot be.
    #[error("`{at}`: {error}")]
    Day {
        /// Where, such as `values.informality_rate[0].as_of`.
        at: String,
        /// What is wrong with it.
        error: DateError,
    },
    /// The input is not JSON, or JSON in which something would be lost.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// Two values, targets or areas for what has one.
    #[error("`{at}` and `{first}` both tell {of}, expected one of them")]
    Twice {
        /// Where the second stands, such as `values.informality_rate[1]`.
        at: String,
        /// Where the first stands.
        first: String,
        /// What both tell, such as `2567-Q3`.
        of: String,
    },
    /// Two areas of one roll-up, of which one lies in the other.
    #[error("`{at}` is of the area `{area}`, which lies in `{within}` of `{of}`, expected areas that do not overlap")]
    Overlap {
        /// Where the smaller area stands.
        at: String,
        /// The smaller area.
        area: String,
        /// Where the larger stands.
        of: String,
        /// The larger area.
        within: String,
    },
    /// A number of the plan or the input cannot be calculated with.
    #[error("the value of `{at}` cannot be calculated: {reason}")]
    Number {
        /// The indicator, or the place in the input.
        at: String,
        /// Why.
        reason: NumberError,
    },
}

impl PlanError {
    /// The place that the error is about.
    #[must_use]
    pub fn at(&self) -> Option<&str> {
        match self {
            Self::Input { at, .. } | Self::Day { at, .. } | Self::Number { at, .. } | Self::Twice { at, .. } | Self::Overlap { at, .. } => {
                Some(at)
            }
            Self::Json(error) => error.field(),
        }
    }

    /// What was found there, without the marks around a text.
    #[must_use]
    pub fn value(&self) -> Option<&str> {
        match self {
            Self::Input { found, .. } => {
                let text = found.strip_prefix('`').and_then(|found| found.strip_suffix('`'));
                Some(text.unwrap_or(found))
            }
            Self::Day { error, .. } => Some(error.text()),
            Self::Twice { of, .. } => Some(of),
            Self::Overlap { area, .. } => Some(area),
            Self::Json(_) | Self::Number { .. } => None,
        }
    }

    /// What was expected.
    #[must_use]
    pub fn expected(&self) -> Option<&str> {
        match self {
            Self::Input { expected, .. } => Some(expected),
            Self::Day { error, .. } => Some(error.expected()),
            Self::Json(error) => Some(error.expected()),
            Self::Twice { .. } => Some("one of them"),
            Self::Overlap { .. } => Some("areas that do not overlap"),
            Self::Number { .. } => None,
        }
    }

    /// The nearest name that would be right.
    #[must_use]
    pub fn nearest(&self) -> Option<&str> {
        match self {
            Self::Input { nearest, .. } => nearest.as_deref(),
            Self::Json(_) | Self::Day { .. } | Self::Number { .. } | Self::Twice { .. } | Self::Overlap { .. } => None,
        }
    }

    pub(crate) fn input(at: impl Into<String>, found: impl Into<String>, expected: impl Into<String>) -> Self {
        Self::Input {
            at: shown(&at.into()),
            found: shown(&found.into()),
            expected: expected.into(),
            nearest: None,
        }
    }

    pub(crate) fn name<'a>(at: impl Into<String>, found: &str, expected: &str, names: impl IntoIterator<Item = &'a str>) -> Self {
        let nearest = nearest(found, names.into_iter()).map(ToOwned::to_owned);
        Self::Input {
            at: shown(&at.into()),
            found: format!("`{}`", shown(found)),
            expected: expected.to_owned(),
            nearest,
        }
    }

    pub(crate) fn number(at: &str) -> impl Fn(NumberError) -> Self + Copy {
        move |reason| Self::Number { at: at.to_owned(), reason }
    }
}
