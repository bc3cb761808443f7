// Where things stand: the package as installed from its tarball, the vectors, and the file of decisions.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'

export const root = fileURLToPath(new URL('../..', import.meta.url))
export const installed = join(root, 'out/npm/node_modules/sitthi')
const folder = join(root, 'tests/vectors')

export const vectors = readdirSync(folder).filter((name) => name.endsWith('.json')).sort()
  .flatMap((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
if (vectors.length === 0) throw new Error('tests/vectors holds no vectors')

export const compiled = Object.fromEntries(
  [...new Set(vectors.map((vector) => vector.rulebook).filter(Boolean))].map((name) => [name, readFileSync(join(folder, name))]),
)

export function writeDecisions(language, answers) {
  mkdirSync(join(root, 'out/decisions'), { recursive: true })
  writeFileSync(join(root, `out/decisions/${language}.jsonl`), answers.map(([id, text]) => `${id}\t${text}\n`).join(''))
}
