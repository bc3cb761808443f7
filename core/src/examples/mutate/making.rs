//! Makes the changes: each bound, day, clause, code, cell, row, length and part of an amount by the least that is another law.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU16;

use super::mutant::{Edit, Mutant};
use super::names::{codes_text, compared, file_of, list_of, owners, shown};
use super::reached::Reached;
use crate::criterion::{AmountId, CellValue, Column, ColumnId, Comparison, Entry, Node, NodeId, PeriodId, Start, Term, TermId, Unit};
use crate::facts::FactId;
use crate::rulebook::{Book, FileId, FileKind, OptionId, Shape};
use crate::values::{Date, Text};

/// The changes of a book; what they need beside it is put behind its nodes and terms.
pub(super) struct Making {
    book: Book,
    reached: Reached,
    mutants: Vec<Mutant>,
}

/// The book with what the changes need, and the changes.
pub(super) fn make(book: Book) -> (Book, Vec<Mutant>) {
    let reached = Reached::of(&book);
    let mut making = Making {
        book,
        reached,
        mutants: Vec::new(),
    };
    making.nodes();
    making.terms();
    making.columns();
    making.periods();
    making.amounts();
    making.files();
    (making.book, making.mutants)
}

/// One day or month more or less, in words.
fn by_days(by: i32) -> &'static str {
    if by < 0 { "one day earlier" } else { "one day later" }
}

fn day(days: i32) -> Option<Date> {
    Date::from_days(days)
}

fn day_text(days: i32) -> String {
    day(days).map_or_else(|| "the beginning".to_owned(), |day| day.to_string())
}

fn without<T: Clone>(list: &[T], place: usize) -> Vec<T> {
    let others = list.iter().enumerate().filter(|(other, _)| *other != place);
    others.map(|(_, item)| item.clone()).collect()
}

impl Making {
    fn add(&mut self, of: &str, change: impl Into<String>, day: Option<Date>, edits: Vec<Edit>) {
        self.mutants.push(Mutant {
            of: of.to_owned(),
            change: change.into(),
            day,
            edits,
        });
    }

    fn node(&self, id: NodeId) -> Node {
        self.book.program.node(id).clone()
    }

    fn words(&self, id: NodeId) -> String {
        shown(&self.book.program, id)
    }

    fn new_node(&mut self, node: Node) -> NodeId {
        self.book.program.nodes.push(node);
        NodeId::try_from(self.book.program.nodes.len().saturating_sub(1)).unwrap_or(NodeId::NOWHERE)
    }

    fn constant(&mut self, value: i64) -> TermId {
        self.book.program.terms.push(Term::Constant(value));
        self.book.program.term_names.push(Text::default());
        TermId::try_from(self.book.program.terms.len().saturating_sub(1)).unwrap_or(TermId::NOWHERE)
    }

    fn nodes(&mut self) {
        let owners = owners(&self.book);
        let lists = self.rules();
        let options = self.options();
        // The compiler joins to the condition of a period that its kind arises: no line of the file.
        let arises: BTreeSet<NodeId> = self.book.files.iter().filter_map(|file| file.arises).collect();
        let reached: Vec<NodeId> = self.reached.nodes.iter().copied().collect();
        for id in reached {
            let owner = owners.get(usize::from(id)).cloned().unwrap_or_default();
            match self.node(id) {
                Node::All(_) if lists.contains(&id) => {}
                Node::Versions(..) if options.contains(&id) => {}
                // An area is one cited list of provinces: it is compared with its source, not by an example for each.
                Node::Among(fact, _) if self.is_province(fact) => {}
                Node::All(children) => self.parts(&owner, id, &children, &arises, Node::All),
                Node::Any(children) => self.parts(&owner, id, &children, &arises, Node::Any),
                Node::Named(name, inner) => {
                    let negated = self.new_node(Node::Not(inner));
                    self.add(&owner, "turned round", None, vec![Edit::Node(id, Node::Named(name, negated))]);
                }
                Node::Among(fact, codes) if codes.len() > 1 => {
                    for (place, code) in codes.iter().enumerate() {
                        let change = format!("without the code `{}`", codes_text(&self.book.program, fact, &[*code]));
                        let edit = Edit::Node(id, Node::Among(fact, without(&codes, place)));
                        self.add(&owner, change, None, vec![edit]);
                    }
                }
                Node::Compare(left, comparison, right) => self.compare(&owner, id, left, comparison, right),
                Node::Versions(clock, versions) => self.versions(&owner, id, clock, &versions),
                Node::Readings(lead, _) => self.add(
                    &owner,
                    "without its other reading",
                    None,
                    vec![Edit::Node(id, Node::Readings(lead, lead))],
                ),
                _ => {}
            }
        }
    }

    fn parts(&mut self, owner: &str, id: NodeId, children: &[NodeId], arises: &BTreeSet<NodeId>, whole: fn(Vec<NodeId>) -> Node) {
        for (place, child) in children.iter().enumerate().filter(|(_, child)| !arises.contains(child)) {
            let change = format!("without `{}`", self.words(*child));
            self.add(owner, change, None, vec![Edit::Node(id, whole(without(children, place)))]);
        }
    }

    fn versions(&mut self, owner: &str, id: NodeId, clock: TermId, versions: &[(i32, NodeId)]) {
        // Where only the grounds differ, the day moves no outcome.
        let meaning = |node: NodeId| match self.book.program.node(node) {
            Node::Named(_, inner) => *inner,
            _ => node,
        };
        let first = versions.first().map(|(_, node)| meaning(*node));
        if versions.iter().all(|(_, node)| Some(meaning(*node)) == first) {
            return;
        }
        let named = versions.iter().map(|(_, node)| self.words(*node)).collect::<Vec<_>>().join(" / ");
        for (place, (from, _)) in versions
            .iter()
            .enumerate()
            .filter(|(_, (day, _))| *day > i32::MIN.saturating_add(1))
        {
            for by in [-1, 1] {
                let mut moved = versions.to_vec();
                if let Some((day, _)) = moved.get_mut(place) {
                    *day = day.saturating_add(by);
                }
                let change = format!("the version from {} of `{named}` {}", day_text(*from), by_days(by));
                self.add(owner, change, day(*from), vec![Edit::Node(id, Node::Versions(clock, moved))]);
            }
        }
    }

    fn is_province(&self, fact: FactId) -> bool {
        let layout = &self.book.program.layout;
        let list = layout.fact(fact).and_then(|fact| fact.list);
        list.and_then(|list| layout.lists.get(usize::from(list)))
            .is_some_and(|list| list.id == "province")
    }

    /// A line of a rule stands once in its file, for all options: it is dropped from all of them.
    fn rules(&mut self) -> BTreeSet<NodeId> {
        let mut groups: BTreeMap<(FileId, String), BTreeSet<NodeId>> = BTreeMap::new();
        for rule in &self.book.rules {
            let lists = groups.entry((rule.file, rule.id.to_string())).or_default();
            lists.extend(list_of(&self.book.program, rule.node));
            lists.extend(list_of(&self.book.program, rule.person));
        }
        let mut all = BTreeSet::new();
        for ((file, id), lists) in groups {
            let file = self.book.file(file).map_or(String::new(), |file| file.id.to_string());
            let children: Vec<(NodeId, Vec<NodeId>)> = lists
                .iter()
                .map(|list| (*list, self.book.program.children(self.book.program.node(*list))))
                .collect();
            let longest = children.iter().map(|(_, children)| children.len()).max().unwrap_or(0);
            for place in 0..longest {
                let named = children
                    .iter()
                    .find_map(|(_, children)| children.get(place))
                    .map(|child| self.words(*child));
                let having = children.iter().filter(|(_, children)| place < children.len());
                let edits = having.map(|(list, children)| Edit::Node(*list, Node::All(without(children, place))));
                let edits = edits.collect();
                self.add(
                    &format!("{file}.{id}"),
                    format!("without `{}`", named.unwrap_or_default()),
                    None,
                    edits,
                );
            }
            all.extend(lists);
        }
        all
    }

    /// The first day of an option stands once in its file, for all rules.
    fn options(&mut self) -> BTreeSet<NodeId> {
        let mut all = BTreeSet::new();
        for (number, file) in FileId::of_each(&self.book.files.clone()) {
            for (option, membership) in OptionId::of_each(&file.memberships) {
                let days = membership.since.days();
                let rules = self.book.rules.iter();
                let of = rules.filter(|rule| rule.file == number && rule.option == Some(option));
                let begins = |id: &NodeId| matches!(self.book.program.node(*id), Node::Versions(_, versions) if versions.iter().any(|(day, _)| *day == days));
                let nodes: BTreeSet<NodeId> = of.flat_map(|rule| [rule.node, rule.person]).filter(begins).collect();
                for by in [-1, 1] {
                    // The file does not answer before its own first day.
                    if nodes.is_empty() || (by < 0 && membership.since <= file.since) {
                        continue;
                    }
                    let mut edits = Vec::new();
                    for id in &nodes {
                        if let Node::Versions(clock, mut versions) = self.node(*id) {
                            let begin = versions.iter_mut().filter(|(day, _)| *day == days);
                            begin.for_each(|(day, _)| *day = day.saturating_add(by));
                            edits.push(Edit::Node(*id, Node::Versions(clock, versions)));
                        }
                    }
                    let of = format!("{}.{}", file.id, membership.option);
                    let change = format!("the first day of the option, {}, {}", membership.since, by_days(by));
                    self.add(&of, change, Some(membership.since), edits);
                }
                all.extend(nodes);
            }
        }
        all
    }

    fn compare(&mut self, owner: &str, id: NodeId, left: TermId, comparison: Comparison, right: TermId) {
        let text = compared(&self.book.program, left, comparison, right);
        for (term, other, is_left) in [(left, right, true), (right, left, false)] {
            let Term::Constant(value) = *self.book.program.term(term) else {
                continue;
            };
            for by in [-1_i64, 1] {
                let step = by.saturating_mul(self.book.program.unit(other).scale());
                let moved = value.saturating_add(step);
                let change = format!("{} in `{text}`", self.book.program.shown(moved, other));
                let moved = self.constant(moved);
                let node = if is_left {
                    Node::Compare(moved, comparison, right)
                } else {
                    Node::Compare(left, comparison, moved)
                };
                self.add(owner, change, None, vec![Edit::Node(id, node)]);
            }
        }
        let (swapped, sign) = match comparison {
            Comparison::Less => (Comparison::AtMost, "<="),
            Comparison::AtMost => (Comparison::Less, "<"),
            Comparison::Equal => return,
        };
        let edit = Edit::Node(id, Node::Compare(left, swapped, right));
        self.add(owner, format!("`{sign}` in `{text}`"), None, vec![edit]);
    }

    fn terms(&mut self) {
        let reached: Vec<TermId> = self.reached.terms.iter().copied().collect();
        for id in reached {
            let name = self.book.program.term_name(id).to_owned();
            let term = self.book.program.term(id).clone();
            for (change, term) in changed_terms(&term) {
                self.add(&name, change, None, vec![Edit::Term(id, term)]);
            }
        }
    }

    fn columns(&mut self) {
        let mut groups: Vec<Vec<ColumnId>> = Vec::new();
        let reached: Vec<ColumnId> = self.reached.columns.iter().copied().collect();
        let table = |name: &str| name.rsplit_once('.').map_or("", |(table, _)| table).to_owned();
        for id in reached {
            self.cells(id);
            let Some(column) = self.book.program.columns.get(usize::from(id)) else {
                continue;
            };
            // A row of a table stands once in its file, for all columns that have the same rows.
            let fits = |group: &&mut Vec<ColumnId>| {
                let first = group.first().and_then(|first| self.book.program.columns.get(usize::from(*first)));
                first.is_some_and(|first| table(&first.name) == table(&column.name) && rows(first) == rows(column))
            };
            match groups.iter_mut().find(fits) {
                Some(group) => group.push(id),
                None => groups.push(vec![id]),
            }
        }
        for group in groups {
            self.rows(&group);
        }
    }

    fn cells(&mut self, id: ColumnId) {
        let Some(column) = self.book.program.columns.get(usize::from(id)).cloned() else {
            return;
        };
        // The least that shows in a share of five hundredths, rounded to the baht.
        let one = if column.name.contains(".wage_base.") {
            2_000
        } else {
            column.unit.scale()
        };
        for (row, entry) in column.entries.iter().enumerate() {
            for by in [-1_i64, 1] {
                let step = one.saturating_mul(by);
                let mut change = |what: &str, number: i64, changed: Entry| {
                    let text = format!(
                        "{what} {} for {} in the row {}",
                        number_text(number.saturating_add(step), column.unit),
                        number_text(number, column.unit),
                        row_text(entry)
                    );
                    self.add(
                        &column.name,
                        text,
                        entry.from.and_then(day),
                        vec![Edit::Cell(id, row, Box::new(changed))],
                    );
                };
                if let CellValue::Number(number) = entry.cell {
                    let cell = CellValue::Number(number.saturating_add(step));
                    change("the cell", number, Entry { cell, ..entry.clone() });
                }
                if let Some(CellValue::Number(number)) = entry.other {
                    let other = Some(CellValue::Number(number.saturating_add(step)));
                    change("the cell of the other reading", number, Entry { other, ..entry.clone() });
                }
            }
        }
    }

    fn rows(&mut self, group: &[ColumnId]) {
        let columns: Vec<(ColumnId, Column)> = group
            .iter()
            .filter_map(|id| Some((*id, self.book.program.columns.get(usize::from(*id))?.clone())))
            .collect();
        let Some((_, first)) = columns.first() else { return };
        let since = file_of(&self.book, &first.name).map_or(i32::MIN, |file| file.since.days());
        for (row, entry) in first.entries.iter().enumerate() {
            // A row that says what the row before says, or what stands without it, is no difference.
            if columns.iter().all(|(_, column)| says_nothing_new(column, row)) {
                continue;
            }
            let of_row = format!("the row {}", row_text(entry));
            let named = entry.from.and_then(day);
            let all = |make: &dyn Fn(&Entry) -> Entry| -> Vec<Edit> {
                let rows = columns.iter().filter_map(|(id, column)| Some((*id, column.entries.get(row)?)));
                rows.map(|(id, entry)| Edit::Days(id, row, Box::new(make(entry)))).collect()
            };
            let month = entry.until.is_some();
            let words = |by: i32| match (by < 0, month) {
                (_, false) => by_days(by),
                (true, true) => "one month earlier",
                (false, true) => "one month later",
            };
            for by in [-1, 1] {
                for other in [false, true] {
                    let Some(from) = (if other { entry.from_other } else { entry.from }) else {
                        continue;
                    };
                    let Some(moved) = moved(from, by, month) else { continue };
                    // In a span whose one reading nobody has read, the other does not show.
                    let hidden = other && columns.iter().all(|(_, column)| not_read_before(column, row));
                    if hidden || from < since || moved < since || meets(first, row, moved, entry.until) {
                        continue;
                    }
                    let edits = all(&|entry| {
                        let mut entry = entry.clone();
                        *(if other { &mut entry.from_other } else { &mut entry.from }) = Some(moved);
                        entry
                    });
                    let reading = if other { " under the other reading" } else { "" };
                    self.add(
                        &first.name,
                        format!("the first day of {of_row}{reading} {}", words(by)),
                        named,
                        edits,
                    );
                }
                if let (Some(until), Some(from)) = (entry.until, entry.from) {
                    let Some(last) = moved(until.saturating_add(1), by, true).map(|day| day.saturating_sub(1)) else {
                        continue;
                    };
                    if !meets(first, row, from, Some(last)) {
                        let edits = all(&|entry| Entry {
                            until: Some(last),
                            ..entry.clone()
                        });
                        self.add(&first.name, format!("the last day of {of_row} {}", words(by)), named, edits);
                    }
                }
            }
            let edits = columns.iter().map(|(id, _)| Edit::Without(*id, row, None)).collect();
            self.add(&first.name, format!("without {of_row}"), named, edits);
        }
    }

    fn periods(&mut self) {
        let reached: Vec<PeriodId> = self.reached.periods.iter().copied().collect();
        for id in reached {
            let Some(period) = self.book.program.periods.get(usize::from(id)).cloned() else {
                continue;
            };
            let name = period.name.clone();
            let of_scheme = file_of(&self.book, &name).is_some_and(|file| file.kind == FileKind::Scheme);
            let written = |node: NodeId| of_scheme || matches!(self.book.program.node(node), Node::Named(..));
            let has_condition = period.condition.is_some_and(written);
            let mut change = |what: String, day: Option<Date>, make: &dyn Fn(&mut crate::criterion::Period)| {
                let mut changed = period.clone();
                make(&mut changed);
                self.add(&name, what, day, vec![Edit::Period(id, Box::new(changed))]);
            };
            for (number, (from, length)) in period.lengths.iter().copied().enumerate() {
                for by in [-1_i16, 1] {
                    let longer = length.number.checked_add_signed(by).unwrap_or(length.number);
                    change(format!("{longer} for {length}"), day(from), &|period| {
                        if let Some((_, length)) = period.lengths.get_mut(number) {
                            length.number = longer;
                        }
                    });
                    if number > 0 && from > i32::MIN.saturating_add(1) {
                        let what = format!("the length from {} {}", day_text(from), by_days(by.into()));
                        change(what, day(from), &|period| {
                            if let Some((from, _)) = period.lengths.get_mut(number) {
                                *from = from.saturating_add(by.into());
                            }
                        });
                    }
                }
            }
            if let Start::On(first) = period.start {
                for by in [-1, 1] {
                    let what = format!("its first day {} {}", day_text(first), by_days(by));
                    change(what, day(first), &|period| period.start = Start::On(first.saturating_add(by)));
                }
            }
            let rolls = if period.rolls {
                "not moved past closing days"
            } else {
                "moved past closing days"
            };
            change(rolls.to_owned(), None, &|period| period.rolls = !period.rolls);
            // What the compiler puts before a step of a complaint, that its rule is met, is no line of the file; what it joins to one is dropped there.
            if has_condition {
                change("without its condition".to_owned(), None, &|period| period.condition = None);
            }
            for number in 0..period.ended_by.len() {
                change("without what ends it".to_owned(), None, &|period| {
                    period.ended_by = period
                        .ended_by
                        .iter()
                        .copied()
                        .enumerate()
                        .filter(|(place, _)| *place != number)
                        .map(|(_, end)| end)
                        .collect();
                });
            }
        }
    }

    /// An amount stands once in its file, for all options.
    fn amounts(&mut self) {
        let mut groups: BTreeMap<(FileId, String), Vec<AmountId>> = BTreeMap::new();
        for (number, amount) in AmountId::of_each(&self.book.amounts) {
            groups.entry((amount.file, amount.id.to_string())).or_default().push(number);
        }
        for ((file, id), options) in groups {
            let file = self.book.file(file).map_or(String::new(), |file| file.id.to_string());
            self.amount(&format!("{file}.{id}"), &options);
        }
    }

    fn amount(&mut self, name: &str, options: &[AmountId]) {
        let Some(amount) = options.first().and_then(|id| self.book.amounts.get(usize::from(*id))).cloned() else {
            return;
        };
        let mut changes: Vec<(String, Vec<Edit>)> = Vec::new();
        let mut change = |making: &mut Self, what: String, make: &mut dyn FnMut(&mut Self, &mut crate::rulebook::Amount)| {
            let mut edits = Vec::new();
            for id in options {
                let Some(mut amount) = making.book.amounts.get(usize::from(*id)).cloned() else {
                    continue;
                };
                make(making, &mut amount);
                edits.push(Edit::Amount(*id, Box::new(amount)));
            }
            changes.push((what, edits));
        };
        if amount.condition.is_some() {
            change(self, "without its condition".to_owned(), &mut |_, amount| amount.condition = None);
        }
        match &amount.shape {
            Shape::Sum(parts) => {
                for (place, part) in parts.iter().enumerate() {
                    let part = self.book.amounts.get(usize::from(*part)).map_or("", |part| part.id.as_str());
                    let what = format!("without its part `{part}`");
                    change(self, what, &mut |_, amount| {
                        if let Shape::Sum(parts) = &mut amount.shape {
                            *parts = without(parts, place);
                        }
                    });
                }
            }
            Shape::Rate { floor, ceiling, .. } => {
                if floor.is_some() {
                    change(self, "without its floor".to_owned(), &mut |_, amount| {
                        if let Shape::Rate { floor, .. } = &mut amount.shape {
                            *floor = None;
                        }
                    });
                }
                if ceiling.is_some() {
                    change(self, "without its ceiling".to_owned(), &mut |_, amount| {
                        if let Shape::Rate { ceiling, .. } = &mut amount.shape {
                            *ceiling = None;
                        }
                    });
                }
            }
            Shape::Units { at_most: Some(cap), .. } => {
                if let Term::Constant(value) = *self.book.program.term(*cap) {
                    for by in [-1_i64, 1] {
                        let what = format!("at most {} for {value}", value.saturating_add(by));
                        change(self, what, &mut |making, amount| {
                            if let Shape::Units { at_most: Some(term), .. } = &mut amount.shape
                                && let Term::Constant(value) = *making.book.program.term(*term)
                            {
                                *term = making.constant(value.saturating_add(by));
                            }
                        });
                    }
                }
                change(self, "without its cap".to_owned(), &mut |_, amount| {
                    if let Shape::Units { at_most, .. } = &mut amount.shape {
                        *at_most = None;
                    }
                });
            }
            Shape::Units { .. } | Shape::Flat(_) | Shape::NotRead => {}
        }
        for (what, edits) in changes {
            self.add(name, what, None, edits);
        }
    }

    fn files(&mut self) {
        let files: Vec<(FileId, String, Date)> = FileId::of_each(&self.book.files)
            .filter(|(_, file)| file.kind == FileKind::Scheme)
            .map(|(number, file)| (number, file.id.to_string(), file.since))
            .collect();
        for (number, id, since) in files {
            for by in [-1, 1] {
                let Some(moved) = since.add_days(by) else { continue };
                let change = format!("its first day {since} {}", by_days(by));
                self.add(&format!("{id}.since"), change, Some(since), vec![Edit::Since(number, moved)]);
            }
        }
    }
}

type RowKey = (Option<i32>, Option<i32>, Option<i32>, Option<NodeId>);

fn rows(column: &Column) -> Vec<RowKey> {
    let key = |entry: &Entry| (entry.from, entry.from_other, entry.until, entry.guard);
    column.entries.iter().map(key).collect()
}

fn row_text(entry: &Entry) -> String {
    match (entry.from, entry.until) {
        (Some(from), Some(until)) => format!("{}..{}", day_text(from), day_text(until)),
        (Some(from), None) => format!("from {}", day_text(from)),
        (None, _) => "from the beginning".to_owned(),
    }
}

/// A number of a unit as people write it.
fn number_text(number: i64, unit: Unit) -> String {
    let scale = unit.scale();
    let whole = number.checked_div(scale).unwrap_or(number);
    match number.checked_rem(scale) {
        None | Some(0) => whole.to_string(),
        Some(rest) => format!("{whole} and {rest}/{scale}"),
    }
}

/// Whether a row says what the row before it says, or what stands where no row applies.
fn says_nothing_new(column: &Column, row: usize) -> bool {
    let Some(entry) = column.entries.get(row) else { return true };
    let mut later = column.entries.iter().skip(row.saturating_add(1));
    let before = later.find(|before| before.guard == entry.guard && (entry.until.is_none() || before.until.is_none()));
    match before {
        Some(before) => before.cell == entry.cell && before.other == entry.other,
        None => entry.other.is_none() && entry.cell == column.fallback,
    }
}

fn not_read_before(column: &Column, row: usize) -> bool {
    let guard = column.entries.get(row).and_then(|entry| entry.guard);
    let mut later = column.entries.iter().skip(row.saturating_add(1));
    let before = later.find(|before| before.guard == guard && before.until.is_none());
    before.map_or(&column.fallback, |before| &before.cell) == &CellValue::NotRead
}

/// The compiler refuses overlays that meet.
fn meets(column: &Column, row: usize, from: i32, until: Option<i32>) -> bool {
    let Some(until) = until else { return false };
    let others = column.entries.iter().enumerate().filter(|(other, _)| *other != row);
    others
        .filter_map(|(_, entry)| Some((entry.from?, entry.until?)))
        .any(|(first, last)| from <= last && first <= until)
}

/// A day one day later or earlier; the months of an overlay move by a month.
fn moved(days: i32, by: i32, month: bool) -> Option<i32> {
    if month {
        Some(day(days)?.add_months(by)?.days())
    } else {
        Some(days.saturating_add(by))
    }
}

/// The changes of a term, each in words.
fn changed_terms(term: &Term) -> Vec<(String, Term)> {
    let mut changed = Vec::new();
    let mut push = |what: String, make: &dyn Fn(&mut Term)| {
        let mut term = term.clone();
        make(&mut term);
        changed.push((what, term));
    };
    let stepped = |number: u16, by: i16| number.checked_add_signed(by).unwrap_or(number);
    match term {
        Term::Elapsed { last_day_counts, .. } => {
            let what = if *last_day_counts {
                "the last day not counted"
            } else {
                "the last day counted"
            };
            push(what.to_owned(), &|term| {
                if let Term::Elapsed { last_day_counts, .. } = term {
                    *last_day_counts = !*last_day_counts;
                }
            });
        }
        Term::Shift {
            length, first_day_counts, ..
        } => {
            let what = if *first_day_counts {
                "the first day not counted"
            } else {
                "the first day counted"
            };
            push(what.to_owned(), &|term| {
                if let Term::Shift { first_day_counts, .. } = term {
                    *first_day_counts = !*first_day_counts;
                }
            });
            for by in [-1_i16, 1] {
                push(format!("{} for {length}", stepped(length.number, by)), &|term| {
                    if let Term::Shift { length, .. } = term {
                        length.number = stepped(length.number, by);
                    }
                });
            }
        }
        Term::MonthsPaid {
            schemes,
            window: Some(months),
            ..
        } => {
            for by in [-1_i16, 1] {
                push(format!("within {} months for {months}", stepped(*months, by)), &|term| {
                    if let Term::MonthsPaid { window: Some(window), .. } = term {
                        *window = stepped(*window, by);
                    }
                });
            }
            for place in (0..schemes.len()).filter(|_| schemes.len() > 1) {
                push(
                    format!("without scheme {} of {}", place.saturating_add(1), schemes.len()),
                    &|term| {
                        if let Term::MonthsPaid { schemes, .. } = term {
                            *schemes = without(schemes, place);
                        }
                    },
                );
            }
        }
        Term::MonthsSteps { steps, .. } => {
            for (place, (need, window)) in steps.iter().copied().enumerate() {
                for by in [-1_i16, 1] {
                    let number = place.saturating_add(1);
                    push(format!("step {number}: {} months needed for {need}", stepped(need, by)), &|term| {
                        if let Term::MonthsSteps { steps, .. } = term
                            && let Some((need, _)) = steps.get_mut(place)
                        {
                            *need = stepped(*need, by);
                        }
                    });
                    push(
                        format!("step {number}: within {} months for {window}", stepped(window, by)),
                        &|term| {
                            if let Term::MonthsSteps { steps, .. } = term
                                && let Some((_, window)) = steps.get_mut(place)
                            {
                                *window = stepped(*window, by);
                            }
                        },
                    );
                }
            }
        }
        Term::TopMean { top, within, divide, .. } => {
            for by in [-1_i16, 1] {
                push(format!("the highest {} for {top}", stepped(*top, by)), &|term| {
                    if let Term::TopMean { top, .. } = term {
                        *top = stepped(*top, by);
                    }
                });
                push(format!("among the last {} for {within}", stepped(*within, by)), &|term| {
                    if let Term::TopMean { within, .. } = term {
                        *within = stepped(*within, by);
                    }
                });
                push(format!("divided by {} for {divide}", stepped(*divide, by)), &|term| {
                    if let Term::TopMean { divide, .. } = term {
                        *divide = stepped(*divide, by);
                    }
                });
            }
        }
        Term::FullSteps { beyond, each, .. } => {
            for by in [-1_i16, 1] {
                push(format!("beyond {} for {beyond}", stepped(*beyond, by)), &|term| {
                    if let Term::FullSteps { beyond, .. } = term {
                        *beyond = stepped(*beyond, by);
                    }
                });
                push(format!("each {} for {each}", stepped(each.get(), by)), &|term| {
                    if let Term::FullSteps { each, .. } = term
                        && let Some(changed) = NonZeroU16::new(stepped(each.get(), by))
                    {
                        *each = changed;
                    }
                });
            }
        }
        _ => {}
    }
    changed
}
