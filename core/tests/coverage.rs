//! Every rule, clause, amount, period, route and indicator has an example that touches it; rules and clauses one on each side.
//!
//! That the days of change, the rows and the bounds are touched follows from the mutations.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::sources;
use sitthi::criterion::{AmountId, Evaluator, NameId, Node, NodeId, PeriodId, Reading};
use sitthi::examples::{Example, examples};
use sitthi::facts::{Scope, Subject};
use sitthi::law::{Assessment, Verdict};
use sitthi::rulebook::{Book, FileId, FileKind};
use sitthi::{Complaint, Law, Rulebook, Worker};

/// Clauses whose second reading asks nothing, so that no facts fail both readings: they are disputed at most, and an example is.
const DISPUTED_AT_MOST: [&str; 1] = ["sso_33.papers_where_asked_for"];

/// What is met, what is unmet and what is disputed, by name.
#[derive(Default)]
struct Sides {
    met: BTreeSet<String>,
    unmet: BTreeSet<String>,
    disputed: BTreeSet<String>,
}

impl Sides {
    fn add(&mut self, name: &str, verdict: Verdict) {
        match verdict {
            Verdict::Met => drop(self.met.insert(name.to_owned())),
            Verdict::Unmet => drop(self.unmet.insert(name.to_owned())),
            Verdict::Disputed => drop(self.disputed.insert(name.to_owned())),
            Verdict::Undetermined => {}
        }
    }
}

#[derive(Default)]
struct Touched {
    rules: Sides,
    /// By the number of the version.
    clauses: Sides,
    amounts: BTreeSet<String>,
    periods: BTreeSet<String>,
    leads: BTreeSet<String>,
    kinds: BTreeSet<String>,
}

fn of_complaint(kind: FileKind) -> bool {
    matches!(kind, FileKind::Complaint | FileKind::Urgency)
}

impl Touched {
    fn example(&mut self, law: &Law, subject: &Subject, complaint: bool) {
        let book = law.book();
        let mut assessment = Assessment::new(law, subject);
        let jobs = subject.job_count().unwrap_or(0);
        for rule in &book.rules {
            let file = book.file(rule.file).unwrap();
            if of_complaint(file.kind) != complaint {
                continue;
            }
            let option = rule
                .option
                .map_or_else(String::new, |option| format!(" {}", file.memberships[usize::from(option)].option));
            self.rules
                .add(&format!("{}.{}{option}", file.id, rule.id), assessment.rule_verdict(rule));
            let scopes: Vec<Scope> = match (complaint, rule.each_job) {
                (true, _) => vec![Scope::Job(0)],
                (false, true) => (0..jobs).map(Scope::Job).collect(),
                (false, false) => vec![Scope::Person],
            };
            for scope in scopes {
                for part in rule.requires.iter().chain(&rule.excludes) {
                    self.clause(law, subject, &mut assessment, part.node, scope);
                }
            }
        }
        let scope = if jobs > 0 { Scope::Job(0) } else { Scope::Person };
        for (number, amount) in AmountId::of_each(&book.amounts) {
            if let Some(shown) = assessment.amount(number, scope, None)
                && shown.missing.is_empty()
            {
                self.amounts.insert(format!("{}.{}", book.file(amount.file).unwrap().id, amount.id));
            }
        }
        for (number, period) in PeriodId::of_each(&book.program.periods) {
            if assessment.period(number, scope).is_some_and(|shown| shown.nominal.is_some()) {
                self.periods.insert(period.name.to_string());
            }
        }
    }

    /// The clause version that stands in force, as far as the clock is known.
    fn clause(&mut self, law: &Law, subject: &Subject, assessment: &mut Assessment<'_>, node: NodeId, scope: Scope) {
        let book = law.book();
        match book.program.node(node) {
            Node::Named(name, _) => {
                let verdict = assessment.verdict(node, scope);
                self.clauses.add(&clause_name(book, *name), verdict);
            }
            Node::Versions(clock, versions) => {
                let mut evaluator = Evaluator::new(&book.program, subject, law.day(), Reading::Lead);
                let Some(day) = evaluator.reach(*clock, scope).known() else {
                    return;
                };
                if let Some((_, node)) = versions.iter().rfind(|(from, _)| i64::from(*from) <= day) {
                    self.clause(law, subject, assessment, *node, scope);
                }
            }
            Node::Not(inner) | Node::AnyJob(inner) | Node::MainJob(inner) => self.clause(law, subject, assessment, *inner, scope),
            _ => {}
        }
    }
}

fn clause_name(book: &Book, name: NameId) -> String {
    let info = &book.clauses[usize::from(name)];
    let since = info.from.map_or_else(String::new, |from| format!(" from {from}"));
    let until = info.until.map_or_else(String::new, |until| format!(" until {until}"));
    format!("{}{since}{until}", book.program.names[usize::from(name)].id)
}

/// Every clause version that a rule names.
fn clauses(book: &Book) -> BTreeSet<String> {
    fn walk(book: &Book, node: NodeId, found: &mut BTreeSet<String>) {
        match book.program.node(node) {
            Node::Named(name, _) => drop(found.insert(clause_name(book, *name))),
            Node::Versions(_, versions) => versions.iter().for_each(|(_, node)| walk(book, *node, found)),
            Node::Not(inner) | Node::AnyJob(inner) | Node::MainJob(inner) => walk(book, *inner, found),
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    for part in book.rules.iter().flat_map(|rule| rule.requires.iter().chain(&rule.excludes)) {
        walk(book, part.node, &mut found);
    }
    found
}

fn touched(rulebook: &Rulebook, examples: &[Example]) -> Touched {
    let mut touched = Touched::default();
    let book = rulebook.book();
    for example in examples {
        let kind = book
            .file_number(&example.file)
            .and_then(|number| book.file(number))
            .map(|file| file.kind);
        if kind.is_none() && example.file != "not_encoded" {
            continue;
        }
        let (day, facts) = common::given(example);
        let law = rulebook.on(day);
        if kind.is_none_or(of_complaint) {
            let complaint = Complaint::from_value(&facts).unwrap();
            touched.example(&law, &law.subject(&complaint).unwrap(), true);
            let routing = law.route(&complaint).unwrap();
            touched.kinds.extend(routing.kinds.into_iter().map(|kind| kind.kind.to_string()));
            if let Some(lead) = routing.lead {
                touched.leads.insert(format!("{}.{}", lead.kind, lead.rule.unwrap_or_default()));
            }
        } else {
            let worker = Worker::from_value(&facts).unwrap();
            let subject = law.subject(&worker).unwrap_or_else(|error| panic!("{}: {error}", example.id));
            touched.example(&law, &subject, false);
        }
    }
    touched
}

fn lacking<'a>(all: impl IntoIterator<Item = &'a String>, touched: &BTreeSet<String>, what: &str) -> Vec<String> {
    let all = all.into_iter().filter(|name| !touched.contains(*name));
    all.map(|name| format!("{name}: {what}")).collect()
}

#[test]
fn everything_is_touched_by_an_example() {
    let rulebook = Rulebook::built_in();
    let book = rulebook.book();
    let examples = examples(&sources()).unwrap();
    let touched = touched(&rulebook, &examples);
    let mut lacks = Vec::new();

    let file = |number: FileId| book.file(number).unwrap();
    let names: Vec<String> = book
        .rules
        .iter()
        .map(|rule| {
            let option = rule.option.map_or_else(String::new, |option| {
                format!(" {}", file(rule.file).memberships[usize::from(option)].option)
            });
            format!("{}.{}{option}", file(rule.file).id, rule.id)
        })
        .collect();
    lacks.extend(lacking(&names, &touched.rules.met, "no example meets the rule"));
    lacks.extend(lacking(&names, &touched.rules.unmet, "no example fails the rule"));
    let clauses = clauses(book);
    // A clause of which nobody has read all never decides against a person: it is never met.
    let open: BTreeSet<&str> = book.program.open.iter().map(AsRef::as_ref).collect();
    let id = |name: &str| name.split(' ').next().unwrap_or_default().to_owned();
    let whole: Vec<String> = clauses.iter().filter(|name| !open.contains(id(name).as_str())).cloned().collect();
    lacks.extend(lacking(&whole, &touched.clauses.met, "no example meets the clause"));
    let (at_most, failing): (Vec<String>, Vec<String>) =
        clauses.iter().cloned().partition(|name| DISPUTED_AT_MOST.contains(&name.as_str()));
    assert_eq!(at_most.len(), DISPUTED_AT_MOST.len(), "{at_most:?}");
    assert!(at_most.iter().all(|name| !touched.clauses.unmet.contains(name)), "{at_most:?}");
    lacks.extend(lacking(&at_most, &touched.clauses.disputed, "no example disputes the clause"));
    lacks.extend(lacking(&failing, &touched.clauses.unmet, "no example fails the clause"));
    let amounts: BTreeSet<String> = book
        .amounts
        .iter()
        .map(|amount| format!("{}.{}", file(amount.file).id, amount.id))
        .collect();
    lacks.extend(lacking(&amounts, &touched.amounts, "no example comes to the amount"));
    let periods: Vec<String> = book.program.periods.iter().map(|period| period.name.to_string()).collect();
    lacks.extend(lacking(&periods, &touched.periods, "no example shows the period"));

    let leads: Vec<String> = book
        .rules
        .iter()
        .filter(|rule| rule.route.as_ref().is_some_and(|route| route.lead.is_some()))
        .map(|rule| format!("{}.{}", file(rule.file).id, rule.id))
        .collect();
    lacks.extend(lacking(&leads, &touched.leads, "no example is led by the rule"));
    let encoded = book
        .files
        .iter()
        .filter(|file| file.arises.is_some())
        .map(|file| file.id.to_string());
    let others = book
        .other_kinds
        .iter()
        .filter(|kind| kind.arises.is_some())
        .map(|kind| kind.id.to_string());
    let kinds: Vec<String> = encoded.chain(others).collect();
    lacks.extend(lacking(&kinds, &touched.kinds, "no example is of the kind"));

    let mut expected: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for example in &examples {
        expected.entry(&example.file).or_default().extend(example.expect.keys().cloned());
    }
    for plan in &book.plans {
        let indicators: Vec<String> = plan.indicators.iter().map(|indicator| indicator.id.clone()).collect();
        let named = expected.remove(plan.id.as_str()).unwrap_or_default();
        lacks.extend(lacking(
            &indicators,
            &named,
            &format!("no example of {} speaks of the indicator", plan.id),
        ));
    }
    assert!(lacks.is_empty(), "{} things lack an example:\n{}", lacks.len(), lacks.join("\n"));
}
