const decoder = new TextDecoder('utf-16le', { ignoreBOM: true })

/** UTF-16 in the module's memory as a string. Node has a way of its own, which costs a tenth. */
export const decode = globalThis.Buffer
  ? ({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength).toString('utf16le')
  : (units) => decoder.decode(units)
