import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { build, preview } from 'vite'
import { compiled, installed, root, vectors, writeDecisions } from './package.js'
import { faults } from './vectors.js'

const KINDS = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' }
const tests = fileURLToPath(new URL('.', import.meta.url))
const server = createServer((request, response) => {
  try {
    const [, folder, name] = request.url.split('/')
    response.setHeader('content-type', KINDS[extname(name)])
    response.end(readFileSync(join(folder === 'sitthi' ? installed : tests, name)))
  } catch {
    response.writeHead(404).end()
  }
})

let browser
let page
let answers = []
const strangers = []

before(async () => {
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  const origin = `http://127.0.0.1:${server.address().port}`
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  })
  page = await browser.newPage()
  page.on('pageerror', (error) => console.error(error))
  page.on('request', (request) => request.url().startsWith(origin) || strangers.push(request.url()))
  await page.goto(`${origin}/tests/page.html`)
  await page.waitForSelector('#ask:enabled')
  const books = Object.fromEntries(Object.entries(compiled).map(([name, bytes]) => [name, [...bytes]]))
  answers = await page.evaluate(
    ([asked, lists]) => window.answers(asked, Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, Uint8Array.from(list)]))),
    [vectors, books],
  )
  writeDecisions('browser', answers.map(({ text }, index) => [vectors[index].id, text]))
})

after(async () => {
  await browser?.close()
  server.close()
})

for (const [index, vector] of vectors.entries()) test(vector.id, () => assert.deepEqual(faults(vector, answers[index]), []))

test('a click asks the next question', async () => {
  await page.click('#ask')
  const shown = await page.textContent('#question')
  assert.ok(shown && typeof JSON.parse(shown) === 'object')
})

test('the page asks no other machine', () => assert.deepEqual(strangers, []))

test('a bundler takes the package as it is', async () => {
  const folder = join(root, 'out/npm/page')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'index.html'), '<!doctype html><p></p><script type="module" src="./main.js"></script>')
  writeFileSync(join(folder, 'main.js'), `
import { Rulebook } from 'sitthi'
document.querySelector('p').textContent = Rulebook.builtIn().on('2026-11-22').assessJson({})
`)
  const config = { root: folder, configFile: false, logLevel: 'error', preview: { host: '127.0.0.1', port: 0 } }
  await build(config)
  const shop = await preview(config)
  const bundled = await browser.newPage()
  await bundled.goto(shop.resolvedUrls.local[0])
  await bundled.waitForFunction(() => document.querySelector('p').textContent)
  const { Rulebook } = await import(join(installed, 'node.js'))
  assert.equal(await bundled.textContent('p'), Rulebook.builtIn().on('2026-11-22').assessJson({}))
  await shop.close()
})
