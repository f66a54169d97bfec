import type { BenchmarkFacts } from '../benchmark-facts.ts'
import type { MetricOf } from '../metric.ts'
import { isFlat, sampleDeviation } from '../statistics.ts'

/**
 * How far the middle of the benchmark’s range lies below the line between its ends: < 0 when losses grow faster than
 * the benchmark falls (N. Taleb et al., IMF WP/12/216).
 */
function fragility({ own, other }: BenchmarkFacts): number {
  if (own.count < 3) return Number.NaN
  const order = Array.from(other.values.keys()).sort(
    (a, b) => (other.values[a] as number) - (other.values[b] as number),
  )
  const middle = order[roundHalfToEven(order.length / 2)] as number
  const [start, end] = [order[0] as number, order.at(-1) as number]
  const at = (row: number) => other.values[row] as number
  const range = at(end) - at(start)
  const startWeight = range === 0 ? 0.5 : (at(middle) - at(start)) / range
  const endWeight = range === 0 ? 0.5 : (at(end) - at(middle)) / range
  return (
    startWeight * (own.values[start] as number) +
    endWeight * (own.values[end] as number) -
    (own.values[middle] as number)
  )
}

function roundHalfToEven(value: number): number {
  const low = Math.floor(value)
  return value - low === 0.5 ? low + (low % 2) : Math.round(value)
}

const rising = (benchmark: number) => benchmark > 0
const falling = (benchmark: number) => benchmark < 0

/** Returns beside those of a benchmark, over the periods that both have. */
export const benchmarkMetrics: readonly MetricOf<'benchmark'>[] = [
  {
    id: 'benchmark-return',
    title: { en: 'Benchmark return', zh: '基准收益率' },
    group: 'benchmark',
    formula: 'Π(1 + benchmark) − 1',
    about: { en: 'What the benchmark gained over the same periods.', zh: '同期基准的收益率。' },
    unit: 'ratio',
    source: 'definition',
    undefinedFor: ['no-return'],
    needs: 'benchmark',
    compute: ({ other }) => other.growth - 1,
  },
  {
    id: 'benchmark-excess',
    title: { en: 'Return over benchmark', zh: '超额收益率' },
    group: 'benchmark',
    formula: 'Π(1 + r) − Π(1 + benchmark)',
    about: { en: 'Total return less the benchmark’s.', zh: '总收益率减去基准收益率。' },
    unit: 'ratio',
    source: 'definition',
    undefinedFor: ['no-return'],
    needs: 'benchmark',
    compute: ({ own, other }) => own.growth - other.growth,
  },
  {
    id: 'alpha',
    title: { en: 'Alpha per year', zh: '年化阿尔法' },
    group: 'benchmark',
    formula: '(1 + mean((r − rate) − beta · (benchmark − rate)))^N − 1',
    about: { en: 'Yearly return that beta does not explain, compounded.', zh: '贝塔无法解释的年收益率（复利）。' },
    unit: 'ratio',
    source: 'empyrical alpha',
    aliases: { empyrical: ['alpha'] },
    undefinedFor: ['two-returns', 'still-benchmark'],
    needs: 'benchmark',
    compute: ({ alphaPerPeriod, own }) => (1 + alphaPerPeriod) ** own.perYear - 1,
  },
  {
    id: 'alpha-simple',
    title: { en: 'Alpha per year, not compounded', zh: '年化阿尔法（单利）' },
    group: 'benchmark',
    formula: '(mean(r) − beta · mean(benchmark)) · N',
    about: {
      en: 'Yearly return that beta does not explain, without a risk-free rate.',
      zh: '贝塔无法解释的年收益率，不计无风险利率。',
    },
    unit: 'ratio',
    source: 'quantstats greeks, alpha',
    aliases: { quantstats: ['greeks.alpha'] },
    undefinedFor: ['two-returns', 'still-benchmark'],
    needs: 'benchmark',
    compute: ({ own, other, beta }) => (own.mean - beta * other.mean) * own.perYear,
  },
  {
    id: 'beta',
    title: { en: 'Beta', zh: '贝塔' },
    group: 'benchmark',
    formula: 'cov(r, benchmark) / var(benchmark)',
    about: { en: 'How much the returns move when the benchmark moves by 1.', zh: '基准变动1时收益率的变动。' },
    unit: 'number',
    source: 'empyrical beta; quantstats greeks, beta',
    aliases: { empyrical: ['beta'], quantstats: ['greeks.beta'] },
    undefinedFor: ['two-returns', 'still-benchmark'],
    needs: 'benchmark',
    compute: ({ beta }) => beta,
  },
  {
    id: 'correlation',
    title: { en: 'Correlation', zh: '相关系数' },
    group: 'benchmark',
    formula: 'cov(r, benchmark) / (deviation(r) · deviation(benchmark))',
    about: { en: 'How closely the returns follow the benchmark, −1 … 1.', zh: '收益率与基准的相关程度，−1 … 1。' },
    unit: 'number',
    source: 'Pearson',
    undefinedFor: ['two-returns', 'no-scatter', 'still-benchmark'],
    needs: 'benchmark',
    compute: ({ correlation }) => correlation,
  },
  {
    id: 'r-squared',
    title: { en: 'R squared', zh: '决定系数' },
    group: 'benchmark',
    formula: 'correlation²',
    about: { en: 'Share of the variance that the benchmark explains.', zh: '基准能够解释的方差占比。' },
    unit: 'ratio',
    source: 'quantstats r_squared, r2',
    aliases: { quantstats: ['r_squared', 'r2'] },
    undefinedFor: ['two-returns', 'no-scatter', 'still-benchmark'],
    needs: 'benchmark',
    compute: ({ correlation }) => correlation ** 2,
  },
  {
    id: 'tracking-error',
    title: { en: 'Tracking error per year', zh: '年化跟踪误差' },
    group: 'benchmark',
    formula: 'sample deviation(r − benchmark) · √N',
    about: { en: 'How far the returns scatter around the benchmark.', zh: '收益率围绕基准的离散程度。' },
    unit: 'ratio',
    source: 'textbook: C. Bacon, Practical Portfolio Performance Measurement',
    undefinedFor: ['two-returns'],
    needs: 'benchmark',
    compute: ({ active, own }) =>
      (active.length > 1 && isFlat(active) ? 0 : sampleDeviation(active)) * Math.sqrt(own.perYear),
  },
  {
    id: 'information-ratio',
    title: { en: 'Information ratio', zh: '信息比率' },
    group: 'benchmark',
    formula: 'mean(r − benchmark) / sample deviation(r − benchmark) · √N',
    about: {
      en: 'Return over the benchmark per unit of tracking error, a year.',
      zh: '单位跟踪误差的超额收益（年化）。',
    },
    unit: 'number',
    source: 'textbook: C. Bacon, Practical Portfolio Performance Measurement',
    undefinedFor: ['two-returns', 'same-as-benchmark'],
    needs: 'benchmark',
    compute: ({ information, own }) => information * Math.sqrt(own.perYear),
  },
  {
    id: 'information-ratio-period',
    title: { en: 'Information ratio, a period', zh: '信息比率（单周期）' },
    group: 'benchmark',
    formula: 'mean(r − benchmark) / sample deviation(r − benchmark)',
    about: { en: 'Information ratio that is not scaled to a year.', zh: '未年化的信息比率。' },
    unit: 'number',
    source: 'empyrical excess_sharpe, quantstats information_ratio',
    aliases: { empyrical: ['excess_sharpe'], quantstats: ['information_ratio'] },
    undefinedFor: ['two-returns', 'same-as-benchmark'],
    needs: 'benchmark',
    compute: ({ information }) => information,
  },
  {
    id: 'treynor',
    title: { en: 'Treynor ratio', zh: '特雷诺比率' },
    group: 'benchmark',
    formula: '(Π(1 + r) − 1 − rate a year) / beta',
    about: { en: 'Total return per unit of beta.', zh: '总收益率与贝塔之比。' },
    unit: 'number',
    source: 'quantstats treynor_ratio',
    aliases: { quantstats: ['treynor_ratio'] },
    undefinedFor: ['two-returns', 'still-benchmark', 'zero-beta'],
    needs: 'benchmark',
    compute: ({ own, beta }) => (own.growth - 1 - own.riskFree) / beta,
  },
  {
    id: 'treynor-yearly',
    title: { en: 'Treynor ratio per year', zh: '特雷诺比率（年化）' },
    group: 'benchmark',
    formula: '(growth a year by periods − rate a year) / beta',
    about: { en: 'Yearly return per unit of beta.', zh: '年收益率与贝塔之比。' },
    unit: 'number',
    source: 'textbook: J. Treynor (1965)',
    undefinedFor: ['two-returns', 'still-benchmark', 'zero-beta'],
    needs: 'benchmark',
    compute: ({ own, beta }) => (own.annual - own.riskFree) / beta,
  },
  {
    id: 'capture',
    title: { en: 'Capture', zh: '捕获率' },
    group: 'benchmark',
    formula: 'growth a year by periods / that of the benchmark',
    about: { en: 'How much of the benchmark’s yearly growth was had.', zh: '获得基准年增长率的比例。' },
    unit: 'number',
    source: 'empyrical capture',
    aliases: { empyrical: ['capture'] },
    undefinedFor: ['no-return', 'still-benchmark'],
    needs: 'benchmark',
    compute: (facts) => facts.capture(() => true),
  },
  {
    id: 'up-capture',
    title: { en: 'Up capture', zh: '上行捕获率' },
    group: 'benchmark',
    formula: 'capture over periods with benchmark > 0',
    about: { en: 'How much of the rises was had.', zh: '基准上涨时的捕获率。' },
    unit: 'number',
    source: 'empyrical up_capture',
    aliases: { empyrical: ['up_capture'] },
    undefinedFor: ['one-sided-benchmark'],
    needs: 'benchmark',
    compute: (facts) => facts.capture(rising),
  },
  {
    id: 'down-capture',
    title: { en: 'Down capture', zh: '下行捕获率' },
    group: 'benchmark',
    formula: 'capture over periods with benchmark < 0',
    about: { en: 'How much of the falls was suffered.', zh: '基准下跌时的捕获率。' },
    unit: 'number',
    source: 'empyrical down_capture',
    aliases: { empyrical: ['down_capture'] },
    undefinedFor: ['one-sided-benchmark'],
    needs: 'benchmark',
    compute: (facts) => facts.capture(falling),
  },
  {
    id: 'up-down-capture',
    title: { en: 'Up over down capture', zh: '上下行捕获比' },
    group: 'benchmark',
    formula: 'up capture / down capture',
    about: { en: 'Above 1: more of the rises than of the falls.', zh: '大于1表示上行捕获多于下行。' },
    unit: 'number',
    source: 'empyrical up_down_capture',
    aliases: { empyrical: ['up_down_capture'] },
    undefinedFor: ['one-sided-benchmark'],
    needs: 'benchmark',
    compute: (facts) => facts.capture(rising) / facts.capture(falling),
  },
  {
    id: 'beta-fragility',
    title: { en: 'Beta fragility', zh: '贝塔脆弱性' },
    group: 'benchmark',
    formula: 'weighted mean of r at the benchmark’s extremes − r at its middle',
    about: { en: 'Below 0: losses may grow faster than the benchmark falls.', zh: '小于0表示亏损可能快于基准下跌。' },
    unit: 'ratio',
    source: 'empyrical beta_fragility_heuristic (IMF WP/12/216)',
    aliases: { empyrical: ['beta_fragility_heuristic'] },
    undefinedFor: ['three-returns'],
    needs: 'benchmark',
    compute: fragility,
  },
]
