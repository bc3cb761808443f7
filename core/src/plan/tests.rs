//! Worked cases and properties of scoring, on a small plan of their own.

use proptest::prelude::*;
use serde_json::json;

use super::areas::of_phayao;
use super::*;
use crate::values::Date;

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn numbers(texts: &[i64]) -> Vec<Decimal> {
    texts.iter().copied().map(Decimal::from).collect()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn label(text: &str) -> Label {
    Label {
        th: text.to_owned(),
        en: None,
    }
}

fn scale(id: &str, scores: &[i64], below: i64, above: i64) -> Scale {
    Scale {
        id: id.to_owned(),
        title: label(id),
        scores: numbers(scores),
        between: Between::Linear,
        below: below.into(),
        above: above.into(),
        decimals: 4,
        cite: Vec::new(),
    }
}

fn indicator(id: &str, better: Better, over_time: TimeRule) -> Indicator {
    Indicator {
        id: id.to_owned(),
        title: label(id),
        strategy: Some("first".to_owned()),
        unit: "persons".to_owned(),
        decimals: 2,
        better,
        kind: IndicatorKind::Stock,
        times: 1,
        year: YearKind::Fiscal,
        round: None,
        over_time,
        over_areas: AreaRule::Sum,
        owner: "mol".to_owned(),
        area: None,
        sdg: None,
        weight: None,
        breaks: Vec::new(),
        lead: Measure::default(),
        other: None,
        open: None,
        note: None,
        cite: Vec::new(),
    }
}

fn small_plan() -> Plan {
    let mut rate = indicator("rate", Better::Down, TimeRule::Last);
    (rate.times, rate.over_areas, rate.kind, rate.unit) = (100, AreaRule::RatioOfSums, IndicatorKind::Share, "percent".to_owned());
    let mut plan = Plan {
        id: "small".to_owned(),
        title: label("small"),
        owner: None,
        from_year: 2560,
        to_year: 2570,
        structure: Structure::Whole,
        checked_on: day("2026-11-22"),
        superseded_by: None,
        dates: Vec::new(),
        vision: None,
        strategies: vec![Element {
            id: "first".to_owned(),
            number: 1,
            title: label("first"),
            later: None,
            paraphrase: false,
            cite: Vec::new(),
        }],
        objectives: Vec::new(),
        indicators: vec![
            rate,
            indicator("trained", Better::Up, TimeRule::Sum),
            indicator("mean", Better::Up, TimeRule::Mean),
            indicator("members", Better::Up, TimeRule::Last),
        ],
        targets: Vec::new(),
        scales: vec![
            scale("five_level", &[1, 2, 3, 4, 5], 1, 5),
            scale("three_level", &[50, 75, 100], 0, 100),
        ],
        open: None,
        cite: Vec::new(),
    };
    for id in ["k1", "k2", "k3", "k4", "k5"] {
        let mut index = indicator(id, if id == "k2" { Better::Down } else { Better::Up }, TimeRule::Last);
        (index.kind, index.unit) = (IndicatorKind::Index, "points".to_owned());
        plan.indicators.push(index);
    }
    plan
}

fn scored(input: &serde_json::Value) -> Scorecard {
    let plan = small_plan();
    score(
        &plan,
        &of_phayao(),
        &PlanInput::from_value(&plan, &of_phayao(), input).unwrap(),
        day("2026-11-22"),
    )
    .unwrap()
}

fn row(input: &serde_json::Value, id: &str) -> ScorecardRow {
    scored(input).rows.into_iter().find(|row| row.indicator == id).unwrap()
}

/// Scores 3.48, 4.45, 2.75, 5 and 1 with weights 30, 20, 25, 15 and 10.
fn five(more: serde_json::Value) -> serde_json::Value {
    let five = |points: [i64; 5]| json!({"scale": "five_level", "breakpoints": points});
    let mut input = json!({
        "fiscal_year": 2567,
        "values": {"k1": "72.4", "k2": "53.1", "k3": 150, "k4": 81, "k5": 10},
        "targets": {
            "k1": five([60, 65, 70, 75, 80]), "k2": five([58, 57, 55, 54, 52]), "k3": five([100, 120, 160, 200, 300]),
            "k4": five([60, 65, 70, 75, 80]), "k5": five([60, 65, 70, 75, 80]),
        },
        "weights": {"k1": 30, "k2": 20, "k3": 25, "k4": 15, "k5": 10},
    });
    for (key, value) in more.as_object().unwrap() {
        input[key] = value.clone();
    }
    input
}

#[test]
fn b17_a_withdrawn_indicator_leaves_the_weights() {
    let whole = scored(&five(json!({}))).total;
    assert_eq!((whole.score, whole.coverage), (Some(number("3.4715")), Some(number("100"))));
    let total = scored(&five(json!({"withdrawn": ["k4"]}))).total;
    assert_eq!(total.score, Some(number("3.2018")));
    assert_eq!((total.weight_counted, total.weight_withdrawn), (number("85"), number("15")));
    assert_eq!(total.withdrawn, ["k4"]);
}

#[test]
fn b17_and_b25_a_missing_result_is_zero_only_where_the_user_says_so() {
    let without = json!({"k1": "72.4", "k2": "53.1", "k3": 150, "k5": 10});
    let total = scored(&five(json!({"values": without}))).total;
    assert_eq!((total.score, total.why_no_score), (None, Some(Because::ScoresMissing)));
    assert_eq!(
        (total.score_of_covered, total.coverage),
        (Some(number("3.2018")), Some(number("85")))
    );
    assert_eq!(total.without_score, ["k4"]);
    let total = scored(&five(json!({"values": without, "missing": "zero"}))).total;
    assert_eq!((total.score, total.missing), (Some(number("2.7215")), MissingScore::Zero));
    assert_eq!(total.without_score, ["k4"]);
}

#[test]
fn different_scales_have_no_mean() {
    let mut input = five(json!({}));
    input["targets"]["k5"] = json!({"scale": "three_level", "breakpoints": [60, 70, 80]});
    let total = scored(&input).total;
    assert_eq!(
        (total.score, total.score_of_covered, total.why_no_score),
        (None, None, Some(Because::DifferentScales))
    );
}

#[test]
fn b19_four_percents_of_one_falling_value() {
    let [actual, target, baseline] = ["53.4", "52", "55"].map(|text| number(text).exact());
    for (rule, expected) in [
        (PercentRule::TargetOverActual, "97.38"),
        (PercentRule::TwoLessActualOverTarget, "97.31"),
        (PercentRule::WayFromBaseline, "53.33"),
    ] {
        assert_eq!(percent(rule, actual, target, baseline).unwrap(), Some(number(expected)));
    }
    let rising = percent(
        PercentRule::ActualOverTarget,
        number("10958.1").exact(),
        number("11200").exact(),
        Ratio::ZERO,
    )
    .unwrap();
    assert_eq!(rising, Some(number("97.84")));
    assert_eq!(percent(PercentRule::TargetOverActual, Ratio::ZERO, target, baseline).unwrap(), None);
    assert_eq!(percent(PercentRule::WayFromBaseline, actual, target, target).unwrap(), None);
}

#[test]
fn d03_quarters_add_up_and_half_a_year_is_measured_against_half_the_target() {
    let quarters = |count: usize| -> serde_json::Value {
        let values = [1200, 1550, 980, 1430];
        (0..count)
            .map(|number| json!({"period": format!("FY2567-Q{}", number + 1), "value": values[number]}))
            .collect()
    };
    let input = |count| json!({"fiscal_year": 2567, "values": {"trained": quarters(count)}, "targets": {"trained": 5000}});
    for (count, sum) in [(1, 1200), (2, 2750), (3, 3730), (4, 5160)] {
        assert_eq!(row(&input(count), "trained").lead.unwrap().value, sum.into());
    }
    let half = row(&input(2), "trained");
    let to_date = half.to_date.unwrap();
    assert_eq!(
        (to_date.months, to_date.expected, to_date.percent),
        (6, Some(2500.into()), Some(110.into()))
    );
    assert_eq!((half.provisional, half.why_provisional), (true, vec![Because::PartOfPeriod]));
    let year = row(&input(4), "trained");
    assert_eq!(year.lead.unwrap().percent, Some(number("103.2")));
    assert!(!year.provisional && year.to_date.is_none());
}

#[test]
fn a_gap_between_quarters_is_no_zero() {
    let values = json!([{"period": "FY2567-Q1", "value": 1200}, {"period": "FY2567-Q3", "value": 980}]);
    let row = row(&json!({"fiscal_year": 2567, "values": {"trained": values}}), "trained");
    assert_eq!((row.status, row.why_no_score), (RowStatus::NoData, Some(Because::GapInParts)));
    assert_eq!(row.missing, ["FY2567-M01", "FY2567-M02", "FY2567-M03"]);
}

#[test]
fn a_stock_of_a_year_is_its_last_value_and_a_mean_goes_by_length() {
    let values = json!([{"period": "FY2567-Q1", "value": 10}, {"period": "FY2567-Q2", "value": 30}, {"period": "FY2567-M04", "value": 50}]);
    let input = json!({"fiscal_year": 2567, "values": {"k1": values, "mean": values}});
    assert_eq!(row(&input, "k1").lead.unwrap().value, 50.into());
    // (3 × 10 + 3 × 30 + 50) / 7
    assert_eq!(row(&input, "mean").lead.unwrap().value, number("24.29"));
}

#[test]
fn d01_and_d05_areas_make_a_region_only_when_none_is_missing() {
    let area = |code: &str, of: i64, over: i64| json!({"area": code, "of": of, "over": over});
    let values = json!([
        area("5601", 21000, 52000),
        area("5607", 11400, 15000),
        area("5605", 18900, 27000),
        area("5602", 15800, 20500),
        area("5604", 6300, 8000),
        area("5603", 21700, 31000),
        area("5608", 9500, 12500),
    ]);
    let seven = ["5601", "5602", "5603", "5604", "5605", "5607", "5608"];
    let whole = row(&json!({"fiscal_year": 2567, "areas": seven, "values": {"rate": values}}), "rate");
    assert_eq!((whole.lead.unwrap().value, whole.provisional), (number("63.01"), false));
    let unlisted = row(&json!({"fiscal_year": 2567, "values": {"rate": values}}), "rate");
    assert_eq!(unlisted.why_provisional, [Because::AreasNotListed]);
    let nine: Vec<&str> = seven.into_iter().chain(["5606", "5609"]).collect();
    let part = row(&json!({"fiscal_year": 2567, "areas": nine, "values": {"rate": values}}), "rate");
    assert_eq!((part.status, part.why_no_score), (RowStatus::NoData, Some(Because::AreasMissing)));
    assert_eq!(part.missing, ["5606", "5609"]);
}

#[test]
fn rates_of_areas_are_never_averaged() {
    let values = json!([{"area": "5601", "value": 40}, {"area": "5602", "value": 70}]);
    let row = row(&json!({"fiscal_year": 2567, "values": {"rate": values}}), "rate");
    assert_eq!((row.status, row.why_no_score), (RowStatus::NoData, Some(Because::NoAreaRule)));
}

#[test]
fn the_later_known_of_two_values_stands() {
    let values = json!([
        {"period": "FY2567", "value": 90, "known_on": "2024-11-01"},
        {"period": "FY2567", "value": 95, "known_on": "2025-03-01"},
    ]);
    assert_eq!(
        row(&json!({"fiscal_year": 2567, "values": {"k1": values}}), "k1")
            .lead
            .unwrap()
            .value,
        95.into()
    );
    let then = json!({"fiscal_year": 2567, "as_of": "2025-01-01", "values": {"k1": values}});
    assert_eq!(row(&then, "k1").lead.unwrap().value, 90.into());
}

#[test]
fn the_later_approved_of_two_targets_stands_from_its_day() {
    let targets = json!([{"value": 100}, {"value": 80, "approved_on": "2024-04-01"}]);
    let input = json!({"fiscal_year": 2567, "values": {"k1": 90}, "targets": {"k1": targets}});
    let plan = small_plan();
    let input = PlanInput::from_value(&plan, &of_phayao(), &input).unwrap();
    for (on, reached) in [("2024-03-31", false), ("2024-04-01", true)] {
        let row = score(&plan, &of_phayao(), &input, day(on))
            .unwrap()
            .rows
            .into_iter()
            .find(|row| row.indicator == "k1")
            .unwrap();
        assert_eq!(row.lead.unwrap().reached, Some(reached), "{on}");
    }
}

#[test]
fn an_interval_across_a_target_leaves_it_open_and_shows_both_scores() {
    let target = json!({"value": 85, "scale": "three_level", "breakpoints": [80, 90, 100]});
    let value = json!({"value": 85, "low": 83, "high": 87});
    let row = row(
        &json!({"fiscal_year": 2567, "values": {"k1": value}, "targets": {"k1": target}}),
        "k1",
    );
    let lead = row.lead.unwrap();
    assert_eq!((lead.reached, lead.score), (None, Some(number("62.5"))));
    assert_eq!(lead.score_between, Some([number("57.5"), number("67.5")]));
}

#[test]
fn a_trend_stops_at_a_break() {
    let values = json!([{"period": "FY2566", "value": 90}, {"period": "FY2567", "value": 95}, {"period": "FY2568", "value": 80}]);
    let input = |year| json!({"fiscal_year": year, "values": {"k1": values}});
    let mut plan = small_plan();
    let read = |plan: &Plan, year: i32| {
        let input = PlanInput::from_value(plan, &of_phayao(), &input(year)).unwrap();
        score(plan, &of_phayao(), &input, day("2026-11-22"))
            .unwrap()
            .rows
            .into_iter()
            .find(|row| row.indicator == "k1")
            .unwrap()
    };
    let trend = read(&plan, 2567).trend.unwrap();
    assert_eq!(
        (trend.from.to_string(), trend.change, trend.direction),
        ("FY2566".to_owned(), 5.into(), Direction::Better)
    );
    assert_eq!(read(&plan, 2568).trend.unwrap().direction, Direction::Worse);
    assert_eq!(read(&plan, 2566).why_no_trend, Some(Because::NoEarlierValue));
    let k1 = plan.indicators.iter_mut().find(|indicator| indicator.id == "k1").unwrap();
    k1.breaks.push(Break {
        at: 2567,
        title: label("break"),
        cite: Vec::new(),
    });
    assert_eq!(read(&plan, 2567).why_no_trend, Some(Because::BreakInSeries));
    assert_eq!(read(&plan, 2568).trend.unwrap().change, number("-15"));
}

/// Published values of 2566 and 2567, by indicator.
fn published(plan: &mut Plan, id: &str, values: [(i64, Option<i64>, &str); 2]) {
    let indicator = plan.indicators.iter_mut().find(|indicator| indicator.id == id).unwrap();
    for (period, (value, over, as_of)) in ["FY2566", "FY2567"].into_iter().zip(values) {
        let mut point = Point::given(value.into(), over.map(Decimal::from));
        (point.period, point.as_of, point.cite) = (Some(period.parse().unwrap()), Some(day(as_of)), vec!["source/1".to_owned()]);
        indicator.lead.points.push(point);
    }
}

fn trend_of(plan: &Plan, input: &serde_json::Value, id: &str) -> Result<(String, Decimal, Decimal), Because> {
    let input = PlanInput::from_value(plan, &of_phayao(), input).unwrap();
    let rows = score(plan, &of_phayao(), &input, day("2026-11-22")).unwrap().rows;
    let row = rows.into_iter().find(|row| row.indicator == id).unwrap();
    row.trend
        .map(|trend| (trend.from.to_string(), trend.value, trend.change))
        .ok_or_else(|| row.why_no_trend.unwrap())
}

#[test]
fn a_value_without_a_period_leaves_the_earlier_published_ones_to_the_trend() {
    let mut plan = small_plan();
    for id in ["rate", "k1"] {
        published(&mut plan, id, [(40, Some(80), "2023-09-30"), (54, Some(100), "2024-09-30")]);
    }
    published(&mut plan, "trained", [(1000, None, "2023-09-30"), (1200, None, "2024-09-30")]);
    let from = |period: &str, value: i64, change: &str| Ok((period.to_owned(), value.into(), number(change)));
    for (values, id, expected) in [
        (json!({"rate": "53.4"}), "rate", from("FY2566", 50, "3.4")),
        (json!({"rate": {"of": 60, "over": 100}}), "rate", from("FY2566", 50, "10")),
        (
            json!({"rate": {"value": "53.4", "period": "FY2567"}}),
            "rate",
            from("FY2566", 50, "3.4"),
        ),
        (json!({"trained": 900}), "trained", from("FY2566", 1000, "-100")),
    ] {
        for year in ["year", "fiscal_year"] {
            assert_eq!(trend_of(&plan, &json!({year: 2567, "values": values}), id), expected, "{values}");
        }
    }
    // With no year asked about it is of the newest, and of no other.
    assert_eq!(
        trend_of(&plan, &json!({"values": {"rate": "53.4"}}), "rate"),
        from("FY2567", 54, "-0.6")
    );
    // Without an earlier one there is no trend; the value itself is none.
    assert_eq!(
        trend_of(&plan, &json!({"year": 2566, "values": {"rate": "53.4"}}), "rate"),
        Err(Because::NoEarlierValue)
    );
    assert_eq!(
        trend_of(&plan, &json!({"year": 2567, "values": {"k2": 5}}), "k2"),
        Err(Because::NoEarlierValue)
    );
}

#[test]
fn a_trend_never_compares_areas_with_the_kingdom_or_with_other_areas() {
    let mut plan = small_plan();
    published(&mut plan, "rate", [(40, Some(80), "2023-09-30"), (54, Some(100), "2024-09-30")]);
    let area = |code: &str, of: i64, period: &str| json!({"area": code, "of": of, "over": 100, "period": period});
    let now = [area("56", 60, "FY2567"), area("57", 80, "FY2567")];
    let trend = |earlier: &[serde_json::Value]| {
        let values: Vec<_> = now.iter().chain(earlier).collect();
        trend_of(&plan, &json!({"year": 2567, "values": {"rate": values}}), "rate")
    };
    assert_eq!(trend(&[]), Err(Because::NoEarlierValue));
    assert_eq!(trend(&[area("56", 50, "FY2565")]), Err(Because::NoEarlierValue));
    assert_eq!(
        trend(&[area("56", 50, "FY2565"), area("57", 70, "FY2565")]),
        Ok(("FY2565".to_owned(), 60.into(), 10.into()))
    );
}

#[test]
fn a_stock_without_a_day_is_of_the_end_of_its_period() {
    let mut plan = small_plan();
    published(&mut plan, "k1", [(40, None, "2023-09-30"), (54, None, "2024-06-30")]);
    let trend = |year: i32, value: serde_json::Value| trend_of(&plan, &json!({"year": year, "values": {"k1": value}}), "k1");
    assert_eq!(trend(2567, json!(50)), Ok(("FY2566".to_owned(), 40.into(), 10.into())));
    // June of 2567 is no September.
    assert_eq!(trend(2568, json!(50)), Ok(("FY2566".to_owned(), 40.into(), 10.into())));
    assert_eq!(
        trend(2567, json!({"value": 50, "period": "FY2567-Q2"})),
        Err(Because::DifferentTimeOfYear)
    );
}

#[test]
fn a_share_is_a_part_of_its_whole() {
    let plan = small_plan();
    for given in [
        json!(0),
        json!(100),
        json!({"of": 0, "over": 5}),
        json!({"of": 5, "over": 5}),
        json!({"value": 50, "low": 0, "high": 100}),
    ] {
        assert!(
            PlanInput::from_value(&plan, &of_phayao(), &json!({"values": {"rate": given}})).is_ok(),
            "{given}"
        );
    }
    for (input, at, value, expected) in [
        (
            json!({"values": {"rate": -3}}),
            "values.rate",
            "-3",
            "0 to 100, since `rate` is a share of a whole",
        ),
        (json!({"values": {"rate": "100.01"}}), "values.rate", "100.01", "0 to 100, since"),
        (
            json!({"values": {"rate": [{"value": 130}]}}),
            "values.rate[0].value",
            "130",
            "0 to 100, since",
        ),
        (
            json!({"values": {"rate": {"of": 6, "over": 5}}}),
            "values.rate.of",
            "6",
            "0 to 5, since",
        ),
        (
            json!({"values": {"rate": {"of": -1, "over": 5}}}),
            "values.rate.of",
            "-1",
            "0 to 5, since",
        ),
        (
            json!({"values": {"rate": {"value": 5, "low": -1}}}),
            "values.rate.low",
            "-1",
            "0 to 100, since",
        ),
        (
            json!({"values": {"rate": {"value": 5, "high": 101}}}),
            "values.rate.high",
            "101",
            "0 to 100, since",
        ),
        (json!({"targets": {"rate": 130}}), "targets.rate", "130", "0 to 100, since"),
        (
            json!({"targets": {"rate": {"low": -1, "high": 5}}}),
            "targets.rate",
            "-1",
            "0 to 100, since",
        ),
        (
            json!({"targets": {"rate": {"value": 52, "baseline": 155}}}),
            "targets.rate",
            "155",
            "0 to 100, since",
        ),
        (
            json!({"targets": {"rate": {"scale": "three_level", "breakpoints": [5500, 54, 52]}}}),
            "targets.rate",
            "5500",
            "0 to 100, since",
        ),
    ] {
        let error = PlanInput::from_value(&plan, &of_phayao(), &input).unwrap_err();
        assert_eq!((error.at(), error.value()), (Some(at), Some(value)), "{input}");
        assert!(error.expected().unwrap().starts_with(expected), "{error}");
    }
    // What is no share is free.
    for given in [json!(-3), json!(130), json!({"of": 6, "over": 5})] {
        assert!(
            PlanInput::from_value(&plan, &of_phayao(), &json!({"values": {"k1": given}})).is_ok(),
            "{given}"
        );
    }
}

#[test]
fn what_is_not_given_stays_null() {
    let json: serde_json::Value = serde_json::from_str(&scored(&json!({"fiscal_year": 2567})).to_json()).unwrap();
    let row = &json["rows"][0];
    for key in ["target", "lead", "other", "score", "trend", "as_of", "confidence"] {
        assert_eq!(row[key], serde_json::Value::Null, "{key}");
    }
    assert_eq!(
        (&row["status"], &row["why_no_score"], &row["period"]),
        (&json!("no_data"), &json!("no_data"), &json!("FY2567"))
    );
    assert_eq!(
        (&json["total"]["score"], &json["total"]["why_no_score"]),
        (&json!(null), &json!("no_weights"))
    );
}

#[test]
fn faults_of_the_input_name_place_finding_and_remedy() {
    let plan = small_plan();
    for (input, message) in [
        (
            json!({"targets": {"rat": 5}}),
            "`targets.rat` is `rat`, expected an indicator of `small`, perhaps `rate`",
        ),
        (
            json!({"fiscal_yaer": 2567}),
            "`input` is `fiscal_yaer`, expected one of year, fiscal_year",
        ),
        (
            json!({"year": 2024}),
            "`year` is the number 2024, expected a year of the Buddhist era from 2484 to 2700",
        ),
        (json!({"values": {"rate": "52,3"}}), "`values.rate` is `52,3`, expected a number"),
        (
            json!({"values": {"rate": [{"value": true}]}}),
            "`values.rate[0].value` is true, expected a number",
        ),
        (
            json!({"values": {"rate": {"of": 5}}}),
            "`values.rate` is neither or both, expected `value`, or `of` and `over`",
        ),
        (
            json!({"values": {"rate": {"of": 5, "over": 0}}}),
            "`values.rate.over` is 0, expected more than zero",
        ),
        (
            json!({"values": {"rate": {"value": 5, "period": "2567"}}}),
            "`values.rate.period` is `2567`, expected a fiscal year",
        ),
        (
            json!({"values": {"rate": {"value": 5, "as_of": "31/12/2024"}}}),
            "`values.rate.as_of`: `31/12/2024` cannot be: ",
        ),
        (
            json!({"as_of": "29 กุมภาพันธ์ 2562"}),
            "`as_of`: `29 กุมภาพันธ์ 2562` cannot be: กุมภาพันธ์ 2562 has 28 days",
        ),
        (
            json!({"as_of": "2024"}),
            "`as_of`: `2024` is not a day, expected a whole day such as",
        ),
        (
            json!({"targets": {"rate": {"scale": "three_levl", "breakpoints": [1, 2, 3]}}}),
            "perhaps `three_level`",
        ),
        (
            json!({"targets": {"rate": {"scale": "three_level", "breakpoints": [50, 60, 70]}}}),
            "expected falling breakpoints, since lower is better",
        ),
        (
            json!({"targets": {"rate": {"scale": "three_level", "breakpoints": [50, 50, 40]}}}),
            "expected falling breakpoints",
        ),
        (
            json!({"targets": {"rate": {"scale": "three_level", "breakpoints": [50, 40]}}}),
            "is 2 breakpoints, expected 3",
        ),
        (
            json!({"targets": {"rate": {"breakpoints": [50, 40]}}}),
            "expected `scale` and `breakpoints` together",
        ),
        (json!({"targets": {"rate": {"low": 5}}}), "expected `low` and `high`, or `value`"),
        (json!({"weights": {"rate": -1}}), "`weights.rate` is -1, expected zero or more"),
        (json!({"withdrawn": ["k9"]}), "expected an indicator of `small`"),
        (json!([]), "`input` is a list, expected an object"),
    ] {
        let found = PlanInput::from_value(&plan, &of_phayao(), &input).unwrap_err().to_string();
        assert!(found.contains(message), "{found}\n{message}");
    }
    assert!(matches!(PlanInput::from_json(&plan, &of_phayao(), "{"), Err(PlanError::Json(_))));
    let as_of = |day: &str| PlanInput::from_value(&plan, &of_phayao(), &json!({ "as_of": day })).unwrap().as_of;
    assert_eq!(as_of("31 ธันวาคม 2567"), as_of("2024-12-31"));
    assert_eq!(
        PlanInput::from_json(&plan, &of_phayao(), r#"{"values": {"rate": 53.4}}"#)
            .unwrap()
            .values["rate"][0]
            .point
            .value,
        number("53.4")
    );
}

fn given(input: serde_json::Value) -> Result<PlanInput, PlanError> {
    PlanInput::from_value(&small_plan(), &of_phayao(), &input)
}

fn texts(ends: Option<[Decimal; 2]>) -> Option<(String, String)> {
    ends.map(|[low, high]| (low.to_string(), high.to_string()))
}

fn ends(low: &str, high: &str) -> Option<(String, String)> {
    Some((low.to_owned(), high.to_owned()))
}

#[test]
fn a_value_printed_coarsely_settles_only_what_its_whole_interval_settles() {
    let reached = |value: serde_json::Value, target: serde_json::Value, id: &str| {
        let input = json!({"fiscal_year": 2567, "values": {id: value}, "targets": {id: target}});
        row(&input, id).lead.unwrap().reached
    };
    for (id, value, target, expected) in [
        (
            "members",
            json!({"value": 20_400_000, "precision": 100_000}),
            json!(20_390_000),
            None,
        ),
        (
            "members",
            json!({"value": 20_400_000, "precision": 100_000}),
            json!(20_350_000),
            Some(true),
        ),
        (
            "members",
            json!({"value": 20_400_000, "precision": 100_000}),
            json!(20_450_001),
            Some(false),
        ),
        (
            "members",
            json!({"value": 20_400_000, "precision": 100_000}),
            json!(20_450_000),
            None,
        ),
        ("members", json!({"value": 1_200_000, "approximate": true}), json!(1_195_000), None),
        ("members", json!(1_195_000), json!({"value": 1_200_000, "approximate": true}), None),
        (
            "members",
            json!(1_250_000),
            json!({"value": 1_200_000, "approximate": true}),
            Some(true),
        ),
        (
            "members",
            json!(1_149_999),
            json!({"value": 1_200_000, "approximate": true}),
            Some(false),
        ),
        (
            "members",
            json!({"value": 1_195_000, "low": 1_100_000, "high": 1_260_000}),
            json!(1_200_000),
            None,
        ),
        ("rate", json!({"value": "54.30", "precision": "0.1"}), json!("54.26"), None),
        ("rate", json!({"value": "54.30", "precision": "0.1"}), json!("54.35"), Some(true)),
        // 20.4 of 37.5 million, both to 100,000: from 20.35 / 37.55 to 20.45 / 37.45.
        (
            "rate",
            json!({"of": 20_400_000, "over": 37_500_000, "precision": 100_000, "over_precision": 100_000}),
            json!("54.19"),
            Some(false),
        ),
        (
            "rate",
            json!({"of": 20_400_000, "over": 37_500_000, "precision": 100_000, "over_precision": 100_000}),
            json!("54.3"),
            None,
        ),
        (
            "rate",
            json!({"of": 20_400_000, "over": 37_500_000, "precision": 100_000, "over_precision": 100_000}),
            json!("54.61"),
            Some(true),
        ),
    ] {
        assert_eq!(reached(value.clone(), target.clone(), id), expected, "{value} {target}");
    }
    let parts = json!({"of": 20_400_000, "over": 37_500_000, "precision": 100_000, "over_precision": 100_000});
    let lead = row(&json!({"fiscal_year": 2567, "values": {"rate": parts}}), "rate").lead.unwrap();
    assert_eq!((lead.value, texts(lead.between)), (number("54.4"), ends("54.19", "54.61")));
}

#[test]
fn an_interval_never_leaves_what_the_indicator_can_be() {
    let between =
        |id: &str, value: serde_json::Value| texts(row(&json!({"fiscal_year": 2567, "values": {id: value}}), id).lead.unwrap().between);
    assert_eq!(between("rate", json!({"value": 0, "precision": 1})), ends("0", "0.5"));
    assert_eq!(between("rate", json!({"value": "99.9", "precision": 1})), ends("99.4", "100"));
    assert_eq!(between("members", json!({"value": 30, "precision": 100})), ends("0", "80"));
}

#[test]
fn rounded_values_are_told_apart_only_where_their_intervals_are() {
    let trend = |id: &str, then: serde_json::Value, now: serde_json::Value| {
        let (mut then, mut now) = (then, now);
        (then["period"], now["period"]) = (json!("FY2566"), json!("FY2567"));
        row(&json!({"fiscal_year": 2567, "values": {id: [then, now]}}), id).trend.unwrap()
    };
    let printed = |value: &str, precision: &str| json!({"value": value, "precision": precision});
    for (id, then, now, direction, change) in [
        (
            "rate",
            printed("55.2", "0.1"),
            printed("55.35", "0.3"),
            Direction::NotToldApart,
            ends("-0.05", "0.35"),
        ),
        (
            "rate",
            printed("55.2", "0.1"),
            printed("54.3", "0.01"),
            Direction::Better,
            ends("-0.955", "-0.845"),
        ),
        (
            "rate",
            printed("55.2", "0.1"),
            printed("55.2", "0.1"),
            Direction::NotToldApart,
            ends("-0.1", "0.1"),
        ),
        (
            "rate",
            printed("52.3", "0.1"),
            printed("52.4", "0.1"),
            Direction::NotToldApart,
            ends("0", "0.2"),
        ),
        (
            "members",
            printed("20400000", "100000"),
            json!({"value": 19_598_061}),
            Direction::Worse,
            ends("-851939", "-751939"),
        ),
        (
            "members",
            json!({"value": 20_364_391}),
            json!({"value": 19_598_061}),
            Direction::Worse,
            None,
        ),
        ("members", json!({"value": 5}), json!({"value": 5}), Direction::Same, None),
    ] {
        let found = trend(id, then.clone(), now.clone());
        assert_eq!((found.direction, texts(found.change_between)), (direction, change), "{then} {now}");
    }
    assert_eq!(
        trend("members", json!({"value": 20_364_391}), json!({"value": 19_598_061})).change,
        number("-766330")
    );
}

#[test]
fn a_total_stands_at_both_ends_of_its_scores() {
    let mut input = five(json!({}));
    input["values"]["k1"] = json!({"value": "72.4", "precision": 2});
    let total = scored(&input).total;
    // 71.4 scores 3.28 and 73.4 scores 3.68: 0.3 × 0.2 on either side of 3.4715.
    assert_eq!(
        (total.score, texts(total.score_between)),
        (Some(number("3.4715")), ends("3.4115", "3.5315"))
    );
    assert_eq!(texts(scored(&five(json!({}))).total.score_between), None);
}

#[test]
fn steps_and_levels_from_one_to_five_have_one_total() {
    let mut plan = small_plan();
    let mut milestone = scale("milestone", &[1, 2, 3, 4, 5], 0, 5);
    milestone.between = Between::Step;
    plan.scales.push(milestone);
    let mut input = five(json!({}));
    (input["values"]["k5"], input["targets"]["k5"]) = (json!(3), json!({"scale": "milestone", "breakpoints": [1, 2, 3, 4, 5]}));
    let input = PlanInput::from_value(&plan, &of_phayao(), &input).unwrap();
    let total = score(&plan, &of_phayao(), &input, day("2026-11-22")).unwrap().total;
    // 3.4715 with the fifth at 3 in place of 1, by a weight of 10.
    assert_eq!((total.score, total.why_no_score), (Some(number("3.6715")), None));
    assert_eq!(total.scales, ["five_level", "milestone"]);
}

#[test]
fn what_is_told_twice_is_refused_with_both_places() {
    let value = |more: serde_json::Value| {
        let mut value = json!({"value": 5});
        value.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        value
    };
    for (name, first, second) in [
        ("values", json!({}), json!({})),
        ("values", json!({"period": "FY2567"}), json!({"period": "FY2567"})),
        ("values", json!({"period": "FY2567-Q1"}), json!({"period": "2566-Q4"})),
        ("values", json!({"period": "FY2567-M10"}), json!({"period": "2566-M10"})),
        (
            "values",
            json!({"period": "FY2567", "area": "56"}),
            json!({"period": "FY2567", "area": "56"}),
        ),
        ("values", json!({"area": "kingdom"}), json!({})),
        ("values", json!({"as_of": "2024-09-30"}), json!({"as_of": "30 กันยายน 2567"})),
        ("values", json!({"known_on": "2024-11-01"}), json!({"known_on": "2024-11-01"})),
        ("targets", json!({}), json!({})),
        ("targets", json!({"period": "FY2567"}), json!({"period": "FY2567"})),
        (
            "targets",
            json!({"approved_on": "2024-04-01"}),
            json!({"approved_on": "2024-04-01"}),
        ),
    ] {
        let error = given(json!({name: {"members": [value(json!({"period": "FY2560"})), value(first.clone()), value(second.clone())]}}))
            .unwrap_err();
        assert!(
            matches!(&error, PlanError::Twice { at, first, .. }
            if *at == format!("{name}.members[2]") && *first == format!("{name}.members[1]")),
            "{error} {first} {second}"
        );
    }
    for (first, second) in [
        (json!({"period": "FY2566"}), json!({"period": "FY2567"})),
        (json!({"area": "56"}), json!({"area": "57"})),
        (json!({"as_of": "2024-03-31"}), json!({"as_of": "2024-09-30"})),
        (json!({"known_on": "2024-11-01"}), json!({"known_on": "2025-03-01"})),
    ] {
        assert!(given(json!({"values": {"members": [value(first), value(second)]}})).is_ok());
    }
    // A value without a period is of the period asked about: only then do the two meet.
    let plan = small_plan();
    let two = json!({"fiscal_year": 2567, "values": {"members": [5, {"value": 6, "period": "FY2567"}]}});
    let input = PlanInput::from_value(&plan, &of_phayao(), &two).unwrap();
    let error = score(&plan, &of_phayao(), &input, day("2026-11-22")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`values.members[1]` and `values.members[0]` both tell `members` of FY2567, expected one of them"
    );
    assert!(
        score(
            &plan,
            &of_phayao(),
            &PlanInput {
                fiscal_year: Some(2568),
                ..input
            },
            day("2026-11-22")
        )
        .is_ok()
    );
}

#[test]
fn areas_are_codes_and_none_lies_in_another() {
    for (input, at, value, nearest) in [
        (
            json!({"values": {"members": {"value": 1, "area": "narnia"}}}),
            "values.members.area",
            "narnia",
            None,
        ),
        (
            json!({"values": {"members": {"value": 1, "area": "Phayao"}}}),
            "values.members.area",
            "Phayao",
            Some("56"),
        ),
        (
            json!({"values": {"members": {"value": 1, "area": "พะเยา"}}}),
            "values.members.area",
            "พะเยา",
            Some("56"),
        ),
        (json!({"areas": ["5601", "nrth"]}), "areas[1]", "nrth", Some("north")),
        (json!({"areas": [""]}), "areas[0]", "", None),
    ] {
        let error = given(input).unwrap_err();
        assert_eq!((error.at(), error.value()), (Some(at), Some(value)));
        if nearest.is_some() {
            assert_eq!(error.nearest(), nearest);
        }
    }
    for (areas, at, area, within) in [
        (["56", "5601"], "areas[1]", "5601", "56"),
        (["5601", "north"], "areas[0]", "5601", "north"),
        (["kingdom", "40"], "areas[1]", "40", "kingdom"),
        (["57", "57"], "areas[0]", "57", "57"),
    ] {
        let error = given(json!({ "areas": areas })).unwrap_err();
        assert!(
            matches!(&error, PlanError::Overlap { at: place, area: part, within: whole, .. } if place == at && part == area && whole == within),
            "{error}"
        );
        if areas[0] != "kingdom" && areas[0] != areas[1] {
            let values: Vec<_> = areas.iter().map(|area| json!({"area": area, "value": 40})).collect();
            let error = given(json!({"values": {"members": values}})).unwrap_err();
            assert!(
                error
                    .to_string()
                    .contains(&format!("is of the area `{area}`, which lies in `{within}`")),
                "{error}"
            );
            // Where the areas wanted are named, the others are not put together with them.
            let one = json!({"fiscal_year": 2567, "areas": [areas[0]], "values": {"members": values}});
            assert_eq!(row(&one, "members").lead.unwrap().value, 40.into());
        }
    }
    // What meets only in time is not put together either.
    let parts = json!([
        {"area": "56", "value": 100, "period": "FY2567"},
        {"area": "5601", "value": 40, "period": "FY2567-Q4"},
    ]);
    let met = row(&json!({"fiscal_year": 2567, "values": {"members": parts}}), "members");
    assert_eq!(
        (met.status, met.why_no_score, met.missing),
        (
            RowStatus::NoData,
            Some(Because::AreasOverlap),
            vec!["5601".to_owned(), "56".to_owned()]
        )
    );
    // An indicator of one province knows no other.
    let mut plan = small_plan();
    plan.indicators[0].area = Some("56".to_owned());
    let read = |area: &str| PlanInput::from_value(&plan, &of_phayao(), &json!({"values": {"rate": {"value": 5, "area": area}}}));
    assert!(read("5601").is_ok());
    assert_eq!(read("56").unwrap().values["rate"][0].point.area, None);
    assert!(read("57").unwrap_err().to_string().contains("an area inside `56`"));
}

#[test]
fn a_figure_is_known_from_the_day_it_was_published() {
    let mut plan = small_plan();
    published(&mut plan, "rate", [(40, Some(80), "2023-09-30"), (54, Some(100), "2024-09-30")]);
    for point in &mut plan.indicators[0].lead.points {
        point.known_on = Some(day(if point.value == 40.into() { "2024-01-30" } else { "2025-01-30" }));
    }
    let found = |input: serde_json::Value, on: &str| {
        let input = PlanInput::from_value(&plan, &of_phayao(), &input).unwrap();
        score(&plan, &of_phayao(), &input, day(on)).unwrap().rows.remove(0)
    };
    let of_2567 = json!({"fiscal_year": 2567});
    for (on, because) in [
        ("2024-09-29", Because::NoData),
        ("2024-09-30", Because::NotYetPublished),
        ("2025-01-29", Because::NotYetPublished),
    ] {
        let row = found(of_2567.clone(), on);
        assert_eq!(
            (row.status, row.why_no_score, row.lead),
            (RowStatus::NoData, Some(because), None),
            "{on}"
        );
    }
    assert_eq!(found(of_2567.clone(), "2025-01-30").lead.unwrap().value, 54.into());
    assert_eq!(
        found(json!({"fiscal_year": 2567, "as_of": "2025-01-29"}), "2026-11-22").why_no_score,
        Some(Because::NotYetPublished)
    );
    // The newest that is known, and no trend from what was not.
    assert_eq!(found(json!({}), "2025-01-29").lead.unwrap().value, 50.into());
    assert_eq!(found(json!({}), "2024-01-29").status, RowStatus::NoData);
}

#[test]
fn what_cannot_be_is_refused_at_its_place() {
    for (input, at, expected) in [
        (json!({"values": {"members": -5}}), "values.members", "a whole number, zero or more"),
        (
            json!({"values": {"members": "5.5"}}),
            "values.members",
            "a whole number, zero or more",
        ),
        (
            json!({"values": {"trained": {"value": "5.5"}}}),
            "values.trained.value",
            "a whole number, zero or more",
        ),
        (
            json!({"values": {"members": {"value": 5, "low": -1}}}),
            "values.members.low",
            "zero or more",
        ),
        (
            json!({"values": {"rate": {"value": 50, "low": 60, "high": 70}}}),
            "values.rate",
            "`low` not above `value`",
        ),
        (
            json!({"values": {"rate": {"value": 50, "low": 60, "high": 40}}}),
            "values.rate",
            "`low` not above `value`",
        ),
        (
            json!({"values": {"rate": {"value": 50, "high": 40}}}),
            "values.rate",
            "`low` not above `value`",
        ),
        (
            json!({"values": {"rate": {"of": 5, "over": 10, "low": 6}}}),
            "values.rate",
            "`low` not above `of`",
        ),
        (
            json!({"values": {"rate": {"value": 50, "precision": 0}}}),
            "values.rate.precision",
            "more than zero",
        ),
        (
            json!({"values": {"rate": {"value": 50, "precision": -1}}}),
            "values.rate.precision",
            "more than zero",
        ),
        (
            json!({"values": {"rate": {"value": 50, "low": 40, "precision": 1}}}),
            "values.rate",
            "`low` and `high`, or `precision`",
        ),
        (
            json!({"values": {"rate": {"value": 50, "over_precision": 1}}}),
            "values.rate.over_precision",
            "`over` beside it",
        ),
        (
            json!({"values": {"rate": {"of": 5, "over": 10, "over_precision": 20}}}),
            "values.rate.over_precision",
            "less than twice `over`",
        ),
        (
            json!({"values": {"rate": {"value": 0, "approximate": true}}}),
            "values.rate.approximate",
            "`precision` beside it",
        ),
        (
            json!({"values": {"rate": {"value": 5, "approximate": "yes"}}}),
            "values.rate.approximate",
            "true or false",
        ),
        (
            json!({"values": {"rate": {"value": 5, "as_of": "2024-09-30", "known_on": "2024-09-29"}}}),
            "values.rate.known_on",
            "the day it is of",
        ),
        (
            json!({"targets": {"members": -1}}),
            "targets.members",
            "a whole number, zero or more",
        ),
        (
            json!({"targets": {"members": {"low": "0.5", "high": 9}}}),
            "targets.members",
            "a whole number, zero or more",
        ),
        (
            json!({"targets": {"members": {"low": 9, "high": 5}}}),
            "targets.members",
            "`low` not above `high`",
        ),
        (
            json!({"targets": {"members": {"value": 9, "baseline": -4}}}),
            "targets.members",
            "zero or more",
        ),
        (
            json!({"targets": {"members": {"value": 9, "baseline": {"value": 4, "low": 5}}}}),
            "targets.members.baseline",
            "`low` not above `value`",
        ),
        (
            json!({"targets": {"members": {"scale": "three_level", "breakpoints": [-1, 2, 3]}}}),
            "targets.members",
            "zero or more",
        ),
        (
            json!({"targets": {"members": {"low": 5, "high": 9, "precision": 1, "value": 3}}}),
            "targets.members",
            "`low` and `high`, or `value`",
        ),
        (json!({"weights": {"members": "-0.5"}}), "weights.members", "zero or more"),
    ] {
        let error = given(input.clone()).unwrap_err();
        assert_eq!(error.at(), Some(at), "{input}: {error}");
        assert!(error.expected().unwrap().starts_with(expected), "{error}");
    }
}

/// Breakpoints that rise by at least one, with as many scores.
fn breakpoints() -> impl Strategy<Value = Vec<Decimal>> {
    (0_i64..1000, prop::collection::vec(1_i64..100, 4)).prop_map(|(first, steps)| {
        let mut at = first;
        std::iter::once(first)
            .chain(steps.into_iter().map(|step| {
                at += step;
                at
            }))
            .map(Decimal::from)
            .collect()
    })
}

fn hundredths(value: i64) -> Ratio {
    Ratio::new(value.into(), 100).unwrap()
}

proptest! {
    #[test]
    fn a_better_value_never_scores_less(points in breakpoints(), left in 0_i64..200_000, right in 0_i64..200_000) {
        let (worse, better) = (left.min(right), left.max(right));
        let five = scale("five", &[1, 2, 3, 4, 5], 0, 6);
        let score = |value| score_on(&five, &points, Better::Up, hundredths(value)).unwrap();
        prop_assert!(score(worse) <= score(better));
        prop_assert!(score(worse) >= Decimal::ZERO && score(better) <= Decimal::from(6));
        // Turning direction, values and breakpoints round keeps the score.
        let turned: Vec<Decimal> = points.iter().map(|point| format!("-{point}").parse().unwrap()).collect();
        prop_assert_eq!(score(better), score_on(&five, &turned, Better::Down, hundredths(-better)).unwrap());
    }

    #[test]
    fn a_breakpoint_earns_its_own_score(points in breakpoints()) {
        let five = scale("five", &[1, 2, 3, 4, 5], 0, 6);
        for (point, score) in points.iter().zip(&five.scores) {
            prop_assert_eq!(score_on(&five, &points, Better::Up, point.exact()).unwrap(), *score);
        }
    }

    #[test]
    fn a_total_lies_between_its_scores_and_only_shares_of_weight_matter(weights in prop::collection::vec(1_i64..100, 5), factor in 1_i64..50) {
        let weighted = |factor: i64| {
            let weights: serde_json::Map<_, _> =
                weights.iter().enumerate().map(|(at, weight)| (format!("k{}", at + 1), json!(weight * factor))).collect();
            scored(&five(json!({"weights": weights}))).total.score.unwrap()
        };
        let total = weighted(1);
        prop_assert!(total >= Decimal::from(1) && total <= Decimal::from(5));
        prop_assert_eq!(total, weighted(factor));
    }

    #[test]
    fn splitting_an_area_keeps_the_ratio_of_sums(of in 0_i64..1000, more in 1_i64..1000, split in 0_i64..100) {
        let over = of + more;
        let (first, first_over) = (of * split / 100, over * split / 100);
        let area = |name: &str, of: i64, over: i64| json!({"area": name, "of": of, "over": over});
        prop_assume!(first_over > 0 && over - first_over > 0);
        let one = row(&json!({"fiscal_year": 2567, "values": {"rate": [area("56", of, over)]}}), "rate").lead.unwrap();
        let parts = json!([area("5601", first, first_over), area("5602", of - first, over - first_over)]);
        let two = row(&json!({"fiscal_year": 2567, "values": {"rate": parts}}), "rate").lead.unwrap();
        prop_assert_eq!(one, two);
    }

    #[test]
    fn a_finer_print_never_overturns_a_verdict_or_a_direction(
        then in 0_i64..2000, now in 0_i64..2000, target in 0_i64..2000, coarse in 1_i64..400, finer in 1_i64..400, at in -100_i64..=100,
    ) {
        let input = |value: i64, precision: i64| json!({
            "fiscal_year": 2567,
            "values": {"members": [{"value": then, "precision": coarse, "period": "FY2566"}, {"value": value, "precision": precision, "period": "FY2567"}]},
            "targets": {"members": target},
        });
        // A value inside the coarse one, printed so finely that its interval lies inside too.
        let fine = finer.min(coarse);
        let value = (now + at * (coarse - fine) / 200).max(0);
        prop_assume!(2 * value - fine >= 2 * now - coarse && 2 * value + fine <= 2 * now + coarse);
        let (rough, fine) = (row(&input(now, coarse), "members"), row(&input(value, fine), "members"));
        if let Some(settled) = rough.lead.unwrap().reached {
            prop_assert_eq!(fine.lead.unwrap().reached, Some(settled));
        }
        let (rough, fine) = (rough.trend.unwrap().direction, fine.trend.unwrap().direction);
        prop_assert!(rough == Direction::NotToldApart || rough == fine);
    }

    #[test]
    fn no_input_breaks_the_reader(text in ".{0,60}") {
        let plan = small_plan();
        let _ = PlanInput::from_json(&plan, &of_phayao(), &text);
        let _ = PlanInput::from_value(&plan, &of_phayao(), &json!({"values": {"rate": text}, "year": text}));
    }
}
