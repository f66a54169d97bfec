import { alias, type BacktraderAlias } from './backtrader-alias.ts'

const period = { period: 'period' }
const pivot = { open: 'open', close: 'close' }
const trix = { period: 'period', _rocperiod: 'rate', _movav: 'average', sigperiod: 'signal' }
const byNumber = (name: string) => [1, 2, 3, 4].map((n) => `${name}${n}`)

/** The rest of backtrader's classes (01 sections 6.1 – 6.6): studies, candles, levels, statistics. */
export const studyAliases: readonly BacktraderAlias[] = [
  alias(
    ['FindFirstIndexHighest'],
    { id: 'bars-since-highest', params: period, lines: { index: 'bars' } },
    { period: 1 },
  ),
  alias(['FindFirstIndexLowest'], { id: 'bars-since-lowest', params: period, lines: { index: 'bars' } }, { period: 1 }),
  alias(
    ['FindLastIndexHighest'],
    { id: 'bars-since-oldest-highest', params: period, lines: { index: 'bars' } },
    { period: 1 },
  ),
  alias(
    ['FindLastIndexLowest'],
    { id: 'bars-since-oldest-lowest', params: period, lines: { index: 'bars' } },
    { period: 1 },
  ),
  alias(['AnyN'], { id: 'any', params: period, lines: { anyn: 'truth' } }),
  alias(['AllN'], { id: 'all', params: period, lines: { alln: 'truth' } }),
  alias(['Accum', 'CumSum', 'CumulativeSum'], {
    id: 'accumulation',
    params: { seed: 'seed' },
    lines: { accum: 'sum' },
  }),
  alias(['ExponentialSmoothing', 'ExpSmoothing'], {
    id: 'exponential-smoothing',
    params: { period: 'period', alpha: 'alpha' },
    lines: { av: 'average' },
  }),
  alias(['ExponentialSmoothingDynamic', 'ExpSmoothingDynamic'], {
    id: 'dynamic-smoothing',
    params: period,
    lines: { av: 'average' },
  }),
  alias(['Envelope'], {
    id: 'envelope',
    params: { perc: 'percent' },
    lines: { src: 'middle', top: 'upper', bot: 'lower' },
  }),
  alias(['Oscillator'], { id: 'oscillator', params: {}, lines: { osc: 'oscillator' } }),
  alias(['TrueHigh'], { id: 'true-high', params: {}, lines: { truehigh: 'high' } }),
  alias(['TrueLow'], { id: 'true-low', params: {}, lines: { truelow: 'low' } }),
  alias(['UpMove'], { id: 'momentum', params: {}, lines: { upmove: 'momentum' } }, { period: 1 }),
  alias(['DownMove'], { id: 'down-move', params: {}, lines: { downmove: 'move' } }),
  alias(['UpDay'], { id: 'up-day', params: period, lines: { upday: 'move' } }),
  alias(['DownDay'], { id: 'down-day', params: period, lines: { downday: 'move' } }),
  alias(['UpDayBool'], { id: 'is-up-day', params: period, lines: { upday: 'move' } }),
  alias(['DownDayBool'], { id: 'is-down-day', params: period, lines: { downday: 'move' } }),
  alias(['AroonUp'], { id: 'aroon', params: period, lines: { aroonup: 'up' } }),
  alias(['AroonDown'], { id: 'aroon', params: period, lines: { aroondown: 'down' } }),
  alias(['AroonUpDown', 'AroonIndicator'], {
    id: 'aroon',
    params: period,
    lines: { aroonup: 'up', aroondown: 'down' },
  }),
  alias(['AroonOscillator', 'AroonOsc'], { id: 'aroon', params: period, lines: { aroonosc: 'oscillator' } }),
  alias(['AroonUpDownOscillator', 'AroonUpDownOsc'], {
    id: 'aroon',
    params: period,
    lines: { aroonup: 'up', aroondown: 'down', aroonosc: 'oscillator' },
  }),
  alias(['Vortex'], { id: 'vortex', params: period, lines: { vi_plus: 'plus', vi_minus: 'minus' } }),
  alias(['WilliamsAD'], { id: 'williams-ad', params: {}, lines: { ad: 'ad' } }),
  alias(['PercentRank', 'PctRank'], { id: 'percent-rank', params: period, lines: { pctrank: 'rank' } }),
  alias(['DetrendedPriceOscillator', 'DPO'], {
    id: 'dpo',
    params: { period: 'period', movav: 'average' },
    lines: { dpo: 'dpo' },
  }),
  alias(['KnowSureThing', 'KST'], {
    id: 'kst',
    params: {
      ...{ rp1: 'rate1', rp2: 'rate2', rp3: 'rate3', rp4: 'rate4' },
      ...{ rma1: 'smooth1', rma2: 'smooth2', rma3: 'smooth3', rma4: 'smooth4' },
      ...{ rsignal: 'signal', rfactors: byNumber('weight'), _rmovav: 'average', _smovav: 'signalAverage' },
    },
    lines: { kst: 'kst', signal: 'signal' },
  }),
  alias(['LaguerreRSI', 'LRSI'], {
    id: 'laguerre-rsi',
    params: { gamma: 'gamma', period: 'period' },
    lines: { lrsi: 'rsi' },
  }),
  alias(['LaguerreFilter', 'LAGF'], {
    id: 'laguerre-filter',
    params: { gamma: 'gamma', period: 'period' },
    lines: { lfilter: 'filter' },
  }),
  alias(['Trix', 'TRIX'], { id: 'trix', params: trix, lines: { trix: 'trix' } }),
  alias(['TrixSignal'], { id: 'trix', params: trix, lines: { trix: 'trix', signal: 'signal' } }),
  alias(['TrueStrengthIndicator', 'TSI'], {
    id: 'tsi',
    params: { period1: 'first', period2: 'second', pchange: 'change', _movav: 'average' },
    lines: { tsi: 'tsi' },
  }),
  alias(['UltimateOscillator'], {
    id: 'ultimate',
    params: { p1: 'short', p2: 'middle', p3: 'long' },
    lines: { uo: 'ultimate' },
  }),
  alias(['PrettyGoodOscillator', 'PGO', 'PrettyGoodOsc'], {
    id: 'pgo',
    params: { period: 'period', _movav: 'average' },
    lines: { pgo: 'pgo' },
  }),
  alias(['AwesomeOscillator', 'AO', 'AwesomeOsc'], {
    id: 'awesome',
    params: { fast: 'fast', slow: 'slow', movav: 'average' },
    lines: { ao: 'awesome' },
  }),
  alias(['AccelerationDecelerationOscillator', 'AccDeOsc'], {
    id: 'acceleration',
    params: { period: 'period', movav: 'average' },
    lines: { accde: 'acceleration' },
  }),
  alias(['DV2'], {
    id: 'dv2',
    params: { period: 'period', maperiod: 'smooth', _movav: 'average' },
    lines: { dv2: 'dv2' },
  }),
  alias(['Ichimoku'], {
    id: 'ichimoku',
    params: { tenkan: 'tenkan', kijun: 'kijun', senkou: 'senkou', senkou_lead: 'lead', chikou: 'chikou' },
    lines: {
      tenkan_sen: 'tenkan',
      kijun_sen: 'kijun',
      senkou_span_a: 'spanA',
      senkou_span_b: 'spanB',
      chikou_span: 'chikou',
    },
  }),
  alias(['ParabolicSAR', 'PSAR'], {
    id: 'psar',
    params: { period: 'period', af: 'step', afmax: 'limit' },
    lines: { psar: 'sar' },
  }),
  alias(['HeikinAshi'], {
    id: 'heikin-ashi',
    params: {},
    lines: { ha_open: 'open', ha_high: 'high', ha_low: 'low', ha_close: 'close' },
  }),
  alias(['haDelta', 'haD'], {
    id: 'heikin-ashi-delta',
    params: { period: 'period', movav: 'average', autoheikin: 'candles' },
    lines: { haDelta: 'delta', smoothed: 'smoothed' },
  }),
  alias(['PivotPoint'], {
    id: 'pivot',
    params: pivot,
    lines: { p: 'p', s1: 's1', s2: 's2', r1: 'r1', r2: 'r2' },
  }),
  alias(['FibonacciPivotPoint'], {
    id: 'fibonacci-pivot',
    params: { ...pivot, level1: 'level1', level2: 'level2', level3: 'level3' },
    lines: { p: 'p', s1: 's1', s2: 's2', s3: 's3', r1: 'r1', r2: 'r2', r3: 'r3' },
  }),
  alias(
    ['DemarkPivotPoint'],
    {
      id: 'demark-pivot',
      params: {},
      lines: { p: 'p', s1: 's1', r1: 'r1' },
      ignored: ['open', 'close', 'level1', 'level2', 'level3'],
    },
    { rule: 'backtrader' },
  ),
  alias(['Fractal'], {
    id: 'fractal',
    params: { period: 'period', bardist: 'distance', shift_to_potential_fractal: 'after' },
    lines: { fractal_bearish: 'bearish', fractal_bullish: 'bullish' },
  }),
  alias(['HurstExponent', 'Hurst'], {
    id: 'hurst',
    params: period,
    lines: { hurst: 'hurst' },
  }),
  alias(['OLS_Slope_InterceptN'], {
    id: 'regression',
    params: period,
    lines: { slope: 'slope', intercept: 'intercept' },
  }),
  alias(['OLS_BetaN'], { id: 'regression', params: period, lines: { beta: 'slope' } }),
  alias(['OLS_TransformationN'], {
    id: 'pair-spread',
    params: period,
    lines: { spread: 'spread', spread_mean: 'mean', spread_std: 'deviation', zscore: 'zScore' },
  }),
  alias(
    ['CointN'],
    { id: 'cointegration', params: { ...period, trend: 'trend' }, lines: { score: 'score', pvalue: 'pvalue' } },
    { period: 10 },
  ),
]
