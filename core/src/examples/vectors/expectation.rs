//! What must stand where in an answer.

use serde::Serialize;
use serde_json::{Value as Json, json};

/// Something that must stand in an answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Expectation {
    /// The steps to the place: a key, the position in a list from 0, or an object whose fields an item of a list has.
    pub at: Vec<Json>,
    /// What stands there, null where nothing does; without it the place need only be there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is: Option<Json>,
}

pub(super) fn equals(at: Vec<Json>, value: impl Into<Json>) -> Expectation {
    Expectation {
        at,
        is: Some(value.into()),
    }
}

pub(super) fn exists(at: Vec<Json>) -> Expectation {
    Expectation { at, is: None }
}

/// A place under another.
pub(super) fn under<const N: usize>(at: &[Json], steps: [Json; N]) -> Vec<Json> {
    at.iter().cloned().chain(steps).collect()
}

/// Each item of a list in its place.
pub(super) fn items<'a>(at: &'a [Json], wanted: impl IntoIterator<Item = Json> + 'a) -> impl Iterator<Item = Expectation> + 'a {
    let each = wanted.into_iter().enumerate();
    each.map(move |(index, item)| equals(under(at, [json!(index)]), item))
}
