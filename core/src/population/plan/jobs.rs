//! Conditions of jobs: of any, of the main one, of one that may be there.

use super::builder::{Builder, Pair};
use crate::criterion::{NodeId, Reading};
use crate::facts::{FactId, Scope, Value};
use crate::population::columns::{Form, What};
use crate::population::gates::Signal;
use crate::population::source::JobCount;

impl Builder<'_> {
    /// Whether a job is there.
    fn exists(&mut self, job: usize) -> Pair {
        match self.source.jobs {
            JobCount::OneOrTwo if job == 1 => {
                let column = self.source.second_job_column();
                let (present, known) = (self.among(column, vec![(1, 1)]), self.known(column));
                Pair {
                    met: self.gates.both(present, known),
                    unmet: self.gates.both(present.not(), known),
                }
            }
            JobCount::Unknown => {
                let of_job = |form: &Form| matches!(form.what, What::Fact(fact, of, ..) if of == job && self.source.is_of_job(fact));
                let columns: Vec<usize> = self
                    .source
                    .forms
                    .iter()
                    .enumerate()
                    .filter(|(_, form)| of_job(form))
                    .map(|(place, _)| place)
                    .collect();
                let known: Vec<Signal> = columns.into_iter().map(|column| self.known(column)).collect();
                Pair {
                    met: self.gates.any(known),
                    unmet: Signal::FALSE,
                }
            }
            _ => Pair::MET,
        }
    }

    pub(super) fn any_job(&mut self, node: NodeId, reading: Reading) -> Pair {
        let mut pairs = Vec::new();
        for job in 0..self.source.job_columns {
            let (exists, truth) = (self.exists(job), self.pair(node, Scope::Job(job), reading));
            pairs.push(self.all(&[exists, truth]));
        }
        if self.source.jobs == JobCount::Unknown {
            pairs.push(self.some_job(node, reading));
        }
        self.any(&pairs)
    }

    /// A job that may be there and of which nothing is known.
    fn some_job(&mut self, node: NodeId, reading: Reading) -> Pair {
        let some = self.pair(node, Scope::SomeJob, reading);
        Pair {
            met: Signal::FALSE,
            unmet: some.unmet,
        }
    }

    pub(super) fn main_job(&mut self, node: NodeId, reading: Reading) -> Pair {
        let count = self.source.job_columns;
        let unknown = self.source.jobs == JobCount::Unknown;
        if count == 0 {
            return if unknown { self.some_job(node, reading) } else { Pair::UNMET };
        }
        let first = self.pair(node, Scope::Job(0), reading);
        let Some(main) = self.source.main.filter(|_| self.source.main_is_bound) else {
            let exists = self.exists(0);
            return Pair {
                met: self.gates.both(first.met, exists.met),
                unmet: first.unmet,
            };
        };
        if count == 1 && !unknown {
            return first;
        }
        // The first job that says so; else those that do not deny it.
        let mut choices = Vec::new();
        let mut nobody_says = Signal::TRUE;
        let mut denied = Signal::TRUE;
        let mut says = Vec::new();
        for job in 0..count {
            let says_so = self.is(main, job);
            let truth = self.pair(node, Scope::Job(job), reading);
            choices.push((self.gates.both(nobody_says, says_so.met), truth));
            nobody_says = self.gates.both(nobody_says, says_so.met.not());
            denied = self.gates.both(denied, says_so.unmet);
            says.push((says_so, truth));
        }
        for (says_so, truth) in says {
            choices.push((self.gates.both(nobody_says, says_so.unmet.not()), truth));
        }
        if unknown {
            choices.push((nobody_says, self.some_job(node, reading)));
        } else {
            choices.push((denied, Pair::UNMET));
        }
        let several = self.agreed(&choices);
        if self.source.jobs != JobCount::OneOrTwo {
            return several;
        }
        let second = self.exists(1);
        self.agreed(&[(second.unmet.not(), several), (second.met.not(), first)])
    }

    fn is(&mut self, fact: FactId, job: usize) -> Pair {
        let constant = self
            .source
            .template
            .value(&self.source.program.layout, fact, Scope::Job(job))
            .clone();
        match (constant, self.source.columns_of(fact, Scope::Job(job)).first().copied()) {
            (Value::Flag(true), _) => Pair::MET,
            (Value::Flag(false), _) => Pair::UNMET,
            (_, Some(column)) => {
                let (yes, known) = (self.among(column, vec![(1, 1)]), self.known(column));
                Pair {
                    met: self.gates.both(yes, known),
                    unmet: self.gates.both(yes.not(), known),
                }
            }
            _ => Pair::UNKNOWN,
        }
    }
}
