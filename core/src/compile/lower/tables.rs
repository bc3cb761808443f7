//! Reads the rows of tables and overlays, and lowers their columns.

use std::collections::BTreeMap;

use super::builder::{Builder, Context, Target, Work};
use crate::compile::ast::{Citing, FirstDay, TableDraft, first_day};
use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::registry::rows;
use crate::compile::source::{Data, File, Item};
use crate::criterion::{CellValue, Column, ColumnId, Comparison, Confidence, Entry, Node, NodeId, Term, Unit};
use crate::values::{Date, Length, LengthUnit, Month};

/// The rows of a table, read once.
#[derive(Debug, Clone, Default)]
pub struct Parsed {
    rows: Vec<Row>,
}

/// One row.
#[derive(Debug, Clone)]
struct Row {
    line: u32,
    from: Option<FirstDay>,
    band: Option<Length>,
    place: Option<String>,
    keys: Vec<(String, Key)>,
    cells: BTreeMap<String, Cell>,
    cites: Vec<u16>,
    confidence: Confidence,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Key {
    Code(String),
    Number(i64),
}

#[derive(Debug, Clone)]
struct Cell {
    lead: CellValue,
    other: Option<CellValue>,
    cites: Vec<u16>,
}

/// The unit that a header names.
#[must_use]
pub fn unit(name: &str) -> Option<Unit> {
    Some(match name {
        "baht" => Unit::Baht,
        "%" => Unit::Percent,
        "years" => Unit::Years,
        "months" => Unit::Months,
        "days" => Unit::Days,
        "count" => Unit::Count,
        "text" => Unit::Text,
        _ => return None,
    })
}

/// Reads a number in a unit: whole, or quoted with decimals where the unit has parts.
fn number(unit: Unit, data: &Data) -> Option<i64> {
    let decimals = |text: &str, places: usize| -> Option<i64> {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        if part.len() > places || !whole.bytes().chain(part.bytes()).all(|byte| byte.is_ascii_digit()) || whole.is_empty() {
            return None;
        }
        format!("{whole}{part:0<places$}").parse().ok()
    };
    let text = match data {
        Data::Whole(number) => number.to_string(),
        Data::Text(text) => text.clone(),
        _ => return None,
    };
    match unit {
        Unit::Baht => decimals(&text, 2),
        Unit::Percent => decimals(&text, 4),
        Unit::Years => decimals(&text, 0)?.checked_mul(2),
        Unit::Months | Unit::Days | Unit::Count => decimals(&text, 0),
        Unit::Text => None,
    }
}

fn value(file: &File<'_>, unit: Unit, item: &Item, before: Option<&CellValue>, name: &str) -> CellValue {
    match &item.data {
        Data::Text(text) if text == "none" => CellValue::Nothing,
        Data::Text(text) if text == "not_read" => CellValue::NotRead,
        Data::Text(text) if text == "same" => before.cloned().unwrap_or_else(|| {
            file.fault(
                item.line,
                DiagnosticCode::WrongType,
                format!("`{name}` is \"same\", and no row of the same keys stands before"),
                "a value",
            );
            CellValue::NotRead
        }),
        Data::Text(text) if unit == Unit::Text => CellValue::Text(text.as_str().into()),
        data => number(unit, data).map_or_else(
            || {
                file.wrong_type(item, name, "a number in the unit of the column, \"none\", \"not_read\" or \"same\"");
                CellValue::NotRead
            },
            CellValue::Number,
        ),
    }
}

impl Builder<'_> {
    /// The number of a column of a table, read when first asked for.
    pub fn column(&mut self, file: usize, table: usize, column: &str) -> Option<ColumnId> {
        let key = (file, table, column.to_owned());
        if let Some(id) = self.column_ids.get(&key) {
            return *id;
        }
        let draft = self.draft(file)?.tables.get(table)?;
        if !self.enter(file, draft.line, &draft.id, Work::Column(file, table, column.to_owned())) {
            return None;
        }
        let id = self.lower_column(file, table, column);
        self.leave();
        self.column_ids.insert(key, id);
        id
    }

    fn lower_column(&mut self, file: usize, table: usize, column: &str) -> Option<ColumnId> {
        let draft = self.draft(file)?.tables.get(table)?;
        let file_id = self.draft(file)?.id.clone();
        let parsed = self.parsed(file, table)?;
        let unit = draft
            .columns
            .iter()
            .find_map(|known| known.split_once(':').filter(|(name, _)| *name == column))
            .and_then(|(_, name)| unit(name))?;
        let context = Context {
            file,
            option: None,
            job: true,
        };
        let name = format!("{file_id}.{}.{column}", draft.id);
        let clock = match draft.clock.as_deref() {
            Some(clock) => self.named_term(context, clock, draft.line),
            None => self.clock(context, draft.line),
        };
        let mut entries = self.overlay_entries(file, table, draft, column, unit, &name);
        let mut own: Vec<(i64, Entry)> = Vec::new();
        for row in &parsed.rows {
            let Some(cell) = row.cells.get(column) else { continue };
            let guard = self.guard(context, draft, row);
            let cites = if cell.cites.is_empty() {
                row.cites.clone()
            } else {
                [row.cites.clone(), cell.cites.clone()].concat()
            };
            let entry = Entry {
                from: row.from.map(|from| from.lead.days()),
                from_other: row.from.and_then(|from| from.other).map(Date::days),
                until: None,
                guard,
                cell: cell.lead.clone(),
                other: cell.other.clone(),
                cites,
                confidence: row.confidence,
            };
            own.push((rank(row), entry));
        }
        // The most particular first; of equal rank the latest first.
        own.sort_by(|(a, one), (b, other)| {
            b.cmp(a)
                .then_with(|| other.from.unwrap_or(i32::MIN).cmp(&one.from.unwrap_or(i32::MIN)))
        });
        entries.extend(own.into_iter().map(|(_, entry)| entry));
        let fallback = match draft.before.as_deref() {
            None | Some("not_read") => CellValue::NotRead,
            Some("none") => CellValue::Nothing,
            Some(other) => {
                self.fault(
                    file,
                    draft.line,
                    DiagnosticCode::UnknownCode,
                    format!("`before` is `{other}`"),
                    "none or not_read",
                );
                CellValue::NotRead
            }
        };
        let fallback = if draft.band.is_some() && draft.before.is_none() {
            CellValue::Nothing
        } else {
            fallback
        };
        let id = ColumnId::try_from(self.book.program.columns.len()).ok()?;
        self.book.program.columns.push(Column {
            name: name.into(),
            unit,
            clock,
            entries,
            fallback,
        });
        Some(id)
    }

    fn guard(&mut self, context: Context, draft: &TableDraft, row: &Row) -> Option<NodeId> {
        let mut nodes = Vec::new();
        if let (Some(word), Some(length)) = (&draft.band, row.band) {
            nodes.push(self.band(context, word, length, row.line));
        }
        if let Some(place) = row.place.as_deref().filter(|place| *place != "all") {
            let fact = draft
                .place
                .iter()
                .filter_map(|name| self.book.program.layout.fact_number(name))
                .find(|fact| {
                    let list = self.book.program.layout.fact(*fact).and_then(|info| info.list);
                    let list = list.and_then(|list| self.book.program.layout.lists.get(usize::from(list)));
                    list.is_some_and(|list| list.index(place).is_some())
                });
            match fact {
                Some(fact) => {
                    let node = self.fact_among(context, fact, &[place.to_owned()], row.line);
                    nodes.push(node);
                }
                None => self.fault(
                    context.file,
                    row.line,
                    DiagnosticCode::UnknownCode,
                    format!("`{place}` is no place of this table"),
                    "a code of a place",
                ),
            }
        }
        for (name, key) in &row.keys {
            let node = match key {
                Key::Code(code) => {
                    let codes = self.codes_of(context, name, code);
                    match codes {
                        Some((fact, codes)) => self.fact_among(context, fact, &codes, row.line),
                        None => {
                            self.fault(
                                context.file,
                                row.line,
                                DiagnosticCode::UnknownCode,
                                format!("`{code}` is no code of `{name}`"),
                                "a code of the key",
                            );
                            continue;
                        }
                    }
                }
                Key::Number(number) => {
                    let term = self.named_term(context, name, row.line);
                    let literal = self.literal(*number, term);
                    self.node(Node::Compare(term, Comparison::Equal, literal))
                }
            };
            nodes.push(node);
        }
        if nodes.is_empty() {
            None
        } else {
            Some(self.node(Node::All(nodes)))
        }
    }

    fn codes_of(&mut self, context: Context, name: &str, code: &str) -> Option<(u16, Vec<String>)> {
        match self.resolve(context, name)? {
            Target::Fact(fact) => Some((fact, vec![code.to_owned()])),
            Target::Word(word) => {
                self.mark(context.file, name);
                match &self.draft(context.file)?.words.get(word)?.shape {
                    crate::compile::ast::WordShape::Maps { of, codes } => {
                        let fact = self.book.program.layout.fact_number(of)?;
                        let from = codes.iter().find(|(known, _)| known == code).map(|(_, from)| from.clone())?;
                        Some((fact, from))
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn band(&mut self, context: Context, word: &str, length: Length, line: u32) -> NodeId {
        let shape = self
            .draft(context.file)
            .and_then(|draft| draft.words.iter().find(|draft| draft.id == word))
            .map(|word| word.shape.clone());
        self.mark(context.file, word);
        let Some(crate::compile::ast::WordShape::Elapsed {
            from, to, last_day_counts, ..
        }) = shape
        else {
            // A band over a number: the word itself is compared.
            let term = self.named_term(context, word, line);
            let literal = self.term(Term::Constant(length.number.into()), "");
            return self.node(Node::Compare(literal, Comparison::AtMost, term));
        };
        let years = length.unit == LengthUnit::Years;
        let (from, to) = (self.named_term(context, &from, line), self.named_term(context, &to, line));
        let term = self.term(
            Term::Elapsed {
                from,
                to,
                years,
                last_day_counts,
            },
            word,
        );
        let literal = self.literal(length.number.into(), term);
        self.node(Node::Compare(literal, Comparison::AtMost, term))
    }

    /// The rows of a table.
    pub fn parsed(&mut self, file: usize, table: usize) -> Option<Parsed> {
        if let Some(parsed) = self.tables.get(&(file, table)) {
            return Some(parsed.clone());
        }
        let draft = self.draft(file)?.tables.get(table)?;
        let rows = match &draft.csv {
            Some(path) => self.csv_rows(file, draft, path),
            None => draft.rows.clone(),
        };
        let at = self.file(file);
        let parsed = self.read_rows(file, &at, draft, &draft.columns, &rows);
        self.check_time(file, draft, &parsed);
        self.tables.insert((file, table), parsed.clone());
        Some(parsed)
    }

    fn csv_rows(&self, file: usize, draft: &TableDraft, path: &str) -> Vec<Item> {
        let Some(source) = self.sources.iter().find(|source| source.path == path) else {
            self.fault(
                file,
                draft.line,
                DiagnosticCode::UnknownName,
                format!("there is no file `{path}`"),
                "a CSV file of the rulebook",
            );
            return Vec::new();
        };
        let at = File {
            path: &source.path,
            ledger: self.ledger,
        };
        let names: Vec<&str> = draft.columns.iter().map(|column| column.split(':').next().unwrap_or("")).collect();
        let mut items = Vec::new();
        rows(&at, &source.text, &names, |line, cells| {
            let cell = |index: usize, name: &&str| {
                let text = cells.at(index);
                let data = match Date::parse(text) {
                    Ok(day) if *name == "from" => Data::Day(day),
                    _ => Data::Text(text.to_owned()),
                };
                Item { line, data }
            };
            items.push(Item {
                line,
                data: Data::List(names.iter().enumerate().map(|(index, name)| cell(index, name)).collect()),
            });
        });
        items
    }

    fn read_rows(&self, number: usize, file: &File<'_>, draft: &TableDraft, columns: &[String], items: &[Item]) -> Parsed {
        let mut parsed = Parsed {
            rows: Vec::with_capacity(items.len()),
        };
        for column in columns {
            if let Some((_, name)) = column.split_once(':')
                && unit(name).is_none()
            {
                file.fault(
                    draft.line,
                    DiagnosticCode::UnknownCode,
                    format!("`{name}` is no unit"),
                    "baht, %, years, months, days, count or text",
                );
            }
        }
        let short = draft.across.is_some();
        for item in items {
            let Data::List(cells) = &item.data else {
                file.wrong_type(item, "rows", "a list of cells");
                continue;
            };
            if cells.len() != columns.len() && !(short && cells.len() < columns.len()) {
                let message = format!("the row has {} cells, the header {}", cells.len(), columns.len());
                file.fault(item.line, DiagnosticCode::WrongType, message, format!("{} cells", columns.len()));
                continue;
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
                    Some((name, unit_name)) => values.push((name, unit(unit_name).unwrap_or(Unit::Count), cell)),
                    None if column == "from" => {
                        let beginning = matches!(&cell.data, Data::Text(text) if text == "not_read");
                        row.from = if beginning { None } else { first_day(file, cell, "from") };
                    }
                    None if column == "cite" => {
                        row.cites = self.registry.cite(
                            file,
                            &Citing {
                                texts: file.texts(cell, "cite"),
                                line: cell.line,
                            },
                        )
                    }
                    None if column == "at_least" => match file.text(cell, column).map(|text| Length::parse(&text)) {
                        Some(Ok(length)) => row.band = Some(length),
                        Some(Err(error)) => file.fault(cell.line, DiagnosticCode::WrongType, error.to_string(), "a length of time"),
                        None => {}
                    },
                    None if column == "place" => row.place = file.text(cell, column),
                    None => match draft.keys.iter().find(|(key, _)| key == column) {
                        Some((_, name)) => row.keys.push((
                            name.clone(),
                            match &cell.data {
                                Data::Whole(number) => Key::Number(*number),
                                _ => Key::Code(file.text(cell, column).unwrap_or_default()),
                            },
                        )),
                        None => file.fault(
                            draft.line,
                            DiagnosticCode::UnknownName,
                            format!("the column `{column}` has no unit and no key"),
                            "`column:unit`, or a line in `keys`",
                        ),
                    },
                }
            }
            row.confidence = self.registry.confidence(&row.cites);
            if row.cites.is_empty() && columns.iter().any(|column| column == "cite") {
                file.fault(item.line, DiagnosticCode::MissingCitation, "the row cites nothing", "a citation");
            }
            if let Some(from) = row.from {
                self.registry.in_force(file, item.line, &row.cites, from.lead);
            }
            let before = |name: &str| {
                parsed
                    .rows
                    .iter()
                    .rev()
                    .find(|known| same_keys(known, &row))
                    .and_then(|known| known.cells.get(name))
                    .map(|cell| cell.lead.clone())
            };
            let mut read = BTreeMap::new();
            for (name, unit, cell) in values {
                read.insert(name.to_owned(), self.cell_of(file, unit, cell, before(name).as_ref(), name));
            }
            row.cells = read;
            parsed.rows.push(row);
        }
        let _ = number;
        parsed
    }

    fn cell_of(&self, file: &File<'_>, unit: Unit, item: &Item, before: Option<&CellValue>, name: &str) -> Cell {
        if let Data::Table(_) = item.data {
            let section = file.section(item, name);
            let read = |key: &str| section.item(key).map(|item| value(file, unit, item, before, name));
            let (lead, other) = (read("lead"), read("other"));
            if lead.is_none() || other.is_none() {
                section.fault(
                    "lead",
                    DiagnosticCode::MissingKey,
                    format!("`{name}` needs two readings"),
                    "lead, other and cite",
                );
            }
            let line = section.line;
            let cites = [section.texts("cite"), section.texts("other_cite")].concat();
            let cites = self.registry.cite(file, &Citing { texts: cites, line });
            section.done();
            return Cell {
                lead: lead.unwrap_or(CellValue::NotRead),
                other,
                cites,
            };
        }
        Cell {
            lead: value(file, unit, item, before, name),
            other: None,
            cites: Vec::new(),
        }
    }

    fn check_time(&self, file: usize, draft: &TableDraft, parsed: &Parsed) {
        let since = self.draft(file).map(|draft| draft.since);
        for (index, row) in parsed.rows.iter().enumerate() {
            let group = || parsed.rows.iter().enumerate().filter(|(_, other)| same_keys(other, row));
            let earliest = group()
                .map(|(_, row)| row.from.map(|from| from.other.unwrap_or(from.lead)))
                .min()
                .flatten();
            let first_of_group = group().next().is_some_and(|(first, _)| first == index);
            if first_of_group
                && let (Some(first), Some(since), None) = (earliest, since, &draft.before)
                && first > since
                && draft.band.is_none()
            {
                let message = format!("the table `{}` says nothing from {since} to the day before {first}", draft.id);
                self.fault(
                    file,
                    row.line,
                    DiagnosticCode::GapInTime,
                    message,
                    "a row from `since`, or before = \"none\" or \"not_read\"",
                );
            }
            let twin = group().any(|(other, known)| other < index && known.from.map(|from| from.lead) == row.from.map(|from| from.lead));
            if twin {
                self.fault(
                    file,
                    row.line,
                    DiagnosticCode::OverlapInTime,
                    format!("two rows of `{}` begin on the same day", draft.id),
                    "one row",
                );
            }
        }
    }

    fn overlay_entries(&mut self, file: usize, table: usize, draft: &TableDraft, column: &str, unit: Unit, name: &str) -> Vec<Entry> {
        let mut entries = Vec::new();
        if let Some((columns, items)) = &draft.own_overlay {
            let at = self.file(file);
            entries.extend(self.overlay_rows(&at, file, columns, items, column, unit, None));
        }
        let _ = table;
        let Some(overlay_id) = &draft.overlay else { return entries };
        let found = self
            .files
            .iter()
            .position(|known| known.id == *overlay_id && known.overlay.is_some());
        let Some(overlay_file) = found else {
            self.fault(
                file,
                draft.line,
                DiagnosticCode::UnknownName,
                format!("`{overlay_id}` is no overlay"),
                "the id of a file of kind overlay",
            );
            return entries;
        };
        let Some(overlay) = self.draft(overlay_file).and_then(|draft| draft.overlay.as_ref()) else {
            return entries;
        };
        let Some((_, source)) = overlay.sets.iter().find(|(target, _)| target == name) else {
            return entries;
        };
        let file_id = self.draft(file).map(|draft| draft.id.clone()).unwrap_or_default();
        let area = overlay
            .area
            .iter()
            .find(|(asks, _)| *asks == file_id)
            .and_then(|(_, fact)| self.book.program.layout.fact_number(fact));
        let at = self.file(overlay_file);
        let rows = self.overlay_rows(&at, overlay_file, &overlay.columns, &overlay.rows, source, unit, area);
        entries.extend(rows);
        entries
    }

    #[expect(clippy::too_many_arguments, reason = "one reader for overlays of files and of tables")]
    fn overlay_rows(
        &mut self,
        at: &File<'_>,
        file: usize,
        columns: &[String],
        items: &[Item],
        column: &str,
        unit: Unit,
        area: Option<u16>,
    ) -> Vec<Entry> {
        let place = |name: &str| columns.iter().position(|known| known.split(':').next() == Some(name));
        let (Some(months), Some(cell_at)) = (place("months"), place(column)) else {
            at.fault(
                1,
                DiagnosticCode::UnknownName,
                format!("the overlay has no column `{column}` or no `months`"),
                "both columns",
            );
            return Vec::new();
        };
        let (area_at, cite_at) = (place("area"), place("cite"));
        let mut entries: Vec<Entry> = Vec::new();
        let mut reaches: Vec<(i32, i32, Option<Vec<String>>, u32)> = Vec::new();
        for item in items {
            let Data::List(cells) = &item.data else {
                at.wrong_type(item, "rows", "a list of cells");
                continue;
            };
            if cells.len() != columns.len() {
                let message = format!("the row has {} cells, the header {}", cells.len(), columns.len());
                at.fault(item.line, DiagnosticCode::WrongType, message, format!("{} cells", columns.len()));
                continue;
            }
            let text = |index: Option<usize>| {
                index
                    .and_then(|index| cells.get(index))
                    .map(|cell| at.texts(cell, "cell").join(","))
            };
            let span = text(Some(months)).and_then(|text| {
                let (first, last) = text.split_once("..")?;
                Some((Month::parse(first).ok()?, Month::parse(last).ok()?))
            });
            let Some((first, last)) = span else {
                at.fault(
                    item.line,
                    DiagnosticCode::WrongType,
                    "the months of the row cannot be read",
                    "\"2020-03..2020-05\"",
                );
                continue;
            };
            let Some(cell) = cells.get(cell_at) else {
                at.fault(
                    item.line,
                    DiagnosticCode::WrongType,
                    format!("the row has {} cells", cells.len()),
                    format!("{} cells", columns.len()),
                );
                continue;
            };
            let provinces = match text(area_at).as_deref() {
                None | Some("all") => None,
                Some(name) => {
                    let overlay = self.draft(file).and_then(|draft| draft.overlay.as_ref());
                    let provinces = overlay
                        .and_then(|overlay| overlay.areas.iter().find(|(known, _)| known == name))
                        .map(|(_, provinces)| provinces.clone());
                    if provinces.is_none() {
                        at.fault(
                            item.line,
                            DiagnosticCode::UnknownName,
                            format!("`{name}` is no area"),
                            "all, or an [areas] of this file",
                        );
                    }
                    provinces
                }
            };
            let (from, until) = (first.first_day().days(), last.last_day().days());
            if until < from {
                at.fault(
                    item.line,
                    DiagnosticCode::Impossible,
                    "the months end before they begin",
                    "the earlier month first",
                );
            }
            for (other_from, other_until, other, line) in &reaches {
                let meets_in_time = from <= *other_until && *other_from <= until;
                let meets_in_place = match (&provinces, other) {
                    (Some(one), Some(other)) => one.iter().any(|province| other.contains(province)),
                    _ => true,
                };
                if meets_in_time && meets_in_place {
                    at.fault(
                        item.line,
                        DiagnosticCode::OverlaysMeet,
                        format!("two rows set the same month and place (the other in line {line})"),
                        "one row",
                    );
                }
            }
            reaches.push((from, until, provinces.clone(), item.line));
            let guard = match (&provinces, area) {
                (Some(provinces), Some(fact)) => {
                    let context = Context {
                        file,
                        option: None,
                        job: true,
                    };
                    Some(self.fact_among(context, fact, provinces, item.line))
                }
                (Some(_), None) => {
                    at.fault(
                        item.line,
                        DiagnosticCode::MissingKey,
                        "the row has an area, and `area` names no fact for the file that asks",
                        "a line in `area`",
                    );
                    None
                }
                (None, _) => None,
            };
            let read = self.cell_of(at, unit, cell, None, column);
            let row_cites = cite_at.and_then(|index| cells.get(index)).map_or_else(Vec::new, |cell| {
                self.registry.cite(
                    at,
                    &Citing {
                        texts: at.texts(cell, "cite"),
                        line: cell.line,
                    },
                )
            });
            let confidence = self.registry.confidence(&row_cites);
            if row_cites.is_empty() {
                at.fault(item.line, DiagnosticCode::MissingCitation, "the row cites nothing", "a citation");
            }
            self.registry.in_force(at, item.line, &row_cites, first.first_day());
            let cites = [row_cites, read.cites].concat();
            entries.push(Entry {
                from: Some(from),
                from_other: None,
                until: Some(until),
                guard,
                cell: read.lead,
                other: read.other,
                cites,
                confidence,
            });
        }
        entries
    }

    /// Lowers every column of every table of a file.
    pub fn columns(&mut self, file: usize) {
        let Some(draft) = self.draft(file) else { return };
        for (number, table) in draft.tables.iter().enumerate() {
            let mut columns = Vec::new();
            for (name, _) in table.columns.iter().filter_map(|column| column.split_once(':')) {
                let option = if table.across.is_some() { self.option(file, name) } else { None };
                if let Some(id) = self.column(file, number, name) {
                    columns.push((id, option.and_then(|option| u16::try_from(option).ok())));
                }
            }
            let words = self.words(file, table.line, "tables", &table.id, &table.text);
            self.book.tables.push(crate::rulebook::TableInfo {
                id: format!("{}.{}", draft.id, table.id).into(),
                words,
                columns,
                open: table.open.as_deref().map(Into::into),
            });
        }
    }
}

fn same_keys(one: &Row, other: &Row) -> bool {
    one.keys == other.keys && one.place == other.place && one.band == other.band
}

/// The rank of a row: a small area before a large one, a high band before a low one.
fn rank(row: &Row) -> i64 {
    let place = row.place.as_deref().map_or(0, |place| {
        if place == "all" {
            0
        } else {
            i64::try_from(place.len()).unwrap_or(0)
        }
    });
    let band = row.band.map_or(0, |band| {
        let days = match band.unit {
            LengthUnit::Years => 365,
            LengthUnit::Months => 30,
            _ => 1,
        };
        i64::from(band.number).saturating_mul(days)
    });
    place.saturating_mul(1_000_000).saturating_add(band)
}
