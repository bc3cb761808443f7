//! What a page and a phone carry.

use super::{Book, Words};
use crate::values::Text;

impl Book {
    /// The same book without what no decision shows: the bibliography and its titles, where names of offices were read, short labels
    /// of questions, and names of places that stand among the labels of the codes as well.
    #[must_use]
    pub fn stripped(mut self) -> Self {
        self.sources.clear();
        for province in &mut self.provinces {
            province.name = Words::default();
            province.region.th = Text::default();
        }
        self.districts.clear();
        for instrument in &mut self.instruments {
            instrument.title = Words::default();
        }
        for question in &mut self.questions {
            question.label = Words::default();
        }
        for office in &mut self.offices {
            office.source = Text::default();
        }
        for area in &mut self.areas {
            area.source = Text::default();
        }
        self
    }
}
