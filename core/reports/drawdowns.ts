/** One fall from a peak until the peak is reached again. */
export interface Drawdown {
  /** When the peak was last held; NaN when the fall began before the first row. */
  readonly peakTime: number
  readonly valleyTime: number
  /** When the peak was reached again; NaN while it has not been. */
  readonly recoveryTime: number
  /** Ratio of the peak, > 0. */
  readonly depth: number
  /** The peak less the valley, in units of the curve. */
  readonly loss: number
  /** Rows below the peak. */
  readonly rows: number
}

/**
 * The falls of a curve in time order. The curve starts at `start` before its first row, so that a loss in the first
 * row counts.
 */
export function drawdownsOf(time: Float64Array, curve: Float64Array, start: number): Drawdown[] {
  const found: Drawdown[] = []
  let peak = start
  let peakTime = Number.NaN
  let open: { valley: number; valleyTime: number; rows: number } | undefined
  const close = (recoveryTime: number) => {
    if (open === undefined) return
    const loss = peak - open.valley
    found.push({ peakTime, valleyTime: open.valleyTime, recoveryTime, depth: loss / peak, loss, rows: open.rows })
    open = undefined
  }
  for (let row = 0; row < curve.length; row++) {
    const value = curve[row] as number
    const now = time[row] as number
    if (value >= peak) {
      close(now)
      peak = value
      peakTime = now
    } else if (open === undefined) open = { valley: value, valleyTime: now, rows: 1 }
    else {
      open.rows++
      if (value < open.valley) {
        open.valley = value
        open.valleyTime = now
      }
    }
  }
  close(Number.NaN)
  return found
}

/** Depth below the highest value so far, a ratio ≥ 0, at each row. */
export function drawdownColumn(curve: Float64Array, start: number): Float64Array {
  let peak = start
  return curve.map((value) => {
    if (value > peak) peak = value
    return peak > 0 ? (peak - value) / peak : Number.NaN
  })
}
