/** Series as plain arrays, each formula as a textbook has it and with no thought of speed: what studies are checked with. */
export type Series = readonly number[]

const nan = Number.NaN
const mapAt = (length: number, valueAt: (i: number) => number): Series => Array.from({ length }, (_, i) => valueAt(i))

export const zip = (a: Series, b: Series, join: (x: number, y: number) => number): Series =>
  a.map((x, i) => join(x, b[i] as number))
export const minus = (a: Series, b: Series): Series => zip(a, b, (x, y) => x - y)
export const scaled = (a: Series, factor: number): Series => a.map((x) => x * factor)
export const ago = (a: Series, bars: number): Series => a.map((_, i) => a[i - bars] ?? nan)

/** A function of each full window, oldest first. */
export function over(a: Series, period: number, answer: (window: Series) => number): Series {
  return mapAt(a.length, (i) => {
    const window = a.slice(Math.max(0, i - period + 1), i + 1)
    return window.length < period || window.some(Number.isNaN) ? nan : answer(window)
  })
}

export const total = (window: Series) => window.reduce((sum, x) => sum + x, 0)
export const mean = (window: Series) => total(window) / window.length
export const sum = (a: Series, period: number) => over(a, period, total)
export const sma = (a: Series, period: number) => over(a, period, mean)
export const highest = (a: Series, period: number) => over(a, period, (w) => Math.max(...w))
export const lowest = (a: Series, period: number) => over(a, period, (w) => Math.min(...w))
export const wma = (a: Series, period: number) =>
  over(a, period, (w) => total(w.map((x, k) => x * (k + 1))) / ((period * (period + 1)) / 2))

/** Begins at the mean of the first `period` values. */
export function smoothed(a: Series, period: number, alpha: number): Series {
  let last = nan
  const seeds = sma(a, period)
  return a.map((x, i) => {
    last = Number.isNaN(last) ? (seeds[i] as number) : last + alpha * (x - last)
    return last
  })
}
export const ema = (a: Series, period: number) => smoothed(a, period, 2 / (period + 1))
export const smma = (a: Series, period: number) => smoothed(a, period, 1 / period)

export function trueRange(high: Series, low: Series, close: Series): Series {
  return mapAt(high.length, (i) => {
    const before = close[i - 1]
    if (before === undefined) return nan
    const [h, l] = [high[i] as number, low[i] as number]
    return Math.max(h - l, Math.abs(h - before), Math.abs(l - before))
  })
}

export function rsi(a: Series, period: number): Series {
  const moves = minus(a, ago(a, 1))
  const up = smma(
    moves.map((m) => Math.max(m, 0)),
    period,
  )
  const down = smma(
    moves.map((m) => Math.max(-m, 0)),
    period,
  )
  return zip(up, down, (u, d) => (d === 0 ? (u === 0 ? 50 : 100) : 100 - 100 / (1 + u / d)))
}

/** Place between the extremes of a window, 0 … 1. */
export const place = (a: Series, period: number, flat = 0.5): Series =>
  zip(
    zip(a, lowest(a, period), (x, l) => x - l),
    minus(highest(a, period), lowest(a, period)),
    (d, r) => (r === 0 ? flat : d / r),
  )

/** A state that each value moves on. */
export function follow(a: Series, first: number, next: (last: number, x: number, i: number) => number): Series {
  let last = first
  return a.map((x, i) => {
    if (Number.isNaN(x)) return nan
    last = next(last, x, i)
    return last
  })
}

/** An ordinary market of `length` bars, always the same. */
export function market(length: number) {
  let seed = 12345
  const random = () => {
    seed = (seed * 1103515245 + 12345) % 2147483648
    return seed / 2147483648
  }
  let last = 100
  const bars = Array.from({ length }, (_, i) => {
    const open = last + (random() - 0.5)
    const close = open + (random() - 0.5) * 4 + Math.sin(i / 15)
    last = close
    const high = Math.max(open, close) + random()
    const low = Math.min(open, close) - random()
    return {
      open,
      high,
      low,
      close,
      volume: Math.round(1000 * random()) + 1,
      localTime: Date.UTC(2024, 0, 1, 9) + i * 5_400_000,
    }
  })
  const column = (name: keyof (typeof bars)[number]): Series => bars.map((bar) => bar[name])
  return {
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
    localTime: column('localTime'),
  }
}
