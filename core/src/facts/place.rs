//! Places as people write them: codes, Thai and English names, aliases; found by the names that a rulebook carries.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

use crate::values::{District, Province, Text, canonical_name, nearest};

/// A province or district as it was given: its code, or a name of it.
///
/// Names are the rulebook's, so that an update can add one; a place is looked up when it meets a rulebook.
///
/// # Example
/// ```
/// use sitthi::facts::Place;
/// let place = Place::from("จ.เชียงใหม่");
/// assert_eq!(place.as_str(), "จ.เชียงใหม่");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Place(Box<str>);

impl Place {
    /// The text as given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Place {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<Province> for Place {
    fn from(code: Province) -> Self {
        Self(code.to_string().into())
    }
}

impl From<District> for Place {
    fn from(code: District) -> Self {
        Self(code.to_string().into())
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&crate::values::shown(&self.0), formatter)
    }
}

/// Whether a place is a province or a district.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceKind {
    /// A province.
    Province,
    /// A district of a province (อำเภอ, or เขต in Bangkok).
    District,
}

impl PlaceKind {
    /// What may stand before or after a name, in canonical form.
    const fn affixes(self) -> (&'static [&'static str], &'static [&'static str]) {
        match self {
            Self::Province => (&["จังหวัด", "จว", "จ", "changwat", "provinceof"], &["province", "changwat"]),
            Self::District => (&["กิ่งอำเภอ", "อำเภอ", "อ", "เขต", "amphoe", "amphur", "khet"], &["district"]),
        }
    }
}

/// Names that one capital district of every province goes by.
const CAPITAL: [&str; 3] = ["เมือง", "mueang", "muang"];

/// A name by which a place is known.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Name {
    place: u16,
    text: Text,
    /// A name of the register, which messages offer; an alias is none.
    official: bool,
}

/// The places of one kind: their codes in order, and the names by which they are known.
#[derive(Debug, Clone, Default)]
struct Register {
    codes: Vec<Text>,
    names: Vec<Name>,
    index: OnceLock<BTreeMap<String, Vec<u16>>>,
}

/// The provinces and districts of a rulebook by every name that they have.
#[derive(Debug, Clone, Default)]
pub struct Places {
    provinces: Register,
    districts: Register,
}

impl PartialEq for Places {
    fn eq(&self, other: &Self) -> bool {
        let same = |one: &Register, other: &Register| one.codes == other.codes && one.names == other.names;
        same(&self.provinces, &other.provinces) && same(&self.districts, &other.districts)
    }
}

/// What a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// One place, by its number in the code list.
    One(u16),
    /// Several that the text does not tell apart, by their numbers.
    Several(Vec<u16>),
    /// None; the nearest official name, in the script of the text.
    None(Option<Text>),
}

impl Places {
    /// The places of code lists, with the names of each in any order and the aliases by code.
    pub(crate) fn new<'a>(
        provinces: impl Iterator<Item = (&'a Text, [&'a Text; 2])>,
        districts: impl Iterator<Item = (&'a Text, [&'a Text; 2])>,
        aliases: &[(Text, Text)],
    ) -> Self {
        let mut places = Self {
            provinces: Register::of(provinces),
            districts: Register::of(districts),
        };
        places.provinces.alias(aliases);
        places.districts.alias(aliases);
        places
    }

    /// The place that a text names: its code, its ISO 3166-2 code, or a name with or without what such names begin and end with.
    ///
    /// `province` is the number of the province in which a district lies, where it is known: it tells districts of one name apart.
    #[must_use]
    pub fn find(&self, kind: PlaceKind, text: &str, province: Option<u16>) -> Found {
        let register = self.register(kind);
        let wanted = canonical_name(text);
        // The ISO codes of provinces are their Thai codes behind `TH-`.
        let code = match kind {
            PlaceKind::Province => wanted.strip_prefix("th").filter(|rest| rest.len() == 2).unwrap_or(&wanted),
            PlaceKind::District => &wanted,
        };
        if let Some(found) = register.code(code) {
            return Found::One(found);
        }
        let index = register.index.get_or_init(|| self.index(kind));
        let (before, after) = kind.affixes();
        let bare = |text: &str| after.iter().find_map(|word| text.strip_suffix(word)).map(ToOwned::to_owned);
        let without = before.iter().filter_map(|word| wanted.strip_prefix(word)).map(ToOwned::to_owned);
        let forms: Vec<String> = std::iter::once(wanted.clone()).chain(without).collect();
        let bare_forms = forms.iter().filter_map(|form| bare(form));
        let found = forms.iter().cloned().chain(bare_forms).find_map(|form| index.get(&form));
        let Some(found) = found else {
            return Found::None(self.nearest(kind, &wanted));
        };
        let inside = |place: &&u16| province.is_some_and(|province| self.province_of(**place) == Some(province));
        match (found.as_slice(), found.iter().filter(inside).collect::<Vec<_>>().as_slice()) {
            ([one], _) => Found::One(*one),
            (_, [one]) => Found::One(**one),
            (several, _) => Found::Several(several.to_vec()),
        }
    }

    /// The number of the province of a district, by the number of the district.
    #[must_use]
    pub fn province_of(&self, district: u16) -> Option<u16> {
        let code = self.districts.codes.get(usize::from(district))?;
        self.provinces.code(code.get(..2)?)
    }

    /// The code of a place, by its number.
    #[must_use]
    pub fn code(&self, kind: PlaceKind, place: u16) -> Option<&Text> {
        self.register(kind).codes.get(usize::from(place))
    }

    fn register(&self, kind: PlaceKind) -> &Register {
        match kind {
            PlaceKind::Province => &self.provinces,
            PlaceKind::District => &self.districts,
        }
    }

    fn index(&self, kind: PlaceKind) -> BTreeMap<String, Vec<u16>> {
        let register = self.register(kind);
        let mut index: BTreeMap<String, Vec<u16>> = BTreeMap::new();
        let mut add = |name: String, place: u16| {
            let places = index.entry(name).or_default();
            if !places.contains(&place) {
                places.push(place);
            }
        };
        for name in &register.names {
            let canonical = canonical_name(&name.text);
            if kind == PlaceKind::District && self.is_capital(name.place, &canonical) {
                CAPITAL.iter().for_each(|short| add((*short).to_owned(), name.place));
            }
            // `Muang` is the older way to write `Mueang`.
            if let Some(rest) = canonical.strip_prefix("mueang") {
                add(format!("muang{rest}"), name.place);
            }
            add(canonical, name.place);
        }
        index
    }

    /// Whether a district is named เมือง and the name of its province.
    fn is_capital(&self, district: u16, name: &str) -> bool {
        let Some(rest) = name.strip_prefix("เมือง") else {
            return false;
        };
        let province = self.province_of(district);
        let names = self.provinces.names.iter().filter(|name| Some(name.place) == province);
        names.into_iter().any(|name| canonical_name(&name.text) == rest)
    }

    fn nearest(&self, kind: PlaceKind, wanted: &str) -> Option<Text> {
        let (before, after) = kind.affixes();
        let bare = before
            .iter()
            .filter(|word| word.chars().count() > 2)
            .find_map(|word| wanted.strip_prefix(word))
            .unwrap_or(wanted);
        let bare = after.iter().find_map(|word| bare.strip_suffix(word)).unwrap_or(bare);
        let names = self.register(kind).names.iter().filter(|name| name.official);
        let names: Vec<(String, &Text)> = names.map(|name| (canonical_name(&name.text), &name.text)).collect();
        let near = nearest(bare, names.iter().map(|(canonical, _)| canonical.as_str()))?;
        names
            .iter()
            .find(|(canonical, _)| canonical == near)
            .map(|(_, text)| (*text).clone())
    }
}

impl Register {
    fn of<'a>(places: impl Iterator<Item = (&'a Text, [&'a Text; 2])>) -> Self {
        let mut register = Self::default();
        for (code, names) in places {
            let place = u16::try_from(register.codes.len()).unwrap_or(u16::MAX);
            register.codes.push(code.clone());
            register.names.extend(names.map(|text| Name {
                place,
                text: text.clone(),
                official: true,
            }));
        }
        register
    }

    fn alias(&mut self, aliases: &[(Text, Text)]) {
        for (code, text) in aliases {
            if let Some(place) = self.code(code) {
                self.names.push(Name {
                    place,
                    text: text.clone(),
                    official: false,
                });
            }
        }
    }

    fn code(&self, code: &str) -> Option<u16> {
        let place = self.codes.iter().position(|known| known == code)?;
        u16::try_from(place).ok()
    }
}
