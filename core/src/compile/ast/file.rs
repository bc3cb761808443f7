//! A whole rule file.

use super::amounts::{Amount, Period, amount, period};
use super::complaints::{NoShare, no_share, while_unknown};
use super::parts::{Citing, When, Words, citing, text, when};
use super::rules::{Clause, Rule, clause, rule};
use super::tables::{Overlay, Table, overlay, table};
use super::words::{Word, word};
use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::source::{Data, File, Item, Section};
use crate::rulebook::{FileKind, WhileUnknown};
use crate::values::Date;

/// Reads the contingencies of a file: one list, or a list by option, whose union is that of the file.
fn contingencies(head: &Section<'_>) -> (Vec<String>, Vec<(String, Vec<String>)>) {
    let by_option = head.item("contingencies").is_some_and(|item| matches!(item.data, Data::Table(_)));
    let Some(inner) = by_option.then(|| head.section("contingencies")).flatten() else {
        return (head.texts("contingencies"), Vec::new());
    };
    let lists: Vec<(String, Vec<String>)> = inner
        .entries()
        .iter()
        .map(|(option, _)| (option.clone(), inner.texts(option)))
        .collect();
    inner.done();
    let mut all: Vec<String> = Vec::new();
    for contingency in lists.iter().flat_map(|(_, list)| list) {
        if !all.contains(contingency) {
            all.push(contingency.clone());
        }
    }
    (all, lists)
}

/// A note.
#[derive(Debug, Clone)]
pub struct Note {
    /// Its name.
    pub id: String,
    /// The line.
    pub line: u32,
    /// Its status.
    pub status: String,
    /// The day on which it was read.
    pub as_of: Option<Date>,
    /// The sentence.
    pub text: Words,
    /// Citations.
    pub cite: Citing,
}

/// A whole rule file.
#[derive(Debug, Clone)]
pub struct RuleFile {
    /// Its path.
    pub path: String,
    /// The line of `[file]`.
    pub line: u32,
    /// Its id.
    pub id: String,
    /// Its name.
    pub text: Words,
    /// What it is about.
    pub kind: FileKind,
    /// The agency that applies it.
    pub authority: Option<String>,
    /// Since when it answers.
    pub since: Date,
    /// When it was last checked.
    pub checked_on: Date,
    /// The day that picks versions.
    pub clock: Option<String>,
    /// The options and their first days.
    pub options: Vec<(String, Date)>,
    /// Contingencies of the whole file, or of all its options together.
    pub contingencies: Vec<String>,
    /// Contingencies by option, where they differ.
    pub option_contingencies: Vec<(String, Vec<String>)>,
    /// What the register says.
    pub registered: Option<When>,
    /// When a complaint arises.
    pub arises: Option<When>,
    /// What is said while the facts are not known.
    pub while_unknown: Option<WhileUnknown>,
    /// Levels of urgency.
    pub levels: Vec<String>,
    /// Facts that say whether there is danger.
    pub danger: Vec<String>,
    /// Words.
    pub words: Vec<Word>,
    /// Clauses.
    pub clauses: Vec<Clause>,
    /// Rules.
    pub rules: Vec<Rule>,
    /// Tables.
    pub tables: Vec<Table>,
    /// Amounts.
    pub amounts: Vec<Amount>,
    /// Periods.
    pub periods: Vec<Period>,
    /// Notes.
    pub notes: Vec<Note>,
    /// What must not be shared.
    pub no_share: Vec<NoShare>,
    /// The overlay, where it is one.
    pub overlay: Option<Overlay>,
}

impl RuleFile {
    /// Reads a rule file.
    pub fn read(file: File<'_>, root: &Item) -> Option<Self> {
        let root = file.section(root, "the file");
        let head = match root.section("file") {
            Some(head) => head,
            None => {
                file.diagnose(
                    1,
                    DiagnosticCode::MissingKey,
                    "there is no [file]",
                    "[file] with id, th, since, checked_on and kind",
                );
                return None;
            }
        };
        let kind = match head.need_text("kind").as_str() {
            "definition" => Some(FileKind::Definition),
            "scheme" => Some(FileKind::Scheme),
            "standard" => Some(FileKind::Standard),
            "complaint" => Some(FileKind::Complaint),
            "urgency" => Some(FileKind::Urgency),
            "overlay" => Some(FileKind::Overlay),
            other => {
                head.diagnose(
                    "kind",
                    DiagnosticCode::UnknownCode,
                    format!("`{other}` is no kind of file"),
                    "definition, scheme, standard, complaint, urgency or overlay",
                );
                None
            }
        };
        let options = head.sections_or_days("options");
        let (contingencies, option_contingencies) = contingencies(&head);
        let while_unknown = head.section("while_unknown").map(|section| {
            let read = while_unknown(&section);
            section.done();
            read
        });
        let id = head.need_text("id");
        let read = Self {
            path: file.path.to_owned(),
            line: head.line,
            id,
            text: text(&head),
            kind: kind?,
            authority: head.text("authority"),
            since: head.need_day("since")?,
            checked_on: head.need_day("checked_on")?,
            clock: head.text("clock"),
            options,
            contingencies,
            option_contingencies,
            registered: when(&head, "registered"),
            arises: when(&head, "arises"),
            while_unknown,
            levels: head.texts("levels"),
            danger: head.texts("danger"),
            words: root.sections("words").into_iter().map(|(id, section)| word(id, &section)).collect(),
            clauses: root
                .sections("clauses")
                .into_iter()
                .map(|(id, section)| clause(id, &section))
                .collect(),
            rules: root.sections("rule").into_iter().map(|(id, section)| rule(id, &section)).collect(),
            tables: root
                .sections("table")
                .into_iter()
                .map(|(id, section)| table(id, &section))
                .collect(),
            amounts: root
                .sections("amounts")
                .into_iter()
                .map(|(id, section)| amount(id, &section))
                .collect(),
            periods: root
                .sections("periods")
                .into_iter()
                .map(|(id, section)| period(id, &section))
                .collect(),
            notes: root.sections("notes").into_iter().map(|(id, section)| note(id, &section)).collect(),
            no_share: root
                .sections("no_share")
                .into_iter()
                .map(|(id, section)| no_share(id, &section))
                .collect(),
            overlay: overlay(&root),
        };
        // Examples are read apart; facts that the rulebook declares too.
        for key in ["example", "facts"] {
            let _ = root.item(key);
        }
        head.done();
        root.done();
        Some(read)
    }
}

impl Section<'_> {
    /// Named days, such as `options = { 1 = 2011-05-01 }`.
    fn sections_or_days(&self, key: &str) -> Vec<(String, Date)> {
        let Some(section) = self.section(key) else { return Vec::new() };
        section
            .entries()
            .iter()
            .filter_map(|(name, _)| section.day(name).map(|day| (name.clone(), day)))
            .collect()
    }
}

pub(super) fn note(id: &str, section: &Section<'_>) -> Note {
    let note = Note {
        id: id.to_owned(),
        line: section.line,
        status: section.need_text("status"),
        as_of: section.day("as_of"),
        text: text(section),
        cite: citing(section),
    };
    section.done();
    note
}
