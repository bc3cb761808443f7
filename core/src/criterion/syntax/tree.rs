//! A condition as a tree.

use serde::{Deserialize, Serialize};

use super::place::Placed;

/// A name and where it was written.
pub type NameRef = Placed<String>;

/// A condition.
///
/// [`Expression::all`], [`Expression::any`] and the parser never put `All` directly in `All` nor `Any` directly in `Any`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expression {
    /// Every part holds.
    All(Vec<Expression>),
    /// At least one part holds.
    Any(Vec<Expression>),
    /// The part does not hold.
    Not(Box<Expression>),
    /// Always or never.
    Boolean(bool),
    /// A yes/no name.
    Name(NameRef),
    /// Two operands compared.
    Compare {
        /// The operand on the left.
        left: Operand,
        /// How they are compared.
        operator: Comparison,
        /// The operand on the right.
        right: Operand,
    },
    /// The value of a name is one of several.
    Among {
        /// The name.
        name: NameRef,
        /// The values.
        choices: Choices,
    },
}

/// One side of a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operand {
    /// A name.
    Name(NameRef),
    /// A whole number.
    Number(Placed<i64>),
    /// A code.
    Code(Placed<String>),
    /// `true` or `false`.
    Boolean(Placed<bool>),
}

/// The values of an `in`, at least one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choices {
    /// Codes.
    Codes(Vec<Placed<String>>),
    /// Whole numbers.
    Numbers(Vec<Placed<i64>>),
}

/// How two operands are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
}

impl Comparison {
    /// Every comparison.
    pub const EVERY: [Self; 6] = [Self::Equal, Self::NotEqual, Self::Less, Self::AtMost, Self::More, Self::AtLeast];

    /// The comparison as it is written.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::More => ">",
            Self::AtLeast => ">=",
        }
    }

    /// The comparison that holds with the sides exchanged.
    #[must_use]
    pub const fn mirrored(self) -> Self {
        match self {
            Self::Less => Self::More,
            Self::AtMost => Self::AtLeast,
            Self::More => Self::Less,
            Self::AtLeast => Self::AtMost,
            same @ (Self::Equal | Self::NotEqual) => same,
        }
    }

    /// Whether it asks for equality alone (`==` or `!=`).
    #[must_use]
    pub const fn is_equality(self) -> bool {
        matches!(self, Self::Equal | Self::NotEqual)
    }
}

impl Expression {
    /// Every comparison with a literal number, as (name, comparison, number) with the name on the left.
    #[must_use]
    pub fn bounds(&self) -> Vec<(&str, Comparison, i64)> {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::bounds).collect(),
            Self::Compare { left, operator, right } => match (left, right) {
                (Operand::Name(name), Operand::Number(number)) => vec![(&name.value, *operator, number.value)],
                (Operand::Number(number), Operand::Name(name)) => vec![(&name.value, operator.mirrored(), number.value)],
                _ => Vec::new(),
            },
            Self::Not(_) | Self::Boolean(_) | Self::Name(_) | Self::Among { .. } => Vec::new(),
        }
    }

    /// Joins parts by `&&`, flat; no parts are `true`.
    #[must_use]
    pub fn all(parts: Vec<Self>) -> Self {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Self::All(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        match flat.len() {
            0 => Self::Boolean(true),
            1 => flat.pop().unwrap_or(Self::Boolean(true)),
            _ => Self::All(flat),
        }
    }

    /// Joins parts by `||`, flat; no parts are `false`.
    #[must_use]
    pub fn any(parts: Vec<Self>) -> Self {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Self::Any(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        match flat.len() {
            0 => Self::Boolean(false),
            1 => flat.pop().unwrap_or(Self::Boolean(false)),
            _ => Self::Any(flat),
        }
    }

    /// Denies a part.
    #[must_use]
    pub fn negated(self) -> Self {
        Self::Not(Box::new(self))
    }

    /// Every name used, in the order of the text, with repetitions.
    #[must_use]
    pub fn names(&self) -> Vec<&NameRef> {
        let mut found = Vec::new();
        self.collect_names(&mut found);
        found
    }

    fn collect_names<'e>(&'e self, found: &mut Vec<&'e NameRef>) {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.collect_names(found)),
            Self::Not(part) => part.collect_names(found),
            Self::Boolean(_) => {}
            Self::Name(name) | Self::Among { name, .. } => found.push(name),
            Self::Compare { left, right, .. } => {
                for side in [left, right] {
                    if let Operand::Name(name) = side {
                        found.push(name);
                    }
                }
            }
        }
    }
}
