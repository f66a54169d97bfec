const comma = 44
const dot = 46
const minus = 45
const plus = 43
const zero = 48
const nine = 57

const powers = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`))
const exactLimit = 2 ** 53

/**
 * The number written in bytes [from, to), correctly rounded; NaN when it is not one. `decimal` is the byte of the
 * decimal mark; exponents are allowed, thousands marks, units and words are not.
 */
export function parseNumber(bytes: Uint8Array, from: number, to: number, decimal: number): number {
  const sign = bytes[from]
  const whole = sign === minus || sign === plus ? from + 1 : from
  let at = whole
  let mantissa = 0
  for (; at < to && isDigit(bytes[at]); at++) mantissa = mantissa * 10 + (bytes[at] as number) - zero
  let digits = at - whole
  let decimals = 0
  if (at < to && bytes[at] === decimal) {
    const point = at++
    for (; at < to && isDigit(bytes[at]); at++) mantissa = mantissa * 10 + (bytes[at] as number) - zero
    decimals = at - point - 1
    digits += decimals
  }
  // Both operands are exact below 2^53 and 10^22, so the division rounds once: the nearest double (Clinger 1990).
  if (at < to || mantissa >= exactLimit || decimals > 22) return parseOdd(bytes, from, to, decimal)
  if (digits === 0) return Number.NaN
  const value = decimals > 0 ? mantissa / (powers[decimals] as number) : mantissa
  return sign === minus ? -value : value
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= zero && byte <= nine
}

const numberPattern = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,4})?$/

/** Exponents and numbers too long for the fast path. */
function parseOdd(bytes: Uint8Array, from: number, to: number, decimal: number): number {
  if (to - from > 400) return Number.NaN
  let text = ''
  for (let at = from; at < to; at++) {
    const byte = bytes[at] as number
    if (decimal === comma && byte === dot) return Number.NaN
    text += byte === decimal ? '.' : String.fromCharCode(byte)
  }
  return numberPattern.test(text) ? Number(text) : Number.NaN
}

/** UTF-8 bytes as text; what is not UTF-8 is read as Latin-1. At most `limit` bytes. */
export function textOf(bytes: Uint8Array, from: number, to: number, limit = 200): string {
  const end = Math.min(to, from + limit)
  let text = ''
  let plain = true
  for (let at = from; at < end; at++) {
    const byte = bytes[at] as number
    if (byte > 127) plain = false
    text += String.fromCharCode(byte)
  }
  if (plain) return text
  try {
    return decodeURIComponent(text.replace(/[%\u0080-\u00ff]/g, (c) => `%${c.charCodeAt(0).toString(16)}`))
  } catch {
    return text
  }
}

/** Text as bytes of UTF-8; times of a file of ticks come this way one by one. */
export function bytesOf(text: string): Uint8Array {
  const plain = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code > 127) return encodedBytes(text)
    plain[at] = code
  }
  return plain
}

function encodedBytes(text: string): Uint8Array {
  const encoded = encodeURIComponent(text)
  const bytes: number[] = []
  for (let at = 0; at < encoded.length; at++) {
    if (encoded[at] === '%') {
      bytes.push(Number.parseInt(encoded.slice(at + 1, at + 3), 16))
      at += 2
    } else bytes.push(encoded.charCodeAt(at))
  }
  return Uint8Array.from(bytes)
}
