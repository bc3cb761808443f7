//! What one value of a column, of a map or for every row says of a fact.

use std::borrow::Cow;

use serde_json::Value as Json;

use super::encoded::Scalar;
use super::target::Target;
use crate::facts::{DateForm, FactError, FactKind, Given, Value, born, day_asked, written};
use crate::values::{Date, PartialDate};

/// What a value says of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reading {
    Unknown,
    /// In the unit of the fact.
    Value(i64),
    /// A day that is not known exactly, by its first and last.
    Span(i64, i64),
    Bad(Fault),
}

/// Why a value cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// What many values have in common.
    pub kind: Cow<'static, str>,
    /// With what is wrong of this one, where that says more.
    pub detail: Option<String>,
}

impl Fault {
    pub(super) fn said(&self) -> String {
        self.detail.clone().unwrap_or_else(|| self.kind.clone().into_owned())
    }
}

pub(super) fn bad(kind: impl Into<Cow<'static, str>>) -> Reading {
    Reading::Bad(Fault {
        kind: kind.into(),
        detail: None,
    })
}

pub(super) const UNREADABLE: &str =
    "its bytes are not UTF-8; expected text, which in another encoding (such as TIS-620) is to be converted first";
/// What many days that are none that is read have in common.
pub(super) const NO_DAY_OF_THIS_TIME: &str = "a day from 1850 to 2200 was expected";

/// Why a number of days is none that is read: a year of the Buddhist era is named with the day that it would be.
pub(super) fn no_day(days: i64) -> String {
    i32::try_from(days).map_or_else(|_| NO_DAY_OF_THIS_TIME.to_owned(), |days| Date::no_day_of_days(days).to_string())
}

impl Target<'_> {
    /// What a value of a column, or of a map, says of the fact: what the one reader of facts says of it.
    pub(super) fn read(&self, scalar: Scalar<'_>, reader: Option<&str>) -> Reading {
        self.read_beside(scalar, reader, None)
    }

    /// The same, with the number of the province that is told beside a district.
    pub(super) fn read_beside(&self, scalar: Scalar<'_>, reader: Option<&str>, province: Option<u16>) -> Reading {
        if scalar.is_nan() {
            return Reading::Unknown;
        }
        let given = match scalar {
            Scalar::Unreadable(_) => return bad(UNREADABLE),
            Scalar::Flag(flag) => Given::Flag(flag),
            Scalar::Whole(whole) => Given::Whole(whole.into()),
            Scalar::Large(whole) => Given::Whole(whole.into()),
            Scalar::Float(bits) => Given::Float(f64::from_bits(bits)),
            Scalar::Text(text) if self.written => return self.read_written(text, reader, province),
            Scalar::Text(text) => Given::Text(text),
            Scalar::Day(_) | Scalar::Moment(..) => match scalar.day() {
                Some(day) => Given::Day(day),
                None => return bad(NO_DAY_OF_THIS_TIME),
            },
        };
        self.read_given(given, reader, province)
    }

    /// What a text says at a door where everything is text.
    fn read_written(&self, text: &str, reader: Option<&str>, province: Option<u16>) -> Reading {
        match written(text, self.kind, &self.name) {
            Ok(Json::Null) => Reading::Unknown,
            Ok(Json::Bool(flag)) => Reading::Value(flag.into()),
            Ok(value) => self.read_given(Given::Text(value.as_str().unwrap_or(text)), reader, province),
            Err(error) => Reading::Bad(self.fault(&error, reader)),
        }
    }

    fn read_given(&self, given: Given<'_>, reader: Option<&str>, province: Option<u16>) -> Reading {
        let form = reader.and_then(DateForm::named).unwrap_or_default();
        let read = match self.reader() {
            Some(_) if reader.is_some_and(is_age) => match survey_day(reader) {
                Some(on) => born(given, on, &self.name),
                None => return bad("the day of the survey was expected behind `age@`"),
            },
            Some(reader) => reader.read(given, form, province),
            None => day_asked(given, form, &self.name),
        };
        match read {
            Ok(Value::Flag(flag)) => Reading::Value(flag.into()),
            Ok(Value::Code(code)) => Reading::Value(code.into()),
            Ok(Value::Span(first, last)) if first == last => Reading::Value(first),
            Ok(Value::Span(first, last)) => Reading::Span(first, last),
            Ok(_) => Reading::Unknown,
            Err(error) => Reading::Bad(self.fault(&error, reader)),
        }
    }

    /// Why a value cannot be: what many have in common apart from what is wrong of one.
    fn fault(&self, error: &FactError, reader: Option<&str>) -> Fault {
        let (kind, detail) = match error {
            FactError::UnknownCode { list, nearest, .. } => {
                let kind = match self.kind {
                    FactKind::Province => "no province has this code or name".to_owned(),
                    FactKind::District => "no district has this code or name".to_owned(),
                    _ => format!("it is not a code of the list `{list}`"),
                };
                let detail = nearest.as_ref().map(|near| format!("{kind}; the nearest is `{near}`"));
                (kind, detail)
            }
            FactError::Impossible { reason, expected, .. } => (format!("{expected} was expected"), Some(reason.clone())),
            FactError::WrongType { expected, .. } if self.written => (format!("expected {expected}"), None),
            _ => (format!("expected {}", self.expected(reader)), None),
        };
        Fault { kind: kind.into(), detail }
    }

    /// What a mapped or constant value says of the fact.
    pub(super) fn read_json(&self, value: &Json) -> Reading {
        match value {
            Json::Null => Reading::Unknown,
            Json::Bool(flag) => self.read(Scalar::Flag(*flag), None),
            Json::String(text) => self.read(Scalar::Text(text), None),
            Json::Number(number) => match (number.as_i64(), number.as_f64()) {
                (Some(whole), _) => self.read(Scalar::Whole(whole), None),
                (None, Some(float)) => self.read(Scalar::float(float), None),
                (None, None) => bad("a number that is not so large was expected"),
            },
            Json::Array(_) | Json::Object(_) => bad(format!("expected {}", self.expected(None))),
        }
    }
}

/// What a reader of ages begins with; the day of the survey follows, or the first and the last of its days.
const AGE: &str = "age@";

/// Whether a reader takes full years of age on the day of a survey.
pub(super) fn is_age(reader: &str) -> bool {
    reader.starts_with(AGE)
}

fn survey_day(reader: Option<&str>) -> Option<PartialDate> {
    PartialDate::parse(reader?.strip_prefix(AGE)?).ok()
}

/// A JSON value as it is shown in an error: text without its quotes.
pub(super) fn json_shown(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
