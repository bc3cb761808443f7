//! Compiled rulebooks made to hurt: each is refused when it is opened, or answers as fast as another.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

use std::num::NonZeroU16;

use sitthi::criterion::{Comparison, Node, NodeId, Period, PeriodId, Start, Term, TermId};
use sitthi::law::Assessment;
use sitthi::rulebook::{Book, Part, Rule, Shape};
use sitthi::{Date, Rulebook, RulebookError, Worker};

/// Changes the built-in book and opens what comes of it.
fn open(change: impl FnOnce(&mut Book)) -> Result<Rulebook, RulebookError> {
    let mut book = Rulebook::built_in().book().clone();
    change(&mut book);
    Rulebook::open(&book.to_bytes().unwrap())
}

fn refused(says: &str, change: impl FnOnce(&mut Book)) {
    match open(change) {
        Err(RulebookError::Unsound(message)) => assert!(message.contains(says), "{message}"),
        other => panic!("{says}: {:?}", other.map(|_| "opened")),
    }
}

/// What stands at that place of its list.
fn id<I: TryFrom<usize>>(place: usize) -> I {
    I::try_from(place).unwrap_or_else(|_| panic!("no id of {place}"))
}

/// A place at which nothing stands.
fn nowhere<I: TryFrom<usize>>() -> I {
    let places = [u32::MAX as usize, usize::from(u16::MAX)];
    places.into_iter().find_map(|place| I::try_from(place).ok()).unwrap()
}

fn node(book: &mut Book, node: Node) -> NodeId {
    book.program.nodes.push(node);
    id(book.program.nodes.len() - 1)
}

fn term(book: &mut Book, term: Term) -> TermId {
    book.program.terms.push(term);
    book.program.term_names.push("t".into());
    id(book.program.terms.len() - 1)
}

fn period(book: &mut Book, start: Start) -> PeriodId {
    let mut like: Period = book.program.periods[0].clone();
    like.start = start;
    like.condition = None;
    book.program.periods.push(like);
    book.periods.push(book.periods[0].clone());
    id(book.program.periods.len() - 1)
}

#[test]
fn the_built_in_book_opens() {
    open(|_| ()).unwrap();
}

#[test]
fn nothing_rests_on_itself() {
    refused("rests on itself", |book| {
        let next = id(book.program.nodes.len());
        node(book, Node::Not(next));
    });
    refused("rests on itself", |book| {
        let next = id(book.program.terms.len());
        term(
            book,
            Term::FullSteps {
                of: next,
                beyond: 0,
                each: NonZeroU16::MIN,
            },
        );
    });
    refused("rests on itself", |book| {
        let next = id(book.program.periods.len());
        period(book, Start::AfterPeriod(next));
    });
    // A column by way of a guard, and a period by way of its condition.
    refused("rests on itself", |book| {
        let cell = term(book, Term::Cell(id(0)));
        let guard = node(book, Node::Compare(cell, Comparison::Less, cell));
        book.program.columns[0].entries[0].guard = Some(guard);
    });
    refused("rests on itself", |book| {
        let within = node(book, Node::Within(id(0)));
        book.program.periods[0].condition = Some(within);
    });
    // A rule that is part of itself, and two that are part of each other.
    refused("rests on itself", |book| {
        let part = Part {
            id: "x.y".into(),
            node: id(0),
            rule: Some(id(0)),
        };
        book.rules[0].requires.push(part);
    });
    refused("rests on itself", |book| {
        for (rule, other) in [(0, 1), (1, 0)] {
            book.rules[rule].excludes.push(Part {
                id: "x.y".into(),
                node: id(0),
                rule: Some(id(other)),
            });
        }
    });
    refused("rests on itself", |book| {
        book.amounts[0].shape = Shape::Sum(vec![id(1)]);
        book.amounts[1].shape = Shape::Sum(vec![id(0)]);
    });
    refused("rests on itself", |book| {
        book.amounts[0].shape = Shape::Units {
            units: id(0),
            of: None,
            of_amount: Some(id(0)),
            at_most: None,
        };
    });
}

#[test]
fn chains_are_bounded() {
    refused("nested too deeply", |book| {
        let mut last = node(book, Node::Always);
        for _ in 0..100_000 {
            last = node(book, Node::Not(last));
        }
    });
    refused("nested too deeply", |book| {
        let mut last = term(book, Term::Today);
        for _ in 0..100_000 {
            last = term(
                book,
                Term::FullSteps {
                    of: last,
                    beyond: 0,
                    each: NonZeroU16::MIN,
                },
            );
        }
    });
    refused("nested too deeply", |book| {
        let mut last = period(book, Start::On(id(0)));
        while last < PeriodId::NOWHERE {
            last = period(book, Start::AfterPeriod(last));
        }
    });
    refused("nested too deeply", |book| {
        let like = book.amounts[0].clone();
        while book.amounts.len() < usize::from(u16::MAX) {
            let before = id(book.amounts.len() - 1);
            let mut amount = like.clone();
            amount.shape = Shape::Sum(vec![before]);
            book.amounts.push(amount);
        }
    });
    // Seen from its end first, a chain is as long as from its beginning.
    refused("nested too deeply", |book| {
        let first = book.program.nodes.len();
        for above in 0..1_000 {
            node(book, Node::Not(id(first + above + 1)));
        }
        node(book, Node::Always);
    });
}

#[test]
fn what_is_shared_is_paid_for_each_time() {
    refused("steps", |book| {
        let mut last = node(book, Node::Always);
        for _ in 0..64 {
            last = node(book, Node::All(vec![last, last]));
        }
    });
    refused("steps", |book| {
        let mut last = term(book, Term::Today);
        for _ in 0..64 {
            last = term(book, Term::Age { of: last, on: last });
        }
    });
    refused("steps", |book| {
        let like = book.amounts[0].clone();
        for _ in 0..64 {
            let before = id(book.amounts.len() - 1);
            let mut amount = like.clone();
            amount.shape = Shape::Sum(vec![before, before]);
            book.amounts.push(amount);
        }
    });
    refused("steps", |book| {
        let like = book.rules[0].clone();
        for _ in 0..64 {
            let before = Some(id(book.rules.len() - 1));
            let mut rule = like.clone();
            rule.requires = vec![
                Part {
                    id: "x.y".into(),
                    node: id(0),
                    rule: before
                };
                2
            ];
            book.rules.push(rule);
        }
    });
    refused("steps", |book| {
        let mut last = term(book, Term::Today);
        for _ in 0..40 {
            let guard = node(book, Node::Compare(last, Comparison::Less, last));
            let mut column = book.program.columns[0].clone();
            let mut entry = column.entries[0].clone();
            entry.guard = Some(guard);
            column.entries = vec![entry.clone(), entry];
            book.program.columns.push(column);
            let number = id(book.program.columns.len() - 1);
            last = term(book, Term::Cell(number));
        }
    });
    // Wages of so many months, each up to a ceiling of so many rows.
    refused("steps", |book| {
        let place = book
            .program
            .terms
            .iter()
            .position(|term| matches!(term, Term::TopMean { .. }))
            .unwrap();
        let Term::TopMean { ceiling, within, .. } = &mut book.program.terms[place] else {
            panic!("the term has another shape")
        };
        *within = 2_000;
        let ceiling = usize::from(*ceiling);
        let Term::Cell(column) = book.program.terms[ceiling] else {
            panic!("the term has another shape")
        };
        let rows = &mut book.program.columns[usize::from(column)].entries;
        *rows = rows.iter().cycle().take(60).cloned().collect();
    });
    // Many that cost much: each alone is within its bound.
    refused("steps", |book| {
        let wide = node(book, Node::All(vec![id(0); 90_000]));
        let mut rule = book.rules[0].clone();
        rule.node = wide;
        rule.person = wide;
        rule.requires.clear();
        rule.excludes.clear();
        book.rules.extend(std::iter::repeat_n(rule, 200));
    });
}

#[test]
fn every_number_points_to_something() {
    let refuse = |change: &dyn Fn(&mut Book)| refused("", |book| change(book));
    refuse(&|book| book.program.nodes.push(Node::Is(nowhere())));
    refuse(&|book| book.program.nodes.push(Node::Among(id(0), vec![2, 1])));
    refuse(&|book| book.program.nodes.push(Node::Within(nowhere())));
    refuse(&|book| book.program.nodes.push(Node::Named(nowhere(), id(0))));
    refuse(&|book| book.program.nodes.push(Node::Open(nowhere())));
    refuse(&|book| book.program.nodes.push(Node::Compare(nowhere(), Comparison::Less, id(0))));
    refuse(&|book| {
        term(book, Term::Cell(nowhere()));
    });
    refuse(&|book| {
        term(book, Term::Fact(nowhere()));
    });
    refuse(&|book| {
        term(
            book,
            Term::Nearest {
                working_days: false,
                periods: vec![nowhere()],
            },
        );
    });
    refuse(&|book| book.program.warnings.push((id(0), nowhere())));
    refuse(&|book| book.program.columns[0].clock = nowhere());
    refuse(&|book| book.program.columns[0].entries[0].guard = Some(nowhere()));
    refuse(&|book| book.program.columns[0].entries[0].cites.push(nowhere()));
    refuse(&|book| book.program.periods[0].clock = nowhere());
    refuse(&|book| book.amounts[0].shape = Shape::Flat(nowhere()));
    refuse(&|book| book.amounts[0].condition = Some(nowhere()));
    refuse(&|book| book.amounts[0].file = nowhere());
    refuse(&|book| book.rules[0].file = nowhere());
    refuse(&|book| book.rules[0].option = Some(nowhere()));
    refuse(&|book| book.rules[0].within = Some(nowhere()));
    refuse(&|book| book.rules[0].pays.push(nowhere()));
    refuse(&|book| book.rules[0].cites.push(nowhere()));
    refuse(&|book| book.files[0].registered.push(nowhere()));
    refuse(&|book| book.files[0].danger.push(nowhere()));
    refuse(&|book| book.files[0].authority = Some("nobody".into()));
    refuse(&|book| book.clauses[0].cites.push(nowhere()));
    refuse(&|book| book.cites[0].instrument = nowhere());
    refuse(&|book| book.agencies[0].part_of = Some("nobody".into()));
    refuse(&|book| book.offices[0].agency = "nobody".into());
    refuse(&|book| book.other_kinds[0].lead = "nobody".into());
    refuse(&|book| book.labels[0].clear());
    refuse(&|book| book.tables[0].columns.push((nowhere(), None)));
    refuse(&|book| book.open[0].file = nowhere());
    refuse(&|book| {
        book.periods.pop();
    });
}

#[test]
fn reasons_name_a_rule_once() {
    // Each level requires the level below twice: six levels are 64 ways to the lowest.
    let lowest = |book: &Book| {
        let cheap = |rule: &Rule| rule.gives.is_some() && !rule.requires.is_empty() && rule.requires.iter().all(|part| part.rule.is_none());
        book.rules.iter().position(cheap).unwrap()
    };
    let rulebook = open(|book| {
        let lowest = book.rules[lowest(book)].clone();
        let mut below = id(self::position(book, &lowest));
        for _ in 0..6 {
            let mut rule = lowest.clone();
            rule.gives = None;
            rule.excludes.clear();
            rule.within = None;
            rule.requires = vec![
                Part {
                    id: "x.y".into(),
                    node: rule.node,
                    rule: Some(below)
                };
                2
            ];
            book.rules.push(rule);
            below = id(book.rules.len() - 1);
        }
    })
    .unwrap();
    let law = rulebook.on(Date::parse("2026-11-22").unwrap());
    let subject = law.subject(&Worker::default()).unwrap();
    let mut assessment = Assessment::new(&law, &subject);
    let (lowest, highest) = (&law.book().rules[lowest(law.book())], law.book().rules.last().unwrap());
    let reasons = assessment.reasons(lowest);
    assert!(!reasons.is_empty());
    assert_eq!(assessment.reasons(highest), reasons);
}

fn position(book: &Book, rule: &Rule) -> usize {
    book.rules.iter().position(|known| known == rule).unwrap()
}
