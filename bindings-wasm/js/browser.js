import init from './sitthi_wasm.js'

await init()

export * from './lib.js'
