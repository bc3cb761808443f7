//! The law of a rulebook: its files, clauses, rules, amounts, periods and tables, beside the program that evaluates them.

use serde::{Deserialize, Serialize};

use super::codes::{BoundParty, Gives, Late, NoteStatus, PaidPer};
use super::ids::{FileId, OptionId, RuleId};
use super::people::{NoShare, Route, WhileUnknown};
use super::registers::Words;
use crate::criterion::{AmountId, CiteId, ColumnId, NodeId, PeriodId, TermId};
use crate::facts::FactId;
use crate::values::{Date, Rounding, Text};

/// What a rule file is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// Named criteria.
    Definition,
    /// Social protection.
    Scheme,
    /// Labour protection.
    Standard,
    /// A kind of complaint.
    Complaint,
    /// The order of urgency.
    Urgency,
    /// Cells that stand in other files' tables for some time.
    Overlay,
}

/// One of several memberships of one scheme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// The id of the scheme in decisions, such as `sso_40_1`.
    pub id: Text,
    /// The option, such as `1`.
    pub option: Text,
    /// The day from which there is such an option.
    pub since: Date,
}

/// One rule file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FileInfo {
    /// Its id, by which other files name its rules.
    pub id: Text,
    /// Its name.
    pub name: Words,
    /// What it is about.
    pub kind: FileKind,
    /// The agency that applies it.
    pub authority: Option<Text>,
    /// Asked about an earlier day, it does not answer.
    pub since: Date,
    /// The day someone last compared it with the law.
    pub checked_on: Date,
    /// Its memberships, where it has options.
    pub memberships: Vec<Membership>,
    /// The contingencies of ILO Convention 102 that it meets.
    pub contingencies: Vec<Text>,
    /// What the register says, by membership (one where there are no options).
    pub registered: Vec<NodeId>,
    /// When a complaint of this kind arises.
    pub arises: Option<NodeId>,
    /// What is said while the facts of a complaint are not known.
    pub while_unknown: Option<WhileUnknown>,
    /// The levels of urgency, most urgent first.
    pub levels: Vec<Text>,
    /// The facts that say whether there is danger, by number.
    pub danger: Vec<FactId>,
    /// What must not be shared.
    pub no_share: Vec<NoShare>,
    /// Notes that belong to it.
    pub notes: Vec<Note>,
}

/// Something that is not law, with its status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Its id.
    pub id: Text,
    /// What it is, if not law.
    pub status: NoteStatus,
    /// The day on which the status was read.
    pub as_of: Option<Date>,
    /// The sentence.
    pub words: Words,
    /// Citations.
    pub cites: Vec<CiteId>,
}

/// The sentence of one version of a clause; stands beside the [`Name`](crate::criterion::Name) of the same number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClauseInfo {
    /// The sentence, worded as a norm.
    pub words: Words,
    /// Citations.
    pub cites: Vec<CiteId>,
    /// The other reading.
    pub other: Option<OtherReading>,
    /// The first day of this version, where it has one.
    pub from: Option<Date>,
    /// The last day of this version, where it has one.
    pub until: Option<Date>,
}

/// A second, cited reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherReading {
    /// The sentence.
    pub words: Words,
    /// Citations.
    pub cites: Vec<CiteId>,
}

/// One line of a rule: a clause or another rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// `file.clause` or `file.rule`.
    pub id: Text,
    /// What it evaluates, neutral outside its days.
    pub node: NodeId,
    /// The rule, where it is one.
    pub rule: Option<RuleId>,
}

/// A step to take, or something to tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The sentence.
    pub words: Words,
    /// The agency at which.
    pub at: Option<Text>,
    /// Citations.
    pub cites: Vec<CiteId>,
}

/// One rule, of one option where its file has options.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// Its id in its file.
    pub id: Text,
    /// The number of its file.
    pub file: FileId,
    /// The number of the option, where it is asked of each.
    pub option: Option<OptionId>,
    /// Asked of each job.
    pub each_job: bool,
    /// Its name.
    pub words: Words,
    /// The whole rule; speaks of one job where it is asked of each.
    pub node: NodeId,
    /// The whole rule asked of the person.
    pub person: NodeId,
    /// What follows; nothing for a benefit, a definition or a test.
    pub gives: Option<Gives>,
    /// What must be met.
    pub requires: Vec<Part>,
    /// What must not be met.
    pub excludes: Vec<Part>,
    /// The period that must still run.
    pub within: Option<PeriodId>,
    /// Late claims are still considered.
    pub late_considered: bool,
    /// The first day of the rule.
    pub from: Option<Date>,
    /// The last day of the rule.
    pub until: Option<Date>,
    /// Amounts to pay.
    pub pays: Vec<AmountId>,
    /// The amount that it gives.
    pub amount: Option<AmountId>,
    /// Steps to take.
    pub steps: Vec<Step>,
    /// The contingencies that it meets, where they differ from the file's.
    pub contingencies: Option<Vec<Text>>,
    /// The kinds of claim that it answers, as codes of `claim_kind`; none for a rule that is no benefit.
    pub claim: Vec<Text>,
    /// What a decision is headed with where this rule gives the status, instead of the name of the file.
    pub headline: Option<Words>,
    /// Citations.
    pub cites: Vec<CiteId>,
    /// Who must hear a complaint.
    pub route: Option<Box<Route>>,
}

/// The shape of an amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shape {
    /// A sum as it stands.
    Flat(TermId),
    /// A percentage of a base kept between a floor and a ceiling.
    Rate {
        /// The rate.
        rate: TermId,
        /// The base.
        of: TermId,
        /// The least base.
        floor: Option<TermId>,
        /// The largest base.
        ceiling: Option<TermId>,
    },
    /// So much for each unit.
    Units {
        /// The number of units.
        units: TermId,
        /// The sum for one: a term.
        of: Option<TermId>,
        /// The sum for one: another amount.
        of_amount: Option<AmountId>,
        /// The largest number of units.
        at_most: Option<TermId>,
    },
    /// Several amounts together.
    Sum(Vec<AmountId>),
    /// Nobody has read how it is made.
    NotRead,
}

impl Shape {
    /// The terms that it names directly.
    #[must_use]
    pub fn terms(&self) -> Vec<TermId> {
        match self {
            Self::Flat(term) => vec![*term],
            Self::Rate { rate, of, floor, ceiling } => [Some(*rate), Some(*of), *floor, *ceiling].into_iter().flatten().collect(),
            Self::Units { units, of, at_most, .. } => [Some(*units), *of, *at_most].into_iter().flatten().collect(),
            Self::Sum(_) | Self::NotRead => Vec::new(),
        }
    }

    /// The amounts of which it is made, by number.
    #[must_use]
    pub fn parts(&self) -> &[AmountId] {
        match self {
            Self::Sum(parts) => parts,
            Self::Units { of_amount, .. } => of_amount.as_slice(),
            Self::Flat(_) | Self::Rate { .. } | Self::NotRead => &[],
        }
    }
}

/// One amount, of one option where its file has options.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Amount {
    /// Its id in its file.
    pub id: Text,
    /// The number of its file.
    pub file: FileId,
    /// The number of the option.
    pub option: Option<OptionId>,
    /// Its name.
    pub words: Words,
    /// How it is made.
    pub shape: Shape,
    /// For what it is paid once.
    pub per: Option<PaidPer>,
    /// How it is rounded.
    pub round: Rounding,
    /// One for each job.
    pub each_job: bool,
    /// Only where this is met.
    pub condition: Option<NodeId>,
    /// Limits that are said and not calculated.
    pub limits: Vec<Words>,
    /// What is not read of it.
    pub open: Option<Text>,
    /// Citations.
    pub cites: Vec<CiteId>,
}

/// What is said of a period; stands beside the [`Period`](crate::criterion::Period) of the same number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeriodInfo {
    /// Its name.
    pub words: Words,
    /// Whom it binds.
    pub binds: Option<BoundParty>,
    /// What being late means.
    pub late: Option<Late>,
    /// Its last day makes a complaint urgent.
    pub warn: bool,
    /// How it may be extended.
    pub extension: Option<Extension>,
    /// Citations.
    pub cites: Vec<CiteId>,
}

/// How a period may be extended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// Who extends it.
    pub by: Option<Text>,
    /// When it must be asked.
    pub ask_within: Option<Text>,
    /// The sentence.
    pub words: Words,
    /// Citations.
    pub cites: Vec<CiteId>,
}

/// What is said of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableInfo {
    /// `file.table`.
    pub id: Text,
    /// Its name.
    pub words: Words,
    /// Its columns, by number, with the option of each where it is across options.
    pub columns: Vec<(ColumnId, Option<OptionId>)>,
    /// What is open about it.
    pub open: Option<Text>,
}

/// A part of the law that nobody has read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenInfo {
    /// The file it belongs to, by number.
    pub file: FileId,
    /// What was not read.
    pub what: Text,
}
