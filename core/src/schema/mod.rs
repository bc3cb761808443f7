//! The TypeScript face of the core's types, read from where they are defined: facts from their one list with the built-in
//! rulebook's codes, decisions from the structs themselves. Only the build of the npm package and a test use it.

mod facts;
mod input;
mod shape;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests;

use std::fmt::Write;

use crate::rulebook::Rulebook;

/// A type that cannot be declared in TypeScript.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TypeScriptError {
    /// The source cannot be read.
    #[error("the source of the decisions cannot be read: {0}")]
    Source(String),
    /// A type that no source given here defines.
    #[error("`{0}` is neither defined in the sources of the decisions nor known to be text")]
    Unknown(String),
}

/// The declarations of everything that goes in and out: facts, plan input, decisions, changes and errors.
///
/// # Errors
/// [`TypeScriptError`] where a decision holds a type that nothing here can declare.
pub fn typescript() -> Result<String, TypeScriptError> {
    let mut out = String::from("// Written by the build from the core's own types.\n\n");
    facts::declare(&Rulebook::built_in().book().program.layout, &mut out);
    out.push_str(input::DECLARATIONS);
    for shape in shape::Shapes::of_decisions()?.reached()? {
        out.push('\n');
        out.push_str(&shape.to_string());
    }
    Ok(out)
}

/// Writes a doc comment.
fn comment(about: &str, indent: &str, out: &mut String) {
    if !about.is_empty() {
        // Writing to text cannot fail.
        let _ = writeln!(out, "{indent}/** {} */", about.trim().replace('\n', " "));
    }
}
