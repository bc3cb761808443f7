//! A plan of a user's own is read beside the rulebook: whole, with its figures, and with every fault named.
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing)]

use sitthi::compile::{DiagnosticCode, SourceFile};
use sitthi::plan::{Direction, RowStatus};
use sitthi::{Date, Rulebook};

const PLAN: &str = r#"
[plan]
id         = "phayao"
th         = "แผนของจังหวัดพะเยา"
en         = "Plan of Phayao"
owner      = "plo"
years      = { from = 2566, to = 2570 }
structure  = "whole"
checked_on = 2026-11-30

[source.BOOK]
title = "Plan booklet, printed 2566"

[strategy.protection]
order = 1
th    = "ความคุ้มครอง"
cite  = "BOOK/page 3"

[indicator.members]
th         = "ผู้ประกันตนมาตรา 40"
strategy   = "protection"
unit       = "persons"
better     = "up"
kind       = "stock"
year       = "fiscal"
over_time  = "last"
over_areas = "sum"
owner      = "sso"
area       = "56"
weight     = 60
cite       = "BOOK/page 9 (medium)"
from_series = { csv = "members.csv", column = "members" }

[indicator.steps]
th         = "ขั้นตอนตั้งหน่วยบริการ"
unit       = "level"
better     = "up"
kind       = "milestone"
year       = "fiscal"
over_time  = "last"
over_areas = "none"
owner      = "plo"
weight     = 40
from_series = { csv = "steps", column = "step" }

[target.members_2568]
indicator   = "members"
period      = "FY2568"
scale       = "five_level"
breakpoints = [50000, 52000, 54000, 56000, 58000]
value       = 54000

[target.steps_2568]
indicator   = "steps"
period      = "FY2568"
scale       = "milestone"
breakpoints = [1, 2, 3, 4, 5]

[figures]
steps = """
year,period,as_of,step
2568,FY,2025-09-30,4
"""

[example.levels_and_steps]
given  = { today = 2026-11-30, fiscal_year = 2568 }
expect = { members = { value = "55000", reached = "yes", score = "3.5" }, steps = { score = "4" }, total = { score = "3.7" } }
"#;

const MEMBERS: &str = "year,period,as_of,published_on,area,members,precision\n\
    2567,FY,2024-09-30,2024-11-01,56,53000,1000\n\
    2568,FY,2025-09-30,2025-11-01,56,55000,1000\n";

fn beside(text: &str) -> Vec<SourceFile> {
    vec![SourceFile {
        path: "members.csv".to_owned(),
        text: text.to_owned(),
    }]
}

#[test]
fn a_plan_of_a_users_own_is_scored_like_any_other() {
    let rulebook = Rulebook::built_in().with_plan(PLAN, &beside(MEMBERS)).unwrap();
    let card = rulebook.on(Date::parse("2026-11-30").unwrap()).score("phayao", "{}").unwrap();
    let (members, steps) = (&card.rows[0], &card.rows[1]);
    assert_eq!((members.status, steps.status), (RowStatus::Scored, RowStatus::Scored));
    // 54,500 to 55,500 of the breakpoints scores 3.25 to 3.75.
    assert_eq!(
        members.lead.as_ref().unwrap().score_between.unwrap().map(|end| end.to_string()),
        ["3.25", "3.75"]
    );
    assert_eq!(members.trend.as_ref().unwrap().direction, Direction::Better);
    assert_eq!(members.cite, ["phayao"]);
    // 0.6 × 3.5 + 0.4 × 4 on one scale from 1 to 5.
    assert_eq!(card.total.score.unwrap().to_string(), "3.7");
    assert_eq!(card.total.score_between.unwrap().map(|end| end.to_string()), ["3.55", "3.85"]);
    // Not before it was published.
    let early = rulebook
        .on(Date::parse("2025-10-31").unwrap())
        .score("phayao", r#"{"fiscal_year": 2568}"#)
        .unwrap();
    assert_eq!(early.rows[0].status, RowStatus::NoData);
    // The plan reads back whole, and the rulebook that carries it opens elsewhere.
    let opened = Rulebook::open(&rulebook.to_bytes().unwrap()).unwrap();
    assert_eq!(opened.plan("phayao").unwrap(), rulebook.plan("phayao").unwrap());
    let json: serde_json::Value = serde_json::from_str(&opened.plan("phayao").unwrap().to_json()).unwrap();
    assert_eq!(json["strategies"][0]["cite"][0]["at"], "BOOK/page 3");
    assert_eq!(json["indicators"][0]["lead"]["points"][1]["value"], "55000");
    // The one it came from is as it was.
    assert!(Rulebook::built_in().plan("phayao").is_err());
}

#[test]
fn a_row_of_figures_is_named_by_the_line_on_which_it_stands() {
    let line_of = |text: &str, part: &str| {
        let before = text.find(part).map(|at| text[..at].matches('\n').count()).unwrap();
        u32::try_from(before).unwrap() + 1
    };
    let row = "2568,FY,2025-09-30,4.x";
    for opening in ["steps = \"\"\"\n", "steps = \"\"\"", "steps = '''\n", "steps=\"\"\"\r\n"] {
        let text = PLAN
            .replace("2568,FY,2025-09-30,4", row)
            .replace("steps = \"\"\"\n", opening)
            .replace("4.x\n\"\"\"", if opening.contains('\'') { "4.x\n'''" } else { "4.x\n\"\"\"" });
        let faults = Rulebook::built_in().with_plan(&text, &beside(MEMBERS)).unwrap_err().0;
        let of_row = faults.iter().find(|fault| fault.message.contains("`step` is `4.x`"));
        assert_eq!(
            of_row.map(|fault| fault.line),
            Some(line_of(&text, row)),
            "{opening:?}: {faults:#?}"
        );
    }
    let members = MEMBERS.replace("55000", "many");
    let faults = Rulebook::built_in().with_plan(PLAN, &beside(&members)).unwrap_err().0;
    let of_row = faults.iter().find(|fault| fault.message.contains("`members` is `many`")).unwrap();
    assert_eq!((of_row.file.as_str(), of_row.line), ("members.csv", 3));
}

#[test]
fn every_fault_of_a_plan_of_ones_own_names_its_line() {
    for (from, to, code, expected) in [
        (
            "id         = \"phayao\"",
            "id = \"p2_informal\"",
            DiagnosticCode::Shadowing,
            "there is a plan `p2_informal` already",
        ),
        ("BOOK/page 3", "BOK/page 3", DiagnosticCode::CitationUnresolved, "names no source"),
        (
            "members.csv",
            "member.csv",
            DiagnosticCode::UnknownName,
            "no file is called `member.csv`",
        ),
        (
            "area       = \"56\"",
            "area = \"phayao\"",
            DiagnosticCode::UnknownCode,
            "`area` is `phayao`",
        ),
        (
            "area       = \"56\"",
            "area = \"57\"",
            DiagnosticCode::Impossible,
            "`area` is `56`, outside the indicator's own",
        ),
        ("weight     = 60", "weight = -60", DiagnosticCode::Impossible, "`weight` is -60"),
        (
            "score = \"4\"",
            "score = \"5\"",
            DiagnosticCode::BadExample,
            "`levels_and_steps`: `steps.score` is \"4\"",
        ),
        (
            "total = { score",
            "total = { scor",
            DiagnosticCode::UnknownKey,
            "expects `scor` in `total`",
        ),
        (
            "five_level",
            "fife_level",
            DiagnosticCode::UnknownName,
            "breakpoints without a known scale",
        ),
        (
            "2568,FY,2025-09-30,4",
            "2568,FY,2025-09-30,4\n2568,FY,2025-09-30,5",
            DiagnosticCode::OverlapInTime,
            "a second value of FY2568",
        ),
        (
            "2568,FY,2025-09-30,4",
            "2568,FY,2025-09-30,4.5",
            DiagnosticCode::Impossible,
            "a figure of the count `steps` is 4.5",
        ),
        (
            "value       = 54000",
            "value = 54000\nvalu = 1",
            DiagnosticCode::UnknownKey,
            "does not know `valu`",
        ),
        ("[plan]", "[pln]", DiagnosticCode::MissingKey, "the file holds no plan"),
        ("[plan]", "[plan", DiagnosticCode::Syntax, ""),
    ] {
        assert!(PLAN.contains(from), "{from}");
        let faults = Rulebook::built_in()
            .with_plan(&PLAN.replacen(from, to, 1), &beside(MEMBERS))
            .unwrap_err()
            .0;
        assert!(
            faults.iter().any(|fault| fault.code == code && fault.message.contains(expected)),
            "{expected}: {faults:#?}"
        );
        assert!(faults.iter().all(|fault| fault.line > 0 && !fault.file.is_empty()));
    }
    for text in ["", "x", "[plan]\nid = 5", "plan = 1", "[[plan]]", "[figures]\na = 1"] {
        assert!(!Rulebook::built_in().with_plan(text, &[]).unwrap_err().0.is_empty(), "{text}");
    }
}

#[test]
fn a_plan_file_reads_the_figures_beside_it_and_nothing_else() {
    let folder = std::env::temp_dir().join(format!("sitthi-own-plan-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("figures")).unwrap();
    let (plan, csv) = (folder.join("phayao.toml"), folder.join("figures/members.csv"));
    std::fs::write(&plan, PLAN.replace("members.csv", "figures/members.csv")).unwrap();
    let read = || Rulebook::built_in().with_plan_file(&plan);
    assert!(read().unwrap_err().0[0].message.contains("`figures/members.csv` cannot be read"));
    std::fs::write(&csv, MEMBERS).unwrap();
    assert!(read().unwrap().plan("phayao").is_ok());
    for outside in ["../members.csv", "/etc/hostname", "figures"] {
        std::fs::write(&plan, PLAN.replace("members.csv", outside)).unwrap();
        let message = read().unwrap_err().0[0].message.clone();
        assert!(
            message.contains("does not lie beside the plan") || message.contains("is no file"),
            "{message}"
        );
    }
    assert!(
        Rulebook::built_in().with_plan_file(&folder).unwrap_err().0[0]
            .message
            .contains("is no file")
    );
    assert!(Rulebook::built_in().with_plan_file(&folder.join("none.toml")).is_err());
    std::fs::remove_dir_all(&folder).unwrap();
}
