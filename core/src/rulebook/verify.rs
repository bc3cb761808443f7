//! Whether compiled data holds together: what comes from elsewhere must not send the evaluator round in circles.

use super::Book;
use crate::criterion::{Node, NodeId, Program, Start, Term, TermId};

/// The state of a node or term on the way through the graph.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    New,
    Open,
    Done,
}

#[derive(Clone, Copy)]
enum Place {
    Node(NodeId),
    Term(TermId),
}

/// The deepest chain of conditions that is evaluated.
const DEEPEST: usize = 400;

/// Checks that every number points to something and that nothing rests on itself.
pub(super) fn verify(book: &Book) -> Result<(), String> {
    let mut walk = Walk {
        program: &book.program,
        nodes: vec![Mark::New; book.program.nodes.len()],
        terms: vec![Mark::New; book.program.terms.len()],
    };
    for index in 0..book.program.nodes.len() {
        walk.visit(Place::Node(NodeId::try_from(index).map_err(|_| "too many conditions")?), 0)?;
    }
    for index in 0..book.program.terms.len() {
        walk.visit(Place::Term(TermId::try_from(index).map_err(|_| "too many terms")?), 0)?;
    }
    let program = &book.program;
    let same_length =
        program.names.len() == book.clauses.len() && program.periods.len() == book.periods.len() && program.open.len() == book.open.len();
    if !same_length {
        return Err("a list of conditions and what is said of them differ in length".to_owned());
    }
    let nodes = program.nodes.len();
    let outside = |id: NodeId| usize::try_from(id).map_or(true, |id| id >= nodes);
    let amounts = book.amounts.len();
    for rule in &book.rules {
        let parts = rule.requires.iter().chain(&rule.excludes).map(|part| part.node);
        let lost = parts.chain([rule.node, rule.person]).any(outside)
            || rule.pays.iter().chain(&rule.amount).any(|amount| usize::from(*amount) >= amounts)
            || usize::from(rule.file) >= book.files.len();
        if lost {
            return Err(format!("the rule `{}` names something that is not there", rule.id));
        }
    }
    for (number, amount) in book.amounts.iter().enumerate() {
        let parts = match &amount.shape {
            super::Shape::Sum(parts) => parts.clone(),
            super::Shape::Units { of_amount, .. } => of_amount.iter().copied().collect(),
            _ => Vec::new(),
        };
        // An amount is lowered after its parts, but takes the number of its turn: a part may not name a whole that names it.
        if parts
            .iter()
            .any(|part| usize::from(*part) >= amounts || usize::from(*part) == number)
        {
            return Err(format!("the amount `{}` is made of something that is not there", amount.id));
        }
    }
    Ok(())
}

struct Walk<'a> {
    program: &'a Program,
    nodes: Vec<Mark>,
    terms: Vec<Mark>,
}

impl Walk<'_> {
    fn visit(&mut self, place: Place, depth: usize) -> Result<(), String> {
        if depth > DEEPEST {
            return Err("its conditions are nested too deeply".to_owned());
        }
        match self.mark(place).copied() {
            None => return Err("a condition names something that is not there".to_owned()),
            Some(Mark::Open) => return Err("a condition rests on itself".to_owned()),
            Some(Mark::Done) => return Ok(()),
            Some(Mark::New) => {}
        }
        self.set(place, Mark::Open);
        for next in self.next(place)? {
            self.visit(next, depth.saturating_add(1))?;
        }
        self.set(place, Mark::Done);
        Ok(())
    }

    fn mark(&mut self, place: Place) -> Option<&mut Mark> {
        match place {
            Place::Node(id) => usize::try_from(id).ok().and_then(|id| self.nodes.get_mut(id)),
            Place::Term(id) => usize::try_from(id).ok().and_then(|id| self.terms.get_mut(id)),
        }
    }

    fn set(&mut self, place: Place, mark: Mark) {
        if let Some(slot) = self.mark(place) {
            *slot = mark;
        }
    }

    fn next(&self, place: Place) -> Result<Vec<Place>, String> {
        Ok(match place {
            Place::Node(id) => {
                let node = self.program.node(id);
                let mut places: Vec<Place> = self.program.children(node).into_iter().map(Place::Node).collect();
                match node {
                    Node::Compare(left, _, right) => places.extend([Place::Term(*left), Place::Term(*right)]),
                    Node::Versions(clock, _) => places.push(Place::Term(*clock)),
                    Node::Within(period) => places.extend(self.period(*period)?),
                    _ => {}
                }
                places
            }
            Place::Term(id) => match self.program.term(id) {
                Term::Age { of: first, on: second }
                | Term::Elapsed {
                    from: first, to: second, ..
                } => vec![Place::Term(*first), Place::Term(*second)],
                Term::Shift { from: term, .. } | Term::MonthsPaid { before: term, .. } | Term::MonthsSteps { before: term, .. } => {
                    vec![Place::Term(*term)]
                }
                Term::FullSteps { of, .. } => vec![Place::Term(*of)],
                Term::Cell(column) => {
                    let column = self
                        .program
                        .columns
                        .get(usize::from(*column))
                        .ok_or("a term names a table that is not there")?;
                    let guards = column.entries.iter().filter_map(|entry| entry.guard).map(Place::Node);
                    guards.chain([Place::Term(column.clock)]).collect()
                }
                Term::PeriodFirst(period) | Term::PeriodLast(period) => self.period(*period)?,
                Term::Nearest { periods, .. } => {
                    let mut places = Vec::new();
                    for period in periods {
                        places.extend(self.period(*period)?);
                        places.extend(self.program.warning(*period).map(Place::Node));
                    }
                    places
                }
                Term::Constant(_) | Term::Today | Term::Month(_) | Term::Fact(_) | Term::TopMean { .. } => Vec::new(),
            },
        })
    }

    fn period(&self, id: u16) -> Result<Vec<Place>, String> {
        let mut places = Vec::new();
        let mut id = id;
        loop {
            let period = self
                .program
                .periods
                .get(usize::from(id))
                .ok_or("a condition names a period that is not there")?;
            places.push(Place::Term(period.clock));
            places.extend(period.condition.map(Place::Node));
            match &period.start {
                Start::After(term) => places.push(Place::Term(*term)),
                Start::AfterPeriod(earlier) if *earlier < id => {
                    id = *earlier;
                    continue;
                }
                Start::AfterPeriod(_) => return Err("a period begins after itself".to_owned()),
                Start::On(_) => {}
            }
            return Ok(places);
        }
    }
}
