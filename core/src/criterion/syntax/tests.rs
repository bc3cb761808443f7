//! What is accepted and what is refused, and where.
#![allow(clippy::arithmetic_side_effects, reason = "lengths of small test texts")]

use super::{Area, Glossary, Kind, LONGEST_TEXT, Language, MOST_NESTED, Names, TypeError};
use super::{check, in_words, in_words_from, parse, print};

#[test]
fn accepts_and_prints_with_fewest_parentheses() {
    for (text, printed) in [
        ("a", "a"),
        (" ( ( a ) ) ", "a"),
        ("true", "true"),
        ("!false", "!false"),
        ("!!a", "!!a"),
        ("!(a)", "!a"),
        ("!(a == true)", "!(a == true)"),
        ("a&&b||c&&!d", "a && b || c && !d"),
        ("(a && b) || c", "a && b || c"),
        ("a && (b || c)", "a && (b || c)"),
        ("a && (b && (c && d))", "a && b && c && d"),
        ("a || (b || c)", "a || b || c"),
        ("!(a && b)", "!(a && b)"),
        ("age<=60", "age <= 60"),
        ("60>=age", "60 >= age"),
        ("age > -1", "age > -1"),
        ("n == -9223372036854775808", "n == -9223372036854775808"),
        ("n != 9223372036854775807", "n != 9223372036854775807"),
        ("age <= max_age.years", "age <= max_age.years"),
        ("member.sso_40_1", "member.sso_40_1"),
        ("_x._1 == \"abc_1\"", "_x._1 == 'abc_1'"),
        ("job.province == '10'", "job.province == '10'"),
        ("a in['x','y']", "a in ['x', 'y']"),
        ("a in [\"x\"]", "a in ['x']"),
        ("n in [1, -2]", "n in [1, -2]"),
        ("(a in ['x']) && b", "a in ['x'] && b"),
        ("a\n  &&\tb\r\n", "a && b"),
        ("inside && trues && in_x.y", "inside && trues && in_x.y"),
    ] {
        let expression = parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(print(&expression), printed, "{text}");
        assert_eq!(parse(printed).unwrap(), expression, "{text}");
    }
}

#[test]
fn refuses_at_the_right_place() {
    for (text, position, column, found, expected) in [
        ("", 0, 1, "the end", "a condition"),
        ("   ", 3, 4, "the end", "a condition"),
        ("a &&", 4, 5, "the end", "a condition"),
        ("a & b", 2, 3, "`&`", "`&&`"),
        ("a | b", 2, 3, "`|`", "`||`"),
        ("a = b", 2, 3, "`=`", "`==`"),
        ("a === b", 4, 5, "`=`", "`==`"),
        ("a b", 2, 3, "`b`", "the end"),
        ("a and b", 2, 3, "`and`", "`&&`"),
        ("(a", 2, 3, "the end", "`)`"),
        ("a)", 1, 2, "`)`", "the end"),
        ("()", 1, 2, "`)`", "a condition"),
        ("a < b < c", 6, 7, "`<`", "do not chain"),
        ("a == b == c", 7, 8, "`==`", "do not chain"),
        ("!a == b", 3, 4, "`==`", "parentheses after `!`"),
        ("!a in ['x']", 3, 4, "`in`", "parentheses after `!`"),
        ("!1", 1, 2, "`1`", "a name"),
        ("!'a'", 1, 2, "`'a'`", "a name"),
        ("(a) == b", 4, 5, "`==`", "only bare"),
        ("a == (b)", 5, 6, "`(`", "a name, a number"),
        ("a == !b", 5, 6, "`!`", "a name, a number"),
        ("5", 1, 2, "the end", "does not stand alone"),
        ("a && 'x'", 8, 9, "the end", "does not stand alone"),
        ("1 in [1]", 2, 3, "`in`", "a name"),
        ("true in [1]", 5, 6, "`in`", "a name"),
        ("'x' in ['x']", 4, 5, "`in`", "a name"),
        ("a in b", 5, 6, "`b`", "`[`"),
        ("a in []", 6, 7, "`]`", "a code or a number"),
        ("a in ['x',]", 10, 11, "`]`", "a code"),
        ("a in ['x', 1]", 11, 12, "`1`", "a code"),
        ("a in [1, 'x']", 9, 10, "`'x'`", "a number"),
        ("a in [b]", 6, 7, "`b`", "a code or a number"),
        ("a in ['x' 'y']", 10, 11, "`'y'`", "`,` or `]`"),
        ("a in ['x'] == true", 11, 12, "`==`", "do not chain"),
        ("A == 1", 0, 1, "`A`", "lower case"),
        ("aB", 1, 2, "`B`", "lower-case"),
        ("ab.Cd", 3, 4, "`C`", "lower-case"),
        ("อายุ <= 60", 0, 1, "`อ`", "a name"),
        ("a == 'ไทย'", 6, 7, "`ไ`", "a code"),
        ("a <= ๖๐", 5, 6, "`๖`", "a name"),
        ("a.1", 2, 3, "`1`", "a segment"),
        ("a.", 2, 3, "the end", "a segment"),
        ("a..b", 2, 3, "`.`", "a segment"),
        (".a", 0, 1, "`.`", "without spaces"),
        ("a .b", 2, 3, "`.`", "without spaces"),
        ("a. b", 2, 3, "` `", "a segment"),
        ("a == null", 5, 6, "`null`", "reserves"),
        ("a.for", 2, 3, "`for`", "reserves"),
        ("true.a", 0, 1, "`true`", "reserves"),
        ("a.true", 2, 3, "`true`", "reserves"),
        ("a && in", 5, 6, "`in`", "a condition"),
        ("a <= 1.5", 6, 7, "`.`", "a whole number"),
        ("a <= 5u", 6, 7, "`u`", "a whole number"),
        ("a <= 0x1F", 6, 7, "`x`", "a whole number"),
        ("a <= 1_000", 6, 7, "`_`", "a whole number"),
        ("a == 05", 5, 6, "`05`", "leading zeros"),
        ("a <= - 5", 6, 7, "` `", "a digit"),
        ("a <= --5", 6, 7, "`-`", "a digit"),
        ("a -5", 2, 3, "`-5`", "the end"),
        ("a + 5", 2, 3, "`+`", "an operator"),
        ("a <= 9223372036854775808", 5, 6, "`9223372036854775808`", "between"),
        ("a == ''", 6, 7, "`'`", "a code"),
        ("a == 'x", 7, 8, "the end", "then `'`"),
        ("a == 'x\"", 7, 8, "`\"`", "then `'`"),
        ("a == 'x y'", 7, 8, "` `", "then `'`"),
        ("a == 'x\\n'", 7, 8, "`\\\\`", "then `'`"),
        ("a == ‘x’", 5, 6, "`‘`", "a name"),
        ("size(a)", 4, 5, "`(`", "the end"),
        ("a ? b : c", 2, 3, "`?`", "an operator"),
        ("a // b", 2, 3, "`/`", "an operator"),
        ("a[1]", 1, 2, "`[`", "the end"),
        ("a\u{a0}&& b", 1, 2, "`\\u{a0}`", "an operator"),
    ] {
        let error = parse(text).unwrap_err();
        assert_eq!(
            (error.position, error.column, error.found.as_str()),
            (position, column, found),
            "{text}: {error}"
        );
        assert!(error.expected.contains(expected), "{text}: {error}");
    }
}

#[test]
fn counts_columns_in_characters_of_their_line() {
    let error = parse("a &&\n  b == 'กข").unwrap_err();
    assert_eq!((error.position, error.line, error.column), (13, 2, 9));
    assert_eq!(
        error.to_string(),
        "line 2, column 9: found `ก`, expected a code of lower-case letters, digits and `_`"
    );
    let error = parse("กa").unwrap_err();
    assert_eq!((error.position, error.column), (0, 1));
}

#[test]
fn limits_depth_and_length() {
    let nested = |levels: usize| format!("{}a{}", "(".repeat(levels), ")".repeat(levels));
    assert!(parse(&nested(MOST_NESTED)).is_ok());
    let error = parse(&nested(MOST_NESTED + 1)).unwrap_err();
    assert_eq!((error.position, error.found.as_str()), (MOST_NESTED, "`(`"));
    let error = parse(&format!("{}a", "!".repeat(4000))).unwrap_err();
    assert_eq!((error.position, error.found.as_str()), (MOST_NESTED, "`!`"));

    let long = |length: usize| format!("a{}", " ".repeat(length - 1));
    assert!(parse(&long(LONGEST_TEXT)).is_ok());
    let error = parse(&long(LONGEST_TEXT + 1)).unwrap_err();
    assert_eq!((error.position, error.found.as_str()), (LONGEST_TEXT, "8193 bytes"));
    assert!(parse(&"ก".repeat(LONGEST_TEXT)).is_err());
}

struct Few;

impl Names for Few {
    fn kind(&self, name: &str) -> Option<Kind> {
        Some(match name {
            "insured" | "employed" => Kind::YesNo,
            "nationality" | "birthplace" => Kind::Code("nation".to_owned()),
            "age" | "max_age.years" => Kind::Years,
            "months" => Kind::Count,
            "days" => Kind::Days,
            "wage" => Kind::Money,
            "today" | "job.started_on" => Kind::Date,
            "job.province" => Kind::Place(Area::Province),
            "job.district" => Kind::Place(Area::District),
            _ => return None,
        })
    }
    fn nearest(&self, name: &str) -> Option<String> {
        (name == "agee").then(|| "age".to_owned())
    }
    fn has_code(&self, list: &str, code: &str) -> bool {
        list == "nation" && ["thai", "other"].contains(&code)
    }
    fn nearest_code(&self, _: &str, code: &str) -> Option<String> {
        (code == "tai").then(|| "thai".to_owned())
    }
}

#[test]
fn well_typed_conditions_pass() {
    for text in [
        "insured && !employed && insured == true && false != employed",
        "nationality == 'thai' || nationality != 'other' || 'thai' == nationality || nationality in ['thai', 'other']",
        "age <= 60 && 15 <= age && age <= max_age.years && age in [15, 60]",
        "months >= 3 && months == months && days < 120 && wage > 1650",
        "today <= job.started_on && today == today",
        "job.province == '10' && job.district in ['1001', '1002'] && '90' != job.province",
        "true",
    ] {
        assert_eq!(check(&parse(text).unwrap(), &Few), Ok(()), "{text}");
    }
}

#[test]
fn every_fault_of_type_is_told_with_its_place() {
    for (text, faults) in [
        ("agee <= 60", vec![(0, "unknown name `agee`; did you mean `age`?")]),
        ("x && !y", vec![(0, "unknown name `x`"), (6, "unknown name `y`")]),
        ("x == y", vec![(0, "unknown name `x`"), (5, "unknown name `y`")]),
        ("x in ['thai']", vec![(0, "unknown name `x`")]),
        ("age", vec![(0, "`age` is an exact number of years, so it cannot stand alone")]),
        (
            "!nationality",
            vec![(1, "`nationality` is a code of `nation`, so it cannot stand alone")],
        ),
        (
            "nationality == 'tai'",
            vec![(15, "unknown code `tai` of `nation`; did you mean `thai`?")],
        ),
        (
            "nationality in ['x', 'thai', 'y']",
            vec![(16, "unknown code `x` of `nation`"), (29, "unknown code `y` of `nation`")],
        ),
        (
            "nationality < 'thai'",
            vec![(0, "`nationality` is a code of `nation`, which has no order, so `<` does not apply")],
        ),
        (
            "nationality == 1",
            vec![(
                15,
                "`nationality` is a code of `nation`, so it is compared with quoted codes of `nation`, not with the number `1`",
            )],
        ),
        (
            "nationality == birthplace",
            vec![(
                15,
                "`nationality` is a code of `nation`, so it is compared with quoted codes of `nation`, not with `birthplace`, which is a code of `nation`",
            )],
        ),
        (
            "insured == 1",
            vec![(
                11,
                "`insured` is yes or no, so it is compared with `true` or `false`, not with the number `1`",
            )],
        ),
        (
            "insured == employed",
            vec![(
                11,
                "`insured` is yes or no, so it is compared with `true` or `false`, not with `employed`, which is yes or no",
            )],
        ),
        (
            "insured < true",
            vec![(0, "`insured` is yes or no, which has no order, so `<` does not apply")],
        ),
        (
            "age == 'old'",
            vec![(
                7,
                "`age` is an exact number of years, so it is compared with whole numbers or names that are an exact number of years, not with the code `old`",
            )],
        ),
        (
            "months == days",
            vec![(
                10,
                "`months` is a count, so it is compared with whole numbers or names that are a count, not with `days`, which is a number of days",
            )],
        ),
        (
            "wage == true",
            vec![(
                8,
                "`wage` is money in baht, so it is compared with whole numbers or names that are money in baht, not with `true`",
            )],
        ),
        (
            "today == 1",
            vec![(
                9,
                "`today` is a date, so it is compared with names that are a date, not with the number `1`",
            )],
        ),
        (
            "today in [1]",
            vec![(
                10,
                "`today` is a date, so it is compared with names that are a date, not with the number `1`",
            )],
        ),
        (
            "job.province == '1001'",
            vec![(16, "`1001` is no code of a province, which has 2 digits")],
        ),
        (
            "job.district in ['1001', 'ab12']",
            vec![(25, "`ab12` is no code of a district, which has 4 digits")],
        ),
        ("1 < 2", vec![(0, "a comparison needs a name on one side")]),
        (
            "age && (x || job.province >= '10')",
            vec![
                (0, "`age` is an exact number of years, so it cannot stand alone"),
                (8, "unknown name `x`"),
                (13, "`job.province` is a province, which has no order, so `>=` does not apply"),
            ],
        ),
    ] {
        let found = check(&parse(text).unwrap(), &Few).unwrap_err();
        let found: Vec<(usize, String)> = found
            .iter()
            .map(|fault: &TypeError| (fault.place().start, fault.to_string()))
            .collect();
        let expected: Vec<(usize, String)> = faults.into_iter().map(|(start, message)| (start, message.to_owned())).collect();
        assert_eq!(found, expected, "{text}");
    }
}

fn called(name: &str) -> String {
    match name {
        "age" => "อายุ",
        "insured" => "เป็นผู้ประกันตน",
        other => other,
    }
    .to_owned()
}

#[test]
fn says_conditions_in_words() {
    for (text, thai, english) in [
        (
            "age <= 60 && !(insured || x)",
            "อายุ ไม่เกิน 60 และ ไม่ใช่ (เป็นผู้ประกันตน หรือ x)",
            "age is at most 60 and not (insured or x)",
        ),
        ("60 > age", "อายุ น้อยกว่า 60", "age is less than 60"),
        ("x == false", "ไม่ใช่ (x)", "not (x)"),
        ("x != false || y == true", "x หรือ y", "x or y"),
        ("a && b || c", "(a และ b) หรือ c", "(a and b) or c"),
        ("a && (b || c)", "a และ (b หรือ c)", "a and (b or c)"),
        ("n == 'x' || n != 'y'", "n คือ 'x' หรือ n ไม่ใช่ 'y'", "n is 'x' or n is not 'y'"),
        ("n in ['x', 'y']", "n เป็นข้อใดข้อหนึ่งใน: 'x' / 'y'", "n is one of: 'x' / 'y'"),
        ("n in ['x']", "n คือ 'x'", "n is 'x'"),
        (
            "m >= 3 && m in [4, 5]",
            "m ไม่น้อยกว่า 3 และ m เป็นข้อใดข้อหนึ่งใน: 4 / 5",
            "m is at least 3 and m is one of: 4 / 5",
        ),
        ("true", "ทุกกรณี", "always"),
    ] {
        let expression = parse(text).unwrap();
        assert_eq!(in_words(&expression, &called, Language::Thai), thai, "{text}");
        assert_eq!(in_words(&expression, &str::to_owned, Language::English), english, "{text}");
    }
}

struct Labels;

impl Glossary for Labels {
    fn name(&self, name: &str) -> String {
        format!("the {name}")
    }
    fn code(&self, name: &str, code: &str) -> String {
        format!("<{name}: {code}>")
    }
    fn is_date(&self, name: &str) -> bool {
        ["today", "started"].contains(&name)
    }
}

#[test]
fn says_codes_and_dates_by_the_glossary() {
    let expression = parse("n == 'x' && today < started && started >= today").unwrap();
    assert_eq!(
        in_words_from(&expression, &Labels, Language::English),
        "the n is <n: x> and the today is before the started and the started is not before the today"
    );
}
