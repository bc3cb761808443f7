//! What can be wrong with a rulebook, and the list in which the compiler collects it.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Serialize;

use super::source::{REVIEWED, SourceFile};

/// What kind of mistake a diagnostic names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
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
    /// A text whose English stands in two places.
    TwiceTranslated,
    /// A value, a day or a condition that may be right and looks like a slip.
    Suspicious,
}

impl DiagnosticCode {
    /// What kind of mistake it is, in Thai.
    #[must_use]
    pub const fn thai(self) -> &'static str {
        match self {
            Self::Syntax => "อ่านข้อความไม่ได้ รูปแบบไม่ถูกต้อง",
            Self::UnknownKey => "ไม่รู้จักหัวข้อนี้",
            Self::MissingKey => "ขาดหัวข้อที่ต้องมี",
            Self::WrongType => "ค่าผิดชนิด",
            Self::Float => "จำนวนทศนิยมต้องเขียนเป็นข้อความในเครื่องหมายคำพูด",
            Self::UnknownName => "ไม่มีชื่อนี้",
            Self::UnknownCode => "ไม่มีรหัสนี้ในรายการ",
            Self::Shadowing => "ชื่อซ้ำ หรือซ้ำกับชื่อข้อเท็จจริง",
            Self::GapInTime => "มีวันที่ไม่มีข้อกำหนดใดใช้",
            Self::OverlapInTime => "มีข้อกำหนดซ้อนกันในวันเดียวกัน",
            Self::OverlaysMeet => "มีสองแถวกำหนดเดือนและพื้นที่เดียวกัน",
            Self::CitationUnresolved => "อ้างกฎหมายหรือแหล่งที่มาที่ไม่ได้ลงทะเบียน",
            Self::CitationNotInForce => "อ้างกฎหมายที่ยังไม่ใช้บังคับในวันนั้น",
            Self::MissingCitation => "ไม่ได้อ้างกฎหมายหรือแหล่งที่มา",
            Self::Cycle => "ข้อกำหนดอ้างถึงกันเป็นวงกลม",
            Self::MissingLabel => "ขาดข้อความหรือคำแปล",
            Self::Unused => "ไม่มีที่ใดใช้",
            Self::NeverMatches => "ไม่มีทางเป็นจริงได้",
            Self::IncompleteList => "รายการไม่ครบทุกรหัส",
            Self::BadExample => "ตัวอย่างอ่านไม่ได้",
            Self::Impossible => "ค่าที่เป็นไปไม่ได้",
            Self::TwiceTranslated => "มีคำแปลภาษาอังกฤษสองที่",
            Self::Suspicious => "ควรตรวจทาน อาจพิมพ์ผิด",
        }
    }

    /// Whether it may follow from a file that could not be read: what that file names is not there then.
    const fn follows_from_elsewhere(self) -> bool {
        matches!(
            self,
            Self::UnknownName
                | Self::UnknownCode
                | Self::GapInTime
                | Self::OverlapInTime
                | Self::OverlaysMeet
                | Self::CitationUnresolved
                | Self::CitationNotInForce
                | Self::Cycle
                | Self::Unused
                | Self::NeverMatches
                | Self::IncompleteList
                | Self::BadExample
                | Self::TwiceTranslated
                | Self::Suspicious
        )
    }

    /// Whether it may follow from a value of the same section that could not be read.
    const fn follows_from_section(self) -> bool {
        matches!(
            self,
            Self::MissingKey
                | Self::MissingCitation
                | Self::MissingLabel
                | Self::NeverMatches
                | Self::GapInTime
                | Self::IncompleteList
                | Self::Suspicious
        )
    }

    /// Whether it says that a value could not be read.
    const fn is_unread(self) -> bool {
        matches!(self, Self::Syntax | Self::WrongType | Self::Float)
    }
}

/// Whether a diagnostic refuses the rulebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Severity {
    /// The rulebook is refused.
    Error,
    /// The rulebook opens; someone should look.
    Warning,
}

/// One mistake: where it is, what was found and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The file, as named when the rulebook was given.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The first character that it concerns, from 1.
    pub column: u32,
    /// How many characters it concerns.
    pub length: u32,
    /// Whether the rulebook is refused.
    pub severity: Severity,
    /// The kind of the mistake.
    pub code: DiagnosticCode,
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub expected: String,
    /// What is wrong, in Thai: the kind of the mistake, and the names that it concerns.
    pub message_th: String,
    /// The line itself; empty where the file has no such line.
    pub source: String,
    /// The first character inside the text that the message quotes first, from 0, and how many characters.
    #[serde(skip)]
    inside: Option<(u32, u32)>,
}

impl Diagnostic {
    /// An error; its place in the line is found once the text of the file is at hand.
    #[must_use]
    pub fn new(file: &str, line: u32, code: DiagnosticCode, message: impl Into<String>, expected: impl Into<String>) -> Self {
        let (message, expected) = (message.into(), expected.into());
        Self {
            file: file.to_owned(),
            line,
            column: 0,
            length: 0,
            severity: Severity::Error,
            code,
            message_th: thai(code, &message, &expected),
            message,
            expected,
            source: String::new(),
            inside: None,
        }
    }

    /// The same as a warning.
    #[must_use]
    pub fn warning(self) -> Self {
        Self {
            severity: Severity::Warning,
            ..self
        }
    }

    /// The same at a place of its line: the first character, from 1, and how many.
    #[must_use]
    pub(crate) fn at(self, column: u32, length: u32) -> Self {
        Self { column, length, ..self }
    }

    /// The same at a place inside the text that its message quotes first: the first character, from 0, and how many.
    #[must_use]
    pub(crate) fn inside(self, first: u32, length: u32) -> Self {
        Self {
            inside: Some((first, length)),
            ..self
        }
    }

    /// Takes the line out of the texts of the files, and finds the place in it: that of the first name that the message quotes, else the
    /// whole line.
    #[must_use]
    pub fn located(mut self, sources: &[SourceFile]) -> Self {
        let text = sources
            .iter()
            .find(|source| source.path == self.file)
            .map(|source| source.text.as_str());
        let number = usize::try_from(self.line.saturating_sub(1)).unwrap_or(usize::MAX);
        let Some(line) = text.and_then(|text| text.lines().nth(number)) else {
            self.column = self.column.max(1);
            return self;
        };
        line.clone_into(&mut self.source);
        if self.column == 0 {
            let whole = quoted(&self.message).next().filter(|_| self.inside.is_some());
            let names = whole
                .into_iter()
                .chain(quoted(&self.message))
                .flat_map(|name| [name, name.rsplit('.').next().unwrap_or(name)]);
            let place = names
                .filter(|name| !name.is_empty())
                .find_map(|name| line.find(name).map(|at| (at, name)));
            let trimmed = line.trim();
            let (at, piece) = place.unwrap_or_else(|| (line.find(trimmed).unwrap_or(0), trimmed));
            self.column = characters(line.get(..at).unwrap_or("")).saturating_add(1);
            self.length = characters(piece);
            if let Some((first, length)) = self.inside.filter(|_| whole == Some(piece)) {
                self.column = self.column.saturating_add(first);
                self.length = length;
            }
        }
        self.length = self.length.max(1);
        self
    }
}

/// The names that a message quotes.
fn quoted(message: &str) -> impl Iterator<Item = &str> {
    message.split('`').skip(1).step_by(2)
}

fn characters(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

fn thai(code: DiagnosticCode, message: &str, expected: &str) -> String {
    let listed = |text: &str| quoted(text).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let (names, right) = (listed(message), listed(expected));
    let mut sentence = code.thai().to_owned();
    if !names.is_empty() {
        sentence.push_str(&format!(": {names}"));
    }
    if !right.is_empty() {
        sentence.push_str(&format!(" ที่ควรเป็น: {right}"));
    }
    sentence
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.severity == Severity::Warning { "warning: " } else { "" };
        write!(formatter, "{}:{}: {kind}{}", self.file, self.line, self.message)?;
        if !self.expected.is_empty() {
            write!(formatter, "; expected {}", self.expected)?;
        }
        Ok(())
    }
}

/// Every diagnostic of a rulebook that was refused, in the order of files and lines.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the rulebook has {} faults, the first: {}", self.errors().count(), self.errors().next().map_or_else(String::new, ToString::to_string))]
#[non_exhaustive]
pub struct Diagnostics(pub Vec<Diagnostic>);

impl Diagnostics {
    /// Those that refuse the rulebook.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter().filter(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

/// Collects diagnostics while the files are read.
#[derive(Debug, Default)]
pub struct Ledger {
    diagnostics: RefCell<Vec<Diagnostic>>,
    /// The files that could not be read at all.
    broken: RefCell<BTreeSet<String>>,
}

impl Ledger {
    /// Notes an error.
    pub fn note(&self, file: &str, line: u32, code: DiagnosticCode, message: impl Into<String>, expected: impl Into<String>) {
        self.push(Diagnostic::new(file, line, code, message, expected));
    }

    /// Notes a diagnostic.
    pub fn push(&self, diagnostic: Diagnostic) {
        self.diagnostics.borrow_mut().push(diagnostic);
    }

    /// Notes that a file could not be read at all: what other files name may stand in it.
    pub fn broken(&self, file: &str) {
        self.broken.borrow_mut().insert(file.to_owned());
    }

    /// Whether every file could be read.
    #[must_use]
    pub fn all_read(&self) -> bool {
        self.broken.borrow().is_empty()
    }

    /// Whether nothing was noted yet that refuses the rulebook.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        !self.diagnostics.borrow().iter().any(|one| one.severity == Severity::Error)
    }

    /// The diagnostics, sorted, each once, without those that only follow from others: from a file that could not be read, or from a value
    /// of the same section that could not.
    #[must_use]
    pub fn into_diagnostics(self, sources: &[SourceFile]) -> Vec<Diagnostic> {
        let (all, broken) = (self.diagnostics.into_inner(), self.broken.into_inner());
        let heads: BTreeMap<&str, Vec<usize>> = sources
            .iter()
            .map(|source| {
                let lines = source.text.lines().zip(1_usize..);
                let heads = lines.filter(|(line, _)| line.starts_with('[')).map(|(_, number)| number).collect();
                (source.path.as_str(), heads)
            })
            .collect();
        let section = |one: &Diagnostic| {
            let line = usize::try_from(one.line).unwrap_or(usize::MAX);
            heads
                .get(one.file.as_str())
                .map_or(0, |heads| heads.partition_point(|head| *head <= line))
        };
        let reviewed: BTreeSet<(&str, usize)> = sources
            .iter()
            .flat_map(|source| {
                let heads = heads.get(source.path.as_str()).map_or(&[][..], Vec::as_slice);
                let lines = source.text.lines().zip(1_usize..);
                let says_why = |line: &str| {
                    let value = line.strip_prefix(REVIEWED).and_then(|rest| rest.trim_start().strip_prefix('='));
                    value.is_some_and(|value| value.trim().len() > 2)
                };
                lines
                    .filter(move |(line, _)| says_why(line))
                    .map(|(_, number)| (source.path.as_str(), heads.partition_point(|head| *head <= number)))
            })
            .collect();
        let unread: BTreeSet<(String, usize)> = all
            .iter()
            .filter(|one| one.code.is_unread() && one.severity == Severity::Error)
            .map(|one| (one.file.clone(), section(one)))
            .collect();
        let follows = |one: &Diagnostic| {
            if one.code == DiagnosticCode::Suspicious && reviewed.contains(&(one.file.as_str(), section(one))) {
                return true;
            }
            (!broken.is_empty() && one.code.follows_from_elsewhere())
                || (one.code.follows_from_section() && !unread.is_empty() && unread.contains(&(one.file.clone(), section(one))))
        };
        let mut diagnostics: Vec<Diagnostic> = all
            .iter()
            .filter(|one| !follows(one))
            .map(|one| one.clone().located(sources))
            .collect();
        diagnostics.sort();
        diagnostics.dedup();
        diagnostics
    }
}
