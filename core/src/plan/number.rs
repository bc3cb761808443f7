//! Exact numbers: decimals as written, fractions to calculate with. No floats, no silent overflow.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// Why a number cannot be read or calculated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NumberError {
    /// The text is no decimal number.
    #[error("`{0}` is not a decimal number")]
    NotDecimal(String),
    /// The number has more digits than are kept (24 before, 12 after the point).
    #[error("the number is too large or too fine")]
    TooLarge,
    /// A division by zero.
    #[error("division by zero")]
    DivisionByZero,
}

const DIGITS: u32 = 24;
const PLACES: u32 = 12;

/// A decimal number, exact and without trailing zeros.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal {
    units: i128,
    places: u32,
}

impl Decimal {
    /// Zero.
    pub const ZERO: Self = Self { units: 0, places: 0 };

    fn canonical(mut units: i128, mut places: u32) -> Self {
        while places > 0 && units.checked_rem(10) == Some(0) {
            units = units.checked_div(10).unwrap_or(units);
            places = places.saturating_sub(1);
        }
        Self { units, places }
    }

    /// Whether it has no decimals.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        self.places == 0
    }

    /// The place of its last digit that is not zero: 100,000 of 1,200,000, 0.1 of 53.4; nothing of zero.
    #[must_use]
    pub fn last_place(self) -> Option<Self> {
        if self.units == 0 {
            return None;
        }
        let (mut units, mut place) = (self.units, 1_i128);
        while self.places == 0 && units.checked_rem(10) == Some(0) {
            units = units.checked_div(10)?;
            place = place.checked_mul(10)?;
        }
        Some(Self {
            units: place,
            places: self.places,
        })
    }

    /// The lowest and the highest that a value printed to `precision` may be.
    ///
    /// # Errors
    /// The numbers are too large.
    pub fn printed_to(self, precision: Self) -> Result<[Self; 2], NumberError> {
        let half = precision.exact().over(Ratio::whole(2))?;
        Ok([self.exact().minus(half)?.to_decimal()?, self.exact().plus(half)?.to_decimal()?])
    }

    /// The number as a fraction.
    #[must_use]
    pub fn exact(self) -> Ratio {
        // The places are at most twelve, so the power is there.
        Ratio::new(self.units, 10_i128.checked_pow(self.places).unwrap_or(1)).unwrap_or(Ratio::ZERO)
    }
}

impl From<i64> for Decimal {
    fn from(number: i64) -> Self {
        Self {
            units: number.into(),
            places: 0,
        }
    }
}

impl FromStr for Decimal {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        let fault = || NumberError::NotDecimal(text.to_owned());
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, fraction) = match digits.split_once('.') {
            Some((_, "")) => return Err(fault()),
            Some(parts) => parts,
            None => (digits, ""),
        };
        if whole.is_empty() || !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
            return Err(fault());
        }
        let fraction = fraction.trim_end_matches('0');
        let places = u32::try_from(fraction.len()).map_err(|_| NumberError::TooLarge)?;
        if places > PLACES || u32::try_from(whole.trim_start_matches('0').len()).is_ok_and(|length| length > DIGITS) {
            return Err(NumberError::TooLarge);
        }
        let units: i128 = format!("{whole}{fraction}").parse().map_err(|_| NumberError::TooLarge)?;
        Ok(Self::canonical(
            if negative { units.checked_neg().unwrap_or(units) } else { units },
            places,
        ))
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        self.exact().cmp(&other.exact())
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.units.unsigned_abs().to_string();
        let places = usize::try_from(self.places).unwrap_or(0);
        let digits = format!("{digits:0>width$}", width = places.saturating_add(1));
        let (whole, fraction) = digits.split_at(digits.len().saturating_sub(places));
        let sign = if self.units < 0 { "-" } else { "" };
        if fraction.is_empty() {
            write!(formatter, "{sign}{whole}")
        } else {
            write!(formatter, "{sign}{whole}.{fraction}")
        }
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{self}")
    }
}

impl serde::Serialize for Decimal {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Decimal {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <String as serde::Deserialize>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A fraction in lowest terms, the denominator positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ratio {
    numerator: i128,
    denominator: i128,
}

fn common_divisor(left: i128, right: i128) -> i128 {
    let (mut left, mut right) = (left.checked_abs().unwrap_or(1), right.checked_abs().unwrap_or(1));
    while right != 0 {
        (left, right) = (right, left.checked_rem(right).unwrap_or(0));
    }
    left.max(1)
}

impl Ratio {
    /// Zero.
    pub const ZERO: Self = Self {
        numerator: 0,
        denominator: 1,
    };

    /// A fraction in lowest terms.
    ///
    /// # Errors
    /// The denominator is zero, or the numbers are too large.
    pub fn new(numerator: i128, denominator: i128) -> Result<Self, NumberError> {
        if denominator == 0 {
            return Err(NumberError::DivisionByZero);
        }
        let divisor = common_divisor(numerator, denominator);
        let divisor = if denominator < 0 {
            divisor.checked_neg().ok_or(NumberError::TooLarge)?
        } else {
            divisor
        };
        Ok(Self {
            numerator: numerator.checked_div(divisor).ok_or(NumberError::TooLarge)?,
            denominator: denominator.checked_div(divisor).ok_or(NumberError::TooLarge)?,
        })
    }

    /// A whole number.
    #[must_use]
    pub const fn whole(number: i64) -> Self {
        Self {
            numerator: number as i128,
            denominator: 1,
        }
    }

    /// The sum.
    ///
    /// # Errors
    /// The numbers are too large.
    pub fn plus(self, other: Self) -> Result<Self, NumberError> {
        let divisor = common_divisor(self.denominator, other.denominator);
        let right = other.denominator.checked_div(divisor);
        let left = self.denominator.checked_div(divisor);
        let sum = || {
            let first = self.numerator.checked_mul(right?)?;
            let second = other.numerator.checked_mul(left?)?;
            Some((first.checked_add(second)?, self.denominator.checked_mul(right?)?))
        };
        let (numerator, denominator) = sum().ok_or(NumberError::TooLarge)?;
        Self::new(numerator, denominator)
    }

    /// The difference.
    ///
    /// # Errors
    /// The numbers are too large.
    pub fn minus(self, other: Self) -> Result<Self, NumberError> {
        self.plus(Self {
            numerator: other.numerator.checked_neg().ok_or(NumberError::TooLarge)?,
            denominator: other.denominator,
        })
    }

    /// The product.
    ///
    /// # Errors
    /// The numbers are too large.
    pub fn times(self, other: Self) -> Result<Self, NumberError> {
        let first = Self::new(self.numerator, other.denominator)?;
        let second = Self::new(other.numerator, self.denominator)?;
        let numerator = first.numerator.checked_mul(second.numerator).ok_or(NumberError::TooLarge)?;
        Self::new(
            numerator,
            first.denominator.checked_mul(second.denominator).ok_or(NumberError::TooLarge)?,
        )
    }

    /// The quotient.
    ///
    /// # Errors
    /// The divisor is zero, or the numbers are too large.
    pub fn over(self, other: Self) -> Result<Self, NumberError> {
        self.times(Self::new(other.denominator, other.numerator)?)
    }

    /// The number with all the decimals that are kept.
    ///
    /// # Errors
    /// The number is too large.
    pub fn to_decimal(self) -> Result<Decimal, NumberError> {
        self.round(u8::try_from(PLACES).unwrap_or(u8::MAX))
    }

    /// The end of an interval as shown: as it is where one decimal more than `decimals` tells it, else rounded to `decimals`.
    ///
    /// # Errors
    /// The number is too large.
    pub fn end(self, decimals: u8) -> Result<Decimal, NumberError> {
        let finer = self.round(decimals.saturating_add(1))?;
        if finer.exact() == self { Ok(finer) } else { self.round(decimals) }
    }

    /// The number to so many decimals, half away from zero.
    ///
    /// # Errors
    /// The number is too large.
    pub fn round(self, decimals: u8) -> Result<Decimal, NumberError> {
        let places = u32::from(decimals).min(PLACES);
        let rounded = || {
            let scaled = self.numerator.checked_abs()?.checked_mul(10_i128.checked_pow(places)?)?;
            let whole = scaled.checked_div(self.denominator)?;
            let rest = scaled.checked_rem(self.denominator)?;
            let whole = if rest >= self.denominator.checked_sub(rest)? {
                whole.checked_add(1)?
            } else {
                whole
            };
            if self.numerator < 0 { whole.checked_neg() } else { Some(whole) }
        };
        Ok(Decimal::canonical(rounded().ok_or(NumberError::TooLarge)?, places))
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    /// Compares by whole parts and remainders, so that nothing can overflow.
    fn cmp(&self, other: &Self) -> Ordering {
        let (mut left, mut right) = (*self, *other);
        let mut turned = false;
        loop {
            let parts = |ratio: Self| {
                let whole = ratio.numerator.checked_div_euclid(ratio.denominator).unwrap_or(0);
                (whole, ratio.numerator.checked_rem_euclid(ratio.denominator).unwrap_or(0))
            };
            let ((left_whole, left_rest), (right_whole, right_rest)) = (parts(left), parts(right));
            let order = left_whole.cmp(&right_whole).then_with(|| match (left_rest, right_rest) {
                (0, 0) => Ordering::Equal,
                (0, _) => Ordering::Less,
                (_, 0) => Ordering::Greater,
                _ => Ordering::Equal,
            });
            if order != Ordering::Equal || left_rest == 0 || right_rest == 0 {
                return if turned { order.reverse() } else { order };
            }
            left = Self {
                numerator: left.denominator,
                denominator: left_rest,
            };
            right = Self {
                numerator: right.denominator,
                denominator: right_rest,
            };
            turned = !turned;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_and_writes_decimals() {
        for (text, shown) in [("54.30", "54.3"), ("-0.05", "-0.05"), ("007", "7"), ("0.0", "0"), ("100", "100")] {
            assert_eq!(text.parse::<Decimal>().unwrap().to_string(), shown);
        }
        for text in ["", ".", "1.", ".5", "1e3", "1,000", "+1", "๕", "--1", " 1", "0.0000000000001"] {
            assert!(text.parse::<Decimal>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_printed_number_is_an_interval_as_wide_as_its_last_place() {
        for (text, place, low, high) in [
            ("1200000", "100000", "1150000", "1250000"),
            ("15000000", "1000000", "14500000", "15500000"),
            ("20400000", "100000", "20350000", "20450000"),
            ("54.3", "0.1", "54.25", "54.35"),
            ("-70", "10", "-75", "-65"),
            ("7", "1", "6.5", "7.5"),
        ] {
            let number: Decimal = text.parse().unwrap();
            assert_eq!(number.last_place().unwrap().to_string(), place);
            let [least, most] = number.printed_to(number.last_place().unwrap()).unwrap();
            assert_eq!((least.to_string().as_str(), most.to_string().as_str()), (low, high));
        }
        assert_eq!(Decimal::ZERO.last_place(), None);
    }

    #[test]
    fn rounds_half_away_from_zero() {
        let shown = |numerator, denominator, decimals| Ratio::new(numerator, denominator).unwrap().round(decimals).unwrap().to_string();
        assert_eq!(shown(5, 2, 0), "3");
        assert_eq!(shown(-5, 2, 0), "-3");
        assert_eq!(shown(249, 100, 0), "2");
        assert_eq!(shown(2, 3, 4), "0.6667");
    }

    #[test]
    fn refuses_what_does_not_fit() {
        let large = Ratio::new(i128::MAX, 1).unwrap();
        assert_eq!(large.times(large), Err(NumberError::TooLarge));
        assert_eq!(large.plus(large), Err(NumberError::TooLarge));
        assert_eq!(large.over(Ratio::ZERO), Err(NumberError::DivisionByZero));
    }

    proptest! {
        #[test]
        fn order_is_that_of_cross_products(a in -1000_i64..1000, b in 1_i64..1000, c in -1000_i64..1000, d in 1_i64..1000) {
            let left = Ratio::new(a.into(), b.into()).unwrap();
            let right = Ratio::new(c.into(), d.into()).unwrap();
            prop_assert_eq!(left.cmp(&right), a.saturating_mul(d).cmp(&c.saturating_mul(b)));
        }

        #[test]
        fn text_and_back(units in any::<i32>(), places in 0_u32..6) {
            let number = Decimal::canonical(units.into(), places);
            prop_assert_eq!(number.to_string().parse::<Decimal>().unwrap(), number);
        }
    }
}
