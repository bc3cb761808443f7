//! From a tree to the shortest text that means it.

use std::fmt::{self, Display, Formatter};

use super::place::Placed;
use super::tree::{Choices, Expression, Operand};

/// Writes a condition with no parentheses beyond those it needs, and codes in single quotes.
#[must_use]
pub fn print(expression: &Expression) -> String {
    expression.to_string()
}

/// How tightly the surroundings bind; looser parts need parentheses.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Any,
    All,
    Compare,
    Not,
}

impl Expression {
    fn binding(&self) -> Binding {
        match self {
            Self::Any(parts) if !parts.is_empty() => Binding::Any,
            Self::All(parts) if !parts.is_empty() => Binding::All,
            Self::Compare { .. } | Self::Among { .. } => Binding::Compare,
            Self::All(_) | Self::Any(_) | Self::Not(_) | Self::Boolean(_) | Self::Name(_) => Binding::Not,
        }
    }

    fn write(&self, within: Binding, to: &mut Formatter<'_>) -> fmt::Result {
        if self.binding() < within {
            to.write_str("(")?;
            self.write(Binding::Any, to)?;
            return to.write_str(")");
        }
        match self {
            Self::All(parts) if parts.is_empty() => to.write_str("true"),
            Self::Any(parts) if parts.is_empty() => to.write_str("false"),
            Self::All(parts) => separated(parts, " && ", to, |part, to| part.write(Binding::All, to)),
            Self::Any(parts) => separated(parts, " || ", to, |part, to| part.write(Binding::Any, to)),
            Self::Not(part) => {
                to.write_str("!")?;
                part.write(Binding::Not, to)
            }
            Self::Boolean(value) => write!(to, "{value}"),
            Self::Name(name) => to.write_str(&name.value),
            Self::Compare { left, operator, right } => write!(to, "{left} {} {right}", operator.symbol()),
            Self::Among { name, choices } => write!(to, "{} in {choices}", name.value),
        }
    }
}

impl Display for Expression {
    fn fmt(&self, to: &mut Formatter<'_>) -> fmt::Result {
        self.write(Binding::Any, to)
    }
}

impl Display for Operand {
    fn fmt(&self, to: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => to.write_str(&name.value),
            Self::Number(number) => write!(to, "{}", number.value),
            Self::Code(code) => write!(to, "'{}'", code.value),
            Self::Boolean(value) => write!(to, "{}", value.value),
        }
    }
}

impl Display for Choices {
    fn fmt(&self, to: &mut Formatter<'_>) -> fmt::Result {
        to.write_str("[")?;
        match self {
            Self::Codes(codes) => separated(codes, ", ", to, |Placed { value, .. }, to| write!(to, "'{value}'"))?,
            Self::Numbers(numbers) => separated(numbers, ", ", to, |Placed { value, .. }, to| write!(to, "{value}"))?,
        }
        to.write_str("]")
    }
}

fn separated<T>(
    items: &[T],
    separator: &str,
    to: &mut Formatter<'_>,
    mut write: impl FnMut(&T, &mut Formatter<'_>) -> fmt::Result,
) -> fmt::Result {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            to.write_str(separator)?;
        }
        write(item, to)?;
    }
    Ok(())
}
