//! Whether every number and every name in compiled data points to something.

use crate::criterion::{AmountId, CiteId, Node, NodeId, PeriodId, Program, Term};
use crate::facts::FactId;
use crate::rulebook::{Book, CopyTo, FileId, OptionId, Part, Route, Step};

/// Checks every list of a book against what its entries name.
pub(super) fn check(book: &Book) -> Result<(), String> {
    let ends = Ends { book };
    ends.lists()?;
    ends.program()?;
    ends.files()?;
    ends.rules()?;
    ends.amounts()?;
    ends.registers()?;
    ends.complaints()
}

struct Ends<'a> {
    book: &'a Book,
}

fn hold(sound: bool, what: impl FnOnce() -> String) -> Result<(), String> {
    if sound { Ok(()) } else { Err(what()) }
}

impl<'a> Ends<'a> {
    fn program_of(&self) -> &'a Program {
        &self.book.program
    }

    fn node(&self, id: NodeId) -> bool {
        usize::from(id) < self.program_of().nodes.len()
    }

    fn fact(&self, id: FactId) -> bool {
        self.program_of().layout.fact(id).is_some()
    }

    fn cites(&self, cites: &[CiteId]) -> bool {
        cites.iter().all(|cite| usize::from(*cite) < self.book.cites.len())
    }

    fn period(&self, id: PeriodId) -> bool {
        usize::from(id) < self.program_of().periods.len()
    }

    fn agency<'t>(&self, ids: impl IntoIterator<Item = &'t str>) -> bool {
        ids.into_iter().all(|id| self.book.agency(id).is_some())
    }

    fn steps(&self, steps: &[Step]) -> bool {
        steps.iter().all(|step| self.cites(&step.cites))
    }

    fn copies(&self, copies: &[CopyTo]) -> bool {
        copies.iter().all(|copy| self.cites(&copy.cites) && self.agency([copy.to.as_str()]))
    }

    /// Lists that stand beside each other are of one length.
    fn lists(&self) -> Result<(), String> {
        let (book, program) = (self.book, self.program_of());
        let pairs = [
            ("clauses", program.names.len(), book.clauses.len()),
            ("periods", program.periods.len(), book.periods.len()),
            ("unread parts", program.open.len(), book.open.len()),
            ("terms", program.terms.len(), program.term_names.len()),
            ("code lists", program.layout.lists.len(), book.labels.len()),
        ];
        for (what, one, other) in pairs {
            hold(one == other, || {
                format!("its {what} and what is said of them differ in length: {one} and {other}")
            })?;
        }
        for (list, labels) in program.layout.lists.iter().zip(&book.labels) {
            hold(list.codes.len() == labels.len(), || {
                format!("the codes of `{}` and their labels differ in length", list.id)
            })?;
        }
        program.layout.verify()
    }

    fn program(&self) -> Result<(), String> {
        let program = self.program_of();
        for node in &program.nodes {
            let sound = match node {
                Node::Is(fact) => self.fact(*fact),
                Node::Among(fact, codes) => self.fact(*fact) && codes.is_sorted(),
                Node::Named(name, _) => usize::from(*name) < program.names.len(),
                Node::Open(open) => usize::from(*open) < program.open.len(),
                Node::Versions(_, versions) => versions.is_sorted_by_key(|(from, _)| *from),
                _ => true,
            };
            hold(sound, || "a condition names a fact, clause or version that is not there".to_owned())?;
        }
        for term in &program.terms {
            let sound = match term {
                Term::Month(fact) | Term::Fact(fact) | Term::TopMean { wages: fact, .. } => self.fact(*fact),
                Term::Bound { day, unless, .. } => {
                    self.fact(*day) && unless.as_ref().is_none_or(|(fact, codes)| self.fact(*fact) && codes.is_sorted())
                }
                Term::LatestOfJobs { told, only, .. } => self.fact(*told) && self.fact(*only),
                Term::MonthsPaid { schemes, .. } | Term::MonthsSteps { schemes, .. } => schemes.iter().all(|fact| self.fact(*fact)),
                _ => true,
            };
            hold(sound, || "a term names a fact that is not there".to_owned())?;
        }
        for column in &program.columns {
            let sound = column.entries.iter().all(|entry| self.cites(&entry.cites));
            hold(sound, || format!("the table column `{}` cites what is not there", column.name))?;
        }
        let warnings = program
            .warnings
            .iter()
            .all(|(period, node)| self.period(*period) && self.node(*node));
        hold(warnings, || "a warning is of a period that is not there".to_owned())
    }

    fn files(&self) -> Result<(), String> {
        for file in &self.book.files {
            let kept = file
                .no_share
                .iter()
                .all(|kept| self.cites(&kept.cites) && kept.unless.is_none_or(|node| self.node(node)));
            let sound = kept
                && file.registered.iter().chain(&file.arises).all(|node| self.node(*node))
                && file.danger.iter().all(|fact| self.fact(*fact))
                && file.notes.iter().all(|note| self.cites(&note.cites))
                && self.agency(file.authority.as_deref());
            hold(sound, || format!("the file `{}` names something that is not there", file.id))?;
        }
        for clause in &self.book.clauses {
            let other = clause.other.as_ref().is_none_or(|other| self.cites(&other.cites));
            hold(other && self.cites(&clause.cites), || "a clause cites what is not there".to_owned())?;
        }
        for period in &self.book.periods {
            let extension = period.extension.as_ref().is_none_or(|extension| self.cites(&extension.cites));
            hold(extension && self.cites(&period.cites), || {
                "a period cites what is not there".to_owned()
            })?;
        }
        let files = self.book.open.iter().all(|open| self.book.file(open.file).is_some());
        hold(files, || "an unread part is of a file that is not there".to_owned())
    }

    /// Whether a file, and of it the option, is there.
    fn option(&self, file: FileId, option: Option<OptionId>) -> bool {
        let file = self.book.file(file);
        file.is_some_and(|file| option.is_none_or(|option| usize::from(option) < file.memberships.len()))
    }

    fn rules(&self) -> Result<(), String> {
        for rule in &self.book.rules {
            let part = |part: &Part| self.node(part.node) && part.rule.is_none_or(|rule| usize::from(rule) < self.book.rules.len());
            let amount = |amount: &AmountId| usize::from(*amount) < self.book.amounts.len();
            let sound = rule.requires.iter().chain(&rule.excludes).all(part)
                && self.node(rule.node)
                && self.node(rule.person)
                && rule.pays.iter().chain(&rule.amount).all(amount)
                && rule.within.is_none_or(|period| self.period(period))
                && self.option(rule.file, rule.option)
                && self.cites(&rule.cites)
                && self.steps(&rule.steps)
                && rule.route.as_deref().is_none_or(|route| self.route(route));
            hold(sound, || format!("the rule `{}` names something that is not there", rule.id))?;
        }
        Ok(())
    }

    fn route(&self, route: &Route) -> bool {
        let agencies = route.lead.iter().chain(&route.joint).chain(&route.office_of);
        self.agency(agencies.map(|agency| agency.as_str()))
            && self.copies(&route.copies)
            && self.steps(&route.tell)
            && route.periods.iter().all(|period| self.period(*period))
            && route.path.iter().all(|step| self.cites(&step.cites))
            && route.forms.iter().all(|form| self.book.forms.iter().any(|known| known.id == *form))
            && route
                .office_by
                .iter()
                .all(|place| self.fact(place.province) && place.district.is_none_or(|fact| self.fact(fact)))
    }

    fn amounts(&self) -> Result<(), String> {
        for amount in &self.book.amounts {
            let sound = self.option(amount.file, amount.option) && self.cites(&amount.cites);
            hold(sound, || format!("the amount `{}` names something that is not there", amount.id))?;
        }
        for table in &self.book.tables {
            let columns = self.program_of().columns.len();
            let sound = table.columns.iter().all(|(column, _)| usize::from(*column) < columns);
            hold(sound, || format!("the table `{}` names a column that is not there", table.id))?;
        }
        Ok(())
    }

    fn registers(&self) -> Result<(), String> {
        let book = self.book;
        for cite in &book.cites {
            hold(usize::from(cite.instrument) < book.instruments.len(), || {
                "a citation is of an instrument that is not there".to_owned()
            })?;
        }
        for agency in &book.agencies {
            let sound = self.cites(&agency.cites) && self.agency(agency.part_of.as_deref());
            hold(sound, || format!("the agency `{}` names something that is not there", agency.id))?;
        }
        for body in &book.community {
            let sound = self.cites(&body.cites) && body.planned.iter().all(|planned| self.cites(&planned.cites));
            hold(sound, || format!("the community body `{}` cites what is not there", body.id))?;
        }
        for office in &book.offices {
            hold(self.agency([office.agency.as_str()]), || {
                "an office is of an agency that is not there".to_owned()
            })?;
        }
        let forms = book.forms.iter().all(|form| self.cites(&form.cites));
        hold(forms, || "a form cites what is not there".to_owned())
    }

    fn complaints(&self) -> Result<(), String> {
        for kind in &self.book.other_kinds {
            let agencies = [&kind.lead].into_iter().chain(&kind.joint);
            let sound = self.agency(agencies.map(|agency| agency.as_str()))
                && kind.arises.is_none_or(|node| self.node(node))
                && self.copies(&kind.copies)
                && kind.path.iter().all(|step| self.cites(&step.cites))
                && kind
                    .office_by
                    .iter()
                    .all(|place| self.fact(place.province) && place.district.is_none_or(|fact| self.fact(fact)))
                && self.cites(&kind.cites);
            hold(sound, || format!("the kind `{}` names something that is not there", kind.id))?;
        }
        hold(self.cites(&self.book.precedence.cites), || {
            "the order of kinds cites what is not there".to_owned()
        })
    }
}
