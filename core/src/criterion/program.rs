//! Conditions as the evaluator sees them: numbered nodes over numbered terms, shared wherever two rules ask the same.

use std::num::NonZeroU16;

use serde::{Deserialize, Serialize};

use super::unit::Unit;
use crate::facts::{FactId, Layout};
use crate::values::{Calendar, Length, Text, ids};

ids! {
    /// A condition, among the nodes of a program.
    NodeId(u32);
    /// Something that is compared, among the terms of a program.
    TermId(u32);
    /// A column of a table, among the columns of a program.
    ColumnId(u16);
    /// A period, among the periods of a program; what is said of it stands at the same place of the rulebook's periods.
    PeriodId(u16);
    /// A version of a clause, among the names of a program; its sentence stands at the same place of the rulebook's clauses.
    NameId(u16);
    /// A part of the law that nobody has read.
    OpenId(u16);
    /// An amount, among those of the rulebook.
    AmountId(u16);
    /// A citation, among those of the rulebook.
    CiteId(u16);
}

/// How sure a citation is; the weakest of those that decided is the decision's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Remembered, inferred, or the sources conflict.
    Low,
    /// Well known, or read in one weak source.
    Medium,
    /// The text was read.
    High,
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Comparison {
    /// `==`
    Equal,
    /// `<`
    Less,
    /// `<=`
    AtMost,
}

/// One condition. Children always stand before the node that names them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Node {
    /// Always met.
    Always,
    /// Never met.
    Never,
    /// Every one is met.
    All(Vec<NodeId>),
    /// At least one is met.
    Any(Vec<NodeId>),
    /// It is unmet.
    Not(NodeId),
    /// A yes/no fact.
    Is(FactId),
    /// A fact whose code is among these (sorted).
    Among(FactId, Vec<u16>),
    /// Two numbers or days compared.
    Compare(TermId, Comparison, TermId),
    /// Met for at least one job.
    AnyJob(NodeId),
    /// Asked of the main job: the job that says so, or the only one.
    MainJob(NodeId),
    /// The version in force on the day of the clock: each from its first day, in order; the first from the beginning.
    Versions(TermId, Vec<(i32, NodeId)>),
    /// Two cited readings.
    Readings(NodeId, NodeId),
    /// Law that nobody has read: it never decides.
    Open(OpenId),
    /// Today stands within the period.
    Within(PeriodId),
    /// A clause, transparent: its name stands in reasons.
    Named(NameId, NodeId),
}

/// A number, an amount in satang, an exact age in half years, or a day number.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Term {
    /// A literal.
    Constant(i64),
    /// The day asked about.
    Today,
    /// The last day of the contribution month asked about; today where none is given.
    Month(FactId),
    /// A date, count or money fact.
    Fact(FactId),
    /// Exact age: twice the completed years, plus one after the birthday.
    Age {
        /// The day of birth.
        of: TermId,
        /// The day on which the age is asked.
        on: TermId,
    },
    /// A length of time in days, or in years counted as an age.
    Elapsed {
        /// The first day.
        from: TermId,
        /// The last day.
        to: TermId,
        /// Years counted as an age, instead of days.
        years: bool,
        /// The last day counts.
        last_day_counts: bool,
    },
    /// A day some time after another.
    Shift {
        /// The day from which it is counted.
        from: TermId,
        /// How long after.
        length: Length,
        /// The day from which it is counted is the first of them.
        first_day_counts: bool,
    },
    /// Contribution months paid in some schemes within a number of months before the month of a day.
    MonthsPaid {
        /// The schemes.
        schemes: Vec<FactId>,
        /// The number of months; all months where it is not given.
        window: Option<u16>,
        /// The day.
        before: TermId,
    },
    /// The number of the highest step reached, each step being (months paid, within months); 0 where none is.
    MonthsSteps {
        /// The schemes.
        schemes: Vec<FactId>,
        /// The steps, lowest first.
        steps: Vec<(u16, u16)>,
        /// The day.
        before: TermId,
    },
    /// The sum of the highest wages of the last months, divided; months that are not told may have had any wage.
    TopMean {
        /// The history of wages.
        wages: FactId,
        /// The months paid that may have a wage.
        months: TermId,
        /// The cell above which no wage of a month counts.
        ceiling: TermId,
        /// How many of the highest.
        top: u16,
        /// Among how many of the last.
        within: u16,
        /// Divided by this.
        divide: u16,
    },
    /// The first or last day of something that stands from a day to a day. Where nothing tells of that day it stands: it has begun, and it
    /// has not ended, unless a code tells that it has.
    Bound {
        /// The day.
        day: FactId,
        /// The last day, not the first.
        last: bool,
        /// The code that tells of an end, and those that tell of none.
        unless: Option<(FactId, Vec<u16>)>,
    },
    /// The day of a person where it is told; else the latest day that is over of those jobs for which a yes/no fact is told to be met.
    LatestOfJobs {
        /// The day of the person.
        told: FactId,
        /// The day of a job.
        of: TermId,
        /// The yes/no fact of the job.
        only: FactId,
    },
    /// A cell of a table.
    Cell(ColumnId),
    /// The first day of a period.
    PeriodFirst(PeriodId),
    /// The last day of a period, rolled.
    PeriodLast(PeriodId),
    /// The days, or working days, left to the nearest last day of these periods.
    Nearest {
        /// Count working days only.
        working_days: bool,
        /// The periods.
        periods: Vec<PeriodId>,
    },
    /// How many full steps a number goes beyond another; 0 where it does not.
    FullSteps {
        /// The number.
        of: TermId,
        /// What it must go beyond.
        beyond: u16,
        /// The length of a step.
        each: NonZeroU16,
    },
}

impl Term {
    /// The terms that it names directly; a cell and a period are looked up by their number.
    #[must_use]
    pub fn children(&self) -> Vec<TermId> {
        match self {
            Self::Age { of: first, on: second }
            | Self::Elapsed {
                from: first, to: second, ..
            } => vec![*first, *second],
            Self::Shift { from: term, .. }
            | Self::MonthsPaid { before: term, .. }
            | Self::MonthsSteps { before: term, .. }
            | Self::LatestOfJobs { of: term, .. }
            | Self::FullSteps { of: term, .. } => vec![*term],
            Self::TopMean { months, ceiling, .. } => vec![*months, *ceiling],
            Self::Constant(_)
            | Self::Today
            | Self::Month(_)
            | Self::Fact(_)
            | Self::Bound { .. }
            | Self::Cell(_)
            | Self::PeriodFirst(_)
            | Self::PeriodLast(_)
            | Self::Nearest { .. } => Vec::new(),
        }
    }
}

/// What a cell of a table holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum CellValue {
    /// A number in the unit of its column.
    Number(i64),
    /// A text.
    Text(Text),
    /// The law gives nothing.
    Nothing,
    /// The law gives something that nobody here has read.
    NotRead,
}

/// One line of a column: the cell that stands from a day, for those whom its guard meets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The first day; from the beginning where none.
    pub from: Option<i32>,
    /// The first day under the other reading, where only a span is known.
    pub from_other: Option<i32>,
    /// The last day, for overlays.
    pub until: Option<i32>,
    /// Whom it concerns; everybody where none.
    pub guard: Option<NodeId>,
    /// The cell.
    pub cell: CellValue,
    /// The cell under another, cited reading.
    pub other: Option<CellValue>,
    /// Citations, by number.
    pub cites: Vec<CiteId>,
    /// The confidence of the citations.
    pub confidence: Confidence,
}

/// A column of a table: its entries are asked in order, the first that applies gives the cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// The name as a `when` writes it: `file.table.column`.
    pub name: Text,
    /// The unit.
    pub unit: Unit,
    /// The day that picks the entry.
    pub clock: TermId,
    /// The entries, most particular and latest first.
    pub entries: Vec<Entry>,
    /// What stands where no entry applies.
    pub fallback: CellValue,
}

/// Where a period begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Start {
    /// After the day of this term.
    After(TermId),
    /// On this day, which counts.
    On(i32),
    /// After the last day of another period, not rolled.
    AfterPeriod(PeriodId),
}

/// A period of the law.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// `file.period`.
    pub name: Text,
    /// Where it begins.
    pub start: Start,
    /// Its length, by the first day from which each length stands (the first from the beginning).
    pub lengths: Vec<(i32, Length)>,
    /// The day that picks the length.
    pub clock: TermId,
    /// The last day is moved past closing days.
    pub rolls: bool,
    /// Only where this is met.
    pub condition: Option<NodeId>,
    /// What takes it from the person before its last day: where one of these is met, nobody needs to hurry.
    pub ended_by: Vec<(PeriodEnd, NodeId)>,
}

/// What takes a period from the person before its last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PeriodEnd {
    /// The step was taken.
    Done,
    /// A later step has made it moot.
    Overtaken,
    /// It stands still while something else goes on.
    Suspended,
}

impl Period {
    /// The terms that it names directly: the day that picks its length, and the day after which it runs.
    #[must_use]
    pub fn children(&self) -> Vec<TermId> {
        match self.start {
            Start::After(term) => vec![self.clock, term],
            Start::On(_) | Start::AfterPeriod(_) => vec![self.clock],
        }
    }
}

/// The name under which a node stands in reasons, and how sure it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// `file.clause`.
    pub id: Text,
    /// The weakest of its citations.
    pub confidence: Confidence,
}

/// Everything that can be evaluated.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Program {
    /// The facts.
    pub layout: Layout,
    /// The nodes.
    pub nodes: Vec<Node>,
    /// The terms.
    pub terms: Vec<Term>,
    /// How each term is written in a condition.
    pub term_names: Vec<Text>,
    /// The columns of all tables.
    pub columns: Vec<Column>,
    /// The periods.
    pub periods: Vec<Period>,
    /// The clause versions.
    pub names: Vec<Name>,
    /// What nobody has read: `file.clause` or `file.table`.
    pub open: Vec<Text>,
    /// The closing days of government offices.
    pub calendar: Calendar,
    /// Where the last day of a period warns: only where this is met. A period that is not listed warns always.
    pub warnings: Vec<(PeriodId, NodeId)>,
}

impl Program {
    /// The condition under which the last day of a period warns.
    #[must_use]
    pub fn warning(&self, period: PeriodId) -> Option<NodeId> {
        self.warnings.iter().find(|(known, _)| *known == period).map(|(_, node)| *node)
    }

    /// The node of that number; a number out of range never decides.
    #[must_use]
    pub fn node(&self, id: NodeId) -> &Node {
        self.nodes.get(usize::from(id)).unwrap_or(&Node::Open(OpenId::NOWHERE))
    }

    /// The term of that number; a number out of range is zero days.
    #[must_use]
    pub fn term(&self, id: TermId) -> &Term {
        self.terms.get(usize::from(id)).unwrap_or(&Term::Constant(0))
    }

    /// How a term is written in a condition.
    #[must_use]
    pub fn term_name(&self, id: TermId) -> &str {
        self.term_names.get(usize::from(id)).map_or("", Text::as_str)
    }

    /// The nodes that a node names directly.
    #[must_use]
    pub fn children(&self, node: &Node) -> Vec<NodeId> {
        match node {
            Node::All(nodes) | Node::Any(nodes) => nodes.clone(),
            Node::Not(node) | Node::AnyJob(node) | Node::MainJob(node) | Node::Named(_, node) => vec![*node],
            Node::Versions(_, versions) => versions.iter().map(|(_, node)| *node).collect(),
            Node::Readings(lead, other) => vec![*lead, *other],
            _ => Vec::new(),
        }
    }
}

impl Program {
    /// A literal as a condition writes it, in the unit of the term that it is compared with.
    #[must_use]
    pub fn shown(&self, number: i64, beside: TermId) -> i64 {
        number.checked_div(self.unit(beside).scale()).unwrap_or(number)
    }

    /// The unit of a term.
    #[must_use]
    pub fn unit(&self, id: TermId) -> Unit {
        match self.term(id) {
            Term::Age { .. } | Term::Elapsed { years: true, .. } => Unit::Years,
            Term::Elapsed { .. } | Term::Nearest { .. } => Unit::Days,
            Term::TopMean { .. } => Unit::Baht,
            Term::Fact(fact) => match self.layout.fact(*fact).map(|fact| fact.kind) {
                Some(crate::facts::FactKind::Money) => Unit::Baht,
                _ => Unit::Count,
            },
            Term::Cell(column) => self.columns.get(usize::from(*column)).map_or(Unit::Count, |column| column.unit),
            _ => Unit::Count,
        }
    }
}
