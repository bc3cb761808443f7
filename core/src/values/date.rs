//! Civil days and months of the common era.

use std::fmt;

use chrono::{Datelike, NaiveDate};

use super::{serde_as_text, shown, thai};

/// A day that cannot be or cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DateError {
    /// The text has not the form of a day.
    #[error("`{text}` is not a day, expected {expected}")]
    Form {
        /// The text as given.
        text: String,
        /// The form that was expected.
        expected: &'static str,
    },
    /// There is no such day.
    #[error("`{text}` cannot be: {reason}")]
    Impossible {
        /// The text as given.
        text: String,
        /// Why not, and what was expected.
        reason: String,
    },
}

impl DateError {
    /// The same error of the text as it was given.
    pub(super) fn of(self, text: &str) -> Self {
        let text = shown(text);
        match self {
            Self::Form { expected, .. } => Self::Form { text, expected },
            Self::Impossible { reason, .. } => Self::Impossible { text, reason },
        }
    }

    /// The text as given.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Form { text, .. } | Self::Impossible { text, .. } => text,
        }
    }

    /// What was expected.
    #[must_use]
    pub const fn expected(&self) -> &'static str {
        match self {
            Self::Form { expected, .. } => expected,
            Self::Impossible { .. } => "a day, month or year that there is, such as `2026-11-22`, `2026-11`, `2026` or `22 พฤศจิกายน 2569`",
        }
    }
}

/// The years that are read: lives and laws of today, and the years in which they may still matter.
const YEARS: std::ops::RangeInclusive<i32> = 1850..=2200;

const EPOCH: i32 = 719_163;

/// A civil day of the common era, from 1850 to 2200.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

impl Date {
    /// The day of that year, month and day of the month.
    ///
    /// # Errors
    /// [`DateError::Impossible`] where there is no such day or the year is not from 1850 to 2200; a year that looks like one of the
    /// Buddhist era is named as such.
    ///
    /// # Example
    /// ```
    /// use sitthi::Date;
    /// assert_eq!(Date::new(2026, 11, 24)?.to_string(), "2026-11-24");
    /// assert!(Date::new(2019, 2, 29).is_err());
    /// # Ok::<(), sitthi::DateError>(())
    /// ```
    pub fn new(year: i32, month: u32, day: u32) -> Result<Self, DateError> {
        let text = || format!("{year:04}-{month:02}-{day:02}");
        if !YEARS.contains(&year) {
            return Err(DateError::Impossible {
                text: text(),
                reason: no_common_year(year, Some(month), Some(day)),
            });
        }
        let date = NaiveDate::from_ymd_opt(year, month, day);
        date.map(Self).ok_or_else(|| DateError::Impossible {
            text: text(),
            reason: "there is no such day".to_owned(),
        })
    }

    /// Reads `2026-11-24`.
    ///
    /// # Errors
    /// [`DateError::Form`] where the text has another form, otherwise as for [`Date::new`].
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let form = || DateError::Form {
            text: shown(text),
            expected: "a day such as `2026-11-24`",
        };
        let mut parts = text.split('-');
        let (Some(year), Some(month), Some(day), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
            return Err(form());
        };
        let number = |part: &str, digits: usize| {
            (part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| part.parse::<u32>().ok())
                .flatten()
        };
        match (number(year, 4), number(month, 2), number(day, 2)) {
            (Some(year), Some(month), Some(day)) => Self::new(i32::try_from(year).unwrap_or(i32::MAX), month, day),
            _ => Err(form()),
        }
    }

    /// The day of that number, counted from 1970-01-01.
    #[must_use]
    pub fn from_days(days: i32) -> Option<Self> {
        let date = NaiveDate::from_num_days_from_ce_opt(days.checked_add(EPOCH)?)?;
        YEARS.contains(&date.year()).then_some(Self(date))
    }

    /// The day of that number as the calendar writes it, also where it is none that is read; nothing beyond the calendar.
    pub(crate) fn shown_of_days(days: i32) -> Option<String> {
        let date = NaiveDate::from_num_days_from_ce_opt(days.checked_add(EPOCH)?)?;
        Some(format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day()))
    }

    /// Why the day of that number is none that is read; a year that looks like one of the Buddhist era is named as such.
    pub(crate) fn no_day_of_days(days: i32) -> DateError {
        let date = days.checked_add(EPOCH).and_then(NaiveDate::from_num_days_from_ce_opt);
        let error = date.and_then(|date| Self::new(date.year(), date.month(), date.day()).err());
        error.unwrap_or_else(|| DateError::Impossible {
            text: format!("day {days} from 1970-01-01"),
            reason: format!("a year from {} to {} was expected", YEARS.start(), YEARS.end()),
        })
    }

    /// The number of the day, counted from 1970-01-01.
    #[must_use]
    pub fn days(self) -> i32 {
        self.0.num_days_from_ce().saturating_sub(EPOCH)
    }

    /// The year of the common era.
    #[must_use]
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month_number(self) -> u32 {
        self.0.month()
    }

    /// The day of the month, from 1.
    #[must_use]
    pub fn day(self) -> u32 {
        self.0.day()
    }

    /// The month.
    #[must_use]
    pub fn month(self) -> Month {
        Month(self.0.year().saturating_mul(12).saturating_add_unsigned(self.0.month0()))
    }

    /// Whether its year has a 29 February.
    #[must_use]
    pub fn is_leap_year(self) -> bool {
        self.0.leap_year()
    }

    /// Whether it is a Saturday or a Sunday.
    #[must_use]
    pub fn is_weekend(self) -> bool {
        self.0.weekday().num_days_from_monday() >= 5
    }

    /// The day that many days later (earlier where negative).
    #[must_use]
    pub fn add_days(self, days: i32) -> Option<Self> {
        Self::from_days(self.days().checked_add(days)?)
    }

    /// The same day of the month that many months later, or the last day of that month where it has no such day.
    #[must_use]
    pub fn add_months(self, months: i32) -> Option<Self> {
        let month = Month::from_index(self.month().index().checked_add(months)?)?;
        let last = month.last_day();
        Self::new(last.year(), last.month_number(), self.day().min(last.day())).ok()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

serde_as_text!(Date, DateError);

/// Why a year is none of the common era that is read, and which it is if it is of the Buddhist era.
fn no_common_year(year: i32, month: Option<u32>, day: Option<u32>) -> String {
    match thai::if_buddhist(year, month, day) {
        Some(date) => format!("a year of the common era was expected; if {year} is of the Buddhist era, it is {date}"),
        None => format!("a year from {} to {} was expected", YEARS.start(), YEARS.end()),
    }
}

/// Why no year of that text is read.
pub(super) fn no_year(year: &str) -> Option<String> {
    let year: i32 = year.parse().ok()?;
    (!YEARS.contains(&year)).then(|| no_common_year(year, None, None))
}

/// A month of a year of the common era.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32);

impl Month {
    /// Reads `2026-03`.
    ///
    /// # Errors
    /// As for [`Date::parse`].
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let form = |_| DateError::Form {
            text: shown(text),
            expected: "a month such as `2026-03`",
        };
        match Date::parse(&format!("{text}-01")) {
            Ok(date) => Ok(date.month()),
            Err(DateError::Impossible { reason, .. }) => {
                let parts = text
                    .split_once('-')
                    .and_then(|(year, month)| Some((year.parse().ok()?, month.parse().ok()?)));
                let reason = match parts {
                    Some((year, month)) if !YEARS.contains(&year) => no_common_year(year, Some(month), None),
                    _ => reason,
                };
                Err(DateError::Impossible { text: shown(text), reason })
            }
            Err(error) => Err(form(error)),
        }
    }

    /// Twelve times the year, plus the months of the year before this one.
    #[must_use]
    pub fn index(self) -> i32 {
        self.0
    }

    /// The month of that index.
    #[must_use]
    pub fn from_index(index: i32) -> Option<Self> {
        YEARS.contains(&index.div_euclid(12)).then_some(Self(index))
    }

    fn parts(self) -> (i32, u32) {
        (self.0.div_euclid(12), self.0.rem_euclid(12).unsigned_abs().saturating_add(1))
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> Date {
        let (year, month) = self.parts();
        Date(NaiveDate::from_ymd_opt(year, month, 1).unwrap_or_default())
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(self) -> Date {
        let (year, month) = self.parts();
        let days = [31, 30, 29, 28].into_iter();
        Date(
            days.filter_map(|day| NaiveDate::from_ymd_opt(year, month, day))
                .next()
                .unwrap_or_default(),
        )
    }
}

impl fmt::Display for Month {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = self.parts();
        write!(formatter, "{year:04}-{month:02}")
    }
}

impl fmt::Debug for Month {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

serde_as_text!(Month, DateError);

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Date, Month};

    #[test]
    fn a_day_that_is_not_there_is_refused() {
        assert_eq!(
            Date::parse("2019-02-29").unwrap_err().to_string(),
            "`2019-02-29` cannot be: there is no such day"
        );
        assert!(Date::parse("2026-2-3").is_err());
        assert!(Date::parse("tomorrow").is_err());
        let buddhist = Date::parse("2569-11-22").unwrap_err().to_string();
        assert!(buddhist.contains("2026"), "{buddhist}");
    }

    #[test]
    fn days_are_counted_from_1970() {
        let day = Date::parse("1970-01-02").unwrap();
        assert_eq!(day.days(), 1);
        assert_eq!(Date::from_days(1), Some(day));
        assert_eq!(day.add_days(-2).unwrap().to_string(), "1969-12-31");
    }

    #[test]
    fn a_month_later_keeps_the_day_or_takes_the_last() {
        let day = Date::parse("2025-08-31").unwrap();
        assert_eq!(day.add_months(6).unwrap().to_string(), "2026-02-28");
        assert_eq!(day.add_months(-1).unwrap().to_string(), "2025-07-31");
    }

    #[test]
    fn a_month_knows_its_days() {
        let month = Month::parse("2024-02").unwrap();
        assert_eq!(
            (month.first_day().to_string(), month.last_day().to_string()),
            ("2024-02-01".into(), "2024-02-29".into())
        );
        assert_eq!(month.to_string(), "2024-02");
        assert!(Month::parse("2024-13").is_err());
    }
}
