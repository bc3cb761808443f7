//! The areas that values of plans may be of.

use super::Book;
use crate::plan::Areas;

impl Book {
    /// The areas that values of plans may be of, with the names by which people call them.
    #[must_use]
    pub fn plan_areas(&self) -> Areas<'_> {
        let lists = &self.program.layout.lists;
        let list = |id: &str| lists.iter().position(|list| list.id == *id);
        let codes = |id: &str| list(id).and_then(|number| lists.get(number)).map_or(&[][..], |list| &list.codes);
        let named = |id: &'static str| {
            let labels = list(id).and_then(|number| self.labels.get(number)).map_or(&[][..], Vec::as_slice);
            codes(id)
                .iter()
                .zip(labels)
                .flat_map(|(code, label)| [(&*label.th, &**code), (&*label.en, &**code)])
        };
        Areas::new(
            self.provinces.iter().map(|province| (&*province.code, &*province.region.en)),
            codes("district").iter().map(|code| &**code),
            named("province").chain(named("district")),
        )
    }
}
