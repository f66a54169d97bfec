import { dirname } from 'node:path'
import { parseStamp } from './order-case.ts'
import { findReferenceFiles } from './reference/files.ts'
import { readReferenceOr } from './reference-files.ts'
import { type FeedArguments, feedRows } from './session-bars.ts'

/** The stamps of a feed: of its bars where the collection has them, else those of a run over the whole series. */
export function feedStamps(path: string, series: string, feed: FeedArguments = {}): readonly string[] | undefined {
  const rows = feedRows(path, series, feed)
  if (rows !== undefined) return rows.map(([stamp]) => stamp)
  const from = feed.fromdate === undefined ? Number.NEGATIVE_INFINITY : parseStamp(feed.fromdate)
  const to = feed.todate === undefined ? Number.POSITIVE_INFINITY : parseStamp(feed.todate)
  return runStamps(dirname(path), series)?.filter((stamp) => parseStamp(stamp) >= from && parseStamp(stamp) <= to)
}

const found = new Map<string, readonly string[] | undefined>()

/** The time of every bar of a run in the folder whose feed is the series; only `bars` of an analyzers file tell it. */
function runStamps(folder: string, series: string): readonly string[] | undefined {
  const key = `${folder}\n${series}`
  if (!found.has(key)) found.set(key, findRunStamps(folder, series))
  return found.get(key)
}

function findRunStamps(folder: string, series: string): readonly string[] | undefined {
  for (const file of findReferenceFiles(folder)) {
    const { run, bars } = (readReferenceOr(file, null) ?? {}) as { run?: { feed?: string }; bars?: readonly [string][] }
    if (run?.feed === series && Array.isArray(bars)) return bars.map(([stamp]) => stamp)
  }
  return undefined
}
