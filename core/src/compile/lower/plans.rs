//! Reads plan files and scales into the model.

use std::collections::{BTreeMap, BTreeSet};

use super::series::{Selection, Series, Years, points};
use crate::compile::csv::Csv;
use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::source::{Data, File, Item, Section};
use crate::plan::{
    AreaRule, Areas, Baseline, Better, Between, Break, Citation, Decimal, Element, Indicator, IndicatorKind, KINGDOM, Label, Measure,
    Microdata, Part, Period, Plan, PlanDate, Said, Scale, Structure, Superseded, Target, TimeRule, YearKind, check_breakpoints, part,
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
    /// The areas there are.
    fn areas(&self) -> &Areas<'_>;
    /// Whether every text must have its English and every statement its citation: a plan of the rulebook's own, not of a user's.
    fn is_strict(&self) -> bool;
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
        own: BTreeMap::new(),
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
    let mut own = BTreeMap::new();
    if let Some(section) = root.section("figures") {
        for (name, item) in section.entries() {
            own.extend(file.text(item, name).map(|text| (name.clone(), (item.text_line, text))));
        }
    }
    let reader = Reader {
        file,
        lends,
        id: head.need_text("id"),
        own,
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
        superseded_by: head.section("superseded_by").and_then(|section| reader.superseded(&section)),
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
        scales: reader.scales(&root, scales),
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
        if plan.dates.iter().any(|earlier| earlier.on == on) {
            section.fault(
                "on",
                DiagnosticCode::Shadowing,
                format!("the day {on} stands twice"),
                "each day once, with all that happened",
            );
        }
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
        let indicator = plan.indicators.iter().find(|indicator| indicator.id == target.indicator);
        let period = target
            .period
            .zip(indicator)
            .map(|(period, indicator)| indicator.round(period).months());
        if !seen.insert((target.indicator.clone(), period, target.approved_on)) {
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
    if !lends.is_strict() {
        for (_, section) in root.sections("source") {
            let _ = (section.need_text("title"), section.text("url"));
            section.done();
        }
    }
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
    /// The CSV texts that stand in the file itself, with their lines.
    own: BTreeMap<String, (u32, String)>,
}

impl Reader<'_> {
    /// The English of a text: beside it, under the key with `en`, or in the vocabulary under `id`.
    fn english(&self, section: &Section<'_>, key: &str, id: &str) -> Option<String> {
        let beside = if key == "th" { "en".to_owned() } else { format!("{key}_en") };
        let english = section.text(&beside).or_else(|| self.lends.english(&self.id, id));
        if english.is_none() && self.lends.is_strict() {
            self.file.warn(
                section.line,
                DiagnosticCode::MissingLabel,
                format!("`{id}` has no English"),
                format!("`{beside}` beside `{key}`, or a line in vocabulary/en/{}.toml", self.id),
            );
        }
        english
    }

    fn label(&self, section: &Section<'_>, id: &str) -> Label {
        Label {
            th: section.need_text("th"),
            en: self.english(section, "th", id),
        }
    }

    fn optional_label(&self, section: &Section<'_>, key: &str, id: &str) -> Option<Label> {
        section.text(key).map(|th| Label {
            th,
            en: self.english(section, key, id),
        })
    }

    fn superseded(&self, section: &Section<'_>) -> Option<Superseded> {
        let (plan, on) = (section.need_text("plan"), section.need_day("on"));
        let cite = self.cite(section, "cite");
        section.done();
        Some(Superseded { plan, on: on?, cite })
    }

    /// The scales of the rulebook, and those of the file itself.
    fn scales(&self, root: &Section<'_>, known: &[Scale]) -> Vec<Scale> {
        let mut scales = known.to_vec();
        for (id, section) in root.sections("scale") {
            let scale = self.scale(id, &section);
            if known.iter().any(|known| known.id == scale.id) {
                section.fault(
                    "scores",
                    DiagnosticCode::Shadowing,
                    format!("there is a scale `{id}` already"),
                    "a name of its own",
                );
            } else {
                scales.push(scale);
            }
        }
        scales
    }

    /// Citations that must be there.
    fn cite(&self, section: &Section<'_>, key: &str) -> Vec<Citation> {
        let texts = section.texts(key);
        if texts.is_empty() && self.lends.is_strict() {
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
        let written = section.whole("times").unwrap_or(1);
        let times = u32::try_from(written).ok().filter(|times| *times > 0).unwrap_or_else(|| {
            section.fault(
                "times",
                DiagnosticCode::Impossible,
                format!("`times` is {written}"),
                "1 or more, such as 100",
            );
            1
        });
        let kind = choice(section, "kind", &kinds, None).unwrap_or(IndicatorKind::Stock);
        let area = section.text("area");
        if let Some(code) = area.as_ref().filter(|code| !self.lends.areas().has(code)) {
            let near = self
                .lends
                .areas()
                .nearest(code)
                .map_or_else(|| "the code of an area".to_owned(), |near| format!("`{near}`"));
            section.fault("area", DiagnosticCode::UnknownCode, format!("`area` is `{code}`"), near);
        }
        let series = Series {
            years,
            counts: matches!(
                kind,
                IndicatorKind::Stock | IndicatorKind::Flow | IndicatorKind::Milestone | IndicatorKind::Change
            ),
            of_area: area.as_deref().unwrap_or(KINGDOM),
            areas: self.lends.areas(),
            exact_parts: None,
        };
        let mut lead = self.measure(section, &series, &label, false);
        lead.name = section.text("measure");
        let weight = decimal(section, "weight");
        if let Some(weight) = weight.filter(|weight| *weight < Decimal::ZERO) {
            section.fault(
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
            section.fault("times", DiagnosticCode::Impossible, format!("`times` of a share is {times}"), "100");
        }
        for (place, first) in indicator.breaks.iter().enumerate() {
            if indicator.breaks.iter().take(place).any(|earlier| earlier.at == first.at) {
                section.fault(
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
                section.fault("from_series", DiagnosticCode::Impossible, message, expected);
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

    fn series(&self, section: &Section<'_>, reading: &Series<'_>) -> Vec<crate::plan::Point> {
        let Some(of) = self.figures(section) else { return Vec::new() };
        let selection = Selection::read(section, &of);
        let exact_parts = section.section("exact").map(|exact| {
            let parts = (exact.need_text("of"), exact.need_text("over"));
            for column in [&parts.0, &parts.1].into_iter().filter(|column| !of.has(column)) {
                exact.fault("of", DiagnosticCode::UnknownName, format!("the file has no column `{column}`"), "");
            }
            exact.done();
            parts
        });
        let reading = &Series { exact_parts, ..*reading };
        // A user's figures without a source are those of the plan.
        let unnamed = (section.item("cite").is_none() && !self.lends.is_strict()).then(|| self.id.clone());
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
            let _ = self.lends.citation(self.file, line, cite);
        }
        // Without its columns nothing can fit: that is said already.
        if read.is_empty() && selection.is_complete() {
            section.fault(
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
        let Some((path, text)) = self.lends.table(&path) else {
            section.fault(
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
            section.fault(
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
            section.fault(
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
            section.fault("indicator", DiagnosticCode::Impossible, message, expected);
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
