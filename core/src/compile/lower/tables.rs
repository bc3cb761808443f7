//! Lowers the columns of tables to entries, each with its days and its guard.

use super::builder::{Builder, Context, Work};
use super::names::Target;
use crate::compile::ast::{self, Key, Row, Rows, WordShape};
use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::source::File;
use crate::criterion::syntax::Kind;
use crate::criterion::{CellValue, Column, ColumnId, Comparison, Entry, Node, NodeId, Term, Unit};
use crate::facts::FactId;
use crate::rulebook::{OptionId, TableInfo};
use crate::values::{Date, Length, LengthUnit};

impl Builder<'_> {
    /// The number of a column of a table, lowered when first asked for.
    pub fn column(&mut self, file: usize, number: usize, column: &str) -> Option<ColumnId> {
        let key = (file, number, column.to_owned());
        if let Some(id) = self.column_ids.get(&key) {
            return *id;
        }
        let table = self.rule_file(file)?.tables.get(number)?;
        if !self.enter(file, table.line, &table.id, Work::Column(file, number, column.to_owned())) {
            return None;
        }
        let id = self.lower_column(file, number, column);
        self.leave();
        self.column_ids.insert(key, id);
        id
    }

    fn lower_column(&mut self, file: usize, number: usize, column: &str) -> Option<ColumnId> {
        let table = self.rule_file(file)?.tables.get(number)?;
        let name = format!("{}.{}.{column}", self.rule_file(file)?.id, table.id);
        let rows = self.rows(file, number)?;
        let unit = table
            .columns
            .iter()
            .find_map(|known| known.split_once(':').filter(|(name, _)| *name == column))
            .and_then(|(_, unit)| Unit::named(unit))?;
        let context = Context {
            file,
            option: None,
            job: true,
        };
        let clock = match table.clock.as_deref() {
            Some(clock) => self.named_term(context, clock, table.line),
            None => self.clock(context, table.line),
        };
        let mut entries = self.overlay_entries(file, table, column, unit, &name);
        entries.extend(self.own_entries(context, table, column, &rows));
        let fallback = self.fallback(file, table);
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

    /// The entries of a column that stand in the rows of its table: the most particular first, of equal rank the latest first.
    fn own_entries(&mut self, context: Context, table: &ast::Table, column: &str, rows: &Rows) -> Vec<Entry> {
        let mut ranked: Vec<(i64, Entry)> = Vec::with_capacity(rows.rows.len());
        for row in &rows.rows {
            let Some(cell) = row.cells.get(column) else { continue };
            let guard = self.guard(context, table, rows, row);
            let entry = Entry {
                from: row.from.map(|from| from.lead.days()),
                from_other: row.from.and_then(|from| from.other).map(Date::days),
                until: None,
                guard,
                cell: cell.lead.clone(),
                other: cell.other.clone(),
                cites: [row.cites.as_slice(), cell.cites.as_slice()].concat(),
                confidence: row.confidence,
            };
            ranked.push((rank(row), entry));
        }
        ranked.sort_by(|(a, one), (b, other)| {
            b.cmp(a)
                .then_with(|| other.from.unwrap_or(i32::MIN).cmp(&one.from.unwrap_or(i32::MIN)))
        });
        ranked.into_iter().map(|(_, entry)| entry).collect()
    }

    /// What stands where no entry applies: below the lowest band the law gives nothing.
    fn fallback(&self, file: usize, table: &ast::Table) -> CellValue {
        match table.before.as_deref() {
            None if table.band.is_some() => CellValue::Nothing,
            None | Some("not_read") => CellValue::NotRead,
            Some("none") => CellValue::Nothing,
            Some(other) => {
                self.diagnose(
                    file,
                    table.line,
                    DiagnosticCode::UnknownCode,
                    format!("`before` is `{other}`"),
                    "none or not_read",
                );
                CellValue::NotRead
            }
        }
    }

    /// Whom a row concerns; everybody where it says nothing.
    fn guard(&mut self, context: Context, table: &ast::Table, rows: &Rows, row: &Row) -> Option<NodeId> {
        let at = File {
            path: &rows.path,
            ledger: self.ledger,
        };
        // What is noted of the rule file names the table where the row stands in a CSV file.
        let own = self.file(context.file).path == rows.path;
        let line = if own { row.line } else { table.line };
        let mut nodes = Vec::new();
        if let (Some(word), Some(length)) = (&table.band, row.band) {
            nodes.push(self.band(context, word, length, line));
        }
        if let Some(place) = row.place.as_deref().filter(|place| *place != "all") {
            match self.place_fact(table, place) {
                Some(fact) => nodes.push(self.fact_among(context, fact, &[place.to_owned()], line)),
                None => at.diagnose(
                    row.line,
                    DiagnosticCode::UnknownCode,
                    format!("`{place}` is no place of this table"),
                    "a code of a place",
                ),
            }
        }
        for (name, key) in &row.keys {
            match key {
                Key::Code(code) => match self.codes_of(context, name, code) {
                    Some((fact, codes)) => nodes.push(self.fact_among(context, fact, &codes, line)),
                    None => at.diagnose(
                        row.line,
                        DiagnosticCode::UnknownCode,
                        format!("`{code}` is no code of `{name}`"),
                        "a code of the key",
                    ),
                },
                Key::Number(number) => {
                    let term = self.named_term(context, name, line);
                    let literal = self.literal(*number, term);
                    nodes.push(self.node(Node::Compare(term, Comparison::Equal, literal)));
                }
            }
        }
        (!nodes.is_empty()).then(|| self.node(Node::All(nodes)))
    }

    /// The place fact of a table on whose list a place stands.
    fn place_fact(&self, table: &ast::Table, place: &str) -> Option<FactId> {
        let layout = &self.book.program.layout;
        let facts = table.place.iter().filter_map(|name| layout.fact_number(name));
        let knows = |fact: &FactId| {
            let list = layout.fact(*fact).and_then(|info| info.list);
            let list = list.and_then(|list| layout.lists.get(usize::from(list)));
            list.is_some_and(|list| list.index(place).is_some())
        };
        facts.into_iter().find(knows)
    }

    /// The fact that a key asks, and the codes of it that a code of the key stands for.
    fn codes_of(&mut self, context: Context, name: &str, code: &str) -> Option<(FactId, Vec<String>)> {
        match self.resolve(context, name)? {
            Target::Fact(fact) => Some((fact, vec![code.to_owned()])),
            Target::Word(word) => {
                self.mark(context.file, name);
                match &self.rule_file(context.file)?.words.get(word)?.shape {
                    WordShape::Maps { of, codes } => {
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

    /// The condition that a length of a band is reached, in the unit of the word that it is compared with.
    fn band(&mut self, context: Context, word: &str, length: Length, line: u32) -> NodeId {
        let shape = self
            .rule_file(context.file)
            .and_then(|rule_file| rule_file.words.iter().find(|known| known.id == word))
            .map(|word| word.shape.clone());
        self.mark(context.file, word);
        let units: &[LengthUnit] = match (&shape, self.kind(context, word)) {
            (Some(WordShape::Elapsed { .. }), _) => &[LengthUnit::Years, LengthUnit::Days],
            (Some(WordShape::MonthsPaid { .. }), _) => &[LengthUnit::Months],
            (_, Some(Kind::Years)) => &[LengthUnit::Years],
            (_, Some(Kind::Days)) => &[LengthUnit::Days, LengthUnit::WorkingDays],
            _ => &[LengthUnit::Months, LengthUnit::Days],
        };
        if !units.contains(&length.unit) {
            let named = units.iter().map(|unit| match unit {
                LengthUnit::Years => "years",
                LengthUnit::Months => "months",
                LengthUnit::Days | LengthUnit::WorkingDays | LengthUnit::Hours => "days",
            });
            let expected = format!("a length in {}", named.collect::<Vec<_>>().join(" or "));
            self.diagnose(
                context.file,
                line,
                DiagnosticCode::WrongType,
                format!("the band `{length}` is compared with `{word}`, which is counted in another unit"),
                expected,
            );
        }
        let term = if let Some(WordShape::Elapsed {
            from, to, last_day_counts, ..
        }) = shape
        {
            let years = length.unit == LengthUnit::Years;
            let (from, to) = (self.named_term(context, &from, line), self.named_term(context, &to, line));
            self.term(
                Term::Elapsed {
                    from,
                    to,
                    years,
                    last_day_counts,
                },
                word,
            )
        } else {
            self.named_term(context, word, line)
        };
        let literal = self.literal(length.number.into(), term);
        self.node(Node::Compare(literal, Comparison::AtMost, term))
    }

    /// Lowers every column of every table of a file.
    pub fn columns(&mut self, file: usize) {
        let Some(rule_file) = self.rule_file(file) else { return };
        for (number, table) in rule_file.tables.iter().enumerate() {
            let mut columns = Vec::new();
            for (name, _) in table.columns.iter().filter_map(|column| column.split_once(':')) {
                let option = if table.across.is_some() { self.option(file, name) } else { None };
                if let Some(id) = self.column(file, number, name) {
                    columns.push((id, option.and_then(|option| OptionId::try_from(option).ok())));
                }
            }
            let words = self.words(file, table.line, "tables", &table.id, &table.text);
            self.book.tables.push(TableInfo {
                id: format!("{}.{}", rule_file.id, table.id).into(),
                words,
                columns,
                open: table.open.as_deref().map(Into::into),
            });
        }
    }
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
