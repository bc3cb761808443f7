//! The page: head, rules, clauses, what is not shared, notes; and the index.

use super::html::{beside, both, day, days, esc, length, line, list, mark, page, section};
use super::{Sheet, sources};
use crate::compile::ast::{self, FirstDay, RuleFile};
use crate::compile::diagnostics::Ledger;
use crate::compile::registry::Registry;
use crate::rulebook::{Book, FileKind, Words};
use crate::values::{Date, Text};

const fn kind(kind: FileKind) -> (&'static str, &'static str) {
    match kind {
        FileKind::Definition => ("นิยาม", "definition"),
        FileKind::Scheme => ("ระบบคุ้มครองทางสังคม", "scheme"),
        FileKind::Standard => ("กฎหมายคุ้มครองแรงงาน", "standard"),
        FileKind::Complaint => ("เรื่องร้องทุกข์", "complaint"),
        FileKind::Urgency => ("ความเร่งด่วน", "urgency"),
        FileKind::Overlay => ("ค่าชั่วคราว", "overlay"),
    }
}

/// The index of all sheets.
pub fn index(book: &Book, registry: &Registry<'_>, ledger: &Ledger, files: &[RuleFile]) -> String {
    let mut rows = String::new();
    for rule_file in files {
        let sheet = Sheet::new(book, registry, ledger, files, rule_file);
        let (th, en) = kind(rule_file.kind);
        rows.push_str(&format!(
            "<tr><th scope=\"row\"><a href=\"{id}.html\">{}</a></th><td>{th}<span class=\"en\" lang=\"en\">{en}</span></td><td>{}</td><td>{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td></tr>",
            both(&sheet.words("file", &rule_file.id, &rule_file.text)),
            day(rule_file.since),
            day(rule_file.checked_on),
            rule_file.rules.len(),
            rule_file.clauses.len(),
            sheet.unread_items().len(),
            id = esc(&rule_file.id),
        ));
    }
    let body = format!(
        "<header><h1>ใบตรวจทานกฎหมาย<span class=\"en\" lang=\"en\">Review sheets of the rulebook</span></h1></header>\
         <p>แต่ละหน้าแสดงกฎหมายหนึ่งเรื่องตามที่บันทึกไว้ เพื่อให้นักกฎหมายเทียบกับตัวบท สิ่งที่มีเครื่องหมายความแน่นอนปานกลางหรือต่ำ และสิ่งที่ยังไม่ได้อ่าน ควรตรวจก่อน\
         <span class=\"en\" lang=\"en\">Each page shows one subject as it is recorded, to be compared with the law. Look first at what is marked medium, low or not read.</span></p>\
         <div class=\"wide\"><table><caption>แฟ้มกฎ</caption><thead><tr><th scope=\"col\">เรื่อง</th><th scope=\"col\">ประเภท</th><th scope=\"col\">ตอบได้ตั้งแต่</th><th scope=\"col\">ตรวจล่าสุด</th><th scope=\"col\">กฎ</th><th scope=\"col\">เงื่อนไข</th><th scope=\"col\">ยังไม่ได้อ่าน</th></tr></thead><tbody>{rows}</tbody></table></div>\
         <div class=\"wide\"><table><caption>แผน</caption><thead><tr><th scope=\"col\">แผน</th><th scope=\"col\">ปี (พ.ศ.)</th><th scope=\"col\">อ่านได้</th><th scope=\"col\">ตรวจล่าสุด</th><th scope=\"col\">ตัวชี้วัด</th><th scope=\"col\">เป้าหมาย</th><th scope=\"col\">ค่า</th></tr></thead><tbody>{plans}</tbody></table></div>",
        plans = super::plans::rows(book),
    );
    page("ใบตรวจทานกฎหมาย", &body)
}

fn first_day(from: Option<FirstDay>, until: Option<Date>) -> String {
    match from {
        Some(FirstDay { lead, other: Some(other) }) => {
            let until = until.map_or_else(String::new, |until| format!(" ถึง {}", day(until)));
            format!(
                "เริ่มวันใดวันหนึ่งระหว่าง {} กับ {}{until} {}",
                day(other),
                day(lead),
                mark("medium", "อ่านได้สองทาง")
            )
        }
        Some(FirstDay { lead, other: None }) => days(Some(lead), until),
        None => days(None, until),
    }
}

impl Sheet<'_> {
    /// The whole page.
    pub fn page(&self) -> String {
        let rule_file = self.rule_file;
        let title = self.words("file", &rule_file.id, &rule_file.text);
        let parts = [
            ("rules", "กฎ", "rules", self.rules()),
            ("clauses", "เงื่อนไข", "clauses", self.clauses()),
            ("words", "คำที่คำนวณจากข้อเท็จจริง", "derived words", self.derived()),
            ("tables", "ตาราง", "tables", self.tables()),
            ("overlay", "ค่าชั่วคราว", "temporary values", self.overlay()),
            ("amounts", "จำนวนเงิน", "amounts", self.amounts()),
            ("periods", "ระยะเวลา", "periods", self.periods()),
            ("no-share", "ข้อมูลที่ไม่ส่งต่อ", "not shared", self.no_share()),
            ("notes", "หมายเหตุ (ไม่ใช่กฎ)", "notes, not rules", self.notes()),
            ("unread", "สิ่งที่ยังไม่ได้อ่าน", "what was not read", self.unread()),
        ];
        // The head cites nothing; what the sections have named is listed last.
        let named = sources::named(self);
        let last = [("instruments", "ตราสารที่อ้าง"), ("sources", "แหล่งที่อ่าน")];
        let links: String = parts
            .iter()
            .filter(|(.., body)| !body.is_empty())
            .map(|(id, th, ..)| (*id, *th))
            .chain(last.into_iter().filter(|(id, _)| named.contains(&format!("<section id=\"{id}\">"))))
            .map(|(id, th)| format!("<a href=\"#{id}\">{}</a> ", esc(th)))
            .collect();
        let sections: String = parts.iter().map(|(id, th, en, body)| section(id, th, en, body)).collect();
        let body = format!(
            "<header><h1>{}</h1>{}</header><nav aria-label=\"สารบัญ\"><a href=\"index.html\">ทุกเรื่อง</a> {links}</nav><main>{sections}{named}</main><footer>ตรวจเทียบกับกฎหมายล่าสุดเมื่อ {} · <code>{}</code></footer>",
            both(&title),
            self.head(),
            day(rule_file.checked_on),
            esc(&rule_file.path),
        );
        page(&title.th, &body)
    }

    fn head(&self) -> String {
        let rule_file = self.rule_file;
        let (th, en) = kind(rule_file.kind);
        let mut about = line(
            "ประเภท",
            &beside(&Words {
                th: th.into(),
                en: en.into(),
            }),
        );
        about.push_str(&line("รหัส", &format!("<code>{}</code>", esc(&rule_file.id))));
        about.push_str(&line(
            "หน่วยงาน",
            &rule_file
                .authority
                .as_ref()
                .map_or_else(String::new, |agency| beside(&self.body(agency))),
        ));
        about.push_str(&line("ตอบได้ตั้งแต่", &day(rule_file.since)));
        about.push_str(&line("ตรวจเทียบล่าสุด", &day(rule_file.checked_on)));
        about.push_str(&line(
            "วันที่ใช้เลือกกฎหมาย",
            &rule_file.clock.as_ref().map_or_else(String::new, |clock| {
                use crate::criterion::syntax::Glossary;
                esc(&self.name(clock))
            }),
        ));
        let options: Vec<String> = rule_file
            .options
            .iter()
            .map(|(option, since)| format!("ทางเลือก {} {}", esc(option), days(Some(*since), None)))
            .collect();
        about.push_str(&line("ทางเลือก", &list(&options)));
        let contingencies: Vec<String> = rule_file
            .contingencies
            .iter()
            .map(|code| beside(&self.label("contingency", code)))
            .collect();
        let of_option = |(option, list): &(String, Vec<String>)| {
            let labels: Vec<String> = list.iter().map(|code| beside(&self.label("contingency", code))).collect();
            format!("ทางเลือก {}: {}", esc(option), labels.join(" · "))
        };
        let by_option: Vec<String> = rule_file.option_contingencies.iter().map(of_option).collect();
        let whole = by_option.is_empty().then(|| contingencies.join(" · "));
        about.push_str(&line("กรณีตามอนุสัญญา ILO 102", &whole.unwrap_or_else(|| list(&by_option))));
        about.push_str(&line(
            "ทะเบียนว่าเป็นสมาชิกเมื่อ",
            &rule_file.registered.as_ref().map_or_else(String::new, |when| self.condition(when)),
        ));
        about.push_str(&line(
            "เกิดเรื่องเมื่อ",
            &rule_file.arises.as_ref().map_or_else(String::new, |when| self.condition(when)),
        ));
        if let Some(unknown) = &rule_file.while_unknown {
            let level = |level: &Option<Text>| level.as_ref().map_or_else(String::new, |level| self.level(level));
            about.push_str(&line("เมื่อยังไม่รู้ข้อเท็จจริง โทร", &esc(&unknown.call.join(", "))));
            about.push_str(&line("อันตรายที่ยังไม่รู้ ถือเป็น", &level(&unknown.urgency)));
            about.push_str(&line("ถ้าเกี่ยวกับเด็ก ถือเป็น", &level(&unknown.with_child)));
        }
        let levels: Vec<String> = rule_file.levels.iter().map(|level| self.level(level)).collect();
        about.push_str(&line("ระดับ เรียงจากเร่งด่วนที่สุด", &list(&levels)));
        let danger: Vec<String> = rule_file
            .danger
            .iter()
            .map(|fact| self.fact_name(fact).map_or_else(|| esc(fact), |words| beside(&words)))
            .collect();
        about.push_str(&line("ถามก่อนว่าอันตรายหรือไม่", &list(&danger)));
        format!("<dl>{about}</dl>")
    }

    fn level(&self, level: &str) -> String {
        format!("<code>{}</code> {}", esc(level), beside(&self.label("urgency", level)))
    }

    fn rules(&self) -> String {
        self.rule_file.rules.iter().map(|rule| self.rule(rule)).collect()
    }

    fn rule(&self, rule: &ast::Rule) -> String {
        let mut marks = Vec::new();
        match rule.gives.as_deref() {
            Some("covered") => marks.push(mark("gives", "ผล: คุ้มครอง · covered")),
            Some("eligible") => marks.push(mark("gives", "ผล: มีสิทธิสมัครหรือขอ · eligible")),
            Some(level) => marks.push(mark("gives", &format!("ผล: {} {}", level, self.label("urgency", level).th))),
            None => {}
        }
        match rule.each.as_deref() {
            Some("option") => marks.push(mark(
                "each",
                &rule
                    .options
                    .as_ref()
                    .map_or_else(|| "พิจารณาทีละทางเลือก".to_owned(), |only| format!("เฉพาะทางเลือก {}", only.join(", "))),
            )),
            Some("job") => marks.push(mark("each", "พิจารณาทีละงาน")),
            _ => {}
        }
        let dates = first_day(rule.from, rule.until);
        let mut about = line("ใช้", &dates);
        about.push_str(&line(
            "แทนที่",
            &rule
                .replaces
                .as_ref()
                .map_or_else(String::new, |old| format!("<a href=\"#r-{0}\">{0}</a>", esc(old))),
        ));
        about.push_str(&line("ต้องครบทุกข้อ", &self.parts(&rule.requires)));
        about.push_str(&line("ต้องไม่เข้าข้อใด", &self.parts(&rule.excludes)));
        about.push_str(&line(
            "ภายใน",
            &rule.within.as_ref().map_or_else(String::new, |name| self.period_link(name)),
        ));
        let amounts = |names: &[String]| list(&names.iter().map(|name| self.amount_link(name)).collect::<Vec<_>>());
        about.push_str(&line("จ่าย", &amounts(&rule.pays)));
        about.push_str(&line(
            "ได้รับ",
            &rule.amount.as_ref().map_or_else(String::new, |name| self.amount_link(name)),
        ));
        if let Some(route) = &rule.route {
            about.push_str(&self.route(route));
        }
        about.push_str(&line("ขั้นตอน", &self.steps(&rule.steps)));
        about.push_str(&line(
            "หัวข้อที่แสดงเมื่อข้อนี้ให้สถานะ",
            &rule
                .headline
                .as_ref()
                .map_or_else(String::new, |words| both(&self.words("headlines", &rule.id, words))),
        ));
        let contingencies = rule
            .contingencies
            .iter()
            .flatten()
            .map(|code| beside(&self.label("contingency", code)))
            .collect::<Vec<_>>();
        about.push_str(&line("กรณีตามอนุสัญญา ILO 102", &contingencies.join(" · ")));
        format!(
            "<article id=\"r-{id}\"><header><h3>{}</h3><span class=\"id\">{id}</span></header><p>{}</p><dl>{about}</dl>{}</article>",
            both(&self.words("rules", &rule.id, &rule.text)),
            marks.join(" "),
            self.cite(&rule.cite),
            id = esc(&rule.id)
        )
    }

    fn parts(&self, names: &[String]) -> String {
        let part = |name: &String| {
            if let Some(clause) = self.rule_file.clauses.iter().find(|clause| clause.id == *name) {
                let when = clause.main.when.as_ref().map_or_else(String::new, |when| self.in_words(when));
                let dates = first_day(clause.from, clause.until);
                let dates = if dates.is_empty() {
                    dates
                } else {
                    format!(" <small>{dates}</small>")
                };
                let open = if clause.open.is_some() {
                    format!(" {}", mark("unread", "ยังไม่ได้อ่าน"))
                } else {
                    String::new()
                };
                let two = if clause.main.other.is_some() {
                    format!(" {}", mark("medium", "อ่านได้สองทาง"))
                } else {
                    String::new()
                };
                return format!(
                    "<a href=\"#c-{}\">{}</a>{dates}{open}{two}{when}",
                    esc(name),
                    esc(&clause.main.text.th)
                );
            }
            if let Some(rule) = self.rule_file.rules.iter().find(|rule| rule.id == *name) {
                return format!("เป็นไปตาม <a href=\"#r-{}\">“{}”</a>", esc(name), esc(&rule.text.th));
            }
            use crate::criterion::syntax::Glossary;
            let (file, rule) = name.split_once('.').unwrap_or((name, ""));
            format!(
                "<a href=\"{}.html#r-{}\">{}</a>",
                esc(file),
                esc(rule.split('.').next().unwrap_or("")),
                esc(&self.name(name))
            )
        };
        list(&names.iter().map(part).collect::<Vec<_>>())
    }

    fn period_link(&self, name: &str) -> String {
        let th = self
            .rule_file
            .periods
            .iter()
            .find(|period| period.id == name)
            .map_or(name, |period| period.text.th.as_str());
        format!("<a href=\"#p-{}\">{}</a>", esc(name), esc(th))
    }

    fn amount_link(&self, name: &str) -> String {
        let th = self
            .rule_file
            .amounts
            .iter()
            .find(|amount| amount.id == name)
            .map_or(name, |amount| amount.text.th.as_str());
        format!("<a href=\"#m-{}\">{}</a>", esc(name), esc(th))
    }

    fn steps(&self, steps: &[ast::Step]) -> String {
        let step = |(index, step): (usize, &ast::Step)| match step {
            ast::Step::Period(name, _) => self.period_link(name),
            ast::Step::Sentence { text, at, cite } => {
                let at = at
                    .as_ref()
                    .map_or_else(String::new, |agency| format!(" <small>ที่ {}</small>", esc(&self.body(agency).th)));
                format!("{}{at}{}", both(&self.words("steps", &index.to_string(), text)), self.cite(cite))
            }
        };
        list(&steps.iter().enumerate().map(step).collect::<Vec<_>>())
    }

    fn route(&self, route: &ast::Route) -> String {
        let bodies = |ids: &[String]| ids.iter().map(|id| beside(&self.body(id))).collect::<Vec<_>>().join(" · ");
        let mut about = line(
            "ผู้รับเรื่องหลัก",
            &route
                .lead
                .as_ref()
                .map_or_else(String::new, |lead| format!("<strong>{}</strong>", beside(&self.body(lead)))),
        );
        about.push_str(&line("แจ้งพร้อมกัน", &bodies(&route.joint)));
        let places: Vec<String> = route
            .office_by
            .iter()
            .map(|fact| self.fact_name(fact).map_or_else(|| esc(fact), |words| esc(&words.th)))
            .collect();
        let office = if route.office_of.is_empty() {
            String::new()
        } else {
            format!("สำนักงานของ {} ตาม {}", bodies(&route.office_of), places.join(" หรือ "))
        };
        about.push_str(&line("สำนักงาน", &office));
        about.push_str(&line(
            "ที่อื่น",
            &route.office_elsewhere.as_ref().map_or_else(String::new, |text| {
                let words = self.book.words_of(text).cloned().unwrap_or_else(|| self.body(text));
                beside(&words)
            }),
        ));
        let copies: Vec<String> = route
            .copies
            .iter()
            .map(|ast::CopyTo { to, why, cite }| {
                format!(
                    "{}: {}{}",
                    beside(&self.body(to)),
                    beside(&self.words("copies", to, why)),
                    self.cite(cite)
                )
            })
            .collect();
        about.push_str(&line("สำเนา", &list(&copies)));
        let form = |id: &String| {
            self.book
                .forms
                .iter()
                .find(|form| form.id == *id)
                .map_or_else(|| esc(id), |form| beside(&form.name))
        };
        about.push_str(&line("แบบ", &list(&route.forms.iter().map(form).collect::<Vec<_>>())));
        about.push_str(&line("บอกผู้ร้อง", &self.steps(&route.tell)));
        let path: Vec<String> = route
            .path
            .iter()
            .map(|ast::PathStep { from, to, within, cite }| {
                let within = within.map_or_else(String::new, |within| format!(" ภายใน {}", esc(&length(within))));
                format!(
                    "{} → {}{within}{}",
                    esc(&self.body(from).th),
                    esc(&self.body(to).th),
                    self.cite(cite)
                )
            })
            .collect();
        about.push_str(&line("ทางส่งต่อ", &list(&path)));
        about.push_str(&line(
            "เร่งด่วนอย่างน้อย",
            &route.urgency_at_least.as_ref().map_or_else(String::new, |level| self.level(level)),
        ));
        about.push_str(&line("โทร", &esc(&route.call.join(", "))));
        let keeps: Vec<String> = route
            .keeps
            .iter()
            .map(|id| {
                self.files
                    .iter()
                    .find(|file| file.id == *id)
                    .map_or_else(|| esc(id), |file| esc(&file.text.th))
            })
            .collect();
        about.push_str(&line("ระยะเวลาของเรื่องอื่นยังเดินอยู่", &keeps.join(" · ")));
        let instead: Vec<String> = route
            .instead_of
            .iter()
            .map(|id| {
                let rule = self.rule_file.rules.iter().find(|rule| rule.id == *id);
                rule.map_or_else(|| esc(id), |rule| esc(&rule.text.th))
            })
            .collect();
        about.push_str(&line("ใช้แทน", &instead.join(" · ")));
        about
    }

    fn clauses(&self) -> String {
        self.rule_file.clauses.iter().map(|clause| self.clause(clause)).collect()
    }

    fn clause(&self, clause: &ast::Clause) -> String {
        let mut about = line("ใช้", &first_day(clause.from, clause.until));
        about.push_str(&line(
            "แทนที่",
            &clause
                .replaces
                .as_ref()
                .map_or_else(String::new, |old| format!("<a href=\"#c-{0}\">{0}</a>", esc(old))),
        ));
        about.push_str(&line(
            "ถามจากงานใด",
            match clause.of.as_deref() {
                Some("any_job") => "งานใดงานหนึ่งก็พอ",
                Some("main_job") => "งานหลัก",
                _ => "",
            },
        ));
        if let Some(open) = &clause.open {
            about.push_str(&line("ยังไม่ได้อ่าน", &format!("{} {}", mark("unread", "ไม่ตัดสิทธิ"), esc(open))));
        }
        let used: Vec<String> = self
            .rule_file
            .rules
            .iter()
            .filter(|rule| rule.requires.contains(&clause.id) || rule.excludes.contains(&clause.id))
            .map(|rule| format!("<a href=\"#r-{0}\">{0}</a>", esc(&rule.id)))
            .collect();
        about.push_str(&line("อยู่ในกฎ", &used.join(" · ")));
        let mut earlier = String::new();
        let mut begins = clause.from.map(|from| from.lead);
        for (index, version) in clause.earlier.iter().enumerate() {
            let same = version.text.th == clause.main.text.th;
            let id = if same {
                clause.id.clone()
            } else {
                format!("{}.earlier.{}", clause.id, index.saturating_add(1))
            };
            let when = version.when.as_ref().or(clause.main.when.as_ref());
            earlier.push_str(&format!(
                "<li><small>{}</small> {}</li>",
                days(begins, version.until),
                self.version(&clause.id, &id, version, when.is_some_and(|_| version.when.is_none()))
            ));
            begins = version.until.and_then(|until| until.add_days(1));
        }
        let earlier = if earlier.is_empty() {
            earlier
        } else {
            format!("<h4>ข้อความเดิม · earlier versions</h4><ul>{earlier}</ul>")
        };
        let now = if clause.earlier.is_empty() {
            String::new()
        } else {
            format!("<h4>ปัจจุบัน {}</h4>", days(begins, clause.until))
        };
        let body = self.reading(&clause.id, &clause.id, &clause.main);
        format!(
            "<article id=\"c-{id}\"{open}><header><h3>{}</h3><span class=\"id\">{id}</span></header>{now}{body}{earlier}<dl>{about}</dl></article>",
            both(&self.words("clauses", &clause.id, &clause.main.text)),
            id = esc(&clause.id),
            open = if clause.open.is_some() { " class=\"open\"" } else { "" },
        )
    }

    /// The condition and citations of a version; with a second reading, both side by side.
    fn reading(&self, clause: &str, id: &str, version: &ast::Version) -> String {
        let when = version.when.as_ref().map_or_else(String::new, |when| self.condition(when));
        let lead = format!("{when}{}", self.cite(&version.cite));
        let Some(other) = &version.other else { return lead };
        let same = other.text.th == version.text.th;
        let words = self.words(
            "clauses",
            &if same { id.to_owned() } else { format!("{clause}.other") },
            &other.text,
        );
        let other_when = other.when.as_ref().map_or_else(String::new, |when| self.condition(when));
        format!(
            "<div class=\"two\"><div><strong>ทางหลัก</strong> <small lang=\"en\">leading reading</small>{lead}</div><div><strong>อีกทางหนึ่ง</strong> <small lang=\"en\">other reading</small><p>{}</p>{other_when}{}</div></div>",
            both(&words),
            self.cite(&other.cite)
        )
    }

    fn version(&self, clause: &str, id: &str, version: &ast::Version, same_condition: bool) -> String {
        let same = if same_condition {
            "<p class=\"soft\">เงื่อนไขเดียวกับปัจจุบัน</p>"
        } else {
            ""
        };
        format!(
            "{}{same}{}",
            both(&self.words("clauses", id, &version.text)),
            self.reading(clause, id, version)
        )
    }

    fn no_share(&self) -> String {
        let kept = self.rule_file.no_share.iter().map(|kept| {
            let what: Vec<String> = kept.what.iter().map(|code| beside(&self.label("information", code))).collect();
            let with: Vec<String> = kept.with.iter().map(|id| beside(&self.body(id))).collect();
            let unless = kept
                .unless
                .as_ref()
                .map_or_else(|| "ไม่มีกรณีใด".to_owned(), |when| self.condition(when));
            format!(
                "<article id=\"k-{id}\"><header><h3>{}</h3><span class=\"id\">{id}</span></header><dl>{}{}{}</dl>{}</article>",
                both(&self.words("no_share", &kept.id, &kept.text)),
                line("ไม่ส่งข้อมูล", &what.join(" · ")),
                line("ให้แก่", &with.join(" · ")),
                line("เว้นแต่", &unless),
                self.cite(&kept.cite),
                id = esc(&kept.id)
            )
        });
        kept.collect()
    }

    fn notes(&self) -> String {
        let note = self.rule_file.notes.iter().map(|note| {
            let status = self.label("note_status", &note.status);
            let kind = if ["open", "not_read"].contains(&note.status.as_str()) { "unread" } else { "note" };
            let read = note.as_of.map_or_else(String::new, |date| format!(" <small>ณ {}</small>", day(date)));
            format!(
                "<article id=\"n-{id}\"><header><h3>{} <small lang=\"en\">{}</small>{read}</h3><span class=\"id\">{id}</span></header><p>{}</p>{}</article>",
                mark(kind, &status.th),
                esc(&status.en),
                both(&self.words("notes", &note.id, &note.text)),
                self.cite(&note.cite),
                id = esc(&note.id)
            )
        });
        note.collect()
    }
}
