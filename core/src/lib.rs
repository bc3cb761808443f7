//! Thai labour protection as a library.

pub mod criterion;
pub mod facts;
pub mod values;

pub use facts::{Claim, Complaint, FactError, Job, Worker};
pub use values::{Baht, CitizenId, Date, DateError, District, FiscalYear, IdentityError, MoneyError, Month, PartialDate, PlaceError, Province};
