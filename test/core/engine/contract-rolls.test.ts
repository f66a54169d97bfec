import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CommissionConfig, SlippageConfig } from '../../../core/engine/cost-config.ts'
import type { Instrument } from '../../../core/engine/instrument.ts'
import { modules, openTrials, runBacktest } from '../../../core/engine/kernel.ts'
import { type Adjustment, adjustments } from '../../../core/futures/back-adjust.ts'
import { type ContinuousSeries, continuousSeries } from '../../../core/futures/continuous-series.ts'
import type { ContractChain } from '../../../core/futures/contract-chain.ts'
import { contractSpans } from '../../../core/futures/contract-spans.ts'
import { sum } from '../../../core/reports/statistics.ts'
import { workloadInstrument } from '../../bench/workloads.ts'
import { barsOf, type Candle } from '../../helpers/bars-of.ts'

const { Strategy } = modules.tickwright
const dayMs = 86_400_000
const start = Date.UTC(2024, 0, 1)

/** Buys (or sells) some contracts early and gives them back at the end. */
function holding(units: number, from = 2, until = Number.POSITIVE_INFINITY) {
  return {
    default: class extends Strategy {
      bar = 0
      override onBar(i: Instrument) {
        if (this.bar === from) units > 0 ? i.buy(units) : i.sell(-units)
        if (this.bar === until) i.exit()
        this.bar++
      }
    },
  }
}

function contract(code: string, from: number, closes: readonly number[]) {
  const candles = closes.map((close, at): Candle => {
    const open = at === 0 ? close : (closes[at - 1] as number)
    return [open, Math.max(open, close), Math.min(open, close), close, 10]
  })
  return { code, expiry: null, bars: barsOf(candles, start + from * dayMs) }
}

interface Case {
  readonly chain: ContractChain
  readonly adjustment: Adjustment
  readonly commission?: CommissionConfig
  readonly slippage?: SlippageConfig
}

function run(strategyExports: unknown, { chain, adjustment, commission, slippage }: Case) {
  const series = continuousSeries(chain, { kind: 'end' }, adjustment)
  const contracts = contractSpans(series, chain, adjustment)
  const result = runBacktest({
    ...{ strategyExports, params: {}, cash: 1_000_000, profile: 'default', fillPolicy: 'pessimistic', seed: 1 },
    commission: commission ?? { kind: 'none' },
    slippage: slippage ?? { kind: 'none' },
    instruments: [
      {
        record: { ...workloadInstrument('GC.c'), tickSize: 0.01, multiplier: 100 },
        ...{ bars: series.bars, interval: '1d', contracts },
      },
    ],
  })
  return { result, series, contracts }
}

/** March falls out on day 4, June stands 10 above it, September 4 below June. */
const three: ContractChain = [
  contract('H24', 0, [100, 101, 102, 103, 104]),
  contract('M24', 2, [112, 113, 114, 115, 116, 117]),
  contract('U24', 5, [111, 112, 113, 114, 115]),
]

/** What holding `units` from the open after row `from` on is worth at the end, from the contracts alone. */
function byHand({ chain }: Case, { contract: held, rolls }: ContinuousSeries, units: number, from: number): number {
  const raw = continuousSeries(chain, { kind: 'end' }, 'none').bars
  let gain = 0
  let paid = raw.open[from + 1] as number
  for (let row = from + 1; row < held.length; row++) {
    const roll = rolls.find((each) => each.row === row)
    if (roll !== undefined && row > from + 1) {
      const left = raw.close[row - 1] as number
      gain += left - paid
      paid = left + roll.newPrice - roll.oldPrice
    }
  }
  return units * 100 * (gain + (raw.close.at(-1) as number) - paid)
}

describe('a run over a continuous series trades its contracts', () => {
  test.each(adjustments)('what is held through rolls earns what the contracts earned (%s)', (adjustment) => {
    const given = { chain: three, adjustment }
    const { result, series } = run(holding(2), given)
    expect(result.equity.equity.at(-1)).toBeCloseTo(1_000_000 + byHand(given, series, 2, 2), 6)
    // In at 102 of March, 104; June from 114 to 117; September from 113 to 115.
    expect(byHand(given, series, 2, 2)).toBe(2 * 100 * (2 + 3 + 2))
  })

  test('a trade goes on over its rolls, and carries their costs', () => {
    const { result } = run(holding(2, 2, 8), {
      chain: three,
      adjustment: 'difference',
      commission: { kind: 'futures', perContract: 3, margin: 1000, multiplier: 100 },
      slippage: { kind: 'fixed', points: 0.25, outside: true },
    })
    expect(result.counts.trades).toBe(1)
    const { trades, rolls, fills } = result
    // Two fills and two rolls of two contracts: six trades of 2 × 3
    expect(trades.columns.fees?.[0]).toBe(36)
    expect(rolls).toMatchObject({ rows: 2, texts: { from: ['H24', 'M24', 'U24'], instrument: ['GC.c'] } })
    expect([...(rolls?.columns.oldPrice ?? [])]).toEqual([104, 117])
    expect([...(rolls?.columns.newPrice ?? [])]).toEqual([114, 113])
    expect([...(rolls?.columns.fee ?? [])]).toEqual([12, 12])
    expect([...(rolls?.columns.slippage ?? [])]).toEqual([100, 100])
    // 102.25 in; the exit of bar 8 fills at the open of bar 9, 114 of September, less a quarter
    expect([...(fills.columns.contractPrice ?? [])]).toEqual([102.25, 113.75])
    expect([...(fills.columns.contract ?? [])].map((code) => fills.texts.contract?.[code])).toEqual(['H24', 'U24'])
    expect(result.equity.equity.at(-1)).toBeCloseTo(1_000_000 + 200 * (1.75 + 3 + 0.75) - 36 - 200, 6)
    expect(trades.columns.pnl?.[0]).toBeCloseTo(200 * (1.75 + 3 + 0.75) - 36 - 200, 6)
  })

  test('a percentage is one of what the contract costs, not of the adjusted price', () => {
    const far: ContractChain = [contract('H24', 0, [10, 10, 10, 10, 10]), contract('M24', 2, [60, 60, 60, 60, 60])]
    const { result, contracts } = run(holding(1), {
      ...{ chain: far, adjustment: 'difference' as const },
      commission: { kind: 'percent', rate: 0.01 },
      slippage: { kind: 'percent', ratio: 0.1, outside: true },
    })
    expect(contracts).toMatchObject([
      { code: 'H24', shift: 50, gap: null },
      { code: 'M24', shift: 0, gap: 50 },
    ])
    expect(result.fills.columns.price?.[0]).toBe(61)
    expect(result.fills.columns.contractPrice?.[0]).toBe(11)
    expect(result.fills.columns.fee?.[0]).toBeCloseTo(11, 9)
    expect(result.rolls?.columns.fee?.[0]).toBeCloseTo(0.01 * 100 * (10 + 60), 9)
    expect(result.rolls?.columns.slippage?.[0]).toBeCloseTo(100 * (1 + 6), 9)
  })

  test('in a series that is not adjusted, orders that wait move with the contract', () => {
    const strategyExports = {
      default: class extends Strategy {
        bar = 0
        override onBar(i: Instrument) {
          if (this.bar++ === 2) i.buy(1).stop(99)
        }
      },
    }
    const falls: ContractChain = [
      contract('H24', 0, [100, 101, 102, 103, 104]),
      contract('M24', 2, [112, 113, 114, 113, 110, 108, 107]),
    ]
    const unadjusted = run(strategyExports, { chain: falls, adjustment: 'none' })
    // 99 of March are 109 of June
    expect(unadjusted.result.fills.columns.price?.[1]).toBe(109)
    const adjusted = run(
      {
        default: class extends strategyExports.default {
          override onBar(i: Instrument) {
            if (this.bar++ === 2) i.buy(1).stop(109)
          }
        },
      },
      { chain: falls, adjustment: 'difference' },
    )
    expect(adjusted.result.fills.columns.contractPrice?.[1]).toBe(109)
    expect(adjusted.result.equity.equity.at(-1)).toBeCloseTo(unadjusted.result.equity.equity.at(-1) as number, 6)
  })

  test('any chain, adjustment, side and scheme: equity is what the contracts and the costs leave', () => {
    const price = fc.integer({ min: 2000, max: 9000 }).map((cents) => cents / 100)
    const chains = fc
      .array(fc.array(price, { minLength: 12, maxLength: 12 }), { minLength: 1, maxLength: 4 })
      .map((all) => all.map((closes, at) => contract(`C${at}`, at * 8, closes)))
    const commissions = fc.constantFrom<CommissionConfig>(
      { kind: 'none' },
      { kind: 'percent', rate: 0.001 },
      { kind: 'futures', perContract: 2, margin: 500, multiplier: 100 },
      { kind: 'futures', perContract: 0, margin: 1, autoMargin: -1, multiplier: 100 },
    )
    fc.assert(
      fc.property(
        ...[chains, fc.constantFrom(...adjustments), commissions, fc.constantFrom(-3, 1, 2)],
        (chain, adjustment, commission, units) => {
          const given = { chain, adjustment, commission }
          const { result, series } = run(holding(units), given)
          const rolled = sum(result.rolls?.columns.fee ?? new Float64Array())
          const fees = (result.fills.columns.fee?.[0] ?? 0) + rolled
          const wanted = 1_000_000 + byHand(given, series, units, 2) - fees
          expect(Math.abs((result.equity.equity.at(-1) as number) - wanted)).toBeLessThan(1e-4)
          expect(result.trades.columns.pnl?.[0]).toBeCloseTo(byHand(given, series, units, 2) - fees, 4)
        },
      ),
      { numRuns: 300 },
    )
  })
})

test('a trial of the optimiser counts what a backtest counts, rolls included', () => {
  const series = continuousSeries(three, { kind: 'end' }, 'difference')
  const instrument = {
    record: { ...workloadInstrument('GC.c'), tickSize: 0.01, lotSize: 0, multiplier: 100 },
    ...{ bars: series.bars, interval: '1d', contracts: contractSpans(series, three, 'difference') },
  }
  const setup = {
    ...{ cash: 1_000_000, profile: 'default' as const, fillPolicy: 'pessimistic' as const, seed: 1 },
    commission: { kind: 'futures' as const, perContract: 3, margin: 1000, multiplier: 100 },
    ...{ slippage: { kind: 'none' as const }, instruments: [instrument] },
  }
  const alone = runBacktest({ ...setup, params: {}, strategyExports: holding(2, 2, 8) })
  expect(alone.metrics.fees).toBe(36)
  const trial = openTrials(setup, { metrics: ['fees'], cacheBytes: 0 })(
    ...([holding(2, 2, 8), { params: {}, from: null, to: null, warm: false, detail: false }, undefined] as const),
  )
  expect(trial.values.fees).toBe(36)
})
