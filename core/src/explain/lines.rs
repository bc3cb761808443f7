//! Lines that several decisions share.

use super::outline::{Line, LineKind, Mark, Outline, Section, SectionKind};
use crate::criterion::Confidence;
use crate::labels::{alike, day_words, joined, number};
use crate::law::{Amount, AmountValue, ClauseValue, Confirm, Extension, Missing, NotRead, Question, Reason, RunningPeriod, Side};
use crate::law::{Law, Words as Said};
use crate::rulebook::{Book, BoundParty, Late, NoteStatus, PeriodState, Sentence, Words};
use crate::values::{Date, Text};

/// The words of what has a sentence in both languages.
pub(super) fn words(th: &Text, en: &Text) -> Words {
    Words {
        th: th.clone(),
        // Text of a draft may have no English yet.
        en: if en.is_empty() { th.clone() } else { en.clone() },
    }
}

pub(super) fn spoken(said: &Said) -> Words {
    words(&said.th, &said.en)
}

/// Telephone numbers, one after another.
pub(super) fn numbers(call: &[Text]) -> Words {
    joined(call.iter().map(|number| alike(number.clone())), ", ")
}

/// Pushes a line that does not stand there yet.
pub(super) fn push(lines: &mut Vec<Line>, line: Line) {
    if !lines.contains(&line) {
        lines.push(line);
    }
}

/// Whether a period binds somebody else than the person.
pub(super) fn of_others(period: &RunningPeriod) -> bool {
    period.binds.is_some_and(|binds| binds != BoundParty::Worker)
}

/// A last day as decisions show it.
#[derive(Clone, Copy)]
pub(super) struct LastDay<'d> {
    pub nominal: Date,
    pub rolled: Option<Date>,
    /// The holidays of that time are not known.
    pub holidays_unknown: bool,
    pub late: Option<Late>,
    pub extension: Option<&'d Extension>,
}

/// Writes an outline section by section.
pub(super) struct Writer<'a> {
    pub law: &'a Law,
    pub book: &'a Book,
    pub on: Date,
    sections: Vec<Section>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(law: &'a Law, on: Date) -> Self {
        Self {
            law,
            book: law.book(),
            on,
            sections: Vec::new(),
        }
    }

    pub(super) fn finish(self, of: &'static str, title: Words) -> Outline {
        Outline {
            kind: "outline",
            of,
            on: self.on,
            th: title.th,
            en: title.en,
            sections: self.sections,
        }
    }

    /// A section under a heading of the vocabulary, unless it is empty.
    pub(super) fn section(&mut self, section: SectionKind, heading: Sentence, lines: Vec<Line>) {
        self.headed(section, self.book.say(heading, &[]), lines);
    }

    pub(super) fn headed(&mut self, section: SectionKind, heading: Words, lines: Vec<Line>) {
        if !lines.is_empty() {
            self.sections.push(Section {
                section,
                th: heading.th,
                en: heading.en,
                lines,
            });
        }
    }

    /// Every line that was written.
    pub(super) fn lines(&self) -> impl Iterator<Item = &Line> {
        self.sections.iter().flat_map(|section| &section.lines)
    }

    pub(super) fn say(&self, sentence: Sentence, with: &[(&str, &Words)]) -> Words {
        self.book.say(sentence, with)
    }

    pub(super) fn text(&self, sentence: Sentence, with: &[(&str, &Words)]) -> Line {
        Line::new(LineKind::Text, self.say(sentence, with))
    }

    /// `name: value`.
    pub(super) fn pair(&self, name: &Words, value: &Words) -> Words {
        self.say(Sentence::Pair, &[("name", name), ("value", value)])
    }

    /// `name (value)`.
    pub(super) fn aside(&self, name: &Words, value: &Words) -> Words {
        self.say(Sentence::Aside, &[("name", name), ("value", value)])
    }

    /// An agency with its numbers.
    pub(super) fn agency(&self, id: &str) -> Line {
        let call = self.book.agency(id).map_or(&[][..], |agency| agency.call.as_slice());
        self.body(&self.book.body_name(id), call)
    }

    /// A body with its numbers.
    pub(super) fn body(&self, name: &Words, call: &[Text]) -> Line {
        let said = if call.is_empty() {
            name.clone()
        } else {
            self.say(Sentence::CallAgency, &[("agency", name), ("calls", &numbers(call))])
        };
        Line::new(LineKind::Place, said).call(call)
    }

    /// Whom to ask, put into a sentence that speaks of `{agency}` and `{call}`.
    pub(super) fn asking(&self, sentence: Sentence, ask: &Confirm) -> Line {
        let call: Vec<Text> = ask.call.iter().cloned().collect();
        let with = [("agency", &self.book.body_name(&ask.with)), ("call", &numbers(&call))];
        Line::new(LineKind::Call, self.say(sentence, &with)).call(&call)
    }

    /// What an amount comes to.
    pub(super) fn amount_value(&self, value: &AmountValue) -> Words {
        let baht = |sum: &Text| alike(number(sum));
        match value {
            AmountValue::Baht(sum) => self.say(Sentence::Baht, &[("amount", &baht(sum))]),
            AmountValue::Between(Some(low), Some(high)) => self.say(Sentence::Between, &[("low", &baht(low)), ("high", &baht(high))]),
            AmountValue::Between(Some(low), None) => self.say(Sentence::AtLeastBaht, &[("low", &baht(low))]),
            AmountValue::Between(None, Some(high)) => self.say(Sentence::AtMostBaht, &[("high", &baht(high))]),
            AmountValue::Between(None, None) => self.say(Sentence::AmountUnknown, &[]),
            AmountValue::Nothing => self.say(Sentence::LawGivesNone, &[]),
            AmountValue::NotRead => self.book.label("note_status", NoteStatus::NotRead.code()),
            AmountValue::Text(text) => alike(text.clone()),
            AmountValue::Disputed(lead, other) => {
                let (lead, other) = (self.amount_value(lead), self.amount_value(other));
                self.say(Sentence::Or, &[("first", &lead), ("second", &other)])
            }
        }
    }

    /// An amount with what limits it.
    pub(super) fn amount(&self, amount: &Amount, option: Option<&Text>, ask: Option<&Confirm>) -> Vec<Line> {
        let mut name = words(&amount.th, &amount.en);
        if let Some(option) = option {
            name = self.say(Sentence::Options, &[("name", &name), ("options", &alike(option.clone()))]);
        }
        if let Some(job) = amount.job {
            name = self.aside(&name, &self.job(job));
        }
        let mut value = self.amount_value(&amount.value);
        let sum = matches!(amount.value, AmountValue::Baht(_) | AmountValue::Disputed(..));
        if let Some(per) = amount.per.filter(|_| sum) {
            value = joined([value, self.book.label("per", per.code())], " ");
        }
        let line = Line {
            confidence: Some(amount.confidence),
            ..Line::new(LineKind::Amount, self.pair(&name, &value)).cite(&amount.cite)
        };
        let mut lines = vec![line];
        if matches!(amount.value, AmountValue::NotRead)
            && let Some(ask) = ask
        {
            lines.push(self.asking(Sentence::NotReadAmount, ask).under());
        }
        for cell in &amount.from {
            // The months of a row that stands in an overlay.
            let days = cell
                .row
                .split_once("..")
                .map(|(first, last)| (Date::parse(first), Date::parse(last)));
            if let Some((Ok(first), Ok(last))) = days
                && last >= self.on
            {
                let with = [("first", &day_words(first)), ("last", &day_words(last))];
                push(&mut lines, self.text(Sentence::TemporaryRate, &with).under());
            }
        }
        lines.extend(amount.limits.iter().map(|limit| Line::new(LineKind::Text, spoken(limit)).under()));
        lines
    }

    /// A last day, how long that is, and what follows where it has passed.
    pub(super) fn last_day(&self, name: &Words, period: LastDay<'_>) -> Vec<Line> {
        let last = period.rolled.unwrap_or(period.nominal);
        let passed = last < self.on && !period.holidays_unknown;
        let day = match period.rolled {
            _ if passed => self.say(Sentence::LastDayPassed, &[("day", &day_words(last))]),
            Some(rolled) if rolled != period.nominal => {
                let with = [("nominal", &day_words(period.nominal)), ("rolled", &day_words(rolled))];
                self.say(Sentence::Rolled, &with)
            }
            _ => self.say(Sentence::LastDay, &[("day", &day_words(last))]),
        };
        let mut lines = vec![Line::new(LineKind::Day, self.pair(name, &day)).on(last)];
        let late = period.late.map(|late| self.book.label("late", late.code()));
        if passed {
            // What remains possible is said, not that nothing does.
            let closed = period.extension.is_some() && period.late == Some(Late::No);
            lines.extend(late.filter(|_| !closed).map(|late| Line::new(LineKind::Text, late).under()));
        } else {
            let left = last.days().saturating_sub(self.on.days());
            lines.push(self.text(Sentence::DaysLeft, &[("days", &alike(left.to_string()))]).under());
            lines.extend(late.map(|late| self.text(Sentence::IfLate, &[("late", &late)]).under()));
        }
        if period.holidays_unknown
            && let (Some(first), Some(last)) = self.book.program.calendar.reach()
        {
            let with = [("first", &day_words(first)), ("last", &day_words(last))];
            lines.push(self.text(Sentence::CalendarEnd, &with).under());
        }
        lines.extend(period.extension.map(|extension| self.extension(extension)));
        lines
    }

    fn extension(&self, extension: &Extension) -> Line {
        Line::new(LineKind::Text, words(&extension.th, &extension.en))
            .cite(&extension.cite)
            .under()
    }

    /// A period of the law as it lies for a complaint.
    pub(super) fn period(&self, period: &RunningPeriod) -> Vec<Line> {
        let mut name = words(&period.th, &period.en);
        if let Some(binds) = period.binds.filter(|_| of_others(period)) {
            name = self.aside(&name, &self.book.label("binds", binds.code()));
        }
        let mut lines = match period.nominal {
            Some(nominal) => self.last_day(
                &name,
                LastDay {
                    nominal,
                    rolled: period.rolled,
                    holidays_unknown: period.calendar_until.is_some(),
                    late: period.late,
                    extension: period.extension.as_ref(),
                },
            ),
            None => {
                let within = self.say(Sentence::Within, &[("length", &self.measured(&period.length))]);
                vec![Line::new(LineKind::Step, self.pair(&name, &within))]
            }
        };
        // What is running, over or not begun is seen by its days; what took it from the person is not.
        if matches!(period.state, PeriodState::Done | PeriodState::Suspended | PeriodState::Overtaken) {
            let state = self.book.label("period_state", period.state.code());
            lines.truncate(1);
            lines.push(Line::new(LineKind::Text, state).under());
        }
        let last = period.rolled.or(period.nominal);
        if period.runs == Some(false) && last.is_some_and(|last| last >= self.on) {
            lines.insert(1.min(lines.len()), self.text(Sentence::NotBegun, &[]).under());
        }
        // Whom a period does not bind need not find out when it begins.
        if !period.waits_for.is_empty() && !of_others(period) {
            let asked = joined(period.waits_for.iter().map(|fact| self.question_words(fact)), " / ");
            lines.push(self.text(Sentence::WaitsFor, &[("fact", &asked)]).under());
        }
        if let Some(first) = lines.first_mut() {
            first.cite.clone_from(&period.cite);
            first.confidence = Some(period.confidence);
        }
        lines
    }

    /// A number with its unit, such as `60 days` or `15000 baht`, in both languages.
    pub(super) fn measured(&self, text: &str) -> Words {
        let Some((count, unit)) = text.split_once(' ') else {
            return alike(text);
        };
        let count = alike(number(count));
        let sentence = match unit.trim_end_matches('s') {
            "year" => Sentence::Years,
            "month" => Sentence::Months,
            "day" => Sentence::Days,
            "working day" => Sentence::WorkingDays,
            "hour" => Sentence::Hours,
            "baht" => return self.say(Sentence::Baht, &[("amount", &count)]),
            "%" => return self.say(Sentence::Percent, &[("value", &count)]),
            _ => return alike(text),
        };
        let said = self.say(sentence, &[("count", &count)]);
        // English has a singular, and the text is English already.
        Words {
            th: said.th,
            en: if unit.ends_with('s') { said.en } else { text.into() },
        }
    }

    /// A clause with the numbers of the tables that it speaks of, and its other reading.
    pub(super) fn reason(&self, reason: &Reason) -> Vec<Line> {
        let mut said = words(&reason.th, &reason.en);
        // A bare number says nothing to whoever does not know the table.
        let cells = reason.from.iter().filter(|cell| cell.cell.contains(' '));
        let cells: Vec<Words> = cells.map(|cell| self.measured(&cell.cell)).collect();
        if !cells.is_empty() {
            said = self.aside(&said, &joined(cells, ", "));
        }
        if let Some(job) = reason.job.filter(|job| *job > 0) {
            said = self.aside(&said, &self.job(job));
        }
        let mark = match (reason.value, reason.side) {
            (ClauseValue::Unknown, _) => Mark::Unknown,
            (ClauseValue::Disputed, _) => Mark::Disputed,
            (ClauseValue::Met, Side::Excludes) | (ClauseValue::Unmet, Side::Requires | Side::Within) => Mark::No,
            (ClauseValue::Met | ClauseValue::Unmet, _) => Mark::Yes,
        };
        let line = Line {
            mark: Some(mark),
            confidence: (!reason.cite.is_empty()).then_some(reason.confidence),
            ..Line::new(LineKind::Reason, said).cite(&reason.cite)
        };
        let other = reason.other.as_ref().map(|other| {
            let said = self.say(Sentence::DisputedOther, &[("answer", &words(&other.th, &other.en))]);
            Line::new(LineKind::Reading, said).cite(&other.cite).under()
        });
        std::iter::once(line).chain(other).collect()
    }

    pub(super) fn job(&self, job: usize) -> Words {
        self.say(Sentence::Job, &[("number", &alike(job.saturating_add(1).to_string()))])
    }

    fn question_words(&self, fact: &str) -> Words {
        self.book
            .question_words(fact)
            .map_or_else(|| alike(fact.replace(['.', '_'], " ")), |(ask, _)| ask)
    }

    /// The next question with its answers, and the further questions that are open.
    pub(super) fn ask<'m>(&mut self, next: Option<&Question>, missing: impl IntoIterator<Item = &'m Missing>) {
        let mut lines = Vec::new();
        if let Some(next) = next {
            let mut ask = spoken(&next.ask);
            if let Some(job) = next.job.filter(|job| *job > 0) {
                ask = self.aside(&ask, &self.job(job));
            }
            lines.push(Line::new(LineKind::Question, ask).code(next.fact.clone()));
            lines.extend(next.help.as_ref().map(|help| Line::new(LineKind::Text, spoken(help)).under()));
            if !next.options.is_empty() {
                let choices = next.options.iter().map(|option| words(&option.th, &option.en));
                let choices = joined(choices, " / ");
                lines.push(self.text(Sentence::Choices, &[("choices", &choices)]).under());
            }
        }
        let asked = |fact: &&Missing| next.is_none_or(|next| (&next.fact, next.job) != (&fact.fact, fact.job));
        let mut rest = Vec::new();
        for fact in missing.into_iter().filter(asked) {
            let mut ask = self.question_words(&fact.fact);
            if let Some(job) = fact.job.filter(|job| *job > 0) {
                ask = self.aside(&ask, &self.job(job));
            }
            rest.push(Line::new(LineKind::Unknown, ask).code(fact.fact.clone()).under());
        }
        if !rest.is_empty() {
            lines.push(Line::new(LineKind::Heading, self.say(Sentence::Missing, &[])));
            lines.append(&mut rest);
        }
        self.section(SectionKind::Ask, Sentence::HeadingAsk, lines);
    }

    /// Law that nobody here has read, by the file it belongs to.
    pub(super) fn not_read<'n>(&mut self, parts: impl IntoIterator<Item = &'n NotRead>) {
        let mut lines = Vec::new();
        for part in parts {
            let id = part.part.split('.').next().unwrap_or_default();
            let file = self.book.file_name(id);
            let line = if part.part == *"calendar" {
                let (Some(first), Some(last)) = self.book.program.calendar.reach() else {
                    continue;
                };
                self.text(Sentence::CalendarEnd, &[("first", &day_words(first)), ("last", &day_words(last))])
            } else if part.what == *"before_since" {
                let since = self
                    .book
                    .files
                    .iter()
                    .find(|file| file.id == *id)
                    .map_or(self.on, |file| file.since);
                self.text(Sentence::BeforeSince, &[("day", &day_words(self.on)), ("since", &day_words(since))])
            } else {
                let nobody = Confirm {
                    with: Text::default(),
                    call: None,
                };
                let line = self.asking(Sentence::NotRead, part.ask.as_ref().unwrap_or(&nobody));
                match (&part.ask, self.book.sentence(Sentence::HeadingNotRead)) {
                    (None, Some(heading)) => Line::new(LineKind::Text, heading.clone()),
                    _ => line,
                }
            };
            let named = file.map(|file| self.pair(file, &words(&line.th, &line.en)));
            let line = named.map_or_else(
                || line.clone(),
                |named| Line {
                    th: named.th,
                    en: named.en,
                    ..line.clone()
                },
            );
            push(&mut lines, line);
        }
        self.section(SectionKind::NotRead, Sentence::HeadingNotRead, lines);
    }

    /// How sure an answer is, where it is not sure.
    pub(super) fn unsure(&self, confidence: Confidence) -> Option<Line> {
        let code = match confidence {
            Confidence::High => return None,
            Confidence::Medium => "medium",
            Confidence::Low => "low",
        };
        let list = self.book.label("confidence", code);
        Some(Line::new(LineKind::Text, list).under())
    }
}
