//! The width case: 30 predicates, 40 nodes, 12 outputs over 41 bytes a person, beside the cost of reading them once.

use std::hint::black_box;

use serde_json::{Value, json};
use sitthi::criterion::{Comparison, Node, NodeId, Program, Term, TermId};
use sitthi::facts::{CodeList, FactId, FactKind, Layout};
use sitthi::population::{Answer, Ask, Bits, Bound, Data, Days, Jobs, Part, Plan, Population, Run, Scale};
use sitthi::{Date, Rulebook};

use crate::kernel::{instructions, sum};
use crate::timing::alternate;

/// Numbers that only look random.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) * end) >> 31
    }
}

const CODES: u16 = 200;
const MOST: u64 = 100_000;

enum Values {
    Codes(Vec<u8>),
    Counts(Vec<i32>),
    Baht(Vec<f64>),
}

struct Column {
    fact: FactId,
    values: Values,
    known: Vec<u8>,
}

impl Column {
    fn value(&self, row: usize) -> Option<i64> {
        let known = self.known[row / 8] >> (row % 8) & 1 == 1;
        known.then(|| match &self.values {
            Values::Codes(values) => values[row].into(),
            Values::Counts(values) => values[row].into(),
            Values::Baht(values) => (values[row] * 100.0).round() as i64,
        })
    }

    fn floor(&self) -> u64 {
        let values = match &self.values {
            Values::Codes(values) => sum(values),
            Values::Counts(values) => sum(values),
            Values::Baht(values) => sum(values),
        };
        values ^ sum(&self.known)
    }
}

/// A condition as the row-at-a-time reference asks it.
enum Asked {
    Codes(usize, Vec<u16>),
    Span(usize, i64, i64),
    All(Vec<(usize, bool)>),
    Any(Vec<(usize, bool)>),
}

struct Case {
    program: Program,
    asked: Vec<Asked>,
    nodes: Vec<NodeId>,
    columns: Vec<Column>,
}

fn data(rows: usize, dice: &mut Dice, layout: &mut Layout) -> Vec<Column> {
    let list = layout.list_number("width");
    let kinds = [
        FactKind::Code,
        FactKind::Code,
        FactKind::Code,
        FactKind::Code,
        FactKind::Count,
        FactKind::Count,
        FactKind::Count,
        FactKind::Money,
        FactKind::Money,
        FactKind::Money,
    ];
    let columns = kinds.iter().enumerate().map(|(place, kind)| {
        let name = format!("width_{place}");
        layout.declare(&name, *kind, if *kind == FactKind::Code { list } else { None });
        let values = match kind {
            FactKind::Code => Values::Codes((0..rows).map(|_| dice.below(CODES.into()) as u8).collect()),
            FactKind::Count => Values::Counts((0..rows).map(|_| dice.below(MOST) as i32).collect()),
            _ => Values::Baht((0..rows).map(|_| dice.below(MOST * 100) as f64 / 100.0).collect()),
        };
        let mut known = vec![u8::MAX; rows.div_ceil(64) * 8];
        (0..rows)
            .filter(|_| dice.below(100) < 6)
            .for_each(|row| known[row / 8] &= !(1 << (row % 8)));
        Column {
            fact: layout.fact_number(&name).unwrap(),
            values,
            known,
        }
    });
    columns.collect()
}

impl Case {
    fn new(rows: usize) -> Self {
        let mut dice = Dice(20_261_122);
        let mut lists = Rulebook::built_in().book().program.layout.lists.clone();
        lists.push(CodeList {
            id: "width".into(),
            codes: (0..CODES).map(|code| format!("c{code}").into()).collect(),
        });
        let mut layout = Layout::new(lists).unwrap();
        let columns = data(rows, &mut dice, &mut layout);
        let mut case = Self {
            program: Program {
                layout,
                ..Program::default()
            },
            asked: Vec::new(),
            nodes: Vec::new(),
            columns,
        };
        // Twelve predicates over codes, nine over counts, nine over amounts: equal, at least, below, between, in a set.
        for place in 0..30 {
            let column = if place < 12 {
                place % 4
            } else {
                4 + place % 3 + if place < 21 { 0 } else { 3 }
            };
            case.predicate(&mut dice, column, place % 5);
        }
        // Every predicate and every inner node is asked by some node; the last twelve are the outputs.
        for place in 0..40 {
            let mut inputs = vec![place];
            while inputs.len() < 2 + place % 2 {
                let next = dice.below(case.asked.len() as u64) as usize;
                if !inputs.contains(&next) {
                    inputs.push(next);
                }
            }
            let inputs: Vec<(usize, bool)> = inputs.into_iter().map(|input| (input, dice.below(2) == 0)).collect();
            let parts = inputs.iter().map(|(input, negated)| {
                if *negated {
                    case.put(Node::Not(case.nodes[*input]))
                } else {
                    case.nodes[*input]
                }
            });
            let parts: Vec<NodeId> = parts.collect();
            let node = case.put(if dice.below(2) == 0 {
                Node::All(parts.clone())
            } else {
                Node::Any(parts.clone())
            });
            let all = matches!(case.program.node(node), Node::All(_));
            case.asked.push(if all { Asked::All(inputs) } else { Asked::Any(inputs) });
            case.nodes.push(node);
        }
        case
    }

    fn put(&mut self, node: Node) -> NodeId {
        self.program.nodes.push(node);
        NodeId::try_from(self.program.nodes.len() - 1).unwrap_or(NodeId::NOWHERE)
    }

    fn term(&mut self, term: Term) -> TermId {
        self.program.terms.push(term);
        TermId::try_from(self.program.terms.len() - 1).unwrap_or(TermId::NOWHERE)
    }

    fn predicate(&mut self, dice: &mut Dice, column: usize, shape: usize) {
        let fact = self.columns[column].fact;
        if column < 4 {
            let low = dice.below((CODES - 60).into()) as u16;
            let codes: Vec<u16> = match shape {
                0 => vec![low],
                1 => (low..CODES).collect(),
                2 => (0..low.max(1)).collect(),
                3 => (low..low + 50).collect(),
                _ => vec![low, low + 7, low + 19],
            };
            let node = self.put(Node::Among(fact, codes.clone()));
            self.nodes.push(node);
            self.asked.push(Asked::Codes(column, codes));
            return;
        }
        let unit = if column < 7 { 1 } else { 100 };
        let (least, most) = (dice.below(MOST / 2) as i64 * unit, (MOST / 2 + dice.below(MOST / 2)) as i64 * unit);
        let (low, high) = match shape {
            0 => (least, least),
            1 => (least, i64::MAX),
            2 => (i64::MIN, most - 1),
            _ => (least, most),
        };
        let value = self.term(Term::Fact(fact));
        let mut parts = Vec::new();
        if low > i64::MIN {
            let bound = self.term(Term::Constant(low));
            parts.push(self.put(Node::Compare(bound, Comparison::AtMost, value)));
        }
        if high < i64::MAX {
            let bound = self.term(Term::Constant(high));
            parts.push(self.put(Node::Compare(value, Comparison::AtMost, bound)));
        }
        let node = if let [only] = parts.as_slice() {
            *only
        } else {
            self.put(Node::All(parts))
        };
        self.nodes.push(node);
        self.asked.push(Asked::Span(column, low, high));
    }

    /// What holds for one row, in three values, one condition after another.
    fn reference(&self, row: usize) -> Vec<Option<bool>> {
        let mut truths: Vec<Option<bool>> = Vec::with_capacity(self.asked.len());
        for asked in &self.asked {
            let part = |(input, negated): &(usize, bool)| truths[*input].map(|truth| truth != *negated);
            let all = |parts: &[(usize, bool)], wanted: bool| {
                if parts.iter().any(|input| part(input) == Some(!wanted)) {
                    Some(!wanted)
                } else if parts.iter().all(|input| part(input) == Some(wanted)) {
                    Some(wanted)
                } else {
                    None
                }
            };
            truths.push(match asked {
                Asked::Codes(column, codes) => self.columns[*column]
                    .value(row)
                    .map(|value| codes.iter().any(|code| i64::from(*code) == value)),
                Asked::Span(column, low, high) => self.columns[*column].value(row).map(|value| (*low..=*high).contains(&value)),
                Asked::All(parts) => all(parts, true),
                Asked::Any(parts) => all(parts, false),
            });
        }
        truths.split_off(self.asked.len() - 12)
    }

    fn population(&self, rows: usize) -> Population<'_> {
        let columns = self.columns.iter().map(|column| {
            let (data, scale) = match &column.values {
                Values::Codes(values) => (Data::U8(values), 1),
                Values::Counts(values) => (Data::I32(values), 1),
                Values::Baht(values) => (Data::F64(values), 100),
            };
            let validity = Some(Bits {
                bytes: &column.known,
                offset: 0,
            });
            Bound {
                fact: column.fact,
                job: 0,
                part: Part::Value,
                data,
                validity,
                keys: None,
                scale: Scale::Times(scale),
            }
        });
        Population {
            rows,
            days: Days::One(Date::parse("2026-11-22").unwrap()),
            jobs: Jobs::Exactly(0),
            columns: columns.collect(),
        }
    }
}

pub fn measure(rows: usize, runs: usize) -> Value {
    let case = Case::new(rows);
    let population = case.population(rows);
    let asks: Vec<Ask> = case.nodes[case.nodes.len() - 12..].iter().map(|node| Ask::Truth(*node)).collect();
    let plan = Plan::new(&case.program, &population, &asks).unwrap();
    let engine = |threads: usize| plan.run(&population, &Run { threads, ..Run::default() }).unwrap();
    let outcome = engine(1);
    assert_eq!(outcome.bad_values, 0);
    let compared = rows.min(200_000);
    for row in 0..compared {
        for (place, (expected, answer)) in case.reference(row).into_iter().zip(&outcome.answers).enumerate() {
            let Answer::Truth { met, unmet, .. } = answer else {
                panic!("a truth")
            };
            let bit = |words: &[u64]| words[row / 64] >> (row % 64) & 1 == 1;
            let found = match (bit(met), bit(unmet)) {
                (true, false) => Some(true),
                (false, true) => Some(false),
                _ => None,
            };
            assert_eq!(expected, found, "output {place} of row {row}");
        }
    }
    assert_eq!(outcome, engine(2), "threads change nothing");
    drop(outcome);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let [floor, one, all] = alternate(
        runs,
        [
            &mut || {
                black_box(case.columns.iter().fold(0, |all, column| all ^ column.floor()));
            },
            &mut || drop(black_box(engine(1))),
            &mut || drop(black_box(engine(cores))),
        ],
    );
    json!({ "rows": rows, "compared": compared, "cores": cores, "instructions": instructions(), "by_row": plan.by_row(), "floor": floor, "one": one, "all": all })
}
