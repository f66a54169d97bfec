import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from '../../state/store.ts'
import { dateTime, zoneFor } from '../../ui/format.ts'
import { type Column, Table } from '../../ui/table.tsx'
import type { Firing } from './use-alerts.ts'

/** What fired, newest first, with the figures that were compared. */
export function FiringTable({ firings }: { readonly firings: readonly Firing[] }) {
  const { t } = useTranslation('alerts')
  const zone = useStore((state) => state.zone)
  const columns = useMemo((): Column[] => {
    const column = (id: string, width: Column['width'], read: (firing: Firing) => string): Column => ({
      ...{ id, title: t(`log.${id}`), width, minWidth: 90 },
      text: (row) => read(firings[row] as Firing),
      value: (row) => read(firings[row] as Firing),
    })
    return [
      column('at', 150, ({ at }) => dateTime(at, zoneFor(zone, 'UTC'), 'second')),
      column('alert', 160, ({ name }) => name),
      column('text', '1fr', ({ text }) => text),
    ]
  }, [firings, zone, t])
  return <Table label={t('log.title')} rows={firings.length} columns={columns} />
}
