//! Reads published series: CSV rows become the points of a measure.

use std::collections::BTreeMap;

use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::source::{Data, File, Section};
use crate::plan::{Decimal, Part, Period, Point, PointState, Ratio, YearKind, part};
use crate::values::Date;

/// A CSV file: a header, and rows with their lines.
pub struct Figures<'a> {
    file: File<'a>,
    header: Vec<String>,
    rows: Vec<(u32, Vec<String>)>,
}

/// A row with its header.
struct Row<'f> {
    figures: &'f Figures<'f>,
    line: u32,
    cells: &'f [String],
}

impl Row<'_> {
    fn cell(&self, column: &str) -> Option<&str> {
        let at = self.figures.header.iter().position(|name| name == column)?;
        self.cells.get(at).map(String::as_str).filter(|cell| !cell.is_empty())
    }

    fn parsed<T: std::str::FromStr>(&self, column: &str, expected: &str) -> Option<T> {
        let cell = self.cell(column)?;
        let parsed = cell.parse().ok();
        if parsed.is_none() {
            self.figures
                .file
                .fault(self.line, DiagnosticCode::WrongType, format!("`{column}` is `{cell}`"), expected);
        }
        parsed
    }

    /// The mark of the source: that of the column where it has its own, else that of the row.
    fn source(&self, columns: &[String]) -> Option<&str> {
        columns
            .iter()
            .find_map(|column| self.cell(&format!("{column}_source")))
            .or_else(|| self.cell("source"))
    }

    /// The sum of columns; nothing where one is empty.
    fn sum(&self, columns: &[String]) -> Option<Decimal> {
        let mut total = Ratio::ZERO;
        for column in columns {
            let value: Decimal = self.parsed(column, "a number")?;
            total = total.plus(value.exact()).ok()?;
        }
        total.round(12).ok()
    }
}

impl<'a> Figures<'a> {
    /// Parses CSV text: commas, quotes doubled inside quotes, one header.
    #[must_use]
    pub fn parse(file: File<'a>, text: &str) -> Self {
        let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
        let (mut quoted, mut line, mut first_line) = (false, 1_u32, 1_u32);
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                '"' if quoted && letters.peek() == Some(&'"') => {
                    letters.next();
                    cell.push('"');
                }
                '"' => quoted = !quoted,
                ',' if !quoted => row.push(std::mem::take(&mut cell)),
                '\r' if !quoted => {}
                '\n' if !quoted => {
                    row.push(std::mem::take(&mut cell));
                    rows.push((first_line, std::mem::take(&mut row)));
                    line = line.saturating_add(1);
                    first_line = line;
                }
                _ => {
                    line = line.saturating_add(u32::from(letter == '\n'));
                    cell.push(letter);
                }
            }
        }
        if !row.is_empty() || !cell.is_empty() {
            row.push(cell);
            rows.push((first_line, row));
        }
        let mut rows = rows.into_iter();
        let header = rows.next().map(|(_, header)| header).unwrap_or_default();
        let rows: Vec<_> = rows.collect();
        for (line, row) in &rows {
            if row.len() != header.len() {
                file.fault(
                    *line,
                    DiagnosticCode::Syntax,
                    format!("the row has {} cells", row.len()),
                    format!("{} cells, as in the header", header.len()),
                );
            }
        }
        Self { file, header, rows }
    }

    /// Whether there is a column of that name.
    #[must_use]
    pub fn has(&self, column: &str) -> bool {
        self.header.iter().any(|name| name == column)
    }

    /// The columns.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.header.iter().map(String::as_str)
    }

    fn matching<'f>(&'f self, filters: &'f BTreeMap<String, String>) -> impl Iterator<Item = Row<'f>>
    where
        'a: 'f,
    {
        let rows = self.rows.iter().map(|(line, cells)| Row {
            figures: self,
            line: *line,
            cells,
        });
        rows.filter(|row| filters.iter().all(|(column, value)| row.cell(column).unwrap_or_default() == value))
    }
}

/// Which rows and columns of a file are meant.
pub struct Selection {
    /// The columns, added up.
    pub columns: Vec<String>,
    /// What cells must be.
    pub filters: BTreeMap<String, String>,
}

impl Selection {
    /// Reads `column` and `where` of a section, checked against the file.
    #[must_use]
    pub fn read(section: &Section<'_>, figures: &Figures<'_>) -> Self {
        let columns = section.texts("column");
        let mut filters = BTreeMap::new();
        if columns.is_empty() {
            section.fault(
                "column",
                DiagnosticCode::MissingKey,
                format!("`{}` has no `column`", section.name),
                "a column",
            );
        }
        if let Some(table) = section.section("where") {
            for (column, item) in table.entries() {
                match &item.data {
                    Data::Text(value) => {
                        filters.insert(column.clone(), value.clone());
                    }
                    Data::Whole(value) => {
                        filters.insert(column.clone(), value.to_string());
                    }
                    _ => table.file.wrong_type(item, column, "text or a whole number"),
                }
            }
        }
        for column in columns.iter().chain(filters.keys()).filter(|column| !figures.has(column)) {
            let near = crate::values::nearest(column, figures.columns()).map_or_else(String::new, |near| format!("`{near}`"));
            section.fault(
                "column",
                DiagnosticCode::UnknownName,
                format!("the file has no column `{column}`"),
                near,
            );
        }
        Self { columns, filters }
    }
}

/// The years an indicator is counted in.
#[derive(Debug, Clone, Copy)]
pub struct Years {
    /// Calendar or fiscal.
    pub kind: YearKind,
    /// The part of the year of a survey's round.
    pub round: Option<Part>,
}

/// The points of a series. `cites` are the instruments of numerator and denominator; where one names no place, the row's source is added.
#[must_use]
pub fn points(of: (&Figures<'_>, &Selection), over: Option<(&Figures<'_>, &Selection)>, years: Years, cites: &[String]) -> Vec<Point> {
    let placed = |cite: Option<&String>, source: Option<&str>| {
        cite.map(|cite| match source {
            Some(source) if !cite.contains('/') => format!("{cite}/{source}"),
            _ => cite.clone(),
        })
    };
    let mut points = Vec::new();
    for row in of.0.matching(&of.1.filters) {
        let Some(value) = row.sum(&of.1.columns) else { continue };
        let mut cite: Vec<String> = placed(cites.first(), row.source(&of.1.columns)).into_iter().collect();
        let mut point = Point {
            period: period(&row, years),
            area: None,
            value,
            over: None,
            as_of: row.parsed("as_of", "a day"),
            over_as_of: None,
            known_on: None,
            low: None,
            high: None,
            state: state(&row),
            cite: Vec::new(),
            note: row.cell("note").map(ToOwned::to_owned),
        };
        if matches!(row.cell("basis"), Some("approximate" | "rounded")) {
            let half = row
                .parsed::<Decimal>("precision", "a number")
                .and_then(|last| last.exact().over(Ratio::whole(2)).ok());
            point.low = half.and_then(|half| value.exact().minus(half).ok()?.round(12).ok());
            point.high = half.and_then(|half| value.exact().plus(half).ok()?.round(12).ok());
        }
        if let Some((figures, selection)) = over {
            let year = row.cell("year").unwrap_or_default();
            let below = figures.matching(&selection.filters).find(|other| other.cell("year") == Some(year));
            let Some((below, total)) = below.and_then(|below| below.sum(&selection.columns).map(|total| (below, total))) else {
                continue;
            };
            point.over = Some(total);
            point.over_as_of = below.parsed::<Date>("as_of", "a day").filter(|day| Some(*day) != point.as_of);
            cite.extend(placed(cites.get(1), below.source(&selection.columns)).filter(|other| !cite.contains(other)));
        }
        point.cite = cite;
        points.push(point);
    }
    points
}

fn period(row: &Row<'_>, years: Years) -> Option<Period> {
    let year = row.parsed("year", "a year of the Buddhist era")?;
    let whole = years.round.unwrap_or(Part::Whole);
    let (kind, of_year) = match row.cell("period") {
        None => (years.kind, whole),
        Some("A") => (YearKind::Calendar, whole),
        Some("FY") => (YearKind::Fiscal, whole),
        Some(text) => (YearKind::Calendar, part(text)?),
    };
    if of_year == Part::Whole && kind != years.kind {
        let message = format!("`period` is `{}`", row.cell("period").unwrap_or_default());
        row.figures
            .file
            .fault(row.line, DiagnosticCode::Impossible, message, "the kind of year of the indicator");
    }
    Period::new(kind, year, of_year)
}

fn state(row: &Row<'_>) -> PointState {
    match row.cell("state") {
        None | Some("final") => PointState::Final,
        Some("provisional") => PointState::Provisional,
        Some("unknown_kind") => PointState::UnknownKind,
        Some("unusable") => PointState::Unusable,
        Some(other) => {
            row.figures.file.fault(
                row.line,
                DiagnosticCode::UnknownCode,
                format!("`state` is `{other}`"),
                "final, provisional, unknown_kind or unusable",
            );
            PointState::Unusable
        }
    }
}
