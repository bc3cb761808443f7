//! Every name stands where something of its kind is asked: a day for a clock, money for a floor.

use crate::compile::ast::{self, RuleFile, WordShape};
use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::lower::builder::{Builder, Context};
use crate::compile::lower::names::Target;
use crate::criterion::Unit;
use crate::criterion::syntax::Kind;
use crate::values::Baht;

struct Checker<'c, 'b> {
    builder: &'c Builder<'b>,
    context: Context,
}

pub(super) fn check(builder: &Builder<'_>) {
    for (file, rule_file) in builder.files.iter().enumerate() {
        let option = (!rule_file.options.is_empty()).then_some(0);
        Checker {
            builder,
            context: Context { file, option, job: true },
        }
        .file(rule_file);
    }
}

impl Checker<'_, '_> {
    fn diagnose(&self, line: u32, code: DiagnosticCode, message: String, expected: &str) {
        self.builder.diagnose(self.context.file, line, code, message, expected);
    }

    /// Notes a fault where a name is known and of another kind; unknown ones were noted when they were lowered.
    fn wants(&self, line: u32, what: &str, name: &str, right: impl Fn(&Kind) -> bool, expected: &str) {
        if let Some(kind) = self.builder.kind(self.context, name).filter(|kind| !right(kind)) {
            self.diagnose(
                line,
                DiagnosticCode::WrongType,
                format!("{what} is `{name}`, which is {kind}"),
                expected,
            );
        }
    }

    fn day(&self, line: u32, what: &str, name: &str) {
        self.wants(line, what, name, |kind| *kind == Kind::Date, "the name of a day");
    }

    fn file(&self, rule_file: &RuleFile) {
        if let Some(clock) = &rule_file.clock {
            self.day(rule_file.line, "the clock", clock);
        }
        for word in &rule_file.words {
            match &word.shape {
                WordShape::Age { of, on } => [("`of`", of), ("`on`", on)]
                    .iter()
                    .for_each(|(what, name)| self.day(word.line, what, name)),
                WordShape::Elapsed { from, to, .. } => {
                    [("`from`", from), ("`to`", to)]
                        .iter()
                        .for_each(|(what, name)| self.day(word.line, what, name));
                }
                WordShape::Day { from, plus, .. } => {
                    self.day(word.line, "`from`", from);
                    if plus.is_none() {
                        self.diagnose(
                            word.line,
                            DiagnosticCode::MissingKey,
                            format!("`{}` says not how long after", word.id),
                            "`plus`, such as \"98 days\"",
                        );
                    }
                }
                WordShape::MonthsPaid { of, before, .. } | WordShape::MonthsSteps { of, before, .. } => {
                    self.day(word.line, "`before`", before);
                    if of.is_empty() {
                        self.diagnose(
                            word.line,
                            DiagnosticCode::MissingKey,
                            format!("`{}` counts the months of no scheme", word.id),
                            "`of`",
                        );
                    }
                }
                WordShape::Maps { of, .. } => {
                    self.wants(
                        word.line,
                        "`of`",
                        of,
                        |kind| matches!(kind, Kind::Code(list) if !list.starts_with("word:")),
                        "a fact that is a code",
                    );
                    if self.builder.kind(self.context, of).is_none() {
                        let layout = &self.builder.book.program.layout;
                        let codes = layout
                            .facts
                            .iter()
                            .filter(|fact| fact.kind == crate::facts::FactKind::Code)
                            .map(|fact| fact.name.as_str());
                        let expected = super::near(of, codes, "a fact that is a code");
                        self.diagnose(
                            word.line,
                            DiagnosticCode::UnknownName,
                            format!("`{}` maps `{of}`, which is no fact", word.id),
                            &expected,
                        );
                    }
                }
                // Their names are facts, which are looked up with their types.
                WordShape::Begins { .. } | WordShape::Ends { .. } | WordShape::Latest { .. } => {}
                WordShape::TopMean {
                    months,
                    top,
                    within,
                    divide,
                    ..
                } => {
                    self.wants(
                        word.line,
                        "`months`",
                        months,
                        |kind| *kind == Kind::Count,
                        "the name of months paid",
                    );
                    if *top == 0 || *divide == 0 || top > within {
                        let message = format!("`{}` takes the highest {top} of {within} and divides by {divide}", word.id);
                        self.diagnose(
                            word.line,
                            DiagnosticCode::Impossible,
                            message,
                            "some of the last wages, divided by a number of days",
                        );
                    }
                }
                WordShape::FullSteps { of, beyond, each } => {
                    self.wants(word.line, "`of`", of, |kind| *kind == Kind::Count, "the name of a number");
                    if beyond.is_none() || each.is_none() {
                        self.diagnose(
                            word.line,
                            DiagnosticCode::MissingKey,
                            format!("`{}` says not beyond what it counts, or in steps of what", word.id),
                            "`beyond` and `each`, such as `beyond = 180, each = 12`",
                        );
                    }
                    if *each == Some(0) {
                        self.diagnose(
                            word.line,
                            DiagnosticCode::Impossible,
                            format!("`{}` counts steps of 0", word.id),
                            "`each` of 1 or more",
                        );
                    }
                }
                WordShape::Nearest { .. } | WordShape::Unread => {}
            }
        }
        rule_file.tables.iter().for_each(|table| self.table(rule_file, table));
        rule_file.amounts.iter().for_each(|amount| self.amount(rule_file, amount));
        for period in &rule_file.periods {
            if let Some(after) = &period.after {
                let name = after.strip_suffix(".nominal").unwrap_or(after);
                if !rule_file.periods.iter().any(|period| period.id == name) {
                    self.day(period.line, "`after`", after);
                }
            }
            if let Some(clock) = &period.clock {
                self.day(period.line, "the clock", clock);
            }
        }
    }

    fn table(&self, rule_file: &RuleFile, table: &ast::Table) {
        if let Some(clock) = &table.clock {
            self.day(table.line, "the clock", clock);
        }
        if let Some(band) = &table.band {
            self.wants(
                table.line,
                "the band",
                band,
                |kind| matches!(kind, Kind::Years | Kind::Count | Kind::Days),
                "a word that is a length or a number",
            );
        }
        for place in &table.place {
            self.wants(
                table.line,
                "the place",
                place,
                |kind| matches!(kind, Kind::Place(_)),
                "a fact that is a province or a district",
            );
        }
        for (column, name) in &table.keys {
            self.wants(
                table.line,
                "a key",
                name,
                |kind| matches!(kind, Kind::Code(_) | Kind::Count | Kind::Place(_)),
                "a code or a count",
            );
            if !table.columns.contains(column) {
                let expected = super::near(column, table.columns.iter().map(String::as_str), "a column without a unit");
                self.diagnose(
                    table.line,
                    DiagnosticCode::UnknownName,
                    format!("the key `{column}` of `{}` is no column", table.id),
                    &expected,
                );
            }
        }
        let has = |name: &str| table.columns.iter().any(|column| column == name);
        for (needed, column) in [(table.band.is_some(), "at_least"), (!table.place.is_empty(), "place")] {
            if needed != has(column) {
                let message = format!(
                    "`{}` has a column `{column}` without its key, or the key without the column",
                    table.id
                );
                self.diagnose(table.line, DiagnosticCode::MissingKey, message, "both, or neither");
            }
        }
        if let Some(across) = &table.across {
            if across != "option" {
                self.diagnose(table.line, DiagnosticCode::UnknownCode, format!("`across` is `{across}`"), "option");
            }
            for (name, _) in table.columns.iter().filter_map(|column| column.split_once(':')) {
                if !rule_file.options.iter().any(|(option, _)| option == name) {
                    let expected = super::near(
                        name,
                        rule_file.options.iter().map(|(option, _)| option.as_str()),
                        "an option of the file",
                    );
                    self.diagnose(
                        table.line,
                        DiagnosticCode::UnknownCode,
                        format!("the column `{name}` of `{}` is no option", table.id),
                        &expected,
                    );
                }
            }
        }
    }

    fn amount(&self, rule_file: &RuleFile, amount: &ast::Amount) {
        let line = amount.line;
        let is_amount = |name: &str| rule_file.amounts.iter().any(|amount| amount.id == name);
        let money = |what: &str, name: &Option<String>| {
            for name in name.iter().filter(|name| Baht::parse(name).is_err()) {
                self.wants(line, what, name, |kind| *kind == Kind::Money, "a sum of money");
            }
        };
        money("`flat`", &amount.flat);
        money("`floor`", &amount.floor);
        money("`ceiling`", &amount.ceiling);
        if !amount.of.as_deref().is_some_and(is_amount) {
            money("`of`", &amount.of);
        }
        if let Some(rate) = &amount.rate
            && let Some(unit) = self.unit(rate)
            && unit != Unit::Percent
        {
            self.diagnose(
                line,
                DiagnosticCode::WrongType,
                format!("the rate is `{rate}`, which is no percentage"),
                "a column in %",
            );
        }
        for (what, name) in [("`units`", &amount.units), ("`at_most`", &amount.at_most)] {
            for name in name.iter().filter(|name| name.parse::<i64>().is_err()) {
                self.wants(line, what, name, |kind| matches!(kind, Kind::Count | Kind::Days), "a number");
            }
        }
    }

    fn unit(&self, name: &str) -> Option<Unit> {
        match self.builder.resolve(self.context, name)? {
            Target::Cell { table, column } => {
                let table = self.builder.rule_file(self.context.file)?.tables.get(table)?;
                let unit = table
                    .columns
                    .iter()
                    .find_map(|known| known.split_once(':').filter(|(known, _)| *known == column))?
                    .1;
                Unit::named(unit)
            }
            _ => Some(Unit::Count),
        }
    }
}
