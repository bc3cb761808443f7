//! Changes the law by the least that is another law, and asks for an example that notices: what nothing holds is told.
//!
//! The compiled rulebook is changed rather than its text: every bound, cell, clause, day and length of the rule files is a number or a node of
//! it. A change is made in place and taken back, and asked only of the examples that read the changed part.

mod making;
mod mutant;
pub(super) mod names;
pub(super) mod reached;

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::Serialize;

use super::prepared::{Prepared, Subjects};
use super::read::read;
use super::run::files_and_paths;
use crate::compile::SourceFile;
use crate::compile::diagnostics::{Diagnostics, Ledger};
use crate::compile::source::File;
use crate::criterion::{AmountId, ColumnId, NodeId, PeriodId, Read, TermId, Trace};
use crate::error::Error;
use crate::rulebook::{Book, Rulebook, Shape};
use crate::values::nearest;
use making::make;
use mutant::{Edit, Mutant};

/// A change of the law that no example notices.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[non_exhaustive]
pub struct Survivor {
    /// The path of the file inside the rulebook.
    pub file: String,
    /// The line of what is changed, from 1, as near as its name and day tell.
    pub line: u32,
    /// `file.clause`, `file.rule`, `file.table.column`, `file.period` or `file.amount`.
    pub of: String,
    /// What may change unnoticed, in words.
    pub change: String,
}

impl fmt::Display for Survivor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, of, change } = self;
        write!(formatter, "{file}:{line}: `{of}`, {change}: no example notices")
    }
}

/// What came of changing the law.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MutationReport {
    /// How many changes were made.
    pub changes: usize,
    /// How many examples were asked: those of plans and scales, and those that fail the law as it is, are not.
    pub examples: usize,
    /// How many changes are no difference in law, as `no_difference.toml` says with the reason.
    pub no_difference: usize,
    /// What that file says and no change needs, with its line.
    pub idle: Vec<String>,
    /// The other changes that no example notices, in the order of files and lines.
    pub survivors: Vec<Survivor>,
}

/// The file that lists the changes that are no difference in law.
const EXCUSES: &str = "no_difference.toml";

/// A change that is no difference in law.
struct Excuse {
    line: u32,
    of: String,
    change: String,
}

impl Excuse {
    fn fits(&self, survivor: &Survivor) -> bool {
        self.of == survivor.of && self.change == survivor.change
    }
}

/// What is said to be no difference in law; each with its reason.
fn excuses(sources: &[SourceFile]) -> Result<Vec<Excuse>, Diagnostics> {
    let ledger = Ledger::default();
    let mut excuses = Vec::new();
    for source in sources.iter().filter(|source| source.path == EXCUSES) {
        let file = File {
            path: &source.path,
            ledger: &ledger,
        };
        let root = file.parse(&source.text);
        let root = file.section(&root, "the file");
        for item in root.list("change") {
            let section = file.section(item, "change");
            excuses.push(Excuse {
                line: section.line,
                of: section.need_text("of"),
                change: section.need_text("change"),
            });
            let _ = section.need_text("why");
            section.done();
        }
        root.done();
    }
    let diagnostics = ledger.into_diagnostics(sources);
    if diagnostics.is_empty() {
        Ok(excuses)
    } else {
        Err(Diagnostics(diagnostics))
    }
}

/// A part of the book that a change touches and an example reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Part {
    Node(NodeId),
    Term(TermId),
    /// Whether a row is in force.
    Row(ColumnId, usize),
    /// What a row says.
    Cell(ColumnId, usize),
    Period(PeriodId),
    Amount(AmountId),
    /// Everything.
    File,
}

impl Part {
    fn of(read: Read) -> Self {
        match read {
            Read::Node(id, _) | Read::Version(id, _) => Self::Node(id),
            Read::Term(id) => Self::Term(id),
            Read::Row(column, row, _) => Self::Row(column, row),
            Read::Cell(column, row) => Self::Cell(column, row),
            Read::Period(period, _) => Self::Period(period),
            Read::Amount(amount) => Self::Amount(amount),
        }
    }

    fn changed(edit: &Edit) -> Self {
        match edit {
            Edit::Node(id, _) => Self::Node(*id),
            Edit::Term(id, _) => Self::Term(*id),
            Edit::Cell(column, row, _) => Self::Cell(*column, *row),
            Edit::Days(column, row, _) | Edit::Without(column, row, _) => Self::Row(*column, *row),
            Edit::Period(place, _) => Self::Period(*place),
            Edit::Amount(place, _) => Self::Amount(*place),
            Edit::Since(..) => Self::File,
        }
    }
}

/// Which examples read which part of the book.
type Index = HashMap<Part, Vec<usize>>;

impl Rulebook {
    /// Changes the law that rule files make, one bound, day, clause, code, cell, row or length at a time, and lists the changes that none of their
    /// examples notices. `file` is the id of the file whose law is changed; every file's where it is not given.
    ///
    /// # Errors
    /// Rule files that do not compile, or [`Error::Unknown`] for a file that is not there.
    pub fn mutate(sources: &[SourceFile], file: Option<&str>) -> Result<MutationReport, Error> {
        let whole = Self::from_sources(sources)?;
        let (examples, diagnostics) = read(sources);
        if !diagnostics.is_empty() {
            return Err(Diagnostics(diagnostics).into());
        }
        let paths = files_and_paths(sources);
        let (book, mut mutants) = make(bare(&whole));
        if let Some(file) = file {
            let ids = || paths.iter().map(|(id, _)| id.as_str());
            if !ids().any(|id| id == file) {
                return Err(Error::Unknown {
                    what: "rule file",
                    name: file.to_owned(),
                    nearest: nearest(file, ids()).map(ToOwned::to_owned),
                });
            }
            let path = paths.iter().find(|(id, _)| id == file).map_or("", |(_, path)| path.as_str());
            mutants.retain(|mutant| mutant.place(sources, &paths).0 == path);
        }
        let prepared: Vec<Prepared<'_>> = examples
            .iter()
            .filter_map(|example| Prepared::new(&whole, example).ok())
            .filter(|prepared| matches!(prepared.subject, Subjects::Worker { .. } | Subjects::Complaint(_)))
            .collect();
        let (holding, index) = index(&Self::of(book.clone()), &prepared);
        let changes = mutants.len();
        let excuses = excuses(sources)?;
        let mut survivors: Vec<Survivor> = unnoticed(&book, mutants, &prepared, &index)
            .into_iter()
            .map(|mutant| {
                let (file, line) = mutant.place(sources, &paths);
                Survivor {
                    file,
                    line,
                    of: mutant.of,
                    change: mutant.change,
                }
            })
            .collect();
        survivors.sort();
        let idle = excuses.iter().filter(|_| file.is_none());
        let idle = idle.filter(|excuse| !survivors.iter().any(|survivor| excuse.fits(survivor)));
        let idle = idle
            .map(|excuse| format!("{EXCUSES}:{}: `{}`, {}", excuse.line, excuse.of, excuse.change))
            .collect();
        let before = survivors.len();
        survivors.retain(|survivor| !excuses.iter().any(|excuse| excuse.fits(survivor)));
        Ok(MutationReport {
            changes,
            examples: holding,
            no_difference: before.saturating_sub(survivors.len()),
            idle,
            survivors,
        })
    }
}

/// The book without what no condition asks.
fn bare(rulebook: &Rulebook) -> Book {
    let mut book = rulebook.book().clone();
    book.plans.clear();
    book
}

/// Which examples read which part; those that fail the law as it is notice nothing.
fn index(rulebook: &Rulebook, prepared: &[Prepared<'_>]) -> (usize, Index) {
    let (mut holding, mut index) = (0_usize, Index::new());
    for (number, example) in prepared.iter().enumerate() {
        let trace = Arc::new(Trace::default());
        let law = example.law(rulebook).map(|law| law.traced(Arc::clone(&trace)));
        if !example.compare(rulebook, law.as_ref(), true).misses.is_empty() {
            continue;
        }
        holding = holding.saturating_add(1);
        let mut parts: HashSet<Part> = trace.reads().into_iter().map(Part::of).collect();
        for read in trace.reads() {
            if let Read::Amount(amount) = read {
                with_parts(rulebook.book(), amount, &mut parts);
            }
        }
        parts.insert(Part::File);
        for part in parts {
            index.entry(part).or_default().push(number);
        }
    }
    (holding, index)
}

/// An amount is read with the amounts that it is made of.
fn with_parts(book: &Book, number: AmountId, parts: &mut HashSet<Part>) {
    let mut left = vec![number];
    let mut seen = HashSet::new();
    while let Some(number) = left.pop() {
        parts.insert(Part::Amount(number));
        let Some(amount) = book.amounts.get(usize::from(number)).filter(|_| seen.insert(number)) else {
            continue;
        };
        match &amount.shape {
            Shape::Sum(inner) => left.extend(inner),
            Shape::Units { of_amount, .. } => left.extend(of_amount),
            Shape::Flat(_) | Shape::Rate { .. } | Shape::NotRead => {}
        }
    }
}

/// The changes that no example notices; each thread takes the next that is left.
fn unnoticed(book: &Book, mutants: Vec<Mutant>, prepared: &[Prepared<'_>], index: &Index) -> Vec<Mutant> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut rulebook = Rulebook::of(book.clone());
        // What noticed last notices the neighbours too: it is asked first.
        let mut order: Vec<usize> = (0..prepared.len()).collect();
        let mut survivors = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(mutant) = mutants.get(place) else { return survivors };
            let mut edits = mutant.edits.clone();
            if !rulebook.edit(|book| edits.iter_mut().for_each(|edit| edit.swap(book))) {
                return survivors;
            }
            let candidates: HashSet<usize> = edits
                .iter()
                .filter_map(|edit| index.get(&Part::changed(edit)))
                .flatten()
                .copied()
                .collect();
            let notices = |number: &usize| {
                candidates.contains(number)
                    && prepared.get(*number).is_some_and(|example| {
                        let law = example.law(&rulebook);
                        !example.compare(&rulebook, law.as_ref(), true).misses.is_empty()
                    })
            };
            match order.iter().position(notices) {
                Some(found) => {
                    if let Some(asked) = order.get_mut(..=found) {
                        asked.rotate_right(1);
                    }
                }
                None => survivors.push(place),
            }
            rulebook.edit(|book| edits.iter_mut().rev().for_each(|edit| edit.swap(book)));
        }
    };
    let survivors: HashSet<usize> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect()
    });
    let numbered = mutants.into_iter().enumerate();
    numbered
        .filter(|(place, _)| survivors.contains(place))
        .map(|(_, mutant)| mutant)
        .collect()
}
