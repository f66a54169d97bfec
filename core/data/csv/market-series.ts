import { createMarketColumns, type QuoteSeries, type TickSeries, toMarketSeries } from '../../domain/market-columns.ts'
import { compareKeys } from '../../stores/merge-market.ts'
import { type MarketText, readQuotes, readTickRows } from './market-file.ts'

/**
 * Ticks of a CSV text as they are kept: by time and id. Without a column of trade numbers a print's id is its ordinal
 * among those of its time, so that reading the same file again gives the same ids. Of two rows with one key the later
 * counts. A size that the file does not tell is NaN.
 */
export function readTickSeries(source: MarketText): TickSeries {
  const { ticks, ids, sides } = readTickRows(source)
  const id = ids ?? ordinals(ticks.time)
  const columns = [ticks.time, id, ticks.price, ticks.size.map(knownSize), sides]
  const order = Array.from(ticks.time, (_, row) => row)
  // By time they are already; numbers of one time need not be.
  if (ids !== null) order.sort((a, b) => compareKeys([ticks.time, id], a, [ticks.time, id], b) || a - b)
  return toMarketSeries('tick', pick('tick', columns, lastOfKey(order, [ticks.time, id])))
}

/** Quotes of a CSV text as they are kept: one a time, the last that a file has. */
export function readQuoteSeries(source: MarketText): QuoteSeries {
  const { time, bid, ask, bidSize, askSize } = readQuotes(source)
  const columns = [time, bid, ask, bidSize.map(knownSize), askSize.map(knownSize)]
  const order = Array.from(time, (_, row) => row)
  return toMarketSeries('quote', pick('quote', columns, lastOfKey(order, [time])))
}

/** Readers for the engine let an unknown size limit nothing; a store says that it is unknown. */
function knownSize(size: number): number {
  return size === Number.POSITIVE_INFINITY ? Number.NaN : size
}

function ordinals(time: Float64Array): Float64Array {
  const ids = new Float64Array(time.length)
  for (let row = 1; row < time.length; row++) if (time[row] === time[row - 1]) ids[row] = (ids[row - 1] as number) + 1
  return ids
}

/** Of rows in order of their keys, the last of each key. */
function lastOfKey(order: readonly number[], keys: readonly Float64Array[]): number[] {
  return order.filter((row, at) => {
    const next = order[at + 1]
    return next === undefined || compareKeys(keys, row, keys, next) !== 0
  })
}

function pick(kind: 'tick' | 'quote', columns: readonly Float64Array[], rows: readonly number[]): Float64Array[] {
  const picked = createMarketColumns(kind, rows.length)
  for (const [index, column] of columns.entries()) {
    const target = picked[index] as Float64Array
    for (const [at, row] of rows.entries()) target[at] = column[row] as number
  }
  return picked
}
