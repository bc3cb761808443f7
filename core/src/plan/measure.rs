//! The value of one reading for one period: revisions, parts of a year, areas.

use std::collections::BTreeMap;

use super::areas::Areas;
use super::error::PlanError;
use super::model::{AreaRule, Indicator, Point, PointState, TimeRule};
use super::number::{Decimal, NumberError, Ratio};
use super::period::{Part, Period};
use super::scorecard::Because;
use crate::values::Date;

/// What may be used: values known by a day, inside a fiscal year where one was asked about, covering some areas.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View<'a> {
    /// The day asked about.
    pub on: Date,
    /// Values that became known later are left out.
    pub as_of: Option<Date>,
    /// The fiscal year in which the day of a published value must lie.
    pub within: Option<Period>,
    /// The areas that must be covered.
    pub areas: &'a [String],
    /// Which area lies in which.
    pub map: &'a Areas<'a>,
}

impl View<'_> {
    /// Whether an area is put together with others: one of those that must be covered, or any where none was named.
    fn wants(&self, area: &str) -> bool {
        self.areas.is_empty() || self.areas.iter().any(|listed| listed == area)
    }

    /// Whether the value was published by the day asked about, and by the day up to which values are wanted.
    fn knows(&self, point: &Point) -> bool {
        let by = |day: Date| day <= self.on && self.as_of.is_none_or(|limit| day <= limit);
        let published = !point.cite.is_empty();
        // What says no day of publication cannot be known before the day it is of.
        point.known_on.is_none_or(by) && (!published || point.as_of.is_none_or(|day| self.as_of.is_none_or(|limit| day <= limit)))
    }

    /// Whether the value is of a time that may be looked at, known or not.
    fn spans(&self, point: &Point) -> bool {
        let published = !point.cite.is_empty();
        let in_time = match point.as_of {
            Some(day) => day <= self.on,
            None => !published || point.period.is_none_or(|period| !period.ends_after(self.on)),
        };
        let inside = match (self.within, point.as_of) {
            (Some(year), Some(day)) if published => year.contains_day(day),
            (Some(year), None) if published => point
                .period
                .is_none_or(|period| period.end() > year.months().0 && period.end() <= year.end()),
            _ => true,
        };
        in_time && inside && point.state != PointState::Unusable
    }
}

/// A value with what is known about it.
#[derive(Debug, Clone)]
pub(crate) struct Measured {
    /// The value, not rounded.
    pub value: Ratio,
    /// The lowest and highest it may be, where it is not known exactly.
    pub between: Option<(Ratio, Ratio)>,
    /// The value as shown.
    pub shown: Decimal,
    /// The day it is of.
    pub as_of: Option<Date>,
    /// The day its denominator is of, where that differs.
    pub over_as_of: Option<Date>,
    /// Planned or reached, nobody knows.
    pub unknown_kind: bool,
    /// Why it is provisional.
    pub why_provisional: Vec<Because>,
    /// The months that have values, where those of a sum are fewer than its period's.
    pub months: Option<i32>,
    /// The month of the year it is of, from 0: that of its day; of a user's value without one the last of its period, where the last counts.
    pub month: Option<i32>,
    /// The areas it was put together from; none where it was given whole.
    pub areas: Vec<String>,
    /// Where it comes from; empty for the user's own.
    pub cite: Vec<String>,
    /// What the source adds.
    pub note: Option<String>,
}

/// Why there is no value.
#[derive(Debug, Clone)]
pub(crate) struct Absent {
    /// The reason.
    pub because: Because,
    /// The parts or areas without a value.
    pub missing: Vec<String>,
}

fn absent<T>(because: Because, missing: Vec<String>) -> Result<T, Absent> {
    Err(Absent { because, missing })
}

/// Numerator, denominator and the rest, while values are put together.
#[derive(Debug, Clone)]
struct Sum {
    of: Ratio,
    over: Option<Ratio>,
    between: Option<(Ratio, Ratio)>,
    over_between: Option<(Ratio, Ratio)>,
    exact: Option<Decimal>,
    as_of: Option<Date>,
    over_as_of: Option<Date>,
    unknown_kind: bool,
    provisional: bool,
    months: Option<i32>,
    month: Option<i32>,
    areas: Vec<String>,
    cite: Vec<String>,
    note: Option<String>,
}

impl Sum {
    fn of(point: &Point) -> Self {
        let own = point.period.filter(|_| point.cite.is_empty());
        let between = (point.low.is_some() || point.high.is_some())
            .then(|| (point.low.unwrap_or(point.value).exact(), point.high.unwrap_or(point.value).exact()));
        Self {
            of: point.value.exact(),
            over: point.over.map(Decimal::exact),
            between,
            over_between: point.over_between.map(|[low, high]| (low.exact(), high.exact())),
            exact: point.over.is_none().then_some(point.value),
            as_of: point.as_of,
            over_as_of: point.over_as_of,
            unknown_kind: point.state == PointState::UnknownKind,
            provisional: point.state == PointState::Provisional,
            months: None,
            month: point
                .as_of
                .map(|day| day.month().index())
                .or_else(|| own.map(|period| period.end().saturating_sub(1))),
            areas: point.area.iter().cloned().collect(),
            cite: point.cite.clone(),
            note: point.note.clone(),
        }
    }

    /// Adds another value; `None` where one has a denominator and the other has not.
    fn add(mut self, other: Self) -> Result<Option<Self>, NumberError> {
        let ends = |between: Option<(Ratio, Ratio)>, value: Ratio| between.unwrap_or((value, value));
        let both = |left: (Ratio, Ratio), right: (Ratio, Ratio)| Ok::<_, NumberError>((left.0.plus(right.0)?, left.1.plus(right.1)?));
        self.over = match (self.over, other.over) {
            (None, None) => None,
            (Some(left), Some(right)) => {
                if self.over_between.is_some() || other.over_between.is_some() {
                    self.over_between = Some(both(ends(self.over_between, left), ends(other.over_between, right))?);
                }
                Some(left.plus(right)?)
            }
            _ => return Ok(None),
        };
        if self.between.is_some() || other.between.is_some() {
            self.between = Some(both(ends(self.between, self.of), ends(other.between, other.of))?);
        }
        self.of = self.of.plus(other.of)?;
        self.exact = None;
        self.as_of = self.as_of.max(other.as_of);
        self.over_as_of = self.over_as_of.max(other.over_as_of);
        self.unknown_kind |= other.unknown_kind;
        self.provisional |= other.provisional;
        self.months = self.months.min(other.months);
        self.month = self.month.max(other.month);
        for (all, more) in [(&mut self.areas, other.areas), (&mut self.cite, other.cite)] {
            for text in more {
                if !all.contains(&text) {
                    all.push(text);
                }
            }
        }
        Ok(Some(self))
    }

    /// The lowest and the highest of numerator over denominator times `times`, where one of the two is an interval.
    fn quotient(&self, over: Ratio, times: Ratio) -> Result<Option<(Ratio, Ratio)>, NumberError> {
        if self.between.is_none() && self.over_between.is_none() {
            return Ok(None);
        }
        let (of, over) = (
            self.between.unwrap_or((self.of, self.of)),
            self.over_between.unwrap_or((over, over)),
        );
        let mut ends = None;
        for (numerator, denominator) in [(of.0, over.0), (of.0, over.1), (of.1, over.0), (of.1, over.1)] {
            let end = numerator.times(times)?.over(denominator)?;
            ends = Some(ends.map_or((end, end), |(low, high): (Ratio, Ratio)| (low.min(end), high.max(end))));
        }
        Ok(ends)
    }

    fn scale(mut self, factor: Ratio) -> Result<Self, NumberError> {
        self.of = self.of.times(factor)?;
        if let Some((low, high)) = self.between {
            self.between = Some((low.times(factor)?, high.times(factor)?));
        }
        self.exact = None;
        Ok(self)
    }
}

/// The value for a period.
///
/// # Errors
/// A number cannot be calculated with. Where there is no value, the inner error says why.
pub(crate) fn measure(
    points: &[&Point],
    indicator: &Indicator,
    period: Period,
    view: View<'_>,
) -> Result<Result<Measured, Absent>, PlanError> {
    let fault = PlanError::number(&indicator.id);
    let of_time: Vec<&Point> = points.iter().copied().filter(|point| view.spans(point)).collect();
    let known: Vec<&Point> = of_time.iter().copied().filter(|point| view.knows(point)).collect();
    let (sum, listed) = match put_together(&known, indicator, period, view).map_err(fault)? {
        Ok(sum) => sum,
        Err(absent) if absent.because == Because::NoData && known.len() < of_time.len() => {
            let later = put_together(&of_time, indicator, period, view).map_err(fault)?;
            return Ok(Err(later.map_or(absent, |_| Absent {
                because: Because::NotYetPublished,
                missing: Vec::new(),
            })));
        }
        Err(absent) => return Ok(Err(absent)),
    };
    let times = Ratio::whole(indicator.times.into());
    let finished = || {
        let (exact, between) = match sum.over {
            None => (sum.of, sum.between),
            Some(over) => (sum.of.times(times)?.over(over)?, sum.quotient(over, times)?),
        };
        let between = match (between, indicator.most(None)) {
            (Some((low, high)), Some(most)) => Some((low.max(Ratio::ZERO), high.min(most.exact()))),
            (between, _) => between,
        };
        Ok((exact, between, sum.exact.map_or_else(|| exact.round(indicator.decimals), Ok)?))
    };
    let (value, between, shown) = finished().map_err(fault)?;
    let mut why_provisional = Vec::new();
    if sum.as_of.is_some_and(|day| period.ends_after(day)) {
        why_provisional.push(Because::BeforePeriodEnd);
    }
    if sum.months.is_some() {
        why_provisional.push(Because::PartOfPeriod);
    }
    if sum.provisional {
        why_provisional.push(Because::SourceSaysSo);
    }
    if !listed {
        why_provisional.push(Because::AreasNotListed);
    }
    Ok(Ok(Measured {
        value,
        between,
        shown,
        as_of: sum.as_of,
        over_as_of: sum.over_as_of,
        unknown_kind: sum.unknown_kind,
        why_provisional,
        months: sum.months,
        month: sum
            .month
            .filter(|_| sum.as_of.is_some() || indicator.over_time == TimeRule::Last)
            .map(|month| month.rem_euclid(12)),
        areas: sum.areas,
        cite: sum.cite,
        note: sum.note,
    }))
}

/// The sum over areas, and whether the areas that must be covered were named.
fn put_together(
    points: &[&Point],
    indicator: &Indicator,
    period: Period,
    view: View<'_>,
) -> Result<Result<(Sum, bool), Absent>, NumberError> {
    let whole: Vec<&Point> = points.iter().copied().filter(|point| point.area.is_none()).collect();
    let whole = in_time(&whole, indicator, period)?;
    let mut areas: BTreeMap<&str, Vec<&Point>> = BTreeMap::new();
    for point in points {
        if let Some(area) = &point.area {
            areas.entry(area).or_default().push(point);
        }
    }
    if whole.is_ok() || areas.is_empty() {
        return Ok(whole.map(|sum| (sum, true)));
    }
    if indicator.over_areas == AreaRule::None {
        return Ok(absent(Because::NoAreaRule, Vec::new()));
    }
    let codes: Vec<&str> = areas.keys().copied().filter(|area| view.wants(area)).collect();
    if let Some((part, whole)) = view.map.overlap(&codes) {
        let both = [part, whole]
            .into_iter()
            .filter_map(|place| codes.get(place).map(|code| (*code).to_owned()));
        return Ok(absent(Because::AreasOverlap, both.collect()));
    }
    let mut missing: Vec<String> = view
        .areas
        .iter()
        .filter(|area| !areas.contains_key(area.as_str()))
        .cloned()
        .collect();
    let mut total: Option<Sum> = None;
    for (area, points) in areas {
        if !view.wants(area) {
            continue;
        }
        match in_time(&points, indicator, period)? {
            // A ratio without its parts cannot be put together with others.
            Ok(sum) if indicator.over_areas == AreaRule::RatioOfSums && sum.over.is_none() => {
                return Ok(absent(Because::NoAreaRule, vec![area.to_owned()]));
            }
            Ok(sum) => {
                total = match total {
                    None => Some(sum),
                    Some(total) => match total.add(sum)? {
                        Some(total) => Some(total),
                        None => return Ok(absent(Because::NoAreaRule, vec![area.to_owned()])),
                    },
                };
            }
            Err(_) => missing.push(area.to_owned()),
        }
    }
    match total {
        Some(total) if missing.is_empty() => Ok(Ok((total, !view.areas.is_empty()))),
        _ => Ok(absent(Because::AreasMissing, missing)),
    }
}

fn latest<'p>(points: impl Iterator<Item = &'p Point>) -> Option<&'p Point> {
    points.max_by_key(|point| (point.as_of, point.known_on))
}

/// The value of one area for a period: its own, or put together from its parts.
fn in_time(points: &[&Point], indicator: &Indicator, period: Period) -> Result<Result<Sum, Absent>, NumberError> {
    if let Some(point) = latest(
        points
            .iter()
            .copied()
            .filter(|point| point.period.is_some_and(|own| own.is_same_time(period))),
    ) {
        return Ok(Ok(Sum::of(point)));
    }
    let mut parts: BTreeMap<(i32, i32), Vec<&Point>> = BTreeMap::new();
    for point in points {
        if let Some(part) = point.period.filter(|part| part.is_part_of(period)) {
            parts.entry(part.months()).or_default().push(point);
        }
    }
    if parts.is_empty() {
        return Ok(absent(Because::NoData, Vec::new()));
    }
    if indicator.over_time == TimeRule::Last {
        let last = parts
            .iter()
            .max_by_key(|((start, count), _)| start.saturating_add(*count))
            .and_then(|(_, points)| latest(points.iter().copied()));
        return Ok(last.map_or_else(|| absent(Because::NoData, Vec::new()), |point| Ok(Sum::of(point))));
    }
    let (mut covered, mut total) = (period.months().0, None::<Sum>);
    for ((start, count), points) in &parts {
        let Some(point) = latest(points.iter().copied()) else { continue };
        // A gap would count as zero; an overlap would count twice.
        if *start != covered {
            return Ok(absent(Because::GapInParts, between(period, covered, *start)));
        }
        covered = covered.saturating_add(*count);
        let mut sum = Sum::of(point);
        if indicator.over_time == TimeRule::Mean && sum.over.is_none() {
            sum = sum.scale(Ratio::whole(i64::from(*count)))?;
        }
        total = match total {
            None => Some(sum),
            Some(total) => match total.add(sum)? {
                Some(total) => Some(total),
                None => return Ok(absent(Because::GapInParts, Vec::new())),
            },
        };
    }
    let Some(mut total) = total else {
        return Ok(absent(Because::NoData, Vec::new()));
    };
    let months = covered.saturating_sub(period.months().0);
    if indicator.over_time == TimeRule::Mean && total.over.is_none() {
        total = total.scale(Ratio::whole(1).over(Ratio::whole(i64::from(months)))?)?;
    }
    if months < period.months().1 {
        total.months = Some(months);
    }
    Ok(Ok(total))
}

/// The months of a period between two, as texts.
fn between(period: Period, from: i32, to: i32) -> Vec<String> {
    let months = (1..=12).filter_map(|month| Period::new(period.kind(), period.year(), Part::Month(month)));
    let missing = months.filter(|month| (from.min(to)..from.max(to)).contains(&month.months().0));
    missing.map(|month| month.to_string()).collect()
}
