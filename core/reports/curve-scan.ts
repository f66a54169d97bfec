const dayMs = 86_400_000
const blockRows = 8192

/** The columns of an equity curve; drawdown and exposure are ratios. */
export interface EquityCurve {
  readonly time: Float64Array
  readonly equity: Float64Array
  readonly drawdown: Float64Array
  readonly exposure: Float64Array
}

/** What one pass over the curve finds. */
export interface CurveFacts {
  /** Return of each UTC day that has a row: its last equity over that of the day before, the first over the start. */
  readonly dailyReturns: Float64Array
  readonly maxDrawdown: number
  readonly maxDrawdownMoney: number
  /** Longest time from a peak until it is reached again or the curve ends, milliseconds. */
  readonly longestDrawdownMs: number
  readonly exposedRows: number
  readonly exposureSum: number
}

/** Running figures, in one typed array so that a block's loop keeps them in registers. */
const at = {
  peak: 0,
  maxDrawdown: 1,
  maxMoney: 2,
  peakTime: 3,
  longest: 4,
  exposed: 5,
  exposureSum: 6,
  day: 7,
} as const

/** Scans a curve that starts with `initialCash`; NaN figures where it has no rows. */
export function scanCurve(curve: EquityCurve, initialCash: number): CurveFacts {
  const { time, equity } = curve
  const rows = time.length
  const state = new Float64Array(8)
  state[at.peak] = initialCash
  state[at.peakTime] = time[0] ?? Number.NaN
  state[at.day] = Math.floor((time[0] ?? Number.NaN) / dayMs)
  const dayEnds: number[] = []
  // In blocks: a function entered often is optimised, one endless loop is not
  for (let from = 0; from < rows; from += blockRows)
    scanBlock(curve, from, Math.min(rows, from + blockRows), state, dayEnds)
  if (rows > 0) dayEnds.push(rows - 1)
  return {
    dailyReturns: returnsOf(dayEnds, equity, initialCash),
    maxDrawdown: rows > 0 ? (state[at.maxDrawdown] as number) : Number.NaN,
    maxDrawdownMoney: state[at.maxMoney] as number,
    longestDrawdownMs: state[at.longest] as number,
    exposedRows: state[at.exposed] as number,
    exposureSum: state[at.exposureSum] as number,
  }
}

function scanBlock(curve: EquityCurve, from: number, to: number, state: Float64Array, dayEnds: number[]): void {
  const { time, equity, drawdown, exposure } = curve
  let peak = state[at.peak] as number
  let worst = state[at.maxDrawdown] as number
  let money = state[at.maxMoney] as number
  let peakTime = state[at.peakTime] as number
  let longest = state[at.longest] as number
  let exposed = state[at.exposed] as number
  let exposureSum = state[at.exposureSum] as number
  let day = state[at.day] as number
  for (let row = from; row < to; row++) {
    const now = time[row] as number
    if (now >= (day + 1) * dayMs) {
      dayEnds.push(row - 1)
      day = Math.floor(now / dayMs)
    }
    const value = equity[row] as number
    if (value > peak) peak = value
    else if (peak - value > money) money = peak - value
    const fall = drawdown[row] as number
    if (fall > worst) worst = fall
    if (now - peakTime > longest) longest = now - peakTime
    if (fall === 0) peakTime = now
    const used = exposure[row] as number
    if (used !== 0) exposed++
    exposureSum += used
  }
  state.set([peak, worst, money, peakTime, longest, exposed, exposureSum, day])
}

function returnsOf(dayEnds: readonly number[], equity: Float64Array, initialCash: number): Float64Array {
  let before = initialCash
  return Float64Array.from(dayEnds, (row) => {
    const value = equity[row] as number
    const change = value / before - 1
    before = value
    return change
  })
}
