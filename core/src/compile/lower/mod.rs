//! Makes the program of a rulebook of what its files say: names are resolved, conditions become shared nodes, tables become entries.

pub(crate) mod amounts;
pub(crate) mod builder;
mod clauses;
mod complaints;
mod conditions;
mod files;
pub(crate) mod names;
mod overlays;
pub(crate) mod plans;
mod routes;
mod rows;
mod rules;
pub(crate) mod tables;
