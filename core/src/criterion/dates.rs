//! Exact ages and month numbers of day numbers.

use crate::values::{Date, Month};

fn date(day: i64) -> Option<Date> {
    i32::try_from(day).ok().and_then(Date::from_days)
}

/// Twice the completed years between two days, plus one after the birthday: 120 on the 60th birthday, 121 from the next day.
///
/// Born on 29 February, a year is completed on 1 March where there is no such day (Civil and Commercial Code s. 193/5).
#[must_use]
pub fn age(of: i64, on: i64) -> i64 {
    let (Some(birth), Some(day)) = (date(of), date(on)) else {
        // An open end of either day is an open end of the age.
        return if of == i64::MAX || on == i64::MIN || (date(of).is_none() && of > 0) {
            i64::MIN
        } else {
            i64::MAX
        };
    };
    let years = i64::from(day.year()).saturating_sub(birth.year().into());
    let (birthday, today) = ((birth.month_number(), birth.day()), (day.month_number(), day.day()));
    // The 29th of February compares before the 1st of March, which is the birthday in common years.
    let twice = years.saturating_mul(2);
    match today.cmp(&birthday) {
        std::cmp::Ordering::Less => twice.saturating_sub(1),
        std::cmp::Ordering::Equal => twice,
        std::cmp::Ordering::Greater if birthday == (2, 29) && today == (3, 1) && !day.is_leap_year() => twice,
        std::cmp::Ordering::Greater => twice.saturating_add(1),
    }
}

/// The number of the month of a day, counted from year 0; open ends stay open.
#[must_use]
pub fn month_index(day: i64) -> i64 {
    date(day).map_or(day, |date| date.month().index().into())
}

/// The last day of the month of a day; open ends stay open.
#[must_use]
pub fn last_of_month(day: i64) -> i64 {
    date(day).map_or(day, |date| date.month().last_day().days().into())
}

/// The last day of the month of that number, counted from year 0; open ends stay open.
#[must_use]
pub fn last_of_month_index(index: i64) -> i64 {
    let month = i32::try_from(index).ok().and_then(Month::from_index);
    month.map_or(if index < 0 { i64::MIN } else { i64::MAX }, |month| month.last_day().days().into())
}

#[cfg(test)]
mod tests {
    use super::age;
    use crate::values::{Date, PartialDate};

    #[test]
    fn births_are_the_days_of_which_the_age_is_told() {
        let day = |text: &str| Date::parse(text).unwrap();
        for on in [
            "2023-02-28",
            "2023-03-01",
            "2024-02-28",
            "2024-02-29",
            "2024-03-01",
            "2026-07-15",
            "2026-12-31",
        ] {
            for years in [0_u32, 1, 3, 4, 18, 60, 99] {
                let births = PartialDate::from(day(on)).births(years).unwrap();
                let full = |birth: Date| age(birth.days().into(), day(on).days().into()).div_euclid(2);
                let before = births.first().add_days(-1).unwrap();
                assert_eq!(full(births.first()), i64::from(years), "{on} {years}: {births}");
                assert_eq!(full(births.last()), i64::from(years), "{on} {years}: {births}");
                assert_eq!(full(before), i64::from(years) + 1, "{on} {years}: {births}");
                if let Some(after) = births.last().add_days(1).filter(|after| *after <= day(on)) {
                    assert_eq!(full(after), i64::from(years) - 1, "{on} {years}: {births}");
                }
            }
        }
    }
}
