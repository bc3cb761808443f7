//! What an outline is made of.

use serde::Serialize;

use crate::criterion::Confidence;
use crate::rulebook::Words;
use crate::values::{Date, Text};

/// A decision as sections and lines, in the order in which a person needs them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Outline {
    /// `outline`.
    pub kind: &'static str,
    /// The kind of the decision: `coverage`, `classification`, `routing` or `scorecard`.
    pub of: &'static str,
    /// The day asked about.
    pub on: Date,
    /// Its title in Thai.
    pub th: Text,
    /// Its title in English.
    pub en: Text,
    /// The sections; none is empty.
    pub sections: Vec<Section>,
}

impl Outline {
    /// The outline as JSON, byte for byte the same in every language.
    #[must_use]
    pub fn to_json(&self) -> String {
        // An outline holds text, numbers and lists only: none of them can fail to be written.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// What a section is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SectionKind {
    /// Numbers to call at once: somebody is in danger.
    Danger,
    /// Numbers to call.
    Call,
    /// What to do, and by when.
    Do,
    /// Where to go.
    Where,
    /// Which forms to bring.
    Bring,
    /// What a complaint is about.
    Kinds,
    /// What covers a worker.
    Covers,
    /// The benefits claimed.
    Benefits,
    /// What no scheme covers.
    Gap,
    /// Which definitions are met.
    Meets,
    /// How the indicators of a plan do.
    Indicators,
    /// How they do together.
    Total,
    /// Another matter of the same complaint.
    Matter,
    /// What is kept back from whom.
    Withhold,
    /// What to ask next, and what is not known.
    Ask,
    /// Why.
    Reasons,
    /// Law that nobody here has read.
    NotRead,
    /// Notes.
    Notes,
}

/// Lines under one heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Section {
    /// What it is about.
    pub section: SectionKind,
    /// Its heading in Thai.
    pub th: Text,
    /// Its heading in English.
    pub en: Text,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum LineKind {
    /// A heading over the lines of a deeper level that follow.
    Heading,
    /// Numbers to call, in `call`.
    Call,
    /// How urgent it is; `code` is the level.
    Urgency,
    /// Something to do.
    Step,
    /// A last day; `day` is the day.
    Day,
    /// An agency or an office.
    Place,
    /// A form.
    Form,
    /// A scheme, a benefit, a definition or an indicator with its answer; `code` is the status or verdict.
    Status,
    /// A sum of money.
    Amount,
    /// The next question.
    Question,
    /// A further question that is still open.
    Unknown,
    /// A clause that decided, or that can still decide; `mark` says how.
    Reason,
    /// The other reading of the line above.
    Reading,
    /// What is kept back; `code` is `lifted` where it may be passed on here.
    Withheld,
    /// A sentence.
    Text,
}

/// How a clause speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Mark {
    /// For it.
    Yes,
    /// Against it.
    No,
    /// Not known.
    Unknown,
    /// Readings differ.
    Disputed,
}

/// One line, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Line {
    /// What it is.
    pub kind: LineKind,
    /// How deep it stands: 0, or one more than the line that it belongs to.
    pub level: u8,
    /// In Thai.
    pub th: Text,
    /// In English.
    pub en: Text,
    /// A code for those who draw the line, such as the status; of what an indicator shows it is `value`, `other`, `target`, `score` or the
    /// direction of its trend. It is no text for a person.
    pub code: Option<Text>,
    /// How the clause speaks, where the line is a reason.
    pub mark: Option<Mark>,
    /// The day that it speaks of.
    pub day: Option<Date>,
    /// The telephone numbers that it names, the first first.
    pub call: Vec<Text>,
    /// Citations, `instrument/place`.
    pub cite: Vec<Text>,
    /// The weakest of its sources.
    pub confidence: Option<Confidence>,
}

impl Line {
    pub(super) fn new(kind: LineKind, words: Words) -> Self {
        Self {
            kind,
            level: 0,
            th: words.th,
            en: words.en,
            code: None,
            mark: None,
            day: None,
            call: Vec::new(),
            cite: Vec::new(),
            confidence: None,
        }
    }

    pub(super) fn under(mut self) -> Self {
        self.level = self.level.saturating_add(1);
        self
    }

    pub(super) fn code(mut self, code: impl Into<Text>) -> Self {
        self.code = Some(code.into());
        self
    }

    pub(super) fn on(mut self, day: Date) -> Self {
        self.day = Some(day);
        self
    }

    pub(super) fn call(mut self, call: &[Text]) -> Self {
        self.call = call.to_vec();
        self
    }

    pub(super) fn cite(mut self, cite: &[Text]) -> Self {
        self.cite = cite.to_vec();
        self
    }
}
