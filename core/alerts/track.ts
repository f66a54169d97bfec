import type { BarSeries } from '../domain/bar-series.ts'
import { DomainError } from '../domain/errors.ts'
import { computeIndicator } from '../indicators/compute.ts'
import type { BarColumns } from '../indicators/graph.ts'
import { resolveIndicator } from '../indicators/indicator-names.ts'
import { sourceLines } from '../indicators/sources.ts'
import type { Operand, Relation } from './condition.ts'

/**
 * A condition over time: at each moment (EpochMs, never falling) the two figures that it compares, NaN: undefined.
 * Relation `is`: there is nothing to compare, it is so at its moments and at no other.
 */
export interface Track {
  readonly moments: Float64Array
  readonly left: Float64Array
  readonly right: Float64Array
  readonly relation: Relation | 'is'
}

/** Two operands on every closed bar. Throws as `computeIndicator`, and `alert.wrong` for an output that there is not. */
export function barTrack(
  { left, relation, right }: { readonly left: Operand; readonly relation: Relation; readonly right: Operand },
  bars: BarSeries & BarColumns,
): Track {
  return { moments: bars.closeTime, left: operandColumn(left, bars), right: operandColumn(right, bars), relation }
}

/** A figure against a number, at the moments at which it was heard. */
export function levelTrack(moments: Float64Array, figures: Float64Array, relation: Relation, value: number): Track {
  return { moments, left: figures, right: new Float64Array(figures.length).fill(value), relation }
}

/** Something that is so at its moments only. */
export function momentTrack(moments: Float64Array): Track {
  return { moments, left: moments, right: moments, relation: 'is' }
}

/** Bars that an operand needs before it has its first value. */
export function warmupOf(operand: Operand): number {
  if (operand.kind === 'change') return operand.bars + 1
  if (operand.kind !== 'indicator') return 1
  const empty = new Float64Array(0)
  const columns = { open: empty, high: empty, low: empty, close: empty, volume: empty, openInterest: empty }
  return indicatorResult(operand, { ...columns, localTime: () => empty }).warmup
}

function operandColumn(operand: Operand, bars: BarSeries & BarColumns): Float64Array {
  switch (operand.kind) {
    case 'number':
      return new Float64Array(bars.length).fill(operand.value)
    case 'price':
      return sourceLines(resolveIndicator('sma').definition, [operand.of], bars)[0] as Float64Array
    case 'change':
      return changes(bars.close, operand.bars)
    case 'line':
      return bars.closeTime.map((time) => lineAt(operand, time))
    case 'indicator':
      return indicatorColumn(operand, bars)
  }
}

function indicatorColumn(operand: Extract<Operand, { kind: 'indicator' }>, bars: BarColumns): Float64Array {
  const { lines } = indicatorResult(operand, bars)
  const names = Object.keys(lines)
  const column = lines[operand.output === '' ? (names[0] ?? '') : operand.output]
  if (column !== undefined) return column
  const condition = `${operand.id}.${operand.output}`
  throw new DomainError('alert.wrong', { condition, part: operand.output, expected: names.join(', ') })
}

function indicatorResult({ id, params }: Extract<Operand, { kind: 'indicator' }>, bars: BarColumns) {
  const { definition } = resolveIndicator(id)
  return computeIndicator(id, params, { ...bars, lines: sourceLines(definition, [], bars) })
}

function changes(close: Float64Array, bars: number): Float64Array {
  return close.map((now, row) => {
    const before = close[row - bars]
    return before === undefined || before === 0 ? Number.NaN : (now / before - 1) * 100
  })
}

function lineAt({ from, to }: Extract<Operand, { kind: 'line' }>, time: number): number {
  return from.price + ((to.price - from.price) * (time - from.time)) / (to.time - from.time)
}

/** True for relations that are so at one moment only. */
export function isMomentary({ relation }: Track): boolean {
  return relation !== 'above' && relation !== 'below'
}

/** Whether a track's condition is so on its row; a crossing compares with the last row on which the two differed. */
export function holdsOn({ left, right, relation }: Track, row: number): boolean {
  const [a, b] = [left[row] as number, right[row] as number]
  if (relation === 'above') return a > b
  if (relation === 'below') return a < b
  if (relation === 'is') return true
  const side = Math.sign(a - b)
  if (side === 0 || Number.isNaN(side)) return false
  const before = sideBefore(left, right, row)
  const has = before === -side
  if (relation === 'crosses') return has
  return has && (relation === 'crosses-above') === side > 0
}

/** 1, −1, or 0 where the two never differed before, or one of them was undefined. */
function sideBefore(left: Float64Array, right: Float64Array, row: number): number {
  for (let earlier = row - 1; earlier >= 0; earlier--) {
    const side = Math.sign((left[earlier] as number) - (right[earlier] as number))
    if (Number.isNaN(side)) return 0
    if (side !== 0) return side
  }
  return 0
}
