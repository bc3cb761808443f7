//! What names and codes are called, and conditions in words.

use super::Sheet;
use super::html::esc;
use crate::compile::ast::{When, WordShape};
use crate::criterion::syntax::{Glossary, Language, in_words_from};
use crate::facts::FactKind;
use crate::rulebook::Words;

impl Sheet<'_> {
    /// A condition in words, and as it is written.
    pub fn condition(&self, when: &When) -> String {
        let words = in_words_from(&when.expression, self, Language::Thai);
        format!(
            "<p class=\"when\">{}</p><p class=\"written\"><code>{}</code></p>",
            esc(&words),
            esc(&when.text)
        )
    }

    /// A condition in words only.
    pub fn in_words(&self, when: &When) -> String {
        format!(
            "<p class=\"when\">{}</p>",
            esc(&in_words_from(&when.expression, self, Language::Thai))
        )
    }

    /// What a fact is called.
    pub fn fact_name(&self, name: &str) -> Option<Words> {
        if let Some(question) = self.book.questions.iter().find(|question| question.fact == name) {
            return Some(question.label.clone());
        }
        let (family, code) = name.split_once('.')?;
        let question = self.book.questions.iter().find(|question| question.fact == format!("{family}.*"))?;
        let label = if code == "option" {
            Words {
                th: "ทางเลือกนี้".into(),
                en: "this option".into(),
            }
        } else {
            let layout = &self.book.program.layout;
            let list = layout
                .fact_number(name)
                .and_then(|fact| layout.fact(fact))
                .and_then(|fact| fact.list);
            let lists = list
                .and_then(|list| layout.lists.get(usize::from(list)))
                .map(|list| list.id.as_str());
            let known = [lists.unwrap_or(""), "membership", "contributory_scheme", "happening"];
            known
                .iter()
                .map(|list| self.label(list, code))
                .find(|words| words.th != code)
                .unwrap_or_else(|| self.label("", code))
        };
        Some(Words {
            th: question.label.th.replace("{label}", &label.th).into(),
            en: question.label.en.replace("{label}", &label.en).into(),
        })
    }

    fn table_name(&self, name: &str) -> Option<String> {
        let (head, column) = name.split_once('.').map_or((name, None), |(head, column)| (head, Some(column)));
        let table = self.rule_file.tables.iter().find(|table| table.id == head)?;
        let several = table.columns.iter().filter(|column| column.contains(':')).count() > 1 && table.across.is_none();
        Some(match column {
            Some(column) if several => format!("“{}” ช่อง {column}", table.text.th),
            _ => format!("“{}”", table.text.th),
        })
    }
}

impl Glossary for Sheet<'_> {
    fn name(&self, name: &str) -> String {
        match name {
            "today" => return "วันที่ถาม".to_owned(),
            "month" => return "เดือนของเงินสมทบ".to_owned(),
            _ => {}
        }
        let rule_file = self.rule_file;
        if let Some(word) = rule_file.words.iter().find(|word| word.id == name) {
            return word.text.th.clone();
        }
        if let Some(clause) = rule_file.clauses.iter().find(|clause| clause.id == name) {
            return format!("“{}”", clause.main.text.th);
        }
        if let Some(rule) = rule_file.rules.iter().find(|rule| rule.id == name) {
            return format!("เป็นไปตาม “{}”", rule.text.th);
        }
        if let Some(amount) = rule_file.amounts.iter().find(|amount| amount.id == name) {
            return format!("“{}”", amount.text.th);
        }
        if let Some(table) = self.table_name(name) {
            return table;
        }
        if let Some(period) = rule_file.periods.iter().find(|period| period.id == name) {
            return format!("วันสุดท้ายของ “{}”", period.text.th);
        }
        if let Some((head, tail)) = name.split_once('.') {
            if let Some(period) = rule_file.periods.iter().find(|period| period.id == head) {
                let which = if tail == "first" {
                    "วันแรก"
                } else {
                    "วันสุดท้าย"
                };
                return format!("{which}ของ “{}”", period.text.th);
            }
            if let Some(file) = self.files.iter().find(|file| file.id == head) {
                let (rule, option) = tail.split_once('.').map_or((tail, None), |(rule, option)| (rule, Some(option)));
                if let Some(rule) = file.rules.iter().find(|known| known.id == rule) {
                    let option = option.map_or_else(String::new, |option| format!(" ทางเลือก {option}"));
                    return format!("เป็นไปตาม “{}{option}” ({})", rule.text.th, file.text.th);
                }
            }
        }
        self.fact_name(name).map_or_else(|| name.to_owned(), |words| words.th.to_string())
    }

    fn code(&self, name: &str, code: &str) -> String {
        let of_fact = |name: &str, code: &str| {
            let layout = &self.book.program.layout;
            let list = layout
                .fact_number(name)
                .and_then(|fact| layout.fact(fact))
                .and_then(|fact| fact.list)?;
            let number = layout.lists.get(usize::from(list))?.index(code)?;
            Some(self.book.labels.get(usize::from(list))?.get(usize::from(number))?.th.clone())
        };
        if let Some(word) = self.rule_file.words.iter().find(|word| word.id == name)
            && let WordShape::Maps { of, codes } = &word.shape
        {
            let from = codes
                .iter()
                .find(|(known, _)| known == code)
                .map_or(&[][..], |(_, from)| from.as_slice());
            let from: Vec<crate::values::Text> = from
                .iter()
                .map(|code| of_fact(of, code).unwrap_or_else(|| code.as_str().into()))
                .collect();
            return if from.is_empty() {
                code.to_owned()
            } else {
                from.join(" หรือ ")
            };
        }
        of_fact(name, code).unwrap_or_else(|| code.into()).to_string()
    }

    fn is_date(&self, name: &str) -> bool {
        let layout = &self.book.program.layout;
        let fact = layout
            .fact_number(name)
            .and_then(|fact| layout.fact(fact))
            .is_some_and(|fact| fact.kind == FactKind::Date);
        let word = self
            .rule_file
            .words
            .iter()
            .any(|word| word.id == name && matches!(word.shape, WordShape::Day { .. }));
        let period = name
            .split_once('.')
            .is_some_and(|(head, _)| self.rule_file.periods.iter().any(|period| period.id == head));
        fact || word || period || matches!(name, "today" | "month")
    }
}
