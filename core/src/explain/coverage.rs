//! What covers a worker, in words.

use std::collections::BTreeSet;

use super::Explain;
use super::lines::{LastDay, Writer, push, words};
use super::outline::{Line, LineKind, Outline, SectionKind};
use crate::coverage::{Benefit, Classification, Coverage, Definition, SchemeDecision, Status, Until};
use crate::labels::{alike, day_words, joined};
use crate::law::{AmountValue, Confirm, Law, Verdict};
use crate::rulebook::{NoteStatus, Sentence, Words};
use crate::values::{Date, Text};

/// Options of one scheme that have one answer for one reason.
type Group<'d> = Vec<&'d SchemeDecision>;

fn groups(schemes: &[SchemeDecision]) -> Vec<Group<'_>> {
    let alike = |a: &SchemeDecision, b: &SchemeDecision| {
        let together = a.option.is_some() && b.option.is_some() && a.th == b.th;
        together
            && (a.status, &a.rule, &a.reasons, &a.until, &a.lapsed) == (b.status, &b.rule, &b.reasons, &b.until, &b.lapsed)
            && (&a.missing, &a.disputed, &a.possible, a.registered) == (&b.missing, &b.disputed, &b.possible, b.registered)
    };
    let mut groups: Vec<Group<'_>> = Vec::new();
    for scheme in schemes {
        match groups.last_mut() {
            Some(group) if group.first().is_some_and(|first| alike(first, scheme)) => group.push(scheme),
            _ => groups.push(vec![scheme]),
        }
    }
    groups
}

/// One benefit in the options that answer alike.
type Claims<'d> = Vec<&'d Benefit>;

fn claims(benefits: &[Benefit]) -> Vec<Claims<'_>> {
    let alike = |a: &Benefit, b: &Benefit| {
        (&a.rule, &a.th, a.verdict, &a.reasons, &a.until, &a.amount) == (&b.rule, &b.th, b.verdict, &b.reasons, &b.until, &b.amount)
    };
    let mut claims: Vec<Claims<'_>> = Vec::new();
    for benefit in benefits {
        match claims
            .iter_mut()
            .find(|claim| claim.first().is_some_and(|first| alike(first, benefit)))
        {
            Some(claim) => claim.push(benefit),
            None => claims.push(vec![benefit]),
        }
    }
    claims
}

const fn code(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "met",
        Verdict::Unmet => "unmet",
        Verdict::Undetermined => "undetermined",
        Verdict::Disputed => "disputed",
    }
}

impl Writer<'_> {
    fn group_name(&self, group: &[&SchemeDecision]) -> Words {
        let Some(first) = group.first() else { return Words::default() };
        let name = words(&first.th, &first.en);
        let options = joined(group.iter().filter_map(|scheme| scheme.option.clone()).map(alike), ", ");
        if options.th.is_empty() {
            return name;
        }
        self.say(Sentence::Options, &[("name", &name), ("options", &options)])
    }

    /// The name of a benefit with its scheme, or with the options that answer alike.
    fn benefit_name(&self, coverage: &Coverage, claim: &[&Benefit]) -> Words {
        let Some(first) = claim.first() else { return Words::default() };
        let name = words(&first.th, &first.en);
        let of = |benefit: &&Benefit| coverage.schemes.iter().find(|scheme| scheme.scheme == benefit.scheme);
        let mut schemes: Vec<Group<'_>> = Vec::new();
        for scheme in claim.iter().filter_map(of) {
            match schemes
                .iter_mut()
                .find(|group| group.first().is_some_and(|first| first.th == scheme.th))
            {
                Some(group) => group.push(scheme),
                None => schemes.push(vec![scheme]),
            }
        }
        let schemes = joined(schemes.iter().map(|group| self.group_name(group)), ", ");
        if schemes.th.is_empty() { name } else { self.aside(&name, &schemes) }
    }

    fn until(&self, name: &Words, until: &Until) -> Vec<Line> {
        self.last_day(
            name,
            LastDay {
                nominal: until.nominal,
                rolled: until.rolled,
                holidays_unknown: until.rolled.is_none() && until.late.is_some(),
                late: until.late,
                extension: until.extension.as_ref(),
            },
        )
    }

    /// What to do, the nearest day first, then what is late, then what has no day.
    fn to_do(&self, coverage: &Coverage, groups: &[Group<'_>]) -> Vec<Line> {
        let mut blocks: Vec<(Option<Date>, Vec<Line>)> = Vec::new();
        for group in groups {
            let Some(first) = group.first() else { continue };
            let name = self.group_name(group);
            if let Some(lapsed) = &first.lapsed {
                blocks.push((Some(lapsed.rolled.unwrap_or(lapsed.nominal)), self.until(&name, lapsed)));
            }
            if !matches!(first.status, Status::Covered | Status::Eligible) {
                continue;
            }
            let limit = first.until.as_ref().filter(|until| until.late.is_some());
            let mut lines = limit.map_or_else(Vec::new, |until| self.until(&name, until));
            for step in group.iter().flat_map(|scheme| &scheme.steps) {
                push(
                    &mut lines,
                    Line::new(LineKind::Step, words(&step.th, &step.en)).cite(&step.cite).under(),
                );
            }
            if limit.is_none() && !lines.is_empty() {
                lines.insert(0, Line::new(LineKind::Heading, name));
            }
            blocks.push((limit.map(|until| until.rolled.unwrap_or(until.nominal)), lines));
        }
        // What only another status would open is no task yet.
        let open = |benefit: &Benefit| match benefit.verdict {
            Verdict::Met | Verdict::Disputed => true,
            Verdict::Unmet => false,
            Verdict::Undetermined => {
                let scheme = coverage.schemes.iter().find(|scheme| scheme.scheme == benefit.scheme);
                scheme.is_some_and(|scheme| scheme.status != Status::NotEligible)
            }
        };
        for claim in claims(&coverage.benefits) {
            if let Some(until) = claim.first().filter(|first| open(first)).and_then(|first| first.until.as_ref()) {
                let lines = self.until(&self.benefit_name(coverage, &claim), until);
                blocks.push((Some(until.rolled.unwrap_or(until.nominal)), lines));
            }
        }
        blocks.sort_by_key(|(day, _)| match day {
            Some(day) if *day >= self.on => (0, Some(*day)),
            Some(day) => (1, Some(*day)),
            None => (2, None),
        });
        blocks.into_iter().flat_map(|(_, lines)| lines).collect()
    }

    fn covers(&self, groups: &[Group<'_>]) -> Vec<Line> {
        let mut ordered: Vec<&Group<'_>> = groups.iter().collect();
        ordered.sort_by_key(|group| {
            group.first().map_or(5, |scheme| match scheme.status {
                Status::Covered => 0,
                Status::Disputed => 1,
                Status::Eligible => 2,
                Status::Undetermined => 3,
                Status::NotEligible => 4,
            })
        });
        ordered.into_iter().flat_map(|group| self.scheme(group)).collect()
    }

    fn scheme(&self, group: &[&SchemeDecision]) -> Vec<Line> {
        let Some(first) = group.first() else { return Vec::new() };
        let status = |status: Status| self.book.label("status", status.code());
        let said = self.pair(&self.group_name(group), &status(first.status));
        let mut line = Line::new(LineKind::Status, said).code(first.status.code());
        if first.status != Status::Undetermined {
            line.confidence = Some(first.confidence);
        }
        let mut lines = vec![line];
        let mut add = |line: Line| push(&mut lines, line.under());
        match (first.status, first.registered) {
            (Status::Covered, Some(false)) => add(self.text(Sentence::LawWithoutRegistration, &[])),
            (Status::NotEligible, Some(true)) => add(self.asking(Sentence::RegistrationWithoutLaw, &self.authority(first))),
            (Status::Undetermined, _) if !first.possible.is_empty() => {
                let possible = joined(first.possible.iter().map(|possible| status(*possible)), " / ");
                add(self.text(Sentence::Possible, &[("statuses", &possible)]));
            }
            _ => {}
        }
        if let Some(disputed) = &first.disputed {
            add(self.asking(Sentence::Disputed, &self.authority(first)));
            let readings = [(Sentence::DisputedLead, &disputed.lead), (Sentence::DisputedOther, &disputed.other)];
            for (sentence, reading) in readings {
                if let Some(answer) = reading.status {
                    let said = self.say(sentence, &[("answer", &status(answer))]);
                    add(Line::new(LineKind::Reading, said).cite(&reading.cite));
                }
            }
        }
        if let Some(until) = first.until.as_ref().filter(|until| until.late.is_none()) {
            let last = until.rolled.unwrap_or(until.nominal);
            add(self.text(Sentence::Until, &[("day", &day_words(last))]).on(last));
        }
        let confirm = self.authority(first);
        for scheme in group {
            for amount in &scheme.amounts {
                let differs = |other: &&SchemeDecision| other.amounts.iter().any(|one| one.id == amount.id && one.value != amount.value);
                let option = scheme.option.as_ref().filter(|_| group.iter().any(differs));
                self.amount(amount, option, Some(&confirm)).into_iter().for_each(&mut add);
            }
        }
        if let Some(unsure) = self.unsure(first.confidence).filter(|_| first.status != Status::Undetermined) {
            push(&mut lines, unsure);
        }
        lines
    }

    /// With whom to confirm, else the agency of the scheme.
    fn authority(&self, scheme: &SchemeDecision) -> Confirm {
        scheme.confirm.clone().unwrap_or_else(|| {
            let known = self.law.rulebook().schemes().iter().find(|known| known.id == scheme.scheme);
            let file = known.and_then(|known| self.book.file(known.file));
            let agency = file.and_then(|file| self.book.agency(file.authority.as_deref()?));
            Confirm {
                with: agency.map_or_else(Text::default, |agency| agency.id.clone()),
                call: agency.and_then(|agency| agency.call.first().cloned()),
            }
        })
    }

    fn benefit(&self, coverage: &Coverage, claim: &[&Benefit]) -> Vec<Line> {
        let Some(benefit) = claim.first() else { return Vec::new() };
        let verdict = self.book.label("verdict", code(benefit.verdict));
        let said = self.pair(&self.benefit_name(coverage, claim), &verdict);
        let mut lines = vec![Line {
            confidence: (benefit.verdict != Verdict::Undetermined).then_some(benefit.confidence),
            ..Line::new(LineKind::Status, said).code(code(benefit.verdict))
        }];
        if let Some(amount) = &benefit.amount {
            lines.extend(self.amount(amount, None, benefit.confirm.as_ref()).into_iter().map(Line::under));
        }
        lines
    }

    fn confirms<'d>(&self, confirms: impl Iterator<Item = &'d Confirm>) -> Vec<Line> {
        let mut lines = Vec::new();
        for confirm in confirms {
            push(&mut lines, self.asking(Sentence::Confirm, confirm));
        }
        lines
    }

    fn definition(&self, one: &Definition) -> Line {
        let said = self.pair(&words(&one.th, &one.en), &self.book.label("verdict", code(one.verdict)));
        Line {
            confidence: (one.verdict != Verdict::Undetermined).then_some(one.confidence),
            ..Line::new(LineKind::Status, said).code(code(one.verdict))
        }
    }
}

impl Explain for Coverage {
    fn outline(&self, law: &Law) -> Outline {
        let mut writer = Writer::new(law, self.on);
        let groups = groups(&self.schemes);
        let near = |scheme: &&SchemeDecision| scheme.status != Status::NotEligible;
        let confirms = self.schemes.iter().filter(near).filter_map(|scheme| scheme.confirm.as_ref());
        let confirms = confirms.chain(self.benefits.iter().filter_map(|benefit| benefit.confirm.as_ref()));
        writer.section(SectionKind::Call, Sentence::HeadingCall, writer.confirms(confirms));
        writer.section(SectionKind::Do, Sentence::HeadingDo, writer.to_do(self, &groups));
        let open = |scheme: &&SchemeDecision| matches!(scheme.status, Status::Covered | Status::Eligible);
        let mut places = Vec::new();
        for at in self
            .schemes
            .iter()
            .filter(open)
            .flat_map(|scheme| &scheme.steps)
            .filter_map(|step| step.at.as_ref())
        {
            push(&mut places, writer.agency(at));
        }
        writer.section(SectionKind::Where, Sentence::HeadingWhere, places);
        writer.section(SectionKind::Covers, Sentence::HeadingCovers, writer.covers(&groups));
        let claims = claims(&self.benefits);
        let benefits = claims.iter().flat_map(|claim| writer.benefit(self, claim)).collect();
        writer.section(SectionKind::Benefits, Sentence::HeadingBenefits, benefits);
        let gap = self.gap.iter().map(|contingency| {
            let label = writer.book.label("contingency", contingency);
            writer
                .text(Sentence::NoSchemeFor, &[("contingency", &label)])
                .code(contingency.clone())
        });
        let gap = gap.collect();
        writer.section(SectionKind::Gap, Sentence::HeadingGap, gap);
        writer.ask(self.next.as_ref(), &self.missing);
        let mut reasons = Vec::new();
        for group in &groups {
            let Some(first) = group.first().filter(|first| !first.reasons.is_empty()) else {
                continue;
            };
            let status = writer.book.label("status", first.status.code());
            let heading = writer.pair(&writer.group_name(group), &status);
            reasons.push(Line::new(LineKind::Heading, heading).code(first.status.code()));
            reasons.extend(first.reasons.iter().flat_map(|reason| writer.reason(reason)).map(Line::under));
        }
        for claim in &claims {
            let Some(benefit) = claim.first().filter(|first| !first.reasons.is_empty()) else {
                continue;
            };
            let verdict = writer.book.label("verdict", code(benefit.verdict));
            let heading = writer.pair(&writer.benefit_name(self, claim), &verdict);
            reasons.push(Line::new(LineKind::Heading, heading).code(code(benefit.verdict)));
            reasons.extend(benefit.reasons.iter().flat_map(|reason| writer.reason(reason)).map(Line::under));
        }
        writer.section(SectionKind::Reasons, Sentence::HeadingReasons, reasons);
        let parts = self.schemes.iter().flat_map(|scheme| &scheme.not_read);
        writer.not_read(parts.chain(self.benefits.iter().flat_map(|benefit| &benefit.not_read)));
        let notes = notes(&writer, self);
        writer.section(SectionKind::Notes, Sentence::HeadingNotes, notes);
        let title = writer.say(Sentence::TitleCoverage, &[("day", &day_words(self.on))]);
        writer.finish("coverage", title)
    }
}

/// Notes on the schemes that cover or may be joined, and what holds for the whole.
fn notes(writer: &Writer<'_>, coverage: &Coverage) -> Vec<Line> {
    let near = coverage
        .schemes
        .iter()
        .filter(|scheme| scheme.status != Status::NotEligible && scheme.status != Status::Undetermined);
    let files: BTreeSet<&str> = near.map(|scheme| scheme.scheme.as_str()).collect();
    let mut lines = Vec::new();
    let amounts = coverage.schemes.iter().flat_map(|scheme| &scheme.amounts);
    let mut amounts = amounts.chain(coverage.benefits.iter().filter_map(|benefit| benefit.amount.as_ref()));
    if amounts.any(|amount| matches!(amount.value, AmountValue::Baht(_) | AmountValue::Between(..))) {
        lines.push(writer.text(Sentence::AsEstimated, &[]));
    }
    for note in &coverage.notes {
        let said = words(&note.th, &note.en);
        // What nobody here has read is a remark for lawyers, not for the person concerned.
        let line = match note.note.split_once('.') {
            None => Line::new(LineKind::Text, said),
            Some(_) if note.status == NoteStatus::NotRead => continue,
            Some((file, _))
                if files
                    .iter()
                    .any(|scheme| *scheme == file || scheme.strip_prefix(file).is_some_and(|rest| rest.starts_with('_'))) =>
            {
                Line::new(
                    LineKind::Text,
                    writer.pair(&writer.book.label("note_status", note.status.code()), &said),
                )
            }
            Some(_) => continue,
        };
        push(&mut lines, line.cite(&note.cite));
    }
    lines.push(writer.text(Sentence::NotAdvice, &[]));
    lines
}

impl Explain for Classification {
    fn outline(&self, law: &Law) -> Outline {
        let mut writer = Writer::new(law, self.on);
        let all = || self.definitions.iter().chain(&self.standards);
        let meets = all().map(|one| writer.definition(one)).collect();
        writer.section(SectionKind::Meets, Sentence::HeadingMeets, meets);
        writer.ask(self.next.as_ref(), &self.missing);
        let mut reasons = Vec::new();
        for one in all().filter(|one| !one.reasons.is_empty()) {
            reasons.push(Line {
                kind: LineKind::Heading,
                confidence: None,
                ..writer.definition(one)
            });
            reasons.extend(one.reasons.iter().flat_map(|reason| writer.reason(reason)).map(Line::under));
        }
        writer.section(SectionKind::Reasons, Sentence::HeadingReasons, reasons);
        writer.not_read(all().flat_map(|one| &one.not_read));
        let later = law
            .later_than_checked()
            .map(|said| Line::new(LineKind::Text, words(&said.th, &said.en)));
        let notes = later.into_iter().chain([writer.text(Sentence::NotAdvice, &[])]).collect();
        writer.section(SectionKind::Notes, Sentence::HeadingNotes, notes);
        let title = writer.say(Sentence::TitleClassification, &[("day", &day_words(self.on))]);
        writer.finish("classification", title)
    }
}
