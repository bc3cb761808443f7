/** What the library refuses, and where. */
export class SitthiError extends Error {
  readonly code: string
  readonly field: string | null
  readonly value: string | null
  readonly expected: string | null
  readonly nearest: string | null
  /** The whole error as the core writes it. */
  readonly json: string
}

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

/** The law on one day. Facts are given as an object, as JSON text, or prepared; the `…Json` calls give the core's text unchanged. */
export class Law {
  private constructor()
  readWorker(worker: Worker | string): PreparedWorker
  readComplaint(complaint: Complaint | string): PreparedComplaint
  /** Which schemes cover the worker, which they may join, and why. */
  assess(worker: Worker | string | PreparedWorker): Coverage
  assessJson(worker: Worker | string | PreparedWorker): string
  /** Which definitions the worker meets. */
  classify(worker: Worker | string | PreparedWorker): Classification
  classifyJson(worker: Worker | string | PreparedWorker): string
  /** The question that decides most; null where all is decided. */
  nextQuestion(worker: Worker | string | PreparedWorker): Question | null
  nextQuestionJson(worker: Worker | string | PreparedWorker): string
  /** Who must hear the complaint. */
  route(complaint: Complaint | string | PreparedComplaint): Routing
  routeJson(complaint: Complaint | string | PreparedComplaint): string
  /** How a plan does. */
  score(plan: string, input: PlanInput | string): Scorecard
  scoreJson(plan: string, input: PlanInput | string): string
}

/** The law as data, on every day. */
export class Rulebook {
  private constructor()
  /** The rulebook that the package carries. */
  static builtIn(): Rulebook
  /** A compiled rulebook given at run time. */
  static open(compiled: Uint8Array): Rulebook
  /** The law on a day, written as `2026-11-22`. */
  on(day: string): Law
}
