//! Reads CSV files of a rulebook: rows by the names of their columns, each with its line.

use super::diagnostics::DiagnosticCode;
use super::source::File;

/// The cells of one row, in the order in which the columns were named.
pub struct Cells<'r> {
    record: &'r ::csv::StringRecord,
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
    let mut reader = ::csv::Reader::from_reader(text.as_bytes());
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(error) => {
            file.fault(1, DiagnosticCode::Syntax, error.to_string(), "a header");
            file.ledger.broken(file.path);
            return;
        }
    };
    let place = |column: &&str| header.iter().position(|name| name == *column);
    let missing: Vec<&str> = columns.iter().filter(|column| place(column).is_none()).copied().collect();
    if !missing.is_empty() {
        file.fault(
            1,
            DiagnosticCode::MissingKey,
            format!("there is no column `{}`", missing.join("`, `")),
            format!("the columns {}", columns.join(", ")),
        );
        // The rows cannot be read without their columns, nor what rests on them.
        file.ledger.broken(file.path);
        return;
    }
    let places: Vec<usize> = columns.iter().filter_map(place).collect();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record
                    .position()
                    .and_then(|position| u32::try_from(position.line()).ok())
                    .unwrap_or(1);
                read(
                    line,
                    &Cells {
                        record: &record,
                        places: &places,
                    },
                );
            }
            Err(error) => {
                let line = error.position().and_then(|position| u32::try_from(position.line()).ok());
                let message = match error.kind() {
                    ::csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                        format!("the row has {len} cells, the header {expected_len}")
                    }
                    _ => error.to_string(),
                };
                file.fault(line.unwrap_or(1), DiagnosticCode::Syntax, message, "a row of the header's length");
            }
        }
    }
}
