import type { BilingualText } from '../bilingual-text.ts'
import type { AnalyzedRun } from './analyzed-run.ts'
import { timeFrames } from './time-frames.ts'

/** Null: not given, the analyzer decides (follow the broker's fund mode, the data's interval, …). */
export type AnalyzerParamValue = number | string | boolean | null
export type AnalyzerParamValues = Readonly<Record<string, AnalyzerParamValue>>

/** One parameter, under upstream's name. */
export interface AnalyzerParam {
  readonly kind: 'integer' | 'number' | 'flag' | 'choice'
  readonly default: AnalyzerParamValue
  /** Empty unless it is a choice. */
  readonly choices: readonly string[]
  /** Of a number; null: any. */
  readonly min: number | null
  readonly about: BilingualText
}

/** What an analyzer found, as plain data; NaN where a number is undefined. */
export type Analysis = number | string | boolean | null | readonly Analysis[] | { readonly [key: string]: Analysis }

interface Described {
  readonly id: string
  readonly title: BilingualText
  readonly about: BilingualText
  readonly formula: string
  readonly source: string
  readonly aliases: { readonly backtrader: readonly string[] }
}

/** A question to a finished run. */
export interface AnalyzerDefinition extends Described {
  /** True: with its defaults it gives an entry for each bar, too much to be asked for by the way. */
  readonly perBar?: boolean
  readonly params: Readonly<Record<string, AnalyzerParam>>
  compute(run: AnalyzedRun, params: AnalyzerParamValues): Analysis
}

/** One named series or several, a value per row of the run, NaN where there is none. */
export interface ObserverDefinition extends Described {
  readonly params: Readonly<Record<string, AnalyzerParam>>
  /** Where a chart draws it: over the prices or in a pane of its own. */
  readonly pane: 'price' | 'own'
  compute(run: AnalyzedRun, params: AnalyzerParamValues): Readonly<Record<string, Float64Array>>
}

type Typed<Definition extends AnalyzerDefinition | ObserverDefinition, Params> = Omit<
  Definition,
  'params' | 'compute'
> & {
  readonly params: { readonly [Name in keyof Params]: AnalyzerParam }
  compute(run: AnalyzedRun, params: Params): ReturnType<Definition['compute']>
}

/** Ties the types of the parameters to their declaration; `completeAnalyzerParams` sees to it that values fit. */
export function defineAnalyzer<Params>(definition: Typed<AnalyzerDefinition, Params>): AnalyzerDefinition {
  return definition as unknown as AnalyzerDefinition
}

/** The same for observers. */
export function defineObserver<Params>(definition: Typed<ObserverDefinition, Params>): ObserverDefinition {
  return definition as unknown as ObserverDefinition
}

/** A yes or no; null leaves it to the run. */
export function flagParam(standard: boolean | null, about: BilingualText): AnalyzerParam {
  return { kind: 'flag', default: standard, choices: [], min: null, about }
}

export function numberParam(standard: number | null, about: BilingualText): AnalyzerParam {
  return { kind: 'number', default: standard, choices: [], min: null, about }
}

/** A whole number from `min`, 1 unless told. */
export function integerParam(standard: number | null, about: BilingualText, min = 1): AnalyzerParam {
  return { kind: 'integer', default: standard, choices: [], min, about }
}

/** The parameters of everything that works in periods; null: the interval of the first instrument. */
export function periodParams(timeframe: (typeof timeFrames)[number] | null, compression: number | null) {
  return {
    timeframe: {
      kind: 'choice',
      default: timeframe,
      choices: timeFrames,
      min: null,
      about: { en: 'Length of a period; NoTimeFrame is the whole run.', zh: '周期长度；NoTimeFrame表示整个运行区间。' },
    },
    compression: integerParam(compression, {
      en: 'Units per period; counts within a day only.',
      zh: '每个周期包含的单位数；仅在日内有效。',
    }),
  } as const satisfies Readonly<Record<string, AnalyzerParam>>
}

export const prenextParam = (standard: boolean) =>
  flagParam(standard, {
    en: 'Begin with the first bar; otherwise with the first decision.',
    zh: '从第一根K线开始；否则从首次决策开始。',
  })

/** The same with upstream's switch to leave out the bars before the first decision. */
export function wholeRunParams(timeframe: (typeof timeFrames)[number] | null, compression: number | null) {
  return { ...periodParams(timeframe, compression), _doprenext: prenextParam(true) }
}

export const fundParam = flagParam(null, {
  en: 'Follow the value of a fund share instead of the account; empty: as the broker is set.',
  zh: '跟踪基金份额净值而非账户；留空则按经纪商设置。',
})

export const dataParam = integerParam(
  null,
  {
    en: 'Number of the instrument whose price is followed instead of the account (0 is the first).',
    zh: '跟踪价格的品种序号（0为第一个），而非账户。',
  },
  0,
)

export const firstOpenParam = flagParam(true, {
  en: 'Measure the first period of a price from its opening price; otherwise from its first close.',
  zh: '价格的首个周期从开盘价算起；否则从首个收盘价算起。',
})
