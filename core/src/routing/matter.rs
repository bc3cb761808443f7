//! One kind of complaint: its rules, its lead, its steps.

use super::decision::{Form, Lead, Matter, Recipient, ReferralStep, Sentence, Withheld};
use super::place;
use crate::criterion::{Confidence, Gaps, Node, NodeId, PeriodId};
use crate::facts::Scope;
use crate::law::{Assessment, RunningPeriod, Verdict, push};
use crate::rulebook::{Book, CopyTo, FileId, FileInfo, FileKind, NoShare, OtherKind, PathStep, PeriodState, Route, Rule, Step, TermPlace};
use crate::values::{Text, Truth};

/// The complaint's one job.
pub(super) const JOB: Scope = Scope::Job(0);

/// A kind that arises, with the rules that apply to it.
pub(super) struct Case<'a> {
    pub id: Text,
    pub file: Option<&'a FileInfo>,
    pub other: Option<&'a OtherKind>,
    /// The rules that are met, in the order of the file.
    pub met: Vec<&'a Rule>,
    /// The rule that gives the lead.
    pub leading: Option<&'a Rule>,
    pub certain: bool,
    /// The rules of the kind that can still be met.
    pub open: Vec<&'a Rule>,
}

impl<'a> Case<'a> {
    pub(super) fn of_file(assessment: &mut Assessment<'a>, number: FileId, file: &'a FileInfo) -> Self {
        let rules: Vec<&'a Rule> = assessment
            .book
            .rules
            .iter()
            .filter(|rule| rule.file == number && rule.route.is_some())
            .collect();
        let (mut met, mut open) = (Vec::new(), Vec::new());
        for rule in rules {
            match assessment.rule_verdict(rule) {
                Verdict::Met => met.push(rule),
                Verdict::Undetermined | Verdict::Disputed => open.push(rule),
                Verdict::Unmet => {}
            }
        }
        // A rule that stands in the place of others leaves nothing of them.
        let displaced: Vec<&Text> = met
            .iter()
            .filter_map(|rule| rule.route.as_ref())
            .flat_map(|route| &route.instead_of)
            .collect();
        met.retain(|rule| !displaced.contains(&&rule.id));
        open.retain(|rule| !displaced.contains(&&rule.id));
        let leads = |rule: &&&Rule| rule.route.as_ref().is_some_and(|route| route.lead.is_some());
        let (held, possible) = (met.iter().find(leads).copied(), open.iter().find(leads).copied());
        let agency = |rule: &Rule| rule.route.as_ref().and_then(|route| route.lead.clone());
        let place = |rule: &Rule| assessment.book.rules.iter().position(|known| std::ptr::eq(known, rule));
        // A rule that stands before the one that is met, and may still be met, would lead in its stead.
        let overturned = |held: &Rule| {
            let before = open.iter().filter(leads).filter(|rule| place(rule) < place(held));
            before.into_iter().any(|rule| agency(rule) != agency(held))
        };
        let certain = held.is_some_and(|held| !overturned(held));
        let leading = held.or(possible);
        Self {
            id: file.id.clone(),
            file: Some(file),
            other: None,
            certain,
            met,
            leading,
            open,
        }
    }

    pub(super) fn of_other(kind: &'a OtherKind) -> Self {
        Self {
            id: kind.id.clone(),
            file: None,
            other: Some(kind),
            met: Vec::new(),
            leading: None,
            certain: true,
            open: Vec::new(),
        }
    }

    /// The routes that apply: of the rules that are met, and of the uncertain lead.
    pub(super) fn routes(&self) -> Vec<(&'a Rule, &'a Route)> {
        let possible = self
            .leading
            .filter(|leading| !self.met.iter().any(|met| std::ptr::eq(*met, *leading)));
        let rules = self.met.iter().copied().chain(possible);
        rules.filter_map(|rule| rule.route.as_deref().map(|route| (rule, route))).collect()
    }

    /// What must not be shared: what the kind's own file says, and of the urgency file what the own file does not narrow by the same id.
    pub(super) fn sharing(&self, book: &'a Book) -> Vec<&'a NoShare> {
        let own = self.file.map_or(&[][..], |file| file.no_share.as_slice());
        let urgency = book.files.iter().filter(|file| file.kind == FileKind::Urgency);
        let of_all = urgency.flat_map(|file| &file.no_share);
        own.iter()
            .chain(of_all.filter(|kept| own.iter().all(|known| known.id != kept.id)))
            .collect()
    }

    pub(super) fn office_by(&self) -> &'a [TermPlace] {
        let route = self.leading.and_then(|rule| rule.route.as_deref());
        let own = route.map(|route| route.office_by.as_slice()).filter(|by| !by.is_empty());
        own.or_else(|| self.other.map(|other| other.office_by.as_slice())).unwrap_or(&[])
    }

    fn lead_agency(&self) -> Option<Text> {
        let by_rule = self
            .leading
            .and_then(|rule| rule.route.as_ref())
            .and_then(|route| route.lead.clone());
        by_rule
            .or_else(|| self.other.map(|other| other.lead.clone()))
            .or_else(|| self.file.and_then(|file| file.authority.clone()))
    }

    pub(super) fn lead(&self, assessment: &mut Assessment<'a>) -> Option<Lead> {
        let agency = self.lead_agency()?;
        let known = assessment.book.agency(&agency);
        let cites = self
            .leading
            .map(|rule| &rule.cites)
            .or_else(|| self.other.map(|other| &other.cites));
        let of_office = self
            .leading
            .and_then(|rule| rule.route.as_ref())
            .and_then(|route| route.office_of.first().cloned());
        let by = self.office_by();
        let of = of_office.unwrap_or_else(|| agency.clone());
        // A rule names whose office it is; elsewhere an agency without offices has none to be found.
        let named = self.leading.is_some() || place::has_offices(assessment, &of);
        let office = (named && !by.is_empty()).then(|| place::office(assessment, &of, by));
        Some(Lead {
            th: known.map_or_else(Text::default, |agency| agency.name.th.clone()),
            en: known.map_or_else(Text::default, |agency| agency.name.en.clone()),
            call: known.map_or_else(Vec::new, |agency| agency.call.clone()),
            agency,
            kind: self.id.clone(),
            rule: self.leading.map(|rule| rule.id.clone()),
            certain: self.certain,
            office,
            reasons: self.leading.map_or_else(Vec::new, |rule| assessment.reasons(rule)),
            cite: cites.map_or_else(Vec::new, |cites| assessment.cites(cites)),
        })
    }

    /// The kind whole; urgent danger drops the path, which would only lose time.
    pub(super) fn matter(&self, assessment: &mut Assessment<'a>, received_by: Option<&str>, danger: bool) -> Matter {
        let lead = self.lead(assessment);
        let lead_agency = lead.as_ref().map(|lead| lead.agency.clone());
        let by = self.office_by();
        let routes = self.routes();
        let mut joint_ids: Vec<Text> = Vec::new();
        let joint = routes
            .iter()
            .flat_map(|(_, route)| route.lead.iter().chain(&route.joint))
            .chain(self.other.iter().flat_map(|other| &other.joint));
        for agency in joint {
            if Some(agency) != lead_agency.as_ref() {
                push(&mut joint_ids, agency.clone());
            }
        }
        let mut copies: Vec<&CopyTo> = Vec::new();
        for copy in routes
            .iter()
            .flat_map(|(_, route)| &route.copies)
            .chain(self.other.iter().flat_map(|other| &other.copies))
        {
            let told =
                Some(&copy.to) == lead_agency.as_ref() || joint_ids.contains(&copy.to) || copies.iter().any(|known| known.to == copy.to);
            if !told {
                copies.push(copy);
            }
        }
        let (mut forms, mut tell, mut path_steps, mut periods) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (_, route) in &routes {
            route.forms.iter().for_each(|form| push(&mut forms, form.clone()));
            route.tell.iter().for_each(|step| push(&mut tell, step));
            route.path.iter().for_each(|step| push(&mut path_steps, step));
            route.periods.iter().for_each(|period| push(&mut periods, *period));
        }
        path_steps.extend(self.other.iter().flat_map(|other| &other.path));
        let mut told: Vec<Sentence> = tell.into_iter().map(|step| sentence(assessment, step)).collect();
        if let Some(other) = self.other {
            let words = other.warn.iter().chain([&assessment.book.other_kinds_say]);
            let cite = assessment.cites(&other.cites);
            told.extend(words.map(|words| Sentence {
                th: words.th.clone(),
                en: words.en.clone(),
                cite: cite.clone(),
            }));
        }
        let call = self.other.map_or_else(Vec::new, |other| other.call.clone());
        Matter {
            kind: self.id.clone(),
            encoded: self.other.is_none(),
            joint: joint_ids.iter().map(|agency| recipient(assessment, agency, by, None)).collect(),
            copies: copies
                .into_iter()
                .map(|copy| recipient(assessment, &copy.to, by, Some(copy)))
                .collect(),
            path: if danger {
                Vec::new()
            } else {
                // Nobody is sent through a body that is not there.
                let there = received_by.filter(|body| place::planned(assessment, body, by) != Some(false));
                path(assessment, &path_steps, there, lead_agency.as_deref())
            },
            forms: forms.iter().filter_map(|form| form_shown(assessment, form)).collect(),
            steps: periods.into_iter().filter_map(|period| assessment.period(period, JOB)).collect(),
            withhold: withheld(assessment, self.sharing(assessment.book)),
            tell: told,
            lead,
            call,
        }
    }

    /// Looks for what can still change the lead, or with `others` what the kind adds beside it.
    pub(super) fn look(&self, assessment: &mut Assessment<'a>, others: bool, gaps: &mut Gaps) {
        let leads = |rule: &Rule| rule.route.as_ref().is_some_and(|route| route.lead.is_some());
        for rule in self.open.iter().filter(|rule| leads(rule) != others) {
            assessment.look_at_rule(rule, gaps);
        }
    }

    /// The agency whose office is found by place.
    pub(super) fn office_of(&self) -> Option<Text> {
        let named = self
            .leading
            .and_then(|rule| rule.route.as_ref())
            .and_then(|route| route.office_of.first().cloned());
        named.or_else(|| self.lead_agency())
    }

    /// How sure the lead is: the weakest of the deciding clauses and of what the rule cites.
    pub(super) fn confidence(&self, assessment: &mut Assessment<'a>) -> Confidence {
        match (self.leading, self.other) {
            (Some(rule), _) => assessment.cite_confidence(&rule.cites).min(assessment.confidence(rule.node, JOB)),
            (None, Some(other)) => assessment.cite_confidence(&other.cites),
            (None, None) => Confidence::Low,
        }
    }

    /// The nearest last day that warns and is still open.
    pub(super) fn nearest_warning(&self, assessment: &mut Assessment<'a>) -> Option<crate::values::Date> {
        let today = assessment.today;
        let periods: Vec<PeriodId> = self
            .met
            .iter()
            .filter_map(|rule| rule.route.as_ref())
            .flat_map(|route| route.periods.clone())
            .collect();
        let shown: Vec<RunningPeriod> = periods.into_iter().filter_map(|period| assessment.period(period, JOB)).collect();
        let open = shown.iter().filter(|period| {
            period.warn && period.state == PeriodState::Running && period.rolled.or(period.nominal).is_some_and(|last| today <= last)
        });
        open.filter_map(|period| period.nominal).min()
    }
}

pub(super) fn sentence(assessment: &Assessment<'_>, step: &Step) -> Sentence {
    Sentence {
        th: step.words.th.clone(),
        en: step.words.en.clone(),
        cite: assessment.cites(&step.cites),
    }
}

fn form_shown(assessment: &Assessment<'_>, id: &str) -> Option<Form> {
    let form = assessment.book.forms.iter().find(|form| form.id == id)?;
    Some(Form {
        form: form.id.clone(),
        th: form.name.th.clone(),
        en: form.name.en.clone(),
    })
}

fn recipient(assessment: &Assessment<'_>, id: &str, by: &[TermPlace], copy: Option<&CopyTo>) -> Recipient {
    let agency = assessment.book.agency(id);
    Recipient {
        agency: id.into(),
        th: agency.map_or_else(Text::default, |agency| agency.name.th.clone()),
        en: agency.map_or_else(Text::default, |agency| agency.name.en.clone()),
        office: (!by.is_empty() && place::has_offices(assessment, id)).then(|| place::office(assessment, id, by)),
        call: agency.map_or_else(Vec::new, |agency| agency.call.clone()),
        why_th: copy.map_or_else(Text::default, |copy| copy.why.th.clone()),
        why_en: copy.map_or_else(Text::default, |copy| copy.why.en.clone()),
        cite: copy.map_or_else(Vec::new, |copy| assessment.cites(&copy.cites)),
    }
}

/// The way from whoever received it to the lead, as far as rules say it.
fn path(assessment: &Assessment<'_>, steps: &[&PathStep], received_by: Option<&str>, lead: Option<&str>) -> Vec<ReferralStep> {
    let mut shown: Vec<ReferralStep> = Vec::new();
    let mut current = received_by;
    while let Some(step) = current.and_then(|from| steps.iter().find(|step| step.from == from)) {
        // A referral that comes back to where it was goes nowhere.
        if shown.iter().any(|known| known.from == step.from) {
            break;
        }
        let body = assessment.book.community.iter().find(|body| body.id == step.from);
        shown.push(ReferralStep {
            from: step.from.clone(),
            to: step.to.clone(),
            within: step.within.map(|length| length.to_string()).map(Into::into),
            may: body.map_or_else(Vec::new, |body| body.may.clone()),
            may_not: body.map_or_else(Vec::new, |body| body.may_not.clone()),
            forwards_to: body.map_or_else(Vec::new, |body| body.forwards_to.clone()),
            cite: assessment.cites(&step.cites),
        });
        current = Some(step.to.as_str()).filter(|to| Some(*to) != lead);
    }
    shown
}

/// The clauses of a condition that are met, by their ids in their file.
fn met_clauses(assessment: &mut Assessment<'_>, node: NodeId, clauses: &mut Vec<Text>) {
    if assessment.truths(node, JOB).0 != Truth::Met {
        return;
    }
    let program = &assessment.book.program;
    match program.node(node) {
        Node::Named(name, _) => {
            let id = program.names.get(usize::from(*name)).map_or("", |name| name.id.as_str());
            push(clauses, id.split_once('.').map_or(id, |(_, id)| id).into());
        }
        other => {
            for child in program.children(other) {
                met_clauses(assessment, child, clauses);
            }
        }
    }
}

fn withheld(assessment: &mut Assessment<'_>, kept: Vec<&NoShare>) -> Vec<Withheld> {
    let mut shown = Vec::with_capacity(kept.len());
    for kept in kept {
        // Opens only where the condition is met: unknown keeps it shut.
        let lifted = kept
            .unless
            .is_some_and(|node| assessment.truths(node, JOB) == (Truth::Met, Truth::Met));
        shown.push(Withheld {
            id: kept.id.clone(),
            what: kept.what.clone(),
            from: kept.with.clone(),
            lifted,
            why: kept.unless.filter(|_| lifted).map_or_else(Vec::new, |node| {
                let mut clauses = Vec::new();
                met_clauses(assessment, node, &mut clauses);
                clauses
            }),
            th: kept.words.th.clone(),
            en: kept.words.en.clone(),
            cite: assessment.cites(&kept.cites),
        });
    }
    shown
}

/// What must not be shared over all kinds: united by id, lifted only where each lifts it.
pub(super) fn united<'m>(matters: impl Iterator<Item = &'m Matter>) -> Vec<Withheld> {
    let mut united: Vec<Withheld> = Vec::new();
    for kept in matters.flat_map(|matter| &matter.withhold) {
        match united.iter_mut().find(|known| known.id == kept.id) {
            Some(known) => {
                known.lifted = known.lifted && kept.lifted;
                kept.why.iter().for_each(|why| push(&mut known.why, why.clone()));
                if !known.lifted {
                    known.why.clear();
                }
                kept.what.iter().for_each(|what| push(&mut known.what, what.clone()));
                kept.from.iter().for_each(|from| push(&mut known.from, from.clone()));
            }
            None => united.push(kept.clone()),
        }
    }
    // What one kind keeps back, such as a victim's name, another does not open.
    let shut: Vec<Withheld> = united.iter().filter(|kept| !kept.lifted).cloned().collect();
    for opened in united.iter_mut().filter(|kept| kept.lifted) {
        let same = |mine: &[Text], theirs: &[Text]| mine.iter().any(|one| theirs.contains(one));
        let kept = |kept: &Withheld| same(&opened.what, &kept.what) && same(&opened.from, &kept.from);
        if shut.iter().any(kept) {
            opened.lifted = false;
            opened.why.clear();
        }
    }
    united
}
