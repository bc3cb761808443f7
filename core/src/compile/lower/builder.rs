//! The rulebook in the making: names are resolved, equal conditions become one node.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use crate::compile::SourceFile;
use crate::compile::ast::{self, RuleFile, Side};
use crate::compile::diagnostics::{DiagnosticCode, Ledger};
use crate::compile::registry::Registry;
use crate::compile::source::File;
use crate::criterion::syntax::{Area, Kind, Names};
use crate::criterion::{ColumnId, Name, NameId, Node, NodeId, OpenId, PeriodId, Term, TermId, Unit};
use crate::facts::{FactId, FactKind, Scope};
use crate::rulebook::{Book, ClauseInfo, FileKind, OpenInfo, Words};
use crate::values::nearest;

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

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A fact.
    Fact(FactId),
    /// A word of the file.
    Word(usize),
    /// A clause of the file.
    Clause(usize),
    /// A rule of some file.
    Rule {
        /// The file.
        file: usize,
        /// The rule.
        rule: usize,
        /// The option, where one is named.
        option: Option<usize>,
    },
    /// A column of a table of the file.
    Cell {
        /// The table.
        table: usize,
        /// The column.
        column: String,
    },
    /// The first day of a period of the file.
    First(usize),
    /// The last day of a period of the file.
    Last(usize),
    /// The day asked about.
    Today,
    /// The contribution month asked about.
    Month,
}

/// How far the lowering of a rule has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// It is being lowered: to meet it again is a circle.
    InWork,
    /// It is lowered.
    Done(u16),
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
    pub amount_ids: HashMap<(usize, usize, Option<usize>), u16>,
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

    /// Notes a fault of a rule file.
    pub fn fault(&self, file: usize, line: u32, code: DiagnosticCode, message: impl Into<String>, expected: impl Into<String>) {
        self.file(file).fault(line, code, message, expected);
    }

    /// Notes that something is being lowered; false, with a fault, where it rests on itself or on too long a chain.
    pub fn enter(&mut self, file: usize, line: u32, name: &str, work: Work) -> bool {
        if self.in_work.contains(&work) {
            self.fault(
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
            self.fault(
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
        let id = NodeId::try_from(self.book.program.nodes.len()).unwrap_or(NodeId::MAX);
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
        let id = TermId::try_from(self.book.program.terms.len()).unwrap_or(TermId::MAX);
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
        let number = NameId::try_from(self.book.program.names.len()).unwrap_or(NameId::MAX);
        let confidence = self.registry.confidence(&info.cites);
        self.book.program.names.push(Name { id: id.into(), confidence });
        self.book.clauses.push(info);
        number
    }

    /// The number of a part of the law that nobody has read.
    pub fn open(&mut self, file: usize, id: String, what: &str) -> OpenId {
        let info = OpenInfo {
            file: u16::try_from(file).unwrap_or(u16::MAX),
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
        OpenId::try_from(number).unwrap_or(OpenId::MAX)
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

    /// What a name stands for.
    pub fn resolve(&self, context: Context, name: &str) -> Option<Target> {
        match name {
            "today" => return Some(Target::Today),
            "month" => return Some(Target::Month),
            _ => {}
        }
        let name = self.for_option(context, name);
        if let Some(fact) = self.book.program.layout.fact_number(&name) {
            return Some(Target::Fact(fact));
        }
        let rule_file = self.files.get(context.file)?;
        if let Some(word) = rule_file.words.iter().position(|word| word.id == name) {
            return Some(Target::Word(word));
        }
        if let Some(clause) = rule_file.clauses.iter().position(|clause| clause.id == name) {
            return Some(Target::Clause(clause));
        }
        if let Some(rule) = rule_file.rules.iter().position(|rule| rule.id == name) {
            return Some(Target::Rule {
                file: context.file,
                rule,
                option: None,
            });
        }
        let (head, tail) = name
            .split_once('.')
            .map_or((name.as_str(), None), |(head, tail)| (head, Some(tail)));
        if let Some(table) = rule_file.tables.iter().position(|table| table.id == head) {
            return self.cell(context, table, tail);
        }
        if let (Some(period), Some(tail)) = (rule_file.periods.iter().position(|period| period.id == head), tail) {
            return match tail {
                "first" => Some(Target::First(period)),
                "last" => Some(Target::Last(period)),
                _ => None,
            };
        }
        let tail = tail?;
        let file = self.files.iter().position(|file| file.id == head)?;
        let (rule, option) = tail.split_once('.').map_or((tail, None), |(rule, option)| (rule, Some(option)));
        let option = match option {
            Some(option) => Some(self.option(file, option)?),
            None => None,
        };
        let rule = self.files.get(file)?.rules.iter().position(|rule_file| rule_file.id == rule)?;
        Some(Target::Rule { file, rule, option })
    }

    /// The name with `option` standing for the membership that is read.
    pub fn for_option(&self, context: Context, name: &str) -> String {
        if context.option.is_none() || !name.split('.').any(|segment| segment == "option") {
            return name.to_owned();
        }
        let membership = self.membership(context.file, context.option);
        let segments: Vec<&str> = name
            .split('.')
            .map(|segment| if segment == "option" { membership.as_str() } else { segment })
            .collect();
        segments.join(".")
    }

    fn cell(&self, context: Context, table: usize, column: Option<&str>) -> Option<Target> {
        let rule_file = self.files.get(context.file)?.tables.get(table)?;
        let values: Vec<&str> = rule_file
            .columns
            .iter()
            .map(|column| column.split(':').next().unwrap_or(""))
            .collect();
        let column = match (column, context.option) {
            (Some(column), _) => column.to_owned(),
            (None, Some(option)) if rule_file.across.is_some() => self.files.get(context.file)?.options.get(option)?.0.clone(),
            (None, _) => {
                let is_value = |column: &&&str| {
                    !matches!(**column, "from" | "cite" | "at_least" | "place") && !rule_file.keys.iter().any(|(key, _)| key == **column)
                };
                let mut own = values.iter().filter(is_value);
                match (own.next(), own.next()) {
                    (Some(only), None) => (*only).to_owned(),
                    _ => return None,
                }
            }
        };
        values.contains(&column.as_str()).then_some(Target::Cell { table, column })
    }

    /// The kind of a name, for the type check.
    pub fn kind(&self, context: Context, name: &str) -> Option<Kind> {
        let target = self.resolve(context, name)?;
        Some(match target {
            Target::Today | Target::Month | Target::First(_) | Target::Last(_) => Kind::Date,
            Target::Clause(_) | Target::Rule { .. } => Kind::YesNo,
            Target::Fact(fact) => self.fact_kind(fact)?,
            Target::Word(word) => self.word_kind(context.file, word)?,
            Target::Cell { table, column } => {
                let rule_file = self.files.get(context.file)?.tables.get(table)?;
                let unit = rule_file
                    .columns
                    .iter()
                    .find_map(|known| known.split_once(':').filter(|(name, _)| *name == column))
                    .map(|(_, unit)| unit);
                match unit.and_then(Unit::named)? {
                    Unit::Baht => Kind::Money,
                    Unit::Years => Kind::Years,
                    Unit::Percent | Unit::Months | Unit::Days | Unit::Count => Kind::Count,
                    Unit::Text => return None,
                }
            }
        })
    }

    fn fact_kind(&self, fact: FactId) -> Option<Kind> {
        let info = self.book.program.layout.fact(fact)?;
        let list = || {
            info.list
                .and_then(|list| self.book.program.layout.lists.get(usize::from(list)))
                .map(|list| list.id.to_string())
        };
        Some(match info.kind {
            FactKind::YesNo => Kind::YesNo,
            FactKind::Date => Kind::Date,
            FactKind::Code => Kind::Code(list()?),
            FactKind::Count => Kind::Count,
            FactKind::Money => Kind::Money,
            FactKind::Province => Kind::Place(Area::Province),
            FactKind::District => Kind::Place(Area::District),
            _ => return None,
        })
    }

    fn word_kind(&self, file: usize, word: usize) -> Option<Kind> {
        use crate::compile::ast::WordShape as Shape;
        let word = self.files.get(file)?.words.get(word)?;
        Some(match &word.shape {
            Shape::Age { .. } | Shape::Elapsed { years: true, .. } => Kind::Years,
            Shape::Day { .. } => Kind::Date,
            Shape::Elapsed { .. }
            | Shape::Nearest { .. }
            | Shape::MonthsPaid { .. }
            | Shape::MonthsSteps { .. }
            | Shape::FullSteps { .. } => Kind::Count,
            Shape::TopMean { .. } => Kind::Money,
            Shape::Maps { .. } => Kind::Code(format!("word:{}", word.id)),
            Shape::Unread => return None,
        })
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
            && info.scope == Scope::Job
        {
            let expected = "each = \"job\" on the rule, or of = \"any_job\" or \"main_job\" on the clause";
            self.fault(
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

/// The names that a condition may use at one place.
pub struct NamesAt<'b, 'a> {
    /// The builder.
    pub builder: &'b Builder<'a>,
    /// The place.
    pub context: Context,
}

impl Names for NamesAt<'_, '_> {
    fn kind(&self, name: &str) -> Option<Kind> {
        self.builder.kind(self.context, name)
    }

    fn nearest(&self, name: &str) -> Option<String> {
        let rule_file = self.builder.rule_file(self.context.file)?;
        let mut own: Vec<String> = rule_file.words.iter().map(|word| word.id.clone()).collect();
        own.extend(rule_file.clauses.iter().map(|clause| clause.id.clone()));
        own.extend(rule_file.rules.iter().map(|rule| rule.id.clone()));
        own.extend(
            rule_file
                .periods
                .iter()
                .flat_map(|period| ["first", "last"].map(|end| format!("{}.{end}", period.id))),
        );
        for table in &rule_file.tables {
            own.extend(
                table
                    .columns
                    .iter()
                    .filter_map(|column| column.split_once(':'))
                    .map(|(column, _)| format!("{}.{column}", table.id)),
            );
        }
        let others = self.builder.files.iter().filter(|file| file.id != rule_file.id);
        own.extend(others.flat_map(|file| file.rules.iter().map(|rule| format!("{}.{}", file.id, rule.id))));
        let facts = self.builder.book.program.layout.facts.iter().map(|fact| fact.name.as_str());
        nearest(name, own.iter().map(String::as_str).chain(facts)).map(str::to_owned)
    }

    fn has_code(&self, list: &str, code: &str) -> bool {
        match list.strip_prefix("word:") {
            Some(word) => self.word_codes(word).iter().any(|known| known == code),
            None => self
                .builder
                .book
                .program
                .layout
                .list(list)
                .is_some_and(|list| list.index(code).is_some()),
        }
    }

    fn nearest_code(&self, list: &str, code: &str) -> Option<String> {
        match list.strip_prefix("word:") {
            Some(word) => nearest(code, self.word_codes(word).iter().map(String::as_str)).map(str::to_owned),
            None => {
                let list = self.builder.book.program.layout.list(list)?;
                nearest(code, list.codes.iter().map(AsRef::as_ref)).map(str::to_owned)
            }
        }
    }
}

impl NamesAt<'_, '_> {
    fn word_codes(&self, word: &str) -> Vec<String> {
        let word = self
            .builder
            .rule_file(self.context.file)
            .and_then(|rule_file| rule_file.words.iter().find(|rule_file| rule_file.id == word));
        match word.map(|word| &word.shape) {
            Some(crate::compile::ast::WordShape::Maps { codes, .. }) => codes.iter().map(|(code, _)| code.clone()).collect(),
            _ => Vec::new(),
        }
    }
}
