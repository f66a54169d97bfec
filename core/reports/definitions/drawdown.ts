import type { Drawdown } from '../drawdowns.ts'
import type { MetricOf } from '../metric.ts'
import type { ReturnFacts } from '../return-facts.ts'
import { mean } from '../statistics.ts'

const dayMs = 86_400_000

/** The deepest fall; the first of equals. */
function deepest({ drawdowns }: ReturnFacts): Drawdown | undefined {
  return drawdowns.reduce<Drawdown | undefined>(
    (worst, one) => (worst === undefined || one.depth > worst.depth ? one : worst),
    undefined,
  )
}

/** When a fall began: its peak, or the first row when there was none before it. */
function startOf({ peakTime }: Drawdown, { time }: ReturnFacts): number {
  return Number.isNaN(peakTime) ? (time[0] as number) : peakTime
}

/** Calendar days below the peak, up to the last row while it has not recovered. */
function days(drawdown: Drawdown, facts: ReturnFacts): number {
  const to = Number.isNaN(drawdown.recoveryTime) ? (facts.time.at(-1) as number) : drawdown.recoveryTime
  return (to - startOf(drawdown, facts)) / dayMs
}

/** Drawdown of the account's curve, bar by bar. */
export const accountDrawdowns: readonly MetricOf<'account'>[] = [
  {
    id: 'max-drawdown',
    title: { en: 'Largest drawdown', zh: '最大回撤' },
    group: 'risk',
    formula: 'max((peak − equity) / peak)',
    about: { en: 'The deepest fall from a peak, as a ratio of the peak.', zh: '从高点下跌的最大幅度，占高点的比例。' },
    unit: 'ratio',
    source: 'empyrical max_drawdown with the sign changed; backtrader DrawDown max.drawdown / 100',
    undefinedFor: ['no-return'],
    needs: 'account',
    compute: ({ maxDrawdown }) => maxDrawdown,
  },
  {
    id: 'max-drawdown-money',
    title: { en: 'Largest drawdown, money', zh: '最大回撤金额' },
    group: 'risk',
    formula: 'max(peak − equity)',
    about: { en: 'The deepest fall from a peak in money.', zh: '从高点下跌的最大金额。' },
    unit: 'money',
    source: 'backtrader DrawDown max.moneydown',
    aliases: { backtrader: ['DrawDown.max.moneydown'] },
    undefinedFor: [],
    needs: 'account',
    compute: ({ maxDrawdownMoney }) => maxDrawdownMoney,
  },
  {
    id: 'max-drawdown-days',
    title: { en: 'Longest drawdown', zh: '最长回撤期' },
    group: 'risk',
    formula: 'max(time of recovery − time of peak), calendar days',
    about: {
      en: 'The longest time until a peak was reached again; a drawdown still open counts up to the last bar.',
      zh: '重新回到前高所需的最长时间；尚未恢复的回撤计至最后一根K线。',
    },
    unit: 'days',
    source: 'backtesting.py Max. Drawdown Duration',
    undefinedFor: ['no-return'],
    needs: 'account',
    compute: ({ longestDrawdownMs }) => longestDrawdownMs / dayMs,
  },
]

/** Drawdowns of the compounded returns. */
export const returnDrawdowns: readonly MetricOf<'returns'>[] = [
  {
    id: 'max-drawdown-return',
    title: { en: 'Largest drawdown, as a return', zh: '最大回撤（负收益率）' },
    group: 'risk',
    formula: 'min(wealth / highest wealth so far − 1), the start included',
    about: { en: 'The deepest fall of the compounded period returns, ≤ 0.', zh: '周期复合收益曲线的最大跌幅，≤ 0。' },
    unit: 'ratio',
    source: 'empyrical max_drawdown, quantstats max_drawdown',
    aliases: { empyrical: ['max_drawdown'], quantstats: ['max_drawdown'] },
    undefinedFor: ['no-return'],
    needs: 'returns',
    compute: ({ maxDrawdown }) => 0 - maxDrawdown,
  },
  {
    id: 'max-drawdown-peak',
    title: { en: 'Largest drawdown: peak', zh: '最大回撤：高点日期' },
    group: 'risk',
    formula: 'time of the last peak before the deepest fall',
    about: { en: 'When the largest drawdown began.', zh: '最大回撤的起点。' },
    unit: 'date',
    source: 'quantstats drawdown_details',
    undefinedFor: ['no-drawdown'],
    needs: 'returns',
    compute: (facts) => {
      const worst = deepest(facts)
      return worst === undefined ? Number.NaN : startOf(worst, facts)
    },
  },
  {
    id: 'max-drawdown-valley',
    title: { en: 'Largest drawdown: valley', zh: '最大回撤：低点日期' },
    group: 'risk',
    formula: 'time of the lowest wealth of the deepest fall',
    about: { en: 'When the largest drawdown was deepest.', zh: '最大回撤的最低点。' },
    unit: 'date',
    source: 'quantstats drawdown_details',
    undefinedFor: ['no-drawdown'],
    needs: 'returns',
    compute: (facts) => deepest(facts)?.valleyTime ?? Number.NaN,
  },
  {
    id: 'max-drawdown-recovery',
    title: { en: 'Largest drawdown: recovered', zh: '最大回撤：恢复日期' },
    group: 'risk',
    formula: 'time at which the peak was reached again',
    about: { en: 'When the largest drawdown ended.', zh: '最大回撤恢复的时间。' },
    unit: 'date',
    source: 'quantstats drawdown_details',
    undefinedFor: ['no-drawdown', 'not-recovered'],
    needs: 'returns',
    compute: (facts) => deepest(facts)?.recoveryTime ?? Number.NaN,
  },
  {
    id: 'time-to-recover',
    title: { en: 'Recovery of the largest drawdown', zh: '最大回撤恢复时间' },
    group: 'risk',
    formula: 'time of recovery − time of valley, calendar days',
    about: { en: 'How long it took from the lowest point back to the peak.', zh: '从最低点回到前高所需的时间。' },
    unit: 'days',
    source: 'definition',
    undefinedFor: ['no-drawdown', 'not-recovered'],
    needs: 'returns',
    compute: (facts) => {
      const worst = deepest(facts)
      return worst === undefined ? Number.NaN : (worst.recoveryTime - worst.valleyTime) / dayMs
    },
  },
  {
    id: 'average-drawdown',
    title: { en: 'Average drawdown', zh: '平均回撤' },
    group: 'risk',
    formula: 'mean(depth of each drawdown)',
    about: { en: 'Mean depth of all falls from a peak, a ratio ≥ 0.', zh: '所有回撤深度的平均值，≥ 0。' },
    unit: 'ratio',
    source: 'quantstats reports, Avg. Drawdown with the sign changed',
    undefinedFor: ['no-drawdown'],
    needs: 'returns',
    compute: ({ drawdowns }) => mean(Float64Array.from(drawdowns, ({ depth }) => depth)),
  },
  {
    id: 'average-drawdown-days',
    title: { en: 'Average drawdown time', zh: '平均回撤天数' },
    group: 'risk',
    formula: 'mean(time of recovery − time of peak), calendar days',
    about: {
      en: 'Mean time below a peak; an open drawdown counts up to the end.',
      zh: '低于前高的平均时间；未恢复的计至末尾。',
    },
    unit: 'days',
    source: 'quantstats reports, Avg. Drawdown Days (there one day more)',
    undefinedFor: ['no-drawdown'],
    needs: 'returns',
    compute: (facts) => mean(Float64Array.from(facts.drawdowns, (one) => days(one, facts))),
  },
  {
    id: 'longest-underwater',
    title: { en: 'Longest time under water', zh: '最长水下周期数' },
    group: 'risk',
    formula: 'max(periods below a peak in a row)',
    about: { en: 'The most periods in a row below an earlier peak.', zh: '连续低于前高的最多周期数。' },
    unit: 'count',
    source: 'definition; quantstats reports, Longest DD Days counts calendar days',
    undefinedFor: ['no-return'],
    needs: 'returns',
    compute: ({ drawdowns, count }) =>
      count === 0 ? Number.NaN : drawdowns.reduce((longest, { rows }) => Math.max(longest, rows), 0),
  },
  {
    id: 'ulcer-index',
    title: { en: 'Ulcer index', zh: '溃疡指数' },
    group: 'risk',
    formula: '√(Σ drawdown² / (n − 1))',
    about: {
      en: 'Depth and length of drawdowns in one figure.',
      zh: '同时反映回撤的深度与持续时间。',
    },
    unit: 'ratio',
    source: 'P. Martin; with n − 1 as quantstats ulcer_index',
    aliases: { quantstats: ['ulcer_index'] },
    undefinedFor: ['two-returns'],
    needs: 'returns',
    compute: ulcerIndex,
  },
]

/** √(Σ drawdown² / (n − 1)); NaN below two returns. */
export function ulcerIndex({ drawdown, count }: ReturnFacts): number {
  if (count < 2) return Number.NaN
  return Math.sqrt(drawdown.reduce((total, depth) => total + depth * depth, 0) / (count - 1))
}
