//! The cells of tables that a clause compares with.

use super::amount::shown;
use super::decision::Cell;
use super::judge::{Judge, push};
use crate::criterion::{Node, NodeId, Term, TermId, possible_versions};

impl Judge<'_> {
    /// The cells that the own condition of a clause compares with; what it rests on through other clauses and rules has its own reasons.
    pub(super) fn cells(&mut self, clause: NodeId, job: Option<usize>) -> Vec<Cell> {
        let mut cells = Vec::new();
        self.version_cells(clause, job, &mut cells);
        cells
    }

    fn version_cells(&mut self, node: NodeId, job: Option<usize>, cells: &mut Vec<Cell>) {
        let program = &self.book.program;
        match program.node(node) {
            Node::Named(_, condition) => self.condition_cells(*condition, job, cells),
            Node::Versions(clock, versions) => {
                let clock = self.lead.reach(*clock, job);
                for version in possible_versions(clock, versions) {
                    self.version_cells(version, job, cells);
                }
            }
            Node::Readings(lead, _) => self.version_cells(*lead, job, cells),
            _ => {}
        }
    }

    fn condition_cells(&mut self, node: NodeId, job: Option<usize>, cells: &mut Vec<Cell>) {
        let program = &self.book.program;
        match program.node(node) {
            Node::All(nodes) | Node::Any(nodes) => nodes.iter().for_each(|node| self.condition_cells(*node, job, cells)),
            Node::Not(node) | Node::Readings(node, _) => self.condition_cells(*node, job, cells),
            Node::Compare(left, _, right) => {
                self.term_cells(*left, job, cells);
                self.term_cells(*right, job, cells);
            }
            _ => {}
        }
    }

    fn term_cells(&mut self, term: TermId, job: Option<usize>, cells: &mut Vec<Cell>) {
        let program = &self.book.program;
        if let Term::Cell(number) = program.term(term)
            && let Some(column) = program.columns.get(usize::from(*number))
        {
            for entry in self.lead.cell(usize::from(*number), job).1 {
                push(cells, shown(column, entry));
            }
        }
    }
}
