//! The core's readers and words for the plain Python of the package, which has none of its own.

use pyo3::prelude::*;
use sitthi::facts::FactKind;
use sitthi::values;

use crate::convert::to_python;
use crate::fault::raise;

/// Reads JSON text whole: a name that stands twice in an object, or what is nested without end, is refused.
#[pyfunction]
pub fn read_json<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    to_python(py, &sitthi::facts::read_json(text).map_err(raise)?)
}

/// A written value of a fact of that kind as plain Python, read as the core reads text at a door where everything is text.
#[pyfunction]
pub fn written<'py>(py: Python<'py>, text: &str, kind: &str, fact: &str) -> PyResult<Bound<'py, PyAny>> {
    let kind: FactKind = serde_json::from_value(kind.into()).unwrap_or(FactKind::Declared);
    to_python(py, &sitthi::facts::written(text, kind, fact).map_err(raise)?)
}

/// As much of a day as a cell of a column tells, in the form that its reader names, as ISO text.
#[pyfunction]
pub fn read_cell_of_days(text: &str, reader: &str, fact: &str) -> PyResult<String> {
    Ok(sitthi::facts::read_date(text, reader, fact).map_err(raise)?.to_string())
}

/// Text with identity numbers masked.
#[pyfunction]
pub fn mask(text: &str) -> String {
    values::mask(text)
}

/// A value as a message shows it: identity numbers masked, and not longer than a line.
#[pyfunction]
pub fn shown(text: &str) -> String {
    values::shown(text)
}

/// The nearest of some names, for what is misspelt.
#[pyfunction]
pub fn nearest(name: &str, names: Vec<String>) -> Option<String> {
    values::nearest(name, names.iter().map(String::as_str)).map(str::to_owned)
}
