//! Reads plan files and scales into the model.

use std::collections::BTreeSet;

use super::series::{Figures, Selection, Years, points};
use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::source::{Data, File, Item, Section};
use crate::plan::{
    AreaRule, Baseline, Better, Between, Break, Citation, Decimal, Element, Indicator, IndicatorKind, Label, Measure, Microdata, Part,
    Period, Plan, PlanDate, Scale, Structure, Target, TimeRule, YearKind, check_breakpoints, part,
};
use crate::values::nearest;

/// What the rest of the compiler lends to plan files.
pub trait Lends {
    /// Resolves a citation, `instrument/place (confidence)`; notes the fault and gives nothing where it resolves to nothing.
    fn citation(&self, file: File<'_>, line: u32, text: &str) -> Option<Citation>;
    /// The English of an id of a file, such as `indicator.informality_rate`.
    fn english(&self, file_id: &str, id: &str) -> Option<String>;
    /// The text of a CSV file of the rulebook, and its path as it lives as long as the rulebook.
    fn table(&self, path: &str) -> Option<(&str, &str)>;
    /// Whether there is a rule of that name, `file.rule`.
    fn has_rule(&self, name: &str) -> bool;
}

/// Reads the scales.
#[must_use]
pub fn scales(file: File<'_>, item: &Item, lends: &dyn Lends) -> Vec<Scale> {
    let root = file.section(item, "file of scales");
    if let Some(head) = root.section("file") {
        let _ = (
            head.need_text("id"),
            head.need_text("kind"),
            head.need_text("th"),
            head.need_day("checked_on"),
        );
        head.done();
    }
    let reader = Reader {
        file,
        lends,
        id: "scales".to_owned(),
    };
    let scales: Vec<Scale> = root
        .sections("scale")
        .into_iter()
        .map(|(id, section)| reader.scale(id, &section))
        .collect();
    run_elsewhere(&root);
    root.done();
    scales
}

/// Reads a plan; nothing where it has no readable head.
#[must_use]
pub fn plan(file: File<'_>, item: &Item, lends: &dyn Lends, scales: &[Scale]) -> Option<Plan> {
    let root = file.section(item, "plan file");
    let head = root.section("plan")?;
    let reader = Reader {
        file,
        lends,
        id: head.need_text("id"),
    };
    let years = head.section("years")?;
    let (from_year, to_year) = (years.whole("from"), years.whole("to"));
    years.done();
    let structures = [
        ("whole", Structure::Whole),
        ("partial", Structure::Partial),
        ("list", Structure::List),
    ];
    let checked_on = head.need_day("checked_on")?;
    let mut plan = Plan {
        id: reader.id.clone(),
        title: reader.label(&head, "plan"),
        owner: Some(head.need_text("owner")).filter(|owner| owner != "none"),
        from_year: from_year.and_then(|year| year.try_into().ok()).unwrap_or_default(),
        to_year: to_year.and_then(|year| year.try_into().ok()).unwrap_or_default(),
        structure: choice(&head, "structure", &structures, None).unwrap_or(Structure::Partial),
        checked_on,
        dates: Vec::new(),
        vision: root.section("vision").map(|section| reader.element("vision", "vision", &section)),
        strategies: root
            .sections("strategy")
            .iter()
            .map(|(id, section)| reader.element(id, &format!("strategy.{id}"), section))
            .collect(),
        objectives: root
            .sections("objective")
            .iter()
            .map(|(id, section)| reader.element(id, &format!("objective.{id}"), section))
            .collect(),
        indicators: Vec::new(),
        targets: Vec::new(),
        scales: scales.to_vec(),
        open: reader.optional_label(&head, "open", "plan.open"),
        cite: reader.cite(&head, "cite"),
    };
    let known = |year: i32| Period::new(YearKind::Calendar, year, Part::Whole).is_some();
    if !known(plan.from_year) || !known(plan.to_year) || plan.from_year > plan.to_year {
        head.fault(
            "years",
            DiagnosticCode::Impossible,
            format!("years {} to {}", plan.from_year, plan.to_year),
            "years of the Buddhist era, in order",
        );
    }
    for item in head.list("dates") {
        let section = file.section(item, "plan.dates");
        let Some(on) = section.need_day("on") else { continue };
        plan.dates.push(PlanDate {
            on,
            title: reader.label(&section, &format!("date.{on}")),
            cite: reader.cite(&section, "cite"),
        });
        section.done();
    }
    head.done();
    for (id, section) in root.sections("indicator") {
        let indicator = reader.indicator(id, &section);
        if let Some(strategy) = indicator
            .strategy
            .as_ref()
            .filter(|name| !plan.strategies.iter().any(|known| &known.id == *name))
        {
            let near = nearest(strategy, plan.strategies.iter().map(|known| known.id.as_str())).unwrap_or("a strategy of this plan");
            section.fault(
                "strategy",
                DiagnosticCode::UnknownName,
                format!("no strategy is called `{strategy}`"),
                near,
            );
        }
        plan.indicators.push(indicator);
    }
    for (id, section) in root.sections("target") {
        let target = reader.target(id, &section, &plan);
        plan.targets.extend(target);
    }
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
        if !seen.insert((target.indicator.clone(), target.period, target.approved_on)) {
            let message = format!("`{}` has two targets for one period", target.indicator);
            section.fault(
                "period",
                DiagnosticCode::OverlapInTime,
                message,
                "`approved_on`, each with its own day",
            );
        }
    }
    run_elsewhere(&root);
    root.done();
    Some(plan)
}

/// Marks the examples of a file as read: they are run once the rulebook is compiled.
fn run_elsewhere(root: &Section<'_>) {
    let _ = root.item("example");
}

/// A code under a key; a fault and the first choice where it is none of them, and where it is needed and not there.
fn choice<T: Copy>(section: &Section<'_>, key: &str, choices: &[(&str, T)], default: Option<T>) -> Option<T> {
    let names = || choices.iter().map(|(name, _)| *name);
    let Some(text) = section.text(key) else {
        if default.is_none() {
            let expected = names().collect::<Vec<_>>().join(", ");
            section.fault(
                key,
                DiagnosticCode::MissingKey,
                format!("`{}` has no `{key}`", section.name),
                format!("one of {expected}"),
            );
        }
        return default;
    };
    let found = choices.iter().find(|(name, _)| *name == text).map(|(_, value)| *value);
    if found.is_none() {
        let expected = nearest(&text, names()).map_or_else(|| names().collect::<Vec<_>>().join(", "), |near| format!("`{near}`"));
        section.fault(key, DiagnosticCode::UnknownCode, format!("`{key}` is `{text}`"), expected);
    }
    found
}

fn decimal_of(file: File<'_>, item: &Item, name: &str) -> Option<Decimal> {
    let read = match &item.data {
        Data::Whole(number) => Some(Decimal::from(*number)),
        Data::Text(text) => text.parse().ok(),
        _ => None,
    };
    if read.is_none() {
        file.wrong_type(item, name, "a whole number, or a decimal as text");
    }
    read
}

fn decimal(section: &Section<'_>, key: &str) -> Option<Decimal> {
    section.item(key).and_then(|item| decimal_of(section.file, item, key))
}

fn decimals(section: &Section<'_>, key: &str) -> Vec<Decimal> {
    section
        .list(key)
        .iter()
        .filter_map(|item| decimal_of(section.file, item, key))
        .collect()
}

fn small(section: &Section<'_>, key: &str, most: u8) -> Option<u8> {
    let number = section.whole(key)?;
    let small = u8::try_from(number).ok().filter(|number| *number <= most);
    if small.is_none() {
        section.fault(
            key,
            DiagnosticCode::Impossible,
            format!("`{key}` is {number}"),
            format!("0 to {most}"),
        );
    }
    small
}

struct Reader<'a> {
    file: File<'a>,
    lends: &'a dyn Lends,
    id: String,
}

impl Reader<'_> {
    fn english(&self, line: u32, id: &str) -> Option<String> {
        let english = self.lends.english(&self.id, id);
        if english.is_none() {
            self.file.fault(
                line,
                DiagnosticCode::MissingLabel,
                format!("`{id}` has no English"),
                format!("a line in vocabulary/en/{}.toml", self.id),
            );
        }
        english
    }

    fn label(&self, section: &Section<'_>, id: &str) -> Label {
        Label {
            th: section.need_text("th"),
            en: self.english(section.line, id),
        }
    }

    fn optional_label(&self, section: &Section<'_>, key: &str, id: &str) -> Option<Label> {
        section.text(key).map(|th| Label {
            th,
            en: self.english(section.line, id),
        })
    }

    /// Citations that must be there.
    fn cite(&self, section: &Section<'_>, key: &str) -> Vec<Citation> {
        let texts = section.texts(key);
        if texts.is_empty() {
            section.fault(
                key,
                DiagnosticCode::MissingCitation,
                format!("`{}` has no citation", section.name),
                "`cite`",
            );
        }
        let line = section.item(key).map_or(section.line, |item| item.line);
        texts.iter().filter_map(|text| self.lends.citation(self.file, line, text)).collect()
    }

    fn element(&self, id: &str, label: &str, section: &Section<'_>) -> Element {
        // An objective is numbered as the plan numbers it, a strategy ordered; goals and objectives are not told apart where the plan's heading was not read.
        let number = section.whole("number").or_else(|| section.whole("order"));
        let _ = section.text("kind");
        let element = Element {
            id: id.to_owned(),
            number: number.and_then(|number| number.try_into().ok()).unwrap_or_default(),
            title: self.label(section, label),
            later: self.optional_label(section, "later", &format!("{label}.later")),
            paraphrase: section.flag("paraphrase").unwrap_or(false),
            cite: self.cite(section, "cite"),
        };
        section.done();
        element
    }

    fn scale(&self, id: &str, section: &Section<'_>) -> Scale {
        let scale = Scale {
            id: id.to_owned(),
            title: self.label(section, &format!("scale.{id}")),
            scores: decimals(section, "scores"),
            between: choice(section, "between", &[("linear", Between::Linear), ("step", Between::Step)], None).unwrap_or(Between::Linear),
            below: decimal(section, "below").unwrap_or(Decimal::ZERO),
            above: decimal(section, "above").unwrap_or(Decimal::ZERO),
            decimals: small(section, "decimals", 12).unwrap_or(4),
            cite: self.cite(section, "cite"),
        };
        let rising = scale
            .scores
            .iter()
            .zip(scale.scores.iter().skip(1))
            .all(|(first, second)| first < second);
        let ends =
            scale.scores.first().is_some_and(|first| scale.below <= *first) && scale.scores.last().is_some_and(|last| scale.above >= *last);
        if !rising || !ends {
            section.fault(
                "scores",
                DiagnosticCode::Impossible,
                "the scores do not rise",
                "`below`, rising scores, `above`",
            );
        }
        section.done();
        scale
    }

    fn indicator(&self, id: &str, section: &Section<'_>) -> Indicator {
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
            section.fault(
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
        let times = section.whole("times").unwrap_or(1);
        if times < 1 {
            section.fault("times", DiagnosticCode::Impossible, format!("`times` is {times}"), "1 or more");
        }
        let mut lead = self.measure(section, years, &label, false);
        lead.name = section.text("measure");
        let indicator = Indicator {
            id: id.to_owned(),
            title: self.label(section, &label),
            strategy: section.text("strategy"),
            unit: section.need_text("unit"),
            decimals: small(section, "decimals", 12).unwrap_or_default(),
            better: choice(section, "better", &[("up", Better::Up), ("down", Better::Down)], None).unwrap_or(Better::Up),
            kind: choice(section, "kind", &kinds, None).unwrap_or(IndicatorKind::Stock),
            times,
            year,
            round: read_round,
            over_time: choice(section, "over_time", &time_rules, None).unwrap_or(TimeRule::Last),
            over_areas: choice(section, "over_areas", &area_rules, None).unwrap_or(AreaRule::None),
            owner: section.need_text("owner"),
            area: section.text("area"),
            sdg: section.text("sdg"),
            weight: decimal(section, "weight"),
            breaks: section.list("breaks").iter().map(|item| self.series_break(item, &label)).collect(),
            other: section.section("other").map(|other| {
                let mut measure = self.measure(&other, years, &label, true);
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
            section.fault("times", DiagnosticCode::Impossible, format!("`times` of a share is {times}"), "100");
        }
        let points = [Some(&indicator.lead), indicator.other.as_ref()].into_iter().flatten();
        for point in points.flat_map(|measure| &measure.points) {
            if !indicator.allows(point.value, point.over) {
                let message = format!("a figure of the share `{id}` is {}", point.value);
                section.fault("from_series", DiagnosticCode::Impossible, message, "a part of its whole");
            }
        }
        indicator
    }

    fn series_break(&self, item: &Item, label: &str) -> Break {
        let section = self.file.section(item, "breaks");
        let at = section.whole("at").and_then(|year| year.try_into().ok()).unwrap_or_default();
        if Period::new(YearKind::Calendar, at, Part::Whole).is_none() {
            section.fault(
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

    fn measure(&self, section: &Section<'_>, years: Years, label: &str, second: bool) -> Measure {
        let mut measure = Measure::default();
        if second {
            measure.title = Some(self.label(section, &format!("{label}.other")));
            measure.cite = self.cite(section, "cite");
        }
        if let Some(series) = section.section("from_series") {
            measure.cite = self.cite(&series, "cite");
            measure.points = self.series(&series, years);
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
                .filter(|name| !self.lends.has_rule(name))
            {
                rules.fault(
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

    fn series(&self, section: &Section<'_>, years: Years) -> Vec<crate::plan::Point> {
        let Some(of) = self.figures(section) else { return Vec::new() };
        let selection = Selection::read(section, &of);
        let cites: Vec<String> = section
            .texts("cite")
            .iter()
            .map(|cite| cite.split(" (").next().unwrap_or(cite).to_owned())
            .collect();
        let read = match section.section("over") {
            None => points((&of, &selection), None, years, &cites),
            Some(over) => {
                let Some(figures) = self.figures(&over) else { return Vec::new() };
                let below = Selection::read(&over, &figures);
                over.done();
                points((&of, &selection), Some((&figures, &below)), years, &cites)
            }
        };
        // What the rows add to the citations must be registered too.
        let line = section.item("cite").map_or(section.line, |item| item.line);
        for cite in read.iter().flat_map(|point| &point.cite).collect::<BTreeSet<_>>() {
            let _ = self.lends.citation(self.file, line, cite);
        }
        if read.is_empty() {
            section.fault(
                "where",
                DiagnosticCode::NeverMatches,
                "no row of the series fits",
                "at least one row",
            );
        }
        read
    }

    fn figures(&self, section: &Section<'_>) -> Option<Figures<'_>> {
        let path = section.need_text("csv");
        let Some((path, text)) = self.lends.table(&path) else {
            section.fault(
                "csv",
                DiagnosticCode::UnknownName,
                format!("no file is called `{path}`"),
                "a file of the rulebook, such as figures/nso_informal.csv",
            );
            return None;
        };
        Some(Figures::parse(
            File {
                path,
                ledger: self.file.ledger,
            },
            text,
        ))
    }

    fn target(&self, id: &str, section: &Section<'_>, plan: &Plan) -> Option<Target> {
        let label = format!("target.{id}");
        let name = section.need_text("indicator");
        let Some(indicator) = plan.indicators.iter().find(|indicator| indicator.id == name) else {
            let near = nearest(&name, plan.indicators.iter().map(|indicator| indicator.id.as_str())).unwrap_or("an indicator of this file");
            section.fault(
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
            section.fault(
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
                section.fault("low", DiagnosticCode::Impossible, "no range", "`low` and `high`, in order");
                (None, None)
            }
        };
        let target = Target {
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
            open: self.optional_label(section, "open", &format!("{label}.open")),
            note: self.optional_label(section, "note", &format!("{label}.note")),
            cite: self.cite(section, "cite"),
        };
        section.done();
        if target.value.is_none() && target.breakpoints.is_empty() {
            section.fault(
                "value",
                DiagnosticCode::MissingKey,
                format!("`{id}` has no value"),
                "`value`, `low` and `high`, or `breakpoints`",
            );
        }
        if let Some(level) = target.levels().find(|level| !indicator.allows(*level, None)) {
            let message = format!("a level of the share `{}` is {level}", indicator.id);
            section.fault("indicator", DiagnosticCode::Impossible, message, "0 to 100");
        }
        match target.scale.as_ref().map(|id| plan.scales.iter().find(|scale| &scale.id == id)) {
            None if target.breakpoints.is_empty() => {}
            Some(Some(scale)) => {
                if let Err((found, expected)) = check_breakpoints(&scale.scores, &target.breakpoints, indicator.better) {
                    section.fault("breakpoints", DiagnosticCode::Impossible, found, expected);
                }
            }
            _ => section.fault(
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
            section.fault(
                "low",
                DiagnosticCode::Impossible,
                "the baseline lies outside its own bounds",
                "`low` not above `value`, `value` not above `high`",
            );
        }
        Some(Baseline { value, low, high })
    }
}

#[cfg(test)]
#[path = "plans_test.rs"]
mod tests;
