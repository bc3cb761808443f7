//! The closing days of government offices.

use super::{Registry, confidence};
use crate::compile::SourceFile;
use crate::compile::csv::rows;
use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::source::{Data, File, Item};
use crate::values::{Calendar, Date};

impl Registry<'_> {
    pub(super) fn calendar(&mut self, file: &File<'_>, item: &Item, days: Option<&SourceFile>) {
        let root = file.section(item, "calendar");
        let (first, last) = (root.need_day("first"), root.need_day("last"));
        self.projected_years = root.list("projected").iter().filter_map(|item| year(file, item)).collect();
        let _ = root.entries();
        let Some(days) = days else {
            file.diagnose(1, DiagnosticCode::MissingKey, "there is no calendar/holidays.csv", "the holidays");
            return;
        };
        let mut holidays = Vec::new();
        let csv = self.file(&days.path);
        // A calendar of official days alone needs no column that says so.
        let says_status = days
            .text
            .lines()
            .next()
            .is_some_and(|header| header.split(',').any(|column| column == "status"));
        let columns = ["date", "name_th", "name_en", "status", "confidence"];
        rows(
            &csv,
            &days.text,
            columns.get(..if says_status { 5 } else { 3 }).unwrap_or(&columns),
            |line, cells| match Date::parse(cells.at(0)) {
                Ok(day) => {
                    let projected = if self.projected_years.contains(&day.year()) {
                        "projected"
                    } else {
                        "official"
                    };
                    if says_status && cells.at(3) != projected {
                        csv.diagnose(
                            line,
                            DiagnosticCode::Impossible,
                            format!("{day} is `{}`", cells.at(3)),
                            format!("{projected}, as `projected` of calendar.toml says"),
                        );
                    }
                    if says_status {
                        let _ = confidence(&csv, line, cells.at(4));
                    }
                    holidays.push(day);
                }
                Err(error) => csv.diagnose(line, DiagnosticCode::Impossible, error.to_string(), "a day"),
            },
        );
        if let (Some(first), Some(last)) = (first, last) {
            self.calendar = Calendar::new(holidays, first, last);
        }
    }
}

fn year(file: &File<'_>, item: &Item) -> Option<i32> {
    let year = if let Data::Whole(year) = item.data {
        i32::try_from(year).ok()
    } else {
        None
    };
    if year.is_none() {
        file.wrong_type(item, "projected", "years");
    }
    year
}
