//! What every rule file may name: instruments and sources, codes, questions and English, agencies, forms, places and holidays.

mod calendar;
mod interview;
mod places;
mod recipients;
mod statutes;
mod vocabulary;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::compile::SourceFile;
use crate::compile::ast;
use crate::compile::diagnostics::{DiagnosticCode, Ledger};
use crate::compile::source::{File, Item};
use crate::criterion::Confidence;
use crate::facts::{CodeList, FactKind};
use crate::rulebook::{
    Agency, AreaInfo, Asking, Cite, CommunityBody, DistrictInfo, Form, Instrument, InstrumentId, Office, ProvinceInfo, Question, Screen,
    Source, Words,
};
use crate::values::{Calendar, Text};

/// A fact that the rulebook declares.
type Declaration = (String, FactKind, Option<String>);

/// A text that has no English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Untranslated {
    /// The id of its file, by which the file in `vocabulary/en/` is named.
    pub file: String,
    /// Its key there, such as `rules.insured`.
    pub key: String,
    /// The Thai text; empty where it is not at hand.
    pub th: String,
}

/// Everything that stands outside the rule files.
pub struct Registry<'a> {
    ledger: &'a Ledger,
    /// The instruments.
    pub instruments: Vec<Instrument>,
    confidences: Vec<Confidence>,
    /// The sources.
    pub sources: Vec<Source>,
    cites: RefCell<Vec<Cite>>,
    used: RefCell<BTreeSet<InstrumentId>>,
    instrument_lines: Vec<(String, u32)>,
    /// The code lists.
    pub lists: Vec<CodeList>,
    /// The codes that no condition needs to mention, as (list, code, line): it was looked at.
    pub not_told_apart: Vec<(String, String, u32)>,
    /// Their labels.
    pub labels: Vec<Vec<Words>>,
    /// The questions.
    pub questions: Vec<Question>,
    /// The screens of an interview.
    pub screens: Vec<Screen>,
    /// How an interview asks for facts.
    pub askings: Vec<Asking>,
    /// What settles a scheme first.
    pub first: Vec<(Text, Vec<Text>)>,
    /// The sentences of the engine.
    pub sentences: Vec<(Text, Words)>,
    english: BTreeMap<String, BTreeMap<String, String>>,
    untranslated: RefCell<Vec<Untranslated>>,
    /// The agencies.
    pub agencies: Vec<Agency>,
    /// The community bodies.
    pub community: Vec<CommunityBody>,
    /// The forms.
    pub forms: Vec<Form>,
    /// The provinces.
    pub provinces: Vec<ProvinceInfo>,
    /// The districts.
    pub districts: Vec<DistrictInfo>,
    /// The offices.
    pub offices: Vec<Office>,
    /// The areas of agencies.
    pub areas: Vec<AreaInfo>,
    /// Further names of places, by code.
    pub place_aliases: Vec<(Text, Text)>,
    /// The holidays.
    pub calendar: Calendar,
    /// The order in which kinds lead.
    pub precedence: ast::Precedence,
    /// The kinds that are not encoded yet.
    pub other_kinds: ast::OtherKinds,
    /// The years whose closing days are projected.
    pub projected_years: Vec<i32>,
    /// The facts that the rulebook declares.
    pub declared: Vec<Declaration>,
}

impl<'a> Registry<'a> {
    /// Reads everything that stands outside the rule files; `parsed` holds the TOML files in the same order.
    #[must_use]
    pub fn read(ledger: &'a Ledger, sources: &[SourceFile], parsed: &[Option<Item>]) -> Self {
        let mut registry = Self {
            ledger,
            instruments: Vec::new(),
            confidences: Vec::new(),
            sources: Vec::new(),
            cites: RefCell::default(),
            used: RefCell::default(),
            instrument_lines: Vec::new(),
            lists: Vec::new(),
            not_told_apart: Vec::new(),
            labels: Vec::new(),
            questions: Vec::new(),
            screens: Vec::new(),
            askings: Vec::new(),
            first: Vec::new(),
            sentences: Vec::new(),
            english: BTreeMap::new(),
            untranslated: RefCell::default(),
            agencies: Vec::new(),
            community: Vec::new(),
            forms: Vec::new(),
            provinces: Vec::new(),
            districts: Vec::new(),
            offices: Vec::new(),
            areas: Vec::new(),
            place_aliases: Vec::new(),
            calendar: Calendar::default(),
            precedence: ast::Precedence::default(),
            other_kinds: ast::OtherKinds::default(),
            projected_years: Vec::new(),
            declared: Vec::new(),
        };
        let files = || sources.iter().zip(parsed);
        // Instruments first: everything else cites them.
        for (source, item) in files() {
            if let (true, Some(item)) = (source.path.starts_with("statutes/"), item) {
                registry.statutes(&registry.file(&source.path), item);
            }
        }
        for (source, item) in files() {
            let file = File {
                path: &source.path,
                ledger,
            };
            match (source.path.as_str(), item) {
                ("vocabulary/codes.toml", Some(item)) => registry.codes(&file, item),
                ("vocabulary/facts.toml", Some(item)) => registry.facts(&file, item),
                ("vocabulary/interview.toml", Some(item)) => registry.interview(&file, item),
                ("vocabulary/engine.toml", Some(item)) => registry.engine(&file, item),
                (path, Some(item)) if path.starts_with("vocabulary/en/") => registry.english(&file, item),
                ("authorities/agencies.toml", Some(item)) => registry.read_agencies(&file, item),
                ("authorities/community.toml", Some(item)) => registry.read_community(&file, item),
                ("complaints/forms.toml", Some(item)) => registry.forms(&file, item),
                ("complaints/precedence.toml", Some(item)) => registry.precedence = ast::Precedence::read(&file, item),
                ("complaints/not_encoded.toml", Some(item)) => registry.other_kinds = ast::OtherKinds::read(&file, item),
                ("facts.toml", Some(item)) => registry.declarations(&file, item),
                ("calendar/calendar.toml", Some(item)) => {
                    let days = sources.iter().find(|source| source.path == "calendar/holidays.csv");
                    registry.calendar(&file, item, days);
                }
                ("places/provinces.csv", None) => registry.provinces(&file, &source.text),
                ("places/districts.csv", None) => registry.districts(&file, &source.text),
                ("places/offices.csv", None) => registry.offices(&file, &source.text),
                ("places/bangkok_areas.csv", None) => registry.areas(&file, &source.text),
                ("places/aliases.csv", None) => registry.aliases(&file, &source.text),
                _ => {}
            }
        }
        registry.place_lists();
        registry.places_known(sources);
        registry
    }

    fn file<'p>(&self, path: &'p str) -> File<'p>
    where
        'a: 'p,
    {
        File { path, ledger: self.ledger }
    }
}

fn confidence(file: &File<'_>, line: u32, text: &str) -> Confidence {
    match text {
        "high" => Confidence::High,
        "medium" => Confidence::Medium,
        "low" => Confidence::Low,
        other => {
            file.diagnose(
                line,
                DiagnosticCode::UnknownCode,
                format!("`{other}` is no confidence"),
                "high, medium or low",
            );
            Confidence::Low
        }
    }
}
