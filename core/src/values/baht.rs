//! Money.

use std::fmt;

use super::{serde_as_text, shown};

/// An amount of money that cannot be or cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MoneyError {
    /// The text is not an amount.
    #[error("`{0}` is not an amount of baht, expected text such as `875.00`")]
    Form(String),
    /// The amount is negative.
    #[error("`{0}` is negative, expected an amount of baht that is not")]
    Negative(String),
    /// The amount has parts of a satang.
    #[error("`{0}` has parts of a satang, expected at most two decimals")]
    PartOfSatang(String),
    /// The amount is too large to be.
    #[error("`{0}` is too large, expected less than a hundred trillion baht")]
    TooLarge(String),
}

impl MoneyError {
    /// What was expected.
    #[must_use]
    pub const fn expected(&self) -> &'static str {
        match self {
            Self::Form(_) => "an amount of baht such as `875.00`",
            Self::Negative(_) => "an amount of baht that is not negative",
            Self::PartOfSatang(_) => "an amount of baht with at most two decimals",
            Self::TooLarge(_) => "less than a hundred trillion baht",
        }
    }
}

/// How an amount is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// To whole baht, half a baht and more up (Social Security Act s. 46).
    BahtHalfUp,
    /// To whole baht, parts dropped.
    BahtDown,
    /// To whole satang, half a satang and more up.
    #[default]
    SatangHalfUp,
}

impl Rounding {
    /// Rounds a fraction of satang; a fraction of nothing is nothing.
    #[must_use]
    pub fn round(self, numerator: i128, denominator: i128) -> Option<i64> {
        let unit = if self == Self::SatangHalfUp { 1 } else { 100 };
        let whole = denominator.checked_mul(unit)?;
        let half = if self == Self::BahtDown { 0 } else { whole.checked_div(2)? };
        let units = numerator.checked_add(half)?.checked_div_euclid(whole)?;
        i64::try_from(units.checked_mul(unit)?).ok()
    }
}

/// An amount of Thai money, held in whole satang.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Baht(i64);

/// A hundred trillion baht: more than any wage, and far below what overflows.
const MOST: i64 = 10_000_000_000_000_000;

impl Baht {
    /// An amount in satang.
    #[must_use]
    pub const fn from_satang(satang: i64) -> Self {
        Self(satang)
    }

    /// The amount in satang.
    #[must_use]
    pub const fn satang(self) -> i64 {
        self.0
    }

    /// An amount in whole baht.
    ///
    /// # Errors
    /// [`MoneyError::Negative`] below zero, [`MoneyError::TooLarge`] from a hundred trillion baht.
    pub fn from_whole(baht: i64) -> Result<Self, MoneyError> {
        if baht < 0 {
            return Err(MoneyError::Negative(shown(&baht.to_string())));
        }
        let satang = baht.checked_mul(100).filter(|satang| *satang < MOST);
        satang.map(Self).ok_or_else(|| MoneyError::TooLarge(shown(&baht.to_string())))
    }

    /// An amount from a float that is exact to the satang.
    ///
    /// # Errors
    /// [`MoneyError::PartOfSatang`] where it is not, otherwise as for [`Baht::from_whole`].
    pub fn from_f64(baht: f64) -> Result<Self, MoneyError> {
        // The shortest text that means this float decides: 0.29 is 29 satang although it is not exact in binary.
        let number = serde_json::Number::from_f64(baht).ok_or_else(|| MoneyError::Form("not a number".to_owned()))?;
        let text = number.to_string();
        // Very large and very small numbers are written with an exponent.
        if !text.contains('e') {
            Self::parse(&text)
        } else if baht.abs() >= 1.0 {
            Err(MoneyError::TooLarge(text))
        } else {
            Err(MoneyError::PartOfSatang(text))
        }
    }

    /// Reads `875`, `875.5` or `875.00`.
    ///
    /// # Errors
    /// [`MoneyError`] where the text is no amount, is negative, has parts of a satang or is too large.
    ///
    /// # Example
    /// ```
    /// use sitthi::Baht;
    /// assert_eq!(Baht::parse("875.5")?.to_string(), "875.50");
    /// assert!(Baht::parse("1,000").is_err());
    /// # Ok::<(), sitthi::MoneyError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, MoneyError> {
        let form = || MoneyError::Form(shown(text));
        if let Some(rest) = text.strip_prefix('-').filter(|rest| !rest.starts_with('-')) {
            return Err(match Self::parse(rest) {
                Ok(baht) if baht.0 > 0 => MoneyError::Negative(shown(text)),
                _ => form(),
            });
        }
        let (whole, part) = text.split_once('.').map_or((text, None), |(whole, part)| (whole, Some(part)));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !part.is_none_or(digits) {
            return Err(form());
        }
        let part = part.unwrap_or("");
        if part.trim_end_matches('0').len() > 2 {
            return Err(MoneyError::PartOfSatang(shown(text)));
        }
        let satang: String = part.chars().chain("00".chars()).take(2).collect();
        let too_large = || MoneyError::TooLarge(shown(text));
        let whole = whole.parse::<i64>().map_err(|_| too_large())?;
        let satang = satang.parse::<i64>().map_err(|_| form())?;
        let total = whole
            .checked_mul(100)
            .and_then(|whole| whole.checked_add(satang))
            .filter(|total| *total < MOST);
        total.map(Self).ok_or_else(too_large)
    }
}

impl fmt::Display for Baht {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let satang = self.0.unsigned_abs();
        write!(formatter, "{sign}{}.{:02}", satang / 100, satang % 100)
    }
}

impl fmt::Debug for Baht {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

serde_as_text!(Baht, MoneyError);

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::{Baht, MoneyError, Rounding};

    #[test]
    fn parts_of_a_satang_are_refused() {
        assert_eq!(Baht::parse("1.005"), Err(MoneyError::PartOfSatang("1.005".into())));
        assert_eq!(Baht::parse("1.500").unwrap().satang(), 150);
        assert_eq!(Baht::from_f64(0.29).unwrap().satang(), 29);
        assert!(matches!(Baht::from_f64(0.1 + 0.2), Err(MoneyError::PartOfSatang(_))));
        assert!(matches!(Baht::from_f64(f64::NAN), Err(MoneyError::Form(_))));
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", ".", "1.", ".5", "1e3", "1,000", "฿5", "--1", "9999999999999999999999"] {
            assert!(Baht::parse(text).is_err(), "{text}");
        }
        assert_eq!(Baht::parse("-5"), Err(MoneyError::Negative("-5".into())));
        assert_eq!(Baht::from_whole(-5), Err(MoneyError::Negative("-5".into())));
    }

    #[test]
    fn section_46_rounds_half_a_baht_up() {
        assert_eq!(Rounding::BahtHalfUp.round(8_250, 1), Some(8_300));
        assert_eq!(Rounding::BahtHalfUp.round(8_249, 1), Some(8_200));
        assert_eq!(Rounding::BahtDown.round(8_299, 1), Some(8_200));
        assert_eq!(Rounding::SatangHalfUp.round(5, 2), Some(3));
        assert_eq!(Rounding::SatangHalfUp.round(5, 0), None);
    }

    proptest! {
        #[test]
        fn text_comes_back(satang in 0_i64..1_000_000_000_000) {
            let baht = Baht::from_satang(satang);
            prop_assert_eq!(Baht::parse(&baht.to_string()), Ok(baht));
        }

        #[test]
        fn no_text_panics(text in ".*") {
            let _ = Baht::parse(&text);
        }
    }
}
