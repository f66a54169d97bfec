import type { MarketColumnList } from '../../domain/market-columns.ts'
import type { MarketWrite } from '../../stores/market-store.ts'
import { compareMarket } from '../../stores/merge-market.ts'
import type { Nanoseconds } from './influx-connection.ts'
import { type InfluxSeries, loadRows, type StoredRows, undefinedField } from './influx-table.ts'
import { lineHead, numberField } from './line-protocol.ts'

/** What merging rows into a series writes and removes. */
export interface InfluxPlan extends MarketWrite {
  readonly lines: readonly string[]
  /** Points of messages that have become shorter. */
  readonly gone: readonly Nanoseconds[]
  /** Rows that the series has more than before. */
  readonly growth: number
}

/** Merges rows that ascend by key with what is stored of their period; nothing is written yet. */
export async function planWrite(series: InfluxSeries, rows: MarketColumnList): Promise<InfluxPlan> {
  const time = rows[0] as Float64Array
  if (time.length === 0) return { lines: [], gone: [], growth: 0, added: 0, changed: 0, unchanged: 0 }
  const period = { from: Math.floor(time[0] as number), to: Math.floor(time[time.length - 1] as number) + 1 }
  const stored = await loadRows(series, period)
  return new Planner(series, stored, rows).plan()
}

class Planner {
  readonly #stored: StoredRows
  readonly #rows: MarketColumnList
  readonly #fields: readonly string[]
  readonly #keyFields: number
  readonly #head: string
  readonly #slots: Slots
  readonly #lines: string[] = []
  readonly #gone: Nanoseconds[] = []

  constructor({ table, tags }: InfluxSeries, stored: StoredRows, rows: MarketColumnList) {
    this.#stored = stored
    this.#rows = rows
    this.#fields = table.fields
    this.#keyFields = table.keyFields
    this.#head = lineHead(table.measurement, tags)
    this.#slots = new Slots(stored.stamps)
  }

  plan(): InfluxPlan {
    const counts = { added: 0, changed: 0, unchanged: 0 }
    let growth = 0
    compareMarket(this.#keyFields, this.#stored.columns, this.#rows, ({ outcome, from, to, baseFrom, baseTo }) => {
      counts[outcome] += to - from
      if (outcome === 'unchanged') return
      this.#replace(this.#stored.stamps.slice(baseFrom, baseTo), from, to)
      growth += to - from - (baseTo - baseFrom)
    })
    return { ...counts, growth, lines: this.#lines, gone: this.#gone }
  }

  /** Writes rows [from, to) over the points of the same key; what is left of those goes. */
  #replace(stamps: readonly Nanoseconds[], from: number, to: number): void {
    let last: Nanoseconds | null = null
    for (let row = from; row < to; row++) {
      const stamp = stamps[row - from]
      last = stamp ?? this.#slots.take(this.#rows[0]?.[row] as number, last)
      this.#lines.push(this.#line(row, last, stamp !== undefined))
    }
    this.#gone.push(...stamps.slice(to - from))
  }

  #line(row: number, stamp: Nanoseconds, isCorrection: boolean): string {
    let [text, mask] = ['', 0]
    for (const [index, field] of this.#fields.entries()) {
      const value = this.#rows[index]?.[row] as number
      if (Number.isNaN(value)) mask += 2 ** index
      else text += `${text === '' ? '' : ','}${field}=${numberField(value)}`
    }
    if (isCorrection) text += `,${undefinedField}=${mask}`
    return `${this.#head}${text} ${stamp}`
  }
}

/**
 * Stamps for new points. A point of a measurement and its tags is known by its stamp alone, so two rows of one time need
 * two. Stamps are even: removing one may then reach one nanosecond further without touching the next.
 */
class Slots {
  readonly #taken: Set<Nanoseconds>
  #lastMs = Number.NaN
  #last: Nanoseconds = 0n

  constructor(taken: readonly Nanoseconds[]) {
    this.#taken = new Set(taken)
  }

  /** The stamp of a time, or the next free one within its millisecond; after `after`, so that rows of a message stay in order. */
  take(time: number, after: Nanoseconds | null): Nanoseconds {
    const ms = Math.floor(time)
    const start = BigInt(ms) * 1_000_000n
    let stamp = start + BigInt(Math.min(999_998, Math.round((time - ms) * 500_000) * 2))
    // Where the last row of this millisecond went is where the next one starts to look.
    if (ms === this.#lastMs && this.#last >= stamp) stamp = this.#last + 2n
    if (after !== null && after >= stamp) stamp = after + 2n
    for (; this.#taken.has(stamp) || stamp >= start + 1_000_000n; stamp += 2n)
      if (stamp >= start + 1_000_000n) stamp = start - 2n
    this.#taken.add(stamp)
    this.#lastMs = ms
    this.#last = stamp
    return stamp
  }
}
