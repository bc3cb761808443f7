//! The six rules: the engine with a rulebook given at run time, the kernel written by hand, the read floor.

use std::hint::black_box;
use std::path::Path;

use serde_json::{Value, json};
use sitthi::Date;
use sitthi::Rulebook;
use sitthi::population::{Answer, Ask, Bits, Bound, Data, Days, Jobs, Outcome, Part, Plan, Population, Run, Scale, Scheme};

use crate::kernel::{self, Bounds};
use crate::persons::Persons;
use crate::rulebook;
use crate::timing::{alternate, each};

const TODAY: &str = "2026-11-22";

fn bounds() -> Bounds {
    let today = Date::parse(TODAY).unwrap();
    let years_ago = |years: i32| Date::parse(&format!("{}-11-22", 2026 - years)).unwrap().days();
    Bounds {
        today: today.days(),
        half_year_ago: Date::parse("2026-05-22").unwrap().days(),
        born: [15, 60, 61, 66, 70, 80, 90].map(years_ago),
    }
}

/// The rules of the rulebook as questions: five conditions and a ladder of four.
fn asks(book: &Rulebook) -> Vec<Ask> {
    let files = &book.book().files;
    let rule = |file: &str, id: &str| {
        let number = files.iter().position(|known| known.id == file).unwrap();
        book.book()
            .rules
            .iter()
            .find(|rule| usize::from(rule.file) == number && rule.id == id)
            .unwrap()
            .person
    };
    let mut asks: Vec<Ask> = ["bench_33", "bench_39", "bench_40", "bench_uhc", "bench_nsf"]
        .map(|file| Ask::Truth(rule(file, "met")))
        .to_vec();
    let ladder = [
        ("bench_band_low", "lower"),
        ("bench_band_low", "upper"),
        ("bench_band_high", "lower"),
        ("bench_band_high", "upper"),
    ];
    asks.push(Ask::Status(Scheme {
        rules: ladder
            .iter()
            .zip(1..)
            .map(|((file, id), strength)| (strength, rule(file, id)))
            .collect(),
        since: None,
    }));
    asks
}

fn bytes(words: &[u64]) -> &[u8] {
    // SAFETY: bytes may be read from whole words; little-endian words are packed as bitmaps of bytes are.
    unsafe { std::slice::from_raw_parts(words.as_ptr().cast(), words.len() * 8) }
}

fn population<'a>(book: &Rulebook, persons: &'a Persons) -> Population<'a> {
    let bound = |name: &str, data: Data<'a>, known: Option<&'a [u64]>, scale: Scale| Bound {
        fact: book.book().program.layout.fact_number(name).unwrap(),
        job: 0,
        part: Part::Value,
        data,
        validity: known.map(|words| Bits {
            bytes: bytes(words),
            offset: 0,
        }),
        keys: None,
        scale,
    };
    let one = Scale::Times(1);
    Population {
        rows: persons.rows,
        days: Days::One(Date::parse(TODAY).unwrap()),
        jobs: Jobs::Exactly(0),
        columns: vec![
            bound("birth_date", Data::I32(&persons.birth), None, one),
            bound("nat", Data::U8(&persons.nat), None, one),
            bound("kind", Data::U8(&persons.kind), None, one),
            bound("employer", Data::U8(&persons.employer), None, one),
            bound("ins", Data::U8(&persons.ins), Some(&persons.ins_known), one),
            bound("months", Data::U16(&persons.months), Some(&persons.months_known), one),
            bound("left", Data::I32(&persons.left), Some(&persons.left_known), one),
            bound("wage", Data::F64(&persons.wage), Some(&persons.wage_known), Scale::Times(100)),
        ],
    }
}

fn counts(outcome: &Outcome, rows: usize) -> Vec<u64> {
    assert_eq!(outcome.bad_values, 0, "the persons have no value that cannot be");
    let mut counts = Vec::new();
    for answer in &outcome.answers {
        match answer {
            Answer::Truth { met, unmet, other } => {
                assert!(other.is_none(), "the rules have one reading");
                let decided: Vec<u64> = met.iter().zip(unmet).map(|(met, unmet)| met | unmet).collect();
                counts.extend(kernel::counted(met, &decided, rows));
            }
            Answer::Codes(codes) => counts.extend(kernel::banded(codes)),
        }
    }
    counts
}

pub fn measure(folder: &Path, runs: usize) -> Value {
    let book = rulebook::six_rules();
    let persons = Persons::load(folder);
    let (bounds, best) = (bounds(), kernel::instructions());
    let population = population(&book, &persons);
    let plan = Plan::new(&book.book().program, &population, &asks(&book)).unwrap();
    let compile = each(9, 200, || {
        drop(black_box(Plan::new(&book.book().program, &population, &asks(&book))))
    });
    let engine = |threads: usize| plan.run(&population, &Run { threads, ..Run::default() }).unwrap();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let by_hand = kernel::run(best, &persons, &bounds, 1).counts(persons.rows);
    assert_eq!(by_hand, counts(&engine(1), persons.rows), "the engine counts as the kernel does");
    assert_eq!(by_hand, counts(&engine(cores), persons.rows), "so it does on all cores");
    let [floor_1, kernel_1, engine_1, floor_all, kernel_all, engine_all] = alternate(
        runs,
        [
            &mut || {
                black_box(kernel::floor(&persons, 1));
            },
            &mut || drop(black_box(kernel::run(best, &persons, &bounds, 1))),
            &mut || drop(black_box(engine(1))),
            &mut || {
                black_box(kernel::floor(&persons, cores));
            },
            &mut || drop(black_box(kernel::run(best, &persons, &bounds, cores))),
            &mut || drop(black_box(engine(cores))),
        ],
    );
    json!({
        "rows": persons.rows, "cores": cores, "instructions": best, "counts": by_hand, "by_row": plan.by_row(), "plan_seconds": compile,
        "one": { "floor": floor_1, "kernel": kernel_1, "engine": engine_1 },
        "all": { "floor": floor_all, "kernel": kernel_all, "engine": engine_all },
    })
}
