const dayMs = 86_400_000
const blockRows = 1024

/** The account's value over time. */
export interface EquityCurve {
  readonly time: Float64Array
  readonly equity: Float64Array
}

/** What one pass over the curve finds. */
export interface CurveFacts {
  /** Return of each UTC day that has a row: its last equity over that of the day before, the first over the start. */
  readonly dailyReturns: Float64Array
  /** Start of each of those days. */
  readonly dayTimes: Float64Array
  readonly maxDrawdown: number
  readonly maxDrawdownMoney: number
  /** Longest time from a peak until it is reached again or the curve ends, milliseconds. */
  readonly longestDrawdownMs: number
}

/** Running figures, in one typed array so that a block's loop keeps them in registers. */
const at = {
  peak: 0,
  maxDrawdown: 1,
  maxMoney: 2,
  peakTime: 3,
  longest: 4,
  curvePeak: 5,
  day: 6,
} as const

/** Scans a curve that starts with `initialCash`; NaN figures where it has no rows. */
export function scanCurve(curve: EquityCurve, initialCash: number): CurveFacts {
  const { time, equity } = curve
  const rows = time.length
  const state = new Float64Array(7)
  state[at.peak] = initialCash
  state[at.curvePeak] = Number.NEGATIVE_INFINITY
  state[at.peakTime] = time[0] ?? Number.NaN
  state[at.day] = Math.floor((time[0] ?? Number.NaN) / dayMs)
  const dayEnds: number[] = []
  // In blocks: a function entered often is optimised, one endless loop is not
  for (let from = 0; from < rows; from += blockRows)
    scanBlock(curve, from, Math.min(rows, from + blockRows), state, dayEnds)
  if (rows > 0) dayEnds.push(rows - 1)
  return {
    dailyReturns: returnsOf(dayEnds, equity, initialCash),
    dayTimes: Float64Array.from(dayEnds, (row) => Math.floor((time[row] as number) / dayMs) * dayMs),
    maxDrawdown: rows > 0 ? (state[at.maxDrawdown] as number) : Number.NaN,
    maxDrawdownMoney: state[at.maxMoney] as number,
    longestDrawdownMs: state[at.longest] as number,
  }
}

function scanBlock(curve: EquityCurve, from: number, to: number, state: Float64Array, dayEnds: number[]): void {
  const { time, equity } = curve
  let peak = state[at.peak] as number
  let worst = state[at.maxDrawdown] as number
  let money = state[at.maxMoney] as number
  let peakTime = state[at.peakTime] as number
  let longest = state[at.longest] as number
  let curvePeak = state[at.curvePeak] as number
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
    if (now - peakTime > longest) longest = now - peakTime
    if (value >= curvePeak) {
      curvePeak = value
      peakTime = now
    } else if (curvePeak > 0 && curvePeak - value > worst * curvePeak) worst = (curvePeak - value) / curvePeak
  }
  state.set([peak, worst, money, peakTime, longest, curvePeak, day])
}

/** Loss since the highest equity so far as a ratio ≥ 0, row by row; NaN after a peak of nothing. */
export function drawdownColumn(equity: Float64Array): Float64Array<ArrayBuffer> {
  const drawdown = new Float64Array(equity.length)
  let peak = Number.NEGATIVE_INFINITY
  for (let row = 0; row < equity.length; row++) {
    const value = equity[row] as number
    if (value >= peak) peak = value
    else drawdown[row] = peak > 0 ? (peak - value) / peak : Number.NaN
  }
  return drawdown
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
