//! What a page and a phone carry.

use super::{Book, Words};
use crate::values::Text;

impl Book {
    /// The same book without what no decision shows: the bibliography and its titles, where names of offices were read, short labels
    /// of questions, the wording of a plan's aims, and names of places that stand among the labels of the codes as well.
    #[must_use]
    pub fn stripped(mut self) -> Self {
        self.sources.clear();
        self.provinces.clear();
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
        for plan in &mut self.plans {
            plan.dates.clear();
            plan.objectives.clear();
            plan.vision = None;
        }
        self
    }
}
