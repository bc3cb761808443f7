import * as raw from './sitthi_wasm.js'

/** What the library refuses, and where. `json` is the core's own text. */
export class SitthiError extends Error {
  constructor(json) {
    const fields = JSON.parse(json)
    super(fields.message)
    Object.assign(this, fields, { name: 'SitthiError', json })
  }
}

function call(act) {
  try {
    return act()
  } catch (thrown) {
    throw typeof thrown === 'string' ? new SitthiError(thrown) : thrown
  }
}

const text = (value) => (typeof value === 'string' ? value : JSON.stringify(value))

/** Facts read once; `free()` gives the memory back early. */
class Prepared {
  constructor(facts) {
    this.facts = facts
  }
  free() {
    this.facts.free()
  }
}
export class PreparedWorker extends Prepared {}
export class PreparedComplaint extends Prepared {}

/** The law on one day. */
export class Law {
  #law
  #schemes
  #codes
  constructor(law, schemes) {
    this.#law = law
    this.#schemes = schemes
    this.#codes = raw.statusCodes()
  }

  readWorker(worker) {
    return new PreparedWorker(call(() => this.#law.readWorker(text(worker))))
  }
  readComplaint(complaint) {
    return new PreparedComplaint(call(() => this.#law.readComplaint(text(complaint))))
  }

  #ask(subject, read, act) {
    if (subject instanceof Prepared) return call(() => act(subject.facts))
    const prepared = this[read](subject)
    try {
      return call(() => act(prepared.facts))
    } finally {
      prepared.free()
    }
  }

  assessJson(worker) {
    return this.#ask(worker, 'readWorker', (facts) => this.#law.assess(facts))
  }
  classifyJson(worker) {
    return this.#ask(worker, 'readWorker', (facts) => this.#law.classify(facts))
  }
  nextQuestionJson(worker) {
    return this.#ask(worker, 'readWorker', (facts) => this.#law.nextQuestion(facts)) ?? 'null'
  }
  routeJson(complaint) {
    return this.#ask(complaint, 'readComplaint', (facts) => this.#law.route(facts))
  }
  scoreJson(plan, input) {
    return call(() => this.#law.score(plan, text(input)))
  }

  statuses(worker) {
    const numbers = this.#ask(worker, 'readWorker', (facts) => this.#law.statuses(facts))
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
}

/** The law as data, on every day. */
export class Rulebook {
  #rulebook
  #schemes
  constructor(rulebook) {
    this.#rulebook = rulebook
    this.#schemes = rulebook.schemes
  }
  static builtIn() {
    return new Rulebook(raw.Rulebook.builtIn())
  }
  static open(compiled) {
    return new Rulebook(call(() => raw.Rulebook.open(compiled)))
  }
  get edition() {
    return this.#rulebook.edition
  }
  get schemes() {
    return [...this.#schemes]
  }
  on(day) {
    return new Law(call(() => this.#rulebook.on(day)), this.#schemes)
  }
  changesJson(from, to) {
    return call(() => this.#rulebook.changes(from, to))
  }
  changes(from, to) {
    return JSON.parse(this.changesJson(from, to))
  }
}
