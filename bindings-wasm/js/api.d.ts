/** What the library refuses, and where. */
export class SitthiError extends Error {
  private constructor()
  /** The whole error as the core writes it. */
  readonly json: string
}
export interface SitthiError extends Readonly<Omit<ErrorObject, 'message'>> {}

/** Facts of a worker, read once and asked often. */
export class PreparedWorker {
  private constructor()
  /** Gives the memory back early. */
  free(): void
}

/** Facts of a complaint, read once and asked often. */
export class PreparedComplaint {
  private constructor()
  /** Gives the memory back early. */
  free(): void
}

/** An answer to a question: of one fact its value, of several an object by fact or the list of those that are true; null where it is not known. */
export type InterviewAnswer = null | boolean | number | string | readonly unknown[] | Readonly<Record<string, unknown>>

/** One question after another, until what was asked about is decided or the person knows no more. */
export class Interview {
  private constructor()
  /** Where it stands: the next question, whether it is enough, and what more would add. */
  step(): InterviewStep
  stepJson(): string
  /** Writes an answer. */
  put(question: string, answer: InterviewAnswer): this
  /** Takes the last answer back; says whether there was one. */
  back(): boolean
  /** Changes the answer of that number, from 0; later answers stay. */
  change(number: number, answer: InterviewAnswer): this
  /** What is known of the worker or the complaint, as the calls of `Law` take it. */
  facts(): Worker & Complaint
  /** The interview as JSON text, which every language reopens. It is as personal as what was told. */
  toJson(): string
  /** What `JSON.stringify` writes. */
  toJSON(): unknown
  /** Gives the memory back early. */
  free(): void
}

/** The law on one day. Facts are given as an object, as JSON text, or prepared; the `…Json` calls give the core's text unchanged. */
export class Law {
  private constructor()
  readWorker(worker: Worker | string): PreparedWorker
  readComplaint(complaint: Complaint | string): PreparedComplaint
  /** Which schemes cover the worker, which they may join, and why. */
  assess(worker: Worker | string | PreparedWorker): Coverage
  assessJson(worker: Worker | string | PreparedWorker): string
  /** The status of every scheme, without reasons. */
  statuses(worker: Worker | string | PreparedWorker): Record<string, Status>
  /** Which definitions the worker meets. */
  classify(worker: Worker | string | PreparedWorker): Classification
  classifyJson(worker: Worker | string | PreparedWorker): string
  /** The question that decides most; null where all is decided. */
  nextQuestion(worker: Worker | string | PreparedWorker): Question | null
  nextQuestionJson(worker: Worker | string | PreparedWorker): string
  /** Begins an interview about a scheme (its id), `everything`, a `claim` or a `complaint`. */
  interview(about: string, facts?: Worker | Complaint | string): Interview
  /** Goes on with an interview that was kept as JSON. */
  resumeInterview(kept: string | object): Interview
  /** Who must hear the complaint. */
  route(complaint: Complaint | string | PreparedComplaint): Routing
  routeJson(complaint: Complaint | string | PreparedComplaint): string
  /** How a plan does. */
  score(plan: string, input?: PlanInput | string): Scorecard
  scoreJson(plan: string, input?: PlanInput | string): string
  /** The decisions in words: sections and lines in Thai and English, danger and numbers first, without codes. */
  explainAssess(worker: Worker | string | PreparedWorker): Outline
  explainAssessJson(worker: Worker | string | PreparedWorker): string
  explainClassify(worker: Worker | string | PreparedWorker): Outline
  explainClassifyJson(worker: Worker | string | PreparedWorker): string
  explainRoute(complaint: Complaint | string | PreparedComplaint): Outline
  explainRouteJson(complaint: Complaint | string | PreparedComplaint): string
  explainScore(plan: string, input?: PlanInput | string): Outline
  explainScoreJson(plan: string, input?: PlanInput | string): string
  /** The codes of a list with their labels, in the order of the list: `employer`, `membership`, `status` …; `answer` for buttons. */
  codes(list: string): CodeLabel[]
  /** The names of the lists that `codes` takes. */
  readonly codeLists: string[]
  /** The provinces by their codes. */
  provinces(): CodeLabel[]
  /** The districts of a province by their codes. */
  districts(province: string): CodeLabel[]
  /** The agencies and community bodies that decisions name, with their numbers. */
  agencies(): AgencyLabel[]
  /** The instruments that citations name; empty for the rulebook of this package, which carries no bibliography. */
  instruments(): InstrumentLabel[]
  /** The sources in which the law was read; empty as `instruments`. */
  sources(): SourceLabel[]
}

/** The law as data, on every day. */
export class Rulebook {
  private constructor()
  /** The rulebook that the package carries. */
  static builtIn(): Rulebook
  /** A compiled rulebook given at run time. */
  static open(compiled: Uint8Array | ArrayBuffer): Rulebook
  /** The edition: year and month of the day it was last compared with the law, such as `2026.11`. */
  readonly edition: string
  /** The ids of the schemes, in the order of decisions. */
  readonly schemes: string[]
  /** The ids of the plans. */
  readonly plans: string[]
  /** All that a plan holds: structure, dates, indicators with their series, targets, scales. */
  plan(id: string): Plan
  planJson(id: string): string
  /** The law on a day, written as `2026-11-22`, `22 พฤศจิกายน 2569` or `22/11/2569`. */
  on(day: string): Law
  /** What differs in the law between two days, written as for `on`. */
  changes(from: string, to: string): Change[]
  changesJson(from: string, to: string): string
}

/**
 * A day in Thai, such as `22 พฤศจิกายน 2569`, with the years as they ran: 15 January 1938 is `15 มกราคม 2480`. A day known in part, as a decision
 * may have it, is written as far as it is known.
 */
export function thaiDate(day: string, style?: {
  /** Whether the month is abbreviated, `พ.ย.`; it is not where nothing is said. */
  short?: boolean
  /** Whether the digits are Thai, `๒๕๖๙`; they are not where nothing is said. */
  thaiDigits?: boolean
}): string

/** Checks the digits of an identification number of a person; throws what is wrong with it, and never shows it. */
export function checkCitizenId(number: string): void
