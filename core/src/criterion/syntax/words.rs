//! A condition in plain words, for those who review it.

use super::tree::{Choices, Comparison, Expression, NameRef, Operand};

/// The language of the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Thai.
    Thai,
    /// English.
    English,
}

/// How names and codes are called.
pub trait Glossary {
    /// What a name is called.
    fn name(&self, name: &str) -> String;
    /// What a code is called that the name is compared with; quoted as it is unless told.
    fn code(&self, _name: &str, code: &str) -> String {
        format!("'{code}'")
    }
    /// Whether a name is a date, which is before or after rather than less or more; no unless told.
    fn is_date(&self, _name: &str) -> bool {
        false
    }
}

struct NamesOnly<'n>(&'n dyn Fn(&str) -> String);

impl Glossary for NamesOnly<'_> {
    fn name(&self, name: &str) -> String {
        (self.0)(name)
    }
}

/// Says a condition in words, given what names are called.
#[must_use]
pub fn in_words(expression: &Expression, names: &dyn Fn(&str) -> String, language: Language) -> String {
    in_words_from(expression, &NamesOnly(names), language)
}

/// Says a condition in words, given what names and codes are called and which names are dates.
#[must_use]
pub fn in_words_from(expression: &Expression, glossary: &dyn Glossary, language: Language) -> String {
    Speaker { glossary, language }.say(expression)
}

struct Speaker<'g> {
    glossary: &'g dyn Glossary,
    language: Language,
}

impl Speaker<'_> {
    fn pick(&self, thai: &'static str, english: &'static str) -> &'static str {
        match self.language {
            Language::Thai => thai,
            Language::English => english,
        }
    }

    fn say(&self, expression: &Expression) -> String {
        match expression {
            Expression::All(parts) => match parts.as_slice() {
                [] => self.say(&Expression::Boolean(true)),
                parts => self.join(parts, self.pick(" และ ", " and ")),
            },
            Expression::Any(parts) => match parts.as_slice() {
                [] => self.say(&Expression::Boolean(false)),
                parts => self.join(parts, self.pick(" หรือ ", " or ")),
            },
            Expression::Not(part) => self.deny(&self.say(part)),
            Expression::Boolean(true) => self.pick("ทุกกรณี", "always").to_owned(),
            Expression::Boolean(false) => self.pick("ไม่มีกรณีใด", "never").to_owned(),
            Expression::Name(name) => self.glossary.name(&name.value),
            Expression::Compare { left, operator, right } => self.compare(left, *operator, right),
            Expression::Among { name, choices } => self.among(name, choices),
        }
    }

    /// Joins parts, with parentheses around every joined part: readers know no precedence.
    fn join(&self, parts: &[Expression], with: &str) -> String {
        let said: Vec<String> = parts
            .iter()
            .map(|part| match part {
                Expression::All(inner) | Expression::Any(inner) if inner.len() > 1 => format!("({})", self.say(part)),
                _ => self.say(part),
            })
            .collect();
        said.join(with)
    }

    fn deny(&self, said: &str) -> String {
        format!("{} ({said})", self.pick("ไม่ใช่", "not"))
    }

    fn compare(&self, left: &Operand, operator: Comparison, right: &Operand) -> String {
        let (name, operator, other) = match (left, right) {
            (Operand::Name(name), other) => (name, operator, other),
            (other, Operand::Name(name)) => (name, operator.mirrored(), other),
            _ => return format!("{left} {} {right}", operator.symbol()),
        };
        let said = self.glossary.name(&name.value);
        match other {
            Operand::Boolean(value) if operator.is_equality() => {
                if value.value == (operator == Comparison::Equal) {
                    said
                } else {
                    self.deny(&said)
                }
            }
            Operand::Boolean(value) => format!("{said} {} {}", operator.symbol(), value.value),
            Operand::Code(code) => {
                format!(
                    "{said} {} {}",
                    self.code_verb(operator),
                    self.glossary.code(&name.value, &code.value)
                )
            }
            Operand::Number(number) => format!("{said} {} {}", self.number_verb(operator), number.value),
            Operand::Name(right) => {
                let dates = self.glossary.is_date(&name.value) && self.glossary.is_date(&right.value);
                let verb = if dates {
                    self.date_verb(operator)
                } else {
                    self.number_verb(operator)
                };
                format!("{said} {verb} {}", self.glossary.name(&right.value))
            }
        }
    }

    fn among(&self, name: &NameRef, choices: &Choices) -> String {
        let said = self.glossary.name(&name.value);
        let verb = self.pick("เป็นข้อใดข้อหนึ่งใน", "is one of");
        let choices: Vec<String> = match choices {
            Choices::Codes(codes) => codes.iter().map(|code| self.glossary.code(&name.value, &code.value)).collect(),
            Choices::Numbers(numbers) => numbers.iter().map(|number| number.value.to_string()).collect(),
        };
        match choices.as_slice() {
            [only] => format!("{said} {} {only}", self.pick("คือ", "is")),
            several => format!("{said} {verb}: {}", several.join(" / ")),
        }
    }

    fn code_verb(&self, operator: Comparison) -> &'static str {
        match operator {
            Comparison::Equal => self.pick("คือ", "is"),
            Comparison::NotEqual => self.pick("ไม่ใช่", "is not"),
            ordered => self.number_verb(ordered),
        }
    }

    fn number_verb(&self, operator: Comparison) -> &'static str {
        match operator {
            Comparison::Equal => self.pick("เท่ากับ", "is exactly"),
            Comparison::NotEqual => self.pick("ไม่เท่ากับ", "is not exactly"),
            Comparison::Less => self.pick("น้อยกว่า", "is less than"),
            Comparison::AtMost => self.pick("ไม่เกิน", "is at most"),
            Comparison::More => self.pick("มากกว่า", "is more than"),
            Comparison::AtLeast => self.pick("ไม่น้อยกว่า", "is at least"),
        }
    }

    fn date_verb(&self, operator: Comparison) -> &'static str {
        match operator {
            Comparison::Equal => self.pick("ตรงกับ", "is the same day as"),
            Comparison::NotEqual => self.pick("ไม่ตรงกับ", "is not the same day as"),
            Comparison::Less => self.pick("ก่อน", "is before"),
            Comparison::AtMost => self.pick("ไม่หลัง", "is not after"),
            Comparison::More => self.pick("หลัง", "is after"),
            Comparison::AtLeast => self.pick("ไม่ก่อน", "is not before"),
        }
    }
}
