//! Facts: what is true of a person, a job, a claim or an incident; never a conclusion.
//!
//! Every fact stands once, in [`list`](self); its line gives the field, the JSON name, the column and the type. A fact that is
//! not known is `None` (or absent from its map) and never means no.

mod contradiction;
mod error;
mod fields;
mod json;
mod layout;
mod place;
mod reader;
mod scope;
mod subject;
mod written;

pub use contradiction::contradicting_pairs;
pub use error::FactError;
pub use fields::{Code, Declared, PaidMonths};
pub use json::{DEEPEST, JsonError, MOST_JOBS, MOST_VALUES, read_json};
pub use layout::{CodeList, FactId, FactInfo, FactScope, Layout};
pub use place::{Found, Place, PlaceKind, Places};
pub use reader::{DateForm, FactReader, Given, read_date};
pub(crate) use reader::{born, day_asked, jobs_counted, most_of};
pub use scope::Scope;
pub use subject::{Facts, Subject, Value};
pub use written::{answer_of_word, written};

pub(crate) use fields::FactField;

/// How the values of a fact are typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    /// Yes or no.
    YesNo,
    /// A civil date, which may be partial.
    Date,
    /// A code of a list of the rulebook.
    Code,
    /// A whole number.
    Count,
    /// An amount of money in baht.
    Money,
    /// A province code (two digits, text).
    Province,
    /// A district code (four digits, text).
    District,
    /// One yes/no fact for each code of a list.
    Family,
    /// Contribution months of each scheme of a list.
    PaidMonths,
    /// A history of monthly wages, latest last (baht).
    Wages,
    /// The jobs of a person.
    Jobs,
    /// The facts of one job.
    TheJob,
    /// The facts of one claim.
    TheClaim,
    /// Facts that a rulebook opened at run time declares.
    Declared,
}

/// What the list says of one fact.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct FactDefinition {
    /// The field, without its prefix.
    pub name: &'static str,
    /// The type.
    pub kind: FactKind,
    /// The code list it draws from, where it has one.
    pub list: Option<&'static str>,
    /// The greatest count, or amount in whole baht, that it may have, where the list states one.
    pub most: Option<u32>,
    /// One plain sentence.
    pub about: &'static str,
}

/// What the list says of one group of facts: a struct in Rust, an object in JSON.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Group {
    /// The name of the type.
    pub name: &'static str,
    /// The prefix of its facts in rule files and columns (`job` for `job.employer`), empty for the outermost.
    pub prefix: &'static str,
    /// One plain sentence.
    pub about: &'static str,
    /// Its facts, in the order of the list.
    pub facts: &'static [FactDefinition],
}

macro_rules! fact_type {
    (YesNo) => { Option<bool> };
    (Date) => { Option<crate::values::PartialDate> };
    (Code) => { Option<crate::facts::Code> };
    (Count) => { Option<u32> };
    (Money) => { Option<crate::values::Baht> };
    (Province) => { Option<crate::facts::Place> };
    (District) => { Option<crate::facts::Place> };
    (Family) => { std::collections::BTreeMap<crate::facts::Code, bool> };
    (PaidMonths) => { std::collections::BTreeMap<crate::facts::Code, crate::facts::PaidMonths> };
    (Wages) => { Option<Vec<crate::values::Baht>> };
    (Jobs) => { Option<Vec<Job>> };
    (TheJob) => { Job };
    (TheClaim) => { Claim };
    (Declared) => { crate::facts::Declared };
}

macro_rules! fact_most {
    () => {
        None
    };
    ($most:literal) => {
        Some($most)
    };
}

macro_rules! fact_list {
    () => {
        None
    };
    ($list:literal) => {
        Some($list)
    };
}

// A complaint is about one job, which stands alone in its subject.
macro_rules! put_field {
    (TheJob, $field:expr, $filling:ident) => {
        $field.put_alone($filling.advance())?
    };
    ($kind:ident, $field:expr, $filling:ident) => {
        $field.put($filling.advance())?
    };
}

macro_rules! facts {
    ($( $(#[doc = $about:literal])* $group:ident, $prefix:literal {
        $( $(#[doc = $fact_about:literal])* $field:ident : $kind:ident $(($list:literal))? $(<= $most:literal)? , )*
    } )*) => {
        $(
            $(#[doc = $about])*
            #[derive(Clone, Default, PartialEq)]
            pub struct $group {
                $( $(#[doc = $fact_about])* pub $field: fact_type!($kind), )*
            }

            impl $group {
                /// What the list of facts says of this group.
                pub const GROUP: crate::facts::Group = crate::facts::Group {
                    name: stringify!($group),
                    prefix: $prefix,
                    about: concat!($($about),*),
                    facts: &[ $( crate::facts::FactDefinition {
                        name: stringify!($field),
                        kind: crate::facts::FactKind::$kind,
                        list: fact_list!($($list)?),
                        most: fact_most!($($most)?),
                        about: concat!($($fact_about),*),
                    }, )* ],
                };

                /// Reads the facts from a JSON object; what it does not name stays unknown.
                ///
                /// # Errors
                /// A name that is no fact (unless the group keeps declared facts), or a value that cannot be.
                pub fn from_value(value: &serde_json::Value) -> Result<Self, crate::facts::FactError> {
                    let mut facts = Self::default();
                    crate::facts::FactField::read(&mut facts, value, "", None)?;
                    Ok(facts)
                }

                /// Sets one fact by its name.
                ///
                /// # Errors
                /// As for [`Self::from_value`].
                pub fn set(&mut self, name: &str, value: &serde_json::Value, path: &str) -> Result<(), crate::facts::FactError> {
                    use crate::facts::FactField;
                    match name {
                        $( stringify!($field) => self.$field.read(value, name, fact_most!($($most)?)).map_err(|error| error.within(path)), )*
                        _ => self.set_declared(name, value, path),
                    }
                }

                /// The known facts as a JSON object, in the order of the list.
                #[must_use]
                pub fn to_value(&self) -> serde_json::Value {
                    use crate::facts::FactField;
                    let mut object = serde_json::Map::new();
                    $( if let Some(value) = self.$field.show() { object.insert(stringify!($field).to_owned(), value); } )*
                    serde_json::Value::Object(object)
                }
            }

            impl crate::facts::FactField for $group {
                fn read(&mut self, value: &serde_json::Value, path: &str, _: Option<u32>) -> Result<(), crate::facts::FactError> {
                    let object = crate::facts::error::object(value, path)?;
                    for (name, value) in object {
                        self.set(name, value, path)?;
                    }
                    Ok(())
                }

                fn show(&self) -> Option<serde_json::Value> {
                    match self.to_value() {
                        serde_json::Value::Object(object) if object.is_empty() => None,
                        value => Some(value),
                    }
                }

                fn put(&self, filling: &mut crate::facts::subject::Filling<'_>) -> Result<(), crate::facts::FactError> {
                    filling.group(stringify!($group), |filling| {
                        $( put_field!($kind, self.$field, filling); )*
                        Ok(())
                    })
                }
            }

            impl std::fmt::Debug for $group {
                /// The names of the facts that are known, never what they are.
                fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    let known = self.to_value();
                    let names = known.as_object().into_iter().flat_map(|object| object.keys());
                    formatter.write_str(stringify!($group))?;
                    formatter.debug_set().entries(names.map(|name| crate::values::shown(name))).finish()
                }
            }

            impl serde::Serialize for $group {
                fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    self.to_value().serialize(serializer)
                }
            }

            impl<'de> serde::Deserialize<'de> for $group {
                fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    let value = crate::facts::json::distinct(deserializer)?;
                    Self::from_value(&value).map_err(serde::de::Error::custom)
                }
            }
        )*

        /// Every group of facts.
        pub const GROUPS: &[crate::facts::Group] = &[ $( $group::GROUP ),* ];
    };
}

mod list;
pub use list::{Claim, Complaint, GROUPS, Job, Worker};
