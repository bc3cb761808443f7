//! Finds offices by place, and never guesses one.

use super::decision::OfficeShown;
use crate::criterion::Confidence;
use crate::facts::{FactId, Value};
use crate::law::Judge;
use crate::rulebook::TermPlace;

/// The code of a place fact, where it is known.
fn code(judge: &Judge<'_>, fact: FactId) -> Option<String> {
    let layout = &judge.book.program.layout;
    let Value::Code(index) = judge.subject().value(layout, fact, Some(0)) else {
        return None;
    };
    let list = layout.fact(fact)?.list?;
    layout.lists.get(usize::from(list))?.codes.get(usize::from(*index)).cloned()
}

/// The first known place: province and district.
pub(super) fn known(judge: &Judge<'_>, by: &[TermPlace]) -> Option<(String, Option<String>)> {
    by.iter().find_map(|place| {
        let district = place.district.and_then(|fact| code(judge, fact));
        let province = code(judge, place.province).or_else(|| district.as_ref().and_then(|district| district.get(..2)).map(str::to_owned));
        province.map(|province| (province, district))
    })
}

/// The office of an agency for a complaint.
pub(super) fn office(judge: &Judge<'_>, agency: &str, by: &[TermPlace]) -> OfficeShown {
    let book = judge.book;
    let show = book.agency(agency).map_or_else(Vec::new, |agency| agency.call.clone());
    let mut shown = OfficeShown {
        of: agency.to_owned(),
        area: Some("unresolved".to_owned()),
        province: None,
        district: None,
        th: None,
        en: None,
        phone: None,
        confidence: None,
        basis: None,
        why: None,
        show,
    };
    let Some((province, district)) = known(judge, by) else {
        shown.why = Some("no_place".to_owned());
        return shown;
    };
    let of_province = || {
        book.offices
            .iter()
            .filter(|office| office.agency == agency && office.province == province)
    };
    let area = district.as_ref().and_then(|district| {
        book.areas
            .iter()
            .find(|area| area.agency == agency && area.district == *district && area.confidence == Confidence::High)
    });
    let found = of_province().find(|office| office.area.is_none()).or_else(|| {
        let area = area?;
        of_province().find(|office| office.area.as_deref() == Some(area.area.as_str()))
    });
    shown.province = Some(province.clone());
    shown.district = district;
    match found {
        Some(office) => {
            shown.area.clone_from(&office.area);
            shown.th = Some(office.name.th.clone());
            shown.en = Some(office.name.en.clone());
            shown.phone.clone_from(&office.phone);
            shown.confidence = Some(office.confidence);
            shown.basis = Some(office.basis.clone());
        }
        None => shown.why = Some("no_area_table".to_owned()),
    }
    shown
}
