//! Conditions over fully known facts, drawn at random, and what an independent CEL implementation makes of them.
//!
//! Nothing here uses the library under test: a condition is text, and facts are plain values.
//!
//! CEL has no exact ages: a whole age goes to it as that number and a later one as a number between, so that `<= 60` holds up to
//! and on the birthday. CEL's dates need functions: a day goes to it as its number.
#![allow(
    dead_code,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "helpers of tests"
)]

use std::collections::{BTreeMap, HashMap};
use std::ops::RangeInclusive;

use cel::{Context, Program, Value};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sort {
    YesNo,
    /// One of these codes (a place is a code of digits).
    Code(Vec<String>),
    Years,
    Count,
    Days,
    Money,
    Date,
}

/// The names that conditions are drawn from.
pub type Vocabulary = Vec<(String, Sort)>;

/// The value of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    YesNo(bool),
    Code(String),
    /// A count, a number of days, or baht.
    Whole(i64),
    /// Completed years and the days beyond them (at most 366).
    Years {
        completed: i64,
        days: u16,
    },
    /// A day by its number, from any first day.
    Date(i64),
}

/// A value for every name.
pub type Facts = BTreeMap<String, Fact>;

/// A small vocabulary with several names of every sort, dotted and not.
pub fn vocabulary() -> Vocabulary {
    let codes = |codes: &[&str]| Sort::Code(codes.iter().map(ToString::to_string).collect());
    [
        ("employed", Sort::YesNo),
        ("member.sso_40_1", Sort::YesNo),
        ("member.sso_33", Sort::YesNo),
        ("nationality", codes(&["thai", "other", "none_1"])),
        ("job.employer", codes(&["private", "state", "household"])),
        ("job.province", codes(&["10", "11", "90"])),
        ("age", Sort::Years),
        ("table.max_age.years", Sort::Years),
        ("s33_months", Sort::Count),
        ("claim.children", Sort::Count),
        ("stay.length", Sort::Days),
        ("stay.longest", Sort::Days),
        ("job.monthly_wage", Sort::Money),
        ("wage_base.ceiling", Sort::Money),
        ("today", Sort::Date),
        ("job.started_on", Sort::Date),
        ("period.last", Sort::Date),
    ]
    .into_iter()
    .map(|(name, sort)| (name.to_owned(), sort))
    .collect()
}

/// Draws facts for every name of a vocabulary, with numbers (and day numbers) from a range.
pub fn facts(vocabulary: &Vocabulary, numbers: RangeInclusive<i64>) -> BoxedStrategy<Facts> {
    let values: Vec<BoxedStrategy<(String, Fact)>> = vocabulary
        .iter()
        .map(|(name, sort)| {
            let fact = match sort {
                Sort::YesNo => any::<bool>().prop_map(Fact::YesNo).boxed(),
                Sort::Code(codes) => select(codes.clone()).prop_map(Fact::Code).boxed(),
                Sort::Years => (numbers.clone(), prop_oneof![Just(0_u16), 1..366_u16])
                    .prop_map(|(completed, days)| Fact::Years { completed, days })
                    .boxed(),
                Sort::Count | Sort::Days | Sort::Money => numbers.clone().prop_map(Fact::Whole).boxed(),
                Sort::Date => numbers.clone().prop_map(Fact::Date).boxed(),
            };
            (Just(name.clone()), fact).boxed()
        })
        .collect();
    values.prop_map(|values| values.into_iter().collect()).boxed()
}

/// Draws the text of a condition over a vocabulary that passes every check of types, with literals from a range,
/// needless parentheses and uneven spaces. Nested at most four deep in `&&`, `||` and `!`.
pub fn expressions(vocabulary: &Vocabulary, numbers: RangeInclusive<i64>) -> BoxedStrategy<String> {
    let mut leaves = vec![select(vec!["true".to_owned(), "false".to_owned()]).boxed()];
    leaves.extend(vocabulary.iter().map(|(name, sort)| leaf(name, sort, vocabulary, numbers.clone())));
    proptest::strategy::Union::new(leaves)
        .prop_recursive(4, 24, 4, |inner| {
            let joined = |operator: &'static str| {
                vec((inner.clone(), space()), 2..4).prop_map(move |parts| {
                    let parts: Vec<String> = parts.into_iter().map(|(part, space)| format!("{part}{space}")).collect();
                    parts.join(&format!("{operator} "))
                })
            };
            prop_oneof![
                joined("&&").prop_map(|text| format!("({text})")),
                joined("||").prop_map(|text| format!("( {text})")),
                // without parentheses: precedence decides
                joined("&&"),
                joined("||"),
                inner.clone().prop_map(|text| format!("!({text})")),
                inner.clone().prop_map(|text| format!("!!(({text}))")),
            ]
        })
        .boxed()
}

fn leaf(name: &str, sort: &Sort, vocabulary: &Vocabulary, numbers: RangeInclusive<i64>) -> BoxedStrategy<String> {
    let name = name.to_owned();
    match sort {
        Sort::YesNo => prop_oneof![
            Just(name.clone()),
            Just(format!("!{name}")),
            compared(&name, &["==", "!="], select(vec!["true".to_owned(), "false".to_owned()]).boxed()),
        ]
        .boxed(),
        Sort::Code(codes) => {
            let literal = (select(codes.clone()), select(vec!['\'', '"']))
                .prop_map(|(code, quote)| format!("{quote}{code}{quote}"))
                .boxed();
            prop_oneof![compared(&name, &["==", "!="], literal.clone()), among(&name, literal)].boxed()
        }
        Sort::Years | Sort::Count | Sort::Days | Sort::Money => {
            let literal = numbers.prop_map(|number| number.to_string()).boxed();
            prop_oneof![
                3 => compared(&name, &ORDERED, literal.clone()),
                1 => compared(&name, &ORDERED, alike(sort, vocabulary)),
                1 => among(&name, literal),
            ]
            .boxed()
        }
        Sort::Date => compared(&name, &ORDERED, alike(sort, vocabulary)),
    }
}

const ORDERED: [&str; 6] = ["==", "!=", "<", "<=", ">", ">="];

fn alike(sort: &Sort, vocabulary: &Vocabulary) -> BoxedStrategy<String> {
    let names: Vec<String> = vocabulary
        .iter()
        .filter(|(_, other)| other == sort)
        .map(|(name, _)| name.clone())
        .collect();
    select(names).boxed()
}

fn compared(name: &str, operators: &[&'static str], other: BoxedStrategy<String>) -> BoxedStrategy<String> {
    let name = name.to_owned();
    (select(operators.to_vec()), other, space(), any::<bool>())
        .prop_map(move |(operator, other, space, mirrored)| {
            let (left, right) = if mirrored { (&other, &name) } else { (&name, &other) };
            format!("{left}{space}{operator}{space}{right}")
        })
        .boxed()
}

fn among(name: &str, literal: BoxedStrategy<String>) -> BoxedStrategy<String> {
    let name = name.to_owned();
    vec(literal, 1..4)
        .prop_map(move |choices| format!("{name} in [{}]", choices.join(", ")))
        .boxed()
}

fn space() -> BoxedStrategy<&'static str> {
    select(vec!["", " ", "\t", " \n "]).boxed()
}

/// What CEL makes of a condition; panics where CEL refuses the text, misses a fact or gives no boolean.
pub fn cel_value(text: &str, facts: &Facts) -> bool {
    let program = Program::compile(text).unwrap_or_else(|error| panic!("CEL refuses `{text}`: {error}"));
    let mut tree = Branch::default();
    for (name, fact) in facts {
        tree.put(name, fact);
    }
    let mut context = Context::default();
    for (name, value) in tree.0 {
        context.add_variable_from_value(name, Value::from(value));
    }
    match program.execute(&context) {
        Ok(Value::Bool(value)) => value,
        other => panic!("CEL gives {other:?} for `{text}`"),
    }
}

/// Whether CEL accepts a text at all.
pub fn cel_accepts(text: &str) -> bool {
    Program::compile(text).is_ok()
}

/// Dotted names as CEL has them: fields of fields.
#[derive(Default)]
struct Branch(BTreeMap<String, Node>);

enum Node {
    Leaf(Value),
    Branch(Branch),
}

impl Branch {
    fn put(&mut self, name: &str, fact: &Fact) {
        let Some((first, rest)) = name.split_once('.') else {
            let earlier = self.0.insert(name.to_owned(), Node::Leaf(value(fact)));
            assert!(earlier.is_none(), "`{name}` is both a name and the start of one");
            return;
        };
        match self.0.entry(first.to_owned()).or_insert_with(|| Node::Branch(Branch::default())) {
            Node::Branch(branch) => branch.put(rest, fact),
            Node::Leaf(_) => panic!("`{first}` is both a name and the start of `{name}`"),
        }
    }
}

impl From<Node> for Value {
    fn from(node: Node) -> Self {
        match node {
            Node::Leaf(value) => value,
            Node::Branch(branch) => {
                let fields: HashMap<String, Value> = branch.0.into_iter().map(|(name, node)| (name, node.into())).collect();
                Value::from(fields)
            }
        }
    }
}

fn value(fact: &Fact) -> Value {
    match fact {
        Fact::YesNo(value) => Value::Bool(*value),
        Fact::Code(code) => Value::String(code.clone().into()),
        Fact::Whole(number)
        | Fact::Date(number)
        | Fact::Years {
            completed: number,
            days: 0,
        } => Value::Int(*number),
        Fact::Years { completed, days } => {
            let completed = i32::try_from(*completed).unwrap_or_else(|_| panic!("an age of {completed} years"));
            // exact in binary, so equal ages stay equal
            Value::Float(f64::from(completed) + f64::from(*days) / 512.0)
        }
    }
}
