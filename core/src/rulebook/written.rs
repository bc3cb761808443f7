//! Cells and conditions as text, for those who compare two versions of the law.

use crate::criterion::{CellValue, Comparison, Node, NodeId, Program, Term, TermId, Unit};

/// A cell with its unit.
pub(super) fn cell(cell: &CellValue, unit: Unit) -> String {
    let number = match cell {
        CellValue::Nothing => return "none".to_owned(),
        CellValue::NotRead => return "not_read".to_owned(),
        CellValue::Text(text) => return text.to_string(),
        CellValue::Number(number) => *number,
    };
    let divisor = unit.scale();
    let (whole, part) = (number.checked_div(divisor).unwrap_or(0), number.checked_rem(divisor).unwrap_or(0));
    let decimal = || {
        let text = format!("{whole}.{part:0width$}", width = unit.decimals());
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    match unit {
        Unit::Baht => format!("{} baht", decimal()),
        Unit::Percent => format!("{} %", decimal()),
        Unit::Years => format!("{whole} years"),
        Unit::Months => format!("{number} months"),
        Unit::Days => format!("{number} days"),
        Unit::Count | Unit::Text => number.to_string(),
    }
}

/// Reads a cell in a unit: a number without the unit, `none` or `not_read`.
pub(super) fn read_cell(text: &str, unit: Unit) -> Option<CellValue> {
    match text {
        "none" => return Some(CellValue::Nothing),
        "not_read" => return Some(CellValue::NotRead),
        text if unit == Unit::Text => return (!text.is_empty()).then(|| CellValue::Text(text.into())),
        _ => {}
    }
    unit.read(text).map(CellValue::Number)
}

/// What may stand in a column of a unit.
pub(super) const fn expected(unit: Unit) -> &'static str {
    match unit {
        Unit::Baht => "baht such as `875` or `62.50`, `none` or `not_read`",
        Unit::Percent => "a percentage such as `5` or `2.75`, `none` or `not_read`",
        Unit::Years => "whole years such as `65`, `none` or `not_read`",
        Unit::Months => "whole months such as `6`, `none` or `not_read`",
        Unit::Days => "whole days such as `98`, `none` or `not_read`",
        Unit::Count => "a whole number such as `7`, `none` or `not_read`",
        Unit::Text => "a text, `none` or `not_read`",
    }
}

/// A condition as a rule file would write it; what has no such form is named by its clause.
pub(super) fn condition(program: &Program, id: NodeId) -> String {
    write(program, id, true)
}

fn write(program: &Program, id: NodeId, outside: bool) -> String {
    let several = |nodes: &[NodeId], with: &str| {
        let parts: Vec<String> = nodes.iter().map(|node| write(program, *node, false)).collect();
        let text = parts.join(with);
        if outside || nodes.len() < 2 { text } else { format!("({text})") }
    };
    match program.node(id) {
        Node::Always => "true".to_owned(),
        Node::Never => "false".to_owned(),
        Node::All(nodes) => several(nodes, " && "),
        Node::Any(nodes) => several(nodes, " || "),
        Node::Not(node) => match program.node(*node) {
            Node::Compare(..) | Node::Among(..) => format!("!({})", write(program, *node, true)),
            _ => format!("!{}", write(program, *node, false)),
        },
        Node::Is(fact) => program.layout.fact(*fact).map_or_else(String::new, |fact| fact.name.to_string()),
        Node::Among(fact, codes) => {
            let Some(info) = program.layout.fact(*fact) else {
                return String::new();
            };
            let list = info.list.and_then(|list| program.layout.lists.get(usize::from(list)));
            let code = |number: &u16| {
                list.and_then(|list| list.codes.get(usize::from(*number)))
                    .map_or_else(String::new, |code| format!("'{code}'"))
            };
            match codes.as_slice() {
                [only] => format!("{} == {}", info.name, code(only)),
                codes => format!("{} in [{}]", info.name, codes.iter().map(code).collect::<Vec<_>>().join(", ")),
            }
        }
        Node::Compare(left, comparison, right) => {
            let (left, right, comparison) = match (program.term(*left), comparison) {
                // A literal stands on the right, as people write it.
                (Term::Constant(_), Comparison::AtMost) => (*right, *left, ">="),
                (Term::Constant(_), Comparison::Less) => (*right, *left, ">"),
                (_, Comparison::Equal) => (*left, *right, "=="),
                (_, Comparison::Less) => (*left, *right, "<"),
                (_, Comparison::AtMost) => (*left, *right, "<="),
            };
            format!("{} {comparison} {}", term(program, left, right), term(program, right, left))
        }
        Node::AnyJob(node) | Node::MainJob(node) | Node::Named(_, node) => write(program, *node, outside),
        Node::Versions(_, versions) => versions.last().map_or_else(String::new, |(_, node)| write(program, *node, outside)),
        Node::Readings(lead, _) => write(program, *lead, outside),
        Node::Open(open) => program
            .open
            .get(usize::from(*open))
            .map_or_else(String::new, |part| format!("open {part}")),
        Node::Within(period) => program
            .periods
            .get(usize::from(*period))
            .map_or_else(String::new, |period| format!("within {}", period.name)),
    }
}

fn term(program: &Program, id: TermId, beside: TermId) -> String {
    match (program.term(id), program.term_name(id)) {
        (Term::Constant(number), _) => program.shown(*number, beside).to_string(),
        (_, name) => name.to_owned(),
    }
}
