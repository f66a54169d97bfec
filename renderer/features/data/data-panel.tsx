import { ChartCandlestick, Database, FileUp, Pencil, Trash2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { bridge } from '../../bridge.ts'
import { runCommand } from '../../state/commands.ts'
import { useStore } from '../../state/store.ts'
import type { Instrument } from '../../state/types.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import type { MenuItem } from '../../ui/menu.tsx'
import { Empty, Failure, Loading } from '../../ui/states.tsx'
import { Table } from '../../ui/table.tsx'
import { dataColumns } from './data-columns.tsx'
import { EditInstrument } from './edit-instrument.tsx'
import { type SeriesRow, seriesRows } from './series-rows.ts'
import './data.css'

/** What is stored: instruments with their series; select one and every panel follows. */
export function DataPanel() {
  const { t } = useTranslation('data')
  const catalogue = useStore((state) => state.catalogue)
  const refresh = useStore((state) => state.refreshCatalogue)
  if (catalogue.state === 'loading') return <Loading />
  if (catalogue.state === 'failed') {
    return <Failure title={t('failed')} error={catalogue.error} onRetry={() => void refresh()} />
  }
  return <Catalogue />
}

function Catalogue() {
  const { t } = useTranslation('data')
  const [filter, setFilter] = useState('')
  const [editing, setEditing] = useState<Instrument | null>(null)
  const [deleting, setDeleting] = useState<Instrument | null>(null)
  return (
    <div className="tw-data">
      <div className="tw-toolbar">
        <input
          className="tw-input"
          type="search"
          placeholder={t('filter')}
          aria-label={t('filter')}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
        <IconButton icon={FileUp} label={t('import.pick')} onClick={() => runCommand('data.import')} />
      </div>
      <div className="tw-data-table">
        <SeriesTable filter={filter} onEdit={setEditing} onDelete={setDeleting} onClear={() => setFilter('')} />
      </div>
      {editing !== null && <EditInstrument record={editing} onClose={() => setEditing(null)} />}
      <ConfirmDelete record={deleting} onClose={() => setDeleting(null)} />
    </div>
  )
}

interface SeriesTableProps {
  readonly filter: string
  onEdit(record: Instrument): void
  onDelete(record: Instrument): void
  onClear(): void
}

function SeriesTable({ filter, onEdit, onDelete, onClear }: SeriesTableProps) {
  const { t } = useTranslation('data')
  const instruments = useStore((state) => state.instruments)
  const coverage = useStore((state) => state.coverage)
  const zone = useStore((state) => state.zone)
  const selected = useStore((state) => state.instrument)
  const interval = useStore((state) => state.interval)
  const rows = useMemo(() => seriesRows(instruments, coverage, filter), [instruments, coverage, filter])
  const columns = useMemo(() => dataColumns(rows, zone, t), [rows, zone, t])

  const menu = (row: number): MenuItem[] => {
    const { record } = rows[row] as SeriesRow
    return [
      { label: t('menu.chart'), icon: ChartCandlestick, run: () => show(rows[row]) },
      { label: t('menu.edit'), icon: Pencil, run: () => onEdit(record) },
      { label: t('menu.delete'), icon: Trash2, danger: true, run: () => onDelete(record) },
    ]
  }
  return (
    <Table
      label={t('table.label')}
      rows={rows.length}
      columns={columns}
      selected={selectedRow(rows, selected, interval)}
      onSelect={(row) => select(rows[row])}
      onOpen={(row) => show(rows[row])}
      onKey={(event, row) => {
        const record = rows[row]?.record
        if (record === undefined) return
        if (event.key === 'Delete') onDelete(record)
        if (event.key === 'F2') onEdit(record)
      }}
      menu={menu}
      empty={<NoRows filtered={instruments.length > 0} onClear={onClear} />}
    />
  )
}

function select(row: SeriesRow | undefined): void {
  if (row === undefined) return
  const { selectInstrument, selectInterval } = useStore.getState()
  selectInstrument(row.record.id)
  if (row.series !== null) selectInterval(row.series.interval)
}

function show(row: SeriesRow | undefined): void {
  select(row)
  useStore.getState().openPanel('chart')
}

/** The line of the selected instrument: that of the shown interval, else its first. */
export function selectedRow(rows: readonly SeriesRow[], instrument: string | null, interval: string): number | null {
  if (instrument === null) return null
  const exact = rows.findIndex((row) => row.record.id === instrument && row.series?.interval === interval)
  const any = exact >= 0 ? exact : rows.findIndex((row) => row.record.id === instrument)
  return any >= 0 ? any : null
}

function NoRows({ filtered, onClear }: { readonly filtered: boolean; onClear(): void }) {
  const { t } = useTranslation('data')
  if (filtered) {
    return (
      <Empty title={t('noMatch')}>
        <Button onClick={onClear}>{t('clearFilter')}</Button>
      </Empty>
    )
  }
  return (
    <Empty icon={Database} title={t('empty')} text={t('emptyText')}>
      <Button variant="primary" icon={FileUp} onClick={() => runCommand('data.import')}>
        {t('import.pick')}
      </Button>
    </Empty>
  )
}

function ConfirmDelete({ record, onClose }: { readonly record: Instrument | null; onClose(): void }) {
  const { t } = useTranslation('data')
  async function remove(instrument: string) {
    const { refreshData, notify, notifyError } = useStore.getState()
    try {
      await bridge().call('instrument.delete', { instrument })
      await refreshData()
      notify({ severity: 'info', text: t('delete.done', { id: instrument }) })
    } catch (error) {
      notifyError(error)
    }
  }
  const id = record?.id ?? ''
  return (
    <Confirm
      open={record !== null}
      title={t('delete.title', { id })}
      text={t('delete.text', { id })}
      action={t('delete.action', { id })}
      onClose={onClose}
      onConfirm={() => void remove(id)}
    />
  )
}
