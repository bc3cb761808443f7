//! Reads TOML into sections that know their lines and note every fault they meet.

use std::cell::RefCell;
use std::collections::BTreeSet;

use toml::de::{DeTable, DeValue};

use super::diagnostics::{Diagnostic, DiagnosticCode, Ledger};
use crate::values::{Date, nearest};

/// One file of a rulebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Its path inside the rulebook, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// A value with the line on which it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The line, from 1.
    pub line: u32,
    /// The line on which its text begins: that below the quotation marks of a text of several lines.
    pub text_line: u32,
    /// The value.
    pub data: Data,
}

impl Item {
    /// A value whose text stands on its own line.
    #[must_use]
    pub fn new(line: u32, data: Data) -> Self {
        Self {
            line,
            text_line: line,
            data,
        }
    }
}

/// The lines of a text by the bytes on which they begin.
struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str) -> Self {
        let after = text.match_indices('\n').map(|(at, _)| at.saturating_add(1));
        Self {
            text,
            starts: std::iter::once(0).chain(after).collect(),
        }
    }

    fn of(&self, byte: usize) -> u32 {
        u32::try_from(self.starts.partition_point(|start| *start <= byte)).unwrap_or(u32::MAX)
    }

    /// The line on which the text of a value begins: TOML leaves out a line end right after three quotation marks.
    fn of_text(&self, byte: usize) -> u32 {
        let value = self.text.get(byte..).unwrap_or("");
        let quoted = value.strip_prefix("\"\"\"").or_else(|| value.strip_prefix("'''"));
        let below = quoted.is_some_and(|text| text.starts_with('\n') || text.starts_with("\r\n"));
        self.of(byte).saturating_add(u32::from(below))
    }
}

/// A TOML value; floats are refused when read, days are civil dates.
#[derive(Debug, Clone, PartialEq)]
pub enum Data {
    /// Text.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// True or false.
    Flag(bool),
    /// A day.
    Day(Date),
    /// A list.
    List(Vec<Item>),
    /// A table, in the order of the file.
    Table(Vec<(String, Item)>),
    /// What could not be read; the fault is noted.
    Unread,
}

impl Data {
    fn describe(&self) -> String {
        match self {
            Self::Text(text) => format!("the text `{text}`"),
            Self::Whole(number) => format!("the number {number}"),
            Self::Flag(flag) => format!("{flag}"),
            Self::Day(day) => format!("the day {day}"),
            Self::List(_) => "a list".to_owned(),
            Self::Table(_) => "a table".to_owned(),
            Self::Unread => "unreadable".to_owned(),
        }
    }
}

/// One file in the hands of the compiler.
#[derive(Clone, Copy)]
pub struct File<'a> {
    /// Its path inside the rulebook.
    pub path: &'a str,
    /// Where faults go.
    pub ledger: &'a Ledger,
}

impl<'a> File<'a> {
    /// Notes a fault of this file.
    pub fn diagnose(&self, line: u32, code: DiagnosticCode, message: impl Into<String>, expected: impl Into<String>) {
        self.ledger.note(self.path, line, code, message, expected);
    }

    /// Notes a warning of this file.
    pub fn warn(&self, line: u32, code: DiagnosticCode, message: impl Into<String>, expected: impl Into<String>) {
        self.ledger
            .push(Diagnostic::new(self.path, line, code, message, expected).warning());
    }

    /// Notes a diagnostic.
    pub fn note(&self, diagnostic: Diagnostic) {
        self.ledger.push(diagnostic);
    }

    /// Parses TOML text.
    #[must_use]
    pub fn parse(&self, text: &str) -> Item {
        let lines = Lines::new(text);
        match DeTable::parse(text) {
            Ok(table) => self.table(table.get_ref(), 1, &lines),
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                let twice = error.message().contains("duplicate key");
                let (code, expected) = if twice {
                    (DiagnosticCode::Shadowing, "each name once")
                } else {
                    (DiagnosticCode::Syntax, "TOML")
                };
                let start = text
                    .get(..at)
                    .and_then(|before| before.rfind('\n'))
                    .map_or(0, |newline| newline.saturating_add(1));
                let column = text.get(start..at).map_or(0, |before| before.chars().count());
                let column = u32::try_from(column).unwrap_or(0).saturating_add(1);
                let message = error.message().replace('\n', ", ");
                self.note(Diagnostic::new(self.path, lines.of(at), code, message, expected).at(column, 1));
                self.ledger.broken(self.path);
                Item::new(1, Data::Unread)
            }
        }
    }

    fn table(&self, table: &DeTable<'_>, own_line: u32, lines: &Lines<'_>) -> Item {
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let entries = entries.into_iter().map(|(key, value)| {
            let mut item = self.value(value.get_ref(), lines.of(key.span().start), lines);
            item.text_line = lines.of_text(value.span().start);
            (key.get_ref().to_string(), item)
        });
        Item::new(own_line, Data::Table(entries.collect()))
    }

    fn value(&self, value: &DeValue<'_>, own_line: u32, lines: &Lines<'_>) -> Item {
        let data = match value {
            DeValue::String(text) => Data::Text(text.to_string()),
            DeValue::Integer(number) => match i64::from_str_radix(&number.as_str().replace('_', ""), number.radix()) {
                Ok(number) => Data::Whole(number),
                Err(_) => self.unread(
                    own_line,
                    DiagnosticCode::Impossible,
                    "a whole number of this size cannot be",
                    "a whole number",
                ),
            },
            DeValue::Float(number) => {
                let message = format!("{} is a float", number.as_str());
                self.unread(
                    own_line,
                    DiagnosticCode::Float,
                    &message,
                    &format!("the decimal as text: \"{}\"", number.as_str()),
                )
            }
            DeValue::Boolean(flag) => Data::Flag(*flag),
            DeValue::Datetime(day) => match (day.date, day.time) {
                (Some(day), None) => match Date::new(day.year.into(), day.month.into(), day.day.into()) {
                    Ok(day) => Data::Day(day),
                    Err(error) => self.unread(own_line, DiagnosticCode::Impossible, &error.to_string(), "a day of the common era"),
                },
                _ => self.unread(own_line, DiagnosticCode::WrongType, "a time of day", "a day"),
            },
            DeValue::Array(list) => Data::List(
                list.iter()
                    .map(|item| self.value(item.get_ref(), lines.of(item.span().start), lines))
                    .collect(),
            ),
            DeValue::Table(table) => return self.table(table, own_line, lines),
        };
        Item::new(own_line, data)
    }

    fn unread(&self, line: u32, code: DiagnosticCode, message: &str, expected: &str) -> Data {
        self.diagnose(line, code, message, expected);
        Data::Unread
    }

    /// The item as a section; anything but a table is a fault and reads as an empty section.
    #[must_use]
    pub fn section<'i>(&self, item: &'i Item, name: &str) -> Section<'i>
    where
        'a: 'i,
    {
        let entries: &'i [(String, Item)] = match &item.data {
            Data::Table(entries) => entries,
            Data::Unread => &[],
            other => {
                self.diagnose(
                    item.line,
                    DiagnosticCode::WrongType,
                    format!("`{name}` is {}", other.describe()),
                    "a table",
                );
                &[]
            }
        };
        Section {
            file: *self,
            name: name.to_owned(),
            line: item.line,
            entries,
            read: RefCell::default(),
            asked: RefCell::default(),
        }
    }

    /// Notes that an item has the wrong type.
    pub fn wrong_type(&self, item: &Item, name: &str, expected: &str) {
        if item.data != Data::Unread {
            self.diagnose(
                item.line,
                DiagnosticCode::WrongType,
                format!("`{name}` is {}", item.data.describe()),
                expected,
            );
        }
    }

    /// The item as text.
    #[must_use]
    pub fn text(&self, item: &Item, name: &str) -> Option<String> {
        match &item.data {
            Data::Text(text) => Some(text.clone()),
            _ => {
                self.wrong_type(item, name, "text");
                None
            }
        }
    }

    /// The item as a list of texts; one text alone is a list of one.
    #[must_use]
    pub fn texts(&self, item: &Item, name: &str) -> Vec<String> {
        match &item.data {
            Data::Text(text) => vec![text.clone()],
            Data::List(list) => list.iter().filter_map(|item| self.text(item, name)).collect(),
            _ => {
                self.wrong_type(item, name, "text or a list of texts");
                Vec::new()
            }
        }
    }
}

/// The key under which a reviewer says why a section that looks like a slip is right: its warnings are not repeated.
pub const REVIEWED: &str = "reviewed";

/// A TOML table that notes which of its keys were read.
pub struct Section<'a> {
    /// The file it stands in.
    pub file: File<'a>,
    /// Its name, for messages.
    pub name: String,
    /// The line on which it begins.
    pub line: u32,
    entries: &'a [(String, Item)],
    read: RefCell<BTreeSet<&'a str>>,
    /// Every key that was asked for, there or not: what an unknown one may have meant.
    asked: RefCell<BTreeSet<String>>,
}

impl<'a> Section<'a> {
    /// The item under a key.
    #[must_use]
    pub fn item(&self, key: &str) -> Option<&'a Item> {
        self.asked.borrow_mut().insert(key.to_owned());
        let (key, item) = self.entries.iter().find(|(name, _)| name == key)?;
        self.read.borrow_mut().insert(key);
        Some(item)
    }

    /// Every entry; all count as read.
    #[must_use]
    pub fn entries(&self) -> &'a [(String, Item)] {
        self.read.borrow_mut().extend(self.entries.iter().map(|(name, _)| name.as_str()));
        self.entries
    }

    fn path(&self, key: &str) -> String {
        format!("{}.{key}", self.name)
    }

    /// Notes a fault on the line of a key, or of the section where the key is not there.
    pub fn diagnose(&self, key: &str, code: DiagnosticCode, message: impl Into<String>, expected: impl Into<String>) {
        let line = self
            .entries
            .iter()
            .find(|(name, _)| name == key)
            .map_or(self.line, |(_, item)| item.line);
        self.file.diagnose(line, code, message, expected);
    }

    fn missing(&self, key: &str, expected: &str) {
        self.file.diagnose(
            self.line,
            DiagnosticCode::MissingKey,
            format!("`{}` has no `{key}`", self.name),
            expected,
        );
    }

    /// Text under a key.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<String> {
        self.item(key).and_then(|item| self.file.text(item, &self.path(key)))
    }

    /// Text that must be there; empty where it is not.
    #[must_use]
    pub fn need_text(&self, key: &str) -> String {
        if self.item(key).is_none() {
            self.missing(key, "text");
        }
        self.text(key).unwrap_or_default()
    }

    /// A label that must be there; empty, with a fault, where it is not or says nothing.
    #[must_use]
    pub fn need_label(&self, key: &str) -> String {
        let label = self.text(key);
        if label
            .as_ref()
            .map_or_else(|| self.item(key).is_none(), |label| label.trim().is_empty())
        {
            self.diagnose(
                key,
                DiagnosticCode::MissingLabel,
                format!("`{}` has no `{key}`", self.name),
                "a text for people",
            );
        }
        label.unwrap_or_default()
    }

    /// A label in English; the Thai one, with a warning, where a draft has none yet.
    #[must_use]
    pub fn english_label(&self, key: &str, th: &str) -> String {
        let label = self.text(key).filter(|label| !label.trim().is_empty());
        label.unwrap_or_else(|| {
            let line = self
                .entries
                .iter()
                .find(|(name, _)| name == key)
                .map_or(self.line, |(_, item)| item.line);
            let message = format!("`{}` has no `{key}`", self.name);
            self.file.warn(line, DiagnosticCode::MissingLabel, message, "a text for people");
            th.to_owned()
        })
    }

    /// A text or a list of texts.
    #[must_use]
    pub fn texts(&self, key: &str) -> Vec<String> {
        self.item(key).map_or_else(Vec::new, |item| self.file.texts(item, &self.path(key)))
    }

    /// A whole number under a key.
    #[must_use]
    pub fn whole(&self, key: &str) -> Option<i64> {
        let item = self.item(key)?;
        match item.data {
            Data::Whole(number) => Some(number),
            _ => {
                self.file.wrong_type(item, &self.path(key), "a whole number");
                None
            }
        }
    }

    /// True or false under a key; false where it is not there.
    #[must_use]
    pub fn flag(&self, key: &str) -> Option<bool> {
        let item = self.item(key)?;
        match item.data {
            Data::Flag(flag) => Some(flag),
            _ => {
                self.file.wrong_type(item, &self.path(key), "true or false");
                None
            }
        }
    }

    /// A day under a key.
    #[must_use]
    pub fn day(&self, key: &str) -> Option<Date> {
        let item = self.item(key)?;
        match item.data {
            Data::Day(day) => Some(day),
            _ => {
                self.file.wrong_type(item, &self.path(key), "a day");
                None
            }
        }
    }

    /// A day that must be there.
    #[must_use]
    pub fn need_day(&self, key: &str) -> Option<Date> {
        if self.item(key).is_none() {
            self.missing(key, "a day");
        }
        self.day(key)
    }

    /// A list under a key; empty where it is not there.
    #[must_use]
    pub fn list(&self, key: &str) -> &'a [Item] {
        match self.item(key).map(|item| (item, &item.data)) {
            None => &[],
            Some((_, Data::List(list))) => list,
            Some((item, _)) => {
                self.file.wrong_type(item, &self.path(key), "a list");
                &[]
            }
        }
    }

    /// A section under a key.
    #[must_use]
    pub fn section(&self, key: &str) -> Option<Section<'a>> {
        self.item(key).map(|item| self.file.section(item, &self.path(key)))
    }

    /// The named sections under a key, in the order of the file.
    #[must_use]
    pub fn sections(&self, key: &str) -> Vec<(&'a str, Section<'a>)> {
        let Some(section) = self.section(key) else { return Vec::new() };
        section
            .entries()
            .iter()
            .map(|(name, item)| (name.as_str(), section.file.section(item, &section.path(name))))
            .collect()
    }

    /// Notes every key that nobody read.
    pub fn done(&self) {
        let (read, asked) = (self.read.borrow(), self.asked.borrow());
        for (key, item) in self.entries {
            // A note of a reviewer may stand in every section.
            if !read.contains(key.as_str()) && key != REVIEWED {
                let near = nearest(key, asked.iter().map(String::as_str).filter(|asked| !read.contains(asked)))
                    .map_or_else(String::new, |near| format!("`{near}`, or no such key"));
                self.file.diagnose(
                    item.line,
                    DiagnosticCode::UnknownKey,
                    format!("`{}` does not know `{key}`", self.name),
                    near,
                );
            }
        }
    }
}
