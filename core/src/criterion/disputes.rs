//! Which conditions rest on a part of the law that has two readings.

use super::program::{Node, NodeId, PeriodId, Program, Start, Term, TermId};

/// For each node whether another reading may change it; only those are evaluated twice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Disputes {
    nodes: Vec<bool>,
    terms: Vec<bool>,
}

impl Disputes {
    /// Looks through a program.
    #[must_use]
    pub fn of(program: &Program) -> Self {
        let mut disputes = Self {
            nodes: vec![false; program.nodes.len()],
            terms: vec![false; program.terms.len()],
        };
        // Nodes and terms name each other through tables and periods: repeat until nothing changes.
        loop {
            let before = disputes.clone();
            for (id, _) in TermId::of_each(&program.terms) {
                let disputed = disputes.work_out_term(program, id);
                if let Some(slot) = disputes.terms.get_mut(usize::from(id)) {
                    *slot = disputed;
                }
            }
            for (id, _) in NodeId::of_each(&program.nodes) {
                let disputed = disputes.work_out_node(program, id);
                if let Some(slot) = disputes.nodes.get_mut(usize::from(id)) {
                    *slot = disputed;
                }
            }
            if disputes == before {
                return disputes;
            }
        }
    }

    /// Whether another reading may change a node.
    #[must_use]
    pub fn node(&self, id: NodeId) -> bool {
        self.nodes.get(usize::from(id)).copied().unwrap_or(false)
    }

    /// Whether another reading may change a term.
    #[must_use]
    pub fn term(&self, id: TermId) -> bool {
        self.terms.get(usize::from(id)).copied().unwrap_or(false)
    }

    fn work_out_node(&self, program: &Program, id: NodeId) -> bool {
        match program.node(id) {
            Node::Readings(..) => true,
            Node::Compare(left, _, right) => self.term(*left) || self.term(*right),
            Node::Within(period) => self.period(program, *period),
            Node::Versions(clock, versions) => self.term(*clock) || versions.iter().any(|(_, node)| self.node(*node)),
            node => program.children(node).into_iter().any(|child| self.node(child)),
        }
    }

    fn work_out_term(&self, program: &Program, id: TermId) -> bool {
        match program.term(id) {
            Term::Cell(column) => program.columns.get(usize::from(*column)).is_some_and(|column| {
                let entry = |entry: &super::program::Entry| {
                    entry.other.is_some() || entry.from_other.is_some() || entry.guard.is_some_and(|guard| self.node(guard))
                };
                self.term(column.clock) || column.entries.iter().any(entry)
            }),
            Term::PeriodFirst(period) | Term::PeriodLast(period) => self.period(program, *period),
            Term::Nearest { periods, .. } => periods.iter().any(|period| self.period(program, *period)),
            term => term.children().into_iter().any(|child| self.term(child)),
        }
    }

    fn period(&self, program: &Program, id: PeriodId) -> bool {
        program.periods.get(usize::from(id)).is_some_and(|period| {
            let earlier = match period.start {
                Start::AfterPeriod(earlier) if earlier < id => self.period(program, earlier),
                Start::After(_) | Start::On(_) | Start::AfterPeriod(_) => false,
            };
            let terms = || period.children().into_iter().any(|term| self.term(term));
            let ends = || period.ended_by.iter().any(|(_, node)| self.node(*node));
            earlier || terms() || ends() || period.condition.is_some_and(|condition| self.node(condition))
        })
    }
}
