import i18next from 'i18next'
import { Code2, FileChartColumn, GitCompare, History, Pencil, Pin, ShieldCheck, Trash2 } from 'lucide-react'
import { useDeferredValue, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { bridge } from '../../bridge.ts'
import { openRunCode } from '../../state/editor-request.ts'
import type { RunSummary } from '../../state/run-types.ts'
import { useStore } from '../../state/store.ts'
import { answered, useRequest } from '../../state/use-request.ts'
import { useVerifications, verifyRun } from '../../state/verification.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { count } from '../../ui/format.ts'
import type { MenuItem } from '../../ui/menu.tsx'
import { Empty, Failure, Loading } from '../../ui/states.tsx'
import { Table } from '../../ui/table.tsx'
import { VerdictBadge } from '../../ui/verdict-badge.tsx'
import { comparisonBase } from './compare-rows.ts'
import { NoteDialog } from './note-dialog.tsx'
import { runColumns } from './run-columns.tsx'
import { useRuns } from './use-runs.ts'

interface RunHistoryViewProps {
  /** The run the next comparison starts from; null = the previous one of the same strategy. */
  readonly base: string | null
  onBase(run: string | null): void
}

/** Every stored run: search, open, annotate, verify, compare, delete. */
export function RunHistoryView({ base, onBase }: RunHistoryViewProps) {
  const { t, i18n } = useTranslation('runs')
  const [search, setSearch] = useState('')
  const version = useStore((state) => state.runsVersion)
  const selected = useStore((state) => state.run)
  const instruments = useStore((state) => state.instruments)
  const { selectRun, openRun, openPanel } = useStore.getState()
  const history = useRuns(useDeferredValue(search), version)
  const { runs } = history
  const { answer: metrics } = useRequest('metric.list', {})
  const known = answered(metrics)?.metrics
  const language = i18n.language === 'zh' ? 'zh' : 'en'
  const columns = useMemo(
    () => runColumns({ runs, t, metrics: known ?? [], language, instruments }),
    [runs, t, known, language, instruments],
  )
  const [dialog, setDialog] = useState<{ kind: 'note' | 'delete'; run: RunSummary } | null>(null)
  const row = runs.findIndex((run) => run.id === selected)
  const current = runs[row]
  const verification = useVerifications((state) => state.byRun[selected ?? ''])

  const act = {
    open: (run: RunSummary) => openRun(run.id),
    compare: (run: RunSummary) => compare(run, base, runs),
    note: (run: RunSummary) => setDialog({ kind: 'note', run }),
    remove: (run: RunSummary) => setDialog({ kind: 'delete', run }),
    verify: (run: RunSummary) => void verifyRun(run.id),
    code: (run: RunSummary) => openRunCode(run.id),
    base: (run: RunSummary) => onBase(run.id === base ? null : run.id),
  }

  if (history.state === 'failed' && runs.length === 0) return <Failure error={history.error} />
  if (history.state === 'loading' && runs.length === 0) return <Loading />
  const isEmpty = runs.length === 0 && search === ''
  if (isEmpty) {
    return (
      <Empty icon={History} title={t('empty.title')} text={t('empty.text')}>
        <Button variant="primary" onClick={() => openPanel('backtest')}>
          {t('empty.action')}
        </Button>
      </Empty>
    )
  }
  return (
    <div className="runs">
      <div className="runs-toolbar">
        <input
          type="search"
          className="tw-input runs-search"
          placeholder={t('search')}
          aria-label={t('search')}
          value={search}
          spellCheck={false}
          onChange={(event) => setSearch(event.target.value)}
        />
        <span className="runs-faint">{t('count', { count: history.total, runs: count(history.total) })}</span>
        {base !== null && (
          <span className="runs-base">
            {t('base', { run: baseName(runs, base) })}
            <IconButton icon={Pin} pressed label={t('act.unbase')} onClick={() => onBase(null)} />
          </span>
        )}
        <span className="runs-actions">
          <VerdictBadge verification={verification} />
          <Actions run={current} act={act} isBase={current?.id === base} />
        </span>
      </div>
      <Table
        label={t('title')}
        rows={runs.length}
        columns={columns}
        initialSort={[{ column: 'time', descending: true }]}
        selected={row < 0 ? null : row}
        onSelect={(at) => selectRun(runs[at]?.id ?? null)}
        onOpen={(at) => openRun(runs[at]?.id ?? null)}
        onKey={(event, at) => {
          const run = runs[at]
          if (event.key === 'Delete' && run !== undefined) act.remove(run)
        }}
        menu={(at) => menuOf(runs[at], act, t)}
        rowClass={(at) => (runs[at]?.id === base ? 'runs-base-row' : undefined)}
        empty={<Empty title={t('noneFound')} />}
      />
      {dialog?.kind === 'note' && <NoteDialog run={dialog.run} onClose={() => setDialog(null)} />}
      <Confirm
        open={dialog?.kind === 'delete'}
        title={t('delete.title')}
        text={t('delete.text', { run: dialog?.run.id ?? '', strategy: dialog?.run.strategyName ?? '' })}
        action={t('delete.action')}
        onConfirm={() => dialog !== null && void removeRun(dialog.run.id)}
        onClose={() => setDialog(null)}
      />
    </div>
  )
}

type Act = Readonly<
  Record<'open' | 'compare' | 'note' | 'remove' | 'verify' | 'code' | 'base', (run: RunSummary) => void>
>

interface ActionsProps {
  readonly run: RunSummary | undefined
  readonly act: Act
  readonly isBase: boolean
}

function Actions({ run, act, isBase }: ActionsProps) {
  const { t } = useTranslation('runs')
  const on = (name: keyof Act) => ({ disabled: run === undefined, onClick: () => run !== undefined && act[name](run) })
  const done = run?.state === 'done'
  return (
    <>
      <IconButton icon={FileChartColumn} label={t('act.open')} {...on('open')} />
      <IconButton icon={GitCompare} label={t('act.compare')} {...on('compare')} disabled={!done} />
      <IconButton
        icon={Pin}
        pressed={isBase}
        label={t(isBase ? 'act.unbase' : 'act.base')}
        {...on('base')}
        disabled={!done}
      />
      <IconButton icon={ShieldCheck} label={t('act.verify')} {...on('verify')} disabled={!done} />
      <IconButton icon={Code2} label={t('act.code')} {...on('code')} />
      <IconButton icon={Pencil} label={t('act.note')} {...on('note')} />
      <IconButton icon={Trash2} label={t('act.remove')} {...on('remove')} />
    </>
  )
}

function menuOf(run: RunSummary | undefined, act: Act, t: (key: string) => string): readonly MenuItem[] {
  if (run === undefined) return []
  const disabled = run.state !== 'done'
  return [
    { label: t('act.open'), icon: FileChartColumn, shortcut: 'Enter', run: () => act.open(run) },
    { label: t('act.compare'), icon: GitCompare, disabled, run: () => act.compare(run) },
    { label: t('act.base'), icon: Pin, disabled, run: () => act.base(run) },
    { label: t('act.verify'), icon: ShieldCheck, disabled, run: () => act.verify(run) },
    { label: t('act.code'), icon: Code2, run: () => act.code(run) },
    { label: t('act.note'), icon: Pencil, run: () => act.note(run) },
    { label: t('act.remove'), icon: Trash2, shortcut: 'Del', danger: true, run: () => act.remove(run) },
  ]
}

function baseName(runs: readonly RunSummary[], id: string): string {
  const run = runs.find((one) => one.id === id)
  return run === undefined ? id : `${run.strategyName} ${run.id}`
}

function compare(run: RunSummary, base: string | null, runs: readonly RunSummary[]): void {
  const { compareWith, selectRun, notify } = useStore.getState()
  const other = comparisonBase(run, base, runs)
  if (other === null) {
    notify({ severity: 'info', text: i18next.t('runs:nothingToCompare') })
    return
  }
  selectRun(run.id)
  compareWith(other)
}

async function removeRun(run: string): Promise<void> {
  const { notifyError, selectRun, run: selected } = useStore.getState()
  try {
    await bridge().call('run.delete', { run })
    if (selected === run) selectRun(null)
  } catch (error) {
    notifyError(error)
  }
}
