//! The labels of everything that facts and decisions name.

use serde::Serialize;

use crate::error::Error;
use crate::facts::FactKind;

use crate::labels::{CodeLabel, alike};
use crate::law::Law;
use crate::rulebook::{Scheme, Sentence};
use crate::values::{Date, Text, nearest};

/// An agency or a community body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AgencyLabel {
    /// Its code.
    pub code: Text,
    /// Its name in Thai.
    pub th: Text,
    /// Its name in English.
    pub en: Text,
    /// Its numbers.
    pub call: Vec<Text>,
    /// Its site.
    pub site: Option<Text>,
}

/// An instrument that is cited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct InstrumentLabel {
    /// The name by which citations call it, before the `/`.
    pub code: Text,
    /// Its title in Thai.
    pub th: Text,
    /// Its title in English.
    pub en: Text,
    /// Its kind, a code of the list `instrument_kind`.
    pub kind: Text,
    /// The day of the Gazette, where it was read.
    pub gazette: Option<Date>,
    /// The day on which it came into force, where it was read.
    pub in_force: Option<Date>,
}

/// A source in which something was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SourceLabel {
    /// The mark by which places of citations call it, such as `CS45`.
    pub code: Text,
    /// What it is.
    pub title: Text,
    /// Where it is.
    pub url: Text,
}

/// A fact that may be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FactLabel {
    /// Its name, such as `birth_date`, `job.employer` or `member.sso_39`.
    pub code: Text,
    /// What tables call it, in Thai.
    pub th: Text,
    /// What tables call it, in English.
    pub en: Text,
    /// The list of codes that its value is one of: a list of [`Law::codes`].
    pub list: Option<Text>,
}

/// The list of what may be answered to a question of yes or no, which is no list of codes.
const ANSWER: &str = "answer";

impl Law {
    /// The codes of a list with their labels, in the order of the list: `employer`, `membership`, `status` … `answer` is what a form
    /// shows beside a question of yes or no.
    ///
    /// # Errors
    /// [`Error::Unknown`] where there is no such list, with the nearest.
    ///
    /// # Example
    /// ```
    /// use sitthi::{Date, Rulebook};
    /// let law = Rulebook::built_in().on(Date::parse("2026-11-22")?);
    /// assert_eq!(law.codes("nationality")?[0].th, "สัญชาติไทย");
    /// assert!(law.codes("employr").is_err());
    /// # Ok::<(), sitthi::Error>(())
    /// ```
    pub fn codes(&self, list: &str) -> Result<Vec<CodeLabel>, Error> {
        if list == ANSWER {
            let answers = [
                ("yes", Sentence::AnswerYes),
                ("no", Sentence::AnswerNo),
                ("unknown", Sentence::AnswerUnknown),
                ("skip", Sentence::AnswerSkip),
            ];
            let labels = answers.map(|(code, said)| CodeLabel::of(&code.into(), self.book().say(said, &[])));
            return Ok(labels.into());
        }
        self.book().labels_of(list).ok_or_else(|| Error::Unknown {
            what: "code list",
            name: list.to_owned(),
            nearest: nearest(list, self.code_lists().iter().map(Text::as_str)).map(str::to_owned),
        })
    }

    /// The names of the lists that [`Law::codes`] takes.
    #[must_use]
    pub fn code_lists(&self) -> Vec<Text> {
        let lists = self.book().program.layout.lists.iter().map(|list| list.id.clone());
        lists.chain([ANSWER.into()]).collect()
    }

    /// The provinces by their codes.
    #[must_use]
    pub fn provinces(&self) -> Vec<CodeLabel> {
        self.book().labels_of("province").unwrap_or_default()
    }

    /// The districts of a province by their codes.
    ///
    /// # Errors
    /// [`Error::Unknown`] where there is no province of that code, with the code whose name is nearest.
    pub fn districts(&self, province: &str) -> Result<Vec<CodeLabel>, Error> {
        let provinces = self.provinces();
        if !provinces.iter().any(|known| known.code == *province) {
            let named = |label: &CodeLabel| label.th == *province || label.en == *province;
            return Err(Error::Unknown {
                what: "province code",
                name: province.to_owned(),
                nearest: provinces.iter().find(|label| named(label)).map(|label| label.code.to_string()),
            });
        }
        let mut districts = self.book().labels_of("district").unwrap_or_default();
        districts.retain(|district| district.code.starts_with(province));
        Ok(districts)
    }

    /// The schemes that decisions name, with their options.
    #[must_use]
    pub fn schemes(&self) -> Vec<CodeLabel> {
        let book = self.book();
        let label = |scheme: &Scheme| {
            let file = book.file(scheme.file)?;
            let option = scheme.option.and_then(|option| file.memberships.get(usize::from(option)));
            let name = option.map_or_else(
                || file.name.clone(),
                |option| {
                    let with = [("name", &file.name), ("options", &alike(option.option.clone()))];
                    book.say(Sentence::Options, &with)
                },
            );
            Some(CodeLabel::of(&scheme.id, name))
        };
        self.rulebook().schemes().iter().filter_map(label).collect()
    }

    /// The rule files by their ids, the kinds of complaint that have no file of their own, and the plans.
    #[must_use]
    pub fn files(&self) -> Vec<CodeLabel> {
        let book = self.book();
        let files = book.files.iter().map(|file| CodeLabel::of(&file.id, file.name.clone()));
        let kinds = book.other_kinds.iter().map(|kind| CodeLabel::of(&kind.id, kind.name.clone()));
        let plans = book.plans.iter().map(|plan| CodeLabel {
            code: plan.id.as_str().into(),
            th: plan.title.th.as_str().into(),
            en: plan.title.en.as_deref().unwrap_or(&plan.title.th).into(),
        });
        files.chain(kinds).chain(plans).collect()
    }

    /// The facts that may be told, by the names under which rule files and frames know them, with the list of their codes; empty where the
    /// rulebook is one for a page or a phone, whose forms ask whole questions.
    ///
    /// # Example
    /// ```
    /// use sitthi::{Date, Rulebook};
    /// let facts = Rulebook::built_in().on(Date::parse("2026-11-22")?).facts();
    /// let sector = facts.iter().find(|fact| *fact.code == *"job.sector");
    /// assert_eq!(sector.and_then(|fact| fact.list.as_deref()), Some("sector"));
    /// # Ok::<(), sitthi::DateError>(())
    /// ```
    #[must_use]
    pub fn facts(&self) -> Vec<FactLabel> {
        let book = self.book();
        let layout = &book.program.layout;
        let labels = layout.facts.iter().filter_map(|fact| {
            let label = book.fact_label(&fact.name)?;
            let list = fact
                .list
                .filter(|_| fact.kind == FactKind::Code || fact.kind == FactKind::Province || fact.kind == FactKind::District);
            Some(FactLabel {
                code: fact.name.clone(),
                th: label.th,
                en: label.en,
                list: list
                    .and_then(|list| layout.lists.get(usize::from(list)))
                    .map(|list| list.id.clone()),
            })
        });
        labels.collect()
    }

    /// The agencies and community bodies that decisions name, with their numbers.
    #[must_use]
    pub fn agencies(&self) -> Vec<AgencyLabel> {
        let book = self.book();
        let agencies = book.agencies.iter().map(|agency| AgencyLabel {
            code: agency.id.clone(),
            th: agency.name.th.clone(),
            en: agency.name.en.clone(),
            call: agency.call.clone(),
            site: agency.site.clone(),
        });
        let bodies = book.community.iter().map(|body| AgencyLabel {
            code: body.id.clone(),
            th: body.name.th.clone(),
            en: body.name.en.clone(),
            call: Vec::new(),
            site: None,
        });
        agencies.chain(bodies).collect()
    }

    /// The instruments that citations name, with their titles; empty where the rulebook is one for a page or a phone, which carries no
    /// bibliography.
    #[must_use]
    pub fn instruments(&self) -> Vec<InstrumentLabel> {
        let titled = self.book().instruments.iter().filter(|one| !one.title.th.is_empty());
        let labels = titled.map(|one| InstrumentLabel {
            code: one.id.clone(),
            th: one.title.th.clone(),
            en: one.title.en.clone(),
            kind: one.kind.clone(),
            gazette: one.gazette,
            in_force: one.in_force,
        });
        labels.collect()
    }

    /// The sources in which the law was read, with their addresses; empty as [`Law::instruments`].
    #[must_use]
    pub fn sources(&self) -> Vec<SourceLabel> {
        let sources = self.book().sources.iter().map(|source| SourceLabel {
            code: source.id.clone(),
            title: source.title.clone(),
            url: source.url.clone(),
        });
        sources.collect()
    }
}
