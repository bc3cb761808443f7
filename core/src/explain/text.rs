//! An outline as plain text.

use super::outline::{Line, LineKind, Mark, Outline};
use crate::labels::alike;
use crate::law::Law;
use crate::rulebook::{Sentence, Words};
use crate::values::Text;

/// The language of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// Thai.
    #[default]
    Thai,
    /// English.
    English,
    /// Thai with English beside it.
    Both,
}

impl Language {
    /// The language of a code: `th`, `en` or `both`.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        match code {
            "th" => Some(Self::Thai),
            "en" => Some(Self::English),
            "both" => Some(Self::Both),
            _ => None,
        }
    }

    fn of(self, th: &Text, en: &Text) -> String {
        match self {
            Self::Thai => th.to_string(),
            Self::English => en.to_string(),
            Self::Both if th == en || en.is_empty() => th.to_string(),
            Self::Both => format!("{th} · {en}"),
        }
    }
}

impl Law {
    /// An outline as plain text. Where the rulebook carries its bibliography, lines are numbered to the sources at the end; one for a
    /// page or a phone carries none.
    #[must_use]
    pub fn text(&self, outline: &Outline, language: Language) -> String {
        let mut sources: Vec<Text> = Vec::new();
        let mut text = language.of(&outline.th, &outline.en);
        text.push('\n');
        for section in &outline.sections {
            text.push_str(&format!("\n{}\n", language.of(&section.th, &section.en)));
            for line in &section.lines {
                self.line(line, language, &mut sources, &mut text);
            }
        }
        if !sources.is_empty() {
            let heading = self.book().say(Sentence::HeadingSources, &[]);
            text.push_str(&format!("\n{}\n", language.of(&heading.th, &heading.en)));
            for (number, source) in (1_usize..).zip(&sources) {
                if let Some(said) = self.source_words(source) {
                    text.push_str(&format!("  {number}. {}\n", language.of(&said.th, &said.en)));
                }
            }
        }
        text
    }

    fn line(&self, line: &Line, language: Language, sources: &mut Vec<Text>, text: &mut String) {
        let indent = "  ".repeat(usize::from(line.level).saturating_add(1));
        let mark = match (line.mark, line.kind) {
            (Some(Mark::Yes), _) => "✓ ",
            (Some(Mark::No), _) => "✗ ",
            (Some(Mark::Unknown), _) => "? ",
            (Some(Mark::Disputed), _) => "⇄ ",
            (None, LineKind::Heading) => "",
            (None, _) => "- ",
        };
        text.push_str(&format!("{indent}{mark}{}", language.of(&line.th, &line.en)));
        let numbers: Vec<String> = line.cite.iter().filter_map(|cite| self.number_of(cite, sources)).collect();
        if !numbers.is_empty() {
            text.push_str(&format!("  [{}]", numbers.join(", ")));
        }
        text.push('\n');
    }

    fn number_of(&self, cite: &Text, sources: &mut Vec<Text>) -> Option<String> {
        self.source_words(cite)?;
        let place = sources.iter().position(|known| known == cite).unwrap_or_else(|| {
            sources.push(cite.clone());
            sources.len().saturating_sub(1)
        });
        Some(place.saturating_add(1).to_string())
    }

    /// What is cited: the title of the instrument with the place in it.
    pub(super) fn source_words(&self, cite: &str) -> Option<Words> {
        let (id, place) = cite.split_once('/').unwrap_or((cite, ""));
        let title = &self.book().instruments.iter().find(|known| known.id == *id)?.title;
        if title.th.is_empty() {
            return None;
        }
        if place.is_empty() {
            return Some(title.clone());
        }
        Some(self.book().say(Sentence::Pair, &[("name", title), ("value", &alike(place))]))
    }
}
