//! Lowers overlays: cells that stand in other files' tables for some months, in some places.

use super::builder::{Builder, Context};
use crate::compile::ast::{self, Citing};
use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::source::{Data, File, Item};
use crate::criterion::{Entry, Unit};
use crate::facts::FactId;
use crate::values::{Date, Month};

/// Where the rows of an overlay stand, and what is asked of them.
struct Overlay<'o> {
    at: File<'o>,
    file: usize,
    columns: &'o [String],
    /// The column of the overlay that sets the cell.
    column: &'o str,
    unit: Unit,
    /// The province fact that the areas are asked of.
    area: Option<FactId>,
}

impl Overlay<'_> {
    fn place(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|known| known.split(':').next() == Some(name))
    }
}

/// The months and provinces that one row of an overlay sets.
struct Extent {
    from: Date,
    until: Date,
    provinces: Option<Vec<String>>,
    line: u32,
}

impl Extent {
    fn meets(&self, other: &Self) -> bool {
        let in_time = self.from <= other.until && other.from <= self.until;
        let in_place = match (&self.provinces, &other.provinces) {
            (Some(one), Some(other)) => one.iter().any(|province| other.contains(province)),
            _ => true,
        };
        in_time && in_place
    }
}

impl Builder<'_> {
    /// The entries of a column that stand in overlays: the table's own rows first, then those of the overlay that it names.
    pub(super) fn overlay_entries(&mut self, file: usize, table: &ast::Table, column: &str, unit: Unit, name: &str) -> Vec<Entry> {
        let mut entries = Vec::new();
        if let Some((columns, items)) = &table.own_overlay {
            let rows = Overlay {
                at: self.file(file),
                file,
                columns,
                column,
                unit,
                area: None,
            };
            entries.extend(self.overlay_rows(&rows, items));
        }
        let Some(overlay_id) = &table.overlay else { return entries };
        let overlay_file = self
            .files
            .iter()
            .position(|known| known.id == *overlay_id && known.overlay.is_some());
        let Some(overlay_file) = overlay_file else {
            self.diagnose(
                file,
                table.line,
                DiagnosticCode::UnknownName,
                format!("`{overlay_id}` is no overlay"),
                "the id of a file of kind overlay",
            );
            return entries;
        };
        let Some(overlay) = self.rule_file(overlay_file).and_then(|rule_file| rule_file.overlay.as_ref()) else {
            return entries;
        };
        let Some((_, source)) = overlay.sets.iter().find(|(target, _)| target == name) else {
            return entries;
        };
        let file_id = self.rule_file(file).map(|rule_file| rule_file.id.clone()).unwrap_or_default();
        let area = overlay
            .area
            .iter()
            .find(|(asks, _)| *asks == file_id)
            .and_then(|(_, fact)| self.book.program.layout.fact_number(fact));
        let rows = Overlay {
            at: self.file(overlay_file),
            file: overlay_file,
            columns: &overlay.columns,
            column: source,
            unit,
            area,
        };
        entries.extend(self.overlay_rows(&rows, &overlay.rows));
        entries
    }

    fn overlay_rows(&mut self, overlay: &Overlay<'_>, items: &[Item]) -> Vec<Entry> {
        let (Some(months), Some(cell)) = (overlay.place("months"), overlay.place(overlay.column)) else {
            overlay.at.diagnose(
                1,
                DiagnosticCode::UnknownName,
                format!("the overlay has no column `{}` or no `months`", overlay.column),
                "both columns",
            );
            return Vec::new();
        };
        let mut entries: Vec<Entry> = Vec::new();
        let mut extents: Vec<Extent> = Vec::new();
        for item in items {
            let Some((extent, cells)) = self.extent(overlay, item, months) else {
                continue;
            };
            for other in extents.iter().filter(|other| other.meets(&extent)) {
                let message = format!("two rows set the same month and place (the other in line {})", other.line);
                overlay.at.diagnose(item.line, DiagnosticCode::OverlaysMeet, message, "one row");
            }
            if let Some(cell) = cells.get(cell) {
                let entry = self.overlay_entry(overlay, &extent, cell, cells);
                entries.push(entry);
            }
            extents.push(extent);
        }
        entries
    }

    /// The months and provinces of a row, with its cells; nothing, with a diagnostic, where they cannot be read.
    fn extent<'i>(&self, overlay: &Overlay<'_>, item: &'i Item, months: usize) -> Option<(Extent, &'i [Item])> {
        let (at, columns) = (&overlay.at, overlay.columns);
        let Data::List(cells) = &item.data else {
            at.wrong_type(item, "rows", "a list of cells");
            return None;
        };
        if cells.len() != columns.len() {
            let message = format!("the row has {} cells, the header {}", cells.len(), columns.len());
            at.diagnose(item.line, DiagnosticCode::WrongType, message, format!("{} cells", columns.len()));
            return None;
        }
        let text = |index: usize| cells.get(index).map(|cell| at.texts(cell, "cell").join(","));
        let span = text(months).and_then(|text| {
            let (first, last) = text.split_once("..")?;
            Some((Month::parse(first).ok()?, Month::parse(last).ok()?))
        });
        let Some((first, last)) = span else {
            at.diagnose(
                item.line,
                DiagnosticCode::WrongType,
                "the months of the row cannot be read",
                "\"2020-03..2020-05\"",
            );
            return None;
        };
        let provinces = match overlay.place("area").and_then(text).as_deref() {
            None | Some("all") => None,
            Some(name) => self.provinces_of(overlay, name, item.line),
        };
        let (from, until) = (first.first_day(), last.last_day());
        if until < from {
            at.diagnose(
                item.line,
                DiagnosticCode::Impossible,
                "the months end before they begin",
                "the earlier month first",
            );
        }
        let extent = Extent {
            from,
            until,
            provinces,
            line: item.line,
        };
        Some((extent, cells))
    }

    fn provinces_of(&self, overlay: &Overlay<'_>, name: &str, line: u32) -> Option<Vec<String>> {
        let areas = self.rule_file(overlay.file).and_then(|rule_file| rule_file.overlay.as_ref());
        let provinces = areas.and_then(|overlay| overlay.areas.iter().find(|(known, _)| known == name));
        if provinces.is_none() {
            overlay.at.diagnose(
                line,
                DiagnosticCode::UnknownName,
                format!("`{name}` is no area"),
                "all, or an [areas] of this file",
            );
        }
        provinces.map(|(_, provinces)| provinces.clone())
    }

    fn overlay_entry(&mut self, overlay: &Overlay<'_>, extent: &Extent, cell: &Item, cells: &[Item]) -> Entry {
        let at = &overlay.at;
        let guard = match (&extent.provinces, overlay.area) {
            (Some(provinces), Some(fact)) => {
                let context = Context {
                    file: overlay.file,
                    option: None,
                    job: true,
                };
                Some(self.fact_among(context, fact, provinces, extent.line))
            }
            (Some(_), None) => {
                at.diagnose(
                    extent.line,
                    DiagnosticCode::MissingKey,
                    "the row has an area, and `area` names no fact for the file that asks",
                    "a line in `area`",
                );
                None
            }
            (None, _) => None,
        };
        let cell = self.read_cell(at, overlay.unit, cell, None, overlay.column);
        let cites = overlay
            .place("cite")
            .and_then(|index| cells.get(index))
            .map_or_else(Vec::new, |cell| {
                let citing = Citing {
                    texts: at.texts(cell, "cite"),
                    line: cell.line,
                };
                self.registry.cite(at, &citing)
            });
        let confidence = self.registry.confidence(&cites);
        if cites.is_empty() {
            at.diagnose(extent.line, DiagnosticCode::MissingCitation, "the row cites nothing", "a citation");
        }
        self.registry.in_force(at, extent.line, &cites, extent.from);
        Entry {
            from: Some(extent.from.days()),
            from_other: None,
            until: Some(extent.until.days()),
            guard,
            cell: cell.lead,
            other: cell.other,
            cites: [cites, cell.cites].concat(),
            confidence,
        }
    }
}
