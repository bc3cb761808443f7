//! The language of conditions: a strict subset of CEL, its text, its types and its wording.
//!
//! What is accepted here means the same in every CEL implementation, but for exact ages and dates, which CEL lacks.
//!
//! ```text
//! any     = all { "||" all }
//! all     = unary { "&&" unary }
//! unary   = "!" unary | "(" any ")" | "true" | "false" | name | compare | among
//! compare = operand ( "==" | "!=" | "<" | "<=" | ">" | ">=" ) operand
//! among   = name "in" "[" code { "," code } "]" | name "in" "[" number { "," number } "]"
//! operand = name | number | code | "true" | "false"
//! name    = segment { "." segment }        segment = [a-z_][a-z0-9_]*, no reserved word of CEL
//! number  = "-"? ( "0" | [1-9][0-9]* )     code    = quoted [a-z0-9_]+
//! ```
//!
//! Operands of a comparison stand bare, and `!` before a comparison needs parentheses, as it binds tighter.

mod check;
mod error;
mod lexer;
mod parse;
mod place;
mod print;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
mod tree;
mod words;

pub use check::{Area, Kind, Names, TypeError, check};
pub use error::SyntaxError;
pub use parse::{LONGEST_TEXT, MOST_NESTED, parse};
pub use place::{Place, Placed, line_and_column};
pub use print::print;
pub use tree::{Choices, Comparison, Expression, NameRef, Operand};
pub use words::{Glossary, Language, in_words, in_words_from};
