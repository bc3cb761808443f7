//! Scores a plan: for each indicator the period, the value, the target, the score, the trend; then the totals.

use super::areas::Areas;
use super::error::PlanError;
use super::input::{GivenValue, PlanInput, check_breakpoints, refuse_twice};
use super::measure::{Absent, Measured, View, measure};
use super::model::{Baseline, Better, Between, Citation, Indicator, IndicatorKind, Label, Measure, Plan, Point, Scale, Target};
use super::number::{Decimal, NumberError, Ratio};
use super::period::{Part, Period};
use super::scorecard::{
    Because, Direction, PercentRule, Reading, RowStatus, RowTarget, Scorecard, ScorecardRow, StrategyTotal, SupersededBy, ToDate, Trend,
};
use super::total::total;
use super::year::YearKind;
use crate::criterion::Confidence;
use crate::values::Date;

/// How a plan does on a day.
///
/// `areas` are those of the rulebook, by which values of areas are put together. Without a year in the input each indicator shows its newest period, inside the plan's years, that has a value or a target.
///
/// # Errors
/// The input does not fit the plan, or a number cannot be calculated with.
pub fn score(plan: &Plan, areas: &Areas<'_>, input: &PlanInput, on: Date) -> Result<Scorecard, PlanError> {
    let rows: Vec<ScorecardRow> = plan
        .indicators
        .iter()
        .map(|indicator| {
            Subject {
                plan,
                areas,
                input,
                on,
                indicator,
            }
            .row()
        })
        .collect::<Result<_, _>>()?;
    let strategies = plan.strategies.iter().map(|strategy| {
        let rows = rows.iter().filter(|row| row.strategy.as_deref() == Some(&strategy.id));
        let Label { th, en } = strategy.title.clone();
        let total = total(rows, &plan.scales, input.missing).map_err(PlanError::number(&strategy.id))?;
        Ok(StrategyTotal {
            strategy: strategy.id.clone(),
            th,
            en,
            total,
        })
    });
    Ok(Scorecard {
        kind: "scorecard",
        plan: plan.id.clone(),
        th: plan.title.th.clone(),
        en: plan.title.en.clone(),
        owner: plan.owner.clone(),
        on,
        year: input.year,
        fiscal_year: input.fiscal_year,
        as_of: input.as_of,
        checked_on: plan.checked_on,
        later_than_checked: on > plan.checked_on,
        superseded_by: plan
            .superseded_by
            .as_ref()
            .filter(|later| later.on <= on)
            .map(|later| SupersededBy {
                plan: later.plan.clone(),
                on: later.on,
                cite: cites(&later.cite),
            }),
        structure: plan.structure,
        open: plan.open.clone(),
        strategies: strategies.collect::<Result<_, PlanError>>()?,
        total: total(rows.iter(), &plan.scales, input.missing).map_err(PlanError::number(&plan.id))?,
        rows,
    })
}

/// How citations are shown.
fn cites(list: &[Citation]) -> Vec<String> {
    list.iter().map(|cite| cite.at.clone()).collect()
}

/// The score of a value on a scale, rounded at the end only.
///
/// # Errors
/// The breakpoints do not fit the scale or the direction, or a number cannot be calculated with.
pub fn score_on(scale: &Scale, breakpoints: &[Decimal], better: Better, value: Ratio) -> Result<Decimal, PlanError> {
    check_breakpoints(&scale.scores, breakpoints, better).map_err(|(found, expected)| PlanError::input("breakpoints", found, expected))?;
    interpolate(scale, breakpoints, better, value).map_err(PlanError::number(&scale.id))
}

fn interpolate(scale: &Scale, breakpoints: &[Decimal], better: Better, value: Ratio) -> Result<Decimal, NumberError> {
    let at_least = |breakpoint: Decimal| match better {
        Better::Up => value >= breakpoint.exact(),
        Better::Down => value <= breakpoint.exact(),
    };
    let steps: Vec<(Decimal, Decimal)> = breakpoints.iter().copied().zip(scale.scores.iter().copied()).collect();
    let reached = steps.iter().take_while(|(breakpoint, _)| at_least(*breakpoint)).count();
    let before = reached.checked_sub(1).and_then(|number| steps.get(number));
    let exact = match (before, steps.get(reached)) {
        (None, _) => scale.below.exact(),
        (Some((breakpoint, score)), None) => {
            if value == breakpoint.exact() {
                score.exact()
            } else {
                scale.above.exact()
            }
        }
        (Some((_, score)), Some(_)) if scale.between == Between::Step => score.exact(),
        (Some((breakpoint, score)), Some((next, next_score))) => {
            let way = value.minus(breakpoint.exact())?.over(next.exact().minus(breakpoint.exact())?)?;
            score.exact().plus(way.times(next_score.exact().minus(score.exact())?)?)?
        }
    };
    exact.round(scale.decimals)
}

/// A value in percent of a target, to two decimals; `None` where the rule divides by zero.
///
/// # Errors
/// The numbers are too large.
pub fn percent(rule: PercentRule, actual: Ratio, target: Ratio, baseline: Ratio) -> Result<Option<Decimal>, NumberError> {
    let hundred = Ratio::whole(100);
    let share = match rule {
        PercentRule::ActualOverTarget => actual.over(target),
        PercentRule::TargetOverActual => target.over(actual),
        PercentRule::TwoLessActualOverTarget => actual.over(target).and_then(|share| Ratio::whole(2).minus(share)),
        PercentRule::WayFromBaseline => actual.minus(baseline)?.over(target.minus(baseline)?),
    };
    match share {
        Err(NumberError::DivisionByZero) => Ok(None),
        share => share?.times(hundred)?.round(2).map(Some),
    }
}

/// The lowest and the highest change from one value to another, where one of them is an interval.
fn change_ends(now: &Measured, then: &Measured) -> Result<Option<(Ratio, Ratio)>, NumberError> {
    if now.between.is_none() && then.between.is_none() {
        return Ok(None);
    }
    let ends = |of: &Measured| of.between.unwrap_or((of.value, of.value));
    let ((low, high), (then_low, then_high)) = (ends(now), ends(then));
    Ok(Some((low.minus(then_high)?, high.minus(then_low)?)))
}

/// One indicator with all that its row rests on.
#[derive(Clone, Copy)]
struct Subject<'a> {
    plan: &'a Plan,
    areas: &'a Areas<'a>,
    input: &'a PlanInput,
    on: Date,
    indicator: &'a Indicator,
}

/// A period with what there is for it.
struct Found<'a> {
    period: Option<Period>,
    target: Option<&'a Target>,
    lead: Result<Measured, Absent>,
    other: Option<Measured>,
    view: View<'a>,
}

impl<'a> Subject<'a> {
    /// The points of a reading: the user's own, those without a period being of the period asked about, and the published ones that they do not
    /// replace; and whether the user's own answer for `period`.
    fn points(&self, measure: &Measure, leads: bool, period: Period, asked: Period) -> Result<(Vec<Point>, bool), PlanError> {
        let belongs = |given: &GivenValue| match &given.measure {
            None => leads,
            Some(name) => Some(name) == measure.name.as_ref(),
        };
        let of = |given: &GivenValue| given.point.period.map_or(asked, |own| self.indicator.round(own));
        let all = self.input.values.get(&self.indicator.id).map_or(&[][..], Vec::as_slice);
        refuse_twice(self.indicator, all, |given| Some(of(given)))?;
        let given = all.iter().filter(|given| belongs(given)).map(|given| {
            let mut point = given.point.clone();
            point.period = Some(of(given));
            point
        });
        let mut points: Vec<Point> = given.collect();
        let replaced = |own: Period| {
            points
                .iter()
                .filter_map(|point| point.period)
                .any(|given| given.is_same_time(own) || given.is_part_of(own))
        };
        let applies = replaced(period);
        let published: Vec<Point> = measure
            .points
            .iter()
            .filter(|point| !point.period.is_some_and(replaced))
            .cloned()
            .collect();
        points.extend(published);
        Ok((points, applies))
    }

    fn measured(
        &self,
        measure_of: &Measure,
        leads: bool,
        (period, asked): (Period, Period),
        view: View<'_>,
    ) -> Result<(Result<Measured, Absent>, bool), PlanError> {
        let (points, given) = self.points(measure_of, leads, period, asked)?;
        Ok((measure(&points.iter().collect::<Vec<_>>(), self.indicator, period, view)?, given))
    }

    fn target(&self, period: Period) -> Option<&'a Target> {
        let approved = |target: &&Target| target.approved_on.is_none_or(|day| day <= self.on);
        let of_period = |target: &&Target| target.period.is_some_and(|own| self.indicator.round(own).is_same_time(period));
        if let Some(own) = self.input.targets.get(&self.indicator.id) {
            let fits = |target: &&Target| target.period.is_none() || of_period(target);
            return own
                .iter()
                .filter(fits)
                .filter(approved)
                .max_by_key(|target| (target.period.is_some(), target.approved_on));
        }
        let own = self.plan.targets.iter().filter(|target| target.indicator == self.indicator.id);
        own.filter(of_period).filter(approved).max_by_key(|target| target.approved_on)
    }

    fn year(&self, year: i32) -> Option<Period> {
        Period::new(self.indicator.year, year, self.indicator.round.unwrap_or(Part::Whole))
    }

    /// The periods to look at, the wanted one first, and the fiscal year in which a value must lie, where one was asked about.
    fn candidates(&self) -> (Vec<Period>, Option<Period>) {
        let asked = match self.indicator.year {
            YearKind::Fiscal => self.input.fiscal_year.or(self.input.year),
            YearKind::Calendar => self.input.year,
        };
        let (mut candidates, within): (Vec<Period>, _) = match (asked, self.input.fiscal_year) {
            (Some(year), _) => (self.year(year).into_iter().collect(), None),
            (None, Some(year)) => {
                let years = [year, year.saturating_sub(1)];
                (
                    years.into_iter().filter_map(|year| self.year(year)).collect(),
                    Period::new(YearKind::Fiscal, year, Part::Whole),
                )
            }
            (None, None) => {
                let begun = |period: &Period| period.months().0 <= self.on.month().index();
                let years = (self.plan.from_year..=self.plan.to_year).rev();
                (years.filter_map(|year| self.year(year)).filter(begun).collect(), None)
            }
        };
        // A target may be for a part of a year.
        let own = self.input.targets.get(&self.indicator.id).into_iter().flatten();
        let targets = own.chain(self.plan.targets.iter().filter(|target| target.indicator == self.indicator.id));
        let parts = targets
            .filter_map(|target| target.period)
            .filter(|part| candidates.iter().any(|whole| part.is_part_of(*whole)));
        let parts: Vec<Period> = parts.collect();
        candidates.extend(parts);
        (candidates, within)
    }

    fn find(&self) -> Result<Found<'a>, PlanError> {
        let (candidates, within) = self.candidates();
        let view = View {
            on: self.on,
            as_of: self.input.as_of,
            within,
            areas: &self.input.areas,
            map: self.areas,
        };
        let one_asked = self.input.year.is_some() || self.input.fiscal_year.is_some();
        let (mut first, mut fallback) = (None, None);
        for period in candidates {
            let (lead, given) = self.measured(&self.indicator.lead, true, (period, period), view)?;
            let other = match &self.indicator.other {
                None => None,
                Some(other) => {
                    let (value, own) = self.measured(other, false, (period, period), view)?;
                    // The user's own value is one reading, unless both were given.
                    if given && !own { None } else { value.ok() }
                }
            };
            let target = self.target(period);
            let nothing = |absent: &Absent| matches!(absent.because, Because::NoData | Because::NotYetPublished);
            let has_value = lead.is_ok() || other.is_some() || lead.as_ref().is_err_and(|absent| !nothing(absent));
            // A level is no change yet: that needs the baseline of a target.
            let has_value = has_value && (self.indicator.kind != IndicatorKind::Change || target.is_some());
            let has_target = target.is_some_and(|target| target.period.is_some());
            let found = Found {
                period: Some(period),
                target,
                lead,
                other,
                view,
            };
            if has_value || (has_target && within.is_none()) {
                return Ok(found);
            }
            if has_target && fallback.is_none() {
                fallback = Some(found);
            } else if one_asked && within.is_none_or(|year| period.end() <= year.end()) && first.is_none() {
                first = Some(found);
            }
        }
        let nothing = Err(Absent {
            because: Because::NoData,
            missing: Vec::new(),
        });
        Ok(fallback.or(first).unwrap_or(Found {
            period: None,
            target: None,
            lead: nothing,
            other: None,
            view,
        }))
    }

    /// Whether all that is known of the indicator belongs to no period.
    fn undated(&self) -> bool {
        let mut targets = self
            .plan
            .targets
            .iter()
            .filter(|target| target.indicator == self.indicator.id)
            .map(|target| target.period);
        let mut points = self.indicator.lead.points.iter().map(|point| point.period);
        let some = targets.clone().next().is_some() || points.clone().next().is_some();
        some && targets.all(|period| period.is_none()) && points.all(|period| period.is_none())
    }

    fn scale(&self, target: &'a Target) -> Result<Option<&'a Scale>, PlanError> {
        let Some(id) = &target.scale else { return Ok(None) };
        let names = || self.plan.scales.iter().map(|scale| scale.id.as_str());
        let scale = self.plan.scales.iter().find(|scale| &scale.id == id);
        scale
            .map(Some)
            .ok_or_else(|| PlanError::name(format!("targets.{}.scale", self.indicator.id), id, "a scale", names()))
    }

    /// A value against the target.
    fn reading(&self, of: &Measure, measured: &Measured, target: Option<&'a Target>) -> Result<Reading, PlanError> {
        let fault = PlanError::number(&self.indicator.id);
        let mut reading = Reading {
            measure: of.name.clone(),
            value: measured.shown,
            between: None,
            reached: None,
            percent: None,
            percent_between: None,
            percent_rule: None,
            score: None,
            score_between: None,
        };
        let (low, high) = measured.between.unwrap_or((measured.value, measured.value));
        if measured.between.is_some() {
            let end = |end: Ratio| end.end(self.indicator.decimals).map_err(fault);
            reading.between = Some([end(low)?, end(high)?]);
        }
        let Some(target) = target.filter(|_| !measured.unknown_kind) else {
            return Ok(reading);
        };
        if let Some((value, [least, most])) = target.value.zip(target.ends()) {
            let (value, least, most) = (value.exact(), least.exact(), most.exact());
            reading.reached = self.reaches((low, high), (least, most));
            let baseline = target
                .baseline
                .filter(|_| self.indicator.kind != IndicatorKind::Change)
                .map(|baseline| baseline.value.exact());
            let rule = match (self.indicator.better, baseline) {
                (Better::Up, _) => PercentRule::ActualOverTarget,
                (Better::Down, Some(_)) => PercentRule::WayFromBaseline,
                (Better::Down, None) => PercentRule::TargetOverActual,
            };
            let of = |actual: Ratio, target: Ratio| percent(rule, actual, target, baseline.unwrap_or(Ratio::ZERO)).map_err(fault);
            reading.percent = of(measured.value, value)?;
            reading.percent_rule = reading.percent.map(|_| rule);
            let mut ends = [of(low, least)?, of(low, most)?, of(high, least)?, of(high, most)?];
            ends.sort_unstable();
            reading.percent_between = match ends {
                [Some(low), _, _, Some(high)] if low != high => Some([low, high]),
                _ => None,
            };
        }
        if let Some(scale) = self.scale(target)? {
            let score = |value: Ratio| score_on(scale, &target.breakpoints, self.indicator.better, value);
            reading.score = Some(score(measured.value)?);
            let ends = [score(low)?, score(high)?];
            reading.score_between = ends.first().zip(ends.last()).is_some_and(|(low, high)| low != high).then_some(ends);
        }
        Ok(reading)
    }

    /// Whether a value between two ends reaches a target between two ends; `None` where the ends disagree.
    fn reaches(&self, (low, high): (Ratio, Ratio), (least, most): (Ratio, Ratio)) -> Option<bool> {
        let (surely, possibly) = match self.indicator.better {
            Better::Up => (low >= most, high >= least),
            Better::Down => (high <= least, low <= most),
        };
        (surely == possibly).then_some(surely)
    }

    /// A level less the target's baseline, over all that the baseline may be.
    fn change(&self, level: Measured, baseline: Baseline) -> Result<Measured, PlanError> {
        let less = || {
            let value = level.value.minus(baseline.value.exact())?;
            let (low, high) = level.between.unwrap_or((level.value, level.value));
            let (low, high) = (low.minus(baseline.high.exact())?, high.minus(baseline.low.exact())?);
            Ok((value, (low != high).then_some((low, high)), value.round(self.indicator.decimals)?))
        };
        let (value, between, shown) = less().map_err(PlanError::number(&self.indicator.id))?;
        Ok(Measured {
            value,
            between,
            shown,
            ..level
        })
    }

    /// Against the previous value that is comparable.
    fn trend(&self, period: Period, now: &Measured, view: View<'_>) -> Result<Result<Trend, Because>, PlanError> {
        let view = View { within: None, ..view };
        let mut because = Because::NoEarlierValue;
        let first = self.earliest(period);
        for year in (first..period.year()).rev() {
            let Some(earlier) = period.in_year(year) else { continue };
            let (Ok(then), _) = self.measured(&self.indicator.lead, true, (earlier, period), view)? else {
                continue;
            };
            // A few areas against the kingdom, or against others, say nothing of time.
            if then.areas != now.areas {
                continue;
            }
            if self
                .indicator
                .breaks
                .iter()
                .any(|break_of| year < break_of.at && break_of.at <= period.year())
            {
                return Ok(Err(Because::BreakInSeries));
            }
            if now.month.zip(then.month).is_some_and(|(now, then)| now != then) {
                because = Because::DifferentTimeOfYear;
                continue;
            }
            if then.unknown_kind || then.months != now.months {
                continue;
            }
            let fault = PlanError::number(&self.indicator.id);
            let change = now.shown.exact().minus(then.shown.exact()).map_err(fault)?;
            let ends = change_ends(now, &then).map_err(fault)?;
            let (low, high) = ends.unwrap_or((change, change));
            let direction = if low == Ratio::ZERO && high == Ratio::ZERO {
                Direction::Same
            } else if low <= Ratio::ZERO && high >= Ratio::ZERO {
                Direction::NotToldApart
            } else if (low > Ratio::ZERO) == (self.indicator.better == Better::Up) {
                Direction::Better
            } else {
                Direction::Worse
            };
            let end = |end: Ratio| end.end(self.indicator.decimals).map_err(fault);
            let change_between = ends.map(|(low, high)| Ok::<_, PlanError>([end(low)?, end(high)?])).transpose()?;
            let change = change.to_decimal().map_err(fault)?;
            return Ok(Ok(Trend {
                from: earlier,
                value: then.shown,
                change,
                change_between,
                direction,
            }));
        }
        Ok(Err(because))
    }

    fn earliest(&self, period: Period) -> i32 {
        let given = self
            .input
            .values
            .get(&self.indicator.id)
            .into_iter()
            .flatten()
            .filter_map(|given| given.point.period);
        let published = self.indicator.lead.points.iter().filter_map(|point| point.period);
        given.chain(published).map(Period::year).min().unwrap_or(period.year())
    }

    fn row(&self) -> Result<ScorecardRow, PlanError> {
        let Found {
            period,
            target,
            mut lead,
            other,
            view,
        } = self.find()?;
        let mut row = self.blank(period, target);
        if self.input.withdrawn.contains(&self.indicator.id) {
            row.status = RowStatus::Withdrawn;
            row.why_no_score = Some(Because::Withdrawn);
            return Ok(row);
        }
        if self.indicator.kind == IndicatorKind::Change {
            lead = match (lead, target.and_then(|target| target.baseline)) {
                (Ok(level), Some(baseline)) => Ok(self.change(level, baseline)?),
                (Ok(_), None) => Err(Absent {
                    because: Because::NoBaseline,
                    missing: Vec::new(),
                }),
                (Err(absent), _) => Err(absent),
            };
        }
        let measured = match (lead, period) {
            (Ok(measured), Some(period)) => {
                if self.indicator.kind == IndicatorKind::Change {
                    row.why_no_trend = Some(Because::NoEarlierValue);
                } else if measured.unknown_kind {
                    row.why_no_trend = Some(Because::UnknownKind);
                } else {
                    match self.trend(period, &measured, view)? {
                        Ok(trend) => row.trend = Some(trend),
                        Err(because) => row.why_no_trend = Some(because),
                    }
                }
                measured
            }
            (lead, _) => {
                let absent = lead.err().unwrap_or(Absent {
                    because: Because::NoData,
                    missing: Vec::new(),
                });
                let undated = absent.because == Because::NoData && self.undated();
                let because = if undated { Because::Undated } else { absent.because };
                row.why_no_score = Some(because);
                row.why_no_trend = Some(because);
                row.missing = absent.missing;
                return Ok(row);
            }
        };
        let lead = self.reading(&self.indicator.lead, &measured, target)?;
        let other = match (&self.indicator.other, other) {
            (Some(of), Some(value)) => Some(self.reading(of, &value, target)?),
            _ => None,
        };
        // What one interval leaves open contradicts nothing.
        let contradicts = |other: &Reading| other.reached.zip(lead.reached).is_some_and(|(other, lead)| other != lead);
        let disputed = other.as_ref().is_some_and(|other| contradicts(other) || other.score != lead.score);
        (row.status, row.why_no_score) = match (target, lead.score) {
            _ if measured.unknown_kind => (RowStatus::NotScored, Some(Because::UnknownKind)),
            (None, _) => (RowStatus::NoTarget, Some(Because::NoTarget)),
            _ if disputed => (RowStatus::Disputed, Some(Because::Disputed)),
            (Some(_), Some(_)) => (RowStatus::Scored, None),
            (Some(_), None) => (RowStatus::Compared, Some(Because::NoBreakpoints)),
        };
        if row.status == RowStatus::Disputed && lead.score.is_none() {
            // Without breakpoints there would be no score even if one reading were right.
            row.why_no_score = Some(Because::NoBreakpoints);
        }
        if row.status == RowStatus::Scored {
            row.score = lead.score;
            row.scale = target.and_then(|target| target.scale.clone());
        }
        row.to_date = self.unfinished(&measured, target)?;
        row.confidence = self.confidence(&measured, target)?;
        row.as_of = measured.as_of;
        row.over_as_of = measured.over_as_of;
        row.provisional = !measured.why_provisional.is_empty();
        row.why_provisional = measured.why_provisional;
        row.source_note = measured.note;
        row.cite = measured.cite;
        (row.lead, row.other) = (Some(lead), other);
        Ok(row)
    }

    fn blank(&self, period: Option<Period>, target: Option<&Target>) -> ScorecardRow {
        let indicator = self.indicator;
        let target = target.map(|target| RowTarget {
            value: target.value,
            stretch: target.stretch,
            breakpoints: target.breakpoints.clone(),
            baseline: target.baseline,
            approximate: target.approximate,
            between: target.between,
            given: target.cite.is_empty(),
            cite: cites(&target.cite),
            open: target.open.clone(),
            note: target.note.clone(),
        });
        ScorecardRow {
            kind: "scorecard_row",
            plan: self.plan.id.clone(),
            indicator: indicator.id.clone(),
            strategy: indicator.strategy.clone(),
            period,
            unit: indicator.unit.clone(),
            status: RowStatus::NoData,
            th: indicator.title.th.clone(),
            en: indicator.title.en.clone(),
            target,
            lead: None,
            other: None,
            score: None,
            scale: None,
            why_no_score: None,
            trend: None,
            why_no_trend: None,
            to_date: None,
            as_of: None,
            over_as_of: None,
            provisional: false,
            why_provisional: Vec::new(),
            missing: Vec::new(),
            weight: self.input.weights.get(&indicator.id).copied().or(indicator.weight),
            owner: indicator.owner.clone(),
            open: indicator.open.clone(),
            note: indicator.note.clone(),
            source_note: None,
            cite: Vec::new(),
            confidence: None,
        }
    }

    fn unfinished(&self, measured: &Measured, target: Option<&Target>) -> Result<Option<ToDate>, PlanError> {
        let Some(months) = measured.months else { return Ok(None) };
        let share = || {
            let Some(value) = target.and_then(|target| target.value) else {
                return Ok((None, None));
            };
            let expected = value.exact().times(Ratio::new(months.into(), 12)?)?;
            let reached = percent(PercentRule::ActualOverTarget, measured.value, expected, Ratio::ZERO)?;
            Ok((Some(expected.round(self.indicator.decimals)?), reached))
        };
        let (expected, percent) = share().map_err(PlanError::number(&self.indicator.id))?;
        Ok(Some(ToDate { months, expected, percent }))
    }

    fn confidence(&self, measured: &Measured, target: Option<&'a Target>) -> Result<Option<Confidence>, PlanError> {
        let mut used: Vec<&Citation> = Vec::new();
        if !measured.cite.is_empty() {
            used.extend(&self.indicator.lead.cite);
        }
        if let Some(target) = target {
            used.extend(&target.cite);
            used.extend(self.scale(target)?.into_iter().flat_map(|scale| &scale.cite));
        }
        Ok(used.into_iter().map(|cite| cite.confidence).min())
    }
}
