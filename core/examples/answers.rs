//! Writes what the built-in rulebook answers about drawn workers and complaints, one JSON line each: taken before and after a change of
//! the engine, the two files show every byte that the change moved.
//!
//! ```text
//! cargo run --release -p sitthi --example answers -- 3000 > before.jsonl
//! ```
#![allow(clippy::print_stdout, reason = "this is what the program is for")]
#![allow(clippy::arithmetic_side_effects, reason = "small numbers that are drawn here")]

use std::io::{self, Write};

use serde_json::{Map, Value as Json, json};
use sitthi::facts::{Claim, FactDefinition, FactKind, Group, Job};
use sitthi::{Complaint, Date, Error, ErrorCode, Rulebook, Worker};

/// Numbers from a seed, the same on every machine (splitmix64).
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)).checked_rem(end).unwrap_or(0)
    }

    fn days(&mut self, end: u64) -> i32 {
        i32::try_from(self.below(end)).unwrap_or(0)
    }

    /// A day near the one asked about, years before it, or any.
    fn day(&mut self, on: Date) -> Option<Date> {
        match self.below(4) {
            0 => on.add_days(self.days(800).saturating_neg()),
            1 => on.add_months(self.days(70).saturating_mul(-12)),
            2 => on.add_days(self.days(60)),
            _ => Date::from_days(self.days(21_000)),
        }
    }
}

fn codes(rulebook: &Rulebook, list: Option<&str>) -> Vec<String> {
    let layout = &rulebook.book().program.layout;
    let list = list.and_then(|list| layout.list(list));
    list.map_or_else(Vec::new, |list| list.codes.iter().map(ToString::to_string).collect())
}

fn code(rulebook: &Rulebook, draw: &mut Draw, list: Option<&str>) -> Json {
    let codes = codes(rulebook, list);
    let at = usize::try_from(draw.below(codes.len().try_into().unwrap_or(1))).unwrap_or(0);
    codes.get(at).map_or(Json::Null, |code| json!(code))
}

/// The facts of a group, each known with the probability `known` in 8.
fn group(rulebook: &Rulebook, draw: &mut Draw, on: Date, group: &Group, known: u64) -> Json {
    let mut facts = Map::new();
    for fact in group.facts {
        if draw.below(8) < known {
            let value = value(rulebook, draw, on, fact, known);
            if !value.is_null() {
                facts.insert(fact.name.to_owned(), value);
            }
        }
    }
    Json::Object(facts)
}

fn value(rulebook: &Rulebook, draw: &mut Draw, on: Date, fact: &FactDefinition, known: u64) -> Json {
    match fact.kind {
        FactKind::YesNo => json!(draw.below(2) == 0),
        FactKind::Date => draw.day(on).map_or(Json::Null, |day| {
            let text = day.to_string();
            let length = [4, 7, 10, 10, 10].get(usize::try_from(draw.below(5)).unwrap_or(0)).copied();
            json!(text.get(..length.unwrap_or(10)))
        }),
        FactKind::Code => code(rulebook, draw, fact.list),
        FactKind::Count => {
            let end = if draw.below(2) == 0 { 16 } else { 240 };
            let most = fact.most.map_or(u64::MAX, u64::from);
            json!(draw.below(end).min(most))
        }
        FactKind::Money => json!(draw.below(40_000)),
        FactKind::Province => code(rulebook, draw, Some("province")),
        FactKind::District => code(rulebook, draw, Some("district")),
        FactKind::Wages => (0..draw.below(20)).map(|_| json!(1650 + draw.below(20_000))).collect(),
        FactKind::Family => {
            let codes = codes(rulebook, fact.list);
            let told = codes
                .into_iter()
                .filter_map(|code| (draw.below(3) > 0).then(|| (code, json!(draw.below(4) == 0))));
            Json::Object(told.collect())
        }
        FactKind::PaidMonths => {
            let mut told = Map::new();
            for code in codes(rulebook, fact.list) {
                if draw.below(2) == 0 {
                    let last = on.month().index();
                    let paid = (0..70)
                        .filter(|_| draw.below(3) > 0)
                        .filter_map(|back| Some(json!(sitthi::Month::from_index(last - back)?.to_string())));
                    told.insert(code, paid.collect());
                }
            }
            Json::Object(told)
        }
        FactKind::Jobs => (0..draw.below(3)).map(|_| group(rulebook, draw, on, &Job::GROUP, known)).collect(),
        FactKind::TheJob => group(rulebook, draw, on, &Job::GROUP, known),
        FactKind::TheClaim => group(rulebook, draw, on, &Claim::GROUP, known),
        FactKind::Declared => Json::Null,
    }
}

/// Takes away a fact by its place in an error, such as `jobs[0].ended_on`.
fn forget(facts: &mut Json, place: &str) {
    let (head, rest) = place.split_once('.').unwrap_or((place, ""));
    let (name, number) = head.split_once('[').unwrap_or((head, ""));
    let number: Option<usize> = number.trim_end_matches(']').parse().ok();
    let Some(object) = facts.as_object_mut() else { return };
    let inner = object.get_mut(name).and_then(|value| match number {
        Some(number) => value.get_mut(number),
        None => Some(value),
    });
    match inner {
        Some(inner) if !rest.is_empty() && inner.is_object() => forget(inner, rest),
        _ => drop(object.remove(name)),
    }
}

/// Answers about drawn facts; what contradicts another fact is taken away until nothing does.
fn answer<T>(facts: &mut Json, ask: impl Fn(&Json) -> Result<T, Error>) -> Result<T, Error> {
    for _ in 0..200 {
        match ask(facts) {
            Err(error) if error.code() == ErrorCode::Contradiction => forget(facts, &error.field().unwrap_or_default()),
            answered => return answered,
        }
    }
    ask(facts)
}

fn main() -> io::Result<()> {
    let count = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(1_000_u64);
    let rulebook = Rulebook::built_in();
    let mut out = io::BufWriter::new(io::stdout().lock());
    for seed in 0..count {
        let mut draw = Draw(seed);
        let Some(on) = Date::from_days(14_975 + draw.days(6_200)) else {
            continue;
        };
        let law = rulebook.on(on);
        let known = 1 + draw.below(8);
        let mut facts = group(&rulebook, &mut draw, on, &Worker::GROUP, known);
        let answers = answer(&mut facts, |facts| {
            let worker = Worker::from_value(facts)?;
            Ok((law.assess(&worker)?.to_json(), law.classify(&worker)?.to_json()))
        });
        match answers {
            Ok((coverage, classes)) => writeln!(out, "worker {seed} {on} {coverage} {classes}")?,
            Err(error) => writeln!(out, "worker {seed} {on} {}", error.to_json())?,
        }
        let mut facts = group(&rulebook, &mut draw, on, &Complaint::GROUP, known);
        let routed = answer(&mut facts, |facts| Ok(law.route(&Complaint::from_value(facts)?)?.to_json()));
        writeln!(out, "complaint {seed} {on} {}", routed.unwrap_or_else(|error| error.to_json()))?;
    }
    out.flush()
}
