import { compoundGrowth } from './curve-metrics.ts'
import type { Metric, MetricFacts } from './metric.ts'
import { downsideDeviation, mean, sampleDeviation } from './statistics.ts'

/** Trading days a year: the factor of every yearly figure made from daily returns. */
export const daysPerYear = 252
const yearly = Math.sqrt(daysPerYear)

function sharpe({ dailyReturns }: MetricFacts): number {
  return (mean(dailyReturns) / sampleDeviation(dailyReturns)) * yearly
}

function sortino({ dailyReturns }: MetricFacts): number {
  return (mean(dailyReturns) / downsideDeviation(dailyReturns)) * yearly
}

/** Return against risk, from daily returns of UTC days. */
export const riskMetrics: readonly Metric[] = [
  {
    id: 'volatility',
    title: { en: 'Volatility per year', zh: '年化波动率' },
    formula: 'sample deviation(daily returns) · √252',
    about: { en: 'How much daily returns scatter, scaled to a year.', zh: '日收益率的离散程度，换算为年。' },
    unit: 'ratio',
    source: 'empyrical annual_volatility',
    compute: ({ dailyReturns }) => sampleDeviation(dailyReturns) * yearly,
  },
  {
    id: 'sharpe',
    title: { en: 'Sharpe ratio', zh: '夏普比率' },
    formula: 'mean(daily returns) / sample deviation(daily returns) · √252, risk-free rate 0',
    about: {
      en: 'Return per unit of scatter. Undefined when the returns do not scatter.',
      zh: '单位波动所得的收益；收益率无波动时无定义。',
    },
    unit: 'number',
    source: 'empyrical sharpe_ratio',
    compute: sharpe,
  },
  {
    id: 'sortino',
    title: { en: 'Sortino ratio', zh: '索提诺比率' },
    formula: 'mean(daily returns) / √mean(min(0, daily return)²) · √252',
    about: {
      en: 'As the Sharpe ratio, but only falls count as risk. Undefined without a losing day.',
      zh: '类似夏普比率，但只把下跌计为风险；没有亏损日时无定义。',
    },
    unit: 'number',
    source: 'empyrical sortino_ratio (full count under the root)',
    compute: sortino,
  },
  {
    id: 'calmar',
    title: { en: 'Calmar ratio', zh: '卡玛比率' },
    formula: 'growth per year / largest drawdown',
    about: {
      en: 'Yearly growth against the deepest fall, over the whole run. Undefined without a drawdown.',
      zh: '整个区间的年增长率与最大回撤之比；没有回撤时无定义。',
    },
    unit: 'number',
    source: 'empyrical calmar_ratio, with calendar years',
    compute: (facts) => compoundGrowth(facts) / facts.maxDrawdown,
  },
]
