//! Until when an outcome stands, where an upper age limits it.

use super::assessment::Assessment;
use crate::criterion::{CellValue, Comparison, Node, NodeId, Term, TermId};
use crate::facts::Scope;
use crate::values::{Date, Text, Truth};

impl Assessment<'_> {
    /// The last day on which an upper age among these conditions still holds, and the name of the limit.
    pub fn age_limit(&mut self, nodes: &[NodeId], scope: Scope) -> Option<(Date, Text)> {
        let limits: Vec<(Date, Text)> = nodes.iter().filter_map(|node| self.limit(*node, scope)).collect();
        limits.into_iter().min()
    }

    fn limit(&mut self, node: NodeId, scope: Scope) -> Option<(Date, Text)> {
        let program = &self.book.program;
        match program.node(node) {
            Node::Named(_, inner) | Node::Readings(inner, _) => self.limit(*inner, scope),
            Node::All(nodes) => {
                let limits: Vec<_> = nodes.iter().filter_map(|node| self.limit(*node, scope)).collect();
                limits.into_iter().min()
            }
            // One way of meeting the condition is enough: it ends with the last of those that an age ends, unless some other holds on.
            Node::Any(nodes) => {
                let open: Vec<NodeId> = nodes
                    .iter()
                    .copied()
                    .filter(|node| self.lead.truth(*node, scope) != Truth::Unmet)
                    .collect();
                let mut last = None;
                for node in open {
                    if !self.ends_before_a_birthday(node) {
                        last = last.max(Some(self.limit(node, scope)?));
                    }
                }
                last
            }
            Node::Versions(clock, versions) => {
                let reach = self.lead.reach(*clock, scope);
                match crate::criterion::possible_versions(reach, versions).as_slice() {
                    [only] => self.limit(*only, scope),
                    _ => None,
                }
            }
            Node::Compare(left, Comparison::AtMost, right) => self.birthday(*left, *right, scope),
            _ => None,
        }
    }

    /// Whether a node asks for an age below a bound: what is open up to and on that birthday ends later.
    fn ends_before_a_birthday(&self, node: NodeId) -> bool {
        let program = &self.book.program;
        match program.node(node) {
            Node::Named(_, inner) => self.ends_before_a_birthday(*inner),
            Node::Compare(left, Comparison::Less, _) => matches!(program.term(*left), Term::Age { .. }),
            _ => false,
        }
    }

    fn birthday(&mut self, age: TermId, bound: TermId, scope: Scope) -> Option<(Date, Text)> {
        let program = &self.book.program;
        let Term::Age { of, on } = program.term(age) else { return None };
        if *program.term(*on) != Term::Today {
            return None;
        }
        let birth = self
            .lead
            .reach(*of, scope)
            .known()
            .and_then(|day| i32::try_from(day).ok())
            .and_then(Date::from_days)?;
        let years = self.lead.reach(bound, scope).known()?.checked_div(2)?;
        let months = i32::try_from(years).ok()?.checked_mul(12)?;
        let mut last = birth.add_months(months)?;
        // Born on 29 February, a year is completed on 1 March where there is no such day.
        if birth.day() == 29 && last.day() != 29 {
            last = last.add_days(1)?;
        }
        let name = program.term_name(bound).split('.').next().unwrap_or("").to_owned();
        Some((last, if name.is_empty() { "age".into() } else { name.into() }))
    }
}

/// A cell with its unit, for people.
pub(super) fn cell_text(cell: &CellValue, unit: crate::criterion::Unit) -> Text {
    use crate::criterion::Unit;
    let decimal = |number: i64, places: usize| {
        let divisor = 10_i64.pow(u32::try_from(places).unwrap_or(0));
        let whole = number.checked_div(divisor).unwrap_or(0);
        let part = number.checked_rem(divisor).unwrap_or(0);
        let text = format!("{whole}.{part:0places$}");
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    match (cell, unit) {
        (CellValue::Nothing, _) => "none".into(),
        (CellValue::NotRead, _) => "not_read".into(),
        (CellValue::Text(text), _) => text.clone(),
        (CellValue::Number(number), Unit::Baht) => format!("{} baht", decimal(*number, 2)).into(),
        (CellValue::Number(number), Unit::Percent) => format!("{} %", decimal(*number, 4)).into(),
        (CellValue::Number(number), Unit::Years) => format!("{} years", number / 2).into(),
        (CellValue::Number(number), Unit::Months) => format!("{number} months").into(),
        (CellValue::Number(number), Unit::Days) => format!("{number} days").into(),
        (CellValue::Number(number), Unit::Count | Unit::Text) => number.to_string().into(),
    }
}
