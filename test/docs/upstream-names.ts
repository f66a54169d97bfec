import type { NamedFilter } from '../../core/data/filters/filter.ts'

/** What backtrader and qtpylib call their tools (research 01), as data: parity.test.ts finds the counterpart of each. */

/** Rows of 01 section 6: the row, the class, its other names. Three rows in one: an average, its envelope and oscillator. */
export const backtraderIndicators = `
I-001 PeriodN
I-002 OperationN
I-003 BaseApplyN
I-004 ApplyN
I-005 Highest MaxN
I-006 Lowest MinN
I-007 ReduceN
I-008 SumN
I-009 AnyN
I-010 AllN
I-011 FindFirstIndex
I-012 FindFirstIndexHighest
I-013 FindFirstIndexLowest
I-014 FindLastIndex
I-015 FindLastIndexHighest
I-016 FindLastIndexLowest
I-017 Accum CumSum CumulativeSum
I-018 Average ArithmeticMean Mean
I-019 ExponentialSmoothing ExpSmoothing
I-020 ExponentialSmoothingDynamic ExpSmoothingDynamic
I-021 WeightedAverage AverageWeighted
I-022 MovingAverageBase
I-023/024/025 MovingAverageSimple SMA SimpleMovingAverage
I-026/027/028 ExponentialMovingAverage EMA MovingAverageExponential
I-029/030/031 SmoothedMovingAverage ModifiedMovingAverage MovingAverageSmoothed MovingAverageWilder SMMA WilderMA
I-032/033/034 WeightedMovingAverage MovingAverageWeighted WMA
I-035/036/037 DoubleExponentialMovingAverage DEMA MovingAverageDoubleExponential
I-038/039/040 TripleExponentialMovingAverage MovingAverageTripleExponential TEMA
I-041/042/043 AdaptiveMovingAverage KAMA MovingAverageAdaptive
I-044/045/046 ZeroLagExponentialMovingAverage ZLEMA ZeroLagEma
I-047/048/049 HullMovingAverage HMA HullMA
I-050/051/052 ZeroLagIndicator EC ErrorCorrecting ZLInd ZLIndicator
I-053/054/055 DicksonMovingAverage DMA DicksonMA
I-056 Envelope
I-057 _EnvelopeBase
I-058 BollingerBands BBands
I-059 BollingerBandsPct
I-060 StandardDeviation StdDev
I-061 MeanDeviation MeanDev
I-062 NonZeroDifference NZD
I-063 _CrossBase
I-064 CrossUp
I-065 CrossDown
I-066 CrossOver
I-067 Oscillator
I-068 OscillatorMixIn
I-069 TrueHigh
I-070 TrueLow
I-071 TrueRange TR
I-072 AverageTrueRange ATR
I-073 UpMove
I-074 DownMove
I-075 _DirectionalIndicator
I-076 DirectionalIndicator DI
I-077 PlusDirectionalIndicator PlusDI
I-078 MinusDirectionalIndicator MinusDI
I-079 AverageDirectionalMovementIndex ADX
I-080 AverageDirectionalMovementIndexRating ADXR
I-081 DirectionalMovementIndex DMI
I-082 DirectionalMovement DM
I-083 _AroonBase
I-084 AroonUp
I-085 AroonDown
I-086 AroonUpDown AroonIndicator
I-087 AroonOscillator AroonOsc
I-088 AroonUpDownOscillator AroonUpDownOsc
I-089 Vortex
I-090 UpDay
I-091 DownDay
I-092 UpDayBool
I-093 DownDayBool
I-094 RelativeStrengthIndex RSI RSI_SMMA RSI_Wilder
I-095 RSI_Safe
I-096 RSI_SMA RSI_Cutler
I-097 RSI_EMA
I-098 RelativeMomentumIndex RMI
I-099 _StochasticBase
I-100 StochasticFast
I-101 Stochastic StochasticSlow
I-102 StochasticFull
I-103 WilliamsR
I-104 WilliamsAD
I-105 CommodityChannelIndex CCI
I-106 _PriceOscBase
I-107 PriceOscillator APO AbsPriceOsc AbsolutePriceOscillator PriceOsc
I-108 PercentagePriceOscillator PPO PercPriceOsc
I-109 PercentagePriceOscillatorShort PPOShort PercPriceOscShort
I-110 MACD
I-111 MACDHisto MACDHistogram
I-112 Momentum
I-113 MomentumOscillator MomentumOsc
I-114 RateOfChange ROC
I-115 RateOfChange100 ROC100
I-116 PercentChange PctChange
I-117 PercentRank PctRank
I-118 DetrendedPriceOscillator DPO
I-119 KnowSureThing KST
I-120 LaguerreRSI LRSI
I-121 LaguerreFilter LAGF
I-122 Trix TRIX
I-123 TrixSignal
I-124 TrueStrengthIndicator TSI
I-125 UltimateOscillator
I-126 PrettyGoodOscillator PGO PrettyGoodOsc
I-127 AwesomeOscillator AO AwesomeOsc
I-128 AccelerationDecelerationOscillator AccDeOsc
I-129 DV2
I-130 Ichimoku
I-131 ParabolicSAR PSAR
I-132 HeikinAshi
I-133 haDelta haD
I-134 PivotPoint
I-135 FibonacciPivotPoint
I-136 DemarkPivotPoint
I-137 Fractal
I-138 HurstExponent Hurst
I-139 OLS_Slope_InterceptN
I-140 OLS_TransformationN
I-141 OLS_BetaN
I-142 CointN
I-143 LinePlotterIndicator
I-144 Signal
`

/** Classes that are no indicator to use: bases of others, or what a function of ours does. */
export const notInCatalogue: Readonly<Record<string, string>> = {
  PeriodN: 'a base; ownIndicator',
  OperationN: 'a base; ownIndicator',
  BaseApplyN: 'a base; ownIndicator',
  ApplyN: 'applyWindow',
  ReduceN: 'applyWindow',
  FindFirstIndex: 'applyWindow',
  FindLastIndex: 'applyWindow',
  WeightedAverage: 'weightedAverage',
  AverageWeighted: 'weightedAverage',
  MovingAverageBase: 'a base; ownIndicator',
  _EnvelopeBase: 'a base; envelope',
  _CrossBase: 'a base; crossOver',
  OscillatorMixIn: 'a base; i.close.minus(average)',
  _DirectionalIndicator: 'a base; adx',
  _AroonBase: 'a base; aroon',
  _StochasticBase: 'a base; stochastic',
  _PriceOscBase: 'a base; priceOscillator',
  LinePlotterIndicator: 'every line hung on with use is drawn',
  Signal: 'SignalStrategy',
}

/** 01 section 6.7: functions of lines → ours. */
export const lineFunctions: Readonly<Record<string, string>> = {
  DivByZero: 'ratio',
  DivZeroByZero: 'ratioOrZero',
  Cmp: 'compare',
  CmpEx: 'compareTo',
  If: 'when',
  Reduce: 'reduce',
  And: 'and',
  Or: 'or',
  Any: 'or',
  All: 'and',
  Max: 'greatest',
  Min: 'least',
  Sum: 'total',
}

export const analyzers =
  'AnnualReturn Calmar DrawDown TimeDrawDown GrossLeverage LogReturnsRolling TimeReturn PeriodStats PositionsValue PyFolio Returns SharpeRatio SharpeRatio_A SQN TradeAnalyzer Transactions VWR'

export const observers =
  'Cash Value Broker CashValue FundValue FundShareValue FundVal FundShares BuySell Trades DataTrades DrawDown DrawDownLength DrawDown_Old TimeReturn Benchmark LogReturns LogReturns2'

/** S-01 … S-07 → ours. */
export const sizers: Readonly<Record<string, string>> = {
  FixedSize: 'fixedSize',
  FixedReverser: 'fixedReverser',
  FixedSizeTarget: 'fixedSizeTarget',
  PercentSizer: 'percentOfCash',
  AllInSizer: 'allIn',
  PercentSizerInt: 'percentOfCash',
  AllInSizerInt: 'allIn',
}

/** FL-01 … FL-08 → the kind of filter; DataFilter is a predicate in code. */
export const filters: Readonly<Record<string, NamedFilter['kind']>> = {
  SessionFilterSimple: 'session',
  SessionFilter: 'session',
  SessionFiller: 'session-filler',
  CalendarDays: 'calendar-days',
  BarReplayer_Open: 'day-steps',
  DayStepsFilter: 'day-steps',
  DaySplitter_Close: 'day-splitter',
  HeikinAshi: 'heikin-ashi',
  Renko: 'renko',
  DataFiller: 'data-filler',
}

/** The fourteen constants of section 12.5. */
export const signals =
  'NONE LONGSHORT LONG LONG_INV LONG_ANY SHORT SHORT_INV SHORT_ANY LONGEXIT LONGEXIT_INV LONGEXIT_ANY SHORTEXIT SHORTEXIT_INV SHORTEXIT_ANY'

/** O-01 → the method of an order; a market order needs none. */
export const executionTypes: Readonly<Record<string, string>> = {
  Close: 'atClose',
  Limit: 'limit',
  Stop: 'stopEntry',
  StopLimit: 'limit',
  StopTrail: 'trailBy',
  StopTrailLimit: 'trailByRatio',
}

/** Options of btrun (section 14) → options of `backtest`; the rest is named in docs/from-backtrader.md. */
export const btrunOptions: Readonly<Record<string, string>> = {
  data: 'data',
  format: 'recipe',
  fromdate: 'from',
  todate: 'to',
  timeframe: 'interval',
  compression: 'interval',
  cash: 'cash',
  commission: 'commission',
  margin: 'commission',
  mult: 'commission',
  interest: 'interest',
  interest_long: 'interest-long',
  slip_perc: 'slippage',
  slip_fixed: 'slippage',
  slip_open: 'slippage',
  'no-slip_match': 'slippage',
  slip_out: 'slippage',
}

export const btrunOthers =
  'resample replay hook cerebro nostdstats strategy signal observer analyzer pranalyzer ppranalyzer indicator writer flush plot'

/** The functions of section 26; those of arrays and of whole sessions have no line of their own. */
export const qtpylibIndicators =
  'atr bollinger_bands cci crossed crossed_above crossed_below heikinashi hull_moving_average ibs implied_volatility keltner_channel log_returns macd returns roc rolling_max rolling_min rolling_mean rolling_std rsi stoch zscore pvt chopiness tdi true_range mid_price typical_price vwap rolling_vwap weighted_bollinger_bands rolling_weighted_mean sma wma ema hma zlsma zlwma zlema zlhma zlma awesome_oscillator numpy_rolling_mean numpy_rolling_std'
