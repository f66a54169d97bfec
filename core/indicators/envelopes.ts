import { kamaDefinition } from './adaptive.ts'
import { demaDefinition, hmaDefinition, temaDefinition, zlemaDefinition } from './compound-averages.ts'
import {
  columnAt,
  defineIndicator,
  type IndicatorDefinition,
  type IndicatorOutput,
  type IndicatorParam,
  numberParam,
} from './definition.ts'
import { dicksonDefinition, zeroLagDefinition } from './error-correction.ts'
import { emaDefinition, smaDefinition, smmaDefinition, wmaDefinition } from './moving-averages.ts'

const percentRange = numberParam(2.5, { min: 0, max: 100, step: 0.1 })
const percentParam: IndicatorParam = { name: 'percent', ...percentRange }

/** Every moving average that has an envelope and an oscillator of its own: one input, one output. */
const enveloped: readonly IndicatorDefinition[] = [
  smaDefinition,
  emaDefinition,
  smmaDefinition,
  wmaDefinition,
  demaDefinition,
  temaDefinition,
  kamaDefinition,
  hmaDefinition,
  zlemaDefinition,
  zeroLagDefinition,
  dicksonDefinition,
]

const bandNames = ['middle', 'upper', 'lower'] as const

/** Writes upper and lower `percent` % around the middle. */
function spread(outputs: readonly Float64Array[], percent: number, from: number, to: number): void {
  const middle = columnAt(outputs, 0)
  const upper = columnAt(outputs, 1)
  const lower = columnAt(outputs, 2)
  const above = 1 + percent / 100
  const below = 1 - percent / 100
  for (let i = from; i < to; i++) {
    const center = middle[i] as number
    upper[i] = center * above
    lower[i] = center * below
  }
}

export const envelopeDefinition = defineIndicator<{ percent: number }>({
  id: 'envelope',
  title: { en: 'Envelope', zh: '包络线' },
  group: 'band',
  inputs: ['line'],
  pane: 'price',
  params: { percent: percentRange },
  outputs: { middle: { warmup: () => 0 }, upper: { warmup: () => 0 }, lower: { warmup: () => 0 } },
  formula: 'middle = x; upper, lower = x · (1 ± percent / 100)',
  source: 'backtrader Envelope (I-056)',
  aliases: { backtrader: ['Envelope'] },
  create:
    (columns, { percent }) =>
    (from, to) => {
      columnAt(columns.outputs, 0).set(columnAt(columns.inputs, 0).subarray(from, to), from)
      spread(columns.outputs, percent, from, to)
    },
})

/** A line that is defined where the average is. */
function outputLike(average: IndicatorDefinition, name: string): IndicatorOutput {
  return { name, draw: 'line', warmup: average.warmup, sparse: false, shift: () => 0 }
}

/** The average itself with bands `percent` % around it. */
function envelopeOf(average: IndicatorDefinition): IndicatorDefinition {
  const outputs = bandNames.map((name) => outputLike(average, name))
  return {
    ...average,
    id: `${average.id}-envelope`,
    title: { en: `${average.title.en} envelope`, zh: `${average.title.zh}包络线` },
    group: 'band',
    params: [...average.params, percentParam],
    outputs,
    formula: `middle = ${average.formula}; upper, lower = middle · (1 ± percent / 100)`,
    source: `${average.source}: its Envelope, the next row`,
    aliases: { backtrader: average.aliases.backtrader.map((name) => `${name}Envelope`), talib: [], qtpylib: [] },
    create(columns, params) {
      const middle = average.create(columns, params)
      const percent = Number(params.percent)
      return (from, to) => {
        middle(from, to)
        spread(columns.outputs, percent, from, to)
      }
    },
  }
}

/** How far the values are above their own average. */
function oscillatorOf(average: IndicatorDefinition): IndicatorDefinition {
  return {
    ...average,
    id: `${average.id}-oscillator`,
    title: { en: `${average.title.en} oscillator`, zh: `${average.title.zh}振荡指标` },
    group: 'momentum',
    pane: 'own',
    guides: [0],
    outputs: [outputLike(average, 'oscillator')],
    formula: `x − (${average.formula})`,
    source: `${average.source}: its Oscillator, the next row but one`,
    aliases: {
      backtrader: average.aliases.backtrader.flatMap((name) => [`${name}Oscillator`, `${name}Osc`]),
      talib: [],
      qtpylib: [],
    },
    create(columns, params) {
      const mean = average.create(columns, params)
      return (from, to) => {
        mean(from, to)
        const values = columnAt(columns.inputs, 0)
        const out = columnAt(columns.outputs, 0)
        for (let i = from; i < to; i++) out[i] = (values[i] as number) - (out[i] as number)
      }
    },
  }
}

/** An envelope for every moving average (I-024 … I-054). */
export const averageEnvelopes: readonly IndicatorDefinition[] = enveloped.map(envelopeOf)

/** An oscillator for every moving average (I-025 … I-055). */
export const averageOscillators: readonly IndicatorDefinition[] = enveloped.map(oscillatorOf)

export const oscillatorDefinition = defineIndicator<Record<string, never>>({
  id: 'oscillator',
  title: { en: 'Distance of two lines', zh: '两线之差' },
  group: 'momentum',
  inputs: ['line', 'line'],
  pane: 'own',
  guides: [0],
  params: {},
  outputs: { oscillator: { warmup: () => 0 } },
  formula: 'a − b, e.g. the closes less one of their averages',
  source: 'backtrader Oscillator (I-067)',
  aliases: { backtrader: ['Oscillator'] },
  create: (columns) => (from, to) => {
    const a = columnAt(columns.inputs, 0)
    const b = columnAt(columns.inputs, 1)
    const out = columnAt(columns.outputs, 0)
    for (let i = from; i < to; i++) out[i] = (a[i] as number) - (b[i] as number)
  },
})
