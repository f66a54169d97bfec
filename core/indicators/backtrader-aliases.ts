import type { IndicatorParams } from './definition.ts'

/** Where some lines of a backtrader indicator come from here. */
export interface BacktraderPart {
  readonly id: string
  /** Their parameter → ours, in the order in which backtrader takes them; `movav` names are translated by the caller. */
  readonly params: Readonly<Record<string, string>>
  /** Their line → our output. */
  readonly lines: Readonly<Record<string, string>>
}

/** One class of backtrader: its parts, the defaults in which it differs from ours, and its other names. */
export interface BacktraderAlias {
  readonly name: string
  readonly also: readonly string[]
  readonly defaults: IndicatorParams
  readonly parts: readonly BacktraderPart[]
}

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

function alias(
  names: readonly [string, ...string[]],
  part: BacktraderPart | readonly BacktraderPart[],
  defaults: IndicatorParams = {},
): BacktraderAlias {
  const parts = Array.isArray(part) ? (part as readonly BacktraderPart[]) : [part as BacktraderPart]
  return { name: names[0], also: names.slice(1), defaults, parts }
}

/** Parameters that only steer backtrader's plots or its division by zero and change no defined value here. */
export const backtraderPlotParams: ReadonlySet<string> = new Set([
  'upperband',
  'lowerband',
  'safediv',
  'safepow',
  '_autoplot',
  'band',
])

/** backtrader's classes (01 section 6) that the catalogue covers so far. */
export const backtraderAliases: readonly BacktraderAlias[] = [
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
