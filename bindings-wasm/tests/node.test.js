import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { runInNewContext } from 'node:vm'
import { compiled, installed, root, vectors, writeDecisions } from './package.js'
import { answer, faults } from './vectors.js'

const sitthi = await import(join(installed, 'node.js'))
const answers = []

for (const vector of vectors) {
  test(vector.id, () => {
    const answered = answer(sitthi, vector, compiled)
    answers.push([vector.id, answered.text])
    assert.deepEqual(faults(vector, answered), [])
  })
}

test('every decision is written down', () => {
  writeDecisions('node', answers)
  assert.equal(answers.length, vectors.length)
})

test('objects, text and prepared facts give the same', () => {
  const law = sitthi.Rulebook.builtIn().on('2026-11-22')
  const worker = { birth_date: '1990-01-31', nationality: undefined }
  const prepared = law.readWorker(worker)
  assert.equal(law.assessJson(worker), law.assessJson(JSON.stringify(worker)))
  assert.equal(law.assessJson(worker), law.assessJson(prepared))
  assert.deepEqual(law.assess(worker), JSON.parse(law.assessJson(worker)))
  prepared.free()
})

test('statuses are those of the whole decision, under another rulebook too', () => {
  const worker = { birth_date: '1990-01-31', nationality: 'thai', jobs: [] }
  const law = sitthi.Rulebook.builtIn().on('2026-11-22')
  const prepared = law.readWorker(worker)
  const statuses = Object.fromEntries(law.assess(worker).schemes.map(({ scheme, status }) => [scheme, status]))
  assert.deepEqual(law.statuses(worker), statuses)
  assert.deepEqual(law.statuses(prepared), statuses)
  const changed = vectors.find(({ rulebook, error }) => rulebook && !error)
  const other = sitthi.Rulebook.open(compiled[changed.rulebook]).on('2026-11-22')
  assert.notDeepEqual(Object.keys(other.statuses(worker)), Object.keys(statuses))
  assert.deepEqual(other.statuses(prepared), other.statuses(worker))
})

test('changes are listed between two days', () => {
  const rulebook = sitthi.Rulebook.builtIn()
  const changes = rulebook.changes('2020-01-01', '2021-01-01')
  assert.ok(changes.length > 0 && changes.every(({ day, id }) => day > '2020-01-01' && day <= '2021-01-01' && id))
  assert.deepEqual(rulebook.changes('2021-01-01', '2021-01-01'), [])
  assert.throws(() => rulebook.changes('2020-13-01', '2021-01-01'), sitthi.SitthiError)
})

test('a refusal is a SitthiError with its fields', () => {
  const { Rulebook, SitthiError } = sitthi
  const thrown = (act) => assert.throws(act, (error) => error instanceof SitthiError && error instanceof Error && Boolean(error.code && error.message))
  thrown(() => Rulebook.builtIn().on('2026-02-30'))
  thrown(() => Rulebook.builtIn().on('2026-11-22').assess({ no_such_fact: true }))
  thrown(() => Rulebook.builtIn().on('2026-11-22').assess('{'))
  thrown(() => Rulebook.builtIn().on('2026-11-22').assess(null))
  thrown(() => Rulebook.open(new Uint8Array([1, 2, 3])))
})

const caught = (act) => {
  try {
    return { answered: act() }
  } catch (error) {
    return error
  }
}

/** Whether a call is refused by the library itself, about that field, in words that say what was found and what was expected. */
function refused(act, field, found) {
  const error = caught(act)
  assert.ok(error instanceof sitthi.SitthiError, `${act}: ${error.stack ?? JSON.stringify(error)}`)
  assert.deepEqual([error.code, error.field], ['wrong_type', field], String(act))
  assert.equal(error.message, `\`${field}\` is ${error.value}, expected ${error.expected}`)
  if (found) assert.equal(error.value, found)
  assert.match(error.message_th, /[\u0e00-\u0e7f]/, 'the same in Thai')
  assert.deepEqual(Object.keys(JSON.parse(error.json)), ['code', 'message', 'message_th', 'field', 'value', 'expected', 'nearest'])
}

const NO_TEXT = [undefined, null, true, 20261122, Number.NaN, 5n, {}, [], ['2026-11-22'], new String('2026-11-22'), new Date(), new Map(), () => '2026-11-22', Symbol('day')]

test('what is no text is refused where text is asked for', () => {
  const rulebook = sitthi.Rulebook.builtIn()
  const law = rulebook.on('2026-11-22')
  for (const given of NO_TEXT) {
    refused(() => rulebook.on(given), 'day')
    refused(() => rulebook.changes(given, '2026-11-22'), 'from')
    refused(() => rulebook.changes('2026-11-22', given), 'to')
    refused(() => law.score(given), 'plan')
    refused(() => law.scoreJson(given, {}), 'plan')
    refused(() => sitthi.checkCitizenId(given), 'number')
  }
  refused(() => rulebook.on(), 'day', 'not given')
  refused(() => rulebook.on(new Date()), 'day', 'a Date, which is an instant and no day')
  assert.equal(rulebook.on('2026-11-22').assessJson({}), law.assessJson({}), 'and the next call is answered')
})

test('what holds no bytes is no rulebook', () => {
  for (const given of [...NO_TEXT.filter((value) => value !== undefined), 'sitthi', [1, 2, 3]]) refused(() => sitthi.Rulebook.open(given), 'compiled')
  refused(() => sitthi.Rulebook.open(), 'compiled', 'not given')
  const name = vectors.find(({ rulebook, error }) => rulebook && !error).rulebook
  const bytes = Uint8Array.from(compiled[name])
  const edition = sitthi.Rulebook.open(bytes).edition
  assert.equal(sitthi.Rulebook.open(bytes.buffer).edition, edition)
  assert.equal(sitthi.Rulebook.open(new DataView(bytes.buffer)).edition, edition)
  structuredClone(bytes, { transfer: [bytes.buffer] })
  assert.equal(caught(() => sitthi.Rulebook.open(bytes)).code, 'unreadable_rulebook')
})

test('a day is written in Thai by the Thai calendar', () => {
  assert.equal(sitthi.thaiDate('1938-01-15'), '15 มกราคม 2480')
  assert.equal(sitthi.thaiDate('2026-11-22', { short: true, thaiDigits: true }), '๒๒ พ.ย. ๒๕๖๙')
  for (const given of NO_TEXT) refused(() => sitthi.thaiDate(given), 'day')
  refused(() => sitthi.thaiDate('2026-11-22', { short: 1 }), 'short', 'the number 1')
  assert.equal(caught(() => sitthi.thaiDate('2026-02-30')).code, 'impossible_date')
})

test('nothing that JSON would leave out or change is dropped', () => {
  const law = sitthi.Rulebook.builtIn().on('2026-11-22')
  class Person {
    #nationality = 'thai'
    get nationality() {
      return this.#nationality
    }
  }
  const itself = { jobs: [{}] }
  itself.jobs[0].job = itself
  let deep = {}
  for (let depth = 0; depth < 20000; depth += 1) deep = { deep }
  const cannot = [
    [{ s33_months: Number.NaN }, 's33_months', 'the number NaN'],
    [{ jobs: [{}, { monthly_wage: Number.POSITIVE_INFINITY }] }, 'jobs[1].monthly_wage', 'the number Infinity'],
    [{ nationality: () => 'thai' }, 'nationality', 'a function'],
    [{ nationality: Symbol('thai') }, 'nationality', 'a symbol'],
    [{ s33_months: 5n }, 's33_months', 'the bigint 5'],
    [{ birth_date: new Date(0) }, 'birth_date', 'a Date, which is an instant and no day'],
    [{ birth_date: new Date(Number.NaN) }, 'birth_date'],
    [{ member: new Map([['sso_39', true]]) }, 'member', 'an object of class Map'],
    [{ member: new Set() }, 'member', 'an object of class Set'],
    [new Map([['nationality', 'tahi']]), 'the facts', 'an object of class Map'],
    [new Person(), 'the facts', 'an object of class Person'],
    [Object.create({ nationality: 'thai' }), 'the facts'],
    [Promise.resolve({}), 'the facts', 'an object of class Promise'],
    [new URLSearchParams('nationality=thai'), 'the facts'],
    [() => ({}), 'the facts', 'a function'],
    [undefined, 'the facts', 'not given'],
    [null, 'the facts', 'null'],
    [[], 'the facts', 'a list'],
    [5, 'the facts', 'the number 5'],
    [itself, 'jobs[0].job', 'nested without end'],
  ]
  const calls = ['readWorker', 'assess', 'assessJson', 'statuses', 'classify', 'nextQuestion', 'readComplaint', 'route']
  for (const [facts, field, found] of cannot) for (const call of calls) refused(() => law[call](facts), field, found)
  for (const call of calls) assert.equal(caught(() => law[call](deep)).code, 'too_deep')
  refused(() => law.score('p2_informal', { targets: { informality_rate: [Number.NaN] } }), 'targets.informality_rate[0]', 'the number NaN')
  refused(() => law.score('p2_informal', new Map()), 'input', 'an object of class Map')
  assert.equal(law.scoreJson('p2_informal'), law.scoreJson('p2_informal', {}))
})

test('objects are as deep as JSON text may be, and an error says the same', () => {
  const law = sitthi.Rulebook.builtIn().on('2026-11-22')
  const lists = (depth) => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`)
  const objects = (depth) => JSON.parse(`${'{"jobs":'.repeat(depth - 1)}{}${'}'.repeat(depth - 1)}`)
  for (const made of [(depth) => ({ x: lists(depth - 1) }), (depth) => ({ jobs: [objects(depth - 2)] }), objects]) {
    for (const call of ['assess', 'route', 'readWorker']) {
      for (const depth of [63, 64, 65, 66, 99, 100, 101, 102, 128, 1000]) {
        const [object, text] = [made(depth), JSON.stringify(made(depth))]
        const [ofObject, ofText] = [caught(() => law[call](object)), caught(() => law[call](text))]
        assert.equal(ofObject.code, ofText.code, `${call} ${depth}`)
        assert.equal(ofObject.code === 'too_deep', depth > 64, `${call} ${depth}: ${ofObject.code}`)
        if (depth > 64) assert.deepEqual([ofObject.message.replace(/ at line.*/, ''), ofObject.field, ofObject.expected], [ofText.message, ofText.field, ofText.expected])
      }
    }
  }
  const deep = (depth) => ({ targets: { informality_rate: lists(depth - 2) } })
  for (const depth of [64, 65, 100, 101]) {
    assert.equal(caught(() => law.score('p2_informal', deep(depth))).code, caught(() => law.score('p2_informal', JSON.stringify(deep(depth)))).code, `${depth}`)
  }
})

test('values not given and objects that say their own text are taken', () => {
  const law = sitthi.Rulebook.builtIn().on('2026-11-22')
  class PlainDate {
    toJSON() {
      return '1990-01-31'
    }
  }
  const same = law.assessJson('{"birth_date":"1990-01-31"}')
  assert.equal(law.assessJson({ birth_date: '1990-01-31', nationality: undefined, sex: null }), same)
  assert.equal(law.assessJson(Object.assign(Object.create(null), { birth_date: '31 มกราคม 2533' })), same)
  assert.equal(law.assessJson(runInNewContext('({ birth_date: "1990-01-31" })')), same)
  assert.equal(law.assessJson({ birth_date: new PlainDate() }), same)
})

test('facts as an object are refused as their text is', () => {
  const asked = { assess: 'assessJson', classify: 'classifyJson', next_question: 'nextQuestionJson', route: 'routeJson' }
  const refusals = vectors.filter(({ id, call, input }) => id.startsWith('errors.') && asked[call] && typeof input === 'object' && Object.keys(input).length > 0)
  assert.ok(refusals.length > 20)
  for (const vector of refusals) {
    const law = sitthi.Rulebook.builtIn().on(vector.on)
    assert.equal(caught(() => law[asked[vector.call]](vector.input)).json, answer(sitthi, vector, compiled).text, vector.id)
  }
})

test('an interview is answered, taken back, changed, kept and freed', () => {
  const law = sitthi.Rulebook.builtIn().on('2026-11-22')
  const begun = law.interview('complaint', { danger_now: false, can_leave: true, job: { province: '10' } })
  assert.equal(begun.step().question.id, 'happened')
  const asked = []
  for (let open = begun.step().question; open; open = begun.step().question) {
    asked.push(...open.fields.map(({ fact }) => fact))
    begun.put(open.id, open.id === 'happened' ? ['wages_unpaid'] : null)
  }
  assert.ok(!asked.includes('job.province') && new Set(asked).size === asked.length)
  const interview = law.interview('ucs')
  interview.put('nationality', 'not_thai').put('birth_date', null).change(0, 'thai')
  assert.deepEqual(interview.facts(), { nationality: 'thai' })
  const kept = JSON.stringify(interview)
  assert.equal(law.resumeInterview(kept).stepJson(), interview.stepJson())
  assert.equal(law.resumeInterview(JSON.parse(kept)).toJson(), interview.toJson())
  assert.ok(interview.back() && interview.back() && !interview.back())
  assert.equal(caught(() => interview.put('membr', null)).nearest, 'member')
  refused(() => interview.put('nationality', undefined), 'answer', 'not given')
  refused(() => interview.put('nationality', Number.NaN), 'answer', 'the number NaN')
  refused(() => interview.change(-1, null), 'number', '-1')
  refused(() => new sitthi.Interview(), 'an interview', 'made by `new`')
  interview.free()
  refused(() => interview.step(), 'the interview', 'freed already')
})

test('prepared facts are taken where they are of the kind and not freed', () => {
  const law = sitthi.Rulebook.builtIn().on('2026-11-22')
  const worker = law.readWorker({})
  const complaint = law.readComplaint({})
  refused(() => law.assess(complaint), 'the facts')
  refused(() => law.route(worker), 'the facts')
  worker.free()
  worker.free()
  refused(() => law.assess(worker), 'the facts', 'freed already')
  refused(() => new sitthi.Rulebook(), 'a rulebook')
  refused(() => new law.constructor(), 'a law')
})

test('an identification number stands in no error', () => {
  sitthi.checkCitizenId('1-9999-00000-01-3')
  for (const number of ['1-9999-00000-01-4', '1999900000014', '๑๙๙๙๙๐๐๐๐๐๐๑๔', 1999900000014, 1999900000013n, ['1999900000014']]) {
    const error = caught(() => sitthi.checkCitizenId(number))
    assert.ok(error instanceof sitthi.SitthiError)
    assert.doesNotMatch(`${error.json} ${error.stack.split('\n', 1)[0]}`, /9999|๙๙๙/)
  }
})

const run = (...args) => execFileSync(process.execPath, args, { cwd: join(root, 'out/npm'), encoding: 'utf8', stdio: 'pipe' })

test('the package loads by its name, by import and by require', () => {
  const ask = "console.log(typeof Rulebook.builtIn().on('2026-11-22').assess({}))"
  assert.equal(run('--input-type=module', '-e', `import { Rulebook } from 'sitthi'; ${ask}`), 'object\n')
  assert.equal(run('-e', `const { Rulebook } = require('sitthi'); ${ask}`), 'object\n')
})

test('the types hold under strict TypeScript', () => {
  const folder = join(root, 'out/npm')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'types.ts'), `
import { Rulebook, SitthiError, checkCitizenId, thaiDate, type Change, type Complaint, type Coverage, type PlanInput, type Question, type Routing, type Scorecard, type Status, type Worker } from 'sitthi'
const law = Rulebook.builtIn().on('2026-11-22')
const worker: Worker = { birth_date: null, nationality: 'thai', member: { sso_39: false }, paid_months: { sso_33: { in_15: 5 } }, jobs: [{ employer: 'of_a_later_rulebook' }] }
const coverage: Coverage = law.assess(worker)
const status: Status | undefined = coverage.schemes[0]?.status
const question: Question | null = law.nextQuestion(worker)
const complaint: Complaint = { danger_now: false, job: { province: '10' } }
const routing: Routing = law.route(complaint)
const input: PlanInput = { year: 2563, targets: { informality_rate: [{ value: '50' }] } }
const score = (plan: string): Scorecard => (law.score(plan), law.score(plan, input))
const opened: Rulebook = Rulebook.open(new ArrayBuffer(0))
checkCitizenId('1-9999-00000-01-3')
const written: string = thaiDate('2026-11-22', { short: true })
const changes: Change[] = Rulebook.builtIn().changes('2020-01-01', '2021-01-01')
const code = (error: unknown): string | undefined => (error instanceof SitthiError ? error.nearest ?? error.code : undefined)
// @ts-expect-error a number is no worker
law.assess(1)
// @ts-expect-error an instant is no day
Rulebook.builtIn().on(new Date())
// @ts-expect-error no such fact
law.assess({ birht_date: null })
// @ts-expect-error no such status
const wrong: Status = 'maybe'
export { coverage, status, question, routing, score, changes, code, opened, written, wrong }
`)
  const compiler = join(root, 'bindings-wasm/node_modules/typescript/bin/tsc')
  for (const resolution of ['nodenext', 'bundler']) {
    run(compiler, '--noEmit', '--strict', '--target', 'es2022', '--module', resolution === 'bundler' ? 'esnext' : resolution, '--moduleResolution', resolution, 'types.ts')
  }
})
