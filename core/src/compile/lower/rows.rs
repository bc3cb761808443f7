//! Reads the rows of tables: those of the rule file, or of the CSV file that it names.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::builder::Builder;
use crate::compile::ast::{self, Cell, Citing, Key, Row, Rows, first_day};
use crate::compile::csv;
use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::source::{Data, File, Item};
use crate::criterion::{CellValue, Confidence, Unit};
use crate::values::{Date, Length};

impl Builder<'_> {
    /// The rows of a table, read when first asked for.
    pub fn rows(&mut self, file: usize, number: usize) -> Option<Rc<Rows>> {
        if let Some(rows) = self.tables.get(&(file, number)) {
            return Some(Rc::clone(rows));
        }
        let table = self.rule_file(file)?.tables.get(number)?;
        self.check_header(file, table);
        let at = self.rows_at(file, table);
        let items = match &table.csv {
            Some(path) => self.csv_items(file, table, path),
            None => table.rows.clone(),
        };
        let rows = Rc::new(self.read_rows(&at, table, &items));
        self.check_time(file, table, &rows);
        self.tables.insert((file, number), Rc::clone(&rows));
        Some(rows)
    }

    /// The file on whose lines the rows of a table stand.
    fn rows_at(&self, file: usize, table: &ast::Table) -> File<'_> {
        let csv = table
            .csv
            .as_ref()
            .and_then(|path| self.sources.iter().find(|source| source.path == *path));
        csv.map_or_else(
            || self.file(file),
            |source| File {
                path: &source.path,
                ledger: self.ledger,
            },
        )
    }

    /// Notes the columns whose unit is none, and those that have neither unit nor key.
    fn check_header(&self, file: usize, table: &ast::Table) {
        for column in &table.columns {
            match column.split_once(':') {
                Some((_, unit)) if Unit::named(unit).is_none() => self.diagnose(
                    file,
                    table.line,
                    DiagnosticCode::UnknownCode,
                    format!("`{unit}` is no unit"),
                    "baht, %, years, months, days, count or text",
                ),
                None if !matches!(column.as_str(), "from" | "cite" | "at_least" | "place")
                    && !table.keys.iter().any(|(key, _)| key == column) =>
                {
                    self.diagnose(
                        file,
                        table.line,
                        DiagnosticCode::UnknownName,
                        format!("the column `{column}` has no unit and no key"),
                        "`column:unit`, or a line in `keys`",
                    );
                }
                _ => {}
            }
        }
    }

    fn csv_items(&self, file: usize, table: &ast::Table, path: &str) -> Vec<Item> {
        let Some(source) = self.sources.iter().find(|source| source.path == path) else {
            self.diagnose(
                file,
                table.line,
                DiagnosticCode::UnknownName,
                format!("there is no file `{path}`"),
                "a CSV file of the rulebook",
            );
            return Vec::new();
        };
        let at = self.rows_at(file, table);
        let names: Vec<&str> = table.columns.iter().map(|column| column.split(':').next().unwrap_or("")).collect();
        let mut items = Vec::new();
        csv::rows(&at, &source.text, &names, |line, cells| {
            let cell = |index: usize, name: &&str| {
                let text = cells.at(index);
                let data = match Date::parse(text) {
                    Ok(day) if *name == "from" => Data::Day(day),
                    _ => Data::Text(text.to_owned()),
                };
                Item::new(line, data)
            };
            let cells = names.iter().enumerate().map(|(index, name)| cell(index, name)).collect();
            items.push(Item::new(line, Data::List(cells)));
        });
        items
    }

    fn read_rows(&self, at: &File<'_>, table: &ast::Table, items: &[Item]) -> Rows {
        let mut rows: Vec<Row> = Vec::with_capacity(items.len());
        for item in items {
            if let Some(row) = self.read_row(at, table, item, &rows) {
                rows.push(row);
            }
        }
        Rows {
            path: at.path.to_owned(),
            rows,
        }
    }

    fn read_row(&self, at: &File<'_>, table: &ast::Table, item: &Item, before: &[Row]) -> Option<Row> {
        let columns = &table.columns;
        let Data::List(cells) = &item.data else {
            at.wrong_type(item, "rows", "a list of cells");
            return None;
        };
        // A table across options may end its rows before the options that the law does not know yet.
        if cells.len() != columns.len() && (table.across.is_none() || cells.len() > columns.len()) {
            let message = format!("the row has {} cells, the header {}", cells.len(), columns.len());
            at.diagnose(item.line, DiagnosticCode::WrongType, message, format!("{} cells", columns.len()));
            return None;
        }
        let mut row = Row {
            line: item.line,
            from: None,
            band: None,
            place: None,
            keys: Vec::new(),
            cells: BTreeMap::new(),
            cites: Vec::new(),
            confidence: Confidence::Low,
        };
        let mut values: Vec<(&str, Unit, &Item)> = Vec::new();
        for (column, cell) in columns.iter().zip(cells) {
            match column.split_once(':') {
                Some((name, unit)) => values.push((name, Unit::named(unit).unwrap_or(Unit::Count), cell)),
                None => self.read_key(at, table, column, cell, &mut row),
            }
        }
        row.confidence = self.registry.confidence(&row.cites);
        if row.cites.is_empty() && columns.iter().any(|column| column == "cite") {
            at.diagnose(item.line, DiagnosticCode::MissingCitation, "the row cites nothing", "a citation");
        }
        if let Some(from) = row.from {
            self.registry.in_force(at, item.line, &row.cites, from.lead);
        }
        let earlier = before.iter().rev().find(|known| known.same_keys(&row));
        for (name, unit, cell) in values {
            let before = earlier.and_then(|row| row.cells.get(name)).map(|cell| &cell.lead);
            row.cells.insert(name.to_owned(), self.read_cell(at, unit, cell, before, name));
        }
        Some(row)
    }

    /// A cell that says whom or when the row concerns, or what it cites.
    fn read_key(&self, at: &File<'_>, table: &ast::Table, column: &str, cell: &Item, row: &mut Row) {
        match column {
            "from" => {
                let beginning = matches!(&cell.data, Data::Text(text) if text == "not_read");
                row.from = if beginning { None } else { first_day(at, cell, "from") };
            }
            "cite" => {
                let citing = Citing {
                    texts: at.texts(cell, "cite"),
                    line: cell.line,
                };
                row.cites = self.registry.cite(at, &citing);
            }
            "at_least" => match at.text(cell, column).map(|text| Length::parse(&text)) {
                Some(Ok(length)) => row.band = Some(length),
                Some(Err(error)) => at.diagnose(cell.line, DiagnosticCode::WrongType, error.to_string(), "a length of time"),
                None => {}
            },
            "place" => row.place = at.text(cell, column),
            _ => {
                if let Some((_, name)) = table.keys.iter().find(|(key, _)| key == column) {
                    let key = match &cell.data {
                        Data::Whole(number) => Key::Number(*number),
                        _ => Key::Code(at.text(cell, column).unwrap_or_default()),
                    };
                    row.keys.push((name.clone(), key));
                }
            }
        }
    }

    /// A cell of a row, under one or two readings; `before` is the cell of the row before of the same keys.
    pub fn read_cell(&self, at: &File<'_>, unit: Unit, item: &Item, before: Option<&CellValue>, name: &str) -> Cell {
        let Data::Table(_) = item.data else {
            return Cell {
                lead: value(at, unit, item, before, name),
                other: None,
                cites: Vec::new(),
            };
        };
        let section = at.section(item, name);
        let read = |key: &str| section.item(key).map(|item| value(at, unit, item, before, name));
        let (lead, other) = (read("lead"), read("other"));
        if lead.is_none() || other.is_none() {
            section.diagnose(
                "lead",
                DiagnosticCode::MissingKey,
                format!("`{name}` needs two readings"),
                "lead, other and cite",
            );
        }
        let citing = Citing {
            texts: [section.texts("cite"), section.texts("other_cite")].concat(),
            line: section.line,
        };
        section.done();
        Cell {
            lead: lead.unwrap_or(CellValue::NotRead),
            other,
            cites: self.registry.cite(at, &citing),
        }
    }

    /// Notes the days since the file answers for which no row stands, and two rows that begin on one day.
    fn check_time(&self, file: usize, table: &ast::Table, rows: &Rows) {
        let at = File {
            path: &rows.path,
            ledger: self.ledger,
        };
        let since = self.rule_file(file).map(|rule_file| rule_file.since);
        for (index, row) in rows.rows.iter().enumerate() {
            let group = || rows.rows.iter().enumerate().filter(|(_, other)| other.same_keys(row));
            let earliest = group()
                .map(|(_, row)| row.from.map(|from| from.other.unwrap_or(from.lead)))
                .min()
                .flatten();
            let first_of_group = group().next().is_some_and(|(first, _)| first == index);
            if first_of_group
                && let (Some(first), Some(since), None) = (earliest, since, &table.before)
                && first > since
                && table.band.is_none()
            {
                let message = format!("the table `{}` says nothing from {since} to the day before {first}", table.id);
                at.diagnose(
                    row.line,
                    DiagnosticCode::GapInTime,
                    message,
                    "a row from `since`, or before = \"none\" or \"not_read\"",
                );
            }
            let twin = group().any(|(other, known)| other < index && known.from.map(|from| from.lead) == row.from.map(|from| from.lead));
            if twin {
                at.diagnose(
                    row.line,
                    DiagnosticCode::OverlapInTime,
                    format!("two rows of `{}` begin on the same day", table.id),
                    "one row",
                );
            }
        }
    }
}

fn value(at: &File<'_>, unit: Unit, item: &Item, before: Option<&CellValue>, name: &str) -> CellValue {
    let number = match &item.data {
        Data::Text(text) if text == "none" => return CellValue::Nothing,
        Data::Text(text) if text == "not_read" => return CellValue::NotRead,
        Data::Text(text) if text == "same" => {
            return before.cloned().unwrap_or_else(|| {
                at.diagnose(
                    item.line,
                    DiagnosticCode::WrongType,
                    format!("`{name}` is \"same\", and no row of the same keys stands before"),
                    "a value",
                );
                CellValue::NotRead
            });
        }
        Data::Text(text) if unit == Unit::Text => return CellValue::Text(text.as_str().into()),
        Data::Whole(number) => unit.read(&number.to_string()),
        Data::Text(text) => unit.read(text),
        _ => None,
    };
    number.map_or_else(
        || {
            at.wrong_type(item, name, "a number in the unit of the column, \"none\", \"not_read\" or \"same\"");
            CellValue::NotRead
        },
        CellValue::Number,
    )
}
