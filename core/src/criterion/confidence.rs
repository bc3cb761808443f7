//! How sure an outcome is: the weakest of the clauses and cells that decided it.

use super::evaluate::{Evaluator, SOME_JOB, possible_versions};
use super::program::{Confidence, Node, NodeId, PeriodId, Start, Term, TermId};
use crate::values::Truth;

impl Evaluator<'_> {
    /// How sure the truth of a node is. What plainly does not apply lowers nothing: a denied clause that is unmet counts as high.
    pub fn confidence(&mut self, id: NodeId, job: Option<usize>) -> Confidence {
        let truth = self.truth(id, job);
        let program = self.program;
        match program.node(id) {
            Node::All(nodes) => self.of_many(nodes, job, truth, Truth::Unmet),
            Node::Any(nodes) => self.of_many(nodes, job, truth, Truth::Met),
            Node::Not(node) if truth == Truth::Met => {
                let named = matches!(program.node(*node), Node::Named(..) | Node::Versions(..) | Node::Readings(..));
                if named { Confidence::High } else { self.confidence(*node, job) }
            }
            Node::Not(node) => self.confidence(*node, job),
            Node::Compare(left, _, right) => self.term_confidence(*left, job).min(self.term_confidence(*right, job)),
            Node::AnyJob(node) | Node::MainJob(node) => match self.subject.job_count() {
                None => self.confidence(*node, Some(SOME_JOB)),
                Some(count) => {
                    let mut deciding = Vec::new();
                    for job in 0..count {
                        if self.truth(*node, Some(job)) == truth {
                            deciding.push(self.confidence(*node, Some(job)));
                        }
                    }
                    let best = if truth == Truth::Met {
                        deciding.iter().max()
                    } else {
                        deciding.iter().min()
                    };
                    best.copied().unwrap_or(Confidence::High)
                }
            },
            Node::Versions(clock, versions) => {
                let reach = self.reach(*clock, job);
                let possible = possible_versions(reach, versions);
                possible
                    .into_iter()
                    .map(|node| self.confidence(node, job))
                    .min()
                    .unwrap_or(Confidence::High)
            }
            Node::Readings(lead, other) => {
                let node = if self.reading() == super::Reading::Lead { lead } else { other };
                self.confidence(*node, job)
            }
            Node::Within(period) => self.period_confidence(*period, job),
            Node::Named(name, node) => {
                let own = program
                    .names
                    .get(usize::from(*name))
                    .map_or(Confidence::Low, |name| name.confidence);
                own.min(self.confidence(*node, job))
            }
            Node::Always | Node::Never | Node::Is(_) | Node::Among(..) | Node::Open(_) => Confidence::High,
        }
    }

    fn of_many(&mut self, nodes: &[NodeId], job: Option<usize>, truth: Truth, alone: Truth) -> Confidence {
        let deciding: Vec<NodeId> = nodes.iter().copied().filter(|node| self.truth(*node, job) == truth).collect();
        let mut confidences = Vec::with_capacity(deciding.len());
        for node in deciding {
            confidences.push(self.confidence(node, job));
        }
        // One is enough where each decides alone: the surest of them counts.
        let chosen = if truth == alone {
            confidences.iter().max()
        } else {
            confidences.iter().min()
        };
        chosen.copied().unwrap_or(Confidence::High)
    }

    /// How sure the value of a term is.
    pub fn term_confidence(&mut self, id: TermId, job: Option<usize>) -> Confidence {
        match self.program.term(id) {
            Term::Cell(column) => {
                let (_, entries) = self.cell(usize::from(*column), job);
                entries.iter().map(|entry| entry.confidence).min().unwrap_or(Confidence::High)
            }
            Term::PeriodFirst(period) | Term::PeriodLast(period) => self.period_confidence(*period, job),
            term => {
                let children = term.children().into_iter().map(|child| self.term_confidence(child, job));
                children.min().unwrap_or(Confidence::High)
            }
        }
    }

    fn period_confidence(&mut self, id: PeriodId, job: Option<usize>) -> Confidence {
        let Some(period) = self.program.periods.get(usize::from(id)) else {
            return Confidence::High;
        };
        match &period.start {
            Start::After(term) => self.term_confidence(*term, job),
            _ => Confidence::High,
        }
    }
}
