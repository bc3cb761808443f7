//! The facts of a rulebook in order: the built-in ones, their families spread over the codes, and those it declares.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::contradiction::{Kept, Pairs};
use super::place::Places;
use super::{FactKind, GROUPS};
use crate::values::{Text, ids};

ids! {
    /// A fact, among those of its rulebook.
    FactId(u16);
    /// A list of codes, among those of its rulebook.
    ListId(u16);
}

impl FactId {
    /// The member of a family for the code of that number, where this is its first.
    pub(super) fn member(self, code: u16) -> Option<Self> {
        self.0.checked_add(code).map(Self)
    }
}

/// Of whom a fact is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FactScope {
    /// Once: of the person, the claim or the complaint.
    Person,
    /// Of each job.
    Job,
}

/// One fact of a rulebook.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FactInfo {
    /// The name in rule files and the name of the column, such as `job.employer` or `member.sso_39`.
    pub name: Text,
    /// The type; for a member of a family the type of one member.
    pub kind: FactKind,
    /// The code list it draws from.
    pub list: Option<ListId>,
    /// Of whom it is asked.
    pub scope: FactScope,
    /// Its place among the facts of its scope.
    pub slot: u16,
}

/// A code list of a rulebook; its order is append-only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CodeList {
    /// The name of the list.
    pub id: Text,
    /// The codes.
    pub codes: Vec<Text>,
}

impl CodeList {
    /// The number of a code.
    #[must_use]
    pub fn index(&self, code: &str) -> Option<u16> {
        self.codes
            .iter()
            .position(|known| known == code)
            .and_then(|index| u16::try_from(index).ok())
    }
}

/// Every fact and every code list of a rulebook.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Layout {
    /// The facts, by number.
    pub facts: Vec<FactInfo>,
    /// The code lists.
    pub lists: Vec<CodeList>,
    /// The number of the first fact of each line of the list of facts, by group.
    bases: Vec<Vec<FactId>>,
    /// The facts that the rulebook declares, by name.
    declared: BTreeMap<String, FactId>,
    people: u16,
    jobs: u16,
    /// The names of the places, which the rulebook lends when it is opened.
    #[serde(skip)]
    pub places: Places,
    #[serde(skip)]
    pairs: Kept,
}

impl Layout {
    /// Lays out the built-in facts over the code lists of a rulebook; province and district codes are the lists `province` and `district`.
    ///
    /// # Errors
    /// The name of a code list that a fact needs and the rulebook lacks.
    pub fn new(lists: Vec<CodeList>) -> Result<Self, String> {
        let mut layout = Self { lists, ..Self::default() };
        for group in GROUPS {
            let scope = if group.prefix == "job" { FactScope::Job } else { FactScope::Person };
            let mut bases = Vec::with_capacity(group.facts.len());
            for fact in group.facts {
                let name = if group.prefix.is_empty() {
                    fact.name.to_owned()
                } else {
                    format!("{}.{}", group.prefix, fact.name)
                };
                // A fact that a worker and a complaint share is one fact.
                if let Some(shared) = layout.fact_number(&name) {
                    bases.push(shared);
                    continue;
                }
                bases.push(FactId::try_from(layout.facts.len()).unwrap_or(FactId::NOWHERE));
                let list = match fact.kind {
                    FactKind::Province => Some("province"),
                    FactKind::District => Some("district"),
                    _ => fact.list,
                };
                let list = list
                    .map(|list| layout.list_number(list).ok_or_else(|| list.to_owned()))
                    .transpose()?;
                match (fact.kind, list) {
                    (FactKind::Jobs | FactKind::TheJob | FactKind::TheClaim | FactKind::Declared, _) => {}
                    (FactKind::Family | FactKind::PaidMonths, Some(list)) => {
                        let kind = if fact.kind == FactKind::Family {
                            FactKind::YesNo
                        } else {
                            FactKind::PaidMonths
                        };
                        let codes = layout
                            .lists
                            .get(usize::from(list))
                            .map(|list| list.codes.clone())
                            .unwrap_or_default();
                        for code in codes {
                            layout.push(format!("{name}.{code}"), kind, Some(list), scope);
                        }
                    }
                    (kind, list) => layout.push(name, kind, list, scope),
                }
            }
            layout.bases.push(bases);
        }
        Ok(layout)
    }

    /// Declares a fact of the rulebook's own.
    pub fn declare(&mut self, name: &str, kind: FactKind, list: Option<ListId>) {
        if let Ok(id) = FactId::try_from(self.facts.len()) {
            self.declared.insert(name.to_owned(), id);
            self.push(name.to_owned(), kind, list, FactScope::Person);
        }
    }

    fn push(&mut self, name: String, kind: FactKind, list: Option<ListId>, scope: FactScope) {
        let counter = match scope {
            FactScope::Person => &mut self.people,
            FactScope::Job => &mut self.jobs,
        };
        self.facts.push(FactInfo {
            name: name.into(),
            kind,
            list,
            scope,
            slot: *counter,
        });
        *counter = counter.saturating_add(1);
    }

    /// The number of the code list of that name.
    #[must_use]
    pub fn list_number(&self, id: &str) -> Option<ListId> {
        self.lists
            .iter()
            .position(|list| list.id == id)
            .and_then(|index| ListId::try_from(index).ok())
    }

    /// The code list of that name.
    #[must_use]
    pub fn list(&self, id: &str) -> Option<&CodeList> {
        self.lists.iter().find(|list| list.id == id)
    }

    /// The number of the fact of that name.
    #[must_use]
    pub fn fact_number(&self, name: &str) -> Option<FactId> {
        self.facts
            .iter()
            .position(|fact| fact.name == name)
            .and_then(|index| FactId::try_from(index).ok())
    }

    /// The fact of that number.
    #[must_use]
    pub fn fact(&self, id: FactId) -> Option<&FactInfo> {
        self.facts.get(usize::from(id))
    }

    /// The fact that a rulebook declares under that name.
    #[must_use]
    pub fn declared(&self, name: &str) -> Option<FactId> {
        self.declared.get(name).copied()
    }

    /// The number of facts asked of the person, and of each job.
    #[must_use]
    pub fn sizes(&self) -> (usize, usize) {
        (self.people.into(), self.jobs.into())
    }

    /// Checks that every number points to something.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub(crate) fn verify(&self) -> Result<(), String> {
        for fact in &self.facts {
            let size = match fact.scope {
                FactScope::Person => self.people,
                FactScope::Job => self.jobs,
            };
            if fact.slot >= size || fact.list.is_some_and(|list| usize::from(list) >= self.lists.len()) {
                return Err(format!("the fact `{}` names something that is not there", fact.name));
            }
        }
        let facts = self.facts.len();
        // What a group spreads over nothing, such as its jobs, begins where the next fact does.
        let lost = self.bases.iter().flatten().any(|base| usize::from(*base) > facts)
            || self.declared.values().any(|fact| usize::from(*fact) >= facts);
        if lost {
            Err("its list of facts names something that is not there".to_owned())
        } else {
            Ok(())
        }
    }

    /// The pairs of facts that can contradict each other.
    pub(super) fn pairs(&self) -> &Pairs {
        self.pairs.of(self)
    }

    pub(super) fn base(&self, group: usize, field: usize) -> Option<FactId> {
        self.bases.get(group).and_then(|bases| bases.get(field)).copied()
    }
}
