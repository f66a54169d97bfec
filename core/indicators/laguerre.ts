import { columnAt, defineIndicator, type NumberParam, numberParam, periodParam } from './definition.ts'

const gammaParam: Omit<NumberParam, 'name'> = numberParam(0.5, { min: 0, max: 1, step: 0.05 })

/**
 * Ehlers' four Laguerre stages in `stages`, all 0 before the `period`-th value (upstream's start, hence a long approach to
 * the prices). A bar without a value moves nothing.
 */
function advance(stages: Float64Array, gamma: number, value: number): void {
  const l0 = stages[0] as number
  const l1 = stages[1] as number
  const l2 = stages[2] as number
  const l3 = stages[3] as number
  const n0 = (1 - gamma) * value + gamma * l0
  const n1 = -gamma * n0 + l0 + gamma * l1
  const n2 = -gamma * n1 + l1 + gamma * l2
  stages[0] = n0
  stages[1] = n1
  stages[2] = n2
  stages[3] = -gamma * n2 + l2 + gamma * l3
}

/** Upward steps from stage to stage over all steps; 1 where there are none. */
function upShare(stages: Float64Array): number {
  const first = (stages[0] as number) - (stages[1] as number)
  const second = (stages[1] as number) - (stages[2] as number)
  const third = (stages[2] as number) - (stages[3] as number)
  const ups = Math.max(first, 0) + Math.max(second, 0) + Math.max(third, 0)
  const moves = Math.abs(first) + Math.abs(second) + Math.abs(third)
  return moves === 0 ? 1 : ups / moves
}

export const laguerreFilterDefinition = defineIndicator<{ gamma: number; period: number }>({
  id: 'laguerre-filter',
  title: { en: 'Laguerre filter', zh: '拉盖尔滤波' },
  group: 'average',
  inputs: ['line'],
  pane: 'price',
  params: { gamma: gammaParam, period: periodParam(1) },
  outputs: { filter: { warmup: (p) => p.period - 1 } },
  formula: '(l0 + 2 · l1 + 2 · l2 + l3) / 6 of four Laguerre stages damped by gamma, which start at 0',
  source: 'Ehlers, Time Warp without Space Travel (2002); backtrader LaguerreFilter (I-121)',
  aliases: { backtrader: ['LaguerreFilter', 'LAGF'] },
  create(columns, { gamma, period }) {
    const stages = new Float64Array(4)
    let missing = period - 1
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) {
        const value = values[i] as number
        if (value - value === 0 && --missing < 0) advance(stages, gamma, value)
        const sum =
          (stages[0] as number) + 2 * (stages[1] as number) + 2 * (stages[2] as number) + (stages[3] as number)
        out[i] = missing < 0 ? sum / 6 + (value - value) : Number.NaN
      }
    }
  },
})

export const laguerreRsiDefinition = defineIndicator<{ gamma: number; period: number }>({
  id: 'laguerre-rsi',
  title: { en: 'Laguerre RSI', zh: '拉盖尔 RSI' },
  group: 'momentum',
  inputs: ['line'],
  pane: 'own',
  params: { gamma: gammaParam, period: periodParam(6) },
  outputs: { rsi: { warmup: (p) => p.period - 1 } },
  guides: [0.2, 0.8],
  formula: 'ups / (ups + downs) of the differences between four Laguerre stages, 0 … 1; 1 where they are equal',
  source: 'Ehlers (2002); backtrader LaguerreRSI (I-120)',
  aliases: { backtrader: ['LaguerreRSI', 'LRSI'] },
  create(columns, { gamma, period }) {
    const stages = new Float64Array(4)
    let missing = period - 1
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) {
        const value = values[i] as number
        if (value - value === 0 && --missing < 0) advance(stages, gamma, value)
        out[i] = missing < 0 ? upShare(stages) + (value - value) : Number.NaN
      }
    }
  },
})
