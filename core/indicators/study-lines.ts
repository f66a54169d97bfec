import { DomainError } from '../domain/errors.ts'
import { dynamicSmoothingDefinition, exponentialSmoothingDefinition, kamaDefinition } from './adaptive.ts'
import { aroonDefinition } from './aroon.ts'
import type { AverageKind } from './averages.ts'
import { ultimateDefinition, vortexDefinition } from './bar-oscillators.ts'
import { indicator, only, outputsOf, rangeOf } from './derived-lines.ts'
import { envelopeDefinition } from './envelopes.ts'
import { dicksonDefinition, zeroLagDefinition } from './error-correction.ts'
import type { BarLines } from './graph.ts'
import { ichimokuDefinition } from './ichimoku.ts'
import { laguerreFilterDefinition, laguerreRsiDefinition } from './laguerre.ts'
import type { Line } from './line.ts'
import { parabolicSarDefinition } from './parabolic-sar.ts'
import { percentPriceOscillatorDefinition, priceOscillatorDefinition } from './price-oscillators.ts'
import { accelerationDefinition, awesomeDefinition, dpoDefinition, prettyGoodDefinition } from './price-studies.ts'
import { dv2Definition } from './ranks.ts'
import { knowSureThingDefinition, trixDefinition, trueStrengthDefinition } from './smoothed-momentum.ts'
import { williamsAdDefinition } from './true-ranges.ts'
import { weightedSum } from './window-functions.ts'

/** More averages, bands, trends and oscillators for strategies; see lines.ts. */

/** Kaufman's adaptive moving average. */
export function kama(source: Line, period = 30, fast = 2, slow = 30): Line {
  return only(kamaDefinition, { period, fast, slow }, [source])
}

/** Ehlers' zero-lag indicator: an exponential average corrected towards the values; gain in tenths. */
export function zeroLag(source: Line, period = 30, gainLimit = 50): Line {
  return only(zeroLagDefinition, { period, gainLimit }, [source])
}

/** Dickson's moving average: the mean of zero-lag indicator and Hull moving average. */
export function dickson(source: Line, period = 30, hullPeriod = 7, gainLimit = 50): Line {
  return only(dicksonDefinition, { period, hullPeriod, gainLimit }, [source])
}

/** Exponential smoothing by a number or, bar by bar, by a line of weights; starts at the mean of `period` values. */
export function exponentialSmoothing(source: Line, period: number, alpha: number | Line): Line {
  if (typeof alpha === 'number') return only(exponentialSmoothingDefinition, { period, alpha }, [source])
  return only(dynamicSmoothingDefinition, { period }, [source, alpha])
}

/**
 * coefficient · sum of weight · value over as many bars as there are weights, oldest first; an average unless told
 * otherwise. Throws `param.invalid` without weights or when they add up to 0 and no coefficient is given.
 */
export function weightedAverage(source: Line, weights: readonly number[], coefficient?: number): Line {
  const factor = coefficient ?? 1 / weights.reduce((sum, weight) => sum + weight, 0)
  if (weights.length === 0 || !Number.isFinite(factor)) {
    const asked = { indicator: 'weighted-average', name: 'weights', value: weights.join(', ') }
    throw new DomainError('param.invalid', { ...asked, rule: 'one or more numbers whose sum is not 0' })
  }
  return only(weightedSum(weights, factor), {}, [source])
}

/** Ehlers' Laguerre filter; starts from 0. */
export function laguerreFilter(source: Line, gamma = 0.5): Line {
  return only(laguerreFilterDefinition, { gamma }, [source])
}

/** Ehlers' Laguerre RSI, 0 … 1. */
export function laguerreRsi(source: Line, gamma = 0.5): Line {
  return only(laguerreRsiDefinition, { gamma }, [source])
}

/** Bands `percent` % around any line: `envelope(sma(i.close, 30))`. */
export function envelope(
  source: Line,
  percent = 2.5,
): { readonly middle: Line; readonly upper: Line; readonly lower: Line } {
  return outputsOf(['middle', 'upper', 'lower'], indicator(envelopeDefinition, { percent }, [source]))
}

/** Aroon up and down, 0 … 100, and their difference. */
export function aroon(
  bars: BarLines,
  period = 14,
): { readonly up: Line; readonly down: Line; readonly oscillator: Line } {
  return outputsOf(['up', 'down', 'oscillator'], indicator(aroonDefinition, { period }, [bars.high, bars.low]))
}

/** Vortex, upward and downward. */
export function vortex(bars: BarLines, period = 14): { readonly plus: Line; readonly minus: Line } {
  return outputsOf(['plus', 'minus'], indicator(vortexDefinition, { period }, rangeOf(bars)))
}

/** Parabolic stop and reverse. */
export function parabolicSar(bars: BarLines, step = 0.02, limit = 0.2): Line {
  return only(parabolicSarDefinition, { step, limit }, rangeOf(bars))
}

export interface IchimokuOptions {
  readonly tenkan?: number
  readonly kijun?: number
  readonly senkou?: number
  readonly lead?: number
  readonly chikou?: number
}

/** Ichimoku cloud. `chikou` is the close itself: charts draw it `chikou` bars back, a strategy never sees later closes. */
export function ichimoku(
  bars: BarLines,
  options: IchimokuOptions = {},
): { readonly tenkan: Line; readonly kijun: Line; readonly spanA: Line; readonly spanB: Line; readonly chikou: Line } {
  const names = ['tenkan', 'kijun', 'spanA', 'spanB', 'chikou'] as const
  return outputsOf(names, indicator(ichimokuDefinition, { ...options }, rangeOf(bars)))
}

/** Ultimate oscillator over three windows, 0 … 100. */
export function ultimate(bars: BarLines, short = 7, middle = 14, long = 28): Line {
  return only(ultimateDefinition, { short, middle, long }, rangeOf(bars))
}

/** Awesome oscillator of the bars' middles. */
export function awesome(bars: BarLines, fast = 5, slow = 34, average: AverageKind = 'sma'): Line {
  return only(awesomeDefinition, { fast, slow, average }, [bars.high, bars.low])
}

/** Acceleration/deceleration: the awesome oscillator less its average. */
export function acceleration(bars: BarLines, period = 5, average: AverageKind = 'sma'): Line {
  return only(accelerationDefinition, { period, average }, [bars.high, bars.low])
}

export interface TrixOptions {
  readonly rate?: number
  readonly signal?: number
  readonly average?: AverageKind
}

/** Rate of change of a triple average, percent, and its signal line. */
export function trix(
  source: Line,
  period = 15,
  options: TrixOptions = {},
): { readonly trix: Line; readonly signal: Line } {
  return outputsOf(['trix', 'signal'], indicator(trixDefinition, { period, ...options }, [source]))
}

export interface StrengthOptions {
  readonly first?: number
  readonly second?: number
  readonly change?: number
  readonly average?: AverageKind
}

/** True strength index, −100 … 100. */
export function trueStrength(source: Line, options: StrengthOptions = {}): Line {
  return only(trueStrengthDefinition, { ...options }, [source])
}

/** Know sure thing and its signal line; parameters as in the catalogue (`rate1` … `weight4`). */
export function knowSureThing(
  source: Line,
  params: Readonly<Record<string, number | string>> = {},
): { readonly kst: Line; readonly signal: Line } {
  return outputsOf(['kst', 'signal'], indicator(knowSureThingDefinition, params, [source]))
}

/** Detrended price oscillator. */
export function detrendedPrice(source: Line, period = 20, average: AverageKind = 'sma'): Line {
  return only(dpoDefinition, { period, average }, [source])
}

/** Pretty good oscillator: distance of the close from its average in true ranges. */
export function prettyGood(bars: BarLines, period = 14, average: AverageKind = 'sma'): Line {
  return only(prettyGoodDefinition, { period, average }, rangeOf(bars))
}

/** DV2, 0 … 100. */
export function dv2(bars: BarLines, period = 252, smooth = 2): Line {
  return only(dv2Definition, { period, smooth }, rangeOf(bars))
}

/** Williams' accumulation/distribution. */
export function williamsAd(bars: BarLines): Line {
  return only(williamsAdDefinition, {}, rangeOf(bars))
}

/** Absolute price oscillator: fast average less slow average. */
export function priceOscillator(source: Line, fast = 12, slow = 26, average: AverageKind = 'ema'): Line {
  return only(priceOscillatorDefinition, { fast, slow, average }, [source])
}

export interface PercentOscillatorOptions {
  readonly fast?: number
  readonly slow?: number
  readonly signal?: number
  readonly average?: AverageKind
  /** The average that 100 % refers to. */
  readonly base?: 'slow' | 'fast'
}

/** Percentage price oscillator, its signal line and their difference. */
export function percentOscillator(
  source: Line,
  options: PercentOscillatorOptions = {},
): { readonly ppo: Line; readonly signal: Line; readonly histogram: Line } {
  const lines = indicator(percentPriceOscillatorDefinition, { ...options }, [source])
  return outputsOf(['ppo', 'signal', 'histogram'], lines)
}
