//! Reads the fields that plan files alone have: codes of closed lists, decimals and small numbers.

use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::source::{Data, File, Item, Section};
use crate::plan::Decimal;
use crate::values::nearest;

/// A code under a key; a fault and the first choice where it is none of them, and where it is needed and not there.
pub(super) fn choice<T: Copy>(section: &Section<'_>, key: &str, choices: &[(&str, T)], default: Option<T>) -> Option<T> {
    let names = || choices.iter().map(|(name, _)| *name);
    let Some(text) = section.text(key) else {
        if default.is_none() {
            let expected = names().collect::<Vec<_>>().join(", ");
            section.diagnose(
                key,
                DiagnosticCode::MissingKey,
                format!("`{}` has no `{key}`", section.name),
                format!("one of {expected}"),
            );
        }
        return default;
    };
    let found = choices.iter().find(|(name, _)| *name == text).map(|(_, value)| *value);
    if found.is_none() {
        let expected = nearest(&text, names()).map_or_else(|| names().collect::<Vec<_>>().join(", "), |near| format!("`{near}`"));
        section.diagnose(key, DiagnosticCode::UnknownCode, format!("`{key}` is `{text}`"), expected);
    }
    found
}

pub(super) fn decimal_of(file: File<'_>, item: &Item, name: &str) -> Option<Decimal> {
    let read = match &item.data {
        Data::Whole(number) => Some(Decimal::from(*number)),
        Data::Text(text) => text.parse().ok(),
        _ => None,
    };
    if read.is_none() {
        file.wrong_type(item, name, "a whole number, or a decimal as text");
    }
    read
}

pub(super) fn decimal(section: &Section<'_>, key: &str) -> Option<Decimal> {
    section.item(key).and_then(|item| decimal_of(section.file, item, key))
}

pub(super) fn decimals(section: &Section<'_>, key: &str) -> Vec<Decimal> {
    section
        .list(key)
        .iter()
        .filter_map(|item| decimal_of(section.file, item, key))
        .collect()
}

pub(super) fn small(section: &Section<'_>, key: &str, most: u8) -> Option<u8> {
    let number = section.whole(key)?;
    let small = u8::try_from(number).ok().filter(|number| *number <= most);
    if small.is_none() {
        section.diagnose(
            key,
            DiagnosticCode::Impossible,
            format!("`{key}` is {number}"),
            format!("0 to {most}"),
        );
    }
    small
}
