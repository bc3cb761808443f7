//! A person or an incident as the evaluator sees it: one value for each fact of the rulebook.

use serde_json::Value as Json;

use super::fields::{FactField, PaidMonths, declared_value};
use super::place::PlaceKind;
use super::reader;
use super::{Complaint, FactError, FactId, FactKind, FactScope, GROUPS, Job, Layout, Scope, Worker};

/// The value of one fact.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    /// Not known.
    #[default]
    Unknown,
    /// Yes or no.
    Flag(bool),
    /// The number of a code in its list.
    Code(u16),
    /// A whole number, an amount in satang or a day number, from the first to the last value that it may have.
    Span(i64, i64),
    /// The paid months of one scheme.
    Months(Box<PaidMonths>),
    /// Monthly wages in satang, latest last.
    Wages(Box<[i64]>),
}

impl Value {
    pub(crate) const fn exact(value: i64) -> Self {
        Self::Span(value, value)
    }
}

/// Every fact of one subject, in the layout of one rulebook.
#[derive(Clone, PartialEq)]
pub struct Subject {
    person: Vec<Value>,
    jobs: Option<Vec<Vec<Value>>>,
    /// The one job stands alone, as `job`.
    alone: bool,
}

impl std::fmt::Debug for Subject {
    /// How much is known, never what.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let known = |values: &[Value]| values.iter().filter(|value| **value != Value::Unknown).count();
        let jobs = self.jobs.as_ref().map(|jobs| jobs.iter().map(|job| known(job)).collect::<Vec<_>>());
        formatter
            .debug_struct("Subject")
            .field("known", &known(&self.person))
            .field("known_of_jobs", &jobs)
            .finish()
    }
}

static UNKNOWN: Value = Value::Unknown;

impl Subject {
    /// A subject of whom nothing is known.
    #[must_use]
    pub fn unknown(layout: &Layout) -> Self {
        Self {
            person: vec![Value::Unknown; layout.sizes().0],
            jobs: None,
            alone: false,
        }
    }

    /// The path of a fact of a job, as it stands in JSON.
    pub(super) fn job_path(&self, name: &str, job: usize) -> String {
        match name.strip_prefix("job.") {
            Some(field) if !self.alone => format!("jobs[{job}].{field}"),
            _ => name.to_owned(),
        }
    }

    /// Lays out the facts of a worker or a complaint.
    ///
    /// # Errors
    /// A code that is not on its list, or a fact that the rulebook does not know.
    pub fn of<F: Facts>(facts: &F, layout: &Layout) -> Result<Self, FactError> {
        facts.subject(layout)
    }

    /// The value of a fact: one of a job for the job asked about, any other whatever the scope.
    #[must_use]
    pub fn value(&self, layout: &Layout, fact: FactId, scope: Scope) -> &Value {
        let Some(info) = layout.fact(fact) else { return &UNKNOWN };
        let slots = match (info.scope, scope, &self.jobs) {
            (FactScope::Person, _, _) => Some(&self.person),
            (FactScope::Job, Scope::Job(job), Some(jobs)) => jobs.get(job),
            (FactScope::Job, _, _) => None,
        };
        slots.and_then(|slots| slots.get(usize::from(info.slot))).unwrap_or(&UNKNOWN)
    }

    /// The number of jobs, where it is known.
    #[must_use]
    pub fn job_count(&self) -> Option<usize> {
        self.jobs.as_ref().map(Vec::len)
    }

    /// Sets the value of one fact; a job that is not there is ignored.
    pub fn set(&mut self, layout: &Layout, fact: FactId, scope: Scope, value: Value) {
        let Some(info) = layout.fact(fact) else { return };
        let slots = match (info.scope, scope) {
            (FactScope::Person, _) => Some(&mut self.person),
            (FactScope::Job, Scope::Job(job)) => self.jobs.as_mut().and_then(|jobs| jobs.get_mut(job)),
            (FactScope::Job, Scope::Person | Scope::SomeJob) => None,
        };
        if let Some(slot) = slots.and_then(|slots| slots.get_mut(usize::from(info.slot))) {
            *slot = value;
        }
    }

    /// Says how many jobs there are, all their facts unknown.
    pub fn set_jobs(&mut self, layout: &Layout, count: usize) {
        self.jobs = Some(vec![vec![Value::Unknown; layout.sizes().1]; count]);
    }
}

/// A subject in the making, and the field that is being put.
pub(crate) struct Filling<'a> {
    layout: &'a Layout,
    subject: Subject,
    scope: Scope,
    group: usize,
    next: usize,
    field: Option<FactId>,
}

impl<'a> Filling<'a> {
    fn lay_out(facts: &impl FactField, layout: &'a Layout) -> Result<Subject, FactError> {
        let mut filling = Self {
            layout,
            subject: Subject::unknown(layout),
            scope: Scope::Person,
            group: 0,
            next: 0,
            field: None,
        };
        facts.put(&mut filling)?;
        Ok(filling.subject)
    }

    /// Runs the fields of one group: each call of [`Self::advance`] steps to its next field.
    pub(crate) fn group(&mut self, name: &str, fields: impl FnOnce(&mut Self) -> Result<(), FactError>) -> Result<(), FactError> {
        let before = (self.group, self.next, self.field);
        self.group = GROUPS.iter().position(|group| group.name == name).unwrap_or(usize::MAX);
        self.next = 0;
        let done = fields(self);
        (self.group, self.next, self.field) = before;
        done
    }

    pub(crate) fn advance(&mut self) -> &mut Self {
        self.field = self.layout.base(self.group, self.next);
        self.next = self.next.saturating_add(1);
        self
    }

    pub(super) fn set(&mut self, value: Value) {
        if let Some(fact) = self.field {
            self.subject.set(self.layout, fact, self.scope, value);
        }
    }

    pub(super) fn code(&self, code: &str) -> Result<u16, FactError> {
        let list = self.field.and_then(|fact| self.layout.fact(fact)).and_then(|fact| fact.list);
        let list = list.and_then(|list| self.layout.lists.get(usize::from(list)));
        reader::code(code, list, "").map_err(|error| error.at(self.path()))
    }

    /// A province or district by its code or name; a district beside its province.
    pub(super) fn place(&self, text: &str) -> Result<u16, FactError> {
        let info = self.field.and_then(|fact| self.layout.fact(fact));
        let district = info.filter(|info| info.kind == FactKind::District);
        let kind = if district.is_some() {
            PlaceKind::District
        } else {
            PlaceKind::Province
        };
        let province = district.and_then(|info| reader::province_beside(&self.subject, self.layout, info, self.scope));
        reader::place(text, kind, self.layout, "", province).map_err(|error| error.at(self.path()))
    }

    /// The name of the field that is being put, as it stands in JSON.
    fn path(&self) -> String {
        let info = self.field.and_then(|fact| self.layout.fact(fact));
        let name = info.map_or("", |fact| fact.name.as_str());
        // A family is put member by member from its first: the family is named, not that member.
        let family = info.is_some_and(|fact| fact.list.is_some() && matches!(fact.kind, FactKind::YesNo | FactKind::PaidMonths));
        let name = if family {
            name.rsplit_once('.').map_or(name, |(family, _)| family)
        } else {
            name
        };
        self.scope
            .job()
            .map_or_else(|| name.to_owned(), |job| self.subject.job_path(name, job))
    }

    pub(super) fn set_member(&mut self, code: &str, value: Value) -> Result<(), FactError> {
        let index = self.code(code)?;
        if let Some(fact) = self.field.and_then(|first| first.member(index)) {
            self.subject.set(self.layout, fact, self.scope, value);
        }
        Ok(())
    }

    pub(super) fn jobs(&mut self, jobs: &[Job]) -> Result<(), FactError> {
        self.subject.set_jobs(self.layout, jobs.len());
        for (index, job) in jobs.iter().enumerate() {
            self.scope = Scope::Job(index);
            job.put(self)?;
        }
        self.scope = Scope::Person;
        Ok(())
    }

    pub(super) fn declared(&mut self, name: &str, value: &Json) -> Result<(), FactError> {
        let Some(fact) = self.layout.declared(name) else {
            // Families and groups are spread over the layout: their own names stand in the list of facts.
            let whole = GROUPS
                .iter()
                .filter(|group| group.prefix.is_empty())
                .flat_map(|group| group.facts)
                .map(|fact| fact.name);
            let names = self.layout.facts.iter().map(|fact| fact.name.as_str()).chain(whole);
            let nearest = crate::values::nearest(name, names).map(str::to_owned);
            return Err(FactError::UnknownFact {
                fact: crate::values::shown(name),
                nearest,
            });
        };
        self.field = Some(fact);
        let kind = self.layout.fact(fact).map_or(FactKind::Declared, |fact| fact.kind);
        if !value.is_null() {
            let value = declared_value(kind, value, self, name)?;
            self.set(value);
        }
        Ok(())
    }
}

/// A group of facts that can be decided about: a worker or a complaint.
pub trait Facts: sealed::Sealed {
    /// Lays the facts out for a rulebook.
    ///
    /// # Errors
    /// As for [`Subject::of`].
    fn subject(&self, layout: &Layout) -> Result<Subject, FactError>;
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Worker {}
    impl Sealed for super::Complaint {}
}

impl Facts for Worker {
    fn subject(&self, layout: &Layout) -> Result<Subject, FactError> {
        Filling::lay_out(self, layout)
    }
}

impl Facts for Complaint {
    fn subject(&self, layout: &Layout) -> Result<Subject, FactError> {
        Filling::lay_out(self, layout)
    }
}

impl Job {
    /// Puts a single job as the only one.
    pub(super) fn put_alone(&self, filling: &mut Filling<'_>) -> Result<(), FactError> {
        filling.subject.set_jobs(filling.layout, 1);
        filling.subject.alone = true;
        filling.scope = Scope::Job(0);
        let done = self.put(filling);
        filling.scope = Scope::Person;
        done
    }
}
