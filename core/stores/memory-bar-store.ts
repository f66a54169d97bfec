import { type BarSeries, barColumnNames, createBarSeries, sliceBars } from '../domain/bar-series.ts'
import type { Clock } from '../lib/clock.ts'
import { lowerBound } from '../lib/columns.ts'
import { blockCount, packBlock, seriesHash, unpackBlock } from './bar-blocks.ts'
import type { BarStore, Coverage } from './bar-store.ts'
import { assertAscending, mergeBars } from './merge-bars.ts'
import type { Sha256 } from './stores.ts'

interface StoredSeries {
  readonly instrument: string
  readonly interval: string
  readonly bars: BarSeries
  readonly hash: string
  readonly source: string
  readonly updatedAt: number
}

/** A BarStore that forgets when its process ends: for tests, and for runs over data that is not to be kept. */
export function createMemoryBarStore(options: { readonly clock: Clock; readonly sha256: Sha256 }): BarStore {
  const stored = new Map<string, StoredSeries>()
  const keyOf = (instrument: string, interval: string) => `${instrument} ${interval}`
  return {
    async upsert(instrument, interval, bars, source) {
      assertAscending(bars)
      const key = keyOf(instrument, interval)
      const before = stored.get(key)
      const merged = mergeBars(before?.bars ?? createBarSeries(0), bars)
      const { added, changed, unchanged } = merged
      if (added + changed === 0) {
        return { added, changed, unchanged, hash: before?.hash ?? seriesHash(merged.bars, options.sha256) }
      }
      const kept = copyBars(merged.bars)
      const hash = seriesHash(kept, options.sha256)
      stored.set(key, { instrument, interval, bars: kept, hash, source, updatedAt: options.clock.now() })
      return { added, changed, unchanged, hash }
    },
    async read(instrument, interval, from, to) {
      const bars = stored.get(keyOf(instrument, interval))?.bars ?? createBarSeries(0)
      const first = from === null ? 0 : lowerBound(bars.time, from)
      const end = to === null ? bars.length : lowerBound(bars.time, to)
      return copySlice(bars, first, Math.max(first, end))
    },
    async coverage() {
      return [...stored.values()].map(coverageOf).sort(byInstrument)
    },
    async delete(instrument, interval) {
      const doomed = [...stored].filter(
        ([, series]) => series.instrument === instrument && (interval === null || series.interval === interval),
      )
      for (const [key] of doomed) stored.delete(key)
      return doomed.length > 0
    },
  }
}

function coverageOf(series: StoredSeries): Coverage {
  const { instrument, interval, bars, hash, source, updatedAt } = series
  const last = bars.length - 1
  return {
    instrument,
    interval,
    bars: bars.length,
    from: bars.time[0] as number,
    to: bars.closeTime[last] as number,
    hash,
    source,
    updatedAt,
  }
}

function byInstrument(a: Coverage, b: Coverage): number {
  if (a.instrument !== b.instrument) return a.instrument < b.instrument ? -1 : 1
  return a.interval < b.interval ? -1 : a.interval > b.interval ? 1 : 0
}

/** A copy with one NaN, as every other kind would give it back. */
function copyBars(bars: BarSeries): BarSeries {
  const copy = createBarSeries(bars.length)
  let at = 0
  for (let block = 0; block < blockCount(bars.length); block++) {
    const packed = packBlock(bars, block)
    unpackBlock(packed, copy, at)
    at += packed.length / barColumnNames.length
  }
  return copy
}

function copySlice(bars: BarSeries, from: number, to: number): BarSeries {
  const copy = createBarSeries(to - from)
  const slice = sliceBars(bars, from, to)
  for (const name of barColumnNames) copy[name].set(slice[name])
  return copy
}
