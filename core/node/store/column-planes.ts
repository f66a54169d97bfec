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
    if (tick / scale !== value || tick > maxTick || tick < -maxTick || (tick === 0 && Object.is(value, -0)))
      return false
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
  const deltas = new Float64Array(column.length - 1)
  let tick = Math.round((column[0] as number) * scale)
  new DataView(raw.buffer, raw.byteOffset).setFloat64(at + 3, tick, true)
  let largest = 0
  for (let row = 1; row < column.length; row++) {
    const next = Math.round((column[row] as number) * scale)
    const delta = next - tick
    const zigzag = delta >= 0 ? delta * 2 : -delta * 2 - 1
    if (zigzag > largest) largest = zigzag
    deltas[row - 1] = zigzag
    tick = next
  }
  const width = bytesFor(largest)
  raw[at] = tickMode
  raw[at + 1] = decimals
  raw[at + 2] = width
  return writeTickPlanes(deltas, width, raw, at + 11)
}

/** Reads a column in mode ticks or raw; returns where it ended. */
export function decodePlanes(raw: Uint8Array, at: number, column: Float64Array): number {
  if (raw[at] === rawMode) return decodeRaw(raw, at, column)
  const width = raw[at + 2] as number
  const scale = 10 ** (raw[at + 1] as number)
  const rows = column.length - 1
  const end = at + 11 + width * rows
  invariant(width <= 7 && end <= raw.length, `${raw.length} bytes end inside a column`)
  const deltas = readTickPlanes(raw, at + 11, rows, width)
  let tick = new DataView(raw.buffer, raw.byteOffset).getFloat64(at + 3, true)
  column[0] = tick / scale
  for (let row = 0; row < rows; row++) {
    const zigzag = deltas[row] as number
    const half = Math.floor(zigzag / 2)
    tick += half * 2 === zigzag ? half : -half - 1
    column[row + 1] = tick / scale
  }
  return end
}

function bytesFor(largest: number): number {
  let width = 1
  while (largest >= 256 ** width) width++
  return width
}

function writeTickPlanes(deltas: Float64Array, width: number, raw: Uint8Array, at: number): number {
  const rows = deltas.length
  for (let plane = 0; plane < width; plane++) {
    const start = at + plane * rows
    const shift = (plane % 4) * 8
    if (plane < 4) for (let row = 0; row < rows; row++) raw[start + row] = ((deltas[row] as number) >>> 0) >>> shift
    else for (let row = 0; row < rows; row++) raw[start + row] = Math.floor((deltas[row] as number) / word) >>> shift
  }
  return at + width * rows
}

function readTickPlanes(raw: Uint8Array, at: number, rows: number, width: number): Float64Array {
  const deltas = new Float64Array(rows)
  for (let plane = 0; plane < width; plane++) {
    const start = at + plane * rows
    const unit = 256 ** plane
    for (let row = 0; row < rows; row++) deltas[row] = (deltas[row] as number) + (raw[start + row] as number) * unit
  }
  return deltas
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
