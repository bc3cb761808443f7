//! The compiled half of the Python package: converts, names, maps errors, and adds nothing.

mod convert;
mod fault;
mod folder;
mod frame;
mod interview;
mod law;
mod pages;
mod pickled;
mod watch;
mod words;

use pyo3::prelude::*;

/// The compiled half of sitthi.
#[pymodule(gil_used = false)]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<law::Worker>()?;
    module.add_class::<law::Complaint>()?;
    module.add_class::<law::Rulebook>()?;
    module.add_class::<law::Law>()?;
    module.add_class::<interview::Interview>()?;
    module.add_class::<frame::Answers>()?;
    module.add_class::<frame::Table>()?;
    module.add_function(wrap_pyfunction!(frame::read_frame, module)?)?;
    module.add_function(wrap_pyfunction!(law::read_day, module)?)?;
    module.add_function(wrap_pyfunction!(law::thai_date, module)?)?;
    module.add_function(wrap_pyfunction!(law::day_words, module)?)?;
    module.add_function(wrap_pyfunction!(words::read_json, module)?)?;
    module.add_class::<frame::Lookup>()?;
    module.add_function(wrap_pyfunction!(words::written, module)?)?;
    module.add_function(wrap_pyfunction!(words::read_cell_of_days, module)?)?;
    module.add_function(wrap_pyfunction!(words::mask, module)?)?;
    module.add_function(wrap_pyfunction!(words::shown, module)?)?;
    module.add_function(wrap_pyfunction!(words::nearest, module)?)?;
    module.add_function(wrap_pyfunction!(law::check_citizen_id, module)?)
}
