import type { Database } from 'better-sqlite3'
import { marketColumns, type SeriesKind, toMarketSeries } from '../../domain/market-columns.ts'
import type { Clock } from '../../lib/clock.ts'
import type { MarketBatch, MarketCoverage, MarketStore, MarketWrite } from '../../stores/market-store.ts'
import { assertMarketRows } from '../../stores/merge-market.ts'
import { type MarketFile, openMarketFile } from './market-pieces.ts'
import { marketDays, marketPeriodHash, type Period, readMarket } from './market-reader.ts'
import { removeMarket } from './market-removal.ts'
import { repairMarket } from './market-repair.ts'
import type { MarketKey } from './market-rows.ts'
import { upsertMarket } from './market-writer.ts'
import { atPlace } from './sqlite-errors.ts'

/** Pages given back to the disk in one go after a removal: what is left is used again by what is written next. */
const vacuumPages = 4096

/** Ticks, quotes and books as compressed column blocks in `market.db`. Every method is one transaction. */
export function createSqliteMarketStore(db: Database, clock: Clock): MarketStore {
  const file = openMarketFile(db, clock)
  const upsert = db.transaction((batches: readonly MarketBatch[], source: string) =>
    batches.map((batch) => upsertBatch(file, batch, source)),
  )
  const read = db.transaction(readMarket)
  const days = db.transaction(marketDays)
  const hash = db.transaction(marketPeriodHash)
  const remove = db.transaction(removeMarket)
  const repair = db.transaction(repairMarket)
  const at = <Value>(kind: SeriesKind, instrument: string, work: (key: MarketKey) => Value) =>
    atPlace({ file: db.name, instrument, kind }, () => work({ instrument, kind }))
  const writeAll = (batches: readonly MarketBatch[], source: string) =>
    atPlace({ file: db.name }, () => upsert.immediate(batches, source))
  return {
    async upsert(kind, instrument, rows, source) {
      const [write] = writeAll([{ kind, instrument, rows } as MarketBatch], source)
      return write as MarketWrite
    },
    async upsertAll(batches, source) {
      return writeAll(batches, source)
    },
    async read(kind, instrument, from, to, limit = 0) {
      return at(kind, instrument, (key) => toMarketSeries(kind, read(file, key, periodOf(from, to), limit)))
    },
    async coverage() {
      return atPlace({ file: db.name }, () => file.sql.coverage.all() as MarketCoverage[])
    },
    async days(kind, instrument, from, to) {
      return at(kind, instrument, (key) => days(file, key, periodOf(from, to)))
    },
    async hash(kind, instrument, from, to) {
      return at(kind, instrument, (key) => hash(file, key, periodOf(from, to)))
    },
    async repair(kind, instrument) {
      return at(kind, instrument, (key) => repair.immediate(file, key))
    },
    async delete(kind, instrument, before) {
      return at(kind, instrument, (key) => {
        const count = remove.immediate(file, key, before ?? Number.POSITIVE_INFINITY)
        if (count > 0) db.pragma(`incremental_vacuum(${vacuumPages})`)
        return count
      })
    },
  }
}

function upsertBatch(file: MarketFile, { kind, instrument, rows }: MarketBatch, source: string): MarketWrite {
  const columns = marketColumns(kind, rows)
  assertMarketRows(kind, columns)
  const key = { instrument, kind }
  return atPlace({ file: file.db.name, ...key }, () => upsertMarket(file, key, columns, source))
}

function periodOf(from: number | null, to: number | null): Period {
  return { from: from ?? Number.NEGATIVE_INFINITY, to: to ?? Number.POSITIVE_INFINITY }
}
