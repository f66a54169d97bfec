import { normalDensity } from '../../lib/normal-distribution.ts'
import { normalQuantile } from '../distributions.ts'
import type { AccountFacts, MetricOf } from '../metric.ts'
import type { ReturnFacts } from '../return-facts.ts'
import { correlation, downsideDeviation, mean } from '../statistics.ts'

const tailShare = 0.05

/** mean + deviation · quantile of the normal distribution. */
export function normalValueAtRisk(average: number, deviation: number): number {
  return average + deviation * normalQuantile(tailShare)
}

/** Mean of the values below a limit; the limit itself when none is. */
export function meanBelow(values: Float64Array, limit: number): number {
  const tail = values.filter((value) => value < limit)
  return tail.length === 0 ? limit : mean(tail)
}

/** Mean of the worst 5 % of the returns: rows 0 … ⌊(n − 1) · 5 %⌋ in ascending order. */
function worstMean({ sorted, count }: ReturnFacts): number {
  return count === 0 ? Number.NaN : mean(sorted.subarray(0, Math.floor((count - 1) * tailShare) + 1))
}

/** |95 % quantile / 5 % quantile|. */
export function tailRatio(facts: ReturnFacts): number {
  return Math.abs(facts.quantile(0.95)) / Math.abs(facts.quantile(tailShare))
}

/** R² of a straight line through the running log return. */
function stability({ wealth, count }: ReturnFacts): number {
  const rows = Float64Array.from({ length: count }, (_, row) => row)
  return correlation(rows, wealth.map(Math.log)) ** 2
}

/** How much the account was in the market. */
export const accountRisk: readonly MetricOf<'account'>[] = [
  {
    id: 'exposure-time',
    title: { en: 'Time in the market', zh: '持仓时间占比' },
    group: 'risk',
    formula: 'bars with a position / bars',
    about: { en: 'How much of the time a position was open.', zh: '持有头寸的时间占比。' },
    unit: 'ratio',
    source: 'backtesting.py Exposure Time',
    undefinedFor: ['not-recorded'],
    needs: 'account',
    compute: ({ exposure, rows }: AccountFacts) => exposure.rows / rows,
  },
  {
    id: 'average-exposure',
    title: { en: 'Average exposure', zh: '平均敞口' },
    group: 'risk',
    formula: 'mean(|position value| / equity)',
    about: {
      en: 'Gross position value over equity, averaged over all bars.',
      zh: '总头寸价值与权益之比在全部K线上的平均。',
    },
    unit: 'ratio',
    source: 'backtrader GrossLeverage, averaged',
    undefinedFor: ['not-recorded'],
    needs: 'account',
    compute: ({ exposure, rows }: AccountFacts) => exposure.sum / rows,
  },
]

/** Scatter, tails and shape of the returns. */
export const returnRisk: readonly MetricOf<'returns'>[] = [
  {
    id: 'volatility',
    title: { en: 'Volatility per year', zh: '年化波动率' },
    group: 'risk',
    formula: 'sample deviation(r) · √N',
    about: { en: 'How much returns scatter, scaled to a year.', zh: '收益率的离散程度，换算为年。' },
    unit: 'ratio',
    source: 'empyrical annual_volatility, quantstats volatility',
    aliases: { empyrical: ['annual_volatility'], quantstats: ['volatility'] },
    undefinedFor: ['two-returns'],
    needs: 'returns',
    compute: ({ deviation, count, perYear }) =>
      (count > 1 && Number.isNaN(deviation) ? 0 : deviation) * Math.sqrt(perYear),
  },
  {
    id: 'downside-deviation',
    title: { en: 'Downside deviation per year', zh: '年化下行波动率' },
    group: 'risk',
    formula: '√mean(min(0, r − rate)²) · √N',
    about: {
      en: 'As volatility, but only returns below the risk-free rate count.',
      zh: '类似波动率，但只计低于无风险利率的收益。',
    },
    unit: 'ratio',
    source: 'empyrical downside_risk (required return = rate of a period)',
    aliases: { empyrical: ['downside_risk'] },
    undefinedFor: ['no-return'],
    needs: 'returns',
    compute: ({ excess, perYear }) => downsideDeviation(excess) * Math.sqrt(perYear),
  },
  {
    id: 'value-at-risk',
    title: { en: 'Value at risk, 5 %', zh: '风险价值（5%）' },
    group: 'risk',
    formula: '5 % quantile of the returns, linear interpolation',
    about: { en: 'One period in twenty was worse than this.', zh: '二十个周期中有一个比这更差。' },
    unit: 'ratio',
    source: 'empyrical value_at_risk',
    aliases: { empyrical: ['value_at_risk'] },
    undefinedFor: ['no-return'],
    needs: 'returns',
    compute: (facts) => facts.quantile(tailShare),
  },
  {
    id: 'value-at-risk-normal',
    title: { en: 'Value at risk, 5 %, normal', zh: '风险价值（5%，正态）' },
    group: 'risk',
    formula: 'mean(r) + deviation(r) · Φ⁻¹(5 %)',
    about: {
      en: 'What one period in twenty would be worse than, if returns were normal.',
      zh: '假设收益率服从正态分布时的5%分位数。',
    },
    unit: 'ratio',
    source: 'quantstats value_at_risk',
    aliases: { quantstats: ['value_at_risk', 'var'] },
    undefinedFor: ['two-returns', 'no-scatter'],
    needs: 'returns',
    compute: ({ mean: average, deviation }) => normalValueAtRisk(average, deviation),
  },
  {
    id: 'expected-shortfall',
    title: { en: 'Expected shortfall, 5 %', zh: '预期亏损（5%）' },
    group: 'risk',
    formula: 'mean of the worst ⌊(n − 1) · 5 %⌋ + 1 returns',
    about: { en: 'Average of the worst twentieth of the returns.', zh: '最差5%收益率的平均值。' },
    unit: 'ratio',
    source: 'empyrical conditional_value_at_risk',
    aliases: { empyrical: ['conditional_value_at_risk'] },
    undefinedFor: ['no-return'],
    needs: 'returns',
    compute: worstMean,
  },
  {
    id: 'expected-shortfall-below-normal',
    title: { en: 'Expected shortfall below the normal limit', zh: '低于正态风险价值的平均亏损' },
    group: 'risk',
    formula: 'mean(r, r < value at risk, normal); the limit itself when no return is below it',
    about: { en: 'Average of the returns below the normal value at risk.', zh: '低于正态风险价值的收益率的平均值。' },
    unit: 'ratio',
    source: 'quantstats conditional_value_at_risk up to 0.0.82',
    aliases: { quantstats: ['conditional_value_at_risk', 'cvar', 'expected_shortfall'] },
    undefinedFor: ['two-returns', 'no-scatter'],
    needs: 'returns',
    compute: ({ values, mean: average, deviation }) => meanBelow(values, normalValueAtRisk(average, deviation)),
  },
  {
    id: 'expected-shortfall-normal',
    title: { en: 'Expected shortfall, 5 %, normal', zh: '预期亏损（5%，正态）' },
    group: 'risk',
    formula: 'mean(r) − deviation(r) · φ(Φ⁻¹(5 %)) / 5 %',
    about: {
      en: 'Mean of the worst twentieth, if returns were normal.',
      zh: '假设收益率服从正态分布时最差5%的平均值。',
    },
    unit: 'ratio',
    source: 'quantstats conditional_value_at_risk from 0.0.83 (parametric)',
    undefinedFor: ['two-returns', 'no-scatter'],
    needs: 'returns',
    compute: ({ mean: average, deviation }) =>
      average - (deviation * normalDensity(normalQuantile(tailShare))) / tailShare,
  },
  {
    id: 'tail-ratio',
    title: { en: 'Tail ratio', zh: '尾部比率' },
    group: 'risk',
    formula: '|95 % quantile| / |5 % quantile|',
    about: { en: 'Above 1: the good tail is longer than the bad one.', zh: '大于1表示盈利尾部长于亏损尾部。' },
    unit: 'number',
    source: 'empyrical tail_ratio, quantstats tail_ratio',
    aliases: { empyrical: ['tail_ratio'], quantstats: ['tail_ratio'] },
    undefinedFor: ['no-return', 'zero-tail'],
    needs: 'returns',
    compute: tailRatio,
  },
  {
    id: 'skew',
    title: { en: 'Skew', zh: '偏度' },
    group: 'risk',
    formula: '√(n(n − 1)) / (n − 2) · population skew (G1)',
    about: {
      en: 'Below 0: the losses are the longer tail. Corrected for the size of the sample.',
      zh: '小于0表示亏损尾部更长；已按样本量修正。',
    },
    unit: 'number',
    source: 'quantstats skew (pandas)',
    aliases: { quantstats: ['skew'] },
    undefinedFor: ['three-returns', 'no-scatter'],
    needs: 'returns',
    compute: ({ sampleSkew }) => sampleSkew,
  },
  {
    id: 'skew-population',
    title: { en: 'Skew, population', zh: '偏度（总体）' },
    group: 'risk',
    formula: 'mean((r − mean)³) / population deviation³',
    about: { en: 'Skew without the correction for the size of the sample.', zh: '未按样本量修正的偏度。' },
    unit: 'number',
    source: 'scipy.stats.skew, as empyrical and pyfolio list it',
    undefinedFor: ['no-return', 'no-scatter'],
    needs: 'returns',
    compute: ({ skew }) => skew,
  },
  {
    id: 'kurtosis',
    title: { en: 'Excess kurtosis', zh: '超额峰度' },
    group: 'risk',
    formula: '(n − 1) / ((n − 2)(n − 3)) · ((n + 1)(population kurtosis − 3) + 6) (G2)',
    about: {
      en: 'Above 0: more extreme returns than a normal distribution has.',
      zh: '大于0表示极端收益多于正态分布。',
    },
    unit: 'number',
    source: 'quantstats kurtosis (pandas)',
    aliases: { quantstats: ['kurtosis'] },
    undefinedFor: ['four-returns', 'no-scatter'],
    needs: 'returns',
    compute: ({ sampleExcessKurtosis }) => sampleExcessKurtosis,
  },
  {
    id: 'kurtosis-population',
    title: { en: 'Excess kurtosis, population', zh: '超额峰度（总体）' },
    group: 'risk',
    formula: 'mean((r − mean)⁴) / population deviation⁴ − 3',
    about: {
      en: 'Excess kurtosis without the correction for the size of the sample.',
      zh: '未按样本量修正的超额峰度。',
    },
    unit: 'number',
    source: 'scipy.stats.kurtosis, as empyrical and pyfolio list it',
    undefinedFor: ['no-return', 'no-scatter'],
    needs: 'returns',
    compute: ({ kurtosis: raw }) => raw - 3,
  },
  {
    id: 'stability',
    title: { en: 'Straightness of the curve', zh: '曲线平直度' },
    group: 'risk',
    formula: 'R² of a line through the running log return',
    about: { en: '1 = the curve grows at a constant rate.', zh: '1表示曲线以恒定速率增长。' },
    unit: 'number',
    source: 'empyrical stability_of_timeseries',
    aliases: { empyrical: ['stability_of_timeseries'] },
    undefinedFor: ['two-returns', 'no-scatter', 'lost-all'],
    needs: 'returns',
    compute: stability,
  },
  {
    id: 'autocorrelation-penalty',
    title: { en: 'Autocorrelation penalty', zh: '自相关惩罚因子' },
    group: 'risk',
    formula: '√(1 + 2 Σₖ (n − k)/n · |ρ|ᵏ), ρ = correlation of consecutive returns',
    about: {
      en: 'Factor by which risk grows because returns follow each other, ≥ 1.',
      zh: '收益率前后相关使风险放大的倍数，≥ 1。',
    },
    unit: 'number',
    source: 'quantstats autocorr_penalty',
    aliases: { quantstats: ['autocorr_penalty'] },
    undefinedFor: ['two-returns'],
    needs: 'returns',
    compute: ({ autocorrelationPenalty, count }) => (count < 2 ? Number.NaN : autocorrelationPenalty),
  },
]
