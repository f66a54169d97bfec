import { describe, expect, test } from 'vitest'
import type { MarketSource } from '../../../core/blotter/market-source.ts'
import { createBarSeries } from '../../../core/domain/bar-series.ts'
import { DomainError } from '../../../core/domain/errors.ts'
import type { InstrumentId } from '../../../core/domain/ids.ts'
import { createMemoryStores } from '../../../core/stores/memory-stores.ts'
import { createBackfills, missedTasks } from '../../../core/workstation/backfills.ts'
import { createJobs } from '../../../core/workstation/jobs.ts'
import type { Ports } from '../../../core/workstation/ports.ts'
import { createTopics } from '../../../core/workstation/topics.ts'

const minute = 60_000
const instrument = { id: 'BTC' as InstrumentId, symbol: 'BTC/USDT' }

function minutes(from: number, to: number, stepMs: number) {
  const bars = createBarSeries(Math.max(0, (to - from) / stepMs))
  for (let row = 0; row < bars.length; row++) {
    bars.time[row] = from + row * stepMs
    bars.closeTime[row] = from + (row + 1) * stepMs
    for (const name of ['open', 'high', 'low', 'close', 'volume'] as const) bars[name][row] = 1
  }
  return bars
}

/** A clock that moves when it is told to, a source that fails as often as wanted, stores in memory. */
function bench(failures: number) {
  let now = 0
  let left = failures
  let waiting: { at: number; call: () => void }[] = []
  const asked: string[] = []
  const source = {
    name: 'venue',
    history: {
      intervals: ['1m', '1h'],
      async *bars(_: unknown, interval: string, { from, to }: { from: number; to: number }) {
        asked.push(`${interval} at ${now / 1000} s`)
        if (left-- > 0) throw new DomainError('venue.unreachable', { source: 'venue', host: '', reason: '' })
        yield minutes(from, to, interval === '1m' ? minute : 60 * minute)
      },
      ticks: null,
      quotes: null,
    },
  } as unknown as MarketSource
  const clock = { now: () => now }
  const after = (delay: number, call: () => void) => {
    const timer = { at: now + Math.max(0, delay), call }
    waiting.push(timer)
    return () => {
      waiting = waiting.filter((each) => each !== timer)
    }
  }
  const stores = createMemoryStores({ clock, sha256: () => '' })
  const jobs = createJobs(
    clock,
    () => `job-${asked.length}`,
    () => undefined,
  )
  const backfills = createBackfills({ stores, clock, after } as unknown as Ports, jobs, createTopics())
  const pass = async (until: number) => {
    while (waiting.some(({ at }) => at <= until)) {
      const [next] = waiting.toSorted((a, b) => a.at - b.at)
      if (next === undefined) break
      waiting = waiting.filter((each) => each !== next)
      now = Math.max(now, next.at)
      next.call()
      for (let turn = 0; turn < 50; turn++) await Promise.resolve()
    }
    now = until
  }
  return { source, stores, backfills, asked, pass, waits: () => waiting.length }
}

describe('what an interruption left out', () => {
  test('is asked for again, later each time, until the source has answered; then nothing is missing', async () => {
    const { source, stores, backfills, asked, pass, waits } = bench(3)
    const failures: unknown[] = []
    const wish = { instrument, intervals: ['1m'], record: ['bar'] as const }
    for (const task of missedTasks(source, wish, { from: 0, to: 10 * minute }))
      backfills.later(task, (error) => failures.push(error))
    await pass(3_600_000)
    expect(asked).toEqual(['1m at 603 s', '1m at 633 s', '1m at 693 s', '1m at 813 s'])
    expect(failures).toHaveLength(3)
    expect((await stores.bars.read('BTC', '1m', null, null)).length).toBe(10)
    expect(waits()).toBe(0)
  })

  test('is asked for at every interval that is collected and that the source has, prints once', async () => {
    const { source, stores, backfills, pass } = bench(0)
    const wish = { instrument, intervals: ['1h', '1m', '100tick'], record: ['bar', 'tick'] as const }
    const tasks = missedTasks(source, wish, { from: 0, to: 150 * minute })
    expect(tasks.map(({ interval, ticks }) => [interval, ticks])).toEqual([
      ['1m', true],
      ['1h', false],
    ])
    for (const task of tasks) backfills.later(task, () => undefined)
    await pass(24 * 3_600_000)
    expect((await stores.bars.read('BTC', '1m', null, null)).length).toBe(150)
    expect((await stores.bars.read('BTC', '1h', null, null)).length).toBe(3)
    expect(missedTasks(source, { ...wish, intervals: ['5s'] }, { from: 0, to: 1 })).toMatchObject([{ interval: '1m' }])
  })

  test('is left when the blotter stops', async () => {
    const { source, backfills, asked, pass, waits } = bench(9)
    const [task] = missedTasks(source, { instrument, intervals: ['1m'], record: ['bar'] }, { from: 0, to: minute })
    if (task !== undefined) backfills.later(task, () => undefined)
    await pass(100_000)
    backfills.cancelAll()
    expect(waits()).toBe(0)
    await pass(3_600_000)
    expect(asked.length).toBe(2)
  })
})
