//! Lowers clauses: their versions by days, and their second readings.

use super::builder::{Builder, Context, Work};
use crate::compile::ast::{self, FirstDay, Side, When};
use crate::compile::diagnostics::DiagnosticCode;
use crate::criterion::{Node, NodeId, TermId};
use crate::rulebook::{ClauseInfo, OtherReading};
use crate::values::Date;

impl Builder<'_> {
    /// A clause inside a condition.
    pub fn clause_inside(&mut self, context: Context, number: usize, line: u32) -> NodeId {
        if let Some(clause) = self.rule_file(context.file).and_then(|rule_file| rule_file.clauses.get(number))
            && (clause.from.is_some() || clause.until.is_some() || !clause.earlier.is_empty())
        {
            let message = format!("`{}` has days of its own and stands inside another condition", clause.id);
            self.diagnose(
                context.file,
                line,
                DiagnosticCode::WrongType,
                message,
                "a clause with days stands in `requires` or `excludes` only",
            );
        }
        self.clause(context, number, Side::Inside)
    }

    pub(super) fn clause(&mut self, context: Context, number: usize, side: Side) -> NodeId {
        let Some(clause) = self.rule_file(context.file).and_then(|rule_file| rule_file.clauses.get(number)) else {
            return self.node(Node::Never);
        };
        self.mark(context.file, &clause.id);
        if let Some(id) = self.clause_ids.get(&(context, number, side)) {
            return *id;
        }
        if !self.enter(context.file, clause.line, &clause.id, Work::Clause(context.file, number)) {
            return self.node(Node::Never);
        }
        let id = self.lower_clause(context, clause, number, side);
        self.leave();
        self.clause_ids.insert((context, number, side), id);
        id
    }

    fn lower_clause(&mut self, context: Context, clause: &ast::Clause, number: usize, side: Side) -> NodeId {
        let inner = match clause.of.as_deref() {
            None => context,
            Some("any_job" | "main_job") => Context { job: true, ..context },
            Some(other) => {
                self.diagnose(
                    context.file,
                    clause.line,
                    DiagnosticCode::UnknownCode,
                    format!("`of` is `{other}`"),
                    "any_job or main_job",
                );
                context
            }
        };
        let main = clause.main.when.as_ref();
        let mut versions: Vec<(i32, NodeId)> = Vec::new();
        let mut begins: Option<Date> = None;
        let all = clause.earlier.iter().chain(std::iter::once(&clause.main));
        for (index, version) in all.enumerate() {
            let node = self.version(inner, number, clause, index, version, main, side, begins);
            versions.push((begins.map_or(i32::MIN, Date::days), node));
            begins = version.until.and_then(|until| until.add_days(1));
        }
        let absent = self.node(if side == Side::Requires { Node::Always } else { Node::Never });
        self.dated(context, clause.from, clause.until, versions, absent, clause.line)
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one version, used in one place")]
    fn version(
        &mut self,
        context: Context,
        number: usize,
        clause: &ast::Clause,
        index: usize,
        version: &ast::Version,
        main: Option<&When>,
        side: Side,
        begins: Option<Date>,
    ) -> NodeId {
        let when = version.when.as_ref().or(main);
        let mut node = when.map(|when| self.condition(context, when));
        if let Some(other) = &version.other {
            let other_when = other.when.as_ref().or(when);
            let lead = node;
            let other_node = other_when.map(|when| self.condition(context, when));
            if let (Some(lead), Some(other)) = (lead, other_node) {
                node = Some(self.node(Node::Readings(lead, other)));
            }
        }
        if let Some(what) = &clause.open {
            let id = format!(
                "{}.{}",
                self.rule_file(context.file).map_or("", |rule_file| rule_file.id.as_str()),
                clause.id
            );
            let open = self.open(context.file, id, what);
            let open = self.node(Node::Open(open));
            node = Some(match (node, side) {
                (None, _) => open,
                (Some(node), Side::Excludes) => self.node(Node::All(vec![node, open])),
                (Some(node), _) => self.node(Node::Any(vec![node, open])),
            });
        }
        let node = node.unwrap_or(NodeId::NOWHERE);
        let node = match clause.of.as_deref() {
            Some("any_job") => self.node(Node::AnyJob(node)),
            Some("main_job") => self.node(Node::MainJob(node)),
            _ => node,
        };
        let name = match self.name_ids.get(&(context.file, number, index)) {
            Some(name) => *name,
            None => {
                let info = self.clause_info(context.file, clause, index, version, begins);
                let id = format!(
                    "{}.{}",
                    self.rule_file(context.file).map_or("", |rule_file| rule_file.id.as_str()),
                    clause.id
                );
                let name = self.name(id, info);
                self.name_ids.insert((context.file, number, index), name);
                name
            }
        };
        self.node(Node::Named(name, node))
    }

    fn clause_info(&mut self, file: usize, clause: &ast::Clause, index: usize, version: &ast::Version, begins: Option<Date>) -> ClauseInfo {
        let at = self.file(file);
        let main = version.text.th == clause.main.text.th;
        let id = if main {
            clause.id.clone()
        } else {
            format!("{}.earlier.{}", clause.id, index.saturating_add(1))
        };
        let cites = self.registry.cite(&at, &version.cite);
        let from = begins.or(clause.from.map(|from| from.lead));
        if let Some(from) = from {
            self.registry.in_force(&at, version.cite.line, &cites, from);
        }
        let other = version.other.as_ref().map(|other| {
            let same = other.text.th == version.text.th;
            let id = if same { id.clone() } else { format!("{}.other", clause.id) };
            OtherReading {
                words: self.words(file, clause.line, "clauses", &id, &other.text),
                cites: self.registry.cite(&at, &other.cite),
            }
        });
        ClauseInfo {
            words: self.words(file, clause.line, "clauses", &id, &version.text),
            cites,
            other,
            from,
            until: version.until,
        }
    }

    /// Versions within a window: absent before and after it.
    pub(super) fn dated(
        &mut self,
        context: Context,
        from: Option<FirstDay>,
        until: Option<Date>,
        versions: Vec<(i32, NodeId)>,
        absent: NodeId,
        line: u32,
    ) -> NodeId {
        let lead = self.window(context, from.map(|from| from.lead), until, &versions, absent, line);
        match from.and_then(|from| from.other) {
            None => lead,
            Some(first) => {
                let other = self.window(context, Some(first), until, &versions, absent, line);
                self.node(Node::Readings(lead, other))
            }
        }
    }

    fn window(
        &mut self,
        context: Context,
        from: Option<Date>,
        until: Option<Date>,
        versions: &[(i32, NodeId)],
        absent: NodeId,
        line: u32,
    ) -> NodeId {
        let mut parts = versions.to_vec();
        if let Some(from) = from {
            if let Some(first) = parts.first_mut() {
                first.0 = from.days();
            }
            parts.insert(0, (i32::MIN, absent));
        }
        if let Some(after) = until.and_then(|until| until.add_days(1)) {
            parts.push((after.days(), absent));
        }
        if let [(i32::MIN, only)] = parts.as_slice() {
            return *only;
        }
        if parts.windows(2).any(|pair| matches!(pair, [(a, _), (b, _)] if a >= b)) {
            self.diagnose(
                context.file,
                line,
                DiagnosticCode::OverlapInTime,
                "the days do not follow on each other",
                "each version after the one before",
            );
        }
        let clock = self.clock(context, line);
        self.node(Node::Versions(clock, parts))
    }

    /// The day that picks versions in a file.
    pub fn clock(&mut self, context: Context, line: u32) -> TermId {
        match self.rule_file(context.file).and_then(|rule_file| rule_file.clock.as_deref()) {
            Some(clock) => self.named_term(context, clock, line),
            None => self.today(),
        }
    }
}
