import { type BarSeries, barColumnNames, createBarSeries } from '../../domain/bar-series.ts'
import type { Clock } from '../../lib/clock.ts'
import { blockBars, blockCount, bytesOf, hashOfBlocks, packBlock } from '../../stores/bar-blocks.ts'
import type { BarStore, Coverage, UpsertResult } from '../../stores/bar-store.ts'
import { assertAscending } from '../../stores/merge-bars.ts'
import type { Sha256 } from '../../stores/stores.ts'
import { firstStamp, type InfluxConnection, lastStamp } from './influx-connection.ts'
import { lostRows } from './influx-errors.ts'
import { planWrite } from './influx-plan.ts'
import { emptyRecord, listRecords, readRecord, recordLine, removeRecord, type SeriesRecord } from './influx-records.ts'
import { type InfluxSeries, loadRows, type MsPeriod } from './influx-table.ts'
import { carryOut, createTurns } from './influx-writes.ts'

interface Host {
  readonly connection: InfluxConnection
  readonly clock: Clock
  readonly sha256: Sha256
  /** Blocks of series that this process has hashed: a new bar then costs its own block and not all bars. */
  readonly hashed: Map<string, HashedBlocks>
}

interface HashedBlocks {
  /** Of the whole series: what its record must say for the blocks to hold. */
  readonly hash: string
  readonly blocks: readonly { readonly first: number; readonly hash: string }[]
}

const table = {
  measurement: 'bar',
  fields: ['t', ...barColumnNames.slice(1)],
  keyFields: 1,
} as const

/** So often what was acknowledged and is not there is written again. */
const mostAttempts = 3

/** Bars as points of the measurement `bar`, tagged with instrument and interval. Writes are not atomic; repeating one completes it. */
export function createInfluxBarStore(options: Omit<Host, 'hashed'>): BarStore {
  const host: Host = { ...options, hashed: new Map() }
  const { connection } = host
  const inTurn = createTurns()
  return {
    async upsert(instrument, interval, bars, source) {
      assertAscending(bars)
      return inTurn(() => upsertBars(host, { instrument, interval }, { bars, source }))
    },
    async read(instrument, interval, from, to) {
      const period = { from: from ?? Number.NEGATIVE_INFINITY, to: to ?? Number.POSITIVE_INFINITY }
      return readBars(seriesOf(connection, { instrument, interval }), period)
    },
    coverage: () => inTurn(() => coverageOf(host)),
    delete: (instrument, interval) => inTurn(() => deleteBars(host, instrument, interval)),
  }
}

interface BarKey {
  readonly instrument: string
  readonly interval: string
}

function seriesOf(connection: InfluxConnection, { instrument, interval }: BarKey): InfluxSeries {
  return { connection, table, tags: { instrument, interval } }
}

const recordKey = (key: BarKey) => ({ instrument: key.instrument, interval: key.interval, kind: 'bar' })

async function readBars(series: InfluxSeries, period: MsPeriod): Promise<BarSeries> {
  const { columns, stamps } = await loadRows(series, period)
  const bars = createBarSeries(stamps.length)
  for (const [index, name] of barColumnNames.entries()) bars[name].set(columns[index] as Float64Array)
  return bars
}

async function upsertBars(
  host: Host,
  key: BarKey,
  { bars, source }: { readonly bars: BarSeries; readonly source: string },
): Promise<UpsertResult> {
  const series = seriesOf(host.connection, key)
  const rows = barColumnNames.map((name) => bars[name])
  const plan = await planWrite(series, rows)
  const { added, changed, unchanged } = plan
  const record = (await readRecord(host.connection, recordKey(key))) ?? emptyRecord(recordKey(key), source)
  if (added + changed === 0 && !record.isOpen) return { added, changed, unchanged, hash: record.hash }
  if (record.rows + bars.length === 0) return { added, changed, unchanged, hash: hashOfBlocks([], host.sha256) }
  if (added + changed > 0) await carryOut(host.connection, [{ series, plan, record }])
  const measure = () => measureBars(host, key, record, bars.time[0] ?? Number.NEGATIVE_INFINITY)
  let measured = await measure()
  // InfluxDB 1.6 at times loses a week of what it has acknowledged, when a write makes hundreds of shards
  for (let attempt = 0; added + changed > 0; attempt++) {
    const isSure = !record.isOpen && measured.rows >= record.rows + plan.growth
    const missing = isSure ? undefined : await planWrite(series, rows)
    if (missing === undefined || missing.added === 0) break
    if (attempt === mostAttempts) throw lostRows(host.connection.server, missing.added)
    await carryOut(host.connection, [{ series, plan: missing, record }])
    measured = await measure()
  }
  await host.connection.write([closedLine(host, { ...record, ...measured, source })])
  return { added, changed, unchanged, hash: measured.hash }
}

function closedLine({ clock }: Host, record: SeriesRecord): string {
  return recordLine({ ...record, updatedAt: clock.now(), isOpen: false })
}

/** Figures and hash of a series whose bars before `changedFrom` are as they were; only what may have changed is read. */
async function measureBars(host: Host, key: BarKey, record: SeriesRecord, changedFrom: number) {
  const name = `${key.instrument} ${key.interval}`
  const known = host.hashed.get(name)
  const isKnown = known !== undefined && known.hash === record.hash && !record.isOpen
  const after = isKnown ? known.blocks.findIndex(({ first }) => first > changedFrom) : 0
  const kept = isKnown ? known.blocks.slice(0, Math.max(0, (after < 0 ? known.blocks.length : after) - 1)) : []
  const from = isKnown ? known.blocks[kept.length]?.first : undefined
  // An earlier bar than the first block's moves every block.
  const start = from === undefined || kept.length === 0 ? Number.NEGATIVE_INFINITY : from
  const bars = await readBars(seriesOf(host.connection, key), { from: start, to: Number.POSITIVE_INFINITY })
  const blocks = [...kept]
  for (let block = 0; block < blockCount(bars.length); block++) {
    const hash = host.sha256(bytesOf(packBlock(bars, block)))
    blocks.push({ first: bars.time[block * blockBars] as number, hash })
  }
  const hash = hashOfBlocks(
    blocks.map((block) => block.hash),
    host.sha256,
  )
  host.hashed.set(name, { hash, blocks })
  const rows = kept.length * blockBars + bars.length
  const to = bars.closeTime[bars.length - 1] as number
  return { rows, from: blocks[0]?.first as number, to, hash }
}

async function coverageOf(host: Host): Promise<Coverage[]> {
  const coverage: Coverage[] = []
  for (const listed of await listRecords(host.connection, 'bars')) {
    let record = listed
    if (record.isOpen) {
      record = { ...record, ...(await measureBars(host, record, record, Number.NEGATIVE_INFINITY)) }
      if (record.rows === 0) continue
      await host.connection.write([closedLine(host, record)])
    }
    const { instrument, interval, rows, from, to, hash, source, updatedAt } = record
    coverage.push({ instrument, interval, bars: rows, from, to, hash, source, updatedAt })
  }
  const order = ({ instrument, interval }: Coverage) => `${instrument}\u0000${interval}`
  return coverage.sort((a, b) => (order(a) < order(b) ? -1 : 1))
}

async function deleteBars({ connection, hashed }: Host, instrument: string, interval: string | null): Promise<boolean> {
  const doomed = (await listRecords(connection, 'bars')).filter(
    (record) => record.instrument === instrument && (interval === null || record.interval === interval),
  )
  for (const record of doomed) {
    const { tags } = seriesOf(connection, record)
    await connection.remove({ measurement: table.measurement, tags, from: firstStamp, to: lastStamp })
    await removeRecord(connection, recordKey(record))
    hashed.delete(`${record.instrument} ${record.interval}`)
  }
  return doomed.length > 0
}
