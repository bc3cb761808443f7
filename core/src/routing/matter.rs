//! One kind of complaint: its rules, its lead, its steps.

use super::decision::{FormShown, LeadShown, Matter, PathShown, RecipientShown, SentenceShown, WithheldShown};
use super::place;
use crate::criterion::Gap;
use crate::law::{Judge, PeriodShown, Verdict, push};
use crate::rulebook::{CopyTo, FileInfo, OtherKind, PathStep, Route, Rule, Step, TermPlace};
use crate::values::Truth;

/// The complaint's one job.
pub(super) const JOB: Option<usize> = Some(0);

/// A kind that arises, with the rules that apply to it.
pub(super) struct Case<'a> {
    pub id: String,
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
    pub(super) fn of_file(judge: &mut Judge<'a>, number: u16, file: &'a FileInfo) -> Self {
        let rules: Vec<&'a Rule> = judge
            .book
            .rules
            .iter()
            .filter(|rule| rule.file == number && rule.route.is_some())
            .collect();
        let (mut met, mut open) = (Vec::new(), Vec::new());
        for rule in rules {
            match judge.rule_verdict(rule) {
                Verdict::Met => met.push(rule),
                Verdict::Undetermined | Verdict::Disputed => open.push(rule),
                Verdict::Unmet => {}
            }
        }
        let leads = |rule: &&&Rule| rule.route.as_ref().is_some_and(|route| route.lead.is_some());
        let certain = met.iter().find(leads).copied();
        let leading = certain.or_else(|| open.iter().find(leads).copied());
        Self {
            id: file.id.clone(),
            file: Some(file),
            other: None,
            certain: certain.is_some(),
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
        let uncertain = self.leading.filter(|_| !self.certain);
        let rules = self.met.iter().copied().chain(uncertain);
        rules.filter_map(|rule| rule.route.as_deref().map(|route| (rule, route))).collect()
    }

    pub(super) fn office_by(&self) -> &'a [TermPlace] {
        let route = self.leading.and_then(|rule| rule.route.as_deref());
        let own = route.map(|route| route.office_by.as_slice()).filter(|by| !by.is_empty());
        own.or_else(|| self.other.map(|other| other.office_by.as_slice())).unwrap_or(&[])
    }

    fn lead_agency(&self) -> Option<String> {
        let by_rule = self
            .leading
            .and_then(|rule| rule.route.as_ref())
            .and_then(|route| route.lead.clone());
        by_rule
            .or_else(|| self.other.map(|other| other.lead.clone()))
            .or_else(|| self.file.and_then(|file| file.authority.clone()))
    }

    pub(super) fn lead(&self, judge: &mut Judge<'a>) -> Option<LeadShown> {
        let agency = self.lead_agency()?;
        let known = judge.book.agency(&agency);
        let cites = self
            .leading
            .map(|rule| &rule.cites)
            .or_else(|| self.other.map(|other| &other.cites));
        let of_office = self
            .leading
            .and_then(|rule| rule.route.as_ref())
            .and_then(|route| route.office_of.first().cloned());
        let by = self.office_by();
        let office = (!by.is_empty()).then(|| place::office(judge, of_office.as_deref().unwrap_or(&agency), by));
        Some(LeadShown {
            th: known.map_or_else(String::new, |agency| agency.name.th.clone()),
            en: known.map_or_else(String::new, |agency| agency.name.en.clone()),
            call: known.map_or_else(Vec::new, |agency| agency.call.clone()),
            agency,
            kind: self.id.clone(),
            rule: self.leading.map(|rule| rule.id.clone()),
            certain: self.certain,
            office,
            reasons: self.leading.map_or_else(Vec::new, |rule| judge.reasons(rule)),
            cite: cites.map_or_else(Vec::new, |cites| judge.cites(cites)),
        })
    }

    /// The kind whole; urgent danger drops the path, which would only lose time.
    pub(super) fn matter(&self, judge: &mut Judge<'a>, received_by: Option<&str>, danger: bool) -> Matter {
        let lead = self.lead(judge);
        let lead_agency = lead.as_ref().map(|lead| lead.agency.clone());
        let by = self.office_by();
        let routes = self.routes();
        let mut joint_ids: Vec<String> = Vec::new();
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
        let mut told: Vec<SentenceShown> = tell.into_iter().map(|step| sentence(judge, step)).collect();
        if let Some(other) = self.other {
            let words = other.warn.iter().chain([&judge.book.other_kinds_say]);
            let cite = judge.cites(&other.cites);
            told.extend(words.map(|words| SentenceShown {
                th: words.th.clone(),
                en: words.en.clone(),
                cite: cite.clone(),
            }));
        }
        let call = self.other.map_or_else(Vec::new, |other| other.call.clone());
        Matter {
            kind: self.id.clone(),
            encoded: self.other.is_none(),
            joint: joint_ids.iter().map(|agency| recipient(judge, agency, by, None)).collect(),
            copies: copies.into_iter().map(|copy| recipient(judge, &copy.to, by, Some(copy))).collect(),
            path: if danger {
                Vec::new()
            } else {
                path(judge, &path_steps, received_by, lead_agency.as_deref())
            },
            forms: forms.iter().filter_map(|form| form_shown(judge, form)).collect(),
            steps: periods.into_iter().filter_map(|period| judge.period(period, JOB)).collect(),
            withhold: withheld(judge, self.file),
            tell: told,
            lead,
            call,
        }
    }

    /// What can still change the lead.
    pub(super) fn lead_gaps(&self, judge: &mut Judge<'a>) -> Vec<Gap> {
        let leads = |rule: &&&Rule| rule.route.as_ref().is_some_and(|route| route.lead.is_some());
        let mut gaps = Vec::new();
        for rule in self.open.iter().filter(leads).chain(self.open.iter().filter(|rule| !leads(rule))) {
            for gap in judge.gaps(rule) {
                push(&mut gaps, gap);
            }
        }
        gaps
    }

    /// The nearest last day that warns and is still open.
    pub(super) fn nearest_warning(&self, judge: &mut Judge<'a>) -> Option<crate::values::Date> {
        let today = judge.today;
        let periods: Vec<u16> = self
            .met
            .iter()
            .filter_map(|rule| rule.route.as_ref())
            .flat_map(|route| route.periods.clone())
            .collect();
        let shown: Vec<PeriodShown> = periods.into_iter().filter_map(|period| judge.period(period, JOB)).collect();
        let open = shown
            .iter()
            .filter(|period| period.warn && period.rolled.or(period.nominal).is_some_and(|last| today <= last));
        open.filter_map(|period| period.nominal).min()
    }
}

fn sentence(judge: &Judge<'_>, step: &Step) -> SentenceShown {
    SentenceShown {
        th: step.words.th.clone(),
        en: step.words.en.clone(),
        cite: judge.cites(&step.cites),
    }
}

fn form_shown(judge: &Judge<'_>, id: &str) -> Option<FormShown> {
    let form = judge.book.forms.iter().find(|form| form.id == id)?;
    Some(FormShown {
        form: form.id.clone(),
        th: form.name.th.clone(),
        en: form.name.en.clone(),
    })
}

fn recipient(judge: &Judge<'_>, id: &str, by: &[TermPlace], copy: Option<&CopyTo>) -> RecipientShown {
    let agency = judge.book.agency(id);
    RecipientShown {
        agency: id.to_owned(),
        th: agency.map_or_else(String::new, |agency| agency.name.th.clone()),
        en: agency.map_or_else(String::new, |agency| agency.name.en.clone()),
        office: (!by.is_empty()).then(|| place::office(judge, id, by)),
        call: agency.map_or_else(Vec::new, |agency| agency.call.clone()),
        why_th: copy.map_or_else(String::new, |copy| copy.why.th.clone()),
        why_en: copy.map_or_else(String::new, |copy| copy.why.en.clone()),
        cite: copy.map_or_else(Vec::new, |copy| judge.cites(&copy.cites)),
    }
}

/// The way from whoever received it to the lead, as far as rules say it.
fn path(judge: &Judge<'_>, steps: &[&PathStep], received_by: Option<&str>, lead: Option<&str>) -> Vec<PathShown> {
    let mut shown: Vec<PathShown> = Vec::new();
    let mut current = received_by;
    while let Some(step) = current.and_then(|from| steps.iter().find(|step| step.from == from)) {
        // A referral that comes back to where it was goes nowhere.
        if shown.iter().any(|known| known.from == step.from) {
            break;
        }
        let body = judge.book.community.iter().find(|body| body.id == step.to);
        shown.push(PathShown {
            from: step.from.clone(),
            to: step.to.clone(),
            within: step.within.map(|length| length.to_string()),
            may: body.map_or_else(Vec::new, |body| body.may.clone()),
            may_not: body.map_or_else(Vec::new, |body| body.may_not.clone()),
            cite: judge.cites(&step.cites),
        });
        current = Some(step.to.as_str()).filter(|to| Some(*to) != lead);
    }
    shown
}

fn withheld(judge: &mut Judge<'_>, file: Option<&FileInfo>) -> Vec<WithheldShown> {
    let kept = file.map_or(&[][..], |file| file.no_share.as_slice());
    let mut shown = Vec::with_capacity(kept.len());
    for kept in kept {
        // Opens only where the condition is met: unknown keeps it shut.
        let lifted = kept.unless.is_some_and(|node| judge.truths(node, JOB) == (Truth::Met, Truth::Met));
        shown.push(WithheldShown {
            id: kept.id.clone(),
            what: kept.what.clone(),
            from: kept.with.clone(),
            lifted,
            th: kept.words.th.clone(),
            en: kept.words.en.clone(),
            cite: judge.cites(&kept.cites),
        });
    }
    shown
}

/// What must not be shared over all kinds: united by id, lifted only where each lifts it.
pub(super) fn united<'m>(matters: impl Iterator<Item = &'m Matter>) -> Vec<WithheldShown> {
    let mut united: Vec<WithheldShown> = Vec::new();
    for kept in matters.flat_map(|matter| &matter.withhold) {
        match united.iter_mut().find(|known| known.id == kept.id) {
            Some(known) => {
                known.lifted = known.lifted && kept.lifted;
                kept.what.iter().for_each(|what| push(&mut known.what, what.clone()));
                kept.from.iter().for_each(|from| push(&mut known.from, from.clone()));
            }
            None => united.push(kept.clone()),
        }
    }
    united
}
