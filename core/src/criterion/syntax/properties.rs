//! What holds of every text and every tree.

use std::cmp::Ordering;

use proptest::collection::vec;
use proptest::prelude::*;

use super::{Area, Choices, Comparison, Expression, Kind, LONGEST_TEXT, Language, Names, Operand, TypeError};
use super::{check, in_words, line_and_column, parse, print};

#[path = "../../../tests/common/cel_oracle.rs"]
mod cel_oracle;

use cel_oracle::{Fact, Facts, Sort, Vocabulary, cel_accepts, cel_value, expressions, facts, vocabulary};

/// The two-valued meaning of a condition over known facts, in the fewest words.
fn meaning(expression: &Expression, facts: &Facts) -> bool {
    match expression {
        Expression::All(parts) => parts.iter().all(|part| meaning(part, facts)),
        Expression::Any(parts) => parts.iter().any(|part| meaning(part, facts)),
        Expression::Not(part) => !meaning(part, facts),
        Expression::Boolean(value) => *value,
        Expression::Name(name) => facts[&name.value] == Fact::YesNo(true),
        Expression::Compare { left, operator, right } => {
            let order = order(&operand(left, facts), &operand(right, facts));
            match operator {
                Comparison::Equal => order.is_eq(),
                Comparison::NotEqual => order.is_ne(),
                Comparison::Less => order.is_lt(),
                Comparison::AtMost => order.is_le(),
                Comparison::More => order.is_gt(),
                Comparison::AtLeast => order.is_ge(),
            }
        }
        Expression::Among { name, choices } => {
            let value = &facts[&name.value];
            match choices {
                Choices::Codes(codes) => codes.iter().any(|code| *value == Fact::Code(code.value.clone())),
                Choices::Numbers(numbers) => numbers.iter().any(|number| order(value, &Fact::Whole(number.value)).is_eq()),
            }
        }
    }
}

fn operand(operand: &Operand, facts: &Facts) -> Fact {
    match operand {
        Operand::Name(name) => facts[&name.value].clone(),
        Operand::Number(number) => Fact::Whole(number.value),
        Operand::Code(code) => Fact::Code(code.value.clone()),
        Operand::Boolean(value) => Fact::YesNo(value.value),
    }
}

fn order(left: &Fact, right: &Fact) -> Ordering {
    match (left, right) {
        (Fact::YesNo(left), Fact::YesNo(right)) => left.cmp(right),
        (Fact::Code(left), Fact::Code(right)) => left.cmp(right),
        (Fact::Date(left), Fact::Date(right)) => left.cmp(right),
        (left, right) => years_and_days(left).cmp(&years_and_days(right)),
    }
}

fn years_and_days(fact: &Fact) -> (i64, u16) {
    match fact {
        Fact::Whole(number) => (*number, 0),
        Fact::Years { completed, days } => (*completed, *days),
        other => panic!("{other:?} is no number"),
    }
}

struct Known(Vocabulary);

impl Known {
    fn codes(&self, list: &str) -> Vec<String> {
        let (_, sort) = self.0.iter().find(|(name, _)| name == list).unwrap();
        let Sort::Code(codes) = sort else { panic!("`{list}` has no codes") };
        codes.clone()
    }
}

impl Names for Known {
    fn kind(&self, name: &str) -> Option<Kind> {
        let (_, sort) = self.0.iter().find(|(known, _)| known == name)?;
        Some(match sort {
            Sort::Code(_) if name == "job.province" => Kind::Place(Area::Province),
            Sort::Code(_) => Kind::Code(name.to_owned()),
            Sort::YesNo => Kind::YesNo,
            Sort::Years => Kind::Years,
            Sort::Count => Kind::Count,
            Sort::Days => Kind::Days,
            Sort::Money => Kind::Money,
            Sort::Date => Kind::Date,
        })
    }
    fn nearest(&self, _: &str) -> Option<String> {
        None
    }
    fn has_code(&self, list: &str, code: &str) -> bool {
        self.codes(list).iter().any(|known| known == code)
    }
    fn nearest_code(&self, _: &str, _: &str) -> Option<String> {
        None
    }
}

fn name() -> impl Strategy<Value = String> {
    "x[a-z0-9_]{0,3}(\\.x[a-z0-9_]{0,3}){0,2}"
}

fn any_operand() -> impl Strategy<Value = Operand> {
    prop_oneof![
        name().prop_map(|name| Operand::Name(name.into())),
        any::<i64>().prop_map(|number| Operand::Number(number.into())),
        "[a-z0-9_]{1,4}".prop_map(|code| Operand::Code(code.into())),
        any::<bool>().prop_map(|value| Operand::Boolean(value.into())),
    ]
}

fn any_expression() -> impl Strategy<Value = Expression> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Expression::Boolean),
        name().prop_map(|name| Expression::Name(name.into())),
        (any_operand(), proptest::sample::select(Comparison::EVERY.to_vec()), any_operand())
            .prop_map(|(left, operator, right)| Expression::Compare { left, operator, right }),
        (name(), vec("[a-z0-9_]{1,4}", 1..4)).prop_map(|(name, codes)| Expression::Among {
            name: name.into(),
            choices: Choices::Codes(codes.into_iter().map(Into::into).collect()),
        }),
        (name(), vec(any::<i64>(), 1..4)).prop_map(|(name, numbers)| Expression::Among {
            name: name.into(),
            choices: Choices::Numbers(numbers.into_iter().map(Into::into).collect()),
        }),
    ];
    leaf.prop_recursive(6, 40, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Expression::all),
            vec(inner.clone(), 0..4).prop_map(Expression::any),
            inner.prop_map(Expression::negated),
        ]
    })
}

/// Pieces of the language and of its neighbours, in no order.
fn scraps() -> impl Strategy<Value = String> {
    let scraps = vec![
        "&&",
        "||",
        "!",
        "==",
        "!=",
        "<",
        "<=",
        ">",
        ">=",
        "in",
        "[",
        "]",
        "(",
        ")",
        ",",
        "a",
        "b.c",
        "'d'",
        "\"e\"",
        "7",
        "-1",
        "true",
        "false",
        " ",
        " ",
        " ",
        ".",
        "'",
        "&",
        "=",
        "ก",
        "-",
        "null",
        "?",
        ":",
        "+",
        "1.5",
        "\n",
        "//",
        "[]",
        "in ['x', 'y']",
        "a <= 3",
    ];
    vec(proptest::sample::select(scraps), 0..12).prop_map(|scraps| scraps.concat())
}

fn explains_every_refusal(text: &str) -> Result<(), TestCaseError> {
    match parse(text) {
        Ok(expression) => {
            prop_assert_eq!(parse(&print(&expression)).unwrap(), expression);
            prop_assert!(cel_accepts(text), "CEL refuses {:?}", text);
        }
        Err(error) => {
            prop_assert!(text.is_char_boundary(error.position) && error.position <= text.len());
            prop_assert_eq!((error.line, error.column), line_and_column(text, error.position));
            prop_assert!(!error.found.is_empty() && !error.expected.is_empty());
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn no_text_panics(text in any::<String>()) {
        explains_every_refusal(&text)?;
    }

    #[test]
    fn whatever_is_accepted_is_cel(text in scraps()) {
        explains_every_refusal(&text)?;
    }

    #[test]
    fn printed_trees_read_back(expression in any_expression()) {
        let text = print(&expression);
        if text.len() <= LONGEST_TEXT {
            prop_assert_eq!(parse(&text).unwrap(), expression);
        }
    }

    #[test]
    fn stored_trees_read_back(expression in any_expression()) {
        let json = serde_json::to_string(&expression).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Expression>(&json).unwrap(), &expression);
        let bytes = postcard::to_allocvec(&expression).unwrap();
        prop_assert_eq!(postcard::from_bytes::<Expression>(&bytes).unwrap(), expression);
    }

    #[test]
    fn places_are_where_names_stand(expression in any_expression()) {
        let text = print(&expression);
        let read = parse(&text).unwrap();
        for name in read.names() {
            prop_assert_eq!(text.get(name.place.start..name.place.end), Some(name.value.as_str()));
        }
    }

    #[test]
    fn every_tree_has_words_and_a_check(expression in any_expression()) {
        for language in [Language::Thai, Language::English] {
            prop_assert!(!in_words(&expression, &str::to_owned, language).is_empty());
        }
        if let Err(faults) = check(&expression, &Known(vocabulary())) {
            let unknown = faults.iter().filter(|fault| matches!(fault, TypeError::UnknownName { .. })).count();
            prop_assert_eq!(unknown, expression.names().len());
        }
    }

    #[test]
    fn agrees_with_cel(text in expressions(&vocabulary(), 0..=9), facts in facts(&vocabulary(), 0..=9)) {
        let expression = parse(&text).unwrap();
        prop_assert_eq!(check(&expression, &Known(vocabulary())), Ok(()));
        let expected = cel_value(&text, &facts);
        prop_assert_eq!(meaning(&expression, &facts), expected);
        prop_assert_eq!(cel_value(&print(&expression), &facts), expected);
    }
}
