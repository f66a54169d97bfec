import { columnAt, defineIndicator, periodParam, scratchColumn } from './definition.ts'
import { Delay, RollingHighest, RollingLowest } from './windows.ts'

/** (highest high + lowest low) / 2 of a window. */
class Midpoint {
  readonly #highest: RollingHighest
  readonly #lowest: RollingLowest
  readonly #lows = scratchColumn()

  constructor(period: number) {
    this.#highest = new RollingHighest(period)
    this.#lowest = new RollingLowest(period)
  }

  /** `bars` = high and low from index 0 of the output’s range. */
  run(bars: readonly [high: Float64Array, low: Float64Array], output: Float64Array, count: number): void {
    const lows = this.#lows
    this.#highest.run(bars[0], output, 0, count)
    this.#lowest.run(bars[1], lows, 0, count)
    for (let i = 0; i < count; i++) output[i] = ((output[i] as number) + (lows[i] as number)) / 2
  }
}

type IchimokuParams = { tenkan: number; kijun: number; senkou: number; lead: number; chikou: number }

export const ichimokuDefinition = defineIndicator<IchimokuParams>({
  id: 'ichimoku',
  title: { en: 'Ichimoku cloud', zh: '一目均衡表' },
  group: 'direction',
  inputs: ['high', 'low', 'close'],
  pane: 'price',
  params: {
    tenkan: periodParam(9),
    kijun: periodParam(26),
    senkou: periodParam(52),
    lead: periodParam(26),
    chikou: periodParam(26),
  },
  outputs: {
    tenkan: { warmup: (p) => p.tenkan - 1 },
    kijun: { warmup: (p) => p.kijun - 1 },
    spanA: { warmup: (p) => Math.max(p.tenkan, p.kijun) - 1 + p.lead },
    spanB: { warmup: (p) => p.senkou - 1 + p.lead },
    chikou: { warmup: () => 0, shift: (p) => -p.chikou },
  },
  formula:
    'tenkan, kijun = (highest high + lowest low) / 2 over as many bars; spanA = (tenkan + kijun) / 2 and spanB = the ' +
    'middle over senkou bars, both of lead bars ago; chikou = close, drawn chikou bars back',
  source:
    'Hosoda (1968); backtrader Ichimoku (I-130). chikou never shows a later bar’s close to a strategy (L-09, X-07)',
  aliases: { backtrader: ['Ichimoku'] },
  create(columns, { tenkan, kijun, senkou, lead }) {
    const fast = new Midpoint(tenkan)
    const slow = new Midpoint(kijun)
    const long = new Midpoint(senkou)
    const spanA = new Delay(lead)
    const spanB = new Delay(lead)
    const bars = [scratchColumn(), scratchColumn()] as const
    const fasts = scratchColumn()
    const slows = scratchColumn()
    const longs = scratchColumn()
    const middles = scratchColumn()
    return (from, to) => {
      const count = to - from
      const high = columnAt(columns.inputs, 0)
      const low = columnAt(columns.inputs, 1)
      bars[0].set(high.subarray(from, to))
      bars[1].set(low.subarray(from, to))
      fast.run(bars, fasts, count)
      slow.run(bars, slows, count)
      long.run(bars, longs, count)
      for (let i = 0; i < count; i++) middles[i] = ((fasts[i] as number) + (slows[i] as number)) / 2
      columnAt(columns.outputs, 0).set(fasts.subarray(0, count), from)
      columnAt(columns.outputs, 1).set(slows.subarray(0, count), from)
      spanA.run(middles, fasts, 0, count)
      spanB.run(longs, slows, 0, count)
      columnAt(columns.outputs, 2).set(fasts.subarray(0, count), from)
      columnAt(columns.outputs, 3).set(slows.subarray(0, count), from)
      columnAt(columns.outputs, 4).set(columnAt(columns.inputs, 2).subarray(from, to), from)
    }
  },
})
