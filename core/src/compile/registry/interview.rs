//! How an interview asks: `vocabulary/interview.toml`.

use super::Registry;
use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::source::{File, Item, Section};
use crate::facts::Layout;
use crate::rulebook::{Asking, Presupposition, Screen, ToldAs, Words};

const PATH: &str = "vocabulary/interview.toml";

impl Registry<'_> {
    pub(super) fn interview(&mut self, file: &File<'_>, item: &Item) {
        let root = file.section(item, "interview");
        for (id, section) in root.sections("screen") {
            let pair = |th: &str, en: &str| Words {
                th: section.need_label(th).into(),
                en: section.need_label(en).into(),
            };
            self.screens.push(Screen {
                id: id.into(),
                facts: section.texts("facts").into_iter().map(Into::into).collect(),
                order: number(&section, "order").unwrap_or(u16::MAX),
                ask: pair("ask_th", "ask_en"),
                help: section.item("help_th").map(|_| pair("help_th", "help_en")),
            });
            section.done();
        }
        for (fact, section) in root.sections("fact") {
            self.askings.push(Asking {
                fact: fact.into(),
                order: number(&section, "order"),
                presupposes: section
                    .texts("where")
                    .iter()
                    .filter_map(|text| presupposition(&section, text))
                    .collect(),
                or: section.text("or").and_then(|text| presupposition(&section, &text)),
                otherwise: section.text("otherwise").map(Into::into),
                at_least: number(&section, "at_least"),
                at_most: number(&section, "at_most"),
                past: section.flag("past").unwrap_or(false),
            });
            section.done();
        }
        if let Some(section) = root.section("first") {
            for (scheme, item) in section.entries() {
                let facts = section.file.texts(item, scheme);
                self.first.push((scheme.into(), facts.into_iter().map(Into::into).collect()));
            }
        }
        root.done();
    }

    /// Notes names of `vocabulary/interview.toml` that are no facts.
    pub fn interview_names(&self, layout: &Layout) {
        let known = |name: &str| {
            name == "jobs"
                || name.strip_suffix(".*").map_or_else(
                    || layout.fact_number(name).is_some(),
                    |family| {
                        layout
                            .facts
                            .iter()
                            .any(|fact| fact.name.split_once('.').is_some_and(|(first, _)| first == family))
                    },
                )
        };
        let of_screens = self.screens.iter().flat_map(|screen| &screen.facts);
        let of_facts = self.askings.iter().flat_map(|asking| {
            let presupposed = asking.presupposes.iter().chain(&asking.or).flat_map(|one| &one.facts);
            std::iter::once(&asking.fact).chain(presupposed)
        });
        let of_schemes = self.first.iter().flat_map(|(_, facts)| facts);
        for name in of_screens.chain(of_facts).chain(of_schemes).filter(|name| !known(name)) {
            self.ledger
                .note(PATH, 1, DiagnosticCode::UnknownName, format!("`{name}` is no fact"), "a fact");
        }
    }
}

fn number<T: TryFrom<i64>>(section: &Section<'_>, key: &str) -> Option<T> {
    let whole = section.whole(key)?;
    let number = T::try_from(whole).ok();
    if number.is_none() {
        section.diagnose(
            key,
            DiagnosticCode::Impossible,
            format!("`{key}` is out of range"),
            "a whole number that is not negative",
        );
    }
    number
}

/// Reads `nationality`, `nationality = not_thai`, `a | b = true`, `s33_months >= 12`; a `?` at the end asks too where it is not known.
fn presupposition(section: &Section<'_>, text: &str) -> Option<Presupposition> {
    let or_not_known = text.trim_end().ends_with('?');
    let text = text.trim_end().trim_end_matches('?').trim_end();
    let (facts, told) = if let Some((facts, least)) = text.split_once(">=") {
        let Ok(least) = least.trim().parse() else {
            section.diagnose(
                "where",
                DiagnosticCode::Impossible,
                format!("`{text}` compares with no number"),
                "a whole number after `>=`",
            );
            return None;
        };
        (facts, ToldAs::AtLeast(least))
    } else if let Some((facts, codes)) = text.split_once('=') {
        (facts, ToldAs::OneOf(codes.split('|').map(|code| code.trim().into()).collect()))
    } else {
        (text, ToldAs::Anything)
    };
    Some(Presupposition {
        facts: facts.split('|').map(|fact| fact.trim().into()).collect(),
        told,
        or_not_known,
    })
}
