//! The nearest name, for messages about misspelt ones.

/// The most letters of a name that a nearest one is sought for: no name here is as long.
const LONGEST: usize = 80;

/// The candidate that takes the fewest edits to reach, if that is at most a third of the length of what is wanted (and at least two edits are
/// allowed) and leaves something of it. Figures have none: a code of digits that differs is another code; nor has what is longer
/// than 80 letters.
#[must_use]
pub fn nearest<'a>(wanted: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = wanted.chars().take(LONGEST.saturating_add(1)).collect();
    if wanted.len() > LONGEST || wanted.iter().all(char::is_ascii_digit) {
        return None;
    }
    let limit = (wanted.len() / 3).max(2).min(wanted.len().saturating_sub(1));
    let scored = candidates.map(|candidate| (distance(&wanted, candidate), candidate));
    scored
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The number of insertions, removals and replacements between two words.
fn distance(from: &[char], to: &str) -> usize {
    let mut costs: Vec<usize> = (0..=from.len()).collect();
    for (row, wanted) in to.chars().enumerate() {
        let mut diagonal = row;
        let mut left = row.saturating_add(1);
        for (cost, found) in costs.iter_mut().skip(1).zip(from) {
            let replaced = diagonal.saturating_add(usize::from(*found != wanted));
            diagonal = *cost;
            left = replaced.min(diagonal.saturating_add(1)).min(left.saturating_add(1));
            *cost = left;
        }
        if let Some(first) = costs.first_mut() {
            *first = row.saturating_add(1);
        }
    }
    costs.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};

    #[test]
    fn edits_are_counted() {
        let letters: Vec<char> = "kitten".chars().collect();
        assert_eq!(distance(&letters, "sitting"), 3);
        assert_eq!(distance(&letters, "kitten"), 0);
        assert_eq!(distance(&[], "abc"), 3);
        assert_eq!(distance(&letters, ""), 6);
    }

    #[test]
    fn only_a_near_name_is_offered() {
        let names = ["birth_date", "nationality", "job.employer"];
        assert_eq!(nearest("birthdate", names.into_iter()), Some("birth_date"));
        assert_eq!(nearest("something_else", names.into_iter()), None);
        assert_eq!(nearest("x", ["sex", "y"].into_iter()), None);
        let long = "birth_date".repeat(10_000);
        assert_eq!(nearest(&long, [long.as_str()].into_iter()), None);
        assert_eq!(nearest("99", ["19", "90"].into_iter()), None);
    }
}
