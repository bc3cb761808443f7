//! Runs the examples of plan files.

use serde_json::{Map, Value};

use crate::plan::{Areas, Better, Decimal, Plan, PlanError, PlanInput, RowStatus, Scale, Scorecard, ScorecardRow, score, score_on};
use crate::values::{Date, nearest};

use super::expect::Miss;

/// Runs an example of a plan: `given` is a day (`today`) and an input, `expect` what rows must say. Returns what differs.
///
/// # Errors
/// The example cannot be read, or the plan not be scored with it.
pub(super) fn check_example(plan: &Plan, areas: &Areas<'_>, given: &Value, expect: &Value) -> Result<Vec<Miss>, PlanError> {
    let mut given = given
        .as_object()
        .cloned()
        .ok_or_else(|| PlanError::input("given", "no table", "a table"))?;
    let today = given.remove("today");
    let on: Date = today
        .as_ref()
        .and_then(Value::as_str)
        .and_then(|day| day.parse().ok())
        .ok_or_else(|| {
            PlanError::input(
                "given.today",
                today.map_or_else(|| "nothing".to_owned(), |value| value.to_string()),
                "a day",
            )
        })?;
    let input = PlanInput::from_value(plan, areas, &Value::Object(given))?;
    let scorecard = score(plan, areas, &input, on)?;
    let mut differs = Vec::new();
    for (name, expect) in expect.as_object().into_iter().flatten() {
        let whole = match name.as_str() {
            "total" => serde_json::to_value(&scorecard.total).ok(),
            "scorecard" => serde_json::to_value(&scorecard).ok(),
            "strategies" => Some(strategies(&scorecard)),
            _ => None,
        };
        if let Some(whole) = whole {
            fields(name, expect, &whole, &mut differs);
            continue;
        }
        let Some(row) = scorecard.rows.iter().find(|row| &row.indicator == name) else {
            let names = plan.indicators.iter().map(|indicator| indicator.id.as_str());
            differs.push(unknown("expect", name, names.chain(["scorecard", "strategies", "total"])));
            continue;
        };
        let shown = serde_json::to_value(row).unwrap_or_default();
        let keys: Vec<&str> = shown
            .as_object()
            .into_iter()
            .flatten()
            .map(|(key, _)| key.as_str())
            .chain(SHORT)
            .collect();
        compare(name, expect.as_object(), |key| seen(row, key), &keys, &mut differs);
    }
    Ok(differs)
}

/// What an example may name of a row beside its fields.
const SHORT: [&str; 14] = [
    "value",
    "between",
    "percent",
    "percent_between",
    "percent_rule",
    "score_between",
    "other",
    "other_percent",
    "trend",
    "change",
    "change_between",
    "because",
    "to_date",
    "reached",
];

/// The totals of strategies by the id of each.
fn strategies(scorecard: &Scorecard) -> Value {
    let totals = scorecard.strategies.iter().filter_map(|strategy| {
        let mut total = serde_json::to_value(&strategy.total).ok()?;
        let fields = total.as_object_mut()?;
        fields.insert("th".to_owned(), strategy.th.clone().into());
        fields.insert("en".to_owned(), strategy.en.clone().into());
        Some((strategy.strategy.clone(), total))
    });
    Value::Object(totals.collect())
}

/// Compares the fields of what was found, and of what stands in it.
fn fields(name: &str, expect: &Value, found: &Value, differs: &mut Vec<Miss>) {
    let keys: Vec<&str> = found.as_object().into_iter().flatten().map(|(key, _)| key.as_str()).collect();
    compare(name, expect.as_object(), |key| found.get(key).cloned(), &keys, differs);
}

fn unknown<'a>(key: &str, name: &str, known: impl Iterator<Item = &'a str>) -> Miss {
    Miss::Unknown {
        key: key.to_owned(),
        name: name.to_owned(),
        nearest: nearest(name, known).map(ToOwned::to_owned),
    }
}

fn compare(name: &str, expect: Option<&Map<String, Value>>, seen: impl Fn(&str) -> Option<Value>, keys: &[&str], differs: &mut Vec<Miss>) {
    for (key, wanted) in expect.into_iter().flatten() {
        match seen(key) {
            None => differs.push(unknown(name, key, keys.iter().copied())),
            Some(found) if found.is_object() && wanted.is_object() => fields(&format!("{name}.{key}"), wanted, &found, differs),
            Some(found) if !same(&found, wanted) => differs.push(Miss::Differs {
                key: format!("{name}.{key}"),
                expected: wanted.clone(),
                found,
            }),
            Some(_) => {}
        }
    }
}

fn same(found: &Value, wanted: &Value) -> bool {
    let number = |value: &Value| match value {
        Value::String(text) => text.parse::<Decimal>().ok(),
        Value::Number(number) => number.as_i64().map(Decimal::from),
        _ => None,
    };
    match (found, wanted) {
        (Value::Null, Value::String(text)) => text == "none",
        (Value::Array(found), Value::Array(wanted)) => {
            found.len() == wanted.len() && found.iter().zip(wanted).all(|(found, wanted)| same(found, wanted))
        }
        _ => found == wanted || number(found).is_some_and(|found| number(wanted) == Some(found)),
    }
}

/// What a row says under a key of an example.
fn seen(row: &ScorecardRow, key: &str) -> Option<Value> {
    let value = serde_json::to_value(row).unwrap_or_default();
    let of = |reading: &str, key: &str| value.get(reading).and_then(|reading| reading.get(key)).cloned().unwrap_or_default();
    Some(match key {
        "value" | "between" | "percent" | "percent_between" | "percent_rule" | "score_between" => of("lead", key),
        "other" => of("other", "value"),
        "other_percent" => of("other", "percent"),
        "trend" => value
            .get("trend")
            .and_then(|trend| trend.get("direction"))
            .cloned()
            .unwrap_or_default(),
        "change" | "change_between" => of("trend", key),
        "because" => value.get("why_no_score").cloned().unwrap_or_default(),
        "to_date" => value.get("to_date").and_then(|sum| sum.get("percent")).cloned().unwrap_or_default(),
        "reached" => Value::from(match (row.status, row.lead.as_ref().and_then(|lead| lead.reached)) {
            (RowStatus::Disputed, _) => "disputed",
            (_, Some(true)) => "yes",
            (_, Some(false)) => "no",
            (_, None) => "unknown",
        }),
        _ => value.get(key).cloned()?,
    })
}

/// Runs an example of a scale: `given` has `better`, `breakpoints` and `value`, `expect` the `score`. Returns what differs.
///
/// # Errors
/// The example cannot be read, or the breakpoints do not fit.
pub(super) fn check_scale_example(scale: &Scale, given: &Value, expect: &Value) -> Result<Vec<Miss>, PlanError> {
    let better = match given.get("better").and_then(Value::as_str) {
        Some("up") => Better::Up,
        Some("down") => Better::Down,
        _ => return Err(PlanError::input("given.better", "neither", "`up` or `down`")),
    };
    let number = |at: &str, value: Option<&Value>| {
        let text = value
            .map(|value| value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned))
            .unwrap_or_default();
        text.parse::<Decimal>()
            .map_err(|error| PlanError::input(at, error.to_string(), "a number"))
    };
    let breakpoints = given.get("breakpoints").and_then(Value::as_array).into_iter().flatten();
    let breakpoints: Vec<Decimal> = breakpoints
        .map(|value| number("given.breakpoints", Some(value)))
        .collect::<Result<_, _>>()?;
    let value = number("given.value", given.get("value"))?;
    let found = score_on(scale, &breakpoints, better, value.exact())?;
    let wanted = number("expect.score", expect.get("score"))?;
    let keys = expect.as_object().into_iter().flatten().map(|(key, _)| key.as_str());
    let mut differs: Vec<Miss> = keys
        .filter(|key| *key != "score")
        .map(|key| unknown("expect", key, ["score"].into_iter()))
        .collect();
    if found != wanted {
        differs.push(Miss::Differs {
            key: "score".to_owned(),
            expected: wanted.to_string().into(),
            found: found.to_string().into(),
        });
    }
    Ok(differs)
}
