//! Who hears a complaint: agencies, offices, community bodies, forms, and the way of a complaint between them.

use serde::{Deserialize, Serialize};

use super::codes::{AreaLevel, NoteStatus, OfficeBasis};
use super::law::Step;
use super::registers::Words;
use crate::criterion::{CiteId, Confidence, NodeId, PeriodId};
use crate::facts::FactId;
use crate::values::{Date, Length, Text};

/// What is said while the facts of a complaint are not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhileUnknown {
    /// Whom to call.
    pub call: Vec<Text>,
    /// What unknown danger counts as.
    pub urgency: Option<Text>,
    /// What it counts as where a child is affected.
    pub with_child: Option<Text>,
}

/// What must not be shared with whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoShare {
    /// Its id.
    pub id: Text,
    /// What is kept back.
    pub what: Vec<Text>,
    /// From whom.
    pub with: Vec<Text>,
    /// Shared only where this is met.
    pub unless: Option<NodeId>,
    /// The sentence.
    pub words: Words,
    /// Citations.
    pub cites: Vec<CiteId>,
}

/// Who must hear a complaint, and what follows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// The leading agency.
    pub lead: Option<Text>,
    /// Agencies told at once, beside the lead.
    pub joint: Vec<Text>,
    /// The agencies whose offices hear it.
    pub office_of: Vec<Text>,
    /// The place facts by which the office is found, the first known one wins.
    pub office_by: Vec<TermPlace>,
    /// Said where the office is not the one first gone to.
    pub office_elsewhere: Option<Text>,
    /// Agencies that get a copy.
    pub copies: Vec<CopyTo>,
    /// Forms.
    pub forms: Vec<Text>,
    /// What to tell the person.
    pub tell: Vec<Step>,
    /// Periods to show, by number.
    pub periods: Vec<PeriodId>,
    /// The path from whoever received it.
    pub path: Vec<PathStep>,
    /// The least level of urgency.
    pub urgency_at_least: Option<Text>,
    /// Numbers to call.
    pub call: Vec<Text>,
    /// Other kinds that keep their own clock.
    pub keeps: Vec<Text>,
    /// Rules of the same file, by id, that do not apply where this one is met.
    pub instead_of: Vec<Text>,
}

/// A place fact, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermPlace {
    /// The province fact.
    pub province: FactId,
    /// The district fact, where there is one.
    pub district: Option<FactId>,
}

/// An agency that gets a copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyTo {
    /// The agency.
    pub to: Text,
    /// Why.
    pub why: Words,
    /// Citations.
    pub cites: Vec<CiteId>,
}

/// One step of a referral.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PathStep {
    /// The channel or agency that passes it on.
    pub from: Text,
    /// The agency that receives it.
    pub to: Text,
    /// Within, where a source says so.
    pub within: Option<Length>,
    /// Citations.
    pub cites: Vec<CiteId>,
}

/// An agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agency {
    /// Its id.
    pub id: Text,
    /// Its name.
    pub name: Words,
    /// Its hotlines.
    pub call: Vec<Text>,
    /// Its numbers for calls from abroad.
    pub call_abroad: Vec<Text>,
    /// The agency that it is part of.
    pub part_of: Option<Text>,
    /// Its site.
    pub site: Option<Text>,
    /// What it does, where that is not plain from its name.
    pub role: Option<Words>,
    /// What to press on its hotline.
    pub extension: Option<Words>,
    /// Citations.
    pub cites: Vec<CiteId>,
}

/// A community body: who it is and what it may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommunityBody {
    /// Its id.
    pub id: Text,
    /// Its name.
    pub name: Words,
    /// What it may do.
    pub may: Vec<Text>,
    /// What it may not do.
    pub may_not: Vec<Text>,
    /// To whom it forwards.
    pub forwards_to: Vec<Text>,
    /// The level of area that it serves.
    pub level: AreaLevel,
    /// Where such bodies are planned.
    pub planned: Vec<PlannedBody>,
    /// Citations.
    pub cites: Vec<CiteId>,
}

/// Community bodies planned for a province: a plan, no proof that they work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedBody {
    /// The province.
    pub province: Text,
    /// The day on which the plan was read.
    pub as_of: Date,
    /// The status of the plan.
    pub status: NoteStatus,
    /// The districts that are to have one.
    pub districts: Vec<Text>,
    /// The districts that are to have none.
    pub without: Vec<Text>,
    /// Citations.
    pub cites: Vec<CiteId>,
}

/// A form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// Its id.
    pub id: Text,
    /// Its name.
    pub name: Words,
    /// Citations.
    pub cites: Vec<CiteId>,
}

/// An office of an agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    /// The agency.
    pub agency: Text,
    /// The province.
    pub province: Text,
    /// The area inside the province, where it has areas.
    pub area: Option<Text>,
    /// Its name.
    pub name: Words,
    /// Its telephone number, where a source gives one.
    pub phone: Option<Text>,
    /// How sure the name is.
    pub confidence: Confidence,
    /// On what the name rests.
    pub basis: OfficeBasis,
    /// The source of the name.
    pub source: Text,
}

/// A kind of complaint whose rules are not encoded yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherKind {
    /// Its id.
    pub id: Text,
    /// Its name.
    pub name: Words,
    /// Whom to call.
    pub call: Vec<Text>,
    /// When it arises.
    pub arises: Option<NodeId>,
    /// The first day on which there is such a kind.
    pub from: Option<Date>,
    /// The leading agency.
    pub lead: Text,
    /// Agencies told at once, beside the lead.
    pub joint: Vec<Text>,
    /// Agencies that get a copy.
    pub copies: Vec<CopyTo>,
    /// The path from whoever received it.
    pub path: Vec<PathStep>,
    /// The place facts by which the office is found, the first known one wins.
    pub office_by: Vec<TermPlace>,
    /// What is said while the facts are not known.
    pub while_unknown: Option<WhileUnknown>,
    /// The least level of urgency.
    pub urgency_at_least: Option<Text>,
    /// It is dropped where one of these kinds is met.
    pub never_with: Vec<Text>,
    /// Arises only where no other kind does, so that there is always a recipient.
    pub alone: bool,
    /// The kinds inside which it is handled.
    pub within: Vec<Text>,
    /// What to be warned of.
    pub warn: Option<Words>,
    /// Citations.
    pub cites: Vec<CiteId>,
}

/// Which kind of complaint leads where several meet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Precedence {
    /// These first, in this order.
    pub order: Vec<Text>,
    /// Then those with a last day within this time, the nearest first.
    pub near: Option<Length>,
    /// Then the others, in this order.
    pub rest: Vec<Text>,
    /// The sentence.
    pub words: Words,
    /// Citations.
    pub cites: Vec<CiteId>,
}
