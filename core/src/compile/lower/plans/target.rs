//! Reads targets, and that no indicator has two for one period.

use std::collections::BTreeSet;

use super::Reader;
use super::fields::{decimal, decimal_of, decimals};
use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::source::{Data, Item, Section};
use crate::plan::{Baseline, Better, Decimal, IndicatorKind, Part, Period, Plan, Said, Target, check_breakpoints};
use crate::values::nearest;

/// Notes each target of an indicator beyond the first for one period and day of approval.
pub(super) fn check_one_target_a_period(root: &Section<'_>, plan: &Plan) {
    let mut seen = BTreeSet::new();
    for (id, section) in root.sections("target") {
        let Some(target) = plan
            .targets
            .iter()
            .find(|target| target.id == id)
            .filter(|target| target.period.is_some())
        else {
            continue;
        };
        let indicator = plan.indicators.iter().find(|indicator| indicator.id == target.indicator);
        let period = target
            .period
            .zip(indicator)
            .map(|(period, indicator)| indicator.round(period).months());
        if !seen.insert((target.indicator.clone(), period, target.approved_on)) {
            let message = format!("`{}` has two targets for one period", target.indicator);
            section.diagnose(
                "period",
                DiagnosticCode::OverlapInTime,
                message,
                "`approved_on`, each with its own day",
            );
        }
    }
}

impl Reader<'_> {
    pub(super) fn target(&self, id: &str, section: &Section<'_>, plan: &Plan) -> Option<Target> {
        let label = format!("target.{id}");
        let name = section.need_text("indicator");
        let Some(indicator) = plan.indicators.iter().find(|indicator| indicator.id == name) else {
            let near = nearest(&name, plan.indicators.iter().map(|indicator| indicator.id.as_str())).unwrap_or("an indicator of this file");
            section.diagnose(
                "indicator",
                DiagnosticCode::UnknownName,
                format!("no indicator is called `{name}`"),
                near,
            );
            return None;
        };
        let period = section.text("period");
        let read_period: Option<Period> = period.as_deref().and_then(|text| text.parse().ok());
        let fits = read_period.is_some_and(|period| period.part() != Part::Whole || period.kind() == indicator.year);
        if period.is_some() && !fits {
            let message = format!("`period` is `{}`", period.unwrap_or_default());
            section.diagnose(
                "period",
                DiagnosticCode::Impossible,
                message,
                "a period in the indicator's kind of year, such as 2567 or FY2567",
            );
        }
        let (low, high) = (decimal(section, "low"), decimal(section, "high"));
        let (value, stretch) = match (indicator.better, low, high) {
            (_, None, None) => (decimal(section, "value"), None),
            (Better::Up, Some(low), Some(high)) if low <= high => (Some(low), Some(high)),
            (Better::Down, Some(low), Some(high)) if low <= high => (Some(high), Some(low)),
            _ => {
                section.diagnose("low", DiagnosticCode::Impossible, "no range", "`low` and `high`, in order");
                (None, None)
            }
        };
        let mut target = Target {
            id: id.to_owned(),
            indicator: name,
            period: read_period,
            value,
            stretch,
            breakpoints: decimals(section, "breakpoints"),
            scale: section.text("scale"),
            baseline: section.item("baseline").and_then(|item| self.baseline(item)),
            approved_on: section.day("approved_on"),
            approximate: section.flag("approximate").unwrap_or(false),
            between: None,
            open: self.optional_label(section, "open", &format!("{label}.open")),
            note: self.optional_label(section, "note", &format!("{label}.note")),
            cite: self.cite(section, "cite"),
        };
        let precision = decimal(section, "precision");
        if let Some(precision) = precision.filter(|precision| *precision <= Decimal::ZERO) {
            section.diagnose(
                "precision",
                DiagnosticCode::Impossible,
                format!("`precision` is {precision}"),
                "more than zero",
            );
        }
        // About a number: to its last digit that is not zero, where the file does not say to what.
        let finest = precision.or_else(|| target.value.filter(|_| target.approximate)?.last_place());
        target.between = finest.and_then(|finest| target.value?.printed_to(finest).ok());
        section.done();
        if target.value.is_none() && target.breakpoints.is_empty() {
            section.diagnose(
                "value",
                DiagnosticCode::MissingKey,
                format!("`{id}` has no value"),
                "`value`, `low` and `high`, or `breakpoints`",
            );
        }
        let refused = |(level, said): (Decimal, Said)| indicator.refuses(level, None, said).map(|expected| (level, expected));
        if let Some((level, expected)) = target.levels().find_map(refused) {
            let kind = if indicator.kind == IndicatorKind::Share { "share" } else { "count" };
            let message = format!("a level of the {kind} `{}` is {level}", indicator.id);
            section.diagnose("indicator", DiagnosticCode::Impossible, message, expected);
        }
        match target.scale.as_ref().map(|id| plan.scales.iter().find(|scale| &scale.id == id)) {
            None if target.breakpoints.is_empty() => {}
            Some(Some(scale)) => {
                if let Err((found, expected)) = check_breakpoints(&scale.scores, &target.breakpoints, indicator.better) {
                    section.diagnose("breakpoints", DiagnosticCode::Impossible, found, expected);
                }
            }
            _ => section.diagnose(
                "scale",
                DiagnosticCode::UnknownName,
                "breakpoints without a known scale",
                "a scale of scales.toml",
            ),
        }
        Some(target)
    }

    fn baseline(&self, item: &Item) -> Option<Baseline> {
        if !matches!(item.data, Data::Table(_)) {
            let value = decimal_of(self.file, item, "baseline")?;
            return Some(Baseline {
                value,
                low: value,
                high: value,
            });
        }
        let section = self.file.section(item, "baseline");
        let value = decimal(&section, "value")?;
        let (low, high) = (
            decimal(&section, "low").unwrap_or(value),
            decimal(&section, "high").unwrap_or(value),
        );
        section.done();
        if low > value || value > high {
            section.diagnose(
                "low",
                DiagnosticCode::Impossible,
                "the baseline lies outside its own bounds",
                "`low` not above `value`, `value` not above `high`",
            );
        }
        Some(Baseline { value, low, high })
    }
}
