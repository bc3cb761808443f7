//! Values that cannot be, by row: counted by fact and reason, the first ones shown, the rest as a column where that is asked for.

use std::collections::{BinaryHeap, HashMap};

use crate::values::{mask, shown as shown_as_given};

/// How many values are shown; all are counted.
pub const MOST_SHOWN: usize = 1000;

/// A value that cannot be, and why; its row is not assessed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct RowError {
    /// The row, from 0.
    pub row: usize,
    /// The fact, or the column that tells the day or the weight.
    pub fact: String,
    /// The value as it was given, identity numbers masked and long texts cut.
    pub value: String,
    /// Why it cannot be, and what was expected.
    pub reason: String,
}

/// How many values of a fact cannot be for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ErrorCount {
    /// The fact, as in [`RowError`].
    pub fact: String,
    /// The reason without what hangs on the single value.
    pub reason: String,
    /// How many rows.
    pub rows: usize,
}

/// What is wrong in a frame. It takes a bit for each row, whatever is wrong with them.
#[derive(Debug, Default)]
pub struct RowErrors {
    causes: Vec<ErrorCount>,
    numbers: HashMap<(String, String), u32>,
    first: BinaryHeap<RowError>,
    rows: Vec<u64>,
    by_row: Option<ByRow>,
}

/// For each row the number of a set of causes.
#[derive(Debug, Default)]
struct ByRow {
    sets: Vec<u32>,
    /// Each set by the set that it goes beyond, and its last cause; the first is empty.
    steps: Vec<(u32, u32)>,
    numbers: HashMap<(u32, u32), u32>,
}

impl RowErrors {
    /// For so many rows; with a column of what is wrong in each where that is asked for.
    pub(super) fn new(rows: usize, by_row: bool) -> Self {
        Self {
            rows: vec![0; rows.div_ceil(64)],
            by_row: by_row.then(|| ByRow {
                sets: vec![0; rows],
                steps: vec![(0, 0)],
                numbers: HashMap::new(),
            }),
            ..Self::default()
        }
    }

    /// The number of a cause.
    pub(super) fn cause(&mut self, fact: &str, reason: &str) -> u32 {
        let key = (fact.to_owned(), reason.to_owned());
        if let Some(number) = self.numbers.get(&key) {
            return *number;
        }
        let number = u32::try_from(self.causes.len()).unwrap_or(u32::MAX);
        self.causes.push(ErrorCount {
            fact: fact.to_owned(),
            reason: reason.to_owned(),
            rows: 0,
        });
        self.numbers.insert(key, number);
        number
    }

    /// Notes a value that cannot be; what is shown of it is asked for only where it is among the first.
    pub(super) fn add(&mut self, row: usize, cause: u32, shown: impl FnOnce() -> (String, String)) {
        if let Some(word) = self.rows.get_mut(row >> 6) {
            *word |= 1 << (row & 63);
        }
        let Some(count) = usize::try_from(cause).ok().and_then(|cause| self.causes.get_mut(cause)) else {
            return;
        };
        count.rows = count.rows.saturating_add(1);
        let full = self.first.len() >= MOST_SHOWN;
        if !full || self.first.peek().is_some_and(|last| row < last.row) {
            let (value, reason) = shown();
            self.first.push(RowError {
                row,
                fact: count.fact.clone(),
                value: shown_as_given(&value),
                reason: mask(&reason),
            });
            if full {
                self.first.pop();
            }
        }
        if let Some(by_row) = &mut self.by_row {
            by_row.add(row, cause);
        }
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.total() == 0
    }

    /// How many values cannot be.
    #[must_use]
    pub fn total(&self) -> usize {
        self.causes.iter().fold(0_usize, |sum, cause| sum.saturating_add(cause.rows))
    }

    /// How many values cannot be, by fact and reason.
    pub fn counts(&self) -> impl Iterator<Item = &ErrorCount> {
        self.causes.iter().filter(|cause| cause.rows > 0)
    }

    /// The first values that cannot be, at most [`MOST_SHOWN`], by row.
    #[must_use]
    pub fn first(&self) -> Vec<RowError> {
        let mut first: Vec<RowError> = self.first.iter().cloned().collect();
        first.sort_unstable();
        first
    }

    /// Whether something of a row cannot be.
    #[must_use]
    pub fn has(&self, row: usize) -> bool {
        self.rows.get(row >> 6).is_some_and(|word| word >> (row & 63) & 1 == 1)
    }

    /// The rows of which something cannot be, in order.
    pub(super) fn rows(&self) -> impl Iterator<Item = usize> {
        let words = self.rows.iter().enumerate().filter(|(_, word)| **word != 0);
        words.flat_map(|(place, word)| (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| place << 6 | bit))
    }

    /// What is wrong in each row, as keys of texts; a key beyond them where nothing is. Nothing where it was not asked for.
    #[must_use]
    pub fn column(&self) -> Option<(Vec<u32>, Vec<String>)> {
        let by_row = self.by_row.as_ref()?;
        let mut texts: Vec<String> = Vec::with_capacity(by_row.steps.len());
        for (before, cause) in by_row.steps.iter().skip(1) {
            let cause = usize::try_from(*cause).ok().and_then(|cause| self.causes.get(cause));
            let said = cause.map_or_else(String::new, |cause| format!("{}: {}", cause.fact, cause.reason));
            let before = usize::try_from(*before).ok().and_then(|before| texts.get(before.checked_sub(1)?));
            texts.push(before.map_or_else(|| said.clone(), |before| format!("{before}; {said}")));
        }
        let keys = by_row.sets.iter().map(|set| set.checked_sub(1).unwrap_or(u32::MAX));
        Some((keys.collect(), texts))
    }
}

impl ByRow {
    fn add(&mut self, row: usize, cause: u32) {
        let Some(set) = self.sets.get_mut(row) else { return };
        let steps = &mut self.steps;
        *set = *self.numbers.entry((*set, cause)).or_insert_with_key(|key| {
            steps.push(*key);
            u32::try_from(steps.len().saturating_sub(1)).unwrap_or(u32::MAX)
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_counted_and_the_first_shown() {
        let mut errors = RowErrors::new(5000, true);
        let (a, b) = (errors.cause("a", "no"), errors.cause("b", "never"));
        let number = "1999900000013";
        assert_eq!((errors.cause("a", "no"), errors.is_empty()), (a, true));
        for row in (0..5000).rev() {
            errors.add(row, a, || (row.to_string(), "no".to_owned()));
        }
        errors.add(3, b, || (number.to_owned(), format!("`{number}` never")));
        let first = errors.first();
        assert!(!format!("{:?}", first[4]).contains("9999"), "an identity number is not told");
        assert_eq!((first.len(), first[0].row, first[999].row), (MOST_SHOWN, 0, 998));
        assert_eq!((first[3].fact.as_str(), first[4].fact.as_str()), ("a", "b"));
        let counts: Vec<_> = errors.counts().map(|one| (one.fact.as_str(), one.rows)).collect();
        assert_eq!((counts, errors.total()), (vec![("a", 5000), ("b", 1)], 5001));
        assert!(errors.has(4999) && !errors.has(5000) && errors.rows().count() == 5000);
        let (keys, texts) = errors.column().unwrap();
        assert_eq!(texts, ["a: no", "a: no; b: never"]);
        assert_eq!((keys[2], keys[3]), (0, 1));
        assert!(RowErrors::new(9, false).column().is_none());
    }
}
