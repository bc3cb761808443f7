//! How sure an outcome is: the weakest of the clauses and cells that decided it.

use super::evaluate::{Evaluator, possible_versions};
use super::program::{Confidence, Node, NodeId, PeriodId, Start, Term, TermId};
use crate::facts::Scope;
use crate::values::Truth;

impl Evaluator<'_> {
    /// How sure the truth of a node is. What plainly does not apply lowers nothing: a denied clause that is unmet counts as high.
    pub fn confidence(&mut self, id: NodeId, scope: Scope) -> Confidence {
        let truth = self.truth(id, scope);
        let program = self.program;
        match program.node(id) {
            Node::All(nodes) => self.of_many(nodes, scope, truth, Truth::Unmet),
            Node::Any(nodes) => self.of_many(nodes, scope, truth, Truth::Met),
            Node::Not(node) if truth == Truth::Met => {
                let named = matches!(program.node(*node), Node::Named(..) | Node::Versions(..) | Node::Readings(..));
                if named { Confidence::High } else { self.confidence(*node, scope) }
            }
            Node::Not(node) => self.confidence(*node, scope),
            Node::Compare(left, _, right) => self.term_confidence(*left, scope).min(self.term_confidence(*right, scope)),
            Node::AnyJob(node) | Node::MainJob(node) => match self.subject.job_count() {
                None => self.confidence(*node, Scope::SomeJob),
                Some(count) => {
                    let mut deciding = Vec::new();
                    for job in 0..count {
                        if self.truth(*node, Scope::Job(job)) == truth {
                            deciding.push(self.confidence(*node, Scope::Job(job)));
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
                let reach = self.reach(*clock, scope);
                let possible = possible_versions(reach, versions);
                possible
                    .into_iter()
                    .map(|node| self.confidence(node, scope))
                    .min()
                    .unwrap_or(Confidence::High)
            }
            Node::Readings(lead, other) => {
                let node = if self.reading() == super::Reading::Lead { lead } else { other };
                self.confidence(*node, scope)
            }
            Node::Within(period) => self.period_confidence(*period, scope),
            Node::Named(name, node) => {
                let own = program
                    .names
                    .get(usize::from(*name))
                    .map_or(Confidence::Low, |name| name.confidence);
                own.min(self.confidence(*node, scope))
            }
            Node::Always | Node::Never | Node::Is(_) | Node::Among(..) | Node::Open(_) => Confidence::High,
        }
    }

    fn of_many(&mut self, nodes: &[NodeId], scope: Scope, truth: Truth, alone: Truth) -> Confidence {
        let deciding: Vec<NodeId> = nodes.iter().copied().filter(|node| self.truth(*node, scope) == truth).collect();
        let mut confidences = Vec::with_capacity(deciding.len());
        for node in deciding {
            confidences.push(self.confidence(node, scope));
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
    pub fn term_confidence(&mut self, id: TermId, scope: Scope) -> Confidence {
        match self.program.term(id) {
            Term::Cell(column) => {
                let (_, entries) = self.cell(usize::from(*column), scope);
                entries.iter().map(|entry| entry.confidence).min().unwrap_or(Confidence::High)
            }
            Term::PeriodFirst(period) | Term::PeriodLast(period) => self.period_confidence(*period, scope),
            term => {
                let children = term.children().into_iter().map(|child| self.term_confidence(child, scope));
                children.min().unwrap_or(Confidence::High)
            }
        }
    }

    fn period_confidence(&mut self, id: PeriodId, scope: Scope) -> Confidence {
        let Some(period) = self.program.periods.get(usize::from(id)) else {
            return Confidence::High;
        };
        match &period.start {
            Start::After(term) => self.term_confidence(*term, scope),
            _ => Confidence::High,
        }
    }
}
