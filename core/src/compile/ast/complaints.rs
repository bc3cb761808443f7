//! Who must hear a complaint, what must not be passed on, and the kinds whose rules are not encoded yet.

use super::parts::{Citing, When, Words, both, citing, labels, length, need_citation, text, when};
use super::rules::{Step, steps};
use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::source::{File, Item, Section};
use crate::rulebook::{self, WhileUnknown};
use crate::values::{Date, Length};

/// An agency that gets a copy.
#[derive(Debug, Clone)]
pub struct CopyTo {
    /// The agency.
    pub to: String,
    /// Why.
    pub why: Words,
    /// Citations.
    pub cite: Citing,
}

/// One step of a referral.
#[derive(Debug, Clone)]
pub struct PathStep {
    /// The channel, agency or community body that passes the complaint on.
    pub from: String,
    /// The agency or community body that receives it.
    pub to: String,
    /// Within, where a source says so.
    pub within: Option<Length>,
    /// Citations.
    pub cite: Citing,
}

/// A kind of complaint that is not encoded yet.
#[derive(Debug, Clone)]
pub struct OtherKind {
    /// Its id.
    pub id: String,
    /// The line.
    pub line: u32,
    /// Its name.
    pub name: rulebook::Words,
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
    pub copies: Vec<CopyTo>,
    /// The referral path.
    pub path: Vec<PathStep>,
    /// What is said while the facts are not known.
    pub while_unknown: Option<WhileUnknown>,
    /// The least level of urgency.
    pub urgency_at_least: Option<String>,
    /// Kinds beside which it is dropped.
    pub never_with: Vec<String>,
    /// Arises only where no other kind does.
    pub alone: bool,
    /// Kinds inside which it is handled.
    pub within: Vec<String>,
    /// What to be warned of.
    pub warn: Option<rulebook::Words>,
    /// Citations.
    pub cite: Citing,
}

/// The head of the file of those kinds.
#[derive(Debug, Clone, Default)]
pub struct OtherKinds {
    /// Its path.
    pub path: String,
    /// The line of `[file]`.
    pub line: u32,
    /// What is said of every such kind.
    pub say: rulebook::Words,
    /// The place facts by which offices are found.
    pub by: Vec<String>,
    /// The kinds.
    pub kinds: Vec<OtherKind>,
}

/// The order in which kinds of complaint lead.
#[derive(Debug, Clone, Default)]
pub struct Precedence {
    /// First.
    pub order: Vec<String>,
    /// Then kinds with a last day within this.
    pub near: Option<Length>,
    /// Then the others.
    pub rest: Vec<String>,
    /// What it says.
    pub words: rulebook::Words,
    /// Citations.
    pub cite: Citing,
}

/// Who must hear a complaint.
#[derive(Debug, Clone, Default)]
pub struct Route {
    /// The leading agency.
    pub lead: Option<String>,
    /// Agencies told at once.
    pub joint: Vec<String>,
    /// Agencies whose offices hear it.
    pub office_of: Vec<String>,
    /// Place facts.
    pub office_by: Vec<String>,
    /// Said where the office is another.
    pub office_elsewhere: Option<String>,
    /// Copies.
    pub copies: Vec<CopyTo>,
    /// Forms.
    pub forms: Vec<String>,
    /// Things to tell.
    pub tell: Vec<Step>,
    /// The referral path.
    pub path: Vec<PathStep>,
    /// The least urgency.
    pub urgency_at_least: Option<String>,
    /// Whom to call.
    pub call: Vec<String>,
    /// Kinds that keep their own clock.
    pub keeps: Vec<String>,
    /// Rules of the same file that do not apply where this one is met.
    pub instead_of: Vec<String>,
}

/// What must not be shared.
#[derive(Debug, Clone)]
pub struct NoShare {
    /// Its name.
    pub id: String,
    /// The line.
    pub line: u32,
    /// What is kept back.
    pub what: Vec<String>,
    /// From whom.
    pub with: Vec<String>,
    /// Shared only where this is met.
    pub unless: Option<When>,
    /// The sentence.
    pub text: Words,
    /// Citations.
    pub cite: Citing,
}

/// Reads what is said while the facts of a complaint are not known.
pub(super) fn while_unknown(section: &Section<'_>) -> WhileUnknown {
    WhileUnknown {
        call: section.texts("call").into_iter().map(Into::into).collect(),
        urgency: section.text("urgency").map(Into::into),
        with_child: section.text("with_child").map(Into::into),
    }
}

pub(super) fn route(section: &Section<'_>) -> Option<Route> {
    const KEYS: [&str; 11] = [
        "lead",
        "joint",
        "office",
        "copies",
        "forms",
        "tell",
        "path",
        "urgency_at_least",
        "call",
        "keeps",
        "instead_of",
    ];
    if !KEYS.iter().any(|key| section.item(key).is_some()) {
        return None;
    }
    let mut route = Route {
        lead: section.text("lead"),
        joint: section.texts("joint"),
        forms: section.texts("forms"),
        tell: steps(section, "tell"),
        urgency_at_least: section.text("urgency_at_least"),
        call: section.texts("call"),
        keeps: section.texts("keeps"),
        instead_of: section.texts("instead_of"),
        ..Route::default()
    };
    if let Some(office) = section.section("office") {
        route.office_of = office.texts("of");
        route.office_by = office.texts("by");
        route.office_elsewhere = office.text("elsewhere");
        let _ = citing(&office);
        office.done();
    }
    route.copies = section
        .list("copies")
        .iter()
        .map(|item| copy(&section.file.section(item, "copies")))
        .collect();
    route.path = path_steps(section);
    Some(route)
}

/// Reads an agency that gets a copy.
fn copy(section: &Section<'_>) -> CopyTo {
    let why = Words {
        th: section.text("why_th").unwrap_or_default(),
        en: section.text("why_en"),
    };
    let copy = CopyTo {
        to: section.need_text("to"),
        why,
        cite: citing(section),
    };
    section.done();
    copy
}

/// Reads the referral path.
fn path_steps(section: &Section<'_>) -> Vec<PathStep> {
    let steps = section.list("path").iter().map(|item| {
        let step = section.file.section(item, "path");
        let read = PathStep {
            from: step.need_text("from"),
            to: step.need_text("to"),
            within: length(&step, "within"),
            cite: citing(&step),
        };
        step.done();
        read
    });
    steps.collect()
}

pub(super) fn no_share(id: &str, section: &Section<'_>) -> NoShare {
    let kept = NoShare {
        id: id.to_owned(),
        line: section.line,
        what: section.texts("what"),
        with: section.texts("with"),
        unless: when(section, "unless"),
        text: text(section),
        cite: citing(section),
    };
    need_citation(section, &kept.cite);
    section.done();
    kept
}

/// A pair of texts such as `role_th` and `role_en`: both or neither.
pub fn pair(section: &Section<'_>, name: &str) -> Option<rulebook::Words> {
    let (th, en) = (format!("{name}_th"), format!("{name}_en"));
    (section.item(&th).is_some() || section.item(&en).is_some()).then(|| labels(section, &th, &en))
}

fn other_kind(id: &str, section: &Section<'_>) -> OtherKind {
    let copies = section
        .list("copies")
        .iter()
        .map(|item| copy(&section.file.section(item, "copies")))
        .collect();
    let unknown = section.section("while_unknown").map(|inner| {
        let read = while_unknown(&inner);
        inner.done();
        read
    });
    let kind = OtherKind {
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
        alone: section.flag("alone").unwrap_or(false),
        within: section.texts("within"),
        warn: pair(section, "warn"),
        cite: citing(section),
    };
    if kind.arises.is_none() && kind.within.is_empty() {
        section.file.diagnose(
            section.line,
            DiagnosticCode::MissingKey,
            format!("`{id}` neither arises nor stands inside another kind"),
            "`arises` or `within`",
        );
    }
    section.done();
    kind
}

impl OtherKinds {
    /// Reads the file of the kinds that are not encoded yet.
    pub fn read(file: &File<'_>, item: &Item) -> Self {
        let root = file.section(item, "not_encoded");
        let mut kinds = Self {
            path: file.path.to_owned(),
            ..Self::default()
        };
        if let Some(head) = root.section("file") {
            kinds.line = head.line;
            let _ = (
                head.need_text("id"),
                head.need_text("th"),
                head.text("en"),
                head.need_day("since"),
                head.need_day("checked_on"),
            );
            if head.need_text("kind") != "not_encoded" {
                head.diagnose(
                    "kind",
                    DiagnosticCode::UnknownCode,
                    "this file holds the kinds that are not encoded",
                    "not_encoded",
                );
            }
            kinds.say = labels(&head, "say_th", "say_en");
            kinds.by = head.texts("by");
            head.done();
        }
        kinds.kinds = root
            .sections("kind")
            .into_iter()
            .map(|(id, section)| other_kind(id, &section))
            .collect();
        // Examples are read apart.
        let _ = root.item("example");
        root.done();
        kinds
    }
}

impl Precedence {
    /// Reads the order in which kinds of complaint lead.
    pub fn read(file: &File<'_>, item: &Item) -> Self {
        let root = file.section(item, "precedence");
        let precedence = Self {
            order: root.texts("order"),
            near: length(&root, "near"),
            rest: root.texts("rest"),
            words: both(&root),
            cite: citing(&root),
        };
        root.done();
        precedence
    }
}
