import { basename, extname, join } from 'node:path'
import { collectionOf, findAbove } from './collection.ts'
import { type BarRow, parseStamp } from './order-case.ts'
import { findReferenceFiles } from './reference/files.ts'
import { readReference, readReferenceOr } from './reference-files.ts'
import { sourceBars } from './source-bars.ts'

/** A bar of which only its stamp and close are known. */
export interface KnownClose {
  readonly stamp: string
  readonly close: number
}

/**
 * The whole bars of a feed that a file shows by its closes: of the series in the collection that has each of them.
 * Undefined when none does.
 */
export function barsWithCloses(path: string, closes: readonly KnownClose[]): readonly BarRow[] | undefined {
  for (const series of seriesNames(path)) {
    const rows = sourceBars(path, series)
    const found = rows === undefined ? undefined : pick(rows, closes)
    if (found !== undefined) return found
  }
  return undefined
}

function pick(rows: readonly BarRow[], closes: readonly KnownClose[]): BarRow[] | undefined {
  const byStamp = new Map(rows.map((row) => [Math.round(parseStamp(row[0])), row]))
  const found: BarRow[] = []
  for (const { stamp, close } of closes) {
    const row = byStamp.get(Math.round(parseStamp(stamp)))
    if (row === undefined || Math.abs(row[4] - close) > 1e-9 * Math.abs(close)) return undefined
    found.push(row)
  }
  return found
}

const names = new Map<string, readonly string[]>()

/** Every series that a file of the collection holds or that lies in its market folder. */
function seriesNames(path: string): readonly string[] {
  const folder = collectionOf(path)
  const known = names.get(folder)
  if (known !== undefined) return known
  const found = [...new Set([...heldNames(folder), ...marketNames(path)])]
  names.set(folder, found)
  return found
}

function heldNames(folder: string): string[] {
  return findReferenceFiles(folder).flatMap((file) => {
    const { series, run, data } = (readReferenceOr(file, null) ?? {}) as {
      readonly series?: string
      readonly run?: { readonly feed?: string }
      readonly data?: unknown
    }
    const feeds = Array.isArray(data) ? data.map((one: { spec?: { feed?: string } } | null) => one?.spec?.feed) : []
    return [series, run?.feed, ...feeds].filter((name): name is string => typeof name === 'string')
  })
}

function marketNames(path: string): string[] {
  const index = findAbove(join('market', 'index.json'), path)
  if (index === undefined) return []
  const { files } = readReference(index) as { readonly files: readonly { readonly file: string }[] }
  return files.map(({ file }) => basename(file, extname(file)))
}
