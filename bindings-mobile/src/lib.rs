//! The core's calls for Kotlin and Swift. JSON text goes in and out, so that every language gives the same bytes.

#![allow(clippy::result_large_err, reason = "a refusal crosses the border once, by value")]

use std::sync::Arc;

uniffi::setup_scaffolding!();

/// What the library refuses, and where. Kotlin calls it `SitthiException`.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum SitthiError {
    /// Something given was refused.
    #[error("{reason}")]
    Refused {
        /// The kind of fault, the same in every language.
        code: String,
        /// The fault in a sentence.
        reason: String,
        /// The fact or the place.
        field: Option<String>,
        /// What was given.
        value: Option<String>,
        /// What would be right.
        expected: Option<String>,
        /// The nearest name that exists.
        nearest: Option<String>,
        /// The whole error as the core writes it.
        json: String,
    },
}

impl From<sitthi::Error> for SitthiError {
    fn from(error: sitthi::Error) -> Self {
        let json = error.to_json();
        let fields: serde_json::Value = serde_json::from_str(&json).unwrap_or_default();
        let text = |name: &str| match fields.get(name)? {
            serde_json::Value::Null => None,
            serde_json::Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        };
        Self::Refused {
            code: error.code().to_owned(),
            reason: error.to_string(),
            field: text("field"),
            value: text("value"),
            expected: text("expected"),
            nearest: text("nearest"),
            json,
        }
    }
}

/// The law as data, on every day.
#[derive(uniffi::Object)]
pub struct Rulebook(sitthi::Rulebook);

#[uniffi::export]
impl Rulebook {
    /// The rulebook that the package carries.
    #[uniffi::constructor]
    pub fn built_in() -> Arc<Self> {
        Arc::new(Self(sitthi::Rulebook::built_in()))
    }

    /// A compiled rulebook given at run time.
    ///
    /// # Errors
    /// The bytes are no compiled rulebook of this version, or are damaged.
    #[uniffi::constructor]
    pub fn open(compiled: Vec<u8>) -> Result<Arc<Self>, SitthiError> {
        Ok(Arc::new(Self(sitthi::Rulebook::open(&compiled).map_err(sitthi::Error::from)?)))
    }

    /// The law on a day, written as `2026-11-22`.
    ///
    /// # Errors
    /// The text is not a day.
    pub fn on(&self, day: &str) -> Result<Arc<Law>, SitthiError> {
        Ok(Arc::new(Law(self.0.on(sitthi::Date::parse(day).map_err(sitthi::Error::from)?))))
    }
}

/// The law on one day.
#[derive(uniffi::Object)]
pub struct Law(sitthi::Law);

#[uniffi::export]
impl Law {
    /// Which schemes cover the worker.
    ///
    /// # Errors
    /// A fact or its value is refused.
    pub fn assess(&self, worker: &str) -> Result<String, SitthiError> {
        Ok(self.0.assess(&self.0.read_worker(worker)?)?.to_json())
    }

    /// Which definitions the worker meets.
    ///
    /// # Errors
    /// A fact or its value is refused.
    pub fn classify(&self, worker: &str) -> Result<String, SitthiError> {
        Ok(self.0.classify(&self.0.read_worker(worker)?)?.to_json())
    }

    /// The question that decides most, or nothing where all is decided.
    ///
    /// # Errors
    /// A fact or its value is refused.
    pub fn next_question(&self, worker: &str) -> Result<Option<String>, SitthiError> {
        let question = self.0.next_question(&self.0.read_worker(worker)?)?;
        Ok(question.map(|question| question.to_json()))
    }

    /// Who must hear the complaint.
    ///
    /// # Errors
    /// A fact or its value is refused.
    pub fn route(&self, complaint: &str) -> Result<String, SitthiError> {
        Ok(self.0.route(&self.0.read_complaint(complaint)?)?.to_json())
    }

    /// How a plan does.
    ///
    /// # Errors
    /// The plan is not in the rulebook, or its input is refused.
    pub fn score(&self, plan: &str, input: &str) -> Result<String, SitthiError> {
        Ok(self.0.score(plan, input)?.to_json())
    }
}
