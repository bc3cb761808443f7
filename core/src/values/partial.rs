//! Days known only in part.

use std::fmt;

use super::date::{self, Date, DateError, Month};
use super::{serde_as_text, shown};

/// A day known to lie somewhere from a first to a last day; a full date is one day.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PartialDate {
    first: Date,
    last: Date,
}

impl PartialDate {
    /// Somewhere from the first to the last day.
    ///
    /// # Errors
    /// [`DateError::Impossible`] where the last day stands before the first.
    pub fn new(first: Date, last: Date) -> Result<Self, DateError> {
        if last < first {
            let reason = "the last day stands before the first".to_owned();
            return Err(DateError::Impossible {
                text: format!("{first}/{last}"),
                reason,
            });
        }
        Ok(Self { first, last })
    }

    /// Reads `2026-03-15`, `2026-03`, `2026`, or two of these such as `2026-03/2026-05`.
    ///
    /// # Errors
    /// As for [`Date::parse`], and where the last day stands before the first.
    ///
    /// # Example
    /// ```
    /// use sitthi::PartialDate;
    /// let march = PartialDate::parse("2026-03")?;
    /// assert_eq!((march.first().to_string(), march.last().to_string()), ("2026-03-01".into(), "2026-03-31".into()));
    /// assert!(PartialDate::parse("2569").is_err());
    /// # Ok::<(), sitthi::DateError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, DateError> {
        match text.split_once('/') {
            Some((first, last)) => Self::new(part(first)?.first, part(last)?.last),
            None => part(text),
        }
    }

    /// The first day that it may be.
    #[must_use]
    pub fn first(self) -> Date {
        self.first
    }

    /// The last day that it may be.
    #[must_use]
    pub fn last(self) -> Date {
        self.last
    }

    /// The days on which whoever was that many full years old on some day of these may have been born.
    ///
    /// # Example
    /// ```
    /// use sitthi::PartialDate;
    /// let survey = PartialDate::parse("2026-07-15")?;
    /// let births = survey.births(42).unwrap();
    /// assert_eq!((births.first().to_string(), births.last().to_string()), ("1983-07-16".into(), "1984-07-15".into()));
    /// # Ok::<(), sitthi::DateError>(())
    /// ```
    #[must_use]
    pub fn births(self, age: u32) -> Option<Self> {
        let years_back = |day: Date, years: u32| day.add_months(i32::try_from(years).ok()?.checked_mul(-12)?);
        let first = years_back(self.first, age.checked_add(1)?)?.add_days(1)?;
        Self::new(first, years_back(self.last, age)?).ok()
    }

    /// The day, where it is known.
    #[must_use]
    pub fn exact(self) -> Option<Date> {
        (self.first == self.last).then_some(self.first)
    }
}

fn part(text: &str) -> Result<PartialDate, DateError> {
    let name = |error: DateError| match error {
        DateError::Form { .. } => DateError::Form {
            text: shown(text),
            expected: "a day such as `2026-11-24`, a month `2026-11` or a year `2026`",
        },
        DateError::Impossible { reason, .. } => DateError::Impossible { text: shown(text), reason },
    };
    let month = |text: &str| Month::parse(text).map_err(name);
    match text.split('-').count() {
        1 if text.len() == 4 && date::no_year(text).is_some() => Err(DateError::Impossible {
            text: shown(text),
            reason: date::no_year(text).unwrap_or_default(),
        }),
        1 => Ok(PartialDate {
            first: month(&format!("{text}-01"))?.first_day(),
            last: month(&format!("{text}-12"))?.last_day(),
        }),
        2 => month(text).map(|month| PartialDate {
            first: month.first_day(),
            last: month.last_day(),
        }),
        _ => Date::parse(text).map(PartialDate::from).map_err(name),
    }
}

impl From<Date> for PartialDate {
    fn from(day: Date) -> Self {
        Self { first: day, last: day }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, last) = (self.first, self.last);
        let whole_months = first.day() == 1 && last == last.month().last_day();
        if first == last {
            write!(formatter, "{first}")
        } else if whole_months && first.month_number() == 1 && last.month_number() == 12 && first.year() == last.year() {
            write!(formatter, "{:04}", first.year())
        } else if whole_months && first.month() == last.month() {
            write!(formatter, "{}", first.month())
        } else if whole_months {
            write!(formatter, "{}/{}", first.month(), last.month())
        } else {
            write!(formatter, "{first}/{last}")
        }
    }
}

impl fmt::Debug for PartialDate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

serde_as_text!(PartialDate, DateError);

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::PartialDate;

    #[test]
    fn the_shortest_form_comes_back() {
        for text in ["2026-03-15", "2026-03", "2026", "2026-03/2026-05", "2026-03-01/2026-03-20"] {
            assert_eq!(PartialDate::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(PartialDate::parse("2026-01/2026-12").unwrap().to_string(), "2026");
    }

    #[test]
    fn what_cannot_be_is_refused() {
        for text in ["2026-05/2026-03", "2026-02-30", "2569", "26", "", "2026-"] {
            assert!(PartialDate::parse(text).is_err(), "{text}");
        }
    }
}
