//! How a plan does, in words.

use super::Explain;
use super::lines::{Writer, words};
use super::outline::{Line, LineKind, Outline, SectionKind};
use crate::labels::{alike, day_words, joined, number};
use crate::law::Law;
use crate::plan::{Because, Decimal, Label, Reading, RowStatus, RowTarget, Scorecard, ScorecardRow, Structure, Total, Trend};
use crate::rulebook::{Sentence, Words};
use crate::values::Text;

/// The unit of shares.
const PERCENT: &str = "percent";

fn titled(th: &str, en: Option<&str>) -> Words {
    words(&th.into(), &en.unwrap_or_default().into())
}

fn labelled(label: &Label) -> Words {
    titled(&label.th, label.en.as_deref())
}

/// The code of a closed set, as its own JSON writes it.
fn code_of(value: &impl serde::Serialize) -> Text {
    let json = serde_json::to_string(value).unwrap_or_default();
    json.trim_matches('"').into()
}

fn decimal(value: Decimal) -> Words {
    alike(number(&value.to_string()))
}

impl Writer<'_> {
    fn counted(&self, value: &Words, unit: &str) -> Words {
        if unit == PERCENT {
            return self.say(Sentence::Percent, &[("value", value)]);
        }
        self.say(Sentence::Counted, &[("value", value), ("unit", &self.book.label("unit", unit))])
    }

    fn because(&self, because: Because) -> Line {
        match because {
            Because::NoTarget => self.text(Sentence::NoTarget, &[]),
            Because::NoData => self.text(Sentence::NoData, &[]),
            Because::NoBreakpoints => self.text(Sentence::NoBreakpoints, &[]),
            Because::BreakInSeries => self.text(Sentence::SeriesBreak, &[]),
            other => Line::new(LineKind::Text, self.book.label("because", &code_of(&other))),
        }
    }

    fn reading(&self, sentence: Sentence, period: &Words, reading: &Reading, unit: &str) -> Vec<Line> {
        let value = self.counted(&decimal(reading.value), unit);
        let code = if sentence == Sentence::IndicatorOther { "other" } else { "value" };
        let mut lines = vec![self.text(sentence, &[("period", period), ("value", &value)]).code(code)];
        if let Some([low, high]) = reading.between.filter(|[low, high]| low != high) {
            lines.push(self.text(Sentence::IndicatorBetween, &[("low", &decimal(low)), ("high", &decimal(high))]));
        }
        if reading.reached.is_none() && reading.percent.is_some() {
            lines.push(self.text(Sentence::ReachedUnsettled, &[]));
        }
        if let Some(reached) = reading.reached {
            let sentence = if reached {
                Sentence::TargetReached
            } else {
                Sentence::TargetNotReached
            };
            let said = self.say(sentence, &[]);
            let share = reading
                .percent
                .map(|percent| self.say(Sentence::Percent, &[("value", &decimal(percent))]));
            let said = share.map_or_else(|| said.clone(), |share| self.aside(&said, &share));
            lines.push(Line::new(LineKind::Text, said));
        }
        lines
    }

    fn target(&self, target: &RowTarget, row: &ScorecardRow) -> Vec<Line> {
        let ends = target.value.into_iter().chain(target.stretch);
        let mut value = joined(ends.map(decimal), "–");
        if value.th.is_empty() {
            value = joined(target.breakpoints.iter().map(|point| decimal(*point)), " / ");
        }
        if value.th.is_empty() {
            return Vec::new();
        }
        let mut value = self.counted(&value, &row.unit);
        if target.approximate {
            value = self.say(Sentence::About, &[("value", &value)]);
        }
        let said = self.say(Sentence::IndicatorTarget, &[("value", &value)]);
        let cite: Vec<Text> = target.cite.iter().map(|cite| cite.as_str().into()).collect();
        let by = if target.given {
            self.text(Sentence::TargetOfUser, &[])
        } else {
            self.text(Sentence::TargetOf, &[("agency", &self.book.body_name(&row.owner))])
        };
        vec![Line::new(LineKind::Text, said).code("target").cite(&cite), by.under()]
    }

    fn trend(&self, trend: &Trend, unit: &str) -> Line {
        let change = decimal(trend.change);
        let sign = if change.th.starts_with('−') || *change.th == *"0" {
            ""
        } else {
            "+"
        };
        let change = alike(format!("{sign}{}", change.th));
        let change = if unit == PERCENT {
            joined([change, self.say(Sentence::PercentagePoints, &[])], " ")
        } else {
            self.counted(&change, unit)
        };
        let direction = self.book.label("direction", &code_of(&trend.direction));
        let with = [
            ("direction", &direction),
            ("change", &change),
            ("period", &alike(trend.from.to_string())),
        ];
        self.text(Sentence::Trend, &with).code(code_of(&trend.direction))
    }

    fn row(&self, row: &ScorecardRow) -> Vec<Line> {
        let status = code_of(&row.status);
        let said = self.pair(&titled(&row.th, row.en.as_deref()), &self.book.label("indicator_status", &status));
        let cite: Vec<Text> = row.cite.iter().map(|cite| cite.as_str().into()).collect();
        let head = Line {
            confidence: row.confidence,
            ..Line::new(LineKind::Status, said).code(status).cite(&cite)
        };
        let mut lines = Vec::new();
        let period = alike(row.period.map_or_else(|| "–".to_owned(), |period| period.to_string()));
        if let Some(lead) = &row.lead {
            lines.extend(self.reading(Sentence::IndicatorValue, &period, lead, &row.unit));
        }
        if let Some(other) = &row.other {
            lines.extend(self.reading(Sentence::IndicatorOther, &period, other, &row.unit));
        }
        lines.extend(row.target.iter().flat_map(|target| self.target(target, row)));
        if let Some(score) = row.score {
            lines.push(self.text(Sentence::Score, &[("score", &decimal(score))]).code("score"));
        }
        if let Some(trend) = &row.trend {
            lines.push(self.trend(trend, &row.unit));
        }
        let because = row.why_no_score.filter(|_| row.status != RowStatus::Withdrawn);
        lines.extend(because.map(|because| self.because(because)));
        let no_trend = row.why_no_trend.filter(|why| Some(*why) != row.why_no_score);
        lines.extend(no_trend.map(|because| self.because(because)));
        if row.provisional {
            lines.push(self.text(Sentence::Provisional, &[]));
            lines.extend(row.why_provisional.iter().map(|because| self.because(*because).under()));
        }
        lines.extend(row.note.iter().map(|note| Line::new(LineKind::Text, labelled(note))));
        std::iter::once(head).chain(lines.into_iter().map(Line::under)).collect()
    }

    fn total(&self, total: &Total) -> Vec<Line> {
        let mut lines = Vec::new();
        match (total.score, total.why_no_score) {
            (Some(score), _) => lines.push(self.text(Sentence::Score, &[("score", &decimal(score))])),
            (None, Some(because)) => lines.push(self.because(because)),
            (None, None) => {}
        }
        if let Some(score) = total.score_of_covered.filter(|_| total.score.is_none()) {
            lines.push(self.text(Sentence::ScoreOfCovered, &[("score", &decimal(score))]));
        }
        lines
    }
}

impl Explain for Scorecard {
    fn outline(&self, law: &Law) -> Outline {
        let mut writer = Writer::new(law, self.on);
        let rows = self.rows.iter().flat_map(|row| writer.row(row)).collect();
        writer.section(SectionKind::Indicators, Sentence::HeadingIndicators, rows);
        let mut totals = Vec::new();
        for strategy in self.strategies.iter().filter(|strategy| strategy.total.score.is_some()) {
            totals.push(Line::new(LineKind::Heading, titled(&strategy.th, strategy.en.as_deref())));
            totals.extend(writer.total(&strategy.total).into_iter().map(Line::under));
        }
        totals.extend(writer.total(&self.total));
        writer.section(SectionKind::Total, Sentence::HeadingTotal, totals);
        let mut notes = Vec::new();
        if self.structure == Structure::Partial {
            notes.push(writer.text(Sentence::StructureOnly, &[]));
        }
        if let Some(later) = &self.superseded_by {
            let plan = law.book().plans.iter().find(|plan| plan.id == later.plan);
            let plan = plan.map_or_else(|| alike(later.plan.replace('_', " ")), |plan| labelled(&plan.title));
            let said = writer.text(Sentence::Superseded, &[("day", &day_words(later.on)), ("plan", &plan)]);
            let cite: Vec<Text> = later.cite.iter().map(|cite| cite.as_str().into()).collect();
            notes.push(said.cite(&cite));
        }
        notes.extend(self.open.iter().map(|open| Line::new(LineKind::Text, labelled(open))));
        if self.later_than_checked {
            let day = day_words(self.checked_on);
            notes.push(writer.text(Sentence::LaterThanChecked, &[("day", &day)]));
        }
        writer.section(SectionKind::Notes, Sentence::HeadingNotes, notes);
        let plan = titled(&self.th, self.en.as_deref());
        let title = writer.say(Sentence::TitleScorecard, &[("plan", &plan), ("day", &day_words(self.on))]);
        writer.finish("scorecard", title)
    }
}
