import init from './sitthi_wasm.js'

await init({ module_or_path: new URL('./sitthi_wasm_bg.wasm', import.meta.url) })

export * from './lib.js'
