import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { count } from '../../ui/format.ts'
import { type Column, Table } from '../../ui/table.tsx'
import type { BadRow } from './types.ts'

/** Lines that are no bars: line, column, text and reason. */
export function BadRows({ rows, total }: { readonly rows: readonly BadRow[]; readonly total: number }) {
  const { t } = useTranslation('data')
  const columns = useMemo<Column[]>(() => {
    const bad = (row: number) => rows[row] as BadRow
    return [
      {
        id: 'row',
        title: t('bad.row'),
        width: 70,
        align: 'right',
        text: (row) => count(bad(row).row),
        value: (row) => bad(row).row,
      },
      {
        id: 'column',
        title: t('bad.column'),
        width: 110,
        text: (row) => bad(row).column,
        value: (row) => bad(row).column,
      },
      {
        id: 'reason',
        title: t('bad.reason'),
        width: '2fr',
        minWidth: 160,
        text: (row) => t(`errors:import.reason.${bad(row).reason}`, { defaultValue: bad(row).reason }),
      },
      { id: 'text', title: t('bad.text'), width: '1fr', minWidth: 120, text: (row) => bad(row).text },
    ]
  }, [rows, t])
  return (
    <section className="tw-bad-rows">
      <h3>{t('bad.title', { count: total })}</h3>
      <div className="tw-bad-rows-table">
        <Table label={t('bad.title', { count: total })} rows={rows.length} columns={columns} />
      </div>
      {total > rows.length && <p className="tw-setting-about">{t('bad.first', { shown: rows.length })}</p>}
    </section>
  )
}
