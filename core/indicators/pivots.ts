import { columnAt, defineIndicator, numberParam } from './definition.ts'

const ofBars = { inputs: ['open', 'high', 'low', 'close'], pane: 'price', group: 'range' } as const
const always = { warmup: () => 0 }
const flag = { kind: 'flag', default: false } as const

type PivotParams = { open: boolean; close: boolean }

/** The pivot of each bar: (high + low + close) / 3, with the open or once more the close added on request. */
function pivots(
  bars: readonly Float64Array[],
  params: PivotParams,
  output: Float64Array,
  [from, to]: readonly [number, number],
): void {
  const open = columnAt(bars, 0)
  const high = columnAt(bars, 1)
  const low = columnAt(bars, 2)
  const close = columnAt(bars, 3)
  const extra = params.close ? close : open
  const isPlain = !params.close && !params.open
  for (let i = from; i < to; i++) {
    const sum = (high[i] as number) + (low[i] as number) + (close[i] as number)
    output[i] = isPlain ? sum / 3 : (sum + (extra[i] as number)) / 4
  }
}

const pivotRule = 'p = (high + low + close) / 3, or / 4 with the open or the close added once more (the close first)'

export const pivotDefinition = defineIndicator<PivotParams>({
  ...ofBars,
  id: 'pivot',
  title: { en: 'Pivot points', zh: '枢轴点' },
  params: { open: flag, close: flag },
  outputs: { p: always, s1: always, s2: always, r1: always, r2: always },
  formula: `${pivotRule}; s1, r1 = 2p − high, 2p − low; s2, r2 = p ∓ (high − low)`,
  source: 'backtrader PivotPoint (I-134); levels of each bar, for the next one',
  aliases: { backtrader: ['PivotPoint'] },
  create: (columns, params) => (from, to) => {
    const high = columnAt(columns.inputs, 1)
    const low = columnAt(columns.inputs, 2)
    const pivot = columnAt(columns.outputs, 0)
    const s1 = columnAt(columns.outputs, 1)
    const s2 = columnAt(columns.outputs, 2)
    const r1 = columnAt(columns.outputs, 3)
    const r2 = columnAt(columns.outputs, 4)
    pivots(columns.inputs, params, pivot, [from, to])
    for (let i = from; i < to; i++) {
      const p = pivot[i] as number
      const top = high[i] as number
      const bottom = low[i] as number
      s1[i] = 2 * p - top
      s2[i] = p - (top - bottom)
      r1[i] = 2 * p - bottom
      r2[i] = p + (top - bottom)
    }
  },
})

type FibonacciParams = PivotParams & { level1: number; level2: number; level3: number }

const levelParam = (standard: number) => numberParam(standard, { min: 0, max: 10, step: 0.001 })

export const fibonacciPivotDefinition = defineIndicator<FibonacciParams>({
  ...ofBars,
  id: 'fibonacci-pivot',
  title: { en: 'Fibonacci pivot points', zh: '斐波那契枢轴点' },
  params: { open: flag, close: flag, level1: levelParam(0.382), level2: levelParam(0.618), level3: levelParam(1) },
  outputs: { p: always, s1: always, s2: always, s3: always, r1: always, r2: always, r3: always },
  formula: `${pivotRule}; s n, r n = p ∓ level n · (high − low)`,
  source: 'backtrader FibonacciPivotPoint (I-135); levels of each bar, for the next one',
  aliases: { backtrader: ['FibonacciPivotPoint'] },
  create: (columns, params) => {
    const levels = [params.level1, params.level2, params.level3]
    return (from, to) => {
      const high = columnAt(columns.inputs, 1)
      const low = columnAt(columns.inputs, 2)
      const pivot = columnAt(columns.outputs, 0)
      pivots(columns.inputs, params, pivot, [from, to])
      levels.forEach((level, index) => {
        const support = columnAt(columns.outputs, 1 + index)
        const resistance = columnAt(columns.outputs, 4 + index)
        for (let i = from; i < to; i++) {
          const reach = level * ((high[i] as number) - (low[i] as number))
          support[i] = (pivot[i] as number) - reach
          resistance[i] = (pivot[i] as number) + reach
        }
      })
    }
  },
})

const rules = ['demark', 'backtrader'] as const

export const demarkPivotDefinition = defineIndicator<{ rule: (typeof rules)[number] }>({
  ...ofBars,
  id: 'demark-pivot',
  title: { en: 'DeMark pivot points', zh: 'DeMark 枢轴点' },
  params: { rule: { kind: 'choice', default: 'demark', choices: rules } },
  outputs: { p: always, s1: always, r1: always },
  formula:
    'p = x / 4, s1 = x / 2 − high, r1 = x / 2 − low; x = high + low + close plus the low where close < open, the high ' +
    'where close > open, the close where they are equal. Rule backtrader: plus the close where close > open, the high ' +
    'where they are equal',
  source: 'DeMark, New Science of Technical Analysis (1994); backtrader DemarkPivotPoint (I-136, X-07)',
  aliases: { backtrader: ['DemarkPivotPoint'] },
  create: (columns, { rule }) => {
    const isUpstream = rule === 'backtrader'
    return (from, to) => {
      const open = columnAt(columns.inputs, 0)
      const high = columnAt(columns.inputs, 1)
      const low = columnAt(columns.inputs, 2)
      const close = columnAt(columns.inputs, 3)
      const p = columnAt(columns.outputs, 0)
      const s1 = columnAt(columns.outputs, 1)
      const r1 = columnAt(columns.outputs, 2)
      for (let i = from; i < to; i++) {
        const top = high[i] as number
        const bottom = low[i] as number
        const last = close[i] as number
        const rise = last - (open[i] as number)
        const whenUp = isUpstream ? last : top
        const whenEven = isUpstream ? top : last
        const x = top + bottom + last + (rise < 0 ? bottom : rise > 0 ? whenUp : whenEven) + (rise - rise)
        p[i] = x / 4
        s1[i] = x / 2 - top
        r1[i] = x / 2 - bottom
      }
    }
  },
})
