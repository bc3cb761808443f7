//! Conditions that rest on several columns at once, asked of the evaluator row by row.

use super::columns::{Population, What};
use super::plan::{LeafKind, Plan};
use super::source::{JobCount, put};
use crate::criterion::{Evaluator, Reading, possible_versions};
use crate::facts::{FactId, Scope, Subject, Value};
use crate::values::{Date, Truth};

/// What one thread needs to ask the evaluator.
pub(super) struct Rows {
    subject: Subject,
}

impl Rows {
    pub(super) fn new(plan: &Plan<'_>) -> Self {
        Self {
            subject: plan.compiled.template.clone(),
        }
    }

    /// Answers every leaf for the sound rows of a chunk.
    pub(super) fn answer(
        &mut self,
        plan: &Plan<'_>,
        population: &Population<'_>,
        rows: std::ops::Range<usize>,
        sound: &[u64],
        slots: &mut super::kernels::Slots,
    ) {
        let columns: Vec<_> = plan
            .compiled
            .row_columns
            .iter()
            .filter_map(|place| Some((plan.compiled.forms.get(*place)?.what, population.column(*place)?)))
            .collect();
        let day = if let super::columns::Days::One(day) = population.days {
            Some(day)
        } else {
            None
        };
        for slot in plan.compiled.leaf_slots.iter().flatten().flatten() {
            if let Some(words) = slots.get_mut(*slot) {
                words.fill(0);
            }
        }
        for (word, sound) in sound.iter().enumerate() {
            let mut left = *sound;
            while left != 0 {
                let bit = left.trailing_zeros();
                left &= left.wrapping_sub(1);
                let row = rows
                    .start
                    .saturating_add(word.saturating_mul(64))
                    .saturating_add(usize::try_from(bit).unwrap_or(0));
                let (mut today, mut second) = (day, None);
                for (what, _) in &columns {
                    if let What::Fact(fact, job, ..) = what {
                        let known = plan.compiled.template.value(&plan.program.layout, *fact, Scope::Job(*job)).clone();
                        self.subject.set(&plan.program.layout, *fact, Scope::Job(*job), known);
                    }
                }
                for (what, column) in &columns {
                    let Some(value) = column.value(row) else { continue };
                    match what {
                        What::Day => today = i32::try_from(value).ok().and_then(Date::from_days),
                        What::SecondJob => second = Some(value != 0),
                        What::Fact(..) => put(plan.program, &mut self.subject, *what, value),
                    }
                }
                let Some(today) = today else { continue };
                let counted = if plan.compiled.leaves.iter().any(|leaf| leaf.asks_jobs) {
                    Some(self.counted(plan, second))
                } else {
                    None
                };
                let counted = counted.as_ref().unwrap_or(&self.subject);
                let evaluator = |subject, reading| Evaluator::new(plan.program, subject, today, reading);
                let mut whole = [Reading::Lead, Reading::Other].map(|reading| evaluator(&self.subject, reading));
                let mut jobs = [Reading::Lead, Reading::Other].map(|reading| evaluator(counted, reading));
                for (leaf, leaf_slots) in plan.compiled.leaves.iter().zip(&plan.compiled.leaf_slots) {
                    let [lead, other] = if leaf.asks_jobs { &mut jobs } else { &mut whole };
                    let evaluator = if leaf.reading == Reading::Lead { lead } else { other };
                    let truth = match &leaf.kind {
                        LeafKind::Truth(node) => evaluator.truth(*node, leaf.scope),
                        LeafKind::Possible { clock, firsts, place } => {
                            let versions: Vec<(i32, usize)> = firsts.iter().copied().zip(0..).collect();
                            Truth::from(possible_versions(evaluator.reach(*clock, leaf.scope), &versions).contains(place))
                        }
                    };
                    let [met, unmet] = leaf_slots;
                    let slot = match truth {
                        Truth::Met => met,
                        Truth::Unmet => unmet,
                        Truth::Unknown => &None,
                    };
                    if let Some(word) = slot.and_then(|slot| slots.get_mut(slot)).and_then(|words| words.get_mut(word)) {
                        *word |= 1 << bit;
                    }
                }
            }
        }
    }

    /// The subject with as many jobs as the row has, where that is known.
    fn counted(&self, plan: &Plan<'_>, second: Option<bool>) -> Subject {
        let count = match (plan.compiled.jobs, second) {
            (JobCount::Exactly(count), _) => Some(count),
            (JobCount::OneOrTwo, Some(second)) => Some(if second { 2 } else { 1 }),
            _ => None,
        };
        let layout = &plan.program.layout;
        let mut subject = Subject::unknown(layout);
        if let Some(count) = count {
            subject.set_jobs(layout, count);
        }
        for (fact, _) in FactId::of_each(&layout.facts) {
            for job in 0..count.unwrap_or(1).max(1) {
                let value = self.subject.value(layout, fact, Scope::Job(job));
                if *value != Value::Unknown {
                    subject.set(layout, fact, Scope::Job(job), value.clone());
                }
            }
        }
        subject
    }
}
