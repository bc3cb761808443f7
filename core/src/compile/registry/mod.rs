//! What every rule file may name: instruments and sources, codes, questions and English, agencies, forms, places and holidays.

mod recipients;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::compile::SourceFile;
use crate::compile::ast::{self, Citing, both, citing};
use crate::compile::csv::rows;
use crate::compile::diagnostics::{DiagnosticCode, Ledger};
use crate::compile::source::{Data, File, Item};
use crate::criterion::Confidence;
use crate::facts::{CodeList, FactKind, Layout};
use crate::rulebook::{
    Agency, AreaInfo, Cite, CommunityBody, DistrictInfo, Form, Instrument, Office, ProvinceInfo, Question, Source, Words,
};
use crate::values::{Calendar, Date, Text, nearest};

/// A fact that the rulebook declares.
type Declaration = (String, FactKind, Option<String>);

/// Everything that stands outside the rule files.
pub struct Registry<'a> {
    ledger: &'a Ledger,
    /// The instruments.
    pub instruments: Vec<Instrument>,
    confidences: Vec<Confidence>,
    /// The sources.
    pub sources: Vec<Source>,
    cites: RefCell<Vec<Cite>>,
    used: RefCell<BTreeSet<u16>>,
    instrument_lines: Vec<(String, u32)>,
    /// The code lists.
    pub lists: Vec<CodeList>,
    /// Their labels.
    pub labels: Vec<Vec<Words>>,
    /// The questions.
    pub questions: Vec<Question>,
    /// The sentences of the engine.
    pub sentences: Vec<(Text, Words)>,
    english: BTreeMap<String, BTreeMap<String, String>>,
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
            labels: Vec::new(),
            questions: Vec::new(),
            sentences: Vec::new(),
            english: BTreeMap::new(),
            agencies: Vec::new(),
            community: Vec::new(),
            forms: Vec::new(),
            provinces: Vec::new(),
            districts: Vec::new(),
            offices: Vec::new(),
            areas: Vec::new(),
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

    fn statutes(&mut self, file: &File<'_>, item: &Item) {
        let root = file.section(item, "statutes");
        for (id, section) in root.sections("source") {
            self.sources.push(Source {
                id: id.into(),
                title: section.need_text("title").into(),
                url: section.text("url").unwrap_or_default().into(),
            });
            section.done();
        }
        let columns = root.texts("columns");
        let expected = ["id", "kind", "th", "en", "gazette", "in_force", "confidence"];
        if root.item("rows").is_some() && columns != expected {
            root.fault(
                "columns",
                DiagnosticCode::WrongType,
                format!("the columns are {}", columns.join(", ")),
                expected.join(", "),
            );
        }
        for row in root.list("rows") {
            let Data::List(cells) = &row.data else {
                file.wrong_type(row, "rows", "a list of cells");
                continue;
            };
            let [id, kind, th, en, gazette, in_force, confidence] = cells.as_slice() else {
                file.fault(
                    row.line,
                    DiagnosticCode::WrongType,
                    format!("the row has {} cells", cells.len()),
                    "7 cells",
                );
                continue;
            };
            let text = |item: &Item, name: &str| file.text(item, name).unwrap_or_default();
            let day = |item: &Item| if let Data::Day(day) = item.data { Some(day) } else { None };
            let confidence = match text(confidence, "confidence").as_str() {
                "high" => Confidence::High,
                "medium" => Confidence::Medium,
                "low" => Confidence::Low,
                other => {
                    file.fault(
                        row.line,
                        DiagnosticCode::UnknownCode,
                        format!("`{other}` is no confidence"),
                        "high, medium or low",
                    );
                    Confidence::Low
                }
            };
            let id = text(id, "id");
            if self.instruments.iter().any(|known| known.id == id) {
                file.fault(
                    row.line,
                    DiagnosticCode::Shadowing,
                    format!("the instrument `{id}` is registered twice"),
                    "one row",
                );
            }
            let title = Words {
                th: text(th, "th").into(),
                en: text(en, "en").into(),
            };
            self.instruments.push(Instrument {
                id: id.into(),
                kind: text(kind, "kind").into(),
                title,
                gazette: day(gazette),
                in_force: day(in_force),
            });
            self.confidences.push(confidence);
            self.instrument_lines.push((file.path.to_owned(), row.line));
        }
        root.done();
    }

    /// Resolves citations to numbers; what is not registered is a fault.
    pub fn cite(&self, file: &File<'_>, citing: &Citing) -> Vec<u16> {
        citing
            .texts
            .iter()
            .filter_map(|text| self.one_cite(file, citing.line, text))
            .collect()
    }

    /// Resolves one citation.
    pub fn one_cite(&self, file: &File<'_>, line: u32, text: &str) -> Option<u16> {
        let (body, mark) = match text.strip_suffix(')').and_then(|text| text.rsplit_once(" (")) {
            Some((body, mark @ ("high" | "medium" | "low"))) => (body, Some(mark)),
            _ => (text, None),
        };
        let (id, place) = body.split_once('/').unwrap_or((body, ""));
        let Some(number) = self.instruments.iter().position(|instrument| instrument.id == id) else {
            let near = nearest(id, self.instruments.iter().map(|instrument| instrument.id.as_str()));
            let expected = near.map_or_else(
                || "a row in statutes/".to_owned(),
                |near| format!("`{near}`, or a row in statutes/"),
            );
            file.fault(
                line,
                DiagnosticCode::CitationUnresolved,
                format!("the citation `{text}` names no instrument"),
                expected,
            );
            return None;
        };
        for mark in place.split([',', ' ', '/', '(', ')']).filter(|word| is_mark(word)) {
            if !self.sources.iter().any(|source| source.id == mark) {
                file.fault(
                    line,
                    DiagnosticCode::CitationUnresolved,
                    format!("the source `{mark}` of `{text}` is not registered"),
                    "a [source] in statutes/",
                );
            }
        }
        let confidence = match mark {
            Some("medium") => Confidence::Medium,
            Some("low") => Confidence::Low,
            Some(_) => Confidence::High,
            None => self.confidences.get(number).copied().unwrap_or(Confidence::Low),
        };
        let instrument = u16::try_from(number).ok()?;
        self.used.borrow_mut().insert(instrument);
        let cite = Cite {
            instrument,
            place: place.into(),
            confidence,
        };
        let mut cites = self.cites.borrow_mut();
        let known = cites.iter().position(|known| *known == cite).unwrap_or_else(|| {
            cites.push(cite);
            cites.len().saturating_sub(1)
        });
        u16::try_from(known).ok()
    }

    /// The weakest confidence of citations; low where there are none.
    pub fn confidence(&self, cites: &[u16]) -> Confidence {
        let known = self.cites.borrow();
        cites
            .iter()
            .filter_map(|cite| known.get(usize::from(*cite)))
            .map(|cite| cite.confidence)
            .min()
            .unwrap_or(Confidence::Low)
    }

    /// Notes a fault where every cited instrument came into force only after a day.
    pub fn in_force(&self, file: &File<'_>, line: u32, cites: &[u16], day: Date) {
        let known = self.cites.borrow();
        let instruments = cites.iter().filter_map(|cite| known.get(usize::from(*cite)));
        let mut instruments = instruments
            .filter_map(|cite| self.instruments.get(usize::from(cite.instrument)))
            .peekable();
        let late = |instrument: &&Instrument| instrument.in_force.is_some_and(|in_force| in_force > day);
        if instruments.peek().is_some() && instruments.clone().all(|instrument| late(&instrument)) {
            let named: Vec<_> = instruments
                .filter_map(|one| one.in_force.map(|day| format!("`{}` from {day}", one.id)))
                .collect();
            file.fault(
                line,
                DiagnosticCode::CitationNotInForce,
                format!("on {day} none of the instruments cited was in force"),
                named.join(", "),
            );
        }
    }

    /// The citations, once all files are read.
    #[must_use]
    pub fn take_cites(&self) -> Vec<Cite> {
        self.cites.take()
    }

    /// Notes the instruments that nothing cites.
    pub fn unused_instruments(&self) {
        let used = self.used.borrow();
        for (number, (instrument, (path, line))) in self.instruments.iter().zip(&self.instrument_lines).enumerate() {
            if !u16::try_from(number).is_ok_and(|number| used.contains(&number)) {
                self.ledger.note(
                    path,
                    *line,
                    DiagnosticCode::Unused,
                    format!("nothing cites `{}`", instrument.id),
                    "a citation, or no row",
                );
            }
        }
    }

    fn codes(&mut self, file: &File<'_>, item: &Item) {
        let root = file.section(item, "codes");
        for (id, section) in root.sections("list") {
            let _ = both(&section);
            let (mut codes, mut labels) = (Vec::new(), Vec::new());
            for (code, label) in section.sections("codes") {
                codes.push(code.into());
                labels.push(both(&label));
                label.done();
            }
            section.done();
            self.lists.push(CodeList { id: id.into(), codes });
            self.labels.push(labels);
        }
        root.done();
    }

    /// Notes the offices and areas of agencies, provinces and districts that are not there.
    fn places_known(&self, sources: &[SourceFile]) {
        let check = |path: &str, columns: [&str; 2]| {
            let Some(source) = sources.iter().find(|source| source.path == path) else {
                return;
            };
            let file = self.file(path);
            rows(&file, &source.text, &columns, |line, cells| {
                let (agency, place) = (cells.at(0), cells.at(1));
                if !self.agencies.iter().any(|known| known.id == agency) {
                    file.fault(
                        line,
                        DiagnosticCode::UnknownName,
                        format!("`{agency}` is no agency"),
                        "an agency of authorities/agencies.toml",
                    );
                }
                let known =
                    self.provinces.iter().any(|known| known.code == place) || self.districts.iter().any(|known| known.code == place);
                if !known {
                    file.fault(
                        line,
                        DiagnosticCode::UnknownCode,
                        format!("there is no {} `{place}`", columns.last().unwrap_or(&"place")),
                        "a code of places/",
                    );
                }
            });
        };
        check("places/offices.csv", ["agency", "province"]);
        check("places/bangkok_areas.csv", ["agency", "district"]);
    }

    fn place_lists(&mut self) {
        let provinces = self.provinces.iter().map(|place| place.code.clone()).collect();
        self.lists.push(CodeList {
            id: "province".into(),
            codes: provinces,
        });
        self.labels.push(self.provinces.iter().map(|place| place.name.clone()).collect());
        let districts = self.districts.iter().map(|place| place.code.clone()).collect();
        self.lists.push(CodeList {
            id: "district".into(),
            codes: districts,
        });
        self.labels.push(self.districts.iter().map(|place| place.name.clone()).collect());
    }

    fn facts(&mut self, file: &File<'_>, item: &Item) {
        let root = file.section(item, "facts");
        for (fact, section) in root.sections("fact") {
            let pair = |th: &str, en: &str| Words {
                th: section.need_label(th).into(),
                en: section.need_label(en).into(),
            };
            let help = section.item("help_th").map(|_| pair("help_th", "help_en"));
            self.questions.push(Question {
                fact: fact.into(),
                ask: pair("ask_th", "ask_en"),
                label: pair("label_th", "label_en"),
                help,
            });
            section.done();
        }
        root.done();
    }

    /// Notes the facts that no question asks for.
    pub fn unasked(&self, layout: &Layout) {
        for fact in &layout.facts {
            let family = fact
                .name
                .split_once('.')
                .map_or_else(String::new, |(family, _)| format!("{family}.*"));
            if !self
                .questions
                .iter()
                .any(|question| question.fact == fact.name || question.fact == family)
            {
                let message = format!("no question asks for `{}`", fact.name);
                self.ledger.note(
                    "vocabulary/facts.toml",
                    1,
                    DiagnosticCode::MissingLabel,
                    message,
                    format!("[fact.\"{}\"]", fact.name),
                );
            }
        }
    }

    fn engine(&mut self, file: &File<'_>, item: &Item) {
        let root = file.section(item, "engine");
        for (id, item) in root.entries() {
            if matches!(item.data, Data::Table(_)) {
                let section = file.section(item, id);
                if section.item("th").is_some() {
                    self.sentences.push((id.as_str().into(), both(&section)));
                } else {
                    for (id, item) in section.entries() {
                        self.sentences.push((id.as_str().into(), both(&file.section(item, id))));
                    }
                }
            }
        }
    }

    fn english(&mut self, file: &File<'_>, item: &Item) {
        let id = file.path.trim_start_matches("vocabulary/en/").trim_end_matches(".toml").to_owned();
        let root = file.section(item, &id);
        let mut sentences = BTreeMap::new();
        for (group, item) in root.entries() {
            match &item.data {
                Data::Text(text) => {
                    sentences.insert(group.clone(), text.clone());
                }
                _ => collect_english(file, item, group, &mut sentences),
            }
        }
        self.english.insert(id, sentences);
    }

    /// A text in both languages; the English stands beside it or in `vocabulary/en/<file>.toml` under `group.id`.
    #[must_use]
    pub fn words(&self, file: &File<'_>, line: u32, file_id: &str, key: &str, text: &ast::Words) -> Words {
        let beside = text.en.clone();
        let apart = || self.english.get(file_id).and_then(|sentences| sentences.get(key)).cloned();
        let en = beside.or_else(apart);
        if en.is_none() && !text.th.is_empty() {
            file.fault(
                line,
                DiagnosticCode::MissingLabel,
                format!("`{key}` of `{file_id}` has no English"),
                format!("a line in vocabulary/en/{file_id}.toml"),
            );
        }
        Words {
            th: text.th.as_str().into(),
            en: en.unwrap_or_default().into(),
        }
    }

    /// The English of an id of a file.
    #[must_use]
    pub fn english_of(&self, file_id: &str, id: &str) -> Option<String> {
        self.english.get(file_id).and_then(|sentences| sentences.get(id)).cloned()
    }

    fn forms(&mut self, file: &File<'_>, item: &Item) {
        let root = file.section(item, "forms");
        for (id, section) in root.sections("form") {
            let cites = self.cite(file, &citing(&section));
            self.forms.push(Form {
                id: id.into(),
                name: both(&section),
                cites,
            });
            section.done();
        }
        root.done();
    }

    fn declarations(&mut self, file: &File<'_>, item: &Item) {
        let root = file.section(item, "facts");
        for (name, section) in root.sections("fact") {
            let kind = match section.need_text("type").as_str() {
                "yes_no" => FactKind::YesNo,
                "date" => FactKind::Date,
                "code" => FactKind::Code,
                "count" => FactKind::Count,
                "money" => FactKind::Money,
                other => {
                    section.fault(
                        "type",
                        DiagnosticCode::UnknownCode,
                        format!("`{other}` is no type of fact"),
                        "yes_no, date, code, count or money",
                    );
                    FactKind::YesNo
                }
            };
            let list = section.text("list");
            let pair = |th: &str, en: &str| Words {
                th: section.need_label(th).into(),
                en: section.need_label(en).into(),
            };
            self.questions.push(Question {
                fact: name.into(),
                ask: pair("ask_th", "ask_en"),
                label: pair("label_th", "label_en"),
                help: None,
            });
            self.declared.push((name.to_owned(), kind, list));
            section.done();
        }
        root.done();
    }

    fn calendar(&mut self, file: &File<'_>, item: &Item, days: Option<&SourceFile>) {
        let root = file.section(item, "calendar");
        let (first, last) = (root.need_day("first"), root.need_day("last"));
        self.projected_years = root.list("projected").iter().filter_map(|item| year(file, item)).collect();
        let _ = root.entries();
        let Some(days) = days else {
            file.fault(1, DiagnosticCode::MissingKey, "there is no calendar/holidays.csv", "the holidays");
            return;
        };
        let mut holidays = Vec::new();
        let csv = self.file(&days.path);
        // A calendar of official days alone needs no column that says so.
        let says_status = days
            .text
            .lines()
            .next()
            .is_some_and(|header| header.split(',').any(|column| column == "status"));
        let columns = ["date", "name_th", "name_en", "status", "confidence"];
        rows(
            &csv,
            &days.text,
            columns.get(..if says_status { 5 } else { 3 }).unwrap_or(&columns),
            |line, cells| match Date::parse(cells.at(0)) {
                Ok(day) => {
                    let projected = if self.projected_years.contains(&day.year()) {
                        "projected"
                    } else {
                        "official"
                    };
                    if says_status && cells.at(3) != projected {
                        csv.fault(
                            line,
                            DiagnosticCode::Impossible,
                            format!("{day} is `{}`", cells.at(3)),
                            format!("{projected}, as `projected` of calendar.toml says"),
                        );
                    }
                    if says_status {
                        let _ = confidence(&csv, line, cells.at(4));
                    }
                    holidays.push(day);
                }
                Err(error) => csv.fault(line, DiagnosticCode::Impossible, error.to_string(), "a day"),
            },
        );
        if let (Some(first), Some(last)) = (first, last) {
            self.calendar = Calendar::new(holidays, first, last);
        }
    }

    fn provinces(&mut self, file: &File<'_>, text: &str) {
        rows(file, text, &["code", "name_th", "name_en", "region", "region_th"], |_, cells| {
            self.provinces.push(ProvinceInfo {
                code: cells.at(0).into(),
                name: Words {
                    th: cells.at(1).into(),
                    en: cells.at(2).into(),
                },
                region: Words {
                    th: cells.at(4).into(),
                    en: cells.at(3).into(),
                },
            });
        });
    }

    fn districts(&mut self, file: &File<'_>, text: &str) {
        rows(file, text, &["code", "province", "name_th", "name_en"], |_, cells| {
            let name = Words {
                th: cells.at(2).into(),
                en: cells.at(3).into(),
            };
            self.districts.push(DistrictInfo {
                code: cells.at(0).into(),
                name,
            });
        });
    }

    fn offices(&mut self, file: &File<'_>, text: &str) {
        rows(
            file,
            text,
            &[
                "agency",
                "province",
                "area",
                "name_th",
                "name_en",
                "phone",
                "confidence",
                "basis",
                "source",
            ],
            |line, cells| {
                if !matches!(cells.at(7), "sourced" | "pattern") {
                    file.fault(
                        line,
                        DiagnosticCode::UnknownCode,
                        format!("`{}` is no basis of a name", cells.at(7)),
                        "sourced or pattern",
                    );
                }
                let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
                self.offices.push(Office {
                    agency: cells.at(0).into(),
                    province: cells.at(1).into(),
                    area: some(cells.at(2)).map(Into::into),
                    name: Words {
                        th: cells.at(3).into(),
                        en: cells.at(4).into(),
                    },
                    phone: some(cells.at(5)).map(Into::into),
                    confidence: confidence(file, line, cells.at(6)),
                    basis: cells.at(7).into(),
                    source: cells.at(8).into(),
                });
            },
        );
    }

    fn areas(&mut self, file: &File<'_>, text: &str) {
        rows(
            file,
            text,
            &["district", "agency", "area", "confidence", "source"],
            |line, cells| {
                self.areas.push(AreaInfo {
                    district: cells.at(0).into(),
                    agency: cells.at(1).into(),
                    area: cells.at(2).into(),
                    confidence: confidence(file, line, cells.at(3)),
                    source: cells.at(4).into(),
                });
            },
        );
    }
}

fn year(file: &File<'_>, item: &Item) -> Option<i32> {
    let year = if let Data::Whole(year) = item.data {
        i32::try_from(year).ok()
    } else {
        None
    };
    if year.is_none() {
        file.wrong_type(item, "projected", "years");
    }
    year
}

fn is_mark(word: &str) -> bool {
    let letters = word.bytes().take_while(u8::is_ascii_uppercase).count();
    let rest = word.get(letters..).unwrap_or("");
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let tail = rest.get(digits..).unwrap_or("");
    letters > 0 && digits > 0 && tail.bytes().all(|byte| byte.is_ascii_lowercase())
}

fn confidence(file: &File<'_>, line: u32, text: &str) -> Confidence {
    match text {
        "high" => Confidence::High,
        "medium" => Confidence::Medium,
        "low" => Confidence::Low,
        other => {
            file.fault(
                line,
                DiagnosticCode::UnknownCode,
                format!("`{other}` is no confidence"),
                "high, medium or low",
            );
            Confidence::Low
        }
    }
}

fn collect_english(file: &File<'_>, item: &Item, prefix: &str, sentences: &mut BTreeMap<String, String>) {
    for (id, item) in file.section(item, prefix).entries() {
        let key = format!("{prefix}.{id}");
        match &item.data {
            Data::Text(text) => {
                sentences.insert(key, text.clone());
            }
            Data::Table(_) => collect_english(file, item, &key, sentences),
            _ => file.wrong_type(item, &key, "text"),
        }
    }
}
