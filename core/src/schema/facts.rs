//! Facts: an object for each group of the list, a type for each code list, and the facts that a rulebook declares.

use std::collections::BTreeSet;

use super::model::{Declared, Field, Format, Shape};
use crate::facts::{FactDefinition, FactKind, GROUPS, Layout};

/// The types of the facts of a rulebook; null, or nothing, means not known.
pub(super) fn types(layout: &Layout) -> Vec<Declared> {
    let mut types = vec![
        alias(
            "PartialDate",
            "A day `2026-03-15`, or as much of it as is known: `2026-03`, `2026`, `2026-03/2026-05`; Thai dates such as `15 มีนาคม 2569` and `15/3/2569` are read as well.",
            Shape::Text(Format::Plain),
        ),
        alias(
            "Baht",
            "Baht as text, as a whole number, or as a number that is exact to the satang.",
            Shape::Decimal,
        ),
        alias(
            "PaidMonths",
            "The months that were paid (`2026-03`, or `2025-01/2026-03` for all between), or counts before the event: `in_15` of the last 15, `total` of all.",
            Shape::Either(vec![
                Shape::Text(Format::Plain).list(),
                Shape::Map {
                    keys: None,
                    of: Box::new(Shape::Number.or_null()),
                },
            ]),
        ),
    ];
    let lists: BTreeSet<&str> = GROUPS.iter().flat_map(|group| group.facts).filter_map(|fact| fact.list).collect();
    for list in lists {
        let codes = layout.list(list).map(|list| list.codes.as_slice()).unwrap_or_default();
        let about = format!("The codes of `{list}`; a later rulebook may know more.");
        let codes = codes.iter().map(ToString::to_string).collect();
        types.push(alias(&code_type(list), &about, Shape::Codes { codes, open: true }));
    }
    for group in GROUPS {
        let mut fields = Vec::new();
        for fact in group.facts {
            if fact.kind == FactKind::Declared {
                fields.extend(declared(layout));
            } else {
                fields.push(Field::optional(fact.name, fact.about, shape(fact)));
            }
        }
        types.push(Declared {
            name: group.name.to_owned(),
            about: group.about.trim().to_owned(),
            shape: Shape::Record(fields),
            given: true,
        });
    }
    types
}

/// The facts that the rulebook declares.
fn declared(layout: &Layout) -> Vec<Field> {
    let own = layout.facts.iter().filter(|fact| layout.declared(&fact.name).is_some());
    own.map(|fact| {
        let list = fact.list.and_then(|list| layout.lists.get(usize::from(list)));
        let shape = match (fact.kind, list) {
            (FactKind::YesNo, _) => Shape::YesNo,
            (FactKind::Date, _) => Shape::named("PartialDate"),
            (FactKind::Count, _) => Shape::Either(vec![Shape::Number, Shape::Text(Format::Plain)]),
            (FactKind::Money, _) => Shape::named("Baht"),
            (FactKind::Code, Some(list)) => Shape::codes(list.codes.iter().map(ToString::to_string).collect()),
            (FactKind::Wages, _) => Shape::named("Baht").list(),
            _ => Shape::Text(Format::Plain),
        };
        Field::optional(&fact.name, "", shape.or_null())
    })
    .collect()
}

fn alias(name: &str, about: &str, shape: Shape) -> Declared {
    Declared {
        name: name.to_owned(),
        about: about.to_owned(),
        shape,
        given: true,
    }
}

/// `end_cause` is declared as `EndCauseCode`.
fn code_type(list: &str) -> String {
    let words = list.split('_').map(|word| {
        let (first, rest) = word.split_at_checked(1).unwrap_or((word, ""));
        first.to_uppercase() + rest
    });
    words.collect::<String>() + "Code"
}

fn shape(fact: &FactDefinition) -> Shape {
    let code = fact.list.map(code_type);
    let by_code = |of: Shape| Shape::Map {
        keys: code.clone(),
        of: Box::new(of.or_null()),
    };
    match fact.kind {
        FactKind::YesNo => Shape::YesNo,
        FactKind::Date => Shape::named("PartialDate"),
        FactKind::Code => code.as_deref().map_or(Shape::Text(Format::Plain), Shape::named),
        // A count is read from text as well, in Thai digits too.
        FactKind::Count => Shape::Either(vec![Shape::Number, Shape::Text(Format::Plain)]),
        FactKind::Money => Shape::named("Baht"),
        FactKind::Province | FactKind::District | FactKind::Declared => Shape::Text(Format::Plain),
        FactKind::Family => by_code(Shape::YesNo),
        FactKind::PaidMonths => by_code(Shape::named("PaidMonths")),
        FactKind::Wages => Shape::named("Baht").list(),
        FactKind::Jobs => Shape::named("Job").list(),
        FactKind::TheJob => Shape::named("Job"),
        FactKind::TheClaim => Shape::named("Claim"),
    }
    .or_null()
}
