//! Review sheets: one page per rule file, for a lawyer to compare with the law, and one per plan.

mod glossary;
mod html;
mod measures;
mod page;
mod plans;
mod sources;
mod tables;
mod unread;

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::compile::ast::{self, Citing, RuleFile};
use crate::compile::diagnostics::{Diagnostics, Ledger};
use crate::compile::registry::Registry;
use crate::compile::source::File;
use crate::compile::{FOLDERS, LISTS, SourceFile};
use crate::rulebook::{Book, InstrumentId, Rulebook, Words};

/// The review sheets of a rulebook, as file id and page: first the index, `index`, then one self-contained HTML page per rule file
/// and per plan.
///
/// # Errors
/// The faults of a rulebook that does not compile: only what is sound is put before a reviewer.
pub fn sheets(sources: &[SourceFile]) -> Result<Vec<(String, String)>, Diagnostics> {
    let book = crate::compile::compile(sources)?;
    let ledger = Ledger::default();
    let file = |source: &SourceFile| {
        source.path.ends_with(".toml").then(|| {
            File {
                path: &source.path,
                ledger: &ledger,
            }
            .parse(&source.text)
        })
    };
    let parsed: Vec<_> = sources.iter().map(file).collect();
    let registry = Registry::read(&ledger, sources, &parsed);
    let is_rules = |path: &str| FOLDERS.iter().any(|folder| path.starts_with(folder)) && !LISTS.contains(&path);
    let items = sources.iter().zip(&parsed).filter(|(source, _)| is_rules(&source.path));
    let files: Vec<RuleFile> = items
        .filter_map(|(source, item)| {
            RuleFile::read(
                File {
                    path: &source.path,
                    ledger: &ledger,
                },
                item.as_ref()?,
            )
        })
        .collect();
    let mut pages = vec![("index".to_owned(), page::index(&book, &registry, &ledger, &files))];
    for rule_file in &files {
        let sheet = Sheet::new(&book, &registry, &ledger, &files, rule_file);
        pages.push((rule_file.id.clone(), sheet.page()));
    }
    pages.extend(book.plans.iter().map(|plan| (plan.id.clone(), plans::sheet(&book, plan))));
    Ok(pages)
}

/// The review sheet of one plan, of the rulebook or of a user's own, as a self-contained HTML page.
///
/// # Errors
/// [`Error::Unknown`](crate::Error::Unknown) where there is no such plan, with the nearest id.
pub fn plan_sheet(rulebook: &Rulebook, id: &str) -> Result<String, crate::Error> {
    Ok(plans::sheet(rulebook.book(), rulebook.plan(id)?))
}

/// One sheet in the making.
struct Sheet<'a> {
    book: &'a Book,
    registry: &'a Registry<'a>,
    ledger: &'a Ledger,
    files: &'a [RuleFile],
    rule_file: &'a RuleFile,
    /// The instruments and sources that the page has named so far: those it lists at its end.
    instruments: RefCell<BTreeSet<InstrumentId>>,
    sources: RefCell<BTreeSet<usize>>,
}

impl<'a> Sheet<'a> {
    fn new(book: &'a Book, registry: &'a Registry<'a>, ledger: &'a Ledger, files: &'a [RuleFile], rule_file: &'a RuleFile) -> Self {
        Self {
            book,
            registry,
            ledger,
            files,
            rule_file,
            instruments: RefCell::default(),
            sources: RefCell::default(),
        }
    }

    fn file(&self) -> File<'a> {
        File {
            path: &self.rule_file.path,
            ledger: self.ledger,
        }
    }

    /// A text of the file in both languages.
    fn words(&self, group: &str, id: &str, text: &ast::Words) -> Words {
        self.words_of(self.rule_file, group, id, text)
    }

    /// A text of some file in both languages.
    fn words_of(&self, rule_file: &RuleFile, group: &str, id: &str, text: &ast::Words) -> Words {
        let file = File {
            path: &rule_file.path,
            ledger: self.ledger,
        };
        self.registry
            .words(&file, rule_file.line, &rule_file.id, &format!("{group}.{id}"), text)
    }

    /// The label of a code; the code itself where there is none.
    fn label(&self, list: &str, code: &str) -> Words {
        let layout = &self.book.program.layout;
        let number = layout.lists.iter().position(|known| known.id == list);
        let words = number.and_then(|number| {
            let code = layout.lists.get(number)?.index(code)?;
            self.book.labels.get(number)?.get(usize::from(code))
        });
        words.cloned().unwrap_or_else(|| Words {
            th: code.into(),
            en: code.into(),
        })
    }

    /// The name of an agency, or of a channel, community body or recipient.
    fn body(&self, id: &str) -> Words {
        if let Some(agency) = self.book.agency(id) {
            return agency.name.clone();
        }
        if let Some(body) = self.book.community.iter().find(|body| body.id == id) {
            return body.name.clone();
        }
        let lists = ["recipient", "channel", "reporter"];
        let found = lists.iter().map(|list| self.label(list, id)).find(|words| words.th != id);
        found.unwrap_or_else(|| Words {
            th: id.into(),
            en: id.into(),
        })
    }

    fn cite(&self, citing: &Citing) -> String {
        sources::inline(self, &citing.texts)
    }
}
