//! Values: days, money, places and identity numbers that refuse nonsense at the border.

mod baht;
mod citizen;
mod date;
mod error_code;
mod fiscal;
mod given;
mod id;
mod nearest;
mod partial;
mod period;
mod place;
mod spelling;
mod text;
mod thai;
mod truth;

pub use baht::{Baht, MoneyError, Rounding};
pub use citizen::{CitizenId, IdentityError};
pub use date::{Date, DateError, Month};
pub use error_code::ErrorCode;
pub use fiscal::FiscalYear;
pub use given::{mask, shown};
pub(crate) use id::ids;
pub use nearest::nearest;
pub use partial::PartialDate;
pub use period::{Calendar, Length, LengthError, LengthUnit, Rolled};
pub use place::{District, PlaceError, Province};
pub use spelling::canonical_name;
pub(crate) use spelling::{european, has_no_width, is_dash};
pub use text::Text;
pub use thai::{ThaiStyle, format_thai, parse_thai};
pub use truth::Truth;

/// Serde as the text of `Display` and `FromStr`.
macro_rules! serde_as_text {
    ($type:ident, $error:ident) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                Self::parse(&text).map_err(serde::de::Error::custom)
            }
        }

        impl std::str::FromStr for $type {
            type Err = $error;
            fn from_str(text: &str) -> Result<Self, $error> {
                Self::parse(text)
            }
        }
    };
}
pub(crate) use serde_as_text;
