//! A law changed by one day, one year or one clause fails an example: nothing in the rule files is there untested.
//!
//! The compiled rulebook is changed rather than its text: every bound, cell, clause, date and length of the rule files is a number or
//! a node of it, and nothing has to be compiled again.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod common;
#[path = "common/complaints.rs"]
mod complaints;
#[path = "common/expect.rs"]
mod expect;

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU16;

use common::sources;
use sitthi::criterion::{CellValue, Column, Comparison, Entry, Node, NodeId, Start, Term, TermId, Unit};
use sitthi::examples::{Example, examples};
use sitthi::rulebook::{Book, FileKind, Shape};
use sitthi::{Date, Rulebook};

/// Kinds of files whose examples speak of a worker.
const OF_WORKERS: [FileKind; 4] = [FileKind::Definition, FileKind::Scheme, FileKind::Standard, FileKind::Overlay];
/// Kinds of files whose examples speak of a complaint.
const OF_COMPLAINTS: [FileKind; 2] = [FileKind::Complaint, FileKind::Urgency];

/// Changes that are no difference in law, each with the reason.
const OF_WORKERS_NO_DIFFERENCE: &[(&str, &str)] = &[
    (
        "sso_33.insured: version of 2015-10-20 -1 day (Never/sso_33.government_staff)",
        "the older exclusion, which is wider, stands on that day",
    ),
    (
        "sso_33.right_when_arose: without s33_end_cause among",
        "death stands among the other grounds",
    ),
    (
        "sso_40.minority_let_stay: without nationality among",
        "only who is not Thai holds such a card",
    ),
    (
        "sso_40.pending_return_card_0: without nationality among",
        "only who is not Thai holds such a card",
    ),
    ("last_60_mean: top +1", "there are no more than sixty among sixty"),
    (
        "sso_33.self_harm_when_treated.barred row 0 of 2015-10-20: -1",
        "a no, written as a number",
    ),
    (
        "sso_33.self_harm_when_treated.barred row 1 of 1990-09-02: +1",
        "a yes, written as a number",
    ),
    (
        "sso_33.self_harm_when_arose.barred row 0 of 2015-10-20: -1",
        "a no, written as a number",
    ),
    (
        "sso_33.self_harm_when_arose.barred row 1 of 1990-09-02: +1",
        "a yes, written as a number",
    ),
    ("sso_40.visits.paid row 0 of 2026-01-01: +1", "a yes, written as a number"),
    ("sso_40.visits.paid row 1 of 2018-05-31: -1", "a no, written as a number"),
    (
        "ucs.certificate_policy.accepted row 0 of 2025-01-31: +1",
        "a yes, written as a number",
    ),
    (
        "ucs.certificate_policy.accepted row 1 of 2002-11-19: -1",
        "a no, written as a number",
    ),
    ("sso_39.reentry_2561: rolls true", "its only last day is a working day"),
];

/// Likewise for complaints.
const OF_COMPLAINTS_NO_DIFFERENCE: &[(&str, &str)] = &[
    (
        "t01_money.relocation_disputed: without happened.relocation",
        "a reason not to move is disputed only where the workplace moves",
    ),
    (
        "t01_money.service_contractor: version of 2025-12-07 -1 day (Always/t01_money.state_contractor)",
        "the rule itself begins on that day",
    ),
    (
        "t01_money.education_personnel: version of 2011-06-10 -1 day (Always/t01_money.school_personnel)",
        "the rule itself begins on that day",
    ),
    (
        "t14_forced_labour.custody_unclear: 24 hours -1",
        "only the day on which the hours end is shown",
    ),
];

/// One change: what it is, and how it is made.
struct Mutant {
    name: String,
    change: Box<dyn Fn(&mut Book)>,
}

/// Everything that the rules of the kinds run here rest on.
#[derive(Default)]
struct Reached {
    nodes: BTreeSet<NodeId>,
    terms: BTreeSet<TermId>,
    columns: BTreeSet<usize>,
    periods: BTreeSet<usize>,
}

impl Reached {
    fn of(book: &Book, kinds: &[FileKind]) -> Self {
        let mut reached = Self::default();
        let here = |file: u16| book.file(file).is_some_and(|file| kinds.contains(&file.kind));
        for rule in book.rules.iter().filter(|rule| here(rule.file)) {
            reached.node(book, rule.node);
            reached.node(book, rule.person);
        }
        for amount in book.amounts.iter().filter(|amount| here(amount.file)) {
            if let Some(node) = amount.condition {
                reached.node(book, node);
            }
            match &amount.shape {
                Shape::Flat(term) => reached.term(book, *term),
                Shape::Rate { rate, of, floor, ceiling } => [Some(*rate), Some(*of), *floor, *ceiling]
                    .into_iter()
                    .flatten()
                    .for_each(|term| reached.term(book, term)),
                Shape::Units { units, of, at_most, .. } => [Some(*units), *of, *at_most]
                    .into_iter()
                    .flatten()
                    .for_each(|term| reached.term(book, term)),
                Shape::Sum(_) | Shape::NotRead => {}
            }
        }
        for rule in book.rules.iter().filter(|rule| here(rule.file)) {
            if let Some(period) = rule.within {
                reached.period(book, usize::from(period));
            }
            for period in rule.route.iter().flat_map(|route| &route.periods) {
                reached.period(book, usize::from(*period));
            }
        }
        for file in book.files.iter().filter(|file| kinds.contains(&file.kind)) {
            let unless = file.no_share.iter().filter_map(|kept| kept.unless);
            for node in file.arises.into_iter().chain(unless) {
                reached.node(book, node);
            }
        }
        if kinds.contains(&FileKind::Complaint) {
            for node in book.other_kinds.iter().filter_map(|kind| kind.arises) {
                reached.node(book, node);
            }
        }
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
            Node::Within(period) => self.period(book, usize::from(*period)),
            _ => {}
        }
    }

    fn term(&mut self, book: &Book, id: TermId) {
        if !self.terms.insert(id) {
            return;
        }
        match book.program.term(id) {
            Term::Age { of: one, on: two } | Term::Elapsed { from: one, to: two, .. } => {
                self.term(book, *one);
                self.term(book, *two);
            }
            Term::Shift { from: one, .. } | Term::MonthsPaid { before: one, .. } | Term::MonthsSteps { before: one, .. } => {
                self.term(book, *one)
            }
            Term::FullSteps { of, .. } => self.term(book, *of),
            Term::Cell(column) if self.columns.insert(usize::from(*column)) => {
                let column = &book.program.columns[usize::from(*column)];
                self.term(book, column.clock);
                for guard in column.entries.iter().filter_map(|entry| entry.guard) {
                    self.node(book, guard);
                }
            }
            Term::PeriodFirst(period) | Term::PeriodLast(period) => self.period(book, usize::from(*period)),
            _ => {}
        }
    }

    fn period(&mut self, book: &Book, id: usize) {
        if !self.periods.insert(id) {
            return;
        }
        let period = &book.program.periods[id];
        self.term(book, period.clock);
        if let Some(node) = period.condition {
            self.node(book, node);
        }
        match &period.start {
            Start::AfterPeriod(earlier) => self.period(book, usize::from(*earlier)),
            start => {
                if let Some(term) = start_term(start) {
                    self.term(book, term);
                }
            }
        }
    }
}

fn day_of(entry: &Entry) -> String {
    entry
        .from
        .and_then(Date::from_days)
        .map_or_else(|| "before".to_owned(), |day| day.to_string())
}

fn start_term(start: &Start) -> Option<TermId> {
    match start {
        Start::After(term) => Some(*term),
        _ => None,
    }
}

fn node_of(book: &mut Book, node: Node) -> NodeId {
    book.program.nodes.push(node);
    NodeId::try_from(book.program.nodes.len() - 1).unwrap()
}

fn set(book: &mut Book, id: NodeId, node: Node) {
    book.program.nodes[usize::try_from(id).unwrap()] = node;
}

fn constant(book: &mut Book, value: i64) -> TermId {
    book.program.terms.push(Term::Constant(value));
    book.program.term_names.push(String::new().into());
    TermId::try_from(book.program.terms.len() - 1).unwrap()
}

/// One, as the numbers of a unit are kept inside.
fn one(unit: Unit) -> i64 {
    match unit {
        Unit::Baht => 100,
        Unit::Percent => 10_000,
        Unit::Years => 2,
        Unit::Months | Unit::Days | Unit::Count | Unit::Text => 1,
    }
}

struct Making<'a> {
    book: &'a Book,
    kinds: &'static [FileKind],
    mutants: Vec<Mutant>,
}

impl Making<'_> {
    fn add(&mut self, name: String, change: impl Fn(&mut Book) + 'static) {
        self.mutants.push(Mutant {
            name,
            change: Box::new(change),
        });
    }

    /// The clause or rule under which a node stands, for the name of a change.
    fn nodes(&mut self, reached: &Reached) {
        let owners = owners(self.book);
        let lists = self.rules();
        let options = self.options();
        // The compiler joins to the condition of a period that its kind arises: no line of the file.
        let arises: BTreeSet<NodeId> = self.book.files.iter().filter_map(|file| file.arises).collect();
        for id in reached.nodes.iter().copied() {
            let owner = owners[usize::try_from(id).unwrap()].clone();
            match self.book.program.node(id).clone() {
                Node::All(_) if lists.contains(&id) => {}
                Node::Versions(..) if options.contains(&id) => {}
                // An area is one cited list of provinces: it is compared with its source, not by an example for each.
                Node::Among(fact, _) if self.is_province(fact) => {}
                Node::All(children) | Node::Any(children) => {
                    for index in (0..children.len()).filter(|index| !arises.contains(&children[*index])) {
                        self.add(
                            format!("{owner}: without {}", self.shown(children[index])),
                            move |book| match &mut book.program.nodes[usize::try_from(id).unwrap()] {
                                Node::All(children) | Node::Any(children) => drop(children.remove(index)),
                                _ => {}
                            },
                        );
                    }
                }
                Node::Named(name, inner) => self.add(format!("{owner}: negated"), move |book| {
                    let negated = node_of(book, Node::Not(inner));
                    set(book, id, Node::Named(name, negated));
                }),
                Node::Among(fact, codes) if codes.len() > 1 => {
                    for index in 0..codes.len() {
                        let list = self.book.program.layout.facts[usize::from(fact)].list.unwrap();
                        let code = &self.book.program.layout.lists[usize::from(list)].codes[usize::from(codes[index])];
                        self.add(format!("{owner}: without code {code}"), move |book| {
                            if let Node::Among(_, codes) = &mut book.program.nodes[usize::try_from(id).unwrap()] {
                                codes.remove(index);
                            }
                        });
                    }
                }
                Node::Compare(left, comparison, right) => self.compare(&owner, id, left, comparison, right),
                Node::Versions(clock, versions) => {
                    // Where only the grounds differ, the day moves no outcome.
                    let meaning = |node: NodeId| match self.book.program.node(node) {
                        Node::Named(_, inner) => *inner,
                        _ => node,
                    };
                    if versions.iter().all(|(_, node)| meaning(*node) == meaning(versions[0].1)) {
                        continue;
                    }
                    for (index, (day, _)) in versions.iter().enumerate().filter(|(_, (day, _))| *day > i32::MIN + 1) {
                        for by in [-1, 1] {
                            let day = Date::from_days(*day).map_or_else(String::new, |day| day.to_string());
                            let versions = versions.clone();
                            self.add(
                                format!("{owner}: version of {day} {by:+} day ({})", name_of(self.book, id)),
                                move |book| {
                                    let mut versions = versions.clone();
                                    versions[index].0 += by;
                                    set(book, id, Node::Versions(clock, versions));
                                },
                            );
                        }
                    }
                }
                Node::Readings(lead, _) => self.add(format!("{owner}: one reading"), move |book| {
                    set(book, id, Node::Readings(lead, lead))
                }),
                _ => {}
            }
        }
    }

    /// A condition as far as its name goes, for the name of a change.
    fn shown(&self, id: NodeId) -> String {
        let program = &self.book.program;
        let fact = |fact: u16| program.layout.facts[usize::from(fact)].name.as_str();
        match program.node(id) {
            Node::Is(number) => fact(*number).to_owned(),
            Node::Among(number, _) => format!("{} among its codes", fact(*number)),
            Node::Compare(left, comparison, right) => format!("{} {comparison:?} {}", program.term_name(*left), program.term_name(*right)),
            Node::Not(inner) => format!("not {}", self.shown(*inner)),
            Node::All(parts) => parts.iter().map(|part| self.shown(*part)).collect::<Vec<_>>().join(" and "),
            Node::Any(parts) => parts.iter().map(|part| self.shown(*part)).collect::<Vec<_>>().join(" or "),
            _ => name_of(self.book, id),
        }
    }

    fn is_province(&self, fact: u16) -> bool {
        let layout = &self.book.program.layout;
        layout.facts[usize::from(fact)]
            .list
            .is_some_and(|list| layout.lists[usize::from(list)].id == "province")
    }

    /// A line of a rule stands once in its file, for all options: it is dropped from all of them.
    fn rules(&mut self) -> BTreeSet<NodeId> {
        let mut groups: BTreeMap<(u16, String), BTreeSet<NodeId>> = BTreeMap::new();
        for rule in self
            .book
            .rules
            .iter()
            .filter(|rule| self.book.file(rule.file).is_some_and(|file| self.kinds.contains(&file.kind)))
        {
            let lists = groups.entry((rule.file, rule.id.to_string())).or_default();
            lists.extend(list_of(self.book, rule.node));
            lists.extend(list_of(self.book, rule.person));
        }
        let mut all = BTreeSet::new();
        for ((file, id), lists) in groups {
            let name = format!("{}.{id}", self.book.file(file).unwrap().id);
            let count = |id: NodeId| self.book.program.children(self.book.program.node(id)).len();
            let longest = lists.iter().map(|id| count(*id)).max().unwrap_or(0);
            let names: Vec<String> = match lists
                .iter()
                .next()
                .map(|id| self.book.program.children(self.book.program.node(*id)))
            {
                Some(children) => children.iter().map(|child| name_of(self.book, *child)).collect(),
                None => Vec::new(),
            };
            for index in 0..longest {
                let lists = lists.clone();
                self.add(
                    format!("{name}: without {}", names.get(index).map_or("", String::as_str)),
                    move |book| {
                        for id in &lists {
                            if let Node::All(children) = &mut book.program.nodes[usize::try_from(*id).unwrap()]
                                && index < children.len()
                            {
                                children.remove(index);
                            }
                        }
                    },
                );
            }
            all.extend(lists);
        }
        all
    }

    /// The first day of an option stands once in its file, for all rules.
    fn options(&mut self) -> BTreeSet<NodeId> {
        let mut all = BTreeSet::new();
        for (number, file) in (0_u16..).zip(&self.book.files) {
            for (option, membership) in (0_u16..).zip(&file.memberships).filter(|_| self.kinds.contains(&file.kind)) {
                let days = membership.since.days();
                let of = self
                    .book
                    .rules
                    .iter()
                    .filter(|rule| rule.file == number && rule.option == Some(option))
                    .flat_map(|rule| [rule.node, rule.person]);
                let begins = |id: &NodeId| matches!(self.book.program.node(*id), Node::Versions(_, versions) if versions.iter().any(|(day, _)| *day == days));
                let nodes: BTreeSet<NodeId> = of.filter(begins).collect();
                for by in [-1, 1] {
                    // The file does not answer before its own first day.
                    if nodes.is_empty() || (by < 0 && membership.since <= file.since) {
                        continue;
                    }
                    let nodes = nodes.clone();
                    self.add(format!("{}: from {} {by:+} day", membership.id, membership.since), move |book| {
                        for id in &nodes {
                            if let Node::Versions(_, versions) = &mut book.program.nodes[usize::try_from(*id).unwrap()] {
                                versions.iter_mut().filter(|(day, _)| *day == days).for_each(|(day, _)| *day += by);
                            }
                        }
                    });
                }
                all.extend(nodes);
            }
        }
        all
    }

    fn compare(&mut self, owner: &str, id: NodeId, left: TermId, comparison: Comparison, right: TermId) {
        let program = &self.book.program;
        let text = format!("{} {comparison:?} {}", program.term_name(left), program.term_name(right));
        for (term, other, is_left) in [(left, right, true), (right, left, false)] {
            if let Term::Constant(value) = *program.term(term) {
                for by in [-1, 1] {
                    let moved = value + by * one(program.unit(other));
                    self.add(format!("{owner}: `{text}` {by:+}"), move |book| {
                        let moved = constant(book, moved);
                        set(
                            book,
                            id,
                            if is_left {
                                Node::Compare(moved, comparison, right)
                            } else {
                                Node::Compare(left, comparison, moved)
                            },
                        );
                    });
                }
            }
        }
        let swapped = match comparison {
            Comparison::Less => Comparison::AtMost,
            Comparison::AtMost => Comparison::Less,
            Comparison::Equal => return,
        };
        self.add(format!("{owner}: `{text}` {swapped:?}"), move |book| {
            set(book, id, Node::Compare(left, swapped, right))
        });
    }

    fn terms(&mut self, reached: &Reached) {
        for id in reached.terms.iter().copied() {
            let name = self.book.program.term_name(id).to_owned();
            let place = usize::try_from(id).unwrap();
            let term = self.book.program.term(id).clone();
            let mut push =
                |what: &str, term: Term| self.add(format!("{name}: {what}"), move |book| book.program.terms[place] = term.clone());
            match term {
                Term::Elapsed {
                    from,
                    to,
                    years,
                    last_day_counts,
                } => push(
                    "last day",
                    Term::Elapsed {
                        from,
                        to,
                        years,
                        last_day_counts: !last_day_counts,
                    },
                ),
                Term::Shift {
                    from,
                    length,
                    first_day_counts,
                } => {
                    push(
                        "first day",
                        Term::Shift {
                            from,
                            length,
                            first_day_counts: !first_day_counts,
                        },
                    );
                    for by in [-1_i16, 1] {
                        let mut length = length;
                        length.number = length.number.checked_add_signed(by).unwrap();
                        push(
                            &format!("length {by:+}"),
                            Term::Shift {
                                from,
                                length,
                                first_day_counts,
                            },
                        );
                    }
                }
                Term::MonthsPaid {
                    schemes,
                    window: Some(window),
                    before,
                } => {
                    for by in [-1_i16, 1] {
                        push(
                            &format!("window {by:+}"),
                            Term::MonthsPaid {
                                schemes: schemes.clone(),
                                window: window.checked_add_signed(by),
                                before,
                            },
                        );
                    }
                    if schemes.len() > 1 {
                        for index in 0..schemes.len() {
                            let mut fewer = schemes.clone();
                            fewer.remove(index);
                            push(
                                &format!("without scheme {}", index + 1),
                                Term::MonthsPaid {
                                    schemes: fewer,
                                    window: Some(window),
                                    before,
                                },
                            );
                        }
                    }
                }
                Term::MonthsSteps { schemes, steps, before } => {
                    for (index, (need, window)) in steps.iter().copied().enumerate() {
                        for (what, step) in [
                            ("need -1", (need - 1, window)),
                            ("need +1", (need + 1, window)),
                            ("window -1", (need, window - 1)),
                            ("window +1", (need, window + 1)),
                        ] {
                            let mut steps = steps.clone();
                            steps[index] = step;
                            push(
                                &format!("step {} {what}", index + 1),
                                Term::MonthsSteps {
                                    schemes: schemes.clone(),
                                    steps,
                                    before,
                                },
                            );
                        }
                    }
                }
                Term::TopMean {
                    wages,
                    top,
                    within,
                    divide,
                } => {
                    for by in [-1_i16, 1] {
                        let moved = |number: u16| number.checked_add_signed(by).unwrap();
                        push(
                            &format!("top {by:+}"),
                            Term::TopMean {
                                wages,
                                top: moved(top),
                                within,
                                divide,
                            },
                        );
                        push(
                            &format!("within {by:+}"),
                            Term::TopMean {
                                wages,
                                top,
                                within: moved(within),
                                divide,
                            },
                        );
                        push(
                            &format!("divide {by:+}"),
                            Term::TopMean {
                                wages,
                                top,
                                within,
                                divide: moved(divide),
                            },
                        );
                    }
                }
                Term::FullSteps { of, beyond, each } => {
                    for by in [-1_i16, 1] {
                        push(
                            &format!("beyond {by:+}"),
                            Term::FullSteps {
                                of,
                                beyond: beyond.checked_add_signed(by).unwrap(),
                                each,
                            },
                        );
                        push(
                            &format!("each {by:+}"),
                            Term::FullSteps {
                                of,
                                beyond,
                                each: NonZeroU16::new(each.get().checked_add_signed(by).unwrap()).unwrap(),
                            },
                        );
                    }
                }
                _ => {}
            }
        }
    }

    fn columns(&mut self, reached: &Reached) {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for place in reached.columns.iter().copied() {
            let column = &self.book.program.columns[place];
            self.cells(place);
            // A row of a table stands once in its file, for all columns that have the same rows.
            let table = |column: &Column| column.name.rsplit_once('.').unwrap().0.to_owned();
            let rows = |column: &Column| {
                column
                    .entries
                    .iter()
                    .map(|entry| (entry.from, entry.from_other, entry.until, entry.guard))
                    .collect::<Vec<_>>()
            };
            let fits = |group: &&mut Vec<usize>| {
                let first = &self.book.program.columns[group[0]];
                table(first) == table(column) && rows(first) == rows(column)
            };
            match groups.iter_mut().find(fits) {
                Some(group) => group.push(place),
                None => groups.push(vec![place]),
            }
        }
        for group in groups {
            self.rows(&group);
        }
    }

    fn cells(&mut self, place: usize) {
        let column = &self.book.program.columns[place];
        // The least that shows in a share of five hundredths, rounded to the baht.
        let one = if column.name.contains(".wage_base.") {
            2_000
        } else {
            one(column.unit)
        };
        for (row, entry) in column.entries.iter().enumerate() {
            let name = format!("{} row {row} of {}", column.name, day_of(entry));
            for by in [-1, 1] {
                if let CellValue::Number(number) = entry.cell {
                    self.add(format!("{name}: {by:+}"), move |book| {
                        book.program.columns[place].entries[row].cell = CellValue::Number(number + by * one)
                    });
                }
                if let Some(CellValue::Number(number)) = entry.other {
                    self.add(format!("{name}: other {by:+}"), move |book| {
                        book.program.columns[place].entries[row].other = Some(CellValue::Number(number + by * one))
                    });
                }
            }
        }
    }

    fn rows(&mut self, group: &[usize]) {
        let first = &self.book.program.columns[group[0]];
        let since = self
            .book
            .files
            .iter()
            .find(|file| first.name.starts_with(&format!("{}.", file.id)))
            .unwrap()
            .since
            .days();
        let name = first.name.rsplit_once('.').unwrap().0;
        for row in 0..first.entries.len() {
            let entry = &first.entries[row];
            let name = format!("{name} row {row} of {}", day_of(entry));
            // A row that says what the row before says, or what stands without it, is no difference.
            let same = group.iter().all(|place| {
                let column = &self.book.program.columns[*place];
                let entry = &column.entries[row];
                let before = column.entries[row + 1..]
                    .iter()
                    .find(|before| before.guard == entry.guard && (entry.until.is_none() || before.until.is_none()));
                match before {
                    Some(before) => before.cell == entry.cell && before.other == entry.other,
                    None => entry.other.is_none() && entry.cell == column.fallback,
                }
            });
            if same {
                continue;
            }
            for by in [-1, 1] {
                for (what, other) in [("from", false), ("other first day", true)] {
                    let from = if other { entry.from_other } else { entry.from };
                    let Some(from) = from else { continue };
                    let moved = self.moved(from, by, entry.until.is_some());
                    // In a span whose one reading nobody has read, the other does not show.
                    let hidden = other && group.iter().all(|place| not_read_before(&self.book.program.columns[*place], row));
                    if hidden || from < since || moved < since || self.meets(first, row, moved, entry.until) {
                        continue;
                    }
                    let group = group.to_vec();
                    self.add(format!("{name}: {what} {by:+}"), move |book| {
                        for place in &group {
                            let entry = &mut book.program.columns[*place].entries[row];
                            *(if other { &mut entry.from_other } else { &mut entry.from }) = Some(moved);
                        }
                    });
                }
                if let Some(until) = entry.until {
                    let moved = self.moved(until + 1, by, true) - 1;
                    if !self.meets(first, row, entry.from.unwrap(), Some(moved)) {
                        let group = group.to_vec();
                        self.add(format!("{name}: until {by:+}"), move |book| {
                            for place in &group {
                                book.program.columns[*place].entries[row].until = Some(moved);
                            }
                        });
                    }
                }
            }
            let group = group.to_vec();
            self.add(format!("{name}: dropped"), move |book| {
                for place in &group {
                    book.program.columns[*place].entries.remove(row);
                }
            });
        }
    }

    /// The compiler refuses overlays that meet.
    fn meets(&self, column: &Column, row: usize, from: i32, until: Option<i32>) -> bool {
        let Some(until) = until else { return false };
        let others = column.entries.iter().enumerate().filter(|(other, _)| *other != row);
        others
            .filter_map(|(_, entry)| Some((entry.from?, entry.until?)))
            .any(|(first, last)| from <= last && first <= until)
    }

    /// A day one day later or earlier; the months of an overlay move by a month.
    fn moved(&self, day: i32, by: i32, month: bool) -> i32 {
        if month {
            Date::from_days(day).unwrap().add_months(by).unwrap().days()
        } else {
            day + by
        }
    }

    fn periods(&mut self, reached: &Reached) {
        for place in reached.periods.iter().copied() {
            let period = self.book.program.periods[place].clone();
            let name = period.name.clone();
            for (index, (from, length)) in period.lengths.iter().copied().enumerate() {
                for by in [-1_i16, 1] {
                    self.add(format!("{name}: {length} {by:+}"), move |book| {
                        let number = &mut book.program.periods[place].lengths[index].1.number;
                        *number = number.checked_add_signed(by).unwrap();
                    });
                    if index > 0 && from > i32::MIN + 1 {
                        self.add(format!("{name}: from {} {by:+}", Date::from_days(from).unwrap()), move |book| {
                            book.program.periods[place].lengths[index].0 += i32::from(by)
                        });
                    }
                }
            }
            if let Start::On(day) = period.start {
                for by in [-1, 1] {
                    self.add(format!("{name}: first day {by:+}"), move |book| {
                        book.program.periods[place].start = Start::On(day + by)
                    });
                }
            }
            self.add(format!("{name}: rolls {}", !period.rolls), move |book| {
                book.program.periods[place].rolls = !period.rolls
            });
            // What the compiler puts before a step of a complaint, that its rule is met, is no line of the file; what it joins to one is dropped there.
            let written = |node: NodeId| self.kinds.contains(&FileKind::Scheme) || matches!(self.book.program.node(node), Node::Named(..));
            if period.condition.is_some_and(written) {
                self.add(format!("{name}: without its condition"), move |book| {
                    book.program.periods[place].condition = None
                });
            }
        }
    }

    /// An amount stands once in its file, for all options.
    fn amounts(&mut self) {
        let mut groups: BTreeMap<(u16, String), Vec<usize>> = BTreeMap::new();
        for (place, amount) in self.book.amounts.iter().enumerate() {
            groups.entry((amount.file, amount.id.to_string())).or_default().push(place);
        }
        for ((file, id), places) in groups {
            let file = self.book.file(file).unwrap();
            if self.kinds.contains(&file.kind) {
                self.amount(&format!("{}.{id}", file.id), &places);
            }
        }
    }

    fn amount(&mut self, name: &str, places: &[usize]) {
        let book = self.book;
        let amount = &book.amounts[places[0]];
        let mut push = |what: String, change: &'static dyn Fn(&mut Book, usize, usize), index: usize| {
            let places = places.to_vec();
            self.add(format!("{name}: {what}"), move |book| {
                places.iter().for_each(|place| change(book, *place, index))
            });
        };
        if amount.condition.is_some() {
            push(
                "without its condition".to_owned(),
                &|book, place, _| book.amounts[place].condition = None,
                0,
            );
        }
        match &amount.shape {
            Shape::Sum(parts) => {
                for index in 0..parts.len() {
                    let drop_part = &|book: &mut Book, place: usize, index: usize| {
                        if let Shape::Sum(parts) = &mut book.amounts[place].shape {
                            parts.remove(index);
                        }
                    };
                    push(format!("without part {}", index + 1), drop_part, index);
                }
            }
            Shape::Rate {
                floor: low, ceiling: high, ..
            } => {
                let drop_bound = &|book: &mut Book, place: usize, index: usize| {
                    if let Shape::Rate { floor, ceiling, .. } = &mut book.amounts[place].shape {
                        *(if index == 0 { floor } else { ceiling }) = None;
                    }
                };
                for (index, what) in [low, high]
                    .into_iter()
                    .zip(["floor", "ceiling"])
                    .enumerate()
                    .filter(|(_, (bound, _))| bound.is_some())
                    .map(|(index, (_, what))| (index, what))
                {
                    push(format!("without its {what}"), drop_bound, index);
                }
            }
            Shape::Units { at_most: Some(cap), .. } => {
                let is_constant = matches!(book.program.term(*cap), Term::Constant(_));
                let move_cap = &|book: &mut Book, place: usize, index: usize| {
                    if let Shape::Units { at_most: Some(term), .. } = book.amounts[place].shape.clone()
                        && let Term::Constant(value) = *book.program.term(term)
                    {
                        let moved = constant(book, if index == 0 { value - 1 } else { value + 1 });
                        if let Shape::Units { at_most, .. } = &mut book.amounts[place].shape {
                            *at_most = Some(moved);
                        }
                    }
                };
                let drop_cap = &|book: &mut Book, place: usize, _: usize| {
                    if let Shape::Units { at_most, .. } = &mut book.amounts[place].shape {
                        *at_most = None;
                    }
                };
                if is_constant {
                    push("at most -1".to_owned(), move_cap, 0);
                    push("at most +1".to_owned(), move_cap, 1);
                }
                push("without its cap".to_owned(), drop_cap, 0);
            }
            Shape::Units { .. } | Shape::Flat(_) | Shape::NotRead => {}
        }
    }

    fn files(&mut self) {
        for (place, file) in self.book.files.iter().enumerate().filter(|(_, file)| file.kind == FileKind::Scheme) {
            let since = file.since;
            for by in [-1, 1] {
                self.add(format!("{}: since {by:+}", file.id), move |book| {
                    book.files[place].since = since.add_days(by).unwrap()
                });
            }
        }
    }
}

fn not_read_before(column: &Column, row: usize) -> bool {
    let guard = column.entries[row].guard;
    let before = column.entries[row + 1..]
        .iter()
        .find(|before| before.guard == guard && before.until.is_none());
    before.map_or(&column.fallback, |before| &before.cell) == &CellValue::NotRead
}

/// For each node the first clause or rule that it stands in.
fn owners(book: &Book) -> Vec<String> {
    let mut owners = vec![String::new(); book.program.nodes.len()];
    fn walk(book: &Book, id: NodeId, owner: &str, owners: &mut [String]) {
        let place = usize::try_from(id).unwrap();
        if !owners[place].is_empty() {
            return;
        }
        let own = match book.program.node(id) {
            Node::Named(name, _) => book.program.names[usize::from(*name)].id.to_string(),
            _ => owner.to_owned(),
        };
        owners[place].clone_from(&own);
        for child in book.program.children(book.program.node(id)) {
            walk(book, child, &own, owners);
        }
    }
    for rule in &book.rules {
        let option = rule.option.map_or_else(String::new, |option| format!(" {}", option + 1));
        let owner = format!("{}.{}{option}", book.file(rule.file).unwrap().id, rule.id);
        walk(book, rule.person, &owner, &mut owners);
        walk(book, rule.node, &owner, &mut owners);
    }
    for file in &book.files {
        let unless = file
            .no_share
            .iter()
            .filter_map(|kept| Some((format!("{}.{}", file.id, kept.id), kept.unless?)));
        for (name, node) in file
            .arises
            .map(|node| (format!("{} arises", file.id), node))
            .into_iter()
            .chain(unless)
        {
            walk(book, node, &name, &mut owners);
        }
    }
    for kind in &book.other_kinds {
        if let Some(node) = kind.arises {
            walk(book, node, &format!("{} arises", kind.id), &mut owners);
        }
    }
    for period in &book.program.periods {
        if let Some(node) = period.condition {
            walk(book, node, &period.name, &mut owners);
        }
    }
    for column in &book.program.columns {
        for guard in column.entries.iter().filter_map(|entry| entry.guard) {
            walk(book, guard, &column.name, &mut owners);
        }
    }
    owners
}

/// The list of clauses at the head of a rule.
fn list_of(book: &Book, id: NodeId) -> Vec<NodeId> {
    match book.program.node(id) {
        Node::All(_) => vec![id],
        Node::AnyJob(node) | Node::MainJob(node) => list_of(book, *node),
        Node::Versions(_, versions) => versions.iter().flat_map(|(_, node)| list_of(book, *node)).collect(),
        _ => Vec::new(),
    }
}

/// The clause that a node stands for.
fn name_of(book: &Book, id: NodeId) -> String {
    match book.program.node(id) {
        Node::Named(name, _) => book.program.names[usize::from(*name)].id.to_string(),
        Node::Not(node) | Node::AnyJob(node) | Node::MainJob(node) | Node::Readings(node, _) => name_of(book, *node),
        Node::Versions(_, versions) => versions.iter().map(|(_, node)| name_of(book, *node)).collect::<Vec<_>>().join("/"),
        Node::Within(period) => book.program.periods[usize::from(*period)].name.to_string(),
        node => format!("{node:?}"),
    }
}

/// The rulebook without what no condition asks, so that it opens fast.
fn bare() -> Book {
    let mut book = Rulebook::built_in().book().clone();
    book.questions.clear();
    book.plans.clear();
    book
}

/// Changes the rules of some kinds of files, and asks for an example that notices.
fn notice(kinds: &'static [FileKind], run: impl Fn(&Rulebook, &Example) -> Vec<String>, no_difference: &[(&str, &str)]) {
    let book = bare();
    let reached = Reached::of(&book, kinds);
    let mut making = Making {
        book: &book,
        kinds,
        mutants: Vec::new(),
    };
    making.nodes(&reached);
    making.terms(&reached);
    making.columns(&reached);
    making.periods(&reached);
    making.amounts();
    if kinds.contains(&FileKind::Scheme) {
        making.files();
    }
    let of_kinds = |example: &Example| match book.file_number(&example.file).and_then(|number| book.file(number)) {
        Some(file) => kinds.contains(&file.kind),
        None => example.file == "not_encoded" && kinds.contains(&FileKind::Complaint),
    };
    let mut examples: Vec<Example> = examples(&sources()).unwrap().into_iter().filter(of_kinds).collect();
    let whole = Rulebook::open(&book.to_bytes().unwrap()).unwrap();
    assert!(
        examples.iter().all(|example| run(&whole, example).is_empty()),
        "an example fails the law as it is"
    );
    let (mut survivors, mut excused, mut refused) = (Vec::new(), BTreeSet::new(), 0);
    let count = making.mutants.len();
    for mutant in &making.mutants {
        let mut changed = book.clone();
        (mutant.change)(&mut changed);
        let Ok(rulebook) = Rulebook::open(&changed.to_bytes().unwrap()) else {
            refused += 1;
            continue;
        };
        match examples.iter().position(|example| !run(&rulebook, example).is_empty()) {
            // What failed once fails for the neighbours too: it is asked first.
            Some(place) => examples[..=place].rotate_right(1),
            None => match no_difference.iter().position(|(name, _)| mutant.name.starts_with(name)) {
                Some(place) => drop(excused.insert(place)),
                None => survivors.push(mutant.name.as_str()),
            },
        }
    }
    println!("{count} changes, {refused} refused, {} examples", examples.len());
    assert!(
        survivors.is_empty(),
        "{} of {count} changes fail no example:\n{}",
        survivors.len(),
        survivors.join("\n")
    );
    let idle = no_difference
        .iter()
        .enumerate()
        .filter(|(place, _)| !excused.contains(place))
        .map(|(_, (name, _))| *name);
    let idle: Vec<&str> = idle.collect();
    assert!(idle.is_empty(), "no change needs these excuses: {}", idle.join(", "));
}

#[test]
fn every_change_of_schemes_and_definitions_fails_an_example() {
    notice(&OF_WORKERS, expect::run, OF_WORKERS_NO_DIFFERENCE);
}

#[test]
fn every_change_of_complaints_fails_an_example() {
    notice(&OF_COMPLAINTS, complaints::run, OF_COMPLAINTS_NO_DIFFERENCE);
}
