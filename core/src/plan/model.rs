//! A plan as compiled: structure, indicators with their series, targets, scales. Plain data.

use serde::{Deserialize, Serialize};

use super::number::Decimal;
use super::period::{Part, Period};
use super::year::YearKind;
use crate::criterion::Confidence;
use crate::values::Date;

/// A text in Thai, and in English where it was translated.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Label {
    /// Thai.
    pub th: String,
    /// English.
    pub en: Option<String>,
}

/// A citation, resolved and weighed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Citation {
    /// The instrument and the place in it, `instrument/place`.
    pub at: String,
    /// How well it was read.
    pub confidence: Confidence,
}

/// How much of the plan's own text was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Structure {
    /// All of it, the table of indicators too.
    Whole,
    /// Some of it.
    Partial,
    /// No plan, but a list of indicators.
    List,
}

/// A plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Plan {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Label,
    /// The agency that owns it.
    pub owner: Option<String>,
    /// The first year (Buddhist era).
    pub from_year: i32,
    /// The last year (Buddhist era).
    pub to_year: i32,
    /// How much of its text was read.
    pub structure: Structure,
    /// The day someone last compared the file with its sources.
    pub checked_on: Date,
    /// The plan that took its place.
    pub superseded_by: Option<Superseded>,
    /// What became of it, in order.
    pub dates: Vec<PlanDate>,
    /// What it wants to reach.
    pub vision: Option<Element>,
    /// Strategies, in their order.
    pub strategies: Vec<Element>,
    /// Goals or objectives, in their order.
    pub objectives: Vec<Element>,
    /// Indicators, in the order of the file.
    pub indicators: Vec<Indicator>,
    /// Targets, in the order of the file.
    pub targets: Vec<Target>,
    /// Every scale that a target may name.
    pub scales: Vec<Scale>,
    /// What was not read.
    pub open: Option<Label>,
    /// Citations.
    pub cite: Vec<Citation>,
}

impl Plan {
    /// All that the plan holds as JSON: the same bytes in every language.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Text keys and plain data always serialise.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// The plan that takes the place of another, though that one's years may run on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Superseded {
    /// The id of the later plan.
    pub plan: String,
    /// The first day of work under it.
    pub on: Date,
    /// Citations.
    pub cite: Vec<Citation>,
}

/// A day in the life of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PlanDate {
    /// The day.
    pub on: Date,
    /// What happened.
    pub title: Label,
    /// Citations.
    pub cite: Vec<Citation>,
}

/// A vision, strategy, goal or objective.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Element {
    /// Its id.
    pub id: String,
    /// Its number in the plan; 0 where it has none.
    pub number: u16,
    /// Its wording.
    pub title: Label,
    /// The wording of a later version of the plan.
    pub later: Option<Label>,
    /// Whether the wording is a paraphrase.
    pub paraphrase: bool,
    /// Citations.
    pub cite: Vec<Citation>,
}

/// Which way an indicator gets better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// Higher is better.
    Up,
    /// Lower is better.
    Down,
}

/// What an indicator measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum IndicatorKind {
    /// What there is at a time.
    Stock,
    /// What happened during a period.
    Flow,
    /// A part of a whole, in percent: never below 0 or above 100.
    Share,
    /// One count over another that need not hold it, or a rate of change.
    Ratio,
    /// A mean.
    Mean,
    /// An index.
    Index,
    /// Steps done.
    Milestone,
    /// A level less the target's baseline.
    Change,
}

/// How the parts of a year make the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TimeRule {
    /// The last of them.
    Last,
    /// Their sum.
    Sum,
    /// Their mean, by length; of ratios: the ratio of the sums.
    Mean,
}

/// How areas make a larger area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum AreaRule {
    /// Their sum.
    Sum,
    /// The ratio of the sums of numerators and denominators.
    RatioOfSums,
    /// Not at all.
    None,
}

/// An indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Indicator {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: Label,
    /// The strategy it speaks for.
    pub strategy: Option<String>,
    /// The unit of its values.
    pub unit: String,
    /// To how many decimals a calculated value is rounded (half away from zero).
    pub decimals: u8,
    /// Which way it gets better.
    pub better: Better,
    /// What it measures.
    pub kind: IndicatorKind,
    /// What numerator over denominator is multiplied by (100 for percent).
    pub times: u32,
    /// The kind of year it is counted in.
    pub year: YearKind,
    /// The part of the year in which it is observed, for a survey with one round a year.
    pub round: Option<Part>,
    /// How parts of a year make the year.
    pub over_time: TimeRule,
    /// How areas make a larger area.
    pub over_areas: AreaRule,
    /// The agency that answers for it.
    pub owner: String,
    /// The area it is about, where it is not the kingdom.
    pub area: Option<String>,
    /// The SDG indicator it stands for.
    pub sdg: Option<String>,
    /// Its weight in its strategy and plan.
    pub weight: Option<Decimal>,
    /// Years at which its series breaks.
    pub breaks: Vec<Break>,
    /// What is measured.
    pub lead: Measure,
    /// A second reading of what is to be measured.
    pub other: Option<Measure>,
    /// What its source leaves open.
    pub open: Option<Label>,
    /// What a reader should know.
    pub note: Option<Label>,
    /// Citations.
    pub cite: Vec<Citation>,
}

/// Which number of an indicator is meant: bounds need not be whole where a count must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    /// A value.
    Value,
    /// A bound of a value, or a baseline.
    Bound,
    /// What is to be reached.
    Aim,
    /// A breakpoint.
    Step,
}

impl Indicator {
    /// The most that a value can be, or a numerator over its denominator; `None` where anything can be.
    #[must_use]
    pub fn most(&self, over: Option<Decimal>) -> Option<Decimal> {
        (self.kind == IndicatorKind::Share).then(|| over.unwrap_or(Decimal::from(100)))
    }

    /// What the number must be, where it cannot be what it is: a share lies between nothing and all; a count is never below zero, and
    /// whole where the unit is persons or the indicator has no decimals. What is to be changed may fall.
    pub(crate) fn refuses(&self, value: Decimal, over: Option<Decimal>, said: Said) -> Option<String> {
        if let Some(most) = self.most(over) {
            let fits = (Decimal::ZERO..=most).contains(&value);
            return (!fits).then(|| format!("0 to {most}, since `{}` is a share of a whole", self.id));
        }
        let counts = match self.kind {
            IndicatorKind::Stock | IndicatorKind::Flow | IndicatorKind::Milestone => true,
            IndicatorKind::Change => matches!(said, Said::Value | Said::Bound),
            IndicatorKind::Share | IndicatorKind::Ratio | IndicatorKind::Mean | IndicatorKind::Index => false,
        };
        if !counts || over.is_some() {
            return None;
        }
        let whole = matches!(said, Said::Value | Said::Aim) && (self.decimals == 0 || self.unit == "persons");
        match (whole, value < Decimal::ZERO || (whole && !value.is_whole())) {
            (_, false) => None,
            (true, true) => Some(format!("a whole number, zero or more, since `{}` counts {}", self.id, self.unit)),
            (false, true) => Some(format!("zero or more, since `{}` counts {}", self.id, self.unit)),
        }
    }

    /// An interval without what the indicator cannot be: below zero, or above the whole.
    pub(crate) fn possible(&self, [low, high]: [Decimal; 2], over: Option<Decimal>) -> [Decimal; 2] {
        let floor = self
            .refuses(Decimal::from(-1), over, Said::Bound)
            .map_or(low, |_| low.max(Decimal::ZERO));
        [floor, self.most(over).map_or(high, |most| high.min(most))]
    }

    /// A survey with one round a year answers for the year.
    #[must_use]
    pub fn round(&self, period: Period) -> Period {
        match (period.part(), self.round) {
            (Part::Whole, Some(part)) => Period::new(period.kind(), period.year(), part).unwrap_or(period),
            _ => period,
        }
    }
}

/// A year from which values are not comparable with earlier ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Break {
    /// The first year of the new series (Buddhist era).
    pub at: i32,
    /// Why.
    pub title: Label,
    /// Citations.
    pub cite: Vec<Citation>,
}

/// One reading of an indicator: where its values come from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Measure {
    /// The name of the reading, where there are two or the name says more than the indicator.
    pub name: Option<String>,
    /// What it counts.
    pub title: Option<Label>,
    /// Published values.
    pub points: Vec<Point>,
    /// The rules by which micro-data give the value; calculated elsewhere and passed in.
    pub microdata: Option<Microdata>,
    /// Citations of the published values.
    pub cite: Vec<Citation>,
}

/// How micro-data give a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Microdata {
    /// The rule that counts into the numerator, `file.rule`.
    pub of: String,
    /// The rule that counts into the denominator.
    pub over: Option<String>,
    /// The column of weights.
    pub weight: Option<String>,
    /// The column of strata.
    pub strata: Option<String>,
    /// The column of primary sampling units.
    pub cluster: Option<String>,
}

/// How a published value is meant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PointState {
    /// The last word.
    #[default]
    Final,
    /// To be revised.
    Provisional,
    /// A plan or a result, the text does not say which: shown, never scored.
    UnknownKind,
    /// Printed in a unit that cannot be right: never used.
    Unusable,
}

/// A published or given value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Point {
    /// The period; a value without one is no value of any year.
    pub period: Option<Period>,
    /// The area, where values are given by area.
    pub area: Option<String>,
    /// The value, or the numerator where there is a denominator.
    pub value: Decimal,
    /// The denominator.
    pub over: Option<Decimal>,
    /// The day the value, or the numerator, is of.
    pub as_of: Option<Date>,
    /// The day the denominator is of, where it differs.
    pub over_as_of: Option<Date>,
    /// The day the value was published; it is not known before, and of two values of one period the later published stands.
    pub known_on: Option<Date>,
    /// The lowest the true value may be.
    pub low: Option<Decimal>,
    /// The highest the true value may be.
    pub high: Option<Decimal>,
    /// The lowest and the highest the true denominator may be.
    pub over_between: Option<[Decimal; 2]>,
    /// How the value is meant.
    pub state: PointState,
    /// Citations; none for a value of the user's own.
    pub cite: Vec<String>,
    /// What the source adds.
    pub note: Option<String>,
}

impl Point {
    /// A value of the user's own, for the period asked about; with a denominator where it is a ratio.
    #[must_use]
    pub const fn given(value: Decimal, over: Option<Decimal>) -> Self {
        Self {
            period: None,
            area: None,
            value,
            over,
            as_of: None,
            over_as_of: None,
            known_on: None,
            low: None,
            high: None,
            over_between: None,
            state: PointState::Final,
            cite: Vec::new(),
            note: None,
        }
    }
}

/// A target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Target {
    /// Its id.
    pub id: String,
    /// The indicator it is for.
    pub indicator: String,
    /// The period; a target without one is never compared.
    pub period: Option<Period>,
    /// The value to reach; of a range the nearer end.
    pub value: Option<Decimal>,
    /// The farther end of a range.
    pub stretch: Option<Decimal>,
    /// The values that earn the scores of the scale, worst first.
    pub breakpoints: Vec<Decimal>,
    /// The scale.
    pub scale: Option<String>,
    /// Where the way to the target begins.
    pub baseline: Option<Baseline>,
    /// The day it was approved; of two targets of one period the later approved stands.
    pub approved_on: Option<Date>,
    /// Whether the source says "about".
    pub approximate: bool,
    /// The lowest and the highest that `value` may mean, where it is no exact number.
    pub between: Option<[Decimal; 2]>,
    /// What its source leaves open.
    pub open: Option<Label>,
    /// What a reader should know.
    pub note: Option<Label>,
    /// Citations; none for a target of the user's own.
    pub cite: Vec<Citation>,
}

impl Target {
    /// Every level that it names: what is to be reached, the breakpoints and the baseline.
    pub(crate) fn levels(&self) -> impl Iterator<Item = (Decimal, Said)> + '_ {
        let baseline = self.baseline.map(|baseline| [baseline.low, baseline.high]);
        let aims = [self.value, self.stretch].into_iter().flatten().map(|aim| (aim, Said::Aim));
        let aims = aims.chain(self.breakpoints.iter().map(|breakpoint| (*breakpoint, Said::Step)));
        aims.chain(baseline.into_iter().flatten().map(|level| (level, Said::Bound)))
    }

    /// The lowest and the highest that `value` may mean.
    pub(crate) fn ends(&self) -> Option<[Decimal; 2]> {
        self.between.or_else(|| self.value.map(|value| [value, value]))
    }
}

/// Where the way to a target begins; a rounded baseline is an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Baseline {
    /// The value as printed.
    pub value: Decimal,
    /// The lowest it may be.
    pub low: Decimal,
    /// The highest it may be.
    pub high: Decimal,
}

/// What a scale does between two breakpoints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Between {
    /// A straight line.
    Linear,
    /// The score of the breakpoint reached.
    Step,
}

/// A scoring scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Scale {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: Label,
    /// The score at each breakpoint, worst first.
    pub scores: Vec<Decimal>,
    /// What lies between two breakpoints.
    pub between: Between,
    /// The score of a value worse than the first breakpoint.
    pub below: Decimal,
    /// The score of a value better than the last breakpoint.
    pub above: Decimal,
    /// To how many decimals a score is rounded, at the end only (half away from zero).
    pub decimals: u8,
    /// Citations.
    pub cite: Vec<Citation>,
}
