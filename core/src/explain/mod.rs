//! A decision in words: what a person needs, in the order in which they need it, in both languages and without codes.

mod coverage;
mod labels;
mod lines;
mod outline;
mod routing;
mod scorecard;
mod text;

pub use labels::{AgencyLabel, FactLabel, InstrumentLabel, SourceLabel};
pub use outline::{Line, LineKind, Mark, Outline, Section, SectionKind};
pub use text::Language;

use crate::coverage::{Classification, Coverage};
use crate::error::Error;
use crate::law::Law;
use crate::plan::Scorecard;
use crate::routing::Routing;

/// A decision that can be put into words.
pub trait Explain {
    /// The decision as sections and lines, in the words of the law's rulebook.
    fn outline(&self, law: &Law) -> Outline;
}

impl Law {
    /// A decision as sections and lines in both languages: danger and numbers first, then what to do and by when, where, what covers,
    /// then questions, reasons and notes. The same in every language, byte for byte.
    ///
    /// # Example
    /// ```
    /// use sitthi::{Date, Language, Rulebook};
    /// let law = Rulebook::built_in().on(Date::parse("2026-11-22")?);
    /// let complaint = law.read_complaint(r#"{ "danger_now": true }"#)?;
    /// let outline = law.outline(&law.route(&complaint)?);
    /// assert_eq!(outline.sections[0].lines[0].call, ["191", "1669"]);
    /// assert!(law.text(&outline, Language::English).contains("Call now"));
    /// # Ok::<(), sitthi::Error>(())
    /// ```
    #[must_use]
    pub fn outline(&self, decision: &impl Explain) -> Outline {
        decision.outline(self)
    }

    /// The outline of a decision that is given as the JSON that a decision of the same version wrote.
    ///
    /// # Errors
    /// [`Error::NotADecision`] where the text is none.
    pub fn outline_of_json(&self, decision: &str) -> Result<Outline, Error> {
        fn read<'d, D: Explain + serde::Deserialize<'d>>(law: &Law, json: &'d str) -> Result<Outline, serde_json::Error> {
            Ok(serde_json::from_str::<D>(json)?.outline(law))
        }
        #[derive(serde::Deserialize)]
        struct Kind {
            kind: String,
        }
        let at = |error: serde_json::Error| Error::NotADecision {
            line: error.line(),
            column: error.column(),
        };
        let kind: Kind = serde_json::from_str(decision).map_err(at)?;
        match kind.kind.as_str() {
            "coverage" => read::<Coverage>(self, decision).map_err(at),
            "classification" => read::<Classification>(self, decision).map_err(at),
            "routing" => read::<Routing>(self, decision).map_err(at),
            "scorecard" => read::<Scorecard>(self, decision).map_err(at),
            _ => Err(Error::NotADecision { line: 1, column: 1 }),
        }
    }
}

impl Coverage {
    /// The decision as sections and lines in both languages; as [`Law::outline`].
    #[must_use]
    pub fn outline(&self, law: &Law) -> Outline {
        Explain::outline(self, law)
    }
}

impl Classification {
    /// The decision as sections and lines in both languages; as [`Law::outline`].
    #[must_use]
    pub fn outline(&self, law: &Law) -> Outline {
        Explain::outline(self, law)
    }
}

impl Routing {
    /// The decision as sections and lines in both languages; as [`Law::outline`].
    #[must_use]
    pub fn outline(&self, law: &Law) -> Outline {
        Explain::outline(self, law)
    }
}

impl Scorecard {
    /// The decision as sections and lines in both languages; as [`Law::outline`].
    #[must_use]
    pub fn outline(&self, law: &Law) -> Outline {
        Explain::outline(self, law)
    }
}
