//! Routing: who must hear a complaint, how urgently, by which steps, and what must not be shared.

mod decision;
mod matter;
mod place;
mod route;

pub use decision::{
    ComplaintKind, Form, Lead, Matter, Office, OfficeHint, Recipient, ReferralStep, Routing, Sentence, UnresolvedOffice, Urgency, Withheld,
};
pub(crate) use route::{Needs, needs};

use crate::error::Error;
use crate::facts::Complaint;
use crate::law::Law;

impl Law {
    /// Who must hear a complaint: the authority and the office, copies, the path from whoever received it, how urgent it is, steps with their
    /// days, what must not be shared, and what is still to be asked. There is always somebody to call.
    ///
    /// # Errors
    /// A fact that cannot be: a code that is not on its list, or a fact that the rulebook does not know.
    ///
    /// # Example
    /// ```
    /// use sitthi::{Date, Rulebook};
    /// let law = Rulebook::built_in().on(Date::parse("2026-11-22")?);
    /// let complaint = law.read_complaint(r#"{ "happened": { "wages_unpaid": true } }"#)?;
    /// let routing = law.route(&complaint)?;
    /// assert!(!routing.call.is_empty());
    /// assert!(law.read_complaint(r#"{ "happened": { "wages_unpayed": true } }"#).is_err());
    /// # Ok::<(), sitthi::Error>(())
    /// ```
    pub fn route(&self, complaint: &Complaint) -> Result<Routing, Error> {
        let subject = self.subject(complaint)?;
        Ok(route::routing(self, &subject))
    }

    /// The routing of a complaint that is laid out already.
    #[cfg(feature = "source")]
    pub(crate) fn subject_routing(&self, subject: &crate::facts::Subject) -> Routing {
        route::routing(self, subject)
    }
}
