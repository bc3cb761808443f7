#![allow(
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss
)]

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use serde_json::{Map, Value as Json, json};

use super::*;
use crate::population::Bits;
use crate::{Date, Error, Rulebook, Worker};

/// Numbers that only look random.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (((self.0 ^ (self.0 >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 17) % end as u64) as usize
    }
}

/// A column of texts that owns what a column borrows.
struct Texts {
    offsets: Vec<i32>,
    bytes: Vec<u8>,
    known: Vec<u8>,
}

impl Texts {
    fn new<'s>(cells: impl IntoIterator<Item = Option<&'s [u8]>>) -> Self {
        let (mut offsets, mut bytes, mut known) = (vec![0], Vec::new(), Vec::new());
        for (row, cell) in cells.into_iter().enumerate() {
            known.resize(row / 8 + 1, 0);
            if let Some(cell) = cell {
                bytes.extend_from_slice(cell);
                known[row / 8] |= 1 << (row % 8);
            }
            offsets.push(bytes.len() as i32);
        }
        Self { offsets, bytes, known }
    }

    fn chunk(&self) -> Chunk<'_> {
        Chunk {
            rows: self.offsets.len() - 1,
            values: Values::Text(Text::Small(&self.offsets, &self.bytes)),
            validity: Some(Bits {
                bytes: &self.known,
                offset: 0,
            }),
            dictionary: None,
        }
    }

    fn column<'a>(&'a self, name: &'a str) -> Column<'a> {
        column(name, ColumnType::Text, self.chunk())
    }
}

fn column<'a>(name: &'a str, values: ColumnType, chunk: Chunk<'a>) -> Column<'a> {
    Column {
        name,
        values,
        dictionary: None,
        native: "",
        chunks: vec![chunk],
    }
}

fn plain<'a>(rows: usize, values: Values<'a>) -> Chunk<'a> {
    Chunk {
        rows,
        values,
        validity: None,
        dictionary: None,
    }
}

fn query<'t>(rows: usize, on: AskedOn<'t>, columns: Vec<Column<'t>>) -> Query<'t> {
    let bindings = columns.into_iter().map(|column| Binding {
        fact: column.name.to_owned(),
        reader: None,
        map: None,
        no_answer: None,
        column,
    });
    Query {
        rows,
        on,
        bindings: bindings.collect(),
        constants: Vec::new(),
        jobs: JobsOf::Exactly(1),
        asked: Asked {
            schemes: true,
            ..Asked::default()
        },
        written: false,
        missing: false,
        errors: false,
        threads: 1,
    }
}

fn with_watch<R>(then: impl FnOnce(Watch<'_>) -> R) -> R {
    let cancel = AtomicBool::new(false);
    then(Watch {
        tell: &|_| {},
        cancel: &cancel,
        fresh: None,
    })
}

fn assess(book: &Rulebook, query: &Query<'_>) -> Assessed {
    with_watch(|watch| Survey::new(book, query).unwrap().assess(&PlanCache::new(), watch).unwrap())
}

fn tally<'t>(book: &'t Rulebook, query: &Query<'t>, grouped: &Grouped<'t>) -> Tally {
    with_watch(|watch| Survey::new(book, query).unwrap().tally(grouped, &PlanCache::new(), watch).unwrap())
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// The facts that the drawn frames tell, each with values as text; half of the days are known in part only.
const FACTS: [(&str, &[&str]); 9] = [
    ("nationality", &["thai", "not_thai"]),
    ("birth_date", &["1984-05-10", "1960", "1958-01", "2000-02-29", "1966-06", "2012"]),
    ("home_province", &["10", "50", "90"]),
    ("job.employer", &["company", "household", "state_enterprise"]),
    ("job.province", &["10", "83"]),
    ("s33_ended_on", &["2026-06", "2026-08-15", "2014", "2010-05-31"]),
    ("claim.arose_on", &["2026-10", "2024-01-05"]),
    ("s33_end_cause", &["none"]),
    ("insured_before_60", &["yes", "no"]),
];

/// Columns of text, and of yes and no through a map.
fn binding<'t>(column: Column<'t>, fact: &str) -> Binding<'t> {
    let mut map = ValueMap::new("yes or no".to_owned(), None);
    map.insert(Scalar::Text("yes"), json!(true)).unwrap();
    map.insert(Scalar::Text("no"), json!(false)).unwrap();
    Binding {
        column,
        fact: fact.to_owned(),
        reader: None,
        map: (fact == "insured_before_60").then(|| Arc::new(map)),
        no_answer: None,
    }
}

fn put(object: &mut Map<String, Json>, path: &str, value: &str) {
    let value = match value {
        "yes" => json!(true),
        "no" => json!(false),
        text => json!(text),
    };
    match path.split_once('.') {
        Some((head, rest)) => put_inner(object, head, rest, value),
        None => drop(object.insert(path.to_owned(), value)),
    }
}

fn put_inner(object: &mut Map<String, Json>, head: &str, rest: &str, value: Json) {
    let inner = object.entry(head).or_insert_with(|| json!({}));
    inner.as_object_mut().unwrap().insert(rest.to_owned(), value);
}

/// One person of the frame, with one job.
fn worker(row: &[Option<&str>]) -> Json {
    let mut facts = Map::new();
    for ((name, _), value) in FACTS.iter().zip(row) {
        if let Some(value) = value {
            put(&mut facts, name, value);
        }
    }
    let mut job = facts.remove("job").unwrap_or_else(|| json!({}));
    job["main"] = json!(true);
    facts.insert("jobs".to_owned(), json!([job]));
    Json::Object(facts)
}

#[test]
fn a_row_is_told_what_one_person_is_told_on_every_day() {
    let book = Rulebook::built_in();
    let layout = &book.book().program.layout;
    let known = |name: &str, value: &str| {
        let fact = layout.fact(layout.fact_number(name).unwrap()).unwrap();
        fact.list.is_none_or(|list| layout.lists[usize::from(list)].index(value).is_some())
    };
    let sinces: Vec<Date> = book
        .schemes()
        .iter()
        .map(|scheme| book.book().file(scheme.file).unwrap().since)
        .collect();
    let (earliest, latest) = (sinces.iter().min().unwrap().days(), day("2027-12-31").days());
    let (mut before, mut decided, mut contradicted) = (0, 0, 0);
    for seed in 0..8 {
        let mut dice = Dice(seed);
        let rows = 60;
        let people: Vec<Vec<Option<&str>>> = (0..rows)
            .map(|_| {
                let cell = |(name, values): &(&str, &'static [&'static str])| {
                    let value = values[dice.below(values.len())];
                    (dice.below(4) > 0 && (values.contains(&"yes") || known(name, value))).then_some(value)
                };
                FACTS.iter().map(cell).collect()
            })
            .collect();
        // Half of the days lie before the first file answers; some are the very days around it.
        let days: Vec<i32> = (0..rows)
            .map(|_| match dice.below(5) {
                0 => sinces[dice.below(sinces.len())].days() - dice.below(2) as i32,
                1 => earliest - dice.below(9000) as i32,
                _ => earliest + dice.below((latest - earliest) as usize) as i32,
            })
            .collect();
        let columns: Vec<Texts> = (0..FACTS.len())
            .map(|place| Texts::new(people.iter().map(|person| person[place].map(str::as_bytes))))
            .collect();
        let one_day = Date::from_days(days[0]).unwrap();
        for by_row in [true, false] {
            let on = if by_row {
                AskedOn::Column(column("asked", ColumnType::Day, plain(rows, Values::I32(&days))), None)
            } else {
                AskedOn::Day(one_day)
            };
            let mut asked = query(rows, on, Vec::new());
            asked.missing = true;
            asked.threads = 1 + dice.below(3);
            asked.asked.definitions = true;
            asked.bindings = FACTS
                .iter()
                .zip(&columns)
                .map(|((name, _), texts)| binding(texts.column(name), name))
                .collect();
            let found = assess(&book, &asked);
            for (row, person) in people.iter().enumerate() {
                let law = book.on(if by_row { Date::from_days(days[row]).unwrap() } else { one_day });
                let facts = Worker::from_value(&worker(person)).unwrap();
                let want = match law.assess(&facts) {
                    Ok(want) => want,
                    Err(Error::Fact(crate::FactError::Contradiction { fact, .. })) => {
                        assert!(
                            found.answers.iter().all(|answers| answers.codes[row] == NO_ANSWER),
                            "{fact} of {facts:?}"
                        );
                        contradicted += 1;
                        continue;
                    }
                    Err(error) => panic!("{error}"),
                };
                assert!(!found.errors.has(row), "{facts:?} on {}: {:?}", law.day(), found.errors.first());
                for (scheme, answers) in want.schemes.iter().zip(&found.answers) {
                    let got = STATUSES[usize::from(answers.codes[row])];
                    assert_eq!(got, scheme.status.code(), "{} on {} of {facts:?}", scheme.scheme, law.day());
                    let told = answers.missing.as_ref().unwrap();
                    let text = told.texts.get(told.keys[row] as usize).map(String::as_str);
                    let missing: Vec<&str> = scheme.missing.iter().map(|missing| missing.fact.as_str()).collect();
                    let undetermined = scheme.status == crate::Status::Undetermined;
                    assert_eq!(
                        text,
                        undetermined.then(|| missing.join(", ")).as_deref(),
                        "{} on {}",
                        scheme.scheme,
                        law.day()
                    );
                    before += usize::from(scheme.not_read.iter().any(|part| part.what == "before_since"));
                    decided += usize::from(!undetermined);
                }
                let classified = law.classify(&facts).unwrap();
                let definitions = classified.definitions.iter().chain(&classified.standards);
                for (definition, answers) in definitions.zip(&found.answers[want.schemes.len()..]) {
                    assert_eq!(definition.rule.as_str(), answers.name);
                    assert_eq!(
                        json!(VERDICTS[usize::from(answers.codes[row])]),
                        json!(definition.verdict),
                        "{}",
                        answers.name
                    );
                }
            }
        }
    }
    assert!(before > 200 && decided > 200, "{before} before the first day, {decided} decided");
    assert!(contradicted > 20, "{contradicted} contradicted");
}

#[test]
fn what_cannot_be_read_is_an_error_of_its_row() {
    let book = Rulebook::built_in();
    let texts = Texts::new([
        Some(&b"1984-05-10"[..]),
        Some(b"\xa1\xc3"),
        None,
        Some(b"2507-05-10"),
        Some(b"never"),
    ]);
    let codes = Texts::new([Some(&b"thai"[..]), Some(b"thai"), Some(b"\xff"), Some(b"thay"), None]);
    let mut asked = query(
        5,
        AskedOn::Day(day("2026-11-22")),
        vec![texts.column("birth_date"), codes.column("nationality")],
    );
    asked.errors = true;
    let found = assess(&book, &asked);
    let first: Vec<_> = found.errors.first().into_iter().map(|one| (one.row, one.fact, one.value)).collect();
    let want = [
        (1, "birth_date", r"\xa1\xc3"),
        (2, "nationality", r"\xff"),
        (3, "birth_date", "2507-05-10"),
        (3, "nationality", "thay"),
        (4, "birth_date", "never"),
    ];
    assert_eq!(first, want.map(|(row, fact, value)| (row, fact.to_owned(), value.to_owned())));
    for answers in &found.answers {
        let unread: Vec<bool> = answers.codes.iter().map(|code| *code == NO_ANSWER).collect();
        assert_eq!(unread, [false, true, true, true, true]);
    }
    let (keys, said) = found.errors.column().unwrap();
    assert_eq!(keys[0], u32::MAX);
    assert!(said[keys[1] as usize].contains("birth_date: its bytes are not UTF-8"));
    assert!(said[keys[3] as usize].contains("; nationality: "));
}

#[test]
fn days_beyond_the_calendar_are_errors_in_every_form() {
    let book = Rulebook::built_in();
    let (days, moments) = (
        [i32::MAX, 20_000, i32::MIN, 900_000],
        [i64::MAX, 20_000 * 86_400, i64::MIN, 900_000 * 86_400],
    );
    let keys = [0_u8, 1, 2, 3];
    let coded = |entries: Chunk<'static>, kind: ColumnType, keys: &'static [u8]| {
        let mut coded = column("birth_date", ColumnType::U8, plain(4, Values::U8(keys)));
        coded.dictionary = Some(kind);
        coded.chunks[0].dictionary = Some(Arc::new(entries));
        coded
    };
    let (days, moments, keys): (&'static [i32], &'static [i64], &'static [u8]) =
        (days.to_vec().leak(), moments.to_vec().leak(), keys.to_vec().leak());
    let seconds = ColumnType::Moment(86_400);
    let forms = [
        column("birth_date", ColumnType::Day, plain(4, Values::I32(days))),
        column("birth_date", seconds, plain(4, Values::I64(moments))),
        coded(plain(4, Values::I32(days)), ColumnType::Day, keys),
        coded(plain(4, Values::I64(moments)), seconds, keys),
    ];
    for form in forms {
        for name in ["birth_date", "claim.arose_on", "job.started_on"] {
            let form = Column { name, ..form.clone() };
            let found = assess(&book, &query(4, AskedOn::Day(day("2026-11-22")), vec![form.clone()]));
            let rows: Vec<usize> = found.errors.first().iter().map(|one| one.row).collect();
            assert_eq!(rows, [0, 2, 3], "{name} {form:?}");
            let on = AskedOn::Column(form.clone(), None);
            let found = assess(&book, &query(4, on, Vec::new()));
            let rows: Vec<usize> = found.errors.first().iter().map(|one| one.row).collect();
            assert_eq!(rows, [0, 2, 3], "asked on {form:?}");
        }
    }
}

fn lines(tally: &Tally, weight: bool) -> Vec<(Vec<u32>, u32, u32, i64, u64)> {
    let weights = tally.weights.as_deref().filter(|_| weight);
    (0..tally.rows.len())
        .map(|line| {
            let keys = tally.groups.iter().map(|values| values.keys[line]).collect();
            let weight = weights.map_or(0, |weights| weights[line].to_bits());
            (keys, tally.questions[line], tally.answers[line], tally.rows[line], weight)
        })
        .collect()
}

#[test]
fn groups_take_memory_for_what_occurs_and_ids_stay_apart() {
    let book = Rulebook::built_in();
    let rows = 20_000;
    // Two columns of ids: their product is four hundred million, far beyond what could be laid out.
    let ids: Vec<u64> = (0..rows).map(|row| u64::MAX - row as u64 / 2).collect();
    let others: Vec<i64> = (0..rows).map(|row| (row as i64 * 7919) % rows as i64 - 5).collect();
    let thai = Texts::new((0..rows).map(|_| Some(&b"thai"[..])));
    let asked = query(rows, AskedOn::Day(day("2026-11-22")), vec![thai.column("nationality")]);
    let by = |columns: Vec<Column<'_>>| {
        tally(
            &book,
            &asked,
            &Grouped {
                by: columns,
                weights: None,
            },
        )
        .rows
        .len()
    };
    let id = || column("id", ColumnType::U64, plain(rows, Values::U64(&ids)));
    let other = || column("other", ColumnType::I64, plain(rows, Values::I64(&others)));
    let schemes = book.schemes().len();
    assert_eq!(by(vec![id(), other()]), rows * schemes);
    assert_eq!(by(vec![id()]), rows / 2 * schemes);
    let found = tally(
        &book,
        &asked,
        &Grouped {
            by: vec![id()],
            weights: None,
        },
    );
    assert_eq!(found.groups[0].keys[0], 0);
    assert_eq!(
        ids[found.groups[0].rows[0]],
        u64::MAX - (rows as u64 / 2 - 1),
        "the smallest stands first"
    );
}

#[test]
fn a_dictionary_with_entries_twice_or_null_splits_no_group() {
    let book = Rulebook::built_in();
    let entries = Texts::new([Some(&b"a"[..]), None, Some(b"b"), Some(b"a")]);
    let keys = [0_i8, 1, 2, 3, 0, 7, 1, 3];
    let known = [0b1101_1111_u8];
    let thai = Texts::new((0..8).map(|_| Some(&b"thai"[..])));
    let mut by = column("g", ColumnType::I8, plain(8, Values::I8(&keys)));
    by.dictionary = Some(ColumnType::Text);
    by.chunks[0].validity = Some(Bits { bytes: &known, offset: 0 });
    by.chunks[0].dictionary = Some(Arc::new(entries.chunk()));
    let asked = query(8, AskedOn::Day(day("2026-11-22")), vec![thai.column("nationality")]);
    let plain_text = Texts::new([Some(&b"a"[..]), None, Some(b"b"), Some(b"a"), Some(b"a"), None, None, Some(b"a")]);
    let weights = [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0];
    let weight = || Some(column("w", ColumnType::F64, plain(8, Values::F64(&weights))));
    let one = tally(
        &book,
        &asked,
        &Grouped {
            by: vec![by.clone()],
            weights: weight(),
        },
    );
    let two = tally(
        &book,
        &asked,
        &Grouped {
            by: vec![plain_text.column("g")],
            weights: weight(),
        },
    );
    assert_eq!(lines(&one, true), lines(&two, true));
    let of_first: Vec<(u32, i64, f64)> = (0..one.rows.len())
        .filter(|line| one.questions[*line] == 0)
        .map(|line| (one.groups[0].keys[line], one.rows[line], one.weights.as_ref().unwrap()[line]))
        .collect();
    assert_eq!(of_first, [(u32::MAX, 3, 49.0), (0, 4, 76.5), (1, 1, 2.0)]);
    // The same in two chunks, whose dictionaries are read one after the other.
    let halves = [(0, 4), (4, 4)].map(|(first, rows)| Chunk {
        rows,
        values: Values::I8(&keys[first..first + rows]),
        validity: Some(Bits {
            bytes: &known,
            offset: first,
        }),
        dictionary: by.chunks[0].dictionary.clone(),
    });
    let cut = Column {
        chunks: halves.to_vec(),
        ..by
    };
    let three = tally(
        &book,
        &asked,
        &Grouped {
            by: vec![cut],
            weights: weight(),
        },
    );
    assert_eq!(lines(&three, true), lines(&two, true));
}

#[test]
fn sums_of_weights_are_the_same_bytes_for_any_number_of_threads_and_order() {
    let book = Rulebook::built_in();
    let rows = 30_000;
    let mut dice = Dice(7);
    // From parts of a billionth to billions: no sum of floats in another order would be the same.
    let weights: Vec<f64> = (0..rows)
        .map(|_| dice.below(1_000_000) as f64 * 10_f64.powi(dice.below(19) as i32 - 12))
        .collect();
    let sexes = Texts::new((0..rows).map(|row| (row % 7 > 0).then_some(if row % 3 == 0 { &b"male"[..] } else { b"female" })));
    let group: Vec<i64> = (0..rows).map(|row| row as i64 % 5).collect();
    let many: Vec<i64> = (0..rows).map(|row| row as i64 % 5 + 1_000_000 * (row as i64 % 5000)).collect();
    let run = |threads: usize, group: &[i64]| {
        let mut asked = query(rows, AskedOn::Day(day("2026-11-22")), vec![sexes.column("sex")]);
        asked.threads = threads;
        let grouped = Grouped {
            by: vec![column("g", ColumnType::I64, plain(rows, Values::I64(group)))],
            weights: Some(column("w", ColumnType::F64, plain(rows, Values::F64(&weights)))),
        };
        lines(&tally(&book, &asked, &grouped), true)
    };
    for group in [&group, &many] {
        let want = run(1, group);
        for threads in [2, 3, 8, 0] {
            assert_eq!(run(threads, group), want, "{threads} threads");
        }
    }
    // The sums are right as well: those of an independent sum of parts, to the last but one bit of the largest weight.
    let mut by_group: BTreeMap<i64, Vec<f64>> = BTreeMap::new();
    group
        .iter()
        .zip(&weights)
        .for_each(|(group, weight)| by_group.entry(*group).or_default().push(*weight));
    for (keys, question, _, _, weight) in run(2, &group).into_iter().filter(|line| line.1 == 0) {
        let mut parts = by_group[&i64::from(keys[0])].clone();
        parts.sort_by(f64::total_cmp);
        let sum: f64 = parts.iter().sum();
        let found = f64::from_bits(weight);
        let all: f64 = run(2, &group)
            .iter()
            .filter(|line| line.1 == question && line.0 == keys)
            .map(|line| f64::from_bits(line.4))
            .sum();
        assert!((all / sum - 1.0).abs() < 1e-12 && found <= all, "{all} is not {sum}");
    }
}

#[test]
fn weights_of_every_size_are_summed_without_loss() {
    let book = Rulebook::built_in();
    let thai = Texts::new((0..4).map(|_| Some(&b"thai"[..])));
    let asked = query(4, AskedOn::Day(day("2026-11-22")), vec![thai.column("nationality")]);
    let sum = |weights: &[f64]| {
        let weights = Some(column("w", ColumnType::F64, plain(4, Values::F64(weights))));
        tally(&book, &asked, &Grouped { by: Vec::new(), weights }).weights.unwrap()[0]
    };
    assert_eq!(sum(&[1e-12, 2e-12, 3e-12, 0.0]), 1e-12 + 2e-12 + 3e-12);
    assert_eq!(sum(&[5e9, 1e10, 2e15, 0.25]), 2e15 + 15e9 + 0.25);
    assert_eq!(sum(&[f64::MAX / 8.0; 4]), f64::MAX / 2.0);
    assert_eq!(sum(&[f64::from_bits(1); 4]), f64::from_bits(4));
    assert_eq!(sum(&[0.0; 4]), 0.0);
    let whole = |weights: &[i64]| {
        let weights = Some(column("w", ColumnType::I64, plain(4, Values::I64(weights))));
        tally(&book, &asked, &Grouped { by: Vec::new(), weights }).weights.unwrap()[0]
    };
    assert_eq!(whole(&[i64::MAX, i64::MAX, 1, 1]), 2.0 * 9_223_372_036_854_775_808.0);
}

#[test]
fn errors_of_many_rows_take_little_memory() {
    let book = Rulebook::built_in();
    let rows = 100_000;
    let cells: Vec<String> = (0..rows).map(|row| format!("no day {row}")).collect();
    let days = Texts::new(cells.iter().map(|cell| Some(cell.as_bytes())));
    let months = vec![-1_i32; rows];
    let columns = vec![
        days.column("birth_date"),
        column("s33_months", ColumnType::I32, plain(rows, Values::I32(&months))),
    ];
    let found = assess(&book, &query(rows, AskedOn::Day(day("2026-11-22")), columns));
    assert_eq!((found.errors.total(), found.errors.first().len()), (2 * rows, MOST_SHOWN));
    let counts: Vec<(&str, usize)> = found.errors.counts().map(|one| (one.fact.as_str(), one.rows)).collect();
    assert_eq!(
        counts,
        [("birth_date", rows), ("s33_months", rows)],
        "one cause for each fact, however many values"
    );
    let first = found.errors.first();
    assert_eq!((first[0].value.as_str(), first[0].row, first[999].row), ("no day 0", 0, 499));
    assert!(first[0].reason.contains("no day 0"), "what is shown says what was given");
}

#[test]
fn what_is_asked_is_named_with_the_nearest() {
    let book = Rulebook::built_in();
    let thai = Texts::new([Some(&b"thai"[..])]);
    let mut asked = query(1, AskedOn::Day(day("2026-11-22")), vec![thai.column("nationality")]);
    asked.asked.ids = vec!["sso_40.at_least_16".to_owned()];
    let error = Survey::new(&book, &asked).unwrap_err();
    assert_eq!(error.nearest().as_deref(), Some("sso_40.at_least_15"));
    asked.asked.ids.clear();
    asked.bindings[0].fact = "nationalty".to_owned();
    let error = Survey::new(&book, &asked).unwrap_err();
    assert!(matches!(&error, Error::Fact(_)) && error.nearest().as_deref() == Some("nationality"));
    asked.bindings[0].fact = "birth_date".to_owned();
    assert!(assess(&book, &asked).errors.first()[0].fact == "birth_date");
    asked.bindings[0].fact = "s33_months".to_owned();
    let error = Survey::new(&book, &asked).unwrap_err();
    assert_eq!(
        (error.code().as_str(), error.field().as_deref(), error.value().as_deref()),
        ("wrong_type", Some("s33_months"), Some("text"))
    );
}
