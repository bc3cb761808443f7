//! Finds offices by place, and never guesses one.

use super::decision::{Office, OfficeHint, UnresolvedOffice};
use crate::criterion::Confidence;
use crate::facts::{FactId, Scope, Value};
use crate::law::Assessment;
use crate::rulebook::TermPlace;
use crate::values::Text;

/// The code of a place fact, where it is known.
fn code(assessment: &Assessment<'_>, fact: FactId) -> Option<Text> {
    let layout = &assessment.book.program.layout;
    let Value::Code(index) = assessment.subject().value(layout, fact, Scope::Job(0)) else {
        return None;
    };
    let list = layout.fact(fact)?.list?;
    layout.lists.get(usize::from(list))?.codes.get(usize::from(*index)).cloned()
}

/// The first known place: province and district.
pub(super) fn known(assessment: &Assessment<'_>, by: &[TermPlace]) -> Option<(Text, Option<Text>)> {
    by.iter().find_map(|place| {
        let district = place.district.and_then(|fact| code(assessment, fact));
        let province =
            code(assessment, place.province).or_else(|| district.as_ref().and_then(|district| district.get(..2)).map(Into::into));
        province.map(|province| (province, district))
    })
}

/// The office of an agency for a complaint.
pub(super) fn office(assessment: &Assessment<'_>, agency: &str, by: &[TermPlace]) -> Office {
    let book = assessment.book;
    let show = book.agency(agency).map_or_else(Vec::new, |agency| agency.call.clone());
    let mut shown = Office {
        of: agency.into(),
        area: Some("unresolved".into()),
        province: None,
        district: None,
        th: None,
        en: None,
        phone: None,
        confidence: None,
        basis: None,
        why: None,
        hint: None,
        show,
    };
    let Some((province, district)) = known(assessment, by) else {
        shown.why = Some(UnresolvedOffice::NoPlace);
        return shown;
    };
    let of_province = || {
        book.offices
            .iter()
            .filter(|office| office.agency == agency && office.province == province)
    };
    let area = district
        .as_ref()
        .and_then(|district| book.areas.iter().find(|area| area.agency == agency && area.district == *district));
    let of_area = area.and_then(|area| of_province().find(|office| office.area.as_deref() == Some(area.area.as_str())));
    // An area that is not sure is a hint: nobody is sent there.
    let sure = area.is_some_and(|area| area.confidence == Confidence::High);
    let found = of_province().find(|office| office.area.is_none()).or(of_area.filter(|_| sure));
    shown.province = Some(province.clone());
    shown.district = district;
    match found {
        Some(office) => {
            shown.area.clone_from(&office.area);
            shown.th = Some(office.name.th.clone());
            shown.en = Some(office.name.en.clone());
            shown.phone.clone_from(&office.phone);
            shown.confidence = Some(office.confidence);
            shown.basis = Some(office.basis);
        }
        None => {
            let by_area = of_province().any(|office| office.area.as_deref().is_some_and(|area| area != HEADQUARTERS));
            shown.why = Some(if by_area {
                UnresolvedOffice::NoAreaTable
            } else {
                UnresolvedOffice::NoOffice
            });
            shown.hint = area.zip(of_area).map(|(area, office)| OfficeHint {
                area: area.area.clone(),
                th: office.name.th.clone(),
                en: office.name.en.clone(),
                confidence: area.confidence,
            });
        }
    }
    shown
}

/// Whether a plan has a community body in the known district (no proof that it works), or has none there; nothing where no plan was read.
pub(super) fn planned(assessment: &Assessment<'_>, body: &str, by: &[TermPlace]) -> Option<bool> {
    let (province, district) = known(assessment, by)?;
    let district = district?;
    let body = assessment.book.community.iter().find(|known| known.id == body)?;
    let plan = body.planned.iter().find(|plan| plan.province == province)?;
    if plan.without.contains(&district) {
        return Some(false);
    }
    plan.districts.contains(&district).then_some(true)
}

/// The area under which a headquarters stands: nobody is routed there.
const HEADQUARTERS: &str = "hq";

/// Whether an agency has offices in the provinces at all.
pub(super) fn has_offices(assessment: &Assessment<'_>, agency: &str) -> bool {
    assessment
        .book
        .offices
        .iter()
        .any(|office| office.agency == agency && office.area.as_deref() != Some(HEADQUARTERS))
}

/// Whether the district is still to be asked, since it decides which office of an agency it is.
pub(super) fn needs_district(assessment: &Assessment<'_>, agency: &str, by: &[TermPlace]) -> bool {
    let areas = || {
        assessment
            .book
            .areas
            .iter()
            .any(|area| area.agency == agency && area.confidence == Confidence::High)
    };
    let unresolved = || office(assessment, agency, by).why == Some(UnresolvedOffice::NoAreaTable);
    known(assessment, by).is_some_and(|(_, district)| district.is_none()) && areas() && unresolved()
}
