//! Reads CSV files of a rulebook: rows by the names of their columns, each with its line.

use ::csv::{ErrorKind, ReaderBuilder, StringRecord};

use super::diagnostics::DiagnosticCode;
use super::source::File;

/// A CSV text: a header, and rows as long as it.
pub struct Csv<'a> {
    /// The file, for diagnostics of its rows.
    pub file: File<'a>,
    header: StringRecord,
    rows: Vec<(u32, StringRecord)>,
}

/// A row of a CSV text.
#[derive(Clone, Copy)]
pub struct Row<'c> {
    csv: &'c Csv<'c>,
    /// The line on which it begins.
    pub line: u32,
    record: &'c StringRecord,
}

impl<'c> Row<'c> {
    /// The cell of a column; nothing where it is empty or there is no such column.
    #[must_use]
    pub fn cell(&self, column: &str) -> Option<&'c str> {
        let place = self.csv.header.iter().position(|name| name == column)?;
        self.record.get(place).filter(|cell| !cell.is_empty())
    }

    /// Notes a fault of this row.
    pub fn diagnose(&self, code: DiagnosticCode, message: impl Into<String>, expected: impl Into<String>) {
        self.csv.file.diagnose(self.line, code, message, expected);
    }
}

impl<'a> Csv<'a> {
    /// Reads a CSV text that begins on a line of its file. Faults are noted; nothing where it has no header that can be read.
    #[must_use]
    pub fn read(file: File<'a>, text: &str, first_line: u32) -> Option<Self> {
        let mut lines = Lines::new(text, first_line);
        if let Some(line) = open_quote(text) {
            let line = first_line.saturating_add(line);
            file.diagnose(
                line,
                DiagnosticCode::Syntax,
                "a quotation mark is not closed",
                "a second one, or `\"\"` within quotes",
            );
            file.ledger.broken(file.path);
            return None;
        }
        let mut reader = ReaderBuilder::new().from_reader(text.as_bytes());
        let header = match reader.headers() {
            Ok(header) if !header.is_empty() => header.clone(),
            header => {
                let message = header.map_or_else(|error| error.to_string(), |_| "the file is empty".to_owned());
                file.diagnose(first_line, DiagnosticCode::Syntax, message, "a header");
                file.ledger.broken(file.path);
                return None;
            }
        };
        for (place, name) in header.iter().enumerate() {
            if header.iter().take(place).any(|earlier| earlier == name) {
                let message = format!("two columns are called `{name}`");
                file.diagnose(first_line, DiagnosticCode::Shadowing, message, "each column once");
            }
        }
        let mut rows = Vec::new();
        for record in reader.records() {
            match record {
                Ok(record) => rows.push((lines.of(record.position()), record)),
                Err(error) => {
                    let message = match error.kind() {
                        ErrorKind::UnequalLengths { expected_len, len, .. } => {
                            format!("the row has {len} cells, the header {expected_len}")
                        }
                        _ => error.to_string(),
                    };
                    let line = lines.of(error.position());
                    file.diagnose(line, DiagnosticCode::Syntax, message, "a row of the header's length");
                }
            }
        }
        Some(Self { file, header, rows })
    }

    /// Whether there is a column of that name.
    #[must_use]
    pub fn has(&self, column: &str) -> bool {
        self.columns().any(|name| name == column)
    }

    /// The names of the columns, in the order of the file.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.header.iter()
    }

    /// The rows, in the order of the file.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, record)| Row {
            csv: self,
            line: *line,
            record,
        })
    }
}

/// The line of a record by the byte at which it begins: the reader's own count is that of the line end before it.
struct Lines<'t> {
    rest: &'t str,
    at: usize,
    line: u32,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str, first_line: u32) -> Self {
        Self {
            rest: text,
            at: 0,
            line: first_line,
        }
    }

    /// The line of a position, which must not lie before the last one asked for.
    fn of(&mut self, position: Option<&::csv::Position>) -> u32 {
        let byte = position
            .and_then(|position| usize::try_from(position.byte()).ok())
            .unwrap_or(self.at);
        let passed = byte.saturating_sub(self.at);
        let after = self.rest.get(passed..).unwrap_or("");
        let blank = after.len().saturating_sub(after.trim_start_matches(['\r', '\n']).len());
        let passed = passed.saturating_add(blank);
        let ends = self.rest.get(..passed).map_or(0, |passed| passed.matches('\n').count());
        self.line = self.line.saturating_add(u32::try_from(ends).unwrap_or(u32::MAX));
        self.rest = self.rest.get(passed..).unwrap_or("");
        self.at = self.at.saturating_add(passed);
        self.line
    }
}

/// How many lines stand before the one with a quotation mark that nothing closes.
fn open_quote(text: &str) -> Option<u32> {
    let (mut open, mut opened) = (false, 0_u32);
    for (number, line) in (0_u32..).zip(text.split('\n')) {
        if line.matches('"').count() % 2 == 1 {
            open = !open;
            opened = number;
        }
    }
    open.then_some(opened)
}

/// The cells of one row, in the order in which the columns were named.
pub struct Cells<'r> {
    record: &'r StringRecord,
    places: &'r [usize],
}

impl Cells<'_> {
    /// The cell of a column; empty where there is none.
    #[must_use]
    pub fn at(&self, column: usize) -> &str {
        self.places.get(column).and_then(|place| self.record.get(*place)).unwrap_or("")
    }
}

/// Hands each row of a CSV text to a reader, with the cells of the named columns.
pub fn rows(file: &File<'_>, text: &str, columns: &[&str], mut read: impl FnMut(u32, &Cells<'_>)) {
    let Some(csv) = Csv::read(*file, text, 1) else { return };
    let missing: Vec<&str> = columns.iter().filter(|column| !csv.has(column)).copied().collect();
    if !missing.is_empty() {
        file.diagnose(
            1,
            DiagnosticCode::MissingKey,
            format!("there is no column `{}`", missing.join("`, `")),
            format!("the columns {}", columns.join(", ")),
        );
        // The rows cannot be read without their columns, nor what rests on them.
        file.ledger.broken(file.path);
        return;
    }
    let place = |column: &&str| csv.columns().position(|name| name == *column);
    let places: Vec<usize> = columns.iter().filter_map(place).collect();
    for (line, record) in &csv.rows {
        read(*line, &Cells { record, places: &places });
    }
}

#[cfg(test)]
mod tests {
    use super::Csv;
    use crate::compile::diagnostics::Ledger;
    use crate::compile::source::File;

    /// The lines of rows, and the lines and messages of diagnostics.
    fn read(text: &str) -> (Vec<u32>, Vec<(u32, String)>) {
        let ledger = Ledger::default();
        let file = File {
            path: "a.csv",
            ledger: &ledger,
        };
        let lines = Csv::read(file, text, 1).map_or_else(Vec::new, |csv| csv.rows().map(|row| row.line).collect());
        let diagnostics = ledger.into_diagnostics(&[]).into_iter();
        (lines, diagnostics.map(|one| (one.line, one.message)).collect())
    }

    #[test]
    fn a_row_stands_on_the_line_on_which_it_begins() {
        for text in [
            "a,b\n1,2\n\n\n\"3\n4\",5\n6,7\n",
            "a,b\r\n1,2\r\n\r\n\r\n\"3\r\n4\",5\r\n6,7\r\n",
            "\u{feff}a,b\n1,2\n\n\n\"3\n4\",5\n6,7",
        ] {
            assert_eq!(read(text), (vec![2, 5, 7], Vec::new()), "{text:?}");
        }
    }

    #[test]
    fn a_fault_stands_on_the_line_of_its_row() {
        let of = |text| read(text).1;
        assert_eq!(of("a,b\r\n\r\n1,2\r\n3\r\n"), [(4, "the row has 1 cells, the header 2".to_owned())]);
        assert_eq!(of("a,b\n1,2\n3,\"4\n5,6\n"), [(3, "a quotation mark is not closed".to_owned())]);
        assert_eq!(of("a,a\n1,2\n"), [(1, "two columns are called `a`".to_owned())]);
        assert_eq!(of(""), [(1, "the file is empty".to_owned())]);
    }
}
