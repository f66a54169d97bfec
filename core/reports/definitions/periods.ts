import type { MetricOf } from '../metric.ts'
import type { ReturnFacts } from '../return-facts.ts'
import { longestStreak, mean, sum } from '../statistics.ts'
import { tailRatio } from './risk.ts'

/** Share of the returns above 0 among those that are not 0; 0 when none moves. */
function winRate({ gains, losses }: ReturnFacts): number {
  const moved = gains.length + losses.length
  return moved === 0 ? 0 : gains.length / moved
}

/** Mean winning return over the mean losing one. */
function payoff({ gains, losses }: ReturnFacts): number {
  return mean(gains) / Math.abs(mean(losses))
}

function profitFactor({ gains, losses }: ReturnFacts): number {
  return sum(gains) / Math.abs(sum(losses))
}

/** Share of the returns that are not 0, rounded up to whole percent. */
function exposure({ gains, losses, count }: ReturnFacts): number {
  return Math.ceil(((gains.length + losses.length) / count) * 100) / 100
}

function profitRatio({ values, losses }: ReturnFacts): number {
  const kept = values.filter((value) => value >= 0)
  return Math.abs(mean(kept) / kept.length) / Math.abs(mean(losses) / losses.length)
}

/** Figures usually taken of trades, here of periods: what a series of returns can say when no trades are known. */
export const periodMetrics: readonly MetricOf<'returns'>[] = [
  {
    id: 'win-rate-days',
    title: { en: 'Winning periods', zh: '盈利周期占比' },
    group: 'return',
    formula: 'count(r > 0) / count(r ≠ 0)',
    about: { en: 'How many of the periods that moved ended above 0.', zh: '有变动的周期中收益为正的占比。' },
    unit: 'ratio',
    source: 'quantstats win_rate',
    aliases: { quantstats: ['win_rate'] },
    undefinedFor: ['no-return'],
    needs: 'returns',
    compute: (facts) => (facts.count === 0 ? Number.NaN : winRate(facts)),
  },
  {
    id: 'consecutive-up-days',
    title: { en: 'Winning periods in a row', zh: '最长连续盈利周期' },
    group: 'return',
    formula: 'longest unbroken run of r > 0',
    about: { en: 'The most winning periods in a row.', zh: '连续盈利周期的最大数量。' },
    unit: 'count',
    source: 'quantstats consecutive_wins',
    aliases: { quantstats: ['consecutive_wins'] },
    undefinedFor: ['no-return'],
    needs: 'returns',
    compute: ({ values, count }) => (count === 0 ? Number.NaN : longestStreak(values, (value) => value > 0)),
  },
  {
    id: 'consecutive-down-days',
    title: { en: 'Losing periods in a row', zh: '最长连续亏损周期' },
    group: 'risk',
    formula: 'longest unbroken run of r < 0',
    about: { en: 'The most losing periods in a row.', zh: '连续亏损周期的最大数量。' },
    unit: 'count',
    source: 'quantstats consecutive_losses',
    aliases: { quantstats: ['consecutive_losses'] },
    undefinedFor: ['no-return'],
    needs: 'returns',
    compute: ({ values, count }) => (count === 0 ? Number.NaN : longestStreak(values, (value) => value < 0)),
  },
  {
    id: 'active-periods',
    title: { en: 'Active periods', zh: '活跃周期占比' },
    group: 'risk',
    formula: '⌈100 · count(r ≠ 0) / n⌉ / 100',
    about: {
      en: 'Share of the periods with a return, rounded up to whole percent.',
      zh: '收益率非零的周期占比，向上取整到百分之一。',
    },
    unit: 'ratio',
    source: 'quantstats exposure',
    aliases: { quantstats: ['exposure'] },
    undefinedFor: ['no-return'],
    needs: 'returns',
    compute: exposure,
  },
  {
    id: 'return-per-exposure',
    title: { en: 'Growth per year over activity', zh: '年增长率与活跃占比之比' },
    group: 'return',
    formula: '(Π(1 + r − rate)^(N / n) − 1) / active periods',
    about: { en: 'Yearly growth as if it had been earned all the time.', zh: '按全程持仓折算的年增长率。' },
    unit: 'ratio',
    source: 'quantstats rar',
    aliases: { quantstats: ['rar'] },
    undefinedFor: ['no-return', 'lost-all'],
    needs: 'returns',
    compute: (facts) => {
      const moved = facts.excess.filter((value) => value !== 0).length
      const growth = facts.excess.reduce((total, value) => total * (1 + value), 1)
      const share = Math.ceil((moved / facts.count) * 100) / 100
      return (growth ** (facts.perYear / facts.count) - 1) / share
    },
  },
  {
    id: 'payoff-days',
    title: { en: 'Payoff of periods', zh: '周期盈亏比' },
    group: 'ratio',
    formula: 'mean(r > 0) / |mean(r < 0)|',
    about: { en: 'Average winning period over the average losing one.', zh: '平均盈利周期与平均亏损周期之比。' },
    unit: 'number',
    source: 'quantstats payoff_ratio, win_loss_ratio',
    aliases: { quantstats: ['payoff_ratio', 'win_loss_ratio'] },
    undefinedFor: ['no-gain', 'no-loss'],
    needs: 'returns',
    compute: payoff,
  },
  {
    id: 'profit-factor-days',
    title: { en: 'Profit factor of periods', zh: '周期盈利因子' },
    group: 'ratio',
    formula: 'Σ r above 0 / |Σ r below 0|',
    about: { en: 'What winning periods gained per what losing ones lost.', zh: '盈利周期收益之和与亏损周期之和的比。' },
    unit: 'number',
    source: 'quantstats profit_factor',
    aliases: { quantstats: ['profit_factor'] },
    undefinedFor: ['no-loss'],
    needs: 'returns',
    compute: profitFactor,
  },
  {
    id: 'profit-ratio-days',
    title: { en: 'Profit ratio of periods', zh: '周期利润比' },
    group: 'ratio',
    formula: '(mean(r ≥ 0) / count(r ≥ 0)) / |mean(r < 0) / count(r < 0)|',
    about: { en: 'As quantstats defines it: means over their counts.', zh: '按quantstats定义：均值除以个数之比。' },
    unit: 'number',
    source: 'quantstats profit_ratio',
    aliases: { quantstats: ['profit_ratio'] },
    undefinedFor: ['no-gain', 'no-loss'],
    needs: 'returns',
    compute: profitRatio,
  },
  {
    id: 'kelly',
    title: { en: 'Kelly criterion', zh: '凯利比例' },
    group: 'ratio',
    formula: 'w − (1 − w) / b, w = winning periods, b = payoff of periods',
    about: {
      en: 'Fraction of the capital that grows it fastest at these odds; below 0: do not play.',
      zh: '在该胜率与盈亏比下使资金增长最快的投入比例；小于0则不应参与。',
    },
    unit: 'ratio',
    source: 'J. L. Kelly; quantstats kelly_criterion',
    aliases: { quantstats: ['kelly_criterion'] },
    undefinedFor: ['no-gain', 'no-loss'],
    needs: 'returns',
    compute: (facts) => winRate(facts) - (1 - winRate(facts)) / payoff(facts),
  },
  {
    id: 'risk-of-ruin',
    title: { en: 'Risk of ruin', zh: '破产风险' },
    group: 'risk',
    formula: '((1 − w) / (1 + w))^n, w = winning periods',
    about: {
      en: 'Gambler’s ruin by the share of winning periods, a crude measure.',
      zh: '按盈利周期占比估计的赌徒破产概率，仅为粗略度量。',
    },
    unit: 'ratio',
    source: 'quantstats risk_of_ruin, ror',
    aliases: { quantstats: ['risk_of_ruin', 'ror'] },
    undefinedFor: ['no-return'],
    needs: 'returns',
    compute: (facts) => (facts.count === 0 ? Number.NaN : ((1 - winRate(facts)) / (1 + winRate(facts))) ** facts.count),
  },
  {
    id: 'common-sense-ratio',
    title: { en: 'Common sense ratio', zh: '常识比率' },
    group: 'ratio',
    formula: 'profit factor of periods · tail ratio',
    about: { en: 'Profit factor that also asks which tail is longer.', zh: '同时考虑尾部的盈利因子。' },
    unit: 'number',
    source: 'quantstats common_sense_ratio',
    aliases: { quantstats: ['common_sense_ratio'] },
    undefinedFor: ['no-loss', 'zero-tail'],
    needs: 'returns',
    compute: (facts) => profitFactor(facts) * tailRatio(facts),
  },
  {
    id: 'cpc-index',
    title: { en: 'CPC index', zh: 'CPC指数' },
    group: 'ratio',
    formula: 'profit factor · winning share · payoff, of periods',
    about: { en: 'Product of three figures; above 1.2 is called good.', zh: '三项指标之积；高于1.2视为良好。' },
    unit: 'number',
    source: 'quantstats cpc_index',
    aliases: { quantstats: ['cpc_index'] },
    undefinedFor: ['no-gain', 'no-loss'],
    needs: 'returns',
    compute: (facts) => profitFactor(facts) * winRate(facts) * payoff(facts),
  },
  {
    id: 'outlier-win-days',
    title: { en: 'Outlier wins of periods', zh: '周期异常盈利比' },
    group: 'return',
    formula: '99 % quantile(r) / mean(r ≥ 0)',
    about: {
      en: 'How far the best hundredth stands above an average good period.',
      zh: '99%分位收益与平均非负收益之比。',
    },
    unit: 'number',
    source: 'quantstats outlier_win_ratio',
    aliases: { quantstats: ['outlier_win_ratio'] },
    undefinedFor: ['no-gain'],
    needs: 'returns',
    compute: (facts) => facts.quantile(0.99) / mean(facts.values.filter((value) => value >= 0)),
  },
  {
    id: 'outlier-loss-days',
    title: { en: 'Outlier losses of periods', zh: '周期异常亏损比' },
    group: 'risk',
    formula: '1 % quantile(r) / mean(r < 0)',
    about: {
      en: 'How far the worst hundredth stands below an average bad period.',
      zh: '1%分位收益与平均亏损收益之比。',
    },
    unit: 'number',
    source: 'quantstats outlier_loss_ratio',
    aliases: { quantstats: ['outlier_loss_ratio'] },
    undefinedFor: ['no-loss'],
    needs: 'returns',
    compute: (facts) => facts.quantile(0.01) / mean(facts.losses),
  },
]
