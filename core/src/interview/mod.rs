//! The interview: one question after another, until what was asked about is decided or nobody knows more.
//!
//! What is told is never asked again, save once where it was told in part and nothing else helps; what the person does not know is not asked
//! again at all. So every interview ends.

mod choose;
mod facts;
mod question;
mod state;

pub use question::{Adds, AskedWhere, FactState, InterviewFact, InterviewField, InterviewQuestion, InterviewStep};
pub use state::Interview;

use serde_json::Value as Json;

use crate::error::Error;
use crate::facts::read_json;
use crate::law::Law;

impl Law {
    /// Begins an interview about a scheme (by its id), about `everything` (all schemes), about the `claim` for a benefit, or about a
    /// `complaint`; `facts` is what is known of the worker or the complaint before, as a JSON object, or null.
    ///
    /// # Errors
    /// [`Error::Unknown`] where there is nothing of that name, and as for [`Law::read_worker`].
    ///
    /// # Example
    /// ```
    /// use serde_json::json;
    /// use sitthi::{Date, Rulebook};
    /// let law = Rulebook::built_in().on(Date::parse("2026-11-22")?);
    /// let mut interview = law.interview("sso_39", &json!({ "nationality": "thai" }))?;
    /// let question = interview.step().question.ok_or("nothing is asked")?;
    /// interview.put(&question.id, &json!(null))?;
    /// assert_ne!(interview.step().question.map(|next| next.id), Some(question.id));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn interview(&self, about: &str, facts: &Json) -> Result<Interview, Error> {
        Interview::begin(self, about, facts)
    }

    /// Goes on with an interview that [`Interview::to_json`] wrote.
    ///
    /// # Errors
    /// Text that is not JSON, and as for [`Law::interview`] and [`Interview::put`].
    pub fn resume_interview(&self, json: &str) -> Result<Interview, Error> {
        Interview::resume(self, &read_json(json)?)
    }
}
