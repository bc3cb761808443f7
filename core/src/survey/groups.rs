//! The groups of a frame that occur, in the order of their values.

use std::collections::HashMap;

use super::encoded::Encoded;

/// The value of one column of a group by its place in the order of values; a group without a value stands first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key(u32);

impl Key {
    const NONE: Self = Self(0);

    /// The number of the value from 0; one beyond all where there is none.
    pub(super) fn number(self) -> u32 {
        self.0.checked_sub(1).unwrap_or(u32::MAX)
    }
}

/// A column by which rows are grouped.
#[derive(Debug)]
pub(super) struct GroupColumn<'t> {
    pub encoded: Encoded<'t>,
    /// The key of each value of the encoding; equal values have one.
    keys: Vec<Key>,
    /// Whether the dictionary has a value twice, or a null.
    pub repeats: bool,
    rows: usize,
}

impl<'t> GroupColumn<'t> {
    pub(super) fn new(encoded: Encoded<'t>, made: bool, rows: usize) -> Self {
        let mut order: Vec<usize> = (0..encoded.values.len()).collect();
        let value = |place: &usize| encoded.values.get(*place).copied().flatten();
        order.sort_by(|a, b| match (value(a), value(b)) {
            (Some(a), Some(b)) => a.order(&b),
            (a, b) => a.is_some().cmp(&b.is_some()),
        });
        let mut keys = vec![Key::NONE; encoded.values.len()];
        // Key 0 of an encoding that was made stands for all that has no value; a dictionary that came may have nulls of its own.
        let nulls = encoded.values.iter().skip(1).any(Option::is_none);
        let own = encoded.validity.is_some() && encoded.values.first().is_some_and(Option::is_none) && !made;
        let (mut last, mut number, mut repeats) = (None, 0_u32, nulls || own);
        for place in order {
            let Some(found) = value(&place) else { continue };
            if last == Some(found) {
                repeats = true;
            } else {
                number = number.saturating_add(1);
                last = Some(found);
            }
            if let Some(key) = keys.get_mut(place) {
                *key = Key(number);
            }
        }
        Self {
            encoded,
            keys,
            repeats,
            rows,
        }
    }

    /// The key of a value of the encoding.
    pub(super) fn of_value(&self, value: usize) -> Key {
        self.keys.get(value).copied().unwrap_or(Key::NONE)
    }

    /// The key of a row.
    fn of_row(&self, row: usize) -> Key {
        self.encoded.key(row).map_or(Key::NONE, |value| self.of_value(value))
    }

    /// How many values there are, none included.
    fn width(&self) -> usize {
        let last = self.keys.iter().max().map_or(0, |key| key.0);
        usize::try_from(last).unwrap_or(0).saturating_add(1)
    }

    /// For each value a row that has it; the last row beyond where none has.
    pub(super) fn rows_of_values(&self) -> Vec<usize> {
        let mut rows = vec![usize::MAX; self.width().saturating_sub(1)];
        let mut left = rows.len();
        for row in 0..self.rows {
            if left == 0 {
                break;
            }
            let place = usize::try_from(self.of_row(row).number()).unwrap_or(usize::MAX);
            if let Some(first) = rows.get_mut(place).filter(|first| **first == usize::MAX) {
                *first = row;
                left = left.saturating_sub(1);
            }
        }
        // A dictionary may hold values that no row has: no line names them, and any row stands for them.
        let some = rows.iter().copied().find(|row| *row != usize::MAX);
        if let Some(some) = some {
            rows.iter_mut().filter(|row| **row == usize::MAX).for_each(|row| *row = some);
        } else {
            rows.clear();
        }
        rows
    }
}

/// The groups that occur: the combinations of values, each with its rows.
pub(super) struct Groups {
    /// For each column the groups that it makes of those before it: their number there, and the key that is added.
    steps: Vec<Vec<(u32, Key)>>,
    /// The rows, group by group.
    rows: Vec<u32>,
    /// Where the rows of each group end.
    ends: Vec<usize>,
}

impl Groups {
    /// Combines one column after the other: memory is taken for what occurs, whatever the columns could make of each other.
    pub(super) fn new(columns: &[GroupColumn<'_>], rows: usize) -> Self {
        let mut of_row: Vec<u32> = vec![0; rows];
        let mut steps = Vec::with_capacity(columns.len());
        let mut count = usize::from(rows > 0);
        for column in columns {
            let found = combine(&mut of_row, count, column);
            count = found.len();
            steps.push(found);
        }
        let mut ends = vec![0_usize; count];
        let place = |group: u32| usize::try_from(group).unwrap_or(usize::MAX);
        for group in &of_row {
            if let Some(end) = ends.get_mut(place(*group)) {
                *end = end.saturating_add(1);
            }
        }
        let mut next = Vec::with_capacity(count);
        let mut sum = 0_usize;
        for end in &mut ends {
            next.push(sum);
            sum = sum.saturating_add(*end);
            *end = sum;
        }
        let mut sorted = vec![0_u32; rows];
        for (row, group) in (0_u32..).zip(&of_row) {
            if let Some(next) = next.get_mut(place(*group)) {
                if let Some(slot) = sorted.get_mut(*next) {
                    *slot = row;
                }
                *next = next.saturating_add(1);
            }
        }
        Self { steps, rows: sorted, ends }
    }

    /// Each group with its keys and its rows, in order.
    pub(super) fn each(&self) -> impl Iterator<Item = (Vec<Key>, &[u32])> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).enumerate().map(|(group, (start, end))| {
            let mut keys = Vec::with_capacity(self.steps.len());
            let mut group = group;
            for step in self.steps.iter().rev() {
                let (before, key) = step.get(group).copied().unwrap_or((0, Key::NONE));
                keys.push(key);
                group = usize::try_from(before).unwrap_or(usize::MAX);
            }
            keys.reverse();
            (keys, self.rows.get(start..*end).unwrap_or(&[]))
        })
    }
}

/// Pairs of so few groups and keys are counted in a table.
const FEW_PAIRS: usize = 1 << 20;

/// Splits groups by one column more; afterwards they are numbered in the order of their keys.
fn combine(of_row: &mut [u32], groups: usize, column: &GroupColumn<'_>) -> Vec<(u32, Key)> {
    let width = column.width();
    let pairs = groups.saturating_mul(width);
    let mut found: Vec<(u32, Key)> = Vec::new();
    let fresh = |found: &mut Vec<(u32, Key)>, group: u32, key: Key| {
        found.push((group, key));
        u32::try_from(found.len().saturating_sub(1)).unwrap_or(u32::MAX)
    };
    if pairs <= FEW_PAIRS {
        let mut table = vec![u32::MAX; pairs];
        for (row, group) in of_row.iter_mut().enumerate() {
            let key = column.of_row(row);
            let place = usize::try_from(*group).unwrap_or(0).saturating_mul(width);
            let place = place.saturating_add(usize::try_from(key.0).unwrap_or(0));
            if let Some(number) = table.get_mut(place) {
                if *number == u32::MAX {
                    *number = fresh(&mut found, *group, key);
                }
                *group = *number;
            }
        }
    } else {
        let mut table: HashMap<(u32, Key), u32> = HashMap::new();
        for (row, group) in of_row.iter_mut().enumerate() {
            let key = column.of_row(row);
            let before = *group;
            *group = *table.entry((before, key)).or_insert_with(|| fresh(&mut found, before, key));
        }
    }
    let mut order: Vec<(u32, (u32, Key))> = (0_u32..).zip(found.iter().copied()).collect();
    order.sort_unstable_by_key(|(_, pair)| *pair);
    let mut ranks = vec![0_u32; order.len()];
    for (rank, (number, _)) in (0_u32..).zip(&order) {
        if let Some(slot) = usize::try_from(*number).ok().and_then(|number| ranks.get_mut(number)) {
            *slot = rank;
        }
    }
    for group in of_row.iter_mut() {
        *group = usize::try_from(*group)
            .ok()
            .and_then(|group| ranks.get(group))
            .copied()
            .unwrap_or(0);
    }
    order.into_iter().map(|(_, pair)| pair).collect()
}
