//! Prints how many screens an interview takes, over people and complaints that are drawn from fixed seeds and answer truthfully.
//!
//! ```text
//! cargo run --release -p sitthi --example interviews -- 2000
//! ```
#![allow(clippy::print_stdout, reason = "this is what the program is for")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    missing_docs,
    reason = "small numbers that are drawn here"
)]

#[path = "../tests/common/people.rs"]
mod people;

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use sitthi::{Date, Error, Law, Rulebook};

fn line(name: &str, mut values: Vec<usize>) {
    let mean = values.iter().sum::<usize>() * 10 / values.len().max(1);
    let median = people::percentile(&mut values, 50);
    let (most, nine) = (values.last().copied().unwrap_or(0), people::percentile(&mut values, 90));
    println!(
        "{name:<34} mean {:>2}.{} median {median:>2} p90 {nine:>2} max {most:>2}",
        mean / 10,
        mean % 10
    );
}

fn run(law: &Law, about: &str, count: u64, unknown: u64, truth: impl Fn(u64) -> Json) -> Result<(), Error> {
    let (mut screens, mut days, mut all, mut open) = (Vec::new(), Vec::new(), Vec::new(), 0);
    let mut asked: BTreeMap<String, usize> = BTreeMap::new();
    for seed in 0..count {
        let course = people::answered(law.interview(about, &json!(null))?, &truth(seed), seed, unknown)?;
        if std::env::var_os("SHOW").is_some_and(|show| show == *about) && (seed < 12 || course.screens > 5) {
            println!("   {seed} {} {:?}", course.screens, course.asked);
        }
        open += usize::from(!course.ended);
        course
            .asked
            .iter()
            .take(course.screens)
            .for_each(|question| *asked.entry(question.clone()).or_default() += 1);
        screens.push(course.screens);
        days.push(course.to_days);
        all.push(course.all);
    }
    let name = format!("{about}, {unknown} % not known");
    line(&name, screens);
    if about == "complaint" {
        line("  to its days", days);
    }
    line("  to the end of all that adds", all);
    if open > 0 {
        println!("  {open} did not end");
    }
    if std::env::var_os("ASKED").is_some() {
        println!("  {asked:?}");
    }
    Ok(())
}

fn main() -> Result<(), Error> {
    let count = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(2_000);
    let on = Date::parse("2026-11-22")?;
    let law = Rulebook::built_in().on(on);
    for unknown in [0, 10, 30] {
        run(&law, "everything", count, unknown, |seed| people::person(seed, on))?;
        for scheme in ["sso_33", "sso_39", "sso_40_1", "ucs"] {
            run(&law, scheme, count, unknown, |seed| people::person(seed, on))?;
        }
        run(&law, "complaint", count, unknown, |seed| people::complaint(&law, seed, on))?;
    }
    Ok(())
}
