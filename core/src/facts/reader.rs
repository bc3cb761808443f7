//! The one reader of a fact's value, whatever door it comes in by: JSON, objects of a language, cells of a frame or a file, the command line.
//!
//! What a door holds is first told as a [`Given`]; [`FactReader`] reads it for one fact of a rulebook. The readers of JSON read by the same
//! functions, so that a value is right or wrong at every door alike.

use serde_json::Value as Json;

use super::MOST_JOBS;
use super::place::{Found, PlaceKind};
use super::{FactError, FactId, FactInfo, FactKind, GROUPS, Layout, Scope, Subject, Value};
use crate::values::{Baht, Date, DateError, PartialDate, european, nearest, parse_thai, shown};

/// The most baht of an amount of which the list of facts states no bound.
const MOST_BAHT: u32 = 1_000_000_000;

/// What a count is, of which none is above `most`.
fn expected_count(most: Option<u32>) -> String {
    match most {
        None => "a whole number, not negative".to_owned(),
        Some(most) => format!("a whole number, not negative and at most {most}"),
    }
}

/// A value as a door holds it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Given<'a> {
    /// Yes or no.
    Flag(bool),
    /// A whole number of any width.
    Whole(i128),
    /// A decimal of any width: `unscaled` over ten to the power of `places`.
    Decimal {
        /// The digits as a whole number.
        unscaled: i128,
        /// How many of them stand behind the point; negative where zeros are left out.
        places: i32,
    },
    /// A binary float; the shortest decimal that means it is what was given.
    Float(f64),
    /// A text.
    Text(&'a str),
    /// A civil day, counted from 1970-01-01.
    Day(i32),
    /// Something else, in words such as `a list`.
    Other(&'static str),
}

/// How the text or number of a date column is read, where the column says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DateForm {
    /// Cell by cell: ISO or Thai, as [`PartialDate::read`] tells them apart.
    #[default]
    Any,
    /// The same, save that a year alone is of the Buddhist era.
    Thai,
    /// A day, a month or a year as ISO 8601 writes it.
    Iso,
    /// A year of the Buddhist era.
    BuddhistYear,
    /// A year of the common era.
    CommonYear,
}

impl DateForm {
    /// The form by the name that columns use: `any`, `iso`, `be_year`, `ce_year`, `be_date`, `thai_date`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "any" => Some(Self::Any),
            "iso" => Some(Self::Iso),
            "be_year" => Some(Self::BuddhistYear),
            "ce_year" => Some(Self::CommonYear),
            "be_date" | "thai_date" => Some(Self::Thai),
            _ => None,
        }
    }
}

/// Why a value is not read: what is wrong, and what was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    /// The type is wrong, so that no value of it could be right.
    wrong_type: bool,
    reason: String,
    expected: String,
}

impl Refusal {
    fn type_of(expected: impl Into<String>) -> Self {
        Self {
            wrong_type: true,
            reason: String::new(),
            expected: expected.into(),
        }
    }

    fn value(reason: impl Into<String>, expected: impl Into<String>) -> Self {
        Self {
            wrong_type: false,
            reason: reason.into(),
            expected: expected.into(),
        }
    }

    /// The error of a fact of which this was given.
    pub(super) fn of(self, fact: &str, given: Given<'_>) -> FactError {
        if self.wrong_type {
            FactError::WrongType {
                fact: shown(fact),
                found: given.described(),
                expected: self.expected,
            }
        } else {
            FactError::impossible(fact, given.as_given(), self.reason, self.expected)
        }
    }
}

impl<'a> Given<'a> {
    /// A value of JSON; nothing for null.
    #[must_use]
    pub fn of_json(value: &'a Json) -> Option<Self> {
        Some(match value {
            Json::Null => return None,
            Json::Bool(flag) => Self::Flag(*flag),
            Json::String(text) => Self::Text(text),
            Json::Number(number) => {
                let whole = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
                whole.map_or_else(|| Self::Float(number.as_f64().unwrap_or(f64::NAN)), Self::Whole)
            }
            Json::Array(_) => Self::Other("a list"),
            Json::Object(_) => Self::Other("an object"),
        })
    }

    /// The value as it was given, as a message shows it.
    #[must_use]
    pub fn as_given(&self) -> String {
        match self {
            Self::Flag(flag) => flag.to_string(),
            Self::Text(text) => shown(text),
            Self::Day(day) => shown_day(*day),
            Self::Other(what) => (*what).to_owned(),
            Self::Whole(_) | Self::Decimal { .. } | Self::Float(_) => shown(&self.decimal_text().unwrap_or_default()),
        }
    }

    /// The value with its type in words: `the number 5`.
    fn described(&self) -> String {
        let what = match self {
            Self::Flag(_) => "the boolean",
            Self::Text(text) => return format!("the text `{}`", shown(text)),
            Self::Day(_) => "the day",
            Self::Other(what) => return (*what).to_owned(),
            Self::Whole(_) | Self::Decimal { .. } | Self::Float(_) => "the number",
        };
        format!("{what} {}", self.as_given())
    }

    /// A number as exact decimal text; nothing where it is none.
    fn decimal_text(&self) -> Option<String> {
        match self {
            Self::Whole(whole) => Some(whole.to_string()),
            Self::Decimal { unscaled, places } => Some(decimal_text(*unscaled, *places)),
            // The shortest text that means a float is what was written.
            Self::Float(float) => Some(float.to_string()),
            _ => None,
        }
    }
}

/// Ten to that many decimal places, written out; trailing zeros behind the point stay, as a column shows them.
fn decimal_text(unscaled: i128, places: i32) -> String {
    let digits = unscaled.unsigned_abs().to_string();
    let sign = if unscaled < 0 { "-" } else { "" };
    // No decimal type is wider than 76 digits: what is beyond cannot come of one.
    let behind = usize::try_from(places.clamp(0, 80)).unwrap_or(0);
    let zeros = usize::try_from(places.clamp(-80, 0).unsigned_abs()).unwrap_or(0);
    if behind == 0 {
        return format!("{sign}{digits}{}", "0".repeat(zeros));
    }
    let padded = format!("{digits:0>width$}", width = behind.saturating_add(1));
    let (whole, part) = padded
        .split_at_checked(padded.len().saturating_sub(behind))
        .unwrap_or((&padded, ""));
    format!("{sign}{whole}.{part}")
}

/// A day by its number, also one that no fact can have: it is shown as the calendar writes it, not as its number.
fn shown_day(day: i32) -> String {
    Date::shown_of_days(day).unwrap_or_else(|| format!("day {day} from 1970-01-01"))
}

pub(super) const YES_NO: &str = "true, false or null";
const DATE: &str = "a date as text, such as `2026-03-15`, `2026-03`, `2026-03/2026-05` or `15 มีนาคม 2569`";
const YEAR: &str = "a year, as a whole number or text";

/// Reads yes or no.
pub(super) fn flag(given: Given<'_>) -> Result<bool, Refusal> {
    match given {
        Given::Flag(flag) => Ok(flag),
        _ => Err(Refusal::type_of(YES_NO)),
    }
}

/// Reads a date, or as much of it as is known.
pub(super) fn date(given: Given<'_>, form: DateForm) -> Result<PartialDate, Refusal> {
    let refused = |error: DateError| Refusal::value(error.to_string(), error.expected());
    match (given, form) {
        (Given::Text(text), DateForm::Any) => PartialDate::read(text).map_err(refused),
        (Given::Text(text), DateForm::Thai) if digits(text).bytes().all(|byte| byte.is_ascii_digit()) => parse_thai(text).map_err(refused),
        (Given::Text(text), DateForm::Thai) => PartialDate::read(text).map_err(refused),
        (Given::Text(text), DateForm::Iso) => PartialDate::parse(text.trim()).map_err(refused),
        (Given::Day(day), _) => match Date::from_days(day) {
            Some(date) => Ok(date.into()),
            None => Err(refused(Date::no_day_of_days(day))),
        },
        (Given::Text(_) | Given::Whole(_) | Given::Float(_) | Given::Decimal { .. }, DateForm::BuddhistYear | DateForm::CommonYear) => {
            let text = match given {
                Given::Text(text) => text.trim().chars().map(european).collect(),
                other => whole(other)
                    .map(|whole| whole.to_string())
                    .ok_or_else(|| Refusal::value(YEAR, YEAR))?,
            };
            if form == DateForm::CommonYear {
                PartialDate::parse(&text).map_err(refused)
            } else if text.starts_with(|letter: char| letter.is_ascii_digit()) {
                parse_thai(&format!("พ.ศ. {text}")).map_err(refused)
            } else {
                parse_thai(&text).map_err(refused)
            }
        }
        (_, DateForm::BuddhistYear | DateForm::CommonYear) => Err(Refusal::type_of(YEAR)),
        _ => Err(Refusal::type_of(DATE)),
    }
}

/// A number that is whole, as one.
fn whole(given: Given<'_>) -> Option<i128> {
    match given {
        Given::Whole(whole) => Some(whole),
        // Text of decimals decides, so that no float is calculated with.
        Given::Decimal { .. } | Given::Float(_) => whole_text(&given.decimal_text()?),
        Given::Text(text) => whole_text(&digits(text)),
        _ => None,
    }
}

/// Digits as European ones, without spaces around them.
fn digits(text: &str) -> String {
    text.trim().chars().map(european).collect()
}

fn whole_text(text: &str) -> Option<i128> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !number(whole.strip_prefix('-').unwrap_or(whole)) || part.is_empty() || !part.bytes().all(|byte| byte == b'0') {
        return None;
    }
    whole.parse().ok()
}

/// Reads a count, of which none is above `most`.
pub(super) fn count(given: Given<'_>, most: Option<u32>) -> Result<u32, Refusal> {
    let expected = expected_count(most);
    let most = most.unwrap_or(u32::MAX);
    if matches!(given, Given::Flag(_) | Given::Day(_) | Given::Other(_)) {
        return Err(Refusal::type_of(expected));
    }
    let number = whole(given);
    if let (None, Given::Text(text)) = (number, given)
        && !digits(text).starts_with(|letter: char| letter.is_ascii_digit() || letter == '-')
    {
        return Err(Refusal::type_of(expected));
    }
    let count = number.and_then(|number| u32::try_from(number).ok()).filter(|count| *count <= most);
    count.ok_or_else(|| Refusal::value(format!("{expected} was expected"), expected))
}

/// Reads an amount of baht, of which none is above `most`.
pub(super) fn money(given: Given<'_>, most: Option<u32>) -> Result<Baht, Refusal> {
    let text = match given {
        Given::Text(text) => text.chars().map(european).collect(),
        // An amount has no more than two decimals: those behind them are zeros or refused.
        Given::Whole(_) | Given::Decimal { .. } | Given::Float(_) => given.decimal_text().unwrap_or_default(),
        _ => return Err(Refusal::type_of("an amount in baht, as text or a number")),
    };
    let baht = Baht::parse(text.trim()).map_err(|error| Refusal::value(error.to_string(), error.expected()))?;
    let most = most.unwrap_or(MOST_BAHT);
    if baht.satang() > i64::from(most).saturating_mul(100) {
        let expected = format!("an amount of at most {most} baht");
        return Err(Refusal::value(format!("{expected} was expected"), expected));
    }
    Ok(baht)
}

/// Reads a place, as its number in the code list. The province, where it is known, tells districts of one name apart.
pub(super) fn place(text: &str, kind: PlaceKind, layout: &Layout, fact: &str, province: Option<u16>) -> Result<u16, FactError> {
    let (list, expected) = match kind {
        PlaceKind::Province => ("province", "the code or name of a province, such as `50` or `เชียงใหม่`"),
        PlaceKind::District => ("district", "the code or name of a district, such as `5001` or `เมืองเชียงใหม่`"),
    };
    let typed: String = text.trim().chars().map(european).collect();
    if !typed.is_empty() && typed.bytes().all(|byte| byte.is_ascii_digit()) {
        // Code lists stand in every layout, names only in a rulebook's.
        let known = layout.list(list).and_then(|list| list.index(&typed));
        let form = match kind {
            PlaceKind::Province => crate::values::Province::parse(&typed).err(),
            PlaceKind::District => crate::values::District::parse(&typed).err(),
        };
        return match (known, form) {
            (Some(place), _) => Ok(place),
            (None, Some(error)) => Err(FactError::impossible(fact, shown(text), &error, error.expected())),
            (None, None) => Err(FactError::UnknownCode {
                fact: fact.to_owned(),
                value: shown(text),
                list: list.to_owned(),
                nearest: None,
            }),
        };
    }
    match layout.places.find(kind, text, province) {
        Found::One(place) => Ok(place),
        Found::Several(places) => {
            let codes: Vec<&str> = places
                .iter()
                .filter_map(|place| layout.places.code(kind, *place))
                .take(6)
                .map(|code| code.as_str())
                .collect();
            let more = if places.len() > codes.len() { " …" } else { "" };
            Err(FactError::impossible(
                fact,
                shown(text),
                format!("{} districts have this name ({}{more})", places.len(), codes.join(", ")),
                "the code of the district, or its province beside its name",
            ))
        }
        Found::None(_) if typed.is_empty() => Err(FactError::impossible(fact, "", "it is empty", expected)),
        Found::None(nearest) => Err(FactError::UnknownCode {
            fact: fact.to_owned(),
            value: shown(text),
            list: list.to_owned(),
            nearest: nearest.map(|name| name.to_string()),
        }),
    }
}

/// Reads a code of a list, as its number.
pub(super) fn code(text: &str, list: Option<&super::CodeList>, fact: &str) -> Result<u16, FactError> {
    let unknown = |list: &str, nearest: Option<&str>| FactError::UnknownCode {
        fact: fact.to_owned(),
        value: shown(text),
        list: list.to_owned(),
        nearest: nearest.map(str::to_owned),
    };
    let list = list.ok_or_else(|| unknown("", None))?;
    // Spaces around a code are nobody's meaning.
    list.index(text.trim())
        .ok_or_else(|| unknown(&list.id, nearest(text, list.codes.iter().map(AsRef::as_ref))))
}

/// The greatest count, or amount in whole baht, that a fact of a rulebook may have; nothing where the list of facts states none.
pub(crate) fn most_of(info: &FactInfo) -> Option<u32> {
    let (prefix, field) = info.name.split_once('.').unwrap_or(("", &info.name));
    let found = |prefix: &str, field: &str| {
        let group = GROUPS.iter().filter(move |group| group.prefix == prefix);
        group.flat_map(|group| group.facts).find(|fact| fact.name == field)
    };
    // Of a family, such as paid months by scheme, the bound stands with the family.
    let stated = found(prefix, field).or_else(|| found("", prefix)).and_then(|fact| fact.most);
    match info.kind {
        FactKind::Money | FactKind::Wages => stated.or(Some(MOST_BAHT)),
        _ => stated,
    }
}

/// Reads the text of a date in the form that its column names; by any form where the name is none of a form.
///
/// # Errors
/// [`FactError::Impossible`] where the text is no such date.
pub fn read_date(text: &str, form: &str, fact: &str) -> Result<PartialDate, FactError> {
    let given = Given::Text(text);
    date(given, DateForm::named(form).unwrap_or_default()).map_err(|refusal| refusal.of(fact, given))
}

/// The oldest age that a file can tell; a larger number is a code for something else.
const OLDEST: u32 = 120;

/// Reads full years of age on a day, or on one of some days, as the days of birth that are then possible.
pub(crate) fn born(given: Given<'_>, on: PartialDate, name: &str) -> Result<Value, FactError> {
    let expected = || format!("an age of full years, at most {OLDEST}; name codes of no answer in `no_answer`");
    let age = count(given, Some(OLDEST)).map_err(|refusal| match refusal.of(name, given) {
        FactError::Impossible { fact, value, .. } => FactError::Impossible {
            fact,
            value,
            reason: format!("{} was expected", expected()),
            expected: expected(),
        },
        other => other,
    })?;
    let births = on.births(age);
    let births = births.ok_or_else(|| FactError::impossible(name, age, format!("{} was expected", expected()), expected()))?;
    Ok(Value::Span(births.first().days().into(), births.last().days().into()))
}

/// Reads how many jobs a person has; otherwise what was expected.
pub(crate) fn jobs_counted(given: Given<'_>) -> Result<usize, String> {
    let most = u32::try_from(MOST_JOBS).ok();
    let told = count(given, most).ok().and_then(|count| usize::try_from(count).ok());
    told.ok_or_else(|| format!("a number of jobs, {}", expected_count(most)))
}

/// Reads a day that is no fact of a person, such as the day asked about, under the name that errors give it.
pub(crate) fn day_asked(given: Given<'_>, form: DateForm, name: &str) -> Result<Value, FactError> {
    let date = date(given, form).map_err(|refusal| refusal.of(name, given))?;
    Ok(Value::Span(date.first().days().into(), date.last().days().into()))
}

/// Reads the values of one fact of a rulebook.
///
/// # Example
/// ```
/// use sitthi::facts::{DateForm, FactReader, Given, Value};
/// let rulebook = sitthi::Rulebook::built_in();
/// let layout = &rulebook.book().program.layout;
/// let fact = layout.fact_number("job.province").unwrap();
/// let reader = FactReader::of(layout, fact).unwrap();
/// let read = |text| reader.read(Given::Text(text), DateForm::Any, None);
/// assert_eq!(read("Chonburi")?, read("20")?);
/// assert!(read("Chonbury").is_err());
/// # Ok::<(), sitthi::FactError>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct FactReader<'a> {
    layout: &'a Layout,
    info: &'a FactInfo,
    kind: FactKind,
    most: Option<u32>,
    name: &'a str,
}

impl<'a> FactReader<'a> {
    /// The reader of a fact; nothing where the layout has no such fact.
    #[must_use]
    pub fn of(layout: &'a Layout, fact: FactId) -> Option<Self> {
        let info = layout.fact(fact)?;
        Some(Self {
            layout,
            info,
            kind: info.kind,
            most: most_of(info),
            name: &info.name,
        })
    }

    /// The reader of a count of paid months, of which none is above `most`: the length of the window, where it has one.
    #[must_use]
    pub fn counting(self, most: Option<u32>) -> Self {
        Self {
            kind: FactKind::Count,
            most: most.or(self.most),
            ..self
        }
    }

    /// The reader under the name that errors give the fact, such as that of a column.
    #[must_use]
    pub fn named(self, name: &'a str) -> Self {
        Self { name, ..self }
    }

    /// The type that is read.
    #[must_use]
    pub fn kind(&self) -> FactKind {
        self.kind
    }

    /// The greatest count, or amount in whole baht, that a value may have.
    #[must_use]
    pub fn most(&self) -> Option<u32> {
        self.most
    }

    /// What a number of this fact is, in words that follow "expected".
    #[must_use]
    pub fn expected_number(&self) -> String {
        match self.kind {
            FactKind::Money => {
                let most = self.most.unwrap_or(MOST_BAHT);
                format!("an amount of baht, not negative, exact to the satang and at most {most}")
            }
            _ => expected_count(self.most),
        }
    }

    /// Reads one value. A float that is not a number is not known.
    ///
    /// `province` is the number of the province in which a district lies, where it is known.
    ///
    /// # Errors
    /// A value of the wrong type, that cannot be, is above the bound of the fact, or is no code or name of its list; its text is the value as
    /// given.
    pub fn read(&self, given: Given<'_>, form: DateForm, province: Option<u16>) -> Result<Value, FactError> {
        if matches!(given, Given::Float(float) if float.is_nan()) {
            return Ok(Value::Unknown);
        }
        let refused = |refusal: Refusal| refusal.of(self.name, given);
        let list = || self.info.list.and_then(|list| self.layout.lists.get(usize::from(list)));
        match (self.kind, given) {
            (FactKind::YesNo, _) => flag(given).map(Value::Flag).map_err(refused),
            (FactKind::Date, _) => date(given, form)
                .map(|date| Value::Span(date.first().days().into(), date.last().days().into()))
                .map_err(refused),
            (FactKind::Count, _) => count(given, self.most).map(|count| Value::exact(count.into())).map_err(refused),
            (FactKind::Money, _) => money(given, self.most).map(|baht| Value::exact(baht.satang())).map_err(refused),
            (FactKind::Code, Given::Text(text)) => code(text, list(), self.name).map(Value::Code),
            (FactKind::Code, _) => Err(refused(Refusal::type_of("a code as text"))),
            (FactKind::Province | FactKind::District, Given::Text(text)) => self.place(text, province),
            (FactKind::Province | FactKind::District, _) => match whole(given) {
                Some(number) => self.place(&number.to_string(), province),
                None => Err(refused(Refusal::type_of(if self.kind == FactKind::Province {
                    "the code or name of a province"
                } else {
                    "the code or name of a district"
                }))),
            },
            _ => Err(refused(Refusal::type_of("a fact that one value tells"))),
        }
    }

    fn place(&self, text: &str, province: Option<u16>) -> Result<Value, FactError> {
        let kind = if self.kind == FactKind::Province {
            PlaceKind::Province
        } else {
            PlaceKind::District
        };
        place(text, kind, self.layout, self.name, province).map(Value::Code)
    }
}

/// The number of the province that is told beside a district: the province fact of the same name and the same job.
pub(super) fn province_beside(subject: &Subject, layout: &Layout, district: &FactInfo, scope: Scope) -> Option<u16> {
    let name = format!("{}province", district.name.strip_suffix("district")?);
    match subject.value(layout, layout.fact_number(&name)?, scope) {
        Value::Code(province) => Some(*province),
        _ => None,
    }
}
