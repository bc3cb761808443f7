//! How each type of fact is read from JSON, shown as JSON and put into a [`Subject`](super::Subject).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::Value as Json;

use super::error::{FactError, join, object};
use super::json::{MOST_JOBS, MOST_VALUES};
use super::place::Place;
use super::reader::{self, DateForm, Given};
use super::subject::{Filling, Value};
use super::{Claim, Complaint, Job, Worker};
use crate::values::{Baht, Month, PartialDate, shown};

/// A code of one of the rulebook's lists, such as `natural_person` of the list `employer`.
///
/// The lists are the rulebook's, so that an update can add a code; a code is checked when it meets a rulebook.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(Box<str>);

impl Code {
    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Code {
    fn from(code: &str) -> Self {
        Self(code.into())
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&shown(&self.0), formatter)
    }
}

/// Facts that a rulebook opened at run time declares, by name.
pub type Declared = BTreeMap<String, Json>;

/// The months for which contributions were paid in one scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PaidMonths {
    /// The months themselves; what is not among them is unpaid.
    Months(BTreeSet<Month>),
    /// Counts before the event asked about.
    Counts {
        /// Paid months within the last n months (`in_15`).
        within: BTreeMap<u16, u32>,
        /// Paid months in total.
        total: Option<u32>,
    },
}

/// One field of a group of facts.
pub(crate) trait FactField {
    /// Reads the field, of which no count or amount is above `most`; JSON null makes it unknown.
    fn read(&mut self, value: &Json, path: &str, most: Option<u32>) -> Result<(), FactError>;
    /// The field as JSON, nothing where it is unknown.
    fn show(&self) -> Option<Json>;
    /// Puts the field into a subject.
    fn put(&self, filling: &mut Filling<'_>) -> Result<(), FactError>;
}

/// A field whose one value is read and shown on its own.
trait Scalar: Sized {
    fn from_json(value: &Json, path: &str, most: Option<u32>) -> Result<Self, FactError>;
    fn to_json(&self) -> Json;
    fn to_value(&self, filling: &Filling<'_>) -> Result<Value, FactError>;
}

impl<T: Scalar> FactField for Option<T> {
    fn read(&mut self, value: &Json, path: &str, most: Option<u32>) -> Result<(), FactError> {
        *self = if value.is_null() {
            None
        } else {
            Some(T::from_json(value, path, most)?)
        };
        Ok(())
    }

    fn show(&self) -> Option<Json> {
        self.as_ref().map(T::to_json)
    }

    fn put(&self, filling: &mut Filling<'_>) -> Result<(), FactError> {
        if let Some(value) = self {
            let value = value.to_value(filling)?;
            filling.set(value);
        }
        Ok(())
    }
}

/// Reads a value that is not null by the one reader of its type.
fn read<T>(value: &Json, path: &str, read: impl FnOnce(Given<'_>) -> Result<T, reader::Refusal>) -> Result<T, FactError> {
    let given = Given::of_json(value).unwrap_or(Given::Other("null"));
    read(given).map_err(|refusal| refusal.of(path, given))
}

/// A list that is not too long.
fn list<'a>(value: &'a Json, path: &str, expected: &str, most: usize) -> Result<&'a [Json], FactError> {
    let list = value.as_array().ok_or_else(|| FactError::wrong_type(path, value, expected))?;
    if list.len() > most {
        let expected = format!("at most {most} of them");
        return Err(FactError::impossible(
            path,
            format!("a list of {}", list.len()),
            format!("{expected} were expected"),
            expected,
        ));
    }
    Ok(list)
}

fn text<'a>(value: &'a Json, path: &str, expected: &str) -> Result<&'a str, FactError> {
    value.as_str().ok_or_else(|| FactError::wrong_type(path, value, expected))
}

impl Scalar for bool {
    fn from_json(value: &Json, path: &str, _: Option<u32>) -> Result<Self, FactError> {
        read(value, path, reader::flag)
    }
    fn to_json(&self) -> Json {
        Json::Bool(*self)
    }
    fn to_value(&self, _: &Filling<'_>) -> Result<Value, FactError> {
        Ok(Value::Flag(*self))
    }
}

impl Scalar for Code {
    fn from_json(value: &Json, path: &str, _: Option<u32>) -> Result<Self, FactError> {
        text(value, path, "a code as text").map(Self::from)
    }
    fn to_json(&self) -> Json {
        Json::String(self.0.to_string())
    }
    fn to_value(&self, filling: &Filling<'_>) -> Result<Value, FactError> {
        filling.code(self.as_str()).map(Value::Code)
    }
}

impl Scalar for PartialDate {
    fn from_json(value: &Json, path: &str, _: Option<u32>) -> Result<Self, FactError> {
        read(value, path, |given| reader::date(given, DateForm::Any))
    }
    fn to_json(&self) -> Json {
        Json::String(self.to_string())
    }
    fn to_value(&self, _: &Filling<'_>) -> Result<Value, FactError> {
        Ok(Value::Span(self.first().days().into(), self.last().days().into()))
    }
}

impl Scalar for u32 {
    fn from_json(value: &Json, path: &str, most: Option<u32>) -> Result<Self, FactError> {
        read(value, path, |given| reader::count(given, most))
    }
    fn to_json(&self) -> Json {
        Json::from(*self)
    }
    fn to_value(&self, _: &Filling<'_>) -> Result<Value, FactError> {
        Ok(Value::exact((*self).into()))
    }
}

impl Scalar for Baht {
    fn from_json(value: &Json, path: &str, most: Option<u32>) -> Result<Self, FactError> {
        read(value, path, |given| reader::money(given, most))
    }
    fn to_json(&self) -> Json {
        Json::String(self.to_string())
    }
    fn to_value(&self, _: &Filling<'_>) -> Result<Value, FactError> {
        Ok(Value::exact(self.satang()))
    }
}

impl Scalar for Place {
    fn from_json(value: &Json, path: &str, _: Option<u32>) -> Result<Self, FactError> {
        text(value, path, "the code or name of the place as text").map(Self::from)
    }
    fn to_json(&self) -> Json {
        Json::String(self.to_string())
    }
    fn to_value(&self, filling: &Filling<'_>) -> Result<Value, FactError> {
        filling.place(self.as_str()).map(Value::Code)
    }
}

impl Scalar for Vec<Baht> {
    fn from_json(value: &Json, path: &str, most: Option<u32>) -> Result<Self, FactError> {
        list(value, path, "a list of amounts, latest last", MOST_VALUES)?
            .iter()
            .enumerate()
            .map(|(index, value)| Baht::from_json(value, &format!("{path}[{index}]"), most))
            .collect()
    }
    fn to_json(&self) -> Json {
        self.iter().map(Scalar::to_json).collect()
    }
    fn to_value(&self, _: &Filling<'_>) -> Result<Value, FactError> {
        Ok(Value::Wages(self.iter().map(|baht| baht.satang()).collect()))
    }
}

impl FactField for BTreeMap<Code, bool> {
    fn read(&mut self, value: &Json, path: &str, _: Option<u32>) -> Result<(), FactError> {
        if value.is_null() {
            return Ok(());
        }
        for (code, value) in object(value, path)? {
            if !value.is_null() {
                self.insert(
                    Code::from(code.as_str()),
                    bool::from_json(value, code, None).map_err(|error| error.within(path))?,
                );
            }
        }
        Ok(())
    }

    fn show(&self) -> Option<Json> {
        (!self.is_empty()).then(|| self.iter().map(|(code, value)| (code.to_string(), Json::Bool(*value))).collect())
    }

    fn put(&self, filling: &mut Filling<'_>) -> Result<(), FactError> {
        for (code, value) in self {
            filling.set_member(code.as_str(), Value::Flag(*value))?;
        }
        Ok(())
    }
}

impl FactField for BTreeMap<Code, PaidMonths> {
    fn read(&mut self, value: &Json, path: &str, most: Option<u32>) -> Result<(), FactError> {
        if value.is_null() {
            return Ok(());
        }
        for (code, value) in object(value, path)? {
            if !value.is_null() {
                self.insert(
                    Code::from(code.as_str()),
                    PaidMonths::from_json(value, code, most).map_err(|error| error.within(path))?,
                );
            }
        }
        Ok(())
    }

    fn show(&self) -> Option<Json> {
        (!self.is_empty()).then(|| self.iter().map(|(code, months)| (code.to_string(), months.to_json())).collect())
    }

    fn put(&self, filling: &mut Filling<'_>) -> Result<(), FactError> {
        for (code, months) in self {
            filling.set_member(code.as_str(), Value::Months(Box::new(months.clone())))?;
        }
        Ok(())
    }
}

impl PaidMonths {
    fn from_json(value: &Json, path: &str, most: Option<u32>) -> Result<Self, FactError> {
        match value {
            Json::Array(_) => {
                let mut months = BTreeSet::new();
                let items = list(value, path, "a list of months", MOST_VALUES)?;
                for (index, item) in items.iter().enumerate() {
                    let path = format!("{path}[{index}]");
                    let text = text(item, &path, "a month as text, such as `2026-03`, or months `2025-01/2026-03`")?;
                    let (first, last) = text.split_once('/').unwrap_or((text, text));
                    let (first, last) = (month(first, text, &path)?, month(last, text, &path)?);
                    if last < first {
                        let reason = "the last month stands before the first";
                        return Err(FactError::impossible(
                            &path,
                            shown(text),
                            reason,
                            "months from the first to the last",
                        ));
                    }
                    months.extend((first.index()..=last.index()).filter_map(Month::from_index));
                }
                Ok(Self::Months(months))
            }
            Json::Object(object) => {
                let (mut within, mut total) = (BTreeMap::new(), None);
                for (name, value) in object {
                    let path = join(path, name);
                    let window = name.strip_prefix("in_").and_then(|window| window.parse::<u16>().ok());
                    // One window has one name: `in_015` and `in_+15` are none.
                    let window = window.filter(|window| *name == format!("in_{window}"));
                    if window.is_none() && name != "total" {
                        return Err(FactError::UnknownFact {
                            fact: shown(&path),
                            nearest: Some("in_15".to_owned()),
                        });
                    }
                    if value.is_null() {
                        continue;
                    }
                    match window {
                        Some(window) => {
                            let most = most.unwrap_or(u32::MAX).min(window.into());
                            within.insert(window, u32::from_json(value, &path, Some(most))?);
                        }
                        None => total = Some(u32::from_json(value, &path, most)?),
                    }
                }
                Ok(Self::Counts { within, total })
            }
            _ => Err(FactError::wrong_type(
                path,
                value,
                "a list of months, or counts such as `in_15` and `total`",
            )),
        }
    }

    fn to_json(&self) -> Json {
        match self {
            Self::Months(months) => months.iter().map(|month| Json::String(month.to_string())).collect(),
            Self::Counts { within, total } => {
                let counts = within.iter().map(|(window, count)| (format!("in_{window}"), Json::from(*count)));
                counts.chain(total.map(|total| ("total".to_owned(), Json::from(total)))).collect()
            }
        }
    }
}

/// A month of a list of months, ISO or Thai.
fn month(text: &str, whole: &str, path: &str) -> Result<Month, FactError> {
    let date = PartialDate::read(text.trim()).map_err(|error| FactError::date(path, whole, &error))?;
    if date.first().month() == date.last().month() && date.exact().is_none() {
        return Ok(date.first().month());
    }
    let expected = "a month such as `2026-03` or `มีนาคม 2569`";
    Err(FactError::impossible(
        path,
        shown(whole),
        format!("{expected} was expected"),
        expected,
    ))
}

impl FactField for Option<Vec<Job>> {
    fn read(&mut self, value: &Json, path: &str, _: Option<u32>) -> Result<(), FactError> {
        if value.is_null() {
            *self = None;
            return Ok(());
        }
        let list = list(value, path, "a list of jobs (empty where there is none)", MOST_JOBS)?;
        let mut jobs = Vec::with_capacity(list.len());
        for (index, item) in list.iter().enumerate() {
            let mut job = Job::default();
            job.read(item, &format!("{path}[{index}]"), None)?;
            jobs.push(job);
        }
        *self = Some(jobs);
        Ok(())
    }

    fn show(&self) -> Option<Json> {
        self.as_ref().map(|jobs| jobs.iter().map(Job::to_value).collect())
    }

    fn put(&self, filling: &mut Filling<'_>) -> Result<(), FactError> {
        match self {
            None => Ok(()),
            Some(jobs) => filling.jobs(jobs),
        }
    }
}

impl FactField for Declared {
    fn read(&mut self, value: &Json, path: &str, _: Option<u32>) -> Result<(), FactError> {
        self.extend(object(value, path)?.iter().map(|(name, value)| (name.clone(), value.clone())));
        Ok(())
    }

    fn show(&self) -> Option<Json> {
        (!self.is_empty()).then(|| self.iter().map(|(name, value)| (name.clone(), value.clone())).collect())
    }

    fn put(&self, filling: &mut Filling<'_>) -> Result<(), FactError> {
        self.iter().try_for_each(|(name, value)| filling.declared(name, value))
    }
}

/// Reads the value of a fact that a rulebook declares.
pub(super) fn declared_value(kind: super::FactKind, value: &Json, filling: &Filling<'_>, path: &str) -> Result<Value, FactError> {
    use super::FactKind;
    fn read<T: Scalar>(value: &Json, filling: &Filling<'_>, path: &str) -> Result<Value, FactError> {
        T::from_json(value, path, None)?.to_value(filling)
    }
    match kind {
        FactKind::YesNo => read::<bool>(value, filling, path),
        FactKind::Date => read::<PartialDate>(value, filling, path),
        FactKind::Code => read::<Code>(value, filling, path),
        FactKind::Count => read::<u32>(value, filling, path),
        FactKind::Money => read::<Baht>(value, filling, path),
        FactKind::Province => read::<Place>(value, filling, path),
        FactKind::District => read::<Place>(value, filling, path),
        _ => Err(FactError::wrong_type(path, value, "a fact of a type that can be declared")),
    }
}

macro_rules! declares {
    ($keeps:ident) => {
        impl $keeps {
            pub(super) fn set_declared(&mut self, name: &str, value: &Json, _: &str) -> Result<(), FactError> {
                self.declared.insert(name.to_owned(), value.clone());
                Ok(())
            }
        }
    };
}
declares!(Worker);
declares!(Complaint);

macro_rules! refuses {
    ($refuses:ident) => {
        impl $refuses {
            pub(super) fn set_declared(&mut self, name: &str, _: &Json, path: &str) -> Result<(), FactError> {
                let names = Self::GROUP.facts.iter().map(|fact| fact.name);
                let nearest = crate::values::nearest(name, names).map(|nearest| join(path, nearest));
                Err(FactError::UnknownFact {
                    fact: join(path, &shown(name)),
                    nearest,
                })
            }
        }
    };
}
refuses!(Job);
refuses!(Claim);
