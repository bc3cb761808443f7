//! Periods: calendar and fiscal years of the Buddhist era, and their quarters and months.

use std::fmt;
use std::str::FromStr;

use super::year::YearKind;
use crate::values::Date;

/// Which part of its year a period is, written `Q3` or `M10`, and `A` for the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Part {
    /// The whole year.
    Whole,
    /// A quarter, 1 to 4, counted in its own kind of year.
    Quarter(u8),
    /// A calendar month, 1 to 12.
    Month(u8),
}

/// Why a period cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a period of the Buddhist era from 2484 to 2700, such as 2567, FY2567, 2567-Q3 or FY2567-M10")]
pub struct PeriodError(String);

/// A year, quarter or month, written `2567`, `FY2567`, `2567-Q3`, `FY2567-M10`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Period {
    kind: YearKind,
    year: i32,
    part: Part,
}

impl Period {
    /// A period, where the year (2484 to 2700, Buddhist era) and the part can be.
    #[must_use]
    pub fn new(kind: YearKind, year: i32, part: Part) -> Option<Self> {
        let fits = match part {
            Part::Whole => true,
            Part::Quarter(quarter) => (1..=4).contains(&quarter),
            Part::Month(month) => (1..=12).contains(&month),
        };
        // Before 2484 the Thai year began in April.
        (fits && (2484..=2700).contains(&year)).then_some(Self { kind, year, part })
    }

    /// The kind of its year.
    #[must_use]
    pub const fn kind(self) -> YearKind {
        self.kind
    }

    /// Its year of the Buddhist era.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.year
    }

    /// Its part of the year.
    #[must_use]
    pub const fn part(self) -> Part {
        self.part
    }

    /// The same part of another year.
    #[must_use]
    pub fn in_year(self, year: i32) -> Option<Self> {
        Self::new(self.kind, year, self.part)
    }

    /// Its first month, counted from January of the year 0 of the common era, and how many months it has.
    #[must_use]
    pub fn months(self) -> (i32, i32) {
        let january = self.year.saturating_sub(543).saturating_mul(12);
        let start = match self.kind {
            YearKind::Calendar => january,
            YearKind::Fiscal => january.saturating_sub(3),
        };
        match self.part {
            Part::Whole => (start, 12),
            Part::Quarter(quarter) => (start.saturating_add(i32::from(quarter).saturating_sub(1).saturating_mul(3)), 3),
            Part::Month(month) => {
                let of_january = january.saturating_add(i32::from(month).saturating_sub(1));
                (
                    if self.kind == YearKind::Fiscal && month >= 10 {
                        of_january.saturating_sub(12)
                    } else {
                        of_january
                    },
                    1,
                )
            }
        }
    }

    /// The month after its last, counted as in [`Period::months`].
    #[must_use]
    pub fn end(self) -> i32 {
        let (first, count) = self.months();
        first.saturating_add(count)
    }

    /// Whether it is made of the same months, as `2562-Q3` and `FY2562-Q4` are.
    #[must_use]
    pub fn is_same_time(self, other: Self) -> bool {
        self.months() == other.months()
    }

    /// Whether a day lies inside.
    #[must_use]
    pub fn contains_day(self, day: Date) -> bool {
        (self.months().0..self.end()).contains(&day.month().index())
    }

    /// Whether it lies inside another period and is shorter.
    #[must_use]
    pub fn is_part_of(self, whole: Self) -> bool {
        let ((start, count), (whole_start, whole_count)) = (self.months(), whole.months());
        count < whole_count && start >= whole_start && self.end() <= whole.end()
    }

    /// Whether a day lies before its last day.
    #[must_use]
    pub fn ends_after(self, day: Date) -> bool {
        let (month, last) = (day.month(), self.end().saturating_sub(1));
        month.index() < last || (month.index() == last && day != month.last_day())
    }
}

impl fmt::Display for Period {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.kind == YearKind::Fiscal {
            write!(formatter, "FY")?;
        }
        match self.part {
            Part::Whole => write!(formatter, "{}", self.year),
            Part::Quarter(quarter) => write!(formatter, "{}-Q{quarter}", self.year),
            Part::Month(month) => write!(formatter, "{}-M{month:02}", self.year),
        }
    }
}

/// Reads a part: `Q3` or `M10`.
#[must_use]
pub fn part(text: &str) -> Option<Part> {
    let digits = |rest: &str| rest.bytes().all(|byte| byte.is_ascii_digit()).then(|| rest.parse().ok()).flatten();
    let part = match (text.strip_prefix('Q'), text.strip_prefix('M')) {
        (Some(rest), _) => Part::Quarter(digits(rest)?),
        (_, Some(rest)) => Part::Month(digits(rest)?),
        _ => return None,
    };
    Period::new(YearKind::Calendar, 2560, part).map(Period::part)
}

impl From<Part> for String {
    fn from(part: Part) -> Self {
        match part {
            Part::Whole => "A".to_owned(),
            Part::Quarter(quarter) => format!("Q{quarter}"),
            Part::Month(month) => format!("M{month:02}"),
        }
    }
}

impl TryFrom<String> for Part {
    type Error = PeriodError;

    fn try_from(text: String) -> Result<Self, PeriodError> {
        match text.as_str() {
            "A" => Ok(Self::Whole),
            other => part(other).ok_or(PeriodError(text)),
        }
    }
}

impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let read = || {
            let (kind, rest) = text
                .strip_prefix("FY")
                .map_or((YearKind::Calendar, text), |rest| (YearKind::Fiscal, rest));
            let (year, part) = match rest.split_once('-') {
                Some((year, rest)) => (year, part(rest)?),
                None => (rest, Part::Whole),
            };
            let year = year
                .bytes()
                .all(|byte| byte.is_ascii_digit())
                .then(|| year.parse().ok())
                .flatten()?;
            Self::new(kind, year, part)
        };
        read().ok_or_else(|| PeriodError(text.to_owned()))
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}

impl TryFrom<String> for Period {
    type Error = PeriodError;

    fn try_from(text: String) -> Result<Self, PeriodError> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(text: &str) -> Period {
        text.parse().unwrap()
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    /// Cases C01 to C13: which fiscal year and quarter a day belongs to.
    #[test]
    fn days_fall_into_fiscal_quarters() {
        for (date, quarter) in [
            ("2011-11-29", "FY2555-Q1"),
            ("2020-01-30", "FY2563-Q2"),
            ("2021-06-11", "FY2564-Q3"),
            ("2017-09-30", "FY2560-Q4"),
            ("2024-12-31", "FY2568-Q1"),
            ("2020-02-29", "FY2563-Q2"),
        ] {
            assert!(period(quarter).contains_day(day(date)), "{date} {quarter}");
        }
        assert_eq!(period("2562-Q3").months(), period("FY2562-Q4").months());
    }

    #[test]
    fn reads_what_it_writes_and_nothing_else() {
        for text in ["2567", "FY2567", "2567-Q3", "FY2567-M10"] {
            assert_eq!(period(text).to_string(), text);
        }
        for text in ["", "2024", "FY", "2567-Q5", "2567-M00", "2567-", "fy2567", "2567-3", "2483"] {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }

    #[test]
    fn knows_its_parts_and_its_last_day() {
        assert!(period("FY2567-M10").is_part_of(period("FY2567-Q1")));
        assert!(period("2566-M10").is_part_of(period("FY2567")));
        assert!(!period("2567-M10").is_part_of(period("FY2567")));
        assert!(period("FY2567").ends_after(day("2024-09-03")));
        assert!(!period("FY2567").ends_after(day("2024-09-30")));
    }
}
