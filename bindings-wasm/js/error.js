/** What the library refuses, and where. `json` is the core's own text. */
export class SitthiError extends Error {
  constructor(json) {
    const fields = JSON.parse(json)
    super(fields.message)
    Object.assign(this, fields, { name: 'SitthiError', json })
  }
}
