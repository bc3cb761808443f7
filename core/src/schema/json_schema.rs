//! Prints the description as JSON Schema, draft 2020-12, keys in the order of the types.

use std::fmt::Write;

use super::model::{Declared, Field, Format, Shape};

/// The address by which a validator knows how to read the schema.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// A schema whose definitions are these types. A text on its own is checked against one of them by `#/$defs/NAME`.
pub(super) fn print<'a>(title: &str, types: impl IntoIterator<Item = &'a Declared>) -> String {
    let mut out = String::from("{\n");
    let _ = writeln!(
        out,
        "  \"$schema\": {},\n  \"title\": {},\n  \"$defs\": {{",
        text(DIALECT),
        text(title)
    );
    let types: Vec<String> = types.into_iter().map(definition).collect();
    out.push_str(&types.join(",\n"));
    out.push_str("\n  }\n}\n");
    out
}

fn definition(declared: &Declared) -> String {
    let mut inner = members(&declared.shape, declared.given);
    if !declared.about.is_empty() {
        inner.insert(0, ("description", text(declared.about.trim())));
    }
    format!("    {}: {}", text(&declared.name), object(&inner, 4))
}

fn object(members: &[(&str, String)], indent: usize) -> String {
    if members.is_empty() {
        return "{}".to_owned();
    }
    let (pad, end) = (" ".repeat(indent.saturating_add(2)), " ".repeat(indent));
    let lines: Vec<String> = members
        .iter()
        .map(|(key, value)| format!("{pad}{}: {}", text(key), value.replace('\n', "\n  ")))
        .collect();
    format!("{{\n{}\n{end}}}", lines.join(",\n"))
}

fn list(items: impl IntoIterator<Item = String>) -> String {
    format!("[{}]", items.into_iter().collect::<Vec<_>>().join(", "))
}

fn inline(shape: &Shape, given: bool) -> String {
    let inner = members(shape, given);
    let lines: Vec<String> = inner.iter().map(|(key, value)| format!("{}: {value}", text(key))).collect();
    format!("{{ {} }}", lines.join(", ")).replace("{  }", "{}")
}

fn members(shape: &Shape, given: bool) -> Vec<(&'static str, String)> {
    let kind = |name: &str| ("type", text(name));
    match shape {
        Shape::Text(Format::Plain) => vec![kind("string")],
        Shape::Text(Format::Date) => vec![kind("string"), ("format", text("date"))],
        Shape::Number => vec![kind("integer")],
        Shape::Decimal => vec![("type", list([text("string"), text("number")]))],
        Shape::YesNo => vec![kind("boolean")],
        Shape::Codes { codes, open: false } => vec![("enum", list(codes.iter().map(|code| text(code))))],
        // An open list says what is known, and takes what a later rulebook may know.
        Shape::Codes { codes, open: true } => vec![kind("string"), ("examples", list(codes.iter().map(|code| text(code))))],
        Shape::Nullable(inner) => vec![("anyOf", list([inline(inner, given), "{ \"type\": \"null\" }".to_owned()]))],
        Shape::List(inner) => vec![kind("array"), ("items", inline(inner, given))],
        Shape::Tuple(shapes) => vec![
            kind("array"),
            ("prefixItems", list(shapes.iter().map(|shape| inline(shape, given)))),
            ("minItems", shapes.len().to_string()),
            ("maxItems", shapes.len().to_string()),
        ],
        Shape::Map { keys, of } => {
            let mut members = vec![kind("object"), ("additionalProperties", inline(of, given))];
            if let Some(keys) = keys {
                members.push(("propertyNames", reference(keys)));
            }
            members
        }
        Shape::Named(name) => vec![("$ref", text(&format!("#/$defs/{name}")))],
        Shape::Record(fields) => record(fields, given),
        Shape::Either(shapes) => vec![("anyOf", list(shapes.iter().map(|shape| inline(shape, given))))],
    }
}

fn reference(name: &str) -> String {
    format!("{{ \"$ref\": {} }}", text(&format!("#/$defs/{name}")))
}

fn record(fields: &[Field], given: bool) -> Vec<(&'static str, String)> {
    let mut properties = String::from("{");
    for (number, field) in fields.iter().enumerate() {
        let about = if field.about.is_empty() {
            String::new()
        } else {
            format!("\"description\": {}, ", text(field.about.trim()))
        };
        let inner = inline(&field.shape, given);
        let inner = inner.strip_prefix("{ ").map_or(inner.clone(), |rest| format!("{{ {about}{rest}"));
        let comma = if number == 0 { "" } else { "," };
        let _ = write!(properties, "{comma}\n    {}: {inner}", text(&field.name));
    }
    properties.push_str("\n  }");
    let needed: Vec<String> = fields
        .iter()
        .filter(|field| !field.optional)
        .map(|field| text(&field.name))
        .collect();
    let mut members = vec![("type", text("object")), ("properties", properties)];
    if !needed.is_empty() {
        members.push(("required", list(needed)));
    }
    if given {
        members.push(("additionalProperties", "false".to_owned()));
    }
    members
}

/// A JSON text.
fn text(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
