import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SourceInstrument, SourceState } from '../../../core/blotter/market-source.ts'
import { RateBudget } from '../../../core/blotter/rate-budget.ts'
import { defaultReconnectPolicy, type ReconnectPolicy, waitBefore } from '../../../core/blotter/reconnect-policy.ts'
import { type ConnectionListener, keepConnected } from '../../../core/blotter/reconnecting.ts'
import { DomainError } from '../../../core/domain/errors.ts'
import type { InstrumentId } from '../../../core/domain/ids.ts'
import type { MarketKind } from '../../../core/domain/market-message.ts'
import { seededRandom } from '../../../core/lib/seeded-random.ts'
import { simulatedTime } from './simulated-time.ts'

const away = new DomainError('venue.unreachable', { venue: 'x', detail: 'away' })
const gold: SourceInstrument = { id: 'GOLD' as InstrumentId, symbol: 'XAU' }
const ticks: ReadonlySet<MarketKind> = new Set(['tick'])
const tick = { kind: 'tick', instrument: gold.id, time: 0, price: 1, size: 1, side: 0, id: 0 } as const

/** A venue whose attempts succeed or fail as `answers` says, one after the other, and then succeed. */
function bench(answers: readonly DomainError[] = [], policy: Partial<ReconnectPolicy> = {}) {
  const time = simulatedTime(1_000_000)
  const told: string[] = []
  const opened: ConnectionListener[] = []
  const wanted: string[] = []
  const attempts: number[] = []
  let closed = 0
  const random = seededRandom(7)
  const left = [...answers]
  const kept = keepConnected(
    async (listener) => {
      attempts.push(time.now())
      const failure = left.shift()
      if (failure !== undefined) throw failure
      opened.push(listener)
      return { want: ({ id }, kinds) => wanted.push(`${id} ${[...kinds]}`), close: async () => void closed++ }
    },
    { ...defaultReconnectPolicy, ...policy },
    { clock: time, random, after: time.after, budget: new RateBudget(5, 5) },
  )
  kept.start({
    message: () => told.push('message'),
    state: (state: SourceState) => told.push(state.kind),
    gap: (instruments, since) => told.push(`gap ${instruments} ${since - 1_000_000}`),
    trouble: (instrument, error) => told.push(`trouble ${instrument} ${error.code}`),
  })
  return {
    time,
    told,
    opened,
    wanted,
    attempts,
    kept,
    closed: () => closed,
    last: () => opened.at(-1) as ConnectionListener,
  }
}

describe('a connection that is kept', () => {
  test('subscribes what was wanted before it was open, and again after a loss, and tells the gap', async () => {
    const { kept, time, told, wanted, last } = bench()
    kept.subscribe(gold, ticks)
    await time.advance(0)
    last().message(tick)
    await time.advance(5_000)
    last().message(tick)
    await time.advance(700)
    last().lost(away)
    await time.advance(1_000)
    expect(wanted).toEqual(['GOLD tick', 'GOLD tick'])
    expect(told).toEqual([
      ...['connecting', 'live', 'gap GOLD 0', 'message', 'message'],
      ...['waiting', 'connecting', 'live', 'gap GOLD 5000'],
    ])
  })

  test('waits longer after each failed attempt, up to half a minute, and from the start after steady minutes', async () => {
    const { time, attempts, last } = bench(Array.from({ length: 12 }, () => away))
    await time.advance(600_000)
    const waits = attempts.slice(1).map((at, index) => at - (attempts[index] as number))
    expect(waits).toHaveLength(12)
    for (const [index, wait] of waits.entries()) {
      const ceiling = Math.min(30_000, 250 * 2 ** index)
      expect(wait).toBeGreaterThanOrEqual(ceiling / 2)
      expect(wait).toBeLessThanOrEqual(ceiling)
    }
    const before = time.now()
    last().lost(away)
    await time.advance(30_000)
    expect((attempts.at(-1) as number) - before).toBeLessThanOrEqual(250)
  })

  test('is opened anew when nothing was heard for too long, but not when nothing was asked for', async () => {
    const { kept, time, told, opened } = bench([], { silentMs: 10_000 })
    await time.advance(60_000)
    expect(opened).toHaveLength(1)
    kept.subscribe(gold, ticks)
    await time.advance(12_000)
    expect(told.filter((each) => each === 'silent').length).toBeGreaterThan(0)
    expect(opened.length).toBeGreaterThan(1)
  })

  test('gives up where trying again mends nothing', async () => {
    const { time, told, attempts } = bench([new DomainError('venue.refused', { venue: 'x', detail: 'bad key' })])
    await time.advance(3_600_000)
    expect(told).toEqual(['connecting', 'failed'])
    expect(attempts).toHaveLength(1)
  })

  test('does not hear what a connection that it has left still tells', async () => {
    const { kept, time, told, opened, closed } = bench()
    kept.subscribe(gold, ticks)
    await time.advance(0)
    opened[0]?.lost(away)
    opened[0]?.message(tick)
    opened[0]?.lost(away)
    await time.advance(1_000)
    expect(told.filter((each) => each === 'message')).toEqual([])
    expect(opened).toHaveLength(2)
    expect(closed()).toBe(1)
  })

  test('is silent once it was stopped, in any state', async () => {
    for (const moment of [0, 100, 400]) {
      const { kept, time, told, last } = bench(moment === 0 ? [] : [away, away, away])
      await time.advance(moment)
      await kept.stop()
      const before = told.length
      if (moment === 0) last().message(tick)
      await time.advance(100_000)
      expect(told.at(-1)).toBe('stopped')
      expect(told).toHaveLength(before)
    }
  })
})

describe('a budget', () => {
  test('a thousand losses at once come back at five a second, not one sooner', () => {
    const budget = new RateBudget(5, 5)
    const times = Array.from({ length: 1_000 }, (_, index) => budget.take(index % 60))
    for (let from = 0; from < 200_000; from += 500) {
      expect(times.filter((at) => at >= from && at < from + 1_000).length).toBeLessThanOrEqual(10)
    }
    expect(Math.max(...times)).toBeGreaterThan(198_000)
    expect(Math.max(...times)).toBeLessThan(200_000)
  })

  test('never gives more than its burst and its rate allow, whenever it is asked', () => {
    const asked = fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(asked, fc.integer({ min: 1, max: 8 }), (gaps, burst) => {
        const budget = new RateBudget(10, burst)
        let now = 0
        const times = gaps.map((gap) => {
          now += gap
          return budget.take(now)
        })
        for (const [index, start] of times.entries()) {
          const within = times.slice(index).filter((at) => at < start + 1_000).length
          expect(within).toBeLessThanOrEqual(10 + burst)
        }
      }),
    )
  })

  test('each wait lies between half and all of its ceiling', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempt, random) => {
          const wait = waitBefore(attempt, defaultReconnectPolicy, random)
          expect(wait).toBeGreaterThanOrEqual(125)
          expect(wait).toBeLessThanOrEqual(30_000)
        },
      ),
    )
  })
})
