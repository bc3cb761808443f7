//! Where a complaint goes, in words.

use super::Explain;
use super::lines::{Writer, numbers, of_others, push, words};
use super::outline::{Line, LineKind, Outline, SectionKind};
use crate::labels::{alike, day_words, joined};
use crate::law::{Law, Missing, RunningPeriod};
use crate::routing::{Form, Lead, Matter, Office, Recipient, ReferralStep, Routing, Sentence as Told, Withheld};
use crate::rulebook::{OfficeBasis, Sentence, Words};
use crate::values::Text;

/// One matter, be it the leading one or another.
struct Case<'d> {
    kind: Option<&'d Text>,
    lead: Option<&'d Lead>,
    joint: &'d [Recipient],
    copies: &'d [Recipient],
    path: &'d [ReferralStep],
    forms: &'d [Form],
    steps: &'d [RunningPeriod],
    withhold: &'d [Withheld],
    tell: &'d [Told],
}

impl<'d> Case<'d> {
    fn leading(routing: &'d Routing) -> Self {
        Self {
            kind: routing.kinds.first().map(|kind| &kind.kind),
            lead: routing.lead.as_ref(),
            joint: &routing.joint,
            copies: &routing.copies,
            path: &routing.path,
            forms: &routing.forms,
            steps: &routing.steps,
            withhold: &routing.withhold,
            tell: &routing.tell,
        }
    }

    fn other(matter: &'d Matter) -> Self {
        Self {
            kind: Some(&matter.kind),
            lead: matter.lead.as_ref(),
            joint: &matter.joint,
            copies: &matter.copies,
            path: &matter.path,
            forms: &matter.forms,
            steps: &matter.steps,
            withhold: &matter.withhold,
            tell: &matter.tell,
        }
    }
}

fn told(sentence: &Told) -> Line {
    Line::new(LineKind::Step, words(&sentence.th, &sentence.en)).cite(&sentence.cite)
}

impl Writer<'_> {
    /// The emergency numbers where there is danger; else the lead's number first.
    fn numbers(&self, routing: &Routing, danger: bool) -> Vec<Line> {
        let mut lines = Vec::new();
        if danger {
            let calls = numbers(&routing.call);
            lines.push(Line::new(LineKind::Call, self.say(Sentence::CallNow, &[("calls", &calls)])).call(&routing.call));
            lines.push(self.text(Sentence::CallNowSay, &[]).under());
        } else {
            let mut said: Vec<Text> = Vec::new();
            if let Some(lead) = routing.lead.as_ref().filter(|lead| !lead.call.is_empty()) {
                let line = self.body(&words(&lead.th, &lead.en), &lead.call);
                lines.push(Line {
                    kind: LineKind::Call,
                    ..line
                });
                said.clone_from(&lead.call);
            }
            let rest: Vec<Text> = routing.call.iter().filter(|number| !said.contains(number)).cloned().collect();
            if !rest.is_empty() {
                let sentence = self.say(Sentence::CallNumbers, &[("calls", &numbers(&rest))]);
                lines.push(Line::new(LineKind::Call, sentence).call(&rest));
            }
        }
        let level = self.book.label("urgency", &routing.urgency.level);
        let urgency = self.say(Sentence::UrgencyLevel, &[("level", &level)]);
        lines.push(Line::new(LineKind::Urgency, urgency).code(routing.urgency.level.clone()));
        if routing.urgency.danger_unknown && !danger {
            lines.push(self.text(Sentence::UrgencyHeld, &[]).under());
        }
        if routing.urgency.may_rise {
            lines.push(self.text(Sentence::MayRise, &[]).under());
        }
        lines
    }

    /// The periods of the person first, the nearest last day first; then what to do without a day, then the periods of others.
    fn steps(&self, case: &Case<'_>) -> Vec<Line> {
        let mut periods: Vec<&RunningPeriod> = case.steps.iter().collect();
        periods.sort_by_key(|period| {
            let last = period.rolled.or(period.nominal);
            let passed = last.is_some_and(|last| last < self.on);
            (of_others(period), last.is_none(), passed, last)
        });
        let mut lines = Vec::new();
        for period in periods.iter().filter(|period| !of_others(period)) {
            lines.extend(self.period(period));
        }
        case.tell.iter().for_each(|sentence| push(&mut lines, told(sentence)));
        for period in periods.iter().filter(|period| of_others(period)) {
            lines.extend(self.period(period));
        }
        lines
    }

    fn office(&self, office: &Office) -> Vec<Line> {
        let calls = numbers(&office.show);
        let Some(name) = office.th.as_ref().map(|th| words(th, office.en.as_ref().unwrap_or(th))) else {
            let agency = self.book.body_name(&office.of);
            let said = self.say(Sentence::UnresolvedOffice, &[("agency", &agency), ("call", &calls)]);
            let line = Line::new(LineKind::Place, said).call(&office.show);
            let hint = office.hint.as_ref().map(|hint| {
                let near = words(&hint.th, &hint.en);
                self.text(Sentence::MayBeOffice, &[("office", &near)]).under()
            });
            return std::iter::once(line).chain(hint).collect();
        };
        let phone: Vec<Text> = office.phone.iter().cloned().collect();
        let by_pattern = office.basis == Some(OfficeBasis::Pattern);
        let pattern = by_pattern.then(|| self.text(Sentence::OfficeByPattern, &[]).under());
        std::iter::once(self.body(&name, &phone)).chain(pattern).collect()
    }

    fn recipient(&self, sentence: Sentence, one: &Recipient) -> Vec<Line> {
        let body = self.body(&words(&one.th, &one.en), &one.call);
        let said = self.say(sentence, &[("agency", &words(&body.th, &body.en))]);
        let line = Line::new(LineKind::Place, said).call(&one.call).cite(&one.cite);
        let why = Some(words(&one.why_th, &one.why_en)).filter(|why| !why.th.is_empty());
        let mut lines = vec![line];
        lines.extend(why.map(|why| Line::new(LineKind::Text, why).under()));
        let office = one.office.as_ref().filter(|office| office.th.is_some());
        lines.extend(office.into_iter().flat_map(|office| self.office(office)).map(Line::under));
        lines
    }

    /// The lead with its office, who is told beside it, and the way there from whoever received it.
    fn places(&self, case: &Case<'_>) -> Vec<Line> {
        let mut lines = Vec::new();
        if let Some(lead) = case.lead {
            let body = self.body(&words(&lead.th, &lead.en), &lead.call);
            let said = self.say(Sentence::Lead, &[("agency", &words(&body.th, &body.en))]);
            lines.push(Line::new(LineKind::Place, said).call(&lead.call).cite(&lead.cite));
            if !lead.certain {
                lines.push(self.text(Sentence::LeadUncertain, &[]).under());
            }
            lines.extend(lead.office.iter().flat_map(|office| self.office(office)).map(Line::under));
        }
        lines.extend(case.joint.iter().flat_map(|one| self.recipient(Sentence::TogetherWith, one)));
        if let Some(first) = case.path.first() {
            let stops = std::iter::once(&first.from).chain(case.path.iter().map(|step| &step.to));
            let stops = joined(stops.map(|stop| self.book.body_name(stop)), " → ");
            let mut cite: Vec<Text> = Vec::new();
            for source in case.path.iter().flat_map(|step| &step.cite) {
                if !cite.contains(source) {
                    cite.push(source.clone());
                }
            }
            lines.push(Line::new(LineKind::Text, self.say(Sentence::Path, &[("stops", &stops)])).cite(&cite));
            for step in case.path {
                if let Some(within) = &step.within {
                    let within = self.say(Sentence::Within, &[("length", &self.measured(within))]);
                    let said = self.pair(&self.book.body_name(&step.to), &within);
                    lines.push(Line::new(LineKind::Text, said).under());
                }
            }
            lines.push(self.text(Sentence::ReceivesAndForwards, &[]).under());
        }
        lines.extend(case.copies.iter().flat_map(|one| self.recipient(Sentence::CopyTo, one)));
        lines
    }

    fn forms(case: &Case<'_>) -> Vec<Line> {
        let forms = case.forms.iter().map(|form| Line::new(LineKind::Form, words(&form.th, &form.en)));
        forms.collect()
    }

    fn withheld(&self, case: &Case<'_>) -> Vec<Line> {
        let mut lines = Vec::new();
        for kept in case.withhold {
            let what = joined(kept.what.iter().map(|what| self.book.label("information", what)), ", ");
            let with = joined(kept.from.iter().map(|from| self.book.body_name(from)), ", ");
            let rule = words(&kept.th, &kept.en);
            let mut line = if kept.lifted {
                let why = joined(kept.why.iter().filter_map(|clause| self.lifted_by(case.kind, clause)), ", ");
                let why = if why.th.is_empty() { rule } else { why };
                Line::new(
                    LineKind::Withheld,
                    self.say(Sentence::WithheldLifted, &[("what", &what), ("with", &with), ("why", &why)]),
                )
                .code("lifted")
            } else {
                let said = self.say(Sentence::Withheld, &[("what", &what), ("with", &with)]);
                lines.push(Line::new(LineKind::Withheld, said).cite(&kept.cite));
                Line::new(LineKind::Text, rule).under()
            };
            if kept.lifted {
                line = line.cite(&kept.cite);
            }
            lines.push(line);
        }
        lines
    }

    /// The sentence of a clause that lifts what is kept back: of the kind's file, else of that of urgency.
    fn lifted_by(&self, kind: Option<&Text>, clause: &str) -> Option<Words> {
        let files = kind.map(Text::as_str).into_iter().chain(self.book.urgency_file());
        files
            .into_iter()
            .find_map(|file| self.book.clause_words(&format!("{file}.{clause}")))
            .cloned()
    }

    fn kind_lines(&self, routing: &Routing) -> Vec<Line> {
        let call = numbers(&routing.call);
        if routing.kinds.is_empty() {
            return vec![self.text(Sentence::KindUnknown, &[("call", &call)]).call(&routing.call)];
        }
        let mut lines = Vec::new();
        for kind in &routing.kinds {
            lines.push(Line::new(LineKind::Text, words(&kind.th, &kind.en)).code(kind.kind.clone()));
            if !kind.encoded {
                let own = routing
                    .others
                    .iter()
                    .find(|other| other.kind == kind.kind)
                    .map(|other| numbers(&other.call));
                let own = own.filter(|own| !own.th.is_empty());
                lines.push(self.text(Sentence::NotEncoded, &[("call", own.as_ref().unwrap_or(&call))]).under());
            }
        }
        lines
    }

    fn lead_reasons(&self, name: Option<&Words>, lead: Option<&Lead>) -> Vec<Line> {
        let Some(lead) = lead.filter(|lead| !lead.reasons.is_empty()) else {
            return Vec::new();
        };
        let heading = self.say(Sentence::Lead, &[("agency", &words(&lead.th, &lead.en))]);
        let heading = name.map_or_else(|| heading.clone(), |name| self.pair(name, &heading));
        let reasons = lead.reasons.iter().flat_map(|reason| self.reason(reason)).map(Line::under);
        std::iter::once(Line::new(LineKind::Heading, heading)).chain(reasons).collect()
    }

    fn kind_name(&self, routing: &Routing, id: &Text) -> Words {
        let kind = routing.kinds.iter().find(|kind| kind.kind == *id);
        kind.map_or_else(|| alike(id.replace('_', " ")), |kind| words(&kind.th, &kind.en))
    }
}

impl Explain for Routing {
    fn outline(&self, law: &Law) -> Outline {
        let mut writer = Writer::new(law, self.on);
        let danger = self.urgency.level == *"u0";
        let (section, heading) = if danger {
            (SectionKind::Danger, Sentence::HeadingDanger)
        } else {
            (SectionKind::Call, Sentence::HeadingCall)
        };
        writer.section(section, heading, writer.numbers(self, danger));
        let case = Case::leading(self);
        writer.section(SectionKind::Do, Sentence::HeadingDo, writer.steps(&case));
        writer.section(SectionKind::Where, Sentence::HeadingWhere, writer.places(&case));
        writer.section(SectionKind::Bring, Sentence::HeadingBring, Writer::forms(&case));
        writer.section(SectionKind::Kinds, Sentence::HeadingKinds, writer.kind_lines(self));
        for other in &self.others {
            let case = Case::other(other);
            let mut lines = writer.steps(&case);
            lines.extend(writer.places(&case));
            lines.extend(Writer::forms(&case));
            // What the leading matter says already is not said again.
            let said: Vec<&Line> = writer.lines().collect();
            let fresh = lines.into_iter().filter(|line| line.level > 0 || !said.contains(&line)).collect();
            let name = writer.kind_name(self, &other.kind);
            writer.headed(SectionKind::Matter, writer.say(Sentence::HeadingMatter, &[("kind", &name)]), fresh);
        }
        writer.section(SectionKind::Withhold, Sentence::HeadingWithhold, writer.withheld(&case));
        // Whoever said what happened is not asked for everything else that may have happened.
        let asked = |fact: &&Missing| self.kinds.is_empty() || !fact.fact.starts_with("happened.");
        writer.ask(self.next.as_ref(), self.missing.iter().filter(asked));
        let mut reasons = Vec::new();
        if !self.urgency.reasons.is_empty() {
            let level = writer.book.label("urgency", &self.urgency.level);
            reasons.push(Line::new(
                LineKind::Heading,
                writer.say(Sentence::UrgencyLevel, &[("level", &level)]),
            ));
            reasons.extend(
                self.urgency
                    .reasons
                    .iter()
                    .flat_map(|reason| writer.reason(reason))
                    .map(Line::under),
            );
        }
        reasons.extend(writer.lead_reasons(None, self.lead.as_ref()));
        for other in &self.others {
            reasons.extend(writer.lead_reasons(Some(&writer.kind_name(self, &other.kind)), other.lead.as_ref()));
        }
        writer.section(SectionKind::Reasons, Sentence::HeadingReasons, reasons);
        writer.not_read(&self.not_read);
        let mut notes: Vec<Line> = Vec::new();
        for note in &self.notes {
            let line = Line::new(LineKind::Text, words(&note.th, &note.en)).cite(&note.cite);
            if !writer.lines().any(|said| said.th == line.th) {
                push(&mut notes, line);
            }
        }
        notes.push(writer.text(Sentence::NotAdvice, &[]));
        writer.section(SectionKind::Notes, Sentence::HeadingNotes, notes);
        let title = writer.say(Sentence::TitleRouting, &[("day", &day_words(self.on))]);
        writer.finish("routing", title)
    }
}
