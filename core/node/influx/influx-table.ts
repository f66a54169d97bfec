import { GrowingColumn } from '../../lib/columns.ts'
import { compareKeys } from '../../stores/merge-market.ts'
import {
  firstStamp,
  type InfluxConnection,
  type InfluxValue,
  lastStamp,
  type Nanoseconds,
  stampOf,
  stampOfMs,
} from './influx-connection.ts'

/** Rows of one sort as points of one measurement. */
export interface InfluxTable {
  readonly measurement: string
  /** Fields, the key's first. The first is `t`, the exact time in milliseconds. */
  readonly fields: readonly string[]
  readonly keyFields: 1 | 2
}

/** One series of a table. */
export interface InfluxSeries {
  readonly connection: InfluxConnection
  readonly table: InfluxTable
  readonly tags: Readonly<Record<string, string>>
}

/** Milliseconds [from, to), infinite where a period has no end. */
export interface MsPeriod {
  readonly from: number
  readonly to: number
}

export interface StoredRows {
  /** By key. */
  readonly columns: readonly Float64Array[]
  readonly stamps: readonly Nanoseconds[]
}

/**
 * Says in bits which fields of a corrected point are undefined: a field that is left out of a later write keeps its old
 * value.
 */
export const undefinedField = 'undefined'

const pageRows = 20_000

/** Points whose stamps lie in the milliseconds that a period touches. */
function stampRange({ from, to }: MsPeriod): { readonly from: Nanoseconds; readonly to: Nanoseconds } {
  return {
    from: from === Number.NEGATIVE_INFINITY ? firstStamp : stampOfMs(Math.floor(from)),
    to: to === Number.POSITIVE_INFINITY ? lastStamp : stampOfMs(Math.ceil(to)),
  }
}

/**
 * Rows of a period by key. A point's stamp is its time in nanoseconds, or the next that was free: so rows of one
 * millisecond may lie in any order, and `limit` > 0 is reached with a whole millisecond.
 */
export async function loadRows(series: InfluxSeries, period: MsPeriod, limit = 0): Promise<StoredRows> {
  const { connection, table, tags } = series
  const fields = [...table.fields, undefinedField]
  const rows = new RowCollector(table, period)
  const range = stampRange(period)
  const query = { measurement: table.measurement, tags, fields }
  let from = range.from
  for (;;) {
    const wanted = limit > 0 ? Math.min(pageRows, limit - rows.length) : pageRows
    const page = await connection.select({ ...query, from, to: range.to, limit: wanted })
    rows.add(page.times, page.rows)
    const last = page.times.at(-1)
    if (last === undefined || page.times.length < wanted) break
    from = stampOf(last) + 1n
    if (limit === 0 || rows.length < limit) continue
    const to = stampOfMs(Math.floor(Date.parse(last))) + 1_000_000n
    const rest = await connection.select({ ...query, from, to: to < range.to ? to : range.to })
    rows.add(rest.times, rest.rows)
    break
  }
  return rows.sorted()
}

class RowCollector {
  readonly #table: InfluxTable
  readonly #period: MsPeriod
  readonly #columns: GrowingColumn[]
  readonly #stamps: Nanoseconds[] = []

  constructor(table: InfluxTable, period: MsPeriod) {
    this.#table = table
    this.#period = period
    this.#columns = table.fields.map(() => new GrowingColumn())
  }

  get length(): number {
    return this.#stamps.length
  }

  add(times: readonly string[], rows: readonly (readonly InfluxValue[])[]): void {
    const count = this.#columns.length
    for (const [at, row] of rows.entries()) {
      const time = row[0] as number
      if (time < this.#period.from || time >= this.#period.to) continue
      const mask = row[count] ?? 0
      for (let field = 0; field < count; field++) {
        const isUndefined = row[field] === null || ((mask as number) >> field) % 2 === 1
        this.#columns[field]?.push(isUndefined ? Number.NaN : (row[field] as number))
      }
      this.#stamps.push(stampOf(times[at] as string))
    }
  }

  /** By key; rows of one key in the order of their stamps. */
  sorted(): StoredRows {
    const columns = this.#columns.map((column) => column.view())
    const keys = columns.slice(0, this.#table.keyFields)
    const isSorted = this.#stamps.every((_, row) => row === 0 || compareKeys(keys, row - 1, keys, row) <= 0)
    if (isSorted) return { columns, stamps: this.#stamps }
    const order = this.#stamps.map((_, row) => row).sort((a, b) => compareKeys(keys, a, keys, b) || a - b)
    return {
      columns: columns.map((column) => Float64Array.from(order, (row) => column[row] as number)),
      stamps: order.map((row) => this.#stamps[row] as Nanoseconds),
    }
  }
}

/** How many rows a series has and the times of the first and the last; null when it has none. */
export async function measureSeries({ connection, table, tags }: InfluxSeries) {
  const range = { measurement: table.measurement, tags, from: firstStamp, to: lastStamp }
  const days = await connection.countByDay(range, 't')
  if (days.length === 0) return null
  const rows = days.reduce((sum, { count }) => sum + count, 0)
  return { rows, from: await edgeOf('first'), to: await edgeOf('last') }

  /** The earliest or latest exact time: within one millisecond stamps need not be in order. */
  async function edgeOf(edge: 'first' | 'last'): Promise<number> {
    const newestFirst = edge === 'last'
    const { times } = await connection.select({ ...range, fields: ['t'], limit: 1, newestFirst })
    const ms = Math.floor(Date.parse(times[0] as string))
    const [time] = (await loadRows({ connection, table, tags }, { from: ms, to: ms + 1 })).columns
    return (edge === 'first' ? time?.[0] : time?.at(-1)) as number
  }
}
