//! A rulebook with a plan of a user's own.

use std::path::{Component, Path};

use super::Selection;
use super::read::read;
use crate::compile::diagnostics::{Diagnostic, DiagnosticCode, Diagnostics};
use crate::compile::{SourceFile, figures_named, user_plan};
use crate::rulebook::Rulebook;

/// The name of a plan that was given as text.
const UNNAMED: &str = "plan.toml";

impl Rulebook {
    /// The rulebook with one more plan, written as `core/rulebook/plans/README.md` says, in TOML. The figures of its series stand in the
    /// text itself, under `[figures]`, or in `beside`: CSV files under the names by which the plan calls them. English may be left out;
    /// so may citations, and what stands without one is the user's own. The plan's examples are run.
    ///
    /// # Errors
    /// Every fault of the plan, with file, line and what would be right: its id is that of another plan, a figure stands twice, an example
    /// comes out differently, …
    ///
    /// # Example
    /// ```
    /// use sitthi::{Date, Rulebook};
    /// let rulebook = Rulebook::built_in().with_plan(
    ///     r#"
    /// [plan]
    /// id         = "our_province"
    /// th         = "แผนของจังหวัด"
    /// owner      = "none"
    /// years      = { from = 2567, to = 2570 }
    /// structure  = "whole"
    /// checked_on = 2026-11-30
    ///
    /// [indicator.members]
    /// th         = "สมาชิกเครือข่าย"
    /// unit       = "persons"
    /// better     = "up"
    /// kind       = "stock"
    /// year       = "fiscal"
    /// over_time  = "last"
    /// over_areas = "sum"
    /// owner      = "none"
    /// area       = "56"
    /// from_series = { csv = "members", column = "members" }
    ///
    /// [target.members_2568]
    /// indicator = "members"
    /// period    = "FY2568"
    /// value     = 2000
    ///
    /// [figures]
    /// members = """
    /// year,period,members
    /// 2568,FY,2150
    /// """
    /// "#,
    ///     &[],
    /// )?;
    /// let scorecard = rulebook.on(Date::parse("2026-11-30")?).score("our_province", "{}")?;
    /// assert_eq!(scorecard.rows[0].lead.as_ref().and_then(|lead| lead.reached), Some(true));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_plan(&self, text: &str, beside: &[SourceFile]) -> Result<Self, Diagnostics> {
        let source = SourceFile {
            path: UNNAMED.to_owned(),
            text: text.to_owned(),
        };
        self.with_plan_of(&source, beside)
    }

    /// The rulebook with one more plan, read from a file; the CSV files that it names stand beside it or in folders below.
    ///
    /// # Errors
    /// As for [`Rulebook::with_plan`], and a file that cannot be read or does not lie beside the plan.
    pub fn with_plan_file(&self, path: &Path) -> Result<Self, Diagnostics> {
        let source = SourceFile {
            path: path.display().to_string(),
            text: text_of(path).map_err(|message| one(&path.display().to_string(), message, "a plan file in TOML"))?,
        };
        let folder = path.parent().unwrap_or_else(|| Path::new(""));
        let mut beside = Vec::new();
        for name in figures_named(&source.text) {
            let inside = Path::new(&name).components().all(|part| matches!(part, Component::Normal(_)));
            if !inside {
                return Err(one(
                    &source.path,
                    format!("`{name}` does not lie beside the plan"),
                    "a CSV file beside it or below",
                ));
            }
            let text =
                text_of(&folder.join(&name)).map_err(|message| one(&source.path, format!("`{name}` {message}"), "a CSV file in UTF-8"))?;
            beside.push(SourceFile { path: name, text });
        }
        self.with_plan_of(&source, &beside)
    }

    fn with_plan_of(&self, source: &SourceFile, beside: &[SourceFile]) -> Result<Self, Diagnostics> {
        let (plan, sources) = user_plan(self.book(), source, beside)?;
        let mut book = self.book().clone();
        book.plans.push(plan);
        book.sources.extend(sources);
        let rulebook = Self::of(book);
        rulebook.run_examples(source)?;
        Ok(rulebook)
    }

    /// Runs the examples of a plan file.
    fn run_examples(&self, source: &SourceFile) -> Result<(), Diagnostics> {
        // Examples are read from the folder of plans.
        let placed = SourceFile {
            path: format!("plans/{UNNAMED}"),
            text: source.text.clone(),
        };
        let (examples, diagnostics) = read(&[placed]);
        let report = self.report(&[], (examples, diagnostics), &Selection::default());
        let differences = report.differences.iter().map(|difference| {
            Diagnostic::new(
                &source.path,
                difference.line,
                DiagnosticCode::BadExample,
                format!("`{}`: `{}` is {}", difference.example, difference.key, difference.found),
                difference.expected.to_string(),
            )
        });
        let mut diagnostics: Vec<Diagnostic> = differences.collect();
        diagnostics.extend(report.diagnostics.into_iter().map(|mut diagnostic| {
            source.path.clone_into(&mut diagnostic.file);
            diagnostic
        }));
        if diagnostics.is_empty() {
            Ok(())
        } else {
            Err(Diagnostics(diagnostics))
        }
    }
}

/// The text of a regular file, or what is wrong with it.
fn text_of(path: &Path) -> Result<String, String> {
    let told = |error: std::io::Error| format!("cannot be read: {error}");
    // A pipe would never end.
    if !std::fs::metadata(path).map_err(told)?.is_file() {
        return Err("is no file".to_owned());
    }
    std::fs::read_to_string(path).map_err(told)
}

fn one(file: &str, message: String, expected: &str) -> Diagnostics {
    Diagnostics(vec![Diagnostic::new(file, 1, DiagnosticCode::UnknownName, message, expected)])
}
