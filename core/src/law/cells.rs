//! The cells of tables that a clause compares with.

use super::amount::shown;
use super::assessment::{Assessment, push};
use super::decision::Cell;
use crate::criterion::{Node, NodeId, Term, TermId};
use crate::facts::Scope;

impl Assessment<'_> {
    /// The cells that a clause compares with, by itself or through the clauses that it names: these are shown in no reason of their own.
    pub(super) fn cells(&mut self, condition: NodeId, scope: Scope) -> Vec<Cell> {
        let mut cells = Vec::new();
        self.look_for_cells(condition, scope, &mut cells);
        cells
    }

    fn look_for_cells(&mut self, node: NodeId, scope: Scope, cells: &mut Vec<Cell>) {
        match self.book.program.node(node) {
            Node::All(nodes) | Node::Any(nodes) => nodes.iter().for_each(|node| self.look_for_cells(*node, scope, cells)),
            Node::Not(node) | Node::Readings(node, _) | Node::Named(_, node) => self.look_for_cells(*node, scope, cells),
            Node::Compare(left, _, right) => {
                self.term_cells(*left, scope, cells);
                self.term_cells(*right, scope, cells);
            }
            _ => {}
        }
    }

    fn term_cells(&mut self, term: TermId, scope: Scope, cells: &mut Vec<Cell>) {
        let program = &self.book.program;
        if let Term::Cell(number) = program.term(term)
            && let Some(column) = program.columns.get(usize::from(*number))
        {
            for entry in self.lead.cell(usize::from(*number), scope).1 {
                push(cells, shown(column, entry));
            }
        }
    }
}
