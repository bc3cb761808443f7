//! The identification number of a person.

use std::fmt;

/// What is wrong with an identification number; the number itself is never told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IdentityError {
    /// It holds something other than digits, spaces and dashes.
    #[error("the identification number holds something other than digits, spaces and dashes")]
    NotDigits,
    /// It has not thirteen digits.
    #[error("the identification number has not thirteen digits")]
    Length,
    /// Its check digit does not fit the others.
    #[error("the check digit of the identification number does not fit the others, look for a mistyped digit")]
    CheckDigit,
}

/// A person's identification number of thirteen digits, checked and never shown.
///
/// Any first digit is accepted: 0 is right for persons whose status is not in the civil register. Neither nationality nor the right to work
/// is to be read from a number, so that there is no way to.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct CitizenId([u8; 13]);

impl CitizenId {
    /// Reads thirteen digits, European or Thai, with or without dashes and spaces.
    ///
    /// # Errors
    /// [`IdentityError`] where they are not thirteen digits, or the check digit cannot be.
    ///
    /// # Example
    /// ```
    /// use sitthi::CitizenId;
    /// let number = CitizenId::parse("1-9999-00000-01-3")?;
    /// assert_eq!(number.to_string(), "x-xxxx-xxxxx-xx-x");
    /// assert!(CitizenId::parse("1-9999-00000-01-4").is_err());
    /// # Ok::<(), sitthi::IdentityError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, IdentityError> {
        let separator = |letter: &char| letter.is_whitespace() || matches!(letter, '-' | '\u{2010}'..='\u{2013}');
        let digits: Option<Vec<u8>> = text.chars().filter(|letter| !separator(letter)).map(digit).collect();
        let digits: [u8; 13] = digits
            .ok_or(IdentityError::NotDigits)?
            .try_into()
            .map_err(|_| IdentityError::Length)?;
        let [.., check] = digits;
        let weighted = digits
            .iter()
            .zip((2..=13_u32).rev())
            .map(|(digit, weight)| u32::from(*digit).saturating_mul(weight));
        let sum: u32 = weighted.sum();
        if 11_u32.saturating_sub(sum % 11) % 10 != u32::from(check) {
            return Err(IdentityError::CheckDigit);
        }
        Ok(Self(digits))
    }
}

fn digit(letter: char) -> Option<u8> {
    let european = match letter {
        '๐'..='๙' => ('๐'..='๙')
            .zip('0'..='9')
            .find(|(thai, _)| *thai == letter)
            .map_or(letter, |(_, digit)| digit),
        _ => letter,
    };
    european.to_digit(10).and_then(|digit| u8::try_from(digit).ok())
}

impl fmt::Display for CitizenId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("x-xxxx-xxxxx-xx-x")
    }
}

impl fmt::Debug for CitizenId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "CitizenId({self})")
    }
}

impl std::str::FromStr for CitizenId {
    type Err = IdentityError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::{CitizenId, IdentityError};

    /// Made up: no province has the code 99.
    const NUMBERS: [&str; 10] = [
        "1-9999-00000-01-3",
        "2-9999-00000-02-0",
        "3-9999-00000-03-6",
        "4-9999-00000-05-1",
        "5-9999-00000-05-9",
        "6-9999-50000-06-9",
        "7-9999-00000-07-1",
        "8-9999-00000-08-8",
        "0-0999-00000-09-9",
        "0-9999-89000-10-9",
    ];

    #[test]
    fn numbers_of_every_category_are_read() {
        for text in NUMBERS {
            assert!(CitizenId::parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn dashes_spaces_and_thai_digits_make_no_difference() {
        let number = CitizenId::parse("1999900000013").unwrap();
        for text in ["1-9999-00000-01-3", " 1 9999 00000 01 3 ", "๑-๙๙๙๙-๐๐๐๐๐-๐๑-๓", "1–9999–00000–01–3"]
        {
            assert_eq!(CitizenId::parse(text), Ok(number), "{text}");
        }
    }

    #[test]
    fn the_problem_is_named() {
        for (text, error) in [
            ("", IdentityError::Length),
            ("199990000001", IdentityError::Length),
            ("19999000000130", IdentityError::Length),
            ("1-9999-00000-01-x", IdentityError::NotDigits),
            ("1.9999.00000.01.3", IdentityError::NotDigits),
            ("1-9999-00000-01-4", IdentityError::CheckDigit),
        ] {
            assert_eq!(CitizenId::parse(text), Err(error), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_digit_is_ever_shown(text in "[0-9๐-๙x -]{0,20}|[0-9]{13}") {
            let shown = match CitizenId::parse(&text) {
                Ok(number) => format!("{number} {number:?} {number:#?}"),
                Err(error) => format!("{error} {error:?}"),
            };
            prop_assert!(!shown.chars().any(char::is_numeric));
        }

        #[test]
        fn one_check_digit_fits(digits in "[0-8][0-9]{11}") {
            let fitting = (0..10).filter(|check| CitizenId::parse(&format!("{digits}{check}")).is_ok());
            prop_assert_eq!(fitting.count(), 1);
        }

        #[test]
        fn thai_digits_mean_the_same(digits in "[0-9]{13}") {
            let thai = digits.chars().map(|digit| ('0'..='9').zip('๐'..='๙').find(|(european, _)| *european == digit).unwrap().1);
            prop_assert_eq!(CitizenId::parse(&thai.collect::<String>()), CitizenId::parse(&digits));
        }
    }
}
