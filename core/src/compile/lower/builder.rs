//! The rulebook in the making: names are resolved, equal conditions become one node.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use crate::compile::SourceFile;
use crate::compile::ast::{self, RuleFile, Side};
use crate::compile::diagnostics::{DiagnosticCode, Ledger};
use crate::compile::registry::Registry;
use crate::compile::source::File;
use crate::criterion::{AmountId, ColumnId, Name, NameId, Node, NodeId, OpenId, PeriodId, Term, TermId};
use crate::facts::{FactId, FactScope};
use crate::rulebook::{Book, ClauseInfo, FileId, FileKind, OpenInfo, RuleId, Words};

/// Where a condition stands: its file, the option it is read for, and whether it speaks of one job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Context {
    /// The number of the file.
    pub file: usize,
    /// The number of the option.
    pub option: Option<usize>,
    /// It speaks of one job.
    pub job: bool,
}

/// How far the lowering of a rule has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// It is being lowered: to meet it again is a circle.
    InWork,
    /// It is lowered.
    Done(RuleId),
}

/// Something that is being lowered: to meet it again is a circle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Work {
    /// A word, by file.
    Word(usize, usize),
    /// A clause, by file.
    Clause(usize, usize),
    /// A rule, by file and option.
    Rule(usize, usize, Option<usize>),
    /// A column, by file and table.
    Column(usize, usize, String),
    /// An amount, by file and option.
    Amount(usize, usize, Option<usize>),
    /// A period, by file.
    Period(usize, usize),
}

/// The file of the kinds of complaint that are not encoded yet.
pub const OTHER_KINDS: &str = "complaints/not_encoded.toml";

/// How many names may rest on each other in a chain: what is nested deeper would exhaust the stack of a phone.
const DEEPEST: usize = 48;

/// The rulebook in the making.
pub struct Builder<'a> {
    /// Where faults go.
    pub ledger: &'a Ledger,
    /// What every file may name.
    pub registry: &'a Registry<'a>,
    /// The rule files.
    pub files: &'a [RuleFile],
    /// Every file as given.
    pub sources: &'a [SourceFile],
    /// The rulebook.
    pub book: Book,
    node_ids: HashMap<Node, NodeId>,
    term_ids: HashMap<(Term, String), TermId>,
    /// What is being lowered, outermost first.
    in_work: Vec<Work>,
    /// Words by place and word.
    pub word_ids: HashMap<(Context, usize), TermId>,
    /// Clauses by place, clause and side.
    pub clause_ids: HashMap<(Context, usize, Side), NodeId>,
    /// Rules by file, rule and option.
    pub rule_ids: HashMap<(usize, usize, Option<usize>), Progress>,
    /// Clause versions by file, clause and version.
    pub name_ids: HashMap<(usize, usize, usize), NameId>,
    /// Columns by file, table and column.
    pub column_ids: HashMap<(usize, usize, String), Option<ColumnId>>,
    /// Amounts by file, amount and option.
    pub amount_ids: HashMap<(usize, usize, Option<usize>), AmountId>,
    /// Periods by file and period.
    pub period_ids: HashMap<(usize, usize), Option<PeriodId>>,
    /// Parsed tables by file and table.
    pub tables: HashMap<(usize, usize), Rc<ast::Rows>>,
    /// Names of each file that something uses.
    pub used: BTreeSet<(usize, String)>,
}

impl<'a> Builder<'a> {
    /// A builder with nothing built yet.
    pub fn new(ledger: &'a Ledger, registry: &'a Registry<'a>, files: &'a [RuleFile], sources: &'a [SourceFile], book: Book) -> Self {
        Self {
            ledger,
            registry,
            files,
            sources,
            book,
            node_ids: HashMap::new(),
            term_ids: HashMap::new(),
            in_work: Vec::new(),
            word_ids: HashMap::new(),
            clause_ids: HashMap::new(),
            rule_ids: HashMap::new(),
            name_ids: HashMap::new(),
            column_ids: HashMap::new(),
            amount_ids: HashMap::new(),
            period_ids: HashMap::new(),
            tables: HashMap::new(),
            used: BTreeSet::new(),
        }
    }

    /// The file of that number, for faults.
    pub fn file(&self, number: usize) -> File<'a> {
        // The kinds that are not encoded have no number of a file.
        let path = self.files.get(number).map_or(OTHER_KINDS, |file| file.path.as_str());
        File { path, ledger: self.ledger }
    }

    /// The line of a file on which a key or a section stands, for faults that are noted elsewhere.
    pub fn line_of(&self, path: &str, key: &str) -> u32 {
        let text = self
            .sources
            .iter()
            .find(|source| source.path == path)
            .map_or("", |source| source.text.as_str());
        let is_key = |line: &str| {
            line == format!("[{key}]")
                || line
                    .trim_start()
                    .strip_prefix(key)
                    .is_some_and(|rest| rest.trim_start().starts_with('='))
        };
        text.lines()
            .position(is_key)
            .and_then(|line| u32::try_from(line.saturating_add(1)).ok())
            .unwrap_or(1)
    }

    /// The line of a file on which a name stands inside a section, or below it in a section of its own; that of the section where neither is
    /// found.
    pub fn line_in(&self, path: &str, section: &str, name: &str) -> u32 {
        let text = self
            .sources
            .iter()
            .find(|source| source.path == path)
            .map_or("", |source| source.text.as_str());
        let mut inside = false;
        let mut head = 1;
        for (line, number) in text.lines().zip(1_u32..) {
            if line.starts_with('[') {
                let title = line.trim_end().trim_matches(['[', ']']);
                inside = title
                    .strip_prefix(section)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
                if inside && title == section {
                    head = number;
                }
                if inside && title.rsplit('.').next() == Some(name) {
                    return number;
                }
            } else if inside
                && line
                    .trim_start()
                    .strip_prefix(name)
                    .is_some_and(|rest| rest.trim_start().starts_with('='))
            {
                return number;
            }
        }
        head
    }

    /// Notes a fault of a rule file.
    pub fn diagnose(&self, file: usize, line: u32, code: DiagnosticCode, message: impl Into<String>, expected: impl Into<String>) {
        self.file(file).diagnose(line, code, message, expected);
    }

    /// Notes that something is being lowered; false, with a fault, where it rests on itself or on too long a chain.
    pub fn enter(&mut self, file: usize, line: u32, name: &str, work: Work) -> bool {
        if self.in_work.contains(&work) {
            self.diagnose(
                file,
                line,
                DiagnosticCode::Cycle,
                format!("`{name}` rests on itself"),
                "names that rest on others only",
            );
            return false;
        }
        if self.in_work.len() >= DEEPEST {
            let expected = format!("at most {DEEPEST} names that rest on each other");
            self.diagnose(
                file,
                line,
                DiagnosticCode::Impossible,
                format!("`{name}` stands at the end of too long a chain of names"),
                expected,
            );
            return false;
        }
        self.in_work.push(work);
        true
    }

    /// Notes that what was entered last is lowered.
    pub fn leave(&mut self) {
        self.in_work.pop();
    }

    /// The rule_file of a file.
    pub fn rule_file(&self, number: usize) -> Option<&'a RuleFile> {
        self.files.get(number)
    }

    /// The number of a node; equal nodes are one.
    pub fn node(&mut self, node: Node) -> NodeId {
        let node = simplified(node);
        if let Node::All(nodes) | Node::Any(nodes) = &node
            && let [only] = nodes.as_slice()
        {
            return *only;
        }
        if let Some(id) = self.node_ids.get(&node) {
            return *id;
        }
        let id = NodeId::try_from(self.book.program.nodes.len()).unwrap_or(NodeId::NOWHERE);
        self.book.program.nodes.push(node.clone());
        self.node_ids.insert(node, id);
        id
    }

    /// The number of a term; equal terms of the same name are one.
    pub fn term(&mut self, term: Term, name: &str) -> TermId {
        let key = (term, name.to_owned());
        if let Some(id) = self.term_ids.get(&key) {
            return *id;
        }
        let id = TermId::try_from(self.book.program.terms.len()).unwrap_or(TermId::NOWHERE);
        self.book.program.terms.push(key.0.clone());
        self.book.program.term_names.push(key.1.as_str().into());
        self.term_ids.insert(key, id);
        id
    }

    /// The day asked about.
    pub fn today(&mut self) -> TermId {
        self.term(Term::Today, "today")
    }

    /// The number of a clause version.
    pub fn name(&mut self, id: String, info: ClauseInfo) -> NameId {
        let number = NameId::try_from(self.book.program.names.len()).unwrap_or(NameId::NOWHERE);
        let confidence = self.registry.confidence(&info.cites);
        self.book.program.names.push(Name { id: id.into(), confidence });
        self.book.clauses.push(info);
        number
    }

    /// The number of a part of the law that nobody has read.
    pub fn open(&mut self, file: usize, id: String, what: &str) -> OpenId {
        let info = OpenInfo {
            file: FileId::try_from(file).unwrap_or(FileId::NOWHERE),
            what: what.into(),
        };
        let known = self
            .book
            .program
            .open
            .iter()
            .zip(&self.book.open)
            .position(|(known, about)| *known == id && *about == info);
        let number = known.unwrap_or_else(|| {
            self.book.program.open.push(id.into());
            self.book.open.push(info);
            self.book.open.len().saturating_sub(1)
        });
        OpenId::try_from(number).unwrap_or(OpenId::NOWHERE)
    }

    /// A text in both languages.
    pub fn words(&self, file: usize, line: u32, group: &str, id: &str, text: &ast::Words) -> Words {
        let file_id = self.files.get(file).map_or("", |file| file.id.as_str());
        self.registry.words(&self.file(file), line, file_id, &format!("{group}.{id}"), text)
    }

    /// The option of a file by name.
    pub fn option(&self, file: usize, option: &str) -> Option<usize> {
        self.files.get(file)?.options.iter().position(|(name, _)| name == option)
    }

    /// The id of a membership: the file's, and the option's where there is one.
    pub fn membership(&self, file: usize, option: Option<usize>) -> String {
        let Some(rule_file) = self.files.get(file) else {
            return String::new();
        };
        match option.and_then(|option| rule_file.options.get(option)) {
            Some((option, _)) => format!("{}_{option}", rule_file.id),
            None => rule_file.id.clone(),
        }
    }

    /// Whether a file speaks of complaints: those are about one job.
    pub fn of_complaint(&self, file: usize) -> bool {
        self.files
            .get(file)
            .is_some_and(|file| matches!(file.kind, FileKind::Complaint | FileKind::Urgency))
    }

    /// Notes a fault where a fact of a job is asked although no job is spoken of.
    pub fn fact_in(&self, context: Context, line: u32, fact: FactId) {
        let info = self.book.program.layout.fact(fact);
        if let (Some(info), false) = (info, context.job)
            && info.scope == FactScope::Job
        {
            let expected = "each = \"job\" on the rule, or of = \"any_job\" or \"main_job\" on the clause";
            self.diagnose(
                context.file,
                line,
                DiagnosticCode::WrongType,
                format!("`{}` is a fact of a job, and no job is spoken of", info.name),
                expected,
            );
        }
    }
}

/// Constants are put in; nested lists of the same kind become one.
fn simplified(node: Node) -> Node {
    match node {
        Node::All(nodes) if nodes.is_empty() => Node::Always,
        Node::Any(nodes) if nodes.is_empty() => Node::Never,
        node => node,
    }
}
