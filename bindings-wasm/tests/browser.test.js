import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { compiled, installed, vectors, writeDecisions } from './package.js'
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

vectors.forEach((vector, index) => test(vector.id, () => assert.deepEqual(faults(vector, answers[index]), [])))

test('a click asks the next question', async () => {
  await page.click('#ask')
  const shown = await page.textContent('#question')
  assert.ok(shown && typeof JSON.parse(shown) === 'object')
})

test('the page asks no other machine', () => assert.deepEqual(strangers, []))
