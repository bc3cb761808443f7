import { readFileSync } from 'node:fs'
import { initSync } from './sitthi_wasm.js'

initSync({ module: readFileSync(new URL('./sitthi_wasm_bg.wasm', import.meta.url)) })

export * from './lib.js'
