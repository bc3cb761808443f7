//! Decisions: the structs of the core, read from their source with their names, types and comments.

use std::collections::BTreeMap;

use syn::{Attribute, Data, DeriveInput, Expr, ExprLit, Fields, GenericArgument, Item, Lit, LitStr, Meta, PathArguments, Type};

use super::SchemaError;
use super::model::{Declared, Field, Format, Shape};

/// The files that define what decisions are made of.
const SOURCES: &[&str] = &[
    include_str!("../compile/diagnostics.rs"),
    include_str!("../coverage/decision.rs"),
    include_str!("../coverage/status.rs"),
    include_str!("../criterion/program.rs"),
    include_str!("../error.rs"),
    include_str!("../explain/labels.rs"),
    include_str!("../explain/outline.rs"),
    include_str!("../facts/mod.rs"),
    include_str!("../interview/question.rs"),
    include_str!("../labels.rs"),
    include_str!("../law/decision.rs"),
    include_str!("../plan/input.rs"),
    include_str!("../plan/model.rs"),
    include_str!("../plan/year.rs"),
    include_str!("../plan/scorecard.rs"),
    include_str!("../routing/decision.rs"),
    include_str!("../rulebook/change.rs"),
    include_str!("../rulebook/model/codes.rs"),
    include_str!("../values/error_code.rs"),
];

/// What is asked for by name; all else is declared because one of these needs it.
const ROOTS: &[&str] = &[
    "Coverage",
    "Classification",
    "Question",
    "InterviewStep",
    "Routing",
    "Scorecard",
    "Plan",
    "Change",
    "Outline",
    "CodeLabel",
    "AgencyLabel",
    "InstrumentLabel",
    "SourceLabel",
    "ErrorObject",
    "Diagnostic",
];

/// Written as text by their own `Serialize`.
const TEXT: &[&str] = &[
    "Text", "Decimal", "Part", "Period", "String", "Month", "Baht", "Province", "District",
];

/// Every type that the sources define; one that cannot be declared is a fault only where a decision needs it.
pub(super) struct Shapes(BTreeMap<String, Result<Declared, SchemaError>>);

impl Shapes {
    /// Reads the sources.
    pub(super) fn of_decisions() -> Result<Self, SchemaError> {
        let unreadable = |error: syn::Error| SchemaError::Source(error.to_string());
        let mut shapes = BTreeMap::new();
        for source in SOURCES {
            for item in syn::parse_file(source).map_err(unreadable)?.items {
                let input = match item {
                    Item::Struct(item) => DeriveInput::from(item),
                    Item::Enum(item) => DeriveInput::from(item),
                    _ => continue,
                };
                if serialises(&input) {
                    let name = input.ident.to_string();
                    let declared = declared(&input).map_err(|error| SchemaError::Source(format!("`{name}`: {error}")));
                    if shapes.insert(name.clone(), declared).is_some() {
                        return Err(SchemaError::Source(format!("`{name}` is defined twice")));
                    }
                }
            }
        }
        Ok(Self(shapes))
    }

    /// The type of that name.
    pub(super) fn get(&self, name: &str) -> Result<&Declared, SchemaError> {
        self.0
            .get(name)
            .ok_or_else(|| SchemaError::Unknown(name.to_owned()))?
            .as_ref()
            .map_err(Clone::clone)
    }

    /// The roots and what they need, each once, in the order in which they are met.
    pub(super) fn reached(&self) -> Result<Vec<&Declared>, SchemaError> {
        let mut reached: Vec<&Declared> = Vec::new();
        let mut waiting: Vec<String> = ROOTS.iter().rev().map(|name| (*name).to_owned()).collect();
        while let Some(name) = waiting.pop() {
            if reached.iter().all(|known| known.name != name) {
                let declared = self.get(&name)?;
                reached.push(declared);
                declared.shape.names(&mut waiting);
            }
        }
        Ok(reached)
    }
}

/// Whether `Serialize` is derived.
fn serialises(input: &DeriveInput) -> bool {
    input
        .attrs
        .iter()
        .filter(|attribute| attribute.path().is_ident("derive"))
        .any(|attribute| {
            let mut found = false;
            // What cannot be read derives nothing that is meant here.
            let _ = attribute.parse_nested_meta(|meta| {
                found |= meta.path.segments.last().is_some_and(|last| last.ident == "Serialize");
                Ok(())
            });
            found
        })
}

/// What serde is told about a type, a field or a variant.
#[derive(Default)]
struct SerdeRules {
    rename: Option<String>,
    snake_case: bool,
    optional: bool,
    skipped: bool,
    text: bool,
}

fn serde_rules(attributes: &[Attribute]) -> syn::Result<SerdeRules> {
    let mut rules = SerdeRules::default();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        attribute.parse_nested_meta(|meta| {
            let is = |name: &str| meta.path.is_ident(name);
            if is("rename") {
                rules.rename = Some(meta.value()?.parse::<LitStr>()?.value());
            } else if is("rename_all") {
                rules.snake_case = meta.value()?.parse::<LitStr>()?.value() == "snake_case";
            } else if is("skip_serializing_if") {
                meta.value()?.parse::<LitStr>()?;
                rules.optional = true;
            } else if is("into") {
                rules.text = meta.value()?.parse::<LitStr>()?.value() == "String";
            } else if is("skip") || is("skip_serializing") {
                rules.skipped = true;
            } else if is("default") || is("try_from") || is("skip_deserializing") {
                // These concern reading alone.
                if meta.input.peek(syn::Token![=]) {
                    meta.value()?.parse::<LitStr>()?;
                }
            } else {
                return Err(meta.error("no rule here says how this is declared"));
            }
            Ok(())
        })?;
    }
    Ok(rules)
}

/// The doc comment as one text.
fn about(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(meta) if meta.path.is_ident("doc") => match &meta.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    });
    lines.map(|line| line.trim().to_owned()).collect::<Vec<_>>().join(" ")
}

fn declared(input: &DeriveInput) -> syn::Result<Declared> {
    let rules = serde_rules(&input.attrs)?;
    let shape = match &input.data {
        _ if rules.text => Shape::Text(Format::Plain),
        Data::Struct(data) => fields(&data.fields)?,
        Data::Enum(data) => {
            let mut texts = Vec::new();
            let mut others = Vec::new();
            for variant in &data.variants {
                let name = variant.ident.to_string();
                let name = serde_rules(&variant.attrs)?
                    .rename
                    .unwrap_or_else(|| if rules.snake_case { snake_case(&name) } else { name });
                match &variant.fields {
                    Fields::Unit => texts.push(name),
                    inner => others.push(Shape::Record(vec![Field {
                        name,
                        about: String::new(),
                        shape: fields(inner)?,
                        optional: false,
                    }])),
                }
            }
            if others.is_empty() {
                Shape::codes(texts)
            } else {
                Shape::Either(std::iter::once(Shape::codes(texts)).chain(others).collect())
            }
        }
        Data::Union(_) => return Err(syn::Error::new_spanned(input, "a union has no declaration")),
    };
    Ok(Declared {
        name: input.ident.to_string(),
        about: about(&input.attrs),
        shape,
        given: false,
    })
}

fn fields(fields: &Fields) -> syn::Result<Shape> {
    match fields {
        Fields::Named(named) => {
            let mut list = Vec::new();
            for field in &named.named {
                let rules = serde_rules(&field.attrs)?;
                if rules.skipped {
                    continue;
                }
                let about = about(&field.attrs);
                let name = rules
                    .rename
                    .unwrap_or_else(|| field.ident.as_ref().map(ToString::to_string).unwrap_or_default());
                list.push(Field {
                    name,
                    shape: shape(&field.ty, &about)?,
                    about,
                    optional: rules.optional,
                });
            }
            Ok(Shape::Record(list))
        }
        Fields::Unnamed(unnamed) => {
            let mut shapes = unnamed
                .unnamed
                .iter()
                .map(|field| shape(&field.ty, ""))
                .collect::<syn::Result<Vec<_>>>()?;
            if shapes.len() == 1 {
                shapes.pop().ok_or_else(|| syn::Error::new_spanned(fields, "no field"))
            } else {
                Ok(Shape::Tuple(shapes))
            }
        }
        Fields::Unit => Ok(Shape::Record(Vec::new())),
    }
}

fn shape(of: &Type, about: &str) -> syn::Result<Shape> {
    match of {
        // A text that is fixed in the program: its comment lists what it may be.
        Type::Reference(_) => {
            let texts: Vec<String> = about.split('`').skip(1).step_by(2).map(str::to_owned).collect();
            Ok(if texts.is_empty() {
                Shape::Text(Format::Plain)
            } else {
                Shape::codes(texts)
            })
        }
        Type::Array(array) => {
            let Expr::Lit(ExprLit { lit: Lit::Int(length), .. }) = &array.len else {
                return Err(syn::Error::new_spanned(of, "an array of unknown length"));
            };
            Ok(Shape::Tuple(vec![shape(&array.elem, about)?; length.base10_parse()?]))
        }
        Type::Path(path) => {
            let unknown = || syn::Error::new_spanned(of, "no rule here says how this is declared");
            let last = path.path.segments.last().ok_or_else(unknown)?;
            let arguments: Vec<&Type> = match &last.arguments {
                PathArguments::AngleBracketed(given) => given
                    .args
                    .iter()
                    .filter_map(|one| if let GenericArgument::Type(one) = one { Some(one) } else { None })
                    .collect(),
                _ => Vec::new(),
            };
            let name = last.ident.to_string();
            match (name.as_str(), arguments.as_slice()) {
                ("Option", [inner]) => Ok(Shape::Nullable(Box::new(shape(inner, about)?))),
                ("Vec" | "BTreeSet", [inner]) => Ok(Shape::List(Box::new(shape(inner, about)?))),
                ("Box", [inner]) => shape(inner, about),
                ("BTreeMap", [_, inner]) => Ok(Shape::Map {
                    keys: None,
                    of: Box::new(shape(inner, about)?),
                }),
                ("bool", []) => Ok(Shape::YesNo),
                ("u8" | "u16" | "u32" | "i32" | "usize", []) => Ok(Shape::Number),
                ("Date", []) => Ok(Shape::Text(Format::Date)),
                (text, []) if TEXT.contains(&text) => Ok(Shape::Text(Format::Plain)),
                (_, []) => Ok(Shape::Named(name)),
                _ => Err(unknown()),
            }
        }
        _ => Err(syn::Error::new_spanned(of, "no rule here says how this is declared")),
    }
}

/// `NotEligible` is written `not_eligible`.
fn snake_case(name: &str) -> String {
    let mut out = String::new();
    for (number, letter) in name.char_indices() {
        if letter.is_uppercase() && number > 0 {
            out.push('_');
        }
        out.extend(letter.to_lowercase());
    }
    out
}
