//! What rule files name and cite: instruments, sources, places, questions.

use serde::{Deserialize, Serialize};

use super::InstrumentId;
use crate::criterion::Confidence;
use crate::values::{Date, Text};

/// A sentence or a name in Thai and in English.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// In Thai.
    pub th: Text,
    /// In English.
    pub en: Text,
}

/// An instrument that is cited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instrument {
    /// The name by which citations call it.
    pub id: Text,
    /// `act`, `decree`, `regulation`, `notification`, `practice`, `court`, `editorial`, …
    pub kind: Text,
    /// Its title.
    pub title: Words,
    /// The day of the Gazette, where it was read.
    pub gazette: Option<Date>,
    /// The day on which it came into force, where it was read.
    pub in_force: Option<Date>,
}

/// A place in an instrument, and how sure it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cite {
    /// The number of the instrument.
    pub instrument: InstrumentId,
    /// The place in it, such as a section.
    pub place: Text,
    /// How sure the citation is.
    pub confidence: Confidence,
}

/// A source in which something was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The mark by which places call it.
    pub id: Text,
    /// What it is.
    pub title: Text,
    /// Where it is.
    pub url: Text,
}

/// A province.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProvinceInfo {
    /// Its code.
    pub code: Text,
    /// Its name.
    pub name: Words,
    /// Its region.
    pub region: Words,
}

/// A district.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DistrictInfo {
    /// Its code.
    pub code: Text,
    /// Its name.
    pub name: Words,
}

/// Which area of an agency a district belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaInfo {
    /// The district.
    pub district: Text,
    /// The agency.
    pub agency: Text,
    /// The area.
    pub area: Text,
    /// How sure it is.
    pub confidence: Confidence,
    /// The source.
    pub source: Text,
}

/// The question that a form asks for a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The fact, or a family as `member.*`.
    pub fact: Text,
    /// The question.
    pub ask: Words,
    /// The short label.
    pub label: Words,
    /// One more sentence.
    pub help: Option<Words>,
}
