import { exactLog } from '../../lib/exact-exp.ts'
import { type AnalyzedRun, accountSeries } from './analyzed-run.ts'
import { defineAnalyzer, flagParam, fundParam, integerParam, wholeRunParams } from './definition.ts'
import { byPeriod, type PeriodLength, periodsOf } from './periods.ts'

/** Drawdown of each row: percent of the peak and its length in bars, with the largest of both so far. */
export interface DrawDownRows {
  readonly drawdown: Float64Array
  readonly maxdrawdown: Float64Array
  readonly len: Float64Array
  readonly maxlen: Float64Array
  readonly money: Float64Array
}

/** Follows the peak of the account row by row. */
export function drawDownRows(run: AnalyzedRun, fund: boolean | null): DrawDownRows {
  const { values } = accountSeries(run, fund)
  const column = () => new Float64Array(values.length)
  const rows = { drawdown: column(), maxdrawdown: column(), len: column(), maxlen: column(), money: column() }
  let peak = Number.NEGATIVE_INFINITY
  let largest = 0
  let length = 0
  let longest = 0
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number
    if (value > peak) peak = value
    const money = peak - value
    const percent = (100 * money) / peak
    if (percent > largest) largest = percent
    length = percent === 0 ? 0 : length + 1
    if (length > longest) longest = length
    rows.money[row] = money
    rows.drawdown[row] = percent
    rows.maxdrawdown[row] = largest
    rows.len[row] = length
    rows.maxlen[row] = longest
  }
  return rows
}

export const drawDown = defineAnalyzer<{ readonly fund: boolean | null }>({
  id: 'drawdown',
  title: { en: 'Drawdown', zh: '回撤' },
  about: {
    en: 'Fall from the peak now and at its worst: percent, money, and length in bars.',
    zh: '当前与最大的回撤：百分比、金额及持续K线数。',
  },
  formula: '100 · (peak − value) / peak',
  source: 'backtrader DrawDown (A-03)',
  aliases: { backtrader: ['DrawDown'] },
  params: { fund: fundParam },
  compute(run, { fund }) {
    const { drawdown, maxdrawdown, len, maxlen, money } = drawDownRows(run, fund)
    const last = (column: Float64Array) => column.at(-1) ?? 0
    return {
      len: last(len),
      drawdown: last(drawdown),
      moneydown: last(money),
      max: {
        len: last(maxlen),
        drawdown: last(maxdrawdown),
        moneydown: money.reduce((most, value) => Math.max(most, value), 0),
      },
    }
  },
})

/** Largest drawdown (percent) and longest one (periods) up to each period, looked at in its first row only. */
function drawDownPeriods(values: Float64Array, starts: readonly number[]) {
  let peak = Number.NEGATIVE_INFINITY
  let worst = 0
  let length = 0
  let longest = 0
  const worstSoFar = starts.map((row) => {
    const value = values[row] as number
    if (value > peak) {
      peak = value
      length = 0
    }
    const percent = (100 * (peak - value)) / peak
    if (percent !== 0) length++
    worst = Math.max(worst, percent)
    longest = Math.max(longest, length)
    return worst
  })
  return { worstSoFar, worst, longest }
}

interface TimeDrawDown extends PeriodLength {
  readonly _doprenext: boolean
  readonly fund: boolean | null
}

export const timeDrawDown = defineAnalyzer<TimeDrawDown>({
  id: 'time-drawdown',
  title: { en: 'Drawdown by period', zh: '分期回撤' },
  about: {
    en: 'Largest and longest drawdown when one looks once a period, in its first bar.',
    zh: '每周期仅在首根K线观察一次时的最大与最长回撤。',
  },
  formula: 'max(100 · (peak − value) / peak); periods without a new peak',
  source: 'backtrader TimeDrawDown (A-04)',
  aliases: { backtrader: ['TimeDrawDown'] },
  params: { ...wholeRunParams(null, null), fund: fundParam },
  compute(run, { fund, ...length }) {
    const { starts } = periodsOf(run, length)
    const { worst, longest } = drawDownPeriods(accountSeries(run, fund).values, starts)
    return { maxdrawdown: worst, maxdrawdownperiod: longest }
  },
})

interface Calmar extends TimeDrawDown {
  readonly period: number
  readonly fraction: boolean
}

export const calmar = defineAnalyzer<Calmar>({
  id: 'calmar',
  title: { en: 'Calmar ratio', zh: '卡玛比率' },
  about: {
    en: 'Log return per period over a rolling window against the largest drawdown so far. Undefined until the window is full.',
    zh: '滚动窗口内每周期对数收益与迄今最大回撤之比；窗口未满时无定义。',
  },
  formula: '(ln(last / first of `period` values) / period) / largest drawdown by period',
  source: 'backtrader Calmar (A-02)',
  aliases: { backtrader: ['Calmar'] },
  params: {
    ...wholeRunParams('Months', null),
    period: integerParam(36, { en: 'Periods of the window.', zh: '窗口包含的周期数。' }),
    fund: fundParam,
    fraction: flagParam(false, {
      en: 'Divide by the drawdown as a fraction. Upstream divides a fraction by percent (X-12): 100 times less.',
      zh: '以小数形式的回撤作除数。上游用小数除以百分数（X-12），结果小100倍。',
    }),
  },
  compute(run, { period, fund, fraction, ...length }) {
    const periods = periodsOf(run, length)
    const { values, start } = accountSeries(run, fund)
    // The drawdown beside it follows the broker's own setting
    const { worstSoFar } = drawDownPeriods(accountSeries(run, null).values, periods.starts)
    const unit = fraction ? 0.01 : 1
    const seen = [start]
    const ratios = periods.starts.map((row, index) => {
      seen.push(values[row] as number)
      const isLast = index === periods.starts.length - 1
      // The end of the run is looked at once more, under the name of the period that it cuts off
      if (isLast) seen.push(values.at(-1) as number)
      const first = seen[seen.length - period] ?? Number.NaN
      const perPeriod = exactLog((seen.at(-1) as number) / first) / period
      return perPeriod / ((worstSoFar[index] as number) * unit || Number.POSITIVE_INFINITY)
    })
    return byPeriod(periods, ratios)
  },
})
