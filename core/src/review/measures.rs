//! Words, amounts and periods, said in words.

use super::Sheet;
use super::html::{beside, both, day, esc, grouped, length, line, list, mark};
use crate::compile::ast::{self, WordShape};
use crate::criterion::syntax::Glossary;
use crate::values::{Baht, Rounding};

impl Sheet<'_> {
    /// The words that the file derives from facts.
    pub fn derived(&self) -> String {
        self.rule_file.words.iter().map(|word| self.word(word)).collect()
    }

    fn word(&self, word: &ast::Word) -> String {
        let name = |name: &str| esc(&self.name(name));
        let schemes = |of: &[String]| {
            let of: Vec<String> = of
                .iter()
                .map(|code| {
                    if code == "option" {
                        "ทางเลือกนี้".to_owned()
                    } else {
                        self.label("contributory_scheme", code).th.to_string()
                    }
                })
                .collect();
            esc(&of.join(" และ "))
        };
        let how = match &word.shape {
            WordShape::Age { of, on } => format!("อายุนับอย่างแม่นยำจาก {} ถึง {} (ครบปีในวันคล้ายวันเกิด)", name(of), name(on)),
            WordShape::Elapsed {
                from,
                to,
                years,
                last_day_counts,
            } => {
                let unit = if *years {
                    "ปี นับอย่างอายุ"
                } else {
                    "วัน"
                };
                let last = if *last_day_counts {
                    " นับวันสุดท้ายด้วย"
                } else {
                    ""
                };
                format!("ระยะเวลาจาก {} ถึง {} เป็น{unit}{last}", name(from), name(to))
            }
            WordShape::Day {
                from,
                plus,
                first_day_counts,
            } => {
                let plus = plus.map_or_else(String::new, |plus| format!(" บวก {}", length(plus)));
                let first = if *first_day_counts {
                    " นับวันแรกเป็นวันที่หนึ่ง"
                } else {
                    ""
                };
                format!("{}{plus}{first}", name(from))
            }
            WordShape::MonthsPaid { of, window, before } => {
                let window = window.map_or_else(|| "ทุกเดือน".to_owned(), |window| format!("ใน {window} เดือน"));
                format!("จำนวนเดือนที่จ่ายเงินสมทบ ({}) {window}ก่อนเดือนของ {}", schemes(of), name(before))
            }
            WordShape::MonthsSteps { of, before, steps } => {
                let steps: Vec<String> = steps
                    .iter()
                    .enumerate()
                    .map(|(index, (need, window))| format!("ขั้น {}: {need} ใน {window} เดือน", index.saturating_add(1)))
                    .collect();
                format!(
                    "ขั้นสูงสุดที่ถึง จากเดือนที่จ่ายเงินสมทบ ({}) ก่อนเดือนของ {}: {}",
                    schemes(of),
                    name(before),
                    steps.join(" · ")
                )
            }
            WordShape::TopMean {
                of,
                months,
                ceiling,
                top,
                within,
                divide,
            } => format!(
                "ผลรวมของ {} สูงสุด {top} เดือนใน {within} เดือนสุดท้าย หารด้วย {divide} แต่ละเดือนไม่เกิน {} เดือนที่ไม่ได้บอกอาจเป็นเท่าใดก็ได้ตามจำนวน {}",
                name(of),
                name(ceiling),
                name(months)
            ),
            WordShape::Begins { of } => format!("{} ไม่ได้บอกถือว่าเริ่มแล้ว", name(of)),
            WordShape::Ends { of, told_by, goes_on } => {
                let codes: Vec<String> = goes_on.iter().map(|code| self.code(told_by, code)).collect();
                format!(
                    "{} ไม่ได้บอกถือว่ายังไม่สิ้นสุด เว้นแต่ {} มิใช่ {}",
                    name(of),
                    name(told_by),
                    esc(&codes.join(" หรือ "))
                )
            }
            WordShape::Latest { told, of, only } => {
                format!("{} ไม่ได้บอกใช้ {} วันหลังสุดของงานที่ {}", name(told), name(of), name(only))
            }
            WordShape::Maps { of, codes } => {
                let codes: Vec<String> = codes
                    .iter()
                    .map(|(code, from)| {
                        let from: Vec<String> = from.iter().map(|from| self.code(of, from)).collect();
                        format!("<code>{}</code> = {}", esc(code), esc(&from.join(" หรือ ")))
                    })
                    .collect();
                format!("จาก {}:{}", name(of), list(&codes))
            }
            WordShape::Nearest { working_days } => {
                format!(
                    "จำนวน{}ที่เหลือถึงวันสุดท้ายที่ใกล้ที่สุดของระยะเวลาที่เตือน",
                    if *working_days { "วันทำการ" } else { "วัน" }
                )
            }
            WordShape::FullSteps { of, beyond, each } => {
                let (beyond, each) = (beyond.unwrap_or(0), each.unwrap_or(0));
                format!("จำนวนครั้งที่ {} เกิน {beyond} ครบทุก {each} (เศษที่ไม่ครบไม่นับ)", name(of))
            }
            WordShape::Unread => String::new(),
        };
        format!(
            "<article id=\"w-{id}\"><header><h3>{}</h3><span class=\"id\">{id}</span></header><div>{how}</div>{}</article>",
            both(&self.words("words", &word.id, &word.text)),
            self.cite(&word.cite),
            id = esc(&word.id)
        )
    }

    fn operand(&self, text: &str) -> String {
        if Baht::parse(text).is_ok() {
            return format!("{} บาท", esc(&grouped(text)));
        }
        self.number(text)
    }

    fn number(&self, text: &str) -> String {
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            return esc(&grouped(text));
        }
        let head = text.split('.').next().unwrap_or("");
        let name = esc(&self.name(text));
        if self.rule_file.tables.iter().any(|table| table.id == head) {
            return format!("<a href=\"#t-{}\">{name}</a>", esc(head));
        }
        if self.rule_file.amounts.iter().any(|amount| amount.id == text) {
            return format!("<a href=\"#m-{}\">{name}</a>", esc(text));
        }
        name
    }

    fn clause_link(&self, name: &str) -> String {
        let th = esc(&self.name(name));
        if self.rule_file.clauses.iter().any(|clause| clause.id == name) {
            format!("<a href=\"#c-{}\">{th}</a>", esc(name))
        } else {
            th
        }
    }

    /// The amounts of the file.
    pub fn amounts(&self) -> String {
        self.rule_file.amounts.iter().map(|amount| self.amount(amount)).collect()
    }

    fn amount(&self, amount: &ast::Amount) -> String {
        let mut how = String::new();
        if let Some(flat) = &amount.flat {
            how = self.operand(flat);
        } else if let (Some(rate), Some(of)) = (&amount.rate, &amount.of) {
            how = format!("ร้อยละตาม {} ของ {}", self.operand(rate), self.operand(of));
            if let Some(floor) = &amount.floor {
                how.push_str(&format!(" โดยคิดจากฐานไม่ต่ำกว่า {}", self.operand(floor)));
            }
            if let Some(ceiling) = &amount.ceiling {
                how.push_str(&format!(" ไม่เกิน {}", self.operand(ceiling)));
            }
        } else if let (Some(units), Some(of)) = (&amount.units, &amount.of) {
            how = format!("{} × {}", self.number(units), self.operand(of));
            if let Some(most) = &amount.at_most {
                how.push_str(&format!(" นับไม่เกิน {}", self.number(most)));
            }
        } else if !amount.sum.is_empty() {
            let parts: Vec<String> = amount.sum.iter().map(|part| self.number(part)).collect();
            how = format!("ผลรวมของ {}", parts.join(" และ "));
        }
        let round = match amount.round {
            Rounding::BahtHalfUp => "ปัดเป็นบาท ครึ่งบาทขึ้นไปปัดขึ้น",
            Rounding::BahtDown => "ปัดเศษของบาททิ้ง",
            Rounding::SatangHalfUp => "ปัดเป็นสตางค์",
        };
        let mut about = line("คำนวณ", &how);
        about.push_str(
            &amount
                .per
                .as_ref()
                .map_or_else(String::new, |per| line("ต่อ", &beside(&self.label("per", per)))),
        );
        about.push_str(&line("ปัดเศษ", round));
        about.push_str(&line(
            "เฉพาะเมื่อ",
            &amount
                .condition
                .as_ref()
                .map_or_else(String::new, |clause| self.clause_link(clause)),
        ));
        about.push_str(&line(
            "หน่วยนับ",
            if amount.each_job {
                "ต่องานแต่ละงาน"
            } else {
                ""
            },
        ));
        let limits: Vec<String> = amount
            .limits
            .iter()
            .enumerate()
            .map(|(index, text)| both(&self.words("limits", &format!("{}.{index}", amount.id), text)))
            .collect();
        about.push_str(&line("ข้อจำกัด (กล่าวไว้ ไม่ได้คำนวณ)", &list(&limits)));
        let open = amount
            .open
            .as_ref()
            .map_or_else(String::new, |open| format!("{} {}", mark("unread", "ยังไม่ได้อ่าน"), esc(open)));
        about.push_str(&line("ยังไม่ได้อ่าน", &open));
        format!(
            "<article id=\"m-{id}\"><header><h3>{}</h3><span class=\"id\">{id}</span></header><dl>{about}</dl>{}</article>",
            both(&self.words("amounts", &amount.id, &amount.text)),
            self.cite(&amount.cite),
            id = esc(&amount.id)
        )
    }

    /// The periods of the file.
    pub fn periods(&self) -> String {
        self.rule_file.periods.iter().map(|period| self.period(period)).collect()
    }

    /// What a period runs from and how long, in one sentence.
    fn run(&self, period: &ast::Period) -> String {
        let long = period.length.map_or_else(String::new, |read| esc(&length(read)));
        match (&period.after, period.first) {
            (Some(after), _) => {
                let event = match self
                    .rule_file
                    .periods
                    .iter()
                    .find(|known| after.strip_suffix(".nominal").unwrap_or(after) == known.id)
                {
                    Some(earlier) => format!("วันสุดท้ายของ <a href=\"#p-{}\">“{}”</a>", esc(&earlier.id), esc(&earlier.text.th)),
                    None => esc(&self.name(after)),
                };
                format!("{long} นับแต่วันถัดจาก {event}")
            }
            (None, Some(first)) => format!("{long} นับแต่ {} ซึ่งนับเป็นวันแรก", day(first)),
            (None, None) => long,
        }
    }

    fn period(&self, period: &ast::Period) -> String {
        let mut about = line("ระยะเวลา", &self.run(period));
        about.push_str(&line(
            "วันหยุด",
            if period.rolls {
                "วันสุดท้ายเลื่อนไปวันทำการถัดไป"
            } else {
                "วันสุดท้ายไม่เลื่อน"
            },
        ));
        about.push_str(&line(
            "ผูกพัน",
            &period
                .binds
                .as_ref()
                .map_or_else(String::new, |binds| beside(&self.label("binds", binds))),
        ));
        about.push_str(&line(
            "หากล่าช้า",
            &period
                .late
                .as_ref()
                .map_or_else(String::new, |late| beside(&self.label("late", late))),
        ));
        about.push_str(&line(
            "เตือน",
            if period.warn {
                "ใกล้ครบแล้วเร่งด่วน"
            } else {
                ""
            },
        ));
        about.push_str(&line(
            "เฉพาะเมื่อ",
            &period
                .condition
                .as_ref()
                .map_or_else(String::new, |clause| self.clause_link(clause)),
        ));
        about.push_str(&line(
            "เลือกความยาวตาม",
            &period.clock.as_ref().map_or_else(String::new, |clock| esc(&self.name(clock))),
        ));
        let earlier: Vec<String> = period
            .earlier
            .iter()
            .map(|earlier| {
                format!(
                    "{} จนถึง {}{}",
                    esc(&length(earlier.length)),
                    day(earlier.until),
                    self.cite(&earlier.cite)
                )
            })
            .collect();
        about.push_str(&line("เดิม", &list(&earlier)));
        if let Some(ast::Extension {
            by,
            ask_within,
            text,
            cite,
        }) = &period.extension
        {
            let words = self.words("periods", &format!("{}.extension", period.id), text);
            let by = by
                .as_ref()
                .map_or_else(String::new, |by| format!(" โดย {}", esc(&self.body(by).th)));
            let ask = ask_within.as_ref().map_or_else(String::new, |within| {
                let within = self
                    .rule_file
                    .periods
                    .iter()
                    .find(|known| known.id == *within)
                    .map_or(within.as_str(), |known| known.text.th.as_str());
                format!(" ขอภายใน “{}”", esc(within))
            });
            about.push_str(&line(
                "ขยายได้",
                &format!("{}<span class=\"soft\">{by}{ask}</span>{}", both(&words), self.cite(cite)),
            ));
        }
        format!(
            "<article id=\"p-{id}\"><header><h3>{}</h3><span class=\"id\">{id}</span></header><dl>{about}</dl>{}</article>",
            both(&self.words("periods", &period.id, &period.text)),
            self.cite(&period.cite),
            id = esc(&period.id)
        )
    }
}
