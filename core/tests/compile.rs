//! The compiler of rule files: a sound rulebook passes, and every kind of fault is reported where it stands, with what would be right.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod common;
#[path = "common/rulebooks.rs"]
mod rulebooks;

use std::collections::BTreeSet;

use proptest::prelude::*;
use rulebooks::{file, trial};
use sitthi::Rulebook;
use sitthi::compile::{Diagnostic, DiagnosticCode, SourceFile, compile, diagnose};
use sitthi::examples::{MissingSide, UncoveredKind, examples};
use sitthi::rulebook::RulebookError;

fn faults(files: &[SourceFile]) -> Vec<Diagnostic> {
    diagnose(files).1
}

fn listed(faults: &[Diagnostic]) -> String {
    faults
        .iter()
        .map(|fault| format!("{:?} {fault}", fault.code))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn the_trial_rulebook_is_sound() {
    let files = trial();
    let found = faults(&files);
    assert!(found.is_empty(), "{}", listed(&found));
    let rulebook = Rulebook::from_sources(&files).unwrap();
    assert_eq!(Rulebook::open(&rulebook.to_bytes().unwrap()).unwrap().book(), rulebook.book());
}

/// One text put in place of another, and the fault that must follow.
struct Broken {
    path: &'static str,
    from: &'static str,
    to: &'static str,
    code: DiagnosticCode,
    /// A piece of the line on which the fault stands, after the change.
    line: &'static str,
    expected: &'static str,
}

const SCHEME: &str = "schemes/trial.toml";
const CUTS: &str = "schemes/cuts.toml";
const MONEY: &str = "complaints/money.toml";
const URGENCY: &str = "complaints/urgency.toml";
const PRECEDENCE: &str = "complaints/precedence.toml";
const KINDS: &str = "complaints/not_encoded.toml";
const AGENCIES: &str = "authorities/agencies.toml";
const STATUTES: &str = "statutes/acts.toml";
const CODES: &str = "vocabulary/codes.toml";
const FACTS: &str = "vocabulary/facts.toml";

const fn broken(
    path: &'static str,
    from: &'static str,
    to: &'static str,
    code: DiagnosticCode,
    line: &'static str,
    expected: &'static str,
) -> Broken {
    Broken {
        path,
        from,
        to,
        code,
        line,
        expected,
    }
}

use DiagnosticCode::{
    CitationNotInForce, CitationUnresolved, Cycle, Float, GapInTime, Impossible, IncompleteList, MissingCitation, MissingKey, MissingLabel,
    NeverMatches, OverlapInTime, OverlaysMeet, Shadowing, Syntax, UnknownCode, UnknownKey, UnknownName, Unused, WrongType,
};

const BROKEN: &[Broken] = &[
    // Text that cannot be read.
    broken(
        SCHEME,
        "when = \"age_today >= 15\"",
        "when = \"age_today >= \"",
        Syntax,
        "when = \"age_today >= \"",
        "",
    ),
    broken(
        SCHEME,
        "checked_on = 2026-11-22\nkind = \"scheme\"",
        "checked_on = \nkind = \"scheme\"",
        Syntax,
        "checked_on = ",
        "TOML",
    ),
    broken(SCHEME, "pays = [\"share\"]", "pay = [\"share\"]", UnknownKey, "pay = ", "`pays`"),
    broken(
        SCHEME,
        "clock = \"today\"\nkeys",
        "clok = \"today\"\nkeys",
        UnknownKey,
        "clok = ",
        "`clock`",
    ),
    broken(
        SCHEME,
        "gives = \"eligible\"",
        "gives = \"eligible\"\nlead = \"dlpw\"",
        UnknownKey,
        "[rule.join]",
        "complaint",
    ),
    broken(SCHEME, "length = \"6 months\"\n", "", MissingKey, "[periods.notice]", "`length`"),
    broken(SCHEME, "late = \"no\"", "late = \"end\"", UnknownCode, "[periods.notice]", "`ends`"),
    // A code of which the engine must know what it means.
    broken(
        CODES,
        "file_with_reasons = {",
        "file_with_reason = {",
        UnknownCode,
        "[list.late]",
        "`file_with_reasons`",
    ),
    broken(
        SCHEME,
        "since = 2011-01-01\nchecked_on = 2026-11-22\nkind = \"scheme\"",
        "checked_on = 2026-11-22\nkind = \"scheme\"",
        MissingKey,
        "[file]",
        "a day",
    ),
    broken(
        SCHEME,
        "from = 2016-01-01\nreplaces = \"idle_old\"",
        "replaces = \"idle_old\"",
        MissingKey,
        "[rule.idle]",
        "`from`",
    ),
    broken(
        SCHEME,
        "60, \"act/3\"]",
        "\"sixty\", \"act/3\"]",
        WrongType,
        "\"sixty\"",
        "a number in the unit",
    ),
    broken(
        SCHEME,
        "rate = \"rate.worker\"",
        "rate = \"base.floor\"",
        WrongType,
        "[amounts.share]",
        "%",
    ),
    broken(
        SCHEME,
        "floor = \"base.floor\"",
        "floor = \"days.most\"",
        WrongType,
        "[amounts.share]",
        "money",
    ),
    broken(
        SCHEME,
        "after = \"s33_ended_on\"",
        "after = \"s33_months\"",
        WrongType,
        "[periods.notice]",
        "the name of a day",
    ),
    broken(
        SCHEME,
        "age = { of = \"birth_date\", on = \"today\" }",
        "age = { of = \"sex\", on = \"today\" }",
        WrongType,
        "[words.age_today]",
        "a day",
    ),
    broken(
        SCHEME,
        "when = \"member.sso_39\"",
        "when = \"job.for_wages\"",
        WrongType,
        "when = \"job.for_wages\"",
        "each = \"job\"",
    ),
    broken(
        SCHEME,
        "when = \"age_today >= 15\"",
        "when = \"age_today == 'old'\"",
        WrongType,
        "age_today == 'old'",
        "exact number of years",
    ),
    broken(
        SCHEME,
        "[2011-01-01, \"5\", \"act/6\"]",
        "[2011-01-01, 2.75, \"act/6\"]",
        Float,
        "2.75",
        "\"2.75\"",
    ),
    broken(
        SCHEME,
        "1650, 15000, \"act/6\"]",
        "1650, 15000]",
        WrongType,
        "1650, 15000]",
        "4 cells",
    ),
    // Names and codes.
    broken(
        SCHEME,
        "when = \"age_today >= 15\"",
        "when = \"age_tody >= 15\"",
        UnknownName,
        "age_tody",
        "`age_today`",
    ),
    broken(
        SCHEME,
        "requires = [\"grown\", \"not_too_old\"]",
        "requires = [\"grwn\", \"not_too_old\"]",
        UnknownName,
        "[rule.join]",
        "`grown`",
    ),
    broken(SCHEME, "limit.years\"", "limit.yeas\"", UnknownName, "limit.yeas", "`limit.years`"),
    broken(
        SCHEME,
        "authority = \"sso\"",
        "authority = \"ssoo\"",
        UnknownName,
        "[file]",
        "`sso`",
    ),
    broken(
        SCHEME,
        "within = \"notice\"",
        "within = \"notic\"",
        UnknownName,
        "[rule.join]",
        "[periods]",
    ),
    broken(
        SCHEME,
        "replaces = \"dismissed_old\"",
        "replaces = \"dismissed_od\"",
        UnknownName,
        "[clauses.dismissed_new]",
        "`dismissed_old`",
    ),
    broken(
        SCHEME,
        "overlay = \"cuts\"",
        "overlay = \"cut\"",
        UnknownName,
        "[table.rate]",
        "overlay",
    ),
    broken(SCHEME, "at = \"sso\"", "at = \"sso_office\"", UnknownName, "[rule.join]", ""),
    broken(
        MONEY,
        "lead = \"dlpw\"",
        "lead = \"dlwp\"",
        UnknownName,
        "[rule.claim_money]",
        "`dlpw`",
    ),
    broken(
        MONEY,
        "steps = [\"order\"]",
        "forms = [\"kr7\"]\nsteps = [\"order\"]",
        UnknownName,
        "[rule.claim_money]",
        "a form",
    ),
    broken(MONEY, "to = \"dlpw\"", "to = \"dlpv\"", UnknownName, "[rule.claim_money]", "`dlpw`"),
    broken(
        MONEY,
        "steps = [\"order\"]",
        "keeps = [\"mony\"]\nsteps = [\"order\"]",
        UnknownName,
        "[rule.claim_money]",
        "`money`",
    ),
    broken(
        URGENCY,
        "danger = [\"danger_now\"]",
        "danger = [\"danger_nov\"]",
        UnknownName,
        "[file]",
        "`danger_now`",
    ),
    broken(
        CUTS,
        "trial.rate.worker",
        "trial.rate.workr",
        UnknownName,
        "[file]",
        "`trial.rate.worker`",
    ),
    broken(CUTS, "\"floods\", \"3\"", "\"flods\", \"3\"", UnknownName, "\"flods\"", "[areas]"),
    broken(
        PRECEDENCE,
        "order = [\"money\"]",
        "order = [\"monei\"]",
        UnknownName,
        "order = ",
        "`money`",
    ),
    broken(
        FACTS,
        "[fact.birth_date]",
        "[fact.birth_dat]",
        UnknownName,
        "[fact.birth_dat]",
        "`birth_date`",
    ),
    broken(
        SCHEME,
        "why_left == 'dismissed'\"",
        "why_left == 'dismised'\"",
        UnknownCode,
        "'dismised'",
        "`dismissed`",
    ),
    broken(SCHEME, "kind = \"scheme\"", "kind = \"shceme\"", UnknownCode, "kind = ", "scheme"),
    broken(
        SCHEME,
        "gives = \"covered\"",
        "gives = \"coverd\"",
        UnknownCode,
        "[rule.member]",
        "`covered`",
    ),
    broken(
        SCHEME,
        "per = \"month\"",
        "per = \"monht\"",
        UnknownCode,
        "[amounts.share]",
        "`month`",
    ),
    broken(SCHEME, "late = \"no\"", "late = \"end\"", UnknownCode, "[periods.notice]", "`ends`"),
    broken(
        SCHEME,
        "binds = \"worker\"",
        "binds = \"workr\"",
        UnknownCode,
        "[periods.notice]",
        "`worker`",
    ),
    broken(
        SCHEME,
        "status = \"proposed\"",
        "status = \"propsed\"",
        UnknownCode,
        "[notes.bill]",
        "`proposed`",
    ),
    broken(
        SCHEME,
        "contingencies = [\"sickness\"]",
        "contingencies = [\"siknes\"]",
        UnknownCode,
        "[file]",
        "`sickness`",
    ),
    broken(
        SCHEME,
        "round = \"baht_half_up\"",
        "round = \"half_up\"",
        UnknownCode,
        "round = ",
        "baht_half_up",
    ),
    broken(SCHEME, "years:years\"", "years:yars\"", UnknownCode, "[table.limit]", "years"),
    broken(
        SCHEME,
        "rest = [\"resigned\", \"term_ended\"]",
        "rest = [\"resignd\", \"resigned\", \"term_ended\"]",
        UnknownCode,
        "[words.why_left]",
        "`resigned`",
    ),
    broken(
        MONEY,
        "from = \"community_unit\"",
        "from = \"comunity_unit\"",
        UnknownCode,
        "[rule.claim_money]",
        "`community_unit`",
    ),
    broken(
        MONEY,
        "urgency_at_least = \"u2\"",
        "urgency_at_least = \"u9\"",
        UnknownCode,
        "[rule.claim_money]",
        "`u",
    ),
    broken(
        MONEY,
        "what = [\"name\"]",
        "what = [\"nmae\"]",
        UnknownCode,
        "[no_share.reporter]",
        "`name`",
    ),
    broken(
        MONEY,
        "with = [\"employer\"]",
        "with = [\"emploier\"]",
        UnknownCode,
        "[no_share.reporter]",
        "`employer`",
    ),
    broken(URGENCY, "gives = \"u1\"", "gives = \"v1\"", UnknownCode, "[rule.soon]", "`u"),
    broken(CUTS, "\"80\", \"90\"", "\"80\", \"99\"", UnknownCode, "@schemes/cuts.toml#18", ""),
    broken(
        STATUTES,
        "[\"act\", \"act\",",
        "[\"act\", \"akt\",",
        UnknownCode,
        "\"akt\"",
        "`act`",
    ),
    // Full steps beyond a number.
    broken(
        SCHEME,
        "[words.why_left]",
        "[words.twelves]\nth = \"ก\"\nen = \"t\"\nfull_steps = { of = \"claim.children\", beyond = 2, each = 0 }\n[words.why_left]",
        Impossible,
        "[words.twelves]",
        "1 or more",
    ),
    broken(
        SCHEME,
        "[words.why_left]",
        "[words.twelves]\nth = \"ก\"\nen = \"t\"\nfull_steps = { of = \"claim.children\", beyond = 2, each = -12 }\n[words.why_left]",
        Impossible,
        "full_steps = ",
        "a small whole number",
    ),
    broken(
        SCHEME,
        "[words.why_left]",
        "[words.twelves]\nth = \"ก\"\nen = \"t\"\nfull_steps = { of = \"claim.children\", beyond = 70000, each = 12 }\n[words.why_left]",
        Impossible,
        "full_steps = ",
        "a small whole number",
    ),
    broken(
        SCHEME,
        "[words.why_left]",
        "[words.twelves]\nth = \"ก\"\nen = \"t\"\nfull_steps = { of = \"claim.children\", beyond = 2 }\n[words.why_left]",
        MissingKey,
        "[words.twelves]",
        "`beyond` and `each`",
    ),
    broken(
        SCHEME,
        "[words.why_left]",
        "[words.twelves]\nth = \"ก\"\nen = \"t\"\nfull_steps = { of = \"claim.children\", each = 12 }\n[words.why_left]",
        MissingKey,
        "[words.twelves]",
        "`beyond` and `each`",
    ),
    broken(
        SCHEME,
        "[words.why_left]",
        "[words.twelves]\nth = \"ก\"\nen = \"t\"\nfull_steps = { of = \"birth_date\", beyond = 2, each = 12 }\n[words.why_left]",
        WrongType,
        "[words.twelves]",
        "the name of a number",
    ),
    broken(
        SCHEME,
        "age = { of = \"birth_date\", on = \"today\" }",
        "full_steps = { of = \"claim.childern\", beyond = 2, each = 12 }",
        UnknownName,
        "[words.age_today]",
        "a fact, a word or `table.column`",
    ),
    // What hides, and what is left out.
    broken(
        SCHEME,
        "[notes.bill]",
        "[words.grown]\nth = \"ก\"\nen = \"g\"\nage = { of = \"birth_date\", on = \"today\" }\n[notes.bill]",
        Shadowing,
        "[clauses.grown]",
        "a name of its own",
    ),
    broken(
        SCHEME,
        "[words.why_left]",
        "[words.birth_date]",
        Shadowing,
        "[words.birth_date]",
        "another name",
    ),
    broken(
        SCHEME,
        "[notes.bill]",
        "[periods.claim]\nth = \"ก\"\nen = \"g\"\nafter = \"s33_ended_on\"\nlength = \"1 day\"\ncite = \"act/7\"\n[notes.bill]",
        Shadowing,
        "[periods.claim]",
        "another name",
    ),
    broken(
        SCHEME,
        "[rule.member]\nth",
        "[rule.join]\nth",
        Shadowing,
        "[rule.join]",
        "each name once",
    ),
    broken(
        SCHEME,
        "dismissed = [\"dismissed\"], rest",
        "dismissed = [\"dismissed\", \"resigned\"], rest",
        Shadowing,
        "[words.why_left]",
        "one place",
    ),
    broken(CUTS, "id = \"cuts\"", "id = \"trial\"", Shadowing, "[file]", "an id of its own"),
    broken(STATUTES, "[\"act_2\", \"act\"", "[\"act\", \"act\"", Shadowing, "No. 2", "one row"),
    broken(
        SCHEME,
        "rest = [\"resigned\", \"term_ended\"]",
        "rest = [\"resigned\"]",
        IncompleteList,
        "[words.why_left]",
        "rest = [\"term_ended\"]",
    ),
    broken(
        SCHEME,
        "dismissed = [\"dismissed\"], rest = [\"resigned\"",
        "dismissed = [\"dismissed\"], left = [\"resigned\"",
        IncompleteList,
        "[table.days]",
        "before = ",
    ),
    broken(
        CODES,
        "[list.left_because.codes]\n",
        "[list.left_because.codes]\nlaid_off = { th = \"ก\", en = \"laid off\" }\n",
        IncompleteList,
        "@schemes/trial.toml:[words.why_left]",
        "laid_off",
    ),
    broken(
        PRECEDENCE,
        "rest = [\"another_matter\"]",
        "rest = []",
        IncompleteList,
        "order = ",
        "every kind",
    ),
    broken(
        URGENCY,
        "levels = [\"u0\", \"u1\", \"u2\", \"u3\"]",
        "levels = [\"u0\", \"u1\", \"u2\"]",
        IncompleteList,
        "[file]",
        "every code",
    ),
    broken(
        KINDS,
        " || happened.outside_labour_law",
        "",
        IncompleteList,
        "@vocabulary/codes.toml:outside_labour_law",
        "a kind of complaint",
    ),
    broken(
        SCHEME,
        "en = \"at least fifteen\"\n",
        "",
        MissingLabel,
        "[clauses.grown]",
        "vocabulary/en/trial.toml",
    ),
    broken(SCHEME, "th = \"สมัคร\"\n", "", MissingLabel, "[rule.join]", "a text for people"),
    broken(
        CODES,
        "thai     = { th = \"สัญชาติไทย\", en = \"Thai\" }",
        "thai     = { th = \"สัญชาติไทย\", en = \" \" }",
        MissingLabel,
        "thai     =",
        "a text for people",
    ),
    broken(
        FACTS,
        "[fact.birth_date]",
        "[fact.birth_dat]",
        MissingLabel,
        "@vocabulary/facts.toml#1",
        "[fact.\"birth_date\"]",
    ),
    broken(SCHEME, "en = \"a trial\"\n", "", MissingLabel, "[file]", "vocabulary/en/trial.toml"),
    // Days.
    broken(
        SCHEME,
        "[2011-01-01, 60, \"act/3\"]",
        "[2012-01-01, 60, \"act/3\"]",
        GapInTime,
        "2012-01-01, 60",
        "before = ",
    ),
    broken(
        SCHEME,
        "until = 2015-12-31\nwhen",
        "until = 2015-12-30\nwhen",
        GapInTime,
        "[clauses.dismissed_new]",
        "from = 2015-12-31",
    ),
    broken(
        SCHEME,
        "until = 2015-12-31\nrequires",
        "until = 2015-12-30\nrequires",
        GapInTime,
        "[rule.idle]",
        "from = 2015-12-31",
    ),
    broken(
        SCHEME,
        "until = 2015-12-31\nwhen",
        "until = 2016-01-31\nwhen",
        OverlapInTime,
        "[clauses.dismissed_new]",
        "from = 2016-02-01",
    ),
    broken(
        SCHEME,
        "[2016-01-01, 65, \"act_2/3\"]",
        "[2011-01-01, 65, \"act/3\"]",
        OverlapInTime,
        "65, \"act/3\"",
        "one row",
    ),
    broken(
        SCHEME,
        "from = 2016-01-01\nreplaces = \"idle_old\"",
        "from = 2016-01-01\nuntil = 2015-06-30\nreplaces = \"idle_old\"",
        OverlapInTime,
        "[rule.idle]",
        "`until` after `from`",
    ),
    broken(
        SCHEME,
        "earlier = [{ until = 2013-12-31, length = \"3 months\", cite = \"act/7\" }]",
        "earlier = [{ until = 2013-12-31, length = \"3 months\", cite = \"act/7\" }, { until = 2012-12-31, length = \"2 months\", cite = \"act/7\" }]",
        OverlapInTime,
        "[periods.notice]",
        "the oldest first",
    ),
    broken(
        CUTS,
        "[\"2024-10..2025-03\"",
        "[\"2020-05..2025-03\"",
        OverlaysMeet,
        "2020-05..2025-03",
        "one row",
    ),
    broken(
        CUTS,
        "2024-10..2025-03",
        "2025-03..2024-10",
        Impossible,
        "2025-03..2024-10",
        "the earlier month first",
    ),
    broken(
        SCHEME,
        "checked_on = 2026-11-22\nkind = \"scheme\"",
        "checked_on = 2006-11-22\nkind = \"scheme\"",
        Impossible,
        "[file]",
        "later",
    ),
    broken(
        AGENCIES,
        "call = [\"1546\"]",
        "call = [\"the office\"]",
        Impossible,
        "[agency.dlpw]",
        "digits",
    ),
    // Citations.
    broken(
        SCHEME,
        "cite = \"act/3/S1\"",
        "cite = \"atc/3/S1\"",
        CitationUnresolved,
        "cite = \"atc/3/S1\"",
        "`act`",
    ),
    broken(
        SCHEME,
        "cite = \"act/3/S1\"",
        "cite = \"act/3/S2\"",
        CitationUnresolved,
        "cite = \"act/3/S2\"",
        "[source]",
    ),
    broken(
        SCHEME,
        "60, \"act/3\"]",
        "60, \"act_2/3\"]",
        CitationNotInForce,
        "60, \"act_2/3\"",
        "from 2016-01-01",
    ),
    broken(
        SCHEME,
        "when = \"member.sso_39\"\ncite = \"act/4\"",
        "when = \"member.sso_39\"\ncite = \"act_2/4\"",
        CitationNotInForce,
        "cite = \"act_2/4\"",
        "2016-01-01",
    ),
    broken(
        CUTS,
        "\"all\", \"1\", \"act_2/6\"]",
        "\"all\", \"1\"]",
        WrongType,
        "\"all\", \"1\"]",
        "4 cells",
    ),
    broken(
        SCHEME,
        "when = \"member.sso_39\"\ncite = \"act/4\"",
        "when = \"member.sso_39\"",
        MissingCitation,
        "[clauses.is_member]",
        "`cite`",
    ),
    broken(
        CUTS,
        "provinces = [\"80\", \"90\"]\ncite = \"act_2/6\"",
        "provinces = [\"80\", \"90\"]",
        MissingCitation,
        "[areas.floods]",
        "`cite`",
    ),
    // Circles.
    broken(
        SCHEME,
        "when = \"member.sso_39\"",
        "when = \"member\"",
        Cycle,
        "[clauses.is_member]",
        "rest on others",
    ),
    broken(
        SCHEME,
        "when = \"claim.registered_unemployed\"",
        "when = \"may_claim\"",
        Cycle,
        "[clauses.may_claim]",
        "rest on others",
    ),
    broken(
        SCHEME,
        "[words.why_left]",
        "[words.one]\nth = \"ก\"\nen = \"1\"\nday = { from = \"two\", plus = \"1 day\" }\n[words.two]\nth = \"ก\"\nen = \"2\"\nage = { of = \"one\", on = \"one\" }\n[words.why_left]",
        Unused,
        "[words.one]",
        "a rule that does",
    ),
    broken(
        SCHEME,
        "age = { of = \"birth_date\", on = \"today\" }",
        "age = { of = \"birth_date\", on = \"round\" }\n[words.round]\nth = \"ก\"\nen = \"r\"\nday = { from = \"round\", plus = \"1 day\" }",
        Cycle,
        "[words.round]",
        "rest on others",
    ),
    broken(
        SCHEME,
        "[table.limit]\nth = \"อายุสูงสุด\"\nen = \"highest age\"\nclock = \"today\"",
        "[words.turns]\nth = \"ก\"\nen = \"t\"\nage = { of = \"birth_date\", on = \"turn\" }\n[words.turn]\nth = \"ก\"\nen = \"t\"\nday = { from = \"notice.last\", plus = \"1 day\" }\n[table.limit]\nth = \"อายุสูงสุด\"\nen = \"highest age\"\nclock = \"notice.last\"",
        Unused,
        "[words.turns]",
        "",
    ),
    broken(
        SCHEME,
        "after = \"s33_ended_on\"",
        "after = \"notice.last\"",
        Cycle,
        "[periods.notice]",
        "rest on others",
    ),
    broken(
        SCHEME,
        "rate = \"rate.worker\"\nof = \"job.monthly_wage\"\nfloor = \"base.floor\"\nceiling = \"base.ceiling\"",
        "sum = [\"share\"]",
        Cycle,
        "[amounts.share]",
        "rest on others",
    ),
    broken(
        SCHEME,
        "keys = { cause = \"why_left\" }\ncolumns = [\"from\", \"cause\", \"most:count\", \"cite\"]\nrows = [\n  [2011-01-01, \"dismissed\", 180, \"act/5\"],",
        "keys = { cause = \"days.most\" }\ncolumns = [\"from\", \"cause\", \"most:count\", \"cite\"]\nrows = [\n  [2011-01-01, 1, 180, \"act/5\"],",
        Cycle,
        "[table.days]",
        "rest on others",
    ),
    // What nothing uses, and what never holds.
    broken(
        SCHEME,
        "excludes = [\"is_member\"]\nwithin = \"notice\"",
        "excludes = [\"is_member\"]",
        Unused,
        "[periods.notice]",
        "a rule that does",
    ),
    broken(SCHEME, "pays = [\"share\"]\n", "", Unused, "[amounts.share]", "a rule that does"),
    broken(
        SCHEME,
        "floor = \"base.floor\"\nceiling = \"base.ceiling\"\n",
        "",
        Unused,
        "[table.base]",
        "a rule that does",
    ),
    broken(
        SCHEME,
        "requires = [\"grown\", \"not_too_old\"]",
        "requires = [\"grown\"]",
        Unused,
        "[clauses.not_too_old]",
        "a rule that does",
    ),
    broken(MONEY, "unless = \"agrees\"\n", "", Unused, "[clauses.agrees]", "a rule that does"),
    broken(
        STATUTES,
        "rows = [\n",
        "rows = [\n  [\"act_9\", \"act\", \"ก\", \"an act\", 1990-09-01, 1990-09-02, \"high\"],\n",
        Unused,
        "act_9",
        "a citation",
    ),
    broken(
        CUTS,
        "\"worker:%\", \"cite\"]\nrows = [\n  [\"2020-03..2020-05\", \"all\", \"1\",",
        "\"worker:%\", \"other:%\", \"cite\"]\nrows = [\n  [\"2020-03..2020-05\", \"all\", \"1\", \"1\",",
        Unused,
        "[file]",
        "a line in `sets`",
    ),
    broken(
        CUTS,
        "\"floods\", \"3\"",
        "\"all\", \"3\"",
        Unused,
        "@schemes/cuts.toml#18",
        "a row that does",
    ),
    broken(
        SCHEME,
        "when = \"age_today >= 15\"",
        "when = \"age_today >= 15 && age_today < 10\"",
        NeverMatches,
        "[clauses.grown]",
        "some facts",
    ),
    broken(
        SCHEME,
        "when = \"age_today >= 15\"",
        "when = \"age_today >= 70\"",
        NeverMatches,
        "[rule.join]",
        "one person",
    ),
    broken(
        SCHEME,
        "excludes = [\"is_member\"]",
        "excludes = [\"is_member\", \"grown\"]",
        NeverMatches,
        "[rule.join]",
        "one person",
    ),
    broken(
        SCHEME,
        "when = \"claim.registered_unemployed\"",
        "when = \"claim.left_because == 'resigned'\"",
        NeverMatches,
        "[rule.idle]",
        "one person",
    ),
    broken(
        SCHEME,
        "when = \"why_left == 'dismissed' && days.most >= 30\"",
        "when = \"why_left == 'dismissed' && days.most >= 300\"",
        NeverMatches,
        "[clauses.dismissed_new]",
        "some facts",
    ),
    broken(
        SCHEME,
        "until = 2015-12-31\nrequires",
        "until = 2010-12-31\nrequires",
        NeverMatches,
        "[rule.idle_old]",
        "from 2011-01-01 on",
    ),
    broken(
        MONEY,
        "when = \"happened.wages_unpaid\"",
        "when = \"!happened.wages_unpaid\"",
        NeverMatches,
        "[rule.claim_money]",
        "one person",
    ),
];

fn apply(change: &Broken) -> Vec<SourceFile> {
    let mut files = trial();
    let source = files.iter_mut().find(|file| file.path == change.path).unwrap();
    assert!(source.text.contains(change.from), "{} has no `{}`", change.path, change.from);
    // The file's own text holds it once, unless the change is to hold wherever it stands.
    source.text = source.text.replacen(change.from, change.to, 1);
    files
}

/// Where a fault is to stand: a piece of a line of the changed file, of another (`@path:piece`), or a line by number (`@path#1`).
fn place(files: &[SourceFile], change: &Broken) -> (String, Vec<u32>) {
    let (path, piece) = match change.line.strip_prefix('@') {
        None => (change.path, change.line),
        Some(other) => match other.split_once('#') {
            Some((path, line)) => return (path.to_owned(), vec![line.parse().unwrap()]),
            None => other.split_once(':').unwrap(),
        },
    };
    let text = &files.iter().find(|file| file.path == path).unwrap().text;
    let lines = text
        .lines()
        .enumerate()
        .filter(|(_, line)| line.contains(piece))
        .map(|(line, _)| u32::try_from(line + 1).unwrap());
    (path.to_owned(), lines.collect())
}

#[test]
fn every_fault_is_reported_where_it_stands_with_what_would_be_right() {
    let mut failures = Vec::new();
    for change in BROKEN {
        let files = apply(change);
        let (path, lines) = place(&files, change);
        assert!(!lines.is_empty(), "no line of {path} has `{}`", change.line);
        let found = faults(&files);
        let fits = |fault: &Diagnostic| {
            fault.code == change.code && fault.file == path && lines.contains(&fault.line) && fault.expected.contains(change.expected)
        };
        if !found.iter().any(fits) {
            let wanted = format!("{:?} at {path}:{lines:?} expecting `{}`", change.code, change.expected);
            failures.push(format!(
                "`{}` -> `{}`\n  wanted {wanted}\n  found\n{}",
                change.from,
                change.to,
                listed(&found)
            ));
        }
    }
    assert!(
        failures.is_empty(),
        "{} of {} changes:\n{}",
        failures.len(),
        BROKEN.len(),
        failures.join("\n\n")
    );
}

#[test]
fn every_kind_of_fault_has_a_broken_rulebook() {
    let tried: BTreeSet<DiagnosticCode> = BROKEN.iter().map(|change| change.code).collect();
    // An example that cannot be read is a fault of the examples, read apart.
    assert_eq!(tried.len(), 20, "{tried:?}");
}

#[test]
fn an_example_without_a_model_is_a_fault() {
    let mut files = trial();
    let scheme = files.iter_mut().find(|file| file.path == SCHEME).unwrap();
    scheme
        .text
        .push_str("[example.lost]\nlike = \"nobody\"\nexpect = { join = \"met\" }\n");
    let faults = examples(&files).unwrap_err().0;
    assert!(
        faults
            .iter()
            .any(|fault| fault.code == DiagnosticCode::BadExample && fault.file == SCHEME && fault.message.contains("nobody")),
        "{}",
        listed(&faults)
    );
}

#[test]
fn a_kind_of_complaint_that_cannot_arise_is_found() {
    let mut files = trial();
    for file in &mut files {
        match file.path.as_str() {
            KINDS => file.text.push_str("[kind.never]\nth = \"ก\"\nen = \"never\"\narises = \"danger_now && !danger_now\"\nlead = \"dlpw\"\ncall = [\"1546\"]\ncite = \"act/9\"\n"),
            PRECEDENCE => file.text = file.text.replace("[\"another_matter\"]", "[\"another_matter\", \"never\"]"),
            _ => {}
        }
    }
    let found = faults(&files);
    let line = files
        .iter()
        .find(|file| file.path == KINDS)
        .unwrap()
        .text
        .lines()
        .position(|line| line == "[kind.never]")
        .unwrap();
    assert!(
        found
            .iter()
            .any(|fault| fault.code == NeverMatches && fault.file == KINDS && fault.line as usize == line + 1),
        "{}",
        listed(&found)
    );
}

#[test]
fn one_fault_hides_no_other() {
    let mut files = trial();
    let scheme = files.iter_mut().find(|file| file.path == SCHEME).unwrap();
    scheme.text = scheme
        .text
        .replace("age_today >= 15", "age_tody >= 15")
        .replace("per = \"month\"", "per = \"monht\"")
        .replace("cite = \"act/4\"", "cite = \"atc/4\"");
    let codes: BTreeSet<DiagnosticCode> = faults(&files).iter().map(|fault| fault.code).collect();
    assert!(
        codes.is_superset(&BTreeSet::from([UnknownName, UnknownCode, CitationUnresolved])),
        "{codes:?}"
    );
}

#[test]
fn long_chains_and_circles_end() {
    for (count, closes) in [(3_usize, true), (400, true), (4000, false)] {
        let mut files = trial();
        let mut text = String::new();
        for number in 0..count {
            let next = if number + 1 < count {
                format!("w{}", number + 1)
            } else if closes {
                "w0".to_owned()
            } else {
                "birth_date".to_owned()
            };
            text.push_str(&format!(
                "[words.w{number}]\nth = \"ก\"\nen = \"w\"\nday = {{ from = \"{next}\", plus = \"1 day\" }}\n"
            ));
            let next = if number + 1 < count {
                format!("c{}", number + 1)
            } else if closes {
                "c0".to_owned()
            } else {
                "w0 < today".to_owned()
            };
            text.push_str(&format!(
                "[clauses.c{number}]\nth = \"ก\"\nen = \"c\"\nwhen = \"{next} || {next}\"\ncite = \"act/1\"\n"
            ));
        }
        let scheme = files.iter_mut().find(|file| file.path == SCHEME).unwrap();
        scheme.text = scheme
            .text
            .replace("excludes = [\"is_member\"]", "excludes = [\"is_member\", \"c0\"]");
        scheme.text.push_str(&text);
        let found = faults(&files);
        let code = if count > 100 { Impossible } else { Cycle };
        assert!(
            found.iter().any(|fault| fault.code == code),
            "{}",
            listed(&found[..found.len().min(9)])
        );
    }
}

#[test]
fn a_rule_without_an_example_is_found() {
    let report = Rulebook::test(&trial()).unwrap();
    let lacks = |rule: &str, missing: MissingSide| {
        let of = format!("trial.{rule}");
        let rules = report.uncovered.iter().filter(|one| one.kind == UncoveredKind::Rule);
        rules.clone().any(|one| one.of == of && one.missing == missing)
    };
    assert!(!lacks("join", MissingSide::Met) && !lacks("join", MissingSide::Unmet));
    assert!(lacks("idle", MissingSide::Met) && lacks("idle", MissingSide::Unmet));
    assert!(lacks("member", MissingSide::Met) && !lacks("member", MissingSide::Unmet));
}

#[test]
fn bytes_that_are_no_rulebook_are_refused() {
    let bytes = Rulebook::from_sources(&trial()).unwrap().to_bytes().unwrap();
    assert!(Rulebook::open(&bytes).is_ok());
    assert_eq!(Rulebook::open(&[]).unwrap_err(), RulebookError::NotARulebook);
    assert_eq!(Rulebook::open(b"[file]\nid = 'sso_40'").unwrap_err(), RulebookError::NotARulebook);
    let mut other_format = bytes.clone();
    other_format[6] = other_format[6].wrapping_add(1);
    assert!(matches!(Rulebook::open(&other_format), Err(RulebookError::Format { .. })));
    for at in (8..bytes.len()).step_by(211) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x10;
        assert_eq!(Rulebook::open(&damaged).unwrap_err(), RulebookError::Checksum, "byte {at}");
    }
    for length in (0..bytes.len()).step_by(509) {
        let error = Rulebook::open(&bytes[..length]).unwrap_err();
        assert!(
            matches!(error, RulebookError::NotARulebook | RulebookError::Checksum),
            "{length} bytes: {error}"
        );
    }
}

/// Bytes with a rightful head: what a wrong encoder would send.
fn sealed(bytes: &[u8], data: &[u8]) -> Vec<u8> {
    let sum = data.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    [&bytes[..8], &sum.to_le_bytes(), data].concat()
}

fn mutated(text: &str, at: usize, to: &str, length: usize) -> String {
    let mut at = at % text.len().max(1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let mut end = (at + length).min(text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    format!("{}{to}{}", &text[..at], &text[end..])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_the_door_panic(
        which in 0_usize..12,
        lines in prop::collection::vec("(\\[(file|words|clauses|rule|table|amounts|periods|overlay)(\\.[a-z]{1,3})?\\]|(id|th|en|when|rows|columns|cite|since|kind|of|from|until|keys|maps|age|after|length|requires) = (\"[a-z0-9./ <>=&|!'\\[\\]ก]{0,14}\"|[0-9]{1,20}|2011-01-01|true|1\\.5|\\[[0-9, \"]{0,8}\\]|\\{ of = \"a\", on = \"today\" \\}))", 0..24),
    ) {
        let mut files = trial();
        let at = which % files.len();
        files[at].text = lines.join("\n");
        let _ = compile(&files);
        let _ = examples(&files);
        files.push(file("schemes/more.toml", &lines.join("\n")));
        let _ = compile(&files);
    }

    #[test]
    fn no_change_of_a_file_makes_the_door_panic(which in 0_usize..64, changes in prop::collection::vec((any::<usize>(), "[a-z0-9.\"=\\[\\]{}, \n-]{0,5}|today|99999999999|\"\"|-1|2011-02-30", 0_usize..9), 1..4)) {
        let mut files = trial();
        let at = which % files.len();
        for (place, to, length) in &changes {
            files[at].text = mutated(&files[at].text, *place, to, *length);
        }
        let _ = compile(&files);
    }

    #[test]
    fn no_bytes_make_the_opening_panic(random in prop::collection::vec(any::<u8>(), 0..300), at in any::<usize>(), flips in prop::collection::vec((any::<usize>(), any::<u8>()), 1..6)) {
        let bytes = compiled();
        prop_assert!(Rulebook::open(&random).is_err());
        prop_assert!(Rulebook::open(&sealed(bytes, &random)).is_err());
        let mut data = bytes[16..].to_vec();
        for (place, byte) in flips {
            let place = place % data.len();
            data[place] = byte;
        }
        // Whole or not, it is answered and never panics; what opens can be asked.
        if let Ok(rulebook) = Rulebook::open(&sealed(bytes, &data)) {
            let law = rulebook.on(sitthi::Date::parse("2026-11-22").unwrap());
            let _ = law.assess(&sitthi::Worker::default());
        }
        data.truncate(at % data.len());
        prop_assert!(Rulebook::open(&sealed(bytes, &data)).is_err());
    }
}

fn compiled() -> &'static [u8] {
    static BYTES: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
    BYTES.get_or_init(|| Rulebook::from_sources(&trial()).unwrap().to_bytes().unwrap())
}

/// Real files are long: a few changes of each kind of file.
#[test]
fn no_cut_of_a_real_file_makes_the_door_panic() {
    let sources = common::sources();
    for (index, source) in sources
        .iter()
        .enumerate()
        .filter(|(_, source)| source.text.len() > 20 && !source.path.starts_with("places/"))
        .step_by(5)
    {
        let mut files = sources.clone();
        files[index].text = mutated(&source.text, source.text.len() / 3 * (index % 3), "= [", index % 40);
        let _ = compile(&files);
    }
}
