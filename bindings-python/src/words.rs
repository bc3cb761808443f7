//! The core's readers and words for the plain Python of the package, which has none of its own.

use pyo3::prelude::*;
use sitthi::values;

use crate::convert::to_python;
use crate::fault::raise;

/// Reads JSON text whole: a name that stands twice in an object, or what is nested without end, is refused.
#[pyfunction]
pub fn read_json<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    to_python(py, &sitthi::facts::read_json(text).map_err(raise)?)
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
