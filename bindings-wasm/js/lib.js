import { SitthiError } from './error.js'
import { bytes, day, flag, json, refuse, text } from './given.js'
import * as raw from './sitthi_wasm.js'

export { SitthiError }

function call(act) {
  try {
    return act()
  } catch (thrown) {
    throw typeof thrown === 'string' ? new SitthiError(thrown) : thrown
  }
}

/** An answer as JSON text: here a text is a value, not JSON. */
const whole = (answer) => (typeof answer === 'string' ? JSON.stringify(answer) : json(answer, 'answer'))

/** Facts read once; `free()` gives the memory back early. */
class Prepared {
  constructor(facts) {
    this.facts = facts
  }
  free() {
    this.facts?.free()
    this.facts = undefined
  }
}
export class PreparedWorker extends Prepared {}
export class PreparedComplaint extends Prepared {}

/** An interview: one question after another, until what was asked about is decided or the person knows no more. */
export class Interview {
  #interview
  constructor(interview) {
    if (!(interview instanceof raw.Interview)) refuse('an interview', 'made by `new`', '`law.interview(about)` or `law.resumeInterview(kept)`')
    this.#interview = interview
  }
  #held() {
    if (!this.#interview) refuse('the interview', 'freed already', 'an interview that is still held')
    return this.#interview
  }
  stepJson() {
    return this.#held().step()
  }
  step() {
    return JSON.parse(this.stepJson())
  }
  put(question, answer) {
    text(question, 'question', 'the id of a question as text, such as `birth_date`')
    const given = whole(answer)
    call(() => this.#held().put(question, given))
    return this
  }
  back() {
    return this.#held().back()
  }
  change(number, answer) {
    if (!Number.isSafeInteger(number) || number < 0 || number > 0xffff_ffff) refuse('number', String(number), 'the number of an answer, from 0')
    const given = whole(answer)
    call(() => this.#held().change(number, given))
    return this
  }
  facts() {
    return JSON.parse(this.#held().facts())
  }
  toJson() {
    return this.#held().toJson()
  }
  /** What `JSON.stringify` writes. */
  toJSON() {
    return JSON.parse(this.toJson())
  }
  free() {
    this.#interview?.free()
    this.#interview = undefined
  }
}

/** The law on one day. */
export class Law {
  #law
  #schemes
  #codes
  constructor(law, schemes) {
    if (!(law instanceof raw.Law)) refuse('a law', 'made by `new`', '`Rulebook.builtIn().on(day)`')
    this.#law = law
    this.#schemes = schemes
    this.#codes = raw.statusCodes()
  }

  readWorker(worker) {
    return new PreparedWorker(call(() => this.#law.readWorker(json(worker, 'the facts'))))
  }
  readComplaint(complaint) {
    return new PreparedComplaint(call(() => this.#law.readComplaint(json(complaint, 'the facts'))))
  }

  #ask(subject, kind, read, act) {
    if (subject instanceof kind) {
      if (!subject.facts) refuse('the facts', 'freed already', 'facts that are still held')
      return call(() => act(subject.facts))
    }
    const prepared = this[read](subject)
    try {
      return call(() => act(prepared.facts))
    } finally {
      prepared.free()
    }
  }

  assessJson(worker) {
    return this.#ask(worker, PreparedWorker, 'readWorker', (facts) => this.#law.assess(facts))
  }
  classifyJson(worker) {
    return this.#ask(worker, PreparedWorker, 'readWorker', (facts) => this.#law.classify(facts))
  }
  nextQuestionJson(worker) {
    return this.#ask(worker, PreparedWorker, 'readWorker', (facts) => this.#law.nextQuestion(facts)) ?? 'null'
  }
  routeJson(complaint) {
    return this.#ask(complaint, PreparedComplaint, 'readComplaint', (facts) => this.#law.route(facts))
  }
  scoreJson(plan, input = {}) {
    text(plan, 'plan', 'the id of a plan as text, such as `p2_informal`')
    const given = json(input, 'input')
    return call(() => this.#law.score(plan, given))
  }

  explainAssessJson(worker) {
    return this.#ask(worker, PreparedWorker, 'readWorker', (facts) => this.#law.explainAssess(facts))
  }
  explainClassifyJson(worker) {
    return this.#ask(worker, PreparedWorker, 'readWorker', (facts) => this.#law.explainClassify(facts))
  }
  explainRouteJson(complaint) {
    return this.#ask(complaint, PreparedComplaint, 'readComplaint', (facts) => this.#law.explainRoute(facts))
  }
  explainScoreJson(plan, input = {}) {
    text(plan, 'plan', 'the id of a plan as text, such as `p2_informal`')
    const given = json(input, 'input')
    return call(() => this.#law.explainScore(plan, given))
  }

  interview(about, facts = {}) {
    text(about, 'about', 'the id of a scheme as text, `everything`, `claim` or `complaint`')
    const given = json(facts, 'the facts')
    return new Interview(call(() => this.#law.interview(about, given)))
  }
  resumeInterview(kept) {
    const given = json(kept, 'the interview')
    return new Interview(call(() => this.#law.resumeInterview(given)))
  }

  codes(list) {
    text(list, 'list', 'the name of a code list as text, such as `employer`')
    return JSON.parse(call(() => this.#law.codes(list)))
  }
  get codeLists() {
    return this.#law.codeLists()
  }
  provinces() {
    return JSON.parse(this.#law.provinces())
  }
  districts(province) {
    text(province, 'province', 'the code of a province as text, such as `10`')
    return JSON.parse(call(() => this.#law.districts(province)))
  }
  agencies() {
    return JSON.parse(this.#law.agencies())
  }
  instruments() {
    return JSON.parse(this.#law.instruments())
  }
  sources() {
    return JSON.parse(this.#law.sources())
  }

  statuses(worker) {
    const numbers = this.#ask(worker, PreparedWorker, 'readWorker', (facts) => this.#law.statuses(facts))
    const statuses = {}
    for (let index = 0; index < numbers.length; index += 1) statuses[this.#schemes[index]] = this.#codes[numbers[index]]
    return statuses
  }

  assess(worker) {
    return JSON.parse(this.assessJson(worker))
  }
  classify(worker) {
    return JSON.parse(this.classifyJson(worker))
  }
  nextQuestion(worker) {
    return JSON.parse(this.nextQuestionJson(worker))
  }
  route(complaint) {
    return JSON.parse(this.routeJson(complaint))
  }
  score(plan, input) {
    return JSON.parse(this.scoreJson(plan, input))
  }
  explainAssess(worker) {
    return JSON.parse(this.explainAssessJson(worker))
  }
  explainClassify(worker) {
    return JSON.parse(this.explainClassifyJson(worker))
  }
  explainRoute(complaint) {
    return JSON.parse(this.explainRouteJson(complaint))
  }
  explainScore(plan, input) {
    return JSON.parse(this.explainScoreJson(plan, input))
  }
}

/** The law as data, on every day. */
export class Rulebook {
  #rulebook
  #schemes
  constructor(rulebook) {
    if (!(rulebook instanceof raw.Rulebook)) refuse('a rulebook', 'made by `new`', '`Rulebook.builtIn()` or `Rulebook.open(compiled)`')
    this.#rulebook = rulebook
    this.#schemes = rulebook.schemes
  }
  static builtIn() {
    return new Rulebook(raw.Rulebook.builtIn())
  }
  static open(compiled) {
    const given = bytes(compiled, 'compiled', 'the bytes of a compiled rulebook, as a Uint8Array or an ArrayBuffer')
    return new Rulebook(call(() => raw.Rulebook.open(given)))
  }
  get edition() {
    return this.#rulebook.edition
  }
  get schemes() {
    return [...this.#schemes]
  }
  get plans() {
    return this.#rulebook.plans
  }
  planJson(id) {
    text(id, 'plan', 'the id of a plan as text, such as `p2_informal`')
    return call(() => this.#rulebook.plan(id))
  }
  plan(id) {
    return JSON.parse(this.planJson(id))
  }
  on(asked) {
    day(asked, 'day')
    return new Law(call(() => this.#rulebook.on(asked)), this.#schemes)
  }
  changesJson(from, to) {
    day(from, 'from')
    day(to, 'to')
    return call(() => this.#rulebook.changes(from, to))
  }
  changes(from, to) {
    return JSON.parse(this.changesJson(from, to))
  }
}

/** A day in Thai, of the Thai calendar. */
export function thaiDate(asked, { short = false, thaiDigits = false } = {}) {
  day(asked, 'day')
  return call(() => raw.thaiDate(asked, flag(short, 'short'), flag(thaiDigits, 'thaiDigits')))
}

/** Checks the digits of an identification number; what is wrong with it is an error that never shows it. */
export function checkCitizenId(number) {
  if (typeof number !== 'string') refuse('number', `a value of type ${typeof number}`, '13 digits as text')
  call(() => raw.checkCitizenId(number))
}
