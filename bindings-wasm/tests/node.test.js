import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
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
  const refused = (act) => assert.throws(act, (error) => error instanceof SitthiError && error instanceof Error && Boolean(error.code && error.message))
  refused(() => Rulebook.builtIn().on('2026-02-30'))
  refused(() => Rulebook.builtIn().on('2026-11-22').assess({ no_such_fact: true }))
  refused(() => Rulebook.builtIn().on('2026-11-22').assess('{'))
  refused(() => Rulebook.builtIn().on('2026-11-22').assess(null))
  refused(() => Rulebook.open(new Uint8Array([1, 2, 3])))
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
import { Rulebook, SitthiError, type Change, type Complaint, type Coverage, type PlanInput, type Question, type Routing, type Scorecard, type Status, type Worker } from 'sitthi'
const law = Rulebook.builtIn().on('2026-11-22')
const worker: Worker = { birth_date: null, nationality: 'thai', member: { sso_39: false }, paid_months: { sso_33: { in_15: 5 } }, jobs: [{ employer: 'of_a_later_rulebook' }] }
const coverage: Coverage = law.assess(worker)
const status: Status | undefined = coverage.schemes[0]?.status
const question: Question | null = law.nextQuestion(worker)
const complaint: Complaint = { danger_now: false, job: { province: '10' } }
const routing: Routing = law.route(complaint)
const input: PlanInput = { year: 2563, targets: { informality_rate: [{ value: '50' }] } }
const score = (plan: string): Scorecard => law.score(plan, input)
const changes: Change[] = Rulebook.builtIn().changes('2020-01-01', '2021-01-01')
const code = (error: unknown): string | undefined => (error instanceof SitthiError ? error.nearest ?? error.code : undefined)
// @ts-expect-error a number is no worker
law.assess(1)
// @ts-expect-error no such fact
law.assess({ birht_date: null })
// @ts-expect-error no such status
const wrong: Status = 'maybe'
export { coverage, status, question, routing, score, changes, code, wrong }
`)
  const compiler = join(root, 'bindings-wasm/node_modules/typescript/bin/tsc')
  for (const resolution of ['nodenext', 'bundler']) {
    run(compiler, '--noEmit', '--strict', '--target', 'es2022', '--module', resolution === 'bundler' ? 'esnext' : resolution, '--moduleResolution', resolution, 'types.ts')
  }
})
