//! Text of others as it may stand in a message: no identity number, and never longer than a line.

use super::spelling::{european, has_no_width, is_dash};

/// What stands where an identity number was.
const MASKED: &str = "x-xxxx-xxxxx-xx-x";
/// The digits of an identity number.
const DIGITS: usize = 13;
/// How its digits are grouped where they are.
const GROUPS: [usize; 5] = [1, 4, 5, 2, 1];
/// The most letters of a given value that a message shows.
const SHOWN: usize = 120;

/// A value as it was given, as every message shows it: identity numbers masked, at most 120 letters.
///
/// # Example
/// ```
/// use sitthi::values::shown;
/// assert_eq!(shown("thay"), "thay");
/// assert_eq!(shown("wage 1-9999-00000-01-3"), "wage x-xxxx-xxxxx-xx-x");
/// assert!(shown(&"a".repeat(100_000)).ends_with("… (100000 letters)"));
/// ```
#[must_use]
pub fn shown(text: &str) -> String {
    // What is cut off is cut before it is looked through, but for what may be half a number.
    let cut = text
        .char_indices()
        .nth(SHOWN.saturating_mul(2))
        .map_or(text.len(), |(place, _)| place);
    let masked = mask(text.get(..cut).unwrap_or(text));
    match masked.char_indices().nth(SHOWN) {
        None if cut == text.len() => masked,
        end => {
            let end = end.map_or(masked.len(), |(place, _)| place);
            format!("{}… ({} letters)", masked.get(..end).unwrap_or_default(), text.chars().count())
        }
    }
}

/// Text with every number of thirteen digits masked, whatever separates its digits and whichever digits they are.
///
/// A run of digits is masked where it has thirteen or more without a break, thirteen in all, or groups of 1, 4, 5, 2 and 1.
///
/// # Example
/// ```
/// use sitthi::values::mask;
/// assert_eq!(mask("๑-๙๙๙๙-๐๐๐๐๐-๐๑-๓ on 2026-11-22"), "x-xxxx-xxxxx-xx-x on 2026-11-22");
/// ```
#[must_use]
pub fn mask(text: &str) -> String {
    if text.chars().filter(|letter| is_digit(*letter)).count() < DIGITS {
        return text.to_owned();
    }
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_digit) {
        let (before, from) = rest.split_at_checked(start).unwrap_or((rest, ""));
        masked.push_str(before);
        let groups = groups(from);
        let mut next = from;
        // The first groups of the run that are a number; a run without one is kept whole.
        match number(&groups) {
            Some((first, last)) => {
                masked.push_str(from.get(..first).unwrap_or_default());
                masked.push_str(MASKED);
                next = from.get(last..).unwrap_or_default();
            }
            None => {
                let end = groups.last().map_or(from.len(), |group| group.end);
                masked.push_str(from.get(..end).unwrap_or_default());
                next = next.get(end..).unwrap_or_default();
            }
        }
        rest = next;
    }
    masked.push_str(rest);
    masked
}

fn is_digit(letter: char) -> bool {
    // Thai and full-width digits as well.
    european(letter).is_ascii_digit() || matches!(letter, '\u{ff10}'..='\u{ff19}')
}

fn separates(letter: char) -> bool {
    letter.is_whitespace() || is_dash(letter) || has_no_width(letter) || matches!(letter, '.' | '/' | '_' | '·' | '\u{2022}')
}

/// Digits without a break: where they begin and end in bytes, and how many they are.
struct Digits {
    start: usize,
    end: usize,
    count: usize,
}

/// The digits at the beginning of a text, as groups with at most three separators between them.
fn groups(text: &str) -> Vec<Digits> {
    let mut groups: Vec<Digits> = Vec::new();
    let mut separators = 0_usize;
    for (place, letter) in text.char_indices() {
        let end = place.saturating_add(letter.len_utf8());
        if is_digit(letter) {
            match groups.last_mut().filter(|_| separators == 0) {
                Some(group) => {
                    group.end = end;
                    group.count = group.count.saturating_add(1);
                }
                None => groups.push(Digits {
                    start: place,
                    end,
                    count: 1,
                }),
            }
            separators = 0;
        } else {
            separators = separators.saturating_add(1);
            if !separates(letter) || separators > 3 {
                break;
            }
        }
    }
    groups
}

/// Where the first number of thirteen digits begins and ends.
fn number(groups: &[Digits]) -> Option<(usize, usize)> {
    let whole = groups
        .iter()
        .find(|group| group.count >= DIGITS)
        .map(|group| (group.start, group.end));
    let grouped = groups
        .windows(GROUPS.len())
        .find(|window| window.iter().map(|group| group.count).eq(GROUPS))
        .and_then(|window| Some((window.first()?.start, window.last()?.end)));
    let count = groups.iter().fold(0_usize, |count, group| count.saturating_add(group.count));
    let together = || {
        let run = (groups.first()?.start, groups.last()?.end);
        (count == DIGITS).then_some(run)
    };
    match (whole, grouped) {
        (Some(whole), Some(grouped)) => Some(if whole.0 < grouped.0 { whole } else { grouped }),
        (whole, grouped) => whole.or(grouped).or_else(together),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{MASKED, mask, shown};

    #[test]
    fn numbers_are_masked_however_they_are_written() {
        for number in [
            "1999900000013",
            "1-9999-00000-01-3",
            "1 9999 00000 01 3",
            "1.9999.00000.01.3",
            "1/9999/00000/01/3",
            "๑๙๙๙๙๐๐๐๐๐๐๑๓",
            "๑-๙๙๙๙-๐๐๐๐๐-๐๑-๓",
            "1–9999–00000–01–3",
            "1 - 9999 - 00000 - 01 - 3",
            "199 990 000 0013",
            "1\u{200b}999900000013",
            "１９９９９０００００013",
            "1999900000013.0",
            "19999000000130",
        ] {
            let masked = mask(&format!("`{number}` is not a code"));
            assert!(
                masked.contains(MASKED) && !masked.contains("9999") && !masked.contains('๙'),
                "{number}: {masked}"
            );
        }
        assert_eq!(mask("1-9999-00000-01-3 2-9999-00000-02-0"), format!("{MASKED} {MASKED}"));
    }

    #[test]
    fn what_is_no_identity_number_stays() {
        for text in [
            "2026-11-22",
            "2026-11-22 2026-11-23",
            "2026-03-01/2026-03-20",
            "8333.333333",
            "1, 2, 9",
            "02 123 4567",
            "a day such as `2026-03-15`, `2026-03`, `2026-03/2026-05` or `15 มีนาคม 2569`",
            "999999999999",
            "",
        ] {
            assert_eq!(mask(text), text);
        }
    }

    #[test]
    fn what_is_long_is_cut_and_says_how_long_it_was() {
        assert_eq!(shown(&"ก".repeat(120)), "ก".repeat(120));
        assert_eq!(shown(&"ก".repeat(121)), format!("{}… (121 letters)", "ก".repeat(120)));
        // A number that the cut divides is masked all the same.
        let divided = shown(&format!("{}1999900000013{}", "a".repeat(115), "b".repeat(200)));
        assert!(!divided.contains('9'), "{divided}");
    }

    proptest! {
        #[test]
        fn no_identity_number_is_left(before in "[a-zก-ฮ` ]{0,8}", digits in "[0-9]{13}", separator in "[- ./]?", after in "[a-zก-ฮ`]{0,8}") {
            let cut = |from: usize, to: usize| digits.get(from..to).unwrap_or_default().to_owned();
            let number = [cut(0, 1), cut(1, 5), cut(5, 10), cut(10, 12), cut(12, 13)].join(&separator);
            let text = format!("{before}{number}{after}");
            prop_assert!(!mask(&text).contains(char::is_numeric), "{}", text);
        }

        #[test]
        fn masking_twice_changes_nothing(text in "[0-9๐-๙ก-ฮ./ -]{0,40}|.*") {
            prop_assert_eq!(mask(&mask(&text)), mask(&text));
        }
    }
}
