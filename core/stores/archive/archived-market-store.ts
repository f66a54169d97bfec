import {
  createMarketColumns,
  type MarketColumnList,
  type MarketSeriesByKind,
  marketColumns,
  type SeriesKind,
  toMarketSeries,
} from '../../domain/market-columns.ts'
import { marketHash, utcDay, utcDayEnd } from '../market-blocks.ts'
import type { MarketBatch, MarketCoverage, MarketDamage, MarketStore, MarketWrite } from '../market-store.ts'
import { assertMarketRows, mergeMarket } from '../merge-market.ts'
import type { ArchivePart } from './archive-port.ts'
import { firstRows, lengthOf, rowsIn, withoutParts, withParts } from './archive-rows.ts'
import { type ArchivedStore, isArchived, returnPart } from './market-archive.ts'

interface Series {
  readonly kind: SeriesKind
  readonly instrument: string
}

/**
 * A store with its archive as one: whoever reads does not see which rows are in files. A write that changes archived
 * rows brings their month back first; one that changes nothing leaves it where it is.
 */
export function createArchivedMarketStore(store: ArchivedStore): MarketStore {
  const { live, files, sha256, turns } = store
  const partsIn = async ({ kind, instrument }: Series, from: number | null, to: number | null) =>
    (await files.list())
      .filter((part) => part.kind === kind && part.instrument === instrument && isArchived(part))
      .filter((part) => (to === null || part.from < to) && (from === null || part.to > from))
      .sort((one, other) => one.from - other.from)

  const read = async (series: Series, from: number | null, to: number | null, limit: number) => {
    const { kind, instrument } = series
    const own = marketColumns(kind, await live.read(kind, instrument, from, to, limit))
    const parts: { part: ArchivePart; rows: MarketColumnList }[] = []
    let rows = 0
    for (const part of await partsIn(series, from, to)) {
      // The first rows cannot lie beyond parts that have as many
      if (limit > 0 && rows >= limit) break
      const found = rowsIn(await files.read(part), from, to)
      parts.push({ part, rows: found })
      rows += lengthOf(found)
    }
    return parts.length === 0 ? own : firstRows(kind, withParts(kind, own, parts), limit)
  }
  const upsert = (batch: MarketBatch, source: string): Promise<MarketWrite> => writeBatch(store, batch, source, partsIn)

  return {
    upsert: (kind, instrument, rows, source) => upsert({ kind, instrument, rows } as MarketBatch, source),
    async upsertAll(batches, source) {
      const touched = await Promise.all(batches.map((batch) => partsIn(batch, ...spanOf(batch))))
      if (touched.every((parts) => parts.length === 0)) return turns.shared(() => live.upsertAll(batches, source))
      const writes: MarketWrite[] = []
      for (const batch of batches) writes.push(await upsert(batch, source))
      return writes
    },
    read: (kind, instrument, from, to, limit = 0) =>
      turns.shared(async () => toMarketSeries(kind, await read({ kind, instrument }, from, to, limit))) as Promise<
        MarketSeriesByKind[typeof kind]
      >,
    coverage: () =>
      turns.shared(async () => withArchived(await live.coverage(), (await files.list()).filter(isArchived))),
    days: (kind, instrument, from, to) =>
      turns.shared(async () => {
        const [first, end] = [from === null ? null : utcDay(from), to === null ? null : utcDayEnd(to)]
        const parts = await partsIn({ kind, instrument }, first, end)
        const archived = parts.flatMap(({ days }) => days).filter(({ day }) => isIn(day, first, end))
        const own = await live.days(kind, instrument, from, to)
        return [...archived.map((day) => ({ ...day })), ...own].sort((one, other) => one.day - other.day)
      }),
    hash: (kind, instrument, from, to) =>
      turns.shared(async () => {
        const parts = await partsIn({ kind, instrument }, from, to)
        if (parts.length === 0) return live.hash(kind, instrument, from, to)
        return marketHash(await read({ kind, instrument }, from, to, 0), sha256)
      }),
    delete: (kind, instrument, before) =>
      turns.exclusive(async () => {
        let gone = 0
        for (const part of await partsIn({ kind, instrument }, null, before)) {
          if (before !== null && part.to > before) await returnPart(store, part)
          else {
            await files.save((await files.list()).filter(({ file }) => file !== part.file))
            await files.remove(part.file)
            gone += part.rows
          }
        }
        return gone + (await live.delete(kind, instrument, before))
      }),
    repair: (kind, instrument) =>
      turns.exclusive(async () => {
        const damaged = await live.repair(kind, instrument)
        const parts = await partsIn({ kind, instrument }, null, null)
        return [...(await repairParts(store, parts)), ...damaged]
      }),
  }
}

type PartsIn = (series: Series, from: number | null, to: number | null) => Promise<ArchivePart[]>

async function writeBatch(
  store: ArchivedStore,
  batch: MarketBatch,
  source: string,
  partsIn: PartsIn,
): Promise<MarketWrite> {
  const { live, files, turns } = store
  const { kind, instrument } = batch
  const columns = marketColumns(kind, batch.rows as never)
  assertMarketRows(kind, columns)
  const own = (rows: MarketColumnList) => live.upsert(kind, instrument, toMarketSeries(kind, rows) as never, source)
  if ((await partsIn(batch, ...spanOf(batch))).length === 0) {
    return turns.shared(() => live.upsert(kind, instrument, batch.rows as never, source))
  }
  return turns.exclusive(async () => {
    const same: ArchivePart[] = []
    let unchanged = 0
    for (const part of await partsIn(batch, ...spanOf(batch))) {
      const given = rowsIn(columns, part.from, part.to)
      if (lengthOf(given) === 0) continue
      const merged = mergeMarket(kind, await files.read(part), given, (rows) => createMarketColumns(kind, rows))
      if (merged.added + merged.changed > 0) await returnPart(store, part)
      else {
        same.push(part)
        unchanged += merged.unchanged
      }
    }
    const write = await own(withoutParts(kind, columns, same))
    return { ...write, unchanged: write.unchanged + unchanged }
  })
}

/** From the first row to behind the last one. */
function spanOf({ kind, rows }: MarketBatch): [number, number] {
  const [time] = marketColumns(kind, rows as never)
  if (time === undefined || time.length === 0) return [0, Number.NEGATIVE_INFINITY]
  return [time[0] as number, (time[time.length - 1] as number) + 1]
}

function isIn(day: number, from: number | null, to: number | null): boolean {
  return (from === null || day >= from) && (to === null || day < to)
}

/** A damaged file is kept under another name; its period is to be fetched again. */
async function repairParts({ files }: ArchivedStore, parts: readonly ArchivePart[]): Promise<MarketDamage[]> {
  const damaged: MarketDamage[] = []
  for (const part of parts) {
    if ((await files.check(part)) === null) continue
    await files.save((await files.list()).filter(({ file }) => file !== part.file))
    await files.setAside(part.file)
    damaged.push({ from: part.first, to: part.last + 1, rows: part.rows })
  }
  return damaged
}

/** Series of which something is archived, with all their rows. */
function withArchived(own: readonly MarketCoverage[], parts: readonly ArchivePart[]): MarketCoverage[] {
  const series = new Map(own.map((one) => [`${one.instrument}\n${one.kind}`, one]))
  for (const part of parts) {
    const { kind, instrument, rows, first, last, bytes, source, updatedAt } = part
    const key = `${instrument}\n${kind}`
    const known = series.get(key) ?? { instrument, kind, rows: 0, from: first, to: last, bytes: 0, source, updatedAt }
    series.set(key, {
      ...known,
      rows: known.rows + rows,
      from: Math.min(known.from, first),
      to: Math.max(known.to, last),
      bytes: known.bytes === null ? null : known.bytes + bytes,
      updatedAt: Math.max(known.updatedAt, updatedAt),
    })
  }
  return [...series].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, one]) => one)
}
