//! The one exception of the package, made from the core's errors.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;
use serde_json::json;
use sitthi::ErrorCode;
use sitthi::values::{mask, shown};

static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();

/// What was refused: the core's own text, or the same fields for what only a frame can have wrong.
#[derive(Debug)]
pub struct Refused(String);

impl Refused {
    pub fn new(code: ErrorCode, message: impl Into<String>, field: Option<&str>, value: Option<String>, expected: &str) -> Self {
        let message = mask(&message.into());
        let (field, value) = (field.map(mask), value.map(|value| shown(&value)));
        let message_th = sitthi::message_th(code, field.as_deref(), value.as_deref(), Some(expected), None);
        Self(
            json!({ "code": code, "message": message, "message_th": message_th, "field": field, "value": value, "expected": expected, "nearest": null })
                .to_string(),
        )
    }

    pub fn wrong_type(field: &str, found: &str, expected: &str) -> Self {
        Self::new(
            ErrorCode::WrongType,
            format!("`{field}` is {found}, expected {expected}"),
            Some(field),
            Some(found.to_owned()),
            expected,
        )
    }
}

impl<E: Into<sitthi::Error>> From<E> for Refused {
    fn from(error: E) -> Self {
        let error: sitthi::Error = error.into();
        Self(error.to_json())
    }
}

impl From<Refused> for PyErr {
    fn from(refused: Refused) -> Self {
        Python::attach(|py| {
            let made = CLASS
                .import(py, "sitthi.errors", "SitthiError")
                .and_then(|class| class.call_method1("from_json", (refused.0,)));
            made.map_or_else(|error| error, |error| Self::from_value(error))
        })
    }
}

/// An error of the core as a Python exception.
pub fn raise<E: Into<sitthi::Error>>(error: E) -> PyErr {
    Refused::from(error).into()
}
