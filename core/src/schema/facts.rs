//! Facts: an interface for each group of the list, a type for each code list.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::comment;
use crate::facts::{FactDefinition, FactKind, GROUPS, Layout};

/// Text that stands for itself in the declarations.
const HEAD: &str = "/** A day `2026-03-15`, or as much of it as is known: `2026-03`, `2026`, `2026-03/2026-05`; Thai dates such as `15 มีนาคม 2569` and `15/3/2569` are read as well. */
export type PartialDate = string
/** Baht as text, as a whole number, or as a number that is exact to the satang. */
export type Baht = string | number
/** The months that were paid (`2026-03`, or `2025-01/2026-03` for all between), or counts before the event: `in_15` of the last 15, `total` of all. */
export type PaidMonths = string[] | { [within: `in_${number}`]: number | null; total?: number | null }
";

/// Declares the facts; null, or nothing, means not known.
pub(super) fn declare(layout: &Layout, out: &mut String) {
    out.push_str(HEAD);
    let lists: BTreeSet<&str> = GROUPS.iter().flat_map(|group| group.facts).filter_map(|fact| fact.list).collect();
    for list in lists {
        let codes = layout.list(list).map(|list| list.codes.as_slice()).unwrap_or_default();
        let known: Vec<String> = codes.iter().map(|code| format!("'{code}'")).collect();
        // Open, since a rulebook opened at run time may have more.
        let _ = writeln!(
            out,
            "/** The built-in codes of `{list}`; a later rulebook may know more. */\nexport type {} = {} | (string & {{}})",
            code_type(list),
            known.join(" | ")
        );
    }
    for group in GROUPS {
        out.push('\n');
        comment(group.about, "", out);
        let _ = writeln!(out, "export interface {} {{", group.name);
        for fact in group.facts {
            comment(fact.about, "  ", out);
            let _ = writeln!(out, "  {}?: {}", fact.name, fact_type(fact));
        }
        out.push_str("}\n");
    }
}

/// `end_cause` is declared as `EndCauseCode`.
fn code_type(list: &str) -> String {
    let words = list.split('_').map(|word| {
        let (first, rest) = word.split_at_checked(1).unwrap_or((word, ""));
        first.to_uppercase() + rest
    });
    words.collect::<String>() + "Code"
}

fn fact_type(fact: &FactDefinition) -> String {
    let code = fact.list.map_or_else(|| "string".to_owned(), code_type);
    match fact.kind {
        FactKind::YesNo => "boolean | null".to_owned(),
        FactKind::Date => "PartialDate | null".to_owned(),
        FactKind::Code => format!("{code} | null"),
        FactKind::Count => "number | null".to_owned(),
        FactKind::Money => "Baht | null".to_owned(),
        FactKind::Province | FactKind::District => "string | null".to_owned(),
        FactKind::Family => format!("Partial<Record<{code}, boolean | null>> | null"),
        FactKind::PaidMonths => format!("Partial<Record<{code}, PaidMonths | null>> | null"),
        FactKind::Wages => "Baht[] | null".to_owned(),
        FactKind::Jobs => "Job[] | null".to_owned(),
        FactKind::TheJob => "Job".to_owned(),
        FactKind::TheClaim => "Claim".to_owned(),
        FactKind::Declared => "Record<string, unknown>".to_owned(),
    }
}
