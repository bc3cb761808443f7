//! Routes a complaint.

use super::decision::{ComplaintKind, Matter, Routing, Sentence, Urgency};
use super::matter::{Case, JOB, united};
use super::place;
use crate::criterion::{Confidence, Gap, Gaps};
use crate::facts::{FactId, FactScope, Subject, Value};
use crate::law::{Assessment, Law, Missing, NotRead, Verdict, Words, push};
use crate::rulebook::{FileId, FileInfo, FileKind, Gives, NoteStatus, Rule, WhileUnknown};
use crate::values::{Text, Truth};

pub(super) fn routing(law: &Law, subject: &Subject) -> Routing {
    let mut assessment = Assessment::new(law, subject);
    let cases = kinds(law, &mut assessment);
    let urgency = UrgencyOrder::of(law, &mut assessment, &cases);
    let danger = urgency.level == 0;
    let received_by = code_of(&assessment, "received_by");
    let mut matters: Vec<Matter> = cases
        .iter()
        .map(|case| case.matter(&mut assessment, received_by.as_deref(), danger))
        .collect();
    let call = call(&cases, &matters, &urgency);
    let mut gaps = Gaps::default();
    look_at_cases(law, &mut assessment, &cases, &urgency, &mut gaps);
    let of_cases = assessment.sort_gaps(&gaps, None).0.len();
    look_beyond(law, &mut assessment, &cases, &urgency, &mut gaps);
    let authority = cases.first().and_then(|case| case.file).and_then(|file| file.authority.clone());
    let (missing, mut not_read) = assessment.sort_gaps(&gaps, authority.as_deref());
    not_read.extend(before_since(law, &mut assessment));
    // Whoever said what happened is not asked whether worse things happened as well, one by one.
    let asked = |(place, fact): &(usize, &Missing)| cases.is_empty() || *place < of_cases || !fact.fact.starts_with("happened.");
    let next = missing.iter().enumerate().find(asked).and_then(|(_, fact)| {
        let decides = cases.iter().map(|case| case.id.clone()).collect();
        assessment.question(fact, decides)
    });
    // Where no kind is known, what is said rests on the rules of urgency alone.
    let confidence = match cases.first() {
        Some(case) => case.confidence(&mut assessment),
        None => urgency.confidence(&mut assessment),
    };
    let kinds = cases.iter().map(|case| kind_shown(case)).collect();
    let notes = notes(law, &assessment, &cases, &matters, &urgency);
    let withhold = united(matters.iter());
    // What one kind keeps back no other shows as open.
    for own in matters.iter_mut().flat_map(|matter| &mut matter.withhold) {
        if own.lifted && withhold.iter().any(|kept| kept.id == own.id && !kept.lifted) {
            own.lifted = false;
            own.why.clear();
        }
    }
    let reasons = urgency.reasons(&mut assessment);
    let mut matters = matters.into_iter();
    let first = matters.next();
    let (lead, joint, copies, path, forms, steps, of_kind) = match first {
        Some(first) => (
            first.lead,
            first.joint,
            first.copies,
            first.path,
            first.forms,
            first.steps,
            first.tell,
        ),
        None => (None, Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new()),
    };
    let mut tell = urgency.tell(&assessment);
    of_kind.into_iter().for_each(|sentence| push(&mut tell, sentence));
    Routing {
        kind: "routing",
        on: law.day(),
        rulebook: law.rulebook_shown(),
        urgency: Urgency {
            level: urgency.name(urgency.level),
            certain: urgency.name(urgency.certain),
            possible: urgency.name(urgency.possible),
            may_rise: urgency.may_rise,
            danger_unknown: urgency.danger_unknown,
            reasons,
        },
        call,
        kinds,
        lead,
        joint,
        copies,
        path,
        forms,
        steps,
        withhold,
        tell,
        others: matters.collect(),
        missing,
        not_read,
        next,
        notes,
        confidence,
    }
}

fn kind_shown(case: &Case<'_>) -> ComplaintKind {
    let name = case.file.map(|file| &file.name).or_else(|| case.other.map(|other| &other.name));
    ComplaintKind {
        kind: case.id.clone(),
        th: name.map_or_else(Text::default, |name| name.th.clone()),
        en: name.map_or_else(Text::default, |name| name.en.clone()),
        encoded: case.other.is_none(),
    }
}

/// The kinds that follow from what happened, the leading one first.
fn kinds<'a>(law: &'a Law, assessment: &mut Assessment<'a>) -> Vec<Case<'a>> {
    let book = law.book();
    let mut cases: Vec<Case<'a>> = Vec::new();
    for (number, file) in FileId::of_each(&book.files).filter(|(_, file)| file.kind == FileKind::Complaint) {
        if file.since <= law.day() && file.arises.is_some_and(|node| assessment.truths(node, JOB).0 == Truth::Met) {
            cases.push(Case::of_file(assessment, number, file));
        }
    }
    let others = book
        .other_kinds
        .iter()
        .filter(|kind| kind.from.is_none_or(|from| from <= law.day()));
    let arisen: Vec<_> = others
        .filter(|kind| kind.arises.is_some_and(|node| assessment.truths(node, JOB).0 == Truth::Met))
        .collect();
    let met = |id: &Text| cases.iter().any(|case| case.id == *id) || arisen.iter().any(|kind| kind.id == *id);
    let mut kept: Vec<_> = arisen.iter().filter(|kind| !kind.never_with.iter().any(met)).copied().collect();
    // Some kinds only see to it that there is a recipient where no other kind arises.
    if !cases.is_empty() || kept.iter().any(|kind| !kind.alone) {
        kept.retain(|kind| !kind.alone);
    }
    cases.extend(kept.into_iter().map(Case::of_other));
    let precedence = &book.precedence;
    let near_until = precedence
        .near
        .and_then(|near| near.end(law.day(), false, Some(&book.program.calendar)));
    let place_in = |list: &[Text], id: &str| list.iter().position(|known| known == id);
    let mut ranked: Vec<_> = cases
        .into_iter()
        .map(|case| {
            let warning = case
                .nearest_warning(assessment)
                .filter(|day| near_until.is_some_and(|until| *day <= until));
            let rank = match (place_in(&precedence.order, &case.id), warning) {
                (Some(place), _) => (0, place, None),
                (None, Some(day)) => (1, 0, Some(day)),
                (None, None) => (2, 0, None),
            };
            let rest = place_in(&precedence.rest, &case.id).unwrap_or(usize::MAX);
            ((rank, rest), case)
        })
        .collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, case)| case).collect()
}

/// How urgent a complaint is, by the number of its level.
struct UrgencyOrder<'a> {
    file: Option<&'a FileInfo>,
    level: usize,
    /// The level that rests on what is told alone, and the highest that further facts can give.
    certain: usize,
    possible: usize,
    may_rise: bool,
    danger_unknown: bool,
    danger: Vec<FactId>,
    /// The rules of urgency that are met, with their level.
    met: Vec<(usize, &'a Rule)>,
    /// The rules of urgency that can still be met and would change something: a higher level, or more numbers to call now.
    open: Vec<&'a Rule>,
    /// The rules that hold a least level: those of kinds, and those of a near last day under a rule that may be met, since a level is
    /// never lower for what is not known.
    least: Vec<(usize, &'a Rule)>,
}

impl<'a> UrgencyOrder<'a> {
    fn of(law: &'a Law, assessment: &mut Assessment<'a>, cases: &[Case<'a>]) -> Self {
        let book = law.book();
        let found = FileId::of_each(&book.files).find(|(_, file)| file.kind == FileKind::Urgency);
        let Some((number, file)) = found else {
            return Self {
                file: None,
                level: usize::MAX,
                certain: usize::MAX,
                possible: usize::MAX,
                may_rise: false,
                danger_unknown: true,
                danger: Vec::new(),
                met: Vec::new(),
                open: Vec::new(),
                least: Vec::new(),
            };
        };
        let level_of = |name: &str| file.levels.iter().position(|level| level == name);
        let (mut met, mut open) = (Vec::new(), Vec::new());
        let mut possible: Vec<usize> = Vec::new();
        let mut least: Vec<(usize, &'a Rule)> = Vec::new();
        let mut cautious = assessment.cautious();
        for rule in book.rules.iter().filter(|rule| rule.file == number) {
            let Some(level) = rule.gives.as_ref().and_then(Gives::urgency).and_then(level_of) else {
                continue;
            };
            let verdict = assessment.rule_verdict(rule);
            let careful = cautious.truth(rule.person, JOB);
            if verdict != Verdict::Met && careful == Truth::Met {
                least.push((level, rule));
            }
            if verdict != Verdict::Unmet || careful != Truth::Unmet {
                possible.push(level);
            }
            match verdict {
                Verdict::Met => met.push((level, rule)),
                Verdict::Undetermined | Verdict::Disputed => open.push((level, rule)),
                Verdict::Unmet => {}
            }
        }
        let unknown = |fact: &FactId| *assessment.subject().value(&book.program.layout, *fact, JOB) == Value::Unknown;
        let danger: Vec<FactId> = file.danger.iter().copied().filter(unknown).collect();
        let danger_unknown = !danger.is_empty() && !met.iter().any(|(level, _)| *level == 0);
        let child = book.program.layout.fact_number("child_affected");
        let child = child.is_some_and(|fact| *assessment.subject().value(&book.program.layout, fact, JOB) == Value::Flag(true));
        let mut levels: Vec<usize> = met.iter().map(|(level, _)| *level).collect();
        let lowest = file.levels.len().saturating_sub(1);
        for case in cases {
            let of_rule = |rule: &'a Rule| Some((level_of(least_of(rule)?)?, rule));
            least.extend(case.met.iter().filter_map(|rule| of_rule(rule)));
            levels.extend(case.other.and_then(|other| other.urgency_at_least.as_deref()).and_then(level_of));
        }
        // What is told for certain: the rules that are met, and the least level of kinds that arose.
        let of_kinds = cases
            .iter()
            .flat_map(|case| &case.met)
            .filter_map(|rule| least_of(rule).and_then(level_of));
        let certain = levels.iter().copied().chain(of_kinds).min().unwrap_or(lowest);
        possible.extend(levels.iter().copied().chain([certain]));
        possible.extend(possible_of_kinds(law, assessment).iter().filter_map(|level| level_of(level)));
        levels.extend(least.iter().map(|(level, _)| *level));
        if danger_unknown {
            let while_unknown: Vec<&WhileUnknown> = if cases.is_empty() {
                file.while_unknown.iter().collect()
            } else {
                cases.iter().filter_map(while_unknown).collect()
            };
            for unknown in while_unknown {
                let level = unknown.with_child.as_deref().filter(|_| child).or(unknown.urgency.as_deref());
                levels.extend(level.and_then(level_of));
            }
        }
        let level = levels.into_iter().min().unwrap_or(lowest);
        let possible = possible.into_iter().min().unwrap_or(lowest);
        let may_rise = open.iter().any(|(open, _)| *open < level);
        let open = open
            .into_iter()
            .filter(|(open, _)| *open < level || *open == 0)
            .map(|(_, rule)| rule)
            .collect();
        Self {
            file: Some(file),
            level,
            certain,
            possible,
            may_rise,
            danger_unknown,
            danger,
            met,
            open,
            least,
        }
    }

    fn name(&self, level: usize) -> Text {
        self.file.and_then(|file| file.levels.get(level)).cloned().unwrap_or_default()
    }

    fn reasons(&self, assessment: &mut Assessment<'a>) -> Vec<crate::law::Reason> {
        let mut reasons = Vec::new();
        for rule in self.deciding() {
            for reason in assessment.reasons(rule) {
                push(&mut reasons, reason);
            }
        }
        reasons
    }

    /// The rules that gave the level.
    fn deciding(&self) -> impl Iterator<Item = &'a Rule> {
        let rules = self.met.iter().chain(&self.least);
        rules.filter(|(level, _)| *level == self.level).map(|(_, rule)| *rule)
    }

    /// What is told because it is urgent.
    fn tell(&self, assessment: &Assessment<'a>) -> Vec<Sentence> {
        let routes = self.met.iter().filter_map(|(_, rule)| rule.route.as_ref());
        routes
            .flat_map(|route| &route.tell)
            .map(|step| super::matter::sentence(assessment, step))
            .collect()
    }

    fn confidence(&self, assessment: &mut Assessment<'a>) -> Confidence {
        let rules = self
            .deciding()
            .map(|rule| assessment.cite_confidence(&rule.cites).min(assessment.confidence(rule.node, JOB)));
        rules.min().unwrap_or(Confidence::High)
    }
}

/// The least level that a rule of a kind holds.
fn least_of(rule: &Rule) -> Option<&str> {
    rule.route.as_ref()?.urgency_at_least.as_deref()
}

/// The least levels of the kinds that arose or may arise, by rules that are met or may be.
fn possible_of_kinds<'a>(law: &'a Law, assessment: &mut Assessment<'a>) -> Vec<Text> {
    let book = law.book();
    let mut levels: Vec<Text> = Vec::new();
    for rule in book.rules.iter().filter(|rule| least_of(rule).is_some()) {
        let arises = book
            .file(rule.file)
            .filter(|file| file.since <= law.day())
            .and_then(|file| file.arises);
        let may_arise = arises.is_some_and(|node| assessment.truths(node, JOB).0 != Truth::Unmet);
        if may_arise && assessment.rule_verdict(rule) != Verdict::Unmet {
            levels.extend(least_of(rule).map(Text::from));
        }
    }
    for kind in &book.other_kinds {
        if kind.arises.is_some_and(|node| assessment.truths(node, JOB).0 != Truth::Unmet) {
            levels.extend(kind.urgency_at_least.clone());
        }
    }
    levels
}

fn while_unknown<'c>(case: &'c Case<'_>) -> Option<&'c WhileUnknown> {
    let own = case.file.and_then(|file| file.while_unknown.as_ref());
    own.or_else(|| case.other.and_then(|other| other.while_unknown.as_ref()))
}

/// The numbers to call. Danger now is for the emergency lines alone; while danger is unknown the lines of the kinds that need them stand
/// first; else the number of the lead does.
fn call(cases: &[Case<'_>], matters: &[Matter], urgency: &UrgencyOrder<'_>) -> Vec<Text> {
    let mut call = Vec::new();
    let mut add = |numbers: &[Text]| numbers.iter().for_each(|number| push(&mut call, number.clone()));
    if urgency.level == 0 {
        for (level, rule) in &urgency.met {
            if let (0, Some(route)) = (*level, &rule.route) {
                add(&route.call);
            }
        }
        return call;
    }
    let of_kinds: Vec<&WhileUnknown> = cases.iter().filter_map(while_unknown).filter(|_| urgency.danger_unknown).collect();
    of_kinds.iter().for_each(|unknown| add(&unknown.call));
    if let Some(lead) = matters.first().and_then(|matter| matter.lead.as_ref()) {
        add(&lead.call);
    }
    matters.iter().for_each(|matter| add(&matter.call));
    // There is always somebody to call: where no kind says whom, the file of urgency does.
    let own = urgency.file.and_then(|file| file.while_unknown.as_ref());
    let unsaid = urgency.danger_unknown && of_kinds.iter().all(|unknown| unknown.call.is_empty());
    if unsaid || call.is_empty() {
        let numbers = own.into_iter().flat_map(|own| &own.call);
        numbers.for_each(|number| push(&mut call, number.clone()));
    }
    call
}

/// What a complaint still needs, by what it is for.
pub(crate) struct Needs {
    /// The kinds that follow from what happened.
    pub kinds: Vec<Text>,
    /// Whether there is danger, and who must hear it, at which office.
    pub desk: Vec<Missing>,
    /// The days of its periods.
    pub days: Vec<Missing>,
    /// What else follows: who else is told, what may be shared, how urgent it is.
    pub beside: Vec<Missing>,
}

/// What is still to be asked about a complaint.
pub(crate) fn needs(law: &Law, subject: &Subject) -> Needs {
    let mut assessment = Assessment::new(law, subject);
    let cases = kinds(law, &mut assessment);
    let urgency = UrgencyOrder::of(law, &mut assessment, &cases);
    let mut desk = Gaps::default();
    look_at_danger(law, &urgency, &mut desk);
    look_at_leads(law, &mut assessment, &cases, &mut desk);
    let mut days = Gaps::default();
    look_at_days(&mut assessment, &cases, &mut days);
    let mut beside = Gaps::default();
    look_beside(law, &mut assessment, &cases, &mut beside);
    for rule in &urgency.open {
        assessment.look_at_rule(rule, &mut beside);
    }
    Needs {
        desk: assessment.sort_gaps(&desk, None).0,
        days: assessment.sort_gaps(&days, None).0,
        beside: assessment.sort_gaps(&beside, None).0,
        kinds: cases.into_iter().map(|case| case.id).collect(),
    }
}

/// Looks for what is still to be asked of the matter: danger before everything, then the lead, then the place, then the days, then the rest.
fn look_at_cases<'a>(law: &'a Law, assessment: &mut Assessment<'a>, cases: &[Case<'a>], urgency: &UrgencyOrder<'a>, gaps: &mut Gaps) {
    look_at_danger(law, urgency, gaps);
    look_at_leads(law, assessment, cases, gaps);
    look_at_days(assessment, cases, gaps);
    look_beside(law, assessment, cases, gaps);
}

fn look_at_danger(law: &Law, urgency: &UrgencyOrder<'_>, gaps: &mut Gaps) {
    if urgency.danger_unknown {
        urgency.danger.iter().for_each(|fact| gaps.push(fact_gap(law, *fact)));
    }
}

fn look_at_leads<'a>(law: &'a Law, assessment: &mut Assessment<'a>, cases: &[Case<'a>], gaps: &mut Gaps) {
    for case in cases {
        case.look(assessment, false, gaps);
    }
    for case in cases {
        let by = case.office_by();
        if !by.is_empty() && place::known(assessment, by).is_none() {
            let untold: Vec<FactId> = by
                .iter()
                .map(|place| place.province)
                .filter(|fact| is_untold(assessment, *fact))
                .collect();
            untold.into_iter().for_each(|fact| gaps.push(fact_gap(law, fact)));
        } else if case
            .office_of()
            .is_some_and(|agency| place::needs_district(assessment, &agency, by))
        {
            let district = by.iter().find_map(|place| place.district);
            district.into_iter().for_each(|fact| gaps.push(fact_gap(law, fact)));
        }
    }
}

fn look_at_days<'a>(assessment: &mut Assessment<'a>, cases: &[Case<'a>], gaps: &mut Gaps) {
    for case in cases {
        for period in case.routes().into_iter().flat_map(|(_, route)| &route.periods) {
            assessment.look_at_period(*period, JOB, gaps);
        }
    }
}

fn look_beside<'a>(law: &'a Law, assessment: &mut Assessment<'a>, cases: &[Case<'a>], gaps: &mut Gaps) {
    for case in cases {
        case.look(assessment, true, gaps);
        // Whoever has done what a period asks for need not hurry.
        for period in case.routes().into_iter().flat_map(|(_, route)| &route.periods) {
            assessment.look_at_end(*period, JOB, gaps);
        }
        for unless in case.sharing(law.book()).into_iter().filter_map(|kept| kept.unless) {
            assessment.look(unless, JOB, gaps);
        }
    }
}

fn is_untold(assessment: &Assessment<'_>, fact: FactId) -> bool {
    *assessment.subject().value(&assessment.book.program.layout, fact, JOB) == Value::Unknown
}

fn fact_gap(law: &Law, fact: FactId) -> Gap {
    let info = law.book().program.layout.fact(fact);
    Gap::Fact(fact, JOB.job().filter(|_| info.is_some_and(|info| info.scope == FactScope::Job)))
}

/// Looks for what may make it more urgent, or a matter of another kind.
fn look_beyond<'a>(law: &'a Law, assessment: &mut Assessment<'a>, cases: &[Case<'a>], urgency: &UrgencyOrder<'a>, gaps: &mut Gaps) {
    let book = law.book();
    // Where nothing is known yet, the place helps whatever the matter turns out to be.
    if cases.is_empty() {
        let places = book.other_kinds.iter().flat_map(|kind| &kind.office_by).map(|place| place.province);
        let untold: Vec<FactId> = places.filter(|fact| is_untold(assessment, *fact)).collect();
        untold.into_iter().for_each(|fact| gaps.push(fact_gap(law, fact)));
    }
    for rule in &urgency.open {
        assessment.look_at_rule(rule, gaps);
    }
    for arises in book
        .files
        .iter()
        .filter_map(|file| file.arises)
        .chain(book.other_kinds.iter().filter_map(|kind| kind.arises))
    {
        assessment.look(arises, JOB, gaps);
    }
}

fn code_of(assessment: &Assessment<'_>, name: &str) -> Option<Text> {
    let layout = &assessment.book.program.layout;
    let fact = layout.fact_number(name)?;
    let Value::Code(index) = assessment.subject().value(layout, fact, JOB) else {
        return None;
    };
    layout
        .lists
        .get(usize::from(layout.fact(fact)?.list?))?
        .codes
        .get(usize::from(*index))
        .cloned()
}

/// Kinds that would arise, but whose files do not answer for so early a day.
fn before_since(law: &Law, assessment: &mut Assessment<'_>) -> Vec<NotRead> {
    let early = law
        .book()
        .files
        .iter()
        .filter(|file| file.kind == FileKind::Complaint && law.day() < file.since);
    let arising: Vec<&FileInfo> = early
        .filter(|file| file.arises.is_some_and(|node| assessment.truths(node, JOB).0 == Truth::Met))
        .collect();
    let not_read = arising.into_iter().map(|file| NotRead {
        part: file.id.clone(),
        what: "before_since".into(),
        ask: assessment.confirm(file.authority.as_deref()),
    });
    not_read.collect()
}

fn notes(law: &Law, assessment: &Assessment<'_>, cases: &[Case<'_>], matters: &[Matter], urgency: &UrgencyOrder<'_>) -> Vec<Sentence> {
    let book = law.book();
    let mut notes = Vec::new();
    let said = |words: Words| Sentence {
        th: words.th,
        en: words.en,
        cite: Vec::new(),
    };
    let own = |id: crate::rulebook::Sentence| book.sentence(id).map(|words| said(words.into()));
    if urgency.level == 0 {
        notes.extend(own(crate::rulebook::Sentence::CallNowSay));
    } else if urgency.danger_unknown && urgency.file.is_some_and(|file| urgency.level.saturating_add(1) < file.levels.len()) {
        notes.extend(own(crate::rulebook::Sentence::UrgencyHeld));
    }
    let received_by = code_of(assessment, "received_by").filter(|_| urgency.level != 0);
    let planned = received_by.and_then(|body| cases.iter().find_map(|case| place::planned(assessment, &body, case.office_by())));
    notes.extend(planned.and_then(|planned| {
        own(if planned {
            crate::rulebook::Sentence::BodyPlanned
        } else {
            crate::rulebook::Sentence::NoBodyPlanned
        })
    }));
    notes.extend(law.later_than_checked().map(said));
    let mut days = matters
        .iter()
        .flat_map(|matter| &matter.steps)
        .flat_map(|step| [step.nominal, step.rolled])
        .flatten();
    if days.any(|day| book.projected_years.contains(&day.year())) {
        notes.extend(own(crate::rulebook::Sentence::CalendarProjected));
    }
    if cases.len() > 1 {
        notes.extend(own(crate::rulebook::Sentence::EachOwnClock));
        let precedence = &book.precedence;
        notes.push(Sentence {
            th: precedence.words.th.clone(),
            en: precedence.words.en.clone(),
            cite: assessment.cites(&precedence.cites),
        });
    }
    let of_files = cases.iter().filter_map(|case| case.file).flat_map(|file| &file.notes);
    // What nobody here has read is a remark for lawyers, not for the person concerned.
    for note in of_files.filter(|note| note.status != NoteStatus::NotRead) {
        push(
            &mut notes,
            Sentence {
                th: note.words.th.clone(),
                en: note.words.en.clone(),
                cite: assessment.cites(&note.cites),
            },
        );
    }
    notes
}
