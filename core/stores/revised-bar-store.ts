import { type BarSeries, barColumnNames, createBarSeries } from '../domain/bar-series.ts'
import type { Clock } from '../lib/clock.ts'
import { lowerBound } from '../lib/columns.ts'
import type { BarStore } from './bar-store.ts'
import { barsToWrite } from './merge-bars.ts'
import type { Revision, RevisionStore } from './revision-store.ts'

/**
 * A bar store whose writes keep what they overwrite, so that the bars of an earlier run can be had back. What is kept is
 * written first: a write that then fails leaves a revision that changes nothing when it is taken back. Appending, and
 * bars before the first, are no revisions: whoever used a period has its ends. Deleting an instrument deletes its history.
 */
export function createRevisedBarStore(store: BarStore, revisions: RevisionStore, clock: Clock): BarStore {
  const last = new Map<string, number>()
  const stamp = (series: string): number => {
    const at = Math.max(clock.now(), (last.get(series) ?? Number.NEGATIVE_INFINITY) + 1)
    last.set(series, at)
    return at
  }
  return {
    ...{ read: store.read.bind(store), coverage: store.coverage.bind(store) },
    async upsert(instrument, interval, bars, source) {
      const found = await whatGoes(store, { instrument, interval, bars })
      if (found !== undefined) {
        const at = stamp(`${instrument}\n${interval}`)
        await revisions.add({ instrument, interval, at, source, ...found })
      }
      return store.upsert(instrument, interval, bars, source)
    },
    async delete(instrument, interval) {
      if (interval === null) await revisions.delete(instrument)
      else {
        const before = await store.read(instrument, interval, null, null)
        const at = stamp(`${instrument}\n${interval}`)
        const source = 'deleted'
        if (before.length > 0)
          await revisions.add({ instrument, interval, at, source, before, added: new Float64Array() })
      }
      return store.delete(instrument, interval)
    },
  }
}

interface Write {
  readonly instrument: string
  readonly interval: string
  readonly bars: BarSeries
}

/** What a write replaces or puts between other bars; undefined when it does neither. */
async function whatGoes(
  store: BarStore,
  { instrument, interval, bars }: Write,
): Promise<Pick<Revision, 'before' | 'added'> | undefined> {
  if (bars.length === 0) return undefined
  const [first, end] = [bars.time[0] as number, (bars.time[bars.length - 1] as number) + 1]
  const stored = await store.read(instrument, interval, first, end)
  const { written, replaced } = barsToWrite(stored, bars)
  if (written.length === 0) return undefined
  const before = rowsAt(stored, replaced)
  const isNew = new Set(replaced)
  const fresh = written.time.filter((time) => !isNew.has(time))
  const added = fresh.length === 0 ? fresh : await inner(store, { instrument, interval }, fresh)
  return before.length + added.length === 0 ? undefined : { before, added }
}

function rowsAt(bars: BarSeries, times: Float64Array): BarSeries {
  const found = createBarSeries(times.length)
  for (const [at, time] of times.entries()) {
    const row = lowerBound(bars.time, time)
    for (const name of barColumnNames) found[name][at] = bars[name][row] as number
  }
  return found
}

/** Times that lie between stored bars. */
async function inner(
  store: BarStore,
  series: { readonly instrument: string; readonly interval: string },
  times: Float64Array,
): Promise<Float64Array> {
  const all = await store.coverage()
  const held = all.find(({ instrument, interval }) => instrument === series.instrument && interval === series.interval)
  if (held === undefined) return new Float64Array()
  return times.filter((time) => time > held.from && time < held.to)
}
