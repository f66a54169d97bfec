import { DomainError } from '../../domain/errors.ts'

/** How a history is cut for walking forward; lengths in bars. */
export interface WalkForwardTerms {
  /** Rolling: the training part moves along. Anchored: it always begins with the first bar and grows. */
  readonly kind: 'rolling' | 'anchored'
  /** Bars on which parameters are chosen (anchored: in the first window). */
  readonly inSample: number
  /** Bars on which the chosen parameters are then run; windows advance by as many. */
  readonly outOfSample: number
}

/** One window, as bar indices: parameters chosen on [from, cut), run on [cut, to). */
export interface WalkWindow {
  readonly from: number
  readonly cut: number
  readonly to: number
}

/** More windows than this are refused: each is an optimisation of its own. */
export const maxWindows = 1_000

/**
 * The windows of a history of `bars` bars. The last one may have a shorter out-of-sample part, so that no bar after
 * the first training part is left out. Throws `walkforward.windows` when not even one window fits, or too many do.
 */
export function walkWindows(bars: number, { kind, inSample, outOfSample }: WalkForwardTerms): WalkWindow[] {
  if (bars <= inSample) throw new DomainError('walkforward.windows', { reason: 'short', bars, need: inSample + 1 })
  const count = Math.ceil((bars - inSample) / outOfSample)
  if (count > maxWindows)
    throw new DomainError('walkforward.windows', { reason: 'many', windows: count, limit: maxWindows })
  return Array.from({ length: count }, (_, k) => {
    const cut = inSample + k * outOfSample
    return { from: kind === 'anchored' ? 0 : cut - inSample, cut, to: Math.min(bars, cut + outOfSample) }
  })
}

/** Part of an equity curve that belongs to one window. */
export interface CurvePart {
  readonly time: Float64Array
  readonly equity: Float64Array
  readonly exposure: Float64Array
}

/**
 * Out-of-sample curves one after the other as one account that carries its gains on: each part is scaled so that it
 * begins with what the part before left. Drawdown is that of the whole.
 */
export function stitchCurves(
  parts: readonly CurvePart[],
  cash: number,
): { time: Float64Array; equity: Float64Array; drawdown: Float64Array; exposure: Float64Array } {
  const rows = parts.reduce((sum, { time }) => sum + time.length, 0)
  const names = ['time', 'equity', 'drawdown', 'exposure'] as const
  const [time, equity, drawdown, exposure] = names.map(() => new Float64Array(rows)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  let row = 0
  let base = cash
  let peak = cash
  for (const part of parts) {
    const scale = base / cash
    for (let k = 0; k < part.time.length; k++, row++) {
      const value = (part.equity[k] as number) * scale
      if (value > peak) peak = value
      time[row] = part.time[k] as number
      equity[row] = value
      exposure[row] = part.exposure[k] as number
      drawdown[row] = peak > 0 ? (peak - value) / peak : Number.NaN
    }
    base = row > 0 ? (equity[row - 1] as number) : base
  }
  return { time, equity, drawdown, exposure }
}
