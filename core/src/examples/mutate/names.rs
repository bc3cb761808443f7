//! What stands where: the clause or rule of each node, and a condition in words.

use crate::criterion::{Comparison, NameId, Node, NodeId, Program, Term, TermId};
use crate::facts::FactId;
use crate::rulebook::{Book, FileInfo};

/// For each node the first clause or rule that it stands in.
pub(in super::super) fn owners(book: &Book) -> Vec<String> {
    let mut owners = Owners {
        book,
        list: vec![String::new(); book.program.nodes.len()],
    };
    for rule in &book.rules {
        let owner = book
            .file(rule.file)
            .map_or(String::new(), |file| format!("{}.{}", file.id, rule.id));
        owners.walk(rule.person, &owner);
        owners.walk(rule.node, &owner);
    }
    for file in &book.files {
        for kept in &file.no_share {
            if let Some(node) = kept.unless {
                owners.walk(node, &format!("{}.{}", file.id, kept.id));
            }
        }
        if let Some(node) = file.arises {
            owners.walk(node, &format!("{}.arises", file.id));
        }
    }
    for kind in &book.other_kinds {
        if let Some(node) = kind.arises {
            owners.walk(node, &format!("not_encoded.{}", kind.id));
        }
    }
    for period in &book.program.periods {
        if let Some(node) = period.condition {
            owners.walk(node, &period.name);
        }
    }
    for column in &book.program.columns {
        for guard in column.entries.iter().filter_map(|entry| entry.guard) {
            owners.walk(guard, &column.name);
        }
    }
    owners.list
}

struct Owners<'a> {
    book: &'a Book,
    list: Vec<String>,
}

impl Owners<'_> {
    fn walk(&mut self, id: NodeId, owner: &str) {
        let program = &self.book.program;
        let own = match program.node(id) {
            Node::Named(name, _) => name_text(program, *name),
            _ => owner.to_owned(),
        };
        let Some(slot) = self.list.get_mut(usize::from(id)).filter(|slot| slot.is_empty()) else {
            return;
        };
        slot.clone_from(&own);
        for child in program.children(program.node(id)) {
            self.walk(child, &own);
        }
    }
}

fn name_text(program: &Program, name: NameId) -> String {
    program
        .names
        .get(usize::from(name))
        .map_or_else(String::new, |name| name.id.to_string())
}

/// The list of clauses at the head of a rule.
pub(super) fn list_of(program: &Program, id: NodeId) -> Vec<NodeId> {
    match program.node(id) {
        Node::All(_) => vec![id],
        Node::AnyJob(node) | Node::MainJob(node) => list_of(program, *node),
        Node::Versions(_, versions) => versions.iter().flat_map(|(_, node)| list_of(program, *node)).collect(),
        _ => Vec::new(),
    }
}

/// A condition in words, clauses by their names.
pub(in super::super) fn shown(program: &Program, id: NodeId) -> String {
    let fact = |fact: FactId| program.layout.fact(fact).map_or("", |fact| fact.name.as_str()).to_owned();
    let joined = |parts: &[NodeId], by: &str| parts.iter().map(|part| shown(program, *part)).collect::<Vec<_>>().join(by);
    match program.node(id) {
        Node::Named(name, _) => name_text(program, *name),
        Node::Is(number) => fact(*number),
        Node::Among(number, codes) => format!("{} in [{}]", fact(*number), codes_text(program, *number, codes)),
        Node::Compare(left, comparison, right) => compared(program, *left, *comparison, *right),
        Node::Not(inner) => format!("!{}", shown(program, *inner)),
        Node::All(parts) => joined(parts, " && "),
        Node::Any(parts) => joined(parts, " || "),
        Node::AnyJob(inner) | Node::MainJob(inner) | Node::Readings(inner, _) => shown(program, *inner),
        Node::Versions(_, versions) => {
            let mut names: Vec<String> = versions.iter().map(|(_, node)| shown(program, *node)).collect();
            names.dedup();
            names.join(" / ")
        }
        Node::Within(period) => format!(
            "within {}",
            program.periods.get(usize::from(*period)).map_or("", |period| period.name.as_str())
        ),
        Node::Always => "true".to_owned(),
        Node::Never => "false".to_owned(),
        Node::Open(_) => "what nobody has read".to_owned(),
    }
}

/// The codes of a list by their names.
pub(super) fn codes_text(program: &Program, fact: FactId, codes: &[u16]) -> String {
    let list = program
        .layout
        .fact(fact)
        .and_then(|fact| fact.list)
        .and_then(|list| program.layout.lists.get(usize::from(list)));
    let name = |code: &u16| {
        list.and_then(|list| list.codes.get(usize::from(*code)))
            .map_or("", |code| code.as_str())
    };
    codes.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// A comparison as a condition writes it.
pub(super) fn compared(program: &Program, left: TermId, comparison: Comparison, right: TermId) -> String {
    let sign = match comparison {
        Comparison::Equal => "==",
        Comparison::Less => "<",
        Comparison::AtMost => "<=",
    };
    format!("{} {sign} {}", operand(program, left, right), operand(program, right, left))
}

fn operand(program: &Program, term: TermId, beside: TermId) -> String {
    match program.term(term) {
        Term::Constant(value) => program.shown(*value, beside).to_string(),
        _ => program.term_name(term).to_owned(),
    }
}

/// The file of a name such as `sso_33.table.column`.
pub(super) fn file_of<'a>(book: &'a Book, name: &str) -> Option<&'a FileInfo> {
    let id = name.split('.').next()?;
    book.files.iter().find(|file| file.id == id)
}
