//! Where a fact stands in the JSON of a worker or a complaint.

use serde_json::{Map, Value as Json};

use crate::facts::{Layout, MOST_JOBS};

/// The facts of a worker or a complaint as JSON.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Told {
    pub object: Map<String, Json>,
    complaint: bool,
}

impl Told {
    pub(super) fn of(object: Map<String, Json>, complaint: bool) -> Self {
        Self { object, complaint }
    }

    /// The value of a fact; nothing where it is not told.
    pub(super) fn get(&self, layout: &Layout, fact: &str, job: Option<usize>) -> Option<&Json> {
        let value = match self.group(layout, fact) {
            None => self.object.get(fact),
            Some(("job", field)) if !self.complaint => self.object.get("jobs")?.get(job?)?.get(field),
            Some((group, field)) => self.object.get(group)?.get(field),
        };
        value.filter(|value| !value.is_null())
    }

    /// Writes the value of a fact; says whether there is a place for it.
    pub(super) fn set(&mut self, layout: &Layout, fact: &str, job: Option<usize>, value: &Json) -> bool {
        let group = self.group(layout, fact).map(|(group, field)| (group.to_owned(), field.to_owned()));
        let slot = match group {
            None => Some(self.object.entry(fact.to_owned()).or_insert(Json::Null)),
            Some((group, field)) => {
                let of_job = group == "job" && !self.complaint;
                let inner = if of_job {
                    job.and_then(|job| self.object.get_mut("jobs")?.get_mut(job))
                } else {
                    Some(self.object.entry(group).or_insert(Json::Null))
                };
                inner.and_then(|inner| {
                    if inner.is_null() {
                        *inner = Json::Object(Map::new());
                    }
                    Some(inner.as_object_mut()?.entry(field).or_insert(Json::Null))
                })
            }
        };
        slot.map(|slot| *slot = value.clone()).is_some()
    }

    /// Says how many jobs there are; what is known of them stays.
    pub(super) fn set_jobs(&mut self, answer: &Json) {
        let before = self.object.get("jobs").and_then(Json::as_array).cloned().unwrap_or_default();
        let jobs = match answer.as_u64().map(usize::try_from) {
            Some(Ok(count)) if count <= MOST_JOBS => {
                let new = std::iter::repeat_with(|| Json::Object(Map::new()));
                Json::Array(before.into_iter().chain(new).take(count).collect())
            }
            // What is no number of jobs is a list of them, or is refused as the facts are read.
            _ => answer.clone(),
        };
        self.object.insert("jobs".to_owned(), jobs);
    }

    fn group<'f>(&self, layout: &Layout, fact: &'f str) -> Option<(&'f str, &'f str)> {
        if layout.declared(fact).is_some() {
            return None;
        }
        fact.split_once('.')
    }
}
