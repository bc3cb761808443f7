//! The plan files of the rulebook are read without a fault, and their examples come out.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{Context, plan, scales};
use crate::compile::diagnostics::{Diagnostic, Ledger};
use crate::compile::source::File;
use crate::criterion::Confidence;
use crate::plan::{Areas, Citation, Plan, Scale};

fn rulebook() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("rulebook")
}

#[derive(Default)]
struct Files {
    tables: BTreeMap<String, String>,
    english: BTreeMap<String, toml::Table>,
    areas: Areas<'static>,
}

impl Files {
    fn read() -> Self {
        let mut files = Self {
            areas: Areas::new([("10", "bangkok"), ("56", "north")], ["1001", "5601", "5602"], []),
            ..Self::default()
        };
        for name in ["nso_informal", "sso_insured", "published_figures"] {
            let path = format!("figures/{name}.csv");
            let text = std::fs::read_to_string(rulebook().join(&path)).unwrap();
            files.tables.insert(path, text);
        }
        for name in ["scales", "p2_informal", "published_targets"] {
            let text = std::fs::read_to_string(rulebook().join(format!("vocabulary/en/{name}.toml"))).unwrap();
            files.english.insert(name.to_owned(), text.parse().unwrap());
        }
        files
    }
}

impl Context for Files {
    fn citation(&self, _: File<'_>, _: u32, text: &str) -> Option<Citation> {
        let (at, mark) = text.split_once(" (").unwrap_or((text, "high)"));
        let confidence = match mark {
            "low)" => Confidence::Low,
            "medium)" => Confidence::Medium,
            _ => Confidence::High,
        };
        Some(Citation {
            at: at.to_owned(),
            confidence,
        })
    }

    fn english(&self, file_id: &str, id: &str) -> Option<String> {
        self.english.get(file_id)?.get(id)?.as_str().map(ToOwned::to_owned)
    }

    fn table(&self, path: &str) -> Option<(&str, &str)> {
        self.tables.get_key_value(path).map(|(path, text)| (path.as_str(), text.as_str()))
    }

    fn has_rule(&self, name: &str) -> bool {
        name.starts_with("informal.")
    }

    fn areas(&self) -> &Areas<'_> {
        &self.areas
    }

    fn is_strict(&self) -> bool {
        true
    }
}

fn read_scales(files: &Files, ledger: &Ledger) -> Vec<Scale> {
    let text = std::fs::read_to_string(rulebook().join("plans/scales.toml")).unwrap();
    let file = File {
        path: "plans/scales.toml",
        ledger,
    };
    scales(file, &file.parse(&text), files)
}

/// Reads a plan with one text of it replaced.
fn read(name: &str, from: &str, to: &str) -> (Option<Plan>, Vec<Diagnostic>) {
    let (files, ledger) = (Files::read(), Ledger::default());
    let scales = read_scales(&files, &ledger);
    let text = std::fs::read_to_string(rulebook().join("plans").join(name)).unwrap();
    assert!(text.contains(from), "{from}");
    let file = File {
        path: name,
        ledger: &ledger,
    };
    let plan = plan(file, &file.parse(&text.replacen(from, to, 1)), &files, &scales);
    (plan, ledger.into_diagnostics(&[]))
}

const PLANS: [&str; 4] = [
    "p2_informal_2560_2564.toml",
    "published_targets.toml",
    "p2b_informal_2563_2565.toml",
    "dlpw_informal_2561_2565.toml",
];

#[test]
fn every_plan_is_read() {
    for name in PLANS {
        let (plan, diagnostics) = read(name, "", "");
        let diagnostics: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
        assert!(diagnostics.is_empty(), "{}", diagnostics.join("\n"));
        let plan = plan.unwrap();
        let compiled = postcard::to_allocvec(&plan).unwrap();
        assert_eq!(postcard::from_bytes::<Plan>(&compiled).unwrap(), plan);
    }
}

#[test]
fn every_label_is_used() {
    let files = Files::read();
    let text: String = PLANS
        .iter()
        .map(|name| std::fs::read_to_string(rulebook().join("plans").join(name)).unwrap())
        .collect();
    for id in files.english.values().flat_map(toml::Table::keys) {
        let last = id.split('.').nth(1).unwrap_or("plan");
        assert!(text.contains(last) || id.starts_with("scale"), "{id}");
    }
}

#[test]
fn faults_name_the_line_and_what_would_be_right() {
    for (name, from, to, expected) in [
        (
            PLANS[0],
            "strategy   = \"social_guarantees\"",
            "strategy = \"social_guarantee\"",
            "no strategy is called `social_guarantee`",
        ),
        (PLANS[0], "better     = \"down\"", "better = \"dwn\"", "`better` is `dwn`"),
        (
            PLANS[0],
            "column = \"share_percent\"",
            "column = \"share_percnt\"",
            "no column `share_percnt`",
        ),
        (PLANS[0], "decimals   = 2", "decimals = 2.5", "is a float"),
        (
            PLANS[0],
            "of      = \"informal.strict33\"",
            "of = \"strict33\"",
            "no rule is called `strict33`",
        ),
        (PLANS[0], "round      = \"Q3\"", "round = \"Q5\"", "no part of a year"),
        (PLANS[1], "period    = \"FY2567\"", "period = \"2567\"", "`period` is `2567`"),
        (
            PLANS[1],
            "indicator = \"dsd_informal_skills\"",
            "indicator = \"dsd_skills\"",
            "no indicator is called `dsd_skills`",
        ),
        (PLANS[1], "cite      = \"agency_targets/TRT18\"\n", "", "has no citation"),
        (PLANS[1], "approximate = true", "approx = true", "does not know `approx`"),
        (
            PLANS[0],
            "kind       = \"share\"\ntimes      = 100",
            "kind = \"share\"",
            "`times` of a share is 1",
        ),
        (
            PLANS[0],
            "kind       = \"stock\"",
            "kind = \"share\"\ntimes = 100",
            "a figure of the share `informal_workers` is 23280670",
        ),
        (
            PLANS[1],
            "period    = \"FY2563\"\nvalue     = 100",
            "period = \"FY2563\"\nvalue = 101",
            "a level of the share `bma_3_2_1_136` is 101",
        ),
        (
            PLANS[0],
            "owner      = \"nso\"\nsdg ",
            "owner = \"nso\"\nweight = \"-5\"\nsdg ",
            "`weight` is -5",
        ),
        (
            PLANS[1],
            "period    = \"FY2564\"\nvalue     = 450",
            "period = \"FY2563\"\nvalue = 450",
            "`dlpw_ageing_training` has two targets for one period",
        ),
        (
            PLANS[1],
            "period    = \"FY2564\"\nvalue     = 450",
            "period = \"FY2564\"\nvalue = \"449.5\"",
            "a level of the count `dlpw_ageing_training` is 449.5",
        ),
        (
            PLANS[1],
            "period    = \"FY2564\"\nvalue     = 450",
            "period = \"FY2564\"\nvalue = -450",
            "a level of the count `dlpw_ageing_training` is -450",
        ),
        (PLANS[1], "area       = \"10\"", "area = \"bangkk\"", "`area` is `bangkk`"),
        (
            PLANS[1],
            "approximate = true",
            "approximate = true\nprecision = 0",
            "`precision` is 0",
        ),
        (PLANS[2], "on = 2021-02-10", "on = 2020-10-01", "the day 2020-10-01 stands twice"),
    ] {
        let (_, diagnostics) = read(name, from, to);
        assert!(
            diagnostics.iter().any(|diagnostic| diagnostic.message.contains(expected)),
            "{expected}: {diagnostics:#?}"
        );
    }
}

/// Reads the plan of informal labour with one text of a figures file replaced.
fn read_with(csv: &str, from: &str, to: &str) -> Vec<Diagnostic> {
    let (mut files, ledger) = (Files::read(), Ledger::default());
    let scales = read_scales(&files, &ledger);
    let text = files.tables.get_mut(&format!("figures/{csv}.csv")).unwrap();
    assert!(text.contains(from), "{from}");
    *text = text.replacen(from, to, 1);
    for name in [PLANS[0], PLANS[1]] {
        let file = File {
            path: name,
            ledger: &ledger,
        };
        let text = std::fs::read_to_string(rulebook().join("plans").join(name)).unwrap();
        let _ = plan(file, &file.parse(&text), &files, &scales);
    }
    ledger.into_diagnostics(&[])
}

#[test]
fn a_figure_stands_once_and_cannot_be_what_it_cannot_be() {
    let second = "2564,2021-09-30,2023-12-31,kingdom,total,37705741,,,,18107680,19598061,,,,51.98,0.01,computed,1,NORMLEX23,\n";
    for (csv, from, to, expected) in [
        (
            "nso_informal",
            "2565,2022-09-30",
            &*format!("{second}2565,2022-09-30"),
            "a second value of 2564-Q3, as in line 16",
        ),
        (
            "nso_informal",
            "2565,2022-09-30",
            &*format!("{second}2565,2022-09-30"),
            "a second denominator of 2564",
        ),
        (
            "sso_insured",
            "2564,2021-12-31,",
            "2564,2021-12-31,2023-12-31,kingdom,1,,,,1,1,3,1,TI2566,\n2564,2021-12-31,",
            "a second value of 2564",
        ),
        (
            "sso_insured",
            ",10664800,",
            ",-10664800,",
            "a figure of the count `section_40_members` is -10664800",
        ),
        (
            "sso_insured",
            ",10664800,",
            ",10664800.5,",
            "a figure of the count `section_40_members` is 10664800.5",
        ),
        ("sso_insured", ",23740900,100,", ",23740900,-100,", "`precision` is -100"),
        (
            "sso_insured",
            "2021-12-31,2023-12-31",
            "2021-12-31,2021-12-30",
            "published on 2021-12-30, before 2021-12-31",
        ),
        ("sso_insured", "s39,s40,total", "s39,s40,s40", "two columns are called `s40`"),
        ("published_figures", ",10,bma_2400_1065", ",99,bma_2400_1065", "`area` is `99`"),
        (
            "published_figures",
            ",10,bma_2400_1065",
            ",56,bma_2400_1065",
            "`area` is `56`, outside the indicator's own",
        ),
    ] {
        let diagnostics = read_with(csv, from, to);
        assert!(
            diagnostics.iter().any(|diagnostic| diagnostic.message.contains(expected)),
            "{expected}: {diagnostics:#?}"
        );
    }
}
