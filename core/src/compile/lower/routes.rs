//! Lowers what a rule of a complaint says of the way: who leads, forms, copies, steps.

use super::builder::{Builder, Context};
use crate::compile::ast;
use crate::compile::diagnostics::DiagnosticCode;
use crate::criterion::PeriodId;
use crate::rulebook::{Route, Step};

impl Builder<'_> {
    pub(super) fn steps(&mut self, file: usize, steps: &[ast::Step], line: u32) -> (Vec<PeriodId>, Vec<Step>) {
        let (mut periods, mut sentences) = (Vec::new(), Vec::new());
        for (index, step) in steps.iter().enumerate() {
            match step {
                ast::Step::Period(name, line) => {
                    let number = self
                        .rule_file(file)
                        .and_then(|rule_file| rule_file.periods.iter().position(|period| period.id == *name));
                    match number.and_then(|number| self.period(file, number)) {
                        Some(period) => {
                            self.mark(file, name);
                            periods.push(period);
                        }
                        None => self.diagnose(
                            file,
                            *line,
                            DiagnosticCode::UnknownName,
                            format!("`{name}` is no period of this file"),
                            "a [periods] of this file",
                        ),
                    }
                }
                ast::Step::Sentence { text, at, cite } => {
                    let at_file = self.file(file);
                    if let Some(agency) = at {
                        self.agency(file, agency, line);
                    }
                    sentences.push(Step {
                        words: self.words(file, line, "steps", &index.to_string(), text),
                        at: at.as_deref().map(Into::into),
                        cites: self.registry.cite(&at_file, cite),
                    });
                }
            }
        }
        (periods, sentences)
    }

    /// Notes a fault where there is no such agency.
    pub fn agency(&self, file: usize, agency: &str, line: u32) {
        if !self.registry.agencies.iter().any(|known| known.id == agency) {
            let near = crate::values::nearest(agency, self.registry.agencies.iter().map(|known| known.id.as_str()));
            self.diagnose(
                file,
                line,
                DiagnosticCode::UnknownName,
                format!("`{agency}` is no agency"),
                near.map_or_else(String::new, |near| format!("`{near}`")),
            );
        }
    }

    pub(super) fn route(&mut self, context: Context, route: &ast::Route, periods: Vec<PeriodId>, line: u32) -> Route {
        let file = context.file;
        let at = self.file(file);
        for agency in route.lead.iter().chain(&route.joint).chain(&route.office_of) {
            self.recipient(&at, line, agency);
        }
        for form in &route.forms {
            if !self.registry.forms.iter().any(|known| known.id == *form) {
                self.diagnose(
                    file,
                    line,
                    DiagnosticCode::UnknownName,
                    format!("`{form}` is no form"),
                    "a form of complaints/forms.toml",
                );
            }
        }
        let (_, tell) = self.steps(file, &route.tell, line);
        let office_by = self.place_facts(&at, line, &route.office_by);
        let beside = |to: &str, why: &ast::Words| self.words(file, line, "copies", to, why);
        let copies = self.copies(&at, line, &route.copies, beside);
        let path = self.path(&at, line, &route.path);
        Route {
            lead: route.lead.as_deref().map(Into::into),
            joint: route.joint.iter().map(Into::into).collect(),
            office_of: route.office_of.iter().map(Into::into).collect(),
            office_elsewhere: route.office_elsewhere.as_deref().map(Into::into),
            copies,
            forms: route.forms.iter().map(Into::into).collect(),
            tell,
            periods,
            path,
            urgency_at_least: route.urgency_at_least.as_deref().map(Into::into),
            call: route.call.iter().map(Into::into).collect(),
            keeps: route.keeps.iter().map(Into::into).collect(),
            instead_of: route.instead_of.iter().map(Into::into).collect(),
            office_by,
        }
    }
}
