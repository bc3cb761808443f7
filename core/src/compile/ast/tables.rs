//! Tables and overlays, their rows unread.

use super::parts::{Citing, Words, citing, text};
use crate::compile::source::{Item, Section};

/// A table, its rows unread.
#[derive(Debug, Clone)]
pub struct Table {
    /// Its name.
    pub id: String,
    /// The line.
    pub line: u32,
    /// Its name for people.
    pub text: Words,
    /// The day that picks the row.
    pub clock: Option<String>,
    /// The columns as written.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Item>,
    /// What stands before the first row.
    pub before: Option<String>,
    /// `option`.
    pub across: Option<String>,
    /// Columns matched by a word or fact.
    pub keys: Vec<(String, String)>,
    /// The word whose length picks the band.
    pub band: Option<String>,
    /// The place facts.
    pub place: Vec<String>,
    /// The overlay file.
    pub overlay: Option<String>,
    /// Overlay columns and rows of its own.
    pub own_overlay: Option<(Vec<String>, Vec<Item>)>,
    /// A CSV file that holds the rows.
    pub csv: Option<String>,
    /// What is open about it.
    pub open: Option<String>,
}

/// An overlay, its rows unread.
#[derive(Debug, Clone)]
pub struct Overlay {
    /// The place fact by file.
    pub area: Vec<(String, String)>,
    /// The overlay column by table column.
    pub sets: Vec<(String, String)>,
    /// The columns.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Item>,
    /// The areas.
    pub areas: Vec<(String, Vec<String>)>,
    /// Citations of the areas.
    pub cites: Vec<Citing>,
}

pub(super) fn table(id: &str, section: &Section<'_>) -> Table {
    let keys = section.section("keys").map_or_else(Vec::new, |keys| {
        keys.entries()
            .iter()
            .filter_map(|(column, item)| keys.file.text(item, column).map(|name| (column.clone(), name)))
            .collect()
    });
    let own_overlay = section
        .item("overlay_rows")
        .map(|_| (section.texts("overlay_columns"), section.list("overlay_rows").to_vec()));
    let table = Table {
        id: id.to_owned(),
        line: section.line,
        text: text(section),
        clock: section.text("clock"),
        columns: section.texts("columns"),
        rows: section.list("rows").to_vec(),
        before: section.text("before"),
        across: section.text("across"),
        keys,
        band: section.text("band"),
        place: section.texts("place"),
        overlay: section.text("overlay"),
        own_overlay,
        csv: section.text("csv"),
        open: section.text("open"),
    };
    section.done();
    table
}

pub(super) fn overlay(root: &Section<'_>) -> Option<Overlay> {
    let section = root.section("overlay")?;
    let pairs = |key: &str| {
        section.section(key).map_or_else(Vec::new, |inner| {
            inner
                .entries()
                .iter()
                .filter_map(|(name, item)| inner.file.text(item, name).map(|text| (name.clone(), text)))
                .collect()
        })
    };
    let (mut areas, mut cites) = (Vec::new(), Vec::new());
    for (name, area) in root.sections("areas") {
        areas.push((name.to_owned(), area.texts("provinces")));
        cites.push(citing(&area));
        let _ = (area.text("th"), area.text("en"));
        area.done();
    }
    let overlay = Overlay {
        area: pairs("area"),
        sets: pairs("sets"),
        columns: section.texts("columns"),
        rows: section.list("rows").to_vec(),
        areas,
        cites,
    };
    section.done();
    Some(overlay)
}
