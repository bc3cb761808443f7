//! The kinds of year in which indicators are counted.

/// Which year a period belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum YearKind {
    /// January to December.
    Calendar,
    /// October of the year before to September.
    Fiscal,
}
