//! Python values to JSON values and days, and back.

use std::fmt;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{
    PyBool, PyBytes, PyDate, PyDateAccess, PyDateTime, PyDict, PyFloat, PyInt, PyList, PyMapping, PyString, PyTimeAccess, PyTuple,
};
use serde_json::{Map, Number, Value};
use sitthi::facts::DEEPEST;
use sitthi::survey::Scalar;
use sitthi::{Date, DateError, ErrorCode, PartialDate};

use crate::fault::{Refused, raise};

/// A day: a date, or text that is a whole day, ISO or Thai.
pub fn day(value: &Bound<'_, PyAny>) -> PyResult<Date> {
    read_day(value, Date::read)
}

/// A day, or text that tells as much of it as is known, ISO or Thai.
pub fn day_in_part(value: &Bound<'_, PyAny>) -> PyResult<PartialDate> {
    read_day(value, PartialDate::read)
}

fn read_day<T: From<Date>>(value: &Bound<'_, PyAny>, read: fn(&str) -> Result<T, DateError>) -> PyResult<T> {
    if let Ok(date) = value.cast::<PyDate>() {
        return civil(date).map(T::from).map_err(|why| Refused::from(why).into());
    }
    let Ok(text) = value.extract::<String>() else {
        return Err(PyTypeError::new_err(format!(
            "a day is a datetime.date or text, not {}",
            value.get_type().name()?
        )));
    };
    read(&text).map_err(raise)
}

/// A date of Python that is no day of this library's.
enum NoDay {
    /// A moment inside a day.
    Moment(String),
    /// A year that is not read.
    Impossible(DateError),
}

impl NoDay {
    /// The error where the date is the value of a fact: that of the same date as text.
    fn of_fact(self, fact: &str) -> Refused {
        match self {
            Self::Moment(moment) => sitthi::FactError::Impossible {
                fact: fact.to_owned(),
                value: moment,
                reason: "it has a time of day".to_owned(),
                expected: "a day".to_owned(),
            }
            .into(),
            Self::Impossible(error) => sitthi::FactError::date(fact, error.text(), &error).into(),
        }
    }
}

impl From<NoDay> for Refused {
    fn from(why: NoDay) -> Self {
        match why {
            NoDay::Moment(moment) => Self::new(
                ErrorCode::ImpossibleDate,
                format!("`{moment}` has a time of day, expected a day"),
                None,
                Some(moment),
                "a day",
            ),
            NoDay::Impossible(error) => error.into(),
        }
    }
}

fn civil(date: &Bound<'_, PyDate>) -> Result<Date, NoDay> {
    if let Ok(moment) = date.cast::<PyDateTime>()
        && (
            moment.get_hour(),
            moment.get_minute(),
            moment.get_second(),
            moment.get_microsecond(),
        ) != (0, 0, 0, 0)
    {
        return Err(NoDay::Moment(moment.to_string()));
    }
    Date::new(date.get_year(), date.get_month().into(), date.get_day().into()).map_err(NoDay::Impossible)
}

/// Where a value stands among the facts; written out only where something is wrong there.
#[derive(Clone, Copy)]
enum Place<'a> {
    Whole(&'a str),
    Field(&'a Place<'a>, &'a str),
    Item(&'a Place<'a>, usize),
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(name) => formatter.write_str(name),
            Self::Field(Self::Whole(""), name) => formatter.write_str(name),
            Self::Field(outer, name) => write!(formatter, "{outer}.{name}"),
            Self::Item(outer, place) => write!(formatter, "{outer}[{place}]"),
        }
    }
}

impl Place<'_> {
    /// The outermost names on the way, for what is nested so deep that the whole way is no help.
    fn first_names(&self) -> String {
        let whole = self.to_string();
        if whole.is_empty() {
            "the facts".to_owned()
        } else {
            sitthi::values::shown(&whole)
        }
    }
}

/// A Python value as JSON. Decimals become text, dates ISO text, and what is no fact's type is refused by its place.
///
/// What holds itself, or is nested deeper than facts may be, is refused as JSON text is.
pub fn to_json(value: &Bound<'_, PyAny>, name: &str) -> PyResult<Value> {
    json_at(value, &Place::Whole(name), 0)
}

fn json_at(value: &Bound<'_, PyAny>, path: &Place<'_>, depth: usize) -> PyResult<Value> {
    // Also what gives another value for itself, such as a scalar of numpy, goes one deeper: two that give each other have an end.
    if depth > DEEPEST {
        let field = path.first_names();
        return Err(raise(sitthi::facts::JsonError::Deep { field }));
    }
    let inside = depth.saturating_add(1);
    if let Some(plain) = plain(value, path)? {
        return Ok(plain);
    }
    if let Ok(dict) = value.cast::<PyDict>() {
        return object(dict, path, inside);
    }
    if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
        // Items are taken first here as well.
        let items: Vec<Bound<'_, PyAny>> = value.try_iter()?.collect::<PyResult<_>>()?;
        let mut list = Vec::with_capacity(items.len());
        for (place, item) in items.iter().enumerate() {
            list.push(json_at(item, &Place::Item(path, place), inside)?);
        }
        return Ok(Value::Array(list));
    }
    json_at(&in_place(value, path)?, path, inside)
}

/// A dict, each name once.
fn object(dict: &Bound<'_, PyDict>, path: &Place<'_>, inside: usize) -> PyResult<Value> {
    let mut object = Map::new();
    // Items are taken first: reading one may run Python that changes the dict.
    for pair in dict.items() {
        let (key, value): (Bound<'_, PyAny>, Bound<'_, PyAny>) = pair.extract()?;
        let Ok(key) = key.extract::<String>() else {
            return Err(wrong(path, &key, "names of facts as text"));
        };
        let value = json_at(&value, &Place::Field(path, &key), inside)?;
        // A name of a class of text of its own may be equal to another and no other key.
        if object.insert(key.clone(), value).is_some() {
            let (field, line, column) = (Place::Field(path, &key).first_names(), 1, 1);
            return Err(raise(sitthi::facts::JsonError::Twice { field, line, column }));
        }
    }
    Ok(Value::Object(object))
}

/// A value that holds no other; nothing for what may. Apart from what calls itself, whose place on the stack is that of every level.
#[inline(never)]
fn plain(value: &Bound<'_, PyAny>, path: &Place<'_>) -> PyResult<Option<Value>> {
    if value.is_none() {
        return Ok(Some(Value::Null));
    }
    if let Ok(flag) = value.cast::<PyBool>() {
        return Ok(Some(Value::Bool(flag.is_true())));
    }
    if let Ok(text) = value.cast::<PyString>() {
        let text = text.to_cow().map_err(|_| wrong(path, value, "text that is Unicode"))?;
        return Ok(Some(Value::String(text.into_owned())));
    }
    if value.is_instance_of::<PyInt>() {
        let whole = value
            .extract::<i64>()
            .map(Number::from)
            .or_else(|_| value.extract::<u64>().map(Number::from));
        return whole
            .map(|whole| Some(Value::Number(whole)))
            .map_err(|_| wrong(path, value, "a number that is not so large"));
    }
    if let Ok(float) = value.cast::<PyFloat>() {
        return Number::from_f64(float.value())
            .map(|number| Some(Value::Number(number)))
            .ok_or_else(|| wrong(path, value, "a number; None where it is not known"));
    }
    if let Ok(date) = value.cast::<PyDate>() {
        // What pandas has where there is no time calls itself a date.
        if is_no_value(value)? {
            return Err(wrong(path, value, "a date; None where it is not known"));
        }
        return match civil(date) {
            Ok(day) => Ok(Some(Value::String(day.to_string()))),
            Err(why) => Err(why.of_fact(&path.to_string()).into()),
        };
    }
    if value.is_instance(&decimal(value.py())?)? {
        return Ok(Some(Value::String(value.call_method1("__format__", ("f",))?.extract()?)));
    }
    Ok(None)
}

/// The value that is read in the place of another: the dict of a mapping, the Python value of a scalar of numpy or pandas.
#[inline(never)]
fn in_place<'py>(value: &Bound<'py, PyAny>, path: &Place<'_>) -> PyResult<Bound<'py, PyAny>> {
    if value.cast::<PyMapping>().is_ok() {
        return value.py().get_type::<PyDict>().call1((value,));
    }
    if !value.is_instance_of::<PyBytes>() && value.hasattr("item")? {
        let item = value.call_method0("item")?;
        if !item.is_instance(&value.get_type())? {
            return Ok(item);
        }
    }
    Err(wrong(
        path,
        value,
        "None, True, False, text, a number, a Decimal, a date, a dict or a list",
    ))
}

fn decimal<'py>(py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
    py.import("decimal")?.getattr("Decimal")
}

fn wrong(path: &Place<'_>, value: &Bound<'_, PyAny>, expected: &str) -> PyErr {
    let path = path.to_string();
    let found = value
        .get_type()
        .name()
        .map_or_else(|_| "a value".to_owned(), |name| format!("a value of type {name}"));
    Refused::wrong_type(if path.is_empty() { "the facts" } else { &path }, &found, expected).into()
}

/// A value of Python as one of a column, such as a key of a map; nothing where it is none: None, and what is not a number, no time and not available
/// to numpy and pandas.
pub fn with_scalar<T>(key: &Bound<'_, PyAny>, then: impl FnOnce(Scalar<'_>) -> T) -> PyResult<Option<T>> {
    if is_no_value(key)? {
        return Ok(None);
    }
    let wrong = || wrong(&Place::Whole("a key of a map"), key, KEY);
    let said = if let Ok(flag) = key.cast::<PyBool>() {
        then(Scalar::Flag(flag.is_true()))
    } else if let Ok(text) = key.cast::<PyString>() {
        then(Scalar::Text(&text.to_cow().map_err(|_| wrong())?))
    } else if key.is_instance_of::<PyInt>() {
        match (key.extract::<i64>(), key.extract::<u64>()) {
            (Ok(whole), _) => then(Scalar::Whole(whole)),
            (_, Ok(whole)) => then(Scalar::Large(whole)),
            _ => return Err(wrong()),
        }
    } else if let Ok(float) = key.cast::<PyFloat>() {
        then(Scalar::float(float.value()))
    } else if let Ok(date) = key.cast::<PyDate>() {
        then(Scalar::Day(civil(date).map_err(Refused::from)?.days()))
    } else if key.is_instance(&decimal(key.py())?)? {
        then(Scalar::float(key.call_method0("__float__")?.extract()?))
    } else if key.hasattr("item")? {
        let item = key.call_method0("item")?;
        if item.is_instance(&key.get_type())? {
            return Err(wrong());
        }
        return with_scalar(&item, then);
    } else {
        return Err(wrong());
    };
    Ok(Some(said))
}

/// Whether a value of Python says that there is none: None, NaN (also of decimals), NaT, NA.
fn is_no_value(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    if value.is_none() {
        return Ok(true);
    }
    if value.is_instance_of::<PyString>() || value.is_instance_of::<PyInt>() {
        return Ok(false);
    }
    // What equals not even itself; of NA it cannot be told.
    let unlike_itself = value.ne(value);
    Ok(unlike_itself.unwrap_or(false) || value.get_type().name()? == "NAType")
}

const KEY: &str = "a value of the column: True, False, text, a number of at most 64 bits, a date, or None for no value";

/// A JSON value as plain Python.
pub fn to_python<'py>(py: Python<'py>, value: &Value) -> PyResult<Bound<'py, PyAny>> {
    Ok(match value {
        Value::Null => py.None().into_bound(py),
        Value::Bool(flag) => PyBool::new(py, *flag).to_owned().into_any(),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => whole.into_pyobject(py)?.into_any(),
            (None, float) => float.into_pyobject(py)?,
        },
        Value::String(text) => PyString::new(py, text).into_any(),
        Value::Array(items) => {
            let items = items.iter().map(|item| to_python(py, item)).collect::<PyResult<Vec<_>>>()?;
            PyList::new(py, items)?.into_any()
        }
        Value::Object(object) => {
            let dict = PyDict::new(py);
            for (key, value) in object {
                dict.set_item(key, to_python(py, value)?)?;
            }
            dict.into_any()
        }
    })
}
