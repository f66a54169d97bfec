import { type IndicatorDefinition, type KernelColumns, periodParam } from '../definition.ts'
import { SeededAverage } from './averages.ts'
import { defineTalib, timed } from './define.ts'
import { inputAt, isNothingOrLess, outputAt, type Stretch, stretchKernel } from './stretches.ts'

type Period = { period: number }

const ofLine = { group: 'momentum', inputs: ['line'], paramNames: timed } as const
const later = { warmup: (p: Period) => p.period }

/** What is made of a value and the one `period` bars before. */
type Rate = 'difference' | 'percent' | 'fraction' | 'ratio' | 'ratio100'

class RateOfChange implements Stretch {
  readonly #columns: KernelColumns
  readonly #period: number
  readonly #rate: Rate

  constructor(columns: KernelColumns, period: number, rate: Rate) {
    this.#columns = columns
    this.#period = period
    this.#rate = rate
  }

  restart(): void {}

  run(from: number, to: number, age: number): void {
    const values = inputAt(this.#columns, 0)
    const out = outputAt(this.#columns)
    for (let i = from + Math.max(0, this.#period - age); i < to; i++) {
      out[i] = this.#of(values[i] as number, values[i - this.#period] as number)
    }
  }

  #of(value: number, before: number): number {
    if (before === 0) return this.#rate === 'difference' ? value : 0
    switch (this.#rate) {
      case 'difference':
        return value - before
      case 'percent':
        return (value / before - 1) * 100
      case 'fraction':
        return (value - before) / before
      case 'ratio':
        return value / before
      case 'ratio100':
        return (value / before) * 100
    }
  }
}

function rate(name: string, [en, zh]: readonly [string, string], kind: Rate, formula: string): IndicatorDefinition {
  return defineTalib<Period>({
    ...ofLine,
    name,
    en,
    zh,
    params: { period: periodParam(10) },
    outputs: { [name.toLowerCase()]: later },
    formula,
    create: (columns, { period }) => stretchKernel(columns, period, new RateOfChange(columns, period, kind)),
  })
}

/** TA-Lib's rates of change, TRIX and balance of power. */
export const rateDefinitions: readonly IndicatorDefinition[] = [
  rate('MOM', ['Momentum', '动量'], 'difference', 'x − x period bars ago'),
  rate('ROC', ['Rate of change', '变动率'], 'percent', '100 · (x / x period bars ago − 1); 0 after 0'),
  rate(
    'ROCP',
    ['Rate of change, fraction', '变动率（小数）'],
    'fraction',
    '(x − x period bars ago) / x period bars ago; 0 after 0',
  ),
  rate('ROCR', ['Rate of change, ratio', '变动率（比值）'], 'ratio', 'x / x period bars ago; 0 after 0'),
  rate(
    'ROCR100',
    ['Rate of change, ratio in percent', '变动率（百分比值）'],
    'ratio100',
    '100 · x / x period bars ago; 0 after 0',
  ),
  defineTalib<Period>({
    ...ofLine,
    name: 'TRIX',
    en: 'Change of a triple exponential average',
    zh: '三重指数平滑变动率',
    params: { period: periodParam(30) },
    outputs: { trix: { warmup: (p) => 3 * (p.period - 1) + 1 } },
    formula: '100 · (e3 / e3 a bar ago − 1), e3 the EMA of the EMA of the EMA',
    create(columns, { period }) {
      const averages = [1, 2, 3].map(() => new SeededAverage(period))
      const state = Float64Array.of(Number.NaN)
      return (from, to) => {
        const out = outputAt(columns)
        out.set(inputAt(columns, 0).subarray(from, to), from)
        for (const average of averages) average.run(out, out, from, to)
        let before = state[0] as number
        for (let i = from; i < to; i++) {
          const now = out[i] as number
          out[i] = before === 0 ? 0 * now : (now / before - 1) * 100
          before = now
        }
        state[0] = before
      }
    },
  }),
  defineTalib<Record<string, never>>({
    name: 'BOP',
    en: 'Balance of power',
    zh: '均势指标',
    group: 'momentum',
    inputs: ['open', 'high', 'low', 'close'],
    params: {},
    outputs: { bop: { warmup: () => 0 } },
    formula: '(close − open) / (high − low); 0 without range',
    create: (columns) =>
      stretchKernel(columns, 0, {
        restart: () => undefined,
        run(from, to) {
          const [open, high, low, close] = columns.inputs as [Float64Array, Float64Array, Float64Array, Float64Array]
          const out = outputAt(columns)
          for (let i = from; i < to; i++) {
            const range = (high[i] as number) - (low[i] as number)
            out[i] = isNothingOrLess(range) ? 0 : ((close[i] as number) - (open[i] as number)) / range
          }
        },
      }),
  }),
]
