//! What the values of a column mean, where a survey has its own.

use std::collections::HashMap;

use serde_json::Value as Json;

use super::encoded::Scalar;
use super::read::{Reading, UNREADABLE, bad};
use crate::facts::answer_of_word;
use crate::values::{Date, european, shown};

/// A map from the values of a column to values of a fact.
///
/// A key names a value of its own type first. Where none does, a number, a day, or yes or no names the values that mean the same in another type: the
/// key `1` the text `1`, the key `"1"` the number 1, the key `true` the text `yes`. Two keys that fall on one value, and a text whose leading zeros its
/// key does not have, are refused: a code `00` may be another than `0`.
#[derive(Debug, Clone, Default)]
pub struct ValueMap {
    entries: Vec<Entry>,
    exact: HashMap<Key, usize>,
    alike: HashMap<Alike, Vec<usize>>,
    /// What a row without a value says.
    empty: Option<Json>,
    others: Option<Json>,
    expected: String,
}

#[derive(Debug, Clone)]
struct Entry {
    /// The key as it is shown.
    value: String,
    /// The same with its type, in words.
    key: String,
    /// Text in which a number is not written plainly, as `00`.
    odd: bool,
    is_text: bool,
    says: Json,
}

/// A value by which a map is looked up: numbers by what they are, whatever their type.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Whole(i64),
    Large(u64),
    Float(u64),
    Text(String),
    Day(i32),
}

/// What values of different types have in common.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Alike {
    Whole(i64),
    Large(u64),
    Float(u64),
    Day(i32),
    Answer(bool),
    Text(String),
}

impl Key {
    fn of(scalar: Scalar<'_>) -> Option<Self> {
        Some(match scalar.whole() {
            Scalar::Flag(flag) => Self::Whole(flag.into()),
            Scalar::Whole(whole) => Self::Whole(whole),
            Scalar::Large(whole) => Self::Large(whole),
            Scalar::Float(bits) => Self::Float(bits),
            Scalar::Text(text) => Self::Text(text.to_owned()),
            Scalar::Unreadable(_) => return None,
            day => Self::Day(day.day()?),
        })
    }
}

/// A value with its type, as a message shows it.
fn described(scalar: Scalar<'_>) -> String {
    let what = match scalar {
        Scalar::Text(_) | Scalar::Unreadable(_) => "the text",
        Scalar::Flag(_) => "the boolean",
        Scalar::Day(_) | Scalar::Moment(..) => "the day",
        _ => "the number",
    };
    format!("{what} `{}`", shown(&scalar.shown()))
}

/// A number that a text writes, and whether it writes it plainly.
fn number(text: &str) -> Option<(Alike, bool)> {
    let typed: String = text.trim().chars().map(european).collect();
    let unsigned = typed.strip_prefix(['-', '+']).unwrap_or(&typed);
    let (whole, part) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(part) {
        return None;
    }
    let plain = !typed.starts_with('+') && (whole == "0" || !whole.starts_with('0'));
    let signed = if typed.starts_with('-') {
        format!("-{whole}")
    } else {
        whole.to_owned()
    };
    if part.bytes().all(|byte| byte == b'0') {
        let whole = signed.parse::<i64>().map(Alike::Whole);
        return Some((whole.or_else(|_| signed.parse::<u64>().map(Alike::Large)).ok()?, plain));
    }
    let Scalar::Float(bits) = Scalar::float(format!("{signed}.{part}").parse().ok()?) else {
        return None;
    };
    Some((Alike::Float(bits), plain))
}

/// What a value has in common with values of other types.
fn alikes(scalar: Scalar<'_>) -> Vec<Alike> {
    match scalar.whole() {
        Scalar::Flag(flag) => vec![Alike::Whole(flag.into()), Alike::Answer(flag)],
        Scalar::Whole(whole) => vec![Alike::Whole(whole)],
        Scalar::Large(whole) => vec![Alike::Large(whole)],
        Scalar::Float(bits) => vec![Alike::Float(bits)],
        Scalar::Text(text) => {
            let word = answer_of_word(text).flatten().map(Alike::Answer);
            let day = || Date::read(text.trim()).ok().map(|day| Alike::Day(day.days()));
            let meant = number(text).map(|(number, _)| number).or(word).or_else(day);
            meant.into_iter().chain([Alike::Text(text.trim().to_owned())]).collect()
        }
        Scalar::Unreadable(_) => Vec::new(),
        day => day.day().map(Alike::Day).into_iter().collect(),
    }
}

fn is_odd(scalar: Scalar<'_>) -> bool {
    matches!(scalar, Scalar::Text(text) if number(text).is_some_and(|(_, plain)| !plain))
}

impl ValueMap {
    /// A map that says what is expected where it does not name a value, and what all others become, where that is said.
    #[must_use]
    pub fn new(expected: String, others: Option<Json>) -> Self {
        Self {
            others,
            expected,
            ..Self::default()
        }
    }

    /// Names a value, and what it says of the fact; null for unknown. What is not a number names the rows that have no value.
    ///
    /// # Errors
    /// The key in words, where the map has it already and says something else of it, or where no value of a column can be it.
    pub fn insert(&mut self, value: Scalar<'_>, says: Json) -> Result<(), String> {
        if value.is_nan() {
            return self.insert_empty(says);
        }
        let Some(key) = Key::of(value) else {
            return Err(format!("{} is no value of a column", described(value)));
        };
        let place = self.entries.len();
        if let Some(known) = self.exact.get(&key).and_then(|place| self.entries.get(*place)) {
            return if known.says == says {
                Ok(())
            } else {
                Err(format!("{} and {} are one key", known.key, described(value)))
            };
        }
        self.exact.insert(key, place);
        for alike in alikes(value) {
            self.alike.entry(alike).or_default().push(place);
        }
        self.entries.push(Entry {
            value: shown(&value.shown()),
            key: described(value),
            odd: is_odd(value),
            is_text: matches!(value, Scalar::Text(_)),
            says,
        });
        Ok(())
    }

    /// Says what a row without a value says of the fact; it is unknown where this is not said.
    ///
    /// # Errors
    /// As for [`insert`](Self::insert), where two keys mean no value.
    pub fn insert_empty(&mut self, says: Json) -> Result<(), String> {
        if self.empty.as_ref().is_some_and(|known| *known != says) {
            return Err("two keys of the map mean no value".to_owned());
        }
        self.empty = Some(says);
        Ok(())
    }

    /// What a row without a value says; nothing where that is not said.
    #[must_use]
    pub fn empty(&self) -> Option<&Json> {
        self.empty.as_ref().filter(|says| !says.is_null())
    }

    /// Everything that the map may say.
    pub(super) fn says(&self) -> impl Iterator<Item = (&str, &Json)> {
        let named = self.entries.iter().map(|entry| (entry.value.as_str(), &entry.says));
        let empty = self.empty.iter().map(|says| ("no value", says));
        named.chain(empty).chain(self.others.iter().map(|says| ("...", says)))
    }

    /// What a value becomes; nothing where it is not named.
    ///
    /// # Errors
    /// What is wrong with the keys, in words: two fall on the value, or it is text that is written in another way than its key.
    pub fn get(&self, value: Scalar<'_>) -> Result<Option<&Json>, String> {
        if value.is_nan() {
            return Ok(self.empty.as_ref());
        }
        let exact = Key::of(value).and_then(|key| self.entries.get(*self.exact.get(&key)?));
        if let Some(entry) = exact {
            return Ok(Some(&entry.says));
        }
        let mut found: Vec<&Entry> = Vec::new();
        let places: Vec<usize> = alikes(value)
            .iter()
            .filter_map(|alike| self.alike.get(alike))
            .flatten()
            .copied()
            .collect();
        for entry in places.iter().filter_map(|place| self.entries.get(*place)) {
            if !found.iter().any(|known| known.key == entry.key) {
                found.push(entry);
            }
        }
        match found.as_slice() {
            [] => Ok(self.others.as_ref().filter(|_| !matches!(value, Scalar::Unreadable(_)))),
            [entry] if matches!(value, Scalar::Text(_)) && (is_odd(value) || (entry.odd && entry.is_text)) => Err(format!(
                "it has {}, but its map names {}; write each key as the column writes it",
                described(value),
                entry.key
            )),
            [entry, rest @ ..] if rest.iter().all(|other| other.says == entry.says) => Ok(Some(&entry.says)),
            several => Err(format!(
                "{} of the column is named by several keys of its map: {}; expected one key for each value",
                described(value),
                several.iter().map(|entry| entry.key.as_str()).collect::<Vec<_>>().join(", ")
            )),
        }
    }

    /// What is expected of a value that the map does not name.
    #[must_use]
    pub fn expected(&self) -> &str {
        &self.expected
    }

    /// What is said of a value that is not named.
    pub(super) fn unnamed(&self, value: Scalar<'_>) -> Reading {
        match value {
            Scalar::Unreadable(_) => bad(UNREADABLE),
            _ => bad(format!("expected {}", self.expected)),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use super::*;

    fn map(keys: &[Scalar<'_>]) -> ValueMap {
        let mut map = ValueMap::new("a value of the map".to_owned(), None);
        for (place, key) in keys.iter().enumerate() {
            map.insert(*key, json!(place)).unwrap();
        }
        map
    }

    #[test]
    fn a_key_names_what_means_the_same_in_another_type() {
        let day = Date::parse("2026-11-22").unwrap().days();
        let cases = [
            (
                Scalar::Whole(1),
                vec![
                    Scalar::Text("1"),
                    Scalar::Text(" 1.0 "),
                    Scalar::Text("๑"),
                    Scalar::float(1.0),
                    Scalar::Flag(true),
                ],
            ),
            (
                Scalar::Text("1"),
                vec![Scalar::Whole(1), Scalar::float(1.0), Scalar::Text("1.0"), Scalar::Flag(true)],
            ),
            (Scalar::Text("07"), vec![Scalar::Whole(7)]),
            (Scalar::float(0.5), vec![Scalar::Text("0.5"), Scalar::Text("0.50")]),
            (
                Scalar::Flag(true),
                vec![Scalar::Text("Yes"), Scalar::Text("true"), Scalar::Whole(1), Scalar::float(1.0)],
            ),
            (Scalar::Text("no"), vec![Scalar::Flag(false), Scalar::Text("No")]),
            (
                Scalar::Day(day),
                vec![
                    Scalar::Text("2026-11-22"),
                    Scalar::Text("22/11/2569"),
                    Scalar::Moment(i64::from(day) * 86_400, 86_400),
                ],
            ),
            (Scalar::Text("2026-11-22"), vec![Scalar::Day(day)]),
            (Scalar::Text("m"), vec![Scalar::Text(" m ")]),
            (Scalar::Large(u64::MAX), vec![Scalar::Text("18446744073709551615")]),
        ];
        for (key, values) in cases {
            for value in values {
                assert_eq!(map(&[key]).get(value), Ok(Some(&json!(0))), "{key:?} names {value:?}");
            }
            assert_eq!(map(&[key]).get(Scalar::Text("another")), Ok(None));
        }
    }

    #[test]
    fn the_key_of_the_values_own_type_comes_first() {
        let both = map(&[Scalar::Whole(1), Scalar::Text("1"), Scalar::Text("NO"), Scalar::Text("no")]);
        assert_eq!(both.get(Scalar::Whole(1)), Ok(Some(&json!(0))));
        assert_eq!(both.get(Scalar::Text("1")), Ok(Some(&json!(1))));
        assert_eq!(both.get(Scalar::Text("NO")), Ok(Some(&json!(2))));
        assert!(both.get(Scalar::Text("No")).unwrap_err().contains("several keys"));
    }

    #[test]
    fn leading_zeros_are_not_left_aside() {
        for (key, value) in [
            (Scalar::Whole(1), "01"),
            (Scalar::Text("0"), "00"),
            (Scalar::Text("00"), "0"),
            (Scalar::Whole(1), "+1"),
        ] {
            let refused = map(&[key]).get(Scalar::Text(value)).unwrap_err();
            assert!(
                refused.contains(&format!("`{value}`")) && refused.contains(&described(key)),
                "{refused}"
            );
        }
        let refused = map(&[Scalar::Text("0"), Scalar::Text("00")]).get(Scalar::Whole(0)).unwrap_err();
        assert!(refused.contains("the text `0`, the text `00`"), "{refused}");
    }

    #[test]
    fn no_value_has_a_key_and_two_that_differ_are_refused() {
        let mut empty = ValueMap::new(String::new(), Some(json!("others")));
        assert_eq!(
            (empty.empty(), empty.get(Scalar::float(f64::NAN))),
            (None, Ok(None)),
            "others are values"
        );
        empty.insert_empty(json!("none")).unwrap();
        empty.insert(Scalar::float(f64::NAN), json!("none")).unwrap();
        assert_eq!(empty.get(Scalar::float(f64::NAN)), Ok(Some(&json!("none"))));
        assert!(empty.insert(Scalar::float(f64::NAN), json!("other")).is_err());
        assert_eq!(empty.get(Scalar::Text("x")), Ok(Some(&json!("others"))));
        assert!(empty.insert(Scalar::Flag(true), json!(1)).is_ok() && empty.insert(Scalar::Whole(1), json!(1)).is_ok());
        assert!(empty.insert(Scalar::float(1.0), json!(2)).unwrap_err().contains("one key"));
    }
}
