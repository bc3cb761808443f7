//! The registers beside the rule files name each other rightly: agencies, community bodies, offices, places, questions.

use super::{near, on_list};
use crate::compile::csv::rows;
use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::lower::builder::Builder;
use crate::compile::source::{Data, File, Item, Section};

pub(super) fn check(builder: &Builder<'_>, parsed: &[Option<Item>]) {
    for (source, item) in builder.sources.iter().zip(parsed) {
        let at = File {
            path: &source.path,
            ledger: builder.ledger,
        };
        match (source.path.as_str(), item) {
            ("authorities/agencies.toml", Some(item)) => agencies(&at, item),
            ("authorities/community.toml", Some(item)) => community(builder, &at, item),
            ("complaints/not_encoded.toml", Some(item)) => kinds(builder, &at, item),
            ("vocabulary/facts.toml", Some(item)) => questions(builder, &at, item),
            ("facts.toml", Some(item)) => declared(builder, &at, item),
            (path, Some(item)) if path.starts_with("statutes/") => instruments(builder, &at, item),
            ("places/districts.csv", None) => rows(&at, &source.text, &["code", "province", "name_th", "name_en"], |line, cells| {
                on_list(builder, &at, line, "province", &[], cells.at(1), "the province");
                label(&at, line, cells.at(0), [cells.at(2), cells.at(3)]);
            }),
            ("places/provinces.csv", None) => rows(&at, &source.text, &["code", "name_th", "name_en"], |line, cells| {
                label(&at, line, cells.at(0), [cells.at(1), cells.at(2)]);
            }),
            ("places/offices.csv", None) => rows(&at, &source.text, &["agency", "name_th", "name_en"], |line, cells| {
                label(&at, line, cells.at(0), [cells.at(1), cells.at(2)]);
            }),
            _ => {}
        }
    }
}

fn label(at: &File<'_>, line: u32, code: &str, names: [&str; 2]) {
    if names.iter().any(|name| name.trim().is_empty()) {
        at.diagnose(
            line,
            DiagnosticCode::MissingLabel,
            format!("`{code}` lacks a name"),
            "a name in Thai and in English",
        );
    }
}

fn agency(builder: &Builder<'_>, at: &File<'_>, line: u32, id: &str) {
    let agencies = || builder.registry.agencies.iter().map(|agency| agency.id.as_str());
    if !agencies().any(|known| known == id) {
        at.diagnose(
            line,
            DiagnosticCode::UnknownName,
            format!("`{id}` is no agency"),
            near(id, agencies(), "an agency of authorities/agencies.toml"),
        );
    }
}

fn named(builder: &Builder<'_>, at: &File<'_>, section: &Section<'_>, key: &str) {
    for id in section.texts(key) {
        agency(builder, at, section.line, &id);
    }
}

fn agencies(at: &File<'_>, item: &Item) {
    for (_, section) in at.section(item, "agencies").sections("agency") {
        super::codes::calls(at, section.line, &section.texts("call"));
    }
}

fn community(builder: &Builder<'_>, at: &File<'_>, item: &Item) {
    for (id, section) in at.section(item, "community").sections("community") {
        on_list(builder, at, section.line, "channel", &[], id, "a community body");
        for key in ["may", "may_not"] {
            for duty in section.texts(key) {
                on_list(builder, at, section.line, "community_duty", &[], &duty, &format!("`{key}`"));
            }
        }
        // The office that is competent for the matter, whichever it is.
        for id in section.texts("forwards_to").into_iter().filter(|id| id != "competent_office") {
            agency(builder, at, section.line, &id);
        }
    }
}

fn kinds(builder: &Builder<'_>, at: &File<'_>, item: &Item) {
    let all = super::lists::kinds(builder);
    for (_, section) in at.section(item, "not_encoded").sections("kind") {
        named(builder, at, &section, "lead");
        named(builder, at, &section, "joint");
        super::codes::calls(at, section.line, &section.texts("call"));
        for kind in section.texts("never_with").iter().chain(&section.texts("within")) {
            if !all.contains(&kind.as_str()) {
                at.diagnose(
                    section.line,
                    DiagnosticCode::UnknownName,
                    format!("`{kind}` is no kind of complaint"),
                    near(kind, all.iter().copied(), "a kind"),
                );
            }
        }
    }
}

/// A question of a fact that is not there asks for nothing.
fn questions(builder: &Builder<'_>, at: &File<'_>, item: &Item) {
    let facts = &builder.book.program.layout.facts;
    for (name, section) in at.section(item, "facts").sections("fact") {
        let family = name.strip_suffix(".*");
        let known = facts
            .iter()
            .any(|fact| fact.name == name || fact.name.split_once('.').is_some_and(|(group, _)| Some(group) == family));
        let unlaid = crate::facts::GROUPS
            .iter()
            .any(|group| group.facts.iter().any(|fact| fact.name == name));
        if !known && !unlaid {
            let expected = near(name, facts.iter().map(|fact| fact.name.as_str()), "a fact");
            at.diagnose(section.line, DiagnosticCode::UnknownName, format!("`{name}` is no fact"), expected);
        }
    }
}

fn declared(builder: &Builder<'_>, at: &File<'_>, item: &Item) {
    let lists = &builder.book.program.layout.lists;
    for (name, section) in at.section(item, "facts").sections("fact") {
        let list = section.text("list");
        let is_code = section.text("type").as_deref() == Some("code");
        match &list {
            None if is_code => at.diagnose(
                section.line,
                DiagnosticCode::MissingKey,
                format!("`{name}` is a code of no list"),
                "`list`",
            ),
            Some(list) if !lists.iter().any(|known| known.id == *list) => {
                let expected = near(list, lists.iter().map(|known| known.id.as_str()), "a list of vocabulary/codes.toml");
                at.diagnose(
                    section.line,
                    DiagnosticCode::UnknownName,
                    format!("`{name}` draws from the list `{list}`, which is not there"),
                    expected,
                );
            }
            _ => {}
        }
        if builder.book.program.layout.facts.iter().filter(|fact| fact.name == name).count() > 1 {
            at.diagnose(
                section.line,
                DiagnosticCode::Shadowing,
                format!("`{name}` is a fact already"),
                "another name",
            );
        }
    }
}

fn instruments(builder: &Builder<'_>, at: &File<'_>, item: &Item) {
    for row in at.section(item, "statutes").list("rows") {
        let Data::List(cells) = &row.data else { continue };
        let text = |index: usize| {
            cells.get(index).and_then(|cell| {
                if let Data::Text(text) = &cell.data {
                    Some(text.as_str())
                } else {
                    None
                }
            })
        };
        if let Some(kind) = text(1) {
            on_list(builder, at, row.line, "instrument_kind", &[], kind, "the kind");
        }
        if let (Some(th), Some(en)) = (text(2), text(3)) {
            label(at, row.line, text(0).unwrap_or_default(), [th, en]);
        }
    }
}
