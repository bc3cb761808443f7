//! What a name stands for where it is written, and of which kind it is.

use super::builder::{Builder, Context};
use crate::compile::ast::WordShape;
use crate::criterion::Unit;
use crate::criterion::syntax::{Area, Kind, Names};
use crate::facts::{FactId, FactKind};
use crate::values::nearest;

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

impl Builder<'_> {
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
        use WordShape as Shape;
        let word = self.files.get(file)?.words.get(word)?;
        Some(match &word.shape {
            Shape::Age { .. } | Shape::Elapsed { years: true, .. } => Kind::Years,
            Shape::Day { .. } | Shape::Begins { .. } | Shape::Ends { .. } | Shape::Latest { .. } => Kind::Date,
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
            Some(WordShape::Maps { codes, .. }) => codes.iter().map(|(code, _)| code.clone()).collect(),
            _ => Vec::new(),
        }
    }
}
