import type { Average } from '../averages.ts'
import {
  columnAt,
  type IndicatorDefinition,
  type Kernel,
  type KernelColumns,
  numberParam,
  periodParam,
} from '../definition.ts'
import {
  averageLookback,
  createTalibAverage,
  type TalibAverageKind,
  TillsonAverage,
  talibAverageParam,
} from './averages.ts'
import { defineTalib, timed } from './define.ts'
import { MesaAverage } from './mesa-average.ts'
import { VariableAverage } from './variable-average.ts'

type Period = { period: number }
type Chosen = { period: number; average: TalibAverageKind }
type Limits = { fast: number; slow: number }
type Variable = { shortest: number; longest: number; average: TalibAverageKind }

const overPrices = { group: 'average', pane: 'price', inputs: ['line'] } as const
const limit = { min: 0.01, max: 0.99, step: 0.01 }

function averageKernel(columns: KernelColumns, average: Average): Kernel {
  return (from, to) => average.run(columnAt(columns.inputs, 0), columnAt(columns.outputs, 0), from, to)
}

/** TA-Lib's averages over prices that the catalogue does not have under another name. */
export const overlapDefinitions: readonly IndicatorDefinition[] = [
  ofKind(
    'TRIMA',
    ['Triangular moving average', '三角移动平均'],
    'trima',
    'weights that rise by 1 to the middle of the window and fall again',
  ),
  ofKind(
    'KAMA',
    ['Kaufman adaptive moving average', '考夫曼自适应移动平均'],
    'kama',
    'previous + w² · (x − previous), w between the speeds of 30 and 2 bars by way / path; starts at the value before',
  ),
  defineTalib<{ period: number; factor: number }>({
    ...overPrices,
    name: 'T3',
    en: 'Triple exponential moving average T3',
    zh: 'T3 三重指数移动平均',
    paramNames: { ...timed, vfactor: 'factor' },
    params: { period: periodParam(5, 2), factor: numberParam(0.7, { min: 0, max: 1, step: 0.05 }) },
    outputs: { t3: { warmup: (p) => 6 * (p.period - 1) } },
    formula: 'c1 · e6 + c2 · e5 + c3 · e4 + c4 · e3, each the EMA of the one before, c1 = −v³ … c4 = 1 + 3v + v³ + 3v²',
    create: (columns, { period, factor }) => averageKernel(columns, new TillsonAverage(period, factor)),
  }),
  defineTalib<Chosen>({
    ...overPrices,
    name: 'MA',
    en: 'Moving average',
    zh: '移动平均',
    paramNames: { ...timed, matype: 'average' },
    params: { period: periodParam(30), average: talibAverageParam() },
    outputs: { ma: { warmup: (p) => averageLookback(p.average, p.period) } },
    formula: 'the chosen average of period values; MAMA has limits 0.5 and 0.05 and no period',
    create: (columns, { period, average }) => averageKernel(columns, createTalibAverage(average, period)),
  }),
  defineTalib<Limits>({
    ...overPrices,
    name: 'MAMA',
    en: 'MESA adaptive moving average',
    zh: 'MESA 自适应移动平均',
    paramNames: { fastlimit: 'fast', slowlimit: 'slow' },
    params: { fast: numberParam(0.5, limit), slow: numberParam(0.05, limit) },
    outputs: { mama: { warmup: () => 32 }, fama: { warmup: () => 32 } },
    formula:
      'previous + a · (x − previous), a = fast / fall of the cycle’s phase, at least slow; FAMA follows at a / 2',
    create(columns, { fast, slow }) {
      const average = new MesaAverage(fast, slow)
      return (from, to) => {
        const following = columnAt(columns.outputs, 1)
        average.follow(columnAt(columns.inputs, 0), [columnAt(columns.outputs, 0), following], from, to)
      }
    },
  }),
  defineTalib<Variable>({
    ...overPrices,
    name: 'MAVP',
    en: 'Moving average with variable period',
    zh: '可变周期移动平均',
    inputs: ['line', 'line'],
    sources: ['close', 'volume'],
    paramNames: { minperiod: 'shortest', maxperiod: 'longest', matype: 'average' },
    params: { shortest: periodParam(2, 2), longest: periodParam(30, 2), average: talibAverageParam() },
    outputs: { ma: { warmup: (p) => averageLookback(p.average, p.longest) } },
    formula: 'the average of as many values as the second line says, cut to whole numbers from shortest to longest',
    create: (columns, params) => {
      const average = new VariableAverage(params)
      return (from, to) => average.run(columns, from, to)
    },
  }),
]

function ofKind(name: string, [en, zh]: readonly [string, string], kind: TalibAverageKind, formula: string) {
  return defineTalib<Period>({
    ...overPrices,
    name,
    en,
    zh,
    paramNames: timed,
    params: { period: periodParam(30, 2) },
    outputs: { [kind]: { warmup: (p) => averageLookback(kind, p.period) } },
    formula,
    create: (columns, { period }) => averageKernel(columns, createTalibAverage(kind, period)),
  })
}
