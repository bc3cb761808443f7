//! What goes in and out of the library, as data: the one description from which JSON Schema and the types of every language are printed.

/// What a text is, where a reader can make something of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// Any text.
    Plain,
    /// A day, `2026-11-22`.
    Date,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    Text(Format),
    /// A whole number.
    Number,
    /// A number that need not be whole; text and number alike where it is given exactly.
    Decimal,
    YesNo,
    /// One of these texts; of an open list a later rulebook may know more.
    Codes {
        codes: Vec<String>,
        open: bool,
    },
    Nullable(Box<Shape>),
    List(Box<Shape>),
    Tuple(Vec<Shape>),
    /// An object whose keys are data: of that named type, where it has one.
    Map {
        keys: Option<String>,
        of: Box<Shape>,
    },
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
    /// It is given to the library: a key that is not named is refused. What comes out may gain keys.
    pub given: bool,
}

impl Shape {
    /// A closed set of texts.
    pub fn codes(codes: Vec<String>) -> Self {
        Self::Codes { codes, open: false }
    }

    /// The same, or null.
    pub fn or_null(self) -> Self {
        Self::Nullable(Box::new(self))
    }

    /// A list of it.
    pub fn list(self) -> Self {
        Self::List(Box::new(self))
    }

    /// The type of that name.
    pub fn named(name: &str) -> Self {
        Self::Named(name.to_owned())
    }

    /// The names of the types that it needs.
    pub fn names(&self, names: &mut Vec<String>) {
        match self {
            Self::Named(name) => names.push(name.clone()),
            Self::Nullable(inner) | Self::List(inner) => inner.names(names),
            Self::Map { keys, of } => {
                names.extend(keys.clone());
                of.names(names);
            }
            Self::Tuple(shapes) | Self::Either(shapes) => shapes.iter().for_each(|shape| shape.names(names)),
            Self::Record(fields) => fields.iter().for_each(|field| field.shape.names(names)),
            Self::Text(_) | Self::Number | Self::Decimal | Self::YesNo | Self::Codes { .. } => {}
        }
    }
}

impl Field {
    /// A key that may be left out, and null where nothing is known.
    pub fn optional(name: &str, about: &str, shape: Shape) -> Self {
        Self {
            name: name.to_owned(),
            about: about.trim().to_owned(),
            shape,
            optional: true,
        }
    }
}
