import type { Metric, MetricFacts } from './metric.ts'
import { maximum, mean, minimum, sampleDeviation, sum } from './statistics.ts'

/** Mean bars of the closed round trips. */
function averageBars({ trades }: MetricFacts): number {
  return mean(trades.bars.filter((_, row) => trades.open[row] === 0))
}

/** What the closed round trips say; results are after fees. */
export const tradeMetrics: readonly Metric[] = [
  {
    id: 'trades',
    title: { en: 'Trades', zh: '交易次数' },
    formula: 'number of closed round trips',
    about: {
      en: 'From flat to flat; a reversal closes one and opens the next.',
      zh: '从空仓到空仓为一次；反手结束一次并开始下一次。',
    },
    unit: 'count',
    source: 'backtrader TradeAnalyzer total.closed',
    compute: ({ results }) => results.length,
  },
  {
    id: 'win-rate',
    title: { en: 'Win rate', zh: '胜率' },
    formula: 'winning trades / closed trades',
    about: { en: 'A trade wins when its result after fees is above 0.', zh: '扣费后收益大于0的交易为盈利交易。' },
    unit: 'ratio',
    source: 'backtesting.py Win Rate',
    compute: ({ wins, results }) => wins.length / results.length,
  },
  {
    id: 'profit-factor',
    title: { en: 'Profit factor', zh: '盈亏比' },
    formula: 'sum of wins / |sum of losses|',
    about: {
      en: 'Money won per money lost. Undefined without a loss.',
      zh: '每亏损一元所赚的金额；没有亏损时无定义。',
    },
    unit: 'number',
    source: 'backtesting.py Profit Factor, in money',
    compute: ({ wins, losses }) => sum(wins) / -sum(losses),
  },
  {
    id: 'expectancy',
    title: { en: 'Expectancy', zh: '期望收益' },
    formula: 'mean(result)',
    about: { en: 'Average result of a closed trade after fees.', zh: '每笔已平仓交易扣费后的平均收益。' },
    unit: 'money',
    source: 'definition',
    compute: ({ results }) => mean(results),
  },
  {
    id: 'average-win',
    title: { en: 'Average win', zh: '平均盈利' },
    formula: 'mean(results > 0)',
    about: { en: 'Average result of the winning trades.', zh: '盈利交易的平均收益。' },
    unit: 'money',
    source: 'backtrader TradeAnalyzer won.pnl.average',
    compute: ({ wins }) => mean(wins),
  },
  {
    id: 'average-loss',
    title: { en: 'Average loss', zh: '平均亏损' },
    formula: 'mean(results < 0)',
    about: { en: 'Average result of the losing trades, below 0.', zh: '亏损交易的平均收益（负数）。' },
    unit: 'money',
    source: 'backtrader TradeAnalyzer lost.pnl.average',
    compute: ({ losses }) => mean(losses),
  },
  {
    id: 'largest-win',
    title: { en: 'Largest win', zh: '最大单笔盈利' },
    formula: 'max(results > 0)',
    about: { en: 'Best result of a single trade.', zh: '单笔交易的最好收益。' },
    unit: 'money',
    source: 'backtrader TradeAnalyzer won.pnl.max',
    compute: ({ wins }) => maximum(wins),
  },
  {
    id: 'largest-loss',
    title: { en: 'Largest loss', zh: '最大单笔亏损' },
    formula: 'min(results < 0)',
    about: { en: 'Worst result of a single trade, below 0.', zh: '单笔交易的最差收益（负数）。' },
    unit: 'money',
    source: 'backtrader TradeAnalyzer lost.pnl.max',
    compute: ({ losses }) => minimum(losses),
  },
  {
    id: 'average-bars',
    title: { en: 'Average holding time', zh: '平均持仓K线数' },
    formula: 'mean(bars from entry to exit)',
    about: { en: 'Bars from the entry’s bar to the exit’s.', zh: '从开仓K线到平仓K线的数量。' },
    unit: 'bars',
    source: 'backtrader TradeAnalyzer len.average',
    compute: averageBars,
  },
  {
    id: 'sqn',
    title: { en: 'System quality number', zh: '系统质量指数' },
    formula: '√n · mean(result) / sample deviation(result)',
    about: {
      en: 'Van Tharp: below 2 hard to trade, above 3 excellent. Undefined below two trades.',
      zh: 'Van Tharp提出：低于2难以交易，高于3为优秀；不足两笔交易时无定义。',
    },
    unit: 'number',
    source: 'V. Tharp; sample deviation as backtesting.py (backtrader takes the population’s)',
    compute: ({ results }) => (Math.sqrt(results.length) * mean(results)) / sampleDeviation(results),
  },
  {
    id: 'fees',
    title: { en: 'Fees', zh: '费用合计' },
    formula: 'sum of the fees of all fills',
    about: { en: 'Commission of every fill, open positions included.', zh: '所有成交的手续费，包含未平仓部分。' },
    unit: 'money',
    source: 'definition',
    compute: ({ fees }) => fees,
  },
]
