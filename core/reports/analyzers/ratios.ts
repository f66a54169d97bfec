import { exactExp } from '../../lib/exact-exp.ts'
import { type AnalyzedRun, accountSeries } from './analyzed-run.ts'
import {
  type AnalyzerParam,
  defineAnalyzer,
  flagParam,
  fundParam,
  numberParam,
  periodParams,
  wholeRunParams,
} from './definition.ts'
import { deviationOf, meanOf } from './moments.ts'
import { type PeriodLength, periodsOf } from './periods.ts'
import { annualReturns, periodsPerYear, tannParam, totalReturns } from './returns.ts'
import { returnsByPeriod, simpleReturn } from './running-returns.ts'
import type { TimeFrame } from './time-frames.ts'

interface Sharpe {
  readonly timeframe: TimeFrame
  readonly compression: number
  readonly riskfreerate: number
  readonly factor: number | null
  readonly convertrate: boolean
  readonly annualize: boolean
  readonly stddev_sample: boolean
  readonly daysfactor: number | null
  readonly legacyannual: boolean
  readonly fund: boolean | null
}

function sharpeParams(annualize: boolean): { readonly [Name in keyof Sharpe]: AnalyzerParam } {
  return {
    ...periodParams('Years', 1),
    riskfreerate: numberParam(0.01, { en: 'Yearly risk-free rate, 0.01 = 1 %.', zh: '年无风险利率，0.01即1%。' }),
    factor: numberParam(null, {
      en: 'Periods per year; empty: 252 days, 52 weeks, 12 months, 1 year.',
      zh: '每年的周期数；留空则为252日、52周、12月或1年。',
    }),
    convertrate: flagParam(true, {
      en: 'Convert the rate to the period; otherwise the returns to years.',
      zh: '将利率换算到周期；否则将收益率换算为年。',
    }),
    annualize: flagParam(annualize, { en: 'Scale the ratio to a year.', zh: '将比率年化。' }),
    stddev_sample: flagParam(false, { en: 'Sample deviation (n − 1).', zh: '使用样本标准差（n − 1）。' }),
    daysfactor: numberParam(null, { en: 'Older name of factor, for days only.', zh: 'factor的旧名，仅用于日。' }),
    legacyannual: flagParam(false, {
      en: 'Yearly returns from the first bar’s close, rate not converted.',
      zh: '年收益从首根K线收盘算起，利率不换算。',
    }),
    fund: fundParam,
  }
}

function sharpeRatio(run: AnalyzedRun, params: Sharpe): number {
  const { riskfreerate, convertrate, annualize, stddev_sample: sample } = params
  if (params.legacyannual) {
    const { values } = annualReturns(run)
    return finiteRatio(meanOf(values) - riskfreerate, deviationOf(values))
  }
  const { values } = returnsByPeriod(run, { ...params, data: null, firstopen: true }, simpleReturn)
  const factor = yearFactor(params)
  const converts = factor !== undefined && convertrate
  const rate = converts ? (1 + riskfreerate) ** (1 / factor) - 1 : riskfreerate
  const counted = factor === undefined || convertrate ? values : values.map((value) => (1 + value) ** factor - 1)
  const excess = counted.map((value) => value - rate)
  const ratio = finiteRatio(meanOf(excess), deviationOf(excess, sample))
  return converts && annualize ? Math.sqrt(factor) * ratio : ratio
}

function yearFactor({ timeframe, factor, daysfactor }: Sharpe): number | undefined {
  if (timeframe === 'Days' && daysfactor !== null) return daysfactor
  return factor ?? periodsPerYear[timeframe]
}

/** NaN where nothing scatters or there is too little. */
function finiteRatio(value: number, deviation: number): number {
  return deviation === 0 ? Number.NaN : value / deviation
}

export const sharpe = defineAnalyzer<Sharpe>({
  id: 'sharpe-ratio',
  title: { en: 'Sharpe ratio', zh: '夏普比率' },
  about: {
    en: 'Mean excess return per period over its scatter. Undefined when nothing scatters.',
    zh: '每周期平均超额收益与其波动之比；无波动时无定义。',
  },
  formula: 'mean(return − rate) / deviation(return − rate), · √factor when annualized',
  source: 'backtrader SharpeRatio (A-12)',
  aliases: { backtrader: ['SharpeRatio'] },
  params: sharpeParams(false),
  compute: (run, params) => ({ sharperatio: sharpeRatio(run, params) }),
})

export const sharpeAnnual = defineAnalyzer<Sharpe>({
  id: 'sharpe-ratio-annual',
  title: { en: 'Sharpe ratio per year', zh: '年化夏普比率' },
  about: { en: 'The Sharpe ratio, scaled to a year.', zh: '年化的夏普比率。' },
  formula: 'as sharpe-ratio with annualize = true',
  source: 'backtrader SharpeRatio_A (A-13)',
  aliases: { backtrader: ['SharpeRatio_A', 'SharpeRatioA'] },
  params: sharpeParams(true),
  compute: (run, params) => ({ sharperatio: sharpeRatio(run, params) }),
})

interface Vwr extends PeriodLength {
  readonly _doprenext: boolean
  readonly tann: number | null
  readonly tau: number
  readonly sdev_max: number
  readonly fund: boolean | null
}

export const vwr = defineAnalyzer<Vwr>({
  id: 'vwr',
  title: { en: 'Variability-weighted return', zh: '波动加权收益' },
  about: {
    en: 'Yearly return in percent, reduced by how far the curve strays from steady growth.',
    zh: '年化收益率（百分比），按曲线偏离稳定增长的程度折减。',
  },
  formula: 'rnorm100 · (1 − (sample deviation of value / steady growth − 1, over sdev_max)^tau)',
  source: 'backtrader VWR (A-17)',
  aliases: { backtrader: ['VWR'] },
  params: {
    ...wholeRunParams(null, null),
    tann: tannParam,
    // upstream's text has these two the wrong way round
    tau: numberParam(0.2, { en: 'How hard variability counts.', zh: '波动的惩罚力度。' }),
    sdev_max: numberParam(2, { en: 'Deviation at which the result is 0.', zh: '结果为0时的偏差。' }),
    fund: fundParam,
  },
  compute(run, { tann, tau, sdev_max, fund, ...length }) {
    const { values, start } = accountSeries(run, fund)
    const { starts } = periodsOf(run, length)
    const { ravg, rnorm100 } = totalReturns(run, { ...length, _doprenext: true, tann, fund: null })
    const ends = starts.map((row) => values[row] as number)
    // A period ends with the first row of the next; the last one with the run, if it has a row of its own
    if ((starts.at(-1) ?? 0) < values.length - 1) ends.push(values.at(-1) as number)
    const strays = ends.map((end, index) => {
      const begin = index === 0 ? start : (ends[index - 1] as number)
      return end / (begin * exactExp(ravg * (index + 1))) - 1
    })
    return { vwr: rnorm100 * (1 - (deviationOf(strays, true) / sdev_max) ** tau) }
  },
})
