//! Interviews.

use std::sync::{Mutex, MutexGuard, PoisonError};

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::convert::{to_json, to_python};
use crate::fault::raise;
use crate::law::{Law, decided};

/// One question after another, until what was asked about is decided or the person knows no more.
#[pyclass(frozen, module = "sitthi")]
pub struct Interview {
    law: Py<Law>,
    inner: Mutex<sitthi::Interview>,
}

impl Interview {
    pub fn of(law: &Bound<'_, Law>, inner: sitthi::Interview) -> Self {
        Self {
            law: law.clone().unbind(),
            inner: Mutex::new(inner),
        }
    }

    /// It is held whole even where a thread ended while it held the interview: an answer is written at once or not at all.
    fn held(&self) -> MutexGuard<'_, sitthi::Interview> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A copy, to be asked without holding it.
    fn now(&self) -> sitthi::Interview {
        self.held().clone()
    }
}

#[pymethods]
impl Interview {
    /// Where it stands: the next question, whether it is enough, and what more would add.
    fn step<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        decided(self.law.bind(py), "InterviewStep", self.now().step().to_json())
    }

    /// Writes an answer: of one fact its value, of several a mapping by fact or the list of those that are true; None where it is not known.
    fn put(&self, question: &str, answer: &Bound<'_, PyAny>) -> PyResult<()> {
        let answer = to_json(answer, question)?;
        self.held().put(question, &answer).map_err(raise)
    }

    /// Takes the last answer back; says whether there was one.
    fn back(&self) -> bool {
        self.held().back()
    }

    /// Changes the answer of that number, from 0; later answers stay.
    fn change(&self, number: usize, answer: &Bound<'_, PyAny>) -> PyResult<()> {
        let answer = to_json(answer, "answer")?;
        self.held().change(number, &answer).map_err(raise)
    }

    /// What is known of the worker or the complaint, as the calls of `Law` take it.
    fn facts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.now().facts())
    }

    /// The interview as JSON, which every language reopens. It is as personal as what was told.
    fn to_json(&self) -> String {
        self.now().to_json()
    }

    /// The law whose questions it asks.
    #[getter]
    fn law(&self, py: Python<'_>) -> Py<Law> {
        self.law.clone_ref(py)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        let kept = (self.to_json(),).into_pyobject(py)?;
        Ok((self.law.bind(py).getattr("resume_interview")?, kept))
    }

    fn __copy__(&self, py: Python<'_>) -> Self {
        Self {
            law: self.law.clone_ref(py),
            inner: Mutex::new(self.now()),
        }
    }

    fn __deepcopy__(&self, py: Python<'_>, _memo: &Bound<'_, PyAny>) -> Self {
        self.__copy__(py)
    }

    /// It changes, so it is no key.
    #[classattr]
    const __hash__: Option<u8> = None;

    fn __eq__(&self, py: Python<'_>, other: &Bound<'_, PyAny>) -> PyResult<bool> {
        let Ok(other) = other.cast::<Self>() else {
            return Ok(false);
        };
        Ok(self.to_json() == other.get().to_json() && self.law.bind(py).eq(&other.get().law)?)
    }

    /// How far it has come, never what was told.
    fn __repr__(&self) -> String {
        let step = self.now().step();
        format!(
            "Interview(about='{}', answered={}, enough={})",
            step.about,
            step.answered,
            if step.enough { "True" } else { "False" }
        )
    }
}
