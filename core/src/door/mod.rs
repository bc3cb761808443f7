//! The checked door: reads the files of a rulebook, reports every fault with its place, and compiles what is sound.
//!
//! The built-in rulebook passes it when the library is built; a rulebook given at run time passes the same one.

mod amounts;
mod builder;
mod checks;
mod conditions;
mod draft;
mod examples;
mod fault;
mod figures;
mod kinds;
mod plans;
mod recipients;
mod registry;
mod rules;
mod sheet;
mod source;
mod tables;

pub use checks::{Uncovered, uncovered};
pub use examples::{Example, examples};
pub use fault::{Fault, FaultCode, Faults};
pub use sheet::sheets;

use builder::{Builder, Context};
use draft::RuleFile;
use fault::Ledger;
use registry::Registry;
use source::File;

use crate::facts::Layout;
use crate::plan::Citation;
use crate::rulebook::{Book, FileInfo, Membership, NoShare, Note, Rulebook};

/// One file of a rulebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Its path inside the rulebook, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
}

const FOLDERS: [&str; 4] = ["definitions/", "schemes/", "standards/", "complaints/"];
const LISTS: [&str; 3] = ["complaints/forms.toml", "complaints/precedence.toml", "complaints/not_encoded.toml"];

const SCALES: &str = "plans/scales.toml";

/// Compiles the files of a rulebook.
///
/// # Errors
/// Every fault there is, with file, line and what would be right.
pub fn compile(sources: &[SourceFile]) -> Result<Book, Faults> {
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
    let mut book = build(&ledger, &registry, &files, sources, &parsed);
    read_plans(&mut book, &ledger, &registry, sources, &parsed);
    book.cites = registry.take_cites();
    registry.unused_instruments();
    // What passes here must open elsewhere.
    if ledger.is_empty()
        && let Err(error) = book.to_bytes().and_then(|bytes| Rulebook::open(&bytes))
    {
        let path = files.first().map_or("", |file| file.path.as_str());
        ledger.note(path, 1, FaultCode::Impossible, error.to_string(), "a rulebook that can be opened");
    }
    let faults = ledger.into_faults();
    if faults.is_empty() { Ok(book) } else { Err(Faults(faults)) }
}

fn build(ledger: &Ledger, registry: &Registry<'_>, files: &[RuleFile], sources: &[SourceFile], parsed: &[Option<source::Item>]) -> Book {
    let mut book = Book::default();
    match Layout::new(registry.lists.clone()) {
        Ok(layout) => book.program.layout = layout,
        Err(list) => {
            ledger.note(
                "vocabulary/codes.toml",
                1,
                FaultCode::MissingKey,
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
    book.program.calendar = registry.calendar.clone();
    book.instruments = registry.instruments.clone();
    book.sources = registry.sources.clone();
    book.labels = registry.labels.clone();
    book.questions = registry.questions.clone();
    book.sentences.clone_from(&registry.sentences);
    book.agencies = registry.agencies.clone();
    book.community = registry.community.clone();
    book.forms = registry.forms.clone();
    book.offices = registry.offices.clone();
    book.provinces = registry.provinces.clone();
    book.districts = registry.districts.clone();
    book.areas = registry.areas.clone();
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
    checks::check(&mut builder, parsed);
    let mut book = builder.book;
    book.checked_on = book.files.iter().map(|file| file.checked_on).max();
    book
}

/// What plan files borrow from the rest of the rulebook.
struct Lending<'a> {
    registry: &'a Registry<'a>,
    sources: &'a [SourceFile],
    rules: Vec<String>,
}

impl plans::Lends for Lending<'_> {
    fn citation(&self, file: File<'_>, line: u32, text: &str) -> Option<Citation> {
        let number = self.registry.one_cite(&file, line, text)?;
        let at = text.rsplit_once(" (").map_or(text, |(at, _)| at).to_owned();
        Some(Citation {
            at,
            confidence: self.registry.confidence(&[number]),
        })
    }

    fn english(&self, file_id: &str, id: &str) -> Option<String> {
        self.registry.english_of(file_id, id)
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
}

fn read_plans(book: &mut Book, ledger: &Ledger, registry: &Registry<'_>, sources: &[SourceFile], parsed: &[Option<source::Item>]) {
    let name = |rule: &crate::rulebook::Rule| book.file(rule.file).map(|file| format!("{}.{}", file.id, rule.id));
    let lending = Lending {
        registry,
        sources,
        rules: book.rules.iter().filter_map(name).collect(),
    };
    let files = || sources.iter().zip(parsed).filter(|(source, _)| source.path.starts_with("plans/"));
    for (source, item) in files().filter(|(source, _)| source.path == SCALES) {
        if let Some(item) = item {
            book.scales = plans::scales(
                File {
                    path: &source.path,
                    ledger,
                },
                item,
                &lending,
            )
            .0;
        }
    }
    for (source, item) in files().filter(|(source, _)| source.path != SCALES) {
        if let Some((plan, _)) = item.as_ref().and_then(|item| {
            plans::plan(
                File {
                    path: &source.path,
                    ledger,
                },
                item,
                &lending,
                &book.scales,
            )
        }) {
            book.plans.push(plan);
        }
    }
}

impl Builder<'_> {
    fn file_info(&mut self, number: usize) {
        let Some(draft) = self.draft(number) else { return };
        let at = self.file(number);
        let complaint = self.of_complaint(number);
        let plain = Context {
            file: number,
            option: None,
            job: complaint,
        };
        if let Some(agency) = &draft.authority {
            self.agency(number, agency, draft.line);
        }
        let memberships: Vec<Membership> = draft
            .options
            .iter()
            .enumerate()
            .map(|(option, (name, since))| Membership {
                id: self.membership(number, Some(option)).into(),
                option: name.as_str().into(),
                since: *since,
            })
            .collect();
        let registered = draft.registered.as_ref().map_or_else(Vec::new, |when| {
            let options: Vec<Option<usize>> = if draft.options.is_empty() {
                vec![None]
            } else {
                (0..draft.options.len()).map(Some).collect()
            };
            options
                .into_iter()
                .map(|option| {
                    let context = Context {
                        file: number,
                        option,
                        job: true,
                    };
                    let names_job = when.text.contains("job.");
                    let node = self.condition(if names_job { context } else { Context { job: false, ..context } }, when);
                    if names_job {
                        self.node(crate::criterion::Node::AnyJob(node))
                    } else {
                        node
                    }
                })
                .collect()
        });
        let no_share = draft.no_share.iter().map(|kept| NoShare {
            id: kept.id.as_str().into(),
            what: kept.what.iter().map(Into::into).collect(),
            with: kept.with.iter().map(Into::into).collect(),
            unless: kept.unless.as_ref().map(|when| self.condition(plain, when)),
            words: self.words(number, kept.line, "no_share", &kept.id, &kept.text),
            cites: self.registry.cite(&at, &kept.cite),
        });
        let no_share = no_share.collect();
        let notes = draft.notes.iter().map(|note| Note {
            id: note.id.as_str().into(),
            status: note.status.as_str().into(),
            as_of: note.as_of,
            words: self.words(number, draft.line, "notes", &note.id, &note.text),
            cites: self.registry.cite(&at, &note.cite),
        });
        let notes = notes.collect();
        let mut danger = Vec::with_capacity(draft.danger.len());
        for name in &draft.danger {
            match self.book.program.layout.fact_number(name) {
                Some(fact) => danger.push(fact),
                None => self.fault(
                    number,
                    draft.line,
                    FaultCode::UnknownName,
                    format!("`{name}` is no fact"),
                    "a yes/no fact",
                ),
            }
        }
        let info = FileInfo {
            id: draft.id.as_str().into(),
            name: self.words(number, draft.line, "file", &draft.id, &draft.text),
            kind: draft.kind,
            authority: draft.authority.as_deref().map(Into::into),
            since: draft.since,
            checked_on: draft.checked_on,
            memberships,
            contingencies: draft.contingencies.iter().map(Into::into).collect(),
            registered,
            arises: draft.arises.as_ref().map(|when| self.condition(plain, when)),
            while_unknown: draft.while_unknown.clone(),
            levels: draft.levels.iter().map(Into::into).collect(),
            danger,
            no_share,
            notes,
        };
        self.book.files.push(info);
    }
}
