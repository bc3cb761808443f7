//! Everything that the rules, amounts and periods of a rulebook rest on.

use std::collections::BTreeSet;

use crate::criterion::{ColumnId, Node, NodeId, PeriodId, Start, Term, TermId};
use crate::rulebook::Book;

/// The parts of a book that some rule, amount, period or kind of complaint reads.
#[derive(Debug, Default)]
pub(in super::super) struct Reached {
    pub nodes: BTreeSet<NodeId>,
    pub terms: BTreeSet<TermId>,
    pub columns: BTreeSet<ColumnId>,
    pub periods: BTreeSet<PeriodId>,
}

impl Reached {
    pub fn of(book: &Book) -> Self {
        let mut reached = Self::default();
        for rule in &book.rules {
            reached.node(book, rule.node);
            reached.node(book, rule.person);
            let steps = rule.route.iter().flat_map(|route| &route.periods);
            rule.within.iter().chain(steps).for_each(|period| reached.period(book, *period));
        }
        for amount in &book.amounts {
            if let Some(node) = amount.condition {
                reached.node(book, node);
            }
            amount.shape.terms().into_iter().for_each(|term| reached.term(book, term));
        }
        for file in &book.files {
            let unless = file.no_share.iter().filter_map(|kept| kept.unless);
            file.arises.into_iter().chain(unless).for_each(|node| reached.node(book, node));
        }
        let others = book.other_kinds.iter().filter_map(|kind| kind.arises);
        others.for_each(|node| reached.node(book, node));
        reached
    }

    fn node(&mut self, book: &Book, id: NodeId) {
        if !self.nodes.insert(id) {
            return;
        }
        let node = book.program.node(id);
        for child in book.program.children(node) {
            self.node(book, child);
        }
        match node {
            Node::Compare(left, _, right) => {
                self.term(book, *left);
                self.term(book, *right);
            }
            Node::Versions(clock, _) => self.term(book, *clock),
            Node::Within(period) => self.period(book, *period),
            _ => {}
        }
    }

    fn term(&mut self, book: &Book, id: TermId) {
        if !self.terms.insert(id) {
            return;
        }
        match book.program.term(id) {
            Term::Cell(number) if self.columns.insert(*number) => {
                let Some(column) = book.program.columns.get(usize::from(*number)) else {
                    return;
                };
                self.term(book, column.clock);
                let guards = column.entries.iter().filter_map(|entry| entry.guard);
                guards.for_each(|guard| self.node(book, guard));
            }
            Term::PeriodFirst(period) | Term::PeriodLast(period) => self.period(book, *period),
            term => term.children().into_iter().for_each(|child| self.term(book, child)),
        }
    }

    fn period(&mut self, book: &Book, id: PeriodId) {
        let Some(period) = book.program.periods.get(usize::from(id)).filter(|_| self.periods.insert(id)) else {
            return;
        };
        period.children().into_iter().for_each(|term| self.term(book, term));
        period.ended_by.iter().for_each(|(_, node)| self.node(book, *node));
        if let Some(node) = period.condition {
            self.node(book, node);
        }
        if let Start::AfterPeriod(earlier) = period.start {
            self.period(book, earlier);
        }
    }
}
