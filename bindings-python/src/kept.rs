//! What is worked out once for a rulebook and kept with it.

use std::sync::{Arc, Mutex};

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyString};
use sitthi::population::{Compiled, Plan, Population, PopulationError};

use crate::assess::Asked;

/// How many plans are kept: a service asks a few kinds of frame again and again, each about one day.
const PLANS: usize = 16;

/// Kept with a rulebook: for its columns, its schemes, and the frames that were asked about.
pub struct Kept {
    pub facts: PyOnceLock<Py<PyDict>>,
    schemes: PyOnceLock<Vec<Py<PyString>>>,
    /// The plans of frames, the last asked at the end, each with the clauses that were asked.
    plans: Mutex<Vec<(Vec<String>, Arc<Compiled>)>>,
}

impl Kept {
    pub const fn new() -> Self {
        Self {
            facts: PyOnceLock::new(),
            schemes: PyOnceLock::new(),
            plans: Mutex::new(Vec::new()),
        }
    }

    /// The ids of the schemes as Python has them.
    pub fn schemes(&self, py: Python<'_>, book: &sitthi::Rulebook) -> &[Py<PyString>] {
        self.schemes.get_or_init(py, || {
            let ids = book.schemes().iter().map(|scheme| PyString::intern(py, &scheme.id).unbind());
            ids.collect()
        })
    }

    /// The plan of a population, compiled where none of its form was asked about lately.
    pub fn plan<'a>(&self, book: &'a sitthi::Rulebook, asked: &'a Asked, population: &Population<'_>) -> Result<Plan<'a>, PopulationError> {
        let program = asked.program(book);
        if let Ok(mut plans) = self.plans.lock() {
            for place in (0..plans.len()).rev() {
                let of_these = plans.get(place).filter(|(clauses, _)| *clauses == asked.wanted);
                let Some((_, compiled)) = of_these else { continue };
                if let Some(plan) = Plan::again(program, compiled, population)? {
                    let known = plans.remove(place);
                    plans.push(known);
                    return Ok(plan);
                }
            }
        }
        let plan = Plan::new(program, population, &asked.asks)?;
        if let Ok(mut plans) = self.plans.lock() {
            if plans.len() >= PLANS {
                plans.remove(0);
            }
            plans.push((asked.wanted.clone(), Arc::clone(plan.compiled())));
        }
        Ok(plan)
    }
}
