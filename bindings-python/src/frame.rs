//! Frames in and out: binds the columns of a frame to facts, runs the population, and hands the answers out as columns.

use std::ffi::CStr;
use std::sync::{Arc, Mutex, OnceLock};

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyCapsuleMethods, PyDict, PyList, PyTuple};
use sitthi::Date;
use sitthi::facts::FactKind;
use sitthi::population::PopulationError;

use crate::arrow::{self, ArrowError, Export, Out, OutValues};
use crate::assess::{Asked, Codes, Given, Job, STATUSES, Texts, Told};
use crate::column::{Bad, Filled, Reading, Scalar, Target, fold};
use crate::convert::to_json;
use crate::fault::Refused;
use crate::law::Rulebook;
use crate::tally::Lines;
use crate::watch::Watch;

const VERDICTS: [&str; 4] = ["unmet", "met", "undetermined", "disputed"];
const STREAM: &CStr = c"arrow_array_stream";

impl From<ArrowError> for Refused {
    fn from(error: ArrowError) -> Self {
        Self::new(
            "frame",
            error.0,
            None,
            None,
            "a frame that gives its columns through the Arrow C interface",
        )
    }
}

impl From<ArrowError> for PyErr {
    fn from(error: ArrowError) -> Self {
        Refused::from(error).into()
    }
}

/// A frame taken over the Arrow C interface; nothing is copied.
#[pyclass(frozen, module = "sitthi._native")]
pub struct Table {
    names: Vec<String>,
    index: Vec<String>,
    source: Mutex<Option<arrow::Source>>,
    rows: OnceLock<Arc<arrow::Table>>,
}

/// Takes any object that gives its columns through the Arrow C interface.
#[pyfunction]
#[expect(unsafe_code, reason = "a capsule's name says what its pointer is")]
pub fn read_frame(frame: &Bound<'_, PyAny>) -> PyResult<Table> {
    let source = if frame.hasattr("__arrow_c_stream__")? {
        let given = frame.call_method0("__arrow_c_stream__")?;
        let capsule = given.cast::<PyCapsule>()?;
        let pointer = capsule.pointer_checked(Some(STREAM))?;
        // SAFETY: the name was checked.
        unsafe { arrow::Source::from_stream(pointer.as_ptr().cast()) }
    } else if frame.hasattr("__arrow_c_array__")? {
        let pair = frame.call_method0("__arrow_c_array__")?;
        let (schema, array): (Bound<'_, PyAny>, Bound<'_, PyAny>) = pair.extract()?;
        let (schema, array) = (schema.cast::<PyCapsule>()?.clone(), array.cast::<PyCapsule>()?.clone());
        let (schema_at, array_at) = (
            schema.pointer_checked(Some(c"arrow_schema"))?,
            array.pointer_checked(Some(c"arrow_array"))?,
        );
        // SAFETY: the names were checked.
        unsafe { arrow::Source::from_array(schema_at.as_ptr().cast(), array_at.as_ptr().cast()) }
    } else {
        let found = frame.get_type().name()?;
        let expected = if frame.hasattr("collect")? {
            "a frame that is there: call `.collect()` on it first"
        } else {
            "a frame of polars, pandas (2.2 or later), pyarrow or DuckDB, or any object with `__arrow_c_stream__`"
        };
        return Err(Refused::wrong_type("the frame", &format!("a value of type `{found}`"), expected).into());
    };
    let source = source?;
    Ok(Table {
        names: source.names.clone(),
        index: source.index.clone(),
        source: Mutex::new(Some(source)),
        rows: OnceLock::new(),
    })
}

/// A column, its fact, its reader, and what maps its values.
type Binding = (usize, String, Option<String>, Option<Py<PyAny>>);

enum Done {
    Rows(Codes, Texts),
    Groups(Lines),
}

#[pymethods]
impl Table {
    /// The names of the columns.
    #[getter]
    fn columns<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.names)
    }

    /// The names of those columns that are the index of the rows in pandas.
    #[getter]
    fn index<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.index)
    }

    /// The number of rows.
    #[getter]
    fn rows(&self) -> PyResult<usize> {
        Ok(self.taken()?.rows)
    }

    /// Answers for every row. `bindings` are columns with the fact, the reader and the map of each; `on` is a day or the name of a column.
    #[pyo3(signature = (rulebook, on, bindings, constants, *, on_column=None, on_reader=None, jobs=None, second_job=None, carried=Vec::new(), clauses=Vec::new(), missing=false, by=None, weights=None, threads=0, progress=None))]
    #[expect(clippy::too_many_arguments, reason = "the Python half names them")]
    fn answers(
        &self,
        py: Python<'_>,
        rulebook: &Rulebook,
        on: Option<&Bound<'_, PyAny>>,
        bindings: Vec<Binding>,
        constants: &Bound<'_, PyDict>,
        on_column: Option<usize>,
        on_reader: Option<&str>,
        jobs: Option<usize>,
        second_job: Option<usize>,
        carried: Vec<usize>,
        clauses: Vec<String>,
        missing: bool,
        by: Option<Vec<usize>>,
        weights: Option<usize>,
        threads: usize,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Answers> {
        let book = rulebook.inner();
        let table = Arc::clone(self.taken()?);
        let given = bind(&table, py, book, &bindings, constants)?;
        let asked = Asked::new(book, &clauses)?;
        let mut run = Job {
            table: &table,
            book,
            kept: rulebook.kept(),
            asked: &asked,
            given,
            day: None,
            days: None,
            jobs,
            second: None,
            threads,
        };
        match (on, on_column) {
            (_, Some(column)) => run.days = Some(run.day_column(column, on_reader)?),
            (Some(day), None) => run.day = Some(crate::convert::day(day)?),
            (None, None) => return Err(PyTypeError::new_err("expected a day, or the column of days")),
        }
        if let Some(column) = second_job {
            run.second = Some(run.flags(column)?);
        }
        let watch = Watch::new(progress, table.rows);
        let groups = by.map(|by| run.groups(&by, weights)).transpose()?;
        let done = py.detach(|| match &groups {
            None => run.assess(&watch, missing).map(|(codes, texts)| Done::Rows(codes, texts)),
            Some(groups) => run.tally(&watch, groups).map(Done::Groups),
        });
        let done = match done {
            Ok(done) => done,
            Err(PopulationError::Cancelled) => return Err(watch.error()),
            Err(error) => return Err(Refused::new("frame", error.to_string(), None, None, "columns that fit their facts").into()),
        };
        let labels: Arc<[&'static str]> = Arc::new(STATUSES);
        let verdicts: Arc<[&'static str]> = Arc::new(VERDICTS);
        let (columns, batches) = match done {
            Done::Rows(codes, texts) => {
                let schemes = book.schemes().len();
                let nulls = !run.given.bad.is_empty();
                let names = book.schemes().iter().map(|scheme| scheme.id.to_string()).chain(clauses);
                let mut columns: Vec<Out> = names
                    .zip(codes)
                    .enumerate()
                    .map(|(place, (name, codes))| {
                        let labels = if place < schemes { &labels } else { &verdicts };
                        Out {
                            name,
                            values: OutValues::Codes {
                                codes: Arc::new(codes),
                                labels: Arc::clone(labels),
                                nulls,
                            },
                        }
                    })
                    .collect();
                let missing = book.schemes().iter().zip(texts);
                columns.extend(missing.map(|(scheme, (keys, texts))| Out {
                    name: format!("{}.missing", scheme.id),
                    values: OutValues::Texts(keys.into(), texts.into()),
                }));
                columns.extend(carried.iter().map(|place| {
                    let name = table.fields.get(*place).map_or_else(String::new, |field| field.name.clone());
                    Out {
                        name,
                        values: OutValues::Carried(*place),
                    }
                }));
                (columns, table.batch_rows())
            }
            Done::Groups(lines) => {
                let rows = lines.rows.len();
                (lines.columns(groups.as_ref()), vec![rows])
            }
        };
        let mut bad = std::mem::take(&mut run.given.bad);
        bad.sort();
        bad.dedup();
        Ok(Answers {
            columns: columns.into(),
            table: Arc::clone(&table),
            batches,
            bad,
            told: run.told(),
            unknown_facts: OnceLock::new(),
            book: book.clone(),
            day: run.day,
        })
    }
}

impl Table {
    /// The frame with its rows, taken when they are first needed.
    fn taken(&self) -> Result<&Arc<arrow::Table>, ArrowError> {
        if let Some(table) = self.rows.get() {
            return Ok(table);
        }
        let source = self.source.lock().ok().and_then(|mut source| source.take());
        let table = source
            .ok_or_else(|| ArrowError("the frame could not be read".to_owned()))?
            .table()?;
        Ok(self.rows.get_or_init(|| Arc::new(table)))
    }
}

/// Binds the columns and the constants to facts.
fn bind<'t>(
    table: &'t arrow::Table,
    py: Python<'_>,
    book: &sitthi::Rulebook,
    bindings: &[Binding],
    constants: &Bound<'_, PyDict>,
) -> PyResult<Given<'t>> {
    let mut given = Given {
        filled: Vec::new(),
        bad: Vec::new(),
    };
    for (place, fact, reader, map) in bindings {
        let target = Target::named(fact, book.book())?;
        let Some(field) = table.fields.get(*place) else { continue };
        let chunks = table.column(*place);
        if let Some(map) = map {
            let folded = fold(&chunks, field).map_err(|error| {
                Refused::new(
                    "wrong_type",
                    format!("column `{}`: {}", field.name, error.0),
                    Some(fact),
                    None,
                    "values that a map can name",
                )
            })?;
            let mut readings = Vec::with_capacity(folded.values.len());
            for value in &folded.values {
                let Some(value) = value else {
                    readings.push(Reading::Unknown);
                    continue;
                };
                if value.is_nan() {
                    readings.push(Reading::Unknown);
                    continue;
                }
                let said = match map.bind(py).call1((python_scalar(py, *value)?,)) {
                    Ok(said) => said,
                    Err(error) => {
                        readings.push(Reading::Bad(unmapped(py, error)?));
                        continue;
                    }
                };
                match target.read_json(&to_json(&said, fact)?) {
                    Reading::Bad(reason) => {
                        let message = format!(
                            "column `{}` maps `{}` to `{said}`, which `{fact}` cannot be: {reason}",
                            field.name,
                            value.shown()
                        );
                        return Err(Refused::new("impossible_value", message, Some(fact), Some(said.to_string()), &reason).into());
                    }
                    reading => readings.push(reading),
                }
            }
            given
                .filled
                .push(Filled::folded(&target, folded, &readings, table.rows, &mut given.bad));
            continue;
        }
        let reader = reader.as_deref();
        target.check(field, reader)?;
        let kind = field.dictionary.unwrap_or(field.kind);
        let text = matches!(kind, arrow::Kind::Utf8 | arrow::Kind::LargeUtf8 | arrow::Kind::Utf8View);
        let place_fact = matches!(target.kind, FactKind::Province | FactKind::District);
        let years = matches!(reader, Some("be_year" | "ce_year"));
        if kind != arrow::Kind::Null && (field.dictionary.is_some() || text || place_fact || years) {
            let folded = fold(&chunks, field)?;
            let readings: Vec<Reading> = folded
                .values
                .iter()
                .map(|value| value.map_or(Reading::Unknown, |value| target.read(value, reader)))
                .collect();
            given
                .filled
                .push(Filled::folded(&target, folded, &readings, table.rows, &mut given.bad));
        } else {
            given.filled.extend(Filled::direct(&target, field, &chunks, &mut given.bad)?);
        }
    }
    for (name, value) in constants {
        let name: String = name.extract()?;
        let target = Target::named(&name, book.book())?;
        let value = to_json(&value, &name)?;
        let filled = Filled::constant(&target, target.read_json(&value)).map_err(|reason| {
            let shown = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            Refused::new(
                "impossible_value",
                format!("`{name}` cannot be `{shown}`: {reason}"),
                Some(&name),
                Some(shown),
                &reason,
            )
        })?;
        given.filled.extend(filled);
    }
    Ok(given)
}

/// What to do about a value that no map names; any other error goes on.
fn unmapped(py: Python<'_>, error: PyErr) -> PyResult<String> {
    let class = py.import("sitthi.frames")?.getattr("UnmappedValueError")?;
    let value = error.value(py);
    if !value.is_instance(&class)? {
        return Err(error);
    }
    Ok(format!("expected {}", value.getattr("expected")?.extract::<String>()?))
}

fn python_scalar<'py>(py: Python<'py>, scalar: Scalar<'_>) -> PyResult<Bound<'py, PyAny>> {
    Ok(match scalar {
        Scalar::Flag(flag) => flag.into_pyobject(py)?.to_owned().into_any(),
        Scalar::Whole(whole) => whole.into_pyobject(py)?.into_any(),
        Scalar::Float(bits) => f64::from_bits(bits).into_pyobject(py)?.into_any(),
        Scalar::Text(text) => text.into_pyobject(py)?.into_any(),
        Scalar::Day(_) => py
            .import("datetime")?
            .getattr("date")?
            .call_method1("fromisoformat", (scalar.shown(),))?,
    })
}

/// Columns that go out over the Arrow C interface, with what was bad and what was not known.
#[pyclass(frozen, module = "sitthi._native")]
pub struct Answers {
    columns: Arc<[Out]>,
    table: Arc<arrow::Table>,
    batches: Vec<usize>,
    bad: Vec<Bad>,
    told: Told,
    unknown_facts: OnceLock<Vec<String>>,
    book: sitthi::Rulebook,
    day: Option<Date>,
}

#[pymethods]
impl Answers {
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(&self, py: Python<'py>, requested_schema: Option<Bound<'py, PyAny>>) -> PyResult<Bound<'py, PyCapsule>> {
        // A schema may be asked for as a wish only; the columns go out as they are.
        drop(requested_schema);
        self.stream(py, false)
    }

    /// The stream, its codes numbered by signed or by unsigned bytes: polars takes unsigned ones faster, older pandas signed ones only.
    fn stream<'py>(&self, py: Python<'py>, unsigned: bool) -> PyResult<Bound<'py, PyCapsule>> {
        let export = Export {
            columns: Arc::clone(&self.columns),
            carried: Some(Arc::clone(&self.table)),
            batches: self.batches.clone(),
            unsigned,
        };
        PyCapsule::new_with_value(py, export.stream(), STREAM)
    }

    /// The names of the columns.
    #[getter]
    fn columns<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.columns.iter().map(|column| column.name.as_str()))
    }

    /// The number of rows.
    fn __len__(&self) -> usize {
        self.batches.iter().fold(0_usize, |rows, batch| rows.saturating_add(*batch))
    }

    /// How many values made a row bad.
    #[getter]
    fn error_count(&self) -> usize {
        self.bad.len()
    }

    /// The bad values: row, fact, value, reason.
    fn errors<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        PyList::new(
            py,
            self.bad
                .iter()
                .map(|bad| (bad.row, bad.fact.as_str(), bad.value.as_str(), bad.reason.as_str())),
        )
    }

    /// Facts that no column and no constant tells.
    #[getter]
    fn unknown_facts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.unknown_facts.get_or_init(|| self.told.unknown_facts(&self.book, self.day)))
    }

    /// The edition of the rulebook.
    #[getter]
    fn edition(&self) -> String {
        self.book.edition()
    }

    /// The day asked about as text; None where a column tells it.
    #[getter]
    fn day(&self) -> Option<String> {
        self.day.map(|day| day.to_string())
    }

    /// How many rows have each value of a column of codes.
    fn counts<'py>(&self, py: Python<'py>, column: &str) -> PyResult<Bound<'py, PyDict>> {
        let counts = PyDict::new(py);
        let found = self.columns.iter().find(|known| known.name == column);
        if let Some(Out {
            values: OutValues::Codes { codes, labels, .. },
            ..
        }) = found
        {
            let mut numbers = [0_usize; 256];
            for code in codes.iter() {
                if let Some(number) = numbers.get_mut(usize::from(*code)) {
                    *number = number.saturating_add(1);
                }
            }
            for (label, number) in labels.iter().zip(numbers) {
                counts.set_item(label, number)?;
            }
        }
        Ok(counts)
    }
}
