//! Reads who may hear a complaint: agencies, community bodies, and the kinds whose rules are not encoded yet.

use crate::compile::ast::{Citing, When, WordsDraft, citing, length, path_steps, when, while_unknown};
use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::registry::{Registry, both};
use crate::compile::source::{File, Item, Section};
use crate::rulebook::{Agency, CommunityBody, PlannedBody, WhileUnknown, Words};
use crate::values::{Date, Length};

/// A kind of complaint that is not encoded yet.
#[derive(Debug, Clone)]
pub struct OtherKindDraft {
    /// Its id.
    pub id: String,
    /// The line.
    pub line: u32,
    /// Its name.
    pub name: Words,
    /// Whom to call.
    pub call: Vec<String>,
    /// When it arises.
    pub arises: Option<When>,
    /// The first day on which there is such a kind.
    pub from: Option<Date>,
    /// The leading agency.
    pub lead: String,
    /// Agencies told at once.
    pub joint: Vec<String>,
    /// Copies.
    pub copies: Vec<(String, WordsDraft, Citing)>,
    /// The referral path.
    pub path: Vec<(String, String, Option<Length>, Citing)>,
    /// What is said while the facts are not known.
    pub while_unknown: Option<WhileUnknown>,
    /// The least level of urgency.
    pub urgency_at_least: Option<String>,
    /// Kinds beside which it is dropped.
    pub never_with: Vec<String>,
    /// Kinds inside which it is handled.
    pub within: Vec<String>,
    /// What to be warned of.
    pub warn: Option<Words>,
    /// Citations.
    pub cite: Citing,
}

/// The head of the file of those kinds.
#[derive(Debug, Clone, Default)]
pub struct OtherKindsDraft {
    /// Its path.
    pub path: String,
    /// The line of `[file]`.
    pub line: u32,
    /// What is said of every such kind.
    pub say: Words,
    /// The place facts by which offices are found.
    pub by: Vec<String>,
    /// The kinds.
    pub kinds: Vec<OtherKindDraft>,
}

/// The order in which kinds of complaint lead.
#[derive(Debug, Clone, Default)]
pub struct PrecedenceDraft {
    /// First.
    pub order: Vec<String>,
    /// Then kinds with a last day within this.
    pub near: Option<Length>,
    /// Then the others.
    pub rest: Vec<String>,
    /// What it says.
    pub words: Words,
    /// Citations.
    pub cite: Citing,
}

/// A pair of texts such as `role_th` and `role_en`: both or neither.
fn pair(section: &Section<'_>, name: &str) -> Option<Words> {
    let (th, en) = (format!("{name}_th"), format!("{name}_en"));
    (section.item(&th).is_some() || section.item(&en).is_some()).then(|| Words {
        th: section.need_label(&th).into(),
        en: section.need_label(&en).into(),
    })
}

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
                section.fault(
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
            let level = section.need_text("level");
            if !matches!(level.as_str(), "subdistrict" | "district" | "province") {
                section.fault(
                    "level",
                    DiagnosticCode::UnknownCode,
                    format!("`{level}` is no level"),
                    "subdistrict, district or province",
                );
            }
            let planned = section.list("planned").iter().filter_map(|item| self.planned(file, item)).collect();
            self.community.push(CommunityBody {
                id: id.into(),
                name: both(&section),
                may: section.texts("may").into_iter().map(Into::into).collect(),
                may_not: section.texts("may_not").into_iter().map(Into::into).collect(),
                forwards_to: section.texts("forwards_to").into_iter().map(Into::into).collect(),
                level: level.into(),
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
            status: section.need_text("status").into(),
            districts: section.texts("districts").into_iter().map(Into::into).collect(),
            without: section.texts("without").into_iter().map(Into::into).collect(),
            cites: self.cite(file, &citing(&section)),
        };
        section.done();
        Some(planned)
    }

    pub(super) fn read_precedence(&mut self, file: &File<'_>, item: &Item) {
        let root = file.section(item, "precedence");
        self.precedence = PrecedenceDraft {
            order: root.texts("order"),
            near: length(&root, "near"),
            rest: root.texts("rest"),
            words: both(&root),
            cite: citing(&root),
        };
        root.done();
    }

    pub(super) fn read_not_encoded(&mut self, file: &File<'_>, item: &Item) {
        let root = file.section(item, "not_encoded");
        let mut draft = OtherKindsDraft {
            path: file.path.to_owned(),
            ..OtherKindsDraft::default()
        };
        if let Some(head) = root.section("file") {
            draft.line = head.line;
            let _ = (
                head.need_text("id"),
                head.need_text("th"),
                head.text("en"),
                head.need_day("since"),
                head.need_day("checked_on"),
            );
            if head.need_text("kind") != "not_encoded" {
                head.fault(
                    "kind",
                    DiagnosticCode::UnknownCode,
                    "this file holds the kinds that are not encoded",
                    "not_encoded",
                );
            }
            draft.say = Words {
                th: head.need_label("say_th").into(),
                en: head.need_label("say_en").into(),
            };
            draft.by = head.texts("by");
            head.done();
        }
        draft.kinds = root.sections("kind").into_iter().map(|(id, section)| kind(id, &section)).collect();
        // Examples are read apart.
        let _ = root.item("example");
        root.done();
        self.other_kinds = draft;
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

fn kind(id: &str, section: &Section<'_>) -> OtherKindDraft {
    let copies = section
        .list("copies")
        .iter()
        .map(|item| crate::compile::ast::copy(&section.file.section(item, "copies")))
        .collect();
    let unknown = section.section("while_unknown").map(|inner| {
        let read = while_unknown(&inner);
        inner.done();
        read
    });
    let draft = OtherKindDraft {
        id: id.to_owned(),
        line: section.line,
        name: both(section),
        call: section.texts("call"),
        arises: when(section, "arises"),
        from: section.day("from"),
        lead: section.need_text("lead"),
        joint: section.texts("joint"),
        copies,
        path: path_steps(section),
        while_unknown: unknown,
        urgency_at_least: section.text("urgency_at_least"),
        never_with: section.texts("never_with"),
        within: section.texts("within"),
        warn: pair(section, "warn"),
        cite: citing(section),
    };
    if draft.arises.is_none() && draft.within.is_empty() {
        section.file.fault(
            section.line,
            DiagnosticCode::MissingKey,
            format!("`{id}` neither arises nor stands inside another kind"),
            "`arises` or `within`",
        );
    }
    section.done();
    draft
}
