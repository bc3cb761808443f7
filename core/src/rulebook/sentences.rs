//! The fixed sentences that the engine itself shows.

/// Declares the sentences: a variant for each id of the vocabulary.
macro_rules! sentences {
    ($($(#[doc = $about:literal])* $name:ident: $id:literal),* $(,)?) => {
        /// A fixed sentence, by its id in `vocabulary/engine.toml`. What is not named here is in no decision and no outline.
        #[allow(missing_docs, reason = "the sentences themselves stand in the vocabulary")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Sentence {
            $($name),*
        }

        impl Sentence {
            /// Every sentence that is shown somewhere.
            pub const EVERY: &[Self] = &[$(Self::$name),*];

            /// The id.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$name => $id),*
                }
            }
        }
    };
}

sentences! {
    LaterThanChecked: "later_than_checked",
    BeforeSince: "before_since",
    NotRead: "not_read",
    NotReadAmount: "not_read_amount",
    Provisional: "provisional",
    NotAdvice: "not_advice",
    Disputed: "disputed",
    DisputedLead: "disputed_lead",
    DisputedOther: "disputed_other",
    Confirm: "confirm",
    Missing: "missing",
    Possible: "possible",
    LimitingBirthday: "limiting_birthday",
    Until: "until",
    LawWithoutRegistration: "law_without_registration",
    RegistrationWithoutLaw: "registration_without_law",
    NoSchemeFor: "no_scheme_for",
    Between: "between",
    LawGivesNone: "law_gives_none",
    TemporaryRate: "temporary_rate",
    AsEstimated: "as_estimated",
    LastDay: "last_day",
    Rolled: "rolled",
    CalendarEnd: "calendar_end",
    WaitsFor: "waits_for",
    DaysLeft: "days_left",
    LastDayPassed: "last_day_passed",
    EachOwnClock: "each_own_clock",
    CallNow: "call_now",
    CallNowSay: "call_now_say",
    MayRise: "may_rise",
    UrgencyHeld: "urgency_held",
    NotEncoded: "not_encoded",
    KindUnknown: "kind_unknown",
    UnresolvedOffice: "unresolved_office",
    LeadUncertain: "lead_uncertain",
    Withheld: "withheld",
    WithheldLifted: "withheld_lifted",
    ReceivesAndForwards: "receives_and_forwards",
    NoTarget: "no_target",
    NoData: "no_data",
    NoBreakpoints: "no_breakpoints",
    TargetOf: "target_of",
    TargetOfUser: "target_of_user",
    SeriesBreak: "series_break",
    StructureOnly: "structure_only",
    AnswerYes: "answer_yes",
    AnswerNo: "answer_no",
    AnswerUnknown: "answer_unknown",
    AnswerSkip: "answer_skip",
    NoJob: "no_job",
    AskJobs: "ask_jobs",
    CalendarProjected: "calendar_projected",
    TitleCoverage: "title_coverage",
    TitleClassification: "title_classification",
    TitleRouting: "title_routing",
    TitleScorecard: "title_scorecard",
    HeadingDanger: "heading_danger",
    HeadingCall: "heading_call",
    HeadingDo: "heading_do",
    HeadingWhere: "heading_where",
    HeadingBring: "heading_bring",
    HeadingKinds: "heading_kinds",
    HeadingMatter: "heading_matter",
    HeadingCovers: "heading_covers",
    HeadingBenefits: "heading_benefits",
    HeadingGap: "heading_gap",
    HeadingMeets: "heading_meets",
    HeadingIndicators: "heading_indicators",
    HeadingTotal: "heading_total",
    HeadingWithhold: "heading_withhold",
    HeadingAsk: "heading_ask",
    HeadingReasons: "heading_reasons",
    HeadingNotRead: "heading_not_read",
    HeadingNotes: "heading_notes",
    HeadingSources: "heading_sources",
    Pair: "pair",
    Aside: "aside",
    CallAgency: "call_agency",
    CallNumbers: "call_numbers",
    UrgencyLevel: "urgency_level",
    Lead: "lead",
    TogetherWith: "together_with",
    CopyTo: "copy_to",
    Path: "path",
    MayBeOffice: "may_be_office",
    OfficeByPattern: "office_by_pattern",
    Within: "within",
    NotBegun: "not_begun",
    Options: "options",
    Job: "job",
    Or: "or",
    IfLate: "if_late",
    Choices: "choices",
    Baht: "baht",
    AtLeastBaht: "at_least_baht",
    AtMostBaht: "at_most_baht",
    AmountUnknown: "amount_unknown",
    Years: "years",
    Months: "months",
    Days: "days",
    WorkingDays: "working_days",
    Hours: "hours",
    IndicatorValue: "indicator_value",
    IndicatorOther: "indicator_other",
    IndicatorBetween: "indicator_between",
    IndicatorTarget: "indicator_target",
    About: "about",
    TargetReached: "target_reached",
    TargetNotReached: "target_not_reached",
    Score: "score",
    ScoreOfCovered: "score_of_covered",
    Trend: "trend",
    Percent: "percent",
    Counted: "counted",
    PercentagePoints: "percentage_points",
    Superseded: "superseded",
    ReachedUnsettled: "reached_unsettled",
    BodyPlanned: "body_planned",
    NoBodyPlanned: "no_body_planned",
}
