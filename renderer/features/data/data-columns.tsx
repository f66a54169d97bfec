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
      minWidth: 122,
      text: (row) => at(row).record.id,
      value: (row) => at(row).record.id,
      cell: (row) => <InstrumentCell row={at(row)} about={t('table.simulated')} />,
    },
    {
      id: 'interval',
      title: t('table.interval'),
      width: 40,
      align: 'center',
      text: (row) => series(row)?.interval ?? missing,
    },
    {
      id: 'bars',
      title: t('table.bars'),
      width: 70,
      align: 'right',
      text: (row) => count(series(row)?.bars),
      value: (row) => series(row)?.bars ?? null,
    },
    {
      id: 'from',
      title: t('table.from'),
      width: 88,
      text: (row) => moment(row, series(row)?.from).slice(0, 10),
      value: (row) => series(row)?.from ?? null,
    },
    {
      id: 'to',
      title: t('table.to'),
      width: 88,
      text: (row) => lastDay(row),
      value: (row) => series(row)?.to ?? null,
    },
    {
      id: 'source',
      title: t('table.source'),
      about: t('table.sourceAbout'),
      width: 110,
      text: (row) => series(row)?.source ?? missing,
      value: (row) => series(row)?.source ?? null,
      tone: () => 'muted',
      cell: (row) => {
        const stored = series(row)
        if (stored === null) return missing
        // The platform's own tooltip: a richer one per row would cost more than the row.
        const about = t('table.hash', { hash: stored.hash, time: dateTime(stored.updatedAt, 'local') })
        return <span title={about}>{stored.source}</span>
      },
    },
    {
      id: 'name',
      title: t('table.name'),
      width: 150,
      text: (row) => at(row).record.name,
      value: (row) => at(row).record.name,
      tone: () => 'muted',
    },
  ]
}

function InstrumentCell({ row, about }: { readonly row: SeriesRow; readonly about: string }) {
  return (
    <span className="tw-instrument">
      {row.record.id}
      {row.record.simulated && (
        <span className="tw-badge is-sim" title={about}>
          SIM
        </span>
      )}
    </span>
  )
}
