//! What a column is bound to: a fact by the name of the column, and the types of column that can hold it.

use super::column::{Column, ColumnType};
use super::encoded::Scalar;
use super::error::SurveyError;
use super::query::{Binding, Query};
use super::read::is_age;
use crate::error::Error;
use crate::facts::{FactError, FactId, FactKind, FactReader, Found, PlaceKind};
use crate::population::Part;
use crate::rulebook::Book;
use crate::values::nearest;

/// What a column is read for.
#[derive(Debug, Clone)]
pub(super) struct Target<'b> {
    pub name: String,
    pub fact: FactId,
    /// How its values are read: counts of contribution months are counts.
    pub kind: FactKind,
    /// The type of the fact itself.
    pub of_fact: FactKind,
    pub job: usize,
    pub part: Part,
    /// Everything is text where its values come from.
    pub written: bool,
    pub book: &'b Book,
}

impl<'b> Target<'b> {
    /// The target of a column's name, such as `job_2.employer` or `paid_months.sso_33.in_15`.
    pub(super) fn named(name: &str, book: &'b Book) -> Result<Self, Error> {
        let layout = &book.program.layout;
        let unknown = || {
            let near = nearest(name, layout.facts.iter().map(|fact| fact.name.as_str())).map(str::to_owned);
            FactError::UnknownFact {
                fact: name.to_owned(),
                nearest: near,
            }
        };
        let (plain, job) = match name.strip_prefix("job_2.") {
            Some(rest) => (format!("job.{rest}"), 1),
            None => (name.to_owned(), 0),
        };
        let (plain, part) = match plain.strip_prefix("paid_months.").and_then(|rest| rest.split_once('.')) {
            Some((scheme, "total")) => (format!("paid_months.{scheme}"), Part::PaidInTotal),
            Some((scheme, window)) => {
                let window = window.strip_prefix("in_").and_then(|window| window.parse().ok());
                (format!("paid_months.{scheme}"), Part::PaidWithin(window.ok_or_else(unknown)?))
            }
            None => (plain, Part::Value),
        };
        let fact = layout.fact_number(&plain).ok_or_else(unknown)?;
        let info = layout.fact(fact).ok_or_else(unknown)?;
        Ok(Self {
            name: name.to_owned(),
            fact,
            kind: if part == Part::Value { info.kind } else { FactKind::Count },
            of_fact: info.kind,
            job,
            part,
            written: false,
            book,
        })
    }

    /// The target of a column of a query.
    pub(super) fn of(binding: &Binding<'_>, query: &Query<'_>, book: &'b Book) -> Result<Self, Error> {
        let target = Self::named(&binding.fact, book)?;
        Ok(Self {
            written: query.written,
            ..target
        })
    }

    /// What is read as a day that is no fact: the day asked about.
    pub(super) fn day(name: &str, book: &'b Book) -> Self {
        Self {
            name: name.to_owned(),
            fact: FactId::NOWHERE,
            kind: FactKind::Date,
            of_fact: FactKind::Date,
            job: 0,
            part: Part::Value,
            written: false,
            book,
        }
    }

    /// The reader of its values; nothing for the day asked about, which is no fact.
    pub(super) fn reader(&self) -> Option<FactReader<'_>> {
        let reader = FactReader::of(&self.book.program.layout, self.fact)?.named(&self.name);
        Some(match self.part {
            Part::Value => reader,
            Part::PaidWithin(window) => reader.counting(Some(window.into())),
            Part::PaidInTotal => reader.counting(None),
        })
    }

    /// Whether a value is a name that several districts have: their province tells them apart.
    pub(super) fn names_several(&self, value: Scalar<'_>) -> bool {
        let places = &self.book.program.layout.places;
        matches!(value, Scalar::Text(text) if self.kind == FactKind::District
            && matches!(places.find(PlaceKind::District, text, None), Found::Several(_)))
    }

    /// The province that may be told beside a district, of the same job.
    pub(super) fn province(&self) -> Option<FactId> {
        let name = self.book.program.layout.fact(self.fact)?.name.strip_suffix("district")?;
        self.book.program.layout.fact_number(&format!("{name}province"))
    }

    /// Whether its values are numbers of codes.
    pub(super) fn is_coded(&self) -> bool {
        matches!(
            self.kind,
            FactKind::Code | FactKind::Province | FactKind::District | FactKind::YesNo
        )
    }

    pub(super) fn expected(&self, reader: Option<&str>) -> &'static str {
        match (self.kind, reader) {
            (FactKind::YesNo, _) => "booleans; map other values with `columns=`",
            (FactKind::Code, _) => "codes as text; map other values with `columns=`",
            (FactKind::Province, _) => "province codes or names",
            (FactKind::District, _) => "district codes or names",
            (FactKind::Date, Some("be_year" | "ce_year")) => "years, as whole numbers or text",
            (FactKind::Date, Some(reader)) if is_age(reader) => "full years of age, as whole numbers or text",
            (FactKind::Date, _) => "dates, timestamps without a zone, or text; name a reader for years",
            (FactKind::Count, _) => "whole numbers",
            (FactKind::Money, _) => "amounts in baht: numbers, decimals or text",
            _ => "no column: this fact is not read from a frame",
        }
    }

    fn takes(&self, kind: ColumnType, reader: Option<&str>) -> bool {
        let (text, number) = (kind == ColumnType::Text, kind.is_whole() || kind.is_float());
        match (self.kind, reader) {
            (FactKind::YesNo | FactKind::Count, _) if self.written && text => true,
            (FactKind::YesNo, _) => kind == ColumnType::Bool,
            (FactKind::Code, _) => text,
            (FactKind::Province | FactKind::District, _) | (FactKind::Date, Some("be_year" | "ce_year")) => text || number,
            (FactKind::Date, Some(reader)) if is_age(reader) => text || number || matches!(kind, ColumnType::Decimal(_)),
            (FactKind::Date, _) => text || matches!(kind, ColumnType::Day | ColumnType::Moment(_)),
            (FactKind::Count, _) => number || matches!(kind, ColumnType::Decimal(_)),
            (FactKind::Money, _) => text || number || matches!(kind, ColumnType::Decimal(_)),
            _ => false,
        }
    }

    /// Refuses a column whose type cannot hold the fact.
    pub(super) fn check(&self, column: &Column<'_>, reader: Option<&str>) -> Result<(), SurveyError> {
        let kind = column.said();
        if kind == ColumnType::Null || self.takes(kind, reader) {
            return Ok(());
        }
        Err(SurveyError::ColumnType {
            column: column.name.to_owned(),
            fact: self.name.clone(),
            found: found(column),
            expected: self.expected(reader),
        })
    }
}

/// What a column holds, in words; of a type that is not read only its library has a name.
pub(super) fn found(column: &Column<'_>) -> String {
    let kind = column.said();
    if kind == ColumnType::Other {
        format!("{} (`{}`)", kind.name(), column.native)
    } else {
        kind.name().to_owned()
    }
}
