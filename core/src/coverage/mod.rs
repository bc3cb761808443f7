//! Coverage: which schemes cover a worker, which they may join, which not, and why.

mod assess;
mod claim;
mod classify;
mod decision;
mod last_day;
mod status;

pub use decision::{
    Benefit, Classification, Contingency, Coverage, Definition, Dispute, DisputedAnswer, Note, RuleDecision, SchemeDecision, SchemeStatus,
    Step, Until,
};
pub use status::Status;

use std::collections::{BTreeMap, BTreeSet};

use crate::error::Error;
use crate::facts::{Subject, Worker};
use crate::law::{Assessment, Law, Missing, Question};
use crate::values::Text;

impl Law {
    /// Which schemes cover a worker, which they may join, which not, why, until when, and what is still unknown.
    ///
    /// # Errors
    /// A fact that cannot be: a code that is not on its list, or a fact that the rulebook does not know. "Not covered" is an answer.
    ///
    /// # Example
    /// ```
    /// use sitthi::{Date, Rulebook};
    /// let law = Rulebook::built_in().on(Date::parse("2026-11-22")?);
    /// let worker = law.read_worker(r#"{ "nationality": "thai", "birth_date": "1984-05-10", "jobs": [] }"#)?;
    /// let coverage = law.assess(&worker)?;
    /// assert!(coverage.schemes.iter().any(|scheme| scheme.scheme == "sso_40_1"));
    /// assert!(law.read_worker(r#"{ "nationality": "thay" }"#).is_err());
    /// # Ok::<(), sitthi::Error>(())
    /// ```
    pub fn assess(&self, worker: &Worker) -> Result<Coverage, Error> {
        let subject = self.subject(worker)?;
        Ok(assess::coverage(self, &subject))
    }

    /// The status of every scheme, without reasons.
    ///
    /// # Errors
    /// As for [`Law::assess`].
    pub fn statuses(&self, worker: &Worker) -> Result<Vec<SchemeStatus>, Error> {
        let subject = self.subject(worker)?;
        let statuses = self.subject_statuses(&subject);
        Ok(self
            .rulebook()
            .schemes()
            .iter()
            .zip(statuses)
            .map(|(scheme, status)| SchemeStatus {
                scheme: scheme.id.clone(),
                status,
            })
            .collect())
    }

    /// The status of every scheme of a subject that is laid out already, in the order of [`Rulebook::schemes`](crate::Rulebook::schemes).
    #[must_use]
    pub fn subject_statuses(&self, subject: &Subject) -> Vec<Status> {
        let mut assessment = Assessment::new(self, subject);
        self.rulebook()
            .schemes()
            .iter()
            .map(|scheme| assess::status(self, &mut assessment, scheme))
            .collect()
    }

    /// The decision about a worker that is laid out already.
    #[cfg(feature = "source")]
    pub(crate) fn subject_coverage(&self, subject: &Subject) -> Coverage {
        assess::coverage(self, subject)
    }

    /// The classification of a worker that is laid out already.
    #[cfg(feature = "source")]
    pub(crate) fn subject_classification(&self, subject: &Subject) -> Classification {
        classify::classification(self, subject)
    }

    /// The status of one scheme.
    #[cfg(feature = "source")]
    pub(crate) fn scheme_status(&self, assessment: &mut Assessment<'_>, scheme: &crate::rulebook::Scheme) -> Status {
        assess::status(self, assessment, scheme)
    }

    /// Which definitions a worker meets and which standards reach their work.
    ///
    /// # Errors
    /// As for [`Law::assess`].
    pub fn classify(&self, worker: &Worker) -> Result<Classification, Error> {
        let subject = self.subject(worker)?;
        Ok(classify::classification(self, &subject))
    }

    /// The question that helps most to decide the schemes; once every status is decided as far as facts can, the benefits of the claim
    /// that is stated; nothing where these are decided too.
    ///
    /// # Errors
    /// As for [`Law::assess`].
    pub fn next_question(&self, worker: &Worker) -> Result<Option<Question>, Error> {
        let subject = self.subject(worker)?;
        Ok(assess::next(self, &subject))
    }
}

/// What is decided, with the facts that it still needs, each once.
type Wanted<'a> = (&'a Text, &'a [Missing]);

/// Every fact that is still needed, each once, in the order of what needs it.
fn each_once<'a>(wanted: impl IntoIterator<Item = &'a Wanted<'a>>) -> Vec<Missing> {
    let mut seen = BTreeSet::new();
    let facts = wanted.into_iter().flat_map(|(_, missing)| *missing);
    facts.filter(|fact| seen.insert(*fact)).cloned().collect()
}

/// The fact that helps to decide the most; of equal ones the first.
fn best_question(assessment: &Assessment<'_>, wanted: &[Wanted<'_>]) -> Option<Question> {
    let mut helps: BTreeMap<&Missing, usize> = BTreeMap::new();
    let facts = || wanted.iter().flat_map(|(_, missing)| *missing);
    for fact in facts() {
        let count = helps.entry(fact).or_default();
        *count = count.saturating_add(1);
    }
    let most = helps.values().max()?;
    let fact = facts().find(|fact| helps.get(fact) == Some(most))?;
    let decides = wanted.iter().filter(|(_, missing)| missing.contains(fact));
    assessment.question(fact, decides.map(|(decides, _)| (*decides).clone()).collect())
}

/// What still needs facts: schemes, and benefits as `scheme.rule`, each with these facts.
pub(crate) type Needs = Vec<(Text, Vec<Missing>)>;

/// The schemes that are not decided, and those of which an amount is not.
pub(crate) fn scheme_needs(law: &Law, subject: &Subject) -> (Needs, Needs) {
    let mut assessment = Assessment::new(law, subject);
    (assess::undecided(law, &mut assessment), assess::unreckoned(law, &mut assessment))
}

/// The benefits of the claim that are not decided, and those of which an amount is not.
pub(crate) fn claim_needs(law: &Law, subject: &Subject) -> (Needs, Needs) {
    let mut assessment = Assessment::new(law, subject);
    (claim::undecided(law, &mut assessment), claim::unreckoned(law, &mut assessment))
}
