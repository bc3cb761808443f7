//! Lengths of time and how the Civil and Commercial Code counts them.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::date::Date;
use super::serde_as_text;

/// The unit of a length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LengthUnit {
    /// Calendar days.
    Days,
    /// Days on which government offices are open.
    WorkingDays,
    /// Calendar months.
    Months,
    /// Years.
    Years,
    /// Hours; the last day is the day on which they end.
    Hours,
}

/// A length of time, such as six months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Length {
    /// How many.
    pub number: u16,
    /// Of what.
    pub unit: LengthUnit,
}

/// A text that is no length of time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a length of time, expected text such as `60 days`, `15 working days`, `6 months`, `1 year` or `24 hours`")]
pub struct LengthError(String);

impl Length {
    /// Reads `60 days`, `15 working days`, `6 months`, `1 year` or `24 hours`.
    ///
    /// # Errors
    /// [`LengthError`] where the text has another form.
    pub fn parse(text: &str) -> Result<Self, LengthError> {
        let error = || LengthError(text.to_owned());
        let (number, unit) = text.split_once(' ').ok_or_else(error)?;
        let number = if number.bytes().all(|byte| byte.is_ascii_digit()) {
            number.parse().map_err(|_| error())?
        } else {
            return Err(error());
        };
        let unit = match unit {
            "day" | "days" => LengthUnit::Days,
            "working day" | "working days" => LengthUnit::WorkingDays,
            "month" | "months" => LengthUnit::Months,
            "year" | "years" => LengthUnit::Years,
            "hour" | "hours" => LengthUnit::Hours,
            _ => return Err(error()),
        };
        Ok(Self { number, unit })
    }

    /// The last day of the length, by the calendar and not yet moved past closing days.
    ///
    /// The day of the event is not counted (Civil and Commercial Code s. 193/3) unless the length begins at the start of a day that counts.
    /// Months and years end on the day before the corresponding day (s. 193/5): counted from 15 January with that day excluded, six months end on
    /// 15 July; a month without the corresponding day ends on its last day. Working days need a calendar.
    #[must_use]
    pub fn end(&self, from: Date, first_day_counts: bool, calendar: Option<&Calendar>) -> Option<Date> {
        let number = i32::from(self.number);
        let first = if first_day_counts { from } else { from.add_days(1)? };
        match self.unit {
            LengthUnit::Days => first.add_days(number.checked_sub(1)?),
            LengthUnit::Months => before_corresponding(first, number),
            LengthUnit::Years => before_corresponding(first, number.checked_mul(12)?),
            // Hours run from the hour of the event, which is not known: the last day is the latest on which they can end.
            LengthUnit::Hours => from.add_days(number.checked_add(23)?.checked_div(24)?),
            LengthUnit::WorkingDays => calendar?.working_day(first, self.number),
        }
    }
}

fn before_corresponding(first: Date, months: i32) -> Option<Date> {
    let month = super::Month::from_index(first.month().index().checked_add(months)?)?;
    let last = month.last_day();
    if first.day() > last.day() {
        return Some(last);
    }
    Date::new(last.year(), last.month_number(), first.day()).ok()?.add_days(-1)
}

impl fmt::Display for Length {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            LengthUnit::Days => "day",
            LengthUnit::WorkingDays => "working day",
            LengthUnit::Months => "month",
            LengthUnit::Years => "year",
            LengthUnit::Hours => "hour",
        };
        write!(formatter, "{} {unit}{}", self.number, if self.number == 1 { "" } else { "s" })
    }
}

serde_as_text!(Length, LengthError);

/// A day moved past closing days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rolled {
    /// The day.
    Known(Date),
    /// The holidays of that time are not known.
    NotKnown,
}

/// The closing days of government offices, as far as they are known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// Holidays, sorted; weekends need not be among them.
    holidays: Vec<i32>,
    first: i32,
    last: i32,
    longest_run: i64,
}

impl Calendar {
    /// A calendar of these holidays, which knows every holiday from the first to the last day.
    #[must_use]
    pub fn new(holidays: impl IntoIterator<Item = Date>, first: Date, last: Date) -> Self {
        let mut holidays: Vec<i32> = holidays.into_iter().map(Date::days).collect();
        holidays.sort_unstable();
        holidays.dedup();
        let mut calendar = Self {
            holidays,
            first: first.days(),
            last: last.days(),
            longest_run: 0,
        };
        let mut run = 0_i64;
        for day in (calendar.first..=calendar.last).filter_map(Date::from_days) {
            run = if calendar.is_closed(day) { run.saturating_add(1) } else { 0 };
            calendar.longest_run = calendar.longest_run.max(run);
        }
        calendar
    }

    /// The first and the last day for which it knows the holidays.
    #[must_use]
    pub fn reach(&self) -> (Option<Date>, Option<Date>) {
        (Date::from_days(self.first), Date::from_days(self.last))
    }

    fn knows(&self, day: Date) -> bool {
        (self.first..=self.last).contains(&day.days())
    }

    fn is_closed(&self, day: Date) -> bool {
        day.is_weekend() || self.holidays.binary_search(&day.days()).is_ok()
    }

    /// The day itself, or the next day on which offices are open (Civil and Commercial Code s. 193/8).
    #[must_use]
    pub fn roll(&self, day: Date) -> Rolled {
        let mut day = day;
        loop {
            if !self.knows(day) {
                return Rolled::NotKnown;
            }
            if !self.is_closed(day) {
                return Rolled::Known(day);
            }
            match day.add_days(1) {
                Some(next) => day = next,
                None => return Rolled::NotKnown,
            }
        }
    }

    /// The longest run of closing days that it has seen.
    #[must_use]
    pub const fn longest_run(&self) -> i64 {
        self.longest_run
    }

    /// The working day of that number, the first day counted where it is one.
    fn working_day(&self, first: Date, number: u16) -> Option<Date> {
        let (mut day, mut left) = (first, number);
        loop {
            if !self.knows(day) {
                return None;
            }
            if !self.is_closed(day) {
                left = left.checked_sub(1)?;
                if left == 0 {
                    return Some(day);
                }
            }
            day = day.add_days(1)?;
        }
    }

    /// The working days after one day number up to and with another; days whose holidays are not known count as working days but for weekends.
    #[must_use]
    pub fn working_days_between(&self, after: i64, last: i64) -> i64 {
        // Beyond a thousand days nobody warns: such a span is only long.
        if last == i64::MAX || last.saturating_sub(after) > 1000 {
            return last.saturating_sub(after);
        }
        let days = (after.saturating_add(1)..=last).filter_map(|day| i32::try_from(day).ok().and_then(Date::from_days));
        i64::try_from(days.filter(|day| !self.is_closed(*day)).count()).unwrap_or(i64::MAX)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Calendar, Length, Rolled};
    use crate::values::Date;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn end(from: &str, length: &str) -> String {
        Length::parse(length).unwrap().end(day(from), false, None).unwrap().to_string()
    }

    #[test]
    fn months_end_on_the_day_before_the_corresponding_day() {
        assert_eq!(end("2026-01-15", "6 months"), "2026-07-15");
        assert_eq!(end("2025-08-30", "6 months"), "2026-02-28");
        assert_eq!(end("2025-08-31", "6 months"), "2026-02-28");
        assert_eq!(end("2023-11-20", "2 years"), "2025-11-20");
        assert_eq!(end("2017-10-12", "60 days"), "2017-12-11");
        assert_eq!(end("2026-01-15", "24 hours"), "2026-01-16");
    }

    #[test]
    fn a_period_that_begins_at_the_start_of_a_day_counts_it() {
        let year = Length::parse("1 year").unwrap();
        assert_eq!(year.end(day("2018-04-20"), true, None).unwrap().to_string(), "2019-04-19");
    }

    #[test]
    fn the_last_day_moves_past_closing_days_as_far_as_they_are_known() {
        let calendar = Calendar::new([day("2026-03-03")], day("2026-01-01"), day("2026-12-31"));
        assert_eq!(calendar.roll(day("2026-02-28")), Rolled::Known(day("2026-03-02")));
        assert_eq!(calendar.roll(day("2026-03-03")), Rolled::Known(day("2026-03-04")));
        assert_eq!(calendar.roll(day("2027-01-04")), Rolled::NotKnown);
    }

    #[test]
    fn working_days_leave_out_closing_days() {
        let calendar = Calendar::new([day("2026-03-03")], day("2026-01-01"), day("2026-12-31"));
        let length = Length::parse("3 working days").unwrap();
        assert_eq!(length.end(day("2026-02-27"), false, Some(&calendar)).unwrap(), day("2026-03-05"));
        assert_eq!(
            calendar.working_days_between(day("2026-02-27").days().into(), day("2026-03-05").days().into()),
            3
        );
    }

    #[test]
    fn other_texts_are_no_lengths() {
        for text in ["", "6", "six months", "-6 months", "6 weeks", "6  months"] {
            assert!(Length::parse(text).is_err(), "{text}");
        }
    }
}
