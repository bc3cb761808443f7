//! What a number may be, as far as the facts tell.

use crate::values::Truth;

/// Every value that a term may have: a span of numbers, nothing (the law gives nothing), or something that nobody here has read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// The span of numbers, where a number is possible.
    pub span: Option<(i64, i64)>,
    /// The law may give nothing.
    pub nothing: bool,
    /// The law may give something not read.
    pub not_read: bool,
}

impl Interval {
    /// Any number.
    pub const UNKNOWN: Self = Self {
        span: Some((i64::MIN, i64::MAX)),
        nothing: false,
        not_read: false,
    };
    /// No value at all.
    pub const EMPTY: Self = Self {
        span: None,
        nothing: false,
        not_read: false,
    };
    /// Nothing, for certain.
    pub const NOTHING: Self = Self {
        span: None,
        nothing: true,
        not_read: false,
    };
    /// Not read, for certain.
    pub const NOT_READ: Self = Self {
        span: None,
        nothing: false,
        not_read: true,
    };

    /// One number.
    #[must_use]
    pub const fn exact(value: i64) -> Self {
        Self::span(value, value)
    }

    /// A span of numbers.
    #[must_use]
    pub const fn span(low: i64, high: i64) -> Self {
        Self {
            span: Some((low, high)),
            nothing: false,
            not_read: false,
        }
    }

    /// The one number that it is, where it is certain.
    #[must_use]
    pub fn known(self) -> Option<i64> {
        match self {
            Self {
                span: Some((low, high)),
                nothing: false,
                not_read: false,
            } if low == high => Some(low),
            _ => None,
        }
    }

    /// The span, where a number is certain.
    #[must_use]
    pub fn certain_span(self) -> Option<(i64, i64)> {
        if self.nothing || self.not_read { None } else { self.span }
    }

    /// The values of both.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        let span = match (self.span, other.span) {
            (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
            (span, None) | (None, span) => span,
        };
        Self {
            span,
            nothing: self.nothing || other.nothing,
            not_read: self.not_read || other.not_read,
        }
    }

    /// Every number moved by a rising function.
    #[must_use]
    pub fn map(self, rising: impl Fn(i64) -> i64) -> Self {
        let ends = |(low, high)| {
            let least = rising(low);
            (least, if high == low { least } else { rising(high) })
        };
        Self {
            span: self.span.map(ends),
            ..self
        }
    }

    /// Two terms combined by a function that rises in the first and falls in the second.
    #[must_use]
    pub fn rising_falling(self, other: Self, function: impl Fn(i64, i64) -> i64) -> Self {
        self.combine(other, |(a, b), (c, d)| {
            let least = function(a, d);
            (least, if (a, c) == (b, d) { least } else { function(b, c) })
        })
    }

    /// Two terms combined by a function that rises in both.
    #[must_use]
    pub fn rising(self, other: Self, function: impl Fn(i64, i64) -> i64) -> Self {
        self.combine(other, |(a, b), (c, d)| (function(a, c), function(b, d)))
    }

    fn combine(self, other: Self, spans: impl Fn((i64, i64), (i64, i64)) -> (i64, i64)) -> Self {
        let span = self.span.zip(other.span).map(|(a, b)| spans(a, b));
        Self {
            span,
            nothing: self.nothing || other.nothing,
            not_read: self.not_read || other.not_read,
        }
    }

    /// Compares two terms; with nothing no comparison holds, with law not read none is decided.
    #[must_use]
    pub fn compare(self, other: Self, spans: impl Fn((i64, i64), (i64, i64)) -> Truth) -> Truth {
        let mut truth = None;
        let mut see = |one: Truth| truth = Some(truth.map_or(one, |before| if before == one { one } else { Truth::Unknown }));
        if let (Some(a), Some(b)) = (self.span, other.span) {
            see(spans(a, b));
        }
        if self.nothing || other.nothing {
            see(Truth::Unmet);
        }
        if self.not_read || other.not_read {
            see(Truth::Unknown);
        }
        truth.unwrap_or(Truth::Unknown)
    }
}
