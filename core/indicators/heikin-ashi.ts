import { type AverageKind, averageParam, createAverage } from './averages.ts'
import { columnAt, defineIndicator, periodParam, scratchColumn } from './definition.ts'

/** Opens and closes of averaged candles; starts at (open + close) / 2, again after a gap. */
class HeikinAshiBody {
  /** Open and close of the bar before; NaN: none. */
  readonly #state = Float64Array.of(Number.NaN, Number.NaN)

  /** `bars` = open, high, low, close; results from index 0 on. */
  run(
    bars: readonly Float64Array[],
    range: readonly [number, number],
    opens: Float64Array,
    closes: Float64Array,
  ): void {
    const open = columnAt(bars, 0)
    const high = columnAt(bars, 1)
    const low = columnAt(bars, 2)
    const close = columnAt(bars, 3)
    const [from, to] = range
    let lastOpen = this.#state[0] as number
    let lastClose = this.#state[1] as number
    for (let i = from; i < to; i++) {
      const now = ((open[i] as number) + (high[i] as number) + (low[i] as number) + (close[i] as number)) / 4
      const followed = (lastOpen + lastClose) / 2
      const began = ((open[i] as number) + (close[i] as number)) / 2
      const first = followed - followed === 0 ? followed : began
      lastOpen = now - now === 0 ? first : Number.NaN
      lastClose = now
      opens[i - from] = lastOpen
      closes[i - from] = lastClose
    }
    this.#state[0] = lastOpen
    this.#state[1] = lastClose
  }
}

const ofBars = { inputs: ['open', 'high', 'low', 'close'] } as const
const fromFirst = { warmup: () => 0 }
const fromSecond = { warmup: () => 1 }

export const heikinAshiDefinition = defineIndicator<Record<string, never>>({
  ...ofBars,
  id: 'heikin-ashi',
  title: { en: 'Heikin-Ashi candles', zh: '平均K线' },
  group: 'range',
  pane: 'price',
  params: {},
  outputs: { open: fromFirst, high: fromSecond, low: fromSecond, close: fromFirst },
  formula:
    'close = (open + high + low + close) / 4; open = (previous open + previous close) / 2, at first (open + close) / 2; ' +
    'high, low = the extremes of high, low, open and close, from the second candle on',
  source: 'Valcu (2004); backtrader HeikinAshi (I-132)',
  aliases: { backtrader: ['HeikinAshi'] },
  create(columns) {
    const body = new HeikinAshiBody()
    const opens = scratchColumn()
    const closes = scratchColumn()
    let before = Number.NaN
    return (from, to) => {
      const high = columnAt(columns.inputs, 1)
      const low = columnAt(columns.inputs, 2)
      const highs = columnAt(columns.outputs, 1)
      const lows = columnAt(columns.outputs, 2)
      body.run(columns.inputs, [from, to], opens, closes)
      let last = before
      for (let i = from; i < to; i++) {
        const open = opens[i - from] as number
        const close = closes[i - from] as number
        // 0 where there is a candle before this one, else NaN
        const known = last - last
        highs[i] = Math.max(high[i] as number, open, close) + known
        lows[i] = Math.min(low[i] as number, open, close) + known
        last = close
      }
      before = last
      columnAt(columns.outputs, 0).set(opens.subarray(0, to - from), from)
      columnAt(columns.outputs, 3).set(closes.subarray(0, to - from), from)
    }
  },
})

export const heikinAshiDeltaDefinition = defineIndicator<{ period: number; average: AverageKind; candles: boolean }>({
  ...ofBars,
  id: 'heikin-ashi-delta',
  title: { en: 'Heikin-Ashi delta', zh: '平均K线差值' },
  group: 'momentum',
  pane: 'own',
  params: {
    period: periodParam(3),
    average: averageParam('sma'),
    candles: { kind: 'flag', default: true },
  },
  outputs: {
    delta: { draw: 'histogram', warmup: () => 1 },
    smoothed: { warmup: (p) => p.period },
  },
  guides: [0],
  formula:
    'delta = close − open of Heikin-Ashi candles (of the bars themselves when candles is off); smoothed = average(delta)',
  source: 'Valcu (2004); backtrader haDelta (I-133)',
  aliases: { backtrader: ['haDelta', 'haD'] },
  create(columns, { period, average, candles }) {
    const body = new HeikinAshiBody()
    const mean = createAverage(average, period)
    const opens = scratchColumn()
    const closes = scratchColumn()
    let before = Number.NaN
    return (from, to) => {
      const open = columnAt(columns.inputs, 0)
      const close = columnAt(columns.inputs, 3)
      const delta = columnAt(columns.outputs, 0)
      body.run(columns.inputs, [from, to], opens, closes)
      let last = before
      for (let i = from; i < to; i++) {
        const ofCandle = (closes[i - from] as number) - (opens[i - from] as number)
        const ofBar = (close[i] as number) - (open[i] as number)
        delta[i] = (candles ? ofCandle : ofBar) + (last - last)
        last = closes[i - from] as number
      }
      before = last
      mean.run(delta, columnAt(columns.outputs, 1), from, to)
    }
  },
})
