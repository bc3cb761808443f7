//! The decision about a complaint.

use serde::{Deserialize, Serialize};

use crate::criterion::Confidence;
use crate::law::{Edition, Missing, NotRead, Question, Reason, RunningPeriod};
use crate::rulebook::OfficeBasis;
use crate::values::{Date, Text};

/// Who must hear a complaint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Routing {
    /// `routing`.
    #[serde(skip_deserializing)]
    pub kind: &'static str,
    /// The day asked about.
    pub on: Date,
    /// The rulebook.
    pub rulebook: Edition,
    /// How urgent it is.
    pub urgency: Urgency,
    /// The numbers to call, the first first.
    pub call: Vec<Text>,
    /// The kinds of complaint that follow from what happened, the leading one first.
    pub kinds: Vec<ComplaintKind>,
    /// Who leads.
    pub lead: Option<Lead>,
    /// Told at once, beside the lead.
    pub joint: Vec<Recipient>,
    /// Who gets a copy.
    pub copies: Vec<Recipient>,
    /// The way from whoever received it.
    pub path: Vec<ReferralStep>,
    /// The forms.
    pub forms: Vec<Form>,
    /// The periods of the law, with their days.
    pub steps: Vec<RunningPeriod>,
    /// What must not be shared, and whether that is lifted.
    pub withhold: Vec<Withheld>,
    /// What to tell the person.
    pub tell: Vec<Sentence>,
    /// The other kinds, each whole with its own lead and clock.
    pub others: Vec<Matter>,
    /// What is not known and can still change something: danger first.
    pub missing: Vec<Missing>,
    /// The law that nobody here has read and that can still change something.
    pub not_read: Vec<NotRead>,
    /// The next question; whoever said what happened is not asked for every other thing that may have happened.
    pub next: Option<Question>,
    /// What is not law but matters.
    pub notes: Vec<Sentence>,
    /// The weakest of the clauses that decided.
    pub confidence: Confidence,
}

impl Routing {
    /// The decision as JSON, byte for byte the same in every language.
    #[must_use]
    pub fn to_json(&self) -> String {
        // A decision holds text, numbers and lists only: none of them can fail to be written.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// One kind of complaint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ComplaintKind {
    /// Its id.
    pub kind: Text,
    /// Its name in Thai.
    pub th: Text,
    /// Its name in English.
    pub en: Text,
    /// Whether its rules are encoded.
    pub encoded: bool,
}

/// How urgent a complaint is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Urgency {
    /// The level, `u0` the most urgent.
    pub level: Text,
    /// As urgent as it is for certain: no further fact lowers it.
    pub certain: Text,
    /// As urgent as it may still turn out to be: no further fact raises it. `level` lies between the two.
    pub possible: Text,
    /// A fact that is not known may make it more urgent.
    pub may_rise: bool,
    /// It is not known whether somebody is in danger.
    pub danger_unknown: bool,
    /// The clauses that decided.
    pub reasons: Vec<Reason>,
}

/// Who leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Lead {
    /// The agency.
    pub agency: Text,
    /// Its name in Thai.
    pub th: Text,
    /// Its name in English.
    pub en: Text,
    /// The kind for which it leads.
    #[serde(rename = "for")]
    pub kind: Text,
    /// The rule that names it.
    pub rule: Option<Text>,
    /// Whether that rule is met for certain.
    pub certain: bool,
    /// Its office.
    pub office: Option<Office>,
    /// Its numbers.
    pub call: Vec<Text>,
    /// The clauses that decided, or can still decide.
    pub reasons: Vec<Reason>,
    /// Citations of the rule.
    pub cite: Vec<Text>,
}

/// An agency that is told, or gets a copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Recipient {
    /// The agency.
    pub agency: Text,
    /// Its name in Thai.
    pub th: Text,
    /// Its name in English.
    pub en: Text,
    /// Its office.
    pub office: Option<Office>,
    /// Its numbers.
    pub call: Vec<Text>,
    /// Why, in Thai.
    pub why_th: Text,
    /// Why, in English.
    pub why_en: Text,
    /// Citations.
    pub cite: Vec<Text>,
}

/// An office by place; unresolved where it is not known, never guessed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Office {
    /// The agency.
    pub of: Text,
    /// The area: null where the office serves the province, `unresolved` where it is not known which office it is.
    pub area: Option<Text>,
    /// The province.
    pub province: Option<Text>,
    /// The district.
    pub district: Option<Text>,
    /// Its name in Thai.
    pub th: Option<Text>,
    /// Its name in English.
    pub en: Option<Text>,
    /// Its number, where a source gives one.
    pub phone: Option<Text>,
    /// How sure the name is.
    pub confidence: Option<Confidence>,
    /// On what the name rests.
    pub basis: Option<OfficeBasis>,
    /// Why it is unresolved.
    pub why: Option<UnresolvedOffice>,
    /// The area office that a source of less weight names for the district: to be asked for, not to be gone to.
    pub hint: Option<OfficeHint>,
    /// Whom to call instead.
    pub show: Vec<Text>,
}

/// Why it is not known which office it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum UnresolvedOffice {
    /// The place is not known.
    NoPlace,
    /// No table read says which area the district belongs to.
    NoAreaTable,
    /// No source read names an office for the province.
    NoOffice,
}

/// An office that may be the right one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OfficeHint {
    /// The area.
    pub area: Text,
    /// Its name in Thai.
    pub th: Text,
    /// Its name in English.
    pub en: Text,
    /// How sure it is that the district belongs to it.
    pub confidence: Confidence,
}

/// One step of a referral.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ReferralStep {
    /// Who passes it on.
    pub from: Text,
    /// Who receives it.
    pub to: Text,
    /// Within, where a source says so.
    pub within: Option<Text>,
    /// What the community body that passes it on may do.
    pub may: Vec<Text>,
    /// What it may not do.
    pub may_not: Vec<Text>,
    /// To whom it forwards at all: agencies, community bodies, or `competent_office`.
    pub forwards_to: Vec<Text>,
    /// Citations.
    pub cite: Vec<Text>,
}

/// A form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Form {
    /// Its id.
    pub form: Text,
    /// Its name in Thai.
    pub th: Text,
    /// Its name in English.
    pub en: Text,
}

/// Something that must not be shared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Withheld {
    /// Its id.
    pub id: Text,
    /// What is kept back.
    pub what: Vec<Text>,
    /// From whom.
    pub from: Vec<Text>,
    /// Whether it is lifted: only where its condition is met.
    pub lifted: bool,
    /// The clauses that lift it.
    pub why: Vec<Text>,
    /// In Thai.
    pub th: Text,
    /// In English.
    pub en: Text,
    /// Citations.
    pub cite: Vec<Text>,
}

/// A sentence to tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Sentence {
    /// In Thai.
    pub th: Text,
    /// In English.
    pub en: Text,
    /// Citations.
    pub cite: Vec<Text>,
}

/// One kind of complaint, whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Matter {
    /// Its id.
    pub kind: Text,
    /// Whether its rules are encoded.
    pub encoded: bool,
    /// Who leads.
    pub lead: Option<Lead>,
    /// Told at once, beside the lead.
    pub joint: Vec<Recipient>,
    /// Who gets a copy.
    pub copies: Vec<Recipient>,
    /// The way from whoever received it.
    pub path: Vec<ReferralStep>,
    /// The forms.
    pub forms: Vec<Form>,
    /// The periods of the law, with their days.
    pub steps: Vec<RunningPeriod>,
    /// What must not be shared.
    pub withhold: Vec<Withheld>,
    /// What to tell the person.
    pub tell: Vec<Sentence>,
    /// Numbers of this kind.
    pub call: Vec<Text>,
}
