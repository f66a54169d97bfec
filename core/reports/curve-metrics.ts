import type { Metric, MetricFacts } from './metric.ts'
import { maximum, minimum } from './statistics.ts'

const dayMs = 86_400_000

const finalEquity = ({ equity, initialCash }: MetricFacts) => equity.equity.at(-1) ?? initialCash

/** Compound growth per calendar year, −1 when everything is lost. */
export function compoundGrowth(facts: MetricFacts): number {
  const growth = finalEquity(facts) / facts.initialCash
  if (!(facts.years > 0)) return Number.NaN
  return growth <= 0 ? -1 : growth ** (1 / facts.years) - 1
}

/** What the equity curve says by itself. */
export const curveMetrics: readonly Metric[] = [
  {
    id: 'net-profit',
    title: { en: 'Net profit', zh: '净利润' },
    formula: 'final equity − initial cash',
    about: {
      en: 'What the account gained after all fees, open positions valued at the last close.',
      zh: '扣除全部费用后账户的收益，未平仓头寸按最后收盘价估值。',
    },
    unit: 'money',
    source: 'definition',
    compute: (facts) => finalEquity(facts) - facts.initialCash,
  },
  {
    id: 'total-return',
    title: { en: 'Total return', zh: '总收益率' },
    formula: 'final equity / initial cash − 1',
    about: { en: 'Net profit over the initial cash.', zh: '净利润与初始资金之比。' },
    unit: 'ratio',
    source: 'empyrical cum_returns_final',
    compute: (facts) => finalEquity(facts) / facts.initialCash - 1,
  },
  {
    id: 'cagr',
    title: { en: 'Growth per year', zh: '年复合增长率' },
    formula: '(final equity / initial cash)^(1 / years) − 1, years = calendar days / 365.25',
    about: {
      en: 'The constant yearly rate that leads to the same final equity. Undefined for less than two rows.',
      zh: '达到同样最终权益所需的恒定年增长率；不足两行时无定义。',
    },
    unit: 'ratio',
    source: 'backtesting.py (calendar time); empyrical counts periods / 252',
    compute: compoundGrowth,
  },
  {
    id: 'max-drawdown',
    title: { en: 'Largest drawdown', zh: '最大回撤' },
    formula: 'max((peak − equity) / peak)',
    about: { en: 'The deepest fall from a peak, as a ratio of the peak.', zh: '从高点下跌的最大幅度，占高点的比例。' },
    unit: 'ratio',
    source: 'empyrical max_drawdown (there negative)',
    compute: ({ maxDrawdown }) => maxDrawdown,
  },
  {
    id: 'max-drawdown-money',
    title: { en: 'Largest drawdown, money', zh: '最大回撤金额' },
    formula: 'max(peak − equity)',
    about: { en: 'The deepest fall from a peak in money.', zh: '从高点下跌的最大金额。' },
    unit: 'money',
    source: 'backtrader DrawDown moneydown',
    compute: ({ maxDrawdownMoney }) => maxDrawdownMoney,
  },
  {
    id: 'max-drawdown-days',
    title: { en: 'Longest drawdown', zh: '最长回撤期' },
    formula: 'max(time of recovery − time of peak), calendar days',
    about: {
      en: 'The longest time until a peak was reached again; a drawdown still open counts up to the last bar.',
      zh: '重新回到前高所需的最长时间；尚未恢复的回撤计至最后一根K线。',
    },
    unit: 'days',
    source: 'backtesting.py Max. Drawdown Duration',
    compute: ({ longestDrawdownMs }) => longestDrawdownMs / dayMs,
  },
  {
    id: 'best-day',
    title: { en: 'Best day', zh: '最佳单日' },
    formula: 'max(daily return)',
    about: { en: 'The highest return of a UTC day.', zh: '单个UTC日的最高收益率。' },
    unit: 'ratio',
    source: 'quantstats best',
    compute: ({ dailyReturns }) => maximum(dailyReturns),
  },
  {
    id: 'worst-day',
    title: { en: 'Worst day', zh: '最差单日' },
    formula: 'min(daily return)',
    about: { en: 'The lowest return of a UTC day.', zh: '单个UTC日的最低收益率。' },
    unit: 'ratio',
    source: 'quantstats worst',
    compute: ({ dailyReturns }) => minimum(dailyReturns),
  },
  {
    id: 'exposure-time',
    title: { en: 'Time in the market', zh: '持仓时间占比' },
    formula: 'bars with a position / bars',
    about: { en: 'How much of the time a position was open.', zh: '持有头寸的时间占比。' },
    unit: 'ratio',
    source: 'backtesting.py Exposure Time',
    compute: ({ exposure, equity }) => exposure.rows / equity.time.length,
  },
  {
    id: 'average-exposure',
    title: { en: 'Average exposure', zh: '平均敞口' },
    formula: 'mean(|position value| / equity)',
    about: {
      en: 'Gross position value over equity, averaged over all bars.',
      zh: '总头寸价值与权益之比在全部K线上的平均。',
    },
    unit: 'ratio',
    source: 'backtrader GrossLeverage, averaged',
    compute: ({ exposure, equity }) => exposure.sum / equity.time.length,
  },
]
