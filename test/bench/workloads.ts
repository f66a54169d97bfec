import type { BarSeries } from '../../core/domain/bar-series.ts'
import { instrumentId } from '../../core/domain/ids.ts'
import type { InstrumentRecord } from '../../core/domain/instrument.ts'
import type { Instrument } from '../../core/engine/instrument.ts'
import { type BacktestInput, modules } from '../../core/engine/kernel.ts'
import type { Order } from '../../core/engine/order.ts'
import { ensureDefined } from '../../core/lib/assert.ts'

const { Strategy, param, sma, crossedAbove, crossedBelow } = modules.tickwright

/** W1 of research 02-workloads: SMA(10)/SMA(30) cross, one unit, market orders. */
export class CrossAtMarket extends Strategy<typeof CrossAtMarket.params, 'fast' | 'slow'> {
  static params = { fast: param.int(10, { min: 2, max: 100 }), slow: param.int(30, { min: 3, max: 300 }) }

  override onStart() {
    this.each((i) => {
      i.use('fast', sma(i.close, this.p.fast))
      i.use('slow', sma(i.close, this.p.slow))
    })
  }

  override onBar(i: Instrument<'fast' | 'slow'>) {
    if (i.flat && crossedAbove(i.fast, i.slow)) i.buy(1)
    else if (i.long && crossedBelow(i.fast, i.slow)) i.sell(1)
  }
}

/** W2: the same cross enters by a limit below the close, with target and stop. */
export class CrossWithBracket extends Strategy<typeof CrossWithBracket.params, 'fast' | 'slow'> {
  static params = { fast: param.int(10, { min: 2, max: 100 }), slow: param.int(30, { min: 3, max: 300 }) }
  entry: Order | undefined = undefined

  override onStart() {
    this.each((i) => {
      i.use('fast', sma(i.close, this.p.fast))
      i.use('slow', sma(i.close, this.p.slow))
    })
  }

  override onBar(i: Instrument<'fast' | 'slow'>) {
    if (crossedAbove(i.fast, i.slow)) {
      if (!i.flat || this.entry?.working) return
      const limit = i.last * 0.999
      this.entry = i
        .buy(1)
        .limit(limit)
        .target(limit * 1.02)
        .stop(limit * 0.99)
    } else if (crossedBelow(i.fast, i.slow)) this.entry?.cancel()
  }
}

/** The instrument of the workloads; its tick is so small that prices keep their digits. */
export function workloadInstrument(id: string): InstrumentRecord {
  return {
    id: ensureDefined(instrumentId(id), 'instrument id'),
    symbol: id,
    name: id,
    kind: 'other',
    currency: 'USD',
    tickSize: 1e-9,
    lotSize: 1,
    multiplier: 1,
    zone: 'UTC',
    simulated: true,
  }
}

/** A run of one workload strategy: cash 1 000 000, no costs. */
export function workloadInput(strategy: unknown, series: readonly BarSeries[]): BacktestInput {
  return {
    strategyExports: { default: strategy },
    params: {},
    instruments: series.map((bars, k) => ({ record: workloadInstrument(`SIM-${k + 1}`), bars, interval: '1m' })),
    cash: 1_000_000,
    commission: { kind: 'none' },
    slippage: { kind: 'none' },
    profile: 'default',
    fillPolicy: 'pessimistic',
    seed: 1,
  }
}

/** Fills and final equity that any engine with the same logic gives (02-workloads). */
export const checkValues = {
  W1: { 10000: [374, 999_996.365], 100000: [3_912, 1_000_027.5775], 1000000: [39_014, 1_000_032.826] },
  W2: { 10000: [56, 999_996.0526], 100000: [551, 1_000_017.5927], 1000000: [5_183, 999_975.4086] },
  W4: {},
  /** Twenty instruments. */
  W5: { 100000: [78_081, 999_991.5281] },
} as const

interface LoopResult {
  readonly fills: number
  /** Final equity. */
  readonly equity: number
  /** Equity at every close. */
  readonly curve: Float64Array
}

/** W1 written by hand over the columns: what this runtime can do at best, with an equity column as its result. */
export function crossLoop(bars: BarSeries): LoopResult {
  const { open, close, length } = bars
  const curve = new Float64Array(length)
  let cash = 1_000_000
  let position = 0
  let pending = 0
  let fills = 0
  let fast = 0
  let slow = 0
  let before = Number.NaN
  for (let i = 0; i < length; i++) {
    if (pending !== 0) {
      cash -= pending * (open[i] as number)
      position += pending
      pending = 0
      fills++
    }
    const price = close[i] as number
    fast += price - (i >= 10 ? (close[i - 10] as number) : 0)
    slow += price - (i >= 30 ? (close[i - 30] as number) : 0)
    curve[i] = cash + position * price
    if (i < 29) continue
    const difference = fast / 10 - slow / 30
    if (position === 0 && difference > 0 && before <= 0) pending = 1
    else if (position > 0 && difference < 0 && before >= 0) pending = -1
    before = difference
  }
  return { fills, equity: curve[length - 1] as number, curve }
}

/** W2 written by hand over the columns. */
export function bracketLoop(bars: BarSeries): LoopResult {
  const { open, high, low, close, length } = bars
  const curve = new Float64Array(length)
  let cash = 1_000_000
  let position = 0
  let entry = Number.NaN
  let target = 0
  let stop = 0
  let fills = 0
  let fast = 0
  let slow = 0
  let before = Number.NaN
  for (let i = 0; i < length; i++) {
    const o = open[i] as number
    if (position !== 0) {
      let exit = Number.NaN
      if ((low[i] as number) <= stop) exit = o <= stop ? o : stop
      else if ((high[i] as number) >= target) exit = o >= target ? o : target
      if (!Number.isNaN(exit)) {
        cash += exit
        position = 0
        fills++
      }
    } else if ((low[i] as number) <= entry) {
      cash -= o <= entry ? o : entry
      position = 1
      fills++
      entry = Number.NaN
    }
    const price = close[i] as number
    fast += price - (i >= 10 ? (close[i - 10] as number) : 0)
    slow += price - (i >= 30 ? (close[i - 30] as number) : 0)
    curve[i] = cash + position * price
    if (i < 29) continue
    const difference = fast / 10 - slow / 30
    if (difference > 0 && before <= 0 && position === 0 && Number.isNaN(entry)) {
      entry = price * 0.999
      target = entry * 1.02
      stop = entry * 0.99
    } else if (difference < 0 && before >= 0) entry = Number.NaN
    before = difference
  }
  return { fills, equity: curve[length - 1] as number, curve }
}
