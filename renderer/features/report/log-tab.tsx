import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RunDetail } from '../../state/run-types.ts'
import { dateTime } from '../../ui/date-time.ts'
import { Field } from '../../ui/field.tsx'
import { Empty } from '../../ui/states.tsx'
import { type Column, Table } from '../../ui/table.tsx'

interface LogTabProps {
  readonly log: RunDetail['log']
  readonly zone: string
}

/** Lines the strategy logged or notified, and what the engine had to say, oldest first. */
export function LogTab({ log, zone }: LogTabProps) {
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
        text: (row) => dateTime(lines[row]?.time, zone, 'second'),
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
    [t, lines, zone],
  )
  return (
    <div className="report-tab">
      <div className="report-toolbar">
        <Field label={t('log.search')} value={search} onChange={setSearch} type="search" />
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
