//! JSON text, read so that nothing in it is lost or without bound: each name once in an object, and not nested without end.

use std::cell::RefCell;
use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::values::{ErrorCode, shown};

/// How deep lists and objects may stand in each other, at every door and in every language.
pub const DEEPEST: usize = 64;

/// The most jobs that a person may have.
pub const MOST_JOBS: usize = 64;

/// The most values that a list may have.
pub const MOST_VALUES: usize = 2_000;

/// JSON text that is not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum JsonError {
    /// The text is not JSON.
    #[error("the text is not JSON at line {line}, column {column}, expected one JSON object")]
    Form {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// A name stands twice in one object, so that one of its values would be lost.
    #[error("`{field}` is given twice in one object, the second time before line {line}, column {column}, expected each name once")]
    Twice {
        /// The name, with the names of the objects around it.
        field: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// Lists and objects stand in each other too deep.
    #[error("`{field}` is nested deeper than {DEEPEST} levels")]
    Deep {
        /// The first names on the way down.
        field: String,
    },
}

impl JsonError {
    /// The code of the error, the same in every language.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Form { .. } => ErrorCode::NotJson,
            Self::Twice { .. } => ErrorCode::DuplicateName,
            Self::Deep { .. } => ErrorCode::TooDeep,
        }
    }

    /// The name that the error is about.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Form { .. } => None,
            Self::Twice { field, .. } | Self::Deep { field } => Some(field),
        }
    }

    /// What was expected.
    #[must_use]
    pub const fn expected(&self) -> &'static str {
        match self {
            Self::Form { .. } => "one JSON object",
            Self::Twice { .. } => "each name once in an object",
            Self::Deep { .. } => "lists and objects in each other at most 64 deep",
        }
    }
}

/// Reads JSON text whole.
///
/// # Errors
/// [`JsonError`] where the text is not JSON, a name stands twice in one object, or lists and objects are nested deeper than [`DEEPEST`].
///
/// # Example
/// ```
/// use sitthi::facts::read_json;
/// assert!(read_json(r#"{ "danger_now": true, "danger_now": false }"#).is_err());
/// assert_eq!(read_json(r#"{ "danger_now": true }"#)?["danger_now"], true);
/// # Ok::<(), sitthi::facts::JsonError>(())
/// ```
pub fn read_json(text: &str) -> Result<Value, JsonError> {
    let way = RefCell::new(Way::default());
    let mut reader = serde_json::Deserializer::from_str(text);
    let read = Whole(&way).deserialize(&mut reader).and_then(|value| reader.end().map(|()| value));
    read.map_err(|error| {
        let (line, column) = (error.line(), error.column());
        match way.into_inner().fault {
            Some(Fault::Twice(field)) => JsonError::Twice { field, line, column },
            Some(Fault::Deep(field)) => JsonError::Deep { field },
            None => JsonError::Form { line, column },
        }
    })
}

/// A value of JSON for those that read through serde: as [`read_json`].
pub(crate) fn distinct<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
    let way = RefCell::new(Way::default());
    Whole(&way).deserialize(deserializer)
}

/// Where the reader is, and what it found wrong there.
#[derive(Default)]
struct Way {
    names: Vec<String>,
    depth: usize,
    fault: Option<Fault>,
}

enum Fault {
    Twice(String),
    Deep(String),
}

impl Way {
    /// The names on the way, joined; the first of many.
    fn path(&self, name: Option<&str>) -> String {
        let names = self.names.iter().map(String::as_str).take(8).chain(name);
        let path = shown(&names.collect::<Vec<_>>().join("."));
        if path.is_empty() { "the text".to_owned() } else { path }
    }
}

struct Whole<'a>(&'a RefCell<Way>);

impl<'a> Whole<'a> {
    fn deeper<T, E: de::Error>(&self, name: Option<&str>, read: impl FnOnce(Whole<'a>) -> Result<T, E>) -> Result<T, E> {
        {
            let mut way = self.0.borrow_mut();
            if way.depth >= DEEPEST {
                let fault = way.path(name);
                way.fault = Some(Fault::Deep(fault));
                return Err(E::custom("nested too deep"));
            }
            way.depth = way.depth.saturating_add(1);
            way.names.extend(name.map(ToOwned::to_owned));
        }
        let found = read(Whole(self.0))?;
        let mut way = self.0.borrow_mut();
        way.depth = way.depth.saturating_sub(1);
        if name.is_some() {
            way.names.pop();
        }
        Ok(found)
    }
}

impl<'de> DeserializeSeed<'de> for Whole<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Whole<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value of JSON")
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Number::from_f64(number).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::String(text))
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        self.deeper(None, |inner| {
            let mut list = Vec::new();
            while let Some(item) = items.next_element_seed(Whole(inner.0))? {
                list.push(item);
            }
            Ok(Value::Array(list))
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        self.deeper(None, |inner| {
            let mut object = Map::new();
            while let Some(name) = fields.next_key::<String>()? {
                if object.contains_key(&name) {
                    let mut way = inner.0.borrow_mut();
                    let field = way.path(Some(&name));
                    way.fault = Some(Fault::Twice(field));
                    return Err(de::Error::custom("a name is given twice"));
                }
                inner.0.borrow_mut().names.push(name.clone());
                let value = fields.next_value_seed(Whole(inner.0))?;
                inner.0.borrow_mut().names.pop();
                object.insert(name, value);
            }
            Ok(Value::Object(object))
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::{DEEPEST, JsonError, read_json};

    #[test]
    fn a_name_given_twice_is_refused_wherever_it_stands() {
        for (text, name) in [
            (r#"{ "a": 1, "a": 1 }"#, "a"),
            (r#"{ "a": { "b": 1, "c": 2, "b": 3 } }"#, "a.b"),
            (r#"{ "jobs": [{ "main": true, "main": false }] }"#, "jobs.main"),
            (r#"{ "a": null, "\u0061": 2 }"#, "a"),
            (r#"[{ "x": 1, "x": 2 }]"#, "x"),
        ] {
            let error = read_json(text).unwrap_err();
            assert!(matches!(&error, JsonError::Twice { field, .. } if field == name), "{text}: {error}");
        }
        // The same name in two objects is no repetition.
        assert!(read_json(r#"{ "a": { "x": 1 }, "b": { "x": 1 }, "x": [{ "x": 1 }, { "x": 2 }] }"#).is_ok());
    }

    #[test]
    fn what_is_nested_too_deep_is_refused() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(read_json(&nested(DEEPEST)).is_ok());
        for depth in [DEEPEST + 1, 127, 128, 10_000, 1_000_000] {
            assert!(matches!(read_json(&nested(depth)), Err(JsonError::Deep { .. })), "{depth}");
        }
        let objects = format!("{}1{}", r#"{"jobs":"#.repeat(10_000), "}".repeat(10_000));
        assert!(matches!(read_json(&objects), Err(JsonError::Deep { .. })));
    }

    #[test]
    fn text_that_is_not_json_is_named_by_line_and_column() {
        assert_eq!(read_json("{\n  \"a\": ").unwrap_err(), JsonError::Form { line: 2, column: 7 });
        assert!(matches!(read_json("{} {}"), Err(JsonError::Form { .. })));
    }

    proptest! {
        #[test]
        fn what_has_each_name_once_is_read_as_serde_json_reads_it(text in r#"\{("[a-c]":(1|-2|0.5|null|true|"x"|\[1,2\]|\{"[a-c]":1\}),){0,3}"z":0\}"#) {
            if let Ok(read) = read_json(&text) {
                prop_assert_eq!(read, serde_json::from_str::<Value>(&text).unwrap());
            }
        }

        #[test]
        fn no_text_panics(text in ".*") {
            let _ = read_json(&text);
        }
    }
}
