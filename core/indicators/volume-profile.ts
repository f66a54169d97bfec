import { columnAt, defineIndicator, numberParam, periodParam } from './definition.ts'

type ProfileParams = { period: number; rows: number; share: number }

/** How much was traded at which price over the last bars; each bar's volume is spread evenly over its range. */
class Profile {
  readonly #rows: Float64Array
  #low = 0
  #step = 0
  #total = 0

  constructor(rows: number) {
    this.#rows = new Float64Array(rows)
  }

  build(highs: Float64Array, lows: Float64Array, volumes: Float64Array): void {
    let top = Number.NEGATIVE_INFINITY
    let bottom = Number.POSITIVE_INFINITY
    this.#total = 0
    for (let k = 0; k < highs.length; k++) {
      top = Math.max(top, highs[k] as number)
      bottom = Math.min(bottom, lows[k] as number)
      this.#total += volumes[k] as number
    }
    this.#low = bottom
    this.#step = (top - bottom) / this.#rows.length
    this.#rows.fill(0)
    for (let k = 0; k < highs.length; k++) this.#spread(highs[k] as number, lows[k] as number, volumes[k] as number)
  }

  #rowOf(price: number): number {
    return Math.max(0, Math.min(this.#rows.length - 1, Math.floor((price - this.#low) / this.#step)))
  }

  #spread(high: number, low: number, volume: number): void {
    const rows = this.#rows
    const first = this.#rowOf(low)
    const last = this.#rowOf(high)
    for (let row = first; row <= last; row++) {
      const from = Math.max(low, this.#low + row * this.#step)
      const to = Math.min(high, this.#low + (row + 1) * this.#step)
      const part = first === last ? 1 : Math.max(0, to - from) / (high - low)
      rows[row] = (rows[row] as number) + part * volume
    }
  }

  /** Writes the point of control and the ends of the value area; undefined without volume or range. */
  write(outputs: readonly Float64Array[], share: number, i: number): void {
    const poc = columnAt(outputs, 0)
    const high = columnAt(outputs, 1)
    const low = columnAt(outputs, 2)
    poc[i] = high[i] = low[i] = Number.NaN
    if (!(this.#total > 0) || !(this.#step > 0)) return
    const rows = this.#rows
    let most = 0
    for (let row = 1; row < rows.length; row++) if ((rows[row] as number) > (rows[most] as number)) most = row
    let [first, last, sum] = [most, most, rows[most] as number]
    while (sum < share * this.#total && (first > 0 || last < rows.length - 1)) {
      const above = rows[last + 1] ?? -1
      const below = rows[first - 1] ?? -1
      if (above >= below) last++
      else first--
      sum += Math.max(above, below)
    }
    poc[i] = this.#low + (most + 0.5) * this.#step
    high[i] = this.#low + (last + 1) * this.#step
    low[i] = this.#low + first * this.#step
  }
}

/** High, low and volume of the last bars, in any order. */
class ProfileWindow {
  readonly highs: Float64Array
  readonly lows: Float64Array
  readonly volumes: Float64Array
  #slot = 0
  #known = 0

  constructor(period: number) {
    this.highs = new Float64Array(period)
    this.lows = new Float64Array(period)
    this.volumes = new Float64Array(period)
  }

  /** True when it is full of known bars. */
  push(inputs: readonly Float64Array[], i: number): boolean {
    const period = this.highs.length
    const high = columnAt(inputs, 0)[i] as number
    const low = columnAt(inputs, 1)[i] as number
    const volume = columnAt(inputs, 2)[i] as number
    this.highs[this.#slot] = high
    this.lows[this.#slot] = low
    this.volumes[this.#slot] = volume
    this.#slot = this.#slot + 1 === period ? 0 : this.#slot + 1
    this.#known = Number.isFinite(high + low + volume) ? Math.min(this.#known + 1, period) : 0
    return this.#known === period
  }
}

const fullWindow = { warmup: (p: ProfileParams) => p.period - 1 }

export const volumeProfileDefinition = defineIndicator<ProfileParams>({
  id: 'volume-profile',
  title: { en: 'Volume profile', zh: '成交量分布' },
  group: 'volume',
  inputs: ['high', 'low', 'volume'],
  pane: 'price',
  params: {
    period: periodParam(100, 2),
    rows: { kind: 'integer', default: 24, min: 2, max: 500, step: 1 },
    share: numberParam(0.7, { min: 0.01, max: 1, step: 0.05 }),
  },
  outputs: { poc: fullWindow, high: fullWindow, low: fullWindow },
  formula:
    'the range of the last period bars in equal rows, the volume of each bar spread evenly over its own range; poc = middle ' +
    'of the row with most volume (the lowest of equals); high, low = ends of the value area, grown from that row towards ' +
    'the larger neighbour (upwards among equals) until it holds share of the volume',
  source: 'Steidlmayer, Markets and Market Logic (1984); undefined without volume or range',
  create(columns, { period, rows, share }) {
    const window = new ProfileWindow(period)
    const profile = new Profile(rows)
    return (from, to) => {
      for (let i = from; i < to; i++) {
        const isFull = window.push(columns.inputs, i)
        if (isFull) profile.build(window.highs, window.lows, window.volumes)
        if (isFull) profile.write(columns.outputs, share, i)
        else for (const output of columns.outputs) output[i] = Number.NaN
      }
    }
  },
})
