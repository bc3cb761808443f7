//! Reads published series: CSV rows become the points of a measure.

use std::collections::BTreeMap;

use crate::compile::csv::{Csv, Row};
use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::source::{Data, Section};
use crate::plan::{Areas, Decimal, Part, Period, Point, PointState, Ratio, YearKind, part};
use crate::values::Date;

/// What a series reads of a row.
struct SeriesRow<'c>(Row<'c>);

impl<'c> SeriesRow<'c> {
    fn cell(&self, column: &str) -> Option<&'c str> {
        self.0.cell(column)
    }

    fn parsed<T: std::str::FromStr>(&self, column: &str, expected: &str) -> Option<T> {
        let cell = self.cell(column)?;
        let parsed = cell.parse().ok();
        if parsed.is_none() {
            self.0
                .diagnose(DiagnosticCode::WrongType, format!("`{column}` is `{cell}`"), expected);
        }
        parsed
    }

    /// What a row says of a column beside its value, such as `source`: that of the column where it has its own, else that of the row.
    fn beside(&self, columns: &[String], name: &str) -> Option<String> {
        columns
            .iter()
            .map(|column| format!("{}_{name}", self.exact(column)))
            .find(|own| self.cell(own).is_some())
            .or_else(|| self.cell(name).map(|_| name.to_owned()))
    }

    /// The mark of the source.
    fn source(&self, columns: &[String]) -> Option<&str> {
        self.beside(columns, "source").and_then(|column| self.cell(&column))
    }

    /// The column of the exact count behind a rounded one, where the row has it; else the column itself.
    fn exact(&self, column: &str) -> String {
        let exact = format!("{column}_exact");
        if self.cell(&exact).is_some() { exact } else { column.to_owned() }
    }

    /// What the value of a column is printed to, where that leaves it open: a count to one is exact, and so is what says nothing.
    fn precision(&self, column: &str, counts: bool) -> Option<Decimal> {
        let own = format!("{column}_precision");
        let exact = column.ends_with("_exact") && self.cell(&own).is_none();
        let cell = if self.cell(&own).is_some() { &own } else { "precision" };
        let precision: Decimal = self.parsed(cell, "a number")?;
        if precision <= Decimal::ZERO {
            let message = format!("`{cell}` is {precision}");
            self.0.diagnose(DiagnosticCode::Impossible, message, "more than zero");
            return None;
        }
        let open = !exact && (!counts || precision > Decimal::from(1));
        open.then_some(precision)
    }

    /// The sum of columns, and what it may be where one of them is printed coarsely; nothing where one is empty.
    fn sum(&self, columns: &[String], counts: bool) -> Option<Number> {
        let (mut total, mut half) = (Ratio::ZERO, Ratio::ZERO);
        for column in columns {
            let column = self.exact(column);
            let value: Decimal = self.parsed(&column, "a number")?;
            total = total.plus(value.exact()).ok()?;
            if let Some(precision) = self.precision(&column, counts) {
                half = half.plus(precision.exact().over(Ratio::whole(2)).ok()?).ok()?;
            }
        }
        let value = total.to_decimal().ok()?;
        let between = (half > Ratio::ZERO)
            .then(|| {
                Some([
                    total.minus(half).ok()?.to_decimal().ok()?,
                    total.plus(half).ok()?.to_decimal().ok()?,
                ])
            })
            .flatten();
        Some(Number { value, between })
    }

    /// The area that a row speaks of, where it is not all that the indicator is about.
    fn area(&self, reading: &Series<'_>) -> Option<String> {
        let code = self.cell("area")?;
        if !reading.areas.has(code) {
            let near = reading
                .areas
                .nearest(code)
                .map_or_else(|| "the code of an area".to_owned(), |near| format!("`{near}`"));
            self.0.diagnose(DiagnosticCode::UnknownCode, format!("`area` is `{code}`"), near);
            return None;
        }
        if code == reading.of_area {
            return None;
        }
        if !reading.areas.holds(reading.of_area, code) {
            let message = format!("`area` is `{code}`, outside the indicator's own");
            self.0
                .diagnose(DiagnosticCode::Impossible, message, format!("an area in `{}`", reading.of_area));
        }
        Some(code.to_owned())
    }
}

/// A number, and what it may be where it is printed coarsely.
struct Number {
    value: Decimal,
    between: Option<[Decimal; 2]>,
}

/// How the rows of a series are read for one indicator.
pub struct Series<'s> {
    /// The years it is counted in.
    pub years: Years,
    /// Whether its values count: then one printed to 1 is exact.
    pub counts: bool,
    /// The area it is about.
    pub of_area: &'s str,
    /// The areas there are.
    pub areas: &'s Areas<'s>,
    /// The columns of an exact numerator and denominator, used in rows where both are exact counts.
    pub exact_parts: Option<(String, String)>,
}

/// Which rows and columns of a file are meant.
pub struct Selection<'c> {
    /// The file.
    csv: &'c Csv<'c>,
    /// The columns, added up.
    columns: Vec<String>,
    /// What cells must be.
    filters: BTreeMap<String, String>,
}

impl<'c> Selection<'c> {
    /// Reads `column` and `where` of a section, checked against the file.
    #[must_use]
    pub fn read(section: &Section<'_>, csv: &'c Csv<'c>) -> Self {
        let columns = section.texts("column");
        let mut filters = BTreeMap::new();
        if columns.is_empty() {
            section.diagnose(
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
        for (place, column) in columns.iter().enumerate() {
            if columns.iter().take(place).any(|earlier| earlier == column) {
                section.diagnose(
                    "column",
                    DiagnosticCode::Shadowing,
                    format!("`{column}` is added twice"),
                    "each column once",
                );
            }
        }
        for column in columns.iter().chain(filters.keys()).filter(|column| !csv.has(column)) {
            let near = crate::values::nearest(column, csv.columns()).map_or_else(String::new, |near| format!("`{near}`"));
            section.diagnose(
                "column",
                DiagnosticCode::UnknownName,
                format!("the file has no column `{column}`"),
                near,
            );
        }
        Self { csv, columns, filters }
    }

    /// Whether the file has every column that is named.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.columns.iter().chain(self.filters.keys()).all(|column| self.csv.has(column))
    }

    fn rows(&self) -> impl Iterator<Item = SeriesRow<'c>> {
        let fits = |row: &Row<'_>| {
            self.filters
                .iter()
                .all(|(column, value)| row.cell(column).unwrap_or_default() == value)
        };
        self.csv.rows().filter(fits).map(SeriesRow)
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
/// Two rows of one period, area, day and day of publication are a fault, whichever was meant.
#[must_use]
pub fn points(of: &Selection<'_>, over: Option<&Selection<'_>>, reading: &Series<'_>, cites: &[String]) -> Vec<Point> {
    let placed = |cite: Option<&String>, source: Option<&str>| {
        cite.map(|cite| match source {
            Some(source) if !cite.contains('/') => format!("{cite}/{source}"),
            _ => cite.clone(),
        })
    };
    let (mut points, mut seen) = (Vec::new(), BTreeMap::new());
    for row in of.rows() {
        let Some(number) = row.sum(&of.columns, reading.counts || over.is_some()) else {
            continue;
        };
        let mut cite: Vec<String> = placed(cites.first(), row.source(&of.columns)).into_iter().collect();
        let mut point = Point {
            period: period(&row, reading.years),
            area: row.area(reading),
            as_of: row.parsed("as_of", "a day"),
            known_on: row
                .beside(&of.columns, "published_on")
                .and_then(|column| row.parsed(&column, "a day")),
            low: number.between.map(|[low, _]| low),
            high: number.between.map(|[_, high]| high),
            state: state(&row),
            note: row.cell("note").map(ToOwned::to_owned),
            ..Point::given(number.value, None)
        };
        if let Some(over) = over {
            let Some(below) = denominator(&row, over) else {
                continue;
            };
            let Some(total) = below.sum(&over.columns, true) else {
                continue;
            };
            point.over = Some(total.value);
            point.over_between = total.between;
            point.over_as_of = below.parsed::<Date>("as_of", "a day").filter(|day| Some(*day) != point.as_of);
            let published = below.beside(&over.columns, "published_on");
            point.known_on = point.known_on.max(published.and_then(|column| below.parsed(&column, "a day")));
            cite.extend(placed(cites.get(1), below.source(&over.columns)).filter(|other| !cite.contains(other)));
        } else if let Some((parts, whole)) = &reading.exact_parts {
            let part = |column: &String| {
                row.sum(std::slice::from_ref(column), true)
                    .filter(|number| number.between.is_none())
            };
            if let Some((part, whole)) = part(parts).zip(part(whole)) {
                (point.value, point.over) = (part.value, Some(whole.value));
                (point.low, point.high) = (None, None);
            }
        }
        if let (Some(known), Some(day)) = (point.known_on, point.as_of)
            && known < day
        {
            let message = format!("published on {known}, before {day}, the day it is of");
            row.0
                .diagnose(DiagnosticCode::Impossible, message, "a day of publication on or after it");
        }
        if let Some(period) = point.period {
            let key = (period.months(), point.area.clone(), point.as_of, point.known_on);
            if let Some(first) = seen.insert(key, row.0.line) {
                row.0.diagnose(
                    DiagnosticCode::OverlapInTime,
                    format!("a second value of {period}, as in line {first}"),
                    "one value for each period, area and day, or `where` that tells them apart",
                );
            }
        }
        point.cite = cite;
        points.push(point);
    }
    points
}

/// The row of the denominator for a row: of its year, and of its part of the year and its area where both files say them.
fn denominator<'c>(row: &SeriesRow<'_>, over: &Selection<'c>) -> Option<SeriesRow<'c>> {
    let year = row.cell("year").unwrap_or_default();
    let agrees = |other: &SeriesRow<'_>, column: &str| match (row.cell(column), other.cell(column)) {
        (Some(one), Some(two)) => one == two,
        _ => true,
    };
    let mut fitting = over.rows().filter(|other| {
        other.cell("year") == Some(year) && (over.filters.contains_key("area") || agrees(other, "area")) && agrees(other, "period")
    });
    let first = fitting.next()?;
    if let Some(second) = fitting.next() {
        second.0.diagnose(
            DiagnosticCode::OverlapInTime,
            format!("a second denominator of {year}, as in line {}", first.0.line),
            "one for each year and area, or `where` that tells them apart",
        );
    }
    Some(first)
}

fn period(row: &SeriesRow<'_>, years: Years) -> Option<Period> {
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
        row.0
            .diagnose(DiagnosticCode::Impossible, message, "the kind of year of the indicator");
    }
    Period::new(kind, year, of_year)
}

fn state(row: &SeriesRow<'_>) -> PointState {
    match row.cell("state") {
        None | Some("final") => PointState::Final,
        Some("provisional") => PointState::Provisional,
        Some("unknown_kind") => PointState::UnknownKind,
        Some("unusable") => PointState::Unusable,
        Some(other) => {
            row.0.diagnose(
                DiagnosticCode::UnknownCode,
                format!("`state` is `{other}`"),
                "final, provisional, unknown_kind or unusable",
            );
            PointState::Unusable
        }
    }
}
