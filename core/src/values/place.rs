//! Codes of provinces and districts.

use std::fmt;

use super::{serde_as_text, shown};

/// A place code that has not the form of one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a code of a {what}, expected text such as `{example}`")]
pub struct PlaceError {
    text: String,
    what: &'static str,
    example: &'static str,
}

impl PlaceError {
    /// What was expected.
    #[must_use]
    pub fn expected(&self) -> String {
        format!("a code of a {}, as text such as `{}`", self.what, self.example)
    }
}

macro_rules! place {
    ($(#[$about:meta])* $place:ident, $number:ty, $what:literal, $digits:literal, $example:literal, $range:expr) => {
        $(#[$about])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $place($number);

        impl $place {
            /// Reads the code; whether there is such a place is for the rulebook to say.
            ///
            /// # Errors
            /// [`PlaceError`] where the text has another number of digits or does not begin with a province.
            pub fn parse(text: &str) -> Result<Self, PlaceError> {
                let digits = text.len() == $digits && text.bytes().all(|byte| byte.is_ascii_digit());
                let number = if digits { text.parse::<$number>().ok() } else { None };
                let error = || PlaceError { text: shown(text), what: $what, example: $example };
                number.filter(|number| $range.contains(number)).map(Self).ok_or_else(error)
            }
        }

        impl fmt::Display for $place {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(formatter, "{:0width$}", self.0, width = $digits)
            }
        }

        impl fmt::Debug for $place {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, formatter)
            }
        }

        serde_as_text!($place, PlaceError);
    };
}

place!(
    /// The code of a province: two digits.
    Province, u8, "province", 2, "10", (10..=99_u8)
);
place!(
    /// The code of a district: four digits, the first two those of its province.
    District, u16, "district", 4, "1001", (1000..=9999_u16)
);

impl District {
    /// Its province.
    #[must_use]
    pub fn province(self) -> Province {
        Province(u8::try_from(self.0 / 100).unwrap_or(u8::MAX))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{District, Province};

    #[test]
    fn a_district_knows_its_province() {
        assert_eq!(District::parse("5603").unwrap().province(), Province::parse("56").unwrap());
    }

    #[test]
    fn other_forms_are_refused() {
        for text in ["5", "560", "ab", "๕๖", "05", " 56"] {
            assert!(Province::parse(text).is_err(), "{text}");
        }
        assert!(District::parse("560").is_err());
    }
}
