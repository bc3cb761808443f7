//! Scores a plan.

use super::Law;
use crate::error::Error;
use crate::plan::{Plan, PlanInput, Scorecard, score};
use crate::rulebook::Rulebook;
use crate::values::nearest;

impl Rulebook {
    /// The plan of that id: its structure, indicators with their series, targets and scales.
    ///
    /// # Errors
    /// [`Error::Unknown`] where there is none, with the nearest id.
    ///
    /// # Example
    /// ```
    /// let rulebook = sitthi::Rulebook::built_in();
    /// let plan = rulebook.plan("p2_informal")?;
    /// assert_eq!((plan.from_year, plan.strategies.len()), (2560, 3));
    /// assert!(plan.to_json().starts_with(r#"{"id":"p2_informal""#));
    /// # Ok::<(), sitthi::Error>(())
    /// ```
    pub fn plan(&self, id: &str) -> Result<&Plan, Error> {
        let plans = &self.book().plans;
        plans.iter().find(|plan| plan.id == id).ok_or_else(|| Error::Unknown {
            what: "plan",
            name: id.to_owned(),
            nearest: nearest(id, plans.iter().map(|plan| plan.id.as_str())).map(str::to_owned),
        })
    }
}

impl Law {
    /// The plan of that id.
    ///
    /// # Errors
    /// [`Error::Unknown`] where there is none, with the nearest id.
    pub fn plan(&self, id: &str) -> Result<&Plan, Error> {
        self.rulebook().plan(id)
    }

    /// Scores a plan on published figures, with the targets and values that a user gives as a JSON object (`{}` for none).
    ///
    /// # Errors
    /// A plan that is not there, and input that cannot be read, with its place.
    ///
    /// # Example
    /// ```
    /// use sitthi::{Date, Rulebook};
    /// let law = Rulebook::built_in().on(Date::parse("2026-11-22")?);
    /// let scorecard = law.score("p2_informal", "{}")?;
    /// assert!(scorecard.to_json().contains("no_target"));
    /// assert!(law.score("p9", "{}").is_err());
    /// # Ok::<(), sitthi::Error>(())
    /// ```
    pub fn score(&self, plan: &str, input: &str) -> Result<Scorecard, Error> {
        let plan = self.plan(plan)?;
        let areas = self.book().plan_areas();
        let input = PlanInput::from_json(plan, &areas, input)?;
        Ok(score(plan, &areas, &input, self.day())?)
    }
}
