//! Thai labour protection as a library.

mod built_in;
#[cfg(feature = "source")]
pub mod compile;
pub mod coverage;
pub mod criterion;
mod error;
#[cfg(feature = "source")]
pub mod examples;
pub mod explain;
pub mod facts;
mod labels;
pub mod law;
pub mod plan;
pub mod population;
#[cfg(feature = "source")]
pub mod review;
pub mod routing;
pub mod rulebook;
#[cfg(any(test, feature = "source", feature = "schema"))]
mod schema;
pub mod survey;
pub mod values;

pub use coverage::{Classification, Coverage, Status};
pub use error::{Error, message_th};
pub use explain::{Language, Outline};
pub use facts::{Claim, Complaint, FactError, Job, Worker};
pub use labels::{CodeLabel, day_words};
pub use law::Law;
pub use routing::Routing;
pub use rulebook::{Rulebook, RulebookError};
#[cfg(any(test, feature = "schema"))]
pub use schema::{SchemaError, decisions_schema, python, typescript};
pub use values::{
    Baht, CitizenId, Date, DateError, District, ErrorCode, FiscalYear, IdentityError, MoneyError, Month, PartialDate, PlaceError, Province,
};
