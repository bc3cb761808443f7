//! What the user gives to a plan: the year asked about, own targets, own values, weights.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::areas::{Areas, KINGDOM};
use super::error::PlanError;
use super::model::{Baseline, Better, Indicator, Plan, Point, PointState, Said, Target};
use super::number::{Decimal, NumberError};
use super::period::{Part, Period};
use super::year::YearKind;
use crate::facts::read_json;
use crate::values::{Date, shown};

/// What becomes of an indicator without a score when scores are rolled up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum MissingScore {
    /// It leaves the total open; the mean of the others is shown beside it.
    #[default]
    Open,
    /// It counts as zero, because the user says so.
    Zero,
}

/// What the user gives to a plan; everything may be left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlanInput {
    /// The year asked about (Buddhist era), in each indicator's own kind of year.
    pub year: Option<i32>,
    /// The fiscal year asked about: fiscal indicators of that year, others as of a day inside it.
    pub fiscal_year: Option<i32>,
    /// Values that became known later than this day are left out.
    pub as_of: Option<Date>,
    /// The codes of the areas that values by area must cover; none of them lies in another.
    pub areas: Vec<String>,
    /// The user's own targets, by indicator; they replace the plan's.
    pub targets: BTreeMap<String, Vec<Target>>,
    /// The user's own values, by indicator; they replace the published ones of the same period.
    pub values: BTreeMap<String, Vec<GivenValue>>,
    /// The user's own weights, by indicator.
    pub weights: BTreeMap<String, Decimal>,
    /// Indicators that were withdrawn: shown, and left out of totals.
    pub withdrawn: BTreeSet<String>,
    /// What becomes of an indicator without a score.
    pub missing: MissingScore,
}

/// A value of the user's own.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct GivenValue {
    /// The reading it belongs to, where the indicator has two.
    pub measure: Option<String>,
    /// The value; without a period it is of the period asked about, and of no other.
    pub point: Point,
}

/// The keys of the input.
pub(crate) const INPUT_KEYS: [&str; 9] = [
    "year",
    "fiscal_year",
    "as_of",
    "areas",
    "targets",
    "values",
    "weights",
    "withdrawn",
    "missing",
];

/// The keys of a target of the user's own.
pub(crate) const TARGET_KEYS: [&str; 10] = [
    "value",
    "low",
    "high",
    "approximate",
    "precision",
    "breakpoints",
    "scale",
    "baseline",
    "period",
    "approved_on",
];

/// The keys of a value of the user's own.
pub(crate) const VALUE_KEYS: [&str; 15] = [
    "value",
    "of",
    "over",
    "period",
    "area",
    "as_of",
    "over_as_of",
    "known_on",
    "low",
    "high",
    "approximate",
    "precision",
    "over_precision",
    "provisional",
    "measure",
];

impl PlanInput {
    /// Reads the input from JSON text; every name is checked against the plan, every area against `areas`.
    ///
    /// # Errors
    /// The text is not JSON, a name stands twice in one object, or something in it is not what it must be: the error names the place, what was
    /// found and what would be right.
    pub fn from_json(plan: &Plan, areas: &Areas<'_>, text: &str) -> Result<Self, PlanError> {
        Self::from_value(plan, areas, &read_json(text)?)
    }

    /// Reads the input from a JSON value; every name is checked against the plan.
    ///
    /// # Errors
    /// As for [`PlanInput::from_json`].
    pub fn from_value(plan: &Plan, areas: &Areas<'_>, value: &Value) -> Result<Self, PlanError> {
        let reader = Reader { plan, areas };
        let map = object(value, "input", &INPUT_KEYS)?;
        let mut input = Self {
            year: year(map, "year")?,
            fiscal_year: year(map, "fiscal_year")?,
            as_of: day(map, "", "as_of")?,
            areas: reader.areas(texts(map, "areas")?)?,
            missing: match text(map, "", "missing")?.as_deref() {
                None | Some("open") => MissingScore::Open,
                Some("zero") => MissingScore::Zero,
                Some(other) => return Err(PlanError::name("missing", other, "`open` or `zero`", ["open", "zero"])),
            },
            ..Self::default()
        };
        for (indicator, value) in entries(map, "targets")? {
            let at = format!("targets.{indicator}");
            let of = reader.indicator(&at, indicator)?;
            let targets = many(value)
                .into_iter()
                .enumerate()
                .map(|(number, value)| reader.target(&numbered(&at, value.1, number), of, value.0));
            let targets: Vec<Target> = targets.collect::<Result<_, _>>()?;
            let key = |target: &Target| {
                let period = target.period.map(|period| of.round(period));
                let told = told(of, period, target.approved_on.map(|day| format!("approved on {day}")));
                Some(((period.map(Period::months), target.approved_on), told))
            };
            twice(&at, &targets, key)?;
            input.targets.insert(indicator.clone(), targets);
        }
        for (indicator, value) in entries(map, "values")? {
            let at = format!("values.{indicator}");
            let of = reader.indicator(&at, indicator)?;
            let values = many(value)
                .into_iter()
                .enumerate()
                .map(|(number, value)| reader.value(&numbered(&at, value.1, number), of, value.0));
            let values: Vec<GivenValue> = values.collect::<Result<_, _>>()?;
            refuse_twice(of, &values, |given| given.point.period.map(|period| of.round(period)))?;
            reader.refuse_overlaps(&at, of, &values, &input.areas)?;
            input.values.insert(indicator.clone(), values);
        }
        for (indicator, value) in entries(map, "weights")? {
            let at = format!("weights.{indicator}");
            reader.indicator(&at, indicator)?;
            let weight = decimal(&at, value)?;
            if weight < Decimal::ZERO {
                return Err(PlanError::input(at, weight.to_string(), "zero or more"));
            }
            input.weights.insert(indicator.clone(), weight);
        }
        for indicator in texts(map, "withdrawn")? {
            reader.indicator("withdrawn", &indicator)?;
            input.withdrawn.insert(indicator);
        }
        Ok(input)
    }
}

/// What two things of one indicator tell, in words.
fn told(indicator: &Indicator, period: Option<Period>, more: Option<String>) -> String {
    let period = period.map_or_else(|| "the period asked about".to_owned(), |period| period.to_string());
    let more = more.map_or_else(String::new, |more| format!(", {more}"));
    format!("`{}` of {period}{more}", indicator.id)
}

/// Refuses two things of a list that tell the same, by their keys; `key` also says in words what is told.
fn twice<T, K: Ord>(at: &str, list: &[T], key: impl Fn(&T) -> Option<(K, String)>) -> Result<(), PlanError> {
    let mut seen = BTreeMap::new();
    for (number, one) in list.iter().enumerate() {
        let Some((key, of)) = key(one) else { continue };
        if let Some(first) = seen.insert(key, number) {
            return Err(PlanError::Twice {
                at: numbered(at, true, number),
                first: numbered(at, true, first),
                of,
            });
        }
    }
    Ok(())
}

/// Refuses two values of one reading, period, area, day and day of publication. `period` gives the period of a value; what has none is of
/// the period that will be asked about.
///
/// # Errors
/// [`PlanError::Twice`], with the places of both.
pub(crate) fn refuse_twice(
    indicator: &Indicator,
    values: &[GivenValue],
    period: impl Fn(&GivenValue) -> Option<Period>,
) -> Result<(), PlanError> {
    twice(&format!("values.{}", indicator.id), values, |given| {
        let point = &given.point;
        let period = period(given);
        let measure = given.measure.as_ref().filter(|name| indicator.lead.name.as_ref() != Some(*name));
        let words = [
            point.area.as_ref().map(|area| format!("area `{area}`")),
            measure.map(|name| format!("counted as `{name}`")),
            point.as_of.map(|day| format!("as of {day}")),
            point.known_on.map(|day| format!("published on {day}")),
        ];
        let words: Vec<String> = words.into_iter().flatten().collect();
        let of = told(indicator, period, Some(words.join(", ")).filter(|words| !words.is_empty()));
        let key = (
            measure.cloned(),
            period.map(Period::months),
            point.area.clone(),
            point.as_of,
            point.known_on,
        );
        Some((key, of))
    })
}

struct Reader<'a> {
    plan: &'a Plan,
    areas: &'a Areas<'a>,
}

impl Reader<'_> {
    fn indicator(&self, at: &str, id: &str) -> Result<&Indicator, PlanError> {
        let names = || self.plan.indicators.iter().map(|indicator| indicator.id.as_str());
        self.plan
            .indicators
            .iter()
            .find(|indicator| indicator.id == id)
            .ok_or_else(|| PlanError::name(at, id, &format!("an indicator of `{}`", self.plan.id), names()))
    }

    /// A code of an area.
    fn known(&self, at: &str, code: &str) -> Result<(), PlanError> {
        if self.areas.has(code) {
            return Ok(());
        }
        Err(PlanError::Input {
            at: at.to_owned(),
            found: format!("`{code}`"),
            expected: "the code of an area: `kingdom`, a region, a province of two digits or a district of four".to_owned(),
            nearest: self.areas.nearest(code).map(ToOwned::to_owned),
        })
    }

    /// The areas to be covered: each known, none in another.
    fn areas(&self, codes: Vec<String>) -> Result<Vec<String>, PlanError> {
        for (number, code) in codes.iter().enumerate() {
            self.known(&format!("areas[{number}]"), code)?;
        }
        let list: Vec<&str> = codes.iter().map(String::as_str).collect();
        self.disjoint(&list, |number| format!("areas[{number}]"))?;
        Ok(codes)
    }

    fn disjoint(&self, codes: &[&str], at: impl Fn(usize) -> String) -> Result<(), PlanError> {
        let Some((part, whole)) = self.areas.overlap(codes) else {
            return Ok(());
        };
        let code = |place: usize| codes.get(place).map(|code| (*code).to_owned()).unwrap_or_default();
        Err(PlanError::Overlap {
            at: at(part),
            area: code(part),
            of: at(whole),
            within: code(whole),
        })
    }

    /// The area of a value; none where it is all that the indicator is about.
    fn area(&self, at: &str, indicator: &Indicator, code: Option<String>) -> Result<Option<String>, PlanError> {
        let Some(code) = code else { return Ok(None) };
        let at = path(at, "area");
        self.known(&at, &code)?;
        let whole = indicator.area.as_deref().unwrap_or(KINGDOM);
        if code == whole {
            return Ok(None);
        }
        if !self.areas.holds(whole, &code) {
            let expected = format!("an area inside `{whole}`, which `{}` is about", indicator.id);
            return Err(PlanError::input(at, format!("`{code}`"), expected));
        }
        Ok(Some(code))
    }

    /// Refuses values of one reading and period whose areas overlap, where they would be put together.
    fn refuse_overlaps(&self, at: &str, indicator: &Indicator, values: &[GivenValue], wanted: &[String]) -> Result<(), PlanError> {
        let mut together: BTreeMap<_, Vec<(usize, &str)>> = BTreeMap::new();
        for (number, given) in values.iter().enumerate() {
            let Some(area) = given.point.area.as_deref() else { continue };
            if wanted.is_empty() || wanted.iter().any(|code| code == area) {
                let period = given.point.period.map(|period| indicator.round(period).months());
                let of = together.entry((&given.measure, period)).or_default();
                if !of.iter().any(|(_, known)| *known == area) {
                    of.push((number, area));
                }
            }
        }
        for areas in together.values() {
            let codes: Vec<&str> = areas.iter().map(|(_, area)| *area).collect();
            let place = |number: usize| areas.get(number).map_or(0, |(place, _)| *place);
            self.disjoint(&codes, |number| numbered(at, true, place(number)))?;
        }
        Ok(())
    }

    fn target(&self, at: &str, indicator: &Indicator, value: &Value) -> Result<Target, PlanError> {
        let mut target = Target {
            id: "given".to_owned(),
            indicator: indicator.id.clone(),
            period: None,
            value: None,
            stretch: None,
            breakpoints: Vec::new(),
            scale: None,
            baseline: None,
            approved_on: None,
            approximate: false,
            between: None,
            open: None,
            note: None,
            cite: Vec::new(),
        };
        let Value::Object(_) = value else {
            let value = decimal(at, value)?;
            possible(at, indicator, value, None, Said::Aim)?;
            target.value = Some(value);
            return Ok(target);
        };
        let map = object(value, at, &TARGET_KEYS)?;
        target.period = period(map, at, indicator)?;
        target.value = optional(map, at, "value")?;
        target.approved_on = day(map, at, "approved_on")?;
        let (low, high) = (optional(map, at, "low")?, optional(map, at, "high")?);
        if low.is_some() || high.is_some() {
            let (Some(low), Some(high), None) = (low, high, target.value) else {
                return Err(PlanError::input(
                    at,
                    "half a range, or a range and a value",
                    "`low` and `high`, or `value`",
                ));
            };
            if low > high {
                return Err(PlanError::input(
                    at,
                    format!("a range from {low} to {high}"),
                    "`low` not above `high`",
                ));
            }
            (target.value, target.stretch) = match indicator.better {
                Better::Up => (Some(low), Some(high)),
                Better::Down => (Some(high), Some(low)),
            };
        }
        target.approximate = flag(map, at, "approximate")?;
        let precision = precision(map, at, "precision")?;
        if let Some(value) = target.value {
            target.between = printed(at, value, target.approximate, precision)?;
        } else if precision.is_some() || target.approximate {
            return Err(PlanError::input(at, "a precision without a value", "`value` beside it"));
        }
        target.baseline = map
            .get("baseline")
            .filter(|value| !value.is_null())
            .map(|value| baseline(&format!("{at}.baseline"), value))
            .transpose()?;
        if let Some(scale) = text(map, at, "scale")? {
            if !self.plan.scales.iter().any(|known| known.id == scale) {
                let names = self.plan.scales.iter().map(|known| known.id.as_str());
                return Err(PlanError::name(format!("{at}.scale"), &scale, "a scale", names));
            }
            target.scale = Some(scale);
        }
        if let Some(list) = map.get("breakpoints") {
            let at = format!("{at}.breakpoints");
            let list = list
                .as_array()
                .ok_or_else(|| PlanError::input(&at, describe(list), "a list of numbers"))?;
            target.breakpoints = list
                .iter()
                .enumerate()
                .map(|(number, value)| decimal(&format!("{at}[{number}]"), value))
                .collect::<Result<_, _>>()?;
        }
        if target.value.is_none() && target.breakpoints.is_empty() {
            return Err(PlanError::input(
                at,
                "a target without a value",
                "`value`, `low` and `high`, or `breakpoints`",
            ));
        }
        self.check(at, indicator, &target)?;
        for (level, said) in target.levels() {
            possible(at, indicator, level, None, said)?;
        }
        Ok(target)
    }

    fn value(&self, at: &str, indicator: &Indicator, value: &Value) -> Result<GivenValue, PlanError> {
        let Value::Object(_) = value else {
            let value = decimal(at, value)?;
            possible(at, indicator, value, None, Said::Value)?;
            return Ok(GivenValue {
                measure: None,
                point: Point::given(value, None),
            });
        };
        let map = object(value, at, &VALUE_KEYS)?;
        let mut point = match (optional(map, at, "value")?, optional(map, at, "of")?, optional(map, at, "over")?) {
            (Some(value), None, None) => Point::given(value, None),
            (None, Some(of), Some(over)) if over > Decimal::ZERO => Point::given(of, Some(over)),
            (None, Some(_), Some(over)) => return Err(PlanError::input(format!("{at}.over"), over.to_string(), "more than zero")),
            _ => return Err(PlanError::input(at, "neither or both", "`value`, or `of` and `over`")),
        };
        point.period = period(map, at, indicator)?;
        point.area = self.area(at, indicator, text(map, at, "area")?)?;
        point.as_of = day(map, at, "as_of")?;
        point.over_as_of = day(map, at, "over_as_of")?;
        point.known_on = day(map, at, "known_on")?;
        if let Some((known, of)) = point.known_on.zip(point.as_of).filter(|(known, of)| known < of) {
            return Err(PlanError::input(
                path(at, "known_on"),
                known.to_string(),
                format!("the day it is of, {of}, or later"),
            ));
        }
        bounds(map, at, indicator, &mut point)?;
        if flag(map, at, "provisional")? {
            point.state = PointState::Provisional;
        }
        let measure = text(map, at, "measure")?;
        if let Some(name) = &measure {
            let names: Vec<&str> = [Some(&indicator.lead), indicator.other.as_ref()]
                .into_iter()
                .flatten()
                .filter_map(|measure| measure.name.as_deref())
                .collect();
            if !names.contains(&name.as_str()) {
                return Err(PlanError::name(format!("{at}.measure"), name, "a reading of the indicator", names));
            }
        }
        Ok(GivenValue { measure, point })
    }

    fn check(&self, at: &str, indicator: &Indicator, target: &Target) -> Result<(), PlanError> {
        if target.scale.is_some() == target.breakpoints.is_empty() {
            return Err(PlanError::input(
                at,
                "a scale or breakpoints alone",
                "`scale` and `breakpoints` together",
            ));
        }
        let Some(scale) = self.plan.scales.iter().find(|scale| Some(&scale.id) == target.scale.as_ref()) else {
            return Ok(());
        };
        check_breakpoints(&scale.scores, &target.breakpoints, indicator.better)
            .map_err(|(found, expected)| PlanError::input(format!("{at}.breakpoints"), found, expected))
    }
}

/// Whether breakpoints fit a scale and a direction: as many as scores, each better than the one before.
///
/// # Errors
/// What was found and what would be right.
pub(crate) fn check_breakpoints(scores: &[Decimal], breakpoints: &[Decimal], better: Better) -> Result<(), (String, String)> {
    if breakpoints.len() != scores.len() {
        return Err((
            format!("{} breakpoints", breakpoints.len()),
            format!("{}, one for each score of the scale", scores.len()),
        ));
    }
    let ordered = breakpoints
        .iter()
        .zip(breakpoints.iter().skip(1))
        .all(|(first, second)| match better {
            Better::Up => first < second,
            Better::Down => first > second,
        });
    let way = match better {
        Better::Up => "rising breakpoints, since higher is better",
        Better::Down => "falling breakpoints, since lower is better",
    };
    if ordered {
        Ok(())
    } else {
        Err((
            breakpoints.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
            way.to_owned(),
        ))
    }
}

/// Reads what a value may be between: its own bounds, or the half of what it was printed to on either side.
fn bounds(map: &Map<String, Value>, at: &str, indicator: &Indicator, point: &mut Point) -> Result<(), PlanError> {
    let key = if point.over.is_some() { "of" } else { "value" };
    possible(&path(at, key), indicator, point.value, point.over, Said::Value)?;
    (point.low, point.high) = (optional(map, at, "low")?, optional(map, at, "high")?);
    for (key, bound) in [("low", point.low), ("high", point.high)] {
        if let Some(bound) = bound {
            possible(&path(at, key), indicator, bound, point.over, Said::Bound)?;
        }
    }
    if point.low.is_some_and(|low| low > point.value) || point.high.is_some_and(|high| high < point.value) {
        let found = [point.low, Some(point.value), point.high].into_iter().flatten();
        let found: Vec<String> = found.map(|number| number.to_string()).collect();
        let expected = format!("`low` not above `{key}`, `{key}` not above `high`");
        return Err(PlanError::input(at, found.join(", "), expected));
    }
    let (approximate, finest) = (flag(map, at, "approximate")?, precision(map, at, "precision")?);
    if let Some(between) = printed(at, point.value, approximate, finest)? {
        if point.low.is_some() || point.high.is_some() {
            return Err(PlanError::input(at, "bounds and a precision", "`low` and `high`, or `precision`"));
        }
        let [low, high] = indicator.possible(between, point.over);
        (point.low, point.high) = (Some(low), Some(high));
    }
    if let Some(finest) = precision(map, at, "over_precision")? {
        let Some(over) = point.over else {
            return Err(PlanError::input(path(at, "over_precision"), finest.to_string(), "`over` beside it"));
        };
        let [low, high] = over.printed_to(finest).map_err(PlanError::number(at))?;
        if low <= Decimal::ZERO {
            return Err(PlanError::input(
                path(at, "over_precision"),
                finest.to_string(),
                "less than twice `over`",
            ));
        }
        point.over_between = Some([low, high]);
    }
    Ok(())
}

/// What a number may be that is printed to some precision, or about which a source says "about": then to its last digit that is not zero.
fn printed(at: &str, value: Decimal, approximate: bool, precision: Option<Decimal>) -> Result<Option<[Decimal; 2]>, PlanError> {
    let finest = match (precision, approximate) {
        (Some(precision), _) => precision,
        (None, false) => return Ok(None),
        (None, true) => value
            .last_place()
            .ok_or_else(|| PlanError::input(path(at, "approximate"), "about zero", "`precision` beside it"))?,
    };
    value.printed_to(finest).map(Some).map_err(PlanError::number(at))
}

/// Refuses what the indicator cannot be.
fn possible(at: &str, indicator: &Indicator, value: Decimal, over: Option<Decimal>, said: Said) -> Result<(), PlanError> {
    match indicator.refuses(value, over, said) {
        None => Ok(()),
        Some(expected) => Err(PlanError::input(at, value.to_string(), expected)),
    }
}

fn baseline(at: &str, value: &Value) -> Result<Baseline, PlanError> {
    if !value.is_object() {
        let value = decimal(at, value)?;
        return Ok(Baseline {
            value,
            low: value,
            high: value,
        });
    }
    let map = object(value, at, &["value", "low", "high"])?;
    let value = optional(map, at, "value")?.ok_or_else(|| PlanError::input(at, "a baseline without a value", "`value`"))?;
    let (low, high) = (
        optional(map, at, "low")?.unwrap_or(value),
        optional(map, at, "high")?.unwrap_or(value),
    );
    if low > value || value > high {
        return Err(PlanError::input(
            at,
            format!("{low}, {value}, {high}"),
            "`low` not above `value`, `value` not above `high`",
        ));
    }
    Ok(Baseline { value, low, high })
}

fn object<'v>(value: &'v Value, at: &str, keys: &[&'static str]) -> Result<&'v Map<String, Value>, PlanError> {
    let map = value
        .as_object()
        .ok_or_else(|| PlanError::input(at, describe(value), "an object"))?;
    match map.keys().find(|key| !keys.contains(&key.as_str())) {
        Some(key) => Err(PlanError::name(
            at,
            key,
            &format!("one of {}", keys.join(", ")),
            keys.iter().copied(),
        )),
        None => Ok(map),
    }
}

fn entries<'v>(map: &'v Map<String, Value>, key: &str) -> Result<Vec<(&'v String, &'v Value)>, PlanError> {
    match map.get(key) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Object(map)) => Ok(map.iter().collect()),
        Some(other) => Err(PlanError::input(key, describe(other), "an object keyed by indicator")),
    }
}

/// One value, or each of a list; with a mark whether it was a list.
fn many(value: &Value) -> Vec<(&Value, bool)> {
    value
        .as_array()
        .map_or_else(|| vec![(value, false)], |list| list.iter().map(|value| (value, true)).collect())
}

fn numbered(at: &str, listed: bool, number: usize) -> String {
    if listed { format!("{at}[{number}]") } else { at.to_owned() }
}

fn path(at: &str, key: &str) -> String {
    if at.is_empty() { key.to_owned() } else { format!("{at}.{key}") }
}

fn year(map: &Map<String, Value>, key: &str) -> Result<Option<i32>, PlanError> {
    let Some(value) = map.get(key).filter(|value| !value.is_null()) else {
        return Ok(None);
    };
    let year = value.as_i64().and_then(|year| i32::try_from(year).ok());
    let year = year.filter(|year| Period::new(YearKind::Calendar, *year, Part::Whole).is_some());
    year.map(Some)
        .ok_or_else(|| PlanError::input(key, describe(value), "a year of the Buddhist era from 2484 to 2700"))
}

fn text(map: &Map<String, Value>, at: &str, key: &str) -> Result<Option<String>, PlanError> {
    match map.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(other) => Err(PlanError::input(path(at, key), describe(other), "text")),
    }
}

fn texts(map: &Map<String, Value>, key: &str) -> Result<Vec<String>, PlanError> {
    let list = match map.get(key) {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Array(list)) => list,
        Some(other) => return Err(PlanError::input(key, describe(other), "a list of texts")),
    };
    let text = |(number, value): (usize, &Value)| {
        value
            .as_str()
            .map(ToOwned::to_owned)
            .ok_or_else(|| PlanError::input(format!("{key}[{number}]"), describe(value), "text"))
    };
    list.iter().enumerate().map(text).collect()
}

fn day(map: &Map<String, Value>, at: &str, key: &str) -> Result<Option<Date>, PlanError> {
    let Some(text) = text(map, at, key)? else { return Ok(None) };
    Date::read(&text)
        .map(Some)
        .map_err(|error| PlanError::Day { at: path(at, key), error })
}

fn flag(map: &Map<String, Value>, at: &str, key: &str) -> Result<bool, PlanError> {
    match map.get(key) {
        None | Some(Value::Null) => Ok(false),
        Some(Value::Bool(flag)) => Ok(*flag),
        Some(other) => Err(PlanError::input(path(at, key), describe(other), "true or false")),
    }
}

/// What a number is printed to: more than zero.
fn precision(map: &Map<String, Value>, at: &str, key: &str) -> Result<Option<Decimal>, PlanError> {
    let precision = optional(map, at, key)?;
    match precision.filter(|precision| *precision <= Decimal::ZERO) {
        None => Ok(precision),
        Some(precision) => Err(PlanError::input(
            path(at, key),
            precision.to_string(),
            "more than zero, such as 100000",
        )),
    }
}

fn period(map: &Map<String, Value>, at: &str, indicator: &Indicator) -> Result<Option<Period>, PlanError> {
    let Some(text) = text(map, at, "period")? else { return Ok(None) };
    let at = path(at, "period");
    let expected = "a period such as 2567, FY2567, 2567-Q3 or FY2567-M10";
    let period: Period = text.parse().map_err(|_| PlanError::input(&at, format!("`{text}`"), expected))?;
    if period.part() == Part::Whole && period.kind() != indicator.year {
        let expected = match indicator.year {
            YearKind::Calendar => "a calendar year, such as 2567",
            YearKind::Fiscal => "a fiscal year, such as FY2567",
        };
        return Err(PlanError::input(at, format!("`{text}`"), expected));
    }
    Ok(Some(period))
}

fn optional(map: &Map<String, Value>, at: &str, key: &str) -> Result<Option<Decimal>, PlanError> {
    map.get(key)
        .filter(|value| !value.is_null())
        .map(|value| decimal(&path(at, key), value))
        .transpose()
}

/// A number: text, a whole number, or a float with at most fifteen digits, which is read by its shortest decimal text.
fn decimal(at: &str, value: &Value) -> Result<Decimal, PlanError> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) if number.as_i64().is_some() => number.to_string(),
        Value::Number(number) => {
            let text = number.to_string();
            if text.bytes().filter(u8::is_ascii_digit).count() > 15 {
                return Err(PlanError::input(at, text, "a number of at most fifteen digits, or decimal text"));
            }
            text.trim_end_matches(".0").to_owned()
        }
        other => return Err(PlanError::input(at, describe(other), "a number, or decimal text")),
    };
    text.parse().map_err(|error| {
        let expected = match error {
            NumberError::TooLarge => "a number of at most 24 digits before the point and 12 after it",
            _ => "a number, or decimal text such as \"53.4\"",
        };
        PlanError::input(at, describe(value), expected)
    })
}

fn describe(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) => format!("`{}`", shown(text)),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}
