//! Thai labour protection as a library.
//!
//! The names at the root, [`facts`], [`values`] and [`decision`] are the face of the library, with [`plan`], [`survey`] and [`explain`]; where rule files are
//! read also `compile`, `examples` and `review`. Modules that do not stand here are its innards: they change without notice.

mod built_in;
#[cfg(feature = "source")]
pub mod compile;
#[doc(hidden)]
pub mod coverage;
#[doc(hidden)]
pub mod criterion;
pub mod decision;
mod error;
#[cfg(feature = "source")]
pub mod examples;
pub mod explain;
pub mod facts;
pub mod interview;
mod labels;
#[doc(hidden)]
pub mod law;
pub mod plan;
#[doc(hidden)]
pub mod population;
#[cfg(feature = "source")]
pub mod review;
#[doc(hidden)]
pub mod routing;
#[doc(hidden)]
pub mod rulebook;
#[cfg(any(test, feature = "source", feature = "schema"))]
mod schema;
pub mod survey;
pub mod values;

pub use coverage::{Classification, Coverage, Status};
pub use error::{Error, message_th};
pub use explain::{Language, Outline};
pub use facts::{Claim, Complaint, FactError, Job, Worker};
pub use interview::{Interview, InterviewStep};
pub use labels::{CodeLabel, day_words};
pub use law::Law;
pub use routing::Routing;
pub use rulebook::{Change, ChangeError, ChangeKind, Rulebook, RulebookError};
#[cfg(any(test, feature = "schema"))]
pub use schema::{SchemaError, decisions_schema, python, typescript};
pub use values::{
    Baht, CitizenId, Date, DateError, District, ErrorCode, FiscalYear, IdentityError, MoneyError, Month, PartialDate, PlaceError, Province,
};
