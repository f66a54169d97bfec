import { describe, expect, it } from 'vitest'
import { modules, type RunResult } from '../../../core/engine/kernel.ts'
import { makeBars } from '../../bench/make-bars.ts'
import { CrossAtMarket, CrossWithBracket } from '../../bench/workloads.ts'
import { runOn } from '../../helpers/run-on.ts'

const { combine } = modules.tickwright

/** What extends a strategy without changing what it does: each sends the run through full time steps. */
const extras = {
  'an empty onStep': (base: typeof CrossWithBracket) =>
    class extends base {
      override onStep() {}
    },
  'a timer that does nothing': (base: typeof CrossWithBracket) =>
    class extends base {
      override onStart() {
        super.onStart()
        this.timer({ at: '12:00', every: 3_600_000 }, () => {})
      }
    },
  'an early timer that does nothing': (base: typeof CrossWithBracket) =>
    class extends base {
      override onStart() {
        super.onStart()
        this.timer({ at: '00:00', every: 60_000, cheat: true }, () => {})
      }
    },
  'coarse bars that nobody looks at': (base: typeof CrossWithBracket) =>
    class extends base {
      override onStart() {
        super.onStart()
        this.each((i) => {
          i.coarse('10m')
          i.coarse('15m', { replay: true })
        })
      }
    },
}

describe('a strategy does the same', () => {
  const costs = { commission: { kind: 'percent', rate: 0.0005 }, slippage: { kind: 'fixed', points: 0.01 } } as const
  const one = [makeBars(20_000, 7)]
  const three = [makeBars(9_000, 1), makeBars(8_000, 2), makeBars(7_000, 3)]

  for (const [name, extend] of Object.entries(extras)) {
    it(`with ${name}, byte for byte`, () => {
      for (const series of [one, three]) {
        const plain = runOn({ default: CrossWithBracket }, series, costs)
        expect(plain.counts.fills).toBeGreaterThan(20)
        const extended = runOn({ default: extend(CrossWithBracket) }, series, costs)
        // Compared here: a matcher would print a million differing bytes
        expect(Buffer.compare(extended.resultBytes(), plain.resultBytes())).toBe(0)
      }
    })
  }

  it('alone or beside another one, as long as both can pay', () => {
    const tradesOf = ({ trades }: RunResult, code: number) => {
      const { strategy, instrument, side, entryTime, exitTime, entryPrice, exitPrice, pnl } = trades.columns
      const rows = Array.from({ length: trades.rows }, (_, row) => row)
      const own = strategy === undefined ? rows : rows.filter((row) => strategy[row] === code)
      const columns = [instrument, side, entryTime, exitTime, entryPrice, exitPrice]
      return own.map((row) => [...columns.map((column) => column?.[row]), Math.round((pnl?.[row] ?? 0) * 1e6)])
    }
    for (const series of [one, three]) {
      const both = runOn({ default: combine({ bracket: CrossWithBracket, market: CrossAtMarket }) }, series, costs)
      expect(tradesOf(both, 0)).toEqual(tradesOf(runOn({ default: CrossWithBracket }, series, costs), 0))
      expect(tradesOf(both, 1)).toEqual(tradesOf(runOn({ default: CrossAtMarket }, series, costs), 0))
    }
  })
})
