import {
  createMarketColumns,
  type MarketColumnList,
  marketColumns,
  type SeriesKind,
  toMarketSeries,
} from '../domain/market-columns.ts'
import type { Clock } from '../lib/clock.ts'
import { lowerBound } from '../lib/columns.ts'
import { canonicalizeNaN } from './bar-blocks.ts'
import { daysOf, marketHash, utcDay, utcDayEnd } from './market-blocks.ts'
import type { MarketCoverage, MarketStore } from './market-store.ts'
import { assertMarketRows, groupEnd, keysOf, mergeMarket } from './merge-market.ts'
import type { Sha256 } from './stores.ts'

interface Stored {
  readonly instrument: string
  readonly kind: SeriesKind
  readonly columns: MarketColumnList
  readonly source: string
  readonly updatedAt: number
}

/** A MarketStore that forgets when its process ends. Every write copies the series: for tests and for small data. */
export function createMemoryMarketStore(options: { readonly clock: Clock; readonly sha256: Sha256 }): MarketStore {
  const stored = new Map<string, Stored>()
  const keyOf = (kind: SeriesKind, instrument: string) => `${kind} ${instrument}`
  const columnsOf = (kind: SeriesKind, instrument: string) =>
    stored.get(keyOf(kind, instrument))?.columns ?? createMarketColumns(kind, 0)
  const write = (kind: SeriesKind, instrument: string, incoming: MarketColumnList, source: string) => {
    const create = (length: number) => createMarketColumns(kind, length)
    const { columns, ...counts } = mergeMarket(kind, columnsOf(kind, instrument), incoming, create)
    if (counts.added + counts.changed > 0) {
      stored.set(keyOf(kind, instrument), { instrument, kind, columns, source, updatedAt: options.clock.now() })
    }
    return counts
  }
  return {
    async upsert(kind, instrument, rows, source) {
      return write(kind, instrument, checkedRows(kind, marketColumns(kind, rows)), source)
    },
    async upsertAll(batches, source) {
      const checked = batches.map(({ kind, instrument, rows }) => {
        return { kind, instrument, columns: checkedRows(kind, marketColumns(kind, rows)) }
      })
      return checked.map(({ kind, instrument, columns }) => write(kind, instrument, columns, source))
    },
    async read(kind, instrument, from, to, limit = 0) {
      const columns = columnsOf(kind, instrument)
      const [first, end] = periodOf(columns, from, to)
      const cut = limit > 0 && limit < end - first ? groupEnd(keysOf(kind, columns), first + limit - 1, end) : end
      return toMarketSeries(kind, copyRows(kind, part(columns, first, cut)))
    },
    async coverage() {
      return [...stored.values()].map(coverageOf).sort(byInstrument)
    },
    async days(kind, instrument, from, to) {
      const columns = columnsOf(kind, instrument)
      const [first, end] = periodOf(columns, from === null ? null : utcDay(from), to === null ? null : utcDayEnd(to))
      const [time] = part(columns, first, end)
      return [...daysOf(time as Float64Array)].map(({ day, from: start, to: stop }) => ({ day, rows: stop - start }))
    },
    async hash(kind, instrument, from, to) {
      const columns = columnsOf(kind, instrument)
      return marketHash(part(columns, ...periodOf(columns, from, to)), options.sha256)
    },
    repair: async () => [],
    async delete(kind, instrument, before) {
      const series = stored.get(keyOf(kind, instrument))
      if (series === undefined) return 0
      const [, gone] = periodOf(series.columns, null, before)
      const rest = part(series.columns, gone, series.columns[0]?.length ?? 0)
      if (rest[0]?.length === 0) stored.delete(keyOf(kind, instrument))
      else if (gone > 0) {
        stored.set(keyOf(kind, instrument), { ...series, columns: rest, updatedAt: options.clock.now() })
      }
      return gone
    },
  }
}

function periodOf(columns: MarketColumnList, from: number | null, to: number | null): [number, number] {
  const time = columns[0] as Float64Array
  const first = from === null ? 0 : lowerBound(time, from)
  return [first, Math.max(first, to === null ? time.length : lowerBound(time, to))]
}

function part(columns: MarketColumnList, from: number, to: number): Float64Array[] {
  return columns.map((column) => column.subarray(from, to))
}

function checkedRows(kind: SeriesKind, columns: MarketColumnList): Float64Array[] {
  assertMarketRows(kind, columns)
  return copyRows(kind, columns)
}

/** A copy with one NaN, as every other kind would give it back. */
function copyRows(kind: SeriesKind, columns: MarketColumnList): Float64Array[] {
  const copy = createMarketColumns(kind, columns[0]?.length ?? 0)
  for (const [index, column] of columns.entries()) {
    const target = copy[index] as Float64Array
    target.set(column)
    canonicalizeNaN(target)
  }
  return copy
}

function coverageOf({ instrument, kind, columns, source, updatedAt }: Stored): MarketCoverage {
  const time = columns[0] as Float64Array
  const [from, to] = [time[0] as number, time[time.length - 1] as number]
  return { instrument, kind, rows: time.length, from, to, bytes: null, source, updatedAt }
}

function byInstrument(a: MarketCoverage, b: MarketCoverage): number {
  if (a.instrument !== b.instrument) return a.instrument < b.instrument ? -1 : 1
  return a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0
}
