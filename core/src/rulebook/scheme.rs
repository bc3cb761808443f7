//! The entries of a decision: one for each scheme, or for each option of it.

use super::{Book, FileKind, Gives, Strength};
use crate::rulebook::{FileId, OptionId, RuleId};
use crate::values::Text;

/// One scheme, or one option of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheme {
    /// Its id in decisions, such as `sso_33` or `sso_40_1`.
    pub id: Text,
    /// The number of its file.
    pub file: FileId,
    /// The number of its option.
    pub option: Option<OptionId>,
    /// The rules that give a status, in the order of the file.
    pub rules: Vec<(Strength, RuleId)>,
}

impl Scheme {
    /// Every scheme of a rulebook, in the order of its files and options.
    #[must_use]
    pub fn all(book: &Book) -> Vec<Self> {
        let mut schemes = Vec::new();
        for (number, file) in FileId::of_each(&book.files) {
            if file.kind != FileKind::Scheme {
                continue;
            }
            if file.memberships.is_empty() {
                schemes.push(Self {
                    id: file.id.clone(),
                    file: number,
                    option: None,
                    rules: Self::giving(book, number, None),
                });
            }
            for (option, membership) in OptionId::of_each(&file.memberships) {
                schemes.push(Self {
                    id: membership.id.clone(),
                    file: number,
                    option: Some(option),
                    rules: Self::giving(book, number, Some(option)),
                });
            }
        }
        schemes
    }

    fn giving(book: &Book, file: FileId, option: Option<OptionId>) -> Vec<(Strength, RuleId)> {
        let rules = RuleId::of_each(&book.rules).filter(|(_, rule)| rule.file == file && (rule.option == option || rule.option.is_none()));
        rules
            .filter_map(|(number, rule)| Some((rule.gives.as_ref().and_then(Gives::status)?, number)))
            .collect()
    }
}
