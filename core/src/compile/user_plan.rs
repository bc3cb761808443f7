//! Reads a plan of a user's own against a compiled rulebook: its citations, rules, scales and areas are those of the rulebook.

use super::diagnostics::{DiagnosticCode, Diagnostics, Ledger};
use super::lower::plans::{Context, plan};
use super::source::{Data, File, Item, SourceFile};
use crate::criterion::Confidence;
use crate::plan::{Areas, Citation, Plan};
use crate::rulebook::{Book, Source};
use crate::values::nearest;

/// What a user's plan borrows from the rulebook and from the files beside it.
struct UserPlanContext<'a> {
    book: &'a Book,
    /// The plan's own id: what it cites where it names no source.
    id: &'a str,
    sources: &'a [Source],
    beside: &'a [SourceFile],
    rules: Vec<String>,
    areas: Areas<'a>,
}

impl Context for UserPlanContext<'_> {
    /// A citation names an instrument of the rulebook, a source of the file itself, or the plan; without a mark it is as sure as can be,
    /// since the user vouches for it.
    fn citation(&self, file: File<'_>, line: u32, text: &str) -> Option<Citation> {
        let marks = [
            (" (high)", Confidence::High),
            (" (medium)", Confidence::Medium),
            (" (low)", Confidence::Low),
        ];
        let marked = marks
            .into_iter()
            .find_map(|(mark, confidence)| Some((text.strip_suffix(mark)?, confidence)));
        let (at, confidence) = marked.unwrap_or((text, Confidence::High));
        let (id, _) = at.split_once('/').unwrap_or((at, ""));
        let instruments = self.book.instruments.iter().map(|instrument| &*instrument.id);
        let mut known = instruments.chain(self.sources.iter().map(|source| &*source.id)).chain([self.id]);
        if !known.clone().any(|known| known == id) {
            let near = nearest(id, known.by_ref()).map_or_else(String::new, |near| format!("`{near}`, or "));
            let message = format!("the citation `{text}` names no source");
            file.diagnose(
                line,
                DiagnosticCode::CitationUnresolved,
                message,
                format!("{near}a section [source.{id}] with its `title`"),
            );
            return None;
        }
        Some(Citation {
            at: at.to_owned(),
            confidence,
        })
    }

    fn english(&self, _: &str, _: &str) -> Option<String> {
        None
    }

    fn table(&self, path: &str) -> Option<(&str, &str)> {
        let file = self.beside.iter().find(|file| file.path == path)?;
        Some((&file.path, &file.text))
    }

    fn has_rule(&self, name: &str) -> bool {
        self.rules.iter().any(|rule| rule == name)
    }

    fn areas(&self) -> &Areas<'_> {
        &self.areas
    }

    fn is_strict(&self) -> bool {
        false
    }
}

/// Reads a plan file of a user's own, with the CSV files beside it under the names by which it calls them, and the sources that it names.
///
/// # Errors
/// Every fault of the file, with line and what would be right.
pub(crate) fn user_plan(book: &Book, source: &SourceFile, beside: &[SourceFile]) -> Result<(Plan, Vec<Source>), Diagnostics> {
    let ledger = Ledger::default();
    let file = File {
        path: &source.path,
        ledger: &ledger,
    };
    let item = file.parse(&source.text);
    let head = Ledger::default();
    let (id, sources) = head_of(
        File {
            path: &source.path,
            ledger: &head,
        },
        &item,
    );
    let name = |rule: &crate::rulebook::Rule| book.file(rule.file).map(|file| format!("{}.{}", file.id, rule.id));
    let context = UserPlanContext {
        book,
        id: &id,
        sources: &sources,
        beside,
        rules: book.rules.iter().filter_map(name).collect(),
        areas: book.plan_areas(),
    };
    let read = plan(file, &item, &context, &book.scales);
    if read.is_none() && ledger.is_sound() {
        file.diagnose(
            1,
            DiagnosticCode::MissingKey,
            "the file holds no plan",
            "a section [plan] with `id`, `th`, `owner`, `years` and `checked_on`",
        );
    }
    if book.plans.iter().any(|known| known.id == id) {
        file.diagnose(
            1,
            DiagnosticCode::Shadowing,
            format!("there is a plan `{id}` already"),
            "an id of its own",
        );
    }
    if let Some(twice) = sources.iter().find(|source| book.sources.iter().any(|known| known.id == source.id)) {
        let message = format!("there is a source `{}` already", twice.id);
        file.diagnose(1, DiagnosticCode::Shadowing, message, "a mark of its own");
    }
    if let Some(later) = read.as_ref().and_then(|plan| plan.superseded_by.as_ref())
        && !book.plans.iter().any(|known| known.id == later.plan)
    {
        let near = nearest(&later.plan, book.plans.iter().map(|plan| plan.id.as_str())).unwrap_or("a plan of the rulebook");
        file.diagnose(1, DiagnosticCode::UnknownName, format!("no plan is called `{}`", later.plan), near);
    }
    let sound = ledger.is_sound();
    match read {
        Some(plan) if sound => Ok((plan, sources)),
        _ => Err(Diagnostics(
            ledger.into_diagnostics(&[beside, std::slice::from_ref(source)].concat()),
        )),
    }
}

/// The id of the plan and the sources of the file; faults are noted where they are read in full.
fn head_of(file: File<'_>, item: &Item) -> (String, Vec<Source>) {
    let root = file.section(item, "plan file");
    let id = root.section("plan").and_then(|head| head.text("id")).unwrap_or_default();
    let sources = root.sections("source").into_iter().map(|(id, section)| Source {
        id: id.into(),
        title: section.text("title").unwrap_or_default().into(),
        url: section.text("url").unwrap_or_default().into(),
    });
    (id, sources.collect())
}

/// The CSV files that a plan file calls by name, each once; those under its own `[figures]` are none.
pub(crate) fn figures_named(text: &str) -> Vec<String> {
    let ledger = Ledger::default();
    let item = File { path: "", ledger: &ledger }.parse(text);
    let mut names = Vec::new();
    let own = match &item.data {
        Data::Table(entries) => entries.iter().find(|(key, _)| key == "figures").map(|(_, item)| item),
        _ => None,
    };
    collect(&item, &mut names);
    if let Some(Data::Table(own)) = own.map(|own| &own.data) {
        names.retain(|name| !own.iter().any(|(key, _)| key == name));
    }
    names
}

fn collect(item: &Item, names: &mut Vec<String>) {
    match &item.data {
        Data::Table(entries) => {
            for (key, item) in entries {
                match &item.data {
                    Data::Text(name) if key == "csv" => {
                        if !names.contains(name) {
                            names.push(name.clone());
                        }
                    }
                    _ => collect(item, names),
                }
            }
        }
        Data::List(list) => list.iter().for_each(|item| collect(item, names)),
        _ => {}
    }
}
