import type { ChartBars } from './bars.ts'

/** Candles that each stand for `factor` neighbouring bars; the last may stand for fewer. */
export interface Level {
  readonly factor: number
  readonly length: number
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  readonly volume: Float64Array
}

/** All levels of one series of bars: level k merges 2^k bars, aligned to the first bar, so that panning never regroups. */
export interface Pyramid {
  readonly bars: ChartBars
  /** Built when first asked for; level 0 is the bars themselves. */
  level(k: number): Level
}

/** Levels of detail whose every candle has exactly the open, high, low, close and volume of the bars it stands for. */
export function createPyramid(bars: ChartBars): Pyramid {
  const levels: Level[] = [{ ...bars, factor: 1 }]
  const level = (k: number): Level => {
    const known = levels[k]
    if (known !== undefined) return known
    const made = mergePairs(level(k - 1))
    levels[k] = made
    return made
  }
  return { bars, level }
}

function mergePairs(finer: Level): Level {
  const length = Math.ceil(finer.length / 2)
  const column = () => new Float64Array(length)
  const level = {
    factor: finer.factor * 2,
    length,
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
  }
  for (let i = 0; i < length; i++) {
    const first = 2 * i
    const second = Math.min(first + 1, finer.length - 1)
    level.open[i] = finer.open[first] as number
    level.close[i] = finer.close[second] as number
    level.high[i] = Math.max(finer.high[first] as number, finer.high[second] as number)
    level.low[i] = Math.min(finer.low[first] as number, finer.low[second] as number)
    level.volume[i] =
      first === second
        ? (finer.volume[first] as number)
        : sumKnown(finer.volume[first] as number, finer.volume[second] as number)
  }
  return level
}

/** Undefined plus something is that something; undefined only when both are. */
function sumKnown(a: number, b: number): number {
  if (Number.isNaN(a)) return b
  return Number.isNaN(b) ? a : a + b
}

/** First bar of a candle. */
export function firstBar(bucket: number, factor: number): number {
  return bucket * factor
}

/** Last bar of a candle, of `bars` in all. */
export function lastBar(bucket: number, factor: number, bars: number): number {
  return Math.min((bucket + 1) * factor, bars) - 1
}

/** Highest high and lowest low of the candles [from, to) of a level; NaN when there is none. */
export function extremes(level: Level, from: number, to: number): { readonly high: number; readonly low: number } {
  let high = Number.NEGATIVE_INFINITY
  let low = Number.POSITIVE_INFINITY
  const end = Math.min(to, level.length)
  for (let i = Math.max(0, from); i < end; i++) {
    high = Math.max(high, level.high[i] as number)
    low = Math.min(low, level.low[i] as number)
  }
  return high >= low ? { high, low } : { high: Number.NaN, low: Number.NaN }
}
