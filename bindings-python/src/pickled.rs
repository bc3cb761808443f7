//! Answers of a frame as plain data, and made of it again: what a pickle keeps.

use std::sync::{Arc, OnceLock};

use pyo3::prelude::*;
use pyo3::types::{PyAny, PyBytes, PyTuple};
use sitthi::survey::{AnswerKind, STATUSES};
use sitthi_arrow::{self as arrow, ArrowError, Out, OutValues, Plain};

use crate::fault::Refused;
use crate::frame::{Answers, BadValue, BadValues, refused};

/// Answers as Python keeps them. Numbers stand as bytes, lowest first.
#[derive(FromPyObject)]
pub struct State<'py>(
    /// Name, form and values of each column.
    Vec<(String, String, Bound<'py, PyAny>)>,
    /// The rows of each batch.
    Vec<usize>,
    Vec<(String, String, usize)>,
    Vec<BadValue>,
    /// Facts that are not known.
    Vec<String>,
    /// The rows of each column in which nobody answered.
    Vec<(String, usize)>,
    /// The edition of the rulebook.
    String,
    /// The day asked about.
    Option<String>,
);

/// The columns that are carried along, alone; nothing where there is none.
pub fn carried(answers: &Answers) -> Option<Answers> {
    let places = answers.columns.iter().filter_map(|column| match column.values {
        OutValues::Carried(place) => Some(Out {
            name: column.name.clone(),
            values: OutValues::Carried(place),
        }),
        _ => None,
    });
    let columns: Arc<[Out]> = places.collect();
    (!columns.is_empty()).then(|| Answers {
        columns,
        table: answers.table.clone(),
        batches: answers.batches.clone(),
        errors: BadValues::default(),
        unknown_facts: OnceLock::new(),
        no_answers: Vec::new(),
        told: None,
        edition: answers.edition.clone(),
        day: answers.day.clone(),
    })
}

/// All that answers hold but the columns that are carried along.
pub fn state<'py>(answers: &Answers, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
    let mut columns = Vec::with_capacity(answers.columns.len());
    let mut carried = 0_usize;
    for column in answers.columns.iter() {
        let bytes = |bytes: &[u8]| PyBytes::new(py, bytes);
        let (form, values) = match &column.values {
            OutValues::Codes { codes, labels, .. } => {
                let form = if labels.len() == STATUSES.len() { "statuses" } else { "verdicts" };
                (form, bytes(codes).into_any())
            }
            OutValues::Texts(keys, texts) => {
                let keys: Vec<u8> = keys.iter().flat_map(|key| key.to_le_bytes()).collect();
                ("texts", (bytes(&keys), texts.to_vec()).into_pyobject(py)?.into_any())
            }
            OutValues::Plain(plain) => {
                let (format, values, validity) = plain.parts();
                ("plain", (format, bytes(&values), bytes(validity)).into_pyobject(py)?.into_any())
            }
            OutValues::Whole(numbers) => {
                let numbers: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
                ("whole", bytes(&numbers).into_any())
            }
            OutValues::Floats(numbers) => {
                let numbers: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
                ("floats", bytes(&numbers).into_any())
            }
            OutValues::Carried(_) => {
                carried = carried.saturating_add(1);
                ("carried", carried.saturating_sub(1).into_pyobject(py)?.into_any())
            }
        };
        columns.push((column.name.as_str(), form, values));
    }
    let errors = &answers.errors;
    let rest = (errors.counts.clone(), errors.first.clone(), answers.unknown().to_vec());
    let (counts, first, unknown) = rest;
    (
        columns,
        answers.batches.clone(),
        counts,
        first,
        unknown,
        answers.no_answers.clone(),
        answers.edition.as_str(),
        answers.day.as_deref(),
    )
        .into_pyobject(py)
}

/// Answers as they were, with the frame of the columns that are carried along.
///
/// # Errors
/// Columns that are not as long as each other, or of no form that is known: a state that no answers gave.
pub fn restored(state: State<'_>, table: Option<Arc<arrow::Table>>) -> Result<Answers, Refused> {
    let State(kept, batches, counts, first, unknown, no_answers, edition, day) = state;
    let rows = batches.iter().fold(0_usize, |rows, batch| rows.saturating_add(*batch));
    let mut columns = Vec::with_capacity(kept.len());
    for (name, form, values) in kept {
        let values = column(&form, &values, rows, table.as_deref())?;
        columns.push(Out { name, values });
    }
    // What is carried along is cut as its frame is.
    let batches = table.as_ref().map_or(batches, |table| table.batch_rows());
    Ok(Answers {
        columns: columns.into(),
        table,
        batches,
        errors: BadValues { counts, first },
        unknown_facts: OnceLock::from(unknown),
        no_answers,
        told: None,
        edition,
        day,
    })
}

fn damaged() -> Refused {
    refused(ArrowError("the pickled answers are damaged: a column is not as it says".to_owned()))
}

fn column(form: &str, values: &Bound<'_, PyAny>, rows: usize, table: Option<&arrow::Table>) -> Result<OutValues, Refused> {
    let fits = |length: usize| if length == rows { Ok(()) } else { Err(damaged()) };
    let bytes = |of: &Bound<'_, PyAny>| of.extract::<Vec<u8>>().map_err(|_| damaged());
    Ok(match form {
        "statuses" | "verdicts" => {
            let kind = if form == "statuses" {
                AnswerKind::Status
            } else {
                AnswerKind::Verdict
            };
            let (codes, labels) = (bytes(values)?, kind.labels());
            fits(codes.len())?;
            OutValues::Codes {
                nulls: codes.iter().any(|code| usize::from(*code) >= labels.len()),
                codes: Arc::new(codes),
                labels: Arc::from(labels),
            }
        }
        "texts" => {
            let (keys, texts): (Vec<u8>, Vec<String>) = values.extract().map_err(|_| damaged())?;
            let keys: Arc<[u32]> = keys.as_chunks::<4>().0.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect();
            fits(keys.len())?;
            OutValues::Texts(keys, texts.into())
        }
        "plain" => {
            let (format, values, validity): (String, Vec<u8>, Vec<u8>) = values.extract().map_err(|_| damaged())?;
            OutValues::Plain(Arc::new(Plain::of_parts(&format, &values, &validity, rows).map_err(refused)?))
        }
        "whole" => {
            let numbers: Arc<[i64]> = bytes(values)?
                .as_chunks::<8>()
                .0
                .iter()
                .map(|bytes| i64::from_le_bytes(*bytes))
                .collect();
            fits(numbers.len())?;
            OutValues::Whole(numbers)
        }
        "floats" => {
            let numbers: Arc<[f64]> = bytes(values)?
                .as_chunks::<8>()
                .0
                .iter()
                .map(|bytes| f64::from_le_bytes(*bytes))
                .collect();
            fits(numbers.len())?;
            OutValues::Floats(numbers)
        }
        "carried" => {
            let place: usize = values.extract().map_err(|_| damaged())?;
            match table {
                Some(table) if table.rows() == rows && table.name(place).is_some() => OutValues::Carried(place),
                _ => return Err(damaged()),
            }
        }
        _ => return Err(damaged()),
    })
}
