//! Provinces, districts, offices, and the areas of agencies.

use std::collections::{BTreeMap, BTreeSet};

use super::{Registry, confidence};
use crate::compile::SourceFile;
use crate::compile::csv::rows;
use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::source::File;
use crate::facts::CodeList;
use crate::rulebook::{AreaInfo, DistrictInfo, Office, OfficeBasis, ProvinceInfo, Words};
use crate::values::canonical_name;

impl Registry<'_> {
    /// Notes the offices and areas of agencies, provinces and districts that are not there.
    pub(super) fn places_known(&self, sources: &[SourceFile]) {
        let check = |path: &str, columns: [&str; 2]| {
            let Some(source) = sources.iter().find(|source| source.path == path) else {
                return;
            };
            let file = self.file(path);
            rows(&file, &source.text, &columns, |line, cells| {
                let (agency, place) = (cells.at(0), cells.at(1));
                if !self.agencies.iter().any(|known| known.id == agency) {
                    file.diagnose(
                        line,
                        DiagnosticCode::UnknownName,
                        format!("`{agency}` is no agency"),
                        "an agency of authorities/agencies.toml",
                    );
                }
                let known =
                    self.provinces.iter().any(|known| known.code == place) || self.districts.iter().any(|known| known.code == place);
                if !known {
                    file.diagnose(
                        line,
                        DiagnosticCode::UnknownCode,
                        format!("there is no {} `{place}`", columns.last().unwrap_or(&"place")),
                        "a code of places/",
                    );
                }
            });
        };
        self.aliases_known(sources);
        check("places/offices.csv", ["agency", "province"]);
        check("places/bangkok_areas.csv", ["agency", "district"]);
    }

    /// Notes the aliases of places that are not there, and those by which another place is known already.
    pub(super) fn aliases_known(&self, sources: &[SourceFile]) {
        let Some(source) = sources.iter().find(|source| source.path == "places/aliases.csv") else {
            return;
        };
        let provinces = self.provinces.iter().map(|place| (&place.code, &place.name));
        let districts = self.districts.iter().map(|place| (&place.code, &place.name));
        let mut known: BTreeMap<(usize, String), &str> = BTreeMap::new();
        for (code, name) in provinces.chain(districts) {
            for name in [&name.th, &name.en] {
                known.insert((code.len(), canonical_name(name)), code);
            }
        }
        let codes: BTreeSet<&str> = known.values().copied().collect();
        let file = self.file("places/aliases.csv");
        let mut seen: BTreeMap<(usize, String), String> = BTreeMap::new();
        rows(&file, &source.text, &["code", "name"], |line, cells| {
            let (code, name) = (cells.at(0), cells.at(1));
            let canonical = (code.len(), canonical_name(name));
            if !codes.contains(code) && !self.provinces.iter().any(|known| known.code == code) {
                let expected = "a code of places/provinces.csv or places/districts.csv";
                file.diagnose(line, DiagnosticCode::UnknownCode, format!("there is no place `{code}`"), expected);
            }
            let before = known
                .get(&canonical)
                .copied()
                .map(ToOwned::to_owned)
                .or_else(|| seen.get(&canonical).cloned());
            if let Some(before) = before {
                file.diagnose(
                    line,
                    DiagnosticCode::Shadowing,
                    format!("`{name}` is a name of `{before}` already"),
                    "a name that no place has, however it is spaced or written",
                );
            }
            seen.insert(canonical, code.to_owned());
        });
    }

    pub(super) fn place_lists(&mut self) {
        let provinces = self.provinces.iter().map(|place| place.code.clone()).collect();
        self.lists.push(CodeList {
            id: "province".into(),
            codes: provinces,
        });
        self.labels.push(self.provinces.iter().map(|place| place.name.clone()).collect());
        let districts = self.districts.iter().map(|place| place.code.clone()).collect();
        self.lists.push(CodeList {
            id: "district".into(),
            codes: districts,
        });
        self.labels.push(self.districts.iter().map(|place| place.name.clone()).collect());
    }

    pub(super) fn provinces(&mut self, file: &File<'_>, text: &str) {
        rows(file, text, &["code", "name_th", "name_en", "region", "region_th"], |_, cells| {
            self.provinces.push(ProvinceInfo {
                code: cells.at(0).into(),
                name: Words {
                    th: cells.at(1).into(),
                    en: cells.at(2).into(),
                },
                region: Words {
                    th: cells.at(4).into(),
                    en: cells.at(3).into(),
                },
            });
        });
    }

    pub(super) fn districts(&mut self, file: &File<'_>, text: &str) {
        rows(file, text, &["code", "province", "name_th", "name_en"], |_, cells| {
            let name = Words {
                th: cells.at(2).into(),
                en: cells.at(3).into(),
            };
            self.districts.push(DistrictInfo {
                code: cells.at(0).into(),
                name,
            });
        });
    }

    pub(super) fn aliases(&mut self, file: &File<'_>, text: &str) {
        rows(file, text, &["code", "name"], |_, cells| {
            self.place_aliases.push((cells.at(0).into(), cells.at(1).into()));
        });
    }

    pub(super) fn offices(&mut self, file: &File<'_>, text: &str) {
        rows(
            file,
            text,
            &[
                "agency",
                "province",
                "area",
                "name_th",
                "name_en",
                "phone",
                "confidence",
                "basis",
                "source",
            ],
            |line, cells| {
                let basis = OfficeBasis::of(cells.at(7));
                if basis.is_none() {
                    file.diagnose(
                        line,
                        DiagnosticCode::UnknownCode,
                        format!("`{}` is no basis of a name", cells.at(7)),
                        "sourced or pattern",
                    );
                }
                let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
                self.offices.push(Office {
                    agency: cells.at(0).into(),
                    province: cells.at(1).into(),
                    area: some(cells.at(2)).map(Into::into),
                    name: Words {
                        th: cells.at(3).into(),
                        en: cells.at(4).into(),
                    },
                    phone: some(cells.at(5)).map(Into::into),
                    confidence: confidence(file, line, cells.at(6)),
                    basis: basis.unwrap_or(OfficeBasis::Pattern),
                    source: cells.at(8).into(),
                });
            },
        );
    }

    pub(super) fn areas(&mut self, file: &File<'_>, text: &str) {
        rows(
            file,
            text,
            &["district", "agency", "area", "confidence", "source"],
            |line, cells| {
                self.areas.push(AreaInfo {
                    district: cells.at(0).into(),
                    agency: cells.at(1).into(),
                    area: cells.at(2).into(),
                    confidence: confidence(file, line, cells.at(3)),
                    source: cells.at(4).into(),
                });
            },
        );
    }
}
