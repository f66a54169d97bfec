import {
  createMarketColumns,
  type MarketColumnList,
  marketColumns,
  marketKeyColumns,
  type SeriesKind,
  toMarketSeries,
} from '../../domain/market-columns.ts'
import type { Clock } from '../../lib/clock.ts'
import { hashOfBlocks } from '../../stores/bar-blocks.ts'
import { marketDayHash, nextUtcDay, utcDay, utcDayEnd } from '../../stores/market-blocks.ts'
import type { MarketBatch, MarketCoverage, MarketDay, MarketStore, MarketWrite } from '../../stores/market-store.ts'
import { assertMarketRows, groupEnd, keysOf } from '../../stores/merge-market.ts'
import type { Sha256 } from '../../stores/stores.ts'
import { type MarketDialect, type MarketTransaction, marketTables } from './market-dialect.ts'
import { mergeSqlRows } from './market-merge.ts'

interface Host {
  readonly dialect: MarketDialect
  readonly clock: Clock
  readonly sha256: Sha256
}

interface SeriesRow {
  readonly number: number
  readonly rows: number
  readonly from: number | null
  readonly to: number | null
  readonly lastKey: number | null
}

/** Ticks, quotes and books as rows with their natural keys, on any server that has a `MarketDialect`. */
export function createSqlMarketStore(host: Host): MarketStore {
  const { dialect } = host
  const upsertAll = async (batches: readonly MarketBatch[], source: string) => {
    for (const { kind, rows } of batches) assertMarketRows(kind, marketColumns<SeriesKind>(kind, rows))
    return dialect.transaction(async (transaction) => {
      const writes: MarketWrite[] = []
      for (const batch of batches) writes.push(await upsertBatch(host, transaction, { batch, source }))
      return writes
    })
  }
  return {
    async upsert(kind, instrument, rows, source) {
      const [write] = await upsertAll([{ kind, instrument, rows } as MarketBatch], source)
      return write as MarketWrite
    },
    upsertAll,
    read: (kind, instrument, from, to, limit = 0) =>
      dialect.transaction(async (transaction) => {
        const series = await findSeries(transaction, kind, instrument)
        if (series === null) return toMarketSeries(kind, createMarketColumns(kind, 0))
        const columns = await readRows(transaction, { kind, series: series.number, from, to, limit })
        return toMarketSeries(kind, columns)
      }),
    coverage: () => dialect.transaction(coverageOf),
    days: (kind, instrument, from, to) =>
      dialect.transaction(async (transaction) => {
        const series = await findSeries(transaction, kind, instrument)
        return series === null ? [] : daysOf(transaction, { kind, series: series.number, from, to })
      }),
    hash: (kind, instrument, from, to) =>
      dialect.transaction(async (transaction) => {
        const hashes: string[] = []
        const series = await findSeries(transaction, kind, instrument)
        const range = { kind, series: series?.number ?? 0 }
        const days = series === null ? [] : await daysOf(transaction, { ...range, from, to })
        for (const { day } of days) {
          const part = { from: Math.max(day, from ?? day), to: Math.min(nextUtcDay(day), to ?? nextUtcDay(day)) }
          const rows = await readRows(transaction, { ...range, ...part, limit: 0 })
          if (rows[0]?.length !== 0) hashes.push(marketDayHash(rows, host.sha256))
        }
        return hashOfBlocks(hashes, host.sha256)
      }),
    repair: async () => [],
    delete: (kind, instrument, before) =>
      dialect.transaction((transaction) => removeBefore(host, transaction, { kind, instrument, before })),
  }
}

const seriesColumns = 'number, rows_kept, first_time, last_time, last_key'

async function findSeries(
  transaction: MarketTransaction,
  kind: SeriesKind,
  instrument: string,
  lock = '',
): Promise<SeriesRow | null> {
  const statement = `SELECT ${seriesColumns} FROM market_series WHERE instrument = ? AND kind = ?${lock}`
  const [row] = await transaction.run(statement, [instrument, kind])
  if (row === undefined) return null
  const [number, rows, from, to, lastKey] = row.map((value) => (value === null ? null : Number(value)))
  return {
    number: number as number,
    rows: rows as number,
    from: from ?? null,
    to: to ?? null,
    lastKey: lastKey ?? null,
  }
}

/** Rows of a period as the port gives them: shared memory, a book with the whole message that reaches the limit. */
async function readRows(
  transaction: MarketTransaction,
  query: Parameters<MarketTransaction['load']>[0],
): Promise<MarketColumnList> {
  const { kind, limit } = query
  // A message of a book has few levels: what is too much of the last one is cut, what is missing is read.
  let wanted = limit
  let columns = await transaction.load(query)
  while (kind === 'book' && wanted > 0 && columns[0]?.length === wanted) {
    const end = groupEnd(keysOf(kind, columns), limit - 1, wanted)
    if (end < wanted) break
    wanted *= 2
    columns = await transaction.load({ ...query, limit: wanted })
  }
  const { length } = columns[0] as Float64Array
  const cut = limit > 0 && limit < length ? groupEnd(keysOf(kind, columns), limit - 1, length) : length
  const shared = createMarketColumns(kind, cut)
  for (const [index, column] of shared.entries()) column.set((columns[index] as Float64Array).subarray(0, cut))
  return shared
}

async function upsertBatch(
  { dialect, clock }: Host,
  transaction: MarketTransaction,
  { batch, source }: { readonly batch: MarketBatch; readonly source: string },
): Promise<MarketWrite> {
  const { kind, instrument } = batch
  const rows = marketColumns<SeriesKind>(kind, batch.rows)
  const time = rows[0] as Float64Array
  if (time.length === 0) return { added: 0, changed: 0, unchanged: 0 }
  await transaction.run(dialect.addSeries, [instrument, kind])
  // Its row is locked: whoever else writes the series waits here.
  const series = (await findSeries(transaction, kind, instrument, ' FOR UPDATE')) as SeriesRow
  const range = { kind, series: series.number }
  const secondOf = (row: number) => (marketKeyColumns[kind] === 1 ? 0 : (rows[1]?.[row] as number))
  const isAfter = (at: number, second: number) =>
    series.to === null || at > series.to || (at === series.to && second > (series.lastKey ?? 0))
  const isAppend = isAfter(time[0] as number, secondOf(0))
  const merged = await mergeSqlRows(transaction, { range, rows, isAppend })
  const { growth, ...write } = merged
  if (write.added + write.changed > 0) {
    const last = time.length - 1
    const [end, second] = isAfter(time[last] as number, secondOf(last))
      ? [time[last] as number, secondOf(last)]
      : [series.to, series.lastKey]
    const from = Math.min(series.from ?? Number.POSITIVE_INFINITY, time[0] as number)
    await transaction.run(
      'UPDATE market_series SET rows_kept = ?, first_time = ?, last_time = ?, last_key = ?, source = ?, updated_at = ? WHERE number = ?',
      [series.rows + growth, from, end, second, source, clock.now(), series.number],
    )
  }
  return write
}

async function coverageOf(transaction: MarketTransaction): Promise<MarketCoverage[]> {
  const rows = await transaction.run(
    'SELECT instrument, kind, rows_kept, first_time, last_time, source, updated_at FROM market_series WHERE rows_kept > 0',
  )
  const coverage = rows.map(([instrument, kind, count, from, to, source, updatedAt]): MarketCoverage => {
    return {
      instrument: String(instrument),
      kind: kind as SeriesKind,
      rows: Number(count),
      from: Number(from),
      to: Number(to),
      bytes: null,
      source: String(source),
      updatedAt: Number(updatedAt),
    }
  })
  // Not by the server: its collation has an order of its own.
  const order = ({ instrument, kind }: MarketCoverage) => `${instrument}\u0000${kind}`
  return coverage.sort((a, b) => (order(a) < order(b) ? -1 : 1))
}

interface SeriesPeriod {
  readonly kind: SeriesKind
  readonly series: number
  readonly from: number | null
  readonly to: number | null
}

async function daysOf(transaction: MarketTransaction, { kind, series, from, to }: SeriesPeriod): Promise<MarketDay[]> {
  const conditions = [
    ...(from === null ? [] : [`time >= ${utcDay(from)}`]),
    ...(to === null ? [] : [`time < ${utcDayEnd(to)}`]),
  ]
  const rows = await transaction.run(
    `SELECT floor(time / 86400000) AS day, count(*) FROM ${marketTables[kind].table}
     WHERE ${[`series = ${series}`, ...conditions].join(' AND ')} GROUP BY floor(time / 86400000) ORDER BY 1`,
  )
  return rows.map(([day, count]) => ({ day: Number(day) * 86_400_000, rows: Number(count) }))
}

async function removeBefore(
  { clock }: Host,
  transaction: MarketTransaction,
  {
    kind,
    instrument,
    before,
  }: { readonly kind: SeriesKind; readonly instrument: string; readonly before: number | null },
): Promise<number> {
  const series = await findSeries(transaction, kind, instrument, ' FOR UPDATE')
  if (series === null || series.rows === 0) return 0
  const { table } = marketTables[kind]
  const isOlder = before === null ? '' : ' AND time < ?'
  await transaction.run(
    `DELETE FROM ${table} WHERE series = ?${isOlder}`,
    before === null ? [series.number] : [series.number, before],
  )
  const [left] = await transaction.run(`SELECT count(*), min(time) FROM ${table} WHERE series = ?`, [series.number])
  const rows = Number(left?.[0])
  if (rows === 0) await transaction.run('DELETE FROM market_series WHERE number = ?', [series.number])
  else if (rows < series.rows) {
    const values = [rows, Number(left?.[1]), clock.now(), series.number]
    await transaction.run(
      'UPDATE market_series SET rows_kept = ?, first_time = ?, updated_at = ? WHERE number = ?',
      values,
    )
  }
  return series.rows - rows
}
