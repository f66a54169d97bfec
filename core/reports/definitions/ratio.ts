import type { AccountFacts, MetricOf } from '../metric.ts'
import type { ReturnFacts } from '../return-facts.ts'
import { downsideDeviation, isFlat, mean, populationDeviation, sampleDeviation, sum } from '../statistics.ts'
import { ulcerIndex } from './drawdown.ts'
import { compoundGrowth } from './returns.ts'
import { meanBelow, normalValueAtRisk } from './risk.ts'

/** Mean excess return over its sample deviation, a period; NaN without scatter. */
export function sharpePerPeriod({ excess }: ReturnFacts): number {
  return isFlat(excess) ? Number.NaN : mean(excess) / sampleDeviation(excess)
}

/** Mean excess return over the deviation of those below 0, a period. */
export function sortinoPerPeriod({ excess }: ReturnFacts): number {
  return mean(excess) / downsideDeviation(excess)
}

const yearly = (facts: ReturnFacts) => Math.sqrt(facts.perYear)

/** Sum of the gains over the sum of the losses, both measured from the rate. */
function omega({ excess, count }: ReturnFacts): number {
  if (count < 2) return Number.NaN
  return sum(excess.filter((value) => value > 0)) / -sum(excess.filter((value) => value < 0))
}

/** Sum of the block returns over the sum of the negative ones. */
function gainToPain(blocks: Float64Array): number {
  return sum(blocks) / Math.abs(sum(blocks.filter((value) => value < 0)))
}

/** Excess of calendar years over 1 % against their population deviation. */
function yearlySharpe(facts: ReturnFacts): number {
  const excess = facts.compounded(12).map((value) => value - 0.01)
  return excess.length < 2 || isFlat(excess) ? Number.NaN : mean(excess) / populationDeviation(excess)
}

function serenity(facts: ReturnFacts): number {
  const falls = facts.drawdown.map((depth) => -depth)
  if (isFlat(falls)) return Number.NaN
  const pitfall = -meanBelow(falls, normalValueAtRisk(mean(falls), sampleDeviation(falls))) / facts.deviation
  return (sum(facts.values) - facts.riskFree) / (ulcerIndex(facts) * pitfall)
}

/** Sharpe, Sortino and their kin. */
export const sharpeRatios: readonly MetricOf<'returns'>[] = [
  {
    id: 'sharpe',
    title: { en: 'Sharpe ratio', zh: '夏普比率' },
    group: 'ratio',
    formula: 'mean(r − rate) / sample deviation(r − rate) · √N',
    about: { en: 'Return per unit of scatter.', zh: '单位波动所得的收益。' },
    unit: 'number',
    source: 'empyrical sharpe_ratio, quantstats sharpe',
    aliases: { empyrical: ['sharpe_ratio'], quantstats: ['sharpe'] },
    undefinedFor: ['two-returns', 'no-scatter'],
    needs: 'returns',
    compute: (facts) => sharpePerPeriod(facts) * yearly(facts),
  },
  {
    id: 'sharpe-per-period',
    title: { en: 'Return over risk, a period', zh: '单周期收益风险比' },
    group: 'ratio',
    formula: 'mean(r) / sample deviation(r)',
    about: { en: 'Sharpe ratio of one period, without a risk-free rate.', zh: '单周期的夏普比率，不计无风险利率。' },
    unit: 'number',
    source: 'quantstats risk_return_ratio',
    aliases: { quantstats: ['risk_return_ratio'] },
    undefinedFor: ['two-returns', 'no-scatter'],
    needs: 'returns',
    compute: ({ mean: average, deviation }) => average / deviation,
  },
  {
    id: 'sharpe-calendar-years',
    title: { en: 'Sharpe ratio of calendar years', zh: '夏普比率（自然年）' },
    group: 'ratio',
    formula: 'mean(yearly return − 1 %) / population deviation(yearly return − 1 %)',
    about: { en: 'From the returns of calendar years against a rate of 1 %.', zh: '以自然年收益率对1%利率计算。' },
    unit: 'number',
    source: 'backtrader SharpeRatio with its defaults (SharpeRatio_A is the same number for years)',
    aliases: { backtrader: ['SharpeRatio', 'SharpeRatio_A'] },
    undefinedFor: ['two-years', 'no-scatter'],
    needs: 'returns',
    compute: yearlySharpe,
  },
  {
    id: 'smart-sharpe',
    title: { en: 'Smart Sharpe ratio', zh: '修正夏普比率' },
    group: 'ratio',
    formula: 'Sharpe ratio / autocorrelation penalty',
    about: {
      en: 'Sharpe ratio that does not profit from returns that follow each other.',
      zh: '扣除收益自相关影响的夏普比率。',
    },
    unit: 'number',
    source: 'quantstats smart_sharpe',
    aliases: { quantstats: ['smart_sharpe'] },
    undefinedFor: ['two-returns', 'no-scatter'],
    needs: 'returns',
    compute: (facts) => (sharpePerPeriod(facts) * yearly(facts)) / facts.autocorrelationPenalty,
  },
  {
    id: 'sortino',
    title: { en: 'Sortino ratio', zh: '索提诺比率' },
    group: 'ratio',
    formula: 'mean(r − rate) / √mean(min(0, r − rate)²) · √N',
    about: { en: 'As the Sharpe ratio, but only falls count as risk.', zh: '类似夏普比率，但只把下跌计为风险。' },
    unit: 'number',
    source: 'empyrical sortino_ratio, quantstats sortino (full count under the root)',
    aliases: { empyrical: ['sortino_ratio'], quantstats: ['sortino'] },
    undefinedFor: ['no-return', 'no-loss'],
    needs: 'returns',
    compute: (facts) => sortinoPerPeriod(facts) * yearly(facts),
  },
  {
    id: 'smart-sortino',
    title: { en: 'Smart Sortino ratio', zh: '修正索提诺比率' },
    group: 'ratio',
    formula: 'Sortino ratio / autocorrelation penalty',
    about: {
      en: 'Sortino ratio that does not profit from returns that follow each other.',
      zh: '扣除收益自相关影响的索提诺比率。',
    },
    unit: 'number',
    source: 'quantstats smart_sortino',
    aliases: { quantstats: ['smart_sortino'] },
    undefinedFor: ['no-return', 'no-loss'],
    needs: 'returns',
    compute: (facts) => (sortinoPerPeriod(facts) * yearly(facts)) / facts.autocorrelationPenalty,
  },
  {
    id: 'adjusted-sortino',
    title: { en: 'Sortino ratio / √2', zh: '索提诺比率/√2' },
    group: 'ratio',
    formula: 'Sortino ratio / √2',
    about: {
      en: 'Comparable with a Sharpe ratio when gains and losses are alike (J. Schwager).',
      zh: '盈亏对称时可与夏普比率比较（J. Schwager）。',
    },
    unit: 'number',
    source: 'quantstats adjusted_sortino',
    aliases: { quantstats: ['adjusted_sortino'] },
    undefinedFor: ['no-return', 'no-loss'],
    needs: 'returns',
    compute: (facts) => (sortinoPerPeriod(facts) * yearly(facts)) / Math.SQRT2,
  },
  {
    id: 'omega',
    title: { en: 'Omega ratio', zh: '欧米伽比率' },
    group: 'ratio',
    formula: 'Σ max(0, r − rate) / Σ max(0, rate − r)',
    about: {
      en: 'What is won above the rate per what is lost below it.',
      zh: '高于利率的收益之和与低于利率的亏损之和之比。',
    },
    unit: 'number',
    source: 'empyrical omega_ratio, quantstats omega (required return 0)',
    aliases: { empyrical: ['omega_ratio'], quantstats: ['omega'] },
    undefinedFor: ['two-returns', 'no-loss'],
    needs: 'returns',
    compute: omega,
  },
]

const painSource = 'J. Schwager; quantstats gain_to_pain_ratio'

function pain(months: 1 | 3 | 6 | 12, en: string, zh: string): MetricOf<'returns'> {
  return {
    id: `gain-to-pain-${months === 12 ? '1y' : `${months}m`}`,
    title: { en: `Gain to pain, ${en}`, zh: `收益痛苦比（${zh}）` },
    group: 'ratio',
    formula: `Σ r by ${en} / |Σ of those below 0|`,
    about: { en: `Sum of all returns over the sum of losing ${en}.`, zh: `总收益与亏损${zh}之和的比。` },
    unit: 'number',
    source: `${painSource}, resolution of ${months} months`,
    undefinedFor: ['no-loss'],
    needs: 'returns',
    compute: (facts) => gainToPain(facts.summed(months)),
  }
}

/** Return against drawdown and pain. */
export const drawdownRatios: readonly MetricOf<'returns'>[] = [
  {
    id: 'calmar-periods',
    title: { en: 'Calmar ratio, by periods', zh: '卡玛比率（按周期数）' },
    group: 'ratio',
    formula: '(Π(1 + r)^(N / n) − 1) / |largest drawdown|',
    about: {
      en: 'Yearly growth against the deepest fall, both from period returns.',
      zh: '年增长率与最大回撤之比，均由周期收益计算。',
    },
    unit: 'number',
    source: 'empyrical calmar_ratio, quantstats calmar',
    aliases: { empyrical: ['calmar_ratio'], quantstats: ['calmar'] },
    undefinedFor: ['no-return', 'no-drawdown'],
    needs: 'returns',
    compute: ({ annual, maxDrawdown }) => annual / maxDrawdown,
  },
  {
    id: 'gain-to-pain',
    title: { en: 'Gain to pain', zh: '收益痛苦比' },
    group: 'ratio',
    formula: 'Σ r / |Σ r below 0|',
    about: { en: 'Sum of all returns over the sum of losing periods.', zh: '总收益与亏损周期之和的比。' },
    unit: 'number',
    source: painSource,
    aliases: { quantstats: ['gain_to_pain_ratio'] },
    undefinedFor: ['no-loss'],
    needs: 'returns',
    compute: ({ values }) => gainToPain(values),
  },
  pain(1, 'months', '月'),
  pain(3, 'quarters', '季'),
  pain(6, 'half-years', '半年'),
  pain(12, 'years', '年'),
  {
    id: 'ulcer-performance',
    title: { en: 'Ulcer performance index', zh: '溃疡绩效指数' },
    group: 'ratio',
    formula: '(Π(1 + r) − 1 − rate a year) / ulcer index',
    about: { en: 'Total return per unit of depth and length of drawdowns.', zh: '总收益与溃疡指数之比。' },
    unit: 'number',
    source: 'quantstats ulcer_performance_index',
    aliases: { quantstats: ['ulcer_performance_index', 'upi'] },
    undefinedFor: ['two-returns', 'no-drawdown'],
    needs: 'returns',
    compute: (facts) => (facts.growth - 1 - facts.riskFree) / ulcerIndex(facts),
  },
  {
    id: 'serenity',
    title: { en: 'Serenity index', zh: '宁静指数' },
    group: 'ratio',
    formula: '(Σ r − rate a year) / (ulcer index · −shortfall(drawdown) / deviation(r))',
    about: {
      en: 'Return against drawdowns and their worst tail (KeyQuant).',
      zh: '收益与回撤及其尾部之比（KeyQuant）。',
    },
    unit: 'number',
    source: 'quantstats serenity_index up to 0.0.82',
    aliases: { quantstats: ['serenity_index'] },
    undefinedFor: ['two-returns', 'no-scatter', 'no-drawdown'],
    needs: 'returns',
    compute: serenity,
  },
  {
    id: 'recovery-factor',
    title: { en: 'Recovery factor', zh: '恢复因子' },
    group: 'ratio',
    formula: '|Σ r − rate a year| / |largest drawdown|',
    about: {
      en: 'Sum of the returns, taken as positive, over the deepest fall.',
      zh: '收益率之和的绝对值与最大回撤之比。',
    },
    unit: 'number',
    source: 'quantstats recovery_factor',
    aliases: { quantstats: ['recovery_factor'] },
    undefinedFor: ['no-return', 'no-drawdown'],
    needs: 'returns',
    compute: ({ values, riskFree, maxDrawdown }) => Math.abs(sum(values) - riskFree) / maxDrawdown,
  },
]

/** Return against drawdown of the account, bar by bar and by the calendar. */
export const accountRatios: readonly MetricOf<'account'>[] = [
  {
    id: 'calmar',
    title: { en: 'Calmar ratio', zh: '卡玛比率' },
    group: 'ratio',
    formula: 'growth per year / largest drawdown',
    about: {
      en: 'Yearly growth by the calendar against the deepest fall, over the whole run.',
      zh: '整个区间按日历计算的年增长率与最大回撤之比。',
    },
    unit: 'number',
    source: 'empyrical calmar_ratio, with calendar years',
    undefinedFor: ['one-moment', 'no-drawdown'],
    needs: 'account',
    compute: (facts: AccountFacts) => compoundGrowth(facts) / facts.maxDrawdown,
  },
  {
    id: 'return-drawdown',
    title: { en: 'Return over drawdown', zh: '收益回撤比' },
    group: 'ratio',
    formula: 'total return / largest drawdown',
    about: { en: 'What was gained per deepest fall.', zh: '总收益率与最大回撤之比。' },
    unit: 'number',
    source: 'vn.py return_drawdown_ratio (there in percent over percent)',
    undefinedFor: ['no-return', 'no-drawdown'],
    needs: 'account',
    compute: ({ finalEquity, initialCash, maxDrawdown }: AccountFacts) => (finalEquity / initialCash - 1) / maxDrawdown,
  },
]
