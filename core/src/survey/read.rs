//! What one value of a column, of a map or for every row says of a fact.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::Value as Json;

use super::encoded::Scalar;
use super::target::Target;
use crate::facts::FactKind;
use crate::population::day_domain;
use crate::values::{Baht, DateError, MoneyError, PartialDate, nearest, parse_thai};

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

fn bad(kind: impl Into<Cow<'static, str>>) -> Reading {
    Reading::Bad(Fault {
        kind: kind.into(),
        detail: None,
    })
}

const WHOLE_COUNT: &str = "a whole number, not negative, was expected";
const UNREADABLE: &str = "its bytes are not UTF-8; expected text, which in another encoding (such as TIS-620) is to be converted first";
pub(super) const NO_DAY_OF_THIS_TIME: &str = "a day from 1850 to 2200 was expected";

/// A map from the values of a column to values of a fact.
#[derive(Debug, Clone, Default)]
pub struct ValueMap {
    values: HashMap<Key, Json>,
    others: Option<Json>,
    expected: String,
}

/// A value by which a map is looked up: numbers by what they are, whatever their type.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Whole(i64),
    Large(u64),
    Float(u64),
    Text(String),
    Day(i32),
}

impl Key {
    fn of(scalar: Scalar<'_>) -> Option<Self> {
        Some(match scalar.whole() {
            Scalar::Flag(flag) => Self::Whole(flag.into()),
            Scalar::Whole(whole) => Self::Whole(whole),
            Scalar::Large(whole) => Self::Large(whole),
            Scalar::Float(bits) => Self::Float(bits),
            Scalar::Text(text) => Self::Text(text.to_owned()),
            Scalar::Unreadable(_) => return None,
            day => Self::Day(day.day()?),
        })
    }
}

impl ValueMap {
    /// A map that says what is expected where it does not name a value, and what all others become, where that is said.
    #[must_use]
    pub fn new(expected: String, others: Option<Json>) -> Self {
        Self {
            values: HashMap::new(),
            others,
            expected,
        }
    }

    /// Names a value, and what it says of the fact; null for unknown.
    pub fn insert(&mut self, value: Scalar<'_>, says: Json) {
        if let Some(key) = Key::of(value) {
            self.values.insert(key, says);
        }
    }

    /// What a value becomes; nothing where it is not named.
    pub(super) fn get(&self, value: Scalar<'_>) -> Option<&Json> {
        let named = Key::of(value).and_then(|key| self.values.get(&key));
        named.or(self.others.as_ref().filter(|_| !matches!(value, Scalar::Unreadable(_))))
    }

    /// What is said of a value that is not named.
    pub(super) fn unnamed(&self, value: Scalar<'_>) -> Reading {
        match value {
            Scalar::Unreadable(_) => bad(UNREADABLE),
            _ => bad(format!("expected {}", self.expected)),
        }
    }
}

impl Target<'_> {
    /// A code by its text, or the reason why it is none.
    fn code(&self, text: &str) -> Reading {
        let Some(list) = self.list else {
            return bad("the fact has no codes");
        };
        if let Some(code) = list.index(text) {
            return Reading::Value(code.into());
        }
        let kind = format!("it is not a code of the list `{}`", list.id);
        let near = nearest(text, list.codes.iter().map(AsRef::as_ref));
        Reading::Bad(Fault {
            detail: near.map(|near| format!("{kind}; the nearest is `{near}`")),
            kind: kind.into(),
        })
    }

    fn place(&self, text: &str) -> Reading {
        let text = text.trim();
        if self.list.is_some_and(|list| list.index(text).is_some()) {
            return self.code(text);
        }
        let province = self.kind == FactKind::Province;
        let short: &[&str] = if province {
            &["จังหวัด", "จ."]
        } else {
            &["อำเภอ", "อ.", "เขต"]
        };
        let name = short.iter().find_map(|prefix| text.strip_prefix(prefix)).map_or(text, str::trim);
        let name = if province && ["กรุงเทพฯ", "กรุงเทพ", "กทม.", "กทม"].contains(&name) {
            "กรุงเทพมหานคร"
        } else {
            name
        };
        let same = |words: &crate::rulebook::Words| words.th == name || words.th == text || words.en.eq_ignore_ascii_case(name);
        let found: Vec<&str> = if province {
            let found = self.book.provinces.iter().filter(|place| same(&place.name));
            found.map(|place| place.code.as_str()).collect()
        } else {
            let found = self.book.districts.iter().filter(|place| same(&place.name));
            found.map(|place| place.code.as_str()).collect()
        };
        match found.as_slice() {
            [code] => self.code(code),
            [] if province => bad("no province has this code or name"),
            [] => bad("no district has this code or name"),
            _ => bad("several districts have this name, expected a district code"),
        }
    }

    fn date(text: &str, reader: Option<&str>) -> Reading {
        let read = match reader {
            Some("be_year") => parse_thai(&format!("พ.ศ. {}", text.trim())),
            Some("be_date" | "thai_date") => parse_thai(text),
            _ => PartialDate::parse(text.trim()),
        };
        match read {
            Ok(date) if date.first() == date.last() => Reading::Value(date.first().days().into()),
            Ok(date) => Reading::Span(date.first().days().into(), date.last().days().into()),
            Err(error) => Reading::Bad(Fault {
                kind: Cow::Borrowed(match &error {
                    DateError::Form { expected, .. } => expected,
                    DateError::Impossible { .. } => "a day that there is was expected",
                }),
                detail: Some(error.to_string()),
            }),
        }
    }

    fn of_day(scalar: Scalar<'_>) -> Reading {
        let (first, last) = day_domain();
        match scalar.day().map(i64::from) {
            Some(day) if (first..=last).contains(&day) => Reading::Value(day),
            _ => bad(NO_DAY_OF_THIS_TIME),
        }
    }

    /// What a value of a column, or of a map, says of the fact.
    pub(super) fn read(&self, scalar: Scalar<'_>, reader: Option<&str>) -> Reading {
        let money = |baht: Result<Baht, MoneyError>| match baht {
            Ok(baht) if baht.satang() >= 0 => Reading::Value(baht.satang()),
            Ok(_) => bad("an amount of baht that is not negative was expected"),
            Err(error) => Reading::Bad(Fault {
                kind: format!("{} was expected", error.expected()).into(),
                detail: Some(error.to_string()),
            }),
        };
        let years = matches!(reader, Some("be_year" | "ce_year"));
        let scalar = if self.kind == FactKind::Money { scalar } else { scalar.whole() };
        match (self.kind, scalar) {
            (_, scalar) if scalar.is_nan() => Reading::Unknown,
            (_, Scalar::Unreadable(_)) => bad(UNREADABLE),
            (FactKind::YesNo, Scalar::Flag(flag)) => Reading::Value(flag.into()),
            (FactKind::Code, Scalar::Text(text)) => self.code(text),
            (FactKind::Province | FactKind::District, Scalar::Text(text)) => self.place(text),
            (FactKind::Province | FactKind::District, Scalar::Whole(code)) => self.place(&code.to_string()),
            (FactKind::Date, Scalar::Day(_) | Scalar::Moment(..)) => Self::of_day(scalar),
            (FactKind::Date, Scalar::Text(text)) => Self::date(text, reader),
            (FactKind::Date, Scalar::Whole(year)) if years => Self::date(&year.to_string(), reader),
            (FactKind::Count, Scalar::Whole(count)) if u32::try_from(count).is_ok() => Reading::Value(count),
            (FactKind::Count, Scalar::Whole(_) | Scalar::Large(_) | Scalar::Float(_)) => bad(WHOLE_COUNT),
            (FactKind::Money, Scalar::Whole(baht)) => money(Baht::from_whole(baht)),
            (FactKind::Money, Scalar::Float(bits)) => money(Baht::from_f64(f64::from_bits(bits))),
            (FactKind::Money, Scalar::Text(text)) => money(Baht::parse(text)),
            (FactKind::Money, Scalar::Large(_)) => bad("less than a hundred trillion baht was expected"),
            _ => bad(format!("expected {}", self.expected(reader))),
        }
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

/// A JSON value as it is shown in an error: text without its quotes.
pub(super) fn json_shown(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
