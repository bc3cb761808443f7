//! Tables and overlays as they are written, with units and days.

use super::html::{both, day, esc, grouped, length, line, list, mark, month, unit};
use super::{Sheet, sources};
use crate::compile::ast;
use crate::compile::source::{Data, Item};
use crate::criterion::syntax::Glossary;
use crate::values::{Date, Length, Month};

/// What a cell holds, and how it is set.
struct Shown {
    html: String,
    number: bool,
    unread: bool,
}

impl Sheet<'_> {
    /// Every table of the file.
    pub fn tables(&self) -> String {
        self.rule_file.tables.iter().map(|table| self.table(table)).collect()
    }

    fn table(&self, table: &ast::Table) -> String {
        let mut about = String::new();
        let clock = table.clock.as_deref().or(self.rule_file.clock.as_deref()).unwrap_or("today");
        about.push_str(&line("วันที่ใช้เลือกแถว", &esc(&self.name(clock))));
        if let Some(band) = &table.band {
            about.push_str(&line("ขั้นตาม", &esc(&self.name(band))));
        }
        let places: Vec<String> = table.place.iter().map(|place| self.name(place)).collect();
        about.push_str(&line("พื้นที่ตาม", &esc(&places.join(" / "))));
        if let Some(overlay) = &table.overlay {
            let th = self
                .files
                .iter()
                .find(|file| file.id == *overlay)
                .map_or(overlay.as_str(), |file| file.text.th.as_str());
            about.push_str(&line("ค่าชั่วคราว", &format!("<a href=\"{}.html\">{}</a>", esc(overlay), esc(th))));
        }
        about.push_str(&line(
            "ก่อนแถวแรก",
            &match table.before.as_deref() {
                Some("not_read") => mark("unread", "ยังไม่ได้อ่าน"),
                Some("none") => "กฎหมายไม่ได้ให้".to_owned(),
                _ => String::new(),
            },
        ));
        if let Some(csv) = &table.csv {
            about.push_str(&line("แถวอยู่ในแฟ้ม", &format!("<code>{}</code>", esc(csv))));
        }
        if let Some(open) = &table.open {
            about.push_str(&line("ยังไม่ได้อ่าน", &format!("{} {}", mark("unread", "ยังไม่ได้อ่าน"), esc(open))));
        }
        let words = self.words("tables", &table.id, &table.text);
        let rows = self.grid(Some(table), &table.columns, &table.rows, &words.th);
        let own = table
            .own_overlay
            .as_ref()
            .map_or_else(String::new, |(columns, rows)| self.grid(None, columns, rows, "ค่าชั่วคราว"));
        format!(
            "<article id=\"t-{id}\"><header><h3>{}</h3><span class=\"id\">{id}</span></header><dl>{about}</dl>{rows}{own}</article>",
            both(&words),
            id = esc(&table.id)
        )
    }

    /// What a column is called.
    pub fn column_name(&self, table: Option<&ast::Table>, column: &str) -> String {
        let (name, in_unit) = column.split_once(':').map_or((column, None), |(name, unit)| (name, Some(unit)));
        let measured = in_unit
            .and_then(crate::criterion::Unit::named)
            .map_or_else(String::new, |known| format!(" ({})", unit(known)));
        if table.is_some_and(|table| table.across.is_some()) && in_unit.is_some() {
            return format!("ทางเลือก {name}{measured}");
        }
        if let Some((_, key)) = table.and_then(|table| table.keys.iter().find(|(key, _)| key == name)) {
            return self.name(key);
        }
        match name {
            "from" => "ตั้งแต่".to_owned(),
            "cite" => "ที่มา".to_owned(),
            "at_least" => "อย่างน้อย".to_owned(),
            "place" | "area" => "พื้นที่".to_owned(),
            "months" => "เดือน".to_owned(),
            _ if table.is_some_and(|table| table.columns.iter().filter(|column| column.contains(':')).count() == 1) => {
                format!("ค่า{measured}")
            }
            _ => format!("{name}{measured}"),
        }
    }

    fn grid(&self, table: Option<&ast::Table>, columns: &[String], rows: &[Item], caption: &str) -> String {
        let heads: String = columns
            .iter()
            .map(|column| format!("<th scope=\"col\">{}</th>", esc(&self.column_name(table, column))))
            .collect();
        let mut body = String::new();
        for row in rows {
            let Data::List(cells) = &row.data else { continue };
            body.push_str("<tr>");
            for (index, column) in columns.iter().enumerate() {
                let Some(item) = cells.get(index) else {
                    body.push_str("<td>–</td>");
                    continue;
                };
                let shown = self.cell(table, column, item);
                if index == 0 {
                    let class = if shown.unread { " class=\"unread-cell\"" } else { "" };
                    body.push_str(&format!("<th scope=\"row\"{class}>{}</th>", shown.html));
                } else {
                    let class = match (shown.unread, shown.number) {
                        (true, _) => " class=\"unread-cell\"",
                        (false, true) => " class=\"number\"",
                        (false, false) => "",
                    };
                    body.push_str(&format!("<td{class}>{}</td>", shown.html));
                }
            }
            body.push_str("</tr>");
        }
        format!(
            "<div class=\"wide\"><table><caption>{}</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>",
            esc(caption)
        )
    }

    fn cell(&self, table: Option<&ast::Table>, column: &str, item: &Item) -> Shown {
        let plain = |html: String| Shown {
            html,
            number: false,
            unread: false,
        };
        match (column, &item.data) {
            ("cite", _) => return plain(sources::short(self, &self.file().texts(item, "cite"))),
            ("from", Data::Text(text)) => {
                if let Some((first, last)) = span(text) {
                    return plain(format!("ระหว่าง {} ถึง {} {}", day(first), day(last), mark("medium", "อ่านได้สองทาง")));
                }
            }
            ("months", Data::Text(text)) => {
                let months = text
                    .split_once("..")
                    .and_then(|(first, last)| Some((Month::parse(first).ok()?, Month::parse(last).ok()?)));
                if let Some((first, last)) = months {
                    return plain(format!("{} – {} <small>({})</small>", month(first), month(last), esc(text)));
                }
            }
            ("at_least", Data::Text(text)) => {
                if let Ok(read) = Length::parse(text) {
                    return plain(esc(&length(read)));
                }
            }
            ("area" | "place", Data::Text(text)) => {
                return plain(match text.as_str() {
                    "all" => "ทั่วประเทศ".to_owned(),
                    area if self.rule_file.overlay.is_some() => format!("<a href=\"#a-{0}\">{0}</a>", esc(area)),
                    place => {
                        let names = ["district", "province"].iter().map(|list| self.label(list, place).th);
                        format!(
                            "{} <small>({})</small>",
                            esc(&names.into_iter().find(|name| name != place).unwrap_or_default()),
                            esc(place)
                        )
                    }
                });
            }
            _ => {}
        }
        if let (Data::Text(code), Some((_, key))) = (&item.data, table.and_then(|table| table.keys.iter().find(|(key, _)| key == column))) {
            return plain(format!("{} <code>{}</code>", esc(&self.code(key, code)), esc(code)));
        }
        self.value(item)
    }

    fn value(&self, item: &Item) -> Shown {
        let number = |html: String| Shown {
            html,
            number: true,
            unread: false,
        };
        match &item.data {
            Data::Text(text) if text == "not_read" => Shown {
                html: mark("unread", "ยังไม่ได้อ่าน"),
                number: false,
                unread: true,
            },
            Data::Text(text) if text == "none" => Shown {
                html: "<span class=\"soft\">ไม่มี</span>".to_owned(),
                number: false,
                unread: false,
            },
            Data::Text(text) if text == "same" => Shown {
                html: "<span class=\"soft\">เท่าแถวก่อน</span>".to_owned(),
                number: false,
                unread: false,
            },
            Data::Text(text) => number(esc(&grouped(text))),
            Data::Whole(whole) => number(esc(&grouped(&whole.to_string()))),
            Data::Day(date) => Shown {
                html: day(*date),
                number: false,
                unread: false,
            },
            Data::Table(entries) => {
                let part = |key: &str| entries.iter().find(|(name, _)| name == key).map(|(_, item)| item);
                let reading = |key: &str| part(key).map_or_else(String::new, |item| self.value(item).html);
                let cites = |key: &str| part(key).map_or_else(String::new, |item| sources::short(self, &self.file().texts(item, key)));
                let unread = ["lead", "other"].iter().filter_map(|key| part(key)).any(is_unread);
                let html = format!(
                    "<div>{} <small>ทางหลัก</small></div><div>{} <small>อีกทางหนึ่ง</small></div><div class=\"cites\">{}{}</div>",
                    reading("lead"),
                    reading("other"),
                    cites("cite"),
                    cites("other_cite")
                );
                Shown {
                    html,
                    number: false,
                    unread,
                }
            }
            Data::Flag(_) | Data::List(_) | Data::Unread => Shown {
                html: String::new(),
                number: false,
                unread: false,
            },
        }
    }

    /// The overlay of the file.
    pub fn overlay(&self) -> String {
        self.rule_file
            .overlay
            .as_ref()
            .map_or_else(String::new, |overlay| self.overlay_of(overlay))
    }

    fn overlay_of(&self, overlay: &ast::Overlay) -> String {
        let sets: Vec<String> = overlay
            .sets
            .iter()
            .map(|(target, column)| {
                let file = target.split('.').next().unwrap_or("");
                format!(
                    "ช่อง {} แทนค่าใน <a href=\"{}.html\"><code>{}</code></a>",
                    esc(column),
                    esc(file),
                    esc(target)
                )
            })
            .collect();
        let areas: Vec<String> = overlay
            .area
            .iter()
            .map(|(file, fact)| {
                let th = self
                    .files
                    .iter()
                    .find(|known| known.id == *file)
                    .map_or(file.as_str(), |file| file.text.th.as_str());
                format!("{}: {}", esc(th), esc(&self.name(fact)))
            })
            .collect();
        let mut html = format!("<h4>แทนค่าใด</h4>{}<h4>พื้นที่ตามข้อมูลใด</h4>{}", list(&sets), list(&areas));
        html.push_str(&self.grid(None, &overlay.columns, &overlay.rows, &self.rule_file.text.th));
        for ((name, provinces), citing) in overlay.areas.iter().zip(&overlay.cites) {
            let names: Vec<String> = provinces.iter().map(|code| esc(&self.label("province", code).th)).collect();
            html.push_str(&format!(
                "<article id=\"a-{id}\"><header><h3>พื้นที่ {id} ({} จังหวัด)</h3><span class=\"id\">{id}</span></header><p>{}</p>{}</article>",
                names.len(),
                names.join(" · "),
                self.cite(citing),
                id = esc(name)
            ));
        }
        html
    }
}

/// A span of days.
pub fn span(text: &str) -> Option<(Date, Date)> {
    let (first, last) = text.split_once("..")?;
    Some((Date::parse(first).ok()?, Date::parse(last).ok()?))
}

/// Whether a cell says that nobody has read it.
pub fn is_unread(item: &Item) -> bool {
    match &item.data {
        Data::Text(text) => text == "not_read",
        Data::Table(entries) => entries.iter().any(|(_, item)| is_unread(item)),
        _ => false,
    }
}
