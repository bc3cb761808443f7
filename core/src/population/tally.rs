//! Counts and weighted sums by group, exact whatever the number of threads.

use super::columns::{Bits, Data};

/// A column of small whole numbers by which rows are grouped.
#[derive(Debug, Clone, Copy)]
pub struct Grouping<'a> {
    /// The number of the group of each row.
    pub keys: Data<'a>,
    /// Which rows have one.
    pub validity: Option<Bits<'a>>,
    /// How many groups there are; rows without a group, or beyond, make one more.
    pub groups: usize,
}

/// The weight of each row.
#[derive(Debug, Clone, Copy)]
pub enum Weights<'a> {
    /// Floats.
    Floats(&'a [f64]),
    /// Whole numbers.
    Whole(&'a [i64]),
}

/// How a tally groups and weighs rows.
#[derive(Debug, Clone, Default)]
pub struct Groups<'a> {
    /// The columns that make the group, the first varying slowest.
    pub by: Vec<Grouping<'a>>,
    /// The weight of a row; nothing is weighed where it is not given. A weight that is negative or no number counts as zero.
    pub weights: Option<Weights<'a>>,
}

/// How often each code occurs in each group.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tally {
    /// The number of codes that are possible: the length of a line below.
    pub codes: usize,
    /// Rows by group, then code.
    pub counts: Vec<u64>,
    /// Sums of weights by group, then code; empty without weights.
    pub weights: Vec<f64>,
}

/// In what parts weights are summed: `2^-shift`, so that sums are whole numbers and no order of summing matters. Whole weights are summed as they are;
/// floats in the finest parts in which as many as there are rows of the largest have room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Parts {
    shift: i32,
}

impl Parts {
    /// The parts in which so many weights, none above the largest, are summed.
    pub(crate) fn new(weights: Weights<'_>, rows: usize) -> Self {
        let Weights::Floats(weights) = weights else {
            return Self::default();
        };
        let largest = weights
            .iter()
            .filter(|weight| weight.is_finite())
            .fold(0.0_f64, |largest, weight| largest.max(*weight));
        let bits = |rows: usize| i32::try_from(usize::BITS.saturating_sub(rows.leading_zeros())).unwrap_or(64);
        // The largest weight is below 2^(exponent + 1), and the sum of all stays below 2^126.
        let exponent = exponent(largest);
        Self {
            shift: 125_i32.saturating_sub(exponent).saturating_sub(bits(rows)),
        }
    }

    /// A weight in parts, rounded to the nearest; what is negative or no number is zero.
    pub(crate) fn of(self, weight: f64) -> i128 {
        if !(weight > 0.0 && weight.is_finite()) {
            return 0;
        }
        let exponent = exponent(weight);
        let bits = weight.to_bits() & ((1 << 52) - 1);
        let subnormal = exponent == -1022 && weight < f64::MIN_POSITIVE;
        let mantissa = i128::from(if subnormal { bits } else { bits | 1 << 52 });
        // The weight is its mantissa times 2^(exponent - 52).
        let left = exponent.saturating_sub(52).saturating_add(self.shift);
        match u32::try_from(left) {
            Ok(left) => mantissa.checked_shl(left).unwrap_or(0),
            Err(_) => {
                let right = left.unsigned_abs();
                let half = 1_i128.checked_shl(right.saturating_sub(1)).unwrap_or(0);
                mantissa.saturating_add(half).checked_shr(right).unwrap_or(0)
            }
        }
    }

    /// A sum of parts as a number.
    #[expect(clippy::cast_precision_loss, reason = "a sum is told as a float")]
    pub(crate) fn sum(self, parts: i128) -> f64 {
        // In two steps, since either alone may lie beyond what a float can be.
        let half = self.shift.div_euclid(2);
        let power = |shift: i32| 2.0_f64.powi(shift.saturating_neg());
        parts as f64 * power(half) * power(self.shift.saturating_sub(half))
    }
}

/// The power of two that a weight holds.
fn exponent(weight: f64) -> i32 {
    let biased = i32::try_from(weight.to_bits() >> 52 & 0x7FF).unwrap_or(0);
    biased.max(1).saturating_sub(1023)
}

/// A tally in the making.
#[derive(Debug, Clone, Default)]
pub(super) struct Sums {
    codes: usize,
    counts: Vec<u64>,
    parts: Vec<i128>,
    of: Parts,
}

impl Groups<'_> {
    /// How many groups there are, rows without a group included.
    #[must_use]
    pub fn groups(&self) -> usize {
        self.by
            .iter()
            .fold(1, |groups, grouping| groups.saturating_mul(grouping.groups.saturating_add(1)))
    }

    pub(super) fn rows(&self) -> usize {
        let by = self.by.iter().map(|grouping| {
            grouping
                .keys
                .length()
                .min(grouping.validity.map_or(usize::MAX, |bits| bits.length()))
        });
        let weights = match self.weights {
            None => usize::MAX,
            Some(Weights::Floats(weights)) => weights.len(),
            Some(Weights::Whole(weights)) => weights.len(),
        };
        by.fold(weights, usize::min)
    }

    /// The group of each row of a chunk.
    pub(super) fn numbers(&self, rows: std::ops::Range<usize>, numbers: &mut Vec<u32>) {
        numbers.clear();
        numbers.resize(rows.len(), 0);
        for grouping in &self.by {
            let groups = u32::try_from(grouping.groups).unwrap_or(u32::MAX);
            for (number, row) in numbers.iter_mut().zip(rows.clone()) {
                let valid = grouping.validity.is_none_or(|validity| validity.get(row));
                let key = grouping
                    .keys
                    .whole(row)
                    .filter(|_| valid)
                    .and_then(|key| u32::try_from(key).ok())
                    .unwrap_or(groups);
                *number = number.saturating_mul(groups.saturating_add(1)).saturating_add(key.min(groups));
            }
        }
    }

    /// The weight of each row of a chunk in parts.
    pub(super) fn parts(&self, of: Parts, rows: std::ops::Range<usize>, parts: &mut Vec<i128>) {
        parts.clear();
        match self.weights {
            None => {}
            Some(Weights::Floats(weights)) => parts.extend(weights.get(rows).unwrap_or(&[]).iter().map(|weight| of.of(*weight))),
            Some(Weights::Whole(weights)) => {
                parts.extend(weights.get(rows).unwrap_or(&[]).iter().map(|weight| i128::from((*weight).max(0))));
            }
        }
    }
}

impl Sums {
    pub(super) fn new(codes: usize, groups: &Groups<'_>, of: Parts) -> Self {
        let cells = groups.groups().saturating_mul(codes);
        Self {
            codes,
            counts: vec![0; cells],
            parts: if groups.weights.is_some() { vec![0; cells] } else { Vec::new() },
            of,
        }
    }

    pub(super) fn add(&mut self, codes: &[u8], numbers: &[u32], parts: &[i128]) {
        let place = |code: u8, number: u32| {
            usize::try_from(number)
                .unwrap_or(usize::MAX)
                .saturating_mul(self.codes)
                .saturating_add(code.into())
        };
        let places = codes.iter().zip(numbers).map(|(code, number)| place(*code, *number));
        for place in places.clone() {
            if let Some(count) = self.counts.get_mut(place) {
                *count = count.saturating_add(1);
            }
        }
        for (place, weight) in places.zip(parts) {
            if let Some(sum) = self.parts.get_mut(place) {
                *sum = sum.saturating_add(*weight);
            }
        }
    }

    pub(super) fn join(&mut self, other: &Self) {
        for (sum, more) in self.counts.iter_mut().zip(&other.counts) {
            *sum = sum.saturating_add(*more);
        }
        for (sum, more) in self.parts.iter_mut().zip(&other.parts) {
            *sum = sum.saturating_add(*more);
        }
    }

    pub(super) fn tally(self) -> Tally {
        Tally {
            codes: self.codes,
            counts: self.counts,
            weights: self.parts.into_iter().map(|parts| self.of.sum(parts)).collect(),
        }
    }
}
