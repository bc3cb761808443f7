//! Units of numbers in conditions and tables: how they are written, and the whole numbers that stand for them.

use serde::{Deserialize, Serialize};

/// The unit of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Satang inside, baht outside.
    Baht,
    /// Ten-thousandths of a percent inside.
    Percent,
    /// Half years inside, years outside.
    Years,
    /// Months.
    Months,
    /// Days.
    Days,
    /// A plain number.
    Count,
    /// A text.
    Text,
}

impl Unit {
    /// The unit that the header of a column names, such as `baht` or `%`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "baht" => Self::Baht,
            "%" => Self::Percent,
            "years" => Self::Years,
            "months" => Self::Months,
            "days" => Self::Days,
            "count" => Self::Count,
            "text" => Self::Text,
            _ => return None,
        })
    }

    /// How many of the whole numbers inside make one of the unit outside: 100 satang are a baht, two half years a year.
    #[must_use]
    pub const fn scale(self) -> i64 {
        match self {
            Self::Years => 2,
            Self::Baht => 100,
            Self::Percent => 10_000,
            Self::Months | Self::Days | Self::Count | Self::Text => 1,
        }
    }

    /// The decimals with which a number of the unit may be written.
    #[must_use]
    pub const fn decimals(self) -> usize {
        match self {
            Self::Baht => 2,
            Self::Percent => 4,
            Self::Years | Self::Months | Self::Days | Self::Count | Self::Text => 0,
        }
    }

    /// Reads a number written in the unit, such as `62.50` baht, as the whole number inside; nothing where it has more decimals than the
    /// unit, a sign, or other letters.
    #[must_use]
    pub fn read(self, text: &str) -> Option<i64> {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let places = self.decimals();
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || part.len() > places || !digits(whole) || !digits(part) || text.ends_with('.') {
            return None;
        }
        let number: i64 = format!("{whole}{part:0<places$}").parse().ok()?;
        match self {
            Self::Years => number.checked_mul(self.scale()),
            Self::Text => None,
            _ => Some(number),
        }
    }
}
