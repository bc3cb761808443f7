//! Errors in Thai, by their code.

use crate::values::ErrorCode;

/// An error in a Thai sentence, from the fields that every error has. `found` and `expected` are as in the English message; what is
/// expected is said in Thai where it is one of the forms that facts have.
#[must_use]
pub fn message_th(code: ErrorCode, field: Option<&str>, value: Option<&str>, expected: Option<&str>, nearest: Option<&str>) -> String {
    let field = field.unwrap_or_default();
    let value = value.unwrap_or_default();
    let mut said = match code {
        ErrorCode::UnknownFact => format!("ไม่มีข้อเท็จจริงชื่อ `{field}`"),
        ErrorCode::WrongType if value.is_empty() => format!("`{field}` มีค่าผิดประเภท"),
        ErrorCode::WrongType => format!("ค่าของ `{field}` ผิดประเภท: {}", found_th(value)),
        ErrorCode::UnknownCode | ErrorCode::UnmappedValue => format!("`{value}` ไม่อยู่ในรายการคำตอบของ `{field}`"),
        ErrorCode::ImpossibleValue => format!("`{field}` เป็น `{value}` ไม่ได้"),
        ErrorCode::ImpossibleDate => format!("`{value}` ไม่ใช่วันที่ที่มีอยู่จริงหรืออ่านได้"),
        ErrorCode::IdentityNumber => "เลขประจำตัวไม่ถูกต้อง โปรดตรวจทานทุกหลักอีกครั้ง".to_owned(),
        ErrorCode::UnreadableRulebook => "เปิดชุดกฎหมายนี้ไม่ได้: ไม่ใช่ชุดกฎหมายของรุ่นนี้ หรือเสียหาย".to_owned(),
        ErrorCode::FaultyRulebook | ErrorCode::RulebookFaults => "แฟ้มกฎมีข้อผิดพลาด".to_owned(),
        ErrorCode::AnotherRulebook => "ชุดกฎหมายที่มากับรุ่นนี้ไม่ใช่ชุดเดียวกับที่บันทึกไว้".to_owned(),
        ErrorCode::NoRuleFiles => "ชุดกฎหมายนี้เปิดจากรูปที่แปลงแล้ว จึงไม่มีแฟ้มกฎ".to_owned(),
        ErrorCode::ChangePath => format!("`{field}` ไม่ใช่ที่อยู่ของตาราง"),
        ErrorCode::UnknownTable => format!("ไม่มีตาราง `{field}`"),
        ErrorCode::UnknownColumn if field.is_empty() => "ไม่มีสดมภ์นี้".to_owned(),
        ErrorCode::UnknownColumn => format!("ไม่มีสดมภ์ `{field}`"),
        ErrorCode::SeveralColumns => format!("`{field}` มีหลายสดมภ์ ต้องระบุให้ชัด"),
        ErrorCode::ChangeValue => format!("`{value}` ใส่ใน `{field}` ไม่ได้"),
        ErrorCode::RulebookFull => format!("เปลี่ยน `{field}` ไม่ได้ เพราะชุดกฎหมายเต็มแล้ว"),
        ErrorCode::PlanInput if field.is_empty() => "ข้อมูลที่ให้กับแผนใช้ไม่ได้".to_owned(),
        ErrorCode::PlanInput => format!("ข้อมูลของแผนที่ `{field}` ใช้ไม่ได้"),
        ErrorCode::NotJson => "ข้อความนี้ไม่ใช่ JSON".to_owned(),
        ErrorCode::NotADecision => "ข้อความนี้ไม่ใช่ผลการวินิจฉัยของรุ่นนี้".to_owned(),
        ErrorCode::DuplicateName => format!("`{field}` ถูกให้มาสองครั้ง"),
        ErrorCode::TooDeep => "ข้อมูลซ้อนกันลึกเกินไป".to_owned(),
        ErrorCode::Contradiction => format!("`{field}` ขัดกับข้อเท็จจริงอื่นที่ให้มา"),
        ErrorCode::UnknownName => format!("ไม่มีชื่อ `{value}`"),
        ErrorCode::ColumnTwice | ErrorCode::FactTwice => format!("`{field}` ถูกให้มาสองครั้ง"),
        ErrorCode::UnknownReader => format!("ไม่มีวิธีอ่านชื่อ `{value}`"),
        ErrorCode::Frame if field.is_empty() => "ข้อมูลที่ให้มาใช้ไม่ได้".to_owned(),
        ErrorCode::Frame => format!("ข้อมูลที่ `{field}` ใช้ไม่ได้"),
    };
    if let Some(nearest) = nearest {
        said.push_str(&format!(" ชื่อที่ใกล้ที่สุดคือ `{nearest}`"));
    } else if let Some(expected) = expected.and_then(expected_th) {
        said.push_str(&format!(" ต้องเป็น{expected}"));
    }
    said
}

/// What was found, as far as it has a Thai name.
fn found_th(found: &str) -> String {
    let known = [
        ("the text ", "ข้อความ "),
        ("the number ", "ตัวเลข "),
        ("the boolean ", "ค่า "),
        ("a list", "รายการ"),
        ("an object", "วัตถุ"),
        ("null", "ค่าว่าง"),
    ];
    let start = known
        .iter()
        .find_map(|(english, thai)| found.strip_prefix(english).map(|rest| (thai, rest)));
    start.map_or_else(|| found.to_owned(), |(thai, rest)| format!("{thai}{rest}"))
}

/// The forms that facts have, by the beginning of what is said in English.
const EXPECTED: &[(&str, &str)] = &[
    ("true, false or null", "ใช่ ไม่ใช่ หรือไม่ทราบ"),
    ("a day such as", "วันที่ เช่น 22 พฤศจิกายน 2569 หรือ 2026-11-22"),
    ("a whole day", "วันที่ครบทั้งวัน เดือน ปี เช่น 22 พฤศจิกายน 2569 หรือ 2026-11-22"),
    ("a day", "วันที่ เช่น 22 พฤศจิกายน 2569 หรือ 2026-11-22"),
    ("a month", "เดือน เช่น 2026-03"),
    ("a fiscal year", "ปีงบประมาณ เช่น FY2567"),
    ("the code or name of a province", "รหัสหรือชื่อจังหวัด"),
    ("the code or name of a district", "รหัสหรือชื่ออำเภอ"),
    ("facts that can all be true", "ข้อเท็จจริงที่เป็นจริงพร้อมกันได้"),
    ("each name once", "ชื่อละครั้งเดียว"),
    ("a code of the list", "คำตอบในรายการ"),
    ("a code", "คำตอบในรายการ"),
    ("a whole number", "จำนวนเต็ม"),
    ("an amount", "จำนวนเงินเป็นบาท เช่น 875.00"),
    ("a list of amounts", "รายการจำนวนเงิน เดือนล่าสุดอยู่ท้าย"),
    ("a list of jobs", "รายการงาน (ว่างได้หากไม่มีงาน)"),
    ("a province", "รหัสจังหวัดสองหลัก"),
    ("a district", "รหัสอำเภอสี่หลัก"),
    ("the name of a fact", "ชื่อของข้อเท็จจริง"),
    ("an object", "วัตถุ JSON"),
    ("one JSON object", "วัตถุ JSON หนึ่งชิ้น"),
    ("13 digits", "เลข 13 หลัก ซึ่งหลักสุดท้ายใช้ตรวจหลักอื่น"),
    ("text", "ข้อความ"),
];

fn expected_th(expected: &str) -> Option<&'static str> {
    let found = EXPECTED.iter().find(|(english, _)| expected.starts_with(english));
    found.map(|(_, thai)| *thai)
}
