//! Frames in and out: binds the columns of a frame to facts, runs the population, and hands the answers out as columns.

use std::collections::BTreeMap;
use std::ffi::CStr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use pyo3::exceptions::{PyRuntimeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyCapsuleMethods, PyDict, PyList, PyTuple};
use sitthi::criterion::{Node, NodeId, Program};
use sitthi::facts::{FactKind, Subject, Value};
use sitthi::law::Judge;
use sitthi::population::{Answer, Ask, BadReason, Days, Grouping, Groups, Jobs, Plan, Population, PopulationError, Run, Scheme, Weights};
use sitthi::rulebook::Strength;
use sitthi::{Date, Status};

use crate::arrow::{self, ArrowError, Export, Out, OutValues};
use crate::column::{Bad, Filled, Held, HeldBits, Reading, Scalar, Target, fold, get, plain, validity};
use crate::convert::to_json;
use crate::fault::Refused;
use crate::law::Rulebook;

const STATUSES: [&str; 5] = ["not_eligible", "eligible", "covered", "undetermined", "disputed"];
const VERDICTS: [&str; 4] = ["unmet", "met", "undetermined", "disputed"];
/// The code of a row that could not be assessed.
const BAD: u8 = 255;
const STREAM: &CStr = c"arrow_array_stream";

impl From<ArrowError> for Refused {
    fn from(error: ArrowError) -> Self {
        Self::new("frame", error.0, None, None, "a frame that gives its columns through the Arrow C interface")
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
    inner: Arc<arrow::Table>,
}

/// Takes any object that gives its columns through the Arrow C interface.
#[pyfunction]
#[expect(unsafe_code, reason = "a capsule's name says what its pointer is")]
pub fn read_frame(frame: &Bound<'_, PyAny>) -> PyResult<Table> {
    let table = if frame.hasattr("__arrow_c_stream__")? {
        let given = frame.call_method0("__arrow_c_stream__")?;
        let capsule = given.cast::<PyCapsule>()?;
        let pointer = capsule.pointer_checked(Some(STREAM))?;
        // SAFETY: the name was checked.
        unsafe { arrow::Table::from_stream(pointer.as_ptr().cast()) }
    } else if frame.hasattr("__arrow_c_array__")? {
        let pair = frame.call_method0("__arrow_c_array__")?;
        let (schema, array): (Bound<'_, PyAny>, Bound<'_, PyAny>) = pair.extract()?;
        let (schema, array) = (schema.cast::<PyCapsule>()?.clone(), array.cast::<PyCapsule>()?.clone());
        let (schema_at, array_at) = (schema.pointer_checked(Some(c"arrow_schema"))?, array.pointer_checked(Some(c"arrow_array"))?);
        // SAFETY: the names were checked.
        unsafe { arrow::Table::from_array(schema_at.as_ptr().cast(), array_at.as_ptr().cast()) }
    } else {
        let found = frame.get_type().name()?;
        let expected = "a frame of polars, pandas (2.2 or later), pyarrow or DuckDB, or any object with `__arrow_c_stream__`";
        return Err(Refused::wrong_type("the frame", &format!("a value of type `{found}`"), expected).into());
    };
    Ok(Table { inner: Arc::new(table?) })
}

/// What of the frame is bound to facts, and how.
struct Given<'t> {
    filled: Vec<Filled<'t>>,
    bad: Vec<Bad>,
}

#[pymethods]
impl Table {
    /// The names of the columns.
    #[getter]
    fn columns<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.inner.fields.iter().map(|field| field.name.as_str()))
    }

    /// The number of rows.
    #[getter]
    fn rows(&self) -> usize {
        self.inner.rows
    }

    /// Answers for every row. `bindings` are columns with the fact, the reader and the map of each; `on` is a day or the name of a column.
    #[pyo3(signature = (rulebook, on, bindings, constants, *, on_column=None, on_reader=None, jobs=None, second_job=None, carried=Vec::new(), clauses=Vec::new(), missing=false, by=None, weights=None, threads=0, progress=None))]
    #[expect(clippy::too_many_arguments, reason = "the Python half names them")]
    fn answers(
        &self,
        py: Python<'_>,
        rulebook: &Rulebook,
        on: Option<&Bound<'_, PyAny>>,
        bindings: Vec<(usize, String, Option<String>, Option<Py<PyAny>>)>,
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
        let table = Arc::clone(&self.inner);
        let given = self.bind(py, book, &bindings, constants)?;
        let asked = Asked::new(book, &clauses)?;
        let mut run = Job { table: &table, book, asked: &asked, given, day: None, days: None, jobs, second: None, threads };
        match (on, on_column) {
            (_, Some(column)) => run.days = Some(run.day_column(column, on_reader)?),
            (Some(day), None) => run.day = Some(crate::convert::day(day)?),
            (None, None) => return Err(PyTypeError::new_err("expected a day, or the column of days")),
        }
        if let Some(column) = second_job {
            run.second = Some(run.flags(column)?);
        }
        let unknown_facts = run.unknown_facts();
        let watch = Watch::new(progress, table.rows);
        let groups = by.map(|by| run.groups(&by, weights)).transpose()?;
        let done = py.detach(|| match &groups {
            None => run.assess(&watch, missing).map(|(codes, texts)| Done::Rows(codes, texts)),
            Some(groups) => run.tally(&watch, groups).map(Done::Groups),
        });
        let done = match done {
            Ok(done) => done,
            Err(PopulationError::Cancelled) => return Err(watch.error(py)),
            Err(error) => return Err(Refused::new("frame", error.to_string(), None, None, "columns that fit their facts").into()),
        };
        let labels: Arc<[&'static str]> = Arc::new(STATUSES);
        let verdicts: Arc<[&'static str]> = Arc::new(VERDICTS);
        let (columns, batches) = match done {
            Done::Rows(codes, texts) => {
                let schemes = book.schemes().len();
                let names = book.schemes().iter().map(|scheme| scheme.id.clone()).chain(clauses);
                let mut columns: Vec<Out> = names
                    .zip(codes)
                    .enumerate()
                    .map(|(place, (name, codes))| {
                        let labels = if place < schemes { &labels } else { &verdicts };
                        Out { name, values: OutValues::Codes(codes.into(), Arc::clone(labels)) }
                    })
                    .collect();
                let missing = book.schemes().iter().zip(texts);
                columns.extend(missing.map(|(scheme, (keys, texts))| Out { name: format!("{}.missing", scheme.id), values: OutValues::Texts(keys.into(), texts.into()) }));
                columns.extend(carried.iter().map(|place| {
                    let name = table.fields.get(*place).map_or_else(String::new, |field| field.name.clone());
                    Out { name, values: OutValues::Carried(*place) }
                }));
                (columns, table.batch_rows())
            }
            Done::Groups(lines) => {
                let rows = lines.rows.len();
                (lines.columns(groups.as_ref(), &table), vec![rows])
            }
        };
        let edition = (book.edition(), run.day);
        let mut bad = std::mem::take(&mut run.given.bad);
        bad.sort();
        bad.dedup();
        Ok(Answers { columns: columns.into(), table: Arc::clone(&table), batches, bad, unknown_facts, edition })
    }
}

impl Table {
    fn bind<'t>(
        &'t self,
        py: Python<'_>,
        book: &sitthi::Rulebook,
        bindings: &[(usize, String, Option<String>, Option<Py<PyAny>>)],
        constants: &Bound<'_, PyDict>,
    ) -> PyResult<Given<'t>> {
        let mut given = Given { filled: Vec::new(), bad: Vec::new() };
        for (place, fact, reader, map) in bindings {
            let target = Target::named(fact, book.book())?;
            let Some(field) = self.inner.fields.get(*place) else { continue };
            let chunks = self.inner.column(*place);
            if let Some(map) = map {
                let folded = fold(&chunks, field).map_err(|error| Refused::new("wrong_type", format!("column `{}`: {}", field.name, error.0), Some(fact), None, "values that a map can name"))?;
                let mut readings = Vec::with_capacity(folded.values.len());
                for value in &folded.values {
                    let Some(value) = value else {
                        readings.push(Reading::Unknown);
                        continue;
                    };
                    let said = map.bind(py).call1((python_scalar(py, *value)?,))?;
                    match target.read_json(&to_json(&said, fact)?) {
                        Reading::Bad(reason) => {
                            let message = format!("column `{}` maps `{}` to `{said}`, which `{fact}` cannot be: {reason}", field.name, value.shown());
                            return Err(Refused::new("impossible_value", message, Some(fact), Some(said.to_string()), &reason).into());
                        }
                        reading => readings.push(reading),
                    }
                }
                given.filled.push(Filled::folded(&target, folded, &readings, self.inner.rows, &mut given.bad));
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
                let readings: Vec<Reading> = folded.values.iter().map(|value| value.map_or(Reading::Unknown, |value| target.read(value, reader))).collect();
                given.filled.push(Filled::folded(&target, folded, &readings, self.inner.rows, &mut given.bad));
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
                Refused::new("impossible_value", format!("`{name}` cannot be `{shown}`: {reason}"), Some(&name), Some(shown), &reason)
            })?;
            given.filled.extend(filled);
        }
        Ok(given)
    }
}

fn python_scalar<'py>(py: Python<'py>, scalar: Scalar<'_>) -> PyResult<Bound<'py, PyAny>> {
    Ok(match scalar {
        Scalar::Flag(flag) => flag.into_pyobject(py)?.to_owned().into_any(),
        Scalar::Whole(whole) => whole.into_pyobject(py)?.into_any(),
        Scalar::Float(bits) => f64::from_bits(bits).into_pyobject(py)?.into_any(),
        Scalar::Text(text) => text.into_pyobject(py)?.into_any(),
        Scalar::Day(_) => py.import("datetime")?.getattr("date")?.call_method1("fromisoformat", (scalar.shown(),))?,
    })
}

/// What is asked of every row: the schemes, then clauses and rules by id.
struct Asked {
    program: Option<Program>,
    asks: Vec<Ask>,
    clauses: Vec<(NodeId, bool)>,
}

impl Asked {
    fn new(book: &sitthi::Rulebook, wanted: &[String]) -> Result<Self, Refused> {
        let rules = &book.book().rules;
        let node = |number: &u16| rules.get(usize::from(*number)).map(|rule| rule.person);
        let strength = |strength: Strength| if strength == Strength::Covered { Scheme::COVERED } else { Scheme::ELIGIBLE };
        let schemes = book.schemes().iter().map(|scheme| {
            let rules = scheme.rules.iter().filter_map(|(given, number)| Some((strength(*given), node(number)?)));
            Ask::Status(Scheme { rules: rules.collect() })
        });
        let mut asks: Vec<Ask> = schemes.collect();
        let mut program = (!wanted.is_empty()).then(|| book.book().program.clone());
        let mut clauses = Vec::new();
        for id in wanted {
            let file_of = |rule: &sitthi::rulebook::Rule| book.book().file(rule.file).map_or("", |file| file.id.as_str()).to_owned();
            let rule = rules.iter().find(|rule| format!("{}.{}", file_of(rule), rule.id) == *id);
            let part = || {
                rules.iter().find_map(|rule| {
                    let part = rule.requires.iter().chain(&rule.excludes).find(|part| part.id == *id)?;
                    Some((part.node, rule.each_job))
                })
            };
            let Some((node, each_job)) = rule.map(|rule| (rule.person, false)).or_else(part) else {
                let ids = rules.iter().flat_map(|rule| rule.requires.iter().chain(&rule.excludes)).map(|part| part.id.as_str());
                let nearest = sitthi::values::nearest(id, ids).map(str::to_owned);
                return Err(sitthi::Error::Unknown { what: "clause", name: id.clone(), nearest }.into());
            };
            clauses.push((node, each_job));
            let asked = match program.as_mut().filter(|_| each_job) {
                Some(program) => {
                    program.nodes.push(Node::AnyJob(node));
                    NodeId::try_from(program.nodes.len().saturating_sub(1)).unwrap_or(node)
                }
                None => node,
            };
            asks.push(Ask::Verdict(asked));
        }
        Ok(Self { program, asks, clauses })
    }
}

type Codes = Vec<Vec<u8>>;
type Texts = Vec<(Vec<u32>, Vec<String>)>;

enum Done {
    Rows(Codes, Texts),
    Groups(Lines),
}

struct DayColumn<'t> {
    days: Held<'t>,
    validity: Option<HeldBits<'t>>,
}

struct Job<'t> {
    table: &'t arrow::Table,
    book: &'t sitthi::Rulebook,
    asked: &'t Asked,
    given: Given<'t>,
    day: Option<Date>,
    days: Option<DayColumn<'t>>,
    jobs: Option<usize>,
    second: Option<(Held<'t>, Option<HeldBits<'t>>)>,
    threads: usize,
}

/// How rows are grouped and weighed.
struct Grouped<'t> {
    names: Vec<String>,
    keys: Vec<(Held<'t>, Option<HeldBits<'t>>)>,
    labels: Vec<Vec<Option<String>>>,
    weights: Option<Weighing<'t>>,
}

enum Weighing<'t> {
    Floats(Held<'t>),
    Whole(Held<'t>),
}

impl Weighing<'_> {
    fn weights(&self) -> Weights<'_> {
        match self {
            Self::Floats(held) => match held.data() {
                sitthi::population::Data::F64(values) => Weights::Floats(values),
                _ => Weights::Floats(&[]),
            },
            Self::Whole(held) => match held.data() {
                sitthi::population::Data::I64(values) => Weights::Whole(values),
                _ => Weights::Whole(&[]),
            },
        }
    }

    fn of(&self, row: usize) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a sum of weights is told as a float")]
        match self {
            Self::Floats(held) => held.float(row).unwrap_or(0.0),
            Self::Whole(held) => held.whole(row).unwrap_or(0) as f64,
        }
    }
}

/// The lines of a tally, long: group, scheme, status, rows, weight.
#[derive(Default)]
struct Lines {
    groups: Vec<Vec<u32>>,
    schemes: Vec<u32>,
    statuses: Vec<u32>,
    rows: Vec<i64>,
    weights: Vec<f64>,
    scheme_names: Vec<String>,
}

impl Lines {
    fn columns(self, groups: Option<&Grouped<'_>>, table: &arrow::Table) -> Vec<Out> {
        let _ = table;
        let mut columns = Vec::new();
        if let Some(groups) = groups {
            for ((name, labels), keys) in groups.names.iter().zip(&groups.labels).zip(self.groups) {
                let labels: Vec<String> = labels.iter().map(|label| label.clone().unwrap_or_default()).collect();
                columns.push(Out { name: name.clone(), values: OutValues::Texts(keys.into(), labels.into()) });
            }
        }
        let statuses: Vec<String> = STATUSES.iter().map(|status| (*status).to_owned()).chain(["not_assessed".to_owned()]).collect();
        columns.push(Out { name: "scheme".to_owned(), values: OutValues::Texts(self.schemes.into(), self.scheme_names.into()) });
        columns.push(Out { name: "status".to_owned(), values: OutValues::Texts(self.statuses.into(), statuses.into()) });
        columns.push(Out { name: "rows".to_owned(), values: OutValues::Whole(self.rows.into()) });
        if groups.is_some_and(|groups| groups.weights.is_some()) {
            columns.push(Out { name: "weight".to_owned(), values: OutValues::Floats(self.weights.into()) });
        }
        columns
    }
}

impl<'t> Job<'t> {
    fn program(&self) -> &'t Program {
        self.asked.program.as_ref().unwrap_or(&self.book.book().program)
    }

    fn day_column(&mut self, place: usize, reader: Option<&str>) -> Result<DayColumn<'t>, Refused> {
        let field = self.table.fields.get(place).ok_or_else(|| Refused::wrong_type("on", "no column", "the name of a column"))?;
        // A day is read as a fact of that type is read.
        let mut target = Target::named("survey_month", self.book.book())?;
        target.name = field.name.clone();
        target.check(field, reader)?;
        let chunks = self.table.column(place);
        let text = field.dictionary.is_some() || matches!(field.kind, arrow::Kind::Utf8 | arrow::Kind::LargeUtf8 | arrow::Kind::Utf8View);
        if field.kind == arrow::Kind::Date32 && field.dictionary.is_none() {
            return Ok(DayColumn { days: plain(&chunks)?, validity: validity(&chunks)? });
        }
        if text {
            let folded = fold(&chunks, field)?;
            let readings: Vec<Reading> = folded
                .values
                .iter()
                .map(|value| match value.map(|value| target.read(value, reader)) {
                    None => Reading::Unknown,
                    Some(Reading::Span(..)) => Reading::Bad("a whole day was expected".to_owned()),
                    Some(reading) => reading,
                })
                .collect();
            let filled = Filled::folded(&target, folded, &readings, self.table.rows, &mut self.given.bad);
            return Ok(DayColumn { days: filled.held, validity: filled.validity });
        }
        let held = plain(&chunks)?;
        let over = match field.kind {
            arrow::Kind::Timestamp(over) => over,
            arrow::Kind::Date64 => 86_400_000,
            _ => 1,
        };
        let days = (0..self.table.rows).map(|row| held.whole(row).map_or(i32::MIN, |moment| i32::try_from(moment.div_euclid(over)).unwrap_or(i32::MIN)));
        Ok(DayColumn { days: Held::I32(days.collect()), validity: validity(&chunks)? })
    }

    fn flags(&self, place: usize) -> Result<(Held<'t>, Option<HeldBits<'t>>), Refused> {
        let chunks = self.table.column(place);
        match self.table.fields.get(place) {
            Some(field) if field.kind == arrow::Kind::Bool => Ok((plain(&chunks)?, validity(&chunks)?)),
            Some(field) => Err(Refused::wrong_type(&field.name, field.kind.name(), "booleans that say whether there is a second job")),
            None => Err(Refused::wrong_type("jobs", "no column", "the name of a column")),
        }
    }

    fn groups(&self, by: &[usize], weights: Option<usize>) -> Result<Grouped<'t>, Refused> {
        let mut grouped = Grouped { names: Vec::new(), keys: Vec::new(), labels: Vec::new(), weights: None };
        for place in by {
            let Some(field) = self.table.fields.get(*place) else { continue };
            let folded = fold(&self.table.column(*place), field).map_err(|_| Refused::wrong_type(&field.name, field.kind.name(), "a column of text, numbers, dates or booleans to group by"))?;
            grouped.names.push(field.name.clone());
            grouped.labels.push(folded.values.iter().map(|value| value.map(|value| value.shown())).collect());
            grouped.keys.push((folded.keys, folded.validity));
        }
        let Some(place) = weights else { return Ok(grouped) };
        let Some(field) = self.table.fields.get(place) else { return Ok(grouped) };
        let wrong = |found: &str| Refused::wrong_type(&field.name, found, "weights: numbers, none of them negative or null");
        let chunks = self.table.column(place);
        if field.dictionary.is_some() || !matches!(field.kind.name(), "whole numbers" | "floats") {
            return Err(wrong(field.kind.name()));
        }
        let (held, known) = (plain(&chunks)?, validity(&chunks)?);
        if let Some(row) = known.as_ref().and_then(|known| (0..self.table.rows).find(|row| !get(&known.bits(), *row))) {
            return Err(wrong(&format!("null in row {row}")));
        }
        let floats = field.kind.name() == "floats";
        let bad = |row: &usize| if floats { held.float(*row).is_none_or(|weight| !(weight >= 0.0 && weight.is_finite())) } else { held.whole(*row).is_none_or(|weight| weight < 0) };
        if let Some(row) = (0..self.table.rows).find(bad) {
            return Err(wrong(&format!("{} in row {row}", held.shown(row))));
        }
        grouped.weights = Some(match (floats, field.kind) {
            (true, arrow::Kind::F64) => Weighing::Floats(held),
            (true, _) => Weighing::Floats(Held::F64((0..self.table.rows).map(|row| held.float(row).unwrap_or(0.0)).collect())),
            (false, arrow::Kind::I64) => Weighing::Whole(held),
            (false, _) => Weighing::Whole(Held::I64((0..self.table.rows).map(|row| held.whole(row).unwrap_or(0)).collect())),
        });
        Ok(grouped)
    }

    /// Facts on which the schemes rest and of which neither a column nor a constant tells.
    fn unknown_facts(&self) -> Vec<String> {
        let layout = &self.book.book().program.layout;
        let mut subject = Subject::unknown(layout);
        subject.set_jobs(layout, 1);
        for filled in self.given.filled.iter().filter(|filled| matches!(filled.held, Held::Constant(_))) {
            let value = filled.value(0, &Value::Unknown);
            subject.set(layout, filled.fact, Some(filled.job), value);
        }
        let day = self.day.or_else(|| self.book.checked_on()).or_else(|| Date::from_days(20_000));
        let Some(day) = day else { return Vec::new() };
        let law = self.book.on(day);
        let mut judge = Judge::new(&law, &subject);
        let mut names: Vec<String> = Vec::new();
        for scheme in self.book.schemes() {
            for missing in scheme_missing(&law, &mut judge, scheme) {
                let bound = self.given.filled.iter().any(|filled| filled.name == missing || filled.name.starts_with(&format!("{missing}.")));
                if !bound && missing != "jobs" && !names.contains(&missing) {
                    names.push(missing);
                }
            }
        }
        names
    }

    fn population(&self) -> Population<'_> {
        let days = match (&self.days, self.day) {
            (Some(column), _) => match column.days.data() {
                sitthi::population::Data::I32(days) => Days::Column { days, validity: column.validity.as_ref().map(HeldBits::bits) },
                _ => Days::Column { days: &[], validity: None },
            },
            (None, Some(day)) => Days::One(day),
            (None, None) => Days::Column { days: &[], validity: None },
        };
        let jobs = match (&self.second, self.jobs) {
            (Some((held, known)), _) => match held.data() {
                sitthi::population::Data::Bits(present) => Jobs::Second { present, validity: known.as_ref().map(HeldBits::bits) },
                _ => Jobs::Unknown,
            },
            (None, Some(count)) => Jobs::Exactly(count),
            (None, None) => Jobs::Unknown,
        };
        let columns = self.given.filled.iter().filter(|filled| !filled.only_spans()).map(Filled::bound).collect();
        Population { rows: self.table.rows, days, jobs, columns }
    }

    fn row_day(&self, row: usize) -> Option<Date> {
        match &self.days {
            None => self.day,
            Some(column) => {
                let known = column.validity.as_ref().is_none_or(|bits| get(&bits.bits(), row));
                column.days.whole(row).filter(|_| known).and_then(|day| i32::try_from(day).ok()).and_then(Date::from_days)
            }
        }
    }

    /// The facts of one row. Where it is not known how many jobs there are, one more of which nothing is known stands for them.
    fn subject(&self, row: usize) -> Subject {
        let layout = &self.book.book().program.layout;
        let mut subject = Subject::unknown(layout);
        let filled = &self.given.filled;
        let is_job = |filled: &Filled<'_>| layout.fact(filled.fact).is_some_and(|info| info.scope == sitthi::facts::Scope::Job);
        let told = filled.iter().filter(|filled| is_job(filled) && filled.value(row, &Value::Unknown) != Value::Unknown).map(|filled| filled.job.saturating_add(1)).max();
        let second = self.second.as_ref().map(|(held, known)| {
            known.as_ref().is_none_or(|bits| get(&bits.bits(), row)).then(|| held.whole(row).unwrap_or(0) != 0)
        });
        let count = match (second, self.jobs, told) {
            (Some(Some(second)), ..) => Some(if second { 2 } else { 1 }),
            (Some(None), _, told) => told.map(|told| told.max(1).saturating_add(1)),
            (None, Some(count), _) => Some(count),
            (None, None, told) => told.map(|told| told.saturating_add(1)),
        };
        if let Some(count) = count {
            subject.set_jobs(layout, count);
            let main = layout.fact_number("job.main");
            if let Some(main) = main.filter(|main| !filled.iter().any(|filled| filled.fact == *main)) {
                for job in 0..count {
                    subject.set(layout, main, Some(job), Value::Flag(job == 0));
                }
            }
        }
        for filled in filled {
            let before = subject.value(layout, filled.fact, Some(filled.job)).clone();
            let value = filled.value(row, &before);
            subject.set(layout, filled.fact, Some(filled.job), value);
        }
        subject
    }

    fn note_bad(&mut self, found: &[sitthi::population::BadRow]) {
        let known: std::collections::HashSet<usize> = self.given.bad.iter().map(|bad| bad.row).collect();
        let mut named = Vec::new();
        // What the columns were checked for is named already; the engine adds what only it can see, such as a row without a day.
        for bad in found.iter().filter(|bad| bad.fact.is_none() || !known.contains(&bad.row)) {
            let filled = self.given.filled.iter().find(|filled| Some(filled.fact) == bad.fact);
            let (fact, value) = match filled {
                Some(filled) => (filled.name.clone(), filled.shown(bad.row)),
                None => ("on".to_owned(), self.row_day(bad.row).map_or_else(String::new, |day| day.to_string())),
            };
            let reason = match bad.reason {
                BadReason::NoCode => "it is not a code of this fact",
                BadReason::OutOfRange => "it is negative, too large, or a day that is not of this time",
                BadReason::NotExact => "an amount exact to the satang, or a whole number, was expected",
                BadReason::NoDay => "the row has no day",
            };
            named.push(Bad { row: bad.row, fact, value, reason: reason.to_owned() });
        }
        self.given.bad.append(&mut named);
    }

    fn assess(&mut self, watch: &Watch, missing: bool) -> Result<(Codes, Texts), PopulationError> {
        let rows = self.table.rows;
        let (mut codes, bad) = {
            let population = self.population();
            let plan = Plan::new(self.program(), &population, &self.asked.asks)?;
            let progress = |done: usize| watch.tell(done);
            let run = Run { threads: self.threads, progress: Some(&progress), cancel: Some(&watch.cancel), most_bad: usize::MAX, ..Run::default() };
            let outcome = plan.run(&population, &run)?;
            let codes: Codes = outcome.answers.into_iter().map(|answer| if let Answer::Codes(codes) = answer { codes } else { Vec::new() }).collect();
            (codes, outcome.bad)
        };
        self.note_bad(&bad);
        self.before_since(&mut codes);
        if self.given.filled.iter().any(|filled| filled.spans.is_some()) {
            self.spans(&mut codes, watch)?;
        }
        for bad in &self.given.bad {
            for code in codes.iter_mut().filter_map(|codes| codes.get_mut(bad.row)) {
                *code = BAD;
            }
        }
        let texts = if missing { self.missing(&codes, watch)? } else { Vec::new() };
        watch.tell(rows);
        Ok((codes, texts))
    }

    /// Asked about a day before its file begins to answer, a scheme is undetermined.
    fn before_since(&self, codes: &mut Codes) {
        for (scheme, codes) in self.book.schemes().iter().zip(codes) {
            let Some(since) = self.book.book().file(scheme.file).map(|file| file.since) else { continue };
            match (self.day, &self.days) {
                (Some(day), None) if day < since => codes.fill(Scheme::UNDETERMINED),
                (_, Some(_)) => {
                    for (row, code) in codes.iter_mut().enumerate() {
                        if self.row_day(row).is_some_and(|day| day < since) {
                            *code = Scheme::UNDETERMINED;
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// Rows with a day that is not exact are decided by the evaluator: by columns it counted as unknown, so what is decided stays.
    fn spans(&self, codes: &mut Codes, watch: &Watch) -> Result<(), PopulationError> {
        let schemes = self.book.schemes().len();
        let open = |row: usize| {
            let undecided = codes.iter().enumerate().any(|(place, codes)| codes.get(row) == Some(if place < schemes { &Scheme::UNDETERMINED } else { &2 }));
            undecided && self.given.filled.iter().any(|filled| filled.span(row).is_some())
        };
        let rows: Vec<usize> = (0..self.table.rows).filter(|row| open(*row)).collect();
        let threads = if self.threads == 0 { std::thread::available_parallelism().map_or(1, usize::from) } else { self.threads };
        let part = rows.len().div_ceil(threads.max(1)).max(1);
        let found: Vec<Vec<(usize, Vec<u8>)>> = std::thread::scope(|scope| {
            let work = |rows: &[usize]| -> Vec<(usize, Vec<u8>)> {
                let answer = |row: &usize| {
                    if row % 256 == 0 {
                        watch.tell(0);
                    }
                    if watch.cancel.load(Ordering::Relaxed) { None } else { Some((*row, self.row_codes(*row)?)) }
                };
                rows.iter().filter_map(answer).collect()
            };
            let running: Vec<_> = rows.chunks(part).map(|rows| scope.spawn(move || work(rows))).collect();
            running.into_iter().filter_map(|thread| thread.join().ok()).collect()
        });
        if watch.cancel.load(Ordering::Relaxed) {
            return Err(PopulationError::Cancelled);
        }
        for (row, answers) in found.into_iter().flatten() {
            for (codes, answer) in codes.iter_mut().zip(answers) {
                if let Some(code) = codes.get_mut(row) {
                    *code = answer;
                }
            }
        }
        Ok(())
    }

    fn row_codes(&self, row: usize) -> Option<Vec<u8>> {
        let law = self.book.on(self.row_day(row)?);
        let subject = self.subject(row);
        let mut codes: Vec<u8> = law.subject_statuses(&subject).into_iter().map(code).collect();
        let mut judge = Judge::new(&law, &subject);
        for (node, each_job) in &self.asked.clauses {
            let of = |verdict: sitthi::law::Verdict| match verdict {
                sitthi::law::Verdict::Unmet => 0,
                sitthi::law::Verdict::Met => 1,
                sitthi::law::Verdict::Undetermined => 2,
                sitthi::law::Verdict::Disputed => 3,
            };
            codes.push(match (each_job, subject.job_count()) {
                (false, _) => of(judge.verdict(*node, None)),
                (true, None) => 2,
                (true, Some(count)) => {
                    let all: Vec<u8> = (0..count).map(|job| of(judge.verdict(*node, Some(job)))).collect();
                    [1, 3, 2].into_iter().find(|code| all.contains(code)).unwrap_or(0)
                }
            });
        }
        Some(codes)
    }

    /// For every scheme the facts that each row still lacks.
    fn missing(&self, codes: &Codes, watch: &Watch) -> Result<Texts, PopulationError> {
        let schemes = self.book.schemes();
        let mut texts: Texts = vec![(vec![u32::MAX; self.table.rows], Vec::new()); schemes.len()];
        let mut numbers: Vec<BTreeMap<String, u32>> = vec![BTreeMap::new(); schemes.len()];
        for row in 0..self.table.rows {
            if row % 256 == 0 {
                watch.tell(0);
            }
            if watch.cancel.load(Ordering::Relaxed) {
                return Err(PopulationError::Cancelled);
            }
            let open = |place: usize| codes.get(place).and_then(|codes| codes.get(row)) == Some(&Scheme::UNDETERMINED);
            if !(0..schemes.len()).any(open) {
                continue;
            }
            let Some(day) = self.row_day(row) else { continue };
            let (law, subject) = (self.book.on(day), self.subject(row));
            let mut judge = Judge::new(&law, &subject);
            for (place, (scheme, ((keys, texts), numbers))) in schemes.iter().zip(texts.iter_mut().zip(&mut numbers)).enumerate() {
                if !open(place) {
                    continue;
                }
                let text = scheme_missing(&law, &mut judge, scheme).join(", ");
                let number = *numbers.entry(text).or_insert_with_key(|text| {
                    texts.push(text.clone());
                    u32::try_from(texts.len().saturating_sub(1)).unwrap_or(u32::MAX)
                });
                if let Some(key) = keys.get_mut(row) {
                    *key = number;
                }
            }
        }
        Ok(texts)
    }

    fn tally(&mut self, watch: &Watch, grouped: &Grouped<'t>) -> Result<Lines, PopulationError> {
        let schemes = self.book.schemes().len();
        let sizes: Vec<usize> = grouped.labels.iter().map(Vec::len).collect();
        let cells = sizes.iter().fold(1_usize, |cells, size| cells.saturating_mul(size.saturating_add(1)));
        let early = self.days.is_some() || self.book.schemes().iter().any(|scheme| self.book.book().file(scheme.file).is_some_and(|file| self.day.is_some_and(|day| day < file.since)));
        let spans = self.given.filled.iter().any(|filled| filled.spans.is_some());
        // The engine's own tally, in the same pass, where no row needs another look.
        if !early && !spans && self.given.bad.is_empty() {
            let by = grouped.keys.iter().zip(&sizes).map(|((keys, known), groups)| Grouping { keys: keys.data(), validity: known.as_ref().map(HeldBits::bits), groups: *groups });
            let groups = Groups { by: by.collect(), weights: grouped.weights.as_ref().map(Weighing::weights) };
            let progress = |done: usize| watch.tell(done);
            let run = Run { threads: self.threads, progress: Some(&progress), cancel: Some(&watch.cancel), most_bad: usize::MAX, tally: Some(&groups), only_tally: true };
            let outcome = {
                let population = self.population();
                Plan::new(self.program(), &population, &self.asked.asks)?.run(&population, &run)?
            };
            if outcome.bad.is_empty() {
                let tables = outcome.tallies.iter().take(schemes).map(|tally| (tally.codes, tally.counts.clone(), tally.weights.clone()));
                return Ok(self.lines(grouped, &sizes, cells, tables.collect()));
            }
        }
        let (codes, _) = self.assess(watch, false)?;
        let width = STATUSES.len().saturating_add(1);
        let mut tables = vec![(width, vec![0_u64; cells.saturating_mul(width)], vec![0.0_f64; cells.saturating_mul(width)]); schemes];
        for row in 0..self.table.rows {
            let cell = grouped.keys.iter().zip(&sizes).fold(0_usize, |cell, ((keys, known), size)| {
                let valid = known.as_ref().is_none_or(|bits| get(&bits.bits(), row));
                let key = keys.whole(row).filter(|_| valid).and_then(|key| usize::try_from(key).ok()).unwrap_or(*size);
                cell.saturating_mul(size.saturating_add(1)).saturating_add(key.min(*size))
            });
            let weight = grouped.weights.as_ref().map_or(0.0, |weights| weights.of(row));
            for (codes, (_, counts, weights)) in codes.iter().zip(&mut tables) {
                let code = codes.get(row).map_or(STATUSES.len(), |code| usize::from(*code).min(STATUSES.len()));
                let place = cell.saturating_mul(width).saturating_add(code);
                if let (Some(count), Some(sum)) = (counts.get_mut(place), weights.get_mut(place)) {
                    *count = count.saturating_add(1);
                    *sum += weight;
                }
            }
        }
        Ok(self.lines(grouped, &sizes, cells, tables))
    }

    fn lines(&self, grouped: &Grouped<'_>, sizes: &[usize], cells: usize, tables: Vec<(usize, Vec<u64>, Vec<f64>)>) -> Lines {
        let mut lines = Lines { groups: vec![Vec::new(); sizes.len()], ..Lines::default() };
        lines.scheme_names = self.book.schemes().iter().map(|scheme| scheme.id.clone()).collect();
        // The keys of each group, the first column varying slowest; key 0 of a folded column and all beyond stand for null.
        let keys_of = |cell: usize| {
            let mut rest = cell;
            let mut keys: Vec<usize> = sizes.iter().rev().map(|size| { let width = size.saturating_add(1); let key = rest % width.max(1); rest /= width.max(1); key }).collect();
            keys.reverse();
            keys
        };
        let mut order: Vec<(Vec<Option<&str>>, Vec<usize>, usize)> = (0..cells)
            .filter(|cell| tables.iter().any(|(width, counts, _)| (0..*width).any(|code| counts.get(cell.saturating_mul(*width).saturating_add(code)).is_some_and(|count| *count > 0))))
            .map(|cell| {
                let keys = keys_of(cell);
                let labels = keys.iter().zip(&grouped.labels).map(|(key, labels)| labels.get(*key).and_then(Option::as_deref)).collect();
                (labels, keys, cell)
            })
            .collect();
        order.sort();
        for (labels, keys, cell) in order {
            for (scheme, (width, counts, weights)) in tables.iter().enumerate() {
                // Covered first, as the statuses are listed.
                for code in [2, 1, 0, 3, 4, 5] {
                    let place = cell.saturating_mul(*width).saturating_add(code);
                    let count = if code < *width { counts.get(place).copied().unwrap_or(0) } else { 0 };
                    if count == 0 {
                        continue;
                    }
                    for ((column, key), label) in lines.groups.iter_mut().zip(&keys).zip(&labels) {
                        column.push(if label.is_some() { u32::try_from(*key).unwrap_or(u32::MAX) } else { u32::MAX });
                    }
                    lines.schemes.push(u32::try_from(scheme).unwrap_or(u32::MAX));
                    lines.statuses.push(u32::try_from(code).unwrap_or(u32::MAX));
                    lines.rows.push(i64::try_from(count).unwrap_or(i64::MAX));
                    lines.weights.push(weights.get(place).copied().unwrap_or(0.0));
                }
            }
        }
        lines
    }
}

fn code(status: Status) -> u8 {
    match status {
        Status::NotEligible => Scheme::NOT_ELIGIBLE,
        Status::Eligible => Scheme::ELIGIBLE,
        Status::Covered => Scheme::COVERED,
        Status::Undetermined => Scheme::UNDETERMINED,
        Status::Disputed => Scheme::DISPUTED,
    }
}

fn scheme_missing(law: &sitthi::Law, judge: &mut Judge<'_>, scheme: &sitthi::rulebook::Scheme) -> Vec<String> {
    let mut gaps = Vec::new();
    for (_, number) in &scheme.rules {
        if let Some(rule) = judge.rule(*number) {
            gaps.extend(judge.gaps(rule));
        }
    }
    let _ = law;
    let mut names = Vec::new();
    for missing in judge.sort_gaps(&gaps, None).0 {
        let name = match (missing.job, missing.fact.strip_prefix("job.")) {
            (Some(1), Some(rest)) => format!("job_2.{rest}"),
            _ => missing.fact,
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Tells progress and notices an interruption, at most every tenth of a second.
struct Watch {
    progress: Option<Py<PyAny>>,
    total: usize,
    cancel: AtomicBool,
    last: Mutex<Instant>,
    error: Mutex<Option<PyErr>>,
}

impl Watch {
    fn new(progress: Option<Py<PyAny>>, total: usize) -> Self {
        Self { progress, total, cancel: AtomicBool::new(false), last: Mutex::new(Instant::now()), error: Mutex::new(None) }
    }

    fn tell(&self, done: usize) {
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

    fn error(&self, _: Python<'_>) -> PyErr {
        let kept = self.error.lock().ok().and_then(|mut error| error.take());
        kept.unwrap_or_else(|| PyRuntimeError::new_err("cancelled"))
    }
}

/// Columns that go out over the Arrow C interface, with what was bad and what was not known.
#[pyclass(frozen, module = "sitthi._native")]
pub struct Answers {
    columns: Arc<[Out]>,
    table: Arc<arrow::Table>,
    batches: Vec<usize>,
    bad: Vec<Bad>,
    unknown_facts: Vec<String>,
    edition: (String, Option<Date>),
}

#[pymethods]
impl Answers {
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(&self, py: Python<'py>, requested_schema: Option<Bound<'py, PyAny>>) -> PyResult<Bound<'py, PyCapsule>> {
        // A schema may be asked for as a wish only; the columns go out as they are.
        drop(requested_schema);
        let export = Export { columns: Arc::clone(&self.columns), carried: Some(Arc::clone(&self.table)), batches: self.batches.clone() };
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
        PyList::new(py, self.bad.iter().map(|bad| (bad.row, bad.fact.as_str(), bad.value.as_str(), bad.reason.as_str())))
    }

    /// Facts that no column and no constant tells.
    #[getter]
    fn unknown_facts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.unknown_facts)
    }

    /// The edition of the rulebook.
    #[getter]
    fn edition(&self) -> &str {
        &self.edition.0
    }

    /// The day asked about as text; None where a column tells it.
    #[getter]
    fn day(&self) -> Option<String> {
        self.edition.1.map(|day| day.to_string())
    }

    /// How many rows have each value of a column of codes.
    fn counts<'py>(&self, py: Python<'py>, column: &str) -> PyResult<Bound<'py, PyDict>> {
        let counts = PyDict::new(py);
        let found = self.columns.iter().find(|known| known.name == column);
        if let Some(Out { values: OutValues::Codes(codes, labels), .. }) = found {
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

