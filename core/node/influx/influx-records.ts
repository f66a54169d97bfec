import { firstStamp, type InfluxConnection, lastStamp } from './influx-connection.ts'
import { lineHead, stringField } from './line-protocol.ts'

/** What is noted of a series beside its points: InfluxDB would have to read them all to say. */
export interface SeriesRecord {
  readonly instrument: string
  /** bar, tick, quote or book. */
  readonly kind: string
  /** Of bars; empty otherwise. */
  readonly interval: string
  readonly rows: number
  readonly from: number
  readonly to: number
  /** Of bars: `seriesHash`; empty otherwise. */
  readonly hash: string
  readonly source: string
  readonly updatedAt: number
  /** True while a write is under way; found so later, it never ended, and the figures must be counted anew. */
  readonly isOpen: boolean
}

export type RecordKey = Pick<SeriesRecord, 'instrument' | 'kind' | 'interval'>

const measurement = 'tickwright_series'
const field = 'record'

/** An empty tag cannot be written. */
const tagsOf = ({ instrument, kind, interval }: RecordKey) => ({
  instrument,
  kind,
  interval: interval === '' ? '-' : interval,
})

export async function readRecord(connection: InfluxConnection, key: RecordKey): Promise<SeriesRecord | null> {
  const [record] = await select(connection, tagsOf(key))
  return record ?? null
}

export function listRecords(connection: InfluxConnection, kinds: 'bars' | 'market'): Promise<SeriesRecord[]> {
  return select(connection, {}).then((records) => records.filter(({ kind }) => (kind === 'bar') === (kinds === 'bars')))
}

async function select(connection: InfluxConnection, tags: Record<string, string>): Promise<SeriesRecord[]> {
  const range = { measurement, tags, from: firstStamp, to: lastStamp }
  const { rows } = await connection.select({ ...range, fields: [field] })
  return rows.map(([text]) => JSON.parse(String(text)) as SeriesRecord)
}

/** The one point of a record; it stands at 1970, and writing it again replaces it. */
export function recordLine(record: SeriesRecord): string {
  return `${lineHead(measurement, tagsOf(record))}${field}=${stringField(JSON.stringify(record))} 0`
}

export function removeRecord(connection: InfluxConnection, key: RecordKey): Promise<void> {
  return connection.remove({ measurement, tags: tagsOf(key), from: firstStamp, to: lastStamp })
}

export function emptyRecord(key: RecordKey, source: string): SeriesRecord {
  return {
    ...key,
    rows: 0,
    from: Number.POSITIVE_INFINITY,
    to: Number.NEGATIVE_INFINITY,
    hash: '',
    source,
    updatedAt: 0,
    isOpen: true,
  }
}
