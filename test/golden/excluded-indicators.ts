/**
 * Where the reference files hold a defect of backtrader that is fixed here: by class, with the row of the defect
 * register (01 section 30). The reference runner prints every one of them.
 */
export interface ExcludedLines {
  readonly class: string
  /** Lines that are not compared at all; the others of the case still are. */
  readonly lines: readonly string[]
  readonly row: string
  readonly reason: string
}

/**
 * Lines that backtrader writes into the past: ours is compared with it where its value became known, so the last bars of
 * the file have no counterpart.
 */
export interface LaterLines {
  readonly class: string
  readonly lines: readonly string[]
  /** How many bars later ours has the value; a name is a parameter of the case. */
  readonly bars: number | string
}

export const excludedIndicatorLines: readonly ExcludedLines[] = [
  {
    class: 'ZeroLagIndicatorEnvelope',
    lines: ['top', 'bot'],
    row: 'X-07',
    reason: 'upstream never computes the bands (always NaN); ours are 2.5 % around the line',
  },
  {
    class: 'ZeroLagIndicatorOscillator',
    lines: ['ec'],
    row: 'X-07',
    reason: 'upstream shows the average itself; ours is the distance of the prices from it',
  },
  {
    class: 'Ichimoku',
    lines: [],
    row: 'X-07 (L-09)',
    reason: 'chikou_span is compared where its close became known; its last bars, where upstream wraps around, are not',
  },
]

export const laterIndicatorLines: readonly LaterLines[] = [
  { class: 'Ichimoku', lines: ['chikou_span'], bars: 'chikou' },
  { class: 'Fractal', lines: ['fractal_bearish', 'fractal_bullish'], bars: 2 },
]

/**
 * Small differences of large prices, which upstream takes from a matrix inversion with that much noise: they agree within
 * 1e-9 of a unit, not of the difference.
 */
export const noisyIndicatorLines: readonly { readonly class: string; readonly lines: readonly string[] }[] = [
  { class: 'OLS_TransformationN', lines: ['spread', 'spread_mean'] },
]

/**
 * Where the reference files hold numbers of qtpylib that need bars which come later, so that no honest indicator can have
 * them; everything else of these functions is compared. Each with the row of the defect register (01 section 30).
 */
export interface ExcludedFunction {
  readonly function: string
  readonly row: string
  readonly reason: string
  /** By line, the first bar that is compared, from our parameters; absent: the line is not. */
  readonly from: Readonly<Record<string, (params: Readonly<Record<string, number>>) => number>>
}

export const excludedFunctions: readonly ExcludedFunction[] = [
  {
    function: 'rsi',
    row: 'X-20 (look-ahead)',
    reason: 'upstream fills the first window + 1 bars from changes that come later; compared from where they are known',
    from: { value: ({ window = 0 }) => window + 1 },
  },
  {
    function: 'tdi',
    row: 'X-20 (look-ahead)',
    reason: 'the first values stand on that filled RSI; compared from where no filled value is in the window',
    from: {
      rsi: ({ rsiLookback = 0 }) => rsiLookback + 1,
      rsi_signal: ({ rsiLookback = 0, rsiSignal = 0 }) => rsiLookback + rsiSignal,
      rsi_smooth: ({ rsiLookback = 0, rsiSmooth = 0 }) => rsiLookback + rsiSmooth,
      rsi_bb_upper: ({ rsiLookback = 0, bbLookback = 0 }) => rsiLookback + bbLookback,
      rsi_bb_lower: ({ rsiLookback = 0, bbLookback = 0 }) => rsiLookback + bbLookback,
      rsi_bb_mid: ({ rsiLookback = 0, bbLookback = 0 }) => rsiLookback + bbLookback,
    },
  },
  {
    function: 'cci',
    row: 'X-20',
    reason: 'upstream divides by the deviation of the whole series, later bars included; ours uses the window’s',
    from: {},
  },
]

/**
 * Deviations of values that are all equal: numpy's mean of them may be off by a rounding, so that it answers 1e-14 where
 * ours is 0. As much of the price does not count.
 */
export const noisyFunctions: Readonly<Record<string, number>> = { rolling_std: 1e-13, numpy_rolling_std: 1e-13 }
