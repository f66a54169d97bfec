import { exactLog } from '../../lib/exact-exp.ts'
import { type AnalyzedRun, accountSeries } from './analyzed-run.ts'
import {
  type Analysis,
  dataParam,
  defineAnalyzer,
  firstOpenParam,
  flagParam,
  fundParam,
  numberParam,
  periodParams,
  wholeRunParams,
} from './definition.ts'
import { deviationOf, meanOf } from './moments.ts'
import { byPeriod, lastRows, type PeriodLength, type Periods, periodsOf } from './periods.ts'
import { type ReturnsOf, returnsByPeriod, rollingLogReturn, simpleReturn } from './running-returns.ts'
import type { TimeFrame } from './time-frames.ts'

/** Periods of a year, for the frames that have a fixed number of them. */
export const periodsPerYear: Readonly<Partial<Record<TimeFrame, number>>> = {
  Days: 252,
  Weeks: 52,
  Months: 12,
  Years: 1,
}

const returnParams = {
  ...wholeRunParams(null, null),
  data: dataParam,
  firstopen: firstOpenParam,
  fund: fundParam,
}

export const timeReturn = defineAnalyzer<Required<ReturnsOf>>({
  id: 'time-return',
  title: { en: 'Returns by period', zh: '分期收益率' },
  about: {
    en: 'The return of each period of the calendar, of the account or of an instrument’s price.',
    zh: '每个日历周期的收益率，可取账户或某品种价格。',
  },
  formula: 'last value of the period / last value of the one before − 1',
  source: 'backtrader TimeReturn (A-07)',
  aliases: { backtrader: ['TimeReturn'] },
  perBar: true,
  params: returnParams,
  compute(run, params) {
    const { periods, values } = returnsByPeriod(run, params, simpleReturn)
    return byPeriod(periods, values)
  },
})

export const logReturnsRolling = defineAnalyzer<Required<ReturnsOf>>({
  id: 'log-returns',
  title: { en: 'Log returns by period', zh: '分期对数收益率' },
  about: {
    en: 'As the returns by period, in logarithms: they add up.',
    zh: '与分期收益率相同，但取对数，可直接相加。',
  },
  formula: 'ln(last value of the period / last value before the last `compression` periods)',
  source: 'backtrader LogReturnsRolling (A-06)',
  aliases: { backtrader: ['LogReturnsRolling'] },
  perBar: true,
  params: returnParams,
  compute(run, params) {
    const { periods, values } = returnsByPeriod(run, params, rollingLogReturn)
    return byPeriod(periods, values)
  },
})

/** Years and their returns, the first one from the value of its first row. */
export function annualReturns(run: AnalyzedRun): { readonly periods: Periods; readonly values: Float64Array } {
  const periods = periodsOf(run, { timeframe: 'Years', compression: 1 })
  const { values } = accountSeries(run, null)
  let before = values[0] ?? Number.NaN
  const returns = Float64Array.from(lastRows(periods, values.length), (row) => {
    const value = values[row] as number
    const change = value / before - 1
    before = value
    return change
  })
  return { periods, values: returns }
}

export const annualReturn = defineAnalyzer<Record<never, never>>({
  id: 'annual-return',
  title: { en: 'Returns by year', zh: '年度收益率' },
  about: {
    en: 'The return of each calendar year, the first one from the end of its first bar.',
    zh: '每个自然年的收益率；首年从第一根K线收盘算起。',
  },
  formula: 'last value of the year / last value of the year before − 1',
  source: 'backtrader AnnualReturn (A-01)',
  aliases: { backtrader: ['AnnualReturn'] },
  params: {},
  compute(run) {
    const { periods, values } = annualReturns(run)
    return Object.fromEntries(periods.keys.map((key, index) => [key.slice(0, 4), values[index] as number]))
  },
})

interface PeriodStats {
  readonly timeframe: TimeFrame
  readonly compression: number
  readonly zeroispos: boolean
  readonly fund: boolean | null
}

export const periodStats = defineAnalyzer<PeriodStats>({
  id: 'period-stats',
  title: { en: 'Statistics of the periods', zh: '分期统计' },
  about: { en: 'How the returns of the periods are spread.', zh: '各周期收益率的分布。' },
  formula: 'mean, population deviation, counts by sign, largest and smallest of the returns by period',
  source: 'backtrader PeriodStats (A-08)',
  aliases: { backtrader: ['PeriodStats'] },
  params: {
    ...periodParams('Years', 1),
    zeroispos: flagParam(false, {
      en: 'Count periods without a change as positive.',
      zh: '将无变化的周期计为正收益。',
    }),
    fund: fundParam,
  },
  compute(run, { zeroispos, ...of }) {
    const { values } = returnsByPeriod(run, { ...of, data: null, firstopen: true }, simpleReturn)
    const count = (fits: (value: number) => boolean) => values.filter(fits).length
    const unchanged = count((value) => value === 0)
    return {
      average: meanOf(values),
      stddev: deviationOf(values),
      positive: count((value) => value > 0) + (zeroispos ? unchanged : 0),
      negative: count((value) => value < 0),
      nochange: zeroispos ? 0 : unchanged,
      best: extreme(values, Math.max),
      worst: extreme(values, Math.min),
    }
  },
})

function extreme(values: Float64Array, pick: (a: number, b: number) => number): number {
  return values.length === 0 ? Number.NaN : values.reduce((best, value) => pick(best, value))
}

export interface TotalReturnsOf extends PeriodLength {
  readonly _doprenext: boolean
  readonly tann: number | null
  readonly fund: boolean | null
}

/** The whole run's log return, its mean per period, and that as a yearly rate. */
export function totalReturns(run: AnalyzedRun, { tann, fund, ...length }: TotalReturnsOf) {
  const { values, start } = accountSeries(run, fund)
  const periods = periodsOf(run, length)
  const growth = (values.at(-1) ?? start) / start
  const rtot = growth <= 0 ? Number.NEGATIVE_INFINITY : exactLog(growth)
  const ravg = rtot / periods.starts.length
  const perYear =
    tann || (periodsPerYear[periods.timeframe] ?? periodsPerYear[run.instruments[0]?.timeframe ?? 'Days'] ?? 1)
  const rnorm = ravg > Number.NEGATIVE_INFINITY ? Math.expm1(ravg * perYear) : ravg
  return { rtot, ravg, rnorm, rnorm100: rnorm * 100 }
}

export const tannParam = numberParam(null, {
  en: 'Periods per year; empty: 252 days, 52 weeks, 12 months, 1 year.',
  zh: '每年的周期数；留空则为252日、52周、12月或1年。',
})

export const returns = defineAnalyzer<TotalReturnsOf>({
  id: 'returns',
  title: { en: 'Total and yearly return', zh: '总收益与年化收益' },
  about: {
    en: 'Compound return of the whole run, per period and as a yearly rate.',
    zh: '整个区间的复合收益、每周期平均以及年化收益率。',
  },
  formula: 'rtot = ln(end / start); ravg = rtot / periods; rnorm = e^(ravg · tann) − 1; rnorm100 = 100 · rnorm',
  source: 'backtrader Returns (A-11)',
  aliases: { backtrader: ['Returns'] },
  params: { ...wholeRunParams(null, null), tann: tannParam, fund: fundParam },
  compute: (run, params): Analysis => ({ ...totalReturns(run, params) }),
})
