import { columnAt, defineIndicator, numberParam } from './definition.ts'

/** The leg of a zigzag: which turn it looks for and how far it has come. */
class Leg {
  readonly #ratio: number
  #top = Number.NaN
  #bottom = Number.NaN
  /** 1: looks for a peak, −1: for a trough, 0: for the first of either. */
  #seeks = 0
  /** The turn that the last bar confirmed. */
  level = Number.NaN

  constructor(percent: number) {
    this.#ratio = percent / 100
  }

  /** 1 when this bar confirms a peak, −1 for a trough, else 0. */
  next(high: number, low: number): number {
    if (this.#seeks >= 0 && this.#top - low >= this.#top * this.#ratio) return this.#turn(1, high, low)
    if (this.#seeks <= 0 && high - this.#bottom >= this.#bottom * this.#ratio) return this.#turn(-1, high, low)
    if (!(high <= this.#top)) this.#top = high
    if (!(low >= this.#bottom)) this.#bottom = low
    return 0
  }

  #turn(side: 1 | -1, high: number, low: number): number {
    this.level = side === 1 ? this.#top : this.#bottom
    this.#seeks = -side
    this.#top = high
    this.#bottom = low
    return side
  }
}

export const zigzagDefinition = defineIndicator<{ percent: number }>({
  id: 'zigzag',
  title: { en: 'Zigzag turns, confirmed', zh: '之字转向（已确认）' },
  group: 'range',
  inputs: ['high', 'low'],
  pane: 'price',
  params: { percent: numberParam(5, { min: 0.01, max: 100, step: 0.5 }) },
  outputs: {
    peak: { draw: 'points', sparse: true, warmup: () => 1 },
    trough: { draw: 'points', sparse: true, warmup: () => 1 },
  },
  formula:
    'peak = the highest high since the last trough, told on the first later bar whose low is percent % below it; trough = ' +
    'the lowest low since the last peak, on the first later bar whose high is percent % above it. Never changed afterwards',
  source: 'Merrill, Filtered Waves (1977); told when it is known, where others draw it back in time',
  create(columns, { percent }) {
    const leg = new Leg(percent)
    return (from, to) => {
      const high = columnAt(columns.inputs, 0)
      const low = columnAt(columns.inputs, 1)
      const peak = columnAt(columns.outputs, 0)
      const trough = columnAt(columns.outputs, 1)
      for (let i = from; i < to; i++) {
        const isKnown = Number.isFinite((high[i] as number) + (low[i] as number))
        const turn = isKnown ? leg.next(high[i] as number, low[i] as number) : 0
        peak[i] = turn === 1 ? leg.level : Number.NaN
        trough[i] = turn === -1 ? leg.level : Number.NaN
      }
    }
  },
})
