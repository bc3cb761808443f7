//! Fiscal years of the Thai state.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Date, DateError};

/// A fiscal year, numbered by the Buddhist era: FY2567 ran from 1 October 2023 to 30 September 2024.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FiscalYear {
    number: u16,
    first: Date,
    last: Date,
}

impl FiscalYear {
    /// The fiscal year of that number of the Buddhist era.
    ///
    /// # Errors
    /// [`DateError::Impossible`] where the number looks like a year of the common era or is not from 2400 to 2743.
    ///
    /// # Example
    /// ```
    /// use sitthi::FiscalYear;
    /// let year = FiscalYear::new(2567)?;
    /// assert_eq!((year.first_day().to_string(), year.last_day().to_string()), ("2023-10-01".into(), "2024-09-30".into()));
    /// assert!(FiscalYear::new(2024).is_err());
    /// # Ok::<(), sitthi::DateError>(())
    /// ```
    pub fn new(number: u16) -> Result<Self, DateError> {
        let impossible = |reason| DateError::Impossible {
            text: number.to_string(),
            reason,
        };
        if number < 2400 {
            let buddhist = number.saturating_add(543);
            return Err(impossible(format!(
                "a fiscal year of the Buddhist era was expected; if {number} is of the common era, it is {buddhist}"
            )));
        }
        if number > 2743 {
            return Err(impossible("a fiscal year from 2400 to 2743 was expected".to_owned()));
        }
        let year = i32::from(number).saturating_sub(543);
        Ok(Self {
            number,
            first: Date::new(year.saturating_sub(1), 10, 1)?,
            last: Date::new(year, 9, 30)?,
        })
    }

    /// The fiscal year in which a day lies.
    ///
    /// # Errors
    /// As for [`FiscalYear::new`], for days before 1 October 1856 and after 30 September 2200.
    pub fn of(date: Date) -> Result<Self, DateError> {
        let year = date.year().saturating_add(if date.month_number() >= 10 { 544 } else { 543 });
        let reason = "a day of the fiscal years from 2400 to 2743 was expected";
        let number = u16::try_from(year).ok().and_then(|number| Self::new(number).ok());
        number.ok_or_else(|| DateError::Impossible {
            text: date.to_string(),
            reason: reason.to_owned(),
        })
    }

    /// Reads `FY2567` or `2567`.
    ///
    /// # Errors
    /// [`DateError::Form`] where the text has another form, otherwise as for [`FiscalYear::new`].
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let digits = text.strip_prefix("FY").unwrap_or(text);
        let number = digits
            .parse()
            .ok()
            .filter(|_| digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit()));
        let form = || DateError::Form {
            text: text.to_owned(),
            expected: "a fiscal year such as `FY2567`",
        };
        Self::new(number.ok_or_else(form)?).map_err(|error| match error {
            DateError::Impossible { reason, .. } => DateError::Impossible {
                text: text.to_owned(),
                reason,
            },
            error => error,
        })
    }

    /// Its number, of the Buddhist era.
    #[must_use]
    pub const fn number(self) -> u16 {
        self.number
    }

    /// Its first day, a 1 October.
    #[must_use]
    pub const fn first_day(self) -> Date {
        self.first
    }

    /// Its last day, a 30 September.
    #[must_use]
    pub const fn last_day(self) -> Date {
        self.last
    }
}

impl fmt::Display for FiscalYear {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "FY{}", self.number)
    }
}

impl fmt::Debug for FiscalYear {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl std::str::FromStr for FiscalYear {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl Serialize for FiscalYear {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u16(self.number)
    }
}

impl<'de> Deserialize<'de> for FiscalYear {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(u16::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::{Date, FiscalYear};

    fn of(text: &str) -> String {
        FiscalYear::of(Date::parse(text).unwrap()).map_or_else(|error| error.to_string(), |year| year.to_string())
    }

    #[test]
    fn it_begins_in_october_of_the_year_before() {
        assert_eq!(of("2023-09-30"), "FY2566");
        assert_eq!(of("2023-10-01"), "FY2567");
        assert_eq!(of("2024-01-01"), "FY2567");
        assert_eq!(of("2024-09-30"), "FY2567");
        assert!(of("2200-10-01").starts_with("`2200-10-01` cannot be"));
        assert!(of("1856-09-30").starts_with("`1856-09-30` cannot be"));
        assert_eq!((of("1856-10-01"), of("2200-09-30")), ("FY2400".into(), "FY2743".into()));
    }

    #[test]
    fn a_year_of_the_common_era_is_refused_with_the_other() {
        let error = FiscalYear::parse("FY2024").unwrap_err().to_string();
        assert_eq!(
            error,
            "`FY2024` cannot be: a fiscal year of the Buddhist era was expected; if 2024 is of the common era, it is 2567"
        );
        assert!(FiscalYear::new(2744).is_err());
        assert!(FiscalYear::new(u16::MAX).is_err());
    }

    #[test]
    fn other_forms_are_refused() {
        for text in ["", "FY", "FY67", "67", "fy2567", "FY 2567", "+256", "FYFY2567", "25670", "2567-1"] {
            assert!(FiscalYear::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn in_data_it_is_a_number() {
        let year = FiscalYear::new(2567).unwrap();
        assert_eq!(serde_json::to_string(&year).unwrap(), "2567");
        assert_eq!(serde_json::from_str::<FiscalYear>("2567").unwrap(), year);
        assert!(serde_json::from_str::<FiscalYear>("2024").is_err());
        assert!(serde_json::from_str::<FiscalYear>("-1").is_err());
    }

    proptest! {
        #[test]
        fn text_comes_back(number in 2400..=2743_u16) {
            let year = FiscalYear::new(number).unwrap();
            prop_assert_eq!(FiscalYear::parse(&year.to_string()), Ok(year));
            prop_assert_eq!(FiscalYear::parse(&number.to_string()), Ok(year));
        }

        #[test]
        fn a_day_lies_in_its_year(days in -36_000..84_000_i32) {
            let date = Date::from_days(days).unwrap();
            let year = FiscalYear::of(date).unwrap();
            prop_assert!(year.first_day() <= date && date <= year.last_day());
        }
    }
}
