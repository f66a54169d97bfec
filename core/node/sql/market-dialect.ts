import type { SeriesKind } from '../../domain/market-columns.ts'

/** A value of a small statement; numbers are finite. */
export type SqlValue = number | string | null
export type SqlRow = readonly SqlValue[]

/** Rows of one kind of one series. */
export interface MarketTableRange {
  readonly kind: SeriesKind
  /** `market_series.number`. */
  readonly series: number
}

/** Period [from, to) of it; null = without that end. `limit` 0 = all. */
export interface MarketTableQuery extends MarketTableRange {
  readonly from: number | null
  readonly to: number | null
  readonly limit: number
}

/** One transaction: statements with ? for values, and the bulk paths of the server's own. */
export interface MarketTransaction {
  run(statement: string, values?: readonly SqlValue[]): Promise<readonly SqlRow[]>
  /** Rows by key as columns (of `marketTables[kind]`); null is NaN. */
  load(query: MarketTableQuery): Promise<Float64Array[]>
  /** Adds rows whose keys are not there; NaN becomes null. */
  add(range: MarketTableRange, columns: readonly Float64Array[]): Promise<void>
}

/** What differs between servers. Every method fails with `store.unavailable`. */
export interface MarketDialect {
  /** Commits when `work` resolves, else rolls back. */
  transaction<Value>(work: (transaction: MarketTransaction) => Promise<Value>): Promise<Value>
  /** Statements that make the tables where they are missing. */
  readonly schema: readonly string[]
  /** `INSERT` that leaves an existing row of the same key alone. */
  readonly addSeries: string
}

/**
 * Columns of the tables `market_tick`, `market_quote` and `market_book` after `series`. A book's rows of one message are
 * told apart by `level`, their ordinal in it.
 */
export const marketTables = {
  tick: { table: 'market_tick', columns: ['time', 'id', 'price', 'size', 'side'], key: ['time', 'id'] },
  quote: { table: 'market_quote', columns: ['time', 'bid', 'ask', 'bid_size', 'ask_size'], key: ['time'] },
  book: {
    table: 'market_book',
    columns: ['time', 'part', 'side', 'price', 'size', 'snapshot', 'level'],
    key: ['time', 'part', 'level'],
  },
} as const

/** Tables of rows, alike on every server but for the word of a double and what follows the columns. */
export function rowTables(double: string, options: string): string[] {
  return Object.values(marketTables).map(({ table, columns, key }) => {
    const fields = columns.map((name) => {
      const isKey = (key as readonly string[]).includes(name)
      return `${name} ${double}${isKey ? ' NOT NULL' : ''}`
    })
    const keys = ['series', ...key].join(', ')
    return `CREATE TABLE IF NOT EXISTS ${table} (series INTEGER NOT NULL, ${fields.join(', ')}, PRIMARY KEY (${keys}))${options}`
  })
}
