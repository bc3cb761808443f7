//! What it can cost to evaluate anything: parts that are shared are counted as often as they are reached, since reasons, confidence and
//! amounts are worked out along every way to them.

use super::graph::{DEEPEST, Graph, Place};
use crate::rulebook::Book;

/// The most steps that one thing may take. The costliest rule of the built-in law takes some two thousand.
pub const MOST_STEPS: u64 = 100_000;
/// The most steps that all rules and amounts may take together: a decision of a rulebook at this bound takes seconds, not hours.
pub const MOST_STEPS_IN_ALL: u64 = 10_000_000;

/// Checks that nothing rests on itself, on what is not there or on too long a chain, and that nothing costs too much.
pub(super) fn check(book: &Book) -> Result<(), String> {
    let graph = Graph::of(book);
    let mut costs = Costs {
        known: vec![Cost::Unknown; graph.len()],
        graph,
    };
    let mut all: u64 = 0;
    for place in costs.graph.all() {
        let cost = costs.of(place, 0)?;
        if matches!(place, Place::Rule(_) | Place::Amount(_)) {
            all = all.saturating_add(cost);
        }
    }
    if all > MOST_STEPS_IN_ALL {
        return Err(format!("its rules take {all} steps, at most {MOST_STEPS_IN_ALL} are allowed"));
    }
    Ok(())
}

#[derive(Clone, Copy)]
enum Cost {
    Unknown,
    /// It is being worked out.
    Open,
    /// The steps, and the length of the longest chain below.
    Known(u64, usize),
}

struct Costs<'a> {
    graph: Graph<'a>,
    known: Vec<Cost>,
}

impl Costs<'_> {
    fn of(&mut self, place: Place, depth: usize) -> Result<u64, String> {
        Ok(self.work_out(place, depth)?.0)
    }

    fn work_out(&mut self, place: Place, depth: usize) -> Result<(u64, usize), String> {
        let too_deep = || "its conditions are nested too deeply".to_owned();
        if depth > DEEPEST {
            return Err(too_deep());
        }
        let index = self.graph.index(place);
        let index = index.ok_or_else(|| format!("{} is named that is not there", name(place)))?;
        match self.known.get(index) {
            Some(Cost::Known(steps, below)) if below.saturating_add(depth) <= DEEPEST => return Ok((*steps, *below)),
            Some(Cost::Known(..)) => return Err(too_deep()),
            Some(Cost::Open) => return Err(format!("{} rests on itself", name(place))),
            _ => {}
        }
        self.set(index, Cost::Open);
        let (mut steps, mut longest): (u64, usize) = (self.graph.own_steps(place), 0);
        for next in self.graph.rests_on(place) {
            let (of_next, below) = self.work_out(next, depth.saturating_add(1))?;
            steps = steps.saturating_add(of_next);
            longest = longest.max(below.saturating_add(1));
        }
        if steps > MOST_STEPS {
            return Err(format!("{} takes more than {MOST_STEPS} steps", name(place)));
        }
        self.set(index, Cost::Known(steps, longest));
        Ok((steps, longest))
    }

    fn set(&mut self, index: usize, cost: Cost) {
        if let Some(slot) = self.known.get_mut(index) {
            *slot = cost;
        }
    }
}

fn name(place: Place) -> String {
    match place {
        Place::Node(number) => format!("condition {number}"),
        Place::Term(number) => format!("term {number}"),
        Place::Column(number) => format!("column {number}"),
        Place::Period(number) => format!("period {number}"),
        Place::Amount(number) => format!("amount {number}"),
        Place::Rule(number) => format!("rule {number}"),
    }
}
