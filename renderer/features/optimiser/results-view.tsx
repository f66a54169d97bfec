import { Radar, RotateCw, Trash2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { bridge } from '../../bridge.ts'
import { useStore } from '../../state/store.ts'
import { answered, useRequest } from '../../state/use-request.ts'
import { errorText } from '../../text/error-text.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { dateTime } from '../../ui/date-time.ts'
import { Confirm } from '../../ui/dialog.tsx'
import { count } from '../../ui/format.ts'
import { JobProgress } from '../../ui/job-progress.tsx'
import { Select } from '../../ui/select.tsx'
import { Empty, Failure, Loading } from '../../ui/states.tsx'
import { type Tab, Tabs } from '../../ui/tabs.tsx'
import { HeatmapView } from './heatmap-view.tsx'
import { LuckView } from './luck-view.tsx'
import { shownMetrics, TrialsTable } from './trials-table.tsx'
import { useJobOf, useOptimiser } from './use-optimiser.ts'
import { type Optimisation, type OptimisationDetail, type Trials, useChanges } from './use-stored.ts'
import { WalkView } from './walk-view.tsx'

/** Optimisations that the list offers. */
const listed = 200

/** What was found: the stored optimisations, and one of them in full. */
export function ResultsView() {
  const { t } = useTranslation('optimiser')
  const shown = useOptimiser((state) => state.shown)
  const version = useChanges(null)
  const { answer } = useRequest('optimise.list', { search: '', limit: listed, offset: 0 }, version)
  const list = answered(answer)?.optimisations
  if (answer.state === 'failed') return <Failure error={answer.error} />
  if (list === undefined) return <Loading />
  const current = list.find(({ id }) => id === shown) ?? list[0]
  if (current === undefined) {
    return (
      <section className="optimiser-results" aria-label={t('results')}>
        <Empty icon={Radar} title={t('empty.title')} text={t('empty.text')} />
      </section>
    )
  }
  return (
    <section className="optimiser-results" aria-label={t('results')}>
      <ResultsHeader list={list} current={current} />
      <Found key={current.id} id={current.id} />
    </section>
  )
}

interface ResultsHeaderProps {
  readonly list: readonly Optimisation[]
  readonly current: Optimisation
}

function ResultsHeader({ list, current }: ResultsHeaderProps) {
  const { t } = useTranslation('optimiser')
  const job = useJobOf(current.id)
  const [deleting, setDeleting] = useState(false)
  const canResume = job === undefined && ['cancelled', 'failed', 'interrupted'].includes(current.state)
  const options = list.map((one) => ({ value: one.id, label: nameOf(one, t('walkShort')) }))
  return (
    <header className="optimiser-toolbar">
      <Select
        bare
        label={t('shown')}
        value={current.id}
        options={options}
        onChange={(id) => useOptimiser.getState().show(id)}
      />
      {job === undefined ? (
        <span className={`optimiser-state is-${current.state}`}>
          {t(`state.${current.state}`)} · {t('done', { done: count(current.done), planned: count(current.planned) })}
          {current.failed > 0 && ` · ${t('failed', { count: current.failed })}`}
        </span>
      ) : (
        <JobProgress job={job} bare onCancel={() => void useStore.getState().cancelJob(job.id)} />
      )}
      {canResume && (
        <Button icon={RotateCw} onClick={() => void useOptimiser.getState().resume(current.id)}>
          {t('resume')}
        </Button>
      )}
      <span className="optimiser-actions">
        <IconButton
          icon={Trash2}
          label={t('delete.action')}
          disabled={job !== undefined}
          onClick={() => setDeleting(true)}
        />
      </span>
      {current.error !== null && <p className="optimiser-error">{errorText(current.error)}</p>}
      <Confirm
        open={deleting}
        title={t('delete.title')}
        text={t('delete.text', { name: nameOf(current, t('walkShort')) })}
        action={t('delete.action')}
        onConfirm={() => void remove(current.id)}
        onClose={() => setDeleting(false)}
      />
    </header>
  )
}

function nameOf({ strategyName, config, createdAt }: Optimisation, walk: string): string {
  const { instruments, interval } = config.run
  const kind = config.walkForward === null ? config.method : walk
  return `${strategyName} · ${instruments.join(', ')} ${interval} · ${kind} · ${dateTime(createdAt, 'local', 'second')}`
}

async function remove(optimisation: string): Promise<void> {
  try {
    await bridge().call('optimise.delete', { optimisation })
    useOptimiser.getState().show(null)
  } catch (error) {
    useStore.getState().notifyError(error)
  }
}

/** One optimisation: trials, heatmap, windows, luck. */
function Found({ id }: { readonly id: string }) {
  const { t } = useTranslation('optimiser')
  const version = useChanges(id)
  const detail = useRequest('optimise.get', { optimisation: id }, version).answer
  const running = answered(detail)?.optimisation.state === 'running'
  // While trials come in, only what the table shows crosses to the window
  const metrics = running ? shownMetrics(answered(detail)) : null
  const trials = useRequest('optimise.trials', { optimisation: id, metrics }, version).answer
  const failed = [detail, trials].find((answer) => answer.state === 'failed')
  const known = answered(detail)
  const rows = answered(trials)
  const tabs = useMemo(
    () => (known === undefined || rows === undefined ? [] : tabsOf(known, rows, version, t)),
    [known, rows, version, t],
  )
  if (failed?.state === 'failed') return <Failure error={failed.error} />
  if (known === undefined || rows === undefined) return <Loading />
  return <Tabs label={t('results')} tabs={tabs} />
}

function tabsOf(detail: OptimisationDetail, trials: Trials, version: number, t: (key: string) => string): Tab[] {
  const { id, config } = detail.optimisation
  const table: Tab = {
    id: 'trials',
    title: t('tab.trials'),
    badge: count(trials.reply.rows),
    content: <TrialsTable detail={detail} trials={trials} />,
  }
  if (config.walkForward !== null) {
    const walk = { id: 'walk', title: t('tab.walk'), content: <WalkView id={id} detail={detail} version={version} /> }
    return [walk, table]
  }
  return [
    table,
    { id: 'heatmap', title: t('tab.heatmap'), content: <HeatmapView detail={detail} trials={trials} /> },
    { id: 'luck', title: t('tab.luck'), content: <LuckView detail={detail} trials={trials} /> },
  ]
}
