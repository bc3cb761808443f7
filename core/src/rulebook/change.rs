//! What differs in the law between two days.

use serde::Serialize;

use super::written::{cell, condition};
use super::{Book, ClauseInfo, Rule, Rulebook, Words};
use crate::criterion::{CellValue, CiteId, Column, Confidence, Entry, Node, NodeId};
use crate::rulebook::OptionId;
use crate::values::Date;

/// What kind of change it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// A row of a table begins, or one of two readings of its first day.
    Row,
    /// Cells of an overlay begin, for some months and perhaps some provinces.
    TemporaryBegins,
    /// Cells of an overlay end.
    TemporaryEnds,
    /// A clause begins.
    ClauseBegins,
    /// A clause has another sentence or condition.
    ClauseChanges,
    /// A clause rests on another instrument, its sentence and condition the same.
    ClauseGround,
    /// A clause ends.
    ClauseEnds,
    /// A rule begins.
    RuleBegins,
    /// A rule ends.
    RuleEnds,
    /// A membership of a scheme begins.
    OptionBegins,
    /// A period has another length.
    PeriodLength,
}

/// One difference in the law.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// The first day on which the law is the new one.
    pub day: Date,
    /// The file.
    pub file: String,
    /// `file.table.column`, `file.clause`, `file.rule`, `file.period`, or a membership.
    pub id: String,
    /// What kind of change it is.
    pub kind: ChangeKind,
    /// Whom it concerns, as a condition; everybody where none.
    pub concerns: Option<String>,
    /// The fact whose day picks the version, for tables and periods.
    pub clock: Option<String>,
    /// What stood before, as text with its unit; none where nothing stood.
    pub before: Option<String>,
    /// What stands from this day on; none where nothing does.
    pub after: Option<String>,
    /// Citations, `instrument/place`: of what begins, or of what ends where nothing begins.
    pub cite: Vec<String>,
    /// The weakest of the citations.
    pub confidence: Confidence,
    /// The label in Thai.
    pub th: String,
    /// The label in English.
    pub en: String,
}

impl Rulebook {
    /// Everything whose law differs between two days: what begins or ends after `from` and not after `to`, sorted by day and id.
    /// Nothing where `to` is not after `from`.
    #[must_use]
    pub fn changes(&self, from: Date, to: Date) -> Vec<Change> {
        let mut list = List {
            book: self.book(),
            from: from.days(),
            to: to.days(),
            changes: Vec::new(),
        };
        list.tables();
        list.clauses();
        list.rules();
        list.periods();
        let mut changes = list.changes;
        changes.sort_by(|a, b| (a.day, &a.id, a.kind, &a.concerns).cmp(&(b.day, &b.id, b.kind, &b.concerns)));
        changes.dedup();
        changes
    }

    /// The same as JSON, byte for byte the same in every language.
    #[must_use]
    pub fn changes_json(&self, from: Date, to: Date) -> String {
        // Text and lists only: nothing in it can fail to be written.
        serde_json::to_string(&self.changes(from, to)).unwrap_or_default()
    }
}

struct List<'a> {
    book: &'a Book,
    from: i32,
    to: i32,
    changes: Vec<Change>,
}

/// What a column gives on a day to those of one guard: the leading and the other reading, and the entry that gives it.
struct Given<'a> {
    lead: &'a CellValue,
    other: &'a CellValue,
    entry: Option<&'a Entry>,
}

impl<'a> List<'a> {
    const fn within(&self, day: i32) -> bool {
        self.from < day && day <= self.to
    }

    fn cites(&self, cites: &[CiteId]) -> (Vec<String>, Confidence) {
        let known: Vec<_> = cites.iter().filter_map(|cite| self.book.cites.get(usize::from(*cite))).collect();
        let confidence = known.iter().map(|cite| cite.confidence).min().unwrap_or(Confidence::Low);
        (known.iter().map(|cite| self.book.cited(cite).to_string()).collect(), confidence)
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one change, put together in one place")]
    fn note(
        &mut self,
        day: i32,
        id: &str,
        kind: ChangeKind,
        before: Option<String>,
        after: Option<String>,
        cites: &[CiteId],
        words: &Words,
        about: (Option<String>, Option<String>),
    ) {
        let Some(day) = Date::from_days(day) else { return };
        let (cite, confidence) = self.cites(cites);
        let file = self
            .book
            .files
            .iter()
            .find(|file| file.id == id || file.memberships.iter().any(|member| member.id == id));
        let file = file.map_or_else(|| id.split('.').next().unwrap_or("").to_owned(), |file| file.id.to_string());
        let (concerns, clock) = about;
        self.changes.push(Change {
            day,
            file,
            id: id.to_owned(),
            kind,
            concerns,
            clock,
            before,
            after,
            cite,
            confidence,
            th: words.th.to_string(),
            en: words.en.to_string(),
        });
    }

    fn tables(&mut self) {
        let book = self.book;
        for table in &book.tables {
            for (number, option) in &table.columns {
                let Some(column) = book.program.columns.get(usize::from(*number)) else {
                    continue;
                };
                let option = option.and_then(|option| {
                    let file = table
                        .id
                        .split('.')
                        .next()
                        .and_then(|id| book.files.iter().find(|file| file.id == id))?;
                    file.memberships.get(usize::from(option))
                });
                let words = option.map_or_else(
                    || table.words.clone(),
                    |member| Words {
                        th: format!("{} (ทางเลือก {})", table.words.th, member.option).into(),
                        en: format!("{} (option {})", table.words.en, member.option).into(),
                    },
                );
                self.column(column, &words);
            }
        }
    }

    fn column(&mut self, column: &'a Column, words: &Words) {
        let mut guards: Vec<Option<NodeId>> = Vec::new();
        for entry in &column.entries {
            if !guards.contains(&entry.guard) {
                guards.push(entry.guard);
            }
        }
        for guard in guards {
            let own = column.entries.iter().filter(|entry| entry.guard == guard);
            let mut days: Vec<i32> = own
                .flat_map(|entry| [entry.from, entry.from_other, entry.until.and_then(|until| until.checked_add(1))])
                .flatten()
                .collect();
            days.sort_unstable();
            days.dedup();
            for day in days {
                if !self.within(day) {
                    continue;
                }
                let (before, after) = (given(column, guard, day.saturating_sub(1)), given(column, guard, day));
                if (before.lead, before.other) == (after.lead, after.other) {
                    continue;
                }
                let temporary = |given: &Given<'_>| given.entry.is_some_and(|entry| entry.until.is_some());
                let kind = match (temporary(&before), temporary(&after)) {
                    (_, true) => ChangeKind::TemporaryBegins,
                    (true, false) => ChangeKind::TemporaryEnds,
                    (false, false) => ChangeKind::Row,
                };
                let cites = after.entry.map_or(&[][..], |entry| &entry.cites);
                let about = (
                    guard.map(|guard| condition(&self.book.program, guard)),
                    Some(self.book.program.term_name(column.clock).to_owned()),
                );
                self.note(
                    day,
                    &column.name,
                    kind,
                    Some(shown(&before, column)),
                    Some(shown(&after, column)),
                    cites,
                    words,
                    about,
                );
            }
        }
    }

    fn clauses(&mut self) {
        let book = self.book;
        let named = |number: usize| -> Option<String> {
            let node = book.program.nodes.iter().find_map(|node| match node {
                Node::Named(name, inner) if usize::from(*name) == number => Some(*inner),
                _ => None,
            })?;
            Some(condition(&book.program, node))
        };
        let versions: Vec<(usize, &str, &ClauseInfo)> = book
            .program
            .names
            .iter()
            .zip(&book.clauses)
            .enumerate()
            .map(|(number, (name, info))| (number, name.id.as_str(), info))
            .collect();
        for (number, id, info) in &versions {
            let follows = |other: &ClauseInfo, first: Date| other.until.and_then(|until| until.add_days(1)) == Some(first);
            if let Some(first) = info.from.filter(|first| self.within(first.days())) {
                let earlier = versions.iter().find(|(_, other_id, other)| other_id == id && follows(other, first));
                let (kind, before, after) = match earlier {
                    None => (ChangeKind::ClauseBegins, None, info.words.th.to_string()),
                    Some((earlier, _, before)) => {
                        let (old, new) = (named(*earlier), named(*number));
                        let same_words = before.words.th == info.words.th;
                        let kind = if same_words && old == new {
                            ChangeKind::ClauseGround
                        } else {
                            ChangeKind::ClauseChanges
                        };
                        if same_words && old != new {
                            let with = |condition: Option<String>| format!("{} [{}]", info.words.th, condition.unwrap_or_default());
                            (kind, Some(with(old)), with(new))
                        } else {
                            (kind, Some(before.words.th.to_string()), info.words.th.to_string())
                        }
                    }
                };
                self.note(first.days(), id, kind, before, Some(after), &info.cites, &info.words, (None, None));
            }
            if let Some(after) = info
                .until
                .and_then(|until| until.add_days(1))
                .filter(|after| self.within(after.days()))
            {
                let followed = versions
                    .iter()
                    .any(|(_, other_id, other)| other_id == id && other.from == Some(after));
                if !followed {
                    self.note(
                        after.days(),
                        id,
                        ChangeKind::ClauseEnds,
                        Some(info.words.th.to_string()),
                        None,
                        &info.cites,
                        &info.words,
                        (None, None),
                    );
                }
            }
        }
    }

    fn rules(&mut self) {
        let book = self.book;
        for rule in &book.rules {
            let Some(file) = book.file(rule.file) else { continue };
            let id = format!("{}.{}", file.id, rule.id);
            let cites = self.rule_cites(rule);
            if let Some(first) = rule.from.filter(|first| self.within(first.days())) {
                self.note(
                    first.days(),
                    &id,
                    ChangeKind::RuleBegins,
                    None,
                    Some(rule.words.th.to_string()),
                    &cites,
                    &rule.words,
                    (None, None),
                );
            }
            if let Some(after) = rule
                .until
                .and_then(|until| until.add_days(1))
                .filter(|after| self.within(after.days()))
            {
                self.note(
                    after.days(),
                    &id,
                    ChangeKind::RuleEnds,
                    Some(rule.words.th.to_string()),
                    None,
                    &cites,
                    &rule.words,
                    (None, None),
                );
            }
        }
        for file in &book.files {
            for member in &file.memberships {
                if !self.within(member.since.days()) {
                    continue;
                }
                let words = Words {
                    th: format!("{} ทางเลือก {}", file.name.th, member.option).into(),
                    en: format!("{}, option {}", file.name.en, member.option).into(),
                };
                // An option has no citation of its own: those of the rules that are asked of it stand for it.
                let option = file
                    .memberships
                    .iter()
                    .position(|known| known == member)
                    .and_then(|option| OptionId::try_from(option).ok());
                let own = book
                    .rules
                    .iter()
                    .filter(|rule| rule.option == option && book.file(rule.file).is_some_and(|of| of.id == file.id));
                let mut cites: Vec<CiteId> = own
                    .filter(|rule| rule.gives.is_some())
                    .flat_map(|rule| rule.cites.clone())
                    .collect();
                cites.sort_unstable();
                cites.dedup();
                self.note(
                    member.since.days(),
                    &member.id,
                    ChangeKind::OptionBegins,
                    None,
                    Some(words.th.to_string()),
                    &cites,
                    &words,
                    (None, None),
                );
            }
        }
    }

    /// The citations of a rule, or of its clauses where it has none of its own.
    fn rule_cites(&self, rule: &Rule) -> Vec<CiteId> {
        if !rule.cites.is_empty() {
            return rule.cites.clone();
        }
        let part = |id: &str| rule.requires.iter().chain(&rule.excludes).any(|part| part.id == id);
        let clauses = self
            .book
            .program
            .names
            .iter()
            .zip(&self.book.clauses)
            .filter(|(name, _)| part(&name.id));
        let mut cites: Vec<CiteId> = clauses.flat_map(|(_, clause)| clause.cites.clone()).collect();
        cites.sort_unstable();
        cites.dedup();
        cites
    }

    fn periods(&mut self) {
        let book = self.book;
        for (period, info) in book.program.periods.iter().zip(&book.periods) {
            for pair in period.lengths.windows(2) {
                let [(_, before), (day, after)] = pair else { continue };
                if self.within(*day) && before != after {
                    let clock = Some(book.program.term_name(period.clock).to_owned());
                    self.note(
                        *day,
                        &period.name,
                        ChangeKind::PeriodLength,
                        Some(before.to_string()),
                        Some(after.to_string()),
                        &info.cites,
                        &info.words,
                        (None, clock),
                    );
                }
            }
        }
    }
}

fn given<'a>(column: &'a Column, guard: Option<NodeId>, day: i32) -> Given<'a> {
    let for_these = |entry: &&Entry| entry.guard.is_none() || entry.guard == guard;
    let stands = |entry: &&Entry, from: Option<i32>| from.is_none_or(|from| from <= day) && entry.until.is_none_or(|until| day <= until);
    let lead = column.entries.iter().filter(for_these).find(|entry| stands(entry, entry.from));
    let other = column
        .entries
        .iter()
        .filter(for_these)
        .find(|entry| stands(entry, entry.from_other.or(entry.from)));
    Given {
        lead: lead.map_or(&column.fallback, |entry| &entry.cell),
        other: other.map_or(&column.fallback, |entry| entry.other.as_ref().unwrap_or(&entry.cell)),
        entry: if lead == other { lead } else { other.or(lead) },
    }
}

fn shown(given: &Given<'_>, column: &Column) -> String {
    let lead = cell(given.lead, column.unit);
    if given.lead == given.other {
        lead
    } else {
        format!("{lead} | {}", cell(given.other, column.unit))
    }
}
