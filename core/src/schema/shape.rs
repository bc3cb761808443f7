//! Decisions: the structs of the core as data, read from their source with their names, types and comments.

use std::collections::BTreeMap;
use std::fmt;

use syn::{Attribute, Data, DeriveInput, Expr, ExprLit, Fields, GenericArgument, Item, Lit, LitStr, Meta, PathArguments, Type};

use super::{TypeScriptError, comment};

/// The files that define what decisions are made of.
const SOURCES: &[&str] = &[
    include_str!("../coverage/decision.rs"),
    include_str!("../coverage/status.rs"),
    include_str!("../criterion/program.rs"),
    include_str!("../error.rs"),
    include_str!("../explain/labels.rs"),
    include_str!("../explain/outline.rs"),
    include_str!("../facts/mod.rs"),
    include_str!("../labels.rs"),
    include_str!("../law/decision.rs"),
    include_str!("../plan/input.rs"),
    include_str!("../plan/model.rs"),
    include_str!("../plan/year.rs"),
    include_str!("../plan/scorecard.rs"),
    include_str!("../routing/decision.rs"),
    include_str!("../rulebook/change.rs"),
];

/// What is asked for by name; all else is declared because one of these needs it.
const ROOTS: &[&str] = &[
    "Coverage",
    "Classification",
    "Question",
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
];

/// Written as text by their own `Serialize`.
const TEXT: &[&str] = &[
    "Text", "Date", "Decimal", "Part", "Period", "String", "Month", "Baht", "Province", "District",
];

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    Text,
    Number,
    YesNo,
    /// One of these texts.
    OneOf(Vec<String>),
    Nullable(Box<Shape>),
    List(Box<Shape>),
    Tuple(Vec<Shape>),
    Map(Box<Shape>),
    Named(String),
    Record(Vec<Field>),
    Either(Vec<Shape>),
}

/// One key of an object.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Field {
    pub name: String,
    pub about: String,
    pub shape: Shape,
    pub optional: bool,
}

/// One declared type.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Declared {
    pub name: String,
    pub about: String,
    pub shape: Shape,
}

/// Every type that the sources define; one that cannot be declared is a fault only where a decision needs it.
pub(super) struct Shapes(BTreeMap<String, Result<Declared, TypeScriptError>>);

impl Shapes {
    /// Reads the sources.
    pub(super) fn of_decisions() -> Result<Self, TypeScriptError> {
        let unreadable = |error: syn::Error| TypeScriptError::Source(error.to_string());
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
                    let declared = declared(&input).map_err(|error| TypeScriptError::Source(format!("`{name}`: {error}")));
                    if shapes.insert(name.clone(), declared).is_some() {
                        return Err(TypeScriptError::Source(format!("`{name}` is defined twice")));
                    }
                }
            }
        }
        Ok(Self(shapes))
    }

    /// The type of that name.
    pub(super) fn get(&self, name: &str) -> Result<&Declared, TypeScriptError> {
        self.0
            .get(name)
            .ok_or_else(|| TypeScriptError::Unknown(name.to_owned()))?
            .as_ref()
            .map_err(Clone::clone)
    }

    /// The roots and what they need, each once, in the order in which they are met.
    pub(super) fn reached(&self) -> Result<Vec<&Declared>, TypeScriptError> {
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

impl Shape {
    fn names(&self, names: &mut Vec<String>) {
        match self {
            Self::Named(name) => names.push(name.clone()),
            Self::Nullable(inner) | Self::List(inner) | Self::Map(inner) => inner.names(names),
            Self::Tuple(shapes) | Self::Either(shapes) => shapes.iter().for_each(|shape| shape.names(names)),
            Self::Record(fields) => fields.iter().for_each(|field| field.shape.names(names)),
            Self::Text | Self::Number | Self::YesNo | Self::OneOf(_) => {}
        }
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text => out.write_str("string"),
            Self::Number => out.write_str("number"),
            Self::YesNo => out.write_str("boolean"),
            Self::OneOf(texts) => join(texts.iter().map(|text| format!("'{text}'")), " | ", out),
            Self::Nullable(inner) => write!(out, "{inner} | null"),
            Self::List(inner) if matches!(**inner, Self::OneOf(_) | Self::Nullable(_) | Self::Either(_)) => write!(out, "({inner})[]"),
            Self::List(inner) => write!(out, "{inner}[]"),
            Self::Tuple(shapes) => {
                out.write_str("[")?;
                join(shapes, ", ", out)?;
                out.write_str("]")
            }
            Self::Map(inner) => write!(out, "Record<string, {inner}>"),
            Self::Named(name) => out.write_str(name),
            Self::Record(fields) => {
                let field = |field: &Field| format!("{}{}: {}", field.name, if field.optional { "?" } else { "" }, field.shape);
                write!(out, "{{ ")?;
                join(fields.iter().map(field), "; ", out)?;
                write!(out, " }}")
            }
            Self::Either(shapes) => join(shapes, " | ", out),
        }
    }
}

impl fmt::Display for Declared {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        comment(&self.about, "", &mut text);
        out.write_str(&text)?;
        let Shape::Record(fields) = &self.shape else {
            return writeln!(out, "export type {} = {}", self.name, self.shape);
        };
        writeln!(out, "export interface {} {{", self.name)?;
        for field in fields {
            let mut text = String::new();
            comment(&field.about, "  ", &mut text);
            writeln!(
                out,
                "{text}  {}{}: {}",
                field.name,
                if field.optional { "?" } else { "" },
                field.shape
            )?;
        }
        writeln!(out, "}}")
    }
}

fn join<T: fmt::Display>(items: impl IntoIterator<Item = T>, between: &str, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (number, item) in items.into_iter().enumerate() {
        if number > 0 {
            out.write_str(between)?;
        }
        write!(out, "{item}")?;
    }
    Ok(())
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
struct Told {
    rename: Option<String>,
    snake_case: bool,
    optional: bool,
    skipped: bool,
    text: bool,
}

fn told(attributes: &[Attribute]) -> syn::Result<Told> {
    let mut told = Told::default();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        attribute.parse_nested_meta(|meta| {
            let is = |name: &str| meta.path.is_ident(name);
            if is("rename") {
                told.rename = Some(meta.value()?.parse::<LitStr>()?.value());
            } else if is("rename_all") {
                told.snake_case = meta.value()?.parse::<LitStr>()?.value() == "snake_case";
            } else if is("skip_serializing_if") {
                meta.value()?.parse::<LitStr>()?;
                told.optional = true;
            } else if is("into") {
                told.text = meta.value()?.parse::<LitStr>()?.value() == "String";
            } else if is("skip") || is("skip_serializing") {
                told.skipped = true;
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
    Ok(told)
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
    let told = told(&input.attrs)?;
    let shape = match &input.data {
        _ if told.text => Shape::Text,
        Data::Struct(data) => fields(&data.fields)?,
        Data::Enum(data) => {
            let mut texts = Vec::new();
            let mut others = Vec::new();
            for variant in &data.variants {
                let name = variant.ident.to_string();
                let name = self::told(&variant.attrs)?
                    .rename
                    .unwrap_or_else(|| if told.snake_case { snake_case(&name) } else { name });
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
                Shape::OneOf(texts)
            } else {
                Shape::Either(std::iter::once(Shape::OneOf(texts)).chain(others).collect())
            }
        }
        Data::Union(_) => return Err(syn::Error::new_spanned(input, "a union has no declaration")),
    };
    Ok(Declared {
        name: input.ident.to_string(),
        about: about(&input.attrs),
        shape,
    })
}

fn fields(fields: &Fields) -> syn::Result<Shape> {
    match fields {
        Fields::Named(named) => {
            let mut list = Vec::new();
            for field in &named.named {
                let told = told(&field.attrs)?;
                if told.skipped {
                    continue;
                }
                let about = about(&field.attrs);
                let name = told
                    .rename
                    .unwrap_or_else(|| field.ident.as_ref().map(ToString::to_string).unwrap_or_default());
                list.push(Field {
                    name,
                    shape: shape(&field.ty, &about)?,
                    about,
                    optional: told.optional,
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
            Ok(if texts.is_empty() { Shape::Text } else { Shape::OneOf(texts) })
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
                ("BTreeMap", [_, inner]) => Ok(Shape::Map(Box::new(shape(inner, about)?))),
                ("bool", []) => Ok(Shape::YesNo),
                ("u8" | "u16" | "u32" | "i32" | "usize", []) => Ok(Shape::Number),
                (text, []) if TEXT.contains(&text) => Ok(Shape::Text),
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
