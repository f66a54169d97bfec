import { marketColumns, type SeriesKind, toMarketSeries } from '../../domain/market-columns.ts'
import { marketHash } from '../market-blocks.ts'
import type { MarketDay, MarketStore } from '../market-store.ts'
import type { Sha256 } from '../stores.ts'
import type { ArchivePart, ArchivePort } from './archive-port.ts'
import { joined } from './archive-rows.ts'
import { createTurns, type Turns } from './read-write-turns.ts'

export interface ArchiveControl {
  progress(doneRows: number, totalRows: number): void
  cancelled(): boolean
}

/** Moves old market data out of a store into files, and back. */
export interface MarketArchive {
  /** Whole months of a series before a time; the rows that moved. Ends early when cancelled. */
  archive(
    series: { readonly kind: SeriesKind; readonly instrument: string; readonly before: number },
    control: ArchiveControl,
  ): Promise<number>
  /** Writes the rows of a file back and forgets the file. */
  bringBack(file: string): Promise<void>
  /** Ends what a process that was killed had begun; the rows that were in two places are in one afterwards. */
  recover(): Promise<void>
}

export interface ArchivedStore {
  readonly live: MarketStore
  readonly files: ArchivePort
  readonly sha256: Sha256
  readonly turns: Turns
}

export function archivedStore(live: MarketStore, files: ArchivePort, sha256: Sha256): ArchivedStore {
  return { live, files, sha256, turns: createTurns() }
}

export function createMarketArchive(store: ArchivedStore): MarketArchive {
  const { files, turns } = store
  return {
    async archive({ kind, instrument, before }, control) {
      const months = monthsOf(await store.live.days(kind, instrument, null, before), before)
      const total = months.reduce((rows, month) => rows + month.rows, 0)
      let done = 0
      for (const month of months) {
        if (control.cancelled()) break
        done += await archiveMonth(store, { kind, instrument }, month)
        control.progress(done, total)
      }
      return done
    },
    bringBack: (file) =>
      turns.exclusive(async () => {
        const part = (await files.list()).find((one) => one.file === file)
        if (part !== undefined) await returnPart(store, part)
      }),
    recover: () =>
      turns.exclusive(async () => {
        for (const part of await files.list()) await recoverPart(store, part)
      }),
  }
}

interface Month {
  readonly from: number
  readonly to: number
  readonly days: readonly MarketDay[]
  readonly rows: number
}

/** Months that end by `before`, ascending. */
function monthsOf(days: readonly MarketDay[], before: number): Month[] {
  const months = new Map<number, MarketDay[]>()
  for (const day of days) {
    const at = new Date(day.day)
    const from = Date.UTC(at.getUTCFullYear(), at.getUTCMonth())
    months.set(from, [...(months.get(from) ?? []), day])
  }
  return [...months].flatMap(([from, inMonth]) => {
    const at = new Date(from)
    const to = Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1)
    const rows = inMonth.reduce((sum, day) => sum + day.rows, 0)
    return to > before ? [] : [{ from, to, days: inMonth, rows }]
  })
}

/** File first, then the catalogue, then the store: at every moment the rows are somewhere whole. */
async function archiveMonth(
  store: ArchivedStore,
  series: { readonly kind: SeriesKind; readonly instrument: string },
  { from, to, days }: Month,
): Promise<number> {
  const { live, files, sha256, turns } = store
  const { kind, instrument } = series
  const columns = marketColumns(kind, await live.read(kind, instrument, from, to))
  const time = columns[0] as Float64Array
  if (time.length === 0) return 0
  const file = `${kind}/${encodeURIComponent(instrument)}/${new Date(from).toISOString().slice(0, 7)}.parquet`
  const hash = marketHash(columns, sha256)
  const written = await files.write(file, kind, columns)
  const back = await files.read({ file, kind, rows: time.length, sha256: written.sha256 })
  const coverage = (await live.coverage()).find((one) => one.kind === kind && one.instrument === instrument)
  const part: ArchivePart = {
    ...{ file, kind, instrument, from, to, days, ...written, hash, rows: time.length },
    ...{ first: time[0] as number, last: time[time.length - 1] as number },
    ...{ source: coverage?.source ?? '', updatedAt: coverage?.updatedAt ?? 0, state: 'moving' },
  }
  return turns.exclusive(async () => {
    // Retention removes everything before a time: nothing else may be there, and nothing may have changed meanwhile
    const older = await live.days(kind, instrument, null, to)
    const isAlone = older.every(({ day }) => day >= from)
    if (!isAlone || marketHash(back, sha256) !== hash || (await live.hash(kind, instrument, from, to)) !== hash) {
      await files.remove(file)
      return 0
    }
    await put(store, part)
    await live.delete(kind, instrument, to)
    await put(store, { ...part, state: 'archived' })
    return part.rows
  })
}

/** Puts a part into the catalogue, in the place of the one with its file. */
async function put({ files }: ArchivedStore, part: ArchivePart): Promise<void> {
  await files.save([...(await files.list()).filter(({ file }) => file !== part.file), part])
}

async function forget({ files }: ArchivedStore, { file }: ArchivePart): Promise<void> {
  await files.save((await files.list()).filter((one) => one.file !== file))
  await files.remove(file)
}

/** Writes the rows back; called in an exclusive turn. Repeating it changes nothing. */
export async function returnPart(store: ArchivedStore, part: ArchivePart): Promise<void> {
  const { kind, instrument, source } = part
  const columns = await store.files.read(part)
  await put(store, { ...part, state: 'returning' })
  await store.live.upsert(kind, instrument, toMarketSeries(kind, joined(kind, [columns])), source)
  await forget(store, part)
}

async function recoverPart(store: ArchivedStore, part: ArchivePart): Promise<void> {
  const { live } = store
  const { kind, instrument, from, to, hash } = part
  if (part.state === 'archived') return
  if (part.state === 'returning') return returnPart(store, part)
  if ((await live.hash(kind, instrument, from, to)) === hash) return forget(store, part)
  const left = await live.read(kind, instrument, from, to)
  if (left.length === 0) await put(store, { ...part, state: 'archived' })
  else await returnPart(store, part)
}

/** True when a part's rows are nowhere else. */
export const isArchived = ({ state }: ArchivePart): boolean => state === 'archived'
