//! Reads who may hear a complaint: agencies and community bodies.

use crate::compile::ast::{both, citing, pair};
use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::registry::Registry;
use crate::compile::source::{File, Item, Section};
use crate::rulebook::{Agency, AreaLevel, CommunityBody, NoteStatus, PlannedBody};
use crate::values::nearest;

impl Registry<'_> {
    pub(super) fn read_agencies(&mut self, file: &File<'_>, item: &Item) {
        let root = file.section(item, "agencies");
        for (id, section) in root.sections("agency") {
            let cites = self.cite(file, &citing(&section));
            self.agencies.push(Agency {
                id: id.into(),
                name: both(&section),
                call: section.texts("call").into_iter().map(Into::into).collect(),
                call_abroad: section.texts("call_abroad").into_iter().map(Into::into).collect(),
                part_of: section.text("in").map(Into::into),
                site: section.text("site").map(Into::into),
                role: pair(&section, "role"),
                extension: pair(&section, "extension"),
                cites,
            });
            section.done();
        }
        for (id, section) in root.sections("agency") {
            if let Some(above) = section
                .text("in")
                .filter(|above| !self.agencies.iter().any(|agency| agency.id == *above))
            {
                section.diagnose(
                    "in",
                    DiagnosticCode::UnknownName,
                    format!("`{id}` is part of `{above}`, which is no agency"),
                    "an agency of this file",
                );
            }
        }
        root.done();
    }

    pub(super) fn read_community(&mut self, file: &File<'_>, item: &Item) {
        let root = file.section(item, "community");
        for (id, section) in root.sections("community") {
            let cites = self.cite(file, &citing(&section));
            let level = code(&section, "level", AreaLevel::of, AreaLevel::EVERY.iter().map(|level| level.code()));
            let planned = section.list("planned").iter().filter_map(|item| self.planned(file, item)).collect();
            self.community.push(CommunityBody {
                id: id.into(),
                name: both(&section),
                may: section.texts("may").into_iter().map(Into::into).collect(),
                may_not: section.texts("may_not").into_iter().map(Into::into).collect(),
                forwards_to: section.texts("forwards_to").into_iter().map(Into::into).collect(),
                level: level.unwrap_or(AreaLevel::Subdistrict),
                planned,
                cites,
            });
            section.done();
        }
        root.done();
    }

    fn planned(&self, file: &File<'_>, item: &Item) -> Option<PlannedBody> {
        let section = file.section(item, "planned");
        let planned = PlannedBody {
            province: section.need_text("province").into(),
            as_of: section.need_day("as_of")?,
            status: code(
                &section,
                "status",
                NoteStatus::of,
                NoteStatus::EVERY.iter().map(|status| status.code()),
            )?,
            districts: section.texts("districts").into_iter().map(Into::into).collect(),
            without: section.texts("without").into_iter().map(Into::into).collect(),
            cites: self.cite(file, &citing(&section)),
        };
        section.done();
        Some(planned)
    }

    /// Whether somebody of that name can pass a complaint on: a channel, an agency or a community body.
    pub fn passes_on(&self, name: &str) -> bool {
        let channel = self
            .lists
            .iter()
            .find(|list| list.id == "channel")
            .is_some_and(|list| list.index(name).is_some());
        channel || self.receives(name)
    }

    /// Whether somebody of that name can receive a complaint: an agency or a community body.
    pub fn receives(&self, name: &str) -> bool {
        self.agencies.iter().any(|agency| agency.id == name) || self.community.iter().any(|body| body.id == name)
    }
}

/// The one of a closed set whose code stands under a key; a fault where it is none of them.
fn code<T>(
    section: &Section<'_>,
    key: &str,
    of: impl Fn(&str) -> Option<T>,
    codes: impl Iterator<Item = &'static str> + Clone,
) -> Option<T> {
    let text = section.need_text(key);
    let one = of(&text);
    if one.is_none() && !text.is_empty() {
        let expected = nearest(&text, codes.clone()).map_or_else(|| codes.collect::<Vec<_>>().join(", "), |near| format!("`{near}`"));
        section.diagnose(key, DiagnosticCode::UnknownCode, format!("`{key}` is `{text}`"), expected);
    }
    one
}
