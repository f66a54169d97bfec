import type { Database } from 'better-sqlite3'
import { barColumnNames, createBarSeries } from '../../domain/bar-series.ts'
import { blockColumns, canonicalizeNaN, unpackBlock } from '../../stores/bar-blocks.ts'
import type { Revision, RevisionStore } from '../../stores/revision-store.ts'
import { packColumns, sha256, unpackColumns } from './packed-columns.ts'
import { atPlace } from './sqlite-errors.ts'

interface RevisionRow {
  readonly instrument: string
  readonly interval: string
  readonly at: number
  readonly source: string
  readonly bars: number
  readonly bars_raw: number
  readonly bars_data: Uint8Array
  readonly added: number
  readonly added_raw: number
  readonly added_data: Uint8Array
  readonly hash: string
}

const nothing = { data: new Uint8Array(), rawBytes: 0 }

/**
 * Revisions in `bars.db`, compressed as blocks are. What is older than one whose bytes are not those that were written
 * cannot be reached any more, and is left out.
 */
export function createSqliteRevisionStore(db: Database): RevisionStore {
  const add = db.prepare(
    `INSERT INTO revisions (instrument, interval, at, source, bars, bars_raw, bars_data, added, added_raw, added_data, hash)
     VALUES (@instrument, @interval, @at, @source, @bars, @bars_raw, @bars_data, @added, @added_raw, @added_data, @hash)
     ON CONFLICT (instrument, interval, at) DO NOTHING`,
  )
  const list = db.prepare(
    'SELECT * FROM revisions WHERE instrument = ? AND interval = ? AND at < ? ORDER BY at DESC LIMIT ?',
  )
  const remove = db.prepare('DELETE FROM revisions WHERE instrument = ?')
  const at = <Value>(work: () => Value): Value => atPlace({ file: db.name }, work)
  return {
    async add(revision) {
      at(() => add.run(rowOf(revision)))
    },
    async list(instrument, interval, before, limit) {
      const end = before ?? Number.POSITIVE_INFINITY
      const rows = at(() => list.all(instrument, interval, end, limit) as RevisionRow[])
      const damaged = rows.findIndex((row) => hashOf(row) !== row.hash)
      return rows.slice(0, damaged < 0 ? rows.length : damaged).map(revisionOf)
    },
    async delete(instrument) {
      at(() => remove.run(instrument))
    },
  }
}

function rowOf({ instrument, interval, at, source, before, added }: Revision): RevisionRow {
  const { length } = before
  // One block of any length
  const values = new Float64Array(length * blockColumns)
  for (const [index, name] of barColumnNames.entries()) values.set(before[name], index * length)
  canonicalizeNaN(values)
  const bars = length === 0 ? nothing : packColumns(values, length)
  const times = added.length === 0 ? nothing : packColumns(Float64Array.from(added), added.length)
  const row = {
    ...{ instrument, interval, at, source, bars: length, bars_raw: bars.rawBytes, bars_data: bars.data },
    ...{ added: added.length, added_raw: times.rawBytes, added_data: times.data },
  }
  return { ...row, hash: hashOf(row) }
}

function hashOf({ bars, added, bars_data, added_data }: Omit<RevisionRow, 'hash'>): string {
  return sha256(new TextEncoder().encode(`${bars} ${added} ${sha256(bars_data)} ${sha256(added_data)}`))
}

function revisionOf(row: RevisionRow): Revision {
  const { instrument, interval, at, source } = row
  const before = createBarSeries(row.bars)
  if (row.bars > 0) {
    const values = new Float64Array(row.bars * blockColumns)
    unpackBlock(unpackColumns({ data: row.bars_data, rawBytes: row.bars_raw }, values, row.bars), before, 0)
  }
  const added = new Float64Array(row.added)
  if (row.added > 0) unpackColumns({ data: row.added_data, rawBytes: row.added_raw }, added, row.added)
  return { instrument, interval, at, source, before, added }
}
