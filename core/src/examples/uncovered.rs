//! What the examples ask on one side only: a bound that none meets, a day before which none asks, a clause that none fails.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt;

use serde::Serialize;

use super::mutate::names::{owners, shown};
use super::mutate::reached::Reached;
use super::run::{files_and_paths, line_of_item};
use crate::compile::SourceFile;
use crate::criterion::{AmountId, ColumnId, Node, NodeId, PeriodId, Read, Term, TermId};
use crate::rulebook::Book;
use crate::values::{Date, Truth};

/// What is asked on one side only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum UncoveredKind {
    /// A rule, of one option where it has options.
    Rule,
    /// A clause.
    Clause,
    /// A comparison with a number or a cell.
    Bound,
    /// A day from which another version, row or length stands.
    Day,
    /// An amount, which no example asks for.
    Amount,
    /// A period, which no example asks for.
    Period,
}

/// The side that no example asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum MissingSide {
    /// No example meets it.
    Met,
    /// No example fails it.
    Unmet,
    /// No example asks before the day.
    Before,
    /// No example asks on the day or after it.
    From,
    /// No example asks for it.
    Asked,
}

/// A bound, day, clause, rule, amount or period that the examples ask on one side only.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[non_exhaustive]
pub struct Uncovered {
    /// The path of the file inside the rulebook.
    pub file: String,
    /// Its line, from 1, as near as its name and day tell.
    pub line: u32,
    /// `file.clause`, `file.rule`, `file.table.column`, `file.period` or `file.amount`.
    pub of: String,
    /// What it is.
    pub kind: UncoveredKind,
    /// The condition, or the day.
    pub what: String,
    /// The side that no example asks.
    pub missing: MissingSide,
}

impl fmt::Display for Uncovered {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            line,
            of,
            kind,
            what,
            missing,
        } = self;
        let thing = match kind {
            UncoveredKind::Rule => "the rule",
            UncoveredKind::Clause => "the clause",
            UncoveredKind::Bound => "the bound",
            UncoveredKind::Day => "the day",
            UncoveredKind::Amount => "the amount",
            UncoveredKind::Period => "the period",
        };
        let lacks = match missing {
            MissingSide::Met => "no example meets it",
            MissingSide::Unmet => "no example fails it",
            MissingSide::Before => "no example asks before it",
            MissingSide::From => "no example asks on it or later",
            MissingSide::Asked => "no example asks for it",
        };
        write!(formatter, "{file}:{line}: `{of}`, {thing} `{what}`: {lacks}")
    }
}

/// What the reads of all examples leave on one side.
pub(super) fn uncovered(book: &Book, sources: &[SourceFile], reads: &HashSet<Read>) -> Vec<Uncovered> {
    let mut looking = Looking {
        book,
        reads,
        sides: BTreeMap::new(),
        found: BTreeSet::new(),
    };
    for read in reads {
        if let Read::Node(id, truth) = read {
            let sides = looking.sides.entry(*id).or_default();
            sides.0 |= *truth == Truth::Met;
            sides.1 |= *truth == Truth::Unmet;
        }
    }
    looking.rules();
    looking.nodes();
    looking.rows();
    looking.rest();
    let paths = files_and_paths(sources);
    let placed = looking.found.into_iter().map(|found| {
        let (file, rest) = found.of.split_once('.').unwrap_or(("", &found.of));
        let item = rest.split(['.', ' ']).next().unwrap_or(rest);
        let path = paths.iter().find(|(id, _)| id == file).map_or("", |(_, path)| path.as_str());
        let text = sources
            .iter()
            .find(|source| source.path == path)
            .map_or("", |source| source.text.as_str());
        Uncovered {
            file: path.to_owned(),
            line: line_of_item(text, item, found.day).unwrap_or(1),
            of: found.of.clone(),
            kind: found.kind,
            what: found.what,
            missing: found.missing,
        }
    });
    let mut placed: Vec<Uncovered> = placed.collect();
    placed.sort();
    placed.dedup();
    placed
}

/// What was found, before its line is looked for.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    of: String,
    kind: UncoveredKind,
    what: String,
    missing: MissingSide,
    day: Option<Date>,
}

struct Looking<'a> {
    book: &'a Book,
    reads: &'a HashSet<Read>,
    /// Whether some example meets a node, and whether some fails it.
    sides: BTreeMap<NodeId, (bool, bool)>,
    found: BTreeSet<Found>,
}

impl Looking<'_> {
    fn lacks(&mut self, of: &str, kind: UncoveredKind, what: &str, missing: MissingSide, day: Option<Date>) {
        self.found.insert(Found {
            of: of.to_owned(),
            kind,
            what: what.to_owned(),
            missing,
            day,
        });
    }

    fn both(&mut self, of: &str, kind: UncoveredKind, what: &str, (met, unmet): (bool, bool)) {
        if !met {
            self.lacks(of, kind, what, MissingSide::Met, None);
        }
        if !unmet {
            self.lacks(of, kind, what, MissingSide::Unmet, None);
        }
    }

    fn around(&mut self, of: &str, days: i32, (before, from): (bool, bool)) {
        let Some(day) = Date::from_days(days) else { return };
        if !before {
            self.lacks(of, UncoveredKind::Day, &day.to_string(), MissingSide::Before, Some(day));
        }
        if !from {
            self.lacks(of, UncoveredKind::Day, &day.to_string(), MissingSide::From, Some(day));
        }
    }

    fn side(&self, id: NodeId) -> (bool, bool) {
        self.sides.get(&id).copied().unwrap_or_default()
    }

    fn rules(&mut self) {
        let book = self.book;
        for rule in &book.rules {
            let Some(file) = book.file(rule.file) else { continue };
            let option = rule.option.and_then(|option| file.memberships.get(usize::from(option)));
            let option = option.map_or_else(String::new, |option| format!(" {}", option.option));
            let name = format!("{}.{}", file.id, rule.id);
            self.both(&name, UncoveredKind::Rule, &format!("{}{option}", rule.id), self.side(rule.person));
        }
    }

    fn nodes(&mut self) {
        let (book, owners) = (self.book, owners(self.book));
        let open: BTreeSet<&str> = book.program.open.iter().map(AsRef::as_ref).collect();
        let mut around: BTreeMap<(String, i32), (bool, bool)> = BTreeMap::new();
        let fixed = |term: TermId| matches!(book.program.term(term), Term::Constant(_) | Term::Cell(_));
        // The key of a row names a case, and is no bound.
        let columns = book.program.columns.iter();
        let keys: BTreeSet<NodeId> = columns
            .flat_map(|column| column.entries.iter().filter_map(|entry| entry.guard))
            .collect();
        for id in Reached::of(book).nodes {
            let owner = owners.get(usize::from(id)).cloned().unwrap_or_default();
            match book.program.node(id) {
                Node::Named(..) => {
                    let (met, unmet) = self.side(id);
                    // A clause of which nobody has read all never decides against a person: it is never met.
                    let never = open.contains(owner.as_str());
                    self.both(&owner, UncoveredKind::Clause, &self.condition(id), (met || never, unmet));
                }
                Node::Compare(left, _, right) if !keys.contains(&id) && (fixed(*left) || fixed(*right)) => {
                    self.both(&owner, UncoveredKind::Bound, &shown(&book.program, id), self.side(id));
                }
                Node::Versions(_, versions) => {
                    let read = |place: usize| self.reads.contains(&Read::Version(id, place));
                    let days: Vec<(i32, (bool, bool))> = versions
                        .iter()
                        .enumerate()
                        .skip(1)
                        .map(|(place, (from, _))| (*from, ((0..place).any(read), (place..versions.len()).any(read))))
                        .collect();
                    for (from, sides) in days {
                        // An option begins once, for all its rules; nobody is asked of a rule before its own first day.
                        let of = self.option_from(&owner, from).unwrap_or_else(|| owner.clone());
                        let before = sides.0 || self.begins(&owner, from);
                        let slot = around.entry((of, from)).or_default();
                        slot.0 |= before;
                        slot.1 |= sides.1;
                    }
                }
                _ => {}
            }
        }
        for ((of, from), sides) in around {
            self.around(&of, from, sides);
        }
    }

    /// The option of the file of a rule that begins on a day.
    fn option_from(&self, owner: &str, from: i32) -> Option<String> {
        let (file, rule) = owner.split_once('.')?;
        let number = self.book.file_number(file)?;
        let of_options = |one: &crate::rulebook::Rule| one.file == number && one.id == rule && one.option.is_some();
        let memberships = &self.book.file(number)?.memberships;
        let begins = memberships.iter().find(|option| option.since.days() == from)?;
        let is_rule = self.book.rules.iter().any(of_options);
        is_rule.then(|| format!("{file}.{}", begins.option))
    }

    /// Whether the rule in which a clause or rule of this name stands begins on that day.
    fn begins(&self, owner: &str, from: i32) -> bool {
        let Some((file, id)) = owner.split_once('.') else { return false };
        let number = self.book.file_number(file);
        let own = |rule: &&crate::rulebook::Rule| Some(rule.file) == number && rule.id == id;
        self.book
            .rules
            .iter()
            .filter(own)
            .any(|rule| rule.from.is_some_and(|day| day.days() == from))
    }

    /// The condition of a clause.
    fn condition(&self, id: NodeId) -> String {
        match self.book.program.node(id) {
            Node::Named(_, inner) => shown(&self.book.program, *inner),
            _ => String::new(),
        }
    }

    /// A row of a table stands once in its file, for all its columns.
    fn rows(&mut self) {
        let book = self.book;
        let mut rows: BTreeMap<(String, i32), (bool, bool)> = BTreeMap::new();
        for (number, column) in ColumnId::of_each(&book.program.columns) {
            let (table, _) = column.name.rsplit_once('.').unwrap_or((&column.name, ""));
            let file = table.split('.').next().and_then(|id| book.files.iter().find(|file| file.id == id));
            let since = file.map_or(i32::MIN, |file| file.since.days());
            for (row, entry) in column.entries.iter().enumerate() {
                // Nobody can ask before the first day of a file.
                let Some(from) = entry.from.filter(|from| *from > since) else {
                    continue;
                };
                let read = |truth| self.reads.contains(&Read::Row(number, row, truth));
                let sides = rows.entry((table.to_owned(), from)).or_default();
                sides.0 |= read(Truth::Unmet);
                sides.1 |= read(Truth::Met);
            }
        }
        for ((table, from), sides) in rows {
            self.around(&table, from, sides);
        }
    }

    fn rest(&mut self) {
        let book = self.book;
        for (number, period) in PeriodId::of_each(&book.program.periods) {
            let read = |place: usize| self.reads.contains(&Read::Period(number, place));
            let count = period.lengths.len();
            if !(0..count).any(read) {
                let id = period.name.rsplit('.').next().unwrap_or(&period.name).to_owned();
                self.lacks(&period.name, UncoveredKind::Period, &id, MissingSide::Asked, None);
                continue;
            }
            let days: Vec<(i32, (bool, bool))> = period
                .lengths
                .iter()
                .enumerate()
                .skip(1)
                .map(|(place, (from, _))| (*from, ((0..place).any(read), (place..count).any(read))))
                .collect();
            for (from, sides) in days {
                self.around(&period.name, from, sides);
            }
        }
        for (number, amount) in AmountId::of_each(&book.amounts) {
            let Some(file) = book.file(amount.file) else { continue };
            let parts = book.amounts.iter().any(|whole| match &whole.shape {
                crate::rulebook::Shape::Sum(parts) => parts.contains(&number),
                crate::rulebook::Shape::Units { of_amount, .. } => *of_amount == Some(number),
                _ => false,
            });
            // What is a part of another is asked with it.
            if !parts && !self.reads.contains(&Read::Amount(number)) {
                let name = format!("{}.{}", file.id, amount.id);
                self.lacks(&name, UncoveredKind::Amount, &amount.id, MissingSide::Asked, None);
            }
        }
    }
}
