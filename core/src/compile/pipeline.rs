//! From the files of a rulebook to the compiled book.

use super::ast::RuleFile;
use super::diagnostics::{Diagnostic, DiagnosticCode, Diagnostics, Ledger};
use super::lint;
use super::lower::builder::Builder;
use super::lower::plans;
use super::registry::{Registry, Untranslated};
use super::source::{File, Item, SourceFile};
use crate::facts::Layout;
use crate::plan::{Areas, Citation, Plan, Scale};
use crate::rulebook::{Book, Rulebook};
use crate::values::nearest;

pub(crate) const FOLDERS: [&str; 4] = ["definitions/", "schemes/", "standards/", "complaints/"];
pub(crate) const LISTS: [&str; 3] = ["complaints/forms.toml", "complaints/precedence.toml", "complaints/not_encoded.toml"];

const SCALES: &str = "plans/scales.toml";

/// Compiles the files of a rulebook.
///
/// # Errors
/// Every diagnostic there is, with file, line and what would be right, where one of them is an error.
pub fn compile(sources: &[SourceFile]) -> Result<Book, Diagnostics> {
    let (book, diagnostics) = diagnose(sources);
    book.ok_or(Diagnostics(diagnostics))
}

/// Compiles the files of a rulebook and says what is wrong with them: the compiled book, where nothing refuses it, and every error and
/// warning in the order of files and lines.
pub fn diagnose(sources: &[SourceFile]) -> (Option<Book>, Vec<Diagnostic>) {
    let (book, diagnostics, _) = stages(sources);
    (book, diagnostics)
}

/// The files of `vocabulary/en/` with a line for every text of the rule files that has no English yet, the Thai text above it: only those
/// that gain a line, each as it should be written.
#[must_use]
pub fn english(sources: &[SourceFile]) -> Vec<SourceFile> {
    super::translations::files(sources, &stages(sources).2)
}

fn stages(sources: &[SourceFile]) -> (Option<Book>, Vec<Diagnostic>, Vec<Untranslated>) {
    let ledger = Ledger::default();
    let parsed: Vec<_> = sources
        .iter()
        .map(|source| {
            source.path.ends_with(".toml").then(|| {
                File {
                    path: &source.path,
                    ledger: &ledger,
                }
                .parse(&source.text)
            })
        })
        .collect();
    let registry = Registry::read(&ledger, sources, &parsed);
    let mut files = Vec::new();
    for (source, item) in sources.iter().zip(&parsed) {
        let is_rules = FOLDERS.iter().any(|folder| source.path.starts_with(folder)) && !LISTS.contains(&source.path.as_str());
        if let (true, Some(item)) = (is_rules, item) {
            files.extend(RuleFile::read(
                File {
                    path: &source.path,
                    ledger: &ledger,
                },
                item,
            ));
        }
    }
    // What a file that cannot be read would name is not there: nothing that rests on it can be told.
    if !ledger.all_read() {
        return (None, ledger.into_diagnostics(sources), Vec::new());
    }
    let mut book = build(&ledger, &registry, &files, sources, &parsed);
    read_plans(&mut book, &ledger, &registry, sources, &parsed);
    book.cites = registry.take_cites();
    registry.unused_instruments();
    // What passes here must open elsewhere.
    if ledger.is_sound()
        && let Err(error) = book.to_bytes().and_then(|bytes| Rulebook::open(&bytes))
    {
        let path = files.first().map_or("", |file| file.path.as_str());
        ledger.note(
            path,
            1,
            DiagnosticCode::Impossible,
            error.to_string(),
            "a rulebook that can be opened",
        );
    }
    let sound = ledger.is_sound();
    let untranslated = registry.take_untranslated();
    (sound.then_some(book), ledger.into_diagnostics(sources), untranslated)
}

fn build(ledger: &Ledger, registry: &Registry<'_>, files: &[RuleFile], sources: &[SourceFile], parsed: &[Option<Item>]) -> Book {
    let mut book = Book::default();
    match Layout::new(registry.lists.clone()) {
        Ok(layout) => book.program.layout = layout,
        Err(list) => {
            ledger.note(
                "vocabulary/codes.toml",
                1,
                DiagnosticCode::MissingKey,
                format!("there is no code list `{list}`"),
                format!("[list.{list}]"),
            );
            return book;
        }
    }
    for (name, kind, list) in &registry.declared {
        let list = list.as_ref().and_then(|list| book.program.layout.list_number(list));
        book.program.layout.declare(name, *kind, list);
    }
    registry.unasked(&book.program.layout);
    registry.interview_names(&book.program.layout);
    book.program.calendar = registry.calendar.clone();
    book.instruments = registry.instruments.clone();
    book.sources = registry.sources.clone();
    book.labels = registry.labels.clone();
    book.questions = registry.questions.clone();
    book.screens.clone_from(&registry.screens);
    book.askings.clone_from(&registry.askings);
    book.first.clone_from(&registry.first);
    book.sentences.clone_from(&registry.sentences);
    book.agencies = registry.agencies.clone();
    book.community = registry.community.clone();
    book.forms = registry.forms.clone();
    book.offices = registry.offices.clone();
    book.provinces = registry.provinces.clone();
    book.districts = registry.districts.clone();
    book.areas = registry.areas.clone();
    book.place_aliases = registry.place_aliases.clone();
    let mut builder = Builder::new(ledger, registry, files, sources, book);
    for file in 0..files.len() {
        builder.periods(file);
    }
    for file in 0..files.len() {
        builder.columns(file);
        builder.rules(file);
    }
    for file in 0..files.len() {
        builder.file_info(file);
    }
    builder.warnings();
    builder.kinds();
    lint::check(&mut builder, parsed);
    let mut book = builder.book;
    book.checked_on = book.files.iter().map(|file| file.checked_on).max();
    book
}

/// What plan files borrow from the rest of the rulebook.
struct RulebookContext<'a> {
    registry: &'a Registry<'a>,
    sources: &'a [SourceFile],
    rules: Vec<String>,
    areas: Areas<'a>,
}

impl plans::Context for RulebookContext<'_> {
    fn citation(&self, file: File<'_>, line: u32, text: &str) -> Option<Citation> {
        let number = self.registry.one_cite(&file, line, text)?;
        let at = text.rsplit_once(" (").map_or(text, |(at, _)| at).to_owned();
        Some(Citation {
            at,
            confidence: self.registry.confidence(&[number]),
        })
    }

    fn english(&self, file_id: &str, id: &str) -> Option<String> {
        let english = self.registry.english_of(file_id, id);
        if english.is_none() {
            self.registry.without_english(file_id, id, "");
        }
        english
    }

    fn table(&self, path: &str) -> Option<(&str, &str)> {
        self.sources
            .iter()
            .find(|source| source.path == path)
            .map(|source| (source.path.as_str(), source.text.as_str()))
    }

    fn has_rule(&self, name: &str) -> bool {
        self.rules.iter().any(|rule| rule == name)
    }

    fn areas(&self) -> &Areas<'_> {
        &self.areas
    }

    fn is_strict(&self) -> bool {
        true
    }
}

fn read_plans(book: &mut Book, ledger: &Ledger, registry: &Registry<'_>, sources: &[SourceFile], parsed: &[Option<Item>]) {
    let (plans, scales) = plans_of(book, ledger, registry, sources, parsed);
    (book.plans, book.scales) = (plans, scales);
}

fn plans_of(
    book: &Book,
    ledger: &Ledger,
    registry: &Registry<'_>,
    sources: &[SourceFile],
    parsed: &[Option<Item>],
) -> (Vec<Plan>, Vec<Scale>) {
    let name = |rule: &crate::rulebook::Rule| book.file(rule.file).map(|file| format!("{}.{}", file.id, rule.id));
    let context = RulebookContext {
        registry,
        sources,
        rules: book.rules.iter().filter_map(name).collect(),
        areas: book.plan_areas(),
    };
    let files = || sources.iter().zip(parsed).filter(|(source, _)| source.path.starts_with("plans/"));
    let mut scales = Vec::new();
    for (source, item) in files().filter(|(source, _)| source.path == SCALES) {
        if let Some(item) = item {
            let file = File {
                path: &source.path,
                ledger,
            };
            scales = plans::scales(file, item, &context);
        }
    }
    let mut read: Vec<(Plan, &SourceFile)> = Vec::new();
    for (source, item) in files().filter(|(source, _)| source.path != SCALES) {
        let file = File {
            path: &source.path,
            ledger,
        };
        let Some(plan) = item.as_ref().and_then(|item| plans::plan(file, item, &context, &scales)) else {
            continue;
        };
        if let Some((_, first)) = read.iter().find(|(known, _)| known.id == plan.id) {
            file.diagnose(
                1,
                DiagnosticCode::Shadowing,
                format!("`{}` is the plan of {} too", plan.id, first.path),
                "an id of its own",
            );
        }
        read.push((plan, source));
    }
    for (plan, source) in &read {
        let Some(later) = &plan.superseded_by else { continue };
        if !read.iter().any(|(other, _)| other.id == later.plan && other.id != plan.id) {
            let near = nearest(&later.plan, read.iter().map(|(plan, _)| plan.id.as_str())).unwrap_or("another plan");
            ledger.note(
                &source.path,
                1,
                DiagnosticCode::UnknownName,
                format!("`{}` is superseded by `{}`, which is no other plan", plan.id, later.plan),
                near,
            );
        }
    }
    (read.into_iter().map(|(plan, _)| plan).collect(), scales)
}

impl Rulebook {
    /// Compiles the files of a rulebook, given as path and text.
    ///
    /// # Errors
    /// Every diagnostic there is, with file, line and what would be right.
    pub fn from_sources(sources: &[SourceFile]) -> Result<Self, Diagnostics> {
        compile(sources).map(Self::of)
    }
}
