//! Frames in and out: takes capsules, hands their columns to the core's surveys, and hands the answers out as columns.

use std::collections::BTreeMap;
use std::ffi::CStr;
use std::sync::{Arc, Mutex, OnceLock};

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyCapsuleMethods, PyDict, PyTuple};
use sitthi::ErrorCode;
use sitthi::population::PopulationError;
use sitthi::survey::{self, Asked, AskedOn, Assessed, Binding, Grouped, JobsOf, RowErrors, Survey, SurveyError, Tally, Told, ValueMap};
use sitthi_arrow::{self as arrow, ArrowError, Export, Out, OutValues};

use crate::convert::{self, to_json};
use crate::fault::Refused;
use crate::law::Rulebook;
use crate::pages;
use crate::pickled;
use crate::watch::Watch;

const STREAM: &CStr = c"arrow_array_stream";

pub(crate) fn refused(error: ArrowError) -> Refused {
    let expected = "a frame that gives its columns through the Arrow C interface";
    Refused::new(ErrorCode::Frame, error.0, None, None, expected)
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
    let source = source.map_err(refused)?;
    Ok(Table {
        names: source.names.clone(),
        index: source.index.clone(),
        source: Mutex::new(Some(source)),
        rows: OnceLock::new(),
    })
}

/// A column, its fact, its reader, what maps its values, and the values that say that nobody answered.
type Target<'py> = (usize, String, Option<String>, Option<Bound<'py, PyAny>>, Vec<Bound<'py, PyAny>>);

/// A query as the Python half gives it; columns by their places.
#[derive(FromPyObject)]
pub struct Query<'py> {
    /// The day asked about, where no column tells it.
    day: Option<Bound<'py, PyAny>>,
    day_column: Option<usize>,
    day_reader: Option<String>,
    bindings: Vec<Target<'py>>,
    constants: Bound<'py, PyDict>,
    jobs: Option<usize>,
    second_job: Option<usize>,
    carried: Vec<usize>,
    schemes: bool,
    definitions: bool,
    clauses: Vec<String>,
    written: bool,
    missing: bool,
    errors: bool,
    by: Option<Vec<usize>>,
    weights: Option<usize>,
    /// What a tally calls its questions and their answers.
    names: (String, String),
    threads: usize,
    progress: Option<Py<PyAny>>,
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
        Ok(self.taken()?.rows())
    }

    /// Answers for every row, or counts by group.
    fn answers(&self, py: Python<'_>, rulebook: &Rulebook, query: Query<'_>) -> PyResult<Answers> {
        let book = rulebook.inner();
        let table = Arc::clone(self.taken()?);
        let asked = asked(&table, &query)?;
        let grouped = query.by.as_ref().map(|by| grouped(&table, by, query.weights)).transpose()?;
        let watch = Watch::new(query.progress, table.rows());
        let tell = |done: usize| watch.tell(done);
        let run = survey::Watch {
            tell: &tell,
            cancel: &watch.cancel,
            fresh: Some(pages::large),
        };
        let cache = rulebook.plan_cache();
        let day = match &asked.on {
            AskedOn::Day(day) => Some(*day),
            AskedOn::Column(..) => None,
        };
        let done = py.detach(|| {
            let survey = Survey::new(book, &asked)?;
            match &grouped {
                None => survey.assess(cache, run).map(Done::Rows),
                Some(grouped) => survey.tally(grouped, cache, run).map(Done::Groups),
            }
        });
        let (columns, batches, errors, told) = match done {
            Err(sitthi::Error::Survey(SurveyError::Population(PopulationError::Cancelled))) => return Err(watch.error()),
            Err(error) => return Err(Refused::from(error).into()),
            Ok(Done::Rows(found)) => {
                let (columns, errors, told) = rows(found, &table, &query.carried);
                (columns, table.batch_rows(), errors, told)
            }
            Ok(Done::Groups(found)) => {
                let count = found.rows.len();
                let (columns, errors, told) = lines(found, &table, &query.names, query.by.as_deref().unwrap_or(&[]))?;
                (columns, vec![count], errors, told)
            }
        };
        Ok(Answers {
            columns: columns.into(),
            table: Some(Arc::clone(&table)),
            batches,
            errors: BadValues::of(&errors),
            unknown_facts: OnceLock::new(),
            no_answers: told.no_answers().to_vec(),
            told: Some((told, book.clone())),
            edition: book.edition(),
            day: day.map(|day| day.to_string()),
        })
    }
}

enum Done {
    Rows(Assessed),
    Groups(Tally),
}

impl Table {
    /// The frame with its rows, taken when they are first needed.
    fn taken(&self) -> Result<&Arc<arrow::Table>, Refused> {
        if let Some(table) = self.rows.get() {
            return Ok(table);
        }
        let source = self.source.lock().ok().and_then(|mut source| source.take());
        let source = source.ok_or_else(|| refused(ArrowError("the frame could not be read".to_owned())))?;
        let table = source.table().map_err(refused)?;
        Ok(self.rows.get_or_init(|| Arc::new(table)))
    }
}

/// The query as the core takes it.
fn asked<'t>(table: &'t arrow::Table, query: &Query<'_>) -> PyResult<survey::Query<'t>> {
    let column = |place: usize| table.column(place).map_err(refused);
    let on = match (&query.day, query.day_column) {
        (_, Some(place)) => AskedOn::Column(column(place)?, query.day_reader.clone()),
        (Some(day), None) => AskedOn::Day(convert::day(day)?),
        (None, None) => return Err(PyTypeError::new_err("expected a day, or the column of days")),
    };
    let jobs = match (query.second_job, query.jobs) {
        (Some(place), _) => JobsOf::Told(column(place)?),
        (None, Some(count)) => JobsOf::Exactly(count),
        (None, None) => JobsOf::Unknown,
    };
    let mut bindings = Vec::with_capacity(query.bindings.len());
    for (place, fact, reader, map, no_answer) in &query.bindings {
        bindings.push(Binding {
            column: column(*place)?,
            fact: fact.clone(),
            reader: reader.clone(),
            map: map.as_ref().map(|map| value_map(map, fact).map(Arc::new)).transpose()?,
            no_answer: (!no_answer.is_empty())
                .then(|| codes_of_no_answer(no_answer))
                .transpose()?
                .map(Arc::new),
        });
    }
    let mut constants = Vec::with_capacity(query.constants.len());
    for (name, value) in &query.constants {
        let name: String = name.extract()?;
        let value = to_json(&value, &name)?;
        constants.push((name, value));
    }
    Ok(survey::Query {
        rows: table.rows(),
        on,
        bindings,
        constants,
        jobs,
        asked: Asked {
            schemes: query.schemes,
            definitions: query.definitions,
            ids: query.clauses.clone(),
        },
        written: query.written,
        missing: query.missing,
        errors: query.errors,
        threads: query.threads,
    })
}

fn grouped<'t>(table: &'t arrow::Table, by: &[usize], weights: Option<usize>) -> Result<Grouped<'t>, Refused> {
    let column = |place: usize| table.column(place).map_err(refused);
    Ok(Grouped {
        by: by.iter().map(|place| column(*place)).collect::<Result<_, _>>()?,
        weights: weights.map(column).transpose()?,
    })
}

/// A map as the Python half resolved it: `codes`, `others` and what is `expected`.
fn value_map(target: &Bound<'_, PyAny>, fact: &str) -> PyResult<ValueMap> {
    let others: Option<(Bound<'_, PyAny>,)> = target.getattr("others")?.extract()?;
    let others = others.map(|(value,)| to_json(&value, fact)).transpose()?;
    let mut map = ValueMap::new(target.getattr("expected")?.extract()?, others);
    for (key, value) in target.getattr("codes")?.cast::<PyDict>()? {
        let says = to_json(&value, fact)?;
        let named = match convert::with_scalar(&key, |key| map.insert(key, says.clone()))? {
            Some(named) => named,
            None => map.insert_empty(says),
        };
        if let Err(reason) = named {
            let column: String = target.getattr("column")?.extract()?;
            let message = format!("the map of column `{column}` to `{fact}` cannot be: {reason}");
            let value = key.str()?.to_string();
            return Err(Refused::new(
                ErrorCode::UnmappedValue,
                message,
                Some(&column),
                Some(value),
                "one key for each value of the column",
            )
            .into());
        }
    }
    Ok(map)
}

/// The values that say that nobody answered, as a map to nothing.
fn codes_of_no_answer(codes: &[Bound<'_, PyAny>]) -> PyResult<ValueMap> {
    let mut map = ValueMap::new(String::new(), None);
    for code in codes {
        if let Some(Err(reason)) = convert::with_scalar(code, |code| map.insert(code, serde_json::Value::Null))? {
            let expected = "each code once";
            return Err(Refused::new(
                ErrorCode::WrongType,
                format!("codes of no answer cannot be: {reason}"),
                Some("no_answer"),
                None,
                expected,
            )
            .into());
        }
    }
    Ok(map)
}

/// A map of values that is asked value by value, as a frame asks it.
#[pyclass(frozen, module = "sitthi._native")]
pub struct Lookup {
    map: ValueMap,
    column: String,
    fact: String,
}

#[pymethods]
impl Lookup {
    #[new]
    fn new(target: &Bound<'_, PyAny>) -> PyResult<Self> {
        let fact: String = target.getattr("fact")?.extract()?;
        Ok(Self {
            map: value_map(target, &fact)?,
            column: target.getattr("column")?.extract()?,
            fact,
        })
    }

    /// What a value says of the fact, in a list; an empty one where no key names it.
    fn get<'py>(&self, value: &Bound<'py, PyAny>) -> PyResult<Vec<Bound<'py, PyAny>>> {
        let py = value.py();
        let refused = |reason: String| SurveyError::Keys {
            column: self.column.clone(),
            fact: self.fact.clone(),
            value: value.str().map(|text| text.to_string()).unwrap_or_default(),
            reason,
        };
        let look = |says: Option<&serde_json::Value>| says.map(|says| convert::to_python(py, says)).transpose();
        let found = match convert::with_scalar(value, |value| self.map.get(value).map(look))? {
            Some(found) => found.map_err(|reason| Refused::from(refused(reason)))??,
            None => Some(look(self.map.empty())?.unwrap_or_else(|| py.None().into_bound(py))),
        };
        Ok(found.into_iter().collect())
    }
}

/// The columns of a survey: answers by row, what is missing, what is wrong, what was carried along.
fn rows(found: Assessed, table: &arrow::Table, carried: &[usize]) -> (Vec<Out>, RowErrors, Told) {
    let nulls = !found.errors.is_empty();
    let mut labels: BTreeMap<usize, Arc<[&'static str]>> = BTreeMap::new();
    let (mut columns, mut missing) = (Vec::new(), Vec::new());
    for answers in found.answers {
        let names = answers.kind.labels();
        let labels = labels.entry(names.len()).or_insert_with(|| Arc::from(names));
        if let Some(texts) = answers.missing {
            missing.push(Out {
                name: format!("{}.missing", answers.name),
                values: OutValues::Texts(texts.keys.into(), texts.texts.into()),
            });
        }
        columns.push(Out {
            name: answers.name,
            values: OutValues::Codes {
                codes: Arc::new(answers.codes),
                labels: Arc::clone(labels),
                nulls,
            },
        });
    }
    columns.append(&mut missing);
    columns.extend(found.errors.column().map(|(keys, texts)| Out {
        name: "errors".to_owned(),
        values: OutValues::Texts(keys.into(), texts.into()),
    }));
    columns.extend(carried.iter().map(|place| Out {
        name: table.name(*place).unwrap_or_default().to_owned(),
        values: OutValues::Carried(*place),
    }));
    (columns, found.errors, found.told)
}

/// The columns of a tally: the group, what was asked, the answer, rows and weight.
fn lines(
    found: Tally,
    table: &arrow::Table,
    (asked, answer): &(String, String),
    by: &[usize],
) -> Result<(Vec<Out>, RowErrors, Told), Refused> {
    let mut columns = Vec::new();
    for (values, place) in found.groups.into_iter().zip(by) {
        columns.push(Out {
            name: table.name(*place).unwrap_or_default().to_owned(),
            values: arrow::taken(table, *place, values.keys, &values.rows).map_err(refused)?,
        });
    }
    let answers: Vec<String> = found.labels.iter().map(|label| (*label).to_owned()).collect();
    let mut put = |name: &str, values: OutValues| {
        columns.push(Out {
            name: name.to_owned(),
            values,
        });
    };
    put(asked, OutValues::Texts(found.questions.into(), found.names.into()));
    put(answer, OutValues::Texts(found.answers.into(), answers.into()));
    put("rows", OutValues::Whole(found.rows.into()));
    if let Some(weights) = found.weights {
        put("weight", OutValues::Floats(weights.into()));
    }
    Ok((columns, found.errors, found.told))
}

/// Columns that go out over the Arrow C interface, with what was bad and what was not known.
#[pyclass(frozen, module = "sitthi._native")]
pub struct Answers {
    pub(crate) columns: Arc<[Out]>,
    /// The frame that came in, of which columns are carried along.
    pub(crate) table: Option<Arc<arrow::Table>>,
    pub(crate) batches: Vec<usize>,
    pub(crate) errors: BadValues,
    pub(crate) unknown_facts: OnceLock<Vec<String>>,
    /// How many rows of a column have a value that says that nobody answered.
    pub(crate) no_answers: Vec<(String, usize)>,
    /// What tells which facts are unknown, until they are asked for.
    pub(crate) told: Option<(Told, sitthi::Rulebook)>,
    pub(crate) edition: String,
    pub(crate) day: Option<String>,
}

/// A value that cannot be: row, fact, value, reason.
pub type BadValue = (usize, String, String, String);

/// The values that cannot be: how many by fact and reason, and the first of them.
#[derive(Clone, Default)]
pub struct BadValues {
    pub counts: Vec<(String, String, usize)>,
    pub first: Vec<BadValue>,
}

impl BadValues {
    fn of(errors: &RowErrors) -> Self {
        let counts = errors.counts().map(|one| (one.fact.clone(), one.reason.clone(), one.rows));
        let first = errors.first().into_iter().map(|one| (one.row, one.fact, one.value, one.reason));
        Self {
            counts: counts.collect(),
            first: first.collect(),
        }
    }
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
            carried: self.table.clone(),
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
        self.errors
            .counts
            .iter()
            .fold(0_usize, |sum, (_, _, rows)| sum.saturating_add(*rows))
    }

    /// How many values made a row bad: fact, reason, rows.
    fn error_counts(&self) -> Vec<(String, String, usize)> {
        self.errors.counts.clone()
    }

    /// The first bad values: row, fact, value, reason.
    fn errors(&self) -> Vec<BadValue> {
        self.errors.first.clone()
    }

    /// Facts that no column and no constant tells.
    #[getter]
    fn unknown_facts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.unknown())
    }

    /// How many rows of a column have a value that says that nobody answered.
    #[getter]
    fn no_answers(&self) -> Vec<(String, usize)> {
        self.no_answers.clone()
    }

    /// The edition of the rulebook.
    #[getter]
    fn edition(&self) -> &str {
        &self.edition
    }

    /// The day asked about as text; None where a column tells it.
    #[getter]
    fn day(&self) -> Option<&str> {
        self.day.as_deref()
    }

    /// The columns that are carried along, alone; None where there is none.
    #[getter]
    fn carried(&self) -> Option<Self> {
        pickled::carried(self)
    }

    /// All that it holds but the columns that are carried along, for `restored`.
    fn state<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        pickled::state(self, py)
    }

    /// The answers of a `state`, with the frame of the columns that are carried along.
    #[staticmethod]
    fn restored(state: pickled::State<'_>, carried: Option<&Table>) -> PyResult<Self> {
        let table = carried.map(Table::taken).transpose()?;
        Ok(pickled::restored(state, table.cloned())?)
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

impl Answers {
    pub(crate) fn unknown(&self) -> &[String] {
        self.unknown_facts
            .get_or_init(|| self.told.as_ref().map_or_else(Vec::new, |(told, book)| told.unknown_facts(book)))
    }
}
