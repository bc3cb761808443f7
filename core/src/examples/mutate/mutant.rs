//! One change of the law, made in place and taken back.

use std::mem::swap;

use super::super::run::line_of_item;
use crate::compile::SourceFile;
use crate::criterion::{AmountId, ColumnId, Entry, Node, NodeId, Period, PeriodId, Term, TermId};
use crate::rulebook::{Amount, Book, FileId};
use crate::values::Date;

/// A part of the book in place of another. Swapped in and out: what it holds is what the book does not.
#[derive(Debug, Clone)]
pub(super) enum Edit {
    Node(NodeId, Node),
    Term(TermId, Term),
    /// The cell of a row.
    Cell(ColumnId, usize, Box<Entry>),
    /// The days of a row.
    Days(ColumnId, usize, Box<Entry>),
    /// A row that is not there; it is held while it is gone.
    Without(ColumnId, usize, Option<Box<Entry>>),
    Period(PeriodId, Box<Period>),
    Amount(AmountId, Box<Amount>),
    /// The first day on which a file answers.
    Since(FileId, Date),
}

impl Edit {
    /// Puts in what it holds, and holds what was there.
    pub fn swap(&mut self, book: &mut Book) {
        let program = &mut book.program;
        match self {
            Self::Node(id, node) => {
                if let Some(there) = program.nodes.get_mut(usize::from(*id)) {
                    swap(there, node);
                }
            }
            Self::Term(id, term) => {
                if let Some(there) = program.terms.get_mut(usize::from(*id)) {
                    swap(there, term);
                }
            }
            Self::Cell(column, row, entry) | Self::Days(column, row, entry) => {
                let column = program.columns.get_mut(usize::from(*column));
                if let Some(there) = column.and_then(|column| column.entries.get_mut(*row)) {
                    swap(there, &mut **entry);
                }
            }
            Self::Without(column, row, held) => {
                let Some(column) = program.columns.get_mut(usize::from(*column)) else {
                    return;
                };
                match held.take() {
                    Some(entry) if *row <= column.entries.len() => column.entries.insert(*row, *entry),
                    None if *row < column.entries.len() => *held = Some(Box::new(column.entries.remove(*row))),
                    _ => {}
                }
            }
            Self::Period(id, period) => {
                if let Some(there) = program.periods.get_mut(usize::from(*id)) {
                    swap(there, &mut **period);
                }
            }
            Self::Amount(id, amount) => {
                if let Some(there) = book.amounts.get_mut(usize::from(*id)) {
                    swap(there, &mut **amount);
                }
            }
            Self::Since(id, since) => {
                if let Some(file) = book.files.get_mut(usize::from(*id)) {
                    swap(&mut file.since, since);
                }
            }
        }
    }
}

/// One change of the law: where it stands, what it is, and how it is made.
#[derive(Debug, Clone)]
pub(super) struct Mutant {
    /// `file.clause`, `file.rule`, `file.table.column`, `file.period` or `file.amount`.
    pub of: String,
    /// What is changed, in words.
    pub change: String,
    /// The day that is changed, by which its line is found.
    pub day: Option<Date>,
    pub edits: Vec<Edit>,
}

impl Mutant {
    /// The path and line at which it stands, as near as the names tell; a word of its own file is looked for in every file.
    pub fn place(&self, sources: &[SourceFile], paths: &[(String, String)]) -> (String, u32) {
        let (file, rest) = self.of.split_once('.').unwrap_or(("", &self.of));
        let item = rest.split('.').next().unwrap_or(rest);
        let own = paths.iter().find(|(id, _)| id == file);
        let all = paths.iter().filter(|_| own.is_none());
        let mut there = own.into_iter().chain(all).filter_map(|(_, path)| {
            let source = sources.iter().find(|source| source.path == *path)?;
            Some((path.clone(), line_of_item(&source.text, item, self.day)?))
        });
        there
            .next()
            .unwrap_or_else(|| (own.map_or_else(String::new, |(_, path)| path.clone()), 1))
    }
}
