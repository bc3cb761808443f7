//! The Thai sentence of a clause beside its condition: the same numbers, the same side of a bound.

use crate::compile::ast::{Clause, Version};
use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::lower::builder::Builder;
use crate::compile::source::File;
use crate::criterion::syntax::Comparison;

pub(super) fn check(builder: &Builder<'_>) {
    for (number, rule_file) in builder.files.iter().enumerate() {
        let at = builder.file(number);
        for clause in &rule_file.clauses {
            for version in clause.earlier.iter().chain([&clause.main]) {
                numbers(&at, clause, version);
                side(&at, clause, version);
            }
            turned_round(&at, clause);
        }
    }
}

/// A bound of the condition whose number the sentence does not name, while it names others.
fn numbers(at: &File<'_>, clause: &Clause, version: &Version) {
    let Some(when) = &version.when else { return };
    let written = numbers_in(&version.text.th);
    if written.is_empty() {
        return;
    }
    for (name, _, number) in when.expression.bounds() {
        // Nothing and one are said without a number.
        if number > 1 && !written.contains(&number) {
            let listed: Vec<String> = written.iter().map(ToString::to_string).collect();
            at.warn(
                when.line,
                DiagnosticCode::Suspicious,
                format!(
                    "`{}` compares `{name}` with `{number}`, and its sentence says {}",
                    clause.id,
                    listed.join(", ")
                ),
                "the same number in both",
            );
        }
    }
}

/// Words that say on which side of a bound someone stands: the longest that fits counts.
const SIDES: [(&str, Side); 13] = [
    ("ไม่น้อยกว่า", Side::AtLeast),
    ("ไม่ต่ำกว่า", Side::AtLeast),
    ("อย่างน้อย", Side::AtLeast),
    ("ไม่มากกว่า", Side::AtMost),
    ("ไม่สูงกว่า", Side::AtMost),
    ("ไม่เกินกว่า", Side::AtMost),
    ("ไม่เกิน", Side::AtMost),
    ("น้อยกว่า", Side::Less),
    ("ต่ำกว่า", Side::Less),
    ("ไม่ถึง", Side::Less),
    ("มากกว่า", Side::More),
    ("สูงกว่า", Side::More),
    ("เกินกว่า", Side::More),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    AtLeast,
    AtMost,
    Less,
    More,
}

impl Side {
    const fn fits(self, comparison: Comparison) -> bool {
        matches!(
            (self, comparison),
            (Self::AtLeast, Comparison::AtLeast)
                | (Self::AtMost, Comparison::AtMost)
                | (Self::Less, Comparison::Less)
                | (Self::More, Comparison::More)
        )
    }
}

/// Every side that a sentence names.
fn sides_in(text: &str) -> Vec<Side> {
    let mut sides = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        if let Some((word, side)) = SIDES.iter().find(|(word, _)| rest.starts_with(word)) {
            sides.push(*side);
            rest = rest.strip_prefix(word).unwrap_or("");
        } else {
            let mut letters = rest.chars();
            letters.next();
            rest = letters.as_str();
        }
    }
    sides
}

/// One bound and one side: they must be the same.
fn side(at: &File<'_>, clause: &Clause, version: &Version) {
    let Some(when) = &version.when else { return };
    let bounds = when.expression.bounds();
    let sides = sides_in(&version.text.th);
    if let ([(name, comparison, _)], [side]) = (bounds.as_slice(), sides.as_slice())
        && !matches!(comparison, Comparison::Equal | Comparison::NotEqual)
        && !side.fits(*comparison)
    {
        at.warn(
            when.line,
            DiagnosticCode::Suspicious,
            format!("`{}` compares `{name}` on another side than its sentence says", clause.id),
            match side {
                Side::AtLeast => "`>=`",
                Side::AtMost => "`<=`",
                Side::Less => "`<`",
                Side::More => "`>`",
            },
        );
    }
}

/// A version that turns the comparison of the version before it round.
fn turned_round(at: &File<'_>, clause: &Clause) {
    let versions: Vec<&Version> = clause.earlier.iter().chain([&clause.main]).collect();
    for pair in versions.windows(2) {
        let [before, after] = pair else { continue };
        let (Some(before), Some(after)) = (&before.when, &after.when) else {
            continue;
        };
        for (name, comparison, _) in after.expression.bounds() {
            let below = |comparison| matches!(comparison, Comparison::Less | Comparison::AtMost);
            let above = |comparison| matches!(comparison, Comparison::More | Comparison::AtLeast);
            let earlier: Vec<Comparison> = before
                .expression
                .bounds()
                .into_iter()
                .filter(|(known, ..)| *known == name)
                .map(|(_, comparison, _)| comparison)
                .collect();
            let turned = |other: &Comparison| (below(comparison) && above(*other)) || (above(comparison) && below(*other));
            if !earlier.is_empty() && earlier.iter().all(turned) {
                at.warn(
                    after.line,
                    DiagnosticCode::Suspicious,
                    format!("`{}` compares `{name}` on the other side than the version before", clause.id),
                    "the same side, unless the law turned round",
                );
            }
        }
    }
}

/// What is counted: a number in words is one only before such a word, or it is a part of another word.
const COUNTED: [&str; 14] = [
    "ปี",
    "เดือน",
    "วัน",
    "บาท",
    "คน",
    "ครั้ง",
    "ชั่วโมง",
    "สัปดาห์",
    "งวด",
    "ราย",
    "เปอร์เซ็นต์",
    "แห่ง",
    "หุ้น",
    "กิโลเมตร",
];

const DIGITS: [(&str, i64); 12] = [
    ("หนึ่ง", 1),
    ("เอ็ด", 1),
    ("สอง", 2),
    ("ยี่", 2),
    ("สาม", 3),
    ("สี่", 4),
    ("ห้า", 5),
    ("หก", 6),
    ("เจ็ด", 7),
    ("แปด", 8),
    ("เก้า", 9),
    ("ศูนย์", 0),
];

const PLACES: [(&str, i64); 6] = [
    ("สิบ", 10),
    ("ร้อย", 100),
    ("พัน", 1_000),
    ("หมื่น", 10_000),
    ("แสน", 100_000),
    ("ล้าน", 1_000_000),
];

/// The numbers that a Thai sentence names, in Arabic or Thai digits or in words before something that is counted.
fn numbers_in(text: &str) -> Vec<i64> {
    let mut numbers = Vec::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let (number, after) = if digit(letter).is_some() { in_digits(rest) } else { in_words(rest) };
        if let Some(number) = number {
            numbers.push(number);
        }
        rest = if after.len() < rest.len() {
            after
        } else {
            let mut letters = rest.chars();
            letters.next();
            letters.as_str()
        };
    }
    numbers
}

fn digit(letter: char) -> Option<i64> {
    let thai = u32::from(letter).checked_sub(u32::from('๐')).filter(|digit| *digit < 10);
    letter.to_digit(10).or(thai).map(i64::from)
}

/// Digits with commas; a number with a part after a point is none of those that a condition writes.
fn in_digits(text: &str) -> (Option<i64>, &str) {
    let end = text
        .find(|letter: char| digit(letter).is_none() && letter != ',' && letter != '.')
        .unwrap_or(text.len());
    let (written, rest) = text.split_at(end);
    let whole = written.trim_end_matches(['.', ',']);
    if whole.contains('.') {
        return (None, rest);
    }
    let number = whole
        .chars()
        .filter_map(digit)
        .try_fold(0_i64, |number, digit| number.checked_mul(10)?.checked_add(digit));
    (number, rest)
}

fn in_words(text: &str) -> (Option<i64>, &str) {
    let (mut total, mut part, mut last): (i64, i64, Option<i64>) = (0, 0, None);
    let mut rest = text;
    loop {
        if let Some((word, value)) = DIGITS.iter().find(|(word, _)| rest.starts_with(word)) {
            last = Some(*value);
            rest = rest.strip_prefix(word).unwrap_or("");
        } else if let Some((word, place)) = PLACES.iter().find(|(word, _)| rest.starts_with(word)) {
            if *place == 1_000_000 {
                let whole = part.saturating_add(last.unwrap_or(0)).max(1);
                total = total.saturating_add(whole.saturating_mul(*place));
                part = 0;
            } else {
                part = part.saturating_add(last.unwrap_or(1).saturating_mul(*place));
            }
            last = None;
            rest = rest.strip_prefix(word).unwrap_or("");
        } else {
            break;
        }
    }
    let counted = COUNTED.iter().any(|unit| rest.trim_start().starts_with(unit));
    if rest.len() == text.len() || !counted {
        return (None, text);
    }
    (Some(total.saturating_add(part).saturating_add(last.unwrap_or(0))), rest)
}

#[cfg(test)]
mod tests {
    use super::{Side, numbers_in, sides_in};

    #[test]
    fn numbers_are_read_in_digits_and_in_words() {
        for (text, numbers) in [
            ("มีอายุครบสิบห้าปีบริบูรณ์", vec![15]),
            ("มีอายุไม่ต่ำกว่า ๖๐ ปี", vec![60]),
            ("จ่ายเงินสมทบมาแล้ว 1,500 บาท", vec![1_500]),
            ("หนึ่งร้อยแปดสิบเดือน", vec![180]),
            ("ยี่สิบเอ็ดวัน", vec![21]),
            ("สองล้านห้าแสนบาท", vec![2_500_000]),
            ("ห้ามมิให้นายจ้าง", vec![]),
            ("สามีหรือภรรยาที่สามารถทำงาน", vec![]),
            ("ร้อยละ 2.5 ของค่าจ้าง", vec![]),
        ] {
            assert_eq!(numbers_in(text), numbers, "{text}");
        }
    }

    #[test]
    fn the_longest_word_of_a_side_counts() {
        assert_eq!(sides_in("อายุไม่เกินหกสิบปี"), [Side::AtMost]);
        assert_eq!(sides_in("อายุไม่น้อยกว่าสิบห้าปีและต่ำกว่าหกสิบปี"), [Side::AtLeast, Side::Less]);
    }
}
