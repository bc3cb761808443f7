//! Overlays set cells that exist, in places that exist, and cite what was in force.

use std::collections::BTreeSet;

use crate::compile::ast::{self, RuleFile};
use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::lower::builder::Builder;
use crate::compile::source::{Data, File};
use crate::facts::FactKind;
use crate::rulebook::FileKind;

pub(super) fn check(builder: &Builder<'_>) {
    for (number, rule_file) in builder.files.iter().enumerate() {
        let at = builder.file(number);
        match &rule_file.overlay {
            Some(overlay) => {
                targets(builder, &at, rule_file, overlay);
                places(builder, &at, rule_file.line, overlay);
            }
            None if rule_file.kind == FileKind::Overlay => {
                at.diagnose(
                    rule_file.line,
                    DiagnosticCode::MissingKey,
                    format!("`{}` is of kind overlay and has no [overlay]", rule_file.id),
                    "[overlay]",
                );
            }
            None => {}
        }
        for table in rule_file
            .tables
            .iter()
            .filter(|table| table.overlay.is_some() && table.own_overlay.is_some())
        {
            let message = format!(
                "`{}` has overlay rows of its own and an overlay file: both may set the same month",
                table.id
            );
            at.diagnose(table.line, DiagnosticCode::OverlaysMeet, message, "one of them");
        }
    }
}

fn targets(builder: &Builder<'_>, at: &File<'_>, rule_file: &RuleFile, overlay: &ast::Overlay) {
    let column = |name: &str| overlay.columns.iter().any(|column| column.split(':').next() == Some(name));
    let mut set: BTreeSet<&str> = BTreeSet::new();
    for (target, source) in &overlay.sets {
        set.insert(source);
        if !column(source) {
            let names = overlay.columns.iter().filter_map(|column| column.split(':').next());
            let expected = super::near(source, names, "a column of the overlay");
            at.diagnose(
                rule_file.line,
                DiagnosticCode::UnknownName,
                format!("`{target}` is set by `{source}`, which is no column of the overlay"),
                expected,
            );
        }
        let all = || {
            let tables = builder
                .files
                .iter()
                .flat_map(|file| file.tables.iter().map(move |table| (file, table)));
            tables.flat_map(|(file, table)| {
                let columns = table.columns.iter().filter_map(|column| column.split_once(':'));
                columns.map(move |(column, unit)| (format!("{}.{}.{column}", file.id, table.id), table, unit))
            })
        };
        let Some((_, table, unit)) = all().find(|(name, _, _)| name == target) else {
            let names: Vec<String> = all().map(|(name, _, _)| name).collect();
            let expected = super::near(target, names.iter().map(String::as_str), "file.table.column");
            at.diagnose(
                rule_file.line,
                DiagnosticCode::UnknownName,
                format!("the overlay sets `{target}`, which is no column of a table"),
                expected,
            );
            continue;
        };
        if table.overlay.as_deref() != Some(&rule_file.id) {
            let message = format!("the overlay sets `{target}`, and the table `{}` does not name it", table.id);
            at.diagnose(
                rule_file.line,
                DiagnosticCode::UnknownName,
                message,
                format!("overlay = \"{}\" on the table", rule_file.id),
            );
        }
        let own = overlay
            .columns
            .iter()
            .find_map(|column| column.split_once(':').filter(|(name, _)| name == source))
            .map(|(_, unit)| unit);
        if let Some(own) = own.filter(|own| *own != unit) {
            at.diagnose(
                rule_file.line,
                DiagnosticCode::WrongType,
                format!("`{source}` is in {own}, and `{target}` in {unit}"),
                format!("`{source}:{unit}`"),
            );
        }
    }
    for (column, _) in overlay.columns.iter().filter_map(|column| column.split_once(':')) {
        if !set.contains(column) {
            at.diagnose(
                rule_file.line,
                DiagnosticCode::Unused,
                format!("the column `{column}` of the overlay sets nothing"),
                "a line in `sets`, or no column",
            );
        }
    }
}

fn places(builder: &Builder<'_>, at: &File<'_>, line: u32, overlay: &ast::Overlay) {
    let layout = &builder.book.program.layout;
    for (file, fact) in &overlay.area {
        if !builder.files.iter().any(|known| known.id == *file) {
            let expected = super::near(file, builder.files.iter().map(|known| known.id.as_str()), "the id of a file");
            at.diagnose(
                line,
                DiagnosticCode::UnknownName,
                format!("`area` names the file `{file}`, which is not there"),
                expected,
            );
        }
        let kind = layout.fact_number(fact).and_then(|fact| layout.fact(fact)).map(|fact| fact.kind);
        if kind != Some(FactKind::Province) {
            let provinces = layout
                .facts
                .iter()
                .filter(|fact| fact.kind == FactKind::Province)
                .map(|fact| fact.name.as_str());
            let expected = super::near(fact, provinces, "a province fact");
            at.diagnose(
                line,
                DiagnosticCode::UnknownName,
                format!("`area` of `{file}` is `{fact}`, which is no province"),
                expected,
            );
        }
    }
    let area_at = overlay.columns.iter().position(|column| column == "area");
    let named: BTreeSet<&str> = overlay
        .rows
        .iter()
        .filter_map(|row| {
            if let Data::List(cells) = &row.data {
                cells.get(area_at?)
            } else {
                None
            }
        })
        .filter_map(|cell| {
            if let Data::Text(text) = &cell.data {
                Some(text.as_str())
            } else {
                None
            }
        })
        .collect();
    for ((name, provinces), cite) in overlay.areas.iter().zip(&overlay.cites) {
        if !named.contains(name.as_str()) {
            at.diagnose(
                cite.line,
                DiagnosticCode::Unused,
                format!("no row speaks of the area `{name}`"),
                "a row that does, or no such area",
            );
        }
        if builder.registry.cite(at, cite).is_empty() {
            at.diagnose(
                cite.line,
                DiagnosticCode::MissingCitation,
                format!("the area `{name}` cites nothing"),
                "`cite`",
            );
        }
        for (index, province) in provinces.iter().enumerate() {
            super::on_list(
                builder,
                at,
                cite.line,
                "province",
                &[],
                province,
                &format!("a province of `{name}`"),
            );
            if provinces.iter().take(index).any(|before| before == province) {
                at.diagnose(
                    cite.line,
                    DiagnosticCode::Shadowing,
                    format!("`{name}` names the province `{province}` twice"),
                    "once",
                );
            }
        }
    }
}
