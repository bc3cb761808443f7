//! What nothing uses.

use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::lower::amounts::amount_key;
use crate::compile::lower::builder::Builder;

pub(super) fn check(builder: &Builder<'_>) {
    for (number, rule_file) in builder.files.iter().enumerate() {
        let mut names: Vec<(String, &str, u32, &str)> = Vec::new();
        names.extend(
            rule_file
                .clauses
                .iter()
                .map(|clause| (clause.id.clone(), clause.id.as_str(), clause.line, "clause")),
        );
        names.extend(
            rule_file
                .words
                .iter()
                .map(|word| (word.id.clone(), word.id.as_str(), word.line, "word")),
        );
        names.extend(
            rule_file
                .tables
                .iter()
                .map(|table| (table.id.clone(), table.id.as_str(), table.line, "table")),
        );
        names.extend(
            rule_file
                .periods
                .iter()
                .map(|period| (period.id.clone(), period.id.as_str(), period.line, "period")),
        );
        names.extend(
            rule_file
                .amounts
                .iter()
                .map(|amount| (amount_key(&amount.id), amount.id.as_str(), amount.line, "amount")),
        );
        for (key, id, line, what) in names {
            if !builder.used.contains(&(number, key)) {
                builder.diagnose(
                    number,
                    line,
                    DiagnosticCode::Unused,
                    format!("no rule uses the {what} `{id}`"),
                    "a rule that does, or no such line",
                );
            }
        }
    }
}
