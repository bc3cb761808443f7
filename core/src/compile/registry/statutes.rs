//! Instruments and sources, and the citations that name them.

use super::{Registry, confidence as confidence_of};
use crate::compile::ast::Citing;
use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::source::{Data, File, Item};
use crate::criterion::{CiteId, Confidence};
use crate::rulebook::{Cite, Instrument, InstrumentId, Source, Words};
use crate::values::{Date, nearest};

impl Registry<'_> {
    pub(super) fn statutes(&mut self, file: &File<'_>, item: &Item) {
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
            root.diagnose(
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
                file.diagnose(
                    row.line,
                    DiagnosticCode::WrongType,
                    format!("the row has {} cells", cells.len()),
                    "7 cells",
                );
                continue;
            };
            let text = |item: &Item, name: &str| file.text(item, name).unwrap_or_default();
            let day = |item: &Item| if let Data::Day(day) = item.data { Some(day) } else { None };
            let confidence = confidence_of(file, row.line, &text(confidence, "confidence"));
            let id = text(id, "id");
            if self.instruments.iter().any(|known| known.id == id) {
                file.diagnose(
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
    pub fn cite(&self, file: &File<'_>, citing: &Citing) -> Vec<CiteId> {
        citing
            .texts
            .iter()
            .filter_map(|text| self.one_cite(file, citing.line, text))
            .collect()
    }

    /// Resolves one citation.
    pub fn one_cite(&self, file: &File<'_>, line: u32, text: &str) -> Option<CiteId> {
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
            file.diagnose(
                line,
                DiagnosticCode::CitationUnresolved,
                format!("the citation `{text}` names no instrument"),
                expected,
            );
            return None;
        };
        for mark in place.split([',', ' ', '/', '(', ')']).filter(|word| is_mark(word)) {
            if !self.sources.iter().any(|source| source.id == mark) {
                file.diagnose(
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
        let instrument = InstrumentId::try_from(number).ok()?;
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
        CiteId::try_from(known).ok()
    }

    /// The weakest confidence of citations; low where there are none.
    pub fn confidence(&self, cites: &[CiteId]) -> Confidence {
        let known = self.cites.borrow();
        cites
            .iter()
            .filter_map(|cite| known.get(usize::from(*cite)))
            .map(|cite| cite.confidence)
            .min()
            .unwrap_or(Confidence::Low)
    }

    /// Notes a fault where every cited instrument came into force only after a day.
    pub fn in_force(&self, file: &File<'_>, line: u32, cites: &[CiteId], day: Date) {
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
            file.diagnose(
                line,
                DiagnosticCode::CitationNotInForce,
                format!("on {day} none of the instruments cited was in force"),
                named.join(", "),
            );
        }
    }

    /// The instrument of a citation and its day in force, where that day was read.
    pub fn cited_in_force(&self, cite: CiteId) -> Option<(String, Date)> {
        let known = self.cites.borrow();
        let cite = known.get(usize::from(cite))?;
        let instrument = self.instruments.get(usize::from(cite.instrument))?;
        instrument.in_force.map(|day| (instrument.id.to_string(), day))
    }

    /// The file and line of each instrument.
    pub fn instrument_lines(&self) -> &[(String, u32)] {
        &self.instrument_lines
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
            if !InstrumentId::try_from(number).is_ok_and(|number| used.contains(&number)) {
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
}

fn is_mark(word: &str) -> bool {
    let letters = word.bytes().take_while(u8::is_ascii_uppercase).count();
    let rest = word.get(letters..).unwrap_or("");
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let tail = rest.get(digits..).unwrap_or("");
    letters > 0 && digits > 0 && tail.bytes().all(|byte| byte.is_ascii_lowercase())
}
