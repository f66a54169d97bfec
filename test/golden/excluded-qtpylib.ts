/**
 * Where the reference files hold numbers of qtpylib that need bars which come later, so that no honest indicator can have
 * them; everything else of these functions is compared. Each with the row of the defect register (01 section 30).
 */
export interface ExcludedFunction {
  readonly function: string
  readonly row: string
  readonly reason: string
  /** By line, the first bar that is compared; absent: the line is not. */
  readonly from: Readonly<Record<string, (params: Readonly<Record<string, number>>) => number>>
}

export const excludedFunctions: readonly ExcludedFunction[] = [
  {
    function: 'rsi',
    row: 'X-20 (look-ahead)',
    reason: 'upstream fills the first window + 1 bars from changes that come later; compared from where they are known',
    from: { value: ({ window = 14 }) => window + 1 },
  },
  {
    function: 'tdi',
    row: 'X-20 (look-ahead)',
    reason: 'the first values stand on that filled RSI; compared from where no filled value is in the window',
    from: {
      rsi: ({ rsi_lookback = 13 }) => rsi_lookback + 1,
      rsi_signal: ({ rsi_lookback = 13, rsi_signal_len = 7 }) => rsi_lookback + rsi_signal_len,
      rsi_smooth: ({ rsi_lookback = 13, rsi_smooth_len = 2 }) => rsi_lookback + rsi_smooth_len,
      rsi_bb_upper: ({ rsi_lookback = 13, bb_lookback = 34 }) => rsi_lookback + bb_lookback,
      rsi_bb_lower: ({ rsi_lookback = 13, bb_lookback = 34 }) => rsi_lookback + bb_lookback,
      rsi_bb_mid: ({ rsi_lookback = 13, bb_lookback = 34 }) => rsi_lookback + bb_lookback,
    },
  },
  {
    function: 'cci',
    row: 'X-20',
    reason: 'upstream divides by the deviation of the whole series, later bars included; ours uses the window’s',
    from: {},
  },
]
