//! Whether a condition compares like with like, in terms of names and codes that exist.

use std::fmt::{self, Display, Formatter};

use serde::{Deserialize, Serialize};

use super::place::{Place, Placed};
use super::tree::{Choices, Comparison, Expression, NameRef, Operand};

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Yes or no.
    YesNo,
    /// A code of the list named.
    Code(String),
    /// An exact age or length in years.
    Years,
    /// A count.
    Count,
    /// A number of days.
    Days,
    /// Money in baht.
    Money,
    /// A day.
    Date,
    /// A place by its code.
    Place(Area),
}

/// A level of places, each with codes of its own length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Area {
    /// A province: two digits.
    Province,
    /// A district: four digits.
    District,
}

impl Area {
    /// The number of digits of its codes.
    #[must_use]
    pub const fn digits(self) -> usize {
        match self {
            Self::Province => 2,
            Self::District => 4,
        }
    }
}

impl Display for Area {
    fn fmt(&self, to: &mut Formatter<'_>) -> fmt::Result {
        to.write_str(match self {
            Self::Province => "province",
            Self::District => "district",
        })
    }
}

impl Kind {
    /// What it may be compared with, for people.
    fn partners(&self) -> String {
        match self {
            Self::YesNo => "`true` or `false`".to_owned(),
            Self::Code(list) => format!("quoted codes of `{list}`"),
            Self::Years | Self::Count | Self::Days | Self::Money => format!("whole numbers or names that are {self}"),
            Self::Date => "names that are a date".to_owned(),
            Self::Place(area) => format!("{} quoted digits", area.digits()),
        }
    }

    fn is_number(&self) -> bool {
        matches!(self, Self::Years | Self::Count | Self::Days | Self::Money)
    }

    fn has_order(&self) -> bool {
        self.is_number() || *self == Self::Date
    }
}

impl Display for Kind {
    fn fmt(&self, to: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::YesNo => to.write_str("yes or no"),
            Self::Code(list) => write!(to, "a code of `{list}`"),
            Self::Years => to.write_str("an exact number of years"),
            Self::Count => to.write_str("a count"),
            Self::Days => to.write_str("a number of days"),
            Self::Money => to.write_str("money in baht"),
            Self::Date => to.write_str("a date"),
            Self::Place(area) => write!(to, "a {area}"),
        }
    }
}

/// The names a condition may use, and the codes of their lists.
pub trait Names {
    /// What a name stands for; nothing if there is no such name.
    fn kind(&self, name: &str) -> Option<Kind>;
    /// The name that one which does not exist most looks like.
    fn nearest(&self, name: &str) -> Option<String>;
    /// Whether a list has a code.
    fn has_code(&self, list: &str, code: &str) -> bool;
    /// The code of a list that one which does not exist most looks like.
    fn nearest_code(&self, list: &str, code: &str) -> Option<String>;
}

/// A condition reads as one but means nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TypeError {
    /// There is no such name.
    #[error("unknown name `{name}`{}", meant(nearest.as_deref()))]
    UnknownName {
        /// The name.
        name: String,
        /// The name it most looks like.
        nearest: Option<String>,
        /// Where it stands.
        place: Place,
    },
    /// A list has no such code.
    #[error("unknown code `{code}` of `{list}`{}", meant(nearest.as_deref()))]
    UnknownCode {
        /// The list.
        list: String,
        /// The code.
        code: String,
        /// The code it most looks like.
        nearest: Option<String>,
        /// Where it stands.
        place: Place,
    },
    /// A name that is not yes or no stands alone.
    #[error("`{name}` is {kind}, so it cannot stand alone")]
    NotYesNo {
        /// The name.
        name: String,
        /// What it stands for.
        kind: Kind,
        /// Where it stands.
        place: Place,
    },
    /// A name is put in an order that its values do not have.
    #[error("`{name}` is {kind}, which has no order, so `{}` does not apply", operator.symbol())]
    NoOrder {
        /// The name.
        name: String,
        /// What it stands for.
        kind: Kind,
        /// The comparison.
        operator: Comparison,
        /// Where the name stands.
        place: Place,
    },
    /// A name is compared with something of another kind.
    #[error("`{name}` is {kind}, so it is compared with {}, not with {other}", kind.partners())]
    Unlike {
        /// The name.
        name: String,
        /// What it stands for.
        kind: Kind,
        /// What it is compared with.
        other: String,
        /// Where that stands.
        place: Place,
    },
    /// The code of a place has another number of digits, or not only digits.
    #[error("`{code}` is no code of a {area}, which has {} digits", area.digits())]
    NotAPlace {
        /// The code.
        code: String,
        /// The level of places.
        area: Area,
        /// Where it stands.
        place: Place,
    },
    /// Two literals are compared, so nothing is asked.
    #[error("a comparison needs a name on one side")]
    NoName {
        /// Where the left side stands.
        place: Place,
    },
}

impl TypeError {
    /// Where in the text the fault stands.
    #[must_use]
    pub const fn place(&self) -> Place {
        match self {
            Self::UnknownName { place, .. }
            | Self::UnknownCode { place, .. }
            | Self::NotYesNo { place, .. }
            | Self::NoOrder { place, .. }
            | Self::Unlike { place, .. }
            | Self::NotAPlace { place, .. }
            | Self::NoName { place } => *place,
        }
    }
}

fn meant(nearest: Option<&str>) -> String {
    nearest.map(|nearest| format!("; did you mean `{nearest}`?")).unwrap_or_default()
}

/// Checks that a condition compares like with like, in terms of names and codes that exist.
///
/// # Errors
///
/// Every fault, in the order of the text.
pub fn check(expression: &Expression, names: &dyn Names) -> Result<(), Vec<TypeError>> {
    let mut checker = Checker { names, faults: Vec::new() };
    checker.expression(expression);
    if checker.faults.is_empty() { Ok(()) } else { Err(checker.faults) }
}

struct Checker<'n> {
    names: &'n dyn Names,
    faults: Vec<TypeError>,
}

impl Checker<'_> {
    fn expression(&mut self, expression: &Expression) {
        match expression {
            Expression::All(parts) | Expression::Any(parts) => parts.iter().for_each(|part| self.expression(part)),
            Expression::Not(part) => self.expression(part),
            Expression::Boolean(_) => {}
            Expression::Name(name) => self.alone(name),
            Expression::Compare { left, operator, right } => self.compare(left, *operator, right),
            Expression::Among { name, choices } => self.among(name, choices),
        }
    }

    fn alone(&mut self, name: &NameRef) {
        if let Some(kind) = self.kind(name).filter(|kind| *kind != Kind::YesNo) {
            self.faults.push(TypeError::NotYesNo {
                name: name.value.clone(),
                kind,
                place: name.place,
            });
        }
    }

    fn compare(&mut self, left: &Operand, operator: Comparison, right: &Operand) {
        match (left, right) {
            (Operand::Name(left), Operand::Name(right)) => self.compare_names(left, operator, right),
            (Operand::Name(name), literal) | (literal, Operand::Name(name)) => {
                let Some(kind) = self.kind(name) else { return };
                self.order(name, &kind, operator);
                self.literal(name, &kind, literal);
            }
            (literal, _) => self.faults.push(TypeError::NoName { place: literal.place() }),
        }
    }

    fn compare_names(&mut self, left: &NameRef, operator: Comparison, right: &NameRef) {
        let (Some(kind), Some(other)) = (self.kind(left), self.kind(right)) else {
            return;
        };
        if kind.has_order() && kind == other {
            return;
        }
        self.order(left, &kind, operator);
        self.unlike(left, &kind, format!("`{}`, which is {other}", right.value), right.place);
    }

    fn among(&mut self, name: &NameRef, choices: &Choices) {
        let Some(kind) = self.kind(name) else { return };
        match choices {
            Choices::Codes(codes) => codes.iter().for_each(|code| self.code(name, &kind, code)),
            Choices::Numbers(numbers) => numbers.iter().for_each(|number| self.number(name, &kind, number)),
        }
    }

    fn literal(&mut self, name: &NameRef, kind: &Kind, literal: &Operand) {
        match literal {
            Operand::Number(number) => self.number(name, kind, number),
            Operand::Code(code) => self.code(name, kind, code),
            Operand::Boolean(value) if *kind != Kind::YesNo => {
                self.unlike(name, kind, format!("`{}`", value.value), value.place);
            }
            // two names are compared elsewhere
            Operand::Boolean(_) | Operand::Name(_) => {}
        }
    }

    fn number(&mut self, name: &NameRef, kind: &Kind, number: &Placed<i64>) {
        if !kind.is_number() {
            self.unlike(name, kind, format!("the number `{}`", number.value), number.place);
        }
    }

    fn code(&mut self, name: &NameRef, kind: &Kind, code: &Placed<String>) {
        let Placed { value, place } = code;
        match kind {
            Kind::Code(list) if !self.names.has_code(list, value) => self.faults.push(TypeError::UnknownCode {
                list: list.clone(),
                code: value.clone(),
                nearest: self.names.nearest_code(list, value),
                place: *place,
            }),
            Kind::Place(area) if value.len() != area.digits() || !value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.faults.push(TypeError::NotAPlace {
                    code: value.clone(),
                    area: *area,
                    place: *place,
                });
            }
            Kind::Code(_) | Kind::Place(_) => {}
            _ => self.unlike(name, kind, format!("the code `{value}`"), *place),
        }
    }

    fn order(&mut self, name: &NameRef, kind: &Kind, operator: Comparison) {
        if !kind.has_order() && !operator.is_equality() {
            self.faults.push(TypeError::NoOrder {
                name: name.value.clone(),
                kind: kind.clone(),
                operator,
                place: name.place,
            });
        }
    }

    fn unlike(&mut self, name: &NameRef, kind: &Kind, other: String, place: Place) {
        self.faults.push(TypeError::Unlike {
            name: name.value.clone(),
            kind: kind.clone(),
            other,
            place,
        });
    }

    fn kind(&mut self, name: &NameRef) -> Option<Kind> {
        let kind = self.names.kind(&name.value);
        if kind.is_none() {
            self.faults.push(TypeError::UnknownName {
                name: name.value.clone(),
                nearest: self.names.nearest(&name.value),
                place: name.place,
            });
        }
        kind
    }
}

impl Operand {
    /// Where it stands.
    #[must_use]
    pub const fn place(&self) -> Place {
        match self {
            Self::Name(placed) | Self::Code(placed) => placed.place,
            Self::Number(placed) => placed.place,
            Self::Boolean(placed) => placed.place,
        }
    }
}
