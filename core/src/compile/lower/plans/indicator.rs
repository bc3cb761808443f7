//! Reads indicators, and the series and microdata that they are measured by.

use std::collections::BTreeSet;

use super::Reader;
use super::fields::{choice, decimal, small};
use super::series::{Selection, Series, Years, points};
use crate::compile::csv::Csv;
use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::source::{File, Item, Section};
use crate::plan::{
    AreaRule, Better, Break, Decimal, Indicator, IndicatorKind, KINGDOM, Measure, Microdata, Part, Period, Point, Said, TimeRule, YearKind,
    part,
};

impl Reader<'_> {
    pub(super) fn indicator(&self, id: &str, section: &Section<'_>) -> Indicator {
        let label = format!("indicator.{id}");
        let kinds = [
            ("stock", IndicatorKind::Stock),
            ("flow", IndicatorKind::Flow),
            ("share", IndicatorKind::Share),
            ("ratio", IndicatorKind::Ratio),
            ("mean", IndicatorKind::Mean),
            ("index", IndicatorKind::Index),
            ("milestone", IndicatorKind::Milestone),
            ("change", IndicatorKind::Change),
        ];
        let area_rules = [
            ("sum", AreaRule::Sum),
            ("ratio_of_sums", AreaRule::RatioOfSums),
            ("none", AreaRule::None),
        ];
        let time_rules = [("last", TimeRule::Last), ("sum", TimeRule::Sum), ("mean", TimeRule::Mean)];
        let year = choice(
            section,
            "year",
            &[("calendar", YearKind::Calendar), ("fiscal", YearKind::Fiscal)],
            None,
        )
        .unwrap_or(YearKind::Calendar);
        let round = section.text("round");
        let read_round = round.as_deref().and_then(part);
        if round.is_some() && read_round.is_none() {
            section.diagnose(
                "round",
                DiagnosticCode::UnknownCode,
                "`round` is no part of a year",
                "Q1 to Q4 or M01 to M12",
            );
        }
        let years = Years {
            kind: year,
            round: read_round,
        };
        let written = section.whole("times").unwrap_or(1);
        let times = u32::try_from(written).ok().filter(|times| *times > 0).unwrap_or_else(|| {
            section.diagnose(
                "times",
                DiagnosticCode::Impossible,
                format!("`times` is {written}"),
                "1 or more, such as 100",
            );
            1
        });
        let kind = choice(section, "kind", &kinds, None).unwrap_or(IndicatorKind::Stock);
        let area = section.text("area");
        if let Some(code) = area.as_ref().filter(|code| !self.context.areas().has(code)) {
            let near = self
                .context
                .areas()
                .nearest(code)
                .map_or_else(|| "the code of an area".to_owned(), |near| format!("`{near}`"));
            section.diagnose("area", DiagnosticCode::UnknownCode, format!("`area` is `{code}`"), near);
        }
        let series = Series {
            years,
            counts: matches!(
                kind,
                IndicatorKind::Stock | IndicatorKind::Flow | IndicatorKind::Milestone | IndicatorKind::Change
            ),
            of_area: area.as_deref().unwrap_or(KINGDOM),
            areas: self.context.areas(),
            exact_parts: None,
        };
        let mut lead = self.measure(section, &series, &label, false);
        lead.name = section.text("measure");
        let weight = decimal(section, "weight");
        if let Some(weight) = weight.filter(|weight| *weight < Decimal::ZERO) {
            section.diagnose(
                "weight",
                DiagnosticCode::Impossible,
                format!("`weight` is {weight}"),
                "zero or more",
            );
        }
        let mut indicator = Indicator {
            id: id.to_owned(),
            title: self.label(section, &label),
            strategy: section.text("strategy"),
            unit: section.need_text("unit"),
            decimals: small(section, "decimals", 12).unwrap_or_default(),
            better: choice(section, "better", &[("up", Better::Up), ("down", Better::Down)], None).unwrap_or(Better::Up),
            kind,
            times,
            year,
            round: read_round,
            over_time: choice(section, "over_time", &time_rules, None).unwrap_or(TimeRule::Last),
            over_areas: choice(section, "over_areas", &area_rules, None).unwrap_or(AreaRule::None),
            owner: section.need_text("owner"),
            area: area.clone(),
            sdg: section.text("sdg"),
            weight,
            breaks: section.list("breaks").iter().map(|item| self.series_break(item, &label)).collect(),
            other: section.section("other").map(|other| {
                let mut measure = self.measure(&other, &series, &label, true);
                measure.name = Some(other.need_text("measure"));
                other.done();
                measure
            }),
            lead,
            open: self.optional_label(section, "open", &format!("{label}.open")),
            note: self.optional_label(section, "note", &format!("{label}.note")),
            cite: self.cite(section, "cite"),
        };
        section.done();
        if indicator.kind == IndicatorKind::Share && times != 100 {
            section.diagnose("times", DiagnosticCode::Impossible, format!("`times` of a share is {times}"), "100");
        }
        for (place, first) in indicator.breaks.iter().enumerate() {
            if indicator.breaks.iter().take(place).any(|earlier| earlier.at == first.at) {
                section.diagnose(
                    "breaks",
                    DiagnosticCode::Shadowing,
                    format!("two breaks in {}", first.at),
                    "each year once",
                );
            }
        }
        let points = [Some(&indicator.lead), indicator.other.as_ref()].into_iter().flatten();
        for point in points.flat_map(|measure| &measure.points) {
            if let Some(expected) = indicator.refuses(point.value, point.over, Said::Value) {
                let kind = if indicator.kind == IndicatorKind::Share { "share" } else { "count" };
                let message = format!("a figure of the {kind} `{id}` is {}", point.value);
                section.diagnose("from_series", DiagnosticCode::Impossible, message, expected);
            }
        }
        self.within_possible(&mut indicator);
        indicator
    }

    /// Takes from what each point may be what the indicator cannot be.
    fn within_possible(&self, indicator: &mut Indicator) {
        let mut lead = std::mem::take(&mut indicator.lead.points);
        let mut other = indicator
            .other
            .as_mut()
            .map(|other| std::mem::take(&mut other.points))
            .unwrap_or_default();
        for point in lead.iter_mut().chain(&mut other) {
            if let Some((low, high)) = point.low.zip(point.high) {
                let [low, high] = indicator.possible([low, high], point.over);
                (point.low, point.high) = (Some(low), Some(high));
            }
        }
        indicator.lead.points = lead;
        if let Some(measure) = &mut indicator.other {
            measure.points = other;
        }
    }

    fn series_break(&self, item: &Item, label: &str) -> Break {
        let section = self.file.section(item, "breaks");
        let at = section.whole("at").and_then(|year| year.try_into().ok()).unwrap_or_default();
        if Period::new(YearKind::Calendar, at, Part::Whole).is_none() {
            section.diagnose(
                "at",
                DiagnosticCode::Impossible,
                "a break without a year",
                "a year of the Buddhist era",
            );
        }
        let found = Break {
            at,
            title: self.label(&section, &format!("{label}.break_{at}")),
            cite: self.cite(&section, "cite"),
        };
        section.done();
        found
    }

    fn measure(&self, section: &Section<'_>, reading: &Series<'_>, label: &str, second: bool) -> Measure {
        let mut measure = Measure::default();
        if second {
            measure.title = Some(self.label(section, &format!("{label}.other")));
            measure.cite = self.cite(section, "cite");
        }
        if let Some(series) = section.section("from_series") {
            measure.cite = self.cite(&series, "cite");
            measure.points = self.series(&series, reading);
            series.done();
        }
        if let Some(rules) = section.section("from_microdata") {
            let microdata = Microdata {
                of: rules.need_text("of"),
                over: rules.text("over"),
                weight: rules.text("weight"),
                strata: rules.text("strata"),
                cluster: rules.text("cluster"),
            };
            for name in [Some(&microdata.of), microdata.over.as_ref()]
                .into_iter()
                .flatten()
                .filter(|name| !self.context.has_rule(name))
            {
                rules.diagnose(
                    "of",
                    DiagnosticCode::UnknownName,
                    format!("no rule is called `{name}`"),
                    "`file.rule`",
                );
            }
            rules.done();
            measure.microdata = Some(microdata);
        }
        measure
    }

    fn series(&self, section: &Section<'_>, reading: &Series<'_>) -> Vec<Point> {
        let Some(of) = self.figures(section) else { return Vec::new() };
        let selection = Selection::read(section, &of);
        let exact_parts = section.section("exact").map(|exact| {
            let parts = (exact.need_text("of"), exact.need_text("over"));
            for column in [&parts.0, &parts.1].into_iter().filter(|column| !of.has(column)) {
                exact.diagnose("of", DiagnosticCode::UnknownName, format!("the file has no column `{column}`"), "");
            }
            exact.done();
            parts
        });
        let reading = &Series { exact_parts, ..*reading };
        // A user's figures without a source are those of the plan.
        let unnamed = (section.item("cite").is_none() && !self.context.is_strict()).then(|| self.id.clone());
        let cites: Vec<String> = section
            .texts("cite")
            .iter()
            .map(|cite| cite.split(" (").next().unwrap_or(cite).to_owned())
            .chain(unnamed)
            .collect();
        let read = match section.section("over") {
            None => points(&selection, None, reading, &cites),
            Some(over) => {
                let Some(figures) = self.figures(&over) else { return Vec::new() };
                let below = Selection::read(&over, &figures);
                over.done();
                points(&selection, Some(&below), reading, &cites)
            }
        };
        // What the rows add to the citations must be registered too.
        let line = section.item("cite").map_or(section.line, |item| item.line);
        for cite in read.iter().flat_map(|point| &point.cite).collect::<BTreeSet<_>>() {
            let _ = self.context.citation(self.file, line, cite);
        }
        // Without its columns nothing can fit: that is said already.
        if read.is_empty() && selection.is_complete() {
            section.diagnose(
                "where",
                DiagnosticCode::NeverMatches,
                "no row of the series fits",
                "at least one row",
            );
        }
        read
    }

    fn figures(&self, section: &Section<'_>) -> Option<Csv<'_>> {
        let path = section.need_text("csv");
        if let Some((line, text)) = self.own.get(&path) {
            return Csv::read(self.file, text, *line);
        }
        let Some((path, text)) = self.context.table(&path) else {
            section.diagnose(
                "csv",
                DiagnosticCode::UnknownName,
                format!("no file is called `{path}`"),
                "a name under [figures] of this file, or a CSV file beside it",
            );
            return None;
        };
        let file = File {
            path,
            ledger: self.file.ledger,
        };
        Csv::read(file, text, 1)
    }
}
