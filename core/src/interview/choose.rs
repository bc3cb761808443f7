//! Which question comes next: of those that still decide something and presuppose nothing untold, the earliest by the order of the
//! rulebook; of equal ones what helps to decide more.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::facts::Told;
use super::question::{Adds, AskedWhere, FactState, InterviewField, InterviewQuestion};
use super::state::{About, State, holds, of_screen};
use crate::coverage::{Needs, claim_needs, scheme_needs};
use crate::facts::{FactId, FactKind, FactScope, Scope, Subject, read_date};
use crate::labels::{CodeLabel, joined};
use crate::law::{Assessment, Law, Missing, Words};
use crate::routing;
use crate::rulebook::{self, Presupposition, Screen, Sentence, ToldAs};
use crate::values::Text;

/// The place of a fact that the rulebook gives none.
const LAST: u16 = 1_000;

/// How many questions may stand behind each other through what they presuppose.
const DEEPEST: usize = 8;

/// What is asked next.
pub(super) struct Choice {
    pub question: Option<InterviewQuestion>,
    pub more: Option<InterviewQuestion>,
    pub undecided: Vec<Text>,
}

pub(super) fn choose(law: &Law, about: &About, state: &State) -> Choice {
    let (outcome, more) = needs(law, about, &state.subject);
    let chooser = Chooser { law, about, state };
    let question = chooser.best(&outcome, Adds::Outcome);
    Choice {
        more: if question.is_some() {
            None
        } else {
            more.iter().find_map(|(adds, needs)| chooser.best(needs, *adds))
        },
        undecided: outcome.into_iter().map(|(decided, _)| decided).collect(),
        question,
    }
}

/// The next fact that follows from what was told: a question presupposes something that was told otherwise.
pub(super) fn implied(law: &Law, about: &About, state: &State) -> Option<(Missing, Text)> {
    let (outcome, more) = needs(law, about, &state.subject);
    let chooser = Chooser { law, about, state };
    let all = outcome.iter().chain(more.iter().flat_map(|(_, needs)| needs));
    all.flat_map(|(_, missing)| missing).find_map(|missing| {
        let Resolved::Implied(fact, value) = chooser.resolve(missing, 0) else {
            return None;
        };
        Some((fact, value))
    })
}

/// What still needs facts: the outcome that was asked for, and what adds to it.
fn needs(law: &Law, about: &About, subject: &Subject) -> (Needs, Vec<(Adds, Needs)>) {
    match about {
        About::Everything => {
            let (outcome, amounts) = scheme_needs(law, subject);
            (outcome, vec![(Adds::Amount, amounts)])
        }
        About::Scheme(scheme) => {
            let (mut outcome, mut amounts) = scheme_needs(law, subject);
            outcome.retain(|(decided, _)| decided == scheme);
            amounts.retain(|(decided, _)| decided == scheme);
            (outcome, vec![(Adds::Amount, amounts)])
        }
        About::Claim => {
            let (mut outcome, amounts) = claim_needs(law, subject);
            if !spoken_of(law, subject, "claim.") {
                outcome
                    .iter_mut()
                    .for_each(|(_, missing)| missing.retain(|fact| fact.fact.starts_with("claim.")));
            }
            (outcome, vec![(Adds::Amount, amounts)])
        }
        About::Complaint => complaint_needs(law, subject),
    }
}

fn complaint_needs(law: &Law, subject: &Subject) -> (Needs, Vec<(Adds, Needs)>) {
    let routing::Needs {
        kinds,
        mut desk,
        days,
        mut beside,
    } = routing::needs(law, subject);
    // Where danger alone makes a kind, what happened is still to be told.
    if kinds.is_empty() || !spoken_of(law, subject, "happened.") {
        let facts = law.book().program.layout.facts.iter();
        let happened = facts.filter(|fact| fact.name.starts_with("happened.")).map(|fact| Missing {
            fact: fact.name.clone(),
            job: None,
        });
        desk.extend(happened);
    }
    if kinds.is_empty() {
        return (vec![("complaint".into(), desk)], Vec::new());
    }
    // Whoever said what happened is not asked for all else that may have happened.
    beside.retain(|fact| !fact.fact.starts_with("happened."));
    let of_kinds = |missing: &[Missing]| -> Needs { kinds.iter().map(|kind| (kind.clone(), missing.to_vec())).collect() };
    let mut outcome = of_kinds(&desk);
    outcome.retain(|(_, missing)| !missing.is_empty());
    (outcome, vec![(Adds::Day, of_kinds(&days)), (Adds::Further, of_kinds(&beside))])
}

/// Whether a fact of that group was told.
fn spoken_of(law: &Law, subject: &Subject, group: &str) -> bool {
    let layout = &law.book().program.layout;
    let facts = FactId::of_each(&layout.facts).filter(|(_, fact)| fact.name.starts_with(group));
    facts
        .into_iter()
        .any(|(number, _)| *subject.value(layout, number, Scope::Person) != crate::facts::Value::Unknown)
}

/// What comes of a fact that something still needs.
enum Resolved {
    /// It, or what it presupposes, is asked.
    Ask(Missing),
    /// It follows from what was told.
    Implied(Missing, Text),
    /// It is not asked: it is told, not known, or presupposes what is not so.
    Nothing,
}

struct Chooser<'a> {
    law: &'a Law,
    about: &'a About,
    state: &'a State,
}

impl<'a> Chooser<'a> {
    fn asking(&self, fact: &str) -> Option<&'a rulebook::Asking> {
        self.law.book().askings.iter().find(|asking| asking.fact == *fact)
    }

    fn screen(&self, fact: &str) -> Option<&'a Screen> {
        let mut screens = self.law.book().screens.iter();
        screens.find(|screen| screen.facts.iter().any(|listed| holds(listed, fact)))
    }

    fn resolve(&self, missing: &Missing, depth: usize) -> Resolved {
        let layout = &self.law.book().program.layout;
        let info = layout.fact_number(&missing.fact).and_then(|fact| layout.fact(fact));
        let of_job = info.is_some_and(|info| info.scope == FactScope::Job);
        if of_job
            && self
                .state
                .subject
                .job_count()
                .is_none_or(|count| missing.job.is_none_or(|job| job >= count))
        {
            let jobs = Missing {
                fact: "jobs".into(),
                job: None,
            };
            let open = self.state.subject.job_count().is_none() && depth == 0;
            return if open {
                self.resolve(&jobs, depth.saturating_add(1))
            } else {
                Resolved::Nothing
            };
        }
        if !matches!(self.state.of(self.law, missing), FactState::NotAsked | FactState::ToldInPart) || depth > DEEPEST {
            return Resolved::Nothing;
        }
        let asking = self.asking(&missing.fact);
        for presupposed in self.presupposed(missing) {
            match self.holds(presupposed, missing.job) {
                Held::Yes => {}
                Held::No => {
                    return match asking.and_then(|asking| asking.otherwise.clone()) {
                        Some(value) => Resolved::Implied(missing.clone(), value),
                        None => Resolved::Nothing,
                    };
                }
                Held::NotKnown => return Resolved::Nothing,
                Held::Open(first) => {
                    if let asked @ Resolved::Ask(_) = self.resolve(&first, depth.saturating_add(1)) {
                        return asked;
                    }
                    if !presupposed.or_not_known {
                        return Resolved::Nothing;
                    }
                }
            }
        }
        Resolved::Ask(missing.clone())
    }

    fn presupposed(&self, fact: &Missing) -> &'a [Presupposition] {
        presupposed(self.law, &self.state.told, &self.state.no_more, fact)
    }

    fn holds(&self, presupposed: &Presupposition, job: Option<usize>) -> Held {
        held(self.law, &self.state.told, &self.state.no_more, presupposed, job)
    }

    /// The question that comes first among what is still needed.
    fn best(&self, needs: &Needs, adds: Adds) -> Option<InterviewQuestion> {
        let mut asked: BTreeMap<Missing, BTreeSet<&Text>> = BTreeMap::new();
        let mut first: Vec<Missing> = Vec::new();
        for (decided, missing) in needs {
            for fact in missing {
                if let Resolved::Ask(fact) = self.resolve(fact, 0) {
                    if !asked.contains_key(&fact) {
                        first.push(fact.clone());
                    }
                    asked.entry(fact).or_default().insert(decided);
                }
            }
        }
        let best = (0_usize..).zip(&first).min_by_key(|(place, fact)| {
            let helps = asked.get(fact).map_or(0, BTreeSet::len);
            (
                self.again(fact),
                self.order(&fact.fact),
                fact.job,
                usize::MAX.saturating_sub(helps),
                *place,
            )
        })?;
        let fact = best.1;
        let screen = self.screen(&fact.fact);
        let fields: Vec<Missing> = match screen {
            Some(screen) if !self.again(fact) => self.on_screen(screen, fact, &asked, adds),
            _ => vec![fact.clone()],
        };
        let helped: BTreeSet<&Text> = fields.iter().filter_map(|field| asked.get(field)).flatten().copied().collect();
        let decides: Vec<Text> = needs
            .iter()
            .map(|(decided, _)| decided)
            .filter(|decided| helped.contains(decided))
            .cloned()
            .collect();
        self.question(screen, fields, decides, adds)
    }

    fn again(&self, fact: &Missing) -> bool {
        self.state.of(self.law, fact) == FactState::ToldInPart
    }

    fn order(&self, fact: &str) -> u16 {
        if let Some(place) = self.first(fact) {
            return place;
        }
        let own = self.asking(fact).and_then(|asking| asking.order);
        own.or_else(|| self.screen(fact).map(|screen| screen.order)).unwrap_or(LAST)
    }

    /// The place of a fact among those that settle the scheme asked about first.
    fn first(&self, fact: &str) -> Option<u16> {
        let About::Scheme(id) = self.about else { return None };
        let scheme = self.law.rulebook().schemes().iter().find(|scheme| scheme.id == *id)?;
        let file = &self.law.book().file(scheme.file)?.id;
        let (_, facts) = self.law.book().first.iter().find(|(scheme, _)| scheme == file)?;
        let place = facts.iter().position(|listed| holds(listed, fact))?;
        u16::try_from(place).ok()
    }

    /// The facts of a screen that are asked together: what is needed now, and what could be needed later.
    fn on_screen(&self, screen: &Screen, with: &Missing, asked: &BTreeMap<Missing, BTreeSet<&Text>>, adds: Adds) -> Vec<Missing> {
        let layout = &self.law.book().program.layout;
        let read = self.readable(adds);
        let of_screen = of_screen(layout, screen).map(|fact| Missing {
            fact: fact.into(),
            job: with.job,
        });
        let fits = |fact: &Missing| asked.contains_key(fact) || (read.contains(&fact.fact) && self.fits(fact));
        let (mut fields, mut waiting): (Vec<Missing>, Vec<Missing>) = of_screen.partition(fits);
        // What presupposes another fact of the screen stands after it. Of a complaint no more can be needed than its kinds say.
        waiting.retain(|fact| *self.about == About::Complaint || read.contains(&fact.fact));
        while let Some(place) = waiting
            .iter()
            .position(|fact| self.waits_on(fact, &fields).is_some_and(|on| !on.is_empty()))
        {
            fields.push(waiting.remove(place));
        }
        fields
    }

    /// What must first be told on the same screen before a fact is asked; nothing where it is not asked at all.
    fn waits_on(&self, fact: &Missing, fields: &[Missing]) -> Option<Vec<&'a Presupposition>> {
        if self.state.of(self.law, fact) != FactState::NotAsked {
            return None;
        }
        let layout = &self.law.book().program.layout;
        let of_job = |name: &Text| {
            layout
                .fact_number(name)
                .and_then(|number| layout.fact(number))
                .map(|info| info.scope)
        };
        let on_screen = |name: &Text| {
            let job = fact.job.filter(|_| of_job(name) == Some(FactScope::Job));
            let one = Missing { fact: name.clone(), job };
            fields.iter().any(|field| field.fact == *name) || self.state.of(self.law, &one) != FactState::NotAsked
        };
        let mut on = Vec::new();
        for presupposed in self.presupposed(fact) {
            match self.holds(presupposed, fact.job) {
                Held::Yes => {}
                Held::Open(_) if presupposed.facts.iter().all(on_screen) => on.push(presupposed),
                Held::No | Held::NotKnown | Held::Open(_) => return None,
            }
        }
        Some(on)
    }

    fn fits(&self, fact: &Missing) -> bool {
        matches!(self.resolve(fact, 0), Resolved::Ask(resolved) if resolved == *fact)
    }

    /// The facts that could be needed whatever else is told.
    fn readable(&self, adds: Adds) -> BTreeSet<Text> {
        let layout = &self.law.book().program.layout;
        let nothing_told = Subject::unknown(layout);
        let (outcome, more) = needs(self.law, self.about, &nothing_told);
        let more = more.into_iter().filter(|(more, _)| *more == adds);
        let all = outcome
            .into_iter()
            .chain(more.flat_map(|(_, needs)| needs))
            .flat_map(|(_, missing)| missing);
        let mut facts: BTreeSet<Text> = all.map(|missing| missing.fact).collect();
        facts.extend(self.options_beside(&nothing_told));
        let of_job = |fact: &Text| {
            let info = layout.fact_number(fact).and_then(|number| layout.fact(number));
            info.is_some_and(|info| info.scope == FactScope::Job)
        };
        // A job has to be told before anything of it is.
        if facts.iter().any(of_job) {
            facts.insert("jobs".into());
        }
        facts
    }

    /// The facts that the other options of the scheme asked about need: whoever is asked of one option is asked of all at once.
    fn options_beside(&self, nothing_told: &Subject) -> Vec<Text> {
        let About::Scheme(id) = self.about else { return Vec::new() };
        let schemes = self.law.rulebook().schemes();
        let file = |id: &Text| schemes.iter().find(|scheme| scheme.id == *id).map(|scheme| scheme.file);
        let (mut beside, _) = scheme_needs(self.law, nothing_told);
        beside.retain(|(decided, _)| file(decided) == file(id));
        beside
            .into_iter()
            .flat_map(|(_, missing)| missing)
            .map(|missing| missing.fact)
            .collect()
    }

    fn question(&self, screen: Option<&Screen>, facts: Vec<Missing>, decides: Vec<Text>, adds: Adds) -> Option<InterviewQuestion> {
        let field = |fact: &Missing| {
            let mut field = self.field(fact)?;
            let on = self.waits_on(fact, &facts).unwrap_or_default();
            let beside = on
                .into_iter()
                .filter(|on| on.facts.iter().any(|name| facts.iter().any(|fact| fact.fact == *name)));
            field.only_if = beside.map(AskedWhere::from).collect();
            Some(field)
        };
        let fields: Vec<InterviewField> = facts.iter().filter_map(field).collect();
        let first = fields.first()?;
        let screen = screen.filter(|_| fields.len() > 1);
        let name = screen.map_or(&first.fact, |screen| &screen.id);
        let id = first.job.filter(|_| *self.about != About::Complaint);
        Some(InterviewQuestion {
            id: id.map_or_else(|| name.clone(), |job| format!("{name}@{job}").into()),
            ask: screen.map_or_else(|| first.ask.clone(), |screen| Words::from(&screen.ask)),
            help: screen.map_or_else(|| first.help.clone(), |screen| screen.help.as_ref().map(Words::from)),
            why: self.why(&decides),
            decides,
            adds,
            again: facts.iter().any(|fact| self.again(fact)),
            fields,
        })
    }

    fn field(&self, fact: &Missing) -> Option<InterviewField> {
        let book = self.law.book();
        let assessment = Assessment::new(self.law, &self.state.subject);
        let question = assessment.question(fact, Vec::new())?;
        let choices = match question.kind {
            FactKind::Province => book.labels_of("province").unwrap_or_default(),
            FactKind::District => self.districts(fact),
            _ => question.options,
        };
        let asking = self.asking(&fact.fact);
        let number = |bound: Option<u32>| bound.map(|bound| Text::from(bound.to_string()));
        let today = asking.filter(|asking| asking.past).map(|_| Text::from(self.law.day().to_string()));
        Some(InterviewField {
            fact: question.fact,
            job: question.job,
            ask: question.ask,
            help: question.help,
            only_if: Vec::new(),
            at_least: number(asking.and_then(|asking| asking.at_least)).or_else(|| {
                let counts = matches!(question.kind, FactKind::Count | FactKind::Money | FactKind::Jobs);
                counts.then(|| "0".into())
            }),
            at_most: number(asking.and_then(|asking| asking.at_most)).or(today),
            kind: question.kind,
            choices,
        })
    }

    /// The districts of the province that was told beside, or all.
    fn districts(&self, fact: &Missing) -> Vec<CodeLabel> {
        let layout = &self.law.book().program.layout;
        let mut districts = self.law.book().labels_of("district").unwrap_or_default();
        let beside = fact.fact.replace("district", "province");
        let province = self.state.told.get(layout, &beside, fact.job).and_then(Json::as_str);
        if let Some(province) = province.filter(|province| province.len() == 2) {
            districts.retain(|district| district.code.starts_with(province));
        }
        districts
    }

    fn why(&self, decides: &[Text]) -> Words {
        let book = self.law.book();
        let mut names: Vec<rulebook::Words> = Vec::new();
        for decided in decides {
            let scheme = |id: &str| self.law.rulebook().schemes().iter().find(|scheme| scheme.id == *id);
            let of_scheme = scheme(decided).and_then(|scheme| book.file(scheme.file)).map(|file| &file.name);
            let of_rule = || {
                let (of, rule) = decided.split_once('.')?;
                let file = scheme(of)?.file;
                book.rules
                    .iter()
                    .find(|known| known.file == file && known.id == *rule)
                    .map(|rule| &rule.words)
            };
            let name = of_scheme.or_else(of_rule).or_else(|| book.file_name(decided));
            let name = name.or_else(|| book.sentence(Sentence::TitleRouting));
            if let Some(name) = name.filter(|name| !names.contains(name)) {
                names.push(name.clone());
            }
        }
        let what = joined(names, ", ");
        Words::from(&book.say(Sentence::AskedBecause, &[("what", &what)]))
    }
}

/// Whether a fact is left out of an answer because something on the same screen was answered otherwise.
pub(super) fn left_out(law: &Law, told: &Told, no_more: &BTreeSet<Missing>, fact: &Missing, beside: &[&str]) -> bool {
    presupposed(law, told, no_more, fact)
        .iter()
        .filter(|one| one.facts.iter().any(|name| beside.contains(&name.as_str())))
        .any(|one| !matches!(held(law, told, no_more, one, fact.job), Held::Yes))
}

/// What the question for a fact presupposes as things stand.
fn presupposed<'a>(law: &'a Law, told: &Told, no_more: &BTreeSet<Missing>, fact: &Missing) -> &'a [Presupposition] {
    let askings = &law.book().askings;
    let Some(asking) = askings.iter().find(|asking| asking.fact == fact.fact) else {
        return &[];
    };
    let other = asking.or.as_ref().map(|or| held(law, told, no_more, or, fact.job));
    if matches!(other, Some(Held::Yes)) {
        &[]
    } else {
        &asking.presupposes
    }
}

/// Whether what a question presupposes was told.
fn held(law: &Law, told: &Told, no_more: &BTreeSet<Missing>, presupposed: &Presupposition, job: Option<usize>) -> Held {
    let layout = &law.book().program.layout;
    let (mut open, mut unknown) = (None, false);
    for fact in &presupposed.facts {
        let Some(info) = layout.fact_number(fact).and_then(|number| layout.fact(number)) else {
            continue;
        };
        let one = Missing {
            fact: fact.clone(),
            job: job.filter(|_| info.scope == FactScope::Job),
        };
        match told.get(layout, fact, one.job) {
            Some(value) if matches(law, &presupposed.told, value) => return Held::Yes,
            Some(_) => {}
            None if no_more.contains(&one) => unknown = true,
            None => open = open.or(Some(one)),
        }
    }
    match (open, unknown) {
        (Some(first), _) => Held::Open(first),
        (None, true) if presupposed.or_not_known => Held::Yes,
        (None, true) => Held::NotKnown,
        (None, false) => Held::No,
    }
}

enum Held {
    Yes,
    No,
    NotKnown,
    Open(Missing),
}

fn matches(law: &Law, told: &ToldAs, value: &Json) -> bool {
    match told {
        ToldAs::Anything => true,
        ToldAs::OneOf(codes) => {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            codes.iter().any(|code| *code == *text)
        }
        ToldAs::AtLeast(least) => match value.as_u64() {
            Some(number) => number >= u64::from(*least),
            None => value.as_str().is_some_and(|day| may_lie_back(law, day, *least)),
        },
    }
}

/// Whether a day may lie that many years before the day asked about. What cannot be read is refused where the facts are laid out.
fn may_lie_back(law: &Law, day: &str, years: u32) -> bool {
    let months = i32::try_from(years).ok().and_then(|years| years.checked_mul(-12));
    let latest = months.and_then(|months| law.day().add_months(months));
    match (read_date(day, "auto", "date"), latest) {
        (Ok(day), Some(latest)) => day.first() <= latest,
        _ => true,
    }
}
