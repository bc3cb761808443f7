//! Lowers what stands across the files of complaints: the kinds that are not encoded, their order, and the last days that warn.

use super::builder::{Builder, Context};
use crate::compile::ast;
use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::source::File;
use crate::criterion::{Node, NodeId, PeriodId};
use crate::facts::FactKind;
use crate::rulebook::{CopyTo, FileId, FileKind, OtherKind, PathStep, Precedence, Rule, TermPlace, Words};

impl Builder<'_> {
    /// The kinds that are not encoded, and the order of all kinds.
    pub fn kinds(&mut self) {
        let registry = self.registry;
        let file = &registry.other_kinds;
        let at = File {
            path: &file.path,
            ledger: self.ledger,
        };
        // These conditions speak of facts only: no rule file is their place.
        let context = Context {
            file: usize::MAX,
            option: None,
            job: true,
        };
        let office_by = self.place_facts(&at, file.line, &file.by);
        for rule_file in &file.kinds {
            let arises = rule_file.arises.as_ref().map(|when| self.condition(context, when));
            for agency in std::iter::once(&rule_file.lead).chain(&rule_file.joint) {
                self.recipient(&at, rule_file.line, agency);
            }
            let beside = |_: &str, why: &ast::Words| Words {
                th: why.th.as_str().into(),
                en: why.en.clone().unwrap_or_default().into(),
            };
            let kind = OtherKind {
                id: rule_file.id.as_str().into(),
                name: rule_file.name.clone(),
                call: rule_file.call.iter().map(Into::into).collect(),
                arises,
                from: rule_file.from,
                lead: rule_file.lead.as_str().into(),
                joint: rule_file.joint.iter().map(Into::into).collect(),
                copies: self.copies(&at, rule_file.line, &rule_file.copies, beside),
                path: self.path(&at, rule_file.line, &rule_file.path),
                office_by: office_by.clone(),
                while_unknown: rule_file.while_unknown.clone(),
                urgency_at_least: rule_file.urgency_at_least.as_deref().map(Into::into),
                never_with: rule_file.never_with.iter().map(Into::into).collect(),
                alone: rule_file.alone,
                within: rule_file.within.iter().map(Into::into).collect(),
                warn: rule_file.warn.clone(),
                cites: registry.cite(&at, &rule_file.cite),
            };
            self.book.other_kinds.push(kind);
        }
        self.book.other_kinds_say = file.say.clone();
        self.book.projected_years.clone_from(&registry.projected_years);
        let rule_file = &registry.precedence;
        let at = File {
            path: "complaints/precedence.toml",
            ledger: self.ledger,
        };
        self.book.precedence = Precedence {
            order: rule_file.order.iter().map(Into::into).collect(),
            near: rule_file.near,
            rest: rule_file.rest.iter().map(Into::into).collect(),
            words: rule_file.words.clone(),
            cites: registry.cite(&at, &rule_file.cite),
        };
        self.levels();
        self.community();
    }

    /// Notes the levels of kinds that are not encoded which the urgency file does not have.
    fn levels(&self) {
        let urgency = self.files.iter().filter(|file| file.kind == FileKind::Urgency);
        let levels: Vec<&str> = urgency.flat_map(|file| &file.levels).map(String::as_str).collect();
        let at = File {
            path: &self.registry.other_kinds.path,
            ledger: self.ledger,
        };
        for rule_file in &self.registry.other_kinds.kinds {
            let unknown = rule_file
                .while_unknown
                .iter()
                .flat_map(|unknown| unknown.urgency.iter().chain(&unknown.with_child));
            let named = unknown.map(AsRef::as_ref).chain(rule_file.urgency_at_least.as_deref());
            for level in named.filter(|level| !levels.contains(level)) {
                at.diagnose(
                    rule_file.line,
                    DiagnosticCode::UnknownCode,
                    format!("`{level}` is no level of urgency"),
                    levels.join(", "),
                );
            }
        }
    }

    fn community(&self) {
        let registry = self.registry;
        let at = File {
            path: "authorities/community.toml",
            ledger: self.ledger,
        };
        for body in &registry.community {
            let line = self.line_of(at.path, &format!("community.{}", body.id));
            for planned in &body.planned {
                let province =
                    std::iter::once(&planned.province).filter(|code| !registry.provinces.iter().any(|known| known.code == **code));
                let districts = planned.districts.iter().chain(&planned.without);
                let districts = districts.filter(|code| !registry.districts.iter().any(|known| known.code == **code));
                for code in province.chain(districts) {
                    at.diagnose(
                        line,
                        DiagnosticCode::UnknownCode,
                        format!("there is no place `{code}`"),
                        "a code of places/",
                    );
                }
            }
        }
    }

    /// Where the last day of a period warns: where a rule that takes it as a step is met, in a kind that arises.
    pub fn warnings(&mut self) {
        let periods: Vec<PeriodId> = PeriodId::of_each(&self.book.periods)
            .filter(|(_, period)| period.warn)
            .map(|(number, _)| number)
            .collect();
        for period in periods {
            let takes = |rule: &&Rule| rule.route.as_ref().is_some_and(|route| route.periods.contains(&period));
            let taking: Vec<(FileId, NodeId)> = self.book.rules.iter().filter(takes).map(|rule| (rule.file, rule.person)).collect();
            let mut nodes = Vec::with_capacity(taking.len());
            for (file, node) in taking {
                let arises = self.book.file(file).and_then(|file| file.arises);
                nodes.push(self.node(Node::All(std::iter::once(node).chain(arises).collect())));
            }
            let node = self.node(Node::Any(nodes));
            self.book.program.warnings.push((period, node));
        }
    }

    /// The place facts by which an office is found.
    pub fn place_facts(&self, at: &File<'_>, line: u32, names: &[String]) -> Vec<TermPlace> {
        let layout = &self.book.program.layout;
        let place = |name: &String| {
            let province = layout
                .fact_number(name)
                .filter(|fact| layout.fact(*fact).is_some_and(|fact| fact.kind == FactKind::Province));
            if province.is_none() {
                at.diagnose(
                    line,
                    DiagnosticCode::UnknownName,
                    format!("`{name}` is no province fact"),
                    "such as `job.province`",
                );
            }
            let district = name
                .strip_suffix("province")
                .and_then(|prefix| layout.fact_number(&format!("{prefix}district")));
            province.map(|province| TermPlace { province, district })
        };
        names.iter().filter_map(place).collect()
    }

    /// Agencies that get a copy.
    pub fn copies(&self, at: &File<'_>, line: u32, copies: &[ast::CopyTo], why: impl Fn(&str, &ast::Words) -> Words) -> Vec<CopyTo> {
        let copy = |copy: &ast::CopyTo| {
            self.recipient(at, line, &copy.to);
            CopyTo {
                to: copy.to.as_str().into(),
                why: why(&copy.to, &copy.why),
                cites: self.registry.cite(at, &copy.cite),
            }
        };
        copies.iter().map(copy).collect()
    }

    /// The referral path.
    pub fn path(&self, at: &File<'_>, line: u32, steps: &[ast::PathStep]) -> Vec<PathStep> {
        let step = |ast::PathStep { from, to, within, cite }: &ast::PathStep| {
            if !self.registry.passes_on(from) {
                at.diagnose(
                    line,
                    DiagnosticCode::UnknownName,
                    format!("`{from}` passes no complaint on"),
                    "a channel, an agency or a community body",
                );
            }
            if !self.registry.receives(to) {
                at.diagnose(
                    line,
                    DiagnosticCode::UnknownName,
                    format!("`{to}` receives no complaint"),
                    "an agency or a community body",
                );
            }
            PathStep {
                from: from.as_str().into(),
                to: to.as_str().into(),
                within: *within,
                cites: self.registry.cite(at, cite),
            }
        };
        steps.iter().map(step).collect()
    }

    /// Notes a fault where there is no such agency.
    pub fn recipient(&self, at: &File<'_>, line: u32, agency: &str) {
        if !self.registry.agencies.iter().any(|known| known.id == agency) {
            let near = crate::values::nearest(agency, self.registry.agencies.iter().map(|known| known.id.as_str()));
            at.diagnose(
                line,
                DiagnosticCode::UnknownName,
                format!("`{agency}` is no agency"),
                near.map_or_else(String::new, |near| format!("`{near}`")),
            );
        }
    }
}
