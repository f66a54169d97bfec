import { DomainError } from '../domain/errors.ts'
import { accumulationDefinition, allDefinition, anyDefinition } from './accumulations.ts'
import { cointegrationDefinition } from './cointegration.ts'
import {
  downDayDefinition,
  downMoveDefinition,
  isDownDayDefinition,
  isUpDayDefinition,
  upDayDefinition,
} from './day-moves.ts'
import { maxPeriod } from './definition.ts'
import { indicator, only, outputsOf } from './derived-lines.ts'
import {
  barsSinceHighestDefinition,
  barsSinceLowestDefinition,
  barsSinceOldestHighestDefinition,
  barsSinceOldestLowestDefinition,
} from './extreme-positions.ts'
import { hurstDefinition } from './hurst.ts'
import type { Line, Operand } from './line.ts'
import { percentRankDefinition } from './ranks.ts'
import { momentumOscillatorDefinition, percentChangeDefinition } from './rates.ts'
import { pairSpreadDefinition, regressionDefinition } from './regressions.ts'
import { windowFunction } from './window-functions.ts'

/** Statistics of the last bars for strategies; see lines.ts. */

/** Bars since the highest of the last `period` values, 0 = now; of equal ones the newest counts unless told. */
export function barsSinceHighest(source: Line, period: number, among: 'newest' | 'oldest' = 'newest'): Line {
  const definition = among === 'newest' ? barsSinceHighestDefinition : barsSinceOldestHighestDefinition
  return only(definition, { period }, [source])
}

/** Bars since the lowest of the last `period` values, 0 = now; of equal ones the newest counts unless told. */
export function barsSinceLowest(source: Line, period: number, among: 'newest' | 'oldest' = 'newest'): Line {
  const definition = among === 'newest' ? barsSinceLowestDefinition : barsSinceOldestLowestDefinition
  return only(definition, { period }, [source])
}

/** Running sum from `seed`. */
export function accumulation(source: Line, seed = 0): Line {
  return only(accumulationDefinition, { seed }, [source])
}

/** 1 where one of the last `period` values is not 0, else 0. */
export function anyTrue(source: Line, period: number): Line {
  return only(anyDefinition, { period }, [source])
}

/** 1 where each of the last `period` values is not 0, else 0. */
export function allTrue(source: Line, period: number): Line {
  return only(allDefinition, { period }, [source])
}

/** By how much x rose over `period` bars, 0 when it fell. */
export function upDay(source: Line, period = 1): Line {
  return only(upDayDefinition, { period }, [source])
}

/** By how much x fell over `period` bars, 0 when it rose. */
export function downDay(source: Line, period = 1): Line {
  return only(downDayDefinition, { period }, [source])
}

/** 1 where x rose over `period` bars, else 0. */
export function isUpDay(source: Line, period = 1): Line {
  return only(isUpDayDefinition, { period }, [source])
}

/** 1 where x fell over `period` bars, else 0. */
export function isDownDay(source: Line, period = 1): Line {
  return only(isDownDayDefinition, { period }, [source])
}

/** x `period` bars ago less x. */
export function downMove(source: Line, period = 1): Line {
  return only(downMoveDefinition, { period }, [source])
}

/** 100 · x / x `period` bars ago. */
export function momentumOscillator(source: Line, period = 12): Line {
  return only(momentumOscillatorDefinition, { period }, [source])
}

/** x / x `period` bars ago − 1: 0.01 = 1 %. */
export function percentChange(source: Line, period = 30): Line {
  return only(percentChangeDefinition, { period }, [source])
}

/** Share of the last `period` values that are below this one, 0 … 1. */
export function percentRank(source: Line, period = 50): Line {
  return only(percentRankDefinition, { period }, [source])
}

/** Hurst exponent of the last `period` ≥ 8 values: about 0.5 for a random walk. */
export function hurst(source: Line, period = 40): Line {
  return only(hurstDefinition, { period }, [source])
}

/** Least squares a = intercept + slope · b over the last `period` ≥ 3 bars. */
export function regression(a: Line, b: Operand, period = 10): { readonly slope: Line; readonly intercept: Line } {
  return outputsOf(['slope', 'intercept'], indicator(regressionDefinition, { period }, [a, b]))
}

/** Spread of `a` over its regression on `b`, with mean, deviation and z-score over `period` bars. */
export function pairSpread(
  a: Line,
  b: Operand,
  period = 10,
  fit = 10,
): { readonly spread: Line; readonly mean: Line; readonly deviation: Line; readonly zScore: Line } {
  const names = ['spread', 'mean', 'deviation', 'zScore'] as const
  return outputsOf(names, indicator(pairSpreadDefinition, { period, fit }, [a, b]))
}

/**
 * Engle–Granger test over `period` bars: `score`, the Dickey–Fuller t statistic of the residuals of `a` on `b`, and
 * `pvalue`; below 0.05 the two hold together. `trend` is in the regression: `c` constant, `ct` with a slope, `ctt` with a
 * square too, `n` none.
 */
export function cointegration(
  a: Line,
  b: Operand,
  period = 100,
  trend: 'c' | 'ct' | 'ctt' | 'n' = 'c',
): { readonly score: Line; readonly pvalue: Line } {
  return outputsOf(['score', 'pvalue'], indicator(cointegrationDefinition, { period, trend }, [a, b]))
}

/**
 * What your own function answers for the last `period` values, oldest first (backtrader's ApplyN, ReduceN). The array is
 * reused, so the function must not keep it. Throws `param.invalid` for a period that is none.
 */
export function applyWindow(source: Line, period: number, answer: (values: Float64Array) => number): Line {
  if (!Number.isInteger(period) || period < 1 || period > maxPeriod) {
    const asked = { indicator: 'window-function', name: 'period', value: String(period) }
    throw new DomainError('param.invalid', { ...asked, rule: `a whole number, 1 … ${maxPeriod}` })
  }
  return only(windowFunction(period, answer), {}, [source])
}
