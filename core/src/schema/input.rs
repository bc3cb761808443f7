//! What is given to a plan. It is read by hand from JSON, so its declarations are written by hand; a test holds their keys to the reader's.

/// The declarations.
pub(super) const DECLARATIONS: &str = r"
/** An exact number: as text, as a whole number, or as a number of at most fifteen digits. */
export type Exact = string | number

/** A target of the user's own. */
export interface TargetInput {
  /** The value to reach. */
  value?: Exact | null
  /** The lower end of a range, instead of a value. */
  low?: Exact | null
  /** The upper end of a range. */
  high?: Exact | null
  /** Whether the value is said to be about so much: it then reaches as far as its last digit that is not zero, or as `precision` says. */
  approximate?: boolean | null
  /** What the value is printed to, such as 100000: it lies within half of that. */
  precision?: Exact | null
  /** The values that earn the scores of the scale, worst first. */
  breakpoints?: Exact[]
  /** The scale. */
  scale?: string | null
  /** Where the way to the target begins. */
  baseline?: Exact | BaselineInput | null
  /** The period, such as `2567`, `FY2567`, `2567-Q3` or `FY2567-M10`. */
  period?: string | null
  /** The day it was approved; of two targets of one period the later approved stands. */
  approved_on?: string | null
}

/** Where the way to a target begins; a rounded baseline is an interval. */
export interface BaselineInput {
  value: Exact
  low?: Exact | null
  high?: Exact | null
}

/** A value of the user's own: `value`, or `of` over `over`. */
export interface ValueInput {
  /** The value. */
  value?: Exact | null
  /** The numerator. */
  of?: Exact | null
  /** The denominator. */
  over?: Exact | null
  /** The period; the one asked about where there is none. */
  period?: string | null
  /** The code of the area, where values are given by area: `kingdom`, a region, a province or a district. */
  area?: string | null
  /** The day the value, or the numerator, is of. */
  as_of?: string | null
  /** The day the denominator is of, where it differs. */
  over_as_of?: string | null
  /** The day the value became known. */
  known_on?: string | null
  /** The lowest the true value may be. */
  low?: Exact | null
  /** The highest the true value may be. */
  high?: Exact | null
  /** Whether the value is said to be about so much: it then reaches as far as its last digit that is not zero, or as `precision` says. */
  approximate?: boolean | null
  /** What the value, or the numerator, is printed to, such as 100000: it lies within half of that. */
  precision?: Exact | null
  /** What the denominator is printed to. */
  over_precision?: Exact | null
  /** Whether it may still change. */
  provisional?: boolean | null
  /** The reading it belongs to, where the indicator has two. */
  measure?: string | null
}

/** What the user gives to a plan; everything may be left out. */
export interface PlanInput {
  /** The year asked about (Buddhist era), in each indicator's own kind of year. */
  year?: number | null
  /** The fiscal year asked about (Buddhist era). */
  fiscal_year?: number | null
  /** Values that became known later than this day are left out. */
  as_of?: string | null
  /** The areas that values by area must cover. */
  areas?: string[] | null
  /** Own targets, by indicator; they replace the plan's. */
  targets?: Record<string, Exact | TargetInput | (Exact | TargetInput)[]> | null
  /** Own values, by indicator; they replace the published ones of the same period. */
  values?: Record<string, Exact | ValueInput | (Exact | ValueInput)[]> | null
  /** Own weights, by indicator. */
  weights?: Record<string, Exact> | null
  /** Indicators that were withdrawn: shown, and left out of totals. */
  withdrawn?: string[] | null
  /** What becomes of an indicator without a score: `open` leaves the total open, `zero` counts it as zero. */
  missing?: 'open' | 'zero' | null
}
";
