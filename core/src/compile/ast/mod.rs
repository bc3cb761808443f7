//! A rule file as it is written, before its names are resolved.

use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::source::{Data, File, Item, Section};
use crate::criterion::syntax::{Expression, parse};
use crate::rulebook::FileKind;
use crate::values::{Date, Length, Rounding};

/// A condition and where it stands.
#[derive(Debug, Clone)]
pub struct When {
    /// The condition.
    pub expression: Expression,
    /// Its text.
    pub text: String,
    /// The line.
    pub line: u32,
}

/// Words in Thai, with English where it stands beside them.
#[derive(Debug, Clone, Default)]
pub struct WordsDraft {
    /// In Thai.
    pub th: String,
    /// In English, where it is written beside.
    pub en: Option<String>,
}

/// Citations as written.
#[derive(Debug, Clone, Default)]
pub struct Citing {
    /// The texts.
    pub texts: Vec<String>,
    /// The line.
    pub line: u32,
}

/// A day that may be known only as a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FirstDay {
    /// The day under the leading reading: the last of the span.
    pub lead: Date,
    /// The day under the other reading: the first of the span.
    pub other: Option<Date>,
}

/// A word: something derived from facts.
#[derive(Debug, Clone)]
pub struct WordDraft {
    /// Its name.
    pub id: String,
    /// The line.
    pub line: u32,
    /// Its name for people.
    pub text: WordsDraft,
    /// How it is derived.
    pub shape: WordShape,
    /// Citations.
    pub cite: Citing,
}

/// How a word is derived.
#[derive(Debug, Clone)]
pub enum WordShape {
    /// Exact years between two days.
    Age { of: String, on: String },
    /// A length of time.
    Elapsed {
        from: String,
        to: String,
        years: bool,
        last_day_counts: bool,
    },
    /// A day some time after another.
    Day {
        from: String,
        plus: Option<Length>,
        first_day_counts: bool,
    },
    /// Months paid.
    MonthsPaid {
        of: Vec<String>,
        window: Option<u16>,
        before: String,
    },
    /// The highest step reached.
    MonthsSteps {
        of: Vec<String>,
        before: String,
        steps: Vec<(u16, u16)>,
    },
    /// The mean of the highest wages.
    TopMean { of: String, top: u16, within: u16, divide: u16 },
    /// A code made from a code.
    Maps { of: String, codes: Vec<(String, Vec<String>)> },
    /// Time left to the nearest last day.
    Nearest { working_days: bool },
    /// Full steps beyond a number.
    FullSteps {
        of: String,
        beyond: Option<u16>,
        each: Option<u16>,
    },
    /// Not readable; the fault is noted.
    Unread,
}

/// One version of a clause.
#[derive(Debug, Clone)]
pub struct VersionDraft {
    /// The last day, for earlier versions.
    pub until: Option<Date>,
    /// The sentence.
    pub text: WordsDraft,
    /// The condition; the main version's where it is not repeated.
    pub when: Option<When>,
    /// Citations.
    pub cite: Citing,
    /// A second reading.
    pub other: Option<Box<VersionDraft>>,
}

/// A clause.
#[derive(Debug, Clone)]
pub struct ClauseDraft {
    /// Its name.
    pub id: String,
    /// The line.
    pub line: u32,
    /// The first day.
    pub from: Option<FirstDay>,
    /// The last day.
    pub until: Option<Date>,
    /// The clause that it follows on.
    pub replaces: Option<String>,
    /// Earlier versions, oldest first.
    pub earlier: Vec<VersionDraft>,
    /// The version in force.
    pub main: VersionDraft,
    /// What was not read.
    pub open: Option<String>,
    /// `any_job` or `main_job`.
    pub of: Option<String>,
}

/// A step or a thing to tell, or a period named as a step.
#[derive(Debug, Clone)]
pub enum StepDraft {
    /// A sentence.
    Sentence {
        text: WordsDraft,
        at: Option<String>,
        cite: Citing,
    },
    /// A period.
    Period(String, u32),
}

/// A rule.
#[derive(Debug, Clone)]
pub struct RuleDraft {
    /// Its name.
    pub id: String,
    /// The line.
    pub line: u32,
    /// Its name for people.
    pub text: WordsDraft,
    /// What follows.
    pub gives: Option<String>,
    /// `option` or `job`.
    pub each: Option<String>,
    /// Only these options.
    pub options: Option<Vec<String>>,
    /// What must be met.
    pub requires: Vec<String>,
    /// What must not be met.
    pub excludes: Vec<String>,
    /// The period that must still run.
    pub within: Option<String>,
    /// The first day.
    pub from: Option<FirstDay>,
    /// The last day.
    pub until: Option<Date>,
    /// The rule that it follows on.
    pub replaces: Option<String>,
    /// Amounts to pay.
    pub pays: Vec<String>,
    /// The amount that it gives.
    pub amount: Option<String>,
    /// Steps.
    pub steps: Vec<StepDraft>,
    /// Contingencies.
    pub contingencies: Option<Vec<String>>,
    /// Citations.
    pub cite: Citing,
    /// Who must hear it.
    pub route: Option<RouteDraft>,
}

/// Who must hear a complaint.
#[derive(Debug, Clone, Default)]
pub struct RouteDraft {
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
    pub copies: Vec<(String, WordsDraft, Citing)>,
    /// Forms.
    pub forms: Vec<String>,
    /// Things to tell.
    pub tell: Vec<StepDraft>,
    /// The referral path.
    pub path: Vec<(String, String, Option<Length>, Citing)>,
    /// The least urgency.
    pub urgency_at_least: Option<String>,
    /// Whom to call.
    pub call: Vec<String>,
    /// Kinds that keep their own clock.
    pub keeps: Vec<String>,
}

/// An amount.
#[derive(Debug, Clone)]
pub struct AmountDraft {
    /// Its name.
    pub id: String,
    /// The line.
    pub line: u32,
    /// Its name for people.
    pub text: WordsDraft,
    /// `flat`.
    pub flat: Option<String>,
    /// `rate`.
    pub rate: Option<String>,
    /// `units`.
    pub units: Option<String>,
    /// `of`.
    pub of: Option<String>,
    /// `floor`.
    pub floor: Option<String>,
    /// `ceiling`.
    pub ceiling: Option<String>,
    /// `at_most`.
    pub at_most: Option<String>,
    /// `sum`.
    pub sum: Vec<String>,
    /// `per`.
    pub per: Option<String>,
    /// `round`.
    pub round: Rounding,
    /// One for each job.
    pub each_job: bool,
    /// Only where this clause is met.
    pub condition: Option<String>,
    /// Limits that are said.
    pub limits: Vec<WordsDraft>,
    /// What is not read.
    pub open: Option<String>,
    /// Citations.
    pub cite: Citing,
}

/// A period.
#[derive(Debug, Clone)]
pub struct PeriodDraft {
    /// Its name.
    pub id: String,
    /// The line.
    pub line: u32,
    /// Its name for people.
    pub text: WordsDraft,
    /// The event or period after which it runs.
    pub after: Option<String>,
    /// The first day, which counts.
    pub first: Option<Date>,
    /// Its length.
    pub length: Option<Length>,
    /// Earlier lengths, each with its last day.
    pub earlier: Vec<(Date, Length, Citing)>,
    /// The day that picks the length.
    pub clock: Option<String>,
    /// Moved past closing days.
    pub rolls: bool,
    /// Only where this clause is met.
    pub condition: Option<String>,
    /// Whom it binds.
    pub binds: Option<String>,
    /// What being late means.
    pub late: Option<String>,
    /// Its last day makes a complaint urgent.
    pub warn: bool,
    /// How it may be extended.
    pub extension: Option<(Option<String>, Option<String>, WordsDraft, Citing)>,
    /// Citations.
    pub cite: Citing,
}

/// A table, its rows unread.
#[derive(Debug, Clone)]
pub struct TableDraft {
    /// Its name.
    pub id: String,
    /// The line.
    pub line: u32,
    /// Its name for people.
    pub text: WordsDraft,
    /// The day that picks the row.
    pub clock: Option<String>,
    /// The columns as written.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Item>,
    /// What stands before the first row.
    pub before: Option<String>,
    /// `option`.
    pub across: Option<String>,
    /// Columns matched by a word or fact.
    pub keys: Vec<(String, String)>,
    /// The word whose length picks the band.
    pub band: Option<String>,
    /// The place facts.
    pub place: Vec<String>,
    /// The overlay file.
    pub overlay: Option<String>,
    /// Overlay columns and rows of its own.
    pub own_overlay: Option<(Vec<String>, Vec<Item>)>,
    /// A CSV file that holds the rows.
    pub csv: Option<String>,
    /// What is open about it.
    pub open: Option<String>,
}

/// What must not be shared.
#[derive(Debug, Clone)]
pub struct NoShareDraft {
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
    pub text: WordsDraft,
    /// Citations.
    pub cite: Citing,
}

/// A note.
#[derive(Debug, Clone)]
pub struct NoteDraft {
    /// Its name.
    pub id: String,
    /// The line.
    pub line: u32,
    /// Its status.
    pub status: String,
    /// The day on which it was read.
    pub as_of: Option<Date>,
    /// The sentence.
    pub text: WordsDraft,
    /// Citations.
    pub cite: Citing,
}

/// An overlay, its rows unread.
#[derive(Debug, Clone)]
pub struct OverlayDraft {
    /// The place fact by file.
    pub area: Vec<(String, String)>,
    /// The overlay column by table column.
    pub sets: Vec<(String, String)>,
    /// The columns.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Item>,
    /// The areas.
    pub areas: Vec<(String, Vec<String>)>,
    /// Citations of the areas.
    pub cites: Vec<Citing>,
}

/// A whole rule file.
#[derive(Debug, Clone)]
pub struct RuleFile {
    /// Its path.
    pub path: String,
    /// The line of `[file]`.
    pub line: u32,
    /// Its id.
    pub id: String,
    /// Its name.
    pub text: WordsDraft,
    /// What it is about.
    pub kind: FileKind,
    /// The agency that applies it.
    pub authority: Option<String>,
    /// Since when it answers.
    pub since: Date,
    /// When it was last checked.
    pub checked_on: Date,
    /// The day that picks versions.
    pub clock: Option<String>,
    /// The options and their first days.
    pub options: Vec<(String, Date)>,
    /// Contingencies.
    pub contingencies: Vec<String>,
    /// What the register says.
    pub registered: Option<When>,
    /// When a complaint arises.
    pub arises: Option<When>,
    /// What is said while the facts are not known.
    pub while_unknown: Option<crate::rulebook::WhileUnknown>,
    /// Levels of urgency.
    pub levels: Vec<String>,
    /// Facts that say whether there is danger.
    pub danger: Vec<String>,
    /// Words.
    pub words: Vec<WordDraft>,
    /// Clauses.
    pub clauses: Vec<ClauseDraft>,
    /// Rules.
    pub rules: Vec<RuleDraft>,
    /// Tables.
    pub tables: Vec<TableDraft>,
    /// Amounts.
    pub amounts: Vec<AmountDraft>,
    /// Periods.
    pub periods: Vec<PeriodDraft>,
    /// Notes.
    pub notes: Vec<NoteDraft>,
    /// What must not be shared.
    pub no_share: Vec<NoShareDraft>,
    /// The overlay, where it is one.
    pub overlay: Option<OverlayDraft>,
}

/// Reads the citations under `cite`.
pub fn citing(section: &Section<'_>) -> Citing {
    let line = section.item("cite").map_or(section.line, |item| item.line);
    Citing {
        texts: section.texts("cite"),
        line,
    }
}

/// Reads `th` and `en`.
pub fn text(section: &Section<'_>) -> WordsDraft {
    WordsDraft {
        th: section.need_label("th"),
        en: section.text("en"),
    }
}

/// Reads what is said while the facts of a complaint are not known.
pub fn while_unknown(section: &Section<'_>) -> crate::rulebook::WhileUnknown {
    crate::rulebook::WhileUnknown {
        call: section.texts("call").into_iter().map(Into::into).collect(),
        urgency: section.text("urgency").map(Into::into),
        with_child: section.text("with_child").map(Into::into),
    }
}

/// Reads a condition.
pub fn when(section: &Section<'_>, key: &str) -> Option<When> {
    let text = section.text(key)?;
    let line = section.item(key).map_or(section.line, |item| item.line);
    condition(&section.file, &text, line)
}

/// Parses a condition.
pub fn condition(file: &File<'_>, text: &str, line: u32) -> Option<When> {
    match parse(text) {
        Ok(expression) => Some(When {
            expression,
            text: text.to_owned(),
            line,
        }),
        Err(error) => {
            file.fault(
                line,
                DiagnosticCode::Syntax,
                format!("in `{text}` at character {}: found {}", error.column, error.found),
                error.expected,
            );
            None
        }
    }
}

/// Reads a first day, which may be a span.
pub fn first_day(file: &File<'_>, item: &Item, name: &str) -> Option<FirstDay> {
    match &item.data {
        Data::Day(day) => Some(FirstDay { lead: *day, other: None }),
        Data::Text(text) => {
            let span = text
                .split_once("..")
                .and_then(|(first, last)| Some((Date::parse(first).ok()?, Date::parse(last).ok()?)));
            if span.is_none() {
                file.fault(
                    item.line,
                    DiagnosticCode::WrongType,
                    format!("`{name}` is `{text}`"),
                    "a day, or a span such as \"2018-03-01..2018-05-31\"",
                );
            }
            span.map(|(first, last)| FirstDay {
                lead: last,
                other: Some(first),
            })
        }
        _ => {
            file.wrong_type(item, name, "a day or a span of days");
            None
        }
    }
}

fn from_day(section: &Section<'_>) -> Option<FirstDay> {
    section
        .item("from")
        .and_then(|item| first_day(&section.file, item, &format!("{}.from", section.name)))
}

fn small(section: &Section<'_>, key: &str) -> Option<u16> {
    let number = section.whole(key)?;
    let small = u16::try_from(number).ok();
    if small.is_none() {
        section.fault(
            key,
            DiagnosticCode::Impossible,
            format!("`{key}` is {number}"),
            "a small whole number",
        );
    }
    small
}

/// Reads a length of time.
pub fn length(section: &Section<'_>, key: &str) -> Option<Length> {
    let text = section.text(key)?;
    match Length::parse(&text) {
        Ok(length) => Some(length),
        Err(error) => {
            section.fault(key, DiagnosticCode::WrongType, error.to_string(), "a length of time");
            None
        }
    }
}

/// A name, a quoted decimal or a whole number, as text.
fn operand(section: &Section<'_>, key: &str) -> Option<String> {
    match section.item(key).map(|item| &item.data) {
        Some(Data::Whole(number)) => Some(number.to_string()),
        _ => section.text(key),
    }
}

impl RuleFile {
    /// Reads a rule file.
    pub fn read(file: File<'_>, root: &Item) -> Option<Self> {
        let root = file.section(root, "the file");
        let head = match root.section("file") {
            Some(head) => head,
            None => {
                file.fault(
                    1,
                    DiagnosticCode::MissingKey,
                    "there is no [file]",
                    "[file] with id, th, since, checked_on and kind",
                );
                return None;
            }
        };
        let kind = match head.need_text("kind").as_str() {
            "definition" => Some(FileKind::Definition),
            "scheme" => Some(FileKind::Scheme),
            "standard" => Some(FileKind::Standard),
            "complaint" => Some(FileKind::Complaint),
            "urgency" => Some(FileKind::Urgency),
            "overlay" => Some(FileKind::Overlay),
            other => {
                head.fault(
                    "kind",
                    DiagnosticCode::UnknownCode,
                    format!("`{other}` is no kind of file"),
                    "definition, scheme, standard, complaint, urgency or overlay",
                );
                None
            }
        };
        let options = head.sections_or_days("options");
        let while_unknown = head.section("while_unknown").map(|section| {
            let read = while_unknown(&section);
            section.done();
            read
        });
        let id = head.need_text("id");
        let read = Self {
            path: file.path.to_owned(),
            line: head.line,
            id,
            text: text(&head),
            kind: kind?,
            authority: head.text("authority"),
            since: head.need_day("since")?,
            checked_on: head.need_day("checked_on")?,
            clock: head.text("clock"),
            options,
            contingencies: head.texts("contingencies"),
            registered: when(&head, "registered"),
            arises: when(&head, "arises"),
            while_unknown,
            levels: head.texts("levels"),
            danger: head.texts("danger"),
            words: root.sections("words").into_iter().map(|(id, section)| word(id, &section)).collect(),
            clauses: root
                .sections("clauses")
                .into_iter()
                .map(|(id, section)| clause(id, &section))
                .collect(),
            rules: root.sections("rule").into_iter().map(|(id, section)| rule(id, &section)).collect(),
            tables: root
                .sections("table")
                .into_iter()
                .map(|(id, section)| table(id, &section))
                .collect(),
            amounts: root
                .sections("amounts")
                .into_iter()
                .map(|(id, section)| amount(id, &section))
                .collect(),
            periods: root
                .sections("periods")
                .into_iter()
                .map(|(id, section)| period(id, &section))
                .collect(),
            notes: root.sections("notes").into_iter().map(|(id, section)| note(id, &section)).collect(),
            no_share: root
                .sections("no_share")
                .into_iter()
                .map(|(id, section)| no_share(id, &section))
                .collect(),
            overlay: overlay(&root),
        };
        // Examples are read apart; facts that the rulebook declares too.
        for key in ["example", "facts"] {
            let _ = root.item(key);
        }
        head.done();
        root.done();
        Some(read)
    }
}

impl Section<'_> {
    /// Named days, such as `options = { 1 = 2011-05-01 }`.
    fn sections_or_days(&self, key: &str) -> Vec<(String, Date)> {
        let Some(section) = self.section(key) else { return Vec::new() };
        section
            .entries()
            .iter()
            .filter_map(|(name, _)| section.day(name).map(|day| (name.clone(), day)))
            .collect()
    }
}

fn word(id: &str, section: &Section<'_>) -> WordDraft {
    let shape = word_shape(section);
    let word = WordDraft {
        id: id.to_owned(),
        line: section.line,
        text: text(section),
        shape,
        cite: citing(section),
    };
    section.done();
    word
}

fn word_shape(section: &Section<'_>) -> WordShape {
    let before = |inner: &Section<'_>| inner.text("before").unwrap_or_else(|| "today".to_owned());
    let (shape, inner) = if let Some(inner) = section.section("age") {
        (
            WordShape::Age {
                of: inner.need_text("of"),
                on: inner.need_text("on"),
            },
            inner,
        )
    } else if let Some(inner) = section.section("elapsed") {
        let years = match inner.need_text("in").as_str() {
            "years" => true,
            "days" => false,
            other => {
                inner.fault("in", DiagnosticCode::UnknownCode, format!("`{other}` is no unit"), "days or years");
                false
            }
        };
        let last_day_counts = inner.flag("last_day_counts").unwrap_or(false);
        (
            WordShape::Elapsed {
                from: inner.need_text("from"),
                to: inner.need_text("to"),
                years,
                last_day_counts,
            },
            inner,
        )
    } else if let Some(inner) = section.section("day") {
        let first_day_counts = inner.flag("first_day_counts").unwrap_or(false);
        (
            WordShape::Day {
                from: inner.need_text("from"),
                plus: length(&inner, "plus"),
                first_day_counts,
            },
            inner,
        )
    } else if let Some(inner) = section.section("months_paid") {
        (
            WordShape::MonthsPaid {
                of: inner.texts("of"),
                window: small(&inner, "in"),
                before: before(&inner),
            },
            inner,
        )
    } else if let Some(inner) = section.section("months_steps") {
        let texts = inner.texts("steps");
        let steps = texts.iter().filter_map(|text| {
            let step = text
                .split_once(" in ")
                .and_then(|(need, window)| Some((need.parse().ok()?, window.parse().ok()?)));
            if step.is_none() {
                inner.fault(
                    "steps",
                    DiagnosticCode::WrongType,
                    format!("`{text}` is no step"),
                    "text such as \"6 in 10\"",
                );
            }
            step
        });
        (
            WordShape::MonthsSteps {
                of: inner.texts("of"),
                steps: steps.collect(),
                before: before(&inner),
            },
            inner,
        )
    } else if let Some(inner) = section.section("top_mean") {
        let number = |key| small(&inner, key).unwrap_or(1);
        (
            WordShape::TopMean {
                of: inner.need_text("of"),
                top: number("top"),
                within: number("in"),
                divide: number("divide"),
            },
            inner,
        )
    } else if let Some(inner) = section.section("maps") {
        let codes = inner
            .entries()
            .iter()
            .filter(|(key, _)| key != "of")
            .map(|(key, item)| (key.clone(), inner.file.texts(item, key)));
        (
            WordShape::Maps {
                of: inner.need_text("of"),
                codes: codes.collect(),
            },
            inner,
        )
    } else if let Some(inner) = section.section("nearest_period") {
        let working_days = match inner.need_text("unit").as_str() {
            "working days" => true,
            "days" => false,
            other => {
                inner.fault(
                    "unit",
                    DiagnosticCode::UnknownCode,
                    format!("`{other}` is no unit"),
                    "days or working days",
                );
                false
            }
        };
        (WordShape::Nearest { working_days }, inner)
    } else if let Some(inner) = section.section("full_steps") {
        (
            WordShape::FullSteps {
                of: inner.need_text("of"),
                beyond: small(&inner, "beyond"),
                each: small(&inner, "each"),
            },
            inner,
        )
    } else {
        let shapes = "age, elapsed, day, months_paid, months_steps, top_mean, full_steps, maps or nearest_period";
        section.file.fault(
            section.line,
            DiagnosticCode::MissingKey,
            format!("`{}` says not how it is derived", section.name),
            shapes,
        );
        return WordShape::Unread;
    };
    inner.done();
    shape
}

fn version(section: &Section<'_>, main: Option<&WordsDraft>) -> VersionDraft {
    let text = match main {
        Some(main) if section.item("th").is_none() => main.clone(),
        _ => text(section),
    };
    let other = section.section("other").map(|inner| {
        let other = version(&inner, Some(&text));
        inner.done();
        Box::new(other)
    });
    VersionDraft {
        until: section.day("until"),
        when: when(section, "when"),
        cite: citing(section),
        text,
        other,
    }
}

fn clause(id: &str, section: &Section<'_>) -> ClauseDraft {
    let main = version(section, None);
    let earlier = match section.item("earlier").map(|item| (item, &item.data)) {
        None => Vec::new(),
        Some((_, Data::List(list))) => list.iter().map(|item| earlier(section, item, &main.text)).collect(),
        Some((item, _)) => vec![earlier(section, item, &main.text)],
    };
    let clause = ClauseDraft {
        id: id.to_owned(),
        line: section.line,
        from: from_day(section),
        until: main.until,
        replaces: section.text("replaces"),
        earlier,
        open: section.text("open"),
        of: section.text("of"),
        main,
    };
    if clause.main.when.is_none() && clause.open.is_none() {
        section.file.fault(
            section.line,
            DiagnosticCode::MissingKey,
            format!("`{}` has no `when`", section.name),
            "a condition, or `open`",
        );
    }
    if clause.main.cite.texts.is_empty() {
        section.file.fault(
            section.line,
            DiagnosticCode::MissingCitation,
            format!("`{}` cites nothing", section.name),
            "`cite`",
        );
    }
    section.done();
    clause
}

fn earlier(section: &Section<'_>, item: &Item, main: &WordsDraft) -> VersionDraft {
    let inner = section.file.section(item, &format!("{}.earlier", section.name));
    let version = version(&inner, Some(main));
    if version.until.is_none() {
        inner.fault(
            "until",
            DiagnosticCode::MissingKey,
            "an earlier version has no `until`",
            "its last day",
        );
    }
    inner.done();
    version
}

fn sentence(section: &Section<'_>) -> StepDraft {
    let step = StepDraft::Sentence {
        text: text(section),
        at: section.text("at"),
        cite: citing(section),
    };
    section.done();
    step
}

fn steps(section: &Section<'_>, key: &str) -> Vec<StepDraft> {
    let items = section.list(key).iter();
    let step = |item: &Item| match &item.data {
        Data::Text(period) => StepDraft::Period(period.clone(), item.line),
        _ => sentence(&section.file.section(item, &format!("{}.{key}", section.name))),
    };
    items.map(step).collect()
}

fn rule(id: &str, section: &Section<'_>) -> RuleDraft {
    let rule = RuleDraft {
        id: id.to_owned(),
        line: section.line,
        text: text(section),
        gives: section.text("gives"),
        each: section.text("each"),
        options: section.item("options").map(|_| section.texts("options")),
        requires: section.texts("requires"),
        excludes: section.texts("excludes"),
        within: section.text("within"),
        from: from_day(section),
        until: section.day("until"),
        replaces: section.text("replaces"),
        pays: section.texts("pays"),
        amount: section.text("amount"),
        steps: steps(section, "steps"),
        contingencies: section.item("contingencies").map(|_| section.texts("contingencies")),
        cite: citing(section),
        route: route(section),
    };
    section.done();
    rule
}

fn route(section: &Section<'_>) -> Option<RouteDraft> {
    const KEYS: [&str; 10] = [
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
    ];
    if !KEYS.iter().any(|key| section.item(key).is_some()) {
        return None;
    }
    let mut route = RouteDraft {
        lead: section.text("lead"),
        joint: section.texts("joint"),
        forms: section.texts("forms"),
        tell: steps(section, "tell"),
        urgency_at_least: section.text("urgency_at_least"),
        call: section.texts("call"),
        keeps: section.texts("keeps"),
        ..RouteDraft::default()
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
pub fn copy(section: &Section<'_>) -> (String, WordsDraft, Citing) {
    let why = WordsDraft {
        th: section.text("why_th").unwrap_or_default(),
        en: section.text("why_en"),
    };
    let copy = (section.need_text("to"), why, citing(section));
    section.done();
    copy
}

/// Reads the referral path.
pub fn path_steps(section: &Section<'_>) -> Vec<(String, String, Option<Length>, Citing)> {
    let steps = section.list("path").iter().map(|item| {
        let step = section.file.section(item, "path");
        let read = (step.need_text("from"), step.need_text("to"), length(&step, "within"), citing(&step));
        step.done();
        read
    });
    steps.collect()
}

fn amount(id: &str, section: &Section<'_>) -> AmountDraft {
    let round = match section.text("round").as_deref() {
        None | Some("satang_half_up") => Rounding::SatangHalfUp,
        Some("baht_half_up") => Rounding::BahtHalfUp,
        Some("baht_down") => Rounding::BahtDown,
        Some(other) => {
            section.fault(
                "round",
                DiagnosticCode::UnknownCode,
                format!("`{other}` is no rounding"),
                "baht_half_up, baht_down or satang_half_up",
            );
            Rounding::SatangHalfUp
        }
    };
    let limits = section.list("limits").iter().map(|item| match &item.data {
        Data::Text(th) => WordsDraft { th: th.clone(), en: None },
        _ => {
            let inner = section.file.section(item, "limits");
            let limit = text(&inner);
            let _ = citing(&inner);
            inner.done();
            limit
        }
    });
    let amount = AmountDraft {
        id: id.to_owned(),
        line: section.line,
        text: text(section),
        flat: operand(section, "flat"),
        rate: operand(section, "rate"),
        units: operand(section, "units"),
        of: operand(section, "of"),
        floor: operand(section, "floor"),
        ceiling: operand(section, "ceiling"),
        at_most: operand(section, "at_most"),
        sum: section.texts("sum"),
        per: section.text("per"),
        round,
        each_job: section.text("each").is_some_and(|each| each == "job"),
        condition: section.text("if"),
        limits: limits.collect(),
        open: section.text("open"),
        cite: citing(section),
    };
    section.done();
    amount
}

fn period(id: &str, section: &Section<'_>) -> PeriodDraft {
    let earlier = section.list("earlier").iter().filter_map(|item| {
        let inner = section.file.section(item, &format!("{}.earlier", section.name));
        let read = inner
            .need_day("until")
            .zip(length(&inner, "length"))
            .map(|(until, length)| (until, length, citing(&inner)));
        let _ = citing(&inner);
        inner.done();
        read
    });
    let extension = section.section("extension").map(|inner| {
        let read = (inner.text("by"), inner.text("ask_within"), text(&inner), citing(&inner));
        inner.done();
        read
    });
    let period = PeriodDraft {
        id: id.to_owned(),
        line: section.line,
        text: text(section),
        after: section.text("after"),
        first: section.day("first"),
        length: length(section, "length"),
        earlier: earlier.collect(),
        clock: section.text("clock"),
        rolls: section.flag("roll").unwrap_or(true),
        condition: section.text("if"),
        binds: section.text("binds"),
        late: section.text("late"),
        warn: section.flag("warn").unwrap_or(false),
        extension,
        cite: citing(section),
    };
    if period.cite.texts.is_empty() {
        section.file.fault(
            section.line,
            DiagnosticCode::MissingCitation,
            format!("`{}` cites nothing", section.name),
            "`cite`",
        );
    }
    section.done();
    period
}

fn table(id: &str, section: &Section<'_>) -> TableDraft {
    let keys = section.section("keys").map_or_else(Vec::new, |keys| {
        keys.entries()
            .iter()
            .filter_map(|(column, item)| keys.file.text(item, column).map(|name| (column.clone(), name)))
            .collect()
    });
    let own_overlay = section
        .item("overlay_rows")
        .map(|_| (section.texts("overlay_columns"), section.list("overlay_rows").to_vec()));
    let table = TableDraft {
        id: id.to_owned(),
        line: section.line,
        text: text(section),
        clock: section.text("clock"),
        columns: section.texts("columns"),
        rows: section.list("rows").to_vec(),
        before: section.text("before"),
        across: section.text("across"),
        keys,
        band: section.text("band"),
        place: section.texts("place"),
        overlay: section.text("overlay"),
        own_overlay,
        csv: section.text("csv"),
        open: section.text("open"),
    };
    section.done();
    table
}

fn note(id: &str, section: &Section<'_>) -> NoteDraft {
    let note = NoteDraft {
        id: id.to_owned(),
        line: section.line,
        status: section.need_text("status"),
        as_of: section.day("as_of"),
        text: text(section),
        cite: citing(section),
    };
    section.done();
    note
}

fn no_share(id: &str, section: &Section<'_>) -> NoShareDraft {
    let kept = NoShareDraft {
        id: id.to_owned(),
        line: section.line,
        what: section.texts("what"),
        with: section.texts("with"),
        unless: when(section, "unless"),
        text: text(section),
        cite: citing(section),
    };
    section.done();
    kept
}

fn overlay(root: &Section<'_>) -> Option<OverlayDraft> {
    let section = root.section("overlay")?;
    let pairs = |key: &str| {
        section.section(key).map_or_else(Vec::new, |inner| {
            inner
                .entries()
                .iter()
                .filter_map(|(name, item)| inner.file.text(item, name).map(|text| (name.clone(), text)))
                .collect()
        })
    };
    let (mut areas, mut cites) = (Vec::new(), Vec::new());
    for (name, area) in root.sections("areas") {
        areas.push((name.to_owned(), area.texts("provinces")));
        cites.push(citing(&area));
        let _ = (area.text("th"), area.text("en"));
        area.done();
    }
    let overlay = OverlayDraft {
        area: pairs("area"),
        sets: pairs("sets"),
        columns: section.texts("columns"),
        rows: section.list("rows").to_vec(),
        areas,
        cites,
    };
    section.done();
    Some(overlay)
}
