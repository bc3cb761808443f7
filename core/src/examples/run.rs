//! Runs the examples of rule files.

use std::collections::{BTreeSet, HashSet};
use std::fmt;
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value as Json;

use super::Example;
use super::expect::{Miss, Named, fields};
use super::prepared::{Prepared, Subjects};
use super::read::read;
use super::uncovered::{Uncovered, uncovered};
use crate::compile::SourceFile;
use crate::compile::diagnostics::{Diagnostic, DiagnosticCode, Diagnostics};
use crate::criterion::Trace;
use crate::error::Error;
use crate::rulebook::Rulebook;
use crate::values::{Date, nearest};

/// Something that an example expects and the law does not say.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Difference {
    /// The path of the file inside the rulebook.
    pub file: String,
    /// The line of the expectation, from 1.
    pub line: u32,
    /// The example.
    pub example: String,
    /// What was looked at, such as `amounts.employee_share` or `missing`.
    pub key: String,
    /// What the example expects.
    pub expected: Json,
    /// What the law says; items of a list by their names.
    pub found: Json,
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            line,
            example,
            key,
            expected,
            found,
        } = self;
        write!(
            formatter,
            "{file}:{line}: {example}: `{key}` is {}, expected {}",
            plain(found),
            plain(expected)
        )
    }
}

fn plain(value: &Json) -> String {
    match value {
        Json::Null => "none".to_owned(),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// What came of the examples of a rulebook.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TestReport {
    /// How many examples were run.
    pub examples: usize,
    /// What examples expect and the law does not say, in the order of files and lines.
    pub differences: Vec<Difference>,
    /// What is wrong with examples: facts that cannot be read, names that nothing has, profiles that are not there.
    pub diagnostics: Vec<Diagnostic>,
    /// Fields of decisions that no example names, such as `schemes.confirm`, the field of what stands under a name of the decision, wherever
    /// that is in it: nothing holds them. A field that is filled for some example counts as named only where an expectation meets it filled.
    /// Words in Thai and English stand in the rule files, and are left out. Empty where only some examples were run.
    pub unnamed_fields: Vec<String>,
    /// Bounds, days, clauses, rules, amounts and periods that what the examples expect is asked of on one side only, in the order of files and
    /// lines. Empty where only some examples were run.
    pub uncovered: Vec<Uncovered>,
}

impl TestReport {
    fn located(mut self, sources: &[SourceFile]) -> Self {
        self.diagnostics = self.diagnostics.into_iter().map(|one| one.located(sources)).collect();
        self
    }

    /// Whether every example could be read and came out.
    #[must_use]
    pub fn passes(&self) -> bool {
        self.differences.is_empty() && self.diagnostics.is_empty()
    }
}

impl From<Diagnostics> for TestReport {
    /// The report of rule files that do not compile: no example was run.
    fn from(diagnostics: Diagnostics) -> Self {
        Self {
            diagnostics: diagnostics.0,
            ..Self::default()
        }
    }
}

/// Which examples are run; all of them by default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// The id of a file, such as `sso_33`, or its path inside the rulebook.
    pub file: Option<String>,
    /// The name of an example.
    pub example: Option<String>,
}

impl Selection {
    fn takes(&self, example: &Example) -> bool {
        self.takes_file(example) && self.example.as_ref().is_none_or(|id| *id == example.id)
    }

    fn takes_file(&self, example: &Example) -> bool {
        let named = |name: &String| *name == example.file || *name == example.path || name == stem(&example.path);
        self.file.as_ref().is_none_or(named)
    }

    fn is_all(&self) -> bool {
        self.file.is_none() && self.example.is_none()
    }
}

impl Rulebook {
    /// Runs the examples of rule files against the law that they make.
    ///
    /// # Errors
    /// The diagnostics of rule files that do not compile: no example is run then.
    ///
    /// # Example
    /// ```no_run
    /// use sitthi::Rulebook;
    /// use sitthi::compile::SourceFile;
    /// let text = std::fs::read_to_string("schemes/ucs.toml")?;
    /// let sources = [SourceFile { path: "schemes/ucs.toml".to_owned(), text }];
    /// let report = Rulebook::test(&sources)?;
    /// for difference in &report.differences {
    ///     println!("{difference}");
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn test(sources: &[SourceFile]) -> Result<TestReport, Diagnostics> {
        Ok(Self::from_sources(sources)?
            .report(sources, read(sources), &Selection::default())
            .located(sources))
    }

    /// Runs some of the examples of rule files against this rulebook, which may be another than they make.
    ///
    /// # Errors
    /// [`Error::Unknown`] for a file or example that is not there, with the nearest name.
    pub fn test_selected(&self, sources: &[SourceFile], selection: &Selection) -> Result<TestReport, Error> {
        let (examples, diagnostics) = read(sources);
        // The one that is looked for may be one that could not be read.
        if diagnostics.is_empty() && !selection.is_all() && !examples.iter().any(|example| selection.takes(example)) {
            return Err(not_there(&examples, selection));
        }
        Ok(self.report(sources, (examples, diagnostics), selection).located(sources))
    }

    pub(super) fn report(
        &self,
        sources: &[SourceFile],
        (examples, mut diagnostics): (Vec<Example>, Vec<Diagnostic>),
        selection: &Selection,
    ) -> TestReport {
        let chosen: Vec<&Example> = examples.iter().filter(|example| selection.takes(example)).collect();
        let mut report = TestReport::default();
        let mut reads = HashSet::new();
        let (mut named, mut there) = (Named::default(), Named::default());
        for example in chosen {
            let prepared = match Prepared::new(self, example) {
                Ok(prepared) => prepared,
                Err(diagnostic) => {
                    diagnostics.push(*diagnostic);
                    continue;
                }
            };
            report.examples = report.examples.saturating_add(1);
            let trace = Arc::new(Trace::default());
            let law = prepared.law(self).map(|law| law.traced(Arc::clone(&trace)));
            let mut comparison = prepared.compare(self, law.as_ref(), false);
            named.append(&mut comparison.named);
            reads.extend(trace.reads());
            if let (true, Some(law)) = (selection.is_all(), &prepared.law(self)) {
                decided_fields(law, &prepared, &mut there);
            }
            for miss in comparison.misses {
                match miss {
                    Miss::Differs { key, expected, found } => report.differences.push(Difference {
                        file: example.path.clone(),
                        line: line_of(example, &key),
                        example: example.id.clone(),
                        key,
                        expected,
                        found,
                    }),
                    Miss::Unknown { key, name, nearest } => diagnostics.push(Diagnostic::new(
                        &example.path,
                        line_of(example, if key == "expect" { &name } else { &key }),
                        DiagnosticCode::UnknownKey,
                        format!("the example `{}` expects `{name}` in `{key}`, which does not know it", example.id),
                        nearest.map_or_else(String::new, |near| format!("`{near}`?")),
                    )),
                }
            }
        }
        diagnostics.sort();
        diagnostics.dedup();
        let paths: BTreeSet<&str> = examples
            .iter()
            .filter(|one| selection.takes(one))
            .map(|one| one.path.as_str())
            .collect();
        if !paths.is_empty() {
            // What is wrong in the files that were not chosen is not asked here.
            diagnostics.retain(|one| selection.is_all() || paths.contains(one.file.as_str()));
        }
        report.diagnostics = diagnostics;
        if selection.is_all() && !sources.is_empty() {
            report.uncovered = uncovered(self.book(), sources, &reads);
        }
        report.unnamed_fields = there.without(&named).filter(|field| !is_of_the_question(field)).collect();
        report
    }
}

/// The name of a file without its folder and ending.
fn stem(path: &str) -> &str {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    name.strip_suffix(".toml").unwrap_or(name)
}

/// The line of the key that a place such as `amounts.employee_share` begins with.
fn line_of(example: &Example, key: &str) -> u32 {
    let of = |key: &str| example.expect_lines.get(key).copied();
    let first = key.split(['.', ' ']).next().unwrap_or(key);
    of(key).or_else(|| of(first)).unwrap_or(example.line)
}

/// The id and path of every rule file.
pub(super) fn files_and_paths(sources: &[SourceFile]) -> Vec<(String, String)> {
    let rules = sources.iter().filter(|source| {
        let path = source.path.as_str();
        path.ends_with(".toml") && crate::compile::FOLDERS.iter().any(|folder| path.starts_with(folder))
    });
    rules
        .map(|source| {
            let mut lines = source.text.lines().map(str::trim).skip_while(|line| *line != "[file]");
            let id = lines.find_map(|line| line.strip_prefix("id")?.trim_start().strip_prefix('='));
            let id = id.map_or_else(
                || stem(&source.path),
                |id| id.split('#').next().unwrap_or(id).trim().trim_matches('"'),
            );
            (id.to_owned(), source.path.clone())
        })
        .collect()
}

/// The line of an item of a rule file: that of its section or key, and within it that of a day, as near as these tell.
pub(super) fn line_of_item(text: &str, item: &str, day: Option<Date>) -> Option<u32> {
    fn section(line: &str) -> Option<&str> {
        let name = line
            .strip_prefix('[')
            .filter(|rest| rest.starts_with(|first: char| first.is_ascii_alphabetic() || first == '['))?;
        Some(name.trim_start_matches('[').split(']').next().unwrap_or(name))
    }
    let lines: Vec<&str> = text.lines().collect();
    let begins = |line: &&str| {
        let of_section = section(line).is_some_and(|name| name.rsplit('.').next().is_some_and(|last| last.trim_matches('"') == item));
        let of_key = line.strip_prefix(item).is_some_and(|rest| rest.trim_start().starts_with('='));
        !item.is_empty() && (of_section || of_key)
    };
    let start = lines.iter().position(begins)?;
    let day = day.map(|day| day.to_string());
    let rest = lines.iter().skip(start);
    let mut within = rest
        .enumerate()
        .take_while(|(distance, line)| *distance == 0 || section(line).is_none());
    let distance = day
        .and_then(|day| within.find(|(_, line)| line.contains(&day)))
        .map_or(0, |(distance, _)| distance);
    u32::try_from(start.saturating_add(distance).saturating_add(1)).ok()
}

fn not_there(examples: &[Example], selection: &Selection) -> Error {
    let files = || examples.iter().map(|example| example.file.as_str());
    let missing_file = selection
        .file
        .as_deref()
        .filter(|_| !examples.iter().any(|example| selection.takes_file(example)));
    let (what, name, near) = match missing_file {
        Some(file) => ("file with examples", file, nearest(file, files())),
        None => {
            let id = selection.example.as_deref().unwrap_or_default();
            let ids = examples.iter().filter(|example| selection.takes_file(example));
            ("example", id, nearest(id, ids.map(|example| example.id.as_str())))
        }
    };
    Error::Unknown {
        what,
        name: name.to_owned(),
        nearest: near.map(ToOwned::to_owned),
    }
}

/// Every field of the decision that an example gets.
fn decided_fields(law: &crate::Law, prepared: &Prepared<'_>, found: &mut Named) {
    match &prepared.subject {
        Subjects::Worker { subject, definition: true } => {
            fields("classification", &serde_json::json!(law.subject_classification(subject)), found);
        }
        Subjects::Worker {
            subject,
            definition: false,
        } => fields("coverage", &serde_json::json!(law.subject_coverage(subject)), found),
        Subjects::Complaint(subject) => fields("routing", &serde_json::json!(law.subject_routing(subject)), found),
        Subjects::Plan(_) | Subjects::Scale(_) => {}
    }
}

/// Words stand in the rule files and the vocabulary, where people review them; the day and the edition are what was asked.
fn is_of_the_question(field: &str) -> bool {
    let (within, key) = field.split_once('.').unwrap_or(("", field));
    let is_decision = ["coverage", "classification", "routing"].contains(&within);
    let words = ["th", "en", "why_th", "why_en", "help"].contains(&key) || field == "next.ask";
    words || (is_decision && ["kind", "on", "rulebook"].contains(&key)) || ["rulebook.version", "rulebook.checked_on"].contains(&field)
}
