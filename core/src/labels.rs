//! The words of the rulebook: of codes, places, agencies and what is cited, and of the engine's own sentences.

use serde::{Deserialize, Serialize};

use crate::rulebook::{Book, FileKind, Sentence, Words};
use crate::values::{Date, Text, ThaiStyle, format_thai};

/// A code with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CodeLabel {
    /// The code, as facts and decisions have it.
    pub code: Text,
    /// In Thai.
    pub th: Text,
    /// In English.
    pub en: Text,
}

impl CodeLabel {
    pub(crate) fn of(code: &Text, words: Words) -> Self {
        Self {
            code: code.clone(),
            th: words.th,
            en: words.en,
        }
    }
}

impl Book {
    /// The words of a code of a list. A code that has none is said as it is, without its underscores.
    pub(crate) fn label(&self, list: &str, code: &str) -> Words {
        let layout = &self.program.layout;
        let words = layout.list_number(list).and_then(|number| {
            let index = layout.lists.get(usize::from(number))?.index(code)?;
            self.labels.get(usize::from(number))?.get(usize::from(index))
        });
        words
            .filter(|words| !words.th.is_empty())
            .map_or_else(|| unnamed(code), Words::clone)
    }

    /// The codes of a list with their words.
    pub(crate) fn labels_of(&self, list: &str) -> Option<Vec<CodeLabel>> {
        let layout = &self.program.layout;
        let number = usize::from(layout.list_number(list)?);
        let codes = &layout.lists.get(number)?.codes;
        let labels = codes.iter().map(|code| CodeLabel::of(code, self.label(list, code)));
        Some(labels.collect())
    }

    /// The name of whoever may receive, forward or be kept from something: an agency, a community body, a channel or a recipient.
    pub(crate) fn body_name(&self, id: &str) -> Words {
        let agency = self.agency(id).map(|agency| &agency.name);
        let named = agency.or_else(|| self.community.iter().find(|body| body.id == id).map(|body| &body.name));
        named.map_or_else(
            || {
                let list = ["recipient", "channel"].into_iter().find(|list| self.has_code(list, id));
                list.map_or_else(|| unnamed(id), |list| self.label(list, id))
            },
            Words::clone,
        )
    }

    fn has_code(&self, list: &str, code: &str) -> bool {
        let list = self.program.layout.list(list);
        list.is_some_and(|list| list.index(code).is_some())
    }

    /// The name of a rule file, or of a kind of complaint that has none.
    pub(crate) fn file_name(&self, id: &str) -> Option<&Words> {
        let file = self.files.iter().find(|file| file.id == id).map(|file| &file.name);
        file.or_else(|| self.other_kinds.iter().find(|kind| kind.id == id).map(|kind| &kind.name))
    }

    /// The file that says what must not be shared where a kind of complaint has no file of its own.
    pub(crate) fn urgency_file(&self) -> Option<&str> {
        let file = self.files.iter().find(|file| file.kind == FileKind::Urgency);
        file.map(|file| file.id.as_str())
    }

    /// The sentence of a clause by `file.clause`, as it was last worded.
    pub(crate) fn clause_words(&self, id: &str) -> Option<&Words> {
        let place = self.program.names.iter().rposition(|name| name.id == *id)?;
        self.clauses.get(place).map(|clause| &clause.words)
    }

    /// The question for a fact and what helps to answer it.
    pub(crate) fn question_words(&self, fact: &str) -> Option<(Words, Option<Words>)> {
        let of = |name: &str| self.questions.iter().find(|question| question.fact == *name);
        if let Some(question) = of(fact) {
            return Some((question.ask.clone(), question.help.clone()));
        }
        if fact == "jobs" {
            return self.sentence(Sentence::AskJobs).map(|words| (words.clone(), None));
        }
        let (family, code) = fact.split_once('.')?;
        let question = of(&format!("{family}.*"))?;
        let layout = &self.program.layout;
        let list = layout.fact(layout.fact_number(fact)?)?.list?;
        let label = self.label(&layout.lists.get(usize::from(list))?.id, code);
        let fill = |words: &Words| filled(words, &[("label", &label)]);
        Some((fill(&question.ask), question.help.as_ref().map(fill)))
    }

    /// What tables call a fact; nothing where the rulebook carries no such names.
    pub(crate) fn fact_label(&self, fact: &str) -> Option<Words> {
        let named = |name: &str| {
            self.questions
                .iter()
                .find(|question| question.fact == *name)
                .map(|question| &question.label)
        };
        let words = named(fact).filter(|words| !words.th.is_empty());
        if words.is_some() {
            return words.cloned();
        }
        let (family, code) = fact.split_once('.')?;
        let words = named(&format!("{family}.*")).filter(|words| !words.th.is_empty())?;
        let list = self.program.layout.fact(self.program.layout.fact_number(fact)?)?.list?;
        let label = self.label(&self.program.layout.lists.get(usize::from(list))?.id, code);
        Some(filled(words, &[("label", &label)]))
    }

    /// A sentence of the engine with what is filled into it.
    pub(crate) fn say(&self, sentence: Sentence, with: &[(&str, &Words)]) -> Words {
        match self.sentence(sentence) {
            Some(words) => filled(words, with),
            // A rulebook without these words still says what there is to say.
            None => joined(with.iter().map(|(_, words)| (*words).clone()), " "),
        }
    }
}

fn unnamed(code: &str) -> Words {
    alike(code.replace('_', " "))
}

/// Words that are the same in both languages.
pub(crate) fn alike(text: impl Into<Text>) -> Words {
    let text = text.into();
    Words {
        th: text.clone(),
        en: text,
    }
}

/// Words with what stands between `{` and `}` filled in.
pub(crate) fn filled(words: &Words, with: &[(&str, &Words)]) -> Words {
    let fill = |text: &Text, of: fn(&Words) -> &Text| -> Text {
        if !text.contains('{') {
            return text.clone();
        }
        let mut filled = text.to_string();
        for (name, words) in with {
            filled = filled.replace(&format!("{{{name}}}"), of(words));
        }
        filled.into()
    };
    Words {
        th: fill(&words.th, |words| &words.th),
        en: fill(&words.en, |words| &words.en),
    }
}

/// Words one after another.
pub(crate) fn joined(all: impl IntoIterator<Item = Words>, between: &str) -> Words {
    let (mut th, mut en) = (String::new(), String::new());
    for (place, words) in all.into_iter().enumerate() {
        for (text, part) in [(&mut th, &words.th), (&mut en, &words.en)] {
            if place > 0 {
                text.push_str(between);
            }
            text.push_str(part);
        }
    }
    Words {
        th: th.into(),
        en: en.into(),
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A day as each language writes it.
///
/// # Example
/// ```
/// use sitthi::{Date, day_words};
/// let day = day_words(Date::parse("1938-01-15")?);
/// assert_eq!((day.th.as_str(), day.en.as_str()), ("15 มกราคม 2480", "15 January 1938"));
/// # Ok::<(), sitthi::DateError>(())
/// ```
#[must_use]
pub fn day_words(day: Date) -> Words {
    let month = usize::try_from(day.month_number())
        .ok()
        .and_then(|month| MONTHS.get(month.checked_sub(1)?));
    Words {
        th: format_thai(day, ThaiStyle::default()).into(),
        en: format!("{} {} {}", day.day(), month.copied().unwrap_or_default(), day.year()).into(),
    }
}

/// A decimal with its thousands apart, without satang that are zero: `1,234.50`, `600`.
pub(crate) fn number(text: &str) -> Text {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("−", digits),
        None => ("", text),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let mut said = String::from(sign);
    let length = whole.chars().count();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && length.saturating_sub(place) % 3 == 0 {
            said.push(',');
        }
        said.push(digit);
    }
    if part.chars().any(|digit| digit != '0') {
        said.push('.');
        said.push_str(part);
    }
    said.into()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{alike, day_words, filled, number};
    use crate::rulebook::Words;
    use crate::values::Date;

    #[test]
    fn numbers_and_days_are_written_as_people_write_them() {
        let cases = [
            ("600.00", "600"),
            ("1234.50", "1,234.50"),
            ("-801939", "−801,939"),
            ("0.05", "0.05"),
            ("1000000", "1,000,000"),
        ];
        for (given, wanted) in cases {
            assert_eq!(number(given), *wanted);
        }
        let day = day_words(Date::parse("1938-01-15").unwrap());
        assert_eq!((day.th.as_str(), day.en.as_str()), ("15 มกราคม 2480", "15 January 1938"));
    }

    #[test]
    fn a_sentence_is_filled_in_each_language() {
        let words = Words {
            th: "ถึง {day}".into(),
            en: "until {day} {other}".into(),
        };
        let said = filled(
            &words,
            &[("day", &day_words(Date::parse("2026-11-22").unwrap())), ("other", &alike("x"))],
        );
        assert_eq!(
            (said.th.as_str(), said.en.as_str()),
            ("ถึง 22 พฤศจิกายน 2569", "until 22 November 2026 x")
        );
    }
}
