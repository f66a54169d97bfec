import type { Average } from '../averages.ts'
import { chunkBars, columnAt, type KernelColumns, scratchColumn } from '../definition.ts'
import { averageLookback, createTalibAverage, LateAverage, type TalibAverageKind } from './averages.ts'

interface Periods {
  readonly shortest: number
  readonly longest: number
  readonly average: TalibAverageKind
}

/** An average of one period, and the bars it has seen. */
interface Followed {
  readonly average: Average
  next: number
}

/**
 * An average whose period is given bar by bar. Each period that occurs has an average of its own, begun when it first
 * occurs and brought up to date only for bars that want it. All are seeded where the longest has its first value.
 */
export class VariableAverage {
  readonly #periods: Periods
  readonly #followed = new Map<number, Followed>()
  readonly #values = scratchColumn()
  readonly #wanted = scratchColumn()

  constructor(periods: Periods) {
    this.#periods = periods
  }

  run(columns: KernelColumns, from: number, to: number): void {
    const wanted = this.#wanted
    const { shortest, longest } = this.#periods
    const given = columnAt(columns.inputs, 1)
    for (let i = from; i < to; i++) {
      wanted[i - from] = Math.min(Math.max(Math.trunc(given[i] as number), shortest), longest)
    }
    columnAt(columns.outputs, 0).fill(Number.NaN, from, to)
    for (let i = 0; i < to - from; i++) {
      const period = wanted[i] as number
      if (period > 0) this.#fill(columns, period, from, to)
    }
  }

  /** Writes the bars of [from, to) that want this period and ticks them off. */
  #fill(columns: KernelColumns, period: number, from: number, to: number): void {
    const wanted = this.#wanted
    const out = columnAt(columns.outputs, 0)
    const followed = this.#followedAverage(period)
    this.#catchUp(followed, columns, from)
    this.#advance(followed, columns, to)
    for (let i = from; i < to; i++) {
      if (wanted[i - from] !== period) continue
      out[i] = this.#values[i - from] as number
      wanted[i - from] = 0
    }
  }

  #followedAverage(period: number): Followed {
    const known = this.#followed.get(period)
    if (known !== undefined) return known
    const { longest, average } = this.#periods
    const late = averageLookback(average, longest) - averageLookback(average, period)
    const made = { average: new LateAverage(createTalibAverage(average, period), late), next: 0 }
    this.#followed.set(period, made)
    return made
  }

  #catchUp(followed: Followed, columns: KernelColumns, to: number): void {
    while (followed.next < to) this.#advance(followed, columns, Math.min(to, followed.next + chunkBars))
  }

  /** The values of the bars from its next one up to `to`, at the start of the scratch column. */
  #advance(followed: Followed, columns: KernelColumns, to: number): void {
    const values = this.#values
    const first = columnAt(columns.inputs, 0)
    const second = columnAt(columns.inputs, 1)
    const from = followed.next
    // A gap in the periods is a gap in the values: both lines start again
    for (let i = from; i < to; i++) values[i - from] = (first[i] as number) + 0 * (second[i] as number)
    followed.average.run(values, values, 0, to - from)
    followed.next = to
  }
}
