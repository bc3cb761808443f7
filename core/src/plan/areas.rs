//! The areas that values may be of, and which lies in which.

use crate::values::nearest;

/// The code of the whole country.
pub const KINGDOM: &str = "kingdom";

/// An area: its code, the area it lies in, and names by which people call it.
#[derive(Debug, Clone, Copy)]
struct Area<'a> {
    code: &'a str,
    within: Option<&'a str>,
}

/// The kingdom, its regions, provinces and districts, as the rulebook knows them.
#[derive(Debug, Clone, Default)]
pub struct Areas<'a> {
    /// In the order of their codes.
    areas: Vec<Area<'a>>,
    /// Names with the code that each stands for, for those who write a name where a code is needed.
    names: Vec<(&'a str, &'a str)>,
}

impl<'a> Areas<'a> {
    /// The areas of a country: provinces with the region they lie in, districts whose code begins with that of their province, and names
    /// with the code each stands for.
    #[must_use]
    pub fn new(
        provinces: impl IntoIterator<Item = (&'a str, &'a str)>,
        districts: impl IntoIterator<Item = &'a str>,
        names: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        let kingdom = Area {
            code: KINGDOM,
            within: None,
        };
        let mut areas = vec![kingdom];
        for (code, region) in provinces {
            areas.push(Area {
                code: region,
                within: Some(KINGDOM),
            });
            areas.push(Area {
                code,
                within: Some(region),
            });
        }
        areas.extend(districts.into_iter().map(|code| Area {
            code,
            within: code.get(..2),
        }));
        areas.sort_unstable_by_key(|area| area.code);
        areas.dedup_by_key(|area| area.code);
        Self {
            areas,
            names: names.into_iter().collect(),
        }
    }

    fn find(&self, code: &str) -> Option<&Area<'a>> {
        let place = self.areas.binary_search_by_key(&code, |area| area.code).ok()?;
        self.areas.get(place)
    }

    /// Whether there is an area of that code.
    #[must_use]
    pub fn has(&self, code: &str) -> bool {
        self.find(code).is_some()
    }

    /// Whether an area is another or lies in it.
    #[must_use]
    pub fn holds(&self, whole: &str, part: &str) -> bool {
        // The kingdom, a region, a province, a district: nothing lies deeper.
        let mut at = Some(part);
        for _ in 0..4 {
            match at {
                Some(code) if code == whole => return true,
                Some(code) => at = self.find(code).and_then(|area| area.within),
                None => return false,
            }
        }
        false
    }

    /// Two of the areas, by their places in the list, of which the first lies in the second or is the same.
    #[must_use]
    pub fn overlap(&self, areas: &[&str]) -> Option<(usize, usize)> {
        areas.iter().enumerate().find_map(|(place, area)| {
            let holds = |(other, whole): (usize, &&str)| (other != place && self.holds(whole, area)).then_some(other);
            areas.iter().enumerate().find_map(holds).map(|whole| (place, whole))
        })
    }

    /// The code nearest to a text: of the area so named, or the one written most alike.
    #[must_use]
    pub fn nearest(&self, text: &str) -> Option<&'a str> {
        let texts = self
            .names
            .iter()
            .copied()
            .chain(self.areas.iter().map(|area| (area.code, area.code)));
        let lower = text.to_lowercase();
        let named = texts.clone().find(|(name, _)| name.to_lowercase() == lower);
        // A district that is not there: its province may be.
        let begins = text.get(..2).and_then(|begins| self.find(begins)).map(|area| area.code);
        named.map(|(_, code)| code).or(begins).or_else(|| {
            let near = nearest(text, texts.clone().map(|(name, _)| name))?;
            texts.clone().find(|(name, _)| *name == near).map(|(_, code)| code)
        })
    }
}

#[cfg(test)]
pub(crate) fn of_phayao() -> Areas<'static> {
    let districts = [
        "4001", "5601", "5602", "5603", "5604", "5605", "5606", "5607", "5608", "5609", "5701",
    ];
    Areas::new(
        [("10", "bangkok"), ("40", "northeast"), ("56", "north"), ("57", "north")],
        districts,
        [("Phayao", "56"), ("พะเยา", "56")],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_lie_in_areas() {
        let areas = of_phayao();
        for (whole, part, holds) in [
            ("kingdom", "5601", true),
            ("north", "5601", true),
            ("56", "5601", true),
            ("56", "56", true),
            ("57", "5601", false),
            ("northeast", "56", false),
            ("5601", "56", false),
            ("bangkok", "10", true),
        ] {
            assert_eq!(areas.holds(whole, part), holds, "{whole} {part}");
        }
        assert_eq!(areas.overlap(&["40", "56", "5701"]), None);
        assert_eq!(areas.overlap(&["40", "5601", "north"]), Some((1, 2)));
        assert_eq!(areas.overlap(&["57", "57"]), Some((0, 1)));
    }

    #[test]
    fn what_is_no_area_has_a_nearest_one() {
        let areas = of_phayao();
        for (text, code) in [
            ("phayao", "56"),
            ("พะเยา", "56"),
            ("Kingdom", "kingdom"),
            ("nort", "north"),
            ("5610", "56"),
            ("9901", "none"),
        ] {
            assert_eq!(areas.nearest(text).unwrap_or("none"), code, "{text}");
            assert!(!areas.has(text), "{text}");
        }
    }
}
