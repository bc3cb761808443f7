//! A reform on trial: the rulebook with another value in a table.

use super::written::{expected, read_cell};
use super::{Book, Cite, Instrument, Rulebook, Words};
use crate::criterion::{CellValue, CiteId, Column, ColumnId, Confidence, Entry, NodeId};
use crate::rulebook::InstrumentId;
use crate::values::{Date, ErrorCode, nearest};

/// A value that cannot be put into a table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ChangeError {
    /// The path has another form.
    #[error("`{path}` is no path of a table, expected `file.table` or `file.table.column`")]
    Path {
        /// The path as given.
        path: String,
    },
    /// No table has that path.
    #[error("there is no table `{path}`{}", offer(nearest))]
    UnknownTable {
        /// The path as given.
        path: String,
        /// The nearest table.
        nearest: Option<String>,
    },
    /// The table has no such column.
    #[error("there is no column `{path}`, expected one of {}{}", columns.join(", "), offer(nearest))]
    UnknownColumn {
        /// The path as given.
        path: String,
        /// The columns there are.
        columns: Vec<String>,
        /// The nearest of them.
        nearest: Option<String>,
    },
    /// The table has several columns of their own, and none is named.
    #[error("`{path}` has several columns, expected one of {}", columns.join(", "))]
    SeveralColumns {
        /// The path as given.
        path: String,
        /// The columns there are.
        columns: Vec<String>,
    },
    /// The value is none of the column's unit.
    #[error("`{value}` cannot stand in `{path}`, expected {expected}")]
    Value {
        /// The path as given.
        path: String,
        /// The value as given.
        value: String,
        /// What may stand there.
        expected: &'static str,
    },
    /// The rulebook cannot take one citation more.
    #[error("`{path}` cannot be changed: the rulebook is full")]
    Full {
        /// The path as given.
        path: String,
    },
}

fn offer(nearest: &Option<String>) -> String {
    nearest
        .as_deref()
        .map_or_else(String::new, |nearest| format!("; the nearest is `{nearest}`"))
}

impl ChangeError {
    /// The path as given.
    #[must_use]
    pub fn path(&self) -> &str {
        match self {
            Self::Path { path }
            | Self::UnknownTable { path, .. }
            | Self::UnknownColumn { path, .. }
            | Self::SeveralColumns { path, .. }
            | Self::Value { path, .. }
            | Self::Full { path } => path,
        }
    }

    /// The value as given, where the error is about it.
    #[must_use]
    pub fn value(&self) -> Option<&str> {
        match self {
            Self::Value { value, .. } => Some(value),
            _ => None,
        }
    }

    /// What was expected.
    #[must_use]
    pub fn expected(&self) -> Option<String> {
        match self {
            Self::Path { .. } => Some("`file.table` or `file.table.column`".to_owned()),
            Self::UnknownTable { .. } => Some("the path of a table".to_owned()),
            Self::UnknownColumn { columns, .. } | Self::SeveralColumns { columns, .. } => Some(format!("one of {}", columns.join(", "))),
            Self::Value { expected, .. } => Some((*expected).to_owned()),
            Self::Full { .. } => None,
        }
    }

    /// The nearest path there is.
    #[must_use]
    pub fn nearest(&self) -> Option<&str> {
        match self {
            Self::UnknownTable { nearest, .. } | Self::UnknownColumn { nearest, .. } => nearest.as_deref(),
            _ => None,
        }
    }

    /// The code of the error, the same in every language.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Path { .. } => ErrorCode::ChangePath,
            Self::UnknownTable { .. } => ErrorCode::UnknownTable,
            Self::UnknownColumn { .. } => ErrorCode::UnknownColumn,
            Self::SeveralColumns { .. } => ErrorCode::SeveralColumns,
            Self::Value { .. } => ErrorCode::ChangeValue,
            Self::Full { .. } => ErrorCode::RulebookFull,
        }
    }
}

/// The instrument that a trial value cites: it is no law.
const REFORM: &str = "reform";

impl Rulebook {
    /// The rulebook with another value in a table, to try a reform: every row that begins on the day or later holds it, and a row begins on
    /// that day where none does; without a day every row holds it. Overlays of those days give way to it; what stands before the first row stays.
    ///
    /// The path is `file.table`, or `file.table.column`; for a table across options the former means every option. The value is written in the unit
    /// of the column: `70`, `2.75`, `none`, `not_read`. The cells cite the instrument `reform`, with low confidence: decisions show that it is no law.
    ///
    /// # Errors
    /// [`ChangeError`] for a path that names no column and for a value that is none of its unit.
    pub fn with_value(&self, path: &str, value: &str, from: Option<Date>) -> Result<Self, ChangeError> {
        let columns = columns(self.book(), path)?;
        let mut book = self.book().clone();
        let cite = reform_cite(&mut book, path, value, from).ok_or_else(|| ChangeError::Full { path: path.to_owned() })?;
        for number in columns {
            let Some(column) = book.program.columns.get_mut(usize::from(number)) else {
                continue;
            };
            let cell = read_cell(value, column.unit).ok_or_else(|| ChangeError::Value {
                path: path.to_owned(),
                value: value.to_owned(),
                expected: expected(column.unit),
            })?;
            change(column, &cell, cite, from.map(Date::days));
        }
        Ok(Self::of(book))
    }

    /// Whether some value of it is on trial and no law.
    #[must_use]
    pub fn is_reform(&self) -> bool {
        self.book().instruments.iter().any(|instrument| instrument.kind == REFORM)
    }
}

fn columns(book: &Book, path: &str) -> Result<Vec<ColumnId>, ChangeError> {
    let segments: Vec<&str> = path.split('.').collect();
    let (file, name, column) = match segments.as_slice() {
        [file, table] => (*file, *table, None),
        [file, table, column] => (*file, *table, Some(*column)),
        _ => return Err(ChangeError::Path { path: path.to_owned() }),
    };
    let id = format!("{file}.{name}");
    let Some(table) = book.tables.iter().find(|table| table.id == id) else {
        let near = nearest(&id, book.tables.iter().map(|table| table.id.as_str())).map(str::to_owned);
        return Err(ChangeError::UnknownTable {
            path: path.to_owned(),
            nearest: near,
        });
    };
    let known = |number: ColumnId| {
        book.program
            .columns
            .get(usize::from(number))
            .map_or("", |column| column.name.rsplit('.').next().unwrap_or(""))
    };
    let names = || {
        table
            .columns
            .iter()
            .map(|(number, _)| known(*number).to_owned())
            .collect::<Vec<_>>()
    };
    match column {
        Some(column) => table
            .columns
            .iter()
            .find(|(number, _)| known(*number) == column)
            .map(|(number, _)| vec![*number])
            .ok_or_else(|| {
                let columns = names();
                let near = nearest(column, columns.iter().map(String::as_str)).map(str::to_owned);
                ChangeError::UnknownColumn {
                    path: path.to_owned(),
                    columns,
                    nearest: near,
                }
            }),
        None if table.columns.len() == 1 || table.columns.iter().all(|(_, option)| option.is_some()) => {
            Ok(table.columns.iter().map(|(number, _)| *number).collect())
        }
        None => Err(ChangeError::SeveralColumns {
            path: path.to_owned(),
            columns: names(),
        }),
    }
}

fn reform_cite(book: &mut Book, path: &str, value: &str, from: Option<Date>) -> Option<CiteId> {
    let known = book.instruments.iter().position(|instrument| instrument.kind == REFORM);
    let instrument = known.unwrap_or_else(|| {
        let title = Words {
            th: "ค่าที่ทดลองแก้ ไม่ใช่กฎหมาย".into(),
            en: "a value on trial, not law".into(),
        };
        book.instruments.push(Instrument {
            id: REFORM.into(),
            kind: REFORM.into(),
            title,
            gazette: None,
            in_force: None,
        });
        book.instruments.len().saturating_sub(1)
    });
    let since = from.map_or_else(String::new, |day| format!(" from {day}"));
    let place = format!("{path} = {value}{since}");
    book.cites.push(Cite {
        instrument: InstrumentId::try_from(instrument).ok()?,
        place: place.into(),
        confidence: Confidence::Low,
    });
    CiteId::try_from(book.cites.len().checked_sub(1)?).ok()
}

/// Both readings of the first day of an entry; the beginning of time where it has none.
fn begins(entry: &Entry) -> (i32, i32) {
    let lead = entry.from.unwrap_or(i32::MIN);
    (lead, entry.from_other.unwrap_or(lead))
}

fn change(column: &mut Column, cell: &CellValue, cite: CiteId, day: Option<i32>) {
    let start = day.unwrap_or(i32::MIN);
    let trial = |guard: Option<NodeId>, lead: i32, other: i32| Entry {
        from: (lead != i32::MIN).then_some(lead),
        from_other: (other != lead).then_some(other),
        until: None,
        guard,
        cell: cell.clone(),
        other: None,
        cites: vec![cite],
        confidence: Confidence::Low,
    };
    let mut entries: Vec<Entry> = Vec::with_capacity(column.entries.len().saturating_add(1));
    // The guards for which a trial row already stands on the day; rows of one guard come latest first.
    let mut covered: Vec<Option<NodeId>> = Vec::new();
    let old = std::mem::take(&mut column.entries);
    for mut entry in old {
        if entry.until.is_some() {
            if begins(&entry).0 < start {
                entry.until = entry.until.min(start.checked_sub(1));
                entries.push(entry);
            }
            continue;
        }
        if covered.contains(&entry.guard) {
            entries.push(entry);
            continue;
        }
        let (lead, other) = begins(&entry);
        entries.push(trial(entry.guard, lead.max(start), other.max(start)));
        if day.is_some() && lead.max(other) <= start {
            covered.push(entry.guard);
        }
        if lead.min(other) < start {
            entries.push(entry);
        }
    }
    // The day lies before the first row of a guard: a row begins on it.
    if let Some(day) = day {
        let guards: Vec<Option<NodeId>> = entries
            .iter()
            .filter(|entry| entry.until.is_none())
            .map(|entry| entry.guard)
            .collect();
        for guard in if guards.is_empty() { vec![None] } else { guards } {
            if !covered.contains(&guard) {
                covered.push(guard);
                let after_own = entries.iter().rposition(|entry| entry.guard == guard && entry.until.is_none());
                let at = after_own.map_or(entries.len(), |at| at.saturating_add(1));
                entries.insert(at.min(entries.len()), trial(guard, day, day));
            }
        }
    }
    column.entries = entries;
}
