import { columnAt, defineIndicator, periodParam } from './definition.ts'
import { OrderedWindow } from './ordered-window.ts'

const firstLag = 2

/** log10 of the root of the standard deviation of the differences over `lag` bars. */
function spreadOfLag(values: Float64Array, start: number, period: number, lag: number): number {
  const count = period - lag
  let sum = 0
  for (let k = start + lag; k < start + period; k++) sum += (values[k] as number) - (values[k - lag] as number)
  const mean = sum / count
  let squares = 0
  for (let k = start + lag; k < start + period; k++) {
    const distance = (values[k] as number) - (values[k - lag] as number) - mean
    squares += distance * distance
  }
  return Math.log10(Math.sqrt(Math.sqrt(squares / count)))
}

export const hurstDefinition = defineIndicator<{ period: number }>({
  id: 'hurst',
  title: { en: 'Hurst exponent', zh: '赫斯特指数' },
  group: 'statistic',
  inputs: ['line'],
  pane: 'own',
  params: { period: periodParam(40, 8) },
  outputs: { hurst: { warmup: (p) => p.period - 1 } },
  guides: [0.5],
  formula:
    'twice the slope of log10 √(standard deviation of x − x lag bars ago) over log10 lag, lags 2 … ⌊period / 2⌋ − 1, ' +
    'within the last period values; undefined where some lag has no deviation',
  source: 'backtrader HurstExponent (I-138)',
  aliases: { backtrader: ['HurstExponent', 'Hurst'] },
  create(columns, { period }) {
    const window = new OrderedWindow(period)
    const lags = Array.from({ length: Math.floor(period / 2) - firstLag }, (_, index) => firstLag + index)
    const logs = Float64Array.from(lags, Math.log10)
    const meanLog = logs.reduce((total, log) => total + log, 0) / logs.length
    const divisor = logs.reduce((total, log) => total + (log - meanLog) ** 2, 0)
    return (from, to) => {
      const input = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) {
        out[i] = Number.NaN
        if (!window.push(input[i] as number)) continue
        let slope = 0
        for (let k = 0; k < logs.length; k++) {
          const spread = spreadOfLag(window.values, window.start, period, k + firstLag)
          slope += ((logs[k] as number) - meanLog) * spread
        }
        const exponent = (2 * slope) / divisor
        out[i] = Number.isFinite(exponent) ? exponent : Number.NaN
      }
    }
  },
})
