//! Reads plan files and scales into the model.

mod fields;
mod indicator;
mod scale;
mod series;
mod target;

use std::collections::BTreeMap;

use self::fields::choice;
pub use self::scale::scales;
use self::target::check_one_target_a_period;
use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::source::{File, Item, Section};
use crate::plan::{Areas, Citation, Element, Label, Part, Period, Plan, PlanDate, Scale, Structure, Superseded, YearKind};
use crate::values::nearest;

/// What plan files need of the rest of the compiler.
pub trait Context {
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

/// Reads a plan; nothing where it has no readable head.
#[must_use]
pub fn plan(file: File<'_>, item: &Item, context: &dyn Context, scales: &[Scale]) -> Option<Plan> {
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
        context,
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
        dates: reader.dates(&head),
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
        head.diagnose(
            "years",
            DiagnosticCode::Impossible,
            format!("years {} to {}", plan.from_year, plan.to_year),
            "years of the Buddhist era, in order",
        );
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
            section.diagnose(
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
    check_one_target_a_period(&root, &plan);
    run_elsewhere(&root);
    if !context.is_strict() {
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

struct Reader<'a> {
    file: File<'a>,
    context: &'a dyn Context,
    id: String,
    /// The CSV texts that stand in the file itself, with their lines.
    own: BTreeMap<String, (u32, String)>,
}

impl Reader<'_> {
    /// The English of a text: beside it, under the key with `en`, or in the vocabulary under `id`.
    fn english(&self, section: &Section<'_>, key: &str, id: &str) -> Option<String> {
        let beside = if key == "th" { "en".to_owned() } else { format!("{key}_en") };
        let english = section.text(&beside).or_else(|| self.context.english(&self.id, id));
        if english.is_none() && self.context.is_strict() {
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

    fn superseded(&self, section: &Section<'_>) -> Option<Superseded> {
        let (plan, on) = (section.need_text("plan"), section.need_day("on"));
        let cite = self.cite(section, "cite");
        section.done();
        Some(Superseded { plan, on: on?, cite })
    }

    /// The days of a plan, each once.
    fn dates(&self, head: &Section<'_>) -> Vec<PlanDate> {
        let mut dates: Vec<PlanDate> = Vec::new();
        for item in head.list("dates") {
            let section = self.file.section(item, "plan.dates");
            let Some(on) = section.need_day("on") else { continue };
            if dates.iter().any(|earlier| earlier.on == on) {
                section.diagnose(
                    "on",
                    DiagnosticCode::Shadowing,
                    format!("the day {on} stands twice"),
                    "each day once, with all that happened",
                );
            }
            dates.push(PlanDate {
                on,
                title: self.label(&section, &format!("date.{on}")),
                cite: self.cite(&section, "cite"),
            });
            section.done();
        }
        dates
    }

    /// Citations that must be there.
    fn cite(&self, section: &Section<'_>, key: &str) -> Vec<Citation> {
        let texts = section.texts(key);
        if texts.is_empty() && self.context.is_strict() {
            section.diagnose(
                key,
                DiagnosticCode::MissingCitation,
                format!("`{}` has no citation", section.name),
                "`cite`",
            );
        }
        let line = section.item(key).map_or(section.line, |item| item.line);
        texts
            .iter()
            .filter_map(|text| self.context.citation(self.file, line, text))
            .collect()
    }
}

#[cfg(test)]
mod tests;
