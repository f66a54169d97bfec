import { columnAt, defineIndicator, type KernelColumns, numberParam, periodParam } from './definition.ts'

/** Volume-weighted average prices of (high + low + close) / 3, with bands of volume-weighted deviations. */

const ofTrades = { group: 'volume', pane: 'price' } as const
const dayMs = 86_400_000
const minuteMs = 60_000

/** Mean and deviation of weighted values that come one by one (West's update): nothing cancels. */
class WeightedMoments {
  /** Weight, mean, weighted sum of squared distances from it. */
  readonly #state = new Float64Array(3)

  clear(): void {
    this.#state.fill(0)
  }

  add(value: number, weight: number): void {
    const state = this.#state
    const total = (state[0] as number) + weight
    if (total === 0) return
    const distance = value - (state[1] as number)
    const step = (distance * weight) / total
    state[0] = total
    state[1] = (state[1] as number) + step
    state[2] = (state[2] as number) + weight * distance * (distance - step)
  }

  /** NaN without any weight. */
  get mean(): number {
    return this.#state[0] === 0 ? Number.NaN : (this.#state[1] as number)
  }

  get deviation(): number {
    return Math.sqrt(Math.max(0, this.#state[2] as number) / (this.#state[0] as number))
  }
}

const typicalAt = (columns: KernelColumns, i: number): number =>
  ((columnAt(columns.inputs, 0)[i] as number) +
    (columnAt(columns.inputs, 1)[i] as number) +
    (columnAt(columns.inputs, 2)[i] as number)) /
  3

function writeBands(columns: KernelColumns, moments: WeightedMoments, width: number, i: number): void {
  const { mean } = moments
  const reach = width * moments.deviation
  columnAt(columns.outputs, 0)[i] = mean
  columnAt(columns.outputs, 1)[i] = mean + reach
  columnAt(columns.outputs, 2)[i] = mean - reach
}

function writeUndefined(columns: KernelColumns, i: number): void {
  for (const output of columns.outputs) output[i] = Number.NaN
}

/** True for a bar whose price, volume and time are known; a negative volume is none. */
function isKnown(price: number, volume: number, time: number): boolean {
  return price - price + volume - volume + time - time === 0 && volume >= 0
}

const periods = ['day', 'week', 'month', 'year'] as const
type Period = (typeof periods)[number]

/** A number that changes when a period begins; 1970-01-01 was a Thursday, weeks begin on Mondays. */
function periodOf(local: number, period: Period): number {
  const day = Math.floor(local / dayMs)
  if (period === 'day') return day
  if (period === 'week') return Math.floor((day + 3) / 7)
  const date = new Date(day * dayMs)
  return period === 'year' ? date.getUTCFullYear() : date.getUTCFullYear() * 12 + date.getUTCMonth()
}

const widthParam = numberParam(2, { min: 0, max: 20, step: 0.5 })
const fromFirst = { warmup: () => 0 }

export const vwapDefinition = defineIndicator<{ period: Period; start: number; width: number }>({
  ...ofTrades,
  id: 'vwap',
  title: { en: 'VWAP of the session', zh: '成交量加权平均价' },
  inputs: ['high', 'low', 'close', 'volume', 'localTime'],
  params: {
    period: { kind: 'choice', default: 'day', choices: periods },
    start: { kind: 'integer', default: 0, min: 0, max: 1439, step: 1 },
    width: widthParam,
  },
  outputs: { vwap: fromFirst, upper: fromFirst, lower: fromFirst },
  formula:
    'sum of p · volume / sum of volume since the period began, p = (high + low + close) / 3; upper, lower = vwap ± width · ' +
    'volume-weighted deviation of p. A period begins start minutes after midnight on the clock of the exchange',
  source: 'Berkowitz, Logue, Noser (1988); the bar’s opening time decides; a bar without price or volume is undefined',
  create(columns, { period, start, width }) {
    const moments = new WeightedMoments()
    let last = Number.NaN
    // One look-up a day: months are not worth a Date for every bar
    let day = Number.NaN
    let current = Number.NaN
    return (from, to) => {
      const volume = columnAt(columns.inputs, 3)
      const time = columnAt(columns.inputs, 4)
      for (let i = from; i < to; i++) {
        const price = typicalAt(columns, i)
        const local = (time[i] as number) - start * minuteMs
        if (!isKnown(price, volume[i] as number, local)) {
          writeUndefined(columns, i)
          continue
        }
        const today = Math.floor(local / dayMs)
        if (today !== day) current = periodOf(local, period)
        day = today
        if (current !== last) moments.clear()
        last = current
        moments.add(price, volume[i] as number)
        writeBands(columns, moments, width, i)
      }
    }
  },
})

/** 20240131 → its first moment; the day before the year 0 for what is no date. */
function dateMs(date: number): number {
  return Date.UTC(Math.floor(date / 10_000), (Math.floor(date / 100) % 100) - 1, date % 100)
}

const fromAnchor = { sparse: true, warmup: () => 0 }

export const anchoredVwapDefinition = defineIndicator<{ date: number; minute: number; width: number }>({
  ...ofTrades,
  id: 'anchored-vwap',
  title: { en: 'VWAP since a date', zh: '锚定成交量加权平均价' },
  inputs: ['high', 'low', 'close', 'volume', 'localTime'],
  params: {
    date: { kind: 'integer', default: 20200101, min: 19000101, max: 29991231, step: 1 },
    minute: { kind: 'integer', default: 0, min: 0, max: 1439, step: 1 },
    width: widthParam,
  },
  outputs: { vwap: fromAnchor, upper: fromAnchor, lower: fromAnchor },
  formula:
    'sum of p · volume / sum of volume since date (year, month, day: 20240131) and minute of that day on the clock of the ' +
    'exchange, p = (high + low + close) / 3; upper, lower = vwap ± width · volume-weighted deviation of p; undefined before',
  source: 'Shannon, Maximum Trading Gains with Anchored VWAP (2023)',
  create(columns, { date, minute, width }) {
    const anchor = dateMs(date) + minute * minuteMs
    const moments = new WeightedMoments()
    return (from, to) => {
      const volume = columnAt(columns.inputs, 3)
      const time = columnAt(columns.inputs, 4)
      for (let i = from; i < to; i++) {
        const price = typicalAt(columns, i)
        const local = time[i] as number
        if (local >= anchor && isKnown(price, volume[i] as number, local)) {
          moments.add(price, volume[i] as number)
          writeBands(columns, moments, width, i)
        } else writeUndefined(columns, i)
      }
    }
  },
})

const fullWindow = { warmup: (p: { period: number }) => p.period - 1 }

export const rollingVwapDefinition = defineIndicator<{ period: number; width: number }>({
  ...ofTrades,
  id: 'rolling-vwap',
  title: { en: 'VWAP of the last bars', zh: '滚动成交量加权平均价' },
  inputs: ['high', 'low', 'close', 'volume'],
  params: { period: periodParam(20), width: widthParam },
  outputs: { vwap: fullWindow, upper: fullWindow, lower: fullWindow },
  formula:
    'sum of p · volume / sum of volume over period bars, p = (high + low + close) / 3; upper, lower = vwap ± width · ' +
    'volume-weighted deviation of p; undefined without volume',
  source: 'Berkowitz, Logue, Noser (1988)',
  create(columns, { period, width }) {
    const prices = new Float64Array(period).fill(Number.NaN)
    const volumes = new Float64Array(period)
    const moments = new WeightedMoments()
    let slot = 0
    let known = 0
    return (from, to) => {
      const volume = columnAt(columns.inputs, 3)
      for (let i = from; i < to; i++) {
        const price = typicalAt(columns, i)
        prices[slot] = price
        volumes[slot] = volume[i] as number
        slot = slot + 1 === period ? 0 : slot + 1
        known = isKnown(price, volume[i] as number, 0) ? Math.min(known + 1, period) : 0
        if (known < period) {
          writeUndefined(columns, i)
          continue
        }
        moments.clear()
        for (let k = 0; k < period; k++) moments.add(prices[k] as number, volumes[k] as number)
        writeBands(columns, moments, width, i)
      }
    }
  },
})

export const volumeWeightedAverageDefinition = defineIndicator<{ period: number }>({
  id: 'vwma',
  title: { en: 'Volume-weighted moving average', zh: '成交量加权移动平均' },
  group: 'average',
  pane: 'price',
  inputs: ['line', 'volume'],
  params: { period: periodParam(20) },
  outputs: { vwma: fullWindow },
  formula: 'sum of x · volume / sum of volume over period bars; undefined without volume',
  source: 'Arms; as usual on charts',
  create(columns, { period }) {
    const values = new Float64Array(period).fill(Number.NaN)
    const volumes = new Float64Array(period)
    const moments = new WeightedMoments()
    let slot = 0
    let known = 0
    return (from, to) => {
      const input = columnAt(columns.inputs, 0)
      const volume = columnAt(columns.inputs, 1)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) {
        values[slot] = input[i] as number
        volumes[slot] = volume[i] as number
        slot = slot + 1 === period ? 0 : slot + 1
        known = isKnown(input[i] as number, volume[i] as number, 0) ? Math.min(known + 1, period) : 0
        out[i] = Number.NaN
        if (known < period) continue
        moments.clear()
        for (let k = 0; k < period; k++) moments.add(values[k] as number, volumes[k] as number)
        out[i] = moments.mean
      }
    }
  },
})
