//! Counts and weights by group.

use std::collections::HashSet;

use sitthi::population::{Grouping, Groups, PopulationError, Run, Weights};

use crate::arrow::{self, Out, OutValues};
use crate::assess::{Job, STATUSES};
use crate::column::{Bad, Held, HeldBits, fold, get, plain, validity};
use crate::fault::Refused;
use crate::watch::Watch;

/// How rows are grouped and weighed.
pub struct Grouped<'t> {
    names: Vec<String>,
    keys: Vec<(Held<'t>, Option<HeldBits<'t>>)>,
    labels: Vec<Vec<Option<String>>>,
    weights: Option<Weighing<'t>>,
}

pub enum Weighing<'t> {
    Floats(Held<'t>),
    Whole(Held<'t>),
}

impl Weighing<'_> {
    fn weights(&self) -> Weights<'_> {
        match self {
            Self::Floats(held) => match held.data() {
                sitthi::population::Data::F64(values) => Weights::Floats(values),
                _ => Weights::Floats(&[]),
            },
            Self::Whole(held) => match held.data() {
                sitthi::population::Data::I64(values) => Weights::Whole(values),
                _ => Weights::Whole(&[]),
            },
        }
    }

    fn of(&self, row: usize) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a sum of weights is told as a float")]
        match self {
            Self::Floats(held) => held.float(row).unwrap_or(0.0),
            Self::Whole(held) => held.whole(row).unwrap_or(0) as f64,
        }
    }
}

/// The lines of a tally, long: group, scheme, status, rows, weight.
#[derive(Default)]
pub struct Lines {
    groups: Vec<Vec<u32>>,
    schemes: Vec<u32>,
    statuses: Vec<u32>,
    pub rows: Vec<i64>,
    weights: Vec<f64>,
    scheme_names: Vec<String>,
}

/// The labels of a group, its keys and its cell.
type Group<'g> = (Vec<Option<&'g str>>, Vec<usize>, usize);

impl Lines {
    pub fn columns(self, groups: Option<&Grouped<'_>>) -> Vec<Out> {
        let mut columns = Vec::new();
        if let Some(groups) = groups {
            for ((name, labels), keys) in groups.names.iter().zip(&groups.labels).zip(self.groups) {
                let labels: Vec<String> = labels.iter().map(|label| label.clone().unwrap_or_default()).collect();
                columns.push(Out {
                    name: name.clone(),
                    values: OutValues::Texts(keys.into(), labels.into()),
                });
            }
        }
        let statuses: Vec<String> = STATUSES
            .iter()
            .map(|status| (*status).to_owned())
            .chain(["not_assessed".to_owned()])
            .collect();
        columns.push(Out {
            name: "scheme".to_owned(),
            values: OutValues::Texts(self.schemes.into(), self.scheme_names.into()),
        });
        columns.push(Out {
            name: "status".to_owned(),
            values: OutValues::Texts(self.statuses.into(), statuses.into()),
        });
        columns.push(Out {
            name: "rows".to_owned(),
            values: OutValues::Whole(self.rows.into()),
        });
        if groups.is_some_and(|groups| groups.weights.is_some()) {
            columns.push(Out {
                name: "weight".to_owned(),
                values: OutValues::Floats(self.weights.into()),
            });
        }
        columns
    }
}

impl<'t> Job<'t> {
    /// Folds the columns of the group, and checks the weights.
    pub fn groups(&mut self, by: &[usize], weights: Option<usize>) -> Result<Grouped<'t>, Refused> {
        let mut grouped = Grouped {
            names: Vec::new(),
            keys: Vec::new(),
            labels: Vec::new(),
            weights: None,
        };
        for place in by {
            let Some(field) = self.table.fields.get(*place) else { continue };
            let folded = fold(&self.table.column(*place), field).map_err(|_| {
                Refused::wrong_type(
                    &field.name,
                    field.kind.name(),
                    "a column of text, numbers, dates or booleans to group by",
                )
            })?;
            grouped.names.push(field.name.clone());
            grouped
                .labels
                .push(folded.values.iter().map(|value| value.map(|value| value.shown())).collect());
            grouped.keys.push((folded.keys, folded.validity));
        }
        let Some(place) = weights else { return Ok(grouped) };
        let Some(field) = self.table.fields.get(place) else {
            return Ok(grouped);
        };
        let chunks = self.table.column(place);
        if field.dictionary.is_some() || !matches!(field.kind.name(), "whole numbers" | "floats") {
            return Err(Refused::wrong_type(
                &field.name,
                field.kind.name(),
                "weights: numbers, none of them negative or null",
            ));
        }
        let (held, known) = (plain(&chunks)?, validity(&chunks)?);
        let floats = field.kind.name() == "floats";
        let valid = |row: &usize| known.as_ref().is_none_or(|known| get(&known.bits(), *row));
        let bad = |row: &usize| {
            let weight = if floats {
                held.float(*row).is_some_and(|weight| weight >= 0.0 && weight.is_finite())
            } else {
                held.whole(*row).is_some_and(|weight| weight >= 0)
            };
            !weight || !valid(row)
        };
        let refused: Vec<usize> = (0..self.table.rows).filter(bad).collect();
        self.given.bad.extend(refused.iter().map(|row| Bad {
            row: *row,
            fact: field.name.clone(),
            value: if valid(row) { held.shown(*row) } else { "null".to_owned() },
            reason: "a weight was expected: a number that is not negative".to_owned(),
        }));
        let of = |row: usize| held.float(row).unwrap_or(0.0);
        let whole = |row: usize| held.whole(row).unwrap_or(0);
        let rows = 0..self.table.rows;
        grouped.weights = Some(match (floats, field.kind) {
            // A row whose weight cannot be weighs nothing.
            _ if !refused.is_empty() => {
                let refused: HashSet<usize> = refused.into_iter().collect();
                let weighs = |row: &usize| !refused.contains(row);
                if floats {
                    Weighing::Floats(Held::F64(rows.map(|row| if weighs(&row) { of(row) } else { 0.0 }).collect()))
                } else {
                    Weighing::Whole(Held::I64(rows.map(|row| if weighs(&row) { whole(row) } else { 0 }).collect()))
                }
            }
            (true, arrow::Kind::F64) => Weighing::Floats(held),
            (true, _) => Weighing::Floats(Held::F64(rows.map(of).collect())),
            (false, arrow::Kind::I64) => Weighing::Whole(held),
            (false, _) => Weighing::Whole(Held::I64(rows.map(whole).collect())),
        });
        Ok(grouped)
    }

    /// How many rows, and what weight, have each status by group.
    pub fn tally(&mut self, watch: &Watch, grouped: &Grouped<'t>) -> Result<Lines, PopulationError> {
        let schemes = self.book.schemes().len();
        let sizes: Vec<usize> = grouped.labels.iter().map(Vec::len).collect();
        let cells = sizes
            .iter()
            .fold(1_usize, |cells, size| cells.saturating_mul(size.saturating_add(1)));
        let early = self.days.is_some()
            || self.book.schemes().iter().any(|scheme| {
                self.book
                    .book()
                    .file(scheme.file)
                    .is_some_and(|file| self.day.is_some_and(|day| day < file.since))
            });
        let spans = self.given.filled.iter().any(|filled| filled.spans.is_some());
        let plan = self.plan()?;
        // The engine's own tally, in the same pass, where no row needs another look.
        if !early && !spans && self.given.bad.is_empty() {
            let by = grouped.keys.iter().zip(&sizes).map(|((keys, known), groups)| Grouping {
                keys: keys.data(),
                validity: known.as_ref().map(HeldBits::bits),
                groups: *groups,
            });
            let groups = Groups {
                by: by.collect(),
                weights: grouped.weights.as_ref().map(Weighing::weights),
            };
            let progress = |done: usize| watch.tell(done);
            let run = Run {
                threads: self.threads,
                progress: Some(&progress),
                cancel: Some(&watch.cancel),
                most_bad: usize::MAX,
                tally: Some(&groups),
                only_tally: true,
                ..Run::default()
            };
            let outcome = plan.run(&self.population(), &run)?;
            if outcome.bad.is_empty() {
                let tables = outcome
                    .tallies
                    .iter()
                    .take(schemes)
                    .map(|tally| (tally.codes, tally.counts.clone(), tally.weights.clone()));
                return Ok(self.lines(grouped, &sizes, cells, tables.collect()));
            }
        }
        let (codes, _) = self.assess(watch, false)?;
        let width = STATUSES.len().saturating_add(1);
        let mut tables = vec![
            (
                width,
                vec![0_u64; cells.saturating_mul(width)],
                vec![0.0_f64; cells.saturating_mul(width)]
            );
            schemes
        ];
        for row in 0..self.table.rows {
            let cell = grouped.keys.iter().zip(&sizes).fold(0_usize, |cell, ((keys, known), size)| {
                let valid = known.as_ref().is_none_or(|bits| get(&bits.bits(), row));
                let key = keys
                    .whole(row)
                    .filter(|_| valid)
                    .and_then(|key| usize::try_from(key).ok())
                    .unwrap_or(*size);
                cell.saturating_mul(size.saturating_add(1)).saturating_add(key.min(*size))
            });
            let weight = grouped.weights.as_ref().map_or(0.0, |weights| weights.of(row));
            for (codes, (_, counts, weights)) in codes.iter().zip(&mut tables) {
                let code = codes.get(row).map_or(STATUSES.len(), |code| usize::from(*code).min(STATUSES.len()));
                let place = cell.saturating_mul(width).saturating_add(code);
                if let (Some(count), Some(sum)) = (counts.get_mut(place), weights.get_mut(place)) {
                    *count = count.saturating_add(1);
                    *sum += weight;
                }
            }
        }
        Ok(self.lines(grouped, &sizes, cells, tables))
    }

    fn lines(&self, grouped: &Grouped<'_>, sizes: &[usize], cells: usize, tables: Vec<(usize, Vec<u64>, Vec<f64>)>) -> Lines {
        let mut lines = Lines {
            groups: vec![Vec::new(); sizes.len()],
            ..Lines::default()
        };
        lines.scheme_names = self.book.schemes().iter().map(|scheme| scheme.id.to_string()).collect();
        // The keys of each group, the first column varying slowest; key 0 of a folded column and all beyond stand for null.
        let keys_of = |cell: usize| {
            let mut rest = cell;
            let step = |size: &usize| {
                let width = size.saturating_add(1);
                let key = rest.checked_rem(width).unwrap_or(0);
                rest = rest.checked_div(width).unwrap_or(0);
                key
            };
            let mut keys: Vec<usize> = sizes.iter().rev().map(step).collect();
            keys.reverse();
            keys
        };
        let mut order: Vec<Group<'_>> = (0..cells)
            .filter(|cell| {
                tables.iter().any(|(width, counts, _)| {
                    (0..*width).any(|code| {
                        counts
                            .get(cell.saturating_mul(*width).saturating_add(code))
                            .is_some_and(|count| *count > 0)
                    })
                })
            })
            .map(|cell| {
                let keys = keys_of(cell);
                let labels = keys
                    .iter()
                    .zip(&grouped.labels)
                    .map(|(key, labels)| labels.get(*key).and_then(Option::as_deref))
                    .collect();
                (labels, keys, cell)
            })
            .collect();
        order.sort();
        for (labels, keys, cell) in order {
            for (scheme, (width, counts, weights)) in tables.iter().enumerate() {
                // Covered first, as the statuses are listed.
                for code in [2, 1, 0, 3, 4, 5] {
                    let place = cell.saturating_mul(*width).saturating_add(code);
                    let count = if code < *width {
                        counts.get(place).copied().unwrap_or(0)
                    } else {
                        0
                    };
                    if count == 0 {
                        continue;
                    }
                    for ((column, key), label) in lines.groups.iter_mut().zip(&keys).zip(&labels) {
                        column.push(if label.is_some() {
                            u32::try_from(*key).unwrap_or(u32::MAX)
                        } else {
                            u32::MAX
                        });
                    }
                    lines.schemes.push(u32::try_from(scheme).unwrap_or(u32::MAX));
                    lines.statuses.push(u32::try_from(code).unwrap_or(u32::MAX));
                    lines.rows.push(i64::try_from(count).unwrap_or(i64::MAX));
                    lines.weights.push(weights.get(place).copied().unwrap_or(0.0));
                }
            }
        }
        lines
    }
}
