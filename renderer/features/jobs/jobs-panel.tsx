import type { TFunction } from 'i18next'
import { Cog } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from '../../state/store.ts'
import type { Job } from '../../state/types.ts'
import { errorText } from '../../text/error-text.ts'
import { JobProgress } from '../../ui/job-progress.tsx'
import { Empty } from '../../ui/states.tsx'
import { type Column, Table } from '../../ui/table.tsx'

/** Work of this session: running first, then what ended, newest first. */
export function JobsPanel() {
  const { t } = useTranslation('app')
  const byId = useStore((state) => state.jobs)
  const openRun = useStore((state) => state.openRun)
  const jobs = useMemo(() => inOrder(Object.values(byId)), [byId])
  const columns = useMemo(() => jobColumns(jobs, t), [jobs, t])
  return (
    <Table
      label={t('panels.jobs')}
      rows={jobs.length}
      columns={columns}
      onOpen={(row) => {
        const job = jobs[row]
        if (job?.kind === 'backtest' && job.state === 'done') openRun(job.subject)
        if (job?.kind === 'optimise' || job?.kind === 'walk-forward') useStore.getState().openPanel('optimiser')
      }}
      empty={<Empty icon={Cog} title={t('jobs.empty')} text={t('jobs.emptyText')} />}
    />
  )
}

/** Running jobs first; within each part the latest on top. */
export function inOrder(jobs: readonly Job[]): Job[] {
  const latest = [...jobs].reverse()
  return [...latest.filter((job) => job.state === 'running'), ...latest.filter((job) => job.state !== 'running')]
}

function jobColumns(jobs: readonly Job[], t: TFunction<'app'>): Column[] {
  const job = (row: number) => jobs[row] as Job
  return [
    { id: 'kind', title: t('jobs.kind'), width: 120, text: (row) => t(`jobs.kinds.${job(row).kind}`) },
    { id: 'subject', title: t('jobs.subject'), width: '1fr', minWidth: 140, text: (row) => job(row).subject },
    {
      id: 'state',
      title: t('jobs.state'),
      width: '2fr',
      minWidth: 240,
      text: (row) => stateText(job(row), t),
      cell: (row) =>
        job(row).state === 'running' ? (
          <JobProgress
            job={job(row)}
            bare
            onCancel={() => void useStore.getState().cancelJob(job(row).id)}
            onPause={(paused) => void useStore.getState().pauseJob(job(row).id, paused)}
          />
        ) : (
          stateText(job(row), t)
        ),
      tone: (row) =>
        ({ failed: 'error', cancelled: 'muted', done: undefined, running: undefined })[job(row).state] as never,
    },
  ]
}

function stateText(job: Job, t: TFunction<'app'>): string {
  if (job.state === 'failed' && job.error !== null) return errorText(job.error)
  return t(`jobs.states.${job.state}`)
}
