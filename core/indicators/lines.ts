import type { AverageKind } from './averages.ts'
import { demaDefinition, hmaDefinition, temaDefinition, zlemaDefinition } from './compound-averages.ts'
import { crossDownDefinition, crossOverDefinition, crossUpDefinition } from './crossings.ts'
import { indicator, only, outputsOf, rangeOf } from './derived-lines.ts'
import { bollingerDefinition, meandevDefinition, stddevDefinition } from './deviations.ts'
import { adxDefinition, directionalSystemDefinition } from './directional.ts'
import type { BarLines } from './graph.ts'
import type { Line, Operand } from './line.ts'
import { cciDefinition, macdDefinition, rsiDefinition } from './momentum.ts'
import { emaDefinition, smaDefinition, smmaDefinition, wmaDefinition } from './moving-averages.ts'
import { atrDefinition, highestDefinition, lowestDefinition, sumDefinition, trueRangeDefinition } from './ranges.ts'
import { momentumDefinition, rocDefinition } from './rates.ts'
import {
  stochasticDefinition,
  stochasticFastDefinition,
  stochasticFullDefinition,
  williamsRDefinition,
} from './stochastics.ts'
import { obvDefinition } from './volumes.ts'

/**
 * The indicators as a strategy calls them. Each takes lines of one instrument (`bars` = the instrument itself) and
 * returns lines that can be fed to the next: `sma(rsi(i.close, 14), 5)`. Meaning, defaults and sources: the catalogue.
 */

export * from './level-lines.ts'
export * from './line-functions.ts'
export { ownIndicator } from './own-indicator.ts'
export * from './statistic-lines.ts'
export { study } from './study.ts'
export * from './study-lines.ts'
export { talib } from './talib/lines.ts'
export * from './trend-lines.ts'

/** Simple moving average. */
export function sma(source: Line, period: number): Line {
  return only(smaDefinition, { period }, [source])
}

/** Exponential moving average, seeded with the mean of its first `period` values. */
export function ema(source: Line, period: number): Line {
  return only(emaDefinition, { period }, [source])
}

/** Weighted moving average, weights 1 … period. */
export function wma(source: Line, period: number): Line {
  return only(wmaDefinition, { period }, [source])
}

/** Wilder's smoothed moving average. */
export function smma(source: Line, period: number): Line {
  return only(smmaDefinition, { period }, [source])
}

/** Double exponential moving average. */
export function dema(source: Line, period: number): Line {
  return only(demaDefinition, { period }, [source])
}

/** Triple exponential moving average. */
export function tema(source: Line, period: number): Line {
  return only(temaDefinition, { period }, [source])
}

/** Hull moving average; `period` ≥ 2. */
export function hma(source: Line, period: number): Line {
  return only(hmaDefinition, { period }, [source])
}

/** Zero-lag exponential moving average. */
export function zlema(source: Line, period: number): Line {
  return only(zlemaDefinition, { period }, [source])
}

/** x less x `period` bars ago. */
export function momentum(source: Line, period = 12): Line {
  return only(momentumDefinition, { period }, [source])
}

/** Rate of change over `period` bars as a fraction: 0.01 = 1 %. */
export function roc(source: Line, period = 12): Line {
  return only(rocDefinition, { period }, [source])
}

/** Sum of the last `period` values. */
export function sum(source: Line, period: number): Line {
  return only(sumDefinition, { period }, [source])
}

/** Williams %R, −100 … 0. */
export function williamsR(bars: BarLines, period = 14): Line {
  return only(williamsRDefinition, { period }, rangeOf(bars))
}

export interface RsiOptions {
  readonly average?: AverageKind
  readonly lookback?: number
}

/** Relative strength index, 0 … 100. */
export function rsi(source: Line, period = 14, options: RsiOptions = {}): Line {
  return only(rsiDefinition, { period, ...options }, [source])
}

export interface MacdOptions {
  readonly fast?: number
  readonly slow?: number
  readonly signal?: number
  readonly average?: AverageKind
}

/** MACD line, its signal line and their difference. */
export function macd(
  source: Line,
  options: MacdOptions = {},
): { readonly macd: Line; readonly signal: Line; readonly histogram: Line } {
  return outputsOf(['macd', 'signal', 'histogram'], indicator(macdDefinition, { ...options }, [source]))
}

/** Bollinger bands `width` population deviations around an average. */
export function bollinger(
  source: Line,
  period = 20,
  width = 2,
  average: AverageKind = 'sma',
): { readonly middle: Line; readonly upper: Line; readonly lower: Line } {
  const lines = indicator(bollingerDefinition, { period, width, average }, [source])
  return outputsOf(['middle', 'upper', 'lower'], lines)
}

/** Population standard deviation. */
export function stddev(source: Line, period = 20, average: AverageKind = 'sma'): Line {
  return only(stddevDefinition, { period, average }, [source])
}

/** Mean deviation from rolling means. */
export function meandev(source: Line, period = 20, average: AverageKind = 'sma'): Line {
  return only(meandevDefinition, { period, average }, [source])
}

/** True range of each bar, from the second on. */
export function trueRange(bars: BarLines): Line {
  return only(trueRangeDefinition, {}, rangeOf(bars))
}

/** Average true range, Wilder's average by default. */
export function atr(bars: BarLines, period = 14, average: AverageKind = 'smma'): Line {
  return only(atrDefinition, { period, average }, rangeOf(bars))
}

export interface StochasticOptions {
  readonly period?: number
  readonly smooth?: number
  readonly smoothSlow?: number
  readonly average?: AverageKind
  readonly flat?: number
}

/** Slow stochastic: k is already smoothed once. */
export function stochastic(bars: BarLines, options: StochasticOptions = {}): { readonly k: Line; readonly d: Line } {
  return outputsOf(['k', 'd'], indicator(stochasticDefinition, { ...options }, rangeOf(bars)))
}

/** Fast stochastic: k is raw. */
export function stochasticFast(
  bars: BarLines,
  options: Omit<StochasticOptions, 'smoothSlow'> = {},
): { readonly k: Line; readonly d: Line } {
  return outputsOf(['k', 'd'], indicator(stochasticFastDefinition, { ...options }, rangeOf(bars)))
}

/** Full stochastic: raw k, d and the slow d. */
export function stochasticFull(
  bars: BarLines,
  options: StochasticOptions = {},
): { readonly k: Line; readonly d: Line; readonly slowD: Line } {
  return outputsOf(['k', 'd', 'slowD'], indicator(stochasticFullDefinition, { ...options }, rangeOf(bars)))
}

/** Commodity channel index with backtrader's mean deviation. */
export function cci(bars: BarLines, period = 20, factor = 0.015): Line {
  return only(cciDefinition, { period, factor }, rangeOf(bars))
}

/** Average directional movement index. */
export function adx(bars: BarLines, period = 14, average: AverageKind = 'smma'): Line {
  return only(adxDefinition, { period, average }, rangeOf(bars))
}

/** ADX, its rating, +DI and −DI together. */
export function dmi(
  bars: BarLines,
  period = 14,
  average: AverageKind = 'smma',
): { readonly adx: Line; readonly adxr: Line; readonly plus: Line; readonly minus: Line } {
  const lines = indicator(directionalSystemDefinition, { period, average }, rangeOf(bars))
  return outputsOf(['adx', 'adxr', 'plus', 'minus'], lines)
}

/** On-balance volume of the closes. */
export function obv(bars: BarLines): Line {
  return only(obvDefinition, {}, [bars.close, bars.volume])
}

/** Highest value of the last `period` bars, this one included. */
export function highest(source: Line, period: number): Line {
  return only(highestDefinition, { period }, [source])
}

/** Lowest value of the last `period` bars, this one included. */
export function lowest(source: Line, period: number): Line {
  return only(lowestDefinition, { period }, [source])
}

/** backtrader's CrossOver as a line: 1 up, −1 down, 0 otherwise; a touch does not reset the side. */
export function crossOver(a: Line, b: Operand): Line {
  return only(crossOverDefinition, {}, [a, b])
}

/** backtrader's CrossUp as a line: 1 or 0. */
export function crossUp(a: Line, b: Operand): Line {
  return only(crossUpDefinition, {}, [a, b])
}

/** backtrader's CrossDown as a line: 1 or 0. */
export function crossDown(a: Line, b: Operand): Line {
  return only(crossDownDefinition, {}, [a, b])
}

/**
 * True on the bar on which `a` is above `b` and was not on the bar before (qtpylib's crossed_above; a touch counts as
 * "not above", unlike crossUp). False while a value is undefined. Two instruments are compared each at its own now.
 */
export function crossedAbove(a: Line, b: Operand): boolean {
  if (typeof b === 'number') return a.now > b && a.before <= b
  return a.now > b.now && a.before <= b.before
}

/** True on the bar on which `a` is below `b` and was not on the bar before; see crossedAbove. */
export function crossedBelow(a: Line, b: Operand): boolean {
  if (typeof b === 'number') return a.now < b && a.before >= b
  return a.now < b.now && a.before >= b.before
}
