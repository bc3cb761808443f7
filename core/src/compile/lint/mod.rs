//! What is asked of files that read well: that nothing in them is hidden, left out, out of its time, unused or impossible.

mod claims;
mod codes;
mod days;
mod lists;
mod names;
mod overlays;
mod registers;
mod satisfiable;
mod sentences;
mod time;
mod types;
mod unused;
mod values;

use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::lower::builder::Builder;
use crate::compile::source::{File, Item};
use crate::values::nearest;

/// Checks everything that can be seen once all names are resolved.
pub fn check(builder: &mut Builder<'_>, parsed: &[Option<Item>]) {
    names::check(builder);
    time::check(builder);
    codes::check(builder);
    types::check(builder);
    lists::check(builder);
    overlays::check(builder);
    registers::check(builder, parsed);
    unused::check(builder);
    claims::check(builder);
    values::check(builder);
    days::check(builder);
    sentences::check(builder);
    // A condition with a fault is compiled to something that never holds, which is no fault of its own.
    if builder.ledger.is_sound() {
        satisfiable::check(builder);
    }
}

/// Notes a fault where a code is on none of some lists and is none of some other names.
fn on_list(builder: &Builder<'_>, at: &File<'_>, line: u32, list: &str, others: &[&str], code: &str, what: &str) {
    let known = builder.book.program.layout.list(list).map_or(&[][..], |list| list.codes.as_slice());
    let all = || known.iter().map(AsRef::as_ref).chain(others.iter().copied());
    if all().any(|known| known == code) {
        return;
    }
    let expected = nearest(code, all()).map_or_else(|| format!("a code of `{list}`"), |near| format!("`{near}`"));
    at.diagnose(
        line,
        DiagnosticCode::UnknownCode,
        format!("{what} is `{code}`, which is not on the list `{list}`"),
        expected,
    );
}

/// What would be right in place of a name: the nearest one, or what it should have been.
fn near<'n>(name: &str, names: impl Iterator<Item = &'n str>, otherwise: &str) -> String {
    nearest(name, names).map_or_else(|| otherwise.to_owned(), |near| format!("`{near}`"))
}
