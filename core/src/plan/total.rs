//! Scores rolled up by weight. An indicator without a score is named, and is zero only where the user says so.

use super::input::MissingScore;
use super::model::Scale;
use super::number::{Decimal, NumberError, Ratio};
use super::scorecard::{Because, RowStatus, ScorecardRow, Total};

/// To how many decimals a total is rounded, at the end only.
const TOTAL_DECIMALS: u8 = 4;

/// Weighted scores added up: at the values as printed, and at both ends of what these may be.
#[derive(Clone, Copy)]
struct Sums {
    printed: Ratio,
    lowest: Ratio,
    highest: Ratio,
}

impl Sums {
    const NONE: Self = Self {
        printed: Ratio::ZERO,
        lowest: Ratio::ZERO,
        highest: Ratio::ZERO,
    };

    fn add(self, weight: Ratio, score: Decimal, between: Option<[Decimal; 2]>) -> Result<Self, NumberError> {
        let [one, other] = between.unwrap_or([score, score]);
        let weighted = |score: Decimal| weight.times(score.exact());
        Ok(Self {
            printed: self.printed.plus(weighted(score)?)?,
            lowest: self.lowest.plus(weighted(one.min(other))?)?,
            highest: self.highest.plus(weighted(one.max(other))?)?,
        })
    }

    /// The means by a weight: of the values as printed, and at the ends where these differ.
    fn over(self, weight: Ratio) -> Result<(Decimal, Option<[Decimal; 2]>), NumberError> {
        let mean = |sum: Ratio| sum.over(weight)?.round(TOTAL_DECIMALS);
        let (lowest, highest) = (mean(self.lowest)?, mean(self.highest)?);
        Ok((mean(self.printed)?, (lowest != highest).then_some([lowest, highest])))
    }
}

/// The total of some rows, whose scales are among `known`.
///
/// # Errors
/// The numbers are too large.
pub(crate) fn total<'r>(
    rows: impl Iterator<Item = &'r ScorecardRow>,
    known: &[Scale],
    missing: MissingScore,
) -> Result<Total, NumberError> {
    let (mut scored, mut counted, mut left_out, mut sums) = (Ratio::ZERO, Ratio::ZERO, Ratio::ZERO, Sums::NONE);
    let (mut without_score, mut withdrawn, mut without_weight) = (Vec::new(), Vec::new(), Vec::new());
    let mut scales: Vec<String> = Vec::new();
    for row in rows {
        let id = || row.indicator.clone();
        let weight = row.weight.map(Decimal::exact);
        if row.status == RowStatus::Withdrawn {
            withdrawn.push(id());
            left_out = left_out.plus(weight.unwrap_or(Ratio::ZERO))?;
            continue;
        }
        let Some(weight) = weight else {
            without_weight.push(id());
            continue;
        };
        counted = counted.plus(weight)?;
        match row.score {
            Some(score) => {
                scored = scored.plus(weight)?;
                sums = sums.add(weight, score, row.lead.as_ref().and_then(|lead| lead.score_between))?;
                if let Some(scale) = row.scale.as_ref().filter(|scale| !scales.contains(scale)) {
                    scales.push(scale.clone());
                }
            }
            None => without_score.push(id()),
        }
    }
    let one_scale = same_scores(&scales, known);
    let mean = |weight: Ratio| {
        let means = (one_scale && weight > Ratio::ZERO).then(|| sums.over(weight)).transpose()?;
        Ok::<_, NumberError>(means.map_or((None, None), |(mean, ends)| (Some(mean), ends)))
    };
    let why_no_score = if counted == Ratio::ZERO {
        Some(Because::NoWeights)
    } else if scales.len() > 1 && !one_scale {
        Some(Because::DifferentScales)
    } else if scales.is_empty() || (!without_score.is_empty() && missing == MissingScore::Open) {
        Some(Because::ScoresMissing)
    } else {
        None
    };
    let coverage = (counted > Ratio::ZERO)
        .then(|| scored.times(Ratio::whole(100))?.over(counted)?.round(2))
        .transpose()?;
    let (score, score_between) = if why_no_score.is_none() { mean(counted)? } else { (None, None) };
    let (score_of_covered, score_of_covered_between) = mean(scored)?;
    Ok(Total {
        score,
        score_between,
        why_no_score,
        score_of_covered,
        score_of_covered_between,
        coverage,
        weight_scored: scored.round(TOTAL_DECIMALS)?,
        weight_counted: counted.round(TOTAL_DECIMALS)?,
        scales,
        weight_withdrawn: left_out.round(TOTAL_DECIMALS)?,
        missing,
        without_score,
        withdrawn,
        without_weight,
    })
}

/// Whether there are scales, and all of them give the same scores: steps done and levels reached are both counted from 1 to 5.
fn same_scores(scales: &[String], known: &[Scale]) -> bool {
    let scores = |id: &String| known.iter().find(|scale| scale.id == *id).map(|scale| &scale.scores);
    let mut all = scales.iter().map(scores);
    let first = all.next();
    first.is_some_and(|first| scales.len() == 1 || (first.is_some() && all.all(|scores| scores == first)))
}
