import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RunDetail } from '../../state/run-types.ts'
import { dateTime } from '../../ui/date-time.ts'
import { Empty } from '../../ui/states.tsx'
import { type Column, Table } from '../../ui/table.tsx'

interface LogTabProps {
  readonly log: RunDetail['log']
  readonly zone: string
  /** `day` for daily bars and coarser. */
  readonly precision: 'day' | 'minute'
}

/** Lines the strategy logged or notified, and what the engine had to say, oldest first. */
export function LogTab({ log, zone, precision }: LogTabProps) {
  const { t } = useTranslation('report')
  const [search, setSearch] = useState('')
  const lines = useMemo(() => {
    const wanted = search.trim().toLowerCase()
    return wanted === '' ? log : log.filter((line) => line.text.toLowerCase().includes(wanted))
  }, [log, search])
  const columns = useMemo<Column[]>(
    () => [
      {
        id: 'time',
        title: t('time'),
        width: 150,
        text: (row) => lineTime(lines[row]?.time ?? Number.NaN, zone, precision),
        value: (row) => lines[row]?.time ?? null,
      },
      {
        id: 'kind',
        title: t('log.kind'),
        width: 76,
        text: (row) => t(`log.${lines[row]?.kind ?? 'log'}`),
        value: (row) => lines[row]?.kind ?? '',
        tone: (row) => (lines[row]?.kind === 'engine' ? 'warn' : 'muted'),
      },
      { id: 'text', title: t('log.text'), width: '1fr', minWidth: 240, text: (row) => lines[row]?.text ?? '' },
    ],
    [t, lines, zone, precision],
  )
  return (
    <div className="report-tab">
      <div className="report-toolbar">
        <input
          type="search"
          className="tw-input report-search"
          placeholder={t('log.search')}
          aria-label={t('log.search')}
          value={search}
          spellCheck={false}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      <Table
        label={t('tab.log')}
        rows={lines.length}
        columns={columns}
        empty={
          <Empty
            title={t(log.length === 0 ? 'log.none' : 'log.noneFound')}
            text={log.length === 0 ? t('log.how') : undefined}
          />
        }
      />
    </div>
  )
}

/** A daily bar is spoken of by its day: its close is the midnight after it. */
function lineTime(ms: number, zone: string, precision: 'day' | 'minute'): string {
  return precision === 'day' ? dateTime(ms - 1, zone, 'day') : dateTime(ms, zone, 'second')
}
