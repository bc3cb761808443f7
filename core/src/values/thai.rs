//! Thai dates, read and written.

use super::{Date, DateError, PartialDate, european, has_no_width, is_dash, shown};

/// How a day is written in Thai.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct ThaiStyle {
    /// Whether the month is abbreviated: `พ.ย.` rather than `พฤศจิกายน`.
    pub short: bool,
    /// Whether the digits are Thai: `๒๕๖๙` rather than `2569`.
    pub thai_digits: bool,
}

/// The months: their names, and their abbreviations as written.
const MONTHS: [(&str, &str); 12] = [
    ("มกราคม", "ม.ค."),
    ("กุมภาพันธ์", "ก.พ."),
    ("มีนาคม", "มี.ค."),
    ("เมษายน", "เม.ย."),
    ("พฤษภาคม", "พ.ค."),
    ("มิถุนายน", "มิ.ย."),
    ("กรกฎาคม", "ก.ค."),
    ("สิงหาคม", "ส.ค."),
    ("กันยายน", "ก.ย."),
    ("ตุลาคม", "ต.ค."),
    ("พฤศจิกายน", "พ.ย."),
    ("ธันวาคม", "ธ.ค."),
];

/// The days of the week as they are named and abbreviated, from Monday; an abbreviation is read before a number only.
const WEEKDAYS: [(&str, &[&str]); 7] = [
    ("จันทร์", &["จันทร์", "จ"]),
    ("อังคาร", &["อังคาร", "อ"]),
    ("พุธ", &["พุธ", "พ"]),
    ("พฤหัสบดี", &["พฤหัสบดี", "พฤหัส", "พฤ"]),
    ("ศุกร์", &["ศุกร์", "ศ"]),
    ("เสาร์", &["เสาร์", "ส"]),
    ("อาทิตย์", &["อาทิตย์", "อา"]),
];

const THAI_DIGITS: [char; 10] = ['๐', '๑', '๒', '๓', '๔', '๕', '๖', '๗', '๘', '๙'];

/// The years of the Buddhist era that are read; what is below looks like the common era.
const YEARS: std::ops::RangeInclusive<i32> = 2400..=2743;

/// The last year that began in April; it ended in December, so that the next began on 1 January 1941.
const LAST_APRIL_YEAR: i32 = 2483;

const EXPECTED: &str = "a Thai date such as `22 พฤศจิกายน 2569`, `22/11/2569`, `พฤศจิกายน 2569` or `พ.ศ. 2569`";

/// Reads a Thai date: `22 พฤศจิกายน 2569`, `วันอาทิตย์ที่ 22 พ.ย. พ.ศ. ๒๕๖๙`, `22/11/2569`, `22-11-2569`, `22.11.2569`, or a part such as
/// `พฤศจิกายน 2569`, `พ.ศ. 2569` or `2569`.
///
/// Years are of the Buddhist era, unless the text says `ค.ศ.`. Until 2483 they ran from April to March, and 2483 from April to December.
/// A day of the week must be that of the day.
///
/// # Errors
/// [`DateError::Form`] where the text has another form; [`DateError::Impossible`] where there was no such day or month, the day of the week is
/// another, or the year has two digits, looks like one of the common era, or is not from 2400 to 2743.
///
/// # Example
/// ```
/// use sitthi::values::parse_thai;
/// assert_eq!(parse_thai("22 พ.ย. ๒๕๖๙")?.to_string(), "2026-11-22");
/// assert_eq!(parse_thai("15 มกราคม 2480")?.to_string(), "1938-01-15");
/// assert_eq!(parse_thai("พ.ศ. 2569")?.to_string(), "2026");
/// assert!(parse_thai("29 กุมภาพันธ์ 2562").is_err());
/// # Ok::<(), sitthi::DateError>(())
/// ```
pub fn parse_thai(text: &str) -> Result<PartialDate, DateError> {
    let plain = plain(text);
    let parts = parts(&plain).ok_or_else(|| DateError::Form {
        text: shown(text),
        expected: EXPECTED,
    })?;
    days(&parts).map_err(|reason| DateError::Impossible { text: shown(text), reason })
}

impl PartialDate {
    /// Reads a day, or as much of it as is known, as people and programs write it: what [`PartialDate::parse`] reads, or a Thai date as
    /// [`parse_thai`] reads it, save that a year alone must say `พ.ศ.`.
    ///
    /// # Errors
    /// As for the one that its form calls for; the form of a Thai date is a letter or digit that is not European, or two slashes.
    ///
    /// # Example
    /// ```
    /// use sitthi::PartialDate;
    /// assert_eq!(PartialDate::read("22/11/2569")?, PartialDate::read("2026-11-22")?);
    /// let error = PartialDate::read("29 กุมภาพันธ์ 2562").unwrap_err();
    /// assert_eq!(error.to_string(), "`29 กุมภาพันธ์ 2562` cannot be: กุมภาพันธ์ 2562 has 28 days");
    /// # Ok::<(), sitthi::DateError>(())
    /// ```
    pub fn read(text: &str) -> Result<Self, DateError> {
        let plain = plain(text);
        let first = plain.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(0);
        // A year of four digits comes first in ISO; a day of one or two comes first in Thai, and nowhere else.
        let in_numbers = (1..=2).contains(&first) && parts(&plain).is_some_and(|parts| parts.day.is_some());
        let iso = plain.is_ascii() && plain.contains('-') && !in_numbers;
        if iso || (text.is_ascii() && !in_numbers && text.matches('/').count() != 2) {
            Self::parse(&plain).map_err(|error| error.of(text))
        } else {
            parse_thai(text)
        }
    }

    /// The day, or the months and years of a part, in Thai, such as `22 พฤศจิกายน 2569`, `พฤศจิกายน 2569` or `พ.ศ. 2569`; a span with its ends.
    ///
    /// # Example
    /// ```
    /// use sitthi::{PartialDate, values::ThaiStyle};
    /// let thai = |text| PartialDate::parse(text).map(|date| date.thai(ThaiStyle::default()));
    /// assert_eq!(thai("1938-01-15")?, "15 มกราคม 2480");
    /// assert_eq!(thai("2026-11")?, "พฤศจิกายน 2569");
    /// assert_eq!(thai("2026")?, "พ.ศ. 2569");
    /// # Ok::<(), sitthi::DateError>(())
    /// ```
    #[must_use]
    pub fn thai(self, style: ThaiStyle) -> String {
        let (first, last) = (self.first(), self.last());
        if first == last {
            return first.thai(style);
        }
        let whole_months = first.day() == 1 && last == last.month().last_day();
        let of_months = |day: Date| {
            let text = format!("{} {}", style.month(day.month_number()), day.buddhist_year());
            style.digits(text)
        };
        let year = format!("พ.ศ. {}", first.buddhist_year());
        if parse_thai(&year) == Ok(self) {
            style.digits(year)
        } else if whole_months && first.month() == last.month() {
            of_months(first)
        } else if whole_months {
            format!("{} – {}", of_months(first), of_months(last))
        } else {
            format!("{} – {}", first.thai(style), last.thai(style))
        }
    }
}

impl ThaiStyle {
    fn month(self, month: u32) -> &'static str {
        let (name, abbreviation) = month_name(month);
        if self.short { abbreviation } else { name }
    }

    fn digits(self, text: String) -> String {
        if self.thai_digits {
            text.chars().map(thai_digit).collect()
        } else {
            text
        }
    }
}

/// What a day, month or year is in the common era, if its year is of the Buddhist era; nothing where there was none.
pub(super) fn if_buddhist(year: i32, month: Option<u32>, day: Option<u32>) -> Option<PartialDate> {
    let (year, day) = (year.to_string(), day.map(|day| day.to_string()));
    let parts = Parts {
        weekday: None,
        day: day.as_deref(),
        month,
        year: &year,
        common: false,
    };
    days(&parts).ok()
}

impl Date {
    /// The day in Thai, such as `22 พฤศจิกายน 2569`; [`parse_thai`] reads it back from 1 April 2400 (1857) on.
    ///
    /// # Example
    /// ```
    /// use sitthi::{Date, values::ThaiStyle};
    /// assert_eq!(Date::new(1938, 1, 15)?.thai(ThaiStyle::default()), "15 มกราคม 2480");
    /// # Ok::<(), sitthi::DateError>(())
    /// ```
    #[must_use]
    pub fn thai(self, style: ThaiStyle) -> String {
        format_thai(self, style)
    }

    /// The year of the Buddhist era in which the day lies: until 2483 (1940) it began on 1 April.
    #[must_use]
    pub fn buddhist_year(self) -> i32 {
        buddhist_year(self.year(), self.month_number())
    }

    /// Reads a whole day, `2026-11-22` or a Thai date such as `22 พฤศจิกายน 2569` or `22/11/2569`.
    ///
    /// # Errors
    /// As for [`PartialDate::read`], and where only a part of a day is given.
    pub fn read(text: &str) -> Result<Self, DateError> {
        let form = |_| DateError::Form {
            text: shown(text),
            expected: "a whole day such as `2026-11-22`, `22 พฤศจิกายน 2569` or `22/11/2569`",
        };
        match PartialDate::read(text) {
            Ok(date) => date.exact().ok_or(()).map_err(form),
            Err(DateError::Form { .. }) => Err(form(())),
            Err(error) => Err(error),
        }
    }
}

/// Writes a day in Thai, such as `22 พฤศจิกายน 2569`; [`parse_thai`] reads it back from 1 April 2400 (1857) on.
///
/// # Example
/// ```
/// use sitthi::values::{Date, ThaiStyle, format_thai};
/// let style = ThaiStyle { short: true, thai_digits: true };
/// assert_eq!(format_thai(Date::new(2026, 11, 22)?, style), "๒๒ พ.ย. ๒๕๖๙");
/// # Ok::<(), sitthi::DateError>(())
/// ```
#[must_use]
pub fn format_thai(date: Date, style: ThaiStyle) -> String {
    style.digits(format!(
        "{} {} {}",
        date.day(),
        style.month(date.month_number()),
        date.buddhist_year()
    ))
}

fn month_name(month: u32) -> (&'static str, &'static str) {
    MONTHS
        .into_iter()
        .zip(1_u32..)
        .find(|(_, number)| *number == month)
        .map_or(("", ""), |(names, _)| names)
}

fn thai_digit(letter: char) -> char {
    letter
        .to_digit(10)
        .and_then(|digit| THAI_DIGITS.get(usize::try_from(digit).ok()?))
        .copied()
        .unwrap_or(letter)
}

fn buddhist_year(common: i32, month: u32) -> i32 {
    common.saturating_add(if common <= LAST_APRIL_YEAR - 543 && month < 4 { 542 } else { 543 })
}

fn common_year(buddhist: i32, month: u32) -> i32 {
    buddhist.saturating_sub(if buddhist <= LAST_APRIL_YEAR && month < 4 { 542 } else { 543 })
}

/// The text with European digits, without the dots of abbreviations and without marks of no width.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.trim().chars().filter(|letter| !has_no_width(*letter)) {
        let after_letter = plain.chars().last().is_some_and(|last| !last.is_ascii() && !last.is_whitespace());
        match european(letter) {
            '.' if after_letter => {}
            dash if is_dash(dash) => plain.push('-'),
            letter => plain.push(letter),
        }
    }
    plain.trim().to_owned()
}

/// The digits of a date, the month already a number where it was named.
struct Parts<'a> {
    /// The number of the day of the week, from Monday.
    weekday: Option<usize>,
    day: Option<&'a str>,
    month: Option<u32>,
    year: &'a str,
    /// The year is said to be of the common era.
    common: bool,
}

fn parts(plain: &str) -> Option<Parts<'_>> {
    let (weekday, rest) = weekday(plain);
    let (named_day, rest) = skip(
        rest,
        if weekday.is_some() {
            &["ที่"]
        } else {
            &["วันที่", "ที่"]
        },
    );
    let (first, rest) = digits(rest);
    let day = (!first.is_empty()).then_some(first);
    if (named_day || weekday.is_some()) && day.is_none() {
        return None;
    }
    let common = false;
    if day.is_some() && rest.is_empty() {
        return (!named_day && weekday.is_none()).then_some(Parts {
            weekday: None,
            day: None,
            month: None,
            year: first,
            common,
        });
    }
    for separator in ["/", "-", "."] {
        if let (true, rest) = skip(rest, &[separator]) {
            let (month, rest) = digits(rest);
            let (again, rest) = skip(rest, &[separator]);
            let (year, rest) = digits(rest);
            let whole = day.is_some() && again && !year.is_empty() && rest.is_empty();
            let month = Some(short_number(month)?);
            return whole.then_some(Parts {
                weekday,
                day: Some(first).filter(|first| first.len() <= 2)?.into(),
                month,
                year,
                common,
            });
        }
    }
    let (named_month, rest) = skip(rest, &["เดือน"]);
    let (mut month, mut rest) = month(rest);
    if named_month && month.is_none() {
        let (number, after) = digits(rest);
        (month, rest) = (Some(short_number(number)?), after);
    }
    if month.is_none() && (named_month || day.is_some()) {
        return None;
    }
    let (common, rest) = skip(rest, &["คศ", "คริสต์ศักราช"]);
    let (_, rest) = skip(
        rest,
        if common {
            &[]
        } else {
            &["พศ", "พุทธศักราช", "ปี พศ", "ปีพศ", "ปี"]
        },
    );
    let (year, rest) = digits(rest);
    (!year.is_empty() && rest.is_empty()).then_some(Parts {
        weekday,
        day,
        month,
        year,
        common,
    })
}

/// The day of the week at the beginning, as its number from Monday.
fn weekday(text: &str) -> (Option<usize>, &str) {
    let (_, rest) = if text.starts_with("วันที่") {
        (false, text)
    } else {
        skip(text, &["วัน"])
    };
    let names = WEEKDAYS
        .iter()
        .enumerate()
        .flat_map(|(number, (_, names))| names.iter().map(move |name| (number, *name)));
    let longest = names
        .filter_map(|(number, name)| Some((number, name.len(), rest.strip_prefix(name)?.trim_start_matches([' ', ',']))))
        .filter(|(_, _, after)| after.starts_with("ที่") || after.starts_with(|letter: char| letter.is_ascii_digit()))
        .max_by_key(|(_, length, _)| *length);
    longest.map_or((None, text), |(number, _, after)| (Some(number), after))
}

fn skip<'a>(text: &'a str, words: &[&str]) -> (bool, &'a str) {
    words
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .map_or((false, text), |rest| (true, rest.trim_start()))
}

fn digits(text: &str) -> (&str, &str) {
    let end = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    (digits, rest.trim_start())
}

fn month(text: &str) -> (Option<u32>, &str) {
    let found = MONTHS.into_iter().zip(1..).find_map(|((name, abbreviation), number)| {
        let rest = text
            .strip_prefix(name)
            .or_else(|| text.strip_prefix(&abbreviation.replace('.', "")))?;
        Some((Some(number), rest.trim_start()))
    });
    found.unwrap_or((None, text))
}

/// A number of one or two digits.
fn short_number(digits: &str) -> Option<u32> {
    (digits.len() <= 2).then(|| digits.parse().ok()).flatten()
}

fn days(parts: &Parts<'_>) -> Result<PartialDate, String> {
    if parts.common {
        return common_days(parts);
    }
    let year = year(parts)?;
    let Some(month) = parts.month else {
        // Until 2483 a year ran from April, to March but for the last.
        let (first, last) = if year < LAST_APRIL_YEAR {
            (4, 3)
        } else if year == LAST_APRIL_YEAR {
            (4, 12)
        } else {
            (1, 12)
        };
        return between(first_of(year, first)?, first_of(year, last)?.month().last_day());
    };
    if !(1..=12).contains(&month) {
        return Err("a month from 1 to 12 was expected".to_owned());
    }
    if year == LAST_APRIL_YEAR && month < 4 {
        return Err(format!(
            "the year {year} ran from April to December, it had no {}",
            month_name(month).0
        ));
    }
    let first = first_of(year, month)?;
    let last = first.month().last_day();
    let Some(day) = parts.day else {
        return between(first, last);
    };
    let day = short_number(day).filter(|day| (1..=last.day()).contains(day));
    let day = day.ok_or_else(|| format!("{} {year} has {} days", month_name(month).0, last.day()))?;
    let day = Date::new(first.year(), month, day).map_err(|error| error.to_string())?;
    on_its_weekday(day, parts.weekday)
}

/// The day, where the day of the week is its own or is not said.
fn on_its_weekday(day: Date, weekday: Option<usize>) -> Result<PartialDate, String> {
    // 1970-01-01 was a Thursday.
    let own = usize::try_from(day.days().saturating_add(3).rem_euclid(7)).unwrap_or(0);
    match weekday.filter(|weekday| *weekday != own) {
        None => Ok(day.into()),
        Some(said) => {
            let name = |number: usize| WEEKDAYS.get(number).map_or("", |(name, _)| name);
            Err(format!("{day} is a วัน{}, not a วัน{}", name(own), name(said)))
        }
    }
}

/// What is said to be of the common era.
fn common_days(parts: &Parts<'_>) -> Result<PartialDate, String> {
    let number = |digits: &str, most: usize| (digits.len() <= most).then(|| digits.parse::<u32>().ok()).flatten();
    let year = number(parts.year, 4).filter(|_| parts.year.len() == 4);
    let year = year.ok_or("a year of four digits was expected, such as ค.ศ. 2026")?;
    let text = match (parts.month, parts.day) {
        (Some(month), Some(day)) => {
            let day = short_number(day).ok_or("a day of the month was expected")?;
            format!("{year:04}-{month:02}-{day:02}")
        }
        (Some(month), None) => format!("{year:04}-{month:02}"),
        (None, _) => format!("{year:04}"),
    };
    let reason = |error: DateError| match error {
        DateError::Impossible { reason, .. } => reason,
        DateError::Form { expected, .. } => format!("{expected} was expected"),
    };
    let date = PartialDate::parse(&text).map_err(reason)?;
    date.exact().map_or(Ok(date), |day| on_its_weekday(day, parts.weekday))
}

fn year(parts: &Parts<'_>) -> Result<i32, String> {
    let digits = parts.year;
    if digits.len() == 2 {
        return Err(format!(
            "a year of two digits does not say which century or era: it may be 24{digits}, 25{digits} or of the common era, expected all four such as 2569"
        ));
    }
    let year = digits.parse().ok().filter(|_| digits.len() == 4);
    let year: i32 = year.ok_or("a year of four digits was expected, such as 2569")?;
    if year < *YEARS.start() {
        let buddhist = buddhist_year(year, parts.month.unwrap_or(12));
        return Err(format!(
            "a year of the Buddhist era was expected; if {year} is of the common era, it is {buddhist}"
        ));
    }
    if !YEARS.contains(&year) {
        return Err(format!("a year from {} to {} was expected", YEARS.start(), YEARS.end()));
    }
    Ok(year)
}

fn first_of(year: i32, month: u32) -> Result<Date, String> {
    Date::new(common_year(year, month), month, 1).map_err(|error| error.to_string())
}

fn between(first: Date, last: Date) -> Result<PartialDate, String> {
    PartialDate::new(first, last).map_err(|error| error.to_string())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::{Date, MONTHS, PartialDate, ThaiStyle, format_thai, parse_thai};

    fn read(text: &str) -> String {
        parse_thai(text).map_or_else(|error| error.to_string(), |date| date.to_string())
    }

    #[test]
    fn every_form_of_a_day_is_read() {
        for text in [
            "22 พฤศจิกายน 2569",
            "วันที่ 22 พฤศจิกายน พ.ศ. ๒๕๖๙",
            "วันที่ ๒๒ เดือน พฤศจิกายน พุทธศักราช ๒๕๖๙",
            "22/11/2569",
            "๒๒/๑๑/๒๕๖๙",
            "22 / 11 / 2569",
            "22 พ.ย. 2569",
            "22 พย 2569",
            "22 พย. 2569",
            "22พ.ย.2569",
            "22 พ.ย. พ.ศ.2569",
            " 22\u{a0}พฤศจิกายน\u{200b} 2569 ",
            "22-11-2569",
            "22.11.2569",
            "๒๒.๑๑.๒๕๖๙",
            "22–11–2569",
            "วันอาทิตย์ที่ 22 พฤศจิกายน พ.ศ. 2569",
            "วันอาทิตย์ที่ ๒๒ เดือนพฤศจิกายน พุทธศักราช ๒๕๖๙",
            "อาทิตย์ที่ 22 พ.ย. 2569",
            "วันอาทิตย์ 22 พฤศจิกายน 2569",
            "วันอาทิตย์ที่ 22/11/2569",
            "อา. 22 พ.ย. 2569",
            "ที่ 22 พ.ย. 2569",
            "วันที่ 22 เดือน 11 พ.ศ. 2569",
            "22 พฤศจิกายน ปี พ.ศ. 2569",
            "22 พฤศจิกายน ค.ศ. 2026",
            "วันอาทิตย์ที่ 22 พ.ย. ค.ศ. ๒๐๒๖",
        ] {
            assert_eq!(read(text), "2026-11-22", "{text}");
        }
        assert_eq!(read("1/2/2569"), "2026-02-01");
    }

    #[test]
    fn every_month_is_read_by_name_and_abbreviation() {
        for ((name, short), number) in MONTHS.into_iter().zip(1..) {
            let expected = format!("2026-{number:02}");
            for month in [name, short, &short.replace('.', "")] {
                assert_eq!(read(&format!("{month} 2569")), expected);
            }
        }
    }

    #[test]
    fn a_part_of_a_date_is_a_span() {
        assert_eq!(read("พฤศจิกายน 2569"), "2026-11");
        assert_eq!(read("เดือนกุมภาพันธ์ พ.ศ. 2567"), "2024-02");
        assert_eq!(read("พ.ศ. 2569"), "2026");
        assert_eq!(read("๒๕๖๙"), "2026");
        assert_eq!(read("ปี 2569"), "2026");
        assert_eq!(read("ค.ศ. 2026"), "2026");
        assert_eq!(read("พฤศจิกายน ค.ศ. 2026"), "2026-11");
    }

    #[test]
    fn a_day_of_the_week_must_be_its_own() {
        for (name, day) in ["จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์"].into_iter().zip(23..)
        {
            let day = if day == 29 { 22 } else { day };
            assert_eq!(read(&format!("วัน{name}ที่ {day} พฤศจิกายน 2569")), format!("2026-11-{day}"));
        }
        assert_eq!(
            read("วันจันทร์ที่ 22 พฤศจิกายน 2569"),
            "`วันจันทร์ที่ 22 พฤศจิกายน 2569` cannot be: 2026-11-22 is a วันอาทิตย์, not a วันจันทร์"
        );
        assert!(read("จ. 22 พ.ย. 2569").contains("วันอาทิตย์"), "{}", read("จ. 22 พ.ย. 2569"));
    }

    #[test]
    fn before_1941_the_year_began_in_april() {
        assert_eq!(read("15 มกราคม 2480"), "1938-01-15");
        assert_eq!(read("1 เมษายน 2480"), "1937-04-01");
        assert_eq!(read("31/3/2480"), "1938-03-31");
        assert_eq!(read("มีนาคม 2482"), "1940-03");
        assert_eq!(read("29 กุมภาพันธ์ 2482"), "1940-02-29");
        assert_eq!(read("31 ธันวาคม 2483"), "1940-12-31");
        assert_eq!(read("1 มกราคม 2484"), "1941-01-01");
        assert_eq!(read("2480"), "1937-04/1938-03");
        assert_eq!(read("2482"), "1939-04/1940-03");
        assert_eq!(read("2483"), "1940-04/1940-12");
        assert_eq!(read("2484"), "1941");
        let day = |year, month, day| format_thai(Date::new(year, month, day).unwrap(), ThaiStyle::default());
        assert_eq!(day(1938, 1, 15), "15 มกราคม 2480");
        assert_eq!(day(1940, 3, 31), "31 มีนาคม 2482");
        assert_eq!(day(1940, 4, 1), "1 เมษายน 2483");
        assert_eq!(day(1941, 1, 1), "1 มกราคม 2484");
    }

    #[test]
    fn what_cannot_be_is_refused_with_the_reason() {
        for (text, reason) in [
            ("29 กุมภาพันธ์ 2562", "กุมภาพันธ์ 2562 has 28 days"),
            ("31/4/2569", "เมษายน 2569 has 30 days"),
            ("0/4/2569", "เมษายน 2569 has 30 days"),
            ("1/13/2569", "a month from 1 to 12 was expected"),
            ("15 มกราคม 2483", "the year 2483 ran from April to December, it had no มกราคม"),
            ("มีนาคม 2483", "the year 2483 ran from April to December, it had no มีนาคม"),
            (
                "22/11/2026",
                "a year of the Buddhist era was expected; if 2026 is of the common era, it is 2569",
            ),
            (
                "15 มกราคม 1938",
                "a year of the Buddhist era was expected; if 1938 is of the common era, it is 2480",
            ),
            (
                "2399",
                "a year of the Buddhist era was expected; if 2399 is of the common era, it is 2942",
            ),
            ("2744", "a year from 2400 to 2743 was expected"),
            ("22/11/256", "a year of four digits was expected, such as 2569"),
            ("999999999", "a year of four digits was expected, such as 2569"),
        ] {
            assert_eq!(read(text), format!("`{text}` cannot be: {reason}"));
        }
        for text in ["22/11/69", "22 พ.ย. 69", "พ.ศ. ๖๙", "69"] {
            assert!(read(text).contains("two digits"), "{text}");
        }
    }

    #[test]
    fn the_form_says_which_calendar_is_meant() {
        let read = |text| PartialDate::read(text).map_or_else(|error| error.to_string(), |date| date.to_string());
        for text in ["2026-11-22", " 2026-11-22 ", "22/11/2569", "๒๒/๑๑/๒๕๖๙", "22 พ.ย. 2569"] {
            assert_eq!(read(text), "2026-11-22", "{text}");
            assert_eq!(Date::read(text).unwrap().to_string(), "2026-11-22", "{text}");
        }
        assert_eq!(read("2026"), "2026");
        assert_eq!(read("พ.ศ. 2569"), "2026");
        assert_eq!(read("2026-03/2026-05"), "2026-03/2026-05");
        for (text, offered) in [
            ("2527-05-10", "1984-05-10"),
            ("๒๕๒๗-๐๕-๑๐", "1984-05-10"),
            ("2527-05", "1984-05"),
            ("2527", "1984"),
            ("2480-01-15", "1938-01-15"),
            ("2480", "1937-04/1938-03"),
        ] {
            let error = read(text);
            let expected = format!("`{text}` cannot be: a year of the common era was expected; if ");
            assert!(
                error.starts_with(&expected) && error.ends_with(&format!("it is {offered}")),
                "{error}"
            );
        }
        for text in [
            "22-11-2507",
            "22.11.2507",
            "22/11/2507",
            "๒๒-๑๑-๒๕๐๗",
            "วันอาทิตย์ที่ 22 พฤศจิกายน พ.ศ. 2507",
            "22-11-2507 ",
        ] {
            assert_eq!(read(text), "1964-11-22");
        }
        assert_eq!(read("๒๐๒๖-๑๑-๒๒"), "2026-11-22");
        assert!(read("22-11-64").contains("2464, 2564"), "{}", read("22-11-64"));
        assert!(read("22-11-1964").contains("it is 2507"), "{}", read("22-11-1964"));
        assert!(read("2569").contains("it is 2026"), "{}", read("2569"));
        assert!(read("22/11/2026").contains("it is 2569"), "{}", read("22/11/2026"));
        for text in ["2026-11", "พฤศจิกายน 2569", "tomorrow", "พรุ่งนี้", ""] {
            let error = Date::read(text).unwrap_err().to_string();
            assert!(error.contains("expected a whole day such as `2026-11-22`"), "{error}");
        }
    }

    #[test]
    fn other_forms_are_refused() {
        for text in [
            "",
            "พรุ่งนี้",
            "22",
            "22 พฤศจิกายน",
            "พ.ย.",
            "วันที่ 2569",
            "วันที่",
            "22 2569",
            "2569-11-22",
            "22.11-2569",
            "22 11 2569",
            "2.569",
            "//2569",
            "22//2569",
            "/11/2569",
            "22/011/2569",
            "วันอาทิตย์",
            "วันอาทิตย์ที่ พฤศจิกายน 2569",
            "วันอาทิตย์ 2569",
            "อาทิตย์ พฤศจิกายน 2569",
            "222-11-2569",
            "22 November 2569",
            "22 พ.ย. 2569 น.",
            "2 2 พ.ย. 2569",
            "-1 พ.ย. 2569",
            "เดือน 2569",
            "22 พ.ย. 25 69",
        ] {
            let error = read(text);
            assert!(error.starts_with(&format!("`{text}`")), "{text}: {error}");
        }
    }

    fn style() -> impl Strategy<Value = ThaiStyle> {
        (any::<bool>(), any::<bool>()).prop_map(|(short, thai_digits)| ThaiStyle { short, thai_digits })
    }

    proptest! {
        #[test]
        fn a_written_day_is_read_back(days in -41_182..84_371_i32, style in style()) {
            let date = Date::from_days(days).unwrap();
            prop_assert_eq!(parse_thai(&format_thai(date, style)), Ok(PartialDate::from(date)));
        }

        #[test]
        fn years_follow_one_another(year in 2400..2743_i32) {
            let next = year.saturating_add(1);
            let (year, next) = (parse_thai(&year.to_string()).unwrap(), parse_thai(&next.to_string()).unwrap());
            prop_assert_eq!(year.last().add_days(1), Some(next.first()));
        }

        #[test]
        fn no_text_panics(text in "[0-9๐-๙ก-ฮ./ ]{0,16}|.*") {
            let _ = parse_thai(&text);
        }
    }
}
