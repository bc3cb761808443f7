// What is given to a call, checked before it goes on: the module takes only text and bytes, and JSON leaves out in silence what it cannot hold.
import { SitthiError } from './error.js'
import { deepest, tooDeep, wrongType } from './sitthi_wasm.js'

const DAY = 'a day as text, such as `2026-11-24`'
const VALUE = 'a plain object, a list, text, a finite number, true, false or null'
/** How many names of the way down an error tells, as in the core. */
const FIRST = 8

/** Throws what the core throws of a value of the wrong type. */
export function refuse(field, found, expected) {
  throw new SitthiError(wrongType(field, found, expected))
}

/** Whether an object has no class, so that its own properties are all it holds; one of another frame is plain as well. */
function isPlain(value) {
  const parent = Object.getPrototypeOf(value)
  return parent === Object.prototype || parent === null || Object.getPrototypeOf(parent) === null
}

const isDate = (value) => Object.prototype.toString.call(value) === '[object Date]'

/** What a value is, in words. */
function described(value) {
  if (value === undefined) return 'not given'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (isDate(value)) return 'a Date, which is an instant and no day'
  switch (typeof value) {
    case 'string': return `the text \`${value}\``
    case 'function': return 'a function'
    case 'symbol': return 'a symbol'
    case 'object': return isPlain(value) ? 'an object' : `an object of class ${Object.getPrototypeOf(value).constructor?.name}`
    default: return `the ${typeof value} ${value}`
  }
}

/** The objects around a value, the names that led to them, and how many of them the core reads. */
class Way {
  objects = []
  names = []
  most = deepest()
}

/** The first place in a value that JSON would leave out or change, what stands there and what was expected; nothing where there is none. */
function fault(value, way) {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'undefined':
      return undefined
    case 'number':
      return Number.isFinite(value) ? undefined : { place: '', found: described(value), expected: VALUE }
    case 'object':
      return value === null ? undefined : faultInside(value, way)
    default:
      return { place: '', found: described(value), expected: VALUE }
  }
}

function faultInside(value, way) {
  if (way.objects.includes(value)) return { place: '', found: 'nested without end', expected: VALUE }
  if (way.objects.length >= way.most) throw new SitthiError(tooDeep(way.names.slice(0, FIRST).join('.') || 'the text'))
  way.objects.push(value)
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      const found = fault(value[index], way)
      if (found) return { ...found, place: `[${index}]${found.place}` }
    }
  } else if (isPlain(value)) {
    for (const name in value) {
      way.names.push(name)
      const found = fault(value[name], way)
      if (found) return { ...found, place: `.${name}${found.place}` }
      way.names.pop()
    }
  } else {
    if (isDate(value)) return { place: '', found: described(value), expected: DAY }
    if (typeof value.toJSON !== 'function') return { place: '', found: described(value), expected: VALUE }
    const found = fault(value.toJSON(), way)
    if (found) return found
  }
  way.objects.pop()
  return undefined
}

/** JSON text: as it is, or of an object that JSON can hold whole. */
export function json(value, whole) {
  if (typeof value === 'string') return value
  if (value === undefined) refuse(whole, described(value), 'an object or JSON text')
  const found = fault(value, new Way())
  if (found) refuse(found.place.replace(/^\./, '') || whole, found.found, found.expected)
  return JSON.stringify(value)
}

/** Text. */
export function text(value, field, expected) {
  return typeof value === 'string' ? value : refuse(field, described(value), expected)
}

/** Yes or no. */
export function flag(value, field) {
  return typeof value === 'boolean' ? value : refuse(field, described(value), 'true or false')
}

/** A day as text; which day a `Date` falls on is for the caller to say. */
export const day = (value, field) => text(value, field, DAY)

/** Bytes, of whatever holds them. */
export function bytes(value, field, expected) {
  const view = ArrayBuffer.isView(value)
  if (!view && Object.prototype.toString.call(value) !== '[object ArrayBuffer]') refuse(field, described(value), expected)
  // What was handed to another thread is empty and can no longer be looked at.
  if (value.byteLength === 0) return new Uint8Array()
  return view ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : new Uint8Array(value)
}
