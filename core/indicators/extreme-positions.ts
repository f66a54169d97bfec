import { columnAt, defineIndicator, periodParam } from './definition.ts'

/** Which extreme of a window, and which of equal ones. */
export interface ExtremeChoice {
  readonly extreme: 'highest' | 'lowest'
  readonly among: 'newest' | 'oldest'
}

/**
 * How many bars ago the extreme of the last `period` values was, 0 = now (I-012 … I-016). A queue of the values that can
 * still become the extreme, so a bar costs the same whatever the period. NaN while the window holds a NaN or is not full.
 */
export class ExtremePosition {
  readonly #period: number
  readonly #sign: number
  /** Equal values leave the queue when the newest counts. */
  readonly #dropsEqual: boolean
  readonly #values: Float64Array
  readonly #bars: Float64Array
  #head = 0
  #size = 0
  #bar = 0
  #full: number

  constructor(period: number, { extreme, among }: ExtremeChoice) {
    this.#period = period
    this.#sign = extreme === 'highest' ? 1 : -1
    this.#dropsEqual = among === 'newest'
    this.#values = new Float64Array(period)
    this.#bars = new Float64Array(period)
    this.#full = period - 1
  }

  /** `output` may be `input`. */
  run(input: Float64Array, output: Float64Array, from: number, to: number): void {
    const sign = this.#sign
    for (let i = from; i < to; i++) {
      const value = sign * (input[i] as number)
      if (Number.isNaN(value)) this.#clear()
      else this.#push(value)
      output[i] = this.#bar < this.#full ? Number.NaN : this.#bar - (this.#bars[this.#head] as number)
      this.#bar++
    }
  }

  #clear(): void {
    this.#size = 0
    this.#full = this.#bar + this.#period
  }

  #push(value: number): void {
    const period = this.#period
    const values = this.#values
    if (this.#size > 0 && (this.#bars[this.#head] as number) <= this.#bar - period) {
      this.#head = this.#head + 1 === period ? 0 : this.#head + 1
      this.#size--
    }
    while (this.#size > 0) {
      const last = values[(this.#head + this.#size - 1) % period] as number
      if (last > value || (last === value && !this.#dropsEqual)) break
      this.#size--
    }
    const slot = (this.#head + this.#size) % period
    values[slot] = value
    this.#bars[slot] = this.#bar
    this.#size++
  }
}

interface PositionNames {
  readonly id: string
  readonly en: string
  readonly zh: string
  readonly backtrader: string
  readonly row: string
}

function positionDefinition(choice: ExtremeChoice, { id, en, zh, backtrader, row }: PositionNames) {
  return defineIndicator<{ period: number }>({
    id,
    title: { en, zh },
    group: 'range',
    inputs: ['line'],
    pane: 'own',
    params: { period: periodParam(20) },
    outputs: { bars: { warmup: (p) => p.period - 1 } },
    formula: `bars since the ${choice.among} ${choice.extreme} of the last period values, 0 = now`,
    source: `backtrader ${backtrader} (${row})`,
    aliases: { backtrader: [backtrader] },
    create(columns, { period }) {
      const position = new ExtremePosition(period, choice)
      return (from, to) => position.run(columnAt(columns.inputs, 0), columnAt(columns.outputs, 0), from, to)
    },
  })
}

export const barsSinceHighestDefinition = positionDefinition(
  { extreme: 'highest', among: 'newest' },
  {
    id: 'bars-since-highest',
    en: 'Bars since the newest highest',
    zh: '距最近最高值的K线数',
    backtrader: 'FindFirstIndexHighest',
    row: 'I-012',
  },
)

export const barsSinceLowestDefinition = positionDefinition(
  { extreme: 'lowest', among: 'newest' },
  {
    id: 'bars-since-lowest',
    en: 'Bars since the newest lowest',
    zh: '距最近最低值的K线数',
    backtrader: 'FindFirstIndexLowest',
    row: 'I-013',
  },
)

export const barsSinceOldestHighestDefinition = positionDefinition(
  { extreme: 'highest', among: 'oldest' },
  {
    id: 'bars-since-oldest-highest',
    en: 'Bars since the oldest highest',
    zh: '距最早最高值的K线数',
    backtrader: 'FindLastIndexHighest',
    row: 'I-015',
  },
)

export const barsSinceOldestLowestDefinition = positionDefinition(
  { extreme: 'lowest', among: 'oldest' },
  {
    id: 'bars-since-oldest-lowest',
    en: 'Bars since the oldest lowest',
    zh: '距最早最低值的K线数',
    backtrader: 'FindLastIndexLowest',
    row: 'I-016',
  },
)
