//! Prints the description as TypeScript.

use std::fmt::Write;

use super::model::{Declared, Field, Shape};

/// The declarations, each exported.
pub(super) fn print<'a>(types: impl IntoIterator<Item = &'a Declared>) -> String {
    let mut out = String::new();
    for declared in types {
        out.push('\n');
        comment(&declared.about, "", &mut out);
        if let Shape::Record(fields) = &declared.shape {
            let _ = writeln!(out, "export interface {} {{", declared.name);
            for field in fields {
                comment(&field.about, "  ", &mut out);
                let _ = writeln!(out, "  {}", key(field));
            }
            out.push_str("}\n");
        } else {
            let _ = writeln!(out, "export type {} = {}", declared.name, shape(&declared.shape));
        }
    }
    out
}

fn key(field: &Field) -> String {
    format!("{}{}: {}", field.name, if field.optional { "?" } else { "" }, shape(&field.shape))
}

fn comment(about: &str, indent: &str, out: &mut String) {
    if !about.is_empty() {
        // Writing to text cannot fail.
        let _ = writeln!(out, "{indent}/** {} */", about.trim().replace('\n', " "));
    }
}

fn joined<'a>(shapes: impl IntoIterator<Item = &'a Shape>, between: &str) -> String {
    shapes.into_iter().map(shape).collect::<Vec<_>>().join(between)
}

fn shape(of: &Shape) -> String {
    match of {
        Shape::Text(_) => "string".to_owned(),
        Shape::Number => "number".to_owned(),
        Shape::Decimal => "string | number".to_owned(),
        Shape::YesNo => "boolean".to_owned(),
        Shape::Codes { codes, open } => {
            let codes: Vec<String> = codes.iter().map(|code| format!("'{code}'")).collect();
            let rest = if *open { " | (string & {})" } else { "" };
            codes.join(" | ") + rest
        }
        Shape::Nullable(inner) => format!("{} | null", shape(inner)),
        Shape::List(inner) => match **inner {
            Shape::Codes { .. } | Shape::Nullable(_) | Shape::Either(_) | Shape::Decimal => format!("({})[]", shape(inner)),
            _ => format!("{}[]", shape(inner)),
        },
        Shape::Tuple(shapes) => format!("[{}]", joined(shapes, ", ")),
        Shape::Map { keys: None, of } => format!("Record<string, {}>", shape(of)),
        Shape::Map { keys: Some(keys), of } => format!("Partial<Record<{keys}, {}>>", shape(of)),
        Shape::Named(name) => name.clone(),
        Shape::Record(fields) => format!("{{ {} }}", fields.iter().map(key).collect::<Vec<_>>().join("; ")),
        Shape::Either(shapes) => joined(shapes, " | "),
    }
}
