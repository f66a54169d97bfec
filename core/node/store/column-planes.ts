import { invariant } from '../../lib/assert.ts'

export const constantMode = 0
export const offsetMode = 1
export const tickMode = 2
export const rawMode = 3

const maxDecimals = 9
/** Zigzag deltas of ticks within ±2^51 stay below 2^53, where every integer is a double. */
const maxTick = 2 ** 51
const word = 2 ** 32

/** The fewest decimals with which every value is a whole number of ticks that divides back to exactly it; −1 if none. */
export function tickScale(column: Float64Array): number {
  for (let decimals = 0; decimals <= maxDecimals; decimals++) if (isOnGrid(column, 10 ** decimals)) return decimals
  return -1
}

function isOnGrid(column: Float64Array, scale: number): boolean {
  for (let row = 0; row < column.length; row++) {
    const value = column[row] as number
    const tick = Math.round(value * scale)
    if (tick / scale !== value || tick > maxTick || tick < -maxTick || (tick === 0 && 1 / value < 0)) return false
  }
  return true
}

interface EncodePlanes {
  readonly column: Float64Array
  readonly decimals: number
  readonly raw: Uint8Array
  readonly at: number
}

/** Writes a column in mode ticks, or raw when `decimals` is −1; returns where it ended. */
export function encodePlanes({ column, decimals, raw, at }: EncodePlanes): number {
  if (decimals < 0) return encodeRaw(column, raw, at)
  const scale = 10 ** decimals
  const rows = column.length - 1
  const first = Math.round((column[0] as number) * scale)
  new DataView(raw.buffer, raw.byteOffset).setFloat64(at + 3, first, true)
  raw[at] = tickMode
  raw[at + 1] = decimals
  const narrow = new Uint32Array(rows)
  const bits = narrowDeltas(column, scale, narrow)
  if (bits >= 0) {
    raw[at + 2] = bytesFor(bits)
    writePlanes(narrow, bytesFor(bits), raw, at + 11)
    return at + 11 + bytesFor(bits) * rows
  }
  const wide = wideDeltas(column, scale)
  const width = bytesFor(wide.reduce((most, delta) => Math.max(most, delta), 0))
  raw[at + 2] = width
  writeWidePlanes(wide, width, raw, at + 11)
  return at + 11 + width * rows
}

/** Zigzag deltas that fit 32 bits, without a branch; gives all their bits or −1 when one does not fit. */
function narrowDeltas(column: Float64Array, scale: number, deltas: Uint32Array): number {
  let tick = Math.round((column[0] as number) * scale)
  let bits = 0
  for (let row = 0; row < deltas.length; row++) {
    const next = Math.round((column[row + 1] as number) * scale)
    const delta = (next - tick) | 0
    if (delta !== next - tick) return -1
    const zigzag = (delta << 1) ^ (delta >> 31)
    bits |= zigzag
    deltas[row] = zigzag
    tick = next
  }
  return bits >>> 0
}

function wideDeltas(column: Float64Array, scale: number): Float64Array {
  const deltas = new Float64Array(column.length - 1)
  for (let row = 0; row < deltas.length; row++) {
    const delta = Math.round((column[row + 1] as number) * scale) - Math.round((column[row] as number) * scale)
    deltas[row] = delta >= 0 ? delta * 2 : -delta * 2 - 1
  }
  return deltas
}

function bytesFor(largest: number): number {
  let width = 1
  while (largest >= 256 ** width) width++
  return width
}

function writePlanes(deltas: Uint32Array, width: number, raw: Uint8Array, at: number): void {
  const rows = deltas.length
  for (let plane = 0; plane < width; plane++) {
    const start = at + plane * rows
    const shift = plane * 8
    for (let row = 0; row < rows; row++) raw[start + row] = (deltas[row] as number) >>> shift
  }
}

/** Deltas beyond 32 bits: the low word, then what is above it (`width` is at least 5). */
function writeWidePlanes(deltas: Float64Array, width: number, raw: Uint8Array, at: number): void {
  const rows = deltas.length
  writePlanes(
    Uint32Array.from(deltas, (delta) => delta % word),
    4,
    raw,
    at,
  )
  writePlanes(
    Uint32Array.from(deltas, (delta) => Math.floor(delta / word)),
    width - 4,
    raw,
    at + 4 * rows,
  )
}

/** Reads a column in mode ticks or raw; returns where it ended. */
export function decodePlanes(raw: Uint8Array, at: number, column: Float64Array): number {
  if (raw[at] === rawMode) return decodeRaw(raw, at, column)
  const scale = 10 ** (raw[at + 1] as number)
  const width = raw[at + 2] as number
  const rows = column.length - 1
  const end = at + 11 + width * rows
  invariant(width >= 1 && width <= 7 && end <= raw.length, `${raw.length} bytes end inside a column`)
  const first = new DataView(raw.buffer, raw.byteOffset).getFloat64(at + 3, true)
  column[0] = first / scale
  if (width < 4) {
    addNarrow({ raw, at: at + 11, width, first, scale, column })
    return end
  }
  const low = readPlanes(raw, at + 11, rows, 4)
  const high = readPlanes(raw, at + 11 + 4 * rows, rows, width - 4)
  addWide({ low, high, first, scale, column })
  return end
}

function readPlanes(raw: Uint8Array, at: number, rows: number, width: number): Uint32Array {
  const deltas = new Uint32Array(rows)
  for (let plane = 0; plane < width; plane++) {
    const start = at + plane * rows
    const shift = plane * 8
    for (let row = 0; row < rows; row++) deltas[row] = (deltas[row] as number) | ((raw[start + row] as number) << shift)
  }
  return deltas
}

interface AddNarrow {
  readonly raw: Uint8Array
  readonly at: number
  readonly width: number
  readonly first: number
  readonly scale: number
  readonly column: Float64Array
}

/** Deltas of at most 24 bits, nearly every price there is: small integers all the way, planes joined as they are read. */
function addNarrow({ raw, at, width, first, scale, column }: AddNarrow): void {
  const rows = column.length - 1
  // A plane that is not there reads the first one and counts nothing.
  const [second, secondMask] = width > 1 ? [at + rows, 0xff] : [at, 0]
  const [third, thirdMask] = width > 2 ? [at + rows * 2, 0xff] : [at, 0]
  let tick = first
  for (let row = 0; row < rows; row++) {
    const middle = ((raw[second + row] as number) & secondMask) << 8
    const top = ((raw[third + row] as number) & thirdMask) << 16
    const zigzag = (raw[at + row] as number) | middle | top
    tick += (zigzag >>> 1) ^ -(zigzag & 1)
    column[row + 1] = tick / scale
  }
}

interface AddWide {
  readonly low: Uint32Array
  readonly high: Uint32Array
  readonly first: number
  readonly scale: number
  readonly column: Float64Array
}

function addWide({ low, high, first, scale, column }: AddWide): void {
  let tick = first
  for (let row = 0; row < low.length; row++) {
    const zigzag = (low[row] as number) + (high[row] as number) * word
    const half = Math.floor(zigzag / 2)
    tick += half * 2 === zigzag ? half : -half - 1
    column[row + 1] = tick / scale
  }
}

function encodeRaw(column: Float64Array, raw: Uint8Array, at: number): number {
  raw[at] = rawMode
  const rows = column.length
  const bytes = new Uint8Array(column.buffer, column.byteOffset, column.byteLength)
  for (let plane = 0; plane < 8; plane++) {
    const start = at + 1 + plane * rows
    for (let row = 0; row < rows; row++) raw[start + row] = bytes[row * 8 + plane] as number
  }
  return at + 1 + rows * 8
}

function decodeRaw(raw: Uint8Array, at: number, column: Float64Array): number {
  const rows = column.length
  const end = at + 1 + rows * 8
  invariant(end <= raw.length, `${raw.length} bytes end inside a column`)
  const bytes = new Uint8Array(column.buffer, column.byteOffset, column.byteLength)
  for (let plane = 0; plane < 8; plane++) {
    const start = at + 1 + plane * rows
    for (let row = 0; row < rows; row++) bytes[row * 8 + plane] = raw[start + row] as number
  }
  return end
}
