//! Review sheets: everything that a reviewer must see stands on them, and they are whole pages.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use sitthi::Rulebook;
use sitthi::compile::SourceFile;
use sitthi::criterion::CellValue;
use sitthi::review::{plan_sheet, sheets};

fn collect(folder: &Path, base: &Path, sources: &mut Vec<SourceFile>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, base, sources);
        } else if path.extension().is_some_and(|extension| extension == "toml" || extension == "csv") {
            let name = path.strip_prefix(base).expect("inside").to_string_lossy().replace('\\', "/");
            sources.push(SourceFile {
                path: name,
                text: fs::read_to_string(&path).expect("text"),
            });
        }
    }
}

fn sources() -> Vec<SourceFile> {
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("rulebook");
    let mut sources = Vec::new();
    collect(&base, &base, &mut sources);
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

fn pages() -> BTreeMap<String, String> {
    let pages = sheets(&sources()).expect("sheets");
    assert_eq!(pages[0].0, "index");
    if let Ok(folder) = std::env::var("SITTHI_SHEETS") {
        fs::create_dir_all(&folder).expect("a folder");
        for (id, html) in &pages {
            fs::write(Path::new(&folder).join(format!("{id}.html")), html).expect("written");
        }
    }
    pages.into_iter().collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[test]
fn every_file_has_a_page_and_stands_on_the_index() {
    let pages = pages();
    let rulebook = Rulebook::built_in();
    for file in &rulebook.book().files {
        assert!(pages.contains_key(file.id.as_str()), "{}", file.id);
        assert!(pages["index"].contains(&format!("href=\"{}.html\"", file.id)));
    }
    for plan in &rulebook.book().plans {
        assert!(pages["index"].contains(&format!("href=\"{}.html\"", plan.id)));
        assert_eq!(plan_sheet(&rulebook, &plan.id).expect("a sheet"), pages[plan.id.as_str()]);
    }
    assert!(plan_sheet(&rulebook, "p9").is_err());
    assert_eq!(pages.len(), rulebook.book().files.len() + rulebook.book().plans.len() + 1);
}

#[test]
fn everything_that_a_plan_holds_stands_on_its_page() {
    let rulebook = Rulebook::built_in();
    for plan in &rulebook.book().plans {
        let page = plan_sheet(&rulebook, &plan.id).expect("a sheet");
        let mut labels = vec![&plan.title];
        labels.extend(plan.dates.iter().map(|date| &date.title));
        for element in plan.vision.iter().chain(&plan.strategies).chain(&plan.objectives) {
            labels.extend([Some(&element.title), element.later.as_ref()].into_iter().flatten());
        }
        for indicator in &plan.indicators {
            labels.push(&indicator.title);
            labels.extend([&indicator.open, &indicator.note].into_iter().flatten());
            labels.extend(indicator.breaks.iter().map(|broken| &broken.title));
            labels.extend(indicator.other.iter().filter_map(|other| other.title.as_ref()));
            for point in indicator
                .lead
                .points
                .iter()
                .chain(indicator.other.iter().flat_map(|other| &other.points))
            {
                assert!(point.cite.iter().all(|cite| page.contains(&escaped(cite))), "{:?}", point.cite);
                assert!(point.known_on.is_none_or(|day| page.contains(&format!("datetime=\"{day}\""))));
            }
        }
        for target in &plan.targets {
            labels.extend([&target.open, &target.note].into_iter().flatten());
            assert!(
                target.cite.iter().all(|cite| page.contains(&escaped(&cite.at))),
                "{:?}",
                target.cite
            );
        }
        for label in labels.into_iter().chain(&plan.open) {
            assert!(page.contains(&escaped(&label.th)), "{}", label.th);
            assert!(label.en.as_ref().is_some_and(|en| page.contains(&escaped(en))), "{}", label.th);
        }
    }
    let informal = plan_sheet(&rulebook, "p2_informal").expect("a sheet");
    for wanted in [
        "20,364,391",
        "20,350,000–20,450,000",
        "datetime=\"2020-10-01\"",
        "news/contents/details/39020",
    ] {
        assert!(informal.contains(wanted), "{wanted}");
    }
}

#[test]
fn every_rule_clause_and_citation_appears() {
    let pages = pages();
    let rulebook = Rulebook::built_in();
    let book = rulebook.book();
    let title = |page: &str, cites: &[sitthi::criterion::CiteId]| {
        for cite in cites {
            let cite = &book.cites[usize::from(*cite)];
            let instrument = &book.instruments[usize::from(cite.instrument)];
            assert!(page.contains(&format!("id=\"i-{}\"", instrument.id)), "{}", instrument.id);
            assert!(page.contains(&escaped(&instrument.title.th)), "{}", instrument.title.th);
        }
    };
    for rule in &book.rules {
        let file = &book.files[usize::from(rule.file)];
        let page = &pages[file.id.as_str()];
        assert!(page.contains(&format!("id=\"r-{}\"", rule.id)), "{}.{}", file.id, rule.id);
        assert!(page.contains(&escaped(&rule.words.th)) && page.contains(&escaped(&rule.words.en)));
        title(page, &rule.cites);
        for step in &rule.steps {
            assert!(page.contains(&escaped(&step.words.th)), "{}", step.words.th);
            title(page, &step.cites);
        }
    }
    for (name, clause) in book.program.names.iter().zip(&book.clauses) {
        let (file, id) = name.id.split_once('.').expect("file.clause");
        let page = &pages[file];
        assert!(page.contains(&format!("id=\"c-{id}\"")), "{}", name.id);
        assert!(page.contains(&escaped(&clause.words.th)), "{}", clause.words.th);
        title(page, &clause.cites);
        if let Some(other) = &clause.other {
            assert!(page.contains(&escaped(&other.words.th)), "{}", other.words.th);
            title(page, &other.cites);
        }
    }
    for amount in &book.amounts {
        let page = &pages[book.files[usize::from(amount.file)].id.as_str()];
        assert!(page.contains(&format!("id=\"m-{}\"", amount.id)) && page.contains(&escaped(&amount.words.th)));
        title(page, &amount.cites);
    }
    for (period, info) in book.program.periods.iter().zip(&book.periods) {
        let (file, id) = period.name.split_once('.').expect("file.period");
        assert!(pages[file].contains(&format!("id=\"p-{id}\"")) && pages[file].contains(&escaped(&info.words.th)));
        title(&pages[file], &info.cites);
    }
    for file in &book.files {
        for (id, words, cites) in file
            .notes
            .iter()
            .map(|note| (format!("id=\"n-{}\"", note.id), &note.words, &note.cites))
            .chain(
                file.no_share
                    .iter()
                    .map(|kept| (format!("id=\"k-{}\"", kept.id), &kept.words, &kept.cites)),
            )
        {
            assert!(
                pages[file.id.as_str()].contains(&id) && pages[file.id.as_str()].contains(&escaped(&words.th)),
                "{id}"
            );
            title(&pages[file.id.as_str()], cites);
        }
    }
}

#[test]
fn every_cell_that_nobody_read_is_marked() {
    let pages = pages();
    let sources = sources();
    let rulebook = Rulebook::built_in();
    let book = rulebook.book();
    for file in &book.files {
        // As the file is written: a row of a table stands on one line and holds the text in quotes; examples say it too, but in `expect`.
        let path = sources.iter().find(|source| {
            source.text.contains(&format!("id         = \"{}\"", file.id)) || source.path.ends_with(&format!("/{}.toml", file.id))
        });
        let text = &path.expect("the file").text;
        let rows = text.lines().filter(|line| line.trim_start().starts_with('['));
        let written: usize = rows.map(|line| line.matches("\"not_read\"").count()).sum();
        let shown = pages[file.id.as_str()].matches("class=\"unread-cell\"").count();
        let from_not_read = pages[file.id.as_str()].matches("<th scope=\"row\" class=\"unread-cell\"").count();
        assert_eq!(shown, written, "{} ({from_not_read} first days)", file.id);
        assert!(pages[file.id.as_str()].contains("id=\"unread\""));
    }
    for table in &book.tables {
        let (file, id) = table.id.split_once('.').expect("file.table");
        let unread = table.columns.iter().map(|(column, _)| &book.program.columns[usize::from(*column)]);
        let own = |entry: &&sitthi::criterion::Entry| entry.until.is_none();
        if unread
            .flat_map(|column| column.entries.iter().filter(own))
            .any(|entry| entry.cell == CellValue::NotRead)
        {
            let section = pages[file].split("id=\"unread\"").nth(1).expect("the section");
            assert!(section.contains(&format!("href=\"#t-{id}\"")), "{}", table.id);
        }
    }
    for open in &book.open {
        if open.what != "late" {
            assert!(
                pages[book.files[usize::from(open.file)].id.as_str()].contains(&escaped(&open.what)),
                "{}",
                open.what
            );
        }
    }
}

#[test]
fn pages_are_whole_and_stand_alone() {
    let pages = pages();
    for (id, page) in &pages {
        balanced(id, page);
        for link in page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            if let Some((file, target)) = link.split_once(".html").filter(|_| !link.starts_with("http")) {
                let other = pages.get(file).unwrap_or_else(|| panic!("{id}: {link}"));
                assert!(
                    target.is_empty() || other.contains(&format!("id=\"{}\"", &target[1..])),
                    "{id}: {link}"
                );
            }
        }
        for outside in [
            "<script",
            "<img",
            "<link",
            "<iframe",
            "<object",
            "src=",
            "@import",
            "url(",
            "javascript:",
        ] {
            assert!(!page.contains(outside), "{id} holds `{outside}`");
        }
        // What a link inside the page points to is there, once.
        for target in page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert_eq!(page.matches(&format!("id=\"{target}\"")).count(), 1, "{id}: #{target}");
        }
        assert!(page.contains("lang=\"th\"") && page.contains("@media print"));
    }
}

/// Every tag that is opened is closed, in order.
fn balanced(id: &str, page: &str) {
    let mut open: Vec<&str> = Vec::new();
    for tag in page.split('<').skip(1) {
        let tag = tag.split('>').next().expect("a tag");
        let name = tag.trim_start_matches('/').split([' ', '\n']).next().expect("a name");
        match name {
            "!DOCTYPE" | "meta" | "br" => {}
            _ if tag.starts_with('/') => assert_eq!(open.pop(), Some(name), "{id}"),
            _ => open.push(name),
        }
    }
    assert!(open.is_empty(), "{id}: {open:?}");
}

#[test]
fn a_faulty_rulebook_has_no_sheets() {
    let mut sources = sources();
    let file = sources
        .iter_mut()
        .find(|source| source.path == "schemes/sso_40.toml")
        .expect("section 40");
    file.text = file.text.replace("age <= max_age.years", "agee <= max_age.years");
    assert!(sheets(&sources).is_err());
}
