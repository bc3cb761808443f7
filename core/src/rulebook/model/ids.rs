//! The ids of what stands in the lists of a rulebook.

use crate::values::ids;

ids! {
    /// A rule file, among those of the rulebook.
    FileId(u16);
    /// A rule, among those of the rulebook.
    RuleId(u16);
    /// An instrument, among those of the rulebook.
    InstrumentId(u16);
    /// An option of a scheme, among the memberships of its file.
    OptionId(u16);
}
