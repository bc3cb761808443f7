//! Plans: indicators measured, compared with targets, scored and rolled up.
//!
//! [`score`] is a pure function of a compiled [`Plan`], the user's [`PlanInput`] and a day. Numbers are exact. What is not known
//! stays unknown: a missing result is never zero, a figure without a year is no year's value.

mod areas;
mod error;
mod input;
mod measure;
mod model;
mod number;
mod period;
mod score;
mod scorecard;
#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests;
mod total;
mod year;

pub use areas::{Areas, KINGDOM};
pub use error::PlanError;
#[cfg_attr(not(feature = "source"), allow(unused_imports, reason = "only the compiler asks"))]
pub(crate) use input::check_breakpoints;
pub use input::{GivenValue, MissingScore, PlanInput};
#[cfg(test)]
pub(crate) use input::{INPUT_KEYS, TARGET_KEYS, VALUE_KEYS};
#[cfg_attr(not(feature = "source"), allow(unused_imports, reason = "only the compiler of plan files asks"))]
pub(crate) use model::Said;
pub use model::{
    AreaRule, Baseline, Better, Between, Break, Citation, Element, Indicator, IndicatorKind, Label, Measure, Microdata, Plan, PlanDate,
    Point, PointState, Scale, Structure, Superseded, Target, TimeRule,
};
pub use number::{Decimal, NumberError, Ratio};
pub use period::{Part, Period, PeriodError, part};
pub use score::{percent, score, score_on};
pub use scorecard::{
    Because, Direction, PercentRule, Reading, RowStatus, RowTarget, Scorecard, ScorecardRow, StrategyTotal, ToDate, Total, Trend,
};
pub use year::YearKind;
