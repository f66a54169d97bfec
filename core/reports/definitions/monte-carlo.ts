import type { BilingualText } from '../bilingual-text.ts'
import type { DoubtFacts, MetricOf } from '../metric.ts'
import { type ResampledPaths, resamplePaths } from '../resampling.ts'
import { sortedQuantile } from '../statistics.ts'

const known = new WeakMap<DoubtFacts, ResampledPaths>()

/** The paths of some facts, drawn once. */
export function monteCarloPaths(facts: DoubtFacts): ResampledPaths {
  const found = known.get(facts) ?? resamplePaths(facts.returns.values, facts.seed)
  known.set(facts, found)
  return found
}

function drawn(
  id: string,
  title: BilingualText,
  formula: string,
  compute: (paths: ResampledPaths) => number,
): MetricOf<'doubt'> {
  return {
    id,
    title,
    group: 'doubt',
    formula: `${formula} over up to 1000 paths of n returns drawn with replacement`,
    about: {
      en: 'What the same returns in another order and mix could have given; drawn with the run’s seed.',
      zh: '同样的收益率重新抽样可能得到的结果，按运行的随机种子抽样。',
    },
    unit: 'ratio',
    source: 'bootstrap of returns; quantstats montecarlo shuffles instead',
    undefinedFor: ['no-return'],
    needs: 'doubt',
    compute: (facts) => compute(monteCarloPaths(facts)),
  }
}

/** What the same returns could have become. */
export const monteCarloMetrics: readonly MetricOf<'doubt'>[] = [
  drawn(
    'monte-carlo-return-5',
    { en: 'Return, bad luck', zh: '总收益率（运气差）' },
    '5 % quantile of the total return',
    ({ returns }) => sortedQuantile(returns, 0.05),
  ),
  drawn(
    'monte-carlo-return-50',
    { en: 'Return, usual luck', zh: '总收益率（中位）' },
    'median of the total return',
    ({ returns }) => sortedQuantile(returns, 0.5),
  ),
  drawn(
    'monte-carlo-return-95',
    { en: 'Return, good luck', zh: '总收益率（运气好）' },
    '95 % quantile of the total return',
    ({ returns }) => sortedQuantile(returns, 0.95),
  ),
  drawn(
    'monte-carlo-drawdown-50',
    { en: 'Drawdown, usual luck', zh: '最大回撤（中位）' },
    'median of the largest drawdown',
    ({ drawdowns }) => sortedQuantile(drawdowns, 0.5),
  ),
  drawn(
    'monte-carlo-drawdown-95',
    { en: 'Drawdown, bad luck', zh: '最大回撤（运气差）' },
    '95 % quantile of the largest drawdown',
    ({ drawdowns }) => sortedQuantile(drawdowns, 0.95),
  ),
  drawn(
    'monte-carlo-loss',
    { en: 'Probability of a loss', zh: '亏损概率' },
    'share of paths that end below 0',
    ({ returns }) => (returns.length === 0 ? Number.NaN : returns.filter((value) => value < 0).length / returns.length),
  ),
]
