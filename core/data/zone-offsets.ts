import { upperBound } from '../lib/columns.ts'
import { dayMs, daysFromCivil } from './civil.ts'

/** Local time of one IANA zone. “Local” values are the clock on the wall written as if it were UTC, in milliseconds. */
export interface ZoneClock {
  /** Local minus UTC at an instant. */
  offsetAt(utc: number): number
  /** The instant of a local time: the earlier one when the clock shows it twice, moved forward by the gap when never. */
  toUtc(local: number): number
  /** The span of constant offset around an instant: [from, to). */
  span(utc: number): { readonly from: number; readonly to: number; readonly offset: number }
}

const probeMs = 14 * dayMs
/** A century is probed in ten-year pieces, each when first needed. */
const pieceMs = 3_660 * dayMs
const clocks = new Map<string, ZoneClock>()

/** True when Intl knows the zone. */
export function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone }) !== null
  } catch {
    return false
  }
}

/** The clock of a zone; its transitions are found once and kept, so that no loop over bars asks Intl. Throws for an unknown zone. */
export function zoneClock(zone: string): ZoneClock {
  const known = clocks.get(zone)
  if (known !== undefined) return known
  const clock = zone === 'UTC' ? utcClock : tableClock(intlOffsets(zone))
  clocks.set(zone, clock)
  return clock
}

const forever = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, offset: 0 }
const utcClock: ZoneClock = { offsetAt: () => 0, toUtc: (local) => local, span: () => forever }

interface Piece {
  readonly starts: Float64Array
  readonly offsets: Float64Array
}

function tableClock(offsetOf: (utc: number) => number): ZoneClock {
  const pieces = new Map<number, Piece>()
  let last = { from: 0, to: 0, offset: 0 }
  const span = (utc: number) => {
    if (utc >= last.from && utc < last.to) return last
    const number = Math.floor(utc / pieceMs)
    let piece = pieces.get(number)
    if (piece === undefined) {
      piece = findTransitions(offsetOf, number * pieceMs, (number + 1) * pieceMs)
      pieces.set(number, piece)
    }
    const at = upperBound(piece.starts, utc) - 1
    last = {
      from: piece.starts[at] as number,
      to: piece.starts[at + 1] ?? (number + 1) * pieceMs,
      offset: piece.offsets[at] as number,
    }
    return last
  }
  const offsetAt = (utc: number) => span(utc).offset
  return {
    offsetAt,
    span,
    toUtc(local) {
      const { from, to, offset } = last
      // Two days inside a span nothing is ambiguous: the common case of every row but a few.
      if (local - offset >= from + 2 * dayMs && local - offset < to - 2 * dayMs) return local - offset
      const before = offsetAt(local - dayMs)
      const after = offsetAt(local + dayMs)
      const early = local - Math.max(before, after)
      if (early + offsetAt(early) === local) return early
      const late = local - Math.min(before, after)
      return late + offsetAt(late) === local ? late : local - before
    },
  }
}

function findTransitions(offsetOf: (utc: number) => number, from: number, to: number): Piece {
  const starts = [from]
  const offsets = [offsetOf(from)]
  let [left, leftOffset] = [from, offsetOf(from)]
  while (left < to) {
    const right = Math.min(left + probeMs, to)
    const rightOffset = offsetOf(right)
    if (rightOffset !== leftOffset) {
      const at = bisect(offsetOf, left, right)
      if (at < to) {
        starts.push(at)
        offsets.push(rightOffset)
      }
    }
    left = right
    leftOffset = rightOffset
  }
  return { starts: Float64Array.from(starts), offsets: Float64Array.from(offsets) }
}

function bisect(offsetOf: (utc: number) => number, left: number, right: number): number {
  const before = offsetOf(left)
  let [low, high] = [left, right]
  while (high - low > 1_000) {
    const middle = Math.floor((low + high) / 2_000) * 1_000
    if (middle <= low) break
    if (offsetOf(middle) === before) low = middle
    else high = middle
  }
  return high
}

function intlOffsets(zone: string): (utc: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    // h23: with `hour12: false` midnight reads 24 (08, section 9).
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  return (utc) => {
    const parts: Record<string, number> = {}
    for (const { type, value } of format.formatToParts(utc)) parts[type] = Number(value)
    const days = daysFromCivil(parts.year ?? 0, parts.month ?? 1, parts.day ?? 1)
    const local = days * dayMs + ((parts.hour ?? 0) * 60 + (parts.minute ?? 0)) * 60_000 + (parts.second ?? 0) * 1_000
    return local - Math.floor(utc / 1_000) * 1_000
  }
}
