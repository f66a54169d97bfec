import { backfill } from '../blotter/backfill.ts'
import { findGaps, type Gap } from '../blotter/gap-map.ts'
import type { InstrumentWish } from '../blotter/instrument-feed.ts'
import type { MarketSource, SourceInstrument } from '../blotter/market-source.ts'
import { calendarOf } from '../data/named-calendars.ts'
import { zoneClock } from '../data/zone-offsets.ts'
import { barSpecMs, parseBarSpec } from '../domain/bar-spec.ts'
import { DomainError } from '../domain/errors.ts'
import type { JobHandle, Jobs } from './jobs.ts'
import type { Ports } from './ports.ts'
import type { Topics } from './topics.ts'

/** A period to be filled from a source. */
export interface BackfillTask {
  readonly source: MarketSource
  readonly instrument: SourceInstrument
  readonly interval: string
  readonly from: number
  readonly to: number
  readonly ticks: boolean
  /** Shorter holes are left: in a quiet market a minute without a print has no bar. */
  readonly leastBars: number
}

export const quietBars = 5

/** The bar that was forming when a gap ended closes within this; only then does a source have all of it. */
const afterBarMs = 3_000
const shortMs = 6 * 3_600_000
/** More bars than these need not wait for the one that forms. */
const longBars = 10
const firstRetryMs = 30_000
const longestRetryMs = 1_800_000

/** Backfills as jobs, one after the other for each source so that its limits are kept. */
export function createBackfills(ports: Ports, jobs: Jobs, topics: Topics) {
  const queues = new Map<string, Promise<void>>()
  const live = new Map<{ cancelled: boolean }, string>()
  /** Holes that a source did not fill: asked again only on demand. */
  const empty = new Set<string>()
  const waits = new Set<() => void>()
  /** What was asked before the last `cancelAll` is not asked again. */
  let era = 0

  async function holesOf(task: BackfillTask): Promise<Gap[]> {
    const intervalMs = barSpecMs(parseBarSpec(task.interval))
    const bars = await ports.stores.bars.read(task.instrument.id, task.interval, task.from, task.to)
    const record = await ports.stores.instruments.get(task.instrument.id)
    const sessions = calendarOf(record?.calendar) ?? { zone: zoneClock('UTC') }
    return findGaps(bars, { intervalMs, leastMs: task.leastBars * intervalMs }, sessions, task)
  }

  async function fill(task: BackfillTask, holes: readonly Gap[], control: { cancelled: boolean }, job: JobHandle) {
    const total = holes.reduce((sum, { from, to }) => sum + to - from, 0)
    let done = 0
    for (const hole of holes) {
      const wish = { ...task, from: hole.from, to: hole.to }
      const result = await backfill({ source: task.source, stores: ports.stores }, wish, {
        cancelled: () => control.cancelled,
        mayGoOn: job.mayGoOn,
        onProgress: (until) => job.progress(done + Math.max(0, until - hole.from), total),
      })
      if (control.cancelled) throw new DomainError('cancelled')
      if (result.added + result.changed + result.unchanged === 0) empty.add(keyOf(task, hole))
      done += hole.to - hole.from
    }
  }

  function enqueue(task: BackfillTask, holes: () => Promise<Gap[]>, failed: (error: unknown) => void): string {
    const control = { cancelled: false }
    const cancel = () => {
      control.cancelled = true
    }
    const job = jobs.start('backfill', `${task.instrument.id} ${task.interval}`, cancel, { pausable: true })
    live.set(control, job.id)
    const before = queues.get(task.source.name) ?? Promise.resolve()
    const work = before.then(async () => {
      try {
        if (control.cancelled) throw new DomainError('cancelled')
        const wanted = await holes()
        await fill(task, wanted, control, job)
        topics.publish('data.changed', { instrument: task.instrument.id })
        job.finish()
      } catch (error) {
        job.finish(error)
        if (!control.cancelled) failed(error)
      } finally {
        live.delete(control)
      }
    })
    queues.set(task.source.name, work)
    return job.id
  }

  function later(task: BackfillTask, failed: (error: unknown) => void, attempt = 0): void {
    const intervalMs = barSpecMs(parseBarSpec(task.interval))
    const closed = Math.floor(task.to / intervalMs) * intervalMs
    if (attempt === 0 && closed < task.to && closed - task.from > longBars * intervalMs) {
      // A long time before a start need not wait for the bar that forms now
      later({ ...task, to: closed }, failed)
      later({ ...task, from: closed }, failed)
      return
    }
    const to = Math.ceil(task.to / intervalMs) * intervalMs
    const whole = { ...task, from: Math.floor(task.from / intervalMs) * intervalMs, to, leastBars: 1 }
    const begun = era
    const again = (error: unknown) => {
      if (begun !== era) return
      failed(error)
      later(task, failed, attempt + 1)
    }
    const wait = attempt === 0 ? 0 : Math.min(longestRetryMs, firstRetryMs * 2 ** (attempt - 1))
    const cancel = ports.after(Math.max(to + afterBarMs - ports.clock.now(), wait), () => {
      waits.delete(cancel)
      const isShort = whole.to - whole.from <= shortMs
      // What was heard of a bar when the cable was pulled may look like a bar: a short time is read again whole
      const sought = isShort ? Promise.resolve([{ from: whole.from, to: whole.to, missing: 1 }]) : holesOf(whole)
      void sought.then((holes) => {
        const wanted = holes.filter((hole) => !empty.has(keyOf(task, hole)))
        if (wanted.length > 0) enqueue(whole, async () => joined(wanted, intervalMs * task.leastBars), again)
      }, again)
    })
    waits.add(cancel)
  }

  return {
    /** Fills the whole period; the job's id. */
    start: (task: BackfillTask, failed: (error: unknown) => void): string => {
      const whole = { from: task.from, to: task.to, missing: 0 }
      return enqueue(task, async () => [whole], failed)
    },
    /**
     * Fills the holes of a period that was missed, once its last bar has closed; without a hole there is no job. A source
     * or a store that fails is asked again, later each time, until it has answered or everything is cancelled.
     */
    later,
    cancelAll(): void {
      era++
      for (const cancel of waits) cancel()
      waits.clear()
      for (const id of live.values()) jobs.cancel(id)
    },
  }
}

function keyOf(task: BackfillTask, { from, to }: Gap): string {
  return `${task.instrument.id} ${task.interval} ${from} ${to}`
}

/** Holes that lie close together are asked for at once. */
function joined(gaps: readonly Gap[], nearMs: number): Gap[] {
  const whole: Gap[] = []
  for (const gap of gaps) {
    const last = whole.at(-1)
    if (last !== undefined && gap.from - last.to <= nearMs) {
      whole[whole.length - 1] = { from: last.from, to: gap.to, missing: last.missing + gap.missing }
    } else whole.push(gap)
  }
  return whole
}

/**
 * What is asked for after an interruption: bars of each interval that is collected and that the source's history has,
 * the finest first and with it the prints; of minutes when it has none of them.
 */
export function missedTasks(
  source: MarketSource,
  { instrument, intervals, record }: Pick<InstrumentWish, 'instrument' | 'intervals' | 'record'>,
  period: { readonly from: number; readonly to: number },
): BackfillTask[] {
  const known = intervals.filter((each) => source.history?.intervals.includes(each))
  const finestFirst = known.toSorted((a, b) => barSpecMs(parseBarSpec(a)) - barSpecMs(parseBarSpec(b)))
  return (finestFirst.length === 0 ? ['1m'] : finestFirst).map((interval, index) => {
    const ticks = index === 0 && record.includes('tick')
    return { source, instrument, interval, ...period, ticks, leastBars: quietBars }
  })
}
