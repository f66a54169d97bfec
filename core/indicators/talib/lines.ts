import type { ParamValue } from '../definition.ts'
import { indicator, only, outputsOf } from '../derived-lines.ts'
import type { BarLines } from '../graph.ts'
import { paramsOf, resolveIndicator } from '../indicator-names.ts'
import type { Line, Operand } from '../line.ts'
import { inputLines } from '../study.ts'
import type { TalibAverageKind } from './averages.ts'
import { candleNames } from './candles/candle-names.ts'

type Period = [period?: number]
type Averaged = [period?: number, average?: TalibAverageKind]
type Pair = [fast?: number, slow?: number, average?: TalibAverageKind]
type Fast = [k?: number, d?: number, dAverage?: TalibAverageKind]
type Slow = [k?: number, slowK?: number, slowKAverage?: TalibAverageKind, d?: number, dAverage?: TalibAverageKind]
type Bands = [period?: number, up?: number, down?: number, average?: TalibAverageKind]
type Stops = [
  start?: number,
  offset?: number,
  initialLong?: number,
  stepLong?: number,
  maximumLong?: number,
  initialShort?: number,
  stepShort?: number,
  maximumShort?: number,
]
type Chosen = [
  fast?: number,
  fastAverage?: TalibAverageKind,
  slow?: number,
  slowAverage?: TalibAverageKind,
  signal?: number,
  signalAverage?: TalibAverageKind,
]

/** One line, or several by name. */
type Made<Names extends string> = [Names] extends [never] ? Line : { readonly [Name in Names]: Line }
type OfLine<Params extends readonly unknown[], Names extends string = never> = (
  source: Line,
  ...params: Params
) => Made<Names>
type OfBars<Params extends readonly unknown[], Names extends string = never> = (
  bars: BarLines,
  ...params: Params
) => Made<Names>
type OfPair<Params extends readonly unknown[]> = (first: Line, second: Operand, ...params: Params) => Line

/** The lines of a function of TA-Lib; its parameters in the order of the catalogue, which is TA-Lib's. */
function made(name: string, inputs: readonly [Line, ...Operand[]], given: readonly unknown[]) {
  const named = resolveIndicator(`talib:${name}`)
  const { definition } = named
  const params = definition.params.flatMap(({ name: param }, index) =>
    given[index] === undefined ? [] : [[param, given[index] as ParamValue]],
  )
  const complete = paramsOf(named, Object.fromEntries(params))
  if (definition.outputs.length === 1) return only(definition, complete, inputs)
  const names = definition.outputs.map((output) => output.name)
  return outputsOf(names, indicator(definition, complete, inputs))
}

function ofLine<Params extends readonly unknown[] = [], Names extends string = never>(name: string) {
  return ((source, ...params) => made(name, [source], params)) as OfLine<Params, Names>
}

function ofPair<Params extends readonly unknown[] = []>(name: string) {
  return ((first, second, ...params) => made(name, [first, second], params)) as OfPair<Params>
}

function ofBars<Params extends readonly unknown[] = [], Names extends string = never>(name: string) {
  return ((bars, ...params) => {
    const { definition } = resolveIndicator(`talib:${name}`)
    return made(name, inputLines(definition, bars, []), params)
  }) as OfBars<Params, Names>
}

/** Each candle pattern: 100 bullish, −100 bearish, 0 none. Some take how deep the last candle must go. */
const patterns = Object.fromEntries(candleNames.map((name) => [name, ofBars(name)])) as {
  readonly [Name in (typeof candleNames)[number]]: OfBars<[penetration?: number]>
}

/**
 * TA-Lib's 161 functions by its names, parameters in its order, numbers and defaults TA-Lib's: `talib.RSI(i.close, 14)`,
 * `talib.BBANDS(i.close, 20, 2, 2).upper`, `talib.CDLENGULFING(i)`.
 */
export const talib = {
  ...patterns,
  // Over prices
  ACCBANDS: ofBars<Period, 'upper' | 'middle' | 'lower'>('ACCBANDS'),
  BBANDS: ofLine<Bands, 'upper' | 'middle' | 'lower'>('BBANDS'),
  DEMA: ofLine<Period>('DEMA'),
  EMA: ofLine<Period>('EMA'),
  HT_TRENDLINE: ofLine('HT_TRENDLINE'),
  KAMA: ofLine<Period>('KAMA'),
  MA: ofLine<Averaged>('MA'),
  MAMA: ofLine<[fast?: number, slow?: number], 'mama' | 'fama'>('MAMA'),
  MAVP: ofPair<[shortest?: number, longest?: number, average?: TalibAverageKind]>('MAVP'),
  MIDPOINT: ofLine<Period>('MIDPOINT'),
  MIDPRICE: ofBars<Period>('MIDPRICE'),
  SAR: ofBars<[acceleration?: number, maximum?: number]>('SAR'),
  SAREXT: ofBars<Stops>('SAREXT'),
  SMA: ofLine<Period>('SMA'),
  T3: ofLine<[period?: number, factor?: number]>('T3'),
  TEMA: ofLine<Period>('TEMA'),
  TRIMA: ofLine<Period>('TRIMA'),
  WMA: ofLine<Period>('WMA'),
  // Momentum
  ADX: ofBars<Period>('ADX'),
  ADXR: ofBars<Period>('ADXR'),
  APO: ofLine<Pair>('APO'),
  AROON: ofBars<Period, 'down' | 'up'>('AROON'),
  AROONOSC: ofBars<Period>('AROONOSC'),
  BOP: ofBars('BOP'),
  CCI: ofBars<Period>('CCI'),
  CMO: ofLine<Period>('CMO'),
  DX: ofBars<Period>('DX'),
  IMI: ofBars<Period>('IMI'),
  MACD: ofLine<[fast?: number, slow?: number, signal?: number], 'macd' | 'signal' | 'histogram'>('MACD'),
  MACDEXT: ofLine<Chosen, 'macd' | 'signal' | 'histogram'>('MACDEXT'),
  MACDFIX: ofLine<[signal?: number], 'macd' | 'signal' | 'histogram'>('MACDFIX'),
  MFI: ofBars<Period>('MFI'),
  MINUS_DI: ofBars<Period>('MINUS_DI'),
  MINUS_DM: ofBars<Period>('MINUS_DM'),
  MOM: ofLine<Period>('MOM'),
  PLUS_DI: ofBars<Period>('PLUS_DI'),
  PLUS_DM: ofBars<Period>('PLUS_DM'),
  PPO: ofLine<Pair>('PPO'),
  ROC: ofLine<Period>('ROC'),
  ROCP: ofLine<Period>('ROCP'),
  ROCR: ofLine<Period>('ROCR'),
  ROCR100: ofLine<Period>('ROCR100'),
  RSI: ofLine<Period>('RSI'),
  STOCH: ofBars<Slow, 'slowK' | 'slowD'>('STOCH'),
  STOCHF: ofBars<Fast, 'fastK' | 'fastD'>('STOCHF'),
  STOCHRSI: ofLine<[period?: number, ...Fast], 'fastK' | 'fastD'>('STOCHRSI'),
  TRIX: ofLine<Period>('TRIX'),
  ULTOSC: ofBars<[short?: number, middle?: number, long?: number]>('ULTOSC'),
  WILLR: ofBars<Period>('WILLR'),
  // Volume and volatility
  AD: ofBars('AD'),
  ADOSC: ofBars<[fast?: number, slow?: number]>('ADOSC'),
  OBV: ofBars('OBV'),
  ATR: ofBars<Period>('ATR'),
  NATR: ofBars<Period>('NATR'),
  TRANGE: ofBars('TRANGE'),
  // Prices of a bar, cycles
  AVGPRICE: ofBars('AVGPRICE'),
  MEDPRICE: ofBars('MEDPRICE'),
  TYPPRICE: ofBars('TYPPRICE'),
  WCLPRICE: ofBars('WCLPRICE'),
  HT_DCPERIOD: ofLine('HT_DCPERIOD'),
  HT_DCPHASE: ofLine('HT_DCPHASE'),
  HT_PHASOR: ofLine<[], 'inPhase' | 'quadrature'>('HT_PHASOR'),
  HT_SINE: ofLine<[], 'sine' | 'leadSine'>('HT_SINE'),
  HT_TRENDMODE: ofLine('HT_TRENDMODE'),
  // Statistics
  AVGDEV: ofLine<Period>('AVGDEV'),
  BETA: ofPair<Period>('BETA'),
  CORREL: ofPair<Period>('CORREL'),
  LINEARREG: ofLine<Period>('LINEARREG'),
  LINEARREG_ANGLE: ofLine<Period>('LINEARREG_ANGLE'),
  LINEARREG_INTERCEPT: ofLine<Period>('LINEARREG_INTERCEPT'),
  LINEARREG_SLOPE: ofLine<Period>('LINEARREG_SLOPE'),
  STDDEV: ofLine<[period?: number, deviations?: number]>('STDDEV'),
  TSF: ofLine<Period>('TSF'),
  VAR: ofLine<[period?: number, deviations?: number]>('VAR'),
  // Mathematics
  ADD: ofPair('ADD'),
  DIV: ofPair('DIV'),
  MULT: ofPair('MULT'),
  SUB: ofPair('SUB'),
  MAX: ofLine<Period>('MAX'),
  MAXINDEX: ofLine<Period>('MAXINDEX'),
  MIN: ofLine<Period>('MIN'),
  MININDEX: ofLine<Period>('MININDEX'),
  MINMAX: ofLine<Period, 'min' | 'max'>('MINMAX'),
  MINMAXINDEX: ofLine<Period, 'min' | 'max'>('MINMAXINDEX'),
  SUM: ofLine<Period>('SUM'),
  ACOS: ofLine('ACOS'),
  ASIN: ofLine('ASIN'),
  ATAN: ofLine('ATAN'),
  CEIL: ofLine('CEIL'),
  COS: ofLine('COS'),
  COSH: ofLine('COSH'),
  EXP: ofLine('EXP'),
  FLOOR: ofLine('FLOOR'),
  LN: ofLine('LN'),
  LOG10: ofLine('LOG10'),
  SIN: ofLine('SIN'),
  SINH: ofLine('SINH'),
  SQRT: ofLine('SQRT'),
  TAN: ofLine('TAN'),
  TANH: ofLine('TANH'),
} as const
