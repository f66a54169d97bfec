import type { AverageKind } from './averages.ts'
import { chandelierDefinition, donchianDefinition, keltnerDefinition, supertrendDefinition } from './channels.ts'
import { indicator, only, outputsOf, rangeOf } from './derived-lines.ts'
import type { BarLines } from './graph.ts'
import type { Line } from './line.ts'
import { chaikinMoneyFlowDefinition, forceIndexDefinition } from './money-flows.ts'
import { elderRayDefinition } from './power-studies.ts'
import { connorsRsiDefinition, stochasticRsiDefinition } from './rsi-studies.ts'
import { almaDefinition } from './smooth-averages.ts'
import { localTimeOf } from './study.ts'
import { volumeProfileDefinition } from './volume-profile.ts'
import {
  anchoredVwapDefinition,
  rollingVwapDefinition,
  volumeWeightedAverageDefinition,
  vwapDefinition,
} from './vwap.ts'
import { zigzagDefinition } from './zigzag.ts'

/** VWAP, channels and trends for strategies; see lines.ts. */

const traded = (bars: BarLines): [Line, Line, Line, Line] => [bars.high, bars.low, bars.close, bars.volume]
const bandNames = ['vwap', 'upper', 'lower'] as const

export type VwapLines = { readonly vwap: Line; readonly upper: Line; readonly lower: Line }

export interface VwapOptions {
  readonly period?: 'day' | 'week' | 'month' | 'year'
  /** Minutes after midnight, on the clock of the exchange, at which a session begins. */
  readonly start?: number
  /** Bands: volume-weighted deviations. */
  readonly width?: number
}

/** Volume-weighted average price since the session, week, month or year began, with bands. */
export function vwap(bars: BarLines, options: VwapOptions = {}): VwapLines {
  const inputs: [Line, ...Line[]] = [...traded(bars), localTimeOf(bars)]
  return outputsOf(bandNames, indicator(vwapDefinition, { ...options }, inputs))
}

/** Volume-weighted average price of the last `period` bars, with bands. */
export function rollingVwap(bars: BarLines, period = 20, width = 2): VwapLines {
  return outputsOf(bandNames, indicator(rollingVwapDefinition, { period, width }, traded(bars)))
}

/** Volume-weighted average price since a date of the exchange, 20240131, and a minute of that day; undefined before. */
export function anchoredVwap(bars: BarLines, date: number, minute = 0, width = 2): VwapLines {
  const inputs: [Line, ...Line[]] = [...traded(bars), localTimeOf(bars)]
  return outputsOf(bandNames, indicator(anchoredVwapDefinition, { date, minute, width }, inputs))
}

/** Volume-weighted moving average. */
export function vwma(bars: BarLines, period = 20): Line {
  return only(volumeWeightedAverageDefinition, { period }, [bars.close, bars.volume])
}

/** Supertrend: the level, and the same on bars of a rising or a falling trend only. */
export function supertrend(
  bars: BarLines,
  period = 10,
  factor = 3,
): { readonly supertrend: Line; readonly rising: Line; readonly falling: Line } {
  const names = ['supertrend', 'rising', 'falling'] as const
  return outputsOf(names, indicator(supertrendDefinition, { period, factor }, rangeOf(bars)))
}

export interface KeltnerOptions {
  readonly period?: number
  readonly rangePeriod?: number
  readonly factor?: number
  readonly average?: AverageKind
  readonly rangeAverage?: AverageKind
  readonly price?: 'close' | 'typical'
}

/** Keltner channel: EMA 20 and ATR 10 unless told; average sma and price typical make it Keltner's own. */
export function keltner(
  bars: BarLines,
  options: KeltnerOptions = {},
): { readonly middle: Line; readonly upper: Line; readonly lower: Line } {
  return outputsOf(['middle', 'upper', 'lower'], indicator(keltnerDefinition, { ...options }, rangeOf(bars)))
}

/** Donchian channel of the last `period` bars, this one included; for a breakout take `.ago(1)`. */
export function donchian(
  bars: BarLines,
  period = 20,
): { readonly upper: Line; readonly middle: Line; readonly lower: Line } {
  return outputsOf(['upper', 'middle', 'lower'], indicator(donchianDefinition, { period }, [bars.high, bars.low]))
}

/** Chandelier exit for long and for short positions. */
export function chandelierExit(bars: BarLines, period = 22, factor = 3): { readonly long: Line; readonly short: Line } {
  return outputsOf(['long', 'short'], indicator(chandelierDefinition, { period, factor }, rangeOf(bars)))
}

/** Turns of at least `percent` %, each told on the bar that confirms it. */
export function zigzag(bars: BarLines, percent = 5): { readonly peak: Line; readonly trough: Line } {
  return outputsOf(['peak', 'trough'], indicator(zigzagDefinition, { percent }, [bars.high, bars.low]))
}

/** Volume profile of the last `period` bars: the price with most volume and the value area around it. */
export function volumeProfile(
  bars: BarLines,
  period = 100,
  rows = 24,
  share = 0.7,
): { readonly poc: Line; readonly high: Line; readonly low: Line } {
  const inputs: [Line, Line, Line] = [bars.high, bars.low, bars.volume]
  return outputsOf(['poc', 'high', 'low'], indicator(volumeProfileDefinition, { period, rows, share }, inputs))
}

/** Chaikin money flow, −1 … 1. */
export function chaikinMoneyFlow(bars: BarLines, period = 20): Line {
  return only(chaikinMoneyFlowDefinition, { period }, traded(bars))
}

/** Elder's force index. */
export function forceIndex(bars: BarLines, period = 13): Line {
  return only(forceIndexDefinition, { period }, [bars.close, bars.volume])
}

/** Elder's bull and bear power. */
export function elderRay(bars: BarLines, period = 13): { readonly bull: Line; readonly bear: Line } {
  return outputsOf(['bull', 'bear'], indicator(elderRayDefinition, { period }, rangeOf(bars)))
}

/** Connors RSI, 0 … 100. */
export function connorsRsi(source: Line, period = 3, streak = 2, rank = 100): Line {
  return only(connorsRsiDefinition, { period, streak, rank }, [source])
}

/** Stochastic of the RSI, 0 … 100. */
export function stochasticRsi(source: Line, period = 14, window = 14): { readonly k: Line; readonly d: Line } {
  return outputsOf(['k', 'd'], indicator(stochasticRsiDefinition, { period, window }, [source]))
}

/** Arnaud Legoux moving average. */
export function alma(source: Line, period = 9, offset = 0.85, sigma = 6): Line {
  return only(almaDefinition, { period, offset, sigma }, [source])
}
