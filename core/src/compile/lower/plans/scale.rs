//! Reads scales: those of the rulebook, and those of a plan file itself.

use std::collections::BTreeMap;

use super::fields::{choice, decimal, decimals, small};
use super::{Context, Reader, run_elsewhere};
use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::source::{File, Item, Section};
use crate::plan::{Between, Decimal, Scale};

/// Reads the scales.
#[must_use]
pub fn scales(file: File<'_>, item: &Item, context: &dyn Context) -> Vec<Scale> {
    let root = file.section(item, "file of scales");
    if let Some(head) = root.section("file") {
        let _ = (
            head.need_text("id"),
            head.need_text("kind"),
            head.need_text("th"),
            head.need_day("checked_on"),
        );
        head.done();
    }
    let reader = Reader {
        file,
        context,
        id: "scales".to_owned(),
        own: BTreeMap::new(),
    };
    let scales: Vec<Scale> = root
        .sections("scale")
        .into_iter()
        .map(|(id, section)| reader.scale(id, &section))
        .collect();
    run_elsewhere(&root);
    root.done();
    scales
}

impl Reader<'_> {
    /// The scales of the rulebook, and those of the file itself.
    pub(super) fn scales(&self, root: &Section<'_>, known: &[Scale]) -> Vec<Scale> {
        let mut scales = known.to_vec();
        for (id, section) in root.sections("scale") {
            let scale = self.scale(id, &section);
            if known.iter().any(|known| known.id == scale.id) {
                section.diagnose(
                    "scores",
                    DiagnosticCode::Shadowing,
                    format!("there is a scale `{id}` already"),
                    "a name of its own",
                );
            } else {
                scales.push(scale);
            }
        }
        scales
    }

    fn scale(&self, id: &str, section: &Section<'_>) -> Scale {
        let scale = Scale {
            id: id.to_owned(),
            title: self.label(section, &format!("scale.{id}")),
            scores: decimals(section, "scores"),
            between: choice(section, "between", &[("linear", Between::Linear), ("step", Between::Step)], None).unwrap_or(Between::Linear),
            below: decimal(section, "below").unwrap_or(Decimal::ZERO),
            above: decimal(section, "above").unwrap_or(Decimal::ZERO),
            decimals: small(section, "decimals", 12).unwrap_or(4),
            cite: self.cite(section, "cite"),
        };
        let rising = scale
            .scores
            .iter()
            .zip(scale.scores.iter().skip(1))
            .all(|(first, second)| first < second);
        let ends =
            scale.scores.first().is_some_and(|first| scale.below <= *first) && scale.scores.last().is_some_and(|last| scale.above >= *last);
        if !rising || !ends {
            section.diagnose(
                "scores",
                DiagnosticCode::Impossible,
                "the scores do not rise",
                "`below`, rising scores, `above`",
            );
        }
        section.done();
        scale
    }
}
