//! Values that look like a slip: far from their neighbours, percentages that hardly can be, bands that change alone.

use std::collections::{BTreeMap, BTreeSet};

use crate::compile::ast::{Overlay, Row, Rows};
use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::lower::builder::Builder;
use crate::compile::source::{Data, File};
use crate::criterion::{CellValue, Unit};
use crate::values::Date;

/// A value this many times its neighbour has probably a digit too many or too few.
const FAR: i64 = 8;

pub(super) fn check(builder: &Builder<'_>) {
    for (number, rule_file) in builder.files.iter().enumerate() {
        for (index, table) in rule_file.tables.iter().enumerate() {
            let Some(rows) = builder.tables.get(&(number, index)) else {
                continue;
            };
            let at = File {
                path: &rows.path,
                ledger: builder.ledger,
            };
            for (name, unit) in table.columns.iter().filter_map(|column| column.split_once(':')) {
                let Some(unit) = Unit::named(unit) else { continue };
                far_from_neighbours(&at, name, unit, rows);
                if unit == Unit::Percent {
                    for row in &rows.rows {
                        let values = row
                            .cells
                            .get(name)
                            .into_iter()
                            .flat_map(|cell| cell.other.iter().chain([&cell.lead]));
                        values
                            .filter_map(number_of)
                            .for_each(|value| percentage(&at, row.line, name, value));
                    }
                }
            }
            if table.band.is_some() {
                bands(&at, &table.id, rows);
            }
        }
        if let Some(overlay) = &rule_file.overlay {
            percentages_of(&builder.file(number), overlay);
        }
    }
}

const fn number_of(cell: &CellValue) -> Option<i64> {
    match cell {
        CellValue::Number(number) => Some(*number),
        CellValue::Text(_) | CellValue::Nothing | CellValue::NotRead => None,
    }
}

fn percentage(at: &File<'_>, line: u32, name: &str, value: i64) {
    let whole = Unit::Percent.scale();
    if (0 < value && value < whole) || value > whole.saturating_mul(100) {
        let size = if value < whole { "below 1 %" } else { "above 100 %" };
        at.warn(
            line,
            DiagnosticCode::Suspicious,
            format!("`{name}` is {size}"),
            "a percentage: 70 for seventy of a hundred",
        );
    }
}

fn percentages_of(at: &File<'_>, overlay: &Overlay) {
    for (place, column) in overlay.columns.iter().enumerate() {
        let Some((name, "%")) = column.split_once(':') else { continue };
        for row in &overlay.rows {
            let Data::List(cells) = &row.data else { continue };
            let value = cells.get(place).and_then(|cell| match &cell.data {
                Data::Whole(number) => Unit::Percent.read(&number.to_string()),
                Data::Text(text) => Unit::Percent.read(text),
                _ => None,
            });
            if let Some(value) = value {
                percentage(at, row.line, name, value);
            }
        }
    }
}

/// Each value beside the one before it in time; one that stands alone in time beside those of the other rows.
fn far_from_neighbours(at: &File<'_>, name: &str, unit: Unit, rows: &Rows) {
    let value = |row: &Row| {
        row.cells
            .get(name)
            .and_then(|cell| number_of(&cell.lead))
            .filter(|value| *value > 0)
    };
    let begins = |row: &Row| row.from.map_or(i32::MIN, |from| from.lead.days());
    for row in &rows.rows {
        let Some(own) = value(row) else { continue };
        let same = rows.rows.iter().filter(|other| other.same_keys(row) && !std::ptr::eq(*other, row));
        let before = same
            .clone()
            .filter(|other| begins(other) < begins(row))
            .max_by_key(|other| begins(other))
            .and_then(value);
        let alone = same.clone().next().is_none();
        let beside = before.or_else(|| {
            let others = rows.rows.iter().filter(|other| !std::ptr::eq(*other, row));
            let mut values: Vec<i64> = others.filter_map(value).collect();
            values.sort_unstable();
            // Fewer say nothing of what is usual.
            values.get(values.len() / 2).copied().filter(|_| alone && values.len() >= 2)
        });
        let Some(beside) = beside else { continue };
        let (low, high) = (own.min(beside), own.max(beside));
        if high >= low.saturating_mul(FAR) {
            let scale = unit.scale();
            let shown = |value: i64| value.checked_div(scale).unwrap_or(value);
            at.warn(
                row.line,
                DiagnosticCode::Suspicious,
                format!("`{name}` is {}, far from {} beside it", shown(own), shown(beside)),
                "the same number of digits, where none is missing or too many",
            );
        }
    }
}

/// A day on which some bands change and others do not: one may have been left out.
fn bands(at: &File<'_>, table: &str, rows: &Rows) {
    let beside = |row: &Row| format!("{:?}{:?}", row.keys, row.place);
    let groups: BTreeSet<String> = rows.rows.iter().map(beside).collect();
    for group in groups {
        let own = || rows.rows.iter().filter(|row| beside(row) == group);
        let band = |row: &Row| row.band.map(|band| band.to_string());
        let mut days: BTreeMap<Option<Date>, Vec<&Row>> = BTreeMap::new();
        for row in own() {
            days.entry(row.from.map(|from| from.lead)).or_default().push(row);
        }
        let mut known: BTreeSet<String> = BTreeSet::new();
        for (day, rows) in days {
            let changed: BTreeSet<String> = rows.iter().filter_map(|row| band(row)).collect();
            let left: Vec<String> = known.difference(&changed).map(|band| format!("`{band}`")).collect();
            if let (Some(day), Some(row), false) = (day, rows.first(), left.is_empty()) {
                at.warn(
                    row.line,
                    DiagnosticCode::Suspicious,
                    format!("on {day} some bands of `{table}` change and {} stay as before", left.join(", ")),
                    "a row for each band, with \"same\" where it does not change",
                );
            }
            known.extend(changed);
        }
    }
}
