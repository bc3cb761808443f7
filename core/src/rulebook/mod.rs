//! The rulebook: law as data, checked and compiled.

mod areas;
mod change;
mod container;
mod model;
mod reform;
mod scheme;
mod sentences;
mod stripped;
mod verify;
mod written;

use std::sync::{Arc, OnceLock};

pub use change::{Change, ChangeKind};
pub use container::RulebookError;
pub use model::*;
pub use reform::ChangeError;
pub use scheme::Scheme;
pub use sentences::Sentence;

use crate::criterion::Disputes;
use crate::values::{Date, Text};

/// A checked and compiled rulebook: every version of the law that it knows. Cheap to clone, safe to share between threads.
#[derive(Debug, Clone)]
pub struct Rulebook {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    book: Book,
    disputes: Disputes,
    schemes: Vec<Scheme>,
    cited: Vec<Text>,
    digest: OnceLock<u64>,
}

impl Rulebook {
    /// A rulebook of compiled data that is known to be sound.
    pub(crate) fn of(mut book: Book) -> Self {
        book.lend_names();
        let disputes = Disputes::of(&book.program);
        let schemes = Scheme::all(&book);
        let cited = book.cites.iter().map(|cite| book.cited(cite)).collect();
        Self {
            inner: Arc::new(Inner {
                book,
                disputes,
                schemes,
                cited,
                digest: OnceLock::new(),
            }),
        }
    }

    /// Changes the compiled data in place, where nobody else holds it; nothing is checked, and whatever is derived from it stays as it was.
    #[cfg(feature = "source")]
    pub(crate) fn edit(&mut self, change: impl FnOnce(&mut Book)) -> bool {
        let Some(inner) = Arc::get_mut(&mut self.inner) else { return false };
        change(&mut inner.book);
        true
    }

    /// The compiled data.
    #[must_use]
    pub fn book(&self) -> &Book {
        &self.inner.book
    }

    /// Which conditions have two readings.
    #[must_use]
    pub fn disputes(&self) -> &Disputes {
        &self.inner.disputes
    }

    /// How each citation is written in decisions.
    pub(crate) fn cited(&self) -> &[Text] {
        &self.inner.cited
    }

    /// The entries of a decision: one for each scheme, or for each option of it.
    #[must_use]
    pub fn schemes(&self) -> &[Scheme] {
        &self.inner.schemes
    }

    /// The edition: year and month of the day it was last compared with the law, such as `2026.11`; `+reform` follows where a value is on
    /// trial and no law.
    #[must_use]
    pub fn edition(&self) -> String {
        let trial = if self.is_reform() { "+reform" } else { "" };
        self.checked_on()
            .map_or_else(String::new, |day| format!("{:04}.{:02}{trial}", day.year(), day.month_number()))
    }

    /// A number that two rulebooks share where their compiled forms are the same bytes, and hardly otherwise. It tells copies from changes; it
    /// proves nothing against whoever would forge it.
    #[must_use]
    pub fn digest(&self) -> u64 {
        *self.inner.digest.get_or_init(|| container::digest(&self.inner.book))
    }

    /// The day someone last compared the rulebook with the law.
    #[must_use]
    pub fn checked_on(&self) -> Option<Date> {
        self.inner.book.checked_on
    }
}
