import { readFileSync } from 'node:fs'
import { resampleQtpylib } from '../../core/data/qtpylib-resample.ts'
import { type BarSeries, createBarSeries } from '../../core/domain/bar-series.ts'
import { findMarketFile } from './collection.ts'
import { firstRowDifference, stampMs } from './compare-rows.ts'
import type { Verdict } from './orders.ts'

interface ResolutionCase {
  /** `market/…/ticks.csv as ticks (last=Close, lastsize=Volume)` or `market/…/minutes.csv, 2013-10-07 09:30..15:59`. */
  readonly source: string
  readonly resolution: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly unknown[])[]
}

/** Runs the cases of a file of qtpylib's `tools.resample`. */
export function checkResolutions(cases: readonly ResolutionCase[], path: string): Verdict[] {
  return cases.map((one) => {
    const id = `${one.resolution} of ${one.source}`
    const text = sourceText(one.source, path)
    if (text === undefined)
      return { id, outcome: 'failed', difference: `no ${one.source.split(/[ ,]/)[0]} above this file` }
    const shape = / as ticks/.test(one.source) ? 'ticks' : 'bars'
    const resampled = resampleQtpylib(readSource(text, one.source), one.resolution, { shape })
    const difference = firstRowDifference(one.rows, ourRows(resampled, one.columns), one.columns)
    return difference === undefined ? { id, outcome: 'passed' } : { id, outcome: 'failed', difference }
  })
}

function ourRows(bars: BarSeries, columns: readonly string[]) {
  const named: Readonly<Record<string, Float64Array>> = {
    datetime: bars.time,
    open: bars.open,
    high: bars.high,
    low: bars.low,
    close: bars.close,
    volume: bars.volume,
  }
  return Array.from({ length: bars.length }, (_, row) => columns.map((name) => named[name]?.[row] ?? Number.NaN))
}

/** The file that the source names. */
function sourceText(source: string, path: string): string | undefined {
  const file = source.split(/[ ,]/)[0] ?? ''
  const found = findMarketFile(file, path)
  return found === undefined ? undefined : readFileSync(found, 'utf8')
}

function readSource(text: string, source: string): BarSeries {
  const [header = '', ...lines] = text.trim().split(/\r?\n/)
  const names = header.toLowerCase().split(',')
  const column = (name: string) => names.indexOf(name.toLowerCase())
  const last = /last=(\w+)/.exec(source)?.[1] ?? 'close'
  const size = /lastsize=(\w+)/.exec(source)?.[1] ?? 'volume'
  const isTicks = / as ticks/.test(source)
  const rows = lines.map((line) => line.split(',')).filter(within(source))
  const series = createBarSeries(rows.length)
  const put = (into: Float64Array, at: number) => {
    for (const [row, cells] of rows.entries()) into[row] = at < 0 ? Number.NaN : Number(cells[at])
  }
  for (const name of ['open', 'high', 'low', 'close'] as const) put(series[name], column(isTicks ? last : name))
  put(series.volume, column(size))
  for (const [row, cells] of rows.entries()) series.time[row] = series.closeTime[row] = stampMs(cells[0] ?? '')
  return series
}

/** `, 2013-10-07 09:30..15:59`: rows from the first moment to the second, on one day or between two. */
function within(source: string): (cells: readonly string[]) => boolean {
  const [, day = '', from = '', untilDay, until = ''] =
    /(\d{4}-\d\d-\d\d) ?(\d\d:\d\d(?::\d\d)?)?\.\.(\d{4}-\d\d-\d\d ?)?(\d\d:\d\d(?::\d\d)?)?/.exec(source) ?? []
  if (day === '') return () => true
  const start = stampMs(`${day}T${seconds(from || '00:00')}`)
  const end = stampMs(`${(untilDay ?? day).trim()}T${seconds(until || '23:59:59')}`)
  return (cells) => {
    const stamp = stampMs(cells[0] ?? '')
    return stamp >= start && stamp <= end
  }
}

const seconds = (time: string) => (time.length === 5 ? `${time}:00` : time)
