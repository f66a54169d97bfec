import { normalCdf } from '../../lib/normal-distribution.ts'
import { studentCdf } from '../distributions.ts'
import type { DoubtFacts, MetricOf } from '../metric.ts'
import {
  deflatedSharpe,
  expectedMaximumSharpe,
  type MeasuredSharpe,
  minimumTrackRecord,
  probabilisticSharpe,
} from '../overfitting.ts'
import { bootstrapPValue } from '../resampling.ts'
import type { ReturnFacts } from '../return-facts.ts'
import { downsideDeviation, isFlat, mean, sampleDeviation } from '../statistics.ts'
import { sharpePerPeriod } from './ratio.ts'

/** The Sharpe ratio with what its error depends on; NaN without scatter. */
export function measuredSharpe(returns: ReturnFacts): MeasuredSharpe {
  const { count, skew, kurtosis } = returns
  return { sharpe: sharpePerPeriod(returns), periods: count, skew, kurtosis }
}

/** As quantstats up to 0.0.81 computes it: pandas' excess kurtosis in a formula for raw kurtosis. */
function quantstatsProbability(returns: ReturnFacts, ratio: number): number {
  const { sampleSkew, sampleExcessKurtosis, count, riskFree } = returns
  const square = ratio * ratio
  const variance = 1 + 0.5 * square - sampleSkew * ratio + ((sampleExcessKurtosis - 3) / 4) * square
  return normalCdf((ratio - riskFree) / Math.sqrt(variance / (count - 1)))
}

/** The same returns without a risk-free rate: quantstats subtracts it later. */
const plainSharpe = ({ mean: average, deviation }: ReturnFacts) => average / deviation

function plainSortino({ values, mean: average, losses }: ReturnFacts): number {
  return losses.length === 0 ? Number.NaN : average / downsideDeviation(values)
}

/** Mean result over its standard error. */
function tStatistic({ results }: DoubtFacts): number {
  if (results.length < 2 || isFlat(results)) return Number.NaN
  return mean(results) / (sampleDeviation(results) / Math.sqrt(results.length))
}

const deflation = 'D. Bailey & M. López de Prado, The Deflated Sharpe Ratio (2014)'
const frontier = 'D. Bailey & M. López de Prado, The Sharpe Ratio Efficient Frontier (2012)'

/** How much of the Sharpe ratio may be luck. */
export const sharpeDoubt: readonly MetricOf<'doubt'>[] = [
  {
    id: 'probabilistic-sharpe',
    title: { en: 'Probabilistic Sharpe ratio', zh: '概率夏普比率' },
    group: 'doubt',
    formula: 'Φ(SR · √(n − 1) / √(1 − skew · SR + (kurtosis − 1) / 4 · SR²)), SR a period, moments of the population',
    about: {
      en: 'Probability that the true Sharpe ratio is above 0, given length, skew and tails of the series.',
      zh: '考虑样本长度、偏度与峰度后，真实夏普比率大于0的概率。',
    },
    unit: 'ratio',
    source: frontier,
    undefinedFor: ['two-returns', 'no-scatter'],
    needs: 'doubt',
    compute: ({ returns }) => probabilisticSharpe(measuredSharpe(returns)),
  },
  {
    id: 'probabilistic-sharpe-quantstats',
    title: { en: 'Probabilistic Sharpe ratio, quantstats', zh: '概率夏普比率（quantstats）' },
    group: 'doubt',
    formula: 'Φ((SR − rate) · √(n − 1) / √(1 + SR² / 2 − G1 · SR + (G2 − 3) / 4 · SR²)), SR a period, rate a year',
    about: {
      en: 'As quantstats up to 0.0.81 prints it: excess kurtosis G2 stands where raw kurtosis belongs.',
      zh: '与quantstats 0.0.81及以前版本一致：以超额峰度G2代替了原始峰度。',
    },
    unit: 'ratio',
    source: 'quantstats probabilistic_sharpe_ratio up to 0.0.81',
    aliases: { quantstats: ['probabilistic_sharpe_ratio', 'probabilistic_ratio'] },
    undefinedFor: ['four-returns', 'no-scatter'],
    needs: 'doubt',
    compute: ({ returns }) => quantstatsProbability(returns, plainSharpe(returns)),
  },
  {
    id: 'probabilistic-sortino-quantstats',
    title: { en: 'Probabilistic Sortino ratio, quantstats', zh: '概率索提诺比率（quantstats）' },
    group: 'doubt',
    formula: 'as the probabilistic Sharpe ratio of quantstats, with the Sortino ratio a period',
    about: {
      en: 'Probability that the true Sortino ratio is above 0, as quantstats has it.',
      zh: '按quantstats定义，真实索提诺比率大于0的概率。',
    },
    unit: 'ratio',
    source: 'quantstats probabilistic_sortino_ratio up to 0.0.81',
    aliases: { quantstats: ['probabilistic_sortino_ratio'] },
    undefinedFor: ['four-returns', 'no-loss'],
    needs: 'doubt',
    compute: ({ returns }) => quantstatsProbability(returns, plainSortino(returns)),
  },
  {
    id: 'probabilistic-adjusted-sortino-quantstats',
    title: { en: 'Probabilistic Sortino ratio / √2, quantstats', zh: '概率索提诺比率/√2（quantstats）' },
    group: 'doubt',
    formula: 'as above, with the Sortino ratio a period / √2',
    about: {
      en: 'Probability that the adjusted Sortino ratio is above 0, as quantstats has it.',
      zh: '按quantstats定义，调整后索提诺比率大于0的概率。',
    },
    unit: 'ratio',
    source: 'quantstats probabilistic_adjusted_sortino_ratio up to 0.0.81',
    aliases: { quantstats: ['probabilistic_adjusted_sortino_ratio'] },
    undefinedFor: ['four-returns', 'no-loss'],
    needs: 'doubt',
    compute: ({ returns }) => quantstatsProbability(returns, plainSortino(returns) / Math.SQRT2),
  },
  {
    id: 'deflated-sharpe',
    title: { en: 'Deflated Sharpe ratio', zh: '紧缩夏普比率' },
    group: 'doubt',
    formula: 'probabilistic Sharpe ratio against the best that so many trials without skill would show',
    about: {
      en: 'Probability that the Sharpe ratio is more than the luck of the best of all trials.',
      zh: '夏普比率超出多次试验中最佳运气的概率。',
    },
    unit: 'ratio',
    source: deflation,
    undefinedFor: ['two-returns', 'no-scatter', 'no-trials'],
    needs: 'doubt',
    compute: ({ returns, trials, trialVariance }) => deflatedSharpe(measuredSharpe(returns), trials, trialVariance),
  },
  {
    id: 'luck-sharpe',
    title: { en: 'Sharpe ratio of luck', zh: '运气夏普比率' },
    group: 'doubt',
    formula: '√V · ((1 − γ) Φ⁻¹(1 − 1/T) + γ Φ⁻¹(1 − 1/(T e))) · √N, V variance over T trials, γ = 0.5772…',
    about: {
      en: 'Yearly Sharpe ratio that the best of so many trials without skill would show.',
      zh: '毫无技能的多次试验中最佳者预期显示的年化夏普比率。',
    },
    unit: 'number',
    source: deflation,
    undefinedFor: ['no-trials'],
    needs: 'doubt',
    compute: ({ returns, trials, trialVariance }) =>
      expectedMaximumSharpe(trials, trialVariance) * Math.sqrt(returns.perYear),
  },
  {
    id: 'trial-count',
    title: { en: 'Trials', zh: '试验次数' },
    group: 'doubt',
    formula: 'runs made on the idea, this one included',
    about: { en: 'The more was tried, the less the best result means.', zh: '尝试越多，最佳结果的意义越小。' },
    unit: 'count',
    source: 'definition',
    undefinedFor: ['no-trials'],
    needs: 'doubt',
    compute: ({ trials }) => trials,
  },
  {
    id: 'min-track-record',
    title: { en: 'Minimum track record', zh: '最短业绩记录' },
    group: 'doubt',
    formula: '1 + (1 − skew · SR + (kurtosis − 1) / 4 · SR²) · (Φ⁻¹(95 %) / SR)², periods',
    about: {
      en: 'Periods needed before the Sharpe ratio can be called above 0 at 95 %.',
      zh: '以95%置信度认定夏普比率大于0所需的周期数。',
    },
    unit: 'count',
    source: frontier,
    undefinedFor: ['two-returns', 'no-scatter', 'not-above'],
    needs: 'doubt',
    compute: ({ returns }) => minimumTrackRecord(measuredSharpe(returns)),
  },
  {
    id: 'min-track-record-years',
    title: { en: 'Minimum track record, years', zh: '最短业绩记录（年）' },
    group: 'doubt',
    formula: 'minimum track record / N',
    about: { en: 'The same in years.', zh: '同上，以年计。' },
    unit: 'number',
    source: frontier,
    undefinedFor: ['two-returns', 'no-scatter', 'not-above'],
    needs: 'doubt',
    compute: ({ returns }) => minimumTrackRecord(measuredSharpe(returns)) / returns.perYear,
  },
]

/** Whether the trades’ mean result may be chance. */
export const tradeDoubt: readonly MetricOf<'doubt'>[] = [
  {
    id: 'mean-profit-t',
    title: { en: 'Mean result, t', zh: '平均收益t值' },
    group: 'doubt',
    formula: 'mean(result) / (sample deviation(result) / √n)',
    about: { en: 'How many standard errors the mean result is from 0.', zh: '平均收益距离0的标准误倍数。' },
    unit: 'number',
    source: 'Student',
    undefinedFor: ['two-trades', 'same-results'],
    needs: 'doubt',
    compute: tStatistic,
  },
  {
    id: 'mean-profit-p',
    title: { en: 'Mean result, p-value', zh: '平均收益p值' },
    group: 'doubt',
    formula: 'P(|T| ≥ |t|), Student’s distribution with n − 1 degrees of freedom',
    about: {
      en: 'How often a mean this far from 0 would come of trades whose true mean is 0.',
      zh: '若真实平均收益为0，出现如此偏离的概率（双侧）。',
    },
    unit: 'ratio',
    source: 'one-sample t test, two-sided (as freqtrade)',
    undefinedFor: ['two-trades', 'same-results'],
    needs: 'doubt',
    compute: (facts) => 2 * studentCdf(-Math.abs(tStatistic(facts)), facts.results.length - 1),
  },
  {
    id: 'chance-probability',
    title: { en: 'Probability of chance', zh: '偶然概率' },
    group: 'doubt',
    formula: 'P(T ≥ t), Student’s distribution with n − 1 degrees of freedom',
    about: {
      en: 'How often trades without an edge would gain this much.',
      zh: '毫无优势的交易获得如此收益的概率（单侧）。',
    },
    unit: 'ratio',
    source: 'one-sample t test, one-sided (NinjaTrader: Probability)',
    undefinedFor: ['two-trades', 'same-results'],
    needs: 'doubt',
    compute: (facts) => studentCdf(-tStatistic(facts), facts.results.length - 1),
  },
  {
    id: 'bootstrap-p',
    title: { en: 'Bootstrap p-value', zh: '自助法p值' },
    group: 'doubt',
    formula: 'share of up to 2000 samples of the results less their mean whose mean reaches the one seen',
    about: {
      en: 'As the p-value, without assuming a normal distribution; drawn with the run’s seed.',
      zh: '类似p值但不假设正态分布，按运行的随机种子抽样。',
    },
    unit: 'ratio',
    source: 'B. Efron; Jesse rule significance test',
    undefinedFor: ['two-trades'],
    needs: 'doubt',
    compute: ({ results, seed }) => bootstrapPValue(results, seed),
  },
]
