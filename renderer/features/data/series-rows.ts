import { intervalMs } from '../../state/intervals.ts'
import type { Coverage, Instrument } from '../../state/types.ts'

/** One line of the data table: an instrument with one of its stored series, or without any. */
export interface SeriesRow {
  readonly record: Instrument
  readonly series: Coverage | null
}

/** Lines that match every word of the filter (id, name, symbol, kind, interval, source, `sim`), by instrument, finest series first. */
export function seriesRows(
  instruments: readonly Instrument[],
  coverage: readonly Coverage[],
  filter: string,
): SeriesRow[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  return [...instruments]
    .sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }))
    .flatMap((record): SeriesRow[] => {
      const stored = coverage
        .filter((series) => series.instrument === record.id)
        .sort((a, b) => intervalMs(a.interval) - intervalMs(b.interval))
      return stored.length === 0 ? [{ record, series: null }] : stored.map((series) => ({ record, series }))
    })
    .filter((row) => {
      const text = searchText(row)
      return words.every((word) => text.includes(word))
    })
}

function searchText({ record, series }: SeriesRow): string {
  const parts = [record.id, record.name, record.symbol, record.kind, record.currency, record.simulated ? 'sim' : '']
  return [...parts, series?.interval ?? '', series?.source ?? ''].join(' ').toLowerCase()
}
