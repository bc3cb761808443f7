//! Gives the gates that are needed slots, and writes the steps that fill them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::builder::Builder;
use super::{Compiled, LeafKind, Output, Plan, Ref, Step};
use crate::population::gates::{Gate, Signal};
use crate::population::source::{Asked, JobCount};

/// An output whose signals have no slots yet.
pub(super) enum Written {
    Truth([Signal; 2], Option<[Signal; 2]>),
    Codes(Vec<Signal>, usize),
}

impl<'p> Builder<'p> {
    /// Gives every gate that is needed a slot, freed after its last use.
    pub(super) fn lay_out(self, written: Vec<Written>, mut used: BTreeSet<usize>) -> Plan<'p> {
        let gates = &self.gates.gates;
        let last = gates.len();
        let mut last_use: Vec<Option<usize>> = vec![None; last];
        let signals = |written: &Written| match written {
            Written::Truth(lead, other) => lead.iter().chain(other.iter().flatten()).copied().collect::<Vec<_>>(),
            Written::Codes(planes, _) => planes.clone(),
        };
        for signal in written.iter().flat_map(signals) {
            if let Some(uses) = last_use.get_mut(signal.gate()) {
                *uses = Some(last);
            }
        }
        for (number, gate) in gates.iter().enumerate().rev() {
            let (Gate::All(parts), Some(Some(_))) = (gate, last_use.get(number).copied()) else {
                continue;
            };
            for part in parts {
                if let Some(uses) = last_use.get_mut(part.gate()).filter(|uses| uses.is_none()) {
                    *uses = Some(number);
                }
            }
        }
        let mut slots = 0_usize;
        let mut free: Vec<usize> = Vec::new();
        let mut slot_of: Vec<usize> = vec![0; last];
        let mut steps = Vec::new();
        let mut leaf_slots = vec![[None; 2]; self.leaves.len()];
        let mut frees: Vec<Vec<usize>> = vec![Vec::new(); last.saturating_add(1)];
        // Rows are evaluated first, so their slots are never another's.
        for (number, gate) in gates.iter().enumerate() {
            if let (Gate::ByRow { leaf, met }, Some(Some(_))) = (gate, last_use.get(number)) {
                if let Some(slot) = slot_of.get_mut(number) {
                    *slot = slots;
                }
                if let Some(of_leaf) = leaf_slots.get_mut(*leaf).and_then(|slots| slots.get_mut(usize::from(!*met))) {
                    *of_leaf = Some(slots);
                }
                slots = slots.saturating_add(1);
            }
        }
        // What reads one column stands together, while the column is at hand; it names no other gate.
        let mut order: Vec<(usize, &Gate)> = gates.iter().enumerate().collect();
        order.sort_by_key(|(_, gate)| match gate {
            Gate::Among { column, .. } | Gate::Known { column } => *column,
            _ => usize::MAX,
        });
        for (number, gate) in order {
            let Some(Some(until)) = last_use.get(number).copied() else {
                continue;
            };
            let reference = |signal: &Signal| Ref {
                slot: slot_of.get(signal.gate()).copied().unwrap_or(0),
                inverted: signal.inverted(),
            };
            let step = match gate {
                Gate::ByRow { .. } => continue,
                Gate::Nothing => Step::Nothing,
                Gate::Sound => Step::Sound,
                Gate::Among { column, spans } => Step::Among {
                    column: *column,
                    spans: spans.clone(),
                },
                Gate::Known { column } => Step::Known { column: *column },
                Gate::All(parts) => Step::All(parts.iter().map(reference).collect()),
            };
            if let Step::Among { column, .. } | Step::Known { column } = step {
                used.insert(column);
            }
            // What is used here for the last time may give its place to the result.
            free.append(frees.get_mut(number).unwrap_or(&mut Vec::new()));
            let slot = free.pop().unwrap_or_else(|| {
                slots = slots.saturating_add(1);
                slots.saturating_sub(1)
            });
            if let Some(place) = slot_of.get_mut(number) {
                *place = slot;
            }
            if let Some(list) = frees.get_mut(until) {
                list.push(slot);
            }
            steps.push((slot, step));
        }
        let reference = |signal: Signal| Ref {
            slot: slot_of.get(signal.gate()).copied().unwrap_or(0),
            inverted: signal.inverted(),
        };
        let outputs = written.into_iter().map(|written| match written {
            Written::Truth(lead, other) => Output::Truth {
                lead: lead.map(reference),
                other: other.map(|other| other.map(reference)),
            },
            Written::Codes(planes, codes) => Output::Codes {
                planes: planes.into_iter().map(reference).collect(),
                codes,
            },
        });
        let outputs = outputs.collect();
        let (mut seen, mut row_columns) = (BTreeSet::<Asked>::new(), BTreeSet::new());
        for leaf in &self.leaves {
            match &leaf.kind {
                LeafKind::Truth(node) => self.source.columns_under(*node, leaf.scope, &mut seen, &mut row_columns),
                LeafKind::Possible { clock, .. } => self.source.columns_under_term(*clock, leaf.scope, &mut seen, &mut row_columns),
            }
        }
        if !self.leaves.is_empty() {
            row_columns.insert(self.source.day_column());
            if self.source.jobs == JobCount::OneOrTwo {
                row_columns.insert(self.source.second_job_column());
            }
        }
        row_columns.retain(|column| self.source.forms.get(*column).is_some_and(|form| form.constant.is_none()));
        used.extend(&row_columns);
        // A row without a day is bad even where no condition asks the day.
        if self
            .source
            .forms
            .get(self.source.day_column())
            .is_some_and(|form| form.constant.is_none())
        {
            used.insert(self.source.day_column());
        }
        let compiled = Compiled {
            jobs: self.source.jobs,
            template: self.source.template.clone(),
            forms: self.source.forms,
            steps,
            slots,
            outputs,
            leaves: self.leaves,
            leaf_slots,
            row_columns: row_columns.into_iter().collect(),
            used: used.into_iter().collect(),
        };
        Plan {
            program: self.source.program,
            compiled: Arc::new(compiled),
        }
    }
}
