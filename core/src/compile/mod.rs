//! The compiler of rule files, in stages: `source` reads TOML that knows its lines, `ast` holds what a file says, `registry` what all files
//! share, `lower` makes the program of it, `lint` looks for what is hidden, left out or never used. Every diagnostic names file and line.
//!
//! The built-in rulebook is compiled when the library is built; a rulebook given at run time is compiled by the same code.

pub(crate) mod ast;
mod csv;
pub(crate) mod diagnostics;
mod lint;
pub(crate) mod lower;
mod pipeline;
pub(crate) mod registry;
pub(crate) mod source;
mod translations;
mod user_plan;

pub use diagnostics::{Diagnostic, DiagnosticCode, Diagnostics, Severity};
pub use pipeline::{compile, diagnose, english};
pub use source::SourceFile;

pub(crate) use pipeline::{FOLDERS, LISTS};
pub(crate) use user_plan::{figures_named, user_plan};
