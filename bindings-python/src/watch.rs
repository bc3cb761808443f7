//! Progress and interruption while many rows are assessed.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

/// Tells progress and notices an interruption, at most every tenth of a second.
pub struct Watch {
    progress: Option<Py<PyAny>>,
    total: usize,
    pub cancel: AtomicBool,
    last: Mutex<Instant>,
    error: Mutex<Option<PyErr>>,
}

impl Watch {
    pub fn new(progress: Option<Py<PyAny>>, total: usize) -> Self {
        Self {
            progress,
            total,
            cancel: AtomicBool::new(false),
            last: Mutex::new(Instant::now()),
            error: Mutex::new(None),
        }
    }

    pub fn tell(&self, done: usize) {
        let Ok(mut last) = self.last.try_lock() else { return };
        if last.elapsed() < Duration::from_millis(100) && (done < self.total || self.progress.is_none()) {
            return;
        }
        *last = Instant::now();
        drop(last);
        let said = Python::attach(|py| {
            py.check_signals()?;
            match &self.progress {
                Some(progress) if done > 0 => progress.call1(py, (done, self.total)).map(drop),
                _ => Ok(()),
            }
        });
        if let (Err(error), Ok(mut kept)) = (said, self.error.lock()) {
            kept.get_or_insert(error);
            self.cancel.store(true, Ordering::Relaxed);
        }
    }

    pub fn error(&self) -> PyErr {
        let kept = self.error.lock().ok().and_then(|mut error| error.take());
        kept.unwrap_or_else(|| PyRuntimeError::new_err("cancelled"))
    }
}
