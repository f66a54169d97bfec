import { intervalMs } from '../../state/intervals.ts'
import type { Coverage, Instrument } from '../../state/types.ts'

/** One line of the data table: an instrument with one of its stored series, or without any. */
export interface SeriesRow {
  readonly record: Instrument
  readonly series: Coverage | null
}

const byId = new Intl.Collator('en', { numeric: true })

/** Lines that match every word of the filter (id, name, symbol, kind, interval, source, `sim`), by instrument, finest series first. */
export function seriesRows(
  instruments: readonly Instrument[],
  coverage: readonly Coverage[],
  filter: string,
): SeriesRow[] {
  const storedBy = Map.groupBy(coverage, (series) => series.instrument)
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  return [...instruments]
    .sort((a, b) => byId.compare(a.id, b.id))
    .flatMap((record): SeriesRow[] => {
      const stored = storedBy.get(record.id)
      if (stored === undefined) return [{ record, series: null }]
      const finestFirst = stored.toSorted((a, b) => intervalMs(a.interval) - intervalMs(b.interval))
      return finestFirst.map((series) => ({ record, series }))
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
