//! Scores rolled up by weight. An indicator without a score is named, and is zero only where the user says so.

use super::input::MissingScore;
use super::number::{Decimal, NumberError, Ratio};
use super::scorecard::{Because, RowStatus, ScorecardRow, Total};

/// To how many decimals a total is rounded, at the end only.
const TOTAL_DECIMALS: u8 = 4;

/// The total of some rows.
///
/// # Errors
/// The numbers are too large.
pub(crate) fn total<'r>(rows: impl Iterator<Item = &'r ScorecardRow>, missing: MissingScore) -> Result<Total, NumberError> {
    let (mut scored, mut counted, mut left_out, mut sum) = (Ratio::ZERO, Ratio::ZERO, Ratio::ZERO, Ratio::ZERO);
    let (mut without_score, mut withdrawn, mut without_weight) = (Vec::new(), Vec::new(), Vec::new());
    let mut scales: Vec<&str> = Vec::new();
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
                sum = sum.plus(weight.times(score.exact())?)?;
                if let Some(scale) = row.scale.as_deref().filter(|scale| !scales.contains(scale)) {
                    scales.push(scale);
                }
            }
            None => without_score.push(id()),
        }
    }
    let mean = |weight: Ratio| {
        let known = scales.len() == 1 && weight > Ratio::ZERO;
        known.then(|| sum.over(weight)?.round(TOTAL_DECIMALS)).transpose()
    };
    let why_no_score = if counted == Ratio::ZERO {
        Some(Because::NoWeights)
    } else if scales.len() > 1 {
        Some(Because::DifferentScales)
    } else if scales.is_empty() || (!without_score.is_empty() && missing == MissingScore::Open) {
        Some(Because::ScoresMissing)
    } else {
        None
    };
    let coverage = (counted > Ratio::ZERO)
        .then(|| scored.times(Ratio::whole(100))?.over(counted)?.round(2))
        .transpose()?;
    Ok(Total {
        score: if why_no_score.is_none() { mean(counted)? } else { None },
        why_no_score,
        score_of_covered: mean(scored)?,
        coverage,
        weight_scored: scored.round(TOTAL_DECIMALS)?,
        weight_counted: counted.round(TOTAL_DECIMALS)?,
        weight_withdrawn: left_out.round(TOTAL_DECIMALS)?,
        missing,
        without_score,
        withdrawn,
        without_weight,
    })
}
