//! The decision: how a plan does, indicator by indicator and rolled up.

use serde::{Deserialize, Serialize};

use super::input::MissingScore;
use super::model::{Baseline, Label, Structure};
use super::number::Decimal;
use super::period::Period;
use crate::criterion::Confidence;
use crate::values::Date;

/// How a plan does on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Scorecard {
    /// Always `scorecard`.
    #[serde(skip_deserializing)]
    pub kind: &'static str,
    /// The plan.
    pub plan: String,
    /// Its title in Thai.
    pub th: String,
    /// Its title in English.
    pub en: Option<String>,
    /// The agency that owns it.
    pub owner: Option<String>,
    /// The day asked about.
    pub on: Date,
    /// The year asked about, where one was.
    pub year: Option<i32>,
    /// The fiscal year asked about, where one was.
    pub fiscal_year: Option<i32>,
    /// The day up to which values were known, where one was given.
    pub as_of: Option<Date>,
    /// The day the plan was last compared with its sources.
    pub checked_on: Date,
    /// Whether the day asked about is later than that.
    pub later_than_checked: bool,
    /// The plan that has taken its place by the day asked about.
    pub superseded_by: Option<SupersededBy>,
    /// How much of the plan's own text was read.
    pub structure: Structure,
    /// What was not read.
    pub open: Option<Label>,
    /// Each indicator, in the order of the plan.
    pub rows: Vec<ScorecardRow>,
    /// Each strategy, in the order of the plan.
    pub strategies: Vec<StrategyTotal>,
    /// All indicators together.
    pub total: Total,
}

impl Scorecard {
    /// The scorecard as JSON: the same bytes in every language.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Text keys and plain data always serialise.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// The plan that took the place of another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SupersededBy {
    /// The later plan.
    pub plan: String,
    /// The first day of work under it.
    pub on: Date,
    /// Citations.
    pub cite: Vec<String>,
}

/// What can be said of an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RowStatus {
    /// A value, scored on a scale.
    Scored,
    /// A value, compared with a target that has no breakpoints.
    Compared,
    /// A value, and no target for the period.
    NoTarget,
    /// No value for the period.
    NoData,
    /// A figure of which nobody knows whether it was planned or reached.
    NotScored,
    /// Two readings that come out differently.
    Disputed,
    /// Withdrawn by the user.
    Withdrawn,
}

/// Why there is no score, no value or no trend, or why a value is provisional.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Because {
    /// The target has no breakpoints.
    NoBreakpoints,
    /// No target for the period.
    NoTarget,
    /// No value for the period.
    NoData,
    /// The value of the period was published after the day asked about.
    NotYetPublished,
    /// The figures, or the target, belong to no period.
    Undated,
    /// Planned or reached, nobody knows.
    UnknownKind,
    /// Two readings come out differently.
    Disputed,
    /// Withdrawn by the user.
    Withdrawn,
    /// A part of the period between others has no value.
    GapInParts,
    /// Areas that must be covered have no value.
    AreasMissing,
    /// Values are of areas that lie in each other, and nobody said which are wanted.
    AreasOverlap,
    /// Values are by area, and nobody said which areas there are.
    AreasNotListed,
    /// The indicator says no way of putting areas together.
    NoAreaRule,
    /// A change needs a target with a baseline.
    NoBaseline,
    /// The day the value is of lies before the end of the period.
    BeforePeriodEnd,
    /// Only a part of the period has values.
    PartOfPeriod,
    /// The source says so.
    SourceSaysSo,
    /// No earlier value.
    NoEarlierValue,
    /// The series breaks between the two years.
    BreakInSeries,
    /// The earlier values are of another time of year.
    DifferentTimeOfYear,
    /// Some indicators have no score.
    ScoresMissing,
    /// The scores are on scales that give different scores.
    DifferentScales,
    /// No weights are known.
    NoWeights,
}

/// One indicator of a scorecard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ScorecardRow {
    /// Always `scorecard_row`.
    #[serde(skip_deserializing)]
    pub kind: &'static str,
    /// The plan.
    pub plan: String,
    /// The indicator.
    pub indicator: String,
    /// The strategy it speaks for.
    pub strategy: Option<String>,
    /// The period.
    pub period: Option<Period>,
    /// The unit.
    pub unit: String,
    /// What can be said.
    pub status: RowStatus,
    /// The indicator's name in Thai.
    pub th: String,
    /// The indicator's name in English.
    pub en: Option<String>,
    /// The target.
    pub target: Option<RowTarget>,
    /// The leading reading.
    pub lead: Option<Reading>,
    /// The second reading, where the indicator has one.
    pub other: Option<Reading>,
    /// The score.
    pub score: Option<Decimal>,
    /// The scale of the score.
    pub scale: Option<String>,
    /// Why there is none.
    pub why_no_score: Option<Because>,
    /// Against the previous comparable value.
    pub trend: Option<Trend>,
    /// Why there is none.
    pub why_no_trend: Option<Because>,
    /// Of a sum not yet complete: what is reached of what should be by then.
    pub to_date: Option<ToDate>,
    /// The day the value is of.
    pub as_of: Option<Date>,
    /// The day its denominator is of, where it differs.
    pub over_as_of: Option<Date>,
    /// Whether the value may still change.
    pub provisional: bool,
    /// Why it may.
    pub why_provisional: Vec<Because>,
    /// The parts of the period, or the areas, without a value.
    pub missing: Vec<String>,
    /// The weight.
    pub weight: Option<Decimal>,
    /// The agency that answers for the indicator.
    pub owner: String,
    /// What the source leaves open.
    pub open: Option<Label>,
    /// What a reader should know.
    pub note: Option<Label>,
    /// What the source of the value adds.
    pub source_note: Option<String>,
    /// Where the values come from; empty for the user's own.
    pub cite: Vec<String>,
    /// The weakest confidence among the sources used.
    pub confidence: Option<Confidence>,
}

/// The target of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RowTarget {
    /// The value to reach; of a range the nearer end.
    pub value: Option<Decimal>,
    /// The farther end of a range.
    pub stretch: Option<Decimal>,
    /// The values that earn the scores, worst first.
    pub breakpoints: Vec<Decimal>,
    /// Where the way begins.
    pub baseline: Option<Baseline>,
    /// Whether the source says "about".
    pub approximate: bool,
    /// The lowest and the highest that `value` may mean, where it is no exact number.
    pub between: Option<[Decimal; 2]>,
    /// Whether it is the user's own.
    pub given: bool,
    /// Citations.
    pub cite: Vec<String>,
    /// What the source leaves open.
    pub open: Option<Label>,
    /// What a reader should know.
    pub note: Option<Label>,
}

/// One reading of an indicator's value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Reading {
    /// What is counted, where the indicator names it.
    pub measure: Option<String>,
    /// The value.
    pub value: Decimal,
    /// Between what the true value lies, where it is not known exactly.
    pub between: Option<[Decimal; 2]>,
    /// Whether the target is reached; null where that is not known, as where the interval of the value or of the target holds both.
    pub reached: Option<bool>,
    /// In percent, by the rule named.
    pub percent: Option<Decimal>,
    /// The percents at the ends of what the values lie between, lowest first, where they differ.
    pub percent_between: Option<[Decimal; 2]>,
    /// How the percent was calculated.
    pub percent_rule: Option<PercentRule>,
    /// The score.
    pub score: Option<Decimal>,
    /// The scores at the ends of what the true value lies between, where they differ.
    pub score_between: Option<[Decimal; 2]>,
}

/// How a percent of a target is calculated, with A the actual value, T the target and B the baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PercentRule {
    /// A / T, for rising indicators.
    ActualOverTarget,
    /// T / A, for falling indicators; it hides how much of the way was covered.
    TargetOverActual,
    /// 2 − A / T, for falling indicators; likewise.
    TwoLessActualOverTarget,
    /// (A − B) / (T − B): the part of the way covered.
    WayFromBaseline,
}

/// A value against an earlier one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Trend {
    /// The period of the earlier value.
    pub from: Period,
    /// The earlier value.
    pub value: Decimal,
    /// The value less the earlier one.
    pub change: Decimal,
    /// The lowest and the highest that the change may be, where a value is no exact number.
    pub change_between: Option<[Decimal; 2]>,
    /// What that means.
    pub direction: Direction,
}

/// Which way a value went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Direction {
    /// The better way.
    Better,
    /// The worse way.
    Worse,
    /// Neither.
    Same,
    /// The values are printed too coarsely to be told apart.
    NotToldApart,
}

/// An unfinished sum against an even share of the target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ToDate {
    /// The months that have values.
    pub months: i32,
    /// The share of the target by then, if it were spread evenly.
    pub expected: Option<Decimal>,
    /// What is reached of that, in percent.
    pub percent: Option<Decimal>,
}

/// The indicators of a strategy together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StrategyTotal {
    /// The strategy.
    pub strategy: String,
    /// Its title in Thai.
    pub th: String,
    /// Its title in English.
    pub en: Option<String>,
    /// The total.
    pub total: Total,
}

/// Scores rolled up by weight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Total {
    /// The weighted mean; null while an indicator that counts has no score.
    pub score: Option<Decimal>,
    /// The lowest and the highest that the total may be, where a score is not settled by its value.
    pub score_between: Option<[Decimal; 2]>,
    /// Why there is none.
    pub why_no_score: Option<Because>,
    /// The weighted mean of those that have a score.
    pub score_of_covered: Option<Decimal>,
    /// The lowest and the highest that this mean may be, where a score is not settled by its value.
    pub score_of_covered_between: Option<[Decimal; 2]>,
    /// The weight that has a score, in percent of the weight that counts.
    pub coverage: Option<Decimal>,
    /// The weight that has a score.
    pub weight_scored: Decimal,
    /// The weight that counts.
    pub weight_counted: Decimal,
    /// The scales of the scores; they have one total where their scores are the same.
    pub scales: Vec<String>,
    /// The weight withdrawn.
    pub weight_withdrawn: Decimal,
    /// What became of indicators without a score.
    pub missing: MissingScore,
    /// The indicators without a score.
    pub without_score: Vec<String>,
    /// The indicators withdrawn.
    pub withdrawn: Vec<String>,
    /// The indicators without a weight, which are in no total.
    pub without_weight: Vec<String>,
}
