import { Play, Radio, Square } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { bridge } from '../../bridge.ts'
import { useStore } from '../../state/store.ts'
import { answered, useRequest } from '../../state/use-request.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/states.tsx'
import { Table } from '../../ui/table.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { GapMap } from './gap-map.tsx'
import { SourceLines } from './source-lines.tsx'
import { watchColumns } from './watch-columns.ts'
import './blotter.css'

/** Market data as it is collected: sources with their state, and the last figures of each instrument with their age. */
export function BlotterPanel() {
  const { t } = useTranslation('data')
  const version = useBeats()
  const status = answered(useRequest('blotter.status', {}, version).answer)?.status
  const watch = answered(useRequest('blotter.watch', {}, version).answer)
  const [isBusy, setBusy] = useState(false)
  const rows = watch?.rows ?? []
  const instruments = useStore((state) => state.instruments)
  const columns = useMemo(
    () => watchColumns(rows, { at: watch?.at ?? 0, instruments, t }),
    [rows, watch, instruments, t],
  )
  const running = status?.running ?? false

  async function toggle() {
    setBusy(true)
    try {
      await bridge().call(running ? 'blotter.stop' : 'blotter.start', {})
    } catch (error) {
      useStore.getState().notifyError(error)
    } finally {
      setBusy(false)
    }
  }

  const button = (
    <Button
      icon={running ? Square : Play}
      disabled={isBusy}
      variant={running ? 'plain' : 'primary'}
      onClick={() => void toggle()}
    >
      {t(running ? 'blotter.stop' : 'blotter.start')}
    </Button>
  )
  const watchList = (
    <Table
      label={t('blotter.watch')}
      rows={rows.length}
      columns={columns}
      onOpen={(row) => useStore.setState({ instrument: rows[row]?.instrument ?? null })}
      empty={<Empty icon={Radio} title={t('blotter.empty')} text={t('blotter.emptyText')} />}
    />
  )
  return (
    <div className="blotter">
      <div className="blotter-bar">
        {button}
        {status !== undefined && <SourceLines status={status} />}
      </div>
      <Tabs
        label={t('blotter.title')}
        tabs={[
          { id: 'watch', title: t('blotter.watch'), content: watchList },
          { id: 'gaps', title: t('gaps.title'), content: <GapMap /> },
        ]}
      />
    </div>
  )
}

/** Counts what the blotter announces while it runs, twice a second, so that ages go on. */
function useBeats(): number {
  const [count, setCount] = useState(0)
  useEffect(() => {
    const beat = () => setCount((before) => before + 1)
    const end = bridge().subscribe('blotter.changed', beat)
    return end
  }, [])
  return count
}
