//! Compiles conditions for the form of a population.

mod builder;
mod jobs;
mod slots;

use std::collections::BTreeSet;
use std::sync::Arc;

use self::builder::Builder;
use super::columns::{Form, Population, PopulationError};
use super::outcome::Scheme;
use super::source::{JobCount, Source};
use crate::criterion::{NodeId, Program, Reading, TermId};
use crate::facts::{Scope, Subject};

/// A question to every row of a population.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// Whether a condition is met, as bitmaps under each reading.
    Truth(NodeId),
    /// Whether a condition is met, as one code a row.
    Verdict(NodeId),
    /// Which status follows from the rules of a scheme.
    Status(Scheme),
}

/// The bitmap of a slot, or its inverse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::population) struct Ref {
    pub slot: usize,
    pub inverted: bool,
}

/// A step of the plan; each writes one slot.
#[derive(Debug)]
pub(in crate::population) enum Step {
    Nothing,
    Sound,
    Among { column: usize, spans: Vec<(i64, i64)> },
    Known { column: usize },
    All(Vec<Ref>),
}

/// A condition that is evaluated row by row.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::population) struct Leaf {
    pub kind: LeafKind,
    pub scope: Scope,
    pub reading: Reading,
    /// It asks how many jobs there are.
    pub asks_jobs: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::population) enum LeafKind {
    Truth(NodeId),
    /// Whether the thing of that place, of several in force from days on, may be in force.
    Possible {
        clock: TermId,
        firsts: Vec<i32>,
        place: usize,
    },
}

/// What is written for a question.
#[derive(Debug)]
pub(in crate::population) enum Output {
    /// Met and unmet under the leading reading, and under the other where it can differ.
    Truth { lead: [Ref; 2], other: Option<[Ref; 2]> },
    /// A code a row, from its lowest bit; so many codes are possible.
    Codes { planes: Vec<Ref>, codes: usize },
}

/// Conditions compiled for a program and the form of a population: the facts that have columns, which of them may be null, the jobs, the day.
///
/// It can be run over every population of that form.
#[derive(Debug)]
pub struct Plan<'p> {
    pub(in crate::population) program: &'p Program,
    pub(in crate::population) compiled: Arc<Compiled>,
}

/// What a plan is made of, without its program: kept for the next population of the same form.
#[derive(Debug)]
pub struct Compiled {
    pub(in crate::population) forms: Vec<Form>,
    pub(in crate::population) jobs: JobCount,
    pub(in crate::population) template: Subject,
    pub(in crate::population) steps: Vec<(usize, Step)>,
    pub(in crate::population) slots: usize,
    pub(in crate::population) outputs: Vec<Output>,
    pub(in crate::population) leaves: Vec<Leaf>,
    /// The slots of each leaf, for met and unmet.
    pub(in crate::population) leaf_slots: Vec<[Option<usize>; 2]>,
    /// The columns from which rows are evaluated one by one.
    pub(in crate::population) row_columns: Vec<usize>,
    /// The columns on which the questions rest.
    pub(in crate::population) used: Vec<usize>,
}

impl<'p> Plan<'p> {
    /// Compiles the questions for the form of a population.
    ///
    /// # Errors
    /// [`PopulationError::Binding`] where a column cannot hold the fact that it is bound to.
    pub fn new(program: &'p Program, population: &Population<'_>, asks: &[Ask]) -> Result<Self, PopulationError> {
        let mut builder = Builder::new(Source::new(program, population)?);
        let written: Vec<_> = asks.iter().map(|ask| builder.ask(ask)).collect();
        // A value that cannot be makes its row bad even where the plan found that it decides nothing.
        let (mut seen, mut used) = (BTreeSet::new(), BTreeSet::new());
        for ask in asks {
            match ask {
                Ask::Truth(node) | Ask::Verdict(node) => builder.source.columns_under(*node, Scope::Person, &mut seen, &mut used),
                Ask::Status(scheme) => {
                    for (_, node) in &scheme.rules {
                        builder.source.columns_under(*node, Scope::Person, &mut seen, &mut used);
                    }
                    used.extend(scheme.since.map(|_| builder.source.day_column()));
                }
            }
        }
        Ok(builder.lay_out(written, used))
    }

    /// A plan that was compiled before, of the same program and for the same questions; nothing where the population has another form.
    ///
    /// # Errors
    /// As for [`Plan::new`].
    pub fn again(program: &'p Program, compiled: &Arc<Compiled>, population: &Population<'_>) -> Result<Option<Self>, PopulationError> {
        let fits = compiled.fits(program, population)?;
        Ok(fits.then(|| Self {
            program,
            compiled: Arc::clone(compiled),
        }))
    }

    /// What [`Plan::again`] takes.
    #[must_use]
    pub fn compiled(&self) -> &Arc<Compiled> {
        &self.compiled
    }

    /// Whether a question rests on the column at a place of the population; its values are then checked by every run.
    #[must_use]
    pub fn uses(&self, column: usize) -> bool {
        self.compiled.used.contains(&column)
    }

    /// The number of conditions that are evaluated row by row, because no column alone decides them.
    #[must_use]
    pub fn by_row(&self) -> usize {
        self.compiled.leaves.len()
    }
}

impl Compiled {
    pub(in crate::population) fn fits(&self, program: &Program, population: &Population<'_>) -> Result<bool, PopulationError> {
        Ok(self.jobs == JobCount::of(&population.jobs) && self.forms == population.forms(&program.layout)?)
    }
}
