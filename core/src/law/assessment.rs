//! Evaluates rules under both readings and says why.

use std::collections::BTreeSet;

use super::Law;
use super::decision::{
    ClauseValue, Confirm, Extension, Missing, NotRead, Question, Reason, RunningPeriod, SecondReading, Side, Verdict, Words,
};
use crate::criterion::syntax::Expression;
use crate::criterion::{CiteId, Confidence, Disputes, Evaluator, Gap, Gaps, NameId, Node, NodeId, PeriodEnd, PeriodId, Reading};
use crate::facts::{FactKind, Scope, Subject};
use crate::labels::CodeLabel;
use crate::rulebook::{self, Book, OtherReading, Part, PeriodState, Rule, RuleId, Scheme};
use crate::values::{Date, Text, Truth};

/// Reasons in the making, and the rules that they were taken from: a rule gives its reasons once.
struct Collected<'r> {
    rules: BTreeSet<(RuleId, Scope)>,
    reasons: &'r mut Vec<Reason>,
}

/// One subject before the law of one day.
pub struct Assessment<'a> {
    /// The rulebook.
    pub book: &'a Book,
    /// The day asked about.
    pub today: Date,
    cited: &'a [Text],
    pub(super) disputes: &'a Disputes,
    pub(super) lead: Evaluator<'a>,
    pub(super) other: Evaluator<'a>,
}

impl<'a> Assessment<'a> {
    /// Puts a subject before the law.
    #[must_use]
    pub fn new(law: &'a Law, subject: &'a Subject) -> Self {
        let book = law.book();
        let under = |reading| {
            let evaluator = Evaluator::new(&book.program, subject, law.day(), reading);
            #[cfg(feature = "source")]
            let evaluator = evaluator.traced(law.trace.as_deref());
            evaluator
        };
        Self {
            book,
            today: law.day(),
            cited: law.rulebook().cited(),
            disputes: law.rulebook().disputes(),
            lead: under(Reading::Lead),
            other: under(Reading::Other),
        }
    }

    /// The subject.
    #[must_use]
    pub fn subject(&self) -> &'a Subject {
        self.lead.subject
    }

    /// The truth of a node under both readings.
    pub fn truths(&mut self, node: NodeId, scope: Scope) -> (Truth, Truth) {
        let lead = self.lead.truth(node, scope);
        let other = if self.disputes.node(node) {
            self.other.truth(node, scope)
        } else {
            lead
        };
        (lead, other)
    }

    /// The verdict of a node.
    pub fn verdict(&mut self, node: NodeId, scope: Scope) -> Verdict {
        let (lead, other) = self.truths(node, scope);
        Verdict::of(lead, other)
    }

    /// How sure the outcome of a node is. A dispute rests on both readings: the weaker of them counts.
    pub fn confidence(&mut self, node: NodeId, scope: Scope) -> Confidence {
        let lead = self.lead.confidence(node, scope);
        if self.verdict(node, scope) != Verdict::Disputed {
            return lead;
        }
        let other = self.disputed_within(node, scope);
        let cited = other.map_or(Confidence::High, |other| self.cite_confidence(&other.cites));
        lead.min(self.other.confidence(node, scope)).min(cited)
    }

    /// The rule of that number.
    #[must_use]
    pub fn rule(&self, number: RuleId) -> Option<&'a Rule> {
        self.book.rules.get(usize::from(number))
    }

    /// In which scope a whole rule is asked: a complaint is about one job.
    fn scope(&self, rule: &Rule) -> Scope {
        use crate::rulebook::FileKind;
        let of_complaint = self
            .book
            .file(rule.file)
            .is_some_and(|file| matches!(file.kind, FileKind::Complaint | FileKind::Urgency));
        if of_complaint { Scope::Job(0) } else { Scope::Person }
    }

    /// The verdict of a rule.
    pub fn rule_verdict(&mut self, rule: &Rule) -> Verdict {
        let scope = self.scope(rule);
        self.verdict(rule.person, scope)
    }

    /// The truth of a rule under both readings.
    pub fn rule_truths(&mut self, rule: &Rule) -> (Truth, Truth) {
        let scope = self.scope(rule);
        self.truths(rule.person, scope)
    }

    /// The leading reading, with the last day of every rule that may be met warning as if it were.
    pub(crate) fn cautious(&self) -> Evaluator<'a> {
        self.lead.cautious()
    }

    /// Where a rule was decided. One that is asked of each job: by a job that meets it, else by one that may, else by a job that may be.
    pub fn deciding_scope(&mut self, rule: &Rule) -> Scope {
        if !rule.each_job {
            return self.scope(rule);
        }
        let count = self.subject().job_count().unwrap_or(0);
        let mut best = None;
        for job in 0..count {
            let rank = match self.verdict(rule.node, Scope::Job(job)) {
                Verdict::Met => 3,
                Verdict::Disputed => 2,
                Verdict::Undetermined => 1,
                Verdict::Unmet => 0,
            };
            if best.is_none_or(|(before, _)| rank > before) {
                best = Some((rank, job));
            }
        }
        best.map_or(Scope::SomeJob, |(_, job)| Scope::Job(job))
    }

    /// The clauses that decided a rule, or can still decide it.
    pub fn reasons(&mut self, rule: &Rule) -> Vec<Reason> {
        let verdict = self.rule_verdict(rule);
        let scope = self.deciding_scope(rule);
        let mut reasons = Vec::new();
        if rule.each_job && self.subject().job_count() == Some(0) {
            reasons.extend(self.no_job());
            return reasons;
        }
        self.collect(
            rule,
            scope,
            verdict,
            &mut Collected {
                rules: BTreeSet::new(),
                reasons: &mut reasons,
            },
        );
        reasons
    }

    fn no_job(&self) -> Option<Reason> {
        let words = self.book.sentence(rulebook::Sentence::NoJob)?;
        Some(Reason {
            clause: "jobs".into(),
            value: ClauseValue::Unmet,
            side: Side::Requires,
            job: None,
            th: words.th.clone(),
            en: words.en.clone(),
            cite: Vec::new(),
            confidence: Confidence::High,
            from: Vec::new(),
            other: None,
        })
    }

    fn collect(&mut self, rule: &Rule, scope: Scope, verdict: Verdict, collected: &mut Collected<'_>) {
        for part in &rule.requires {
            let value = self.verdict(part.node, scope);
            let shown = match verdict {
                Verdict::Unmet => value == Verdict::Unmet,
                _ => value != Verdict::Unmet,
            };
            if shown {
                self.part(part, scope, value, Side::Requires, collected);
            }
        }
        for part in &rule.excludes {
            let value = self.verdict(part.node, scope);
            let shown = match verdict {
                Verdict::Unmet => value == Verdict::Met,
                _ => value != Verdict::Unmet,
            };
            if shown {
                self.part(part, scope, value, Side::Excludes, collected);
            }
        }
        if let Some(number) = rule.within {
            let running = self.period_runs(number, scope);
            let shown = verdict != Verdict::Unmet || running == Truth::Unmet;
            if let (true, Some(info), Some(period)) = (
                shown,
                self.book.periods.get(usize::from(number)),
                self.book.program.periods.get(usize::from(number)),
            ) {
                collected.reasons.push(Reason {
                    clause: period.name.clone(),
                    value: Verdict::of(running, running).into(),
                    side: Side::Within,
                    job: scope.job(),
                    th: info.words.th.clone(),
                    en: info.words.en.clone(),
                    cite: self.cites(&info.cites),
                    confidence: self.cite_confidence(&info.cites),
                    from: Vec::new(),
                    other: None,
                });
            }
        }
    }

    fn period_runs(&mut self, number: PeriodId, scope: Scope) -> Truth {
        let reach = self.lead.period(number, scope);
        let today = i64::from(self.today.days());
        let last = if reach.rolled.nothing { reach.nominal } else { reach.rolled };
        match (reach.begins.certain_span(), last.certain_span()) {
            (Some((begins, _)), _) if begins > today && begins < i64::MAX => Truth::Unmet,
            (Some((_, begins)), Some((low, high))) if begins <= today => {
                if today <= low {
                    Truth::Met
                } else if today > high && !reach.rolled.nothing {
                    Truth::Unmet
                } else {
                    Truth::Unknown
                }
            }
            _ => Truth::Unknown,
        }
    }

    /// Where a period stands. A step that was taken by today was taken in time only where the last day is not past.
    fn period_state(&mut self, number: PeriodId, scope: Scope) -> PeriodState {
        let runs = self.period_runs(number, scope);
        let program = &self.book.program;
        let ends = program.periods.get(usize::from(number)).map_or(&[][..], |period| &period.ended_by);
        let met = ends.iter().find(|(_, node)| self.lead.truth(*node, scope) == Truth::Met);
        let reach = self.lead.period(number, scope);
        let last = if reach.rolled.nothing { reach.nominal } else { reach.rolled };
        let today = i64::from(self.today.days());
        let past = last.certain_span().is_some_and(|(_, high)| high < today && !reach.rolled.nothing);
        match (met.map(|(end, _)| *end), runs) {
            (Some(PeriodEnd::Overtaken), _) => PeriodState::Overtaken,
            (Some(PeriodEnd::Suspended), _) => PeriodState::Suspended,
            (Some(PeriodEnd::Done), Truth::Met) => PeriodState::Done,
            (Some(PeriodEnd::Done), Truth::Unmet) if !past => PeriodState::Done,
            (Some(PeriodEnd::Done), _) => PeriodState::NotKnown,
            (None, Truth::Met) => PeriodState::Running,
            (None, Truth::Unmet) if past => PeriodState::Over,
            (None, Truth::Unmet) => PeriodState::NotBegun,
            (None, Truth::Unknown) => PeriodState::NotKnown,
        }
    }

    fn part(&mut self, part: &Part, scope: Scope, value: Verdict, side: Side, collected: &mut Collected<'_>) {
        if let Some((number, rule)) = part.rule.and_then(|number| Some((number, self.rule(number)?))) {
            let inner = if rule.each_job { scope } else { self.scope(rule) };
            if collected.rules.insert((number, inner)) {
                self.collect(rule, inner, value, collected);
            }
            return;
        }
        // A clause outside its days is absent, and no reason.
        let Some((name, condition)) = self.named(part.node, scope) else {
            return;
        };
        let Some(clause) = self.book.clause(name) else { return };
        let other = if value == Verdict::Disputed {
            clause.other.as_ref().or_else(|| self.disputed_within(part.node, scope))
        } else {
            None
        };
        collected.reasons.push(Reason {
            clause: part.id.clone(),
            value: value.into(),
            side,
            job: scope.job(),
            th: clause.words.th.clone(),
            en: clause.words.en.clone(),
            cite: self.cites(&clause.cites),
            confidence: self.lead.confidence(part.node, scope),
            from: self.cells(condition, scope),
            other: other.map(|other| SecondReading {
                th: other.words.th.clone(),
                en: other.words.en.clone(),
                cite: self.cites(&other.cites),
            }),
        });
    }

    /// The second reading that a clause rests on through another rule.
    fn disputed_within(&mut self, node: NodeId, scope: Scope) -> Option<&'a OtherReading> {
        if !self.disputes.node(node) || self.verdict(node, scope) != Verdict::Disputed {
            return None;
        }
        let program = &self.book.program;
        if let Node::Named(name, _) = program.node(node)
            && let Some(other) = self.book.clause(*name).and_then(|clause| clause.other.as_ref())
        {
            return Some(other);
        }
        // A rule asked of each job is disputed through one of them.
        let scopes: Vec<Scope> = match program.node(node) {
            Node::AnyJob(_) | Node::MainJob(_) => (0..self.subject().job_count().unwrap_or(0)).map(Scope::Job).collect(),
            _ => vec![scope],
        };
        let children = program.children(program.node(node));
        scopes
            .into_iter()
            .find_map(|scope| children.iter().find_map(|child| self.disputed_within(*child, scope)))
    }

    /// The clause version that a part of a rule stands for today, with its condition.
    fn named(&mut self, node: NodeId, scope: Scope) -> Option<(NameId, NodeId)> {
        match self.book.program.node(node) {
            Node::Named(name, condition) => Some((*name, *condition)),
            Node::Versions(clock, versions) => {
                let reach = self.lead.reach(*clock, scope);
                let possible = crate::criterion::possible_versions(reach, versions);
                possible.into_iter().rev().find_map(|node| self.named(node, scope))
            }
            Node::Readings(lead, other) => self.named(*lead, scope).or_else(|| self.named(*other, scope)),
            _ => None,
        }
    }

    /// Citations as text.
    #[must_use]
    pub fn cites(&self, cites: &[CiteId]) -> Vec<Text> {
        let texts = cites.iter().filter_map(|cite| self.cited.get(usize::from(*cite)));
        texts.cloned().collect()
    }

    /// The weakest confidence of citations.
    #[must_use]
    pub fn cite_confidence(&self, cites: &[CiteId]) -> Confidence {
        let known = cites.iter().filter_map(|cite| self.book.cites.get(usize::from(*cite)));
        known.map(|cite| cite.confidence).min().unwrap_or(Confidence::Low)
    }

    /// What is left of a node under the leading reading, or under the other where the leading one decides it.
    pub fn residual(&mut self, node: NodeId, scope: Scope) -> Option<Expression> {
        let lead = self.lead.residual(node, scope);
        if lead.is_some() || !self.disputes.node(node) {
            return lead;
        }
        self.other.residual(node, scope)
    }

    /// Looks for the facts and the unread law that can still change a rule.
    pub fn look_at_rule(&mut self, rule: &Rule, gaps: &mut Gaps) {
        let scope = self.scope(rule);
        self.look(rule.person, scope, gaps);
    }

    /// Looks for what can still change the rules of a scheme.
    pub fn look_at_scheme(&mut self, scheme: &Scheme, gaps: &mut Gaps) {
        for (_, number) in &scheme.rules {
            if let Some(rule) = self.rule(*number) {
                self.look_at_rule(rule, gaps);
            }
        }
    }

    /// Looks for what can still change a node.
    pub fn look(&mut self, node: NodeId, scope: Scope, gaps: &mut Gaps) {
        self.lead.look(node, scope, gaps);
        if self.disputes.node(node) {
            self.other.look(node, scope, gaps);
        }
    }

    /// Looks for what is not known of where a period lies.
    pub fn look_at_period(&mut self, number: PeriodId, scope: Scope, gaps: &mut Gaps) {
        self.lead.look_at_period(number, scope, gaps);
    }

    /// Looks for whether a period was taken from the person before its last day.
    pub fn look_at_end(&mut self, number: PeriodId, scope: Scope, gaps: &mut Gaps) {
        self.lead.look_at_end(number, scope, gaps);
    }

    /// Splits gaps into missing facts and law not read.
    pub fn sort_gaps(&self, gaps: &Gaps, authority: Option<&str>) -> (Vec<Missing>, Vec<NotRead>) {
        let (mut missing, mut not_read) = (Vec::new(), Vec::new());
        for gap in gaps.list() {
            match gap {
                Gap::Jobs => push(
                    &mut missing,
                    Missing {
                        fact: "jobs".into(),
                        job: None,
                    },
                ),
                Gap::Fact(fact, job) => {
                    let name = self
                        .book
                        .program
                        .layout
                        .fact(*fact)
                        .map_or_else(Text::default, |fact| fact.name.clone());
                    push(&mut missing, Missing { fact: name, job: *job });
                }
                Gap::Open(open) => {
                    let part = self.book.program.open.get(usize::from(*open)).cloned().unwrap_or_default();
                    let info = self.book.open(*open);
                    let what = info.map_or_else(Text::default, |info| info.what.clone());
                    let authority = info
                        .and_then(|info| self.book.file(info.file))
                        .and_then(|file| file.authority.as_deref())
                        .or(authority);
                    push(
                        &mut not_read,
                        NotRead {
                            part,
                            what,
                            ask: self.confirm(authority),
                        },
                    );
                }
                Gap::Column(column) => {
                    let part = self
                        .book
                        .program
                        .columns
                        .get(usize::from(*column))
                        .map_or_else(Text::default, |column| column.name.clone());
                    push(
                        &mut not_read,
                        NotRead {
                            part,
                            what: "cell".into(),
                            ask: self.confirm(authority),
                        },
                    );
                }
                Gap::Calendar(_) => {
                    push(
                        &mut not_read,
                        NotRead {
                            part: "calendar".into(),
                            what: "holidays".into(),
                            ask: self.confirm(authority),
                        },
                    );
                }
            }
        }
        (missing, not_read)
    }

    /// Whom to ask.
    #[must_use]
    pub fn confirm(&self, authority: Option<&str>) -> Option<Confirm> {
        let agency = self.book.agency(authority?)?;
        Some(Confirm {
            with: agency.id.clone(),
            call: agency.call.first().cloned(),
        })
    }

    /// The question for a missing fact.
    #[must_use]
    pub fn question(&self, missing: &Missing, decides: Vec<Text>) -> Option<Question> {
        let layout = &self.book.program.layout;
        let info = layout.fact_number(&missing.fact).and_then(|fact| layout.fact(fact));
        let list = info.and_then(|info| info.list);
        let (ask, help) = self.book.question_words(&missing.fact)?;
        let kind = info.map_or(FactKind::Jobs, |info| info.kind);
        let answers = match kind {
            FactKind::Code => list
                .and_then(|list| layout.lists.get(usize::from(list)))
                .map_or_else(Vec::new, |list| list.codes.clone()),
            _ => Vec::new(),
        };
        let options = match kind {
            FactKind::Code => list
                .and_then(|list| layout.lists.get(usize::from(list)))
                .map_or_else(Vec::new, |list| self.book.labels_of(&list.id).unwrap_or_default()),
            FactKind::YesNo => [("true", rulebook::Sentence::AnswerYes), ("false", rulebook::Sentence::AnswerNo)]
                .into_iter()
                .map(|(code, said)| CodeLabel::of(&code.into(), self.book.say(said, &[])))
                .collect(),
            _ => Vec::new(),
        };
        Some(Question {
            fact: missing.fact.clone(),
            job: missing.job,
            decides,
            ask: Words::from(&ask),
            help: help.as_ref().map(Words::from),
            kind,
            answers,
            options,
        })
    }

    /// A period as it lies for this subject.
    pub fn period(&mut self, number: PeriodId, scope: Scope) -> Option<RunningPeriod> {
        let period = self.book.program.periods.get(usize::from(number))?;
        let info = self.book.periods.get(usize::from(number))?;
        let reach = self.lead.period(number, scope);
        if reach.applies == Truth::Unmet {
            return None;
        }
        let mut gaps = Gaps::default();
        self.look_at_period(number, scope, &mut gaps);
        let (missing, _) = self.sort_gaps(&gaps, None);
        let day = |days: Option<i64>| days.and_then(|days| i32::try_from(days).ok()).and_then(Date::from_days);
        let nominal = day(reach.nominal.known());
        let rolled = if reach.rolled.nothing { None } else { day(reach.rolled.known()) };
        let lengths: Vec<_> = {
            let clock = self.lead.reach(period.clock, scope);
            crate::criterion::possible_versions(clock, &period.lengths)
        };
        let runs = match self.period_runs(number, scope) {
            Truth::Met => Some(true),
            Truth::Unmet => Some(false),
            Truth::Unknown => None,
        };
        Some(RunningPeriod {
            id: period.name.split_once('.').map_or_else(|| period.name.clone(), |(_, id)| id.into()),
            th: info.words.th.clone(),
            en: info.words.en.clone(),
            binds: info.binds,
            warn: info.warn,
            length: lengths.last().map_or_else(Text::default, |length| length.to_string().into()),
            nominal,
            rolled,
            calendar_until: if nominal.is_some() && rolled.is_none() {
                self.book.program.calendar.reach().1
            } else {
                None
            },
            waits_for: missing.into_iter().map(|missing| missing.fact).collect(),
            late: info.late,
            runs,
            state: self.period_state(number, scope),
            extension: info.extension.as_ref().map(|extension| self.extension(extension)),
            cite: self.cites(&info.cites),
            confidence: self.cite_confidence(&info.cites),
        })
    }

    fn extension(&self, extension: &rulebook::Extension) -> Extension {
        Extension {
            th: extension.words.th.clone(),
            en: extension.words.en.clone(),
            by: extension.by.clone(),
            ask_within: extension.ask_within.clone(),
            cite: self.cites(&extension.cites),
        }
    }
}

/// Pushes what is not there yet.
pub(crate) fn push<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}
