//! What rests on what in a compiled rulebook: conditions, terms, columns of tables, periods, amounts and rules in one graph.

use crate::criterion::{AmountId, ColumnId, Node, NodeId, PeriodId, Program, Start, Term, TermId};
use crate::rulebook::{Book, RuleId, Shape};

/// The longest chain of things that rest on each other: each link is a call of the evaluator.
pub const DEEPEST: usize = 400;

/// One thing that can be evaluated, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Node(NodeId),
    Term(TermId),
    Column(ColumnId),
    Period(PeriodId),
    Amount(AmountId),
    Rule(RuleId),
}

/// The graph of one book, and the place of each thing among all.
pub(super) struct Graph<'a> {
    book: &'a Book,
    /// The first index of each kind of thing, in the order of [`Place`], and the number of all.
    starts: [usize; 7],
}

impl<'a> Graph<'a> {
    pub fn of(book: &'a Book) -> Self {
        let program = &book.program;
        let counts = [
            program.nodes.len(),
            program.terms.len(),
            program.columns.len(),
            program.periods.len(),
            book.amounts.len(),
            book.rules.len(),
        ];
        let mut starts = [0; 7];
        let mut sum: usize = 0;
        for (start, count) in starts.iter_mut().skip(1).zip(counts) {
            sum = sum.saturating_add(count);
            *start = sum;
        }
        Self { book, starts }
    }

    /// How many things there are.
    pub fn len(&self) -> usize {
        self.starts.last().copied().unwrap_or(0)
    }

    /// Every thing there is.
    pub fn all(&self) -> impl Iterator<Item = Place> + use<> {
        let [nodes, terms, columns, periods, amounts, rules, end] = self.starts;
        fn ids<I: TryFrom<usize>>(from: usize, to: usize) -> impl Iterator<Item = I> {
            (0..to.saturating_sub(from)).filter_map(|place| I::try_from(place).ok())
        }
        (ids(nodes, terms).map(Place::Node))
            .chain(ids(terms, columns).map(Place::Term))
            .chain(ids(columns, periods).map(Place::Column))
            .chain(ids(periods, amounts).map(Place::Period))
            .chain(ids(amounts, rules).map(Place::Amount))
            .chain(ids(rules, end).map(Place::Rule))
    }

    /// The index of a thing among all; nothing where it is not there.
    pub fn index(&self, place: Place) -> Option<usize> {
        let (kind, number) = match place {
            Place::Node(id) => (0, usize::from(id)),
            Place::Term(id) => (1, id.into()),
            Place::Column(id) => (2, id.into()),
            Place::Period(id) => (3, id.into()),
            Place::Amount(id) => (4, id.into()),
            Place::Rule(id) => (5, id.into()),
        };
        let index = self.starts.get(kind)?.checked_add(number)?;
        (index < *self.starts.get(kind.checked_add(1)?)?).then_some(index)
    }

    /// The steps that a thing takes by itself: a column is looked through row by row.
    pub fn own_steps(&self, place: Place) -> u64 {
        let Place::Column(id) = place else { return 1 };
        let rows = self
            .book
            .program
            .columns
            .get(usize::from(id))
            .map_or(0, |column| column.entries.len());
        u64::try_from(rows).unwrap_or(u64::MAX).max(1)
    }

    /// What a thing rests on, directly, as often as it is asked for it.
    pub fn rests_on(&self, place: Place) -> Vec<Place> {
        let program = &self.book.program;
        match place {
            Place::Node(id) => node(program, program.node(id)),
            Place::Term(id) => term(program, program.term(id)),
            Place::Column(id) => program.columns.get(usize::from(id)).map_or_else(Vec::new, |column| {
                let guards = column.entries.iter().filter_map(|entry| entry.guard).map(Place::Node);
                guards.chain([Place::Term(column.clock)]).collect()
            }),
            Place::Period(id) => period(program, id),
            Place::Amount(id) => self.book.amounts.get(usize::from(id)).map_or_else(Vec::new, |amount| {
                let parts = shape(&amount.shape).into_iter();
                parts.chain(amount.condition.map(Place::Node)).collect()
            }),
            Place::Rule(id) => self.book.rules.get(usize::from(id)).map_or_else(Vec::new, |rule| {
                let parts = rule.requires.iter().chain(&rule.excludes);
                let amounts = rule.pays.iter().chain(&rule.amount).map(|amount| Place::Amount(*amount));
                let shown = rule.route.iter().flat_map(|route| &route.periods);
                parts
                    .flat_map(|part| [Some(Place::Node(part.node)), part.rule.map(Place::Rule)])
                    .flatten()
                    .chain([Place::Node(rule.node), Place::Node(rule.person)])
                    .chain(rule.within.iter().chain(shown).map(|period| Place::Period(*period)))
                    .chain(amounts)
                    .collect()
            }),
        }
    }
}

fn node(program: &Program, node: &Node) -> Vec<Place> {
    let mut places: Vec<Place> = program.children(node).into_iter().map(Place::Node).collect();
    match node {
        Node::Compare(left, _, right) => places.extend([Place::Term(*left), Place::Term(*right)]),
        Node::Versions(clock, _) => places.push(Place::Term(*clock)),
        Node::Within(period) => places.push(Place::Period(*period)),
        _ => {}
    }
    places
}

fn term(program: &Program, term: &Term) -> Vec<Place> {
    match term {
        Term::Cell(column) => vec![Place::Column(*column)],
        Term::PeriodFirst(period) | Term::PeriodLast(period) => vec![Place::Period(*period)],
        Term::Nearest { periods, .. } => {
            let warnings = periods.iter().filter_map(|period| program.warning(*period));
            let warnings = warnings.map(Place::Node);
            periods.iter().map(|period| Place::Period(*period)).chain(warnings).collect()
        }
        // The ceiling is asked for each month.
        Term::TopMean {
            months, ceiling, within, ..
        } => {
            let ceilings = std::iter::repeat_n(Place::Term(*ceiling), usize::from(*within));
            ceilings.chain([Place::Term(*months)]).collect()
        }
        term => term.children().into_iter().map(Place::Term).collect(),
    }
}

fn period(program: &Program, id: PeriodId) -> Vec<Place> {
    let Some(period) = program.periods.get(usize::from(id)) else {
        return Vec::new();
    };
    let earlier = match period.start {
        Start::AfterPeriod(earlier) => Some(Place::Period(earlier)),
        Start::After(_) | Start::On(_) => None,
    };
    let terms = period.children().into_iter().map(Place::Term);
    let ends = period.ended_by.iter().map(|(_, node)| Place::Node(*node));
    terms.chain(period.condition.map(Place::Node)).chain(ends).chain(earlier).collect()
}

fn shape(shape: &Shape) -> Vec<Place> {
    let terms = shape.terms().into_iter().map(Place::Term);
    terms.chain(shape.parts().iter().map(|part| Place::Amount(*part))).collect()
}
