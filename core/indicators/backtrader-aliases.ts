import { alias, type BacktraderAlias, derivedAliases } from './backtrader-alias.ts'
import { studyAliases } from './backtrader-studies.ts'

const period = { period: 'period' }
const averaged = { ...period, movav: 'average' }
const rsi = { ...averaged, safehigh: 'onlyGains', safelow: 'noMoves', lookback: 'lookback' }
const fastStochastic = { period: 'period', period_dfast: 'smooth', movav: 'average', safezero: 'flat' }
const slowStochastic = { ...fastStochastic, period_dslow: 'smoothSlow' }
const macd = { period_me1: 'fast', period_me2: 'slow', period_signal: 'signal', movav: 'average' }
const compound = { period: 'period', _movav: 'average' }
const pair = { period1: 'fast', period2: 'slow', _movav: 'average' }
const signalled = { ...pair, period_signal: 'signal' }
const ppoLines = { ppo: 'ppo', signal: 'signal', histo: 'histogram' }
const bands = { period: 'period', devfactor: 'width', movav: 'average' }
const bandLines = { mid: 'middle', top: 'upper', bot: 'lower' }

/** Parameters that only steer backtrader's plots or its division by zero and change no defined value here. */
export const backtraderPlotParams: ReadonlySet<string> = new Set([
  'upperband',
  'lowerband',
  'safediv',
  'safepow',
  '_autoplot',
  'band',
])

/** The moving averages: each has an envelope and an oscillator too. */
const averages: readonly BacktraderAlias[] = [
  alias(['MovingAverageSimple', 'SMA', 'SimpleMovingAverage'], { id: 'sma', params: period, lines: { sma: 'sma' } }),
  alias(['ExponentialMovingAverage', 'EMA', 'MovingAverageExponential'], {
    id: 'ema',
    params: period,
    lines: { ema: 'ema' },
  }),
  alias(
    [
      'SmoothedMovingAverage',
      'SMMA',
      'WilderMA',
      'MovingAverageSmoothed',
      'MovingAverageWilder',
      'ModifiedMovingAverage',
    ],
    { id: 'smma', params: period, lines: { smma: 'smma' } },
  ),
  alias(['WeightedMovingAverage', 'WMA', 'MovingAverageWeighted'], {
    id: 'wma',
    params: period,
    lines: { wma: 'wma' },
  }),
  alias(['DoubleExponentialMovingAverage', 'DEMA', 'MovingAverageDoubleExponential'], {
    id: 'dema',
    params: compound,
    lines: { dema: 'dema' },
  }),
  alias(['TripleExponentialMovingAverage', 'TEMA', 'MovingAverageTripleExponential'], {
    id: 'tema',
    params: compound,
    lines: { tema: 'tema' },
  }),
  alias(['HullMovingAverage', 'HMA', 'HullMA'], { id: 'hma', params: compound, lines: { hma: 'hma' } }),
  alias(['ZeroLagExponentialMovingAverage', 'ZLEMA', 'ZeroLagEma'], {
    id: 'zlema',
    params: compound,
    lines: { zlema: 'zlema' },
  }),
  alias(['AdaptiveMovingAverage', 'KAMA', 'MovingAverageAdaptive'], {
    id: 'kama',
    params: { period: 'period', fast: 'fast', slow: 'slow' },
    lines: { kama: 'kama' },
  }),
  alias(['ZeroLagIndicator', 'EC', 'ErrorCorrecting', 'ZLInd', 'ZLIndicator'], {
    id: 'zero-lag',
    params: { period: 'period', gainlimit: 'gainLimit' },
    lines: { ec: 'zeroLag' },
    ignored: ['_movav'],
  }),
  alias(['DicksonMovingAverage', 'DMA', 'DicksonMA'], {
    id: 'dickson',
    params: { period: 'period', gainlimit: 'gainLimit', hperiod: 'hullPeriod' },
    lines: { dma: 'dickson' },
    ignored: ['_movav', '_hma'],
  }),
]

/** backtrader's classes (01 section 6) that the catalogue covers. */
export const backtraderAliases: readonly BacktraderAlias[] = [
  ...averages,
  ...averages.flatMap(derivedAliases),
  ...studyAliases,
  alias(['Average', 'ArithmeticMean', 'Mean'], { id: 'sma', params: period, lines: { av: 'sma' } }, { period: 1 }),
  alias(['BollingerBands', 'BBands'], { id: 'bollinger', params: bands, lines: bandLines }),
  alias(
    ['BollingerBandsPct'],
    [
      { id: 'bollinger', params: bands, lines: bandLines },
      { id: 'percent-b', params: bands, lines: { pctb: 'percentB' } },
    ],
  ),
  alias(['StandardDeviation', 'StdDev'], { id: 'stddev', params: averaged, lines: { stddev: 'stddev' } }),
  alias(['MeanDeviation', 'MeanDev'], { id: 'meandev', params: averaged, lines: { meandev: 'meandev' } }),
  alias(['TrueRange', 'TR'], { id: 'true-range', params: {}, lines: { tr: 'trueRange' } }),
  alias(['AverageTrueRange', 'ATR'], { id: 'atr', params: averaged, lines: { atr: 'atr' } }),
  alias(['DirectionalIndicator', 'DI'], {
    id: 'di',
    params: averaged,
    lines: { plusDI: 'plus', minusDI: 'minus' },
  }),
  alias(['PlusDirectionalIndicator', 'PlusDI'], { id: 'di', params: averaged, lines: { plusDI: 'plus' } }),
  alias(['MinusDirectionalIndicator', 'MinusDI'], { id: 'di', params: averaged, lines: { minusDI: 'minus' } }),
  alias(['AverageDirectionalMovementIndex', 'ADX'], { id: 'adx', params: averaged, lines: { adx: 'adx' } }),
  alias(['AverageDirectionalMovementIndexRating', 'ADXR'], {
    id: 'dmi',
    params: averaged,
    lines: { adx: 'adx', adxr: 'adxr' },
  }),
  alias(['DirectionalMovementIndex', 'DMI'], {
    id: 'dmi',
    params: averaged,
    lines: { adx: 'adx', plusDI: 'plus', minusDI: 'minus' },
  }),
  alias(['DirectionalMovement', 'DM'], {
    id: 'dmi',
    params: averaged,
    lines: { adx: 'adx', adxr: 'adxr', plusDI: 'plus', minusDI: 'minus' },
  }),
  alias(['RelativeStrengthIndex', 'RSI', 'RSI_SMMA', 'RSI_Wilder'], { id: 'rsi', params: rsi, lines: { rsi: 'rsi' } }),
  alias(['RSI_Safe'], { id: 'rsi', params: rsi, lines: { rsi: 'rsi' } }),
  alias(['RSI_SMA', 'RSI_Cutler'], { id: 'rsi', params: rsi, lines: { rsi: 'rsi' } }, { average: 'sma' }),
  alias(['RSI_EMA'], { id: 'rsi', params: rsi, lines: { rsi: 'rsi' } }, { average: 'ema' }),
  alias(
    ['RelativeMomentumIndex', 'RMI'],
    { id: 'rsi', params: rsi, lines: { rsi: 'rsi' } },
    { period: 20, lookback: 5 },
  ),
  alias(['MACD'], { id: 'macd', params: macd, lines: { macd: 'macd', signal: 'signal' } }),
  alias(['MACDHisto', 'MACDHistogram'], {
    id: 'macd',
    params: macd,
    lines: { macd: 'macd', signal: 'signal', histo: 'histogram' },
  }),
  alias(['StochasticFast'], {
    id: 'stochastic-fast',
    params: fastStochastic,
    lines: { percK: 'k', percD: 'd' },
  }),
  alias(['Stochastic', 'StochasticSlow'], {
    id: 'stochastic',
    params: slowStochastic,
    lines: { percK: 'k', percD: 'd' },
  }),
  alias(['StochasticFull'], {
    id: 'stochastic-full',
    params: slowStochastic,
    lines: { percK: 'k', percD: 'd', percDSlow: 'slowD' },
  }),
  alias(['CommodityChannelIndex', 'CCI'], {
    id: 'cci',
    params: { period: 'period', factor: 'factor', movav: 'average' },
    lines: { cci: 'cci' },
  }),
  alias(['Highest', 'MaxN'], { id: 'highest', params: period, lines: { highest: 'highest' } }, { period: 1 }),
  alias(['Lowest', 'MinN'], { id: 'lowest', params: period, lines: { lowest: 'lowest' } }, { period: 1 }),
  alias(['SumN'], { id: 'sum', params: period, lines: { sumn: 'sum' } }, { period: 1 }),
  alias(['Momentum'], { id: 'momentum', params: period, lines: { momentum: 'momentum' } }),
  alias(['MomentumOscillator', 'MomentumOsc'], {
    id: 'momentum-oscillator',
    params: period,
    lines: { momosc: 'momentum' },
  }),
  alias(['RateOfChange', 'ROC'], { id: 'roc', params: period, lines: { roc: 'roc' } }),
  alias(['PercentChange', 'PctChange'], { id: 'percent-change', params: period, lines: { pctchange: 'change' } }),
  alias(['RateOfChange100', 'ROC100'], { id: 'roc100', params: period, lines: { roc100: 'roc' } }),
  alias(['PriceOscillator', 'PriceOsc', 'AbsolutePriceOscillator', 'AbsPriceOsc', 'APO'], {
    id: 'apo',
    params: pair,
    lines: { po: 'apo' },
  }),
  alias(['PercentagePriceOscillator', 'PPO', 'PercPriceOsc'], { id: 'ppo', params: signalled, lines: ppoLines }),
  alias(
    ['PercentagePriceOscillatorShort', 'PPOShort', 'PercPriceOscShort'],
    { id: 'ppo', params: signalled, lines: ppoLines },
    { base: 'fast' },
  ),
  alias(['WilliamsR'], { id: 'williams-r', params: period, lines: { percR: 'percentR' } }),
  alias(['NonZeroDifference', 'NZD'], { id: 'non-zero-difference', params: {}, lines: { nzd: 'difference' } }),
  alias(['CrossUp'], { id: 'cross-up', params: {}, lines: { cross: 'cross' } }),
  alias(['CrossDown'], { id: 'cross-down', params: {}, lines: { cross: 'cross' } }),
  alias(['CrossOver'], { id: 'cross-over', params: {}, lines: { crossover: 'cross' } }),
]

const byName = new Map(backtraderAliases.flatMap((entry) => [entry.name, ...entry.also].map((name) => [name, entry])))

/** What a backtrader class name or alias means here; undefined while the catalogue has no counterpart. */
export function findBacktraderAlias(name: string): BacktraderAlias | undefined {
  return byName.get(name)
}
