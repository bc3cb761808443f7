//! One description of what goes in and out: facts from their one list with the codes of a rulebook, decisions from the structs
//! themselves. JSON Schema and the types of TypeScript and Python are printed from it.
//!
//! The facts of a rulebook can be described wherever rule files are read ([`Rulebook::facts_schema`]); decisions are read from the source of
//! the library, which only its own build and tests have.

mod facts;
mod json_schema;
#[cfg_attr(
    not(any(test, feature = "schema")),
    allow(dead_code, reason = "decisions and types of other languages need more")
)]
mod model;
mod plan_input;
#[cfg(any(test, feature = "schema"))]
mod python;
#[cfg(any(test, feature = "schema"))]
mod read;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests;
#[cfg(any(test, feature = "schema"))]
mod typescript;

#[cfg(any(test, feature = "schema"))]
pub use printed::{SchemaError, decisions_schema, python, typescript};

use crate::rulebook::Rulebook;

impl Rulebook {
    /// The JSON Schema (draft 2020-12) of what is given: `Worker`, `Complaint` and `PlanInput` under `$defs`, with the codes of this
    /// rulebook and the facts that it declares.
    #[must_use]
    pub fn facts_schema(&self) -> String {
        let mut types = facts::types(&self.book().program.layout);
        types.extend(plan_input::types());
        json_schema::print("sitthi: what is given", &types)
    }
}

#[cfg(any(test, feature = "schema"))]
mod printed {
    use super::model::Declared;
    use super::read::Shapes;
    use super::{facts, json_schema, plan_input};
    use crate::rulebook::Rulebook;

    /// A type that cannot be described.
    #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
    #[non_exhaustive]
    pub enum SchemaError {
        /// The source cannot be read.
        #[error("the source of the decisions cannot be read: {0}")]
        Source(String),
        /// A type that no source given here defines.
        #[error("`{0}` is neither defined in the sources of the decisions nor known to be text")]
        Unknown(String),
    }

    fn of_facts() -> Vec<Declared> {
        let mut types = facts::types(&Rulebook::built_in().book().program.layout);
        types.extend(plan_input::types());
        types
    }

    /// The JSON Schema (draft 2020-12) of decisions, questions, changes, diagnostics and errors, each under `$defs`.
    ///
    /// # Errors
    /// [`SchemaError`] where a decision holds a type that nothing here can describe.
    pub fn decisions_schema() -> Result<String, SchemaError> {
        Ok(json_schema::print("sitthi: what is answered", Shapes::of_decisions()?.reached()?))
    }

    /// TypeScript declarations of everything that goes in and out.
    ///
    /// # Errors
    /// As for [`decisions_schema`].
    pub fn typescript() -> Result<String, SchemaError> {
        let shapes = Shapes::of_decisions()?;
        let declared = super::typescript::print(of_facts().iter().chain(shapes.reached()?));
        Ok(format!("// Written by the build from the core's own types.\n{declared}"))
    }

    /// Python declarations of everything that goes in and out.
    ///
    /// # Errors
    /// As for [`decisions_schema`].
    pub fn python() -> Result<String, SchemaError> {
        let shapes = Shapes::of_decisions()?;
        Ok(super::python::print(of_facts().iter().chain(shapes.reached()?)))
    }
}
