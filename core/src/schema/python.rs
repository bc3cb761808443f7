//! Prints the description as Python: a `TypedDict` for each object, an alias for everything else.

use std::fmt::Write;

use super::model::{Declared, Field, Shape};

const HEAD: &str = r#""""The JSON of facts and decisions as types, printed from the core's own description of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias, TypedDict

if TYPE_CHECKING:
    from typing_extensions import NotRequired

"#;

/// What is given may be of Python's own types as well.
const GIVEN: [(&str, &str); 3] = [
    ("PartialDate", "date | str"),
    ("Baht", "Decimal | int | float | str"),
    ("Exact", "Decimal | int | float | str"),
];

/// A module of all types. A key that is no name in Python, such as `if`, makes its type a call.
pub(super) fn print<'a>(types: impl IntoIterator<Item = &'a Declared>) -> String {
    let mut out = String::from(HEAD);
    for declared in types {
        let of = Of { given: declared.given };
        out.push('\n');
        match &declared.shape {
            Shape::Record(fields) if fields.iter().all(|field| is_name(&field.name)) => {
                let total = if all_optional(fields) { ", total=False" } else { "" };
                let _ = writeln!(out, "\nclass {}(TypedDict{total}):", declared.name);
                let _ = writeln!(out, "    \"\"\"{}\"\"\"\n", declared.about.trim());
                for field in fields {
                    let _ = writeln!(out, "    {}: {}", field.name, of.value(field, !all_optional(fields)));
                    if !field.about.is_empty() {
                        let _ = writeln!(out, "    \"\"\"{}\"\"\"", field.about.trim());
                    }
                }
            }
            Shape::Record(fields) => {
                let _ = writeln!(out, "{0} = TypedDict(\n    \"{0}\",\n    {{", declared.name);
                for field in fields {
                    let _ = writeln!(out, "        \"{}\": \"{}\",", field.name, of.value(field, true));
                }
                out.push_str("    },\n)\n");
                let _ = writeln!(out, "\"\"\"{}\"\"\"", declared.about.trim());
            }
            other => {
                let own = GIVEN.iter().find(|(name, _)| *name == declared.name);
                let said = own.map_or_else(|| of.shape(other), |(_, said)| (*said).to_owned());
                let _ = writeln!(out, "{}: TypeAlias = \"{said}\"", declared.name);
                let _ = writeln!(out, "\"\"\"{}\"\"\"", declared.about.trim());
            }
        }
    }
    out
}

fn all_optional(fields: &[Field]) -> bool {
    fields.iter().all(|field| field.optional)
}

const KEYWORDS: [&str; 12] = ["and", "as", "class", "for", "from", "if", "import", "in", "is", "not", "or", "with"];

fn is_name(key: &str) -> bool {
    !KEYWORDS.contains(&key) && !key.contains('.')
}

/// How the parts of a type are written: what is given may be any mapping or sequence, what comes out is a dict or a list.
#[derive(Clone, Copy)]
struct Of {
    given: bool,
}

impl Of {
    fn value(self, field: &Field, mark_optional: bool) -> String {
        let inner = self.shape(&field.shape);
        if field.optional && mark_optional {
            format!("NotRequired[{inner}]")
        } else {
            inner
        }
    }

    fn joined<'a>(self, shapes: impl IntoIterator<Item = &'a Shape>, between: &str) -> String {
        shapes.into_iter().map(|shape| self.shape(shape)).collect::<Vec<_>>().join(between)
    }

    fn shape(self, of: &Shape) -> String {
        let (list, map) = if self.given { ("Sequence", "Mapping") } else { ("list", "dict") };
        match of {
            Shape::Text(_) => "str".to_owned(),
            Shape::Number => "int".to_owned(),
            Shape::Decimal => "str | int | float".to_owned(),
            Shape::YesNo => "bool".to_owned(),
            Shape::Codes { codes, open: false } => {
                let codes: Vec<String> = codes.iter().map(|code| format!("'{code}'")).collect();
                format!("Literal[{}]", codes.join(", "))
            }
            // A type of the codes that are known would refuse those that a later rulebook adds.
            Shape::Codes { .. } => "str".to_owned(),
            Shape::Nullable(inner) => format!("{} | None", self.shape(inner)),
            Shape::List(inner) => format!("{list}[{}]", self.shape(inner)),
            Shape::Tuple(shapes) => format!("{list}[{}]", self.joined(shapes, " | ")),
            Shape::Map { of, .. } => format!("{map}[str, {}]", self.shape(of)),
            Shape::Named(name) => name.clone(),
            // An object inside a type has one key, which says which form it is.
            Shape::Record(fields) => format!("{map}[str, {}]", self.joined(fields.iter().map(|field| &field.shape), " | ")),
            Shape::Either(shapes) => self.joined(shapes, " | "),
        }
    }
}
