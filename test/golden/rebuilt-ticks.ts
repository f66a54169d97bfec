import { dirname } from 'node:path'
import type { BarRow } from './order-case.ts'
import { findReferenceFiles } from './reference/files.ts'
import { readReferenceOr } from './reference-files.ts'

interface ShownBars {
  readonly series?: string
  readonly feed_args?: Readonly<Record<string, unknown>>
  readonly resampledata?: { readonly timeframe: string; readonly compression?: number }
  readonly replaydata?: unknown
  readonly bars?: readonly (readonly [number, string, ...number[]])[]
}

/**
 * Ticks that no file holds, put together from two things that backtrader says of them: their prices and sizes as bars
 * of one tick, their times as a replay shows them. Undefined when the folder of `path` does not show both.
 */
export function rebuiltTicks(path: string, series: string): readonly BarRow[] | undefined {
  const shown = findReferenceFiles(dirname(path))
    .flatMap((file) => ((readReferenceOr(file, null) ?? {}) as { readonly cases?: readonly ShownBars[] }).cases ?? [])
    .filter((one) => one.series === series && Object.keys(one.feed_args ?? {}).length === 0)
  const singles = shown.find(
    ({ resampledata }) => resampledata?.timeframe === 'Ticks' && (resampledata.compression ?? 1) === 1,
  )?.bars
  const replayed = shown.find(({ replaydata, bars }) => replaydata !== undefined && bars?.length === singles?.length)
  if (singles === undefined || replayed?.bars === undefined) return undefined
  const stamps = replayed.bars.map(([, stamp]) => stamp)
  return singles.map(([, , ...values], index) => [stamps[index], ...values] as unknown as BarRow)
}
