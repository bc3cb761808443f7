//! Values at a door where everything is text: an argument of the command line, a cell of CSV. JSON, objects and frames have types of their own;
//! there a text is what it says, and yes or no is no text.

use serde_json::Value as Json;

use super::{FactError, FactKind};
use crate::values::{european, shown};

/// What people and tables write for yes.
const YES: [&str; 3] = ["yes", "true", "ใช่"];
/// What they write for no.
const NO: [&str; 3] = ["no", "false", "ไม่ใช่"];
/// What they write where they do not know.
const UNKNOWN: [&str; 3] = ["unknown", "null", "ไม่ทราบ"];

/// The answer that a word means: yes, no, or not known; nothing where it is none of these words. Capitals make no difference.
#[must_use]
pub fn answer_of_word(text: &str) -> Option<Option<bool>> {
    let word = text.trim().to_lowercase();
    let is = |words: [&str; 3]| words.contains(&word.as_str());
    if is(YES) {
        Some(Some(true))
    } else if is(NO) {
        Some(Some(false))
    } else if is(UNKNOWN) {
        Some(None)
    } else {
        None
    }
}

/// A written value as JSON has it: a word for what is not known is null for every fact, yes and no are booleans for a fact of that type, and a whole
/// number with zeros behind its point, as tables write it in a column with gaps, is written without. All other text stays as it is, to be read as
/// the text of its fact.
///
/// # Errors
/// [`FactError::Impossible`] for a fact that is yes or no, where the text is no word for either.
///
/// # Example
/// ```
/// use sitthi::facts::{FactKind, written};
/// assert_eq!(written("Yes", FactKind::YesNo, "employed")?, true);
/// assert_eq!(written("unknown", FactKind::Code, "sex")?, serde_json::Value::Null);
/// assert_eq!(written("3.0", FactKind::Count, "s33_months")?, "3");
/// assert!(written("perhaps", FactKind::YesNo, "employed").is_err());
/// # Ok::<(), sitthi::FactError>(())
/// ```
pub fn written(text: &str, kind: FactKind, fact: &str) -> Result<Json, FactError> {
    let text = text.trim();
    Ok(match (answer_of_word(text), kind) {
        (Some(None), _) => Json::Null,
        (Some(Some(answer)), FactKind::YesNo) => Json::Bool(answer),
        (None, FactKind::YesNo) => {
            let expected = "yes, no or unknown";
            return Err(FactError::impossible(fact, shown(text), format!("expected {expected}"), expected));
        }
        _ => Json::String(without_point(text).to_owned()),
    })
}

/// A whole number without a point that is followed by zeros alone.
fn without_point(text: &str) -> &str {
    let digits = |text: &str| !text.is_empty() && text.chars().map(european).all(|letter| letter.is_ascii_digit());
    match text.split_once('.') {
        Some((whole, zeros)) if digits(whole.strip_prefix(['-', '+']).unwrap_or(whole)) && digits(zeros) => {
            if zeros.chars().map(european).all(|letter| letter == '0') {
                whole
            } else {
                text
            }
        }
        _ => text,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use super::{FactKind, written};

    #[test]
    fn words_are_answers_of_facts_that_are_yes_or_no_alone() {
        for (text, value) in [
            ("yes", json!(true)),
            (" TRUE ", json!(true)),
            ("ใช่", json!(true)),
            ("No", json!(false)),
            ("ไม่ใช่", json!(false)),
        ] {
            assert_eq!(written(text, FactKind::YesNo, "x").unwrap(), value);
            assert_eq!(
                written(text, FactKind::Code, "x").unwrap(),
                json!(text.trim()),
                "a code may be called so"
            );
        }
        for kind in [
            FactKind::YesNo,
            FactKind::Date,
            FactKind::Code,
            FactKind::Count,
            FactKind::Money,
            FactKind::Province,
            FactKind::Jobs,
        ] {
            for text in ["unknown", "Unknown", "null", "ไม่ทราบ"] {
                assert!(written(text, kind, "x").unwrap().is_null());
            }
        }
        assert!(written("1", FactKind::YesNo, "x").is_err() && written("", FactKind::YesNo, "x").is_err());
    }

    #[test]
    fn zeros_behind_the_point_of_a_whole_number_say_nothing() {
        for (text, value) in [
            ("3.0", "3"),
            ("-3.00", "-3"),
            ("๓.๐", "๓"),
            ("3.5", "3.5"),
            ("3.", "3."),
            (".0", ".0"),
            ("1.0.0", "1.0.0"),
            ("22.11.2569", "22.11.2569"),
        ] {
            assert_eq!(written(text, FactKind::Count, "x").unwrap(), value);
        }
    }
}
