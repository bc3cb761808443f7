//! The law on a day: the rulebook asked about a subject, with reasons.

mod amount;
mod assessment;
mod cells;
mod decision;
mod score;
mod when;

pub use assessment::Assessment;
pub(crate) use assessment::push;
pub use decision::{
    Amount, AmountValue, Cell, ClauseValue, Confirm, Edition, Extension, Missing, NotRead, Question, Reason, RunningPeriod, SecondReading,
    Side, Verdict, Words,
};

use crate::error::Error;
use crate::facts::{Complaint, Facts, Subject, Worker, read_json};
use crate::labels::{day_words, filled};
use crate::rulebook::{Book, Rulebook};
use crate::values::Date;

/// The rulebook asked about one day. Cheap to clone, safe to share between threads.
#[derive(Debug, Clone)]
pub struct Law {
    rulebook: Rulebook,
    on: Date,
    #[cfg(feature = "source")]
    trace: Option<std::sync::Arc<crate::criterion::Trace>>,
}

impl Rulebook {
    /// The law as asked about a day. It keeps every version, since one answer may need several days of law.
    #[must_use]
    pub fn on(&self, day: Date) -> Law {
        Law {
            rulebook: self.clone(),
            on: day,
            #[cfg(feature = "source")]
            trace: None,
        }
    }
}

impl Law {
    /// The law that tells a trace what is read of it.
    #[cfg(feature = "source")]
    #[must_use]
    pub(crate) fn traced(self, trace: std::sync::Arc<crate::criterion::Trace>) -> Self {
        Self {
            trace: Some(trace),
            ..self
        }
    }

    /// The day asked about.
    #[must_use]
    pub fn day(&self) -> Date {
        self.on
    }

    /// The rulebook.
    #[must_use]
    pub fn rulebook(&self) -> &Rulebook {
        &self.rulebook
    }

    /// The compiled data.
    #[must_use]
    pub fn book(&self) -> &Book {
        self.rulebook.book()
    }

    /// Lays out the facts of a worker or a complaint, and refuses what cannot be.
    ///
    /// # Errors
    /// A code that is not on its list, a fact that the rulebook does not know, or two facts that contradict each other.
    pub fn subject<F: Facts>(&self, facts: &F) -> Result<Subject, Error> {
        let layout = &self.book().program.layout;
        let subject = Subject::of(facts, layout)?;
        subject.check(layout, Some(self.on))?;
        Ok(subject)
    }

    /// Reads the facts of a worker from JSON.
    ///
    /// # Errors
    /// Text that is not JSON, a name that is no fact or stands twice, a value that cannot be, or two facts that contradict each other.
    pub fn read_worker(&self, json: &str) -> Result<Worker, Error> {
        let worker = Worker::from_value(&read_json(json)?)?;
        self.subject(&worker)?;
        Ok(worker)
    }

    /// Reads the facts of a complaint from JSON.
    ///
    /// # Errors
    /// As for [`Law::read_worker`].
    pub fn read_complaint(&self, json: &str) -> Result<Complaint, Error> {
        let complaint = Complaint::from_value(&read_json(json)?)?;
        self.subject(&complaint)?;
        Ok(complaint)
    }

    /// What is said where the day asked about lies after the day on which the rulebook was compared with the law.
    pub(crate) fn later_than_checked(&self) -> Option<Words> {
        let checked = self.rulebook.checked_on().filter(|checked| self.on > *checked)?;
        let words = self.book().sentence(crate::rulebook::Sentence::LaterThanChecked)?;
        Some(Words::from(&filled(words, &[("day", &day_words(checked))])))
    }

    /// What a decision says of the rulebook that it rests on.
    #[must_use]
    pub fn rulebook_shown(&self) -> Edition {
        let checked_on = self.rulebook.checked_on();
        Edition {
            version: self.rulebook.edition().into(),
            checked_on,
            later_than_checked: checked_on.is_some_and(|checked| self.on > checked),
        }
    }
}
