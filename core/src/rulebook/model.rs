//! The rulebook as it is compiled: what can be evaluated, and what is said about it.

use serde::{Deserialize, Serialize};

use crate::criterion::{Confidence, NodeId, OpenId, PeriodId, Program, TermId};
use crate::facts::FactId;
use crate::values::{Date, Rounding, Text};

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
    pub instrument: u16,
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
    pub cites: Vec<u16>,
}

/// Something that is not law, with its status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Its id.
    pub id: Text,
    /// `proposed`, `open`, `not_read`, `repealed` or `expired`.
    pub status: Text,
    /// The day on which the status was read.
    pub as_of: Option<Date>,
    /// The sentence.
    pub words: Words,
    /// Citations.
    pub cites: Vec<u16>,
}

/// The sentence of one version of a clause; stands beside the [`Name`](crate::criterion::Name) of the same number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClauseInfo {
    /// The sentence, worded as a norm.
    pub words: Words,
    /// Citations.
    pub cites: Vec<u16>,
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
    pub cites: Vec<u16>,
}

/// One line of a rule: a clause or another rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// `file.clause` or `file.rule`.
    pub id: Text,
    /// What it evaluates, neutral outside its days.
    pub node: NodeId,
    /// The rule, where it is one.
    pub rule: Option<u16>,
}

/// A step to take, or something to tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The sentence.
    pub words: Words,
    /// The agency at which.
    pub at: Option<Text>,
    /// Citations.
    pub cites: Vec<u16>,
}

/// One rule, of one option where its file has options.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// Its id in its file.
    pub id: Text,
    /// The number of its file.
    pub file: u16,
    /// The number of the option, where it is asked of each.
    pub option: Option<u16>,
    /// Asked of each job.
    pub each_job: bool,
    /// Its name.
    pub words: Words,
    /// The whole rule; speaks of one job where it is asked of each.
    pub node: NodeId,
    /// The whole rule asked of the person.
    pub person: NodeId,
    /// What follows: `covered`, `eligible`, a level of urgency, or nothing for a benefit, a definition or a test.
    pub gives: Option<Text>,
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
    pub pays: Vec<u16>,
    /// The amount that it gives.
    pub amount: Option<u16>,
    /// Steps to take.
    pub steps: Vec<Step>,
    /// The contingencies that it meets, where they differ from the file's.
    pub contingencies: Option<Vec<Text>>,
    /// Citations.
    pub cites: Vec<u16>,
    /// Who must hear a complaint.
    pub route: Option<Box<Route>>,
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
    pub province: u16,
    /// The district fact, where there is one.
    pub district: Option<u16>,
}

/// An agency that gets a copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyTo {
    /// The agency.
    pub to: Text,
    /// Why.
    pub why: Words,
    /// Citations.
    pub cites: Vec<u16>,
}

/// One step of a referral.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PathStep {
    /// The channel or agency that passes it on.
    pub from: Text,
    /// The agency that receives it.
    pub to: Text,
    /// Within, where a source says so.
    pub within: Option<crate::values::Length>,
    /// Citations.
    pub cites: Vec<u16>,
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
        of_amount: Option<u16>,
        /// The largest number of units.
        at_most: Option<TermId>,
    },
    /// Several amounts together.
    Sum(Vec<u16>),
    /// Nobody has read how it is made.
    NotRead,
}

/// One amount, of one option where its file has options.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Amount {
    /// Its id in its file.
    pub id: Text,
    /// The number of its file.
    pub file: u16,
    /// The number of the option.
    pub option: Option<u16>,
    /// Its name.
    pub words: Words,
    /// How it is made.
    pub shape: Shape,
    /// `month`, `day`, `birth`, `time`, `year` or `once`.
    pub per: Option<Text>,
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
    pub cites: Vec<u16>,
}

/// What is said of a period; stands beside the [`Period`](crate::criterion::Period) of the same number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeriodInfo {
    /// Its name.
    pub words: Words,
    /// `worker`, `employer` or `authority`.
    pub binds: Option<Text>,
    /// What being late means: `no`, `ends` or `file_with_reasons`.
    pub late: Option<Text>,
    /// Its last day makes a complaint urgent.
    pub warn: bool,
    /// How it may be extended.
    pub extension: Option<Extension>,
    /// Citations.
    pub cites: Vec<u16>,
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
    pub cites: Vec<u16>,
}

/// What is said of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableInfo {
    /// `file.table`.
    pub id: Text,
    /// Its name.
    pub words: Words,
    /// Its columns, by number, with the option of each where it is across options.
    pub columns: Vec<(u16, Option<u16>)>,
    /// What is open about it.
    pub open: Option<Text>,
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
    pub cites: Vec<u16>,
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
    /// The level of area that it serves: `subdistrict`, `district` or `province`.
    pub level: Text,
    /// Where such bodies are planned.
    pub planned: Vec<PlannedBody>,
    /// Citations.
    pub cites: Vec<u16>,
}

/// Community bodies planned for a province: a plan, no proof that they work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedBody {
    /// The province.
    pub province: Text,
    /// The day on which the plan was read.
    pub as_of: Date,
    /// The status of the plan.
    pub status: Text,
    /// The districts that are to have one.
    pub districts: Vec<Text>,
    /// The districts that are to have none.
    pub without: Vec<Text>,
    /// Citations.
    pub cites: Vec<u16>,
}

/// A form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// Its id.
    pub id: Text,
    /// Its name.
    pub name: Words,
    /// Citations.
    pub cites: Vec<u16>,
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
    /// `sourced`, or `pattern` where the name follows the pattern of its sisters and was not read.
    pub basis: Text,
    /// The source of the name.
    pub source: Text,
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
    pub cites: Vec<u16>,
}

/// Which kind of complaint leads where several meet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Precedence {
    /// These first, in this order.
    pub order: Vec<Text>,
    /// Then those with a last day within this time, the nearest first.
    pub near: Option<crate::values::Length>,
    /// Then the others, in this order.
    pub rest: Vec<Text>,
    /// The sentence.
    pub words: Words,
    /// Citations.
    pub cites: Vec<u16>,
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

/// A whole rulebook, checked and compiled.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Book {
    /// What can be evaluated.
    pub program: Program,
    /// What the parts of the law that nobody has read are about, by their number.
    pub open: Vec<OpenInfo>,
    /// The rule files.
    pub files: Vec<FileInfo>,
    /// The clause versions, by the number of their name.
    pub clauses: Vec<ClauseInfo>,
    /// The rules.
    pub rules: Vec<Rule>,
    /// The amounts.
    pub amounts: Vec<Amount>,
    /// The periods, by number.
    pub periods: Vec<PeriodInfo>,
    /// The tables.
    pub tables: Vec<TableInfo>,
    /// The citations.
    pub cites: Vec<Cite>,
    /// The instruments.
    pub instruments: Vec<Instrument>,
    /// The sources.
    pub sources: Vec<Source>,
    /// The labels of the codes, by list and code as in the layout.
    pub labels: Vec<Vec<Words>>,
    /// The questions.
    pub questions: Vec<Question>,
    /// The sentences of the engine, by id.
    pub sentences: Vec<(Text, Words)>,
    /// The agencies.
    pub agencies: Vec<Agency>,
    /// The community bodies.
    pub community: Vec<CommunityBody>,
    /// The forms.
    pub forms: Vec<Form>,
    /// The offices.
    pub offices: Vec<Office>,
    /// The provinces.
    pub provinces: Vec<ProvinceInfo>,
    /// The districts.
    pub districts: Vec<DistrictInfo>,
    /// The areas of agencies.
    pub areas: Vec<AreaInfo>,
    /// The order in which kinds of complaint lead.
    pub precedence: Precedence,
    /// The kinds of complaint that are not encoded yet.
    pub other_kinds: Vec<OtherKind>,
    /// What is said of them.
    pub other_kinds_say: Words,
    /// The years whose closing days are projected, no list having been read.
    pub projected_years: Vec<i32>,
    /// The plans.
    pub plans: Vec<crate::plan::Plan>,
    /// The scales by which a user may score.
    pub scales: Vec<crate::plan::Scale>,
    /// The day someone last compared the rulebook with the law: the latest of its files.
    pub checked_on: Option<Date>,
}

/// A part of the law that nobody has read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenInfo {
    /// The file it belongs to, by number.
    pub file: u16,
    /// What was not read.
    pub what: Text,
}

impl Book {
    /// The clause version of that number.
    #[must_use]
    pub fn clause(&self, number: u16) -> Option<&ClauseInfo> {
        self.clauses.get(usize::from(number))
    }

    /// What is open under that number.
    #[must_use]
    pub fn open(&self, number: OpenId) -> Option<&OpenInfo> {
        self.open.get(usize::from(number))
    }

    /// A citation as decisions write it: `instrument/place`.
    #[must_use]
    pub fn cited(&self, cite: &Cite) -> Text {
        let instrument = self.instruments.get(usize::from(cite.instrument));
        let instrument = instrument.map_or_else(Text::default, |instrument| instrument.id.clone());
        if cite.place.is_empty() {
            instrument
        } else {
            format!("{instrument}/{}", cite.place).into()
        }
    }

    /// The file of that number.
    #[must_use]
    pub fn file(&self, number: u16) -> Option<&FileInfo> {
        self.files.get(usize::from(number))
    }

    /// The file of that id.
    #[must_use]
    pub fn file_number(&self, id: &str) -> Option<u16> {
        self.files
            .iter()
            .position(|file| file.id == id)
            .and_then(|number| u16::try_from(number).ok())
    }

    /// The sentence of the engine of that id.
    #[must_use]
    pub fn sentence(&self, id: &str) -> Option<&Words> {
        self.sentences.iter().find(|(name, _)| name == id).map(|(_, words)| words)
    }

    /// The agency of that id.
    #[must_use]
    pub fn agency(&self, id: &str) -> Option<&Agency> {
        self.agencies.iter().find(|agency| agency.id == id)
    }
}
