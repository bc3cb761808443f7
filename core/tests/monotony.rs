//! Facts drawn at random from the list of facts and told in random order: none overturns what was decided before it.
//!
//! The month asked about is a question and stays; the level of urgency that is shown acts on what is unknown, by design, and is held
//! between what is certain and what is possible, which only narrow; what is withheld opens by consent alone.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value as Json, json};
use sitthi::decision::PeriodState;
use sitthi::facts::{Claim, Complaint, FactDefinition, FactKind, Group, Job, Worker};
use sitthi::law::{Assessment, Verdict};
use sitthi::rulebook::FileKind;
use sitthi::{Date, Rulebook, Status};

/// One thing that is told: where it stands, and what is said; a later word on the same place says more.
type Told = (Vec<String>, Json);

/// Draws from a row of random numbers.
struct Draw<'a> {
    numbers: &'a [u32],
    next: usize,
}

impl Draw<'_> {
    fn below(&mut self, end: usize) -> usize {
        let number = self.numbers[self.next % self.numbers.len()];
        self.next += 1;
        // What is asked twice of one number is not answered alike.
        (usize::try_from(number).unwrap() ^ (self.next / self.numbers.len()).wrapping_mul(0x9E37)) % end
    }

    fn code(&mut self, rulebook: &Rulebook, list: &str) -> String {
        let codes = &rulebook.book().program.layout.list(list).unwrap().codes;
        codes[self.below(codes.len())].to_string()
    }

    /// A day of a year in which law changed, or any day, near the day asked about or far from it.
    fn day(&mut self, on: Date) -> Date {
        match self.below(4) {
            0 => on.add_days(-i32::try_from(self.below(800)).unwrap()).unwrap(),
            1 => on.add_months(-12 * i32::try_from(10 + self.below(60)).unwrap()).unwrap(),
            2 => on.add_days(i32::try_from(self.below(60)).unwrap()).unwrap(),
            _ => Date::from_days(i32::try_from(self.below(21_000)).unwrap()).unwrap(),
        }
    }
}

fn group(rulebook: &Rulebook, draw: &mut Draw<'_>, on: Date, group: &Group, path: &[String], told: &mut Vec<Told>) {
    for fact in group.facts.iter().filter(|fact| fact.name != "month") {
        let mut path = path.to_vec();
        path.push(fact.name.to_owned());
        if draw.below(8) > 0 {
            one(rulebook, draw, on, fact, &path, told);
        }
    }
}

fn one(rulebook: &Rulebook, draw: &mut Draw<'_>, on: Date, fact: &FactDefinition, path: &[String], told: &mut Vec<Told>) {
    let place = |list: &str, draw: &mut Draw<'_>| json!(draw.code(rulebook, list));
    let value = match fact.kind {
        // Of several jobs one is the main one.
        FactKind::YesNo if path.len() == 3 && path[2] == "main" => json!(path[1] == "0"),
        FactKind::YesNo => json!(draw.below(2) == 0),
        FactKind::Date => {
            let day = draw.day(on);
            if draw.below(3) == 0 {
                told.push((path.to_vec(), json!(day.to_string()[..7])));
            }
            json!(day.to_string())
        }
        FactKind::Code => place(fact.list.unwrap(), draw),
        FactKind::Count => {
            let end = if draw.below(2) == 0 { 16 } else { 240 };
            let most = fact.most.map_or(end, |most| usize::try_from(most).unwrap() + 1);
            json!(draw.below(end.min(most)))
        }
        FactKind::Money => json!(draw.below(40_000)),
        FactKind::Province => place("province", draw),
        FactKind::District => place("district", draw),
        FactKind::Wages => (0..draw.below(20)).map(|_| json!(1650 + draw.below(20_000))).collect(),
        FactKind::Family => {
            for code in &rulebook.book().program.layout.list(fact.list.unwrap()).unwrap().codes {
                let mut path = path.to_vec();
                path.push(code.to_string());
                told.push((path, json!(draw.below(4) == 0)));
            }
            return;
        }
        FactKind::PaidMonths => {
            for code in &rulebook.book().program.layout.list(fact.list.unwrap()).unwrap().codes {
                let last = on.month().index();
                let paid = (0..70)
                    .filter(|_| draw.below(3) > 0)
                    .map(|back| sitthi::Month::from_index(last - back).unwrap().to_string());
                let mut path = path.to_vec();
                path.push(code.to_string());
                told.push((path, paid.collect()));
            }
            return;
        }
        FactKind::Jobs => {
            let count = draw.below(3);
            let (first, mut jobs) = (told.len(), Vec::new());
            for job in 0..count {
                let mut path = path.to_vec();
                path.push(job.to_string());
                group(rulebook, draw, on, &Job::GROUP, &path, told);
                jobs.push(days_of_the_job(&path, told));
            }
            told.insert(first, (path.to_vec(), jobs.into()));
            return;
        }
        FactKind::TheJob => {
            let first = told.len();
            group(rulebook, draw, on, &Job::GROUP, path, told);
            let job = days_of_the_job(path, told);
            told.insert(first, (path.to_vec(), job));
            return;
        }
        FactKind::TheClaim => return group(rulebook, draw, on, &Claim::GROUP, path, told),
        FactKind::Declared => return,
    };
    told.push((path.to_vec(), value));
}

/// A job is told as it stands: whether and when it began and ended comes with it, and not after.
fn days_of_the_job(path: &[String], told: &mut Vec<Told>) -> Json {
    let of_job = |other: &[String]| {
        other.len() == path.len() + 1
            && other.starts_with(path)
            && ["started_on", "ended_on", "end_cause"].contains(&other[path.len()].as_str())
    };
    let mut job = json!({});
    // The coarser of two days is told before the finer, which stands.
    for (place, value) in told.extract_if(.., |(other, _)| of_job(other)) {
        if job[&place[path.len()]].is_null() {
            job[&place[path.len()]] = value;
        }
    }
    job
}

fn put(object: &mut Json, path: &[String], value: &Json) {
    let (first, rest) = path.split_first().unwrap();
    let inner = match object {
        Json::Array(list) => &mut list[first.parse::<usize>().unwrap()],
        object => &mut object[first],
    };
    match rest {
        [] => *inner = value.clone(),
        rest => {
            if inner.is_null() {
                *inner = json!({});
            }
            put(inner, rest, value);
        }
    }
}

/// What is decided: statuses and the verdicts of rules, nothing where undecided.
fn outcomes(rulebook: &Rulebook, on: Date, facts: &Json, complaint: bool) -> Vec<(String, String)> {
    let law = rulebook.on(on);
    let book = law.book();
    let mut found = Vec::new();
    let subject = if complaint {
        law.subject(&Complaint::from_value(facts).unwrap()).unwrap()
    } else {
        let subject = law.subject(&Worker::from_value(facts).unwrap()).unwrap();
        for (scheme, status) in rulebook.schemes().iter().zip(law.subject_statuses(&subject)) {
            let decided = if status == Status::Undetermined { "" } else { status.code() };
            found.push((scheme.id.to_string(), decided.to_owned()));
        }
        subject
    };
    let mut assessment = Assessment::new(&law, &subject);
    for rule in &book.rules {
        let file = book.file(rule.file).unwrap();
        if (file.kind == FileKind::Complaint) == complaint && file.kind != FileKind::Urgency {
            let verdict = match assessment.rule_verdict(rule) {
                Verdict::Undetermined => String::new(),
                decided => format!("{decided:?}"),
            };
            found.push((format!("{}.{}", file.id, rule.id), verdict));
        }
    }
    found
}

fn contradicts(rulebook: &Rulebook, on: Date, facts: &Json, complaint: bool) -> bool {
    let law = rulebook.on(on);
    let subject = if complaint {
        law.subject(&Complaint::from_value(facts).unwrap())
    } else {
        law.subject(&Worker::from_value(facts).unwrap())
    };
    subject.is_err_and(|error| {
        assert_eq!(error.code().as_str(), "contradiction", "{error}");
        true
    })
}

/// How urgent it is for certain and at most, by the places of the levels, and what is passed on to somebody.
fn routed(rulebook: &Rulebook, on: Date, facts: &Json) -> (usize, usize, Vec<String>) {
    let law = rulebook.on(on);
    let routing = law.route(&Complaint::from_value(facts).unwrap()).unwrap();
    let urgency = law.book().files.iter().find(|file| file.kind == FileKind::Urgency).unwrap();
    let place = |level: &str| urgency.levels.iter().position(|known| known == level).unwrap();
    let (certain, shown, possible) = (
        place(&routing.urgency.certain),
        place(&routing.urgency.level),
        place(&routing.urgency.possible),
    );
    assert!(
        possible <= shown && shown <= certain,
        "{on}: {:?} is not within its bounds\n{facts}",
        routing.urgency
    );
    let of_others = routing.others.iter().flat_map(|matter| &matter.steps);
    let pressing = routing.steps.iter().chain(of_others).filter(|step| step.state == PeriodState::Done);
    for step in pressing {
        assert!(
            step.rolled.or(step.nominal).is_none_or(|last| last >= on),
            "{step:?} was done too late"
        );
    }
    for own in routing.others.iter().flat_map(|matter| &matter.withhold).filter(|own| own.lifted) {
        let whole = routing.withhold.iter().find(|kept| kept.id == own.id).unwrap();
        assert!(whole.lifted, "{} is opened by one kind and kept back by another\n{facts}", own.id);
    }
    let open = routing.withhold.iter().filter(|kept| kept.lifted);
    (certain, possible, open.map(|kept| kept.id.to_string()).collect())
}

/// What is withheld opens by the yes to it alone: to this item and this recipient, or to being named.
fn agreed(facts: &Json, opened: &str) -> bool {
    let yes = |path: &str| facts.pointer(path) == Some(&json!(true));
    match opened {
        "worker_name" => yes("/may_be_named"),
        "child_identity" => facts.pointer("/child_affected") == Some(&json!(false)),
        item => yes("/share_consent") && yes(&format!("/consents/{item}")),
    }
}

fn tell(numbers: &[u32], order: &[Index], on: Date, complaint: bool) {
    let rulebook = Rulebook::built_in();
    let mut draw = Draw { numbers, next: 0 };
    let mut told = Vec::new();
    let whole = if complaint { Complaint::GROUP } else { Worker::GROUP };
    group(&rulebook, &mut draw, on, &whole, &[], &mut told);
    let mut facts = json!({});
    let mut urgency = (usize::MAX, 0);
    let mut before = outcomes(&rulebook, on, &facts, complaint);
    for pick in order {
        if told.is_empty() {
            break;
        }
        let mut place = pick.index(told.len());
        // Of a place the coarser word comes first, and a job is told of before its facts.
        let path = &told[place].0;
        place = told.iter().position(|(other, _)| path.starts_with(other)).unwrap();
        let (path, value) = told.remove(place);
        let known = facts.clone();
        put(&mut facts, &path, &value);
        // What contradicts a fact told before it is refused where it is told, and is not told here.
        if contradicts(&rulebook, on, &facts, complaint) {
            facts = known;
            told.retain(|(other, _)| !other.starts_with(&path));
            continue;
        }
        let after = outcomes(&rulebook, on, &facts, complaint);
        for ((name, was), (_, is)) in before.iter().zip(&after) {
            assert!(
                was.is_empty() || was == is,
                "{on}: telling {} = {value} turned {name} from {was} to {is}\n{facts}",
                path.join(".")
            );
        }
        before = after;
        if complaint {
            let (certain, possible, open) = routed(&rulebook, on, &facts);
            let told = format!("{on}: telling {} = {value}", path.join("."));
            assert!(
                certain <= urgency.0 && possible >= urgency.1,
                "{told} turned {urgency:?} to ({certain}, {possible})\n{facts}"
            );
            urgency = (certain, possible);
            for opened in open {
                let item = opened.strip_prefix("sensitive").map_or(opened.as_str(), |_| "sensitive_to_lead");
                assert!(agreed(&facts, item), "{told} opened {opened}, to which nobody agreed\n{facts}");
            }
        }
    }
    assert!(before.iter().any(|(_, is)| !is.is_empty()), "nothing was decided");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn no_further_fact_of_a_worker_overturns_what_is_decided(
        numbers in proptest::collection::vec(any::<u32>(), 300),
        order in proptest::collection::vec(any::<Index>(), 150),
        on in 14_975..21_183_i32,
    ) {
        tell(&numbers, &order, Date::from_days(on).unwrap(), false);
    }

    #[test]
    fn no_further_fact_of_a_complaint_overturns_what_is_decided(
        numbers in proptest::collection::vec(any::<u32>(), 300),
        order in proptest::collection::vec(any::<Index>(), 150),
        on in 14_975..21_183_i32,
    ) {
        tell(&numbers, &order, Date::from_days(on).unwrap(), true);
    }
}
