//! The review sheet of a plan: what it says, what measures it, every figure with its source, for whoever has the plan's own booklet.

use super::html::{beside, both, day, esc, grouped, line, list, mark, page, section};
use crate::criterion::Confidence;
use crate::plan::{Citation, Decimal, Element, Indicator, Label, Measure, Plan, Point, PointState, Structure, Target};
use crate::rulebook::{Book, Words};

/// The rows of the index, one for each plan.
pub fn rows(book: &Book) -> String {
    let row = |plan: &Plan| {
        let points: usize = plan.indicators.iter().map(|indicator| indicator.lead.points.len()).sum();
        format!(
            "<tr><th scope=\"row\"><a href=\"{id}.html\">{}</a></th><td>{}–{}</td><td>{}</td><td>{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td><td class=\"number\">{points}</td></tr>",
            both(&words(&plan.title)),
            plan.from_year,
            plan.to_year,
            structure(plan.structure),
            day(plan.checked_on),
            plan.indicators.len(),
            plan.targets.len(),
            id = esc(&plan.id),
        )
    };
    book.plans.iter().map(row).collect()
}

/// The whole page of a plan.
pub fn sheet(book: &Book, plan: &Plan) -> String {
    let sheet = Sheet { book, plan };
    let mut about = line(
        "เจ้าของแผน",
        &plan.owner.as_deref().map_or_else(String::new, |owner| sheet.body(owner)),
    );
    about.push_str(&line("ปี (พ.ศ.)", &format!("{}–{}", plan.from_year, plan.to_year)));
    about.push_str(&line("อ่านได้", &structure(plan.structure)));
    about.push_str(&line("ตรวจล่าสุด", &day(plan.checked_on)));
    if let Some(later) = &plan.superseded_by {
        let name = book
            .plans
            .iter()
            .find(|other| other.id == later.plan)
            .map(|other| beside(&words(&other.title)));
        let name = name.unwrap_or_else(|| esc(&later.plan));
        about.push_str(&line(
            "แผนที่ใช้แทน",
            &format!("{name} ตั้งแต่ {} {}", day(later.on), sheet.cites(&later.cite)),
        ));
    }
    about.push_str(&line("อ้างอิง", &sheet.cites(&plan.cite)));
    about.push_str(&line("ยังไม่ได้อ่าน", &plan.open.as_ref().map_or_else(String::new, unread)));
    let dates = plan
        .dates
        .iter()
        .map(|date| format!("{} {} {}", day(date.on), both(&words(&date.title)), sheet.cites(&date.cite)));
    let dates: Vec<String> = dates.collect();
    let elements = |elements: &[Element]| elements.iter().map(|element| sheet.element(element)).collect::<String>();
    let vision = plan.vision.as_ref().map_or_else(String::new, |vision| sheet.element(vision));
    let parts = [
        ("dates", "ลำดับเหตุการณ์", "what became of it", list(&dates)),
        ("vision", "วิสัยทัศน์", "vision", vision),
        ("strategies", "ยุทธศาสตร์", "strategies", elements(&plan.strategies)),
        (
            "objectives",
            "เป้าหมายและวัตถุประสงค์",
            "goals and objectives",
            elements(&plan.objectives),
        ),
        (
            "indicators",
            "ตัวชี้วัด",
            "indicators",
            plan.indicators.iter().map(|indicator| sheet.indicator(indicator)).collect(),
        ),
        ("scales", "เกณฑ์คะแนน", "scales", sheet.scales()),
    ];
    let links: String = parts
        .iter()
        .filter(|(.., body)| !body.is_empty())
        .map(|(id, th, ..)| format!("<a href=\"#{id}\">{}</a> ", esc(th)))
        .collect();
    let sections: String = parts.iter().map(|(id, th, en, body)| section(id, th, en, body)).collect();
    let title = words(&plan.title);
    let body = format!(
        "<header><p><a href=\"index.html\">ใบตรวจทานทั้งหมด</a></p><h1>{}</h1><p class=\"id\">{}</p><dl>{about}</dl><nav>{links}</nav></header>{sections}",
        both(&title),
        esc(&plan.id),
    );
    page(&title.th, &body)
}

/// A plan whose page is being written.
struct Sheet<'a> {
    book: &'a Book,
    plan: &'a Plan,
}

impl Sheet<'_> {
    /// The name of an agency; the id where it is none of the rulebook's.
    fn body(&self, id: &str) -> String {
        self.book.agency(id).map_or_else(|| esc(id), |agency| beside(&agency.name))
    }

    fn cites(&self, cites: &[Citation]) -> String {
        let one = |cite: &Citation| format!("<span>{}{}</span>", self.cited(&cite.at), sure(cite.confidence));
        let all: String = cites.iter().map(one).collect();
        if all.is_empty() {
            all
        } else {
            format!("<span class=\"cites\">{all}</span>")
        }
    }

    /// A citation with what the source is, and where, where that is registered.
    fn cited(&self, at: &str) -> String {
        let mark = at.rsplit_once('/').map_or(at, |(_, mark)| mark);
        match self.book.sources.iter().find(|source| source.id == *mark) {
            // A link leads to a page and runs nothing.
            Some(source) if !source.url.starts_with("https://") && !source.url.starts_with("http://") => {
                format!("<code>{}</code> <small>{}</small>", esc(at), esc(&source.title))
            }
            Some(source) => format!(
                "<code>{}</code> <small><a href=\"{}\">{}</a></small>",
                esc(at),
                esc(&source.url),
                esc(&source.title)
            ),
            None => format!("<code>{}</code>", esc(at)),
        }
    }

    fn element(&self, element: &Element) -> String {
        let number = if element.number == 0 {
            String::new()
        } else {
            format!("{}. ", element.number)
        };
        let mut about = line(
            "ถ้อยคำภายหลัง",
            &element.later.as_ref().map_or_else(String::new, |later| both(&words(later))),
        );
        if element.paraphrase {
            about.push_str(&line("ถ้อยคำ", &mark("medium", "ถอดความ · paraphrased")));
        }
        about.push_str(&line("อ้างอิง", &self.cites(&element.cite)));
        format!(
            "<article><header><h3>{number}{}</h3><span class=\"id\">{}</span></header><dl>{about}</dl></article>",
            both(&words(&element.title)),
            esc(&element.id)
        )
    }

    fn indicator(&self, indicator: &Indicator) -> String {
        let better = match indicator.better {
            crate::plan::Better::Up => "สูงขึ้นดีกว่า · higher is better",
            crate::plan::Better::Down => "ต่ำลงดีกว่า · lower is better",
        };
        let mut about = line("หน่วย", &esc(&indicator.unit));
        about.push_str(&line("ทิศทาง", better));
        about.push_str(&line("ผู้รับผิดชอบ", &self.body(&indicator.owner)));
        about.push_str(&line("ยุทธศาสตร์", &esc(indicator.strategy.as_deref().unwrap_or_default())));
        about.push_str(&line("พื้นที่", &esc(indicator.area.as_deref().unwrap_or_default())));
        about.push_str(&line("น้ำหนัก", &indicator.weight.map_or_else(String::new, number)));
        about.push_str(&line("SDG", &esc(indicator.sdg.as_deref().unwrap_or_default())));
        for broken in &indicator.breaks {
            about.push_str(&line(
                "ชุดข้อมูลขาดตอน",
                &format!("{}: {} {}", broken.at, both(&words(&broken.title)), self.cites(&broken.cite)),
            ));
        }
        about.push_str(&line("ยังไม่ทราบ", &indicator.open.as_ref().map_or_else(String::new, unread)));
        about.push_str(&line(
            "หมายเหตุ",
            &indicator.note.as_ref().map_or_else(String::new, |note| both(&words(note))),
        ));
        about.push_str(&line("อ้างอิง", &self.cites(&indicator.cite)));
        let own = self.plan.targets.iter().filter(|target| target.indicator == indicator.id);
        let targets: String = own.map(|target| self.target(target)).collect();
        let targets = table("เป้าหมาย", &["งวด", "ค่า", "เกณฑ์", "ค่าฐาน", "อ้างอิง", "ยังไม่ทราบ"], &targets);
        let other = indicator
            .other
            .as_ref()
            .map_or_else(String::new, |other| self.series("ค่าอีกทางหนึ่ง", other));
        format!(
            "<article id=\"n-{id}\"><header><h3>{}</h3><span class=\"id\">{id}</span></header><dl>{about}</dl>{targets}{}{other}</article>",
            both(&words(&indicator.title)),
            self.series("ค่าที่เผยแพร่", &indicator.lead),
            id = esc(&indicator.id),
        )
    }

    fn target(&self, target: &Target) -> String {
        let mut value = target.value.map_or_else(String::new, number);
        if let Some(stretch) = target.stretch {
            value.push_str(&format!(" ถึง {}", number(stretch)));
        }
        if let Some([low, high]) = target.between {
            value.push_str(&format!(" <small>({}–{})</small>", number(low), number(high)));
        }
        let steps: Vec<String> = target.breakpoints.iter().map(|step| number(*step)).collect();
        let scale = target
            .scale
            .as_ref()
            .map_or_else(String::new, |scale| format!("{} {}", esc(scale), steps.join(" / ")));
        let baseline = target.baseline.map_or_else(String::new, |base| {
            if base.low == base.high {
                number(base.value)
            } else {
                format!("{} <small>({}–{})</small>", number(base.value), number(base.low), number(base.high))
            }
        });
        let open = [&target.open, &target.note].into_iter().flatten().map(|label| both(&words(label)));
        format!(
            "<tr><th scope=\"row\">{}</th><td class=\"number\">{value}</td><td>{scale}</td><td>{baseline}</td><td>{}</td><td>{}</td></tr>",
            target
                .period
                .map_or_else(|| mark("unread", "ไม่ทราบงวด"), |period| period.to_string()),
            self.cites(&target.cite),
            open.collect::<String>(),
        )
    }

    fn series(&self, caption: &str, measure: &Measure) -> String {
        let rows: String = measure.points.iter().map(|point| self.point(point)).collect();
        let name = measure
            .title
            .as_ref()
            .map_or_else(String::new, |title| format!("<p>{}</p>", both(&words(title))));
        let table = table(caption, &["งวด", "พื้นที่", "ค่า", "ณ วันที่", "เผยแพร่", "แหล่ง"], &rows);
        if table.is_empty() { table } else { format!("{name}{table}") }
    }

    fn point(&self, point: &Point) -> String {
        let mut value = number(point.value);
        if let Some((low, high)) = point.low.zip(point.high) {
            value.push_str(&format!(" <small>({}–{})</small>", number(low), number(high)));
        }
        if let Some(over) = point.over {
            value.push_str(&format!(" / {}", number(over)));
        }
        let state = match point.state {
            PointState::Final => String::new(),
            PointState::Provisional => mark("medium", "เบื้องต้น"),
            PointState::UnknownKind => mark("medium", "ไม่ทราบว่าเป็นแผนหรือผล"),
            PointState::Unusable => mark("unread", "ใช้ไม่ได้"),
        };
        let cites: Vec<String> = point.cite.iter().map(|cite| self.cited(cite)).collect();
        let note = point
            .note
            .as_ref()
            .map_or_else(String::new, |note| format!("<span class=\"en\" lang=\"en\">{}</span>", esc(note)));
        format!(
            "<tr><th scope=\"row\">{}</th><td>{}</td><td class=\"number\">{value} {state}</td><td>{}</td><td>{}</td><td class=\"cites\">{}{note}</td></tr>",
            point
                .period
                .map_or_else(|| mark("unread", "ไม่ทราบงวด"), |period| period.to_string()),
            esc(point.area.as_deref().unwrap_or_default()),
            point.as_of.map_or_else(String::new, day),
            point.known_on.map_or_else(String::new, day),
            cites.join(", "),
        )
    }

    /// The scales that a target of the plan names.
    fn scales(&self) -> String {
        let used = |id: &str| self.plan.targets.iter().any(|target| target.scale.as_deref() == Some(id));
        let rows = self.plan.scales.iter().filter(|scale| used(&scale.id)).map(|scale| {
            let scores: Vec<String> = scale.scores.iter().map(|score| number(*score)).collect();
            format!(
                "<tr><th scope=\"row\">{}</th><td>{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td><td>{}</td></tr>",
                both(&words(&scale.title)),
                scores.join(" / "),
                number(scale.below),
                number(scale.above),
                self.cites(&scale.cite),
            )
        });
        table("เกณฑ์", &["เกณฑ์", "คะแนน", "ต่ำกว่า", "สูงกว่า", "อ้างอิง"], &rows.collect::<String>())
    }
}

fn words(label: &Label) -> Words {
    Words {
        th: label.th.as_str().into(),
        en: label.en.as_deref().unwrap_or_default().into(),
    }
}

fn number(value: Decimal) -> String {
    esc(&grouped(&value.to_string()))
}

fn unread(label: &Label) -> String {
    format!("{} {}", mark("unread", "ยังไม่ได้อ่าน"), both(&words(label)))
}

fn sure(confidence: Confidence) -> String {
    match confidence {
        Confidence::High => String::new(),
        Confidence::Medium => format!(" {}", mark("medium", "ปานกลาง")),
        Confidence::Low => format!(" {}", mark("low", "ต่ำ")),
    }
}

fn structure(structure: Structure) -> String {
    match structure {
        Structure::Whole => "ทั้งฉบับ<span class=\"en\" lang=\"en\">whole</span>".to_owned(),
        Structure::Partial => format!("{}<span class=\"en\" lang=\"en\">in part</span>", mark("medium", "บางส่วน")),
        Structure::List => "รายการ ไม่ใช่แผน<span class=\"en\" lang=\"en\">a list, no plan</span>".to_owned(),
    }
}

/// A table of rows that are HTML already; empty where there are none.
fn table(caption: &str, columns: &[&str], rows: &str) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let heads: String = columns
        .iter()
        .map(|column| format!("<th scope=\"col\">{}</th>", esc(column)))
        .collect();
    format!(
        "<h4>{caption}</h4><div class=\"wide\"><table><caption>{caption}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>",
        caption = esc(caption)
    )
}
