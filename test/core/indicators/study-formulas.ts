/** The studies written out over one market, by catalogue id: what every line of theirs must be. */
import {
  ago,
  ema,
  follow,
  highest,
  lowest,
  market,
  mean,
  minus,
  over,
  place,
  rsi,
  type Series,
  scaled,
  sma,
  smma,
  sum,
  total,
  trueRange,
  wma,
  zip,
} from './plain-formulas.ts'

const bars = market(260)
const { open, volume } = bars
export const { high, low, close, localTime } = bars
export const columns = {
  open: Float64Array.from(open),
  high: Float64Array.from(high),
  low: Float64Array.from(low),
  close: Float64Array.from(close),
  volume: Float64Array.from(volume),
  localTime: () => Float64Array.from(localTime),
}
export const typical = close.map((c, i) => ((high[i] as number) + (low[i] as number) + c) / 3)
const middle = zip(high, low, (h, l) => (h + l) / 2)
const range = trueRange(high, low, close)
export const band = (center: Series, reach: Series, factor: number) => zip(center, reach, (c, r) => c + factor * r)

/** Volume-weighted mean and deviation of typical prices. */
export function weighted(from: number, to: number): { readonly mean: number; readonly deviation: number } {
  const units = total(volume.slice(from, to))
  const center = total(typical.slice(from, to).map((p, k) => p * (volume[from + k] as number))) / units
  const spread = total(typical.slice(from, to).map((p, k) => (p - center) ** 2 * (volume[from + k] as number)))
  return { mean: center, deviation: Math.sqrt(spread / units) }
}

export const studyFormulas: Readonly<Record<string, () => Readonly<Record<string, Series>>>> = {
  keltner: () => {
    const center = ema(close, 20)
    const reach = smma(range, 10)
    return { middle: center, upper: band(center, reach, 2), lower: band(center, reach, -2) }
  },
  donchian: () => ({ upper: highest(high, 20), lower: lowest(low, 20) }),
  'chandelier-exit': () => {
    const reach = smma(range, 22)
    return { long: band(highest(high, 22), reach, -3), short: band(lowest(low, 22), reach, 3) }
  },
  cmf: () => {
    const flow = close.map((c, i) => {
      const [h, l] = [high[i] as number, low[i] as number]
      return ((c - l - (h - c)) / (h - l)) * (volume[i] as number)
    })
    return { cmf: zip(sum(flow, 20), sum(volume, 20), (f, v) => f / v) }
  },
  'force-index': () => ({
    force: ema(
      zip(minus(close, ago(close, 1)), volume, (m, v) => m * v),
      13,
    ),
  }),
  'ease-of-movement': () => {
    const moved = zip(minus(middle, ago(middle, 1)), minus(high, low), (m, r) => m * r)
    return {
      ease: sma(
        zip(moved, volume, (m, v) => (m * 10_000) / v),
        14,
      ),
    }
  },
  'relative-volume': () => ({ ratio: zip(volume, ago(sma(volume, 20), 1), (v, m) => v / m) }),
  pvi: () => ({
    index: follow(close, 1000, (last, c, i) =>
      i > 0 && (volume[i] as number) > (volume[i - 1] as number) ? (last * c) / (close[i - 1] as number) : last,
    ),
  }),
  nvi: () => ({
    index: follow(close, 1000, (last, c, i) =>
      i > 0 && (volume[i] as number) < (volume[i - 1] as number) ? (last * c) / (close[i - 1] as number) : last,
    ),
  }),
  'elder-ray': () => ({ bull: minus(high, ema(close, 13)), bear: minus(low, ema(close, 13)) }),
  'mass-index': () => {
    const once = ema(minus(high, low), 9)
    return {
      mass: sum(
        zip(once, ema(once, 9), (a, b) => a / b),
        25,
      ),
    }
  },
  choppiness: () => ({
    choppiness: zip(
      sum(range, 14),
      minus(highest(high, 14), lowest(low, 14)),
      (s, r) => (100 * Math.log10(s / r)) / Math.log10(14),
    ),
  }),
  'ulcer-index': () => {
    const fall = zip(close, highest(close, 14), (c, h) => ((100 * (c - h)) / h) ** 2)
    return { ulcer: sma(fall, 14).map(Math.sqrt) }
  },
  'historical-volatility': () => {
    const returns = zip(close, ago(close, 1), (c, b) => Math.log(c / b))
    const deviation = over(returns, 20, (w) => Math.sqrt(total(w.map((r) => (r - mean(w)) ** 2)) / (w.length - 1)))
    return { volatility: scaled(deviation, 100 * Math.sqrt(252)) }
  },
  coppock: () => {
    const change = (bars: number) => zip(close, ago(close, bars), (c, b) => 100 * (c / b - 1))
    return {
      coppock: wma(
        zip(change(14), change(11), (a, b) => a + b),
        10,
      ),
    }
  },
  fisher: () => {
    const v = follow(place(middle, 10), 0, (last, p) =>
      Math.max(-0.999, Math.min(0.999, 0.66 * (p - 0.5) + 0.67 * last)),
    )
    const fisher = follow(v, 0, (last, x) => 0.5 * Math.log((1 + x) / (1 - x)) + 0.5 * last)
    return { fisher, trigger: ago(fisher, 1) }
  },
  schaff: () => {
    const stage = (a: Series) =>
      follow(scaled(place(a, 10), 100), Number.NaN, (last, x) => (Number.isNaN(last) ? x : last + 0.5 * (x - last)))
    return { schaff: stage(stage(minus(ema(close, 23), ema(close, 50)))) }
  },
  'stochastic-rsi': () => {
    const k = sma(scaled(place(rsi(close, 14), 14), 100), 3)
    return { k, d: sma(k, 3) }
  },
  'connors-rsi': () => {
    const moves = minus(close, ago(close, 1))
    const streak = follow(close, 0, (last, _c, i) => {
      const side = i === 0 ? 0 : Math.sign(moves[i] as number)
      return side === 0 ? 0 : Math.sign(last) === side ? last + side : side
    })
    const changes = zip(close, ago(close, 1), (c, b) => c / b - 1)
    const rank = over(changes, 101, (w) => w.slice(0, -1).filter((x) => x < (w.at(-1) as number)).length)
    return {
      crsi: zip(
        zip(rsi(close, 3), rsi(streak, 2), (a, b) => a + b),
        rank,
        (a, b) => (a + b) / 3,
      ),
    }
  },
  alma: () => {
    const weights = Array.from({ length: 9 }, (_, k) => Math.exp(-((k - 0.85 * 8) ** 2) / (2 * (9 / 6) ** 2)))
    return { alma: over(close, 9, (w) => total(w.map((x, k) => x * (weights[k] as number))) / total(weights)) }
  },
  mcginley: () => ({
    mcginley: follow(close, close[0] as number, (last, x) => last + (x - last) / (14 * (x / last) ** 4)),
  }),
  vidya: () => {
    const moves = minus(close, ago(close, 1))
    const momentum = zip(sum(moves, 9), sum(moves.map(Math.abs), 9), (a, b) => Math.abs(a / b))
    return {
      vidya: follow(momentum, Number.NaN, (last, m, i) => {
        const x = close[i] as number
        return Number.isNaN(last) ? x : last + (2 / 15) * m * (x - last)
      }),
    }
  },
  'bollinger-width': () => ({
    width: over(close, 20, (w) => (4 * Math.sqrt(mean(w.map((x) => (x - mean(w)) ** 2)))) / mean(w)),
  }),
  'regression-channel': () => {
    const fit = (w: Series) => {
      const [x, y] = [(w.length - 1) / 2, mean(w)]
      const slope = total(w.map((v, k) => (k - x) * (v - y))) / total(w.map((_, k) => (k - x) ** 2))
      return { end: y + slope * x, rest: Math.sqrt(mean(w.map((v, k) => (v - y - slope * (k - x)) ** 2))) }
    }
    return {
      middle: over(close, 100, (w) => fit(w).end),
      upper: over(close, 100, (w) => fit(w).end + 2 * fit(w).rest),
    }
  },
  'relative-vigor': () => {
    const s = (a: Series) => over(a, 4, ([d = 0, c = 0, b = 0, x = 0]) => (x + 2 * b + 2 * c + d) / 6)
    const rvi = zip(sum(s(minus(close, open)), 10), sum(s(minus(high, low)), 10), (a, b) => a / b)
    return { rvi, signal: s(rvi) }
  },
  alligator: () => ({ jaw: smma(middle, 13), teeth: smma(middle, 8), lips: smma(middle, 5) }),
  kdj: () => {
    const r = zip(
      zip(close, lowest(low, 9), (c, l) => c - l),
      minus(highest(high, 9), lowest(low, 9)),
      (a, b) => (100 * a) / b,
    )
    const k = follow(r, 50, (last, x) => (2 * last + x) / 3)
    const d = follow(k, 50, (last, x) => (2 * last + x) / 3)
    return { k, d, j: zip(k, d, (a, b) => 3 * a - 2 * b) }
  },
  bias: () => ({ bias: zip(close, sma(close, 6), (c, m) => (100 * (c - m)) / m) }),
  'psychological-line': () => ({
    share: scaled(
      over(minus(close, ago(close, 1)), 12, (w) => w.filter((m) => m > 0).length / 12),
      100,
    ),
  }),
  vwma: () => ({
    vwma: zip(
      sum(
        zip(close, volume, (c, v) => c * v),
        20,
      ),
      sum(volume, 20),
      (a, b) => a / b,
    ),
  }),
  'rolling-vwap': () => {
    const at = (i: number) => (i < 19 ? { mean: Number.NaN, deviation: Number.NaN } : weighted(i - 19, i + 1))
    return {
      vwap: close.map((_, i) => at(i).mean),
      upper: close.map((_, i) => at(i).mean + 2 * at(i).deviation),
      lower: close.map((_, i) => at(i).mean - 2 * at(i).deviation),
    }
  },
  vwap: () => {
    const day = (i: number) => new Date(localTime[i] as number).toISOString().slice(0, 10)
    const first = (i: number) => close.findIndex((_, k) => day(k) === day(i))
    return {
      vwap: close.map((_, i) => weighted(first(i), i + 1).mean),
      upper: close.map((_, i) => weighted(first(i), i + 1).mean + 2 * weighted(first(i), i + 1).deviation),
    }
  },
}
