//! What can be wrong with a rulebook, and the list in which the compiler collects it.

use std::cell::RefCell;
use std::fmt;

use serde::Serialize;

/// The kind of a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DiagnosticCode {
    /// The text is not TOML or CSV, or a condition does not parse.
    Syntax,
    /// A key that the format does not know.
    UnknownKey,
    /// A key that the format needs is not there.
    MissingKey,
    /// A value of another type than the key needs.
    WrongType,
    /// A float where decimals are quoted text.
    Float,
    /// A name that nothing has.
    UnknownName,
    /// A code that is not on its list.
    UnknownCode,
    /// A name used twice, or one that hides a fact.
    Shadowing,
    /// Days for which a table or clause says nothing.
    GapInTime,
    /// Two rows or clauses for the same day.
    OverlapInTime,
    /// Two overlay rows for the same month and place.
    OverlaysMeet,
    /// A citation of an instrument or source that is not registered.
    CitationUnresolved,
    /// A citation of an instrument before it was in force.
    CitationNotInForce,
    /// A citation without a rule, or a rule without a citation.
    MissingCitation,
    /// Rules that rest on each other in a circle.
    Cycle,
    /// A label or question that a language lacks.
    MissingLabel,
    /// A clause, word, table, amount or period that nothing uses.
    Unused,
    /// A rule or route that can never hold.
    NeverMatches,
    /// A list that leaves out a code added since.
    IncompleteList,
    /// An example whose facts cannot be read.
    BadExample,
    /// A value that cannot be.
    Impossible,
}

/// One fault: where it is, what was found and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Diagnostic {
    /// The file, as named when the rulebook was given.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The kind of the fault.
    pub code: DiagnosticCode,
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub expected: String,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: {}", self.file, self.line, self.message)?;
        if !self.expected.is_empty() {
            write!(formatter, "; expected {}", self.expected)?;
        }
        Ok(())
    }
}

/// Every fault of a rulebook that was refused, in the order of files and lines.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the rulebook has {} faults, the first: {}", .0.len(), .0.first().map_or_else(String::new, ToString::to_string))]
pub struct Diagnostics(pub Vec<Diagnostic>);

/// Collects faults while the files are read.
#[derive(Debug, Default)]
pub struct Ledger(RefCell<Vec<Diagnostic>>);

impl Ledger {
    /// Notes a fault.
    pub fn note(&self, file: &str, line: u32, code: DiagnosticCode, message: impl Into<String>, expected: impl Into<String>) {
        self.0.borrow_mut().push(Diagnostic {
            file: file.to_owned(),
            line,
            code,
            message: message.into(),
            expected: expected.into(),
        });
    }

    /// Whether nothing was noted yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.borrow().is_empty()
    }

    /// The faults, sorted, each once.
    #[must_use]
    pub fn into_faults(self) -> Vec<Diagnostic> {
        let mut faults = self.0.into_inner();
        faults.sort();
        faults.dedup();
        faults
    }
}
