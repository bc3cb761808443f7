//! The rulebook as it is compiled: what can be evaluated, and what is said about it.

mod codes;
mod ids;
mod interview;
mod law;
mod people;
mod registers;

use serde::{Deserialize, Serialize};

pub use codes::*;
pub use ids::*;
pub use interview::*;
pub use law::*;
pub use people::*;
pub use registers::*;

use crate::criterion::{NameId, OpenId, Program};
use crate::facts::Places;
use crate::plan::{Plan, Scale};
use crate::values::{Date, Text};

/// A whole rulebook, checked and compiled.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Book {
    /// What can be evaluated.
    pub program: Program,
    /// What the parts of the law that nobody has read are about, by their number.
    pub open: Vec<OpenInfo>,
    /// The rule files.
    pub files: Vec<FileInfo>,
    /// The clause versions, by the number of their name.
    pub clauses: Vec<ClauseInfo>,
    /// The rules.
    pub rules: Vec<Rule>,
    /// The amounts.
    pub amounts: Vec<Amount>,
    /// The periods, by number.
    pub periods: Vec<PeriodInfo>,
    /// The tables.
    pub tables: Vec<TableInfo>,
    /// The citations.
    pub cites: Vec<Cite>,
    /// The instruments.
    pub instruments: Vec<Instrument>,
    /// The sources.
    pub sources: Vec<Source>,
    /// The labels of the codes, by list and code as in the layout.
    pub labels: Vec<Vec<Words>>,
    /// The questions.
    pub questions: Vec<Question>,
    /// The screens of an interview.
    pub screens: Vec<Screen>,
    /// How an interview asks for facts.
    pub askings: Vec<Asking>,
    /// What settles a scheme first, by the id of its file.
    pub first: Vec<(Text, Vec<Text>)>,
    /// The sentences of the engine, by id.
    pub sentences: Vec<(Text, Words)>,
    /// The agencies.
    pub agencies: Vec<Agency>,
    /// The community bodies.
    pub community: Vec<CommunityBody>,
    /// The forms.
    pub forms: Vec<Form>,
    /// The offices.
    pub offices: Vec<Office>,
    /// The provinces.
    pub provinces: Vec<ProvinceInfo>,
    /// The districts.
    pub districts: Vec<DistrictInfo>,
    /// The areas of agencies.
    pub areas: Vec<AreaInfo>,
    /// The order in which kinds of complaint lead.
    pub precedence: Precedence,
    /// The kinds of complaint that are not encoded yet.
    pub other_kinds: Vec<OtherKind>,
    /// What is said of them.
    pub other_kinds_say: Words,
    /// The years whose closing days are projected, no list having been read.
    pub projected_years: Vec<i32>,
    /// The plans.
    pub plans: Vec<Plan>,
    /// The scales by which a user may score.
    pub scales: Vec<Scale>,
    /// The day someone last compared the rulebook with the law: the latest of its files.
    pub checked_on: Option<Date>,
    /// Further names of provinces and districts: the code, and a name.
    pub place_aliases: Vec<(Text, Text)>,
}

impl Book {
    /// Lends the names of places to the reader of facts: the labels of their codes, which pages and phones carry too.
    pub(super) fn lend_names(&mut self) {
        fn named<'b>(book: &'b Book, list: &str) -> impl Iterator<Item = (&'b Text, [&'b Text; 2])> {
            let number = book.program.layout.list_number(list).map(usize::from);
            let codes = number.and_then(|number| book.program.layout.lists.get(number));
            let labels = number.and_then(|number| book.labels.get(number));
            let codes = codes.map_or(&[][..], |list| list.codes.as_slice());
            let labels = labels.map_or(&[][..], Vec::as_slice);
            codes.iter().zip(labels).map(|(code, label)| (code, [&label.th, &label.en]))
        }
        let places = Places::new(named(self, "province"), named(self, "district"), &self.place_aliases);
        self.program.layout.places = places;
    }

    /// The clause version of that number.
    #[must_use]
    pub fn clause(&self, number: NameId) -> Option<&ClauseInfo> {
        self.clauses.get(usize::from(number))
    }

    /// What is open under that number.
    #[must_use]
    pub fn open(&self, number: OpenId) -> Option<&OpenInfo> {
        self.open.get(usize::from(number))
    }

    /// A citation as decisions write it: `instrument/place`.
    #[must_use]
    pub fn cited(&self, cite: &Cite) -> Text {
        let instrument = self.instruments.get(usize::from(cite.instrument));
        let instrument = instrument.map_or_else(Text::default, |instrument| instrument.id.clone());
        if cite.place.is_empty() {
            instrument
        } else {
            format!("{instrument}/{}", cite.place).into()
        }
    }

    /// The file of that number.
    #[must_use]
    pub fn file(&self, number: FileId) -> Option<&FileInfo> {
        self.files.get(usize::from(number))
    }

    /// The file of that id.
    #[must_use]
    pub fn file_number(&self, id: &str) -> Option<FileId> {
        self.files
            .iter()
            .position(|file| file.id == id)
            .and_then(|number| FileId::try_from(number).ok())
    }

    /// A fixed sentence; nothing where the rulebook has no such words.
    #[must_use]
    pub fn sentence(&self, sentence: super::Sentence) -> Option<&Words> {
        self.words_of(sentence.id())
    }

    /// The words of the vocabulary of the engine under that id.
    #[must_use]
    pub fn words_of(&self, id: &str) -> Option<&Words> {
        self.sentences.iter().find(|(name, _)| name == id).map(|(_, words)| words)
    }

    /// The agency of that id.
    #[must_use]
    pub fn agency(&self, id: &str) -> Option<&Agency> {
        self.agencies.iter().find(|agency| agency.id == id)
    }
}
