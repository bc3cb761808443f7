//! What decisions are made of. Every type is written as JSON by `to_json` of the decision and read by serde; fields are only added.

pub use crate::coverage::{
    Benefit, Classification, Contingency, Coverage, Definition, Dispute, DisputedAnswer, Note, RuleDecision, SchemeDecision, SchemeStatus,
    Status, Step, Until,
};
pub use crate::criterion::Confidence;
pub use crate::law::{
    Amount, AmountValue, Cell, ClauseValue, Confirm, Edition, Extension, Missing, NotRead, Question, Reason, RunningPeriod, SecondReading,
    Side, Verdict, Words,
};
pub use crate::plan::{
    Because, Direction, PercentRule, Reading, RowStatus, RowTarget, Scorecard, ScorecardRow, StrategyTotal, ToDate, Total, Trend,
};
pub use crate::routing::{
    ComplaintKind, Form, Lead, Matter, Office, OfficeHint, Recipient, ReferralStep, Routing, Sentence, UnresolvedOffice, Urgency, Withheld,
};
pub use crate::rulebook::{BoundParty, Change, ChangeKind, Late, NoteStatus, OfficeBasis, PaidPer, PeriodState, Strength};
