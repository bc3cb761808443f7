//! Codes and their labels, facts and their questions, the sentences of the engine, English, and forms.

use std::collections::BTreeMap;

use super::{Registry, Untranslated};
use crate::compile::ast::{self, both, citing, labels};
use crate::compile::diagnostics::DiagnosticCode;
use crate::compile::source::{Data, File, Item, Section};
use crate::facts::{CodeList, FactKind, Layout};
use crate::rulebook::{Form, Question, Sentence, Words, known_lists};
use crate::values::{Text, nearest};

/// The codes of a list that the engine knows one by one are these and no others.
fn check_known(file: &File<'_>, line: u32, list: &str, codes: &[Text]) {
    let Some((_, known)) = known_lists().into_iter().find(|(id, _)| *id == list) else {
        return;
    };
    for code in codes.iter().filter(|code| !known.contains(&code.as_str())) {
        let expected = nearest(code, known.iter().copied()).map_or_else(|| known.join(", "), |near| format!("`{near}`"));
        file.diagnose(
            line,
            DiagnosticCode::UnknownCode,
            format!("nothing is known of `{code}` on the list `{list}`"),
            expected,
        );
    }
    for code in known.iter().filter(|code| codes.iter().all(|one| one != **code)) {
        file.diagnose(
            line,
            DiagnosticCode::MissingLabel,
            format!("`{code}` of the list `{list}` has no words"),
            format!("[list.{list}.codes] {code} with th and en"),
        );
    }
}

impl Registry<'_> {
    pub(super) fn codes(&mut self, file: &File<'_>, item: &Item) {
        let root = file.section(item, "codes");
        for (id, section) in root.sections("list") {
            let _ = both(&section);
            let (mut codes, mut labels) = (Vec::new(), Vec::new());
            for (code, label) in section.sections("codes") {
                codes.push(code.into());
                labels.push(both(&label));
                label.done();
            }
            for code in section.texts("not_told_apart") {
                self.not_told_apart.push((id.to_owned(), code, section.line));
            }
            section.done();
            check_known(file, section.line, id, &codes);
            self.lists.push(CodeList { id: id.into(), codes });
            self.labels.push(labels);
        }
        root.done();
    }

    pub(super) fn facts(&mut self, file: &File<'_>, item: &Item) {
        let root = file.section(item, "facts");
        for (fact, section) in root.sections("fact") {
            let pair = |th: &str, en: &str| labels(&section, th, en);
            let help = section.item("help_th").map(|_| pair("help_th", "help_en"));
            self.questions.push(Question {
                fact: fact.into(),
                ask: pair("ask_th", "ask_en"),
                label: pair("label_th", "label_en"),
                help,
            });
            section.done();
        }
        root.done();
    }

    /// Notes the facts that no question asks for.
    pub fn unasked(&self, layout: &Layout) {
        for fact in &layout.facts {
            let family = fact
                .name
                .split_once('.')
                .map_or_else(String::new, |(family, _)| format!("{family}.*"));
            if !self
                .questions
                .iter()
                .any(|question| question.fact == fact.name || question.fact == family)
            {
                let message = format!("no question asks for `{}`", fact.name);
                self.ledger.note(
                    "vocabulary/facts.toml",
                    1,
                    DiagnosticCode::MissingLabel,
                    message,
                    format!("[fact.\"{}\"]", fact.name),
                );
            }
        }
    }

    pub(super) fn engine(&mut self, file: &File<'_>, item: &Item) {
        let root = file.section(item, "engine");
        for (id, item) in root.entries() {
            if matches!(item.data, Data::Table(_)) {
                let section = file.section(item, id);
                if section.item("th").is_some() {
                    self.sentences.push((id.as_str().into(), both(&section)));
                } else {
                    for (id, item) in section.entries() {
                        self.sentences.push((id.as_str().into(), both(&file.section(item, id))));
                    }
                }
            }
        }
        self.check_sentences(file, &root);
    }

    /// Notes the sentences that nothing shows, and those that are shown and have no words.
    fn check_sentences(&self, file: &File<'_>, root: &Section<'_>) {
        let shown = || Sentence::EVERY.iter().map(|sentence| sentence.id());
        let lines = root.sections("sentence");
        for (id, _) in &self.sentences {
            if !shown().any(|known| id == known) {
                let line = lines
                    .iter()
                    .find(|(name, _)| id == name)
                    .map_or(root.line, |(_, section)| section.line);
                let near = nearest(id, shown()).map_or_else(String::new, |near| format!("`{near}`, or "));
                file.diagnose(
                    line,
                    DiagnosticCode::Unused,
                    format!("nothing shows the sentence `{id}`"),
                    format!("{near}no such sentence"),
                );
            }
        }
        for id in shown().filter(|id| !self.sentences.iter().any(|(known, _)| known == id)) {
            file.diagnose(
                1,
                DiagnosticCode::MissingLabel,
                format!("the sentence `{id}` has no words"),
                format!("[sentence.{id}] with th and en"),
            );
        }
    }

    pub(super) fn english(&mut self, file: &File<'_>, item: &Item) {
        let id = file.path.trim_start_matches("vocabulary/en/").trim_end_matches(".toml").to_owned();
        let root = file.section(item, &id);
        let mut sentences = BTreeMap::new();
        for (group, item) in root.entries() {
            match &item.data {
                Data::Text(text) => {
                    sentences.insert(group.clone(), text.clone());
                }
                _ => collect_english(file, item, group, &mut sentences),
            }
        }
        self.english.insert(id, sentences);
    }

    /// A text in both languages; the English stands beside it or in `vocabulary/en/<file>.toml` under `group.id`.
    #[must_use]
    pub fn words(&self, file: &File<'_>, line: u32, file_id: &str, key: &str, text: &ast::Words) -> Words {
        let beside = text.en.clone().filter(|en| !en.trim().is_empty());
        let apart = self.english_of(file_id, key);
        if beside.is_some() && apart.is_some() {
            file.diagnose(
                line,
                DiagnosticCode::TwiceTranslated,
                format!("the English of `{key}` stands here and in vocabulary/en/{file_id}.toml"),
                "one of them",
            );
        }
        let en = beside.or(apart);
        if en.is_none() && !text.th.is_empty() {
            file.warn(
                line,
                DiagnosticCode::MissingLabel,
                format!("`{key}` of `{file_id}` has no English"),
                format!("a line in vocabulary/en/{file_id}.toml"),
            );
            self.without_english(file_id, key, &text.th);
        }
        Words {
            th: text.th.as_str().into(),
            // A draft answers in Thai where nobody has translated it yet.
            en: en.unwrap_or_else(|| text.th.clone()).into(),
        }
    }

    /// Notes that a text has no English.
    pub fn without_english(&self, file_id: &str, key: &str, th: &str) {
        let missing = Untranslated {
            file: file_id.to_owned(),
            key: key.to_owned(),
            th: th.to_owned(),
        };
        let mut known = self.untranslated.borrow_mut();
        if !known.contains(&missing) {
            known.push(missing);
        }
    }

    /// The texts that have no English, once all files are read.
    pub fn take_untranslated(&self) -> Vec<Untranslated> {
        self.untranslated.take()
    }

    /// The English of an id of a file.
    #[must_use]
    pub fn english_of(&self, file_id: &str, id: &str) -> Option<String> {
        let sentence = self.english.get(file_id).and_then(|sentences| sentences.get(id));
        sentence.filter(|en| !en.trim().is_empty()).cloned()
    }

    pub(super) fn declarations(&mut self, file: &File<'_>, item: &Item) {
        let root = file.section(item, "facts");
        for (name, section) in root.sections("fact") {
            let kind = match section.need_text("type").as_str() {
                "yes_no" => FactKind::YesNo,
                "date" => FactKind::Date,
                "code" => FactKind::Code,
                "count" => FactKind::Count,
                "money" => FactKind::Money,
                other => {
                    section.diagnose(
                        "type",
                        DiagnosticCode::UnknownCode,
                        format!("`{other}` is no type of fact"),
                        "yes_no, date, code, count or money",
                    );
                    FactKind::YesNo
                }
            };
            let list = section.text("list");
            let pair = |th: &str, en: &str| labels(&section, th, en);
            self.questions.push(Question {
                fact: name.into(),
                ask: pair("ask_th", "ask_en"),
                label: pair("label_th", "label_en"),
                help: None,
            });
            self.declared.push((name.to_owned(), kind, list));
            section.done();
        }
        root.done();
    }

    pub(super) fn forms(&mut self, file: &File<'_>, item: &Item) {
        let root = file.section(item, "forms");
        for (id, section) in root.sections("form") {
            let cites = self.cite(file, &citing(&section));
            self.forms.push(Form {
                id: id.into(),
                name: both(&section),
                cites,
            });
            section.done();
        }
        root.done();
    }
}

fn collect_english(file: &File<'_>, item: &Item, prefix: &str, sentences: &mut BTreeMap<String, String>) {
    for (id, item) in file.section(item, prefix).entries() {
        let key = format!("{prefix}.{id}");
        match &item.data {
            Data::Text(text) => {
                sentences.insert(key, text.clone());
            }
            Data::Table(_) => collect_english(file, item, &key, sentences),
            _ => file.wrong_type(item, &key, "text"),
        }
    }
}
