import {
  createMarketColumns,
  type MarketColumnList,
  marketColumnNames,
  marketColumns,
  marketKeyColumns,
  type SeriesKind,
  seriesKinds,
  toMarketSeries,
} from '../../domain/market-columns.ts'
import type { Clock } from '../../lib/clock.ts'
import { hashOfBlocks } from '../../stores/bar-blocks.ts'
import { marketDayHash, nextUtcDay, utcDay, utcDayEnd } from '../../stores/market-blocks.ts'
import type { MarketBatch, MarketCoverage, MarketStore, MarketWrite } from '../../stores/market-store.ts'
import { assertMarketRows, groupEnd, keysOf } from '../../stores/merge-market.ts'
import type { Sha256 } from '../../stores/stores.ts'
import { firstStamp, type InfluxConnection, lastStamp, stampOfMs } from './influx-connection.ts'
import { planWrite } from './influx-plan.ts'
import { emptyRecord, listRecords, readRecord, recordLine, removeRecord, type SeriesRecord } from './influx-records.ts'
import { type InfluxSeries, loadRows, type MsPeriod, measureSeries } from './influx-table.ts'
import { carryOut, createTurns } from './influx-writes.ts'

interface Host {
  readonly connection: InfluxConnection
  readonly clock: Clock
  readonly sha256: Sha256
}

/**
 * Ticks, quotes and books as points of the measurements `tick`, `quote` and `book`. A write reads what is stored of its
 * period, then sends what differs; it is not atomic, and repeating it completes it.
 */
export function createInfluxMarketStore(host: Host): MarketStore {
  const { connection } = host
  const inTurn = createTurns()
  const upsertAll = (batches: readonly MarketBatch[], source: string) => {
    const given = batches.map(({ kind, instrument, rows }) => ({ kind, instrument, rows: checkedRows(kind, rows) }))
    return inTurn(() => writeInWaves(host, given, source))
  }
  return {
    async upsert(kind, instrument, rows, source) {
      const [write] = await upsertAll([{ kind, instrument, rows } as MarketBatch], source)
      return write as MarketWrite
    },
    upsertAll: async (batches, source) => upsertAll(batches, source),
    async read(kind, instrument, from, to, limit = 0) {
      return toMarketSeries(kind, await readRows(seriesOf(connection, kind, instrument), periodOf(from, to), limit))
    },
    coverage: () => inTurn(() => coverageOf(host)),
    async days(kind, instrument, from, to) {
      const { table, tags } = seriesOf(connection, kind, instrument)
      const range = {
        from: from === null ? firstStamp : stampOfMs(utcDay(from)),
        to: to === null ? lastStamp : stampOfMs(utcDayEnd(to)),
      }
      const days = await connection.countByDay({ measurement: table.measurement, tags, ...range }, 't')
      return days.map(({ day, count }) => ({ day, rows: count }))
    },
    async hash(kind, instrument, from, to) {
      const hashes: string[] = []
      const series = seriesOf(connection, kind, instrument)
      for (const { day } of await this.days(kind, instrument, from, to)) {
        const part = { from: Math.max(day, from ?? day), to: Math.min(nextUtcDay(day), to ?? nextUtcDay(day)) }
        const rows = await readRows(series, part, 0)
        if (rows[0]?.length !== 0) hashes.push(marketDayHash(rows, host.sha256))
      }
      return hashOfBlocks(hashes, host.sha256)
    },
    repair: async () => [],
    delete: (kind, instrument, before) =>
      inTurn(() => removeBefore(host, { kind, instrument }, before ?? Number.POSITIVE_INFINITY)),
  }
}

interface Given {
  readonly kind: SeriesKind
  readonly instrument: string
  readonly rows: MarketColumnList
}
type MarketKey = Pick<Given, 'kind' | 'instrument'>

function checkedRows(kind: SeriesKind, rows: MarketBatch['rows']): MarketColumnList {
  const columns = marketColumns<SeriesKind>(kind, rows)
  assertMarketRows(kind, columns)
  return columns
}

function periodOf(from: number | null, to: number | null): MsPeriod {
  return { from: from ?? Number.NEGATIVE_INFINITY, to: to ?? Number.POSITIVE_INFINITY }
}

function seriesOf(connection: InfluxConnection, kind: SeriesKind, instrument: string): InfluxSeries {
  const fields = ['t', ...marketColumnNames[kind].slice(1)]
  return { connection, table: { measurement: kind, fields, keyFields: marketKeyColumns[kind] }, tags: { instrument } }
}

function recordKey({ kind, instrument }: MarketKey) {
  return { kind, instrument, interval: '' }
}

async function readRows(series: InfluxSeries, period: MsPeriod, limit: number): Promise<MarketColumnList> {
  const kind = series.table.measurement as SeriesKind
  const { columns } = await loadRows(series, period, limit)
  const { length } = columns[0] as Float64Array
  const cut = limit > 0 && limit < length ? groupEnd(keysOf(kind, columns), limit - 1, length) : length
  const shared = createMarketColumns(kind, cut)
  for (const [index, column] of columns.entries()) shared[index]?.set(column.subarray(0, cut))
  return shared
}

/** Rows of one series given twice must meet in order: each wave has a series once. */
async function writeInWaves(host: Host, given: readonly Given[], source: string): Promise<MarketWrite[]> {
  const results: MarketWrite[] = []
  for (let from = 0; from < given.length; ) {
    const seen = new Set<string>()
    let to = from
    for (; to < given.length; to++) {
      const key = `${given[to]?.kind} ${given[to]?.instrument}`
      if (seen.has(key)) break
      seen.add(key)
    }
    results.push(...(await writeWave(host, given.slice(from, to), source)))
    from = to
  }
  return results
}

async function writeWave(host: Host, wave: readonly Given[], source: string): Promise<MarketWrite[]> {
  const { connection, clock } = host
  const planned = await Promise.all(
    wave.map(async (given) => {
      const series = seriesOf(connection, given.kind, given.instrument)
      const plan = await planWrite(series, given.rows)
      return { series, plan, given }
    }),
  )
  const writes = await Promise.all(
    planned
      .filter(({ plan }) => plan.added + plan.changed > 0)
      .map(async (one) => ({ ...one, record: await currentRecord(one.series, recordKey(one.given), source) })),
  )
  if (writes.length > 0) {
    await carryOut(connection, writes)
    const closed = writes.map(
      ({
        record,
        plan,
        given: {
          rows: [time],
        },
      }) => {
        const from = Math.min(record.from, time?.[0] as number)
        const to = Math.max(record.to, time?.at(-1) as number)
        const rows = record.rows + plan.growth
        return recordLine({ ...record, rows, from, to, source, updatedAt: clock.now(), isOpen: false })
      },
    )
    await connection.write(closed)
  }
  return planned.map(({ plan: { added, changed, unchanged } }) => ({ added, changed, unchanged }))
}

/** The record of a series, counted anew when a write of it never ended. */
async function currentRecord(
  series: InfluxSeries,
  key: ReturnType<typeof recordKey>,
  source: string,
): Promise<SeriesRecord> {
  const record = (await readRecord(series.connection, key)) ?? emptyRecord(key, source)
  if (!record.isOpen) return record
  return { ...emptyRecord(key, record.source), ...(await measureSeries(series)) }
}

async function coverageOf({ connection, clock }: Host): Promise<MarketCoverage[]> {
  const coverage: MarketCoverage[] = []
  for (const record of await listRecords(connection, 'market')) {
    const kind = seriesKinds.find((one) => one === record.kind)
    if (kind === undefined) continue
    let { rows, from, to, updatedAt } = record
    if (record.isOpen) {
      const measured = await measureSeries(seriesOf(connection, kind, record.instrument))
      if (measured === null) continue
      ;({ rows, from, to } = measured)
      updatedAt = clock.now()
      await connection.write([recordLine({ ...record, ...measured, updatedAt, isOpen: false })])
    }
    coverage.push({
      instrument: record.instrument,
      kind,
      rows,
      from,
      to,
      bytes: null,
      source: record.source,
      updatedAt,
    })
  }
  const order = ({ instrument, kind }: MarketCoverage) => `${instrument}\u0000${kind}`
  return coverage.sort((a, b) => (order(a) < order(b) ? -1 : 1))
}

async function removeBefore({ connection, clock }: Host, key: MarketKey, before: number): Promise<number> {
  const series = seriesOf(connection, key.kind, key.instrument)
  const record = await currentRecord(series, recordKey(key), '')
  if (before <= record.from || record.rows === 0) return 0
  const { table, tags } = series
  const range = { measurement: table.measurement, tags }
  await connection.write([recordLine({ ...record, isOpen: true })])
  const ms = Math.floor(before)
  const isWhole = before === Number.POSITIVE_INFINITY
  await connection.remove({ ...range, from: firstStamp, to: isWhole ? lastStamp : stampOfMs(ms) })
  if (!isWhole && ms < before) {
    for (const stamp of (await loadRows(series, { from: ms, to: before })).stamps) {
      await connection.remove({ ...range, from: stamp, to: stamp + 2n })
    }
  }
  const left = isWhole ? null : await measureSeries(series)
  if (left === null) await removeRecord(connection, recordKey(key))
  else await connection.write([recordLine({ ...record, ...left, updatedAt: clock.now(), isOpen: false })])
  return record.rows - (left?.rows ?? 0)
}
