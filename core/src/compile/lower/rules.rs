//! Lowers rules: what they give, pay and rest on, for each option or job.

use super::builder::{Builder, Context, Progress, Work};
use super::names::Target;
use crate::compile::ast::{self, Side};
use crate::compile::diagnostics::DiagnosticCode;
use crate::criterion::{Node, NodeId, PeriodId};
use crate::rulebook::{FileId, Gives, Late, OptionId, Part, Rule, RuleId, Strength};
use crate::values::Text;

impl Builder<'_> {
    /// A rule inside a condition, of this or another file.
    pub fn rule_inside(&mut self, context: Context, file: usize, rule: usize, option: Option<usize>, line: u32) -> NodeId {
        let numbers = self.rule_numbers(context, file, rule, option, line);
        let mut nodes = Vec::with_capacity(numbers.len());
        for number in numbers {
            let Some(lowered) = self.book.rules.get(usize::from(number)) else {
                continue;
            };
            nodes.push(if context.job && lowered.each_job {
                lowered.node
            } else {
                lowered.person
            });
        }
        self.node(Node::Any(nodes))
    }

    /// The rules that a name stands for: one, or one for each option.
    fn rule_numbers(&mut self, context: Context, file: usize, number: usize, option: Option<usize>, line: u32) -> Vec<RuleId> {
        let Some(rule) = self.rule_file(file).and_then(|rule_file| rule_file.rules.get(number)) else {
            return Vec::new();
        };
        let options: Vec<Option<usize>> = if rule.each.as_deref() == Some("option") {
            match (option, context.option) {
                (Some(option), _) => vec![Some(option)],
                (None, Some(option)) if context.file == file => vec![Some(option)],
                _ => self.rule_options(file, rule).into_iter().map(Some).collect(),
            }
        } else {
            vec![None]
        };
        options
            .into_iter()
            .filter_map(|option| self.rule(file, number, option, line))
            .collect()
    }

    fn rule_options(&self, file: usize, rule: &ast::Rule) -> Vec<usize> {
        let Some(file) = self.rule_file(file) else { return Vec::new() };
        let named = |option: &str| rule.options.as_ref().is_none_or(|only| only.iter().any(|name| name == option));
        file.options
            .iter()
            .enumerate()
            .filter(|(_, (option, _))| named(option))
            .map(|(number, _)| number)
            .collect()
    }

    /// Lowers every rule of a file.
    pub fn rules(&mut self, file: usize) {
        let Some(rule_file) = self.rule_file(file) else { return };
        for (number, rule) in rule_file.rules.iter().enumerate() {
            let options = match rule.each.as_deref() {
                None | Some("job") => vec![None],
                Some("option") if rule_file.options.is_empty() => {
                    self.diagnose(
                        file,
                        rule.line,
                        DiagnosticCode::WrongType,
                        format!("`{}` is asked of each option, and the file has none", rule.id),
                        "`options` in [file]",
                    );
                    vec![None]
                }
                Some("option") => self.rule_options(file, rule).into_iter().map(Some).collect(),
                Some(other) => {
                    self.diagnose(
                        file,
                        rule.line,
                        DiagnosticCode::UnknownCode,
                        format!("`each` is `{other}`"),
                        "option or job",
                    );
                    vec![None]
                }
            };
            for option in options {
                let _ = self.rule(file, number, option, rule.line);
            }
        }
    }

    fn rule(&mut self, file: usize, number: usize, option: Option<usize>, line: u32) -> Option<RuleId> {
        let key = (file, number, option);
        match self.rule_ids.get(&key) {
            Some(Progress::Done(id)) => return Some(*id),
            Some(Progress::InWork) => {
                let id = self
                    .rule_file(file)
                    .and_then(|rule_file| rule_file.rules.get(number))
                    .map_or("", |rule| rule.id.as_str());
                self.diagnose(
                    file,
                    line,
                    DiagnosticCode::Cycle,
                    format!("the rule `{id}` rests on itself"),
                    "rules that rest on others only",
                );
                return None;
            }
            None => {}
        }
        let rule = self.rule_file(file)?.rules.get(number)?;
        if !self.enter(file, line, &rule.id, Work::Rule(file, number, option)) {
            return None;
        }
        self.rule_ids.insert(key, Progress::InWork);
        let lowered = self.lower_rule(file, rule, option);
        self.leave();
        let id = RuleId::try_from(self.book.rules.len()).ok()?;
        self.book.rules.push(lowered);
        self.rule_ids.insert(key, Progress::Done(id));
        Some(id)
    }

    fn lower_rule(&mut self, file: usize, rule: &ast::Rule, option: Option<usize>) -> Rule {
        let each_job = rule.each.as_deref() == Some("job");
        let context = Context {
            file,
            option,
            job: each_job || self.of_complaint(file),
        };
        let requires: Vec<Part> = rule
            .requires
            .iter()
            .filter_map(|name| self.part(context, name, Side::Requires, rule.line))
            .collect();
        let excludes: Vec<Part> = rule
            .excludes
            .iter()
            .filter_map(|name| self.part(context, name, Side::Excludes, rule.line))
            .collect();
        if requires.is_empty() && excludes.is_empty() && rule.within.is_none() {
            self.diagnose(
                file,
                rule.line,
                DiagnosticCode::MissingKey,
                format!("the rule `{}` requires nothing", rule.id),
                "`requires`",
            );
        }
        let mut nodes: Vec<NodeId> = requires.iter().map(|part| part.node).collect();
        for part in &excludes {
            let not = self.node(Node::Not(part.node));
            nodes.push(not);
        }
        let (within, late_considered) = self.rule_period(file, rule);
        if let Some(period) = within {
            // A late claim that is still considered bars nothing by itself: the period is shown, with what being late means.
            if !late_considered {
                let node = self.node(Node::Within(period));
                nodes.push(node);
            }
        }
        let mut node = self.node(Node::All(nodes));
        let never = self.node(Node::Never);
        node = self.dated(context, rule.from, rule.until, vec![(i32::MIN, node)], never, rule.line);
        let since = option
            .and_then(|option| self.rule_file(file)?.options.get(option))
            .map(|(_, since)| since.days());
        let base = self.rule_file(file).map_or(i32::MIN, |rule_file| rule_file.since.days());
        if let Some(since) = since.filter(|since| *since > base) {
            let today = self.today();
            node = self.node(Node::Versions(today, vec![(i32::MIN, never), (since, node)]));
        }
        let person = if each_job { self.node(Node::AnyJob(node)) } else { node };
        let at = self.file(file);
        let cites = self.registry.cite(&at, &rule.cite);
        if let Some(from) = rule.from {
            self.registry.in_force(&at, rule.cite.line, &cites, from.lead);
        }
        let (periods, steps) = self.steps(file, &rule.steps, rule.line);
        // Periods that are taken as steps belong to the route, even where the rule says nothing else of it.
        let no_route = ast::Route::default();
        let route = rule.route.as_ref().or_else(|| (!periods.is_empty()).then_some(&no_route));
        let route = route.map(|route| Box::new(self.route(context, route, periods, rule.line)));
        Rule {
            id: rule.id.as_str().into(),
            file: FileId::try_from(file).unwrap_or(FileId::NOWHERE),
            option: option.map(|option| OptionId::try_from(option).unwrap_or(OptionId::NOWHERE)),
            each_job,
            words: self.words(file, rule.line, "rules", &rule.id, &rule.text),
            node,
            person,
            gives: rule.gives.as_deref().map(gives),
            requires,
            excludes,
            within,
            late_considered,
            from: rule.from.map(|from| from.lead),
            until: rule.until,
            pays: rule
                .pays
                .iter()
                .filter_map(|amount| self.named_amount(context, amount, rule.line))
                .collect(),
            amount: rule
                .amount
                .as_ref()
                .and_then(|amount| self.named_amount(context, amount, rule.line)),
            steps,
            contingencies: self.contingencies(file, rule, option),
            claim: rule.claim.iter().map(Into::into).collect(),
            headline: rule
                .headline
                .as_ref()
                .map(|text| self.words(file, rule.line, "headlines", &rule.id, text)),
            cites,
            route,
        }
    }

    /// The contingencies of a rule: its own, or those of its option where the file tells them by option.
    fn contingencies(&self, file: usize, rule: &ast::Rule, option: Option<usize>) -> Option<Vec<Text>> {
        let of_option = || {
            let rule_file = self.rule_file(file)?;
            let (option, _) = rule_file.options.get(option?)?;
            let (_, list) = rule_file.option_contingencies.iter().find(|(named, _)| named == option)?;
            Some(list)
        };
        Some(rule.contingencies.as_ref().or_else(of_option)?.iter().map(Into::into).collect())
    }

    fn rule_period(&mut self, file: usize, rule: &ast::Rule) -> (Option<PeriodId>, bool) {
        let Some(name) = &rule.within else { return (None, false) };
        let found = self
            .rule_file(file)
            .and_then(|rule_file| rule_file.periods.iter().position(|period| period.id == *name));
        let Some(number) = found else {
            self.diagnose(
                file,
                rule.line,
                DiagnosticCode::UnknownName,
                format!("`{name}` is no period of this file"),
                "a [periods] of this file",
            );
            return (None, false);
        };
        self.mark(file, name);
        let late = self
            .rule_file(file)
            .and_then(|rule_file| rule_file.periods.get(number))
            .and_then(|period| period.late.as_deref());
        let considered = late.and_then(Late::of) == Some(Late::FileWithReasons);
        (self.period(file, number), considered)
    }

    fn part(&mut self, context: Context, name: &str, side: Side, line: u32) -> Option<Part> {
        let file_id = self.rule_file(context.file).map_or("", |rule_file| rule_file.id.as_str());
        match self.resolve(context, name) {
            Some(Target::Clause(clause)) => {
                let node = self.clause(context, clause, side);
                Some(Part {
                    id: format!("{file_id}.{name}").into(),
                    node,
                    rule: None,
                })
            }
            Some(Target::Rule { file, rule, option }) => {
                let node = self.rule_inside(context, file, rule, option, line);
                let numbers = self.rule_numbers(context, file, rule, option, line);
                let rule = if let [only] = numbers.as_slice() { Some(*only) } else { None };
                Some(Part {
                    id: name.into(),
                    node,
                    rule,
                })
            }
            _ => {
                let clauses = self
                    .rule_file(context.file)
                    .map(|rule_file| rule_file.clauses.iter().map(|clause| clause.id.as_str()))
                    .into_iter()
                    .flatten();
                let near = crate::values::nearest(name, clauses)
                    .map_or_else(|| "a clause of this file, or `file.rule`".to_owned(), |near| format!("`{near}`"));
                self.diagnose(
                    context.file,
                    line,
                    DiagnosticCode::UnknownName,
                    format!("`{name}` is no clause"),
                    near,
                );
                None
            }
        }
    }
}

/// What a rule gives, by its code: a status, or else a level of urgency.
fn gives(code: &str) -> Gives {
    Strength::of(code).map_or_else(|| Gives::Urgency(code.into()), Gives::Status)
}
