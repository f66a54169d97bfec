import { openLive } from '../../core/engine/kernel.ts'
import type { LiveEvent } from '../../core/engine/live/live-event.ts'
import type { LiveNews } from '../../core/engine/live/live-view.ts'
import { noLimits } from '../../core/engine/live/risk-limits.ts'
import { workloadInstrument } from '../bench/workloads.ts'
import { barsOf } from './bars-of.ts'

const minuteMs = 60_000

/** A live run on a venue, with one instrument whose prices are what a test says. */
export function openVenueRun(strategyExports: unknown, { lotSize = 1, tickSize = 0.01, limits = noLimits } = {}) {
  const history = barsOf(Array.from({ length: 5 }, () => [100, 100, 100, 100] as const))
  const leadIn = history.closeTime[history.length - 1] ?? 0
  const run = openLive({
    strategyExports,
    ...{ params: {}, seed: 1, limits, cash: 100_000, leadIn, fillPolicy: 'tick' },
    ...{ commission: { kind: 'none' }, slippage: { kind: 'none' }, broker: { lots: 'whole', exits: 'once' } },
    venue: { prefix: 'tw-test' },
    instruments: [{ record: { ...workloadInstrument('SIM-1'), lotSize, tickSize }, bars: history, interval: '1d' }],
  })
  let now = leadIn
  const events: LiveEvent[] = []
  const apply = (event: LiveEvent): LiveNews => {
    events.push(event)
    run.apply(event)
    return run.news()
  }
  return {
    run,
    events,
    apply,
    tick(price: number): LiveNews {
      now += 1_000
      return apply({ kind: 'tick', instrument: 0, data: { time: now, price, size: 1 } })
    },
    bar(price: number): LiveNews {
      now += minuteMs
      const prices = { open: price, high: price, low: price, close: price, volume: 1, openInterest: Number.NaN }
      return apply({
        kind: 'bars',
        bars: [{ instrument: 0, bar: { time: now - minuteMs, closeTime: now, ...prices } }],
      })
    },
    get now() {
      return now
    },
  }
}
