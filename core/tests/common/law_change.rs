//! A change of law, made in rule files alone: section 40 admits up to the age of 70 from 2027-01-01 and gets a fourth option.
//!
//! Invented for this test and marked so where it stands; it is no law.

use sitthi::compile::SourceFile;

/// The compiled rulebook beside the vectors.
pub const FILE: &str = "section_40_to_70.rulebook";

const STATUTES: &str = "statutes/social_security.toml";
const CODES: &str = "vocabulary/codes.toml";
const SECTION_40: &str = "schemes/sso_40.toml";

/// Lines that stand after others: the file, the end of the line before, and the new lines.
const AFTER: [(&str, &str, &str); 3] = [
    (
        STATUTES,
        "\nrows = [",
        r#"  ["test_s40_2570", "decree", "(ตัวอย่างสำหรับทดสอบ มิใช่กฎหมาย)", "(for a test, no law)", "not_read", 2027-01-01, "low"],"#,
    ),
    (
        CODES,
        "section 40, option 3\" }",
        r#"sso_40_4 = { th = "ประกันสังคมมาตรา 40 ทางเลือกที่ 4 (ตัวอย่าง)", en = "social security, section 40, option 4 (for a test)" }"#,
    ),
    (
        SECTION_40,
        "  [2020-06-24, 65, \"rd_s40_qual_2563/S94,S95,S139\"],",
        r#"  [2027-01-01, 70, "test_s40_2570"],"#,
    ),
];

/// What the fourth option has in each table by option; the other options keep what they have.
const ROWS: [(&str, &[&str]); 12] = [
    (
        "contribution_rate",
        &[r#"[2027-01-01, "test_s40_2570", "same", "same", "same", 400]"#],
    ),
    ("state_rate", &[NOT_READ]),
    ("hospital", &[NOT_READ]),
    ("rest", &[NOT_READ]),
    (
        "short_rest_rate",
        &[r#"[2027-01-01, "test_s40_2570", "same", "same", "same", "none"]"#],
    ),
    ("visit_rate", &[NOT_READ]),
    (
        "invalidity_rate",
        &[
            r#"[2027-01-01, 1, "test_s40_2570", "same", "same", "same", "not_read"]"#,
            r#"[2027-01-01, 2, "test_s40_2570", "same", "same", "same", "not_read"]"#,
            r#"[2027-01-01, 3, "test_s40_2570", "same", "same", "same", "not_read"]"#,
            r#"[2027-01-01, 4, "test_s40_2570", "same", "same", "same", "not_read"]"#,
        ],
    ),
    ("funeral_rate", &[NOT_READ]),
    ("funeral_extra_rate", &[NOT_READ]),
    ("old_age_rate", &[NOT_READ]),
    ("old_age_bonus_rate", &[NOT_READ]),
    ("child_rate", &[NOT_READ]),
];

const NOT_READ: &str = r#"[2027-01-01, "test_s40_2570", "same", "same", "same", "not_read"]"#;

/// What the change must come to.
const EXAMPLES: &str = r#"
[example.aged_66_the_day_before_70]
like   = "own_account_vendor"
given  = { today = 2026-12-31, birth_date = 1960-06-15, member = { sso_40_4 = false } }
expect = { join = { 1 = "unmet", 2 = "unmet", 3 = "unmet", 4 = "unmet" }, status = { sso_40_1 = "not_eligible", sso_40_4 = "not_eligible" }, because = ["not_over_max_age"] }

[example.aged_66_on_the_first_day_of_70]
like   = "own_account_vendor"
given  = { today = 2027-01-01, birth_date = 1960-06-15, member = { sso_40_4 = false } }
expect = { join = { 1 = "met", 2 = "met", 3 = "met", 4 = "met" }, status = { sso_40_1 = "eligible", sso_40_2 = "eligible", sso_40_3 = "eligible", sso_40_4 = "eligible" }, amounts = { contribution = { 1 = "70.00", 4 = "400.00" }, state_share = { 3 = "150.00", 4 = "not_read" } } }

[example.aged_70_on_the_birthday]
like   = "own_account_vendor"
given  = { today = 2027-01-01, birth_date = 1957-01-01, member = { sso_40_4 = false } }
expect = { join = { 1 = "met", 4 = "met" }, status = { sso_40_1 = "eligible", sso_40_4 = "eligible" } }

[example.aged_70_the_day_after]
like   = "own_account_vendor"
given  = { today = 2027-01-02, birth_date = 1957-01-01, member = { sso_40_4 = false } }
expect = { join = { 1 = "unmet", 4 = "unmet" }, status = { sso_40_1 = "not_eligible", sso_40_4 = "not_eligible" } }

[example.young_the_day_before_option_4]
like   = "own_account_vendor"
given  = { today = 2026-12-31, member = { sso_40_4 = false } }
expect = { join = { 1 = "met", 4 = "unmet" }, status = { sso_40_1 = "eligible", sso_40_4 = "not_eligible" } }

[example.member_of_option_4]
like   = "own_account_vendor"
given  = { today = 2027-03-01, s40_first_paid_on = 2027-02-01, member = { sso_40_4 = true } }
expect = { insured = { 1 = "unmet", 4 = "met" }, status = { sso_40_1 = "eligible", sso_40_4 = "covered" } }
"#;

/// The rule files after the change.
pub fn changed(sources: &[SourceFile]) -> Vec<SourceFile> {
    let mut changed = sources.to_vec();
    for (path, before, line) in AFTER {
        replace(&mut changed, path, before, &format!("{before}\n{line}"));
    }
    replace(&mut changed, SECTION_40, "3 = 2013-12-09 }", "3 = 2013-12-09, 4 = 2027-01-01 }");
    replace(&mut changed, SECTION_40, "\"family\"] }", "\"family\"], 4 = [\"sickness\"] }");
    for (table, rows) in ROWS {
        let file = text(&mut changed, SECTION_40);
        let head = format!("[table.{table}]\n");
        let start = file.find(&head).unwrap_or_else(|| panic!("no table {table}"));
        let end = start + file[start..].find("\n]\n").unwrap();
        let lines: Vec<String> = rows.iter().map(|row| format!("\n  {row},")).collect();
        let section = file[start..end].replace("\"3:baht\"]", "\"3:baht\", \"4:baht\"]") + &lines.concat();
        file.replace_range(start..end, &section);
    }
    text(&mut changed, SECTION_40).push_str(EXAMPLES);
    changed
}

fn text<'a>(files: &'a mut [SourceFile], path: &str) -> &'a mut String {
    &mut files
        .iter_mut()
        .find(|file| file.path == path)
        .unwrap_or_else(|| panic!("no file {path}"))
        .text
}

fn replace(files: &mut [SourceFile], path: &str, before: &str, after: &str) {
    let text = text(files, path);
    assert_eq!(text.matches(before).count(), 1, "`{before}` stands once in {path}");
    *text = text.replace(before, after);
}
