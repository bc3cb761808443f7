#![allow(
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss
)]

use std::num::NonZeroU16;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use proptest::prelude::*;

use super::columns::What;
use super::source::put;
use super::{
    Answer, Ask, BadReason, Bits, Bound, Data, Days, Grouping, Groups, Jobs, Keys, Part, Plan, Population, PopulationError, Run, Scale,
    Scheme, Weights,
};
use crate::criterion::{
    CellValue, Column, Comparison, Confidence, Entry, Evaluator, Node, NodeId, Period, Program, Reading, Start, Term, TermId, Unit,
};
use crate::facts::{CodeList, FactId, FactKind, GROUPS, Layout, Scope, Subject, Value};
use crate::values::{Calendar, Date, Length, LengthUnit, Truth};

/// Numbers that only look random.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 ^ (self.0 >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 17
    }
    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }
    fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }
    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
    fn day(&mut self) -> i32 {
        day("2020-06-01") + self.below(2600) as i32
    }
}

fn day(text: &str) -> i32 {
    Date::parse(text).unwrap().days()
}

/// What stands at that place of its list.
fn id<I: TryFrom<usize>>(place: usize) -> I {
    I::try_from(place).unwrap_or_else(|_| panic!("no id of {place}"))
}

fn layout() -> Layout {
    let mut ids: Vec<&str> = GROUPS.iter().flat_map(|group| group.facts).filter_map(|fact| fact.list).collect();
    ids.extend(["province", "district"]);
    ids.sort_unstable();
    ids.dedup();
    let lists = ids.into_iter().map(|id| CodeList {
        id: id.into(),
        codes: (0..7).map(|code| format!("{id}_{code}").into()).collect(),
    });
    let mut layout = Layout::new(lists.collect()).unwrap();
    layout.declare("wage", FactKind::Money, None);
    layout
}

const FACTS: [&str; 15] = [
    "birth_date",
    "nationality",
    "insured_before_60",
    "s33_months",
    "s33_ended_on",
    "month",
    "wage",
    "survey_age",
    "card",
    "claim.arose_on",
    "job.main",
    "job.employer",
    "job.monthly_wage",
    "job.started_on",
    "job.insured_33",
];

struct Making {
    program: Program,
    dice: Dice,
    paid: Vec<FactId>,
    member: FactId,
}

impl Making {
    fn fact(&mut self, kinds: &[FactKind]) -> FactId {
        let facts: Vec<FactId> = FACTS
            .iter()
            .map(|name| self.program.layout.fact_number(name).unwrap())
            .chain([self.member])
            .collect();
        let of_kind: Vec<FactId> = facts
            .into_iter()
            .filter(|fact| kinds.contains(&self.program.layout.fact(*fact).unwrap().kind))
            .collect();
        self.dice.pick(&of_kind)
    }
    fn put_term(&mut self, term: Term) -> TermId {
        self.program.terms.push(term);
        id(self.program.terms.len() - 1)
    }
    fn put_node(&mut self, node: Node) -> NodeId {
        self.program.nodes.push(node);
        id(self.program.nodes.len() - 1)
    }
    fn any_node(&mut self) -> NodeId {
        id(self.dice.below(self.program.nodes.len()))
    }
    fn length(&mut self) -> Length {
        let unit = self.dice.pick(&[
            LengthUnit::Days,
            LengthUnit::Months,
            LengthUnit::Years,
            LengthUnit::Hours,
            LengthUnit::WorkingDays,
        ]);
        let most = if unit == LengthUnit::Years { 70 } else { 90 };
        Length {
            number: self.dice.below(most) as u16,
            unit,
        }
    }
    fn day_term(&mut self, depth: usize) -> TermId {
        let term = match self.dice.below(if depth == 0 { 7 } else { 11 }) {
            0 => Term::Constant(self.dice.day().into()),
            1 => Term::Today,
            2 => Term::Month(self.program.layout.fact_number("month").unwrap()),
            3 => Term::Bound {
                day: self.fact(&[FactKind::Date]),
                last: self.dice.one_in(2),
                unless: self.dice.one_in(2).then(|| (self.fact(&[FactKind::Code]), vec![0, 2])),
            },
            4 => Term::LatestOfJobs {
                told: self.program.layout.fact_number("birth_date").unwrap(),
                of: self.day_term(0),
                only: self.fact(&[FactKind::YesNo]),
            },
            7 | 8 => Term::Shift {
                from: self.day_term(depth - 1),
                length: self.length(),
                first_day_counts: self.dice.one_in(2),
            },
            9 if !self.program.periods.is_empty() => Term::PeriodLast(id(self.dice.below(self.program.periods.len()))),
            10 if !self.program.periods.is_empty() => Term::PeriodFirst(id(self.dice.below(self.program.periods.len()))),
            _ => Term::Fact(self.fact(&[FactKind::Date])),
        };
        self.put_term(term)
    }
    fn months_term(&mut self) -> TermId {
        let window = Some(self.dice.below(30) as u16).filter(|_| self.dice.one_in(2));
        let schemes = self.schemes();
        let before = self.day_term(0);
        self.put_term(Term::MonthsPaid { schemes, window, before })
    }
    fn number_term(&mut self) -> TermId {
        let term = match self.dice.below(12) {
            0 => Term::Constant(self.dice.below(200) as i64),
            1 => Term::Fact(self.fact(&[FactKind::Count, FactKind::Money])),
            2 | 3 => Term::Age {
                of: self.day_term(1),
                on: self.day_term(1),
            },
            4 | 5 => Term::Elapsed {
                from: self.day_term(1),
                to: self.day_term(1),
                years: self.dice.one_in(2),
                last_day_counts: self.dice.one_in(2),
            },
            6 => {
                let window = if self.dice.one_in(3) {
                    None
                } else {
                    Some(self.dice.below(30) as u16)
                };
                Term::MonthsPaid {
                    schemes: self.schemes(),
                    window,
                    before: self.day_term(0),
                }
            }
            7 => Term::MonthsSteps {
                schemes: self.schemes(),
                steps: vec![(3, 15), (6, 15), (12, 36)],
                before: self.day_term(0),
            },
            8 if !self.program.columns.is_empty() => Term::Cell(id(self.dice.below(self.program.columns.len()))),
            9 if self.dice.one_in(3) => Term::TopMean {
                wages: self.program.layout.fact_number("base_wage_history").unwrap(),
                months: self.months_term(),
                ceiling: self.number_term(),
                top: 3,
                within: 6,
                divide: 3,
            },
            10 if !self.program.periods.is_empty() => {
                let periods = vec![
                    id(self.dice.below(self.program.periods.len())),
                    id(self.dice.below(self.program.periods.len())),
                ];
                Term::Nearest {
                    working_days: self.dice.one_in(2),
                    periods,
                }
            }
            11 => {
                let (beyond, each) = (self.dice.below(40) as u16, 1 + self.dice.below(12) as u16);
                // A cell goes up and down as its day goes on.
                let cell = !self.program.columns.is_empty() && self.dice.one_in(2);
                let column = id(self.dice.below(self.program.columns.len().max(1)));
                Term::FullSteps {
                    of: if cell {
                        self.put_term(Term::Cell(column))
                    } else {
                        self.number_term()
                    },
                    beyond,
                    each: NonZeroU16::new(each).unwrap(),
                }
            }
            _ => Term::Fact(self.fact(&[FactKind::Count, FactKind::Money])),
        };
        self.put_term(term)
    }
    fn schemes(&mut self) -> Vec<FactId> {
        if self.dice.one_in(3) {
            self.paid.clone()
        } else {
            vec![self.dice.pick(&self.paid.clone())]
        }
    }
    fn column(&mut self) -> Column {
        let clock = if self.dice.one_in(2) {
            self.put_term(Term::Today)
        } else {
            self.day_term(1)
        };
        let cell = |dice: &mut Dice| match dice.below(6) {
            0 => CellValue::Nothing,
            1 => CellValue::NotRead,
            number => CellValue::Number(number as i64 * 23),
        };
        let entries = (0..self.dice.below(5)).map(|_| Entry {
            from: (!self.dice.one_in(3)).then(|| self.dice.day()),
            from_other: self.dice.one_in(5).then(|| self.dice.day()),
            until: self.dice.one_in(4).then(|| self.dice.day()),
            guard: (!self.dice.one_in(3)).then(|| self.any_node()),
            cell: cell(&mut self.dice),
            other: self.dice.one_in(4).then(|| cell(&mut self.dice)),
            cites: Vec::new(),
            confidence: Confidence::High,
        });
        let entries = entries.collect();
        Column {
            name: String::new().into(),
            unit: Unit::Count,
            clock,
            entries,
            fallback: cell(&mut self.dice),
        }
    }
    fn period(&mut self) -> Period {
        let start = match self.dice.below(4) {
            0 => Start::On(self.dice.day()),
            1 if !self.program.periods.is_empty() => Start::AfterPeriod(id(self.dice.below(self.program.periods.len()))),
            _ => Start::After(self.day_term(1)),
        };
        let mut lengths = vec![(self.dice.day(), self.length())];
        if self.dice.one_in(2) {
            lengths.push((lengths[0].0 + 300, self.length()));
        }
        let condition = self.dice.one_in(3).then(|| self.any_node());
        Period {
            ended_by: Vec::new(),
            name: String::new().into(),
            start,
            lengths,
            clock: self.day_term(0),
            rolls: self.dice.one_in(2),
            condition,
        }
    }
    fn leaf(&mut self) -> NodeId {
        let node = match self.dice.below(9) {
            0 => Node::Is(self.fact(&[FactKind::YesNo])),
            1 | 2 => {
                let mut codes: Vec<u16> = (0..self.dice.below(4)).map(|_| self.dice.below(7) as u16).collect();
                codes.sort_unstable();
                codes.dedup();
                Node::Among(self.fact(&[FactKind::Code]), codes)
            }
            3 if !self.program.periods.is_empty() => Node::Within(id(self.dice.below(self.program.periods.len()))),
            4 => Node::Compare(self.day_term(2), self.comparison(), self.day_term(1)),
            5 if !self.program.columns.is_empty() => {
                let column = id(self.dice.below(self.program.columns.len()));
                let cell = self.put_term(Term::Cell(column));
                let other = self.number_term();
                let (left, right) = if self.dice.one_in(2) { (cell, other) } else { (other, cell) };
                Node::Compare(left, self.comparison(), right)
            }
            6 | 7 => {
                let constant = self.dice.below(200) as i64;
                let (left, right) = (self.number_term(), self.put_term(Term::Constant(constant)));
                let (left, right) = if self.dice.one_in(2) { (left, right) } else { (right, left) };
                Node::Compare(left, self.comparison(), right)
            }
            _ => Node::Compare(self.number_term(), self.comparison(), self.number_term()),
        };
        self.put_node(node)
    }
    fn comparison(&mut self) -> Comparison {
        self.dice.pick(&[Comparison::Equal, Comparison::Less, Comparison::AtMost])
    }
    fn inner(&mut self) {
        let nodes: Vec<NodeId> = (0..1 + self.dice.below(3)).map(|_| self.any_node()).collect();
        let node = match self.dice.below(9) {
            0 | 1 => Node::All(nodes),
            2 | 3 => Node::Any(nodes),
            4 => Node::Not(nodes[0]),
            5 => Node::AnyJob(nodes[0]),
            6 => Node::MainJob(nodes[0]),
            7 => {
                let first = self.dice.day();
                let versions = nodes
                    .iter()
                    .enumerate()
                    .map(|(number, node)| (first + 250 * number as i32, *node))
                    .collect();
                Node::Versions(
                    if self.dice.one_in(2) {
                        self.put_term(Term::Today)
                    } else {
                        self.day_term(1)
                    },
                    versions,
                )
            }
            _ => Node::Readings(nodes[0], self.any_node()),
        };
        self.put_node(node);
    }
}

fn program(dice: Dice) -> Making {
    let layout = layout();
    let starting = |prefix: &str| {
        let facts = layout.facts.iter().enumerate().filter(|(_, fact)| fact.name.starts_with(prefix));
        facts.map(|(number, _)| id(number)).take(2).collect::<Vec<_>>()
    };
    let (paid, member) = (starting("paid_months."), starting("member.")[0]);
    let holidays =
        ["2024-01-01", "2024-04-13", "2024-04-14", "2024-04-15", "2024-12-31", "2025-01-01"].map(|text| Date::parse(text).unwrap());
    let calendar = Calendar::new(holidays, Date::parse("2022-01-01").unwrap(), Date::parse("2025-12-31").unwrap());
    let mut making = Making {
        program: Program {
            layout,
            calendar,
            ..Program::default()
        },
        dice,
        paid,
        member,
    };
    for node in [Node::Always, Node::Never, Node::Open(id(0))] {
        making.put_node(node);
    }
    for _ in 0..3 {
        for _ in 0..5 {
            making.leaf();
        }
        for _ in 0..4 {
            making.inner();
        }
        let column = making.column();
        making.program.columns.push(column);
        let period = making.period();
        making.program.periods.push(period);
        if making.dice.one_in(2) {
            let warning = (id(making.program.periods.len() - 1), making.any_node());
            making.program.warnings.push(warning);
        }
    }
    making
}

/// A column that owns its values.
struct Owned {
    fact: FactId,
    job: usize,
    part: Part,
    kind: FactKind,
    values: Vec<Option<i64>>,
    i32s: Vec<i32>,
    i64s: Vec<i64>,
    u16s: Vec<u16>,
    floats: Vec<f64>,
    bits: Vec<u8>,
    valid: Option<Vec<u8>>,
    offset: usize,
    keys: Vec<Option<u16>>,
    form: usize,
    constant: bool,
}

fn packed(bits: impl Iterator<Item = bool>, offset: usize) -> Vec<u8> {
    let all: Vec<bool> = std::iter::repeat_n(true, offset).chain(bits).collect();
    all.chunks(8)
        .map(|eight| eight.iter().enumerate().fold(0, |byte, (bit, set)| byte | u8::from(*set) << bit))
        .collect()
}

impl Owned {
    fn new(making: &mut Making, fact: FactId, job: usize, part: Part, rows: usize) -> Self {
        let kind = making.program.layout.fact(fact).unwrap().kind;
        let dice = &mut making.dice;
        let value = |dice: &mut Dice| match kind {
            FactKind::YesNo => dice.below(2) as i64,
            FactKind::Date if making.program.layout.fact(fact).unwrap().name == "birth_date" => {
                i64::from(day("1930-01-01")) + dice.below(36_000) as i64
            }
            FactKind::Date => i64::from(dice.day()),
            FactKind::Money => dice.below(260) as i64 * if dice.one_in(2) { 1 } else { 100 },
            FactKind::Count => dice.below(131) as i64,
            FactKind::PaidMonths => dice.below(if let Part::PaidWithin(window) = part {
                usize::from(window) + 1
            } else {
                200
            }) as i64,
            _ => dice.below(7) as i64,
        };
        let nulls = dice.pick(&[0, 3, 10]);
        let constant = dice.one_in(8);
        let same = value(dice);
        let values: Vec<Option<i64>> = (0..rows)
            .map(|_| (nulls == 0 || !dice.one_in(nulls)).then(|| if constant { same } else { value(dice) }))
            .collect();
        let offset = dice.below(13);
        let valid = (nulls > 0).then(|| packed(values.iter().map(Option::is_some), offset));
        let mut plain: Vec<i64> = values.iter().map(|value| value.unwrap_or(same)).collect();
        let mut keys: Vec<Option<u16>> = Vec::new();
        let form = dice.below(4);
        if form == 3 && matches!(kind, FactKind::Code | FactKind::YesNo) {
            // Every code by two keys, in a turned order.
            let codes = if kind == FactKind::YesNo { 2 } else { 7 };
            keys = (0..codes * 2).map(|key| Some(((key * 3 + 1) % codes) as u16)).collect();
            for value in &mut plain {
                let found: Vec<usize> = (0..keys.len()).filter(|key| keys[*key] == Some(*value as u16)).collect();
                *value = dice.pick(&found) as i64;
            }
        }
        let number = |value: i64| match (kind, form) {
            (FactKind::Date, 1) => value * 86_400_000 + 5,
            _ => value,
        };
        Self {
            fact,
            job,
            part,
            kind,
            i32s: plain.iter().map(|value| *value as i32).collect(),
            i64s: plain.iter().map(|value| number(*value)).collect(),
            u16s: plain.iter().map(|value| *value as u16).collect(),
            floats: plain
                .iter()
                .map(|value| {
                    if kind == FactKind::Money {
                        *value as f64 / 100.0
                    } else {
                        *value as f64
                    }
                })
                .collect(),
            bits: packed(plain.iter().map(|value| *value != 0), offset),
            values,
            valid,
            offset,
            keys,
            form,
            constant,
        }
    }
    fn bound(&self) -> Bound<'_> {
        let once = Scale::Times(1);
        let (data, scale) = match (self.kind, self.form) {
            _ if self.constant => (Data::Constant(self.values.iter().flatten().next().copied().unwrap_or(0)), once),
            (FactKind::YesNo, 0) => (
                Data::Bits(Bits {
                    bytes: &self.bits,
                    offset: self.offset,
                }),
                once,
            ),
            (FactKind::Date, 1) => (Data::I64(&self.i64s), Scale::Over(86_400_000)),
            (FactKind::Money, 0 | 1) => (Data::F64(&self.floats), Scale::Times(100)),
            (FactKind::Count | FactKind::PaidMonths, 0) => (Data::F64(&self.floats), once),
            (FactKind::Date | FactKind::Money, _) | (_, 1) => (Data::I32(&self.i32s), once),
            (_, 2) => (Data::I64(&self.i64s), once),
            _ => (Data::U16(&self.u16s), once),
        };
        let keys = (!self.keys.is_empty()).then_some(Keys {
            codes: &self.keys,
            strict: self.offset.is_multiple_of(2),
        });
        let validity = self.valid.as_ref().map(|bytes| Bits {
            bytes,
            offset: self.offset,
        });
        Bound {
            fact: self.fact,
            job: self.job,
            part: self.part,
            data,
            validity,
            keys: keys.filter(|_| !self.constant),
            scale,
        }
    }
}

fn columns(making: &mut Making, rows: usize, jobs: usize) -> Vec<Owned> {
    let mut columns = Vec::new();
    for name in FACTS {
        let fact = making.program.layout.fact_number(name).unwrap();
        for job in 0..if name.starts_with("job.") { jobs } else { 1 } {
            if !making.dice.one_in(4) {
                columns.push(Owned::new(making, fact, job, Part::Value, rows));
            }
        }
    }
    let (paid, member) = (making.paid.clone(), making.member);
    columns.push(Owned::new(making, member, 0, Part::Value, rows));
    for fact in paid {
        for part in [Part::PaidWithin(15), Part::PaidInTotal] {
            if making.dice.one_in(2) {
                columns.push(Owned::new(making, fact, 0, part, rows));
            }
        }
    }
    columns
}

/// The subject of a row, built from the values and never from the columns.
fn subject(program: &Program, columns: &[Owned], row: usize, jobs: Option<usize>) -> Subject {
    let mut subject = Subject::unknown(&program.layout);
    let main = program.layout.fact_number("job.main").unwrap();
    if let Some(jobs) = jobs {
        subject.set_jobs(&program.layout, jobs);
        if !columns.iter().any(|column| column.fact == main) {
            for job in 0..jobs {
                subject.set(&program.layout, main, Scope::Job(job), Value::Flag(job == 0));
            }
        }
    }
    for column in columns {
        if let Some(value) = column.values[row] {
            put(
                program,
                &mut subject,
                What::Fact(column.fact, column.job, column.part, column.kind),
                value,
            );
        }
    }
    subject
}

fn bit(words: &[u64], row: usize) -> bool {
    words[row / 64] >> (row % 64) & 1 == 1
}

fn truth(met: &[u64], unmet: &[u64], row: usize) -> Truth {
    match (bit(met, row), bit(unmet, row)) {
        (true, false) => Truth::Met,
        (false, true) => Truth::Unmet,
        (false, false) => Truth::Unknown,
        (true, true) => panic!("row {row} is both met and unmet"),
    }
}

fn status(scheme: &Scheme, truth: &mut dyn FnMut(NodeId) -> Truth) -> u8 {
    for strength in [2, 1] {
        let of = scheme.rules.iter().filter(|(of, _)| *of == strength);
        match of.fold(Truth::Unmet, |any, (_, node)| any.or(truth(*node))) {
            Truth::Met => return strength,
            Truth::Unknown => return 3,
            Truth::Unmet => {}
        }
    }
    0
}

fn two(lead: u8, other: u8, undetermined: u8) -> u8 {
    if lead == undetermined || other == undetermined {
        undetermined
    } else if lead == other {
        lead
    } else {
        undetermined + 1
    }
}

/// How the jobs of rows are counted.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Counting {
    Exactly(usize),
    Second,
    Unknown,
    Beyond,
}

fn compare(seed: u64, counting: Counting, rows: usize, by_day: bool) -> (usize, usize) {
    let mut making = program(Dice(seed));
    if counting == Counting::Beyond {
        // Urgency follows from what is met, so that more facts may withdraw it.
        making.program.warnings.clear();
    }
    let jobs = match counting {
        Counting::Exactly(count) => count,
        Counting::Second | Counting::Beyond => 2,
        Counting::Unknown => 0,
    };
    let owned = columns(&mut making, rows, jobs);
    let days: Vec<i32> = (0..rows).map(|_| making.dice.day()).collect();
    let second: Vec<bool> = (0..rows).map(|_| making.dice.one_in(2)).collect();
    let present = packed(second.iter().copied(), 3);
    let nodes = making.program.nodes.len();
    let mut asks: Vec<Ask> = (0..nodes).map(id).map(Ask::Truth).collect();
    asks.extend((0..nodes).map(id).map(Ask::Verdict));
    let scheme = Scheme {
        rules: (0..4).map(|_| (1 + making.dice.below(2) as u8, making.any_node())).collect(),
        since: None,
    };
    asks.push(Ask::Status(scheme.clone()));
    let program = &making.program;
    let population = Population {
        rows,
        days: if by_day {
            Days::Column {
                days: &days,
                validity: None,
            }
        } else {
            Days::One(Date::from_days(days[0]).unwrap())
        },
        jobs: match counting {
            Counting::Exactly(count) => Jobs::Exactly(count),
            Counting::Second => Jobs::Second {
                present: Bits {
                    bytes: &present,
                    offset: 3,
                },
                validity: None,
            },
            Counting::Unknown | Counting::Beyond => Jobs::Unknown,
        },
        columns: owned.iter().map(Owned::bound).collect(),
    };
    let plan = Plan::new(program, &population, &asks).unwrap();
    let outcome = plan
        .run(
            &population,
            &Run {
                threads: 1,
                most_bad: 3,
                ..Run::default()
            },
        )
        .unwrap();
    assert_eq!(outcome.bad, []);
    for row in 0..rows {
        let count = match counting {
            Counting::Exactly(count) => Some(count),
            Counting::Second => Some(if second[row] { 2 } else { 1 }),
            Counting::Unknown => None,
            Counting::Beyond => Some(2),
        };
        let subject = subject(program, &owned, row, count);
        let today = Date::from_days(if by_day { days[row] } else { days[0] }).unwrap();
        let mut readings = [Reading::Lead, Reading::Other].map(|reading| Evaluator::new(program, &subject, today, reading));
        for node in 0..nodes {
            let expected = readings.each_mut().map(|evaluator| evaluator.truth(id(node), Scope::Person));
            let Answer::Truth { met, unmet, other } = &outcome.answers[node] else {
                panic!("no bitmaps")
            };
            let lead = truth(met, unmet, row);
            let found = [lead, other.as_ref().map_or(lead, |(met, unmet)| truth(met, unmet, row))];
            let Answer::Codes(verdicts) = &outcome.answers[nodes + node] else {
                panic!("no codes")
            };
            let code = |truth: Truth| match truth {
                Truth::Unmet => 0,
                Truth::Met => 1,
                Truth::Unknown => 2,
            };
            assert_eq!(
                verdicts[row],
                two(code(found[0]), code(found[1]), 2),
                "verdict of node {node} row {row}"
            );
            if counting == Counting::Beyond {
                // More jobs may be there: what is decided stands whatever jobs there are.
                let stands = found
                    .iter()
                    .zip(expected)
                    .all(|(found, expected)| !found.is_decided() || *found == expected);
                assert!(
                    stands,
                    "node {node} row {row} seed {seed}: {found:?} against {expected:?}\n{:?}",
                    program.node(id(node))
                );
            } else {
                assert_eq!(
                    found,
                    expected,
                    "node {node} row {row} seed {seed} {counting:?}\n{:?}\n{:?}",
                    program.node(id(node)),
                    program.terms
                );
            }
        }
        if counting != Counting::Beyond {
            let [lead, other] = readings
                .each_mut()
                .map(|evaluator| status(&scheme, &mut |node| evaluator.truth(node, Scope::Person)));
            let Some(Answer::Codes(statuses)) = outcome.answers.last() else {
                panic!("no statuses")
            };
            assert_eq!(statuses[row], two(lead, other, 3), "status of row {row} seed {seed}");
        }
    }
    (plan.by_row(), nodes)
}

/// As many as `SITTHI_CASES` says.
fn cases() -> u32 {
    std::env::var("SITTHI_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok())
        .unwrap_or(48)
}

const COUNTINGS: [Counting; 6] = [
    Counting::Exactly(0),
    Counting::Exactly(1),
    Counting::Exactly(2),
    Counting::Second,
    Counting::Unknown,
    Counting::Beyond,
];

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn columns_say_what_rows_say(seed in any::<u64>(), counting in 0..COUNTINGS.len(), by_day in any::<bool>()) {
        compare(seed, COUNTINGS[counting], 67, by_day);
    }
}

#[test]
fn threads_change_nothing() {
    let rows = 8192 * 9 + 77;
    let mut making = program(Dice(11));
    let owned = columns(&mut making, rows, 1);
    let nodes = making.program.nodes.len();
    let asks: Vec<Ask> = (0..nodes)
        .map(id)
        .map(Ask::Verdict)
        .chain((0..nodes).map(id).map(Ask::Truth))
        .collect();
    let population = Population {
        rows,
        days: Days::One(Date::parse("2025-03-01").unwrap()),
        jobs: Jobs::Exactly(1),
        columns: owned.iter().map(Owned::bound).collect(),
    };
    let plan = Plan::new(&making.program, &population, &asks).unwrap();
    let keys: Vec<u8> = (0..rows).map(|row| (row % 5) as u8).collect();
    let weights: Vec<f64> = (0..rows).map(|row| 0.1 + (row % 1000) as f64 / 3.0).collect();
    let groups = Groups {
        by: vec![Grouping {
            keys: Data::U8(&keys),
            validity: None,
            groups: 4,
        }],
        weights: Some(Weights::Floats(&weights)),
    };
    let done = AtomicUsize::new(0);
    let progress = |rows: usize| {
        done.fetch_max(rows, Ordering::Relaxed);
    };
    let run = |threads: usize| {
        plan.run(
            &population,
            &Run {
                threads,
                most_bad: 9,
                tally: Some(&groups),
                progress: Some(&progress),
                ..Run::default()
            },
        )
    };
    let (one, four) = (run(1).unwrap(), run(4).unwrap());
    assert_eq!(one, four);
    assert_eq!(done.load(Ordering::Relaxed), rows);
    for (tally, answer) in one.tallies.iter().zip(&one.answers) {
        let Answer::Codes(codes) = answer else { panic!("no codes") };
        assert_eq!(tally.counts.iter().sum::<u64>(), rows as u64);
        let fourth_and_rest = codes.iter().zip(&keys).filter(|(code, key)| **code == 1 && **key == 4).count();
        assert_eq!(tally.counts[4 * tally.codes + 1], fourth_and_rest as u64);
    }
    let cancelled = AtomicBool::new(true);
    assert_eq!(
        plan.run(
            &population,
            &Run {
                cancel: Some(&cancelled),
                ..Run::default()
            }
        ),
        Err(PopulationError::Cancelled)
    );
}

#[test]
fn bad_rows_are_named_and_the_others_assessed() {
    let layout = layout();
    let fact = |name: &str| layout.fact_number(name).unwrap();
    let (wage, birth, nationality, months) = (fact("wage"), fact("birth_date"), fact("nationality"), fact("s33_months"));
    let nodes = vec![
        Node::Compare(id(0), Comparison::Less, id(1)),
        Node::Compare(id(0), Comparison::Less, id(2)),
        Node::Among(nationality, vec![1]),
        Node::Compare(id(0), Comparison::AtMost, id(3)),
        Node::Any((0..4).map(id).collect()),
    ];
    let terms = vec![Term::Constant(0), Term::Fact(wage), Term::Fact(birth), Term::Fact(months)];
    let program = Program {
        layout,
        nodes,
        terms,
        ..Program::default()
    };
    let wages = [100.25, 100.255, -1.0, f64::NAN, 0.0, 0.07, 12.0, 12.0];
    let births = [20_000, 20_000, 20_000, 20_000, 20_000, 20_000, i32::MAX, 20_000];
    let keys = [0_u8, 0, 0, 0, 9, 1, 0, 0];
    let counts = [5_i64, 5, 5, 5, 5, 5, 5, -5];
    let bound = |fact, data, keys, scale| Bound {
        fact,
        job: 0,
        part: Part::Value,
        data,
        validity: None,
        keys,
        scale,
    };
    let population = Population {
        rows: 8,
        days: Days::One(Date::parse("2026-01-01").unwrap()),
        jobs: Jobs::Unknown,
        columns: vec![
            bound(wage, Data::F64(&wages), None, Scale::Times(100)),
            bound(birth, Data::I32(&births), None, Scale::Times(1)),
            bound(
                nationality,
                Data::U8(&keys),
                Some(Keys {
                    codes: &[Some(0), Some(1)],
                    strict: true,
                }),
                Scale::Times(1),
            ),
            bound(months, Data::I64(&counts), None, Scale::Times(1)),
        ],
    };
    let plan = Plan::new(&program, &population, &[Ask::Verdict(id(4))]).unwrap();
    let outcome = plan
        .run(
            &population,
            &Run {
                most_bad: 10,
                ..Run::default()
            },
        )
        .unwrap();
    let bad: Vec<_> = outcome.bad.iter().map(|bad| (bad.row, bad.fact, bad.reason)).collect();
    assert_eq!(
        bad,
        [
            (1, Some(wage), BadReason::NotExact),
            (2, Some(wage), BadReason::OutOfRange),
            (3, Some(wage), BadReason::OutOfRange),
            (4, Some(nationality), BadReason::NoCode),
            (6, Some(birth), BadReason::OutOfRange),
            (7, Some(months), BadReason::OutOfRange),
        ]
    );
    assert_eq!(outcome.answers, [Answer::Codes(vec![1, 2, 2, 2, 2, 1, 2, 2])]);
    let found = population
        .columns
        .iter()
        .map(|column| column.bad_rows(&program.layout, population.rows));
    let mut found = found.collect::<Result<Vec<_>, _>>().unwrap().concat();
    found.sort_unstable();
    assert_eq!(found, outcome.bad);
    assert_eq!(
        plan.run(
            &population,
            &Run {
                most_bad: 2,
                ..Run::default()
            }
        )
        .map(|outcome| (outcome.bad.len(), outcome.bad_values)),
        Ok((2, 6))
    );
    let short = Population { rows: 9, ..population };
    assert_eq!(plan.run(&short, &Run::default()), Err(PopulationError::Length { column: 0 }));
}

#[test]
fn every_level_of_instructions_finds_the_same_bits() {
    use super::kernels::{self, Level, Span, WORDS};
    let mut dice = Dice(5);
    let floats: Vec<f64> = (0..1000)
        .map(|_| dice.below(5000) as f64 / if dice.one_in(9) { 1000.0 } else { 100.0 })
        .collect();
    let bytes: Vec<u8> = (0..1000).map(|_| dice.below(256) as u8).collect();
    for level in Level::every() {
        let mut out = [0; WORDS];
        kernels::exact(level, &Data::F64(&floats), 1..1000, 100.0, 1e12, &mut out);
        for (row, value) in floats[1..].iter().enumerate() {
            assert_eq!(bit(&out, row), (value * 100.0).round() / 100.0 == *value, "{value}");
        }
        kernels::within(
            level,
            &Data::U8(&bytes),
            1..1000,
            &Span {
                whole: (100, 200),
                float: (0.0, 0.0),
            },
            &mut out,
        );
        for (row, value) in bytes[1..].iter().enumerate() {
            assert_eq!(bit(&out, row), (100..=200).contains(value));
        }
        let mut codes = vec![9; 1000];
        kernels::spread(level, &[(&out, 0, 1), (&out, u64::MAX, 4)], &mut codes);
        for (row, code) in codes.iter().enumerate().take(999) {
            assert_eq!(*code, if bit(&out, row) { 1 } else { 4 });
        }
    }
}

#[test]
fn a_float_is_an_amount_only_where_it_is_the_nearest_to_its_parts() {
    use super::kernels::{self, CHUNK, Level, WORDS};
    let mut dice = Dice(11);
    let most = (1_u64 << 50) as f64;
    for times in [1.0, 100.0, 1000.0, 1024.0, 4_000_000_007_f64.min(f64::from(u32::MAX))] {
        let mut floats = vec![
            0.0,
            -0.0,
            -0.01,
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::MIN_POSITIVE,
            5e-324,
            f64::MAX,
            most / times,
        ];
        while floats.len() + 5 <= CHUNK {
            // Parts of every size, and the floats on either side of each.
            let parts = dice.next() & ((1 << (1 + dice.below(50))) - 1);
            let value = parts as f64 / times;
            floats.extend([
                value,
                value.next_up(),
                value.next_down(),
                value.next_up().next_up(),
                value + 0.5 / times,
            ]);
        }
        for level in Level::every() {
            let mut out = [0; WORDS];
            kernels::exact(level, &Data::F64(&floats), 0..floats.len(), times, most, &mut out);
            for (row, value) in floats.iter().enumerate() {
                let whole = (value * times).round_ties_even();
                let expected = whole / times == *value && (0.0..=most).contains(&whole);
                assert_eq!(
                    out[row >> 6] >> (row & 63) & 1 == 1,
                    expected,
                    "{value:e} times {times} at {level:?}"
                );
            }
        }
    }
}

#[test]
fn a_plan_is_taken_again_for_the_same_form_only() {
    let mut making = program(Dice(17));
    let owned = columns(&mut making, 300, 1);
    let nodes = making.program.nodes.len();
    let asks: Vec<Ask> = (0..nodes).map(id).map(Ask::Verdict).collect();
    let population = |rows: usize, day: &str, jobs: usize, columns: usize| Population {
        rows,
        days: Days::One(Date::parse(day).unwrap()),
        jobs: Jobs::Exactly(jobs),
        columns: owned.iter().take(columns).map(Owned::bound).collect(),
    };
    let whole = population(300, "2025-03-01", 1, owned.len());
    let plan = Plan::new(&making.program, &whole, &asks).unwrap();
    let again = |population: &Population<'_>| Plan::again(&making.program, plan.compiled(), population).unwrap();
    let run = |plan: &Plan<'_>, population: &Population<'_>| plan.run(population, &Run::default());
    let other = population(100, "2025-03-01", 1, owned.len());
    let expected = run(&Plan::new(&making.program, &other, &asks).unwrap(), &other);
    assert_eq!(run(&again(&other).unwrap(), &other), expected);
    for other in [
        population(300, "2025-03-02", 1, owned.len()),
        population(300, "2025-03-01", 2, owned.len()),
        population(300, "2025-03-01", 1, owned.len() - 1),
    ] {
        assert!(again(&other).is_none());
        assert_eq!(run(&plan, &other), Err(PopulationError::Form));
    }
}
