//! The entries of a decision: one for each scheme, or for each option of it.

use super::{Book, FileKind, Gives, Strength};
use crate::values::Text;

/// One scheme, or one option of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheme {
    /// Its id in decisions, such as `sso_33` or `sso_40_1`.
    pub id: Text,
    /// The number of its file.
    pub file: u16,
    /// The number of its option.
    pub option: Option<u16>,
    /// The rules that give a status, in the order of the file.
    pub rules: Vec<(Strength, u16)>,
}

impl Scheme {
    /// Every scheme of a rulebook, in the order of its files and options.
    #[must_use]
    pub fn all(book: &Book) -> Vec<Self> {
        let mut schemes = Vec::new();
        for (number, file) in (0_u16..).zip(&book.files) {
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
            for (option, membership) in (0_u16..).zip(&file.memberships) {
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

    fn giving(book: &Book, file: u16, option: Option<u16>) -> Vec<(Strength, u16)> {
        let rules = (0_u16..)
            .zip(&book.rules)
            .filter(|(_, rule)| rule.file == file && (rule.option == option || rule.option.is_none()));
        rules
            .filter_map(|(number, rule)| Some((rule.gives.as_ref().and_then(Gives::status)?, number)))
            .collect()
    }
}
