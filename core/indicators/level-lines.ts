import type { AverageKind } from './averages.ts'
import { indicator, only, outputsOf } from './derived-lines.ts'
import { fractalDefinition } from './fractals.ts'
import type { BarLines } from './graph.ts'
import { heikinAshiDefinition, heikinAshiDeltaDefinition } from './heikin-ashi.ts'
import type { Line } from './line.ts'
import { demarkPivotDefinition, fibonacciPivotDefinition, pivotDefinition } from './pivots.ts'
import { trueHighDefinition, trueLowDefinition } from './true-ranges.ts'

/** Levels and candles for strategies; see lines.ts. */

const wholeBar = (bars: BarLines): readonly [Line, Line, Line, Line] => [bars.open, bars.high, bars.low, bars.close]

/** The larger of high and previous close. */
export function trueHigh(bars: BarLines): Line {
  return only(trueHighDefinition, {}, [bars.high, bars.close])
}

/** The smaller of low and previous close. */
export function trueLow(bars: BarLines): Line {
  return only(trueLowDefinition, {}, [bars.low, bars.close])
}

export interface PivotOptions {
  /** Adds the open, or the close once more, to the pivot. */
  readonly open?: boolean
  readonly close?: boolean
}

/** Classic pivot levels of each bar. */
export function pivot(
  bars: BarLines,
  options: PivotOptions = {},
): { readonly p: Line; readonly s1: Line; readonly s2: Line; readonly r1: Line; readonly r2: Line } {
  return outputsOf(['p', 's1', 's2', 'r1', 'r2'], indicator(pivotDefinition, { ...options }, wholeBar(bars)))
}

export interface FibonacciOptions extends PivotOptions {
  readonly level1?: number
  readonly level2?: number
  readonly level3?: number
}

export type FibonacciLevels = {
  readonly p: Line
  readonly s1: Line
  readonly s2: Line
  readonly s3: Line
  readonly r1: Line
  readonly r2: Line
  readonly r3: Line
}

/** Fibonacci pivot levels of each bar. */
export function fibonacciPivot(bars: BarLines, options: FibonacciOptions = {}): FibonacciLevels {
  const names = ['p', 's1', 's2', 's3', 'r1', 'r2', 'r3'] as const
  return outputsOf(names, indicator(fibonacciPivotDefinition, { ...options }, wholeBar(bars)))
}

/** DeMark's pivot levels of each bar; rule `backtrader` exchanges two of its cases as upstream does. */
export function demarkPivot(
  bars: BarLines,
  rule: 'demark' | 'backtrader' = 'demark',
): { readonly p: Line; readonly s1: Line; readonly r1: Line } {
  return outputsOf(['p', 's1', 'r1'], indicator(demarkPivotDefinition, { rule }, wholeBar(bars)))
}

export interface FractalOptions {
  readonly period?: number
  /** Bars after the turn. */
  readonly after?: number
  readonly distance?: number
}

/** Turns of highs and lows, defined on the bars on which they become known. */
export function fractal(
  bars: BarLines,
  options: FractalOptions = {},
): { readonly bearish: Line; readonly bullish: Line } {
  return outputsOf(['bearish', 'bullish'], indicator(fractalDefinition, { ...options }, [bars.high, bars.low]))
}

/** Heikin-Ashi candles. */
export function heikinAshi(bars: BarLines): {
  readonly open: Line
  readonly high: Line
  readonly low: Line
  readonly close: Line
} {
  return outputsOf(['open', 'high', 'low', 'close'], indicator(heikinAshiDefinition, {}, wholeBar(bars)))
}

/** Body of the Heikin-Ashi candles and its average. */
export function heikinAshiDelta(
  bars: BarLines,
  period = 3,
  average: AverageKind = 'sma',
): { readonly delta: Line; readonly smoothed: Line } {
  const lines = indicator(heikinAshiDeltaDefinition, { period, average }, wholeBar(bars))
  return outputsOf(['delta', 'smoothed'], lines)
}
