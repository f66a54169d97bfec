import type { TFunction } from 'i18next'
import { isDaily, lastMoment } from '../../state/intervals.ts'
import type { Preferences } from '../../state/types.ts'
import { count, dateTime, missing, zoneFor } from '../../ui/format.ts'
import type { Column } from '../../ui/table.tsx'
import type { SeriesRow } from './series-rows.ts'

/** Columns of the data table. */
export function dataColumns(rows: readonly SeriesRow[], zone: Preferences['zone'], t: TFunction<'data'>): Column[] {
  const at = (row: number) => rows[row] as SeriesRow
  const series = (row: number) => at(row).series
  const moment = (row: number, ms: number | undefined) => {
    const { record, series: stored } = at(row)
    const daily = stored !== null && isDaily(stored.interval)
    return dateTime(ms, daily ? record.zone : zoneFor(zone, record.zone), daily ? 'day' : 'minute')
  }
  const lastDay = (row: number) => {
    const stored = series(row)
    return stored === null ? missing : moment(row, lastMoment(stored)).slice(0, 10)
  }
  return [
    {
      id: 'instrument',
      title: t('table.instrument'),
      width: '1fr',
      minWidth: 116,
      text: (row) => at(row).record.id,
      value: (row) => at(row).record.id,
      cell: (row) => <InstrumentCell row={at(row)} t={t} />,
    },
    {
      id: 'interval',
      title: t('table.interval'),
      width: 38,
      align: 'center',
      text: (row) => series(row)?.interval ?? missing,
    },
    {
      id: 'bars',
      title: t('table.bars'),
      width: 74,
      align: 'right',
      text: (row) => count(series(row)?.bars),
      value: (row) => series(row)?.bars ?? null,
    },
    {
      id: 'from',
      title: t('table.from'),
      width: 86,
      text: (row) => moment(row, series(row)?.from).slice(0, 10),
      value: (row) => series(row)?.from ?? null,
    },
    {
      id: 'to',
      title: t('table.to'),
      width: 86,
      text: (row) => lastDay(row),
      value: (row) => series(row)?.to ?? null,
    },
  ]
}

/** Name, origin and hash of a line: rarely read, so they stand in the platform's tooltip and not in columns of their own. */
export function aboutSeries({ record, series }: SeriesRow, t: TFunction<'data'>): string {
  const origin =
    series === null
      ? []
      : [
          `${t('table.source')}: ${series.source}`,
          t('table.hash', { hash: series.hash, time: dateTime(series.updatedAt, 'local') }),
        ]
  return [record.name === '' ? record.id : `${record.id} · ${record.name}`, ...origin].join('\n')
}

function InstrumentCell({ row, t }: { readonly row: SeriesRow; readonly t: TFunction<'data'> }) {
  return (
    <span className="tw-instrument" title={aboutSeries(row, t)}>
      {row.record.id}
      {row.record.simulated && (
        <span className="tw-badge is-sim" title={t('table.simulated')}>
          SIM
        </span>
      )}
    </span>
  )
}
