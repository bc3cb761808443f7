//! One canonical form of what people type: the same letters however a keyboard, a font or a copied page wrote them.

use std::borrow::Cow;

/// The European digit of a Thai one; other letters as they are.
pub(crate) fn european(letter: char) -> char {
    u32::from(letter)
        .checked_sub(u32::from('๐'))
        .filter(|digit| *digit < 10)
        .and_then(|digit| char::from_digit(digit, 10))
        .unwrap_or(letter)
}

/// Letters of no width: spaces that do not show, joiners, marks of byte order and of direction, soft hyphens.
pub(crate) const fn has_no_width(letter: char) -> bool {
    matches!(
        letter,
        '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{202a}'..='\u{202e}' | '\u{feff}' | '\u{ad}'
    )
}

/// A hyphen, a minus or a dash.
pub(crate) const fn is_dash(letter: char) -> bool {
    matches!(
        letter,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}'
    )
}

/// Vowels that stand above or below their consonant: they come before a tone mark.
const fn is_vowel_mark(letter: char) -> bool {
    matches!(letter, '\u{e31}' | '\u{e34}'..='\u{e3a}')
}

/// Tone marks and the marks that stand where they do.
const fn is_tone_mark(letter: char) -> bool {
    matches!(letter, '\u{e47}'..='\u{e4c}' | '\u{e4e}')
}

const NIKHAHIT: char = '\u{e4d}';
const SARA_AA: char = '\u{e32}';
const SARA_AM: char = '\u{e33}';
const SARA_E: char = 'เ';
const SARA_AE: char = 'แ';

/// Thai text as it should have been typed: sara am in one letter, two เ as แ, vowels before tone marks, no letters of no width.
pub(crate) fn typed_right(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut right: Vec<char> = Vec::with_capacity(text.len());
    for letter in text.chars().filter(|letter| !has_no_width(*letter)) {
        match (right.last().copied(), letter) {
            (Some(SARA_E), SARA_E) => {
                right.pop();
                right.push(SARA_AE);
            }
            (Some(NIKHAHIT), SARA_AA) => {
                right.pop();
                right.push(SARA_AM);
            }
            // The tone mark stands between the two halves of sara am, in either order.
            (Some(tone), SARA_AA) if is_tone_mark(tone) && right.iter().rev().nth(1) == Some(&NIKHAHIT) => {
                right.truncate(right.len().saturating_sub(2));
                right.extend([tone, SARA_AM]);
            }
            (Some(tone), vowel) if is_tone_mark(tone) && is_vowel_mark(vowel) => {
                right.pop();
                right.extend([vowel, tone]);
            }
            (Some(SARA_AM), tone) if is_tone_mark(tone) => {
                right.pop();
                right.extend([tone, SARA_AM]);
            }
            _ => right.push(letter),
        }
    }
    Cow::Owned(right.into_iter().collect())
}

/// A name as it is looked for: typed right, in small letters, without spaces, hyphens, dots and marks of abbreviation.
///
/// # Example
/// ```
/// use sitthi::values::canonical_name;
/// assert_eq!(canonical_name("Chon Buri"), canonical_name("chonburi"));
/// assert_eq!(canonical_name("เเพร่"), canonical_name("แพร่"));
/// ```
#[must_use]
pub fn canonical_name(text: &str) -> String {
    typed_right(text)
        .chars()
        .filter(|letter| !letter.is_whitespace() && !is_dash(*letter) && !matches!(letter, '.' | ',' | '\'' | '’' | '`' | '_' | 'ฯ'))
        .map(european)
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{canonical_name, typed_right};

    #[test]
    fn letters_typed_in_other_ways_are_the_same() {
        for (typed, right) in [
            ("ล\u{e4d}าปาง", "ลำปาง"),
            ("ล\u{e4d}าพูน", "ลำพูน"),
            ("เเพร่", "แพร่"),
            ("เเม่ฮ่องสอน", "แม่ฮ่องสอน"),
            ("ท\u{e48}\u{e35}", "ที่"),
            ("น\u{e4d}\u{e49}า", "น้ำ"),
            ("น\u{e49}\u{e4d}า", "น้ำ"),
            ("นำ\u{e49}", "น้ำ"),
            ("กระ\u{200b}บี่", "กระบี่"),
            ("เลย", "เลย"),
            ("plain", "plain"),
        ] {
            assert_eq!(typed_right(typed), right, "{typed:?}");
        }
    }

    #[test]
    fn a_name_is_found_however_it_is_spaced_and_written() {
        for (one, other) in [
            ("Chon Buri", "chonburi"),
            ("Phang-nga", "PHANG NGA"),
            ("กทม.", "กทม"),
            ("กรุงเทพฯ", "กรุงเทพ"),
            ("เมือง\u{a0}ตาก", "เมืองตาก"),
            ("TH‑๑๐", "th10"),
        ] {
            assert_eq!(canonical_name(one), canonical_name(other));
        }
    }
}
