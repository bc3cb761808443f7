//! Days and lengths that look like a slip: a first day beside that of its instrument, a century off, a period of no days.

use crate::compile::ast::FirstDay;
use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::lower::builder::Builder;
use crate::compile::source::File;
use crate::criterion::CiteId;
use crate::values::{Date, Length};

/// What begins within so many days of its instrument, and not on its day, begins on a day misread.
const NEAR: i32 = 15;
/// An instrument comes into force within so many days of its publication, or long before a century has passed.
const DECADE: i32 = 3_653;

pub(super) fn check(builder: &Builder<'_>) {
    instruments(builder);
    for (number, rule_file) in builder.files.iter().enumerate() {
        let at = builder.file(number);
        for (index, _) in rule_file.tables.iter().enumerate() {
            let Some(rows) = builder.tables.get(&(number, index)) else {
                continue;
            };
            let at = File {
                path: &rows.path,
                ledger: builder.ledger,
            };
            for row in &rows.rows {
                begins(builder, &at, row.line, row.from, &row.cites);
            }
        }
        for clause in &rule_file.clauses {
            let mut from = clause.from;
            for version in clause.earlier.iter().chain([&clause.main]) {
                let cites = builder.registry.cite(&at, &version.cite);
                begins(builder, &at, version.cite.line, from, &cites);
                let next = version.until.and_then(|until| until.add_days(1));
                from = next.map(|lead| FirstDay { lead, other: None });
            }
        }
        for rule in &rule_file.rules {
            let cites = builder.registry.cite(&at, &rule.cite);
            begins(builder, &at, rule.line, rule.from, &cites);
        }
        for period in &rule_file.periods {
            let lengths = period.length.iter().chain(period.earlier.iter().map(|earlier| &earlier.length));
            lengths.for_each(|length| of_no_days(&at, period.line, &period.id, *length));
        }
    }
}

fn of_no_days(at: &File<'_>, line: u32, id: &str, length: Length) {
    if length.number == 0 {
        at.warn(
            line,
            DiagnosticCode::Suspicious,
            format!("the period `{id}` is {length} long"),
            "a length of 1 or more",
        );
    }
}

fn instruments(builder: &Builder<'_>) {
    let checked_on = builder.files.iter().map(|file| file.checked_on).max();
    for (instrument, (path, line)) in builder.registry.instruments.iter().zip(builder.registry.instrument_lines()) {
        let at = File {
            path,
            ledger: builder.ledger,
        };
        let apart = instrument
            .gazette
            .zip(instrument.in_force)
            .map(|(gazette, in_force)| in_force.days().saturating_sub(gazette.days()));
        if apart.is_some_and(|days| days.abs() > DECADE) {
            let message = format!("`{}` is in force years from the day of its Gazette", instrument.id);
            at.warn(*line, DiagnosticCode::Suspicious, message, "two days of the same years");
        }
        let days = [instrument.gazette, instrument.in_force];
        for day in days.into_iter().flatten().filter(|day| out_of_time(*day, checked_on)) {
            at.warn(
                *line,
                DiagnosticCode::Suspicious,
                format!("`{}` is of {day}", instrument.id),
                "a day of the common era since 1900, not of the Buddhist era",
            );
        }
    }
}

/// No Thai law that is applied today is older than the codes, and none is known for decades ahead.
fn out_of_time(day: Date, checked_on: Option<Date>) -> bool {
    day.year() < 1900 || checked_on.is_some_and(|checked| day.year() > checked.year().saturating_add(20))
}

fn begins(builder: &Builder<'_>, at: &File<'_>, line: u32, from: Option<FirstDay>, cites: &[CiteId]) {
    let Some(from) = from.map(|from| from.lead) else { return };
    let in_force: Vec<(String, Date)> = cites.iter().filter_map(|cite| builder.registry.cited_in_force(*cite)).collect();
    let apart = |day: Date| from.days().saturating_sub(day.days());
    if in_force.iter().any(|(_, day)| apart(*day) == 0) {
        return;
    }
    for (id, day) in &in_force {
        let same_day_of_year = (day.month_number(), day.day()) == (from.month_number(), from.day());
        if apart(*day).abs() <= NEAR || same_day_of_year && apart(*day).abs() > 36_000 {
            at.warn(
                line,
                DiagnosticCode::Suspicious,
                format!("it begins on {from}, and `{id}`, which it cites, on {day}"),
                format!("{day}, unless the instrument itself says another day"),
            );
        }
    }
    let checked_on = builder.files.iter().map(|file| file.checked_on).max();
    if out_of_time(from, checked_on) {
        at.warn(
            line,
            DiagnosticCode::Suspicious,
            format!("it begins on {from}"),
            "a day of the common era since 1900, not of the Buddhist era",
        );
    }
}
