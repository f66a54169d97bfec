import type { BarSeries } from '../../core/domain/bar-series.ts'

/**
 * The ten indicators of W4, each as one would write it by hand over typed arrays: running sums, plain windows, no care
 * for gaps, rounding or live bars. Names are those that the strategy of W4 gives its lines.
 */
export function indicatorLoops({ high, low, close, volume }: BarSeries): Readonly<Record<string, Float64Array>> {
  const macd = macdLoop(close)
  const bands = bollingerLoop(close, 20, 2)
  const stochastic = stochasticLoop(high, low, close)
  return {
    sma: smaLoop(close, 20, 0),
    ema: emaLoop(close, 20, 0),
    rsi: rsiLoop(close, 14),
    ...macd,
    ...bands,
    atr: atrLoop(high, low, close, 14),
    ...stochastic,
    cci: cciLoop(high, low, close, 20),
    adx: adxLoop(high, low, close, 14),
    obv: obvLoop(close, volume),
  }
}

function column(length: number): Float64Array {
  return new Float64Array(length)
}

/** Simple average of `source` from its first defined row on. */
function smaLoop(source: Float64Array, period: number, start: number): Float64Array {
  const out = column(source.length)
  const first = start + period - 1
  let sum = 0
  for (let i = 0; i < first; i++) out[i] = Number.NaN
  for (let i = start; i < first; i++) sum += source[i] as number
  for (let i = first; i < source.length; i++) {
    sum += source[i] as number
    out[i] = sum / period
    sum -= source[i - period + 1] as number
  }
  return out
}

/** Exponential average that begins with a simple one; `alpha` of Wilder is 1 / period. */
function emaLoop(source: Float64Array, period: number, start: number, alpha = 2 / (period + 1)): Float64Array {
  const out = column(source.length)
  const first = start + period - 1
  let value = 0
  for (let i = 0; i < first; i++) out[i] = Number.NaN
  for (let i = start; i <= first; i++) value += (source[i] as number) / period
  out[first] = value
  for (let i = first + 1; i < source.length; i++) {
    value += ((source[i] as number) - value) * alpha
    out[i] = value
  }
  return out
}

function rsiLoop(close: Float64Array, period: number): Float64Array {
  const out = column(close.length)
  let up = 0
  let down = 0
  out[0] = Number.NaN
  for (let i = 1; i < close.length; i++) {
    const change = (close[i] as number) - (close[i - 1] as number)
    const gain = change > 0 ? change : 0
    const loss = change < 0 ? -change : 0
    if (i <= period) {
      up += gain / period
      down += loss / period
    } else {
      up += (gain - up) / period
      down += (loss - down) / period
    }
    out[i] = i < period ? Number.NaN : 100 - 100 / (1 + up / down)
  }
  return out
}

function macdLoop(close: Float64Array) {
  const fast = emaLoop(close, 12, 0)
  const slow = emaLoop(close, 26, 0)
  const macd = column(close.length)
  for (let i = 0; i < close.length; i++) macd[i] = (fast[i] as number) - (slow[i] as number)
  const signal = emaLoop(macd, 9, 25)
  const histogram = column(close.length)
  for (let i = 0; i < close.length; i++) histogram[i] = (macd[i] as number) - (signal[i] as number)
  return { macd, signal, histogram }
}

function bollingerLoop(close: Float64Array, period: number, factor: number) {
  const middle = column(close.length)
  const upper = column(close.length)
  const lower = column(close.length)
  let sum = 0
  let squares = 0
  for (let i = 0; i < close.length; i++) {
    const value = close[i] as number
    sum += value
    squares += value * value
    if (i < period - 1) {
      middle[i] = Number.NaN
      upper[i] = Number.NaN
      lower[i] = Number.NaN
      continue
    }
    const mean = sum / period
    const width = factor * Math.sqrt(Math.abs(squares / period - mean * mean))
    middle[i] = mean
    upper[i] = mean + width
    lower[i] = mean - width
    const leaving = close[i - period + 1] as number
    sum -= leaving
    squares -= leaving * leaving
  }
  return { middle, upper, lower }
}

function rangeLoop(high: Float64Array, low: Float64Array, close: Float64Array): Float64Array {
  const range = column(close.length)
  range[0] = Number.NaN
  for (let i = 1; i < close.length; i++) {
    const before = close[i - 1] as number
    range[i] = Math.max(high[i] as number, before) - Math.min(low[i] as number, before)
  }
  return range
}

function atrLoop(high: Float64Array, low: Float64Array, close: Float64Array, period: number): Float64Array {
  return emaLoop(rangeLoop(high, low, close), period, 1, 1 / period)
}

function stochasticLoop(high: Float64Array, low: Float64Array, close: Float64Array) {
  const raw = column(close.length)
  for (let i = 0; i < close.length; i++) {
    if (i < 13) {
      raw[i] = Number.NaN
      continue
    }
    let top = high[i] as number
    let bottom = low[i] as number
    for (let back = i - 13; back < i; back++) {
      if ((high[back] as number) > top) top = high[back] as number
      if ((low[back] as number) < bottom) bottom = low[back] as number
    }
    raw[i] = (100 * ((close[i] as number) - bottom)) / (top - bottom)
  }
  const k = smaLoop(raw, 3, 13)
  return { k, d: smaLoop(k, 3, 15) }
}

function cciLoop(high: Float64Array, low: Float64Array, close: Float64Array, period: number): Float64Array {
  const typical = column(close.length)
  for (let i = 0; i < close.length; i++)
    typical[i] = ((high[i] as number) + (low[i] as number) + (close[i] as number)) / 3
  const mean = smaLoop(typical, period, 0)
  const distance = column(close.length)
  for (let i = 0; i < close.length; i++) distance[i] = Math.abs((typical[i] as number) - (mean[i] as number))
  const deviation = smaLoop(distance, period, period - 1)
  const out = column(close.length)
  for (let i = 0; i < close.length; i++)
    out[i] = ((typical[i] as number) - (mean[i] as number)) / (0.015 * (deviation[i] as number))
  return out
}

function adxLoop(high: Float64Array, low: Float64Array, close: Float64Array, period: number): Float64Array {
  const plus = column(close.length)
  const minus = column(close.length)
  for (let i = 1; i < close.length; i++) {
    const up = (high[i] as number) - (high[i - 1] as number)
    const down = (low[i - 1] as number) - (low[i] as number)
    plus[i] = up > down && up > 0 ? up : 0
    minus[i] = down > up && down > 0 ? down : 0
  }
  const smoothPlus = emaLoop(plus, period, 1, 1 / period)
  const smoothMinus = emaLoop(minus, period, 1, 1 / period)
  const range = atrLoop(high, low, close, period)
  const index = column(close.length)
  for (let i = 0; i < close.length; i++) {
    const rise = (smoothPlus[i] as number) / (range[i] as number)
    const fall = (smoothMinus[i] as number) / (range[i] as number)
    index[i] = (100 * Math.abs(rise - fall)) / (rise + fall)
  }
  return emaLoop(index, period, period, 1 / period)
}

function obvLoop(close: Float64Array, volume: Float64Array): Float64Array {
  const out = column(close.length)
  let sum = volume[0] as number
  out[0] = sum
  for (let i = 1; i < close.length; i++) {
    const change = (close[i] as number) - (close[i - 1] as number)
    if (change > 0) sum += volume[i] as number
    else if (change < 0) sum -= volume[i] as number
    out[i] = sum
  }
  return out
}
