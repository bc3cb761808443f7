//! What is given to a plan. It is read by hand from JSON, so it is described by hand; a test holds its keys to the reader's.

use super::model::{Declared, Field, Format, Shape};

/// The types of what is given to a plan.
pub(super) fn types() -> Vec<Declared> {
    vec![exact(), target(), baseline(), value(), input()]
}

fn given(name: &str, about: &str, shape: Shape) -> Declared {
    Declared {
        name: name.to_owned(),
        about: about.to_owned(),
        shape,
        given: true,
    }
}

fn exact() -> Declared {
    let about = "An exact number: as text, as a whole number, or as a number of at most fifteen digits.";
    given("Exact", about, Shape::Decimal)
}

fn number(name: &str, about: &str) -> Field {
    Field::optional(name, about, Shape::named("Exact").or_null())
}

fn text(name: &str, about: &str) -> Field {
    Field::optional(name, about, Shape::Text(Format::Plain).or_null())
}

fn yes_no(name: &str, about: &str) -> Field {
    Field::optional(name, about, Shape::YesNo.or_null())
}

const APPROXIMATE: &str =
    "Whether the value is said to be about so much: it then reaches as far as its last digit that is not zero, or as `precision` says.";

fn target() -> Declared {
    let baseline = Shape::Either(vec![Shape::named("Exact"), Shape::named("BaselineInput")]);
    let fields = vec![
        number("value", "The value to reach."),
        number("low", "The lower end of a range, instead of a value."),
        number("high", "The upper end of a range."),
        yes_no("approximate", APPROXIMATE),
        number(
            "precision",
            "What the value is printed to, such as 100000: it lies within half of that.",
        ),
        Field::optional(
            "breakpoints",
            "The values that earn the scores of the scale, worst first.",
            Shape::named("Exact").list(),
        ),
        text("scale", "The scale."),
        Field::optional("baseline", "Where the way to the target begins.", baseline.or_null()),
        text("period", "The period, such as `2567`, `FY2567`, `2567-Q3` or `FY2567-M10`."),
        text(
            "approved_on",
            "The day it was approved; of two targets of one period the later approved stands.",
        ),
    ];
    given("TargetInput", "A target of the user's own.", Shape::Record(fields))
}

fn baseline() -> Declared {
    let value = Field {
        name: "value".to_owned(),
        about: "The value.".to_owned(),
        shape: Shape::named("Exact"),
        optional: false,
    };
    let fields = vec![
        value,
        number("low", "The lowest the true value may be."),
        number("high", "The highest the true value may be."),
    ];
    let about = "Where the way to a target begins; a rounded baseline is an interval.";
    given("BaselineInput", about, Shape::Record(fields))
}

fn value() -> Declared {
    let fields = vec![
        number("value", "The value."),
        number("of", "The numerator."),
        number("over", "The denominator."),
        text("period", "The period; the one asked about where there is none."),
        text(
            "area",
            "The code of the area, where values are given by area: `kingdom`, a region, a province or a district.",
        ),
        text("as_of", "The day the value, or the numerator, is of."),
        text("over_as_of", "The day the denominator is of, where it differs."),
        text("known_on", "The day the value became known."),
        number("low", "The lowest the true value may be."),
        number("high", "The highest the true value may be."),
        yes_no("approximate", APPROXIMATE),
        number(
            "precision",
            "What the value, or the numerator, is printed to, such as 100000: it lies within half of that.",
        ),
        number("over_precision", "What the denominator is printed to."),
        yes_no("provisional", "Whether it may still change."),
        text("measure", "The reading it belongs to, where the indicator has two."),
    ];
    given(
        "ValueInput",
        "A value of the user's own: `value`, or `of` over `over`.",
        Shape::Record(fields),
    )
}

fn input() -> Declared {
    let by_indicator = |of: Shape| {
        let of = Box::new(of);
        Shape::Map { keys: None, of }.or_null()
    };
    let one_or_several = |name: &str| {
        let one = Shape::Either(vec![Shape::named("Exact"), Shape::named(name)]);
        by_indicator(Shape::Either(vec![Shape::named("Exact"), Shape::named(name), one.list()]))
    };
    let texts = || Shape::Text(Format::Plain).list().or_null();
    let missing = Shape::codes(vec!["open".to_owned(), "zero".to_owned()]).or_null();
    let fields = vec![
        Field::optional(
            "year",
            "The year asked about (Buddhist era), in each indicator's own kind of year.",
            Shape::Number.or_null(),
        ),
        Field::optional(
            "fiscal_year",
            "The fiscal year asked about (Buddhist era).",
            Shape::Number.or_null(),
        ),
        text("as_of", "Values that became known later than this day are left out."),
        Field::optional("areas", "The areas that values by area must cover.", texts()),
        Field::optional(
            "targets",
            "Own targets, by indicator; they replace the plan's.",
            one_or_several("TargetInput"),
        ),
        Field::optional(
            "values",
            "Own values, by indicator; they replace the published ones of the same period.",
            one_or_several("ValueInput"),
        ),
        Field::optional("weights", "Own weights, by indicator.", by_indicator(Shape::named("Exact"))),
        Field::optional(
            "withdrawn",
            "Indicators that were withdrawn: shown, and left out of totals.",
            texts(),
        ),
        Field::optional(
            "missing",
            "What becomes of an indicator without a score: `open` leaves the total open, `zero` counts it as zero.",
            missing,
        ),
    ];
    given(
        "PlanInput",
        "What the user gives to a plan; everything may be left out.",
        Shape::Record(fields),
    )
}
