import type { Kysely } from 'kysely'
import type { BarSeries } from '../../domain/bar-series.ts'
import type { MarketDialect } from './market-dialect.ts'
import type { SqlSchema } from './sql-schema.ts'

export type SqlDialect = 'mysql' | 'postgres'

export interface SeriesKey {
  readonly instrument: string
  readonly interval: string
}

/** One connection: the builder for small tables, and the driver's own way for bars in bulk. */
export interface SqlLink {
  readonly dialect: SqlDialect
  readonly db: Kysely<SqlSchema>
  /** Writes bars; `replaced` are the open times among them that have a row already. */
  putBars(key: SeriesKey, bars: BarSeries, replaced: Float64Array): Promise<void>
  /** Bars with open time in [first, last], at most `count`. */
  loadBars(
    key: SeriesKey,
    period: { readonly first: number; readonly last: number; readonly count: number },
  ): Promise<BarSeries>
}

/** A link taken from the pool; given back exactly once. */
export interface HeldLink {
  readonly link: SqlLink
  /** `broken`: it is in an unknown state and is closed instead of kept. */
  release(broken: boolean): void
}

/** A database driver with its pool. */
export interface SqlDriver {
  readonly dialect: SqlDialect
  acquire(): Promise<HeldLink>
  /** Ticks, quotes and books over the same pool. */
  readonly market: MarketDialect
  end(): Promise<void>
}

export interface SqlLogin {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string | null
  readonly database: string
  readonly tls: 'off' | 'require'
}

/** Connections per process: a writer, and readers beside it. */
export const poolSize = 6
export const connectTimeoutMs = 5_000
