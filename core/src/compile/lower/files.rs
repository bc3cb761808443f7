//! What a decision says of a rule file as a whole.

use super::builder::{Builder, Context};
use crate::compile::diagnostics::DiagnosticCode;
use crate::rulebook::{FileInfo, Membership, NoShare, Note, NoteStatus};

impl Builder<'_> {
    pub fn file_info(&mut self, number: usize) {
        let Some(rule_file) = self.rule_file(number) else { return };
        let at = self.file(number);
        let complaint = self.of_complaint(number);
        let plain = Context {
            file: number,
            option: None,
            job: complaint,
        };
        if let Some(agency) = &rule_file.authority {
            self.agency(number, agency, rule_file.line);
        }
        let memberships: Vec<Membership> = rule_file
            .options
            .iter()
            .enumerate()
            .map(|(option, (name, since))| Membership {
                id: self.membership(number, Some(option)).into(),
                option: name.as_str().into(),
                since: *since,
            })
            .collect();
        let registered = rule_file.registered.as_ref().map_or_else(Vec::new, |when| {
            let options: Vec<Option<usize>> = if rule_file.options.is_empty() {
                vec![None]
            } else {
                (0..rule_file.options.len()).map(Some).collect()
            };
            options
                .into_iter()
                .map(|option| {
                    let context = Context {
                        file: number,
                        option,
                        job: true,
                    };
                    let names_job = when.text.contains("job.");
                    let node = self.condition(if names_job { context } else { Context { job: false, ..context } }, when);
                    if names_job {
                        self.node(crate::criterion::Node::AnyJob(node))
                    } else {
                        node
                    }
                })
                .collect()
        });
        let no_share = rule_file.no_share.iter().map(|kept| NoShare {
            id: kept.id.as_str().into(),
            what: kept.what.iter().map(Into::into).collect(),
            with: kept.with.iter().map(Into::into).collect(),
            unless: kept.unless.as_ref().map(|when| self.condition(plain, when)),
            words: self.words(number, kept.line, "no_share", &kept.id, &kept.text),
            cites: self.registry.cite(&at, &kept.cite),
        });
        let no_share = no_share.collect();
        let notes = rule_file.notes.iter().map(|note| Note {
            id: note.id.as_str().into(),
            // A status that is none is a fault already.
            status: NoteStatus::of(&note.status).unwrap_or(NoteStatus::Open),
            as_of: note.as_of,
            words: self.words(number, rule_file.line, "notes", &note.id, &note.text),
            cites: self.registry.cite(&at, &note.cite),
        });
        let notes = notes.collect();
        let mut danger = Vec::with_capacity(rule_file.danger.len());
        for name in &rule_file.danger {
            match self.book.program.layout.fact_number(name) {
                Some(fact) => danger.push(fact),
                None => self.diagnose(
                    number,
                    rule_file.line,
                    DiagnosticCode::UnknownName,
                    format!("`{name}` is no fact"),
                    "a yes/no fact",
                ),
            }
        }
        let info = FileInfo {
            id: rule_file.id.as_str().into(),
            name: self.words(number, rule_file.line, "file", &rule_file.id, &rule_file.text),
            kind: rule_file.kind,
            authority: rule_file.authority.as_deref().map(Into::into),
            since: rule_file.since,
            checked_on: rule_file.checked_on,
            memberships,
            contingencies: rule_file.contingencies.iter().map(Into::into).collect(),
            registered,
            arises: rule_file.arises.as_ref().map(|when| self.condition(plain, when)),
            while_unknown: rule_file.while_unknown.clone(),
            levels: rule_file.levels.iter().map(Into::into).collect(),
            danger,
            no_share,
            notes,
        };
        self.book.files.push(info);
    }
}
