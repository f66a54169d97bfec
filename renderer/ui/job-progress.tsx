import { useTranslation } from 'react-i18next'
import { useStore } from '../state/store.ts'
import type { Job } from '../state/types.ts'
import { Progress } from './progress.tsx'

/** A running job with its kind, subject, progress and cancel. */
export function JobProgress({ job, bare = false }: { readonly job: Job; readonly bare?: boolean }) {
  const { t } = useTranslation('ui')
  const cancelJob = useStore((state) => state.cancelJob)
  return (
    <Progress
      label={t(`job.${job.kind}`, { subject: job.subject })}
      bare={bare}
      done={job.done}
      total={job.total}
      etaMs={job.etaMs}
      onCancel={() => void cancelJob(job.id)}
    />
  )
}
