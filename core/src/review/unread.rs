//! What nobody has read yet: cells, clauses, amounts and open notes.

use super::Sheet;
use super::html::{both, day, esc, list, month};
use super::tables::{is_unread, span};
use crate::compile::ast;
use crate::compile::source::{Data, Item};
use crate::criterion::syntax::Glossary;
use crate::values::Month;

impl Sheet<'_> {
    /// Everything of the file that was not read, one item each.
    pub fn unread_items(&self) -> Vec<String> {
        let rule_file = self.rule_file;
        let mut items = Vec::new();
        for clause in &rule_file.clauses {
            if let Some(open) = &clause.open {
                items.push(format!(
                    "เงื่อนไข <a href=\"#c-{0}\">“{1}”</a>: {2}",
                    esc(&clause.id),
                    esc(&clause.main.text.th),
                    esc(open)
                ));
            }
        }
        for table in &rule_file.tables {
            let name = format!("ตาราง <a href=\"#t-{}\">“{}”</a>", esc(&table.id), esc(&table.text.th));
            if let Some(open) = &table.open {
                items.push(format!("{name}: {}", esc(open)));
            }
            if table.before.as_deref() == Some("not_read") {
                items.push(format!("{name}: ก่อนแถวแรก"));
            }
            self.cells(Some(table), &name, &table.columns, &table.rows, &mut items);
            if let Some((columns, rows)) = &table.own_overlay {
                self.cells(None, &format!("{name} (ค่าชั่วคราว)"), columns, rows, &mut items);
            }
        }
        if let Some(overlay) = &rule_file.overlay {
            self.cells(
                None,
                &format!("“{}”", esc(&rule_file.text.th)),
                &overlay.columns,
                &overlay.rows,
                &mut items,
            );
        }
        for amount in &rule_file.amounts {
            if let Some(open) = &amount.open {
                items.push(format!(
                    "จำนวนเงิน <a href=\"#m-{0}\">“{1}”</a>: {2}",
                    esc(&amount.id),
                    esc(&amount.text.th),
                    esc(open)
                ));
            }
        }
        for note in &rule_file.notes {
            let name = match note.status.as_str() {
                "open" => "คำถามที่ยังไม่มีคำตอบ",
                "not_read" => "บันทึกของสิ่งที่ยังไม่ได้อ่าน",
                _ => continue,
            };
            items.push(format!(
                "<a href=\"#n-{}\">{name}</a>: {}",
                esc(&note.id),
                both(&self.words("notes", &note.id, &note.text))
            ));
        }
        items
    }

    fn cells(&self, table: Option<&ast::Table>, name: &str, columns: &[String], rows: &[Item], items: &mut Vec<String>) {
        for row in rows {
            let Data::List(cells) = &row.data else { continue };
            let mut unread = Vec::new();
            let mut which = Vec::new();
            for (column, item) in columns.iter().zip(cells) {
                if is_unread(item) {
                    unread.push(esc(&self.column_name(table, column)));
                } else if column != "cite" && !column.contains(':') {
                    which.push(self.row_part(table, column, item));
                }
            }
            if !unread.is_empty() {
                items.push(format!("{name}: แถว {}: {}", which.join(" "), unread.join(", ")));
            }
        }
    }

    fn row_part(&self, table: Option<&ast::Table>, column: &str, item: &Item) -> String {
        match &item.data {
            Data::Day(date) => day(*date),
            Data::Whole(number) => format!("{} {number}", esc(&self.column_name(table, column))),
            Data::Text(text) => {
                if let Some((first, last)) = span(text) {
                    return format!("{} – {}", day(first), day(last));
                }
                let months = text
                    .split_once("..")
                    .and_then(|(first, last)| Some((Month::parse(first).ok()?, Month::parse(last).ok()?)));
                match (months, table.and_then(|table| table.keys.iter().find(|(key, _)| key == column))) {
                    (Some((first, last)), _) => format!("{} – {}", month(first), month(last)),
                    (None, Some((_, key))) => esc(&self.code(key, text)),
                    (None, None) if text == "all" => "ทั่วประเทศ".to_owned(),
                    (None, None) => esc(text),
                }
            }
            _ => String::new(),
        }
    }

    /// The section of what was not read.
    pub fn unread(&self) -> String {
        let items = self.unread_items();
        if items.is_empty() {
            "<p>ไม่มี <small lang=\"en\">nothing</small></p>".to_owned()
        } else {
            list(&items)
        }
    }
}
